// What the curves of times ask of their input.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/shown.hpp>
#include <span>
#include <string>
#include <string_view>

namespace linkpin::detail::times {

constexpr double half_with_rounding = 0.5 + 1e-12;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline void need_length(std::string_view function, std::string_view argument, std::size_t given, std::size_t rows) {
  if (given != rows) {
    refuse(function, argument, std::to_string(given) + " values",
           "give one for each of the " + std::to_string(rows) + " times");
  }
}

inline void need_times(std::string_view function, std::string_view argument, std::span<const double> times,
                       bool infinite = false) {
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] >= 0 && (infinite || std::isfinite(times[i]))) continue;
    refuse(function, argument, shown(times[i]), "give times of 0 or more; what happened before its start has none",
           "row " + std::to_string(i));
  }
}

// How many groups or clusters the codes name; 0 where there are no codes.
inline index_t code_count(std::string_view function, std::string_view argument, std::span<const index_t> codes,
                          std::size_t rows) {
  if (codes.empty() && argument == "clusters") return 0;
  need_length(function, argument, codes.size(), rows);
  index_t count = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] < 0 || at(codes[i]) >= rows) {
      refuse(function, argument, std::to_string(codes[i]), "number them from 0", "row " + std::to_string(i));
    }
    count = std::max(count, codes[i] + 1);
  }
  return count;
}

}  // namespace linkpin::detail::times
