#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/detail/scratch.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/spectral.hpp>
#include <linkpin/measures/structure.hpp>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <utility>

namespace linkpin {

namespace detail {

inline double share(double part, double whole) { return whole > 0 ? part / whole : undefined; }

inline std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

inline void check_two_mode(const Network& net, const std::vector<std::uint8_t>& mode) {
  if (mode.size() != static_cast<std::size_t>(net.n())) {
    refuse("density", "two_mode, length", std::to_string(mode.size()),
           "give 0 or 1 for each vertex: " + std::to_string(net.n()));
  }
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[static_cast<std::size_t>(e)];
    const index_t v = net.targets()[static_cast<std::size_t>(e)];
    const bool across = (mode[static_cast<std::size_t>(u)] != 0) != (mode[static_cast<std::size_t>(v)] != 0);
    if (u != v && !across) {
      refuse("density", "two_mode", net.name(u) + " - " + net.name(v),
             "a tie of a two-mode network joins the two modes; check the modes or leave this tie out",
             "tie " + std::to_string(e));
    }
  }
}

// The union's rows turned from the smaller to the larger degree: vertices by rank, so that no row is long.
struct ForwardRows {
  std::vector<index_t> vertex;   // by rank
  std::vector<index_t> offsets;  // by rank
  std::vector<index_t> ranks;    // the neighbours of higher rank
  std::vector<index_t> entries;  // where each stands in the rows it was taken from; only where asked for
};

inline ForwardRows forward_rows(std::span<const index_t> offsets, std::span<const index_t> vertices,
                                bool with_entries) {
  const std::size_t n = offsets.size() - 1;
  ForwardRows forward;
  index_t largest = 0;
  for (std::size_t v = 0; v < n; ++v) largest = std::max(largest, offsets[v + 1] - offsets[v]);
  std::vector<index_t> start(static_cast<std::size_t>(largest) + 2, 0);
  for (std::size_t v = 0; v < n; ++v) ++start[static_cast<std::size_t>(offsets[v + 1] - offsets[v]) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<index_t> rank(n);
  forward.vertex.resize(n);
  for (std::size_t v = 0; v < n; ++v) {
    rank[v] = start[static_cast<std::size_t>(offsets[v + 1] - offsets[v])]++;
    forward.vertex[static_cast<std::size_t>(rank[v])] = static_cast<index_t>(v);
  }
  forward.offsets.reserve(n + 1);
  forward.offsets.push_back(0);
  forward.ranks.reserve(vertices.size() / 2);
  if (with_entries) forward.entries.reserve(vertices.size() / 2);
  for (std::size_t r = 0; r < n; ++r) {
    const auto v = static_cast<std::size_t>(forward.vertex[r]);
    for (index_t k = offsets[v]; k < offsets[v + 1]; ++k) {
      const index_t other = rank[static_cast<std::size_t>(vertices[static_cast<std::size_t>(k)])];
      if (other <= static_cast<index_t>(r)) continue;
      forward.ranks.push_back(other);
      if (with_entries) forward.entries.push_back(k);
    }
    forward.offsets.push_back(static_cast<index_t>(forward.ranks.size()));
  }
  return forward;
}

// Calls found(uv, uw, vw) with the entries of each triangle whose lowest rank u is in [begin, end). `mark` holds one
// zero a vertex, and does so again afterwards.
template <class Found>
void triangles_from(const ForwardRows& forward, std::int64_t begin, std::int64_t end, std::vector<index_t>& mark,
                    Found&& found) {
  const index_t* const offsets = forward.offsets.data();
  const index_t* const ranks = forward.ranks.data();
  for (std::int64_t u = begin; u < end; ++u) {
    const index_t first = offsets[u];
    const index_t last = offsets[u + 1];
    if (last - first < 2) continue;
    for (index_t k = first; k < last; ++k) mark[static_cast<std::size_t>(ranks[k])] = k + 1;
    for (index_t uv = first; uv < last; ++uv) {
      const index_t v = ranks[uv];
      for (index_t vw = offsets[v]; vw < offsets[v + 1]; ++vw) {
        const index_t uw = mark[static_cast<std::size_t>(ranks[vw])];
        if (uw != 0) found(uv, uw - 1, vw);
      }
    }
    for (index_t k = first; k < last; ++k) mark[static_cast<std::size_t>(ranks[k])] = 0;
  }
}

// The number of triangles at each vertex. Whole numbers add to the same in any order, so blocks keep their own counts.
inline std::vector<std::int64_t> triangles_by_vertex(const NeighbourRows& rows, const Run& run) {
  struct Scratch {
    std::vector<std::uint64_t> marked;  // a bit a rank, which stays in the nearest cache
    std::vector<std::int64_t> count;    // by rank
  };
  const ForwardRows forward = forward_rows(rows.offsets, rows.vertices, false);
  const std::size_t n = forward.vertex.size();
  const auto entries = static_cast<std::int64_t>(forward.ranks.size());
  const std::int64_t mean = n == 0 ? 0 : entries / static_cast<std::int64_t>(n) + 1;
  ScratchPool<Scratch> pool;
  parallel_for(static_cast<std::int64_t>(n), mean * mean, run, [&](std::int64_t begin, std::int64_t end) {
    auto mine = pool.take([n] {
      auto fresh = std::make_unique<Scratch>();
      fresh->marked.assign(n / 64 + 1, 0);
      fresh->count.assign(n, 0);
      return fresh;
    });
    std::int64_t* const count = mine->count.data();
    const index_t* const ranks = forward.ranks.data();
    std::uint64_t* const marked = mine->marked.data();
    const index_t* const offsets = forward.offsets.data();
    for (std::int64_t u = begin; u < end; ++u) {
      const index_t first = offsets[u];
      const index_t last = offsets[u + 1];
      if (last - first < 2) continue;
      for (index_t k = first; k < last; ++k) marked[ranks[k] / 64] |= std::uint64_t{1} << (ranks[k] % 64);
      for (index_t k = first; k < last; ++k) {
        const index_t v = ranks[k];
        std::int64_t found = 0;
        // No processor can guess which of them close a triangle, so all are added to, most of them 0.
        for (index_t e = offsets[v]; e < offsets[v + 1]; ++e) {
          const auto w = static_cast<std::uint32_t>(ranks[e]);
          const auto closed = static_cast<std::int64_t>((marked[w / 64] >> (w % 64)) & 1U);
          count[w] += closed;
          found += closed;
        }
        count[v] += found;
        count[u] += found;
      }
      for (index_t k = first; k < last; ++k) marked[ranks[k] / 64] = 0;
    }
    pool.give(std::move(mine));
  });
  std::vector<std::int64_t> triangles(n, 0);
  for (const auto& scratch : pool.all()) {
    for (std::size_t r = 0; r < n; ++r) triangles[static_cast<std::size_t>(forward.vertex[r])] += scratch->count[r];
  }
  return triangles;
}

inline std::int64_t pairs_of(std::int64_t k) { return k * (k - 1) / 2; }

// The same ties with other weights and no columns.
inline Network reweighted(const Network& net, std::vector<double> weights) {
  NetworkParts p = net.parts();
  p.weight = std::move(weights);
  p.ties = Frame{};
  return Network(std::move(p));
}

// Barrat's coefficient is the sum over ties of value times triangles on the tie, over strength times (degree - 1).
inline std::vector<double> barrat(const Network& net, const Run& run) {
  const Adjacency rows = net.out();
  const ForwardRows forward = forward_rows(rows.offsets, rows.vertices, true);
  std::vector<std::int64_t> triangles(forward.ranks.size(), 0);
  std::vector<index_t> mark(static_cast<std::size_t>(net.n()), 0);
  Watch watch(run);
  for (index_t r = 0; r < net.n(); ++r) {
    watch.tick(static_cast<double>(r) / net.n());
    triangles_from(forward, r, r + 1, mark, [&](index_t uv, index_t uw, index_t vw) {
      ++triangles[static_cast<std::size_t>(uv)];
      ++triangles[static_cast<std::size_t>(uw)];
      ++triangles[static_cast<std::size_t>(vw)];
    });
  }
  std::vector<std::int64_t> on_tie(static_cast<std::size_t>(net.m()), 0);
  for (std::size_t k = 0; k < triangles.size(); ++k) {
    on_tie[static_cast<std::size_t>(rows.tie(forward.entries[k]))] = triangles[k];
  }
  std::vector<double> values(static_cast<std::size_t>(net.n()), undefined);
  for (index_t v = 0; v < net.n(); ++v) {
    if (rows.degree(v) < 2) continue;
    Sum closed;
    Sum strength;
    for (index_t k = rows.begin(v); k < rows.end(v); ++k) {
      const index_t e = rows.tie(k);
      strength.add(net.weight(e));
      closed.add(net.weight(e) * static_cast<double>(on_tie[static_cast<std::size_t>(e)]));
    }
    values[static_cast<std::size_t>(v)] = share(closed.value(), strength.value() * (rows.degree(v) - 1.0));
  }
  return values;
}

// How often v stands in its own row.
inline index_t loops_at(const Adjacency& rows, index_t v) {
  const auto row = rows.of(v);
  const auto [first, last] = std::equal_range(row.begin(), row.end(), v);
  return static_cast<index_t>(last - first);
}

inline bool goes(Mode mode, bool directed, Mode way) { return !directed || mode == Mode::all || mode == way; }

inline void warn_silent(const Network& net, Mode mode, Provenance& p) {
  if (net.observed().complete()) return;
  p.warnings.push_back(mode == Mode::out
                           ? "some vertices did not answer; their own ties are not known and count as none"
                           : "some dyads were not observed; ties on them are not known and count as none");
}

// Degrees in the network without loops and parallel ties, or with the loops.
inline std::vector<double> distinct_degrees(const Network& net, Mode mode, bool loops) {
  std::vector<double> degrees(static_cast<std::size_t>(net.n()), 0.0);
  auto add = [&](const Adjacency& rows) {
    for (index_t v = 0; v < net.n(); ++v) {
      const auto row = rows.of(v);
      index_t last = none;
      for (const index_t u : row) {
        if (u == last) continue;
        last = u;
        if (u != v) degrees[static_cast<std::size_t>(v)] += 1.0;
        if (u == v && loops) degrees[static_cast<std::size_t>(v)] += net.directed() ? 1.0 : 2.0;
      }
    }
  };
  if (goes(mode, net.directed(), Mode::out)) add(net.out());
  if (net.directed() && goes(mode, true, Mode::in)) add(net.in());
  return degrees;
}

inline std::vector<double> centralities(const Network& net, const CentralizationOptions& options) {
  switch (options.of) {
    case CentralizationOf::degree:
      return distinct_degrees(net, Mode::all, options.loops);
    case CentralizationOf::indegree:
      return distinct_degrees(net, Mode::in, options.loops);
    case CentralizationOf::outdegree:
      return distinct_degrees(net, Mode::out, options.loops);
    case CentralizationOf::betweenness:
      return betweenness(simplified(net), {.run = options.run}).values;
    case CentralizationOf::closeness:
      return closeness(net, {.normalized = ClosenessScale::freeman, .run = options.run}).values;
    case CentralizationOf::eigenvector:
      return eigenvector(simplified(net), {.run = options.run}).values;
  }
  return {};
}

inline std::string_view name_of(CentralizationOf of) {
  constexpr std::string_view names[] = {"degree", "indegree", "outdegree", "betweenness", "closeness", "eigenvector"};
  return names[static_cast<std::size_t>(of)];
}

// The kind of a triad from three dyads, each 2 bits: there is a tie from the first, from the second of
// (a, b), (a, c), (b, c). An index into triad_types.
constexpr int triad_type(unsigned code) {
  const unsigned dyads[3] = {code & 3U, (code >> 2) & 3U, (code >> 4) & 3U};
  constexpr int ends[3][2] = {{0, 1}, {0, 2}, {1, 2}};
  int mutual = 0;
  int asymmetric = 0;
  int out[3] = {0, 0, 0};  // asymmetric ties leaving, entering
  int in[3] = {0, 0, 0};
  int met[3] = {0, 0, 0};  // mutual ties
  for (int d = 0; d < 3; ++d) {
    const int a = ends[d][0];
    const int b = ends[d][1];
    if (dyads[d] == 3U) {
      ++mutual;
      ++met[a];
      ++met[b];
    } else if (dyads[d] != 0U) {
      ++asymmetric;
      ++out[dyads[d] == 1U ? a : b];
      ++in[dyads[d] == 1U ? b : a];
    }
  }
  bool sends_two = false;
  bool receives_two = false;
  bool enters_mutual = false;
  for (int v = 0; v < 3; ++v) {
    sends_two = sends_two || out[v] == 2;
    receives_two = receives_two || in[v] == 2;
    enters_mutual = enters_mutual || (met[v] == 1 && in[v] == 1);
  }
  switch (10 * mutual + asymmetric) {
    case 0:
      return 0;  // 003
    case 1:
      return 1;  // 012
    case 10:
      return 2;  // 102
    case 2:
      return sends_two ? 3 : receives_two ? 4 : 5;  // 021D, 021U, 021C
    case 11:
      return enters_mutual ? 6 : 7;  // 111D, 111U
    case 3:
      return sends_two ? 8 : 9;  // 030T, 030C
    case 20:
      return 10;  // 201
    case 12:
      return sends_two ? 11 : receives_two ? 12 : 13;  // 120D, 120U, 120C
    case 21:
      return 14;  // 210
    default:
      return 15;  // 300
  }
}

constexpr std::array<std::uint8_t, 64> triad_table() {
  std::array<std::uint8_t, 64> table{};
  for (unsigned code = 0; code < 64; ++code) table[code] = static_cast<std::uint8_t>(triad_type(code));
  return table;
}

// Counts the triads whose first tied dyad in order of vertices is (u, v) for some v > u (Batagelj & Mrvar 2001).
inline void count_triads(const NeighbourRows& rows, index_t n, index_t u, std::array<std::int64_t, 16>& counts) {
  static constexpr std::array<std::uint8_t, 64> types = triad_table();
  for (index_t uv = rows.begin(u); uv < rows.end(u); ++uv) {
    const index_t v = rows.vertex(uv);
    if (v < u) continue;
    const unsigned dyad = rows.ways[static_cast<std::size_t>(uv)];
    std::int64_t alone = n - 2;  // vertices tied to neither
    index_t i = rows.begin(u);
    index_t j = rows.begin(v);
    const index_t i_end = rows.end(u);
    const index_t j_end = rows.end(v);
    while (i < i_end || j < j_end) {
      const index_t a = i < i_end ? rows.vertex(i) : largest_index;
      const index_t b = j < j_end ? rows.vertex(j) : largest_index;
      const index_t w = std::min(a, b);
      unsigned code = dyad;
      if (a == w) code |= static_cast<unsigned>(rows.ways[static_cast<std::size_t>(i++)]) << 2;
      if (b == w) code |= static_cast<unsigned>(rows.ways[static_cast<std::size_t>(j++)]) << 4;
      if (w == u || w == v) continue;
      --alone;
      if (w > v || (w > u && a != w)) ++counts[types[code]];
    }
    counts[dyad == 3U ? 2 : 1] += alone;
  }
}

}  // namespace detail

LINKPIN_INLINE Density density(const Network& net, const DensityOptions& options) {
  Density out;
  out.provenance = provenance(net, "density");
  const bool two_mode = !options.two_mode.empty();
  if (two_mode) detail::check_two_mode(net, options.two_mode);
  const bool ordered = net.directed() && !two_mode;
  const bool complete = net.observed().complete();
  const Observed seen = ordered ? net.observed() : net.observed().symmetrised();
  const Observed::Pairs pairs = seen.pairs(net.n(), options.two_mode);
  out.dyads = ordered ? pairs.one_way + pairs.both_ways : pairs.one_way;
  std::int64_t unseen = 0;
  for (index_t v = 0; v < net.n(); ++v) {
    detail::for_each_neighbour(net.out(), net.in(), v, [&](index_t u, std::uint8_t ways) {
      if (ordered ? (ways & 1U) == 0 : u < v) return;
      ++(complete || seen(v, u) ? out.ties : unseen);
    });
  }
  if (unseen > 0) {
    out.provenance.warnings.push_back(
        detail::counted(unseen, "tie lies on a dyad that was", "ties lie on dyads that were") + " not observed and " +
        (unseen == 1 ? "is" : "are") + " left out");
  }
  if (out.dyads == 0) {
    out.provenance.warnings.push_back("undefined: there is no observed dyad that could hold a tie");
  }
  out.value = detail::share(static_cast<double>(out.ties), static_cast<double>(out.dyads));
  return out;
}

LINKPIN_INLINE Reciprocity reciprocity(const Network& net, const ReciprocityOptions& options) {
  const DyadCensus census = dyad_census(net);
  Reciprocity out;
  out.provenance = provenance(net, "reciprocity");
  out.provenance.normalisation = options.kind == ReciprocityKind::edgewise ? "edgewise" : "ratio";
  const auto mutual = static_cast<double>(census.mutual);
  const auto asymmetric = static_cast<double>(census.asymmetric);
  out.value = options.kind == ReciprocityKind::edgewise ? detail::share(2 * mutual, 2 * mutual + asymmetric)
                                                        : detail::share(mutual, mutual + asymmetric);
  if (census.mutual + census.asymmetric == 0) out.provenance.warnings.push_back("undefined: there are no ties");
  if (!net.directed()) out.provenance.warnings.push_back("the ties have no direction, so each counts as returned");
  return out;
}

LINKPIN_INLINE Transitivity transitivity(const Network& net, const TransitivityOptions& options) {
  Transitivity out;
  out.provenance = provenance(net, "transitivity");
  detail::warn_unobserved(net, out.provenance);
  const detail::NeighbourRows rows = detail::simple_rows(net);
  for (const std::int64_t t : detail::triangles_by_vertex(rows, options.run)) out.triangles += t;
  out.triangles /= 3;
  for (index_t v = 0; v < net.n(); ++v) out.triples += detail::pairs_of(rows.degree(v));
  if (out.triples == 0) out.provenance.warnings.push_back("undefined: no vertex has two neighbours");
  out.value = detail::share(3 * static_cast<double>(out.triangles), static_cast<double>(out.triples));
  return out;
}

LINKPIN_INLINE Clustering clustering(const Network& net, const ClusteringOptions& options) {
  Clustering out;
  out.provenance = provenance(net, "clustering");
  detail::warn_unobserved(net, out.provenance);
  if (options.weights.ones(net)) {
    const detail::NeighbourRows rows = detail::simple_rows(net);
    const std::vector<std::int64_t> triangles = detail::triangles_by_vertex(rows, options.run);
    out.values.resize(triangles.size());
    for (index_t v = 0; v < net.n(); ++v) {
      const auto i = static_cast<std::size_t>(v);
      out.values[i] =
          detail::share(static_cast<double>(triangles[i]), static_cast<double>(detail::pairs_of(rows.degree(v))));
    }
  } else {
    out.provenance.normalisation = "barrat";
    const Network weighted = detail::reweighted(net, options.weights.resolve(net, "clustering", "weights"));
    out.values = detail::barrat(simplified(undirected(weighted)), options.run);
  }
  const auto low = std::count_if(out.values.begin(), out.values.end(), [](double c) { return std::isnan(c); });
  if (options.low_degree == LowDegree::zero) {
    std::replace_if(
        out.values.begin(), out.values.end(), [](double c) { return std::isnan(c); }, 0.0);
  } else if (low > 0) {
    out.provenance.warnings.push_back("undefined for " + detail::counted(low, "vertex", "vertices") +
                                      " with fewer than two neighbours or without weight");
  }
  return out;
}

LINKPIN_INLINE Degree degree(const Network& net, const DegreeOptions& options) {
  Degree out;
  out.provenance = provenance(net, "degree");
  detail::warn_silent(net, options.mode, out.provenance);
  out.values.assign(static_cast<std::size_t>(net.n()), 0.0);
  auto add = [&](const Adjacency& rows) {
    for (index_t v = 0; v < net.n(); ++v) {
      // A loop stands once in a row, whose other end it adds where there is but one row.
      const index_t loops = net.has_loops() ? detail::loops_at(rows, v) : 0;
      const index_t extra = !options.loops ? -loops : net.directed() ? 0 : loops;
      out.values[static_cast<std::size_t>(v)] += rows.degree(v) + extra;
    }
  };
  if (detail::goes(options.mode, net.directed(), Mode::out)) add(net.out());
  if (net.directed() && detail::goes(options.mode, true, Mode::in)) add(net.in());
  return out;
}

LINKPIN_INLINE Strength strength(const Network& net, const StrengthOptions& options) {
  Strength out;
  out.provenance = provenance(net, "strength");
  detail::warn_silent(net, options.mode, out.provenance);
  const std::vector<double> weights = options.weights.resolve(net, "strength", "weights");
  out.values.resize(static_cast<std::size_t>(net.n()));
  auto add = [&](const Adjacency& rows, index_t v, Sum& total) {
    for (index_t k = rows.begin(v); k < rows.end(v); ++k) {
      const double w = weights[static_cast<std::size_t>(rows.tie(k))];
      const bool loop = rows.vertex(k) == v;
      if (loop && !options.loops) continue;
      total.add(w);
      if (loop && !net.directed()) total.add(w);
    }
  };
  for (index_t v = 0; v < net.n(); ++v) {
    Sum total;
    if (detail::goes(options.mode, net.directed(), Mode::out)) add(net.out(), v, total);
    if (net.directed() && detail::goes(options.mode, true, Mode::in)) add(net.in(), v, total);
    out.values[static_cast<std::size_t>(v)] = total.value();
  }
  return out;
}

LINKPIN_INLINE double centralization(std::span<const double> values, double maximum) {
  double largest = -unreachable;
  for (const double x : values) {
    if (std::isnan(x)) return undefined;
    largest = std::max(largest, x);
  }
  Sum differences;
  for (const double x : values) differences.add(largest - x);
  return detail::share(differences.value(), maximum);
}

LINKPIN_INLINE double centralization_maximum(CentralizationOf of, index_t n, bool directed, bool loops) {
  if (n < 2) return 0.0;
  const double size = n;
  switch (of) {
    case CentralizationOf::degree:
      return (directed ? 2 : 1) * (size - 1) * (loops ? size : size - 2);
    case CentralizationOf::indegree:
    case CentralizationOf::outdegree:
      if (!directed) return centralization_maximum(CentralizationOf::degree, n, false, loops);
      return (size - 1) * (loops ? size : size - 1);
    case CentralizationOf::betweenness:
      return (size - 1) * (size - 1) * (size - 2) / (directed ? 1 : 2);
    case CentralizationOf::closeness:
      return (size - 1) * (size - 2) / (2 * size - 3);
    case CentralizationOf::eigenvector:
      return directed ? size - 1 : size - 2;
  }
  return undefined;
}

LINKPIN_INLINE Centralization centralization(const Network& net, const CentralizationOptions& options) {
  Centralization out;
  out.provenance = provenance(net, "centralization");
  out.provenance.normalisation = detail::name_of(options.of);
  if (options.loops) out.provenance.normalisation += ", loops allowed";
  detail::warn_unobserved(net, out.provenance);
  out.maximum = centralization_maximum(options.of, net.n(), net.directed(), options.loops);
  const bool apart = options.of == CentralizationOf::closeness && components(net).count() > 1;
  out.value = apart ? undefined : centralization(detail::centralities(net, options), out.maximum);
  if (apart) {
    out.provenance.warnings.push_back("undefined: closeness does not compare between vertices that are not connected");
  } else if (std::isnan(out.value)) {
    out.provenance.warnings.push_back("undefined: there are too few vertices to be centralised");
  }
  return out;
}

LINKPIN_INLINE DyadCensus dyad_census(const Network& net) {
  DyadCensus out;
  out.provenance = provenance(net, "dyad_census");
  const bool complete = net.observed().complete();
  const Observed seen = net.directed() ? net.observed() : net.observed().symmetrised();
  for (index_t v = 0; v < net.n(); ++v) {
    detail::for_each_neighbour(net.out(), net.in(), v, [&](index_t u, std::uint8_t ways) {
      if (u < v || !(complete || (seen(u, v) && seen(v, u)))) return;
      ++(ways == 3U ? out.mutual : out.asymmetric);
    });
  }
  const std::int64_t observed = seen.pairs(net.n()).both_ways;
  out.null = observed - out.mutual - out.asymmetric;
  out.unobserved = detail::pairs_of(net.n()) - observed;
  if (out.unobserved > 0) {
    out.provenance.warnings.push_back(detail::counted(out.unobserved, "pair was", "pairs were") +
                                      " not observed both ways and " + (out.unobserved == 1 ? "is" : "are") +
                                      " left out");
  }
  return out;
}

LINKPIN_INLINE TriadCensus triad_census(const Network& net, const TriadCensusOptions& options) {
  constexpr index_t most = 3'810'000;
  if (net.n() > most) {
    throw LimitError({"triad_census", "number of vertices", std::to_string(net.n()), "",
                      "the number of triads does not fit 64 bits; take a part of at most " + std::to_string(most)});
  }
  TriadCensus out;
  out.provenance = provenance(net, "triad_census");
  detail::warn_unobserved(net, out.provenance);
  const detail::NeighbourRows rows = detail::simple_rows(net, true);
  const std::int64_t n = net.n();
  const std::int64_t mean = n == 0 ? 0 : static_cast<std::int64_t>(rows.vertices.size()) / n + 1;
  std::mutex guard;
  parallel_for(n, mean * mean, options.run, [&](std::int64_t begin, std::int64_t end) {
    std::array<std::int64_t, 16> counts{};
    for (std::int64_t u = begin; u < end; ++u) {
      detail::count_triads(rows, net.n(), static_cast<index_t>(u), counts);
    }
    const std::lock_guard lock(guard);
    for (std::size_t t = 0; t < counts.size(); ++t) out.counts[t] += counts[t];
  });
  // Of n, n - 1 and n - 2 one is a multiple of 3: dividing it first keeps the product within 64 bits.
  const std::int64_t pairs = detail::pairs_of(n);
  const std::int64_t triads = n < 3 ? 0 : pairs % 3 == 0 ? pairs / 3 * (n - 2) : pairs * ((n - 2) / 3);
  out.counts[0] = triads - std::accumulate(out.counts.begin() + 1, out.counts.end(), std::int64_t{0});
  return out;
}

}  // namespace linkpin
