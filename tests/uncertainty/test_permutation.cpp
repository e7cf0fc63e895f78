// Permutation and conditional uniform graph tests: sizes under the null, what is held fixed, twins by enumeration.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/uncertainty/cug.hpp>
#include <linkpin/uncertainty/permutation.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/graphs.hpp"

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Condition;
using linkpin::CugOptions;
using linkpin::Groups;
using linkpin::index_t;
using linkpin::Network;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

Groups two_groups(index_t n, index_t first) {
  Groups g{std::vector<index_t>(at(n), 1), {"a", "b"}};
  for (index_t v = 0; v < first; ++v) g.codes[at(v)] = 0;
  return g;
}

double ei(const Network& net, const Groups& groups) { return linkpin::ei_index(net, groups).value; }

Network random_ties(index_t n, double density, std::uint64_t number, bool directed = true) {
  linkpin::Stream random(11, "null surveys", number);
  linkpin::NetworkParts p;
  p.n = n;
  p.directed = directed;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = directed ? 0 : u + 1; v < n; ++v) {
      if (u == v || random.uniform() >= density) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  return Network(std::move(p));
}

std::vector<double> degrees(const Network& net, linkpin::Mode mode) {
  return linkpin::degree(net, {.mode = mode}).values;
}

}  // namespace

TEST_CASE("shuffled groups give the shares that enumeration gives", "[permutation]") {
  // 6 vertices, 3 of each group: all 20 assignments are equally likely.
  const Network net = support::network(6, {0, 0, 1, 3, 4, 2}, {1, 2, 2, 4, 5, 3}, false);
  const Groups groups = two_groups(6, 3);
  const double observed = ei(net, groups);
  double greater = 0;
  double less = 0;
  std::vector<int> mask = {0, 0, 0, 1, 1, 1};
  do {
    Groups g = groups;
    for (std::size_t v = 0; v < 6; ++v) g.codes[v] = mask[v];
    greater += ei(net, g) >= observed - 1e-12 ? 1.0 / 20 : 0;
    less += ei(net, g) <= observed + 1e-12 ? 1.0 / 20 : 0;
  } while (std::next_permutation(mask.begin(), mask.end()));
  const auto test = linkpin::permutation_test(net, ei, groups, {.permutations = 9999, .seed = 1});
  CHECK(test.observed[0] == observed);
  CHECK_THAT(test.p_greater[0], WithinAbs(greater, 0.02));
  CHECK_THAT(test.p_less[0], WithinAbs(less, 0.02));
  CHECK_THAT(test.p[0], WithinAbs(std::min(1.0, 2 * std::min(test.p_greater[0], test.p_less[0])), 1e-15));
  // Two of the 20 assignments (this and its mirror) are the most extreme, 10 % at the lower end: no test at 5 %.
  CHECK(test.attainable[0] == 0);
}

TEST_CASE("a test at 5 % rejects 5 % of null surveys", "[permutation]") {
  // A continuous score of two groups that do not differ; 199 permutations make 5 % attainable to the last digit.
  const Groups groups = two_groups(14, 6);
  int rejected = 0;
  constexpr int surveys = 3000;
  for (int s = 0; s < surveys; ++s) {
    linkpin::Stream random(7, "null values", static_cast<std::uint64_t>(s));
    std::vector<double> values(14);
    for (double& v : values) v = std::exp(random.normal());
    const auto r = linkpin::compare_groups(
        values, groups, {.permutations = 199, .seed = static_cast<std::uint64_t>(s), .run = {.threads = 1}});
    rejected += r.pairs[0].p <= 0.05 ? 1 : 0;
  }
  const double share = static_cast<double>(rejected) / surveys;
  const double error = std::sqrt(0.05 * 0.95 / surveys);
  INFO("rejected " << share);
  CHECK(share <= 0.05 + 3 * error);
  CHECK(share >= 0.05 - 3 * error);
}

TEST_CASE("groups are compared pair by pair and as a whole", "[permutation]") {
  const std::vector<double> values = {10, 11, 12, 13,  14,  15,  1,   2,   3,
                                      4,  5,  6,  1.5, 2.5, 3.5, 4.5, 5.5, linkpin::undefined};
  Groups groups{{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}, {"councils", "carers", "funders"}};
  const auto r = linkpin::compare_groups(values, groups, {.permutations = 1999, .seed = 3});
  REQUIRE(r.pairs.size() == 3);
  CHECK(r.pairs[0].a == "councils");
  CHECK(r.pairs[0].b == "carers");
  CHECK_THAT(r.pairs[0].difference, WithinAbs(9.0, 1e-12));
  CHECK(r.pairs[0].delta == 1.0);                         // every council above every carer
  CHECK_THAT(r.pairs[0].p, WithinAbs(2.0 / 924, 0.003));  // 12 choose 6 ways, one as extreme, both sides
  CHECK(r.pairs[2].size_b == 5);
  CHECK_THAT(r.pairs[2].delta, WithinAbs(0.0, 1e-12));
  CHECK(r.pairs[2].p > 0.5);
  CHECK(r.pairs[0].p_adjusted >= r.pairs[0].p);
  CHECK(r.p < 0.01);
  CHECK(r.eta_squared > 0.7);
  REQUIRE(r.provenance.warnings.size() == 1);
  CHECK_THAT(r.provenance.warnings[0], ContainsSubstring("1 of 18"));
}

TEST_CASE("a difference between groups is as sure in pence as in millions", "[permutation]") {
  const std::vector<double> values = {10, 11, 12, 13, 14, 15, 1, 2, 3, 4, 5, 6};
  const Groups groups{{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, {"councils", "carers"}};
  auto p = [&](double unit) {
    std::vector<double> scaled = values;
    for (double& v : scaled) v *= unit;
    return linkpin::compare_groups(scaled, groups, {.permutations = 999, .seed = 3}).pairs[0].p;
  };
  CHECK(p(1) < 0.02);
  CHECK(p(0x1p-40) == p(1));
  CHECK(p(0x1p40) == p(1));
}

TEST_CASE("random networks keep what they are said to keep", "[cug]") {
  for (std::uint64_t number = 0; number < 12; ++number) {
    const bool directed = number % 2 == 0;
    const Network net = random_ties(11, 0.1 + 0.07 * static_cast<double>(number), number, directed);
    for (std::uint64_t r = 0; r < 6; ++r) {
      const Network ties = linkpin::random_network(net, {.condition = Condition::ties, .seed = 5}, r);
      CHECK(ties.m() == net.m());
      CHECK_FALSE(ties.has_loops());
      CHECK_FALSE(ties.has_parallel());
      const auto before = linkpin::dyad_census(net);
      const auto after =
          linkpin::dyad_census(linkpin::random_network(net, {.condition = Condition::dyads, .seed = 5}, r));
      CHECK(before.mutual == after.mutual);
      CHECK(before.asymmetric == after.asymmetric);
      const Network rewired = linkpin::random_network(net, {.condition = Condition::degrees, .seed = 5}, r);
      CHECK_FALSE(rewired.has_loops());
      CHECK_FALSE(rewired.has_parallel());
      CHECK(degrees(rewired, linkpin::Mode::out) == degrees(net, linkpin::Mode::out));
      CHECK(degrees(rewired, linkpin::Mode::in) == degrees(net, linkpin::Mode::in));
    }
  }
}

TEST_CASE("rewiring reaches every network of the same degrees alike", "[cug]") {
  // In- and out-degree 1 on four vertices: the 9 permutations without a fixed point, two three-cycles impossible.
  const Network net = support::network(4, {0, 1, 2, 3}, {1, 2, 3, 0});
  std::map<std::vector<index_t>, int> seen;
  constexpr int draws = 9000;
  for (std::uint64_t r = 0; r < draws; ++r) {
    const Network g = linkpin::random_network(net, {.condition = Condition::degrees, .seed = 9}, r);
    ++seen[{g.targets().begin(), g.targets().end()}];
  }
  CHECK(seen.size() == 9);
  for (const auto& [targets, count] : seen) CHECK(std::abs(count - draws / 9) < 5 * std::sqrt(draws / 9.0));
  // A three-cycle can only be turned round, which swaps alone never do.
  const Network cycle = support::network(3, {0, 1, 2}, {1, 2, 0});
  std::set<std::vector<index_t>> turned;
  for (std::uint64_t r = 0; r < 50; ++r) {
    const Network g = linkpin::random_network(cycle, {.condition = Condition::degrees, .seed = 9}, r);
    turned.insert({g.targets().begin(), g.targets().end()});
  }
  CHECK(turned.size() == 2);
}

TEST_CASE("random networks put no tie where nobody was asked", "[cug]") {
  linkpin::NetworkParts p = random_ties(9, 0.3, 4).parts();
  std::vector<linkpin::Answer> rows(9, linkpin::Answer::answered);
  rows[2] = rows[5] = linkpin::Answer::no_response;
  std::vector<index_t> keep_source;
  std::vector<index_t> keep_target;
  for (std::size_t e = 0; e < p.source.size(); ++e) {
    if (p.source[e] == 2 || p.source[e] == 5) continue;
    keep_source.push_back(p.source[e]);
    keep_target.push_back(p.target[e]);
  }
  p.source = keep_source;
  p.target = keep_target;
  p.observed = linkpin::Observed(rows);
  const Network net(std::move(p));
  for (const Condition condition : {Condition::size, Condition::ties, Condition::dyads, Condition::degrees}) {
    for (std::uint64_t r = 0; r < 20; ++r) {
      const Network g = linkpin::random_network(net, {.condition = condition, .seed = 1}, r);
      CHECK(g.out().degree(2) + g.out().degree(5) == 0);
      if (condition != Condition::size) CHECK(g.m() == net.m());
    }
  }
  // A tie that is known although nobody was asked stays under every condition.
  p = net.parts();
  p.source.push_back(2);
  p.target.push_back(0);
  const Network told(std::move(p));
  for (const Condition condition : {Condition::size, Condition::ties, Condition::dyads, Condition::degrees}) {
    const Network g = linkpin::random_network(told, {.condition = condition, .seed = 1}, 0);
    CHECK(g.out().degree(2) == 1);
    CHECK(g.out().of(2)[0] == 0);
  }
}

TEST_CASE("a conditional uniform test knows its null", "[cug]") {
  // Given size and number of ties the density is fixed; reciprocity of uniform ties is near the density.
  const Network net = random_ties(20, 0.2, 1);
  const auto fixed =
      linkpin::cug_test(net, [](const Network& g) { return linkpin::density(g).value; }, {.replicates = 99, .seed = 2});
  CHECK(fixed.p[0] == 1.0);
  CHECK(fixed.attainable[0] == 0.0);
  const auto mutual = linkpin::cug_test(net, [](const Network& g) { return linkpin::reciprocity(g).value; },
                                        {.replicates = 999, .seed = 2});
  CHECK_THAT(mutual.mean[0], WithinAbs(linkpin::density(net).value, 0.02));
  // Several scores at once, the same on any number of threads.
  auto both = [](const Network& g) {
    return std::vector<double>{linkpin::reciprocity(g).value, linkpin::transitivity(g).value};
  };
  const auto one = linkpin::cug_test(net, both, {.replicates = 200, .seed = 2, .run = {.threads = 1}});
  for (const int threads : {2, 8}) {
    const auto many = linkpin::cug_test(net, both, {.replicates = 200, .seed = 2, .run = {.threads = threads}});
    CHECK(many.p == one.p);
    CHECK(many.mean == one.mean);
  }
  CHECK(one.observed.size() == 2);
}

TEST_CASE("tests refuse what they cannot serve", "[permutation]") {
  const Network net = random_ties(6, 0.5, 2);
  CHECK_THROWS_WITH(linkpin::permutation_test(net, ei, two_groups(5, 2)), ContainsSubstring("one group a vertex: 6"));
  CHECK_THROWS_WITH(linkpin::permutation_test(net, ei, two_groups(6, 2), {.permutations = 0}),
                    ContainsSubstring("at least one"));
  CHECK_THROWS_WITH(linkpin::cug_test(net, [](const Network& g) { return std::vector<double>(at(g.out().degree(0))); },
                                      {.replicates = 50}),
                    ContainsSubstring("as many for every network"));
  CHECK_THROWS_WITH(linkpin::compare_groups(std::vector<double>{1, 2}, two_groups(2, 2)),
                    ContainsSubstring("at least two"));
  // Labels that are missing stay where they are.
  Groups some = two_groups(6, 3);
  some.codes[5] = linkpin::none;
  const auto test = linkpin::permutation_test(
      net, [](const Network&, const Groups& g) { return g.codes[5] == linkpin::none ? 1.0 : 0.0; }, some,
      {.permutations = 20});
  CHECK(test.p_less[0] == 1.0);
  CHECK_THAT(test.provenance.warnings.at(0), ContainsSubstring("1 of 6"));
  // No ties: the score is undefined, and so is its test.
  const auto none = linkpin::permutation_test(support::network(4, {}, {}), ei, two_groups(4, 2), {.permutations = 20});
  CHECK(std::isnan(none.p[0]));
  CHECK_THAT(none.provenance.warnings.at(0), ContainsSubstring("undefined"));
}
