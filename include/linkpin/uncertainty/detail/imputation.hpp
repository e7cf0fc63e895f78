// Filling in the dyads of those who did not respond.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/draws.hpp>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace linkpin::detail::missing {

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

enum class Cell : std::uint8_t { no_tie, tie, hole, unknown };  // a hole is to be filled, the unknown stays so

// The dyads of a small network as a matrix.
class Dyads {
 public:
  explicit Dyads(const Network& net) : n_(net.n()), directed_(net.directed()), cells_(at(n_) * at(n_), Cell::no_tie) {
    if (n_ > 5000) {
      throw LimitError({"treated", "n", std::to_string(n_), "", "answers are filled in among up to 5,000 vertices"});
    }
    const Observed mask = directed_ ? net.observed() : net.observed().symmetrised();
    if (!mask.complete()) {
      for (index_t u = 0; u < n_; ++u) {
        for (index_t v = 0; v < n_; ++v) {
          const Answer state = mask.at(u, v);
          if (u == v || state == Answer::answered) continue;
          (*this)(u, v) = state == Answer::no_response ? Cell::hole : Cell::unknown;
        }
      }
    }
    // Between two who are silent for different reasons the stricter holds: a dyad of who declined is not filled in.
    for (index_t u = 0; u < n_ && !directed_; ++u) {
      for (index_t v = 0; v < u; ++v) {
        if ((*this)(u, v) == (*this)(v, u)) continue;
        (*this)(u, v) = (*this)(v, u) = Cell::unknown;
      }
    }
    for (index_t e = 0; e < net.m(); ++e) {
      const index_t u = net.sources()[at(e)];
      const index_t v = net.targets()[at(e)];
      if (u == v) continue;
      (*this)(u, v) = Cell::tie;
      if (!directed_) (*this)(v, u) = Cell::tie;
    }
  }

  [[nodiscard]] index_t n() const { return n_; }
  [[nodiscard]] bool directed() const { return directed_; }
  [[nodiscard]] Cell& operator()(index_t u, index_t v) { return cells_[at(u) * at(n_) + at(v)]; }
  [[nodiscard]] Cell operator()(index_t u, index_t v) const { return cells_[at(u) * at(n_) + at(v)]; }
  [[nodiscard]] bool known(index_t u, index_t v) const { return (*this)(u, v) <= Cell::tie; }

  void fill(index_t u, index_t v, bool tie) {
    (*this)(u, v) = tie ? Cell::tie : Cell::no_tie;
    if (!directed_) (*this)(v, u) = (*this)(u, v);
  }

  // Whether anything stays open when the holes are filled.
  [[nodiscard]] bool any_unknown() const {
    return std::find(cells_.begin(), cells_.end(), Cell::unknown) != cells_.end();
  }

  // Calls visit(u, v) once for every hole, an undirected one with u < v.
  template <class Visit>
  void each_hole(Visit&& visit) const {
    for (index_t u = 0; u < n_; ++u) {
      for (index_t v = directed_ ? 0 : u + 1; v < n_; ++v) {
        if (u != v && (*this)(u, v) == Cell::hole) visit(u, v);
      }
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> rows_with_holes() const {
    std::vector<std::uint8_t> silent(at(n_), 0);
    each_hole([&](index_t u, index_t v) {
      silent[at(u)] = 1;
      if (!directed_) silent[at(v)] = 1;
    });
    return silent;
  }

 private:
  index_t n_;
  bool directed_;
  std::vector<Cell> cells_;
};

// Partner's word: the way back, where that was answered.
inline void by_partner(const Dyads& seen, Dyads& out) {
  seen.each_hole([&](index_t u, index_t v) {
    if (seen.known(v, u)) out.fill(u, v, seen(v, u) == Cell::tie);
  });
}

// Numbers of ties that leave (all ties where undirected), of those without holes; and how often each is named.
inline void by_preference(const Dyads& seen, Dyads& out, Stream& random) {
  const index_t n = seen.n();
  const std::vector<std::uint8_t> silent = seen.rows_with_holes();
  std::vector<index_t> numbers;
  std::vector<double> named(at(n), 1.0);
  for (index_t u = 0; u < n; ++u) {
    index_t count = 0;
    for (index_t v = 0; v < n; ++v) {
      if (u == v || seen(u, v) != Cell::tie) continue;
      ++count;
      named[at(v)] += 1.0;
    }
    if (silent[at(u)] == 0) numbers.push_back(count);
  }
  if (numbers.empty()) return;
  for (index_t u = 0; u < n; ++u) {
    if (silent[at(u)] == 0) continue;
    index_t left = numbers[random.below(static_cast<std::uint32_t>(numbers.size()))];
    std::vector<index_t> open;
    for (index_t v = 0; v < n; ++v) {
      if (u == v) continue;
      if (out(u, v) == Cell::tie) --left;
      if (out(u, v) == Cell::hole) open.push_back(v);
    }
    for (const index_t v : open) out.fill(u, v, false);
    while (left-- > 0 && !open.empty()) {
      double total = 0.0;
      for (const index_t v : open) total += named[at(v)];
      double mark = random.uniform() * total;
      std::size_t chosen = 0;
      while (chosen + 1 < open.size() && (mark -= named[at(open[chosen])]) >= 0) ++chosen;
      out.fill(u, open[chosen], true);
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
  }
}

// A donor is one of the three without holes whom the others name most alike.
inline void by_donor(const Dyads& seen, Dyads& out, Stream& random) {
  const index_t n = seen.n();
  const std::vector<std::uint8_t> silent = seen.rows_with_holes();
  for (index_t u = 0; u < n; ++u) {
    if (silent[at(u)] == 0) continue;
    std::vector<std::pair<double, index_t>> donors;
    for (index_t d = 0; d < n; ++d) {
      if (silent[at(d)] != 0 || d == u) continue;
      double unlike = 0.0, common = 0.0;
      for (index_t w = 0; w < n; ++w) {
        if (w == u || w == d || !seen.known(w, u) || !seen.known(w, d)) continue;
        common += 1;
        unlike += seen(w, u) != seen(w, d) ? 1 : 0;
      }
      // Ties among the distances fall by chance, not by the order of the file.
      donors.emplace_back(common > 0 ? unlike / common + 1e-9 * random.uniform() : 1.0 + random.uniform(), d);
    }
    if (donors.empty()) return;
    const std::size_t near = std::min<std::size_t>(3, donors.size());
    std::partial_sort(donors.begin(), donors.begin() + static_cast<std::ptrdiff_t>(near), donors.end());
    const index_t d = donors[random.below(static_cast<std::uint32_t>(near))].second;
    for (index_t v = 0; v < n; ++v) {
      if (v == u || out(u, v) != Cell::hole) continue;
      const index_t like = v == d ? u : v;  // the donor's tie to u stands for u's tie to the donor
      if (seen.known(d, like)) out.fill(u, v, seen(d, like) == Cell::tie);
    }
  }
}

// Ties and observed dyads between blocks.
struct BlockCounts {
  std::size_t k = 0;
  std::vector<double> ties, dyads;

  BlockCounts(const Dyads& seen, std::span<const index_t> block, std::size_t blocks)
      : k(blocks), ties(blocks * blocks, 0.0), dyads(blocks * blocks, 0.0) {
    for (index_t u = 0; u < seen.n(); ++u) {
      for (index_t v = 0; v < seen.n(); ++v) {
        if (u == v || !seen.known(u, v)) continue;
        const std::size_t cell = at(block[at(u)]) * k + at(block[at(v)]);
        dyads[cell] += 1;
        ties[cell] += seen(u, v) == Cell::tie ? 1 : 0;
      }
    }
  }

  [[nodiscard]] double likelihood() const {
    double sum = 0.0;
    for (std::size_t c = 0; c < ties.size(); ++c) {
      const double no = dyads[c] - ties[c];
      if (ties[c] > 0) sum += ties[c] * std::log(ties[c] / dyads[c]);
      if (no > 0) sum += no * std::log(no / dyads[c]);
    }
    return sum;
  }
};

// Blocks of vertices that are tied alike: hard assignments that climb the profile likelihood from an order by degree,
// the number of blocks (up to four) by the integrated classification likelihood (Daudin, Picard & Robin 2008).
class BlockFinder {
 public:
  explicit BlockFinder(const Dyads& seen) : seen_(seen) {}

  [[nodiscard]] std::vector<index_t> best() const {
    std::vector<index_t> chosen(at(seen_.n()), 0);
    double top = -unreachable;
    const auto n = static_cast<double>(seen_.n());
    for (std::size_t k = 1; k <= 4 && k * 4 <= at(seen_.n()); ++k) {
      const std::vector<index_t> blocks = climb(k);
      const double shapes = seen_.directed() ? 1.0 : 0.5;  // an undirected dyad stands twice in the counts
      const auto b = static_cast<double>(k);
      const double penalty =
          (seen_.directed() ? b * b : b * (b + 1) / 2) / 2 * std::log(n * (n - 1) * shapes) + (b - 1) / 2 * std::log(n);
      double labels = 0.0;
      std::vector<double> size(k, 0.0);
      for (const index_t c : blocks) size[at(c)] += 1;
      for (const double s : size) labels += s > 0 ? s * std::log(s / n) : 0.0;
      const double score = BlockCounts(seen_, blocks, k).likelihood() * shapes + labels - penalty;
      if (score > top) {
        top = score;
        chosen = blocks;
      }
    }
    return chosen;
  }

 private:
  [[nodiscard]] std::vector<index_t> climb(std::size_t k) const {
    const index_t n = seen_.n();
    std::vector<double> degree(at(n), 0.0);
    for (index_t u = 0; u < n; ++u) {
      for (index_t v = 0; v < n; ++v) degree[at(v)] += u != v && seen_(u, v) == Cell::tie ? 1 : 0;
    }
    std::vector<index_t> order(at(n));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](index_t a, index_t b) { return degree[at(a)] > degree[at(b)]; });
    std::vector<index_t> block(at(n));
    for (std::size_t i = 0; i < order.size(); ++i) block[at(order[i])] = static_cast<index_t>(i * k / order.size());
    std::vector<index_t> top = block;
    double likelihood = BlockCounts(seen_, block, k).likelihood();
    for (int sweep = 0; sweep < 20 && k > 1; ++sweep) {
      const BlockCounts counts(seen_, block, k);
      for (index_t v = 0; v < n; ++v) block[at(v)] = place(v, block, counts);
      const double now = BlockCounts(seen_, block, k).likelihood();
      if (!(now > likelihood)) break;
      likelihood = now;
      top = block;
    }
    return top;
  }

  // The block in which v's own dyads are likeliest under the rates of the last sweep; of whom nothing is known stays
  // with those who are named as seldom.
  [[nodiscard]] index_t place(index_t v, std::span<const index_t> block, const BlockCounts& counts) const {
    std::vector<double> score(counts.k, 0.0);
    bool heard = false;
    auto hear = [&](std::size_t cell, std::size_t own, bool tie) {
      heard = true;
      const double rate = (counts.ties[cell] + 0.5) / (counts.dyads[cell] + 1.0);
      score[own] += std::log(tie ? rate : 1 - rate);
    };
    for (index_t w = 0; w < seen_.n(); ++w) {
      if (w == v) continue;
      const std::size_t other = at(block[at(w)]);
      for (std::size_t own = 0; own < counts.k; ++own) {
        if (seen_.known(v, w)) hear(own * counts.k + other, own, seen_(v, w) == Cell::tie);
        if (seen_.directed() && seen_.known(w, v)) hear(other * counts.k + own, own, seen_(w, v) == Cell::tie);
      }
    }
    if (!heard) return block[at(v)];
    return static_cast<index_t>(std::max_element(score.begin(), score.end()) - score.begin());
  }

  const Dyads& seen_;
};

// The rates of ties between blocks, of given groups or of blocks that are found. They are drawn from their posterior,
// so that imputations differ by as much as the rates are uncertain.
class BlockRates {
 public:
  BlockRates(const Dyads& seen, const Groups& groups) : directed_(seen.directed()), block_(groups.codes) {
    std::size_t k = at(groups.count());
    if (block_.empty()) {
      block_ = BlockFinder(seen).best();
      k = 4;
    } else {
      for (index_t& b : block_) b = b == none ? static_cast<index_t>(k) : b;  // no group is a group of its own
      ++k;
    }
    counts_.emplace(seen, block_, k);
    // Blocks that nobody told of have the rate of the whole, however uncertain.
    const double dyads = sum(counts_->dyads);
    usual_ = dyads > 0 ? (sum(counts_->ties) + 0.5) / (dyads + 1.0) : 0.5;
  }

  // The place of a dyad among the rates.
  [[nodiscard]] std::size_t cell(index_t u, index_t v) const {
    return at(block_[at(u)]) * counts_->k + at(block_[at(v)]);
  }

  [[nodiscard]] std::vector<double> drawn(Stream& random) const {
    const std::size_t k = counts_->k;
    std::vector<double> rate(k * k, 0.0);
    for (std::size_t a = 0; a < k; ++a) {
      for (std::size_t b = 0; b < k; ++b) {
        const std::size_t cell = a * k + b;
        rate[cell] = !directed_ && b < a ? rate[b * k + a]
                                         : draw_beta(random, usual_ + counts_->ties[cell],
                                                     1.0 - usual_ + counts_->dyads[cell] - counts_->ties[cell]);
      }
    }
    return rate;
  }

 private:
  bool directed_;
  std::vector<index_t> block_;
  std::optional<BlockCounts> counts_;
  double usual_ = 0.5;
};

// By chance, at the rate of ties between such blocks.
inline void by_block(const Dyads& seen, Dyads& out, const Groups& groups, Stream& random) {
  const BlockRates rates(seen, groups);
  const std::vector<double> rate = rates.drawn(random);
  seen.each_hole([&](index_t u, index_t v) { out.fill(u, v, random.uniform() < rate[rates.cell(u, v)]); });
}

}  // namespace linkpin::detail::missing
