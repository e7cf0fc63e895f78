// The ties as steps of a walk, laid out for sweeps over the whole network.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/measures/detail/scratch.ipp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail {

// One direction of steps. The steps of v are ends[offsets[v]] .. ends[offsets[v + 1] - 1], sorted.
struct StepRows {
  const index_t* offsets = nullptr;
  const index_t* ends = nullptr;
  const double* lengths = nullptr;  // null: each 1

  [[nodiscard]] index_t degree(index_t v) const { return offsets[v + 1] - offsets[v]; }
};

// Loops are left out, parallel ties kept. Vertices are renumbered from the highest degree down, so that the rows read
// most lie together and come first in every row: sweeps over a skewed network take half the time.
class Steps {
 public:
  // `lengths` has one entry a tie, or none where each tie counts 1. O(n + m).
  Steps(const Network& net, Mode mode, std::span<const double> lengths = {})
      : n_(net.n()), symmetric_(!net.directed() || mode == Mode::all), lengthy_(!lengths.empty()) {
    number(net);
    Table rows = given(net, mode, lengths);
    // Turning the rows round sorts them; what is symmetric is its own reverse.
    backward_ = turned(rows);
    if (!symmetric_) forward_ = turned(backward_);
  }

  [[nodiscard]] index_t n() const { return n_; }
  // Steps away from a vertex, and steps that lead to it.
  [[nodiscard]] StepRows forward() const { return view(symmetric_ ? backward_ : forward_); }
  [[nodiscard]] StepRows backward() const { return view(backward_); }
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(backward_.ends.size()); }

  // The network's vertex of a number here, and the number of a vertex.
  [[nodiscard]] index_t vertex(index_t number) const { return vertex_[static_cast<std::size_t>(number)]; }
  [[nodiscard]] index_t number(index_t vertex) const { return number_[static_cast<std::size_t>(vertex)]; }

  // Numbers in the order a breadth-first walk from the largest vertices meets them: neighbours come close together.
  [[nodiscard]] std::vector<index_t> neighbourly() const {
    std::vector<index_t> order;
    order.reserve(static_cast<std::size_t>(n_));
    std::vector<std::uint8_t> met(static_cast<std::size_t>(n_), 0);
    auto meet = [&](index_t v) {
      if (std::exchange(met[static_cast<std::size_t>(v)], std::uint8_t{1}) == 0) order.push_back(v);
    };
    std::size_t next = 0;
    for (index_t root = 0; root < n_; ++root) {
      meet(root);
      for (; next < order.size(); ++next) {
        const index_t v = order[next];
        for (const StepRows rows : {forward(), backward()}) {
          for (index_t k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) meet(rows.ends[k]);
          if (symmetric_) break;
        }
      }
    }
    return order;
  }

 private:
  struct Table {
    std::vector<index_t> offsets, ends;
    std::vector<double> lengths;
  };

  static StepRows view(const Table& t) {
    return {t.offsets.data(), t.ends.data(), t.lengths.empty() ? nullptr : t.lengths.data()};
  }

  void number(const Network& net) {
    const auto size = static_cast<std::size_t>(n_);
    auto degree = [&net](index_t v) { return net.out().degree(v) + (net.directed() ? net.in().degree(v) : 0); };
    index_t largest = 0;
    for (index_t v = 0; v < n_; ++v) largest = std::max(largest, degree(v));
    std::vector<index_t> start(static_cast<std::size_t>(largest) + 2, 0);
    for (index_t v = 0; v < n_; ++v) ++start[static_cast<std::size_t>(largest - degree(v)) + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    vertex_.resize(size);
    number_.resize(size);
    for (index_t v = 0; v < n_; ++v) {
      const index_t place = start[static_cast<std::size_t>(largest - degree(v))]++;
      number_[static_cast<std::size_t>(v)] = place;
      vertex_[static_cast<std::size_t>(place)] = v;
    }
  }

  [[nodiscard]] Table given(const Network& net, Mode mode, std::span<const double> lengths) const {
    std::vector<Adjacency> parts;
    if (mode != Mode::in || !net.directed()) parts.push_back(net.out());
    if (mode != Mode::out && net.directed()) parts.push_back(net.in());
    Table t;
    t.offsets.reserve(static_cast<std::size_t>(n_) + 1);
    t.offsets.push_back(0);
    for (const index_t v : vertex_) {
      for (const Adjacency& part : parts) {
        for (index_t k = part.begin(v); k < part.end(v); ++k) {
          if (part.vertex(k) == v) continue;
          t.ends.push_back(number(part.vertex(k)));
          if (lengthy_) t.lengths.push_back(lengths[static_cast<std::size_t>(part.tie(k))]);
        }
      }
      t.offsets.push_back(static_cast<index_t>(t.ends.size()));
    }
    return t;
  }

  [[nodiscard]] Table turned(const Table& rows) const {
    Table t;
    t.offsets.assign(static_cast<std::size_t>(n_) + 1, 0);
    for (const index_t v : rows.ends) ++t.offsets[static_cast<std::size_t>(v) + 1];
    std::partial_sum(t.offsets.begin(), t.offsets.end(), t.offsets.begin());
    std::vector<index_t> next(t.offsets.begin(), t.offsets.end() - 1);
    t.ends = gathered_array<index_t>(rows.ends.size());
    t.lengths.resize(rows.lengths.size());
    for (index_t u = 0; u < n_; ++u) {
      for (index_t k = rows.offsets[static_cast<std::size_t>(u)]; k < rows.offsets[static_cast<std::size_t>(u) + 1];
           ++k) {
        const auto from = static_cast<std::size_t>(k);
        const auto to = static_cast<std::size_t>(next[static_cast<std::size_t>(rows.ends[from])]++);
        t.ends[to] = u;
        if (lengthy_) t.lengths[to] = rows.lengths[from];
      }
    }
    return t;
  }

  index_t n_;
  bool symmetric_;
  bool lengthy_;
  std::vector<index_t> vertex_, number_;
  Table forward_, backward_;
};

inline Steps steps_of(const Network& net, Mode mode, const Lengths& lengths, std::string_view function) {
  return lengths.ones(net) ? Steps(net, mode) : Steps(net, mode, lengths.resolve(net, function));
}

// A sum in 64.64 fixed point of numbers in [0, 2^62): the order of adding cannot change it, so threads may add as they
// come. An addend is rounded at 2^-64.
class FixedSum {
 public:
  void add(double x) {
    const auto whole = static_cast<std::int64_t>(x);
    const double rest = x - static_cast<double>(whole);
    add(whole, static_cast<std::uint64_t>(static_cast<std::int64_t>(rest * 0x1p63)) << 1);
  }
  void add(const FixedSum& other) { add(other.whole_, other.parts_); }

  [[nodiscard]] double value() const { return static_cast<double>(whole_) + static_cast<double>(parts_) * 0x1p-64; }

 private:
  void add(std::int64_t whole, std::uint64_t parts) {
    parts_ += parts;
    whole_ += whole + (parts_ < parts ? 1 : 0);
  }

  std::int64_t whole_ = 0;
  std::uint64_t parts_ = 0;
};

}  // namespace linkpin::detail
