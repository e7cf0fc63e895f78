// Logistic regression by Newton's method, small enough to be fitted for every permutation.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/uncertainty/detail/dyad_basis.ipp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail::dyads {

struct Logistic {
  std::vector<double> beta;
  std::vector<double> error;  // standard errors
  double deviance = 0.0;
  bool converged = false;
};

// `x` has a row a dyad, `size` columns; `beta` is where to start.
inline Logistic logistic(std::span<const double> x, std::span<const double> y, std::size_t size,
                         std::vector<double> beta) {
  Logistic fit{std::move(beta), std::vector<double>(size, undefined), 0.0, false};
  std::vector<double> information(size * size);
  std::vector<double> score(size);
  double before = unreachable;
  for (int step = 0; step < 30; ++step) {
    std::fill(information.begin(), information.end(), 0.0);
    std::fill(score.begin(), score.end(), 0.0);
    fit.deviance = 0.0;
    for (std::size_t row = 0; row < y.size(); ++row) {
      const double* xs = x.data() + row * size;
      double eta = 0.0;
      for (std::size_t j = 0; j < size; ++j) eta += xs[j] * fit.beta[j];
      const double p = 1.0 / (1.0 + std::exp(-eta));
      // -2 log likelihood without cancellation: log(1 + exp(-eta)) for a one, log(1 + exp(eta)) for a zero.
      const double signed_eta = y[row] > 0.5 ? -eta : eta;
      fit.deviance +=
          2.0 * (signed_eta > 0 ? signed_eta + std::log1p(std::exp(-signed_eta)) : std::log1p(std::exp(signed_eta)));
      const double weight = p * (1.0 - p);
      for (std::size_t j = 0; j < size; ++j) {
        score[j] += xs[j] * (y[row] - p);
        const double wx = weight * xs[j];
        for (std::size_t k = 0; k <= j; ++k) information[j * size + k] += wx * xs[k];
      }
    }
    if (!std::isfinite(fit.deviance) || !cholesky(information, size)) return fit;
    fit.converged = std::abs(fit.deviance - before) <= 1e-10 * (std::abs(fit.deviance) + 0.1);
    if (fit.converged) break;
    before = fit.deviance;
    forward(information, size, score);
    backward(information, size, score);
    for (std::size_t j = 0; j < size; ++j) fit.beta[j] += score[j];
  }
  for (std::size_t j = 0; j < size; ++j) {
    std::vector<double> unit(size, 0.0);
    unit[j] = 1.0;
    forward(information, size, unit);
    double squares = 0.0;
    for (const double v : unit) squares += v * v;
    fit.error[j] = std::sqrt(squares);
  }
  return fit;
}

}  // namespace linkpin::detail::dyads
