#pragma once

#include <array>
#include <bit>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/dynamics/detail/carrying.ipp>
#include <linkpin/dynamics/diffusion.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <numeric>
#include <tuple>

namespace linkpin {

namespace detail::carrying {

inline constexpr std::size_t states_at_ease = std::size_t{1} << 20;
inline constexpr std::size_t states_at_most = std::size_t{1} << 24;

// The vertices that seeds can reach at all, renumbered along the strong components; ties into seeds are left out.
struct Reachable {
  std::vector<index_t> vertices;  // the seeds first
  std::vector<std::vector<std::pair<index_t, double>>> out, in;
  bool acyclic = false;
};

inline Reachable reachable(const Arcs& arcs, std::span<const index_t> seeds) {
  Reachable r;
  std::vector<index_t> place(at(arcs.n()), none);
  auto visit = [&](index_t v) {
    if (place[at(v)] != none) return;
    place[at(v)] = static_cast<index_t>(r.vertices.size());
    r.vertices.push_back(v);
  };
  for (const index_t s : seeds) visit(s);
  // NOLINTNEXTLINE(modernize-loop-convert): the list grows on the way
  for (std::size_t head = 0; head < r.vertices.size(); ++head) {
    const index_t v = r.vertices[head];
    for (std::int64_t e = arcs.begin(v); e < arcs.end(v); ++e) visit(arcs.to[at(e)]);
  }
  r.out.resize(r.vertices.size());
  r.in.resize(r.vertices.size());
  for (std::size_t u = 0; u < r.vertices.size(); ++u) {
    for (std::int64_t e = arcs.begin(r.vertices[u]); e < arcs.end(r.vertices[u]); ++e) {
      const index_t v = place[at(arcs.to[at(e)])];
      if (v < static_cast<index_t>(seeds.size())) continue;
      r.out[u].emplace_back(v, arcs.p[at(e)]);
      r.in[at(v)].emplace_back(static_cast<index_t>(u), arcs.p[at(e)]);
    }
  }
  return r;
}

// Linear threshold without cycles: P(v) = sum over u of b_uv P(u). False where there is a cycle.
inline bool threshold_reach(const Reachable& r, std::size_t seeds, std::vector<double>& chance) {
  const std::size_t n = r.vertices.size();
  chance.assign(n, 0.0);
  std::vector<std::size_t> open(n);
  std::vector<std::size_t> ready;
  for (std::size_t v = 0; v < n; ++v) {
    open[v] = r.in[v].size();
    if (v < seeds) chance[v] = 1.0;
    if (open[v] == 0) ready.push_back(v);
  }
  for (std::size_t head = 0; head < ready.size(); ++head) {
    const std::size_t u = ready[head];
    for (const auto& [v, b] : r.out[u]) {
      chance[at(v)] += b * chance[u];
      if (--open[at(v)] == 0) ready.push_back(at(v));
    }
  }
  return ready.size() == n;
}

using Bits = std::uint64_t;

inline Bits bit(std::size_t v) { return Bits{1} << v; }

// Who is reached, and whose ties have been tried; with its probability.
struct State {
  Bits reached = 0;
  Bits tried = 0;
  double weight = 0.0;
};

// Equal states become one; weights add in a fixed order.
inline void merge(std::vector<State>& states) {
  std::sort(states.begin(), states.end(), [](const State& a, const State& b) {
    return std::tie(a.reached, a.tried, a.weight) < std::tie(b.reached, b.tried, b.weight);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (kept > 0 && states[kept - 1].reached == states[i].reached && states[kept - 1].tried == states[i].tried) {
      states[kept - 1].weight += states[i].weight;
    } else {
      states[kept++] = states[i];
    }
  }
  states.resize(kept);
}

// Follows the probability of every set reached, one strong component after the other. What lies behind is forgotten as
// soon as nothing ahead asks for it, so that histories meet again.
class Frontier {
 public:
  Frontier(const Reachable& r, DiffusionModel model, std::size_t most_states, const Run& run)
      : r_(r), model_(model), most_states_(most_states), watch_(run), chance_(r.vertices.size(), 0.0) {}

  bool follow(std::size_t seeds) {
    std::vector<State> states{{seeds == 64 ? ~Bits{0} : bit(seeds) - 1, 0, 1.0}};
    for (std::size_t s = 0; s < seeds; ++s) chance_[s] = 1.0;
    Bits done = 0;
    for (const Bits component : components()) {
      done |= component;
      if (!pass(states, component)) return false;
      const Bits keep = ~done | asked_again(done);
      for (State& s : states) {
        s.reached &= keep;
        s.tried &= keep;
      }
      merge(states);
    }
    return true;
  }

  [[nodiscard]] const std::vector<double>& chance() const { return chance_; }

 private:
  const Reachable& r_;
  DiffusionModel model_;
  std::size_t most_states_;
  Watch watch_;
  std::vector<double> chance_;

  // Strong components in an order that every tie follows: those with fewer vertices before them come first.
  [[nodiscard]] std::vector<Bits> components() const {
    const std::size_t n = r_.vertices.size();
    std::vector<Bits> before(n);
    for (std::size_t v = 0; v < n; ++v) before[v] = bit(v);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t u = 0; u < n; ++u) {
        for (const auto& [v, p] : r_.out[u]) {
          const Bits more = before[at(v)] | before[u];
          changed = changed || more != before[at(v)];
          before[at(v)] = more;
        }
      }
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::tuple(std::popcount(before[a]), before[a], a) < std::tuple(std::popcount(before[b]), before[b], b);
    });
    std::vector<Bits> found;
    for (std::size_t i = 0; i < n; ++i) {
      if (i > 0 && before[order[i]] == before[order[i - 1]]) {
        found.back() |= bit(order[i]);
      } else {
        found.push_back(bit(order[i]));
      }
    }
    return found;
  }

  // A threshold further on still asks which of its neighbours were reached.
  [[nodiscard]] Bits asked_again(Bits done) const {
    if (model_ == DiffusionModel::independent_cascade) return 0;
    Bits asked = 0;
    for (std::size_t u = 0; u < r_.out.size(); ++u) {
      for (const auto& [v, p] : r_.out[u]) {
        if ((done & bit(u)) != 0 && (done & bit(at(v))) == 0) asked |= bit(u);
      }
    }
    return asked;
  }

  // Tries the ties of every vertex of the component that is reached, the lowest first in each state.
  bool pass(std::vector<State>& states, Bits component) {
    std::vector<State> passed;
    std::vector<State> layer = std::move(states);
    while (!layer.empty()) {
      watch_.look();
      std::array<std::vector<State>, 64> waiting;
      for (const State& s : layer) {
        const Bits open = s.reached & component & ~s.tried;
        if (open == 0) {
          passed.push_back(s);
        } else {
          waiting[at(std::countr_zero(open))].push_back(s);
        }
      }
      layer.clear();
      for (std::size_t u = 0; u < waiting.size(); ++u) {
        if (waiting[u].empty()) continue;
        if (!try_ties(waiting[u], u)) return false;
        layer.insert(layer.end(), waiting[u].begin(), waiting[u].end());
      }
      merge(layer);
      if (layer.size() + passed.size() > most_states_) return false;
    }
    merge(passed);
    states = std::move(passed);
    return true;
  }

  // The chance that u reaches v, which those tried before did not.
  [[nodiscard]] double chance_of(const State& s, index_t v, double p) const {
    if (model_ == DiffusionModel::independent_cascade) return p;
    double spent = 0.0;
    for (const auto& [x, b] : r_.in[at(v)]) spent += (s.tried & bit(at(x))) != 0 ? b : 0.0;
    return spent >= 1 ? 0.0 : std::min(1.0, p / (1.0 - spent));
  }

  bool try_ties(std::vector<State>& states, std::size_t u) {
    for (const auto& [v, p] : r_.out[u]) {
      // A vertex that carries nothing on, and that only u can reach, need not be remembered.
      const bool forgettable = r_.out[at(v)].empty() && r_.in[at(v)].size() == 1;
      const std::size_t before = states.size();
      for (std::size_t i = 0; i < before; ++i) {
        State& s = states[i];
        if ((s.reached & bit(at(v))) != 0) continue;
        const double q = chance_of(s, v, p);
        chance_[at(v)] += s.weight * q;
        if (forgettable || q <= 0) continue;
        State reached{s.reached | bit(at(v)), s.tried, s.weight * q};
        s.weight *= 1.0 - q;
        if (s.weight > 0) {
          states.push_back(reached);
        } else {
          states[i] = reached;
        }
      }
      if (states.size() > most_states_) return false;
    }
    for (State& s : states) s.tried |= bit(u);
    return true;
  }
};

inline bool exact_reach(const Arcs& out, std::span<const index_t> seeds, DiffusionModel model, std::size_t most_states,
                        const Run& run, std::vector<double>& reached) {
  const Reachable r = reachable(out, seeds);
  std::vector<double> chance;
  if (model != DiffusionModel::linear_threshold || !threshold_reach(r, seeds.size(), chance)) {
    if (r.vertices.size() > 64) return false;
    Frontier frontier(r, model, most_states, run);
    if (!frontier.follow(seeds.size())) return false;
    chance = frontier.chance();
  }
  reached.assign(at(out.n()), 0.0);
  for (std::size_t i = 0; i < r.vertices.size(); ++i) reached[at(r.vertices[i])] = std::min(1.0, chance[i]);
  return true;
}

// True with probability p to the last bit, from one word nearly always.
inline bool happens(Stream& random, double p) {
  const double scaled = p * 0x1.0p32;
  const double whole = std::floor(scaled);
  const auto draw = static_cast<double>(random());
  return draw < whole || (draw == whole && random.uniform() < scaled - whole);
}

// One outcome after the other, on memory that is cleared by counting.
struct Outcome {
  std::vector<std::int64_t> counts;   // how often each vertex was reached
  std::vector<std::int64_t> reached;  // the last replicate in which a vertex was
  std::vector<std::int64_t> asked;    // the last replicate in which a vertex was tried
  std::vector<double> spent;          // threshold weight tried so far
  std::vector<index_t> queue;

  explicit Outcome(index_t n) : counts(at(n), 0), reached(at(n), -1), asked(at(n), -1), spent(at(n), 0.0) {}

  std::int64_t draw(const Arcs& arcs, std::span<const index_t> seeds, DiffusionModel model, std::int64_t replicate,
                    Stream& random) {
    queue.assign(seeds.begin(), seeds.end());
    for (const index_t s : seeds) reached[at(s)] = replicate;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const index_t u = queue[head];
      for (std::int64_t e = arcs.begin(u); e < arcs.end(u); ++e) {
        const index_t v = arcs.to[at(e)];
        if (reached[at(v)] == replicate) continue;
        double p = arcs.p[at(e)];
        if (model == DiffusionModel::linear_threshold) {
          if (asked[at(v)] != replicate) spent[at(v)] = 0.0;
          asked[at(v)] = replicate;
          const double left = 1.0 - spent[at(v)];
          spent[at(v)] += p;
          p = left > 0 ? std::min(1.0, p / left) : 0.0;
        }
        if (!happens(random, p)) continue;
        reached[at(v)] = replicate;
        queue.push_back(v);
      }
    }
    for (const index_t v : queue) ++counts[at(v)];
    return static_cast<std::int64_t>(queue.size());
  }
};

// Student's interval; where every replicate reached as many, what such luck leaves possible at this level.
inline Interval interval_of_mean(double mean, double error, std::int64_t replicates, double level, double least,
                                 double most) {
  if (error > 0) {
    const double t = student_quantile(0.5 + level / 2, static_cast<double>(replicates - 1));
    return {std::max(least, mean - t * error), std::min(most, mean + t * error)};
  }
  const double unseen = 1.0 - std::pow(1.0 - level, 1.0 / static_cast<double>(replicates));
  return {mean - unseen * (mean - least), mean + unseen * (most - mean)};
}

}  // namespace detail::carrying

LINKPIN_INLINE Spread spread(const Network& net, std::span<const index_t> seeds, const SpreadOptions& options) {
  namespace c = detail::carrying;
  constexpr std::string_view function = "spread";
  c::check_seeds(net, seeds, function);
  if (options.replicates < 2) refuse(function, "replicates", std::to_string(options.replicates), "at least 2");
  if (!(options.level > 0 && options.level < 1)) {
    refuse(function, "level", shown(options.level), "between 0 and 1");
  }
  const std::vector<double> p = c::chances(net, options.p, options.model, options.flow, function);
  const c::Arcs out = c::gathered(options.flow == Flow::forward ? net.out() : net.in(), net.n(), p, options.model);
  Spread result;
  result.provenance = provenance(net, function);
  if (options.method != SpreadMethod::sampled) {
    const bool insist = options.method == SpreadMethod::exact;
    const std::size_t most = insist ? c::states_at_most : c::states_at_ease;
    result.exact = c::exact_reach(out, seeds, options.model, most, options.run, result.reached);
    if (result.exact) {
      result.value = sum(result.reached);
      return result;
    }
    if (insist) {
      throw LimitError({std::string(function), "method", "exact", "",
                        "more than 64 vertices can be reached, or more than " + std::to_string(most) +
                            " sets of them at once; take method = sampled"});
    }
  }
  const std::int64_t replicates = options.replicates;
  result.provenance.seed = options.seed;
  result.replicates = replicates;
  std::vector<std::int64_t> sizes(c::at(replicates));
  c::Pool<c::Outcome> pool;
  std::int64_t cost = 64;
  auto draw = [&](std::int64_t begin, std::int64_t end) {
    auto outcome = pool.take([&] { return std::make_unique<c::Outcome>(net.n()); });
    for (std::int64_t i = begin; i < end; ++i) {
      Stream random(options.seed, "spread", static_cast<std::uint64_t>(i));
      sizes[c::at(i)] = outcome->draw(out, seeds, options.model, i, random);
    }
    pool.give(std::move(outcome));
  };
  draw(0, 1);
  cost += 8 * sizes[0];
  parallel_for(replicates - 1, cost, options.run, [&](std::int64_t b, std::int64_t e) { draw(b + 1, e + 1); });

  result.reached.assign(c::at(net.n()), 0.0);
  for (const auto& outcome : pool.all()) {  // whole numbers: the order they are added in makes no difference
    for (std::size_t v = 0; v < result.reached.size(); ++v) {
      result.reached[v] += static_cast<double>(outcome->counts[v]);
    }
  }
  for (double& r : result.reached) r /= static_cast<double>(replicates);
  const std::int64_t total = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
  result.value = static_cast<double>(total) / static_cast<double>(replicates);
  Sum squares;
  for (const std::int64_t size : sizes) {
    squares.add((static_cast<double>(size) - result.value) * (static_cast<double>(size) - result.value));
  }
  const auto count = static_cast<double>(replicates);
  result.standard_error = std::sqrt(squares.value() / (count - 1) / count);
  const auto most = static_cast<double>(c::reachable(out, seeds).vertices.size());
  result.interval = c::interval_of_mean(result.value, result.standard_error, replicates, options.level,
                                        static_cast<double>(seeds.size()), most);
  return result;
}

}  // namespace linkpin
