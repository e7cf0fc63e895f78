#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <cstring>
#include <linkpin/core/simd.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/spectral.hpp>
#include <string>
#include <vector>

#include "support/graphs.hpp"

using namespace linkpin;

namespace {

// Lets kernels use no more than one instruction set, until the end of the scope.
class Allowed {
 public:
  explicit Allowed(Simd most) { detail::simd_allowed = most; }
  ~Allowed() { detail::simd_allowed = Simd::avx512; }
  Allowed(const Allowed&) = delete;
  Allowed& operator=(const Allowed&) = delete;
};

// Everything that a kernel with more than one instruction set computes, one after the other.
std::vector<double> all_of(const Network& net, int threads) {
  const Run run{.threads = threads, .interrupted = {}, .progress = {}};
  std::vector<double> starts(40 * static_cast<std::size_t>(net.n()), 0.0);
  for (std::size_t column = 0; net.n() > 0 && column < 40; ++column) {
    starts[column * static_cast<std::size_t>(net.n()) + column % static_cast<std::size_t>(net.n())] = 1.0;
  }
  std::vector<double> all;
  auto take = [&all](const std::vector<double>& values) { all.insert(all.end(), values.begin(), values.end()); };
  take(betweenness(net, {.run = run}).values);
  take(betweenness(net, {.directed = false, .run = run}).values);
  take(harmonic(net, {.run = run}).values);
  take(closeness(net, {.mode = Mode::out, .run = run}).values);
  take(pagerank(net, {.personalisation = starts, .run = run}).values);
  take(katz(net, {.alpha = 1e-4, .personalisation = starts, .run = run}).values);
  return all;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

}  // namespace

TEST_CASE("the same bits from every instruction set on 1, 2 and 8 threads", "[simd][threads]") {
  for (std::uint64_t number = 0; number < 24; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, number < 16 ? 40 : 700);
    std::vector<double> plain;
    {
      const Allowed allowed(Simd::plain);
      plain = all_of(net, 1);
    }
    for (const Simd simd : {Simd::plain, Simd::avx2, Simd::avx512}) {
      const Allowed allowed(simd);
      CHECK(detail::simd_in_use() <= simd);
      for (const int threads : {1, 2, 8}) CHECK(same_bits(all_of(net, threads), plain));
    }
  }
}
