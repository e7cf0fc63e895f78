// Mixing: do ties stay within groups or cross between them?
//
// Groups are a column or labels of the vertices; ties with an end whose group is missing are left out and counted in
// the warnings. Only dyads that were observed count. Loops are left out but from modularity; parallel ties count each,
// but in the mixing matrix and by vertex, which are about dyads.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct EiOptions {
  TieValues weights{};  // what each tie counts; 1 unless given
};

// Ties within and between, and (between - within) / (between + within): -1 all within, 1 all between, NaN without ties.
struct EiScores {
  std::vector<double> internal, external, ei;
};

struct EiIndex {
  double value = 0.0;
  double internal = 0.0;
  double external = 0.0;
  std::vector<std::string> groups;  // labels, in the order of by_group
  std::vector<index_t> sizes;       // vertices in each group
  EiScores by_group;                // ties with an end in the group
  EiScores by_vertex;        // contacts of the vertex, whatever the direction; the stronger word where both speak
  std::vector<double> blau;  // by vertex: chance that two of its contacts are of different groups
  Provenance provenance;
};

// Whether ties stay within groups or cross between them, for the whole, by group and by vertex. Krackhardt & Stern
// 1988. O(n + m log k). Throws InputError for groups of another length, and for weights that are negative, not finite
// or of another length.
[[nodiscard]] EiIndex ei_index(const Network& net, const Groups& groups, const EiOptions& options = {});

// Values by pair of groups, k * k of them: row the group of the tail, column that of the head. Symmetric where the
// network is undirected; a tie within a group then counts once.
struct MixingMatrix {
  std::vector<std::string> groups;
  std::vector<double> ties;    // dyads with a tie
  std::vector<double> dyads;   // dyads observed
  std::vector<double> rate;    // ties / dyads; NaN where no dyad was observed
  std::vector<double> weight;  // sum over the ties
  Provenance provenance;
};

struct MixingOptions {
  TieValues weights{};
};

// How many of the possible ties between each pair of groups are there. O(n + m + k^2), and for a network with
// unobserved dyads O(the mask). Throws as ei_index, and LimitError for more than 10,000 groups.
[[nodiscard]] MixingMatrix mixing_matrix(const Network& net, const Groups& groups, const MixingOptions& options = {});

struct Assortativity {
  double value = 0.0;
  Provenance provenance;
};

struct AssortativityOptions {
  TieValues weights{};
};

// Whether ties join like with like more than they would at random, from below 0 (never) to 1 (always). Newman 2003.
// NaN where there are no ties or all ends are in one group. O(n + m). Throws as ei_index.
[[nodiscard]] Assortativity assortativity(const Network& net, const Groups& groups,
                                          const AssortativityOptions& options = {});

// Whether those with many ties are tied to others with many: the correlation of the degrees at the two ends of a tie
// (of the tail's out-degree and the head's in-degree where directed). Newman 2002. NaN where they do not vary. O(n +
// m).
[[nodiscard]] Assortativity degree_assortativity(const Network& net);

struct Modularity {
  double value = 0.0;
  Provenance provenance;
};

struct ModularityOptions {
  TieValues weights{};
  double resolution = 1.0;  // what is expected by chance counts this many times
  bool directed = true;     // follow the network; false reads arcs as undirected ties
};

// How much more weight lies within groups than ties at random with the same strengths would put there. Newman & Girvan
// 2004; directed Leicht & Newman 2008. Loops count (twice in the strength of an undirected network), as in igraph and
// networkx. NaN without ties. O(n + m). Throws as ei_index, and InputError for a resolution that is negative or not
// finite.
[[nodiscard]] Modularity modularity(const Network& net, const Groups& groups, const ModularityOptions& options = {});

struct Blau {
  std::vector<double> values;  // by vertex, of its contacts; NaN without contacts in a group
  double whole = 0.0;          // of all vertices in a group
  Provenance provenance;
};

struct BlauOptions {
  TieValues weights{};
};

// How mixed the contacts of each vertex are: the chance that two of them, drawn with replacement, are of different
// groups. Blau 1977. O(n + m log k). Throws as ei_index.
[[nodiscard]] Blau blau(const Network& net, const Groups& groups, const BlauOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/mixing.ipp>
#endif
