// One order made of many: Borda, Condorcet and Kemeny, and what each of them costs each group.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <span>
#include <vector>

namespace linkpin {

enum class ConsensusMethod : std::uint8_t { borda, condorcet, kemeny };

struct ConsensusOptions {
  ConsensusMethod method = ConsensusMethod::borda;
  std::vector<index_t> groups = {};  // of each judge, counted from 0; empty: all are one group
  Run run{};
};

// What an order costs those who asked for another one.
struct ConsensusCost {
  index_t judges = 0;
  std::int64_t preferences = 0;  // pairs of items that a judge put in an order
  double overruled = 0.0;        // of these, turned round; a pair that the consensus ties counts half
  double share = undefined;  // overruled / preferences: 0 they got their order, 0.5 as if drawn by lot, 1 its reverse
};

struct Consensus {
  std::vector<double> ranks;                 // by item, 1 first; those who share a place share its mean
  std::vector<double> scores;                // borda: judges for less judges against, over all pairs; condorcet: items
                                             // beaten less items beaten by; kemeny: mean place over all best orders
  std::vector<std::vector<index_t>> cycles;  // condorcet: items of which each is beaten by another of them
  index_t winner = none;                     // the item that beats every other one by a majority
  double overruled = 0.0;                    // preferences of all judges that the order turns round
  std::int64_t best_orders = 1;              // kemeny: how many orders are equally good
  std::vector<ConsensusCost> groups;
  Provenance provenance;
};

// `ranks` has a row a judge, `items` cells each, 1 the best; only the order counts. Equal ranks are no preference, a
// missing rank (NaN) is none about any pair with it. Borda 1781; Condorcet 1785, with the top cycle and those below it
// as tiers that share a place (Smith 1973); Kemeny 1959: the order that turns round the fewest preferences, exact by a
// table over subsets (Held & Karp 1962). O(judges items^2), O(items^3) for condorcet, O(2^items items^2) for kemeny.
// Throws InputError for rows or groups of another length; LimitError for kemeny of more than 16 items.
[[nodiscard]] Consensus consensus(std::span<const double> ranks, index_t items, const ConsensusOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/priorities/detail/consensus.ipp>
#endif
