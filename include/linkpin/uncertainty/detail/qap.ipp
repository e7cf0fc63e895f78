#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/uncertainty/detail/dyads.ipp>
#include <linkpin/uncertainty/qap.hpp>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::dyads {

// Sums over the dyads observed in both matrices.
struct Moments {
  double count = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

  [[nodiscard]] double correlation() const {
    if (count < 2) return undefined;
    const double across = xy - x * y / count;
    const double sx = xx - x * x / count;
    const double sy = yy - y * y / count;
    const bool constant = !(sx > 1e-12 * xx) || !(sy > 1e-12 * yy);
    return constant ? undefined : std::clamp(across / std::sqrt(sx * sy), -1.0, 1.0);
  }
};

// Both matrices zero outside their masks.
inline Moments moments(const Square& s, const std::vector<double>& y, const std::vector<double>& y_seen,
                       const std::vector<double>& x, const std::vector<double>& x_seen,
                       std::span<const index_t> order) {
  Moments m;
  std::vector<double> row(at(s.n));
  std::vector<double> seen(at(s.n));
  for (index_t i = 0; i < s.n; ++i) {
    gather(x, s, order, i, row.data());
    gather(x_seen, s, order, i, seen.data());
    const std::size_t start = s.cell(i, s.first(i));
    for (index_t j = 0; j < s.n - s.first(i); ++j) {
      const std::size_t c = start + at(j);
      const double w = seen[at(j)] * y_seen[c];
      if (w == 0) continue;
      m.count += 1;
      m.x += row[at(j)];
      m.y += y[c];
      m.xx += row[at(j)] * row[at(j)];
      m.yy += y[c] * y[c];
      m.xy += row[at(j)] * y[c];
    }
  }
  return m;
}

// Values are taken from their mean first, so that large ones far from 0 lose no digits.
inline void centre(const Square& s, std::vector<double>& values, const std::vector<double>& seen) {
  const double count = inner(s, seen, seen);
  const double mean = count > 0 ? inner(s, values, seen) / count : 0.0;
  for (std::size_t c = 0; c < values.size(); ++c) values[c] -= mean * seen[c];
}

// The entries that are not 0 of a matrix, and sum over them of its value times another's permuted value.
struct Entries {
  std::vector<index_t> from, to;
  std::vector<double> value;

  Entries(const Square& s, const DyadMatrix& m) {
    s.each([&](index_t i, index_t j, std::size_t c) {
      if (m.values[c] == 0) return;
      from.push_back(i);
      to.push_back(j);
      value.push_back(m.values[c]);
    });
  }

  [[nodiscard]] double product(const Square& s, const std::vector<double>& other,
                               std::span<const index_t> order) const {
    double total = 0.0;
    for (std::size_t e = 0; e < value.size(); ++e) {
      total += value[e] * other[s.cell(order[at(from[e])], order[at(to[e])])];
    }
    return total;
  }
};

// Permuted correlations where every dyad was observed: only the product changes, and a centred matrix needs only the
// other one's entries that are not 0.
inline void complete_correlations(const Square& s, const std::vector<double>& y, const std::vector<double>& x,
                                  const DyadMatrix& raw_y, const DyadMatrix& raw_x, const QapOptions& o,
                                  std::vector<double>& permuted) {
  const double scale = 1.0 / std::sqrt(inner(s, y, y) * inner(s, x, x));
  Entries few(s, raw_x);
  const std::vector<double>* many = &y;
  if (Entries other(s, raw_y); other.value.size() < few.value.size()) {
    few = std::move(other);
    many = &x;
  }
  const auto count = static_cast<std::int64_t>(few.value.size());
  const std::int64_t cells = static_cast<std::int64_t>(s.n) * s.n / (s.directed ? 1 : 2);
  const bool sparse = 4 * count < cells;
  parallel_for(o.permutations, sparse ? count : cells, o.run, [&](std::int64_t begin, std::int64_t end) {
    std::vector<double> row(at(s.n));
    for (std::int64_t r = begin; r < end; ++r) {
      const std::vector<index_t> order = permutation(s.n, o.seed, "qap", r);
      double product = 0.0;
      if (sparse) {
        product = few.product(s, *many, order);
      } else {
        for (index_t i = 0; i < s.n; ++i) {
          if (s.first(i) >= s.n) continue;
          gather(x, s, order, i, row.data());
          product += dot(y.data() + s.cell(i, s.first(i)), row.data(), s.n - s.first(i));
        }
      }
      permuted[at(r)] = product * scale;
    }
  });
}

}  // namespace detail::dyads

LINKPIN_INLINE DyadMatrix dyad_matrix(const Network& net, const TieValues& weights) {
  constexpr index_t most = 20'000;
  if (net.n() > most) {
    throw LimitError({"dyad_matrix", "vertices", std::to_string(net.n()), "",
                      "a matrix of all dyads holds at most " + std::to_string(most) + " vertices"});
  }
  DyadMatrix m{net.n(),
               std::vector<double>(static_cast<std::size_t>(net.n()) * static_cast<std::size_t>(net.n()), 0.0)};
  const detail::dyads::Square s{net.n(), true};
  const bool ones = weights.ones(net);
  const std::vector<double> values = ones ? std::vector<double>{} : weights.resolve(net, "dyad_matrix", "weights");
  for (index_t e = 0; e < net.m(); ++e) {
    const auto k = static_cast<std::size_t>(e);
    auto put = [&](index_t u, index_t v) {
      double& cell = m.values[s.cell(u, v)];
      cell = ones ? 1.0 : cell + values[k];
    };
    put(net.sources()[k], net.targets()[k]);
    if (!net.directed() && net.sources()[k] != net.targets()[k]) put(net.targets()[k], net.sources()[k]);
  }
  if (!net.observed().complete()) {
    s.each([&](index_t i, index_t j, std::size_t c) {
      if (!net.observed()(i, j)) m.values[c] = undefined;
    });
  }
  return m;
}

LINKPIN_INLINE QapCorrelation qap(const DyadMatrix& y, const DyadMatrix& x, const QapOptions& options) {
  using namespace detail::dyads;
  const Square s{y.n, options.directed};
  check_matrix("qap", "y", y, s);
  check_matrix("qap", "x", x, s);
  check_permutations("qap", options.permutations);
  QapCorrelation result;
  result.provenance.measure = "qap";
  result.provenance.seed = options.seed;

  const DyadMatrix* just_y[] = {&y};
  const DyadMatrix* just_x[] = {&x};
  const std::vector<double> y_seen = observed_in(s, just_y);
  const std::vector<double> x_seen = observed_in(s, just_x);
  std::vector<double> ys = masked(y, y_seen);
  std::vector<double> xs = masked(x, x_seen);
  centre(s, ys, y_seen);
  centre(s, xs, x_seen);
  std::vector<index_t> identity(at(s.n));
  std::iota(identity.begin(), identity.end(), 0);
  const Moments observed = moments(s, ys, y_seen, xs, x_seen, identity);
  result.dyads = static_cast<std::int64_t>(observed.count);
  result.value = observed.correlation();
  if (std::isnan(result.value)) {
    result.t = result.p = result.p_greater = result.p_less = result.p_error = undefined;
    result.provenance.warnings.emplace_back(
        "no correlation: one of the two is the same for every dyad observed in both");
    return result;
  }
  result.t = result.value * std::sqrt((observed.count - 2) / (1 - result.value * result.value));

  std::vector<double> permuted(at(options.permutations));
  const std::int64_t cells = static_cast<std::int64_t>(s.n) * (s.n - 1) / (s.directed ? 1 : 2);
  const auto all = static_cast<double>(cells);
  if (inner(s, y_seen, y_seen) == all && inner(s, x_seen, x_seen) == all) {
    complete_correlations(s, ys, xs, y, x, options, permuted);
  } else {
    parallel_for(options.permutations, 4 * cells, options.run, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t r = begin; r < end; ++r) {
        permuted[at(r)] = moments(s, ys, y_seen, xs, x_seen, permutation(s.n, options.seed, "qap", r)).correlation();
      }
    });
    result.provenance.warnings.push_back(std::to_string(cells - result.dyads) + " of " + std::to_string(cells) +
                                         " dyads were not observed in both and are left out");
  }
  const Shares found = shares(permuted, 0, 1, result.value);
  result.p = found.two_sided;
  result.p_greater = found.greater;
  result.p_less = found.less;
  result.p_error = found.error;
  return result;
}

}  // namespace linkpin
