#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/participation/detail/records.hpp>
#include <linkpin/participation/representation.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <linkpin/statistics/two_shares.hpp>
#include <map>
#include <numeric>
#include <set>

namespace linkpin {

namespace detail {

template <class Value>
void need_categories(std::string_view argument, const std::vector<std::string>& categories,
                     const std::vector<Value>& values) {
  if (categories.size() != values.size()) {
    refuse("representation", argument, std::to_string(values.size()), "give one value a category",
           std::to_string(categories.size()) + " categories");
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (!seen.insert(categories[i]).second) {
      refuse("representation", argument, categories[i], "each category stands once; add the counts up first");
    }
    if (!(std::isfinite(static_cast<double>(values[i])) && values[i] >= 0)) {
      refuse("representation", argument, shown(static_cast<double>(values[i])),
             "a count or share is finite and not negative", categories[i]);
    }
  }
}

inline void need_reference(const ReferencePopulation& reference) {
  need_categories("reference", reference.categories, reference.values);
  double total = 0;
  for (std::size_t i = 0; i < reference.values.size(); ++i) {
    const double value = reference.values[i];
    total += value;
    if (reference.sample && (value != std::floor(value) || value > 9007199254740992.0)) {
      refuse("representation", "reference", shown(value),
             "a sample is given as counts; shares are of a known population", reference.categories[i]);
    }
  }
  if (!(total > 0) || !std::isfinite(total)) {
    refuse("representation", "reference", shown(total), "give the population's counts or shares");
  }
}

// What one category is to its reference.
struct Against {
  double reference = undefined, ratio = undefined, difference = undefined;
  Interval of_ratio, of_difference, ratio_bounds, difference_bounds;
};

inline Against against(std::int64_t count, std::int64_t answered, const Interval& own, const Interval& bounds,
                       double value, double total, bool sample, double level) {
  Against out;
  out.reference = value / total;
  const double share = share_of(count, answered);
  out.difference = share - out.reference;
  out.difference_bounds = {bounds.low - out.reference, bounds.high - out.reference};
  if (sample) {
    const auto x = static_cast<std::int64_t>(value);
    const auto n = static_cast<std::int64_t>(total);
    out.of_difference = difference_interval(count, answered, x, n, level);
    if (x > 0) out.of_ratio = ratio_interval(count, answered, x, n, level);
  } else {
    out.of_difference = {own.low - out.reference, own.high - out.reference};
    if (value > 0) out.of_ratio = {own.low / out.reference, own.high / out.reference};
  }
  if (value > 0) {
    out.ratio = share / out.reference;
    out.ratio_bounds = {bounds.low / out.reference, bounds.high / out.reference};
  }
  return out;
}

inline const std::vector<std::string>& representation_columns() {
  static const std::vector<std::string> names = {"category",
                                                 "count",
                                                 "share",
                                                 "low",
                                                 "high",
                                                 "bound_low",
                                                 "bound_high",
                                                 "reference",
                                                 "ratio",
                                                 "ratio_low",
                                                 "ratio_high",
                                                 "ratio_bound_low",
                                                 "ratio_bound_high",
                                                 "difference",
                                                 "difference_low",
                                                 "difference_high",
                                                 "difference_bound_low",
                                                 "difference_bound_high"};
  return names;
}

}  // namespace detail

LINKPIN_INLINE Representation representation(const Participants& participants, const ReferencePopulation& reference,
                                             const RepresentationOptions& options) {
  need_level("representation", options.level);
  detail::need_categories("counts", participants.categories, participants.counts);
  detail::need_reference(reference);
  const NoAnswer& without = participants.without;
  if (without.prefer_not_to_say < 0 || without.left_blank < 0 || without.not_returned < 0) {
    refuse("representation", "without", std::to_string(without.total()), "a count is not negative");
  }
  Representation out;
  out.provenance.measure = "representation";
  out.without = without;
  out.answered = std::accumulate(participants.counts.begin(), participants.counts.end(), std::int64_t{0});
  const std::int64_t everybody = out.answered + without.total();
  const double total = sum(reference.values);

  std::vector<std::string> categories = participants.categories;
  for (const std::string& name : reference.categories) {
    if (std::find(categories.begin(), categories.end(), name) == categories.end()) categories.push_back(name);
  }
  detail::Rows rows(detail::representation_columns());
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const std::int64_t count = i < participants.counts.size() ? participants.counts[i] : 0;
    const auto at = std::find(reference.categories.begin(), reference.categories.end(), categories[i]);
    const Interval own = clopper_pearson(count, out.answered, options.level);
    const Interval bounds = everybody == 0 ? Interval{0.0, 1.0}
                                           : Interval{detail::share_of(count, everybody),
                                                      detail::share_of(count + without.total(), everybody)};
    detail::Against a;
    if (at != reference.categories.end()) {
      const double value = reference.values[static_cast<std::size_t>(at - reference.categories.begin())];
      a = detail::against(count, out.answered, own, bounds, value, total, reference.sample, options.level);
      if (count == 0 && value > 0) out.absent.push_back(categories[i]);
      if (value == 0) {
        out.provenance.warnings.push_back("the reference has nobody in the category " + categories[i] +
                                          ": there is no ratio to it");
      }
    } else {
      out.provenance.warnings.push_back("the reference does not have the category " + categories[i] +
                                        ": it is compared with nothing");
    }
    rows.add({detail::text(categories[i]), detail::whole(count), detail::share_of(count, out.answered), own.low,
              own.high, bounds.low, bounds.high, a.reference, a.ratio, a.of_ratio.low, a.of_ratio.high,
              a.ratio_bounds.low, a.ratio_bounds.high, a.difference, a.of_difference.low, a.of_difference.high,
              a.difference_bounds.low, a.difference_bounds.high});
  }
  out.table = rows.frame("tinnnnnnnnnnnnnnnn");
  if (out.answered == 0) out.provenance.warnings.emplace_back("nobody answered: no share can be said");
  if (without.total() == 0) {
    out.provenance.warnings.emplace_back(
        "nobody is said to be without an answer: the bounds hold only if everybody who was there is counted");
  } else {
    out.provenance.warnings.push_back(
        std::to_string(without.total()) + " of " + std::to_string(everybody) +
        " gave no answer: the interval speaks of people like those who answered, the bounds of all who were there");
  }
  return out;
}

namespace detail {

struct Question {
  std::string characteristic;
  std::vector<std::string> categories;
  std::vector<std::int64_t> counts;
  std::vector<std::uint8_t> published;
  NoAnswer without;
  bool blank_told = false, returned_told = false;
  std::optional<std::int64_t> forms;

  [[nodiscard]] std::int64_t answered() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }

  void add(const std::string& category, std::int64_t count, bool was_published) {
    const auto at = std::find(categories.begin(), categories.end(), category);
    if (at == categories.end()) {
      categories.push_back(category);
      counts.push_back(count);
      published.push_back(was_published ? 1 : 0);
      return;
    }
    const auto i = static_cast<std::size_t>(at - categories.begin());
    counts[i] += count;
    published[i] = published[i] != 0 && was_published ? 1 : 0;
  }
};

// One event's table, or all of them together.
struct MonitoredEvent {
  index_t event = none;
  std::vector<Question> questions;
  std::optional<std::int64_t> attended;

  Question& question(const std::string& characteristic) {
    for (Question& q : questions) {
      if (q.characteristic == characteristic) return q;
    }
    questions.emplace_back();
    questions.back().characteristic = characteristic;
    return questions.back();
  }
};

inline void add_answer(Question& question, const std::string& answer, const std::string& category, std::int64_t count,
                       bool published, std::size_t row) {
  if (answer.empty() || answer == "answered") {
    question.add(category, count, published);
  } else if (answer == "prefer not to say") {
    question.without.prefer_not_to_say += count;
  } else if (answer == "left blank") {
    question.without.left_blank += count;
    question.blank_told = true;
  } else if (answer == "not returned") {
    question.without.not_returned += count;
    question.returned_told = true;
  } else {
    refuse("monitoring", "answer", answer, "answered, prefer not to say, left blank or not returned",
           "tie row " + std::to_string(row));
  }
}

// The tables of the events asked for, in the order of their first tie.
inline std::vector<MonitoredEvent> monitored_events(const Ecosystem& eco, const MonitoringOptions& options) {
  std::set<index_t> wanted;
  for (const std::string& id : options.events) {
    const index_t event = eco.find(id);
    if (event == none) refuse("monitoring", "events", id, "give the id of an event");
    wanted.insert(event);
  }
  const Frame& ties = eco.ties();
  const Column* kind = ties.find("kind");
  const Column* count = ties.find("count");
  const Column* published = ties.find("published");
  std::vector<MonitoredEvent> events;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_kind(kind, row, "counted_at")) continue;
    const index_t event = eco.to()[row];
    if (!wanted.empty() && !wanted.contains(event)) continue;
    const auto n = cell_count("monitoring", "count", count, row);
    if (!n) continue;  // a percentage without a count says nothing of people; see fractions()
    const std::string told = cell_text(ties.find("characteristic"), row);
    auto at = std::find_if(events.begin(), events.end(), [event](const MonitoredEvent& e) { return e.event == event; });
    if (at == events.end()) {
      events.emplace_back();
      at = events.end() - 1;
      at->event = event;
    }
    std::string category = cell_text(ties.find("category"), row);
    if (category.empty()) category = eco.label(eco.from()[row]);
    add_answer(at->question(told), tidy_words(cell_text(ties.find("answer"), row)), category, *n,
               cell_text(published, row) == "true", row);
  }
  return events;
}

// Fills in what a form that came back without this answer, and a form that did not, make of the rest.
inline void settle(MonitoredEvent& event, const Ecosystem& eco, std::vector<std::string>& warnings) {
  const auto row = static_cast<std::size_t>(event.event);
  const auto forms = cell_count("monitoring", "monitoring_forms", eco.entities().find("monitoring_forms"), row);
  event.attended = cell_count("monitoring", "attendance", eco.entities().find("attendance"), row);
  for (Question& q : event.questions) {
    const std::int64_t known = q.answered() + q.without.prefer_not_to_say;
    if (forms && !q.blank_told) {
      if (known > *forms) {
        warnings.push_back(eco.label(event.event) + ", " + q.characteristic + ": " + std::to_string(known) +
                           " answers on " + std::to_string(*forms) + " forms");
      }
      q.without.left_blank = std::max<std::int64_t>(0, *forms - known);
    }
    q.forms = forms ? *forms : known + q.without.left_blank;
  }
}

// The attendance of the events together: each its own, or that of the one event they are all members of.
inline std::optional<std::int64_t> attendance_together(const Ecosystem& eco, const std::vector<MonitoredEvent>& events,
                                                       std::vector<std::string>& warnings) {
  std::int64_t total = 0;
  std::set<index_t> parents;
  bool all_own = true;
  for (const MonitoredEvent& event : events) {
    if (event.attended) {
      total += *event.attended;
    } else {
      all_own = false;
    }
  }
  if (all_own) return total;
  const Column* kind = eco.ties().find("kind");
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_kind(kind, row, "member_of")) continue;
    for (const MonitoredEvent& event : events) {
      if (eco.from()[row] == event.event) parents.insert(eco.to()[row]);
    }
  }
  for (const index_t parent : parents) {
    const auto row = static_cast<std::size_t>(parent);
    const auto attended = cell_count("monitoring", "attendance", eco.entities().find("attendance"), row);
    if (!attended) continue;
    // It counts where it speaks of these events and no others.
    std::set<index_t> parts;
    for (std::size_t tie = 0; tie < eco.from().size(); ++tie) {
      if (is_kind(kind, tie, "member_of") && eco.to()[tie] == parent) parts.insert(eco.from()[tie]);
    }
    const bool same = parts.size() == events.size() &&
                      std::all_of(events.begin(), events.end(),
                                  [&parts](const MonitoredEvent& e) { return parts.contains(e.event); });
    if (same) return attended;
  }
  warnings.emplace_back("how many people were there together is not known: nothing bounds the share among them");
  return std::nullopt;
}

inline MonitoredEvent pooled(const std::vector<MonitoredEvent>& events) {
  MonitoredEvent all;
  for (const MonitoredEvent& event : events) {
    for (const Question& q : event.questions) {
      Question& into = all.question(q.characteristic);
      for (std::size_t i = 0; i < q.categories.size(); ++i) into.add(q.categories[i], q.counts[i], q.published[i] != 0);
      into.without.prefer_not_to_say += q.without.prefer_not_to_say;
      into.without.left_blank += q.without.left_blank;
      into.without.not_returned += q.without.not_returned;
      into.returned_told = into.returned_told || q.returned_told;
      into.forms = into.forms.value_or(0) + q.forms.value_or(0);
    }
  }
  return all;
}

inline void add_monitored(const MonitoredEvent& event, const Ecosystem& eco, double level, Rows& table,
                          Rows& questions) {
  const Rows::Cell name = event.event == none ? no_text() : text(std::string(eco.id(event.event)));
  for (const Question& q : event.questions) {
    const std::int64_t answered = q.answered();
    const std::int64_t returned = answered + q.without.prefer_not_to_say + q.without.left_blank;
    std::optional<std::int64_t> missing_forms;
    if (event.attended) missing_forms = std::max<std::int64_t>(0, *event.attended - returned);
    if (q.returned_told) missing_forms = q.without.not_returned;
    std::optional<std::int64_t> there;
    if (missing_forms) there = returned + *missing_forms;
    questions.add({name, text(q.characteristic), maybe(q.forms), whole(answered), whole(q.without.prefer_not_to_say),
                   whole(q.without.left_blank), maybe(missing_forms), maybe(there)});
    for (std::size_t i = 0; i < q.categories.size(); ++i) {
      Interval own;
      Interval bounds;
      if (there) {
        own = clopper_pearson(q.counts[i], answered, level);
        bounds = {share_of(q.counts[i], *there), share_of(*there - (answered - q.counts[i]), *there)};
      }
      table.add({name, text(q.characteristic), text(q.categories[i]), whole(q.counts[i]), whole(answered),
                 share_of(q.counts[i], answered), own.low, own.high, bounds.low, bounds.high, q.published[i] != 0});
    }
  }
}

}  // namespace detail

LINKPIN_INLINE Monitoring monitoring(const Ecosystem& eco, const MonitoringOptions& options) {
  need_level("monitoring", options.level);
  if (options.attended && *options.attended < 0) {
    refuse("monitoring", "attended", std::to_string(*options.attended), "a count is not negative");
  }
  Monitoring out;
  out.provenance.measure = "monitoring";
  std::vector<std::string>& warnings = out.provenance.warnings;
  std::vector<detail::MonitoredEvent> events = detail::monitored_events(eco, options);
  detail::Rows table({"event", "characteristic", "category", "count", "answered", "share", "low", "high", "bound_low",
                      "bound_high", "published"});
  detail::Rows questions(
      {"event", "characteristic", "forms", "answered", "prefer_not_to_say", "left_blank", "not_returned", "attended"});
  for (detail::MonitoredEvent& event : events) {
    detail::settle(event, eco, warnings);
    detail::add_monitored(event, eco, options.level, table, questions);
  }
  if (!events.empty()) {
    detail::MonitoredEvent all = detail::pooled(events);
    all.attended = options.attended ? options.attended : detail::attendance_together(eco, events, warnings);
    for (const detail::Question& q : all.questions) {
      if (all.attended && q.forms && *q.forms > *all.attended) {
        warnings.push_back(q.characteristic + ": more forms (" + std::to_string(*q.forms) + ") than people (" +
                           std::to_string(*all.attended) + ")");
      }
    }
    detail::add_monitored(all, eco, options.level, table, questions);
    if (events.size() > 1) {
      warnings.emplace_back("whoever was at several events and filled in a form at each is counted at each");
    }
  } else {
    warnings.emplace_back("no monitoring table: no tie of kind counted_at has a count");
  }
  out.table = table.frame("tttiinnnnnb");
  out.questions = questions.frame("ttiiiiii");
  return out;
}

LINKPIN_INLINE AbsentGroups absent_groups(const Ecosystem& eco) {
  AbsentGroups out;
  out.provenance.measure = "absent_groups";
  const Column* kind = eco.ties().find("kind");
  const Column* count = eco.ties().find("count");
  const Column* kinds = eco.entities().find("kind");
  std::vector<std::uint8_t> present(static_cast<std::size_t>(eco.entity_count()), 0);
  // What is only counted at events is an answer on a form ("Age: 75+"), not a group; what other ties put somewhere is
  // on the map, though in no room.
  std::vector<std::uint8_t> answer = present, tied = present;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    const auto from = static_cast<std::size_t>(eco.from()[row]);
    const bool seat = detail::is_kind(kind, row, "member_of") &&
                      detail::is_kind(kinds, static_cast<std::size_t>(eco.to()[row]), "board");
    const bool counted = detail::is_kind(kind, row, "takes_part_in") || detail::is_kind(kind, row, "decides") ||
                         detail::is_kind(kind, row, "counted_at");
    if (detail::is_kind(kind, row, "counted_at")) answer[from] = 1;
    if (!counted) tied[from] = tied[static_cast<std::size_t>(eco.to()[row])] = 1;
    if (!seat && !counted) continue;
    if (detail::cell_count("absent_groups", "count", count, row).value_or(1) > 0) {
      present[static_cast<std::size_t>(eco.from()[row])] = 1;
    }
  }
  std::vector<std::uint8_t> through_member = present;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    const bool belongs = detail::is_kind(kind, row, "member_of") || detail::is_kind(kind, row, "leads");
    if (belongs && present[static_cast<std::size_t>(eco.from()[row])] != 0) {
      through_member[static_cast<std::size_t>(eco.to()[row])] = 1;
    }
  }
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    const auto row = static_cast<std::size_t>(v);
    if (!detail::is_kind(kinds, row, "group") || through_member[row] != 0) continue;
    if (tied[row] != 0) {
      out.elsewhere.push_back(v);
    } else if (answer[row] == 0) {
      out.groups.push_back(v);
    }
  }
  if (!out.groups.empty() || !out.elsewhere.empty()) {
    out.provenance.warnings.emplace_back("nobody on record is not the same as nobody there: someone may be unrecorded");
  }
  return out;
}

LINKPIN_INLINE HiddenGroupPolicy hidden_group_policy(const Ecosystem& eco, double level) {
  need_level("hidden_group_policy", level);
  HiddenGroupPolicy out;
  out.provenance.measure = "hidden_group_policy";
  const Column* column = eco.entities().find("hidden_group_policy");
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    const std::string word = tidy_words(cell_text(column, static_cast<std::size_t>(v)));
    if (word.empty()) continue;
    if (word == "has one") {
      ++out.has_one;
    } else if (word == "has none") {
      ++out.has_none;
      out.without.push_back(v);
    } else if (word == "unknown") {
      ++out.unknown;
    } else {
      refuse("hidden_group_policy", "hidden_group_policy", word, "has one, has none or unknown",
             std::string(eco.id(v)));
    }
  }
  const std::int64_t known = out.has_one + out.has_none;
  const std::int64_t all = known + out.unknown;
  if (all == 0) {
    out.provenance.warnings.emplace_back("no entity says in hidden_group_policy whether it has a policy");
    return out;
  }
  out.share = detail::share_of(out.has_one, known);
  out.interval = clopper_pearson(out.has_one, known, level);
  out.bounds = {detail::share_of(out.has_one, all), detail::share_of(out.has_one + out.unknown, all)};
  return out;
}

namespace detail {

// Numerators k of n that print as `scaled` (the percentage times 10^decimals): 2 |100 * unit * k - scaled * n| <= n.
inline std::pair<std::int64_t, std::int64_t> numerators(std::int64_t scaled, std::int64_t unit, std::int64_t n) {
  const std::int64_t step = 200 * unit;
  const std::int64_t least = std::max<std::int64_t>(0, (2 * scaled - 1) * n);
  const std::int64_t low = (least + step - 1) / step;
  const std::int64_t high = std::min(n, (2 * scaled + 1) * n / step);
  return {low, high};
}

// All numerators of one denominator: each percentage has a range of them, and what is left must fit the ranges to come.
struct FractionSearch {
  std::int64_t n;
  bool whole;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;  // by percentage
  std::vector<std::int64_t> least, most;                      // sums of the ranges from here on
  Fractions& out;
  std::vector<std::int64_t> chosen = {};

  FractionSearch(const std::vector<std::int64_t>& scaled, std::int64_t unit, std::int64_t denominator, bool everybody,
                 Fractions& into)
      : n(denominator), whole(everybody), least(scaled.size() + 1, 0), most(scaled.size() + 1, 0), out(into) {
    for (const std::int64_t s : scaled) ranges.push_back(numerators(s, unit, n));
    for (std::size_t i = scaled.size(); i-- > 0;) {
      least[i] = least[i + 1] + ranges[i].first;
      most[i] = most[i + 1] + ranges[i].second;
    }
  }

  [[nodiscard]] bool possible() const {
    return std::all_of(ranges.begin(), ranges.end(), [](const auto& r) { return r.first <= r.second; });
  }

  void search(std::int64_t left) {
    const std::size_t i = chosen.size();
    if (whole && (left < least[i] || left > most[i])) return;
    if (i == ranges.size()) {
      if (out.denominators.size() == 1'000'000) {
        throw LimitError({"fractions", "combinations", "more than a million", "", "give a smaller `most`"});
      }
      out.denominators.push_back(n);
      out.numerators.push_back(chosen);
      return;
    }
    for (std::int64_t k = ranges[i].first; k <= ranges[i].second; ++k) {
      chosen.push_back(k);
      search(left - k);
      chosen.pop_back();
    }
  }
};

}  // namespace detail

LINKPIN_INLINE Fractions fractions(std::span<const double> percentages, std::int64_t most,
                                   const FractionsOptions& options) {
  if (options.decimals < 0 || options.decimals > 6) {
    refuse("fractions", "decimals", std::to_string(options.decimals), "from 0 to 6");
  }
  if (most < 1 || most > 100'000) refuse("fractions", "most", std::to_string(most), "from 1 to 100,000");
  if (percentages.empty() || percentages.size() > 100) {
    refuse("fractions", "percentages", std::to_string(percentages.size()), "give from 1 to 100 percentages");
  }
  std::int64_t unit = 1;
  for (int i = 0; i < options.decimals; ++i) unit *= 10;
  std::vector<std::int64_t> scaled;
  for (const double percentage : percentages) {
    const double exact = percentage * static_cast<double>(unit);
    if (!(percentage >= 0 && percentage <= 100) || std::abs(exact - std::round(exact)) > 1e-6) {
      refuse("fractions", "percentages", shown(percentage),
             "a percentage lies between 0 and 100 and has as many decimals as said");
    }
    scaled.push_back(static_cast<std::int64_t>(std::llround(exact)));
  }
  Fractions out;
  out.provenance.measure = "fractions";
  for (std::int64_t n = 1; n <= most; ++n) {
    detail::FractionSearch search(scaled, unit, n, options.whole && percentages.size() > 1, out);
    if (search.possible()) search.search(n);
  }
  if (out.denominators.empty()) {
    out.provenance.warnings.emplace_back("no whole numbers up to the largest denominator round to these percentages");
  }
  return out;
}

}  // namespace linkpin
