// Sampled betweenness: the promise is kept on networks whose exact values are known.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/sampled_betweenness.hpp>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

double farthest_off(const Network& net, const SampledBetweenness& got, bool by_length) {
  BetweennessOptions options{.normalized = BetweennessScale::freeman};
  if (by_length) options.lengths = "inverse";
  const std::vector<double> exact = betweenness(net, options).values;
  double most = 0;
  for (std::size_t v = 0; v < exact.size(); ++v) most = std::max(most, std::abs(exact[v] - got.values[v]));
  return most;
}

}  // namespace

TEST_CASE("sampled betweenness keeps its promise", "[sampled_betweenness]") {
  // Directed or not, weighted, with loops and parallel ties in turn. At level .9 at most one in ten may miss; the
  // bounds are careful, so that far fewer do.
  int missed = 0;
  int tried = 0;
  for (std::uint64_t number = 0; number < 150; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 25);
    if (net.n() < 3) continue;
    const bool by_length = net.weighted() && number % 4 >= 2;
    SampledBetweennessOptions options{.error = 0.05, .level = 0.9, .seed = number};
    if (by_length) options.lengths = "inverse";
    const SampledBetweenness got = sampled_betweenness(net, options);
    REQUIRE(got.pairs <= got.most_pairs);
    ++tried;
    missed += farthest_off(net, got, by_length) > 0.05 ? 1 : 0;
  }
  CHECK(tried > 100);
  CHECK(missed <= tried / 10);
}

TEST_CASE("sampled betweenness draws every shortest path as often", "[sampled_betweenness]") {
  // From 0 to 5: three ways of three steps through {1, 2} and {3, 4}, 1-3, 1-4 and 2-4, besides a longer one.
  const Network net = support::network(8, {0, 0, 1, 1, 2, 3, 4, 0, 6, 7, 7}, {1, 2, 3, 4, 4, 5, 5, 6, 7, 5, 3}, false);
  const SampledBetweenness got = sampled_betweenness(net, {.error = 0.005, .level = 0.99, .seed = 5});
  CHECK(farthest_off(net, got, false) < 0.005);
  CHECK(got.pairs > 1000);
}

TEST_CASE("sampled betweenness stops early where nobody stands out", "[sampled_betweenness]") {
  linkpin::Stream random(2026, "many ways");
  NetworkParts p;
  p.n = 300;
  p.directed = false;
  for (int tie = 0; tie < 3000; ++tie) {
    p.source.push_back(static_cast<index_t>(random.below(300)));
    p.target.push_back(static_cast<index_t>(random.below(300)));
  }
  const Network net(std::move(p));
  const SampledBetweenness got = sampled_betweenness(net, {.error = 0.01});
  CHECK(farthest_off(net, got, false) < 0.01);
  CHECK(got.pairs < got.most_pairs / 2);
  CHECK_THAT(got.provenance.warnings.at(0), ContainsSubstring("random pairs"));
  // A star: its middle is on every path between two others, nobody else on any.
  const Network star = support::network(5, {0, 0, 0, 0}, {1, 2, 3, 4}, false);
  const SampledBetweenness middle = sampled_betweenness(star, {.error = 0.02});
  CHECK_THAT(middle.values[0], WithinAbs(1.0, 0.02));
  CHECK(*std::max_element(middle.values.begin() + 1, middle.values.end()) == 0.0);
}

TEST_CASE("sampled betweenness is the same on any number of threads", "[sampled_betweenness]") {
  const Network net = support::random_network(17, {.directed = true}, 300);
  const SampledBetweenness one = sampled_betweenness(net, {.error = 0.03, .seed = 2, .run = {.threads = 1}});
  for (const int threads : {2, 8}) {
    const auto more = sampled_betweenness(net, {.error = 0.03, .seed = 2, .run = {.threads = threads}});
    CHECK(more.values == one.values);
    CHECK(more.pairs == one.pairs);
  }
}

TEST_CASE("sampled betweenness of trivial networks, and what it refuses", "[sampled_betweenness]") {
  for (const Network& net : {Network(), support::network(2, {0}, {1})}) {
    const SampledBetweenness got = sampled_betweenness(net);
    CHECK(std::all_of(got.values.begin(), got.values.end(), [](double x) { return std::isnan(x); }));
    CHECK_THAT(got.provenance.warnings.at(0), ContainsSubstring("undefined"));
  }
  const SampledBetweenness apart = sampled_betweenness(support::network(4, {}, {}));
  CHECK(apart.values == std::vector<double>(4, 0.0));
  const Network net = support::network(3, {0, 1}, {1, 2});
  CHECK_THROWS_WITH(sampled_betweenness(net, {.error = 0}), ContainsSubstring("error"));
  CHECK_THROWS_WITH(sampled_betweenness(net, {.level = 1}), ContainsSubstring("level"));
  CHECK_THROWS_AS(sampled_betweenness(net, {.error = 1e-9}), LimitError);
}
