#pragma once

#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/power/detail/seats.ipp>
#include <linkpin/power/dominance.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <set>

namespace linkpin {

namespace detail::power {

using Amounts = std::vector<double>;  // by entity

inline Amounts seats_held(const Ecosystem& eco, Provenance& provenance) {
  Amounts out(at(eco.entity_count()), 0.0);
  for (const Board& board : read_boards(eco, provenance)) {
    for (const Seat& seat : board.seats) out[at(seat.member)] += std::max(0.0, seat.votes);
  }
  return out;
}

inline Amounts leadership(const Ecosystem& eco) {
  Amounts out(at(eco.entity_count()), 0.0);
  each_tie(eco, "leads", [&](std::size_t, index_t who, index_t) { out[at(who)] += 1; });
  each_tie(eco, "member_of", [&](std::size_t row, index_t who, index_t) {
    if (cell_text(eco.ties(), "seat", row) == "chair") out[at(who)] += 1;
  });
  return out;
}

// Money in one currency only: amounts in several cannot be added.
inline Amounts money(const Ecosystem& eco, Provenance& provenance) {
  Amounts out(at(eco.entity_count()), 0.0);
  std::set<std::string> currencies;
  std::size_t unknown = 0;
  for (const std::string_view kind : {"funds", "awarded_to"}) {
    each_tie(eco, kind, [&](std::size_t row, index_t from, index_t to) {
      double amount = cell_number(eco.ties(), "amount", row);
      std::string currency = cell_text(eco.ties(), "currency", row);
      if (kind == "awarded_to" && std::isnan(amount)) {
        amount = cell_number(eco.entities(), "amount", at(from));
        currency = cell_text(eco.entities(), "currency", at(from));
      }
      if (!(amount >= 0) || std::isinf(amount)) {
        ++unknown;
        return;
      }
      currencies.insert(currency);
      out[at(to)] += amount;
    });
  }
  if (unknown > 0) {
    provenance.warnings.push_back("money: " + std::to_string(unknown) + " ties have no amount that could be counted");
  }
  if (currencies.size() > 1) {
    provenance.warnings.emplace_back("money: left out, because amounts are in several currencies (or some in none)");
    out.assign(out.size(), 0.0);
  }
  return out;
}

inline Amounts authorship(const Ecosystem& eco) {
  Amounts out(at(eco.entity_count()), 0.0);
  each_tie(eco, "produces", [&](std::size_t, index_t who, index_t what) {
    if (cell_text(eco.entities(), "kind", at(what)) == "evidence") out[at(who)] += 1;
  });
  return out;
}

inline Amounts contacts_of(const Ecosystem& eco) {
  std::set<std::pair<index_t, index_t>> pairs;
  for (index_t tie = 0; tie < eco.tie_count(); ++tie) {
    const index_t a = eco.from()[at(tie)];
    const index_t b = eco.to()[at(tie)];
    if (a != b) pairs.emplace(std::min(a, b), std::max(a, b));
  }
  Amounts out(at(eco.entity_count()), 0.0);
  for (const auto& pair : pairs) {
    out[at(pair.first)] += 1;
    out[at(pair.second)] += 1;
  }
  return out;
}

// Who could hold something, and the group of each.
struct Population {
  std::vector<index_t> members;
  std::vector<index_t> codes;
  std::vector<std::string> groups;
};

inline Population population(const Ecosystem& eco, const DominanceOptions& options) {
  Population out;
  std::map<std::string, index_t> place;
  const bool kinds_known = eco.entities().find("kind") != nullptr;
  for (index_t e = 0; e < eco.entity_count(); ++e) {
    const std::string kind = cell_text(eco.entities(), "kind", at(e));
    const bool counts = std::find(options.kinds.begin(), options.kinds.end(), kind) != options.kinds.end();
    if (kinds_known && !counts) continue;
    const std::string group = cell_text(eco.entities(), options.groups, at(e));
    const auto [found, added] = place.emplace(group, static_cast<index_t>(out.groups.size()));
    if (added) out.groups.push_back(group);
    out.members.push_back(e);
    out.codes.push_back(found->second);
  }
  return out;
}

inline void add_parts(TableMaker& table, const std::vector<double>& amounts, const Population& who, double epsilon) {
  const auto theil = decompose_inequality(amounts, who.codes);
  const auto atkinson = decompose_inequality(amounts, who.codes, {InequalityIndex::atkinson, epsilon});
  const auto gini = decompose_inequality(amounts, who.codes, {.index = InequalityIndex::gini});
  table.add("members", static_cast<double>(amounts.size()));
  table.add("zeros", static_cast<double>(std::count(amounts.begin(), amounts.end(), 0.0)));
  table.add("theil", theil.total).add("theil_between", theil.between).add("theil_within", theil.within);
  table.add("between_share", theil.total > 0 ? theil.between / theil.total : undefined);
  table.add("atkinson", atkinson.total).add("atkinson_between", atkinson.between);
  table.add("atkinson_within", atkinson.within);
  table.add("gini", gini.total).add("gini_between", gini.between).add("gini_within", gini.within);
  table.add("gini_overlap", gini.overlap);
}

inline void add_shares(TableMaker& table, std::string_view of, const std::vector<double>& amounts,
                       const Population& who) {
  const auto theil = decompose_inequality(amounts, who.codes);
  for (std::size_t g = 0; g < theil.groups.size(); ++g) {
    const GroupInequality& own = theil.groups[g];
    table.add("of", of).add("group", who.groups[g]).add("members", own.members).add("zeros", own.zeros);
    table.add("population_share", own.population_share).add("amount", own.mean * own.members);
    table.add("share", own.share).add("ratio", own.share / own.population_share);
  }
}

}  // namespace detail::power

LINKPIN_INLINE Dominance dominance(const Ecosystem& eco, const DominanceOptions& options) {
  using namespace detail::power;
  if (!(options.epsilon > 0) || std::isinf(options.epsilon)) {
    refuse("dominance", "epsilon", shown(options.epsilon), "an aversion to inequality is finite and above 0");
  }
  Dominance out;
  out.provenance.measure = "dominance";
  auto& warnings = out.provenance.warnings;
  const Population who = population(eco, options);
  if (eco.entity_count() > 0 && eco.entities().find(options.groups) == nullptr) {
    warnings.push_back("no entity has a " + options.groups + ": all are one group");
  }
  const std::vector<std::pair<std::string_view, Amounts>> all{{"seats", seats_held(eco, out.provenance)},
                                                              {"leadership", leadership(eco)},
                                                              {"money", money(eco, out.provenance)},
                                                              {"authorship", authorship(eco)},
                                                              {"contacts", contacts_of(eco)}};
  TableMaker shares;
  TableMaker parts;
  for (const auto& one : all) {
    std::vector<double> amounts;
    for (const index_t e : who.members) amounts.push_back(one.second[at(e)]);
    if (std::all_of(amounts.begin(), amounts.end(), [](double x) { return x == 0; })) {
      warnings.push_back(std::string(one.first) + ": the data says nothing of it");
      continue;
    }
    add_shares(shares, one.first, amounts, who);
    parts.add("of", one.first);
    add_parts(parts, amounts, who, options.epsilon);
  }
  out.shares = shares.frame({"of$", "group$", "members", "zeros", "population_share", "amount", "share", "ratio"});
  out.parts =
      parts.frame({"of$", "members", "zeros", "theil", "theil_between", "theil_within", "between_share", "atkinson",
                   "atkinson_between", "atkinson_within", "gini", "gini_between", "gini_within", "gini_overlap"});
  return out;
}

}  // namespace linkpin
