// Agreement of pairs: what stands in statistics/concordance.hpp, for each pair that it can be said of.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/priorities/agreement.hpp>
#include <vector>

using namespace linkpin;

TEST_CASE("agreement: pairs, gaps and ties", "[agreement]") {
  const double gone = std::nan("");
  const std::vector<double> ranks{1, 2, 3, 3, 2, 1, 1, gone, 2, 1, 1, 3};
  const Agreement got = agreement(ranks, 3, {.k = 1});
  REQUIRE(got.pairs.size() == 6);
  CHECK(got.pairs[0].tau == -1);
  CHECK(got.pairs[0].top.value == 0);
  CHECK(got.pairs[1].b == 2);
  CHECK(std::isnan(got.pairs[1].tau));
  CHECK(got.pairs[1].overlap.extrapolated > 0.5);
  CHECK(std::isnan(got.pairs[2].overlap.extrapolated));
  CHECK(got.pairs[2].top.value == 0.5);
  CHECK(got.provenance.warnings.size() == 2);
  CHECK(agreement(std::vector<double>{}, 0, {.k = 1}).pairs.empty());
  CHECK_THROWS_AS(agreement(ranks, 3, {.k = 4}), InputError);
  CHECK_THROWS_AS(agreement(ranks, 5, {.k = 1}), InputError);
  CHECK_THROWS_AS(agreement(ranks, 3, {.k = 1, .persistence = 0}), InputError);
}
