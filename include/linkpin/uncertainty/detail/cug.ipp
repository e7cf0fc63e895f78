#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/uncertainty/cug.hpp>
#include <linkpin/uncertainty/detail/null.ipp>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::cug {

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Which ordered pairs hold a tie, a bit each. An undirected network sets both.
class Bits {
 public:
  explicit Bits(index_t n) : n_(at(n)), words_((n_ * n_ + 63) / 64, 0) {}

  [[nodiscard]] bool has(index_t u, index_t v) const {
    const std::size_t k = at(u) * n_ + at(v);
    return (words_[k / 64] >> (k % 64) & 1U) != 0;
  }
  void set(index_t u, index_t v, bool on) {
    const std::size_t k = at(u) * n_ + at(v);
    const std::uint64_t bit = std::uint64_t{1} << (k % 64);
    words_[k / 64] = on ? words_[k / 64] | bit : words_[k / 64] & ~bit;
  }

 private:
  std::size_t n_;
  std::vector<std::uint64_t> words_;
};

struct Ties {
  std::vector<index_t> from, to;

  void add(index_t u, index_t v) {
    from.push_back(u);
    to.push_back(v);
  }
};

struct Pair {
  index_t u, v;
};

inline Pair random_pair(index_t n, Stream& stream) {
  const auto u = static_cast<index_t>(stream.below(static_cast<std::uint32_t>(n)));
  const auto v = static_cast<index_t>(stream.below(static_cast<std::uint32_t>(n - 1)));
  return {u, v < u ? v : v + 1};
}

// Draws `wanted` different pairs for which `may` holds, of `possible` ones; visit(u, v) for each. Where more than half
// are wanted the others are drawn instead.
template <class May, class Visit>
void distinct_pairs(index_t n, bool ordered, std::int64_t wanted, std::int64_t possible, Stream& stream, May&& may,
                    Visit&& visit) {
  if (wanted <= 0 || n < 2) return;
  const bool inverse = 2 * wanted > possible;
  Bits drawn(n);
  for (std::int64_t left = inverse ? possible - wanted : wanted; left > 0;) {
    Pair p = random_pair(n, stream);
    if (!ordered && p.u > p.v) std::swap(p.u, p.v);
    if (drawn.has(p.u, p.v) || !may(p.u, p.v)) continue;
    drawn.set(p.u, p.v, true);
    if (!inverse) visit(p.u, p.v);
    --left;
  }
  if (!inverse) return;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = ordered ? 0 : u + 1; v < n; ++v) {
      if (u != v && !drawn.has(u, v) && may(u, v)) visit(u, v);
    }
  }
}

// Ties where nothing was observed, which are nobody's word to move.
inline Ties unobserved_ties(const Network& net) {
  Ties ties;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if (!net.observed()(u, v)) ties.add(u, v);
  }
  return ties;
}

inline Ties keep_size(const Network& net, Stream& stream) {
  Ties ties = unobserved_ties(net);
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = net.directed() ? 0 : u + 1; v < net.n(); ++v) {
      if (u != v && net.observed()(u, v) && stream.below(2) == 0) ties.add(u, v);
    }
  }
  return ties;
}

inline Ties keep_ties(const Network& net, Stream& stream) {
  const Observed::Pairs seen = net.observed().pairs(net.n());
  const std::int64_t possible = net.directed() ? seen.one_way + seen.both_ways : seen.one_way;
  Ties ties = unobserved_ties(net);
  const auto fixed = static_cast<std::int64_t>(ties.from.size());
  distinct_pairs(
      net.n(), net.directed(), net.m() - fixed, possible, stream,
      [&](index_t u, index_t v) { return net.observed()(u, v); }, [&](index_t u, index_t v) { ties.add(u, v); });
  return ties;
}

inline Ties keep_dyads(const Network& net, Stream& stream) {
  if (!net.directed()) return keep_ties(net, stream);
  Bits has(net.n());
  for (index_t e = 0; e < net.m(); ++e) has.set(net.sources()[at(e)], net.targets()[at(e)], true);
  auto whole = [&](index_t u, index_t v) { return net.observed()(u, v) && net.observed()(v, u); };
  Ties ties;
  std::int64_t mutual = 0;
  std::int64_t single = 0;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if (!whole(u, v)) {
      ties.add(u, v);  // a pair observed one way at most keeps what it has
    } else if (!has.has(v, u)) {
      ++single;
    } else if (u < v) {
      ++mutual;
    }
  }
  std::vector<Pair> pairs;
  distinct_pairs(net.n(), false, mutual + single, net.observed().pairs(net.n()).both_ways, stream, whole,
                 [&](index_t u, index_t v) {
                   pairs.push_back({u, v});
                 });
  stream.shuffle(std::span(pairs));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto [u, v] = pairs[i];
    if (static_cast<std::int64_t>(i) < mutual) {
      ties.add(u, v);
      ties.add(v, u);
    } else if (stream.below(2) == 0) {
      ties.add(u, v);
    } else {
      ties.add(v, u);
    }
  }
  return ties;
}

// Swaps the heads of two ties where that makes no loop, no second tie and no tie in an unobserved dyad. Swaps alone
// cannot turn a three-cycle round, so that is tried too: all networks of the same degrees can be reached.
inline Ties keep_degrees(const Network& net, int swaps, Stream& stream) {
  Ties ties{{net.sources().begin(), net.sources().end()}, {net.targets().begin(), net.targets().end()}};
  const auto m = static_cast<std::uint32_t>(net.m());
  if (m < 2) return ties;
  const bool directed = net.directed();
  Bits has(net.n());
  auto set = [&](index_t u, index_t v, bool on) {
    has.set(u, v, on);
    if (!directed) has.set(v, u, on);
  };
  for (std::size_t e = 0; e < m; ++e) set(ties.from[e], ties.to[e], true);
  auto free = [&](index_t u, index_t v) { return u != v && !has.has(u, v) && net.observed()(u, v); };
  for (std::int64_t step = static_cast<std::int64_t>(swaps) * m; step > 0; --step) {
    const std::size_t e = stream.below(m);
    const std::size_t f = stream.below(m);
    index_t& b = ties.to[e];
    index_t& d = ties.to[f];
    const index_t a = ties.from[e];
    if (!directed && stream.below(2) == 0) std::swap(ties.from[f], ties.to[f]);
    const index_t c = ties.from[f];
    if (!net.observed()(a, b) || !net.observed()(c, d)) continue;
    if (directed && b == c && has.has(d, a) && free(b, a) && free(d, c) && free(a, d) && net.observed()(d, a)) {
      // a -> b -> d -> a becomes a <- b <- d <- a
      std::size_t g = 0;
      while (ties.from[g] != d || ties.to[g] != a) ++g;
      const Pair turned[] = {{b, a}, {d, b}, {a, d}};
      const std::size_t places[] = {e, f, g};
      for (const std::size_t place : places) set(ties.from[place], ties.to[place], false);
      for (std::size_t k = 0; k < 3; ++k) {
        ties.from[places[k]] = turned[k].u;
        ties.to[places[k]] = turned[k].v;
        set(turned[k].u, turned[k].v, true);
      }
      continue;
    }
    if (!free(a, d) || !free(c, b)) continue;
    set(a, b, false);
    set(c, d, false);
    set(a, d, true);
    set(c, b, true);
    std::swap(b, d);
  }
  return ties;
}

// Without loops, weights and tie columns; parallel ties once.
inline Network bare(const Network& net) {
  NetworkParts p = simplified(net).parts();
  p.weight.clear();
  p.ties = {};
  p.lens = net.lens();
  return Network(std::move(p));
}

}  // namespace detail::cug

LINKPIN_INLINE Network random_network(const Network& net, const CugOptions& options, std::uint64_t replicate) {
  using namespace detail::cug;
  Stream stream(options.seed, "conditional uniform graphs", replicate);
  const Network plain = bare(net);
  Ties ties;
  switch (options.condition) {
    case Condition::size:
      ties = keep_size(plain, stream);
      break;
    case Condition::ties:
      ties = keep_ties(plain, stream);
      break;
    case Condition::dyads:
      ties = keep_dyads(plain, stream);
      break;
    case Condition::degrees:
      ties = keep_degrees(plain, options.swaps, stream);
      break;
  }
  NetworkParts p = plain.parts();
  p.source = std::move(ties.from);
  p.target = std::move(ties.to);
  p.ties = {};
  return Network(std::move(p));
}

LINKPIN_INLINE NullTest cug_test(const Network& net, const Statistic& statistic, const CugOptions& options) {
  using namespace detail::null;
  constexpr index_t most = 50'000;
  if (options.replicates < 1) {
    refuse("cug_test", "replicates", std::to_string(options.replicates), "ask for at least one");
  }
  if (options.swaps < 1) refuse("cug_test", "swaps", std::to_string(options.swaps), "try at least one a tie");
  if (net.n() > most) {
    throw LimitError({"cug_test", "vertices", std::to_string(net.n()), "", "at most " + std::to_string(most)});
  }
  const Network plain = detail::cug::bare(net);
  const std::vector<double> observed = statistic(plain);
  const std::int64_t cost = 50 * (static_cast<std::int64_t>(net.n()) + net.m());
  const std::vector<double> draws = replicates(
      "cug_test", observed.size(), options.replicates, cost, options.run,
      [&](std::int64_t r) { return statistic(random_network(plain, options, static_cast<std::uint64_t>(r))); });
  NullTest test;
  test.provenance = provenance(net, "cug_test");
  test.provenance.seed = options.seed;
  for (std::size_t i = 0; i < observed.size(); ++i) add_score(test, observed[i], draws, i, observed.size());
  if (plain.m() < net.m()) {
    test.provenance.warnings.push_back(std::to_string(net.m() - plain.m()) +
                                       " loops and parallel ties are left out, here and in the random networks");
  }
  if (net.weighted()) {
    test.provenance.warnings.emplace_back("weights are left out: the random networks have none");
  }
  add_warnings(test);
  return test;
}

}  // namespace linkpin
