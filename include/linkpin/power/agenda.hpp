// The agenda: whose items are reached.
//
// An item is an entity of kind "input" that somebody raises (ties of kind "raises"). It is reached where its column
// `reached` says so, where a tie "taken_at" leads from it, or where it leads to a decision: by "leads_to", directly or
// through a response that "answers" it.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>

namespace linkpin {

struct AgendaOptions {
  std::string groups = "sector";  // entity column of those who raise
  double level = 0.95;            // of the intervals
};

struct Agenda {
  Frame groups;  // group, items, reached, share, low, high (Wilson)
  Frame items;   // item, label, raised_by (ids), group, reached (1 or 0)
  Provenance provenance;
};

// An item that several groups raised counts for each of them. The interval takes the items for a sample of those the
// group could have raised. O(ties + entities).
[[nodiscard]] Agenda agenda(const Ecosystem& eco, const AgendaOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/power/detail/agenda.ipp>
#endif
