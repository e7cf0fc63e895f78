// Random networks for twins and properties: every mixture of direction, weights, loops, parallel ties and isolates.
#pragma once

#include <algorithm>
#include <cstdint>
#include <linkpin/core/random.hpp>
#include <linkpin/model/network.hpp>
#include <numeric>
#include <string>
#include <vector>

namespace support {

struct Shape {
  bool directed = true;
  bool weighted = false;
  bool loops = false;
  bool parallel = false;
};

// The case'th of an endless series: up to `largest` vertices (sometimes none), from empty to dense, all shapes in turn.
inline linkpin::Network random_network(std::uint64_t number, Shape shape, linkpin::index_t largest = 14) {
  linkpin::Stream random(2026, "tests", number);
  linkpin::NetworkParts p;
  p.n = static_cast<linkpin::index_t>(random.below(static_cast<std::uint32_t>(largest) + 1));
  p.directed = shape.directed;
  const double density = random.uniform() * random.uniform();
  for (linkpin::index_t u = 0; u < p.n; ++u) {
    for (linkpin::index_t v = shape.directed ? 0 : u; v < p.n; ++v) {
      if (u == v && !shape.loops) continue;
      const int copies = shape.parallel ? 2 : 1;
      for (int c = 0; c < copies; ++c) {
        if (random.uniform() >= density) continue;
        p.source.push_back(u);
        p.target.push_back(v);
        if (shape.weighted) p.weight.push_back(0.25 * (1 + random.below(16)));
      }
    }
  }
  return linkpin::Network(std::move(p));
}

inline linkpin::Network random_network(std::uint64_t number, linkpin::index_t largest = 14) {
  const Shape shape{(number & 1U) != 0, (number & 2U) != 0, (number & 4U) != 0, (number & 8U) != 0};
  return random_network(number, shape, largest);
}

// A random permutation of the vertices: position i holds the old id of the new vertex i.
inline std::vector<linkpin::index_t> random_order(linkpin::index_t n, std::uint64_t number) {
  std::vector<linkpin::index_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  linkpin::Stream random(2026, "relabel", number);
  random.shuffle(std::span(order));
  return order;
}

inline linkpin::Network network(linkpin::index_t n, std::vector<linkpin::index_t> source,
                                std::vector<linkpin::index_t> target, bool directed = true,
                                std::vector<double> weight = {}) {
  linkpin::NetworkParts p;
  p.n = n;
  p.source = std::move(source);
  p.target = std::move(target);
  p.weight = std::move(weight);
  p.directed = directed;
  return linkpin::Network(std::move(p));
}

}  // namespace support
