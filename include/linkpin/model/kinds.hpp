// Kinds of entities and ties: names everybody can add to, and what the library knows of the usual ones.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// Which way knowledge runs along a tie of a kind: with it, or against it (a citation points at what it draws on).
enum class Flow : std::uint8_t { forward, backward };

struct TieKind {
  std::string name;
  Flow flow = Flow::forward;
  bool symmetric = false;  // A-B says the same as B-A
  std::string meaning;     // one plain sentence

  friend bool operator==(const TieKind&, const TieKind&) = default;
};

// The kinds the library comes with. An ecosystem adds its own or restates these.
inline const std::vector<TieKind>& usual_tie_kinds() {
  static const std::vector<TieKind> kinds = {
      {"member_of", Flow::forward, false, "belongs to a partnership, board, group or organisation"},
      {"leads", Flow::forward, false, "leads a partnership, project or event"},
      {"collaborates", Flow::forward, true, "works together with"},
      {"trusts", Flow::forward, false, "trusts"},
      {"values", Flow::forward, false, "values the contribution of"},
      {"contacts", Flow::forward, false, "is in touch with"},
      {"funds", Flow::forward, false, "gives money to"},
      {"awarded_to", Flow::forward, false, "is held by, as an award by an organisation or person"},
      {"pays", Flow::forward, false, "has paid money to"},
      {"employs", Flow::forward, false, "employs"},
      {"affiliated_with", Flow::forward, false, "works at or belongs to, as a person to an organisation"},
      {"trains", Flow::forward, false, "trains or mentors"},
      {"takes_part_in", Flow::forward, false, "takes part in an event or activity"},
      {"counted_at", Flow::forward, false,
       "was counted at an event: so many people, or so many per cent, of one answer"},
      {"produces", Flow::forward, false, "produces evidence or another output"},
      {"disseminates", Flow::forward, false, "carries evidence to others"},
      {"cites", Flow::backward, false, "cites: knowledge runs from what is cited to what cites it"},
      {"informs", Flow::forward, false, "informs a policy, decision or practice"},
      {"adopts", Flow::backward, false, "adopts: knowledge runs from what is adopted to who adopts it"},
      {"decides", Flow::forward, false, "takes part in deciding"},
      {"taken_at", Flow::forward, false, "was taken or dealt with at a board or event"},
      {"addresses", Flow::forward, false, "is about a priority or topic"},
      {"advises", Flow::forward, false, "advises"},
      {"governs", Flow::forward, false, "governs or oversees"},
      {"feeds_back", Flow::forward, false, "reports back to"},
      {"raises", Flow::forward, false, "says, as a person or group at an event"},
      {"raised_at", Flow::forward, false, "was said at an event"},
      {"answers", Flow::backward, false, "responds to what was said"},
      {"leads_to", Flow::forward, false, "leads to a decision, change or outcome"},
      {"reported_back", Flow::forward, false, "was reported back to those who said it"},
      {"precedes", Flow::forward, false, "was replaced by or grew into"},
      {"part_of", Flow::forward, false, "is a part of, as a grant of a programme"},
      {"about", Flow::forward, false, "is about a topic"},
  };
  return kinds;
}

// The kinds of entities the library knows by name; others are taken as they come.
inline const std::vector<std::string>& usual_entity_kinds() {
  static const std::vector<std::string> kinds = {"person",   "organisation", "group",    "partnership", "project",
                                                 "evidence", "policy",       "fund",     "event",       "channel",
                                                 "priority", "outcome",      "award",    "input",       "response",
                                                 "change",   "board",        "decision", "topic"};
  return kinds;
}

// What the columns `use`, `rung` and `payback` say, in the usual words; users may have others.
//
// How research is used: Weiss (1979) and Nutley, Walter & Davies (2007).
inline constexpr std::array<std::string_view, 5> research_uses = {"instrumental", "conceptual", "symbolic", "process",
                                                                  "imposed"};
// The ladder of utilisation, lowest first: Knott & Wildavsky (1980), Landry, Amara & Lamari (2001). Ordinal: levels are
// counted and compared, never averaged.
inline constexpr std::array<std::string_view, 6> utilisation_rungs = {"transmission", "cognition", "reference",
                                                                      "effort",       "influence", "application"};
// What research pays back: Buxton & Hanney (1996).
inline constexpr std::array<std::string_view, 5> payback_categories = {"knowledge", "research targeting and capacity",
                                                                       "policy and product", "sector", "economic"};

}  // namespace linkpin
