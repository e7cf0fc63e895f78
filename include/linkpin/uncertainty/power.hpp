// The other way round: what could this survey have shown, and how much more would settle it?
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

struct DetectableOptions {
  double level = 0.95;  // of the test: 1 less the chance of a false finding
  double power = 0.8;   // chance of finding the difference if it is there
};

struct Detectable {
  std::string a, b;
  index_t size_a = 0, size_b = 0;  // members with a score
  double observed = 0.0;           // difference of the means
  double spread = 0.0;             // standard deviation within the two groups
  double smallest = 0.0;           // difference that the test finds with the power asked for; infinite where
                                   // they are too few to be told from chance at all, NaN for fewer than three members
};

struct DetectableDifferences {
  std::vector<Detectable> pairs;
  Provenance provenance;
};

// The smallest difference of two groups' means that a test of their members' scores would have found, given how much
// scores vary within them: (t(1 - alpha / 2) + t(power)) s sqrt(1 / n_a + 1 / n_b). O(n + groups^2).
// Throws InputError for a level or power outside (0, 1), another number of values than vertices, infinite values.
[[nodiscard]] DetectableDifferences detectable_differences(std::span<const double> values, const Groups& groups,
                                                           const DetectableOptions& options = {});

struct AnswersNeeded {
  double difference = 0.0;      // of the two scores, mean over the replicates
  double standard_error = 0.0;  // of it
  double factor = 0.0;          // how many times as many answers settle which is higher; at most 1: settled
  double more = 0.0;            // further answers; infinite where the two do not differ at all
  Provenance provenance;
};

// How many more answers would settle which of two vertices ranks higher, from their scores in the same replicates of
// bootstrap() (ties or reports): errors of independent answers shrink with the square root of their number, and the
// difference is taken to be what it seems. Throws InputError for different lengths, fewer than two replicates, fewer
// than one answer and a level outside (0, 1).
[[nodiscard]] AnswersNeeded answers_needed(std::span<const double> first, std::span<const double> second,
                                           double answers, double level = 0.95);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/power.ipp>
#endif
