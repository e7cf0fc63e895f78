// Spectral centralities: who is tied to those who are themselves well tied.
//
// A vertex receives along ties that point to it: x_v is a sum over u -> v. As in igraph loops count, twice in an
// undirected network, where a walk can take them in either direction; `loops` false leaves them out. Parallel ties add.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

struct EigenvectorOptions {
  bool directed = true;  // false: every tie goes both ways
  TieValues weights = {};
  bool loops = true;
  double tolerance = 1e-13;  // of the residual, relative to the eigenvalue
  std::int64_t max_iterations = 100'000;
  Run run = {};
};

struct Eigenvector {
  std::vector<double> values;  // by vertex, the largest 1
  double eigenvalue = 0.0;
  Convergence convergence;
  Provenance provenance;
};

// Proportional to the sum of the values of those tied to a vertex: the eigenvector of the largest eigenvalue.
// O((n + m) iterations). Without ties all values are 1; where all ties of a directed network run one way (no cycle),
// vertices without outgoing ties get 1 and the others 0: igraph's conventions, with a warning.
// Throws InputError for weights that are negative, not finite or of another length.
[[nodiscard]] Eigenvector eigenvector(const Network& net, const EigenvectorOptions& options = {});

// raw: as they come. l2: squares sum to 1. maximum: the largest is 1.
enum class KatzScale : std::uint8_t { raw, l2, maximum };

struct KatzOptions {
  double alpha = 0.1;  // what a step keeps
  double beta = 1.0;   // what every vertex has of its own
  // By vertex, times beta; empty: 1 each. Several columns one after the other are worked on together, sixteen to a
  // sweep.
  std::vector<double> personalisation = {};
  bool directed = true;
  TieValues weights = {};
  bool loops = true;
  KatzScale normalized = KatzScale::raw;
  double tolerance = 1e-12;  // of the largest change still to come, relative to the largest value
  std::int64_t max_iterations = 100'000;
  Run run = {};
};

struct Katz {
  std::vector<double> values;  // by vertex, column after column
  index_t columns = 1;
  Convergence convergence;  // of the slowest column
  Provenance provenance;
};

// beta plus alpha times the sum of the values of those tied to a vertex: walks that end here, a walk of k steps
// counting alpha^k. O((n + m) iterations).
// Throws InputError for an alpha that is negative or not below 1 / the largest eigenvalue, which the message gives, for
// bad weights, and for a personalisation that is negative, not finite or not one number a vertex in each column.
[[nodiscard]] Katz katz(const Network& net, const KatzOptions& options = {});

struct PageRankOptions {
  double damping = 0.85;
  bool directed = true;
  TieValues weights = {};
  bool loops = true;
  // n entries a column, column after column: where a walk starts anew. Empty: anywhere alike, one column. Columns are
  // worked on together, thirty-two to a sweep.
  std::vector<double> personalisation = {};
  double tolerance = 1e-10;  // of the sum of absolute errors, bounded from above
  std::int64_t max_iterations = 10'000;
  Run run = {};
};

struct PageRank {
  std::vector<double> values;  // by vertex, column after column; each column sums to 1
  index_t columns = 1;
  Convergence convergence;  // of the slowest column
  Provenance provenance;
};

// The share of time a walk spends at each vertex that follows ties by weight, and with probability 1 - damping starts
// anew. Where no tie leads on it starts anew too. O((n + m) iterations columns).
// Throws InputError for damping outside [0, 1), bad weights, and columns that are negative, sum to 0 or have a length
// that is not a multiple of n.
[[nodiscard]] PageRank pagerank(const Network& net, const PageRankOptions& options = {});

struct HitsOptions {
  TieValues weights = {};
  bool loops = true;
  double tolerance = 1e-13;  // of the residual, relative to the eigenvalue
  std::int64_t max_iterations = 100'000;
  Run run = {};
};

struct Hits {
  std::vector<double> hub;        // by vertex, the largest 1
  std::vector<double> authority;  // by vertex, the largest 1
  double eigenvalue = 0.0;        // of the product of the adjacency matrix with its transpose
  Convergence convergence;
  Provenance provenance;
};

// Hubs point to good authorities, authorities are pointed to by good hubs. In an undirected network both are
// eigenvector centrality. All 1 without ties. O((n + m) iterations).
// Throws InputError for weights that are negative, not finite or of another length.
[[nodiscard]] Hits hits(const Network& net, const HitsOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/spectral.ipp>
#endif
