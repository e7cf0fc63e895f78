// Inequality of shares.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <vector>

#include "measures/oracles.hpp"
#include "support/data.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

// The definition: the mean difference of all ordered pairs, over twice the mean.
double slow_gini(const std::vector<double>& x) {
  double differences = 0;
  double total = 0;
  for (const double a : x) {
    total += a;
    for (const double b : x) differences += std::abs(a - b);
  }
  return total == 0 ? undefined : differences / (2 * static_cast<double>(x.size()) * total);
}

}  // namespace

TEST_CASE("gini: by hand", "[gini]") {
  CHECK(gini(std::vector<double>{2, 2, 2}) == 0.0);
  // One of four has all: (n - 1) / n, and 1 once corrected.
  CHECK(gini(std::vector<double>{0, 0, 5, 0}) == 0.75);
  CHECK(gini(std::vector<double>{0, 0, 5, 0}, {.normalisation = GiniNormalisation::corrected}) == 1.0);
  CHECK(std::isnan(gini(std::vector<double>{})));
  CHECK(std::isnan(gini(std::vector<double>{0, 0})));
  CHECK(gini(std::vector<double>{3}) == 0.0);
  CHECK(std::isnan(gini(std::vector<double>{3}, {.normalisation = GiniNormalisation::corrected})));
}

TEST_CASE("gini: agrees with its definition, in any order", "[gini]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    Stream random(2026, "gini", number);
    std::vector<double> x(1 + random.below(20));
    for (double& value : x) value = random.below(3) == 0 ? 0.0 : random.uniform() * 100;
    const double fast = gini(x);
    const double slow = slow_gini(x);
    REQUIRE(((std::isnan(fast) && std::isnan(slow)) || std::abs(fast - slow) < 1e-12));
    random.shuffle(std::span(x));
    REQUIRE(((std::isnan(fast) && std::isnan(gini(x))) || gini(x) == fast));
  }
}

TEST_CASE("gini: refuses what is no share", "[gini]") {
  CHECK_THROWS_WITH(gini(std::vector<double>{1, -2}), ContainsSubstring("position 1"));
  CHECK_THROWS_WITH(gini(std::vector<double>{undefined}), ContainsSubstring("undefined values"));
}

TEST_CASE("gini: oracles", "[gini][data]") {
  LINKPIN_NEED_DATA("oracles");
  // R igraph 1.3.5 values put through the definition; see SOURCE.md beside the files.
  for (const auto& oracle : oracles::all()) {
    const Network both = undirected(oracle.net);
    oracle.check("gini_degree_undirected", gini(degree(both).values));
    oracle.check("gini_betweenness_undirected", gini(betweenness(both).values));
    if (oracle.net.directed()) {
      oracle.check("gini_indegree", gini(degree(oracle.net, {.mode = Mode::in}).values));
    }
  }
}

namespace {

// Six with incomes in three groups. Every value below from R 4.2, written out from the definitions, as
// mean(x / m * log(x / m)) for Theil's T with m <- mean(x).
const std::vector<double> incomes{1, 2, 3, 4, 10, 0.5};
const std::vector<index_t> three{0, 0, 1, 1, 2, 2};

InequalityDecomposition split(InequalityIndex index, double epsilon = 0.5) {
  return decompose_inequality(incomes, three, {index, epsilon});
}

}  // namespace

TEST_CASE("theil and atkinson: R's values", "[inequality]") {
  CHECK_THAT(theil(incomes), WithinAbs(0.3765339007063396, 1e-14));
  CHECK_THAT(theil(incomes, TheilKind::l), WithinAbs(0.4307501264526331, 1e-14));
  CHECK_THAT(atkinson(incomes, 1), WithinAbs(0.3499786863846852, 1e-14));
  CHECK_THAT(atkinson(incomes), WithinAbs(0.184445356819244, 1e-14));
  CHECK_THAT(atkinson(incomes, 2), WithinAbs(0.5802157224759498, 1e-14));
  const InequalityDecomposition t = split(InequalityIndex::theil_t);
  CHECK_THAT(t.between, WithinAbs(0.1077799932363345, 1e-14));
  CHECK_THAT(t.within, WithinAbs(0.2687539074700052, 1e-14));
  const InequalityDecomposition l = split(InequalityIndex::theil_l);
  CHECK_THAT(l.between, WithinAbs(0.1231800325139525, 1e-14));
  CHECK_THAT(l.within, WithinAbs(0.3075700939386806, 1e-14));
  const InequalityDecomposition g = split(InequalityIndex::gini);
  CHECK_THAT(g.total, WithinAbs(0.467479674796748, 1e-14));
  CHECK_THAT(g.between, WithinAbs(0.2439024390243902, 1e-14));
  CHECK_THAT(g.within, WithinAbs(0.09349593495934959, 1e-14));
  CHECK_THAT(g.overlap, WithinAbs(0.1300813008130081, 1e-14));
  const InequalityDecomposition a = split(InequalityIndex::atkinson);
  CHECK_THAT(a.between, WithinAbs(0.05631623171193889, 1e-14));
  CHECK_THAT(a.within, WithinAbs(0.1357754890070266, 1e-14));
}

TEST_CASE("decompositions obey their identities", "[inequality]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("shares " << number);
    Stream random(2026, "shares", number);
    const std::size_t n = 2 + random.below(20);
    std::vector<double> x;
    std::vector<index_t> groups;
    for (std::size_t i = 0; i < n; ++i) {
      x.push_back(number % 3 == 0 && random.below(4) == 0 ? 0.0 : std::exp(2 * random.normal()));
      groups.push_back(static_cast<index_t>(random.below(4) % n));
    }
    if (theil(x) != theil(x)) continue;  // nobody has anything
    const bool zeros = std::find(x.begin(), x.end(), 0.0) != x.end();
    const auto t = decompose_inequality(x, groups);
    CHECK_THAT(t.between + t.within, WithinAbs(t.total, 1e-12));
    CHECK_THAT(t.total, WithinAbs(theil(x), 0));
    double members = 0;
    double share = 0;
    for (const GroupInequality& g : t.groups) {
      members += g.population_share;
      share += g.share;
    }
    CHECK_THAT(members, WithinAbs(1, 1e-12));
    CHECK_THAT(share, WithinAbs(1, 1e-12));
    for (const double epsilon : {0.3, 1.0, 1.7}) {
      if (zeros && epsilon >= 1) continue;
      const auto a = decompose_inequality(x, groups, {InequalityIndex::atkinson, epsilon});
      CHECK_THAT((1 - a.between) * (1 - a.within), WithinAbs(1 - atkinson(x, epsilon), 1e-12));
      CHECK(a.between >= -1e-12);
      CHECK(a.within >= -1e-12);
    }
    const auto l = decompose_inequality(x, groups, {.index = InequalityIndex::theil_l});
    if (!zeros) CHECK_THAT(l.between + l.within, WithinAbs(l.total, 1e-12));
    if (zeros) CHECK(std::isinf(l.total));
    CHECK(t.provenance.warnings.empty() != zeros);

    // The overlap by its own definition: the Gini less the concentration when the groups stand in order of their
    // means, and their members in order within them (Lambert & Aronson 1993).
    const auto g = decompose_inequality(x, groups, {.index = InequalityIndex::gini});
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    auto mean = [&](std::size_t i) { return g.groups[static_cast<std::size_t>(groups[i])].mean; };
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
      if (groups[i] == groups[j]) return x[i] < x[j];
      return mean(i) == mean(j) ? groups[i] < groups[j] : mean(i) < mean(j);
    });
    double ranked = 0;
    for (std::size_t i = 0; i < n; ++i) {
      ranked += (2.0 * static_cast<double>(i) + 1 - static_cast<double>(n)) * x[order[i]];
    }
    double total = 0;
    for (const double v : x) total += v;
    CHECK_THAT(g.between + g.within, WithinAbs(ranked / (static_cast<double>(n) * total), 1e-12));
    CHECK_THAT(g.between + g.within + g.overlap, WithinAbs(slow_gini(x), 1e-12));
  }
}

TEST_CASE("inequality of nothing, and with nothing, is stated", "[inequality]") {
  CHECK(std::isnan(theil(std::vector<double>{})));
  CHECK(std::isnan(atkinson(std::vector<double>{0, 0})));
  CHECK(theil(std::vector<double>{0, 0, 0, 8}) == std::log(4.0));
  CHECK(std::isinf(theil(std::vector<double>{0, 1}, TheilKind::l)));
  CHECK(atkinson(std::vector<double>{0, 1}, 1) == 1.0);
  CHECK(atkinson(std::vector<double>{0, 1}, 2) == 1.0);
  CHECK_THAT(atkinson(std::vector<double>{0, 1}, 0.5), WithinAbs(0.5, 1e-15));
  const std::vector<double> x{0, 0, 1, 3};
  const std::vector<index_t> two{0, 0, 1, 1};
  CHECK(std::isnan(decompose_inequality(x, two, {.index = InequalityIndex::theil_l}).within));
  const auto a = decompose_inequality(x, two, {InequalityIndex::atkinson, 1.0});
  CHECK(a.total == 1.0);
  CHECK(std::isnan(a.within));
  CHECK(a.provenance.warnings.size() == 2);
  CHECK(decompose_inequality(std::vector<double>{0, 0}, std::vector<index_t>{0, 1}).provenance.warnings.size() == 1);
  CHECK(decompose_inequality(std::vector<double>{3, 3}, std::vector<index_t>{0, 1}).total == 0.0);
}

TEST_CASE("inequality refuses what are no shares", "[inequality]") {
  CHECK_THROWS_WITH(theil(std::vector<double>{1, -1}), ContainsSubstring("position 1"));
  CHECK_THROWS_WITH(atkinson(std::vector<double>{1, 1}, 0), ContainsSubstring("epsilon"));
  CHECK_THROWS_AS(theil(std::vector<double>{std::nan("")}, TheilKind::l), InputError);
  CHECK_THROWS_AS(decompose_inequality(std::vector<double>{1, 1}, std::vector<index_t>{0}), InputError);
  CHECK_THROWS_AS(decompose_inequality(std::vector<double>{1, 1}, std::vector<index_t>{0, -1}), InputError);
}
