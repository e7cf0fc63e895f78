// Correlation of whole networks, tested by permuting rows and columns together (QAP).
//
// Dyads that share a vertex are not independent, so the tests of ordinary correlation do not hold. Permuting the
// vertices of one network keeps everything in it but whom it belongs to.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

// A value for every ordered pair of n vertices, row by row, the row being the sender. NaN: not observed. The diagonal
// is never read.
struct DyadMatrix {
  index_t n = 0;
  std::vector<double> values;
};

// The ties of a network as a matrix: 0 where there is none, NaN where the dyad was not observed; parallel ties add
// where weights are given and count once where not. O(n^2). Throws LimitError for more than 20,000 vertices.
[[nodiscard]] DyadMatrix dyad_matrix(const Network& net, const TieValues& weights = {});

struct QapOptions {
  int permutations = 1999;
  std::uint64_t seed = 0;
  bool directed = true;  // false: the matrices are symmetric and each pair counts once
  Run run = {};
};

struct QapCorrelation {
  double value = 0.0;      // Pearson's correlation over the dyads; NaN where either is constant
  double t = 0.0;          // value * sqrt((dyads - 2) / (1 - value^2))
  double p = 0.0;          // share of permutations with abs(r*) >= abs(r), counting the observed one
  double p_greater = 0.0;  // with r* >= r
  double p_less = 0.0;     // with r* <= r
  double p_error = 0.0;    // Monte Carlo standard error of p
  std::int64_t dyads = 0;
  Provenance provenance;
};

// Whether two networks on the same vertices go together. Krackhardt 1988. Missing dyads of x move with their row and
// column; only dyads observed in both count. O(permutations * ties) where one of the two has few values that are not 0,
// O(permutations * n^2) otherwise.
// Throws InputError for matrices of different size, infinite values, a negative number of permutations, and matrices
// that are not symmetric where directed is false.
[[nodiscard]] QapCorrelation qap(const DyadMatrix& y, const DyadMatrix& x, const QapOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/qap.ipp>
#endif
