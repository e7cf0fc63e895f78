// Suppression of small counts, against an attacker who tries every table, and against the programmes themselves.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <functional>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/disclosure/suppression.hpp>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using namespace linkpin;

namespace {

// A table over up to three dimensions with counts that are often small.
CountTable random_table(Stream& random, std::size_t dimensions, std::uint32_t most) {
  CountTable t;
  std::vector<std::size_t> sizes;
  std::size_t cells = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    t.dimensions.push_back("d" + std::to_string(d));
    sizes.push_back(2 + random.below(dimensions > 2 ? 2 : 3));
    cells *= sizes.back();
  }
  t.labels.resize(dimensions);
  for (std::size_t c = 0; c < cells; ++c) {
    std::size_t rest = c;
    for (std::size_t d = 0; d < dimensions; ++d) {
      t.labels[d].push_back(std::to_string(rest % sizes[d]));
      rest /= sizes[d];
    }
    t.counts.push_back(random.below(1 + random.below(most)));
  }
  return t;
}

// Tries every way to fill the hidden cells that keeps the shown sums; sums of cells only, none of them hidden.
Ranges all_tables(const LinkedFigures& f, const std::vector<std::uint8_t>& hidden) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    if (hidden[i] != 0) open.push_back(i);
  }
  Ranges out;
  out.low.assign(f.counts.begin(), f.counts.end());
  out.high = out.low;
  std::vector<std::int64_t> x = f.counts;
  auto left = [&](const PublishedSum& s) {
    std::int64_t rest = x[static_cast<std::size_t>(s.total)];
    for (const index_t p : s.parts) rest -= x[static_cast<std::size_t>(p)];
    return rest;
  };
  std::function<void(std::size_t)> fill = [&](std::size_t k) {
    if (k == open.size()) {
      if (!std::all_of(f.sums.begin(), f.sums.end(), [&](const auto& s) { return left(s) == 0; })) return;
      for (const std::size_t i : open) {
        out.low[i] = std::min(out.low[i], static_cast<double>(x[i]));
        out.high[i] = std::max(out.high[i], static_cast<double>(x[i]));
      }
      return;
    }
    for (x[open[k]] = 0;; ++x[open[k]]) {
      for (std::size_t later = k + 1; later < open.size(); ++later) x[open[later]] = 0;
      if (std::any_of(f.sums.begin(), f.sums.end(), [&](const auto& s) { return left(s) < 0; })) break;
      fill(k + 1);
    }
  };
  for (const std::size_t i : open) x[i] = 0;
  fill(0);
  return out;
}

}  // namespace

TEST_CASE("linked figures: cells, the totals of all margins, and what two tables share", "[disclosure]") {
  const CountTable by_age{
      "age", {"area", "age"}, {{"N", "N", "S", "S"}, {"young", "old", "young", "old"}}, {3, 9, 7, 8}};
  const CountTable by_sex{"sex", {"area", "sex"}, {{"N", "N", "S", "S"}, {"f", "m", "f", "m"}}, {5, 7, 9, 6}};
  const std::vector<CountTable> both = {by_age, by_sex};
  const LinkedFigures f = linked_figures(both);
  CHECK(f.counts.size() == 4 + 4 + 2 + 2 + 2 + 1);  // cells, ages, sexes, areas once, everybody once
  CHECK(f.sums.size() == 2 * (2 + 2 + 1));
  CHECK(f.warnings.empty());

  CountTable other = by_sex;
  other.counts[0] = 4;  // one did not answer
  const std::vector<CountTable> apart = {by_age, other};
  const LinkedFigures g = linked_figures(apart);
  CHECK(g.counts.size() == f.counts.size() + 2);
  REQUIRE(g.warnings.size() == 2);
  CHECK_THAT(g.warnings[0], ContainsSubstring("disagree on area N, sex all: 12 and 11"));
}

TEST_CASE("attacker: finds what trying every table finds", "[disclosure]") {
  // In two dimensions the programmes' corners are whole numbers, so both must agree to the digit.
  int narrow = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Stream random(2026, "attacker", number);
    const CountTable table = random_table(random, 2, 5);
    const LinkedFigures f = linked_figures({&table, 1});
    std::vector<std::uint8_t> hidden(f.counts.size(), 0);
    for (std::size_t c = 0; c < table.counts.size(); ++c) hidden[c] = random.below(2) == 0 ? 1 : 0;
    if (std::count(hidden.begin(), hidden.end(), 1) > 7) continue;
    const Ranges fast = feasible_ranges(f.counts, f.sums, hidden);
    const Ranges slow = all_tables(f, hidden);
    REQUIRE(fast.low == slow.low);
    REQUIRE(fast.high == slow.high);
    for (std::size_t c = 0; c < table.counts.size(); ++c) narrow += hidden[c] != 0 && fast.low[c] == fast.high[c];
  }
  CHECK(narrow > 50);  // some hidden cells do give themselves away: the attack can succeed
}

TEST_CASE("suppress: every hidden figure is protected and no small one is shown", "[disclosure]") {
  int with_small = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Stream random(2026, "suppress", number);
    const CountTable table = random_table(random, 1 + random.below(3), 40);
    const LinkedFigures f = linked_figures({&table, 1});
    const bool zeros = random.below(4) == 0;
    const auto threshold = static_cast<std::int64_t>(3 + random.below(8));
    const Suppression s = suppress(f.counts, f.sums, {.threshold = threshold, .zeros = zeros});
    REQUIRE(s.exposed == 0);
    std::vector<std::uint8_t> hidden;
    for (const Showing x : s.showing) hidden.push_back(x != Showing::shown ? 1 : 0);
    const Ranges r = feasible_ranges(f.counts, f.sums, hidden);
    const auto top = static_cast<double>(threshold - 1);
    for (std::size_t i = 0; i < f.counts.size(); ++i) {
      const bool small = f.counts[i] < threshold && (f.counts[i] > 0 || zeros);
      REQUIRE((s.showing[i] == Showing::sensitive) == small);
      REQUIRE(s.low[i] == r.low[i]);
      REQUIRE(s.high[i] == r.high[i]);
      with_small += small ? 1 : 0;
      if (small) {
        REQUIRE(r.low[i] <= (zeros ? 0 : 1));
        REQUIRE(r.high[i] >= top);
      } else if (hidden[i] != 0) {
        REQUIRE(r.high[i] - r.low[i] >= top - 1e-6);
      }
    }
  }
  CHECK(with_small > 300);
}

TEST_CASE("suppress: by hand", "[disclosure]") {
  // One small cell of a 2 x 2 table: all four cells must go, and the totals may stay.
  const CountTable t{"", {"a", "b"}, {{"1", "1", "2", "2"}, {"x", "y", "x", "y"}}, {3, 10, 20, 30}};
  const LinkedFigures f = linked_figures({&t, 1});
  const Suppression s = suppress(f.counts, f.sums);
  CHECK(s.sensitive == 1);
  CHECK(s.complementary == 3);
  CHECK(s.low[0] == 0);
  CHECK(s.high[0] == 13);

  // Nothing small, nothing hidden; nothing at all, nothing hidden.
  const std::vector<std::int64_t> large = {5, 6, 11};
  const std::vector<PublishedSum> sum = {{2, {0, 1}}};
  CHECK(suppress(large, sum).sensitive == 0);
  CHECK(suppress({}, {}).showing.empty());

  // A group of three beside nobody: the cell alone is not enough, its total must go too.
  const std::vector<std::int64_t> lonely = {3, 0, 3};
  const Suppression l = suppress(lonely, sum);
  CHECK(l.showing[0] == Showing::sensitive);
  CHECK(l.showing[2] == Showing::sensitive);
  CHECK(l.exposed == 0);
  CHECK(l.high[0] == unreachable);
}

TEST_CASE("suppress: what was published stays shown, and the harm is said", "[disclosure]") {
  const std::vector<std::int64_t> figures = {3, 30, 33};
  const std::vector<PublishedSum> sum = {{2, {0, 1}}};
  const Suppression shown = suppress(figures, sum, {.published = {1, 0, 0}});
  CHECK(shown.sensitive == 0);
  CHECK(shown.showing[0] == Showing::shown);
  const Suppression given_away = suppress(figures, sum, {.published = {0, 1, 1}});
  CHECK(given_away.showing[0] == Showing::sensitive);
  CHECK(given_away.exposed == 1);
  REQUIRE(given_away.provenance.warnings.size() == 1);
  const Suppression all = suppress(figures, sum, {.published = {1, 1, 0}});
  CHECK(all.showing[2] == Showing::shown);
}

TEST_CASE("suppress: refuses what it cannot judge", "[disclosure]") {
  const std::vector<std::int64_t> figures = {3, 30, 33};
  const std::vector<PublishedSum> wrong = {{2, {0}}};
  CHECK_THROWS_WITH(suppress(figures, wrong), ContainsSubstring("the parts add to 3"));
  const std::vector<PublishedSum> sum = {{2, {0, 1}}};
  CHECK_THROWS_WITH(suppress(figures, sum, {.threshold = 1}), ContainsSubstring("threshold = 1"));
  CHECK_THROWS_WITH(suppress(std::vector<std::int64_t>{-1}, {}), ContainsSubstring("figure 0"));
  const std::vector<PublishedSum> outside = {{7, {0}}};
  CHECK_THROWS_WITH(suppress(figures, outside), ContainsSubstring("total = 7"));
  const std::vector<PublishedSum> twice = {{2, {0, 0}}};
  CHECK_THROWS_WITH(suppress(figures, twice), ContainsSubstring("stands once"));
  const CountTable same{"t", {"a"}, {{"x", "x"}}, {1, 2}};
  CHECK_THROWS_WITH(linked_figures({&same, 1}), ContainsSubstring("each cell stands once"));
  CountTable many{"t", {}, {}, {1}};
  for (int d = 0; d < 9; ++d) {
    many.dimensions.push_back("d" + std::to_string(d));
    many.labels.push_back({"x"});
  }
  CHECK_THROWS_AS(linked_figures({&many, 1}), LimitError);
}
