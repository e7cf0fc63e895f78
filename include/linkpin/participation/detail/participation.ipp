#pragma once

#include <algorithm>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/participation/detail/reached.hpp>
#include <linkpin/participation/detail/taking_part.hpp>
#include <linkpin/participation/levels.hpp>
#include <linkpin/participation/participation.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <set>

namespace linkpin {

namespace detail {

// Values in the order given first, then the others as they sort.
inline std::vector<std::string> in_order(const std::set<std::string>& values, const std::vector<std::string>& first) {
  std::vector<std::string> out;
  for (const std::string& value : first) {
    if (values.contains(value)) out.push_back(value);
  }
  for (const std::string& value : values) {
    if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(value);
  }
  return out;
}

inline void add_groups(const TakingParts& parts, Rows& rows) {
  double known = 0;
  for (const TakingPart& one : parts.all) {
    if (!one.groups.empty()) known += static_cast<double>(one.people);
  }
  for (index_t g = none; g < static_cast<index_t>(parts.groups.size()); ++g) {
    std::set<index_t> who;
    std::int64_t people = 0;
    double divided = 0;
    for (const TakingPart& one : parts.all) {
      if (!in_group(one, g)) continue;
      who.insert(one.who);
      people += one.people;
      if (g != none) divided += static_cast<double>(one.people) / static_cast<double>(one.groups.size());
    }
    const double share = g == none ? (people > 0 ? 1.0 : undefined) : divided / known;
    rows.add({group_cell(parts, g), whole(static_cast<std::int64_t>(who.size())), whole(people), share});
  }
}

// How the participations of each group are spread over the values of one column of ties; `lead` stands before the value
// where the rows of several columns share a frame.
// The words are folded, so that "Priority-setting" and "priority setting" are one.
inline void add_spread(const Ecosystem& eco, const TakingParts& parts, std::string_view column_name,
                       const std::vector<std::string>& order, const std::vector<Rows::Cell>& lead, Rows& rows) {
  const Column* column = eco.ties().find(column_name);
  std::vector<std::vector<std::string>> values;
  std::set<std::string> seen;
  for (const TakingPart& one : parts.all) {
    values.push_back(cell_words(column, one.row));
    seen.insert(values.back().begin(), values.back().end());
  }
  for (index_t g = none; g < static_cast<index_t>(parts.groups.size()); ++g) {
    std::map<std::string, std::pair<std::int64_t, double>> of;
    double known = 0;
    for (std::size_t i = 0; i < parts.all.size(); ++i) {
      if (values[i].empty() || !in_group(parts.all[i], g)) continue;
      const auto people = static_cast<double>(parts.all[i].people);
      known += people;
      for (const std::string& value : values[i]) {
        of[value].first += parts.all[i].people;
        of[value].second += people / static_cast<double>(values[i].size());
      }
    }
    if (known == 0) continue;
    for (const std::string& value : in_order(seen, order)) {
      std::vector<Rows::Cell> row = {group_cell(parts, g)};
      row.insert(row.end(), lead.begin(), lead.end());
      row.insert(row.end(), {text(value), whole(of[value].first), of[value].second / known});
      rows.add(std::move(row));
    }
  }
}

inline void add_reached(Rows& rows, Rows::Cell group, Rows::Cell scale, std::int64_t n, std::int64_t surely,
                        std::int64_t possibly, double level) {
  const Interval own = clopper_pearson(surely, n, level);
  rows.add({std::move(group), std::move(scale), whole(n), whole(surely), whole(possibly), share_of(surely, n), own.low,
            own.high, share_of(surely, n), share_of(possibly, n)});
}

// Distribution, median and share at or above a level, for each group and scale in use.
struct LevelTables {
  Rows levels{{"group", "scale", "level", "rank", "participations", "share", "at_or_above"}};
  Rows medians{{"group", "scale", "participations", "median_low", "median_high", "low", "high"}};
  Rows reached{
      {"group", "scale", "participations", "surely", "possibly", "share", "low", "high", "bound_low", "bound_high"}};
};

inline void add_levels(const TakingParts& parts, const std::vector<Levelled>& levelled, index_t threshold, double level,
                       LevelTables& tables) {
  const auto& scales = participation_scales();
  for (index_t g = none; g < static_cast<index_t>(parts.groups.size()); ++g) {
    std::int64_t all = 0, surely = 0, possibly = 0;
    int used = 0;
    for (std::size_t s = 0; s < scales.size(); ++s) {
      std::vector<std::int64_t> counts(scales[s].levels.size(), 0);
      std::int64_t here = 0, sure = 0, maybe = 0;
      for (std::size_t i = 0; i < parts.all.size(); ++i) {
        if (levelled[i].scale != static_cast<index_t>(s) || !in_group(parts.all[i], g)) continue;
        const Attended reach = reaches(levelled[i], threshold);
        counts[static_cast<std::size_t>(levelled[i].level)] += parts.all[i].people;
        here += parts.all[i].people;
        sure += reach.surely ? parts.all[i].people : 0;
        maybe += reach.possibly ? parts.all[i].people : 0;
      }
      if (here == 0) continue;
      const LevelSpread spread = spread_of_levels(counts, level);
      auto name = [&names = scales[s].levels](index_t place) { return text(names[static_cast<std::size_t>(place)]); };
      for (index_t l = 0; l < static_cast<index_t>(counts.size()); ++l) {
        const auto at = static_cast<std::size_t>(l);
        tables.levels.add({group_cell(parts, g), text(scales[s].key), name(l), whole(l + 1), whole(counts[at]),
                           spread.shares[at], spread.at_or_above[at]});
      }
      tables.medians.add({group_cell(parts, g), text(scales[s].key), whole(here), name(spread.median_low),
                          name(spread.median_high), name(spread.interval_low), name(spread.interval_high)});
      add_reached(tables.reached, group_cell(parts, g), text(scales[s].key), here, sure, maybe, level);
      all += here;
      surely += sure;
      possibly += maybe;
      ++used;
    }
    if (used > 1) add_reached(tables.reached, group_cell(parts, g), no_text(), all, surely, possibly, level);
  }
}

inline void warn_of_repeats(const TakingParts& parts, std::vector<std::string>& warnings) {
  std::map<index_t, int> times;
  for (const TakingPart& one : parts.all) ++times[one.who];
  const auto repeated = std::count_if(times.begin(), times.end(), [](const auto& t) { return t.second > 1; });
  if (repeated > 0) {
    warnings.push_back(std::to_string(repeated) +
                       " took part more than once: intervals take participations as separate draws and are too narrow");
  }
}

inline const std::vector<std::string>& circumstances_in_order(std::string_view column) {
  static const std::vector<std::string> settings = {"strategic", "grassroots"};
  static const std::vector<std::string> modes = {"in person", "hybrid", "online"};
  return column == "setting" ? settings : modes;
}

}  // namespace detail

LINKPIN_INLINE const std::vector<std::string>& research_stages() {
  static const std::vector<std::string> stages = {"priority setting", "funding",         "design",
                                                  "commissioning",    "data collection", "analysis",
                                                  "dissemination",    "implementation",  "monitoring"};
  return stages;
}

namespace detail {

// Words on ties that are none of those known for their column: they are kept as they stand, and named.
inline void warn_of_words(const Ecosystem& eco, const TakingParts& parts, std::string_view column_name,
                          const std::vector<std::string>& known, std::vector<std::string>& warnings) {
  const Column* column = eco.ties().find(column_name);
  std::map<std::string, std::int64_t> others;
  for (const TakingPart& one : parts.all) {
    for (const std::string& word : cell_words(column, one.row)) {
      if (std::find(known.begin(), known.end(), word) == known.end()) ++others[word];
    }
  }
  if (others.empty()) return;
  std::string named;
  std::size_t listed = 0;
  for (const auto& [word, times] : others) {
    if (++listed > 10) break;
    named += (named.empty() ? "" : ", ") + word + " (" + std::to_string(times) + ")";
  }
  if (others.size() > 10) named += " and " + std::to_string(others.size() - 10) + " more";
  std::string usual;
  for (const std::string& word : known) usual += (usual.empty() ? "" : ", ") + word;
  warnings.push_back(std::string(column_name) + " in other words than the usual ones: " + named +
                     "; they stand under their own words, and the usual ones are: " + usual);
}

}  // namespace detail

LINKPIN_INLINE Participation participation(const Ecosystem& eco, const ParticipationOptions& options) {
  need_level("participation", options.level);
  Participation out;
  out.provenance.measure = "participation";
  std::vector<std::string>& warnings = out.provenance.warnings;
  const index_t threshold = detail::spectrum_level("participation", options.at_or_above);
  const detail::TakingParts parts = detail::taking_parts("participation", eco, options.by, "takes_part_in", warnings);
  if (parts.all.empty())
    warnings.emplace_back(
        "nobody is counted as taking part: no tie of kind takes_part_in says or implies how many people");

  detail::Rows groups({"group", "participants", "participations", "share"});
  detail::add_groups(parts, groups);
  out.groups = groups.frame("tiin");
  detail::Rows stages({"group", "stage", "participations", "share"});
  detail::add_spread(eco, parts, "stage", research_stages(), {}, stages);
  out.stages = stages.frame("ttin");
  detail::Rows circumstances({"group", "of", "value", "participations", "share"});
  for (const char* column : {"setting", "mode"}) {
    detail::add_spread(eco, parts, column, detail::circumstances_in_order(column), {detail::text(column)},
                       circumstances);
  }
  out.circumstances = circumstances.frame("tttin");

  detail::LevelTables tables;
  detail::add_levels(parts, detail::levels_of("participation", eco, parts, warnings), threshold, options.level, tables);
  out.levels = tables.levels.frame("tttiinn");
  out.medians = tables.medians.frame("ttitttt");
  out.reached = tables.reached.frame("ttiiinnnnn");
  detail::warn_of_words(eco, parts, "stage", research_stages(), warnings);
  for (const char* column : {"setting", "mode"}) {
    detail::warn_of_words(eco, parts, column, detail::circumstances_in_order(column), warnings);
  }
  if (out.stages.rows() == 0 && !parts.all.empty()) warnings.emplace_back("no participation says its stage");
  if (out.levels.rows() == 0 && !parts.all.empty()) warnings.emplace_back("no participation says its level and scale");
  if (out.levels.rows() > 0) detail::warn_of_repeats(parts, warnings);
  return out;
}

namespace detail {

// Kinds of support in the order in which documents name them; others follow.
inline const std::vector<std::string>& supports() {
  static const std::vector<std::string> known = {"payment", "respite", "travel", "childcare", "catering", "training"};
  return known;
}

struct SupportOf {
  std::set<std::string> offered, wanted, taken, declined;
};

}  // namespace detail

LINKPIN_INLINE Support support(const Ecosystem& eco, const SupportOptions& options) {
  need_level("support", options.level);
  Support out;
  out.provenance.measure = "support";
  std::vector<std::string>& warnings = out.provenance.warnings;
  const detail::TakingParts parts = detail::taking_parts("support", eco, options.by, "takes_part_in", warnings);
  const Frame& ties = eco.ties();
  auto read = [&ties](const char* column, std::size_t row) {
    const std::vector<std::string> found = cell_words(ties.find(column), row);
    return std::set<std::string>(found.begin(), found.end());
  };
  std::vector<detail::SupportOf> said;
  std::set<std::string> kinds;
  std::map<std::pair<std::string, std::string>, std::int64_t> reasons;
  for (const detail::TakingPart& one : parts.all) {
    detail::SupportOf s{read("support_offered", one.row), read("support_wanted", one.row),
                        read("support_taken", one.row), read("support_declined", one.row)};
    for (const auto* list : {&s.taken, &s.declined}) s.offered.insert(list->begin(), list->end());
    for (const auto* list : {&s.offered, &s.wanted}) kinds.insert(list->begin(), list->end());
    const std::string reason = cell_text(ties.find("declined_because"), one.row);
    if (!reason.empty()) {
      if (s.declined.empty()) reasons[{"", reason}] += one.people;
      for (const std::string& kind : s.declined) reasons[{kind, reason}] += one.people;
    }
    said.push_back(std::move(s));
  }
  detail::Rows table({"group", "support", "offered", "wanted", "taken", "declined", "unmet", "share", "low", "high"});
  for (index_t g = none; g < static_cast<index_t>(parts.groups.size()); ++g) {
    for (const std::string& kind : detail::in_order(kinds, detail::supports())) {
      std::int64_t offered = 0, wanted = 0, taken = 0, declined = 0, unmet = 0;
      for (std::size_t i = 0; i < parts.all.size(); ++i) {
        if (!detail::in_group(parts.all[i], g)) continue;
        const std::int64_t people = parts.all[i].people;
        offered += said[i].offered.contains(kind) ? people : 0;
        wanted += said[i].wanted.contains(kind) ? people : 0;
        taken += said[i].taken.contains(kind) ? people : 0;
        declined += said[i].declined.contains(kind) ? people : 0;
        unmet += said[i].wanted.contains(kind) && !said[i].offered.contains(kind) ? people : 0;
      }
      if (offered + wanted == 0) continue;
      const Interval own = offered == 0 ? Interval{} : clopper_pearson(taken, offered, options.level);
      table.add({detail::group_cell(parts, g), detail::text(kind), detail::whole(offered), detail::whole(wanted),
                 detail::whole(taken), detail::whole(declined), detail::whole(unmet), detail::share_of(taken, offered),
                 own.low, own.high});
    }
  }
  out.table = table.frame("ttiiiiinnn");
  detail::Rows because({"support", "reason", "people"});
  for (const auto& [key, people] : reasons) {
    because.add({key.first.empty() ? detail::no_text() : detail::text(key.first), detail::text(key.second),
                 detail::whole(people)});
  }
  out.reasons = because.frame("tti");
  if (kinds.empty() && !parts.all.empty()) warnings.emplace_back("no participation says what support there was");
  return out;
}

}  // namespace linkpin
