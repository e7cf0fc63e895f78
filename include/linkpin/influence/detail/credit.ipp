#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/credit.hpp>
#include <linkpin/influence/detail/chance.ipp>
#include <linkpin/influence/detail/walks.ipp>
#include <linkpin/statistics/distributions.hpp>
#include <map>
#include <numbers>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

// The player of each contributor, and how many players there are.
inline std::pair<std::vector<index_t>, std::size_t> players_of(const std::vector<index_t>& given, std::size_t count,
                                                               std::string_view function) {
  std::vector<index_t> players = given;
  if (players.empty()) {
    players.resize(count);
    std::iota(players.begin(), players.end(), 0);
  }
  if (players.size() != count) {
    refuse(function, "players, length", std::to_string(players.size()),
           "give the player of each contributor: " + std::to_string(count));
  }
  std::vector<std::uint8_t> met;
  for (const index_t player : players) {
    if (player < 0 || static_cast<std::size_t>(player) >= count) {
      refuse(function, "players", std::to_string(player), "number the players from 0, without gaps");
    }
    met.resize(std::max(met.size(), static_cast<std::size_t>(player) + 1), 0);
    met[static_cast<std::size_t>(player)] = 1;
  }
  if (std::find(met.begin(), met.end(), std::uint8_t{0}) != met.end()) {
    refuse(function, "players", "a gap", "number the players from 0, without gaps");
  }
  return {std::move(players), met.size()};
}

// Points and weights of Gauss-Legendre quadrature on [0, 1], exact for polynomials of degree 2 count - 1.
inline std::vector<std::pair<double, double>> legendre_points(int count) {
  std::vector<std::pair<double, double>> points;
  for (int i = 0; i < count; ++i) {
    double x = std::cos(std::numbers::pi * (i + 0.75) / (count + 0.5));
    double slope = 1.0;
    for (int round = 0; round < 100; ++round) {
      double before = 1.0;
      double value = x;
      for (int k = 2; k <= count; ++k) {
        const double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      slope = count * (x * value - before) / (x * x - 1);
      const double change = value / slope;
      x -= change;
      if (std::abs(change) < 1e-16) break;
    }
    points.emplace_back((1 - x) / 2, 1 / ((1 - x * x) * slope * slope));
  }
  return points;
}

}  // namespace detail

LINKPIN_INLINE Credit shapley_reach(const Network& net, std::span<const index_t> sources,
                                    std::span<const index_t> targets, const CreditOptions& options) {
  detail::marked_ends(net, sources, "shapley_reach", "sources");
  const auto is_target = detail::marked_ends(net, targets, "shapley_reach", "targets");
  if (options.steps < 0) refuse("shapley_reach", "steps", std::to_string(options.steps), "give 0 or more");
  const auto chosen = detail::players_of(options.players, sources.size(), "shapley_reach");
  const std::vector<index_t>& players = chosen.first;
  const std::size_t count = chosen.second;
  // For each target who reaches it, 64 sources at a time.
  std::vector<std::vector<index_t>> reached_by(static_cast<std::size_t>(net.n()));
  detail::Walks walks(net, options.flow);
  Watch watch(options.run);
  for (std::size_t first = 0; first < sources.size(); first += 64) {
    const auto batch = sources.subspan(first, std::min<std::size_t>(64, sources.size() - first));
    walks.run(batch, options.steps, watch, [&](index_t v, std::uint64_t bits, index_t) {
      if (is_target[static_cast<std::size_t>(v)] == 0) return;
      for (; bits != 0; bits &= bits - 1) {
        const std::size_t i = first + static_cast<std::size_t>(std::countr_zero(bits));
        reached_by[static_cast<std::size_t>(v)].push_back(static_cast<index_t>(i));
      }
    });
  }
  std::vector<Sum> shapley(count), fractional(count);
  Credit credit;
  credit.alone.assign(count, 0.0);
  credit.only.assign(count, 0.0);
  for (const std::vector<index_t>& who : reached_by) {
    if (who.empty()) continue;
    credit.total += 1;
    std::vector<std::size_t> different;
    for (const index_t i : who) {
      const auto player = static_cast<std::size_t>(players[static_cast<std::size_t>(i)]);
      fractional[player].add(1.0 / static_cast<double>(who.size()));
      different.push_back(player);
    }
    std::sort(different.begin(), different.end());
    different.erase(std::unique(different.begin(), different.end()), different.end());
    for (const std::size_t player : different) {
      shapley[player].add(1.0 / static_cast<double>(different.size()));
      credit.alone[player] += 1;
      if (different.size() == 1) credit.only[player] += 1;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    credit.shapley.push_back(shapley[i].value());
    credit.fractional.push_back(fractional[i].value());
  }
  credit.provenance = provenance(net, "shapley_reach");
  return credit;
}

LINKPIN_INLINE Credit shapley_success(std::span<const double> p, const CreditOptions& options) {
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!(p[i] >= 0 && p[i] <= 1)) {
      refuse("shapley_success", "p", shown(p[i]), "give probabilities from 0 to 1", "contributor " + std::to_string(i));
    }
  }
  const auto chosen = detail::players_of(options.players, p.size(), "shapley_success");
  const std::size_t count = chosen.second;
  std::vector<double> success(count, 0.0);  // by player: any of its contributors
  std::vector<double> sums(count, 0.0);
  for (std::size_t i = 0; i < p.size(); ++i) {
    const auto player = static_cast<std::size_t>(chosen.first[i]);
    success[player] += (1 - success[player]) * p[i];
    sums[player] += p[i];
  }
  Credit credit;
  double fails = 0.0;
  for (const double s : success) fails += std::log1p(-s);
  credit.total = success.empty() ? 0.0 : -std::expm1(fails);
  // Panels that double from the length over which the chance that all fail falls: a few points in each are enough.
  const double rate = sum(success);
  const auto points = detail::legendre_points(count <= 64 ? static_cast<int>(count + 1) / 2 + 1 : 40);
  std::vector<Sum> shares(count);
  Watch watch(options.run);
  double start = 0.0;
  double end = count <= 64 || rate <= 1 ? 1.0 : 1 / rate;
  while (start < 1 && rate > 0) {
    for (const auto& point : points) {
      watch.tick(start);
      const double x = start + (end - start) * point.first;
      double log = 0.0;
      for (const double s : success) log += std::log1p(-x * s);
      const double all = std::exp(log) * point.second * (end - start);
      for (std::size_t i = 0; i < count; ++i) shares[i].add(success[i] * all / (1 - x * success[i]));
    }
    start = end;
    end = std::min(1.0, 2 * end);
  }
  const double whole = sum(p);
  for (std::size_t i = 0; i < count; ++i) {
    credit.shapley.push_back(shares[i].value());
    credit.fractional.push_back(whole > 0 ? credit.total * sums[i] / whole : 0.0);
    credit.alone.push_back(success[i]);
    // Without this player, all others must fail for the total to be lost.
    double others = 0.0;
    for (std::size_t j = 0; j < count && count <= 5000; ++j) others += j == i ? 0.0 : std::log1p(-success[j]);
    credit.only.push_back(count <= 5000 ? success[i] * std::exp(others) : undefined);
  }
  credit.provenance.measure = "shapley_success";
  return credit;
}

namespace detail {

struct Game {
  const Worth& worth;
  std::map<std::vector<index_t>, double> known = {};

  double operator()(const std::vector<index_t>& coalition) {
    if (coalition.empty()) return 0.0;
    const auto found = known.find(coalition);
    if (found != known.end()) return found->second;
    const double value = worth(coalition);
    if (!std::isfinite(value)) {
      std::string who;
      for (const index_t i : coalition) who += (who.empty() ? "" : ", ") + std::to_string(i);
      refuse("shapley", "worth", shown(value), "give a finite number", "players " + who);
    }
    if (known.size() < (1U << 18)) known.emplace(coalition, value);
    return value;
  }
};

inline void shapley_exact(std::size_t n, Game& game, Watch& watch, Shapley& result) {
  std::vector<double> worth(std::size_t{1} << n, 0.0);
  std::vector<index_t> members;
  for (std::size_t mask = 1; mask < worth.size(); ++mask) {
    watch.tick(static_cast<double>(mask) / static_cast<double>(worth.size()));
    members.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if ((mask >> i & 1U) != 0) members.push_back(static_cast<index_t>(i));
    }
    worth[mask] = game(members);
  }
  // The weight of a coalition of k others: k! (n - 1 - k)! / n! = 1 / (n choose(n - 1, k)).
  std::vector<double> weight(n);
  double choose = 1.0;
  for (std::size_t k = 0; k < n; ++k) {
    weight[k] = 1 / (static_cast<double>(n) * choose);
    choose = choose * static_cast<double>(n - 1 - k) / static_cast<double>(k + 1);
  }
  for (std::size_t i = 0; i < n; ++i) {
    Sum share;
    for (std::size_t mask = 0; mask < worth.size(); ++mask) {
      if ((mask >> i & 1U) != 0) continue;
      share.add(weight[static_cast<std::size_t>(std::popcount(mask))] *
                (worth[mask | std::size_t{1} << i] - worth[mask]));
    }
    result.values.push_back(share.value());
    result.intervals.push_back({share.value(), share.value()});
  }
  result.total = worth.back();
}

inline void shapley_sampled(std::size_t n, Game& game, const ShapleyOptions& options, Watch& watch, Shapley& result) {
  std::vector<Sum> sums(n), squares(n);
  std::vector<index_t> order(n), members;
  std::vector<double> both(n);
  const std::int64_t pairs = (options.permutations + 1) / 2;
  for (std::int64_t pair = 0; pair < pairs; ++pair) {
    std::iota(order.begin(), order.end(), 0);
    Stream(options.seed, "shapley", static_cast<std::uint64_t>(pair)).shuffle(std::span(order));
    std::fill(both.begin(), both.end(), 0.0);
    for (int way = 0; way < 2; ++way) {
      members.clear();
      double before = 0.0;
      for (const index_t i : order) {
        watch.look(static_cast<double>(pair) / static_cast<double>(pairs));
        members.insert(std::lower_bound(members.begin(), members.end(), i), i);
        const double after = game(members);
        both[static_cast<std::size_t>(i)] += (after - before) / 2;
        before = after;
      }
      result.total = before;
      std::reverse(order.begin(), order.end());
    }
    for (std::size_t i = 0; i < n; ++i) {
      sums[i].add(both[i]);
      squares[i].add(both[i] * both[i]);
    }
  }
  const auto count = static_cast<double>(pairs);
  const double z = normal_quantile(0.5 + options.level / 2);
  for (std::size_t i = 0; i < n; ++i) {
    const double mean = sums[i].value() / count;
    const double spread = pairs > 1 ? std::max(0.0, squares[i].value() - count * mean * mean) / (count - 1) : undefined;
    const double error = z * std::sqrt(spread / count);
    result.values.push_back(mean);
    result.intervals.push_back({mean - error, mean + error});
  }
}

}  // namespace detail

LINKPIN_INLINE Shapley shapley(index_t players, const Worth& worth, const ShapleyOptions& options) {
  if (players < 0) refuse("shapley", "players", std::to_string(players), "give a number of players");
  if (options.permutations < 2) {
    refuse("shapley", "permutations", std::to_string(options.permutations), "draw at least two");
  }
  if (options.most_exact > 24) {
    refuse("shapley", "most_exact", std::to_string(options.most_exact), "24 players have 16 million coalitions");
  }
  if (!(options.level > 0 && options.level < 1)) {
    refuse("shapley", "level", shown(options.level), "give a level between 0 and 1, such as 0.95");
  }
  detail::Game game{worth};
  Watch watch(options.run);
  Shapley result;
  result.exact = players <= options.most_exact;
  result.provenance.measure = "shapley";
  const auto n = static_cast<std::size_t>(players);
  if (result.exact) {
    detail::shapley_exact(n, game, watch, result);
  } else {
    result.provenance.seed = options.seed;
    detail::shapley_sampled(n, game, options, watch, result);
  }
  return result;
}

}  // namespace linkpin
