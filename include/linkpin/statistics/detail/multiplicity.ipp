#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/multiplicity.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

LINKPIN_INLINE std::vector<double> adjusted_p(std::span<const double> p, Adjustment by) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] < 0 || p[i] > 1) {
      refuse("adjusted_p", "p", shown(p[i]), "p-values are between 0 and 1", "position " + std::to_string(i));
    }
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::vector<double> out(p.begin(), p.end());
  std::sort(order.begin(), order.end(), [p](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  const std::size_t m = order.size();
  if (by == Adjustment::holm) {
    double largest = 0.0;
    for (std::size_t i = 0; i < m; ++i) {
      largest = std::max(largest, std::min(1.0, static_cast<double>(m - i) * p[order[i]]));
      out[order[i]] = largest;
    }
  } else if (by == Adjustment::benjamini_hochberg) {
    double smallest = 1.0;
    for (std::size_t i = m; i-- > 0;) {
      smallest = std::min(smallest, static_cast<double>(m) / static_cast<double>(i + 1) * p[order[i]]);
      out[order[i]] = smallest;
    }
  }
  return out;
}

}  // namespace linkpin
