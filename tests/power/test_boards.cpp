// Boards, interlocks, agenda, dominance and the two kinds of power, on an ecosystem small enough to do by hand.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/power/agenda.hpp>
#include <linkpin/power/boards.hpp>
#include <linkpin/power/dominance.hpp>
#include <linkpin/power/relations.hpp>
#include <linkpin/statistics/coalitions.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/ecosystems.hpp"

namespace {

using Catch::Matchers::WithinAbs;
using namespace linkpin;
using Texts = std::vector<std::optional<std::string>>;

const double gone = std::nan("");

Ecosystem forum() {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  for (const char* id : {"board", "panel", "ann", "ben", "cat", "uni", "council", "item", "other", "decision"}) {
    ids->intern(id);
  }
  p.ids = ids;
  p.entities.set("kind", text_column(Texts{"board", "board", "person", "person", "person", "organisation",
                                           "organisation", "input", "input", "decision"}));
  p.entities.set("sector", text_column(Texts{std::nullopt, std::nullopt, "carers", "carers", "academic", "academic",
                                             "council", std::nullopt, std::nullopt, std::nullopt}));
  std::vector<double> quorum(10, gone);
  quorum[0] = 2;
  p.entities.set("quorum", Column(quorum));
  Texts kind;
  Texts seat;
  std::vector<double> votes;
  std::vector<double> attendance;
  std::vector<double> amount;
  auto tie = [&](const char* k, const char* a, const char* b, std::optional<std::string> s = std::nullopt,
                 double v = gone, double comes = gone, double money = gone) {
    p.from.push_back(ids->find(a));
    p.to.push_back(ids->find(b));
    kind.emplace_back(k);
    seat.push_back(std::move(s));
    votes.push_back(v);
    attendance.push_back(comes);
    amount.push_back(money);
  };
  tie("member_of", "ann", "board", "member", 1, 0.5);
  tie("member_of", "council", "board", "chair", 3, 1);
  tie("member_of", "cat", "board", "member", 2, 1);
  tie("member_of", "ben", "board", "observer");
  tie("member_of", "ann", "panel");
  tie("member_of", "cat", "panel");
  tie("member_of", "ann", "panel");
  tie("raises", "ann", "item");
  tie("raises", "cat", "other");
  tie("leads_to", "item", "decision");
  tie("funds", "council", "uni", std::nullopt, gone, gone, 300);
  tie("employs", "uni", "cat");
  tie("collaborates", "ann", "cat");
  tie("trusts", "ann", "ben");
  p.ties.set("kind", text_column(kind));
  p.ties.set("seat", text_column(seat));
  p.ties.set("votes", Column(votes));
  p.ties.set("attendance", Column(attendance));
  p.ties.set("amount", Column(amount));
  return Ecosystem(std::move(p));
}

double number(const Frame& frame, const char* column, std::size_t row) { return frame.find(column)->number(row); }
std::string_view word(const Frame& frame, const char* column, std::size_t row) { return frame.find(column)->view(row); }

}  // namespace

TEST_CASE("boards: seats, rules, blocs", "[boards]") {
  const Boards b = boards(forum());
  REQUIRE(b.seats.rows() == 6);
  // Votes 1, 3, 2 and 0 with 4 of 6 needed: the three of the council decide unless both others are against.
  CHECK(number(b.seats, "shapley_shubik", 0) == 1.0 / 6);
  CHECK(number(b.seats, "shapley_shubik", 1) == 4.0 / 6);
  CHECK(number(b.seats, "banzhaf", 3) == 0.0);
  CHECK(number(b.boards, "quota", 0) == 4);
  CHECK(number(b.boards, "quorum", 0) == 2);
  CHECK(number(b.boards, "quorate", 0) == 1.0);
  CHECK(word(b.boards, "chair", 0) == "council");
  CHECK(std::isnan(number(b.boards, "quorate", 1)));
  CHECK(word(b.blocs, "bloc", 0) == "carers");
  CHECK(number(b.blocs, "seats", 0) == 2);
  CHECK_THAT(number(b.blocs, "share", 1), WithinAbs(0.5, 1e-15));
  // The second tie to the panel, and the observer whose attendance nobody knows.
  CHECK(b.provenance.warnings.size() == 2);
  CHECK(boards(Ecosystem()).seats.rows() == 0);
  CHECK(boards(Ecosystem()).seats.width() == 10);
}

TEST_CASE("interlocks: what boards share", "[boards]") {
  const Interlocks i = interlocks(forum());
  REQUIRE(i.pairs.rows() == 1);
  CHECK(number(i.pairs, "shared", 0) == 2);
  CHECK(number(i.pairs, "people", 0) == 2);
  CHECK(number(i.pairs, "through", 0) == 1);
  CHECK(number(i.pairs, "expected", 0) == 2);
  CHECK_THAT(number(i.pairs, "p", 0), WithinAbs(1, 1e-12));  // all of four on one board: the panel must share both
  CHECK(i.members.rows() == 2);
  CHECK(number(i.members, "reaches", 0) == 3);
}

TEST_CASE("agenda: whose items are reached", "[agenda]") {
  const Agenda a = agenda(forum());
  REQUIRE(a.groups.rows() == 2);
  CHECK(word(a.groups, "group", 0) == "academic");
  CHECK(number(a.groups, "share", 0) == 0);
  CHECK(number(a.groups, "share", 1) == 1);
  CHECK(number(a.groups, "low", 1) > 0.2);
  CHECK(word(a.items, "raised_by", 0) == "ann");
  CHECK(agenda(Ecosystem()).provenance.warnings.size() == 1);
}

TEST_CASE("dominance: each thing by itself", "[dominance]") {
  const Dominance d = dominance(forum());
  REQUIRE(d.parts.rows() == 4);  // nobody produces evidence
  CHECK(word(d.parts, "of", 0) == "seats");
  CHECK(number(d.parts, "members", 0) == 5);
  // Votes: ann 2, ben 0, cat 3, uni 0, council 3; carers hold 2 of 8 with 2 of 5 members.
  CHECK_THAT(number(d.shares, "share", 0), WithinAbs(2.0 / 8, 1e-15));
  CHECK_THAT(number(d.shares, "ratio", 0), WithinAbs(2.0 / 8 / 0.4, 1e-15));
  for (std::size_t row = 0; row < d.parts.rows(); ++row) {
    CHECK_THAT(number(d.parts, "theil_between", row) + number(d.parts, "theil_within", row),
               WithinAbs(number(d.parts, "theil", row), 1e-12));
    CHECK_THAT((1 - number(d.parts, "atkinson_between", row)) * (1 - number(d.parts, "atkinson_within", row)),
               WithinAbs(1 - number(d.parts, "atkinson", row), 1e-12));
  }
  CHECK(d.provenance.warnings.size() == 2);  // the seat told twice, and authorship
  CHECK(dominance(Ecosystem()).shares.rows() == 0);
}

TEST_CASE("power over and power with stand apart", "[relations]") {
  const Relations r = power_relations(forum());
  REQUIRE(r.members.rows() == 5);
  // In order of the entities: ann, ben, cat, uni, council.
  CHECK(number(r.members, "with", 0) == 2);
  CHECK(number(r.members, "with_mutual", 0) == 1);
  CHECK(number(r.members, "under", 2) == 1);
  CHECK(number(r.members, "over", 4) == 1);
  CHECK(number(r.members, "over_reach", 4) == 2);
  CHECK_THROWS_AS(power_relations(forum(), {.over = {"funds"}, .with = {"funds"}}), InputError);
}

TEST_CASE("power: any ecosystem goes through", "[boards]") {
  for (std::uint64_t number = 0; number < 100; ++number) {
    const Ecosystem eco = support::EcosystemMaker(number).make();
    CHECK(boards(eco).seats.width() == 10);
    CHECK(interlocks(eco).pairs.width() == 9);
    CHECK(agenda(eco).groups.width() == 6);
    CHECK(dominance(eco).shares.width() == 8);
    CHECK(power_relations(eco).members.width() == 8);
  }
}

TEST_CASE("who sat on a board when, and votes that are decimals") {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  for (const char* id : {"board", "ann", "ben", "cat"}) ids->intern(id);
  p.ids = ids;
  p.entities.set("kind", text_column(Texts{"board", "person", "person", "person"}));
  p.from = {1, 2, 3};
  p.to = {0, 0, 0};
  p.ties.set("kind", text_column(Texts{"member_of", "member_of", "member_of"}));
  p.ties.set("seat", text_column(Texts{"member", "chair", "member"}));
  p.ties.set("votes", Column(std::vector<double>{0.1, 0.2, 0.3}));
  p.ties.set("attendance", Column(std::vector<double>{1, 1, 0.5}));
  p.ties.set("start", Column(std::vector<Date>{date_of_year(2020), date_of_year(2020), date_of_year(2022)}));
  const Ecosystem eco{std::move(p)};
  const Boards all = boards(eco);
  // Three votes of six carry no more than half: 0.1 + 0.2 = 0.3 blocks, exactly.
  CHECK(number(all.boards, "quota", 0) == 0.4);
  CHECK_THAT(number(all.seats, "shapley_shubik", 0), WithinAbs(1.0 / 6, 1e-12));
  CHECK_THAT(number(all.seats, "shapley_shubik", 2), WithinAbs(4.0 / 6, 1e-12));
  CHECK(number(all.boards, "quorate", 0) == 1);
  const Boards early = boards(eco, {.at = date_of_year(2021)});
  REQUIRE(early.seats.rows() == 2);
  CHECK(word(early.seats, "member", 1) == "ben");
  CHECK(number(early.seats, "shapley_shubik", 1) == 1);  // 0.2 of 0.3
  const Boards before = boards(eco, {.at = date_of_year(2019)});
  CHECK(before.seats.rows() == 0);
  CHECK(interlocks(eco, date_of_year(2019)).members.rows() == 0);
  CHECK_THROWS_AS(dominance(eco, {.epsilon = -1}), InputError);
}
