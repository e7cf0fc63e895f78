// Gatekeeping: which single body all paths from a community to a decision pass.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct GatekeepingOptions {
  Mode mode = Mode::out;  // along the ties, against them, or either way
  Run run{};
};

struct Gate {
  index_t target = none;
  bool reached = false;              // some path leads there
  std::vector<index_t> gatekeepers;  // in the order in which every path passes them
};

struct Gatekeeping {
  std::vector<Gate> gates;  // one a target
  Provenance provenance;
};

// For each target the vertices that lie on every path to it from any of the sources, the target left out. A source is
// named only where it is the way out for all others. These are the dominators of the target (Lengauer & Tarjan 1979) in
// the network entered at the sources. O(targets (n + m)). Throws InputError for vertices out of range or no sources.
[[nodiscard]] Gatekeeping gatekeepers(const Network& net, std::span<const index_t> sources,
                                      std::span<const index_t> targets, const GatekeepingOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/power/detail/gatekeeping.ipp>
#endif
