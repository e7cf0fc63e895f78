// Lived experience: people who hold several capacities at once, who comes back, and on how many shoulders it rests.
#pragma once

#include <array>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

struct Capacities {
  Frame people;   // id, capacities (list), number, participations: everybody with a capacity, most capacities first
  Frame bridges;  // a, b, people (who hold both), either (who hold one or both), share (people of either)
  std::int64_t several = 0;  // who hold more than one
  double share = undefined;  // of everybody with a capacity
  Interval interval;         // exact, of that share
  Provenance provenance;
};

// Who holds which capacities (their roles and those in which they take part), and which groups they join by holding
// both. Nobody is put into one group. Entities of kind "person", and those without a kind. O(people * capacities^2).
[[nodiscard]] Capacities capacities(const Ecosystem& eco, double level = 0.95);

// How much each vertex belongs to each group: shares that add to one, or all 0 where nothing is known.
struct Memberships {
  std::vector<std::string> groups;
  std::vector<double> shares;  // vertex by vertex, one a group

  [[nodiscard]] double share(index_t vertex, std::size_t group) const {
    return shares[static_cast<std::size_t>(vertex) * groups.size() + group];
  }
};

// Memberships from a list column of the vertices ("roles": researcher|carer): equal shares. Throws InputError where
// there is no such column, naming those there are.
[[nodiscard]] Memberships memberships(const Network& net, std::string_view column);

struct FuzzyBrokerageOptions {
  int permutations = 0;  // of the memberships; 0: none
  std::uint64_t seed = 0;
  Run run = {};
};

// Roles in the order of brokerage(): coordinator, itinerant, representative, gatekeeper, liaison, total.
struct FuzzyBrokerage {
  std::array<std::vector<double>, 6> by_vertex;  // NaN for vertices without a group
  std::array<double, 6> whole{};
  std::array<std::vector<double>, 6> p_greater, p_less;  // by vertex; empty without permutations, NaN for the total
  Provenance provenance;
};

// Brokerage where one person belongs to two groups. Each open path a -> b -> c counts once, divided among the five
// roles of Gould & Fernandez by the chance of each, were each of the three to act for one of their groups, drawn by
// their shares and apart from the others. With one group a vertex it is brokerage(). Experimental: no publication is
// known that lets a broker belong to two groups in this way. Loops are left out, parallel ties count once, an
// undirected tie runs both ways. O(sum of squared degrees * groups), that once more for every permutation. Throws
// InputError for memberships of another length, negative or not finite, or that add to neither 0 nor 1.
[[nodiscard]] FuzzyBrokerage fuzzy_brokerage(const Network& net, const Memberships& memberships,
                                             const FuzzyBrokerageOptions& options = {});

struct ContinuityOptions {
  std::string by = "year";  // of the participation's start; or "wave"
  double level = 0.95;
};

struct Continuity {
  // period, contributors, joined (never seen before), back (seen before, not in the last period), stayed (of the last
  // period's), left (of the last period's), share (stayed of the last period's) with its exact interval low and high.
  Frame table;
  Provenance provenance;
};

// Who stays from one period to the next. Periods without a participation are left out. O(participations log).
// Throws InputError for a `by` that is neither.
[[nodiscard]] Continuity continuity(const Ecosystem& eco, const ContinuityOptions& options = {});

struct BurdenOptions {
  double most = 0.1;  // the most asked: this share of those who take part, one at least
};

struct Burden {
  Frame table;                 // id, participations, share, cumulative: the most asked first
  double value = undefined;    // share of all participations that the most asked hold
  std::int64_t shoulders = 0;  // how many they are
  double equal = undefined;    // what they would hold if all took part alike
  double gini = undefined;
  Provenance provenance;
};

// The burden on few shoulders: how much of all taking part rests on those asked most. A tie counts once, whatever it
// stands for; groups that a tie counts as several people are left out and told of. O(participations log).
// Throws InputError for `most` outside (0, 1].
[[nodiscard]] Burden burden(const Ecosystem& eco, const BurdenOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/lived.ipp>
#endif
