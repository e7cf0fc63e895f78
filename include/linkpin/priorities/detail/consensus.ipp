#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/priorities/consensus.hpp>
#include <linkpin/statistics/order.hpp>
#include <string>

namespace linkpin {

namespace detail::consensus {

inline constexpr std::size_t most_items = 16;  // of kemeny

// before(i, j): how many judges put item i before item j.
struct Pairs {
  std::size_t n = 0;
  std::vector<std::int64_t> cells;

  explicit Pairs(std::size_t items) : n(items), cells(items * items, 0) {}
  [[nodiscard]] std::int64_t before(std::size_t i, std::size_t j) const { return cells[i * n + j]; }
  [[nodiscard]] bool beats(std::size_t i, std::size_t j) const { return before(i, j) > before(j, i); }
};

inline Pairs count_pairs(std::span<const double> ranks, std::size_t n) {
  Pairs pairs(n);
  for (std::size_t start = 0; start < ranks.size(); start += n) {
    const auto judge = ranks.subspan(start, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) pairs.cells[i * n + j] += judge[i] < judge[j] ? 1 : 0;  // never with NaN
    }
  }
  return pairs;
}

// Places from scores, the highest first.
inline std::vector<double> places(const std::vector<double>& scores) {
  std::vector<double> falling;
  falling.reserve(scores.size());
  for (const double s : scores) falling.push_back(-s);
  return mid_ranks(falling);
}

inline void borda(Consensus& out, const Pairs& pairs) {
  for (std::size_t i = 0; i < pairs.n; ++i) {
    std::int64_t score = 0;
    for (std::size_t j = 0; j < pairs.n; ++j) score += pairs.before(i, j) - pairs.before(j, i);
    out.scores.push_back(static_cast<double>(score));
  }
  out.ranks = places(out.scores);
}

// reach[i * n + j]: a chain of items leads from i down to j, each related to the next.
template <class Related>
std::vector<std::uint8_t> chains(std::size_t n, Related&& related) {
  std::vector<std::uint8_t> reach(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) reach[i * n + j] = i != j && related(i, j) ? 1 : 0;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      if (reach[i * n + k] == 0) continue;
      for (std::size_t j = 0; j < n; ++j) reach[i * n + j] |= reach[k * n + j];
    }
  }
  return reach;
}

inline void condorcet(Consensus& out, const Pairs& pairs) {
  const std::size_t n = pairs.n;
  const auto beaten = chains(n, [&](std::size_t i, std::size_t j) { return pairs.beats(i, j); });
  std::vector<std::uint8_t> told(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    if (told[i] != 0 || beaten[i * n + i] == 0) continue;
    std::vector<index_t> cycle;
    for (std::size_t j = i; j < n; ++j) {
      if (beaten[i * n + j] == 0 || beaten[j * n + i] == 0) continue;
      cycle.push_back(static_cast<index_t>(j));
      told[j] = 1;
    }
    out.cycles.push_back(std::move(cycle));
  }
  if (!out.cycles.empty()) {
    out.provenance.warnings.push_back(
        "majorities go round in circles: " + std::to_string(out.cycles.size()) +
        " sets of items in which each is beaten by another; they share a place, see cycles");
  }
  // Two items share a tier where each leads to the other by wins and draws; tiers stand one above the other.
  const auto down = chains(n, [&](std::size_t i, std::size_t j) { return !pairs.beats(j, i); });
  std::vector<double> tiers;
  for (std::size_t i = 0; i < n; ++i) {
    double below = 0;
    double net = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i) continue;
      below += down[j * n + i] == 0 ? 1 : 0;
      net += pairs.beats(i, j) ? 1 : pairs.beats(j, i) ? -1 : 0;
    }
    tiers.push_back(below);
    out.scores.push_back(net);
  }
  out.ranks = places(tiers);
}

// Over sets of items that come first: the fewest preferences turned round, and in how many orders.
inline void kemeny(Consensus& out, const Pairs& pairs, const Run& run) {
  const std::size_t n = pairs.n;
  if (n > most_items) {
    throw LimitError({"consensus", "items", std::to_string(n), "",
                      "Kemeny's order is found exactly for at most " + std::to_string(most_items) +
                          " items; take a shortlist, or another method"});
  }
  const std::size_t sets = std::size_t{1} << n;
  const std::size_t all = sets - 1;
  auto cost_of_adding = [&](std::size_t set, std::size_t item) {
    std::int64_t cost = 0;
    for (std::size_t left = set; left != 0; left &= left - 1) {
      cost += pairs.before(item, static_cast<std::size_t>(std::countr_zero(left)));
    }
    return cost;
  };
  // From the front (how the set got there) and from the back (how the rest goes on); counts fit 16! < 2^63.
  std::vector<std::int64_t> front(sets, 0);
  std::vector<std::int64_t> ways(sets, 0);
  ways[0] = 1;
  Watch watch(run);
  for (std::size_t set = 1; set < sets; ++set) {
    watch.tick(static_cast<double>(set) / static_cast<double>(sets));
    front[set] = std::numeric_limits<std::int64_t>::max();
    for (std::size_t left = set; left != 0; left &= left - 1) {
      const std::size_t before = set & ~(left & (~left + 1));
      const std::int64_t cost =
          front[before] + cost_of_adding(before, static_cast<std::size_t>(std::countr_zero(left)));
      if (cost < front[set]) ways[set] = 0;
      front[set] = std::min(front[set], cost);
      if (cost == front[set]) ways[set] += ways[before];
    }
  }
  std::vector<std::int64_t> onward(sets, 0);  // in how many ways a best order goes on from a set of its first items
  onward[all] = 1;
  std::vector<double> place(n, 0.0);
  for (std::size_t set = sets; set-- > 1;) {
    if (onward[set] == 0) continue;
    const auto position = static_cast<double>(std::popcount(set));
    for (std::size_t left = set; left != 0; left &= left - 1) {
      const auto item = static_cast<std::size_t>(std::countr_zero(left));
      const std::size_t before = set & ~(left & (~left + 1));
      if (front[before] + cost_of_adding(before, item) != front[set]) continue;
      onward[before] += onward[set];
      place[item] += position * static_cast<double>(onward[set]) * static_cast<double>(ways[before]);
    }
  }
  out.best_orders = ways[all];
  for (double& p : place) p /= static_cast<double>(ways[all]);
  out.scores = place;
  // One best order, from the back: where several items could come last, the one that stands lower on average.
  out.ranks.assign(n, 0.0);
  for (std::size_t set = all; set != 0;) {
    std::size_t last = n;
    for (std::size_t left = set; left != 0; left &= left - 1) {
      const auto item = static_cast<std::size_t>(std::countr_zero(left));
      const std::size_t before = set & ~(left & (~left + 1));
      if (front[before] + cost_of_adding(before, item) != front[set]) continue;
      if (last == n || place[item] >= place[last]) last = item;
    }
    out.ranks[last] = static_cast<double>(std::popcount(set));
    set &= ~(std::size_t{1} << last);
  }
  if (out.best_orders > 1) {
    out.provenance.warnings.push_back(std::to_string(out.best_orders) +
                                      " orders are equally good; one of them is given, scores are places over all");
  }
}

inline void add_costs(Consensus& out, std::span<const double> ranks, std::size_t n,
                      const std::vector<index_t>& groups) {
  index_t count = groups.empty() ? 1 : 0;
  for (const index_t g : groups) count = std::max(count, g + 1);
  out.groups.resize(static_cast<std::size_t>(count));
  for (std::size_t start = 0, judge = 0; start < ranks.size(); start += n, ++judge) {
    ConsensusCost& cost = out.groups[groups.empty() ? 0 : static_cast<std::size_t>(groups[judge])];
    ++cost.judges;
    const auto own = ranks.subspan(start, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (!(own[i] < own[j])) continue;
        ++cost.preferences;
        cost.overruled += out.ranks[i] > out.ranks[j] ? 1.0 : out.ranks[i] == out.ranks[j] ? 0.5 : 0.0;
      }
    }
  }
  for (ConsensusCost& cost : out.groups) {
    out.overruled += cost.overruled;
    if (cost.preferences > 0) cost.share = cost.overruled / static_cast<double>(cost.preferences);
  }
}

inline void check(std::span<const double> ranks, index_t items, const ConsensusOptions& options) {
  const auto n = static_cast<std::size_t>(std::max<index_t>(items, 1));
  if (items < 1 ? !ranks.empty() : ranks.size() % n != 0) {
    refuse("consensus", "ranks, length", std::to_string(ranks.size()),
           "give each judge one rank an item: " + std::to_string(items));
  }
  const std::size_t judges = ranks.size() / n;
  if (!options.groups.empty() && options.groups.size() != judges) {
    refuse("consensus", "groups, length", std::to_string(options.groups.size()),
           "give one group a judge: " + std::to_string(judges));
  }
  for (const index_t g : options.groups) {
    if (g < 0 || static_cast<std::size_t>(g) >= judges) {
      refuse("consensus", "groups", std::to_string(g), "number the groups from 0, without gaps");
    }
  }
}

}  // namespace detail::consensus

LINKPIN_INLINE Consensus consensus(std::span<const double> ranks, index_t items, const ConsensusOptions& options) {
  using namespace detail::consensus;
  check(ranks, items, options);
  Consensus out;
  out.provenance.measure = "consensus";
  if (items < 1) return out;
  const auto n = static_cast<std::size_t>(items);
  const Pairs pairs = count_pairs(ranks, n);
  switch (options.method) {
    case ConsensusMethod::borda:
      out.provenance.normalisation = "borda";
      borda(out, pairs);
      break;
    case ConsensusMethod::condorcet:
      out.provenance.normalisation = "condorcet";
      condorcet(out, pairs);
      break;
    case ConsensusMethod::kemeny:
      out.provenance.normalisation = "kemeny";
      kemeny(out, pairs, options.run);
      break;
  }
  for (std::size_t i = 0; i < n; ++i) {
    bool all = n > 1;
    for (std::size_t j = 0; j < n; ++j) all = all && (i == j || pairs.beats(i, j));
    if (all) out.winner = static_cast<index_t>(i);
  }
  add_costs(out, ranks, n, options.groups);
  return out;
}

}  // namespace linkpin
