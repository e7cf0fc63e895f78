#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/participation/deciding.hpp>
#include <linkpin/participation/detail/reached.hpp>
#include <linkpin/participation/detail/taking_part.hpp>
#include <linkpin/statistics/draws.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace linkpin {

namespace detail {

// Each of those who take part or decide: how much, and in which groups.
struct Voices {
  std::vector<std::string> groups;
  std::vector<double> attendance, decisions;      // by voice
  std::vector<std::vector<index_t>> memberships;  // by voice; equal parts
};

// The voices counted by what they did (a kind of voice) and by the groups they belong to (a membership). To shuffle who
// belongs to which groups is to draw such a table with the same margins, so nobody need be shuffled one by one.
struct VoiceTable {
  std::vector<std::pair<double, double>> kinds;   // attendance and decisions
  std::vector<std::vector<index_t>> memberships;  // groups
  std::vector<std::int64_t> counts;               // kind by kind, one a membership

  explicit VoiceTable(const Voices& voices) {
    std::map<std::pair<double, double>, std::size_t> kind_of;
    std::map<std::vector<index_t>, std::size_t> membership_of;
    std::vector<std::pair<std::size_t, std::size_t>> cells;
    for (std::size_t v = 0; v < voices.attendance.size(); ++v) {
      std::vector<index_t> own = voices.memberships[v];
      std::sort(own.begin(), own.end());
      const std::pair<double, double> did{voices.attendance[v], voices.decisions[v]};
      const auto [kind, new_kind] = kind_of.emplace(did, kinds.size());
      if (new_kind) kinds.push_back(did);
      const auto [membership, new_membership] = membership_of.emplace(own, memberships.size());
      if (new_membership) memberships.push_back(std::move(own));
      cells.emplace_back(kind->second, membership->second);
    }
    counts.assign(kinds.size() * memberships.size(), 0);
    for (const auto& [kind, membership] : cells) ++counts[kind * memberships.size() + membership];
  }

  // Attendance and decisions of each group, and of all who have one: the last of each.
  void tally(std::span<const std::int64_t> table, std::vector<double>& attended, std::vector<double>& decided) const {
    std::fill(attended.begin(), attended.end(), 0.0);
    std::fill(decided.begin(), decided.end(), 0.0);
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      for (std::size_t m = 0; m < memberships.size(); ++m) {
        const auto voices = static_cast<double>(table[k * memberships.size() + m]);
        if (voices == 0 || memberships[m].empty()) continue;
        const auto parts = static_cast<double>(memberships[m].size());
        for (const index_t g : memberships[m]) {
          attended[static_cast<std::size_t>(g)] += voices * kinds[k].first / parts;
          decided[static_cast<std::size_t>(g)] += voices * kinds[k].second / parts;
        }
        attended.back() += voices * kinds[k].first;
        decided.back() += voices * kinds[k].second;
      }
    }
  }

  // Another table with the same margins, drawn as shuffling would: Patefield's way, a kind of voice at a time.
  void draw(Stream& random, std::vector<std::int64_t>& table) const {
    const std::size_t width = memberships.size();
    std::vector<std::int64_t> left(width, 0);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      left[i % width] += counts[i];
      all += counts[i];
    }
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      std::int64_t wanted = 0;
      for (std::size_t m = 0; m < width; ++m) wanted += counts[k * width + m];
      std::int64_t others = all;
      all -= wanted;
      for (std::size_t m = 0; m < width; ++m) {
        others -= left[m];
        const std::int64_t here = draw_hypergeometric(random, left[m], others, wanted);
        table[k * width + m] = here;
        left[m] -= here;
        wanted -= here;
      }
    }
  }
};

inline std::vector<double> share_differences(const std::vector<double>& attended, const std::vector<double>& decided) {
  std::vector<double> out(attended.size() - 1, undefined);
  if (!(attended.back() > 0 && decided.back() > 0)) return out;
  for (std::size_t g = 0; g < out.size(); ++g) out[g] = decided[g] / decided.back() - attended[g] / attended.back();
  return out;
}

inline Voices voices_of(const TakingParts& attending, const std::vector<std::int64_t>& decided,
                        const TakingParts& deciding) {
  Voices out;
  std::map<std::string, index_t> codes;
  for (const TakingParts* parts : {&attending, &deciding}) {
    for (const std::string& name : parts->groups) codes.emplace(name, 0);
  }
  for (auto& [name, code] : codes) {
    code = static_cast<index_t>(out.groups.size());
    out.groups.push_back(name);
  }
  std::map<index_t, std::size_t> voice;
  auto of = [&](index_t who) {
    const auto [at, fresh] = voice.emplace(who, out.attendance.size());
    if (fresh) {
      out.attendance.push_back(0);
      out.decisions.push_back(0);
      out.memberships.emplace_back();
    }
    return at->second;
  };
  auto join = [&](std::size_t v, const TakingParts& parts, const TakingPart& one) {
    for (const index_t g : one.groups) {
      const index_t code = codes.at(parts.groups[static_cast<std::size_t>(g)]);
      auto& mine = out.memberships[v];
      if (std::find(mine.begin(), mine.end(), code) == mine.end()) mine.push_back(code);
    }
  };
  for (std::size_t i = 0; i < attending.all.size(); ++i) {
    const std::size_t v = of(attending.all[i].who);
    out.attendance[v] += static_cast<double>(attending.all[i].people);
    if (!decided.empty()) out.decisions[v] += static_cast<double>(decided[i]);
    join(v, attending, attending.all[i]);
  }
  for (const TakingPart& one : deciding.all) {
    const std::size_t v = of(one.who);
    out.decisions[v] += static_cast<double>(one.people);
    join(v, deciding, one);
  }
  return out;
}

// Of each group, how many shuffles gave as little or less, and as much or more.
struct Shuffled {
  std::vector<std::int64_t> less, greater;
};

inline Shuffled shuffled(const VoiceTable& voices, const std::vector<double>& observed,
                         const DecidingOptions& options) {
  const std::size_t k = observed.size();
  std::vector<std::uint8_t> marks(static_cast<std::size_t>(options.permutations) * k, 0);  // 1: as little, 2: as much
  const auto work = static_cast<std::int64_t>(16 * voices.counts.size());
  parallel_for(options.permutations, work, options.run, [&](std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> table(voices.counts.size());
    std::vector<double> attended(k + 1), decided(k + 1);
    for (std::int64_t r = begin; r < end; ++r) {
      Stream random(options.seed, "consulted_not_deciding", static_cast<std::uint64_t>(r));
      voices.draw(random, table);
      voices.tally(table, attended, decided);
      const std::vector<double> found = share_differences(attended, decided);
      for (std::size_t g = 0; g < k; ++g) {
        const double slack = 1e-12;
        const int mark = (found[g] <= observed[g] + slack ? 1 : 0) + (found[g] >= observed[g] - slack ? 2 : 0);
        marks[static_cast<std::size_t>(r) * k + g] = static_cast<std::uint8_t>(mark);
      }
    }
  });
  Shuffled out{std::vector<std::int64_t>(k, 0), std::vector<std::int64_t>(k, 0)};
  for (std::size_t i = 0; i < marks.size(); ++i) {
    out.less[i % k] += marks[i] & 1;
    out.greater[i % k] += marks[i] >> 1;
  }
  return out;
}

}  // namespace detail

LINKPIN_INLINE Deciding consulted_not_deciding(const Ecosystem& eco, const DecidingOptions& options) {
  if (options.permutations < 0) {
    refuse("consulted_not_deciding", "permutations", std::to_string(options.permutations), "0 or more");
  }
  Deciding out;
  out.provenance.measure = "consulted_not_deciding";
  if (options.permutations > 0) out.provenance.seed = options.seed;
  std::vector<std::string>& warnings = out.provenance.warnings;
  const index_t threshold = detail::spectrum_level("consulted_not_deciding", options.at_or_above);
  const detail::TakingParts attending =
      detail::taking_parts("consulted_not_deciding", eco, options.by, "takes_part_in", warnings);
  const detail::TakingParts deciding =
      detail::taking_parts("consulted_not_deciding", eco, options.by, "decides", warnings);
  std::vector<std::int64_t> decided;
  out.decisions_from = deciding.all.empty() ? "level" : "decides";
  if (deciding.all.empty()) {
    const auto levelled = detail::levels_of("consulted_not_deciding", eco, attending, warnings);
    std::int64_t without = 0;
    for (std::size_t i = 0; i < attending.all.size(); ++i) {
      const bool known = levelled[i].level != none;
      without += known ? 0 : 1;
      decided.push_back(known && detail::reaches(levelled[i], threshold).surely ? attending.all[i].people : 0);
    }
    if (without > 0) {
      warnings.push_back(std::to_string(without) + " participations say no level and count as attendance only");
    }
  }
  const detail::Voices voices = detail::voices_of(attending, decided, deciding);
  const detail::VoiceTable counted(voices);
  std::vector<double> attended(voices.groups.size() + 1), decisions(voices.groups.size() + 1);
  counted.tally(counted.counts, attended, decisions);
  const std::vector<double> observed = detail::share_differences(attended, decisions);
  const double all_a = attended.back();
  const double all_d = decisions.back();
  const bool defined = all_a > 0 && all_d > 0;
  if (!defined) warnings.emplace_back("there is no attendance or no decision on record: the shares are undefined");
  detail::Shuffled chance;
  if (defined && options.permutations > 0) chance = detail::shuffled(counted, observed, options);

  detail::Rows rows({"group", "people", "attendance", "attendance_share", "decisions", "decision_share", "ratio",
                     "difference", "p", "p_less", "p_greater", "p_error"});
  const double runs = options.permutations + 1.0;
  for (std::size_t g = 0; g < voices.groups.size(); ++g) {
    std::int64_t people = 0;
    for (const auto& of : voices.memberships) {
      people += std::find(of.begin(), of.end(), static_cast<index_t>(g)) != of.end() ? 1 : 0;
    }
    const double a = all_a > 0 ? attended[g] / all_a : undefined;
    const double d = all_d > 0 ? decisions[g] / all_d : undefined;
    double less = undefined, greater = undefined, p = undefined, error = undefined;
    if (!chance.less.empty()) {
      less = (static_cast<double>(chance.less[g]) + 1) / runs;
      greater = (static_cast<double>(chance.greater[g]) + 1) / runs;
      p = std::min(1.0, 2 * std::min(less, greater));
      error = std::sqrt(p * (1 - p) / runs);
    }
    rows.add({detail::text(voices.groups[g]), detail::whole(people), attended[g], a, decisions[g], d,
              a > 0 ? d / a : undefined, observed[g], p, less, greater, error});
  }
  out.table = rows.frame("tinnnnnnnnnn");
  return out;
}

namespace detail {

// The project that an event, board or decision belongs to by member_of, or itself. Stops where ties run in a circle.
inline std::vector<index_t> projects(const Ecosystem& eco) {
  const Column* kind = eco.ties().find("kind");
  std::vector<index_t> parent(static_cast<std::size_t>(eco.entity_count()), none);
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_kind(kind, row, "member_of")) continue;
    index_t& up = parent[static_cast<std::size_t>(eco.from()[row])];
    if (up == none) up = eco.to()[row];
  }
  const Column* kinds = eco.entities().find("kind");
  std::vector<index_t> out(parent.size());
  for (std::size_t v = 0; v < parent.size(); ++v) {
    out[v] = static_cast<index_t>(v);
    index_t at = static_cast<index_t>(v);
    for (std::size_t steps = 0; at != none && steps <= parent.size(); ++steps) {
      if (is_kind(kinds, static_cast<std::size_t>(at), "project")) {
        out[v] = at;
        break;
      }
      at = parent[static_cast<std::size_t>(at)];
    }
  }
  return out;
}

// What somebody took part in of one project.
struct Journey {
  std::set<std::string> stages;
  std::set<index_t> groups;
};
using Journeys = std::map<std::pair<index_t, index_t>, Journey>;  // by who and project

// Where stages are on record and none of them is one of those asked for, they may be called otherwise.
inline void warn_of_stages(const Journeys& ways, const std::vector<std::string>& shaping,
                           std::vector<std::string>& warnings) {
  std::set<std::string> said;
  for (const auto& [key, way] : ways) said.insert(way.stages.begin(), way.stages.end());
  if (said.empty() || std::any_of(shaping.begin(), shaping.end(), [&](const auto& s) { return said.contains(s); })) {
    return;
  }
  auto joined = [](const auto& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  };
  warnings.push_back("nothing is at the stages " + joined(shaping) + "; on record are: " + joined(said));
}

}  // namespace detail

LINKPIN_INLINE Through all_the_way_through(const Ecosystem& eco, const ThroughOptions& options) {
  need_level("all_the_way_through", options.level);
  Through out;
  out.provenance.measure = "all_the_way_through";
  std::vector<std::string>& warnings = out.provenance.warnings;
  const detail::TakingParts parts =
      detail::taking_parts("all_the_way_through", eco, options.by, "takes_part_in", warnings);
  const std::vector<index_t> project = detail::projects(eco);
  const Column* stage = eco.ties().find("stage");

  detail::Journeys ways;
  std::int64_t silent = 0;
  for (const detail::TakingPart& one : parts.all) {
    const std::vector<std::string> stages = cell_words(stage, one.row);
    silent += stages.empty() ? 1 : 0;
    detail::Journey& way = ways[{one.who, project[static_cast<std::size_t>(one.what)]}];
    way.stages.insert(stages.begin(), stages.end());
    way.groups.insert(one.groups.begin(), one.groups.end());
  }
  std::vector<std::string> shaping = options.shaping;
  std::vector<std::string> later = options.later;
  for (auto* asked : {&shaping, &later}) {
    for (std::string& word : *asked) word = tidy_words(word);
  }
  detail::warn_of_stages(ways, shaping, warnings);
  auto any = [](const std::set<std::string>& has, const std::vector<std::string>& of) {
    return std::any_of(of.begin(), of.end(), [&has](const std::string& s) { return has.contains(s); });
  };
  detail::Rows rows({"group", "stage", "shaped", "still_there", "share", "low", "high"});
  for (index_t g = none; g < static_cast<index_t>(parts.groups.size()); ++g) {
    std::int64_t shaped = 0, through = 0;
    std::vector<std::int64_t> still(later.size(), 0);
    for (const auto& [key, way] : ways) {
      if ((g != none && !way.groups.contains(g)) || !any(way.stages, shaping)) continue;
      ++shaped;
      bool all = true;
      for (std::size_t s = 0; s < later.size(); ++s) {
        const bool there = way.stages.contains(later[s]);
        still[s] += there ? 1 : 0;
        all = all && there;
      }
      through += all ? 1 : 0;
    }
    if (g != none && shaped == 0) continue;
    auto add = [&](detail::Rows::Cell name, std::int64_t there) {
      const Interval own = shaped == 0 ? Interval{} : clopper_pearson(there, shaped, options.level);
      rows.add({detail::group_cell(parts, g), std::move(name), detail::whole(shaped), detail::whole(there),
                detail::share_of(there, shaped), own.low, own.high});
    };
    for (std::size_t s = 0; s < later.size(); ++s) add(detail::text(later[s]), still[s]);
    add(detail::no_text(), through);
  }
  out.table = rows.frame("ttiinnn");
  if (silent > 0) {
    warnings.push_back(std::to_string(silent) + " of " + std::to_string(parts.all.size()) +
                       " participations do not say their stage");
  }
  return out;
}

}  // namespace linkpin
