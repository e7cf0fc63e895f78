// Structure: how dense, mutual, clustered and centralised a network is, and the degrees behind it.
//
// A directed network is read as it stands where direction matters (degree, reciprocity, the censuses, density) and as
// the union of its ties where it does not (transitivity, clustering). Loops are left out unless an option keeps them.
#pragma once

#include <array>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace linkpin {

struct DensityOptions {
  // For a two-mode network: 0 or 1 by vertex. Only dyads between a 0 and a 1 can then hold a tie.
  std::vector<std::uint8_t> two_mode = {};
};

struct Density {
  double value = 0.0;
  std::int64_t ties = 0;   // dyads with a tie
  std::int64_t dyads = 0;  // dyads that could hold one and were observed
  Provenance provenance;
};

// The share of possible ties that are there. Loops are no ties here, parallel ties one; dyads are ordered where the
// network is directed. Only observed dyads count on either side; NaN where there are none. O(n + m).
// Throws InputError for two_mode of another length or a tie within one mode.
[[nodiscard]] Density density(const Network& net, const DensityOptions& options = {});

// edgewise: the share of ties that are returned. ratio: mutual dyads among dyads with any tie.
enum class ReciprocityKind : std::uint8_t { edgewise, ratio };

struct ReciprocityOptions {
  ReciprocityKind kind = ReciprocityKind::edgewise;
};

struct Reciprocity {
  double value = 0.0;
  Provenance provenance;
};

// How often a tie is returned, over dyads observed both ways. 1 for an undirected network with a tie; NaN without
// ties. O(n + m).
[[nodiscard]] Reciprocity reciprocity(const Network& net, const ReciprocityOptions& options = {});

struct TransitivityOptions {
  Run run = {};
};

struct Transitivity {
  double value = 0.0;
  std::int64_t triangles = 0;
  std::int64_t triples = 0;  // paths of two ties
  Provenance provenance;
};

// The share of two-step connections that are closed by a third tie: 3 triangles / triples. NaN without a two-step
// connection. O(m^1.5).
[[nodiscard]] Transitivity transitivity(const Network& net, const TransitivityOptions& options = {});

// What clustering says of a vertex with fewer than two neighbours.
enum class LowDegree : std::uint8_t { nan, zero };

struct ClusteringOptions {
  // Nothing: every tie counts alike. Else Barrat's mean over a vertex's ties, each weighed by its value.
  TieValues weights = {};
  LowDegree low_degree = LowDegree::nan;
  Run run = {};
};

struct Clustering {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The share of each vertex's pairs of neighbours that are tied to each other. O(m^1.5).
// Throws InputError for weights that are negative, not finite or of another length.
[[nodiscard]] Clustering clustering(const Network& net, const ClusteringOptions& options = {});

struct DegreeOptions {
  Mode mode = Mode::all;
  bool loops = true;  // a loop adds 1 in each direction, so 2 for `all` and in an undirected network
};

struct Degree {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The number of ties of each vertex; parallel ties count each. O(n + m).
[[nodiscard]] Degree degree(const Network& net, const DegreeOptions& options = {});

struct StrengthOptions {
  Mode mode = Mode::all;
  TieValues weights = "weight";
  bool loops = true;
};

struct Strength {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The sum of the values of each vertex's ties. O(n + m).
// Throws InputError for weights that are negative, not finite or of another length.
[[nodiscard]] Strength strength(const Network& net, const StrengthOptions& options = {});

enum class CentralizationOf : std::uint8_t { degree, indegree, outdegree, betweenness, closeness, eigenvector };

struct CentralizationOptions {
  CentralizationOf of = CentralizationOf::degree;
  bool loops = false;  // degrees only: count loops, and allow for them in the maximum
  Run run = {};
};

struct Centralization {
  double value = 0.0;
  double maximum = 0.0;  // the largest sum of differences that a network of this size can have
  Provenance provenance;
};

// How far the network is dominated by its most central vertex: the sum of differences from the largest value, as a
// share of what it could be at most. Loops and parallel ties are left out, closeness reads ties in both directions.
// NaN for fewer vertices than the maximum needs, and for closeness in a network of several components. Costs what the
// centrality costs.
[[nodiscard]] Centralization centralization(const Network& net, const CentralizationOptions& options = {});

// The same for any values by vertex. NaN where a value is, or where the maximum is not above 0.
[[nodiscard]] double centralization(std::span<const double> values, double maximum);

// The largest sum of differences of a centrality among n vertices, as igraph has them: closeness times n - 1,
// eigenvector scaled to a maximum of 1.
[[nodiscard]] double centralization_maximum(CentralizationOf of, index_t n, bool directed, bool loops = false);

struct DyadCensus {
  std::int64_t mutual = 0;
  std::int64_t asymmetric = 0;
  std::int64_t null = 0;
  std::int64_t unobserved = 0;  // pairs not observed both ways
  Provenance provenance;
};

// Pairs of vertices by the ties between them. A tie of an undirected network counts as mutual. O(n + m), and for a
// network with unobserved dyads O(n + m + the mask).
[[nodiscard]] DyadCensus dyad_census(const Network& net);

// The 16 kinds of triad: mutual, asymmetric and null dyads, and a letter for the orientation.
inline constexpr std::array<std::string_view, 16> triad_types = {"003",  "012",  "102",  "021D", "021U", "021C",
                                                                 "111D", "111U", "030T", "030C", "201",  "120D",
                                                                 "120U", "120C", "210",  "300"};

struct TriadCensusOptions {
  Run run = {};
};

struct TriadCensus {
  std::array<std::int64_t, 16> counts{};  // in the order of triad_types
  Provenance provenance;
};

// Triples of vertices by the ties among them. A tie of an undirected network counts as mutual.
// O(sum over dyads with a tie of the two degrees). Throws LimitError for more than 3,810,000 vertices.
[[nodiscard]] TriadCensus triad_census(const Network& net, const TriadCensusOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/structure.ipp>
#endif
