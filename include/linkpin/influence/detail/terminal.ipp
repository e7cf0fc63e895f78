// A network between two ends: what of it can matter to whether one reaches the other, and what of that is simple.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <utility>
#include <vector>

namespace linkpin::detail {

struct ChanceArc {
  index_t from = 0;
  index_t to = 0;
  double p = 0.0;
};

// Vertex 0 stands for all sources, vertex 1 for all targets. An undirected tie is an arc each way: only one of the two
// is ever of use, so they may hold independently.
struct Terminal {
  index_t n = 2;
  std::vector<ChanceArc> arcs;
};

// Rows of arcs, by where they start (or end).
struct ArcRows {
  std::vector<std::size_t> offsets, arcs;

  ArcRows(const Terminal& net, bool by_end) : offsets(static_cast<std::size_t>(net.n) + 1, 0), arcs(net.arcs.size()) {
    auto of = [by_end](const ChanceArc& a) { return static_cast<std::size_t>(by_end ? a.to : a.from); };
    for (const ChanceArc& a : net.arcs) ++offsets[of(a) + 1];
    for (std::size_t v = 1; v < offsets.size(); ++v) offsets[v] += offsets[v - 1];
    std::vector<std::size_t> next(offsets.begin(), offsets.end() - 1);
    for (std::size_t k = 0; k < net.arcs.size(); ++k) arcs[next[of(net.arcs[k])]++] = k;
  }
};

// Marks what `root` reaches along the arcs (or against them), never passing through `without`.
inline void mark_reached(const Terminal& net, const ArcRows& rows, bool against, index_t root, index_t without,
                         std::vector<std::uint8_t>& seen, std::vector<index_t>& queue) {
  seen.assign(static_cast<std::size_t>(net.n), 0);
  queue.assign(1, root);
  seen[static_cast<std::size_t>(root)] = 1;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto v = static_cast<std::size_t>(queue[i]);
    for (std::size_t k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      const ChanceArc& arc = net.arcs[rows.arcs[k]];
      const index_t next = against ? arc.from : arc.to;
      if (next == without || seen[static_cast<std::size_t>(next)] != 0) continue;
      seen[static_cast<std::size_t>(next)] = 1;
      queue.push_back(next);
    }
  }
}

// Gives the vertices that are marked (and the two ends) new numbers in their old order; other arcs go.
inline Terminal restricted(const Terminal& net, const std::vector<std::uint8_t>& keep) {
  std::vector<index_t> fresh(static_cast<std::size_t>(net.n), none);
  Terminal out;
  fresh[0] = 0;
  fresh[1] = 1;
  for (std::size_t v = 2; v < fresh.size(); ++v) {
    if (keep[v] != 0) fresh[v] = out.n++;
  }
  for (const ChanceArc& a : net.arcs) {
    const index_t u = fresh[static_cast<std::size_t>(a.from)];
    const index_t v = fresh[static_cast<std::size_t>(a.to)];
    if (u == none || v == none || u == v || v == 0 || u == 1 || a.p <= 0) continue;
    out.arcs.push_back({u, v, a.p});
  }
  return out;
}

// One arc a pair of ends: parallel ones carry unless all fail.
inline void merge_parallel(Terminal& net) {
  std::stable_sort(net.arcs.begin(), net.arcs.end(), [](const ChanceArc& a, const ChanceArc& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  std::size_t kept = 0;
  for (const ChanceArc& a : net.arcs) {
    if (kept > 0 && net.arcs[kept - 1].from == a.from && net.arcs[kept - 1].to == a.to) {
      net.arcs[kept - 1].p += (1 - net.arcs[kept - 1].p) * a.p;
    } else {
      net.arcs[kept++] = a;
    }
  }
  net.arcs.resize(kept);
}

// Leaves out what no way from 0 to 1 can use.
inline Terminal relevant(const Terminal& net) {
  std::vector<std::uint8_t> from, to;
  std::vector<index_t> queue;
  const std::vector<std::uint8_t> all(static_cast<std::size_t>(net.n), 1);
  const Terminal clean = restricted(net, all);
  mark_reached(clean, ArcRows(clean, false), false, 0, none, from, queue);
  mark_reached(clean, ArcRows(clean, true), true, 1, none, to, queue);
  if (from[1] == 0) return {};
  for (std::size_t v = 0; v < from.size(); ++v) from[v] &= to[v];
  Terminal out = restricted(clean, from);
  merge_parallel(out);
  return out;
}

// Takes out vertices with two neighbours at most: what enters from one can only usefully leave to the other, so that
// the two arcs are as good as one. Neighbours of one taken out stay for this round. True where something changed.
inline bool merge_series(Terminal& net) {
  const ArcRows out(net, false);
  const ArcRows in(net, true);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(net.n), 1);
  std::vector<std::uint8_t> locked(static_cast<std::size_t>(net.n), 0);
  std::vector<ChanceArc> extra;
  for (std::size_t v = 2; v < keep.size(); ++v) {
    if (locked[v] != 0) continue;
    index_t ends[2] = {none, none};
    double enter[2] = {0, 0};
    double leave[2] = {0, 0};
    bool few = true;
    auto slot = [&](index_t u) {
      for (int i = 0; i < 2; ++i) {
        if (ends[i] == none) ends[i] = u;
        if (ends[i] == u) return i;
      }
      few = false;
      return 0;
    };
    for (std::size_t k = in.offsets[v]; k < in.offsets[v + 1] && few; ++k) {
      const ChanceArc& a = net.arcs[in.arcs[k]];
      enter[slot(a.from)] = a.p;
    }
    for (std::size_t k = out.offsets[v]; k < out.offsets[v + 1] && few; ++k) {
      const ChanceArc& a = net.arcs[out.arcs[k]];
      leave[slot(a.to)] = a.p;
    }
    if (!few) continue;
    keep[v] = 0;
    for (const index_t u : ends) {
      if (u != none) locked[static_cast<std::size_t>(u)] = 1;
    }
    if (enter[0] * leave[1] > 0) extra.push_back({ends[0], ends[1], enter[0] * leave[1]});
    if (enter[1] * leave[0] > 0) extra.push_back({ends[1], ends[0], enter[1] * leave[0]});
  }
  if (std::find(keep.begin(), keep.end(), std::uint8_t{0}) == keep.end()) return false;
  net.arcs.insert(net.arcs.end(), extra.begin(), extra.end());
  net = relevant(restricted(net, keep));
  return true;
}

// Leaves out arcs that lead back to where every way came through, or on to what every way on must leave again. O(n m).
// Gives the vertices that every way from 0 to 1 passes, in that order.
inline std::vector<index_t> drop_detours(Terminal& net) {
  const ArcRows out(net, false);
  const ArcRows in(net, true);
  std::vector<std::uint8_t> seen, dead(net.arcs.size(), 0);
  std::vector<index_t> queue;
  std::vector<std::pair<std::size_t, index_t>> passed;  // how many lie before it
  for (index_t v = 2; v < net.n; ++v) {
    mark_reached(net, out, false, 0, v, seen, queue);
    if (seen[1] == 0) passed.emplace_back(queue.size(), v);
    const auto row = static_cast<std::size_t>(v);
    for (std::size_t k = in.offsets[row]; k < in.offsets[row + 1]; ++k) {
      if (seen[static_cast<std::size_t>(net.arcs[in.arcs[k]].from)] == 0) dead[in.arcs[k]] = 1;
    }
    mark_reached(net, in, true, 1, v, seen, queue);
    for (std::size_t k = out.offsets[row]; k < out.offsets[row + 1]; ++k) {
      if (seen[static_cast<std::size_t>(net.arcs[out.arcs[k]].to)] == 0) dead[out.arcs[k]] = 1;
    }
  }
  std::vector<ChanceArc> kept;
  for (std::size_t k = 0; k < dead.size(); ++k) {
    if (dead[k] == 0) kept.push_back(net.arcs[k]);
  }
  net.arcs = std::move(kept);
  std::sort(passed.begin(), passed.end());
  std::vector<index_t> order;
  order.reserve(passed.size());
  for (const auto& one : passed) order.push_back(one.second);
  return order;
}

inline constexpr double most_detour_steps = 2e8;

// What is left where nothing simple is: parts in a row, each of which must carry. A part of a single arc is its chance.
inline std::vector<Terminal> reduced(const Terminal& given) {
  Terminal net = relevant(given);
  while (merge_series(net)) {
  }
  if (net.n == 2 || static_cast<double>(net.n) * static_cast<double>(net.arcs.size()) > most_detour_steps) return {net};
  const std::size_t before = net.arcs.size();
  const std::vector<index_t> passed = drop_detours(net);
  if (passed.empty()) return net.arcs.size() == before ? std::vector<Terminal>{net} : reduced(net);
  std::vector<Terminal> parts;
  for (std::size_t i = 0; i <= passed.size(); ++i) {
    const index_t start = i == 0 ? 0 : passed[i - 1];
    const index_t end = i == passed.size() ? 1 : passed[i];
    // The part's own ends become 0 and 1.
    Terminal part{static_cast<index_t>(net.n + 2), {}};
    auto fresh = [&](index_t v) { return v == start ? 0 : v == end ? 1 : v + 2; };
    for (const ChanceArc& a : net.arcs) {
      if (a.to != start && a.from != end) part.arcs.push_back({fresh(a.from), fresh(a.to), a.p});
    }
    for (Terminal& piece : reduced(part)) parts.push_back(std::move(piece));
  }
  return parts;
}

}  // namespace linkpin::detail
