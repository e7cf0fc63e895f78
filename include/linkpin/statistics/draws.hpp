// Random draws from the distributions that priors and weights are made of.
#pragma once

#include <cmath>
#include <cstddef>
#include <linkpin/core/random.hpp>
#include <span>
#include <vector>

namespace linkpin {

// Gamma with this shape (> 0) and scale 1: Marsaglia & Tsang 2000, doi:10.1145/358407.358414.
inline double draw_gamma(Stream& random, double shape) {
  if (shape < 1) return draw_gamma(random, shape + 1) * std::pow(1.0 - random.uniform(), 1.0 / shape);
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = random.normal();
    const double t = 1.0 + c * x;
    if (t <= 0) continue;
    const double v = t * t * t;
    if (std::log(1.0 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

// Beta(a, b), both > 0.
inline double draw_beta(Stream& random, double a, double b) {
  const double x = draw_gamma(random, a);
  const double y = draw_gamma(random, b);
  return x + y > 0 ? x / (x + y) : 0.5;
}

// Shares that sum to 1. A concentration of 1 each makes all shares alike in chance.
inline std::vector<double> draw_dirichlet(Stream& random, std::span<const double> concentration) {
  std::vector<double> shares(concentration.size());
  double total = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i) total += shares[i] = draw_gamma(random, concentration[i]);
  for (double& share : shares) share = total > 0 ? share / total : 1.0 / static_cast<double>(shares.size());
  return shares;
}

}  // namespace linkpin
