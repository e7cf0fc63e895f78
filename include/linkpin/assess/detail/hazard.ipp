#pragma once

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/assess/hazard.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <utility>

namespace linkpin {

namespace detail::hazard {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Fit {
  VectorXd beta;
  MatrixXd information;
  double loglik = undefined;  // penalised: log L + log|I| / 2
  bool converged = false;
};

// Firth's logistic regression of y on x.
class Firth {
 public:
  Firth(MatrixXd x, VectorXd y) : x_(std::move(x)), y_(std::move(y)) {}

  // By Fisher scoring with halved steps, from `start`, with one coefficient held where `held` is not negative.
  [[nodiscard]] Fit fit(const VectorXd& start, Index held = -1) const {
    Fit now = at(start);
    for (int round = 0; round < 200 && std::isfinite(now.loglik); ++round) {
      VectorXd score = now_score(now);
      MatrixXd information = now.information;
      if (held >= 0) {  // the others move as if it were known
        score(held) = 0;
        information.row(held).setZero();
        information.col(held).setZero();
        information(held, held) = 1;
      }
      VectorXd step = information.llt().solve(score);
      const double longest = step.cwiseAbs().maxCoeff();
      if (longest < 1e-10) {
        now.converged = true;
        break;
      }
      if (longest > 5) step *= 5 / longest;
      Fit next = at(now.beta + step);
      for (int halved = 0; halved < 40 && !(next.loglik >= now.loglik - 1e-13 * std::abs(now.loglik)); ++halved) {
        step /= 2;
        next = at(now.beta + step);
      }
      now = std::move(next);
    }
    return now;
  }

  // Where the profile of one coefficient falls by `drop` below the best fit, on one side of it; infinite where nowhere.
  [[nodiscard]] double profile_end(const Fit& best, Index term, double error, double drop, double side) const {
    const double floor = best.loglik - drop;
    double inside = best.beta(term);
    double outside = inside;
    VectorXd start = best.beta;
    for (double reach = 2 * error;; reach *= 2) {
      if (!(reach < 1e3 * (1 + error))) return side * unreachable;
      outside = best.beta(term) + side * reach;
      start(term) = outside;
      if (!(fit(start, term).loglik > floor)) break;
      inside = outside;
    }
    for (int i = 0; i < 60 && std::abs(outside - inside) > 1e-11 * (1 + std::abs(inside)); ++i) {
      const double middle = (inside + outside) / 2;
      start(term) = middle;
      (fit(start, term).loglik > floor ? inside : outside) = middle;
    }
    return (inside + outside) / 2;
  }

 private:
  [[nodiscard]] Fit at(const VectorXd& beta) const {
    Fit f;
    f.beta = beta;
    const VectorXd eta = x_ * beta;
    const VectorXd mean = means(eta);
    const VectorXd weight = mean.array() * (1 - mean.array());
    f.information = x_.transpose() * weight.asDiagonal() * x_;
    const Eigen::LLT<MatrixXd> root(f.information);
    if (root.info() != Eigen::Success) return f;
    double total = root.matrixLLT().diagonal().array().log().sum();
    for (Index i = 0; i < eta.size(); ++i) {  // log(1 + exp) without overflow
      total += y_(i) * eta(i) - (std::max(eta(i), 0.0) + std::log1p(std::exp(-std::abs(eta(i)))));
    }
    f.loglik = total;
    return f;
  }

  [[nodiscard]] static VectorXd means(const VectorXd& eta) {
    return eta.unaryExpr([](double e) { return e >= 0 ? 1 / (1 + std::exp(-e)) : std::exp(e) / (1 + std::exp(e)); });
  }

  // x'(y - mean + leverage (1/2 - mean))
  [[nodiscard]] VectorXd now_score(const Fit& f) const {
    const VectorXd mean = means(x_ * f.beta);
    const MatrixXd solved = f.information.llt().solve(x_.transpose());
    const VectorXd leverage =
        mean.array() * (1 - mean.array()) * (x_.array() * solved.transpose().array()).rowwise().sum();
    return x_.transpose() * (y_.array() - mean.array() + leverage.array() * (0.5 - mean.array())).matrix();
  }

  MatrixXd x_;
  VectorXd y_;
};

inline void check(std::span<const index_t> years, std::span<const std::uint8_t> happened,
                  const std::vector<HazardCovariate>& covariates, double level) {
  const char* const function = "discrete_hazard";
  const std::string rows = std::to_string(years.size());
  if (happened.size() != years.size()) {
    refuse(function, "happened, length", std::to_string(happened.size()), "give one a row: " + rows);
  }
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (years[i] < 0) {
      refuse(function, "years", std::to_string(years[i]), "give 0 or more", "row " + std::to_string(i));
    }
  }
  for (const HazardCovariate& c : covariates) {
    if (c.values.size() != years.size()) {
      refuse(function, c.name + ", length", std::to_string(c.values.size()), "give one value a row: " + rows);
    }
    for (std::size_t i = 0; i < c.values.size(); ++i) {
      if (std::isinf(c.values[i])) {
        refuse(function, c.name, shown(c.values[i]), "give a finite number", "row " + std::to_string(i));
      }
    }
  }
  need_level(function, level);
}

}  // namespace detail::hazard

LINKPIN_INLINE DiscreteHazard discrete_hazard(std::span<const index_t> years, std::span<const std::uint8_t> happened,
                                              const std::vector<HazardCovariate>& covariates, double level) {
  using detail::hazard::Index;
  detail::hazard::check(years, happened, covariates, level);
  DiscreteHazard out;
  out.provenance.measure = "discrete_hazard";
  std::vector<std::size_t> kept;
  index_t longest = 0;
  for (std::size_t i = 0; i < years.size(); ++i) {
    const bool known = std::none_of(covariates.begin(), covariates.end(),
                                    [i](const HazardCovariate& c) { return std::isnan(c.values[i]); });
    if (!known || years[i] == 0) {
      ++out.left_out;
      continue;
    }
    kept.push_back(i);
    out.periods += years[i];
    longest = std::max(longest, years[i]);
    out.events += happened[i] != 0 ? 1 : 0;
  }
  out.followed = static_cast<index_t>(kept.size());
  std::vector<std::string> names = {"in the first year"};
  if (longest > 1) names.emplace_back("each further year");
  const auto before = static_cast<Index>(names.size());
  for (const HazardCovariate& c : covariates) names.push_back(c.name);
  const auto width = static_cast<Index>(names.size());
  for (const std::string& name : names) {
    HazardTerm term;
    term.name = name;
    out.terms.push_back(std::move(term));
  }
  auto& warnings = out.provenance.warnings;
  if (out.left_out > 0) {
    warnings.push_back(std::to_string(out.left_out) +
                       " are not in the hazard: a covariate is missing, or they were not followed for a year");
  }
  if (out.events == 0 || out.events == out.periods) {
    warnings.push_back(std::string("the hazard is undefined: it happened ") +
                       (out.events == 0 ? "to nobody" : "in every year that anybody was followed"));
    return out;
  }
  Eigen::MatrixXd x(out.periods, width);
  Eigen::VectorXd y(out.periods);
  Index row = 0;
  for (const std::size_t i : kept) {
    for (index_t year = 1; year <= years[i]; ++year, ++row) {
      x(row, 0) = 1;
      if (longest > 1) x(row, 1) = year - 1;
      for (Index c = before; c < width; ++c) x(row, c) = covariates[static_cast<std::size_t>(c - before)].values[i];
      y(row) = happened[i] != 0 && year == years[i] ? 1 : 0;
    }
  }
  for (Index c = before; c < width; ++c) {
    double low[2] = {unreachable, unreachable};  // without the event, with it
    double high[2] = {-unreachable, -unreachable};
    for (Index r = 0; r < x.rows(); ++r) {
      const int event = y(r) != 0 ? 1 : 0;
      low[event] = std::min(low[event], x(r, c));
      high[event] = std::max(high[event], x(r, c));
    }
    if (low[1] >= high[0] || low[0] >= high[1]) {
      warnings.push_back(names[static_cast<std::size_t>(c)] +
                         " separates the years in which it happened from the others: its estimate is as large as the "
                         "penalty lets it be");
    }
  }
  // The estimates do not depend on the units: columns of like size are fitted.
  Eigen::VectorXd scale = x.cwiseAbs().colwise().maxCoeff().transpose();
  for (Index c = 0; c < width; ++c) {
    if (scale(c) == 0) scale(c) = 1;
  }
  x.array().rowwise() /= scale.transpose().array();
  if (out.periods <= width || Eigen::ColPivHouseholderQR<Eigen::MatrixXd>(x).rank() < width) {
    warnings.emplace_back(
        "the hazard is undefined: there are too few years, or a term that does not vary or repeats the others");
    return out;
  }
  const detail::hazard::Firth model(std::move(x), std::move(y));
  const detail::hazard::Fit best = model.fit(Eigen::VectorXd::Zero(width));
  if (!best.converged) {
    warnings.emplace_back("the hazard is undefined: its estimates do not settle");
    return out;
  }
  out.loglik = best.loglik;
  for (Index c = 0; c < width; ++c) out.loglik += std::log(scale(c));  // |I| in the units given
  const Eigen::MatrixXd covariance = best.information.llt().solve(Eigen::MatrixXd::Identity(width, width));
  const double drop = chi_square_quantile(level, 1) / 2;
  for (Index c = 0; c < width; ++c) {
    HazardTerm& term = out.terms[static_cast<std::size_t>(c)];
    const double error = std::sqrt(covariance(c, c));
    term.estimate = best.beta(c) / scale(c);
    term.error = error / scale(c);
    term.low = model.profile_end(best, c, error, drop, -1) / scale(c);
    term.high = model.profile_end(best, c, error, drop, 1) / scale(c);
    if (c > 0) {
      Eigen::VectorXd start = best.beta;
      start(c) = 0;
      const double ratio = 2 * (best.loglik - model.fit(start, c).loglik);
      term.p = chi_square_tail(ratio, 1);
    }
  }
  const auto asked = static_cast<double>(width - 1);
  if (out.events < 10 * asked) {
    warnings.push_back("the hazard rests on " + std::to_string(out.events) + (out.events == 1 ? " event" : " events") +
                       " for " + std::to_string(width - 1) + (width == 2 ? " term" : " terms") +
                       ": with fewer than about ten events a term its estimates say little");
  }
  return out;
}

}  // namespace linkpin
