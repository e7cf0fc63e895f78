#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/influence/divide.hpp>
#include <numeric>

namespace linkpin {

namespace detail::sides {

class Sides {
 public:
  static constexpr std::uint16_t far = std::numeric_limits<std::uint16_t>::max();

  Sides(const Network& net, const Groups& groups, index_t a, index_t b, const Run& run)
      : net_(simplified(undirected(net))), side_(static_cast<std::size_t>(net.n()), none), run_(run) {
    for (index_t v = 0; v < net.n(); ++v) {
      const index_t g = groups.codes[static_cast<std::size_t>(v)];
      if (g != a && g != b) continue;
      side_[static_cast<std::size_t>(v)] = g == a ? 0 : 1;
      members_[g == a ? 0 : 1].push_back(v);
    }
    for (const auto& side : members_) all_.insert(all_.end(), side.begin(), side.end());
    if (all_.size() > 8000) {
      throw LimitError({"divide", "members", std::to_string(all_.size()), "", "more than 8000; take a part of them"});
    }
  }

  [[nodiscard]] index_t size(int side) const { return static_cast<index_t>(members_[side].size()); }
  [[nodiscard]] index_t member(std::size_t i) const { return all_[i]; }

  void count_ties(Divide& out) const {
    for (index_t e = 0; e < net_.m(); ++e) {
      const index_t s = side_[static_cast<std::size_t>(net_.sources()[static_cast<std::size_t>(e)])];
      const index_t t = side_[static_cast<std::size_t>(net_.targets()[static_cast<std::size_t>(e)])];
      if (s == none || t == none) continue;
      ++(s != t ? out.ties_between : s == 0 ? out.ties_a : out.ties_b);
    }
    const double a = 2.0 * out.ties_a + out.ties_between;
    const double b = 2.0 * out.ties_b + out.ties_between;
    if (a + b > 0) {
      out.share_between = 2.0 * out.ties_between / (a + b);
      out.expected_between = 2.0 * a * b / ((a + b) * (a + b));
    }
  }

  void mark_bridges(Divide& out) const {
    out.bridge.assign(static_cast<std::size_t>(net_.n()), 0);
    for (index_t v = 0; v < net_.n(); ++v) {
      bool to[2] = {false, false};
      for (const index_t w : net_.out().of(v)) {
        if (side_[static_cast<std::size_t>(w)] != none) to[side_[static_cast<std::size_t>(w)]] = true;
      }
      out.bridge[static_cast<std::size_t>(v)] = to[0] && to[1] ? 1 : 0;
    }
  }

  // Breadth-first from every member: the distances among members, and from those of the first side the share of
  // shortest paths across that run through each vertex (Brandes' accumulation with the other side as targets).
  void walk(Divide& out) {
    const auto n = static_cast<std::size_t>(net_.n());
    const std::size_t k = all_.size();
    distance_.assign(k * k, far);
    out.brokerage.assign(n, 0.0);
    std::vector<index_t> order;
    std::vector<std::uint16_t> depth(n);
    std::vector<double> paths(n), through(n);
    Watch watch(run_);
    for (std::size_t i = 0; i < k; ++i) {
      std::fill(depth.begin(), depth.end(), far);
      std::fill(paths.begin(), paths.end(), 0.0);
      order.assign(1, all_[i]);
      depth[static_cast<std::size_t>(all_[i])] = 0;
      paths[static_cast<std::size_t>(all_[i])] = 1.0;
      for (std::size_t head = 0; head < order.size(); ++head) {
        const auto v = static_cast<std::size_t>(order[head]);
        for (const index_t w : net_.out().of(order[head])) {
          const auto at = static_cast<std::size_t>(w);
          if (depth[at] == far) {
            depth[at] = static_cast<std::uint16_t>(std::min<int>(depth[v] + 1, far - 1));
            order.push_back(w);
          }
          if (depth[at] == depth[v] + 1) paths[at] += paths[v];
        }
      }
      for (std::size_t j = 0; j < k; ++j) distance_[i * k + j] = depth[static_cast<std::size_t>(all_[j])];
      if (i < members_[0].size()) accumulate(order, depth, paths, through, out.brokerage);
      watch.look(static_cast<double>(i) / static_cast<double>(k));
    }
  }

  // Pairs across: how many are joined, the mean distance of those, and closeness over all.
  void measure(Divide& out) const {
    double joined = 0, steps = 0;
    const auto a = members_[0].size();
    const auto k = all_.size();
    for (std::size_t i = 0; i < a; ++i) {
      for (std::size_t j = a; j < k; ++j) {
        if (distance_[i * k + j] == far) continue;
        joined += 1;
        steps += distance_[i * k + j];
      }
    }
    const double pairs = static_cast<double>(a) * static_cast<double>(k - a);
    if (pairs == 0) return;
    out.connected = joined / pairs;
    if (joined > 0) out.distance = steps / joined;
    out.closeness = total_with(k, k) / pairs;
  }

  // The best pair without a tie, given the distances so far; false where there is none.
  bool propose(NewTie& best, index_t candidates, bool& limited) {
    const auto a = members_[0].size();
    const auto k = all_.size();
    const std::vector<std::size_t> first = best_placed(0, a, candidates, k - a, limited);
    const std::vector<std::size_t> second = best_placed(a, k, candidates, a, limited);
    const auto count = static_cast<std::int64_t>(first.size() * second.size());
    std::vector<double> totals(static_cast<std::size_t>(count), -1.0);
    const auto cost = static_cast<std::int64_t>(a * (k - a));
    parallel_for(count, cost, run_, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t c = begin; c < end; ++c) {
        const std::size_t x = first[static_cast<std::size_t>(c) / second.size()];
        const std::size_t y = second[static_cast<std::size_t>(c) % second.size()];
        if (distance_[x * k + y] > 1) totals[static_cast<std::size_t>(c)] = total_with(x, y);
      }
    });
    const auto found = std::max_element(totals.begin(), totals.end());
    if (found == totals.end() || *found < 0) return false;
    const auto c = static_cast<std::size_t>(found - totals.begin());
    const std::size_t x = first[c / second.size()], y = second[c % second.size()];
    best = {all_[x], all_[y], *found / (static_cast<double>(a) * static_cast<double>(k - a))};
    add(x, y);
    return true;
  }

 private:
  void accumulate(const std::vector<index_t>& order, const std::vector<std::uint16_t>& depth,
                  const std::vector<double>& paths, std::vector<double>& through, std::vector<double>& sum) const {
    for (const index_t v : order) through[static_cast<std::size_t>(v)] = 0.0;
    for (std::size_t i = order.size(); i-- > 1;) {
      const auto w = static_cast<std::size_t>(order[i]);
      sum[w] += through[w];
      const double share = ((side_[w] == 1 ? 1.0 : 0.0) + through[w]) / paths[w];
      for (const index_t v : net_.out().of(order[i])) {
        const auto at = static_cast<std::size_t>(v);
        if (depth[at] + 1 == depth[w]) through[at] += share * paths[at];
      }
    }
  }

  // The sum over pairs across of 1 / distance, with a new tie between members x and y (k, k: without).
  [[nodiscard]] double total_with(std::size_t x, std::size_t y) const {
    const auto a = members_[0].size();
    const auto k = all_.size();
    double total = 0;
    for (std::size_t i = 0; i < a; ++i) {
      const int to_x = x < k ? distance_[i * k + x] + 1 : 2 * far;
      const int to_y = y < k ? distance_[i * k + y] + 1 : 2 * far;
      for (std::size_t j = a; j < k; ++j) {
        int d = distance_[i * k + j];
        if (x < k) d = std::min({d, to_x + distance_[y * k + j], to_y + distance_[x * k + j]});
        if (d < far) total += 1.0 / d;
      }
    }
    return total;
  }

  void add(std::size_t x, std::size_t y) {
    const auto k = all_.size();
    const std::vector<std::uint16_t> from_x(distance_.begin() + static_cast<std::ptrdiff_t>(x * k),
                                            distance_.begin() + static_cast<std::ptrdiff_t>((x + 1) * k));
    const std::vector<std::uint16_t> from_y(distance_.begin() + static_cast<std::ptrdiff_t>(y * k),
                                            distance_.begin() + static_cast<std::ptrdiff_t>((y + 1) * k));
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < k; ++j) {
        const int d =
            std::min({static_cast<int>(distance_[i * k + j]), from_x[i] + 1 + from_y[j], from_y[i] + 1 + from_x[j]});
        distance_[i * k + j] = static_cast<std::uint16_t>(std::min<int>(d, far));
      }
    }
  }

  // Members of one side that are nearest to their own, so many that the pairs to try are no more than asked.
  std::vector<std::size_t> best_placed(std::size_t begin, std::size_t end, index_t candidates, std::size_t others,
                                       bool& limited) const {
    const auto k = all_.size();
    std::vector<std::size_t> places(end - begin);
    std::iota(places.begin(), places.end(), begin);
    if (static_cast<double>(places.size()) * static_cast<double>(others) <= static_cast<double>(candidates)) {
      return places;
    }
    limited = true;
    std::vector<double> near(end, 0.0);
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = begin; j < end; ++j) {
        if (distance_[i * k + j] != far) near[i] += 1.0 / (1.0 + distance_[i * k + j]);
      }
    }
    std::stable_sort(places.begin(), places.end(), [&](std::size_t i, std::size_t j) { return near[i] > near[j]; });
    const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(candidates)));
    const std::size_t room = static_cast<std::size_t>(candidates) / std::max<std::size_t>(1, std::min(root, others));
    places.resize(std::min(places.size(), std::max<std::size_t>(1, room)));
    return places;
  }

  Network net_;
  std::vector<index_t> side_;  // by vertex: 0, 1 or none
  std::vector<index_t> members_[2];
  std::vector<index_t> all_;             // the first side, then the second
  std::vector<std::uint16_t> distance_;  // among all_
  const Run& run_;
};

}  // namespace detail::sides

LINKPIN_INLINE Divide divide(const Network& net, const Groups& groups, const std::string& a, const std::string& b,
                             const DivideOptions& options) {
  auto code = [&](const std::string& name, std::string_view argument) {
    const auto found = std::find(groups.labels.begin(), groups.labels.end(), name);
    if (found == groups.labels.end()) {
      std::string known;
      for (const std::string& l : groups.labels) known += (known.empty() ? "" : ", ") + l;
      refuse("divide", argument, name, "no vertex is in this group; there are " + (known.empty() ? "none" : known));
    }
    return static_cast<index_t>(found - groups.labels.begin());
  };
  const index_t first = code(a, "a"), second = code(b, "b");
  if (first == second) refuse("divide", "b", b, "the two sides are the same; name another");
  if (options.new_ties < 0) refuse("divide", "new_ties", std::to_string(options.new_ties), "give 0 or more");
  if (options.candidates < 1) refuse("divide", "candidates", std::to_string(options.candidates), "give 1 or more");
  Divide out;
  out.provenance = provenance(net, "divide");
  detail::sides::Sides sides(net, groups, first, second, options.run);
  out.a = sides.size(0);
  out.b = sides.size(1);
  sides.count_ties(out);
  sides.mark_bridges(out);
  sides.walk(out);
  sides.measure(out);
  bool limited = false;
  NewTie next;
  while (static_cast<index_t>(out.new_ties.size()) < options.new_ties &&
         sides.propose(next, options.candidates, limited)) {
    out.new_ties.push_back(next);
  }
  if (out.ties_a + out.ties_b + out.ties_between == 0) {
    out.provenance.warnings.emplace_back("undefined: there is no tie among the members of the two sides");
  }
  if (limited) {
    out.provenance.warnings.push_back("new ties were sought among the best placed members only, " +
                                      std::to_string(options.candidates) + " pairs at most; raise candidates for all");
  }
  return out;
}

}  // namespace linkpin
