// Betweenness of networks too large to look at every pair: as many random pairs as a promised error asks for.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

struct SampledBetweennessOptions {
  double error = 0.01;   // how far any value may lie from the exact one
  double level = 0.95;   // the probability that all of them lie within it
  bool directed = true;  // false: every tie goes both ways
  Lengths lengths = {};
  std::uint64_t seed = 0;
  Run run = {};
};

struct SampledBetweenness {
  std::vector<double> values;   // by vertex, as betweenness() with BetweennessScale::freeman
  std::int64_t pairs = 0;       // random pairs that were looked at
  std::int64_t most_pairs = 0;  // after which the error is met whatever was seen
  Provenance provenance;
};

// A random shortest path between each of many random pairs; stops as soon as all values are within `error` of the exact
// ones with probability `level` (KADABRA: Borassi & Natale 2019, doi:10.1145/3284359). The same numbers on any number
// of threads. A pair costs far less than n + m on most networks (searches from both its ends), with lengths up to m + n
// log n. NaN for fewer than three vertices. Throws InputError for an error or level outside (0, 1) and for bad lengths;
// LimitError where the error asks for more than 2^40 pairs.
[[nodiscard]] SampledBetweenness sampled_betweenness(const Network& net, const SampledBetweennessOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/sampled_betweenness.ipp>
#endif
