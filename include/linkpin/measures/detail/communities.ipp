#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/measures/communities.hpp>
#include <linkpin/measures/detail/contacts.ipp>
#include <linkpin/measures/mixing.hpp>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::leiden {

using detail::BothWays;
using detail::Contacts;
using detail::contacts;
using detail::nth;

using Labels = std::vector<index_t>;

// Both objectives in one form: a pair of vertices in one community earns the weight between them and costs
// x_u y_v + x_v y_u. The two masses of a set of vertices are the sums over it.
struct Mass {
  double x = 0.0;
  double y = 0.0;

  Mass& operator+=(const Mass& m) {
    x += m.x;
    y += m.y;
    return *this;
  }
  Mass& operator-=(const Mass& m) {
    x -= m.x;
    y -= m.y;
    return *this;
  }
};

inline double cost(const Mass& a, const Mass& b) { return a.x * b.y + b.x * a.y; }

struct Graph {
  Contacts rows;
  std::vector<Mass> mass;
  std::vector<double> strength;  // sum of a row

  [[nodiscard]] index_t n() const { return rows.n(); }
};

inline void sum_rows(Graph& g) {
  g.strength.assign(nth(g.n()), 0.0);
  for (index_t v = 0; v < g.n(); ++v) {
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) g.strength[nth(v)] += g.rows.weights[nth(e)];
  }
}

// A sum per community that forgets all at once.
class Tally {
 public:
  explicit Tally(index_t n) : sum_(nth(n), 0.0), held_(nth(n), 0) {}

  void add(index_t key, double weight) {
    if (held_[nth(key)] == 0) {
      held_[nth(key)] = 1;
      keys_.push_back(key);
    }
    sum_[nth(key)] += weight;
  }
  [[nodiscard]] double operator[](index_t key) const { return sum_[nth(key)]; }
  [[nodiscard]] const Labels& keys() const { return keys_; }  // in the order they came
  void clear() {
    for (const index_t key : keys_) {
      sum_[nth(key)] = 0.0;
      held_[nth(key)] = 0;
    }
    keys_.clear();
  }

 private:
  std::vector<double> sum_;
  std::vector<std::uint8_t> held_;
  Labels keys_;
};

// Gains below this are rounding.
inline double dust(const Graph& g, index_t v) { return 1e-12 * g.strength[nth(v)]; }

inline Labels shuffled(index_t n, Stream& random) {
  Labels order(nth(n));
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(std::span(order));
  return order;
}

// Moves vertices to the community where they gain most, until no move gains: first all in random order, then those
// whose neighbour moved. Labels are below n.
inline bool move_vertices(const Graph& g, Labels& community, Stream& random, Watch* watch) {
  const index_t n = g.n();
  std::vector<Mass> mass(nth(n));
  std::vector<index_t> members(nth(n), 0);
  for (index_t v = 0; v < n; ++v) {
    mass[nth(community[nth(v)])] += g.mass[nth(v)];
    ++members[nth(community[nth(v)])];
  }
  Labels empty;
  for (index_t c = n; c-- > 0;) {
    if (members[nth(c)] == 0) empty.push_back(c);
  }
  Labels queue = shuffled(n, random);  // a ring
  std::vector<std::uint8_t> waiting(nth(n), 1);
  std::size_t head = 0;
  std::size_t count = queue.size();
  Tally to(n);
  bool moved = false;
  while (count > 0) {
    if (watch != nullptr) watch->tick();
    const index_t v = queue[head];
    head = head + 1 == queue.size() ? 0 : head + 1;
    --count;
    waiting[nth(v)] = 0;
    to.clear();
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
      to.add(community[nth(g.rows.vertices[nth(e)])], g.rows.weights[nth(e)]);
    }
    const index_t old = community[nth(v)];
    mass[nth(old)] -= g.mass[nth(v)];
    index_t best = old;
    double most = to[old] - cost(g.mass[nth(v)], mass[nth(old)]);
    for (const index_t c : to.keys()) {
      const double gain = to[c] - cost(g.mass[nth(v)], mass[nth(c)]);
      if (gain > most + dust(g, v)) {
        most = gain;
        best = c;
      }
    }
    // Better alone: it is not alone now, so some label is free.
    if (most < -dust(g, v) && members[nth(old)] > 1) best = empty.back();
    mass[nth(best)] += g.mass[nth(v)];
    if (best == old) continue;
    moved = true;
    community[nth(v)] = best;
    if (members[nth(best)]++ == 0) empty.pop_back();
    if (--members[nth(old)] == 0) {
      empty.push_back(old);
      mass[nth(old)] = {};
    }
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
      const index_t w = g.rows.vertices[nth(e)];
      if (waiting[nth(w)] != 0 || community[nth(w)] == best) continue;
      waiting[nth(w)] = 1;
      queue[(head + count++) % queue.size()] = w;
    }
  }
  return moved;
}

// Splits every community into well connected parts: from single vertices, each joins at random a part that it is tied
// to and that does not lose by it, more likely the more it gains. Labels of parts are below n.
inline Labels refine(const Graph& g, const Labels& community, double scale, Stream& random, Watch* watch) {
  const index_t n = g.n();
  std::vector<Mass> whole(nth(n));
  for (index_t v = 0; v < n; ++v) whole[nth(community[nth(v)])] += g.mass[nth(v)];
  Labels part(nth(n));
  std::iota(part.begin(), part.end(), 0);
  std::vector<Mass> mass = g.mass;
  std::vector<index_t> members(nth(n), 1);
  std::vector<double> outward(nth(n), 0.0);  // weight from a part to the rest of its community
  for (index_t v = 0; v < n; ++v) {
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
      if (community[nth(g.rows.vertices[nth(e)])] == community[nth(v)]) outward[nth(v)] += g.rows.weights[nth(e)];
    }
  }
  auto well_connected = [&](index_t p, index_t home, double tolerance) {
    Mass rest = whole[nth(home)];
    rest -= mass[nth(p)];
    return outward[nth(p)] >= cost(mass[nth(p)], rest) - tolerance;
  };
  Tally to(n);
  std::vector<double> chance;
  for (const index_t v : shuffled(n, random)) {
    if (watch != nullptr) watch->tick();
    const index_t home = community[nth(v)];
    if (members[nth(part[nth(v)])] != 1 || !well_connected(part[nth(v)], home, dust(g, v))) continue;
    to.clear();
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
      const index_t w = g.rows.vertices[nth(e)];
      if (community[nth(w)] == home) to.add(part[nth(w)], g.rows.weights[nth(e)]);
    }
    const index_t own = part[nth(v)];
    double most = 0.0;
    chance.clear();
    for (const index_t p : to.keys()) {
      const double gain = to[p] - cost(g.mass[nth(v)], mass[nth(p)]);
      const bool open = gain >= -dust(g, v) && well_connected(p, home, dust(g, v));
      chance.push_back(open ? gain : -unreachable);
      if (open) most = std::max(most, gain);
    }
    auto weigh = [&](double gain) { return scale > 0 ? std::exp((gain - most) / scale) : (gain < most ? 0.0 : 1.0); };
    double all = weigh(0.0);  // to stay alone
    for (double& c : chance) {
      c = weigh(c);
      all += c;
    }
    double drawn = random.uniform() * all;
    index_t joined = own;
    for (std::size_t i = 0; i < chance.size(); ++i) {
      if (drawn < chance[i]) {
        joined = to.keys()[i];
        break;
      }
      drawn -= chance[i];
    }
    if (joined == own) continue;
    part[nth(v)] = joined;
    mass[nth(joined)] += g.mass[nth(v)];
    outward[nth(joined)] += outward[nth(own)] - 2 * to[joined];
    ++members[nth(joined)];
    members[nth(own)] = 0;
  }
  return part;
}

// Renumbers labels 0, 1, ... in order of appearance; returns how many there are.
inline index_t renumber(Labels& labels) {
  Labels fresh(labels.size(), none);
  index_t count = 0;
  for (index_t& label : labels) {
    index_t& code = fresh[nth(label)];
    if (code == none) code = count++;
    label = code;
  }
  return count;
}

// Vertices by label, as rows.
struct Members {
  std::vector<std::int64_t> offsets;
  Labels vertices;

  Members(const Labels& label, index_t count) : offsets(nth(count) + 1, 0), vertices(label.size()) {
    for (const index_t l : label) ++offsets[nth(l) + 1];
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    std::vector<std::int64_t> next(offsets.begin(), offsets.end() - 1);
    for (std::size_t v = 0; v < label.size(); ++v) vertices[nth(next[nth(label[v])]++)] = static_cast<index_t>(v);
  }
  [[nodiscard]] std::span<const index_t> of(index_t label) const {
    return std::span(vertices).subspan(nth(offsets[nth(label)]), nth(offsets[nth(label) + 1] - offsets[nth(label)]));
  }
};

// The network whose vertices are the parts.
inline Graph aggregate(const Graph& g, const Labels& part, index_t parts) {
  Graph a;
  a.mass.resize(nth(parts));
  const Members members(part, parts);
  Tally to(parts);
  for (index_t p = 0; p < parts; ++p) {
    to.clear();
    for (const index_t v : members.of(p)) {
      a.mass[nth(p)] += g.mass[nth(v)];
      for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
        const index_t q = part[nth(g.rows.vertices[nth(e)])];
        if (q != p) to.add(q, g.rows.weights[nth(e)]);
      }
    }
    for (const index_t q : to.keys()) {
      a.rows.vertices.push_back(q);
      a.rows.weights.push_back(to[q]);
    }
    a.rows.offsets.push_back(static_cast<std::int64_t>(a.rows.vertices.size()));
  }
  sum_rows(a);
  return a;
}

// Gives every connected piece of a community a label of its own: what holds no tie to the rest only costs it.
inline void split_pieces(const Graph& g, Labels& community) {
  Labels piece(community.size(), none);
  Labels stack;
  index_t count = 0;
  for (index_t root = 0; root < g.n(); ++root) {
    if (piece[nth(root)] != none) continue;
    piece[nth(root)] = count;
    stack.assign(1, root);
    while (!stack.empty()) {
      const index_t u = stack.back();
      stack.pop_back();
      for (std::int64_t e = g.rows.begin(u); e < g.rows.end(u); ++e) {
        const index_t v = g.rows.vertices[nth(e)];
        if (piece[nth(v)] != none || community[nth(v)] != community[nth(root)]) continue;
        piece[nth(v)] = count;
        stack.push_back(v);
      }
    }
    ++count;
  }
  community = std::move(piece);
}

// One pass: moves, refinement and aggregation level by level, from `community` on.
inline void pass(const Graph& whole, Labels& community, double scale, Stream& random, Watch* watch) {
  Graph level;
  const Graph* g = &whole;
  Labels at_level(nth(whole.n()));  // vertex of the level that each vertex is in
  std::iota(at_level.begin(), at_level.end(), 0);
  Labels labels = community;
  for (;;) {
    move_vertices(*g, labels, random, watch);
    Labels counted = labels;
    Labels part = refine(*g, labels, scale, random, watch);
    const index_t parts = renumber(part);
    if (renumber(counted) == g->n() || parts == g->n()) break;
    // The next level starts from the communities, its vertices being the parts.
    Labels next(nth(parts));
    for (index_t v = 0; v < g->n(); ++v) next[nth(part[nth(v)])] = counted[nth(v)];
    for (index_t& v : at_level) v = part[nth(v)];
    level = aggregate(*g, part, parts);
    g = &level;
    labels = std::move(next);
  }
  for (std::size_t v = 0; v < community.size(); ++v) community[v] = labels[nth(at_level[v])];
  split_pieces(whole, community);
}

// What the communities earn, less what they cost; constants left out.
inline double earned(const Graph& g, const Labels& community) {
  Sum total;
  std::vector<Mass> mass(community.size());
  for (index_t v = 0; v < g.n(); ++v) {
    const Mass& own = g.mass[nth(v)];
    Mass& held = mass[nth(community[nth(v)])];
    total.add(-cost(own, held));
    held += own;
    for (std::int64_t e = g.rows.begin(v); e < g.rows.end(v); ++e) {
      if (community[nth(g.rows.vertices[nth(e)])] == community[nth(v)]) total.add(g.rows.weights[nth(e)] / 2);
    }
  }
  return total.value();
}

struct Found {
  Labels community;
  double earned = 0.0;
  int iterations = 0;
};

inline Found search(const Graph& g, const CommunitiesOptions& options, std::uint64_t trial, Watch* watch) {
  const std::int64_t dyads = std::max<std::int64_t>(1, g.rows.offsets.back());
  const double scale = options.randomness * sum(g.rows.weights) / static_cast<double>(dyads);
  Stream random(options.seed, "leiden", trial);
  Found best;
  best.community.resize(nth(g.n()));
  std::iota(best.community.begin(), best.community.end(), 0);
  best.earned = earned(g, best.community);
  Labels now = best.community;
  const double least = 1e-12 * sum(g.rows.weights);
  while (options.iterations == 0 || best.iterations < options.iterations) {
    pass(g, now, scale, random, watch);
    ++best.iterations;
    const double value = earned(g, now);
    if (!(value > best.earned + least)) break;
    best.earned = value;
    best.community = now;
  }
  return best;
}

inline void check(const CommunitiesOptions& o) {
  auto number = [](const char* name, double value) {
    if (!std::isfinite(value) || value < 0) {
      refuse("communities", name, shown(value), "give a number of 0 or more");
    }
  };
  number("resolution", o.resolution);
  number("randomness", o.randomness);
  if (o.trials < 1) refuse("communities", "trials", std::to_string(o.trials), "search at least once");
  if (o.iterations < 0) {
    refuse("communities", "iterations", std::to_string(o.iterations),
           "give a number, or 0 to go on until it is stable");
  }
}

// The network in the common form. `values` by tie.
inline Graph graph_of(const Network& net, const std::vector<double>& values, const CommunitiesOptions& options) {
  const bool directed = options.directed && net.directed();
  Graph g;
  g.rows = contacts(net, values, BothWays::sum, options.run);
  g.mass.resize(nth(net.n()));
  if (options.objective == Objective::cpm) {
    for (Mass& m : g.mass) m = {1.0, options.resolution / (directed ? 1 : 2)};
  } else {
    double total = 0.0;
    std::vector<double> leaving(nth(net.n()), 0.0);
    std::vector<double> entering(nth(net.n()), 0.0);
    for (index_t e = 0; e < net.m(); ++e) {
      const double w = values[nth(e)];
      total += w;
      leaving[nth(net.sources()[nth(e)])] += w;
      entering[nth(net.targets()[nth(e)])] += w;
    }
    for (std::size_t v = 0; total > 0 && v < g.mass.size(); ++v) {
      const double both = leaving[v] + entering[v];
      g.mass[v] = directed ? Mass{leaving[v], options.resolution * entering[v] / total}
                           : Mass{both, options.resolution * both / (4 * total)};
    }
  }
  sum_rows(g);
  return g;
}

// From the largest to the smallest, equal ones by their first vertex.
inline Labels by_size(Labels community) {
  const index_t count = renumber(community);
  std::vector<index_t> size(nth(count), 0);
  for (const index_t c : community) ++size[nth(c)];
  Labels order(nth(count));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](index_t a, index_t b) { return size[nth(a)] > size[nth(b)]; });
  Labels rank(nth(count));
  for (index_t i = 0; i < count; ++i) rank[nth(order[nth(i)])] = i;
  for (index_t& c : community) c = rank[nth(c)];
  return community;
}

}  // namespace detail::leiden

LINKPIN_INLINE Communities communities(const Network& net, const CommunitiesOptions& options) {
  using namespace detail::leiden;
  check(options);
  const std::vector<double> values = options.weights.resolve(net, "communities", "weights");
  const Graph g = graph_of(net, values, options);
  std::vector<Found> found(nth(options.trials));
  const std::int64_t cost = 50 * (std::int64_t{net.n()} + net.m());
  if (options.trials == 1) {
    Watch watch(options.run);
    found[0] = search(g, options, 0, &watch);
  } else {
    parallel_for(options.trials, cost, options.run, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t t = begin; t < end; ++t) {
        found[nth(t)] = search(g, options, static_cast<std::uint64_t>(t), nullptr);
      }
    });
  }
  const auto best =
      std::max_element(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.earned < b.earned; });

  Communities out;
  out.provenance = provenance(net, "communities");
  out.provenance.seed = options.seed;
  out.membership = by_size(best->community);
  out.iterations = best->iterations;
  Groups groups;
  groups.codes = out.membership;
  const index_t count = net.n() == 0 ? 0 : 1 + *std::max_element(out.membership.begin(), out.membership.end());
  groups.labels.resize(nth(count));
  out.sizes.assign(nth(count), 0);
  for (const index_t c : out.membership) ++out.sizes[nth(c)];
  out.internal.assign(nth(count), 0.0);
  out.external.assign(nth(count), 0.0);
  Sum within;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[nth(e)];
    const index_t v = net.targets()[nth(e)];
    const index_t a = out.membership[nth(u)];
    const index_t b = out.membership[nth(v)];
    if (u == v) continue;
    if (a == b) {
      out.internal[nth(a)] += values[nth(e)];
      within.add(values[nth(e)]);
    } else {
      out.external[nth(a)] += values[nth(e)];
      out.external[nth(b)] += values[nth(e)];
    }
  }
  // The whole network is read as it stands here: whoever was not observed stays where the ties put them.
  NetworkParts parts;
  parts.n = net.n();
  parts.source.assign(net.sources().begin(), net.sources().end());
  parts.target.assign(net.targets().begin(), net.targets().end());
  parts.directed = net.directed();
  const Network plain(std::move(parts));
  auto modularity_at = [&](double resolution) {
    return linkpin::modularity(plain, groups,
                               {.weights = values, .resolution = resolution, .directed = options.directed})
        .value;
  };
  out.modularity = modularity_at(1.0);
  if (options.objective == Objective::modularity) {
    out.quality = options.resolution == 1.0 ? out.modularity : modularity_at(options.resolution);
  } else {
    const bool directed = options.directed && net.directed();
    Sum quality = within;
    for (const index_t size : out.sizes) {
      quality.add(-options.resolution * size * (size - 1.0) / (directed ? 1 : 2));
    }
    out.quality = quality.value();
  }
  if (!net.observed().complete()) {
    out.provenance.warnings.emplace_back("some dyads were not observed; they are read as having no tie");
  }
  if (std::isnan(out.modularity)) out.provenance.warnings.emplace_back("modularity is undefined: there are no ties");
  return out;
}

}  // namespace linkpin
