// Components and cores: what hangs together, and what holds it together.
//
// Cut vertices, bridges and biconnected components are those of the union of ties: in a directed network u->v and v->u
// are one dyad. In an undirected one parallel ties stand for each other, so a doubled tie is no bridge.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

// weak: joined by ties in any direction. strong: each can reach each along the ties.
enum class Connection : std::uint8_t { weak, strong };

struct ComponentsOptions {
  Connection mode = Connection::weak;
};

struct Components {
  std::vector<index_t> membership;  // by vertex; components are numbered by their first vertex
  std::vector<index_t> sizes;       // by component
  Provenance provenance;

  [[nodiscard]] index_t count() const { return static_cast<index_t>(sizes.size()); }
};

// The parts that are not joined to each other. O(n + m).
[[nodiscard]] Components components(const Network& net, const ComponentsOptions& options = {});

struct ArticulationPoints {
  std::vector<std::uint8_t> values;  // by vertex: 1 where it is one
  std::vector<index_t> cut_off;      // by vertex: how many others its loss parts from the largest piece that remains
  Provenance provenance;
};

// Vertices whose loss alone splits their component. O(n + m).
[[nodiscard]] ArticulationPoints articulation_points(const Network& net);

struct Bridges {
  std::vector<index_t> source;  // the smaller end of each dyad, in order
  std::vector<index_t> target;
  Provenance provenance;
};

// Ties whose loss alone splits their component. O(n + m).
[[nodiscard]] Bridges bridges(const Network& net);

struct BiconnectedComponents {
  std::vector<std::vector<index_t>> sets;  // vertices in order; a cut vertex is in several, an isolated one in none
  Provenance provenance;
};

// The largest parts that stay whole whichever one of their vertices is lost. O(n + m).
[[nodiscard]] BiconnectedComponents biconnected_components(const Network& net);

struct CorenessOptions {
  Mode mode = Mode::all;  // of a directed network: ties in both directions count, each on its own
};

struct Coreness {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The largest k for which a vertex belongs to a group whose members each have k ties within the group. Loops are left
// out, parallel ties count each. O(n + m).
[[nodiscard]] Coreness coreness(const Network& net, const CorenessOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/components.ipp>
#endif
