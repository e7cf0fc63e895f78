// Sixteen columns side by side: one sweep over the ties serves them all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace linkpin::detail {

inline constexpr int lanes = 16;
using LaneMask = std::uint32_t;
inline constexpr LaneMask all_lanes = (LaneMask{1} << lanes) - 1;

// Four lanes, as wide as AVX2; where the machine has less the compiler splits them, with the same bits.
using Four [[gnu::vector_size(32), gnu::may_alias]] = double;
using FourBits [[gnu::vector_size(32), gnu::may_alias]] = std::int64_t;
inline constexpr int fours = lanes / 4;

struct alignas(64) LaneRow {
  double lane[lanes];
};

struct alignas(32) LaneBits {
  std::int64_t lane[4];
};

// All bits of a lane whose bit is set in a mask of four.
inline constexpr std::array<LaneBits, 16> lane_bits = [] {
  std::array<LaneBits, 16> table{};
  for (std::size_t mask = 0; mask < table.size(); ++mask) {
    for (std::size_t k = 0; k < 4; ++k) table[mask].lane[k] = (mask >> k & 1U) != 0 ? -1 : 0;
  }
  return table;
}();

// to += from in the lanes of the mask.
[[gnu::always_inline]] inline void add_lanes(Four* to, const LaneRow& from, LaneMask mask) {
  const auto* values = reinterpret_cast<const Four*>(from.lane);
  for (int k = 0; k < fours; ++k) {
    const auto bits = *reinterpret_cast<const FourBits*>(lane_bits[(mask >> (4 * k)) & 15U].lane);
    to[k] += reinterpret_cast<Four>(reinterpret_cast<FourBits>(values[k]) & bits);
  }
}

// Half the time of plain code, and the same bits.
inline bool has_wide_lanes() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

}  // namespace linkpin::detail
