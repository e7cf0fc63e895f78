#pragma once

#include <algorithm>
#include <linkpin/model/detail/known.hpp>
#include <linkpin/model/lens.hpp>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

inline Period period_of(const Frame& frame, std::size_t row) {
  Period period;
  if (const Column* start = frame.find("start"); start != nullptr && !start->missing(row))
    period.start = start->dates()[row];
  if (const Column* end = frame.find("end"); end != nullptr && !end->missing(row)) period.end = end->dates()[row];
  return period;
}

inline bool holds(const Lens& lens, const Frame& frame, std::size_t row) {
  if (!lens.at) return true;
  const Overlap found = overlap(period_of(frame, row), *lens.at);
  return found == Overlap::certain || (found == Overlap::possible && !lens.certain);
}

// Which texts of a column are asked for, by code: an empty list asks for all.
inline std::vector<std::uint8_t> wanted(const Column* column, const std::vector<std::string>& names) {
  if (column == nullptr) return {};
  const StringTable& levels = *column->text().levels;
  std::vector<std::uint8_t> chosen(static_cast<std::size_t>(levels.size()), names.empty() ? 1 : 0);
  for (const std::string& name : names) {
    if (const index_t code = levels.find(name); code != none) chosen[static_cast<std::size_t>(code)] = 1;
  }
  return chosen;
}

inline bool is_wanted(const Column* column, const std::vector<std::uint8_t>& chosen, std::size_t row, bool all) {
  if (column == nullptr || column->missing(row)) return all;
  return chosen[static_cast<std::size_t>(column->text().codes[row])] != 0;
}

// Ties and mask before vertices are chosen; ends are entity numbers.
struct Drawn {
  std::vector<index_t> from, to;
  std::vector<double> weight;
  Frame columns;
  bool directed = true;
  Observed observed;
  std::vector<std::uint8_t> left_out;  // by entity: did not answer, and only complete cases are kept
  std::string words;
};

inline Drawn claimed_ties(const Ecosystem& eco, const Lens& lens) {
  const Frame& ties = eco.ties();
  const Column* kinds = ties.find("kind");
  const std::vector<std::string> known = Ecosystem::distinct(ties, "kind");
  for (const std::string& kind : lens.kinds) check_known("derive", "kinds", kind, known);
  const std::string weight_name = lens.weight.empty() ? "weight" : lens.weight;
  const Column* weights = ties.find(weight_name);
  if (!lens.weight.empty() && (weights == nullptr || !weights->is_numeric())) {
    refuse("derive", "weight", lens.weight, "name a tie column that holds numbers");
  }
  const Column* waves = ties.find("wave");
  if (!lens.wave.empty()) check_known("derive", "wave", lens.wave, Ecosystem::distinct(ties, "wave"));

  const std::vector<std::uint8_t> chosen = wanted(kinds, lens.kinds);
  Drawn drawn;
  std::vector<index_t> rows;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_wanted(kinds, chosen, row, lens.kinds.empty()) || !holds(lens, ties, row)) continue;
    if (!lens.wave.empty() && (waves == nullptr || waves->view(row) != lens.wave)) continue;
    rows.push_back(static_cast<index_t>(row));
  }
  std::map<std::string, bool, std::less<>> symmetric_kind;
  for (const std::string& kind : known) symmetric_kind[kind] = eco.kind(kind).symmetric;
  auto is_symmetric = [&](index_t row) {
    const auto r = static_cast<std::size_t>(row);
    return kinds != nullptr && !kinds->missing(r) && symmetric_kind.find(kinds->view(r))->second;
  };
  drawn.directed = rows.empty() || !std::all_of(rows.begin(), rows.end(), is_symmetric);
  std::vector<index_t> taken_rows;
  auto put = [&](index_t from, index_t to, index_t row) {
    drawn.from.push_back(from);
    drawn.to.push_back(to);
    taken_rows.push_back(row);
    if (weights != nullptr) {
      const double w = weights->number(static_cast<std::size_t>(row));
      drawn.weight.push_back(std::isnan(w) ? 1.0 : w);
    }
  };
  for (const index_t row : rows) {
    const index_t from = eco.from()[static_cast<std::size_t>(row)];
    const index_t to = eco.to()[static_cast<std::size_t>(row)];
    put(from, to, row);
    if (drawn.directed && from != to && is_symmetric(row)) put(to, from, row);
  }
  drawn.columns = ties.take(taken_rows);
  drawn.columns.resize(taken_rows.size());
  drawn.words = lens.kinds.empty() ? "all claimed ties" : "ties of kind " + joined(lens.kinds);
  return drawn;
}

inline Drawn reported_ties(const Ecosystem& eco, const Lens& lens, const std::string& item) {
  Reconciled said = reconcile(eco, {.item = item,
                                    .wave = lens.wave,
                                    .rule = lens.rule,
                                    .nonresponse = lens.nonresponse,
                                    .threshold = lens.threshold});
  Drawn drawn;
  drawn.directed = said.directed;
  for (const DyadWords& dyad : said.dyads) {
    if (std::isnan(dyad.value) || dyad.value <= 0) continue;
    drawn.from.push_back(dyad.from);
    drawn.to.push_back(dyad.to);
    drawn.weight.push_back(dyad.value);
  }
  drawn.columns.resize(drawn.from.size());
  if (lens.nonresponse == NonResponse::complete) {
    for (const Answer row : said.observed.rows()) drawn.left_out.push_back(row == Answer::answered ? 0 : 1);
  }
  drawn.observed = std::move(said.observed);
  drawn.words = said.provenance.lens;
  return drawn;
}

inline Drawn draw(const Ecosystem& eco, const Lens& lens) {
  const std::vector<std::string> items = Ecosystem::distinct(eco.reports(), "item");
  if (!lens.item.empty()) check_known("derive", "item", lens.item, items);
  const bool from_reports = !lens.item.empty() || (eco.tie_count() == 0 && eco.report_count() > 0);
  if (!from_reports) return claimed_ties(eco, lens);
  if (!lens.kinds.empty()) {
    refuse("derive", "kinds", joined(lens.kinds), "reports have items, not kinds: name an item, or kinds, not both");
  }
  return reported_ties(eco, lens, !lens.item.empty() || items.empty() ? lens.item : items.front());
}

// The vertices a lens keeps, by entity number.
inline std::vector<index_t> kept_entities(const Ecosystem& eco, const Lens& lens, const Drawn& drawn) {
  const Column* kinds = eco.entities().find("kind");
  const std::vector<std::string> known = Ecosystem::distinct(eco.entities(), "kind");
  for (const std::string& kind : lens.entity_kinds) check_known("derive", "entity_kinds", kind, known);
  if (!lens.project.empty()) check_known("derive", "project", lens.project, known);
  std::vector<std::uint8_t> tied(static_cast<std::size_t>(eco.entity_count()), lens.isolates ? 1 : 0);
  for (std::size_t e = 0; e < drawn.from.size() && !lens.isolates; ++e) {
    tied[static_cast<std::size_t>(drawn.from[e])] = tied[static_cast<std::size_t>(drawn.to[e])] = 1;
  }
  const std::vector<std::uint8_t> chosen = wanted(kinds, lens.entity_kinds);
  std::vector<index_t> kept;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    const auto row = static_cast<std::size_t>(v);
    if (!is_wanted(kinds, chosen, row, lens.entity_kinds.empty()) || !holds(lens, eco.entities(), row)) continue;
    if (tied[row] == 0 || (!drawn.left_out.empty() && drawn.left_out[row] != 0)) continue;
    kept.push_back(v);
  }
  return kept;
}

inline Network projected(const Network& net, const Lens& lens) {
  const Column& kinds = *net.vertices().find("kind");
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(net.n()));
  for (std::size_t v = 0; v < keep.size(); ++v) keep[v] = !kinds.missing(v) && kinds.view(v) == lens.project ? 1 : 0;
  std::vector<std::uint8_t> across(static_cast<std::size_t>(net.m()));
  for (std::size_t e = 0; e < across.size(); ++e) {
    across[e] =
        keep[static_cast<std::size_t>(net.sources()[e])] != keep[static_cast<std::size_t>(net.targets()[e])] ? 1 : 0;
  }
  return project(with_ties(net, across), keep, lens.projection);
}

}  // namespace detail

LINKPIN_INLINE std::string describe(const Lens& lens) {
  std::string words;
  auto add = [&words](const std::string& part) { words += (words.empty() ? "" : "; ") + part; };
  if (!lens.entity_kinds.empty()) add("entities of kind " + detail::joined(lens.entity_kinds));
  if (lens.at) add("what " + std::string(lens.certain ? "certainly" : "possibly") + " holds in " + to_string(*lens.at));
  if (!lens.wave.empty()) add("wave " + lens.wave);
  if (!lens.weight.empty()) add("weighted by " + lens.weight);
  if (!lens.isolates) add("without isolates");
  return words;
}

LINKPIN_INLINE Network derive(const Ecosystem& eco, const Lens& lens) {
  detail::Drawn drawn = detail::draw(eco, lens);
  const std::vector<index_t> kept = detail::kept_entities(eco, lens, drawn);
  std::vector<index_t> fresh(static_cast<std::size_t>(eco.entity_count()), none);
  auto names = std::make_shared<StringTable>();
  names->reserve(kept.size());
  for (const index_t v : kept) {
    fresh[static_cast<std::size_t>(v)] = static_cast<index_t>(names->size());
    names->intern(eco.id(v));
  }
  NetworkParts p;
  p.n = names->size();
  std::vector<index_t> rows;
  for (std::size_t e = 0; e < drawn.from.size(); ++e) {
    const index_t u = fresh[static_cast<std::size_t>(drawn.from[e])];
    const index_t v = fresh[static_cast<std::size_t>(drawn.to[e])];
    if (u == none || v == none) continue;
    p.source.push_back(u);
    p.target.push_back(v);
    if (!drawn.weight.empty()) p.weight.push_back(drawn.weight[e]);
    rows.push_back(static_cast<index_t>(e));
  }
  p.ties = drawn.columns.take(rows);
  p.directed = drawn.directed;
  p.parallel = Parallel::merge;
  p.names = std::move(names);
  p.vertices = eco.entities().take(kept);
  p.vertices.resize(kept.size());
  p.observed = drawn.observed.take(kept, eco.entity_count());
  const std::string more = describe(lens);
  p.lens = drawn.words + (more.empty() ? "" : "; ") + more;
  const Network net(std::move(p));
  return lens.project.empty() ? net : detail::projected(net, lens);
}

}  // namespace linkpin
