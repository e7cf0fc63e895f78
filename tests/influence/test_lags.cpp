// Lags of small made-up ecosystems, counted by hand. Days of dates: 2018 is 2018-01-01 to 2018-12-31.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/influence/lags.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

using Words = std::vector<std::optional<std::string>>;

struct Maker {
  EcosystemParts parts;
  std::shared_ptr<StringTable> ids = std::make_shared<StringTable>();
  Words kind, date, source, group, tie_kind;
  std::vector<Date> tie_start;
  std::vector<std::uint8_t> tie_open;

  Maker& add(const std::string& id, const std::string& k, std::optional<std::string> d,
             std::optional<std::string> from = {}, std::optional<std::string> g = {}) {
    ids->intern(id);
    kind.emplace_back(k);
    date.push_back(std::move(d));
    source.push_back(std::move(from));
    group.push_back(std::move(g));
    return *this;
  }

  Maker& tie(const std::string& from, const std::string& to, const std::string& k, const std::string& start = "") {
    parts.from.push_back(ids->find(from));
    parts.to.push_back(ids->find(to));
    tie_kind.emplace_back(k);
    const auto parsed = parse_date(start);
    tie_start.push_back(parsed.value_or(Date{}));
    tie_open.push_back(parsed ? 0 : 1);
    return *this;
  }

  Ecosystem make() {
    parts.ids = ids;
    parts.entities.set("kind", text_column(kind));
    parts.entities.set("date", text_column(date));
    parts.entities.set("source", text_column(source));
    parts.entities.set("group", text_column(group));
    if (!tie_kind.empty()) {
      parts.ties.set("kind", text_column(tie_kind));
      parts.ties.set("start", Column(tie_start, tie_open));
    }
    return Ecosystem(parts);
  }
};

// Four awards by the day: one leads to policy after 10 and 40 days, one after 30, one to what precedes it, one to none.
Maker four() {
  Maker m;
  m.add("a", "award", "2018-01-01").add("b", "award", "2018-01-01").add("c", "award", "2018-02-01");
  m.add("d", "award", "2018-01-01");
  m.add("p", "policy", "2018-01-11").add("q", "policy", "2018-02-10").add("r", "policy", "2018-01-31");
  m.add("s", "policy", "2017-12-31");
  m.tie("a", "p", "informs").tie("a", "q", "informs").tie("b", "r", "informs").tie("c", "s", "informs");
  m.tie("d", "a", "collaborates");
  return m;
}

std::string word(const Frame& frame, const std::string& column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}

}  // namespace

TEST_CASE("lags: the first event after each start, by hand", "[lags]") {
  LagOptions options;
  options.seen_until = parse_date("2018-04-01");
  const Lags found = lags(four().make(), options);
  CHECK(found.curve == LagCurve::kaplan_meier);
  CHECK(found.pairs.rows() == 4);
  CHECK(found.before == 1);
  CHECK(word(found.pairs, "from", 3) == "c");
  CHECK(word(found.pairs, "order", 3) == "before");
  CHECK(found.pairs.find("longest")->numbers()[3] == -32);
  CHECK(found.starts == 4);
  REQUIRE(found.groups.size() == 1);
  const SurvivalCurve& curve = found.groups[0].stepwise;
  // At risk: 4 at day 10, then 3 at day 30; c waits 59 days, d 90.
  CHECK(curve.time == std::vector<double>{10, 30});
  CHECK_THAT(curve.survival[0], WithinAbs(0.75, 1e-15));
  CHECK_THAT(curve.survival[1], WithinAbs(0.5, 1e-15));
  CHECK(curve.last == 90);
  CHECK(found.groups[0].happened == 2);
}

TEST_CASE("lags: dates known to the year give bounds, and an order that may be open", "[lags]") {
  Maker m;
  m.add("a", "award", "2018-04-01").add("b", "award", "2018-04-01").add("c", "award", "2018-04-01");
  m.add("p", "policy", "2018").add("q", "policy", "2019").add("r", "policy", "2017");
  m.tie("a", "p", "informs").tie("b", "q", "informs").tie("c", "r", "informs");
  LagOptions options;
  options.seen_until = date_of_year(2020);
  options.replicates = 0;
  const Lags found = lags(m.make(), options);
  CHECK(found.curve == LagCurve::turnbull);
  CHECK(found.unclear == 1);
  CHECK(found.before == 1);
  CHECK(found.pairs.find("shortest")->numbers()[0] == -90);
  CHECK(found.pairs.find("longest")->numbers()[0] == 274);
  CHECK(found.timed.find("earliest")->numbers()[0] == 0);
  CHECK(found.timed.find("latest")->numbers()[1] == 639);
  CHECK(found.timed.find("earliest")->numbers()[2] == 1005);  // 2018-04-01 to 2020-12-31
  CHECK(std::isnan(found.timed.find("latest")->numbers()[2]));
  CHECK_THAT(found.groups[0].bounded.survival[0], WithinAbs(2.0 / 3, 1e-6));
  options.curve = LagCurve::kaplan_meier;
  CHECK(lags(m.make(), options).groups[0].stepwise.time == std::vector<double>{92, 457});
  // Seen by March 2019, an event of 2019 happened by March; one of 2019 was not seen by the end of 2018.
  options.seen_until = parse_date("2019-03");
  CHECK(lags(m.make(), options).timed.find("latest")->numbers()[1] == 364);
  options.seen_until = date_of_year(2018);
  const Lags earlier = lags(m.make(), options);
  CHECK(earlier.later == 1);
  CHECK(earlier.groups[0].happened == 1);
}

TEST_CASE("lags: each pair is truncated, and clustered by its start", "[lags]") {
  LagOptions options;
  options.of = LagOf::each;
  options.seen_until = parse_date("2018-04-01");
  const Lags found = lags(four().make(), options);
  CHECK(found.curve == LagCurve::right_truncated);
  CHECK(found.groups[0].rows == 3);
  CHECK(found.groups[0].stepwise.clusters == 2);
  CHECK(found.groups[0].stepwise.time == std::vector<double>{10, 30, 40});
  options.curve = LagCurve::turnbull;
  CHECK_THROWS_WITH(lags(four().make(), options), ContainsSubstring("right_truncated"));
}

TEST_CASE("lags: knowledge runs against a citation, over as many ties as asked", "[lags]") {
  Maker m;
  m.add("a", "award", "2018-01-01").add("e", "evidence", "2019-01-01").add("p", "policy", "2020-01-01");
  m.tie("a", "e", "produces").tie("p", "e", "cites");
  LagOptions options;
  options.seen_until = date_of_year(2021);
  CHECK(lags(m.make(), options).pairs.rows() == 0);
  options.steps = 2;
  const Lags two = lags(m.make(), options);
  REQUIRE(two.pairs.rows() == 1);
  CHECK(two.pairs.find("shortest")->numbers()[0] == 730);
  CHECK(two.pairs.find("steps")->integers()[0] == 2);
  options.from = "evidence";
  options.steps = 1;
  CHECK(lags(m.make(), options).pairs.find("shortest")->numbers()[0] == 365);
}

TEST_CASE("lags: two dates of one entity, and dates that stand on the tie", "[lags]") {
  Maker m;
  m.add("x", "partnership", "2018-01-01", "2018-03-02").add("y", "partnership", "2018-01-01");
  LagOptions options;
  options.from = "partnership";
  options.to = "";
  options.from_date = "date";
  options.to_date = "source";
  options.seen_until = parse_date("2018-12-31");
  const Lags own = lags(m.make(), options);
  CHECK(own.groups[0].rows == 2);
  CHECK(own.groups[0].stepwise.time == std::vector<double>{60});
  options.to_date = "";
  CHECK_THROWS_WITH(lags(m.make(), options), ContainsSubstring("two date columns"));

  Maker t;
  t.add("a", "award", "2018-01-01").add("p", "policy", {}).add("q", "policy", {}).add("b", "award", {});
  t.tie("a", "p", "informs", "2018-01-05").tie("a", "q", "informs");
  options = {};
  options.seen_until = parse_date("2018-12-31");
  const Lags tied = lags(t.make(), options);
  REQUIRE(tied.pairs.rows() == 1);
  CHECK(tied.pairs.find("longest")->numbers()[0] == 4);
  CHECK(tied.undated_events == 1);
  CHECK(tied.undated_starts == 1);
}

TEST_CASE("lags: what was looked through, by source", "[lags]") {
  Maker m;
  m.add("a", "award", "2018-01-01", "fish")
      .add("b", "award", "2018-01-01", "gate")
      .add("c", "award", "2020-01-01", "fish");
  m.add("d", "award", "2018-01-01");
  m.add("p", "policy", "2018-01-31").tie("a", "p", "informs");
  LagOptions options;
  options.seen_until_by_source = {{"fish", *parse_date("2019-01-01")}, {"gate", *parse_date("2018-02-01")}};
  const Lags found = lags(m.make(), options);
  CHECK(found.groups[0].rows == 2);
  CHECK(found.not_followed == 2);  // c starts later, d has no source
  CHECK(found.groups[0].stepwise.last == 31);
  options = {};
  CHECK_THAT(lags(m.make(), options).provenance.warnings[0], ContainsSubstring("the latest event, 2018-01-31"));
}

TEST_CASE("lags: groups get a curve each and a test", "[lags]") {
  Maker m;
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    m.add("a" + n, "award", "2018-01-01", {}, i < 6 ? "local" : "central");
    m.add("p" + n, "policy", i < 6 ? "2018-02-0" + std::to_string(1 + i) : "2018-09-0" + std::to_string(i - 5));
    m.tie("a" + n, "p" + n, "informs");
  }
  LagOptions options;
  options.groups = "group";
  options.seen_until = date_of_year(2019);
  const Lags found = lags(m.make(), options);
  REQUIRE(found.groups.size() == 2);
  CHECK(found.groups[0].name == "local");
  CHECK(found.test.p < 0.01);
  CHECK(found.test.df == 1);
}

TEST_CASE("lags: refusals name what there is", "[lags]") {
  LagOptions options;
  options.from = "grant";
  CHECK_THROWS_WITH(lags(four().make(), options), ContainsSubstring("award, policy"));
  options = {};
  options.from_date = "signed";
  CHECK_THROWS_WITH(lags(four().make(), options), ContainsSubstring("no such column"));
  options = {};
  options.steps = 0;
  CHECK_THROWS_WITH(lags(four().make(), options), ContainsSubstring("steps"));
  options = {};
  options.groups = "nowhere";
  CHECK_THROWS_WITH(lags(four().make(), options), ContainsSubstring("groups"));
  CHECK_THROWS_AS(lags(Ecosystem()), InputError);
}
