// The gap table on an ecosystem small enough to do by hand.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/priorities/gap.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace linkpin;
using Texts = std::vector<std::optional<std::string>>;

// Two priorities; Ann and Ben put the first one first, Cat the second; an award of 100 is about the second.
Ecosystem town() {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  for (const char* id : {"respite", "robots", "ann", "ben", "cat", "award", "fund"}) ids->intern(id);
  p.ids = ids;
  p.entities.set("kind", text_column(Texts{"priority", "priority", "person", "person", "person", "award", "fund"}));
  p.entities.set("sector", text_column(Texts{std::nullopt, std::nullopt, "carers", "carers", "academic", std::nullopt,
                                             std::nullopt}));
  p.from = {5, 6};
  p.to = {1, 5};
  p.ties.set("kind", text_column(Texts{"addresses", "funds"}));
  p.ties.set("amount", Column(std::vector<double>{std::nan(""), 100}));
  p.respondent = {2, 2, 3, 3, 4, 4};
  p.report_from = p.respondent;
  p.report_to = {0, 1, 0, 1, 0, 1};
  p.reports.set("item", text_column(Texts(6, "priority")));
  p.reports.set("value", Column(std::vector<double>{1, 2, 1, 2, 2, 1}));
  return Ecosystem(std::move(p));
}

double number(const Frame& frame, const char* column, std::size_t row) { return frame.find(column)->number(row); }

}  // namespace

TEST_CASE("gap: people, money and research", "[gap]") {
  const PriorityGap gap = priority_gap(town());
  REQUIRE(gap.table.rows() == 2);
  CHECK(number(gap.table, "rank", 0) == 1);
  CHECK(number(gap.table, "money", 1) == 100);
  CHECK(number(gap.table, "money_gap", 0) == 1);
  CHECK(std::isnan(number(gap.table, "research_rank", 0)));
  CHECK(gap.money_tau == -1);
  CHECK(std::isnan(gap.research_tau));
  CHECK(number(gap.cost, "share", 0) == 0);
  CHECK(number(gap.cost, "share", 1) == 1);
  CHECK(gap.groups.rows() == 4);
  CHECK(gap.provenance.warnings.size() == 1);
  // As votes, more is better, and the order turns round.
  CHECK(number(priority_gap(town(), {.high_is_best = true}).table, "rank", 0) == 2);
  CHECK(priority_gap(Ecosystem()).table.rows() == 0);
  CHECK_THROWS_AS(priority_gap(town(), {.item = "other"}), InputError);
}
