// What every vertex receives and from whom, for products of the adjacency matrix with vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

// Rows of a matrix whose entries are not negative. Mode::in: the ties that point to a vertex.
class Inflow {
 public:
  // `values` has one entry a tie, or none where each counts 1. `net` must outlive this. O(n), O(n + m) where entries
  // have values or go both ways.
  Inflow(const Network& net, Mode mode, std::span<const double> values) : n_(net.n()) {
    const Adjacency rows = mode == Mode::in ? net.in() : net.out();
    if (!net.directed() || mode != Mode::all) {
      offsets_ = rows.offsets;
      from_ = rows.vertices;
      const bool doubled = !net.directed() && net.has_loops();
      if (!values.empty() || doubled) {
        values_.reserve(from_.size());
        for (index_t v = 0; v < n_; ++v) {
          for (index_t k = rows.begin(v); k < rows.end(v); ++k)
            add_value(rows, k, values, doubled && rows.vertex(k) == v);
        }
      }
    } else {
      own_offsets_.push_back(0);
      for (index_t v = 0; v < n_; ++v) {
        for (const Adjacency& part : {net.out(), net.in()}) {
          for (index_t k = part.begin(v); k < part.end(v); ++k) {
            own_from_.push_back(part.vertex(k));
            if (!values.empty()) add_value(part, k, values, false);
          }
        }
        own_offsets_.push_back(static_cast<index_t>(own_from_.size()));
      }
      offsets_ = own_offsets_;
      from_ = own_from_;
    }
    cut();
  }

  // A matrix by rows; `values` may be empty.
  Inflow(std::vector<index_t> offsets, std::vector<index_t> from, std::vector<double> values)
      : n_(static_cast<index_t>(offsets.size()) - 1),
        values_(std::move(values)),
        own_offsets_(std::move(offsets)),
        own_from_(std::move(from)) {
    offsets_ = own_offsets_;
    from_ = own_from_;
    cut();
  }

  Inflow(const Inflow&) = delete;
  Inflow& operator=(const Inflow&) = delete;

  [[nodiscard]] index_t n() const { return n_; }
  [[nodiscard]] index_t offset(index_t v) const { return offsets_[static_cast<std::size_t>(v)]; }
  [[nodiscard]] const index_t* from() const { return from_.data(); }
  [[nodiscard]] const double* values() const { return values_.empty() ? nullptr : values_.data(); }
  [[nodiscard]] std::size_t chunks() const { return chunks_.size() - 1; }

  // Calls body(chunk, begin, end) for runs of vertices.
  template <class Body>
  void each_chunk(const Run& run, const Body& body) const {
    if (chunks() == 1) return body(std::size_t{0}, chunks_[0], chunks_[1]);  // small networks are asked often
    parallel_for(static_cast<std::int64_t>(chunks()), 4 * chunk_work, run, [&](std::int64_t first, std::int64_t last) {
      for (auto c = static_cast<std::size_t>(first); c < static_cast<std::size_t>(last); ++c) {
        body(c, chunks_[c], chunks_[c + 1]);
      }
    });
  }

  // What v receives where u gives x[u]. Four sums side by side, always in the same order.
  [[nodiscard]] double gather(index_t v, const double* x) const {
    index_t k = offset(v);
    const index_t end = offset(v + 1);
    const index_t* u = from_.data();
    double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
    if (values_.empty()) {
      for (; k + 4 <= end; k += 4) {
        a += x[u[k]];
        b += x[u[k + 1]];
        c += x[u[k + 2]];
        d += x[u[k + 3]];
      }
      for (; k < end; ++k) a += x[u[k]];
    } else {
      const double* w = values_.data();
      for (; k + 4 <= end; k += 4) {
        a += w[k] * x[u[k]];
        b += w[k + 1] * x[u[k + 1]];
        c += w[k + 2] * x[u[k + 2]];
        d += w[k + 3] * x[u[k + 3]];
      }
      for (; k < end; ++k) a += w[k] * x[u[k]];
    }
    return (a + b) + (c + d);
  }

  // y = A x.
  void apply(const double* x, double* y, const Run& run) const {
    each_chunk(run, [&](std::size_t, index_t begin, index_t end) {
      for (index_t v = begin; v < end; ++v) y[v] = gather(v, x);
    });
  }

  // The sum of each row.
  [[nodiscard]] std::vector<double> sums() const {
    std::vector<double> totals(static_cast<std::size_t>(n_), 0.0);
    for (index_t v = 0; v < n_; ++v) {
      double& total = totals[static_cast<std::size_t>(v)];
      if (values_.empty()) {
        total = offset(v + 1) - offset(v);
      } else {
        for (index_t k = offset(v); k < offset(v + 1); ++k) total += values_[static_cast<std::size_t>(k)];
      }
    }
    return totals;
  }

 private:
  static constexpr std::int64_t chunk_work = 16'384;

  void cut() {
    // Chunks of about equal work, the same for any number of threads.
    index_t begin = 0;
    chunks_.push_back(0);
    for (index_t v = 0; v < n_; ++v) {
      const std::int64_t work = std::int64_t{offset(v + 1)} - offset(begin) + (v + 1 - begin);
      if (work < chunk_work && v + 1 < n_) continue;
      begin = v + 1;
      chunks_.push_back(begin);
    }
  }

  void add_value(const Adjacency& rows, index_t k, std::span<const double> values, bool twice) {
    const double value = values.empty() ? 1.0 : values[static_cast<std::size_t>(rows.tie(k))];
    values_.push_back(twice ? 2 * value : value);
  }

  index_t n_;
  std::span<const index_t> offsets_, from_;
  std::vector<double> values_;
  std::vector<index_t> own_offsets_, own_from_;
  std::vector<index_t> chunks_;
};

}  // namespace linkpin::detail
