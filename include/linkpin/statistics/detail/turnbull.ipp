#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/detail/times.ipp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/statistics/turnbull.hpp>
#include <numeric>
#include <string>

namespace linkpin {

namespace detail::times {

// Turnbull's problem: rows that may lie in supports first..last, so many times each.
struct Span {
  index_t first = 0;
  index_t last = 0;
};

struct Supports {
  std::vector<double> left, right;
  std::vector<Span> rows;
};

// The innermost intervals: a left end with a right end next to it. Ends at one value lie in the order closed left,
// right, open left (not yet happened), so that a known time holds itself and a censored row what comes later.
inline Supports supports_of(std::span<const double> from, std::span<const double> until) {
  struct End {
    double value;
    int order;  // 0 closed left, 1 right, 2 open left
    index_t row;
  };
  std::vector<End> ends;
  ends.reserve(2 * from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto row = static_cast<index_t>(i);
    ends.push_back({from[i], std::isinf(until[i]) ? 2 : 0, row});
    ends.push_back({until[i], 1, row});
  }
  std::sort(ends.begin(), ends.end(), [](const End& a, const End& b) {
    return a.value != b.value ? a.value < b.value : a.order != b.order ? a.order < b.order : a.row < b.row;
  });
  Supports s;
  s.rows.resize(from.size());
  for (std::size_t k = 0; k < ends.size(); ++k) {
    const auto found = static_cast<index_t>(s.left.size());
    if (ends[k].order == 1) {
      s.rows[at(ends[k].row)].last = found - 1;
      continue;
    }
    s.rows[at(ends[k].row)].first = found;
    if (k + 1 < ends.size() && ends[k + 1].order == 1) {
      s.left.push_back(ends[k].value);
      s.right.push_back(ends[k + 1].value);
    }
  }
  return s;
}

// Least squares of rising values (pool adjacent violators).
inline std::vector<double> rising(const std::vector<double>& values, const std::vector<double>& weights) {
  struct Block {
    double mean, weight;
    std::size_t size;
  };
  std::vector<Block> blocks;
  for (std::size_t k = 0; k < values.size(); ++k) {
    Block block{values[k], weights[k], 1};
    while (!blocks.empty() && blocks.back().mean >= block.mean) {
      const Block& before = blocks.back();
      const double weight = before.weight + block.weight;
      block = {(before.mean * before.weight + block.mean * block.weight) / weight, weight, before.size + block.size};
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  std::vector<double> out;
  out.reserve(values.size());
  for (const Block& block : blocks) out.insert(out.end(), block.size, block.mean);
  return out;
}

struct Masses {
  std::vector<double> mass;
  double log_likelihood = undefined;
  double gap = undefined;
  bool converged = false;
};

class TurnbullProblem {
 public:
  TurnbullProblem(const Supports& supports, std::span<const double> weights)
      : rows_(supports.rows), weights_(weights), count_(supports.left.size()), total_(sum(weights)) {}

  Masses solve(double tolerance, int iterations, Watch* watch) const {
    Masses out;
    std::vector<double>& mass = out.mass;
    mass.assign(count_, 1.0 / static_cast<double>(count_));
    for (int step = 0;; ++step) {
      // By concavity the log-likelihood lies at most the greatest gradient minus the total below its maximum.
      const std::vector<double> gradient = gradient_of(mass);
      out.gap = *std::max_element(gradient.begin(), gradient.end()) - total_;
      out.converged = out.gap <= tolerance * total_;
      if (out.converged || step == iterations) break;
      for (std::size_t j = 0; j < count_; ++j) mass[j] *= gradient[j] / total_;
      convex_minorant(mass);
      if (watch != nullptr) watch->tick();
    }
    out.gap = std::max(out.gap, 0.0);
    out.log_likelihood = log_likelihood(mass);
    return out;
  }

 private:
  // The probability of each row.
  [[nodiscard]] std::vector<double> probabilities(const std::vector<double>& mass) const {
    std::vector<double> before(count_ + 1, 0.0);
    for (std::size_t j = 0; j < count_; ++j) before[j + 1] = before[j] + mass[j];
    std::vector<double> p;
    p.reserve(rows_.size());
    for (const Span& row : rows_) {
      p.push_back(row.first == row.last ? mass[at(row.first)] : before[at(row.last) + 1] - before[at(row.first)]);
    }
    return p;
  }

  [[nodiscard]] double log_likelihood(const std::vector<double>& mass) const {
    const std::vector<double> p = probabilities(mass);
    Sum total;
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (weights_[i] == 0) continue;
      if (!(p[i] > 0)) return -std::numeric_limits<double>::infinity();
      total.add(weights_[i] * std::log(p[i]));
    }
    return total.value();
  }

  [[nodiscard]] std::vector<double> gradient_of(const std::vector<double>& mass) const {
    const std::vector<double> p = probabilities(mass);
    std::vector<double> change(count_ + 1, 0.0);
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (weights_[i] == 0) continue;
      change[at(rows_[i].first)] += weights_[i] / p[i];
      change[at(rows_[i].last) + 1] -= weights_[i] / p[i];
    }
    std::partial_sum(change.begin(), change.end(), change.begin());
    change.pop_back();
    return change;
  }

  // One step of Newton's method on the distribution function with its diagonal curvature, made rising, halved until it
  // climbs.
  void convex_minorant(std::vector<double>& mass) const {
    if (count_ < 2) return;
    const std::vector<double> p = probabilities(mass);
    std::vector<double> slope(count_ - 1, 0.0), curvature(count_ - 1, 1e-12);
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (weights_[i] == 0) continue;
      const double first = weights_[i] / p[i];
      const double second = first / p[i];
      if (at(rows_[i].last) + 1 < count_) {
        slope[at(rows_[i].last)] += first;
        curvature[at(rows_[i].last)] += second;
      }
      if (rows_[i].first > 0) {
        slope[at(rows_[i].first) - 1] -= first;
        curvature[at(rows_[i].first) - 1] += second;
      }
    }
    std::vector<double> share(count_ - 1), goal(count_ - 1);
    std::partial_sum(mass.begin(), mass.end() - 1, share.begin());
    for (std::size_t k = 0; k < goal.size(); ++k) goal[k] = share[k] + slope[k] / curvature[k];
    goal = rising(goal, curvature);
    const double now = log_likelihood(mass);
    std::vector<double> tried(count_);
    for (double step = 1.0; step > 1e-3; step /= 2) {
      double before = 0.0;
      for (std::size_t k = 0; k < count_; ++k) {
        const double here = k + 1 == count_ ? 1.0 : share[k] + step * (std::clamp(goal[k], 0.0, 1.0) - share[k]);
        tried[k] = std::max(0.0, here - before);
        before = here;
      }
      if (log_likelihood(tried) > now) {
        mass = tried;
        return;
      }
    }
  }

  const std::vector<Span>& rows_;
  std::span<const double> weights_;
  std::size_t count_;
  double total_;
};

// What is left of a share, without the dust of rounding.
inline double less(double share, double mass) { return share - mass > 1e-12 ? share - mass : 0.0; }

inline void add_bootstrap(TurnbullCurve& curve, const Supports& supports, const TurnbullOptions& options,
                          index_t clusters) {
  const std::size_t rows = supports.rows.size();
  const std::size_t drawn = clusters > 0 ? at(clusters) : rows;
  const auto replicates = at(options.replicates);
  std::vector<std::vector<double>> survival(replicates);
  const auto cost = static_cast<std::int64_t>(100 * rows);
  parallel_for(options.replicates, cost, options.run, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t r = begin; r < end; ++r) {
      Stream stream(options.seed, "turnbull", static_cast<std::uint64_t>(r));
      std::vector<double> times(drawn, 0.0);
      for (std::size_t k = 0; k < drawn; ++k) times[stream.below(static_cast<std::uint32_t>(drawn))] += 1;
      std::vector<double> weights(rows);
      for (std::size_t i = 0; i < rows; ++i) weights[i] = times[clusters > 0 ? at(options.clusters[i]) : i];
      if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; }))
        continue;  // clusters without rows
      const Masses found = TurnbullProblem(supports, weights).solve(1e-6, options.iterations, nullptr);
      std::vector<double>& left = survival[static_cast<std::size_t>(r)];
      double share = 1.0;
      for (const double mass : found.mass) left.push_back(share = less(share, mass));
    }
  });
  std::erase_if(survival, [](const std::vector<double>& s) { return s.empty(); });
  for (std::size_t j = 0; j < curve.left.size(); ++j) {
    std::vector<double> values;
    values.reserve(survival.size());
    for (const auto& s : survival) values.push_back(s[j]);
    std::sort(values.begin(), values.end());
    curve.lower.push_back(quantile(values, (1.0 - options.level) / 2.0));
    curve.upper.push_back(quantile(values, (1.0 + options.level) / 2.0));
  }
}

}  // namespace detail::times

LINKPIN_INLINE TurnbullCurve turnbull(std::span<const double> from, std::span<const double> until,
                                      const TurnbullOptions& options) {
  detail::times::need_length("turnbull", "until", until.size(), from.size());
  detail::times::need_times("turnbull", "from", from);
  detail::times::need_times("turnbull", "until", until, true);
  need_level("turnbull", options.level);
  if (options.replicates < 0) refuse("turnbull", "replicates", std::to_string(options.replicates), "give 0 or more");
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (until[i] < from[i]) {
      refuse("turnbull", "until", shown(until[i]), "it cannot be before from, " + shown(from[i]),
             "row " + std::to_string(i));
    }
  }
  const index_t clusters = detail::times::code_count("turnbull", "clusters", options.clusters, from.size());
  TurnbullCurve curve;
  curve.provenance.measure = "turnbull";
  curve.observations = static_cast<index_t>(from.size());
  if (options.replicates > 0) curve.provenance.seed = options.seed;
  if (from.empty()) {
    curve.provenance.warnings.emplace_back("there are no rows: there is no curve");
    return curve;
  }
  const detail::times::Supports supports = detail::times::supports_of(from, until);
  const std::vector<double> weights(from.size(), 1.0);
  Watch watch(options.run);
  const detail::times::Masses found =
      detail::times::TurnbullProblem(supports, weights).solve(options.tolerance, options.iterations, &watch);
  curve.left = supports.left;
  curve.right = supports.right;
  curve.mass = found.mass;
  curve.log_likelihood = found.log_likelihood;
  curve.gap = found.gap;
  curve.converged = found.converged;
  double share = 1.0;
  for (std::size_t j = 0; j < curve.mass.size(); ++j) {
    share = detail::times::less(share, curve.mass[j]);
    curve.survival.push_back(share);
    if (share <= detail::times::half_with_rounding && std::isnan(curve.median.low)) {
      curve.median = {curve.left[j], curve.right[j]};
    }
  }
  if (!curve.converged) {
    curve.provenance.warnings.push_back("not converged: the log-likelihood may be " + std::to_string(curve.gap) +
                                        " below its greatest value; raise iterations");
  }
  if (options.replicates > 0) detail::times::add_bootstrap(curve, supports, options, clusters);
  return curve;
}

}  // namespace linkpin
