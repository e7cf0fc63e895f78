#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/participation/deciding.hpp>
#include <numeric>

#include "support/claims.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::all_the_way_through;
using linkpin::consulted_not_deciding;
using linkpin::Ecosystem;
using linkpin::Frame;
using support::Claims;

namespace {

double number(const Frame& frame, std::string_view column, std::size_t row) { return frame.find(column)->number(row); }

// Six people: three carers who are consulted, three researchers of whom two decide.
Claims board() {
  Claims c;
  const std::vector<std::pair<const char*, const char*>> people = {
      {"a", "carer"}, {"b", "carer"}, {"c", "carer"}, {"d", "researcher"}, {"e", "researcher"}, {"f", "researcher"}};
  for (const auto& [who, capacity] : people) {
    c.entity(who, "person");
    c.tie(who, "event", "takes_part_in");
    c.text("capacity", capacity);
    c.text("scale", "iap2");
    c.text("level", who[0] == 'd' || who[0] == 'e' ? "empower" : "consult");
  }
  return c;
}

}  // namespace

TEST_CASE("a group's share of decisions against its share of attendance") {
  const auto d = consulted_not_deciding(board().ecosystem(), {.permutations = 4999, .seed = 7});
  REQUIRE(d.decisions_from == "level");
  REQUIRE(d.table.find("group")->view(0) == "carer");
  REQUIRE(number(d.table, "attendance_share", 0) == 0.5);
  REQUIRE(number(d.table, "decision_share", 0) == 0);
  REQUIRE(number(d.table, "ratio", 1) == 2);
  // Two deciders fall on researchers alone in C(3,2) of C(6,2) = 3 of 15 ways; two-sided 0.4.
  REQUIRE_THAT(number(d.table, "p_less", 0), WithinAbs(0.2, 0.02));
  REQUIRE_THAT(number(d.table, "p", 0), WithinAbs(0.4, 0.04));
  REQUIRE_THAT(number(d.table, "p_error", 0), WithinAbs(std::sqrt(0.4 * 0.6 / 5000), 0.001));
  REQUIRE(d.provenance.seed == 7U);
}

TEST_CASE("the same numbers on any number of threads") {
  const Ecosystem eco = board().ecosystem();
  const auto one = consulted_not_deciding(eco, {.permutations = 20000, .seed = 1, .run = {.threads = 1}});
  const auto many = consulted_not_deciding(eco, {.permutations = 20000, .seed = 1, .run = {.threads = 4}});
  REQUIRE(one.table == many.table);
}

TEST_CASE("ties of kind decides go before levels, and who decides without attending is counted") {
  Claims c = board();
  c.entity("g", "person");
  c.say("roles", "g", "council");
  c.tie("g", "decision", "decides");
  c.tie("a", "decision", "decides");
  const auto d = consulted_not_deciding(c.ecosystem(), {.permutations = 0});
  REQUIRE(d.decisions_from == "decides");
  REQUIRE(d.table.rows() == 3);
  REQUIRE(number(d.table, "decision_share", 0) == 0.5);
  REQUIRE(number(d.table, "attendance", 1) == 0);
  REQUIRE(std::isnan(number(d.table, "ratio", 1)));
  REQUIRE(std::isnan(number(d.table, "p", 0)));
}

TEST_CASE("shares of attendance and of decisions add to one where people belong to two groups") {
  Claims c = board();
  c.tie("a", "event", "takes_part_in");
  c.text("capacity", "researcher");
  c.text("scale", "iap2");
  c.text("level", "empower");
  const auto d = consulted_not_deciding(c.ecosystem(), {.permutations = 9});
  REQUIRE_THAT(number(d.table, "attendance_share", 0) + number(d.table, "attendance_share", 1), WithinAbs(1, 1e-12));
  REQUIRE_THAT(number(d.table, "decision_share", 0) + number(d.table, "decision_share", 1), WithinAbs(1, 1e-12));
  REQUIRE(number(d.table, "people", 0) + number(d.table, "people", 1) == 7);
}

TEST_CASE("nothing decided is undefined, and says so") {
  Claims c;
  c.entity("a", "person");
  c.tie("a", "event", "takes_part_in");
  c.text("capacity", "carer");
  const auto d = consulted_not_deciding(c.ecosystem());
  REQUIRE(std::isnan(number(d.table, "decision_share", 0)));
  REQUIRE_THAT(d.provenance.warnings.back(), ContainsSubstring("undefined"));
  REQUIRE(consulted_not_deciding(Ecosystem()).table.rows() == 0);
  REQUIRE_THROWS_WITH(consulted_not_deciding(c.ecosystem(), {.permutations = -1}), ContainsSubstring("permutations"));
}

TEST_CASE("all the way through counts those who shaped the question and are still there") {
  Claims c;
  c.entity("project", "project");
  c.entity("workshop", "event");
  c.entity("other", "project");
  c.tie("workshop", "project", "member_of");
  auto part = [&c](const char* who, const char* what, const char* stage) {
    c.entity(who, "person");
    c.tie(who, what, "takes_part_in");
    c.text("stage", stage);
    c.text("capacity", who[0] == 'r' ? "researcher" : "carer");
  };
  part("carer1", "workshop", "priority setting");  // of the project, by its workshop
  part("carer1", "project", "analysis");
  part("carer2", "project", "design");
  part("carer2", "other", "analysis");  // another project does not count
  part("researcher", "project", "design|analysis|dissemination|implementation");
  part("carer3", "project", "analysis");  // did not shape it
  const auto t = all_the_way_through(c.ecosystem());
  REQUIRE(t.table.rows() == 12);  // everybody and two groups, three stages and all of them
  REQUIRE(number(t.table, "shaped", 0) == 3);
  REQUIRE(number(t.table, "still_there", 0) == 2);  // analysis
  REQUIRE(number(t.table, "still_there", 1) == 1);  // dissemination
  REQUIRE(t.table.find("stage")->missing(3));
  REQUIRE(number(t.table, "still_there", 3) == 1);  // to the end
  REQUIRE(t.table.find("group")->view(4) == "carer");
  REQUIRE(number(t.table, "shaped", 4) == 2);
  REQUIRE(number(t.table, "still_there", 4) == 1);
  REQUIRE(number(t.table, "share", 4) == 0.5);
}

TEST_CASE("memberships in a circle end, and nobody who shaped anything is undefined") {
  Claims c;
  for (const char* id : {"x", "y"}) c.entity(id, "event");
  c.entity("a", "person");
  c.tie("x", "y", "member_of");
  c.tie("y", "x", "member_of");
  c.tie("a", "x", "takes_part_in");
  const auto t = all_the_way_through(c.ecosystem());
  REQUIRE(number(t.table, "shaped", 0) == 0);
  REQUIRE(std::isnan(number(t.table, "share", 0)));
  REQUIRE_THAT(t.provenance.warnings.back(), ContainsSubstring("stage"));
}

TEST_CASE(
    "tables drawn with the same margins are shuffles: the exact chance, with many who do alike and a few who do not") {
  // 12 carers of whom 1 decides, 8 researchers of whom 6 do: P(X <= 1) for X hypergeometric, 12 good of 20, 7 drawn:
  // [C(12,0) C(8,7) + C(12,1) C(8,6)] / C(20,7) = (8 + 336) / 77520.
  Claims c;
  for (int i = 0; i < 20; ++i) {
    const std::string who = "p" + std::to_string(i);
    c.entity(who.c_str(), "person");
    c.tie(who.c_str(), "event", "takes_part_in");
    c.text("capacity", i < 12 ? "carer" : "researcher");
    c.text("scale", "iap2");
    c.text("level", i == 0 || i >= 14 ? "empower" : "consult");
  }
  const auto d = consulted_not_deciding(c.ecosystem(), {.permutations = 99999, .seed = 3});
  REQUIRE_THAT(number(d.table, "p_less", 0), WithinAbs(344.0 / 77520.0, 0.0008));
  REQUIRE_THAT(number(d.table, "p_greater", 1), WithinAbs(344.0 / 77520.0, 0.0008));
}

TEST_CASE("stages are one however they are spelled, and unknown ones are named") {
  Claims c;
  for (const char* stage : {"Priority-setting", "ANALYSIS", "dissemination", "Implementation_"}) {
    c.tie("a", "project", "takes_part_in");
    c.text("stage", stage);
  }
  const auto t = all_the_way_through(c.ecosystem(), {.shaping = {"Priority_Setting"}});
  REQUIRE(number(t.table, "shaped", 0) == 1);
  REQUIRE(number(t.table, "still_there", t.table.rows() - 1) == 1);
  Claims other;
  other.tie("a", "project", "takes_part_in");
  other.text("stage", "fieldwork");
  REQUIRE_THAT(all_the_way_through(other.ecosystem()).provenance.warnings.back(), ContainsSubstring("fieldwork"));
}
