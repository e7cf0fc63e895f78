// Fragmentation and key players.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/measures/key_players.hpp>

#include "measures/oracles.hpp"
#include "support/data.hpp"
#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

// Distances along ties of either direction among the vertices that are not gone, by trying every way round.
std::vector<std::vector<double>> distances_without(const Network& net, const std::vector<index_t>& gone) {
  const auto n = static_cast<std::size_t>(net.n());
  std::vector<std::vector<double>> d(n, std::vector<double>(n, unreachable));
  for (std::size_t v = 0; v < n; ++v) d[v][v] = 0;
  auto left = [&](index_t v) { return std::find(gone.begin(), gone.end(), v) == gone.end(); };
  for (std::size_t e = 0; e < net.sources().size(); ++e) {
    const index_t u = net.sources()[e];
    const index_t v = net.targets()[e];
    if (u == v || !left(u) || !left(v)) continue;
    d[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)] = 1;
    d[static_cast<std::size_t>(v)][static_cast<std::size_t>(u)] = 1;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t u = 0; u < n; ++u) {
      for (std::size_t v = 0; v < n; ++v) d[u][v] = std::min(d[u][v], d[u][k] + d[k][v]);
    }
  }
  return d;
}

double slow_fragmentation(const Network& net, const std::vector<index_t>& gone, bool weighted) {
  const auto d = distances_without(net, gone);
  double near = 0;
  double left = 0;
  for (index_t u = 0; u < net.n(); ++u) {
    if (std::find(gone.begin(), gone.end(), u) != gone.end()) continue;
    ++left;
    for (index_t v = 0; v < net.n(); ++v) {
      const double x = d[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)];
      if (u != v && std::isfinite(x)) near += weighted ? 1 / x : 1;
    }
  }
  return left < 2 ? undefined : 1 - near / (left * (left - 1));
}

double slow_reach(const Network& net, const std::vector<index_t>& set, const KeyPlayersOptions& o) {
  const auto d = distances_without(net, {});
  double total = 0;
  for (index_t v = 0; v < net.n(); ++v) {
    if (std::find(set.begin(), set.end(), v) != set.end()) continue;
    double nearest = unreachable;
    for (const index_t s : set)
      nearest = std::min(nearest, d[static_cast<std::size_t>(s)][static_cast<std::size_t>(v)]);
    if (!std::isfinite(nearest) || (o.steps > 0 && nearest > o.steps)) continue;
    total += o.distance_weighted.value_or(true) ? 1 / nearest : 1;
  }
  return total / (o.normalisation == ReachNormalisation::all ? net.n() : net.n() - static_cast<index_t>(set.size()));
}

struct Best {
  double value = -1;
  std::vector<std::vector<index_t>> sets;
};

Best slow_best(const Network& net, index_t k, const KeyPlayersOptions& o) {
  Best best;
  std::vector<std::uint8_t> in(static_cast<std::size_t>(net.n()), 0);
  std::fill(in.begin(), in.begin() + k, 1);
  do {
    std::vector<index_t> set;
    for (index_t v = 0; v < net.n(); ++v) {
      if (in[static_cast<std::size_t>(v)] != 0) set.push_back(v);
    }
    const double x = o.criterion == KeyCriterion::reach
                         ? slow_reach(net, set, o)
                         : slow_fragmentation(net, set, o.distance_weighted.value_or(false));
    if (x > best.value + 1e-10) best = {x, {}};
    if (std::abs(x - best.value) <= 1e-10) best.sets.push_back(set);
  } while (std::prev_permutation(in.begin(), in.end()));
  return best;
}

}  // namespace

TEST_CASE("key players: a path of five by hand", "[key_players]") {
  const Network path = support::network(5, {0, 1, 2, 3}, {1, 2, 3, 4}, false);
  CHECK(fragmentation(path).value == 0.0);
  // Inverse distances of a path of five sum to 2 (4 + 3/2 + 2/3 + 1/4) over ordered pairs.
  CHECK_THAT(fragmentation(path, {.distance_weighted = true}).value,
             WithinAbs(1 - 2 * (4 + 1.5 + 2.0 / 3 + 0.25) / 20, 1e-15));
  const KeyPlayers one = key_players(path, 1);
  // Without the middle two pairs are left: 4 of 12 ordered pairs are connected.
  CHECK(one.exact);
  CHECK(one.sets == std::vector<std::vector<index_t>>{{2}});
  CHECK_THAT(one.value, WithinAbs(1 - 4.0 / 12, 1e-15));
  const KeyPlayers near = key_players(path, 1, {.criterion = KeyCriterion::reach});
  CHECK(near.sets == std::vector<std::vector<index_t>>{{2}});
  CHECK_THAT(near.value, WithinAbs((1 + 1 + 0.5 + 0.5) / 4, 1e-15));
  const KeyPlayers all =
      key_players(path, 1, {.criterion = KeyCriterion::reach, .normalisation = ReachNormalisation::all});
  CHECK_THAT(all.value, WithinAbs(3.0 / 5, 1e-15));
  const KeyPlayers step =
      key_players(path, 1, {.criterion = KeyCriterion::reach, .distance_weighted = false, .steps = 1});
  CHECK(step.count == 3);
  CHECK(step.value == 0.5);
}

TEST_CASE("key players: exact search agrees with its slow twin on 1,000 random networks", "[key_players]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 9);
    for (const bool weighted : {false, true}) {
      const double slow = slow_fragmentation(net, {}, weighted);
      const double fast = fragmentation(net, {.distance_weighted = weighted}).value;
      REQUIRE(((std::isnan(slow) && std::isnan(fast)) || std::abs(slow - fast) < 1e-12));
    }
    const index_t k = 1 + static_cast<index_t>(number % 3);
    if (net.n() < k + 2) continue;
    std::vector<KeyPlayersOptions> options = {
        {.exact = true},
        {.distance_weighted = true, .exact = true},
        {.criterion = KeyCriterion::reach, .exact = true},
        {.criterion = KeyCriterion::reach, .distance_weighted = false, .steps = 1, .exact = true},
        {.criterion = KeyCriterion::reach, .steps = 2, .normalisation = ReachNormalisation::all, .exact = true}};
    for (const KeyPlayersOptions& o : options) {
      const Best slow = slow_best(net, k, o);
      const KeyPlayers fast = key_players(net, k, o);
      REQUIRE_THAT(fast.value, WithinAbs(slow.value, 1e-10));
      REQUIRE(fast.count == static_cast<std::int64_t>(slow.sets.size()));
      REQUIRE(fast.sets == slow.sets);
      KeyPlayersOptions searched = o;
      searched.exact = false;
      const KeyPlayers found = key_players(net, k, searched);
      REQUIRE(found.value <= fast.value + 1e-12);
      REQUIRE(std::find(fast.sets.begin(), fast.sets.end(), found.sets.at(0)) != fast.sets.end());
    }
  }
}

TEST_CASE("key players: relabelling the vertices changes nothing", "[key_players]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 20);
    if (net.n() < 4) continue;
    const Network other = subnetwork(net, support::random_order(net.n(), number));
    REQUIRE_THAT(fragmentation(net, {.distance_weighted = true}).value,
                 WithinAbs(fragmentation(other, {.distance_weighted = true}).value, 1e-12));
    for (const KeyCriterion criterion : {KeyCriterion::fragmentation, KeyCriterion::reach}) {
      const KeyPlayers a = key_players(net, 2, {.criterion = criterion});
      const KeyPlayers b = key_players(other, 2, {.criterion = criterion});
      REQUIRE_THAT(a.value, WithinAbs(b.value, 1e-12));
      REQUIRE(a.count == b.count);
    }
  }
}

TEST_CASE("key players: the same on any number of threads and again", "[key_players]") {
  const Network net = support::random_network(3, {.directed = false}, 60);
  for (const bool exact : {true, false}) {
    KeyPlayersOptions one{.exact = exact, .seed = 11};
    one.run.threads = 1;
    KeyPlayersOptions four = one;
    four.run.threads = 4;
    const KeyPlayers a = key_players(net, 3, one);
    const KeyPlayers b = key_players(net, 3, four);
    CHECK(a.value == b.value);
    CHECK(a.sets == b.sets);
    CHECK(a.count == b.count);
    CHECK(a.provenance.seed.has_value() == !exact);
  }
}

TEST_CASE("key players: a large network is searched, not enumerated", "[key_players]") {
  // Ten stars of 1,000 whose centres form a ring: removing centres is best.
  NetworkParts p;
  p.n = 10'000;
  p.directed = false;
  for (index_t c = 0; c < 10; ++c) {
    p.source.push_back(c);
    p.target.push_back((c + 1) % 10);
    for (index_t leaf = 0; leaf < 999; ++leaf) {
      p.source.push_back(c);
      p.target.push_back(10 + 999 * c + leaf);
    }
  }
  const Network net(std::move(p));
  const KeyPlayers found = key_players(net, 4, {.starts = 2});
  CHECK_FALSE(found.exact);
  CHECK_THAT(found.provenance.warnings.at(0), ContainsSubstring("better set may exist"));
  for (const index_t v : found.sets.at(0)) CHECK(v < 10);
  CHECK_THROWS_WITH(key_players(net, 5, {.exact = true}), ContainsSubstring("exact") && ContainsSubstring("steps"));
}

TEST_CASE("key players: refusals name what is wrong", "[key_players]") {
  const Network net = support::network(4, {0, 1, 2}, {1, 2, 3});
  CHECK_THROWS_WITH(key_players(net, 0), ContainsSubstring("k = 0"));
  CHECK_THROWS_WITH(key_players(net, 3), ContainsSubstring("between 1 and 2"));
  CHECK(key_players(net, 3, {.criterion = KeyCriterion::reach}).value == 1.0);
  CHECK_THROWS_WITH(key_players(net, 1, {.steps = 2}), ContainsSubstring("steps"));
  CHECK_THROWS_WITH(key_players(net, 1, {.normalisation = ReachNormalisation::all}), ContainsSubstring("reach"));
  CHECK_THROWS_WITH(key_players(Network(), 1), ContainsSubstring("too few"));
  CHECK(std::isnan(fragmentation(Network()).value));
  KeyPlayersOptions stopped;
  stopped.run.interrupted = [] { return true; };
  CHECK(key_players(net, 1, stopped).exact);  // too quick to be asked
}

TEST_CASE("key players: oracles", "[key_players][data]") {
  LINKPIN_NEED_DATA("oracles");
  // Exhaustive search by a script of the data's makers; fragmentation from R. See SOURCE.md beside the files.
  int files = 0;
  for (const auto& oracle : oracles::all()) {
    oracle.check("fragmentation_F", fragmentation(oracle.net).value);
    oracle.check("distance_fragmentation_DF", fragmentation(oracle.net, {.distance_weighted = true}).value);
    const auto path = support::data_folder() / "oracles" / oracle.name / "key_players_exhaustive.csv";
    if (!std::filesystem::exists(path)) continue;
    ++files;
    const auto rows = support::read_csv(path);
    for (std::size_t r = 1; r < rows.size(); ++r) {
      CAPTURE(oracle.name, rows[r]);
      const auto criterion = rows[r].at(0) == "KPP_NEG_F" ? KeyCriterion::fragmentation : KeyCriterion::reach;
      const KeyPlayers best = key_players(oracle.net, static_cast<index_t>(std::stoi(rows[r].at(1))),
                                          {.criterion = criterion, .exact = true});
      CHECK_THAT(best.value, WithinAbs(std::stod(rows[r].at(2)), 1e-9));
      CHECK(best.count == std::stoll(rows[r].at(3)));
      std::string listed;
      for (std::size_t s = 0; s < std::min<std::size_t>(5, best.sets.size()); ++s) {
        listed += s == 0 ? "" : " | ";
        for (std::size_t i = 0; i < best.sets[s].size(); ++i) {
          listed += (i == 0 ? "" : ";") + oracle.net.name(best.sets[s][i]);
        }
      }
      CHECK(listed == rows[r].at(4));
    }
  }
  CHECK(files == 7);
}
