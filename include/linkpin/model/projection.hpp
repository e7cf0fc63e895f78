// Two-mode networks (people and the events they went to) and their one-mode projections.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <string_view>

namespace linkpin {

// The weight of a projected tie between i and j, over the events e they share with affiliation weights w:
//   count   number of shared events
//   sum     sum of w_ie w_je
//   newman  sum of w_ie w_je / (k_e - 1), k_e the size of the event (Newman 2001, doi:10.1103/PhysRevE.64.016132)
//   cosine  sum of w_ie w_je / (|w_i| |w_j|)
enum class Projection : std::uint8_t { count, sum, newman, cosine };

// Projects a two-mode network onto the vertices with keep[v] != 0; the others are the events. Undirected, no loops.
// Throws InputError where a tie joins two kept vertices or two events, naming it. O(sum of squared event sizes).
[[nodiscard]] Network project(const Network& net, std::span<const std::uint8_t> keep,
                              Projection weights = Projection::sum);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/projection.ipp>
#endif
