#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/measures/detail/contacts.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/mixing.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::mixing {

using detail::BothWays;
using detail::each_contact;
using detail::nth;
using detail::ObservedDyads;

inline void check_groups(const Network& net, const Groups& groups, std::string_view function) {
  if (groups.codes.size() != nth(net.n())) {
    refuse(function, "groups, length", std::to_string(groups.codes.size()),
           "give one group a vertex: " + std::to_string(net.n()));
  }
}

// What was left out of a measure by group, for its warnings.
class LeftOut {
 public:
  LeftOut(const Network& net, const Groups& groups)
      : groupless_(std::count(groups.codes.begin(), groups.codes.end(), none)), n_(net.n()) {}

  void missing() { ++missing_; }
  void unobserved() { ++unobserved_; }

  void warn(Provenance& p) const {
    if (groupless_ > 0) {
      p.warnings.push_back(std::to_string(groupless_) + " of " + std::to_string(n_) +
                           " vertices have no group; their " + std::to_string(missing_) +
                           (missing_ == 1 ? " tie is left out" : " ties are left out"));
    }
    if (unobserved_ > 0) {
      p.warnings.push_back(std::to_string(unobserved_) + (unobserved_ == 1 ? " tie stands" : " ties stand") +
                           " where no answer was observed; left out");
    }
  }

 private:
  std::int64_t groupless_;
  index_t n_;
  std::int64_t missing_ = 0;
  std::int64_t unobserved_ = 0;
};

// Calls visit(tail, head, weight) for every tie that counts: observed, between known groups, no loop unless asked for.
// What does not count is told to `out`.
template <class Visit>
void each_tie(const Network& net, const Groups& groups, const std::vector<double>& values, bool loops, LeftOut& out,
              Visit&& visit) {
  const ObservedDyads observed(net);
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[nth(e)];
    const index_t v = net.targets()[nth(e)];
    if (u == v && !loops) continue;
    if (groups.codes[nth(u)] == none || groups.codes[nth(v)] == none) {
      out.missing();
    } else if (u != v && !observed(u, v)) {
      out.unobserved();
    } else {
      visit(u, v, values.empty() ? 1.0 : values[nth(e)]);
    }
  }
}

inline std::vector<double> tie_values(const Network& net, const TieValues& weights, std::string_view function) {
  return weights.ones(net) ? std::vector<double>{} : weights.resolve(net, function, "weights");
}

inline void warn_parallel(const Network& net, Provenance& p) {
  if (net.has_parallel()) {
    p.warnings.push_back(std::to_string(net.parallel_ties()) + " parallel ties count each; merge them to count dyads");
  }
}

inline double ei(double internal, double external) {
  return internal + external > 0 ? (external - internal) / (external + internal) : undefined;
}

inline EiScores ei_scores(std::vector<double> internal, std::vector<double> external) {
  EiScores s{std::move(internal), std::move(external), {}};
  for (std::size_t i = 0; i < s.internal.size(); ++i) s.ei.push_back(ei(s.internal[i], s.external[i]));
  return s;
}

// Calls visit(v, weights by group of its contacts as pairs (code, weight), sorted by code) for every vertex. An arc
// that was not observed is no word; a contact is left out where its group is missing.
template <class Visit>
void each_neighbourhood(const Network& net, const Groups& groups, const std::vector<double>& values, Visit&& visit) {
  const ObservedDyads observed(net);
  std::vector<double> seen = values;
  if (!observed.complete()) {
    if (seen.empty()) seen.assign(nth(net.m()), 1.0);
    for (index_t e = 0; e < net.m(); ++e) {
      if (!observed(net.sources()[nth(e)], net.targets()[nth(e)])) seen[nth(e)] = 0.0;
    }
  }
  std::vector<std::pair<index_t, double>> contacts;
  std::vector<std::pair<index_t, double>> by_group;
  for (index_t v = 0; v < net.n(); ++v) {
    contacts.clear();
    by_group.clear();
    each_contact(net, seen, BothWays::max, v, [&](index_t w, double weight) {
      if (groups.codes[nth(w)] != none) contacts.emplace_back(groups.codes[nth(w)], weight);
    });
    std::stable_sort(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < contacts.size();) {
      Sum total;
      const index_t code = contacts[i].first;
      for (; i < contacts.size() && contacts[i].first == code; ++i) total.add(contacts[i].second);
      by_group.emplace_back(code, total.value());
    }
    visit(v, by_group);
  }
}

inline double blau_of(const std::vector<std::pair<index_t, double>>& by_group) {
  Sum total;
  for (const auto& group : by_group) total.add(group.second);
  if (!(total.value() > 0)) return undefined;
  Sum squares;
  for (const auto& group : by_group) squares.add((group.second / total.value()) * (group.second / total.value()));
  return 1.0 - squares.value();
}

inline std::vector<index_t> group_sizes(const Groups& groups) {
  std::vector<index_t> sizes(nth(groups.count()), 0);
  for (const index_t code : groups.codes) {
    if (code != none) ++sizes[nth(code)];
  }
  return sizes;
}

inline std::vector<double> sums(const std::vector<Sum>& totals) {
  std::vector<double> values;
  values.reserve(totals.size());
  for (const Sum& t : totals) values.push_back(t.value());
  return values;
}

}  // namespace detail::mixing

LINKPIN_INLINE EiIndex ei_index(const Network& net, const Groups& groups, const EiOptions& options) {
  using namespace detail::mixing;
  check_groups(net, groups, "ei_index");
  const std::vector<double> values = tie_values(net, options.weights, "ei_index");
  EiIndex out;
  out.provenance = provenance(net, "ei_index");
  out.groups = groups.labels;
  out.sizes = group_sizes(groups);

  LeftOut left(net, groups);
  Sum within;
  Sum between;
  each_tie(net, groups, values, false, left, [&](index_t u, index_t v, double w) {
    (groups.codes[nth(u)] == groups.codes[nth(v)] ? within : between).add(w);
  });
  out.internal = within.value();
  out.external = between.value();
  out.value = ei(out.internal, out.external);

  std::vector<double> own(nth(net.n()), undefined);
  std::vector<double> other(nth(net.n()), undefined);
  std::vector<Sum> internal(nth(groups.count()));
  std::vector<Sum> external(nth(groups.count()));
  out.blau.assign(nth(net.n()), undefined);
  each_neighbourhood(net, groups, values, [&](index_t v, const auto& by_group) {
    out.blau[nth(v)] = blau_of(by_group);
    const index_t home = groups.codes[nth(v)];
    if (home == none) return;
    Sum same;
    Sum different;
    for (const auto& group : by_group) (group.first == home ? same : different).add(group.second);
    own[nth(v)] = same.value();
    other[nth(v)] = different.value();
    internal[nth(home)].add(same.value() / 2);  // met from both ends
    external[nth(home)].add(different.value());
  });
  out.by_group = ei_scores(sums(internal), sums(external));
  out.by_vertex = ei_scores(std::move(own), std::move(other));

  left.warn(out.provenance);
  warn_parallel(net, out.provenance);
  if (std::isnan(out.value)) out.provenance.warnings.emplace_back("undefined: there are no ties to count");
  return out;
}

LINKPIN_INLINE MixingMatrix mixing_matrix(const Network& net, const Groups& groups, const MixingOptions& options) {
  using namespace detail::mixing;
  check_groups(net, groups, "mixing_matrix");
  const auto k = nth(groups.count());
  if (k > 10'000) {
    throw LimitError({"mixing_matrix", "groups", std::to_string(k), "",
                      "a matrix of so many groups tells nobody anything; merge them into fewer"});
  }
  const std::vector<double> values = tie_values(net, options.weights, "mixing_matrix");
  MixingMatrix out;
  out.provenance = provenance(net, "mixing_matrix");
  out.groups = groups.labels;
  out.ties.assign(k * k, 0.0);
  out.dyads.assign(k * k, 0.0);
  std::vector<Sum> weight(k * k);
  const bool directed = net.directed();
  // Both cells of an undirected dyad; the diagonal holds it once.
  auto each_cell = [&](index_t u, index_t v, auto&& visit) {
    const std::size_t a = nth(groups.codes[nth(u)]);
    const std::size_t b = nth(groups.codes[nth(v)]);
    visit(a * k + b);
    if (!directed && a != b) visit(b * k + a);
  };

  LeftOut left(net, groups);
  index_t last_tail = none;
  index_t last_head = none;
  each_tie(net, groups, values, false, left, [&](index_t u, index_t v, double w) {
    const bool first = u != last_tail || v != last_head;  // ties of a dyad follow each other
    last_tail = u;
    last_head = v;
    each_cell(u, v, [&](std::size_t cell) {
      weight[cell].add(w);
      if (first) ++out.ties[cell];
    });
  });

  const std::vector<index_t> sizes = group_sizes(groups);
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < k; ++b) {
      const double n = sizes[a];
      out.dyads[a * k + b] = a != b ? n * sizes[b] : n * (n - 1) / (directed ? 1 : 2);
    }
  }
  const detail::ObservedDyads observed(net);
  for (index_t u = 0; u < net.n(); ++u) {
    if (groups.codes[nth(u)] == none) continue;
    observed.each_gap(u, [&](index_t v) {
      if (groups.codes[nth(v)] == none || (!directed && v < u)) return;
      each_cell(u, v, [&](std::size_t cell) { --out.dyads[cell]; });
    });
  }
  out.weight = sums(weight);
  for (std::size_t cell = 0; cell < k * k; ++cell) {
    out.rate.push_back(out.dyads[cell] > 0 ? out.ties[cell] / out.dyads[cell] : undefined);
  }
  left.warn(out.provenance);
  return out;
}

LINKPIN_INLINE Assortativity assortativity(const Network& net, const Groups& groups,
                                           const AssortativityOptions& options) {
  using namespace detail::mixing;
  check_groups(net, groups, "assortativity");
  const std::vector<double> values = tie_values(net, options.weights, "assortativity");
  Assortativity out;
  out.provenance = provenance(net, "assortativity");
  LeftOut left(net, groups);
  Sum within;
  Sum all;
  std::vector<Sum> tails(nth(groups.count()));
  std::vector<Sum> heads(nth(groups.count()));
  each_tie(net, groups, values, false, left, [&](index_t u, index_t v, double w) {
    const index_t a = groups.codes[nth(u)];
    const index_t b = groups.codes[nth(v)];
    // An undirected tie has two tails and two heads.
    for (const auto& [tail, head] : {std::pair(a, b), std::pair(b, a)}) {
      all.add(w);
      if (tail == head) within.add(w);
      tails[nth(tail)].add(w);
      heads[nth(head)].add(w);
      if (net.directed()) break;
    }
  });
  Sum by_chance;
  const double total = all.value();
  for (std::size_t g = 0; g < tails.size(); ++g) by_chance.add(tails[g].value() / total * (heads[g].value() / total));
  const double chance = by_chance.value();
  const bool defined = total > 0 && 1.0 - chance > 1e-12;
  out.value = defined ? (within.value() / total - chance) / (1.0 - chance) : undefined;
  left.warn(out.provenance);
  warn_parallel(net, out.provenance);
  if (!defined) out.provenance.warnings.emplace_back("undefined: no ties, or all their ends are in one group");
  return out;
}

LINKPIN_INLINE Assortativity degree_assortativity(const Network& net) {
  using detail::nth;
  Assortativity out;
  out.provenance = provenance(net, "degree_assortativity");
  const detail::ObservedDyads observed(net);
  auto counts = [&](index_t e) {
    const index_t u = net.sources()[nth(e)];
    const index_t v = net.targets()[nth(e)];
    return u != v && observed(u, v);
  };
  std::vector<double> leaving(nth(net.n()), 0.0);
  std::vector<double> entering(nth(net.n()), 0.0);
  double ties = 0;
  for (index_t e = 0; e < net.m(); ++e) {
    if (!counts(e)) continue;
    ++ties;
    ++leaving[nth(net.sources()[nth(e)])];
    ++entering[nth(net.targets()[nth(e)])];
  }
  if (!net.directed()) {
    for (std::size_t v = 0; v < leaving.size(); ++v) leaving[v] = entering[v] = leaving[v] + entering[v];
  }
  // Both orders of an undirected tie, so that the two ends have one distribution.
  auto each_pair = [&](auto&& visit) {
    for (index_t e = 0; e < net.m(); ++e) {
      if (!counts(e)) continue;
      const std::size_t u = nth(net.sources()[nth(e)]);
      const std::size_t v = nth(net.targets()[nth(e)]);
      visit(leaving[u], entering[v]);
      if (!net.directed()) visit(leaving[v], entering[u]);
    }
  };
  const double pairs = net.directed() ? ties : 2 * ties;
  Sum tails;
  Sum heads;
  each_pair([&](double x, double y) {
    tails.add(x);
    heads.add(y);
  });
  const double mean_tail = tails.value() / pairs;
  const double mean_head = heads.value() / pairs;
  Sum both;
  Sum tail_squares;
  Sum head_squares;
  each_pair([&](double x, double y) {
    both.add((x - mean_tail) * (y - mean_head));
    tail_squares.add((x - mean_tail) * (x - mean_tail));
    head_squares.add((y - mean_head) * (y - mean_head));
  });
  // Degrees are whole numbers, so what does not vary gives rounding dust at most.
  const double least = 1e-12 * pairs;
  const bool defined = pairs > 0 && tail_squares.value() > least && head_squares.value() > least;
  out.value = defined ? both.value() / std::sqrt(tail_squares.value() * head_squares.value()) : undefined;
  detail::mixing::warn_parallel(net, out.provenance);
  if (!defined) out.provenance.warnings.emplace_back("undefined: no ties, or the degrees at their ends do not vary");
  return out;
}

LINKPIN_INLINE Modularity modularity(const Network& net, const Groups& groups, const ModularityOptions& options) {
  using namespace detail::mixing;
  check_groups(net, groups, "modularity");
  if (!std::isfinite(options.resolution) || options.resolution < 0) {
    refuse("modularity", "resolution", shown(options.resolution), "give a number of 0 or more");
  }
  const std::vector<double> values = tie_values(net, options.weights, "modularity");
  Modularity out;
  out.provenance = provenance(net, "modularity");
  detail::warn_unobserved(net, out.provenance);
  const bool directed = options.directed && net.directed();
  LeftOut left(net, groups);
  Sum within;
  Sum all;
  std::vector<Sum> leaving(nth(groups.count()));
  std::vector<Sum> entering(nth(groups.count()));
  each_tie(net, groups, values, true, left, [&](index_t u, index_t v, double w) {
    const std::size_t a = nth(groups.codes[nth(u)]);
    const std::size_t b = nth(groups.codes[nth(v)]);
    all.add(w);
    if (a == b) within.add(w);
    leaving[a].add(w);
    entering[b].add(w);
  });
  const double total = all.value();
  Sum quality;
  quality.add(within.value() / total);
  for (std::size_t g = 0; g < leaving.size(); ++g) {
    const double out_share = leaving[g].value() / total;
    const double in_share = entering[g].value() / total;
    const double mean = (out_share + in_share) / 2;
    quality.add(-options.resolution * (directed ? out_share * in_share : mean * mean));
  }
  out.value = total > 0 ? quality.value() : undefined;
  left.warn(out.provenance);
  if (!(total > 0)) out.provenance.warnings.emplace_back("undefined: there are no ties to count");
  return out;
}

LINKPIN_INLINE Blau blau(const Network& net, const Groups& groups, const BlauOptions& options) {
  using namespace detail::mixing;
  check_groups(net, groups, "blau");
  const std::vector<double> values = tie_values(net, options.weights, "blau");
  Blau out;
  out.provenance = provenance(net, "blau");
  out.values.assign(nth(net.n()), undefined);
  each_neighbourhood(net, groups, values,
                     [&](index_t v, const auto& by_group) { out.values[nth(v)] = blau_of(by_group); });
  std::vector<std::pair<index_t, double>> everybody;
  const std::vector<index_t> sizes = group_sizes(groups);
  for (std::size_t g = 0; g < sizes.size(); ++g) everybody.emplace_back(static_cast<index_t>(g), sizes[g]);
  out.whole = blau_of(everybody);
  LeftOut left(net, groups);
  each_tie(net, groups, values, false, left, [](index_t, index_t, double) {});
  left.warn(out.provenance);
  const auto alone = std::count_if(out.values.begin(), out.values.end(), [](double x) { return std::isnan(x); });
  if (alone > 0) {
    out.provenance.warnings.push_back(std::to_string(alone) + " of " + std::to_string(net.n()) +
                                      " vertices have no score: they have no neighbour whose group is known");
  }
  return out;
}

}  // namespace linkpin
