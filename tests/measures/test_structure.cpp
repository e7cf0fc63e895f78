// Density, reciprocity, transitivity, clustering, degrees, centralisation and the censuses.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <numeric>
#include <set>

#include "measures/oracles.hpp"
#include "support/data.hpp"
#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

using Matrix = std::vector<std::vector<double>>;

// Summed values by ordered pair; an undirected tie stands both ways, a loop once.
Matrix matrix(const Network& net, bool ones = true) {
  const auto n = static_cast<std::size_t>(net.n());
  Matrix a(n, std::vector<double>(n, 0.0));
  for (index_t e = 0; e < net.m(); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)]);
    const auto v = static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)]);
    const double w = ones ? 1.0 : net.weight(e);
    a[u][v] += w;
    if (!net.directed() && u != v) a[v][u] += w;
  }
  return a;
}

// The larger of the two directions, without loops.
Matrix union_matrix(const Network& net, bool ones = true) {
  Matrix a = matrix(net, ones);
  for (std::size_t u = 0; u < a.size(); ++u) {
    a[u][u] = 0;
    for (std::size_t v = 0; v < u; ++v) a[u][v] = a[v][u] = std::max(a[u][v], a[v][u]);
  }
  return a;
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(a));
}

Network with_mask(const Network& net, std::uint64_t number) {
  Stream random(2026, "mask", number);
  std::vector<Answer> rows;
  for (index_t v = 0; v < net.n(); ++v) {
    rows.push_back(random.below(4) == 0 ? Answer::no_response : Answer::answered);
  }
  std::vector<Observed::Exception> exceptions;
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = 0; v < net.n(); ++v) {
      if (random.below(6) == 0)
        exceptions.push_back({u, v, random.below(2) == 0 ? Answer::answered : Answer::declined});
    }
  }
  NetworkParts p = net.parts();
  p.observed = Observed(std::move(rows), std::move(exceptions), (number & 1U) != 0);
  return Network(std::move(p));
}

// Every pair asked on its own.
Density slow_density(const Network& net) {
  const Matrix a = matrix(net);
  Density out;
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = 0; v < net.n(); ++v) {
      const bool seen = net.observed()(u, v) || (!net.directed() && net.observed()(v, u));
      if (u == v || (!net.directed() && u > v) || !seen) continue;
      ++out.dyads;
      out.ties += a[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)] > 0 ? 1 : 0;
    }
  }
  out.value = out.dyads > 0 ? static_cast<double>(out.ties) / static_cast<double>(out.dyads) : undefined;
  return out;
}

DyadCensus slow_dyads(const Network& net) {
  const Matrix a = matrix(net);
  DyadCensus out;
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = u + 1; v < net.n(); ++v) {
      const Observed& seen = net.observed();
      if (net.directed() ? !(seen(u, v) && seen(v, u)) : !(seen(u, v) || seen(v, u))) {
        ++out.unobserved;
        continue;
      }
      const bool there = a[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)] > 0;
      const bool back = a[static_cast<std::size_t>(v)][static_cast<std::size_t>(u)] > 0;
      ++(there && back ? out.mutual : there || back ? out.asymmetric : out.null);
    }
  }
  return out;
}

// Barrat's formula as printed: a sum over ordered pairs of neighbours. With ones it is the plain coefficient.
std::vector<double> slow_clustering(const Matrix& a) {
  std::vector<double> c;
  const std::size_t n = a.size();
  for (std::size_t i = 0; i < n; ++i) {
    double strength = 0;
    double k = 0;
    double closed = 0;
    // A tie of weight 0 is still a tie: absent dyads are marked -1.
    for (std::size_t j = 0; j < n; ++j) {
      if (a[i][j] < 0) continue;
      strength += a[i][j];
      ++k;
      for (std::size_t h = 0; h < n; ++h) {
        if (h != j && a[i][h] >= 0 && a[j][h] >= 0) closed += (a[i][j] + a[i][h]) / 2;
      }
    }
    c.push_back(k < 2 || strength == 0 ? undefined : closed / (strength * (k - 1)));
  }
  return c;
}

Matrix marked(Matrix a, const Matrix& ties) {
  for (std::size_t u = 0; u < a.size(); ++u) {
    for (std::size_t v = 0; v < a.size(); ++v) {
      if (u == v || ties[u][v] == 0) a[u][v] = -1;
    }
  }
  return a;
}

// Names the triad by comparing with a drawing of each type under all six orders of its vertices.
std::string slow_triad(const Matrix& a, std::size_t x, std::size_t y, std::size_t z) {
  // The 16 drawings as arcs among A, B, C, as Holland & Leinhardt (1970) name them (orientation letters as in igraph).
  static const std::map<std::string, std::vector<std::pair<int, int>>> drawings = {
      {"003", {}},
      {"012", {{0, 1}}},
      {"102", {{0, 1}, {1, 0}}},
      {"021D", {{1, 0}, {1, 2}}},
      {"021U", {{0, 1}, {2, 1}}},
      {"021C", {{0, 1}, {1, 2}}},
      {"111D", {{0, 1}, {1, 0}, {2, 1}}},
      {"111U", {{0, 1}, {1, 0}, {1, 2}}},
      {"030T", {{0, 1}, {2, 1}, {0, 2}}},
      {"030C", {{1, 0}, {2, 1}, {0, 2}}},
      {"201", {{0, 1}, {1, 0}, {1, 2}, {2, 1}}},
      {"120D", {{1, 0}, {1, 2}, {0, 2}, {2, 0}}},
      {"120U", {{0, 1}, {2, 1}, {0, 2}, {2, 0}}},
      {"120C", {{0, 1}, {1, 2}, {0, 2}, {2, 0}}},
      {"210", {{0, 1}, {1, 2}, {2, 1}, {0, 2}, {2, 0}}},
      {"300", {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}}}};
  std::vector<std::size_t> at = {x, y, z};
  std::sort(at.begin(), at.end());
  do {
    std::set<std::pair<int, int>> arcs;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        if (i != j && a[at[static_cast<std::size_t>(i)]][at[static_cast<std::size_t>(j)]] > 0) arcs.insert({i, j});
      }
    }
    for (const auto& drawing : drawings) {
      if (arcs == std::set<std::pair<int, int>>(drawing.second.begin(), drawing.second.end())) return drawing.first;
    }
  } while (std::next_permutation(at.begin(), at.end()));
  return "none";
}

}  // namespace

TEST_CASE("structure: a small directed network by hand", "[structure]") {
  // 0 <-> 1, 0 -> 2, a loop at 2 and 0 -> 2 said twice; 3 isolated. Figures counted on paper.
  const Network net = support::network(4, {0, 1, 0, 0, 2}, {1, 0, 2, 2, 2});
  const Density d = density(net);
  CHECK(d.ties == 3);
  CHECK(d.dyads == 12);
  CHECK(d.value == 0.25);
  CHECK_THAT(reciprocity(net).value, WithinAbs(2.0 / 3.0, 1e-15));
  CHECK(reciprocity(net, {.kind = ReciprocityKind::ratio}).value == 0.5);
  CHECK(degree(net).values == std::vector<double>{4, 2, 4, 0});
  CHECK(degree(net, {.mode = Mode::out}).values == std::vector<double>{3, 1, 1, 0});
  CHECK(degree(net, {.mode = Mode::in}).values == std::vector<double>{1, 1, 3, 0});
  CHECK(degree(net, {.mode = Mode::in, .loops = false}).values == std::vector<double>{1, 1, 2, 0});
  CHECK(strength(net, {.mode = Mode::out, .weights = std::vector<double>{1, 2, 4, 8, 16}}).values ==
        std::vector<double>{7, 8, 16, 0});
  CHECK(transitivity(net).value == 0.0);
  const DyadCensus dyads = dyad_census(net);
  CHECK(dyads.mutual == 1);
  CHECK(dyads.asymmetric == 1);
  CHECK(dyads.null == 4);
}

TEST_CASE("structure: a loop counts twice in an undirected degree", "[structure]") {
  const Network net = support::network(2, {0, 0}, {0, 1}, false, {3.0, 1.0});
  CHECK(degree(net).values == std::vector<double>{3, 1});
  CHECK(degree(net, {.loops = false}).values == std::vector<double>{1, 1});
  CHECK(strength(net).values == std::vector<double>{7, 1});
  CHECK(strength(net, {.loops = false}).values == std::vector<double>{1, 1});
}

TEST_CASE("structure: nothing to measure is undefined and said so", "[structure]") {
  for (const index_t n : {0, 1}) {
    const Network net = support::network(n, {}, {});
    CHECK(std::isnan(density(net).value));
    CHECK_THAT(density(net).provenance.warnings.at(0), ContainsSubstring("undefined"));
    CHECK(std::isnan(reciprocity(net).value));
    CHECK(std::isnan(transitivity(net).value));
    CHECK(triad_census(net).counts[0] == 0);
    CHECK(clustering(net).values.size() == static_cast<std::size_t>(n));
    CHECK(std::isnan(centralization(net).value));
  }
  CHECK(clustering(support::network(1, {}, {}), {.low_degree = LowDegree::zero}).values.at(0) == 0.0);
  CHECK_THAT(reciprocity(support::network(2, {0}, {1}, false)).provenance.warnings.at(0),
             ContainsSubstring("no direction"));
}

TEST_CASE("density: a two-mode network", "[structure]") {
  // Two people and three events: 4 of 6 possible ties.
  const Network net = support::network(5, {0, 0, 0, 1}, {2, 3, 4, 4}, false);
  CHECK_THAT(density(net, {.two_mode = {0, 0, 1, 1, 1}}).value, WithinAbs(4.0 / 6.0, 1e-15));
  CHECK_THROWS_WITH(density(net, {.two_mode = {0, 1}}), ContainsSubstring("one") || ContainsSubstring("each vertex"));
  CHECK_THROWS_WITH(density(net, {.two_mode = {0, 0, 0, 1, 1}}), ContainsSubstring("tie 0"));
}

TEST_CASE("density: only observed dyads count", "[structure]") {
  NetworkParts p;
  p.n = 3;
  p.source = {0, 0, 1};
  p.target = {1, 2, 0};
  p.observed = Observed({Answer::answered, Answer::no_response, Answer::answered});
  const Density d = density(Network(p));
  // Vertex 1 did not answer: its two dyads and its one tie are left out, 2 ties in 4 dyads remain.
  CHECK(d.ties == 2);
  CHECK(d.dyads == 4);
  CHECK_THAT(d.provenance.warnings.at(0), ContainsSubstring("not observed"));
}

TEST_CASE("structure: kernels agree with their slow twins on 1,000 random networks", "[structure]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    const auto n = static_cast<std::size_t>(net.n());
    const Matrix ties = matrix(net);
    const Matrix both = union_matrix(net);

    for (const Network& shown : {net, with_mask(net, number)}) {
      const Density fast = density(shown);
      const Density slow = slow_density(shown);
      REQUIRE(fast.ties == slow.ties);
      REQUIRE(fast.dyads == slow.dyads);
      REQUIRE(same(fast.value, slow.value));
      const DyadCensus dyads = dyad_census(shown);
      const DyadCensus slow_census = slow_dyads(shown);
      REQUIRE(dyads.mutual == slow_census.mutual);
      REQUIRE(dyads.asymmetric == slow_census.asymmetric);
      REQUIRE(dyads.null == slow_census.null);
      REQUIRE(dyads.unobserved == slow_census.unobserved);
      std::int64_t ordered = 0;
      for (index_t u = 0; u < net.n(); ++u) {
        for (index_t v = 0; v < net.n(); ++v) ordered += u != v && shown.observed()(u, v) ? 1 : 0;
      }
      REQUIRE(shown.observed().count(net.n()) == ordered);
    }

    const std::vector<double> plain = clustering(net).values;
    const std::vector<double> slow_plain = slow_clustering(marked(both, both));
    Matrix ones = both;
    for (auto& row : ones) {
      for (double& x : row) x = x > 0 ? 1 : 0;
    }
    const std::vector<double> slow_ones = slow_clustering(marked(ones, ones));
    double triangles = 0;
    double triples = 0;
    for (std::size_t v = 0; v < n; ++v) {
      REQUIRE(same(plain[v], slow_ones[v]));
      const double k = std::accumulate(ones[v].begin(), ones[v].end(), 0.0);
      triples += k * (k - 1) / 2;
      if (!std::isnan(plain[v])) triangles += plain[v] * k * (k - 1) / 2;
    }
    REQUIRE(same(transitivity(net).value, triples > 0 ? triangles / triples : undefined));

    const std::vector<double> weighted = clustering(net, {.weights = "weight"}).values;
    const std::vector<double> slow_weighted =
        net.weighted() ? slow_clustering(marked(union_matrix(net, false), ones)) : slow_ones;
    for (std::size_t v = 0; v < n; ++v) REQUIRE(same(weighted[v], slow_weighted[v]));

    for (const Mode mode : {Mode::out, Mode::in, Mode::all}) {
      for (const bool loops : {true, false}) {
        const std::vector<double> k = degree(net, {.mode = mode, .loops = loops}).values;
        const std::vector<double> s = strength(net, {.mode = mode, .loops = loops}).values;
        const Matrix values = matrix(net, false);
        for (std::size_t v = 0; v < n; ++v) {
          double slow_k = 0;
          double slow_s = 0;
          for (std::size_t u = 0; u < n; ++u) {
            if (u == v && !loops) continue;
            const bool out = !net.directed() || mode != Mode::in;
            const bool in = net.directed() ? mode != Mode::out : u == v;  // an undirected loop has both its ends here
            if (out) slow_k += ties[v][u];
            if (out) slow_s += values[v][u];
            if (in) slow_k += ties[u][v];
            if (in) slow_s += values[u][v];
          }
          REQUIRE(k[v] == slow_k);
          REQUIRE(same(s[v], slow_s));
        }
      }
    }

    std::map<std::string, std::int64_t> slow_counts;
    for (std::size_t x = 0; x < n; ++x) {
      for (std::size_t y = x + 1; y < n; ++y) {
        for (std::size_t z = y + 1; z < n; ++z) ++slow_counts[slow_triad(ties, x, y, z)];
      }
    }
    const TriadCensus triads = triad_census(net);
    for (std::size_t t = 0; t < triad_types.size(); ++t) {
      REQUIRE(triads.counts[t] == slow_counts[std::string(triad_types[t])]);
    }
  }
}

TEST_CASE("structure: relabelling the vertices changes nothing", "[structure]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    const std::vector<index_t> order = support::random_order(net.n(), number);
    const Network other = subnetwork(net, order);
    REQUIRE(same(density(net).value, density(other).value));
    REQUIRE(same(reciprocity(net).value, reciprocity(other).value));
    REQUIRE(same(transitivity(net).value, transitivity(other).value));
    REQUIRE(triad_census(net).counts == triad_census(other).counts);
    const std::vector<double> c = clustering(net, {.weights = "weight"}).values;
    const std::vector<double> d = clustering(other, {.weights = "weight"}).values;
    const std::vector<double> s = strength(net).values;
    const std::vector<double> t = strength(other).values;
    for (std::size_t i = 0; i < order.size(); ++i) {
      REQUIRE(same(d[i], c[static_cast<std::size_t>(order[i])]));
      REQUIRE(same(t[i], s[static_cast<std::size_t>(order[i])]));
    }
    for (const auto of : {CentralizationOf::degree, CentralizationOf::indegree, CentralizationOf::outdegree,
                          CentralizationOf::betweenness}) {
      const double a = centralization(net, {.of = of}).value;
      const double b = centralization(other, {.of = of}).value;
      REQUIRE((same(a, b) || std::abs(a - b) < 1e-12));
    }
  }
}

TEST_CASE("structure: the same on any number of threads", "[structure]") {
  Stream random(7, "threads");
  NetworkParts p;
  p.n = 3000;
  for (int e = 0; e < 60000; ++e) {
    p.source.push_back(static_cast<index_t>(random.below(3000)));
    p.target.push_back(static_cast<index_t>(random.below(1 + random.below(3000))));
  }
  const Network net(std::move(p));
  const Run one{.threads = 1, .interrupted = {}, .progress = {}};
  const Run four{.threads = 4, .interrupted = {}, .progress = {}};
  CHECK(transitivity(net, {.run = one}).triangles == transitivity(net, {.run = four}).triangles);
  CHECK(triad_census(net, {.run = one}).counts == triad_census(net, {.run = four}).counts);
  CHECK(clustering(net, {.run = one}).values == clustering(net, {.run = four}).values);
}

TEST_CASE("centralization: the most centralised networks reach 1", "[structure]") {
  // A star: degree, betweenness and closeness of Freeman (1978) are 1, doi:10.1016/0378-8733(78)90021-7.
  const Network star = support::network(6, {0, 0, 0, 0, 0}, {1, 2, 3, 4, 5}, false);
  CHECK(centralization(star).value == 1.0);
  CHECK_THAT(centralization(star, {.of = CentralizationOf::betweenness}).value, WithinAbs(1.0, 1e-12));
  CHECK_THAT(centralization(star, {.of = CentralizationOf::closeness}).value, WithinAbs(1.0, 1e-12));
  // The star's leaves have 1 / sqrt(5); the maximum n - 2 is that of a single tie among isolated vertices (igraph).
  CHECK_THAT(centralization(star, {.of = CentralizationOf::eigenvector}).value,
             WithinAbs(5 * (1 - 1 / std::sqrt(5.0)) / 4, 1e-9));
  const Network in_star = support::network(6, {1, 2, 3, 4, 5}, {0, 0, 0, 0, 0});
  CHECK(centralization(in_star, {.of = CentralizationOf::indegree}).value == 1.0);
  const std::vector<double> values = {3, 1, undefined};
  CHECK(std::isnan(centralization(values, 2.0)));
  CHECK(std::isnan(centralization(std::vector<double>{1, 2}, 0.0)));
}

TEST_CASE("structure: refusals name what is wrong", "[structure]") {
  const Network net = support::network(3, {0, 1}, {1, 2});
  CHECK_THROWS_WITH(strength(net, {.weights = "trust"}), ContainsSubstring("trust") && ContainsSubstring("strength"));
  CHECK_THROWS_WITH(strength(net, {.weights = std::vector<double>{1}}), ContainsSubstring("length"));
  CHECK_THROWS_WITH(clustering(net, {.weights = std::vector<double>{1, -1}}), ContainsSubstring("tie 1"));
  NetworkParts large;
  large.n = 3'810'001;
  CHECK_THROWS_AS(triad_census(Network(std::move(large))), LimitError);
}

TEST_CASE("structure: oracles", "[structure][data]") {
  LINKPIN_NEED_DATA("oracles");
  // R igraph 1.3.5 and networkx 2.8.8; see SOURCE.md beside the files.
  for (const auto& oracle : oracles::all()) {
    CAPTURE(oracle.name);
    const Network& net = oracle.net;
    const Network both = undirected(net);
    oracle.check("density", density(net).value);
    oracle.check("density_undirected", density(both).value);
    oracle.check("reciprocity_edgewise", reciprocity(net).value);
    oracle.check("transitivity_global_undirected", transitivity(net).value);
    const DyadCensus dyads = dyad_census(net);
    oracle.check("dyads_mutual", static_cast<double>(dyads.mutual));
    oracle.check("dyads_asymmetric", static_cast<double>(dyads.asymmetric));
    oracle.check("dyads_null", static_cast<double>(dyads.null));
    const TriadCensus triads = triad_census(net);
    for (std::size_t t = 0; t < triad_types.size(); ++t) {
      oracle.check("triad_" + std::string(triad_types[t]), static_cast<double>(triads.counts[t]));
    }
    oracle.check("centralization_degree_undirected", centralization(both).value);
    oracle.check("centralization_indegree", centralization(net, {.of = CentralizationOf::indegree}).value);
    oracle.check("centralization_outdegree", centralization(net, {.of = CentralizationOf::outdegree}).value);
    oracle.check("centralization_betweenness_undirected",
                 centralization(both, {.of = CentralizationOf::betweenness}).value);
    oracle.check("centralization_closeness_undirected",
                 centralization(both, {.of = CentralizationOf::closeness}).value);
    oracle.check("gini_degree_undirected", gini(degree(both).values));
    if (net.directed()) oracle.check("gini_indegree", gini(degree(net, {.mode = Mode::in}).values));
    oracle.check_nodes("degree_total", degree(net).values);
    oracle.check_nodes("degree_in", degree(net, {.mode = Mode::in}).values);
    oracle.check_nodes("degree_out", degree(net, {.mode = Mode::out}).values);
    oracle.check_nodes("degree_undirected", degree(both).values);
    oracle.check_nodes("local_clustering", clustering(net).values);
    if (oracle.nodes.contains("strength_in")) {
      // These two columns follow the file's from and to, for undirected networks too.
      const Network arcs = support::oracle_network(oracle.name, true);
      oracle.check_nodes("strength_in", strength(arcs, {.mode = Mode::in}).values);
      oracle.check_nodes("strength_out", strength(arcs, {.mode = Mode::out}).values);
    }
  }
}

TEST_CASE("structure: oracles of two-mode networks", "[structure][data]") {
  LINKPIN_NEED_DATA("oracles");
  for (const auto& oracle : oracles::two_mode()) {
    CAPTURE(oracle.name);
    const std::vector<std::uint8_t> mode = oracle.modes();
    oracle.check("density", density(oracle.net, {.two_mode = mode}).value);
    const std::vector<double> k = degree(oracle.net).values;
    oracle.check_nodes("degree", k);
    std::vector<double> share;
    double size[2] = {0, 0};
    for (const std::uint8_t m : mode) ++size[m];
    for (std::size_t v = 0; v < k.size(); ++v) share.push_back(k[v] / size[1 - mode[v]]);
    oracle.check_nodes("bip_degree_centrality", share);
  }
}

TEST_CASE("centralization: published values", "[structure][data]") {
  LINKPIN_NEED_DATA("oracles/adolescents");
  // netrics test suite (10d90ba), rows degree_, closeness_ and betweenness_centralization of published_values.csv.
  const Network net = support::oracle_network("adolescents", false);
  CHECK_THAT(centralization(net, {.loops = true}).value, WithinAbs(0.2142, 0.001));
  CHECK_THAT(centralization(net).value, WithinAbs(0.2857, 0.001));
  CHECK_THAT(centralization(net, {.of = CentralizationOf::closeness}).value, WithinAbs(0.3195, 0.001));
  CHECK_THAT(centralization(net, {.of = CentralizationOf::betweenness}).value, WithinAbs(0.3401, 0.001));
}
