// PageRank from up to thirty-two starts at once: one sweep over the ties serves them all.
//
// What a sweep reads decides how long it takes, so sweeps go in single precision. After a few of them the totals are
// compared with what they should be in double precision, and what they miss is all that the next sweeps look for
// (iterative refinement).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/lanes.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <linkpin/measures/detail/pagerank.ipp>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

inline constexpr int abreast = 32;
using PageRankRow = Lanes<abreast, float>;
using PageRankTotal = Lanes<abreast>;

struct PageRankSweep {
  const Inflow* inflow;
  const float* shares;  // by tie: the damping times its part of what leaves a vertex
  const double* inverse;
  const PageRankRow* fresh;
  const PageRankRow* again;  // one row: what starts anew because nothing leads on from where it was
  const PageRankRow* missing;
  const PageRankRow* given;
  PageRankRow* next;
};

struct PageRankSweepChunk {
  template <int width>
  [[gnu::always_inline]] static inline void run(const PageRankSweep& p, index_t first, index_t last,
                                                PageRankRow& stuck) {
    LINKPIN_UNFUSED_BODY
    using Float = typename LaneVector<width>::Float;
    constexpr int size = abreast / (2 * width);
    const index_t* from = p.inflow->from();
    const auto* again = vectors<width>(*p.again);
    Float left[size] = {};
    for (index_t v = first; v < last; ++v) {
      Float got[size] = {};
      for (index_t k = p.inflow->offset(v); k < p.inflow->offset(v + 1); ++k) {
        const auto* row = vectors<width>(p.given[from[k]]);
        for (int i = 0; i < size; ++i) got[i] += p.shares[k] * row[i];
      }
      const auto* fresh = vectors<width>(p.fresh[v]);
      const auto* missing = vectors<width>(p.missing[v]);
      auto* next = vectors<width>(p.next[v]);
      for (int i = 0; i < size; ++i) {
        const Float value = missing[i] + again[i] * fresh[i] + got[i];
        next[i] = value;
        if (p.inverse[v] == 0) left[i] += value;
      }
    }
    for (int i = 0; i < size; ++i) vectors<width>(stuck)[i] = left[i];
  }
};

struct PageRankComparison {
  const Inflow* inflow;
  const double* inverse;
  double damping;
  std::span<const double> fresh;  // column after column
  std::span<const double> sums;   // of the columns, which count for 1
  const PageRankTotal* base;      // one row: what starts anew
  const PageRankTotal* total;
  PageRankRow* missing;
};

struct PageRankComparisonChunk {
  template <int width>
  [[gnu::always_inline]] static inline void run(const PageRankComparison& p, index_t first, index_t last,
                                                PageRankTotal& lack, PageRankTotal& stuck) {
    LINKPIN_UNFUSED_BODY
    using Double = typename LaneVector<width>::Double;
    constexpr int size = abreast / width;
    const auto n = static_cast<std::size_t>(p.inflow->n());
    const index_t* from = p.inflow->from();
    const double* values = p.inflow->values();
    const auto* base = vectors<width>(*p.base);
    Double lacks[size] = {};
    Double left[size] = {};
    PageRankTotal start{};
    const auto* fresh = vectors<width>(start);
    for (index_t v = first; v < last; ++v) {
      for (std::size_t c = 0; c < p.sums.size(); ++c) {
        start.lane[c] = p.fresh[c * n + static_cast<std::size_t>(v)] / p.sums[c];
      }
      Double got[size] = {};
      for (index_t k = p.inflow->offset(v); k < p.inflow->offset(v + 1); ++k) {
        const auto* row = vectors<width>(p.total[from[k]]);
        const double share = p.inverse[from[k]] * (values == nullptr ? 1.0 : values[k]);
        for (int i = 0; i < size; ++i) got[i] += share * row[i];
      }
      const auto* total = vectors<width>(p.total[v]);
      for (int i = 0; i < size; ++i) {
        const Double missing = base[i] * fresh[i] + p.damping * got[i] - total[i];
        lacks[i] += missing < 0 ? -missing : missing;
        if (p.inverse[v] == 0) left[i] += missing;
        for (int c = 0; c < width; ++c) p.missing[v].lane[i * width + c] = static_cast<float>(missing[c]);
      }
    }
    for (int i = 0; i < size; ++i) {
      vectors<width>(lack)[i] = lacks[i];
      vectors<width>(stuck)[i] = left[i];
    }
  }
};

class PageRankColumns {
 public:
  PageRankColumns(const Inflow& inflow, const std::vector<double>& strength, const Sweeps& sweeps, const Run& run)
      : inflow_(inflow),
        inverse_(per_unit(strength)),
        sweeps_(sweeps),
        watch_(run),
        n_(static_cast<std::size_t>(inflow.n())),
        total_(gathered_array<PageRankTotal>(n_)),
        fresh_(gathered_array<PageRankRow>(n_)),
        missing_(gathered_array<PageRankRow>(n_)),
        given_(gathered_array<PageRankRow>(n_)),
        next_(gathered_array<PageRankRow>(n_)) {
    inner_.threads = run.threads;
    const index_t ties = inflow.offset(inflow.n());
    shares_.reserve(static_cast<std::size_t>(ties));
    for (index_t k = 0; k < ties; ++k) {
      const double value = inflow.values() == nullptr ? 1.0 : inflow.values()[k];
      const double inverse = inverse_[static_cast<std::size_t>(inflow.from()[k])];
      shares_.push_back(static_cast<float>(sweeps.damping * value * inverse));
    }
  }

  // Up to `abreast` columns of starts and what they sum to. Each is taken as it stands when its own error is small
  // enough, whatever the others need.
  Convergence solve(std::span<const double> columns, std::span<const double> sums, std::span<double> result) {
    begin(columns, sums);
    std::vector<std::size_t> open(sums.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    Convergence end;
    while (true) {
      const Comparison found = compare(columns, sums);
      ++end.iterations;
      std::vector<std::size_t> done, left;
      for (const std::size_t c : open) {
        const double error = found.lack.lane[c] / (1.0 - sweeps_.damping);  // with all that it would be handed on to
        const bool reached = error <= sweeps_.tolerance;
        (reached || end.iterations >= sweeps_.most ? done : left).push_back(c);
        if (!reached && end.iterations < sweeps_.most) continue;
        end.converged = end.converged && reached;
        end.error = std::max(end.error, error);
      }
      each_vertex([&](std::size_t, std::size_t v) {
        for (const std::size_t c : done) result[c * n_ + v] = total_[v].lane[c];
      });
      open = std::move(left);
      if (open.empty()) return end;
      const std::int64_t steps = std::min(between_comparisons, sweeps_.most - end.iterations - 1);
      correct(found.stuck, steps);
      end.iterations += steps;
    }
  }

 private:
  // Single precision has seven digits: more steps would look for what rounding has lost.
  static constexpr std::int64_t between_comparisons = 15;

  struct Comparison {
    PageRankTotal lack, stuck;
  };

  template <class Body>
  void each_vertex(const Body& body) const {
    inflow_.each_chunk(inner_, [&](std::size_t chunk, index_t first, index_t last) {
      for (auto v = static_cast<std::size_t>(first); v < static_cast<std::size_t>(last); ++v) body(chunk, v);
    });
  }

  // The sum of the chunks' rows.
  template <class Row>
  [[nodiscard]] static PageRankTotal sum_of(const std::vector<Row>& parts) {
    PageRankTotal total{};
    for (std::size_t c = 0; c < abreast; ++c) {
      Sum sum;
      for (const Row& part : parts) sum.add(part.lane[c]);
      total.lane[c] = sum.value();
    }
    return total;
  }

  void begin(std::span<const double> columns, std::span<const double> sums) {
    each_vertex([&](std::size_t, std::size_t v) {
      for (std::size_t c = 0; c < abreast; ++c) {
        total_[v].lane[c] = c < sums.size() ? columns[c * n_ + v] / sums[c] : 0.0;
        fresh_[v].lane[c] = static_cast<float>(total_[v].lane[c]);
      }
    });
  }

  // Finds what the totals miss: how much, and how much of it where nothing leads on.
  Comparison compare(std::span<const double> columns, std::span<const double> sums) {
    std::vector<PageRankTotal> totals(inflow_.chunks()), lacks(inflow_.chunks()), stuck(inflow_.chunks());
    each_vertex([&](std::size_t chunk, std::size_t v) {
      if (inverse_[v] > 0) return;
      for (int c = 0; c < abreast; ++c) totals[chunk].lane[c] += total_[v].lane[c];
    });
    PageRankTotal base = sum_of(totals);
    for (double& b : base.lane) b = 1.0 - sweeps_.damping + sweeps_.damping * b;
    const PageRankComparison p{&inflow_, inverse_.data(), sweeps_.damping, columns,
                               sums,     &base,           total_.data(),   missing_.data()};
    inflow_.each_chunk(inner_, [&](std::size_t chunk, index_t first, index_t last) {
      run_widest<PageRankComparisonChunk>(p, first, last, lacks[chunk], stuck[chunk]);
    });
    watch_.look();
    return {sum_of(lacks), sum_of(stuck)};
  }

  // Adds what is missing, `at_first` of it where nothing leads on, and what becomes of it within so many steps.
  void correct(const PageRankTotal& at_first, std::int64_t steps) {
    std::vector<PageRankRow> parts(inflow_.chunks());
    PageRankTotal stuck = at_first;
    given_ = missing_;
    for (std::int64_t step = 0; step < steps; ++step) {
      PageRankRow again{};
      for (int c = 0; c < abreast; ++c) again.lane[c] = static_cast<float>(sweeps_.damping * stuck.lane[c]);
      const PageRankSweep p{&inflow_, shares_.data(),  inverse_.data(), fresh_.data(),
                            &again,   missing_.data(), given_.data(),   next_.data()};
      inflow_.each_chunk(inner_, [&](std::size_t chunk, index_t first, index_t last) {
        run_widest<PageRankSweepChunk>(p, first, last, parts[chunk]);
      });
      std::swap(given_, next_);
      stuck = sum_of(parts);
      watch_.look();
    }
    each_vertex([&](std::size_t, std::size_t v) {
      for (int c = 0; c < abreast; ++c) {  // no share is below 0
        total_[v].lane[c] = std::max(total_[v].lane[c] + static_cast<double>(given_[v].lane[c]), 0.0);
      }
    });
  }

  const Inflow& inflow_;
  std::vector<double> inverse_;
  Sweeps sweeps_;
  Run inner_;
  Watch watch_;
  std::size_t n_;
  std::vector<float> shares_;
  std::vector<PageRankTotal> total_;
  std::vector<PageRankRow> fresh_, missing_, given_, next_;
};

}  // namespace linkpin::detail
