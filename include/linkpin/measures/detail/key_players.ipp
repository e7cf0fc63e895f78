#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/detail/depth_first.ipp>
#include <linkpin/measures/detail/scratch.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/key_players.hpp>
#include <linkpin/measures/paths.hpp>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

namespace linkpin {

namespace detail {

inline constexpr double exact_by_itself = 5e8;  // elementary steps: seconds
inline constexpr double most_steps = 1e13;      // hours
inline constexpr double equal_within = 1e-12;   // sums of fractions in another order

inline std::string short_number(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", x);
  return text;
}

// Lays waves of a breadth-first walk over the network; the number of vertices at each distance is all that is kept.
struct Waves {
  std::vector<index_t> queue;
  std::vector<index_t> distance;  // of the walk under way, by vertex; `none` where it has not been
  std::vector<index_t> moved;     // by distance, what a further source adds and takes away

  explicit Waves(index_t n) : distance(static_cast<std::size_t>(n), none) {}
};

// What a set of key players is worth, with every vertex tried as its last member.
class KeyValue {
 public:
  KeyValue(const Network& net, index_t k, const KeyPlayersOptions& options)
      : rows_(simple_rows(net)),
        n_(net.n()),
        k_(k),
        steps_(options.steps),
        reach_(options.criterion == KeyCriterion::reach),
        distances_(options.distance_weighted.value_or(reach_)),
        divisor_(options.normalisation == ReachNormalisation::all ? n_ : n_ - k),
        run_(options.run) {}

  [[nodiscard]] index_t n() const { return n_; }
  [[nodiscard]] index_t k() const { return k_; }

  // Elementary steps that trying every last member takes, about.
  [[nodiscard]] double cost() const {
    const double walk = static_cast<double>(n_) + static_cast<double>(rows_.vertices.size());
    if (reach_) return n_ * walk;
    return distances_ ? static_cast<double>(n_) * n_ * walk : walk;
  }

  // The value of `set` with v added, for each v outside it; NaN for its members.
  [[nodiscard]] std::vector<double> with_each(const std::vector<index_t>& set) const {
    std::vector<std::uint8_t> member(static_cast<std::size_t>(n_), 0);
    for (const index_t v : set) member[static_cast<std::size_t>(v)] = 1;
    std::vector<double> values(static_cast<std::size_t>(n_), undefined);
    if (!reach_ && !distances_) {
      broken_up(member, static_cast<index_t>(set.size()) + 1, values);
      return values;
    }
    const std::vector<index_t> near = reach_ ? distances_from(set) : std::vector<index_t>{};
    const auto each = static_cast<std::int64_t>(cost()) / std::max<index_t>(1, n_);
    parallel_for(n_, each, run_, [&](std::int64_t begin, std::int64_t end) {
      auto waves = pool_.take([this] { return std::make_unique<Waves>(n_); });
      for (std::int64_t v = begin; v < end; ++v) {
        const auto i = static_cast<std::size_t>(v);
        if (member[i] != 0) continue;
        values[i] = reach_ ? reached(near, static_cast<index_t>(v), *waves)
                           : spread_out(member, static_cast<index_t>(v), static_cast<index_t>(set.size()), *waves);
      }
      pool_.give(std::move(waves));
    });
    return values;
  }

 private:
  // Fragmentation without distances: one depth-first search tells what is left of each component without each vertex.
  void broken_up(const std::vector<std::uint8_t>& member, index_t gone, std::vector<double>& values) const {
    DepthFirst search;
    std::vector<index_t> next;
    depth_first(rows_, member, search, next);
    const auto n = static_cast<std::size_t>(n_);
    std::vector<std::int64_t> below(n, 1);     // size of the subtree
    std::vector<std::int64_t> cut(n, 0);       // vertices in branches that come off with v
    std::vector<std::int64_t> in_parts(n, 0);  // ordered pairs within those branches
    std::vector<index_t> root(n, none);
    auto pairs = [](std::int64_t size) { return size * (size - 1); };
    for (auto v = search.order.rbegin(); v != search.order.rend(); ++v) {
      const index_t p = search.above(*v);
      if (p == none) continue;
      const std::int64_t size = below[static_cast<std::size_t>(*v)];
      below[static_cast<std::size_t>(p)] += size;
      if (!search.hangs_on_parent(*v)) continue;
      cut[static_cast<std::size_t>(p)] += size;
      in_parts[static_cast<std::size_t>(p)] += pairs(size);
    }
    std::int64_t connected = 0;
    for (const index_t v : search.order) {
      const index_t p = search.above(v);
      root[static_cast<std::size_t>(v)] = p == none ? v : root[static_cast<std::size_t>(p)];
      if (p == none) connected += pairs(below[static_cast<std::size_t>(v)]);
    }
    const std::int64_t left = n_ - gone;
    for (const index_t v : search.order) {
      const auto i = static_cast<std::size_t>(v);
      const std::int64_t size = below[static_cast<std::size_t>(root[i])];
      const std::int64_t still = connected - pairs(size) + in_parts[i] + pairs(size - 1 - cut[i]);
      values[i] = left < 2 ? undefined : 1.0 - static_cast<double>(still) / static_cast<double>(pairs(left));
    }
  }

  [[nodiscard]] std::vector<index_t> distances_from(const std::vector<index_t>& set) const {
    std::vector<index_t> distance(static_cast<std::size_t>(n_), none);
    std::vector<index_t> queue = set;
    for (const index_t v : set) distance[static_cast<std::size_t>(v)] = 0;
    for (std::size_t q = 0; q < queue.size(); ++q) {
      for (const index_t u : rows_.of(queue[q])) {
        index_t& d = distance[static_cast<std::size_t>(u)];
        if (d != none) continue;
        d = distance[static_cast<std::size_t>(queue[q])] + 1;
        queue.push_back(u);
      }
    }
    return distance;
  }

  // What one vertex at a distance counts.
  [[nodiscard]] double worth(index_t distance) const {
    if (steps_ > 0 && distance > steps_) return 0.0;
    return distances_ ? 1.0 / distance : 1.0;
  }

  // Reach of the set at distances `near` once v joins it. A walk from v stops where the set is as near as v.
  double reached(const std::vector<index_t>& near, index_t v, Waves& waves) const {
    auto count = [&](index_t distance, index_t by) {
      if (distance <= 0) return;
      if (waves.moved.size() <= static_cast<std::size_t>(distance)) {
        waves.moved.resize(static_cast<std::size_t>(distance) + 1, 0);
      }
      waves.moved[static_cast<std::size_t>(distance)] += by;
    };
    for (const index_t d : near) count(d, 1);
    walk(v, waves, [&](index_t u, index_t d) {
      const index_t old = near[static_cast<std::size_t>(u)];
      if (old != none && old <= d) return false;
      count(old, -1);
      count(d, 1);
      return true;
    });
    Sum total;
    for (std::size_t d = 1; d < waves.moved.size(); ++d) {
      total.add(waves.moved[d] * worth(static_cast<index_t>(d)));
    }
    waves.moved.clear();
    return total.value() / divisor_;
  }

  // Distance-weighted fragmentation of what is left without the set and v.
  double spread_out(std::vector<std::uint8_t> gone, index_t v, index_t others, Waves& waves) const {
    gone[static_cast<std::size_t>(v)] = 1;
    std::vector<std::int64_t> at;  // ordered pairs by distance
    for (index_t from = 0; from < n_; ++from) {
      if (gone[static_cast<std::size_t>(from)] != 0) continue;
      walk(from, waves, [&](index_t u, index_t d) {
        if (gone[static_cast<std::size_t>(u)] != 0) return false;
        if (at.size() <= static_cast<std::size_t>(d)) at.resize(static_cast<std::size_t>(d) + 1, 0);
        ++at[static_cast<std::size_t>(d)];
        return true;
      });
    }
    Sum near;
    for (std::size_t d = 1; d < at.size(); ++d) near.add(static_cast<double>(at[d]) / static_cast<double>(d));
    const double left = n_ - others - 1;
    return left < 2 ? undefined : 1.0 - near.value() / (left * (left - 1));
  }

  // A breadth-first walk; enter(u, distance) says whether it goes on through u.
  template <class Enter>
  void walk(index_t start, Waves& waves, Enter&& enter) const {
    waves.queue.assign(1, start);
    std::vector<index_t>& distance = waves.distance;
    enter(start, 0);
    distance[static_cast<std::size_t>(start)] = 0;
    for (std::size_t q = 0; q < waves.queue.size(); ++q) {
      const index_t next = distance[static_cast<std::size_t>(waves.queue[q])] + 1;
      for (const index_t u : rows_.of(waves.queue[q])) {
        if (distance[static_cast<std::size_t>(u)] != none || !enter(u, next)) continue;
        distance[static_cast<std::size_t>(u)] = next;
        waves.queue.push_back(u);
      }
    }
    for (const index_t u : waves.queue) distance[static_cast<std::size_t>(u)] = none;
  }

  NeighbourRows rows_;
  index_t n_;
  index_t k_;
  index_t steps_;
  bool reach_;
  bool distances_;
  index_t divisor_;
  const Run& run_;
  mutable ScratchPool<Waves> pool_;
};

// The best sets seen so far.
struct BestSets {
  double value = -unreachable;
  std::int64_t count = 0;
  std::vector<std::vector<index_t>> sets;

  void offer(double v, std::size_t most, const std::vector<index_t>& set, index_t last) {
    if (std::isnan(v) || v < value - equal_within) return;
    if (v > value + equal_within) {
      value = v;
      count = 0;
      sets.clear();
    }
    ++count;
    if (sets.size() >= most) return;
    sets.push_back(set);
    sets.back().push_back(last);
  }

  void merge(const BestSets& other, std::size_t most) {
    if (other.count == 0 || other.value < value - equal_within) return;
    if (other.value > value + equal_within) {
      *this = other;
      return;
    }
    count += other.count;
    for (const auto& set : other.sets) {
      if (sets.size() < most) sets.push_back(set);
    }
  }
};

inline double binomial(double n, double k) {
  double product = 1.0;
  for (double i = 1; i <= k; ++i) product *= (n - k + i) / i;
  return std::round(product);
}

// The rank'th of the sets of `size` out of n, in lexicographic order.
inline std::vector<index_t> set_of_rank(index_t n, index_t size, std::int64_t rank) {
  std::vector<index_t> set;
  index_t v = 0;
  for (index_t left = size; left > 0; ++v) {
    const auto with_v = static_cast<std::int64_t>(binomial(n - v - 1, left - 1));
    if (rank < with_v) {
      set.push_back(v);
      --left;
    } else {
      rank -= with_v;
    }
  }
  return set;
}

inline bool next_set(index_t n, std::vector<index_t>& set) {
  const auto size = static_cast<index_t>(set.size());
  index_t i = size - 1;
  while (i >= 0 && set[static_cast<std::size_t>(i)] == n - size + i) --i;
  if (i < 0) return false;
  ++set[static_cast<std::size_t>(i)];
  for (index_t j = i + 1; j < size; ++j) {
    set[static_cast<std::size_t>(j)] = set[static_cast<std::size_t>(j) - 1] + 1;
  }
  return true;
}

// Every set once: each choice of the first k - 1 members, with every later vertex as the last. Blocks of choices are
// joined in their order, so the list does not depend on the threads.
inline BestSets weigh_every_set(const KeyValue& value, std::size_t most, const Run& run) {
  constexpr std::int64_t block = 64;
  const index_t n = value.n();
  const auto choices = static_cast<std::int64_t>(binomial(n, value.k() - 1));
  const std::int64_t blocks = (choices + block - 1) / block;
  BestSets best;
  // A stretch of blocks at a time, so that no more than its results are held at once.
  constexpr std::int64_t stretch = 1024;
  for (std::int64_t first = 0; first < blocks; first += stretch) {
    const std::int64_t count = std::min(stretch, blocks - first);
    std::vector<BestSets> found(static_cast<std::size_t>(count));
    const double cost = std::min(value.cost() * block, 1e15);
    parallel_for(count, static_cast<std::int64_t>(cost), run, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t b = begin; b < end; ++b) {
        BestSets& mine = found[static_cast<std::size_t>(b)];
        const std::int64_t rank = (first + b) * block;
        std::vector<index_t> set = set_of_rank(n, value.k() - 1, rank);
        for (std::int64_t c = rank; c < std::min(rank + block, choices); ++c) {
          const std::vector<double> values = value.with_each(set);
          for (index_t v = set.empty() ? 0 : set.back() + 1; v < n; ++v) {
            mine.offer(values[static_cast<std::size_t>(v)], most, set, v);
          }
          next_set(n, set);
        }
      }
    });
    for (const BestSets& part : found) best.merge(part, most);
  }
  return best;
}

inline index_t best_of(const std::vector<double>& values) {
  index_t best = none;
  for (std::size_t v = 0; v < values.size(); ++v) {
    if (std::isnan(values[v])) continue;
    if (best == none || values[v] > values[static_cast<std::size_t>(best)] + equal_within) {
      best = static_cast<index_t>(v);
    }
  }
  return best;
}

// Each member in turn gives way to the best vertex in its place, until none can be bettered.
inline double interchange(const KeyValue& value, std::vector<index_t>& set, Watch& watch) {
  double reached = -unreachable;
  for (bool better = true; better;) {
    better = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
      watch.look();
      std::vector<index_t> others = set;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      const std::vector<double> values = value.with_each(others);
      const index_t v = best_of(values);
      const double own = values[static_cast<std::size_t>(set[i])];
      reached = std::max(reached, own);
      if (v == none || values[static_cast<std::size_t>(v)] <= own + equal_within) continue;
      set[i] = v;
      reached = values[static_cast<std::size_t>(v)];
      better = true;
    }
  }
  std::sort(set.begin(), set.end());
  return reached;
}

inline BestSets search_sets(const KeyValue& value, const KeyPlayersOptions& options) {
  BestSets best;
  Watch watch(options.run);
  for (index_t start = 0; start < std::max<index_t>(1, options.starts); ++start) {
    std::vector<index_t> set;
    if (start == 0) {
      while (static_cast<index_t>(set.size()) < value.k()) set.push_back(best_of(value.with_each(set)));
    } else {
      Stream random(options.seed, "key players", static_cast<std::uint64_t>(start));
      while (static_cast<index_t>(set.size()) < value.k()) {
        const auto v = static_cast<index_t>(random.below(static_cast<std::uint32_t>(value.n())));
        if (std::find(set.begin(), set.end(), v) == set.end()) set.push_back(v);
      }
    }
    const double reached = interchange(value, set, watch);
    if (std::find(best.sets.begin(), best.sets.end(), set) != best.sets.end()) continue;
    const index_t last = set.back();
    set.pop_back();
    best.offer(reached, std::max<std::size_t>(1, options.most_sets), set, last);
  }
  std::sort(best.sets.begin(), best.sets.end());
  return best;
}

inline void check_key_players(const Network& net, index_t k, const KeyPlayersOptions& options) {
  const bool reach = options.criterion == KeyCriterion::reach;
  const index_t most = net.n() - (reach ? 1 : 2);
  if (k < 1 || k > most) {
    refuse("key_players", "k", std::to_string(k),
           most < 1 ? "the network has too few vertices: " + std::to_string(net.n())
                    : "choose between 1 and " + std::to_string(most) + ", so that others are left");
  }
  if (options.steps < 0) {
    refuse("key_players", "steps", std::to_string(options.steps), "0 for any number of steps, or how many count");
  }
  if (!reach && options.steps > 0) {
    refuse("key_players", "steps", std::to_string(options.steps), "steps bound reach; fragmentation has none");
  }
  if (!reach && options.normalisation == ReachNormalisation::all) {
    refuse("key_players", "normalisation", "all", "it is of reach; fragmentation is a share of the pairs left");
  }
}

}  // namespace detail

LINKPIN_INLINE Fragmentation fragmentation(const Network& net, const FragmentationOptions& options) {
  Fragmentation out;
  out.provenance = provenance(net, "fragmentation");
  out.provenance.normalisation = options.distance_weighted ? "distance-weighted" : "";
  detail::warn_unobserved(net, out.provenance);
  const double n = net.n();
  if (net.n() < 2) {
    out.value = undefined;
    out.provenance.warnings.push_back("undefined: there are no two vertices to be apart");
    return out;
  }
  double near = 0.0;
  if (options.distance_weighted) {
    near = sum(harmonic(net, {.mode = Mode::all, .run = options.run}).values);
  } else {
    for (const index_t size : components(net).sizes) near += static_cast<double>(size) * (size - 1.0);
  }
  out.value = 1.0 - near / (n * (n - 1));
  return out;
}

LINKPIN_INLINE KeyPlayers key_players(const Network& net, index_t k, const KeyPlayersOptions& options) {
  detail::check_key_players(net, k, options);
  KeyPlayers out;
  out.provenance = provenance(net, "key_players");
  const bool reach = options.criterion == KeyCriterion::reach;
  const bool distances = options.distance_weighted.value_or(reach);
  out.provenance.normalisation = std::string(reach ? "reach" : "fragmentation") +
                                 (distances ? ", distance-weighted" : "") +
                                 (options.steps > 0 ? ", within " + std::to_string(options.steps) + " steps" : "") +
                                 (!reach                                                ? ""
                                  : options.normalisation == ReachNormalisation::others ? ", by the n - k others"
                                                                                        : ", by all n");
  detail::warn_unobserved(net, out.provenance);

  const detail::KeyValue value(net, k, options);
  out.steps_estimated = detail::binomial(net.n(), k - 1.0) * value.cost();
  out.exact = options.exact.value_or(out.steps_estimated <= detail::exact_by_itself);
  const double passes = 3.0;  // of the interchange, about
  const double work = out.exact ? out.steps_estimated : value.cost() * k * (1 + passes * options.starts);
  if (work > detail::most_steps) {
    refuse("key_players", out.exact ? "exact" : "k", out.exact ? "true" : std::to_string(k),
           "this would take about " + detail::short_number(work) + " steps; " +
               (out.exact ? "leave exact unset for greedy choice with interchange, or choose a smaller k"
                          : "choose a part of the network, or a criterion without distances"));
  }
  detail::BestSets best =
      out.exact ? detail::weigh_every_set(value, options.most_sets, options.run) : detail::search_sets(value, options);
  out.value = best.value;
  out.count = best.count;
  out.sets = std::move(best.sets);
  if (!out.exact) {
    out.provenance.seed = options.seed;
    out.provenance.warnings.push_back(
        "found by greedy choice and interchange: a better set may exist, and others as good");
  } else if (out.count > 1) {
    out.provenance.warnings.push_back(std::to_string(out.count) + " sets are equally good" +
                                      (static_cast<std::size_t>(out.count) > out.sets.size()
                                           ? ", of which " + std::to_string(out.sets.size()) + " are listed"
                                           : ""));
  }
  return out;
}

}  // namespace linkpin
