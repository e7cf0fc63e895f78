// How far every vertex reaches, by breadth-first walks that go for 512 vertices at a time: a bit each.
//
// After Then et al. 2014 (doi:10.14778/2735496.2735507). The walks go backwards from the vertices to be reached, so
// that what a vertex gains in a sweep is a count of bits in its own row.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/measures/detail/betweenness.ipp>
#include <linkpin/measures/detail/steps.ipp>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

// What a vertex reaches, itself left out.
struct Reached {
  std::int64_t count = 0;
  double distance = 0.0;   // sum
  double closeness = 0.0;  // sum of inverses
  double farthest = 0.0;
};

// The same as exact sums, so that batches may be added in any order.
struct ReachedSums {
  std::int64_t count = 0;
  std::int64_t distance = 0;
  FixedSum closeness;
  index_t farthest = 0;

  void add(const ReachedSums& other) {
    count += other.count;
    distance += other.distance;
    closeness.add(other.closeness);
    farthest = std::max(farthest, other.farthest);
  }
};

template <int words>
struct BitRow {
  std::uint64_t word[words];
};

template <int words>
struct BitScratch {
  std::vector<BitRow<words>> seen, now, next;  // by vertex: walks that have been here, are here, come here next
  std::vector<index_t> level, fresh, open;  // vertices with walks now, with walks next, that some walk may still reach
  std::vector<ReachedSums> sums;
  std::int64_t gains = 0;  // rows that gained walks, and the walks they gained
  std::int64_t gained = 0;

  explicit BitScratch(index_t n)
      : seen(static_cast<std::size_t>(n)),
        now(static_cast<std::size_t>(n)),
        next(static_cast<std::size_t>(n)),
        sums(static_cast<std::size_t>(n)) {}
};

// Open vertices ask where they can step to; a row is left as soon as every walk that may come has come.
template <int words>
[[gnu::always_inline]] inline void pull_walks(const StepRows& forward, const BitRow<words>& all, BitScratch<words>& s) {
  const BitRow<words>* now = s.now.data();
  std::size_t kept = 0;
  for (const index_t v : s.open) {
    const BitRow<words>& seen = s.seen[static_cast<std::size_t>(v)];
    std::uint64_t missing[words];
    std::uint64_t some = 0;
    for (int i = 0; i < words; ++i) some |= missing[i] = all.word[i] & ~seen.word[i];
    if (some == 0) continue;
    s.open[kept++] = v;
    std::uint64_t got[words] = {};
    for (index_t k = forward.offsets[v]; k < forward.offsets[v + 1];) {
      const index_t stop = std::min(k + 4, forward.offsets[v + 1]);
      for (; k < stop; ++k) {
        const BitRow<words>& row = now[forward.ends[k]];
        for (int i = 0; i < words; ++i) got[i] |= row.word[i];
      }
      std::uint64_t left = 0;
      for (int i = 0; i < words; ++i) left |= missing[i] & ~got[i];
      if (left == 0) break;
    }
    std::uint64_t any = 0;
    for (int i = 0; i < words; ++i) any |= got[i] &= missing[i];
    if (any == 0) continue;
    for (int i = 0; i < words; ++i) s.next[static_cast<std::size_t>(v)].word[i] = got[i];
    s.fresh.push_back(v);
  }
  s.open.resize(kept);
}

// The vertices with walks hand them to whoever can step here: cheaper where they are few.
template <int words>
[[gnu::always_inline]] inline void push_walks(const StepRows& backward, BitScratch<words>& s) {
  for (const index_t v : s.level) {
    const BitRow<words> here = s.now[static_cast<std::size_t>(v)];
    for (index_t k = backward.offsets[v]; k < backward.offsets[v + 1]; ++k) {
      const auto u = static_cast<std::size_t>(backward.ends[k]);
      std::uint64_t came = 0;
      std::uint64_t before = 0;
      for (int i = 0; i < words; ++i) {
        const std::uint64_t fresh = here.word[i] & ~s.seen[u].word[i];
        before |= s.next[u].word[i];
        s.next[u].word[i] |= fresh;
        came |= fresh;
      }
      if (came != 0 && before == 0) s.fresh.push_back(backward.ends[k]);
    }
  }
}

template <int words>
[[gnu::always_inline]] inline void bit_batch_body(const Steps& steps, std::span<const index_t> ends,
                                                  BitScratch<words>& s) {
  const StepRows forward = steps.forward();
  const StepRows backward = steps.backward();
  BitRow<words> all{};
  s.level.clear();
  s.open.clear();
  for (index_t v = 0; v < steps.n(); ++v) {
    s.seen[static_cast<std::size_t>(v)] = BitRow<words>{};
    if (forward.degree(v) > 0) s.open.push_back(v);
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    all.word[i / 64] |= bit;
    s.now[static_cast<std::size_t>(ends[i])].word[i / 64] |= bit;
    s.seen[static_cast<std::size_t>(ends[i])].word[i / 64] |= bit;
    s.level.push_back(ends[i]);
  }
  for (index_t distance = 1; !s.level.empty(); ++distance) {
    std::int64_t level_steps = 0;
    for (const index_t v : s.level) level_steps += backward.degree(v);
    if (level_steps * 8 > steps.count() + steps.n()) {
      pull_walks(forward, all, s);
    } else {
      push_walks(backward, s);
    }
    for (const index_t v : s.level) s.now[static_cast<std::size_t>(v)] = BitRow<words>{};
    s.gains += static_cast<std::int64_t>(s.fresh.size());
    for (const index_t v : s.fresh) {
      const auto at = static_cast<std::size_t>(v);
      int count = 0;
      for (int i = 0; i < words; ++i) {
        count += std::popcount(s.next[at].word[i]);
        s.seen[at].word[i] |= s.next[at].word[i];
      }
      s.gained += count;
      ReachedSums& sums = s.sums[at];
      sums.count += count;
      sums.distance += std::int64_t{count} * distance;
      sums.closeness.add(static_cast<double>(count) / distance);
      sums.farthest = std::max(sums.farthest, distance);
    }
    std::swap(s.now, s.next);
    std::swap(s.level, s.fresh);
    s.fresh.clear();
  }
}

// Counting bits takes an instruction where there is one; how wide the vectors are is left to the compiler.
template <int words>
struct BitBatch {
  template <int width>
  [[gnu::always_inline]] static inline void run(const Steps& steps, std::span<const index_t> ends,
                                                BitScratch<words>& s) {
    bit_batch_body<words>(steps, ends, s);
  }
};

// One vertex after the other: better than bits on networks so drawn out that the walks seldom meet.
inline std::vector<Reached> reach_by_steps(const Steps& steps, const Run& run) {
  const index_t n = steps.n();
  std::vector<Reached> reached(static_cast<std::size_t>(n));
  ScratchPool<BreadthFirst> pool;
  parallel_for(n, 8 * (steps.count() + n), run, [&](std::int64_t begin, std::int64_t end) {
    auto search = pool.take([n] { return std::make_unique<BreadthFirst>(n); });
    for (auto source = static_cast<index_t>(begin); source < static_cast<index_t>(end); ++source) {
      search->run(steps.forward(), source);
      const std::vector<index_t>& order = search->order;
      const index_t farthest = search->level[static_cast<std::size_t>(order.back())];
      Reached r{static_cast<std::int64_t>(order.size()) - 1, 0.0, 0.0, static_cast<double>(farthest)};
      Sum closeness;
      std::size_t at = 1;
      for (index_t level = 1; level <= farthest; ++level) {
        const std::size_t first = at;
        while (at < order.size() && search->level[static_cast<std::size_t>(order[at])] == level) ++at;
        r.distance += static_cast<double>(at - first) * level;
        closeness.add(static_cast<double>(at - first) / level);
      }
      r.closeness = closeness.value();
      reached[static_cast<std::size_t>(steps.vertex(source))] = r;
    }
    pool.give(std::move(search));
  });
  return reached;
}

template <int words>
std::vector<Reached> reach_by_bits(const Steps& steps, const Run& run) {
  const index_t n = steps.n();
  const std::vector<index_t> ends = steps.neighbourly();
  constexpr std::size_t width = std::size_t{64} * words;
  const auto batches = static_cast<std::int64_t>((ends.size() + width - 1) / width);
  auto walks = [&](std::int64_t b) {
    const auto first = static_cast<std::size_t>(b) * width;
    return std::span(ends).subspan(first, std::min(width, ends.size() - first));
  };
  ScratchPool<BitScratch<words>> pool;
  if (batches > 0) {
    auto first = std::make_unique<BitScratch<words>>(n);
    run_widest<BitBatch<words>>(steps, walks(0), *first);
    // The first batch tells how many walks a row gains at once; the same for any number of threads.
    if (batches > 1 && first->gained < 16 * first->gains) return reach_by_steps(steps, run);
    pool.give(std::move(first));
  }
  parallel_for(batches - 1, 12 * (steps.count() + n), run, [&](std::int64_t begin, std::int64_t end) {
    auto scratch = pool.take([n] { return std::make_unique<BitScratch<words>>(n); });
    for (std::int64_t b = begin; b < end; ++b) run_widest<BitBatch<words>>(steps, walks(b + 1), *scratch);
    pool.give(std::move(scratch));
  });
  std::vector<Reached> reached(static_cast<std::size_t>(n));
  for (index_t v = 0; v < n; ++v) {
    ReachedSums sums;
    for (const auto& scratch : pool.all()) sums.add(scratch->sums[static_cast<std::size_t>(v)]);
    reached[static_cast<std::size_t>(steps.vertex(v))] = {sums.count, static_cast<double>(sums.distance),
                                                          sums.closeness.value(), static_cast<double>(sums.farthest)};
  }
  return reached;
}

inline std::vector<Reached> reach_by_lengths(const Steps& steps, const Run& run) {
  const index_t n = steps.n();
  std::vector<Reached> reached(static_cast<std::size_t>(n));
  ScratchPool<Dijkstra> pool;
  parallel_for(n, 12 * (steps.count() + n), run, [&](std::int64_t begin, std::int64_t end) {
    auto search = pool.take([n] { return std::make_unique<Dijkstra>(n); });
    for (auto source = static_cast<index_t>(begin); source < static_cast<index_t>(end); ++source) {
      search->run(steps.forward(), source);
      Sum distance;
      Sum closeness;
      for (std::size_t i = 1; i < search->order.size(); ++i) {
        const double d = search->distance[static_cast<std::size_t>(search->order[i])];
        distance.add(d);
        closeness.add(1.0 / d);
      }
      const double farthest = search->distance[static_cast<std::size_t>(search->order.back())];
      reached[static_cast<std::size_t>(steps.vertex(source))] = {static_cast<std::int64_t>(search->order.size()) - 1,
                                                                 distance.value(), closeness.value(), farthest};
    }
    pool.give(std::move(search));
  });
  return reached;
}

// By vertex of the network.
inline std::vector<Reached> reach(const Steps& steps, const Run& run) {
  if (steps.forward().lengths != nullptr) return reach_by_lengths(steps, run);
  return steps.n() <= 64 ? reach_by_bits<1>(steps, run) : reach_by_bits<8>(steps, run);
}

}  // namespace linkpin::detail
