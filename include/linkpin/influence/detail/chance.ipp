// What reliability and pathways share: ends and chances as they are given, sampled replicates, cuts and disjoint paths.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/terminal.ipp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail {

inline std::vector<std::uint8_t> marked_ends(const Network& net, std::span<const index_t> ends,
                                             std::string_view function, std::string_view argument) {
  std::vector<std::uint8_t> marked(static_cast<std::size_t>(net.n()), 0);
  if (ends.empty()) refuse(function, argument, "none", "name at least one vertex");
  for (const index_t v : ends) {
    if (v < 0 || v >= net.n()) {
      refuse(function, argument, std::to_string(v), "give vertices from 0 to " + std::to_string(net.n() - 1));
    }
    marked[static_cast<std::size_t>(v)] = 1;
  }
  return marked;
}

inline std::vector<double> chances(const Network& net, const TieValues& p, std::string_view function,
                                   std::string_view argument = "p") {
  std::vector<double> values = p.resolve(net, function, argument);
  for (std::size_t e = 0; e < values.size(); ++e) {
    if (values[e] > 1) {
      refuse(function, argument, shown(values[e]), "give probabilities from 0 to 1",
             "tie " + net.name(net.sources()[e]) + " - " + net.name(net.targets()[e]));
    }
  }
  return values;
}

// All sources as vertex 0, all targets as vertex 1, the others from 2 in the network's order. `tie_of` tells which tie
// each arc is.
struct Ends {
  Terminal net;
  std::vector<index_t> vertex;  // by vertex of the network: its number here
  std::vector<index_t> tie_of;  // by arc
  bool shared = false;          // a source is a target
};

inline Ends between(const Network& net, std::span<const index_t> sources, std::span<const index_t> targets,
                    std::span<const double> p, Flow flow, std::string_view function) {
  const auto source = marked_ends(net, sources, function, "sources");
  const auto target = marked_ends(net, targets, function, "targets");
  Ends ends;
  for (std::size_t v = 0; v < source.size(); ++v) {
    ends.shared = ends.shared || (source[v] != 0 && target[v] != 0);
    ends.vertex.push_back(source[v] != 0 ? 0 : target[v] != 0 ? 1 : ends.net.n++);
  }
  for (index_t e = 0; e < net.m(); ++e) {
    const auto at = static_cast<std::size_t>(e);
    index_t u = ends.vertex[static_cast<std::size_t>(net.sources()[at])];
    index_t v = ends.vertex[static_cast<std::size_t>(net.targets()[at])];
    if (flow == Flow::backward) std::swap(u, v);
    for (int way = 0; way < (net.directed() ? 1 : 2); ++way, std::swap(u, v)) {
      if (u == v || v == 0 || u == 1 || p[at] <= 0) continue;
      ends.net.arcs.push_back({u, v, p[at]});
      ends.tie_of.push_back(e);
    }
  }
  return ends;
}

// 64 coins at once, each 1 with chance p: the bits of p are compared with random bits, from the first on.
inline std::uint64_t coins(double p, Stream& random) {
  if (p >= 1) return ~std::uint64_t{0};
  std::uint64_t open = ~std::uint64_t{0};
  std::uint64_t heads = 0;
  while (open != 0 && p > 0) {
    p *= 2;
    const std::uint64_t high = random();
    const std::uint64_t bits = high << 32 | random();
    if (p >= 1) {
      heads |= open & ~bits;
      open &= bits;
      p -= 1;
    } else {
      open &= ~bits;
    }
  }
  return heads;
}

// Replicates 64 at a time: which ties carry, and which vertices are reached, a bit a replicate.
class Replicates {
 public:
  explicit Replicates(const Terminal& net) : net_(net), out_(net, false), in_(net, true), carries_(net.arcs.size()) {}

  // Draws block number `block`; the same on any thread.
  void draw(std::uint64_t seed, std::uint64_t block) {
    Stream random(seed, "reliability", block);
    for (std::size_t k = 0; k < carries_.size(); ++k) carries_[k] = coins(net_.arcs[k].p, random);
    spread(out_, false, 0, reached);
  }
  void draw_back() { spread(in_, true, 1, leads); }

  // The replicates that carry without a vertex.
  [[nodiscard]] std::uint64_t without(index_t vertex) {
    spread(out_, false, 0, spare_, vertex);
    return spare_[1];
  }

  std::vector<std::uint64_t> reached;  // by vertex: from vertex 0
  std::vector<std::uint64_t> leads;    // by vertex: to vertex 1, after draw_back()

 private:
  void spread(const ArcRows& rows, bool against, std::size_t root, std::vector<std::uint64_t>& bits,
              index_t without = none) {
    bits.assign(static_cast<std::size_t>(net_.n), 0);
    waiting_.assign(static_cast<std::size_t>(net_.n), 0);
    bits[root] = ~std::uint64_t{0};
    queue_.assign(1, root);
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      const std::size_t v = queue_[i];
      waiting_[v] = 0;
      for (std::size_t k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
        const std::size_t arc = rows.arcs[k];
        const auto next = static_cast<std::size_t>(against ? net_.arcs[arc].from : net_.arcs[arc].to);
        const std::uint64_t came = bits[v] & carries_[arc] & ~bits[next];
        if (came == 0 || static_cast<index_t>(next) == without) continue;
        bits[next] |= came;
        if (std::exchange(waiting_[next], std::uint8_t{1}) == 0) queue_.push_back(next);
      }
    }
  }

  const Terminal& net_;
  ArcRows out_, in_;
  std::vector<std::uint64_t> carries_, spare_;
  std::vector<std::uint8_t> waiting_;
  std::vector<std::size_t> queue_;
};

// The least cut between 0 and 1 by arcs that cost -ln(1 - p): the set of arcs that fails together with most chance.
// Dinic's algorithm on integers, so that it ends. Gives the vertices on the side of 0.
inline std::vector<std::uint8_t> least_cut(const Terminal& net, std::span<const double> cost) {
  struct Edge {
    std::size_t to;
    std::int64_t room;
  };
  double total = 1;
  for (const double c : cost) total += std::isinf(c) ? 0 : c;
  const double scale = 0x1p52 / total;
  const std::int64_t never = std::int64_t{1} << 56;
  std::vector<Edge> edges;
  std::vector<std::vector<std::size_t>> rows(static_cast<std::size_t>(net.n));
  for (std::size_t k = 0; k < net.arcs.size(); ++k) {
    const std::int64_t room = std::isinf(cost[k]) ? never : std::llround(cost[k] * scale);
    rows[static_cast<std::size_t>(net.arcs[k].from)].push_back(edges.size());
    edges.push_back({static_cast<std::size_t>(net.arcs[k].to), room});
    rows[static_cast<std::size_t>(net.arcs[k].to)].push_back(edges.size());
    edges.push_back({static_cast<std::size_t>(net.arcs[k].from), 0});
  }
  std::vector<index_t> level;
  std::vector<std::size_t> next, queue, way;
  std::int64_t flow = 0;
  auto search = [&] {
    level.assign(rows.size(), none);
    level[0] = 0;
    queue.assign(1, 0);
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const std::size_t e : rows[queue[i]]) {
        if (edges[e].room <= 0 || level[edges[e].to] != none) continue;
        level[edges[e].to] = level[queue[i]] + 1;
        queue.push_back(edges[e].to);
      }
    }
    return level[1] != none;
  };
  while (flow < never && search()) {
    next.assign(rows.size(), 0);
    way.clear();
    // One way after the other, by a walk that backs out of dead ends.
    for (std::size_t v = 0;;) {
      if (v == 1) {
        std::int64_t room = never;
        for (const std::size_t e : way) room = std::min(room, edges[e].room);
        flow += room;
        for (const std::size_t e : way) {
          edges[e].room -= room;
          edges[e ^ 1U].room += room;
        }
        way.clear();
        v = 0;
        if (flow >= never) break;
      }
      while (next[v] < rows[v].size() &&
             (edges[rows[v][next[v]]].room <= 0 || level[edges[rows[v][next[v]]].to] != level[v] + 1)) {
        ++next[v];
      }
      if (next[v] < rows[v].size()) {
        way.push_back(rows[v][next[v]]);
        v = edges[way.back()].to;
      } else if (way.empty()) {
        break;
      } else {
        v = edges[way.back() ^ 1U].to;
        way.pop_back();
        ++next[v];
      }
    }
  }
  search();
  std::vector<std::uint8_t> side(rows.size(), 0);
  for (std::size_t v = 0; v < side.size(); ++v) side[v] = level[v] != none ? 1 : 0;
  return side;
}

inline std::vector<double> cut_costs(const Terminal& net) {
  std::vector<double> cost;
  cost.reserve(net.arcs.size());
  for (const ChanceArc& a : net.arcs) cost.push_back(a.p < 1 ? -std::log1p(-a.p) : unreachable);
  return cost;
}

// The likeliest path from `start` to 1 as arcs, none of which is barred; empty where there is none.
inline std::vector<std::size_t> likeliest_way(const Terminal& net, const ArcRows& out,
                                              const std::vector<std::uint8_t>& barred, index_t start = 0) {
  std::vector<double> chance(static_cast<std::size_t>(net.n), 0.0);
  std::vector<std::size_t> by(static_cast<std::size_t>(net.n), net.arcs.size());
  std::priority_queue<std::pair<double, index_t>> queue;
  chance[static_cast<std::size_t>(start)] = 1;
  queue.emplace(1.0, start);
  while (!queue.empty()) {
    const double p = queue.top().first;
    const auto v = static_cast<std::size_t>(queue.top().second);
    queue.pop();
    if (p < chance[v]) continue;
    if (v == 1) break;
    for (std::size_t k = out.offsets[v]; k < out.offsets[v + 1]; ++k) {
      const std::size_t arc = out.arcs[k];
      const auto next = static_cast<std::size_t>(net.arcs[arc].to);
      const double more = p * net.arcs[arc].p;
      if (barred[arc] != 0 || more <= chance[next]) continue;
      chance[next] = more;
      by[next] = arc;
      queue.emplace(more, net.arcs[arc].to);
    }
  }
  std::vector<std::size_t> way;
  if (chance[1] <= 0) return way;
  for (std::size_t v = 1; v != static_cast<std::size_t>(start);
       v = static_cast<std::size_t>(net.arcs[way.back()].from)) {
    way.push_back(by[v]);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace linkpin::detail
