#pragma once

#include <cmath>
#include <linkpin/core/shown.hpp>
#include <linkpin/power/agenda.hpp>
#include <linkpin/power/detail/reading.ipp>
#include <linkpin/statistics/intervals.hpp>
#include <set>

namespace linkpin {

namespace detail::power {

// Which entities lead to a decision, by ties that run from what was said to what came of it.
inline std::vector<std::uint8_t> lead_to_decision(const Ecosystem& eco) {
  std::vector<std::vector<index_t>> before(at(eco.entity_count()));
  each_tie(eco, "leads_to", [&](std::size_t, index_t from, index_t to) { before[at(to)].push_back(from); });
  each_tie(eco, "answers",
           [&](std::size_t, index_t response, index_t input) { before[at(response)].push_back(input); });
  std::vector<std::uint8_t> leads(at(eco.entity_count()), 0);
  std::vector<index_t> stack;
  for (index_t e = 0; e < eco.entity_count(); ++e) {
    if (cell_text(eco.entities(), "kind", at(e)) == "decision") stack.push_back(e);
  }
  while (!stack.empty()) {
    const index_t e = stack.back();
    stack.pop_back();
    for (const index_t earlier : before[at(e)]) {
      if (leads[at(earlier)]++ == 0) stack.push_back(earlier);
      leads[at(earlier)] = 1;
    }
  }
  each_tie(eco, "taken_at", [&](std::size_t, index_t item, index_t) { leads[at(item)] = 1; });
  return leads;
}

}  // namespace detail::power

LINKPIN_INLINE Agenda agenda(const Ecosystem& eco, const AgendaOptions& options) {
  using namespace detail::power;
  need_level("agenda", options.level);
  Agenda out;
  out.provenance.measure = "agenda";
  const std::vector<std::string> groups = labels(eco, options.groups);
  const std::vector<std::uint8_t> leads = lead_to_decision(eco);
  std::map<index_t, std::set<index_t>> raisers;
  each_tie(eco, "raises", [&](std::size_t, index_t who, index_t item) { raisers[item].insert(who); });

  struct Count {
    std::int64_t items = 0;
    std::int64_t reached = 0;
  };
  std::map<std::string, Count> counts;
  TableMaker items;
  for (const auto& [item, who] : raisers) {
    const double said = cell_number(eco.entities(), "reached", at(item));
    const bool reached = std::isnan(said) ? leads[at(item)] != 0 : said > 0;
    std::string ids;
    std::set<std::string> own;
    for (const index_t w : who) {
      ids += (ids.empty() ? "" : "|") + std::string(eco.id(w));
      own.insert(groups[at(w)]);
    }
    std::string listed;
    for (const std::string& g : own) {
      Count& count = counts[g];
      ++count.items;
      count.reached += reached ? 1 : 0;
      if (!g.empty()) listed += (listed.empty() ? "" : "|") + g;
    }
    items.add("item", eco.id(item)).add("label", eco.label(item)).add("raised_by", ids).add("group", listed);
    items.add("reached", reached ? 1.0 : 0.0);
  }
  TableMaker rows;
  for (const auto& [group, count] : counts) {
    const Interval interval = wilson(count.reached, count.items, options.level);
    rows.add("group", group).add("items", static_cast<double>(count.items));
    rows.add("reached", static_cast<double>(count.reached));
    rows.add("share", static_cast<double>(count.reached) / static_cast<double>(count.items));
    rows.add("low", interval.low).add("high", interval.high);
  }
  if (raisers.empty()) out.provenance.warnings.emplace_back("nobody raises anything: there are no ties of kind raises");
  out.groups = rows.frame({"group$", "items", "reached", "share", "low", "high"});
  out.items = items.frame({"item$", "label$", "raised_by$", "group$", "reached"});
  return out;
}

}  // namespace linkpin
