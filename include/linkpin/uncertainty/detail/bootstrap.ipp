#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <linkpin/uncertainty/detail/imputed.ipp>
#include <linkpin/uncertainty/detail/null.ipp>
#include <linkpin/uncertainty/detail/reports.ipp>
#include <linkpin/uncertainty/detail/resampling.ipp>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::resampling {

// What is known of one score: itself, its replicates in rising order, and its values with each vertex left out.
struct Score {
  double estimate = 0.0;
  std::vector<double> draws;
  std::vector<double> left_out;
};

// Quantiles p of the replicates that make the two ends of the interval.
inline Interval probabilities(const Score& s, IntervalKind kind, double level) {
  const Interval plain{(1 - level) / 2, (1 + level) / 2};
  if (kind != IntervalKind::bca) return plain;
  const auto count = static_cast<double>(s.draws.size());
  double below = 0.0;
  for (const double d : s.draws) below += d < s.estimate ? 1.0 : (d == s.estimate ? 0.5 : 0.0);
  const double bias = normal_quantile(std::clamp(below / count, 0.5 / count, 1 - 0.5 / count));
  double squares = 0.0;
  double cubes = 0.0;
  const double mean = s.left_out.empty() ? 0.0 : sum(s.left_out) / static_cast<double>(s.left_out.size());
  for (const double v : s.left_out) {
    squares += (mean - v) * (mean - v);
    cubes += (mean - v) * (mean - v) * (mean - v);
  }
  const double acceleration = squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0.0;
  auto corrected = [&](double p) {
    const double z = bias + normal_quantile(p);
    const double room = 1 - acceleration * z;  // where there is none the end lies beyond all replicates
    return normal_cdf(room > 0 ? bias + z / room : std::copysign(unreachable, z));
  };
  return {corrected(plain.low), corrected(plain.high)};
}

inline Interval interval(const Score& s, IntervalKind kind, double level) {
  const Interval p = probabilities(s, kind, level);
  const Interval ends{quantile(s.draws, p.low), quantile(s.draws, p.high)};
  if (kind != IntervalKind::basic) return ends;
  return {2 * s.estimate - ends.high, 2 * s.estimate - ends.low};
}

// Standard error of the quantile p of so many replicates: over the order statistic's Beta distribution (Maritz &
// Jarrett 1978), of which six standard deviations matter. The shares of that distribution serve every score alike.
class QuantileError {
 public:
  QuantileError(std::size_t count, double p) : count_(count) {
    const auto size = static_cast<double>(count);
    const double place = std::clamp(p * (size + 1), 0.5, size + 0.5);
    const double reach = 6 * std::sqrt(size * p * (1 - p)) + 1;
    const double last = std::min(size, std::ceil(place + reach));
    const double first = std::max(1.0, std::floor(place - reach));
    first_ = static_cast<std::size_t>(first) - 1;
    double before = 0.0;
    for (double i = first; i <= last; ++i) {
      const double up_to = i < size ? beta_cdf(i / size, place, size + 1 - place) : 1.0;
      share_.push_back(up_to - before);
      before = up_to;
    }
  }

  [[nodiscard]] std::size_t count() const { return count_; }

  [[nodiscard]] double of(std::span<const double> sorted) const {
    double first_moment = 0.0;
    double second_moment = 0.0;
    for (std::size_t i = 0; i < share_.size(); ++i) {
      const double value = sorted[first_ + i] - sorted.front();  // small numbers lose no digits
      first_moment += share_[i] * value;
      second_moment += share_[i] * value * value;
    }
    return std::sqrt(std::max(0.0, second_moment - first_moment * first_moment));
  }

 private:
  std::size_t count_;
  std::size_t first_ = 0;
  std::vector<double> share_;
};

// Of the two ends of the plain interval, for scores with a value in every one of `count` replicates.
using EndErrors = std::pair<QuantileError, QuantileError>;

inline EndErrors end_errors(std::size_t count, const Interval& p) { return {{count, p.low}, {count, p.high}}; }

// Student's interval with the variance of scores that are made of pairs of vertices (Snijders & Borgatti 1999).
inline std::pair<Interval, double> jackknife(double estimate, std::span<const double> left_out, double level) {
  const auto n = static_cast<double>(left_out.size());
  const double mean = sum(left_out) / n;
  double squares = 0.0;
  for (const double v : left_out) squares += (v - mean) * (v - mean);
  const double error = std::sqrt((n - 2) / (2 * n) * squares);
  const double t = student_quantile((1 + level) / 2, n - 1);
  return {{estimate - t * error, estimate + t * error}, error};
}

// Places from the top; undefined scores come last.
inline std::vector<double> places(std::span<const double> values) {
  std::vector<double> turned;
  for (const double v : values) turned.push_back(std::isnan(v) ? unreachable : -v);
  return mid_ranks(turned);
}

inline RankIntervals rank_intervals(const Bootstrap& b, double level) {
  const std::size_t n = b.estimate.size();
  const std::size_t count = b.draws.size() / n;
  RankIntervals ranks;
  ranks.rank = places(b.estimate);
  std::vector<std::size_t> order(n);
  for (std::size_t v = 0; v < n; ++v) order[v] = v;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t c) { return ranks.rank[a] < ranks.rank[c]; });
  std::vector<std::vector<double>> by_vertex(n);
  std::vector<std::size_t> apart(n, 0);  // replicates in which the first k + 1 are all above the rest
  std::vector<double> best_below(n);
  for (std::size_t r = 0; r < count; ++r) {
    const std::span<const double> draw = std::span(b.draws).subspan(r * n, n);
    const std::vector<double> place = places(draw);
    for (std::size_t v = 0; v < n; ++v) by_vertex[v].push_back(place[v]);
    for (std::size_t k = n; k-- > 0;) {
      best_below[k] = std::min(place[order[k]], k + 1 < n ? best_below[k + 1] : unreachable);
    }
    double worst_above = 0.0;
    for (std::size_t k = 0; k + 1 < n; ++k) {
      worst_above = std::max(worst_above, place[order[k]]);
      apart[k] += worst_above < best_below[k + 1] ? 1 : 0;
    }
  }
  ranks.tier.resize(n);
  index_t tier = 1;
  for (std::size_t k = 0; k < n; ++k) {
    ranks.tier[order[k]] = tier;
    tier += static_cast<double>(apart[k]) >= level * static_cast<double>(count) ? 1 : 0;
  }
  for (std::size_t v = 0; v < n; ++v) {
    std::sort(by_vertex[v].begin(), by_vertex[v].end());
    ranks.interval.push_back({quantile(by_vertex[v], (1 - level) / 2), quantile(by_vertex[v], (1 + level) / 2)});
  }
  return ranks;
}

// Replicates on the vertices there are: draws of what may be true.
inline bool in_place(Resample resample) { return resample != Resample::vertices && resample != Resample::jackknife; }

inline bool somebody_is_silent(const Observed& seen) {
  auto silent = [](const auto& of) { return of == Answer::no_response; };
  return std::any_of(seen.rows().begin(), seen.rows().end(), silent) ||
         std::any_of(seen.exceptions().begin(), seen.exceptions().end(),
                     [&](const Observed::Exception& e) { return silent(e.answer); });
}

inline void check(const Network& net, const BootstrapOptions& o, std::size_t scores) {
  if (!(o.level > 0 && o.level < 1)) {
    refuse("bootstrap", "level", shown(o.level), "give a share between 0 and 1, such as 0.95");
  }
  if (o.replicates < 10 && o.resample != Resample::jackknife) {
    refuse("bootstrap", "replicates", std::to_string(o.replicates), "ask for at least 10; 1000 is usual");
  }
  const bool vertices = !in_place(o.resample);
  if (vertices && net.n() < 3) {
    refuse("bootstrap", "vertices", std::to_string(net.n()), "at least 3 are needed to tell how they vary");
  }
  if (vertices && scores > 1 && scores == at(net.n())) {
    refuse("bootstrap", "resample", o.resample == Resample::vertices ? "vertices" : "jackknife",
           "a score by vertex has no vertex bootstrap: each vertex is missing from 36 % of the replicates, and its "
           "score is of itself, not of vertices like it; resample ties, reports or imputations, which leave the "
           "vertices in place");
  }
  if (o.resample == Resample::imputations && !somebody_is_silent(net.observed())) {
    refuse(
        "bootstrap", "resample", "imputations",
        "nobody who was asked failed to respond, so there is nothing to fill in; resample vertices, ties or reports");
  }
}

inline void add_warnings(Bootstrap& b, const Network& net, const BootstrapOptions& o) {
  auto& warnings = b.provenance.warnings;
  if (o.resample == Resample::ties && std::isnan(o.ties.unreported)) {
    warnings.emplace_back(
        "deletion only: ties that nobody claimed stay absent, so scores that grow with ties have intervals that lie "
        "too low; give `unreported`, the chance of such a tie");
  }
  if (o.resample == Resample::reports && net.weighted()) {
    warnings.emplace_back("weights are left out: the networks drawn from the reports have none");
  }
  if (in_place(o.resample) && o.interval != IntervalKind::percentile) {
    warnings.emplace_back(
        "replicates are draws of what may be true, not resamples of the estimate: the percentile interval is meant");
  }
  std::size_t outside = 0;
  std::int64_t lost = 0;
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < b.estimate.size(); ++i) {
    outside += b.estimate[i] < b.interval[i].low || b.estimate[i] > b.interval[i].high ? 1 : 0;
    unknown += std::isnan(b.interval[i].low) ? 1 : 0;
    lost = std::max(lost, b.undefined_replicates[i]);
  }
  if (outside > 0 && b.estimate.size() == 1) {
    warnings.emplace_back(
        "the score of the network as it stands lies outside the interval: its errors lean to one side");
  } else if (outside > 0) {
    warnings.push_back(std::to_string(outside) + " of " + std::to_string(b.estimate.size()) +
                       " scores of the network as it stands lie outside their intervals");
  }
  if (unknown > 0) {
    warnings.push_back(std::to_string(unknown) + " of " + std::to_string(b.estimate.size()) +
                       " scores have no interval: they are undefined, or so in half of the replicates or more");
  }
  if (lost > 0) {
    warnings.push_back("the score was undefined in up to " + std::to_string(lost) +
                       " replicates, which are left out of the interval");
  }
}

// The replicates of every score, replicate by replicate.
inline std::vector<double> drawn(const Network& net, const Statistic& statistic, const BootstrapOptions& o,
                                 std::size_t scores) {
  const std::int64_t cost = 50 * (static_cast<std::int64_t>(net.n()) + net.m());
  auto all = [&](int count, auto&& resampled) {
    return null::replicates("bootstrap", scores, count, cost, o.run,
                            [&](std::int64_t r) { return statistic(resampled(r)); });
  };
  switch (o.resample) {
    case Resample::vertices:
      return all(o.replicates, VertexResampler(net, o.seed));
    case Resample::ties:
      return all(o.replicates, TieResampler(net, o));
    case Resample::reports:
      return all(o.replicates, ReportResampler(net, o));
    case Resample::imputations:
      return all(o.replicates, ImputationResampler(net, o.groups.empty() ? Groups{} : groups(net, o.groups), o.seed));
    default:
      return all(net.n(), [&net](std::int64_t v) { return without_vertex(net, static_cast<index_t>(v)); });
  }
}

inline std::vector<double> column(std::span<const double> rows, std::size_t which, std::size_t width) {
  std::vector<double> values;
  for (std::size_t i = which; i < rows.size(); i += width) {
    if (!std::isnan(rows[i])) values.push_back(rows[i]);
  }
  return values;
}

// Standard error of the worse end. BCa has ends of its own for each score.
inline double end_error(const Score& s, const BootstrapOptions& o, std::optional<EndErrors>& usual) {
  const Interval p = probabilities(s, o.interval, o.level);
  const std::size_t count = s.draws.size();
  if (o.interval == IntervalKind::bca) {
    const EndErrors own = end_errors(count, p);
    return std::max(own.first.of(s.draws), own.second.of(s.draws));
  }
  if (!usual || usual->first.count() != count) usual = end_errors(count, p);
  return std::max(usual->first.of(s.draws), usual->second.of(s.draws));
}

inline void add_score(Bootstrap& b, double estimate, const BootstrapOptions& o, std::span<const double> left_out,
                      std::size_t which, std::size_t width, std::optional<EndErrors>& usual) {
  Score s{estimate, column(b.draws, which, width), column(left_out, which, width)};
  const std::size_t count = b.draws.size() / width;
  const auto kept = static_cast<double>(s.draws.size());
  const double mean = s.draws.empty() ? undefined : sum(s.draws) / kept;
  double squares = 0.0;
  for (const double d : s.draws) squares += (d - mean) * (d - mean);
  std::sort(s.draws.begin(), s.draws.end());
  b.mean.push_back(mean);
  b.undefined_replicates.push_back(static_cast<std::int64_t>(count - s.draws.size()));
  Interval found;
  double error = undefined;
  double spread = kept > 1 ? std::sqrt(squares / (kept - 1)) : undefined;
  const std::size_t least = o.resample == Resample::jackknife ? 3 : 1;  // two say nothing of how dyads vary
  if (!std::isnan(estimate) && 2 * s.draws.size() > count && s.draws.size() >= least) {
    if (o.resample == Resample::jackknife) {
      std::tie(found, spread) = jackknife(estimate, s.draws, o.level);
      error = 0.0;
    } else {
      found = interval(s, o.interval, o.level);
      error = end_error(s, o, usual);
    }
  }
  b.interval.push_back(found);
  b.standard_error.push_back(spread);
  b.monte_carlo_error.push_back(error);
}

}  // namespace detail::resampling

LINKPIN_INLINE Bootstrap bootstrap(const Network& net, const Statistic& statistic, const BootstrapOptions& options) {
  using namespace detail::resampling;
  Bootstrap b;
  b.estimate = statistic(net);
  const std::size_t scores = b.estimate.size();
  check(net, options, scores);
  b.provenance = provenance(net, "bootstrap");
  b.provenance.seed = options.seed;
  b.interval_of = options.resample;
  if (scores == 0) return b;
  std::vector<double> left_out;
  BootstrapOptions own = options;
  if (options.resample == Resample::vertices && options.interval == IntervalKind::bca) {
    const double first = static_cast<double>(net.n()) / (static_cast<double>(net.n()) + options.replicates);
    BootstrapOptions jackknife = options;
    jackknife.resample = Resample::jackknife;
    jackknife.run = stretch(options.run, 0, first);
    left_out = drawn(net, statistic, jackknife, scores);
    own.run = stretch(options.run, first, 1);
  }
  b.draws = drawn(net, statistic, own, scores);
  b.replicates = static_cast<int>(b.draws.size() / scores);
  std::optional<EndErrors> usual;
  for (std::size_t i = 0; i < scores; ++i) {
    detail::resampling::add_score(b, b.estimate[i], options, left_out, i, scores, usual);
  }
  if (in_place(options.resample) && scores > 1 && scores == at(net.n())) b.ranks = rank_intervals(b, options.level);
  if (options.level == 0.95 && !statistic.measure().empty()) {
    b.coverage = measured_coverage(statistic.measure(), options.resample, options.interval, net.n());
  }
  detail::resampling::add_warnings(b, net, options);
  return b;
}

}  // namespace linkpin
