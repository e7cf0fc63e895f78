// The ladder of utilisation and payback, counted by hand.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/influence/use.hpp>
#include <vector>

#include "support/claims.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Ecosystem;
using linkpin::EvidenceTables;

namespace {

// Eight uses of paper p by council c and trust t; a citation points from the one who uses it.
Ecosystem uses() {
  support::Claims said;
  said.entity("p", "evidence");
  said.entity("c", "policy");
  said.entity("t", "policy");
  said.entity("x", "outcome");
  said.say("sector", "p", "university");
  said.say("sector", "c", "council");
  said.say("sector", "t", "nhs");
  said.say("payback", "p", "knowledge");
  said.say("payback", "c", "policy and product");
  said.say("payback", "t", "policy and product|sector");
  auto use = [&said](const char* from, const char* to, const char* kind, const char* rung, const char* how) {
    said.tie(from, to, kind);
    if (rung[0] != 0) said.text("rung", rung);
    if (how[0] != 0) said.text("use", how);
  };
  use("p", "c", "informs", "transmission", "symbolic");
  use("p", "c", "informs", "application", "instrumental");
  use("p", "c", "informs", "reference", "");
  use("p", "t", "informs", "cognition", "instrumental");
  use("p", "t", "informs", "application", "");
  use("p", "x", "informs", "wonder", "");
  use("c", "p", "cites", "reference", "hearsay");
  use("p", "t", "informs", "", "");
  return said.ecosystem();
}

const linkpin::Column& column(const linkpin::Frame& frame, const char* name) { return *frame.find(name); }

}  // namespace

TEST_CASE("each rung counts those who came so far, and who went on", "[use]") {
  const EvidenceTables found = linkpin::utilisation(uses());
  const auto& passed = column(found.table, "passed");
  const auto& share = column(found.table, "share");
  // One transmission, one cognition, two references, two applications.
  const std::vector<double> want{6, 5, 4, 2, 2, 2};
  REQUIRE(found.table.rows() == 6);
  for (std::size_t r = 0; r < 6; ++r) CHECK(passed.number(r) == want[r]);
  CHECK(std::isnan(share.number(0)));
  for (std::size_t r = 1; r < 6; ++r) CHECK_THAT(share.number(r), WithinAbs(want[r] / want[r - 1], 1e-15));
  // Wilson's interval of 4 in 5 at 95 %.
  CHECK_THAT(column(found.table, "lower").number(2), WithinAbs(0.3755, 5e-5));
  CHECK_THAT(column(found.table, "upper").number(2), WithinAbs(0.9638, 5e-5));
  // The five usual ways of use first, then what else is said.
  CHECK(column(found.summary, "use").view(0) == "instrumental");
  CHECK(column(found.summary, "ties").number(0) == 2);
  CHECK(column(found.summary, "ties").number(1) == 0);
  CHECK(column(found.summary, "use").view(5) == "hearsay");
  CHECK(column(found.summary, "use").view(6) == "not said");
  CHECK(column(found.summary, "ties").number(6) == 3);
  CHECK_THAT(found.provenance.warnings[0], ContainsSubstring("1 ties have a rung"));
}

TEST_CASE("a ladder for each group of those who use it", "[use]") {
  const EvidenceTables found = linkpin::utilisation(uses(), {.by = "sector"});
  REQUIRE(found.table.rows() == 12);
  CHECK(column(found.table, "group").view(0) == "council");
  CHECK(column(found.table, "passed").number(0) == 4);  // its own citation included
  CHECK(column(found.table, "group").view(6) == "nhs");
  CHECK(column(found.table, "passed").number(6) == 2);
  // All two of the trust came to know of it, one of them went further.
  CHECK(column(found.table, "share").number(7) == 1);
  CHECK(column(found.table, "share").number(8) == 0.5);
}

TEST_CASE("payback counts its five categories, zeros included", "[use]") {
  const EvidenceTables found = linkpin::payback(uses());
  REQUIRE(found.summary.rows() == 5);
  const std::vector<double> want{1, 0, 2, 1, 0};
  for (std::size_t i = 0; i < 5; ++i) CHECK(column(found.summary, "entities").number(i) == want[i]);
  REQUIRE(found.table.rows() == 3);
  CHECK(column(found.table, "kind").view(0) == "evidence");
  CHECK(column(found.table, "entities").number(1) == 2);
}

TEST_CASE("use refuses what says nothing of it", "[use]") {
  const Ecosystem bare;
  CHECK_THROWS_WITH(linkpin::utilisation(bare), ContainsSubstring("rung"));
  CHECK_THROWS_WITH(linkpin::payback(bare), ContainsSubstring("payback"));
  CHECK_THROWS_WITH(linkpin::utilisation(uses(), {.by = "region"}), ContainsSubstring("region"));
  CHECK_THROWS_WITH(linkpin::utilisation(uses(), {.level = 1}), ContainsSubstring("level"));
}
