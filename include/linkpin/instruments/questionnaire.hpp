// Questionnaires scored as their authors say: items, reversal, "not applicable", minimum valid answers, bands.
//
// What a questionnaire asks and where its cut-offs come from is data (an Instrument); nothing of it is in the code.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// How the answers of one scale become a score. Ordinal levels are never averaged: they have a distribution, a median
// and a share at or above each level.
enum class Scoring : std::uint8_t { mean, sum, percent_yes, ordinal };

struct ScaleItem {
  std::string id = {};
  bool reverse = false;  // 1 counts as 5 and so on
};

// A name for scores from `from` upwards, up to the next band. Bands apply to the score rounded half up to one decimal
// (sums to whole numbers), so that none falls between two of them; the raw score stands beside it.
struct Band {
  double from = 0.0;
  std::string name = {};
};

struct Scale {
  std::string id = {};
  std::string title = {};
  std::vector<ScaleItem> items = {};
  Scoring scoring = Scoring::mean;
  double low = 1.0;                      // the smallest answer
  double high = 5.0;                     // the largest answer
  double minimum_valid = 0.5;            // share of the items a respondent must have answered
  std::vector<Band> bands = {};          // from low to high
  std::vector<std::string> levels = {};  // names of ordinal levels, from low to high
};

struct Instrument {
  std::string id = {};
  std::string title = {};
  std::string version = {};
  std::vector<Scale> scales = {};
};

// The share of respondents at one ordinal level, and at it or above.
struct LevelShare {
  std::string level = {};
  index_t count = 0;
  double share = undefined;
  double at_or_above = undefined;
};

// One scale over all respondents. `value` is the mean of the respondents' scores (for percent_yes the percentage, for
// ordinal scales the median level, the lower one of two); `by_respondent` has NaN where too few items were answered.
struct ScaleScore {
  std::string scale = {};
  std::string title = {};
  double value = undefined;
  std::string band = {};      // empty where the instrument has none
  index_t respondents = 0;    // with a score
  index_t without_score = 0;  // answered too few items
  std::vector<double> by_respondent = {};
  std::vector<LevelShare> levels = {};  // ordinal scales only
};

struct QuestionnaireScore {
  std::vector<ScaleScore> scales;
  Provenance provenance;
};

// Scores answers (respondents x items, row by row; NaN for no answer or "not applicable") whose columns are `items`.
// Items of the instrument that have no column, columns it does not know, and ordinal scales with more than one item
// answered per respondent (their highest level counts) are named in the warnings. Throws InputError for an answer
// outside the scale, naming item and respondent. O(respondents x items).
[[nodiscard]] QuestionnaireScore score(const Instrument& instrument, std::span<const std::string> items,
                                       std::span<const double> answers);

// Half up to `decimals`, on the decimal digits that are printed: 2.95 becomes 3.0 though it is stored below that.
[[nodiscard]] double round_half_up(double value, int decimals);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/instruments/detail/questionnaire.ipp>
#endif
