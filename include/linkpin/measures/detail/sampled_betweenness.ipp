#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/measures/detail/random_paths.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/sampled_betweenness.hpp>
#include <memory>
#include <string>

namespace linkpin {

namespace detail {

// When to stop, after Borassi & Natale 2019: the bounds hold whenever one looks, for all vertices together.
class Promise {
 public:
  // `error` is of shares of all ordered pairs. Half of the risk goes to the last resort, a quarter to values that lie
  // too high, a quarter to those that lie too low; all vertices have the same part of it.
  Promise(index_t n, double error, double level) : error_(error), log_(std::log(4.0 * n / (1.0 - level))) {
    const double diameter =
        std::max(1.0, std::floor(std::log2(std::max(2.0, n - 2.0))) + 1.0);  // of at most n vertices
    most_ = 0.5 / (error * error) * (diameter + std::log(2.0 / (1.0 - level)));
  }

  [[nodiscard]] double most() const { return most_; }

  // Whether a vertex on `hits` of `pairs` paths is surely within the error, above and below.
  [[nodiscard]] bool kept(double hits, double pairs) const {
    const double share = hits / pairs;
    const double ahead = most_ / pairs;
    const double spread = 2.0 * share * most_ / log_;
    const double below = log_ / pairs * (1.0 / 3 - ahead + std::hypot(1.0 / 3 - ahead, std::sqrt(spread)));
    const double above = log_ / pairs * (1.0 / 3 + ahead + std::hypot(1.0 / 3 + ahead, std::sqrt(spread)));
    return std::min(below, share) <= error_ && std::min(above, 1.0 - share) <= error_;
  }

 private:
  double error_;
  double log_;
  double most_ = 0.0;
};

template <class Sampler>
struct PairScratch {
  Sampler sampler;
  std::vector<index_t> inner;
  std::vector<std::int64_t> hits;

  explicit PairScratch(index_t n) : sampler(n), hits(static_cast<std::size_t>(n)) {}

  void look(const Steps& steps, Stream random) {
    const auto n = static_cast<std::uint32_t>(steps.n());
    const auto s = static_cast<index_t>(random.below(n));
    auto t = static_cast<index_t>(random.below(n - 1));
    if (t >= s) ++t;
    inner.clear();
    sampler.sample(steps, s, t, random, inner);
    for (const index_t v : inner) ++hits[static_cast<std::size_t>(v)];
  }
};

// Looks at pairs in rounds that grow by a quarter, until the promise is kept; returns how many times each was on the
// way.
template <class Sampler>
std::vector<std::int64_t> look_at_pairs(const Steps& steps, const Promise& promise, std::int64_t cost,
                                        const SampledBetweennessOptions& options, std::int64_t& pairs) {
  const index_t n = steps.n();
  const auto most = static_cast<std::int64_t>(std::ceil(promise.most()));
  ScratchPool<PairScratch<Sampler>> pool;
  std::vector<std::int64_t> hits(static_cast<std::size_t>(n));
  for (pairs = 0; pairs < most;) {
    const std::int64_t more = std::min(most - pairs, std::max<std::int64_t>(1000, pairs / 4));
    parallel_for(more, cost, options.run, [&](std::int64_t begin, std::int64_t end) {
      auto scratch = pool.take([n] { return std::make_unique<PairScratch<Sampler>>(n); });
      for (std::int64_t i = begin; i < end; ++i) {
        scratch->look(steps, Stream(options.seed, "sampled betweenness", static_cast<std::uint64_t>(pairs + i)));
      }
      pool.give(std::move(scratch));
    });
    pairs += more;
    for (const auto& scratch : pool.all()) {
      for (std::size_t v = 0; v < hits.size(); ++v) hits[v] += scratch->hits[v];
      std::fill(scratch->hits.begin(), scratch->hits.end(), 0);
    }
    const auto so_far = static_cast<double>(pairs);
    if (std::all_of(hits.begin(), hits.end(),
                    [&](std::int64_t h) { return promise.kept(static_cast<double>(h), so_far); })) {
      break;
    }
  }
  return hits;
}

}  // namespace detail

LINKPIN_INLINE SampledBetweenness sampled_betweenness(const Network& net, const SampledBetweennessOptions& options) {
  for (const auto& [argument, value] : {std::pair("error", options.error), std::pair("level", options.level)}) {
    if (!(value > 0 && value < 1)) {
      refuse("sampled_betweenness", argument, shown(value), "give a number between 0 and 1");
    }
  }
  SampledBetweenness result;
  result.provenance = provenance(net, "sampled_betweenness");
  detail::warn_unobserved(net, result.provenance);
  result.provenance.normalisation = "freeman";
  result.provenance.seed = options.seed;
  const index_t n = net.n();
  result.values.assign(static_cast<std::size_t>(n), undefined);
  if (n < 3) {
    result.provenance.warnings.emplace_back("undefined: no pair of other vertices is possible to divide by");
    return result;
  }
  // Pairs are drawn from all vertices, those that v itself ends among them.
  const double of_others = static_cast<double>(n) / (n - 2);
  const detail::Promise promise(n, options.error / of_others, options.level);
  if (promise.most() > 0x1p40) {
    throw LimitError({"sampled_betweenness", "error", shown(options.error), "",
                      "it asks for more than 2^40 pairs: allow a larger error, or use betweenness"});
  }
  result.most_pairs = static_cast<std::int64_t>(std::ceil(promise.most()));

  const bool both_ways = !net.directed() || !options.directed;
  const detail::Steps steps =
      detail::steps_of(net, both_ways ? Mode::all : Mode::out, options.lengths, "sampled_betweenness");
  const std::vector<std::int64_t> hits =
      steps.forward().lengths == nullptr
          ? detail::look_at_pairs<detail::MeetInTheMiddle>(steps, promise, 2000, options, result.pairs)
          : detail::look_at_pairs<detail::ShortestByLength>(steps, promise, 40 * (steps.count() + n), options,
                                                            result.pairs);
  for (index_t number = 0; number < n; ++number) {
    result.values[static_cast<std::size_t>(steps.vertex(number))] =
        static_cast<double>(hits[static_cast<std::size_t>(number)]) / static_cast<double>(result.pairs) * of_others;
  }
  result.provenance.warnings.push_back("estimated from " + std::to_string(result.pairs) + " random pairs");
  return result;
}

}  // namespace linkpin
