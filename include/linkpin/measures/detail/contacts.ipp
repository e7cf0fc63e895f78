#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <vector>

namespace linkpin::detail {

// An id, code or entry as a subscript.
inline std::size_t nth(std::int64_t i) { return static_cast<std::size_t>(i); }

// What becomes of the words of both directions: added, or the stronger of the two.
enum class BothWays : std::uint8_t { sum, max };

// Who is tied to whom, whatever the direction: rows sorted by vertex, without loops, one entry a dyad and end. Dyads of
// weight 0 are no contacts. An undirected tie counts once.
struct Contacts {
  std::vector<std::int64_t> offsets{0};
  std::vector<index_t> vertices;
  std::vector<double> weights;

  [[nodiscard]] index_t n() const { return static_cast<index_t>(offsets.size()) - 1; }
  [[nodiscard]] std::int64_t begin(index_t v) const { return offsets[nth(v)]; }
  [[nodiscard]] std::int64_t end(index_t v) const { return offsets[nth(v) + 1]; }
  [[nodiscard]] index_t degree(index_t v) const { return static_cast<index_t>(end(v) - begin(v)); }
};

// Calls visit(contact, weight) for the contacts of v in order. `values` by tie; empty: 1 each.
template <class Visit>
void each_contact(const Network& net, std::span<const double> values, BothWays both, index_t v, Visit&& visit) {
  const Adjacency out = net.out();
  const Adjacency in = net.in();
  index_t a = out.begin(v);
  index_t b = net.directed() ? in.begin(v) : in.end(v);
  const index_t a_end = out.end(v);
  const index_t b_end = in.end(v);
  auto take = [&values](const Adjacency& row, index_t& entry, index_t end, index_t contact) {
    double total = 0.0;
    for (; entry < end && row.vertex(entry) == contact; ++entry) {
      total += values.empty() ? 1.0 : values[nth(row.tie(entry))];
    }
    return total;
  };
  while (a < a_end || b < b_end) {
    const index_t next_out = a < a_end ? out.vertex(a) : net.n();
    const index_t contact = b < b_end ? std::min(next_out, in.vertex(b)) : next_out;
    const double there = take(out, a, a_end, contact);
    const double back = take(in, b, b_end, contact);
    const double weight = both == BothWays::sum ? there + back : std::max(there, back);
    if (contact != v && weight > 0) visit(contact, weight);
  }
}

inline Contacts contacts(const Network& net, std::span<const double> values, BothWays both, const Run& run) {
  Contacts c;
  const index_t n = net.n();
  const std::int64_t cost = n == 0 ? 1 : 4 + 8 * (std::int64_t{net.m()} / n);
  c.offsets.assign(nth(n) + 1, 0);
  parallel_for(n, cost, run, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t v = begin; v < end; ++v) {
      std::int64_t degree = 0;
      each_contact(net, values, both, static_cast<index_t>(v), [&degree](index_t, double) { ++degree; });
      c.offsets[nth(v) + 1] = degree;
    }
  });
  for (index_t v = 0; v < n; ++v) c.offsets[nth(v) + 1] += c.offsets[nth(v)];
  c.vertices.resize(nth(c.offsets.back()));
  c.weights.resize(c.vertices.size());
  parallel_for(n, cost, run, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t v = begin; v < end; ++v) {
      std::size_t entry = nth(c.offsets[nth(v)]);
      each_contact(net, values, both, static_cast<index_t>(v), [&](index_t contact, double weight) {
        c.vertices[entry] = contact;
        c.weights[entry++] = weight;
      });
    }
  });
  return c;
}

// Answers whether a dyad was observed; an undirected one is where either end's word was taken.
class ObservedDyads {
 public:
  explicit ObservedDyads(const Network& net)
      : mask_(net.directed() ? net.observed() : net.observed().symmetrised()),
        n_(net.n()),
        complete_(net.observed().complete()) {}

  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] bool operator()(index_t u, index_t v) const { return complete_ || mask_(u, v); }

  // Calls visit(v) for every v other than u whose dyad u -> v was not observed, in order.
  template <class Visit>
  void each_gap(index_t u, Visit&& visit) const {
    if (complete_) return;
    if (mask_.row(u) != Answer::answered) {
      for (index_t v = 0; v < n_; ++v) {
        if (v != u && !mask_(u, v)) visit(v);
      }
      return;
    }
    const auto& all = mask_.exceptions();
    auto it = std::lower_bound(all.begin(), all.end(), u,
                               [](const Observed::Exception& e, index_t from) { return e.from < from; });
    for (; it != all.end() && it->from == u; ++it) {
      if (it->to != u && !mask_(u, it->to)) visit(it->to);
    }
  }

 private:
  Observed mask_;
  index_t n_;
  bool complete_;
};

}  // namespace linkpin::detail
