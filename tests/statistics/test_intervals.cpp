// Distributions, intervals of shares, quantiles and ranks against scipy 1.17 (stats.*.cdf, .ppf, binomtest) and by
// hand.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <linkpin/statistics/order.hpp>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace linkpin;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The chance of at least k successes of n, summed term by term.
double at_least(std::int64_t k, std::int64_t n, double p) {
  double total = 0;
  for (std::int64_t i = k; i <= n; ++i) {
    const auto x = static_cast<double>(i);
    const auto rest = static_cast<double>(n - i);
    const double ways = std::lgamma(x + rest + 1) - std::lgamma(x + 1) - std::lgamma(rest + 1);
    total += std::exp(ways + x * std::log(p) + rest * std::log1p(-p));
  }
  return total;
}

}  // namespace

TEST_CASE("distributions: scipy's values", "[distributions]") {
  CHECK_THAT(normal_cdf(1.3), WithinAbs(0.9031995154143897, 1e-14));
  CHECK_THAT(student_cdf(2.1, 7), WithinAbs(0.9630644018935387, 1e-14));
  CHECK_THAT(chi_square_cdf(3.2, 4), WithinAbs(0.47506905321389586, 1e-14));
  CHECK_THAT(f_cdf(2.5, 3, 17), WithinAbs(0.9057171949210521, 1e-14));
  CHECK_THAT(beta_cdf(0.3, 2, 5), WithinAbs(0.5798250000000003, 1e-14));
  CHECK_THAT(normal_quantile(0.975), WithinAbs(1.959963984540054, 1e-13));
  CHECK_THAT(student_quantile(0.9, 5), WithinAbs(1.4758840488244815, 1e-13));
  CHECK_THAT(chi_square_quantile(0.05, 3), WithinAbs(0.35184631774927144, 1e-13));
  CHECK_THAT(beta_quantile(0.25, 0.5, 3), WithinAbs(0.01821508957408786, 1e-14));
}

TEST_CASE("distributions: small tails keep their digits", "[distributions]") {
  // scipy 1.17, stats.chi2.sf(200, 3), stats.f.sf(400, 3, 40).
  CHECK_THAT(chi_square_tail(200, 3), WithinRel(4.218541107192018e-43, 1e-12));
  CHECK_THAT(f_tail(400, 3, 40), WithinRel(7.53303611304184e-30, 1e-12));
  CHECK_THAT(chi_square_tail(3.2, 4), WithinAbs(1 - chi_square_cdf(3.2, 4), 1e-15));
  CHECK(chi_square_tail(-1, 2) == 1.0);
  CHECK(f_tail(infinity, 1, 1) == 0.0);
  CHECK(std::isnan(chi_square_tail(undefined, 1)));
  CHECK_THROWS_WITH(chi_square_tail(1, 0), ContainsSubstring("df"));
  CHECK_THROWS_WITH(f_tail(1, 1, 0), ContainsSubstring("df2"));
}

TEST_CASE("distributions: the ends of the support, and what has no answer", "[distributions]") {
  CHECK(normal_cdf(-infinity) == 0.0);
  CHECK(normal_cdf(infinity) == 1.0);
  CHECK(std::isnan(normal_cdf(undefined)));
  CHECK(chi_square_cdf(-1, 2) == 0.0);
  CHECK(f_cdf(infinity, 1, 1) == 1.0);
  CHECK(beta_cdf(2, 1, 1) == 1.0);
  CHECK(normal_quantile(0) == -infinity);
  CHECK(chi_square_quantile(1, 2) == infinity);
  CHECK(beta_quantile(1, 2, 2) == 1.0);
  CHECK_THROWS_WITH(student_cdf(1, 0), ContainsSubstring("df"));
  CHECK_THROWS_WITH(beta_quantile(1.5, 1, 1), ContainsSubstring("[0, 1]"));
  CHECK_THROWS_WITH(normal_quantile(undefined), ContainsSubstring("p = nan"));
}

TEST_CASE("intervals: scipy's values to 1e-10", "[intervals]") {
  struct Case {
    std::int64_t successes, trials;
    double level;
    Interval exact, score;
  };
  const Case cases[] = {
      {8, 35, 0.95, {0.10421043194781524, 0.40136325610731466}, {0.12065879834191687, 0.3901731689199025}},
      {0, 10, 0.95, {0.0, 0.30849710781876294}, {0.0, 0.27753279986288926}},
      {10, 10, 0.90, {0.7411344491066528, 1.0}, {0.787058029916593, 1.0}},
      {1, 3, 0.99, {0.0016694521863085243, 0.9585998492839761}, {0.04042662929608476, 0.855783984952333}},
      {58, 85, 0.95, {0.5724126249851528, 0.779162233154536}, {0.5773381980275989, 0.7715979902284529}},
      {500, 1000, 0.95, {0.46854917297179194, 0.531450827028208}, {0.4690696003681042, 0.5309303996318958}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.successes, c.trials);
    const Interval exact = clopper_pearson(c.successes, c.trials, c.level);
    const Interval score = wilson(c.successes, c.trials, c.level);
    CHECK_THAT(exact.low, WithinAbs(c.exact.low, 1e-10));
    CHECK_THAT(exact.high, WithinAbs(c.exact.high, 1e-10));
    CHECK_THAT(score.low, WithinAbs(c.score.low, 1e-10));
    CHECK_THAT(score.high, WithinAbs(c.score.high, 1e-10));
  }
}

TEST_CASE("intervals: the exact one leaves half the rest on either side", "[intervals]") {
  for (std::int64_t n = 1; n <= 30; ++n) {
    for (std::int64_t k = 0; k <= n; ++k) {
      const Interval i = clopper_pearson(k, n);
      if (k > 0) REQUIRE_THAT(at_least(k, n, i.low), WithinAbs(0.025, 1e-10));
      if (k < n) REQUIRE_THAT(1.0 - at_least(k + 1, n, i.high), WithinAbs(0.025, 1e-10));
    }
  }
}

TEST_CASE("intervals: without trials nothing is known; counts the wrong way round are refused", "[intervals]") {
  CHECK(clopper_pearson(0, 0) == Interval{0.0, 1.0});
  CHECK(wilson(0, 0) == Interval{0.0, 1.0});
  CHECK_THROWS_WITH(wilson(3, 2), ContainsSubstring("of 2"));
  CHECK_THROWS_WITH(clopper_pearson(-1, 2), ContainsSubstring("successes = -1"));
  CHECK_THROWS_WITH(wilson(1, 2, 1.0), ContainsSubstring("level"));
}

TEST_CASE("quantile: type 7", "[order]") {
  const std::vector<double> x = {1, 2, 4, 8};  // numpy.quantile([1, 2, 4, 8], p)
  CHECK(quantile(x, 0) == 1.0);
  CHECK(quantile(x, 0.5) == 3.0);
  CHECK_THAT(quantile(x, 0.9), WithinAbs(6.8, 1e-14));
  CHECK(quantile(x, 1) == 8.0);
  CHECK(std::isnan(quantile({}, 0.5)));
  CHECK_THROWS_WITH(quantile(x, -0.1), ContainsSubstring("[0, 1]"));
}

TEST_CASE("mid_ranks: equal values share", "[order]") {
  CHECK(mid_ranks(std::vector<double>{3, 1, 3, 2}) == std::vector<double>{3.5, 1, 3.5, 2});
  CHECK(mid_ranks({}).empty());
  CHECK_THROWS_WITH(mid_ranks(std::vector<double>{1, undefined}), ContainsSubstring("position 1"));
  for (std::uint64_t number = 0; number < 200; ++number) {
    Stream random(2026, "mid ranks", number);
    std::vector<double> x(random.below(20));
    for (double& value : x) value = random.below(6);
    const std::vector<double> ranks = mid_ranks(x);
    for (std::size_t i = 0; i < x.size(); ++i) {  // one more than those below, and half of those equal
      double rank = 0.5;
      for (const double other : x) rank += other < x[i] ? 1.0 : other == x[i] ? 0.5 : 0.0;
      REQUIRE(ranks[i] == rank);
    }
  }
}
