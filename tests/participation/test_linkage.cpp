#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <functional>
#include <linkpin/core/random.hpp>
#include <linkpin/participation/linkage.hpp>
#include <map>
#include <set>

#include "support/claims.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Ecosystem;
using linkpin::Frame;
using linkpin::linkage;
using support::Claims;

namespace {

double number(const Frame& frame, std::string_view column, std::size_t row) { return frame.find(column)->number(row); }
std::string word(const Frame& frame, std::string_view column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}

// All simple ways between two vertices, by trying every one.
void every_way(const std::vector<std::set<int>>& tied, std::vector<int>& way, int goal,
               const std::function<void(const std::vector<int>&)>& found) {
  if (way.back() == goal) {
    found(way);
    return;
  }
  for (const int next : tied[static_cast<std::size_t>(way.back())]) {
    if (std::find(way.begin(), way.end(), next) != way.end()) continue;
    way.push_back(next);
    every_way(tied, way, goal, found);
    way.pop_back();
  }
}

// The most of these sets, no two of which share a member: by trying.
std::size_t most_apart(const std::vector<std::set<int>>& inner, std::size_t from, const std::set<int>& taken) {
  std::size_t best = 0;
  for (std::size_t i = from; i < inner.size(); ++i) {
    const bool free = std::none_of(inner[i].begin(), inner[i].end(), [&](int v) { return taken.contains(v); });
    if (!free) continue;
    std::set<int> more = taken;
    more.insert(inner[i].begin(), inner[i].end());
    best = std::max(best, 1 + most_apart(inner, i + 1, more));
  }
  return best;
}

}  // namespace

TEST_CASE("the person who sits in both rooms carries the link") {
  Claims c;
  for (const char* id : {"forum", "group"}) c.entity(id, "board");
  c.entity("board", "board");
  c.entity("alone", "board");
  for (const char* id : {"forum", "group", "alone"}) c.say("setting", id, "grassroots");
  c.say("setting", "board", "strategic");
  for (const char* id : {"ann", "bea"}) c.entity(id, "person");
  c.tie("ann", "forum", "takes_part_in");
  c.tie("ann", "board", "member_of");
  c.tie("bea", "group", "takes_part_in");
  c.tie("bea", "forum", "takes_part_in");
  c.tie("bea", "alone", "trusts");  // no tie that a way may take
  const auto l = linkage(c.ecosystem());
  REQUIRE_THAT(l.linked, WithinAbs(2.0 / 3, 1e-15));
  REQUIRE(l.pairs.rows() == 3);
  REQUIRE(number(l.pairs, "steps", 0) == 2);
  REQUIRE(number(l.pairs, "steps", 1) == 4);
  REQUIRE(l.pairs.find("steps")->missing(2));
  REQUIRE(l.median_steps == 3);
  REQUIRE(word(l.carriers, "id", 0) == "ann");
  REQUIRE(number(l.carriers, "share", 0) == 1);
  REQUIRE(number(l.carriers, "cut_off", 0) == 2);
  REQUIRE(word(l.carriers, "id", 1) == "bea");
  REQUIRE(number(l.carriers, "cut_off", 1) == 1);
  REQUIRE(l.independent == 1);
  REQUIRE_THAT(l.provenance.warnings.at(0), ContainsSubstring("1 of 3"));
}

TEST_CASE("settings come from ties too; a body that is both is no pair; others are refused") {
  Claims c;
  for (const char* id : {"x", "y", "z"}) c.entity(id, "event");
  c.entity("ann", "person");
  for (const auto& [what, setting] : std::vector<std::pair<const char*, const char*>>{
           {"x", "grassroots"}, {"y", "strategic"}, {"z", "grassroots|strategic"}}) {
    c.tie("ann", what, "takes_part_in");
    c.text("setting", setting);
  }
  const auto l = linkage(c.ecosystem());
  REQUIRE(l.both.size() == 1);
  REQUIRE(l.pairs.rows() == 1);
  REQUIRE(l.linked == 1);
  c.say("setting", "y", "middle");
  REQUIRE_THROWS_WITH(linkage(c.ecosystem()), ContainsSubstring("strategic or grassroots"));
  REQUIRE(std::isnan(linkage(Ecosystem()).linked));
  REQUIRE(linkage(Ecosystem()).independent == 0);
}

TEST_CASE("shares, losses and independent ways are those of trying every way, on random maps") {
  linkpin::Stream random(2026, "linkage");
  for (int round = 0; round < 150; ++round) {
    const int n = 4 + static_cast<int>(random.below(4));
    Claims c;
    std::vector<std::set<int>> tied(static_cast<std::size_t>(n));
    std::vector<int> low, high;
    for (int v = 0; v < n; ++v) {
      c.entity("v" + std::to_string(v), "board");
      const auto side = v == 0 ? 0U : v == 1 ? 1U : random.below(5);
      if (side < 2) c.say("setting", "v" + std::to_string(v), side == 0 ? "grassroots" : "strategic");
      if (side == 0) low.push_back(v);
      if (side == 1) high.push_back(v);
    }
    for (int u = 0; u < n; ++u) {
      for (int v = 0; v < u; ++v) {
        if (random.below(100) >= 40) continue;
        c.tie("v" + std::to_string(u), "v" + std::to_string(v), "member_of");
        tied[static_cast<std::size_t>(u)].insert(v);
        tied[static_cast<std::size_t>(v)].insert(u);
      }
    }
    std::map<int, double> share;
    std::map<int, int> lost;
    int linked = 0;
    std::vector<std::set<int>> inner;  // of each way that passes no end: who is in between
    std::size_t direct = 0;
    for (const int s : low) {
      for (const int t : high) {
        std::vector<std::vector<int>> ways;
        std::vector<int> way = {s};
        every_way(tied, way, t, [&](const std::vector<int>& found) { ways.push_back(found); });
        if (ways.empty()) continue;
        ++linked;
        std::size_t shortest = ways[0].size();
        for (const auto& w : ways) shortest = std::min(shortest, w.size());
        double number_of_shortest = 0;
        for (const auto& w : ways) number_of_shortest += w.size() == shortest ? 1 : 0;
        for (int v = 0; v < n; ++v) {
          if (std::count(low.begin(), low.end(), v) + std::count(high.begin(), high.end(), v) > 0) continue;
          bool always = true;
          for (const auto& w : ways) {
            const bool on = std::find(w.begin(), w.end(), v) != w.end();
            always = always && on;
            if (on && w.size() == shortest) share[v] += 1 / number_of_shortest;
          }
          lost[v] += always ? 1 : 0;
        }
        for (const auto& w : ways) {
          std::set<int> between(w.begin() + 1, w.end() - 1);
          const bool passes_end = std::any_of(between.begin(), between.end(), [&](int v) {
            return std::count(low.begin(), low.end(), v) + std::count(high.begin(), high.end(), v) > 0;
          });
          if (passes_end) continue;
          if (between.empty()) {
            ++direct;
          } else {
            inner.push_back(between);
          }
        }
      }
    }
    const auto l = linkage(c.ecosystem());
    REQUIRE_THAT(l.linked, WithinAbs(linked / static_cast<double>(low.size() * high.size()), 1e-12));
    for (std::size_t row = 0; row < l.carriers.rows(); ++row) {
      const int v = std::stoi(word(l.carriers, "id", row).substr(1));
      REQUIRE_THAT(number(l.carriers, "share", row), WithinAbs(share[v] / linked, 1e-12));
      REQUIRE(number(l.carriers, "cut_off", row) == lost[v]);
    }
    std::size_t carriers = 0;
    for (const auto& one : share) carriers += one.second > 0 ? 1 : 0;
    REQUIRE(l.carriers.rows() == carriers);
    // Inner sets of size one are enough for most; a way that shares nobody takes one whole set.
    std::sort(inner.begin(), inner.end());
    inner.erase(std::unique(inner.begin(), inner.end()), inner.end());
    REQUIRE(static_cast<std::size_t>(l.independent) == direct + most_apart(inner, 0, {}));
  }
}
