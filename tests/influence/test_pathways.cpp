// Pathways: every path listed one by one, and importance by its definition.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <functional>
#include <linkpin/influence/pathways.hpp>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::WithinAbs;
using linkpin::Flow;
using linkpin::index_t;
using linkpin::Network;

namespace {

std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

std::vector<double> chances(const Network& net, std::uint64_t number) {
  linkpin::Stream random(4, "pathways tests", number);
  std::vector<double> p(at(net.m()));
  for (double& x : p) x = 0.05 + 0.9 * random.uniform();
  return p;
}

}  // namespace

TEST_CASE("pathways are all paths, likeliest first", "[pathways]") {
  int compared = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const Network net =
        support::random_network(number, {.directed = number % 2 == 0, .loops = true, .parallel = number % 3 == 0}, 6);
    if (net.n() < 3) continue;
    INFO("graph " << number);
    const std::vector<double> p = chances(net, number);
    const Flow flow = number % 4 < 2 ? Flow::forward : Flow::backward;
    const std::vector<index_t> from{0};
    const std::vector<index_t> to{net.n() - 1};
    std::vector<double> all;
    std::vector<bool> met(at(net.n()), false);
    std::function<void(index_t, double)> walk = [&](index_t u, double chance) {
      if (u == to[0]) {
        all.push_back(chance);
        return;
      }
      met[at(u)] = true;
      for (index_t e = 0; e < net.m(); ++e) {
        index_t a = net.sources()[at(e)];
        index_t b = net.targets()[at(e)];
        if (flow == Flow::backward) std::swap(a, b);
        for (int way = 0; way < (net.directed() || a == b ? 1 : 2); ++way, std::swap(a, b)) {
          if (a == u && !met[at(b)]) walk(b, chance * p[at(e)]);
        }
      }
      met[at(u)] = false;
    };
    walk(0, 1.0);
    std::sort(all.rbegin(), all.rend());
    const linkpin::Pathways got = linkpin::pathways(net, from, to, {.p = p, .fidelity = p, .flow = flow, .k = 40});
    REQUIRE(got.paths.size() == std::min<std::size_t>(40, all.size()));
    CHECK(got.more == (all.size() > 40));
    for (std::size_t i = 0; i < got.paths.size(); ++i) {
      const linkpin::Pathway& path = got.paths[i];
      CHECK_THAT(path.chance, WithinAbs(all[i], 1e-12));
      CHECK_THAT(path.fidelity, WithinAbs(all[i], 1e-12));
      CHECK(path.vertices.front() == 0);
      CHECK(path.vertices.back() == to[0]);
      CHECK(path.vertices.size() == path.ties.size() + 1);
      for (const index_t tie : path.ties) CHECK(p[at(path.weakest)] <= p[at(tie)]);
    }
    if (all.size() > 1) {
      const double bound = (all[0] + all[1]) / 2;
      const auto within = linkpin::pathways(net, from, to, {.p = p, .flow = flow, .k = 40, .at_least = bound});
      CHECK(within.paths.size() == 1 + (all[1] >= bound ? 1U : 0U));
      ++compared;
    }
  }
  CHECK(compared > 40);
}

TEST_CASE("importance is the difference that a tie makes", "[pathways]") {
  for (std::uint64_t number = 0; number < 120; ++number) {
    const Network net = support::random_network(number, {.directed = number % 2 == 0, .loops = true}, 6);
    if (net.n() < 3) continue;
    INFO("graph " << number);
    const std::vector<double> p = chances(net, number);
    const std::vector<index_t> from{0};
    const std::vector<index_t> to{net.n() - 1};
    auto value = [&](const std::vector<double>& with) {
      return linkpin::reliability(net, from, to, {.p = with}).value;
    };
    const linkpin::Bottlenecks exact = linkpin::bottlenecks(net, from, to, {.p = p});
    const linkpin::Bottlenecks some = linkpin::bottlenecks(
        net, from, to, {.p = p, .method = linkpin::ReliabilityMethod::sampled, .samples = 6400, .seed = number});
    CHECK(exact.exact);
    CHECK_THAT(exact.reliability, WithinAbs(value(p), 1e-13));
    double cut = 1;
    std::vector<double> without_cut = p;
    for (std::size_t e = 0; e < p.size(); ++e) {
      std::vector<double> up = p;
      std::vector<double> down = p;
      up[e] = 1;
      down[e] = 0;
      CHECK_THAT(exact.gain[e], WithinAbs(value(up) - value(p), 1e-12));
      CHECK_THAT(exact.importance[e], WithinAbs(value(up) - value(down), 1e-10));
      CHECK_THAT(some.gain[e], WithinAbs(exact.gain[e], 0.05));
      if (exact.in_cut[e] == 0) continue;
      cut *= 1 - p[e];
      without_cut[e] = 0;
    }
    CHECK_THAT(exact.cut_fails, WithinAbs(cut, 1e-12));
    CHECK(value(without_cut) == 0);
    CHECK(exact.reliability <= 1 - exact.cut_fails + 1e-12);
    for (index_t v = 1; v + 1 < net.n(); ++v) {
      std::vector<double> gone = p;
      for (std::size_t e = 0; e < p.size(); ++e) {
        if (net.sources()[e] == v || net.targets()[e] == v) gone[e] = 0;
      }
      CHECK_THAT(exact.loss[at(v)], WithinAbs(value(p) - value(gone), 1e-12));
      CHECK_THAT(some.loss[at(v)], WithinAbs(exact.loss[at(v)], 0.05));
    }
    CHECK(std::isnan(exact.loss[0]));
  }
}

TEST_CASE("a gap is worth what its tie would add", "[pathways]") {
  // s -> a, b -> t: only a -> b makes a way: .8 * .5 * .9.
  const Network net = support::network(4, {0, 2}, {1, 3});
  const std::vector<index_t> from{0};
  const std::vector<index_t> to{3};
  const std::vector<index_t> start{1, 0, 2};
  const std::vector<index_t> end{2, 3, 1};
  const linkpin::GapWorth got =
      linkpin::gap_worth(net, from, to, start, end, 0.5, {.p = std::vector<double>{0.8, 0.9}});
  CHECK(got.reliability == 0);
  CHECK_THAT(got.gain[0], WithinAbs(0.36, 1e-14));
  CHECK_THAT(got.gain[1], WithinAbs(0.5, 1e-14));
  CHECK_THAT(got.gain[2], WithinAbs(0, 1e-14));
  CHECK_THROWS_AS(linkpin::gap_worth(net, from, to, start, from, 0.5, {.p = std::vector<double>{0.8, 0.9}}),
                  linkpin::InputError);
  CHECK_THROWS_AS(linkpin::pathways(net, from, to, {.p = std::vector<double>{0.8, 0.9}, .k = 0}), linkpin::InputError);
  CHECK(linkpin::pathways(net, from, to, {.p = std::vector<double>{0.8, 0.9}}).paths.empty());
}

TEST_CASE("a chain of uncertain ties", "[pathways]") {
  // Beta(2, 2) twice: mean .25, variance .3^2 - .25^2 = .0275.
  const std::vector<double> two{2, 2};
  const linkpin::ChainChance chain = linkpin::chain_chance(two, two);
  CHECK_THAT(chain.value, WithinAbs(0.25, 1e-15));
  CHECK_THAT(chain.variance, WithinAbs(0.0275, 1e-15));
  CHECK(chain.interval.low > 0);
  CHECK(chain.interval.low < 0.25);
  CHECK(chain.interval.high > 0.25);
  // One tie alone has its own quantiles: Beta(1, 1) is uniform.
  const std::vector<double> one{1};
  const linkpin::ChainChance flat = linkpin::chain_chance(one, one, 0.9);
  CHECK_THAT(flat.interval.low, WithinAbs(0.05, 1e-12));
  CHECK_THAT(flat.interval.high, WithinAbs(0.95, 1e-12));
  CHECK(linkpin::chain_chance({}, {}).value == 1);
  CHECK_THROWS_AS(linkpin::chain_chance(one, two), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::chain_chance(one, std::vector<double>{0}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::chain_chance(one, one, 1), linkpin::InputError);
}
