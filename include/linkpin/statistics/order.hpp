// Order statistics: quantiles and ranks.
#pragma once

#include <linkpin/core/config.hpp>
#include <span>
#include <vector>

namespace linkpin {

// The p-quantile of values in rising order, by linear interpolation (Hyndman & Fan's type 7, the default of R and
// numpy). NaN without values. Throws InputError for p outside [0, 1]. O(1).
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

// Ranks from 1 for the smallest; equal values share the mean of their places. Throws InputError for NaN. O(n log n).
[[nodiscard]] std::vector<double> mid_ranks(std::span<const double> values);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/order.ipp>
#endif
