#pragma once

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/network.hpp>
#include <numeric>
#include <utility>

namespace linkpin {

namespace detail {

// The order that sorts ties by (tail, head) and keeps equal ones as given: two counting sorts, O(n + m).
inline std::vector<index_t> tie_order(index_t n, const std::vector<index_t>& source,
                                      const std::vector<index_t>& target) {
  const std::size_t m = source.size();
  auto pass = [n, m](const std::vector<index_t>& key, const std::vector<index_t>& rows) {
    std::vector<index_t> start(static_cast<std::size_t>(n) + 1, 0);
    for (const index_t k : key) ++start[static_cast<std::size_t>(k) + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<index_t> sorted(m);
    for (const index_t row : rows) {
      sorted[static_cast<std::size_t>(start[static_cast<std::size_t>(key[static_cast<std::size_t>(row)])]++)] = row;
    }
    return sorted;
  };
  std::vector<index_t> rows(m);
  std::iota(rows.begin(), rows.end(), 0);
  return pass(source, pass(target, rows));
}

template <class T>
std::vector<T> taken(const std::vector<T>& values, const std::vector<index_t>& rows) {
  std::vector<T> out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = values[static_cast<std::size_t>(rows[i])];
  return out;
}

inline void check_parts(const NetworkParts& p) {
  const std::size_t m = p.source.size();
  if (p.n < 0) refuse("Network", "n", std::to_string(p.n), "the number of vertices cannot be negative");
  if (p.target.size() != m) {
    refuse("Network", "target, length", std::to_string(p.target.size()),
           "give one head for each of the " + std::to_string(m) + " tails");
  }
  if (m > static_cast<std::size_t>(largest_index) / (p.directed ? 1 : 2)) {
    throw LimitError({"Network", "number of ties", std::to_string(m), "",
                      "more than 2^31-1 entries cannot be held; filter the ties first"});
  }
  if (!p.weight.empty() && p.weight.size() != m) {
    refuse("Network", "weight, length", std::to_string(p.weight.size()), "give one weight a tie: " + std::to_string(m));
  }
  auto check_end = [&p](index_t v, std::size_t tie, const char* argument) {
    if (v < 0 || v >= p.n) {
      refuse("Network", argument, std::to_string(v), "vertex ids run from 0 to " + std::to_string(p.n - 1),
             "tie " + std::to_string(tie));
    }
  };
  for (std::size_t e = 0; e < m; ++e) {
    check_end(p.source[e], e, "source");
    check_end(p.target[e], e, "target");
  }
  for (std::size_t e = 0; e < p.weight.size(); ++e) {
    if (!std::isfinite(p.weight[e]) || p.weight[e] < 0) {
      refuse("Network", "weight", shown(p.weight[e]),
             "weights are finite and not negative; keep signs or gaps in a tie column", "tie " + std::to_string(e));
    }
  }
  auto check_rows = [](const char* what, std::size_t have, std::size_t want, bool any) {
    if (any && have != want) {
      refuse("Network", what, std::to_string(have), "give one row each: " + std::to_string(want));
    }
  };
  check_rows("vertex columns, rows", p.vertices.rows(), static_cast<std::size_t>(p.n), p.vertices.width() > 0);
  check_rows("tie columns, rows", p.ties.rows(), m, p.ties.width() > 0);
  check_rows("observed, rows", p.observed.rows().size(), static_cast<std::size_t>(p.n), !p.observed.rows().empty());
  if (p.names && p.names->size() != p.n) {
    refuse("Network", "names, distinct", std::to_string(p.names->size()),
           "give one unique name a vertex: " + std::to_string(p.n));
  }
}

// Ties of equal ends, which must be neighbours in order, become one: weights add, the first tie's columns stay.
inline void merge_parallel(NetworkParts& p) {
  bool any = false;
  for (std::size_t e = 1; e < p.source.size() && !any; ++e) {
    any = p.source[e] == p.source[e - 1] && p.target[e] == p.target[e - 1];
  }
  if (!any) return;
  if (p.weight.empty()) p.weight.assign(p.source.size(), 1.0);
  std::vector<index_t> kept;
  std::size_t last = 0;
  for (std::size_t e = 0; e < p.source.size(); ++e) {
    if (e > 0 && p.source[e] == p.source[last] && p.target[e] == p.target[last]) {
      p.weight[last] += p.weight[e];
    } else {
      kept.push_back(static_cast<index_t>(e));
      last = e;
    }
  }
  p.source = taken(p.source, kept);
  p.target = taken(p.target, kept);
  p.weight = taken(p.weight, kept);
  if (p.ties.width() > 0) p.ties = p.ties.take(kept);
}

inline std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 32);
}

// Rows for `head` by `tail` in tie order, so that each row is sorted by (neighbour, tie) where ties are sorted so.
inline void fill_rows(index_t n, const std::vector<index_t>& tail, const std::vector<index_t>& head,
                      std::vector<index_t>& offsets, std::vector<index_t>& vertices, std::vector<index_t>& ties) {
  offsets.assign(static_cast<std::size_t>(n) + 1, 0);
  for (const index_t t : tail) ++offsets[static_cast<std::size_t>(t) + 1];
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  std::vector<index_t> next(offsets.begin(), offsets.end() - 1);
  vertices.resize(tail.size());
  ties.resize(tail.size());
  for (std::size_t e = 0; e < tail.size(); ++e) {
    const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(tail[e])]++);
    vertices[at] = head[e];
    ties[at] = static_cast<index_t>(e);
  }
}

// Both ends' rows of undirected ties with source <= target: first what comes from smaller ids, then from larger ones.
inline void fill_symmetric_rows(index_t n, const std::vector<index_t>& source, const std::vector<index_t>& target,
                                std::vector<index_t>& offsets, std::vector<index_t>& vertices,
                                std::vector<index_t>& ties) {
  offsets.assign(static_cast<std::size_t>(n) + 1, 0);
  for (std::size_t e = 0; e < source.size(); ++e) {
    ++offsets[static_cast<std::size_t>(source[e]) + 1];
    if (source[e] != target[e]) ++offsets[static_cast<std::size_t>(target[e]) + 1];
  }
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  std::vector<index_t> next(offsets.begin(), offsets.end() - 1);
  vertices.resize(static_cast<std::size_t>(offsets.back()));
  ties.resize(vertices.size());
  auto put = [&](index_t row, index_t neighbour, std::size_t e) {
    const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(row)]++);
    vertices[at] = neighbour;
    ties[at] = static_cast<index_t>(e);
  };
  for (std::size_t e = 0; e < source.size(); ++e) {
    if (source[e] != target[e]) put(target[e], source[e], e);
  }
  for (std::size_t e = 0; e < source.size(); ++e) put(source[e], target[e], e);
}

}  // namespace detail

LINKPIN_INLINE Network::Network() : Network(NetworkParts{}) {}

LINKPIN_INLINE Network::Network(NetworkParts p) {
  detail::check_parts(p);
  if (!p.directed) {
    for (std::size_t e = 0; e < p.source.size(); ++e) {
      if (p.source[e] > p.target[e]) std::swap(p.source[e], p.target[e]);
    }
  }
  auto in_order = [&p] {
    for (std::size_t e = 1; e < p.source.size(); ++e) {
      if (std::pair(p.source[e - 1], p.target[e - 1]) > std::pair(p.source[e], p.target[e])) return false;
    }
    return true;
  };
  if (!in_order()) {
    const std::vector<index_t> order = detail::tie_order(p.n, p.source, p.target);
    p.source = detail::taken(p.source, order);
    p.target = detail::taken(p.target, order);
    if (!p.weight.empty()) p.weight = detail::taken(p.weight, order);
    if (p.ties.width() > 0) p.ties = p.ties.take(order);
  }
  if (p.parallel == Parallel::merge) detail::merge_parallel(p);

  auto data = std::make_shared<Data>();
  data->n = p.n;
  data->directed = p.directed;
  std::uint64_t hash = detail::mix(static_cast<std::uint64_t>(p.n), p.directed ? 1 : 2);
  for (std::size_t e = 0; e < p.source.size(); ++e) {
    data->loops += p.source[e] == p.target[e] ? 1 : 0;
    data->parallel_ties += e > 0 && p.source[e] == p.source[e - 1] && p.target[e] == p.target[e - 1] ? 1 : 0;
    hash = detail::mix(hash, (static_cast<std::uint64_t>(p.source[e]) << 32) | static_cast<std::uint32_t>(p.target[e]));
  }
  for (const double w : p.weight) hash = detail::mix(hash, std::bit_cast<std::uint64_t>(w));
  data->fingerprint = {p.n, static_cast<index_t>(p.source.size()), hash};

  if (p.directed) {
    // Ties are sorted by tail: the heads are the out-rows as they stand, and entry k is tie k.
    data->out_offsets.assign(static_cast<std::size_t>(p.n) + 1, 0);
    for (const index_t u : p.source) ++data->out_offsets[static_cast<std::size_t>(u) + 1];
    std::partial_sum(data->out_offsets.begin(), data->out_offsets.end(), data->out_offsets.begin());
    detail::fill_rows(p.n, p.target, p.source, data->in_offsets, data->in_vertices, data->in_ties);
  } else {
    detail::fill_symmetric_rows(p.n, p.source, p.target, data->out_offsets, data->out_vertices, data->out_ties);
  }
  data->source = std::move(p.source);
  data->target = std::move(p.target);
  data->weight = std::move(p.weight);
  data->names = std::move(p.names);
  data->vertices = std::move(p.vertices);
  data->vertices.resize(static_cast<std::size_t>(p.n));
  data->ties = std::move(p.ties);
  if (data->ties.width() == 0) data->ties = Frame{};
  data->ties.resize(data->source.size());
  data->observed = std::move(p.observed);
  data->lens = std::move(p.lens);
  data_ = std::move(data);
}

LINKPIN_INLINE Adjacency Network::out() const {
  if (data_->directed) return {data_->out_offsets, data_->target, {}};
  return {data_->out_offsets, data_->out_vertices, data_->out_ties};
}

LINKPIN_INLINE Adjacency Network::in() const {
  if (!data_->directed) return out();
  return {data_->in_offsets, data_->in_vertices, data_->in_ties};
}

LINKPIN_INLINE std::string Network::name(index_t vertex) const {
  return data_->names ? std::string((*data_->names)[vertex]) : std::to_string(vertex);
}

LINKPIN_INLINE std::vector<std::string> Network::names() const {
  if (data_->names) return data_->names->to_vector();
  std::vector<std::string> all;
  all.reserve(static_cast<std::size_t>(n()));
  for (index_t v = 0; v < n(); ++v) all.push_back(std::to_string(v));
  return all;
}

LINKPIN_INLINE index_t Network::find(std::string_view name) const {
  if (data_->names) return data_->names->find(name);
  index_t v = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), v);
  const bool whole = error == std::errc{} && end == name.data() + name.size();
  return whole && v >= 0 && v < n() && std::to_string(v) == name ? v : none;
}

LINKPIN_INLINE NetworkParts Network::parts() const {
  NetworkParts p;
  p.n = n();
  p.source = data_->source;
  p.target = data_->target;
  p.weight = data_->weight;
  p.directed = data_->directed;
  p.names = data_->names;
  p.vertices = data_->vertices;
  p.ties = data_->ties;
  p.observed = data_->observed;
  p.lens = data_->lens;
  return p;
}

LINKPIN_INLINE bool operator==(const Network& a, const Network& b) {
  const auto& x = *a.data_;
  const auto& y = *b.data_;
  return a.data_ == b.data_ || (x.fingerprint == y.fingerprint && x.directed == y.directed && x.source == y.source &&
                                x.target == y.target && x.weight == y.weight && a.names() == b.names() &&
                                x.vertices == y.vertices && x.ties == y.ties && x.observed == y.observed);
}

LINKPIN_INLINE Network undirected(const Network& net, Symmetrise weights) {
  if (!net.directed()) return net;
  // Parallel ties of one direction are one word, so they add before the two directions are combined.
  const Network merged = [&net] {
    NetworkParts p = net.parts();
    p.parallel = net.has_parallel() ? Parallel::merge : Parallel::keep;
    return Network(std::move(p));
  }();
  NetworkParts p = merged.parts();
  for (std::size_t e = 0; e < p.source.size(); ++e) {
    if (p.source[e] > p.target[e]) std::swap(p.source[e], p.target[e]);
  }
  const std::vector<index_t> order = detail::tie_order(p.n, p.source, p.target);
  NetworkParts q;
  std::vector<index_t> first;
  for (const index_t row : order) {
    const auto e = static_cast<std::size_t>(row);
    const double w = p.weight.empty() ? 1.0 : p.weight[e];
    if (!q.source.empty() && q.source.back() == p.source[e] && q.target.back() == p.target[e]) {
      double& held = q.weight.back();
      switch (weights) {
        case Symmetrise::max:
          held = std::max(held, w);
          break;
        case Symmetrise::sum:
          held += w;
          break;
        case Symmetrise::mean:
          held = (held + w) / 2;
          break;
        case Symmetrise::min:
          held = std::min(held, w);
          break;
      }
      continue;
    }
    q.source.push_back(p.source[e]);
    q.target.push_back(p.target[e]);
    q.weight.push_back(w);
    first.push_back(row);
  }
  if (p.weight.empty() && weights != Symmetrise::sum) q.weight.clear();
  q.n = p.n;
  q.directed = false;
  q.names = p.names;
  q.vertices = std::move(p.vertices);
  if (p.ties.width() > 0) q.ties = p.ties.take(first);
  q.observed = p.observed.symmetrised();
  q.lens = p.lens + (p.lens.empty() ? "" : "; ") + "undirected";
  return Network(std::move(q));
}

LINKPIN_INLINE Network reversed(const Network& net) {
  if (!net.directed()) return net;
  NetworkParts p = net.parts();
  std::swap(p.source, p.target);
  std::vector<Observed::Exception> exceptions;
  if (!net.observed().complete()) {
    // The mask is by respondent's row, which is now a column: it is kept dyad by dyad.
    for (index_t u = 0; u < p.n; ++u) {
      for (index_t v = 0; v < p.n; ++v) {
        if (u != v && !net.observed()(u, v)) exceptions.push_back({v, u, net.observed().at(u, v)});
      }
    }
    p.observed = Observed(std::vector<Answer>(static_cast<std::size_t>(p.n), Answer::answered), std::move(exceptions));
  }
  p.lens += (p.lens.empty() ? "" : "; ") + std::string("reversed");
  return Network(std::move(p));
}

LINKPIN_INLINE Network subnetwork(const Network& net, std::span<const index_t> vertices) {
  std::vector<index_t> fresh(static_cast<std::size_t>(net.n()), none);
  auto names = std::make_shared<StringTable>();
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const index_t v = vertices[i];
    if (v < 0 || v >= net.n() || fresh[static_cast<std::size_t>(v)] != none) {
      refuse("subnetwork", "vertices", std::to_string(v), "name each vertex of the network at most once",
             "position " + std::to_string(i));
    }
    fresh[static_cast<std::size_t>(v)] = static_cast<index_t>(i);
    names->intern(net.name(v));
  }
  NetworkParts p;
  p.n = static_cast<index_t>(vertices.size());
  std::vector<index_t> kept;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = fresh[static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)])];
    const index_t v = fresh[static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)])];
    if (u == none || v == none) continue;
    p.source.push_back(u);
    p.target.push_back(v);
    if (net.weighted()) p.weight.push_back(net.weight(e));
    kept.push_back(e);
  }
  p.directed = net.directed();
  p.names = std::move(names);
  p.vertices = net.vertices().take(vertices);
  p.ties = net.ties().take(kept);
  p.observed = net.observed().take({vertices.begin(), vertices.end()}, net.n());
  p.lens = net.lens() + (net.lens().empty() ? "" : "; ") + std::to_string(p.n) + " of " + std::to_string(net.n()) +
           " vertices";
  return Network(std::move(p));
}

LINKPIN_INLINE Network with_ties(const Network& net, std::span<const std::uint8_t> keep) {
  if (keep.size() != static_cast<std::size_t>(net.m())) {
    refuse("with_ties", "keep, length", std::to_string(keep.size()),
           "give one entry a tie: " + std::to_string(net.m()));
  }
  NetworkParts p = net.parts();
  std::vector<index_t> kept;
  for (std::size_t e = 0; e < keep.size(); ++e) {
    if (keep[e] != 0) kept.push_back(static_cast<index_t>(e));
  }
  p.source = detail::taken(p.source, kept);
  p.target = detail::taken(p.target, kept);
  if (!p.weight.empty()) p.weight = detail::taken(p.weight, kept);
  p.ties = p.ties.take(kept);
  p.lens += (p.lens.empty() ? "" : "; ") + std::to_string(kept.size()) + " of " + std::to_string(net.m()) + " ties";
  return Network(std::move(p));
}

LINKPIN_INLINE Network simplified(const Network& net) {
  if (!net.has_loops() && !net.has_parallel()) return net;
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(net.m()));
  for (std::size_t e = 0; e < keep.size(); ++e) keep[e] = net.sources()[e] != net.targets()[e] ? 1 : 0;
  NetworkParts p = with_ties(net, keep).parts();
  p.lens = net.lens() + (net.lens().empty() ? "" : "; ") + "simplified";
  if (net.has_parallel()) p.parallel = Parallel::merge;
  return Network(std::move(p));
}

LINKPIN_INLINE Provenance provenance(const Network& net, std::string_view measure) {
  Provenance p;
  p.measure = std::string(measure);
  p.lens = net.lens();
  p.network = net.fingerprint();
  // What cuts the ties that respondents could tell of bears on every measure of them.
  const std::string_view lens = p.lens;
  if (const std::size_t at = lens.find(capped_names); at != std::string_view::npos) {
    p.warnings.emplace_back(lens.substr(at, lens.find(';', at) - at));
  }
  return p;
}

}  // namespace linkpin
