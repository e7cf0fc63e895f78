// Dates that keep their precision, and half-open periods of them.
//
// "2018" is the whole year: a date is an interval of days, and comparisons say what is certain and what is possible.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace linkpin {

enum class Precision : std::uint8_t { year, month, day };

// Days are counted from 1970-01-01. `first` and `last` are both inside the date.
struct Date {
  std::int32_t first = 0;
  std::int32_t last = 0;
  Precision precision = Precision::day;

  friend bool operator==(const Date&, const Date&) = default;
};

namespace detail {

inline std::int32_t day_number(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return static_cast<std::int32_t>(
      sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}.time_since_epoch().count());
}

}  // namespace detail

inline Date date_of_year(int year) {
  return {detail::day_number(year, 1, 1), detail::day_number(year + 1, 1, 1) - 1, Precision::year};
}

inline Date date_of_month(int year, unsigned month) {
  const int next_year = month == 12 ? year + 1 : year;
  const unsigned next_month = month == 12 ? 1 : month + 1;
  return {detail::day_number(year, month, 1), detail::day_number(next_year, next_month, 1) - 1, Precision::month};
}

inline Date date_of_day(int year, unsigned month, unsigned day) {
  const std::int32_t number = detail::day_number(year, month, day);
  return {number, number, Precision::day};
}

// Reads ISO 8601: 2018, 2018-05, 2018-05-03, and the date part of 2018-05-03T10:00. Nothing else.
inline std::optional<Date> parse_date(std::string_view text) {
  if (text.find_first_of("T ") == 10) text = text.substr(0, 10);
  auto digits = [&text](std::size_t at, std::size_t count) -> std::optional<int> {
    int value = 0;
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + count, value);
    if (error != std::errc{} || end != begin + count || text[at] == '-') return std::nullopt;
    return value;
  };
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto year = digits(0, 4);
  if (!year || *year < 1) return std::nullopt;
  if (text.size() == 4) return date_of_year(*year);
  const auto month = text[4] == '-' ? digits(5, 2) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) return date_of_month(*year, static_cast<unsigned>(*month));
  const auto day = text[7] == '-' ? digits(8, 2) : std::nullopt;
  if (!day) return std::nullopt;
  using namespace std::chrono;
  const year_month_day ymd{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                           std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return date_of_day(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

// ISO 8601 to the date's own precision.
inline std::string to_string(const Date& date) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days{days{date.first}}};
  char text[24];
  const int y = static_cast<int>(ymd.year());
  const auto m = static_cast<unsigned>(ymd.month());
  const auto d = static_cast<unsigned>(ymd.day());
  switch (date.precision) {
    case Precision::year:
      std::snprintf(text, sizeof text, "%04d", y);
      break;
    case Precision::month:
      std::snprintf(text, sizeof text, "%04d-%02u", y, m);
      break;
    case Precision::day:
      std::snprintf(text, sizeof text, "%04d-%02u-%02u", y, m, d);
      break;
  }
  return text;
}

enum class Overlap : std::uint8_t { no, possible, certain };

// Half-open [start, end): no start means always so far, no end means ongoing. What ends in "2018" ended at some time
// in that year.
struct Period {
  std::optional<Date> start;
  std::optional<Date> end;

  friend bool operator==(const Period&, const Period&) = default;
};

// Does something that holds during `period` hold at some time in `moment`?
inline Overlap overlap(const Period& period, const Date& moment) {
  const bool starts_maybe = !period.start || period.start->first <= moment.last;
  const bool ends_maybe = !period.end || period.end->last > moment.first;
  if (!starts_maybe || !ends_maybe) {
    // A period that starts and ends on the same date (an event) holds on that date.
    const bool event =
        period.start && period.end && *period.start == *period.end && starts_maybe && period.end->last >= moment.first;
    return event ? Overlap::certain : Overlap::no;
  }
  const bool starts_surely = !period.start || period.start->last <= moment.last;
  const bool ends_surely = !period.end || period.end->first > moment.first;
  return starts_surely && ends_surely ? Overlap::certain : Overlap::possible;
}

}  // namespace linkpin
