// Boards: who has a seat, who has a vote, whose vote can decide, and who sits on several.
//
// A board is an entity of kind "board"; its seats are ties of kind "member_of" to it. Columns of these ties: `seat`
// (chair, member, observer), `votes` (1 unless given, 0 for observers), `start`, `end`, `attendance` (probability of
// coming). Columns of the board: `quota` (votes that carry; more than half unless given), `quorum` (members who must be
// there), `casting_vote` (true where the chair decides when votes are equal).
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <optional>
#include <string>

namespace linkpin {

struct BoardsOptions {
  std::string blocs = "sector";  // entity column: those who share a value might vote together
  std::optional<Date> at = {};   // only seats that are held at some time in it; all that are on record unless given
  Run run{};
};

struct Boards {
  Frame seats;   // board, member, label, seat, bloc, votes, attendance, shapley_shubik, banzhaf, decisive
  Frame boards;  // board, label, chair, seats, votes, quota, quorum, quorate
  Frame blocs;   // board, bloc, seats, votes, share (of votes), shapley_shubik, banzhaf: if each bloc voted as one
  Provenance provenance;
};

// Power indices as in statistics/coalitions.hpp; `decisive` as in statistics/meeting.hpp, where the board takes its
// decisions by more than half, and NaN elsewhere. Votes are decimals and are counted as such, exactly: 0.1 + 0.2 is
// 0.3. What a board leaves open, and what is assumed for it, is a warning.
[[nodiscard]] Boards boards(const Ecosystem& eco, const BoardsOptions& options = {});

struct Interlocks {
  Frame pairs;    // a, b, shared, people, bodies, expected, p, p_adjusted, through (organisations with people on both)
  Frame members;  // member, label, kind, boards, reaches (other boards' members it sits with): who has several seats
  Provenance provenance;
};

// Every pair of boards that share a member, or an organisation whose people (affiliated_with, employs) sit on both. p
// is the chance of so many shared members or more if each board had drawn its members from all who have a seat
// anywhere (at that date, where one is given); p_adjusted is Bonferroni's over all pairs of boards. Tumminello et al.
// 2011. O(seats^2) at worst.
[[nodiscard]] Interlocks interlocks(const Ecosystem& eco, const std::optional<Date>& at = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/power/detail/boards.ipp>
#endif
