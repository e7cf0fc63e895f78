#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/detail/depth_first.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <numeric>
#include <utility>

namespace linkpin {

namespace detail {

// Numbers whatever labels by the first vertex that bears them.
inline void number_by_first(std::vector<index_t>& membership, std::vector<index_t>& sizes) {
  std::vector<index_t> number(membership.size(), none);
  sizes.clear();
  for (index_t& label : membership) {
    index_t& fresh = number[static_cast<std::size_t>(label)];
    if (fresh == none) {
      fresh = static_cast<index_t>(sizes.size());
      sizes.push_back(0);
    }
    label = fresh;
    ++sizes[static_cast<std::size_t>(fresh)];
  }
}

// Union-find over the ties; the root of a set is its smallest vertex.
inline std::vector<index_t> weak_labels(const Network& net) {
  std::vector<index_t> parent(static_cast<std::size_t>(net.n()));
  std::iota(parent.begin(), parent.end(), 0);
  index_t* const p = parent.data();
  auto root = [p](index_t v) {
    while (p[v] != v) {
      p[v] = p[p[v]];
      v = p[v];
    }
    return v;
  };
  const auto source = net.sources();
  const auto target = net.targets();
  for (std::size_t e = 0; e < source.size(); ++e) {
    const index_t a = root(source[e]);
    const index_t b = root(target[e]);
    if (a < b) p[b] = a;
    if (b < a) p[a] = b;
  }
  for (index_t v = 0; v < net.n(); ++v) p[v] = p[p[v]];
  return parent;
}

// Tarjan 1972, doi:10.1137/0201010, without recursion. The label of a component is the vertex it was closed at.
inline std::vector<index_t> strong_labels(const Network& net) {
  const auto n = static_cast<std::size_t>(net.n());
  const Adjacency out = net.out();
  std::vector<index_t> label(n, none);
  std::vector<index_t> low(n, none);  // place in the order of the search, then the earliest place reached
  std::vector<index_t> parent(n, none);
  std::vector<index_t> next(out.offsets.begin(), out.offsets.end() - 1);
  std::vector<index_t> open;  // met, and not yet in a component
  std::vector<std::uint8_t> is_root(n, 1);
  index_t met = 0;
  for (index_t start = 0; start < net.n(); ++start) {
    if (low[static_cast<std::size_t>(start)] != none) continue;
    index_t v = start;
    low[static_cast<std::size_t>(v)] = met++;
    open.push_back(v);
    while (v != none) {
      const auto i = static_cast<std::size_t>(v);
      index_t child = none;
      for (index_t& k = next[i]; k < out.end(v); ++k) {
        const index_t u = out.vertex(k);
        const auto j = static_cast<std::size_t>(u);
        if (low[j] == none) {
          child = u;
          break;
        }
        if (label[j] == none && low[j] < low[i]) {
          low[i] = low[j];
          is_root[i] = 0;
        }
      }
      if (child != none) {
        parent[static_cast<std::size_t>(child)] = v;
        low[static_cast<std::size_t>(child)] = met++;
        open.push_back(child);
        v = child;
        continue;
      }
      if (is_root[i] != 0) {
        index_t member = none;
        do {
          member = open.back();
          open.pop_back();
          label[static_cast<std::size_t>(member)] = v;
        } while (member != v);
      }
      // The parent looks at this tie again and takes over what was reached.
      v = parent[i];
    }
  }
  return label;
}

inline std::vector<index_t> own_entries(const Adjacency& rows, index_t n) {
  std::vector<index_t> degree(static_cast<std::size_t>(n));
  for (index_t v = 0; v < n; ++v) {
    const auto row = rows.of(v);
    const auto [first, last] = std::equal_range(row.begin(), row.end(), v);
    degree[static_cast<std::size_t>(v)] = rows.degree(v) - static_cast<index_t>(last - first);
  }
  return degree;
}

// Takes away vertices level by level (Batagelj & Zaversnik 2003). Looking for the next level costs each vertex at most
// one step a level up to its own, so the whole is O(n + m). `lose(v, drop)` calls drop(u) for each tie of u that goes
// with v; `degree` is what counts, and ends as the coreness.
template <class Lose>
void peel(std::vector<index_t>& degree, Lose&& lose) {
  std::vector<index_t> left(degree.size());
  std::iota(left.begin(), left.end(), 0);
  std::vector<index_t> going;
  while (!left.empty()) {
    index_t level = largest_index;
    for (const index_t v : left) level = std::min(level, degree[static_cast<std::size_t>(v)]);
    going.clear();
    for (const index_t v : left) {
      if (degree[static_cast<std::size_t>(v)] == level) going.push_back(v);
    }
    for (std::size_t g = 0; g < going.size(); ++g) {
      lose(going[g], [&](index_t u) {
        index_t& d = degree[static_cast<std::size_t>(u)];
        if (d > level && --d == level) going.push_back(u);
      });
    }
    std::erase_if(left, [&](index_t v) { return degree[static_cast<std::size_t>(v)] <= level; });
  }
}

}  // namespace detail

LINKPIN_INLINE Components components(const Network& net, const ComponentsOptions& options) {
  Components out;
  out.provenance = provenance(net, "components");
  const bool strong = options.mode == Connection::strong && net.directed();
  out.membership = strong ? detail::strong_labels(net) : detail::weak_labels(net);
  detail::number_by_first(out.membership, out.sizes);
  detail::warn_unobserved(net, out.provenance);
  return out;
}

namespace detail {

// By vertex: how many others of its component the loss of it leaves outside the largest piece that remains.
inline std::vector<index_t> cut_off_by(const DepthFirst& search) {
  const std::size_t n = search.parent.size();
  std::vector<index_t> below(n, 1);      // vertices of the subtree
  std::vector<index_t> separated(n, 0);  // of them, those in branches that hang on the vertex
  std::vector<index_t> largest(n, 0);    // the largest such branch
  for (std::size_t i = search.order.size(); i-- > 0;) {
    const index_t v = search.order[i];
    const index_t p = search.above(v);
    if (p == none) continue;
    const auto above = static_cast<std::size_t>(p);
    const index_t size = below[static_cast<std::size_t>(v)];
    below[above] += size;
    if (!search.hangs_on_parent(v)) continue;
    separated[above] += size;
    largest[above] = std::max(largest[above], size);
  }
  std::vector<index_t> cut(n, 0);
  index_t component = 0;
  for (const index_t v : search.order) {
    const auto i = static_cast<std::size_t>(v);
    if (search.above(v) == none) component = below[i];
    const index_t others = component - 1;
    cut[i] = others - std::max(largest[i], others - separated[i]);
  }
  return cut;
}

}  // namespace detail

LINKPIN_INLINE ArticulationPoints articulation_points(const Network& net) {
  ArticulationPoints out;
  out.provenance = provenance(net, "articulation_points");
  detail::warn_unobserved(net, out.provenance);
  detail::DepthFirst search;
  std::vector<index_t> next;
  detail::depth_first(detail::undirected_rows(net), {}, search, next);
  out.cut_off = detail::cut_off_by(search);
  out.values.reserve(out.cut_off.size());
  for (const index_t others : out.cut_off) out.values.push_back(others > 0 ? 1 : 0);
  return out;
}

LINKPIN_INLINE Bridges bridges(const Network& net) {
  Bridges out;
  out.provenance = provenance(net, "bridges");
  detail::warn_unobserved(net, out.provenance);
  detail::DepthFirst search;
  std::vector<index_t> next;
  detail::depth_first(detail::undirected_rows(net), {}, search, next);
  std::vector<std::pair<index_t, index_t>> found;
  for (const index_t v : search.order) {
    const index_t p = search.above(v);
    if (p != none && search.reach(v) > search.at(p)) found.emplace_back(std::min(p, v), std::max(p, v));
  }
  std::sort(found.begin(), found.end());
  for (const auto& [u, v] : found) {
    out.source.push_back(u);
    out.target.push_back(v);
  }
  return out;
}

LINKPIN_INLINE BiconnectedComponents biconnected_components(const Network& net) {
  BiconnectedComponents out;
  out.provenance = provenance(net, "biconnected_components");
  detail::warn_unobserved(net, out.provenance);
  detail::DepthFirst search;
  std::vector<index_t> next;
  detail::depth_first(detail::undirected_rows(net), {}, search, next);
  // The tie to v's parent is in a part of its own, or in that of the tie above it.
  std::vector<index_t> part(static_cast<std::size_t>(net.n()), none);
  for (const index_t v : search.order) {
    const index_t p = search.above(v);
    if (p == none) continue;
    index_t& mine = part[static_cast<std::size_t>(v)];
    if (search.hangs_on_parent(v)) {
      mine = static_cast<index_t>(out.sets.size());
      out.sets.push_back({p});
    } else {
      mine = part[static_cast<std::size_t>(p)];
    }
    out.sets[static_cast<std::size_t>(mine)].push_back(v);
  }
  for (auto& set : out.sets) std::sort(set.begin(), set.end());
  std::sort(out.sets.begin(), out.sets.end());
  return out;
}

LINKPIN_INLINE Coreness coreness(const Network& net, const CorenessOptions& options) {
  Coreness out;
  out.provenance = provenance(net, "coreness");
  detail::warn_unobserved(net, out.provenance);
  const Adjacency ties_out = net.out();
  const Adjacency ties_in = net.in();
  std::vector<index_t> degree;
  auto along = [](const Adjacency& rows) {
    return [rows](index_t v, auto&& drop) {
      for (const index_t u : rows.of(v)) drop(u);
    };
  };
  if (!net.directed() || options.mode == Mode::out) {
    // A tie u->v counts for u, and goes with v: it stands in v's row of entering ties.
    degree = detail::own_entries(ties_out, net.n());
    detail::peel(degree, along(ties_in));
  } else if (options.mode == Mode::in) {
    degree = detail::own_entries(ties_in, net.n());
    detail::peel(degree, along(ties_out));
  } else {
    degree = detail::own_entries(ties_out, net.n());
    const std::vector<index_t> entering = detail::own_entries(ties_in, net.n());
    for (std::size_t v = 0; v < degree.size(); ++v) degree[v] += entering[v];
    detail::peel(degree, [&](index_t v, auto&& drop) {
      along(ties_out)(v, drop);
      along(ties_in)(v, drop);
    });
  }
  out.values.assign(degree.begin(), degree.end());
  return out;
}

}  // namespace linkpin
