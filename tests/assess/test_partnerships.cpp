// Partnerships beside one another, on ecosystems small enough to count by hand.
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <linkpin/assess/partnerships.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

// The kind of an entity by the first letter of its id.
const std::map<char, std::string> kind_of = {{'p', "partnership"}, {'e', "evidence"}, {'g', "policy"}, {'o', "outcome"},
                                             {'m', "person"},      {'b', "board"},    {'v', "event"}};

class Maker {
 public:
  using Cells = std::map<std::string, std::string>;

  Maker& add(const std::string& id, const Cells& cells = {}) {
    if (ids_->find(id) != none) return *this;
    ids_->intern(id);
    entities_.push_back(cells);
    entities_.back()["kind"] = kind_of.at(id[0]);
    return *this;
  }

  Maker& tie(const std::string& from, const std::string& to, const std::string& kind, const Cells& cells = {}) {
    add(from).add(to);
    parts_.from.push_back(ids_->find(from));
    parts_.to.push_back(ids_->find(to));
    ties_.push_back(cells);
    ties_.back()["kind"] = kind;
    return *this;
  }

  Ecosystem make() {
    parts_.ids = ids_;
    parts_.entities = parts_.ties = Frame{};
    fill(parts_.entities, entities_);
    fill(parts_.ties, ties_);
    return Ecosystem(parts_);
  }

 private:
  static void fill(Frame& frame, const std::vector<Cells>& rows) {
    frame.resize(rows.size());
    std::map<std::string, std::vector<std::optional<std::string>>> columns;
    for (const Cells& row : rows) {
      for (const auto& cell : row) columns[cell.first].resize(rows.size());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const auto& cell : rows[i]) columns[cell.first][i] = cell.second;
    }
    for (const auto& column : columns) {
      const bool list = column.first == "roles" || column.first == "capacity";
      frame.set(column.first, text_column(column.second, list ? ColumnType::list : ColumnType::text));
    }
  }

  EcosystemParts parts_;
  std::shared_ptr<StringTable> ids_ = std::make_shared<StringTable>();
  std::vector<Cells> entities_, ties_;
};

double cell(const Frame& frame, const std::string& column, std::size_t row) {
  REQUIRE(frame.find(column) != nullptr);
  return frame.find(column)->number(row);
}

std::size_t row_of(const Frame& frame, const std::string& column, const std::string& value) {
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (frame.find(column)->view(row) == value) return row;
  }
  FAIL("no row " << value);
  return 0;
}

bool warned(const Partnerships& result, const std::string& part) {
  for (const std::string& w : result.provenance.warnings) {
    if (w.find(part) != std::string::npos) return true;
  }
  return false;
}

// p1: evidence of 2010 and a policy of 2014. p2: by its member m3, evidence of 2012, a policy of 2011 and one of 2013
// with two copies. p3: evidence of 2010, nothing since. p4: nothing at all.
Maker four() {
  Maker m;
  m.add("m1", {{"roles", "carer|researcher"}, {"sector", "community"}}).add("m2", {{"roles", "researcher"}});
  m.add("m5", {{"roles", "researcher"}});
  m.add("e1", {{"date", "2010"}}).add("e2", {{"date", "2012-06"}}).add("e3", {{"date", "2010-01-01"}});
  m.add("g1", {{"date", "2014"}}).add("g2", {{"date", "2011"}});
  m.add("g3", {{"date", "2013-06"}, {"label", "A plan"}}).add("g4", {{"date", "2013-06"}, {"label", "A PLAN"}});
  for (const char* who : {"m1", "m2"}) m.tie(who, "p1", "member_of");
  m.tie("m3", "p2", "member_of").tie("m4", "p2", "member_of").tie("m5", "p3", "member_of");
  m.tie("m1", "m2", "collaborates").tie("m2", "m1", "collaborates");
  m.tie("p1", "e1", "produces").tie("e1", "g1", "informs").tie("g1", "o1", "leads_to");
  m.tie("m3", "e2", "produces");
  for (const char* policy : {"g2", "g3", "g4"}) m.tie(policy, "e2", "cites");
  m.tie("p3", "e3", "produces").add("p4");
  return m;
}

}  // namespace

TEST_CASE("reach and lag of each partnership") {
  const Partnerships r = partnerships(four().make(), {.seen_until = parse_date("2020-12-31")});
  REQUIRE(r.table.rows() == 4);
  const std::size_t p1 = row_of(r.table, "partnership", "p1");
  const std::size_t p2 = row_of(r.table, "partnership", "p2");
  const std::size_t p3 = row_of(r.table, "partnership", "p3");
  const std::size_t p4 = row_of(r.table, "partnership", "p4");
  CHECK(r.with_impact == 2);
  CHECK(r.without_impact == 2);
  CHECK(cell(r.table, "policies", p2) == 3);
  CHECK(cell(r.table, "reach", p2) == 2);  // the plan is one document
  CHECK(cell(r.table, "nearest", p1) == 2);
  CHECK(cell(r.table, "reach_attenuated", p1) == 0.5);
  CHECK(cell(r.table, "reach_attenuated", p2) == 1.0);
  CHECK(cell(r.table, "reach", p3) == 0);
  CHECK(std::isnan(cell(r.table, "nearest", p3)));
  // 2010 to 2014: from 2010-12-31 to 2014-01-01 at least, 2010-01-01 to 2014-12-31 at most.
  CHECK_THAT(cell(r.table, "lag_low", p1), WithinAbs(1097 / 365.25, 1e-12));
  CHECK_THAT(cell(r.table, "lag_high", p1), WithinAbs(1825 / 365.25, 1e-12));
  CHECK_THAT(cell(r.table, "lag", p1), WithinAbs(1461 / 365.25, 1e-12));
  CHECK_THAT(cell(r.table, "lag", p2), WithinAbs(1.0, 0.01));  // the policy of 2011 is older than the evidence
  CHECK(warned(r, "1 policies are older") == false);
  CHECK(warned(r, "1 policy is older"));
  // 2010-01-01 to 2020-12-31: 4017 days.
  CHECK(std::isnan(cell(r.table, "lag", p3)));
  CHECK_THAT(cell(r.table, "waited", p3), WithinAbs(4017 / 365.25, 1e-12));
  CHECK(std::isnan(cell(r.table, "waited", p4)));
  CHECK(std::isnan(cell(r.table, "members", p4)));
  CHECK(warned(r, "1 partnership reaches no dated evidence"));
  // Years 1 and 4 of 3 followed, the third for 10 whole years.
  REQUIRE(r.waiting.rows() == 2);
  CHECK(cell(r.waiting, "at_risk", 0) == 3);
  CHECK_THAT(cell(r.waiting, "survival", 0), WithinAbs(2.0 / 3, 1e-12));
  CHECK_THAT(cell(r.waiting, "survival", 1), WithinAbs(1.0 / 3, 1e-12));
  CHECK(r.hazard.events == 1);  // p2 says nothing of its members' roles, p3 has no pairs of members
  CHECK(r.hazard.left_out == 3);
  const Partnerships bare = partnerships(four().make(), {.seen_until = parse_date("2020"), .covariates = {}});
  CHECK(bare.hazard.events == 2);
  CHECK(bare.hazard.periods == 1 + 4 + 11);

  const Partnerships near = partnerships(four().make(), {.reach = {.steps = 1}});
  CHECK(cell(near.table, "reach", p1) == 0);
  const Partnerships two = partnerships(four().make(), {.reach = {.steps = 2, .deduplicate = false}});
  CHECK(cell(two.table, "reach", p1) == 1);
  CHECK(cell(two.table, "reach", p2) == 3);
}

TEST_CASE("participation by stage, and power on boards") {
  Maker m = four();
  m.tie("m1", "v1", "takes_part_in", {{"stage", "design"}, {"level", "empower"}, {"scale", "iap2"}});
  m.tie("m2", "v1", "takes_part_in", {{"stage", "design"}, {"level", "inform"}, {"scale", "iap2"}});
  m.tie("m2", "v1", "takes_part_in", {{"stage", "analysis"}});
  m.tie("m9", "p3", "takes_part_in", {{"stage", "design"}, {"capacity", "researcher"}});
  m.tie("m8", "v9", "takes_part_in", {{"stage", "monitoring"}});  // nobody's
  m.tie("m4", "v9", "takes_part_in", {{"stage", "design"}});      // of a member nobody knows more of
  m.tie("m9", "b9", "member_of", {{"votes", "many"}});            // a board of no partnership
  m.tie("b1", "p1", "governs");
  for (const char* who : {"m1", "m2", "m5"}) m.tie(who, "b1", "member_of");
  const Partnerships r = partnerships(m.make());
  const std::size_t p1 = row_of(r.table, "partnership", "p1");
  const std::size_t p2 = row_of(r.table, "partnership", "p2");
  const std::size_t p3 = row_of(r.table, "partnership", "p3");
  CHECK(cell(r.table, "participations", p1) == 3);
  CHECK(cell(r.table, "carers_taking_part", p1) == 1);
  CHECK_THAT(cell(r.table, "carer_share", p1), WithinAbs(1.0 / 3, 1e-12));
  CHECK(cell(r.table, "carer_stages", p1) == 1);
  CHECK(cell(r.table, "sharing", p1) == 0.5);
  CHECK(cell(r.table, "carers_at_design", p1) == 0.5);
  CHECK(cell(r.table, "carers_at_analysis", p1) == 0);
  CHECK(cell(r.table, "participations", p2) == 1);
  CHECK(std::isnan(cell(r.table, "carer_share", p2)));
  CHECK(std::isnan(cell(r.table, "carers_at_design", p2)));
  CHECK(cell(r.table, "carers_at_design", p3) == 0);
  CHECK(std::isnan(cell(r.table, "carers_at_analysis", p3)));
  CHECK(r.table.find("carers_at_monitoring") == nullptr);
  REQUIRE(r.stages.rows() == 4);
  CHECK(std::isnan(cell(r.stages, "carers", row_of(r.stages, "partnership", "p2"))));
  // One of three equal votes, two of which carry: a third of the votes and of the power.
  CHECK(cell(r.table, "boards", p1) == 1);
  CHECK_THAT(cell(r.table, "carer_votes", p1), WithinAbs(1.0 / 3, 1e-12));
  CHECK(cell(r.table, "carer_power", p1) == 0);  // against the two others voting as one
  CHECK(std::isnan(cell(r.table, "boards", p2)));
  CHECK(cell(r.table, "members", p1) == 2);  // a board is not a member
}

TEST_CASE("the exact p is that of every split counted in whole numbers, and Holm's adjustment that of its definition") {
  for (std::uint64_t trial = 0; trial < 40; ++trial) {
    Stream random(7, "partnerships", trial);
    Maker m;
    const std::uint32_t n = 2 + random.below(9);
    std::vector<std::int64_t> members(n, 0);
    std::vector<std::uint8_t> with(n, 0);
    m.add("g1");
    std::uint32_t k = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::string id = "p" + std::to_string(i);
      members[i] = 1 + random.below(5);
      for (std::int64_t j = 0; j < members[i]; ++j) {
        m.tie("m" + std::to_string(10 * i + static_cast<std::uint32_t>(j)), id, "member_of");
      }
      with[i] = random.below(2) == 0 ? 1 : 0;
      k += with[i];
      m.tie(id, with[i] != 0 ? "g1" : "e1", with[i] != 0 ? "informs" : "produces");
    }
    const Partnerships r = partnerships(m.make());
    const std::size_t row = row_of(r.association, "measure", "members");
    if (k == 0 || k == n) {
      CHECK(std::isnan(cell(r.association, "p", row)));
      continue;
    }
    auto distance = [&](std::uint32_t chosen) {  // of the means, times k (n - k)
      std::int64_t inside = 0;
      std::int64_t all = 0;
      for (std::uint32_t i = 0; i < n; ++i) {
        all += members[i];
        inside += (chosen >> i & 1U) != 0 ? members[i] : 0;
      }
      return std::abs(inside * n - all * k);
    };
    std::uint32_t observed = 0;
    for (std::uint32_t i = 0; i < n; ++i) observed |= with[i] != 0 ? 1U << i : 0U;
    double splits = 0;
    double as_far = 0;
    for (std::uint32_t chosen = 0; chosen < 1U << n; ++chosen) {
      if (static_cast<std::uint32_t>(std::popcount(chosen)) != k) continue;
      ++splits;
      as_far += distance(chosen) >= distance(observed) ? 1 : 0;
    }
    CHECK_THAT(cell(r.association, "p", row), WithinAbs(as_far / splits, 1e-14));
    CHECK(cell(r.association, "splits", row) == splits);
    CHECK(cell(r.association, "partnerships", row) == n);
    CHECK(cell(r.association, "reached", row) == k);
    std::size_t tests = 0;
    double smallest = 1;
    for (std::size_t i = 0; i < r.association.rows(); ++i) {
      const double p = cell(r.association, "p", i);
      CHECK(std::isnan(p) == std::isnan(cell(r.association, "p_adjusted", i)));
      if (std::isnan(p)) continue;
      ++tests;
      smallest = std::min(smallest, p);
      CHECK(cell(r.association, "p_adjusted", i) >= p);
    }
    for (std::size_t i = 0; i < r.association.rows(); ++i) {
      if (cell(r.association, "p", i) != smallest) continue;
      CHECK_THAT(cell(r.association, "p_adjusted", i),
                 WithinAbs(std::min(1.0, static_cast<double>(tests) * smallest), 1e-14));
    }
  }
}

TEST_CASE("nothing, nobody with impact, everybody with impact, and no dates") {
  const Partnerships empty = partnerships(Ecosystem());
  CHECK(empty.table.rows() == 0);
  CHECK(empty.waiting.rows() == 0);
  CHECK(empty.with_impact + empty.without_impact == 0);

  Maker nobody;
  nobody.add("g1", {{"date", "2015"}}).add("e1", {{"date", "2012"}}).tie("p1", "e1", "produces");
  nobody.tie("p2", "e1", "produces");
  const Partnerships without = partnerships(nobody.make());
  CHECK(without.with_impact == 0);
  CHECK(without.without_impact == 2);
  CHECK(std::isnan(cell(without.association, "p", row_of(without.association, "measure", "evidence"))));
  CHECK(cell(without.association, "without_impact", row_of(without.association, "measure", "evidence")) == 1);
  CHECK(warned(without, "to nobody"));

  Maker everybody = nobody;
  everybody.tie("e1", "g1", "informs");
  const Partnerships with = partnerships(everybody.make());
  CHECK(with.with_impact == 2);
  CHECK(with.without_impact == 0);
  CHECK(std::isnan(cell(with.association, "difference", row_of(with.association, "measure", "evidence"))));
  CHECK(cell(with.waiting, "survival", with.waiting.rows() - 1) == 0);
  CHECK(cell(with.waiting, "year", 0) == 3);
  CHECK(std::isfinite(with.hazard.terms[0].estimate));

  Maker undated;
  undated.tie("p1", "e1", "produces").tie("e1", "g1", "informs").tie("p2", "e2", "produces");
  const Partnerships dateless = partnerships(undated.make());
  CHECK(std::isnan(cell(dateless.table, "lag", 0)));
  CHECK(cell(dateless.table, "policies", 0) == 1);
  CHECK(warned(dateless, "lag, lag_low, lag_high, waited"));

  // A policy without a date, or of before the evidence, is no wait for one; one after the end of looking is.
  Maker odd = nobody;
  odd.add("g2").add("g3", {{"date", "2001"}}).add("g4", {{"date", "2014"}});
  for (const char* id : {"3", "4", "5"}) {
    odd.add("e" + std::string(id), {{"date", "2010"}}).tie("p" + std::string(id), "e" + std::string(id), "produces");
  }
  odd.tie("e3", "g2", "informs").tie("e4", "g3", "informs").tie("e5", "g4", "informs");
  const Partnerships waits = partnerships(odd.make(), {.seen_until = parse_date("2012")});
  CHECK(waits.with_impact == 3);
  for (const char* id : {"p3", "p4", "p5"}) {
    const std::size_t row = row_of(waits.table, "partnership", id);
    CHECK(std::isnan(cell(waits.table, "lag", row)));
    CHECK(std::isnan(cell(waits.table, "waited", row)) == (std::string(id) != "p5"));
  }
  CHECK(warned(waits, "2 partnerships reach only policies without a date"));

  Maker alone;  // no policies, no evidence: not 0 of them
  alone.tie("m1", "p1", "member_of");
  const Partnerships unknown = partnerships(alone.make());
  for (const char* name : {"policies", "credit", "reach", "evidence", "outcomes", "carers", "sectors"}) {
    CHECK(std::isnan(cell(unknown.table, name, 0)));
    CHECK(warned(unknown, name));
  }
  CHECK(unknown.with_impact + unknown.without_impact == 0);
}

TEST_CASE("covariates that are no column of what went in are refused") {
  CHECK_THROWS_AS(partnerships(four().make(), {.covariates = {"policies"}}), InputError);
  CHECK_THROWS_AS(partnerships(four().make(), {.level = 1.5}), InputError);
}
