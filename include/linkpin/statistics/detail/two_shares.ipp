#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/two_shares.hpp>
#include <numbers>
#include <string>

namespace linkpin {

namespace detail {

// Four counts as doubles, checked.
struct TwoShares {
  double x1, n1, x2, n2, critical;

  TwoShares(std::string_view function, std::int64_t first, std::int64_t of_first, std::int64_t second,
            std::int64_t of_second, double level)
      : x1(static_cast<double>(first)),
        n1(static_cast<double>(of_first)),
        x2(static_cast<double>(second)),
        n2(static_cast<double>(of_second)),
        critical(0.0) {
    auto check = [function](std::int64_t count, std::int64_t of) {
      if (count < 0 || count > of) {
        refuse(function, "count", std::to_string(count), "give a count between 0 and its total",
               "of " + std::to_string(of));
      }
    };
    check(first, of_first);
    check(second, of_second);
    need_level(function, level);
    critical = chi_square_quantile(level, 1.0);
  }

  // Score statistic of the hypothesis p1 = ratio * p2 (Koopman).
  [[nodiscard]] double of_ratio(double ratio) const {
    const double n = n1 + n2;
    const double b = ratio * (n1 + x2) + x1 + n2;
    const double root = std::sqrt(std::max(0.0, b * b - 4.0 * ratio * n * (x1 + x2)));
    const double p1 = std::min(2.0 * ratio * (x1 + x2) / (b + root), std::min(1.0, ratio));  // the smaller root, stably
    const double p2 = std::min(1.0, p1 / ratio);
    return term(x1, n1, p1) + term(x2, n2, p2);
  }

  // Score statistic of the hypothesis p1 = p2 + gap (Miettinen & Nurminen).
  [[nodiscard]] double of_difference(double gap) const {
    const double n = n1 + n2;
    const double p2 = restricted(gap);
    const double p1 = std::clamp(p2 + gap, 0.0, 1.0);
    const double variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1);
    const double off = x1 / n1 - x2 / n2 - gap;
    if (std::abs(off) < 1e-14) return 0.0;
    return variance <= 0 ? unreachable : off * off / variance;
  }

 private:
  static double term(double x, double n, double p) {
    const double off = x - n * p;
    if (std::abs(off) < 1e-12 * n) return 0.0;
    const double variance = n * p * (1 - p);
    return variance <= 0 ? unreachable : off * off / variance;
  }

  // The likeliest p2 where p1 = p2 + gap: a root of a cubic, by its trigonometric solution.
  [[nodiscard]] double restricted(double gap) const {
    const double cubic = n1 + n2;
    const double square = (n1 + 2 * n2) * gap - cubic - (x1 + x2);
    const double linear = (n2 * gap - cubic - 2 * x2) * gap + x1 + x2;
    const double constant = x2 * gap * (1 - gap);
    const double third = square / (3 * cubic);
    const double q = third * third * third - square * linear / (6 * cubic * cubic) + constant / (2 * cubic);
    const double size = std::sqrt(std::max(0.0, third * third - linear / (3 * cubic)));
    const double p = q < 0 ? -size : size;
    const double ratio = p == 0 ? 0.0 : std::clamp(q / (p * p * p), -1.0, 1.0);
    const double angle = (std::numbers::pi + std::acos(ratio)) / 3;
    return std::clamp(2 * p * std::cos(angle) - third, std::max(0.0, -gap), std::min(1.0, 1.0 - gap));
  }
};

// Where a statistic that rises away from `inside` passes `critical`, between there and `outside`.
template <class Statistic>
double crossing(double inside, double outside, double critical, const Statistic& statistic) {
  for (int step = 0; step < 200; ++step) {
    const double middle = inside + (outside - inside) / 2;
    if (middle == inside || middle == outside) break;
    (statistic(middle) <= critical ? inside : outside) = middle;
  }
  return inside + (outside - inside) / 2;
}

}  // namespace detail

LINKPIN_INLINE Interval ratio_interval(std::int64_t first, std::int64_t of_first, std::int64_t second,
                                       std::int64_t of_second, double level) {
  const detail::TwoShares s("ratio_interval", first, of_first, second, of_second, level);
  if (of_first == 0 || of_second == 0 || (first == 0 && second == 0)) return {0.0, unreachable};
  auto statistic = [&s](double log_ratio) { return s.of_ratio(std::exp(log_ratio)); };
  // An estimate of 0 or infinity is replaced by a ratio so far out that no finite count tells it apart.
  constexpr double far_out = 80.0;
  const double estimate = first == 0 ? -far_out : second == 0 ? far_out : std::log(s.x1 / s.n1 * s.n2 / s.x2);
  Interval out{0.0, unreachable};
  if (first > 0) out.low = std::exp(detail::crossing(estimate, -far_out, s.critical, statistic));
  if (second > 0) out.high = std::exp(detail::crossing(estimate, far_out, s.critical, statistic));
  return out;
}

LINKPIN_INLINE Interval difference_interval(std::int64_t first, std::int64_t of_first, std::int64_t second,
                                            std::int64_t of_second, double level) {
  const detail::TwoShares s("difference_interval", first, of_first, second, of_second, level);
  if (of_first == 0 || of_second == 0) return {-1.0, 1.0};
  auto statistic = [&s](double gap) { return s.of_difference(gap); };
  const double estimate = s.x1 / s.n1 - s.x2 / s.n2;
  return {estimate <= -1 ? -1.0 : detail::crossing(estimate, -1.0, s.critical, statistic),
          estimate >= 1 ? 1.0 : detail::crossing(estimate, 1.0, s.critical, statistic)};
}

}  // namespace linkpin
