// Lags: how long from one dated event to another, with what has not happened yet and dates known to the year.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/statistics/survival.hpp>
#include <linkpin/statistics/turnbull.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

// What is timed.
enum class LagOf : std::uint8_t {
  first,  // from each start to the first event that follows it; where none does yet, the start is still waiting
  each,   // every pair of start and event that is there: only what has happened is seen (right truncation)
};

// How the curve is estimated. `automatic`: Kaplan-Meier where every date used is known to the day, else Turnbull; for
// LagOf::each right truncation. The others take the middle of a date's days for the date.
enum class LagCurve : std::uint8_t { automatic, kaplan_meier, turnbull, right_truncated };

struct LagOptions {
  std::string from = "award";        // kind of entity that starts the clock
  std::string to = "policy";         // kind that stops it; empty: another date of the same entity
  std::string from_date = {};        // entity column; empty: date, else start
  std::string to_date = {};          // empty: date, else start, else the start of the tie that leads to it
  std::vector<std::string> ties = {  // kinds of tie that knowledge runs along
      "produces", "informs", "cites", "adopts", "disseminates", "leads_to", "precedes"};
  int steps = 1;  // ties between the two at most
  LagOf of = LagOf::first;
  LagCurve curve = LagCurve::automatic;
  std::string groups = {};    // entity column of the start whose values get a curve each and are compared
  std::string clusters = {};  // entity column of the start; empty: the start itself
  // Until when events were looked for, the last day of a year or month included. Neither: the latest event there is.
  // Only by source (the start's column `source`): starts of no such source were not looked for, and are left out.
  std::optional<Date> seen_until = {};
  std::vector<std::pair<std::string, Date>> seen_until_by_source = {};
  double level = 0.95;
  index_t replicates = 200;  // of the bootstrap over clusters for Turnbull's intervals
  std::uint64_t seed = 0;
  Run run = {};
};

struct LagGroup {
  std::string name;  // empty where there are no groups
  index_t rows = 0;  // starts, or pairs for LagOf::each
  index_t happened = 0;
  SurvivalCurve stepwise;  // Kaplan-Meier or right truncation
  TurnbullCurve bounded;   // Turnbull
};

struct Lags {
  LagCurve curve = LagCurve::automatic;  // what was used
  // One row a pair of start and event: from, to, from_date, to_date, shortest and longest (days between the two, as far
  // as their precision tells), steps, order (after, before, unclear).
  Frame pairs;
  // One row a row of the curve: from, earliest, latest (days; latest is missing where it has not happened), group.
  Frame timed;
  std::vector<LagGroup> groups;
  LogrankTest test;     // between groups; p is NaN where there are fewer than two
  index_t before = 0;   // pairs whose event certainly precedes its start: listed in pairs, in no curve
  index_t unclear = 0;  // pairs whose dates leave the order open: timed from 0
  index_t starts = 0;   // starts with a date
  index_t undated_starts = 0;
  index_t undated_events = 0;      // events reached by a start, without any date
  index_t not_followed = 0;        // starts later than what was looked through, or of a source without an end
  index_t later = 0;               // events later than what was looked through
  std::optional<Date> seen_until;  // the default used
  Provenance provenance;
};

// Lags in days between dated entities that knowledge runs between. An event that precedes its start is counted, listed
// and in no curve: whatever it owes to, it is not that start. O(starts x what they reach within `steps`), and the
// curve's own cost.
// Throws InputError for a kind, column or tie kind that the ecosystem does not have, steps below 1 (0 for two dates of
// one entity), levels outside (0, 1), or a curve that does not fit what is timed.
[[nodiscard]] Lags lags(const Ecosystem& eco, const LagOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/lags.ipp>
#endif
