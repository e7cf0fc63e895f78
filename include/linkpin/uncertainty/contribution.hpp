// How far evidence moves belief in a claim: Bayesian updating for contribution claims (contribution tracing).
//
// A test has a sensitivity, how likely the evidence is if the claim is true, and a type-I rate, how likely it is all
// the same if the claim is false.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// One piece of evidence that was looked for. Probabilities known exactly are intervals without width.
struct EvidenceTest {
  std::string name = {};
  Interval sensitivity = {0.5, 0.5};
  Interval type_one = {0.5, 0.5};
  bool passed = true;      // whether it was found
  std::string group = {};  // tests with the same group may depend on each other; empty: on none
};

// What a test can show by its two probabilities: a hoop (both high) refutes when it fails, a smoking gun (both low)
// confirms when it passes, a doubly decisive one (high, low) does both, a straw in the wind neither.
enum class Probative : std::uint8_t { straw_in_the_wind, hoop, smoking_gun, doubly_decisive };

struct ContributionOptions {
  double threshold = 0.5;  // the verdict is whether the posterior is above it
};

struct EvidenceReading {
  Probative kind = Probative::straw_in_the_wind;
  double ratio = 1.0;  // how many times likelier the outcome is if the claim is true
  Interval ratio_bounds;
  double decibans = 0.0;  // 10 log10 of the ratio
  // At which value of each, all else as given, the verdict flips; NaN where none does.
  double flip_sensitivity = 0.0;
  double flip_type_one = 0.0;
};

struct Contribution {
  double value = 0.0;           // posterior at the middle of each interval
  Interval bounds;              // over all values the intervals and the dependence within groups allow
  double if_independent = 0.0;  // the posterior if all tests were independent
  double ratio = 1.0;           // of all the evidence together, behind `value`
  double decibans = 0.0;
  double flip_prior = 0.0;  // the prior at which the verdict flips
  std::vector<EvidenceReading> tests;
  Provenance provenance;
};

// The probability of a claim after the evidence. Likelihood ratios of independent tests multiply. Of a group of tests
// that may depend on each other only the most telling one counts for the value, and the bounds allow any dependence
// (Frechet). NaN where the evidence could not occur either way.
// Throws InputError for probabilities outside [0, 1] and intervals the wrong way round.
[[nodiscard]] Contribution contribution(Interval prior, std::span<const EvidenceTest> tests,
                                        const ContributionOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/contribution.ipp>
#endif
