#pragma once

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/detail/times.ipp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/survival.hpp>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail::times {

inline std::vector<index_t> order_of(std::span<const double> values) {
  std::vector<index_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](index_t a, index_t b) { return values[at(a)] < values[at(b)]; });
  return order;
}

struct Steps {
  std::vector<double> time;
  std::vector<index_t> at_risk, events;
  std::vector<double> survival, relative_error;  // of survival
};

// The product-limit estimate of rows that are at risk at u where entry <= u <= exit (all from the start where `entry`
// is empty).
inline Steps product_limit(std::span<const double> entry, std::span<const double> exit,
                           std::span<const std::uint8_t> observed, std::span<const index_t> clusters, index_t count) {
  const std::vector<index_t> leaving = order_of(exit);
  const std::vector<index_t> entering = entry.empty() ? leaving : order_of(entry);
  std::vector<double> risk(at(count)), gone(at(count)), influence(at(count));
  Steps steps;
  double survival = 1.0;
  double greenwood = 0.0;
  double n = 0.0;
  std::size_t in = 0;
  for (std::size_t i = 0; i < leaving.size();) {
    const double now = exit[at(leaving[i])];
    for (; in < entering.size() && (entry.empty() || entry[at(entering[in])] <= now); ++in) {
      n += 1;
      if (count > 0) risk[at(clusters[at(entering[in])])] += 1;
    }
    double d = 0.0;
    std::size_t next = i;
    for (; next < leaving.size() && exit[at(leaving[next])] == now; ++next) {
      if (observed[at(leaving[next])] == 0) continue;
      d += 1;
      if (count > 0) gone[at(clusters[at(leaving[next])])] += 1;
    }
    if (d > 0) {
      survival *= (n - d) / n;
      greenwood += n > d ? d / (n * (n - d)) : undefined;
      double variance = greenwood;
      if (count > 0) {
        variance = n > d ? 0.0 : undefined;
        for (std::size_t c = 0; c < influence.size(); ++c) {
          influence[c] += (risk[c] - gone[c]) / (n - d) - risk[c] / n;
          variance += influence[c] * influence[c];
          gone[c] = 0.0;
        }
      }
      steps.time.push_back(now);
      steps.at_risk.push_back(static_cast<index_t>(n));
      steps.events.push_back(static_cast<index_t>(d));
      steps.survival.push_back(survival);
      steps.relative_error.push_back(std::sqrt(variance));
    }
    for (; i < next; ++i) {
      n -= 1;
      if (count > 0) risk[at(clusters[at(leaving[i])])] -= 1;
    }
  }
  return steps;
}

// Symmetric on the scale log(-log s), so that the ends stay inside (0, 1).
inline Interval log_log(double s, double relative_error, double z) {
  if (!(s > 0 && s < 1)) return {};
  const double width = std::exp(z * relative_error / -std::log(s));
  return {std::pow(s, width), std::pow(s, 1.0 / width)};
}

inline void add_median(SurvivalCurve& curve) {
  auto first = [&](auto&& low_enough) {
    for (std::size_t k = 0; k < curve.time.size(); ++k) {
      if (low_enough(k)) return curve.time[k];
    }
    return undefined;
  };
  curve.median = first([&](std::size_t k) { return curve.survival[k] <= half_with_rounding; });
  curve.median_interval.low = first([&](std::size_t k) { return !(curve.lower[k] > half_with_rounding); });
  curve.median_interval.high = first([&](std::size_t k) { return curve.upper[k] <= half_with_rounding; });
}

inline void warn_few_clusters(SurvivalCurve& curve) {
  if (curve.clusters > 0 && curve.clusters < 20) {
    curve.provenance.warnings.push_back("only " + std::to_string(curve.clusters) +
                                        " clusters: intervals over so few are too narrow");
  }
}

}  // namespace detail::times

LINKPIN_INLINE SurvivalCurve kaplan_meier(std::span<const double> time, std::span<const std::uint8_t> observed,
                                          const SurvivalOptions& options) {
  detail::times::need_length("kaplan_meier", "observed", observed.size(), time.size());
  detail::times::need_times("kaplan_meier", "time", time);
  need_level("kaplan_meier", options.level);
  SurvivalCurve curve;
  curve.provenance.measure = "kaplan_meier";
  curve.observations = static_cast<index_t>(time.size());
  curve.clusters = detail::times::code_count("kaplan_meier", "clusters", options.clusters, time.size());
  detail::times::Steps steps = detail::times::product_limit({}, time, observed, options.clusters, curve.clusters);
  const double z = normal_quantile(0.5 + options.level / 2.0);
  for (std::size_t k = 0; k < steps.time.size(); ++k) {
    const Interval bounds = detail::times::log_log(steps.survival[k], steps.relative_error[k], z);
    curve.lower.push_back(bounds.low);
    curve.upper.push_back(bounds.high);
    curve.error.push_back(steps.survival[k] * steps.relative_error[k]);
    curve.happened += steps.events[k];
  }
  curve.time = std::move(steps.time);
  curve.at_risk = std::move(steps.at_risk);
  curve.events = std::move(steps.events);
  curve.survival = std::move(steps.survival);
  if (!time.empty()) curve.last = *std::max_element(time.begin(), time.end());
  detail::times::add_median(curve);
  if (curve.happened == 0) curve.provenance.warnings.emplace_back("it happened to nobody: there is no curve");
  detail::times::warn_few_clusters(curve);
  return curve;
}

LINKPIN_INLINE SurvivalCurve right_truncated(std::span<const double> time, std::span<const double> longest,
                                             const SurvivalOptions& options) {
  detail::times::need_length("right_truncated", "longest", longest.size(), time.size());
  detail::times::need_times("right_truncated", "time", time);
  detail::times::need_times("right_truncated", "longest", longest);
  need_level("right_truncated", options.level);
  std::vector<double> entry, exit;
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (time[i] > longest[i]) {
      refuse("right_truncated", "time", shown(time[i]),
             "it cannot be longer than the longest that could have been seen, " + shown(longest[i]),
             "row " + std::to_string(i));
    }
    entry.push_back(-longest[i]);
    exit.push_back(-time[i]);
  }
  const std::vector<std::uint8_t> observed(time.size(), 1);
  SurvivalCurve curve;
  curve.provenance.measure = "right_truncated";
  curve.observations = curve.happened = static_cast<index_t>(time.size());
  curve.clusters = detail::times::code_count("right_truncated", "clusters", options.clusters, time.size());
  const detail::times::Steps steps =
      detail::times::product_limit(entry, exit, observed, options.clusters, curve.clusters);
  const double z = normal_quantile(0.5 + options.level / 2.0);
  // In reversed time the curve is the share that has happened, and its step at t is what remains below t: each row of
  // the answer takes the value of the step before it.
  for (std::size_t k = steps.time.size(); k-- > 0;) {
    const double happened = k == 0 ? 1.0 : steps.survival[k - 1];
    const double relative = k == 0 ? 0.0 : steps.relative_error[k - 1];
    const Interval bounds = detail::times::log_log(happened, relative, z);
    curve.time.push_back(-steps.time[k]);
    curve.at_risk.push_back(steps.at_risk[k]);
    curve.events.push_back(steps.events[k]);
    curve.survival.push_back(1.0 - happened);
    curve.error.push_back(happened * relative);
    curve.lower.push_back(1.0 - bounds.high);
    curve.upper.push_back(1.0 - bounds.low);
    if (k + 1 < steps.time.size() && steps.at_risk[k] == steps.events[k]) {
      curve.provenance.warnings.push_back("all that could have been seen at " + shown(-steps.time[k]) +
                                          " happened then: shorter lags have no share in the curve");
    }
  }
  if (!time.empty()) curve.last = *std::max_element(longest.begin(), longest.end());
  detail::times::add_median(curve);
  curve.provenance.warnings.emplace_back(
      "only what has happened was seen: the curve holds for what happens within the longest lag that could be seen, "
      "and does not say what share that is");
  detail::times::warn_few_clusters(curve);
  return curve;
}

LINKPIN_INLINE LogrankTest logrank(std::span<const double> time, std::span<const std::uint8_t> observed,
                                   std::span<const index_t> groups, const LogrankOptions& options) {
  detail::times::need_length("logrank", "observed", observed.size(), time.size());
  detail::times::need_times("logrank", "time", time);
  const index_t count = detail::times::code_count("logrank", "groups", groups, time.size());
  const index_t clusters = detail::times::code_count("logrank", "clusters", options.clusters, time.size());
  using detail::times::at;
  LogrankTest test;
  test.provenance.measure = "logrank";
  test.groups.resize(at(count));
  Eigen::VectorXd risk = Eigen::VectorXd::Zero(count);
  for (const index_t g : groups) {
    risk[g] += 1;
    ++test.groups[at(g)].observations;
  }
  Eigen::MatrixXd variance = Eigen::MatrixXd::Zero(count, count);
  Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(clusters, count);
  Eigen::VectorXd expected = Eigen::VectorXd::Zero(count);  // at one time, summed over times below
  Eigen::VectorXd hazards = Eigen::VectorXd::Zero(count);   // sum of share of the risk set x hazard
  double hazard = 0.0;
  const std::vector<index_t> order = detail::times::order_of(time);
  for (std::size_t i = 0; i < order.size();) {
    const double now = time[at(order[i])];
    std::size_t next = i;
    double d = 0.0;
    for (; next < order.size() && time[at(order[next])] == now; ++next) d += observed[at(order[next])] != 0 ? 1.0 : 0.0;
    const double n = static_cast<double>(order.size() - i);
    const Eigen::VectorXd share = risk / n;
    if (d > 0) {
      expected += d * share;
      hazard += d / n;
      hazards += share * (d / n);
      if (n > 1) {
        variance += d * (n - d) / (n - 1) * (Eigen::MatrixXd(share.asDiagonal()) - share * share.transpose());
      }
    }
    for (; i < next; ++i) {
      const index_t row = order[i];
      const index_t g = groups[at(row)];
      risk[g] -= 1;
      if (observed[at(row)] != 0) test.groups[at(g)].observed += 1;
      if (clusters == 0) continue;
      auto score = scores.row(options.clusters[at(row)]);
      score += hazards.transpose();
      score[g] -= hazard;
      if (observed[at(row)] == 0) continue;
      score -= share.transpose();
      score[g] += 1;
    }
  }
  if (clusters > 0) variance = scores.transpose() * scores;
  Eigen::VectorXd difference(count);
  for (index_t g = 0; g < count; ++g) {
    test.groups[at(g)].expected = expected[g];
    difference[g] = test.groups[at(g)].observed - expected[g];
  }
  if (count > 0) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(variance);
    const double smallest = 1e-10 * std::max(1.0, variance.diagonal().maxCoeff());
    double statistic = 0.0;
    for (index_t k = 0; k < count; ++k) {
      if (solver.eigenvalues()[k] <= smallest) continue;
      const double along = solver.eigenvectors().col(k).dot(difference);
      statistic += along * along / solver.eigenvalues()[k];
      ++test.df;
    }
    if (test.df > 0) {
      test.statistic = statistic;
      test.p = chi_square_tail(statistic, test.df);
    }
  }
  if (test.df == 0) {
    test.provenance.warnings.emplace_back(
        "there are no two groups with followed rows at a time when it happened: nothing to compare");
  }
  return test;
}

}  // namespace linkpin
