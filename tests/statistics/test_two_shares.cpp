#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/two_shares.hpp>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::difference_interval;
using linkpin::Interval;
using linkpin::ratio_interval;

namespace {

double log_likelihood(double x, double n, double p) {
  const double hit = x == 0 ? 0.0 : x * std::log(p);
  const double miss = x == n ? 0.0 : (n - x) * std::log1p(-p);
  return hit + miss;
}

// The likeliest p2 with p1 = first(p2), by golden section: the likelihood has one peak.
template <class First>
double likeliest(double x1, double n1, double x2, double n2, double low, double high, const First& first) {
  auto worth = [&](double p2) { return log_likelihood(x1, n1, first(p2)) + log_likelihood(x2, n2, p2); };
  for (int step = 0; step < 200; ++step) {
    const double a = low + (high - low) * 0.382;
    const double b = low + (high - low) * 0.618;
    (worth(a) > worth(b) ? high : low) = worth(a) > worth(b) ? b : a;
  }
  return (low + high) / 2;
}

double variance(double p, double n) { return p * (1 - p) / n; }

}  // namespace

TEST_CASE("the ratio of two shares has Koopman's interval") {
  // Koopman 1984, Biometrics 40: 36 of 40 against 16 of 80, 95 %: 2.94 to 7.15.
  const Interval i = ratio_interval(36, 40, 16, 80);
  REQUIRE_THAT(i.low, WithinAbs(2.94, 0.005));
  REQUIRE_THAT(i.high, WithinAbs(7.15, 0.005));
}

TEST_CASE("the difference of two shares has Miettinen and Nurminen's interval") {
  // Newcombe 1998, Statistics in Medicine 17, table II, method 6: 56 of 70 less 48 of 80: 0.0528 to 0.3382.
  const Interval i = difference_interval(56, 70, 48, 80);
  REQUIRE_THAT(i.low, WithinAbs(0.0528, 0.00005));
  REQUIRE_THAT(i.high, WithinAbs(0.3382, 0.00005));
}

TEST_CASE("at each end the score statistic of a slow search equals the critical value") {
  linkpin::Stream random(2026, "two shares");
  const double critical = linkpin::chi_square_quantile(0.9, 1);
  for (int round = 0; round < 60; ++round) {
    const std::int64_t n1 = 2 + random.below(40);
    const std::int64_t n2 = 2 + random.below(40);
    const std::int64_t x1 = 1 + random.below(static_cast<std::uint32_t>(n1 - 1));
    const std::int64_t x2 = 1 + random.below(static_cast<std::uint32_t>(n2 - 1));
    const auto a = static_cast<double>(n1);
    const auto b = static_cast<double>(n2);
    const auto s = static_cast<double>(x1);
    const auto t = static_cast<double>(x2);
    const Interval ratio = ratio_interval(x1, n1, x2, n2, 0.9);
    for (const double r : {ratio.low, ratio.high}) {
      const double p2 = likeliest(s, a, t, b, 1e-12, std::min(1.0, 1.0 / r) - 1e-12, [r](double p) { return r * p; });
      const double p1 = r * p2;
      const double score =
          (s / a - p1) * (s / a - p1) / variance(p1, a) + (t / b - p2) * (t / b - p2) / variance(p2, b);
      REQUIRE_THAT(score, WithinAbs(critical, 1e-3));
    }
    const Interval gap = difference_interval(x1, n1, x2, n2, 0.9);
    for (const double d : {gap.low, gap.high}) {
      const double p2 = likeliest(s, a, t, b, std::max(0.0, -d) + 1e-12, std::min(1.0, 1.0 - d) - 1e-12,
                                  [d](double p) { return p + d; });
      const double off = s / a - t / b - d;
      const double spread = (variance(p2 + d, a) + variance(p2, b)) * (a + b) / (a + b - 1);
      REQUIRE_THAT(off * off / spread, WithinAbs(critical, 1e-3));
    }
  }
}

TEST_CASE("intervals of two shares hold the estimate, mirror each other, and end where nothing is known") {
  for (std::int64_t x = 0; x <= 7; ++x) {
    for (std::int64_t y = 0; y <= 5; ++y) {
      const Interval gap = difference_interval(x, 7, y, 5);
      const Interval back = difference_interval(y, 5, x, 7);
      const double estimate = static_cast<double>(x) / 7 - static_cast<double>(y) / 5;
      REQUIRE(gap.low <= estimate);
      REQUIRE(gap.high >= estimate);
      REQUIRE(gap.low >= -1);
      REQUIRE(gap.high <= 1);
      REQUIRE_THAT(gap.low, WithinAbs(-back.high, 1e-9));
      const Interval ratio = ratio_interval(x, 7, y, 5);
      REQUIRE((x == 0) == (ratio.low == 0));
      REQUIRE((y == 0) == std::isinf(ratio.high));
      if (x > 0 && y > 0) {
        REQUIRE_THAT(ratio.low * ratio_interval(y, 5, x, 7).high, WithinAbs(1.0, 1e-9));
        REQUIRE(ratio.low <= static_cast<double>(x) / 7 / (static_cast<double>(y) / 5));
      }
    }
  }
  REQUIRE(difference_interval(0, 0, 3, 5) == Interval{-1, 1});
  REQUIRE(ratio_interval(0, 0, 3, 5).low == 0);
  REQUIRE(std::isinf(ratio_interval(0, 4, 0, 5).high));
}

TEST_CASE("counts above their totals and odd levels are refused") {
  REQUIRE_THROWS_WITH(ratio_interval(5, 4, 1, 2), ContainsSubstring("ratio_interval"));
  REQUIRE_THROWS_WITH(difference_interval(1, 4, -1, 2), ContainsSubstring("count = -1"));
  REQUIRE_THROWS_WITH(difference_interval(1, 4, 1, 2, 1.0), ContainsSubstring("level"));
}
