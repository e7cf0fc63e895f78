// Two shares compared: how many times as large one is as the other, and by how much.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/statistics/intervals.hpp>

namespace linkpin {

// Score interval of the ratio of two shares, (first / of_first) / (second / of_second). Koopman 1984,
// doi:10.2307/2531405. High is infinite where nobody was counted in the second. Without trials: [0, inf].
// Throws InputError as clopper_pearson. Some 200 evaluations.
[[nodiscard]] Interval ratio_interval(std::int64_t first, std::int64_t of_first, std::int64_t second,
                                      std::int64_t of_second, double level = 0.95);

// Score interval of the difference of two shares, first / of_first - second / of_second. Miettinen & Nurminen 1985,
// doi:10.1002/sim.4780040211. Without trials: [-1, 1]. Throws InputError as clopper_pearson.
[[nodiscard]] Interval difference_interval(std::int64_t first, std::int64_t of_first, std::int64_t second,
                                           std::int64_t of_second, double level = 0.95);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/two_shares.ipp>
#endif
