// Katz centrality from up to sixteen starts at once: one sweep over the ties serves them all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/core/lanes.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

inline constexpr int lanes = 16;
using LaneRow = Lanes<lanes>;

struct KatzLanes {
  const Inflow* inflow;
  const LaneRow* own;
  const LaneRow* x;
  LaneRow* next;
  double alpha;
};

struct KatzChunk {
  template <int width>
  [[gnu::always_inline]] static inline void run(const KatzLanes& p, index_t first, index_t last, LaneRow& changes,
                                                LaneRow& tops) {
    LINKPIN_UNFUSED_BODY
    using Double = typename LaneVector<width>::Double;
    constexpr int size = lanes / width;
    const index_t* from = p.inflow->from();
    const double* values = p.inflow->values();
    Double change[size] = {};
    Double top[size] = {};
    for (index_t v = first; v < last; ++v) {
      Double got[size] = {};
      for (index_t k = p.inflow->offset(v); k < p.inflow->offset(v + 1); ++k) {
        const auto* row = vectors<width>(p.x[from[k]]);
        if (values == nullptr) {
          for (int i = 0; i < size; ++i) got[i] += row[i];
        } else {
          for (int i = 0; i < size; ++i) got[i] += values[k] * row[i];
        }
      }
      const auto* own = vectors<width>(p.own[v]);
      const auto* x = vectors<width>(p.x[v]);
      auto* next = vectors<width>(p.next[v]);
      for (int i = 0; i < size; ++i) {
        const Double value = own[i] + p.alpha * got[i];
        const Double difference = value - x[i];
        const Double moved = difference < 0 ? -difference : difference;
        const Double height = value < 0 ? -value : value;
        change[i] = moved > change[i] ? moved : change[i];
        top[i] = height > top[i] ? height : top[i];
        next[i] = value;
      }
    }
    for (int i = 0; i < size; ++i) {
      vectors<width>(changes)[i] = change[i];
      vectors<width>(tops)[i] = top[i];
    }
  }
};

// Sweeps until every column is as near as `tolerance` asks; `patience` is how much change may still come per change.
// `columns` holds what the vertices have of their own, column after column; `result` the values, likewise.
inline Convergence katz_lanes(const Inflow& inflow, std::span<const double> columns, double alpha, double patience,
                              double tolerance, std::int64_t most, const Run& run, std::span<double> result) {
  const auto n = static_cast<std::size_t>(inflow.n());
  const std::size_t count = columns.size() / n;
  auto own = gathered_array<LaneRow>(n);
  auto x = gathered_array<LaneRow>(n);
  auto next = gathered_array<LaneRow>(n);
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t c = 0; c < count; ++c) own[v].lane[c] = columns[c * n + v];
  }
  std::copy(own.begin(), own.end(), x.begin());
  Run inner;
  inner.threads = run.threads;
  Watch watch(run);
  std::vector<LaneRow> changes(inflow.chunks()), tops(inflow.chunks());
  Convergence end;
  end.converged = false;
  while (!end.converged && end.iterations < most) {
    const KatzLanes p{&inflow, own.data(), x.data(), next.data(), alpha};
    inflow.each_chunk(inner, [&](std::size_t chunk, index_t first, index_t last) {
      run_widest<KatzChunk>(p, first, last, changes[chunk], tops[chunk]);
    });
    std::swap(x, next);
    ++end.iterations;
    watch.look();
    end.error = 0.0;
    for (std::size_t c = 0; c < count; ++c) {
      double change = 0.0;
      double top = 0.0;
      for (std::size_t chunk = 0; chunk < changes.size(); ++chunk) {
        change = std::max(change, changes[chunk].lane[c]);
        top = std::max(top, tops[chunk].lane[c]);
      }
      if (top > 0) end.error = std::max(end.error, patience * change / top);
    }
    end.converged = end.error <= tolerance;
  }
  for (std::size_t c = 0; c < count; ++c) {
    for (std::size_t v = 0; v < n; ++v) result[c * n + v] = x[v].lane[c];
  }
  return end;
}

}  // namespace linkpin::detail
