#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <string>
#include <string_view>

namespace linkpin {

namespace detail {

inline void need_counts(std::string_view function, std::int64_t successes, std::int64_t trials, double level) {
  if (successes < 0 || successes > trials) {
    refuse(function, "successes", std::to_string(successes), "give a count between 0 and trials",
           "of " + std::to_string(trials));
  }
  need_level(function, level);
}

}  // namespace detail

LINKPIN_INLINE Interval clopper_pearson(std::int64_t successes, std::int64_t trials, double level) {
  detail::need_counts("clopper_pearson", successes, trials, level);
  const double tail = (1.0 - level) / 2.0;
  const auto x = static_cast<double>(successes);
  const auto rest = static_cast<double>(trials - successes);
  return {successes == 0 ? 0.0 : beta_quantile(tail, x, rest + 1.0),
          successes == trials ? 1.0 : beta_quantile(1.0 - tail, x + 1.0, rest)};
}

LINKPIN_INLINE Interval wilson(std::int64_t successes, std::int64_t trials, double level) {
  detail::need_counts("wilson", successes, trials, level);
  if (trials == 0) return {0.0, 1.0};
  const double z = normal_quantile(0.5 + level / 2.0);
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(successes) / n;
  const double middle = share + z * z / (2.0 * n);
  const double half = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  const double scale = 1.0 + z * z / n;
  // The ends meet 0 and 1 exactly where nobody or everybody did; rounding must not say otherwise.
  return {successes == 0 ? 0.0 : std::max(0.0, (middle - half) / scale),
          successes == trials ? 1.0 : std::min(1.0, (middle + half) / scale)};
}

}  // namespace linkpin
