// Permutation tests with group labels: would who belongs to which group matter as much by chance?
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/multiplicity.hpp>
#include <linkpin/uncertainty/null_test.hpp>
#include <linkpin/uncertainty/statistic.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

struct PermutationOptions {
  int permutations = 1999;
  std::uint64_t seed = 0;
  Run run = {};
};

// Shuffles the groups over the vertices that have one; the ties stay. Costs one evaluation of the statistic for each
// permutation. Throws InputError for groups of another length, fewer than one permutation, and a statistic that returns
// another number of values for another shuffle.
[[nodiscard]] NullTest permutation_test(const Network& net, const GroupStatistic& statistic, const Groups& groups,
                                        const PermutationOptions& options = {});

struct CompareOptions {
  int permutations = 1999;
  std::uint64_t seed = 0;
  Adjustment adjust = Adjustment::holm;
  Run run = {};
};

// Two groups by a score of their members.
struct GroupDifference {
  std::string a, b;
  index_t size_a = 0, size_b = 0;  // members with a score
  double mean_a = 0.0, mean_b = 0.0;
  double difference = 0.0;  // mean of a less mean of b
  double delta = 0.0;       // Cliff's: chance that a member of a is above one of b, less that of below
  double p = 0.0;           // two-sided, of the difference
  double p_adjusted = 0.0;  // for the number of pairs
  double p_error = 0.0;     // Monte Carlo standard error of p
};

struct GroupDifferences {
  double eta_squared = 0.0;  // share of the variance that lies between the groups
  double p = 0.0;            // of it: whether there is any difference at all
  double p_error = 0.0;
  std::vector<GroupDifference> pairs;
  Provenance provenance;
};

// Whether groups differ in a score by vertex (a centrality, say), pair by pair and at all. The score is computed once;
// the groups are shuffled over the vertices, within a pair over its members. O(permutations * n * groups), and
// O(n log n) for the effect sizes. Vertices without a group or a score are left out, which the warnings count.
// Throws InputError for another number of values than vertices, fewer than two groups with members, infinite values.
[[nodiscard]] GroupDifferences compare_groups(std::span<const double> values, const Groups& groups,
                                              const CompareOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/permutation.ipp>
#endif
