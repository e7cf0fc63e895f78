#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/participation/levels.hpp>
#include <numeric>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::crosswalk;
using linkpin::find_level;
using linkpin::find_scale;
using linkpin::index_t;
using linkpin::LevelRange;
using linkpin::LevelSpread;
using linkpin::none;
using linkpin::spread_of_levels;

namespace {

// The exact probability that a binomial of n halves is below r, from the sum of its terms.
double below(std::int64_t trials, std::int64_t r) {
  const auto n = static_cast<double>(trials);
  double total = 0;
  for (double k = 0; k < static_cast<double>(r); ++k) {
    total += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
  }
  return total;
}

}  // namespace

TEST_CASE("levels are found by name in any case and by number") {
  const auto* ladder = find_scale("Arnstein");
  REQUIRE(ladder != nullptr);
  REQUIRE(find_level(*ladder, "Delegated_Power") == 6);
  REQUIRE(find_level(*ladder, " citizen  control ") == 7);
  REQUIRE(find_level(*ladder, "1") == 0);
  REQUIRE(find_level(*ladder, "9") == none);
  REQUIRE(find_level(*ladder, "0") == none);
  REQUIRE(find_level(*ladder, "empower") == none);
  REQUIRE(find_scale("likert") == nullptr);
}

TEST_CASE("the crosswalk keeps the order of levels, and every row has its basis and source") {
  for (const auto& from : linkpin::participation_scales()) {
    for (const auto& to : linkpin::participation_scales()) {
      LevelRange before{none, none};
      for (index_t i = 0; i < static_cast<index_t>(from.levels.size()); ++i) {
        const LevelRange range = crosswalk(from, i, to);
        REQUIRE(range.low <= range.high);
        REQUIRE(range.low >= before.low);
        REQUIRE(range.high >= before.high);
        if (from.key == to.key) REQUIRE(range == LevelRange{i, i});
        before = range;
      }
    }
  }
  const auto rows = linkpin::crosswalk();
  REQUIRE(rows.rows() == 5 + 8 + 5 + 3);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    REQUIRE(!rows.find("source")->view(row).empty());
    REQUIRE(!rows.find("basis")->view(row).empty());
  }
}

TEST_CASE("correspondences are those of the sources") {
  const auto& ladder = *find_scale("arnstein");
  const auto& spectrum = *find_scale("iap2");
  const auto& rest = *find_scale("rest");
  // Arnstein 1969: rungs 1 and 2 are non-participation; 6 to 8 are citizen power.
  REQUIRE(crosswalk(ladder, 0, spectrum) == LevelRange{none, none});
  REQUIRE(crosswalk(ladder, find_level(ladder, "consultation"), spectrum) == LevelRange{1, 1});
  REQUIRE(crosswalk(ladder, find_level(ladder, "partnership"), spectrum) == LevelRange{3, 3});
  // CTSA 2011, figure 1.1: outreach "to inform"; collaborate.
  REQUIRE(crosswalk(rest, 0, spectrum) == LevelRange{0, 0});
  REQUIRE(crosswalk(rest, find_level(rest, "collaboration"), spectrum) == LevelRange{3, 3});
  REQUIRE_THROWS_WITH(crosswalk(rest, 5, spectrum), ContainsSubstring("level = 5"));
}

TEST_CASE("a spread has shares, a median that is a level or lies between two, and no mean") {
  // 1 inform, 4 consult, 0 involve, 3 collaborate, 2 empower: the fifth of ten is consult, the sixth collaborate.
  const std::vector<std::int64_t> counts = {1, 4, 0, 3, 2};
  const LevelSpread s = spread_of_levels(counts);
  REQUIRE(s.answers == 10);
  REQUIRE(s.median_low == 1);
  REQUIRE(s.median_high == 3);
  REQUIRE_THAT(s.at_or_above[3], WithinAbs(0.5, 1e-15));
  // Order statistics 2 and 9 hold the median of ten with 97.9 %: 1 - 2 * 11 / 1024.
  REQUIRE(s.interval_low == 1);
  REQUIRE(s.interval_high == 4);
}

TEST_CASE("shares add to one and the median's interval is the shortest that holds enough, on random counts") {
  linkpin::Stream random(2026, "levels");
  for (int round = 0; round < 1000; ++round) {
    std::vector<std::int64_t> counts(2 + random.below(7));
    for (auto& c : counts) c = random.below(3) == 0 ? 0 : random.below(30);
    const LevelSpread s = spread_of_levels(counts);
    if (s.answers == 0) {
      REQUIRE(std::isnan(s.shares[0]));
      continue;
    }
    REQUIRE_THAT(std::accumulate(s.shares.begin(), s.shares.end(), 0.0), WithinAbs(1.0, 1e-12));
    REQUIRE(s.at_or_above[0] == 1.0);
    std::vector<index_t> answers;
    for (std::size_t i = 0; i < counts.size(); ++i)
      answers.insert(answers.end(), static_cast<std::size_t>(counts[i]), static_cast<index_t>(i));
    const auto n = static_cast<std::int64_t>(answers.size());
    std::int64_t r = 0;
    while (below(n, r + 1) <= 0.025) ++r;
    const index_t low = r == 0 ? 0 : answers[static_cast<std::size_t>(r - 1)];
    const index_t high = r == 0 ? static_cast<index_t>(counts.size()) - 1 : answers[static_cast<std::size_t>(n - r)];
    REQUIRE(s.interval_low == low);
    REQUIRE(s.interval_high == high);
    REQUIRE(s.median_low == answers[static_cast<std::size_t>((n - 1) / 2)]);
    REQUIRE(s.median_high == answers[static_cast<std::size_t>(n / 2)]);
  }
}

TEST_CASE("only the order of levels matters: spreads know nothing of distances between them") {
  // The same answers on a scale with empty levels put in between: medians, interval and shares move with the levels.
  const LevelSpread plain = spread_of_levels(std::vector<std::int64_t>{5, 9, 7});
  const LevelSpread stretched = spread_of_levels(std::vector<std::int64_t>{5, 0, 0, 0, 9, 0, 7});
  const std::vector<index_t> moved = {0, 4, 6};
  REQUIRE(stretched.median_low == moved[static_cast<std::size_t>(plain.median_low)]);
  REQUIRE(stretched.interval_low == moved[static_cast<std::size_t>(plain.interval_low)]);
  REQUIRE(stretched.interval_high == moved[static_cast<std::size_t>(plain.interval_high)]);
  REQUIRE(stretched.at_or_above[4] == plain.at_or_above[1]);
}

TEST_CASE("negative counts and odd levels of confidence are refused") {
  REQUIRE_THROWS_WITH(spread_of_levels(std::vector<std::int64_t>{1, -1}), ContainsSubstring("level 2"));
  REQUIRE_THROWS_WITH(spread_of_levels(std::vector<std::int64_t>{1}, 1.5), ContainsSubstring("0.95"));
}
