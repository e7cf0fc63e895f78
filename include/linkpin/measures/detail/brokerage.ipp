#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/detail/brokering.ipp>
#include <linkpin/model/projection.hpp>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

namespace detail::brokering {

// Chances of an open path, and covariances of two, where each arc is there with probability d on its own.
struct PathChances {
  explicit PathChances(double d)
      : open(d * d * (1 - d)), shared_arc(std::pow(d * (1 - d), 3)), shared_gap(std::pow(d, 5) * (1 - d)) {}

  double open;        // of one path
  double shared_arc;  // covariance of two paths through one arc
  double shared_gap;  // of two paths between the same ends
};

// How many paths there could be in a role, and how many ordered pairs of them are not independent: both need one arc,
// both need one arc to be absent, or one needs it there and the other absent.
struct Paths {
  double all = 0;
  double arcs = 0;
  double gaps = 0;
  double conflicts = 0;

  [[nodiscard]] double mean(const PathChances& p) const { return p.open * all; }
  [[nodiscard]] double sd(const PathChances& p) const {
    const double variance =
        p.open * (1 - p.open) * all + p.shared_arc * arcs + p.shared_gap * gaps - p.open * p.open * conflicts;
    return std::sqrt(std::max(0.0, variance));
  }
};

// A size of group, and how many groups have it.
struct Size {
  double size = 0;
  double groups = 0;
};

inline std::vector<Size> sizes_of(const Arcs& g) {
  std::vector<index_t> members(nth(g.groups), 0);
  for (const index_t code : g.group) ++members[nth(code)];
  std::sort(members.begin(), members.end());
  std::vector<Size> sizes;
  for (const index_t m : members) {
    if (m == 0) continue;
    if (sizes.empty() || sizes.back().size != m) sizes.push_back({static_cast<double>(m), 0.0});
    ++sizes.back().groups;
  }
  return sizes;
}

// Paths through one vertex of a group of n, among N vertices. Gould & Fernandez 1989.
inline std::array<Paths, 6> paths_of_vertex(double n, const std::vector<Size>& sizes, double N) {
  const double others = N - n;
  const double within = (n - 1) * (n - 2);
  const double across = (n - 1) * others;
  const double any = (N - 1) * (N - 2);
  std::array<Paths, 6> paths{};
  paths[w_i] = {within, 2 * within * (n - 3), 0, 0};
  paths[b_io] = paths[b_oi] = {across, across * (others - 1) + across * (n - 2), 0, 0};
  paths[total] = {any, 2 * any * (N - 3), 0, 0};
  for (const Size& s : sizes) {
    const double m = s.size;
    const double groups = m == n ? s.groups - 1 : s.groups;
    paths[w_o].all += groups * m * (m - 1);
    paths[w_o].arcs += groups * 2 * m * (m - 1) * (m - 2);
    paths[b_o].all += groups * m * (others - m);
    paths[b_o].arcs += groups * 2 * m * (others - m) * (others - m - 1);
  }
  return paths;
}

// Paths in the whole network. R's sna, which people compare with, leaves out some conflicts of w_I, t, b_IO and b_OI;
// so does this, which makes their sd a little larger than it is.
inline std::array<Paths, 6> paths_of_network(const std::vector<Size>& sizes, double N) {
  // Ordered triples of one set of vertices, and quadruples.
  auto one_set = [](double n) {
    const double three = n * (n - 1) * (n - 2);
    const double four = three * (n - 3);
    return Paths{three, 2 * three + 4 * four, four, 4 * four};
  };
  std::array<Paths, 6> paths{};
  paths[total] = one_set(N);
  for (const Size& s : sizes) {
    const double n = s.size;
    const double others = N - n;
    const double pairs = n * (n - 1);
    const Paths inside = one_set(n);
    paths[w_i].all += s.groups * inside.all;
    paths[w_i].arcs += s.groups * inside.arcs;
    paths[w_i].gaps += s.groups * inside.gaps;
    paths[w_i].conflicts += s.groups * inside.conflicts;
    paths[b_io].all += s.groups * pairs * others;
    paths[b_io].arcs += s.groups * pairs * others * (others - 1 + n - 2);
    paths[b_io].gaps += s.groups * pairs * (n - 2) * others;
    paths[w_o].all += s.groups * pairs * others;
    paths[w_o].arcs += s.groups * 2 * pairs * (n - 2) * others;
    paths[w_o].gaps += s.groups * pairs * others * (others - 1);
    for (const Size& t : sizes) {
      const double m = t.size;
      const double both = s.groups * (m == n ? t.groups - 1 : t.groups);
      const double rest = others - m;
      paths[w_o].arcs += both * 2 * pairs * m * (m - 1);
      const double three = both * n * m * rest;
      const double four = three * (rest - 1);
      paths[b_o].all += three;
      paths[b_o].arcs += 2 * three + 4 * four;
      paths[b_o].gaps += four;
      paths[b_o].conflicts += 2 * three + 4 * four;
    }
  }
  paths[b_oi] = paths[b_io];
  return paths;
}

inline void fill(RoleScores& scores, std::size_t rows, bool moments, bool tested) {
  scores.raw.assign(rows, undefined);
  if (moments) {
    for (auto* column : {&scores.expected, &scores.sd, &scores.z}) column->assign(rows, undefined);
  }
  if (tested) {
    for (auto* column : {&scores.p, &scores.p_greater, &scores.p_less, &scores.p_error})
      column->assign(rows, undefined);
  }
}

inline void set_moments(RoleScores& scores, std::size_t row, const Paths& paths, const PathChances& chances) {
  scores.expected[row] = paths.mean(chances);
  scores.sd[row] = paths.sd(chances);
  if (scores.sd[row] > 0) scores.z[row] = (scores.raw[row] - scores.expected[row]) / scores.sd[row];
}

// Of how many permutations the count was at least, and at most, the observed one.
struct Tails {
  std::array<std::int32_t, 5> greater{};
  std::array<std::int32_t, 5> less{};

  void add(const Counts& observed, const Counts& permuted) {
    for (std::size_t r = 0; r < total; ++r) {
      greater[r] += permuted[r] >= observed[r] ? 1 : 0;
      less[r] += permuted[r] <= observed[r] ? 1 : 0;
    }
  }
};

inline void set_p(RoleScores& scores, std::size_t row, std::int32_t greater, std::int32_t less, int permutations) {
  const double all = permutations + 1.0;
  scores.p_greater[row] = (greater + 1) / all;
  scores.p_less[row] = (less + 1) / all;
  const double smaller = std::min(scores.p_greater[row], scores.p_less[row]);
  scores.p[row] = std::min(1.0, 2 * smaller);
  scores.p_error[row] = (scores.p[row] < 1 ? 2 : 1) * std::sqrt(smaller * (1 - smaller) / all);
}

// Observed counts and the tails under shuffled groups, by vertex and for their sum.
struct Counted {
  std::vector<Counts> by_vertex;
  Counts whole{};
  std::vector<Tails> tails;
  Tails whole_tails;
};

inline Counted counted(const Arcs& g, const BrokerageOptions& options) {
  const Counter count(g);
  Counted out;
  out.by_vertex = count(g.group);
  out.whole = summed(out.by_vertex);
  out.tails.resize(out.by_vertex.size());
  std::mutex guard;
  parallel_for(options.permutations, count.cost(), options.run, [&](std::int64_t begin, std::int64_t end) {
    std::vector<Tails> tails(out.tails.size());
    Tails whole_tails;
    for (std::int64_t replicate = begin; replicate < end; ++replicate) {
      std::vector<index_t> shuffled = g.group;
      Stream(options.seed, "brokerage", static_cast<std::uint64_t>(replicate)).shuffle(std::span(shuffled));
      const std::vector<Counts> permuted = count(shuffled);
      for (std::size_t v = 0; v < tails.size(); ++v) tails[v].add(out.by_vertex[v], permuted[v]);
      whole_tails.add(out.whole, summed(permuted));
    }
    // Whole numbers, so the order in which threads add them does not matter.
    const std::lock_guard lock(guard);
    for (std::size_t r = 0; r < total; ++r) {
      for (std::size_t v = 0; v < tails.size(); ++v) {
        out.tails[v].greater[r] += tails[v].greater[r];
        out.tails[v].less[r] += tails[v].less[r];
      }
      out.whole_tails.greater[r] += whole_tails.greater[r];
      out.whole_tails.less[r] += whole_tails.less[r];
    }
  });
  return out;
}

inline void check(const Network& net, const Groups& groups, const BrokerageOptions& options,
                  std::string_view function) {
  if (groups.codes.size() != nth(net.n())) {
    refuse(function, "groups, length", std::to_string(groups.codes.size()),
           "give one group a vertex: " + std::to_string(net.n()));
  }
  if (options.permutations < 0) {
    refuse(function, "permutations", std::to_string(options.permutations),
           "give a number of permutations, or 0 for none");
  }
}

inline void warn(Provenance& p, const Network& net, const Groups& groups, const Arcs& g) {
  const auto missing = std::count(groups.codes.begin(), groups.codes.end(), none);
  if (missing > 0) {
    p.warnings.push_back(std::to_string(missing) + " of " + std::to_string(net.n()) +
                         " vertices have no group and are left out with their ties");
  }
  const std::int64_t unobserved = std::int64_t{g.n()} * (g.n() - 1) - g.dyads;
  if (unobserved > 0) {
    p.warnings.push_back(std::to_string(unobserved) +
                         " dyads were not observed: paths that they might close are not counted");
  }
  if (g.unobserved_ties > 0) {
    p.warnings.push_back(std::to_string(g.unobserved_ties) + " ties stand where no answer was observed; left out");
  }
}

}  // namespace detail::brokering

LINKPIN_INLINE Brokerage brokerage(const Network& net, const Groups& groups, const BrokerageOptions& options) {
  using namespace detail::brokering;
  check(net, groups, options, "brokerage");
  const Arcs g = arcs(net, groups);
  const Counted found = counted(g, options);
  const bool tested = options.permutations > 0;

  Brokerage out;
  out.provenance = provenance(net, "brokerage");
  if (tested) out.provenance.seed = options.seed;
  warn(out.provenance, net, groups, g);

  const std::vector<Size> sizes = sizes_of(g);
  const double N = g.n();
  const PathChances chances(g.dyads > 0 ? static_cast<double>(g.count()) / static_cast<double>(g.dyads) : 0.0);
  std::vector<index_t> members(nth(g.groups), 0);
  for (const index_t code : g.group) ++members[nth(code)];
  std::vector<std::array<Paths, 6>> by_group(nth(g.groups));
  for (std::size_t code = 0; code < by_group.size(); ++code) {
    if (members[code] > 0) by_group[code] = paths_of_vertex(members[code], sizes, N);
  }
  const std::array<Paths, 6> network_paths = paths_of_network(sizes, N);

  for (std::size_t r = 0; r < brokerage_roles.size(); ++r) {
    RoleScores& scores = out.by_vertex[r];
    fill(scores, nth(net.n()), true, tested);
    for (index_t v = 0; v < g.n(); ++v) {
      const std::size_t row = nth(g.vertex[nth(v)]);
      scores.raw[row] = value(found.by_vertex[nth(v)], r);
      set_moments(scores, row, by_group[nth(g.group[nth(v)])][r], chances);
      if (!tested || r == total) continue;
      set_p(scores, row, found.tails[nth(v)].greater[r], found.tails[nth(v)].less[r], options.permutations);
    }
    RoleScores& whole = out.whole[r];
    fill(whole, 1, true, tested);
    whole.raw[0] = value(found.whole, r);
    set_moments(whole, 0, network_paths[r], chances);
    if (!tested || r == total) continue;
    set_p(whole, 0, found.whole_tails.greater[r], found.whole_tails.less[r], options.permutations);
  }
  return out;
}

LINKPIN_INLINE TwoModeBrokerage brokerage_two_mode(const Network& net, const Groups& groups,
                                                   std::span<const std::uint8_t> brokers,
                                                   const BrokerageOptions& options) {
  using namespace detail::brokering;
  check(net, groups, options, "brokerage_two_mode");
  // Everybody whom an actor shares a neighbour with, as arcs both ways.
  const Network shared = project(net, brokers, Projection::count);
  TwoModeBrokerage out;
  Groups own{{}, groups.labels};
  for (index_t v = 0; v < net.n(); ++v) {
    if (brokers[nth(v)] == 0) continue;
    out.actors.push_back(v);
    own.codes.push_back(groups.codes[nth(v)]);
  }
  const Arcs g = arcs(shared, own);
  const Counted found = counted(g, options);
  const bool tested = options.permutations > 0;

  out.provenance = provenance(net, "brokerage_two_mode");
  if (tested) out.provenance.seed = options.seed;
  warn(out.provenance, shared, own, g);

  // Each unordered pair was met from both ends, but for the two roles that those ends tell apart.
  auto pairs = [](const Counts& counts, std::size_t r) {
    if (r == total) return (value(counts, total)) / 2;
    return value(counts, r) / (r == b_io || r == b_oi ? 1 : 2);
  };
  for (std::size_t r = 0; r < brokerage_roles.size(); ++r) {
    RoleScores& scores = out.by_actor[r];
    fill(scores, out.actors.size(), false, tested);
    for (index_t v = 0; v < g.n(); ++v) {
      const std::size_t row = nth(g.vertex[nth(v)]);
      scores.raw[row] = pairs(found.by_vertex[nth(v)], r);
      if (!tested || r == total) continue;
      set_p(scores, row, found.tails[nth(v)].greater[r], found.tails[nth(v)].less[r], options.permutations);
    }
    RoleScores& whole = out.whole[r];
    fill(whole, 1, false, tested);
    whole.raw[0] = pairs(found.whole, r);
    if (!tested || r == total) continue;
    set_p(whole, 0, found.whole_tails.greater[r], found.whole_tails.less[r], options.permutations);
  }
  return out;
}

}  // namespace linkpin
