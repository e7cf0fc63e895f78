#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <string>
#include <string_view>

namespace linkpin {

namespace detail::inequality {

inline void check_amounts(std::string_view function, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]) || values[i] < 0) {
      refuse(function, "values", shown(values[i]),
             "shares are finite and not negative; leave undefined values out first", "position " + std::to_string(i));
    }
  }
}

inline void check_epsilon(std::string_view function, double epsilon) {
  if (!std::isfinite(epsilon) || epsilon <= 0) {
    refuse(function, "epsilon", shown(epsilon), "an aversion to inequality is finite and above 0");
  }
}

// An amount that `count` members have each.
struct Held {
  double amount = 0.0;
  double count = 1.0;
};

inline std::vector<Held> cells(std::span<const double> values) {
  std::vector<Held> out;
  for (const double x : values) out.push_back({x, 1.0});
  return out;
}

struct Totals {
  double count = 0.0;
  double amount = 0.0;
  [[nodiscard]] double mean() const { return amount / count; }
};

inline Totals totals(std::span<const Held> cells) {
  Sum count;
  Sum amount;
  for (const Held& c : cells) {
    count.add(c.count);
    amount.add(c.count * c.amount);
  }
  return {count.value(), amount.value()};
}

inline double gini(std::vector<Held> cells, const Totals& all) {
  std::sort(cells.begin(), cells.end(), [](const Held& a, const Held& b) { return a.amount < b.amount; });
  Sum ranked;
  double below = 0.0;
  for (const Held& c : cells) {
    ranked.add((2.0 * below + c.count - all.count) * c.count * c.amount);
    below += c.count;
  }
  return std::max(0.0, ranked.value() / (all.count * all.amount));
}

inline double theil_t(std::span<const Held> cells, const Totals& all) {
  Sum sum;
  for (const Held& c : cells) {
    const double relative = c.amount / all.mean();
    if (relative > 0) sum.add(c.count * relative * std::log(relative));
  }
  return std::max(0.0, sum.value() / all.count);
}

inline double theil_l(std::span<const Held> cells, const Totals& all) {
  Sum sum;
  for (const Held& c : cells) {
    if (c.amount == 0) return std::numeric_limits<double>::infinity();
    sum.add(-c.count * std::log(c.amount / all.mean()));
  }
  return std::max(0.0, sum.value() / all.count);
}

// The amount that, had by everyone, would be worth as much as the amounts there are; as a share of their mean.
inline double equal_share(std::span<const Held> cells, const Totals& all, double epsilon) {
  Sum sum;
  for (const Held& c : cells) {
    const double relative = c.amount / all.mean();
    if (relative == 0 && epsilon >= 1) return 0.0;
    sum.add(c.count * (epsilon == 1 ? std::log(relative) : std::pow(relative, 1 - epsilon)));
  }
  const double mean = sum.value() / all.count;
  return std::min(1.0, epsilon == 1 ? std::exp(mean) : std::pow(mean, 1 / (1 - epsilon)));
}

inline double index(std::span<const Held> cells, const DecompositionOptions& options) {
  const Totals all = totals(cells);
  if (all.amount == 0) return undefined;  // no cells included
  switch (options.index) {
    case InequalityIndex::theil_t:
      return theil_t(cells, all);
    case InequalityIndex::theil_l:
      return theil_l(cells, all);
    case InequalityIndex::atkinson:
      return 1 - equal_share(cells, all, options.epsilon);
    default:
      return gini({cells.begin(), cells.end()}, all);
  }
}

// Members and amounts by group, with the weight that each group's own inequality has.
inline std::vector<GroupInequality> by_group(const std::vector<std::vector<Held>>& parts, const Totals& all,
                                             const DecompositionOptions& options) {
  std::vector<GroupInequality> out;
  for (const std::vector<Held>& part : parts) {
    GroupInequality g;
    const Totals own = totals(part);
    g.members = static_cast<index_t>(part.size());
    g.zeros =
        static_cast<index_t>(std::count_if(part.begin(), part.end(), [](const Held& c) { return c.amount == 0; }));
    g.population_share = own.count / all.count;
    g.share = own.amount / all.amount;
    g.mean = part.empty() ? undefined : own.mean();
    g.inequality = index(part, options);
    switch (options.index) {
      case InequalityIndex::theil_t:
        g.weight = g.share;
        break;
      case InequalityIndex::gini:
        g.weight = g.population_share * g.share;
        break;
      case InequalityIndex::theil_l:
        g.weight = g.population_share;
        break;
      case InequalityIndex::atkinson:
        g.weight = part.empty() ? 0.0 : g.population_share * std::pow(g.mean / all.mean(), 1 - options.epsilon);
        break;
    }
    out.push_back(g);
  }
  if (options.index == InequalityIndex::atkinson) {
    double total = 0;
    for (const GroupInequality& g : out) total += g.weight;
    for (GroupInequality& g : out) g.weight = std::isfinite(total) ? g.weight / total : undefined;
  }
  return out;
}

inline double within(const std::vector<GroupInequality>& groups, const DecompositionOptions& options) {
  if (options.index != InequalityIndex::atkinson) {
    Sum sum;
    for (const GroupInequality& g : groups) {
      if (g.weight > 0) sum.add(g.weight * g.inequality);
    }
    return sum.value();
  }
  std::vector<Held> kept;  // what a group's members could keep of an even share
  for (const GroupInequality& g : groups) {
    if (std::isnan(g.weight)) return undefined;
    if (g.weight > 0) kept.push_back({1 - g.inequality, g.weight});
  }
  const Totals all = totals(kept);
  if (all.amount == 0) return 1.0;
  return 1 - all.mean() * equal_share(kept, all, options.epsilon);
}

inline void warn_of_zeros(InequalityDecomposition& out, std::size_t n, const DecompositionOptions& options) {
  index_t zeros = 0;
  index_t groups = 0;
  for (const GroupInequality& g : out.groups) {
    zeros += g.zeros;
    groups += g.members > 0 && g.share == 0 ? 1 : 0;
  }
  if (zeros == 0) return;
  const std::string who = std::to_string(zeros) + " of " + std::to_string(n) + " have nothing";
  auto& warnings = out.provenance.warnings;
  if (options.index == InequalityIndex::theil_l) {
    warnings.push_back(who + ", which makes Theil's L infinite: use Theil's T");
  } else if (options.index == InequalityIndex::atkinson && options.epsilon >= 1) {
    warnings.push_back(who + ", which makes Atkinson's index 1: take an epsilon below 1");
  } else {
    warnings.push_back(who + "; they count as members with a share of 0");
  }
  const bool harmless = options.index == InequalityIndex::theil_t || options.index == InequalityIndex::gini ||
                        (options.index == InequalityIndex::atkinson && options.epsilon < 1);
  if (groups > 0) {
    warnings.push_back(std::to_string(groups) + " of the groups have nothing at all: there is no inequality among " +
                       "their own members" + (harmless ? "" : ", and the part within groups is undefined"));
  }
}

}  // namespace detail::inequality

LINKPIN_INLINE double gini(std::span<const double> values, const GiniOptions& options) {
  using namespace detail::inequality;
  check_amounts("gini", values);
  const double g = index(cells(values), {.index = InequalityIndex::gini});
  if (options.normalisation == GiniNormalisation::raw) return g;
  const auto n = static_cast<double>(values.size());
  return values.size() < 2 ? undefined : g * n / (n - 1.0);
}

LINKPIN_INLINE double theil(std::span<const double> values, TheilKind kind) {
  detail::inequality::check_amounts("theil", values);
  const auto index = kind == TheilKind::t ? InequalityIndex::theil_t : InequalityIndex::theil_l;
  return detail::inequality::index(detail::inequality::cells(values), {.index = index});
}

LINKPIN_INLINE double atkinson(std::span<const double> values, double epsilon) {
  detail::inequality::check_amounts("atkinson", values);
  detail::inequality::check_epsilon("atkinson", epsilon);
  return detail::inequality::index(detail::inequality::cells(values), {InequalityIndex::atkinson, epsilon});
}

LINKPIN_INLINE InequalityDecomposition decompose_inequality(std::span<const double> values,
                                                            std::span<const index_t> groups,
                                                            const DecompositionOptions& options) {
  using namespace detail::inequality;
  check_amounts("decompose_inequality", values);
  check_epsilon("decompose_inequality", options.epsilon);
  if (groups.size() != values.size()) {
    refuse("decompose_inequality", "groups, length", std::to_string(groups.size()),
           "give one group a value: " + std::to_string(values.size()));
  }
  InequalityDecomposition out;
  out.provenance.measure = "decompose_inequality";
  std::vector<std::vector<Held>> parts;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] < 0 || static_cast<std::size_t>(groups[i]) >= values.size()) {
      refuse("decompose_inequality", "groups", std::to_string(groups[i]), "number the groups from 0, without gaps",
             "position " + std::to_string(i));
    }
    const auto g = static_cast<std::size_t>(groups[i]);
    if (g >= parts.size()) parts.resize(g + 1);
    parts[g].push_back({values[i], 1.0});
  }
  const std::vector<Held> everyone = cells(values);
  const Totals all = totals(everyone);
  if (all.amount == 0) {
    out.provenance.warnings.emplace_back("undefined: there is nothing that is shared");
    return out;
  }
  std::vector<Held> means;
  for (const std::vector<Held>& part : parts) {
    const Totals own = totals(part);
    if (!part.empty()) means.push_back({own.mean(), own.count});
  }
  out.groups = by_group(parts, all, options);
  out.total = index(everyone, options);
  out.between = index(means, options);
  out.within = within(out.groups, options);
  if (options.index == InequalityIndex::gini) out.overlap = std::max(0.0, out.total - out.between - out.within);
  warn_of_zeros(out, values.size(), options);
  return out;
}

}  // namespace linkpin
