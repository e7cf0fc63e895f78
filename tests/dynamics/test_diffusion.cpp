// Spread against reference values, enumeration of every world, and its own sampling.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/dynamics/diffusion.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using linkpin::DiffusionModel;
using linkpin::index_t;
using linkpin::Network;
using linkpin::SpreadMethod;
constexpr auto cascade = DiffusionModel::independent_cascade;
constexpr auto threshold = DiffusionModel::linear_threshold;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

std::vector<double> each(const Network& net, double p) { return std::vector<double>(at(net.m()), p); }

// s->a, s->b, a->b, a->t, b->t.
Network bridge() { return support::network(4, {0, 0, 1, 1, 2}, {1, 2, 2, 3, 3}); }

index_t count_reached(index_t n, const std::vector<std::pair<index_t, index_t>>& live, std::vector<index_t> queue) {
  std::vector<bool> seen(at(n), false);
  for (const index_t s : queue) seen[at(s)] = true;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const auto& [u, v] : live) {
      if (u == queue[head] && !seen[at(v)]) {
        seen[at(v)] = true;
        queue.push_back(v);
      }
    }
  }
  return static_cast<index_t>(queue.size());
}

// Kempe, Kleinberg & Tardos 2003: every tie lives or not.
double cascade_twin(const Network& net, const std::vector<index_t>& seeds, const std::vector<double>& p) {
  double expected = 0;
  for (std::uint32_t world = 0; world < (1U << net.m()); ++world) {
    double weight = 1;
    std::vector<std::pair<index_t, index_t>> live;
    for (index_t e = 0; e < net.m(); ++e) {
      const bool lives = ((world >> e) & 1U) != 0;
      weight *= lives ? p[at(e)] : 1 - p[at(e)];
      if (!lives) continue;
      live.emplace_back(net.sources()[at(e)], net.targets()[at(e)]);
      if (!net.directed()) live.emplace_back(net.targets()[at(e)], net.sources()[at(e)]);
    }
    if (weight > 0) expected += weight * count_reached(net.n(), live, seeds);
  }
  return expected;
}

// The same paper: every vertex lets at most one of its ties in live. Directed networks.
double threshold_twin(const Network& net, const std::vector<index_t>& seeds, const std::vector<double>& b, index_t v,
                      std::vector<std::pair<index_t, index_t>>& live) {
  if (v == net.n()) return count_reached(net.n(), live, seeds);
  double left = 1;
  double expected = 0;
  for (index_t e = 0; e < net.m(); ++e) {
    if (net.targets()[at(e)] != v || net.sources()[at(e)] == v || b[at(e)] == 0) continue;
    left -= b[at(e)];
    live.emplace_back(net.sources()[at(e)], v);
    expected += b[at(e)] * threshold_twin(net, seeds, b, v + 1, live);
    live.pop_back();
  }
  return expected + left * threshold_twin(net, seeds, b, v + 1, live);
}

}  // namespace

TEST_CASE("spread on the bridge is known", "[diffusion]") {
  const Network net = bridge();
  const std::vector<index_t> s{0};
  const auto ic = linkpin::spread(net, s, {.p = each(net, 0.5)});
  CHECK(ic.value == 2.59375);
  CHECK(ic.exact);
  CHECK(std::isnan(ic.interval.low));
  const auto lt = linkpin::spread(net, s, {.model = threshold, .p = each(net, 0.5)});
  CHECK(lt.value == 2.875);
  CHECK(lt.reached == std::vector<double>{1, 0.5, 0.75, 0.625});
}

TEST_CASE("spread agrees with every reference value", "[diffusion]") {
  LINKPIN_NEED_DATA("oracles/knoke_money");
  int rows_checked = 0;
  for (const char* name : {"adolescents", "florentine_marriage", "knoke_money"}) {
    const Network net = support::oracle_network(name, std::string(name) == "knoke_money");
    const auto rows = support::read_csv(support::data_folder() / "oracles" / name / "ic_exact_spread.csv");
    for (std::size_t r = 1; r < rows.size(); ++r) {
      std::vector<index_t> seeds;
      std::stringstream names(rows[r][2]);
      for (std::string one; std::getline(names, one, ';');) seeds.push_back(net.find(one));
      INFO(name << " p " << rows[r][0] << " " << rows[r][2]);
      const auto got = linkpin::spread(net, seeds, {.p = each(net, std::stod(rows[r][0]))});
      REQUIRE(got.exact);
      REQUIRE_THAT(got.value, Catch::Matchers::WithinAbs(std::stod(rows[r][3]), 5.1e-13));
      ++rows_checked;
    }
  }
  CHECK(rows_checked == 456);
}

TEST_CASE("spread is the mean over every world", "[diffusion]") {
  int cyclic = 0;
  for (std::uint64_t number = 0; number < 800; ++number) {
    const support::Shape shape{number % 3 != 0, false, number % 5 == 0, number % 7 == 0};
    const Network net = support::random_network(number, shape, 7);
    if (net.n() == 0 || net.m() > 11) continue;
    INFO("graph " << number);
    linkpin::Stream random(5, "chances", number);
    std::vector<index_t> seeds{static_cast<index_t>(random.below(static_cast<std::uint32_t>(net.n())))};
    if (net.n() > 3 && number % 2 == 0) seeds.push_back((seeds[0] + 1) % net.n());
    std::vector<double> p;
    for (index_t e = 0; e < net.m(); ++e) p.push_back(random.below(6) / 5.0);
    const auto got = linkpin::spread(net, seeds, {.p = p, .method = SpreadMethod::exact});
    REQUIRE_THAT(got.value, Catch::Matchers::WithinAbs(cascade_twin(net, seeds, p), 1e-12));
    if (!net.directed()) continue;
    std::vector<double> into(at(net.n()), 0.0);
    for (index_t e = 0; e < net.m(); ++e) into[at(net.targets()[at(e)])] += p[at(e)];
    for (index_t e = 0; e < net.m(); ++e) p[at(e)] /= std::max(1.0, into[at(net.targets()[at(e)])]);
    const auto lt = linkpin::spread(net, seeds, {.model = threshold, .p = p, .method = SpreadMethod::exact});
    std::vector<std::pair<index_t, index_t>> live;
    REQUIRE_THAT(lt.value, Catch::Matchers::WithinAbs(threshold_twin(net, seeds, p, 0, live), 1e-12));
    cyclic += net.m() > net.n() ? 1 : 0;
  }
  CHECK(cyclic > 20);
}

TEST_CASE("sampled spread covers the exact one as often as it says", "[diffusion]") {
  int covered = 0;
  int runs = 0;
  for (std::uint64_t number = 0; number < 600; ++number) {
    const bool linear = number % 2 == 1;
    linkpin::Stream random(8, "networks", number);
    const index_t n = 8;
    std::vector<index_t> source;
    std::vector<index_t> target;
    for (int e = 0; e < 20; ++e) {
      source.push_back(static_cast<index_t>(random.below(n)));
      target.push_back(static_cast<index_t>(random.below(n)));
    }
    const Network net = support::network(n, source, target);
    linkpin::SpreadOptions options{.model = linear ? threshold : cascade,
                                   .p = linear ? linkpin::TieValues("weighted cascade") : each(net, 0.3),
                                   .replicates = 400,
                                   .seed = number};
    const std::vector<index_t> seeds{0};
    const auto exact = linkpin::spread(net, seeds, options);
    options.method = SpreadMethod::sampled;
    const auto sampled = linkpin::spread(net, seeds, options);
    if (exact.value == 1) continue;
    ++runs;
    covered += sampled.interval.low <= exact.value && exact.value <= sampled.interval.high ? 1 : 0;
  }
  INFO(covered << " of " << runs);
  // 95 % of some 590: three standard errors are 2.7 points.
  CHECK(runs > 550);
  CHECK(covered > 0.923 * runs);
  CHECK(covered < 0.977 * runs);
}

TEST_CASE("sampled spread has the same bits on any number of threads", "[diffusion]") {
  linkpin::Stream random(3, "large");
  std::vector<index_t> source;
  std::vector<index_t> target;
  for (int e = 0; e < 6000; ++e) {
    source.push_back(static_cast<index_t>(random.below(2000)));
    target.push_back(static_cast<index_t>(random.below(2000)));
  }
  const Network net = support::network(2000, source, target);
  const std::vector<index_t> seeds{1, 2, 3};
  for (const auto model : {cascade, threshold}) {
    linkpin::SpreadOptions options{.model = model, .p = "weighted cascade", .replicates = 300, .seed = 4};
    options.run.threads = 1;
    const auto one = linkpin::spread(net, seeds, options);
    CHECK_FALSE(one.exact);
    options.run.threads = 3;
    const auto three = linkpin::spread(net, seeds, options);
    CHECK(one.value == three.value);
    CHECK(one.reached == three.reached);
    CHECK(one.standard_error == three.standard_error);
  }
}

TEST_CASE("spread knows its edges", "[diffusion]") {
  using Catch::Matchers::ContainsSubstring;
  const Network net = bridge();
  const std::vector<index_t> s{0};
  CHECK(linkpin::spread(net, {}, {.p = each(net, 0.5)}).value == 0);
  CHECK(linkpin::spread(net, s, {.p = each(net, 0)}).value == 1);
  CHECK(linkpin::spread(net, s, {.p = each(net, 1)}).value == 4);
  CHECK(linkpin::spread(net, std::vector<index_t>{3}, {.p = each(net, 1), .flow = linkpin::Flow::backward}).value == 4);
  // No replicate differs: the interval still leaves room for what was not seen.
  const auto rare = linkpin::spread(net, s, {.p = each(net, 1e-9), .method = SpreadMethod::sampled, .replicates = 100});
  CHECK(rare.value == 1);
  CHECK(rare.interval.low == 1);
  CHECK(rare.interval.high > 1 + 3 * 2e-9);
  // A star of 60 leaves and a path of 60: nothing explodes.
  std::vector<index_t> hub(60, 0);
  std::vector<index_t> leaf(60);
  for (index_t i = 0; i < 60; ++i) leaf[at(i)] = i + 1;
  const Network star = support::network(61, hub, leaf);
  CHECK_THAT(linkpin::spread(star, s, {.p = each(star, 0.25), .method = SpreadMethod::exact}).value,
             Catch::Matchers::WithinAbs(16, 1e-12));
  CHECK_THROWS_WITH(linkpin::spread(net, std::vector<index_t>{7}), ContainsSubstring("seeds = 7"));
  CHECK_THROWS_WITH(linkpin::spread(net, std::vector<index_t>{1, 1}), ContainsSubstring("once"));
  CHECK_THROWS_WITH(linkpin::spread(net, s), ContainsSubstring("probability"));
  CHECK_THROWS_WITH(linkpin::spread(net, s, {.p = each(net, 1.5)}), ContainsSubstring("[0, 1]"));
  CHECK_THROWS_WITH(linkpin::spread(net, s, {.model = threshold, .p = each(net, 0.8)}),
                    ContainsSubstring("sum to at most 1"));
  CHECK_THROWS_WITH(linkpin::spread(net, s, {.p = each(net, 0.5), .replicates = 1}), ContainsSubstring("replicates"));
}
