// Opinions against published values and a twin that lets time pass.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/dynamics/opinions.hpp>
#include <vector>

namespace {

using linkpin::HeedMatrix;
using linkpin::index_t;
using Rows = std::vector<std::vector<double>>;

HeedMatrix matrix(const Rows& rows) {
  std::vector<Eigen::Triplet<double, index_t>> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows[i].size(); ++j) {
      if (rows[i][j] != 0) entries.emplace_back(static_cast<index_t>(i), static_cast<index_t>(j), rows[i][j]);
    }
  }
  HeedMatrix w(static_cast<index_t>(rows.size()), static_cast<index_t>(rows.size()));
  w.setFromTriplets(entries.begin(), entries.end());
  return w;
}

// x <- LWx + (I - L) u, over and over.
std::vector<double> twin(const Rows& w, const std::vector<double>& u, const std::vector<double>& open, int steps) {
  std::vector<double> x = u;
  for (int t = 0; t < steps; ++t) {
    std::vector<double> next(u.size());
    for (std::size_t i = 0; i < u.size(); ++i) {
      double mean = 0;
      for (std::size_t j = 0; j < u.size(); ++j) mean += w[i][j] * x[j];
      next[i] = open[i] * mean + (1 - open[i]) * u[i];
    }
    x = next;
  }
  return x;
}

// Friedkin & Johnsen 1999, the four-person group of Friedkin, Proskurnikov, Tempo & Parsegov 2016.
const Rows four{{.22, .12, .36, .3}, {.147, .215, .344, .294}, {0, 0, 1, 0}, {.09, .178, .446, .286}};
const std::vector<double> first{25, 25, 75, 85};

}  // namespace

TEST_CASE("opinions agree with published values", "[opinions]") {
  const std::vector<double> open{.78, .785, 0, .714};
  const auto settled = linkpin::friedkin_johnsen(matrix(four), first, open);
  const std::vector<double> want{60.0208, 59.9840, 75, 74.9862};
  for (std::size_t i = 0; i < 4; ++i) CHECK_THAT(settled.values[i], Catch::Matchers::WithinAbs(want[i], 5e-5));
  for (const double x : linkpin::degroot(matrix(four), first).values) {
    CHECK_THAT(x, Catch::Matchers::WithinAbs(75, 1e-10));
  }
}

TEST_CASE("opinions are where time leads, in every kind of group", "[opinions]") {
  int swings = 0;
  for (std::uint64_t number = 0; number < 150; ++number) {
    INFO("group " << number);
    linkpin::Stream random(2026, "groups", number);
    const std::size_t n = 1 + random.below(7);
    const double density = random.uniform();
    Rows w(n, std::vector<double>(n, 0.0));
    std::vector<double> u;
    std::vector<double> open;
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (double& x : w[i]) sum += x = random.uniform() < density ? 0.2 + random.uniform() : 0.0;
      if (sum == 0) sum = w[i][random.below(static_cast<std::uint32_t>(n))] = 1.0;
      for (double& x : w[i]) x /= sum;
      u.push_back(random.uniform());
      const double kind = random.uniform();
      open.push_back(kind < 0.6 ? 1.0 : (kind < 0.7 ? 0.0 : 0.9 * random.uniform()));
    }
    const auto early = twin(w, u, open, 10'000);
    const auto late = twin(w, u, open, 10'001);
    const auto got = linkpin::friedkin_johnsen(matrix(w), u, open);
    for (std::size_t i = 0; i < n; ++i) {
      INFO("member " << i << ": " << got.values[i] << " for " << late[i]);
      if (std::abs(early[i] - late[i]) > 1e-6) {
        REQUIRE(std::isnan(got.values[i]));
        ++swings;
      } else {
        REQUIRE(std::abs(got.values[i] - late[i]) < 1e-9);
      }
    }
    if (got.provenance.warnings.empty()) continue;
    CHECK(std::isnan(*std::min_element(got.values.begin(), got.values.end(),
                                       [](double a, double b) { return std::isnan(a) && !std::isnan(b); })));
  }
  CHECK(swings > 10);
}

TEST_CASE("opinions of large groups are bounded from both sides", "[opinions]") {
  // A ring of 3,000, each heeding itself and both neighbours; every hundredth keeps half to its own opinion.
  const index_t n = 3000;
  std::vector<Eigen::Triplet<double, index_t>> entries;
  std::vector<double> u(n, 1.0);
  std::vector<double> open(n, 1.0);
  for (index_t i = 0; i < n; ++i) {
    for (const index_t j : {i, (i + 1) % n, (i + n - 1) % n}) entries.emplace_back(i, j, 1.0 / 3);
    if (i % 20 == 0) open[static_cast<std::size_t>(i)] = 0.5;
    if (i % 40 == 0) u[static_cast<std::size_t>(i)] = 0.0;
  }
  HeedMatrix w(n, n);
  w.setFromTriplets(entries.begin(), entries.end());
  const auto got = linkpin::friedkin_johnsen(w, u, open, {.tolerance = 1e-9});
  CHECK(got.error <= 1e-9);
  // What every member says is the mean of its neighbours' words: the equation itself, from the answer.
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    const std::size_t size = static_cast<std::size_t>(n);
    const double mean = (got.values[i] + got.values[(i + 1) % size] + got.values[(i + size - 1) % size]) / 3;
    REQUIRE(std::abs(got.values[i] - (open[i] * mean + (1 - open[i]) * u[i])) < 1e-8);
  }
}

TEST_CASE("opinions refuse what is no group", "[opinions]") {
  using Catch::Matchers::ContainsSubstring;
  const std::vector<double> two{0, 1};
  CHECK_THROWS_WITH(linkpin::degroot(matrix({{.5, .4}, {0, 1}}), two), ContainsSubstring("row 0"));
  CHECK_THROWS_WITH(linkpin::degroot(matrix({{1.5, -.5}, {0, 1}}), two), ContainsSubstring("not negative"));
  CHECK_THROWS_WITH(linkpin::degroot(matrix(four), two), ContainsSubstring("length"));
  CHECK_THROWS_WITH(linkpin::friedkin_johnsen(matrix({{1, 0}, {0, 1}}), two, std::vector<double>{.5, 1.5}),
                    ContainsSubstring("susceptibility"));
  CHECK_THROWS_WITH(linkpin::degroot(matrix({{1, 0}, {0, 1}}), std::vector<double>{0, std::nan("")}),
                    ContainsSubstring("finite"));
  CHECK(linkpin::degroot(matrix({}), {}).values.empty());
  const auto swing = linkpin::degroot(matrix({{0, 1}, {1, 0}}), two);
  CHECK(std::isnan(swing.values[0]));
  CHECK(swing.provenance.warnings.size() == 1);
  CHECK(linkpin::degroot(matrix({{0, 1}, {1, 0}}), std::vector<double>{3, 3}).values[1] == 3);
}
