// Partnerships side by side: what went into each, what came of it, and whether the two go together.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>

namespace linkpin {

// One row a partnership, and one a measure.
//
// table: partnership; members (ends of member_of ties into it); sectors (different ones among members); carers (members
// with the role carer or caregiver); collaboration (share of pairs of members that a collaborates tie joins; missing
// where there are no pairs); evidence and policies (entities of those kinds that knowledge from it, or from its
// members, reaches); credit (its Shapley share of all policies reached); outcomes (entities of that kind reached).
// association: measure, with_impact and without_impact (means over partnerships that did and did not reach a policy),
// difference, p (exact permutation test, two-sided), partnerships (rows compared).
struct Partnerships {
  Frame table;
  Frame association;
  index_t with_impact = 0;
  index_t without_impact = 0;
  Provenance provenance;
};

// Cost of a walk per 64 partnerships and 64 members, and of every split of the partnerships into two groups of the
// sizes found: up to 2 million; beyond that p is NaN with a warning. Association is not cause, and says so in the
// warnings.
[[nodiscard]] Partnerships partnerships(const Ecosystem& eco);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/assess/detail/partnerships.ipp>
#endif
