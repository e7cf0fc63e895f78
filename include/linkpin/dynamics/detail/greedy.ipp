// Lazy greedy choice on any monotone submodular worth, and the bound it gives on the best choice.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <linkpin/core/numeric.hpp>
#include <linkpin/dynamics/detail/carrying.ipp>
#include <numeric>
#include <queue>
#include <tuple>
#include <vector>

namespace linkpin::detail::seeds {

using carrying::at;

// What a choice has to keep to.
struct Limits {
  index_t k = 0;
  std::vector<double> costs;  // empty: each 1
  double budget = unreachable;

  [[nodiscard]] double cost(index_t v) const { return costs.empty() ? 1.0 : costs[at(v)]; }
  [[nodiscard]] bool costly() const { return budget < unreachable; }
};

struct Picked {
  std::vector<index_t> seeds;
  std::vector<double> gains;
  double worth = 0.0;
  double cost = 0.0;
  double bound = unreachable;  // no choice within the limits is worth more
  bool k_binds = false;        // the number, not the budget, ended it
};

// worth so far + the most that the limits allow of gains as they are: true of any choice, since gains only shrink.
inline double bound_by_gains(double worth, const std::vector<double>& gains, const Limits& limits) {
  std::vector<index_t> order(gains.size());
  std::iota(order.begin(), order.end(), index_t{0});
  const auto k = std::min<std::size_t>(at(limits.k), order.size());
  auto larger = [&](index_t a, index_t b) { return gains[at(a)] > gains[at(b)]; };
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(), larger);
  Sum by_number;
  for (std::size_t i = 0; i < k; ++i) by_number.add(gains[at(order[i])]);
  double most = by_number.value();
  if (limits.costly()) {
    std::sort(order.begin(), order.end(),
              [&](index_t a, index_t b) { return gains[at(a)] * limits.cost(b) > gains[at(b)] * limits.cost(a); });
    double left = limits.budget;
    Sum by_budget;
    for (const index_t v : order) {
      const double share = std::min(1.0, left / limits.cost(v));
      by_budget.add(share * gains[at(v)]);
      left -= share * limits.cost(v);
      if (left <= 0) break;
    }
    most = std::min(most, by_budget.value());
  }
  return worth + most;
}

// Worth: gain(v) of adding v to what is chosen, add(v) chooses it, n() vertices. Continues from `picked`.
// Vertices are taken by gain (by gain over cost with a budget); those that no longer fit are passed over.
template <class Worth>
void lazy_greedy(Worth& worth, const Limits& limits, Picked& picked, const std::function<bool()>& enough = {}) {
  struct Entry {
    double key;
    double gain;
    index_t vertex;
    std::size_t age;  // how many were chosen when the gain was asked
  };
  auto lower = [](const Entry& a, const Entry& b) { return a.key < b.key || (a.key == b.key && a.vertex > b.vertex); };
  std::vector<Entry> entries;
  entries.reserve(at(worth.n()));
  const std::size_t start = picked.seeds.size();
  auto entry = [&](index_t v) {
    const double gain = worth.gain(v);
    return Entry{limits.costly() ? gain / limits.cost(v) : gain, gain, v, picked.seeds.size()};
  };
  std::vector<std::uint8_t> chosen(at(worth.n()), 0);
  for (const index_t s : picked.seeds) chosen[at(s)] = 1;
  for (index_t v = 0; v < worth.n(); ++v) {
    if (chosen[at(v)] == 0) entries.push_back(entry(v));
  }
  std::priority_queue queue(lower, std::move(entries));
  const std::size_t step = std::max<std::size_t>(1, at(limits.k) / 4);
  auto bound = [&] {
    std::vector<double> gains(at(worth.n()));
    for (index_t v = 0; v < worth.n(); ++v) gains[at(v)] = worth.gain(v);
    picked.bound = std::min(picked.bound, bound_by_gains(picked.worth, gains, limits));
  };
  if (start == 0) bound();
  while (!queue.empty() && picked.seeds.size() < at(limits.k) && !(enough && enough())) {
    Entry top = queue.top();
    queue.pop();
    if (picked.cost + limits.cost(top.vertex) > limits.budget * (1 + 1e-12)) continue;
    if (top.age < picked.seeds.size()) {
      queue.push(entry(top.vertex));
      continue;
    }
    if (enough && !(top.gain > 0)) break;
    worth.add(top.vertex);
    picked.seeds.push_back(top.vertex);
    picked.gains.push_back(top.gain);
    picked.worth += top.gain;
    picked.cost += limits.cost(top.vertex);
    if (picked.seeds.size() % step == 0) bound();
  }
  picked.k_binds = picked.seeds.size() >= at(limits.k);
  bound();
}

}  // namespace linkpin::detail::seeds
