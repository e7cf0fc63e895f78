// Adjusted p-values against R's p.adjust.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/statistics/multiplicity.hpp>
#include <vector>

TEST_CASE("adjusted p-values are R's", "[multiplicity]") {
  // R 4.2.2: p.adjust(c(.01, .04, .03, .005, .5), "holm") and "BH".
  const std::vector<double> p = {0.01, 0.04, 0.03, 0.005, 0.5};
  const std::vector<double> holm = {0.04, 0.09, 0.09, 0.025, 0.5};
  const std::vector<double> bh = {0.025, 0.05, 0.05, 0.025, 0.5};
  const auto a = linkpin::adjusted_p(p);
  const auto b = linkpin::adjusted_p(p, linkpin::Adjustment::benjamini_hochberg);
  for (std::size_t i = 0; i < p.size(); ++i) {
    CHECK_THAT(a[i], Catch::Matchers::WithinAbs(holm[i], 1e-12));
    CHECK_THAT(b[i], Catch::Matchers::WithinAbs(bh[i], 1e-12));
  }
  CHECK(linkpin::adjusted_p(p, linkpin::Adjustment::unadjusted) == p);
}

TEST_CASE("undefined p-values do not count", "[multiplicity]") {
  const auto a = linkpin::adjusted_p(std::vector<double>{0.02, std::nan(""), 0.03});
  CHECK(a[0] == 0.04);
  CHECK(std::isnan(a[1]));
  CHECK(a[2] == 0.04);
  CHECK(linkpin::adjusted_p({}).empty());
  CHECK_THROWS(linkpin::adjusted_p(std::vector<double>{1.5}));
}
