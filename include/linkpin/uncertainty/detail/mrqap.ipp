#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/uncertainty/detail/dyad_basis.ipp>
#include <linkpin/uncertainty/detail/dyads.ipp>
#include <linkpin/uncertainty/detail/logistic.ipp>
#include <linkpin/uncertainty/detail/permuted_products.ipp>
#include <linkpin/uncertainty/mrqap.hpp>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::dyads {

// A regression as it was asked for, with what every permutation needs.
struct Problem {
  Square s;
  std::span<const Predictor> x;
  const MrqapOptions& o;
  std::vector<double> seen;    // dyads observed in the outcome and in all predictors
  std::vector<double> x_seen;  // in all predictors
  std::vector<double> y;       // 0 outside `seen`
  Basis b;                     // over `seen`

  [[nodiscard]] std::size_t terms() const { return b.terms(); }
};

// The outcome in the coordinates of the basis, and what is left of it.
struct LeastSquares {
  std::vector<double> along;
  double rss = 0.0;
  double tss = 0.0;
  double df = 0.0;
};

inline LeastSquares least_squares(const Problem& p, double dyads) {
  LeastSquares fit;
  std::vector<double> left = p.y;
  for (std::size_t l = 0; l < p.terms(); ++l) {
    fit.along.push_back(inner(p.s, p.b.q[l], left));
    for (std::size_t c = 0; c < left.size(); ++c) left[c] -= fit.along[l] * p.b.q[l][c];
  }
  fit.rss = fit.tss = inner(p.s, left, left);
  for (std::size_t l = 1; l < p.terms(); ++l) fit.tss += fit.along[l] * fit.along[l];
  fit.df = dyads - static_cast<double>(p.terms());
  return fit;
}

// The basis but for the intercept, to be permuted, and the same with y, to multiply it with.
struct Fours {
  std::vector<std::vector<Four>> moved, fixed;

  explicit Fours(const Problem& p) {
    std::vector<const std::vector<double>*> matrices;
    for (std::size_t l = 1; l < p.terms(); ++l) matrices.push_back(&p.b.q[l]);
    moved = by_fours(matrices);
    matrices.push_back(&p.y);
    fixed = by_fours(matrices);
  }
};

// t of every term for a permutation, by Frisch and Waugh: the products of each permuted basis vector with the others
// and with y say all there is to know, because every part that is permuted lies in their span.
inline void permuted_t(const Problem& p, const LeastSquares& fit, const Fours& fours, std::span<const index_t> order,
                       double* out) {
  const std::size_t terms = p.terms();
  std::vector<double> product(terms * (terms + 1), 0.0);  // [l][m]: permuted q_l by q_m, and by y at m = terms
  for (std::size_t above = 0; above < terms - 1; above += abreast) {
    for (std::size_t beside = 0; beside < terms; beside += abreast) {
      std::array<Four, abreast> sums{};
      run_widest<PermutedProducts>(p.s, order.data(), fours.moved[above / abreast].data(),
                                   fours.fixed[beside / abreast].data(), sums);
      for (std::size_t l = above; l < std::min<std::size_t>(above + abreast, terms - 1); ++l) {
        for (std::size_t m = beside; m < std::min<std::size_t>(beside + abreast, terms); ++m) {
          product[(l + 1) * (terms + 1) + m + 1] = sums[m - beside].lane[l - above];
        }
      }
    }
  }
  product[0] = 1.0;  // a permuted intercept is an intercept
  product[terms] = fit.along[0];
  std::vector<double> g(terms);
  for (std::size_t k = 0; k < terms; ++k) {
    const std::vector<double>& a = p.b.own[k];
    double with_y = 0.0;
    double along = 0.0;    // of the permuted part on the place it had
    double squares = 0.0;  // of the permuted part within the span of all terms
    double explained = 0.0;
    double own = 0.0;
    std::fill(g.begin(), g.end(), 0.0);
    for (std::size_t l = 0; l < terms; ++l) {
      for (std::size_t m = 0; m < terms; ++m) g[m] += a[l] * product[l * (terms + 1) + m];
      with_y += a[l] * product[l * (terms + 1) + terms];
    }
    for (std::size_t m = 0; m < terms; ++m) {
      along += g[m] * a[m];
      squares += g[m] * g[m];
      explained += g[m] * fit.along[m];
      own += a[m] * fit.along[m];
    }
    const double c = with_y - explained + along * own;
    const double d = 1.0 - (squares - along * along);
    const double rss = std::max(0.0, fit.rss + own * own - c * c / d);
    out[k] = d > 1e-12 ? c / std::sqrt(d * rss / fit.df) : undefined;
  }
}

// The same where dyads are missing: which ones count changes with the permutation, so all products are taken again.
class MaskedFit {
 public:
  // `parts`: what each term adds to the others, over the dyads observed in all predictors.
  MaskedFit(const Problem& p, const std::vector<std::vector<double>>& parts) : p_(p), parts_(parts) {
    const double count = inner(p.s, p.seen, p.seen);
    for (std::size_t k = 0; k < p.terms(); ++k) {
      std::vector<double> column = k == 0 ? p.seen : masked(p.x[k - 1].values, p.seen);
      const double mean = k == 0 ? 0.0 : inner(p.s, column, p.seen) / count;
      for (std::size_t c = 0; c < column.size(); ++c) column[c] -= mean * p.seen[c];
      const double scale = std::sqrt(inner(p.s, column, column) / count);
      for (double& v : column) v /= scale;
      mean_.push_back(mean / scale);
      base_.push_back(std::move(column));
    }
    base_.push_back(p.y);
  }

  void operator()(std::span<const index_t> order, double* out) const {
    const std::size_t terms = p_.terms();
    Products w{std::vector<double>((terms + 1) * (terms + 1)), std::vector<double>(terms * (terms + 1)),
               std::vector<double>(terms)};
    std::vector<std::vector<double>> row(terms + 1, std::vector<double>(at(p_.s.n)));
    std::vector<double> star(at(p_.s.n));
    std::vector<double> seen(at(p_.s.n));
    for (index_t i = 0; i < p_.s.n; ++i) {
      const index_t count = p_.s.n - p_.s.first(i);
      if (count <= 0) continue;
      const std::size_t start = p_.s.cell(i, p_.s.first(i));
      gather(p_.x_seen, p_.s, order, i, seen.data());
      for (std::size_t m = 0; m <= terms; ++m) {
        for (std::size_t j = 0; j < at(count); ++j) row[m][j] = base_[m][start + j] * seen[j];
        for (std::size_t l = 0; l <= m; ++l) {
          w.base[m * (terms + 1) + l] += dot(row[m].data(), base_[l].data() + start, count);
        }
      }
      for (std::size_t k = 0; k < terms; ++k) {
        gather(parts_[k], p_.s, order, i, star.data());
        for (std::size_t m = 0; m <= terms; ++m) {
          w.cross[k * (terms + 1) + m] += dot(star.data(), row[m].data(), count);
        }
        for (std::size_t j = 0; j < at(count); ++j) star[j] *= p_.seen[start + j];
        w.self[k] += dot(star.data(), star.data(), count);
      }
    }
    for (std::size_t k = 0; k < terms; ++k) out[k] = t_of(k, w);
  }

 private:
  // Sums over the dyads that count: of base columns (and y, the last), of permuted parts with them, with themselves.
  struct Products {
    std::vector<double> base, cross, self;
  };

  // Columns are centred but for the test of the intercept, whose own column is the one that is permuted.
  [[nodiscard]] double t_of(std::size_t k, const Products& w) const {
    const std::size_t terms = p_.terms();
    auto base = [&](std::size_t i, std::size_t j) { return w.base[std::max(i, j) * (terms + 1) + std::min(i, j)]; };
    auto shift = [&](std::size_t i) { return k == 0 && i < terms ? mean_[i] : 0.0; };
    auto product = [&](std::size_t i, std::size_t j) {
      return base(i, j) + shift(j) * base(i, 0) + shift(i) * base(j, 0) + shift(i) * shift(j) * base(0, 0);
    };
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < terms; ++i) {
      if (i != k) others.push_back(i);
    }
    std::vector<double> a(terms * terms);
    std::vector<double> v(terms);
    for (std::size_t i = 0; i < others.size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) a[i * terms + j] = product(others[i], others[j]);
      a[(terms - 1) * terms + i] = w.cross[k * (terms + 1) + others[i]] + shift(others[i]) * w.cross[k * (terms + 1)];
      v[i] = product(others[i], terms);
    }
    a[terms * terms - 1] = w.self[k];
    v[terms - 1] = w.cross[k * (terms + 1) + terms];
    const double df = w.base[0] - static_cast<double>(terms);
    if (df < 1 || !cholesky(a, terms)) return undefined;
    forward(a, terms, v);
    double rss = base(terms, terms);
    for (const double part : v) rss -= part * part;
    return v.back() / std::sqrt(std::max(0.0, rss) / df);
  }

  const Problem& p_;
  const std::vector<std::vector<double>>& parts_;
  std::vector<double> mean_;
  std::vector<std::vector<double>> base_;
};

// Logistic regression over the dyads that count. Columns are scaled to mean square 1.
class LogisticFit {
 public:
  LogisticFit(const Problem& p, const std::vector<std::vector<double>>& parts) : p_(p), parts_(parts) {
    const double count = inner(p.s, p.seen, p.seen);
    for (std::size_t k = 0; k < p.terms(); ++k) {
      std::vector<double> column = k == 0 ? p.seen : masked(p.x[k - 1].values, p.seen);
      scale_.push_back(std::sqrt(inner(p.s, column, column) / count));
      for (double& v : column) v /= scale_.back();
      base_.push_back(std::move(column));
    }
  }

  // The regression itself, coefficients and errors in the units of the predictors.
  [[nodiscard]] Logistic observed() const {
    Logistic fit = run({}, p_.terms(), std::vector<double>(p_.terms(), 0.0));
    for (std::size_t k = 0; k < p_.terms(); ++k) {
      fit.beta[k] /= scale_[k];
      fit.error[k] /= scale_[k];
    }
    return fit;
  }

  // Term k's place taken by its permuted part. `start` are coefficients without the term.
  [[nodiscard]] double permuted_t(std::span<const index_t> order, std::size_t k,
                                  const std::vector<double>& start) const {
    const Logistic fit = run(order, k, start);
    return fit.converged ? fit.beta[k] / fit.error[k] : undefined;
  }

  [[nodiscard]] std::vector<double> without(std::size_t k) const {
    std::vector<index_t> identity(at(p_.s.n));
    std::iota(identity.begin(), identity.end(), 0);
    std::vector<double> start = run(identity, k, std::vector<double>(p_.terms(), 0.0)).beta;
    start[k] = 0.0;
    return start;
  }

 private:
  // k = terms: no part is permuted.
  [[nodiscard]] Logistic run(std::span<const index_t> order, std::size_t k, std::vector<double> start) const {
    const std::size_t terms = p_.terms();
    const double size = p_.s.n;  // parts have length 1; times this they are of the size of the other columns
    std::vector<double> x;
    std::vector<double> y;
    p_.s.each([&](index_t i, index_t j, std::size_t c) {
      const std::size_t moved = k < terms ? p_.s.cell(order[at(i)], order[at(j)]) : c;
      if (p_.seen[c] == 0 || (k < terms && p_.x_seen[moved] == 0)) return;
      for (std::size_t l = 0; l < terms; ++l) x.push_back(l == k ? size * parts_[k][moved] : base_[l][c]);
      y.push_back(p_.y[c]);
    });
    return logistic(x, y, terms, std::move(start));
  }

  const Problem& p_;
  const std::vector<std::vector<double>>& parts_;
  std::vector<double> scale_;
  std::vector<std::vector<double>> base_;
};

inline void check_binary(const Problem& p) {
  p.s.each([&p](index_t i, index_t j, std::size_t c) {
    if (p.seen[c] != 0 && p.y[c] != 0 && p.y[c] != 1) {
      refuse("mrqap", "y", shown(p.y[c]), "a binary outcome is 0 or 1",
             "row " + std::to_string(i) + ", column " + std::to_string(j));
    }
  });
}

inline Problem problem(const DyadMatrix& y, std::span<const Predictor> x, const MrqapOptions& o) {
  Problem p{{y.n, o.directed}, x, o, {}, {}, {}, {}};
  check_permutations("mrqap", o.permutations);
  if (x.empty()) refuse("mrqap", "x", "none", "give at least one predictor");
  check_matrix("mrqap", "y", y, p.s);
  std::vector<const DyadMatrix*> all;
  for (const Predictor& one : x) {
    check_matrix("mrqap", "x " + one.name, one.values, p.s);
    all.push_back(&one.values);
  }
  p.x_seen = observed_in(p.s, all);
  all.push_back(&y);
  p.seen = observed_in(p.s, all);
  p.y = masked(y, p.seen);
  const double dyads = inner(p.s, p.seen, p.seen);
  if (!(dyads > static_cast<double>(x.size() + 1))) {
    refuse("mrqap", "dyads observed in all", std::to_string(static_cast<std::int64_t>(dyads)),
           "more are needed than there are terms: " + std::to_string(x.size() + 1));
  }
  p.b = basis("mrqap", p.s, x, p.seen);
  return p;
}

// The standard deviation of the part of a column that is not constant, over the dyads that count.
inline double deviation(const Problem& p, std::size_t k, double dyads) {
  double squares = 0.0;
  for (std::size_t l = 1; l <= k; ++l) squares += p.b.r[l][k] * p.b.r[l][k];
  return std::sqrt(squares / (dyads - 1));
}

inline void fill_continuous(Mrqap& result, const Problem& p, const LeastSquares& fit) {
  const auto dyads = static_cast<double>(result.dyads);
  const double sigma = std::sqrt(fit.rss / fit.df);
  result.r_squared = fit.tss > 0 ? 1.0 - fit.rss / fit.tss : undefined;
  result.adjusted_r_squared = 1.0 - (1.0 - result.r_squared) * (dyads - 1) / fit.df;
  result.deviance = fit.rss;
  result.null_deviance = fit.tss;
  result.aic = undefined;
  std::vector<double> beta = fit.along;
  for (std::size_t i = p.terms(); i-- > 0;) {
    for (std::size_t j = i + 1; j < p.terms(); ++j) beta[i] -= p.b.r[i][j] * beta[j];
    beta[i] /= p.b.r[i][i];
  }
  for (std::size_t k = 0; k < p.terms(); ++k) {
    MrqapTerm& term = result.terms[k];
    term.estimate = beta[k];
    term.t = beta[k] / (sigma * p.b.spread[k]);
    term.standardised = k == 0 ? undefined : beta[k] * deviation(p, k, dyads) / std::sqrt(fit.tss / (dyads - 1));
  }
}

inline void fill_binary(Mrqap& result, const Problem& p, const Logistic& fit) {
  const auto dyads = static_cast<double>(result.dyads);
  const double mean = inner(p.s, p.y, p.seen) / dyads;
  auto part = [](double share) { return share > 0 ? share * std::log(share) : 0.0; };
  result.null_deviance = -2.0 * dyads * (part(mean) + part(1 - mean));
  result.deviance = fit.deviance;
  result.aic = fit.deviance + 2.0 * static_cast<double>(p.terms());
  result.r_squared = result.null_deviance > 0 ? 1.0 - result.deviance / result.null_deviance : undefined;
  result.adjusted_r_squared = undefined;
  if (!fit.converged) {
    result.provenance.warnings.emplace_back(
        "the logistic fit did not converge: some mix of predictors tells ones and zeros apart without error, so its "
        "coefficients have no finite estimate");
  }
  for (std::size_t k = 0; k < p.terms(); ++k) {
    MrqapTerm& term = result.terms[k];
    term.estimate = fit.beta[k];
    term.t = fit.beta[k] / fit.error[k];
    term.standardised = k == 0 ? undefined : fit.beta[k] * deviation(p, k, dyads);
  }
}

// t* by permutation and term.
inline std::vector<double> permuted(const Problem& p, const LeastSquares& fit, bool complete,
                                    const std::vector<std::vector<double>>& parts) {
  const std::size_t terms = p.terms();
  std::vector<double> t(at(p.o.permutations) * terms);
  const auto cells = static_cast<std::int64_t>(p.s.cells());
  const auto products = static_cast<std::int64_t>(terms * terms);
  auto in_parallel = [&](std::int64_t cost, auto&& each) {
    parallel_for(p.o.permutations, cost, p.o.run, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t r = begin; r < end; ++r) {
        each(permutation(p.s.n, p.o.seed, "mrqap", r), t.data() + at(r) * terms);
      }
    });
  };
  if (p.o.outcome == Outcome::binary) {
    const LogisticFit logit(p, parts);
    std::vector<std::vector<double>> starts;
    for (std::size_t k = 0; k < terms; ++k) starts.push_back(logit.without(k));
    in_parallel(100 * cells * products, [&](const std::vector<index_t>& order, double* out) {
      for (std::size_t k = 0; k < terms; ++k) out[k] = logit.permuted_t(order, k, starts[k]);
    });
  } else if (complete) {
    const Fours fours(p);
    in_parallel(cells * products,
                [&](const std::vector<index_t>& order, double* out) { permuted_t(p, fit, fours, order, out); });
  } else {
    const MaskedFit masked_fit(p, parts);
    in_parallel(4 * cells * products, [&](const std::vector<index_t>& order, double* out) { masked_fit(order, out); });
  }
  return t;
}

}  // namespace detail::dyads

LINKPIN_INLINE Mrqap mrqap(const DyadMatrix& y, std::span<const Predictor> x, const MrqapOptions& options) {
  using namespace detail::dyads;
  const Problem p = problem(y, x, options);
  const std::size_t terms = p.terms();
  const auto cells = static_cast<std::int64_t>(p.s.n) * (p.s.n - 1) / (p.s.directed ? 1 : 2);
  Mrqap result;
  result.provenance.measure = "mrqap";
  result.provenance.seed = options.seed;
  result.dyads = static_cast<std::int64_t>(inner(p.s, p.seen, p.seen));
  result.residual_df = result.dyads - static_cast<std::int64_t>(terms);
  if (result.dyads < cells) {
    result.provenance.warnings.push_back(std::to_string(cells - result.dyads) + " of " + std::to_string(cells) +
                                         " dyads were not observed in all networks and are left out");
  }
  for (std::size_t k = 0; k < terms; ++k) {
    result.terms.emplace_back();
    result.terms.back().term = k == 0 ? "(intercept)" : x[k - 1].name;
  }

  const bool complete = result.dyads == cells;
  const bool binary = options.outcome == Outcome::binary;
  std::vector<std::vector<double>> parts;
  if (!complete || binary) {
    const Basis free = basis("mrqap", p.s, x, p.x_seen);
    for (std::size_t k = 0; k < terms; ++k) parts.push_back(own_part(free, k));
  }
  const LeastSquares fit = least_squares(p, static_cast<double>(result.dyads));
  if (binary) {
    check_binary(p);
    fill_binary(result, p, LogisticFit(p, parts).observed());
  } else {
    fill_continuous(result, p, fit);
  }
  const bool constant = !(fit.tss > 1e-20 * inner(p.s, p.y, p.y));
  if (constant) result.provenance.warnings.emplace_back("no test: the outcome is the same for every dyad");
  const std::vector<double> t = constant ? std::vector<double>{} : permuted(p, fit, complete, parts);
  for (std::size_t k = 0; k < terms; ++k) {
    MrqapTerm& term = result.terms[k];
    if (constant || std::isnan(term.t)) {
      if (constant) term.t = term.standardised = undefined;
      term.p_greater = term.p_less = term.p_two_sided = term.p_error = undefined;
      continue;
    }
    const Shares found = shares(t, k, terms, term.t);
    term.p_greater = found.greater;
    term.p_less = found.less;
    term.p_two_sided = found.two_sided;
    term.p_error = found.error;
  }
  return result;
}

}  // namespace linkpin
