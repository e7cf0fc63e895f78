// Those that had impact beside those that did not: means, and exact permutation tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <linkpin/assess/detail/together.ipp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/statistics/multiplicity.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin::detail::partnerships {

inline constexpr double most_splits = 2e6;

inline double split_difference(const Numbers& values, double total, std::span<const std::size_t> with) {
  Sum inside;
  for (const std::size_t i : with) inside.add(values[i]);
  const auto count = static_cast<double>(with.size());
  return inside.value() / count - (total - inside.value()) / (static_cast<double>(values.size()) - count);
}

// Into a group of k and the others; exact as far as doubles are.
inline double splits(double n, double k) {
  double ways = 1;
  for (double i = 1; i <= std::min(k, n - k); ++i) ways = ways * (n - std::min(k, n - k) + i) / i;
  return std::round(ways);
}

// The share of all splits into groups of these sizes whose means differ by as much; NaN where there are too many.
inline double permutation_p(const Numbers& values, std::span<const std::size_t> with) {
  if (splits(static_cast<double>(values.size()), static_cast<double>(with.size())) > most_splits) return undefined;
  const double total = sum(values);
  double largest = 0;
  for (const double v : values) largest = std::max(largest, std::abs(v));
  const double observed = std::abs(split_difference(values, total, with)) - 1e-12 * largest;  // rounding still ties
  std::vector<std::size_t> chosen(with.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
  std::int64_t all = 0;
  std::int64_t as_far = 0;
  for (;;) {  // every choice of so many, in lexicographic order
    ++all;
    as_far += std::abs(split_difference(values, total, chosen)) >= observed ? 1 : 0;
    std::size_t last = chosen.size();
    while (last > 0 && chosen[last - 1] == values.size() - chosen.size() + last - 1) --last;
    if (last == 0) break;
    ++chosen[last - 1];
    for (std::size_t i = last; i < chosen.size(); ++i) chosen[i] = chosen[i - 1] + 1;
  }
  return static_cast<double>(as_far) / static_cast<double>(all);
}

// `impact`: the policies each reaches; NaN where that is not known. Missing values leave a partnership out of a row.
inline Frame beside(std::span<const std::pair<std::string, Numbers>> columns, const Numbers& impact,
                    std::vector<std::string>& warnings) {
  Words measure;
  Numbers with_mean, without_mean, difference, p, compared, with_count, ways;
  std::string too_many;
  for (const auto& [name, values] : columns) {
    Numbers kept;
    std::vector<std::size_t> with;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i]) || std::isnan(impact[i])) continue;
      if (impact[i] > 0) with.push_back(kept.size());
      kept.push_back(values[i]);
    }
    const auto n = static_cast<double>(kept.size());
    const auto k = static_cast<double>(with.size());
    const double total = sum(kept);
    Sum inside;
    for (const std::size_t i : with) inside.add(kept[i]);
    const bool both = k > 0 && k < n;
    measure.emplace_back(name);
    with_mean.push_back(k > 0 ? inside.value() / k : undefined);
    without_mean.push_back(k < n ? (total - inside.value()) / (n - k) : undefined);
    difference.push_back(both ? split_difference(kept, total, with) : undefined);
    p.push_back(both ? permutation_p(kept, with) : undefined);
    compared.push_back(n);
    with_count.push_back(k);
    ways.push_back(both ? splits(n, k) : undefined);
    if (both && std::isnan(p.back())) too_many += (too_many.empty() ? "" : ", ") + name;
  }
  if (!too_many.empty()) {
    warnings.push_back("more than two million ways to split the partnerships: no exact p for " + too_many);
  }
  Frame out;
  Numbers adjusted = adjusted_p(p, Adjustment::holm);
  out.set("measure", text_column(measure));
  out.set("with_impact", Column(std::move(with_mean)));
  out.set("without_impact", Column(std::move(without_mean)));
  out.set("difference", Column(std::move(difference)));
  out.set("p", Column(std::move(p)));
  out.set("p_adjusted", Column(std::move(adjusted)));
  out.set("partnerships", Column(std::move(compared)));
  out.set("reached", Column(std::move(with_count)));
  out.set("splits", Column(std::move(ways)));
  return out;
}

}  // namespace linkpin::detail::partnerships
