// Small positive definite systems: a matrix is a vector, row by row, of which the lower triangle is read.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace linkpin::detail::dyads {

// Lower triangle of a positive definite matrix, in place, row by row; false where it is not definite.
inline bool cholesky(std::vector<double>& a, std::size_t size) {
  for (std::size_t j = 0; j < size; ++j) {
    double d = a[j * size + j];
    for (std::size_t k = 0; k < j; ++k) d -= a[j * size + k] * a[j * size + k];
    if (!(d > 1e-14 * a[j * size + j])) return false;
    d = std::sqrt(d);
    a[j * size + j] = d;
    for (std::size_t i = j + 1; i < size; ++i) {
      double v = a[i * size + j];
      for (std::size_t k = 0; k < j; ++k) v -= a[i * size + k] * a[j * size + k];
      a[i * size + j] = v / d;
    }
  }
  return true;
}

// Solves L v = v in place.
inline void forward(const std::vector<double>& lower, std::size_t size, std::vector<double>& v) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) v[i] -= lower[i * size + k] * v[k];
    v[i] /= lower[i * size + i];
  }
}

// Solves L' v = v in place.
inline void backward(const std::vector<double>& lower, std::size_t size, std::vector<double>& v) {
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) v[i] -= lower[k * size + i] * v[k];
    v[i] /= lower[i * size + i];
  }
}

}  // namespace linkpin::detail::dyads
