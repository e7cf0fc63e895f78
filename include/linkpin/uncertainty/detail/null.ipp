// A score beside its replicates under a null hypothesis: shares, moments, and the level a test can have.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/uncertainty/null_test.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::null {

// Scores that differ by rounding alone are equal.
inline bool at_least(double a, double b) { return a >= b - 1e-9 * (1.0 + std::abs(b)); }

// Twice the smaller share, and its Monte Carlo error: that of the smaller, doubled.
struct TwoSided {
  double p, error;
};

inline TwoSided two_sided(double greater, double less, double count) {
  const double smaller = std::min(greater, less);
  const double p = std::min(1.0, 2 * smaller);
  return {p, (p < 1 ? 2 : 1) * std::sqrt(smaller * (1 - smaller) / count)};
}

// How often a two-sided test at 5 % rejects chance: both tails up to 2.5 %, whole values only. `sorted` are the draws
// with the observed score among them, which by chance is as good as any: the mean of this share is the test's level.
inline double attainable_level(std::span<const double> sorted) {
  const auto count = static_cast<double>(sorted.size());
  const auto most = static_cast<std::size_t>(0.025 * count + 1e-9);
  auto tail = [&](auto same) {
    std::size_t k = most;
    while (k > 0 && k < sorted.size() && same(k - 1, k)) --k;
    return static_cast<double>(k);
  };
  const std::size_t last = sorted.size() - 1;
  const double low = tail([&](std::size_t a, std::size_t b) { return at_least(sorted[a], sorted[b]); });
  const double high = tail([&](std::size_t a, std::size_t b) { return at_least(sorted[last - b], sorted[last - a]); });
  return (low + high) / count;
}

// Evaluates draw(replicate) `count` times in parallel; every replicate must give as many numbers as were observed.
template <class Draw>
std::vector<double> replicates(std::string_view function, std::size_t size, int count, std::int64_t cost,
                               const Run& run, Draw&& draw) {
  constexpr std::size_t most = 200'000'000;
  if (size * static_cast<std::size_t>(count) > most) {
    throw LimitError({std::string(function), "scores times replicates",
                      std::to_string(size * static_cast<std::size_t>(count)), "",
                      "ask for fewer replicates, or for fewer scores at once"});
  }
  std::vector<double> draws(size * static_cast<std::size_t>(count));
  parallel_for(count, cost, run, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = begin; r < end; ++r) {
      const std::vector<double> one = draw(r);
      if (one.size() != size) {
        refuse(function, "statistic, values", std::to_string(one.size()),
               "return as many for every network as for the observed one: " + std::to_string(size));
      }
      std::copy(one.begin(), one.end(),
                draws.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(r) * size));
    }
  });
  return draws;
}

// All shares of one score whose replicates are draws[first], draws[first + size], ...
inline void add_score(NullTest& test, double observed, std::span<const double> draws, std::size_t first,
                      std::size_t size) {
  std::vector<double> defined;
  std::int64_t greater = 1;
  std::int64_t less = 1;
  std::int64_t lost = 0;
  for (std::size_t i = first; i < draws.size(); i += size) {
    if (std::isnan(draws[i])) {
      ++lost;
      continue;
    }
    greater += at_least(draws[i], observed) ? 1 : 0;
    less += at_least(-draws[i], -observed) ? 1 : 0;
    defined.push_back(draws[i]);
  }
  const std::size_t replicates_and_observed = draws.size() / size + 1;
  const auto count = static_cast<double>(replicates_and_observed);
  const auto kept = static_cast<double>(defined.size());
  const double mean = defined.empty() ? undefined : sum(defined) / kept;
  double squares = 0.0;
  for (const double d : defined) squares += (d - mean) * (d - mean);
  const bool known = !std::isnan(observed);
  const double up = static_cast<double>(greater + lost) / count;
  const double down = static_cast<double>(less + lost) / count;
  const TwoSided both = two_sided(up, down, count);
  if (known) defined.push_back(observed);
  std::sort(defined.begin(), defined.end());
  test.observed.push_back(observed);
  test.mean.push_back(mean);
  test.sd.push_back(kept > 1 ? std::sqrt(squares / (kept - 1)) : undefined);
  test.p.push_back(known ? both.p : undefined);
  test.p_greater.push_back(known ? up : undefined);
  test.p_less.push_back(known ? down : undefined);
  test.p_error.push_back(known ? both.error : undefined);
  test.attainable.push_back(kept > 0 ? attainable_level(defined) : undefined);
  test.undefined_replicates.push_back(lost);
}

inline void add_warnings(NullTest& test) {
  std::size_t unknown = 0;
  std::int64_t lost = 0;
  for (std::size_t i = 0; i < test.observed.size(); ++i) {
    if (std::isnan(test.observed[i])) {
      ++unknown;
    } else {
      lost = std::max(lost, test.undefined_replicates[i]);
    }
  }
  if (unknown > 0) {
    test.provenance.warnings.push_back(std::to_string(unknown) + " of " + std::to_string(test.observed.size()) +
                                       " scores are undefined and have no test");
  }
  if (lost > 0) {
    test.provenance.warnings.push_back("the score was undefined in up to " + std::to_string(lost) +
                                       " replicates, which count against the finding");
  }
}

}  // namespace linkpin::detail::null
