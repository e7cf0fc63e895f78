#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <string>
#include <vector>

namespace linkpin {

LINKPIN_INLINE double gini(std::span<const double> values, const GiniOptions& options) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]) || values[i] < 0) {
      refuse("gini", "values", std::to_string(values[i]),
             "shares are finite and not negative; leave undefined values out first", "position " + std::to_string(i));
    }
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  Sum total;
  Sum ranked;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    total.add(sorted[i]);
    ranked.add((2.0 * static_cast<double>(i) + 1.0 - n) * sorted[i]);
  }
  if (total.value() == 0.0) return undefined;
  const double g = ranked.value() / (n * total.value());
  if (options.normalisation == GiniNormalisation::raw) return g;
  return sorted.size() < 2 ? undefined : g * n / (n - 1.0);
}

}  // namespace linkpin
