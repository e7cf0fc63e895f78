// Intervals for any score: what it could have been with other vertices, other ties, or other reports.
//
// What varies must be said, because it decides what the interval is of. Vertices: the network is a sample, and the
// score of networks like it is meant. Ties and reports: the vertices are all there are, and the score of the true
// network among them is meant, of which the data are an imperfect telling. Imputations: the same, where only the
// answers that are missing are in doubt.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <linkpin/uncertainty/calibration.hpp>
#include <linkpin/uncertainty/statistic.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

// How likely each tie is to be there.
struct TieChances {
  TieValues confidence = "confidence";  // by tie, 0 to 1
  // Columns with the two parameters of a Beta distribution, instead of `confidence`. Whether one tie is there depends
  // on the mean a / (a + b) alone, so that is what is drawn with.
  std::string a = {};
  std::string b = {};
  double unreported = undefined;  // chance of a tie where none is claimed; NaN: none is added ("deletion only")
};

// How reports err, independently of each other: alike for all respondents, or each at rates of their own.
struct ReportErrors {
  double false_positive = undefined;  // chance that a tie is reported that is not there
  double false_negative = undefined;  // chance that a tie is not reported that is there
  std::vector<Network> others = {};   // further tellings of the same ties on the same vertices (the receivers' words)
  std::string groups = {};            // vertex column: ties within and across its groups have a frequency each
  // By vertex, instead of the two above: the rates of that respondent, who is the tail of what the network tells and
  // the head of what the further tellings tell (of undirected ties the smaller and the larger end).
  std::vector<double> false_positive_of = {};
  std::vector<double> false_negative_of = {};
};

struct BootstrapOptions {
  Resample resample = Resample::vertices;
  IntervalKind interval = IntervalKind::percentile;
  int replicates = 1000;
  double level = 0.95;
  std::uint64_t seed = 0;
  TieChances ties = {};
  ReportErrors reports = {};
  std::string groups = {};  // vertex column: imputations know ties within its groups from those across
  Run run = {};
};

// Places of vertices by a score, 1 the highest; only where a score by vertex has replicates on the same vertices.
struct RankIntervals {
  std::vector<double> rank;        // of the estimate; equal scores share the mean of their places
  std::vector<Interval> interval;  // of the rank over the replicates
  std::vector<index_t> tier;  // from 1: in `level` of the replicates every member of a tier is above all of the next
};

struct Bootstrap {
  std::vector<double> estimate;    // the score of the network as it stands; one entry a number of the statistic
  std::vector<Interval> interval;  // NaN where the score is undefined in half of the replicates or more
  std::vector<double> mean;        // over the replicates
  std::vector<double> standard_error;
  std::vector<double>
      monte_carlo_error;  // standard error of the worse end of the interval, from the replicates' number
  std::vector<std::int64_t> undefined_replicates;
  std::vector<double> draws;  // replicate by replicate, all its scores
  RankIntervals ranks;        // empty unless by vertex
  Resample interval_of = Resample::vertices;
  std::optional<Coverage> coverage;  // what intervals like this were measured to cover, where that was measured
  int replicates = 0;
  Provenance provenance;
};

// An interval for a score.
//
//   vertices   Vertices drawn with replacement, ties between two copies of one vertex from the whole network (Snijders
//   &
//              Borgatti 1999). Refused for scores by vertex: each vertex is missing from 36 % of the replicates.
//   jackknife  Each vertex left out in turn; Student's t with their variance of scores made of pairs.
//   ties       Each tie is there with its confidence, independently of the others.
//   reports    Networks drawn from what the reports say of the true one, given how often reports err: by pairs of
//              vertices, with unknown frequencies of mutual, one-way and no ties (flat prior). Dyads nobody reported
//              on are drawn like the others, so their uncertainty is in the interval too.
//   imputations  What was answered stands; the dyads of those who did not respond are filled in by chance from a
//              regression of the ties that were told of (the treatment `regression`): the way back, `groups`, how often
//              either is named, contacts in common, and senders who differ; with its coefficients drawn as well.
//
// For ties, reports and imputations `percentile` is the interval that is meant: replicates are draws of what may be
// true, not resamples of the estimate, and the other two are given with a warning. BCa adds a jackknife for its
// acceleration where vertices vary. Costs a network and an evaluation of the statistic a replicate; reports also O(n^2)
// once, imputations O(n^2) once and O(holes) each. Throws InputError for a level outside (0, 1), fewer than 10
// replicates, fewer than 3 vertices where vertices vary, confidences that are missing or above 1, error rates that are
// not given or not below 1 together, a statistic that returns another number of values for another network, and
// `reports` with other tellings on other vertices. InputError for `imputations` where everybody responded. LimitError
// for reports on more than 10,000 vertices, and for imputations on more than 5,000.
[[nodiscard]] Bootstrap bootstrap(const Network& net, const Statistic& statistic, const BootstrapOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/bootstrap.ipp>
#endif
