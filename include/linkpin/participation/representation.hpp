// Who is missing: those who took part against those who could have, and what is not known of them.
//
// Who fills in a form is no random sample of who was there. So every interval of a share stands beside its bounds: what
// the share would be had none, or all, of those without an answer belonged to the category.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// Three reasons for not knowing, never one: asked and declined, skipped on a form that came back, no form at all.
struct NoAnswer {
  std::int64_t prefer_not_to_say = 0;
  std::int64_t left_blank = 0;
  std::int64_t not_returned = 0;

  [[nodiscard]] std::int64_t total() const { return prefer_not_to_say + left_blank + not_returned; }
  friend bool operator==(const NoAnswer&, const NoAnswer&) = default;
};

// One question's answers: people by category, each in one.
struct Participants {
  std::vector<std::string> categories;
  std::vector<std::int64_t> counts;
  NoAnswer without;
};

// The population they are held against: what is known of it, from a census (shares or counts without sampling error) or
// from a sample (counts, whose own sampling error widens ratio and difference).
struct ReferencePopulation {
  std::vector<std::string> categories;
  std::vector<double> values;
  bool sample = false;
};

struct RepresentationOptions {
  double level = 0.95;
};

struct Representation {
  // One row a category of either side, those of the participants first: category, count, share, low and high (exact,
  // of the share among those who answered), bound_low and bound_high (of the share among all who were there),
  // reference (share), ratio and difference to it, each with _low, _high, _bound_low and _bound_high.
  Frame table;
  std::int64_t answered = 0;
  NoAnswer without;
  std::vector<std::string> absent;  // categories of the reference with nobody among the participants
  Provenance provenance;
};

// Representation ratio and difference with exact intervals (Clopper-Pearson against a known population; score intervals
// of Koopman and of Miettinen & Nurminen against a sample), and the bounds that missing answers imply (Manski 1989).
// A category that the reference lacks has no ratio, and a warning. O(categories^2).
// Throws InputError for categories that stand twice, counts or values that are negative or not finite, a sample whose
// values are no whole numbers, and a reference that sums to nothing.
[[nodiscard]] Representation representation(const Participants& participants, const ReferencePopulation& reference,
                                            const RepresentationOptions& options = {});

struct MonitoringOptions {
  std::vector<std::string> events = {};       // ids; empty: every event with a table
  std::optional<std::int64_t> attended = {};  // people at those events together, where the data does not say
  double level = 0.95;
};

struct Monitoring {
  // One row a category of each question, for each event and then (event missing) for all of them together: event,
  // characteristic, category, count, answered, share, low, high, bound_low, bound_high, published.
  Frame table;
  // One row a question: event, characteristic, forms, answered, prefer_not_to_say, left_blank, not_returned, attended
  // (missing where not known).
  Frame questions;
  Provenance provenance;
};

// What the monitoring tables of events say, by event and pooled, with what they do not say. A table is told by ties of
// kind counted_at, group -> event, with the columns `characteristic`, `category`, `count` and optionally `answer`
// ("answered", "prefer not to say", "left blank", "not returned") and `published`; the event has `monitoring_forms`
// and `attendance`. An event without an attendance takes part in that of the event it is a member_of. Where attendance
// is not known the bounds are missing, and the warnings say so: then nothing bounds the share among all who were there,
// and the interval of those who answered is missing with them. Pooling counts people once an event: the same person
// twice counts twice, and the warnings say so. O(ties).
[[nodiscard]] Monitoring monitoring(const Ecosystem& eco, const MonitoringOptions& options = {});

// Groups that are declared and have nobody in any room: entities of kind "group" without a tie of kind takes_part_in,
// decides, member_of a board or counted_at whose count is above 0, and without a member or leader who has one. What is
// only counted at events is an answer on a form and no group. O(ties).
struct AbsentGroups {
  std::vector<index_t> groups;     // entities with no tie at all: declared, and nobody on record
  std::vector<index_t> elsewhere;  // entities that other ties put on the map, in no room
  Provenance provenance;
};
[[nodiscard]] AbsentGroups absent_groups(const Ecosystem& eco);

// Whether organisations have a policy for reaching hidden groups: the entity column `hidden_group_policy` ("has one",
// "has none", "unknown"), where it stands for any entity.
struct HiddenGroupPolicy {
  std::int64_t has_one = 0;
  std::int64_t has_none = 0;
  std::int64_t unknown = 0;
  double share = undefined;      // of those that said so, who have one
  Interval interval;             // exact, of that share
  Interval bounds;               // of the share among all, the unknown included
  std::vector<index_t> without;  // entities that have none
  Provenance provenance;
};
// Throws InputError for a word that is none of the three, naming the entity. O(entities).
[[nodiscard]] HiddenGroupPolicy hidden_group_policy(const Ecosystem& eco, double level = 0.95);

// The whole numbers that a printed percentage may stand for.
struct Fractions {
  std::vector<std::int64_t> denominators;
  std::vector<std::vector<std::int64_t>> numerators;  // by denominator, one for each percentage
  Provenance provenance;
};

struct FractionsOptions {
  int decimals = 0;   // to which the percentages are printed
  bool whole = true;  // together the percentages are everybody: the numerators sum to the denominator
};

// Which denominators, up to `most`, could have made these percentages: for each there are numerators that round to what
// is printed, a half either way. Where a denominator allows several numerators each combination is listed.
// Throws InputError for percentages outside 0 to 100 or with more decimals than said, `most` outside 1 to 100,000, and
// LimitError where more than a million combinations fit.
[[nodiscard]] Fractions fractions(std::span<const double> percentages, std::int64_t most,
                                  const FractionsOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/representation.ipp>
#endif
