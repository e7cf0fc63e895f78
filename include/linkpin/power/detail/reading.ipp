#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/model/cells.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::power {

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// What an entity column says of every entity; empty where it says nothing.
inline std::vector<std::string> labels(const Ecosystem& eco, std::string_view column) {
  std::vector<std::string> out;
  out.reserve(static_cast<std::size_t>(eco.entity_count()));
  for (index_t e = 0; e < eco.entity_count(); ++e) out.push_back(cell_text(eco.entities(), column, at(e)));
  return out;
}

// The rows of ties of one kind.
template <class Visit>
void each_tie(const Ecosystem& eco, std::string_view kind, Visit&& visit) {
  for (index_t tie = 0; tie < eco.tie_count(); ++tie) {
    if (cell_text(eco.ties(), "kind", at(tie)) == kind) visit(at(tie), eco.from()[at(tie)], eco.to()[at(tie)]);
  }
}

// The rows of an answer as they come, column by column; a text that is empty is missing.
class TableMaker {
 public:
  TableMaker& add(std::string_view column, std::string value) {
    texts_[slot(column)].push_back(value.empty() ? std::nullopt : std::optional<std::string>(std::move(value)));
    return *this;
  }
  TableMaker& add(std::string_view column, std::string_view value) { return add(column, std::string(value)); }
  TableMaker& add(std::string_view column, const char* value) { return add(column, std::string(value)); }
  TableMaker& add(std::string_view column, double value) {
    numbers_[slot(column)].push_back(value);
    return *this;
  }

  // `columns` fixes the order, so that a table without rows has its columns too; a name that ends in '$' is text.
  [[nodiscard]] Frame frame(std::initializer_list<std::string_view> columns) const {
    Frame out;
    for (std::string_view name : columns) {
      const bool is_text = name.back() == '$';
      if (is_text) name.remove_suffix(1);
      const auto found = std::find(names_.begin(), names_.end(), name);
      const auto i = static_cast<std::size_t>(found - names_.begin());
      if (is_text) {
        out.set(name, text_column(found == names_.end() ? std::vector<std::optional<std::string>>{} : texts_.at(i)));
      } else {
        out.set(name, Column(found == names_.end() ? std::vector<double>{} : numbers_.at(i)));
      }
    }
    return out;
  }

 private:
  std::size_t slot(std::string_view column) {
    const auto found = std::find(names_.begin(), names_.end(), column);
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
    names_.emplace_back(column);
    return names_.size() - 1;
  }

  std::vector<std::string> names_;
  std::map<std::size_t, std::vector<std::optional<std::string>>> texts_;
  std::map<std::size_t, std::vector<double>> numbers_;
};

}  // namespace linkpin::detail::power
