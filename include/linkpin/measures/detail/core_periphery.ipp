#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/core_periphery.hpp>
#include <linkpin/measures/detail/coreness_fit.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <numeric>
#include <string>
#include <utility>

namespace linkpin {

namespace detail {

inline constexpr double better_by = 1e-12;         // less is rounding
inline constexpr index_t swaps_up_to = 2000;       // vertices, for exchanging two, and for more than one coreness start
inline constexpr index_t proof_up_to = 64;         // vertices, for a proof that was not asked for
inline constexpr index_t asked_proof_up_to = 400;  // and that was
inline constexpr std::int64_t proof_steps = 2'000'000;
inline constexpr index_t listing_up_to = 22;  // vertices, for trying every core
inline constexpr index_t asked_listing_up_to = 32;

// The ties of the union with the values that count, one a dyad.
inline Network simple_union(const Network& net, const TieValues& weights) {
  NetworkParts p = net.parts();
  p.ties = Frame{};
  p.weight.clear();
  if (!weights.ones(net)) p.weight = weights.resolve(net, "core_periphery", "weights");
  const bool plain = p.weight.empty();
  Network simple = simplified(undirected(Network(std::move(p))));
  if (!plain || !simple.weighted()) return simple;
  NetworkParts q = simple.parts();  // doubled ties were added up
  q.weight.clear();
  return Network(std::move(q));
}

// Pearson's correlation from sums over `cells` pairs: of values, their squares, ones of the pattern, values on ones.
inline double pattern_fit(double cells, double values, double squares, double ones, double on_ones) {
  const double spread = (cells * squares - values * values) * (cells * ones - ones * ones);
  return spread > 0 ? (cells * on_ones - values * ones) / std::sqrt(spread) : -unreachable;
}

// Ties within a set of vertices: their values and squares.
struct Within {
  double values = 0.0;
  double squares = 0.0;
};

// A core under change: what its ties add up to, and what each vertex has to do with it.
class CoreState {
 public:
  CoreState(const Network& simple, CorePattern pattern)
      : net_(simple),
        rows_(simple.out()),
        pattern_(pattern),
        in_core_(static_cast<std::size_t>(simple.n()), 0),
        to_core_(in_core_.size()),
        all_(in_core_.size()) {
    for (index_t v = 0; v < simple.n(); ++v) {
      for (index_t k = rows_.begin(v); k < rows_.end(v); ++k) {
        const double w = simple.weight(rows_.tie(k));
        all_[static_cast<std::size_t>(v)].values += w;
        all_[static_cast<std::size_t>(v)].squares += w * w;
      }
      total_.values += all_[static_cast<std::size_t>(v)].values / 2;
      total_.squares += all_[static_cast<std::size_t>(v)].squares / 2;
    }
    periphery_ = total_;
  }

  [[nodiscard]] index_t n() const { return net_.n(); }
  [[nodiscard]] bool has(index_t v) const { return in_core_[static_cast<std::size_t>(v)] != 0; }
  [[nodiscard]] double strength(index_t v) const { return all_[static_cast<std::size_t>(v)].values; }
  [[nodiscard]] Within total() const { return total_; }

  [[nodiscard]] double fit() const { return fit(size_, core_, periphery_); }

  [[nodiscard]] double fit_with_other(index_t v) const {
    Within core = core_;
    Within periphery = periphery_;
    move(v, core, periphery);
    return fit(size_ + (has(v) ? -1 : 1), core, periphery);
  }

  // u leaves the core, v comes in.
  [[nodiscard]] double fit_with_swap(index_t u, index_t v) const {
    Within core = core_;
    Within periphery = periphery_;
    move(u, core, periphery);
    move(v, core, periphery);
    // The tie between them was on the way from core to periphery and is again; each of the two moves missed it.
    const double w = value(u, v);
    core.values -= w;
    core.squares -= w * w;
    periphery.values -= w;
    periphery.squares -= w * w;
    return fit(size_, core, periphery);
  }

  void turn(index_t v) {
    move(v, core_, periphery_);
    const bool leaves = has(v);
    size_ += leaves ? -1 : 1;
    in_core_[static_cast<std::size_t>(v)] = leaves ? 0 : 1;
    for (index_t k = rows_.begin(v); k < rows_.end(v); ++k) {
      const double w = net_.weight(rows_.tie(k)) * (leaves ? -1 : 1);
      Within& other = to_core_[static_cast<std::size_t>(rows_.vertex(k))];
      other.values += w;
      other.squares += w * std::abs(w);
    }
  }

  void set(const std::vector<std::uint8_t>& core) {
    for (index_t v = 0; v < n(); ++v) {
      if (has(v) != (core[static_cast<std::size_t>(v)] != 0)) turn(v);
    }
  }

  [[nodiscard]] const std::vector<std::uint8_t>& members() const { return in_core_; }

  // The fit of a core whose ties within, or whose periphery's ties within, are known by their values alone.
  [[nodiscard]] double fit_of(double size, double within) const {
    const double cells = pairs_among(n());
    if (pattern_ == CorePattern::core_core) {
      return pattern_fit(cells, total_.values, total_.squares, pairs_among(size), within);
    }
    return pattern_fit(cells, total_.values, total_.squares, cells - pairs_among(n() - size), total_.values - within);
  }

 private:
  // What v's change of side does to the ties within each.
  void move(index_t v, Within& core, Within& periphery) const {
    const auto i = static_cast<std::size_t>(v);
    const Within& inner = to_core_[i];
    const double sign = has(v) ? -1 : 1;
    core.values += sign * inner.values;
    core.squares += sign * inner.squares;
    periphery.values -= sign * (all_[i].values - inner.values);
    periphery.squares -= sign * (all_[i].squares - inner.squares);
  }

  [[nodiscard]] double fit(index_t size, const Within& core, const Within& periphery) const {
    if (pattern_ == CorePattern::core_core) return fit_of(size, core.values);
    if (pattern_ == CorePattern::core_any) return fit_of(size, periphery.values);
    const double ones = pairs_among(size);
    return pattern_fit(ones + pairs_among(n() - size), core.values + periphery.values, core.squares + periphery.squares,
                       ones, core.values);
  }

  [[nodiscard]] double value(index_t u, index_t v) const {
    const auto row = rows_.of(u);
    const auto found = std::lower_bound(row.begin(), row.end(), v);
    if (found == row.end() || *found != v) return 0.0;
    return net_.weight(rows_.tie(rows_.begin(u) + static_cast<index_t>(found - row.begin())));
  }

  const Network& net_;
  Adjacency rows_;
  CorePattern pattern_;
  std::vector<std::uint8_t> in_core_;
  std::vector<Within> to_core_;  // by vertex, its ties with the core
  std::vector<Within> all_;      // by vertex, all its ties
  Within total_, core_, periphery_;
  index_t size_ = 0;
};

// Vertices change sides, then places with each other, as long as the fit grows.
inline double improve_core(CoreState& state, Watch& watch) {
  double best = state.fit();
  for (bool better = true; better;) {
    better = false;
    for (index_t v = 0; v < state.n(); ++v) {
      watch.tick();
      const double fit = state.fit_with_other(v);
      if (fit <= best + better_by) continue;
      state.turn(v);
      best = fit;
      better = true;
    }
    if (better || state.n() > swaps_up_to) continue;
    for (index_t u = 0; u < state.n(); ++u) {
      for (index_t v = 0; v < state.n() && state.has(u); ++v) {
        watch.tick();
        if (state.has(v)) continue;
        const double fit = state.fit_with_swap(u, v);
        if (fit <= best + better_by) continue;
        state.turn(u);
        state.turn(v);
        best = fit;
        better = true;
      }
    }
  }
  return state.fit();
}

struct Core {
  double fit = -unreachable;
  std::vector<std::uint8_t> members;

  void offer(const CoreState& state, double value) {
    if (value <= fit + better_by) return;
    fit = value;
    members = state.members();
  }
};

// Vertices from the strongest down; equal ones in order.
inline std::vector<index_t> by_strength(const CoreState& state) {
  std::vector<index_t> order(static_cast<std::size_t>(state.n()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&state](index_t a, index_t b) { return state.strength(a) > state.strength(b); });
  return order;
}

inline Core search_core(CoreState& state, const CorePeripheryOptions& options) {
  Watch watch(options.run);
  Core best;
  // The strongest k vertices for every k, and the best of these improved.
  for (const index_t v : by_strength(state)) {
    state.turn(v);
    best.offer(state, state.fit());
  }
  if (best.members.empty()) return best;
  state.set(best.members);
  best.offer(state, improve_core(state, watch));
  std::vector<std::uint8_t> drawn(static_cast<std::size_t>(state.n()));
  for (index_t start = 1; start < options.starts; ++start) {
    watch.look(static_cast<double>(start) / options.starts);
    Stream random(options.seed, "core periphery", static_cast<std::uint64_t>(start));
    const double share = random.uniform();
    for (auto& one : drawn) one = random.uniform() < share ? 1 : 0;
    state.set(drawn);
    best.offer(state, improve_core(state, watch));
  }
  return best;
}

// Proves the best core, or finds it, by branch and bound. For a core of given size the fit is decided by the ties
// within one of the two sides: within the periphery there should be few, and within the core few should be missing. So
// a set of given size with the least cost within is sought, where what is known of a set says what the rest must still
// cost.
class CoreProof {
 public:
  CoreProof(const Network& simple, const CoreState& state, CorePattern pattern, std::int64_t steps, const Run& run)
      : state_(state), missing_(pattern == CorePattern::core_core), most_steps_(steps), watch_(run) {
    const auto n = static_cast<std::size_t>(simple.n());
    n_ = simple.n();
    order_ = by_strength(state);
    if (missing_) std::reverse(order_.begin(), order_.end());
    std::vector<std::size_t> place(n);
    for (std::size_t i = 0; i < n; ++i) place[static_cast<std::size_t>(order_[i])] = i;
    for (index_t e = 0; e < simple.m(); ++e) largest_ = std::max(largest_, simple.weight(e));
    cost_.assign(n * n, missing_ ? largest_ : 0.0);
    for (index_t e = 0; e < simple.m(); ++e) {
      const std::size_t u = place[static_cast<std::size_t>(simple.sources()[static_cast<std::size_t>(e)])];
      const std::size_t v = place[static_cast<std::size_t>(simple.targets()[static_cast<std::size_t>(e)])];
      cost_[u * n + v] = cost_[v * n + u] = missing_ ? largest_ - simple.weight(e) : simple.weight(e);
    }
    // What place v costs with the places from i on.
    later_.assign((n + 1) * n, 0.0);
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t v = 0; v < n; ++v)
        later_[i * n + v] = later_[(i + 1) * n + v] + (v == i ? 0.0 : cost_[v * n + i]);
    }
  }

  // Betters `best` until nothing better is left; false where the steps ran out before.
  bool run(Core& best) {
    best_ = &best;
    for (index_t size = 1; size < n_ && most_steps_ >= 0; ++size) {
      size_ = size;
      chosen_.assign(static_cast<std::size_t>(n_), 0);
      with_chosen_.assign(static_cast<std::size_t>(n_), 0.0);
      branch(0, 0, 0.0);
    }
    return most_steps_ >= 0;
  }

 private:
  [[nodiscard]] double fit(double cost) const {
    const double n = n_;
    return missing_ ? state_.fit_of(size_, largest_ * pairs_among(size_) - cost) : state_.fit_of(n - size_, cost);
  }

  // The least that a choice costs in the end: of each vertex still to come, its ties with those chosen and half of
  // those with others to come that cannot all be left out.
  double least(index_t place, index_t chosen, double cost) {
    const auto n = static_cast<std::size_t>(n_);
    const index_t open = n_ - place;
    const index_t wanted = size_ - chosen;
    bounds_.clear();
    for (auto v = static_cast<std::size_t>(place); v < n; ++v) {
      const double among = later_[static_cast<std::size_t>(place) * n + v] - largest_ * (open - wanted);
      bounds_.push_back(with_chosen_[v] + std::max(0.0, among) / 2);
    }
    std::nth_element(bounds_.begin(), bounds_.begin() + wanted - 1, bounds_.end());
    return std::accumulate(bounds_.begin(), bounds_.begin() + wanted, cost);
  }

  void branch(index_t place, index_t chosen, double cost) {
    if (--most_steps_ < 0) return;
    watch_.tick();
    if (chosen == size_) {
      const double reached = fit(cost);
      if (reached <= best_->fit + better_by) return;
      best_->fit = reached;
      best_->members.assign(static_cast<std::size_t>(n_), 0);
      for (std::size_t i = 0; i < chosen_.size(); ++i) {
        best_->members[static_cast<std::size_t>(order_[i])] = (chosen_[i] != 0) == missing_ ? 1 : 0;
      }
      return;
    }
    if (n_ - place < size_ - chosen || fit(least(place, chosen, cost)) <= best_->fit + better_by) return;
    // The costliest vertices come first and are first left out.
    branch(place + 1, chosen, cost);
    const auto i = static_cast<std::size_t>(place);
    const double own = with_chosen_[i];
    const double* const row = &cost_[i * static_cast<std::size_t>(n_)];
    chosen_[i] = 1;
    for (std::size_t v = 0; v < with_chosen_.size(); ++v) with_chosen_[v] += row[v];
    branch(place + 1, chosen + 1, cost + own);
    chosen_[i] = 0;
    for (std::size_t v = 0; v < with_chosen_.size(); ++v) with_chosen_[v] -= row[v];
  }

  const CoreState& state_;
  bool missing_;
  std::int64_t most_steps_;
  Watch watch_;
  index_t n_ = 0;
  index_t size_ = 0;
  double largest_ = 0.0;
  std::vector<index_t> order_;  // vertices by place
  std::vector<double> cost_;
  std::vector<double> later_;
  std::vector<double> with_chosen_;
  std::vector<double> bounds_;
  std::vector<std::uint8_t> chosen_;
  Core* best_ = nullptr;
};

// Every core in turn, each one vertex away from the last (Gray's order).
inline void list_every_core(CoreState& state, Core& best, const Run& run) {
  Watch watch(run);
  state.set(std::vector<std::uint8_t>(static_cast<std::size_t>(state.n()), 0));
  const std::uint64_t cores = std::uint64_t{1} << state.n();
  for (std::uint64_t i = 1; i < cores; ++i) {
    watch.tick(static_cast<double>(i) / static_cast<double>(cores));
    state.turn(std::countr_zero(i));
    best.offer(state, state.fit());
  }
}

inline void check_proof(index_t n, const CorePeripheryOptions& options) {
  const index_t most = options.pattern == CorePattern::between_ignored ? asked_listing_up_to : asked_proof_up_to;
  if (options.exact.value_or(false) && n > most) {
    refuse("core_periphery", "exact", "true",
           "a proof for " + std::to_string(n) + " vertices would not end; it is possible up to " +
               std::to_string(most) + ". Leave exact unset for the search");
  }
}

inline void fit_coreness(const Network& simple, const CorePeripheryOptions& options, CorePeriphery& out) {
  const CorenessFit fit(simple, options.fit);
  const auto n = static_cast<std::size_t>(simple.n());
  out.value = undefined;
  out.values.assign(n, undefined);
  if (!fit.defined()) {
    out.provenance.warnings.push_back("undefined: all pairs of vertices are alike");
    return;
  }
  Watch watch(options.run);
  bool settled = true;
  double best = -unreachable;
  const index_t starts = simple.n() > swaps_up_to ? 1 : std::max<index_t>(1, options.starts);
  for (index_t start = 0; start < starts; ++start) {
    std::vector<double> c(n, 0.0);
    if (start == 0) {
      const CoreState state(simple, options.pattern);
      for (std::size_t v = 0; v < n; ++v) c[v] = state.strength(static_cast<index_t>(v));
    } else {
      Stream random(options.seed, "coreness", static_cast<std::uint64_t>(start));
      for (double& x : c) x = random.uniform();
    }
    const bool done = fit.settle(c, watch);
    const double score = fit.score(c);
    // A further start must be clearly better, so that the order of equal ones does not depend on rounding.
    if (best > -unreachable && score <= best + 1e-9 * std::max(1.0, std::abs(best))) continue;
    best = score;
    settled = done;
    out.values = std::move(c);
  }
  const double correlation = fit.correlation(out.values);
  if (std::isfinite(correlation)) {
    out.value = correlation;
  } else {
    out.provenance.warnings.push_back("undefined: the best coreness tells no pair from another");
  }
  const double largest = *std::max_element(out.values.begin(), out.values.end());
  for (double& x : out.values) x /= largest;
  out.provenance.seed = options.seed;
  if (!settled) {
    out.provenance.warnings.push_back(
        options.fit == CoreFit::correlation
            ? "the correlation has no maximum here: it grows as all coreness become alike or one outgrows the others"
            : "the coreness was still changing slightly when the sweeps ended");
  }
}

inline void fit_core(const Network& simple, const CorePeripheryOptions& options, CorePeriphery& out) {
  CoreState state(simple, options.pattern);
  Core best = search_core(state, options);
  out.values.assign(static_cast<std::size_t>(simple.n()), undefined);
  if (best.members.empty()) {
    out.value = undefined;
    out.exact = true;
    out.provenance.warnings.push_back("undefined: all pairs of vertices are alike");
    return;
  }
  const bool asked = options.exact.value_or(false);
  if (options.exact.value_or(true)) {
    if (options.pattern == CorePattern::between_ignored) {
      out.exact = asked || simple.n() <= listing_up_to;
      if (out.exact) list_every_core(state, best, options.run);
    } else if (asked || simple.n() <= proof_up_to) {
      const std::int64_t steps = asked ? std::numeric_limits<std::int64_t>::max() : proof_steps;
      out.exact = CoreProof(simple, state, options.pattern, steps, options.run).run(best);
    }
  }
  out.value = best.fit;
  for (index_t v = 0; v < simple.n(); ++v) {
    const bool in = best.members[static_cast<std::size_t>(v)] != 0;
    out.values[static_cast<std::size_t>(v)] = in ? 1.0 : 0.0;
    if (in) out.core.push_back(v);
  }
  if (!out.exact) {
    out.provenance.seed = options.seed;
    out.provenance.warnings.push_back("found by search: a core that fits better may exist");
  }
}

}  // namespace detail

LINKPIN_INLINE CorePeriphery core_periphery(const Network& net, const CorePeripheryOptions& options) {
  CorePeriphery out;
  out.provenance = provenance(net, "core_periphery");
  const bool discrete = options.model == CoreModel::discrete;
  constexpr const char* patterns[] = {"core with any", "core with core", "core with core, between ignored"};
  out.provenance.normalisation =
      discrete
          ? std::string("discrete, ") + patterns[static_cast<std::size_t>(options.pattern)]
          : std::string("continuous, ") + (options.fit == CoreFit::least_squares ? "least squares" : "correlation");
  detail::warn_unobserved(net, out.provenance);
  if (discrete) detail::check_proof(net.n(), options);
  const Network simple = detail::simple_union(net, options.weights);
  if (discrete) {
    detail::fit_core(simple, options, out);
  } else {
    detail::fit_coreness(simple, options, out);
  }
  return out;
}

}  // namespace linkpin
