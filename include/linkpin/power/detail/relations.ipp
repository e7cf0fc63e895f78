#pragma once

#include <linkpin/power/detail/reading.ipp>
#include <linkpin/power/relations.hpp>
#include <set>

namespace linkpin {

namespace detail::power {

using Neighbours = std::vector<std::set<index_t>>;

inline std::size_t reach_below(const Neighbours& below, index_t top) {
  std::set<index_t> seen{top};
  std::vector<index_t> stack{top};
  while (!stack.empty()) {
    const index_t e = stack.back();
    stack.pop_back();
    for (const index_t next : below[at(e)]) {
      if (seen.insert(next).second) stack.push_back(next);
    }
  }
  return seen.size() - 1;
}

}  // namespace detail::power

LINKPIN_INLINE Relations power_relations(const Ecosystem& eco, const RelationsOptions& options) {
  using namespace detail::power;
  for (const std::string& kind : options.over) {
    if (std::find(options.with.begin(), options.with.end(), kind) != options.with.end()) {
      refuse("power_relations", "over", kind, "a kind of tie is power over or power with, not both");
    }
  }
  Relations out;
  out.provenance.measure = "power_relations";
  const std::size_t n = at(eco.entity_count());
  const std::vector<std::string> groups = labels(eco, options.groups);
  Neighbours below(n);
  Neighbours above(n);
  Neighbours beside(n);
  Neighbours told(n);  // by one end at least, in its direction
  for (const std::string& kind : options.over) {
    each_tie(eco, kind, [&](std::size_t, index_t a, index_t b) {
      if (a == b) return;
      below[at(a)].insert(b);
      above[at(b)].insert(a);
    });
  }
  for (const std::string& kind : options.with) {
    const bool symmetric = eco.kind(kind).symmetric;
    each_tie(eco, kind, [&](std::size_t, index_t a, index_t b) {
      if (a == b) return;
      beside[at(a)].insert(b);
      beside[at(b)].insert(a);
      told[at(a)].insert(b);
      if (symmetric) told[at(b)].insert(a);
    });
  }
  struct Count {
    double members = 0, over = 0, under = 0, with = 0;
  };
  std::map<std::string, Count> counts;
  TableMaker members;
  Watch watch(options.run);
  for (index_t e = 0; e < eco.entity_count(); ++e) {
    watch.tick(static_cast<double>(e) / static_cast<double>(n));
    if (below[at(e)].empty() && above[at(e)].empty() && beside[at(e)].empty()) continue;
    const auto mutual = std::count_if(beside[at(e)].begin(), beside[at(e)].end(), [&](index_t other) {
      return told[at(e)].contains(other) && told[at(other)].contains(e);
    });
    members.add("id", eco.id(e)).add("label", eco.label(e)).add("group", groups[at(e)]);
    members.add("over", static_cast<double>(below[at(e)].size()));
    members.add("over_reach", static_cast<double>(reach_below(below, e)));
    members.add("under", static_cast<double>(above[at(e)].size()));
    members.add("with", static_cast<double>(beside[at(e)].size()));
    members.add("with_mutual", static_cast<double>(mutual));
    Count& count = counts[groups[at(e)]];
    count.members += 1;
    auto others = [&](const std::set<index_t>& set) {
      return static_cast<double>(
          std::count_if(set.begin(), set.end(), [&](index_t other) { return groups[at(other)] != groups[at(e)]; }));
    };
    count.over += others(below[at(e)]);
    count.under += others(above[at(e)]);
    count.with += others(beside[at(e)]);
  }
  if (counts.empty()) {
    out.provenance.warnings.emplace_back("no tie is of a kind that is power over others or power with others");
  }
  TableMaker rows;
  for (const auto& [group, count] : counts) {
    rows.add("group", group).add("members", count.members).add("over", count.over).add("under", count.under);
    rows.add("with", count.with);
  }
  out.members = members.frame({"id$", "label$", "group$", "over", "over_reach", "under", "with", "with_mutual"});
  out.groups = rows.frame({"group$", "members", "over", "under", "with"});
  return out;
}

}  // namespace linkpin
