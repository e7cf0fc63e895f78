#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/coalitions.hpp>
#include <map>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail::coalitions {

namespace mp = boost::multiprecision;
using Big = mp::cpp_int;
// Counts of coalitions of up to 256 voters, without a heap.
using Wide = mp::number<mp::cpp_int_backend<256, 256, mp::unsigned_magnitude, mp::unchecked, void>>;

inline constexpr std::int64_t most_cells = std::int64_t{1} << 23;
inline constexpr std::size_t most_enumerated = 22;

// A decimal number as digits times a power of ten.
struct Decimal {
  Big digits;
  int exponent = 0;
};

inline Decimal decimal(double x) {
  std::array<char, 40> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal d;
  bool fraction = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') {
      fraction = true;
      continue;
    }
    d.digits = d.digits * 10 + (c - '0');
    d.exponent -= fraction ? 1 : 0;
  }
  int exponent = 0;
  const std::string_view tail = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
  d.exponent += exponent;
  return d;
}

// The same game in whole numbers without a common divisor, each bloc one voter.
struct WholeGame {
  std::vector<std::int64_t> weights;
  std::int64_t quota = 0;
  std::int64_t total = 0;
};

[[noreturn]] inline void too_fine(std::string_view what) {
  throw LimitError({"power_index", "weights", std::string(what), "",
                    "as whole numbers they are too large to be counted exactly; round them to fewer digits"});
}

inline std::int64_t narrow(const Big& x) {
  if (x > (Big(1) << 60)) too_fine(x.str());
  return static_cast<std::int64_t>(x);
}

inline std::vector<Big> merge(const std::vector<Big>& weights, const std::vector<index_t>& blocs) {
  if (blocs.empty()) return weights;
  std::vector<Big> out(static_cast<std::size_t>(*std::max_element(blocs.begin(), blocs.end())) + 1, 0);
  for (std::size_t i = 0; i < weights.size(); ++i) out[static_cast<std::size_t>(blocs[i])] += weights[i];
  return out;
}

inline WholeGame whole(const VotingGame& game) {
  std::vector<Decimal> decimals;
  for (const double w : game.weights) decimals.push_back(decimal(w));
  decimals.push_back(decimal(game.quota));
  int least = 0;
  int most = 0;
  for (const Decimal& d : decimals) {
    if (d.digits == 0) continue;
    least = std::min(least, d.exponent);
    most = std::max(most, d.exponent);
  }
  if (most - least > 60) too_fine("of very different size");
  std::vector<Big> scaled;
  scaled.reserve(decimals.size());
  for (const Decimal& d : decimals) {
    scaled.push_back(d.digits == 0 ? Big(0)
                                   : Big(d.digits * mp::pow(Big(10), static_cast<unsigned>(d.exponent - least))));
  }
  const Big quota = scaled.back();
  scaled.pop_back();
  scaled = merge(scaled, game.blocs);
  Big divisor = 0;
  for (const Big& w : scaled) divisor = mp::gcd(divisor, w);
  if (divisor == 0) divisor = 1;
  WholeGame out;
  Big total = 0;
  for (const Big& w : scaled) {
    out.weights.push_back(narrow(w / divisor));
    total += w / divisor;
  }
  out.total = narrow(total);
  out.quota = narrow(std::min<Big>((quota + divisor - 1) / divisor, total + 1));
  return out;
}

// The weights of all coalitions; only for few voters.
inline std::vector<std::int64_t> all_weights(const WholeGame& game) {
  std::vector<std::int64_t> weight(std::size_t{1} << game.weights.size(), 0);
  for (std::size_t set = 1; set < weight.size(); ++set) {
    weight[set] = weight[set & (set - 1)] + game.weights[static_cast<std::size_t>(std::countr_zero(set))];
  }
  return weight;
}

// Whether some coalition has a weight in [low, high).
inline bool reachable(const WholeGame& game, std::int64_t low, std::int64_t high) {
  if (low >= high) return false;
  if (high > most_cells) {
    if (game.weights.size() > most_enumerated) too_fine(std::to_string(high));
    const std::vector<std::int64_t> all = all_weights(game);
    return std::any_of(all.begin(), all.end(), [&](std::int64_t w) { return w >= low && w < high; });
  }
  std::vector<std::uint8_t> can(static_cast<std::size_t>(high), 0);
  can[0] = 1;
  for (const std::int64_t w : game.weights) {
    for (std::int64_t s = high - 1; s >= w; --s) {
      can[static_cast<std::size_t>(s)] |= can[static_cast<std::size_t>(s - w)];
    }
  }
  return std::find(can.begin() + static_cast<std::ptrdiff_t>(low), can.end(), 1) != can.end();
}

// Doubled weights with one vote more for the chair: half of all votes then reach the quota with the chair alone.
inline void give_casting_vote(WholeGame& game, index_t chair, Provenance& provenance) {
  const std::int64_t half = game.total / 2;
  const bool even = game.total % 2 == 0;
  if (!even || !reachable(game, half, half + 1)) {
    provenance.warnings.emplace_back("the casting vote changes nothing: votes can never be equal");
  } else if (game.quota < half || reachable(game, half + 1, game.quota)) {
    provenance.warnings.emplace_back("the casting vote changes nothing: the quota is no simple majority");
  } else {
    for (std::int64_t& w : game.weights) w *= 2;
    game.weights[static_cast<std::size_t>(chair)] += 1;
    game.quota = game.total + 1;
    game.total = 2 * game.total + 1;
  }
}

// The nearest double to a / b, for 0 <= a <= b.
inline double ratio(const Big& a, const Big& b) {
  if (a == 0) return 0.0;
  const auto bits = [](const Big& x) { return static_cast<int>(mp::msb(x)) + 1; };
  const int shift = 64 + bits(b) - bits(a);  // the quotient has 64 or 65 bits
  Big remainder;
  Big quotient;
  mp::divide_qr(Big(a << static_cast<unsigned>(shift)), b, quotient, remainder);
  int lost = shift;
  bool inexact = remainder != 0;
  while (bits(quotient) > 63) {
    inexact = inexact || mp::bit_test(quotient, 0);
    quotient >>= 1;
    --lost;
  }
  auto top = static_cast<std::uint64_t>(quotient);
  top |= inexact ? 1U : 0U;  // 63 bits and what was lost: one rounding, to 53
  return std::ldexp(static_cast<double>(top), -lost);
}

// Swings by size: how many coalitions of k others need this voter, for one voter of each weight. Without sizes k is 0.
using Swings = std::map<std::int64_t, std::vector<Big>>;

// How many coalitions of each size and weight below the quota there are. Rows of sizes, `quota` cells each.
template <class Count>
class Counts {
 public:
  Counts(const WholeGame& game, bool by_size, const Run& run)
      : quota_(static_cast<std::size_t>(game.quota)), by_size_(by_size), watch_(run) {
    rows_ = by_size ? game.weights.size() + 1 : 1;
    cells_.resize(rows_ * quota_);
    cells_[0] = 1;
    std::size_t placed = 0;
    for (const std::int64_t w : game.weights) add(w, placed++);
  }

  // Coalitions without one voter of weight w whose weight lies in [quota - w, quota), by size.
  std::vector<Big> swings(std::int64_t weight) {
    const std::size_t w = std::min(static_cast<std::size_t>(weight), quota_);
    std::vector<Big> out;
    std::vector<Count> smaller;
    std::vector<Count> row(quota_);
    for (std::size_t k = 0; k < rows_; ++k) {
      if (by_size_ && k + 1 == rows_) break;  // all voters cannot be without one
      const Count* with = &cells_[k * quota_];
      const std::vector<Count>& before = by_size_ ? smaller : row;
      for (std::size_t s = 0; s < quota_; ++s) {
        row[s] = with[s];
        if (s >= w && !before.empty()) row[s] -= before[s - w];
      }
      Big sum = 0;
      for (std::size_t s = quota_ - w; s < quota_; ++s) sum += Big(row[s]);
      out.push_back(std::move(sum));
      if (by_size_) smaller = row;
      watch_.look();
    }
    return out;
  }

 private:
  void add(std::int64_t weight, std::size_t placed) {
    if (weight >= static_cast<std::int64_t>(quota_)) return;  // alone at the quota: in no losing coalition
    const auto w = static_cast<std::size_t>(weight);
    for (std::size_t k = by_size_ ? placed + 1 : 1; k-- > 0;) {
      Count* const from = &cells_[k * quota_];
      Count* const to = by_size_ ? from + quota_ : from;
      for (std::size_t s = quota_ - w; s-- > 0;) to[s + w] += from[s];
    }
    watch_.look();
  }

  std::size_t quota_;
  bool by_size_;
  std::size_t rows_ = 0;
  std::vector<Count> cells_;
  Watch watch_;
};

template <class Count>
Swings by_generating_function(const WholeGame& game, bool by_size, const Run& run) {
  Counts<Count> counts(game, by_size, run);
  Swings out;
  for (const std::int64_t w : game.weights) {
    if (!out.contains(w)) out[w] = counts.swings(w);
  }
  return out;
}

inline Swings by_enumeration(const WholeGame& game, bool by_size, const Run& run) {
  const std::size_t n = game.weights.size();
  std::map<std::int64_t, std::size_t> voter;
  for (std::size_t i = 0; i < n; ++i) voter.emplace(game.weights[i], i);
  std::vector<std::vector<std::int64_t>> counts(n, std::vector<std::int64_t>(by_size ? n : 1, 0));
  const std::vector<std::int64_t> weight = all_weights(game);
  Watch watch(run);
  for (std::size_t set = 0; set < weight.size(); ++set) {
    watch.tick();
    if (weight[set] >= game.quota) continue;
    const auto size = by_size ? static_cast<std::size_t>(std::popcount(set)) : std::size_t{0};
    for (const auto& [w, i] : voter) {
      if ((set >> i & 1U) == 0 && weight[set] + w >= game.quota) ++counts[i][size];
    }
  }
  Swings out;
  for (const auto& [w, i] : voter) out[w] = {counts[i].begin(), counts[i].end()};
  return out;
}

// Voters without weight decide nothing and change nobody's power, so the tables do without them.
inline Swings count_swings(WholeGame game, bool by_size, const Run& run) {
  std::erase(game.weights, 0);
  const std::size_t n = game.weights.size();
  // The dual game, in which what could block now wins, has the same index and perhaps the smaller table.
  game.quota = std::min(game.quota, game.total - game.quota + 1);
  const auto rows = static_cast<std::int64_t>(by_size ? n + 1 : 1);
  const bool narrow_counts = n <= 256;
  if (game.quota > most_cells / rows / (narrow_counts ? 1 : 4)) {
    if (n <= most_enumerated) return by_enumeration(game, by_size, run);
    too_fine(std::to_string(n) + " voters, quota " + std::to_string(game.quota));
  }
  return narrow_counts ? by_generating_function<Wide>(game, by_size, run)
                       : by_generating_function<Big>(game, by_size, run);
}

inline void check_blocs(const VotingGame& game) {
  const std::size_t n = game.weights.size();
  if (game.blocs.size() != n) {
    refuse("power_index", "blocs, length", std::to_string(game.blocs.size()),
           "give one bloc a voter: " + std::to_string(n));
  }
  std::vector<std::uint8_t> used(n, 0);
  for (const index_t b : game.blocs) {
    if (b < 0 || static_cast<std::size_t>(b) >= n) {
      refuse("power_index", "blocs", std::to_string(b), "number the blocs from 0, without gaps");
    }
    used[static_cast<std::size_t>(b)] = 1;
  }
  if (!std::is_sorted(used.rbegin(), used.rend())) {
    refuse("power_index", "blocs", "a number without a voter", "number the blocs from 0, without gaps");
  }
}

inline void check(const VotingGame& game) {
  for (std::size_t i = 0; i < game.weights.size(); ++i) {
    if (!std::isfinite(game.weights[i]) || game.weights[i] < 0) {
      refuse("power_index", "weights", shown(game.weights[i]), "votes are finite and not negative",
             "voter " + std::to_string(i));
    }
  }
  if (!std::isfinite(game.quota) || game.quota <= 0) {
    refuse("power_index", "quota", shown(game.quota), "a quota is finite and above 0");
  }
  if (game.casting != none && (game.casting < 0 || static_cast<std::size_t>(game.casting) >= game.weights.size())) {
    refuse("power_index", "casting", std::to_string(game.casting), "name one of the voters, counted from 0");
  }
  if (!game.blocs.empty()) check_blocs(game);
}

inline std::vector<Big> factorials(std::size_t n) {
  std::vector<Big> f{1};
  for (std::size_t k = 1; k <= n; ++k) f.push_back(f.back() * k);
  return f;
}

}  // namespace detail::coalitions

LINKPIN_INLINE PowerIndex power_index(const VotingGame& game, const PowerIndexOptions& options) {
  using namespace detail::coalitions;
  check(game);
  PowerIndex out;
  out.provenance.measure = "power_index";
  const bool orders = options.kind == PowerKind::shapley_shubik;
  out.provenance.normalisation = orders ? "shapley-shubik" : "banzhaf";
  WholeGame g = whole(game);
  const std::size_t n = g.weights.size();
  if (g.quota > g.total) {
    out.values.assign(n, undefined);
    out.absolute.assign(n, undefined);
    out.pivots.assign(n, "0");
    out.possible = "0";
    if (n > 0) out.provenance.warnings.emplace_back("nobody has power: all votes together do not reach the quota");
    return out;
  }
  if (2 * g.quota <= g.total && (game.casting == none || 2 * g.quota < g.total)) {
    out.provenance.warnings.emplace_back(
        "the quota is no more than half of the votes, so that two opposed sides can both carry a motion");
  }
  if (game.casting != none) {
    const auto chair = static_cast<std::size_t>(game.casting);
    give_casting_vote(g, game.blocs.empty() ? game.casting : game.blocs[chair], out.provenance);
  }

  const Swings swings = count_swings(g, orders, options.run);
  const auto voters =
      static_cast<std::size_t>(std::count_if(g.weights.begin(), g.weights.end(), [](auto w) { return w > 0; }));
  const std::vector<Big> f = factorials(orders ? voters : 0);
  const Big possible = orders ? f[voters] : Big(Big(1) << static_cast<unsigned>(voters - 1));
  std::map<std::int64_t, Big> pivots{{0, 0}};
  for (const auto& [w, by_size] : swings) {
    Big sum = 0;
    for (std::size_t k = 0; k < by_size.size(); ++k) {
      sum += orders ? Big(by_size[k] * f[k] * f[voters - 1 - k]) : by_size[k];
    }
    pivots[w] = std::move(sum);
  }
  Big all = 0;
  for (const std::int64_t w : g.weights) all += pivots[w];
  out.possible = possible.str();
  for (const std::int64_t w : g.weights) {
    out.values.push_back(ratio(pivots[w], all));
    out.absolute.push_back(ratio(pivots[w], possible));
    out.pivots.push_back(pivots[w].str());
  }
  return out;
}

}  // namespace linkpin
