// One shortest path between two vertices, each with the same probability.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/detail/betweenness.ipp>
#include <linkpin/measures/detail/steps.ipp>
#include <utility>
#include <vector>

namespace linkpin::detail {

// Which of several, with probability in proportion to its weight; one that weighs nothing is never chosen.
template <class Weight>
std::size_t pick(std::size_t count, double total, Stream& random, const Weight& weight) {
  double left = random.uniform() * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double w = weight(i);
    if (w == 0) continue;
    last = i;
    left -= w;
    if (left < 0) break;
  }
  return last;
}

// Breadth-first from both ends, always from the one with fewer steps before it, until the two meet.
class MeetInTheMiddle {
 public:
  explicit MeetInTheMiddle(index_t n)
      : side_(static_cast<std::size_t>(n), 0),
        level_(static_cast<std::size_t>(n)),
        paths_(static_cast<std::size_t>(n)) {}

  // Appends the vertices between s and t on a random shortest path; nothing where there is no way.
  void sample(const Steps& steps, index_t s, index_t t, Stream& random, std::vector<index_t>& inner) {
    const StepRows rows[2] = {steps.forward(), steps.backward()};
    clear();
    start(0, s, rows[0]);
    start(1, t, rows[1]);
    while (crossings_.empty()) {
      const int near = ahead_[0] <= ahead_[1] ? 0 : 1;
      if (order_[near].size() == next_[near]) return;  // this end has nowhere left to go
      advance(near, rows[near]);
    }
    auto ways = [this](std::size_t i) { return ways_over(crossings_[i]); };
    double total = 0.0;
    for (std::size_t i = 0; i < crossings_.size(); ++i) total += ways(i);
    const Crossing chosen = crossings_[pick(crossings_.size(), total, random, ways)];
    walk_back(chosen.first, s, rows[1], random, inner);
    walk_back(chosen.second, t, rows[0], random, inner);
  }

 private:
  using Crossing = std::pair<index_t, index_t>;  // a step from the ball of s into that of t

  void clear() {
    for (auto& order : order_) {
      for (const index_t v : order) side_[static_cast<std::size_t>(v)] = 0;
      order.clear();
    }
    crossings_.clear();
  }

  void start(int end, index_t v, const StepRows& rows) {
    side_[static_cast<std::size_t>(v)] = static_cast<std::int8_t>(end + 1);
    level_[static_cast<std::size_t>(v)] = 0;
    paths_[static_cast<std::size_t>(v)] = 1.0;
    order_[end].push_back(v);
    next_[end] = 0;
    ahead_[end] = rows.degree(v);
  }

  // One level further from this end. What it meets of the other side lies on that side's outermost level.
  void advance(int end, const StepRows& rows) {
    std::vector<index_t>& order = order_[end];
    const std::size_t last = order.size();
    std::int64_t ahead = 0;
    for (std::size_t i = next_[end]; i < last; ++i) {
      const index_t v = order[i];
      const index_t level = level_[static_cast<std::size_t>(v)] + 1;
      for (index_t k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
        const index_t w = rows.ends[k];
        const auto at = static_cast<std::size_t>(w);
        if (side_[at] == 0) {
          side_[at] = static_cast<std::int8_t>(end + 1);
          level_[at] = level;
          paths_[at] = 0.0;
          order.push_back(w);
          ahead += rows.degree(w);
        } else if (side_[at] != end + 1) {
          crossings_.emplace_back(end == 0 ? v : w, end == 0 ? w : v);
          continue;
        }
        if (level_[at] == level) paths_[at] += paths_[static_cast<std::size_t>(v)];
      }
    }
    next_[end] = last;
    ahead_[end] = ahead;
  }

  [[nodiscard]] double ways_over(const Crossing& c) const {
    return paths_[static_cast<std::size_t>(c.first)] * paths_[static_cast<std::size_t>(c.second)];
  }

  // From v towards its end of the search, over predecessors in proportion to their paths; v counts, the end does not.
  void walk_back(index_t v, index_t end, const StepRows& rows, Stream& random, std::vector<index_t>& inner) const {
    const std::int8_t side = side_[static_cast<std::size_t>(v)];
    while (v != end) {
      inner.push_back(v);
      const index_t level = level_[static_cast<std::size_t>(v)] - 1;
      const index_t first = rows.offsets[v];
      auto paths = [&](std::size_t i) {
        const auto u = static_cast<std::size_t>(rows.ends[first + static_cast<index_t>(i)]);
        return side_[u] == side && level_[u] == level ? paths_[u] : 0.0;
      };
      const auto count = static_cast<std::size_t>(rows.degree(v));
      const std::size_t chosen = pick(count, paths_[static_cast<std::size_t>(v)], random, paths);
      v = rows.ends[first + static_cast<index_t>(chosen)];
    }
  }

  std::vector<std::int8_t> side_;  // 0: not met, 1: from s, 2: from t
  std::vector<index_t> level_;
  std::vector<double> paths_;
  std::vector<index_t> order_[2];
  std::size_t next_[2] = {0, 0};
  std::int64_t ahead_[2] = {0, 0};  // steps before the next level of each end
  std::vector<Crossing> crossings_;
};

// The same over lengths: one search from s, and the way back from t.
class ShortestByLength {
 public:
  explicit ShortestByLength(index_t n) : search_(n), paths_(static_cast<std::size_t>(n)) {}

  void sample(const Steps& steps, index_t s, index_t t, Stream& random, std::vector<index_t>& inner) {
    search_.run(steps.forward(), s);
    const index_t last = search_.place[static_cast<std::size_t>(t)];
    if (last == none) return;
    const StepRows backward = steps.backward();
    for (index_t i = 0; i <= last; ++i) {
      const index_t w = search_.order[static_cast<std::size_t>(i)];
      double paths = i == 0 ? 1.0 : 0.0;
      for (index_t k = backward.offsets[w]; k < backward.offsets[w + 1]; ++k) paths += paths_before(w, k, backward);
      paths_[static_cast<std::size_t>(w)] = paths;
    }
    for (index_t v = t; v != s;) {
      if (v != t) inner.push_back(v);
      const index_t first = backward.offsets[v];
      const auto chosen =
          pick(static_cast<std::size_t>(backward.degree(v)), paths_[static_cast<std::size_t>(v)], random,
               [&](std::size_t i) { return paths_before(v, first + static_cast<index_t>(i), backward); });
      v = backward.ends[first + static_cast<index_t>(chosen)];
    }
  }

 private:
  // Of the k-th step to w: the paths to its tail where it is the last of a shortest way to w.
  [[nodiscard]] double paths_before(index_t w, index_t k, const StepRows& backward) const {
    const auto u = static_cast<std::size_t>(backward.ends[k]);
    const index_t place = search_.place[u];
    if (place == none || place >= search_.place[static_cast<std::size_t>(w)]) return 0.0;
    const double reach = search_.distance[u] + backward.lengths[k];
    return same_length(reach, search_.distance[static_cast<std::size_t>(w)]) ? paths_[u] : 0.0;
  }

  Dijkstra search_;
  std::vector<double> paths_;
};

}  // namespace linkpin::detail
