// Reach: a hand-made example, and breadth-first walks one by one on random networks.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/influence/knowledge.hpp>
#include <linkpin/influence/reach.hpp>
#include <memory>
#include <numeric>
#include <set>
#include <vector>

#include "support/graphs.hpp"

using Catch::Matchers::WithinAbs;
using linkpin::Flow;
using linkpin::index_t;
using linkpin::Network;
using linkpin::Reach;

namespace {

std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

linkpin::Column texts(const std::vector<std::optional<std::string>>& cells) { return linkpin::text_column(cells); }

// Evidence 0 -> paper 1 -> policies 2 (government), 3 (think tank, the same document as 2) and 4, which cites 3.
Network example() {
  linkpin::NetworkParts p;
  p.n = 6;
  p.source = {0, 1, 1, 3, 0};
  p.target = {1, 2, 3, 4, 5};
  p.vertices.set("kind", texts({"evidence", "evidence", "policy", "policy", "policy", "policy"}));
  p.vertices.set("label", texts({"a", "b", "Rest, at home!", "rest at home", "Law", "Leaflet"}));
  p.vertices.set("source_type", texts({{}, {}, "government", "think tank", "government", "government"}));
  p.vertices.set("evidence_type", texts({{}, "working paper", {}, {}, {}, {}}));
  const auto year = linkpin::date_of_year(2015);
  p.vertices.set("date",
                 linkpin::Column(std::vector<linkpin::Date>{year, year, year, year, linkpin::date_of_year(2018), year},
                                 {0, 0, 0, 0, 0, 1}));
  return Network(std::move(p));
}

}  // namespace

TEST_CASE("reach of a hand-made example", "[reach]") {
  const Network net = example();
  const std::vector<index_t> from{0};
  const Reach whole = linkpin::reach(net, from);
  CHECK(whole.targets == 3);
  CHECK(whole.reached == std::vector<std::int64_t>{3});
  CHECK_THAT(whole.attenuated[0], WithinAbs(1 + 0.5 + 0.25, 1e-15));
  CHECK(whole.nearest == std::vector<index_t>{1});
  CHECK(whole.years == std::vector<int>{2015, 2018});
  CHECK(whole.by_year == std::vector<std::int64_t>{1, 2});
  CHECK(whole.undated == 1);
  auto together = [&](linkpin::ReachDefinition d) { return linkpin::reach(net, from, {}, {.definition = d}).together; };
  CHECK(together({.deduplicate = false}) == 4);
  CHECK(together({.steps = 1}) == 1);
  CHECK(together({.steps = 2}) == 2);
  CHECK(together({.working_papers = false}) == 1);
  CHECK(together({.source_types = {"think tank"}}) == 1);
  CHECK(together({.source_types = {"government"}, .steps = 2, .deduplicate = false}) == 2);
  const linkpin::ReachSensitivity all = linkpin::reach_sensitivity(net, from);
  CHECK(all.together.size() == 3 * 3 * 2 * 2);
  CHECK(*std::max_element(all.together.begin(), all.together.end()) == 4);
  CHECK(*std::min_element(all.together.begin(), all.together.end()) == 0);
}

TEST_CASE("reach is that of walks one by one", "[reach]") {
  for (std::uint64_t number = 0; number < 300; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number, number % 10 == 0 ? 90 : 12);
    if (net.n() == 0) continue;
    std::vector<index_t> sources(at(net.n()));
    std::iota(sources.begin(), sources.end(), 0);
    const std::vector<index_t> targets(sources.begin(), sources.begin() + (net.n() + 1) / 2);
    const Flow flow = number % 2 == 0 ? Flow::forward : Flow::backward;
    const auto most = static_cast<index_t>(number % 4);
    const Reach got =
        linkpin::reach(net, sources, targets, {.definition = {.steps = most}, .attenuation = 0.3, .flow = flow});
    std::set<index_t> together;
    for (const index_t s : sources) {
      std::vector<index_t> steps(at(net.n()), -1), queue{s};
      steps[at(s)] = 0;
      double attenuated = 0;
      std::int64_t reached = 0;
      for (std::size_t i = 0; i < queue.size(); ++i) {
        const index_t v = queue[i];
        if (i > 0 && v < static_cast<index_t>(targets.size())) {
          ++reached;
          attenuated += std::pow(0.3, steps[at(v)] - 1);
          together.insert(v);
        }
        if (most > 0 && steps[at(v)] == most) continue;
        const auto rows = flow == Flow::forward ? net.out() : net.in();
        for (const index_t u : rows.of(v)) {
          if (steps[at(u)] >= 0) continue;
          steps[at(u)] = steps[at(v)] + 1;
          queue.push_back(u);
        }
      }
      CHECK(got.reached[at(s)] == reached);
      CHECK_THAT(got.attenuated[at(s)], WithinAbs(attenuated, 1e-12));
    }
    CHECK(got.together == static_cast<std::int64_t>(together.size()));
  }
}

TEST_CASE("knowledge runs as each kind says", "[reach]") {
  linkpin::EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (const char* id : {"trial", "guideline", "law", "ann"}) ids->intern(id);
  p.ids = ids;
  p.entities.resize(4);
  p.from = {1, 1, 3, 3};
  p.to = {0, 2, 0, 1};
  p.ties.set("kind", texts({"cites", "informs", "produces", "trusts"}));
  const linkpin::Ecosystem eco(std::move(p));
  CHECK(linkpin::knowledge_kinds(eco) == std::vector<std::string>{"cites", "informs", "produces"});
  const Network net = linkpin::knowledge_network(eco);
  CHECK(net.m() == 3);
  CHECK(net.sources()[0] == 0);  // the trial informs the guideline that cites it
  CHECK(net.targets()[0] == 1);
  const std::vector<index_t> ann{3};
  const std::vector<index_t> law{2};
  CHECK(linkpin::reach(net, ann, law).nearest[0] == 3);
  CHECK(linkpin::knowledge_network(eco, {.kinds = {"trusts"}}).m() == 1);
  CHECK_THROWS_AS(linkpin::knowledge_network(eco, {.kinds = {"funds"}}), linkpin::InputError);
}

TEST_CASE("reach refuses what it cannot serve", "[reach]") {
  const Network net = support::network(2, {0}, {1});
  const std::vector<index_t> one{0};
  CHECK_THROWS_AS(linkpin::reach(net, one), linkpin::InputError);  // no kind, no targets
  CHECK_THROWS_AS(linkpin::reach(net, {}, one), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::reach(net, one, one, {.attenuation = 1.5}), linkpin::InputError);
  CHECK(linkpin::reach(net, one, one).together == 0);  // no target of its own
}
