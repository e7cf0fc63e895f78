// Composite indices, for those who insist: several components made into one number, with everything that the choice of
// weights, normalisation and aggregation does to it. Terms of the OECD/JRC handbook (2008).
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

struct Component {
  std::string name;
  std::vector<double> values;  // one a unit (an organisation, a partnership, a wave)
  double weight = 1.0;         // nominal; weights are scaled to sum to 1
  bool higher_is_better = true;
};

// All give values above zero, so that each can be aggregated either way.
enum class Normalisation : std::uint8_t {
  min_max,   // from `floor` for the worst unit to 1 for the best
  z_score,   // mean 100, standard deviation 10
  rank,      // mid-rank over the number of units: 1 for the best
  reference  // share of the best value; for components above zero
};

enum class Aggregation : std::uint8_t {
  arithmetic,  // a weakness in one component is made good by strength in another
  geometric    // less so
};

[[nodiscard]] std::string_view to_string(Normalisation normalisation);
[[nodiscard]] std::string_view to_string(Aggregation aggregation);

struct CompositeOptions {
  // The first of each is the nominal choice; all are equally likely in the uncertainty analysis.
  std::vector<Normalisation> normalisations = {Normalisation::min_max, Normalisation::z_score, Normalisation::rank};
  std::vector<Aggregation> aggregations = {Aggregation::arithmetic, Aggregation::geometric};
  // Weights are Dirichlet(concentration * weight): the larger, the closer to the nominal ones. 0: nothing is known of
  // the weights, all on the simplex are equally likely.
  double concentration = 0.0;
  double floor = 0.01;  // of min_max
  int draws = 1000;     // of weights
  double level = 0.95;
  std::uint64_t seed = 0;
  Run run{};
};

struct CompositeUnit {
  double value = 0.0;          // nominal
  double rank = 0.0;           // nominal, 1 is best; tied units share the mean of their places
  double expected_rank = 0.0;  // over weights, normalisations and aggregations
  double rank_low = 0.0;
  double rank_high = 0.0;
  double first = 0.0;  // share of all in which it is the best
};

// How much of the spread of an answer a choice brings about: alone, and with all its interactions (Sobol).
struct SobolIndex {
  std::string factor;  // "weights", "normalisation", "aggregation"
  double first = undefined;
  double total = undefined;
};

struct CompositeComponent {
  std::string name;
  double weight = 0.0;                   // nominal, of 1
  double correlation_ratio = undefined;  // V(E(index | component)) / V(index), Paruolo, Saisana & Saltelli 2013
  double r_squared = undefined;          // its linear part
  double importance = undefined;         // the correlation ratio as a share of their sum, to hold beside the weight
  std::vector<double> normalised;        // by unit, nominal
};

struct Composite {
  std::vector<CompositeUnit> units;
  std::vector<CompositeComponent> components;
  // acceptability[i * n + r]: the share of all choices for which unit i has rank r + 1 (SMAA, Lahdelma & Salminen
  // 2001); units that tie share their places.
  std::vector<double> acceptability;
  // central_weights[i * k + c]: the mean weights with which unit i comes first; NaN where it never does.
  std::vector<double> central_weights;
  std::vector<SobolIndex> shift;  // of the mean shift of ranks from the nominal ones (Saisana et al. 2005)
  std::vector<std::vector<SobolIndex>> by_unit;  // of each unit's rank
  double mean_shift = 0.0;
  Provenance provenance;
};

// Ranks are evaluated for every draw of weights under every normalisation and aggregation, so the indices are exact in
// those two and sampled in the weights alone. O(draws * normalisations * aggregations * n (k + log n)), in parallel;
// the same numbers on any number of threads.
// Throws InputError for fewer than two units or components, values that are missing or not finite, components on which
// all units are alike, weights that are negative or all zero, a reference normalisation of values not above zero, and
// options out of range; LimitError for more than 2,000 units.
[[nodiscard]] Composite composite(const std::vector<Component>& components, const CompositeOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/composite.ipp>
#endif
