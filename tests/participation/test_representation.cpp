#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/participation/representation.hpp>
#include <linkpin/statistics/two_shares.hpp>
#include <memory>
#include <numeric>

#include "support/claims.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::absent_groups;
using linkpin::Ecosystem;
using linkpin::fractions;
using linkpin::index_t;
using linkpin::monitoring;
using linkpin::representation;
using support::Claims;

namespace {

double cell(const linkpin::Frame& frame, std::string_view column, std::size_t row) {
  return frame.find(column)->number(row);
}

std::string word(const linkpin::Frame& frame, std::string_view column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}

// The carer question of the two events of October 2023: 5 yes and 21 no on 26 forms, 3 yes and 6 no on 10; around 85
// people at both (NIHR ARC South London, February 2024).
Claims carers(bool attendance = true) {
  Claims c;
  for (const char* id : {"yes", "no", "first", "second", "both"}) c.entity(id, "group");
  c.attribute("monitoring_forms", "first", 26);
  c.attribute("monitoring_forms", "second", 10);
  if (attendance) c.attribute("attendance", "both", 85);
  c.tie("first", "both", "member_of");
  c.tie("second", "both", "member_of");
  const std::vector<std::tuple<const char*, const char*, double>> counts = {
      {"yes", "first", 5}, {"no", "first", 21}, {"yes", "second", 3}, {"no", "second", 6}};
  for (const auto& [answer, event, count] : counts) {
    c.tie(answer, event, "counted_at");
    c.text("characteristic", "Carer?");
    c.text("category", answer);
    c.number("count", count);
  }
  return c;
}

}  // namespace

TEST_CASE("pooled over both events 8 of the 35 who answered are carers, and between 8 and 58 of 85") {
  const auto m = monitoring(carers().ecosystem());
  REQUIRE(m.table.rows() == 6);  // two events and both together, two categories each
  const std::size_t yes = 4;
  REQUIRE(m.table.find("event")->missing(yes));
  REQUIRE(word(m.table, "category", yes) == "yes");
  REQUIRE(cell(m.table, "count", yes) == 8);
  REQUIRE(cell(m.table, "answered", yes) == 35);
  REQUIRE_THAT(cell(m.table, "bound_low", yes), WithinAbs(8.0 / 85, 1e-15));
  REQUIRE_THAT(cell(m.table, "bound_high", yes), WithinAbs(58.0 / 85, 1e-15));
  // scipy.stats.binomtest(8, 35).proportion_ci(method="exact")
  REQUIRE_THAT(cell(m.table, "low", yes), WithinAbs(0.10421043194781524, 1e-10));
  REQUIRE_THAT(cell(m.table, "high", yes), WithinAbs(0.40136325610731466, 1e-10));
  const std::size_t together = 2;
  REQUIRE(cell(m.questions, "forms", together) == 36);
  REQUIRE(cell(m.questions, "left_blank", together) == 1);
  REQUIRE(cell(m.questions, "not_returned", together) == 49);
  REQUIRE(cell(m.questions, "attended", together) == 85);
}

TEST_CASE("no interval of volunteers stands without the bounds beside it") {
  const auto m = monitoring(carers(false).ecosystem());
  for (std::size_t row = 0; row < m.table.rows(); ++row) {
    REQUIRE(std::isnan(cell(m.table, "low", row)) == std::isnan(cell(m.table, "bound_low", row)));
    REQUIRE(std::isnan(cell(m.table, "high", row)) == std::isnan(cell(m.table, "bound_high", row)));
  }
  REQUIRE(std::isnan(cell(m.table, "bound_low", 4)));
  REQUIRE_THAT(m.provenance.warnings.at(0), ContainsSubstring("not known"));
  REQUIRE(cell(monitoring(carers(false).ecosystem(), {.attended = 85}).table, "bound_high", 4) == 58.0 / 85);
}

TEST_CASE("an attendance that covers other events too is not taken for these") {
  Claims c = carers();
  c.entity("third", "event");
  c.tie("third", "both", "member_of");
  REQUIRE(std::isnan(cell(monitoring(c.ecosystem()).table, "bound_low", 4)));
  REQUIRE(cell(monitoring(carers().ecosystem(), {.events = {"second"}}).table, "count", 0) == 3);
  REQUIRE_THROWS_WITH(monitoring(c.ecosystem(), {.events = {"fourth"}}), ContainsSubstring("fourth"));
}

TEST_CASE("three reasons for no answer stay apart") {
  Claims c;
  c.entity("g", "group");
  c.entity("e", "event");
  for (const auto& [answer, count] : std::vector<std::pair<const char*, double>>{
           {"answered", 4}, {"prefer not to say", 3}, {"left blank", 2}, {"not returned", 1}}) {
    c.tie("g", "e", "counted_at");
    c.text("characteristic", "Carer?");
    c.text("category", "yes");
    c.text("answer", answer);
    c.number("count", count);
  }
  const auto m = monitoring(c.ecosystem());
  REQUIRE(cell(m.questions, "answered", 0) == 4);
  REQUIRE(cell(m.questions, "prefer_not_to_say", 0) == 3);
  REQUIRE(cell(m.questions, "left_blank", 0) == 2);
  REQUIRE(cell(m.questions, "not_returned", 0) == 1);
  REQUIRE(cell(m.table, "bound_low", 0) == 0.4);
  REQUIRE(cell(m.table, "bound_high", 0) == 1.0);
  c.tie("g", "e", "counted_at");
  c.text("answer", "unsure");
  c.number("count", 1);
  REQUIRE_THROWS_WITH(monitoring(c.ecosystem()), ContainsSubstring("unsure"));
}

TEST_CASE("representation against a known population is exact, with bounds beside") {
  const auto r = representation({{"yes", "no"}, {8, 27}, {0, 1, 49}}, {{"yes", "no"}, {0.09, 0.91}, false});
  REQUIRE(r.answered == 35);
  REQUIRE_THAT(cell(r.table, "ratio", 0), WithinAbs(8.0 / 35 / 0.09, 1e-12));
  REQUIRE_THAT(cell(r.table, "ratio_low", 0), WithinAbs(0.10421043194781524 / 0.09, 1e-8));
  REQUIRE_THAT(cell(r.table, "ratio_bound_high", 0), WithinAbs(58.0 / 85 / 0.09, 1e-12));
  REQUIRE_THAT(cell(r.table, "difference_high", 0), WithinAbs(0.40136325610731466 - 0.09, 1e-8));
  REQUIRE(r.absent.empty());
}

TEST_CASE("against a sample ratio and difference have score intervals") {
  const auto r = representation({{"yes", "no"}, {36, 4}, {}}, {{"no", "yes"}, {64, 16}, true});
  const auto ratio = linkpin::ratio_interval(36, 40, 16, 80);
  REQUIRE(cell(r.table, "ratio_low", 0) == ratio.low);
  REQUIRE(cell(r.table, "ratio_high", 0) == ratio.high);
  REQUIRE(cell(r.table, "difference_low", 0) == linkpin::difference_interval(36, 40, 16, 80).low);
}

TEST_CASE("categories with nobody are named, and those of one side only are told") {
  const auto r = representation({{"a", "new"}, {3, 2}, {}}, {{"a", "b", "none"}, {50, 50, 0}, false});
  REQUIRE(r.absent == std::vector<std::string>{"b"});
  REQUIRE(r.table.rows() == 4);
  REQUIRE(cell(r.table, "count", 2) == 0);
  REQUIRE(cell(r.table, "low", 2) == 0);
  REQUIRE(std::isnan(cell(r.table, "reference", 1)));
  REQUIRE(std::isnan(cell(r.table, "ratio", 3)));
}

TEST_CASE("shares add to one, and bounds hold every completion of the missing answers, on random counts") {
  linkpin::Stream random(2026, "representation");
  for (int round = 0; round < 1000; ++round) {
    const std::size_t k = 1 + random.below(6);
    linkpin::Participants p;
    linkpin::ReferencePopulation reference;
    for (std::size_t i = 0; i < k; ++i) {
      p.categories.push_back("c" + std::to_string(i));
      p.counts.push_back(random.below(20));
      reference.categories.push_back(p.categories.back());
      reference.values.push_back(1.0 + random.below(1000));
    }
    p.without = {random.below(5), random.below(5), random.below(30)};
    const auto r = representation(p, reference);
    if (r.answered == 0) continue;
    double shares = 0, references = 0;
    for (std::size_t i = 0; i < k; ++i) {
      shares += cell(r.table, "share", i);
      references += cell(r.table, "reference", i);
      REQUIRE(cell(r.table, "bound_low", i) <= cell(r.table, "share", i) + 1e-15);
      REQUIRE(cell(r.table, "bound_high", i) >= cell(r.table, "share", i) - 1e-15);
      const auto there = static_cast<double>(r.answered + p.without.total());
      const double more = static_cast<double>(random.below(static_cast<std::uint32_t>(p.without.total()) + 1));
      const double completed = (static_cast<double>(p.counts[i]) + more) / there;
      REQUIRE(completed >= cell(r.table, "bound_low", i) - 1e-15);
      REQUIRE(completed <= cell(r.table, "bound_high", i) + 1e-15);
    }
    REQUIRE_THAT(shares, WithinAbs(1.0, 1e-12));
    REQUIRE_THAT(references, WithinAbs(1.0, 1e-12));
  }
}

TEST_CASE("bad counts and references are refused") {
  const linkpin::ReferencePopulation half{{"a", "b"}, {1, 1}, false};
  REQUIRE_THROWS_WITH(representation({{"a", "a"}, {1, 1}, {}}, half), ContainsSubstring("stands once"));
  REQUIRE_THROWS_WITH(representation({{"a"}, {-1}, {}}, half), ContainsSubstring("not negative"));
  REQUIRE_THROWS_WITH(representation({{"a"}, {1}, {}}, {{"a"}, {std::nan("")}, false}), ContainsSubstring("finite"));
  REQUIRE_THROWS_WITH(representation({{"a"}, {1}, {}}, {{"a"}, {0}, false}), ContainsSubstring("reference = 0"));
  REQUIRE_THROWS_WITH(representation({{"a"}, {1}, {}}, {{"a"}, {0.5}, true}), ContainsSubstring("sample"));
  REQUIRE_THROWS_WITH(representation({{"a"}, {1}, {0, -1, 0}}, half), ContainsSubstring("without"));
}

TEST_CASE("printed percentages keep the denominators that could have made them") {
  // 13 October: 77 % and 23 % of at most 22 forms. 10 of 13, and 17 of 22 (77.3 and 22.7), among others.
  const auto f = fractions(std::vector<double>{77, 23}, 22);
  REQUIRE(f.denominators == std::vector<std::int64_t>{13, 22});
  REQUIRE(f.numerators == std::vector<std::vector<std::int64_t>>{{10, 3}, {17, 5}});
  // 62 % and 38 %: 5 of 8 is 62.5 and may be printed as 62.
  const auto useful = fractions(std::vector<double>{62, 38}, 22);
  REQUIRE(std::find(useful.denominators.begin(), useful.denominators.end(), 21) != useful.denominators.end());
}

TEST_CASE("fractions are those of trying every pair") {
  for (int percentage = 0; percentage <= 100; percentage += 7) {
    std::vector<std::int64_t> denominators, numerators;
    for (std::int64_t n = 1; n <= 60; ++n) {
      for (std::int64_t k = 0; k <= n; ++k) {
        const double printed = 100.0 * static_cast<double>(k) / static_cast<double>(n);
        if (std::abs(printed - percentage) > 0.5 + 1e-9) continue;
        denominators.push_back(n);
        numerators.push_back(k);
      }
    }
    const auto f = fractions(std::vector<double>{static_cast<double>(percentage)}, 60);
    REQUIRE(f.denominators == denominators);
    for (std::size_t i = 0; i < numerators.size(); ++i) REQUIRE(f.numerators[i][0] == numerators[i]);
  }
  REQUIRE(fractions(std::vector<double>{33.3}, 10, {.decimals = 1}).denominators == std::vector<std::int64_t>{3, 6, 9});
  REQUIRE(fractions(std::vector<double>{1}, 10).denominators.empty());
  REQUIRE_THROWS_WITH(fractions(std::vector<double>{33.3}, 10), ContainsSubstring("decimals"));
  REQUIRE_THROWS_WITH(fractions(std::vector<double>{101}, 10), ContainsSubstring("101"));
  REQUIRE_THROWS_WITH(fractions(std::vector<double>{50}, 0), ContainsSubstring("most"));
}

TEST_CASE("declared groups with nobody in any room are listed") {
  Claims c;
  for (const char* id : {"carers", "young carers", "neonate carers", "counted", "zero"}) c.entity(id, "group");
  c.entity("ann", "person");
  c.entity("event", "event");
  c.tie("carers", "event", "takes_part_in");
  c.tie("ann", "young carers", "member_of");
  c.tie("ann", "event", "takes_part_in");
  c.tie("counted", "event", "counted_at");
  c.number("count", 2);
  c.tie("zero", "event", "counted_at");
  c.number("count", 0);
  REQUIRE(absent_groups(c.ecosystem()).groups == std::vector<index_t>{2});  // "zero" is an answer that nobody gave
  REQUIRE(absent_groups(Ecosystem()).groups.empty());
}

TEST_CASE("a policy for hidden groups is there, is not, or is unknown") {
  Claims c;
  const std::vector<const char*> words = {"has one", "has none", "has none", "unknown", ""};
  for (std::size_t i = 0; i < words.size(); ++i) {
    c.entity("body" + std::to_string(i), "organisation");
    c.say("hidden_group_policy", "body" + std::to_string(i), words[i]);
  }
  const auto p = linkpin::hidden_group_policy(c.ecosystem());
  REQUIRE(p.has_one == 1);
  REQUIRE(p.has_none == 2);
  REQUIRE(p.unknown == 1);
  REQUIRE_THAT(p.share, WithinAbs(1.0 / 3, 1e-15));
  REQUIRE(p.bounds == linkpin::Interval{0.25, 0.5});
  REQUIRE(p.without == std::vector<index_t>{1, 2});
  c.say("hidden_group_policy", "body4", "maybe");
  REQUIRE_THROWS_WITH(linkpin::hidden_group_policy(c.ecosystem()), ContainsSubstring("body4"));
  REQUIRE(std::isnan(linkpin::hidden_group_policy(Ecosystem()).share));
}

TEST_CASE("an answer on a form is no group, and a group on the map is not one that nobody knows of") {
  Claims c;
  for (const char* id : {"alone", "answer", "counted", "funded", "asked"}) c.entity(id, "group");
  c.tie("answer", "event", "counted_at");
  c.number("count", 0);
  c.tie("council", "funded", "funds");
  c.tie("asked", "event", "takes_part_in");  // asked, and nobody came
  c.number("count", 0);
  c.tie("counted", "event", "counted_at");
  c.number("count", 3);
  const Ecosystem eco = c.ecosystem();
  const auto found = absent_groups(eco);
  std::vector<std::string> alone, elsewhere;
  for (const index_t v : found.groups) alone.emplace_back(eco.id(v));
  for (const index_t v : found.elsewhere) elsewhere.emplace_back(eco.id(v));
  REQUIRE(alone == std::vector<std::string>{"alone", "asked"});
  REQUIRE(elsewhere == std::vector<std::string>{"funded"});
}
