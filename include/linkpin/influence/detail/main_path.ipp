#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/main_path.hpp>
#include <linkpin/measures/components.hpp>
#include <span>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

// When each vertex came about, as an interval of numbers.
struct VertexDates {
  std::vector<double> earliest, latest;

  [[nodiscard]] bool known(index_t v) const { return !std::isnan(earliest[static_cast<std::size_t>(v)]); }
  [[nodiscard]] bool before(index_t u, index_t v) const {
    return latest[static_cast<std::size_t>(u)] < earliest[static_cast<std::size_t>(v)];
  }
};

inline VertexDates vertex_dates(const Network& net, const TraversalOptions& options, std::string_view function) {
  const auto n = static_cast<std::size_t>(net.n());
  VertexDates dates{options.earliest, options.latest};
  if (dates.earliest.empty()) {
    const Column* column = net.vertices().find(options.dates);
    if (n > 0 && (column == nullptr || (column->type() != ColumnType::date && !column->is_numeric()))) {
      refuse(function, "dates", options.dates,
             "cycles by date need a vertex column of dates or numbers, or one date a vertex");
    }
    dates.latest.clear();
    for (std::size_t v = 0; v < n; ++v) {
      const bool day = column->type() == ColumnType::date && !column->missing(v);
      dates.earliest.push_back(day ? column->dates()[v].first : column->is_numeric() ? column->number(v) : undefined);
      dates.latest.push_back(day ? column->dates()[v].last : dates.earliest.back());
    }
  }
  if (dates.latest.empty()) dates.latest = dates.earliest;
  if (dates.earliest.size() != n || dates.latest.size() != n) {
    refuse(function, "dates, length", std::to_string(dates.earliest.size()),
           "give one date a vertex: " + std::to_string(n));
  }
  return dates;
}

// The ties that are left once nothing runs in circles, with their ends along the flow of knowledge.
struct Acyclic {
  struct Arc {
    index_t from, to, tie;
  };
  std::vector<Arc> arcs;             // in order of `from` within the topological order
  std::vector<index_t> order;        // vertices, topological
  std::vector<std::size_t> in, out;  // by vertex: how many arcs
  TiesKept removed;
};

inline Acyclic acyclic(const Network& net, const TraversalOptions& options, std::string_view function) {
  if (!net.directed()) {
    refuse(function, "net", "an undirected network", "main paths need to know which way knowledge runs");
  }
  const auto n = static_cast<std::size_t>(net.n());
  const bool by_date = options.cycles == Cycles::by_date;
  VertexDates dates;
  std::vector<index_t> component;
  if (by_date) {
    dates = vertex_dates(net, options, function);
  } else {
    component = components(net, {.mode = Connection::strong}).membership;
  }
  Acyclic kept;
  kept.in.assign(n, 0);
  kept.out.assign(n, 0);
  std::vector<Acyclic::Arc> arcs;
  for (index_t e = 0; e < net.m(); ++e) {
    index_t u = net.sources()[static_cast<std::size_t>(e)];
    index_t v = net.targets()[static_cast<std::size_t>(e)];
    const bool copy = e > 0 && net.sources()[static_cast<std::size_t>(e) - 1] == u &&
                      net.targets()[static_cast<std::size_t>(e) - 1] == v;
    if (options.flow == Flow::backward) std::swap(u, v);
    std::int64_t* reason = nullptr;
    if (u == v) {
      reason = &kept.removed.loops;
    } else if (copy) {
      reason = &kept.removed.parallel;
    } else if (by_date && (!dates.known(u) || !dates.known(v))) {
      reason = &kept.removed.undated;
    } else if (by_date && !dates.before(u, v)) {
      reason = dates.before(v, u) ? &kept.removed.against_date : &kept.removed.on_date;
    } else if (!by_date && component[static_cast<std::size_t>(u)] == component[static_cast<std::size_t>(v)]) {
      reason = &kept.removed.cycles;
    }
    if (reason != nullptr) {
      ++*reason;
      continue;
    }
    ++kept.removed.kept;
    ++kept.out[static_cast<std::size_t>(u)];
    ++kept.in[static_cast<std::size_t>(v)];
    arcs.push_back({u, v, e});
  }
  // Arcs by where they start, then vertices one by one as nothing before them is left.
  std::vector<std::size_t> first(n + 1, 0);
  for (std::size_t v = 0; v < n; ++v) first[v + 1] = first[v] + kept.out[v];
  std::vector<Acyclic::Arc> rows(arcs.size());
  std::vector<std::size_t> next(first.begin(), first.end() - (n > 0 ? 1 : 0));
  for (const Acyclic::Arc& arc : arcs) rows[next[static_cast<std::size_t>(arc.from)]++] = arc;
  std::vector<std::size_t> waiting = kept.in;
  for (std::size_t v = 0; v < n; ++v) {
    if (waiting[v] == 0) kept.order.push_back(static_cast<index_t>(v));
  }
  kept.arcs.reserve(arcs.size());
  for (std::size_t i = 0; i < kept.order.size(); ++i) {
    const auto u = static_cast<std::size_t>(kept.order[i]);
    for (std::size_t k = first[u]; k < first[u + 1]; ++k) {
      kept.arcs.push_back(rows[k]);
      if (--waiting[static_cast<std::size_t>(rows[k].to)] == 0) kept.order.push_back(rows[k].to);
    }
  }
  return kept;
}

// The bits that the counts of a direction take, by vertex, from sums of doubles that stand for 2^x.
inline double log2_sum(double a, double b) {
  const double high = std::max(a, b);
  const double low = std::min(a, b);
  return std::isinf(low) ? high : high + std::log2(1 + std::exp2(low - high));
}

// Ways that end at (or start from) each vertex: 1 at the ends of the network, or 1 at every vertex where `anywhere`.
template <class Start, class Add>
void sweep(const Acyclic& dag, bool up, bool anywhere, const Start& start, const Add& add) {
  const std::vector<std::size_t>& before = up ? dag.in : dag.out;
  for (std::size_t v = 0; v < before.size(); ++v) start(v, anywhere || before[v] == 0);
  if (up) {
    for (const Acyclic::Arc& a : dag.arcs) add(static_cast<std::size_t>(a.to), static_cast<std::size_t>(a.from));
  } else {
    for (std::size_t k = dag.arcs.size(); k-- > 0;) {
      add(static_cast<std::size_t>(dag.arcs[k].from), static_cast<std::size_t>(dag.arcs[k].to));
    }
  }
}

inline std::vector<double> bits(const Acyclic& dag, bool up, bool anywhere) {
  std::vector<double> log2(dag.in.size());
  sweep(
      dag, up, anywhere, [&](std::size_t v, bool one) { log2[v] = one ? 0.0 : -unreachable; },
      [&](std::size_t to, std::size_t from) { log2[to] = log2_sum(log2[to], log2[from]); });
  return log2;
}

inline Counts ways(const Acyclic& dag, bool up, bool anywhere, std::size_t limbs) {
  Counts counts(dag.in.size(), limbs);
  sweep(
      dag, up, anywhere, [&](std::size_t v, bool one) { counts.set(v, one ? 1 : 0); },
      [&](std::size_t to, std::size_t from) { counts.add(to, counts, from); });
  return counts;
}

// The weights of a network's acyclic part: one a row of dag.arcs.
struct Weighed {
  Acyclic dag;
  Counts weights, total;
};

inline Weighed weigh(const Network& net, const TraversalOptions& options, std::string_view function) {
  Weighed w{acyclic(net, options, function), {}, {}};
  const Acyclic& dag = w.dag;
  const bool from_all = options.kind != Traversal::spc;
  const bool to_all = options.kind == Traversal::spnp;
  const std::vector<double> up = bits(dag, true, from_all);
  const std::vector<double> down = bits(dag, false, to_all);
  double most = 0.0;
  for (const Acyclic::Arc& a : dag.arcs) {
    most = std::max(most, up[static_cast<std::size_t>(a.from)] + down[static_cast<std::size_t>(a.to)]);
  }
  // Room for the sum of all weights, which bounds the sum along any path and the number of all ways.
  const double room = most * (1 + 1e-9) + std::log2(static_cast<double>(dag.arcs.size()) + 2) + 3;
  const double limbs = std::ceil(room / 32);
  const double bytes = 4 * limbs * (2 * static_cast<double>(net.n()) + static_cast<double>(dag.arcs.size()));
  if (bytes > 4e9) {
    throw LimitError({std::string(function), "net, bytes of exact counts", shown(bytes), "",
                      "the counts have up to " + std::to_string(std::lround(most * std::log10(2.0))) +
                          " digits each: look at a part of the network"});
  }
  Watch watch(options.run);
  const auto size = static_cast<std::size_t>(limbs);
  const Counts before = ways(dag, true, from_all, size);
  watch.look(0.3);
  const Counts after = ways(dag, false, to_all, size);
  watch.look(0.6);
  w.weights = Counts(dag.arcs.size(), size);
  for (std::size_t k = 0; k < dag.arcs.size(); ++k) {
    w.weights.multiply(k, before, static_cast<std::size_t>(dag.arcs[k].from), after,
                       static_cast<std::size_t>(dag.arcs[k].to));
  }
  w.total = Counts(1, size);
  const Counts whole = to_all ? ways(dag, false, false, size) : after;
  for (std::size_t v = 0; v < dag.in.size(); ++v) {
    if (dag.in[v] == 0 && dag.out[v] > 0) w.total.add(0, whole, v);
  }
  return w;
}

inline void note_removed(const TiesKept& ties, Provenance& provenance) {
  auto note = [&provenance](std::int64_t count, const char* why) {
    if (count == 0) return;
    const char* left_out = count == 1 ? " tie is left out: " : " ties are left out: ";
    provenance.warnings.push_back(std::to_string(count) + left_out + why);
  };
  note(ties.loops, "from a vertex to itself");
  note(ties.parallel, "the same tie again");
  note(ties.cycles, "on a circle");
  note(ties.against_date, "from a later to an earlier date");
  note(ties.on_date, "between ends of the same date, or of dates that overlap");
  note(ties.undated, "an end has no date");
}

// By vertex, the heaviest way on from the ends of the network to it, and the arc it comes by.
struct Heaviest {
  Counts sum;
  std::vector<std::size_t> arc;  // none: a start
  std::vector<std::uint8_t> tied;

  static constexpr std::size_t start = static_cast<std::size_t>(-1);
};

inline Heaviest heaviest(const Weighed& w, bool up) {
  const std::size_t n = w.dag.in.size();
  Heaviest best{Counts(n, w.weights.limbs()), std::vector<std::size_t>(n, Heaviest::start),
                std::vector<std::uint8_t>(n, 0)};
  Counts sum(1, w.weights.limbs());
  auto step = [&](std::size_t k) {
    const Acyclic::Arc& arc = w.dag.arcs[k];
    const auto from = static_cast<std::size_t>(up ? arc.from : arc.to);
    const auto to = static_cast<std::size_t>(up ? arc.to : arc.from);
    sum.copy(0, best.sum, from);
    sum.add(0, w.weights, k);
    const auto order = sum.compare(0, best.sum, to);
    const bool first = best.arc[to] == Heaviest::start;
    if (!first && std::is_lt(order)) return;
    if (!first && std::is_eq(order)) {
      best.tied[to] = 1;
      // Among equals the tie that comes first in the network.
      if (w.dag.arcs[best.arc[to]].tie < arc.tie) return;
    } else {
      best.tied[to] = 0;
    }
    best.sum.copy(to, sum, 0);
    best.arc[to] = k;
    if (best.tied[from] != 0) best.tied[to] = 1;
  };
  if (up) {
    for (std::size_t k = 0; k < w.dag.arcs.size(); ++k) step(k);
  } else {
    for (std::size_t k = w.dag.arcs.size(); k-- > 0;) step(k);
  }
  return best;
}

// Marks the arcs on the heaviest way to v.
inline void follow(const Weighed& w, const Heaviest& best, bool up, index_t v, std::vector<std::uint8_t>& on) {
  for (std::size_t k = best.arc[static_cast<std::size_t>(v)]; k != Heaviest::start;
       k = best.arc[static_cast<std::size_t>(v)]) {
    on[k] = 1;
    v = up ? w.dag.arcs[k].from : w.dag.arcs[k].to;
  }
}

inline std::vector<std::uint8_t> global_path(const Weighed& w, bool& unique) {
  std::vector<std::uint8_t> on(w.dag.arcs.size(), 0);
  const Heaviest best = heaviest(w, true);
  index_t end = none;
  for (std::size_t v = 0; v < w.dag.out.size(); ++v) {
    if (w.dag.out[v] > 0 || w.dag.in[v] == 0) continue;
    const auto order =
        end == none ? std::strong_ordering::greater : best.sum.compare(v, best.sum, static_cast<std::size_t>(end));
    if (std::is_eq(order)) unique = false;
    if (std::is_gt(order)) {
      end = static_cast<index_t>(v);
      unique = true;
    }
  }
  if (end == none) return on;
  unique = unique && best.tied[static_cast<std::size_t>(end)] == 0;
  follow(w, best, true, end, on);
  return on;
}

inline std::vector<std::uint8_t> local_path(const Weighed& w) {
  const std::size_t m = w.dag.arcs.size();
  std::vector<std::uint8_t> on(m, 0);
  std::vector<std::uint8_t> met(w.dag.in.size(), 0);
  // The heaviest among all ties that leave a source.
  std::size_t top = m;
  for (std::size_t k = 0; k < m; ++k) {
    if (w.dag.in[static_cast<std::size_t>(w.dag.arcs[k].from)] > 0) continue;
    if (top == m || std::is_gt(w.weights.compare(k, w.weights, top))) top = k;
  }
  auto take = [&](std::size_t first, std::size_t last, std::size_t best) {
    for (std::size_t k = first; k < last; ++k) {
      if (std::is_neq(w.weights.compare(k, w.weights, best))) continue;
      on[k] = 1;
      met[static_cast<std::size_t>(w.dag.arcs[k].to)] = 1;
    }
  };
  for (std::size_t k = 0; k < m; ++k) {
    if (w.dag.in[static_cast<std::size_t>(w.dag.arcs[k].from)] == 0 &&
        std::is_eq(w.weights.compare(k, w.weights, top))) {
      take(k, k + 1, k);
    }
  }
  // Arcs stand in topological order of where they start, so one pass meets every vertex before what leaves it.
  for (std::size_t first = 0; first < m;) {
    const index_t u = w.dag.arcs[first].from;
    std::size_t last = first;
    std::size_t best = first;
    for (; last < m && w.dag.arcs[last].from == u; ++last) {
      if (std::is_gt(w.weights.compare(last, w.weights, best))) best = last;
    }
    if (met[static_cast<std::size_t>(u)] != 0) take(first, last, best);
    first = last;
  }
  return on;
}

inline std::vector<std::uint8_t> key_routes(const Weighed& w, index_t routes) {
  const std::size_t m = w.dag.arcs.size();
  std::vector<std::uint8_t> on(m, 0);
  if (m == 0) return on;
  std::vector<std::size_t> by_weight(m);
  for (std::size_t k = 0; k < m; ++k) by_weight[k] = k;
  const std::size_t wanted = std::min(m, static_cast<std::size_t>(routes));
  auto heavier = [&w](std::size_t a, std::size_t b) { return std::is_gt(w.weights.compare(a, w.weights, b)); };
  std::nth_element(by_weight.begin(), by_weight.begin() + static_cast<std::ptrdiff_t>(wanted - 1), by_weight.end(),
                   heavier);
  const std::size_t least = by_weight[wanted - 1];
  const Heaviest before = heaviest(w, true);
  const Heaviest after = heaviest(w, false);
  for (std::size_t k = 0; k < m; ++k) {
    if (heavier(least, k)) continue;
    on[k] = 1;
    follow(w, before, true, w.dag.arcs[k].from, on);
    follow(w, after, false, w.dag.arcs[k].to, on);
  }
  return on;
}

}  // namespace detail

LINKPIN_INLINE TraversalWeights traversal_weights(const Network& net, const TraversalOptions& options) {
  detail::Weighed w = detail::weigh(net, options, "traversal_weights");
  TraversalWeights result;
  result.provenance = provenance(net, "traversal_weights");
  result.removed = w.dag.removed;
  detail::note_removed(result.removed, result.provenance);
  result.total = std::move(w.total);
  // Back into the network's order of ties.
  std::vector<std::size_t> row(static_cast<std::size_t>(net.m()), w.dag.arcs.size());
  for (std::size_t k = 0; k < w.dag.arcs.size(); ++k) row[static_cast<std::size_t>(w.dag.arcs[k].tie)] = k;
  result.weights = Counts(w.dag.arcs.size(), w.weights.limbs());
  for (std::size_t e = 0; e < row.size(); ++e) {
    if (row[e] == w.dag.arcs.size()) continue;
    result.weights.copy(result.ties.size(), w.weights, row[e]);
    result.ties.push_back(static_cast<index_t>(e));
  }
  return result;
}

LINKPIN_INLINE MainPath main_path(const Network& net, const MainPathOptions& options) {
  if (options.key_routes < 1) {
    refuse("main_path", "key_routes", std::to_string(options.key_routes), "start from at least one tie");
  }
  detail::Weighed w = detail::weigh(net, options.traversal, "main_path");
  MainPath result;
  result.provenance = provenance(net, "main_path");
  result.removed = w.dag.removed;
  detail::note_removed(result.removed, result.provenance);
  std::vector<std::uint8_t> on;
  switch (options.search) {
    case PathSearch::global:
      on = detail::global_path(w, result.unique);
      break;
    case PathSearch::local:
      on = detail::local_path(w);
      break;
    case PathSearch::key_route:
      on = detail::key_routes(w, options.key_routes);
      break;
  }
  if (!result.unique) {
    result.provenance.warnings.emplace_back("another path is as heavy as this one: the first in the network's order");
  }
  const auto count = static_cast<std::size_t>(std::count(on.begin(), on.end(), std::uint8_t{1}));
  result.weights = Counts(count, w.weights.limbs());
  result.sum = Counts(1, w.weights.limbs());
  result.total = std::move(w.total);
  std::vector<std::uint8_t> met(w.dag.in.size(), 0);
  for (std::size_t k = 0; k < on.size(); ++k) {
    if (on[k] == 0) continue;
    result.weights.copy(result.ties.size(), w.weights, k);
    result.sum.add(0, w.weights, k);
    result.ties.push_back(w.dag.arcs[k].tie);
    met[static_cast<std::size_t>(w.dag.arcs[k].from)] = met[static_cast<std::size_t>(w.dag.arcs[k].to)] = 1;
  }
  for (const index_t v : w.dag.order) {
    if (met[static_cast<std::size_t>(v)] != 0) result.vertices.push_back(v);
  }
  return result;
}

}  // namespace linkpin
