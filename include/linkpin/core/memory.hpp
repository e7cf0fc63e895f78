// Arrays that are read at random places: in large pages, so that finding a page does not cost as much as the read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace linkpin {

namespace detail {

// Advice only: where the system does not take it, nothing else changes.
inline void ask_for_large_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t page = std::uintptr_t{1} << 21;
  const auto first = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) & ~(page - 1);
  const auto last = (reinterpret_cast<std::uintptr_t>(begin) + bytes) & ~(page - 1);
  if (last > first)
    madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);  // NOLINT(performance-no-int-to-ptr)
#endif
}

}  // namespace detail

// A vector of `count` default values. The advice comes before the first touch, which is when pages are chosen.
template <class T>
std::vector<T> gathered_array(std::size_t count) {
  std::vector<T> array;
  array.reserve(count);
  detail::ask_for_large_pages(array.data(), count * sizeof(T));
  array.resize(count);
  return array;
}

}  // namespace linkpin
