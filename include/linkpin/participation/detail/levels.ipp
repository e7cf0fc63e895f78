#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/cells.hpp>
#include <linkpin/participation/levels.hpp>
#include <linkpin/statistics/distributions.hpp>

namespace linkpin {

namespace detail {

struct Correspondence {
  std::string_view scale;
  index_t level;
  LevelRange iap2;
  std::string_view basis;
  std::string_view source;
};

inline constexpr std::string_view spectrum_source = "IAP2 (2018), Spectrum of Public Participation";
inline constexpr std::string_view ladder_source = "Arnstein (1969), doi:10.1080/01944366908977225, beside IAP2 (2018)";
inline constexpr std::string_view continuum_source =
    "CTSA Consortium (2011), Principles of Community Engagement, 2nd ed., NIH 11-7782, figure 1.1, adapted from IAP2";
inline constexpr std::string_view scie_source =
    "SCIE (2006), Position paper 5 summary, Carer participation, beside IAP2 (2018)";

// Everything goes by way of IAP2's spectrum (0 inform, 1 consult, 2 involve, 3 collaborate, 4 empower).
inline const std::vector<Correspondence>& correspondences() {
  static const std::vector<Correspondence> rows = {
      {"iap2", 0, {0, 0}, "same scale", spectrum_source},
      {"iap2", 1, {1, 1}, "same scale", spectrum_source},
      {"iap2", 2, {2, 2}, "same scale", spectrum_source},
      {"iap2", 3, {3, 3}, "same scale", spectrum_source},
      {"iap2", 4, {4, 4}, "same scale", spectrum_source},
      // The ladder's two lowest rungs stand for the absence of participation.
      {"arnstein", 0, {none, none}, "reading", ladder_source},
      {"arnstein", 1, {none, none}, "reading", ladder_source},
      {"arnstein", 2, {0, 0}, "same word", ladder_source},
      {"arnstein", 3, {1, 1}, "same word", ladder_source},
      // They may advise, the powerful decide: more than consult, and nothing promises more than involve.
      {"arnstein", 4, {1, 2}, "reading", ladder_source},
      {"arnstein", 5, {3, 3}, "reading", ladder_source},
      {"arnstein", 6, {4, 4}, "reading", ladder_source},
      {"arnstein", 7, {4, 4}, "reading", ladder_source},
      // REST's words stand in the continuum: outreach; consult; involve, where entities cooperate; collaborate; and
      // shared leadership, where they have formed strong partnership structures.
      {"rest", 0, {0, 0}, "published", continuum_source},
      {"rest", 1, {1, 1}, "published", continuum_source},
      {"rest", 2, {2, 2}, "reading", continuum_source},
      {"rest", 3, {3, 3}, "published", continuum_source},
      {"rest", 4, {3, 4}, "reading", continuum_source},
      {"scie", 0, {1, 1}, "same word", scie_source},
      {"scie", 1, {2, 3}, "reading", scie_source},
      {"scie", 2, {3, 4}, "reading", scie_source},
  };
  return rows;
}

inline LevelRange on_spectrum(const ParticipationScale& scale, index_t level) {
  for (const Correspondence& row : correspondences()) {
    if (row.scale == scale.key && row.level == level) return row.iap2;
  }
  refuse("crosswalk", "level", std::to_string(level),
         "the scale has levels 0 to " + std::to_string(scale.levels.size() - 1), scale.key);
}

}  // namespace detail

LINKPIN_INLINE const std::vector<ParticipationScale>& participation_scales() {
  static const std::vector<ParticipationScale> scales = {
      {"iap2",
       "IAP2 spectrum of public participation",
       {"inform", "consult", "involve", "collaborate", "empower"},
       "International Association for Public Participation (2018). IAP2 Spectrum of Public Participation."},
      {"arnstein",
       "Arnstein's ladder of citizen participation",
       {"manipulation", "therapy", "informing", "consultation", "placation", "partnership", "delegated power",
        "citizen control"},
       "Arnstein, S. R. (1969). A ladder of citizen participation. doi:10.1080/01944366908977225"},
      {"rest",
       "Levels of the Research Engagement Survey Tool",
       {"outreach and education", "consultation", "cooperation", "collaboration", "partnership"},
       "Goodman, M. S. et al. (2022). Construct validation of the Research Engagement Survey Tool (REST). "
       "doi:10.1186/s40900-022-00360-y"},
      {"scie",
       "SCIE's words for carer participation",
       {"consultation", "direct involvement", "full decision making"},
       "Social Care Institute for Excellence (2006). Position paper 5 summary: Carer participation."},
  };
  return scales;
}

LINKPIN_INLINE const ParticipationScale* find_scale(std::string_view key) {
  const std::string wanted = tidy_words(key);
  for (const ParticipationScale& scale : participation_scales()) {
    if (scale.key == wanted) return &scale;
  }
  return nullptr;
}

LINKPIN_INLINE index_t find_level(const ParticipationScale& scale, std::string_view level) {
  const std::string wanted = tidy_words(level);
  const auto size = static_cast<index_t>(scale.levels.size());
  for (index_t i = 0; i < size; ++i) {
    if (scale.levels[static_cast<std::size_t>(i)] == wanted) return i;
  }
  index_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  const bool whole = error == std::errc{} && end == wanted.data() + wanted.size();
  return whole && number >= 1 && number <= size ? number - 1 : none;
}

LINKPIN_INLINE LevelRange crosswalk(const ParticipationScale& from, index_t level, const ParticipationScale& to) {
  const LevelRange hub = detail::on_spectrum(from, level);
  if (from.key == to.key) return {level, level};
  if (hub.high == none) return {};
  // Every level of the other scale whose own range on the spectrum meets this one's.
  LevelRange out;
  for (index_t other = 0; other < static_cast<index_t>(to.levels.size()); ++other) {
    const LevelRange theirs = detail::on_spectrum(to, other);
    if (theirs.high == none || theirs.low > hub.high || theirs.high < hub.low) continue;
    if (out.high == none) out.low = other;
    out.high = other;
  }
  return out;
}

LINKPIN_INLINE Frame crosswalk() {
  using Texts = std::vector<std::optional<std::string>>;
  Texts scale, level, low, high, basis, source;
  std::vector<std::int64_t> rank;
  const std::vector<std::string>& spectrum = participation_scales().front().levels;
  auto name = [&spectrum](index_t place) -> std::optional<std::string> {
    if (place == none) return std::nullopt;
    return spectrum[static_cast<std::size_t>(place)];
  };
  for (const detail::Correspondence& row : detail::correspondences()) {
    scale.emplace_back(std::string(row.scale));
    level.emplace_back(find_scale(row.scale)->levels[static_cast<std::size_t>(row.level)]);
    rank.push_back(row.level + 1);
    low.push_back(name(row.iap2.low));
    high.push_back(name(row.iap2.high));
    basis.emplace_back(std::string(row.basis));
    source.emplace_back((row.basis == "reading" ? "linkpin's reading of " : "") + std::string(row.source));
  }
  Frame out;
  out.set("scale", text_column(scale));
  out.set("level", text_column(level));
  out.set("rank", Column(std::move(rank)));
  out.set("low", text_column(low));
  out.set("high", text_column(high));
  out.set("basis", text_column(basis));
  out.set("source", text_column(source));
  return out;
}

LINKPIN_INLINE LevelSpread spread_of_levels(std::span<const std::int64_t> counts, double level) {
  need_level("spread_of_levels", level);
  LevelSpread out;
  out.counts.assign(counts.begin(), counts.end());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0) {
      refuse("spread_of_levels", "counts", std::to_string(counts[i]), "a count is not negative",
             "level " + std::to_string(i + 1));
    }
    out.answers += counts[i];
  }
  out.shares.assign(counts.size(), undefined);
  out.at_or_above.assign(counts.size(), undefined);
  if (out.answers == 0) return out;
  const auto n = static_cast<double>(out.answers);
  std::int64_t above = 0;
  for (std::size_t i = counts.size(); i-- > 0;) {
    above += counts[i];
    out.shares[i] = static_cast<double>(counts[i]) / n;
    out.at_or_above[i] = static_cast<double>(above) / n;
  }
  auto holder = [&counts](std::int64_t place) {  // the level that holds the place'th answer, from 1
    std::int64_t passed = 0;
    index_t i = 0;
    while ((passed += counts[static_cast<std::size_t>(i)]) < place) ++i;
    return i;
  };
  out.median_low = holder((out.answers + 1) / 2);
  out.median_high = holder(out.answers / 2 + 1);
  // The largest r whose binomial tail P(B < r) is at most half of what may be missed.
  std::int64_t r = 0;
  std::int64_t beyond = out.answers / 2 + 1;
  while (beyond - r > 1) {
    const std::int64_t middle = r + (beyond - r) / 2;
    const auto m = static_cast<double>(middle);
    (beta_cdf(0.5, n - m + 1.0, m) <= (1.0 - level) / 2.0 ? r : beyond) = middle;
  }
  out.interval_low = r == 0 ? 0 : holder(r);
  out.interval_high = r == 0 ? static_cast<index_t>(counts.size()) - 1 : holder(out.answers + 1 - r);
  return out;
}

}  // namespace linkpin
