#include <catch2/catch_test_macros.hpp>
#include <linkpin/model/time.hpp>

using linkpin::Date;
using linkpin::Overlap;
using linkpin::overlap;
using linkpin::parse_date;
using linkpin::Period;

namespace {

Date date(const char* text) { return parse_date(text).value(); }

}  // namespace

TEST_CASE("dates keep the precision they were written with") {
  for (const char* text : {"2018", "2018-05", "2018-05-03", "1969-12-31", "2020-02-29", "0001"}) {
    REQUIRE(to_string(date(text)) == text);
  }
  REQUIRE(to_string(date("2018-05-03T10:15:00")) == "2018-05-03");
  REQUIRE(date("1970-01-01").first == 0);
  REQUIRE(date("2018").last - date("2018").first == 364);
  REQUIRE(date("2020-02").last - date("2020-02").first == 28);  // a leap year's February
  REQUIRE(date("2018-12").last == date("2018").last);
}

TEST_CASE("what is no date is not guessed") {
  for (const char* text : {"", "18", "2018-", "2018-13", "2018-00", "2018-02-30", "2018/05/03", "-018", "May 2018",
                           "2018-5", "201a", "0000", "2018-05-3x"}) {
    REQUIRE_FALSE(parse_date(text).has_value());
  }
}

TEST_CASE("periods are half-open and say what is certain and what is possible") {
  const Period grant{date("2018-05-01"), date("2020-05-01")};
  REQUIRE(overlap(grant, date("2018-04-30")) == Overlap::no);
  REQUIRE(overlap(grant, date("2018-05-01")) == Overlap::certain);
  REQUIRE(overlap(grant, date("2020-04-30")) == Overlap::certain);
  REQUIRE(overlap(grant, date("2020-05-01")) == Overlap::no);
  REQUIRE(overlap(grant, date("2019")) == Overlap::certain);

  const Period vague{date("2018"), date("2020")};
  REQUIRE(overlap(vague, date("2017")) == Overlap::no);
  REQUIRE(overlap(vague, date("2018-06-01")) == Overlap::possible);  // it began at some time in 2018
  REQUIRE(overlap(vague, date("2018")) == Overlap::certain);         // at some time in 2018 it held
  REQUIRE(overlap(vague, date("2019-06-01")) == Overlap::certain);
  REQUIRE(overlap(vague, date("2020-06-01")) == Overlap::possible);
  REQUIRE(overlap(vague, date("2021")) == Overlap::no);
}

TEST_CASE("an open period is ongoing, an event holds on its day") {
  REQUIRE(overlap({date("2009"), {}}, date("2030")) == Overlap::certain);
  REQUIRE(overlap({{}, date("2009-01-01")}, date("1950")) == Overlap::certain);
  REQUIRE(overlap({}, date("1950")) == Overlap::certain);
  const Period event{date("2023-10-13"), date("2023-10-13")};
  REQUIRE(overlap(event, date("2023-10-13")) == Overlap::certain);
  REQUIRE(overlap(event, date("2023")) == Overlap::certain);
  REQUIRE(overlap(event, date("2023-10-14")) == Overlap::no);
}
