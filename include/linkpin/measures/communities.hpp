// Communities: groups found from the ties alone.
//
// Leiden algorithm, Traag, Waltman & van Eck 2019: vertices move, every group is refined into well connected parts, the
// parts become the vertices of a smaller network, and so on until nothing improves. Every community is connected.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

// What is made as large as can be. modularity: weight within communities beyond what strengths lead to expect (at the
// resolution). cpm, the constant Potts model: weight within beyond `resolution` for every pair, so that communities are
// denser than that inside and sparser between, whatever the size of the network (Traag, Van Dooren & Nesterov 2011).
enum class Objective : std::uint8_t { modularity, cpm };

struct CommunitiesOptions {
  Objective objective = Objective::modularity;
  double resolution = 1.0;  // higher: more and smaller communities
  TieValues weights{};
  bool directed = true;  // follow the network; false reads arcs as undirected ties, those of a pair added
  std::uint64_t seed = 0;
  int trials = 1;            // independent searches, of which the best is kept
  int iterations = 0;        // passes over the network at most; 0: until nothing improves
  double randomness = 0.01;  // of refinement, in mean tie weights; towards 0 it takes the best move each time
  Run run{};
};

struct Communities {
  std::vector<index_t> membership;  // by vertex: 0, 1, ... from the largest community to the smallest
  double quality = 0.0;             // of the objective: modularity, or for cpm weight within less that expected
  double modularity = 0.0;          // at resolution 1, for comparison
  int iterations = 0;               // passes that the best trial made
  // By community.
  std::vector<index_t> sizes;
  std::vector<double> internal;  // weight of the ties within
  std::vector<double> external;  // weight of the ties that leave or enter
  Provenance provenance;
};

// The same seed gives the same communities on any number of threads (trials run side by side). Loops count in
// modularity and not in cpm; parallel ties add. Near O(m) a pass.
// Throws InputError for a resolution or randomness that is negative or not finite, fewer than one trial, a negative
// number of iterations, and weights that are negative, not finite or of another length.
[[nodiscard]] Communities communities(const Network& net, const CommunitiesOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/communities.ipp>
#endif
