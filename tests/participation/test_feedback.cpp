// From what people said to what was done, and whether anybody told them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <functional>
#include <linkpin/core/random.hpp>
#include <linkpin/participation/feedback.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinRel;
using namespace linkpin;

namespace {

using Words = std::optional<std::string>;

struct Thing {
  std::string id;
  std::string kind;
  Words roles = {};
  Words date = {};
  Words result = {};
};

struct Link {
  std::string from, kind, to;
  Words date = {};
};

Ecosystem made(const std::vector<Thing>& things, const std::vector<Link>& links) {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  std::vector<Words> kind, roles, date, result, tie, tie_date;
  for (const Thing& t : things) {
    ids->intern(t.id);
    kind.push_back(t.kind);
    roles.push_back(t.roles);
    date.push_back(t.date);
    result.push_back(t.result);
  }
  for (const Link& l : links) {
    p.from.push_back(ids->find(l.from));
    p.to.push_back(ids->find(l.to));
    tie.push_back(l.kind);
    tie_date.push_back(l.date);
  }
  p.ids = ids;
  p.entities.set("kind", text_column(kind));
  p.entities.set("roles", text_column(roles, ColumnType::list));
  p.entities.set("date", text_column(date));
  p.entities.set("result", text_column(result));
  p.ties.set("kind", text_column(tie));
  p.ties.set("date", text_column(tie_date));
  return Ecosystem(std::move(p));
}

double at(const Frame& frame, const char* column, std::size_t row) { return frame.find(column)->number(row); }
std::string_view word(const Frame& frame, const char* column, std::size_t row) { return frame.find(column)->view(row); }

const std::vector<Thing> things = {
    {"ann", "person", "carer"},
    {"bo", "person", "carer|researcher"},
    {"forum", "board"},
    {"event", "event", {}, "2023-10-13"},
    {"shorter waits", "input"},
    {"plain letters", "input"},
    {"a bus", "input"},
    {"answer", "response", {}, "2023-11-01"},
    {"no money", "decision", {}, "2023-12-01", "refused"},
    {"agreed", "decision", {}, "2024-01-01"},
    {"new letters", "change", {}, "2024-02-01"},
};

const std::vector<Link> links = {
    {"ann", "raises", "shorter waits"},
    {"bo", "raises", "plain letters"},
    {"ann", "raises", "a bus"},
    {"shorter waits", "raised_at", "event"},
    {"plain letters", "raised_at", "event"},
    {"a bus", "raised_at", "event"},
    {"answer", "answers", "shorter waits"},
    {"answer", "answers", "plain letters"},
    {"answer", "leads_to", "no money"},
    {"agreed", "leads_to", "new letters"},
    {"ann", "member_of", "forum"},
    {"no money", "reported_back", "forum", "2024-01-13"},
};

}  // namespace

TEST_CASE("feedback: a refusal that is told closes a loop, a change that nobody hears of does not", "[feedback]") {
  std::vector<Link> all = links;
  all.push_back({"plain letters", "leads_to", "agreed"});
  const Feedback f = feedback(made(things, all));
  REQUIRE(f.loops.rows() == 3);
  // Ann's forum was told: she is a member. Bo is not, though his input met the same answer.
  CHECK(at(f.loops, "closed", 0) == 1);
  CHECK(at(f.loops, "failed", 0) == 1);
  CHECK(word(f.loops, "reached", 0) == "decision");
  CHECK(at(f.loops, "days", 0) == 92);  // 13 October to 13 January
  CHECK(at(f.loops, "closed", 1) == 0);
  CHECK(word(f.loops, "reached", 1) == "change");
  CHECK(at(f.loops, "days", 1) == 111);  // open until 1 February, the latest date
  CHECK(word(f.loops, "reached", 2) == "said");

  // Everybody first, then carers (all three) and researchers (one).
  REQUIRE(f.groups.rows() == 3);
  CHECK(f.groups.find("group")->missing(0));
  CHECK(at(f.groups, "inputs", 0) == 3);
  CHECK(at(f.groups, "answered", 0) == 2);
  CHECK(at(f.groups, "changed", 0) == 1);
  CHECK_THAT(at(f.groups, "share", 0), WithinRel(1.0 / 3, 1e-12));
  CHECK(at(f.groups, "low", 0) == wilson(1, 3).low);
  CHECK(word(f.groups, "group", 2) == "researcher");
  CHECK(at(f.groups, "closed", 2) == 0);
  REQUIRE(f.waiting.rows() >= 1);
  CHECK_THAT(at(f.waiting, "open_share", 0), WithinRel(2.0 / 3, 1e-12));

  REQUIRE(f.breaks.rows() >= 2);
  CHECK(word(f.breaks, "place", 0) == "no response");
  CHECK(word(f.breaks, "place", 1) == "not reported back");
}

TEST_CASE("feedback: dates", "[feedback]") {
  FeedbackOptions options;
  options.as_of = parse_date("2024-10-13");
  const Feedback f = feedback(made(things, links), options);
  CHECK(at(f.loops, "days", 2) == 366);
  std::vector<Thing> undated = things;
  undated[3].date.reset();
  const Feedback g = feedback(made(undated, links));
  CHECK(std::isnan(at(g.loops, "days", 0)));
  CHECK_THAT(g.provenance.warnings.at(0), ContainsSubstring("3 of 3 inputs lack a date"));
  std::vector<Link> early = links;
  early.back().date = "2020-01-01";
  const Feedback h = feedback(made(things, early));
  CHECK_THAT(h.provenance.warnings.at(0), ContainsSubstring("before they were said"));
}

TEST_CASE("feedback: counts agree with walking every way, on random loops", "[feedback]") {
  static const std::vector<std::string> kinds = {"person", "input", "response", "decision", "change", "outcome"};
  static const std::vector<std::string> ties = {"raises", "answers", "leads_to", "reported_back", "raised_at"};
  int closed = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Stream random(2026, "feedback", number);
    std::vector<Thing> some;
    const std::uint32_t n = 3 + random.below(10);
    for (std::uint32_t v = 0; v < n; ++v) {
      some.push_back(
          {"v" + std::to_string(v), kinds[random.below(6)], random.below(2) == 0 ? Words("carer") : Words()});
    }
    std::vector<Link> joined;
    for (std::uint32_t m = random.below(50); m > 0; --m) {
      joined.push_back({some[random.below(n)].id, ties[random.below(5)], some[random.below(n)].id});
    }
    const Feedback f = feedback(made(some, joined));
    std::map<std::string, std::string> kind_of;
    for (const Thing& t : some) kind_of[t.id] = t.kind;
    std::size_t row = 0;
    for (const Thing& t : some) {
      if (t.kind != "input") continue;
      std::set<std::string> seen, told;
      std::function<void(const std::string&)> walk = [&](const std::string& v) {
        if (!seen.insert(v).second) return;
        for (const Link& l : joined) {
          if (l.kind == "reported_back" && l.from == v && kind_of[v] != "outcome") told.insert(l.to);
          const bool on = (l.kind == "answers" && l.to == v) || (l.kind == "leads_to" && l.from == v);
          const std::string& next = l.kind == "answers" ? l.from : l.to;
          if (on && kind_of[next] != "person" && kind_of[next] != "input") walk(next);
        }
      };
      walk(t.id);
      bool back = false;
      for (const Link& l : joined) {
        back = back || (l.kind == "raises" && l.to == t.id && told.count(l.from) != 0);
        back = back || (l.kind == "raised_at" && l.from == t.id && told.count(l.to) != 0);
      }
      REQUIRE((at(f.loops, "closed", row) == 1) == back);
      closed += back ? 1 : 0;
      ++row;
    }
    REQUIRE(f.loops.rows() == row);
    double broken = 0;
    for (std::size_t i = 0; i < f.breaks.rows(); ++i) {
      if (f.breaks.find("group")->missing(i)) broken += at(f.breaks, "inputs", i);
    }
    if (row > 0) REQUIRE(broken + at(f.groups, "closed", 0) == static_cast<double>(row));
  }
  CHECK(closed > 50);
}

TEST_CASE("feedback: empty and refused", "[feedback]") {
  CHECK(feedback(Ecosystem()).groups.rows() == 0);
  CHECK_THROWS_WITH(feedback(Ecosystem(), {.by = "age"}), ContainsSubstring("by = age"));
  CHECK_THROWS_WITH(feedback(Ecosystem(), {.level = 1}), ContainsSubstring("level"));
}
