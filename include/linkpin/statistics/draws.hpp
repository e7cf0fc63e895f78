// Random draws from the distributions that priors and weights are made of.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/random.hpp>
#include <numbers>
#include <span>
#include <vector>

namespace linkpin {

// The logarithm of a draw from Gamma with this shape (> 0) and scale 1: Marsaglia & Tsang 2000,
// doi:10.1145/358407.358414. The draw itself is too small for a double where the shape is.
inline double draw_log_gamma(Stream& random, double shape) {
  if (shape < 1) {
    const double whole = draw_log_gamma(random, shape + 1);
    return whole + std::log(1.0 - random.uniform()) / shape;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = random.normal();
    const double t = 1.0 + c * x;
    if (t <= 0) continue;
    const double v = t * t * t;
    if (std::log(1.0 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return std::log(d * v);
  }
}

inline double draw_gamma(Stream& random, double shape) { return std::exp(draw_log_gamma(random, shape)); }

// Beta(a, b), both > 0.
inline double draw_beta(Stream& random, double a, double b) {
  const double x = draw_log_gamma(random, a);
  const double y = draw_log_gamma(random, b);
  return 1.0 / (1.0 + std::exp(y - x));
}

// Shares that sum to 1. A concentration of 1 each makes all shares alike in chance.
inline std::vector<double> draw_dirichlet(Stream& random, std::span<const double> concentration) {
  std::vector<double> shares;
  for (const double a : concentration) shares.push_back(draw_log_gamma(random, a));
  if (shares.empty()) return shares;
  const double largest = *std::max_element(shares.begin(), shares.end());
  double total = 0.0;
  for (double& share : shares) total += share = std::exp(share - largest);
  for (double& share : shares) share /= total;
  return shares;
}

// ln n!, by Stirling's series from 32 on (an error below 1e-14). std::lgamma is not safe among threads.
inline double log_factorial(double n) {
  if (n < 32) {
    double product = 1;
    for (double k = 2; k <= n; ++k) product *= k;
    return std::log(product);
  }
  const double square = n * n;
  return (n + 0.5) * std::log(n) - n + 0.5 * std::log(2 * std::numbers::pi) +
         (1.0 / 12 - (1.0 / 360 - 1.0 / (1260 * square)) / square) / n;
}

// How many of `sample` drawn without replacement are good, of `good` and `bad` (all >= 0, sample <= good + bad). Exact,
// by inversion outwards from the likeliest number: Kemp 1986 for the idea. Expected O(standard deviation).
inline std::int64_t draw_hypergeometric(Stream& random, std::int64_t good, std::int64_t bad, std::int64_t sample) {
  const std::int64_t least = std::max<std::int64_t>(0, sample - bad);
  const std::int64_t most = std::min(good, sample);
  if (least == most) return least;
  const double g = static_cast<double>(good), b = static_cast<double>(bad), n = static_cast<double>(sample);
  const auto mode = std::clamp(static_cast<std::int64_t>((n + 1) * (g + 1) / (g + b + 2)), least, most);
  auto ways = [](double of, double some) { return log_factorial(of) - log_factorial(some) - log_factorial(of - some); };
  auto up = [=](double x) {
    return (g - x) * (n - x) / ((x + 1) * (b - n + x + 1));
  };  // chance of x + 1 over that of x
  const auto middle = static_cast<double>(mode);
  const double peak = std::exp(ways(g, middle) + ways(b, n - middle) - ways(g + b, n));
  double left = random.uniform() - peak;
  std::int64_t above = mode, below = mode;
  double p_above = peak, p_below = peak;
  while (left >= 0 && (above < most || below > least)) {
    if (above < most) {
      p_above *= up(static_cast<double>(above++));
      if ((left -= p_above) < 0) return above;
    }
    if (below > least) {
      p_below /= up(static_cast<double>(--below));
      if ((left -= p_below) < 0) return below;
    }
  }
  return mode;
}

}  // namespace linkpin
