// Curves of times against R 4.2, survival 3.5-3, and against obvious twins. 6-MP and placebo: Freireich et al. 1963.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/survival.hpp>
#include <linkpin/statistics/turnbull.hpp>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace linkpin;

namespace {

using Times = std::vector<double>;
using Flags = std::vector<std::uint8_t>;
using Codes = std::vector<index_t>;

constexpr double infinity = std::numeric_limits<double>::infinity();

const Times treated = {6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
const Flags relapsed = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
const Times placebo = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};

template <class T>
void check_near(const std::vector<T>& found, const std::vector<double>& expected, double tolerance = 1e-12) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK_THAT(static_cast<double>(found[i]), WithinAbs(expected[i], tolerance));
  }
}

struct Both {
  Times time = treated;
  Flags observed = relapsed;
  Codes group = Codes(21, 0);
  Both() {
    time.insert(time.end(), placebo.begin(), placebo.end());
    observed.insert(observed.end(), placebo.size(), 1);
    group.insert(group.end(), placebo.size(), 1);
  }
};

// rows 0,0,0,1,1,1,... and 0,1,...,k-1,0,1,...
Codes blocks(std::size_t rows, index_t size) {
  Codes codes;
  for (std::size_t i = 0; i < rows; ++i) codes.push_back(static_cast<index_t>(i) / size);
  return codes;
}
Codes rounds(std::size_t rows, index_t count) {
  Codes codes;
  for (std::size_t i = 0; i < rows; ++i) codes.push_back(static_cast<index_t>(i) % count);
  return codes;
}

}  // namespace

TEST_CASE("kaplan_meier: remission under 6-MP", "[survival]") {
  const SurvivalCurve curve = kaplan_meier(treated, relapsed);
  check_near(curve.time, {6, 7, 10, 13, 16, 22, 23});
  check_near(curve.at_risk, {21, 17, 15, 12, 11, 7, 6});
  check_near(curve.events, {3, 1, 1, 1, 1, 1, 1});
  check_near(curve.survival, {0.857142857142857, 0.806722689075630, 0.752941176470588, 0.690196078431372,
                              0.627450980392157, 0.537815126050420, 0.448179271708683});
  check_near(curve.error, {0.0763603548321213, 0.0869352851800572, 0.0963496529943205, 0.1068147077750098,
                           0.1140538652567525, 0.1282337516930340, 0.1345914567557604});
  check_near(curve.lower, {0.619717955265984, 0.563146564622233, 0.503199510799957, 0.431610222486184,
                           0.367510855987502, 0.267778936767135, 0.188052005959232});
  check_near(curve.upper, {0.951551747646997, 0.922809019202880, 0.889361835169265, 0.849065963349451,
                           0.804912189471841, 0.746790717635394, 0.680142628495241});
  CHECK(curve.median == 23);
  CHECK(curve.median_interval.low == 13);
  CHECK(std::isnan(curve.median_interval.high));
  CHECK(curve.observations == 21);
  CHECK(curve.happened == 9);
  CHECK(curve.last == 35);
}

TEST_CASE("kaplan_meier: clusters", "[survival]") {
  const SurvivalCurve curve = kaplan_meier(treated, relapsed, {0.95, blocks(21, 3)});
  check_near(curve.error, {0.132260014253222, 0.133679965847368, 0.133719881649338, 0.134081031883205,
                           0.155654128699794, 0.163262849595210, 0.150091778066420});
  check_near(curve.lower, {0.334053879292222, 0.377433981655057, 0.379999407465029, 0.355098193953455,
                           0.266369854373343, 0.198155524037121, 0.162300347747551});
  check_near(curve.upper, {0.978561058526176, 0.953760864177676, 0.920146881917722, 0.875655811700403,
                           0.848556598182170, 0.788472093595379, 0.701710875914408});
  CHECK(curve.clusters == 7);
  REQUIRE(curve.provenance.warnings.size() == 1);
  CHECK_THAT(curve.provenance.warnings[0], ContainsSubstring("7 clusters"));
  // A cluster a row is Greenwood's.
  check_near(kaplan_meier(treated, relapsed, {0.95, blocks(21, 1)}).error, kaplan_meier(treated, relapsed).error);
}

TEST_CASE("kaplan_meier: nothing, nobody, all", "[survival]") {
  const SurvivalCurve nothing = kaplan_meier({}, {});
  CHECK(nothing.time.empty());
  CHECK(std::isnan(nothing.median));
  CHECK(nothing.provenance.warnings.size() == 1);
  const SurvivalCurve nobody = kaplan_meier(Times{1, 2}, Flags{0, 0});
  CHECK(nobody.time.empty());
  CHECK(nobody.last == 2);
  const SurvivalCurve all = kaplan_meier(Times{0, 1, 1}, Flags{1, 1, 1});
  check_near(all.survival, {2.0 / 3, 0});
  CHECK(std::isnan(all.lower[1]));
  CHECK(std::isnan(all.upper[1]));
  CHECK(all.median == 1);
}

TEST_CASE("survival: refusals name the row", "[survival]") {
  CHECK_THROWS_WITH(kaplan_meier(Times{1, -1}, Flags{1, 1}), ContainsSubstring("row 1"));
  CHECK_THROWS_WITH(kaplan_meier(Times{undefined}, Flags{1}), ContainsSubstring("time = nan"));
  CHECK_THROWS_WITH(kaplan_meier(Times{infinity}, Flags{1}), ContainsSubstring("time = inf"));
  CHECK_THROWS_WITH(kaplan_meier(Times{1}, Flags{}), ContainsSubstring("observed"));
  CHECK_THROWS_WITH(kaplan_meier(Times{1}, Flags{1}, {1.0, {}}), ContainsSubstring("level"));
  CHECK_THROWS_WITH(kaplan_meier(Times{1}, Flags{1}, {0.95, {-1}}), ContainsSubstring("clusters"));
  CHECK_THROWS_WITH(right_truncated(Times{3}, Times{2}), ContainsSubstring("longer"));
  CHECK_THROWS_WITH(logrank(Times{1, 2}, Flags{1, 1}, Codes{0}), ContainsSubstring("groups"));
  CHECK_THROWS_WITH(turnbull(Times{3}, Times{2}), ContainsSubstring("before from"));
  CHECK_THROWS_WITH(turnbull(Times{infinity}, Times{infinity}), ContainsSubstring("from"));
}

TEST_CASE("logrank: survdiff and coxph's robust score", "[survival]") {
  const Both d;
  const LogrankTest test = logrank(d.time, d.observed, d.group);
  CHECK_THAT(test.statistic, WithinAbs(16.7929409892165, 1e-11));
  CHECK_THAT(test.p, WithinRel(4.16880910933948e-05, 1e-9));
  CHECK(test.df == 1);
  CHECK(test.groups[0].observed == 9);
  CHECK_THAT(test.groups[0].expected, WithinAbs(19.2505009480311, 1e-12));
  CHECK_THAT(test.groups[1].expected, WithinAbs(10.7494990519689, 1e-12));

  const LogrankTest robust = logrank(d.time, d.observed, d.group, {blocks(42, 3)});
  CHECK_THAT(robust.statistic, WithinAbs(8.05625267108959164, 1e-11));
  CHECK_THAT(robust.p, WithinAbs(0.00453468784081077, 1e-13));
  CHECK_THAT(logrank(d.time, d.observed, d.group, {rounds(42, 14)}).statistic, WithinAbs(13.1428357201548, 1e-11));

  const LogrankTest three = logrank(d.time, d.observed, rounds(42, 3));
  CHECK(three.df == 2);
  CHECK_THAT(three.statistic, WithinAbs(0.716380589169184, 1e-12));
  CHECK_THAT(three.groups[2].expected, WithinAbs(10.909775436337814, 1e-12));
  CHECK_THAT(logrank(d.time, d.observed, rounds(42, 3), {blocks(42, 3)}).statistic,
             WithinAbs(2.906452807027948, 1e-11));
}

TEST_CASE("logrank: what cannot be compared", "[survival]") {
  CHECK(std::isnan(logrank({}, {}, {}).statistic));
  CHECK(std::isnan(logrank(Times{1, 2}, Flags{1, 1}, Codes{0, 0}).statistic));
  // The second group is no longer followed when it first happens.
  const LogrankTest apart = logrank(Times{1, 5, 6}, Flags{0, 1, 1}, Codes{1, 0, 0});
  CHECK(apart.df == 0);
  CHECK(apart.provenance.warnings.size() == 1);
}

TEST_CASE("right_truncated: Kaplan-Meier in reversed time", "[survival]") {
  const Times lag = {2, 3, 3, 5, 7, 8, 8, 11, 12};
  const Times longest = {4, 10, 3, 9, 12, 8, 15, 11, 20};
  const SurvivalCurve curve = right_truncated(lag, longest);
  check_near(curve.time, {2, 3, 5, 7, 8, 11, 12});
  check_near(curve.at_risk, {1, 3, 2, 3, 5, 3, 3});
  const Times happened = {0.0296296296296296,
                          0.0888888888888889,
                          0.1777777777777778,
                          0.2666666666666667,
                          0.4444444444444444,
                          0.6666666666666666,
                          1};
  for (std::size_t k = 0; k < happened.size(); ++k) CHECK_THAT(curve.survival[k], WithinAbs(1 - happened[k], 1e-12));
  CHECK_THAT(curve.error[4], WithinAbs(0.2566001196398336, 1e-12));
  CHECK_THAT(curve.lower[4], WithinAbs(1 - 0.818001157593769, 1e-9));
  CHECK_THAT(curve.upper[4], WithinAbs(1 - 0.037875635321769963, 1e-9));
  CHECK(curve.last == 20);
  CHECK_THAT(curve.provenance.warnings[0], ContainsSubstring("does not say what share"));
}

TEST_CASE("right_truncated: without truncation it is the share seen so far", "[survival]") {
  const Times lag = {1, 2, 2, 5};
  const SurvivalCurve curve = right_truncated(lag, Times(4, 100.0));
  check_near(curve.survival, kaplan_meier(lag, Flags(4, 1)).survival);
  CHECK_THAT(right_truncated(Times{1, 5, 9}, Times{2, 5, 20}).provenance.warnings[0], ContainsSubstring("at 5"));
}

namespace {

// Turnbull by what the definition says: candidate intervals from all ends, plain EM until nothing moves.
double slow_likelihood(const Times& from, const Times& until, const TurnbullCurve& shape, int steps) {
  const std::size_t m = shape.left.size();
  Times mass(m, 1.0 / static_cast<double>(m));
  double likelihood = 0;
  for (int s = 0; s < steps; ++s) {
    Times next(m, 0.0);
    likelihood = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
      // What had not happened at `from` happens later, not then.
      auto inside = [&](std::size_t j) {
        return shape.left[j] >= from[i] && shape.right[j] <= until[i] &&
               !(until[i] == infinity && shape.right[j] == from[i]);
      };
      double p = 0;
      for (std::size_t j = 0; j < m; ++j) p += inside(j) ? mass[j] : 0;
      for (std::size_t j = 0; j < m; ++j) next[j] += inside(j) ? mass[j] / p : 0;
      likelihood += std::log(p);
    }
    for (std::size_t j = 0; j < m; ++j) mass[j] = next[j] / static_cast<double>(from.size());
  }
  return likelihood;
}

}  // namespace

TEST_CASE("turnbull: without bounds it is Kaplan-Meier", "[survival]") {
  Times until = treated;
  for (std::size_t i = 0; i < until.size(); ++i) {
    if (relapsed[i] == 0) until[i] = infinity;
  }
  const TurnbullCurve curve = turnbull(treated, until);
  const SurvivalCurve km = kaplan_meier(treated, relapsed);
  REQUIRE(curve.left.size() == km.time.size() + 1);  // and what may never happen
  for (std::size_t k = 0; k < km.time.size(); ++k) {
    CHECK(curve.left[k] == km.time[k]);
    CHECK(curve.right[k] == km.time[k]);
    CHECK_THAT(curve.survival[k], WithinAbs(km.survival[k], 1e-6));
  }
  CHECK(curve.left.back() == 35);
  CHECK(curve.right.back() == infinity);
  CHECK(curve.converged);
}

TEST_CASE("turnbull: by hand", "[survival]") {
  // Three in [0, 1], one in [0, 2], one in [1.5, 3]: innermost [0, 1] and [1.5, 2]; the second and the fifth share.
  const TurnbullCurve curve = turnbull(Times{0, 0, 0, 0, 1.5}, Times{1, 1, 1, 2, 3});
  check_near(curve.left, {0, 1.5});
  check_near(curve.right, {1, 2});
  // L = 3 log p + log 1 + log(1 - p): p = 3/4.
  check_near(curve.mass, {0.75, 0.25}, 1e-6);
  CHECK_THAT(curve.log_likelihood, WithinAbs(3 * std::log(0.75) + std::log(0.25), 1e-8));
  CHECK(curve.median.low == 0);
  CHECK(curve.median.high == 1);
}

TEST_CASE("turnbull: at least as likely as plain EM on random bounds, within the proven gap", "[survival]") {
  for (std::uint64_t r = 0; r < 40; ++r) {
    Stream random(7, "bounds", r);
    Times from, until;
    for (int i = 0; i < 30; ++i) {
      const double a = random.below(12);
      from.push_back(a);
      until.push_back(random.below(5) == 0 ? infinity : a + random.below(6));
    }
    const TurnbullCurve curve = turnbull(from, until);
    CAPTURE(r);
    CHECK(curve.converged);
    CHECK(curve.gap <= 1e-9 * 30);
    CHECK(curve.log_likelihood >= slow_likelihood(from, until, curve, 400) - curve.gap - 1e-9);
    double total = 0;
    for (const double mass : curve.mass) {
      CHECK(mass >= 0);
      total += mass;
    }
    CHECK_THAT(total, WithinAbs(1, 1e-9));
  }
}

TEST_CASE("turnbull: bootstrap is the same on any number of threads and draws clusters whole", "[survival]") {
  const Times from = {0, 0, 1, 1, 2, 2, 3, 3, 4, 5};
  const Times until = {1, 2, 2, 3, 3, 4, infinity, 4, 6, 9};
  TurnbullOptions options;
  options.replicates = 200;
  options.seed = 11;
  options.run.threads = 1;
  const TurnbullCurve one = turnbull(from, until, options);
  options.run.threads = 3;
  const TurnbullCurve three = turnbull(from, until, options);
  CHECK(one.lower == three.lower);
  CHECK(one.upper == three.upper);
  for (std::size_t k = 0; k < one.left.size(); ++k) {
    CHECK(one.lower[k] <= one.survival[k] + 1e-9);
    CHECK(one.upper[k] >= one.survival[k] - 1e-9);
  }
  options.clusters = Codes(10, 0);  // one cluster: nothing varies
  const TurnbullCurve whole = turnbull(from, until, options);
  for (std::size_t k = 0; k < whole.left.size(); ++k) CHECK_THAT(whole.upper[k] - whole.lower[k], WithinAbs(0, 1e-5));
}

TEST_CASE("turnbull: nothing", "[survival]") {
  const TurnbullCurve nothing = turnbull({}, {});
  CHECK(nothing.left.empty());
  CHECK(nothing.provenance.warnings.size() == 1);
}
