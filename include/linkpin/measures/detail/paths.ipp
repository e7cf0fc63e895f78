#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/detail/betweenness.ipp>
#include <linkpin/measures/detail/reach.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/detail/steps.ipp>
#include <linkpin/measures/paths.hpp>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

inline void check_vertices(const Network& net, std::span<const index_t> vertices, std::string_view function) {
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    if (vertices[i] >= 0 && vertices[i] < net.n()) continue;
    refuse(function, "sources", std::to_string(vertices[i]), "vertices run from 0 to " + std::to_string(net.n() - 1),
           "position " + std::to_string(i));
  }
}

// Sizes of the two modes. Refuses what is not a two-mode network.
struct TwoModes {
  double size[2] = {0.0, 0.0};
};

inline TwoModes two_modes(const Network& net, std::span<const std::uint8_t> modes, std::string_view function) {
  if (modes.size() != static_cast<std::size_t>(net.n())) {
    refuse(function, "two_mode, length", std::to_string(modes.size()),
           "give 0 or 1 for each vertex: " + std::to_string(net.n()));
  }
  TwoModes found;
  for (std::size_t v = 0; v < modes.size(); ++v) {
    if (modes[v] > 1) {
      refuse(function, "two_mode", std::to_string(modes[v]), "modes are 0 or 1",
             "vertex " + net.name(static_cast<index_t>(v)));
    }
    found.size[modes[v]] += 1.0;
  }
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[static_cast<std::size_t>(e)];
    const index_t v = net.targets()[static_cast<std::size_t>(e)];
    if (u == v || modes[static_cast<std::size_t>(u)] != modes[static_cast<std::size_t>(v)]) continue;
    refuse(function, "two_mode", net.name(u) + " - " + net.name(v),
           "a tie of a two-mode network joins the two modes; check the modes or leave this tie out",
           "tie " + std::to_string(e));
  }
  return found;
}

// The largest sum of betweenness that a vertex can have in a mode of n vertices beside one of m.
inline double largest_two_mode_betweenness(double n, double m) {
  const double s = m > 0 ? std::floor((n - 1) / m) : 0.0;
  const double t = m > 0 ? (n - 1) - s * m : 0.0;
  return 0.5 * (m * m * (s + 1) * (s + 1) + m * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3));
}

inline double two_mode_betweenness_of_1997(double n, double m) {
  if (n > m) return 2 * (n - 1) * (m - 1);
  return 0.5 * m * (m - 1) + 0.5 * (n - 1) * (n - 2) + (n - 1) * (m - 1);
}

inline void warn_of_undefined(const std::vector<double>& values, std::string_view why, Provenance& provenance) {
  const auto count = std::count_if(values.begin(), values.end(), [](double x) { return std::isnan(x); });
  if (count == 0) return;
  provenance.warnings.push_back("undefined for " + std::to_string(count) + " of " + std::to_string(values.size()) +
                                " vertices: " + std::string(why));
}

inline bool all_in_reach(const std::vector<Reached>& reached) {
  const auto others = static_cast<std::int64_t>(reached.size()) - 1;
  return std::all_of(reached.begin(), reached.end(), [others](const Reached& r) { return r.count == others; });
}

inline std::vector<index_t> random_pivots(index_t n, index_t count, std::uint64_t seed) {
  std::vector<index_t> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), 0);
  Stream random(seed, "betweenness");
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    std::swap(all[i], all[i + random.below(static_cast<std::uint32_t>(all.size() - i))]);
  }
  all.resize(static_cast<std::size_t>(count));
  return all;
}

inline std::string_view name_of(ClosenessScale scale) {
  constexpr std::string_view names[] = {"", "freeman", "component", "wasserman_faust", "two_mode"};
  return names[static_cast<std::size_t>(scale)];
}

inline std::string_view name_of(BetweennessScale scale) {
  constexpr std::string_view names[] = {"", "freeman", "two_mode", "two_mode_1997"};
  return names[static_cast<std::size_t>(scale)];
}

// What a sum of shares of pairs is divided by.
inline std::vector<double> betweenness_scale(const Network& net, const BetweennessOptions& options, bool both_ways) {
  const auto n = static_cast<double>(net.n());
  std::vector<double> scale(static_cast<std::size_t>(net.n()), 1.0);
  switch (options.normalized) {
    case BetweennessScale::raw:
      break;
    case BetweennessScale::freeman:
      std::fill(scale.begin(), scale.end(), (n - 1) * (n - 2) / (both_ways ? 2 : 1));
      break;
    case BetweennessScale::two_mode:
    case BetweennessScale::two_mode_1997: {
      if (!both_ways) {
        refuse("betweenness", "normalized", name_of(options.normalized),
               "the two-mode scales are for undirected paths; pass directed = false");
      }
      const TwoModes modes = two_modes(net, options.two_mode, "betweenness");
      for (std::size_t v = 0; v < scale.size(); ++v) {
        const double own = modes.size[options.two_mode[v]];
        const double other = modes.size[1 - options.two_mode[v]];
        scale[v] = options.normalized == BetweennessScale::two_mode ? largest_two_mode_betweenness(own, other)
                                                                    : two_mode_betweenness_of_1997(own, other);
      }
      break;
    }
  }
  return scale;
}

}  // namespace detail

LINKPIN_INLINE Distances distances(const Network& net, const DistancesOptions& options) {
  detail::check_vertices(net, options.sources, "distances");
  Distances result;
  result.provenance = provenance(net, "distances");
  detail::warn_unobserved(net, result.provenance);
  result.sources = options.sources;
  if (result.sources.empty()) {
    result.sources.resize(static_cast<std::size_t>(net.n()));
    std::iota(result.sources.begin(), result.sources.end(), 0);
  }
  const auto n = static_cast<std::size_t>(net.n());
  const auto rows = static_cast<std::int64_t>(result.sources.size());
  if (rows * net.n() > largest_index) {
    throw LimitError({"distances", "sources", std::to_string(rows), "",
                      "a table of " + std::to_string(rows) + " x " + std::to_string(n) +
                          " distances is too large; ask for fewer sources at a time"});
  }
  const detail::Steps steps = detail::steps_of(net, options.mode, options.lengths, "distances");
  const bool by_length = steps.forward().lengths != nullptr;
  result.values.assign(static_cast<std::size_t>(rows) * n, unreachable);
  parallel_for(rows, (by_length ? 40 : 8) * (steps.count() + net.n()), options.run,
               [&](std::int64_t begin, std::int64_t end) {
                 detail::BreadthFirst walk(by_length ? 0 : net.n());
                 detail::Dijkstra search(by_length ? net.n() : 0);
                 for (std::int64_t r = begin; r < end; ++r) {
                   const index_t source = steps.number(result.sources[static_cast<std::size_t>(r)]);
                   double* row = result.values.data() + static_cast<std::size_t>(r) * n;
                   if (by_length) {
                     search.run(steps.forward(), source);
                     for (const index_t v : search.order) {
                       row[steps.vertex(v)] = search.distance[static_cast<std::size_t>(v)];
                     }
                   } else {
                     walk.run(steps.forward(), source);
                     for (const index_t v : walk.order) row[steps.vertex(v)] = walk.level[static_cast<std::size_t>(v)];
                   }
                 }
               });
  return result;
}

LINKPIN_INLINE Closeness closeness(const Network& net, const ClosenessOptions& options) {
  detail::TwoModes modes;
  if (options.normalized == ClosenessScale::two_mode) modes = detail::two_modes(net, options.two_mode, "closeness");
  const detail::Steps steps = detail::steps_of(net, options.mode, options.lengths, "closeness");
  const std::vector<detail::Reached> reached = detail::reach(steps, options.run);
  Closeness result;
  result.provenance = provenance(net, "closeness");
  detail::warn_unobserved(net, result.provenance);
  result.provenance.normalisation = detail::name_of(options.normalized);
  const double others = static_cast<double>(net.n()) - 1;
  auto scale = [&](std::size_t v) {
    const auto count = static_cast<double>(reached[v].count);
    switch (options.normalized) {
      case ClosenessScale::raw:
        return 1.0;
      case ClosenessScale::freeman:
        return others;
      case ClosenessScale::component:
        return count;
      case ClosenessScale::wasserman_faust:
        return count * count / others;
      case ClosenessScale::two_mode: {
        const std::uint8_t own = options.two_mode[v];
        return (modes.size[1 - own] + 2 * (modes.size[own] - 1)) * count / others;
      }
    }
    return 1.0;
  };
  result.values.reserve(reached.size());
  for (std::size_t v = 0; v < reached.size(); ++v) {
    result.values.push_back(reached[v].count > 0 ? scale(v) / reached[v].distance : undefined);
  }
  detail::warn_of_undefined(result.values, "they reach no other vertex", result.provenance);
  if (!detail::all_in_reach(reached)) {
    result.provenance.warnings.emplace_back(
        "some vertices are out of each other's reach: each sum runs over what the vertex reaches, so a small part "
        "can look close; harmonic centrality compares all vertices alike");
  }
  return result;
}

LINKPIN_INLINE Harmonic harmonic(const Network& net, const HarmonicOptions& options) {
  const detail::Steps steps = detail::steps_of(net, options.mode, options.lengths, "harmonic");
  const std::vector<detail::Reached> reached = detail::reach(steps, options.run);
  Harmonic result;
  result.provenance = provenance(net, "harmonic");
  detail::warn_unobserved(net, result.provenance);
  const bool mean = options.normalized == HarmonicScale::freeman;
  if (mean) result.provenance.normalisation = "freeman";
  const double scale = mean ? static_cast<double>(net.n()) - 1 : 1.0;
  result.values.reserve(reached.size());
  for (const detail::Reached& r : reached) result.values.push_back(scale > 0 ? r.closeness / scale : undefined);
  detail::warn_of_undefined(result.values, "there is no other vertex to take the mean over", result.provenance);
  return result;
}

LINKPIN_INLINE Betweenness betweenness(const Network& net, const BetweennessOptions& options) {
  Betweenness result;
  result.provenance = provenance(net, "betweenness");
  detail::warn_unobserved(net, result.provenance);
  result.provenance.normalisation = detail::name_of(options.normalized);
  const index_t n = net.n();
  const bool both_ways = !net.directed() || !options.directed;
  const std::vector<double> scale = detail::betweenness_scale(net, options, both_ways);
  if (options.pivots < 0 || (options.pivots > 0 && options.sources)) {
    refuse("betweenness", "pivots", std::to_string(options.pivots),
           "give a number of random sources, or the sources themselves, not both");
  }
  std::vector<index_t> sources(static_cast<std::size_t>(n));
  std::iota(sources.begin(), sources.end(), 0);
  if (options.sources) {
    detail::check_vertices(net, *options.sources, "betweenness");
    sources = *options.sources;
  }
  const bool sampled = options.pivots > 0 && options.pivots < n;
  if (sampled) {
    sources = detail::random_pivots(n, options.pivots, options.seed);
    result.provenance.seed = options.seed;
  }
  const auto drawn = static_cast<double>(sources.size());

  const detail::Steps steps = detail::steps_of(net, both_ways ? Mode::all : Mode::out, options.lengths, "betweenness");
  for (index_t& v : sources) v = steps.number(v);
  const detail::BetweennessSums sums = detail::sum_dependencies(steps, std::move(sources), sampled, options.run);

  result.values.resize(static_cast<std::size_t>(n));
  if (sampled) result.standard_error.resize(static_cast<std::size_t>(n));
  const double per_source = (sampled ? n / drawn : 1.0) / (both_ways ? 2.0 : 1.0);
  for (index_t number = 0; number < n; ++number) {
    const auto at = static_cast<std::size_t>(number);
    const auto v = static_cast<std::size_t>(steps.vertex(number));
    const double sum = sums.sum[at].value();
    const double factor = !sums.overflow && scale[v] > 0 ? per_source / scale[v] : undefined;
    result.values[v] = sum * factor;
    if (!sampled) continue;
    const double spread = std::max(0.0, sums.squares[at].value() - sum * sum / drawn) * drawn / (drawn - 1);
    result.standard_error[v] = factor * std::sqrt(spread * (1.0 - drawn / n));
  }
  if (sums.overflow) {
    result.provenance.warnings.emplace_back(
        "undefined everywhere: a pair of vertices has more than 1.8e308 shortest paths; merge parallel ties or split "
        "the network");
  } else {
    detail::warn_of_undefined(result.values, "no pair of other vertices is possible to divide by", result.provenance);
  }
  if (sampled) {
    result.provenance.warnings.push_back("estimated from the paths of " + std::to_string(options.pivots) +
                                         " random vertices; see the standard errors");
  }
  if (net.has_parallel()) {
    result.provenance.warnings.push_back(std::to_string(net.parallel_ties()) +
                                         " parallel ties count as further shortest paths; merge them to count pairs");
  }
  return result;
}

LINKPIN_INLINE Eccentricity eccentricity(const Network& net, const EccentricityOptions& options) {
  const detail::Steps steps = detail::steps_of(net, options.mode, options.lengths, "eccentricity");
  const std::vector<detail::Reached> reached = detail::reach(steps, options.run);
  Eccentricity result;
  result.provenance = provenance(net, "eccentricity");
  detail::warn_unobserved(net, result.provenance);
  result.values.reserve(reached.size());
  for (const detail::Reached& r : reached) result.values.push_back(r.farthest);
  if (!detail::all_in_reach(reached)) {
    result.provenance.warnings.emplace_back(
        "some vertices are out of each other's reach: the farthest is sought among those within reach");
  }
  return result;
}

LINKPIN_INLINE Diameter diameter(const Network& net, const DiameterOptions& options) {
  Diameter result;
  result.provenance = provenance(net, "diameter");
  detail::warn_unobserved(net, result.provenance);
  if (net.n() == 0) {
    result.value = undefined;
    result.provenance.warnings.emplace_back("undefined: the network has no vertices");
    return result;
  }
  const Mode mode = options.directed ? Mode::out : Mode::all;
  const detail::Steps steps = detail::steps_of(net, mode, options.lengths, "diameter");
  const std::vector<detail::Reached> reached = detail::reach(steps, options.run);
  const auto farthest =
      std::max_element(reached.begin(), reached.end(),
                       [](const detail::Reached& a, const detail::Reached& b) { return a.farthest < b.farthest; });
  result.value = farthest->farthest;
  result.from = static_cast<index_t>(farthest - reached.begin());
  const Distances row =
      distances(net, {.sources = {result.from}, .mode = mode, .lengths = options.lengths, .run = options.run});
  for (index_t v = net.n(); v-- > 0;) {
    const double d = row.values[static_cast<std::size_t>(v)];
    if (d < unreachable && same_length(d, result.value)) result.to = v;
  }
  if (!detail::all_in_reach(reached)) {
    result.provenance.warnings.emplace_back("some pairs have no way between them and are left out");
  }
  return result;
}

LINKPIN_INLINE MeanDistance mean_distance(const Network& net, const MeanDistanceOptions& options) {
  const detail::Steps steps =
      detail::steps_of(net, options.directed ? Mode::out : Mode::all, options.lengths, "mean_distance");
  MeanDistance result;
  result.provenance = provenance(net, "mean_distance");
  detail::warn_unobserved(net, result.provenance);
  result.all_pairs = std::int64_t{net.n()} * std::max<std::int64_t>(0, net.n() - 1);
  Sum total;
  for (const detail::Reached& r : detail::reach(steps, options.run)) {
    result.pairs += r.count;
    total.add(r.distance);
  }
  result.value = result.pairs > 0 ? total.value() / static_cast<double>(result.pairs) : undefined;
  if (result.pairs == 0) {
    result.provenance.warnings.emplace_back("undefined: no vertex reaches another");
  } else if (result.pairs < result.all_pairs) {
    result.provenance.warnings.push_back("the mean is over the " + std::to_string(result.pairs) + " of " +
                                         std::to_string(result.all_pairs) + " ordered pairs with a way between them");
  }
  return result;
}

}  // namespace linkpin
