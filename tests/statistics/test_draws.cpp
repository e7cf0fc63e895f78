#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/statistics/draws.hpp>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("the logarithm of a factorial on both sides of where the series begins") {
  // lgamma of the C library, by one thread.
  for (const double n : {0.0, 1.0, 5.0, 31.0, 32.0, 33.0, 170.0, 50'000.0, 1e9}) {
    if (n < 2) {
      CHECK(linkpin::log_factorial(n) == 0);
    } else {
      CHECK_THAT(linkpin::log_factorial(n), WithinRel(std::lgamma(n + 1), 1e-14));
    }
  }
}

TEST_CASE("hypergeometric draws come as often as they should") {
  // 5 good, 7 bad, 4 drawn: C(5,k) C(7,4-k) / C(12,4) = 35, 175, 210, 70, 5 of 495.
  std::vector<int> seen(5, 0);
  linkpin::Stream random(2026, "hypergeometric");
  const int rounds = 40'000;
  for (int i = 0; i < rounds; ++i) ++seen[static_cast<std::size_t>(linkpin::draw_hypergeometric(random, 5, 7, 4))];
  const std::vector<double> expected = {35, 175, 210, 70, 5};
  for (std::size_t k = 0; k < seen.size(); ++k) {
    const double p = expected[k] / 495;
    CHECK_THAT(seen[k] / double(rounds), WithinAbs(p, 5 * std::sqrt(p * (1 - p) / rounds)));
  }
  // What has one answer has it, and large counts stay within their range.
  CHECK(linkpin::draw_hypergeometric(random, 0, 9, 3) == 0);
  CHECK(linkpin::draw_hypergeometric(random, 9, 0, 3) == 3);
  CHECK(linkpin::draw_hypergeometric(random, 4, 5, 9) == 4);
  double total = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto x = linkpin::draw_hypergeometric(random, 30'000, 20'000, 1'000);
    REQUIRE((x >= 0 && x <= 1'000));
    total += static_cast<double>(x);
  }
  CHECK_THAT(total / 2000, WithinAbs(600, 5 * std::sqrt(1000 * 0.6 * 0.4) / std::sqrt(2000.0)));
}

TEST_CASE("draws of very small shapes lie at the ends, not in the middle") {
  // Of Beta(s, s) the variance is 1 / (4 (2 s + 1)): for s = 0.0005 the draws are all but coins. Half of the Gammas
  // behind them are too small for a double.
  linkpin::Stream random(7, "small shapes");
  const std::vector<double> alike(2, 0.0005);
  double of_beta = 0;
  double of_dirichlet = 0;
  constexpr int rounds = 2000;
  for (int i = 0; i < rounds; ++i) {
    of_beta += std::pow(linkpin::draw_beta(random, 0.0005, 0.0005) - 0.5, 2);
    of_dirichlet += std::pow(linkpin::draw_dirichlet(random, alike)[0] - 0.5, 2);
  }
  CHECK_THAT(of_beta / rounds, WithinAbs(0.25 / 1.001, 0.003));
  CHECK_THAT(of_dirichlet / rounds, WithinAbs(0.25 / 1.001, 0.003));
}
