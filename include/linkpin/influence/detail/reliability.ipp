#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/chance.ipp>
#include <linkpin/influence/detail/exploring.ipp>
#include <linkpin/influence/reliability.hpp>
#include <memory>
#include <string>

namespace linkpin {

namespace detail {

// At most one minus the chance that all arcs of a cut fail; cuts without a common arc fail independently.
inline double cut_bound(const Terminal& net) {
  auto fails = [&net](const auto& crosses) {
    double log = 0.0;
    for (const ChanceArc& a : net.arcs) log += crosses(a) ? std::log1p(-a.p) : 0.0;
    return -std::expm1(log);
  };
  const std::vector<std::uint8_t> side = least_cut(net, cut_costs(net));
  // Where certain arcs lead all the way there is no cut.
  double bound = side[1] != 0 ? 1.0 : fails([&](const ChanceArc& a) {
    return side[static_cast<std::size_t>(a.from)] != 0 && side[static_cast<std::size_t>(a.to)] == 0;
  });
  for (const bool against : {false, true}) {
    // Steps from one end: each way crosses from every distance to the next.
    const ArcRows rows(net, against);
    std::vector<index_t> steps(static_cast<std::size_t>(net.n), none);
    std::vector<index_t> queue{against ? 1 : 0};
    steps[static_cast<std::size_t>(queue[0])] = 0;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const auto v = static_cast<std::size_t>(queue[i]);
      for (std::size_t k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
        const ChanceArc& a = net.arcs[rows.arcs[k]];
        const index_t w = against ? a.from : a.to;
        if (steps[static_cast<std::size_t>(w)] != none) continue;
        steps[static_cast<std::size_t>(w)] = steps[v] + 1;
        queue.push_back(w);
      }
    }
    const index_t apart = steps[against ? 0U : 1U];
    std::vector<double> logs(static_cast<std::size_t>(std::max<index_t>(apart, 0)), 0.0);
    for (const ChanceArc& a : net.arcs) {
      const index_t u = steps[static_cast<std::size_t>(against ? a.to : a.from)];
      const index_t v = steps[static_cast<std::size_t>(against ? a.from : a.to)];
      if (u != none && v == u + 1 && u < apart) logs[static_cast<std::size_t>(u)] += std::log1p(-a.p);
    }
    double product = 1.0;
    for (const double log : logs) product *= -std::expm1(log);
    bound = std::min(bound, product);
  }
  return bound;
}

// At least the chance that one of some paths without a common arc carries.
inline double path_bound(const Terminal& net) {
  const ArcRows out(net, false);
  std::vector<std::uint8_t> used(net.arcs.size(), 0);
  double fails = 1.0;
  for (int count = 0; count < 100; ++count) {  // further paths add ever less
    const std::vector<std::size_t> way = likeliest_way(net, out, used);
    if (way.empty()) break;
    double carries = 1.0;
    for (const std::size_t k : way) {
      carries *= net.arcs[k].p;
      used[k] = 1;
    }
    fails *= 1 - carries;
  }
  return 1 - fails;
}

struct PartAnswer {
  Interval bounds{0.0, 1.0};
  bool exact = false;
  double outcomes = 0.0;
};

// The estimate of outcomes overshoots, by up to some thousandfold where many states agree; so much more is tried.
inline constexpr double overshoot = 1e3;

inline PartAnswer part_reliability(const Terminal& part, double budget, bool want_bounds, const Run& run) {
  PartAnswer answer;
  if (part.arcs.empty()) return {{0.0, 0.0}, true, 0.0};
  auto exact = [&answer](const Explored& e) {
    answer = {{e.carries, e.carries}, true, e.steps};
    return answer;
  };
  double least = unreachable;
  if (part.n <= most_explored) {
    for (const bool against : {false, true}) {
      const Explored quick = explore(part, against, {Overflow::stop, 1U << 14, std::min(budget, 2e5)}, run);
      if (quick.complete) return exact(quick);
    }
    double steps[2];
    for (const bool against : {false, true}) {
      steps[against ? 1 : 0] = explore(part, against, {Overflow::estimate, 2000, 0}, run).steps;
    }
    least = std::min(steps[0], steps[1]);
    // The cheaper end first; the estimates are rough, so that the other may do where it does not.
    const bool first = steps[1] < steps[0];
    for (const bool against : {first, !first}) {
      if (steps[against ? 1 : 0] > budget * overshoot) continue;
      const Explored whole = explore(part, against, {Overflow::stop, std::size_t{1} << 31, budget}, run);
      if (whole.complete) return exact(whole);
      least = std::max(least, budget);
    }
  }
  answer.outcomes = least;
  if (!want_bounds) return answer;
  answer.bounds = {path_bound(part), cut_bound(part)};
  if (part.n <= most_explored) {
    for (const bool against : {false, true}) {
      const Explored some = explore(part, against, {Overflow::settle, 4096, 1e6}, run);
      answer.bounds.low = std::max(answer.bounds.low, some.carries);
      answer.bounds.high = std::min(answer.bounds.high, 1 - some.fails);
    }
  }
  return answer;
}

// Of `samples` replicates, how many carry.
inline std::int64_t sampled_carries(const std::vector<Terminal>& parts, std::int64_t samples, std::uint64_t seed,
                                    const Run& run) {
  const std::int64_t blocks = (samples + 63) / 64;
  std::vector<std::uint64_t> carried(static_cast<std::size_t>(blocks), ~std::uint64_t{0});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Terminal& part = parts[i];
    const std::uint64_t own = static_cast<std::uint64_t>(i) << 40U;  // blocks of this part's own
    parallel_for(blocks, 40 * (static_cast<std::int64_t>(part.arcs.size()) + part.n), run,
                 [&](std::int64_t begin, std::int64_t end) {
                   Replicates replicates(part);
                   for (std::int64_t b = begin; b < end; ++b) {
                     replicates.draw(seed, own | static_cast<std::uint64_t>(b));
                     carried[static_cast<std::size_t>(b)] &= replicates.reached[1];
                   }
                 });
  }
  if (samples % 64 != 0) carried.back() &= (std::uint64_t{1} << (samples % 64)) - 1;
  std::int64_t count = 0;
  for (const std::uint64_t block : carried) count += std::popcount(block);
  return count;
}

inline std::string magnitude(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", x);
  return text;
}

// A budget of 0 outcomes asks for nothing exact but what reductions give.
inline Reliability terminal_reliability(const Terminal& given, const ReliabilityOptions& options,
                                        std::string_view function) {
  const std::vector<Terminal> parts = reduced(given);
  Reliability result;
  result.value = 1.0;
  result.bounds = {1.0, 1.0};
  result.exact = true;
  const bool sampled = options.method == ReliabilityMethod::sampled;
  for (const Terminal& part : parts) {
    const PartAnswer answer =
        part_reliability(part, options.budget, options.method != ReliabilityMethod::exact, options.run);
    result.exact = result.exact && answer.exact;
    result.bounds.low *= answer.bounds.low;
    result.bounds.high *= answer.bounds.high;
    result.outcomes += answer.outcomes;
    if (part.n > result.vertices) {
      result.vertices = part.n;
      result.ties = static_cast<std::int64_t>(part.arcs.size());
    }
  }
  if (result.exact && !sampled) {
    result.value = result.bounds.low;
    result.interval = {result.value, result.value};
    result.how = "exact";
    return result;
  }
  result.exact = false;
  if (options.method == ReliabilityMethod::exact) {
    const std::string size = std::to_string(result.vertices) + " vertices and " + std::to_string(result.ties) +
                             " ties that cannot be reduced";
    throw LimitError({std::string(function), "method", "exact", size,
                      (std::isinf(result.outcomes)
                           ? "an exact answer is tried for up to " + std::to_string(most_explored) + " vertices"
                           : "an exact answer would look at about " + magnitude(result.outcomes) +
                                 " outcomes or somewhat fewer, budget allows " + magnitude(options.budget)) +
                          "; raise budget, or take sampled or bounds"});
  }
  if (options.method == ReliabilityMethod::bounds) {
    result.value = undefined;
    result.how = "bounds";
    result.provenance.warnings.emplace_back("no single value: it lies within the bounds");
    return result;
  }
  const std::int64_t carried = sampled_carries(parts, options.samples, options.seed, options.run);
  result.value = static_cast<double>(carried) / static_cast<double>(options.samples);
  result.interval = wilson(carried, options.samples, options.level);
  if (!sampled) {  // what is certain is known as well
    auto within = [&result](double x) { return std::clamp(x, result.bounds.low, result.bounds.high); };
    result.value = within(result.value);
    result.interval = {within(result.interval.low), within(result.interval.high)};
  }
  result.how = "sampled";
  result.provenance.seed = options.seed;
  return result;
}

}  // namespace detail

LINKPIN_INLINE Reliability reliability(const Network& net, std::span<const index_t> sources,
                                       std::span<const index_t> targets, const ReliabilityOptions& options) {
  if (options.samples < 1) refuse("reliability", "samples", std::to_string(options.samples), "draw at least one");
  if (!(options.level > 0 && options.level < 1)) {
    refuse("reliability", "level", shown(options.level), "give a level between 0 and 1, such as 0.95");
  }
  if (!(options.budget >= 0)) refuse("reliability", "budget", shown(options.budget), "give 0 or more");
  const std::vector<double> p = detail::chances(net, options.p, "reliability");
  const detail::Ends ends = detail::between(net, sources, targets, p, options.flow, "reliability");
  Reliability result;
  if (ends.shared) {
    result.value = 1.0;
    result.bounds = result.interval = {1.0, 1.0};
    result.exact = true;
    result.how = "exact";
    result.provenance.warnings.emplace_back("a source is a target: nothing needs to be carried");
  } else {
    result = detail::terminal_reliability(ends.net, options, "reliability");
  }
  Provenance whole = provenance(net, "reliability");
  whole.seed = result.provenance.seed;
  whole.warnings = std::move(result.provenance.warnings);
  result.provenance = std::move(whole);
  return result;
}

}  // namespace linkpin
