// Conditional uniform graph tests: is a score unusual among all networks that share what is held fixed?
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/uncertainty/permutation.hpp>
#include <linkpin/uncertainty/statistic.hpp>

namespace linkpin {

// What random networks share with the observed one, beside its vertices and which dyads were observed:
// nothing more, the number of ties, the dyad census (mutual, one-way, none), or every vertex's number of ties
// (rewiring).
enum class Condition : std::uint8_t { size, ties, dyads, degrees };

struct CugOptions {
  Condition condition = Condition::ties;
  int replicates = 1999;
  std::uint64_t seed = 0;
  int swaps = 20;  // of two ties' ends, tried for each tie; condition degrees only
  Run run = {};
};

// One network drawn as the condition says, the replicate'th of the seed. Binary, without loops; vertex columns stay.
// Uniform over the networks the condition allows; for `degrees` by swaps from the observed one, so approximately.
// O(n^2 / 64) memory, O(m) steps, O(swaps * m) for `degrees`.
[[nodiscard]] Network random_network(const Network& net, const CugOptions& options, std::uint64_t replicate);

// A score beside its values over random networks. Anderson, Butts & Carley 1999. Loops and weights are dropped and
// parallel ties merged first, which the warnings say. Costs a network and an evaluation of the statistic a replicate.
// Throws InputError for fewer than one replicate or swap; LimitError for more than 50,000 vertices.
[[nodiscard]] NullTest cug_test(const Network& net, const Statistic& statistic, const CugOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/cug.ipp>
#endif
