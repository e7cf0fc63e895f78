#pragma once

#include <algorithm>
#include <bit>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/chance.ipp>
#include <linkpin/influence/detail/walks.ipp>
#include <linkpin/influence/reach.hpp>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

inline std::string folded_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 128 && std::isalnum(u) == 0) continue;
    out.push_back(u < 128 ? static_cast<char>(std::tolower(u)) : c);
  }
  return out;
}

inline const Column* text_of(const Network& net, std::string_view name) {
  const Column* column = net.vertices().find(name);
  return column != nullptr && column->is_text() ? column : nullptr;
}

inline bool is_working_paper(const Network& net, std::size_t v) {
  for (const char* name : {"evidence_type", "policy_type", "type"}) {
    const Column* column = text_of(net, name);
    if (column == nullptr) continue;
    const std::string word = folded_label(column->view(v));
    if (word == "workingpaper" || word == "preprint" || word == "discussionpaper") return true;
  }
  return false;
}

// What counts under a definition: the targets, each with the document it stands for.
struct Countable {
  Network net;
  std::vector<index_t> document;  // by vertex: `none` where it is no target
  std::vector<std::string> notes;
  std::int64_t count = 0;
};

inline std::vector<index_t> policies(const Network& net, std::span<const index_t> targets, std::string_view function) {
  if (!targets.empty()) {
    marked_ends(net, targets, function, "targets");
    return {targets.begin(), targets.end()};
  }
  std::vector<index_t> found;
  const Column* kinds = text_of(net, "kind");
  for (index_t v = 0; v < net.n() && kinds != nullptr; ++v) {
    if (kinds->view(static_cast<std::size_t>(v)) == "policy") found.push_back(v);
  }
  if (found.empty()) refuse(function, "targets", "none", "name targets, or give vertices of kind policy");
  return found;
}

inline Countable countable(const Network& net, std::span<const index_t> targets, const ReachDefinition& definition) {
  Countable c{net, std::vector<index_t>(static_cast<std::size_t>(net.n()), none), {}, 0};
  const Column* types = text_of(net, "source_type");
  const Column* same = text_of(net, "same_as");
  const Column* labels = text_of(net, "label");
  const Column* dates = net.vertices().find("date");
  if (!definition.source_types.empty() && types == nullptr) {
    c.notes.emplace_back("no vertex column source_type: no target is of the source types asked for");
  }
  std::map<std::string, index_t> documents;
  for (const index_t v : targets) {
    const auto at = static_cast<std::size_t>(v);
    if (!definition.source_types.empty() &&
        (types == nullptr || std::find(definition.source_types.begin(), definition.source_types.end(),
                                       types->view(at)) == definition.source_types.end())) {
      continue;
    }
    if (!definition.working_papers && is_working_paper(net, at)) continue;
    std::string key = "\x01" + net.name(v);
    if (definition.deduplicate && same != nullptr && !same->missing(at)) {
      key = "\x01" + std::string(same->view(at));
    } else if (definition.deduplicate && labels != nullptr && !folded_label(labels->view(at)).empty() &&
               dates != nullptr && dates->type() == ColumnType::date && !dates->missing(at)) {
      key = folded_label(labels->view(at)) + "\x02" + to_string(dates->dates()[at]);
    }
    const auto entry = documents.emplace(key, static_cast<index_t>(documents.size()));
    c.document[at] = entry.first->second;
  }
  c.count = static_cast<std::int64_t>(documents.size());
  if (!definition.working_papers) {
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(net.m()));
    for (std::size_t e = 0; e < keep.size(); ++e) {
      keep[e] = is_working_paper(net, static_cast<std::size_t>(net.sources()[e])) ||
                        is_working_paper(net, static_cast<std::size_t>(net.targets()[e]))
                    ? 0
                    : 1;
    }
    c.net = with_ties(net, keep);
  }
  return c;
}

inline int year_of(std::int32_t day) {
  return static_cast<int>(std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))).year());
}

}  // namespace detail

LINKPIN_INLINE Reach reach(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets,
                           const ReachOptions& options) {
  detail::marked_ends(net, sources, "reach", "sources");
  if (!(options.attenuation >= 0 && options.attenuation <= 1)) {
    refuse("reach", "attenuation", shown(options.attenuation), "give a number from 0 to 1");
  }
  if (options.definition.steps < 0) {
    refuse("reach", "steps", std::to_string(options.definition.steps), "give 0 or more");
  }
  const std::vector<index_t> ends = detail::policies(net, targets, "reach");
  detail::Countable c = detail::countable(net, ends, options.definition);
  Reach result;
  result.provenance = provenance(net, "reach");
  result.provenance.warnings = std::move(c.notes);
  result.targets = c.count;
  result.sources.assign(sources.begin(), sources.end());
  std::vector<index_t> first_of(static_cast<std::size_t>(c.count), none);  // by document: a vertex that was reached
  std::vector<double> worth{1.0, 1.0};                                     // by step
  detail::Walks walks(c.net, options.flow);
  Watch watch(options.run);
  for (std::size_t first = 0; first < sources.size(); first += 64) {
    const auto batch = sources.subspan(first, std::min<std::size_t>(64, sources.size() - first));
    std::vector<std::int64_t> reached(batch.size(), 0);
    std::vector<Sum> attenuated(batch.size());
    std::vector<index_t> nearest(batch.size(), none);
    std::vector<std::uint64_t> known(static_cast<std::size_t>(c.count), 0);  // by document: walks that came to it
    walks.run(batch, options.definition.steps, watch, [&](index_t v, std::uint64_t bits, index_t step) {
      const index_t document = c.document[static_cast<std::size_t>(v)];
      if (document == none || step == 0) return;
      const auto at = static_cast<std::size_t>(document);
      bits &= ~known[at];
      known[at] |= bits;
      if (bits != 0 && first_of[at] == none) first_of[at] = v;
      while (worth.size() <= static_cast<std::size_t>(step)) worth.push_back(worth.back() * options.attenuation);
      for (; bits != 0; bits &= bits - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(bits));
        ++reached[i];
        attenuated[i].add(worth[static_cast<std::size_t>(step)]);
        if (nearest[i] == none) nearest[i] = step;
      }
    });
    for (std::size_t i = 0; i < batch.size(); ++i) {
      result.reached.push_back(reached[i]);
      result.attenuated.push_back(attenuated[i].value());
      result.nearest.push_back(nearest[i]);
    }
  }
  const Column* dates = net.vertices().find(options.dates);
  const bool dated = dates != nullptr && dates->type() == ColumnType::date;
  std::map<int, std::int64_t> years;
  for (const index_t v : first_of) {
    if (v == none) continue;
    ++result.together;
    if (dated && !dates->missing(static_cast<std::size_t>(v))) {
      ++years[detail::year_of(dates->dates()[static_cast<std::size_t>(v)].first)];
    } else if (dated) {
      ++result.undated;
    }
  }
  std::int64_t so_far = 0;
  for (const auto& year : years) {
    result.years.push_back(year.first);
    result.by_year.push_back(so_far += year.second);
  }
  if (result.undated > 0) {
    result.provenance.warnings.push_back(std::to_string(result.undated) +
                                         " targets that are reached have no date and are missing by year");
  }
  return result;
}

LINKPIN_INLINE ReachSensitivity reach_sensitivity(const Network& net, std::span<const index_t> sources,
                                                  std::span<const index_t> targets, const ReachOptions& options) {
  const std::vector<index_t> ends = detail::policies(net, targets, "reach_sensitivity");
  std::vector<std::vector<std::string>> types{{}};
  std::set<std::string> distinct;
  const Column* column = detail::text_of(net, "source_type");
  for (const index_t v : ends) {
    if (column != nullptr && !column->missing(static_cast<std::size_t>(v))) {
      distinct.emplace(column->view(static_cast<std::size_t>(v)));
    }
  }
  for (const std::string& type : distinct) types.push_back({type});
  ReachSensitivity result;
  for (const std::vector<std::string>& type : types) {
    for (const index_t steps : {1, 2, 0}) {
      for (const bool deduplicate : {true, false}) {
        for (const bool working_papers : {true, false}) {
          ReachOptions one = options;
          one.definition = {type, steps, deduplicate, working_papers};
          const Reach found = reach(net, sources, ends, one);
          result.definitions.push_back(one.definition);
          result.together.push_back(found.together);
          result.sources.push_back(static_cast<std::int64_t>(
              std::count_if(found.reached.begin(), found.reached.end(), [](std::int64_t r) { return r > 0; })));
          result.targets.push_back(found.targets);
        }
      }
    }
  }
  result.provenance = provenance(net, "reach_sensitivity");
  for (const char* name : {"source_type", "same_as"}) {
    if (detail::text_of(net, name) == nullptr) {
      result.provenance.warnings.push_back("no vertex column " + std::string(name) +
                                           ": that part of the definition changes nothing");
    }
  }
  return result;
}

}  // namespace linkpin
