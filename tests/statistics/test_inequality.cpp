// Inequality of shares.
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
