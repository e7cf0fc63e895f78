#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/detail/steps.ipp>
#include <linkpin/measures/percolation.hpp>
#include <memory>
#include <numeric>
#include <span>
#include <string>

namespace linkpin {

namespace detail {

// What one thread has seen so far. Sums of sizes are whole numbers, so that it does not matter who adds when.
struct Failures {
  std::vector<index_t> order;   // numbers of `Steps`, the first to fail first
  std::vector<index_t> parent;  // a vertex further up; below 0: a root, minus its size; n: not there
  std::vector<std::int64_t> total;
  std::vector<index_t> least, most;

  explicit Failures(index_t n)
      : order(static_cast<std::size_t>(n)),
        parent(static_cast<std::size_t>(n)),
        total(static_cast<std::size_t>(n) + 1),
        least(static_cast<std::size_t>(n) + 1, n),
        most(static_cast<std::size_t>(n) + 1, 0) {}

  index_t root(index_t v) {
    while (parent[static_cast<std::size_t>(v)] >= 0) {
      const index_t up = parent[static_cast<std::size_t>(v)];
      const index_t further = parent[static_cast<std::size_t>(up)];
      if (further < 0) return up;
      parent[static_cast<std::size_t>(v)] = further;
      v = further;
    }
    return v;
  }

  // Joins two roots; returns the one that stays.
  index_t join(index_t a, index_t b) {
    index_t& up = parent[static_cast<std::size_t>(a)];
    index_t& down = parent[static_cast<std::size_t>(b)];
    if (up > down) return join(b, a);  // b is the larger one
    up += down;
    down = a;
    return a;
  }

  void note(std::size_t failed, index_t largest) {
    total[failed] += largest;
    least[failed] = std::min(least[failed], largest);
    most[failed] = std::max(most[failed], largest);
  }
};

// Puts the vertices back from the last to fail to the first; returns the sum of largest sizes after 1 to n failures.
inline std::int64_t run_backwards(const StepRows& rows, Failures& f) {
  const auto n = static_cast<index_t>(f.order.size());
  std::fill(f.parent.begin(), f.parent.end(), n);
  index_t largest = 0;
  std::int64_t sum = 0;
  for (std::size_t left = f.order.size(); left > 0; --left) {
    f.note(left, largest);
    sum += largest;
    index_t own = f.order[left - 1];
    const index_t begin = rows.offsets[own];
    const index_t end = rows.offsets[own + 1];
    f.parent[static_cast<std::size_t>(own)] = -1;
    for (index_t k = begin; k < end; ++k) {
      const index_t other = rows.ends[k];
      const index_t up = f.parent[static_cast<std::size_t>(other)];
      if (static_cast<int>(up == n) | static_cast<int>(up == own)) continue;  // nearly always: one branch, well guessed
      const index_t root = f.root(other);
      if (root != own) own = f.join(own, root);
    }
    largest = std::max(largest, -f.parent[static_cast<std::size_t>(own)]);
  }
  f.note(0, largest);
  return sum;
}

// All vertices in random order, those of higher scores first.
inline void draw_order(const Steps& steps, std::span<const double> scores, Stream random, std::vector<index_t>& order) {
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(std::span(order));
  if (scores.empty()) return;
  auto score = [&](index_t number) { return scores[static_cast<std::size_t>(steps.vertex(number))]; };
  std::stable_sort(order.begin(), order.end(), [&](index_t a, index_t b) { return score(a) > score(b); });
}

inline void check_percolation(const Network& net, const PercolationOptions& options) {
  if (options.orders < 1) refuse("percolation", "orders", std::to_string(options.orders), "try at least one order");
  if (options.scores.empty()) return;
  if (options.scores.size() != static_cast<std::size_t>(net.n())) {
    refuse("percolation", "scores", std::to_string(options.scores.size()) + " values",
           "give one score a vertex: " + std::to_string(net.n()));
  }
  for (std::size_t v = 0; v < options.scores.size(); ++v) {
    if (std::isnan(options.scores[v])) {
      refuse("percolation", "scores", "NaN", "give those without a score one that says when they fail",
             "vertex " + net.name(static_cast<index_t>(v)));
    }
  }
}

}  // namespace detail

LINKPIN_INLINE Percolation percolation(const Network& net, const PercolationOptions& options) {
  detail::check_percolation(net, options);
  Percolation result;
  result.provenance = provenance(net, "percolation");
  detail::warn_unobserved(net, result.provenance);
  result.provenance.seed = options.seed;
  const index_t n = net.n();
  const detail::Steps steps(net, Mode::all);
  result.robustness.assign(static_cast<std::size_t>(options.orders), undefined);

  detail::ScratchPool<detail::Failures> pool;
  parallel_for(options.orders, 8 * (steps.count() + n), options.run, [&](std::int64_t begin, std::int64_t end) {
    auto scratch = pool.take([n] { return std::make_unique<detail::Failures>(n); });
    for (std::int64_t o = begin; o < end; ++o) {
      const Stream random(options.seed, "percolation", static_cast<std::uint64_t>(o));
      detail::draw_order(steps, options.scores, random, scratch->order);
      const std::int64_t sum = detail::run_backwards(steps.forward(), *scratch);
      if (n > 0) result.robustness[static_cast<std::size_t>(o)] = static_cast<double>(sum) / n / n;
    }
    pool.give(std::move(scratch));
  });

  detail::Failures all(n);
  for (const auto& scratch : pool.all()) {
    for (std::size_t k = 0; k < all.total.size(); ++k) {
      all.total[k] += scratch->total[k];
      all.least[k] = std::min(all.least[k], scratch->least[k]);
      all.most[k] = std::max(all.most[k], scratch->most[k]);
    }
  }
  result.mean.reserve(all.total.size());
  for (const std::int64_t total : all.total) result.mean.push_back(static_cast<double>(total) / options.orders);
  result.least = std::move(all.least);
  result.most = std::move(all.most);
  result.value = sum(result.robustness) / options.orders;
  if (n == 0) result.provenance.warnings.push_back("undefined: there is nobody who could fail");
  return result;
}

}  // namespace linkpin
