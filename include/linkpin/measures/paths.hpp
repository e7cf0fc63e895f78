// Paths: how far vertices are from each other, and who stands on the shortest ways between them.
//
// Loops never lie on a shortest path. Parallel ties are further paths, as in igraph. `mode` and `directed` follow
// igraph: `all` and false read every tie as going both ways, so that two arcs u->v and v->u are parallel ties.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <optional>
#include <vector>

namespace linkpin {

struct DistancesOptions {
  std::vector<index_t> sources = {};  // empty: every vertex
  Mode mode = Mode::out;
  Lengths lengths = {};
  Run run = {};
};

struct Distances {
  std::vector<index_t> sources;
  std::vector<double> values;  // a row of n a source; infinite where there is no way
  Provenance provenance;
};

// The length of the shortest way from each source (towards it for Mode::in) to every vertex.
// O(sources (n + m)), times log n with lengths; holds sources x n numbers.
// Throws InputError for a source that is no vertex and for lengths that are not above 0; LimitError for a table of more
// than 2^31-1 cells.
[[nodiscard]] Distances distances(const Network& net, const DistancesOptions& options = {});

// raw: 1 / sum of distances. freeman: times n - 1. component: times the number of vertices reached (igraph's
// `normalized`). wasserman_faust: `component` times the share of the others that is reached (networkx's default).
// two_mode: by the smallest sum that the sizes of the two modes allow (Borgatti & Everett 1997), times that share.
enum class ClosenessScale : std::uint8_t { raw, freeman, component, wasserman_faust, two_mode };

struct ClosenessOptions {
  Mode mode = Mode::all;
  Lengths lengths = {};
  ClosenessScale normalized = ClosenessScale::raw;
  std::vector<std::uint8_t> two_mode = {};  // 0 or 1 by vertex, for ClosenessScale::two_mode
  Run run = {};
};

struct Closeness {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// One over the sum of the distances to the vertices within reach; NaN where none is. O(n m / 512 + n^2) in practice,
// O(n (m + n log n)) with lengths. Throws InputError for bad lengths, and for modes that are not two.
[[nodiscard]] Closeness closeness(const Network& net, const ClosenessOptions& options = {});

// raw: the sum of 1 / distance. freeman: divided by n - 1 (their mean).
enum class HarmonicScale : std::uint8_t { raw, freeman };

struct HarmonicOptions {
  Mode mode = Mode::all;
  Lengths lengths = {};
  HarmonicScale normalized = HarmonicScale::raw;
  Run run = {};
};

struct Harmonic {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The sum of one over the distance to every other vertex; those out of reach add 0. Costs and throws what closeness
// does.
[[nodiscard]] Harmonic harmonic(const Network& net, const HarmonicOptions& options = {});

// raw: the number of pairs, each divided by its number of shortest paths. freeman: by the number of pairs of the other
// vertices. two_mode: by the largest value that the sizes of the two modes allow (Borgatti & Halgin 2011);
// two_mode_1997: by the simpler bound of Borgatti & Everett 1997.
enum class BetweennessScale : std::uint8_t { raw, freeman, two_mode, two_mode_1997 };

struct BetweennessOptions {
  bool directed = true;  // false: every tie goes both ways
  Lengths lengths = {};
  BetweennessScale normalized = BetweennessScale::raw;
  std::vector<std::uint8_t> two_mode = {};           // 0 or 1 by vertex, for the two-mode scales
  std::optional<std::vector<index_t>> sources = {};  // count only paths that start here
  index_t pivots = 0;                                // above 0: estimate from so many random sources
  std::uint64_t seed = 0;                            // of the pivots
  Run run = {};
};

struct Betweenness {
  std::vector<double> values;          // by vertex
  std::vector<double> standard_error;  // by vertex, of an estimate from pivots; else empty
  Provenance provenance;
};

// How often a vertex lies on the shortest paths between two others. Exact unless pivots are asked for (Brandes & Pich
// 2007: their sum times n / pivots). O(n m), with lengths O(n (m + n log n)); with sources or pivots their number
// stands for n. NaN everywhere, with a warning, where the number of shortest paths passes 1.8e308.
// Throws InputError for bad lengths, sources or modes, and for sources together with pivots.
[[nodiscard]] Betweenness betweenness(const Network& net, const BetweennessOptions& options = {});

struct EccentricityOptions {
  Mode mode = Mode::all;
  Lengths lengths = {};
  Run run = {};
};

struct Eccentricity {
  std::vector<double> values;  // by vertex
  Provenance provenance;
};

// The distance to the farthest vertex within reach; 0 where none is. Costs and throws what closeness does.
[[nodiscard]] Eccentricity eccentricity(const Network& net, const EccentricityOptions& options = {});

struct DiameterOptions {
  bool directed = true;
  Lengths lengths = {};
  Run run = {};
};

struct Diameter {
  double value = 0.0;
  index_t from = none;  // a pair that far apart; none in a network without vertices
  index_t to = none;
  Provenance provenance;
};

// The longest of all shortest paths, over pairs with a way between them; NaN without vertices. Costs and throws what
// closeness does.
[[nodiscard]] Diameter diameter(const Network& net, const DiameterOptions& options = {});

struct MeanDistanceOptions {
  bool directed = true;
  Lengths lengths = {};
  Run run = {};
};

struct MeanDistance {
  double value = 0.0;
  std::int64_t pairs = 0;      // with a way between them; ordered
  std::int64_t all_pairs = 0;  // n (n - 1)
  Provenance provenance;
};

// The mean length of the shortest paths, over pairs with a way between them; NaN where there are none. Costs and throws
// what closeness does.
[[nodiscard]] MeanDistance mean_distance(const Network& net, const MeanDistanceOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/paths.ipp>
#endif
