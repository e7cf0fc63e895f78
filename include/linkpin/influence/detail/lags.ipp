#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/lags.hpp>
#include <linkpin/model/kinds.hpp>
#include <map>
#include <set>
#include <string_view>

namespace linkpin {

namespace detail::lagging {

inline std::size_t place(index_t i) { return static_cast<std::size_t>(i); }

using Dates = std::vector<std::optional<Date>>;

// The dates in a column, which may hold them as dates or as texts; texts that are none are counted.
inline Dates dates_in(const Frame& frame, std::string_view name, index_t* unread = nullptr) {
  Dates dates(frame.rows());
  const Column* column = frame.find(name);
  if (column == nullptr) return dates;
  for (std::size_t row = 0; row < dates.size(); ++row) {
    if (column->missing(row)) continue;
    if (column->type() == ColumnType::date) {
      dates[row] = column->dates()[row];
    } else if (column->is_text()) {
      dates[row] = parse_date(column->view(row));
    } else {
      const double year = column->number(row);
      if (year >= 1 && year <= 9999 && year == std::floor(year)) dates[row] = date_of_year(static_cast<int>(year));
    }
    if (!dates[row] && unread != nullptr) ++*unread;
  }
  return dates;
}

// The entities' dates by a named column, or by "date" and else "start".
inline Dates entity_dates(const Ecosystem& eco, const std::string& name, std::string_view argument, index_t* unread) {
  if (!name.empty()) {
    if (eco.entities().find(name) == nullptr) refuse("lags", argument, name, "the entities have no such column");
    return dates_in(eco.entities(), name, unread);
  }
  Dates dates = dates_in(eco.entities(), "date", unread);
  const Dates starts = dates_in(eco.entities(), "start");
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (!dates[i]) dates[i] = starts[i];
  }
  return dates;
}

inline std::vector<std::uint8_t> of_kind(const Ecosystem& eco, const std::string& kind, std::string_view argument) {
  const auto n = place(eco.entity_count());
  std::vector<std::uint8_t> is(n, 0);
  const Column* kinds = eco.entities().find("kind");
  bool any = false;
  for (std::size_t i = 0; kinds != nullptr && i < n; ++i) {
    is[i] = kinds->view(i) == kind ? 1 : 0;
    any = any || is[i] != 0;
  }
  if (!any) {
    std::string known;
    for (const std::string& k : Ecosystem::distinct(eco.entities(), "kind")) known += (known.empty() ? "" : ", ") + k;
    refuse("lags", argument, kind, "no entity is of this kind; there are " + (known.empty() ? "none" : known));
  }
  return is;
}

// Ties in rows by the entity that knowledge leaves.
struct FlowRows {
  std::vector<std::size_t> begin;
  std::vector<index_t> entity;  // where it goes
  std::vector<index_t> tie;
};

inline FlowRows flow_rows(const Ecosystem& eco, const std::vector<std::string>& kinds) {
  const auto n = place(eco.entity_count());
  const auto m = place(eco.tie_count());
  const Column* kind = eco.ties().find("kind");
  std::vector<std::pair<index_t, index_t>> ends(m, {none, none});
  std::map<std::string, Flow, std::less<>> flows;
  for (const std::string& k : kinds) flows[k] = eco.kind(k).flow;
  FlowRows rows;
  rows.begin.assign(n + 1, 0);
  for (std::size_t t = 0; t < m; ++t) {
    if (kind == nullptr || kind->missing(t)) continue;
    const auto flow = flows.find(kind->view(t));
    if (flow == flows.end()) continue;
    ends[t] = {eco.from()[t], eco.to()[t]};
    if (flow->second == Flow::backward) std::swap(ends[t].first, ends[t].second);
    ++rows.begin[place(ends[t].first) + 1];
  }
  for (std::size_t v = 0; v < n; ++v) rows.begin[v + 1] += rows.begin[v];
  rows.entity.resize(rows.begin[n]);
  rows.tie.resize(rows.begin[n]);
  std::vector<std::size_t> next(rows.begin.begin(), rows.begin.end() - 1);
  for (std::size_t t = 0; t < m; ++t) {
    if (ends[t].first == none) continue;
    const std::size_t k = next[place(ends[t].first)]++;
    rows.entity[k] = ends[t].second;
    rows.tie[k] = static_cast<index_t>(t);
  }
  return rows;
}

struct Pair {
  index_t from, to;
  Date from_date, to_date;
  int steps;

  [[nodiscard]] double shortest() const { return to_date.first - from_date.last; }
  [[nodiscard]] double longest() const { return to_date.last - from_date.first; }
  [[nodiscard]] double middle() const { return (shortest() + longest()) / 2.0; }
  [[nodiscard]] bool before() const { return longest() < 0; }
};

inline double middle_of(const Date& date) { return (date.first + date.last) / 2.0; }

// One row of the curve: the event lies between earliest and latest days after its start; latest is infinite where it
// has not happened.
struct Timed {
  index_t from;
  double earliest, latest, middle, seen;
};

class LagReader {
 public:
  LagReader(const Ecosystem& eco, const LagOptions& options, Lags& out) : eco_(eco), options_(options), out_(out) {
    from_ = of_kind(eco, options.from, "from");
    from_date_ = entity_dates(eco, options.from_date, "from_date", &unread_);
    to_date_ = entity_dates(eco, options.to_date, "to_date", &unread_);
    if (options.to.empty() && (options.from_date.empty() || options.to_date.empty())) {
      refuse("lags", "to", "", "name two date columns for a lag within one entity: from_date and to_date");
    }
    if (options.steps < (options.to.empty() ? 0 : 1)) {
      refuse("lags", "steps", std::to_string(options.steps), "give 1 or more");
    }
  }

  std::vector<Pair> pairs() {
    std::vector<Pair> found;
    std::vector<std::uint8_t> to;
    FlowRows rows;
    Dates tie_dates;
    if (!options_.to.empty()) {
      to = of_kind(eco_, options_.to, "to");
      rows = flow_rows(eco_, options_.ties);
      tie_dates = dates_in(eco_.ties(), "start");
    }
    std::vector<index_t> seen_by(place(eco_.entity_count()), none);
    Watch watch(options_.run);
    for (index_t v = 0; v < eco_.entity_count(); ++v) {
      if (from_[place(v)] == 0) continue;
      if (!from_date_[place(v)]) {
        ++out_.undated_starts;
        continue;
      }
      ++out_.starts;
      starts_.emplace_back(v, *from_date_[place(v)]);
      if (options_.to.empty()) {
        if (to_date_[place(v)]) found.push_back({v, v, *from_date_[place(v)], *to_date_[place(v)], 0});
        continue;
      }
      reach(v, rows, to, tie_dates, seen_by, found);
      watch.tick();
    }
    if (unread_ > 0) {
      out_.provenance.warnings.push_back(std::to_string(unread_) + " dates could not be read and count as missing");
    }
    return found;
  }

  // The dated starts, in order; pairs come in the same.
  [[nodiscard]] const std::vector<std::pair<index_t, Date>>& starts() const { return starts_; }

 private:
  // Level by level, so that each event is reached by as few ties as can be.
  void reach(index_t start, const FlowRows& rows, const std::vector<std::uint8_t>& to, const Dates& tie_dates,
             std::vector<index_t>& seen_by, std::vector<Pair>& found) {
    seen_by[place(start)] = start;
    std::vector<index_t> level = {start};
    for (int step = 1; step <= options_.steps && !level.empty(); ++step) {
      std::vector<index_t> next;
      for (const index_t v : level) {
        for (std::size_t k = rows.begin[place(v)]; k < rows.begin[place(v) + 1]; ++k) {
          const index_t w = rows.entity[k];
          if (seen_by[place(w)] == start) continue;
          seen_by[place(w)] = start;
          next.push_back(w);
          if (to[place(w)] == 0) continue;
          std::optional<Date> date = to_date_[place(w)];
          if (!date && options_.to_date.empty()) date = tie_dates[place(rows.tie[k])];
          if (date) {
            found.push_back({start, w, *from_date_[place(start)], *date, step});
          } else {
            undated_.insert(w);
          }
        }
      }
      level = std::move(next);
    }
    out_.undated_events = static_cast<index_t>(undated_.size());
  }

  const Ecosystem& eco_;
  const LagOptions& options_;
  Lags& out_;
  std::vector<std::uint8_t> from_;
  Dates from_date_, to_date_;
  std::vector<std::pair<index_t, Date>> starts_;
  std::set<index_t> undated_;
  index_t unread_ = 0;
};

inline Frame pair_frame(const Ecosystem& eco, const std::vector<Pair>& pairs) {
  std::vector<std::optional<std::string>> from, to, order;
  std::vector<Date> from_date, to_date;
  std::vector<double> shortest, longest;
  std::vector<std::int64_t> steps;
  for (const Pair& p : pairs) {
    from.emplace_back(eco.id(p.from));
    to.emplace_back(eco.id(p.to));
    from_date.push_back(p.from_date);
    to_date.push_back(p.to_date);
    shortest.push_back(p.shortest());
    longest.push_back(p.longest());
    steps.push_back(p.steps);
    order.emplace_back(p.before() ? "before" : p.shortest() < 0 ? "unclear" : "after");
  }
  Frame frame;
  frame.set("from", text_column(from));
  frame.set("to", text_column(to));
  frame.set("from_date", Column(std::move(from_date)));
  frame.set("to_date", Column(std::move(to_date)));
  frame.set("shortest", Column(std::move(shortest)));
  frame.set("longest", Column(std::move(longest)));
  frame.set("steps", Column(std::move(steps)));
  frame.set("order", text_column(order));
  return frame;
}

// Until when events were looked for, by the source of the start.
class Coverage {
 public:
  Coverage(const Ecosystem& eco, const LagOptions& options, const std::vector<Pair>& pairs, Lags& out)
      : source_(eco.entities().find("source")), by_source_(options.seen_until_by_source) {
    default_ = options.seen_until;
    if (!default_ && by_source_.empty()) {
      for (const Pair& p : pairs) {
        if (!default_ || p.to_date.last > default_->last) default_ = p.to_date;
      }
      const std::string latest = default_ ? ": the latest event, " + to_string(*default_) + ", is taken for it" : "";
      out.provenance.warnings.push_back("no end of the time in which events were looked for was given" + latest);
    }
    out.seen_until = default_;
  }

  // None where the source of a start is not among those looked through.
  [[nodiscard]] std::optional<Date> of(index_t entity) const {
    if (source_ != nullptr && source_->is_text() && !source_->missing(place(entity))) {
      for (const auto& [name, date] : by_source_) {
        if (source_->view(place(entity)) == name) return date;
      }
    }
    return default_;
  }

 private:
  const Column* source_;
  const std::vector<std::pair<std::string, Date>>& by_source_;
  std::optional<Date> default_;
};

// One row a start: the first event after it, or how long it has waited. What was looked for was so until the last day
// of the end; an event of "2020" seen by March 2020 lies before April.
inline std::vector<Timed> first_rows(const std::vector<Pair>& pairs,
                                     const std::vector<std::pair<index_t, Date>>& starts, const Coverage& coverage,
                                     Lags& out) {
  constexpr double never = std::numeric_limits<double>::infinity();
  std::vector<Timed> rows;
  std::size_t next = 0;
  for (const auto& [start, date] : starts) {
    const std::optional<Date> end = coverage.of(start);
    const double until = end ? end->last : 0.0;
    Timed row{start, never, never, never, std::max(0.0, until - middle_of(date))};
    for (; next < pairs.size() && pairs[next].from == start; ++next) {
      const Pair& p = pairs[next];
      if (p.before() || !end) continue;
      if (p.to_date.first > end->last) {
        ++out.later;
        continue;
      }
      const double last = std::min<double>(p.to_date.last, until);
      row.earliest = std::min(row.earliest, std::max(0.0, p.shortest()));
      row.latest = std::min(row.latest, std::max(0.0, last - date.first));
      row.middle = std::min(row.middle, std::max(0.0, (p.to_date.first + last) / 2.0 - middle_of(date)));
    }
    if (!end || (std::isinf(row.latest) && end->last < date.first)) {
      ++out.not_followed;
      continue;
    }
    if (std::isinf(row.latest)) row.earliest = std::max(0.0, until - date.last);
    rows.push_back(row);
  }
  return rows;
}

inline std::vector<Timed> each_row(const std::vector<Pair>& pairs, const Coverage& coverage, Lags& out) {
  std::vector<Timed> rows;
  for (const Pair& p : pairs) {
    const std::optional<Date> end = coverage.of(p.from);
    if (p.before() || !end) continue;
    if (p.to_date.first > end->last) {
      ++out.later;
      continue;
    }
    const double last = std::min(p.to_date.last, end->last);
    const double middle = std::max(0.0, (p.to_date.first + last) / 2.0 - middle_of(p.from_date));
    const double seen = std::max(middle, end->last - middle_of(p.from_date));
    rows.push_back({p.from, std::max(0.0, p.shortest()), std::max(0.0, last - p.from_date.first), middle, seen});
  }
  return rows;
}

// A text column's value, or the value as the reader would write it; empty where missing.
inline std::string word_of(const Ecosystem& eco, const std::string& column, index_t entity, std::string_view argument) {
  const Column* found = eco.entities().find(column);
  if (found == nullptr) refuse("lags", argument, column, "the entities have no such column");
  if (found->missing(place(entity))) return {};
  if (found->is_text()) return std::string(found->view(place(entity)));
  if (found->type() == ColumnType::date) return to_string(found->dates()[place(entity)]);
  std::string text = std::to_string(found->number(place(entity)));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

// Numbers of distinct words in order of appearance.
struct Numbered {
  std::vector<std::string> words;
  index_t number(const std::string& word) {
    const auto [at, added] = known.try_emplace(word, static_cast<index_t>(words.size()));
    if (added) words.push_back(word);
    return at->second;
  }
  std::map<std::string, index_t> known;
};

inline void add_curve(LagGroup& group, const std::vector<Timed>& rows, std::vector<index_t> clusters,
                      const LagOptions& options, LagCurve curve) {
  std::vector<double> time, longest, from, until;
  std::vector<std::uint8_t> happened;
  for (const Timed& row : rows) {
    const bool done = !std::isinf(row.latest);
    time.push_back(done ? row.middle : row.seen);
    longest.push_back(std::max(row.seen, time.back()));
    from.push_back(row.earliest);
    until.push_back(row.latest);
    happened.push_back(done ? 1 : 0);
    group.happened += done ? 1 : 0;
  }
  group.rows = static_cast<index_t>(rows.size());
  const SurvivalOptions survival{options.level, clusters};
  if (curve == LagCurve::kaplan_meier) group.stepwise = kaplan_meier(time, happened, survival);
  if (curve == LagCurve::right_truncated) group.stepwise = right_truncated(time, longest, survival);
  if (curve == LagCurve::turnbull) {
    TurnbullOptions bounded;
    bounded.level = options.level;
    bounded.clusters = std::move(clusters);
    bounded.replicates = options.replicates;
    bounded.seed = options.seed;
    bounded.run = options.run;
    group.bounded = turnbull(from, until, bounded);
  }
}

inline LagCurve chosen_curve(const LagOptions& options, const std::vector<Timed>& rows) {
  const LagCurve asked = options.curve;
  if (options.of == LagOf::each) {
    if (asked == LagCurve::automatic || asked == LagCurve::right_truncated) return LagCurve::right_truncated;
    refuse("lags", "curve", "", "lags of each pair are seen only where they have happened: they take right_truncated");
  }
  if (asked == LagCurve::right_truncated) {
    refuse("lags", "curve", "right_truncated",
           "it is for lags of each pair; the first event has Kaplan-Meier, Turnbull");
  }
  if (asked != LagCurve::automatic) return asked;
  const bool exact = std::all_of(rows.begin(), rows.end(), [](const Timed& row) {
    return std::isinf(row.latest) || row.latest - row.earliest < 1;
  });
  return exact ? LagCurve::kaplan_meier : LagCurve::turnbull;
}

}  // namespace detail::lagging

LINKPIN_INLINE Lags lags(const Ecosystem& eco, const LagOptions& options) {
  need_level("lags", options.level);
  Lags out;
  out.provenance.measure = "lags";
  detail::lagging::LagReader reader(eco, options, out);
  const std::vector<detail::lagging::Pair> pairs = reader.pairs();
  out.pairs = detail::lagging::pair_frame(eco, pairs);
  for (const detail::lagging::Pair& p : pairs) {
    out.before += p.before() ? 1 : 0;
    out.unclear += !p.before() && p.shortest() < 0 ? 1 : 0;
  }
  const detail::lagging::Coverage coverage(eco, options, pairs, out);
  std::vector<detail::lagging::Timed> rows;
  if (options.of == LagOf::each) {
    rows = detail::lagging::each_row(pairs, coverage, out);
  } else {
    rows = detail::lagging::first_rows(pairs, reader.starts(), coverage, out);
  }
  out.curve = detail::lagging::chosen_curve(options, rows);

  detail::lagging::Numbered groups;
  std::vector<std::vector<detail::lagging::Timed>> by_group;
  std::vector<std::vector<index_t>> clusters;
  std::vector<std::map<std::string, index_t>> numbers;
  std::vector<double> time, earliest, latest;
  std::vector<std::uint8_t> happened;
  std::vector<index_t> group_of, cluster_of;
  std::vector<std::optional<std::string>> from, group_word;
  detail::lagging::Numbered all_clusters;
  index_t without_group = 0;
  for (const detail::lagging::Timed& row : rows) {
    const std::string word =
        options.groups.empty() ? std::string{} : detail::lagging::word_of(eco, options.groups, row.from, "groups");
    from.emplace_back(eco.id(row.from));
    earliest.push_back(row.earliest);
    latest.push_back(std::isinf(row.latest) ? undefined : row.latest);
    group_word.push_back(word.empty() ? std::nullopt : std::optional(word));
    if (!options.groups.empty() && word.empty()) {
      ++without_group;
      continue;
    }
    const std::string cluster = options.clusters.empty()
                                    ? std::string(eco.id(row.from))
                                    : detail::lagging::word_of(eco, options.clusters, row.from, "clusters");
    const index_t g = groups.number(word);
    if (detail::lagging::place(g) == by_group.size()) {
      by_group.emplace_back();
      clusters.emplace_back();
      numbers.emplace_back();
    }
    by_group[detail::lagging::place(g)].push_back(row);
    auto& numbered = numbers[detail::lagging::place(g)];
    clusters[detail::lagging::place(g)].push_back(
        numbered.try_emplace(cluster, static_cast<index_t>(numbered.size())).first->second);
    group_of.push_back(g);
    cluster_of.push_back(all_clusters.number(cluster));
    time.push_back(std::isinf(row.latest) ? row.seen : row.middle);
    happened.push_back(std::isinf(row.latest) ? 0 : 1);
  }
  out.timed.set("from", text_column(from));
  out.timed.set("earliest", Column(std::move(earliest)));
  out.timed.set("latest", Column(std::move(latest)));
  if (!options.groups.empty()) out.timed.set("group", text_column(group_word));

  // Rows that are their own cluster need none: Greenwood's error then.
  const bool own = options.clusters.empty() && options.of == LagOf::first;
  for (std::size_t g = 0; g < by_group.size(); ++g) {
    LagGroup group;
    group.name = groups.words[g];
    detail::lagging::add_curve(group, by_group[g], own ? std::vector<index_t>{} : clusters[g], options, out.curve);
    const auto& warnings =
        out.curve == LagCurve::turnbull ? group.bounded.provenance.warnings : group.stepwise.provenance.warnings;
    for (const std::string& w : warnings) {
      const std::string text = group.name.empty() ? w : group.name + ": " + w;
      out.provenance.warnings.push_back(text);
    }
    out.groups.push_back(std::move(group));
  }
  if (by_group.size() > 1 && options.of == LagOf::first) {
    out.test = logrank(time, happened, group_of, {own ? std::vector<index_t>{} : cluster_of});
    if (out.curve == LagCurve::turnbull) {
      out.provenance.warnings.emplace_back("the test between groups takes the middle of each date's days");
    }
  }
  auto tell = [&](index_t count, const std::string& what) {
    if (count > 0) out.provenance.warnings.push_back(std::to_string(count) + what);
  };
  tell(out.before, " events precede their start: they are listed, and in no curve");
  tell(out.unclear, " events may precede or follow their start, as far as their dates tell: they are timed from 0");
  tell(out.undated_starts, " starts have no date and are left out");
  tell(out.undated_events, " events have no date and are left out");
  tell(out.not_followed,
       " starts lie outside what was looked through (later, or of a source without an end), and are left out");
  tell(out.later, " events are later than the end of what was looked through, and are left out");
  tell(without_group, " rows have no group and are in no curve");
  if (out.curve == LagCurve::turnbull && options.replicates > 0) out.provenance.seed = options.seed;
  return out;
}

}  // namespace linkpin
