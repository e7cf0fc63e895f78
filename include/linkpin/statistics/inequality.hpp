// Inequality: how unevenly something is shared, and how much of that lies between groups.
//
// Every function takes amounts that are finite and not negative and throws InputError for others, naming the position.
// Where there are no amounts, or they sum to 0, nothing is shared: NaN.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <span>
#include <vector>

namespace linkpin {

// The largest Gini coefficient of n values is (n - 1) / n. `corrected` multiplies by n / (n - 1), so that it is 1
// where one holds all.
enum class GiniNormalisation : std::uint8_t { raw, corrected };

struct GiniOptions {
  GiniNormalisation normalisation = GiniNormalisation::raw;
};

// 0 where all have the same, near 1 where one has all: half the mean difference between two values over their mean.
// NaN also for one value corrected. O(n log n).
[[nodiscard]] double gini(std::span<const double> values, const GiniOptions& options = {});

// T: 0 where all have the same, ln n where one has all; who has nothing adds nothing. L, the mean logarithmic
// deviation: sensitive to those with little, and infinite where anyone has nothing.
enum class TheilKind : std::uint8_t { t, l };

// Theil 1967. O(n).
[[nodiscard]] double theil(std::span<const double> values, TheilKind kind = TheilKind::t);

// The share of the total that could be given up without loss if the rest were shared evenly, given an aversion
// epsilon > 0 to inequality. 1 where anyone has nothing and epsilon is at least 1. Atkinson 1970. O(n).
[[nodiscard]] double atkinson(std::span<const double> values, double epsilon = 0.5);

enum class InequalityIndex : std::uint8_t { theil_t, theil_l, atkinson, gini };

struct DecompositionOptions {
  InequalityIndex index = InequalityIndex::theil_t;
  double epsilon = 0.5;  // of atkinson
};

struct GroupInequality {
  index_t members = 0;
  index_t zeros = 0;              // members who have nothing
  double population_share = 0.0;  // of all members
  double share = 0.0;             // of what is shared
  double mean = 0.0;
  double inequality = undefined;  // among its own members; NaN where it has nothing
  double weight = 0.0;            // of that in the part within groups
};

// theil_t, theil_l: total = between + within. atkinson: 1 - total = (1 - between)(1 - within). gini: total = between +
// within + overlap, where overlap is what comes of poorer groups having members who are richer than some of a richer
// group. Between is always the inequality there would be if everyone had the mean of their group.
struct InequalityDecomposition {
  double total = undefined;
  double between = undefined;
  double within = undefined;
  double overlap = undefined;  // gini only
  std::vector<GroupInequality> groups;
  Provenance provenance;
};

// Shorrocks 1980 (theil), Lasso de la Vega & Urrutia 2003 (atkinson), Lambert & Aronson 1993 (gini). groups[i] is the
// group of amount i, counted from 0; a group without members is given with shares of 0. What zeros do to an index is a
// warning. O(n log n). Throws InputError also for groups of another length or below 0, and epsilon not above 0.
[[nodiscard]] InequalityDecomposition decompose_inequality(std::span<const double> values,
                                                           std::span<const index_t> groups,
                                                           const DecompositionOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/inequality.ipp>
#endif
