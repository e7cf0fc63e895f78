#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/watering.hpp>
#include <queue>
#include <string>
#include <utility>

namespace linkpin {

namespace detail::watering {

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// What each tie keeps, NaN where a column does not say.
inline std::vector<double> shares(const Network& net, const TieValues& fidelity) {
  const Column* column = fidelity.given() ? nullptr : net.ties().find(fidelity.column());
  std::vector<double> values;
  if (column != nullptr && column->is_numeric()) {
    for (std::size_t e = 0; e < at(net.m()); ++e) values.push_back(column->number(e));
  } else {
    values = fidelity.resolve(net, "watering_down", "fidelity");  // refuses a column that is not there
  }
  for (std::size_t e = 0; e < values.size(); ++e) {
    if (std::isnan(values[e]) || (values[e] >= 0 && values[e] <= 1)) continue;
    refuse("watering_down", "fidelity", shown(values[e]), "give shares from 0 to 1, or leave it empty",
           "tie " + net.name(net.sources()[e]) + " - " + net.name(net.targets()[e]));
  }
  return values;
}

inline std::vector<std::uint8_t> marked(const Network& net, std::span<const index_t> ends, std::string_view argument) {
  std::vector<std::uint8_t> is(at(net.n()), 0);
  if (ends.empty()) refuse("watering_down", argument, "none", "name at least one vertex");
  for (const index_t v : ends) {
    if (v < 0 || v >= net.n()) {
      refuse("watering_down", argument, std::to_string(v), "give vertices from 0 to " + std::to_string(net.n() - 1));
    }
    is[at(v)] = 1;
  }
  return is;
}

// How good the best way so far is: more kept, else fewer unknown ties, else fewer steps.
struct Mark {
  double kept = -1.0;
  index_t unknown = 0, steps = 0;

  [[nodiscard]] bool better(const Mark& o) const {
    if (kept != o.kept) return kept > o.kept;
    return unknown != o.unknown ? unknown < o.unknown : steps < o.steps;
  }
};

struct Arc {
  index_t to, tie;
};

inline std::vector<std::vector<Arc>> rows(const Network& net, Flow flow) {
  std::vector<std::vector<Arc>> out(at(net.n()));
  for (index_t e = 0; e < net.m(); ++e) {
    index_t u = net.sources()[at(e)], v = net.targets()[at(e)];
    if (flow == Flow::backward) std::swap(u, v);
    out[at(u)].push_back({v, e});
    if (!net.directed() && u != v) out[at(v)].push_back({u, e});
  }
  return out;
}

}  // namespace detail::watering

LINKPIN_INLINE WateringDown watering_down(const Network& net, std::span<const index_t> sources,
                                          std::span<const index_t> targets, const WateringDownOptions& options) {
  namespace w = detail::watering;
  const std::vector<double> keeps = w::shares(net, options.fidelity);
  const auto source = w::marked(net, sources, "sources");
  (void)w::marked(net, targets, "targets");
  const auto out = w::rows(net, options.flow);
  std::vector<w::Mark> best(w::at(net.n()));
  std::vector<w::Arc> by(w::at(net.n()), {none, none});  // where the best way comes from, and by which tie
  auto later = [](const std::pair<w::Mark, index_t>& x, const std::pair<w::Mark, index_t>& y) {
    return y.first.better(x.first) || (!x.first.better(y.first) && x.second > y.second);
  };
  std::priority_queue<std::pair<w::Mark, index_t>, std::vector<std::pair<w::Mark, index_t>>, decltype(later)> queue(
      later);
  for (index_t v = 0; v < net.n(); ++v) {
    if (source[w::at(v)] == 0) continue;
    best[w::at(v)] = {1.0, 0, 0};
    queue.push({best[w::at(v)], v});
  }
  Watch watch(options.run);
  while (!queue.empty()) {
    const w::Mark mark = queue.top().first;
    const index_t v = queue.top().second;
    queue.pop();
    if (best[w::at(v)].better(mark)) continue;
    watch.tick();
    for (const w::Arc& arc : out[w::at(v)]) {
      const double share = keeps[w::at(arc.tie)];
      const bool unknown = std::isnan(share);
      const w::Mark next{unknown ? mark.kept : mark.kept * share, mark.unknown + (unknown ? 1 : 0), mark.steps + 1};
      if (!next.better(best[w::at(arc.to)])) continue;
      best[w::at(arc.to)] = next;
      by[w::at(arc.to)] = {v, arc.tie};
      queue.push({next, arc.to});
    }
  }
  WateringDown result;
  result.provenance = provenance(net, "watering_down");
  result.on_ways.assign(w::at(net.m()), 0);
  index_t open = 0;
  for (const index_t t : targets) {
    if (best[w::at(t)].kept < 0) {
      result.not_reached.push_back(t);
      continue;
    }
    Watered way;
    way.target = t;
    way.kept = best[w::at(t)].kept;
    way.unknown = best[w::at(t)].unknown;
    way.vertices.push_back(t);
    for (index_t v = t; by[w::at(v)].to != none; v = by[w::at(v)].to) {
      way.vertices.push_back(by[w::at(v)].to);
      way.ties.push_back(by[w::at(v)].tie);
    }
    std::reverse(way.vertices.begin(), way.vertices.end());
    std::reverse(way.ties.begin(), way.ties.end());
    for (const index_t tie : way.ties) {
      ++result.on_ways[w::at(tie)];
      const double share = keeps[w::at(tie)];
      if (share < 1 && (way.weakest == none || share < keeps[w::at(way.weakest)])) way.weakest = tie;
    }
    open += way.unknown > 0 ? 1 : 0;
    result.targets.push_back(std::move(way));
  }
  if (open > 0) {
    result.provenance.warnings.push_back(
        std::to_string(open) +
        " of the ways have ties whose fidelity is not known and is taken as 1: at most "
        "so much is kept");
  }
  return result;
}

}  // namespace linkpin
