// Watering down: how much of what was learnt is left when it arrives, and at which tie most of it is lost.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct WateringDownOptions {
  TieValues fidelity = "fidelity";  // share of what is said that each tie keeps, in [0, 1]; missing: not known
  Flow flow = Flow::forward;
  Run run = {};
};

// The way to one target that keeps most.
struct Watered {
  index_t target = none;
  double kept = 1.0;              // product of what its ties keep; at most so much where some are not known
  std::vector<index_t> vertices;  // from a source to the target
  std::vector<index_t> ties;
  index_t unknown = 0;     // ties on it whose fidelity is not known: taken to keep all
  index_t weakest = none;  // the tie that keeps least, where most is lost; `none` where nothing is known to be lost
};

struct WateringDown {
  std::vector<Watered> targets;      // those that are reached, in the order given
  std::vector<index_t> not_reached;  // the others
  std::vector<index_t> on_ways;      // by tie: how many of these ways it is on
  Provenance provenance;
};

// For each target the way from any source on which most is kept; of ways that keep as much the one with fewer unknown
// ties, then the shorter one. Experimental: no published measure of watering down is known to us. Ties of a source into
// itself play no part. O(m + n log n) and the ways' lengths.
// Throws InputError for no or unknown ends, no such column, and values outside [0, 1].
[[nodiscard]] WateringDown watering_down(const Network& net, std::span<const index_t> sources,
                                         std::span<const index_t> targets, const WateringDownOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/watering.ipp>
#endif
