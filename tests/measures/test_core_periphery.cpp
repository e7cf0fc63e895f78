// Core and periphery, discrete and continuous.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/measures/core_periphery.hpp>

#include "measures/oracles.hpp"
#include "support/data.hpp"
#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

using Matrix = std::vector<std::vector<double>>;

// The larger of the two directions of what parallel ties add up to, without loops; or whether there is any.
Matrix values_of(const Network& net, bool weighted) {
  const auto n = static_cast<std::size_t>(net.n());
  Matrix a(n, std::vector<double>(n, 0.0));
  for (index_t e = 0; e < net.m(); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)]);
    const auto v = static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)]);
    if (u == v) continue;
    a[u][v] = weighted ? a[u][v] + net.weight(e) : 1.0;
    if (!net.directed()) a[v][u] = a[u][v];
  }
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = 0; v < u; ++v) a[u][v] = a[v][u] = std::max(a[u][v], a[v][u]);
  }
  return a;
}

// Pearson's correlation over the pairs that `ideal` does not mark NaN, from the definition.
double correlation(const Matrix& a, const Matrix& ideal) {
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t u = 0; u < a.size(); ++u) {
    for (std::size_t v = 0; v < u; ++v) {
      if (std::isnan(ideal[u][v])) continue;
      x.push_back(a[u][v]);
      y.push_back(ideal[u][v]);
    }
  }
  double mx = 0;
  double my = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mx += x[i] / static_cast<double>(x.size());
    my += y[i] / static_cast<double>(x.size());
  }
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xx < 1e-12 || yy < 1e-12 ? undefined : xy / std::sqrt(xx * yy);
}

Matrix ideal(const std::vector<double>& core, CorePattern pattern) {
  Matrix p(core.size(), std::vector<double>(core.size(), 0.0));
  for (std::size_t u = 0; u < core.size(); ++u) {
    for (std::size_t v = 0; v < core.size(); ++v) {
      const double ends = core[u] + core[v];
      p[u][v] = ends == 2 ? 1.0 : ends == 0 ? 0.0 : pattern == CorePattern::core_any ? 1.0 : 0.0;
      if (ends == 1 && pattern == CorePattern::between_ignored) p[u][v] = undefined;
    }
  }
  return p;
}

Matrix products(const std::vector<double>& c) {
  Matrix p(c.size(), std::vector<double>(c.size()));
  for (std::size_t u = 0; u < c.size(); ++u) {
    for (std::size_t v = 0; v < c.size(); ++v) p[u][v] = c[u] * c[v];
  }
  return p;
}

// The best of all cores, each tried.
double slow_fit(const Matrix& a, CorePattern pattern) {
  double best = undefined;
  for (unsigned members = 1; members < (1U << a.size()); ++members) {
    std::vector<double> core(a.size());
    for (std::size_t v = 0; v < a.size(); ++v) core[v] = (members >> v) & 1U;
    const double fit = correlation(a, ideal(core, pattern));
    if (std::isnan(best) || fit > best) best = fit;
  }
  return best;
}

double squares_left(const Matrix& a, const std::vector<double>& c) {
  double left = 0;
  for (std::size_t u = 0; u < c.size(); ++u) {
    for (std::size_t v = 0; v < u; ++v) left += (a[u][v] - c[u] * c[v]) * (a[u][v] - c[u] * c[v]);
  }
  return left;
}

// The least sum of squares along the ray of c: its scale is not part of the answer.
double best_scaled(const Matrix& a, const std::vector<double>& c) {
  double on = 0;
  double own = 0;
  for (std::size_t u = 0; u < c.size(); ++u) {
    for (std::size_t v = 0; v < u; ++v) {
      on += a[u][v] * c[u] * c[v];
      own += c[u] * c[v] * c[u] * c[v];
    }
  }
  std::vector<double> scaled = c;
  for (double& x : scaled) x *= own > 0 ? std::sqrt(on / own) : 0.0;
  return squares_left(a, scaled);
}

constexpr CorePattern patterns[] = {CorePattern::core_any, CorePattern::core_core, CorePattern::between_ignored};

}  // namespace

TEST_CASE("core-periphery: an ideal core is found whole", "[core_periphery]") {
  // 0, 1 and 2 are tied to each other and to everyone; 3, 4 and 5 only to them.
  const Network any =
      support::network(6, {0, 0, 1, 0, 0, 0, 1, 1, 1, 2, 2, 2}, {1, 2, 2, 3, 4, 5, 3, 4, 5, 3, 4, 5}, false);
  const CorePeriphery a = core_periphery(any);
  CHECK_THAT(a.value, WithinAbs(1.0, 1e-12));
  CHECK(a.core == std::vector<index_t>{0, 1, 2});
  CHECK(a.values == std::vector<double>{1, 1, 1, 0, 0, 0});
  CHECK(a.exact);
  const Network inner = support::network(6, {0, 0, 1}, {1, 2, 2}, false);
  const CorePeriphery b = core_periphery(inner, {.pattern = CorePattern::core_core});
  CHECK_THAT(b.value, WithinAbs(1.0, 1e-12));
  CHECK(b.core == std::vector<index_t>{0, 1, 2});
}

TEST_CASE("core-periphery: planted coreness comes back", "[core_periphery]") {
  const std::vector<double> c = {1.0, 0.9, 0.6, 0.5, 0.3, 0.1};
  NetworkParts p;
  p.n = 6;
  p.directed = false;
  for (index_t u = 0; u < 6; ++u) {
    for (index_t v = u + 1; v < 6; ++v) {
      p.source.push_back(u);
      p.target.push_back(v);
      p.weight.push_back(3 * c[static_cast<std::size_t>(u)] * c[static_cast<std::size_t>(v)]);
    }
  }
  for (const CoreFit fit : {CoreFit::least_squares, CoreFit::correlation}) {
    const CorePeriphery found =
        core_periphery(Network(p), {.model = CoreModel::continuous, .fit = fit, .weights = "weight"});
    CHECK_THAT(found.value, WithinAbs(1.0, 1e-9));
    for (std::size_t v = 0; v < c.size(); ++v) CHECK_THAT(found.values[v], WithinAbs(c[v], 1e-6));
  }
}

TEST_CASE("core-periphery: proofs agree with trying every core on 1,000 random networks", "[core_periphery]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 8);
    const CorePattern pattern = patterns[number % 3];
    for (const bool weighted : {false, true}) {
      const Matrix a = values_of(net, weighted && net.weighted());
      const double slow = slow_fit(a, pattern);
      CorePeripheryOptions o{.pattern = pattern};
      if (weighted) o.weights = "weight";
      const CorePeriphery fast = core_periphery(net, o);
      REQUIRE(fast.exact);
      REQUIRE(std::isnan(fast.value) == std::isnan(slow));
      if (std::isnan(slow)) {
        REQUIRE(fast.core.empty());
        REQUIRE_THAT(fast.provenance.warnings.back(), ContainsSubstring("undefined"));
        continue;
      }
      REQUIRE_THAT(fast.value, WithinAbs(slow, 1e-9));
      REQUIRE_THAT(correlation(a, ideal(fast.values, pattern)), WithinAbs(slow, 1e-9));
      o.exact = false;
      const CorePeriphery searched = core_periphery(net, o);
      REQUIRE_FALSE(searched.exact);
      REQUIRE(searched.value <= fast.value + 1e-9);
      REQUIRE_THAT(correlation(a, ideal(searched.values, pattern)), WithinAbs(searched.value, 1e-9));
    }
  }
}

TEST_CASE("core-periphery: continuous fits are optima, and their value is the correlation", "[core_periphery]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 10);
    const Matrix a = values_of(net, net.weighted());
    const CorePeriphery fit = core_periphery(net, {.model = CoreModel::continuous, .weights = "weight"});
    if (std::isnan(fit.value)) continue;
    REQUIRE_THAT(fit.value, WithinAbs(correlation(a, products(fit.values)), 1e-9));
    REQUIRE(*std::max_element(fit.values.begin(), fit.values.end()) == 1.0);
    if (!fit.provenance.warnings.empty()) continue;  // still improving: no optimum to compare with
    const double best = best_scaled(a, fit.values);
    Stream random(5, "nearby", number);
    for (int trial = 0; trial < 50; ++trial) {
      std::vector<double> other = fit.values;
      for (double& x : other) x = trial < 25 ? random.uniform() : std::max(0.0, x + 0.02 * (random.uniform() - 0.5));
      REQUIRE(best_scaled(a, other) >= best - 1e-9);
    }
    if (number % 3 != 0) continue;  // the climb is slow
    const CorePeriphery climbed = core_periphery(
        net, {.model = CoreModel::continuous, .fit = CoreFit::correlation, .weights = "weight", .starts = 3});
    if (std::isnan(climbed.value)) {  // the correlation grows as all become alike: no maximum, and it says so
      REQUIRE_FALSE(climbed.provenance.warnings.empty());
      REQUIRE(std::isnan(correlation(a, products(climbed.values))));
      continue;
    }
    REQUIRE_THAT(climbed.value, WithinAbs(correlation(a, products(climbed.values)), 1e-6));
    REQUIRE(climbed.value >= fit.value - 1e-6);
  }
}

TEST_CASE("core-periphery: relabelling the vertices changes nothing", "[core_periphery]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 14);
    const std::vector<index_t> order = support::random_order(net.n(), number);
    const Network other = subnetwork(net, order);
    const CorePattern pattern = patterns[number % 3];
    const double x = core_periphery(net, {.pattern = pattern}).value;
    const double y = core_periphery(other, {.pattern = pattern}).value;
    REQUIRE(((std::isnan(x) && std::isnan(y)) || std::abs(x - y) < 1e-9));
  }
}

TEST_CASE("core-periphery: the same seed gives the same answer", "[core_periphery]") {
  const Network net = support::random_network(9, {.directed = true}, 120);
  const CorePeriphery a = core_periphery(net, {.exact = false, .seed = 4});
  const CorePeriphery b = core_periphery(net, {.exact = false, .seed = 4});
  CHECK(a.core == b.core);
  CHECK(a.value == b.value);
  CHECK(a.provenance.seed == 4U);
}

TEST_CASE("core-periphery: nothing to tell apart is undefined, refusals name what is wrong", "[core_periphery]") {
  for (const Network& net : {Network(), support::network(1, {}, {}), support::network(4, {}, {}),
                             support::network(3, {0, 0, 1}, {1, 2, 2}, false)}) {
    for (const CoreModel model : {CoreModel::discrete, CoreModel::continuous}) {
      const CorePeriphery none_such = core_periphery(net, {.model = model});
      CHECK(std::isnan(none_such.value));
      CHECK_THAT(none_such.provenance.warnings.at(0), ContainsSubstring("alike"));
    }
  }
  const Network large = support::network(500, {0}, {1});
  CHECK_THROWS_WITH(core_periphery(large, {.exact = true}), ContainsSubstring("exact") && ContainsSubstring("500"));
  CHECK_THROWS_WITH(core_periphery(large, {.weights = "trust"}), ContainsSubstring("core_periphery"));
  const CorePeriphery star = core_periphery(support::network(6, {0, 0, 0, 0, 0}, {1, 2, 3, 4, 5}, false),
                                            {.model = CoreModel::continuous, .fit = CoreFit::correlation});
  CHECK_THAT(star.value, WithinAbs(1.0, 1e-3));
}

TEST_CASE("core-periphery: oracles", "[core_periphery][data]") {
  LINKPIN_NEED_DATA("oracles");
  // Our own exhaustive script on the union of ties; see SOURCE.md beside the files. Values are printed to 12 digits.
  int files = 0;
  for (const auto& oracle : oracles::all()) {
    const auto path = support::data_folder() / "oracles" / oracle.name / "core_periphery_discrete.csv";
    if (!std::filesystem::exists(path)) continue;
    ++files;
    CAPTURE(oracle.name);
    const auto rows = support::read_csv(path);
    const CorePeriphery found = core_periphery(oracle.net);
    CHECK(found.exact);
    CHECK_THAT(found.value, WithinAbs(std::stod(rows.at(1).at(0)), 1e-9));
    CHECK(found.core.size() == std::stoul(rows.at(1).at(1)));
    std::vector<std::string> members;
    for (const index_t v : found.core) members.push_back(oracle.net.name(v));
    std::sort(members.begin(), members.end());
    std::string listed;
    for (const std::string& name : members) listed += (listed.empty() ? "" : ";") + name;
    CHECK(listed == rows.at(1).at(2));
  }
  CHECK(files == 12);
}
