// Ecosystems written down claim by claim, as a test needs them.
#pragma once

#include <linkpin/model/ecosystem.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

// Entities and ties in the order they are said; columns appear as they are first used, missing elsewhere.
class Claims {
 public:
  void entity(std::string_view id, std::string_view kind = {}) {
    ids_.intern(id);
    if (!kind.empty()) say("kind", id, kind);
  }

  // A text, or a number, of an entity.
  void say(const std::string& column, std::string_view id, std::string_view value) {
    auto& values = entity_texts_[column];
    values.resize(static_cast<std::size_t>(ids_.size()));
    auto& cell = values[static_cast<std::size_t>(ids_.intern(id))];
    cell.reset();
    if (!value.empty()) cell = std::string(value);
  }
  void attribute(const std::string& column, std::string_view id, double value) {
    auto& values = entity_numbers_[column];
    values.resize(static_cast<std::size_t>(ids_.size()), linkpin::undefined);
    values[static_cast<std::size_t>(ids_.intern(id))] = value;
  }

  void tie(std::string_view from, std::string_view to, std::string_view kind) {
    from_.push_back(ids_.intern(from));
    to_.push_back(ids_.intern(to));
    text("kind", kind);
  }

  // Of the tie said last. The columns of lists are those named here.
  void text(const std::string& column, std::string_view value) {
    auto& values = tie_texts_[column];
    values.resize(from_.size());
    values.back() = std::string(value);
  }
  void number(const std::string& column, double value) {
    auto& values = tie_numbers_[column];
    values.resize(from_.size(), linkpin::undefined);
    values.back() = value;
  }

  [[nodiscard]] linkpin::Ecosystem ecosystem() const {
    linkpin::EcosystemParts p;
    p.ids = std::make_shared<linkpin::StringTable>(ids_);
    const auto n = static_cast<std::size_t>(ids_.size());
    p.entities.resize(n);
    for (const auto& [name, values] : entity_texts_) {
      p.entities.set(name, column_of(values, n, name == "roles" ? linkpin::ColumnType::list : type_of(name)));
    }
    for (const auto& [name, values] : entity_numbers_) p.entities.set(name, column_of(values, n));
    p.from = from_;
    p.to = to_;
    p.ties.resize(from_.size());
    for (const auto& [name, values] : tie_texts_) p.ties.set(name, column_of(values, from_.size(), type_of(name)));
    for (const auto& [name, values] : tie_numbers_) p.ties.set(name, column_of(values, from_.size()));
    return linkpin::Ecosystem(std::move(p));
  }

 private:
  using Texts = std::vector<std::optional<std::string>>;

  static linkpin::ColumnType type_of(const std::string& name) {
    return name == "start" || name == "end" ? linkpin::ColumnType::date : linkpin::ColumnType::text;
  }

  static linkpin::Column column_of(Texts values, std::size_t rows, linkpin::ColumnType type) {
    values.resize(rows);
    if (type != linkpin::ColumnType::date) return linkpin::text_column(values, type);
    std::vector<linkpin::Date> dates;
    std::vector<std::uint8_t> missing;
    for (const auto& value : values) {
      const auto date = value ? linkpin::parse_date(*value) : std::nullopt;
      dates.push_back(date.value_or(linkpin::Date{}));
      missing.push_back(date ? 0 : 1);
    }
    return linkpin::Column(std::move(dates), std::move(missing));
  }

  static linkpin::Column column_of(std::vector<double> values, std::size_t rows) {
    values.resize(rows, linkpin::undefined);
    return linkpin::Column(std::move(values));
  }

  linkpin::StringTable ids_;
  std::vector<linkpin::index_t> from_, to_;
  std::map<std::string, Texts> entity_texts_, tie_texts_;
  std::map<std::string, std::vector<double>> entity_numbers_, tie_numbers_;
};

}  // namespace support
