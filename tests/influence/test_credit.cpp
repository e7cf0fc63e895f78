// Credit: published games, and every order of the players tried one by one.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/influence/credit.hpp>
#include <numeric>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::WithinAbs;
using linkpin::Credit;
using linkpin::Flow;
using linkpin::index_t;
using linkpin::Network;

namespace {

std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

// The mean of what each player adds over all orders.
std::vector<double> over_all_orders(index_t n, const linkpin::Worth& worth) {
  std::vector<index_t> order(at(n));
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> shares(at(n), 0.0);
  double orders = 0;
  do {
    std::vector<index_t> members;
    double before = 0.0;
    for (const index_t i : order) {
      members.push_back(i);
      std::vector<index_t> sorted = members;
      std::sort(sorted.begin(), sorted.end());
      const double after = worth(sorted);
      shares[at(i)] += after - before;
      before = after;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  for (double& s : shares) s /= orders;
  return shares;
}

void check_close(const std::vector<double>& got, const std::vector<double>& want, double tolerance = 1e-12) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < got.size(); ++i) CHECK_THAT(got[i], WithinAbs(want[i], tolerance));
}

linkpin::Worth dearest(const std::vector<double>& costs) {
  return [costs](const std::vector<index_t>& who) {
    double most = 0;
    for (const index_t i : who) most = std::max(most, costs[at(i)]);
    return most;
  };
}

}  // namespace

TEST_CASE("Shapley values of published games", "[credit]") {
  // Games worth the largest of 6, 12, 42 and of 120, 60, 40, 30.
  check_close(linkpin::shapley(3, dearest({6, 12, 42})).values, {2, 5, 35});
  check_close(linkpin::shapley(4, dearest({120, 60, 40, 30})).values, {80.8333, 20.8333, 10.8333, 7.5}, 5e-5);
  // Independent success, by Owen's integral.
  check_close(linkpin::shapley_success(std::vector<double>{0.5, 0.2}).shapley, {0.45, 0.15});
  check_close(linkpin::shapley_success(std::vector<double>{0.5, 0.2, 0.1}).shapley, {0.428333, 0.143333, 0.068333},
              5e-7);
}

TEST_CASE("shares of success are those of every order, and add up", "[credit]") {
  for (std::uint64_t number = 0; number < 60; ++number) {
    linkpin::Stream random(3, "credit", number);
    std::vector<double> p(1 + random.below(6));
    for (double& x : p) x = random.below(8) == 0 ? 1.0 : random.uniform();
    const Credit c = linkpin::shapley_success(p);
    const auto want = over_all_orders(static_cast<index_t>(p.size()), [&p](const std::vector<index_t>& who) {
      double fail = 1;
      for (const index_t i : who) fail *= 1 - p[at(i)];
      return 1 - fail;
    });
    check_close(c.shapley, want);
    CHECK_THAT(linkpin::sum(c.shapley), WithinAbs(c.total, 1e-13));
    CHECK_THAT(linkpin::sum(c.fractional), WithinAbs(c.total, 1e-13));
  }
  for (const double each : {1e-6, 0.01, 0.5, 1.0}) {
    const Credit many = linkpin::shapley_success(std::vector<double>(3000, each));
    CHECK_THAT(linkpin::sum(many.shapley) / many.total, WithinAbs(1.0, 1e-12));
    CHECK_THAT(many.shapley[0] * 3000 / many.total, WithinAbs(1.0, 1e-12));
  }
  const Credit grouped = linkpin::shapley_success(std::vector<double>{0.5, 0.2, 0.1}, {.players = {0, 1, 0}});
  check_close(grouped.shapley, linkpin::shapley_success(std::vector<double>{0.55, 0.2}).shapley);
}

TEST_CASE("shares of reach are those of every order, and add to what all reach", "[credit]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Network net = support::random_network(number, 9);
    if (net.n() < 3) continue;
    const std::vector<index_t> sources{0, 1, 2, net.n() - 1};
    const std::vector<index_t> targets{net.n() / 2, net.n() - 1, 1};
    linkpin::CreditOptions options{.players = {0, 1, 2, 1}};
    options.flow = number % 3 == 0 ? Flow::backward : Flow::forward;
    options.steps = static_cast<index_t>(number % 4);
    const Credit c = linkpin::shapley_reach(net, sources, targets, options);
    const auto reached = [&](const std::vector<index_t>& who) {
      std::vector<int> steps(at(net.n()), -1);
      for (std::size_t s = 0; s < sources.size(); ++s) {
        if (std::find(who.begin(), who.end(), options.players[s]) != who.end()) steps[at(sources[s])] = 0;
      }
      for (int step = 1; step <= (options.steps == 0 ? net.n() : options.steps); ++step) {
        for (index_t e = 0; e < net.m(); ++e) {
          index_t u = net.sources()[at(e)];
          index_t v = net.targets()[at(e)];
          if (options.flow == Flow::backward) std::swap(u, v);
          for (int way = 0; way < (net.directed() ? 1 : 2); ++way, std::swap(u, v)) {
            if (steps[at(u)] >= 0 && steps[at(u)] < step && steps[at(v)] < 0) steps[at(v)] = step;
          }
        }
      }
      std::vector<index_t> different = targets;
      std::sort(different.begin(), different.end());
      different.erase(std::unique(different.begin(), different.end()), different.end());
      double count = 0;
      for (const index_t t : different) count += steps[at(t)] >= 0 ? 1 : 0;
      return count;
    };
    INFO("graph " << number);
    check_close(c.shapley, over_all_orders(3, reached));
    CHECK_THAT(linkpin::sum(c.shapley), WithinAbs(c.total, 1e-12));
    CHECK_THAT(linkpin::sum(c.fractional), WithinAbs(c.total, 1e-12));
    check_close(c.alone, {reached({0}), reached({1}), reached({2})});
    CHECK(c.only[0] == reached({0, 1, 2}) - reached({1, 2}));
  }
}

TEST_CASE("credit for all within one step is the fringe game of Michalak", "[credit]") {
  // Michalak and others (2013), game 1: the sum of 1 / (1 + degree) over oneself and neighbours; on a path of three
  // .8333, 1.3333, .8333.
  const Network path = support::network(3, {0, 1}, {1, 2}, false);
  const std::vector<index_t> every{0, 1, 2};
  const Credit c = linkpin::shapley_reach(path, every, every, {.steps = 1});
  CHECK_THAT(c.shapley[0], WithinAbs(5.0 / 6, 1e-15));
  CHECK_THAT(c.shapley[1], WithinAbs(4.0 / 3, 1e-15));
  CHECK_THAT(c.shapley[2], WithinAbs(5.0 / 6, 1e-15));
}

TEST_CASE("sampled Shapley values add up, and are near the exact ones", "[credit]") {
  const linkpin::Worth game = dearest({6, 12, 42, 1, 9, 30});
  const linkpin::Shapley exact = linkpin::shapley(6, game);
  const linkpin::Shapley some = linkpin::shapley(6, game, {.most_exact = 3, .permutations = 4000, .seed = 2});
  CHECK(exact.exact);
  CHECK_FALSE(some.exact);
  CHECK_THAT(linkpin::sum(some.values), WithinAbs(42, 1e-9));
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(some.intervals[i].low - 1e-9 <= exact.values[i] + 0.3);
    CHECK_THAT(some.values[i], WithinAbs(exact.values[i], 0.5));
  }
  CHECK(linkpin::shapley(6, game, {.most_exact = 3, .permutations = 4000, .seed = 2}).values == some.values);
}

TEST_CASE("credit refuses what it cannot serve", "[credit]") {
  const Network net = support::network(3, {0, 1}, {1, 2});
  const std::vector<index_t> one{0};
  CHECK_THROWS_AS(linkpin::shapley_success(std::vector<double>{1.2}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::shapley_reach(net, {}, one), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::shapley_reach(net, one, std::vector<index_t>{7}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::shapley_reach(net, one, one, {.players = {1}}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::shapley(2, [](const std::vector<index_t>&) { return std::nan(""); }), linkpin::InputError);
  CHECK(linkpin::shapley(0, dearest({})).values.empty());
  CHECK(linkpin::shapley_success({}).total == 0.0);
}
