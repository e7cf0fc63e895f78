#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <linkpin/core/shown.hpp>
#include <linkpin/participation/detail/records.hpp>
#include <linkpin/participation/detail/taking_part.hpp>
#include <linkpin/participation/feedback.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <linkpin/statistics/survival.hpp>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail {

inline std::optional<Date> when(const Frame& frame, std::size_t row) {
  for (const char* name : {"date", "start"}) {
    const Column* column = frame.find(name);
    if (column == nullptr || column->missing(row)) continue;
    if (column->type() == ColumnType::date) return column->dates()[row];
    if (const auto read = parse_date(cell_text(column, row))) return read;
  }
  return std::nullopt;
}

inline double middle(const Date& date) { return (date.first + date.last) / 2.0; }

// One thing said, and all that came of it.
struct Loop {
  index_t input = none;
  std::vector<std::string> groups;
  std::size_t reached = 0;  // 0 said, 1 response, 2 decision, 3 change
  std::array<bool, 4> has = {true, false, false, false};
  bool closed = false;
  bool failed = false;
  double days = undefined;
};

inline constexpr std::array<const char*, 4> loop_stages = {"said", "response", "decision", "change"};

class FeedbackReader {
 public:
  FeedbackReader(const Ecosystem& eco, const FeedbackOptions& options)
      : eco_(eco),
        options_(options),
        grouping_("feedback", eco, options.by),
        kind_(eco.entities().find("kind")),
        links_({"input", "what", "entity", "date"}) {
    need_level("feedback", options.level);
    const Column* kind = eco.ties().find("kind");
    for (std::size_t row = 0; row < eco.from().size(); ++row) {
      if (kind == nullptr || kind->missing(row)) continue;
      const std::string_view name = kind->view(row);
      const index_t from = eco.from()[row];
      const index_t to = eco.to()[row];
      if (name == "raises") raised_[to].push_back(row);
      if (name == "raised_at") raised_at_[from].push_back(row);
      if (name == "answers") next_[to].push_back(from);
      if (name == "leads_to") next_[from].push_back(to);
      if (name == "reported_back") reported_[from].push_back(row);
      if (name == "member_of") bodies_[from].insert(to);
      if (name == "raises" || name == "answers" || name == "reported_back") see(when(eco.ties(), row));
    }
    for (std::size_t v = 0; v < static_cast<std::size_t>(eco.entity_count()); ++v) {
      if (stage_of(static_cast<index_t>(v)) != 9) see(when(eco.entities(), v));
    }
    if (options.as_of) latest_ = options.as_of;
    out.provenance.measure = "feedback";
  }

  void read() {
    for (index_t v = 0; v < eco_.entity_count(); ++v) {
      if (is("input", v)) follow(v);
    }
    list_loops();
    by_group();
    outcomes();
    out.links = links_.frame("tttt");
    warn();
  }

  Feedback out;

 private:
  [[nodiscard]] bool is(std::string_view name, index_t v) const {
    return is_kind(kind_, static_cast<std::size_t>(v), name);
  }

  // Place in the chain; 4 is an outcome, 9 is none of it.
  [[nodiscard]] std::size_t stage_of(index_t v) const {
    if (is("input", v)) return 0;
    if (is("response", v)) return 1;
    if (is("decision", v)) return 2;
    if (is("change", v)) return 3;
    return is("outcome", v) ? 4 : 9;
  }

  void see(const std::optional<Date>& date) {
    if (date && (!latest_ || date->last > latest_->last)) latest_ = date;
  }

  static Rows::Cell date_cell(const std::optional<Date>& date) { return date ? text(to_string(*date)) : no_text(); }

  void link(index_t input, const char* what, index_t entity, const std::optional<Date>& date) {
    links_.add({text(std::string(eco_.id(input))), text(what), text(std::string(eco_.id(entity))), date_cell(date)});
  }

  [[nodiscard]] bool refused(index_t v) const {
    static const std::set<std::string> words = {"refused", "failed", "declined", "abandoned", "rejected", "no"};
    return words.count(cell_text(eco_.entities().find("result"), static_cast<std::size_t>(v))) != 0;
  }

  void follow(index_t input) {
    Loop loop;
    loop.input = input;
    std::set<index_t> audience;  // to whom a report closes the loop
    std::optional<Date> said = when(eco_.entities(), static_cast<std::size_t>(input));
    for (const std::size_t row : raised_[input]) {
      const index_t who = eco_.from()[row];
      link(input, "raised by", who, when(eco_.ties(), row));
      if (!said) said = when(eco_.ties(), row);
      audience.insert(who);
      const auto bodies = bodies_.find(who);
      if (bodies != bodies_.end()) audience.insert(bodies->second.begin(), bodies->second.end());
      for (std::string& g : grouping_.of(row, who)) {
        if (std::find(loop.groups.begin(), loop.groups.end(), g) == loop.groups.end()) {
          loop.groups.push_back(std::move(g));
        }
      }
    }
    for (const std::size_t row : raised_at_[input]) {
      const index_t event = eco_.to()[row];
      const auto held = when(eco_.entities(), static_cast<std::size_t>(event));
      link(input, "raised at", event, held);
      audience.insert(event);
      if (!said) said = held;
    }
    std::optional<Date> closed;
    std::set<index_t> seen = {input};
    std::vector<index_t> ahead = {input};
    for (std::size_t i = 0; i < ahead.size(); ++i) {
      const index_t at = ahead[i];
      const std::size_t stage = stage_of(at);
      if (stage >= 1 && stage <= 4) {
        link(input, stage == 4 ? "outcome" : loop_stages[stage], at,
             when(eco_.entities(), static_cast<std::size_t>(at)));
        if (stage == 4) led_[at].insert(input);
        if (stage < 4) {
          loop.has[stage] = true;
          loop.reached = std::max(loop.reached, stage);
          loop.failed = loop.failed || refused(at);
        }
      }
      for (const std::size_t row : reported_[at]) {
        const index_t to = eco_.to()[row];
        if (stage > 3 || audience.count(to) == 0) continue;
        auto date = when(eco_.ties(), row);
        link(input, "reported to", to, date);
        loop.closed = true;
        if (date && (!closed || middle(*date) < middle(*closed))) closed = date;
      }
      for (const index_t further : next_[at]) {
        if (stage_of(further) != 9 && !is("input", further) && seen.insert(further).second) ahead.push_back(further);
      }
    }
    const std::optional<Date>& until = loop.closed ? closed : latest_;
    if (said && until) {
      const double days = middle(*until) - middle(*said);
      // A year beside a day can look as if it came first: within the precision it came at once.
      if (days >= 0 || until->last >= said->first) {
        loop.days = std::max(0.0, days);
      } else if (loop.closed) {
        ++backwards_;
      }
    }
    loops_.push_back(std::move(loop));
  }

  void list_loops() {
    Rows rows({"input", "reached", "closed", "failed", "days"});
    for (const Loop& l : loops_) {
      rows.add({text(std::string(eco_.id(l.input))), text(loop_stages[l.reached]), l.closed, l.failed, l.days});
    }
    out.loops = rows.frame("ttbbn");
  }

  static std::string place_of(const Loop& l) {
    if (l.has[3]) return "not reported back";
    if (l.has[2]) return "no change";
    return l.has[1] ? "no decision" : "no response";
  }

  void by_group() {
    std::set<std::string> names;
    for (const Loop& l : loops_) names.insert(l.groups.begin(), l.groups.end());
    Rows groups({"group", "inputs", "answered", "decided", "changed", "closed", "failed", "share", "low", "high",
                 "median_days", "median_low", "median_high"});
    Rows breaks({"group", "place", "inputs"});
    Rows waiting({"group", "days", "at_risk", "closed", "open_share", "lower", "upper"});
    std::vector<std::optional<std::string>> order = {std::nullopt};
    order.insert(order.end(), names.begin(), names.end());
    for (const auto& name : order) {
      std::vector<const Loop*> mine;
      for (const Loop& l : loops_) {
        if (!name || std::find(l.groups.begin(), l.groups.end(), *name) != l.groups.end()) mine.push_back(&l);
      }
      if (mine.empty()) continue;
      add_group(name, mine, groups, breaks, waiting);
    }
    out.groups = groups.frame("tiiiiiinnnnnn");
    out.breaks = breaks.frame("tti");
    out.waiting = waiting.frame("tniinnn");
  }

  void add_group(const Rows::Cell& name, const std::vector<const Loop*>& mine, Rows& groups, Rows& breaks,
                 Rows& waiting) const {
    std::array<std::int64_t, 4> has = {};
    std::int64_t closed = 0, failed = 0;
    std::map<std::string, std::int64_t> places;
    std::vector<double> days;
    std::vector<std::uint8_t> happened;
    for (const Loop* l : mine) {
      for (std::size_t s = 0; s < has.size(); ++s) has[s] += l->has[s] ? 1 : 0;
      closed += l->closed ? 1 : 0;
      failed += l->failed ? 1 : 0;
      if (!l->closed) ++places[place_of(*l)];
      if (std::isnan(l->days)) continue;
      days.push_back(l->days);
      happened.push_back(l->closed ? 1 : 0);
    }
    const auto all = static_cast<std::int64_t>(mine.size());
    const Interval share = wilson(closed, all, options_.level);
    double median = undefined;
    Interval around;
    if (!days.empty()) {
      const SurvivalCurve curve = kaplan_meier(days, happened, {.level = options_.level, .clusters = {}});
      median = curve.median;
      around = curve.median_interval;
      for (std::size_t i = 0; i < curve.time.size(); ++i) {
        waiting.add({name, curve.time[i], whole(curve.at_risk[i]), whole(curve.events[i]), curve.survival[i],
                     curve.lower[i], curve.upper[i]});
      }
    }
    groups.add({name, whole(all), whole(has[1]), whole(has[2]), whole(has[3]), whole(closed), whole(failed),
                share_of(closed, all), share.low, share.high, median, around.low, around.high});
    for (const char* place : {"no response", "no decision", "no change", "not reported back"}) {
      if (places[place] > 0) breaks.add({name, text(place), whole(places[place])});
    }
  }

  [[nodiscard]] double number_of(const char* name, std::size_t row) const {
    const Column* column = eco_.entities().find(name);
    return column != nullptr && column->is_numeric() ? column->number(row) : undefined;
  }

  void outcomes() {
    Rows people({"outcome", "for_whom", "measure", "baseline", "follow_up", "difference", "unit", "source", "inputs"});
    Rows own({"outcome", "for_whom", "effect", "baseline", "follow_up", "difference", "unit"});
    Rows promises({"for_whom", "measure", "expected", "delivered", "share", "low", "high", "gap"});
    const Frame& e = eco_.entities();
    auto words = [&e](const char* name, std::size_t row) {
      const std::string value = cell_text(e.find(name), row);
      return value.empty() ? no_text() : text(value);
    };
    for (index_t v = 0; v < eco_.entity_count(); ++v) {
      if (!is("outcome", v)) continue;
      const auto row = static_cast<std::size_t>(v);
      const Rows::Cell id = text(std::string(eco_.id(v)));
      const double baseline = number_of("baseline", row);
      const double follow_up = number_of("follow_up", row);
      const double difference = follow_up - baseline;
      if (!cell_text(e.find("effect"), row).empty()) {
        own.add(
            {id, words("for_whom", row), words("effect", row), baseline, follow_up, difference, words("unit", row)});
        continue;
      }
      people.add({id, words("for_whom", row), words("measure", row), baseline, follow_up, difference,
                  words("unit", row), words("source", row), whole(static_cast<std::int64_t>(led_[v].size()))});
      if (std::isnan(follow_up)) ++unmeasured_;
      const auto expected = cell_count("feedback", "expected", e.find("expected"), row);
      const auto delivered = cell_count("feedback", "delivered", e.find("delivered"), row);
      if (!expected || !delivered) continue;
      const Interval sure =
          *delivered <= *expected ? clopper_pearson(*delivered, *expected, options_.level) : Interval{};
      promises.add({words("for_whom", row), words("measure", row), maybe(expected), maybe(delivered),
                    share_of(*delivered, *expected), sure.low, sure.high, whole(*expected - *delivered)});
    }
    out.outcomes = people.frame("tttnnntti");
    out.effects = own.frame("tttnnnt");
    out.promises = promises.frame("ttiinnni");
  }

  void warn() {
    auto& warnings = out.provenance.warnings;
    const auto undated =
        std::count_if(loops_.begin(), loops_.end(), [](const Loop& l) { return std::isnan(l.days); }) - backwards_;
    if (undated > 0) {
      warnings.push_back(std::to_string(undated) + " of " + std::to_string(loops_.size()) +
                         " inputs lack a date: they count for shares and not for how long it takes");
    }
    if (backwards_ > 0) {
      warnings.push_back(std::to_string(backwards_) +
                         " inputs were reported back before they were said; check the dates");
    }
    const auto groupless = std::count_if(loops_.begin(), loops_.end(), [](const Loop& l) { return l.groups.empty(); });
    if (groupless > 0) {
      warnings.push_back(std::to_string(groupless) + " of " + std::to_string(loops_.size()) +
                         " inputs do not say from which group they come: they count for everybody together only");
    }
    if (unmeasured_ > 0)
      warnings.push_back(std::to_string(unmeasured_) + (unmeasured_ == 1 ? " outcome has" : " outcomes have") +
                         " no follow-up");
  }

  const Ecosystem& eco_;
  const FeedbackOptions& options_;
  Grouping grouping_;
  const Column* kind_;
  Rows links_;
  std::map<index_t, std::vector<std::size_t>> raised_, raised_at_, reported_;  // rows of ties
  std::map<index_t, std::vector<index_t>> next_;
  std::map<index_t, std::set<index_t>> bodies_;
  std::map<index_t, std::set<index_t>> led_;  // inputs by outcome
  std::vector<Loop> loops_;
  std::optional<Date> latest_;
  std::int64_t backwards_ = 0;
  std::int64_t unmeasured_ = 0;
};

}  // namespace detail

LINKPIN_INLINE Feedback feedback(const Ecosystem& eco, const FeedbackOptions& options) {
  detail::FeedbackReader reader(eco, options);
  reader.read();
  return std::move(reader.out);
}

}  // namespace linkpin
