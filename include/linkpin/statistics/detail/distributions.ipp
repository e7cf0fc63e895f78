#pragma once

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <string>
#include <string_view>

namespace linkpin {

namespace detail {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline void need_positive(std::string_view function, std::string_view argument, double value) {
  if (!(value > 0) || !std::isfinite(value)) {
    refuse(function, argument, shown(value), "give a number above 0 that is finite");
  }
}

inline void need_probability(std::string_view function, double p) {
  if (!(p >= 0 && p <= 1)) refuse(function, "p", shown(p), "a probability lies in [0, 1]");
}

// Boost refuses infinite arguments; their answer needs no distribution. NaN stays NaN.
template <class Distribution>
double cdf_of(const Distribution& distribution, double x, double lowest) {
  if (std::isnan(x)) return undefined;
  if (x <= lowest) return 0.0;
  if (x == infinity) return 1.0;
  return boost::math::cdf(distribution, x);
}

template <class Distribution>
double tail_of(const Distribution& distribution, double x) {  // of what is never below 0
  if (std::isnan(x)) return undefined;
  if (x <= 0) return 1.0;
  if (x == infinity) return 0.0;
  return boost::math::cdf(boost::math::complement(distribution, x));
}

template <class Distribution>
double quantile_of(const Distribution& distribution, double p, double lowest, double highest) {
  if (p == 0) return lowest;
  if (p == 1) return highest;
  return boost::math::quantile(distribution, p);
}

}  // namespace detail

LINKPIN_INLINE double normal_cdf(double x) {
  return detail::cdf_of(boost::math::normal_distribution<double>(), x, -detail::infinity);
}

LINKPIN_INLINE double student_cdf(double t, double df) {
  detail::need_positive("student_cdf", "df", df);
  return detail::cdf_of(boost::math::students_t_distribution<double>(df), t, -detail::infinity);
}

LINKPIN_INLINE double chi_square_cdf(double x, double df) {
  detail::need_positive("chi_square_cdf", "df", df);
  return detail::cdf_of(boost::math::chi_squared_distribution<double>(df), x, 0.0);
}

LINKPIN_INLINE double f_cdf(double x, double df1, double df2) {
  detail::need_positive("f_cdf", "df1", df1);
  detail::need_positive("f_cdf", "df2", df2);
  return detail::cdf_of(boost::math::fisher_f_distribution<double>(df1, df2), x, 0.0);
}

LINKPIN_INLINE double beta_cdf(double x, double a, double b) {
  detail::need_positive("beta_cdf", "a", a);
  detail::need_positive("beta_cdf", "b", b);
  if (x >= 1) return 1.0;
  return detail::cdf_of(boost::math::beta_distribution<double>(a, b), x, 0.0);
}

LINKPIN_INLINE double chi_square_tail(double x, double df) {
  detail::need_positive("chi_square_tail", "df", df);
  return detail::tail_of(boost::math::chi_squared_distribution<double>(df), x);
}

LINKPIN_INLINE double f_tail(double x, double df1, double df2) {
  detail::need_positive("f_tail", "df1", df1);
  detail::need_positive("f_tail", "df2", df2);
  return detail::tail_of(boost::math::fisher_f_distribution<double>(df1, df2), x);
}

LINKPIN_INLINE double normal_quantile(double p) {
  detail::need_probability("normal_quantile", p);
  return detail::quantile_of(boost::math::normal_distribution<double>(), p, -detail::infinity, detail::infinity);
}

LINKPIN_INLINE double student_quantile(double p, double df) {
  detail::need_positive("student_quantile", "df", df);
  detail::need_probability("student_quantile", p);
  return detail::quantile_of(boost::math::students_t_distribution<double>(df), p, -detail::infinity, detail::infinity);
}

LINKPIN_INLINE double chi_square_quantile(double p, double df) {
  detail::need_positive("chi_square_quantile", "df", df);
  detail::need_probability("chi_square_quantile", p);
  return detail::quantile_of(boost::math::chi_squared_distribution<double>(df), p, 0.0, detail::infinity);
}

LINKPIN_INLINE double beta_quantile(double p, double a, double b) {
  detail::need_positive("beta_quantile", "a", a);
  detail::need_positive("beta_quantile", "b", b);
  detail::need_probability("beta_quantile", p);
  return detail::quantile_of(boost::math::beta_distribution<double>(a, b), p, 0.0, 1.0);
}

}  // namespace linkpin
