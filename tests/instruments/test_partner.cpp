#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/instruments/partner.hpp>
#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Ecosystem;
using linkpin::EcosystemParts;
using linkpin::index_t;
using linkpin::partner_scores;

namespace {

struct Rating {
  index_t rater, rated;
  const char* item;
  double value;
};

Ecosystem survey(const std::vector<Rating>& ratings) {
  EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (const char* id : {"council", "trust", "carers"}) ids->intern(id);
  p.ids = ids;
  std::vector<std::optional<std::string>> items;
  std::vector<double> values;
  for (const Rating& r : ratings) {
    p.respondent.push_back(r.rater);
    p.report_from.push_back(r.rater);
    p.report_to.push_back(r.rated);
    items.emplace_back(r.item);
    values.push_back(r.value);
  }
  p.reports.set("item", linkpin::text_column(items));
  p.reports.set("value", linkpin::Column(values));
  return Ecosystem(p);
}

}  // namespace

TEST_CASE("trust and value are means over raters and items") {
  const Ecosystem eco = survey({{0, 1, "trust_reliable", 4},
                                {0, 1, "trust_mission", 2},
                                {2, 1, "trust_reliable", 3},
                                {0, 2, "trust_reliable", 4},
                                {0, 1, "value_power", 1},
                                {2, 1, "value_power", 3}});
  const auto scores = partner_scores(eco);
  REQUIRE(scores.trust[1] == 3);
  REQUIRE(scores.value[1] == 2);
  REQUIRE(scores.trust[2] == 4);
  REQUIRE(std::isnan(scores.trust[0]));
  REQUIRE(scores.raters == std::vector<index_t>{0, 2, 1});
  REQUIRE(scores.network_trust == 3.5);
  // Dyads 0-1: trust 3, value 1; 2-1: trust 3, value 3; 0-2: trust 4. Halved: 2 + 3 = 5 and 2; 40 % of the top.
  REQUIRE(scores.relative_connectivity[1] == 100);
  REQUIRE(scores.relative_connectivity[2] == 40);
}

TEST_CASE("a mean trust of 3.25 reads as 81 or 75 per cent: the published benchmark fits the first") {
  const Ecosystem eco =
      survey({{0, 1, "trust", 4}, {2, 1, "trust", 3}, {0, 2, "trust", 3}, {1, 2, "trust", 3}, {0, 1, "value", 1}});
  REQUIRE(partner_scores(eco).network_trust == 3.25);
  REQUIRE(partner_scores(eco).network_trust_percent == 81.25);
  REQUIRE(partner_scores(eco, {.percent = linkpin::TrustPercent::rescaled}).network_trust_percent == 75);
}

TEST_CASE("ratings outside the scale, unknown items and missing items are refused") {
  REQUIRE_THROWS_WITH(partner_scores(survey({{0, 1, "trust", 5}, {0, 1, "value", 1}})), ContainsSubstring("trust = 5"));
  REQUIRE_THROWS_WITH(partner_scores(survey({{0, 1, "trust", 1}})), ContainsSubstring("the survey asked: trust"));
  REQUIRE_THROWS_WITH(partner_scores(survey({{0, 1, "q1", 1}}), {.trust_items = {"q9"}}), ContainsSubstring("q9"));
}

TEST_CASE("ratings of oneself are left out and counted") {
  const auto scores = partner_scores(survey({{1, 1, "trust", 4}, {0, 1, "trust", 2}, {0, 1, "value", 2}}));
  REQUIRE(scores.trust[1] == 2);
  REQUIRE_THAT(scores.provenance.warnings.at(0), ContainsSubstring("1 rating"));
}
