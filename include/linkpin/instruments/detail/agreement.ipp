#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/instruments/agreement.hpp>
#include <linkpin/model/observed.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace linkpin {

namespace detail::aggregation {

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// One answer of an organisation: whose, about which tie, on which question and wave.
struct Key {
  index_t respondent, from, to;
  std::string item, wave;

  friend auto operator<=>(const Key&, const Key&) = default;  // NOLINT(modernize-use-nullptr)
};

struct Answers {
  std::vector<double> values;
  std::string state;  // the first other than an answer
};

inline std::string text_at(const Column* column, std::size_t row) {
  return column == nullptr ? std::string() : std::string(column->view(row));
}

// The organisation of each entity; its own number where it has none. Counts second affiliations.
inline std::vector<index_t> organisations(const Ecosystem& eco, const std::string& tie, index_t& second) {
  std::vector<index_t> of(at(eco.entity_count()), none);
  const Column* kinds = eco.ties().find("kind");
  bool found = false;
  for (std::size_t e = 0; e < eco.from().size(); ++e) {
    if (kinds == nullptr || kinds->view(e) != tie) continue;
    found = true;
    index_t& own = of[at(eco.from()[e])];
    if (own != none && own != eco.to()[e]) ++second;
    if (own == none) own = eco.to()[e];
  }
  if (!found) refuse("aggregate_reports", "tie", tie, "no tie of this kind says who answers for which organisation");
  for (std::size_t v = 0; v < of.size(); ++v) of[v] = of[v] == none ? static_cast<index_t>(v) : of[v];
  return of;
}

inline double combined(Combine how, const std::vector<double>& values, index_t answered) {
  double total = 0.0;
  index_t yes = 0;
  for (const double v : values) {
    total += v;
    yes += v > 0 ? 1 : 0;
  }
  switch (how) {
    case Combine::mean:
      return total / static_cast<double>(values.size());
    case Combine::any:
      return *std::max_element(values.begin(), values.end());
    case Combine::majority:
      return 2 * yes > answered ? 1.0 : 0.0;
    case Combine::share:
      return total / static_cast<double>(std::max<index_t>(answered, static_cast<index_t>(values.size())));
  }
  return undefined;
}

}  // namespace detail::aggregation

LINKPIN_INLINE RaterAgreement rater_agreement(std::span<const double> values, std::span<const index_t> groups,
                                              int options) {
  if (groups.size() != values.size()) {
    refuse("rater_agreement", "groups, length", std::to_string(groups.size()),
           "give one group an answer: " + std::to_string(values.size()));
  }
  if (options < 2) refuse("rater_agreement", "options", std::to_string(options), "an answer has two levels or more");
  std::map<index_t, std::vector<double>> by_group;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      refuse("rater_agreement", "values", shown(values[i]), "leave out who did not answer",
             "answer " + std::to_string(i));
    }
    by_group[groups[i]].push_back(values[i]);
  }
  RaterAgreement out;
  out.provenance.measure = "rater_agreement";
  const auto n = static_cast<double>(values.size());
  const double random = (static_cast<double>(options) * options - 1) / 12;  // variance of evenly spread answers
  double squares_of_sizes = 0.0;
  Sum within, between, r_wg;
  const double mean = values.empty() ? undefined : sum(values) / n;
  index_t pairs = 0;
  for (const auto& [group, answers] : by_group) {
    GroupAgreement g{group, static_cast<index_t>(answers.size())};
    const auto k = static_cast<double>(answers.size());
    g.mean = sum(answers) / k;
    Sum squares;
    for (const double x : answers) squares.add((x - g.mean) * (x - g.mean));
    within.add(squares.value());
    between.add(k * (g.mean - mean) * (g.mean - mean));
    squares_of_sizes += k * k;
    if (answers.size() > 1) {
      g.variance = squares.value() / (k - 1);
      g.r_wg = std::max(0.0, 1 - g.variance / random);
      r_wg.add(g.r_wg);
      ++pairs;
    }
    out.groups.push_back(g);
  }
  if (pairs > 0) out.mean_r_wg = r_wg.value() / pairs;
  const auto count = static_cast<index_t>(by_group.size());
  out.df_between = std::max<index_t>(0, count - 1);
  out.df_within = static_cast<index_t>(values.size()) - count;
  if (out.df_between < 1 || out.df_within < 1) {
    out.provenance.warnings.emplace_back("undefined: two groups or more are needed, and one of them with two answers");
    return out;
  }
  const double msb = between.value() / out.df_between;
  const double msw = within.value() / out.df_within;
  out.size = (n - squares_of_sizes / n) / out.df_between;
  if (msb + (out.size - 1) * msw > 0) out.icc1 = (msb - msw) / (msb + (out.size - 1) * msw);
  if (msb > 0) out.icc2 = (msb - msw) / msb;
  if (msw > 0) {
    out.f = msb / msw;
    out.p = f_tail(out.f, out.df_between, out.df_within);
  }
  return out;
}

LINKPIN_INLINE Aggregated aggregate_reports(const Ecosystem& eco, const AggregateOptions& options) {
  namespace own = detail::aggregation;
  if (eco.report_count() == 0) refuse("aggregate_reports", "eco", "no reports", "there is nothing to aggregate");
  index_t second = 0;
  const std::vector<index_t> of = own::organisations(eco, options.tie, second);
  const EcosystemParts& p = eco.parts();
  const Column* items = p.reports.find("item");
  const Column* waves = p.reports.find("wave");
  const Column* states = p.reports.find("state");
  const Column* values = p.reports.find("value");

  std::map<own::Key, own::Answers> said;
  std::map<std::tuple<index_t, std::string, std::string>, std::set<index_t>>
      answered;  // who, by organisation and question
  index_t inside = 0;
  for (std::size_t r = 0; r < p.respondent.size(); ++r) {
    const index_t org = of[own::at(p.respondent[r])];
    own::Key key{org, of[own::at(p.report_from[r])], p.report_to[r] == none ? none : of[own::at(p.report_to[r])],
                 own::text_at(items, r), own::text_at(waves, r)};
    const std::string state = own::text_at(states, r);
    const bool answer = state.empty() || state == to_string(Answer::answered);
    if (answer) answered[{org, key.item, key.wave}].insert(p.respondent[r]);
    if (key.to != none && key.from == key.to && p.report_from[r] != p.report_to[r]) {
      ++inside;
      continue;
    }
    own::Answers& answers = said[key];
    if (answer && values != nullptr && !values->missing(r)) answers.values.push_back(values->number(r));
    if (!answer && answers.state.empty()) answers.state = state;
  }

  EcosystemParts parts = p;
  parts.respondent.clear();
  parts.report_from.clear();
  parts.report_to.clear();
  std::vector<std::optional<std::string>> item, wave, state;
  std::vector<double> value;
  std::map<std::string, std::pair<std::vector<double>, std::vector<index_t>>> by_item;
  index_t cell = 0;
  for (const auto& [key, answers] : said) {
    const auto who = answered.find({key.respondent, key.item, key.wave});
    const index_t speakers = who == answered.end() ? 0 : static_cast<index_t>(who->second.size());
    const bool answer = !answers.values.empty() || (key.to == none && speakers > 0);
    parts.respondent.push_back(key.respondent);
    parts.report_from.push_back(key.from);
    parts.report_to.push_back(key.to);
    item.push_back(key.item.empty() ? std::nullopt : std::optional(key.item));
    wave.push_back(key.wave.empty() ? std::nullopt : std::optional(key.wave));
    state.emplace_back(answer ? std::string(to_string(Answer::answered)) : answers.state);
    value.push_back(answers.values.empty() ? undefined : own::combined(options.combine, answers.values, speakers));
    auto& [numbers, groups] = by_item[key.item];
    for (const double x : answers.values) {
      numbers.push_back(x);
      groups.push_back(cell);
    }
    ++cell;
  }
  parts.reports = {};
  parts.reports.set("item", text_column(item));
  parts.reports.set("wave", text_column(wave));
  parts.reports.set("state", text_column(state));
  parts.reports.set("value", Column(std::move(value)));

  Aggregated out;
  out.provenance.measure = "aggregate_reports";
  for (const auto& [name, answers] : by_item) {
    if (answers.first.empty()) continue;
    out.items.push_back({name, rater_agreement(answers.first, answers.second, options.options)});
  }
  if (inside > 0) {
    out.provenance.warnings.push_back(std::to_string(inside) + " reports between people of one organisation left out");
  }
  if (second > 0) {
    out.provenance.warnings.push_back(std::to_string(second) + " second affiliations left out: the first one counts");
  }
  out.ecosystem = Ecosystem(std::move(parts));
  return out;
}

}  // namespace linkpin
