// Numbers side by side, worked on together: columns that share a sweep over the ties, matrices that share one over
// dyads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace linkpin::detail {

template <int count, class Number = double>
struct alignas(std::min<std::size_t>(64, count * sizeof(Number))) Lanes {
  Number lane[count];
};

// What is worked on at once: as wide as the instructions are, so that nothing is split by the compiler.
template <int width>
struct LaneVector;

template <>
struct LaneVector<2> {
  using Double [[gnu::vector_size(16), gnu::may_alias]] = double;
  using Float [[gnu::vector_size(16), gnu::may_alias]] = float;
  using Bits [[gnu::vector_size(16), gnu::may_alias]] = std::int64_t;
  static constexpr Bits bit{1, 2};
};

template <>
struct LaneVector<4> {
  using Double [[gnu::vector_size(32), gnu::may_alias]] = double;
  using Float [[gnu::vector_size(32), gnu::may_alias]] = float;
  using Bits [[gnu::vector_size(32), gnu::may_alias]] = std::int64_t;
  static constexpr Bits bit{1, 2, 4, 8};
};

template <>
struct LaneVector<8> {
  using Double [[gnu::vector_size(64), gnu::may_alias]] = double;
  using Float [[gnu::vector_size(64), gnu::may_alias]] = float;
  using Bits [[gnu::vector_size(64), gnu::may_alias]] = std::int64_t;
  static constexpr Bits bit{1, 2, 4, 8, 16, 32, 64, 128};
};

template <int width, int count>
[[gnu::always_inline]] inline auto* vectors(Lanes<count>& row) {
  return reinterpret_cast<typename LaneVector<width>::Double*>(row.lane);
}

template <int width, int count>
[[gnu::always_inline]] inline const auto* vectors(const Lanes<count>& row) {
  return reinterpret_cast<const typename LaneVector<width>::Double*>(row.lane);
}

template <int width, int count>
[[gnu::always_inline]] inline auto* vectors(Lanes<count, float>& row) {
  return reinterpret_cast<typename LaneVector<width>::Float*>(row.lane);
}

template <int width, int count>
[[gnu::always_inline]] inline const auto* vectors(const Lanes<count, float>& row) {
  return reinterpret_cast<const typename LaneVector<width>::Float*>(row.lane);
}

}  // namespace linkpin::detail
