#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/order.hpp>
#include <numeric>
#include <string>

namespace linkpin {

LINKPIN_INLINE double quantile(std::span<const double> sorted, double p) {
  if (!(p >= 0 && p <= 1)) refuse("quantile", "p", shown(p), "a probability lies in [0, 1]");
  if (sorted.empty()) return undefined;
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(below);
  if (part == 0.0) return sorted[below];
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

LINKPIN_INLINE std::vector<double> mid_ranks(std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) {
      refuse("mid_ranks", "values", "NaN", "leave undefined values out first", "position " + std::to_string(i));
    }
  }
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    const double shared = (static_cast<double>(first + last) + 1.0) / 2.0;
    for (; first < last; ++first) ranks[order[first]] = shared;
  }
  return ranks;
}

}  // namespace linkpin
