// Consensus against the examples it was invented for, and a twin that tries every order.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/priorities/consensus.hpp>
#include <linkpin/priorities/delphi.hpp>
#include <numeric>
#include <vector>

namespace {

using Catch::Matchers::WithinAbs;
using namespace linkpin;
using Values = std::vector<double>;

Values repeated(const std::vector<std::pair<int, Values>>& ballots) {
  Values out;
  for (const auto& [times, ballot] : ballots) {
    for (int i = 0; i < times; ++i) out.insert(out.end(), ballot.begin(), ballot.end());
  }
  return out;
}

Consensus by(ConsensusMethod method, const Values& ranks, index_t items) { return consensus(ranks, items, {method}); }

// Preferences that an order turns round, judge by judge.
double slow_cost(const Values& ranks, const Values& order) {
  const std::size_t n = order.size();
  double cost = 0;
  for (std::size_t start = 0; start < ranks.size(); start += n) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) cost += ranks[start + i] < ranks[start + j] && order[i] > order[j] ? 1 : 0;
    }
  }
  return cost;
}

}  // namespace

TEST_CASE("consensus: Tennessee's capital", "[consensus]") {
  // Memphis, Nashville, Chattanooga, Knoxville for 42, 26, 15 and 17 in a hundred voters: the usual example. Nashville
  // beats all; its order is Nashville, Chattanooga, Knoxville, Memphis by Condorcet and Kemeny alike.
  const Values votes = repeated({{42, {1, 2, 3, 4}}, {26, {4, 1, 2, 3}}, {15, {4, 3, 1, 2}}, {17, {4, 3, 2, 1}}});
  const Consensus kemeny = by(ConsensusMethod::kemeny, votes, 4);
  CHECK(kemeny.ranks == Values{4, 1, 2, 3});
  CHECK(kemeny.overruled == 600 - 393);  // Kemeny's score of the winner is 393
  CHECK(kemeny.best_orders == 1);
  const Consensus condorcet = by(ConsensusMethod::condorcet, votes, 4);
  CHECK(condorcet.ranks == Values{4, 1, 2, 3});
  CHECK(condorcet.winner == 1);
  CHECK(condorcet.cycles.empty());
  // Borda's counts 126, 194, 173, 107 are (score + 300) / 2.
  CHECK(by(ConsensusMethod::borda, votes, 4).scores == Values{-48, 88, 46, -86});
}

TEST_CASE("consensus: Condorcet's circle", "[consensus]") {
  const Values votes = repeated({{1, {1, 2, 3, 4}}, {1, {3, 1, 2, 4}}, {1, {2, 3, 1, 4}}});
  const Consensus c = by(ConsensusMethod::condorcet, votes, 4);
  CHECK(c.winner == none);
  REQUIRE(c.cycles.size() == 1);
  CHECK(c.cycles[0] == std::vector<index_t>{0, 1, 2});
  CHECK(c.ranks == Values{2, 2, 2, 4});
  CHECK(c.provenance.warnings.size() == 1);
  const Consensus k = by(ConsensusMethod::kemeny, votes, 4);
  CHECK(k.best_orders == 3);
  CHECK(k.overruled == 4);
  CHECK(k.scores == Values{2, 2, 2, 4});
}

TEST_CASE("consensus: Kemeny is the best of all orders", "[consensus]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    INFO("ballots " << number);
    Stream random(2026, "ballots", number);
    const std::size_t n = 1 + random.below(6);
    const std::size_t judges = 1 + random.below(6);
    Values ranks(n * judges);
    for (double& r : ranks) r = random.below(12) == 0 ? std::nan("") : 1 + random.below(6);
    Values order(n);
    std::iota(order.begin(), order.end(), 1.0);
    double best = 1e9;
    std::int64_t ways = 0;
    Values places(n, 0.0);
    do {
      const double cost = slow_cost(ranks, order);
      if (cost < best) {
        best = cost;
        ways = 0;
        places.assign(n, 0.0);
      }
      if (cost > best) continue;
      ++ways;
      for (std::size_t i = 0; i < n; ++i) places[i] += order[i];
    } while (std::next_permutation(order.begin(), order.end()));
    const Consensus k = by(ConsensusMethod::kemeny, ranks, static_cast<index_t>(n));
    CHECK(k.overruled == best);
    CHECK(slow_cost(ranks, k.ranks) == best);
    CHECK(k.best_orders == ways);
    for (std::size_t i = 0; i < n; ++i) CHECK_THAT(k.scores[i], WithinAbs(places[i] / static_cast<double>(ways), 1e-9));
    // A winner of all pairs comes first by Condorcet and Kemeny, and no order overrules fewer than Kemeny's.
    const Consensus c = by(ConsensusMethod::condorcet, ranks, static_cast<index_t>(n));
    if (c.winner != none) {
      CHECK(c.ranks[static_cast<std::size_t>(c.winner)] == 1);
      CHECK(k.ranks[static_cast<std::size_t>(c.winner)] == 1);
    }
    CHECK(by(ConsensusMethod::borda, ranks, static_cast<index_t>(n)).overruled >= k.overruled);
    CHECK(std::accumulate(c.ranks.begin(), c.ranks.end(), 0.0) == static_cast<double>(n * (n + 1)) / 2);
  }
}

TEST_CASE("consensus: what it costs each group", "[consensus]") {
  // Two carers want 1 2 3, one researcher the reverse, who is overruled in all three pairs.
  const Values ranks{1, 2, 3, 1, 2, 3, 3, 2, 1};
  const Consensus c = consensus(ranks, 3, {ConsensusMethod::kemeny, {0, 0, 1}});
  REQUIRE(c.groups.size() == 2);
  CHECK(c.groups[0].share == 0);
  CHECK(c.groups[1].share == 1);
  CHECK(c.groups[0].preferences == 6);
  // A tie in the consensus costs half a preference, and a judge without preferences nothing that could be shared.
  CHECK(consensus(Values{1, 2, 2, 1}, 2).groups[0].share == 0.5);
  CHECK(std::isnan(consensus(Values{1, 1}, 2).groups[0].share));
}

TEST_CASE("consensus: twelve items, degenerate and refused", "[consensus]") {
  Stream random(3, "twelve");
  Values ranks;
  for (int judge = 0; judge < 5; ++judge) {
    Values order(12);
    std::iota(order.begin(), order.end(), 1.0);
    random.shuffle(std::span<double>(order));
    ranks.insert(ranks.end(), order.begin(), order.end());
  }
  const Consensus k = by(ConsensusMethod::kemeny, ranks, 12);
  CHECK(slow_cost(ranks, k.ranks) == k.overruled);
  CHECK(k.overruled <= by(ConsensusMethod::borda, ranks, 12).overruled);
  CHECK(consensus(Values{}, 0).ranks.empty());
  CHECK(consensus(Values{}, 2).ranks == Values{1.5, 1.5});
  CHECK_THROWS_AS(consensus(Values{1, 2, 3}, 2), InputError);
  CHECK_THROWS_AS(consensus(Values{1, 2}, 2, {ConsensusMethod::borda, {0, 0}}), InputError);
  CHECK_THROWS_AS(consensus(Values{1, 2}, 2, {ConsensusMethod::borda, {1}}), InputError);
  CHECK_THROWS_AS(by(ConsensusMethod::kemeny, Values(17, 1.0), 17), LimitError);
}

TEST_CASE("delphi: the panel's verdict", "[delphi]") {
  // Three items, nine panellists. Percentiles by R: quantile(x, c(.3, .7)); Fitch et al. 2001, The RAND/UCLA
  // Appropriateness Method User's Manual, chapter 8.
  const std::vector<Values> columns{
      {7, 7, 8, 8, 8, 9, 9, 9, 9}, {1, 1, 1, 2, 5, 8, 9, 9, 9}, {6, 6, 6, 6, 7, 7, 7, 7, 9}};
  Values ratings;
  for (std::size_t p = 0; p < 9; ++p) {
    for (const Values& c : columns) ratings.push_back(c[p]);
  }
  const Panel panel = delphi(ratings, 3);
  CHECK(panel.items[0].verdict == PanelVerdict::appropriate);
  CHECK_THAT(panel.items[0].low, WithinAbs(8, 1e-12));
  CHECK_THAT(panel.items[1].low, WithinAbs(1.4, 1e-12));
  CHECK_THAT(panel.items[1].high, WithinAbs(8.6, 1e-12));
  CHECK_THAT(panel.items[1].allowed, WithinAbs(2.35, 1e-12));
  CHECK(panel.items[1].disagreement);
  CHECK(panel.items[1].verdict == PanelVerdict::uncertain);
  CHECK(panel.items[2].verdict == PanelVerdict::appropriate);
  // A median between two regions counts to the higher one.
  CHECK(delphi(Values{6, 7}, 1).items[0].verdict == PanelVerdict::appropriate);
  CHECK(delphi(Values{3, 3, 4, 3}, 1).items[0].verdict == PanelVerdict::inappropriate);
}

TEST_CASE("delphi: rounds, gaps and refusals", "[delphi]") {
  const double gone = std::nan("");
  const Panel second = delphi(Values{7, 8, gone, 8}, 2, Values{7, 3, 4, gone});
  CHECK(second.items[0].stayed == 1);
  CHECK(second.items[1].changed == 1);
  CHECK(second.items[0].previous_median == 5.5);
  const Panel none_rated = delphi(Values{gone}, 1);
  CHECK(none_rated.items[0].verdict == PanelVerdict::unrated);
  CHECK(none_rated.provenance.warnings.size() == 1);
  CHECK(delphi(Values{}, 0).items.empty());
  CHECK_THROWS_AS(delphi(Values{0}, 1), InputError);
  CHECK_THROWS_AS(delphi(Values{2.5}, 1), InputError);
  CHECK_THROWS_AS(delphi(Values{1, 2}, 2, Values{1}), InputError);
}
