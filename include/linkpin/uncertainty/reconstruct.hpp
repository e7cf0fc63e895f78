// Ties and reporting errors from several noisy words: how likely each tie is, and how reliable those who told of it.
//
// Newman 2018 (doi:10.1038/s41567-018-0076-1) by EM, Butts 2003 (doi:10.1016/S0378-8733(02)00038-2) by Gibbs sampling.
// Words on one tie are taken as independent given the tie.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/reconcile.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

enum class Reconstruction : std::uint8_t { em, gibbs };

// Whose error rates are told apart: everybody's alike, each respondent's own, each question's own.
enum class ErrorsOf : std::uint8_t { all, respondent, item };

// Beta(a, b): as if a - 1 of a + b - 2 cases had been seen.
struct BetaPrior {
  double a = 1.0;
  double b = 1.0;
};

struct ReconstructOptions {
  std::vector<std::string> items = {};  // questions about the same tie; empty: all
  std::string wave = {};
  Reconstruction method = Reconstruction::em;
  ErrorsOf errors = ErrorsOf::all;
  std::optional<double> false_positive = {};  // known: the chance that a tie is told of that is not there
  std::optional<BetaPrior> density_prior = {};
  std::optional<BetaPrior> false_positive_prior = {};
  std::optional<BetaPrior> false_negative_prior = {};
  int draws = 1000;  // of each chain after burning in (gibbs)
  int burn = 300;
  int chains = 4;
  double level = 0.95;
  std::uint64_t seed = 0;
  Run run = {};
};

// Of one respondent, question, or all.
struct ErrorRates {
  index_t who = none;  // entity or place in the items; `none` for all
  index_t words = 0;
  double false_negative = undefined;  // the chance that a tie is not told of
  double false_positive = undefined;  // the chance that a tie is told of that is not there
  Interval false_negative_interval{};
  Interval false_positive_interval{};
};

struct TieProbability {
  index_t from = none;
  index_t to = none;
  index_t words = 0;
  index_t yes = 0;
  double probability = undefined;  // that the tie is there, given all words
};

struct Reconstructed {
  // With fewer than three words a dyad, many pairs of density and error rates give the same data: then nothing is
  // estimated, and the intervals below hold all values that the data allow (widened by their sampling error).
  bool identified = false;
  double density = undefined;
  Interval density_interval{};
  std::vector<ErrorRates> rates;
  std::vector<TieProbability> dyads;
  int rounds = 0;                      // of EM
  double scale_reduction = undefined;  // Gelman-Rubin, worst of density and rates; near 1 where the chains agree
  Provenance provenance;
};

// The words on each dyad come from the two ends, from others, or from several questions. Estimates need three
// independent words on most dyads; or two and a known false-positive rate; or a prior, which then decides and is warned
// of. Where they are not there the identified range is returned (rates of all alike, or of two questions).
// EM: O(words) a round. Gibbs: O(words) a draw, chains in parallel; the same numbers on any number of threads.
// Throws InputError where nobody spoke, and for priors, rates, levels or draws out of range.
[[nodiscard]] Reconstructed reconstruct(const Ecosystem& eco, const ReconstructOptions& options = {});

// The same from words at hand, in any order.
[[nodiscard]] Reconstructed reconstruct(const std::vector<Word>& words, const ReconstructOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/reconstruct.ipp>
#endif
