// The one integer type of the library: ids, offsets and codes, shared without copying by Eigen, numpy and scipy.
#pragma once

#include <cstdint>
#include <limits>

namespace linkpin {

using index_t = std::int32_t;

// "No such vertex, tie or code": a missing category, an unreached vertex, a tie that does not exist.
inline constexpr index_t none = -1;

inline constexpr std::int64_t largest_index = std::numeric_limits<index_t>::max();

}  // namespace linkpin
