// What the tables of evidence read from an ecosystem's columns.
#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/time.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail::evidence {

using Words = std::vector<std::optional<std::string>>;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline std::string_view text_at(const Frame& frame, std::string_view name, std::size_t row) {
  const Column* column = frame.find(name);
  return column == nullptr || !column->is_text() || column->missing(row) ? std::string_view{} : column->view(row);
}

inline std::optional<std::string> said(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(std::string(text));
}

// When it was: the column `date`, else `start`, as it is written.
inline std::optional<std::string> when(const Frame& frame, std::size_t row) {
  for (const char* name : {"date", "start"}) {
    const Column* column = frame.find(name);
    if (column == nullptr || column->missing(row)) continue;
    if (column->type() == ColumnType::date) return to_string(column->dates()[row]);
    if (column->is_text()) return std::string(column->view(row));
    return std::to_string(std::lround(column->number(row)));
  }
  return std::nullopt;
}

// The values of a cell, one or several with bars between them.
inline std::vector<std::string> values_in(const Frame& frame, std::string_view name, std::size_t row) {
  std::vector<std::string> values;
  std::string_view text = text_at(frame, name, row);
  while (!text.empty()) {
    const std::size_t bar = text.find('|');
    std::string_view part = text.substr(0, bar);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty() && std::find(values.begin(), values.end(), part) == values.end()) values.emplace_back(part);
    text = bar == std::string_view::npos ? std::string_view{} : text.substr(bar + 1);
  }
  return values;
}

inline std::vector<index_t> of_kinds(const Ecosystem& eco, const std::vector<std::string>& kinds) {
  std::vector<index_t> found;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    const std::string_view kind = text_at(eco.entities(), "kind", at(v));
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) found.push_back(v);
  }
  return found;
}

[[noreturn]] inline void refuse_kind(const Ecosystem& eco, std::string_view function, const std::string& kind) {
  std::string known;
  for (const std::string& k : Ecosystem::distinct(eco.entities(), "kind")) known += (known.empty() ? "" : ", ") + k;
  refuse(function, "kind", kind, "no entity is of this kind; there are " + (known.empty() ? "none" : known));
}

inline Column counts_column(const std::vector<std::int64_t>& values) { return Column(values); }

}  // namespace linkpin::detail::evidence
