#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <set>
#include <thread>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Run;
using linkpin::Stream;

TEST_CASE("a refusal names function, argument, value, place and remedy") {
  try {
    linkpin::refuse("density", "weight", "-1", "weights are not negative", "tie 7");
    FAIL("it must throw");
  } catch (const linkpin::InputError& e) {
    REQUIRE(std::string(e.what()) == "density: weight = -1 (tie 7): weights are not negative");
    REQUIRE(e.parts().where == "tie 7");
  }
}

TEST_CASE("Philox gives the published numbers") {
  // Known answers of philox4x32-10 that Random123 ships with its tests (kat_vectors).
  using Block = std::array<std::uint32_t, 4>;
  constexpr std::uint32_t ones = 0xffffffffU;
  REQUIRE(linkpin::detail::philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  REQUIRE(linkpin::detail::philox({ones, ones, ones, ones}, {ones, ones}) ==
          Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
}

TEST_CASE("streams of different seeds, purposes and replicates do not overlap") {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const char* purpose : {"bootstrap", "leiden"}) {
      for (std::uint64_t replicate = 0; replicate < 20; ++replicate) {
        Stream s(seed, purpose, replicate);
        for (int i = 0; i < 500; ++i, ++drawn) {
          const std::uint64_t high = s();
          seen.insert((high << 32) | s());
        }
      }
    }
  }
  REQUIRE(seen.size() == drawn);  // 40,000 draws of 64 bits: a repeat has probability 4e-11
}

TEST_CASE("uniform, below and normal draws have the moments they should") {
  Stream s(7, "moments");
  const int draws = 200'000;
  double mean = 0;
  double normal_mean = 0;
  double normal_square = 0;
  std::array<int, 7> counts{};
  for (int i = 0; i < draws; ++i) {
    mean += s.uniform();
    const double z = s.normal();
    normal_mean += z;
    normal_square += z * z;
    ++counts[s.below(7)];
  }
  // Bounds are five standard errors.
  REQUIRE(std::abs(mean / draws - 0.5) < 5 * std::sqrt(1.0 / 12 / draws));
  REQUIRE(std::abs(normal_mean / draws) < 5 / std::sqrt(draws));
  REQUIRE(std::abs(normal_square / draws - 1) < 5 * std::sqrt(2.0 / draws));
  for (const int c : counts) REQUIRE(std::abs(c - draws / 7.0) < 5 * std::sqrt(draws * 6.0 / 49));
}

TEST_CASE("a parallel loop visits every index once on any number of threads") {
  for (const int threads : {1, 2, 8}) {
    for (const std::int64_t count : {0, 1, 7, 1000, 100'000}) {
      std::vector<std::atomic<int>> visits(static_cast<std::size_t>(count));
      Run run;
      run.threads = threads;
      linkpin::parallel_for(count, 100'000, run, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
      });
      for (const auto& v : visits) REQUIRE(v == 1);
    }
  }
}

TEST_CASE("an exception in a loop and the wish to stop reach the caller") {
  Run run;
  run.threads = 4;
  REQUIRE_THROWS_AS(linkpin::parallel_for(1000, 1'000'000, run,
                                          [](std::int64_t begin, std::int64_t) {
                                            if (begin == 500) linkpin::refuse("test", "index", "500", "none");
                                          }),
                    linkpin::InputError);
  run.interrupted = [] { return true; };
  REQUIRE_THROWS_AS(linkpin::parallel_for(
                        10'000, 1'000'000, run,
                        [](std::int64_t, std::int64_t) { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }),
                    linkpin::Cancelled);
}

TEST_CASE("a loop inside a parallel loop runs on its own thread") {
  Run run;
  run.threads = 4;
  std::atomic<bool> strayed{false};
  linkpin::parallel_for(8, 1'000'000, run, [&](std::int64_t, std::int64_t) {
    const auto self = std::this_thread::get_id();
    linkpin::parallel_for(8, 1'000'000, run, [&](std::int64_t, std::int64_t) {
      if (std::this_thread::get_id() != self) strayed = true;
    });
  });
  REQUIRE_FALSE(strayed);
}

TEST_CASE("sums keep their last digits") {
  linkpin::Sum s;
  s.add(1e100);
  s.add(1.0);
  s.add(-1e100);
  REQUIRE(s.value() == 1.0);
}

TEST_CASE("lengths that differ by rounding tie") {
  REQUIRE(linkpin::same_length(0.1 + 0.2, 0.3));
  REQUIRE(linkpin::shorter(0.3, 0.30001));
  REQUIRE_FALSE(linkpin::shorter(0.3, 0.1 + 0.2));
  REQUIRE(linkpin::shorter(1.0, linkpin::unreachable));
}
