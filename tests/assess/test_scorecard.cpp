// The scorecard's intervals: those of the bootstrap, for every score that has an honest one.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/assess/scorecard.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/structure.hpp>
#include <string>
#include <vector>

using namespace linkpin;
using Catch::Matchers::ContainsSubstring;

namespace {

// Everybody named everybody else with a chance of 1 in 8, but for those who are silent.
Network survey(index_t n, const std::vector<index_t>& silent = {}) {
  Stream stream(1, "survey", 0);
  std::vector<Answer> rows(static_cast<std::size_t>(n), Answer::answered);
  for (const index_t v : silent) rows[static_cast<std::size_t>(v)] = Answer::no_response;
  NetworkParts p;
  p.n = n;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = 0; v < n; ++v) {
      if (u == v || stream.uniform() > 0.125 || rows[static_cast<std::size_t>(u)] != Answer::answered) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  if (!silent.empty()) p.observed = Observed(std::move(rows));
  return Network(std::move(p));
}

Groups thirds(index_t n) {
  Groups groups{{}, {"a", "b", "c"}};
  for (index_t v = 0; v < n; ++v) groups.codes.push_back(v % 3);
  return groups;
}

const Score& found(const Scorecard& card, const std::string& measure, ScoreOf of = ScoreOf::network) {
  return *std::find_if(card.scores.begin(), card.scores.end(),
                       [&](const Score& s) { return s.measure == measure && s.of == of; });
}

}  // namespace

TEST_CASE("an interval of the card is the bootstrap's of that score alone") {
  const Network net = survey(20);
  const Scorecard card = scorecard(net, {.groups = thirds(20), .seed = 7, .replicates = 50});
  const Bootstrap alone =
      bootstrap(net, [](const Network& drawn) { return density(drawn).value; }, {.replicates = 50, .seed = 7});
  const Score& score = found(card, "density");
  CHECK(score.interval == alone.interval[0]);
  CHECK(score.why_not == NoInterval::has_one);
  CHECK(score.varies == Resample::vertices);
  CHECK(found(card, "bridges").why_not == NoInterval::hangs_on_ties);
  CHECK(found(card, "degree", ScoreOf::vertex).why_not == NoInterval::of_itself);
  CHECK(card.replicates == 50);
}

TEST_CASE("missing answers give values and ranks by vertex their intervals") {
  const Network net = survey(18, {3, 11});
  const Scorecard card = scorecard(net, {.top = 0, .seed = 2, .replicates = 60});
  const BootstrapOptions filled{.resample = Resample::imputations, .replicates = 60, .seed = 2};
  const Bootstrap alone = bootstrap(
      net, [](const Network& drawn) { return degree(undirected(simplified(drawn))).values; }, filled);
  std::size_t compared = 0;
  for (const Score& s : card.scores) {
    if (s.measure != "degree") continue;
    const auto v = static_cast<std::size_t>(std::stoi(s.subject));
    CHECK(s.interval == alone.interval[v]);
    CHECK(s.varies == Resample::imputations);
    CHECK(s.rank_interval.low >= 1);
    CHECK(s.rank_interval.high <= 18);
    CHECK(s.rank_interval.low <= s.rank_interval.high);
    ++compared;
  }
  CHECK(compared == 18);
}

TEST_CASE("ranks from replicates are those of counting the better ones") {
  const Network net = survey(12, {0, 5});
  const Scorecard card = scorecard(net, {.top = 0, .seed = 9, .replicates = 11, .level = 0.999});
  const BootstrapOptions filled{.resample = Resample::imputations, .replicates = 11, .seed = 9};
  const Bootstrap b = bootstrap(
      net, [](const Network& drawn) { return degree(undirected(simplified(drawn))).values; }, filled);
  for (const Score& s : card.scores) {
    if (s.measure != "degree") continue;
    const auto v = static_cast<std::size_t>(std::stoi(s.subject));
    double best = 12;
    double worst = 1;
    for (std::size_t r = 0; r < 11; ++r) {
      const double* row = &b.draws[r * 12];
      const double rank = 1.0 + static_cast<double>(std::count_if(row, row + 12, [&](double x) { return x > row[v]; }));
      best = std::min(best, rank);
      worst = std::max(worst, rank);
    }
    CHECK(s.rank_interval == Interval{best, worst});  // outwards to whole ranks: the extremes at this level
  }
}

TEST_CASE("the card is the same on any number of threads") {
  const Network net = survey(25, {4});
  auto on = [&net](int threads) {
    return scorecard(net, {.groups = thirds(25), .seed = 3, .replicates = 24, .run = {.threads = threads}}).scores;
  };
  const std::vector<Score> one = on(1);
  for (const int threads : {2, 8}) {
    const std::vector<Score> more = on(threads);
    REQUIRE(more.size() == one.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      const bool same =
          std::isnan(one[i].interval.low) ? std::isnan(more[i].interval.low) : one[i].interval == more[i].interval;
      CHECK(same);
    }
  }
}

TEST_CASE("intervals that would mislead are withheld") {
  // A ring: each has two ties whoever is drawn, so degrees do not vary and redrawn ones lie to one side.
  NetworkParts p;
  p.n = 30;
  p.directed = false;
  for (index_t v = 0; v < 30; ++v) {
    p.source.push_back(v);
    p.target.push_back((v + 1) % 30);
  }
  const Scorecard ring = scorecard(Network(std::move(p)), {.replicates = 100});
  for (const Score& s : ring.scores) {
    if (s.measure == "gini") CHECK(s.why_not == NoInterval::one_sided);
    if (s.why_not == NoInterval::has_one) CHECK((s.interval.low <= s.value && s.value <= s.interval.high));
  }
  const Scorecard large = scorecard(survey(100), {.replicates = 20});
  for (const Score& s : large.scores) {
    if (s.variant == "betweenness") CHECK(s.why_not == NoInterval::uncovered);  // docs/calibration.md: 0 to 20 %
  }
}

TEST_CASE("wrong options of the intervals are refused") {
  const Network net = survey(10);
  CHECK_THROWS_WITH(scorecard(net, {.replicates = 3}), ContainsSubstring("at least 10"));
  CHECK_THROWS_WITH(scorecard(net, {.level = 1.5}), ContainsSubstring("level"));
  CHECK_THROWS_WITH(scorecard(net, {.reports = {.false_positive = 0.1}}), ContainsSubstring("false_negative"));
  CHECK(found(scorecard(net, {.replicates = 0}), "density").why_not == NoInterval::not_asked);
  CHECK(found(scorecard(survey(2)), "density").why_not == NoInterval::few);
}
