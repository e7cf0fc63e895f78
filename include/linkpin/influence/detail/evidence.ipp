#pragma once

#include <algorithm>
#include <cctype>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/columns_of.ipp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace linkpin {

namespace detail::evidence {

inline bool is_synthesis(const Ecosystem& eco, index_t v) {
  for (const char* column : {"design", "publication_type"}) {
    std::string text(text_at(eco.entities(), column, at(v)));
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const char* word : {"review", "meta-analysis", "synthesis"}) {
      if (text.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

// Ties along the flow of knowledge as (from, to).
inline std::vector<std::pair<index_t, index_t>> flows(const Ecosystem& eco, const std::vector<std::string>& kinds) {
  std::vector<std::pair<index_t, index_t>> ends;
  std::map<std::string, Flow, std::less<>> flow;
  for (const std::string& kind : kinds) flow[kind] = eco.kind(kind).flow;
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const auto found = flow.find(text_at(eco.ties(), "kind", at(t)));
    if (found == flow.end()) continue;
    const index_t from = eco.from()[at(t)], to = eco.to()[at(t)];
    ends.push_back(found->second == Flow::forward ? std::pair(from, to) : std::pair(to, from));
  }
  return ends;
}

// Steps from each entity to the nearest of `goals` along the ties, `none` where there is no way: backwards from them.
inline std::vector<index_t> steps_to(const Ecosystem& eco, const std::vector<std::pair<index_t, index_t>>& ties,
                                     const std::vector<std::uint8_t>& goals) {
  const auto n = at(eco.entity_count());
  std::vector<std::vector<index_t>> before(n);
  for (const auto& tie : ties) before[at(tie.second)].push_back(tie.first);
  std::vector<index_t> steps(n, none), queue;
  for (std::size_t v = 0; v < n; ++v) {
    if (goals[v] == 0) continue;
    for (const index_t u : before[v]) {
      if (steps[at(u)] != none) continue;
      steps[at(u)] = 1;
      queue.push_back(u);
    }
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const index_t u : before[at(queue[head])]) {
      if (steps[at(u)] != none) continue;
      steps[at(u)] = steps[at(queue[head])] + 1;
      queue.push_back(u);
    }
  }
  return steps;
}

}  // namespace detail::evidence

LINKPIN_INLINE EvidenceTables stranded(const Ecosystem& eco, const StrandedOptions& options) {
  using namespace detail::evidence;
  const std::vector<index_t> all = of_kinds(eco, {"evidence"});
  need_level("stranded", options.level);
  if (all.empty()) refuse_kind(eco, "stranded", "evidence");
  std::vector<std::uint8_t> policies(at(eco.entity_count()), 0), syntheses(policies.size(), 0);
  for (const index_t v : of_kinds(eco, {"policy"})) policies[at(v)] = 1;
  for (const index_t v : all) syntheses[at(v)] = is_synthesis(eco, v) ? 1 : 0;
  const auto ties = flows(eco, options.ties);
  const std::vector<index_t> to_policy = steps_to(eco, ties, policies);
  const std::vector<index_t> to_synthesis = steps_to(eco, ties, syntheses);
  EvidenceTables out;
  out.provenance.measure = "stranded";
  Words id, type, access, date, reaches;
  std::vector<double> steps;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_type;
  for (const index_t v : all) {
    const bool policy = to_policy[at(v)] != none, synthesis = to_synthesis[at(v)] != none;
    id.emplace_back(eco.id(v));
    type.push_back(said(text_at(eco.entities(), "evidence_type", at(v))));
    access.push_back(said(text_at(eco.entities(), "access", at(v))));
    date.push_back(when(eco.entities(), at(v)));
    reaches.emplace_back(policy ? "policy" : synthesis ? "synthesis" : "nothing");
    steps.push_back(policy ? to_policy[at(v)] : synthesis ? to_synthesis[at(v)] : undefined);
    auto& [count, reached] = by_type[type.back().value_or("not said")];
    ++count;
    reached += policy || synthesis ? 1 : 0;
  }
  out.table.set("id", text_column(id));
  out.table.set("evidence_type", text_column(type));
  out.table.set("access", text_column(access));
  out.table.set("date", text_column(date));
  out.table.set("reaches", text_column(reaches));
  out.table.set("steps", Column(std::move(steps)));
  Words name;
  std::vector<std::int64_t> counts, reached;
  std::vector<double> share, low, high;
  for (const auto& [word, pair] : by_type) {
    const Interval interval = wilson(pair.second, pair.first, options.level);
    name.emplace_back(word);
    counts.push_back(pair.first);
    reached.push_back(pair.second);
    share.push_back(static_cast<double>(pair.second) / static_cast<double>(pair.first));
    low.push_back(interval.low);
    high.push_back(interval.high);
  }
  out.summary.set("evidence_type", text_column(name));
  out.summary.set("evidence", counts_column(counts));
  out.summary.set("reached", counts_column(reached));
  out.summary.set("share", Column(std::move(share)));
  out.summary.set("lower", Column(std::move(low)));
  out.summary.set("upper", Column(std::move(high)));
  out.provenance.warnings.emplace_back(
      "what the data does not hold cannot be reached: the shares that reach one are lower bounds, and young evidence "
      "has had less time");
  return out;
}

LINKPIN_INLINE EvidenceTables crossover(const Ecosystem& eco, const CrossoverOptions& options) {
  using namespace detail::evidence;
  const std::vector<index_t> all = of_kinds(eco, {"evidence"});
  if (all.empty()) refuse_kind(eco, "crossover", "evidence");
  if (eco.entities().find(options.by) == nullptr) {
    refuse("crossover", "by", options.by, "the entities have no such column");
  }
  std::vector<std::set<std::string>> groups(at(eco.entity_count()));
  std::vector<std::uint8_t> is(groups.size(), 0);
  for (const index_t v : all) {
    is[at(v)] = 1;
    for (const std::string& word : values_in(eco.entities(), options.by, at(v))) groups[at(v)].insert(word);
  }
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    if (text_at(eco.ties(), "kind", at(t)) != "produces" || is[at(eco.to()[at(t)])] == 0) continue;
    for (const std::string& word : values_in(eco.entities(), options.by, at(eco.from()[at(t)]))) {
      groups[at(eco.to()[at(t)])].insert(word);
    }
  }
  std::map<std::pair<std::string, std::string>, double> cells;
  std::map<std::string, std::tuple<double, double, double, double>> margins;  // evidence, given, received, crossing
  for (const index_t v : all) {
    for (const std::string& g : groups[at(v)]) {
      std::get<0>(margins[g]) += 1.0 / static_cast<double>(groups[at(v)].size());
    }
  }
  double total = 0;
  std::int64_t unknown = 0;
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const index_t from = eco.from()[at(t)], to = eco.to()[at(t)];
    if (text_at(eco.ties(), "kind", at(t)) != "cites" || is[at(from)] == 0 || is[at(to)] == 0 || from == to) continue;
    const auto& citing = groups[at(from)];
    const auto& cited = groups[at(to)];
    if (citing.empty() || cited.empty()) {
      ++unknown;
      continue;
    }
    const double part = 1.0 / (static_cast<double>(citing.size()) * static_cast<double>(cited.size()));
    total += 1;
    for (const std::string& g : citing) {
      for (const std::string& h : cited) {
        cells[{g, h}] += part;
        std::get<1>(margins[g]) += part;
        std::get<2>(margins[h]) += part;
        if (g != h) std::get<3>(margins[g]) += part;
      }
    }
  }
  EvidenceTables out;
  out.provenance.measure = "crossover";
  Words citing, cited, name;
  std::vector<double> citations, expected, ratio, evidence, given, received, crossing;
  for (const auto& [g, m] : margins) {
    name.emplace_back(g);
    evidence.push_back(std::get<0>(m));
    given.push_back(std::get<1>(m));
    received.push_back(std::get<2>(m));
    crossing.push_back(std::get<1>(m) > 0 ? std::get<3>(m) / std::get<1>(m) : undefined);
    for (const auto& [h, other] : margins) {
      const auto found = cells.find({g, h});
      citing.emplace_back(g);
      cited.emplace_back(h);
      citations.push_back(found == cells.end() ? 0.0 : found->second);
      expected.push_back(total > 0 ? std::get<1>(m) * std::get<2>(other) / total : undefined);
      ratio.push_back(expected.back() > 0 ? citations.back() / expected.back() : undefined);
    }
  }
  out.table.set("citing", text_column(citing));
  out.table.set("cited", text_column(cited));
  out.table.set("citations", Column(std::move(citations)));
  out.table.set("expected", Column(std::move(expected)));
  out.table.set("ratio", Column(std::move(ratio)));
  out.summary.set("group", text_column(name));
  out.summary.set("evidence", Column(std::move(evidence)));
  out.summary.set("given", Column(std::move(given)));
  out.summary.set("received", Column(std::move(received)));
  out.summary.set("crossing", Column(std::move(crossing)));
  if (total == 0)
    out.provenance.warnings.emplace_back("no citation joins evidence of known groups: nothing to compare");
  if (unknown > 0) {
    out.provenance.warnings.push_back(std::to_string(unknown) + " citations join evidence of no known group");
  }
  return out;
}

LINKPIN_INLINE EvidenceTables gap_map(const Ecosystem& eco, const GapMapOptions& options) {
  using namespace detail::evidence;
  const std::vector<index_t> all = of_kinds(eco, {options.kind});
  if (all.empty()) refuse_kind(eco, "gap_map", options.kind);
  const std::string* asked[3] = {&options.rows, &options.columns, &options.layers};
  EvidenceTables out;
  out.provenance.measure = "gap_map";
  int there = 0;
  for (const std::string* column : asked) {
    if (eco.entities().find(*column) != nullptr) {
      ++there;
    } else {
      out.provenance.warnings.push_back("there is no column " + *column + ": it is \"not said\" of all");
    }
  }
  if (there == 0) refuse("gap_map", "rows", options.rows, "the entities have none of the three columns");
  std::set<std::string> levels[3];
  std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> cells;
  std::map<std::pair<std::string, std::string>, std::int64_t> flat;
  for (const index_t v : all) {
    std::vector<std::string> words[3];
    for (int i = 0; i < 3; ++i) {
      words[i] = values_in(eco.entities(), *asked[i], at(v));
      if (words[i].empty()) words[i].emplace_back("not said");
      levels[i].insert(words[i].begin(), words[i].end());
    }
    for (const std::string& row : words[0]) {
      for (const std::string& column : words[1]) {
        ++flat[{row, column}];
        for (const std::string& layer : words[2]) ++cells[{row, column, layer}];
      }
    }
  }
  const double size = static_cast<double>(levels[0].size()) * static_cast<double>(levels[1].size()) *
                      static_cast<double>(levels[2].size());
  if (size > 5e6) {
    throw LimitError({"gap_map", "cells", shown(size), "", "more than 5 million; group the topics first"});
  }
  Words row, column, layer, flat_row, flat_column;
  std::vector<std::int64_t> count, flat_count;
  for (const std::string& r : levels[0]) {
    for (const std::string& c : levels[1]) {
      flat_row.emplace_back(r);
      flat_column.emplace_back(c);
      const auto whole = flat.find({r, c});
      flat_count.push_back(whole == flat.end() ? 0 : whole->second);
      for (const std::string& l : levels[2]) {
        const auto found = cells.find({r, c, l});
        row.emplace_back(r);
        column.emplace_back(c);
        layer.emplace_back(l);
        count.push_back(found == cells.end() ? 0 : found->second);
      }
    }
  }
  out.table.set("row", text_column(row));
  out.table.set("column", text_column(column));
  out.table.set("layer", text_column(layer));
  out.table.set("count", counts_column(count));
  out.summary.set("row", text_column(flat_row));
  out.summary.set("column", text_column(flat_column));
  out.summary.set("count", counts_column(flat_count));
  return out;
}

}  // namespace linkpin
