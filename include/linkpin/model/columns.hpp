// Columns of any type with missing values, and frames of them: the attributes of entities, ties, reports and networks.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/model/strings.hpp>
#include <linkpin/model/time.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace linkpin {

// `list` is text whose values are separated by a bar ("researcher|carer").
enum class ColumnType : std::uint8_t { number, integer, boolean, text, list, date };

inline std::string_view to_string(ColumnType type) {
  constexpr std::string_view names[] = {"number", "integer", "boolean", "text", "list", "date"};
  return names[static_cast<std::size_t>(type)];
}

// One code a row into a table of texts; `none` is a missing value.
struct Text {
  std::vector<index_t> codes;
  std::shared_ptr<const StringTable> levels = std::make_shared<const StringTable>();
};

// One column. A missing number is NaN, a missing text has code `none`; the other types carry a mask.
class Column {
 public:
  Column() : data_(std::vector<double>{}) {}
  explicit Column(std::vector<double> numbers) : type_(ColumnType::number), data_(std::move(numbers)) {}
  explicit Column(std::vector<std::int64_t> integers, std::vector<std::uint8_t> missing = {})
      : type_(ColumnType::integer), data_(std::move(integers)), missing_(std::move(missing)) {}
  explicit Column(std::vector<std::uint8_t> booleans, std::vector<std::uint8_t> missing = {})
      : type_(ColumnType::boolean), data_(std::move(booleans)), missing_(std::move(missing)) {}
  explicit Column(Text text, ColumnType type = ColumnType::text) : type_(type), data_(std::move(text)) {}
  explicit Column(std::vector<Date> dates, std::vector<std::uint8_t> missing = {})
      : type_(ColumnType::date), data_(std::move(dates)), missing_(std::move(missing)) {}

  [[nodiscard]] ColumnType type() const { return type_; }

  [[nodiscard]] std::size_t size() const {
    return std::visit(
        [](const auto& values) -> std::size_t {
          if constexpr (requires { values.codes; }) {
            return values.codes.size();
          } else {
            return values.size();
          }
        },
        data_);
  }

  [[nodiscard]] bool missing(std::size_t row) const {
    if (const auto* numbers = std::get_if<std::vector<double>>(&data_)) return std::isnan((*numbers)[row]);
    if (const auto* text = std::get_if<Text>(&data_)) return text->codes[row] == none;
    return !missing_.empty() && missing_[row] != 0;
  }

  // The values as stored; throws std::bad_variant_access for another type, so ask type() first.
  [[nodiscard]] std::span<const double> numbers() const { return std::get<std::vector<double>>(data_); }
  [[nodiscard]] std::span<const std::int64_t> integers() const { return std::get<std::vector<std::int64_t>>(data_); }
  [[nodiscard]] std::span<const std::uint8_t> booleans() const { return std::get<std::vector<std::uint8_t>>(data_); }
  [[nodiscard]] std::span<const Date> dates() const { return std::get<std::vector<Date>>(data_); }
  [[nodiscard]] const Text& text() const { return std::get<Text>(data_); }
  [[nodiscard]] std::span<const std::uint8_t> mask() const { return missing_; }

  [[nodiscard]] bool is_text() const { return type_ == ColumnType::text || type_ == ColumnType::list; }
  [[nodiscard]] bool is_numeric() const { return type_ <= ColumnType::boolean; }

  // The text of a row; empty where missing. Text and list columns only.
  [[nodiscard]] std::string_view view(std::size_t row) const {
    const Text& t = text();
    return t.codes[row] == none ? std::string_view{} : (*t.levels)[t.codes[row]];
  }

  // A number, integer or boolean as a double; NaN where missing.
  [[nodiscard]] double number(std::size_t row) const {
    if (missing(row)) return undefined;
    switch (type_) {
      case ColumnType::number:
        return numbers()[row];
      case ColumnType::integer:
        return static_cast<double>(integers()[row]);
      case ColumnType::boolean:
        return booleans()[row] != 0 ? 1.0 : 0.0;
      default:
        refuse("Column::number", "column of type", to_string(type_), "a number is needed here");
    }
  }

  // The rows in another order or a subset of them; `none` gives a missing value.
  [[nodiscard]] Column take(std::span<const index_t> rows) const {
    Column out;
    out.type_ = type_;
    if (const auto* t = std::get_if<Text>(&data_)) {
      Text picked;
      picked.levels = t->levels;
      picked.codes.reserve(rows.size());
      for (const index_t r : rows) picked.codes.push_back(r == none ? none : t->codes[static_cast<std::size_t>(r)]);
      out.data_ = std::move(picked);
      return out;
    }
    const bool gaps = std::find(rows.begin(), rows.end(), none) != rows.end();
    if (type_ != ColumnType::number && (gaps || !missing_.empty())) {
      out.missing_.reserve(rows.size());
      for (const index_t r : rows) out.missing_.push_back(r == none || missing(static_cast<std::size_t>(r)) ? 1 : 0);
    }
    std::visit(
        [&](const auto& values) {
          using Values = std::decay_t<decltype(values)>;
          if constexpr (!std::is_same_v<Values, Text>) {
            Values picked;
            picked.reserve(rows.size());
            for (const index_t r : rows) {
              if (r != none) {
                picked.push_back(values[static_cast<std::size_t>(r)]);
              } else if constexpr (std::is_same_v<Values, std::vector<double>>) {
                picked.push_back(undefined);
              } else {
                picked.push_back({});
              }
            }
            out.data_ = std::move(picked);
          }
        },
        data_);
    return out;
  }

  // Equal where type, missing rows and values are; text compares as text, not as codes.
  friend bool operator==(const Column& a, const Column& b) {
    if (a.type_ != b.type_ || a.size() != b.size()) return false;
    for (std::size_t row = 0; row < a.size(); ++row) {
      if (a.missing(row) != b.missing(row)) return false;
      if (!a.missing(row) && !a.same_value(b, row)) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] bool same_value(const Column& other, std::size_t row) const {
    switch (type_) {
      case ColumnType::number:
        return numbers()[row] == other.numbers()[row];
      case ColumnType::integer:
        return integers()[row] == other.integers()[row];
      case ColumnType::boolean:
        return booleans()[row] == other.booleans()[row];
      case ColumnType::date:
        return dates()[row] == other.dates()[row];
      default:
        return view(row) == other.view(row);
    }
  }

  ColumnType type_ = ColumnType::number;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint8_t>, Text, std::vector<Date>>
      data_;
  std::vector<std::uint8_t> missing_;
};

// A text column from texts; an absent one is missing.
inline Column text_column(std::span<const std::optional<std::string>> texts, ColumnType type = ColumnType::text) {
  auto levels = std::make_shared<StringTable>();
  Text text;
  text.codes.reserve(texts.size());
  for (const auto& t : texts) text.codes.push_back(t ? levels->intern(*t) : none);
  text.levels = std::move(levels);
  return Column(std::move(text), type);
}

// Named columns of one length, in the order they were added. Columns nobody supplied take no room.
class Frame {
 public:
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t width() const { return columns_.size(); }
  [[nodiscard]] const std::string& name(std::size_t i) const { return columns_[i].first; }
  [[nodiscard]] const Column& at(std::size_t i) const { return columns_[i].second; }

  [[nodiscard]] const Column* find(std::string_view name) const {
    for (const auto& [n, column] : columns_) {
      if (n == name) return &column;
    }
    return nullptr;
  }

  // Fixes the number of rows of a frame that may stay without columns.
  void resize(std::size_t rows) {
    if (!columns_.empty() && rows != rows_) {
      refuse("Frame::resize", "rows", std::to_string(rows), "the frame already has columns of another length");
    }
    rows_ = rows;
  }

  // Adds or replaces a column. An empty frame takes the column's length.
  void set(std::string_view name, Column column) {
    if (columns_.empty() && rows_ == 0) rows_ = column.size();
    if (column.size() != rows_) {
      refuse("Frame::set", "column " + std::string(name) + ", length", std::to_string(column.size()),
             "give one value a row: " + std::to_string(rows_));
    }
    for (auto& [n, existing] : columns_) {
      if (n == name) {
        existing = std::move(column);
        return;
      }
    }
    columns_.emplace_back(std::string(name), std::move(column));
  }

  [[nodiscard]] Frame take(std::span<const index_t> rows) const {
    Frame out;
    out.rows_ = rows.size();
    for (const auto& [n, column] : columns_) out.columns_.emplace_back(n, column.take(rows));
    return out;
  }

  friend bool operator==(const Frame& a, const Frame& b) { return a.rows_ == b.rows_ && a.columns_ == b.columns_; }

 private:
  std::size_t rows_ = 0;
  std::vector<std::pair<std::string, Column>> columns_;
};

}  // namespace linkpin
