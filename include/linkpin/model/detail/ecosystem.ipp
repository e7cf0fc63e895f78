#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/detail/answers.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <optional>
#include <utility>

namespace linkpin {

namespace detail {

// The columns whose meaning is fixed, and the type each must have.
struct NamedColumn {
  std::string_view name;
  ColumnType type;
};

inline constexpr std::array entity_columns = {
    NamedColumn{"label", ColumnType::text},  NamedColumn{"kind", ColumnType::text},
    NamedColumn{"sector", ColumnType::text}, NamedColumn{"roles", ColumnType::list},
    NamedColumn{"start", ColumnType::date},  NamedColumn{"end", ColumnType::date},
    NamedColumn{"source", ColumnType::text}, NamedColumn{"evidence", ColumnType::text}};
inline constexpr std::array tie_columns = {
    NamedColumn{"kind", ColumnType::text},         NamedColumn{"weight", ColumnType::number},
    NamedColumn{"confidence", ColumnType::number}, NamedColumn{"start", ColumnType::date},
    NamedColumn{"end", ColumnType::date},          NamedColumn{"wave", ColumnType::text},
    NamedColumn{"source", ColumnType::text},       NamedColumn{"evidence", ColumnType::text}};
inline constexpr std::array report_columns = {
    NamedColumn{"item", ColumnType::text},   NamedColumn{"wave", ColumnType::text},
    NamedColumn{"state", ColumnType::text},  NamedColumn{"value", ColumnType::number},
    NamedColumn{"source", ColumnType::text}, NamedColumn{"cap", ColumnType::number}};

template <std::size_t N>
void check_named(const Frame& frame, const std::array<NamedColumn, N>& named, std::string_view what) {
  for (const NamedColumn& expected : named) {
    const Column* found = frame.find(expected.name);
    if (found != nullptr && found->type() != expected.type) {
      refuse("Ecosystem", std::string(what) + " column " + std::string(expected.name), to_string(found->type()),
             "this name is kept for a column of type " + std::string(to_string(expected.type)) + "; rename yours");
    }
  }
}

inline void check_range(const Frame& frame, std::string_view name, double low, double high, std::string_view remedy) {
  const Column* column = frame.find(name);
  if (column == nullptr) return;
  for (std::size_t row = 0; row < column->size(); ++row) {
    if (column->missing(row)) continue;
    const double value = column->number(row);
    if (!std::isfinite(value) || value < low || value > high) {
      refuse("Ecosystem", name, shown(value), remedy, "row " + std::to_string(row));
    }
  }
}

inline void check_ends(const std::vector<index_t>& ends, index_t count, bool may_be_absent, std::string_view what) {
  for (std::size_t row = 0; row < ends.size(); ++row) {
    if (ends[row] >= count || ends[row] < (may_be_absent ? none : 0)) {
      refuse("Ecosystem", what, std::to_string(ends[row]),
             "entities are numbered from 0 to " + std::to_string(count - 1), "row " + std::to_string(row));
    }
  }
}

inline void check_rows(const Frame& frame, std::size_t rows, std::string_view what) {
  if (frame.rows() != rows) {
    refuse("Ecosystem", std::string(what) + ", rows", std::to_string(frame.rows()),
           "give one row each: " + std::to_string(rows));
  }
}

inline void check_reports(const EcosystemParts& p) {
  const Column* state = p.reports.find("state");
  const Column* value = p.reports.find("value");
  for (std::size_t row = 0; row < p.respondent.size(); ++row) {
    const std::string where = "report row " + std::to_string(row);
    if (state != nullptr && !state->missing(row) && !answer_of(state->view(row))) {
      refuse("Ecosystem", "state", state->view(row),
             "a state is one of: answered, not asked, did not respond, declined", where);
    }
    const bool has_value = value != nullptr && !value->missing(row);
    const bool answered = report_state(p.reports, row) == Answer::answered;
    if (answered && p.report_to[row] != none && !has_value) {
      refuse("Ecosystem", "value", "missing", "an answer has a value (0 for \"no\"); otherwise give its state", where);
    }
    if (!answered && has_value) {
      refuse("Ecosystem", "value", shown(value->number(row)), "only an answer has a value", where);
    }
  }
}

inline void check_ecosystem(const EcosystemParts& p) {
  const index_t n = p.ids->size();
  if (p.to.size() != p.from.size()) {
    refuse("Ecosystem", "to, length", std::to_string(p.to.size()), "give one end for each of `from`");
  }
  if (p.report_from.size() != p.respondent.size() || p.report_to.size() != p.respondent.size()) {
    refuse("Ecosystem", "reports, length", std::to_string(p.report_from.size()),
           "give from and to for each respondent");
  }
  check_rows(p.entities, static_cast<std::size_t>(n), "entities");
  check_rows(p.ties, p.from.size(), "ties");
  check_rows(p.reports, p.respondent.size(), "reports");
  check_named(p.entities, entity_columns, "entity");
  check_named(p.ties, tie_columns, "tie");
  check_named(p.reports, report_columns, "report");
  check_ends(p.from, n, false, "from");
  check_ends(p.to, n, false, "to");
  check_ends(p.respondent, n, false, "respondent");
  check_ends(p.report_from, n, false, "report from");
  check_ends(p.report_to, n, true, "report to");
  constexpr double any = std::numeric_limits<double>::max();
  check_range(p.ties, "weight", 0, any, "weights are finite and not negative; keep signs in an attribute");
  check_range(p.ties, "confidence", 0, 1, "a confidence lies between 0 and 1");
  check_range(p.reports, "value", -any, any, "values are finite");
  check_reports(p);
}

}  // namespace detail

LINKPIN_INLINE Ecosystem::Ecosystem() : parts_(std::make_shared<const EcosystemParts>()) {}

LINKPIN_INLINE Ecosystem::Ecosystem(EcosystemParts parts) {
  if (parts.entities.width() == 0) parts.entities.resize(static_cast<std::size_t>(parts.ids->size()));
  if (parts.ties.width() == 0) parts.ties.resize(parts.from.size());
  if (parts.reports.width() == 0) parts.reports.resize(parts.respondent.size());
  detail::check_ecosystem(parts);
  parts_ = std::make_shared<const EcosystemParts>(std::move(parts));
}

LINKPIN_INLINE std::string Ecosystem::label(index_t entity) const {
  const Column* labels = entities().find("label");
  const auto row = static_cast<std::size_t>(entity);
  return std::string(labels == nullptr || labels->missing(row) ? id(entity) : labels->view(row));
}

LINKPIN_INLINE TieKind Ecosystem::kind(std::string_view name) const {
  for (const TieKind& own : parts_->kinds) {
    if (own.name == name) return own;
  }
  for (const TieKind& usual : usual_tie_kinds()) {
    if (usual.name == name) return usual;
  }
  return {std::string(name), Flow::forward, false, ""};
}

LINKPIN_INLINE std::vector<std::string> Ecosystem::distinct(const Frame& frame, std::string_view column) {
  std::vector<std::string> values;
  const Column* found = frame.find(column);
  if (found == nullptr || !found->is_text()) return values;
  const Text& text = found->text();
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(text.levels->size()), 0);
  for (const index_t code : text.codes) {
    if (code == none || seen[static_cast<std::size_t>(code)] != 0) continue;
    seen[static_cast<std::size_t>(code)] = 1;
    values.emplace_back((*text.levels)[code]);
  }
  return values;
}

LINKPIN_INLINE bool operator==(const Ecosystem& a, const Ecosystem& b) {
  const EcosystemParts& x = a.parts();
  const EcosystemParts& y = b.parts();
  return &x == &y || (*x.ids == *y.ids && x.entities == y.entities && x.from == y.from && x.to == y.to &&
                      x.ties == y.ties && x.respondent == y.respondent && x.report_from == y.report_from &&
                      x.report_to == y.report_to && x.reports == y.reports && x.kinds == y.kinds && x.about == y.about);
}

}  // namespace linkpin
