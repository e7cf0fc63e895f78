#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/assess/scorecard.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/communities.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/holes.hpp>
#include <linkpin/measures/key_players.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <numeric>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

// The network and the forms of it that several statistics read, made once.
struct Reading {
  const Network& net;       // without loops, one tie a dyad
  const Network& union_of;  // its ties in any direction
  const ScorecardOptions& options;
  std::vector<std::string>& warnings;

  // Takes a result's value, and its warnings with it.
  template <class Result>
  const Result& noted(const Result& result) const {
    for (const std::string& w : result.provenance.warnings) {
      if (std::find(warnings.begin(), warnings.end(), w) == warnings.end()) warnings.push_back(w);
    }
    return result;
  }
};

struct NetworkStatistic {
  std::string_view measure, variant;
  double (*value)(const Reading&);
};

inline double share_of_largest(const Reading& r) {
  const Components parts = components(r.union_of);
  if (parts.sizes.empty()) return undefined;
  return static_cast<double>(*std::max_element(parts.sizes.begin(), parts.sizes.end())) / r.net.n();
}

template <CentralizationOf What>
double centralised(const Reading& r) {
  return r.noted(centralization(r.union_of, {.of = What, .run = r.options.run})).value;
}

// Everything said of a network as a whole, in reading order.
inline const std::vector<NetworkStatistic>& network_statistics() {
  static const std::vector<NetworkStatistic> list = {
      {"density", "", [](const Reading& r) { return r.noted(density(r.net)).value; }},
      {"reciprocity", "",
       [](const Reading& r) { return r.net.directed() ? r.noted(reciprocity(r.net)).value : undefined; }},
      {"transitivity", "", [](const Reading& r) { return r.noted(transitivity(r.union_of)).value; }},
      {"components", "number", [](const Reading& r) { return static_cast<double>(components(r.union_of).count()); }},
      {"components", "largest share", &share_of_largest},
      {"fragmentation", "", [](const Reading& r) { return r.noted(fragmentation(r.union_of)).value; }},
      {"mean_distance", "", [](const Reading& r) { return r.noted(mean_distance(r.union_of)).value; }},
      {"diameter", "", [](const Reading& r) { return r.noted(diameter(r.union_of)).value; }},
      {"centralization", "degree", &centralised<CentralizationOf::degree>},
      {"centralization", "betweenness", &centralised<CentralizationOf::betweenness>},
      {"gini", "degree", [](const Reading& r) { return gini(degree(r.union_of).values); }},
      {"articulation_points", "number",
       [](const Reading& r) {
         const auto cut = articulation_points(r.union_of).values;
         return static_cast<double>(std::count(cut.begin(), cut.end(), 1));
       }},
      {"bridges", "number", [](const Reading& r) { return static_cast<double>(bridges(r.union_of).source.size()); }},
      {"degree_assortativity", "", [](const Reading& r) { return r.noted(degree_assortativity(r.union_of)).value; }},
  };
  return list;
}

struct VertexStatistic {
  std::string_view measure, variant;
  std::vector<double> (*values)(const Reading&);
};

// Everything said of each vertex.
inline const std::vector<VertexStatistic>& vertex_statistics() {
  static const std::vector<VertexStatistic> list = {
      {"degree", "", [](const Reading& r) { return degree(r.union_of).values; }},
      {"betweenness", "", [](const Reading& r) { return betweenness(r.union_of, {.run = r.options.run}).values; }},
      {"harmonic", "", [](const Reading& r) { return harmonic(r.union_of, {.run = r.options.run}).values; }},
      {"constraint", "", [](const Reading& r) { return constraint(r.union_of, {.run = r.options.run}).values; }},
      {"coreness", "", [](const Reading& r) { return coreness(r.union_of).values; }},
      {"articulation_points", "cut off",
       [](const Reading& r) {
         const auto cut = articulation_points(r.union_of).cut_off;
         return std::vector<double>(cut.begin(), cut.end());
       }},
  };
  return list;
}

// Ranks from the highest value; equal values share the better rank, undefined ones have none.
inline std::vector<index_t> descending_ranks(const std::vector<double>& values, std::vector<index_t>& order) {
  order.resize(values.size());
  std::iota(order.begin(), order.end(), 0);
  auto key = [&values](index_t v) {
    const double x = values[static_cast<std::size_t>(v)];
    return std::isnan(x) ? -std::numeric_limits<double>::infinity() : x;
  };
  std::stable_sort(order.begin(), order.end(), [&](index_t a, index_t b) { return key(a) > key(b); });
  std::vector<index_t> ranks(values.size(), none);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto v = static_cast<std::size_t>(order[i]);
    if (std::isnan(values[v])) continue;
    const bool tied = i > 0 && values[static_cast<std::size_t>(order[i - 1])] == values[v];
    ranks[v] = tied ? ranks[static_cast<std::size_t>(order[i - 1])] : static_cast<index_t>(i) + 1;
  }
  return ranks;
}

inline void add_vertices(const Reading& r, const VertexStatistic& statistic, std::vector<Score>& scores) {
  const std::vector<double> values = statistic.values(r);
  std::vector<index_t> order;
  const std::vector<index_t> ranks = descending_ranks(values, order);
  const auto wanted = static_cast<std::size_t>(r.options.top);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (wanted > 0 && i >= wanted) break;
    const auto v = static_cast<std::size_t>(order[i]);
    if (wanted > 0 && (std::isnan(values[v]) || (statistic.measure == "articulation_points" && values[v] == 0))) break;
    scores.push_back({std::string(statistic.measure), std::string(statistic.variant), ScoreOf::vertex,
                      r.net.name(order[i]), values[v], ranks[v]});
  }
}

inline void add_groups(const Reading& r, const Groups& groups, std::vector<Score>& scores) {
  const EiIndex ei = r.noted(ei_index(r.net, groups));
  scores.push_back({"ei_index", "", ScoreOf::network, "", ei.value, none});
  scores.push_back({"assortativity", "", ScoreOf::network, "", r.noted(assortativity(r.union_of, groups)).value, none});
  for (std::size_t g = 0; g < ei.groups.size(); ++g) {
    scores.push_back({"ei_index", "", ScoreOf::group, ei.groups[g], ei.by_group.ei[g], none});
  }
  // A group's share of all brokering beside its share of the vertices that could broker.
  const Brokerage broker = r.noted(brokerage(r.net, groups));
  const std::vector<double>& total = broker.by_vertex[5].raw;
  std::vector<double> held(ei.groups.size(), 0.0);
  double all = 0.0;
  for (std::size_t v = 0; v < total.size(); ++v) {
    if (groups.codes[v] == none || std::isnan(total[v])) continue;
    held[static_cast<std::size_t>(groups.codes[v])] += total[v];
    all += total[v];
  }
  const double members = std::accumulate(ei.sizes.begin(), ei.sizes.end(), 0.0);
  for (std::size_t g = 0; g < held.size(); ++g) {
    scores.push_back({"brokerage", "share", ScoreOf::group, ei.groups[g], all > 0 ? held[g] / all : undefined, none});
    scores.push_back(
        {"group_share", "", ScoreOf::group, ei.groups[g], members > 0 ? ei.sizes[g] / members : undefined, none});
  }
}

}  // namespace detail

LINKPIN_INLINE Scorecard scorecard(const Network& net, const ScorecardOptions& options) {
  Scorecard card;
  card.provenance = provenance(net, "scorecard");
  card.provenance.seed = options.seed;
  const Network simple = simplified(net);
  const Network union_of = undirected(simple);
  const detail::Reading reading{simple, union_of, options, card.provenance.warnings};
  for (const detail::NetworkStatistic& s : detail::network_statistics()) {
    if (s.measure == "reciprocity" && !net.directed()) continue;  // every tie is returned by definition
    card.scores.push_back(
        {std::string(s.measure), std::string(s.variant), ScoreOf::network, "", s.value(reading), none});
  }
  const Communities found = communities(union_of, {.seed = options.seed, .run = options.run});
  card.scores.push_back({"communities", "number", ScoreOf::network, "", static_cast<double>(found.sizes.size()), none});
  card.scores.push_back({"communities", "modularity", ScoreOf::network, "", found.modularity, none});
  if (options.groups) detail::add_groups(reading, *options.groups, card.scores);
  for (const detail::VertexStatistic& s : detail::vertex_statistics()) detail::add_vertices(reading, s, card.scores);
  for (const Score& s : card.scores) {
    if (std::isnan(s.value) && s.of == ScoreOf::network) {
      card.provenance.warnings.push_back(s.measure + (s.variant.empty() ? "" : " (" + s.variant + ")") +
                                         " is undefined for this network");
    }
  }
  return card;
}

}  // namespace linkpin
