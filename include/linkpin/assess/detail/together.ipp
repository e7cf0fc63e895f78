// Who and what makes up each partnership, and how its carers take part and vote.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/participation/participation.hpp>
#include <linkpin/power/boards.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::partnerships {

using Numbers = std::vector<double>;
using Words = std::vector<std::optional<std::string>>;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline std::string_view word(const Frame& frame, std::string_view name, std::size_t row) {
  const Column* column = frame.find(name);
  return column == nullptr || !column->is_text() ? std::string_view{} : column->view(row);
}

inline std::vector<index_t> of_kind(const Ecosystem& eco, std::string_view kind) {
  std::vector<index_t> found;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    if (word(eco.entities(), "kind", at(v)) == kind) found.push_back(v);
  }
  return found;
}

inline bool caring(std::string_view roles) {
  return roles.find("carer") != std::string_view::npos || roles.find("caregiver") != std::string_view::npos;
}

inline double ratio(double part, double all) { return all > 0 ? part / all : undefined; }

// A partnership is its place in `entity`.
struct Together {
  std::vector<index_t> entity;
  std::vector<std::vector<index_t>> members;  // sorted, each once
  std::vector<std::set<index_t>> things;      // its boards, events, projects and decisions
  std::set<std::pair<index_t, index_t>> collaborate;
};

inline Together read_together(const Ecosystem& eco) {
  constexpr std::array<std::string_view, 6> joins = {"member_of", "part_of", "governs", "leads", "funds", "produces"};
  constexpr std::array<std::string_view, 4> kinds = {"board", "event", "project", "decision"};
  Together out;
  out.entity = of_kind(eco, "partnership");
  out.members.resize(out.entity.size());
  out.things.resize(out.entity.size());
  std::vector<index_t> place(at(eco.entity_count()), none);
  for (std::size_t i = 0; i < out.entity.size(); ++i) place[at(out.entity[i])] = static_cast<index_t>(i);
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    index_t u = eco.from()[row];
    index_t v = eco.to()[row];
    const std::string_view kind = word(eco.ties(), "kind", row);
    if (u == v) continue;
    if (kind == "collaborates") out.collaborate.emplace(std::min(u, v), std::max(u, v));
    const bool thing = std::find(kinds.begin(), kinds.end(), word(eco.entities(), "kind", at(u))) != kinds.end();
    if (kind == "member_of" && place[at(v)] != none && !thing) out.members[at(place[at(v)])].push_back(u);
    if (std::find(joins.begin(), joins.end(), kind) == joins.end()) continue;
    for (int way = 0; way < 2; ++way, std::swap(u, v)) {
      const std::string_view other = word(eco.entities(), "kind", at(u));
      if (place[at(v)] == none || std::find(kinds.begin(), kinds.end(), other) == kinds.end()) continue;
      out.things[at(place[at(v)])].insert(u);
    }
  }
  for (auto& members : out.members) {  // a member twice, by two claims, is one
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
  return out;
}

// Columns by name, in order; each has one value a partnership.
using Columns = std::vector<std::pair<std::string, Numbers>>;

inline void add_members(const Ecosystem& eco, const Together& all, Columns& out) {
  Numbers members, sectors, carers, collaboration;
  for (const auto& group : all.members) {
    const auto size = static_cast<double>(group.size());
    std::set<std::string_view> seen;
    double caring_members = 0;
    double with_roles = 0;
    double tied = 0;
    for (std::size_t a = 0; a < group.size(); ++a) {
      const std::string_view sector = word(eco.entities(), "sector", at(group[a]));
      const std::string_view roles = word(eco.entities(), "roles", at(group[a]));
      if (!sector.empty()) seen.insert(sector);
      with_roles += roles.empty() ? 0 : 1;
      caring_members += caring(roles) ? 1 : 0;
      for (std::size_t b = a + 1; b < group.size(); ++b) tied += all.collaborate.contains({group[a], group[b]}) ? 1 : 0;
    }
    members.push_back(size > 0 ? size : undefined);
    sectors.push_back(seen.empty() ? undefined : static_cast<double>(seen.size()));
    carers.push_back(with_roles > 0 ? caring_members : undefined);
    collaboration.push_back(all.collaborate.empty() ? undefined : ratio(tied, size * (size - 1) / 2));
  }
  out.emplace_back("members", std::move(members));
  out.emplace_back("sectors", std::move(sectors));
  out.emplace_back("carers", std::move(carers));
  out.emplace_back("collaboration", std::move(collaboration));
}

// Only the participations that are a partnership's, each in the capacity of its partnerships ("3"), where it is known
// who takes part also as known ("3 known"), and where they are carers as theirs ("3 carers"), so that the participation
// room tables each partnership by itself.
inline Ecosystem by_partnership(const Ecosystem& eco, const Together& all) {
  std::map<index_t, std::set<std::size_t>> whose;
  for (std::size_t i = 0; i < all.entity.size(); ++i) {
    whose[all.entity[i]].insert(i);
    for (const index_t v : all.members[i]) whose[v].insert(i);
    for (const index_t v : all.things[i]) whose[v].insert(i);
  }
  std::vector<index_t> rows;
  Words capacity;
  EcosystemParts p = eco.parts();
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (word(eco.ties(), "kind", row) != "takes_part_in") continue;
    std::set<std::size_t> places;
    for (const index_t end : {eco.from()[row], eco.to()[row]}) {
      const auto found = whose.find(end);
      if (found != whose.end()) places.insert(found->second.begin(), found->second.end());
    }
    if (places.empty()) continue;
    std::string_view as = word(eco.ties(), "capacity", row);
    if (as.empty()) as = word(eco.entities(), "roles", at(eco.from()[row]));
    std::string words;
    for (const std::size_t i : places) {
      const std::string name = std::to_string(i);
      words += name;
      if (!as.empty()) words += "|" + name + " known";
      if (caring(as)) words += "|" + name + " carers";
      words += "|";
    }
    rows.push_back(static_cast<index_t>(row));
    capacity.emplace_back(std::move(words));
  }
  p.ties = eco.ties().take(rows);
  p.ties.resize(rows.size());
  p.ties.set("capacity", text_column(capacity, ColumnType::list));
  p.from.clear();
  p.to.clear();
  for (const index_t row : rows) {
    p.from.push_back(eco.from()[at(row)]);
    p.to.push_back(eco.to()[at(row)]);
  }
  p.respondent.clear();
  p.report_from.clear();
  p.report_to.clear();
  p.reports = Frame{};
  return Ecosystem(std::move(p));
}

// People by partnership: everybody, those of whom it is known whether they are carers, and carers.
struct People {
  explicit People(std::size_t count) : all(count, 0.0), known(count, 0.0), carers(count, 0.0) {}

  // Of a group as by_partnership() names it.
  void set(std::string_view group, double people) {
    const std::size_t gap = std::min(group.find(' '), group.size());
    const std::string_view of = group.substr(gap);
    (of.empty() ? all : of == " known" ? known : carers)[std::stoul(std::string(group.substr(0, gap)))] = people;
  }

  [[nodiscard]] double share(std::size_t i) const { return ratio(carers[i], known[i]); }

  Numbers all, known, carers;
};

// Also fills `stages`: partnership, stage, participations, carers.
inline void add_participation(const Ecosystem& eco, const Together& all, const Words& ids, Columns& out, Frame& stages,
                              std::vector<std::string>& warnings) {
  const std::size_t count = all.entity.size();
  const Ecosystem marked = by_partnership(eco, all);
  People people(count);
  std::vector<std::pair<std::string, People>> by_stage;  // in the order of the participation room
  Numbers sharing(count, undefined);
  if (marked.tie_count() > 0) {
    const Participation found = participation(marked);
    for (const std::string& w : found.provenance.warnings) warnings.push_back("participation: " + w);
    auto each = [](const Frame& frame, const auto& take) {  // but for everybody's rows
      for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (!frame.find("group")->missing(row)) take(row, frame.find("group")->view(row));
      }
    };
    each(found.groups, [&](std::size_t row, std::string_view group) {
      people.set(group, found.groups.find("participations")->number(row));
    });
    for (const std::string& stage : Ecosystem::distinct(found.stages, "stage")) by_stage.emplace_back(stage, count);
    each(found.stages, [&](std::size_t row, std::string_view group) {
      const std::string_view stage = found.stages.find("stage")->view(row);
      const auto own = std::find_if(by_stage.begin(), by_stage.end(), [&](const auto& s) { return s.first == stage; });
      own->second.set(group, found.stages.find("participations")->number(row));
    });
    each(found.reached, [&](std::size_t row, std::string_view group) {  // the last of a group is all scales together
      if (group.find(' ') != std::string_view::npos) return;
      sharing[std::stoul(std::string(group))] = found.reached.find("share")->number(row);
    });
  }
  Numbers parts, as_carers, share, carer_stages(count, undefined), at_stage, carers_at_stage;
  Words partnership, stage_word;
  Columns each_stage;
  for (std::size_t i = 0; i < count; ++i) {
    parts.push_back(people.all[i] > 0 ? people.all[i] : undefined);
    as_carers.push_back(people.known[i] > 0 ? people.carers[i] : undefined);
    share.push_back(people.share(i));
  }
  for (const auto& [stage, own] : by_stage) {
    Numbers shares;
    for (std::size_t i = 0; i < count; ++i) {
      shares.push_back(own.share(i));
      if (own.all[i] > 0) {
        partnership.push_back(ids[i]);
        stage_word.emplace_back(stage);
        at_stage.push_back(own.all[i]);
        carers_at_stage.push_back(own.known[i] > 0 ? own.carers[i] : undefined);
      }
      if (own.known[i] == 0) continue;
      if (std::isnan(carer_stages[i])) carer_stages[i] = 0;
      carer_stages[i] += own.carers[i] > 0 ? 1 : 0;
    }
    std::string name = "carers_at_" + stage;
    std::replace(name.begin(), name.end(), ' ', '_');
    each_stage.emplace_back(std::move(name), std::move(shares));
  }
  stages.set("partnership", text_column(partnership));
  stages.set("stage", text_column(stage_word));
  stages.set("participations", Column(std::move(at_stage)));
  stages.set("carers", Column(std::move(carers_at_stage)));
  out.emplace_back("participations", std::move(parts));
  out.emplace_back("carers_taking_part", std::move(as_carers));
  out.emplace_back("carer_share", std::move(share));
  out.emplace_back("carer_stages", std::move(carer_stages));
  out.emplace_back("sharing", std::move(sharing));
  for (auto& column : each_stage) out.push_back(std::move(column));
}

// Carers' share of the votes, and of the power if they voted as one, on each partnership's boards: means over boards
// that have a member whose roles are known.
inline void add_power(const Ecosystem& eco, const Together& all, const Run& run, Columns& out,
                      std::vector<std::string>& warnings) {
  const std::size_t count = all.entity.size();
  std::map<index_t, std::vector<std::size_t>> whose;
  for (std::size_t i = 0; i < count; ++i) {
    for (const index_t v : all.things[i]) {
      if (word(eco.entities(), "kind", at(v)) == "board") whose[v].push_back(i);
    }
  }
  Numbers boards_of(count, undefined), votes(count, 0.0), power(count, 0.0), known(count, 0.0);
  if (!whose.empty()) {
    EcosystemParts p = eco.parts();
    Words bloc, kinds;  // no other boards than theirs
    for (index_t v = 0; v < eco.entity_count(); ++v) {
      bloc.emplace_back(caring(word(eco.entities(), "roles", at(v))) ? "carers" : "others");
      kinds.push_back(whose.contains(v) ? std::optional<std::string>("board") : std::nullopt);
    }
    p.entities.set("bloc", text_column(bloc));
    p.entities.set("kind", text_column(kinds));
    const Boards found = boards(Ecosystem(std::move(p)), {.blocs = "bloc", .run = run});
    for (const std::string& w : found.provenance.warnings) warnings.push_back("boards: " + w);
    std::set<index_t> with_roles;
    for (std::size_t row = 0; row < found.seats.rows(); ++row) {
      const index_t member = eco.find(found.seats.find("member")->view(row));
      if (word(eco.entities(), "roles", at(member)).empty()) continue;
      with_roles.insert(eco.find(found.seats.find("board")->view(row)));
    }
    std::map<index_t, std::pair<double, double>> carers;
    for (std::size_t row = 0; row < found.blocs.rows(); ++row) {
      const index_t board = eco.find(found.blocs.find("board")->view(row));
      auto& both = carers[board];  // a board without carers leaves them nothing
      if (found.blocs.find("bloc")->view(row) == "carers") {
        both = {found.blocs.find("share")->number(row), found.blocs.find("shapley_shubik")->number(row)};
      }
    }
    for (const auto& [board, places] : whose) {
      for (const std::size_t i : places) {
        boards_of[i] = std::isnan(boards_of[i]) ? 1 : boards_of[i] + 1;
        const auto own = carers.find(board);
        if (own == carers.end() || !with_roles.contains(board)) continue;
        votes[i] += own->second.first;
        power[i] += own->second.second;
        ++known[i];
      }
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    votes[i] = ratio(votes[i], known[i]);
    power[i] = ratio(power[i], known[i]);
  }
  out.emplace_back("boards", std::move(boards_of));
  out.emplace_back("carer_votes", std::move(votes));
  out.emplace_back("carer_power", std::move(power));
}

}  // namespace linkpin::detail::partnerships
