// Waves of one survey compared: who joined and who left is told apart from what changed among those who stayed.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct WavesOptions {
  Lens lens{};                             // how each wave's network is derived; its wave is set to each in turn
  std::vector<std::string> trust_items{};  // ratings; empty: items whose name begins with "trust"
  std::vector<std::string> value_items{};  // empty: items whose name begins with "value"
  double level = 0.95;
  Run run{};
};

// Somebody who was there in at least one wave: answered, was on the list, was named, or had a tie.
struct WaveMember {
  index_t entity = none;
  std::vector<std::uint8_t> present;  // by wave
};

// What became of the ties among those who stayed from one wave to the next, over dyads observed in both.
struct TieChange {
  std::string from, to;
  index_t stayers = 0;
  index_t joiners = 0;
  index_t leavers = 0;
  std::int64_t kept = 0;
  std::int64_t gained = 0;
  std::int64_t lost = 0;
  std::int64_t unobserved = 0;   // dyads not observed in both
  double stability = undefined;  // kept / (kept + gained + lost)
};

// A score from one wave to the next. difference = stayers_difference + composition.
struct ScoreChange {
  std::string from, to;
  std::string score;  // empty: the mean of the score by vertex
  double before = undefined;
  double after = undefined;
  double difference = undefined;
  Interval interval{};
  double stayers_before = undefined;
  double stayers_after = undefined;
  double stayers_difference = undefined;  // the change among those who stayed
  Interval stayers_interval{};
  double composition = undefined;  // what joining and leaving adds to it
  Interval composition_interval{};
};

// Change per wave over more than two waves.
struct GrowthCurve {
  std::string score;
  index_t entity = none;     // none: the whole, or the mean of the entities' slopes
  double start = undefined;  // fitted at the first wave
  double slope = undefined;
  Interval interval{};        // of the whole and the mean only
  double spread = undefined;  // standard deviation of the entities' slopes, beside their mean
  index_t waves = 0;          // in which there is a value
};

struct WaveComparison {
  std::vector<std::string> waves;
  std::vector<WaveMember> members;  // in the ecosystem's order
  std::vector<TieChange> ties;      // each wave with the next
  std::vector<ScoreChange> scores;  // the statistic's, then trust and value where they were asked
  std::vector<GrowthCurve> growth;  // for three waves and more
  Provenance provenance;
};

// Nothing of the ecosystem is changed: each wave is read by itself. Differences of scores of the whole network carry
// paired jackknife intervals over entities (each is left out of both waves; standard error of Snijders & Borgatti
// 1999); differences of means over entities paired t intervals of those who stayed, and jackknife
// intervals else. Growth curves are least-squares lines, one an entity, summed up by their mean with a t interval.
// Calls `statistic` (which may be empty) some 4 n times a pair of waves.
// Throws InputError for fewer than two waves, one that is not there or stands twice, or a level outside (0, 1).
[[nodiscard]] WaveComparison compare_waves(const Ecosystem& eco, const std::vector<std::string>& waves,
                                           const ScoreFunction& statistic, const WavesOptions& options = {});

// What RSiena reads in place of a tie.
inline constexpr double structural_zero = 10;  // a tie that cannot be: somebody was not there
inline constexpr double structural_one = 11;   // a tie that must be

// The waves as matrices of the same members: 1 a tie, 0 none, NaN not observed, 10 and 11 as above.
struct WaveMatrices {
  std::vector<index_t> members;
  std::vector<std::string> waves;
  std::vector<std::vector<double>> values;         // by wave, row after row
  std::vector<std::vector<std::uint8_t>> present;  // by wave and member
};

// `fixed_kinds`: kinds of claimed tie that hold by structure, whatever anybody says (two departments of one
// organisation). Throws as compare_waves, and LimitError for more than 5,000 members.
[[nodiscard]] WaveMatrices wave_matrices(const Ecosystem& eco, const std::vector<std::string>& waves,
                                         const Lens& lens = {}, const std::vector<std::string>& fixed_kinds = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/waves.ipp>
#endif
