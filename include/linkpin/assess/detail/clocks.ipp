// What partnerships come to, and when: a partnership and its members together start one walk and one clock.
#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/assess/detail/together.ipp>
#include <linkpin/influence/credit.hpp>
#include <linkpin/influence/knowledge.hpp>
#include <linkpin/influence/lags.hpp>
#include <linkpin/influence/reach.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linkpin::detail::partnerships {

inline constexpr const char* clock = "clock of a partnership";  // a kind of entity, and of its ties

inline std::optional<Date> date_of(const Frame& frame, std::size_t row) {
  for (const char* name : {"date", "start"}) {
    const Column* column = frame.find(name);
    if (column == nullptr || column->missing(row)) continue;
    if (column->type() == ColumnType::date) return column->dates()[row];
    const double year = column->is_text() ? undefined : column->number(row);
    const auto date = column->is_text() ? parse_date(column->view(row))
                      : year >= 1 && year <= 9999 && year == std::floor(year)
                          ? std::optional(date_of_year(static_cast<int>(year)))
                          : std::nullopt;
    if (date) return date;
  }
  return std::nullopt;
}

// The ecosystem and, behind its entities, one more a partnership, dated as given and tied to it and its members.
inline Ecosystem with_clocks(const Ecosystem& eco, const Together& all, const std::vector<std::optional<Date>>& dated) {
  EcosystemParts p = eco.parts();
  auto ids = std::make_shared<StringTable>(*p.ids);
  std::vector<index_t> entities, ties;
  Words kinds, tie_kinds;
  std::vector<std::optional<Date>> dates;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    entities.push_back(v);
    const std::string_view kind = word(eco.entities(), "kind", at(v));
    kinds.push_back(kind.empty() ? std::nullopt : std::optional(std::string(kind)));
    dates.push_back(date_of(eco.entities(), at(v)));
  }
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    ties.push_back(static_cast<index_t>(row));
    const std::string_view kind = word(eco.ties(), "kind", row);
    tie_kinds.push_back(kind.empty() ? std::nullopt : std::optional(std::string(kind)));
  }
  for (std::size_t i = 0; i < all.entity.size(); ++i) {
    std::string id = "clock " + std::string(eco.id(all.entity[i]));
    while (ids->find(id) != none) id += "'";
    const index_t self = ids->intern(id);
    entities.push_back(none);
    kinds.emplace_back(clock);
    dates.push_back(dated[i]);
    std::vector<index_t> ends = all.members[i];
    ends.push_back(all.entity[i]);
    for (const index_t v : ends) {
      p.from.push_back(self);
      p.to.push_back(v);
      ties.push_back(none);
      tie_kinds.emplace_back(clock);
    }
  }
  p.ids = ids;
  p.entities = eco.entities().take(entities);
  p.entities.resize(entities.size());
  p.entities.set("kind", text_column(kinds));
  std::vector<Date> values;
  std::vector<std::uint8_t> missing;
  for (const auto& date : dates) {
    values.push_back(date.value_or(Date{}));
    missing.push_back(date ? 0 : 1);
  }
  p.entities.set("date", Column(std::move(values), std::move(missing)));
  p.ties = eco.ties().take(ties);
  p.ties.resize(ties.size());
  p.ties.set("kind", text_column(tie_kinds));
  p.respondent.clear();
  p.report_from.clear();
  p.report_to.clear();
  p.reports = Frame{};
  return Ecosystem(std::move(p));
}

inline std::vector<std::string> with_clock_ties(const Ecosystem& eco) {
  std::vector<std::string> kinds = knowledge_kinds(eco);
  kinds.emplace_back(clock);
  return kinds;
}

// How many of the targets each partnership and its members reach, and each one's Shapley share; missing where there are
// no targets or nothing that leads to any.
inline Credit reached(const Network& net, const Together& all, const std::vector<index_t>& targets) {
  Credit out;
  if (net.m() == 0 || targets.empty() || all.entity.empty()) {
    out.alone = out.shapley = Numbers(all.entity.size(), undefined);
    return out;
  }
  std::vector<index_t> sources;
  CreditOptions options;
  for (std::size_t i = 0; i < all.entity.size(); ++i) {
    std::vector<index_t> ends = all.members[i];
    ends.push_back(all.entity[i]);
    sources.insert(sources.end(), ends.begin(), ends.end());
    options.players.insert(options.players.end(), ends.size(), static_cast<index_t>(i));
  }
  return shapley_reach(net, sources, targets, options);
}

inline void add_reach(const Ecosystem& eco, const Together& all, const std::vector<index_t>& policies,
                      ReachDefinition definition, const Run& run, Columns& out, std::vector<std::string>& warnings) {
  const std::size_t count = all.entity.size();
  Numbers documents(count, undefined), attenuated(count, undefined), nearest(count, undefined);
  if (count > 0 && !policies.empty() && !knowledge_kinds(eco).empty()) {
    const Ecosystem clocked = with_clocks(eco, all, std::vector<std::optional<Date>>(count));
    std::vector<index_t> sources;
    for (std::size_t i = 0; i < count; ++i) sources.push_back(eco.entity_count() + static_cast<index_t>(i));
    ReachOptions options;
    options.definition = std::move(definition);
    options.dates.clear();  // nothing by year is asked
    options.run = run;
    if (options.definition.steps > 0) ++options.definition.steps;  // the first leads to it and its members
    const Reach found = reach(knowledge_network(clocked, {.kinds = with_clock_ties(eco)}), sources, policies, options);
    for (const std::string& w : found.provenance.warnings) warnings.push_back("reach: " + w);
    for (std::size_t i = 0; i < count; ++i) {
      documents[i] = static_cast<double>(found.reached[i]);
      attenuated[i] = found.attenuated[i] / options.attenuation;
      if (found.nearest[i] != none) nearest[i] = found.nearest[i] - 1;
    }
  }
  out.emplace_back("reach", std::move(documents));
  out.emplace_back("reach_attenuated", std::move(attenuated));
  out.emplace_back("nearest", std::move(nearest));
}

struct Waits {
  std::vector<index_t> years;  // whole years followed, the event's the last; 0 where not a year
  std::vector<std::uint8_t> happened;
};

inline LagOptions clock_options(const Ecosystem& eco, const Ecosystem& clocked, const char* to, const Run& run) {
  LagOptions options;
  options.from = clock;
  options.to = to;
  options.ties = with_clock_ties(eco);
  options.steps = static_cast<int>(clocked.entity_count());
  options.curve = LagCurve::kaplan_meier;
  options.run = run;
  return options;
}

// When each partnership's clock starts: its first dated evidence.
inline std::vector<std::optional<Date>> first_evidence(const Ecosystem& eco, const Together& all, const Run& run) {
  std::vector<std::optional<Date>> first(all.entity.size());
  // The pairs do not depend on when the clocks start, as long as they do.
  const Ecosystem clocked = with_clocks(eco, all, std::vector(first.size(), std::optional(date_of_year(1))));
  const Lags found = lags(clocked, clock_options(eco, clocked, "evidence", run));
  for (std::size_t row = 0; row < found.pairs.rows(); ++row) {
    auto& own = first[at(clocked.find(found.pairs.find("from")->view(row)) - eco.entity_count())];
    const Date date = found.pairs.find("to_date")->dates()[row];
    if (!own || date.first < own->first) own = date;
  }
  return first;
}

// `reached`: policies each reaches, dated or not.
inline Waits add_lag(const Ecosystem& eco, const Together& all, bool possible, const Numbers& reached,
                     const std::optional<Date>& seen_until, const Run& run, Columns& out,
                     std::vector<std::string>& warnings) {
  constexpr double year = 365.25;
  constexpr double leap = 2 / year;  // so much may whole calendar years differ from as many of these
  const std::size_t count = all.entity.size();
  Waits waits{std::vector<index_t>(count, 0), std::vector<std::uint8_t>(count, 0)};
  Numbers lag(count, undefined), low(count, undefined), high(count, undefined), waited(count, undefined);
  const auto first = possible ? first_evidence(eco, all, run) : std::vector<std::optional<Date>>(count);
  const auto dated = std::count_if(first.begin(), first.end(), [](const auto& d) { return d.has_value(); });
  if (dated > 0) {
    const Ecosystem clocked = with_clocks(eco, all, first);
    LagOptions options = clock_options(eco, clocked, "policy", run);
    options.seen_until = seen_until;
    for (const index_t v : of_kind(eco, "policy")) {  // else until the latest policy there is
      const auto date = date_of(eco.entities(), at(v));
      if (seen_until || !date) continue;
      if (!options.seen_until || date->last > options.seen_until->last) options.seen_until = date;
    }
    const Lags found = lags(clocked, options);
    auto owner = [&](const Frame& frame, std::size_t row) {
      return at(clocked.find(frame.find("from")->view(row)) - eco.entity_count());
    };
    Numbers later(count, 0.0);
    for (std::size_t row = 0; row < found.pairs.rows() && found.seen_until; ++row) {
      later[owner(found.pairs, row)] +=
          found.pairs.find("to_date")->dates()[row].first > found.seen_until->last ? 1 : 0;
    }
    index_t untimed = 0;
    for (std::size_t row = 0; row < found.timed.rows(); ++row) {
      const std::size_t i = owner(found.timed, row);
      const double earliest = found.timed.find("earliest")->number(row) / year;
      const double latest = found.timed.find("latest")->number(row) / year;
      if (std::isnan(latest) && reached[i] > later[i]) {  // not waiting: it has one, of no date or of before
        ++untimed;
        continue;
      }
      if (std::isnan(latest)) {
        waited[i] = earliest;
        waits.years[i] = static_cast<index_t>(std::floor(earliest + leap));
        continue;
      }
      low[i] = earliest;
      high[i] = latest;
      lag[i] = (earliest + latest) / 2;
      waits.years[i] = std::max(index_t{1}, static_cast<index_t>(std::ceil(lag[i] - leap)));
      waits.happened[i] = 1;
    }
    auto tell = [&](index_t number, const char* one, const char* several) {
      if (number > 0) warnings.push_back("lag: " + std::to_string(number) + (number == 1 ? one : several));
    };
    tell(found.before, " policy is older than the first dated evidence of its partnership: reached, but not timed",
         " policies are older than the first dated evidence of their partnership: reached, but not timed");
    tell(found.unclear, " policy may be older than the first evidence, as far as dates tell: timed from 0",
         " policies may be older than the first evidence, as far as dates tell: timed from 0");
    tell(found.undated_events, " policy that is reached has no date and is not timed",
         " policies that are reached have no date and are not timed");
    tell(found.later, " policy is later than the end of what was looked through and is not timed",
         " policies are later than the end of what was looked through and are not timed");
    tell(static_cast<index_t>(count) - static_cast<index_t>(dated),
         " partnership reaches no dated evidence and is not timed",
         " partnerships reach no dated evidence and are not timed");
    tell(untimed, " partnership reaches only policies without a date or older than its evidence: it is not timed",
         " partnerships reach only policies without a date or older than their evidence: they are not timed");
    tell(found.not_followed, " partnership has its first evidence after the last policy was looked for: not timed",
         " partnerships have their first evidence after the last policy was looked for: not timed");
    if (!seen_until && options.seen_until) {
      warnings.push_back("lag: until when policies were looked for was not given; the latest there is, of " +
                         to_string(*options.seen_until) + ", is taken for it");
    }
  }
  out.emplace_back("lag", std::move(lag));
  out.emplace_back("lag_low", std::move(low));
  out.emplace_back("lag_high", std::move(high));
  out.emplace_back("waited", std::move(waited));
  return waits;
}

}  // namespace linkpin::detail::partnerships
