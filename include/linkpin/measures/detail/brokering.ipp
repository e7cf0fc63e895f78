// The counting behind brokerage: open paths a -> b -> c by the groups of their ends, by lists of neighbours or by bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <linkpin/core/ids.hpp>
#include <linkpin/measures/detail/contacts.ipp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <vector>

namespace linkpin::detail::brokering {

using detail::nth;
using detail::ObservedDyads;

enum Role : std::size_t { w_i, w_o, b_io, b_oi, b_o, total };

// Counts of five roles (the total is their sum) of one vertex.
using Counts = std::array<std::int64_t, 5>;

// Neighbours by vertex, sorted.
struct Rows {
  std::vector<std::int64_t> offsets{0};
  std::vector<index_t> vertices;

  [[nodiscard]] std::span<const index_t> of(index_t v) const {
    return std::span(vertices).subspan(nth(offsets[nth(v)]), nth(offsets[nth(v) + 1] - offsets[nth(v)]));
  }
  void close_row() { offsets.push_back(static_cast<std::int64_t>(vertices.size())); }
};

// The arcs among the vertices whose group is known, renumbered, and for each vertex whom it is not open to: those it is
// tied to and those of whom that is not known.
struct Arcs {
  std::vector<index_t> vertex;  // new id -> the network's
  std::vector<index_t> group;
  index_t groups = 0;
  Rows out, in, shut;
  std::int64_t dyads = 0;  // observed, ordered
  std::int64_t unobserved_ties = 0;

  [[nodiscard]] index_t n() const { return static_cast<index_t>(vertex.size()); }
  [[nodiscard]] std::int64_t count() const { return out.offsets.back(); }
};

inline Rows turned(const Rows& rows, index_t n) {
  Rows t;
  t.offsets.assign(nth(n) + 1, 0);
  for (const index_t v : rows.vertices) ++t.offsets[nth(v) + 1];
  for (index_t v = 0; v < n; ++v) t.offsets[nth(v) + 1] += t.offsets[nth(v)];
  t.vertices.resize(rows.vertices.size());
  std::vector<std::int64_t> next(t.offsets.begin(), t.offsets.end() - 1);
  for (index_t u = 0; u < n; ++u) {
    for (const index_t v : rows.of(u)) t.vertices[nth(next[nth(v)]++)] = u;
  }
  return t;
}

inline Arcs arcs(const Network& net, const Groups& groups) {
  Arcs g;
  g.groups = groups.count();
  std::vector<index_t> fresh(nth(net.n()), none);
  for (index_t v = 0; v < net.n(); ++v) {
    if (groups.codes[nth(v)] == none) continue;
    fresh[nth(v)] = g.n();
    g.vertex.push_back(v);
    g.group.push_back(groups.codes[nth(v)]);
  }
  const ObservedDyads observed(net);
  const Adjacency rows = net.out();
  g.dyads = std::int64_t{g.n()} * (g.n() - 1);
  for (index_t u = 0; u < g.n(); ++u) {
    const index_t old = g.vertex[nth(u)];
    index_t last = none;
    for (const index_t head : rows.of(old)) {
      const index_t v = fresh[nth(head)];
      if (v == none || v == u || head == last) continue;
      last = head;
      if (observed(old, head)) {
        g.out.vertices.push_back(v);
      } else {
        ++g.unobserved_ties;
      }
    }
    g.out.close_row();
    std::vector<index_t> gaps;
    observed.each_gap(old, [&](index_t head) {
      if (fresh[nth(head)] == none) return;
      gaps.push_back(fresh[nth(head)]);
      --g.dyads;
    });
    // Where nothing leaves u, no path starts there, and nobody asks whom it is shut to.
    const auto ties = g.out.of(u);
    if (!ties.empty())
      std::merge(ties.begin(), ties.end(), gaps.begin(), gaps.end(), std::back_inserter(g.shut.vertices));
    g.shut.close_row();
  }
  g.in = turned(g.out, g.n());
  return g;
}

inline Role role_of(index_t a, index_t b, index_t c) {
  if (a == b) return b == c ? w_i : b_io;
  if (b == c) return b_oi;
  return a == c ? w_o : b_o;
}

// All pairs of an arc in and an arc out, less those that return to where they came from, less those that are shut.
inline std::vector<Counts> count_by_lists(const Arcs& g, const std::vector<index_t>& group) {
  std::vector<Counts> counts(nth(g.n()), Counts{});
  std::vector<index_t> mark(nth(g.n()), none);
  std::vector<std::int64_t> leaving(nth(g.groups), 0);
  for (index_t b = 0; b < g.n(); ++b) {
    const auto in = g.in.of(b);
    const auto out = g.out.of(b);
    if (in.empty() || out.empty()) continue;
    Counts& own = counts[nth(b)];
    const index_t home = group[nth(b)];
    for (const index_t c : out) {
      mark[nth(c)] = b;
      ++leaving[nth(group[nth(c)])];
    }
    const auto heads = static_cast<std::int64_t>(out.size());
    const std::int64_t heads_home = leaving[nth(home)];
    for (const index_t a : in) {
      const index_t from = group[nth(a)];
      if (from == home) {
        own[w_i] += heads_home;
        own[b_io] += heads - heads_home;
      } else {
        own[w_o] += leaving[nth(from)];
        own[b_oi] += heads_home;
        own[b_o] += heads - heads_home - leaving[nth(from)];
      }
      if (mark[nth(a)] == b) --own[role_of(from, home, from)];
      const auto shut = g.shut.of(a);
      if (shut.size() < 8 * out.size()) {
        for (const index_t c : shut) {
          if (mark[nth(c)] == b) --own[role_of(from, home, group[nth(c)])];
        }
      } else {
        for (const index_t c : out) {
          if (std::binary_search(shut.begin(), shut.end(), c)) --own[role_of(from, home, group[nth(c)])];
        }
      }
    }
    for (const index_t c : out) leaving[nth(group[nth(c)])] = 0;
  }
  return counts;
}

// The same with a bit a vertex: a row of words says to whom a path a -> b -> c is open, and counting its bits within a
// group counts paths.
class BitRows {
 public:
  explicit BitRows(const Arcs& g) : arcs_(g), words_(nth(g.n()) / 64 + 1) {
    out_.assign(nth(g.n()) * words_, 0);
    open_.assign(nth(g.n()) * words_, ~std::uint64_t{0});
    for (index_t v = 0; v < g.n(); ++v) {
      std::uint64_t* open = &open_[nth(v) * words_];
      clear(open, v);
      for (const index_t w : g.shut.of(v)) clear(open, w);
      for (const index_t w : g.out.of(v)) set(&out_[nth(v) * words_], w);
    }
  }

  [[nodiscard]] std::vector<Counts> count(const std::vector<index_t>& group) const {
    std::vector<std::uint64_t> members(nth(arcs_.groups) * words_, 0);
    for (index_t v = 0; v < arcs_.n(); ++v) set(&members[nth(group[nth(v)]) * words_], v);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt")) return count_fast(group, members);
#endif
    return count_with(group, members);
  }

 private:
  static void set(std::uint64_t* row, index_t v) { row[nth(v) / 64] |= std::uint64_t{1} << (nth(v) % 64); }
  static void clear(std::uint64_t* row, index_t v) { row[nth(v) / 64] &= ~(std::uint64_t{1} << (nth(v) % 64)); }

  [[gnu::always_inline]] inline std::vector<Counts> count_with(const std::vector<index_t>& group,
                                                               const std::vector<std::uint64_t>& members) const {
    std::vector<Counts> counts(nth(arcs_.n()), Counts{});
    for (index_t b = 0; b < arcs_.n(); ++b) {
      const std::uint64_t* out = &out_[nth(b) * words_];
      const index_t home = group[nth(b)];
      const std::uint64_t* at_home = &members[nth(home) * words_];
      Counts& own = counts[nth(b)];
      for (const index_t a : arcs_.in.of(b)) {
        const index_t from = group[nth(a)];
        const std::uint64_t* open = &open_[nth(a) * words_];
        const std::uint64_t* like_a = &members[nth(from) * words_];
        std::int64_t all = 0;
        std::int64_t home_heads = 0;
        std::int64_t like_heads = 0;
        for (std::size_t w = 0; w < words_; ++w) {
          const std::uint64_t heads = out[w] & open[w];
          all += __builtin_popcountll(heads);
          home_heads += __builtin_popcountll(heads & at_home[w]);
          like_heads += __builtin_popcountll(heads & like_a[w]);
        }
        if (from == home) {
          own[w_i] += home_heads;
          own[b_io] += all - home_heads;
        } else {
          own[w_o] += like_heads;
          own[b_oi] += home_heads;
          own[b_o] += all - home_heads - like_heads;
        }
      }
    }
    return counts;
  }

#if defined(__x86_64__)
  [[gnu::target("popcnt")]] std::vector<Counts> count_fast(const std::vector<index_t>& group,
                                                           const std::vector<std::uint64_t>& members) const {
    return count_with(group, members);
  }
#endif

  const Arcs& arcs_;
  std::size_t words_;
  std::vector<std::uint64_t> out_, open_;
};

// Counts for one assignment of groups after another, by whichever way is the cheaper on these arcs.
class Counter {
 public:
  explicit Counter(const Arcs& g) : arcs_(g) {
    for (index_t b = 0; b < g.n(); ++b) {
      for (const index_t a : g.in.of(b)) {
        lists_ += static_cast<std::int64_t>(std::min(g.shut.of(a).size(), 8 * g.out.of(b).size()));
      }
    }
    bits_ = g.count() * (1 + g.n() / 64);
    constexpr index_t most = 20'000;  // two tables of 50 MB
    if (g.n() <= most && bits_ < lists_) rows_.emplace_back(g);
  }

  [[nodiscard]] std::vector<Counts> operator()(const std::vector<index_t>& group) const {
    return rows_.empty() ? count_by_lists(arcs_, group) : rows_.front().count(group);
  }
  [[nodiscard]] std::int64_t cost() const { return 1 + arcs_.n() + (rows_.empty() ? lists_ : bits_); }

 private:
  const Arcs& arcs_;
  std::int64_t lists_ = 0;
  std::int64_t bits_ = 0;
  std::vector<BitRows> rows_;  // none or one
};

// The count of one role; of `total` their sum.
inline double value(const Counts& counts, std::size_t role) {
  if (role < total) return static_cast<double>(counts[role]);
  std::int64_t all = 0;
  for (const std::int64_t c : counts) all += c;
  return static_cast<double>(all);
}

inline Counts summed(const std::vector<Counts>& counts) {
  Counts sum{};
  for (const Counts& c : counts) {
    for (std::size_t r = 0; r < total; ++r) sum[r] += c[r];
  }
  return sum;
}

}  // namespace linkpin::detail::brokering
