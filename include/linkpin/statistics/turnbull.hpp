// How long until something happens, where only the earliest and the latest time is known.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <vector>

namespace linkpin {

// `replicates` > 0 gives percentile intervals of a bootstrap that draws whole clusters (rows where there are none).
struct TurnbullOptions {
  double level = 0.95;
  std::vector<index_t> clusters = {};
  index_t replicates = 0;
  std::uint64_t seed = 0;
  double tolerance = 1e-9;  // of the log-likelihood a row: how far from its greatest value the answer may be
  int iterations = 10'000;
  Run run = {};
};

// One row for each innermost interval, the only places where mass can lie; where inside one it lies is not known.
// `survival` holds from `right` to the next `left`.
struct TurnbullCurve {
  std::vector<double> left;
  std::vector<double> right;  // infinite where it may never happen
  std::vector<double> mass;
  std::vector<double> survival;
  std::vector<double> lower;  // of survival; empty without replicates
  std::vector<double> upper;
  index_t observations = 0;
  double log_likelihood = undefined;
  double gap = undefined;  // the log-likelihood is at most this far from its greatest value
  bool converged = true;
  Interval median;  // the earliest and the latest time it may be
  Provenance provenance;
};

// Row i happened somewhere in [from[i], until[i]]: equal where the time is known, until infinite where it had not
// happened at from. Turnbull's (1976) maximum-likelihood estimate by EM and iterative convex minorant steps (Wellner &
// Zhan 1997), with a proven bound on what is left. O(n log n + iterations x n).
// Throws InputError for times that are negative or not numbers, an until before its from, and levels outside (0, 1).
[[nodiscard]] TurnbullCurve turnbull(std::span<const double> from, std::span<const double> until,
                                     const TurnbullOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/turnbull.ipp>
#endif
