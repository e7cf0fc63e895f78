// Agreement of every pair of judges who ranked the same items.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/statistics/concordance.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct AgreementOptions {
  index_t k = 3;             // how many at the top
  double persistence = 0.9;  // of rank-biased overlap
};

struct PairAgreement {
  index_t a = none;
  index_t b = none;
  double tau = undefined;     // NaN where either left an item out
  RankBiasedOverlap overlap;  // NaN where either has ties
  TopAgreement top;           // NaN where either left an item out
};

struct Agreement {
  std::vector<PairAgreement> pairs;
  Provenance provenance;
};

// `ranks` has a row a judge, `items` cells each, 1 the best, NaN where left out. Pairs in order (0, 1), (0, 2), ...;
// what a pair cannot be scored by is NaN, and a warning says for how many. O(judges^2 items^2). Throws InputError for
// rows that are not whole, k outside 1 .. items, and a persistence outside (0, 1).
[[nodiscard]] Agreement agreement(std::span<const double> ranks, index_t items, const AgreementOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/priorities/detail/agreement.ipp>
#endif
