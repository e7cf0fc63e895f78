// Levels of participation: four published scales as ordinals, and what corresponds to what between them.
//
// A level is a place in an order, never a number to calculate with: there is no mean of levels here, and none can be
// made from what these functions return.
#pragma once

#include <cstddef>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

struct ParticipationScale {
  std::string key;  // "iap2", "arnstein", "rest", "scie"
  std::string title;
  std::vector<std::string> levels;  // from the least to the most participation
  std::string reference;
};

// The scales in use: IAP2's spectrum, Arnstein's ladder, REST's five levels, and SCIE's own words.
[[nodiscard]] const std::vector<ParticipationScale>& participation_scales();

// The scale with this key, in any case; nothing where there is none.
[[nodiscard]] const ParticipationScale* find_scale(std::string_view key);

// The place of a level in its scale from 0, by its name in any case ("delegated power", "Delegated_Power") or its
// number from 1; `none` where the scale has no such level.
[[nodiscard]] index_t find_level(const ParticipationScale& scale, std::string_view level);

// Levels of another scale that a level may stand for: from `low` to `high`, places from 0. `none` lies below the
// lowest: Arnstein's "manipulation" is no participation in the sense of the others.
struct LevelRange {
  index_t low = none;
  index_t high = none;

  friend bool operator==(const LevelRange&, const LevelRange&) = default;
};

// What a level corresponds to on another scale, as the crosswalk has it. A range where the sources leave it open.
// Throws InputError for a level that the scale does not have.
[[nodiscard]] LevelRange crosswalk(const ParticipationScale& from, index_t level, const ParticipationScale& to);

// The whole crosswalk, one row a level of each scale: scale, level, rank (from 1), low and high (the levels of IAP2's
// spectrum it may stand for; missing below the lowest), basis ("same scale", "published", "same word", "reading") and
// source. A "reading" is ours, of the two published definitions: no table of that pair is published.
[[nodiscard]] Frame crosswalk();

// How answers are spread over the levels of one scale.
struct LevelSpread {
  std::vector<std::int64_t> counts;
  std::vector<double> shares;       // sum to 1; NaN without answers
  std::vector<double> at_or_above;  // share at this level or a higher one
  std::int64_t answers = 0;
  index_t median_low = none;  // the two middle answers; the same level unless they fall on different ones
  index_t median_high = none;
  index_t interval_low = none;  // of the median, from the order of the answers alone
  index_t interval_high = none;
};

// Distribution, shares at or above each level, and the median with its interval: the levels between the answers whose
// places hold the median with at least the probability `level` (the binomial of 1/2; the whole scale where there are
// too few answers). Throws InputError for negative counts and levels outside (0, 1). O(answers' levels).
[[nodiscard]] LevelSpread spread_of_levels(std::span<const std::int64_t> counts, double level = 0.95);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/levels.ipp>
#endif
