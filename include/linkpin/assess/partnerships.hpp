// Partnerships side by side: what went into each, what came of it, and whether the two go together.
#pragma once

#include <linkpin/assess/hazard.hpp>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/influence/reach.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/time.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

struct PartnershipsOptions {
  ReachDefinition reach = {};            // what counts as a policy reached, and within how many steps of a member
  std::optional<Date> seen_until = {};   // until when policies were looked for; none: the latest one in the data
  std::vector<std::string> covariates =  // of the hazard: columns of what went in
      {"carers", "collaboration"};
  double level = 0.95;  // of the hazard's intervals and the curve's
  Run run = {};
};

// What the data cannot fill is missing, never 0, and named in the warnings.
//
// table, one row a partnership. What went in: members; sectors (different ones) and carers (with the role carer or
// caregiver) among members; collaboration (share of pairs of members that a collaborates tie joins); participations
// (people taking part, see `stages`), carers_taking_part, carer_share (carers among those whose capacity or roles are
// known), carer_stages (stages at which carers took part), sharing (share of those with a level that surely share in
// deciding: IAP2's collaborate or above), carers_at_<stage> (their share of each stage there is in the data); boards,
// carer_votes and carer_power (carers' share of the votes on its boards, and of the power if they voted as one; means
// over boards); evidence (reached). What came of it: policies and outcomes (reached by it or its members), credit
// (Shapley share of all policies reached), reach (policies under the definition), reach_attenuated, nearest (ties to
// the nearest one); lag (years from the first dated evidence to the first policy after it, the middle of lag_low and
// lag_high, which the precision of the dates leaves open), waited (years without any so far). stages: partnership,
// stage, participations, carers. association, one row a column of what went in: measure, with_impact and without_impact
// (means over partnerships that did and did not reach a policy), difference, p (exact permutation test, two-sided),
// p_adjusted (Holm, over all rows), partnerships (compared), reached (how many of them did), splits (of which there are
// so many: p cannot be below 1 / splits). waiting: year, at_risk, events, survival, lower, upper (Kaplan-Meier in whole
// years). hazard: as in hazard.hpp, of a first policy in a year.
struct Partnerships {
  Frame table;
  Frame stages;
  Frame association;
  Frame waiting;
  DiscreteHazard hazard;
  index_t with_impact = 0;
  index_t without_impact = 0;
  Provenance provenance;
};

// A participation is a partnership's where who takes part is a member of it, or what is taken part in is the
// partnership, or a board, event, project or decision tied to it by member_of, part_of, governs, leads, funds or
// produces, either way. Its boards are those tied to it so.
// Cost of a walk a partnership, of the power indices of all boards, and of every split of the partnerships into two
// groups of the sizes found: up to 2 million; beyond that p is NaN with a warning. Association is not cause, and says
// so in the warnings. Throws InputError for a covariate that is no column of what went in, and whatever participation
// and boards refuse.
[[nodiscard]] Partnerships partnerships(const Ecosystem& eco, const PartnershipsOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/assess/detail/partnerships.ipp>
#endif
