// The distributions that tests and intervals stand on. Boost.Math lies behind this header and nowhere else.
//
// All throw InputError where a parameter is not positive and finite, or a probability is outside [0, 1].
#pragma once

#include <linkpin/core/config.hpp>

namespace linkpin {

// P(X <= x).
[[nodiscard]] double normal_cdf(double x);
[[nodiscard]] double student_cdf(double t, double df);
[[nodiscard]] double chi_square_cdf(double x, double df);
[[nodiscard]] double f_cdf(double x, double df1, double df2);
[[nodiscard]] double beta_cdf(double x, double a, double b);

// P(X > x), with all its digits where it is small: the p-value of a statistic that grows with the evidence.
[[nodiscard]] double chi_square_tail(double x, double df);
[[nodiscard]] double f_tail(double x, double df1, double df2);

// The x with P(X <= x) = p. At 0 and 1 the ends of the support, infinite ones included.
[[nodiscard]] double normal_quantile(double p);
[[nodiscard]] double student_quantile(double p, double df);
[[nodiscard]] double chi_square_quantile(double p, double df);
[[nodiscard]] double beta_quantile(double p, double a, double b);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/distributions.ipp>
#endif
