// Participation: who took part in what, in which capacity, at which stage and level, with what support.
//
// A participation is a tie of kind takes_part_in, who -> event, project, board or decision. What is read of it:
// `capacity` (several at once: researcher|carer), `stage`, `level` and `scale`, `setting`, `mode`, `count` (people,
// where the tie stands for a group), and the four lists of support. All may be missing; what is missing is counted, not
// guessed.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// The stages of research in their order.
[[nodiscard]] const std::vector<std::string>& research_stages();

struct ParticipationOptions {
  // What groups those who take part: "capacity" (of the tie; the entity's roles where it has none) or an entity column.
  std::string by = "capacity";
  std::string at_or_above = "collaborate";  // a level of IAP2's spectrum: from here on participants share in deciding
  double level = 0.95;
};

// Everybody together is the row whose group is missing. Whoever takes part in several capacities counts in each group;
// shares of the whole divide such a participation equally, so that they add to one.
struct Participation {
  // group, participants (entities), participations (people), share (of all whose group is known).
  Frame groups;
  // group, stage, participations, share (of the group's whose stage is known).
  Frame stages;
  // group, of ("setting" or "mode"), value, participations, share.
  Frame circumstances;
  // group, scale, level, rank (from 1), participations, share, at_or_above: the distribution over the scale.
  Frame levels;
  // group, scale, participations, median_low, median_high, low, high: levels, never numbers.
  Frame medians;
  // group, scale (missing: all scales together, by the crosswalk), participations, surely and possibly at or above the
  // level asked for, share of those surely there, its exact interval low and high, bound_low and bound_high.
  Frame reached;
  Provenance provenance;
};

// Distributions by group, stage, circumstances and level; median and share at or above a level with intervals. Levels
// of a scale that is not known are left out and told of. O(participations * groups). Throws InputError for a column
// `by` that entities do not have, a count that is no whole number, a level that its scale does not have, and an
// `at_or_above` that is no level of IAP2's spectrum.
[[nodiscard]] Participation participation(const Ecosystem& eco, const ParticipationOptions& options = {});

struct SupportOptions {
  std::string by = "capacity";
  double level = 0.95;
};

struct Support {
  // group (missing: everybody), support, offered, wanted, taken, declined, unmet (wanted and not offered), share (taken
  // of offered) with its exact interval low and high. People.
  Frame table;
  Frame reasons;  // support (missing where it is not said), reason, people
  Provenance provenance;
};

// What support was offered, wanted, taken and declined (payment, respite, travel, childcare, catering, training, ...),
// and why it was declined. Who took what was not listed as offered counts as offered. O(participations * groups).
// Throws as participation.
[[nodiscard]] Support support(const Ecosystem& eco, const SupportOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/participation.ipp>
#endif
