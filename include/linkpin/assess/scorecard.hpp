// The scorecard: the whole reading of a network as one list of scores.
//
// What is read is a declared list, so that the list a report shows and the list a bootstrap repeats are the same.
// Searches that take long by nature (exact key players) are not in it.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// What a score is about.
enum class ScoreOf : std::uint8_t { network, group, vertex };

struct Score {
  std::string measure = {};  // the catalogue's key
  std::string variant = {};  // which of its forms ("indegree", "largest share"); empty where there is one
  ScoreOf of = ScoreOf::network;
  std::string subject = {};  // the group's label or the vertex's name
  double value = undefined;
  index_t rank = none;  // of vertices: 1 is the highest value, equal values share a rank
};

struct ScorecardOptions {
  std::optional<Groups> groups = {};  // adds the scores of groups
  index_t top = 10;                   // vertices listed for each score by vertex; 0 lists all of them
  std::uint64_t seed = 0;             // of communities
  Run run = {};
};

struct Scorecard {
  std::vector<Score> scores;
  Provenance provenance;
};

// Scores of the network, then of groups, then of vertices, each in the declared order. A score that is undefined for
// this network is listed with NaN and named in the warnings. O(n m) for the paths.
[[nodiscard]] Scorecard scorecard(const Network& net, const ScorecardOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/assess/detail/scorecard.ipp>
#endif
