#pragma once

#include <cmath>
#include <linkpin/uncertainty/calibration.hpp>
#include <linkpin/uncertainty/detail/calibration_table.ipp>
#include <optional>
#include <string_view>

namespace linkpin {

LINKPIN_INLINE std::optional<Coverage> measured_coverage(std::string_view measure, Resample resample,
                                                         IntervalKind interval, index_t n) {
  std::optional<Coverage> nearest;
  auto distance = [n](const Coverage& c) { return std::abs(std::log(static_cast<double>(n) / c.n)); };
  if (n < 1) return nearest;
  if (resample == Resample::jackknife) interval = IntervalKind::percentile;  // it has one interval
  for (const detail::CoverageRow& row : detail::coverage_table) {
    if (row.measure != measure || row.resample != resample || row.interval != interval) continue;
    if (!nearest || distance(row.coverage) < distance(*nearest)) nearest = row.coverage;
  }
  return nearest;
}

}  // namespace linkpin
