// Reliability: the chance that at least one whole path carries, where each tie carries with a probability of its own.
//
// Ties carry independently of each other. Everything runs along the flow of knowledge; an undirected tie carries both
// ways. Paths share ties, so chances of paths must not be combined as if they were independent.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// automatic: exact where that is affordable, else sampled. bounds: nothing but what is certain.
enum class ReliabilityMethod : std::uint8_t { automatic, exact, sampled, bounds };

struct ReliabilityOptions {
  TieValues p = "probability";  // chance of each tie, in [0, 1]
  Flow flow = Flow::forward;
  ReliabilityMethod method = ReliabilityMethod::automatic;
  double budget = 5e7;  // outcomes that an exact answer may look at; ten million take a few seconds
  std::int64_t samples = 100'000;
  double level = 0.95;  // of the interval
  std::uint64_t seed = 0;
  Run run = {};
};

struct Reliability {
  double value = 0.0;  // NaN where only bounds were asked for
  Interval bounds;     // certain: from what was explored, from disjoint paths, from cuts
  Interval interval;   // Wilson's, where sampled; else the value twice
  bool exact = false;
  std::string how = "exact";  // or sampled, or bounds
  double outcomes = 0.0;      // looked at for an exact answer, or an estimate of how many it would take
  index_t vertices = 0;       // of the largest part that is left once simple parts are reduced
  std::int64_t ties = 0;
  Provenance provenance;
};

// Exact after reductions (what no path can use, parallel and serial ties, vertices that all paths pass) by exploring
// from one end, vertex by vertex, with equal states merged. Its cost grows with the number of states, which is
// estimated first and bounded by `budget`; up to 256 vertices that cannot be reduced. Sampled: 64 replicates at a time,
// the same numbers on any number of threads, with Wilson's interval; where `automatic` samples, no further than the
// certain bounds. Throws InputError for no or unknown ends and
// probabilities outside [0, 1]; LimitError, with the estimate, where exact is asked for and not affordable.
[[nodiscard]] Reliability reliability(const Network& net, std::span<const index_t> sources,
                                      std::span<const index_t> targets, const ReliabilityOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/reliability.ipp>
#endif
