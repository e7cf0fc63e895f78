// Betweenness by Brandes' accumulation (2001, doi:10.1080/0022250X.2001.9990249), sixteen sources at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/measures/detail/lanes.ipp>
#include <linkpin/measures/detail/steps.ipp>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

// What one scratch holds of the sums over sources: dependencies, and their squares where they are asked for.
struct BetweennessSums {
  std::vector<FixedSum> sum, squares;
  bool overflow = false;  // the number of shortest paths passed what a double holds

  BetweennessSums(index_t n, bool with_squares)
      : sum(static_cast<std::size_t>(n)), squares(with_squares ? static_cast<std::size_t>(n) : 0) {}

  void add(std::size_t v, double dependency, double square) {
    if (!std::isfinite(dependency)) {
      overflow = true;
      return;
    }
    sum[v].add(dependency);
    if (!squares.empty()) squares[v].add(square);
  }

  void add(const BetweennessSums& other) {
    for (std::size_t v = 0; v < sum.size(); ++v) sum[v].add(other.sum[v]);
    for (std::size_t v = 0; v < squares.size(); ++v) squares[v].add(other.squares[v]);
    overflow = overflow || other.overflow;
  }
};

// One array of rows serves the whole batch: a lane of a vertex holds its number of shortest paths until the way back
// has passed it, and (1 + dependency) / paths from then on, which is what its predecessors add up.
struct LaneScratch {
  std::vector<LaneRow> rows;
  std::vector<LaneMask> seen, now, next;  // by vertex: reached at all, on this level, on the next one
  std::vector<index_t> entries;           // (vertex, lanes) by level
  std::vector<LaneMask> masks;
  std::vector<std::size_t> levels;  // where each level's entries begin
  BetweennessSums sums;

  LaneScratch(index_t n, bool with_squares)
      : rows(gathered_array<LaneRow>(static_cast<std::size_t>(n))),
        seen(static_cast<std::size_t>(n)),
        now(static_cast<std::size_t>(n)),
        next(static_cast<std::size_t>(n)),
        sums(n, with_squares) {}

  // Pairs of a vertex and a lane in the last batch.
  [[nodiscard]] std::int64_t lanes_served() const {
    std::int64_t count = 0;
    for (const LaneMask mask : masks) count += std::popcount(mask);
    return count;
  }
};

// Every vertex not yet reached in all lanes asks its predecessors for paths.
[[gnu::always_inline]] inline void pull_paths(index_t n, const StepRows& backward, LaneScratch& s) {
  LaneRow* rows = s.rows.data();
  const LaneMask* now = s.now.data();
  for (index_t v = 0; v < n; ++v) {
    const LaneMask open = all_lanes & ~s.seen[static_cast<std::size_t>(v)];
    if (open == 0) continue;
    LaneMask fresh = 0;
    Four paths[fours] = {};
    for (index_t k = backward.offsets[v]; k < backward.offsets[v + 1]; ++k) {
      const index_t u = backward.ends[k];
      const LaneMask mask = now[u] & open;
      if (mask == 0) continue;
      fresh |= mask;
      add_lanes(paths, rows[u], mask);
    }
    if (fresh == 0) continue;
    s.next[static_cast<std::size_t>(v)] = fresh;
    s.entries.push_back(v);
    auto* row = reinterpret_cast<Four*>(rows[v].lane);
    for (int k = 0; k < fours; ++k) row[k] += paths[k];
  }
}

// The vertices of the level hand their paths on: cheaper where the level is a small part of the network.
[[gnu::always_inline]] inline void push_paths(std::size_t begin, std::size_t end, const StepRows& forward,
                                              LaneScratch& s) {
  LaneRow* rows = s.rows.data();
  for (std::size_t i = begin; i < end; ++i) {
    const index_t v = s.entries[i];
    const LaneMask level = s.masks[i];
    for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
      const index_t w = forward.ends[k];
      const LaneMask mask = level & ~s.seen[static_cast<std::size_t>(w)];
      if (mask == 0) continue;
      LaneMask& fresh = s.next[static_cast<std::size_t>(w)];
      if (fresh == 0) s.entries.push_back(w);
      fresh |= mask;
      add_lanes(reinterpret_cast<Four*>(rows[w].lane), rows[v], mask);
    }
  }
}

// One level of the way back: dependencies of its vertices from those one level further out.
[[gnu::always_inline]] inline void gather_dependencies(std::size_t begin, std::size_t end, const StepRows& forward,
                                                       LaneScratch& s) {
  LaneRow* rows = s.rows.data();
  const LaneMask* further = s.now.data();
  for (std::size_t i = begin; i < end; ++i) {
    const index_t v = s.entries[i];
    const LaneMask level = s.masks[i];
    Four shares[fours] = {};
    for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
      const index_t w = forward.ends[k];
      const LaneMask mask = further[w] & level;
      if (mask != 0) add_lanes(shares, rows[w], mask);
    }
    auto* row = reinterpret_cast<Four*>(rows[v].lane);
    Four total = {};
    Four squares = {};
    for (int k = 0; k < fours; ++k) {
      const auto bits = *reinterpret_cast<const FourBits*>(lane_bits[(level >> (4 * k)) & 15U].lane);
      const Four dependency = reinterpret_cast<Four>(reinterpret_cast<FourBits>(row[k] * shares[k]) & bits);
      const auto share = reinterpret_cast<FourBits>((1.0 + dependency) / row[k]);
      row[k] = reinterpret_cast<Four>((reinterpret_cast<FourBits>(row[k]) & ~bits) | (share & bits));
      total += dependency;
      squares += dependency * dependency;
    }
    s.sums.add(static_cast<std::size_t>(v), (total[0] + total[1]) + (total[2] + total[3]),
               (squares[0] + squares[1]) + (squares[2] + squares[3]));
  }
}

[[gnu::always_inline]] inline void lane_batch_body(const Steps& steps, std::span<const index_t> sources,
                                                   LaneScratch& s) {
  const StepRows forward = steps.forward();
  const StepRows backward = steps.backward();
  s.entries.clear();
  s.masks.clear();
  s.levels.assign(1, 0);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const index_t v = sources[i];
    s.rows[static_cast<std::size_t>(v)].lane[i] = 1.0;
    LaneMask& mask = s.now[static_cast<std::size_t>(v)];
    if (mask == 0) s.entries.push_back(v);
    mask |= LaneMask{1} << i;
  }

  std::int64_t open_steps = steps.count();  // of vertices that some lane may still reach
  for (std::size_t begin = 0; begin < s.entries.size();) {
    const std::size_t end = s.entries.size();
    std::int64_t level_steps = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const index_t v = s.entries[i];
      const LaneMask mask = s.now[static_cast<std::size_t>(v)];
      s.masks.push_back(mask);
      LaneMask& seen = s.seen[static_cast<std::size_t>(v)];
      seen |= mask;
      if (seen == all_lanes) open_steps -= backward.degree(v);
      level_steps += forward.degree(v);
    }
    s.levels.push_back(end);
    if (level_steps * 8 > open_steps + steps.n()) {
      pull_paths(steps.n(), backward, s);
    } else {
      push_paths(begin, end, forward, s);
    }
    for (std::size_t i = begin; i < end; ++i) s.now[static_cast<std::size_t>(s.entries[i])] = 0;
    std::swap(s.now, s.next);
    begin = end;
  }

  // The first level is the sources themselves, which their own paths do not pass.
  for (std::size_t level = s.levels.size() - 2; level > 0; --level) {
    const std::size_t begin = s.levels[level];
    const std::size_t end = s.levels[level + 1];
    gather_dependencies(begin, end, forward, s);
    if (level + 2 < s.levels.size()) {
      for (std::size_t i = end; i < s.levels[level + 2]; ++i) s.now[static_cast<std::size_t>(s.entries[i])] = 0;
    }
    for (std::size_t i = begin; i < end; ++i) s.now[static_cast<std::size_t>(s.entries[i])] = s.masks[i];
  }
  for (const index_t v : s.entries) {
    s.rows[static_cast<std::size_t>(v)] = LaneRow{};
    s.seen[static_cast<std::size_t>(v)] = 0;
    s.now[static_cast<std::size_t>(v)] = 0;
  }
}

using LaneBatch = void (*)(const Steps&, std::span<const index_t>, LaneScratch&);

inline void lane_batch_plain(const Steps& steps, std::span<const index_t> sources, LaneScratch& s) {
  lane_batch_body(steps, sources, s);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] inline void lane_batch_avx2(const Steps& steps, std::span<const index_t> sources,
                                                    LaneScratch& s) {
  lane_batch_body(steps, sources, s);
}
#endif

inline LaneBatch fastest_lane_batch() {
#if defined(__x86_64__)
  if (has_wide_lanes()) return lane_batch_avx2;
#endif
  return lane_batch_plain;
}

// Vertices in the order of a breadth-first walk from one source, and how many steps away they are.
class BreadthFirst {
 public:
  explicit BreadthFirst(index_t n) : level(static_cast<std::size_t>(n), none) {}

  std::vector<index_t> level;  // `none` where out of reach
  std::vector<index_t> order;

  void run(const StepRows& forward, index_t source) {
    for (const index_t v : order) level[static_cast<std::size_t>(v)] = none;
    order.assign(1, source);
    level[static_cast<std::size_t>(source)] = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const index_t v = order[i];
      const index_t next = level[static_cast<std::size_t>(v)] + 1;
      for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
        index_t& known = level[static_cast<std::size_t>(forward.ends[k])];
        if (known != none) continue;
        known = next;
        order.push_back(forward.ends[k]);
      }
    }
  }
};

struct StepScratch {
  BreadthFirst search;
  std::vector<double> paths, share;  // share: (1 + dependency) / paths
  BetweennessSums sums;

  StepScratch(index_t n, bool with_squares)
      : search(n), paths(static_cast<std::size_t>(n)), share(static_cast<std::size_t>(n)), sums(n, with_squares) {}
};

// One source by itself: better than a batch on networks so drawn out that the lanes seldom meet on a level.
inline void step_source(const Steps& steps, index_t source, StepScratch& s) {
  const StepRows forward = steps.forward();
  s.search.run(forward, source);
  const std::vector<index_t>& level = s.search.level;
  for (const index_t v : s.search.order) s.paths[static_cast<std::size_t>(v)] = v == source ? 1.0 : 0.0;
  for (const index_t v : s.search.order) {
    const index_t next = level[static_cast<std::size_t>(v)] + 1;
    const double paths = s.paths[static_cast<std::size_t>(v)];
    for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
      const auto w = static_cast<std::size_t>(forward.ends[k]);
      if (level[w] == next) s.paths[w] += paths;
    }
  }
  for (std::size_t i = s.search.order.size(); i-- > 1;) {
    const auto v = static_cast<std::size_t>(s.search.order[i]);
    const index_t next = level[v] + 1;
    double shares = 0.0;
    for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
      const auto w = static_cast<std::size_t>(forward.ends[k]);
      if (level[w] == next) shares += s.share[w];
    }
    const double dependency = s.paths[v] * shares;
    s.share[v] = (1.0 + dependency) / s.paths[v];
    s.sums.add(v, dependency, dependency * dependency);
  }
}

// Shortest paths from one source over lengths: distances, and vertices in the order they are settled.
class Dijkstra {
 public:
  explicit Dijkstra(index_t n)
      : distance(static_cast<std::size_t>(n), unreachable), place(static_cast<std::size_t>(n), none) {}

  std::vector<double> distance;  // infinite where out of reach
  std::vector<index_t> place;    // in `order`; `none` before a vertex is settled
  std::vector<index_t> order;

  void run(const StepRows& forward, index_t source) {
    for (const index_t v : order) {
      distance[static_cast<std::size_t>(v)] = unreachable;
      place[static_cast<std::size_t>(v)] = none;
    }
    order.clear();
    distance[static_cast<std::size_t>(source)] = 0.0;
    heap_.assign(1, Waiting{0.0, source});
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
      const Waiting nearest = heap_.back();
      heap_.pop_back();
      const index_t v = nearest.second;
      if (place[static_cast<std::size_t>(v)] != none) continue;
      place[static_cast<std::size_t>(v)] = static_cast<index_t>(order.size());
      order.push_back(v);
      for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
        const double reach = nearest.first + forward.lengths[k];
        double& known = distance[static_cast<std::size_t>(forward.ends[k])];
        if (reach >= known) continue;
        known = reach;
        heap_.emplace_back(reach, forward.ends[k]);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
      }
    }
  }

 private:
  using Waiting = std::pair<double, index_t>;
  std::vector<Waiting> heap_;
};

struct LengthScratch {
  Dijkstra search;
  std::vector<double> paths, dependency;
  std::vector<index_t> before;           // predecessors of the settled vertices, one after the other
  std::vector<std::size_t> before_ends;  // by place in the order
  BetweennessSums sums;

  LengthScratch(index_t n, bool with_squares)
      : search(n), paths(static_cast<std::size_t>(n)), dependency(static_cast<std::size_t>(n)), sums(n, with_squares) {}
};

// The same for one source over lengths. Ways count as equally short within the tolerance of same_length().
inline void length_source(const Steps& steps, index_t source, LengthScratch& s) {
  s.search.run(steps.forward(), source);
  const StepRows backward = steps.backward();
  const std::vector<index_t>& order = s.search.order;
  s.before.clear();
  s.before_ends.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    const index_t w = order[i];
    double paths = i == 0 ? 1.0 : 0.0;
    for (index_t k = backward.offsets[w]; k < backward.offsets[w + 1]; ++k) {
      const auto u = static_cast<std::size_t>(backward.ends[k]);
      const index_t place = s.search.place[u];
      if (place == none || place >= static_cast<index_t>(i)) continue;
      if (!same_length(s.search.distance[u] + backward.lengths[k], s.search.distance[static_cast<std::size_t>(w)])) {
        continue;
      }
      paths += s.paths[u];
      s.before.push_back(backward.ends[k]);
    }
    s.paths[static_cast<std::size_t>(w)] = paths;
    s.dependency[static_cast<std::size_t>(w)] = 0.0;
    s.before_ends.push_back(s.before.size());
  }
  for (std::size_t i = order.size(); i-- > 1;) {
    const auto w = static_cast<std::size_t>(order[i]);
    const double dependency = s.dependency[w];
    const double share = (1.0 + dependency) / s.paths[w];
    for (std::size_t k = s.before_ends[i - 1]; k < s.before_ends[i]; ++k) {
      const auto u = static_cast<std::size_t>(s.before[k]);
      s.dependency[u] += s.paths[u] * share;
    }
    s.sums.add(w, std::isfinite(s.paths[w]) ? dependency : undefined, dependency * dependency);
  }
}

template <class Scratch, class Work>
BetweennessSums sum_over(std::int64_t batches, std::int64_t cost, index_t n, bool with_squares, const Run& run,
                         const Work& work) {
  ScratchPool<Scratch> pool;
  parallel_for(batches, cost, run, [&](std::int64_t begin, std::int64_t end) {
    auto scratch = pool.take([&] { return std::make_unique<Scratch>(n, with_squares); });
    for (std::int64_t b = begin; b < end; ++b) work(b, *scratch);
    pool.give(std::move(scratch));
  });
  BetweennessSums sums(n, with_squares);
  for (const auto& scratch : pool.all()) sums.add(scratch->sums);
  return sums;
}

// Dependencies of every vertex (by its number in `steps`) summed over the sources (numbers too).
inline BetweennessSums sum_dependencies(const Steps& steps, std::vector<index_t> sources, bool with_squares,
                                        const Run& run, LaneBatch batch = fastest_lane_batch()) {
  const index_t n = steps.n();
  if (sources.empty()) return BetweennessSums(n, with_squares);
  if (steps.forward().lengths != nullptr) {
    return sum_over<LengthScratch>(
        static_cast<std::int64_t>(sources.size()), 40 * (steps.count() + n), n, with_squares, run,
        [&](std::int64_t i, LengthScratch& s) { length_source(steps, sources[static_cast<std::size_t>(i)], s); });
  }
  // Sources that lie together reach the others on the same levels, so that one sweep serves more lanes: a third of the
  // work on skewed networks.
  std::vector<index_t> turn(static_cast<std::size_t>(n));
  index_t at = 0;
  for (const index_t v : steps.neighbourly()) turn[static_cast<std::size_t>(v)] = at++;
  std::sort(sources.begin(), sources.end(), [&turn](index_t a, index_t b) {
    return turn[static_cast<std::size_t>(a)] < turn[static_cast<std::size_t>(b)];
  });
  const std::span<const index_t> all(sources);
  LaneScratch first(n, with_squares);
  batch(steps, all.first(std::min<std::size_t>(lanes, all.size())), first);
  const std::span<const index_t> rest = all.subspan(std::min<std::size_t>(lanes, all.size()));
  // The first batch tells how many lanes an entry serves; the same for any number of threads.
  if (first.lanes_served() < 3 * static_cast<std::int64_t>(first.entries.size())) {
    first.sums.add(sum_over<StepScratch>(
        static_cast<std::int64_t>(rest.size()), 8 * (steps.count() + n), n, with_squares, run,
        [&](std::int64_t i, StepScratch& s) { step_source(steps, rest[static_cast<std::size_t>(i)], s); }));
  } else if (!rest.empty()) {
    const auto batches = static_cast<std::int64_t>((rest.size() + lanes - 1) / lanes);
    first.sums.add(sum_over<LaneScratch>(batches, 16 * (steps.count() + n), n, with_squares, run,
                                         [&](std::int64_t b, LaneScratch& s) {
                                           const auto begin = static_cast<std::size_t>(b) * lanes;
                                           const std::size_t size = std::min<std::size_t>(lanes, rest.size() - begin);
                                           batch(steps, rest.subspan(begin, size), s);
                                         }));
  }
  return std::move(first.sums);
}

}  // namespace linkpin::detail
