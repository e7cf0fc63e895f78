// Watering down: every way listed one by one, and what is not known.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <linkpin/influence/watering.hpp>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Flow;
using linkpin::index_t;
using linkpin::Network;
using linkpin::watering_down;

namespace {

std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

// s -> a -> t keeps .9 * .5; s -> b -> t keeps .6 * .8 = .48, which is more. Ties lie in the order sa, sb, at, bt.
Network diamond() { return support::network(5, {0, 0, 1, 2}, {1, 2, 3, 3}); }
const std::vector<double> of_diamond{0.9, 0.6, 0.5, 0.8};

}  // namespace

TEST_CASE("what is kept is the best product over all ways", "[watering]") {
  int reached = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Network net =
        support::random_network(number, {.directed = number % 2 == 0, .loops = true, .parallel = number % 3 == 0}, 6);
    if (net.n() < 3) continue;
    INFO("graph " << number);
    const Flow flow = number % 4 < 2 ? Flow::forward : Flow::backward;
    linkpin::Stream random(4, "watering tests", number);
    std::vector<double> keeps(at(net.m()));
    for (double& x : keeps) x = random.below(5) == 0 ? 1.0 : random.uniform();
    std::vector<double> best(at(net.n()), -1.0);
    std::vector<bool> met(at(net.n()), false);
    std::function<void(index_t, double)> walk = [&](index_t u, double kept) {
      best[at(u)] = std::max(best[at(u)], kept);
      met[at(u)] = true;
      for (index_t e = 0; e < net.m(); ++e) {
        index_t a = net.sources()[at(e)];
        index_t b = net.targets()[at(e)];
        if (flow == Flow::backward) std::swap(a, b);
        for (int way = 0; way < (net.directed() || a == b ? 1 : 2); ++way, std::swap(a, b)) {
          if (a == u && !met[at(b)]) walk(b, kept * keeps[at(e)]);
        }
      }
      met[at(u)] = false;
    };
    walk(0, 1.0);
    const std::vector<index_t> from{0};
    std::vector<index_t> to;
    for (index_t v = 0; v < net.n(); ++v) to.push_back(v);
    const auto got = watering_down(net, from, to, {.fidelity = keeps, .flow = flow});
    CHECK(got.targets.size() + got.not_reached.size() == to.size());
    for (const index_t v : got.not_reached) CHECK(best[at(v)] < 0);
    for (const linkpin::Watered& way : got.targets) {
      CHECK_THAT(way.kept, WithinAbs(best[at(way.target)], 1e-12));
      CHECK(way.vertices.front() == 0);
      CHECK(way.vertices.back() == way.target);
      CHECK(way.vertices.size() == way.ties.size() + 1);
      double product = 1;
      for (const index_t tie : way.ties) {
        product *= keeps[at(tie)];
        CHECK(got.on_ways[at(tie)] > 0);
        if (way.weakest != linkpin::none) CHECK(keeps[at(way.weakest)] <= keeps[at(tie)]);
      }
      CHECK_THAT(product, WithinAbs(way.kept, 1e-12));
      CHECK((way.weakest == linkpin::none) == (way.kept == 1));
      reached += way.ties.empty() ? 0 : 1;
    }
  }
  CHECK(reached > 200);
}

TEST_CASE("where most is lost on the way, and what is not known", "[watering]") {
  const Network net = diamond();
  const std::vector<index_t> from{0};
  const std::vector<index_t> to{3, 4};
  const auto got = watering_down(net, from, to, {.fidelity = of_diamond});
  REQUIRE(got.targets.size() == 1);
  CHECK_THAT(got.targets[0].kept, WithinAbs(0.48, 1e-15));
  CHECK(got.targets[0].vertices == std::vector<index_t>{0, 2, 3});
  CHECK(got.targets[0].weakest == 1);
  CHECK(got.not_reached == std::vector<index_t>{4});
  CHECK(got.on_ways == std::vector<index_t>{0, 1, 0, 1});
  CHECK(got.provenance.warnings.empty());

  // A column with an empty cell: a -> t is taken to keep all, so that .9 is the most that may be left there.
  linkpin::NetworkParts parts;
  parts.n = 4;
  parts.source = {0, 0, 1, 2};
  parts.target = {1, 2, 3, 3};
  parts.ties.set("fidelity",
                 linkpin::Column(std::vector<double>{0.9, 0.6, std::numeric_limits<double>::quiet_NaN(), 0.8}));
  const auto open = watering_down(Network(std::move(parts)), from, std::vector<index_t>{3});
  REQUIRE(open.targets.size() == 1);
  CHECK_THAT(open.targets[0].kept, WithinAbs(0.9, 1e-15));
  CHECK(open.targets[0].unknown == 1);
  CHECK(open.targets[0].weakest == 0);
  REQUIRE(open.provenance.warnings.size() == 1);
  CHECK_THAT(open.provenance.warnings[0], ContainsSubstring("at most"));
}

TEST_CASE("watering down refuses what it cannot serve", "[watering]") {
  const Network net = diamond();
  const std::vector<index_t> one{0};
  const std::vector<index_t> outside{9};
  const std::vector<double> shares{0.9, 0.5, 0.6, 1.8};
  CHECK_THROWS_WITH(watering_down(net, one, one, {}), ContainsSubstring("fidelity"));
  CHECK_THROWS_WITH(watering_down(net, one, one, {.fidelity = shares}), ContainsSubstring("shares from 0 to 1"));
  CHECK_THROWS_WITH(watering_down(net, {}, one, {.fidelity = std::vector<double>(4, 0.5)}),
                    ContainsSubstring("sources"));
  CHECK_THROWS_WITH(watering_down(net, one, outside, {.fidelity = std::vector<double>(4, 0.5)}),
                    ContainsSubstring("targets"));
}
