#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/assess/detail/beside.ipp>
#include <linkpin/assess/detail/clocks.ipp>
#include <linkpin/assess/detail/together.ipp>
#include <linkpin/assess/partnerships.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/survival.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::partnerships {

inline void add_waiting(const Waits& waits, double level, Frame& out) {
  std::vector<double> years;
  std::vector<std::uint8_t> happened;
  for (std::size_t i = 0; i < waits.years.size(); ++i) {
    if (waits.years[i] == 0) continue;
    years.push_back(static_cast<double>(waits.years[i]));
    happened.push_back(waits.happened[i]);
  }
  SurvivalCurve curve;
  if (!years.empty()) curve = kaplan_meier(years, happened, {.level = level});
  out.set("year", Column(std::move(curve.time)));
  out.set("at_risk", Column(Numbers(curve.at_risk.begin(), curve.at_risk.end())));
  out.set("events", Column(Numbers(curve.events.begin(), curve.events.end())));
  out.set("survival", Column(std::move(curve.survival)));
  out.set("lower", Column(std::move(curve.lower)));
  out.set("upper", Column(std::move(curve.upper)));
}

inline DiscreteHazard hazard_of(const Waits& waits, const Columns& columns, const PartnershipsOptions& options) {
  std::vector<HazardCovariate> covariates;
  std::string alike;
  for (const std::string& name : options.covariates) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.first == name; });
    if (found == columns.end()) {
      std::string known;
      for (const auto& column : columns) known += (known.empty() ? "" : ", ") + column.first;
      refuse("partnerships", "covariates", name, "choose columns of what went in: " + known);
    }
    std::set<double> values;
    for (std::size_t i = 0; i < waits.years.size(); ++i) {
      if (waits.years[i] > 0 && !std::isnan(found->second[i])) values.insert(found->second[i]);
    }
    if (values.size() < 2) {
      alike += (alike.empty() ? "" : ", ") + name;
    } else {
      covariates.push_back({name, found->second});
    }
  }
  DiscreteHazard out = discrete_hazard(waits.years, waits.happened, covariates, options.level);
  if (!alike.empty()) {
    out.provenance.warnings.push_back("the hazard is without " + alike +
                                      ": not known, or the same for all that were followed");
  }
  return out;
}

inline void warn_of_gaps(const Columns& columns, std::vector<std::string>& warnings) {
  std::string empty;
  for (const auto& [name, values] : columns) {
    const bool none_known = std::all_of(values.begin(), values.end(), [](double v) { return std::isnan(v); });
    if (none_known) empty += (empty.empty() ? "" : ", ") + name;
  }
  if (!empty.empty()) warnings.push_back("the data does not say, for any partnership: " + empty);
}

}  // namespace detail::partnerships

LINKPIN_INLINE Partnerships partnerships(const Ecosystem& eco, const PartnershipsOptions& options) {
  namespace d = detail::partnerships;
  need_level("partnerships", options.level);
  Partnerships out;
  out.provenance.measure = "partnerships";
  std::vector<std::string> warnings;
  const d::Together all = d::read_together(eco);
  const std::size_t count = all.entity.size();
  d::Words ids;
  for (const index_t v : all.entity) ids.emplace_back(std::string(eco.id(v)));
  const Network net = knowledge_network(eco);
  const std::vector<index_t> targets = d::of_kind(eco, "policy");
  const std::vector<index_t> learnt = d::of_kind(eco, "evidence");
  Credit policies = d::reached(net, all, targets);

  d::Columns columns;
  d::add_members(eco, all, columns);
  d::add_participation(eco, all, ids, columns, out.stages, warnings);
  d::add_power(eco, all, options.run, columns, warnings);
  columns.emplace_back("evidence", d::reached(net, all, learnt).alone);
  const std::size_t went_in = columns.size();
  out.association = d::beside(columns, policies.alone, warnings);

  columns.emplace_back("policies", policies.alone);
  columns.emplace_back("credit", std::move(policies.shapley));
  d::add_reach(eco, all, targets, options.reach, options.run, columns, warnings);
  const bool possible = count > 0 && net.m() > 0 && !targets.empty() && !learnt.empty();
  const d::Waits waits =
      d::add_lag(eco, all, possible, policies.alone, options.seen_until, options.run, columns, warnings);
  columns.emplace_back("outcomes", d::reached(net, all, d::of_kind(eco, "outcome")).alone);

  d::add_waiting(waits, options.level, out.waiting);
  out.hazard = d::hazard_of(waits, {columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(went_in)}, options);
  for (const double reached : policies.alone) {
    out.with_impact += reached > 0 ? 1 : 0;
    out.without_impact += reached == 0 ? 1 : 0;
  }
  auto& told = out.provenance.warnings;
  told.push_back(std::to_string(count) + " partnerships, " + std::to_string(out.with_impact) +
                 " of which reached a policy: what goes together in so few may be chance, and what goes together is "
                 "not for that reason a cause");
  if (net.m() == 0) told.emplace_back("no ties carry knowledge here: nothing can be seen to reach a policy");
  if (count > 0) d::warn_of_gaps(columns, told);
  told.insert(told.end(), warnings.begin(), warnings.end());
  if (std::any_of(waits.years.begin(), waits.years.end(), [](index_t y) { return y > 0; })) {
    for (const std::string& w : out.hazard.provenance.warnings) told.push_back(w);
  } else if (count > 0) {
    told.emplace_back("no partnership can be followed for a year: there is no curve and no hazard");
  }
  if (out.hazard.events > 0 && !options.covariates.empty()) {
    told.emplace_back("covariates of the hazard are as the data has them, not as they were in each year");
  }
  out.table.set("partnership", text_column(ids));
  for (auto& [name, values] : columns) out.table.set(name, Column(std::move(values)));
  return out;
}

}  // namespace linkpin
