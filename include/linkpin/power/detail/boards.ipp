#pragma once

#include <cmath>
#include <linkpin/core/numeric.hpp>
#include <linkpin/power/boards.hpp>
#include <linkpin/power/detail/seats.ipp>
#include <linkpin/statistics/coalitions.hpp>
#include <linkpin/statistics/meeting.hpp>
#include <set>

namespace linkpin {

namespace detail::power {

// The least power of ten that makes all votes of a board whole, so that they add up as the decimals they are written
// as; 0 where none up to a million does (a third) or they are too many to count.
inline double vote_scale(const Board& board) {
  for (double scale = 1; scale <= 1e6; scale *= 10) {
    const bool whole = std::all_of(board.seats.begin(), board.seats.end(), [scale](const Seat& s) {
      return std::abs(s.votes * scale - std::round(s.votes * scale)) <= 1e-9 * scale;
    });
    if (whole) {
      const bool fit = std::all_of(board.seats.begin(), board.seats.end(),
                                   [scale](const Seat& s) { return s.votes >= 0 && s.votes * scale <= 1e6; });
      return fit ? scale : 0.0;
    }
  }
  return 0.0;
}

// What a board's rules are, with a warning where one is assumed.
struct Rules {
  double scale = 1.0;  // by which votes are whole
  double votes = 0.0;
  double quota = undefined;
  bool simple = true;  // more than half
  index_t quorum = 0;
  index_t chair = none;  // place among the seats
  bool casting = false;
};

inline Rules read_rules(const Ecosystem& eco, const Board& board, Provenance& provenance) {
  const Frame& entities = eco.entities();
  const std::size_t row = at(board.entity);
  const std::string name = eco.label(board.entity);
  auto warn = [&](const std::string& what) { provenance.warnings.push_back(name + ": " + what); };
  Rules rules;
  const double scale = vote_scale(board);
  rules.scale = scale > 0 ? scale : 1e6;
  Sum total;
  for (std::size_t i = 0; i < board.seats.size(); ++i) {
    total.add(std::round(board.seats[i].votes * rules.scale));
    if (board.seats[i].seat != "chair") continue;
    if (rules.chair == none) {
      rules.chair = static_cast<index_t>(i);
    } else {
      warn("several chairs; the first is taken to have the casting vote");
    }
  }
  rules.votes = total.value() / rules.scale;
  const double majority = (std::floor(total.value() / 2) + 1) / rules.scale;
  rules.quota = cell_number(entities, "quota", row);
  if (std::isnan(rules.quota)) {
    rules.quota = majority;
  } else if (rules.quota <= 0) {
    warn("a quota of 0 or less is none; more than half of the votes is taken to carry");
    rules.quota = majority;
  }
  rules.simple = rules.quota == majority || rules.quota == rules.votes / 2;
  const double quorum = cell_number(entities, "quorum", row);
  if (quorum > 0) rules.quorum = static_cast<index_t>(std::min(std::ceil(quorum), 1e9));
  rules.casting = cell_number(entities, "casting_vote", row) > 0;
  if (rules.casting && rules.chair == none) warn("a casting vote, but no seat is the chair's");
  return rules;
}

struct BoardPower {
  std::vector<double> shapley, banzhaf, decisive;
  double quorate = undefined;
};

inline PowerIndex index_of(const Board& board, const Rules& rules, PowerKind kind, std::vector<index_t> blocs,
                           const Run& run) {
  VotingGame game{{}, rules.quota, rules.casting ? rules.chair : none, std::move(blocs)};
  for (const Seat& s : board.seats) game.weights.push_back(s.votes);
  return power_index(game, {kind, run});
}

inline BoardPower power_of(const Ecosystem& eco, const Board& board, const Rules& rules, Provenance& provenance,
                           const Run& run) {
  const std::string name = eco.label(board.entity);
  const PowerIndex shapley = index_of(board, rules, PowerKind::shapley_shubik, {}, run);
  for (const std::string& w : shapley.provenance.warnings) {
    provenance.warnings.push_back(name);
    provenance.warnings.back().append(": ").append(w);
  }
  BoardPower out{shapley.values, index_of(board, rules, PowerKind::banzhaf, {}, run).values, {}, undefined};
  out.decisive.assign(board.seats.size(), undefined);
  std::size_t unknown = 0;
  Meeting meeting{{}, {}, rules.quorum, rules.casting ? rules.chair : none};
  for (const Seat& s : board.seats) {
    meeting.votes.push_back(std::llround(s.votes * rules.scale));
    const bool known = s.attendance >= 0 && s.attendance <= 1;
    unknown += known ? 0 : 1;
    meeting.attendance.push_back(known ? s.attendance : 1.0);
  }
  if (unknown == board.seats.size()) return out;
  if (unknown > 0) {
    provenance.warnings.push_back(name + ": attendance of " + std::to_string(unknown) + " of " +
                                  std::to_string(board.seats.size()) + " members is unknown; they are taken to come");
  }
  const MeetingPower meeting_result = meeting_power(meeting, run);
  out.quorate = meeting_result.quorate;
  if (rules.simple) out.decisive = meeting_result.decisive;
  return out;
}

inline void add_blocs(TableMaker& table, const Ecosystem& eco, const Board& board, const Rules& rules,
                      const std::vector<std::string>& groups, const Run& run) {
  std::vector<index_t> codes;
  std::vector<std::string> names;
  std::map<std::string, index_t> place;  // a member without a group is a bloc of its own, by its id
  for (const Seat& s : board.seats) {
    const std::string& group = groups[at(s.member)];
    const auto [found, added] =
        place.emplace(group.empty() ? "\n" + std::string(eco.id(s.member)) : group, static_cast<index_t>(names.size()));
    if (added) names.push_back(group);
    codes.push_back(found->second);
  }
  const auto shapley = index_of(board, rules, PowerKind::shapley_shubik, codes, run).values;
  const auto banzhaf = index_of(board, rules, PowerKind::banzhaf, codes, run).values;
  std::vector<double> seats(names.size(), 0.0);
  std::vector<double> votes(names.size(), 0.0);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    seats[at(codes[i])] += 1;
    votes[at(codes[i])] += board.seats[i].votes;
  }
  for (std::size_t b = 0; b < names.size(); ++b) {
    table.add("board", eco.id(board.entity)).add("bloc", names[b]).add("seats", seats[b]).add("votes", votes[b]);
    table.add("share", rules.votes > 0 ? votes[b] / rules.votes : undefined);
    table.add("shapley_shubik", shapley[b]).add("banzhaf", banzhaf[b]);
  }
}

// Chance of at least `shared` common members of two boards of a and b members, drawn from n: the hypergeometric tail.
inline double chance_of_sharing(std::size_t shared, std::size_t a, std::size_t b, std::size_t n) {
  auto choose = [](std::size_t m, std::size_t k) {
    return std::lgamma(static_cast<double>(m) + 1) - std::lgamma(static_cast<double>(k) + 1) -
           std::lgamma(static_cast<double>(m - k) + 1);
  };
  const std::size_t least = a + b > n ? a + b - n : 0;
  if (shared <= least) return 1;
  Sum p;
  for (std::size_t k = shared; k <= std::min(a, b); ++k) {
    p.add(std::exp(choose(a, k) + choose(n - a, b - k) - choose(n, b)));
  }
  return std::min(1.0, p.value());
}

// The organisations that each entity works for.
inline std::map<index_t, std::set<index_t>> employers(const Ecosystem& eco) {
  std::map<index_t, std::set<index_t>> out;
  each_tie(eco, "affiliated_with", [&](std::size_t, index_t who, index_t where) { out[who].insert(where); });
  each_tie(eco, "employs", [&](std::size_t, index_t where, index_t who) { out[who].insert(where); });
  return out;
}

}  // namespace detail::power

LINKPIN_INLINE Boards boards(const Ecosystem& eco, const BoardsOptions& options) {
  using namespace detail::power;
  Boards out;
  out.provenance.measure = "boards";
  TableMaker seats;
  TableMaker rows;
  TableMaker blocs;
  const std::vector<std::string> groups = labels(eco, options.blocs);
  if (eco.entity_count() > 0 && eco.entities().find(options.blocs) == nullptr) {
    out.provenance.warnings.push_back("no entity has a " + options.blocs + ": every member is a bloc of its own");
  }
  for (const Board& board : read_boards(eco, out.provenance, options.at)) {
    const std::string name = eco.label(board.entity);
    const std::string_view id = eco.id(board.entity);
    const Rules rules = read_rules(eco, board, out.provenance);
    BoardPower power;
    power.shapley.assign(board.seats.size(), undefined);
    power.banzhaf = power.decisive = power.shapley;
    if (board.seats.empty()) {
      out.provenance.warnings.push_back(name + ": no member is recorded");
    } else if (vote_scale(board) == 0) {
      out.provenance.warnings.push_back(name +
                                        ": votes are no decimals that make whole numbers from 0 to a million, so "
                                        "there is no power to compute; give thirds as 1, 1 and 1");
    } else {
      power = power_of(eco, board, rules, out.provenance, options.run);
      add_blocs(blocs, eco, board, rules, groups, options.run);
    }
    for (std::size_t i = 0; i < board.seats.size(); ++i) {
      const Seat& s = board.seats[i];
      seats.add("board", id).add("member", eco.id(s.member)).add("label", eco.label(s.member)).add("seat", s.seat);
      seats.add("bloc", groups[at(s.member)]).add("votes", s.votes).add("attendance", s.attendance);
      seats.add("shapley_shubik", power.shapley[i]).add("banzhaf", power.banzhaf[i]);
      seats.add("decisive", power.decisive[i]);
    }
    rows.add("board", id).add("label", name);
    rows.add("chair", rules.chair == none ? std::string_view() : eco.id(board.seats[at(rules.chair)].member));
    rows.add("seats", static_cast<double>(board.seats.size())).add("votes", rules.votes).add("quota", rules.quota);
    rows.add("quorum", rules.quorum > 0 ? rules.quorum : undefined).add("quorate", power.quorate);
  }
  out.seats = seats.frame({"board$", "member$", "label$", "seat$", "bloc$", "votes", "attendance", "shapley_shubik",
                           "banzhaf", "decisive"});
  out.boards = rows.frame({"board$", "label$", "chair$", "seats", "votes", "quota", "quorum", "quorate"});
  out.blocs = blocs.frame({"board$", "bloc$", "seats", "votes", "share", "shapley_shubik", "banzhaf"});
  return out;
}

LINKPIN_INLINE Interlocks interlocks(const Ecosystem& eco, const std::optional<Date>& at_date) {
  using namespace detail::power;
  Interlocks out;
  out.provenance.measure = "interlocks";
  const std::vector<Board> boards = read_boards(eco, out.provenance, at_date);
  const auto works_for = employers(eco);
  std::vector<std::set<index_t>> members(boards.size());
  std::vector<std::set<index_t>> behind(boards.size());  // organisations whose people have a seat
  std::map<index_t, std::vector<std::size_t>> seats;
  for (std::size_t b = 0; b < boards.size(); ++b) {
    for (const Seat& s : boards[b].seats) {
      members[b].insert(s.member);
      seats[s.member].push_back(b);
      const auto found = works_for.find(s.member);
      if (found != works_for.end()) behind[b].insert(found->second.begin(), found->second.end());
    }
  }
  auto common = [](const std::set<index_t>& a, const std::set<index_t>& b) {
    std::vector<index_t> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
  };
  const double tests = static_cast<double>(boards.size()) * (static_cast<double>(boards.size()) - 1) / 2;
  TableMaker pairs;
  for (std::size_t a = 0; a < boards.size(); ++a) {
    for (std::size_t b = a + 1; b < boards.size(); ++b) {
      const auto shared = common(members[a], members[b]);
      const auto through = common(behind[a], behind[b]);
      if (shared.empty() && through.empty()) continue;
      const auto people = std::count_if(shared.begin(), shared.end(), [&](index_t e) {
        return cell_text(eco.entities(), "kind", at(e)) == "person";
      });
      const double p = chance_of_sharing(shared.size(), members[a].size(), members[b].size(), seats.size());
      pairs.add("a", eco.id(boards[a].entity)).add("b", eco.id(boards[b].entity));
      pairs.add("shared", static_cast<double>(shared.size())).add("people", static_cast<double>(people));
      pairs.add("bodies", static_cast<double>(shared.size()) - static_cast<double>(people));
      pairs.add("through", static_cast<double>(through.size()));
      pairs.add("expected", static_cast<double>(members[a].size()) * static_cast<double>(members[b].size()) /
                                static_cast<double>(seats.size()));
      pairs.add("p", p).add("p_adjusted", std::min(1.0, p * tests));
    }
  }
  TableMaker several;
  for (const auto& [member, on] : seats) {
    if (on.size() < 2) continue;
    std::set<index_t> met;
    for (const std::size_t b : on) met.insert(members[b].begin(), members[b].end());
    several.add("member", eco.id(member)).add("label", eco.label(member));
    several.add("kind", cell_text(eco.entities(), "kind", at(member))).add("boards", static_cast<double>(on.size()));
    several.add("reaches", static_cast<double>(met.size()) - 1);
  }
  out.pairs = pairs.frame({"a$", "b$", "shared", "people", "bodies", "through", "expected", "p", "p_adjusted"});
  out.members = several.frame({"member$", "label$", "kind$", "boards", "reaches"});
  return out;
}

}  // namespace linkpin
