// The predictors of a regression over dyads as an orthonormal basis.
#pragma once

#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/uncertainty/detail/dyads.ipp>
#include <linkpin/uncertainty/detail/triangular.hpp>
#include <linkpin/uncertainty/mrqap.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace linkpin::detail::dyads {

// An orthonormal basis of the intercept and the predictors over the dyads of a mask, Gram-Schmidt twice:
// column j of the design is sum_i q[i] r[i][j].
struct Basis {
  std::vector<std::vector<double>> q;
  std::vector<std::vector<double>> r;
  // By term: the direction, in the coordinates of q, that the term adds to all the others, and the square root of its
  // entry on the diagonal of (X'X)^-1.
  std::vector<std::vector<double>> own;
  std::vector<double> spread;

  [[nodiscard]] std::size_t terms() const { return q.size(); }
};

inline Basis basis(std::string_view function, const Square& s, std::span<const Predictor> x,
                   const std::vector<double>& mask) {
  Basis b;
  const std::size_t terms = x.size() + 1;
  b.r.assign(terms, std::vector<double>(terms, 0.0));
  for (std::size_t j = 0; j < terms; ++j) {
    std::vector<double> v = j == 0 ? mask : masked(x[j - 1].values, mask);
    const double length = std::sqrt(inner(s, v, v));
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t i = 0; i < j; ++i) {
        const double c = inner(s, b.q[i], v);
        b.r[i][j] += c;
        for (std::size_t k = 0; k < v.size(); ++k) v[k] -= c * b.q[i][k];
      }
    }
    const double left = std::sqrt(inner(s, v, v));
    if (j > 0 && !(left > 1e-10 * length)) {
      refuse(function, "x", x[j - 1].name,
             "constant, or a linear combination of the predictors before it, over the dyads observed: leave it out");
    }
    b.r[j][j] = left;
    for (double& value : v) value /= left;
    b.q.push_back(std::move(v));
  }
  for (std::size_t k = 0; k < terms; ++k) {
    std::vector<double> a(terms, 0.0);  // solves r' a = unit vector k
    for (std::size_t i = k; i < terms; ++i) {
      double value = i == k ? 1.0 : 0.0;
      for (std::size_t l = k; l < i; ++l) value -= b.r[l][i] * a[l];
      a[i] = value / b.r[i][i];
    }
    double squares = 0.0;
    for (const double value : a) squares += value * value;
    b.spread.push_back(std::sqrt(squares));
    for (double& value : a) value /= b.spread.back();
    b.own.push_back(std::move(a));
  }
  return b;
}

// What term k adds to the others, as a matrix of length 1.
inline std::vector<double> own_part(const Basis& b, std::size_t k) {
  std::vector<double> e(b.q[0].size(), 0.0);
  for (std::size_t l = 0; l < b.terms(); ++l) {
    for (std::size_t c = 0; c < e.size(); ++c) e[c] += b.own[k][l] * b.q[l][c];
  }
  return e;
}

}  // namespace linkpin::detail::dyads
