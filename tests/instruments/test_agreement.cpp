// RaterAgreement within organisations: a published example, by hand, and people's reports made into their
// organisation's.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/instruments/agreement.hpp>
#include <linkpin/model/lens.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Combine;
using linkpin::Ecosystem;
using linkpin::index_t;
using linkpin::rater_agreement;

// p1, p2 of organisation A; p3 of B; C answers nothing. p1 and p2 rate p3 (of B) and C.
Ecosystem people() {
  linkpin::EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (const char* id : {"A", "B", "C", "p1", "p2", "p3"}) ids->intern(id);
  p.ids = ids;
  p.from = {3, 4, 5};
  p.to = {0, 0, 1};
  const std::vector<std::optional<std::string>> kind(3, "affiliated_with");
  p.ties.set("kind", linkpin::text_column(kind));
  p.respondent = {3, 4, 3, 5, 3};
  p.report_from = {3, 4, 3, 5, 3};
  p.report_to = {5, 5, 2, 3, 4};
  const std::vector<std::optional<std::string>> item(5, "trust");
  p.reports.set("item", linkpin::text_column(item));
  p.reports.set("value", linkpin::Column(std::vector<double>{4, 2, 3, 1, 4}));
  return Ecosystem(std::move(p));
}

}  // namespace

TEST_CASE("intraclass correlations of Shrout and Fleiss' example") {
  // Shrout & Fleiss 1979, table 2: six targets, four judges; ICC(1,1) = .17, ICC(1,4) = .44.
  const std::vector<double> values = {9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};
  std::vector<index_t> groups;
  for (index_t t = 0; t < 6; ++t) groups.insert(groups.end(), 4, t);
  const auto a = rater_agreement(values, groups, 10);
  REQUIRE_THAT(a.icc1, WithinAbs(.17, .005));
  REQUIRE_THAT(a.icc2, WithinAbs(.44, .005));
  REQUIRE(a.df_between == 5);
  REQUIRE(a.df_within == 18);
  REQUIRE(a.size == 4);
  REQUIRE_THAT(a.f, WithinAbs(11.24 / 6.26, .005));  // their mean squares
}

TEST_CASE("within-group agreement by hand") {
  // Variance .5 against (25 - 1) / 12 = 2: r_wg = .75; perfect agreement 1; answers apart as far as can be 0.
  const auto a =
      rater_agreement(std::vector<double>{3, 4, 2, 2, 1, 5, 3}, std::vector<index_t>{0, 0, 1, 1, 2, 2, 3}, 5);
  REQUIRE_THAT(a.groups[0].r_wg, WithinAbs(.75, 1e-12));
  REQUIRE(a.groups[1].r_wg == 1);
  REQUIRE(a.groups[2].r_wg == 0);
  REQUIRE(std::isnan(a.groups[3].r_wg));
  REQUIRE_THAT(a.mean_r_wg, WithinAbs(1.75 / 3, 1e-12));
}

TEST_CASE("agreement that cannot be told is said so, and wrong calls are refused") {
  const auto one = rater_agreement(std::vector<double>{1, 2}, std::vector<index_t>{0, 0}, 5);
  REQUIRE(std::isnan(one.icc1));
  REQUIRE(one.provenance.warnings.size() == 1);
  REQUIRE(std::isnan(rater_agreement({}, {}, 5).mean_r_wg));
  REQUIRE_THROWS_WITH(rater_agreement(std::vector<double>{1}, {}, 5), ContainsSubstring("one group an answer"));
  REQUIRE_THROWS_WITH(rater_agreement(std::vector<double>{1}, std::vector<index_t>{0}, 1),
                      ContainsSubstring("two levels"));
  REQUIRE_THROWS_WITH(rater_agreement(std::vector<double>{std::nan("")}, std::vector<index_t>{0}, 5),
                      ContainsSubstring("answer 0"));
}

TEST_CASE("people's reports become their organisation's") {
  const auto r = aggregate_reports(people());
  // A on B: 4 and 2 -> 3; A on C: 3; B on A: 1; p1's rating of a colleague is left out.
  const auto net = derive(r.ecosystem, {.item = "trust"});
  REQUIRE(net.m() == 3);
  const auto weight = [&](const char* u, const char* v) {
    for (index_t e = 0; e < net.m(); ++e) {
      const auto t = static_cast<std::size_t>(e);
      if (net.name(net.sources()[t]) == u && net.name(net.targets()[t]) == v) return net.weight(e);
    }
    return 0.0;
  };
  REQUIRE(weight("A", "B") == 3);
  REQUIRE(weight("A", "C") == 3);
  REQUIRE(weight("B", "A") == 1);
  REQUIRE_THAT(r.provenance.warnings[0], ContainsSubstring("1 reports between people"));
  REQUIRE(r.items.size() == 1);
  REQUIRE(r.items[0].agreement.df_within == 1);
  // Only one of A's two told of C: no majority; a share of a half.
  const auto majority =
      derive(aggregate_reports(people(), {.combine = Combine::majority}).ecosystem, {.item = "trust"});
  REQUIRE(majority.m() == 2);
  const auto shared = aggregate_reports(people(), {.combine = Combine::share}).ecosystem;
  double on_c = 0;
  for (std::size_t k = 0; k < shared.parts().report_to.size(); ++k) {
    if (shared.parts().report_to[k] == 2) on_c = shared.reports().find("value")->number(k);
  }
  REQUIRE(on_c == 1.5);
  REQUIRE_THROWS_WITH(aggregate_reports(people(), {.tie = "employs"}), ContainsSubstring("employs"));
  REQUIRE_THROWS_WITH(aggregate_reports(Ecosystem{}), ContainsSubstring("no reports"));
}
