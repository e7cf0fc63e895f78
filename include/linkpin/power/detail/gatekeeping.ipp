#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/power/gatekeeping.hpp>
#include <string>
#include <utility>

namespace linkpin {

namespace detail::gatekeeping {

inline std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

class Search {
 public:
  Search(const Network& net, std::span<const index_t> sources, Mode mode)
      : out_(net.out()), in_(net.in()), sources_(sources), n_(net.n()) {
    along_ = mode != Mode::in || !net.directed();
    against_ = net.directed() && mode != Mode::out;
  }

  [[nodiscard]] Gate find(index_t target) const {
    Gate gate;
    gate.target = target;
    const std::vector<index_t> path = shortest_path(target);
    if (path.empty()) return gate;
    gate.reached = true;
    if (path.size() > 1) gate.gatekeepers = on_every_path(path);
    return gate;
  }

 private:
  template <class Visit>
  void each(index_t v, Visit&& visit) const {
    if (along_) {
      for (const index_t u : out_.of(v)) visit(u);
    }
    if (against_) {
      for (const index_t u : in_.of(v)) visit(u);
    }
  }

  // From a source to the target, both included; empty where none leads there.
  [[nodiscard]] std::vector<index_t> shortest_path(index_t target) const {
    std::vector<index_t> before(at(n_), none);
    std::vector<std::uint8_t> seen(at(n_), 0);
    std::vector<index_t> queue;
    auto meet = [&](index_t from, index_t u) {
      if (seen[at(u)] != 0) return;
      seen[at(u)] = 1;
      before[at(u)] = from;
      queue.push_back(u);
    };
    for (const index_t s : sources_) meet(none, s);
    for (std::size_t head = 0; head < queue.size() && seen[at(target)] == 0; ++head) {
      const index_t v = queue[head];
      each(v, [&](index_t u) { meet(v, u); });
    }
    if (seen[at(target)] == 0) return {};
    std::vector<index_t> path;
    for (index_t v = target; v != none; v = before[at(v)]) path.push_back(v);
    std::reverse(path.begin(), path.end());
    return path;
  }

  // Follows the path and asks at each vertex whether anything behind it was reached without it.
  [[nodiscard]] std::vector<index_t> on_every_path(const std::vector<index_t>& path) const {
    std::vector<index_t> place(at(n_), none);
    for (std::size_t i = 0; i < path.size(); ++i) place[at(path[i])] = static_cast<index_t>(i);
    std::vector<std::uint8_t> seen(at(n_), 0);
    std::vector<index_t> stack;
    index_t farthest = none;  // place of the last vertex of the path that was reached by another way
    auto meet = [&](index_t u) {
      farthest = std::max(farthest, place[at(u)]);
      if (place[at(u)] == none && seen[at(u)] == 0) {
        seen[at(u)] = 1;
        stack.push_back(u);
      }
    };
    auto spread = [&] {
      while (!stack.empty()) {
        const index_t v = stack.back();
        stack.pop_back();
        each(v, meet);
      }
    };
    for (const index_t s : sources_) meet(s);
    std::vector<index_t> gates;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      spread();
      if (farthest <= static_cast<index_t>(i)) gates.push_back(path[i]);
      each(path[i], meet);
    }
    // The only source is where all paths start, not a gate on the way.
    if (!gates.empty() && gates.front() == path.front() && only_source(path.front())) gates.erase(gates.begin());
    return gates;
  }

  [[nodiscard]] bool only_source(index_t v) const {
    return std::all_of(sources_.begin(), sources_.end(), [v](index_t s) { return s == v; });
  }

  Adjacency out_;
  Adjacency in_;
  std::span<const index_t> sources_;
  index_t n_;
  bool along_ = true;
  bool against_ = false;
};

}  // namespace detail::gatekeeping

LINKPIN_INLINE Gatekeeping gatekeepers(const Network& net, std::span<const index_t> sources,
                                       std::span<const index_t> targets, const GatekeepingOptions& options) {
  Gatekeeping out;
  out.provenance = provenance(net, "gatekeepers");
  if (sources.empty()) refuse("gatekeepers", "sources", "none", "name at least one vertex to start from");
  for (const auto& [name, set] : {std::pair("sources", sources), std::pair("targets", targets)}) {
    for (const index_t v : set) {
      if (v < 0 || v >= net.n()) {
        refuse("gatekeepers", name, std::to_string(v), "vertices are numbered below " + std::to_string(net.n()));
      }
    }
  }
  const detail::gatekeeping::Search search(net, sources, options.mode);
  Watch watch(options.run);
  std::size_t cut_off = 0;
  for (const index_t t : targets) {
    out.gates.push_back(search.find(t));
    cut_off += out.gates.back().reached ? 0 : 1;
    watch.look(static_cast<double>(out.gates.size()) / static_cast<double>(targets.size()));
  }
  if (cut_off > 0) {
    out.provenance.warnings.push_back(std::to_string(cut_off) + " of " + std::to_string(targets.size()) +
                                      " targets cannot be reached at all: nobody stands between, because nothing leads "
                                      "there");
  }
  return out;
}

}  // namespace linkpin
