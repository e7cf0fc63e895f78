// How far something spreads from a few seeds: the models of Kempe, Kleinberg & Tardos 2003.
//
// A tie carries from tail to head, with the chance p it is given; undirected ties carry either way. Loops carry
// nothing, parallel ties each have their own try (linear threshold: their weights add).
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
#include <vector>

namespace linkpin {

// independent_cascade: who is reached tries each of its ties once. linear_threshold: a vertex is reached once the
// weights of its ties from those reached exceed a threshold that is uniform in [0, 1].
enum class DiffusionModel : std::uint8_t { independent_cascade, linear_threshold };

// automatic: exact where that takes up to about a million states, else sampled.
enum class SpreadMethod : std::uint8_t { automatic, exact, sampled };

struct SpreadOptions {
  DiffusionModel model = DiffusionModel::independent_cascade;
  // Chance of each tie: a column, own values, or "weighted cascade": 1 / ties into the head.
  TieValues p = "probability";
  Flow flow = Flow::forward;  // backward: from head to tail, as along citations
  SpreadMethod method = SpreadMethod::automatic;
  std::int64_t replicates = 10'000;
  double level = 0.95;  // of the interval
  std::uint64_t seed = 0;
  Run run{};
};

struct Spread {
  double value = 0.0;           // expected number reached, seeds included
  Interval interval;            // of that number, from sampling alone; NaN where it is exact
  double standard_error = 0.0;  // of sampling
  std::vector<double> reached;  // by vertex: the chance of being reached
  bool exact = false;
  std::int64_t replicates = 0;
  Provenance provenance;
};

// The expected number of vertices that seeds reach. Exact by following the sets reached through the strong components,
// in any order that lets equal sets meet (linear threshold without cycles: O(ties)); sampled at O(ties met) a
// replicate. Throws InputError for chances outside [0, 1], threshold weights into a vertex that sum to more than 1,
// seeds that do not exist or stand twice; LimitError where `exact` would need more than 16 million states at once.
[[nodiscard]] Spread spread(const Network& net, std::span<const index_t> seeds, const SpreadOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/dynamics/detail/diffusion.ipp>
#endif
