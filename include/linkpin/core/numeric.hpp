// Numeric policy: undefined is NaN in values and named in the warnings; lengths that differ by rounding are equal.
#pragma once

#include <cmath>
#include <limits>
#include <span>

namespace linkpin {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
inline constexpr double unreachable = std::numeric_limits<double>::infinity();

// Two path lengths count as equal within this relative tolerance, so that sums taken in another order still tie.
inline constexpr double length_tolerance = 1e-10;

inline bool shorter(double a, double b) { return a < b && b - a > length_tolerance * std::abs(a); }
inline bool same_length(double a, double b) { return !shorter(a, b) && !shorter(b, a); }

// Neumaier's compensated sum: right to the last digits in any order of magnitude.
class Sum {
 public:
  void add(double x) {
    const double t = total_ + x;
    lost_ += std::abs(total_) >= std::abs(x) ? (total_ - t) + x : (x - t) + total_;
    total_ = t;
  }
  [[nodiscard]] double value() const { return total_ + lost_; }

 private:
  double total_ = 0.0;
  double lost_ = 0.0;
};

inline double sum(std::span<const double> values) {
  Sum s;
  for (const double x : values) s.add(x);
  return s.value();
}

}  // namespace linkpin
