// Sparse matrices on their way in: rows, columns and values of the entries, and how many rows and columns there are.
#pragma once

#include <Eigen/SparseCore>
#include <linkpin/core/error.hpp>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "../common.hpp"

namespace linkpin::python {

using Entries = std::tuple<Array<index_t>, Array<index_t>, Array<double>, index_t, index_t>;

// Entries that stand twice add.
template <class Matrix>
Matrix to_sparse(std::string_view function, const Entries& entries) {
  const auto& [rows, columns, values, height, width] = entries;
  if (rows.size() != columns.size() || rows.size() != values.size()) {
    refuse(function, "entries", std::to_string(values.size()), "give a row, a column and a value for each");
  }
  std::vector<Eigen::Triplet<double, index_t>> triplets;
  triplets.reserve(static_cast<std::size_t>(rows.size()));
  for (py::ssize_t e = 0; e < rows.size(); ++e) {
    const index_t i = rows.data()[e];
    const index_t j = columns.data()[e];
    if (i < 0 || j < 0 || i >= height || j >= width) {
      refuse(function, "entry", std::to_string(i) + ", " + std::to_string(j), "lies outside the matrix");
    }
    triplets.emplace_back(i, j, values.data()[e]);
  }
  Matrix matrix(height, width);
  matrix.setFromTriplets(triplets.begin(), triplets.end());
  return matrix;
}

}  // namespace linkpin::python
