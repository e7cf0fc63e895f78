#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/measures/detail/contacts.ipp>
#include <linkpin/measures/detail/scratch.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/holes.hpp>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::holes {

using detail::BothWays;
using detail::Contacts;
using detail::contacts;
using detail::nth;
using detail::ScratchPool;

// Contacts renumbered by rising number of contacts, each dyad held once, in the row of its smaller end. A row then has
// at most sqrt(2m) entries, which bounds the work of listing triangles.
struct RankedContacts {
  std::vector<index_t> order;         // rank -> vertex
  std::vector<std::int64_t> up{0};    // rows of larger ranks
  std::vector<index_t> to;            // larger end of each dyad
  std::vector<double> weight;         // of each dyad
  std::vector<std::int64_t> down{0};  // rows of smaller ranks
  std::vector<index_t> from;          // smaller end
  std::vector<std::int64_t> dyad;     // where that dyad stands in `to`
  [[nodiscard]] index_t n() const { return static_cast<index_t>(order.size()); }

  // Calls visit(other rank, dyad) for every contact of rank v.
  template <class Visit>
  void each(index_t v, Visit&& visit) const {
    for (std::int64_t e = down[nth(v)]; e < down[nth(v) + 1]; ++e) visit(from[nth(e)], dyad[nth(e)]);
    for (std::int64_t e = up[nth(v)]; e < up[nth(v) + 1]; ++e) visit(to[nth(e)], e);
  }
};

inline RankedContacts ranked(const Contacts& c) {
  RankedContacts r;
  const index_t n = c.n();
  index_t largest = 0;
  for (index_t v = 0; v < n; ++v) largest = std::max(largest, c.degree(v));
  std::vector<index_t> start(nth(largest) + 2, 0);
  for (index_t v = 0; v < n; ++v) ++start[nth(c.degree(v)) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<index_t> rank(nth(n));
  r.order.resize(nth(n));
  for (index_t v = 0; v < n; ++v) {
    rank[nth(v)] = start[nth(c.degree(v))]++;
    r.order[nth(rank[nth(v)])] = v;
  }

  r.up.assign(nth(n) + 1, 0);
  r.down.assign(nth(n) + 1, 0);
  for (index_t u = 0; u < n; ++u) {
    const index_t v = r.order[nth(u)];
    std::int64_t larger = 0;
    for (std::int64_t e = c.begin(v); e < c.end(v); ++e) larger += rank[nth(c.vertices[nth(e)])] > u ? 1 : 0;
    r.up[nth(u) + 1] = r.up[nth(u)] + larger;
    r.down[nth(u) + 1] = r.down[nth(u)] + c.degree(v) - larger;
  }
  const std::size_t dyads = nth(r.up.back());
  r.to.resize(dyads);
  r.weight.resize(dyads);
  r.from.resize(dyads);
  r.dyad.resize(dyads);
  // Larger ends in rising order, so that every row of larger ranks comes out sorted.
  std::vector<std::int64_t> next(r.up.begin(), r.up.end() - 1);
  for (index_t w = 0; w < n; ++w) {
    const index_t v = r.order[nth(w)];
    std::int64_t below = r.down[nth(w)];
    for (std::int64_t e = c.begin(v); e < c.end(v); ++e) {
      const index_t u = rank[nth(c.vertices[nth(e)])];
      if (u > w) continue;
      const std::int64_t here = next[nth(u)]++;
      r.to[nth(here)] = w;
      r.weight[nth(here)] = c.weights[nth(e)];
      r.from[nth(below)] = u;
      r.dyad[nth(below++)] = here;
    }
  }
  return r;
}

// The larger contacts of one vertex, marked: a bit each, which stays in the nearest cache, and where each stands in its
// row. Matches are collected without branching on them, since no processor can guess which vertices match.
struct MarkedRow {
  std::vector<std::uint64_t> bits;
  std::vector<index_t> place;
  std::vector<std::int64_t> found;

  MarkedRow(index_t n, std::int64_t longest_row) : bits(nth(n) / 64 + 1), place(nth(n)), found(nth(longest_row) + 1) {}

  void mark(std::span<const index_t> row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto x = static_cast<std::uint32_t>(row[i]);
      bits[x / 64] |= std::uint64_t{1} << (x % 64);
      place[x] = static_cast<index_t>(i);
    }
  }

  void clear(std::span<const index_t> row) {
    for (const index_t x : row) bits[static_cast<std::uint32_t>(x) / 64] = 0;
  }

  // The entries begin .. end - 1 of `to` that name a marked vertex.
  std::span<const std::int64_t> matches(const std::vector<index_t>& to, std::int64_t begin, std::int64_t end) {
    std::size_t count = 0;
    for (std::int64_t e = begin; e < end; ++e) {
      const auto x = static_cast<std::uint32_t>(to[nth(e)]);
      found[count] = e;
      count += (bits[x / 64] >> (x % 64)) & 1U;
    }
    return std::span<const std::int64_t>(found).first(count);
  }
};

// For every dyad {i, j} the sum over their common contacts q of factor_q a_iq a_jq. Each triangle is met twice, once
// for the two dyads of its smallest end and once for the third, so that a row's sums are one thread's own and their
// order does not depend on the others.
inline std::vector<double> common_contact_sums(const RankedContacts& r, const std::vector<double>& factor,
                                               const Run& run) {
  const index_t n = r.n();
  std::vector<double> sums(r.to.size(), 0.0);
  std::int64_t work = 0;
  std::int64_t longest = 0;
  for (index_t v = 0; v < n; ++v) {
    const std::int64_t row = r.up[nth(v) + 1] - r.up[nth(v)];
    longest = std::max(longest, row);
    work += row * (row + r.down[nth(v) + 1] - r.down[nth(v)]);
  }
  ScratchPool<MarkedRow> pool;
  parallel_for(n, n == 0 ? 1 : 1 + work / n, run, [&](std::int64_t begin, std::int64_t end) {
    auto borrowed = pool.take([&] { return std::make_unique<MarkedRow>(n, longest); });
    MarkedRow& marked = *borrowed;
    for (std::int64_t v = begin; v < end; ++v) {
      const std::int64_t first = r.up[nth(v)];
      const auto row = std::span(r.to).subspan(nth(first), nth(r.up[nth(v) + 1] - first));
      if (row.empty()) continue;
      marked.mark(row);
      double* own = sums.data() + first;
      const double* weight = r.weight.data() + first;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const index_t w = row[i];
        const double through_w = factor[nth(w)] * weight[i];
        double through_others = 0.0;
        for (const std::int64_t wx : marked.matches(r.to, r.up[nth(w)], r.up[nth(w) + 1])) {
          const index_t x = r.to[nth(wx)];
          const index_t vx = marked.place[nth(x)];
          through_others += factor[nth(x)] * weight[vx] * r.weight[nth(wx)];
          own[vx] += through_w * r.weight[nth(wx)];
        }
        own[i] += through_others;
      }
      for (std::int64_t d = r.down[nth(v)]; d < r.down[nth(v) + 1]; ++d) {
        const index_t u = r.from[nth(d)];
        const std::int64_t uv = r.dyad[nth(d)];
        const double through_u = factor[nth(u)] * r.weight[nth(uv)];
        for (const std::int64_t ux : marked.matches(r.to, uv + 1, r.up[nth(u) + 1])) {
          own[marked.place[nth(r.to[nth(ux)])]] += through_u * r.weight[nth(ux)];
        }
      }
      marked.clear(row);
    }
    pool.give(std::move(borrowed));
  });
  return sums;
}

inline std::vector<double> strengths(const RankedContacts& r) {
  std::vector<double> total(nth(r.n()));
  for (index_t v = 0; v < r.n(); ++v) {
    Sum sum;
    r.each(v, [&](index_t, std::int64_t d) { sum.add(r.weight[nth(d)]); });
    total[nth(v)] = sum.value();
  }
  return total;
}

inline HoleScores hole_scores(const Network& net, std::string_view measure) {
  HoleScores out;
  out.values.assign(nth(net.n()), undefined);
  out.provenance = provenance(net, measure);
  detail::warn_unobserved(net, out.provenance);
  return out;
}

inline void warn_undefined(HoleScores& scores, std::string_view why) {
  const auto missing =
      std::count_if(scores.values.begin(), scores.values.end(), [](double x) { return std::isnan(x); });
  if (missing > 0) {
    scores.provenance.warnings.push_back(std::to_string(missing) + " of " + std::to_string(scores.values.size()) +
                                         " vertices have no score: " + std::string(why));
  }
}

inline RankedContacts weighted_contacts(const Network& net, const TieValues& weights, std::string_view function,
                                        const Run& run) {
  const std::vector<double> values =
      weights.ones(net) ? std::vector<double>{} : weights.resolve(net, function, "weights");
  return ranked(contacts(net, values, BothWays::sum, run));
}

// Calls visit(rank, shares) with c_ij = (p_ij + sum over q of p_iq p_qj)^2 for each contact j, which add to constraint.
template <class Visit>
void each_constraint(const RankedContacts& r, const Run& run, Visit&& visit) {
  const std::vector<double> strength = strengths(r);
  std::vector<double> inverse(strength.size());
  for (std::size_t i = 0; i < inverse.size(); ++i) inverse[i] = strength[i] > 0 ? 1.0 / strength[i] : 0.0;
  const std::vector<double> indirect = common_contact_sums(r, inverse, run);
  std::vector<double> shares;
  for (index_t v = 0; v < r.n(); ++v) {
    shares.clear();
    r.each(v, [&](index_t, std::int64_t d) {
      const double p = (r.weight[nth(d)] + indirect[nth(d)]) / strength[nth(v)];
      shares.push_back(p * p);
    });
    visit(v, shares);
  }
}

// n_i - sum over j of redundancy, with each contact j's ties taken as shares of its strongest one.
inline std::vector<double> effective_sizes(const RankedContacts& r, const Run& run) {
  const std::vector<double> common = common_contact_sums(r, std::vector<double>(nth(r.n()), 1.0), run);
  const std::vector<double> strength = strengths(r);
  std::vector<double> strongest(nth(r.n()), 0.0);
  for (index_t v = 0; v < r.n(); ++v) {
    r.each(v, [&](index_t, std::int64_t d) { strongest[nth(v)] = std::max(strongest[nth(v)], r.weight[nth(d)]); });
  }
  std::vector<double> sizes(nth(r.n()), undefined);
  for (index_t v = 0; v < r.n(); ++v) {
    Sum redundant;
    index_t contacts = 0;
    r.each(v, [&](index_t w, std::int64_t d) {
      redundant.add(common[nth(d)] / strongest[nth(w)]);
      ++contacts;
    });
    if (contacts > 0) sizes[nth(v)] = contacts - redundant.value() / strength[nth(v)];
  }
  return sizes;
}

// Which of two modes each vertex belongs to; isolates are in the first. Refuses a network with an odd cycle.
inline void check_two_mode(const Network& net, std::string_view function) {
  std::vector<std::int8_t> side(nth(net.n()), -1);
  std::vector<index_t> queue;
  const Adjacency out = net.out();
  const Adjacency in = net.in();
  for (index_t root = 0; root < net.n(); ++root) {
    if (side[nth(root)] >= 0) continue;
    side[nth(root)] = 0;
    queue.assign(1, root);
    while (!queue.empty()) {
      const index_t u = queue.back();
      queue.pop_back();
      for (const auto& row : {out.of(u), in.of(u)}) {
        for (const index_t v : row) {
          if (side[nth(v)] == side[nth(u)]) {
            refuse(function, "net, tie", net.name(u) + " - " + net.name(v),
                   "a two-mode network has ties between its two modes only; project it, or use the one-mode measure");
          }
          if (side[nth(v)] < 0) {
            side[nth(v)] = static_cast<std::int8_t>(1 - side[nth(u)]);
            queue.push_back(v);
          }
        }
      }
    }
  }
}

// Whom each vertex shares neighbours with, and how many: the projections onto both modes at once.
inline Contacts shared_neighbours(const Contacts& c) {
  Contacts shared;
  std::vector<index_t> count(nth(c.n()), 0);
  std::vector<index_t> found;
  for (index_t v = 0; v < c.n(); ++v) {
    found.clear();
    for (std::int64_t e = c.begin(v); e < c.end(v); ++e) {
      const index_t event = c.vertices[nth(e)];
      for (std::int64_t f = c.begin(event); f < c.end(event); ++f) {
        const index_t w = c.vertices[nth(f)];
        if (w != v && count[nth(w)]++ == 0) found.push_back(w);
      }
    }
    std::sort(found.begin(), found.end());
    for (const index_t w : found) {
      shared.vertices.push_back(w);
      shared.weights.push_back(count[nth(w)]);
      count[nth(w)] = 0;
    }
    shared.offsets.push_back(static_cast<std::int64_t>(shared.vertices.size()));
  }
  return shared;
}

}  // namespace detail::holes

LINKPIN_INLINE HoleScores constraint(const Network& net, const HolesOptions& options) {
  using namespace detail::holes;
  HoleScores out = hole_scores(net, "constraint");
  const RankedContacts r = weighted_contacts(net, options.weights, "constraint", options.run);
  each_constraint(r, options.run, [&](index_t v, const std::vector<double>& shares) {
    if (!shares.empty()) out.values[nth(r.order[nth(v)])] = sum(shares);
  });
  warn_undefined(out, "they have no contacts");
  return out;
}

LINKPIN_INLINE HoleScores effective_size(const Network& net, const HolesOptions& options) {
  using namespace detail::holes;
  HoleScores out = hole_scores(net, "effective_size");
  const RankedContacts r = weighted_contacts(net, options.weights, "effective_size", options.run);
  const std::vector<double> sizes = effective_sizes(r, options.run);
  for (std::size_t v = 0; v < sizes.size(); ++v) out.values[nth(r.order[v])] = sizes[v];
  warn_undefined(out, "they have no contacts");
  return out;
}

LINKPIN_INLINE HoleScores efficiency(const Network& net, const HolesOptions& options) {
  using namespace detail::holes;
  HoleScores out = hole_scores(net, "efficiency");
  const RankedContacts r = weighted_contacts(net, options.weights, "efficiency", options.run);
  const std::vector<double> sizes = effective_sizes(r, options.run);
  for (std::size_t v = 0; v < sizes.size(); ++v) {
    const std::int64_t contacts = r.up[v + 1] - r.up[v] + r.down[v + 1] - r.down[v];
    if (contacts > 0) out.values[nth(r.order[v])] = sizes[v] / static_cast<double>(contacts);
  }
  warn_undefined(out, "they have no contacts");
  return out;
}

LINKPIN_INLINE HoleScores hierarchy(const Network& net, const HolesOptions& options) {
  using namespace detail::holes;
  HoleScores out = hole_scores(net, "hierarchy");
  const RankedContacts r = weighted_contacts(net, options.weights, "hierarchy", options.run);
  each_constraint(r, options.run, [&](index_t v, const std::vector<double>& shares) {
    if (shares.size() < 2) return;
    const double count = static_cast<double>(shares.size());
    const double mean = sum(shares) / count;
    Sum disorder;
    for (const double c : shares) disorder.add(c / mean * std::log(c / mean));
    out.values[nth(r.order[nth(v)])] = disorder.value() / (count * std::log(count));
  });
  warn_undefined(out, "they have fewer than two contacts");
  return out;
}

LINKPIN_INLINE HoleScores constraint_two_mode(const Network& net, const HolesOptions& options) {
  using namespace detail::holes;
  check_two_mode(net, "constraint_two_mode");
  HoleScores out = hole_scores(net, "constraint_two_mode");
  const std::vector<double> values = options.weights.resolve(net, "constraint_two_mode", "weights");
  const Contacts c = contacts(net, values, BothWays::sum, options.run);
  std::vector<double> strength(nth(c.n()));
  for (index_t v = 0; v < c.n(); ++v) {
    Sum total;
    for (std::int64_t e = c.begin(v); e < c.end(v); ++e) total.add(c.weights[nth(e)]);
    strength[nth(v)] = total.value();
  }
  std::int64_t work = 0;
  for (index_t v = 0; v < c.n(); ++v) work += std::int64_t{c.degree(v)} * c.degree(v);
  ScratchPool<std::vector<double>> pool;
  parallel_for(
      c.n(), 1 + 2 * work / std::max<std::int64_t>(1, c.n()), options.run, [&](std::int64_t begin, std::int64_t end) {
        // reach[j]: the share of i's ties that leads to j by way of any event.
        auto borrowed = pool.take([&] { return std::make_unique<std::vector<double>>(nth(c.n()), 0.0); });
        std::vector<double>& reach = *borrowed;
        for (auto i = static_cast<index_t>(begin); i < static_cast<index_t>(end); ++i) {
          auto each_two_path = [&](auto&& visit) {
            for (std::int64_t e = c.begin(i); e < c.end(i); ++e) {
              const index_t event = c.vertices[nth(e)];
              const double to_event = c.weights[nth(e)] / strength[nth(i)];
              for (std::int64_t f = c.begin(event); f < c.end(event); ++f) {
                visit(e, c.vertices[nth(f)], c.weights[nth(f)], to_event * c.weights[nth(f)] / strength[nth(event)]);
              }
            }
          };
          each_two_path([&](std::int64_t, index_t j, double, double share) { reach[nth(j)] += share; });
          std::vector<double> indirect(nth(c.degree(i)), 0.0);
          each_two_path([&](std::int64_t e, index_t j, double weight, double share) {
            // What reached j by way of another event returns to this one.
            if (j != i) indirect[nth(e - c.begin(i))] += (reach[nth(j)] - share) * weight / strength[nth(j)];
          });
          each_two_path([&](std::int64_t, index_t j, double, double) { reach[nth(j)] = 0.0; });
          Sum total;
          for (std::int64_t e = c.begin(i); e < c.end(i); ++e) {
            const double p = c.weights[nth(e)] / strength[nth(i)] + indirect[nth(e - c.begin(i))];
            total.add(p * p);
          }
          if (c.degree(i) > 0) out.values[nth(i)] = total.value();
        }
        pool.give(std::move(borrowed));
      });
  warn_undefined(out, "they have no ties");
  return out;
}

LINKPIN_INLINE HoleScores effective_size_two_mode(const Network& net, const Run& run) {
  using namespace detail::holes;
  check_two_mode(net, "effective_size_two_mode");
  HoleScores out = hole_scores(net, "effective_size_two_mode");
  Contacts shared = shared_neighbours(contacts(net, {}, BothWays::sum, run));
  const RankedContacts weighted = ranked(shared);
  std::fill(shared.weights.begin(), shared.weights.end(), 1.0);
  const RankedContacts r = ranked(shared);
  const std::vector<double> common = common_contact_sums(r, std::vector<double>(nth(r.n()), 1.0), run);
  for (index_t v = 0; v < r.n(); ++v) {
    Sum redundant;
    Sum events;
    index_t contacts = 0;
    r.each(v, [&](index_t, std::int64_t d) {
      redundant.add(weighted.weight[nth(d)] * common[nth(d)]);
      events.add(weighted.weight[nth(d)]);
      ++contacts;
    });
    if (contacts > 0) out.values[nth(r.order[nth(v)])] = contacts - redundant.value() / events.value();
  }
  warn_undefined(out, "they share no neighbour with anybody");
  return out;
}

}  // namespace linkpin
