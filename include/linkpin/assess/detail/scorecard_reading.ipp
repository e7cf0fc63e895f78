// What a scorecard reads off a network: the declared lists.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
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
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail::card {

// The network and the forms of it that several statistics read, made once.
class Reading {
 public:
  Reading(const Network& of, std::uint64_t chance, const Run& how)
      : net(simplified(of)), union_of(undirected(net)), seed(chance), run(how) {}

  // Takes a result's warnings, with what is undefined named, and gives the result back.
  template <class Result>
  const Result& noted(const Result& result) const {
    for (std::string w : result.provenance.warnings) {
      if (w.starts_with("undefined:")) w.insert(0, result.provenance.measure + " is ");
      if (std::find(warnings.begin(), warnings.end(), w) == warnings.end()) warnings.push_back(w);
    }
    return result;
  }

  [[nodiscard]] const std::vector<double>& between() const {
    if (!between_) between_ = betweenness(union_of, {.run = run}).values;
    return *between_;
  }
  [[nodiscard]] const ArticulationPoints& cuts() const {
    if (!cuts_) cuts_ = articulation_points(union_of);
    return *cuts_;
  }
  [[nodiscard]] const Communities& circles() const {
    if (!circles_) circles_ = communities(union_of, {.seed = seed, .run = run});
    return *circles_;
  }

  const Network net;       // without loops, one tie a dyad
  const Network union_of;  // its ties in any direction
  const std::uint64_t seed;
  const Run& run;
  mutable std::vector<std::string> warnings = {};

 private:
  mutable std::optional<std::vector<double>> between_ = {};
  mutable std::optional<ArticulationPoints> cuts_ = {};
  mutable std::optional<Communities> circles_ = {};
};

// Whether networks of redrawn vertices say how a score varies.
enum class Redrawn : std::uint8_t { yes, no };

struct NetworkStatistic {
  std::string_view measure, variant;
  Redrawn redrawn;
  double (*value)(const Reading&);
};

inline double share_of_largest(const Reading& r) {
  const Components parts = components(r.union_of);
  if (parts.sizes.empty()) return undefined;
  return static_cast<double>(*std::max_element(parts.sizes.begin(), parts.sizes.end())) / r.net.n();
}

inline double betweenness_centralised(const Reading& r) {
  const index_t n = r.net.n();
  return centralization(r.between(), centralization_maximum(CentralizationOf::betweenness, n, false));
}

// Everything said of a network as a whole, in reading order.
inline const std::vector<NetworkStatistic>& network_statistics() {
  static const std::vector<NetworkStatistic> list = {
      {"density", "", Redrawn::yes, [](const Reading& r) { return r.noted(density(r.net)).value; }},
      {"reciprocity", "", Redrawn::yes,
       [](const Reading& r) { return r.net.directed() ? r.noted(reciprocity(r.net)).value : undefined; }},
      {"transitivity", "", Redrawn::yes, [](const Reading& r) { return r.noted(transitivity(r.union_of)).value; }},
      {"components", "number", Redrawn::no,
       [](const Reading& r) { return static_cast<double>(components(r.union_of).count()); }},
      {"components", "largest share", Redrawn::no, &share_of_largest},
      {"fragmentation", "", Redrawn::no, [](const Reading& r) { return r.noted(fragmentation(r.union_of)).value; }},
      {"mean_distance", "", Redrawn::no, [](const Reading& r) { return r.noted(mean_distance(r.union_of)).value; }},
      {"diameter", "", Redrawn::no, [](const Reading& r) { return r.noted(diameter(r.union_of)).value; }},
      {"centralization", "degree", Redrawn::yes,
       [](const Reading& r) { return r.noted(centralization(r.union_of)).value; }},
      {"centralization", "betweenness", Redrawn::yes, &betweenness_centralised},
      {"gini", "degree", Redrawn::yes, [](const Reading& r) { return gini(degree(r.union_of).values); }},
      {"articulation_points", "number", Redrawn::no,
       [](const Reading& r) {
         const auto& cut = r.cuts().values;
         return static_cast<double>(std::count(cut.begin(), cut.end(), 1));
       }},
      {"bridges", "number", Redrawn::no,
       [](const Reading& r) { return static_cast<double>(bridges(r.union_of).source.size()); }},
      {"degree_assortativity", "", Redrawn::yes,
       [](const Reading& r) { return r.noted(degree_assortativity(r.union_of)).value; }},
      {"communities", "number", Redrawn::no,
       [](const Reading& r) { return static_cast<double>(r.circles().sizes.size()); }},
      {"communities", "modularity", Redrawn::no, [](const Reading& r) { return r.circles().modularity; }},
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
      {"betweenness", "", [](const Reading& r) { return r.between(); }},
      {"harmonic", "", [](const Reading& r) { return harmonic(r.union_of, {.run = r.run}).values; }},
      {"constraint", "", [](const Reading& r) { return constraint(r.union_of, {.run = r.run}).values; }},
      {"coreness", "", [](const Reading& r) { return coreness(r.union_of).values; }},
      {"articulation_points", "cut off",
       [](const Reading& r) {
         const auto& cut = r.cuts().cut_off;
         return std::vector<double>(cut.begin(), cut.end());
       }},
  };
  return list;
}

inline void add_groups(const Reading& r, const Groups& groups, std::vector<Score>& scores) {
  auto add = [&scores](std::string_view measure, std::string_view variant, ScoreOf of, const std::string& subject,
                       double value) {
    Score score;
    score.measure = measure;
    score.variant = variant;
    score.of = of;
    score.subject = subject;
    score.value = value;
    scores.push_back(std::move(score));
  };
  const EiIndex ei = r.noted(ei_index(r.net, groups));
  add("ei_index", "", ScoreOf::network, "", ei.value);
  add("assortativity", "", ScoreOf::network, "", r.noted(assortativity(r.union_of, groups)).value);
  for (std::size_t g = 0; g < ei.groups.size(); ++g) {
    add("ei_index", "", ScoreOf::group, ei.groups[g], ei.by_group.ei[g]);
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
    add("brokerage", "share", ScoreOf::group, ei.groups[g], all > 0 ? held[g] / all : undefined);
    add("group_share", "", ScoreOf::group, ei.groups[g], members > 0 ? ei.sizes[g] / members : undefined);
  }
}

// Whether a score of the network or of a group is of those that networks of redrawn vertices speak of.
inline bool redrawn(const Score& score) {
  for (const NetworkStatistic& s : network_statistics()) {
    if (s.measure == score.measure && s.variant == score.variant) return s.redrawn == Redrawn::yes;
  }
  return true;
}

// The scores of the network and of groups, always as many and in the same order; those that are not wanted are left
// undefined.
template <class Wanted>
std::vector<Score> whole(const Reading& r, const std::optional<Groups>& groups, Wanted&& wanted) {
  std::vector<Score> scores;
  for (const NetworkStatistic& s : network_statistics()) {
    Score score;
    score.measure = s.measure;
    score.variant = s.variant;
    if (wanted(s)) score.value = s.value(r);
    scores.push_back(std::move(score));
  }
  if (groups) add_groups(r, *groups, scores);
  return scores;
}

// Ranks from the highest value; equal values share the better rank, undefined ones have none.
inline std::vector<index_t> descending_ranks(std::span<const double> values, std::vector<index_t>& order) {
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

}  // namespace linkpin::detail::card
