// Core and periphery: how well a dense core with others hanging on to it describes a network (Borgatti & Everett 2000,
// doi:10.1016/S0378-8733(99)00019-2).
//
// Ties are read without direction (of two directions the larger value counts), loops are left out.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <optional>
#include <vector>

namespace linkpin {

// discrete: a vertex is in the core or not. continuous: each has a coreness, and c_i c_j is what a tie should be worth.
enum class CoreModel : std::uint8_t { discrete, continuous };

// Where the discrete ideal has its ties: wherever a core vertex is at one end; only within the core; or within the
// core, with the ties between core and periphery left out of the comparison.
enum class CorePattern : std::uint8_t { core_any, core_core, between_ignored };

// What makes a coreness the best: the smallest sum of squares of ties minus c_i c_j (Boyd et al. 2010,
// doi:10.1016/j.socnet.2009.09.003), or the largest correlation with c_i c_j. The second often has no maximum: it goes
// on growing as all coreness become alike (dense networks) or one outgrows all others (sparse ones).
enum class CoreFit : std::uint8_t { least_squares, correlation };

struct CorePeripheryOptions {
  CoreModel model = CoreModel::discrete;
  CorePattern pattern = CorePattern::core_any;  // discrete only
  CoreFit fit = CoreFit::least_squares;         // continuous only
  TieValues weights = {};                       // nothing: a tie is there or not
  // Discrete only. true: the best core is proven, however long it takes. false: search with interchange. Unset: proven
  // where that takes seconds.
  std::optional<bool> exact = {};
  index_t starts = 20;     // of the search: one from the most central, the others random
  std::uint64_t seed = 0;  // of the random starts
  Run run = {};
};

struct CorePeriphery {
  double value = 0.0;          // correlation of the ties with the ideal, over pairs of vertices
  std::vector<double> values;  // by vertex: 1 in the core, 0 outside; continuous: coreness, at most 1
  std::vector<index_t> core;   // discrete only, in order
  bool exact = false;          // no core fits better (discrete only)
  Provenance provenance;
};

// The core, or the coreness, that fits best. NaN and no core where all pairs of vertices are alike.
// Search: O(starts (n + m)) a pass, below 2,000 vertices O(starts n^2); the proof can take exponential time.
// Continuous: O(n + m) a sweep, from one start above 2,000 vertices. Throws InputError for weights that are negative,
// not finite or of another length, and for a proof asked of more vertices than can be hoped for.
[[nodiscard]] CorePeriphery core_periphery(const Network& net, const CorePeripheryOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/core_periphery.ipp>
#endif
