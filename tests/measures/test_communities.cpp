// Communities against the best of all partitions, planted groups, and what Leiden guarantees.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <linkpin/measures/communities.hpp>
#include <linkpin/measures/mixing.hpp>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using linkpin::Communities;
using linkpin::CommunitiesOptions;
using linkpin::index_t;
using linkpin::Network;
using linkpin::Objective;
using Labels = std::vector<index_t>;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// The objective over all pairs, from its definition.
double quality(const Network& net, const Labels& label, Objective objective, double resolution, bool directed) {
  const std::size_t n = at(net.n());
  std::vector<std::vector<double>> a(n, std::vector<double>(n, 0.0));
  double total = 0;
  for (index_t e = 0; e < net.m(); ++e) {
    const std::size_t u = at(net.sources()[at(e)]);
    const std::size_t v = at(net.targets()[at(e)]);
    a[u][v] += net.weight(e);
    if (!directed) a[v][u] += net.weight(e);
    total += (directed ? 1 : 2) * net.weight(e);
  }
  std::vector<double> out(n, 0.0);
  std::vector<double> in(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      out[i] += a[i][j];
      in[j] += a[i][j];
    }
  }
  double q = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (label[i] != label[j]) continue;
      if (objective == Objective::modularity) q += (a[i][j] - resolution * out[i] * in[j] / total) / total;
      if (objective == Objective::cpm && i != j) q += (a[i][j] - resolution) / (directed ? 1 : 2);
    }
  }
  return q;
}

// Calls visit(labels) for every way to split n vertices.
void each_partition(index_t n, const std::function<void(const Labels&)>& visit) {
  Labels label(at(n), 0);
  const std::function<void(index_t, index_t)> next = [&](index_t v, index_t used) {
    if (v == n) return visit(label);
    for (index_t c = 0; c <= used; ++c) {
      label[at(v)] = c;
      next(v + 1, std::max(used, c + 1));
    }
  };
  next(0, 0);
}

void check_guarantees(const Network& net, const Communities& got) {
  REQUIRE(got.membership.size() == at(net.n()));
  // Sizes add up and fall; internal and external add up to the ties.
  REQUIRE(std::accumulate(got.sizes.begin(), got.sizes.end(), 0) == net.n());
  REQUIRE(std::is_sorted(got.sizes.rbegin(), got.sizes.rend()));
  // Each community is one piece: spread from its first vertex along ties within it.
  for (std::size_t c = 0; c < got.sizes.size(); ++c) {
    std::set<index_t> reached;
    for (index_t v = 0; v < net.n() && reached.empty(); ++v) {
      if (got.membership[at(v)] == static_cast<index_t>(c)) reached.insert(v);
    }
    for (bool grown = true; grown;) {
      grown = false;
      for (index_t e = 0; e < net.m(); ++e) {
        const index_t u = net.sources()[at(e)];
        const index_t v = net.targets()[at(e)];
        if (got.membership[at(u)] != static_cast<index_t>(c) || got.membership[at(v)] != static_cast<index_t>(c)) {
          continue;
        }
        if (reached.contains(u) != reached.contains(v)) {
          reached.insert({u, v});
          grown = true;
        }
      }
    }
    REQUIRE(static_cast<index_t>(reached.size()) == got.sizes[c]);
  }
}

// `groups` of `size` vertices, ties within with chance `inside`, between with chance `outside`.
Network planted(index_t groups, index_t size, double inside, double outside, bool directed, std::uint64_t number) {
  linkpin::Stream random(2026, "planted", number);
  linkpin::NetworkParts p;
  p.n = groups * size;
  p.directed = directed;
  for (index_t u = 0; u < p.n; ++u) {
    for (index_t v = directed ? 0 : u + 1; v < p.n; ++v) {
      if (u == v || random.uniform() >= (u / size == v / size ? inside : outside)) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  return Network(std::move(p));
}

}  // namespace

TEST_CASE("communities reach the best of all partitions", "[communities]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number, 7);
    if (net.m() == 0) continue;
    for (const Objective objective : {Objective::modularity, Objective::cpm}) {
      const double resolution = number % 3 == 0 ? 0.6 : 1.0;
      const CommunitiesOptions options{.objective = objective,
                                       .resolution = resolution,
                                       .weights = "weight",
                                       .directed = number % 5 != 0,
                                       .seed = number,
                                       .trials = 10,
                                       .randomness = 0.1};  // a small network leaves order little to vary
      const bool directed = options.directed && net.directed();
      const Communities got = linkpin::communities(net, options);
      check_guarantees(net, got);
      // The quality reported is that of the communities reported.
      REQUIRE_THAT(got.quality,
                   Catch::Matchers::WithinAbs(quality(net, got.membership, objective, resolution, directed), 1e-9));
      double best = -1e300;
      each_partition(net.n(), [&](const Labels& label) {
        best = std::max(best, quality(net, label, objective, resolution, directed));
      });
      REQUIRE_THAT(got.quality, Catch::Matchers::WithinAbs(best, 1e-9));
      // Another numbering may find another partition, but none that is worse.
      const Network other = linkpin::subnetwork(net, support::random_order(net.n(), number));
      REQUIRE_THAT(linkpin::communities(other, options).quality, Catch::Matchers::WithinAbs(best, 1e-9));
    }
  }
}

TEST_CASE("communities keep their guarantees on any network", "[communities]") {
  for (std::uint64_t number = 0; number < 300; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number, 60);
    const Communities got = linkpin::communities(net, {.weights = "weight", .seed = number});
    check_guarantees(net, got);
    if (net.m() == 0) {
      CHECK(std::isnan(got.modularity));
      CHECK(got.sizes.size() == at(net.n()));
      continue;
    }
    linkpin::Groups groups{got.membership, std::vector<std::string>(got.sizes.size())};
    CHECK_THAT(got.quality,
               Catch::Matchers::WithinAbs(linkpin::modularity(net, groups, {.weights = "weight"}).value, 1e-12));
    // No single move to a neighbour's community, or away from everybody, gains.
    for (index_t v = 0; v < net.n(); ++v) {
      Labels other = got.membership;
      for (index_t c = 0; c <= static_cast<index_t>(got.sizes.size()); ++c) {
        other[at(v)] = c;
        linkpin::Groups moved{other, std::vector<std::string>(got.sizes.size() + 1)};
        REQUIRE(linkpin::modularity(net, moved, {.weights = "weight"}).value < got.quality + 1e-9);
      }
    }
  }
}

TEST_CASE("communities find planted groups", "[communities]") {
  for (const bool directed : {false, true}) {
    for (std::uint64_t number = 0; number < 20; ++number) {
      INFO("graph " << number);
      const Network net = planted(4, 25, 0.5, 0.03, directed, number);
      for (const CommunitiesOptions& options :
           {CommunitiesOptions{.seed = number},
            CommunitiesOptions{.objective = Objective::cpm, .resolution = 0.15, .seed = number}}) {
        const Communities got = linkpin::communities(net, options);
        REQUIRE(got.sizes == Labels{25, 25, 25, 25});
        for (index_t v = 0; v < net.n(); ++v) REQUIRE(got.membership[at(v)] == got.membership[at(v / 25 * 25)]);
      }
    }
  }
}

TEST_CASE("communities of the oracle networks are no worse than the groups people gave", "[communities]") {
  LINKPIN_NEED_DATA("oracles");
  for (const auto& entry : std::filesystem::directory_iterator(support::data_folder() / "oracles")) {
    if (!std::filesystem::exists(entry.path() / "ei_by_node.csv")) continue;
    for (const auto& row : support::read_csv(entry.path() / "network.csv")) {
      if (row[0] != "modularity_of_groups_undirected") continue;
      const Network net = linkpin::undirected(support::oracle_network(entry.path().filename(), true));
      INFO(entry.path().filename());
      CHECK(linkpin::communities(net).quality >= std::stod(row[1]));
    }
  }
}

TEST_CASE("communities are the same for one seed on any number of threads", "[communities]") {
  const Network net = planted(8, 60, 0.12, 0.03, false, 5);
  const Communities one = linkpin::communities(net, {.seed = 3, .trials = 6, .run = {.threads = 1}});
  for (const int threads : {2, 8}) {
    const Communities got = linkpin::communities(net, {.seed = 3, .trials = 6, .run = {.threads = threads}});
    CHECK(got.membership == one.membership);
    CHECK(got.quality == one.quality);
  }
  // More trials are never worse, and a pass cut short is a state of the search.
  CHECK(one.quality >= linkpin::communities(net, {.seed = 3}).quality);
  const Communities cut = linkpin::communities(net, {.seed = 3, .iterations = 1});
  CHECK(cut.iterations == 1);
  check_guarantees(net, cut);
  CHECK(one.provenance.seed == 3U);
}

TEST_CASE("communities of trivial networks", "[communities]") {
  CHECK(linkpin::communities(Network()).membership.empty());
  const Communities alone = linkpin::communities(support::network(3, {}, {}));
  CHECK(alone.membership == Labels{0, 1, 2});
  CHECK(alone.provenance.warnings.size() == 1);
  // At resolution 0 every piece is one community.
  const Network pieces = support::network(5, {0, 1, 3}, {1, 2, 4}, false);
  for (const Objective objective : {Objective::modularity, Objective::cpm}) {
    CHECK(linkpin::communities(pieces, {.objective = objective, .resolution = 0}).membership == Labels{0, 0, 0, 1, 1});
  }
  // Greedy refinement works too.
  CHECK(linkpin::communities(pieces, {.randomness = 0}).sizes == Labels{3, 2});
}

TEST_CASE("communities refuse what they cannot serve", "[communities]") {
  const Network net = support::network(3, {0, 1}, {1, 2});
  CHECK_THROWS_AS(linkpin::communities(net, {.resolution = -1}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::communities(net, {.resolution = std::nan("")}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::communities(net, {.trials = 0}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::communities(net, {.iterations = -1}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::communities(net, {.randomness = -0.1}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::communities(net, {.weights = std::vector<double>{1}}), linkpin::InputError);
}
