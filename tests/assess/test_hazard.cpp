// Discrete-time hazard against closed forms, and against values computed by other means.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/assess/hazard.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

const std::vector<index_t> twelve_years = {1, 2, 2, 3, 4, 4, 5, 6, 3, 1, 2, 5};
const std::vector<std::uint8_t> twelve_happened = {1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0};
const std::vector<HazardCovariate> twelve_covariates = {
    {"carers", {3, 2, 1, 2, 0, 1, 1, 0, 0, 4, 1, 2}},
    {"collaboration", {.5, .25, .75, 1, 0, .5, .25, 0, .5, 1, .75, .25}}};

void check(const HazardTerm& term, double estimate, double error, double low, double high) {
  INFO(term.name);
  CHECK_THAT(term.estimate, WithinAbs(estimate, 2e-6));
  CHECK_THAT(term.error, WithinAbs(error, 2e-6));
  CHECK_THAT(term.low, WithinAbs(low, 2e-5));
  CHECK_THAT(term.high, WithinAbs(high, 2e-5));
}

}  // namespace

TEST_CASE("the penalised fit, its profile intervals and tests are those of a general maximiser") {
  // scipy 1.x: log L + log|I|/2 by minimize(method="Nelder-Mead", xatol=1e-12), intervals by brentq on its profile,
  // p by chi2.sf of twice the fall with the term at 0.
  const DiscreteHazard h = discrete_hazard(twelve_years, twelve_happened, twelve_covariates);
  REQUIRE(h.terms.size() == 4);
  CHECK(h.followed == 12);
  CHECK(h.periods == 38);
  CHECK(h.events == 7);
  CHECK_THAT(h.loglik, WithinAbs(-12.528644332, 1e-8));
  check(h.terms[0], -3.5007725, 1.3232946, -6.610060, -1.297508);
  check(h.terms[1], 0.3691348, 0.3527439, -0.297132, 1.094663);
  check(h.terms[2], 0.9078999, 0.5384028, -0.049203, 2.071794);
  check(h.terms[3], 0.9937585, 1.6485649, -2.137814, 4.274549);
  CHECK(std::isnan(h.terms[0].p));
  CHECK_THAT(h.terms[1].p, WithinAbs(0.2750626, 1e-6));
  CHECK_THAT(h.terms[2].p, WithinAbs(0.0634208, 1e-6));
  CHECK_THAT(h.terms[3].p, WithinAbs(0.5260829, 1e-6));
  REQUIRE(h.provenance.warnings.size() == 1);
  CHECK_THAT(h.provenance.warnings[0], ContainsSubstring("7 events for 3 terms"));
}

TEST_CASE("in one year with one group against another it is the table with a half added to every cell") {
  // Firth 1993: for a saturated logistic model the penalty adds 1/2 to each count.
  auto ratio = [](double a, double b, double c, double d, bool separates) {
    std::vector<index_t> years;
    std::vector<std::uint8_t> happened;
    HazardCovariate group{"group", {}};
    auto add = [&](double count, std::uint8_t event, double value) {
      for (int i = 0; i < static_cast<int>(count); ++i) {
        years.push_back(1);
        happened.push_back(event);
        group.values.push_back(value);
      }
    };
    add(a, 1, 1);
    add(b, 0, 1);
    add(c, 1, 0);
    add(d, 0, 0);
    const DiscreteHazard h = discrete_hazard(years, happened, {group});
    REQUIRE(h.terms.size() == 2);  // nobody was followed for a second year
    CHECK_THAT(h.terms[0].estimate, WithinAbs(std::log((c + .5) / (d + .5)), 1e-8));
    CHECK_THAT(h.terms[1].estimate, WithinAbs(std::log((a + .5) * (d + .5) / ((b + .5) * (c + .5))), 1e-8));
    CHECK(h.terms[1].low < h.terms[1].estimate);
    CHECK(h.terms[1].estimate < h.terms[1].high);
    CHECK((h.provenance.warnings.front().find("group separates") == 0) == separates);
  };
  ratio(5, 3, 2, 9, false);
  ratio(4, 0, 0, 6, true);  // maximum likelihood has no finite estimate
  ratio(3, 0, 4, 5, true);  // nor here
}

TEST_CASE("other units change estimates by the factor, and tests not at all") {
  std::vector<HazardCovariate> other = twelve_covariates;
  for (double& v : other[0].values) v *= 1e6;
  const DiscreteHazard a = discrete_hazard(twelve_years, twelve_happened, twelve_covariates);
  const DiscreteHazard b = discrete_hazard(twelve_years, twelve_happened, other);
  CHECK_THAT(b.terms[2].estimate * 1e6, WithinAbs(a.terms[2].estimate, 1e-8));
  CHECK_THAT(b.terms[2].high * 1e6, WithinAbs(a.terms[2].high, 1e-7));
  CHECK_THAT(b.terms[2].p, WithinAbs(a.terms[2].p, 1e-8));
  CHECK_THAT(b.terms[3].low, WithinAbs(a.terms[3].low, 1e-7));
}

TEST_CASE("rows that cannot be used are counted") {
  std::vector<index_t> years = twelve_years;
  std::vector<std::uint8_t> happened = twelve_happened;
  std::vector<HazardCovariate> covariates = twelve_covariates;
  for (int i = 0; i < 2; ++i) {
    years.push_back(i == 0 ? 0 : 3);
    happened.push_back(0);
    covariates[0].values.push_back(1);
    covariates[1].values.push_back(i == 0 ? 1 : undefined);
  }
  const DiscreteHazard h = discrete_hazard(years, happened, covariates);
  CHECK(h.left_out == 2);
  CHECK(h.followed == 12);
  CHECK_THAT(h.terms[2].estimate, WithinAbs(0.9078999, 2e-6));
  CHECK_THAT(h.provenance.warnings[0], ContainsSubstring("2 are not in the hazard"));
}

TEST_CASE("what cannot be estimated is undefined and says why") {
  auto said = [](const std::vector<index_t>& years, const std::vector<std::uint8_t>& happened,
                 const std::vector<HazardCovariate>& covariates) {
    const DiscreteHazard h = discrete_hazard(years, happened, covariates);
    for (const HazardTerm& term : h.terms) CHECK(std::isnan(term.estimate));
    return h.provenance.warnings.back();
  };
  CHECK_THAT(said({}, {}, {}), ContainsSubstring("to nobody"));
  CHECK_THAT(said({2, 3}, {0, 0}, {}), ContainsSubstring("to nobody"));
  CHECK_THAT(said({1, 1, 1}, {1, 1, 1}, {}), ContainsSubstring("every year"));
  CHECK_THAT(said({2, 3, 1}, {1, 0, 1}, {{"same", {4, 4, 4}}}), ContainsSubstring("does not vary"));
  CHECK_THAT(said({2, 3, 1}, {1, 0, 1}, {{"one", {1, 2, 3}}, {"twice", {2, 4, 6}}}), ContainsSubstring("repeats"));
  CHECK_THAT(said({2}, {1}, {}), ContainsSubstring("too few years"));
}

TEST_CASE("what is no data is refused by name and place") {
  CHECK_THROWS_AS(discrete_hazard({{1, 2}}, {{1}}, {}), InputError);
  CHECK_THROWS_AS(discrete_hazard({{-1}}, {{1}}, {}), InputError);
  CHECK_THROWS_AS(discrete_hazard({{1}}, {{1}}, {{"short", {}}}), InputError);
  CHECK_THROWS_AS(discrete_hazard({{1}}, {{1}}, {{"far", {unreachable}}}), InputError);
  CHECK_THROWS_AS(discrete_hazard({{1}}, {{1}}, {}, 1.0), InputError);
}
