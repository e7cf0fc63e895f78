// Parallel loops whose results do not depend on the number of threads.
//
// Determinism is the caller's by construction: each index writes only what is its own. Threads are started per call
// and only where the work pays for them; a loop inside a parallel loop runs serially.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <linkpin/core/run.hpp>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace linkpin {

// The processors this process may use (its affinity mask, not what the machine has).
inline int available_threads() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

namespace detail {

inline thread_local bool inside_parallel = false;

// A second thread is worth starting from about this many elementary steps each (some 200 microseconds of work: to start
// one and to warm its memory takes a good part of that).
inline constexpr std::int64_t work_per_thread = 600'000;
// Threads take work in pieces of about this many steps, so that none waits long for the others at the end.
inline constexpr std::int64_t work_per_block = 50'000;

inline int threads_for(std::int64_t count, std::int64_t cost, const Run& run) {
  if (inside_parallel || count < 2) return 1;
  const int wanted = run.threads > 0 ? run.threads : available_threads();
  const std::int64_t useful = std::max<std::int64_t>(1, count * std::max<std::int64_t>(1, cost) / work_per_thread);
  return static_cast<int>(std::min<std::int64_t>({wanted, useful, count}));
}

}  // namespace detail

// Calls body(begin, end) for blocks that partition [0, count). `cost` is the elementary steps one index takes, about.
// Exceptions of the body and Cancelled reach the caller after every thread has stopped.
template <class Body>
void parallel_for(std::int64_t count, std::int64_t cost, const Run& run, Body&& body) {
  if (count <= 0) return;
  const int threads = detail::threads_for(count, cost, run);
  const std::int64_t block =
      std::clamp<std::int64_t>(detail::work_per_block / std::max<std::int64_t>(1, cost), 1, count);
  std::atomic<std::int64_t> next{0};
  std::atomic<bool> stop{false};
  std::exception_ptr failure;
  std::mutex guard;

  auto work = [&](Watch* watch) {
    const bool outer = std::exchange(detail::inside_parallel, true);
    try {
      while (!stop.load(std::memory_order_relaxed)) {
        const std::int64_t begin = next.fetch_add(block, std::memory_order_relaxed);
        if (begin >= count) break;
        body(begin, std::min(begin + block, count));
        if (watch != nullptr) watch->look(static_cast<double>(begin) / static_cast<double>(count));
      }
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      stop.store(true, std::memory_order_relaxed);
    }
    detail::inside_parallel = outer;
  };

  {
    std::vector<std::jthread> others;
    others.reserve(static_cast<std::size_t>(threads - 1));
    for (int t = 1; t < threads; ++t) others.emplace_back([&] { work(nullptr); });
    Watch watch(run);
    work(&watch);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace linkpin
