#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/model/cells.hpp>
#include <linkpin/priorities/gap.hpp>
#include <linkpin/statistics/concordance.hpp>
#include <linkpin/statistics/order.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail::gap {

using Texts = std::vector<std::optional<std::string>>;
using Values = std::vector<double>;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline std::optional<std::string> cell(std::string value) {
  return value.empty() ? std::nullopt : std::optional<std::string>(std::move(value));
}

// The priorities, in order of the entities.
struct Priorities {
  std::vector<index_t> entities;
  std::map<index_t, std::size_t> place;
};

inline Priorities priorities(const Ecosystem& eco) {
  Priorities out;
  for (index_t e = 0; e < eco.entity_count(); ++e) {
    if (cell_text(eco.entities(), "kind", at(e)) != "priority") continue;
    out.place.emplace(e, out.entities.size());
    out.entities.push_back(e);
  }
  return out;
}

// A row a respondent, low is best, NaN where nothing was said.
struct Judgements {
  std::vector<index_t> judges;
  Values ranks;
};

inline Judgements judgements(const Ecosystem& eco, const Priorities& all, const PriorityGapOptions& options) {
  const EcosystemParts& p = eco.parts();
  const std::size_t n = all.entities.size();
  std::string item = options.item;
  bool asked = false;
  Judgements out;
  std::map<index_t, std::size_t> row_of;
  for (std::size_t r = 0; r < p.respondent.size(); ++r) {
    const auto found = all.place.find(p.report_to[r]);
    if (found == all.place.end()) continue;
    const std::string own = cell_text(p.reports, "item", r);
    if (item.empty() && !asked) item = own;
    if (own != item) continue;
    asked = true;
    const double value = cell_number(p.reports, "value", r);
    if (std::isnan(value)) continue;
    const auto [row, added] = row_of.emplace(p.respondent[r], out.judges.size());
    if (added) {
      out.judges.push_back(p.respondent[r]);
      out.ranks.resize(out.ranks.size() + n, undefined);
    }
    out.ranks[row->second * n + found->second] = options.high_is_best ? -value : value;
  }
  if (!options.item.empty() && !asked) {
    refuse("priority_gap", "item", options.item, "no report asks this of a priority; see eco.items");
  }
  return out;
}

struct Resources {
  Values money;
  Values research;
};

inline Resources resources(const Ecosystem& eco, const Priorities& all, Provenance& provenance) {
  std::map<index_t, std::set<std::size_t>> about;  // what addresses which priorities
  std::map<index_t, double> received;
  std::set<std::string> currencies;
  auto counts = [](double amount) { return amount >= 0 && std::isfinite(amount); };
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const std::string kind = cell_text(eco.ties(), "kind", at(t));
    const index_t from = eco.from()[at(t)];
    const index_t to = eco.to()[at(t)];
    if (kind == "addresses" && all.place.contains(to)) about[from].insert(all.place.at(to));
    if (kind != "funds") continue;
    const double amount = cell_number(eco.ties(), "amount", at(t));
    if (!counts(amount)) continue;
    received[to] += amount;
    if (all.place.contains(to)) currencies.insert(cell_text(eco.ties(), "currency", at(t)));
  }
  Resources out{Values(all.entities.size(), 0.0), Values(all.entities.size(), 0.0)};
  for (std::size_t i = 0; i < all.entities.size(); ++i) {
    const auto direct = received.find(all.entities[i]);
    if (direct != received.end()) out.money[i] += direct->second;
  }
  for (const auto& one : about) {
    const index_t what = one.first;
    const std::string kind = cell_text(eco.entities(), "kind", at(what));
    const double own = cell_number(eco.entities(), "amount", at(what));
    const bool paid = received.contains(what);
    const double amount = paid ? received.at(what) : counts(own) ? own : 0.0;
    if (!paid && amount > 0) currencies.insert(cell_text(eco.entities(), "currency", at(what)));
    for (const std::size_t i : one.second) {
      out.money[i] += amount / static_cast<double>(one.second.size());
      out.research[i] += kind == "project" || kind == "evidence" ? 1 : 0;
    }
  }
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    if (cell_text(eco.ties(), "kind", at(t)) == "funds" && about.contains(eco.to()[at(t)]) &&
        counts(cell_number(eco.ties(), "amount", at(t)))) {
      currencies.insert(cell_text(eco.ties(), "currency", at(t)));
    }
  }
  if (currencies.size() > 1) {
    provenance.warnings.emplace_back("money is left out: amounts are in several currencies, or some in none");
    out.money.assign(out.money.size(), undefined);
  }
  return out;
}

inline double total(const Values& values) { return sum(values); }

// Places by amount, the largest first; NaN where there is nothing to order.
inline Values places(const Values& amounts) {
  if (!(total(amounts) > 0)) return Values(amounts.size(), undefined);
  Values falling;
  for (const double a : amounts) falling.push_back(-a);
  return mid_ranks(falling);
}

inline Values shares(const Values& amounts) {
  const double all = total(amounts);
  Values out;
  for (const double a : amounts) out.push_back(all > 0 ? a / all : undefined);
  return out;
}

inline Values minus(const Values& a, const Values& b) {
  Values out;
  for (std::size_t i = 0; i < a.size(); ++i) out.push_back(a[i] - b[i]);
  return out;
}

inline double tau(const Values& a, const Values& b) {
  const bool known = std::none_of(a.begin(), a.end(), [](double x) { return std::isnan(x); }) &&
                     std::none_of(b.begin(), b.end(), [](double x) { return std::isnan(x); });
  return known ? kendall_tau(a, b) : undefined;
}

}  // namespace detail::gap

LINKPIN_INLINE PriorityGap priority_gap(const Ecosystem& eco, const PriorityGapOptions& options) {
  using namespace detail::gap;
  PriorityGap out;
  out.provenance.measure = "priority_gap";
  auto& warnings = out.provenance.warnings;
  const Priorities all = priorities(eco);
  const std::size_t n = all.entities.size();
  const Judgements said = judgements(eco, all, options);

  // What people put first, together and by group.
  Values rank(n, undefined);
  Texts cost_group;
  Texts group_name;
  Texts group_priority;
  Values judges;
  Values preferences;
  Values overruled;
  Values share;
  Values group_rank;
  if (n > 0 && said.judges.empty()) warnings.emplace_back("nobody ranked, rated or voted for priorities");
  if (!said.judges.empty()) {
    ConsensusOptions by;
    std::vector<std::string> names;
    std::map<std::string, index_t> place;
    for (const index_t j : said.judges) {
      const std::string group = cell_text(eco.entities(), options.groups, at(j));
      const auto [found, added] = place.emplace(group, static_cast<index_t>(names.size()));
      if (added) names.push_back(group);
      by.groups.push_back(found->second);
    }
    const Consensus shared = consensus(said.ranks, static_cast<index_t>(n), by);
    rank = shared.ranks;
    for (std::size_t g = 0; g < names.size(); ++g) {
      const ConsensusCost& c = shared.groups[g];
      cost_group.push_back(cell(names[g]));
      judges.push_back(c.judges);
      preferences.push_back(static_cast<double>(c.preferences));
      overruled.push_back(c.overruled);
      share.push_back(c.share);
      Values own;
      for (std::size_t j = 0; j < said.judges.size(); ++j) {
        if (at(by.groups[j]) != g) continue;
        own.insert(own.end(), said.ranks.begin() + static_cast<std::ptrdiff_t>(j * n),
                   said.ranks.begin() + static_cast<std::ptrdiff_t>((j + 1) * n));
      }
      const Consensus within = consensus(own, static_cast<index_t>(n));
      for (std::size_t i = 0; i < n; ++i) {
        group_name.push_back(cell(names[g]));
        group_priority.emplace_back(std::string(eco.id(all.entities[i])));
        group_rank.push_back(within.ranks[i]);
      }
    }
  }

  const Resources support_of = resources(eco, all, out.provenance);
  const Values money_rank = places(support_of.money);
  const Values research_rank = places(support_of.research);
  if (n > 0 && total(support_of.money) == 0)
    warnings.emplace_back("no money is recorded for what addresses a priority");
  if (n > 0 && total(support_of.research) == 0)
    warnings.emplace_back("no research is recorded that addresses a priority");
  out.money_tau = tau(rank, money_rank);
  out.research_tau = tau(rank, research_rank);
  Texts ids;
  Texts labels;
  for (const index_t e : all.entities) {
    ids.emplace_back(std::string(eco.id(e)));
    labels.emplace_back(eco.label(e));
  }
  out.table.set("priority", text_column(ids));
  out.table.set("label", text_column(labels));
  out.table.set("rank", Column(rank));
  out.table.set("money", Column(support_of.money));
  out.table.set("money_share", Column(shares(support_of.money)));
  out.table.set("money_rank", Column(money_rank));
  out.table.set("research", Column(support_of.research));
  out.table.set("research_share", Column(shares(support_of.research)));
  out.table.set("research_rank", Column(research_rank));
  out.table.set("money_gap", Column(minus(money_rank, rank)));
  out.table.set("research_gap", Column(minus(research_rank, rank)));
  out.groups.set("group", text_column(group_name));
  out.groups.set("priority", text_column(group_priority));
  out.groups.set("rank", Column(group_rank));
  out.cost.set("group", text_column(cost_group));
  out.cost.set("judges", Column(judges));
  out.cost.set("preferences", Column(preferences));
  out.cost.set("overruled", Column(overruled));
  out.cost.set("share", Column(share));
  return out;
}

}  // namespace linkpin
