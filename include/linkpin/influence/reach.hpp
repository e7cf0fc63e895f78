// Reach: which policies what was learnt has come to, within how many steps, and by when.
//
// What counts is a definition, and an argument: which documents, over how many steps, whether the same document from
// several sources counts once, whether working papers count. Reach is never more than the sources of the data know of.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// Read from vertex columns of these names; a part of the definition whose column is absent changes nothing, and the
// result says so.
struct ReachDefinition {
  std::vector<std::string> source_types =
      {};                   // of targets (column source_type: government, think tank, ...); empty: all
  index_t steps = 0;        // no further than this; 1: what is cited directly; 0: any number
  bool deduplicate = true;  // targets with the same same_as, or else the same label and date, count once
  bool working_papers =
      true;  // false: vertices that are working papers or preprints are left out, as targets and as steps
};

struct ReachOptions {
  ReachDefinition definition = {};
  double attenuation = 0.5;  // a target k steps away adds attenuation^(k - 1)
  Flow flow = Flow::forward;
  std::string dates = "date";  // vertex column for reach by time; absent: no table
  Run run = {};
};

struct Reach {
  std::vector<index_t> sources;
  std::vector<std::int64_t> reached;  // by source: targets
  std::vector<double> attenuated;     // by source
  std::vector<index_t> nearest;       // by source: steps to the nearest target; `none` where there is none
  std::int64_t together = 0;          // targets that any source reaches
  std::int64_t targets = 0;           // that there are to reach
  std::vector<int> years;             // of targets reached by any source
  std::vector<std::int64_t> by_year;  // reached for targets dated so far
  std::int64_t undated = 0;           // reached targets without a date
  Provenance provenance;
};

// A source is no target of its own. Where nothing is named as targets, they are the vertices of kind "policy". One walk
// over the network per 64 sources. Throws InputError for ends outside the network, an attenuation outside [0, 1], or no
// targets.
[[nodiscard]] Reach reach(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets = {},
                          const ReachOptions& options = {});

// One row a definition.
struct ReachSensitivity {
  std::vector<ReachDefinition> definitions;
  std::vector<std::int64_t> together;  // targets that any source reaches
  std::vector<std::int64_t> sources;   // that reach any target
  std::vector<std::int64_t> targets;   // that there are under the definition
  Provenance provenance;
};

// Reach under every definition: all source types and each alone, one step, two and any number, with and without
// repeats, with and without working papers. Cost of reach per definition.
[[nodiscard]] ReachSensitivity reach_sensitivity(const Network& net, std::span<const index_t> sources,
                                                 std::span<const index_t> targets = {},
                                                 const ReachOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/reach.ipp>
#endif
