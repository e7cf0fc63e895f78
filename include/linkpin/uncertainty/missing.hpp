// Non-response: what scores become under each treatment of the missing answers, and how far they could be trusted.
#pragma once

#include <cstdint>
#include <functional>
#include <linkpin/core/config.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// What a score function answers: named numbers, or one number a vertex in the network's order.
struct NetworkScores {
  std::vector<std::string> names;  // empty: one number a vertex
  std::vector<double> values;
};

// Called on one thread, the caller's.
using ScoreFunction = std::function<NetworkScores(const Network&)>;

enum class Treatment : std::uint8_t {
  available,     // what was said is used, what was not is unknown
  complete,      // only those who answered stay
  partner,       // an unanswered tie takes the partner's word
  preferential,  // as many ties as some respondent, to partners by how often they are named (Huisman 2009)
  hot_deck,      // the answers of a respondent who is named by much the same others (Huisman 2009)
  block,         // by chance, as often as ties between such groups are told of (a stochastic block model)
  regression     // by chance, given the way back, the groups, who is named how often, and contacts in common
};

[[nodiscard]] std::string_view to_string(Treatment treatment);

struct TreatmentOptions {
  Groups groups{};  // for `regression`, and for `block`, which finds blocks in the ties where there are none
  std::uint64_t seed = 0;
  std::uint64_t replicate = 0;  // of a treatment that draws by chance
};

// The network under a treatment of its unanswered dyads. Only dyads of those who did not respond are filled in: who was
// not asked, or declined, stays as they are. Filled dyads count as observed. Weights of filled ties are drawn from the
// observed ones. O(n^2) time and memory for those that fill in.
// Throws InputError for groups of another length, LimitError for filling in among more than 5,000 vertices.
[[nodiscard]] Network treated(const Network& net, Treatment treatment, const TreatmentOptions& options = {});

// Several estimates of one number made into one. With their variances Rubin's rules: total variance = mean within +
// (1 + 1/m) between, Student's t. Without, the spread over imputations is all there is, and no interval is claimed.
struct Pooled {
  double value = undefined;
  double between = undefined;  // variance over the imputations
  double within = undefined;   // mean variance inside them
  double total = undefined;
  double df = undefined;
  Interval interval{};
};

// Rubin 1987. `variances` is empty or one an estimate. Throws InputError for other lengths, undefined estimates,
// negative variances, fewer than two estimates, or a level outside (0, 1).
[[nodiscard]] Pooled pool(std::span<const double> estimates, std::span<const double> variances = {},
                          double level = 0.95);

struct SensitivityOptions {
  std::vector<Treatment> treatments = {};  // none: all
  int imputations = 20;                    // of each treatment that draws by chance
  Groups groups{};
  std::uint64_t seed = 0;
  Run run{};
};

// One score under every treatment.
struct SensitivityRow {
  std::string score;  // its name; empty where it is one a vertex
  index_t vertex = none;
  std::vector<double> values;  // by treatment: the mean over imputations where there are several
  std::vector<double> spread;  // standard deviation over the imputations; 0 for a treatment without chance
  double low = undefined;      // over the treatments
  double high = undefined;
};

struct Sensitivity {
  std::vector<Treatment> treatments;
  std::vector<SensitivityRow> rows;
  // By treatment, for scores by vertex: Spearman's rank correlation with the available case over the vertices both
  // have; NaN for named scores.
  std::vector<double> rank_correlation;
  std::int64_t unanswered = 0;  // dyads of those who did not respond
  std::int64_t unasked = 0;     // dyads not asked about, or declined: left as they are
  Provenance provenance;
};

// Each score under each treatment, and its range over them. Calls `statistic` once a treatment, and `imputations` times
// for those that draw by chance.
// Throws InputError where an answer has another length than the first, and as `treated`.
[[nodiscard]] Sensitivity missing_sensitivity(const Network& net, const ScoreFunction& statistic,
                                              const SensitivityOptions& options = {});

// The same from reports: the partner's word is then what the partner said of the tie itself, where they were asked.
[[nodiscard]] Sensitivity missing_sensitivity(const Ecosystem& eco, const Lens& lens, const ScoreFunction& statistic,
                                              const SensitivityOptions& options = {});

// Who fails to answer: anybody, rather those with many ties, rather those with few.
enum class Silence : std::uint8_t { random, central, peripheral };

struct TrustOptions {
  std::vector<double> response_rates = {0.9, 0.8, 0.7, 0.6, 0.5};
  std::vector<Treatment> treatments = {Treatment::available, Treatment::complete};
  Silence silence = Silence::random;
  int replicates = 100;
  Groups groups{};
  std::uint64_t seed = 0;
  Run run{};
};

// How far a score survives a response rate under a treatment; means over the replicates.
struct TrustRow {
  std::string score;  // empty where it is one a vertex
  double response_rate = 0.0;
  Treatment treatment = Treatment::available;
  double bias = undefined;           // mean of (score - truth), over vertices too
  double relative_bias = undefined;  // of the mean truth's size
  double rmse = undefined;
  double rank_correlation = undefined;  // Spearman's, for scores by vertex
  double rank_low = undefined;          // one replicate in twenty was below
  index_t undefined_replicates = 0;     // in which the score could not be computed
};

struct Trust {
  std::vector<TrustRow> rows;
  Provenance provenance;
};

// Takes the network as it stands for the truth, silences respondents, treats the holes and compares (Smith & Moody
// 2013, Smith, Moody & Morgan 2017). Calls `statistic` once, and once a rate, treatment and replicate.
// Throws InputError for rates outside (0, 1], fewer than 2 replicates, and as `treated`.
[[nodiscard]] Trust missing_trust(const Network& net, const ScoreFunction& statistic, const TrustOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/missing.ipp>
#endif
