// Pathways: by which ways what is learnt most likely arrives, where it is watered down, and what would help most.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/influence/reliability.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct PathwaysOptions {
  TieValues p = "probability";  // chance of each tie, in [0, 1]
  TieValues fidelity = {};      // share of what is said that each tie keeps, in [0, 1]; all of it unless given
  Flow flow = Flow::forward;
  index_t k = 1;          // so many paths at most
  double at_least = 0.0;  // no path that carries with less chance than this
  Run run = {};
};

struct Pathway {
  std::vector<index_t> vertices;  // from a source to a target
  std::vector<index_t> ties;
  double chance = 0.0;     // that all its ties carry
  double fidelity = 1.0;   // what is left of what was said: the product over its ties
  index_t weakest = none;  // the tie that keeps least; `none` where nothing is lost
};

struct Pathways {
  std::vector<Pathway> paths;  // likeliest first
  bool more = false;           // there are further paths within the bound
  Provenance provenance;
};

// The k likeliest paths without a repeated vertex, by Yen's algorithm on -ln p; parallel ties are paths of their own.
// O(k n (m + n log n)) at worst. Throws InputError for no or unknown ends, values outside [0, 1], or k below 1.
[[nodiscard]] Pathways pathways(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets,
                                const PathwaysOptions& options = {});

// A way whose ties' chances are not known but guessed, each with a Beta distribution of its own.
struct ChainChance {
  double value = 1.0;     // the chance that all carry, in the mean over what the chances may be
  double variance = 0.0;  // of that chance
  Interval interval;      // of the Beta distribution with this mean and variance: an approximation
  Provenance provenance;
};

// Ties in a row with chances Beta(a[i], b[i]), independent of each other: mean and variance are exact. O(ties).
// Throws InputError for parameters that are not above 0 and finite, lengths that differ, and a level outside (0, 1).
[[nodiscard]] ChainChance chain_chance(std::span<const double> a, std::span<const double> b, double level = 0.95);

// One entry a tie and a vertex of the network.
struct Bottlenecks {
  double reliability = 0.0;
  bool exact = true;
  std::vector<std::uint8_t>
      in_cut;                      // by tie: the ties whose joint failure, most likely of all such sets, cuts all ways
  double cut_fails = 0.0;          // the chance that they all fail
  std::vector<double> gain;        // by tie: what the chance would gain if it were certain
  std::vector<double> importance;  // by tie: Birnbaum's, the change of the chance per change of the tie's own
  std::vector<double> loss;        // by vertex: what the chance would lose without it; NaN at the ends
  double error = 0.0;              // largest standard error of a gain or loss; 0 where exact
  Provenance provenance;
};

// Which ties and brokers the chance hangs on. Exact where all of it fits into the budget of reliability, else from one
// set of replicates. Birnbaum 1969. Errors as reliability.
[[nodiscard]] Bottlenecks bottlenecks(const Network& net, std::span<const index_t> sources,
                                      std::span<const index_t> targets, const ReliabilityOptions& options = {});

struct GapWorth {
  std::vector<double> gain;  // by new tie
  double reliability = 0.0;  // as things are
  bool exact = true;
  double error = 0.0;  // largest standard error of a gain; 0 where exact
  Provenance provenance;
};

// What a new tie from from[i] to to[i], along the flow of knowledge, that carries with chance `chance` would add.
// Throws InputError for vertices outside the network and a chance outside [0, 1]; else as reliability.
[[nodiscard]] GapWorth gap_worth(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets,
                                 std::span<const index_t> from, std::span<const index_t> to, double chance,
                                 const ReliabilityOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/pathways.ipp>
#endif
