// Participations as this room reads them from an ecosystem, and the groups they belong to.
#pragma once

#include <algorithm>
#include <linkpin/participation/detail/records.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail {

struct TakingPart {
  std::size_t row = 0;  // of the tie
  index_t who = none;
  index_t what = none;
  std::int64_t people = 1;
  std::vector<index_t> groups;
};

struct TakingParts {
  std::vector<TakingPart> all;
  std::vector<std::string> groups;  // in sorted order, so that tables come out alike from any file order
};

// The column that tells the groups of entities; `capacity` reads the ties first.
class Grouping {
 public:
  Grouping(std::string_view function, const Ecosystem& eco, const std::string& by) : of_ties_(by == "capacity") {
    if (of_ties_) {
      ties_ = eco.ties().find("capacity");
      entities_ = eco.entities().find("roles");
      return;
    }
    entities_ = eco.entities().find(by);
    if (entities_ == nullptr) {
      std::string known = "capacity";
      for (std::size_t i = 0; i < eco.entities().width(); ++i) known += ", " + eco.entities().name(i);
      refuse(function, "by", by, "choose one of: " + known);
    }
  }

  [[nodiscard]] std::vector<std::string> of(std::size_t tie, index_t entity) const {
    std::vector<std::string> found = cell_texts(ties_, tie);
    if (found.empty()) found = of_entity(entity);
    return found;
  }
  [[nodiscard]] std::vector<std::string> of_entity(index_t entity) const {
    return cell_texts(entities_, static_cast<std::size_t>(entity));
  }

 private:
  bool of_ties_;
  const Column* ties_ = nullptr;
  const Column* entities_ = nullptr;
};

// How many people a tie stands for: its count, one where it has none, and nothing known of a group without a count.
inline std::optional<std::int64_t> people_of(std::string_view function, const Ecosystem& eco, std::size_t row) {
  const auto count = cell_count(function, "count", eco.ties().find("count"), row);
  if (count || !is_kind(eco.entities().find("kind"), static_cast<std::size_t>(eco.from()[row]), "group")) {
    return count.value_or(1);
  }
  return std::nullopt;
}

inline void warn_of_groups(std::int64_t uncounted, std::vector<std::string>& warnings) {
  if (uncounted == 0) return;
  warnings.push_back(std::to_string(uncounted) + " ties of groups do not say how many people: they count for nobody");
}

// Every tie of one kind as a participation. People of a tie whose count is 0 took no part.
inline TakingParts taking_parts(std::string_view function, const Ecosystem& eco, const std::string& by,
                                std::string_view kind_name, std::vector<std::string>& warnings) {
  const Grouping grouping(function, eco, by);
  const Column* kind = eco.ties().find("kind");
  TakingParts out;
  std::map<std::string, index_t> codes;
  std::vector<std::vector<std::string>> names;
  std::int64_t without = 0;
  std::int64_t uncounted = 0;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_kind(kind, row, kind_name)) continue;
    TakingPart one;
    one.row = row;
    one.who = eco.from()[row];
    one.what = eco.to()[row];
    const auto people = people_of(function, eco, row);
    uncounted += people ? 0 : 1;
    one.people = people.value_or(0);
    if (one.people == 0) continue;
    names.push_back(grouping.of(row, one.who));
    if (names.back().empty()) ++without;
    for (const std::string& name : names.back()) codes.emplace(name, 0);
    out.all.push_back(std::move(one));
  }
  for (auto& [name, code] : codes) {
    code = static_cast<index_t>(out.groups.size());
    out.groups.push_back(name);
  }
  for (std::size_t i = 0; i < out.all.size(); ++i) {
    for (const std::string& name : names[i]) out.all[i].groups.push_back(codes.at(name));
  }
  warn_of_groups(uncounted, warnings);
  if (without > 0) {
    warnings.push_back(std::to_string(without) + " of " + std::to_string(out.all.size()) + " ties of kind " +
                       std::string(kind_name) + " have no " + by + ": they count for everybody together only");
  }
  return out;
}

// The group with this code, or everybody (`none`).
inline bool in_group(const TakingPart& one, index_t group) {
  return group == none || std::find(one.groups.begin(), one.groups.end(), group) != one.groups.end();
}

inline Rows::Cell group_cell(const TakingParts& parts, index_t group) {
  return group == none ? no_text() : text(parts.groups[static_cast<std::size_t>(group)]);
}

}  // namespace linkpin::detail
