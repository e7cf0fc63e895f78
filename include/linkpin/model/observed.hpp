// Which dyads were asked and answered at all: absent is not zero.
#pragma once

#include <algorithm>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

// What became of one question put (or not put) to a respondent.
enum class Answer : std::uint8_t { answered, not_asked, no_response, declined };

inline std::string_view to_string(Answer answer) {
  constexpr std::string_view names[] = {"answered", "not asked", "did not respond", "declined"};
  return names[static_cast<std::size_t>(answer)];
}

// How a lens says that lists of names were capped; every result of its network then warns of it.
inline constexpr std::string_view capped_names = "names capped at ";

// The state of every dyad, kept as one state a respondent's row and the dyads that differ from it.
class Observed {
 public:
  struct Exception {
    index_t from = 0;
    index_t to = 0;
    Answer answer = Answer::answered;

    friend bool operator==(const Exception&, const Exception&) = default;
  };

  // Everything was observed.
  Observed() = default;

  // One state a vertex for the ties it was asked about, and exceptions to them. `either`: a dyad counts as observed
  // where one of its two ends answered (a symmetrised network, or the union of both words).
  explicit Observed(std::vector<Answer> rows, std::vector<Exception> exceptions = {}, bool either = false)
      : rows_(std::move(rows)), exceptions_(std::move(exceptions)), either_(either) {
    std::sort(exceptions_.begin(), exceptions_.end(),
              [](const Exception& a, const Exception& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
    fold_whole_rows();
  }

  [[nodiscard]] bool complete() const {
    return exceptions_.empty() &&
           std::all_of(rows_.begin(), rows_.end(), [](Answer a) { return a == Answer::answered; });
  }

  [[nodiscard]] Answer at(index_t from, index_t to) const {
    const Answer own = word(from, to);
    if (!either_ || own == Answer::answered) return own;
    return word(to, from) == Answer::answered ? Answer::answered : own;
  }

  [[nodiscard]] bool operator()(index_t from, index_t to) const { return at(from, to) == Answer::answered; }

  [[nodiscard]] Answer row(index_t vertex) const {
    return rows_.empty() ? Answer::answered : rows_[static_cast<std::size_t>(vertex)];
  }

  // Pairs of two different vertices by how much of them was observed.
  struct Pairs {
    std::int64_t one_way = 0;    // in at least one direction
    std::int64_t both_ways = 0;  // in both
  };

  // Among n vertices, or only between those with two_mode 0 and those without. O(n + exceptions log exceptions).
  [[nodiscard]] Pairs pairs(index_t n, std::span<const std::uint8_t> two_mode = {}) const {
    std::int64_t size[2] = {0, 0};
    std::int64_t answered[2] = {0, 0};
    auto mode = [&](index_t v) { return two_mode.empty() || two_mode[static_cast<std::size_t>(v)] == 0 ? 0 : 1; };
    for (index_t v = 0; v < n; ++v) {
      ++size[mode(v)];
      answered[mode(v)] += row(v) == Answer::answered ? 1 : 0;
    }
    auto joining = [&](const std::int64_t(&count)[2]) {
      return two_mode.empty() ? count[0] * (count[0] - 1) / 2 : count[0] * count[1];
    };
    const std::int64_t silent[2] = {size[0] - answered[0], size[1] - answered[1]};
    const std::int64_t one_way = joining(size) - joining(silent);
    Pairs pairs{one_way, either_ ? one_way : joining(answered)};

    std::vector<std::pair<index_t, index_t>> touched;  // the pairs whose state is not that of their rows
    for (const Exception& e : exceptions_) {
      if (e.from != e.to && (two_mode.empty() || mode(e.from) != mode(e.to))) {
        touched.emplace_back(std::min(e.from, e.to), std::max(e.from, e.to));
      }
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const auto& [u, v] : touched) {
      const bool a = row(u) == Answer::answered;
      const bool b = row(v) == Answer::answered;
      pairs.one_way -= a || b ? 1 : 0;
      pairs.both_ways -= (either_ ? a || b : a && b) ? 1 : 0;
      pairs.one_way += (*this)(u, v) || (*this)(v, u) ? 1 : 0;
      pairs.both_ways += (*this)(u, v) && (*this)(v, u) ? 1 : 0;
    }
    return pairs;
  }

  // Ordered pairs of two different vertices out of n that were observed.
  [[nodiscard]] std::int64_t count(index_t n) const {
    const Pairs seen = pairs(n);
    return seen.one_way + seen.both_ways;
  }

  [[nodiscard]] const std::vector<Answer>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<Exception>& exceptions() const { return exceptions_; }
  [[nodiscard]] bool either() const { return either_; }

  // The mask of a symmetrised network.
  [[nodiscard]] Observed symmetrised() const {
    Observed out = *this;
    out.either_ = true;
    return out;
  }

  // The mask of the network among `vertices` (old ids, in new order).
  [[nodiscard]] Observed take(const std::vector<index_t>& vertices, index_t n) const {
    if (rows_.empty() && exceptions_.empty()) return {};
    std::vector<index_t> fresh(static_cast<std::size_t>(n), none);
    Observed out;
    out.either_ = either_;
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      fresh[static_cast<std::size_t>(vertices[i])] = static_cast<index_t>(i);
      out.rows_.push_back(row(vertices[i]));
    }
    std::vector<Exception> kept;
    for (const Exception& e : exceptions_) {
      const index_t from = fresh[static_cast<std::size_t>(e.from)];
      const index_t to = fresh[static_cast<std::size_t>(e.to)];
      if (from != none && to != none) kept.push_back({from, to, e.answer});
    }
    return Observed(std::move(out.rows_), std::move(kept), either_);
  }

  friend bool operator==(const Observed&, const Observed&) = default;

 private:
  // A row of which nothing is known in every dyad alike is a row of that state: who asks dyad by dyad then has less to
  // search. A silent row whose dyads were filled in stays the row of one who did not answer.
  void fold_whole_rows() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < exceptions_.size();) {
      const Exception first = exceptions_[i];
      std::size_t end = i;
      std::size_t alike = 0;  // dyads with another vertex, each once
      for (index_t last = none; end < exceptions_.size() && exceptions_[end].from == first.from; ++end) {
        const Exception& e = exceptions_[end];
        alike += e.to != e.from && e.to != last && e.answer == first.answer ? 1 : 0;
        last = e.to;
      }
      if (first.answer != Answer::answered && alike + 1 == rows_.size() && end - i == alike) {
        rows_[static_cast<std::size_t>(first.from)] = first.answer;
      } else {
        for (std::size_t k = i; k < end; ++k) exceptions_[kept++] = exceptions_[k];
      }
      i = end;
    }
    exceptions_.resize(kept);
  }

  [[nodiscard]] Answer word(index_t from, index_t to) const {
    const auto found = std::lower_bound(
        exceptions_.begin(), exceptions_.end(), std::pair(from, to),
        [](const Exception& e, const std::pair<index_t, index_t>& dyad) { return std::pair(e.from, e.to) < dyad; });
    if (found != exceptions_.end() && found->from == from && found->to == to) return found->answer;
    return row(from);
  }

  std::vector<Answer> rows_;
  std::vector<Exception> exceptions_;
  bool either_ = false;
};

}  // namespace linkpin
