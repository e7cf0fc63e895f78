// What a choice of seeds is worth: the expected number reached by group, each group weighed and up to a cap.
#pragma once

#include <algorithm>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/dynamics/detail/carrying.ipp>
#include <linkpin/dynamics/detail/sets.ipp>
#include <memory>
#include <utility>
#include <vector>

namespace linkpin::detail::seeds {

// The last group is of those without one.
struct Membership {
  std::vector<index_t> of;  // by vertex
  index_t groups = 1;
  std::vector<index_t> sizes;

  Membership(const Groups& given, index_t n) : of(at(n), given.count()), groups(given.count() + 1) {
    for (std::size_t v = 0; v < given.codes.size() && v < of.size(); ++v) {
      if (given.codes[v] != none) of[v] = given.codes[v];
    }
    sizes.assign(at(groups), 0);
    for (const index_t g : of) ++sizes[at(g)];
  }
};

// sum over groups of weight * min(reached, cap).
struct Aim {
  std::vector<double> weight, cap;

  static Aim everyone(index_t groups) {
    return {std::vector<double>(at(groups), 1.0), std::vector<double>(at(groups), unreachable)};
  }
  static Aim nobody(index_t groups) {
    return {std::vector<double>(at(groups), 0.0), std::vector<double>(at(groups), unreachable)};
  }
  [[nodiscard]] double gain(std::size_t g, double reached, double more) const {
    return weight[g] * (std::min(reached + more, cap[g]) - std::min(reached, cap[g]));
  }
};

// On reverse-reachable sets: a set is covered by any seed in it, and stands for n / sets vertices.
class Cover {
 public:
  Cover(const Sets& sets, const Membership& members)
      : sets_(sets),
        members_(members),
        n_(static_cast<index_t>(members.of.size())),
        scale_(static_cast<double>(n_) / static_cast<double>(std::max<std::int64_t>(1, sets.count()))),
        aim(Aim::everyone(members.groups)) {
    offsets_.assign(at(n_) + 1, 0);
    for (std::int64_t i = 0; i < sets.count(); ++i) {
      for (const index_t v : sets.of(i)) ++offsets_[at(v) + 1];
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    holding_.resize(at(offsets_.back()));
    std::vector<std::int64_t> next(offsets_.begin(), offsets_.end() - 1);
    for (std::int64_t i = 0; i < sets.count(); ++i) {
      for (const index_t v : sets.of(i)) holding_[at(next[at(v)]++)] = i;
    }
    reset();
  }

  void reset() {
    covered_.assign(at(sets_.count()), 0);
    reached_.assign(at(members_.groups), 0);
    if (members_.groups == 1) {
      open_.resize(at(n_));
      for (std::size_t v = 0; v < open_.size(); ++v) open_[v] = static_cast<index_t>(offsets_[v + 1] - offsets_[v]);
      return;
    }
    open_.assign(at(n_) * at(members_.groups), 0);
    for (std::int64_t i = 0; i < sets_.count(); ++i) {
      for (const index_t v : sets_.of(i)) ++open_[cell(v, group_of(i))];
    }
  }

  [[nodiscard]] index_t n() const { return n_; }
  [[nodiscard]] double reached(index_t g) const { return scale_ * static_cast<double>(reached_[at(g)]); }

  [[nodiscard]] double gain(index_t v) const {
    double sum = 0.0;
    for (index_t g = 0; g < members_.groups; ++g) {
      sum += aim.gain(at(g), reached(g), scale_ * open_[cell(v, g)]);
    }
    return sum;
  }

  // Returns how many more are reached, whatever the aim.
  double add(index_t v) {
    std::int64_t more = 0;
    for (std::int64_t e = offsets_[at(v)]; e < offsets_[at(v) + 1]; ++e) {
      const std::int64_t i = holding_[at(e)];
      if (std::exchange(covered_[at(i)], 1) != 0) continue;
      const index_t g = group_of(i);
      ++reached_[at(g)];
      ++more;
      for (const index_t u : sets_.of(i)) --open_[cell(u, g)];
    }
    return scale_ * static_cast<double>(more);
  }

 private:
  const Sets& sets_;
  const Membership& members_;
  index_t n_;
  double scale_;
  std::vector<std::int64_t> offsets_;
  std::vector<std::int64_t> holding_;  // the sets that hold a vertex
  std::vector<std::uint8_t> covered_;
  std::vector<std::int64_t> reached_;  // sets covered, by group of their root
  std::vector<index_t> open_;          // sets not yet covered that hold a vertex, by vertex and group

  [[nodiscard]] index_t group_of(std::int64_t set) const { return members_.of[at(sets_.of(set).front())]; }
  [[nodiscard]] std::size_t cell(index_t v, index_t g) const { return at(v) * at(members_.groups) + at(g); }

 public:
  Aim aim;
};

// A small network is followed exactly, until this is thrown.
struct TooManyStates {};

// On exact spreads.
class ExactWorth {
 public:
  ExactWorth(const Arcs& out, DiffusionModel model, const Membership& members, std::size_t most_states, const Run& run)
      : aim(Aim::everyone(members.groups)),
        out_(out),
        model_(model),
        members_(members),
        most_states_(most_states),
        run_(run) {
    reset();
  }

  void reset() {
    seeds_.clear();
    reached_.assign(at(members_.groups), 0.0);
  }

  [[nodiscard]] index_t n() const { return out_.n(); }
  [[nodiscard]] double reached(index_t g) const { return reached_[at(g)]; }

  [[nodiscard]] double gain(index_t v) const {
    const std::vector<double> then = with(v);
    double sum = 0.0;
    for (std::size_t g = 0; g < then.size(); ++g) {
      sum += aim.gain(g, reached_[g], std::max(0.0, then[g] - reached_[g]));
    }
    return sum;
  }

  double add(index_t v) {
    const std::vector<double> then = with(v);
    const double more = sum(then) - sum(reached_);
    seeds_.push_back(v);
    reached_ = then;
    return more;
  }

  Aim aim;

 private:
  const Arcs& out_;
  DiffusionModel model_;
  const Membership& members_;
  std::size_t most_states_;
  const Run& run_;
  std::vector<index_t> seeds_;
  std::vector<double> reached_;

  [[nodiscard]] std::vector<double> with(index_t v) const {
    if (std::find(seeds_.begin(), seeds_.end(), v) != seeds_.end()) return reached_;
    std::vector<index_t> seeds = seeds_;
    seeds.push_back(v);
    std::vector<double> chance;
    if (!carrying::exact_reach(out_, seeds, model_, most_states_, run_, chance)) throw TooManyStates{};
    std::vector<double> by_group(at(members_.groups), 0.0);
    for (std::size_t u = 0; u < chance.size(); ++u) by_group[at(members_.of[u])] += chance[u];
    return by_group;
  }
};

}  // namespace linkpin::detail::seeds
