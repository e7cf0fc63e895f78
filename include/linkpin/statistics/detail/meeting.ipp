#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/meeting.hpp>
#include <numeric>
#include <string>

namespace linkpin {

namespace detail::meeting {

inline constexpr std::int64_t most_cells = std::int64_t{1} << 22;

// Probability of each number of members present (capped at the quorum) and each margin of votes for over votes against.
class Margins {
 public:
  Margins(std::size_t quorum, std::int64_t votes)
      : rows_(quorum + 1), votes_(votes), width_(static_cast<std::size_t>(2 * votes + 1)), cells_(rows_ * width_, 0.0) {
    at(0, 0) = 1.0;
  }

  // One member more: absent, or there and for or against with equal chance.
  void add(std::int64_t votes, double attendance) {
    std::vector<double> next(cells_.size(), 0.0);
    const double side = attendance / 2;
    for (std::size_t r = 0; r < rows_; ++r) {
      const std::size_t more = std::min(r + 1, rows_ - 1);
      // The votes of whoever is not yet counted keep the margin away from the ends.
      for (std::int64_t m = votes - votes_; m <= votes_ - votes; ++m) {
        const double p = at(r, m);
        if (p == 0) continue;
        next[place(r, m)] += p * (1 - attendance);
        next[place(more, m + votes)] += p * side;
        next[place(more, m - votes)] += p * side;
      }
    }
    cells_ = std::move(next);
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] double at(std::size_t row, std::int64_t margin) const { return cells_[place(row, margin)]; }
  [[nodiscard]] std::int64_t votes() const { return votes_; }

 private:
  double& at(std::size_t row, std::int64_t margin) { return cells_[place(row, margin)]; }
  [[nodiscard]] std::size_t place(std::size_t row, std::int64_t margin) const {
    return row * width_ + static_cast<std::size_t>(margin + votes_);
  }

  std::size_t rows_;
  std::int64_t votes_;
  std::size_t width_;
  std::vector<double> cells_;
};

enum class Chair : std::uint8_t { absent, votes_for, votes_against };

inline bool passes(std::int64_t margin, Chair chair) {
  return margin > 0 || (margin == 0 && chair == Chair::votes_for);
}

class Decider {
 public:
  Decider(const Meeting& meeting, const Run& run)
      : meeting_(meeting), watch_(run), decisive_(meeting.votes.size(), 0.0), chair_(meeting.casting) {
    for (index_t i = 0; i < static_cast<index_t>(meeting.votes.size()); ++i) {
      if (i != chair_) others_.push_back(i);
    }
  }

  // Probability of being decisive for every member, given that the member comes.
  std::vector<double> run() {
    const std::int64_t votes = std::accumulate(meeting_.votes.begin(), meeting_.votes.end(), std::int64_t{0});
    Margins none_yet(static_cast<std::size_t>(meeting_.quorum), votes);
    if (chair_ != none) {
      Margins all = none_yet;
      for (const index_t i : others_) all.add(votes_of(i), attendance_of(i));
      decisive_[static_cast<std::size_t>(chair_)] =
          chance(all, votes_of(chair_), 1, [](std::int64_t with, std::int64_t against) {
            return passes(with, Chair::votes_for) != passes(against, Chair::votes_against);
          });
    }
    if (!others_.empty()) split(0, others_.size(), none_yet);
    return decisive_;
  }

 private:
  [[nodiscard]] std::int64_t votes_of(index_t i) const { return meeting_.votes[static_cast<std::size_t>(i)]; }
  [[nodiscard]] double attendance_of(index_t i) const { return meeting_.attendance[static_cast<std::size_t>(i)]; }

  // Sum over margins of the others, from the number of them that makes a quorum with `present` more.
  template <class Decides>
  double chance(const Margins& others, std::int64_t own, std::size_t present, Decides&& decides) const {
    const std::size_t needed = others.rows() - 1 > present ? others.rows() - 1 - present : 0;
    Sum sum;
    for (std::size_t r = needed; r < others.rows(); ++r) {
      for (std::int64_t m = -others.votes(); m <= others.votes(); ++m) {
        if (others.at(r, m) > 0 && decides(m + own, m - own)) sum.add(others.at(r, m));
      }
    }
    return sum.value();
  }

  double with_chair(const Margins& others, std::int64_t own) const {
    if (chair_ == none) {
      return chance(others, own, 1, [](std::int64_t with, std::int64_t against) {
        return passes(with, Chair::absent) != passes(against, Chair::absent);
      });
    }
    const double comes = attendance_of(chair_);
    const std::int64_t votes = votes_of(chair_);
    double total = 0;
    for (const Chair chair : {Chair::absent, Chair::votes_for, Chair::votes_against}) {
      const std::int64_t shift = chair == Chair::absent ? 0 : chair == Chair::votes_for ? votes : -votes;
      const std::size_t present = chair == Chair::absent ? 1 : 2;
      total += (chair == Chair::absent ? 1 - comes : comes / 2) *
               chance(others, own, present, [&](std::int64_t with, std::int64_t against) {
                 return passes(with + shift, chair) != passes(against + shift, chair);
               });
    }
    return total;
  }

  // `outside` holds everyone but the chair and members begin .. end - 1.
  void split(std::size_t begin, std::size_t end, const Margins& outside) {
    watch_.look();
    if (end - begin == 1) {
      decisive_[static_cast<std::size_t>(others_[begin])] = with_chair(outside, votes_of(others_[begin]));
      return;
    }
    const std::size_t middle = begin + (end - begin) / 2;
    for (const bool left : {true, false}) {
      Margins wider = outside;
      for (std::size_t i = left ? middle : begin; i < (left ? end : middle); ++i) {
        wider.add(votes_of(others_[i]), attendance_of(others_[i]));
      }
      left ? split(begin, middle, wider) : split(middle, end, wider);
    }
  }

  const Meeting& meeting_;
  Watch watch_;
  std::vector<double> decisive_;
  index_t chair_;
  std::vector<index_t> others_;
};

inline double quorate(const Meeting& meeting) {
  std::vector<double> present(static_cast<std::size_t>(meeting.quorum) + 1, 0.0);
  present[0] = 1.0;
  for (const double p : meeting.attendance) {
    present.back() += present.size() > 1 ? present[present.size() - 2] * p : 0.0;
    for (std::size_t k = present.size() - 1; k-- > 0;)
      present[k] = present[k] * (1 - p) + (k > 0 ? present[k - 1] * p : 0);
  }
  return std::min(1.0, present.back());
}

inline void check(const Meeting& meeting) {
  const std::size_t n = meeting.votes.size();
  if (meeting.attendance.size() != n) {
    refuse("meeting_power", "attendance, length", std::to_string(meeting.attendance.size()),
           "give one probability a member: " + std::to_string(n));
  }
  std::int64_t total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::string who = "member " + std::to_string(i);
    if (meeting.votes[i] < 0) {
      refuse("meeting_power", "votes", std::to_string(meeting.votes[i]), "votes are whole and not negative", who);
    }
    if (!(meeting.attendance[i] >= 0 && meeting.attendance[i] <= 1)) {
      refuse("meeting_power", "attendance", shown(meeting.attendance[i]), "a probability is from 0 to 1", who);
    }
    total += std::min(meeting.votes[i], most_cells);
  }
  if (meeting.quorum < 0) {
    refuse("meeting_power", "quorum", std::to_string(meeting.quorum), "a quorum is a number of members");
  }
  if (meeting.casting != none && (meeting.casting < 0 || static_cast<std::size_t>(meeting.casting) >= n)) {
    refuse("meeting_power", "casting", std::to_string(meeting.casting), "name one of the members, counted from 0");
  }
  const std::int64_t rows = std::min<std::int64_t>(meeting.quorum, static_cast<std::int64_t>(n) + 1) + 1;
  if ((2 * total + 1) * rows > most_cells) {
    throw LimitError({"meeting_power", "votes", std::to_string(total), "",
                      "there are too many for an exact table; divide them by what they have in common"});
  }
}

}  // namespace detail::meeting

LINKPIN_INLINE MeetingPower meeting_power(const Meeting& meeting, const Run& run) {
  using namespace detail::meeting;
  check(meeting);
  MeetingPower out;
  if (static_cast<std::size_t>(meeting.quorum) > meeting.votes.size()) {
    out.quorate = 0.0;
    out.decisive.assign(meeting.votes.size(), 0.0);
    out.decisive_if_present = out.decisive;
    return out;
  }
  out.quorate = quorate(meeting);
  out.decisive_if_present = Decider(meeting, run).run();
  for (std::size_t i = 0; i < meeting.votes.size(); ++i) {
    out.decisive.push_back(out.decisive_if_present[i] * meeting.attendance[i]);
  }
  return out;
}

}  // namespace linkpin
