// Power indices against published boards, and a twin that looks at every coalition and every order.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/coalitions.hpp>
#include <numeric>
#include <string>
#include <vector>

namespace {

using linkpin::index_t;
using linkpin::power_index;
using linkpin::PowerIndex;
using linkpin::PowerKind;
using linkpin::VotingGame;

constexpr PowerKind shapley = PowerKind::shapley_shubik;
constexpr PowerKind banzhaf = PowerKind::banzhaf;

// Whole weights; the chair decides where exactly half of the votes are for.
bool wins(const std::vector<int>& weights, int quota, index_t casting, std::size_t set) {
  int inside = 0;
  int all = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    all += weights[i];
    if ((set >> i & 1U) != 0) inside += weights[i];
  }
  if (casting != linkpin::none && 2 * inside == all) return (set >> casting & 1U) != 0;
  return inside >= quota;
}

std::vector<double> twin(const std::vector<int>& weights, int quota, index_t casting, PowerKind kind) {
  const std::size_t n = weights.size();
  std::vector<double> factorial{1.0};
  for (std::size_t k = 1; k <= n; ++k) factorial.push_back(factorial.back() * static_cast<double>(k));
  std::vector<double> out(n, 0.0);
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    const auto size = static_cast<std::size_t>(__builtin_popcountll(set));
    for (std::size_t i = 0; i < n; ++i) {
      if ((set >> i & 1U) != 0) continue;
      if (wins(weights, quota, casting, set) || !wins(weights, quota, casting, set | std::size_t{1} << i)) continue;
      out[i] += kind == banzhaf ? 1.0 : factorial[size] * factorial[n - 1 - size] / factorial[n];
    }
  }
  const double total = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& x : out) x /= total;
  return out;
}

std::vector<double> values(const VotingGame& game, PowerKind kind) { return power_index(game, {.kind = kind}).values; }

void check_near(const std::vector<double>& got, const std::vector<double>& want) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    INFO("voter " << i << ": " << got[i] << " for " << want[i]);
    REQUIRE(std::abs(got[i] - want[i]) < 1e-13);
  }
}

}  // namespace

TEST_CASE("the council of the EEC in 1958", "[coalitions]") {
  // Germany, France, Italy, Belgium, the Netherlands, and Luxembourg, whose vote never counted. Felsenthal & Machover
  // 1998, The Measurement of Voting Power, chapter 5; by hand from the 2^6 coalitions.
  const VotingGame eec{{4, 4, 4, 2, 2, 1}, 12};
  const PowerIndex orders = power_index(eec);
  CHECK(orders.values == std::vector<double>{14.0 / 60, 14.0 / 60, 14.0 / 60, 9.0 / 60, 9.0 / 60, 0.0});
  CHECK(orders.possible == "720");
  CHECK(orders.pivots[0] == "168");
  const PowerIndex toss = power_index(eec, {.kind = banzhaf});
  CHECK(toss.values == std::vector<double>{5.0 / 21, 5.0 / 21, 5.0 / 21, 3.0 / 21, 3.0 / 21, 0.0});
  CHECK(toss.absolute == std::vector<double>{10.0 / 32, 10.0 / 32, 10.0 / 32, 6.0 / 32, 6.0 / 32, 0.0});
  CHECK(orders.provenance.warnings.empty());
}

TEST_CASE("the Security Council of the United Nations", "[coalitions]") {
  // Five with a veto and ten without; nine votes carry. Of the others one decides where all five and just three of nine
  // are for it: C(9, 3) 8! 6! / 15! = 4/2145, which leaves 421/2145 to each veto; C(9, 3) = 84 swings, against the sum
  // of C(10, k) over k >= 4 = 848.
  VotingGame council{std::vector<double>(5, 7.0), 39};
  council.weights.insert(council.weights.end(), 10, 1.0);
  const auto orders = values(council, shapley);
  CHECK(orders[0] == 421.0 / 2145);
  CHECK(orders[14] == 4.0 / 2145);
  const auto toss = values(council, banzhaf);
  CHECK(toss[0] == 848.0 / 5080);
  CHECK(toss[14] == 84.0 / 5080);
}

TEST_CASE("power agrees with a look at every coalition", "[coalitions]") {
  for (std::uint64_t number = 0; number < 400; ++number) {
    INFO("game " << number);
    linkpin::Stream random(2026, "games", number);
    const std::size_t n = 1 + random.below(8);
    std::vector<int> weights;
    for (std::size_t i = 0; i < n; ++i) weights.push_back(static_cast<int>(random.below(6)));
    const int total = std::accumulate(weights.begin(), weights.end(), 0);
    if (total == 0) continue;
    const int quota = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(total)));
    const VotingGame game{{weights.begin(), weights.end()}, static_cast<double>(quota)};
    check_near(values(game, shapley), twin(weights, quota, linkpin::none, shapley));
    check_near(values(game, banzhaf), twin(weights, quota, linkpin::none, banzhaf));
    // A simple majority, whichever way its quota is written, with the chair's casting vote.
    const auto chair = static_cast<index_t>(random.below(static_cast<std::uint32_t>(n)));
    for (const double majority : {total / 2.0, total / 2 + 0.5 + 0.5 * (total % 2), total / 2 + 1.0}) {
      if (majority <= 0 || (weights[static_cast<std::size_t>(chair)] == 0 && total % 2 == 0)) continue;
      const VotingGame chaired{game.weights, majority, chair};
      check_near(values(chaired, shapley), twin(weights, total / 2 + 1, chair, shapley));
      check_near(values(chaired, banzhaf), twin(weights, total / 2 + 1, chair, banzhaf));
    }
  }
}

TEST_CASE("decimal votes count as they are written", "[coalitions]") {
  // In binary 0.1 + 0.2 is more than 0.3, and 0.1 + 0.7 less than 0.8.
  CHECK(values({{0.1, 0.2, 0.3}, 0.3}, banzhaf) == values({{1, 2, 3}, 3}, banzhaf));
  CHECK(values({{0.1, 0.7, 0.5}, 0.8}, shapley) == values({{1, 7, 5}, 8}, shapley));
  CHECK(values({{1e6, 2.5e6, 1.5e6}, 3e6}, shapley) == values({{2, 5, 3}, 6}, shapley));
  // Shares of money to the penny: too many units for a table, few enough voters to look at each coalition.
  const VotingGame money{{123456789.01, 98765432.10, 55555555.55, 1.0}, 150000000.0};
  const VotingGame same{{3, 2, 2, 0}, 4};
  check_near(values(money, shapley), values(same, shapley));
  check_near(values(money, banzhaf), values(same, banzhaf));
}

TEST_CASE("two hundred seats are counted to the last digit", "[coalitions]") {
  // One with a votes among m with one each: in a/(m + 1) of all orders the big one decides (Shapley & Shubik 1954).
  VotingGame board{std::vector<double>(200, 1.0), 105};
  board.weights[0] = 10;
  const PowerIndex orders = power_index(board);
  CHECK(orders.values[0] == 10.0 / 200);
  CHECK(orders.values[1] == 19.0 / 3980);
  // Banzhaf: the big one decides where 95 to 104 of 199 others are for it, one in every 2^199 / sum of C(199, k)
  // coalitions.
  const PowerIndex toss = power_index(board, {.kind = banzhaf});
  double share = 0;
  for (int k = 95; k <= 104; ++k) {
    share += std::exp(std::lgamma(200.0) - std::lgamma(k + 1.0) - std::lgamma(200.0 - k) - 199 * std::log(2.0));
  }
  CHECK(std::abs(toss.absolute[0] - share) < 1e-12);
  CHECK(toss.possible.size() == 60);  // 2^199 = 8.03e59
  CHECK(std::abs(std::accumulate(toss.values.begin(), toss.values.end(), 0.0) - 1) < 1e-12);
}

TEST_CASE("more voters than fit a machine word of any width", "[coalitions]") {
  const PowerIndex all = power_index({std::vector<double>(300, 1.0), 151}, {.kind = banzhaf});
  CHECK(all.values == std::vector<double>(300, 1.0 / 300));
}

TEST_CASE("blocs vote as one", "[coalitions]") {
  // Four of seven seats in one hand decide alone; the chair's bloc has the casting vote.
  const VotingGame seven{{1, 1, 1, 1, 1, 1, 1}, 4, linkpin::none, {0, 0, 0, 0, 1, 2, 1}};
  CHECK(values(seven, shapley) == std::vector<double>{1, 0, 0});
  CHECK(values({{0.1, 0.2, 0.3}, 0.3, linkpin::none, {0, 0, 1}}, banzhaf) == std::vector<double>{0.5, 0.5});
  CHECK(values({{1, 1, 1, 1}, 3, 2, {0, 0, 1, 1}}, shapley) == std::vector<double>{0, 1});
}

TEST_CASE("power that nobody has, and casting votes that change nothing, are said", "[coalitions]") {
  const PowerIndex nobody = power_index({{1, 1}, 3});
  CHECK(std::isnan(nobody.values[0]));
  REQUIRE(nobody.provenance.warnings.size() == 1);
  CHECK(power_index({{}, 1}).values.empty());
  CHECK(power_index({{1, 1, 1}, 2, 0}).provenance.warnings.at(0) ==
        "the casting vote changes nothing: votes can never be equal");
  CHECK(power_index({{1, 1, 1, 1, 1, 1}, 5, 0}).provenance.warnings.at(0) ==
        "the casting vote changes nothing: the quota is no simple majority");
  CHECK(power_index({{1, 1, 1}, 1}).provenance.warnings.size() == 1);
}

TEST_CASE("games that are none are refused", "[coalitions]") {
  using Catch::Matchers::ContainsSubstring;
  CHECK_THROWS_WITH(power_index({{1, -1}, 1}), ContainsSubstring("voter 1"));
  CHECK_THROWS_AS(power_index({{1, std::nan("")}, 1}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1, 1}, 0}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1, 1}, 1, 2}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1, 1}, 1, linkpin::none, {0}}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1, 1}, 1, linkpin::none, {0, 2}}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1, 1}, 1, linkpin::none, {1, 1}}), linkpin::InputError);
  CHECK_THROWS_AS(power_index({{1e300, 1e-300}, 1}), linkpin::LimitError);
  std::vector<double> pennies;
  for (int i = 0; i < 100; ++i) pennies.push_back(1234567.89 + i);
  CHECK_THROWS_AS(power_index({pennies, 6e7}), linkpin::LimitError);
}
