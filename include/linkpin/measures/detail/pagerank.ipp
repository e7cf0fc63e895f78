// The sweeps of PageRank, one column.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

struct Sweeps {
  double damping = 0.0;
  double tolerance = 0.0;
  std::int64_t most = 0;
};

// From the last change to a bound of the error left: each sweep shrinks it by the damping.
inline double error_left(double change, double damping) { return change * damping / (1.0 - damping); }

inline std::vector<double> per_unit(const std::vector<double>& strength) {
  std::vector<double> inverse;
  inverse.reserve(strength.size());
  for (const double s : strength) inverse.push_back(s > 0 ? 1.0 / s : 0.0);
  return inverse;
}

// One column. `strength` is what leaves each vertex; `fresh` where walks start and `total` its sum, empty
// for anywhere alike.
inline Convergence pagerank_column(const Inflow& inflow, const std::vector<double>& strength,
                                   std::span<const double> fresh, double total, const Sweeps& sweeps, const Run& run,
                                   std::span<double> x) {
  const auto n = static_cast<std::size_t>(inflow.n());
  const std::vector<double> inverse = per_unit(strength);
  const double anywhere = 1.0 / static_cast<double>(n);
  auto start = [&](std::size_t v) { return fresh.empty() ? anywhere : fresh[v] / total; };
  auto given = gathered_array<double>(n);  // what a vertex hands on per unit of a tie's value
  auto next = gathered_array<double>(n);
  double stuck = 0.0;  // at vertices from which nothing leads on
  for (std::size_t v = 0; v < n; ++v) {
    x[v] = start(v);
    given[v] = x[v] * inverse[v];
    if (strength[v] == 0) stuck += x[v];
  }
  Run inner;
  inner.threads = run.threads;
  Watch watch(run);
  Convergence end;
  std::vector<double> changes(inflow.chunks()), stuck_parts(inflow.chunks());
  do {
    const double base = 1.0 - sweeps.damping + sweeps.damping * stuck;
    inflow.each_chunk(inner, [&](std::size_t chunk, index_t first, index_t last) {
      double change = 0.0;
      double left = 0.0;
      for (index_t v = first; v < last; ++v) {
        const auto at = static_cast<std::size_t>(v);
        const double value = base * start(at) + sweeps.damping * inflow.gather(v, given.data());
        change += std::abs(value - x[at]);
        x[at] = value;
        next[at] = value * inverse[at];
        if (strength[at] == 0) left += value;
      }
      changes[chunk] = change;
      stuck_parts[chunk] = left;
    });
    std::swap(given, next);
    stuck = sum(stuck_parts);
    end.error = error_left(sum(changes), sweeps.damping);
    ++end.iterations;
    watch.look();
  } while (end.error > sweeps.tolerance && end.iterations < sweeps.most);
  end.converged = end.error <= sweeps.tolerance;
  return end;
}

}  // namespace linkpin::detail
