// Controlled rounding keeps sums, and stays next to the truth.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>
#include <linkpin/core/random.hpp>
#include <linkpin/disclosure/rounding.hpp>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using namespace linkpin;

namespace {

LinkedFigures random_figures(Stream& random, std::size_t dimensions) {
  CountTable t;
  std::size_t cells = 1;
  std::vector<std::size_t> sizes;
  for (std::size_t d = 0; d < dimensions; ++d) {
    t.dimensions.push_back("d" + std::to_string(d));
    sizes.push_back(2 + random.below(dimensions > 2 ? 2 : 4));
    cells *= sizes.back();
  }
  t.labels.resize(dimensions);
  for (std::size_t c = 0; c < cells; ++c) {
    std::size_t rest = c;
    for (std::size_t d = 0; d < dimensions; ++d) {
      t.labels[d].push_back(std::to_string(rest % sizes[d]));
      rest /= sizes[d];
    }
    t.counts.push_back(random.below(40));
  }
  return linked_figures({&t, 1});
}

}  // namespace

TEST_CASE("controlled rounding: multiples next to the truth whose sums hold", "[disclosure]") {
  int additive = 0, linked = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    CAPTURE(number);
    Stream random(2026, "rounding", number);
    const std::size_t dimensions = 1 + random.below(3);
    const LinkedFigures f = random_figures(random, dimensions);
    const auto base = static_cast<std::int64_t>(2 + random.below(9));
    const Rounding r = round_counts(f.counts, f.sums, {.base = base});
    for (std::size_t i = 0; i < f.counts.size(); ++i) {
      REQUIRE(r.figures[i] % base == 0);
      REQUIRE(std::abs(r.figures[i] - f.counts[i]) < base);
    }
    if (dimensions < 3) REQUIRE(r.additive);
    linked += dimensions == 3 ? 1 : 0;
    if (!r.additive) continue;
    additive += dimensions == 3 ? 1 : 0;
    for (const PublishedSum& s : f.sums) {
      std::int64_t sum = 0;
      for (const index_t p : s.parts) sum += r.figures[static_cast<std::size_t>(p)];
      REQUIRE(sum == r.figures[static_cast<std::size_t>(s.total)]);
    }
  }
  CHECK(additive > linked / 2);  // most tables of three dimensions have one, and it is found
}

TEST_CASE("controlled rounding: by hand", "[disclosure]") {
  // 2 + 2 = 4: each part alone would go to 0, the sum to 5; together 0 + 5 = 5 or 0 + 0 = 0.
  const std::vector<std::int64_t> figures = {2, 2, 4};
  const std::vector<PublishedSum> sum = {{2, {0, 1}}};
  const Rounding r = round_counts(figures, sum);
  CHECK(r.figures[0] + r.figures[1] == r.figures[2]);
  CHECK(round_counts(std::vector<std::int64_t>{10, 5, 15}, sum).figures == std::vector<std::int64_t>{10, 5, 15});
  CHECK(round_counts({}, {}).figures.empty());
  CHECK_THROWS_WITH(round_counts(figures, sum, {.base = 1}), ContainsSubstring("base = 1"));
}
