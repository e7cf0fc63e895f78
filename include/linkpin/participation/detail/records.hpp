// What the headers of this room share: cells read as texts and counts, and frames built row by row.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/model/cells.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace linkpin::detail {

// A cell as a count; nothing where missing. Throws InputError for what is no whole number from 0 to 2^53.
inline std::optional<std::int64_t> cell_count(std::string_view function, std::string_view name, const Column* column,
                                              std::size_t row) {
  if (column == nullptr || column->missing(row)) return std::nullopt;
  const double value = column->is_numeric() ? column->number(row) : undefined;
  if (!(value >= 0 && value <= 9007199254740992.0 && value == std::floor(value))) {
    refuse(function, name, cell_text(column, row), "a count of people is a whole number, 0 or more",
           "row " + std::to_string(row));
  }
  return static_cast<std::int64_t>(value);
}

inline bool is_kind(const Column* kind, std::size_t row, std::string_view name) {
  return kind != nullptr && !kind->missing(row) && kind->view(row) == name;
}

// Columns of texts and numbers that grow together and become a frame.
class Rows {
 public:
  explicit Rows(std::vector<std::string> names) : names_(std::move(names)), columns_(names_.size()) {}

  using Cell = std::variant<std::monostate, std::optional<std::string>, std::optional<std::int64_t>, double, bool>;

  void add(std::vector<Cell> cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push_back(std::move(cells[i]));
  }

  // The type of a column is that of its cells; `types` gives it where there may be no row: t, l (list), i, n or b each.
  [[nodiscard]] Frame frame(std::string_view types) const {
    Frame out;
    for (std::size_t c = 0; c < names_.size(); ++c) out.set(names_[c], column(columns_[c], types[c]));
    return out;
  }

 private:
  static Column column(const std::vector<Cell>& cells, char type) {
    std::vector<std::optional<std::string>> texts;
    std::vector<std::int64_t> integers;
    std::vector<double> numbers;
    std::vector<std::uint8_t> truths;
    std::vector<std::uint8_t> missing;
    bool gaps = false;
    for (const Cell& cell : cells) {
      if (type == 't' || type == 'l') texts.push_back(std::get<std::optional<std::string>>(cell));
      if (type == 'n') numbers.push_back(std::get<double>(cell));
      if (type == 'b') truths.push_back(std::get<bool>(cell) ? 1 : 0);
      if (type == 'i') {
        const auto& value = std::get<std::optional<std::int64_t>>(cell);
        integers.push_back(value.value_or(0));
        missing.push_back(value ? 0 : 1);
        gaps = gaps || !value;
      }
    }
    if (type == 't') return text_column(texts);
    if (type == 'l') return text_column(texts, ColumnType::list);
    if (type == 'n') return Column(std::move(numbers));
    if (type == 'b') return Column(std::move(truths));
    return Column(std::move(integers), gaps ? std::move(missing) : std::vector<std::uint8_t>{});
  }

  std::vector<std::string> names_;
  std::vector<std::vector<Cell>> columns_;
};

// Shorthands for cells, so that a row reads as a row.
inline Rows::Cell text(std::string value) { return std::optional<std::string>(std::move(value)); }
inline Rows::Cell no_text() { return std::optional<std::string>(); }
inline Rows::Cell whole(std::int64_t value) { return std::optional<std::int64_t>(value); }
inline Rows::Cell maybe(std::optional<std::int64_t> value) { return value; }

inline double share_of(std::int64_t part, std::int64_t all) {
  return all == 0 ? undefined : static_cast<double>(part) / static_cast<double>(all);
}

}  // namespace linkpin::detail
