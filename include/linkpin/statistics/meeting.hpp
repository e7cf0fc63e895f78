// A meeting that not everybody comes to: is there a quorum, and whose vote decides?
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <vector>

namespace linkpin {

// Members come independently of each other, each with his own probability; more than half of the votes cast carry. The
// chair, where he is there, decides when votes are equal; else an equal vote is lost.
struct Meeting {
  std::vector<std::int64_t> votes;
  std::vector<double> attendance;  // probability that a member comes
  index_t quorum = 0;              // members who must be there
  index_t casting = none;
};

struct MeetingPower {
  double quorate = undefined;               // probability of a quorum
  std::vector<double> decisive;             // that a member comes and his vote decides, where all others vote by the
                                            // toss of a coin
  std::vector<double> decisive_if_present;  // the same, given that he comes
};

// Exact sums over who comes and how they vote, the others of each member by divide and conquer. A member whose coming
// makes the quorum decides only if his vote does. Dubey & Shapley 1979 for the toss of a coin. O(n log n q v) for a
// quorum of q members and v votes in all. Throws InputError for votes below 0, probabilities outside [0, 1], a quorum
// below 0 or a chair who is no member; LimitError where the tables would not fit.
[[nodiscard]] MeetingPower meeting_power(const Meeting& meeting, const Run& run = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/meeting.ipp>
#endif
