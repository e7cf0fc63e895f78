#pragma once

#include <linkpin/core/shown.hpp>
#include <linkpin/dynamics/detail/diffusion.ipp>
#include <linkpin/dynamics/detail/greedy.ipp>
#include <linkpin/dynamics/detail/sets.ipp>
#include <linkpin/dynamics/detail/worth.ipp>
#include <linkpin/dynamics/seeds.hpp>
#include <numbers>
#include <optional>
#include <string>

namespace linkpin {

namespace detail::seeds {

inline constexpr double one_less_e = 1.0 - 1.0 / std::numbers::e;
inline constexpr std::size_t states_at_ease = std::size_t{1} << 15;  // an evaluation; greedy asks for hundreds
inline constexpr std::size_t states_at_most = std::size_t{1} << 22;
inline constexpr std::int64_t most_members = std::int64_t{1} << 27;  // of each collection of sets: half a gigabyte
inline constexpr std::int64_t roots_a_group = 4000;                  // that floors are judged on, at least
inline constexpr std::int64_t most_sets_for_floors = std::int64_t{1} << 22;

inline void check_number_and_costs(const Network& net, index_t k, const SeedOptions& o, std::string_view function) {
  if (k < 0 || k > net.n() || (k == 0 && !o.budget)) {
    refuse(function, "k", std::to_string(k),
           "choose 1 to " + std::to_string(net.n()) + " seeds; 0, for any number, needs a budget");
  }
  if (!o.costs.empty() && o.costs.size() != at(net.n())) {
    refuse(function, "costs, length", std::to_string(o.costs.size()), "give one a vertex: " + std::to_string(net.n()));
  }
  for (std::size_t v = 0; v < o.costs.size(); ++v) {
    if (!(o.costs[v] > 0) || !std::isfinite(o.costs[v])) {
      refuse(function, "costs", shown(o.costs[v]), "costs are above 0 and finite",
             "vertex " + net.name(static_cast<index_t>(v)));
    }
  }
  if (!o.costs.empty() && !o.budget) refuse(function, "costs", "given", "say how much there is to spend: budget");
  if (o.budget && (!(*o.budget > 0) || !std::isfinite(*o.budget))) {
    refuse(function, "budget", shown(*o.budget), "above 0 and finite");
  }
}

inline void check_options(const Network& net, index_t k, const SeedOptions& o) {
  constexpr std::string_view function = "choose_seeds";
  check_number_and_costs(net, k, o, function);
  if (!(o.epsilon > 0 && o.epsilon < one_less_e)) {
    refuse(function, "epsilon", shown(o.epsilon), "above 0 and below 1 - 1/e");
  }
  if (!(o.delta >= 0 && o.delta < 1)) refuse(function, "delta", shown(o.delta), "0 for 1/n, else below 1");
  if (!(o.level > 0 && o.level < 1)) refuse(function, "level", shown(o.level), "between 0 and 1");
  std::vector<std::uint8_t> seen(at(o.groups.count()), 0);
  for (const Floor& f : o.floors) {
    if (f.group < 0 || f.group >= o.groups.count()) {
      refuse(function, "floors, group", std::to_string(f.group), "name a group there is");
    }
    const std::string& label = o.groups.labels[at(f.group)];
    if (!(f.share >= 0 && f.share <= 1)) {
      refuse(function, "floors", shown(f.share), "a floor is the share of a group, from 0 to 1", label);
    }
    if (std::exchange(seen[at(f.group)], 1) != 0) refuse(function, "floors", label, "a group has one floor");
  }
}

inline double log_choose(index_t n, index_t k) {
  return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0);
}

// Tang, Tang, Xiao & Yuan 2018, from hits among sets that the choice was, or was not, made on.
inline double at_least(double hits, double log_delta) {
  const double root = std::sqrt(hits + 2.0 * log_delta / 9.0) - std::sqrt(log_delta / 2.0);
  return std::max(0.0, root * std::abs(root) - log_delta / 18.0);
}
inline double at_most(double hits, double log_delta) {
  const double root = std::sqrt(hits + log_delta / 2.0) + std::sqrt(log_delta / 2.0);
  return root * root;
}

// Greedy within the limits; with a budget the best single vertex where that is worth more.
template <class Worth>
Picked pick(Worth& worth, const Limits& limits) {
  worth.reset();
  Picked picked;
  std::vector<double> alone;
  if (limits.costly()) {
    for (index_t v = 0; v < worth.n(); ++v) alone.push_back(worth.gain(v));
  }
  lazy_greedy(worth, limits, picked);
  for (index_t v = 0; v < static_cast<index_t>(alone.size()); ++v) {
    if (limits.cost(v) > limits.budget || alone[at(v)] <= picked.worth) continue;
    picked.seeds.assign(1, v);
    picked.gains.assign(1, alone[at(v)]);
    picked.worth = alone[at(v)];
    picked.cost = limits.cost(v);
    picked.k_binds = false;
  }
  return picked;
}

// First towards all floors, then whatever reaches most.
template <class Worth>
Picked pick_with_floors(Worth& worth, const Limits& limits, const std::vector<double>& needed, index_t groups) {
  worth.reset();
  worth.aim = Aim::nobody(groups);
  for (std::size_t g = 0; g < needed.size(); ++g) {
    if (!(needed[g] > 0)) continue;
    worth.aim.weight[g] = 1.0 / needed[g];
    worth.aim.cap[g] = needed[g];
  }
  Picked picked;
  lazy_greedy(worth, limits, picked, [&] {
    for (std::size_t g = 0; g < needed.size(); ++g) {
      if (needed[g] > 0 && worth.reached(static_cast<index_t>(g)) < needed[g] * (1 - 1e-12)) return false;
    }
    return true;
  });
  worth.aim = Aim::everyone(groups);
  picked.worth = 0.0;
  lazy_greedy(worth, limits, picked);
  worth.reset();
  picked.worth = 0.0;
  for (std::size_t i = 0; i < picked.seeds.size(); ++i) {
    picked.gains[i] = worth.add(picked.seeds[i]);
    picked.worth += picked.gains[i];
  }
  return picked;
}

// The most of one group, or of all at once as shares of their floors, that any choice within the limits can reach.
template <class Worth>
double most_of(Worth& worth, const Limits& limits, const Aim& aim) {
  worth.reset();
  worth.aim = aim;
  Picked picked;
  lazy_greedy(worth, limits, picked);
  return picked.bound;
}

// Everything one call works on.
struct Choosing {
  const Network& net;
  const SeedOptions& options;
  Limits limits;
  Membership members;
  Membership all;  // one group
  Arcs out;
  Backward backward;
  double log_failure;  // ln(1 / delta)
  SeedChoice result;

  Choosing(const Network& network, index_t k, const SeedOptions& o, const std::vector<double>& p)
      : net(network),
        options(o),
        members(o.groups, network.n()),
        all(Groups{}, network.n()),
        out(carrying::gathered(o.flow == Flow::forward ? network.out() : network.in(), network.n(), p, o.model)),
        backward(carrying::gathered(o.flow == Flow::forward ? network.in() : network.out(), network.n(), p, o.model),
                 o.model) {
    limits.k = k == 0 ? net.n() : k;
    limits.costs = o.costs;
    if (o.budget) limits.budget = *o.budget;
    const double n = std::max<index_t>(20, net.n());
    result.delta = o.delta > 0 ? o.delta : 1.0 / n;
    log_failure = std::log(1.0 / result.delta);
    result.provenance = provenance(net, "choose_seeds");
  }

  // The number of seeds that the cheapest vertices allow.
  [[nodiscard]] index_t most_seeds() const {
    if (!limits.costly()) return limits.k;
    std::vector<double> costs = limits.costs.empty() ? std::vector<double>(at(net.n()), 1.0) : limits.costs;
    std::sort(costs.begin(), costs.end());
    double left = limits.budget * (1 + 1e-12);
    index_t count = 0;
    while (count < limits.k && left >= costs[at(count)]) left -= costs[at(count++)];
    return count;
  }

  void take(const Picked& picked) {
    result.seeds = picked.seeds;
    result.gains = picked.gains;
    result.cost = picked.cost;
  }

  void name_factor(const Picked& picked) {
    const bool both = limits.costly() && picked.k_binds && limits.k < net.n();
    const double less = result.exact ? 0.0 : options.epsilon;
    result.proven = !options.floors.empty() || both ? SeedFactor::nothing
                    : limits.costly()               ? SeedFactor::budgeted
                                                    : SeedFactor::k_seeds;
    if (result.proven == SeedFactor::k_seeds) result.factor = one_less_e - less;
    if (result.proven == SeedFactor::budgeted) result.factor = std::max(0.0, one_less_e / 2 - less);
  }

  [[nodiscard]] std::vector<double> needed(double roots_scale) const {
    std::vector<double> need(at(members.groups), 0.0);
    for (const Floor& f : options.floors) {
      const double number = f.share * members.sizes[at(f.group)];
      need[at(f.group)] = number + 2 * std::sqrt(number * roots_scale);
    }
    return need;
  }

  // Floors as asked, and the rows of the groups, without what is reached.
  void group_rows() {
    for (index_t g = 0; g < options.groups.count(); ++g) {
      GroupReach row;
      row.group = g;
      row.size = members.sizes[at(g)];
      for (const Floor& f : options.floors) {
        if (f.group == g) row.floor = f.share * row.size;
      }
      result.groups.push_back(row);
    }
  }

  template <class Worth>
  bool one_is_infeasible(Worth& worth, const std::function<double(double, index_t)>& upper) {
    bool infeasible = false;
    Aim together = Aim::nobody(members.groups);
    for (GroupReach& row : result.groups) {
      if (!(row.floor > 0)) continue;
      Aim aim = Aim::nobody(members.groups);
      aim.weight[at(row.group)] = 1.0;
      together.weight[at(row.group)] = 1.0 / row.floor;
      if (result.exact) together.cap[at(row.group)] = row.floor;  // sampled sums keep their bounds without caps only
      row.most = std::min<double>(row.size, upper(most_of(worth, limits, aim), row.group));
      if (row.most < row.floor * (1 - 1e-12)) {
        row.verdict = FloorVerdict::infeasible;
        infeasible = true;
      }
    }
    const double heaviest = *std::max_element(together.weight.begin(), together.weight.end());
    const auto floors = std::count_if(together.weight.begin(), together.weight.end(), [](double w) { return w > 0; });
    if (infeasible || floors < 2) return infeasible;
    const double sum = upper(most_of(worth, limits, together) / heaviest, none) * heaviest;
    return sum < static_cast<double>(floors) * (1 - 1e-12);
  }

  void judge_floors(bool infeasible) {
    if (options.floors.empty()) return;
    bool met = true;
    for (GroupReach& row : result.groups) {
      if (!(row.floor > 0)) continue;
      row.shortfall = std::max(0.0, row.floor - row.reached);
      if (row.shortfall < 1e-9 * row.floor) row.shortfall = 0.0;
      if (row.verdict == FloorVerdict::not_asked)
        row.verdict = row.shortfall > 0 ? FloorVerdict::short_of : FloorVerdict::met;
      met = met && row.verdict == FloorVerdict::met;
    }
    result.floors = infeasible ? FloorVerdict::infeasible : (met ? FloorVerdict::met : FloorVerdict::short_of);
  }

  bool exactly(std::size_t most_states) {
    try {
      ExactWorth worth(out, options.model, members, most_states, options.run);
      Picked picked = pick(worth, limits);
      result.exact = true;
      result.without_floors = picked.worth;
      const double bound = picked.bound;
      group_rows();
      bool infeasible = false;
      if (!result.groups.empty()) reach_exactly(worth, picked.seeds, &GroupReach::without_floors);
      if (!options.floors.empty()) {
        infeasible = one_is_infeasible(worth, [](double most, index_t) { return most; });
        worth.aim = Aim::everyone(members.groups);
        picked = pick_with_floors(worth, limits, needed(0.0), members.groups);
      }
      if (!result.groups.empty()) reach_exactly(worth, picked.seeds, &GroupReach::reached);
      judge_floors(infeasible);
      take(picked);
      name_factor(picked);
      result.value = picked.worth;
      result.attained = std::max(result.factor, bound > 0 ? std::min(1.0, picked.worth / bound) : 1.0);
      result.delta = 0.0;
      return true;
    } catch (const TooManyStates&) {
      const Provenance kept = result.provenance;
      const double delta = result.delta;
      result = SeedChoice{};
      result.provenance = kept;
      result.delta = delta;
      return false;
    }
  }

  void reach_exactly(ExactWorth& worth, const std::vector<index_t>& seeds, double GroupReach::*what) {
    worth.reset();
    for (const index_t s : seeds) worth.add(s);
    for (GroupReach& row : result.groups) row.*what = worth.reached(row.group);
  }

  // How many of the sets hold a seed, by group of the root; the last entry counts all.
  [[nodiscard]] std::vector<std::int64_t> hits(const Sets& sets, const std::vector<index_t>& seeds) const {
    std::vector<std::uint8_t> chosen(at(net.n()), 0);
    for (const index_t s : seeds) chosen[at(s)] = 1;
    std::vector<std::int64_t> found(at(members.groups) + 1, 0);
    for (std::int64_t i = 0; i < sets.count(); ++i) {
      const auto set = sets.of(i);
      if (std::none_of(set.begin(), set.end(), [&](index_t v) { return chosen[at(v)] != 0; })) continue;
      ++found[at(members.of[at(set.front())])];
      ++found.back();
    }
    return found;
  }

  [[nodiscard]] std::vector<std::int64_t> roots(const Sets& sets) const {
    std::vector<std::int64_t> found(at(members.groups), 0);
    for (std::int64_t i = 0; i < sets.count(); ++i) ++found[at(members.of[at(sets.of(i).front())])];
    return found;
  }

  void by_sets() {
    const double n = net.n();
    const index_t most = std::max<index_t>(1, most_seeds());
    const double factor = limits.costly() ? one_less_e / 2 : one_less_e;
    const double root = factor * std::sqrt(std::log(6.0) + log_failure) +
                        std::sqrt(factor * (log_choose(net.n(), most) + std::log(6.0) + log_failure));
    const double epsilon = std::min(options.epsilon, 0.999 * factor);
    const double largest = std::ceil(2.0 * n * root * root / (epsilon * epsilon * most));
    double wanted = std::ceil(std::max(256.0, largest * epsilon * epsilon * most / n));
    const int rounds = std::max(1, static_cast<int>(std::ceil(std::log2(largest / wanted))));
    const double log_round = log_failure + std::log(3.0 * rounds);
    Sets choosing(backward, options.seed, "seeds: choose");
    Sets judging(backward, options.seed, "seeds: judge");
    Picked picked;
    for (int round = 1;; ++round, wanted *= 2) {
      const bool room = choosing.draw(static_cast<std::int64_t>(wanted), most_members, options.run) &&
                        judging.draw(static_cast<std::int64_t>(wanted), most_members, options.run);
      Cover cover(choosing, all);
      picked = pick(cover, limits);
      const double sets = static_cast<double>(choosing.count());
      const auto held = static_cast<double>(hits(judging, picked.seeds).back());
      const double low = at_least(held, log_round) / static_cast<double>(judging.count());
      const double high = at_most(picked.bound * sets / n, log_round) / sets;
      result.attained = high > 0 ? std::min(1.0, low / high) : 1.0;
      // The bounds alone may stop at seeds that fit their own sets better than others: go on until each has been seen
      // often enough to be told from the next, and all hold on sets that they were not chosen on.
      const bool settled = held >= 2.0 * most / (epsilon * epsilon) &&
                           held / static_cast<double>(judging.count()) * n >= (1 - epsilon / 5) * picked.worth;
      if ((result.attained >= factor - epsilon && settled) || !room) break;
      if (round >= rounds) {
        result.attained = std::max(result.attained, factor - epsilon);
        break;
      }
    }
    group_rows();
    std::int64_t sets = choosing.count();
    bool infeasible = false;
    const std::vector<index_t> without = picked.seeds;
    if (!options.floors.empty()) {
      for (const Floor& f : options.floors) {
        const double share = std::max<index_t>(1, members.sizes[at(f.group)]) / n;
        sets = std::max(sets, static_cast<std::int64_t>(static_cast<double>(roots_a_group) / share));
      }
      sets = std::min(sets, most_sets_for_floors);
      choosing.draw(sets, most_members, options.run);
      Cover cover(choosing, members);
      const std::vector<std::int64_t> of_group = roots(choosing);
      const double log_floor = log_failure + std::log(static_cast<double>(options.floors.size()) + 1);
      infeasible = one_is_infeasible(cover, [&](double number, index_t g) {
        // From numbers reached back to sets, and up by what chance may hide.
        const auto drawn = static_cast<double>(choosing.count());
        const double share = g == none ? 1.0 : static_cast<double>(of_group[at(g)]) / drawn * n / members.sizes[at(g)];
        return at_most(number / n * drawn, log_floor) * n / drawn / share;
      });
      cover.aim = Aim::everyone(members.groups);
      picked = pick_with_floors(cover, limits, needed(n / static_cast<double>(choosing.count())), members.groups);
    }
    take(picked);
    name_factor(picked);
    estimate(sets, without);
    judge_floors(infeasible);
    result.sets = choosing.count() + judging.count() + sets;
  }

  // On sets that neither the choice nor its bounds have seen.
  void estimate(std::int64_t count, const std::vector<index_t>& without) {
    Sets fresh(backward, options.seed, "seeds: estimate");
    fresh.draw(count, most_members, options.run);
    const std::vector<std::int64_t> found = hits(fresh, result.seeds);
    const double n = net.n();
    auto scaled = [](Interval i, double size) { return Interval{i.low * size, i.high * size}; };
    result.value = static_cast<double>(found.back()) / static_cast<double>(fresh.count()) * n;
    result.interval = scaled(wilson(found.back(), fresh.count(), options.level), n);
    result.interval.low = std::max(result.interval.low, std::min<double>(n, static_cast<double>(result.seeds.size())));
    if (result.groups.empty()) return;
    const std::vector<std::int64_t> before = hits(fresh, without);
    const std::vector<std::int64_t> of_group = roots(fresh);
    result.without_floors = static_cast<double>(before.back()) / static_cast<double>(fresh.count()) * n;
    for (GroupReach& row : result.groups) {
      const std::size_t g = at(row.group);
      const auto drawn = static_cast<double>(of_group[g]);
      if (drawn == 0) continue;
      row.reached = static_cast<double>(found[g]) / drawn * row.size;
      row.interval = scaled(wilson(found[g], of_group[g], options.level), row.size);
      row.without_floors = static_cast<double>(before[g]) / drawn * row.size;
    }
  }
};

}  // namespace detail::seeds

LINKPIN_INLINE SeedChoice choose_seeds(const Network& net, index_t k, const SeedOptions& options) {
  namespace s = detail::seeds;
  s::check_options(net, k, options);
  const std::vector<double> p = detail::carrying::chances(net, options.p, options.model, options.flow, "choose_seeds");
  s::Choosing choosing(net, k, options, p);
  if (net.n() == 0) return choosing.result;
  if (options.method != SeedMethod::sampled) {
    const bool insist = options.method == SeedMethod::exact;
    if (choosing.exactly(insist ? s::states_at_most : s::states_at_ease)) return choosing.result;
    if (insist) {
      throw LimitError({"choose_seeds", "method", "exact", "",
                        "more than 64 vertices can be reached, or too many sets of them; take method = sampled"});
    }
  }
  choosing.result.provenance.seed = options.seed;
  choosing.by_sets();
  return choosing.result;
}

}  // namespace linkpin
