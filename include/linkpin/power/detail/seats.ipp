#pragma once

#include <cmath>
#include <linkpin/core/provenance.hpp>
#include <linkpin/power/detail/reading.ipp>
#include <set>

namespace linkpin::detail::power {

struct Seat {
  index_t member = none;
  std::string seat;
  double votes = 0.0;
  double attendance = undefined;
};

struct Board {
  index_t entity = none;
  std::vector<Seat> seats;
};

inline Period tie_period(const Ecosystem& eco, std::size_t row) {
  auto date = [&](std::string_view name) -> std::optional<Date> {
    const Column* column = eco.ties().find(name);
    if (column == nullptr || column->type() != ColumnType::date || column->missing(row)) return std::nullopt;
    return column->dates()[row];
  };
  return {date("start"), date("end")};
}

// Boards in order of the entities; a member who has several ties to a board has one seat, the first.
inline std::vector<Board> read_boards(const Ecosystem& eco, Provenance& provenance,
                                      const std::optional<Date>& when = {}) {
  std::vector<Board> boards;
  std::map<index_t, std::size_t> place;
  for (index_t e = 0; e < eco.entity_count(); ++e) {
    if (cell_text(eco.entities(), "kind", at(e)) != "board") continue;
    place.emplace(e, boards.size());
    boards.push_back({e, {}});
  }
  std::set<std::pair<index_t, index_t>> seen;
  std::size_t twice = 0;
  std::size_t unsure = 0;
  each_tie(eco, "member_of", [&](std::size_t row, index_t from, index_t to) {
    const auto found = place.find(to);
    if (found == place.end()) return;
    const Overlap held = when ? overlap(tie_period(eco, row), *when) : Overlap::certain;
    if (held == Overlap::no) return;
    unsure += held == Overlap::possible ? 1 : 0;
    if (!seen.emplace(from, to).second) {
      ++twice;
      return;
    }
    Seat seat{from, cell_text(eco.ties(), "seat", row), cell_number(eco.ties(), "votes", row),
              cell_number(eco.ties(), "attendance", row)};
    if (std::isnan(seat.votes)) seat.votes = seat.seat == "observer" ? 0.0 : 1.0;
    boards[found->second].seats.push_back(std::move(seat));
  });
  if (unsure > 0) {
    provenance.warnings.push_back(std::to_string(unsure) + " seats may or may not have been held in " +
                                  to_string(*when) + ", as far as their dates say; they count");
  }
  if (twice > 0) {
    provenance.warnings.push_back(std::to_string(twice) +
                                  " ties repeat a seat on the same board; the first of each counts");
  }
  return boards;
}

}  // namespace linkpin::detail::power
