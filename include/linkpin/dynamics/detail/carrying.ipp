// The ties that can carry something, with their chances: what diffusion and the choice of seeds both work on.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/dynamics/diffusion.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::carrying {

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Rows of one direction: neighbours in order, one entry a neighbour, chances above 0.
struct Arcs {
  std::vector<std::int64_t> offsets{0};
  std::vector<index_t> to;
  std::vector<double> p;
  [[nodiscard]] index_t n() const { return static_cast<index_t>(offsets.size()) - 1; }
  [[nodiscard]] std::int64_t begin(index_t v) const { return offsets[at(v)]; }
  [[nodiscard]] std::int64_t end(index_t v) const { return offsets[at(v) + 1]; }
};

inline Arcs gathered(const Adjacency& rows, index_t n, const std::vector<double>& p, DiffusionModel model) {
  Arcs arcs;
  arcs.to.reserve(rows.vertices.size());
  arcs.p.reserve(rows.vertices.size());
  for (index_t v = 0; v < n; ++v) {
    const std::int64_t first = arcs.offsets.back();
    for (index_t e = rows.begin(v); e < rows.end(v); ++e) {
      const index_t u = rows.vertex(e);
      const double chance = p[at(rows.tie(e))];
      if (u == v || chance <= 0) continue;
      if (static_cast<std::int64_t>(arcs.to.size()) > first && arcs.to.back() == u) {
        double& both = arcs.p.back();
        both = model == DiffusionModel::independent_cascade ? both + chance - both * chance : both + chance;
      } else {
        arcs.to.push_back(u);
        arcs.p.push_back(chance);
      }
    }
    arcs.offsets.push_back(static_cast<std::int64_t>(arcs.to.size()));
  }
  return arcs;
}

// Chances by tie. Threshold weights into a vertex may exceed 1 by rounding in their sixth digit, and are then scaled.
inline std::vector<double> chances(const Network& net, const TieValues& p, DiffusionModel model, Flow flow,
                                   std::string_view function) {
  const Adjacency into = flow == Flow::forward ? net.in() : net.out();
  std::vector<double> values;
  if (!p.given() && p.column() == "weighted cascade") {
    values.assign(at(net.m()), 0.0);
    for (index_t v = 0; v < net.n(); ++v) {
      index_t ties = 0;
      for (index_t e = into.begin(v); e < into.end(v); ++e) ties += into.vertex(e) != v ? 1 : 0;
      if (!net.directed()) continue;
      for (index_t e = into.begin(v); e < into.end(v); ++e) values[at(into.tie(e))] = 1.0 / std::max<index_t>(1, ties);
    }
    if (!net.directed()) {
      refuse(function, "p", "weighted cascade",
             "a tie that carries either way has a chance for each; give the network with both directions as ties");
    }
  } else {
    values = p.resolve(net, function, "p");
  }
  for (std::size_t e = 0; e < values.size(); ++e) {
    if (values[e] > 1) {
      refuse(function, "p", shown(values[e]), "the chance of a tie lies in [0, 1]", "tie " + std::to_string(e));
    }
  }
  if (model == DiffusionModel::independent_cascade) return values;
  for (index_t v = 0; v < net.n(); ++v) {
    double sum = 0.0;
    index_t ties = 0;
    for (index_t e = into.begin(v); e < into.end(v); ++e) {
      if (into.vertex(e) == v) continue;
      sum += values[at(into.tie(e))];
      ++ties;
    }
    if (sum <= 1) continue;
    if (sum > 1 + 1e-6 * ties) {
      refuse(function, "p, sum of the ties into a vertex", shown(sum),
             "threshold weights into a vertex sum to at most 1; divide them, or take p = \"weighted cascade\"",
             "vertex " + net.name(v));
    }
    if (net.directed()) {
      for (index_t e = into.begin(v); e < into.end(v); ++e) values[at(into.tie(e))] /= sum;
    }
  }
  return values;
}

// Working memory that threads borrow from each other.
template <class Scratch>
class Pool {
 public:
  template <class Make>
  std::unique_ptr<Scratch> take(Make&& make) {
    const std::lock_guard lock(guard_);
    if (free_.empty()) return make();
    auto one = std::move(free_.back());
    free_.pop_back();
    return one;
  }
  void give(std::unique_ptr<Scratch> one) {
    const std::lock_guard lock(guard_);
    free_.push_back(std::move(one));
  }
  [[nodiscard]] const std::vector<std::unique_ptr<Scratch>>& all() const { return free_; }

 private:
  std::mutex guard_;
  std::vector<std::unique_ptr<Scratch>> free_;
};

// The chance of every vertex to be reached from seeds, exactly; nothing where more than `most_states` would be held.
[[nodiscard]] bool exact_reach(const Arcs& out, std::span<const index_t> seeds, DiffusionModel model,
                               std::size_t most_states, const Run& run, std::vector<double>& reached);

// Throws where a seed does not exist or stands twice.
inline void check_seeds(const Network& net, std::span<const index_t> seeds, std::string_view function) {
  std::vector<std::uint8_t> seen(at(net.n()), 0);
  for (const index_t s : seeds) {
    if (s < 0 || s >= net.n()) {
      refuse(function, "seeds", std::to_string(s), "vertices are numbered 0 to " + std::to_string(net.n() - 1));
    }
    if (std::exchange(seen[at(s)], 1) != 0) refuse(function, "seeds", net.name(s), "a seed stands once");
  }
}

}  // namespace linkpin::detail::carrying
