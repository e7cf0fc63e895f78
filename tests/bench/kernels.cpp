// Kernels from C++: one measure on one network by its size, and on many networks that were built once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <cmath>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/holes.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/percolation.hpp>
#include <linkpin/measures/spectral.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace {

using linkpin::index_t;
using linkpin::Network;

// Ties between random pairs, ten a vertex.
Network random_network(index_t n, unsigned seed = 1) {
  std::mt19937 random{seed};
  std::uniform_int_distribution<index_t> vertex{0, n - 1};
  linkpin::NetworkParts parts;
  parts.n = n;
  for (index_t tie = 0; tie < 10 * n; ++tie) {
    parts.source.push_back(vertex(random));
    parts.target.push_back(vertex(random));
  }
  return Network{std::move(parts)};
}

template <class Measure>
void on_one(benchmark::State& state, Measure measure) {
  const Network net = random_network(static_cast<index_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(measure(net));
  state.SetItemsProcessed(state.iterations() * net.m());
  state.SetComplexityN(net.m());
}

// Waves, scenarios or replicates: a thousand surveys, none of them built again.
template <class Measure>
void on_many(benchmark::State& state, Measure measure) {
  std::vector<Network> nets;
  for (unsigned seed = 0; seed < 1000; ++seed)
    nets.push_back(random_network(static_cast<index_t>(state.range(0)), seed));
  for (auto _ : state)
    for (const Network& net : nets) benchmark::DoNotOptimize(measure(net));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(nets.size()));
}

void replicates(benchmark::State& state) {
  const Network net = random_network(static_cast<index_t>(state.range(0)));
  const linkpin::Statistic density{[](const Network& of) { return linkpin::density(of).value; }};
  for (auto _ : state) benchmark::DoNotOptimize(linkpin::bootstrap(net, density));
}

// The same orders with Boost's disjoint sets, put together backwards as ours are; it works on one thread.
std::vector<index_t> largest_of_boost(const Network& net, const std::vector<index_t>& order) {
  const auto n = order.size();
  std::vector<index_t> rank(n), parent(n), size(n, 1), largest(n + 1, 0);
  std::vector<char> here(n, 0);
  boost::disjoint_sets<index_t*, index_t*> parts(rank.data(), parent.data());
  index_t most = 1;
  for (std::size_t place = n; place-- > 0;) {
    const index_t v = order[place];
    parts.make_set(v);
    here[static_cast<std::size_t>(v)] = 1;
    for (const auto& ties : {net.out(), net.in()}) {
      for (const index_t u : ties.of(v)) {
        if (here[static_cast<std::size_t>(u)] == 0) continue;
        const index_t a = parts.find_set(u);
        const index_t b = parts.find_set(v);
        if (a == b) continue;
        parts.link(a, b);
        const index_t joined = size[static_cast<std::size_t>(a)] + size[static_cast<std::size_t>(b)];
        size[static_cast<std::size_t>(parts.find_set(a))] = joined;
        most = std::max(most, joined);
      }
    }
    largest[place] = most;
  }
  return largest;
}

constexpr index_t orders = 8;

void failing(benchmark::State& state) {
  const Network net = random_network(static_cast<index_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(linkpin::percolation(net, {.orders = orders}));
  state.SetItemsProcessed(state.iterations() * orders);
}

void failing_with_boost(benchmark::State& state) {
  const Network net = random_network(static_cast<index_t>(state.range(0)));
  std::vector<index_t> order(static_cast<std::size_t>(net.n()));
  std::iota(order.begin(), order.end(), 0);
  std::mt19937 random{1};
  std::shuffle(order.begin(), order.end(), random);
  std::vector<double> scores(order.size());  // who fails first has most
  for (std::size_t place = 0; place < order.size(); ++place) {
    scores[static_cast<std::size_t>(order[place])] = -static_cast<double>(place);
  }
  const auto ours = linkpin::percolation(net, {.scores = scores, .orders = 1});
  const auto theirs = largest_of_boost(net, order);
  for (std::size_t place = 0; place < theirs.size(); ++place) {
    if (std::abs(ours.mean[place] - theirs[place]) > 1e-9) return state.SkipWithError("another answer than linkpin's");
  }
  for (auto _ : state) {
    for (index_t k = 0; k < orders; ++k) {
      std::shuffle(order.begin(), order.end(), random);
      benchmark::DoNotOptimize(largest_of_boost(net, order));
    }
  }
  state.SetItemsProcessed(state.iterations() * orders);
}

const auto betweenness = [](const Network& net) { return linkpin::betweenness(net); };
const auto harmonic = [](const Network& net) { return linkpin::harmonic(net); };
const auto pagerank = [](const Network& net) { return linkpin::pagerank(net); };
const auto constraint = [](const Network& net) { return linkpin::constraint(net); };
const auto clustering = [](const Network& net) { return linkpin::clustering(net); };
const auto coreness = [](const Network& net) { return linkpin::coreness(net); };

BENCHMARK_CAPTURE(on_one, betweenness, betweenness)->RangeMultiplier(4)->Range(32, 2048)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_one, harmonic, harmonic)->RangeMultiplier(4)->Range(32, 8192)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_one, pagerank, pagerank)->RangeMultiplier(8)->Range(32, 131072)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_one, constraint, constraint)->RangeMultiplier(8)->Range(32, 131072)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_one, clustering, clustering)->RangeMultiplier(8)->Range(32, 131072)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_one, coreness, coreness)->RangeMultiplier(8)->Range(32, 131072)->UseRealTime()->Complexity();
BENCHMARK_CAPTURE(on_many, betweenness, betweenness)->Arg(30)->Arg(100)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(on_many, pagerank, pagerank)->Arg(30)->Arg(100)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(on_many, constraint, constraint)->Arg(30)->Arg(100)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(failing)->Arg(100000)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(failing_with_boost)->Arg(100000)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(replicates)->Arg(200)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
