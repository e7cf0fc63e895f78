// Key players: whose loss breaks a network up most, and who together reach most of it (Borgatti 2006,
// doi:10.1007/s10588-006-7084-x).
//
// Ties are read without direction, loops and parallel ties make no difference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <optional>
#include <vector>

namespace linkpin {

struct FragmentationOptions {
  bool distance_weighted = false;  // pairs that are connected still count as apart in part: by 1 - 1 / distance
  Run run = {};
};

struct Fragmentation {
  double value = 0.0;
  Provenance provenance;
};

// The share of pairs of vertices that are not connected: 0 where all are, 1 where no two are. NaN for fewer than two
// vertices. O(n + m); distance-weighted what harmonic() costs.
[[nodiscard]] Fragmentation fragmentation(const Network& net, const FragmentationOptions& options = {});

// fragmentation: how broken up the others are once the set has left. reach: how near the set is to the others.
enum class KeyCriterion : std::uint8_t { fragmentation, reach };

// What the sum over the vertices that are reached is divided by.
enum class ReachNormalisation : std::uint8_t { others, all };

struct KeyPlayersOptions {
  KeyCriterion criterion = KeyCriterion::fragmentation;
  // Distances count: 1 / distance for reach, distance-weighted fragmentation. Unset: for reach only.
  std::optional<bool> distance_weighted = {};
  index_t steps = 0;  // reach no further than this; 0: any number of steps
  ReachNormalisation normalisation = ReachNormalisation::others;
  // true: every set is weighed. false: greedy choice with interchange. Unset: every set where that takes seconds.
  std::optional<bool> exact = {};
  std::size_t most_sets = 1000;  // how many best sets are listed; all are counted
  index_t starts = 10;           // of the interchange: one greedy, the others random
  std::uint64_t seed = 0;        // of the random starts
  Run run = {};
};

struct KeyPlayers {
  double value = 0.0;                      // of the best set
  std::int64_t count = 0;                  // sets with that value, as far as found
  std::vector<std::vector<index_t>> sets;  // each in order of vertices, listed in that order
  bool exact = false;
  double steps_estimated = 0.0;  // elementary steps that weighing every set takes, about
  Provenance provenance;
};

// The sets of k vertices with the largest fragmentation of, or reach to, the others.
// Cost: sets of k - 1 vertices, times n + m (fragmentation), n^2 (n + m) (distance-weighted) or n (n + m) (reach).
// Throws InputError for a k with fewer than one vertex (reach) or two (fragmentation) left over, options that do not
// fit the criterion, and work of more than 1e13 steps, naming the estimate.
[[nodiscard]] KeyPlayers key_players(const Network& net, index_t k, const KeyPlayersOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/key_players.ipp>
#endif
