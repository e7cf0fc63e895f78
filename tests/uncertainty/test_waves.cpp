// Waves compared: by hand, by identities that hold always, and where the change was planted.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdio>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/uncertainty/waves.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::compare_waves;
using linkpin::Ecosystem;
using linkpin::index_t;
using linkpin::Network;
using linkpin::NetworkScores;
using linkpin::none;

struct Report {
  index_t who, to;
  const char* wave;
  double value;
  const char* item = "contact";
  const char* state = "answered";
};

Ecosystem survey(index_t n, const std::vector<Report>& reports) {
  linkpin::EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (index_t v = 0; v < n; ++v) ids->intern("v" + std::to_string(v));
  p.ids = ids;
  std::vector<std::optional<std::string>> items, waves, states;
  std::vector<double> values;
  for (const Report& r : reports) {
    p.respondent.push_back(r.who);
    p.report_from.push_back(r.who);
    p.report_to.push_back(r.to);
    items.emplace_back(r.item);
    waves.emplace_back(r.wave);
    states.emplace_back(r.state);
    values.push_back(r.value);
  }
  p.reports.set("item", linkpin::text_column(items));
  p.reports.set("wave", linkpin::text_column(waves));
  p.reports.set("state", linkpin::text_column(states));
  p.reports.set("value", linkpin::Column(values));
  return Ecosystem(std::move(p));
}

NetworkScores density_of(const Network& net) { return {{"density"}, {linkpin::density(net).value}}; }
NetworkScores outdegree_of(const Network& net) {
  return {{}, linkpin::degree(net, {.mode = linkpin::Mode::out}).values};
}

// 0, 1, 2 stay; 3 leaves; 4 joins. 0->1 is kept, 1->2 lost, 2->0 gained.
Ecosystem small() {
  return survey(5, {{0, 1, "1", 1},
                    {1, 2, "1", 1},
                    {2, none, "1", linkpin::undefined},
                    {3, 0, "1", 1},
                    {0, 1, "2", 1},
                    {1, none, "2", linkpin::undefined},
                    {2, 0, "2", 1},
                    {4, 2, "2", 1}});
}

// Everybody answers; ties are Bernoulli of a density by wave.
Ecosystem random_waves(index_t n, const std::vector<double>& density, std::uint64_t seed) {
  linkpin::Stream random(seed, "waves");
  static const char* names[] = {"1", "2", "3", "4"};
  std::vector<Report> reports;
  for (std::size_t w = 0; w < density.size(); ++w) {
    for (index_t u = 0; u < n; ++u) {
      reports.push_back({u, none, names[w], linkpin::undefined});
      for (index_t v = 0; v < n; ++v) {
        if (u != v && random.uniform() < density[w]) reports.push_back({u, v, names[w], 1});
      }
    }
  }
  return survey(n, reports);
}

}  // namespace

TEST_CASE("joiners, leavers and stayers, by hand") {
  const Ecosystem eco = small();
  const auto r = compare_waves(eco, {"1", "2"}, density_of);
  REQUIRE(r.members.size() == 5);
  REQUIRE(r.members[3].present == std::vector<std::uint8_t>{1, 0});
  REQUIRE(r.members[4].present == std::vector<std::uint8_t>{0, 1});
  const auto& t = r.ties[0];
  REQUIRE(t.stayers == 3);
  REQUIRE(t.joiners == 1);
  REQUIRE(t.leavers == 1);
  REQUIRE(t.kept == 1);
  REQUIRE(t.gained == 1);
  REQUIRE(t.lost == 1);
  REQUIRE(t.unobserved == 0);
  REQUIRE_THAT(t.stability, WithinAbs(1.0 / 3, 1e-12));
  const auto& s = r.scores[0];
  REQUIRE(s.score == "density");
  REQUIRE_THAT(s.before, WithinAbs(3.0 / 12, 1e-12));
  REQUIRE_THAT(s.after, WithinAbs(3.0 / 12, 1e-12));
  REQUIRE_THAT(s.stayers_before, WithinAbs(2.0 / 6, 1e-12));
  REQUIRE_THAT(s.stayers_difference, WithinAbs(0, 1e-12));
  REQUIRE(r.growth.empty());
  // Nothing is overwritten: each wave by itself is what it was.
  REQUIRE(derive(eco, {.wave = "1"}).m() == 3);
  REQUIRE(eco == small());
}

TEST_CASE("an unanswered row is not a lost tie") {
  const auto r = compare_waves(survey(3, {{0, 1, "1", 1},
                                          {1, 2, "1", 1},
                                          {2, none, "1", linkpin::undefined},
                                          {0, none, "2", linkpin::undefined, "contact", "did not respond"},
                                          {1, 2, "2", 1},
                                          {2, none, "2", linkpin::undefined}}),
                               {"1", "2"}, nullptr);
  REQUIRE(r.ties[0].lost == 0);
  REQUIRE(r.ties[0].unobserved == 2);
  REQUIRE(r.ties[0].kept == 1);
  REQUIRE(r.scores.empty());
}

TEST_CASE("the difference is the stayers' and the composition's") {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    linkpin::Stream random(seed, "membership");
    std::vector<Report> reports;
    for (const char* wave : {"1", "2"}) {
      std::vector<index_t> there;
      for (index_t v = 0; v < 14; ++v) {
        if (random.uniform() < 0.8) there.push_back(v);
      }
      for (const index_t u : there) {
        reports.push_back({u, none, wave, linkpin::undefined});
        for (const index_t v : there) {
          if (u != v && random.uniform() < 0.3) reports.push_back({u, v, wave, 1});
        }
      }
    }
    for (const auto& s : compare_waves(survey(14, reports), {"1", "2"}, density_of).scores) {
      REQUIRE_THAT(s.difference, WithinAbs(s.stayers_difference + s.composition, 1e-12));
      REQUIRE(s.interval.low <= s.difference);
      REQUIRE(s.difference <= s.interval.high);
      REQUIRE_THAT(s.composition_interval.low + s.composition_interval.high, WithinAbs(2 * s.composition, 1e-9));
    }
  }
}

TEST_CASE("intervals of a difference of densities hold the planted one") {
  // Two waves drawn apart from each other, .3 and .2, n = 20: 95 % intervals over 100 surveys.
  int in = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto s = compare_waves(random_waves(20, {.3, .2}, seed), {"1", "2"}, density_of).scores[0];
    in += s.interval.low <= -.1 && -.1 <= s.interval.high ? 1 : 0;
  }
  std::printf("paired jackknife of the difference of densities, n = 20: %d of 100 intervals hold it\n", in);
  REQUIRE(in >= 88);
}

TEST_CASE("scores by vertex: the paired t interval by hand") {
  // Out-degrees 1, 1, 0 (and the leaver's 1) become 1, 0, 1 (and the joiner's 1): differences 0, -1, 1.
  const auto r = compare_waves(small(), {"1", "2"}, outdegree_of);
  const auto& s = r.scores[0];
  REQUIRE_THAT(s.before, WithinAbs(.75, 1e-12));
  REQUIRE_THAT(s.stayers_difference, WithinAbs(0, 1e-12));
  // t(.975, 2) = 4.302653, sd 1, n 3.
  REQUIRE_THAT(s.stayers_interval.high, WithinAbs(4.302653 / std::sqrt(3.0), 1e-5));
}

TEST_CASE("trust by wave, and growth over three waves") {
  std::vector<Report> reports;
  for (index_t rated = 0; rated < 4; ++rated) {
    for (index_t rater = 0; rater < 4; ++rater) {
      if (rater == rated) continue;
      reports.push_back({rater, rated, "1", 1.0 + rated * 0.1, "trust"});
      reports.push_back({rater, rated, "2", 1.5 + rated * 0.1, "trust"});
      reports.push_back({rater, rated, "3", 2.0 + rated * 0.1, "trust"});
    }
    reports.push_back({rated, rated, "1", 4, "trust"});  // of oneself: left out
  }
  const auto r = compare_waves(survey(4, reports), {"1", "2", "3"}, density_of);
  REQUIRE(r.scores.size() == 4);  // density and trust, twice
  REQUIRE(r.scores[1].score == "trust");
  REQUIRE_THAT(r.scores[1].before, WithinAbs(1.15, 1e-12));
  REQUIRE_THAT(r.scores[1].stayers_difference, WithinAbs(.5, 1e-12));
  REQUIRE_THAT(r.scores[1].stayers_interval.low, WithinAbs(.5, 1e-9));  // everybody changed alike
  // Growth: density's line, the mean line of trust, and each entity's.
  REQUIRE(r.growth.size() == 6);
  REQUIRE(r.growth[0].score == "density");
  REQUIRE_THAT(r.growth[1].slope, WithinAbs(.5, 1e-12));
  REQUIRE_THAT(r.growth[1].spread, WithinAbs(0, 1e-12));
  REQUIRE_THAT(r.growth[5].start, WithinAbs(1.3, 1e-12));
  REQUIRE(r.growth[5].waves == 3);
}

TEST_CASE("matrices with missing and structural codes") {
  auto p = small().parts();
  p.from = {1};
  p.to = {0};
  const std::vector<std::optional<std::string>> kinds = {"same house"};
  p.ties.set("kind", linkpin::text_column(kinds));
  const Ecosystem eco(p);
  const auto m = wave_matrices(eco, {"1", "2"}, {.item = "contact"}, {"same house"});
  REQUIRE(m.members == std::vector<index_t>{0, 1, 2, 3, 4});
  REQUIRE(m.values[0][0 * 5 + 1] == 1);
  REQUIRE(m.values[0][1 * 5 + 0] == linkpin::structural_one);
  REQUIRE(m.values[0][4 * 5 + 0] == linkpin::structural_zero);  // 4 was not there yet
  REQUIRE(m.values[1][3 * 5 + 0] == linkpin::structural_zero);  // 3 had left
  REQUIRE(m.values[1][1 * 5 + 2] == 0);
  const auto holed =
      wave_matrices(survey(3, {{0, 1, "1", 1}, {1, 0, "1", 1}, {1, 2, "1", 1}, {0, 1, "2", 1}}), {"1", "2"});
  REQUIRE(std::isnan(holed.values[0][2 * 3 + 0]));
}

TEST_CASE("wrong waves are refused") {
  const Ecosystem eco = small();
  REQUIRE_THROWS_WITH(compare_waves(eco, {"1"}, density_of), ContainsSubstring("two or more"));
  REQUIRE_THROWS_WITH(compare_waves(eco, {"1", "3"}, density_of), ContainsSubstring("1, 2"));
  REQUIRE_THROWS_WITH(compare_waves(eco, {"1", "1"}, density_of), ContainsSubstring("once"));
  REQUIRE_THROWS_WITH(compare_waves(eco, {"1", "2"}, density_of, {.trust_items = {"faith"}}),
                      ContainsSubstring("faith"));
  REQUIRE_THROWS_WITH(compare_waves(eco, {"1", "2"}, density_of, {.level = 0}), ContainsSubstring("level"));
}
