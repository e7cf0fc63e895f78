// Dominance: how seats, leadership, money, authorship and contacts are shared between sectors, and within them.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct DominanceOptions {
  std::string groups = "sector";                                         // entity column
  std::vector<std::string> kinds = {"person", "organisation", "group"};  // who could hold something
  double epsilon = 0.5;                                                  // of Atkinson's index
};

struct Dominance {
  Frame shares;  // of, group, members, zeros, population_share, amount, share, ratio (share over population share)
  Frame parts;   // of, members, zeros, and of each index its total and parts: theil, theil_between, theil_within,
                 // atkinson.., gini.., gini_overlap, and between_share (theil_between over theil)
  Provenance provenance;
};

// What is shared, each by itself and never added up: seats (votes on boards), leadership (chairs, and ties "leads"),
// money (amounts of "funds" and "awarded_to" ties received), authorship (evidence that someone "produces"), contacts
// (others tied to in any way). Everyone of the kinds named counts, also who has nothing. Those without a group are one
// of their own. What the data says nothing of is left out with a warning. O(ties + entities log entities).
[[nodiscard]] Dominance dominance(const Ecosystem& eco, const DominanceOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/power/detail/dominance.ipp>
#endif
