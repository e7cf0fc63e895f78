#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/instruments/questionnaire.hpp>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Instrument;
using linkpin::round_half_up;
using linkpin::score;
using linkpin::Scoring;

namespace {

const double na = linkpin::undefined;

// Cut-offs as evaluators use them for Wilder factor means: 4.0 strength, 3.0 borderline, below that concern.
Instrument two_scales() {
  Instrument i;
  i.id = "test";
  i.title = "Test";
  i.version = "1";
  i.scales.push_back({.id = "trust",
                      .title = "Trust",
                      .items = {{"t1", false}, {"t2", true}},
                      .bands = {{1, "concern"}, {3, "borderline"}, {4, "strength"}}});
  i.scales.push_back({.id = "rung",
                      .title = "Rung",
                      .items = {{"r", false}},
                      .scoring = Scoring::ordinal,
                      .levels = {"inform", "consult", "involve", "collaborate", "empower"}});
  return i;
}

}  // namespace

TEST_CASE("bands apply to the score rounded half up to one decimal") {
  REQUIRE(round_half_up(2.95, 1) == 3.0);
  REQUIRE(round_half_up(2.949, 1) == 2.9);
  REQUIRE(round_half_up(3.95, 1) == 4.0);
  REQUIRE(round_half_up(72.5, 0) == 73.0);
  const std::vector<std::string> items = {"t1", "t2", "r"};
  // Twenty answers with a mean of 2.95: ten of 2.9 are not possible on whole items, so two items average to it.
  std::vector<double> answers;
  for (int k = 0; k < 20; ++k) answers.insert(answers.end(), {k < 19 ? 3.0 : 2.0, 3.0, 1.0});
  const auto scored = score(two_scales(), items, answers);
  REQUIRE(std::abs(scored.scales[0].value - 2.975) < 1e-12);
  REQUIRE(scored.scales[0].band == "borderline");
}

TEST_CASE("reversed items, missing answers and the minimum of valid ones") {
  const std::vector<std::string> items = {"t1", "t2", "r"};
  const std::vector<double> answers = {5, 1, 2, 4, na, 4, na, na, na};
  const auto scored = score(two_scales(), items, answers);
  const auto& trust = scored.scales[0];
  REQUIRE(trust.by_respondent[0] == 5);  // 1 reversed is 5
  REQUIRE(trust.by_respondent[1] == 4);  // one of two items is enough
  REQUIRE(std::isnan(trust.by_respondent[2]));
  REQUIRE(trust.value == 4.5);
  REQUIRE(trust.band == "strength");
  REQUIRE(trust.respondents == 2);
  REQUIRE(trust.without_score == 1);
  REQUIRE_THAT(scored.provenance.warnings.front(), ContainsSubstring("1 of 3 respondents"));
}

TEST_CASE("ordinal levels have a distribution and a median, never a mean") {
  const std::vector<std::string> items = {"r"};
  const std::vector<double> answers = {1, 2, 2, 5};
  const auto rung = score(two_scales(), items, answers).scales[1];
  REQUIRE(rung.value == 2);
  REQUIRE(rung.band.empty());
  REQUIRE(rung.levels[1].level == "consult");
  REQUIRE(rung.levels[1].share == 0.5);
  REQUIRE(rung.levels[2].at_or_above == 0.25);
}

TEST_CASE("sums take a respondent's own mean for unanswered items, percentages count yes") {
  Instrument i;
  i.scales.push_back({.id = "sum", .items = {{"a"}, {"b"}}, .scoring = Scoring::sum, .high = 4});
  i.scales.push_back({.id = "yes", .items = {{"c"}, {"d"}}, .scoring = Scoring::percent_yes, .low = 0, .high = 1});
  const std::vector<std::string> items = {"a", "b", "c", "d"};
  const auto scored = score(i, items, std::vector<double>{4, na, 1, 0});
  REQUIRE(scored.scales[0].value == 8);
  REQUIRE(scored.scales[1].value == 50);
}

TEST_CASE("answers outside the scale, and sheets of the wrong shape, are refused") {
  const std::vector<std::string> items = {"t1", "t2", "r"};
  REQUIRE_THROWS_WITH(score(two_scales(), items, std::vector<double>{9, 1, 1}),
                      ContainsSubstring("t1 = 9") && ContainsSubstring("respondent 0"));
  REQUIRE_THROWS_WITH(score(two_scales(), items, std::vector<double>{1, 1, 2.5}), ContainsSubstring("r = 2.5"));
  REQUIRE_THROWS_WITH(score(two_scales(), items, std::vector<double>{1, 1}), ContainsSubstring("length = 2"));
  REQUIRE_THROWS_WITH(score(two_scales(), std::vector<std::string>{"r", "r"}, std::vector<double>{1, 1}),
                      ContainsSubstring("one column"));
}

TEST_CASE("items without a column and columns without an item are named") {
  const auto scored = score(two_scales(), std::vector<std::string>{"t1", "age"}, std::vector<double>{3, 40});
  std::string all;
  for (const std::string& w : scored.provenance.warnings) all += w + "\n";
  REQUIRE_THAT(all, ContainsSubstring("item t2") && ContainsSubstring("column age"));
}
