// Fuzzy cognitive maps: concepts that raise or lower one another, and where a change of one leads (Kosko 1986).
#pragma once

#include <Eigen/SparseCore>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/columns.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// What the next state is made of. kosko: the influences alone, f(W'x). modified: with the concept's own state,
// f(x + W'x) (Stylios & Groumpos 2004). rescaled: states around one half, f(2x-1 + W'(2x-1)) (Papageorgiou 2011).
enum class MapRule : std::uint8_t { kosko, modified, rescaled };

// sigmoid 1/(1+exp(-slope z)); tanh(slope z); bivalent 1 where z > 0, else 0; trivalent the sign of z.
enum class MapTransfer : std::uint8_t { sigmoid, tanh, bivalent, trivalent };

// How a run ended. `unsettled`: none of the others within the steps allowed, as in slow convergence.
enum class MapVerdict : std::uint8_t { fixed_point, cycle, chaos, unsettled };

// A concept held at a value through the whole run: what if ...
struct Clamp {
  index_t concept_index = 0;
  double value = 0.0;
};

struct MapOptions {
  MapRule rule = MapRule::kosko;
  MapTransfer transfer = MapTransfer::sigmoid;
  double slope = 1.0;
  std::vector<Clamp> clamps{};
  double tolerance = 1e-9;    // a state is the same again where no concept differs by more
  index_t most_steps = 5000;  // after which the verdict is given on what was seen
  Run run{};
};

struct MapRun {
  std::vector<double> trajectory;  // (steps + 1) x n by row, the start first
  index_t steps = 0;
  std::vector<double> state;  // the last
  MapVerdict verdict = MapVerdict::unsettled;
  index_t period = 0;           // 1 for a fixed point; 0 where there is none
  double change = undefined;    // largest in the last step
  double lyapunov = undefined;  // mean logarithmic growth of a small difference a step; asked where nothing settled
  Provenance provenance;
};

// Nonlinear Hebbian learning (Papageorgiou, Stylios & Groumpos 2003): concepts that move together strengthen their tie.
struct LearnOptions {
  MapRule rule = MapRule::modified;
  MapTransfer transfer = MapTransfer::sigmoid;
  double slope = 1.0;
  double rate = 0.01;        // eta
  double decay = 0.98;       // g
  double tolerance = 0.002;  // learning ends where no output changes by more and every one lies in its range
  index_t most_steps = 1000;
  Run run{};
};

// A concept whose state should come to lie in [low, high].
struct Desired {
  index_t concept_index = 0;
  double low = 0.0;
  double high = 1.0;
};

class CognitiveMap;

// `reached` says whether every output lies in its range and has come to rest.
struct MapLearning {
  std::vector<double> weights;  // of the ties of the map, column by column
  std::vector<double> state;
  index_t steps = 0;
  bool reached = false;
  Provenance provenance;
};

class CognitiveMap {
 public:
  // Column j holds what acts on concept j: entry (i, j) is the effect of i on j.
  using Weights = Eigen::SparseMatrix<double, Eigen::ColMajor, index_t>;

  // Throws InputError for names that are empty or stand twice, a matrix of another size, weights outside [-1, 1].
  CognitiveMap(std::vector<std::string> names, const Weights& weights);

  [[nodiscard]] index_t n() const { return static_cast<index_t>(names_.size()); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const Weights& weights() const { return weights_; }

  // Lets the map run from `state` until it settles, repeats itself, or has had its steps. A cycle is a state that came
  // before, over a whole round; chaos is a positive Lyapunov exponent where neither was found. O(ties) a step.
  // Throws InputError for states of another length or not finite, slopes and tolerances not above 0.
  [[nodiscard]] MapRun run(std::span<const double> state, const MapOptions& options = {}) const;

  // Learns the weights of the ties there are from a run; the map itself stays as it is. O(ties) a step.
  [[nodiscard]] MapLearning learn(std::span<const double> state, std::span<const Desired> outputs,
                                  const LearnOptions& options = {}) const;

  // By concept: outdegree and indegree (sums of absolute weights), centrality (both), and type: driver (acts, is not
  // acted on), receiver (the reverse), ordinary, or isolated. Ozesmi & Ozesmi 2004.
  [[nodiscard]] Frame concepts() const;

 private:
  std::vector<std::string> names_;
  Weights weights_;
};

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/dynamics/detail/cognitive.ipp>
#endif
