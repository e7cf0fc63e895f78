// One body for every instruction set: compiled for each of them, chosen when the program runs, the same bits from all.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

namespace linkpin {

// What a processor can do at once: two, four or eight doubles.
enum class Simd : std::uint8_t { plain, avx2, avx512 };

namespace detail {

inline Simd best_simd() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw")) {
    return Simd::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi")) {
    return Simd::avx2;
  }
#endif
  return Simd::plain;
}

// Tests lower this to compare the bits of one set with those of another.
inline std::atomic<Simd> simd_allowed{Simd::avx512};

inline Simd simd_in_use() {
  static const Simd best = best_simd();
  return std::min(best, simd_allowed.load(std::memory_order_relaxed));
}

// Multiplications stay apart from additions, whatever the caller's compiler is told: fused they round differently.
#if defined(__clang__)
#define LINKPIN_UNFUSED
#define LINKPIN_UNFUSED_BODY _Pragma("clang fp contract(off)")
#else
#define LINKPIN_UNFUSED [[gnu::optimize("fp-contract=off")]]
#define LINKPIN_UNFUSED_BODY
#endif

#if defined(__x86_64__)
template <class Kernel, class... Arguments>
LINKPIN_UNFUSED [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,popcnt,bmi")]] void run_avx512(
    Arguments&&... arguments) {
  Kernel::template run<8>(arguments...);
}

template <class Kernel, class... Arguments>
LINKPIN_UNFUSED [[gnu::target("avx2,popcnt,bmi")]] void run_avx2(Arguments&&... arguments) {
  Kernel::template run<4>(arguments...);
}
#endif

template <class Kernel, class... Arguments>
LINKPIN_UNFUSED void run_plain(Arguments&&... arguments) {
  Kernel::template run<2>(arguments...);
}

// Calls Kernel::run<width>(arguments...), which is always_inline, with as many doubles at once as the processor takes.
template <class Kernel, class... Arguments>
void run_widest(Arguments&&... arguments) {
#if defined(__x86_64__)
  switch (simd_in_use()) {
    case Simd::avx512:
      return run_avx512<Kernel>(arguments...);
    case Simd::avx2:
      return run_avx2<Kernel>(arguments...);
    case Simd::plain:
      break;
  }
#endif
  run_plain<Kernel>(arguments...);
}

}  // namespace detail

}  // namespace linkpin
