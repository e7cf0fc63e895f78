#pragma once

#include <cmath>
#include <linkpin/model/projection.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail {

inline std::string_view to_string(Projection weights) {
  constexpr std::string_view names[] = {"count", "sum", "newman", "cosine"};
  return names[static_cast<std::size_t>(weights)];
}

inline void check_two_mode(const Network& net, std::span<const std::uint8_t> keep) {
  if (keep.size() != static_cast<std::size_t>(net.n())) {
    refuse("project", "keep, length", std::to_string(keep.size()),
           "give one entry a vertex: " + std::to_string(net.n()));
  }
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[static_cast<std::size_t>(e)];
    const index_t v = net.targets()[static_cast<std::size_t>(e)];
    if ((keep[static_cast<std::size_t>(u)] != 0) == (keep[static_cast<std::size_t>(v)] != 0)) {
      refuse("project", "tie", net.name(u) + " - " + net.name(v),
             "a two-mode network ties the kept vertices to the others only; choose the kinds of tie first",
             "tie " + std::to_string(e));
    }
  }
}

}  // namespace detail

LINKPIN_INLINE Network project(const Network& net, std::span<const std::uint8_t> keep, Projection weights) {
  detail::check_two_mode(net, keep);
  const Network two_mode = [&net] {
    NetworkParts p = net.parts();
    p.directed = false;
    p.parallel = Parallel::merge;
    p.observed = {};
    return Network(std::move(p));
  }();
  const Adjacency rows = two_mode.out();

  std::vector<index_t> kept;
  std::vector<index_t> fresh(keep.size(), none);
  std::vector<double> norm(keep.size(), 0.0);
  auto names = std::make_shared<StringTable>();
  for (index_t v = 0; v < net.n(); ++v) {
    if (keep[static_cast<std::size_t>(v)] == 0) continue;
    fresh[static_cast<std::size_t>(v)] = static_cast<index_t>(kept.size());
    kept.push_back(v);
    names->intern(net.name(v));
    double squares = 0.0;
    for (index_t k = rows.begin(v); k < rows.end(v); ++k) squares += std::pow(two_mode.weight(rows.tie(k)), 2);
    norm[static_cast<std::size_t>(v)] = std::sqrt(squares);
  }

  NetworkParts p;
  p.n = static_cast<index_t>(kept.size());
  p.directed = false;
  p.names = std::move(names);
  p.vertices = net.vertices().take(kept);
  p.lens =
      net.lens() + (net.lens().empty() ? "" : "; ") + "projected, weights " + std::string(detail::to_string(weights));

  // For each kept u, the weight to every larger kept v over the events they share; events in order, so sums are fixed.
  std::vector<double> shared(keep.size(), 0.0);
  std::vector<std::uint8_t> touched(keep.size(), 0);
  std::vector<index_t> met;
  for (const index_t u : kept) {
    met.clear();
    for (index_t k = rows.begin(u); k < rows.end(u); ++k) {
      const index_t event = rows.vertex(k);
      const double own = two_mode.weight(rows.tie(k));
      for (index_t j = rows.begin(event); j < rows.end(event); ++j) {
        const index_t v = rows.vertex(j);
        if (v <= u) continue;
        if (std::exchange(touched[static_cast<std::size_t>(v)], std::uint8_t{1}) == 0) met.push_back(v);
        const double product = own * two_mode.weight(rows.tie(j));
        double share = product;
        if (weights == Projection::count) share = 1.0;
        if (weights == Projection::newman) share = product / (rows.degree(event) - 1);
        if (weights == Projection::cosine) {
          share = product / (norm[static_cast<std::size_t>(u)] * norm[static_cast<std::size_t>(v)]);
        }
        shared[static_cast<std::size_t>(v)] += share;
      }
    }
    for (const index_t v : met) {
      p.source.push_back(fresh[static_cast<std::size_t>(u)]);
      p.target.push_back(fresh[static_cast<std::size_t>(v)]);
      p.weight.push_back(std::isfinite(shared[static_cast<std::size_t>(v)]) ? shared[static_cast<std::size_t>(v)]
                                                                            : 0.0);
      shared[static_cast<std::size_t>(v)] = 0.0;
      touched[static_cast<std::size_t>(v)] = 0;
    }
  }
  return Network(std::move(p));
}

}  // namespace linkpin
