// The levels of participations, and where they lie against a level of IAP2's spectrum.
#pragma once

#include <linkpin/core/error.hpp>
#include <linkpin/participation/detail/taking_part.hpp>
#include <linkpin/participation/levels.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail {

// The level of each participation that has one: its scale (as a place among participation_scales()) and rank.
struct Levelled {
  index_t scale = none;
  index_t level = none;
};

inline std::vector<Levelled> levels_of(std::string_view function, const Ecosystem& eco, const TakingParts& parts,
                                       std::vector<std::string>& warnings) {
  const Column* level = eco.ties().find("level");
  const Column* scale = eco.ties().find("scale");
  const auto& scales = participation_scales();
  std::vector<Levelled> out(parts.all.size());
  std::int64_t unknown = 0;
  for (std::size_t i = 0; i < parts.all.size(); ++i) {
    const std::string word = cell_text(level, parts.all[i].row);
    if (word.empty()) continue;
    const ParticipationScale* of = find_scale(cell_text(scale, parts.all[i].row));
    if (of == nullptr) {
      ++unknown;
      continue;
    }
    const index_t place = find_level(*of, word);
    if (place == none) {
      std::string known;
      for (const std::string& name : of->levels) known += (known.empty() ? "" : ", ") + name;
      refuse(function, "level", word, "the scale " + of->key + " has " + known,
             "tie row " + std::to_string(parts.all[i].row));
    }
    out[i] = {static_cast<index_t>(of - scales.data()), place};
  }
  if (unknown > 0) {
    warnings.push_back(std::to_string(unknown) +
                       " levels are of no known scale (iap2, arnstein, rest, scie) and were left out");
  }
  return out;
}

inline index_t spectrum_level(std::string_view function, const std::string& word) {
  const ParticipationScale& spectrum = participation_scales().front();
  const index_t place = find_level(spectrum, word);
  if (place == none) refuse(function, "at_or_above", word, "inform, consult, involve, collaborate or empower");
  return place;
}

// Where a level lies against a threshold on IAP2's spectrum.
struct Attended {
  bool surely = false;
  bool possibly = false;
};

inline Attended reaches(const Levelled& one, index_t threshold) {
  const auto& scales = participation_scales();
  const LevelRange range = crosswalk(scales[static_cast<std::size_t>(one.scale)], one.level, scales.front());
  return {range.low >= threshold && range.low != none, range.high >= threshold && range.high != none};
}

}  // namespace linkpin::detail
