// The ledger: what conserves, what is public, who pools, what reaches whom, and when it ends.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/funding/funding.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinRel;
using namespace linkpin;

namespace {

using Words = std::optional<std::string>;

struct Row {
  index_t from, to;
  std::string kind = "funds";
  double amount = undefined;
  Words currency = "GBP";
  Words start = {};
  Words end = {};
  std::optional<bool> recurrent = {};
};

Column dates(const std::vector<Words>& texts) {
  std::vector<Date> values;
  std::vector<std::uint8_t> missing;
  for (const Words& t : texts) {
    values.push_back(t ? parse_date(*t).value() : Date{});
    missing.push_back(t ? 0 : 1);
  }
  return Column(std::move(values), std::move(missing));
}

// Entities are numbered; `kinds` and `sectors` give one each.
EcosystemParts made(const std::vector<Words>& kinds, const std::vector<Words>& sectors, const std::vector<Row>& rows) {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  for (std::size_t v = 0; v < kinds.size(); ++v) ids->intern("v" + std::to_string(v));
  p.ids = ids;
  p.entities.set("kind", text_column(kinds));
  p.entities.set("sector", text_column(sectors));
  std::vector<Words> kind, currency, start, end;
  std::vector<double> amount;
  std::vector<std::uint8_t> recurrent, unsaid;
  for (const Row& r : rows) {
    p.from.push_back(r.from);
    p.to.push_back(r.to);
    kind.push_back(r.kind);
    currency.push_back(r.currency);
    amount.push_back(r.amount);
    start.push_back(r.start);
    end.push_back(r.end);
    recurrent.push_back(r.recurrent.value_or(false) ? 1 : 0);
    unsaid.push_back(r.recurrent ? 0 : 1);
  }
  p.ties.set("kind", text_column(kind));
  p.ties.set("currency", text_column(currency));
  p.ties.set("amount", Column(std::move(amount)));
  p.ties.set("start", dates(start));
  p.ties.set("end", dates(end));
  p.ties.set("recurrent", Column(std::move(recurrent), std::move(unsaid)));
  return p;
}

// A random ledger in two currencies, with awards, funds, gaps and circles.
Ecosystem random_ledger(std::uint64_t number) {
  Stream random(2026, "ledger", number);
  static const std::vector<Words> kinds = {"organisation", "award", "fund", "person", std::nullopt};
  static const std::vector<Words> sectors = {"community", "nhs", "university", std::nullopt};
  const std::uint32_t n = 2 + random.below(12);
  std::vector<Words> kind, sector;
  for (std::uint32_t v = 0; v < n; ++v) {
    kind.push_back(kinds[random.below(5)]);
    sector.push_back(sectors[random.below(4)]);
  }
  std::vector<Row> rows;
  for (std::uint32_t m = random.below(30); m > 0; --m) {
    Row r{static_cast<index_t>(random.below(n)), static_cast<index_t>(random.below(n))};
    r.kind = random.below(4) == 0 ? "awarded_to" : random.below(5) == 0 ? "pays" : "funds";
    if (random.below(5) > 0) r.amount = static_cast<double>(random.below(1'000'000)) / 100;
    if (random.below(3) == 0) r.currency = "EUR";
    if (random.below(2) == 0) r.start = "2020-04";
    if (random.below(2) == 0) r.end = std::to_string(2021 + random.below(3)) + "-03-31";
    rows.push_back(r);
  }
  return Ecosystem(made(kind, sector, rows));
}

}  // namespace

TEST_CASE("funding: ledgers conserve and shares add to one", "[funding]") {
  int reached = 0, pooled = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Ecosystem eco = random_ledger(number);
    const Funding f = funding(eco);
    std::map<index_t, double> net, promised, share, kept;
    for (const MoneyFlow& flow : f.flows) {
      net[flow.money] += flow.difference;
      promised[flow.money] += flow.received;
    }
    std::map<index_t, double> entries;
    for (const LedgerEntry& e : f.ledger.entries) {
      if (e.transfer != Transfer::payment && e.money != none) entries[e.money] += e.amount;
    }
    for (const auto& [money, sum] : entries) {
      REQUIRE(std::abs(net[money]) <= 1e-9 * (1 + sum));  // what leaves one arrives with another
      REQUIRE_THAT(promised[money], WithinRel(sum, 1e-12));
    }
    for (const MoneyReach& r : f.reach) {
      share[r.money] += r.share;
      kept[r.money] += r.amount;
      ++reached;
    }
    for (const auto& [money, one] : share) REQUIRE_THAT(one, WithinRel(1.0, 1e-12));
    for (const ReachShares& r : f.shares) {
      REQUIRE_THAT(kept[r.money], WithinRel(r.total, 1e-12));
      REQUIRE(r.community_led >= 0);
      REQUIRE(r.community_led <= 1 + 1e-12);
    }
    for (const Pooling& p : f.pooling) {
      REQUIRE(p.funders >= 1);
      if (std::isnan(p.concentration)) continue;
      ++pooled;
      REQUIRE(p.concentration <= 1 + 1e-12);
      REQUIRE(p.concentration >= 1.0 / p.funders - 1e-12);
    }
    for (const Cliff& c : f.cliffs) {
      REQUIRE(c.ending >= 1);
      REQUIRE(c.ending <= c.running);
      if (!std::isnan(c.share)) {
        REQUIRE(c.share >= 0);
        REQUIRE(c.share <= 1 + 1e-12);
      }
    }
    REQUIRE(f.transparency.size() == f.ledger.entries.size());
  }
  CHECK(reached > 1000);
  CHECK(pooled > 200);
}

TEST_CASE("funding: an award that does not conserve says by how much", "[funding]") {
  // Two funders give 60 and 40 to an award; 90 goes to a charity, which pays 30 of it to a community group.
  const Ecosystem eco(made(
      {"organisation", "organisation", "award", "organisation", "organisation"},
      {"funder", "funder", std::nullopt, "charity", "community"},
      {{0, 2, "funds", 60}, {1, 2, "funds", 40}, {2, 3, "awarded_to", 90}, {3, 4, "funds", 30}, {3, 4, "pays", 25}}));
  const Funding f = funding(eco);
  const auto flow = [&](index_t v) {
    return *std::find_if(f.flows.begin(), f.flows.end(), [v](const MoneyFlow& m) { return m.entity == v; });
  };
  CHECK(flow(2).passes_through);
  CHECK(flow(2).difference == 10);
  CHECK(flow(3).difference == 60);
  CHECK(f.ledger.entries[3].transfer == Transfer::sub_award);
  REQUIRE(f.paid.size() == 1);
  CHECK(f.paid[0].promised == 30);
  CHECK(f.paid[0].paid == 25);
  // 100 left the funders: 10 is not passed on, 60 stays with the charity, 30 reaches the community.
  CHECK_THAT(f.shares[0].total, WithinRel(100.0, 1e-12));
  CHECK_THAT(f.shares[0].community_led, WithinRel(0.3, 1e-12));
  // The charity's 90 came from both funders: 0.6^2 + 0.4^2.
  const auto pool = std::find_if(f.pooling.begin(), f.pooling.end(), [](const Pooling& p) { return p.recipient == 3; });
  CHECK(pool->funders == 2);
  CHECK_THAT(pool->concentration, WithinRel(0.52, 1e-12));
  CHECK(pool->largest == 0);
  const auto lever =
      std::find_if(f.leverage.begin(), f.leverage.end(), [](const Leverage& l) { return l.funder == 0; });
  CHECK_THAT(lever->ratio, WithinRel(36.0 / 54.0, 1e-12));
}

TEST_CASE("funding: two moneys are never added without a rate", "[funding]") {
  const Ecosystem eco(made({"organisation", "organisation", "partnership"}, {"funder", "funder", "network"},
                           {{0, 2, "funds", 100}, {1, 2, "funds", 50, "EUR"}}));
  const Funding apart = funding(eco);
  CHECK(apart.ledger.moneys.size() == 2);
  CHECK(apart.pooling.size() == 2);
  CHECK(std::isnan(apart.pooling[0].concentration));  // the other half is in another money
  CHECK(apart.leverage[0].incomplete == 1);
  FundingOptions options;
  options.ledger.into = Money{"GBP", ""};
  CHECK_THROWS_WITH(funding(eco, options), ContainsSubstring("rates = EUR"));
  options.ledger.rates = {{{"EUR", ""}, 0.8}};
  const Funding together = funding(eco, options);
  CHECK(together.ledger.moneys.size() == 1);
  CHECK(together.pooling[0].total == 140);
  options.ledger.rates = {{{"EUR", ""}, 0}};
  CHECK_THROWS_WITH(funding(eco, options), ContainsSubstring("above 0"));
}

TEST_CASE("funding: cliffs and recurrent money", "[funding]") {
  const Ecosystem eco(made({"organisation", "organisation", "partnership"}, {"funder", "funder", "network"},
                           {{0, 2, "funds", 300, "GBP", "2020-04-01", "2023-04-01", false},
                            {1, 2, "funds", 100, "GBP", "2022-04-01", "2024-04-01", true},
                            {1, 2, "funds", 5, "GBP", "2025-01-01", std::nullopt, std::nullopt}}));
  const Funding f = funding(eco);
  REQUIRE(f.cliffs.size() == 2);
  CHECK(to_string(f.cliffs[0].date) == "2023-04-01");
  CHECK(f.cliffs[0].ending == 1);
  CHECK(f.cliffs[0].running == 2);
  CHECK(f.cliffs[0].amount == 300);
  CHECK_THAT(f.cliffs[0].share, WithinRel((300 * 365.25 / 1095) / (300 * 365.25 / 1095 + 100 * 365.25 / 731), 1e-12));
  CHECK(f.cliffs[1].share == 1.0);
  REQUIRE(f.recurrence.size() == 1);
  CHECK(f.recurrence[0].recurrent == 100);
  CHECK(f.recurrence[0].once == 300);
  CHECK(f.recurrence[0].unsaid == 5);
}

TEST_CASE("funding: unknown amounts, circles and chains are stated outcomes", "[funding]") {
  // A circle of funds that pay each other and a project.
  const Ecosystem circle(
      made({"fund", "fund", "project"}, {{}, {}, {}}, {{0, 1, "funds", 10}, {1, 0, "funds", 10}, {1, 2, "funds", 10}}));
  CHECK(funding(circle).pooling.size() == 1);
  // Diamonds of funds, which double the ways at each step, and one chain longer than is followed.
  std::vector<Words> kinds(301, Words("fund"));
  const std::vector<Words> sectors(301);
  std::vector<Row> rows;
  for (index_t v = 0; v < 150; ++v) {
    rows.push_back({2 * v, 2 * v + 2, "funds", 1});
    rows.push_back({2 * v, 2 * v + 1, "funds", 1});
    if (v > 0) rows.push_back({2 * v - 1, 2 * v, "funds", 1});
  }
  kinds[300] = "project";
  CHECK(funding(Ecosystem(made(kinds, sectors, rows))).pooling.size() == 1);
  CHECK(funding(Ecosystem()).flows.empty());
  const Ecosystem gap(made({"organisation", "fund", "project"}, {{}, {}, {}}, {{0, 1}, {1, 2, "funds", 10}}));
  const Funding f = funding(gap);
  CHECK(f.pooling[0].funders == 1);
  CHECK(f.pooling[0].concentration == 1.0);  // one funder stands behind the fund, whatever it gave
  CHECK_THAT(f.provenance.warnings[0], ContainsSubstring("1 of 2 entries"));
}

TEST_CASE("funding: refuses what is no money", "[funding]") {
  CHECK_THROWS_WITH(funding(Ecosystem(made({{}, {}}, {{}, {}}, {{0, 1, "funds", -5}}))),
                    ContainsSubstring("tie row 0"));
  CHECK_THROWS_WITH(funding(Ecosystem(made({{}, {}}, {{}, {}}, {{0, 1, "funds", 5, "GBP", "2023", "2021"}}))),
                    ContainsSubstring("no earlier than it starts"));
}
