// The sweeps of PageRank: one column at a time, or sixteen abreast.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <linkpin/measures/detail/lanes.ipp>
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

// One column. `strength` is what leaves each vertex; `fresh` where walks start, summing to 1, empty for anywhere alike.
inline Convergence pagerank_column(const Inflow& inflow, const std::vector<double>& strength,
                                   std::span<const double> fresh, const Sweeps& sweeps, const Run& run,
                                   std::span<double> x) {
  const auto n = static_cast<std::size_t>(inflow.n());
  const std::vector<double> inverse = per_unit(strength);
  const double anywhere = 1.0 / static_cast<double>(n);
  auto start = [&](std::size_t v) { return fresh.empty() ? anywhere : fresh[v]; };
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

struct PageRankLanes {
  const Inflow* inflow = nullptr;
  const LaneRow* fresh = nullptr;
  const LaneRow* given = nullptr;
  LaneRow* x = nullptr;
  LaneRow* next = nullptr;
  const double* inverse = nullptr;
  double damping = 0.0;
  const LaneRow* base = nullptr;  // one row
};

struct PageRankChunk {
  template <int width>
  [[gnu::always_inline]] static inline void run(const PageRankLanes& p, index_t first, index_t last, LaneRow& changes,
                                                LaneRow& stuck) {
    LINKPIN_UNFUSED_BODY
    using Double = typename LaneVector<width>::Double;
    constexpr int size = lanes / width;
    const auto* base = vectors<width>(*p.base);
    const index_t* from = p.inflow->from();
    const double* values = p.inflow->values();
    Double change[size] = {};
    Double left[size] = {};
    for (index_t v = first; v < last; ++v) {
      Double got[size] = {};
      for (index_t k = p.inflow->offset(v); k < p.inflow->offset(v + 1); ++k) {
        const auto* row = vectors<width>(p.given[from[k]]);
        if (values == nullptr) {
          for (int i = 0; i < size; ++i) got[i] += row[i];
        } else {
          for (int i = 0; i < size; ++i) got[i] += values[k] * row[i];
        }
      }
      const auto* fresh = vectors<width>(p.fresh[v]);
      auto* x = vectors<width>(p.x[v]);
      auto* next = vectors<width>(p.next[v]);
      for (int i = 0; i < size; ++i) {
        const Double value = base[i] * fresh[i] + p.damping * got[i];
        const Double difference = value - x[i];
        change[i] += difference < 0 ? -difference : difference;
        x[i] = value;
        next[i] = value * p.inverse[v];
        if (p.inverse[v] == 0) left[i] += value;
      }
    }
    for (int i = 0; i < size; ++i) {
      vectors<width>(changes)[i] = change[i];
      vectors<width>(stuck)[i] = left[i];
    }
  }
};

// Up to sixteen columns. A column is taken as it stands when its own error is small enough, whatever the others need.
inline Convergence pagerank_lanes(const Inflow& inflow, const std::vector<double>& strength,
                                  std::span<const double> columns, const Sweeps& sweeps, const Run& run,
                                  std::span<double> result) {
  const auto n = static_cast<std::size_t>(inflow.n());
  const std::size_t count = columns.size() / n;
  const std::vector<double> inverse = per_unit(strength);
  std::vector<LaneRow> fresh(n), x(n);
  auto given = gathered_array<LaneRow>(n);
  auto next = gathered_array<LaneRow>(n);
  LaneRow stuck{};
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t c = 0; c < count; ++c) {
      fresh[v].lane[c] = x[v].lane[c] = columns[c * n + v];
      given[v].lane[c] = x[v].lane[c] * inverse[v];
      if (inverse[v] == 0) stuck.lane[c] += x[v].lane[c];
    }
  }
  Run inner;
  inner.threads = run.threads;
  Watch watch(run);
  std::vector<LaneRow> changes(inflow.chunks()), stuck_parts(inflow.chunks());
  std::vector<std::uint8_t> done(count, 0);
  std::size_t open = count;
  Convergence end;
  while (open > 0) {
    LaneRow base{};
    for (std::size_t c = 0; c < count; ++c) base.lane[c] = 1.0 - sweeps.damping + sweeps.damping * stuck.lane[c];
    const PageRankLanes p{&inflow,     fresh.data(),   given.data(),   x.data(),
                          next.data(), inverse.data(), sweeps.damping, &base};
    inflow.each_chunk(inner, [&](std::size_t chunk, index_t first, index_t last) {
      run_widest<PageRankChunk>(p, first, last, changes[chunk], stuck_parts[chunk]);
    });
    std::swap(given, next);
    ++end.iterations;
    watch.look();
    for (std::size_t c = 0; c < count; ++c) {
      Sum change, left;
      for (std::size_t chunk = 0; chunk < changes.size(); ++chunk) {
        change.add(changes[chunk].lane[c]);
        left.add(stuck_parts[chunk].lane[c]);
      }
      stuck.lane[c] = left.value();
      if (done[c] != 0) continue;
      const double error = error_left(change.value(), sweeps.damping);
      const bool reached = error <= sweeps.tolerance;
      if (!reached && end.iterations < sweeps.most) continue;
      end.converged = end.converged && reached;
      end.error = std::max(end.error, error);
      done[c] = 1;
      --open;
      for (std::size_t v = 0; v < n; ++v) result[c * n + v] = x[v].lane[c];
    }
  }
  return end;
}

}  // namespace linkpin::detail
