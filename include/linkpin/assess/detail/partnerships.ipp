#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/assess/partnerships.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/influence/credit.hpp>
#include <linkpin/influence/knowledge.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::partnerships {

inline constexpr double most_splits = 2e6;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline bool is(const Column* column, std::size_t row, std::string_view value) {
  return column != nullptr && !column->missing(row) && column->view(row) == value;
}

inline std::vector<index_t> of_kind(const Ecosystem& eco, std::string_view kind) {
  const Column* kinds = eco.entities().find("kind");
  std::vector<index_t> found;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    if (is(kinds, at(v), kind)) found.push_back(v);
  }
  return found;
}

// How many of the targets each partnership and its members reach, and each one's Shapley share.
inline Credit reached(const Network& net, const std::vector<std::vector<index_t>>& groups,
                      const std::vector<index_t>& targets) {
  std::vector<index_t> sources;
  CreditOptions options;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const index_t v : groups[g]) {
      sources.push_back(v);
      options.players.push_back(static_cast<index_t>(g));
    }
  }
  if (sources.empty() || targets.empty()) {
    Credit nothing;
    nothing.alone.assign(groups.size(), 0.0);
    nothing.shapley.assign(groups.size(), 0.0);
    return nothing;
  }
  return shapley_reach(net, sources, targets, options);
}

inline double split_difference(const std::vector<double>& values, const std::vector<std::size_t>& with) {
  Sum inside;
  for (const std::size_t i : with) inside.add(values[i]);
  const double total = sum(values);
  const auto count = static_cast<double>(with.size());
  return inside.value() / count - (total - inside.value()) / (static_cast<double>(values.size()) - count);
}

// The share of all splits into groups of these sizes whose means differ by as much; NaN where there are too many.
inline double permutation_p(const std::vector<double>& values, const std::vector<std::size_t>& with) {
  const auto n = static_cast<double>(values.size());
  const auto k = static_cast<double>(with.size());
  if (std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) > std::log(most_splits)) return undefined;
  const double observed = std::abs(split_difference(values, with));
  std::vector<std::uint8_t> pick(values.size(), 0);
  std::fill(pick.begin(), pick.begin() + static_cast<std::ptrdiff_t>(with.size()), std::uint8_t{1});
  std::int64_t all = 0;
  std::int64_t as_far = 0;
  do {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < pick.size(); ++i) {
      if (pick[i] != 0) chosen.push_back(i);
    }
    ++all;
    as_far += std::abs(split_difference(values, chosen)) >= observed * (1 - 1e-12) ? 1 : 0;
  } while (std::prev_permutation(pick.begin(), pick.end()));
  return static_cast<double>(as_far) / static_cast<double>(all);
}

}  // namespace detail::partnerships

LINKPIN_INLINE Partnerships partnerships(const Ecosystem& eco) {
  namespace d = detail::partnerships;
  const std::vector<index_t> found = d::of_kind(eco, "partnership");
  const std::size_t count = found.size();
  const Column* kinds = eco.ties().find("kind");
  const Column* sectors = eco.entities().find("sector");
  const Column* roles = eco.entities().find("roles");
  std::vector<std::vector<index_t>> groups(count);
  std::vector<index_t> place(d::at(eco.entity_count()), none);
  for (std::size_t i = 0; i < count; ++i) {
    place[d::at(found[i])] = static_cast<index_t>(i);
    groups[i].push_back(found[i]);
  }
  std::set<std::pair<index_t, index_t>> together;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    const index_t u = eco.from()[row];
    const index_t v = eco.to()[row];
    if (d::is(kinds, row, "collaborates") && u != v) together.emplace(std::min(u, v), std::max(u, v));
    if (d::is(kinds, row, "member_of") && place[d::at(v)] != none) groups[d::at(place[d::at(v)])].push_back(u);
  }
  for (auto& group : groups) {  // a member twice, by two claims, is one
    std::sort(group.begin() + 1, group.end());
    group.erase(std::unique(group.begin() + 1, group.end()), group.end());
  }
  const Network net = knowledge_network(eco);
  const Credit evidence = d::reached(net, groups, d::of_kind(eco, "evidence"));
  const Credit policies = d::reached(net, groups, d::of_kind(eco, "policy"));
  const Credit outcomes = d::reached(net, groups, d::of_kind(eco, "outcome"));

  std::vector<std::optional<std::string>> ids;
  std::vector<double> members, different, carers, collaboration;
  std::vector<std::size_t> with;
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<index_t> group(groups[i].begin() + 1, groups[i].end());
    std::set<std::string_view> seen;
    double caring = 0;
    double tied = 0;
    for (std::size_t a = 0; a < group.size(); ++a) {
      const std::size_t v = d::at(group[a]);
      if (sectors != nullptr && !sectors->missing(v)) seen.insert(sectors->view(v));
      if (roles != nullptr && !roles->missing(v)) {
        const std::string_view own = roles->view(v);
        caring +=
            own.find("carer") != std::string_view::npos || own.find("caregiver") != std::string_view::npos ? 1 : 0;
      }
      for (std::size_t b = a + 1; b < group.size(); ++b) tied += together.contains({group[a], group[b]}) ? 1 : 0;
    }
    const auto size = static_cast<double>(group.size());
    ids.emplace_back(std::string((*eco.parts().ids)[found[i]]));
    members.push_back(size);
    different.push_back(static_cast<double>(seen.size()));
    carers.push_back(caring);
    collaboration.push_back(size > 1 ? tied / (size * (size - 1) / 2) : undefined);
    if (policies.alone[i] > 0) with.push_back(i);
  }

  Partnerships out;
  out.provenance.measure = "partnerships";
  out.with_impact = static_cast<index_t>(with.size());
  out.without_impact = static_cast<index_t>(count - with.size());
  std::vector<std::optional<std::string>> measures;
  std::vector<double> means_with, means_without, differences, chances, compared;
  const std::vector<std::pair<const char*, const std::vector<double>*>> asked = {
      {"members", &members}, {"sectors", &different}, {"carers", &carers}, {"collaboration", &collaboration}};
  for (const auto& [name, values] : asked) {
    std::vector<double> kept;
    std::vector<std::size_t> kept_with;
    for (std::size_t i = 0; i < count; ++i) {
      if (std::isnan((*values)[i])) continue;
      if (policies.alone[i] > 0) kept_with.push_back(kept.size());
      kept.push_back((*values)[i]);
    }
    const bool both = !kept_with.empty() && kept_with.size() < kept.size();
    const double difference = both ? d::split_difference(kept, kept_with) : undefined;
    Sum inside;
    for (const std::size_t i : kept_with) inside.add(kept[i]);
    const double mean = kept_with.empty() ? undefined : inside.value() / static_cast<double>(kept_with.size());
    measures.emplace_back(name);
    means_with.push_back(mean);
    means_without.push_back(
        both ? mean - difference
             : (kept_with.empty() && !kept.empty() ? sum(kept) / static_cast<double>(kept.size()) : undefined));
    differences.push_back(difference);
    chances.push_back(both ? d::permutation_p(kept, kept_with) : undefined);
    compared.push_back(static_cast<double>(kept.size()));
  }
  out.table.set("partnership", text_column(ids));
  out.table.set("members", Column(std::move(members)));
  out.table.set("sectors", Column(std::move(different)));
  out.table.set("carers", Column(std::move(carers)));
  out.table.set("collaboration", Column(std::move(collaboration)));
  out.table.set("evidence", Column(std::vector<double>(evidence.alone)));
  out.table.set("policies", Column(std::vector<double>(policies.alone)));
  out.table.set("credit", Column(std::vector<double>(policies.shapley)));
  out.table.set("outcomes", Column(std::vector<double>(outcomes.alone)));
  out.association.set("measure", text_column(measures));
  out.association.set("with_impact", Column(std::move(means_with)));
  out.association.set("without_impact", Column(std::move(means_without)));
  out.association.set("difference", Column(std::move(differences)));
  out.association.set("p", Column(std::move(chances)));
  out.association.set("partnerships", Column(std::move(compared)));
  out.provenance.warnings.push_back(std::to_string(count) + " partnerships, " + std::to_string(with.size()) +
                                    " of which reached a policy: what goes together in so few may be chance, and what "
                                    "goes together is not for that reason a cause");
  if (kinds == nullptr || net.m() == 0) {
    out.provenance.warnings.push_back("no ties carry knowledge here: nothing can be seen to reach a policy");
  }
  return out;
}

}  // namespace linkpin
