// What the structural measures share: neighbour rows without direction, and what they say of unobserved dyads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin::detail {

// Neighbours by vertex, sorted. The arrays are the network's own where they can be, else held here.
struct NeighbourRows {
  std::span<const index_t> offsets;
  std::span<const index_t> vertices;
  std::vector<index_t> own_offsets;
  std::vector<index_t> own_vertices;
  std::vector<std::uint8_t> ways;  // per entry of row v: 1 there is v->u, 2 there is u->v; only where asked for

  NeighbourRows() = default;
  NeighbourRows(NeighbourRows&&) noexcept = default;
  NeighbourRows& operator=(NeighbourRows&&) noexcept = default;
  NeighbourRows(const NeighbourRows&) = delete;
  NeighbourRows& operator=(const NeighbourRows&) = delete;

  [[nodiscard]] index_t begin(index_t v) const { return offsets[static_cast<std::size_t>(v)]; }
  [[nodiscard]] index_t end(index_t v) const { return offsets[static_cast<std::size_t>(v) + 1]; }
  [[nodiscard]] index_t degree(index_t v) const { return end(v) - begin(v); }
  [[nodiscard]] index_t vertex(index_t entry) const { return vertices[static_cast<std::size_t>(entry)]; }
  [[nodiscard]] std::span<const index_t> of(index_t v) const {
    return vertices.subspan(static_cast<std::size_t>(begin(v)), static_cast<std::size_t>(degree(v)));
  }
};

// The distinct neighbours of v but v itself, in order, whichever way the ties run: put(neighbour, ways).
template <class Put>
void for_each_neighbour(const Adjacency& out, const Adjacency& in, index_t v, Put&& put) {
  index_t i = out.begin(v);
  index_t j = in.begin(v);
  const index_t i_end = out.end(v);
  const index_t j_end = in.end(v);
  while (i < i_end || j < j_end) {
    const index_t a = i < i_end ? out.vertex(i) : largest_index;
    const index_t b = j < j_end ? in.vertex(j) : largest_index;
    const index_t u = std::min(a, b);
    std::uint8_t ways = 0;
    for (; i < i_end && out.vertex(i) == u; ++i) ways |= 1U;
    for (; j < j_end && in.vertex(j) == u; ++j) ways |= 2U;
    if (u != v) put(u, ways);
  }
}

// One entry a dyad with a tie, no loops: the network symmetrised by union and made simple.
inline NeighbourRows simple_rows(const Network& net, bool with_ways = false) {
  NeighbourRows rows;
  const Adjacency out = net.out();
  const Adjacency in = net.in();
  if (!net.directed() && !net.has_loops() && !net.has_parallel() && !with_ways) {
    rows.offsets = out.offsets;
    rows.vertices = out.vertices;
    return rows;
  }
  rows.own_offsets.reserve(static_cast<std::size_t>(net.n()) + 1);
  rows.own_offsets.push_back(0);
  const std::size_t most = out.vertices.size() + (net.directed() ? in.vertices.size() : 0);
  rows.own_vertices.resize(most);
  if (with_ways) rows.ways.resize(most);
  std::size_t at = 0;
  for (index_t v = 0; v < net.n(); ++v) {
    for_each_neighbour(out, in, v, [&](index_t u, std::uint8_t ways) {
      rows.own_vertices[at] = u;
      if (with_ways) rows.ways[at] = ways;
      ++at;
    });
    if (at > static_cast<std::size_t>(largest_index)) {
      throw LimitError({"undirected rows", "number of entries", std::to_string(at), "",
                        "more than 2^31-1 entries cannot be held; filter the ties first"});
    }
    rows.own_offsets.push_back(static_cast<index_t>(at));
  }
  rows.own_vertices.resize(at);
  if (with_ways) rows.ways.resize(at);
  rows.offsets = rows.own_offsets;
  rows.vertices = rows.own_vertices;
  return rows;
}

// An undirected network's rows as they stand, loops and parallel ties and all; those of the union for a directed one.
inline NeighbourRows undirected_rows(const Network& net) {
  if (net.directed()) return simple_rows(net);
  NeighbourRows rows;
  rows.offsets = net.out().offsets;
  rows.vertices = net.out().vertices;
  return rows;
}

// Measures of the ties as they stand say so where some dyads were never observed.
inline void warn_unobserved(const Network& net, Provenance& p) {
  if (net.observed().complete()) return;
  p.warnings.push_back("some dyads were not observed; they are read as having no tie, which can bias the measure");
}

}  // namespace linkpin::detail
