#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/chance.ipp>
#include <linkpin/influence/detail/reliability.ipp>
#include <linkpin/influence/pathways.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

using Way = std::vector<std::size_t>;  // arcs

inline double chance_of(const Terminal& net, const Way& way) {
  double chance = 1.0;
  for (const std::size_t k : way) chance *= net.arcs[k].p;
  return chance;
}

// Yen 1971: every next path leaves an earlier one somewhere; the best such departure comes next.
inline std::vector<Way> likeliest_ways(const Terminal& net, std::size_t wanted, double at_least, const Run& run) {
  const ArcRows out(net, false);
  const ArcRows in(net, true);
  const std::vector<std::uint8_t> free(net.arcs.size(), 0);
  Watch watch(run);
  std::vector<Way> ways;
  std::set<std::pair<double, Way>> waiting;  // by chance below 0: the first is the likeliest
  auto offer = [&](Way way) {
    const double chance = chance_of(net, way);
    if (!way.empty() && chance >= at_least) waiting.emplace(-chance, std::move(way));
  };
  offer(likeliest_way(net, out, free));
  while (ways.size() < wanted && !waiting.empty()) {
    ways.push_back(waiting.begin()->second);
    waiting.erase(waiting.begin());
    const Way last = ways.back();
    std::vector<std::uint8_t> passed(net.arcs.size(), 0);  // arcs into vertices of the common part
    for (std::size_t i = 0; i < last.size(); ++i) {
      watch.tick(static_cast<double>(ways.size()) / static_cast<double>(wanted));
      const auto spur = static_cast<std::size_t>(net.arcs[last[i]].from);
      for (std::size_t k = in.offsets[spur]; k < in.offsets[spur + 1]; ++k) passed[in.arcs[k]] = 1;
      std::vector<std::uint8_t> barred = passed;
      for (const Way& known : ways) {
        if (known.size() > i &&
            std::equal(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(i), known.begin())) {
          barred[known[i]] = 1;
        }
      }
      const Way rest = likeliest_way(net, out, barred, net.arcs[last[i]].from);
      if (rest.empty()) continue;
      Way way(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(i));
      way.insert(way.end(), rest.begin(), rest.end());
      offer(std::move(way));
    }
  }
  if (!waiting.empty()) ways.push_back({});  // there is at least one more
  return ways;
}

// What certain arcs, one pair at a time, and the loss of each vertex would do to the chance.
struct WhatIf {
  double base = 0.0;
  bool exact = true;
  std::vector<double> gains, losses;  // by pair, by vertex of the terminal network
  double error = 0.0;
};

using Pairs = std::vector<std::pair<index_t, index_t>>;

inline void what_if_exact(const Terminal& net, const Pairs& pairs, bool both, bool losses,
                          const ReliabilityOptions& options, WhatIf& result) {
  Watch watch(options.run);
  ReliabilityOptions one = options;
  one.method = ReliabilityMethod::exact;
  one.run = {};
  for (const auto& pair : pairs) {
    watch.look();
    if (pair.first == pair.second) {
      result.gains.push_back(0.0);
      continue;
    }
    Terminal more = net;
    more.arcs.push_back({pair.first, pair.second, 1.0});
    if (both) more.arcs.push_back({pair.second, pair.first, 1.0});
    result.gains.push_back(std::max(0.0, terminal_reliability(more, one, "bottlenecks").value - result.base));
  }
  for (index_t v = 2; losses && v < net.n; ++v) {
    watch.look();
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(net.n), 1);
    keep[static_cast<std::size_t>(v)] = 0;
    const double without = terminal_reliability(restricted(net, keep), one, "bottlenecks").value;
    result.losses[static_cast<std::size_t>(v)] = std::max(0.0, result.base - without);
  }
}

inline void what_if_sampled(const Terminal& net, const Pairs& pairs, bool both, bool losses,
                            const ReliabilityOptions& options, WhatIf& result) {
  const std::int64_t blocks = (options.samples + 63) / 64;
  std::vector<std::int64_t> gained(pairs.size(), 0);
  std::vector<std::int64_t> lost(static_cast<std::size_t>(net.n), 0);
  std::int64_t carried = 0;
  Replicates replicates(net);
  Watch watch(options.run);
  for (std::int64_t b = 0; b < blocks; ++b) {
    watch.look(static_cast<double>(b) / static_cast<double>(blocks));
    replicates.draw(options.seed, static_cast<std::uint64_t>(b));
    replicates.draw_back();
    const std::uint64_t carries = replicates.reached[1];
    carried += std::popcount(carries);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto u = static_cast<std::size_t>(pairs[i].first);
      const auto v = static_cast<std::size_t>(pairs[i].second);
      std::uint64_t closes = replicates.reached[u] & replicates.leads[v];
      if (both) closes |= replicates.reached[v] & replicates.leads[u];
      gained[i] += std::popcount(closes & ~carries);
    }
    for (index_t v = 2; losses && v < net.n; ++v) {
      // Only where it lies on some way can its loss matter.
      const auto at = static_cast<std::size_t>(v);
      if ((replicates.reached[at] & replicates.leads[at]) != 0) {
        lost[at] += std::popcount(carries & ~replicates.without(v));
      }
    }
  }
  const auto count = static_cast<double>(blocks * 64);
  auto share = [&](std::int64_t k) {
    const double x = static_cast<double>(k) / count;
    result.error = std::max(result.error, std::sqrt(x * (1 - x) / count));
    return x;
  };
  result.base = static_cast<double>(carried) / count;
  for (const std::int64_t k : gained) result.gains.push_back(share(k));
  for (std::size_t v = 2; losses && v < lost.size(); ++v) result.losses[v] = share(lost[v]);
}

inline WhatIf what_if(const Terminal& net, const Pairs& pairs, bool both, bool losses,
                      const ReliabilityOptions& options) {
  WhatIf result;
  result.losses.assign(static_cast<std::size_t>(net.n), undefined);
  result.losses[0] = result.losses[1] = undefined;
  if (options.method != ReliabilityMethod::sampled) {
    ReliabilityOptions bounds = options;
    bounds.method = ReliabilityMethod::automatic;
    bounds.samples = 64;
    const Reliability base = terminal_reliability(net, bounds, "bottlenecks");
    const double cost = base.outcomes * (static_cast<double>(pairs.size()) + net.n);
    if (base.exact && (cost <= options.budget || options.method == ReliabilityMethod::exact)) {
      result.base = base.value;
      what_if_exact(net, pairs, both, losses, options, result);
      return result;
    }
    if (options.method == ReliabilityMethod::exact) {
      throw LimitError({"bottlenecks", "method", "exact", "", "not affordable; raise budget or take sampled"});
    }
  }
  result.exact = false;
  what_if_sampled(net, pairs, both, losses, options, result);
  return result;
}

}  // namespace detail

LINKPIN_INLINE Pathways pathways(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets,
                                 const PathwaysOptions& options) {
  if (options.k < 1) refuse("pathways", "k", std::to_string(options.k), "ask for at least one path");
  if (!(options.at_least >= 0 && options.at_least <= 1)) {
    refuse("pathways", "at_least", shown(options.at_least), "give a chance from 0 to 1");
  }
  const std::vector<double> p = detail::chances(net, options.p, "pathways");
  const std::vector<double> keeps = detail::chances(net, options.fidelity, "pathways", "fidelity");
  const detail::Ends ends = detail::between(net, sources, targets, p, options.flow, "pathways");
  Pathways result;
  result.provenance = provenance(net, "pathways");
  if (ends.shared) {
    result.provenance.warnings.emplace_back("a source is a target: its way of no ties is left out");
  }
  const std::vector<detail::Way> ways =
      detail::likeliest_ways(ends.net, static_cast<std::size_t>(options.k), options.at_least, options.run);
  for (const detail::Way& way : ways) {
    if (way.empty()) {
      result.more = true;
      continue;
    }
    Pathway path;
    path.chance = detail::chance_of(ends.net, way);
    for (const std::size_t k : way) {
      const index_t tie = ends.tie_of[k];
      const auto at = static_cast<std::size_t>(tie);
      // Which end of the tie the arc starts from.
      index_t u = net.sources()[at];
      index_t v = net.targets()[at];
      if (ends.vertex[static_cast<std::size_t>(u)] != ends.net.arcs[k].from) std::swap(u, v);
      if (path.vertices.empty()) path.vertices.push_back(u);
      path.vertices.push_back(v);
      path.ties.push_back(tie);
      path.fidelity *= keeps[at];
      if (keeps[at] < 1 && (path.weakest == none || keeps[at] < keeps[static_cast<std::size_t>(path.weakest)])) {
        path.weakest = tie;
      }
    }
    result.paths.push_back(std::move(path));
  }
  return result;
}

LINKPIN_INLINE ChainChance chain_chance(std::span<const double> a, std::span<const double> b, double level) {
  if (a.size() != b.size()) {
    refuse("chain_chance", "b, length", std::to_string(b.size()),
           "give one a tie, as of a: " + std::to_string(a.size()));
  }
  if (!(level > 0 && level < 1)) {
    refuse("chain_chance", "level", shown(level), "give a level between 0 and 1, such as 0.95");
  }
  ChainChance result;
  result.provenance.measure = "chain_chance";
  double square = 1.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (const double x : {a[i], b[i]}) {
      if (!(x > 0 && std::isfinite(x))) {
        refuse("chain_chance", x == a[i] ? "a" : "b", shown(x), "parameters are above 0 and finite",
               "tie " + std::to_string(i));
      }
    }
    const double sum = a[i] + b[i];
    result.value *= a[i] / sum;
    square *= a[i] / sum * ((a[i] + 1) / (sum + 1));
  }
  const double mean = result.value;
  result.variance = std::max(0.0, square - mean * mean);
  result.interval = {mean, mean};
  if (result.variance > 0) {
    const double weight = mean * (1 - mean) / result.variance - 1;
    result.interval = {beta_quantile((1 - level) / 2, mean * weight, (1 - mean) * weight),
                       beta_quantile((1 + level) / 2, mean * weight, (1 - mean) * weight)};
  }
  return result;
}

LINKPIN_INLINE Bottlenecks bottlenecks(const Network& net, std::span<const index_t> sources,
                                       std::span<const index_t> targets, const ReliabilityOptions& options) {
  const std::vector<double> p = detail::chances(net, options.p, "bottlenecks");
  const detail::Ends ends = detail::between(net, sources, targets, p, options.flow, "bottlenecks");
  if (ends.shared) refuse("bottlenecks", "sources", "a target", "give sources and targets without a common vertex");
  const bool both = !net.directed();
  detail::Pairs pairs;
  for (index_t e = 0; e < net.m(); ++e) {
    index_t u = ends.vertex[static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)])];
    index_t v = ends.vertex[static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)])];
    if (options.flow == Flow::backward) std::swap(u, v);
    pairs.emplace_back(u, v);
  }
  const detail::WhatIf found = detail::what_if(ends.net, pairs, both, true, options);
  Bottlenecks result;
  result.provenance = provenance(net, "bottlenecks");
  if (!found.exact) result.provenance.seed = options.seed;
  result.reliability = found.base;
  result.exact = found.exact;
  result.error = found.error;
  result.gain = found.gains;
  std::int64_t certain = 0;
  for (std::size_t e = 0; e < result.gain.size(); ++e) {
    result.importance.push_back(p[e] < 1 ? result.gain[e] / (1 - p[e]) : undefined);
    certain += p[e] < 1 ? 0 : 1;
  }
  if (certain > 0) {
    result.provenance.warnings.push_back(std::to_string(certain) +
                                         " ties are certain already: their importance is left undefined");
  }
  for (const index_t v : ends.vertex) result.loss.push_back(found.losses[static_cast<std::size_t>(v)]);
  const std::vector<std::uint8_t> side = detail::least_cut(ends.net, detail::cut_costs(ends.net));
  result.in_cut.assign(static_cast<std::size_t>(net.m()), 0);
  double log = 0.0;
  if (side[1] == 0) {
    for (std::size_t k = 0; k < ends.net.arcs.size(); ++k) {
      const detail::ChanceArc& a = ends.net.arcs[k];
      if (side[static_cast<std::size_t>(a.from)] == 0 || side[static_cast<std::size_t>(a.to)] != 0) continue;
      result.in_cut[static_cast<std::size_t>(ends.tie_of[k])] = 1;
      log += std::log1p(-a.p);
    }
    result.cut_fails = std::exp(log);
  } else {
    result.provenance.warnings.emplace_back("certain ties lead all the way: no set of failures cuts it");
  }
  return result;
}

LINKPIN_INLINE GapWorth gap_worth(const Network& net, std::span<const index_t> sources,
                                  std::span<const index_t> targets, std::span<const index_t> from,
                                  std::span<const index_t> to, double chance, const ReliabilityOptions& options) {
  if (!(chance >= 0 && chance <= 1)) refuse("gap_worth", "chance", shown(chance), "give a chance from 0 to 1");
  if (from.size() != to.size()) {
    refuse("gap_worth", "to, length", std::to_string(to.size()),
           "give one for each start: " + std::to_string(from.size()));
  }
  const std::vector<double> p = detail::chances(net, options.p, "gap_worth");
  const detail::Ends ends = detail::between(net, sources, targets, p, options.flow, "gap_worth");
  if (ends.shared) refuse("gap_worth", "sources", "a target", "give sources and targets without a common vertex");
  detail::Pairs pairs;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (const index_t v : {from[i], to[i]}) {
      if (v < 0 || v >= net.n()) refuse("gap_worth", "vertex", std::to_string(v), "give vertices of the network");
    }
    pairs.emplace_back(ends.vertex[static_cast<std::size_t>(from[i])], ends.vertex[static_cast<std::size_t>(to[i])]);
  }
  const detail::WhatIf found = detail::what_if(ends.net, pairs, !net.directed(), false, options);
  GapWorth result;
  result.provenance = provenance(net, "gap_worth");
  if (!found.exact) result.provenance.seed = options.seed;
  result.reliability = found.base;
  result.exact = found.exact;
  result.error = found.error * chance;
  // The chance is linear in that of a single tie (undirected ones too: only one way of it is ever of use).
  for (const double gain : found.gains) result.gain.push_back(gain * chance);
  return result;
}

}  // namespace linkpin
