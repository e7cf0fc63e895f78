// Kernels from C++: one measure on one network by its size, and on many networks that were built once.
#include <benchmark/benchmark.h>

#include <linkpin/measures/components.hpp>
#include <linkpin/measures/holes.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/spectral.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
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
BENCHMARK(replicates)->Arg(200)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
