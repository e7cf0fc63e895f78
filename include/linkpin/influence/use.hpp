// The use of research: how far it went on the ladder of utilisation, in which way it was used, and what it paid back.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>

namespace linkpin {

struct UtilisationOptions {
  std::string by = {};  // column of the entity that knowledge comes to, such as its sector; empty: all together
  double level = 0.95;
};

// The ladder of utilisation_rungs: a tie that reached a rung passed those below. `table`: group, rung, here (ties whose
// rung it is), passed (here or higher), share (of those who passed the rung below, how many passed this one), lower,
// upper (Wilson); undefined where nobody came to the rung below. `summary`: use, ties; every one of research_uses, then
// other words, then "not said". Rungs are counted and never averaged. O(ties).
// Throws InputError where ties have neither column, or for a column `by` that entities lack.
[[nodiscard]] EvidenceTables utilisation(const Ecosystem& eco, const UtilisationOptions& options = {});

// What research paid back, in the five categories of payback_categories, zeros included, then in other words of the
// column `payback`: `table`: category, kind, entities. `summary`: category, entities. A list counts in each of its
// categories. Throws InputError where entities have no such column.
[[nodiscard]] EvidenceTables payback(const Ecosystem& eco);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/use.ipp>
#endif
