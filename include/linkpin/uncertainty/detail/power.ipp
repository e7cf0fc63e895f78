#pragma once

#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/draws.hpp>
#include <linkpin/uncertainty/power.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

namespace detail::detectable {

inline void check_share(std::string_view function, std::string_view argument, double share) {
  if (!(share > 0 && share < 1)) {
    refuse(function, argument, shown(share), "give a share between 0 and 1");
  }
}

// Scores of one group: how many, their mean, and the sum of squares around it.
struct Members {
  double count = 0, mean = 0, squares = 0;

  void add(double v) {  // Welford
    count += 1;
    const double before = v - mean;
    mean += before / count;
    squares += before * (v - mean);
  }
};

// Whether two groups of so many can be dealt out in enough ways for a two-sided permutation test to reach the level:
// its smallest p is two of them all.
inline bool testable(double a, double b, double level) {
  const double log_ways = log_factorial(a + b) - log_factorial(a) - log_factorial(b);
  return std::log(2.0) - log_ways <= std::log(1 - level) + 1e-9;
}

}  // namespace detail::detectable

LINKPIN_INLINE DetectableDifferences detectable_differences(std::span<const double> values, const Groups& groups,
                                                            const DetectableOptions& options) {
  using namespace detail::detectable;
  constexpr std::string_view function = "detectable_differences";
  check_share(function, "level", options.level);
  check_share(function, "power", options.power);
  if (values.size() != groups.codes.size()) {
    refuse(function, "groups, length", std::to_string(groups.codes.size()),
           "give one group a value: " + std::to_string(values.size()));
  }
  std::vector<Members> members(static_cast<std::size_t>(groups.count()));
  std::size_t left_out = 0;
  std::size_t too_few = 0;
  for (std::size_t v = 0; v < values.size(); ++v) {
    if (std::isinf(values[v])) {
      refuse(function, "values", shown(values[v]), "values are finite, or NaN where undefined",
             "vertex " + std::to_string(v));
    }
    if (groups.codes[v] == none || std::isnan(values[v])) {
      ++left_out;
    } else {
      members[static_cast<std::size_t>(groups.codes[v])].add(values[v]);
    }
  }
  DetectableDifferences result;
  result.provenance.measure = "detectable_differences";
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      const Members& x = members[a];
      const Members& y = members[b];
      if (x.count == 0 || y.count == 0) continue;
      Detectable d{groups.labels[a],
                   groups.labels[b],
                   static_cast<index_t>(x.count),
                   static_cast<index_t>(y.count),
                   x.mean - y.mean,
                   undefined,
                   undefined};
      const double df = x.count + y.count - 2;
      if (df >= 1) {
        d.spread = std::sqrt((x.squares + y.squares) / df);
        const double quantiles = student_quantile((1 + options.level) / 2, df) + student_quantile(options.power, df);
        d.smallest = quantiles * d.spread * std::sqrt(1 / x.count + 1 / y.count);
        if (!testable(x.count, y.count, options.level)) {
          d.smallest = unreachable;
          ++too_few;
        }
      }
      result.pairs.push_back(d);
    }
  }
  if (left_out > 0) {
    result.provenance.warnings.push_back(std::to_string(left_out) + " of " + std::to_string(values.size()) +
                                         " vertices have no group or no score and are left out");
  }
  if (too_few > 0) {
    result.provenance.warnings.push_back(std::to_string(too_few) + " of " + std::to_string(result.pairs.size()) +
                                         " pairs of groups have so few members that no difference, however large, " +
                                         "could be told from chance");
  }
  return result;
}

LINKPIN_INLINE AnswersNeeded answers_needed(std::span<const double> first, std::span<const double> second,
                                            double answers, double level) {
  detail::detectable::check_share("answers_needed", "level", level);
  if (first.size() != second.size() || first.size() < 2) {
    refuse("answers_needed", "replicates", std::to_string(first.size()) + " and " + std::to_string(second.size()),
           "give both scores in the same replicates, at least two");
  }
  if (!(answers >= 1) || std::isinf(answers)) {
    refuse("answers_needed", "answers", shown(answers), "say how many answers there are now");
  }
  detail::detectable::Members difference;
  for (std::size_t r = 0; r < first.size(); ++r) {
    if (!std::isnan(first[r] - second[r])) difference.add(first[r] - second[r]);
  }
  AnswersNeeded result;
  result.provenance.measure = "answers_needed";
  result.difference = difference.count > 0 ? difference.mean : undefined;
  result.standard_error = difference.count > 1 ? std::sqrt(difference.squares / (difference.count - 1)) : undefined;
  if (std::isnan(result.standard_error)) {
    result.factor = result.more = undefined;
    result.provenance.warnings.emplace_back(
        "no answer: the two scores are defined together in fewer than two replicates");
    return result;
  }
  const double reach = normal_quantile((1 + level) / 2) * result.standard_error;
  result.factor = result.difference == 0 ? unreachable : std::pow(reach / result.difference, 2);
  result.more = result.factor <= 1 ? 0.0 : std::ceil(answers * (result.factor - 1));
  if (std::isinf(result.factor)) {
    result.provenance.warnings.emplace_back(
        "the two scores do not differ: no number of answers would settle which is higher");
  }
  return result;
}

}  // namespace linkpin
