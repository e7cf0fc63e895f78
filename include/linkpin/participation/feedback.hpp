// What came of it: from what people said to what was done, and whether anybody told them.
//
// Read are entities of kind input, response, decision, change and outcome, and ties raises (who -> input), raised_at
// (input -> event), answers (response -> input), leads_to (response -> decision -> change -> outcome) and reported_back
// (response, decision or change -> who). When something happened is the `date` or `start` of the tie or entity.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <optional>
#include <string>

namespace linkpin {

struct FeedbackOptions {
  std::string by = "capacity";     // groups those who said it: capacity of the tie, else roles; or an entity column
  std::optional<Date> as_of = {};  // loops still open then are counted with their age; by default the latest date read
  double level = 0.95;
};

// A loop is closed when something of it was reported back to those who said it (themselves, a body they belong to, or
// the event at which they said it), whether or not anything changed: "we could not do it, because" closes it too.
struct Feedback {
  // input, reached (said, response, decision, change), closed, failed (something of it is marked refused or failed),
  // days (to closing, or open until as_of; NaN where a date is missing).
  Frame loops;
  // input, what (raised by, raised at, response, decision, change, outcome, reported to), entity, date.
  Frame links;
  // group (missing: everybody), inputs, answered, decided, changed, closed, failed, share closed with Wilson's interval
  // low and high, median days to closing with its interval (Kaplan-Meier; NaN where it is never reached).
  Frame groups;
  // group, place (no response, no decision, no change, not reported back), inputs: where open loops broke.
  Frame breaks;
  // group, days, at_risk, closed, open_share with lower and upper: the share of loops still open after so many days.
  Frame waiting;
  // outcome, for_whom, measure, baseline, follow_up, difference, unit, source, inputs (that lead to it): for people
  // after the change.
  Frame outcomes;
  // outcome, for_whom, effect (skill, wellbeing, pay, harm, ...), baseline, follow_up, difference, unit: on those who
  // contributed. Harm stands beside benefit and is not set off against it.
  Frame effects;
  // for_whom, measure, expected, delivered, share with its exact interval, gap: what a group was to get and got.
  Frame promises;
  Provenance provenance;
};

// Follows every input to what came of it. O(inputs x ties reached). Throws InputError for a column `by` that entities
// do not have, expected or delivered that are no counts, and a level outside (0, 1).
[[nodiscard]] Feedback feedback(const Ecosystem& eco, const FeedbackOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/feedback.ipp>
#endif
