// Inequality: how unevenly something is shared.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <span>

namespace linkpin {

// The largest Gini coefficient of n values is (n - 1) / n. `corrected` multiplies by n / (n - 1), so that it is 1
// where one holds all.
enum class GiniNormalisation : std::uint8_t { raw, corrected };

struct GiniOptions {
  GiniNormalisation normalisation = GiniNormalisation::raw;
};

// 0 where all have the same, near 1 where one has all: half the mean difference between two values over their mean.
// NaN without values, where they sum to 0, and for one value corrected. O(n log n).
// Throws InputError for a value that is negative or not finite, naming its position.
[[nodiscard]] double gini(std::span<const double> values, const GiniOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/inequality.ipp>
#endif
