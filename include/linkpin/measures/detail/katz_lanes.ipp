// Katz centrality from up to sixteen starts at once: one sweep over the ties serves them all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <linkpin/measures/detail/lanes.ipp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

struct KatzLanes {
  const Inflow* inflow;
  const LaneRow* own;
  const LaneRow* x;
  LaneRow* next;
  double alpha;
};

[[gnu::always_inline]] inline void katz_chunk_body(const KatzLanes& p, index_t first, index_t last, LaneRow& changes,
                                                   LaneRow& tops) {
  const index_t* from = p.inflow->from();
  const double* values = p.inflow->values();
  Four change[fours] = {};
  Four top[fours] = {};
  for (index_t v = first; v < last; ++v) {
    Four got[fours] = {};
    for (index_t k = p.inflow->offset(v); k < p.inflow->offset(v + 1); ++k) {
      const auto* row = reinterpret_cast<const Four*>(p.x[from[k]].lane);
      if (values == nullptr) {
        for (int i = 0; i < fours; ++i) got[i] += row[i];
      } else {
        for (int i = 0; i < fours; ++i) got[i] += values[k] * row[i];
      }
    }
    const auto* own = reinterpret_cast<const Four*>(p.own[v].lane);
    const auto* x = reinterpret_cast<const Four*>(p.x[v].lane);
    auto* next = reinterpret_cast<Four*>(p.next[v].lane);
    for (int i = 0; i < fours; ++i) {
      const Four value = own[i] + p.alpha * got[i];
      const Four difference = value - x[i];
      const Four size = difference < 0 ? -difference : difference;
      const Four height = value < 0 ? -value : value;
      change[i] = size > change[i] ? size : change[i];
      top[i] = height > top[i] ? height : top[i];
      next[i] = value;
    }
  }
  for (int i = 0; i < fours; ++i) {
    reinterpret_cast<Four*>(changes.lane)[i] = change[i];
    reinterpret_cast<Four*>(tops.lane)[i] = top[i];
  }
}

inline void katz_chunk_plain(const KatzLanes& p, index_t first, index_t last, LaneRow& changes, LaneRow& tops) {
  katz_chunk_body(p, first, last, changes, tops);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] inline void katz_chunk_avx2(const KatzLanes& p, index_t first, index_t last, LaneRow& changes,
                                                    LaneRow& tops) {
  katz_chunk_body(p, first, last, changes, tops);
}
#endif

// Sweeps until every column is as near as `tolerance` asks; `patience` is how much change may still come per change.
// `columns` holds what the vertices have of their own, column after column; `result` the values, likewise.
inline Convergence katz_lanes(const Inflow& inflow, std::span<const double> columns, double alpha, double patience,
                              double tolerance, std::int64_t most, const Run& run, std::span<double> result,
                              bool wide = has_wide_lanes()) {
  const auto n = static_cast<std::size_t>(inflow.n());
  const std::size_t count = columns.size() / n;
  auto own = gathered_array<LaneRow>(n);
  auto x = gathered_array<LaneRow>(n);
  auto next = gathered_array<LaneRow>(n);
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t c = 0; c < count; ++c) own[v].lane[c] = columns[c * n + v];
  }
  std::copy(own.begin(), own.end(), x.begin());
  auto* sweep_chunk = katz_chunk_plain;
#if defined(__x86_64__)
  if (wide) sweep_chunk = katz_chunk_avx2;
#endif
  Run inner;
  inner.threads = run.threads;
  Watch watch(run);
  std::vector<LaneRow> changes(inflow.chunks()), tops(inflow.chunks());
  Convergence end;
  end.converged = false;
  while (!end.converged && end.iterations < most) {
    const KatzLanes p{&inflow, own.data(), x.data(), next.data(), alpha};
    inflow.each_chunk(inner, [&](std::size_t chunk, index_t first, index_t last) {
      sweep_chunk(p, first, last, changes[chunk], tops[chunk]);
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
