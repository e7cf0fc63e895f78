// Cognitive maps against published runs and reference steady states.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/dynamics/cognitive.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/data.hpp"

namespace {

using linkpin::CognitiveMap;
using linkpin::index_t;
using linkpin::MapRule;
using linkpin::MapTransfer;
using linkpin::MapVerdict;

CognitiveMap map_of(std::vector<std::string> names, const std::vector<std::vector<double>>& rows) {
  std::vector<Eigen::Triplet<double, index_t>> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows[i].size(); ++j) {
      if (rows[i][j] != 0) entries.emplace_back(static_cast<index_t>(i), static_cast<index_t>(j), rows[i][j]);
    }
  }
  CognitiveMap::Weights w(static_cast<index_t>(names.size()), static_cast<index_t>(names.size()));
  w.setFromTriplets(entries.begin(), entries.end());
  return {std::move(names), std::move(w)};
}

// The weights of an oracle; a name that stands twice is told apart by its column.
CognitiveMap oracle_map(const std::string& name) {
  const auto rows = support::read_csv(support::data_folder() / "oracles" / name / "weights.csv");
  std::vector<std::string> names;
  std::vector<std::vector<double>> weights;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    names.push_back(std::to_string(i) + " " + rows[i][0]);
    weights.emplace_back();
    for (std::size_t j = 1; j < rows[i].size(); ++j) weights.back().push_back(std::stod(rows[i][j]));
  }
  return map_of(std::move(names), weights);
}

const std::map<std::string, MapRule> rules{
    {"kosko", MapRule::kosko}, {"mkosko", MapRule::modified}, {"rescaled", MapRule::rescaled}};
const std::map<std::string, MapTransfer> transfers{{"sigmoid", MapTransfer::sigmoid}, {"tanh", MapTransfer::tanh}};
const std::vector<double> published_start{1, 1, 0, 0, 0, 0, 0, 0};

}  // namespace

TEST_CASE("a published map stops where it was published to stop", "[cognitive]") {
  LINKPIN_NEED_DATA("oracles/fcm_published_8concepts");
  const CognitiveMap map = oracle_map("fcm_published_8concepts");
  const auto folder = support::data_folder() / "oracles" / "fcm_published_8concepts";
  const auto rows = support::read_csv(folder / "published_stop_at_0.001.csv");
  REQUIRE(rows.size() == 4);
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto run = map.run(published_start, {.rule = rules.at(rows[r][0]), .tolerance = 0.001});
    INFO(rows[r][0]);
    CHECK(run.steps == std::stoi(rows[r][4]));
    CHECK(run.verdict == MapVerdict::fixed_point);
    for (std::size_t c = 0; c < 8; ++c)
      CHECK_THAT(run.state[c], Catch::Matchers::WithinAbs(std::stod(rows[r][5 + c]), 5.1e-8));
  }
}

TEST_CASE("maps settle where the reference says, to its last digit", "[cognitive]") {
  LINKPIN_NEED_DATA("oracles/fcm_fire_model");
  int runs = 0;
  for (const char* name : {"fcm_fire_model", "fcm_fish_wetland", "fcm_fish_wetland_mod2", "fcm_fishery-manager",
                           "fcm_published_8concepts"}) {
    const CognitiveMap map = oracle_map(name);
    const auto rows = support::read_csv(support::data_folder() / "oracles" / name / "steady_states.csv");
    for (std::size_t r = 1; r < rows.size(); ++r) {
      INFO(name << " " << rows[r][0] << " " << rows[r][1] << " " << rows[r][2]);
      // "given" is the published start for the published map, the first concept alone for the others.
      std::vector<double> start(static_cast<std::size_t>(map.n()), rows[r][2] == "all_ones" ? 1.0 : 0.0);
      if (rows[r][2] == "given") start = map.n() == 8 ? published_start : start;
      if (rows[r][2] == "given" && map.n() != 8) start[0] = 1.0;
      const auto run = map.run(
          start,
          {.rule = rules.at(rows[r][0]), .transfer = transfers.at(rows[r][1]), .tolerance = 1e-12, .most_steps = 5000});
      CHECK((run.verdict == MapVerdict::fixed_point) == (rows[r][3] == "1"));
      CHECK(run.steps == std::stoi(rows[r][4]));
      for (std::size_t c = 0; c < start.size(); ++c) {
        CHECK_THAT(run.state[c], Catch::Matchers::WithinAbs(std::stod(rows[r][5 + c]), 5.1e-13));
      }
      ++runs;
    }
    const auto indices = support::read_csv(support::data_folder() / "oracles" / name / "indices.csv");
    const linkpin::Frame concepts = map.concepts();
    for (std::size_t r = 1; r < indices.size(); ++r) {
      for (std::size_t c = 1; c < 4; ++c) {
        CHECK_THAT(concepts.at(c).numbers()[r - 1], Catch::Matchers::WithinAbs(std::stod(indices[r][c]), 1e-12));
      }
      CHECK(concepts.at(4).view(r - 1) == indices[r][4]);
    }
  }
  CHECK(runs == 50);
}

TEST_CASE("cycles, chaos and slow approach are told apart", "[cognitive]") {
  const CognitiveMap ring = map_of({"a", "b", "c"}, {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
  const std::vector<double> one{1, 0, 0};
  const auto cycle = ring.run(one, {.transfer = MapTransfer::bivalent});
  CHECK(cycle.verdict == MapVerdict::cycle);
  CHECK(cycle.period == 3);
  const CognitiveMap opposed = map_of({"a", "b"}, {{0, 1}, {-1, 0}});
  const auto swing = opposed.run(std::vector<double>{1, 0}, {.transfer = MapTransfer::trivalent});
  CHECK(swing.verdict == MapVerdict::cycle);
  CHECK(swing.period == 4);
  // Its own state alone, f(x) = tanh(x): nears 0 as sqrt(3 / (2 t)), for ever slower.
  const CognitiveMap alone = map_of({"a"}, {{0}});
  const auto slow = alone.run(std::vector<double>{1}, {.rule = MapRule::modified, .transfer = MapTransfer::tanh});
  CHECK(slow.verdict == MapVerdict::unsettled);
  CHECK(slow.lyapunov < 0);
  CHECK(slow.provenance.warnings.size() == 1);
  // Found by search; another program gives a Lyapunov exponent of 0.32 (3,000 steps after 1,000).
  const CognitiveMap wild =
      map_of({"a", "b", "c", "d"},
             {{0.9, -0.7, 0.2, -0.9}, {-0.8, -0.6, 1, 0.5}, {0.7, -0.9, 0.4, -0.1}, {-0.2, 0.4, -0.4, 0}});
  const auto chaos = wild.run(std::vector<double>{0.3, 0.1, 0.2, -0.5}, {.transfer = MapTransfer::tanh, .slope = 5});
  CHECK(chaos.verdict == MapVerdict::chaos);
  CHECK_THAT(chaos.lyapunov, Catch::Matchers::WithinAbs(0.32, 0.03));
  // Two starts that differ by a billionth part ways.
  const auto other =
      wild.run(std::vector<double>{0.3 + 1e-9, 0.1, 0.2, -0.5}, {.transfer = MapTransfer::tanh, .slope = 5});
  CHECK(std::abs(chaos.trajectory[4 * 200] - other.trajectory[4 * 200]) > 1e-3);
}

TEST_CASE("a clamped concept stays and the rest follows", "[cognitive]") {
  const CognitiveMap map = map_of({"cause", "effect"}, {{0, 1}, {0, 0}});
  const auto run = map.run(std::vector<double>{0, 0}, {.clamps = {{0, 0.75}}});
  CHECK(run.trajectory[0] == 0.75);
  CHECK(run.state[0] == 0.75);
  CHECK_THAT(run.state[1], Catch::Matchers::WithinAbs(1 / (1 + std::exp(-0.75)), 1e-12));
}

TEST_CASE("learning moves the weights as published", "[cognitive]") {
  const CognitiveMap map = map_of({"a", "b"}, {{0, 0.5}, {-0.4, 0}});
  const std::vector<double> start{0.6, 0.3};
  const linkpin::Desired b{1, 0.0, 1.0};
  const auto step = map.learn(start, std::span(&b, 1), {.rate = 0.1, .decay = 0.9, .tolerance = 1, .most_steps = 1});
  // By hand: w_ba <- .9 * -.4 + .1 * .6 * (.3 - .4 * .6), w_ab <- .9 * .5 + .1 * .3 * (.6 - .5 * .3).
  REQUIRE(step.weights.size() == 2);
  CHECK_THAT(step.weights[0], Catch::Matchers::WithinAbs(-0.3564, 1e-15));
  CHECK_THAT(step.weights[1], Catch::Matchers::WithinAbs(0.4635, 1e-15));
  CHECK_THAT(step.state[1], Catch::Matchers::WithinAbs(1 / (1 + std::exp(-(0.3 + 0.4635 * 0.6))), 1e-15));
  CHECK(step.reached);
  const linkpin::Desired never{1, 2.0, 3.0};
  const auto lost = map.learn(start, std::span(&never, 1));
  CHECK_FALSE(lost.reached);
  CHECK(lost.provenance.warnings.size() == 1);
}

TEST_CASE("maps refuse what is none", "[cognitive]") {
  using Catch::Matchers::ContainsSubstring;
  CHECK_THROWS_WITH(map_of({"a", "a"}, {}), ContainsSubstring("stands twice"));
  CHECK_THROWS_WITH(map_of({"a", ""}, {}), ContainsSubstring("empty"));
  CHECK_THROWS_WITH(map_of({"a", "b"}, {{0, 2}}), ContainsSubstring("a on b"));
  CHECK_THROWS_WITH(map_of({"a", "b"}, {{0, std::nan("")}}), ContainsSubstring("[-1, 1]"));
  const CognitiveMap map = map_of({"a", "b"}, {{0, 1}});
  CHECK_THROWS_WITH(map.run(std::vector<double>{1}), ContainsSubstring("length"));
  CHECK_THROWS_WITH(map.run(std::vector<double>{1, std::nan("")}), ContainsSubstring("finite"));
  CHECK_THROWS_WITH(map.run(std::vector<double>{1, 1}, {.slope = 0}), ContainsSubstring("slope"));
  CHECK_THROWS_WITH(map.run(std::vector<double>{1, 1}, {.clamps = {{2, 1.0}}}), ContainsSubstring("clamp"));
  // A sigmoid gives no -.5 and nothing gives 1.5; the others may be held below 0.
  CHECK_THROWS_WITH(map.run(std::vector<double>{1, 1}, {.clamps = {{0, -0.5}}}), ContainsSubstring("0 to 1"));
  CHECK_THROWS_WITH(map.run(std::vector<double>{1, 1}, {.clamps = {{0, 1.5}}}), ContainsSubstring("clamp = 1.5"));
  CHECK_NOTHROW(map.run(std::vector<double>{1, 1}, {.transfer = MapTransfer::trivalent, .clamps = {{0, -1.0}}}));
  CHECK_THROWS_WITH(map.learn(std::vector<double>{1, 1}, {}), ContainsSubstring("outputs"));
  const CognitiveMap empty = map_of({}, {});
  CHECK(empty.run({}).verdict == MapVerdict::fixed_point);
}
