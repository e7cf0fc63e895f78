// Percolation against a twin that searches what is left after every failure, and networks with a known answer.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/numeric.hpp>
#include <linkpin/measures/percolation.hpp>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// The largest set of standing vertices that hang together, by spreading from each over the list of ties.
index_t largest_part(const Network& net, const std::vector<bool>& standing) {
  index_t largest = 0;
  for (index_t start = 0; start < net.n(); ++start) {
    if (!standing[at(start)]) continue;
    std::vector<bool> reached(at(net.n()));
    reached[at(start)] = true;
    for (bool grown = true; grown;) {
      grown = false;
      for (index_t e = 0; e < net.m(); ++e) {
        const auto u = at(net.sources()[at(e)]);
        const auto v = at(net.targets()[at(e)]);
        if (!standing[u] || !standing[v] || reached[u] == reached[v]) continue;
        reached[u] = reached[v] = grown = true;
      }
    }
    largest = std::max(largest, static_cast<index_t>(std::count(reached.begin(), reached.end(), true)));
  }
  return largest;
}

std::vector<double> falling(index_t n) {
  std::vector<double> scores;
  for (index_t v = 0; v < n; ++v) scores.push_back(-v);
  return scores;
}

}  // namespace

TEST_CASE("percolation agrees with its twin", "[percolation]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number, 12);
    const Percolation got = percolation(net, {.scores = falling(net.n()), .orders = 2, .seed = number});
    std::vector<bool> standing(at(net.n()), true);
    double total = 0;
    for (index_t failed = 0; failed <= net.n(); ++failed) {
      if (failed > 0) standing[at(failed - 1)] = false;
      const index_t want = largest_part(net, standing);
      REQUIRE(got.mean[at(failed)] == want);
      REQUIRE(got.least[at(failed)] == want);
      REQUIRE(got.most[at(failed)] == want);
      if (failed > 0) total += want;
    }
    if (net.n() > 0) REQUIRE_THAT(got.value, WithinAbs(total / net.n() / net.n(), 1e-12));
  }
}

TEST_CASE("percolation of networks with a known answer", "[percolation]") {
  // All tied to all: n - k hang together after k failures, in any order.
  NetworkParts p;
  p.n = 6;
  p.directed = false;
  for (index_t u = 0; u < 6; ++u) {
    for (index_t v = u + 1; v < 6; ++v) {
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  const Percolation all = percolation(Network(p));
  CHECK(all.mean == std::vector<double>{6, 5, 4, 3, 2, 1, 0});
  CHECK_THAT(all.value, WithinAbs(15.0 / 36.0, 1e-12));
  // A star whose middle fails first falls apart at once.
  const Network star = support::network(5, {0, 0, 0, 0}, {1, 2, 3, 4}, false);
  CHECK(percolation(star, {.scores = {4, 1, 1, 1, 1}}).mean == std::vector<double>{5, 1, 1, 1, 1, 0});
  // Nobody tied: 1/n, less the last failure.
  CHECK_THAT(percolation(support::network(4, {}, {})).value, WithinAbs(3.0 / 16.0, 1e-12));
  CHECK(percolation(support::network(1, {0}, {0})).value == 0.0);

  const Percolation none_there = percolation(Network());
  CHECK(std::isnan(none_there.value));
  CHECK(none_there.mean == std::vector<double>{0});
  CHECK_THAT(none_there.provenance.warnings.at(0), ContainsSubstring("nobody"));
}

TEST_CASE("percolation: every order of a path of three is as likely", "[percolation]") {
  // The middle fails first in a third of the orders: largest parts 1, 1, 0; else 2, 1, 0.
  const Network path = support::network(3, {0, 1}, {1, 2}, false);
  const Percolation got = percolation(path, {.orders = 60'000, .seed = 11});
  CHECK(got.least[1] == 1);
  CHECK(got.most[1] == 2);
  CHECK_THAT(got.mean[1], WithinAbs(5.0 / 3.0, 4 * std::sqrt(2.0 / 9.0 / 60'000)));
}

TEST_CASE("percolation is the same on any number of threads", "[percolation]") {
  const Network net = support::random_network(17, {.directed = true}, 300);
  const Percolation one = percolation(net, {.orders = 200, .seed = 3, .run = {.threads = 1}});
  for (const int threads : {2, 8}) {
    const Percolation more = percolation(net, {.orders = 200, .seed = 3, .run = {.threads = threads}});
    CHECK(more.mean == one.mean);
    CHECK(more.robustness == one.robustness);
    CHECK(more.least == one.least);
  }
  CHECK(percolation(net, {.orders = 200, .seed = 4}).mean != one.mean);
}

TEST_CASE("percolation refuses what it cannot serve", "[percolation]") {
  const Network net = support::network(3, {0, 1}, {1, 2});
  CHECK_THROWS_WITH(percolation(net, {.orders = 0}), ContainsSubstring("orders = 0"));
  CHECK_THROWS_WITH(percolation(net, {.scores = {1, 2}}), ContainsSubstring("one score a vertex: 3"));
  CHECK_THROWS_WITH(percolation(net, {.scores = {1, undefined, 2}}), ContainsSubstring("vertex 1"));
}
