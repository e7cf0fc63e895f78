#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/assess/detail/scorecard_intervals.ipp>
#include <linkpin/assess/detail/scorecard_reading.ipp>
#include <linkpin/assess/scorecard.hpp>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::card {

inline void add_vertices(const Reading& r, const ScorecardOptions& options, const Intervals& intervals, std::size_t s,
                         std::vector<Score>& scores, std::size_t before) {
  const VertexStatistic& statistic = vertex_statistics()[s];
  const std::vector<double> values = statistic.values(r);
  std::vector<index_t> order;
  const std::vector<index_t> ranks = descending_ranks(values, order);
  const auto wanted = static_cast<std::size_t>(options.top);
  const std::size_t first = scores.size();
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (wanted > 0 && i >= wanted) break;
    const auto v = static_cast<std::size_t>(order[i]);
    if (wanted > 0 && (std::isnan(values[v]) || (statistic.measure == "articulation_points" && values[v] == 0))) break;
    Score score;
    score.measure = statistic.measure;
    score.variant = statistic.variant;
    score.of = ScoreOf::vertex;
    score.subject = r.net.name(order[i]);
    score.value = values[v];
    score.rank = ranks[v];
    scores.push_back(std::move(score));
  }
  intervals.by_vertex(std::span(scores).subspan(first), std::span(order).first(scores.size() - first), s, before);
}

// Says what the intervals are of where that is not plain, and names what is undefined.
inline void add_warnings(Scorecard& card, const Intervals& intervals) {
  auto& warnings = card.provenance.warnings;
  if (intervals.in_place() == Resample::ties) {
    warnings.emplace_back(
        "intervals that are of ties are of those claimed alone: ties that nobody claimed stay absent in all "
        "replicates");
  }
  for (const Score& s : card.scores) {
    const auto told = [&s](const std::string& w) { return w.starts_with(s.measure + " is undefined"); };
    if (std::isnan(s.value) && s.of == ScoreOf::network && std::none_of(warnings.begin(), warnings.end(), told)) {
      warnings.push_back(s.measure + (s.variant.empty() ? "" : " (" + s.variant + ")") +
                         " is undefined for this network");
    }
  }
}

}  // namespace detail::card

LINKPIN_INLINE Scorecard scorecard(const Network& net, const ScorecardOptions& options) {
  using namespace detail::card;
  Scorecard card;
  card.provenance = provenance(net, "scorecard");
  card.provenance.seed = options.seed;
  card.n = net.n();
  const Run reads{.threads = options.run.threads, .interrupted = options.run.interrupted};  // progress is of replicates
  const Reading reading(net, options.seed, reads);
  card.scores = whole(reading, options.groups, [](const NetworkStatistic&) { return true; });
  const Intervals intervals(net, options);
  card.replicates = intervals.replicates();
  const std::size_t before = card.scores.size();
  for (std::size_t i = 0; i < before; ++i) intervals.of_whole(card.scores[i], i);
  for (std::size_t s = 0; s < vertex_statistics().size(); ++s) {
    detail::card::add_vertices(reading, options, intervals, s, card.scores, before);
  }
  if (!net.directed()) {  // every tie is returned by definition
    std::erase_if(card.scores, [](const Score& s) { return s.measure == "reciprocity"; });
  }
  for (const std::string& w : reading.warnings) {
    auto& said = card.provenance.warnings;
    if (std::find(said.begin(), said.end(), w) == said.end()) said.push_back(w);
  }
  detail::card::add_warnings(card, intervals);
  return card;
}

}  // namespace linkpin
