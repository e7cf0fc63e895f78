// Counter-based random streams keyed by (seed, purpose, replicate): the same numbers on any number of threads.
//
// Philox 4x32-10, Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405. Streams never overlap, because
// purpose and replicate are part of the counter and not a jump along one sequence.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

// One block of Philox 4x32-10: a bijection of the counter, different for each key.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> x, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * x[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * x[2];
    x = {static_cast<std::uint32_t>(b >> 32) ^ x[1] ^ key[0], static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ x[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return x;
}

}  // namespace detail

class Stream {
 public:
  using result_type = std::uint32_t;

  // `purpose` names what the numbers are for ("bootstrap", "leiden"); `replicate` counts within it.
  Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t replicate = 0)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        purpose_(digest(purpose)),
        replicate_(replicate) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xffffffffU; }

  result_type operator()() {
    if (used_ == block_.size()) refill();
    return block_[used_++];
  }

  // Uniform in [0, 1) with 53 random bits.
  double uniform() {
    const std::uint64_t high = (*this)();
    const std::uint64_t low = (*this)();
    return static_cast<double>(((high << 32) | low) >> 11) * 0x1.0p-53;
  }

  // Uniform in {0, ..., bound - 1}, without bias (Lemire 2019, doi:10.1145/3230636). `bound` > 0.
  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = static_cast<std::uint64_t>((*this)()) * bound;
    auto low = static_cast<std::uint32_t>(product);
    if (low < bound) {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (low < threshold) {
        product = static_cast<std::uint64_t>((*this)()) * bound;
        low = static_cast<std::uint32_t>(product);
      }
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

  // Standard normal (Box-Muller; one of the pair is dropped, so that a draw never depends on earlier ones).
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

  // Fisher-Yates.
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      std::swap(values[i - 1], values[below(static_cast<std::uint32_t>(i))]);
    }
  }

 private:
  static constexpr std::uint32_t digest(std::string_view text) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
  }

  void refill() {
    block_ = detail::philox(
        {counter_++, purpose_, static_cast<std::uint32_t>(replicate_), static_cast<std::uint32_t>(replicate_ >> 32)},
        key_);
    used_ = 0;
  }

  std::array<std::uint32_t, 2> key_;
  std::uint32_t purpose_;
  std::uint64_t replicate_;
  std::uint32_t counter_ = 0;
  std::array<std::uint32_t, 4> block_{};
  std::size_t used_ = 4;
};

}  // namespace linkpin
