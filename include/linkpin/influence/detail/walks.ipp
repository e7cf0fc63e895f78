// Walks along the flow of knowledge from up to 64 sources at once, a bit each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

// After Then et al. 2014 (doi:10.14778/2735496.2735507): a vertex hands on all the walks that came to it in one step
// together, and where most have been everywhere, vertices that still miss some ask instead of being told.
class Walks {
 public:
  Walks(const Network& net, Flow flow)
      : on_(flow == Flow::forward || !net.directed() ? net.out() : net.in()),
        back_(flow == Flow::forward && net.directed() ? net.in() : net.out()),
        seen_(static_cast<std::size_t>(net.n())),
        now_(static_cast<std::size_t>(net.n())),
        next_(static_cast<std::size_t>(net.n())) {}

  // Calls met(vertex, bits, step) for the walks that come to a vertex for the first time, the sources with step 0.
  template <class Met>
  void run(std::span<const index_t> sources, index_t most_steps, Watch& watch, const Met& met) {
    const auto n = static_cast<index_t>(seen_.size());
    std::fill(seen_.begin(), seen_.end(), std::uint64_t{0});
    level_.clear();
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const auto s = static_cast<std::size_t>(sources[i]);
      if (now_[s] == 0) level_.push_back(sources[i]);
      now_[s] |= std::uint64_t{1} << i;
      all |= std::uint64_t{1} << i;
    }
    for (const index_t v : level_) {
      const auto at = static_cast<std::size_t>(v);
      seen_[at] = now_[at];
      met(v, now_[at], index_t{0});
    }
    for (index_t step = 1; !level_.empty() && (most_steps == 0 || step <= most_steps); ++step) {
      std::int64_t work = 0;
      for (const index_t v : level_) work += on_.degree(v);
      if (work * 8 > static_cast<std::int64_t>(on_.vertices.size()) + n) {
        pull(n, all, watch);
      } else {
        push(watch);
      }
      for (const index_t v : level_) now_[static_cast<std::size_t>(v)] = 0;
      for (const index_t v : fresh_) {
        const auto at = static_cast<std::size_t>(v);
        seen_[at] |= next_[at];
        met(v, next_[at], step);
      }
      std::swap(now_, next_);
      std::swap(level_, fresh_);
      fresh_.clear();
    }
    for (const index_t v : level_) now_[static_cast<std::size_t>(v)] = 0;
  }

 private:
  void push(Watch& watch) {
    for (const index_t v : level_) {
      watch.tick();
      const std::uint64_t here = now_[static_cast<std::size_t>(v)];
      for (const index_t u : on_.of(v)) {
        const auto at = static_cast<std::size_t>(u);
        const std::uint64_t came = here & ~seen_[at] & ~next_[at];
        if (came == 0) continue;
        if (next_[at] == 0) fresh_.push_back(u);
        next_[at] |= came;
      }
    }
  }

  void pull(index_t n, std::uint64_t all, Watch& watch) {
    const std::uint64_t* now = now_.data();
    for (index_t v = 0; v < n; ++v) {
      watch.tick();
      const auto at = static_cast<std::size_t>(v);
      const std::uint64_t missing = all & ~seen_[at];
      if (missing == 0) continue;
      std::uint64_t came = 0;
      for (const index_t u : back_.of(v)) {
        came |= now[u];
        if ((missing & ~came) == 0) break;
      }
      if ((came &= missing) == 0) continue;
      next_[at] = came;
      fresh_.push_back(v);
    }
  }

  Adjacency on_, back_;
  std::vector<std::uint64_t> seen_, now_, next_;  // by vertex: walks that have been here, are here, come next
  std::vector<index_t> level_, fresh_;
};

}  // namespace linkpin::detail
