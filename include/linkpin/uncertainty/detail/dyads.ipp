// What correlation and regression of networks share: checks, masks, permutations, dot products.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/uncertainty/qap.hpp>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail::dyads {

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Statistics that differ by rounding alone are equal: a permutation that changes nothing counts as the observed one.
inline bool at_least(double a, double b) { return a >= b - 1e-9 * (1.0 + std::abs(b)); }

// Square matrices over n vertices. Undirected ones are read above the diagonal only.
struct Square {
  index_t n = 0;
  bool directed = true;

  [[nodiscard]] std::size_t cells() const { return at(n) * at(n); }
  [[nodiscard]] index_t first(index_t row) const { return directed ? 0 : row + 1; }
  [[nodiscard]] std::size_t cell(index_t i, index_t j) const { return at(i) * at(n) + at(j); }

  template <class Visit>
  void each(Visit&& visit) const {
    for (index_t i = 0; i < n; ++i) {
      for (index_t j = first(i); j < n; ++j) {
        if (i != j) visit(i, j, cell(i, j));
      }
    }
  }
};

inline void check_matrix(std::string_view function, const std::string& name, const DyadMatrix& m, const Square& s) {
  if (m.n != s.n || m.values.size() != s.cells()) {
    refuse(function, name, std::to_string(m.n) + " vertices, " + std::to_string(m.values.size()) + " values",
           "give every matrix on the same " + std::to_string(s.n) + " vertices");
  }
  const Square whole{s.n, true};
  whole.each([&](index_t i, index_t j, std::size_t c) {
    const double v = m.values[c];
    auto where = [&] { return "row " + std::to_string(i) + ", column " + std::to_string(j); };
    if (std::isinf(v)) refuse(function, name, shown(v), "values are finite, or NaN where not observed", where());
    if (s.directed || j < i) return;
    const double back = m.values[s.cell(j, i)];
    const bool same = std::isnan(v) ? std::isnan(back) : std::abs(v - back) <= 1e-9 * std::abs(v);
    if (!same) refuse(function, name, shown(v), "symmetric matrices only where directed is false", where());
  });
}

inline void check_permutations(std::string_view function, int permutations) {
  if (permutations < 1) refuse(function, "permutations", std::to_string(permutations), "ask for at least one");
}

// 1 where the dyad was observed in all of these, 0 elsewhere and on the diagonal.
inline std::vector<double> observed_in(const Square& s, std::span<const DyadMatrix* const> matrices) {
  std::vector<double> mask(s.cells(), 0.0);
  const Square whole{s.n, true};
  whole.each([&](index_t, index_t, std::size_t c) {
    mask[c] = std::none_of(matrices.begin(), matrices.end(), [c](const auto* m) { return std::isnan(m->values[c]); });
  });
  return mask;
}

inline std::vector<double> masked(const DyadMatrix& m, std::span<const double> mask) {
  std::vector<double> values(mask.size(), 0.0);
  for (std::size_t c = 0; c < mask.size(); ++c) {
    if (mask[c] != 0) values[c] = m.values[c];
  }
  return values;
}

// Eight running sums: fast without letting the compiler reorder anything, so the same bits everywhere.
inline double dot(const double* a, const double* b, index_t count) {
  std::array<double, 8> lane{};
  index_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (index_t k = 0; k < 8; ++k) lane[at(k)] += a[i + k] * b[i + k];
  }
  for (index_t k = 0; i < count; ++i, ++k) lane[at(k)] += a[i] * b[i];
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

inline double inner(const Square& s, const std::vector<double>& a, const std::vector<double>& b) {
  Sum total;
  for (index_t i = 0; i < s.n; ++i) {
    const std::size_t c = s.cell(i, s.first(i));
    if (s.first(i) < s.n) total.add(dot(a.data() + c, b.data() + c, s.n - s.first(i)));
  }
  return total.value();
}

inline std::vector<index_t> permutation(index_t n, std::uint64_t seed, std::string_view purpose, std::int64_t which) {
  std::vector<index_t> order(at(n));
  std::iota(order.begin(), order.end(), 0);
  Stream stream(seed, purpose, static_cast<std::uint64_t>(which));
  stream.shuffle(std::span(order));
  return order;
}

// Row i of a permuted matrix, from column `first` on.
inline void gather(const std::vector<double>& values, const Square& s, std::span<const index_t> order, index_t row,
                   double* out) {
  const double* from = values.data() + s.cell(order[at(row)], 0);
  for (index_t j = s.first(row); j < s.n; ++j) *out++ = from[order[at(j)]];
}

struct Shares {
  double greater, less, two_sided, error;
};

// Shares of permuted statistics at least, at most, and as far from 0 as the observed one, which counts itself.
inline Shares shares(std::span<const double> permuted, std::size_t first, std::size_t stride, double observed) {
  std::int64_t greater = 1;
  std::int64_t less = 1;
  std::int64_t far = 1;
  std::int64_t all = 1;
  for (std::size_t i = first; i < permuted.size(); i += stride, ++all) {
    const double t = permuted[i];  // an undefined one counts against the finding
    greater += std::isnan(t) || at_least(t, observed) ? 1 : 0;
    less += std::isnan(t) || at_least(-t, -observed) ? 1 : 0;
    far += std::isnan(t) || at_least(std::abs(t), std::abs(observed)) ? 1 : 0;
  }
  const auto total = static_cast<double>(all);
  const double p = static_cast<double>(far) / total;
  return {static_cast<double>(greater) / total, static_cast<double>(less) / total, p, std::sqrt(p * (1 - p) / total)};
}

}  // namespace linkpin::detail::dyads
