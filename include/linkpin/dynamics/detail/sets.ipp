// Reverse-reachable sets: from a random vertex back to all who would have reached it in one random world.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/dynamics/detail/carrying.ipp>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::seeds {

using carrying::Arcs;
using carrying::at;

// Ties into each vertex, the likeliest first, and what it takes to jump over those that fail (Guo et al. 2020).
struct Backward {
  DiffusionModel model = DiffusionModel::independent_cascade;
  Arcs arcs;
  std::vector<double> jump;  // 1 / ln(1 - p)

  Backward(Arcs into, DiffusionModel m) : model(m), arcs(std::move(into)) {
    if (model == DiffusionModel::linear_threshold) return;
    std::vector<std::pair<double, index_t>> row;
    for (index_t v = 0; v < arcs.n(); ++v) {
      row.clear();
      for (std::int64_t e = arcs.begin(v); e < arcs.end(v); ++e) row.emplace_back(-arcs.p[at(e)], arcs.to[at(e)]);
      std::sort(row.begin(), row.end());
      for (std::size_t i = 0; i < row.size(); ++i) {
        arcs.p[at(arcs.begin(v)) + i] = -row[i].first;
        arcs.to[at(arcs.begin(v)) + i] = row[i].second;
      }
    }
    jump.resize(arcs.p.size());
    for (std::size_t e = 0; e < jump.size(); ++e) jump[e] = 1.0 / std::log1p(-arcs.p[e]);
  }

  // Calls meet(u) for every u whose tie into v is live.
  template <class Meet>
  void live(index_t v, Stream& random, Meet&& meet) const {
    std::int64_t e = arcs.begin(v);
    const std::int64_t end = arcs.end(v);
    if (model == DiffusionModel::linear_threshold) {
      double left = e == end ? 0.0 : random.uniform();
      for (; e < end; ++e) {
        if (left < arcs.p[at(e)]) return meet(arcs.to[at(e)]);
        left -= arcs.p[at(e)];
      }
      return;
    }
    while (e < end) {
      const double p = arcs.p[at(e)];
      if (p < 1) {
        const double over = std::log1p(-random.uniform()) * jump[at(e)];
        if (over >= static_cast<double>(end - e)) return;
        e += static_cast<std::int64_t>(over);
        if (arcs.p[at(e)] < p && random.uniform() * p >= arcs.p[at(e)]) {
          ++e;
          continue;
        }
      }
      meet(arcs.to[at(e)]);
      ++e;
    }
  }
};

struct Marks {
  std::vector<std::uint32_t> stamp;
  std::uint32_t now = 0;
  explicit Marks(index_t n) : stamp(at(n), 0) {}
  void next() {
    if (++now != 0) return;
    std::fill(stamp.begin(), stamp.end(), 0);
    now = 1;
  }
  bool first(index_t v) { return std::exchange(stamp[at(v)], now) != now; }
};

// Sets one after the other, each with its root as first member. Set i is the same whoever draws it.
class Sets {
 public:
  Sets(const Backward& backward, std::uint64_t seed, std::string_view purpose)
      : backward_(backward), seed_(seed), purpose_(purpose) {}

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(offsets_.size()) - 1; }
  [[nodiscard]] std::int64_t members() const { return offsets_.back(); }
  [[nodiscard]] std::span<const index_t> of(std::int64_t set) const {
    return std::span(members_).subspan(at(offsets_[at(set)]), at(offsets_[at(set + 1)] - offsets_[at(set)]));
  }

  // Draws until there are `wanted`, or more members than `most`; false where that stopped it.
  bool draw(std::int64_t wanted, std::int64_t most, const Run& run) {
    constexpr std::int64_t block = 128;
    while (count() < wanted && members() < most) {
      const std::int64_t start = count();
      // One block first; then as many as hold some sixteen million members, as far as those drawn let expect.
      const std::int64_t size = start > 0 ? offsets_.back() / start + 1 : 8;
      const std::int64_t room = start > 0 ? std::max<std::int64_t>(1, (std::int64_t{1} << 24) / (block * size)) : 1;
      const std::int64_t blocks = std::min<std::int64_t>({(wanted - start + block - 1) / block, room, 4096});
      std::vector<std::vector<index_t>> members(at(blocks));
      std::vector<std::vector<index_t>> lengths(at(blocks));
      parallel_for(blocks, block * size * 8, run, [&](std::int64_t begin, std::int64_t end) {
        auto marks = pool_.take([&] { return std::make_unique<Marks>(backward_.arcs.n()); });
        for (std::int64_t b = begin; b < end; ++b) {
          const std::int64_t last = std::min(wanted, start + (b + 1) * block);
          for (std::int64_t i = start + b * block; i < last; ++i) one(i, *marks, members[at(b)], lengths[at(b)]);
        }
        pool_.give(std::move(marks));
      });
      for (std::size_t b = 0; b < members.size() && members_.size() < at(most); ++b) {
        members_.insert(members_.end(), members[b].begin(), members[b].end());
        for (const index_t length : lengths[b]) offsets_.push_back(offsets_.back() + length);
      }
    }
    return count() >= wanted;
  }

 private:
  const Backward& backward_;
  std::uint64_t seed_;
  std::string_view purpose_;
  std::vector<index_t> members_;
  std::vector<std::int64_t> offsets_{0};
  carrying::Pool<Marks> pool_;

  void one(std::int64_t number, Marks& marks, std::vector<index_t>& members, std::vector<index_t>& lengths) const {
    Stream random(seed_, purpose_, static_cast<std::uint64_t>(number));
    const std::size_t begin = members.size();
    marks.next();
    const auto root = static_cast<index_t>(random.below(static_cast<std::uint32_t>(backward_.arcs.n())));
    marks.first(root);
    members.push_back(root);
    for (std::size_t head = begin; head < members.size(); ++head) {
      backward_.live(members[head], random, [&](index_t u) {
        if (marks.first(u)) members.push_back(u);
      });
    }
    lengths.push_back(static_cast<index_t>(members.size() - begin));
  }
};

}  // namespace linkpin::detail::seeds
