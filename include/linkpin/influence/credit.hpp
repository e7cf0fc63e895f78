// Credit: who made it possible that policy was reached, in shares that add up to what they divide.
#pragma once

#include <cstdint>
#include <functional>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct CreditOptions {
  // By source (shapley_reach) or contributor (shapley_success): the number of the player it belongs to, from 0; empty
  // where each is a player.
  std::vector<index_t> players = {};
  Flow flow = Flow::forward;
  index_t steps = 0;  // reach no further than this; 0: any number of steps
  Run run = {};
};

// One entry a player.
struct Credit {
  std::vector<double> shapley;
  std::vector<double> fractional;  // what is reached divided among sources alike, then added up by player
  std::vector<double> alone;       // what the player would have reached without the others
  std::vector<double> only;        // what would be lost without it
  double total = 0.0;              // what is divided
  Provenance provenance;
};

// Exact Shapley values of the game in which a set of players is worth the number of targets that any of them reaches:
// every target is shared alike by the players who reach it. A source that is a target reaches it. Cost of one walk per
// 64 sources. Throws InputError for ends outside the network and players of another length or numbered with gaps.
[[nodiscard]] Credit shapley_reach(const Network& net, std::span<const index_t> sources,
                                   std::span<const index_t> targets, const CreditOptions& options = {});

// Exact Shapley values of the game in which a set of players is worth the chance that any of them succeeds, each with
// its own probability and independently, by Owen's integral. O(n sqrt(n)) about. Throws InputError for probabilities
// outside [0, 1].
[[nodiscard]] Credit shapley_success(std::span<const double> p, const CreditOptions& options = {});

struct ShapleyOptions {
  index_t most_exact = 16;             // players up to whom every coalition is asked for
  std::int64_t permutations = 10'000;  // beyond: random orders, taken in pairs of an order and its reverse
  double level = 0.95;                 // of the intervals
  std::uint64_t seed = 0;
  Run run = {};
};

struct Shapley {
  std::vector<double> values;       // by player; they add to the worth of all
  std::vector<Interval> intervals;  // by player; of the Monte Carlo error alone
  double total = 0.0;
  bool exact = true;
  Provenance provenance;
};

// The worth of a coalition, given as sorted players from 0. The empty one is worth 0 and is not asked for.
using Worth = std::function<double(const std::vector<index_t>&)>;

// Shapley values of any game: the mean of what a player adds to those before it over all orders. Shapley 1953. 2^n
// calls of `worth`, or n calls an order; always on the calling thread. Throws InputError for a worth that is not
// finite.
[[nodiscard]] Shapley shapley(index_t players, const Worth& worth, const ShapleyOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/credit.ipp>
#endif
