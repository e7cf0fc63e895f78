// Concordance against R, scipy and the tables of the books, and twins that go through every order.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/concordance.hpp>
#include <numeric>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;
using Values = std::vector<double>;

Values random_order(Stream& random, std::size_t n) {
  Values order(n);
  std::iota(order.begin(), order.end(), 1.0);
  random.shuffle(std::span<double>(order));
  return order;
}

// Share of all arrangements of the judges' ranks whose W is as large; the first judge's order can stay.
double slow_p(const std::vector<Values>& judges, std::size_t at, Values& flat, double w) {
  if (at == judges.size()) return concordance(flat, 3, {ConcordanceTest::permutation, 1}).w >= w - 1e-12 ? 1.0 : 0.0;
  std::vector<std::size_t> place{0, 1, 2};
  double sum = 0;
  do {
    for (const std::size_t i : place) flat.push_back(judges[at][i]);
    sum += slow_p(judges, at + 1, flat, w);
    flat.resize(flat.size() - 3);
  } while (std::next_permutation(place.begin(), place.end()));
  return sum / 6;
}

}  // namespace

TEST_CASE("kendall's W: R's values", "[concordance]") {
  // R 4.2: r <- rbind(...); f <- friedman.test(r); f$statistic / (3 * 4), f$p.value. scipy.stats.friedmanchisquare
  // gives the same 10.888888888888886.
  const Values ranks{1, 2.5, 2.5, 4, 5, 1.5, 1.5, 3, 4, 5, 1, 2, 4, 4, 4};
  const Concordance c = concordance(ranks, 5);
  CHECK_THAT(c.w, WithinAbs(0.9074074074074074, 1e-14));
  CHECK_THAT(c.chi_square, WithinAbs(10.88888888888889, 1e-12));
  CHECK_THAT(c.p_chi_square, WithinAbs(0.02784154327749509, 1e-12));
  CHECK(c.rank_sums == Values{3.5, 6, 9.5, 12, 14});
  CHECK_THAT(c.mean_correlation, WithinAbs(0.8614389007135067, 1e-14));  // numpy: mean of corrcoef's three pairs
  // Without ties (judges W - 1) / (judges - 1); who ties all goes with nobody.
  const Concordance plain = concordance(Values{1, 2, 3, 4, 2, 1, 3, 4, 4, 3, 1, 2}, 4);
  CHECK_THAT(plain.mean_correlation, WithinAbs((3 * plain.w - 1) / 2, 1e-14));
  CHECK_THAT(concordance(Values{1, 2, 3, 1, 2, 3, 5, 5, 5}, 3).mean_correlation, WithinAbs(1, 1e-14));
  CHECK(c.exact);
}

TEST_CASE("kendall's W: the exact distribution", "[concordance]") {
  // Three judges, three items: Siegel 1956, Nonparametric Statistics, table N (chances .028, .194, .361, .528, .944 of
  // a statistic of 6, 4.667, 2.667, 2, .667). The whole counts are over 36.
  const std::vector<std::pair<Values, double>> table{
      {{1, 2, 3, 1, 2, 3, 1, 2, 3}, 1},  {{1, 2, 3, 1, 2, 3, 2, 1, 3}, 7},  {{1, 2, 3, 1, 2, 3, 2, 3, 1}, 19},
      {{1, 2, 3, 1, 3, 2, 2, 1, 3}, 13}, {{1, 2, 3, 2, 3, 1, 3, 1, 2}, 36}, {{1, 2, 3, 1, 2, 3, 3, 2, 1}, 34}};
  for (const auto& [ranks, of_36] : table) {
    const Concordance c = concordance(ranks, 3);
    INFO("chi-square " << c.chi_square);
    CHECK_THAT(c.p, WithinAbs(of_36 / 36, 1e-13));
  }
  // With ties, against every arrangement.
  for (std::uint64_t number = 0; number < 20; ++number) {
    Stream random(2026, "judges", number);
    std::vector<Values> judges(2 + random.below(3), Values(3));
    Values flat;
    for (Values& judge : judges) {
      for (double& r : judge) r = 1 + random.below(3);
      flat.insert(flat.end(), judge.begin(), judge.end());
    }
    const Concordance c = concordance(flat, 3);
    if (std::isnan(c.w)) continue;
    Values placed;
    CHECK_THAT(c.p, WithinAbs(slow_p(judges, 0, placed, c.w), 1e-12));
    const Concordance sampled = concordance(flat, 3, {ConcordanceTest::permutation, 2000, number});
    CHECK(std::abs(sampled.p - c.p) < 5 * sampled.monte_carlo_error + 1e-3);
    CHECK(sampled.provenance.seed == number);
  }
}

TEST_CASE("kendall's W: the same numbers on any number of threads", "[concordance]") {
  Stream random(1, "ranks");
  Values ranks;
  for (int judge = 0; judge < 8; ++judge) {
    for (const double r : random_order(random, 20)) ranks.push_back(r);
  }
  ConcordanceOptions options{.permutations = 3000, .seed = 5, .run = {.threads = 1}};
  const Concordance one = concordance(ranks, 20, options);
  CHECK_FALSE(one.exact);
  options.run.threads = 4;
  CHECK(concordance(ranks, 20, options).p == one.p);
  CHECK(std::abs(one.p - one.p_chi_square) < 0.06);
}

TEST_CASE("kendall's W: degenerate and refused", "[concordance]") {
  CHECK(std::isnan(concordance(Values{}, 3).w));
  CHECK(std::isnan(concordance(Values{1, 2, 3}, 3).w));
  CHECK(concordance(Values{1, 1, 1, 1}, 2).provenance.warnings.size() == 1);
  CHECK_THROWS_WITH(concordance(Values{1, 2, std::nan(""), 1}, 2), ContainsSubstring("judge 1, item 0"));
  CHECK_THROWS_AS(concordance(Values{1, 2, 3}, 2), InputError);
  Values many;
  for (int judge = 0; judge < 4; ++judge) {
    for (int i = 0; i < 15; ++i) many.push_back(i);
  }
  CHECK_THROWS_AS(concordance(many, 15, {.test = ConcordanceTest::exact}), LimitError);
  CHECK_THROWS_AS(concordance(many, 15, {.permutations = 0}), InputError);
}

TEST_CASE("kendall's tau", "[concordance]") {
  // R 4.2: cor(c(1, 2.5, 2.5, 4, 5), c(1, 2, 4, 4, 4), method = "kendall").
  CHECK_THAT(kendall_tau(Values{1, 2.5, 2.5, 4, 5}, Values{1, 2, 4, 4, 4}), WithinAbs(0.7559289460184545, 1e-14));
  CHECK(kendall_tau(Values{1, 2, 3}, Values{3, 2, 1}) == -1);
  CHECK(std::isnan(kendall_tau(Values{1, 1}, Values{1, 2})));
}

TEST_CASE("rank-biased overlap is the sum over depths of what could come", "[concordance]") {
  for (std::uint64_t number = 0; number < 300; ++number) {
    INFO("lists " << number);
    Stream random(2026, "lists", number);
    const std::size_t n = 1 + random.below(8);
    std::vector<std::vector<std::size_t>> lists;
    std::vector<Values> ranks;
    for (int which = 0; which < 2; ++which) {
      const Values order = random_order(random, n);
      const std::size_t kept = 1 + random.below(static_cast<std::uint32_t>(n));
      Values rank(n, std::nan(""));
      std::vector<std::size_t> list;
      for (std::size_t d = 0; d < kept; ++d) {
        const auto item = static_cast<std::size_t>(order[d]) - 1;
        rank[item] = static_cast<double>(d) + 1;
        list.push_back(item);
      }
      ranks.push_back(rank);
      lists.push_back(list);
    }
    const double p = 0.05 + 0.9 * random.uniform();
    const RankBiasedOverlap got = rank_biased_overlap(ranks[0], ranks[1], p);

    // Lists go on with items of their own (least), or first with what only the other has and then with the same (most).
    const std::size_t depth = 600;
    auto value = [&](bool agree) {
      std::vector<std::vector<std::size_t>> whole = lists;
      std::size_t fresh = n;
      for (std::size_t which = 0; which < 2; ++which) {
        for (const std::size_t item : lists[1 - which]) {
          const auto& mine = lists[which];
          if (agree && std::find(mine.begin(), mine.end(), item) == mine.end()) whole[which].push_back(item);
        }
        std::size_t next = agree ? n : fresh;
        while (whole[which].size() < depth) whole[which].push_back(next++);
        fresh = next;
      }
      std::vector<int> seen(n + 2 * depth, 0);
      double overlap = 0;
      double sum = 0;
      for (std::size_t d = 0; d < depth; ++d) {
        for (const auto& list : whole) overlap += ++seen[list[d]] == 2 ? 1 : 0;
        sum += std::pow(p, d) * overlap / static_cast<double>(d + 1);
      }
      return (1 - p) * sum + (agree ? std::pow(p, depth) : 0.0);
    };
    CHECK_THAT(got.bounds.low, WithinAbs(value(false), 1e-9));
    CHECK_THAT(got.bounds.high, WithinAbs(value(true), 1e-9));

    // Going on as they began: agreement at each depth as it is, the shorter list's last, then the last.
    const auto& shorter = lists[0].size() <= lists[1].size() ? lists[0] : lists[1];
    const auto& longer = lists[0].size() <= lists[1].size() ? lists[1] : lists[0];
    auto shared = [&](std::size_t d) {
      double count = 0;
      for (std::size_t i = 0; i < std::min(d, shorter.size()); ++i) {
        const auto end = longer.begin() + static_cast<std::ptrdiff_t>(std::min(d, longer.size()));
        count += std::find(longer.begin(), end, shorter[i]) != end ? 1 : 0;
      }
      return count;
    };
    double sum = 0;
    double agreement = 0;
    for (std::size_t d = 1; d <= 900; ++d) {
      const auto at = static_cast<double>(d);
      const auto s = static_cast<double>(shorter.size());
      if (d <= longer.size()) agreement = (shared(d) + (at > s ? shared(shorter.size()) * (at - s) / s : 0)) / at;
      sum += (1 - p) * std::pow(p, d - 1) * agreement;
    }
    CHECK_THAT(got.extrapolated, WithinAbs(sum, 1e-9));
  }
}

TEST_CASE("rank-biased overlap: degenerate and refused", "[concordance]") {
  const double gone = std::nan("");
  CHECK(std::isnan(rank_biased_overlap(Values{gone}, Values{gone}).extrapolated));
  CHECK(rank_biased_overlap(Values{1, 2, 3}, Values{1, 2, 3}).extrapolated == 1.0);
  CHECK(rank_biased_overlap(Values{1, gone}, Values{gone, 1}).extrapolated == 0.0);
  CHECK(rank_biased_overlap(Values{1, gone}, Values{gone, gone}).bounds.low == 0.0);
  CHECK_THROWS_WITH(rank_biased_overlap(Values{1, 1}, Values{1, 2}), ContainsSubstring("ties"));
  CHECK_THROWS_AS(rank_biased_overlap(Values{1, 2}, Values{1, 2}, 1.0), InputError);
  CHECK_THROWS_AS(rank_biased_overlap(Values{1}, Values{1, 2}), InputError);
}

TEST_CASE("agreement at the top goes through every way of breaking ties", "[concordance]") {
  for (std::uint64_t number = 0; number < 300; ++number) {
    Stream random(2026, "tops", number);
    const std::size_t n = 1 + random.below(6);
    const auto k = static_cast<index_t>(1 + random.below(static_cast<std::uint32_t>(n)));
    std::vector<Values> ranks(2, Values(n));
    for (Values& r : ranks) {
      for (double& x : r) x = random.below(4);
    }
    // All subsets of k that hold whoever is above anyone left out.
    auto tops = [&](const Values& r) {
      std::vector<unsigned> sets;
      for (unsigned set = 0; set < (1U << n); ++set) {
        bool fits = __builtin_popcount(set) == k;
        for (std::size_t i = 0; i < n && fits; ++i) {
          for (std::size_t j = 0; j < n; ++j) fits = fits && !((set >> i & 1U) && !(set >> j & 1U) && r[j] < r[i]);
        }
        if (fits) sets.push_back(set);
      }
      return sets;
    };
    double least = 1;
    double most = 0;
    double sum = 0;
    int ways = 0;
    for (const unsigned a : tops(ranks[0])) {
      for (const unsigned b : tops(ranks[1])) {
        const double share = static_cast<double>(__builtin_popcount(a & b)) / k;
        least = std::min(least, share);
        most = std::max(most, share);
        sum += share;
        ++ways;
      }
    }
    INFO("lists " << number << ", k " << k);
    const TopAgreement got = top_agreement(ranks[0], ranks[1], k);
    CHECK_THAT(got.value, WithinAbs(sum / ways, 1e-12));
    CHECK_THAT(got.bounds.low, WithinAbs(least, 1e-12));
    CHECK_THAT(got.bounds.high, WithinAbs(most, 1e-12));
  }
  CHECK_THROWS_AS(top_agreement(Values{1, 2}, Values{1, 2}, 3), InputError);
  CHECK_THROWS_AS(top_agreement(Values{1, std::nan("")}, Values{1, 2}, 1), InputError);
}
