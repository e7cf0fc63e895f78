#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/uncertainty/detail/null.ipp>
#include <linkpin/uncertainty/permutation.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

namespace detail::null {

inline void check_count(std::string_view function, std::string_view argument, int count) {
  if (count < 1) refuse(function, argument, std::to_string(count), "ask for at least one");
}

// Scores with the group of their vertex, without those that lack one of the two.
struct Scored {
  std::vector<double> values;
  std::vector<index_t> codes;
};

inline Scored scored(std::span<const double> values, const Groups& groups) {
  if (values.size() != groups.codes.size()) {
    refuse("compare_groups", "groups, length", std::to_string(groups.codes.size()),
           "give one group a value: " + std::to_string(values.size()));
  }
  Scored s;
  for (std::size_t v = 0; v < values.size(); ++v) {
    if (std::isinf(values[v])) {
      refuse("compare_groups", "values", shown(values[v]), "values are finite, or NaN where undefined",
             "vertex " + std::to_string(v));
    }
    if (groups.codes[v] == none || std::isnan(values[v])) continue;
    s.values.push_back(values[v]);
    s.codes.push_back(groups.codes[v]);
  }
  return s;
}

// Share of the variance between groups; NaN where nothing varies.
inline double eta_squared(const Scored& s, index_t groups) {
  const auto count = static_cast<double>(s.values.size());
  const double mean = sum(s.values) / count;
  std::vector<double> total(static_cast<std::size_t>(groups), 0.0);
  std::vector<double> size(static_cast<std::size_t>(groups), 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    const double d = s.values[i] - mean;
    total[static_cast<std::size_t>(s.codes[i])] += d;
    size[static_cast<std::size_t>(s.codes[i])] += 1;
    all += d * d;
  }
  double between = 0.0;
  for (std::size_t g = 0; g < total.size(); ++g) between += size[g] > 0 ? total[g] * total[g] / size[g] : 0.0;
  return all > 0 ? between / all : undefined;
}

// Cliff's delta of sorted values: pairs above less pairs below, as a share of all.
inline double cliffs_delta(const std::vector<double>& a, const std::vector<double>& b) {
  double score = 0.0;
  for (const double v : a) {
    const auto below = std::lower_bound(b.begin(), b.end(), v) - b.begin();
    const auto above = b.end() - std::upper_bound(b.begin(), b.end(), v);
    score += static_cast<double>(below - above);
  }
  return score / (static_cast<double>(a.size()) * static_cast<double>(b.size()));
}

// Replicates keyed by pair, so that no two pairs share their shuffles.
inline GroupDifference difference(std::vector<double> a, std::vector<double> b, const CompareOptions& o,
                                  std::uint64_t pair) {
  GroupDifference d;
  d.size_a = static_cast<index_t>(a.size());
  d.size_b = static_cast<index_t>(b.size());
  const auto na = static_cast<double>(a.size());
  const auto nb = static_cast<double>(b.size());
  d.mean_a = sum(a) / na;
  d.mean_b = sum(b) / nb;
  d.difference = d.mean_a - d.mean_b;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  d.delta = cliffs_delta(a, b);
  std::vector<double> all = a;
  all.insert(all.end(), b.begin(), b.end());
  const double total = sum(all);
  const double width = std::max(a.back(), b.back()) - std::min(a.front(), b.front());
  const double unit = width > 0 ? width : 1.0;  // what is rounding does not depend on the unit of the scores
  const std::size_t first = a.size();
  const std::vector<double> draws = replicates(
      "compare_groups", 1, o.permutations, 10 * static_cast<std::int64_t>(all.size()), o.run, [&](std::int64_t r) {
        std::vector<double> mixed = all;
        Stream stream(o.seed, "compare groups",
                      pair * static_cast<std::uint64_t>(o.permutations) + static_cast<std::uint64_t>(r));
        stream.shuffle(std::span(mixed));
        const double of_a = sum(std::span(mixed).first(first));
        return std::vector<double>{(of_a / na - (total - of_a) / nb) / unit};
      });
  NullTest test;
  add_score(test, d.difference / unit, draws, 0, 1);
  d.p = test.p[0];
  d.p_error = test.p_error[0];
  return d;
}

}  // namespace detail::null

LINKPIN_INLINE NullTest permutation_test(const Network& net, const GroupStatistic& statistic, const Groups& groups,
                                         const PermutationOptions& options) {
  using namespace detail::null;
  check_count("permutation_test", "permutations", options.permutations);
  if (groups.codes.size() != static_cast<std::size_t>(net.n())) {
    refuse("permutation_test", "groups, length", std::to_string(groups.codes.size()),
           "give one group a vertex: " + std::to_string(net.n()));
  }
  std::vector<index_t> labels;
  for (const index_t code : groups.codes) {
    if (code != none) labels.push_back(code);
  }
  const std::vector<double> observed = statistic(net, groups);
  const std::int64_t cost = 20 * (static_cast<std::int64_t>(net.n()) + net.m());
  const std::vector<double> draws =
      replicates("permutation_test", observed.size(), options.permutations, cost, options.run, [&](std::int64_t r) {
        std::vector<index_t> mixed = labels;
        Stream stream(options.seed, "permutation test", static_cast<std::uint64_t>(r));
        stream.shuffle(std::span(mixed));
        Groups shuffled = groups;
        std::size_t next = 0;
        for (index_t& code : shuffled.codes) {
          if (code != none) code = mixed[next++];
        }
        return statistic(net, shuffled);
      });
  NullTest test;
  test.provenance = provenance(net, "permutation_test");
  test.provenance.seed = options.seed;
  for (std::size_t i = 0; i < observed.size(); ++i) add_score(test, observed[i], draws, i, observed.size());
  if (labels.size() < groups.codes.size()) {
    test.provenance.warnings.push_back(std::to_string(groups.codes.size() - labels.size()) + " of " +
                                       std::to_string(net.n()) + " vertices have no group and keep none");
  }
  add_warnings(test);
  return test;
}

LINKPIN_INLINE GroupDifferences compare_groups(std::span<const double> values, const Groups& groups,
                                               const CompareOptions& options) {
  using namespace detail::null;
  check_count("compare_groups", "permutations", options.permutations);
  const Scored s = scored(values, groups);
  std::vector<std::vector<double>> members(static_cast<std::size_t>(groups.count()));
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    members[static_cast<std::size_t>(s.codes[i])].push_back(s.values[i]);
  }
  const auto filled = std::count_if(members.begin(), members.end(), [](const auto& m) { return !m.empty(); });
  if (filled < 2) {
    refuse("compare_groups", "groups with scores", std::to_string(filled), "at least two are needed to compare");
  }
  GroupDifferences result;
  result.provenance.measure = "compare_groups";
  result.provenance.seed = options.seed;
  if (s.values.size() < values.size()) {
    result.provenance.warnings.push_back(std::to_string(values.size() - s.values.size()) + " of " +
                                         std::to_string(values.size()) +
                                         " vertices have no group or no score and are left out");
  }
  result.eta_squared = eta_squared(s, groups.count());
  const std::vector<double> draws =
      replicates("compare_groups", 1, options.permutations, 10 * static_cast<std::int64_t>(s.values.size()),
                 options.run, [&](std::int64_t r) {
                   Scored mixed = s;
                   Stream stream(options.seed, "compare all groups", static_cast<std::uint64_t>(r));
                   stream.shuffle(std::span(mixed.codes));
                   return std::vector<double>{eta_squared(mixed, groups.count())};
                 });
  NullTest whole;
  add_score(whole, result.eta_squared, draws, 0, 1);
  result.p = whole.p_greater[0];
  const double count = options.permutations + 1.0;
  result.p_error = std::sqrt(result.p * (1 - result.p) / count);
  std::vector<double> p;
  std::uint64_t pair = 0;
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      if (members[a].empty() || members[b].empty()) continue;
      GroupDifference d = difference(members[a], members[b], options, pair++);
      d.a = groups.labels[a];
      d.b = groups.labels[b];
      p.push_back(d.p);
      result.pairs.push_back(std::move(d));
    }
  }
  const std::vector<double> adjusted = adjusted_p(p, options.adjust);
  for (std::size_t i = 0; i < adjusted.size(); ++i) result.pairs[i].p_adjusted = adjusted[i];
  return result;
}

}  // namespace linkpin
