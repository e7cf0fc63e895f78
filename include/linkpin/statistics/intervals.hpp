// Intervals for a share: so many of so many.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/numeric.hpp>

namespace linkpin {

struct Interval {
  double low = undefined;
  double high = undefined;

  friend bool operator==(const Interval&, const Interval&) = default;
};

// Both hold the share that `successes` of `trials` stand for with at least (Clopper-Pearson 1934) or about (Wilson
// 1927) the probability `level`. Without trials nothing is known: [0, 1].
// Throws InputError for counts that are negative or the wrong way round, and levels outside (0, 1).
[[nodiscard]] Interval clopper_pearson(std::int64_t successes, std::int64_t trials, double level = 0.95);
[[nodiscard]] Interval wilson(std::int64_t successes, std::int64_t trials, double level = 0.95);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/intervals.ipp>
#endif
