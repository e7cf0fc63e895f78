// Written by tests/calibration/study.py; do not edit.
#pragma once

#include <array>
#include <linkpin/uncertainty/calibration.hpp>
#include <string_view>

namespace linkpin::detail {

struct CoverageRow {
  std::string_view measure;
  Resample resample;
  IntervalKind interval;
  Coverage coverage;
};

inline constexpr std::array<CoverageRow, 0> coverage_table{};

}  // namespace linkpin::detail
