// Betweenness by Brandes' accumulation (2001, doi:10.1080/0022250X.2001.9990249), thirty-two sources at a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/lanes.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/measures/detail/steps.ipp>
#include <memory>
#include <optional>
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

  explicit StepScratch(index_t n) : search(n), paths(static_cast<std::size_t>(n)), share(static_cast<std::size_t>(n)) {}
};

// One source by itself: better than a batch on networks so drawn out that the lanes seldom meet on a level.
inline void step_source(const Steps& steps, index_t source, StepScratch& s, BetweennessSums& sums) {
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
    sums.add(v, dependency, dependency * dependency);
  }
}

inline constexpr int batch_lanes = 32;
inline constexpr std::size_t most_batch_rows = std::size_t{1} << 21;  // half a gigabyte a thread, on any number of them
using BatchRow = Lanes<batch_lanes>;
using BatchMask = std::uint32_t;

// A batch is a list of entries, level by level: a vertex, the lanes that meet it on this level, and a row that is 0 in
// the other lanes. Rows hold numbers of shortest paths until the way back has passed them, and (1 + dependency) / paths
// from then on: what neighbours add up, without looking at masks.
struct LaneScratch {
  std::vector<index_t> vertices;  // by entry
  std::vector<BatchMask> masks;
  std::vector<BatchRow> rows;
  std::vector<std::size_t> levels;  // where each level's entries begin
  std::vector<index_t> now, next;   // by vertex: its entry on this level, on the next one; `none` where there is none
  std::vector<BatchMask> seen;      // by vertex
  std::vector<index_t> open;        // vertices that some lane may still reach
  std::size_t most_entries;
  std::optional<StepScratch> single;  // where lanes are not worth it
  BetweennessSums sums;

  LaneScratch(index_t n, bool with_squares)
      : now(static_cast<std::size_t>(n), none),
        next(static_cast<std::size_t>(n), none),
        seen(static_cast<std::size_t>(n), 0),
        most_entries(std::min(4 * static_cast<std::size_t>(n) + batch_lanes, most_batch_rows)),
        sums(n, with_squares) {}

  std::size_t add(index_t v, BatchMask mask) {
    const std::size_t entry = vertices.size();
    vertices.push_back(v);
    masks.push_back(mask);
    if (rows.size() <= entry) rows.resize(2 * entry + batch_lanes);
    return entry;
  }
};

// Dependencies of the vertices on the ways from up to 32 sources. Leaves the sums as they are and says so where the
// lanes seldom meet: where there are more than four entries a vertex, or more than fit into memory.
struct LaneBatch {
  template <int width>
  [[gnu::always_inline]] static inline void run(const Steps& steps, std::span<const index_t> sources, LaneScratch& s,
                                                bool& worth) {
    start(steps, sources, s);
    worth = count_paths<width>(steps, s);
    if (worth) gather_dependencies<width>(steps, s);
    finish(s);
  }

 private:
  template <int width>
  using Double = typename LaneVector<width>::Double;
  template <int width>
  using Bits = typename LaneVector<width>::Bits;
  template <int width>
  static constexpr int vectors_a_row = batch_lanes / width;

  // Takes `row` to 0 in the lanes that are not in the mask.
  template <int width>
  [[gnu::always_inline]] static inline void keep(Double<width>& row, BatchMask mask, int k) {
    const Bits<width> bits = (static_cast<std::int64_t>(mask >> (width * k)) & LaneVector<width>::bit) != 0;
    row = reinterpret_cast<Double<width>>(reinterpret_cast<Bits<width>>(row) & bits);
  }

  static void start(const Steps& steps, std::span<const index_t> sources, LaneScratch& s) {
    s.vertices.clear();
    s.masks.clear();
    s.levels.assign(1, 0);
    s.open.clear();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      index_t& entry = s.next[static_cast<std::size_t>(sources[i])];
      if (entry == none) {
        entry = static_cast<index_t>(s.add(sources[i], 0));
        s.rows[static_cast<std::size_t>(entry)] = BatchRow{};
      }
      s.masks[static_cast<std::size_t>(entry)] |= BatchMask{1} << i;
      s.rows[static_cast<std::size_t>(entry)].lane[i] = 1.0;
    }
    for (index_t v = 0; v < steps.n(); ++v) {
      if (steps.backward().degree(v) > 0) s.open.push_back(v);
    }
  }

  // The level that was found becomes the one that others are reached from.
  static std::int64_t enter_level(const StepRows& forward, LaneScratch& s) {
    const std::size_t begin = s.levels.back();
    std::int64_t steps = 0;
    for (std::size_t e = begin; e < s.vertices.size(); ++e) {
      const index_t v = s.vertices[e];
      s.next[static_cast<std::size_t>(v)] = none;
      s.now[static_cast<std::size_t>(v)] = static_cast<index_t>(e);
      s.seen[static_cast<std::size_t>(v)] |= s.masks[e];
      steps += forward.degree(v);
    }
    s.levels.push_back(s.vertices.size());
    return steps;
  }

  static void leave_level(std::size_t begin, std::size_t end, LaneScratch& s) {
    for (std::size_t e = begin; e < end; ++e) s.now[static_cast<std::size_t>(s.vertices[e])] = none;
  }

  template <int width>
  [[gnu::always_inline]] static inline bool count_paths(const Steps& steps, LaneScratch& s) {
    for (std::size_t begin = 0; begin < s.vertices.size();) {
      const std::int64_t level_steps = enter_level(steps.forward(), s);
      const std::size_t end = s.vertices.size();
      if (level_steps * 8 > steps.count() + steps.n()) {
        pull_paths<width>(steps.backward(), s);
      } else {
        push_paths<width>(begin, end, steps.forward(), s);
      }
      leave_level(begin, end, s);
      begin = end;
      if (s.vertices.size() > s.most_entries) return false;
    }
    return true;
  }

  // Every vertex not yet reached in all lanes asks its predecessors for paths.
  template <int width>
  [[gnu::always_inline]] static inline void pull_paths(const StepRows& backward, LaneScratch& s) {
    constexpr int size = vectors_a_row<width>;
    const index_t* now = s.now.data();
    std::size_t kept_open = 0;
    for (const index_t v : s.open) {
      const BatchMask open = ~s.seen[static_cast<std::size_t>(v)];
      if (open == 0) continue;
      s.open[kept_open++] = v;
      BatchMask fresh = 0;
      Double<width> paths[size] = {};
      for (index_t k = backward.offsets[v]; k < backward.offsets[v + 1]; ++k) {
        const index_t entry = now[backward.ends[k]];
        if (entry == none) continue;
        fresh |= s.masks[static_cast<std::size_t>(entry)];
        const Double<width>* row = vectors<width>(s.rows[static_cast<std::size_t>(entry)]);
        for (int i = 0; i < size; ++i) paths[i] += row[i];
      }
      fresh &= open;
      if (fresh == 0) continue;
      Double<width>* row = vectors<width>(s.rows[s.add(v, fresh)]);
      for (int i = 0; i < size; ++i) {
        row[i] = paths[i];
        keep<width>(row[i], fresh, i);
      }
    }
    s.open.resize(kept_open);
  }

  // The vertices of the level hand their paths on: cheaper where the level is a small part of the network.
  template <int width>
  [[gnu::always_inline]] static inline void push_paths(std::size_t begin, std::size_t end, const StepRows& forward,
                                                       LaneScratch& s) {
    constexpr int size = vectors_a_row<width>;
    for (std::size_t e = begin; e < end; ++e) {
      const index_t v = s.vertices[e];
      const BatchMask level = s.masks[e];
      for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
        const index_t w = forward.ends[k];
        const BatchMask fresh = level & ~s.seen[static_cast<std::size_t>(w)];
        if (fresh == 0) continue;
        index_t& entry = s.next[static_cast<std::size_t>(w)];
        if (entry == none) {
          entry = static_cast<index_t>(s.add(w, 0));
          s.rows[static_cast<std::size_t>(entry)] = BatchRow{};
        }
        s.masks[static_cast<std::size_t>(entry)] |= fresh;
        Double<width>* to = vectors<width>(s.rows[static_cast<std::size_t>(entry)]);
        const Double<width>* from = vectors<width>(s.rows[e]);
        for (int i = 0; i < size; ++i) to[i] += from[i];
      }
    }
    for (std::size_t e = end; e < s.vertices.size(); ++e) {
      Double<width>* row = vectors<width>(s.rows[e]);
      for (int i = 0; i < size; ++i) keep<width>(row[i], s.masks[e], i);
    }
  }

  // Dependencies of each level's vertices from those one level further out. The first level is the sources themselves,
  // which their own paths do not pass.
  template <int width>
  [[gnu::always_inline]] static inline void gather_dependencies(const Steps& steps, LaneScratch& s) {
    LINKPIN_UNFUSED_BODY
    constexpr int size = vectors_a_row<width>;
    constexpr int parts = 8 / width;  // eight sums side by side for every width, so that the bits are the same
    const StepRows forward = steps.forward();
    const index_t* now = s.now.data();
    for (std::size_t level = s.levels.size() - 2; level > 0; --level) {
      for (std::size_t e = s.levels[level]; e < s.levels[level + 1]; ++e) {
        const index_t v = s.vertices[e];
        Double<width> shares[size] = {};
        for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1]; ++k) {
          const index_t entry = now[forward.ends[k]];
          if (entry == none) continue;
          const Double<width>* row = vectors<width>(s.rows[static_cast<std::size_t>(entry)]);
          for (int i = 0; i < size; ++i) shares[i] += row[i];
        }
        Double<width>* row = vectors<width>(s.rows[e]);
        Lanes<8> total, squares;
        Double<width>* totals = vectors<width>(total);
        Double<width>* square_totals = vectors<width>(squares);
        for (int i = 0; i < parts; ++i) totals[i] = square_totals[i] = Double<width>{};
        for (int i = 0; i < size; ++i) {
          const Double<width> dependency = row[i] * shares[i];  // 0 where row is, or no number: then it overflowed
          row[i] = (1.0 + dependency) / row[i];
          keep<width>(row[i], s.masks[e], i);
          totals[i % parts] += dependency;
          square_totals[i % parts] += dependency * dependency;
        }
        s.sums.add(static_cast<std::size_t>(v), sum_of(total), sum_of(squares));
      }
      if (level + 2 < s.levels.size()) leave_level(s.levels[level + 1], s.levels[level + 2], s);
      for (std::size_t e = s.levels[level]; e < s.levels[level + 1]; ++e) {
        s.now[static_cast<std::size_t>(s.vertices[e])] = static_cast<index_t>(e);
      }
    }
  }

  static double sum_of(const Lanes<8>& x) {
    const double* a = x.lane;
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
  }

  static void finish(LaneScratch& s) {
    for (const index_t v : s.vertices) {
      s.now[static_cast<std::size_t>(v)] = none;
      s.next[static_cast<std::size_t>(v)] = none;
      s.seen[static_cast<std::size_t>(v)] = 0;
    }
  }
};

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

// Dependencies on the ways from some sources, by lanes where they meet; returns whether they did.
inline bool add_batch(const Steps& steps, std::span<const index_t> sources, LaneScratch& s) {
  bool worth = false;
  if (sources.size() > 1) run_widest<LaneBatch>(steps, sources, s, worth);
  if (worth) return true;
  if (!s.single) s.single.emplace(steps.n());
  for (const index_t source : sources) step_source(steps, source, *s.single, s.sums);
  return false;
}

// Dependencies of every vertex (by its number in `steps`) summed over the sources (numbers too).
inline BetweennessSums sum_dependencies(const Steps& steps, std::vector<index_t> sources, bool with_squares,
                                        const Run& run) {
  const index_t n = steps.n();
  if (sources.empty()) return BetweennessSums(n, with_squares);
  if (steps.forward().lengths != nullptr) {
    return sum_over<LengthScratch>(
        static_cast<std::int64_t>(sources.size()), 12 * (steps.count() + n), n, with_squares, run,
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
  const std::size_t begun = std::min<std::size_t>(batch_lanes, all.size());
  // The first batch tells whether lanes meet; the same for any number of threads.
  const std::size_t size = add_batch(steps, all.first(begun), first) ? batch_lanes : 1;
  const std::span<const index_t> rest = all.subspan(begun);
  const auto batches = static_cast<std::int64_t>((rest.size() + size - 1) / size);
  first.sums.add(sum_over<LaneScratch>(batches, 16 * (steps.count() + n), n, with_squares, run,
                                       [&](std::int64_t b, LaneScratch& s) {
                                         const auto begin = static_cast<std::size_t>(b) * size;
                                         add_batch(steps, rest.subspan(begin, std::min(size, rest.size() - begin)), s);
                                       }));
  return std::move(first.sums);
}

}  // namespace linkpin::detail
