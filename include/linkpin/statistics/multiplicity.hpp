// Many tests at once: p-values adjusted for how many there are.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <span>
#include <vector>

namespace linkpin {

// holm: the chance of any false finding stays below the level (Holm 1979). benjamini_hochberg: the share of false ones
// among the findings does, for independent or positively dependent tests (Benjamini & Hochberg 1995).
enum class Adjustment : std::uint8_t { unadjusted, holm, benjamini_hochberg };

// Adjusted p-values in the order given. NaN stays NaN and does not count. O(n log n).
// Throws InputError for values outside [0, 1], naming their position.
[[nodiscard]] std::vector<double> adjusted_p(std::span<const double> p, Adjustment by = Adjustment::holm);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/multiplicity.ipp>
#endif
