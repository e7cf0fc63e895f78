// Concordance: how far several judges put the same things in the same order.
//
// Ranks count from 1 for the best; equal ranks are ties, and only the order counts, so any numbers of which the
// smallest is the best will do.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// `automatic` is exact where that takes less than about a second, and by permutations elsewhere.
enum class ConcordanceTest : std::uint8_t { automatic, exact, permutation };

struct ConcordanceOptions {
  ConcordanceTest test = ConcordanceTest::automatic;
  std::int64_t permutations = 9999;
  std::uint64_t seed = 0;
  Run run{};
};

struct Concordance {
  double w = undefined;                 // 0 no agreement, 1 all judges in one order
  double p = undefined;                 // chance of a W at least as large if each judge ranked at random
  double p_chi_square = undefined;      // the same by the chi-square approximation, good from about 8 items
  double chi_square = undefined;        // judges (items - 1) W, on items - 1 degrees of freedom
  double mean_correlation = undefined;  // of Spearman's between all pairs of judges who do not tie all items
  double monte_carlo_error = 0.0;       // standard error of p; 0 where exact
  bool exact = false;
  std::vector<double> rank_sums;  // by item; low is high up
  Provenance provenance;
};

// Kendall's W with the correction for ties; Kendall & Babington Smith 1939. `ranks` has a row a judge, `items` cells
// each. NaN where all judges tie all items, or with fewer than two items or judges; named in the warnings. Permutations
// are counted with +1. O(permutations judges items), or the number of different sums of ranks times items! where
// exact. Throws InputError for a missing rank or a row that is not whole; LimitError where exact is asked for and takes
// too long.
[[nodiscard]] Concordance concordance(std::span<const double> ranks, index_t items,
                                      const ConcordanceOptions& options = {});

// Kendall's tau-b of two rankings of the same items. NaN where one ties all. Kendall 1945. O(n^2).
[[nodiscard]] double kendall_tau(std::span<const double> a, std::span<const double> b);

// Rank-biased overlap: agreement that counts the top most. Whatever the two lists do below the ranks given, the value
// lies in `bounds`; `extrapolated` goes on as they began.
struct RankBiasedOverlap {
  double extrapolated = undefined;
  Interval bounds;
};

// a[i] and b[i] rank item i, NaN where a list leaves it out. `persistence` in (0, 1): chance that a reader goes on from
// one rank to the next, so that the first 1 / (1 - persistence) ranks hold most of the weight. Webber, Moffat & Zobel
// 2010. NaN where both lists are empty. Throws InputError for ties, which the measure does not know, and lists of
// different length. O(n log n).
[[nodiscard]] RankBiasedOverlap rank_biased_overlap(std::span<const double> a, std::span<const double> b,
                                                    double persistence = 0.9);

// How many of the top k of one list are among the top k of the other, as a share of k. Ties that straddle the k-th
// place are broken every way: `value` is the mean over all of them, `bounds` the least and the most.
struct TopAgreement {
  double value = undefined;
  Interval bounds;
  double by_chance = undefined;  // k / n
};

// Throws InputError for k outside 1 .. n and missing ranks. O(n log n).
[[nodiscard]] TopAgreement top_agreement(std::span<const double> a, std::span<const double> b, index_t k);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/concordance.ipp>
#endif
