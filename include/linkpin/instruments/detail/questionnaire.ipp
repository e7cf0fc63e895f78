#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/instruments/questionnaire.hpp>
#include <map>
#include <utility>

namespace linkpin {

namespace detail {

// Answers with their columns found.
struct AnswerSheet {
  std::span<const double> cells;
  std::size_t width = 0;
  std::map<std::string, std::size_t, std::less<>> column;

  [[nodiscard]] std::size_t respondents() const { return width == 0 ? 0 : cells.size() / width; }
  [[nodiscard]] double at(std::size_t row, std::size_t col) const { return cells[row * width + col]; }
};

inline void check_answer(double value, const Scale& scale, const std::string& item, std::size_t row) {
  const bool whole = scale.scoring == Scoring::mean || value == std::floor(value);
  if (std::isfinite(value) && value >= scale.low && value <= scale.high && whole) return;
  refuse("score", "answer to " + item, shown(value),
         "answers run from " + shown(scale.low) + " to " + shown(scale.high) +
             "; give \"not applicable\" and \"no answer\" as missing",
         "respondent " + std::to_string(row));
}

// The answers of one respondent to one scale, reversed where the item is.
inline std::vector<double> answered(const AnswerSheet& sheet, const Scale& scale, std::size_t row) {
  std::vector<double> values;
  for (const ScaleItem& item : scale.items) {
    const auto found = sheet.column.find(item.id);
    if (found == sheet.column.end()) continue;
    const double value = sheet.at(row, found->second);
    if (std::isnan(value)) continue;
    check_answer(value, scale, item.id, row);
    values.push_back(item.reverse ? scale.low + scale.high - value : value);
  }
  return values;
}

inline double respondent_score(const Scale& scale, const std::vector<double>& values) {
  const double needed = scale.minimum_valid * static_cast<double>(scale.items.size());
  if (values.empty() || static_cast<double>(values.size()) < needed) return undefined;
  const double n = static_cast<double>(values.size());
  switch (scale.scoring) {
    case Scoring::mean:
      return sum(values) / n;
    case Scoring::sum:  // unanswered items take the respondent's own mean
      return sum(values) / n * static_cast<double>(scale.items.size());
    case Scoring::percent_yes:
      return 100.0 * static_cast<double>(std::count(values.begin(), values.end(), scale.high)) / n;
    case Scoring::ordinal:
      return *std::max_element(values.begin(), values.end());
  }
  return undefined;
}

inline std::string band_of(const Scale& scale, double value) {
  if (std::isnan(value)) return {};
  const double rounded = round_half_up(value, scale.scoring == Scoring::sum ? 0 : 1);
  std::string name;
  for (const Band& band : scale.bands) {
    if (rounded >= band.from) name = band.name;
  }
  return name;
}

inline std::vector<LevelShare> level_shares(const Scale& scale, const std::vector<double>& scores) {
  std::vector<LevelShare> shares;
  const double n = static_cast<double>(scores.size());
  for (std::size_t i = 0; i < scale.levels.size(); ++i) {
    const double level = scale.low + static_cast<double>(i);
    const auto at = std::count(scores.begin(), scores.end(), level);
    const auto above = std::count_if(scores.begin(), scores.end(), [level](double s) { return s >= level; });
    LevelShare share;
    share.level = scale.levels[i];
    share.count = static_cast<index_t>(at);
    if (!scores.empty()) {
      share.share = static_cast<double>(at) / n;
      share.at_or_above = static_cast<double>(above) / n;
    }
    shares.push_back(std::move(share));
  }
  return shares;
}

inline ScaleScore scale_score(const AnswerSheet& sheet, const Scale& scale) {
  ScaleScore out;
  out.scale = scale.id;
  out.title = scale.title;
  std::vector<double> scores;
  for (std::size_t row = 0; row < sheet.respondents(); ++row) {
    const std::vector<double> values = answered(sheet, scale, row);
    const double score = respondent_score(scale, values);
    out.by_respondent.push_back(score);
    if (std::isnan(score)) {
      ++out.without_score;
    } else {
      scores.push_back(score);
    }
  }
  out.respondents = static_cast<index_t>(scores.size());
  if (scale.scoring == Scoring::ordinal) {
    std::sort(scores.begin(), scores.end());
    if (!scores.empty()) out.value = scores[(scores.size() - 1) / 2];
    out.levels = level_shares(scale, scores);
  } else if (!scores.empty()) {
    out.value = sum(scores) / static_cast<double>(scores.size());
    out.band = band_of(scale, out.value);
  }
  return out;
}

inline void note_columns(const Instrument& instrument, const AnswerSheet& sheet, std::vector<std::string>& warnings) {
  std::map<std::string, bool, std::less<>> known;
  for (const Scale& scale : instrument.scales) {
    for (const ScaleItem& item : scale.items) known[item.id] = sheet.column.contains(item.id);
  }
  for (const auto& [item, present] : known) {
    if (!present) warnings.push_back("no answers to item " + item + "; its scale is scored without it");
  }
  for (const auto& entry : sheet.column) {
    if (!known.contains(entry.first)) {
      warnings.push_back("column " + entry.first + " belongs to no scale of " + instrument.title +
                         "; it is not scored");
    }
  }
}

}  // namespace detail

LINKPIN_INLINE double round_half_up(double value, int decimals) {
  const double power = std::pow(10.0, decimals);
  // The nudge is far below the last printed digit and above what binary storage takes away.
  return std::floor(value * power + 0.5 + 1e-9) / power;
}

LINKPIN_INLINE QuestionnaireScore score(const Instrument& instrument, std::span<const std::string> items,
                                        std::span<const double> answers) {
  if (items.empty() || answers.size() % items.size() != 0) {
    refuse("score", "answers, length", std::to_string(answers.size()),
           "give one row of " + std::to_string(items.size()) + " answers a respondent");
  }
  detail::AnswerSheet sheet{answers, items.size(), {}};
  for (std::size_t col = 0; col < items.size(); ++col) {
    if (!sheet.column.emplace(items[col], col).second) {
      refuse("score", "items", items[col], "each item has one column", "column " + std::to_string(col));
    }
  }
  QuestionnaireScore out;
  out.provenance.measure = "questionnaire";
  out.provenance.normalisation = instrument.id + " " + instrument.version;
  detail::note_columns(instrument, sheet, out.provenance.warnings);
  for (const Scale& scale : instrument.scales) {
    out.scales.push_back(detail::scale_score(sheet, scale));
    if (out.scales.back().without_score > 0) {
      out.provenance.warnings.push_back(scale.title + ": " + std::to_string(out.scales.back().without_score) + " of " +
                                        std::to_string(sheet.respondents()) +
                                        " respondents answered too few items and have no score");
    }
  }
  return out;
}

}  // namespace linkpin
