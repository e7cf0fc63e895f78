#pragma once

#include <algorithm>
#include <array>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/columns_of.ipp>
#include <linkpin/influence/use.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <utility>

namespace linkpin {

namespace detail::use {

using evidence::at;
using evidence::text_at;
using evidence::Words;
using Rungs = std::array<std::int64_t, utilisation_rungs.size()>;

// Counts words in the order of the usual ones, then of first appearance, zeros included.
class Tally {
 public:
  template <std::size_t size>
  explicit Tally(const std::array<std::string_view, size>& usual) {
    for (const std::string_view word : usual) find(std::string(word));
  }
  void add(const std::string& word) { ++counts_[find(word)]; }

  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  [[nodiscard]] const std::vector<std::int64_t>& counts() const { return counts_; }

 private:
  std::size_t find(const std::string& word) {
    const auto found = std::find(words_.begin(), words_.end(), word);
    if (found != words_.end()) return static_cast<std::size_t>(found - words_.begin());
    words_.push_back(word);
    counts_.push_back(0);
    return words_.size() - 1;
  }

  std::vector<std::string> words_;
  std::vector<std::int64_t> counts_;
};

inline Frame counted(const char* heading, const char* what, const Tally& tally) {
  Words words;
  for (const std::string& word : tally.words()) words.emplace_back(word);
  Frame frame;
  frame.set(heading, text_column(words));
  frame.set(what, evidence::counts_column(tally.counts()));
  return frame;
}

inline Frame ladder(const std::map<std::string, Rungs>& groups, double level) {
  Words name, rung;
  std::vector<std::int64_t> here, passed;
  std::vector<double> share, low, high;
  for (const auto& [group, counts] : groups) {
    std::int64_t above = 0;
    for (const std::int64_t count : counts) above += count;
    std::int64_t before = above;
    for (std::size_t r = 0; r < counts.size(); ++r) {
      name.emplace_back(group);
      rung.emplace_back(std::string(utilisation_rungs[r]));
      here.push_back(counts[r]);
      passed.push_back(above);
      // The lowest rung has none below to come from.
      const bool known = r > 0 && before > 0;
      const Interval interval = known ? wilson(above, before, level) : Interval{undefined, undefined};
      share.push_back(known ? static_cast<double>(above) / static_cast<double>(before) : undefined);
      low.push_back(interval.low);
      high.push_back(interval.high);
      before = above;
      above -= counts[r];
    }
  }
  Frame frame;
  frame.set("group", text_column(name));
  frame.set("rung", text_column(rung));
  frame.set("here", evidence::counts_column(here));
  frame.set("passed", evidence::counts_column(passed));
  frame.set("share", Column(std::move(share)));
  frame.set("lower", Column(std::move(low)));
  frame.set("upper", Column(std::move(high)));
  return frame;
}

}  // namespace detail::use

LINKPIN_INLINE EvidenceTables utilisation(const Ecosystem& eco, const UtilisationOptions& options) {
  namespace u = detail::use;
  if (!(options.level > 0 && options.level < 1)) {
    refuse("utilisation", "level", shown(options.level), "give a level between 0 and 1, such as 0.95");
  }
  if (eco.ties().find("rung") == nullptr && eco.ties().find("use") == nullptr) {
    refuse("utilisation", "ties", "", "they have neither a column rung nor a column use");
  }
  if (!options.by.empty() && eco.entities().find(options.by) == nullptr) {
    refuse("utilisation", "by", options.by, "the entities have no such column");
  }
  EvidenceTables out;
  out.provenance.measure = "utilisation";
  std::map<std::string, u::Rungs> groups;
  u::Tally uses(research_uses);
  std::int64_t silent = 0, other = 0;
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const std::string_view rung = u::text_at(eco.ties(), "rung", u::at(t));
    const std::string_view use = u::text_at(eco.ties(), "use", u::at(t));
    if (rung.empty() && use.empty()) continue;
    if (use.empty()) {
      ++silent;
    } else {
      uses.add(std::string(use));
    }
    if (rung.empty()) continue;
    const auto found = std::find(utilisation_rungs.begin(), utilisation_rungs.end(), rung);
    if (found == utilisation_rungs.end()) {
      ++other;
      continue;
    }
    const auto place = static_cast<std::size_t>(found - utilisation_rungs.begin());
    const std::string kind(u::text_at(eco.ties(), "kind", u::at(t)));
    const bool backward = eco.kind(kind).flow == Flow::backward;
    const index_t user = backward ? eco.from()[u::at(t)] : eco.to()[u::at(t)];
    std::vector<std::string> of{"all"};
    if (!options.by.empty()) {
      of = detail::evidence::values_in(eco.entities(), options.by, u::at(user));
      if (of.empty()) of.emplace_back("not said");
    }
    for (const std::string& group : of) ++groups[group][place];
  }
  out.table = u::ladder(groups, options.level);
  for (std::int64_t i = 0; i < silent; ++i) uses.add("not said");
  out.summary = u::counted("use", "ties", uses);
  if (other > 0) {
    out.provenance.warnings.push_back(std::to_string(other) +
                                      " ties have a rung that is not on the ladder: they are not counted");
  }
  out.provenance.warnings.emplace_back(
      "only use that somebody recorded is counted, and what went far is recorded sooner: shares are of what is known");
  return out;
}

LINKPIN_INLINE EvidenceTables payback(const Ecosystem& eco) {
  namespace u = detail::use;
  if (eco.entities().find("payback") == nullptr) {
    refuse("payback", "entities", "", "they have no column payback");
  }
  EvidenceTables out;
  out.provenance.measure = "payback";
  u::Tally all(payback_categories);
  std::map<std::pair<std::string, std::string>, std::int64_t> cells;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    for (const std::string& word : detail::evidence::values_in(eco.entities(), "payback", u::at(v))) {
      all.add(word);
      ++cells[{word, std::string(u::text_at(eco.entities(), "kind", u::at(v)))}];
    }
  }
  out.summary = u::counted("category", "entities", all);
  u::Words category, kind;
  std::vector<std::int64_t> count;
  for (const std::string& word : all.words()) {
    for (auto cell = cells.lower_bound({word, ""}); cell != cells.end() && cell->first.first == word; ++cell) {
      category.emplace_back(word);
      kind.push_back(detail::evidence::said(cell->first.second));
      count.push_back(cell->second);
    }
  }
  out.table.set("category", text_column(category));
  out.table.set("kind", text_column(kind));
  out.table.set("entities", detail::evidence::counts_column(count));
  return out;
}

}  // namespace linkpin
