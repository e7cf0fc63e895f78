#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/participation/participation.hpp>
#include <map>

#include "support/claims.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Ecosystem;
using linkpin::Frame;
using linkpin::participation;
using support::Claims;

namespace {

std::string word(const Frame& frame, std::string_view column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}
double number(const Frame& frame, std::string_view column, std::size_t row) { return frame.find(column)->number(row); }

// The row whose named columns have these texts; an empty text is a missing one.
std::size_t row_of(const Frame& frame, const std::map<std::string, std::string>& wanted) {
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    bool same = true;
    for (const auto& [column, text] : wanted) same = same && word(frame, column, row) == text;
    if (same) return row;
  }
  FAIL("there is no such row");
  return 0;
}

void takes_part(Claims& c, const char* who, const char* what, const char* capacity,
                const std::map<std::string, std::string>& more = {}) {
  c.tie(who, what, "takes_part_in");
  if (*capacity != 0) c.text("capacity", capacity);
  for (const auto& [column, text] : more) c.text(column, text);
}

Claims forum() {
  Claims c;
  for (const char* id : {"ann", "bea", "cem", "dan"}) c.entity(id, "person");
  c.entity("forum", "event");
  takes_part(c, "ann", "forum", "carer", {{"level", "consult"}, {"scale", "iap2"}, {"stage", "priority setting"}});
  takes_part(c, "bea", "forum", "carer|researcher", {{"level", "3"}, {"scale", "iap2"}, {"stage", "design|analysis"}});
  takes_part(c, "cem", "forum", "researcher", {{"level", "empower"}, {"scale", "IAP2"}, {"stage", "design"}});
  takes_part(c, "dan", "forum", "", {{"level", "partnership"}, {"scale", "arnstein"}, {"mode", "online"}});
  return c;
}

}  // namespace

TEST_CASE("a participation in two capacities counts in both, and shares divide it") {
  const auto p = participation(forum().ecosystem());
  REQUIRE(p.groups.rows() == 3);
  REQUIRE(p.groups.find("group")->missing(0));
  REQUIRE(number(p.groups, "participations", 0) == 4);
  const std::size_t carers = row_of(p.groups, {{"group", "carer"}});
  REQUIRE(number(p.groups, "participations", carers) == 2);
  REQUIRE(number(p.groups, "share", carers) == 0.5);  // 1 and a half of 3
  REQUIRE_THAT(p.provenance.warnings.at(0), ContainsSubstring("1 of 4"));
}

TEST_CASE("stages keep the order of research, and a participation at two stages counts at both") {
  const auto p = participation(forum().ecosystem());
  REQUIRE(word(p.stages, "stage", 0) == "priority setting");
  REQUIRE(word(p.stages, "stage", 1) == "design");
  REQUIRE(word(p.stages, "stage", 2) == "analysis");
  REQUIRE(number(p.stages, "participations", 1) == 2);
  REQUIRE(number(p.stages, "share", 1) == 0.5);  // a half and 1 of 3
}

TEST_CASE("levels are a distribution and a median level; the crosswalk joins scales with its bounds") {
  const auto p = participation(forum().ecosystem());
  const std::size_t all = row_of(p.medians, {{"group", ""}, {"scale", "iap2"}});
  REQUIRE(word(p.medians, "median_low", all) == "involve");
  REQUIRE(word(p.medians, "low", all) == "inform");  // three answers bound nothing
  REQUIRE(word(p.medians, "high", all) == "empower");
  // consult, involve, empower and Arnstein's partnership: two of four share in deciding.
  const std::size_t together = row_of(p.reached, {{"group", ""}, {"scale", ""}});
  REQUIRE(number(p.reached, "participations", together) == 4);
  REQUIRE(number(p.reached, "surely", together) == 2);
  Claims open = forum();
  takes_part(open, "ann", "forum", "carer", {{"level", "direct involvement"}, {"scale", "scie"}});
  const auto wider = participation(open.ecosystem());
  const std::size_t again = row_of(wider.reached, {{"group", ""}, {"scale", ""}});
  REQUIRE(number(wider.reached, "surely", again) == 2);
  REQUIRE(number(wider.reached, "possibly", again) == 3);
  REQUIRE(number(wider.reached, "bound_high", again) == 0.6);
  REQUIRE_THAT(wider.provenance.warnings.back(), ContainsSubstring("too narrow"));
}

TEST_CASE("every ordinal level stays ordinal: the tables hold no number made of levels") {
  const auto p = participation(forum().ecosystem());
  for (std::size_t i = 0; i < p.medians.width(); ++i) {
    if (p.medians.name(i) == "participations") continue;
    REQUIRE(p.medians.at(i).is_text());
  }
  for (std::size_t i = 0; i < p.levels.width(); ++i) REQUIRE(p.levels.name(i).find("mean") == std::string::npos);
  // Renaming the scale's distances away: what is said of answers at levels 1, 4, 5 is said of 1, 2, 3 as well.
  Claims low, high;
  for (Claims* c : {&low, &high}) {
    for (const char* id : {"a", "b", "c", "d", "e", "e1"}) c->entity(id, "person");
  }
  const std::vector<const char*> near = {"1", "1", "2", "2", "3"};
  const std::vector<const char*> far = {"1", "1", "4", "4", "5"};
  for (std::size_t i = 0; i < near.size(); ++i) {
    const std::string who(1, static_cast<char>('a' + i));
    takes_part(low, who.c_str(), "e1", "carer", {{"level", near[i]}, {"scale", "iap2"}});
    takes_part(high, who.c_str(), "e1", "carer", {{"level", far[i]}, {"scale", "iap2"}});
  }
  REQUIRE(word(participation(low.ecosystem()).medians, "median_low", 0) == "consult");
  REQUIRE(word(participation(high.ecosystem()).medians, "median_low", 0) == "collaborate");
}

TEST_CASE("shares add to one over groups, stages and levels, on 1,000 random inputs") {
  const std::vector<const char*> capacities = {"carer", "researcher", "carer|researcher", "funder|carer|council", ""};
  const std::vector<const char*> stages = {"design", "analysis|design", "funding", ""};
  const std::vector<const char*> levels = {"1", "2", "3", "4", "5", ""};
  linkpin::Stream random(2026, "participation");
  for (int round = 0; round < 1000; ++round) {
    Claims c;
    c.entity("what", "event");
    const std::uint32_t ties = random.below(9);
    for (std::uint32_t i = 0; i < ties; ++i) {
      const std::string who = "p" + std::to_string(random.below(4));
      c.entity(who, "person");
      takes_part(c, who.c_str(), "what", capacities[random.below(5)]);
      if (const char* stage = stages[random.below(4)]; *stage != 0) c.text("stage", stage);
      if (const char* level = levels[random.below(6)]; *level != 0) {
        c.text("level", level);
        c.text("scale", random.below(2) == 0 ? "iap2" : "rest");
      }
      if (random.below(2) == 0) c.number("count", random.below(30));
    }
    const auto p = participation(c.ecosystem());
    double groups = 0;
    std::map<std::string, double> by_stage, by_level;
    for (std::size_t row = 1; row < p.groups.rows(); ++row) groups += number(p.groups, "share", row);
    if (p.groups.rows() > 1) REQUIRE_THAT(groups, WithinAbs(1.0, 1e-12));
    for (std::size_t row = 0; row < p.stages.rows(); ++row) {
      by_stage[word(p.stages, "group", row)] += number(p.stages, "share", row);
    }
    for (std::size_t row = 0; row < p.levels.rows(); ++row) {
      by_level[word(p.levels, "group", row) + word(p.levels, "scale", row)] += number(p.levels, "share", row);
    }
    for (const auto& sums : {by_stage, by_level}) {
      for (const auto& one : sums) REQUIRE_THAT(one.second, WithinAbs(1.0, 1e-12));
    }
  }
}

TEST_CASE("groups come from an entity column too; unknown columns, levels and counts are refused") {
  Claims c = forum();
  c.say("sector", "ann", "community");
  c.say("sector", "bea", "university");
  REQUIRE(participation(c.ecosystem(), {.by = "sector"}).groups.rows() == 3);
  REQUIRE_THROWS_WITH(participation(c.ecosystem(), {.by = "tribe"}), ContainsSubstring("capacity, kind, sector"));
  REQUIRE_THROWS_WITH(participation(c.ecosystem(), {.at_or_above = "much"}), ContainsSubstring("inform, consult"));
  takes_part(c, "ann", "forum", "carer", {{"level", "sixth"}, {"scale", "iap2"}});
  REQUIRE_THROWS_WITH(participation(c.ecosystem()), ContainsSubstring("level = sixth"));
  Claims halves = forum();
  halves.number("count", 1.5);
  REQUIRE_THROWS_WITH(participation(halves.ecosystem()), ContainsSubstring("whole number"));
  REQUIRE(participation(Ecosystem()).groups.rows() == 1);
  REQUIRE_THAT(participation(Ecosystem()).provenance.warnings.at(0), ContainsSubstring("nobody"));
}

TEST_CASE("support is offered, wanted, taken and declined, each for its own; reasons keep their words") {
  Claims c;
  for (const char* id : {"ann", "bea", "cem"}) c.entity(id, "person");
  takes_part(c, "ann", "forum", "carer",
             {{"support_offered", "payment|respite"},
              {"support_taken", "respite"},
              {"support_declined", "payment"},
              {"declined_because", "benefits rules"}});
  takes_part(c, "bea", "forum", "carer", {{"support_wanted", "childcare"}, {"support_offered", "payment"}});
  takes_part(c, "cem", "forum", "researcher", {{"support_taken", "travel"}});
  const auto s = linkpin::support(c.ecosystem());
  const std::size_t payment = row_of(s.table, {{"group", "carer"}, {"support", "payment"}});
  REQUIRE(number(s.table, "offered", payment) == 2);
  REQUIRE(number(s.table, "taken", payment) == 0);
  REQUIRE(number(s.table, "declined", payment) == 1);
  REQUIRE(number(s.table, "share", payment) == 0);
  const std::size_t childcare = row_of(s.table, {{"group", ""}, {"support", "childcare"}});
  REQUIRE(number(s.table, "unmet", childcare) == 1);
  REQUIRE(std::isnan(number(s.table, "share", childcare)));
  REQUIRE(number(s.table, "offered", row_of(s.table, {{"group", ""}, {"support", "travel"}})) == 1);
  REQUIRE(s.reasons.rows() == 1);
  REQUIRE(word(s.reasons, "support", 0) == "payment");
  REQUIRE(word(s.reasons, "reason", 0) == "benefits rules");
  REQUIRE(linkpin::support(Ecosystem()).table.rows() == 0);
}
