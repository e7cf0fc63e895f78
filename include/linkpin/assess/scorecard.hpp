// The scorecard: the whole reading of a network as one list of scores, each with an interval or the reason why it has
// none.
//
// What is read is a declared list, so that the list a report shows and the list a bootstrap repeats are the same.
// Searches that take long by nature (exact key players) are not in it.
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
#include <linkpin/uncertainty/bootstrap.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// What a score is about.
enum class ScoreOf : std::uint8_t { network, group, vertex };

// Why a score has no interval.
enum class NoInterval : std::uint8_t {
  has_one,
  not_asked,      // replicates = 0
  large,          // the network is large, and no number of replicates was asked for
  few,            // fewer than 3 vertices
  counted,        // it says who is on the map, which is no estimate
  hangs_on_ties,  // redrawing vertices breaks or doubles the very ties it hangs on, and nothing else is known to vary
  of_itself,      // a score by vertex, and nothing but the vertices is known to vary
  unknown,        // the score is undefined, or half of its replicates are
  one_sided,      // the replicates of the vertices lie to one side of the score
  still,          // they are all alike: vertices that were drawn tell nothing of those that could have been
  uncovered       // such intervals were measured to miss the true value too often at this size
};

struct Score {
  std::string measure = {};  // the catalogue's key
  std::string variant = {};  // which of its forms ("indegree", "largest share"); empty where there is one
  ScoreOf of = ScoreOf::network;
  std::string subject = {};  // the group's label or the vertex's name
  double value = undefined;
  index_t rank = none;                   // of vertices: 1 is the highest value, equal values share a rank
  Interval interval = {};                // of the value
  Interval rank_interval = {};           // of the rank, outwards to whole ranks
  Resample varies = Resample::vertices;  // what the interval is of
  double covers = undefined;             // share of such intervals measured to hold the true value, the lowest of it
  NoInterval why_not = NoInterval::not_asked;
};

struct ScorecardOptions {
  std::optional<Groups> groups = {};  // adds the scores of groups
  index_t top = 10;                   // vertices listed for each score by vertex; 0 lists all of them
  std::uint64_t seed = 0;             // of communities and of the intervals
  std::optional<int> replicates =
      {};  // behind the intervals; unset: 200, or none where n (n + m) is above 2 million; 0
  double level = 0.95;
  ReportErrors reports = {};  // where its two chances are given, intervals are of what the reports say
  Run run = {};
};

struct Scorecard {
  std::vector<Score> scores;
  index_t n = 0;       // vertices that ranks are among
  int replicates = 0;  // behind each interval
  Provenance provenance;
};

// Scores of the network, then of groups, then of vertices, each in the declared order. A score that is undefined for
// this network is listed with NaN and named in the warnings.
//
// Intervals are percentiles over whole networks drawn again. Scores of the network and of groups that are made of pairs
// or triples vary with the vertices. Scores by vertex, their ranks, and what hangs on single ties (parts, bridges,
// distances) vary with the ties where these have a column `confidence`, else with the imputed answers of those who did
// not respond, else they have none. Where report errors are given, everything varies with the reports. O(n m) for the
// paths, and that again for each replicate.
// Throws InputError for a level outside (0, 1), 1 to 9 replicates, and as `bootstrap`.
[[nodiscard]] Scorecard scorecard(const Network& net, const ScorecardOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/assess/detail/scorecard.ipp>
#endif
