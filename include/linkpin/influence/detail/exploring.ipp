// Reliability by exploring from one end: what has been reached, vertex by vertex, and how likely each case is.
//
// A state is the vertices that are reached but not yet looked at (open) and those not reached (far). Looking at an open
// vertex decides which far ones its arcs reach; it then matters no more. States that agree are one, far vertices that
// cannot matter are dropped, and nothing is ever subtracted, so the sums are right to rounding. Unlike factoring on
// arcs, the number of states depends on the vertices alone.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/influence/detail/terminal.ipp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

template <std::size_t words>
struct VertexSet {
  std::array<std::uint64_t, words> word{};

  void set(index_t v) { word[static_cast<std::size_t>(v) / 64] |= std::uint64_t{1} << (v % 64); }
  void clear(index_t v) { word[static_cast<std::size_t>(v) / 64] &= ~(std::uint64_t{1} << (v % 64)); }
  [[nodiscard]] bool has(index_t v) const { return (word[static_cast<std::size_t>(v) / 64] >> (v % 64) & 1U) != 0; }
  [[nodiscard]] bool any() const {
    std::uint64_t some = 0;
    for (const std::uint64_t w : word) some |= w;
    return some != 0;
  }
  [[nodiscard]] index_t size() const {
    index_t count = 0;
    for (const std::uint64_t w : word) count += std::popcount(w);
    return count;
  }
  template <class Body>
  void each(const Body& body) const {
    for (std::size_t i = 0; i < words; ++i) {
      for (std::uint64_t w = word[i]; w != 0; w &= w - 1) body(static_cast<index_t>(64 * i) + std::countr_zero(w));
    }
  }
  VertexSet& operator|=(const VertexSet& o) {
    for (std::size_t i = 0; i < words; ++i) word[i] |= o.word[i];
    return *this;
  }
  VertexSet& operator&=(const VertexSet& o) {
    for (std::size_t i = 0; i < words; ++i) word[i] &= o.word[i];
    return *this;
  }
  VertexSet& operator-=(const VertexSet& o) {
    for (std::size_t i = 0; i < words; ++i) word[i] &= ~o.word[i];
    return *this;
  }
  friend bool operator==(const VertexSet&, const VertexSet&) = default;
};

// States by key with a chance each, in order of first appearance.
template <std::size_t words>
class StateTable {
 public:
  struct State {
    VertexSet<words> open, far;
    Sum mass;             // the chance of being here
    double stands = 1.0;  // sampled levels: for how many states this one stands
  };

  // Adds a chance to a state.
  void add(const VertexSet<words>& open, const VertexSet<words>& far, double mass, double stands) {
    if ((states_.size() + 1) * 2 > slots_.size()) grow();
    for (std::size_t at = hash(open, far) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == 0) {
        states_.push_back({open, far, {}, stands});
        states_.back().mass.add(mass);
        slots_[at] = static_cast<std::uint32_t>(states_.size());
        return;
      }
      State& s = states_[slots_[at] - 1];
      if (s.open == open && s.far == far) {
        s.mass.add(mass);
        s.stands = std::max(s.stands, stands);
        return;
      }
    }
  }

  [[nodiscard]] std::vector<State> take() {
    slots_ = {};
    return std::exchange(states_, {});
  }
  [[nodiscard]] std::size_t size() const { return states_.size(); }
  void scale(std::size_t first, double exponent) {
    for (std::size_t i = first; i < states_.size(); ++i) states_[i].stands = std::pow(states_[i].stands, exponent);
  }

 private:
  static std::size_t hash(const VertexSet<words>& open, const VertexSet<words>& far) {
    std::uint64_t x = 0x9E3779B97F4A7C15U;
    for (const auto* set : {&open, &far}) {
      for (const std::uint64_t w : set->word) {
        x = (x ^ w) * 0xBF58476D1CE4E5B9U;
        x ^= x >> 31;
      }
    }
    return static_cast<std::size_t>(x);
  }

  void grow() {
    std::vector<std::uint32_t> bigger(std::max<std::size_t>(16, slots_.size() * 2), 0);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      std::size_t at = hash(states_[i].open, states_[i].far) & (bigger.size() - 1);
      while (bigger[at] != 0) at = (at + 1) & (bigger.size() - 1);
      bigger[at] = static_cast<std::uint32_t>(i + 1);
    }
    slots_ = std::move(bigger);
  }

  std::vector<State> states_;
  std::vector<std::uint32_t> slots_;
};

struct Explored {
  double carries = 0.0;   // chance that is settled: a whole path
  double fails = 0.0;     // chance that is settled: none
  bool complete = false;  // nothing was left unsettled
  double states = 0.0;    // states met, or estimated
  double steps = 0.0;     // outcomes looked at, or estimated
};

// What to do where there are more states than wanted: stop, keep the likeliest (the rest stays unsettled), or keep some
// drawn at random that stand for all (an estimate of how much work there is).
enum class Overflow : std::uint8_t { stop, settle, estimate };

struct ExploreLimits {
  Overflow overflow = Overflow::stop;
  std::size_t width = 1U << 16;  // states of one level
  double steps = 1e6;            // outcomes in all
};

// Explores from vertex 0, or against the arcs from vertex 1.
template <std::size_t words>
class Explorer {
 public:
  Explorer(const Terminal& net, bool against) : n_(net.n), out_(n(net)), in_(n(net)), arcs_(n(net)) {
    for (const ChanceArc& a : net.arcs) {
      // The end to start from is 0, the other 1, whichever way round.
      index_t u = a.from;
      index_t v = a.to;
      if (against) {
        std::swap(u, v);
        if (u < 2) u = 1 - u;
        if (v < 2) v = 1 - v;
      }
      out_[static_cast<std::size_t>(u)].set(v);
      in_[static_cast<std::size_t>(v)].set(u);
      arcs_[static_cast<std::size_t>(u)].push_back({u, v, a.p});
    }
  }

  [[nodiscard]] Explored run(const ExploreLimits& limits, Watch& watch) {
    found_ = {};
    carries_ = fails_ = {};
    levels_.assign(static_cast<std::size_t>(n_) + 1, {});
    VertexSet<words> open;
    VertexSet<words> far;
    open.set(0);
    for (index_t v = 1; v < n_; ++v) far.set(v);
    settle(open, far, 1.0, 1.0);
    found_.complete = true;
    for (std::size_t level = levels_.size(); level-- > 1;) {
      auto states = levels_[level].take();
      if (limits.overflow == Overflow::estimate) {
        Stream(0, "explore", level).shuffle(std::span(states));
      }
      if (states.size() > limits.width) {
        if (limits.overflow == Overflow::stop) return stopped();
        thin(states, limits);
      }
      std::vector<std::size_t> before;
      if (limits.overflow == Overflow::estimate) before = sizes();
      std::size_t at_half = 0;
      for (std::size_t i = 0; i < states.size(); ++i) {
        if (i == states.size() / 2 && !before.empty()) at_half = fresh(before);
        const State& s = states[i];
        found_.states += s.stands;
        watch.tick();
        const index_t v = next(s);
        const double outcomes = std::exp2((out_and(v, s.far)).size());
        found_.steps += s.stands * outcomes;
        if (limits.overflow != Overflow::estimate && found_.steps > limits.steps) {
          if (limits.overflow == Overflow::stop) return stopped();
          found_.complete = false;
          continue;
        }
        look(s, v, limits.overflow == Overflow::estimate && outcomes > drawn_outcomes);
      }
      if (!before.empty()) scale(before, at_half);
    }
    return finished();
  }

 private:
  using State = typename StateTable<words>::State;

  static std::size_t n(const Terminal& net) { return static_cast<std::size_t>(net.n); }

  Explored stopped() {
    found_.complete = false;
    levels_.clear();
    return finished();
  }

  Explored finished() {
    found_.carries = carries_.value();
    found_.fails = fails_.value();
    return found_;
  }

  [[nodiscard]] std::vector<std::size_t> sizes() const {
    std::vector<std::size_t> all;
    for (const auto& level : levels_) all.push_back(level.size());
    return all;
  }

  [[nodiscard]] std::size_t fresh(const std::vector<std::size_t>& before) const {
    std::size_t count = 0;
    for (std::size_t l = 0; l < before.size(); ++l) count += levels_[l].size() - std::min(before[l], levels_[l].size());
    return count;
  }

  // Twice as many states lead to 2^b times as many different ones, b as the second half of this level shows; so many
  // does each new one stand for.
  void scale(const std::vector<std::size_t>& before, std::size_t at_half) {
    const std::size_t all = fresh(before);
    const double b = at_half == 0 ? 1.0 : std::log2(static_cast<double>(all) / static_cast<double>(at_half));
    for (std::size_t l = 0; l < before.size(); ++l) levels_[l].scale(before[l], std::clamp(b, 0.0, 1.0));
  }

  [[nodiscard]] VertexSet<words> out_and(index_t v, const VertexSet<words>& far) const {
    VertexSet<words> both = out_[static_cast<std::size_t>(v)];
    both &= far;
    return both;
  }

  // The open vertex with the fewest arcs to far ones.
  [[nodiscard]] index_t next(const State& s) const {
    index_t best = none;
    index_t fewest = 0;
    s.open.each([&](index_t v) {
      const index_t count = out_and(v, s.far).size();
      if (best == none || count < fewest) {
        best = v;
        fewest = count;
      }
    });
    return best;
  }

  // `some`: only a few outcomes, drawn at random, that stand for all.
  void look(const State& s, index_t v, bool some) {
    VertexSet<words> open = s.open;
    open.clear(v);
    decided_.clear();
    double mass = s.mass.value();
    for (const ChanceArc& a : arcs_[static_cast<std::size_t>(v)]) {
      if (!s.far.has(a.to)) continue;
      if (a.to == 1) {  // the other end: carried
        carries_.add(mass * a.p);
        mass *= 1 - a.p;
      } else {
        decided_.push_back(a);
      }
    }
    if (!some) return branch(0, open, s.far, mass, s.stands);
    const double stands = s.stands * std::exp2(static_cast<double>(decided_.size())) / drawn_outcomes;
    for (int i = 0; i < drawn_outcomes; ++i) {
      VertexSet<words> more = open;
      VertexSet<words> fewer = s.far;
      for (const ChanceArc& a : decided_) {
        if ((random_() & 1U) == 0) continue;
        more.set(a.to);
        fewer.clear(a.to);
      }
      settle(more, fewer, s.mass.value() / drawn_outcomes, stands);
    }
  }

  void branch(std::size_t i, const VertexSet<words>& open, const VertexSet<words>& far, double mass, double stands) {
    if (mass <= 0) return;
    if (i == decided_.size()) {
      settle(open, far, mass, stands);
      return;
    }
    const ChanceArc& a = decided_[i];
    VertexSet<words> more = open;
    VertexSet<words> fewer = far;
    more.set(a.to);
    fewer.clear(a.to);
    branch(i + 1, more, fewer, mass * a.p, stands);
    branch(i + 1, open, far, mass * (1 - a.p), stands);
  }

  // Drops what cannot matter; what is left is a state, unless no way is left at all.
  void settle(VertexSet<words> open, VertexSet<words> far, double mass, double stands) {
    VertexSet<words> ahead;
    spread(out_, open, far, ahead);
    if (!ahead.has(1)) {
      fails_.add(mass);
      return;
    }
    VertexSet<words> end;
    end.set(1);
    VertexSet<words> behind = end;
    spread(in_, end, ahead, behind);
    far = ahead;
    far &= behind;
    VertexSet<words> before;
    far.each([&](index_t v) { before |= in_[static_cast<std::size_t>(v)]; });
    open &= before;
    levels_[static_cast<std::size_t>(open.size()) + static_cast<std::size_t>(far.size())].add(open, far, mass, stands);
  }

  // Adds to `met` what is reached from `start` within `among`.
  static void spread(const std::vector<VertexSet<words>>& rows, const VertexSet<words>& start,
                     const VertexSet<words>& among, VertexSet<words>& met) {
    VertexSet<words> front = start;
    while (front.any()) {
      VertexSet<words> next;
      front.each([&](index_t v) { next |= rows[static_cast<std::size_t>(v)]; });
      next &= among;
      next -= met;
      met |= next;
      front = next;
    }
  }

  void thin(std::vector<State>& states, const ExploreLimits& limits) {
    found_.complete = false;
    const auto kept = static_cast<std::ptrdiff_t>(limits.width);
    if (limits.overflow == Overflow::settle) {
      std::nth_element(states.begin(), states.begin() + kept, states.end(),
                       [](const State& a, const State& b) { return a.mass.value() > b.mass.value(); });
    } else {
      const double factor = static_cast<double>(states.size()) / static_cast<double>(limits.width);
      for (State& s : states) s.stands *= factor;
    }
    states.resize(limits.width);
  }

  static constexpr int drawn_outcomes = 1024;

  index_t n_;
  Stream random_{0, "explore"};
  std::vector<VertexSet<words>> out_, in_;
  std::vector<std::vector<ChanceArc>> arcs_;
  std::vector<StateTable<words>> levels_;
  std::vector<ChanceArc> decided_;
  Explored found_;
  Sum carries_, fails_;  // of millions of small chances
};

inline constexpr index_t most_explored = 256;  // vertices; larger parts are not tried

inline Explored explore(const Terminal& net, bool against, const ExploreLimits& limits, const Run& run) {
  Watch watch(run);
  if (net.n <= 64) return Explorer<1>(net, against).run(limits, watch);
  if (net.n <= 128) return Explorer<2>(net, against).run(limits, watch);
  return Explorer<4>(net, against).run(limits, watch);
}

}  // namespace linkpin::detail
