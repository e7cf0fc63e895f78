#pragma once

#include <algorithm>
#include <linkpin/model/detail/answers.hpp>
#include <linkpin/model/lens.hpp>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

inline std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : ", ") + words[i];
  return text.empty() ? "none" : text;
}

inline void check_known(std::string_view argument, const std::string& asked, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), asked) == known.end()) {
    refuse("derive", argument, asked, "the ecosystem has: " + joined(known));
  }
}

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
  for (const std::string& kind : lens.kinds) check_known("kinds", kind, known);
  const std::string weight_name = lens.weight.empty() ? "weight" : lens.weight;
  const Column* weights = ties.find(weight_name);
  if (!lens.weight.empty() && (weights == nullptr || !weights->is_numeric())) {
    refuse("derive", "weight", lens.weight, "name a tie column that holds numbers");
  }
  const Column* waves = ties.find("wave");
  if (!lens.wave.empty()) check_known("wave", lens.wave, Ecosystem::distinct(ties, "wave"));

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

// The two words on one dyad, as states and values.
struct Words {
  Answer sender = Answer::not_asked;
  Answer receiver = Answer::not_asked;
  double sender_value = 0.0;
  double receiver_value = 0.0;
};

// One value out of two words, or nothing where the rule finds no word to go by.
inline std::optional<double> reconciled(Rule rule, const Words& w) {
  const bool s = w.sender == Answer::answered;
  const bool r = w.receiver == Answer::answered;
  switch (rule) {
    case Rule::sender:
      return s ? std::optional(w.sender_value) : std::nullopt;
    case Rule::receiver:
      return r ? std::optional(w.receiver_value) : std::nullopt;
    case Rule::either:
    case Rule::max:
      if (!s && !r) return std::nullopt;
      return std::max(s ? w.sender_value : 0.0, r ? w.receiver_value : 0.0);
    case Rule::both:
    case Rule::min:
      if (!s && !r) return std::nullopt;
      if (s && r) return std::min(w.sender_value, w.receiver_value);
      return s ? w.sender_value : w.receiver_value;  // the only word there is
    case Rule::mean:
      if (!s && !r) return std::nullopt;
      if (s && r) return (w.sender_value + w.receiver_value) / 2;
      return s ? w.sender_value : w.receiver_value;
  }
  return std::nullopt;
}

// Every word said on an item, by dyad, and what became of each respondent's row.
struct Said {
  std::map<std::pair<index_t, index_t>, Words> dyads;
  std::vector<Answer> rows;
  bool receivers = false;  // somebody was asked about ties that enter
};

// `fold`: the question has no direction, so j's word on j-i is the other word on i-j.
inline Said gather(const Ecosystem& eco, const Lens& lens, const std::string& item, bool fold) {
  const EcosystemParts& p = eco.parts();
  const Column* items = p.reports.find("item");
  const Column* waves = p.reports.find("wave");
  const Column* values = p.reports.find("value");
  Said said;
  said.receivers = fold;
  said.rows.assign(static_cast<std::size_t>(eco.entity_count()), Answer::not_asked);
  for (std::size_t row = 0; row < p.respondent.size(); ++row) {
    if (items != nullptr && items->view(row) != item) continue;
    if (!lens.wave.empty() && (waves == nullptr || waves->view(row) != lens.wave)) continue;
    const Answer state = report_state(p.reports, row);
    const index_t who = p.respondent[row];
    index_t from = p.report_from[row];
    index_t to = p.report_to[row];
    Answer& own_row = said.rows[static_cast<std::size_t>(who)];
    if (to == none) {  // a state for the whole row; an answer elsewhere in it goes before
      if (own_row != Answer::answered) own_row = state;
      continue;
    }
    if (who != from && who != to) {
      refuse("derive", "respondent", eco.id(who),
             "reports on other people's ties need a consensus rule; leave them out or reconcile them first",
             "report row " + std::to_string(row) + ": " + std::string(eco.id(from)) + " - " + std::string(eco.id(to)));
    }
    if (fold && from > to) std::swap(from, to);
    Words& words = said.dyads[{from, to}];
    const bool as_sender = who == from;
    said.receivers = said.receivers || !as_sender;
    (as_sender ? words.sender : words.receiver) = state;
    if (state == Answer::answered) {
      (as_sender ? words.sender_value : words.receiver_value) = std::max(0.0, values->number(row));
      own_row = Answer::answered;
    }
  }
  // Silence of somebody who answered the question is a real zero.
  for (auto& [dyad, words] : said.dyads) {
    auto fill = [&said](Answer& word, index_t who) {
      if (word == Answer::not_asked) word = said.rows[static_cast<std::size_t>(who)];
    };
    fill(words.sender, dyad.first);
    if (said.receivers) fill(words.receiver, dyad.second);
  }
  return said;
}

// A dyad without a word by the rule takes any word there is, then what the other end said of the way back.
inline std::optional<double> reconstructed(const Said& said, index_t from, index_t to, const Words& words) {
  if (const auto any = reconciled(Rule::either, words)) return any;
  const auto back = said.dyads.find({to, from});
  if (back != said.dyads.end() && back->second.sender == Answer::answered) return back->second.sender_value;
  return std::nullopt;
}

// In reconstruction, dyads that only the way back speaks of.
inline void add_ways_back(Said& said) {
  std::vector<std::pair<index_t, index_t>> missing;
  for (const auto& entry : said.dyads) {
    const std::pair back(entry.first.second, entry.first.first);
    if (said.rows[static_cast<std::size_t>(back.first)] != Answer::answered && !said.dyads.contains(back)) {
      missing.push_back(back);
    }
  }
  for (const auto& dyad : missing) said.dyads[dyad].sender = said.rows[static_cast<std::size_t>(dyad.first)];
}

inline std::string report_words(const Lens& lens, const std::string& item) {
  constexpr std::string_view rules[] = {"sender", "receiver", "union", "intersection", "min", "mean", "max"};
  constexpr std::string_view treatments[] = {"available", "complete", "reconstruct"};
  return "reports of " + (item.empty() ? std::string("the only question") : item) + ", rule " +
         std::string(rules[static_cast<std::size_t>(lens.rule)]) + ", non-response " +
         std::string(treatments[static_cast<std::size_t>(lens.nonresponse)]);
}

inline Drawn reported_ties(const Ecosystem& eco, const Lens& lens, const std::string& item) {
  if (!lens.wave.empty()) check_known("wave", lens.wave, Ecosystem::distinct(eco.reports(), "wave"));
  const bool fold = eco.kind(item).symmetric && lens.rule != Rule::sender && lens.rule != Rule::receiver;
  const bool reconstruct = lens.nonresponse == NonResponse::reconstruct;
  Said said = gather(eco, lens, item, fold);
  if (reconstruct && !fold) add_ways_back(said);

  Drawn drawn;
  drawn.directed = !fold;
  std::vector<Observed::Exception> exceptions;
  auto differs = [&](index_t from, index_t to, Answer word) {
    if (word != said.rows[static_cast<std::size_t>(from)]) exceptions.push_back({from, to, word});
  };
  for (const auto& entry : said.dyads) {
    const index_t from = entry.first.first;
    const index_t to = entry.first.second;
    const Words& words = entry.second;
    std::optional<double> value = reconciled(lens.rule, words);
    if (!value && reconstruct) value = reconstructed(said, from, to, words);
    if (fold) {
      differs(from, to, words.sender);
      differs(to, from, words.receiver);
    } else {
      differs(from, to, value ? Answer::answered : words.sender);
    }
    if (value && *value > 0) {
      drawn.from.push_back(from);
      drawn.to.push_back(to);
      drawn.weight.push_back(*value);
    }
  }
  drawn.columns.resize(drawn.from.size());
  if (lens.nonresponse == NonResponse::complete) {
    for (const Answer row : said.rows) drawn.left_out.push_back(row == Answer::answered ? 0 : 1);
  }
  drawn.observed = Observed(std::move(said.rows), std::move(exceptions), fold);
  drawn.words = report_words(lens, item);
  return drawn;
}

inline Drawn draw(const Ecosystem& eco, const Lens& lens) {
  const std::vector<std::string> items = Ecosystem::distinct(eco.reports(), "item");
  if (!lens.item.empty()) check_known("item", lens.item, items);
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
  for (const std::string& kind : lens.entity_kinds) check_known("entity_kinds", kind, known);
  if (!lens.project.empty()) check_known("project", lens.project, known);
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
