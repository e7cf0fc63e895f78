// Brokerage against the oracles, twins that go through every triple, and moments worked out pair by pair.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdint>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/detail/brokering.ipp>
#include <map>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using linkpin::Brokerage;
using linkpin::Groups;
using linkpin::index_t;
using linkpin::Network;
using linkpin::none;
using linkpin::RoleScores;

constexpr std::size_t roles = linkpin::brokerage_roles.size();

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

bool same(double a, double b, double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

std::size_t role_of(index_t a, index_t b, index_t c) {
  if (a == b && b == c) return 0;
  if (a == c) return 1;
  if (a == b) return 2;
  if (b == c) return 3;
  return 4;
}

Groups random_groups(index_t n, std::uint64_t number, bool gaps) {
  linkpin::Stream random(2026, "groups", number);
  Groups g;
  const std::uint32_t count = 1 + random.below(4);
  for (std::uint32_t i = 0; i < count; ++i) g.labels.push_back("g" + std::to_string(i));
  for (index_t v = 0; v < n; ++v) {
    g.codes.push_back(gaps && random.below(6) == 0 ? none : static_cast<index_t>(random.below(count)));
  }
  return g;
}

std::vector<std::vector<bool>> matrix(const Network& net) {
  std::vector<std::vector<bool>> a(at(net.n()), std::vector<bool>(at(net.n()), false));
  for (index_t e = 0; e < net.m(); ++e) {
    a[at(net.sources()[at(e)])][at(net.targets()[at(e)])] = true;
    if (!net.directed()) a[at(net.targets()[at(e)])][at(net.sources()[at(e)])] = true;
  }
  return a;
}

// Every ordered triple looked at, by the definition. An unobserved dyad is neither tied nor open.
std::vector<std::array<double, roles>> twin(const Network& net, const Groups& g) {
  const auto a = matrix(net);
  std::vector<std::array<double, roles>> counts(at(net.n()));
  const auto& mask = net.observed();
  auto tied = [&](index_t u, index_t v) { return a[at(u)][at(v)] && mask(u, v); };
  for (index_t b = 0; b < net.n(); ++b) {
    if (g.codes[at(b)] == none) {
      counts[at(b)].fill(std::nan(""));
      continue;
    }
    for (index_t u = 0; u < net.n(); ++u) {
      for (index_t v = 0; v < net.n(); ++v) {
        if (u == b || v == b || u == v || g.codes[at(u)] == none || g.codes[at(v)] == none) continue;
        if (!tied(u, b) || !tied(b, v) || a[at(u)][at(v)] || !mask(u, v)) continue;
        ++counts[at(b)][role_of(g.codes[at(u)], g.codes[at(b)], g.codes[at(v)])];
        ++counts[at(b)][5];
      }
    }
  }
  return counts;
}

void check_raw(const Brokerage& got, const std::vector<std::array<double, roles>>& want) {
  for (std::size_t r = 0; r < roles; ++r) {
    REQUIRE(got.by_vertex[r].raw.size() == want.size());
    double sum = 0;
    for (std::size_t v = 0; v < want.size(); ++v) {
      INFO("role " << linkpin::brokerage_roles[r] << ", vertex " << v);
      REQUIRE(same(got.by_vertex[r].raw[v], want[v][r], 0));
      if (!std::isnan(want[v][r])) sum += want[v][r];
    }
    REQUIRE(got.whole[r].raw[0] == sum);
  }
}

struct Path {
  int a, b, c;
};

// Mean and variance of the number of open paths among `paths`, each arc there with chance d, from all pairs of paths.
std::array<double, 2> exact_moments(const std::vector<Path>& paths, double d) {
  const double q = d * d * (1 - d);
  double variance = 0;
  for (const Path& x : paths) {
    for (const Path& y : paths) {
      std::map<std::pair<int, int>, bool> needs{{{x.a, x.b}, true}, {{x.b, x.c}, true}, {{x.a, x.c}, false}};
      double chance = 1;
      for (const auto& [arc, there] :
           std::map<std::pair<int, int>, bool>{{{y.a, y.b}, true}, {{y.b, y.c}, true}, {{y.a, y.c}, false}}) {
        const auto [held, fresh] = needs.try_emplace(arc, there);
        if (!fresh && held->second != there) chance = 0;
      }
      for (const auto& need : needs) chance *= need.second ? d : 1 - d;
      variance += chance - q * q;
    }
  }
  return {q * static_cast<double>(paths.size()), variance};
}

}  // namespace

TEST_CASE("brokerage agrees with every oracle", "[brokerage]") {
  LINKPIN_NEED_DATA("oracles");
  int networks = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::data_folder() / "oracles")) {
    if (!std::filesystem::exists(entry.path() / "brokerage_raw.csv")) continue;
    const std::string name = entry.path().filename();
    bool directed = false;
    for (const auto& row : support::read_csv(entry.path() / "network.csv")) {
      directed = directed || (row[0] == "reciprocity_edgewise" && !row[1].empty());
    }
    const Network net = support::oracle_network(name, directed);
    const Brokerage got = linkpin::brokerage(net, linkpin::groups(net, "group"));
    auto number = [](const std::string& cell) { return cell.empty() ? std::nan("") : std::stod(cell); };
    auto compare = [&](const std::string& file, auto&& column, double tolerance) {
      const auto want = support::read_columns(entry.path() / ("brokerage_" + file + ".csv"));
      for (std::size_t r = 0; r < roles; ++r) {
        const auto& cells = want.at(std::string(linkpin::brokerage_roles[r]));
        const std::vector<double>& values = column(got.by_vertex[r]);
        REQUIRE(values.size() == cells.size());
        for (std::size_t v = 0; v < cells.size(); ++v) {
          INFO(name << " " << file << " " << linkpin::brokerage_roles[r] << " " << net.name(static_cast<index_t>(v)));
          REQUIRE(same(values[v], number(cells[v]), tolerance));
        }
      }
    };
    compare(
        "raw", [](const RoleScores& s) { return s.raw; }, 0);
    compare(
        "expected", [](const RoleScores& s) { return s.expected; }, 1e-9);
    compare(
        "sd", [](const RoleScores& s) { return s.sd; }, 1e-9);
    compare(
        "z", [](const RoleScores& s) { return s.z; }, 1e-9);
    const auto whole = support::read_columns(entry.path() / "brokerage_global.csv");
    for (std::size_t r = 0; r < roles; ++r) {
      INFO(name << " " << whole.at("role")[r]);
      REQUIRE(whole.at("role")[r] == linkpin::brokerage_roles[r]);
      CHECK(got.whole[r].raw[0] == number(whole.at("raw")[r]));
      CHECK(same(got.whole[r].expected[0], number(whole.at("expected")[r]), 1e-9));
      CHECK(same(got.whole[r].sd[0], number(whole.at("sd")[r]), 1e-9));
      CHECK(same(got.whole[r].z[0], number(whole.at("z")[r]), 1e-9));
    }
    ++networks;
  }
  CHECK(networks == 11);
}

TEST_CASE("brokerage agrees with its twin, either way of counting, under any numbering", "[brokerage]") {
  namespace counting = linkpin::detail::brokering;
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number);
    const Groups g = random_groups(net.n(), number, number % 3 == 0);
    const Brokerage got = linkpin::brokerage(net, g);
    check_raw(got, twin(net, g));
    const counting::Arcs arcs = counting::arcs(net, g);
    REQUIRE(counting::count_by_lists(arcs, arcs.group) == counting::BitRows(arcs).count(arcs.group));

    const std::vector<index_t> order = support::random_order(net.n(), number);
    Groups turned_groups{{}, g.labels};
    for (const index_t v : order) turned_groups.codes.push_back(g.codes[at(v)]);
    const Brokerage turned = linkpin::brokerage(linkpin::subnetwork(net, order), turned_groups);
    for (std::size_t r = 0; r < roles; ++r) {
      for (std::size_t i = 0; i < order.size(); ++i) {
        REQUIRE(same(turned.by_vertex[r].raw[i], got.by_vertex[r].raw[at(order[i])], 0));
        REQUIRE(same(turned.by_vertex[r].z[i], got.by_vertex[r].z[at(order[i])], 1e-12));
      }
      REQUIRE(same(turned.whole[r].z[0], got.whole[r].z[0], 1e-12));
    }
  }
}

TEST_CASE("brokerage counts only paths known to be open", "[brokerage]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    INFO("graph " << number);
    linkpin::NetworkParts p = support::random_network(number, {.directed = number % 2 == 0}).parts();
    linkpin::Stream random(2026, "mask", number);
    std::vector<linkpin::Answer> rows;
    std::vector<linkpin::Observed::Exception> exceptions;
    for (index_t v = 0; v < p.n; ++v) {
      rows.push_back(random.below(4) == 0 ? linkpin::Answer::no_response : linkpin::Answer::answered);
      if (random.below(3) == 0 && p.n > 1) {
        const auto w = static_cast<index_t>(random.below(static_cast<std::uint32_t>(p.n)));
        if (w != v) exceptions.push_back({v, w, linkpin::Answer::not_asked});
      }
    }
    p.observed = linkpin::Observed(rows, exceptions, !p.directed);
    const Network net(std::move(p));
    const Groups g = random_groups(net.n(), number, false);
    check_raw(linkpin::brokerage(net, g), twin(net, g));
  }
}

TEST_CASE("brokerage's moments are those of independent ties", "[brokerage]") {
  // Groups of 3, 2 and 1 and an empty label; every path of a role listed, every pair of paths weighed.
  Groups g{{0, 0, 0, 1, 1, 3}, {"a", "b", "nobody", "c"}};
  const Network net = support::network(6, {0, 1, 2, 3, 4, 5, 0, 3}, {1, 2, 3, 4, 5, 0, 4, 0});
  const double d = 8.0 / 30.0;
  const Brokerage got = linkpin::brokerage(net, g);
  for (std::size_t r = 0; r < roles; ++r) {
    INFO(linkpin::brokerage_roles[r]);
    std::vector<Path> everywhere;
    for (int b = 0; b < 6; ++b) {
      std::vector<Path> here;
      for (int a = 0; a < 6; ++a) {
        for (int c = 0; c < 6; ++c) {
          if (a == b || b == c || a == c) continue;
          if (r == 5 || role_of(g.codes[at(a)], g.codes[at(b)], g.codes[at(c)]) == r) here.push_back({a, b, c});
        }
      }
      const auto [mean, variance] = exact_moments(here, d);
      CHECK(same(got.by_vertex[r].expected[at(b)], mean, 1e-12));
      CHECK(same(got.by_vertex[r].sd[at(b)], std::sqrt(variance), 1e-12));
      everywhere.insert(everywhere.end(), here.begin(), here.end());
    }
    const auto [mean, variance] = exact_moments(everywhere, d);
    CHECK(same(got.whole[r].expected[0], mean, 1e-12));
    if (r == 1 || r == 4) {
      CHECK(same(got.whole[r].sd[0], std::sqrt(variance), 1e-12));
    } else {
      // sna's convention leaves out some covariances below 0.
      CHECK(got.whole[r].sd[0] > std::sqrt(variance));
      CHECK(got.whole[r].sd[0] < 1.2 * std::sqrt(variance));
    }
  }
}

TEST_CASE("brokerage's permutation p counts shuffles, the same on any number of threads", "[brokerage]") {
  const Network net = support::random_network(41, {.directed = true}, 40);
  const Groups g = random_groups(net.n(), 3, true);
  constexpr int permutations = 199;
  const Brokerage got = linkpin::brokerage(net, g, {.permutations = permutations, .seed = 5});
  REQUIRE(got.provenance.seed == 5U);

  // The same shuffles, every one counted by the twin.
  std::vector<index_t> known;
  std::vector<index_t> codes;
  for (index_t v = 0; v < net.n(); ++v) {
    if (g.codes[at(v)] == none) continue;
    known.push_back(v);
    codes.push_back(g.codes[at(v)]);
  }
  const auto observed = twin(net, g);
  std::vector<std::array<int, 5>> greater(at(net.n()));
  std::vector<std::array<int, 5>> less(at(net.n()));
  for (std::uint64_t replicate = 0; replicate < permutations; ++replicate) {
    std::vector<index_t> shuffled = codes;
    linkpin::Stream(5, "brokerage", replicate).shuffle(std::span(shuffled));
    Groups moved = g;
    for (std::size_t i = 0; i < known.size(); ++i) moved.codes[at(known[i])] = shuffled[i];
    const auto counts = twin(net, moved);
    for (const index_t v : known) {
      for (std::size_t r = 0; r < 5; ++r) {
        greater[at(v)][r] += counts[at(v)][r] >= observed[at(v)][r] ? 1 : 0;
        less[at(v)][r] += counts[at(v)][r] <= observed[at(v)][r] ? 1 : 0;
      }
    }
  }
  for (const index_t v : known) {
    for (std::size_t r = 0; r < 5; ++r) {
      const RoleScores& s = got.by_vertex[r];
      CHECK(s.p_greater[at(v)] == (greater[at(v)][r] + 1) / 200.0);
      CHECK(s.p_less[at(v)] == (less[at(v)][r] + 1) / 200.0);
      CHECK(s.p[at(v)] == std::min(1.0, 2 * std::min(s.p_greater[at(v)], s.p_less[at(v)])));
      CHECK(s.p_error[at(v)] >= 0);
    }
    CHECK(std::isnan(got.by_vertex[5].p[at(v)]));  // the total does not depend on the groups
  }

  const Network large = support::random_network(17, {.directed = true}, 300);
  const Groups large_groups = random_groups(large.n(), 9, false);
  std::vector<Brokerage> runs;
  for (const int threads : {1, 2, 8}) {
    runs.push_back(
        linkpin::brokerage(large, large_groups, {.permutations = 50, .seed = 1, .run = {.threads = threads}}));
  }
  for (std::size_t r = 0; r < 5; ++r) {
    for (const Brokerage& run : runs) {
      CHECK(run.by_vertex[r].p == runs[0].by_vertex[r].p);
      CHECK(run.whole[r].p_greater == runs[0].whole[r].p_greater);
    }
  }
}

TEST_CASE("two-mode brokerage agrees with its twin", "[brokerage]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    linkpin::Stream random(2026, "affiliations", number);
    linkpin::NetworkParts p;
    const auto actors = static_cast<index_t>(random.below(10));
    p.n = actors + static_cast<index_t>(random.below(7));
    p.directed = number % 2 == 0;
    const double share = random.uniform();
    for (index_t u = 0; u < actors; ++u) {
      for (index_t e = actors; e < p.n; ++e) {
        if (random.uniform() >= share) continue;
        p.source.push_back(u);
        p.target.push_back(e);
      }
    }
    const Network net(std::move(p));
    std::vector<std::uint8_t> brokers(at(net.n()), 0);
    std::fill_n(brokers.begin(), actors, std::uint8_t{1});
    const Groups g = random_groups(net.n(), number, false);
    const linkpin::TwoModeBrokerage got = linkpin::brokerage_two_mode(net, g, brokers);
    REQUIRE(got.actors.size() == at(actors));

    const auto a = matrix(net);
    auto share_an_event = [&](index_t u, index_t v) {
      for (index_t e = actors; e < net.n(); ++e) {
        if (a[at(u)][at(e)] && a[at(v)][at(e)]) return true;
      }
      return false;
    };
    std::array<double, roles> whole{};
    for (index_t b = 0; b < actors; ++b) {
      std::array<double, roles> want{};
      for (index_t u = 0; u < actors; ++u) {
        for (index_t v = u + 1; v < actors; ++v) {
          if (u == b || v == b || !share_an_event(u, b) || !share_an_event(b, v) || share_an_event(u, v)) continue;
          const std::size_t r = role_of(g.codes[at(u)], g.codes[at(b)], g.codes[at(v)]);
          ++want[r == 3 ? 2 : r];
          ++want[5];
        }
      }
      want[3] = want[2];
      for (std::size_t r = 0; r < roles; ++r) {
        REQUIRE(got.by_actor[r].raw[at(b)] == want[r]);
        whole[r] += want[r];
      }
    }
    for (std::size_t r = 0; r < roles; ++r) REQUIRE(got.whole[r].raw[0] == whole[r]);

    const std::vector<index_t> order = support::random_order(net.n(), number);
    std::vector<std::uint8_t> turned_brokers;
    Groups turned_groups{{}, g.labels};
    for (const index_t v : order) {
      turned_brokers.push_back(brokers[at(v)]);
      turned_groups.codes.push_back(g.codes[at(v)]);
    }
    const auto turned = linkpin::brokerage_two_mode(linkpin::subnetwork(net, order), turned_groups, turned_brokers);
    for (std::size_t i = 0; i < turned.actors.size(); ++i) {
      const index_t actor = order[at(turned.actors[i])];
      for (std::size_t r = 0; r < roles; ++r) REQUIRE(turned.by_actor[r].raw[i] == got.by_actor[r].raw[at(actor)]);
    }
  }
}

TEST_CASE("brokerage says what it left out and refuses what it cannot serve", "[brokerage]") {
  const Network net = support::network(3, {0, 1}, {1, 2});
  const Groups g{{0, 0, none}, {"a"}};
  const Brokerage got = linkpin::brokerage(net, g);
  REQUIRE(got.provenance.warnings.size() == 1);
  CHECK(got.provenance.warnings[0] == "1 of 3 vertices have no group and are left out with their ties");
  CHECK(std::isnan(got.by_vertex[0].raw[2]));
  CHECK(got.by_vertex[5].raw[1] == 0.0);
  CHECK(got.by_vertex[5].p.empty());
  CHECK(linkpin::brokerage(Network(), {}).by_vertex[0].raw.empty());

  CHECK_THROWS_WITH(linkpin::brokerage(net, Groups{{0, 0}, {"a"}}),
                    Catch::Matchers::ContainsSubstring("one group a vertex: 3"));
  CHECK_THROWS_AS(linkpin::brokerage(net, g, {.permutations = -1}), linkpin::InputError);
  const std::vector<std::uint8_t> all(3, 1);
  CHECK_THROWS_AS(linkpin::brokerage_two_mode(net, g, all), linkpin::InputError);
}
