// Voting power: how often a member of a board that votes by weight is the one who decides.
//
// All counts are exact integers, however many seats there are; only the last step rounds, once. A weight or quota means
// the shortest decimal that is read back as the same number, so that 0.1 + 0.2 reaches a quota of 0.3; fractions
// without such a decimal (thirds) are better given as whole numbers.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <string>
#include <vector>

namespace linkpin {

enum class PowerKind : std::uint8_t { shapley_shubik, banzhaf };

// A coalition wins where its weights add to at least the quota. `casting` names the chair who decides when exactly half
// of all votes are for: the half with the chair wins. That is a rule of simple majorities; with any other quota it
// changes nothing, and a warning says so. `blocs` makes one player of voters who always vote alike: the bloc of each,
// numbered from 0; empty where each votes alone. The chair's bloc has the casting vote.
struct VotingGame {
  std::vector<double> weights;
  double quota = 0.0;
  index_t casting = none;
  std::vector<index_t> blocs = {};
};

struct PowerIndexOptions {
  PowerKind kind = PowerKind::shapley_shubik;
  Run run{};
};

// One value a voter, or a bloc where there are blocs.
struct PowerIndex {
  std::vector<double> values;       // add to one
  std::vector<double> absolute;     // chance of being decisive where every other votes by the toss of a coin (banzhaf)
                                    // or is for it with one unknown probability, all equally likely (shapley_shubik)
  std::vector<std::string> pivots;  // in how many orders (shapley_shubik) or coalitions (banzhaf) a member decides
  std::string possible;             // of how many
  Provenance provenance;
};

// Shapley & Shubik 1954, Banzhaf 1965, by generating functions (Mann & Shapley 1962). Where no coalition wins all
// values are NaN, and a warning says so. With n voters and weights that are w whole units to the quota, O(n^2 w) for
// shapley_shubik and O(n w) for banzhaf, per different weight once more; O(2^n n) instead for few voters of large
// weights. Throws InputError for weights that are negative or not finite, a quota that is not above 0, a chair that is
// no voter, or blocs numbered with gaps; LimitError where the tables would not fit, with what to do.
[[nodiscard]] PowerIndex power_index(const VotingGame& game, const PowerIndexOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/coalitions.ipp>
#endif
