// One network a replicate: vertices drawn again, ties kept by chance.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin::detail::resampling {

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Vertices with replacement. Copies of one vertex are tied as a pair of different vertices drawn at random is.
class VertexResampler {
 public:
  VertexResampler(const Network& net, std::uint64_t seed)
      : net_(net), parts_(net.parts()), seed_(seed), masked_(!net.observed().complete()) {}

  [[nodiscard]] Network operator()(std::int64_t replicate) const {
    Stream stream(seed_, "bootstrap of vertices", static_cast<std::uint64_t>(replicate));
    const index_t n = net_.n();
    std::vector<index_t> drawn(at(n));
    for (index_t& v : drawn) v = static_cast<index_t>(stream.below(static_cast<std::uint32_t>(n)));
    // The copies of v are copies[first[v]] .. copies[first[v + 1] - 1].
    std::vector<index_t> first(at(n) + 1, 0);
    for (const index_t v : drawn) ++first[at(v) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<index_t> copies(at(n));
    std::vector<index_t> next(first.begin(), first.end() - 1);
    for (index_t i = 0; i < n; ++i) copies[at(next[at(drawn[at(i)])]++)] = i;

    Draft draft;
    for (index_t e = 0; e < net_.m(); ++e) {
      const index_t u = parts_.source[at(e)];
      const index_t v = parts_.target[at(e)];
      for (index_t i = first[at(u)]; i < first[at(u) + 1]; ++i) {
        if (u == v) {
          draft.add(copies[at(i)], copies[at(i)], e);
          continue;
        }
        for (index_t j = first[at(v)]; j < first[at(v) + 1]; ++j) draft.add(copies[at(i)], copies[at(j)], e);
      }
    }
    for (index_t v = 0; v < n; ++v) {
      for (index_t i = first[at(v)]; i < first[at(v) + 1]; ++i) {
        for (index_t j = i + 1; j < first[at(v) + 1]; ++j) pair(copies[at(i)], copies[at(j)], v, stream, draft);
      }
    }
    return frozen(std::move(draft), drawn, first, copies);
  }

 private:
  struct Draft {
    std::vector<index_t> from, to, tie;
    void add(index_t u, index_t v, index_t e) {
      from.push_back(u);
      to.push_back(v);
      tie.push_back(e);
    }
  };

  void pair(index_t i, index_t j, index_t origin, Stream& stream, Draft& draft) const {
    if (net_.n() < 2 || (masked_ && net_.observed().row(origin) != Answer::answered)) return;
    index_t u = none;
    index_t v = none;
    for (int tries = 0; tries < 100; ++tries) {  // where nearly nothing was observed the pair stays without ties
      u = static_cast<index_t>(stream.below(static_cast<std::uint32_t>(net_.n())));
      v = static_cast<index_t>(stream.below(static_cast<std::uint32_t>(net_.n() - 1)));
      v += v < u ? 0 : 1;
      if (!masked_ || (net_.observed()(u, v) && net_.observed()(v, u))) break;
      u = none;
    }
    if (u == none) return;
    copy_ties(u, v, i, j, draft);
    if (net_.directed()) copy_ties(v, u, j, i, draft);
  }

  // All ties u -> v become ties i -> j.
  void copy_ties(index_t u, index_t v, index_t i, index_t j, Draft& draft) const {
    const Adjacency out = net_.out();
    const auto row = out.of(u);
    for (auto it = std::lower_bound(row.begin(), row.end(), v); it != row.end() && *it == v; ++it) {
      draft.add(i, j, out.tie(out.begin(u) + static_cast<index_t>(it - row.begin())));
    }
  }

  [[nodiscard]] Network frozen(Draft draft, const std::vector<index_t>& drawn, const std::vector<index_t>& first,
                               const std::vector<index_t>& copies) const {
    NetworkParts p;
    p.n = net_.n();
    p.directed = net_.directed();
    p.source = std::move(draft.from);
    p.target = std::move(draft.to);
    if (net_.weighted()) {
      for (const index_t e : draft.tie) p.weight.push_back(parts_.weight[at(e)]);
    }
    p.vertices = parts_.vertices.take(drawn);
    if (parts_.ties.width() > 0) p.ties = parts_.ties.take(draft.tie);
    p.lens = parts_.lens;
    if (masked_) {
      const Observed& seen = net_.observed();
      std::vector<Answer> rows;
      rows.reserve(drawn.size());
      for (const index_t v : drawn) rows.push_back(seen.row(v));
      std::vector<Observed::Exception> exceptions;
      for (const Observed::Exception& e : seen.exceptions()) {
        for (index_t i = first[at(e.from)]; i < first[at(e.from) + 1]; ++i) {
          for (index_t j = first[at(e.to)]; j < first[at(e.to) + 1]; ++j) {
            exceptions.push_back({copies[at(i)], copies[at(j)], e.answer});
          }
        }
      }
      p.observed = Observed(std::move(rows), std::move(exceptions), seen.either());
    }
    return Network(std::move(p));
  }

  const Network& net_;
  NetworkParts parts_;
  std::uint64_t seed_;
  bool masked_;
};

inline Network without_vertex(const Network& net, index_t left_out) {
  std::vector<index_t> kept;
  for (index_t v = 0; v < net.n(); ++v) {
    if (v != left_out) kept.push_back(v);
  }
  return subnetwork(net, kept);
}

// The chance of each tie, from a column or from the two of a Beta distribution.
inline std::vector<double> tie_chances(const Network& net, const TieChances& given) {
  if (given.a.empty() != given.b.empty()) {
    refuse("bootstrap", "ties", given.a + given.b, "a Beta distribution has two columns: give both a and b");
  }
  std::vector<double> p;
  if (!given.a.empty()) {
    p = TieValues(std::string_view(given.a)).resolve(net, "bootstrap", "a");
    const std::vector<double> b = TieValues(std::string_view(given.b)).resolve(net, "bootstrap", "b");
    for (std::size_t e = 0; e < p.size(); ++e) {
      if (!(p[e] > 0 && b[e] > 0)) {
        refuse("bootstrap", "a, b", shown(p[e]) + ", " + shown(b[e]),
               "the parameters of a Beta distribution are above 0", "tie " + std::to_string(e));
      }
      p[e] /= p[e] + b[e];
    }
    return p;
  }
  if (given.confidence.ones(net)) {
    refuse("bootstrap", "confidence", "none", "name the tie column with the chance that each tie is there");
  }
  p = given.confidence.resolve(net, "bootstrap", "confidence");
  for (std::size_t e = 0; e < p.size(); ++e) {
    if (p[e] > 1) {
      refuse("bootstrap", "confidence", shown(p[e]), "chances are between 0 and 1", "tie " + std::to_string(e));
    }
  }
  return p;
}

// The number of misses before the next hit of probability p, at most `most`.
inline std::int64_t misses(double p, Stream& stream, std::int64_t most) {
  if (p >= 1) return 0;
  if (p <= 0) return most;
  const double skip = std::floor(std::log1p(-stream.uniform()) / std::log1p(-p));
  return skip >= static_cast<double>(most) ? most : static_cast<std::int64_t>(skip);
}

// Each tie with its chance, and where asked for each dyad without one with another chance.
class TieResampler {
 public:
  TieResampler(const Network& net, const BootstrapOptions& o)
      : net_(net), parts_(net.parts()), chances_(tie_chances(net, o.ties)), added_(o.ties.unreported), seed_(o.seed) {
    if (added_ < 0 || added_ > 1) {
      refuse("bootstrap", "unreported", shown(added_), "chances are between 0 and 1");
    }
  }

  [[nodiscard]] Network operator()(std::int64_t replicate) const {
    Stream stream(seed_, "bootstrap of ties", static_cast<std::uint64_t>(replicate));
    NetworkParts p = parts_;
    p.source.clear();
    p.target.clear();
    p.weight.clear();
    std::vector<index_t> rows;
    auto add = [&](index_t u, index_t v, index_t like) {
      p.source.push_back(u);
      p.target.push_back(v);
      if (net_.weighted()) p.weight.push_back(parts_.weight[at(like)]);
      rows.push_back(like);
    };
    for (index_t e = 0; e < net_.m(); ++e) {
      if (stream.uniform() < chances_[at(e)]) add(parts_.source[at(e)], parts_.target[at(e)], e);
    }
    if (added_ > 0) add_unreported(stream, add);
    if (parts_.ties.width() > 0) p.ties = parts_.ties.take(rows);
    return Network(std::move(p));
  }

 private:
  // Ties that nobody claimed are as strong as one that somebody did, drawn at random.
  template <class Add>
  void add_unreported(Stream& stream, Add&& add) const {
    const std::int64_t n = net_.n();
    const Adjacency out = net_.out();
    const std::int64_t cells = n * (n - 1);
    for (std::int64_t k = misses(added_, stream, cells); k < cells; k += 1 + misses(added_, stream, cells)) {
      const auto u = static_cast<index_t>(k / (n - 1));
      auto v = static_cast<index_t>(k % (n - 1));
      v += v < u ? 0 : 1;
      if (!net_.directed() && u > v) continue;
      const auto row = out.of(u);
      if (std::binary_search(row.begin(), row.end(), v) || !net_.observed()(u, v)) continue;
      const bool drawn = net_.weighted() && net_.m() > 0;
      const index_t like = drawn ? static_cast<index_t>(stream.below(static_cast<std::uint32_t>(net_.m()))) : none;
      if (net_.weighted() && like == none) continue;
      add(u, v, like);
    }
  }

  const Network& net_;
  NetworkParts parts_;
  std::vector<double> chances_;
  double added_;
  std::uint64_t seed_;
};

}  // namespace linkpin::detail::resampling
