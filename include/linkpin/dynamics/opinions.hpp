// How opinions settle when people heed one another: DeGroot 1974 and Friedkin & Johnsen 1990.
//
// Row i of the matrix says how much member i heeds each member (itself on the diagonal) and sums to 1. Influence so
// runs from the column to the row.
#pragma once

#include <Eigen/SparseCore>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <span>
#include <vector>

namespace linkpin {

using HeedMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor, index_t>;

struct OpinionOptions {
  double tolerance =
      1e-12;  // of iteration, as a share of the range of opinions; systems up to 2,000 are solved directly
  Run run{};
};

struct Opinions {
  std::vector<double> values;  // in the end; NaN, named in the warnings, where an opinion swings for ever
  double error = 0.0;          // no value is further off than this by iteration, as proved from both sides
  Provenance provenance;
};

// Where opinions settle when everyone moves to the mean of those they heed: x = lim W^t x. A group that heeds nobody
// outside agrees on one value; opinions swing for ever where such a group moves in step (a cycle).
// Strong components, then a linear system: sparse elimination up to 2,000 unknowns, else sweeps between two bounds.
// Throws InputError for a matrix that is not square, has negative or infinite entries, or a row that does not sum to 1.
[[nodiscard]] Opinions degroot(const HeedMatrix& w, std::span<const double> x, const OpinionOptions& options = {});

// The same where member i keeps to its first opinion u_i as far as it is not susceptible (0: stubborn, 1: open):
// x = (I - LW)^-1 (I - L) u, L the susceptibilities on a diagonal; where the inverse does not exist (a group that is
// open and heeds nobody outside) the limit of x <- LWx + (I - L)u from u. Cost and errors as degroot.
[[nodiscard]] Opinions friedkin_johnsen(const HeedMatrix& w, std::span<const double> u,
                                        std::span<const double> susceptibility, const OpinionOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/dynamics/detail/opinions.ipp>
#endif
