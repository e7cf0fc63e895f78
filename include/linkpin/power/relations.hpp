// Power over others, and power with others: two things, never added up.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct RelationsOptions {
  std::string groups = "sector";  // entity column
  std::vector<std::string> over = {"funds", "governs",
                                   "employs"};                 // kinds of tie by which one end can direct the other
  std::vector<std::string> with = {"collaborates", "trusts"};  // kinds by which two act together
  Run run{};
};

struct Relations {
  Frame members;  // id, label, group, over, over_reach, under, with, with_mutual
  Frame groups;   // group, members, over, under, with: ties of its members to other groups, and from them
  Provenance provenance;
};

// `over`: how many others an entity can direct, `over_reach` by way of those it directs as well; `under`: by how many
// it can be directed; `with`: with how many it acts, `with_mutual`: of these, how many where the tie is symmetric or
// told in both directions. Entities with none of these are left out. O(entities ties) at worst. Throws InputError for a
// kind named on both sides.
[[nodiscard]] Relations power_relations(const Ecosystem& eco, const RelationsOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/power/detail/relations.ipp>
#endif
