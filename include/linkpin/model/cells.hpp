// Cells of columns that users fill as they please: read as text, as several texts, or as a number, wherever they stand.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/columns.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// A cell as text, numbers in their shortest form; empty where it is missing or there is no such column.
inline std::string cell_text(const Column* column, std::size_t row) {
  if (column == nullptr || column->missing(row)) return {};
  if (column->is_text()) return std::string(column->view(row));
  if (column->type() == ColumnType::date) return to_string(column->dates()[row]);
  if (column->type() == ColumnType::boolean) return column->number(row) != 0 ? "true" : "false";
  return shown(column->number(row));
}

inline std::string cell_text(const Frame& frame, std::string_view column, std::size_t row) {
  return cell_text(frame.find(column), row);
}

// A cell as a number; NaN where it is missing, is no number, or there is no such column.
inline double cell_number(const Frame& frame, std::string_view column, std::size_t row) {
  const Column* found = frame.find(column);
  return found == nullptr || !found->is_numeric() ? undefined : found->number(row);
}

// The texts of a cell that bars part, each once, without white space around and without empty ones.
inline std::vector<std::string> cell_texts(const Column* column, std::size_t row) {
  std::vector<std::string> out;
  const std::string whole = cell_text(column, row);
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('|', begin), whole.size());
    const std::size_t first = whole.find_first_not_of(" \t\r\n", begin);
    if (first < end) {
      const std::size_t last = whole.find_last_not_of(" \t\r\n", end - 1);
      std::string part = whole.substr(first, last - first + 1);
      if (std::find(out.begin(), out.end(), part) == out.end()) out.push_back(std::move(part));
    }
    begin = end + 1;
  }
  return out;
}

// Words that people spell as they like: lower case, hyphens and underscores as spaces, none of them around or doubled.
// "Full decision-making" and "full_decision_making" are one.
inline std::string tidy_words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool gap = c == '-' || c == '_' || c == ' ' || c == '\t';
    if (gap && (out.empty() || out.back() == ' ')) continue;
    out += gap ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The words of a list cell, tidied, each once.
inline std::vector<std::string> cell_words(const Column* column, std::size_t row) {
  std::vector<std::string> out;
  for (const std::string& part : cell_texts(column, row)) {
    std::string word = tidy_words(part);
    if (!word.empty() && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(std::move(word));
  }
  return out;
}

}  // namespace linkpin
