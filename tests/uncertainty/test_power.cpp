// Detectable differences against simulation, answers needed against the square root law.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/uncertainty/permutation.hpp>
#include <linkpin/uncertainty/power.hpp>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;

TEST_CASE("the permutation test finds the detectable difference as often as was asked", "[power]") {
  // Two groups of 12 and 8 normal scores, the second shifted by what is said to be found in 80 % of surveys.
  linkpin::Groups groups{std::vector<linkpin::index_t>(20, 0), {"a", "b"}};
  for (std::size_t v = 12; v < 20; ++v) groups.codes[v] = 1;
  std::vector<double> unit(20);
  for (std::size_t v = 0; v < 20; ++v) unit[v] = v % 2 == 0 ? 1.0 : -1.0;  // within-group variance 20 / 18
  const auto planned = linkpin::detectable_differences(unit, groups);
  const double smallest = planned.pairs[0].smallest / std::sqrt(20.0 / 18.0);
  CHECK_THAT(planned.pairs[0].spread, WithinAbs(std::sqrt(20.0 / 18.0), 1e-12));
  int found = 0;
  constexpr int surveys = 800;
  for (int s = 0; s < surveys; ++s) {
    linkpin::Stream random(3, "power", static_cast<std::uint64_t>(s));
    std::vector<double> values(20);
    for (std::size_t v = 0; v < 20; ++v) values[v] = random.normal() + (v < 12 ? 0 : smallest);
    const auto r = linkpin::compare_groups(
        values, groups, {.permutations = 199, .seed = static_cast<std::uint64_t>(s), .run = {.threads = 1}});
    found += r.pairs[0].p <= 0.05 ? 1 : 0;
  }
  INFO("found in " << found << " of " << surveys);
  CHECK_THAT(static_cast<double>(found) / surveys, WithinAbs(0.8, 0.05));
}

TEST_CASE("answers needed follow the square root law", "[power]") {
  // Differences of mean 1 and standard deviation 2: 1.96^2 * 4 = 15.4 times as many answers.
  std::vector<double> first = {3, -1, 3, -1};
  const std::vector<double> second(4, 0.0);
  const double spread = std::sqrt(16.0 / 3.0);
  const auto r = linkpin::answers_needed(first, second, 10);
  CHECK_THAT(r.difference, WithinAbs(1.0, 1e-12));
  CHECK_THAT(r.standard_error, WithinAbs(spread, 1e-12));
  CHECK_THAT(r.factor, WithinAbs(std::pow(1.959963984540054 * spread, 2), 1e-9));
  CHECK(r.more == std::ceil(10 * (r.factor - 1)));
  CHECK(linkpin::answers_needed(std::vector<double>{5, 5.1}, std::vector<double>{1, 1}, 10).more == 0);
  CHECK(std::isinf(linkpin::answers_needed(std::vector<double>{1, -1}, std::vector<double>{0, 0}, 10).more));
  CHECK(linkpin::answers_needed(std::vector<double>{2, 2}, std::vector<double>{0, 0}, 10).more == 0);
  CHECK(std::isinf(linkpin::answers_needed(std::vector<double>{2, 2}, std::vector<double>{2, 2}, 10).more));  // equal
  CHECK(std::isnan(linkpin::answers_needed(std::vector<double>{2, std::nan("")}, std::vector<double>{0, 0}, 10).more));
  CHECK_THROWS_WITH(linkpin::answers_needed(first, std::vector<double>{1}, 10), ContainsSubstring("same replicates"));
  CHECK_THROWS_WITH(linkpin::answers_needed(first, second, 0), ContainsSubstring("answers"));
}

TEST_CASE("groups too small for any test find no difference, however large", "[power]") {
  // 3 against 3 can be dealt out in 20 ways: p is .1 at least. 4 against 4 in 70: .029.
  auto smallest = [](std::size_t each, double level) {
    linkpin::Groups groups{std::vector<linkpin::index_t>(2 * each, 0), {"a", "b"}};
    std::vector<double> values(2 * each);
    for (std::size_t v = 0; v < 2 * each; ++v) {
      groups.codes[v] = v < each ? 0 : 1;
      values[v] = (v < each ? 0.0 : 1000.0) + static_cast<double>(v % each);
    }
    const double p = linkpin::compare_groups(values, groups, {.permutations = 4999, .seed = 1}).pairs[0].p;
    const auto r = linkpin::detectable_differences(values, groups, {.level = level});
    CHECK(r.provenance.warnings.empty() == std::isfinite(r.pairs[0].smallest));
    CHECK((p <= 1 - level) == std::isfinite(r.pairs[0].smallest));
    return r.pairs[0].smallest;
  };
  CHECK(std::isinf(smallest(3, 0.95)));
  CHECK(std::isfinite(smallest(3, 0.8)));
  CHECK(std::isfinite(smallest(4, 0.95)));
  CHECK(std::isinf(smallest(4, 0.99)));
}

TEST_CASE("what has no spread has no detectable difference", "[power]") {
  const linkpin::Groups groups{{0, 1, linkpin::none}, {"a", "b"}};
  const auto r = linkpin::detectable_differences(std::vector<double>{1, 2, 3}, groups);
  REQUIRE(r.pairs.size() == 1);
  CHECK(std::isnan(r.pairs[0].smallest));
  CHECK_THAT(r.provenance.warnings.at(0), ContainsSubstring("1 of 3"));
  CHECK_THROWS_WITH(linkpin::detectable_differences(std::vector<double>{1}, groups), ContainsSubstring("one group"));
  CHECK_THROWS_WITH(linkpin::detectable_differences(std::vector<double>{1, 2, 3}, groups, {.power = 1.0}),
                    ContainsSubstring("power"));
}
