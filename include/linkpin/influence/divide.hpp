// The divide: how far two communities are apart, who stands between them, and which new ties would close it best.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct DivideOptions {
  index_t new_ties = 5;       // how many to propose
  index_t candidates = 2000;  // pairs tried for each; where there are more, those of the best placed members
  Run run = {};
};

struct NewTie {
  index_t a = none;
  index_t b = none;
  double closeness = 0.0;  // of the two sides once it and those before it are there
};

// Two sides of a network, directions left aside. Closeness is the mean over pairs across of 1 / distance (0 where there
// is no path): 1 where all know each other, near 0 where they are far apart.
struct Divide {
  index_t a = 0;  // members of each side
  index_t b = 0;
  index_t ties_a = 0;  // ties within a, within b, between
  index_t ties_b = 0;
  index_t ties_between = 0;
  double expected_between = undefined;  // share of the ties of members if sides did not matter (degrees kept)
  double share_between = undefined;     // share there is
  double connected = undefined;         // share of pairs across with a path
  double distance = undefined;          // mean length of the shortest paths across, where there is one
  double closeness = undefined;
  std::vector<double> brokerage;  // by vertex: pairs across that a shortest path through it joins (shares of several)
  std::vector<std::uint8_t> bridge;  // by vertex: 1 where it has a tie to both sides
  std::vector<NewTie> new_ties;      // each the best given those before it
  Provenance provenance;
};

// `sides` has the two groups; vertices of any other group are neither, and may stand on paths. O((a + b) m) for paths,
// O((a + b)^2) memory, and O(new_ties candidates a b) for the proposals, in parallel.
// Throws InputError where the groups do not have the two names, LimitError for more than 8,000 members.
[[nodiscard]] Divide divide(const Network& net, const Groups& groups, const std::string& a, const std::string& b,
                            const DivideOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/divide.ipp>
#endif
