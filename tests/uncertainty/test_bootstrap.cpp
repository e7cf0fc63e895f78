// Intervals: replicates against exact distributions, interval formulas against twins, a small calibration.
#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/graphs.hpp"

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Bootstrap;
using linkpin::BootstrapOptions;
using linkpin::index_t;
using linkpin::IntervalKind;
using linkpin::Network;
using linkpin::Resample;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

double ties_share(const Network& net) { return linkpin::density(net).value; }
std::vector<double> by_degree(const Network& net) { return linkpin::degree(net).values; }

Network survey(index_t n, double chance, std::uint64_t number, bool directed = true) {
  linkpin::Stream random(21, "surveys", number);
  linkpin::NetworkParts p;
  p.n = n;
  p.directed = directed;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = directed ? 0 : u + 1; v < n; ++v) {
      if (u == v || random.uniform() >= chance) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  return Network(std::move(p));
}

Network with_confidence(const Network& net, std::vector<double> confidence) {
  linkpin::NetworkParts p = net.parts();
  p.ties.set("confidence", linkpin::Column(std::move(confidence)));
  return Network(std::move(p));
}

double mean(const std::vector<double>& values) {
  double total = 0;
  for (const double v : values) total += v;
  return total / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("resampled vertices keep the density in the mean", "[bootstrap]") {
  // Two different vertices carry a random dyad, and so do two copies of one: the mean over replicates is the density.
  for (const bool directed : {true, false}) {
    const Network net = survey(12, 0.3, 1, directed);
    const Bootstrap b = linkpin::bootstrap(net, ties_share, {.replicates = 4000, .seed = 1});
    CHECK(b.estimate[0] == ties_share(net));
    CHECK_THAT(b.mean[0], WithinAbs(b.estimate[0], 4 * b.standard_error[0] / std::sqrt(4000.0)));
    CHECK(b.interval[0].low < b.estimate[0]);
    CHECK(b.interval[0].high > b.estimate[0]);
    CHECK(b.replicates == 4000);
  }
}

TEST_CASE("resampled vertices take their attributes, weights and silence along", "[bootstrap]") {
  linkpin::NetworkParts p = survey(10, 0.4, 2).parts();
  std::vector<double> own(10);
  for (std::size_t v = 0; v < 10; ++v) own[v] = static_cast<double>(v);
  p.vertices.set("own", linkpin::Column(own));
  std::vector<linkpin::Answer> rows(10, linkpin::Answer::answered);
  rows[3] = linkpin::Answer::no_response;
  p.weight.clear();
  for (std::size_t e = 0; e < p.source.size(); ++e) p.weight.push_back(1.0 + static_cast<double>(p.source[e]));
  p.observed = linkpin::Observed(rows);
  const Network net(std::move(p));
  auto consistent = [](const Network& g) {
    const auto own_of = g.vertices().find("own")->numbers();
    for (index_t v = 0; v < g.n(); ++v) {
      const bool silent = g.observed().row(v) == linkpin::Answer::no_response;
      if (silent != (own_of[at(v)] == 3.0)) return 0.0;
    }
    for (index_t e = 0; e < g.m(); ++e) {
      const bool copies = own_of[at(g.sources()[at(e)])] == own_of[at(g.targets()[at(e)])];
      if (!copies && g.weight(e) != 1.0 + own_of[at(g.sources()[at(e)])]) return 0.0;
    }
    return 1.0;
  };
  const Bootstrap b = linkpin::bootstrap(net, consistent, {.replicates = 200, .seed = 3});
  CHECK(std::all_of(b.draws.begin(), b.draws.end(), [](double d) { return d == 1.0; }));
}

TEST_CASE("a jackknife of two defined replicates gives no interval", "[bootstrap]") {
  // Three vertices: with two values left (n - 2) / (2 n) is 0, which is no certainty.
  const Network net = survey(3, 1.0, 0);
  const linkpin::Statistic once_undefined([calls = std::make_shared<std::atomic<int>>(0)](const Network& g) {
    return std::vector<double>{g.n() == 2 && calls->fetch_add(1) == 0 ? linkpin::undefined : 1.0 * g.m()};
  });
  const Bootstrap b = linkpin::bootstrap(net, once_undefined, {.resample = Resample::jackknife});
  CHECK(b.undefined_replicates[0] == 1);
  CHECK(std::isnan(b.interval[0].low));
}

TEST_CASE("an extreme BCa end stays on its own side", "[bootstrap]") {
  // One vertex carries the whole skew (acceleration about 1/6) and the estimate lies above all replicates.
  const Network net = survey(30, 0.2, 0);
  const linkpin::Statistic skewed([calls = std::make_shared<std::atomic<int>>(0)](const Network& g) {
    const int call = calls->fetch_add(1);
    return std::vector<double>{call == 0 ? 1e6 : g.n() == 30 ? 1.0 * g.m() : call == 1 ? -1.0 : 0.0};
  });
  BootstrapOptions options{.interval = IntervalKind::bca, .level = 0.9999999, .seed = 4};
  options.run.threads = 1;
  const Bootstrap b = linkpin::bootstrap(net, skewed, options);
  CHECK(b.interval[0].high == *std::max_element(b.draws.begin(), b.draws.end()));
}

TEST_CASE("the jackknife leaves out each vertex once", "[bootstrap]") {
  const Network net = survey(9, 0.4, 3);
  const Bootstrap b = linkpin::bootstrap(net, ties_share, {.resample = Resample::jackknife});
  REQUIRE(b.draws.size() == 9);
  double squares = 0;
  for (index_t out = 0; out < 9; ++out) {
    int ties = 0;
    for (index_t e = 0; e < net.m(); ++e) ties += net.sources()[at(e)] != out && net.targets()[at(e)] != out ? 1 : 0;
    CHECK_THAT(b.draws[at(out)], WithinAbs(ties / 56.0, 1e-15));
    squares += std::pow(b.draws[at(out)] - mean(b.draws), 2);
  }
  const double error = std::sqrt(7.0 / 18.0 * squares);  // (n - 2) / 2n
  CHECK_THAT(b.standard_error[0], WithinAbs(error, 1e-15));
  CHECK_THAT(b.interval[0].high - b.estimate[0], WithinAbs(linkpin::student_quantile(0.975, 8) * error, 1e-12));
}

TEST_CASE("ties are there as often as their confidence says", "[bootstrap]") {
  const Network plain = survey(8, 0.5, 4);
  std::vector<double> confidence;
  for (index_t e = 0; e < plain.m(); ++e) confidence.push_back(0.1 + 0.8 * e / plain.m());
  const Network net = with_confidence(plain, confidence);
  const BootstrapOptions ties{.resample = Resample::ties, .replicates = 5000, .seed = 4};
  const Bootstrap b = linkpin::bootstrap(net, ties_share, ties);
  double expected = 0;
  double variance = 0;
  for (const double c : confidence) {
    expected += c / 56;
    variance += c * (1 - c) / 56 / 56;
  }
  CHECK_THAT(b.mean[0], WithinAbs(expected, 4 * std::sqrt(variance / 5000)));
  CHECK_THAT(b.standard_error[0], WithinAbs(std::sqrt(variance), 0.05 * std::sqrt(variance)));
  CHECK_THAT(b.provenance.warnings.at(0), ContainsSubstring("deletion only"));
  CHECK_THAT(b.provenance.warnings.at(1), ContainsSubstring("outside the interval"));

  BootstrapOptions added = ties;
  added.ties.unreported = 0.2;
  const Bootstrap more = linkpin::bootstrap(net, ties_share, added);
  CHECK_THAT(more.mean[0], WithinAbs(expected + 0.2 * (56 - plain.m()) / 56, 0.005));
  CHECK(std::none_of(more.provenance.warnings.begin(), more.provenance.warnings.end(),
                     [](const std::string& w) { return w.starts_with("deletion only"); }));

  // Beta(a, b) of mean a / (a + b) draws the same networks.
  linkpin::NetworkParts p = net.parts();
  std::vector<double> a;
  std::vector<double> c;
  for (const double v : confidence) {
    a.push_back(8 * v);
    c.push_back(8 - 8 * v);
  }
  p.ties.set("a", linkpin::Column(a));
  p.ties.set("b", linkpin::Column(c));
  BootstrapOptions beta = ties;
  beta.ties.a = "a";
  beta.ties.b = "b";
  CHECK_THAT(linkpin::bootstrap(Network(std::move(p)), ties_share, beta).mean[0], WithinAbs(b.mean[0], 0.002));
}

TEST_CASE("networks drawn from reports have the exact posterior", "[bootstrap]") {
  // Three undirected dyads, one reported: k ties of three have the prior k! (3 - k)! / 4! (Beta(1, 1) integrated out).
  const Network net = support::network(3, {0}, {1}, false);
  const double fp = 0.1;
  const double fn = 0.3;
  std::map<int, double> exact;  // by bits: dyads 01, 02, 12
  double all = 0;
  for (int state = 0; state < 8; ++state) {
    const double factorial[] = {1, 1, 2, 6};
    const int k = (state & 1) + (state >> 1 & 1) + (state >> 2 & 1);
    double weight = factorial[k] * factorial[3 - k];
    weight *= (state & 1) != 0 ? 1 - fn : fp;
    for (const int bit : {1, 2}) weight *= (state >> bit & 1) != 0 ? fn : 1 - fp;
    exact[state] = weight;
    all += weight;
  }
  auto code = [](const Network& g) {
    int state = 0;
    for (index_t e = 0; e < g.m(); ++e) state |= 1 << (g.sources()[at(e)] + g.targets()[at(e)] - 1);
    return static_cast<double>(state);
  };
  constexpr int count = 20000;
  const Bootstrap b = linkpin::bootstrap(net, code,
                                         {.resample = Resample::reports,
                                          .replicates = count,
                                          .seed = 5,
                                          .reports = {.false_positive = fp, .false_negative = fn}});
  for (const auto& [state, weight] : exact) {
    const double p = weight / all;
    const auto found = std::count(b.draws.begin(), b.draws.end(), static_cast<double>(state));
    INFO("state " << state);
    // Successive draws share a chain, so a little more than independent ones would need.
    CHECK_THAT(static_cast<double>(found) / count, WithinAbs(p, 6 * std::sqrt(p * (1 - p) / count)));
  }
}

TEST_CASE("two tellings of directed ties have the exact posterior", "[bootstrap]") {
  // One pair; the first telling says 0 -> 1, the second 0 -> 1 and 1 -> 0. Prior: a third each for none, one, two.
  const Network first = support::network(2, {0}, {1});
  const Network second = support::network(2, {0, 1}, {1, 0});
  const double fp = 0.2;
  const double fn = 0.3;
  const double forth[] = {fp * fp, (1 - fn) * (1 - fn)};
  const double back[] = {(1 - fp) * fp, fn * (1 - fn)};
  const double weight[] = {forth[0] * back[0] / 3, forth[1] * back[0] / 6, forth[0] * back[1] / 6,
                           forth[1] * back[1] / 3};
  const double all = weight[0] + weight[1] + weight[2] + weight[3];
  auto code = [](const Network& g) { return 1.0 * g.out().degree(0) + 2.0 * g.out().degree(1); };
  constexpr int count = 20000;
  const Bootstrap b = linkpin::bootstrap(first, code,
                                         {.resample = Resample::reports,
                                          .replicates = count,
                                          .seed = 6,
                                          .reports = {.false_positive = fp, .false_negative = fn, .others = {second}}});
  for (int state = 0; state < 4; ++state) {
    const double p = weight[state] / all;
    const auto found = std::count(b.draws.begin(), b.draws.end(), static_cast<double>(state));
    CHECK_THAT(static_cast<double>(found) / count, WithinAbs(p, 6 * std::sqrt(p * (1 - p) / count)));
  }
}

TEST_CASE("reports without error draw the network itself", "[bootstrap]") {
  const Network net = survey(9, 0.3, 7);
  const Bootstrap b = linkpin::bootstrap(
      net, by_degree,
      {.resample = Resample::reports, .replicates = 50, .reports = {.false_positive = 0, .false_negative = 0}});
  const std::vector<double> want = by_degree(net);
  for (std::size_t i = 0; i < b.draws.size(); ++i) CHECK(b.draws[i] == want[i % 9]);
  // Who did not answer is drawn too: her row varies, the others do not.
  linkpin::NetworkParts p = net.parts();
  std::vector<linkpin::Answer> rows(9, linkpin::Answer::answered);
  rows[0] = linkpin::Answer::no_response;
  p.observed = linkpin::Observed(rows);
  auto out_degree = [](const Network& g) { return linkpin::degree(g, {.mode = linkpin::Mode::out}).values; };
  const Bootstrap some = linkpin::bootstrap(
      Network(std::move(p)), out_degree,
      {.resample = Resample::reports, .replicates = 50, .reports = {.false_positive = 0, .false_negative = 0}});
  CHECK(some.standard_error[0] > 0);
  CHECK(some.standard_error[1] == 0);
}

TEST_CASE("the three intervals are their formulas", "[bootstrap]") {
  const Network net = survey(10, 0.3, 8);
  auto score = [](const Network& g) { return std::pow(ties_share(g), 2); };
  std::map<IntervalKind, Bootstrap> b;
  for (const IntervalKind kind : {IntervalKind::percentile, IntervalKind::basic, IntervalKind::bca}) {
    b[kind] = linkpin::bootstrap(net, score, {.interval = kind, .replicates = 999, .level = 0.9, .seed = 8});
  }
  std::vector<double> draws = b[IntervalKind::percentile].draws;
  std::sort(draws.begin(), draws.end());
  const double estimate = score(net);
  const auto low = linkpin::quantile(draws, 0.05);
  const auto high = linkpin::quantile(draws, 0.95);
  CHECK_THAT(b[IntervalKind::percentile].interval[0].low, WithinAbs(low, 1e-15));
  CHECK_THAT(b[IntervalKind::percentile].interval[0].high, WithinAbs(high, 1e-15));
  CHECK_THAT(b[IntervalKind::basic].interval[0].low, WithinAbs(2 * estimate - high, 1e-15));
  CHECK_THAT(b[IntervalKind::basic].interval[0].high, WithinAbs(2 * estimate - low, 1e-15));
  // Efron & Tibshirani 1993, equations 14.10, 14.14 and 14.15, with ties counted half.
  double below = 0;
  for (const double d : draws) below += d < estimate ? 1 : (d == estimate ? 0.5 : 0);
  const double z0 = linkpin::normal_quantile(below / 999);
  const auto left_out = linkpin::bootstrap(net, score, {.resample = Resample::jackknife}).draws;
  double squares = 0;
  double cubes = 0;
  for (const double v : left_out) {
    squares += std::pow(mean(left_out) - v, 2);
    cubes += std::pow(mean(left_out) - v, 3);
  }
  const double a = cubes / (6 * std::pow(squares, 1.5));
  auto end = [&](double z) {
    return linkpin::quantile(draws, linkpin::normal_cdf(z0 + (z0 + z) / (1 - a * (z0 + z))));
  };
  CHECK_THAT(b[IntervalKind::bca].interval[0].low, WithinAbs(end(linkpin::normal_quantile(0.05)), 1e-12));
  CHECK_THAT(b[IntervalKind::bca].interval[0].high, WithinAbs(end(linkpin::normal_quantile(0.95)), 1e-12));
  // The Monte Carlo error is that of the ends over repetitions.
  std::vector<double> ends;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    ends.push_back(linkpin::bootstrap(net, score, {.replicates = 999, .level = 0.9, .seed = seed}).interval[0].high);
  }
  double spread = 0;
  for (const double v : ends) spread += std::pow(v - mean(ends), 2) / 59;
  const double told = b[IntervalKind::percentile].monte_carlo_error[0];
  CHECK(told > 0.5 * std::sqrt(spread));
  CHECK(told < 2.0 * std::sqrt(spread));
}

TEST_CASE("ranks have intervals and tiers that can be told apart", "[bootstrap]") {
  // A star with certain ties, and three that hang on doubtful ones.
  const Network plain = support::network(7, {0, 0, 0, 0, 0, 1, 2}, {1, 2, 3, 4, 5, 2, 3}, false);
  std::vector<double> confidence(7, 1.0);
  confidence[5] = confidence[6] = 0.5;
  const Network net = with_confidence(plain, confidence);
  const Bootstrap b = linkpin::bootstrap(net, by_degree, {.resample = Resample::ties, .replicates = 500, .seed = 9});
  REQUIRE(b.ranks.rank.size() == 7);
  CHECK(b.ranks.rank[0] == 1);
  CHECK(b.ranks.interval[0] == linkpin::Interval{1, 1});
  CHECK(b.ranks.tier[0] == 1);
  CHECK(b.ranks.tier[1] == 2);
  CHECK(b.ranks.tier[4] == 2);  // 1 to 5 cannot be told apart
  CHECK(b.ranks.tier[6] == 3);  // the isolate
  CHECK(b.ranks.rank[6] == 7);
  CHECK(b.ranks.interval[2].low == 2);
  CHECK(b.ranks.interval[2].high > 3);
}

TEST_CASE("vertex scores have no vertex bootstrap, and other calls are refused with the reason", "[bootstrap]") {
  const Network net = survey(8, 0.4, 10);
  CHECK_THROWS_WITH(linkpin::bootstrap(net, by_degree), ContainsSubstring("36 %"));
  CHECK_THROWS_WITH(linkpin::bootstrap(net, by_degree, {.resample = Resample::jackknife}), ContainsSubstring("36 %"));
  CHECK_THROWS_WITH(linkpin::bootstrap(net, ties_share, {.resample = Resample::ties}), ContainsSubstring("confidence"));
  CHECK_THROWS_WITH(linkpin::bootstrap(net, ties_share, {.resample = Resample::reports}),
                    ContainsSubstring("how often reports err"));
  CHECK_THROWS_WITH(linkpin::bootstrap(net, ties_share, {.replicates = 1}), ContainsSubstring("at least 10"));
  CHECK_THROWS_WITH(linkpin::bootstrap(net, ties_share, {.level = 1.0}), ContainsSubstring("between 0 and 1"));
  CHECK_THROWS_WITH(linkpin::bootstrap(support::network(2, {0}, {1}), ties_share), ContainsSubstring("at least 3"));
  const std::vector<double> high(at(net.m()), 1.5);
  CHECK_THROWS_WITH(linkpin::bootstrap(with_confidence(net, high), ties_share, {.resample = Resample::ties}),
                    ContainsSubstring("tie 0"));
  BootstrapOptions other{.resample = Resample::reports, .reports = {.false_positive = 0.1, .false_negative = 0.1}};
  other.reports.others = {survey(7, 0.4, 10)};
  CHECK_THROWS_WITH(linkpin::bootstrap(net, ties_share, other), ContainsSubstring("telling 2"));
  // A score that is nearly always undefined has no interval, and says so.
  const Network empty = support::network(5, {}, {});
  const Bootstrap b =
      linkpin::bootstrap(empty, [](const Network& g) { return linkpin::reciprocity(g).value; }, {.replicates = 20});
  CHECK(std::isnan(b.interval[0].low));
  CHECK_THAT(b.provenance.warnings.at(0), ContainsSubstring("no interval"));
}

TEST_CASE("intervals are the same on any number of threads", "[bootstrap]") {
  linkpin::NetworkParts p = survey(30, 0.2, 11).parts();
  p.ties.set("confidence", linkpin::Column(std::vector<double>(p.source.size(), 0.7)));
  const Network net(std::move(p));
  for (const Resample resample : {Resample::vertices, Resample::jackknife, Resample::ties, Resample::reports}) {
    BootstrapOptions o{.resample = resample, .replicates = 300, .seed = 3};
    o.ties.unreported = 0.05;
    o.reports.false_positive = 0.05;
    o.reports.false_negative = 0.1;
    std::vector<double> one;
    for (const int threads : {1, 2, 8}) {
      o.run.threads = threads;
      const Bootstrap b = linkpin::bootstrap(net, ties_share, o);
      if (one.empty()) one = b.draws;
      CHECK(b.draws == one);
    }
  }
}

TEST_CASE("reports that err leave the truth within their interval", "[bootstrap]") {
  // The fixed small part of the calibration study; docs/calibration.md has the whole.
  constexpr int surveys = 150;
  int covered[2] = {};
  for (int s = 0; s < surveys; ++s) {
    const auto number = static_cast<std::uint64_t>(s);
    const Network truth = survey(30, 0.15, 1000 + number);
    linkpin::Stream random(5, "errors", number);
    linkpin::NetworkParts p;
    p.n = 30;
    std::vector<std::uint8_t> tied(900, 0);
    for (index_t e = 0; e < truth.m(); ++e) tied[at(truth.sources()[at(e)] * 30 + truth.targets()[at(e)])] = 1;
    for (index_t u = 0; u < 30; ++u) {
      for (index_t v = 0; v < 30; ++v) {
        if (u == v || random.uniform() >= (tied[at(u * 30 + v)] != 0 ? 0.8 : 0.03)) continue;
        p.source.push_back(u);
        p.target.push_back(v);
      }
    }
    auto scores = [](const Network& g) { return std::vector<double>{ties_share(g), linkpin::reciprocity(g).value}; };
    const std::vector<double> want = scores(truth);
    const Bootstrap b = linkpin::bootstrap(Network(std::move(p)), scores,
                                           {.resample = Resample::reports,
                                            .replicates = 200,
                                            .seed = number,
                                            .reports = {.false_positive = 0.03, .false_negative = 0.2},
                                            .run = {.threads = 1}});
    for (std::size_t i = 0; i < 2; ++i) {
      covered[i] += b.interval[i].low <= want[i] && want[i] <= b.interval[i].high ? 1 : 0;
    }
  }
  for (const int c : covered) {
    INFO(c << " of " << surveys);
    CHECK(c >= 0.95 * surveys - 4 * std::sqrt(surveys * 0.05 * 0.95));
  }
}

TEST_CASE("results quote what their intervals were measured to cover", "[bootstrap]") {
  const auto reports = linkpin::measured_coverage("density", Resample::reports, IntervalKind::percentile, 40);
  REQUIRE(reports.has_value());
  CHECK(reports->n == 30);  // the nearest size
  CHECK(reports->surveys >= 1000);
  CHECK_THAT(reports->independent, WithinAbs(0.95, 0.02));
  CHECK_THAT(reports->clustered, WithinAbs(0.95, 0.02));
  CHECK_FALSE(linkpin::measured_coverage("wealth", Resample::reports, IntervalKind::percentile, 40).has_value());
  CHECK_FALSE(linkpin::measured_coverage("density", Resample::reports, IntervalKind::percentile, 0).has_value());
  const auto jackknife = linkpin::measured_coverage("density", Resample::jackknife, IntervalKind::bca, 10);
  REQUIRE(jackknife.has_value());  // it has one interval, whatever is asked
  const linkpin::Statistic named(ties_share, "density");
  const Bootstrap b = linkpin::bootstrap(survey(12, 0.3, 1), named, {.replicates = 50});
  REQUIRE(b.coverage.has_value());
  CHECK(b.coverage->n == 10);
  CHECK_FALSE(linkpin::bootstrap(survey(12, 0.3, 1), ties_share, {.replicates = 50}).coverage.has_value());
  CHECK_FALSE(linkpin::bootstrap(survey(12, 0.3, 1), named, {.replicates = 50, .level = 0.9}).coverage.has_value());
}
