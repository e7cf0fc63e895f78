// One depth-first search, from which cut vertices, bridges and biconnected components are read off (Hopcroft & Tarjan
// 1973, doi:10.1145/362248.362272). Without recursion: a path of a million vertices is as good as a star.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <span>
#include <vector>

namespace linkpin::detail {

struct DepthFirst {
  std::vector<index_t> order;     // vertices as they were met
  std::vector<index_t> position;  // by vertex, its place in the order; beyond all places where it was left out
  std::vector<index_t> parent;    // by vertex; `none` for roots
  std::vector<index_t> low;       // by vertex, the earliest place its subtree reaches by one tie

  [[nodiscard]] index_t at(index_t v) const { return position[static_cast<std::size_t>(v)]; }
  [[nodiscard]] index_t above(index_t v) const { return parent[static_cast<std::size_t>(v)]; }
  [[nodiscard]] index_t reach(index_t v) const { return low[static_cast<std::size_t>(v)]; }
  // Nothing in the subtree of v, which is no root, reaches above its parent.
  [[nodiscard]] bool hangs_on_parent(index_t v) const { return reach(v) >= at(above(v)); }
};

// Searches from each vertex in turn, leaving those out for which removed[v] is not 0 (`removed` may be empty). The
// memory of `search` and `next` is used again from call to call.
inline void depth_first(const NeighbourRows& rows, std::span<const std::uint8_t> removed, DepthFirst& search,
                        std::vector<index_t>& next) {
  const std::size_t n = rows.offsets.size() - 1;
  search.order.clear();
  search.order.reserve(n);
  search.position.assign(n, none);
  search.parent.assign(n, none);
  search.low.assign(n, none);
  next.assign(rows.offsets.begin(), rows.offsets.end() - 1);
  const index_t* const ends = rows.offsets.data() + 1;
  const index_t* const neighbours = rows.vertices.data();
  index_t* const position = search.position.data();
  index_t* const low = search.low.data();
  // A vertex that is left out looks as if met long after all others: it is not entered and reaches nothing.
  for (std::size_t v = 0; v < removed.size(); ++v) {
    if (removed[v] != 0) position[v] = largest_index;
  }

  auto meet = [&](index_t v, index_t from) {
    const auto place = static_cast<index_t>(search.order.size());
    position[v] = place;
    low[v] = place;
    search.parent[static_cast<std::size_t>(v)] = from;
    search.order.push_back(v);
  };
  for (std::size_t root = 0; root < n; ++root) {
    if (position[root] != none) continue;
    index_t v = static_cast<index_t>(root);
    meet(v, none);
    bool tie_to_parent_seen = false;  // the first tie back to the parent is the one we came by; a second one counts
    while (true) {
      const index_t from = search.parent[static_cast<std::size_t>(v)];
      index_t child = none;
      index_t k = next[static_cast<std::size_t>(v)];
      index_t lowest = low[v];
      for (; k < ends[v]; ++k) {
        const index_t u = neighbours[k];
        if (position[u] == none) {
          child = u;
          break;
        }
        if (u == from && !tie_to_parent_seen) {
          tie_to_parent_seen = true;
        } else {
          lowest = std::min(lowest, position[u]);
        }
      }
      low[v] = lowest;
      if (child != none) {
        next[static_cast<std::size_t>(v)] = k;  // the tie down is looked at again on return, which does no harm
        meet(child, v);
        v = child;
        tie_to_parent_seen = false;
        continue;
      }
      if (from == none) break;
      next[static_cast<std::size_t>(v)] = k;
      low[from] = std::min(low[from], low[v]);
      v = from;
      // Rows are sorted: the tie to the parent was passed if it stands before where v goes on.
      const index_t above = search.parent[static_cast<std::size_t>(v)];
      const index_t here = next[static_cast<std::size_t>(v)];
      tie_to_parent_seen = above != none && here < ends[v] && neighbours[here] > above;
    }
  }
}

}  // namespace linkpin::detail
