// Brokerage: who passes something on between two others who are not tied, and between which groups.
//
// The broker b stands in a -> b -> c where there is no a -> c. Its role depends on the groups of the three. Loops are
// left out, parallel ties count once, and an undirected tie runs both ways.
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

// In the order of every table of brokerage.
//   w_I   coordinator: all three in one group          b_OI  gatekeeper: a outside, b and c in one group
//   w_O   itinerant: a and c in one group, b outside   b_O   liaison: three groups
//   b_IO  representative: a and b in one group         t     all of them
inline constexpr std::array<std::string_view, 6> brokerage_roles = {"w_I", "w_O", "b_IO", "b_OI", "b_O", "t"};

struct BrokerageOptions {
  int permutations = 0;    // of the group labels, for the p-values; 0: none
  std::uint64_t seed = 0;  // of the permutations
  Run run{};
};

// One role of one vertex or of the whole network.
struct RoleScores {
  std::vector<double> raw;       // how often the role is played
  std::vector<double> expected;  // were ties placed at random with the network's density
  std::vector<double> sd;
  std::vector<double> z;          // NaN where sd is 0
  std::vector<double> p;          // two-sided: twice the smaller of the next two, at most 1
  std::vector<double> p_greater;  // share of permutations with as many or more, counting the observed one
  std::vector<double> p_less;     // with as many or fewer
  std::vector<double> p_error;    // Monte Carlo standard error of p
};

struct Brokerage {
  std::array<RoleScores, 6> by_vertex;  // NaN for vertices whose group is missing
  std::array<RoleScores, 6> whole;      // one entry each
  Provenance provenance;
};

// How often each vertex brokers in each role, what to expect by chance, and how unusual that is. Gould & Fernandez
// 1989. The p-values keep the ties and shuffle the groups, so they do not speak of the total (NaN there). They are
// empty without permutations. Vertices without a group are left out with their ties. An open path counts where a -> c
// was observed to be absent. O(sum of squared degrees), a word of bits at a time on small or dense networks; that once
// more for every permutation. Throws InputError for groups of another length or a negative number of permutations.
[[nodiscard]] Brokerage brokerage(const Network& net, const Groups& groups, const BrokerageOptions& options = {});

// Brokerage by actors in a two-mode network.
struct TwoModeBrokerage {
  std::vector<index_t> actors;         // the vertices of `brokers`, in the order of the values below
  std::array<RoleScores, 6> by_actor;  // expected, sd and z are empty; b_IO and b_OI are the same
  std::array<RoleScores, 6> whole;
  Provenance provenance;
};

// How often each of the vertices with brokers[v] != 0 stands between two others of its own mode who share no neighbour
// in the other mode, sharing one with both. Pairs are unordered; roles go by the groups of the three. The classes are
// Gould & Fernandez's; ties of a projection are not independent, so there is no analytic expectation, only permutation.
// Throws InputError where a tie joins two vertices of one mode, or as brokerage.
[[nodiscard]] TwoModeBrokerage brokerage_two_mode(const Network& net, const Groups& groups,
                                                  std::span<const std::uint8_t> brokers,
                                                  const BrokerageOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/brokerage.ipp>
#endif
