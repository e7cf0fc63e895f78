// Random ecosystems that use everything a format must carry: all column types, missing values, texts that formats trip
// over, reports in every state, kinds and facts of their own.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <linkpin/core/random.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace support {

class EcosystemMaker {
 public:
  explicit EcosystemMaker(std::uint64_t number) : random_(2026, "ecosystems", number) {}

  linkpin::Ecosystem make() {
    linkpin::EcosystemParts p;
    auto ids = std::make_shared<linkpin::StringTable>();
    const std::size_t wanted = random_.below(12);
    while (static_cast<std::size_t>(ids->size()) < wanted) ids->intern(text() + std::to_string(random_.below(30)));
    const std::size_t n = wanted;
    p.ids = ids;
    p.entities = frame(n, {"label", "kind", "sector", "source", "evidence"}, {"roles"}, {"start", "end"});
    const std::size_t m = n == 0 ? 0 : random_.below(20);
    p.from = ends(m, n);
    p.to = ends(m, n);
    p.ties = frame(m, {"kind", "wave", "source", "evidence"}, {}, {"start", "end"});
    if (half()) p.ties.set("weight", numbers(m, 0, 5));
    if (half()) p.ties.set("confidence", numbers(m, 0, 1));
    if (half()) add_reports(p, n);
    for (std::uint32_t k = random_.below(3); k > 0; --k) {
      p.kinds.push_back({text() + "k", half() ? linkpin::Flow::forward : linkpin::Flow::backward, half(), text()});
    }
    if (half())
      p.about = {{"title", text()}, {"description", text()}, {"profile", text()}, {"keywords", "[\"a\",{\"b\":1}]"}};
    return linkpin::Ecosystem(std::move(p));
  }

 private:
  bool half() { return random_.below(2) == 0; }

  std::string text() {
    static const std::array<const char*, 26> texts = {
        "",           "plain",           " lead", "trail ",      "\ttab\t",    "a,b",
        "a;b",        "say \"hello\"",   "\"",    "line\nbreak", "cr\rlf\r\n", "\r",
        "Zoë Müller", "日本語",          "007",   "+44",         "true",       "1.5",
        "1,5",        "2018-05",         "a|b|",  "sep=;",       "NaN",        "#note",
        "=1+1",       "\xEF\xBB\xBFmark"};
    return texts[random_.below(static_cast<std::uint32_t>(texts.size()))];
  }

  linkpin::Column texts(std::size_t rows, linkpin::ColumnType type) {
    std::vector<std::optional<std::string>> values(rows);
    for (auto& value : values) {
      if (random_.below(4) > 0) value = text();
    }
    return linkpin::text_column(values, type);
  }

  linkpin::Column numbers(std::size_t rows, double low, double high) {
    std::vector<double> values(rows, linkpin::undefined);
    for (double& value : values) {
      if (random_.below(4) > 0) value = low + (high - low) * random_.uniform();
    }
    return linkpin::Column(std::move(values));
  }

  // Any double there is, infinite ones too.
  linkpin::Column any_numbers(std::size_t rows) {
    std::vector<double> values(rows);
    for (double& value : values) {
      const std::uint64_t high = random_();
      value = std::bit_cast<double>(high << 32 | random_());
      if (random_.below(9) == 0) value = linkpin::unreachable;
    }
    return linkpin::Column(std::move(values));
  }

  std::vector<std::uint8_t> mask(std::size_t rows) {
    std::vector<std::uint8_t> missing;
    if (half()) return missing;
    for (std::size_t i = 0; i < rows; ++i) missing.push_back(half() ? 1 : 0);
    return missing;
  }

  linkpin::Column integers(std::size_t rows) {
    std::vector<std::int64_t> values(rows);
    for (std::int64_t& value : values) {
      const std::uint64_t high = random_();
      value = static_cast<std::int64_t>(high << 32 | random_());
      if (random_.below(5) == 0) value = std::numeric_limits<std::int64_t>::min();
    }
    return linkpin::Column(std::move(values), mask(rows));
  }

  linkpin::Column booleans(std::size_t rows) {
    std::vector<std::uint8_t> values(rows);
    for (std::uint8_t& value : values) value = half() ? 1 : 0;
    return linkpin::Column(std::move(values), mask(rows));
  }

  linkpin::Column dates(std::size_t rows) {
    std::vector<linkpin::Date> values;
    for (std::size_t i = 0; i < rows; ++i) {
      const int year = 1 + static_cast<int>(random_.below(9999));
      const unsigned month = 1 + random_.below(12);
      const std::uint32_t precision = random_.below(3);
      values.push_back(precision == 0   ? linkpin::date_of_year(year)
                       : precision == 1 ? linkpin::date_of_month(year, month)
                                        : linkpin::date_of_day(year, month, 1 + random_.below(28)));
    }
    return linkpin::Column(std::move(values), mask(rows));
  }

  std::vector<linkpin::index_t> ends(std::size_t rows, std::size_t n) {
    std::vector<linkpin::index_t> chosen(rows);
    for (auto& end : chosen) end = static_cast<linkpin::index_t>(random_.below(static_cast<std::uint32_t>(n)));
    return chosen;
  }

  // Some of the columns with a meaning, and some of the user's own, whose names are as odd as their texts.
  linkpin::Frame frame(std::size_t rows, const std::vector<std::string>& text_names,
                       const std::vector<std::string>& list_names, const std::vector<std::string>& date_names) {
    linkpin::Frame out;
    out.resize(rows);
    for (const auto& name : text_names) {
      if (half()) out.set(name, texts(rows, linkpin::ColumnType::text));
    }
    for (const auto& name : list_names) {
      if (half()) out.set(name, texts(rows, linkpin::ColumnType::list));
    }
    for (const auto& name : date_names) {
      if (half()) out.set(name, dates(rows));
    }
    if (half()) out.set("own " + text(), any_numbers(rows));
    if (half()) out.set("own integers" + text(), integers(rows));
    if (half()) out.set("own truth", booleans(rows));
    if (half()) out.set("own list", texts(rows, linkpin::ColumnType::list));
    if (half()) out.set("own dates", dates(rows));
    if (half()) out.set(text(), texts(rows, linkpin::ColumnType::text));
    return out;
  }

  void add_reports(linkpin::EcosystemParts& p, std::size_t n) {
    const std::size_t rows = n == 0 ? 0 : random_.below(15);
    p.respondent = ends(rows, n);
    p.report_from = ends(rows, n);
    p.report_to = ends(rows, n);
    std::vector<double> values(rows, linkpin::undefined);
    std::vector<std::optional<std::string>> states(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto state = static_cast<linkpin::Answer>(random_.below(4));
      if (half()) states[i] = std::string(to_string(state));
      if (random_.below(5) == 0) p.report_to[i] = linkpin::none;
      if (!states[i] || state == linkpin::Answer::answered) values[i] = static_cast<double>(random_.below(4));
    }
    p.reports = frame(rows, {"item", "wave", "source"}, {}, {});
    p.reports.set("state", linkpin::text_column(states));
    p.reports.set("value", linkpin::Column(std::move(values)));
  }

  linkpin::Stream random_;
};

// The number'th of an endless series.
inline linkpin::Ecosystem random_ecosystem(std::uint64_t number) { return EcosystemMaker(number).make(); }

}  // namespace support
