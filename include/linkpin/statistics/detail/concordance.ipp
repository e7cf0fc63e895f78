#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/concordance.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/order.hpp>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail::concordance {

inline constexpr double most_steps = 1e6;  // of an exact test that nobody asked for
inline constexpr double most_steps_asked = 1e8;

// Twice the mid-ranks of every judge, which are whole numbers.
using Row = std::vector<std::int64_t>;

inline std::vector<Row> doubled_ranks(std::span<const double> ranks, std::size_t items) {
  std::vector<Row> rows;
  for (std::size_t start = 0; start < ranks.size(); start += items) {
    Row row;
    for (const double r : mid_ranks(ranks.subspan(start, items))) row.push_back(std::llround(2 * r));
    rows.push_back(std::move(row));
  }
  return rows;
}

inline std::int64_t sum_of_squares(const Row& row) {
  return std::inner_product(row.begin(), row.end(), row.begin(), std::int64_t{0});
}

inline Row column_sums(const std::vector<Row>& rows) {
  Row sums(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) sums[i] += row[i];
  }
  return sums;
}

// Spearman's of the mean pair, from the sum of the ranks of all judges brought to mean 0 and length 1. Without ties it
// is (judges W - 1) / (judges - 1).
inline double mean_correlation(const std::vector<Row>& rows) {
  const auto n = static_cast<double>(rows.front().size());
  std::vector<double> total(rows.front().size(), 0.0);
  double judges = 0;
  for (const Row& row : rows) {
    const double squares = static_cast<double>(sum_of_squares(row)) - n * (n + 1) * (n + 1);
    if (squares == 0) continue;  // who ties all goes with nobody
    ++judges;
    for (std::size_t i = 0; i < row.size(); ++i) {
      total[i] += (static_cast<double>(row[i]) - (n + 1)) / std::sqrt(squares);
    }
  }
  if (judges < 2) return undefined;
  return (std::inner_product(total.begin(), total.end(), total.begin(), 0.0) - judges) / (judges * (judges - 1));
}

// In how many ways a judge can give these ranks (in rising order) to the items.
inline double arrangements(const Row& sorted) {
  double count = 1;
  std::size_t tied = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    tied = i > 0 && sorted[i] == sorted[i - 1] ? tied + 1 : 1;
    count *= static_cast<double>(i + 1) / static_cast<double>(tied);
  }
  return count;
}

// Chance that the squares of the rank sums add to `observed` or more; below 0 where it takes more than `steps`. Items
// are exchangeable, so that sums in rising order are all that need be kept of the judges so far.
inline double exact_p(const std::vector<Row>& rows, std::int64_t observed, double steps, const Run& run) {
  Watch watch(run);
  Row first = rows.front();
  std::sort(first.begin(), first.end());
  std::map<Row, double> chances{{first, 1.0}};
  double p = 0.0;
  for (std::size_t judge = 1; judge < rows.size(); ++judge) {
    Row order = rows[judge];
    std::sort(order.begin(), order.end());
    const double ways = arrangements(order);
    steps -= ways * static_cast<double>(chances.size());
    if (steps < 0) return -1.0;
    const bool last = judge + 1 == rows.size();
    std::map<Row, double> next;
    for (const auto& [sums, chance] : chances) {
      do {
        watch.tick();
        Row after = sums;
        for (std::size_t i = 0; i < after.size(); ++i) after[i] += order[i];
        if (last) {
          p += sum_of_squares(after) >= observed ? chance / ways : 0.0;
        } else {
          std::sort(after.begin(), after.end());
          next[std::move(after)] += chance / ways;
        }
      } while (std::next_permutation(order.begin(), order.end()));
    }
    chances = std::move(next);
  }
  return std::min(1.0, p);
}

inline double permutation_p(const std::vector<Row>& rows, std::int64_t observed, const ConcordanceOptions& options) {
  const auto items = static_cast<std::int64_t>(rows.front().size());
  std::vector<std::uint8_t> reached(static_cast<std::size_t>(options.permutations), 0);
  parallel_for(options.permutations, items * static_cast<std::int64_t>(rows.size()) * 4, options.run,
               [&](std::int64_t begin, std::int64_t end) {
                 for (std::int64_t r = begin; r < end; ++r) {
                   Stream random(options.seed, "concordance", static_cast<std::uint64_t>(r));
                   std::vector<Row> shuffled = rows;
                   for (Row& row : shuffled) random.shuffle(std::span<std::int64_t>(row));
                   reached[static_cast<std::size_t>(r)] = sum_of_squares(column_sums(shuffled)) >= observed ? 1 : 0;
                 }
               });
  const auto count = std::count(reached.begin(), reached.end(), 1);
  return static_cast<double>(count + 1) / static_cast<double>(options.permutations + 1);
}

inline void test(Concordance& out, const std::vector<Row>& rows, std::int64_t observed,
                 const ConcordanceOptions& options) {
  if (options.test != ConcordanceTest::permutation) {
    const bool asked = options.test == ConcordanceTest::exact;
    const double p = exact_p(rows, observed, asked ? most_steps_asked : most_steps, options.run);
    if (p >= 0) {
      out.p = p;
      out.exact = true;
      return;
    }
    if (asked) {
      throw LimitError({"concordance", "test", "exact", "",
                        "there are too many orders to go through; ask for permutations instead"});
    }
  }
  if (options.permutations < 1) {
    refuse("concordance", "permutations", std::to_string(options.permutations), "take at least 1");
  }
  out.p = permutation_p(rows, observed, options);
  out.monte_carlo_error = std::sqrt(out.p * (1 - out.p) / static_cast<double>(options.permutations + 1));
  out.provenance.seed = options.seed;
}

inline void check_pair(std::string_view function, std::span<const double> a, std::span<const double> b,
                       bool gaps = false) {
  if (a.size() != b.size()) {
    refuse(function, "b, length", std::to_string(b.size()), "rank the same items: " + std::to_string(a.size()));
  }
  for (std::size_t i = 0; i < a.size() && !gaps; ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) {
      refuse(function, "ranks", "missing", "rank every item, or leave it out of both lists",
             "item " + std::to_string(i));
    }
  }
}

// Items in order; those without a rank are left out.
inline std::vector<std::size_t> ordered(std::string_view function, std::span<const double> ranks) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (!std::isnan(ranks[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return ranks[i] < ranks[j]; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (ranks[order[i]] == ranks[order[i - 1]]) {
      refuse(function, "ranks", shown(ranks[order[i]]),
             "rank-biased overlap knows no ties; break them, or use top_agreement",
             "items " + std::to_string(order[i - 1]) + " and " + std::to_string(order[i]));
    }
  }
  return order;
}

// shared[d]: items that are among the first d of both lists, for d = 0 .. the length of the longer.
inline std::vector<double> shared_by_depth(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b,
                                           std::size_t items) {
  std::vector<std::uint8_t> seen(items, 0);
  std::vector<double> shared{0.0};
  for (std::size_t d = 0; d < std::max(a.size(), b.size()); ++d) {
    double more = 0;
    for (const auto* list : {&a, &b}) {
      if (d < list->size() && ++seen[(*list)[d]] == 2) ++more;
    }
    shared.push_back(shared.back() + more);
  }
  return shared;
}

// Who is certainly among the first k (1), who shares the places that are left (what each may expect), who is not (0).
struct Top {
  std::vector<double> chance;
  double places = 0.0;  // left for those who are tied
};

inline Top top(std::span<const double> ranks, std::size_t k) {
  std::vector<double> sorted(ranks.begin(), ranks.end());
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(k - 1), sorted.end());
  const double last = sorted[k - 1];
  const auto above = std::count_if(ranks.begin(), ranks.end(), [&](double r) { return r < last; });
  const auto tied = std::count(ranks.begin(), ranks.end(), last);
  Top out;
  out.places = static_cast<double>(k) - static_cast<double>(above);
  for (const double r : ranks)
    out.chance.push_back(r < last ? 1.0 : r == last ? out.places / static_cast<double>(tied) : 0.0);
  if (out.places == static_cast<double>(tied)) out.places = 0.0;  // all of them are in
  return out;
}

}  // namespace detail::concordance

LINKPIN_INLINE Concordance concordance(std::span<const double> ranks, index_t items,
                                       const ConcordanceOptions& options) {
  using namespace detail::concordance;
  if (items < 0 || (items == 0 && !ranks.empty()) ||
      (items > 0 && ranks.size() % static_cast<std::size_t>(items) != 0)) {
    refuse("concordance", "ranks, length", std::to_string(ranks.size()),
           "give each judge one rank an item: " + std::to_string(items));
  }
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (std::isnan(ranks[i])) {
      const auto n = static_cast<std::size_t>(items);
      refuse("concordance", "ranks", "missing",
             "every judge ranks every item; items a judge left out may share the last place",
             "judge " + std::to_string(i / n) + ", item " + std::to_string(i % n));
    }
  }
  Concordance out;
  out.provenance.measure = "concordance";
  const auto n = static_cast<double>(items);
  const std::vector<Row> rows = items > 0 ? doubled_ranks(ranks, static_cast<std::size_t>(items)) : std::vector<Row>{};
  const auto m = static_cast<double>(rows.size());
  if (!rows.empty()) {
    for (const std::int64_t s : column_sums(rows)) out.rank_sums.push_back(static_cast<double>(s) / 2);
  }
  if (items < 2 || rows.size() < 2) {
    out.provenance.warnings.emplace_back("undefined: agreement needs two judges and two items");
    return out;
  }
  // In doubled ranks: four times the squares about their mean, of the sums and of each judge's own ranks.
  const std::int64_t squares = sum_of_squares(column_sums(rows));
  Sum own;
  for (const Row& row : rows) own.add(static_cast<double>(sum_of_squares(row)) - n * (n + 1) * (n + 1));
  if (own.value() == 0) {
    out.provenance.warnings.emplace_back("undefined: every judge ranks all items alike");
    return out;
  }
  out.w = (static_cast<double>(squares) - n * m * m * (n + 1) * (n + 1)) / (m * own.value());
  out.chi_square = m * (n - 1) * out.w;
  out.p_chi_square = chi_square_tail(out.chi_square, n - 1);
  out.mean_correlation = mean_correlation(rows);
  test(out, rows, squares, options);
  return out;
}

LINKPIN_INLINE double kendall_tau(std::span<const double> a, std::span<const double> b) {
  detail::concordance::check_pair("kendall_tau", a, b);
  double agreeing = 0;
  double apart_a = 0;
  double apart_b = 0;
  auto sign = [](double x, double y) { return x < y ? -1.0 : x > y ? 1.0 : 0.0; };
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double in_a = sign(a[i], a[j]);
      const double in_b = sign(b[i], b[j]);
      agreeing += in_a * in_b;
      apart_a += in_a * in_a;
      apart_b += in_b * in_b;
    }
  }
  return apart_a == 0 || apart_b == 0 ? undefined : agreeing / std::sqrt(apart_a * apart_b);
}

LINKPIN_INLINE RankBiasedOverlap rank_biased_overlap(std::span<const double> a, std::span<const double> b,
                                                     double persistence) {
  using namespace detail::concordance;
  check_pair("rank_biased_overlap", a, b, true);
  const double p = persistence;
  if (!(p > 0 && p < 1)) {
    refuse("rank_biased_overlap", "persistence", shown(p), "it is a chance strictly between 0 and 1");
  }
  const auto one = ordered("rank_biased_overlap", a);
  const auto two = ordered("rank_biased_overlap", b);
  if (one.empty() && two.empty()) return {};
  const std::vector<double> shared = shared_by_depth(one, two, a.size());
  const std::size_t s = std::min(one.size(), two.size());
  const std::size_t l = std::max(one.size(), two.size());
  const double seen = shared[l];
  const double at_s = shared[s];
  const double tail = -std::log1p(-p);  // sum of p^d / d

  // Equations 11, 30 and 32 of the paper, each sum over depths.
  Sum least;
  Sum extrapolated;
  Sum unseen;
  double power = 1.0;
  const std::size_t deepest = l + s - static_cast<std::size_t>(seen);
  Sum head;  // of p^d / d up to the depth at which both lists could hold everything
  for (std::size_t d = 1; d <= deepest; ++d) {
    power *= p;
    const auto depth = static_cast<double>(d);
    head.add(power / depth);
    if (d <= l) {
      least.add((shared[d] - seen) * power / depth);
      extrapolated.add(shared[d] / depth * power);
    }
    if (d > s) unseen.add(static_cast<double>(s) * power / depth);
    if (d > l) unseen.add(static_cast<double>(l) * power / depth);
    if (d > s && d <= l && s > 0) {
      extrapolated.add(at_s * (depth - static_cast<double>(s)) / (static_cast<double>(s) * depth) * power);
    }
  }
  const double scale = (1 - p) / p;
  RankBiasedOverlap out;
  out.bounds.low = scale * (least.value() + seen * tail);
  const double residual =
      std::pow(p, s) + std::pow(p, l) - std::pow(p, deepest) - scale * (unseen.value() + seen * (tail - head.value()));
  out.bounds.high = std::min(1.0, out.bounds.low + std::max(0.0, residual));
  const double rate = (seen - at_s) / static_cast<double>(l) + (s > 0 ? at_s / static_cast<double>(s) : 0.0);
  out.extrapolated = scale * extrapolated.value() + rate * std::pow(p, l);
  return out;
}

LINKPIN_INLINE TopAgreement top_agreement(std::span<const double> a, std::span<const double> b, index_t k) {
  using namespace detail::concordance;
  check_pair("top_agreement", a, b);
  if (k < 1 || static_cast<std::size_t>(k) > a.size()) {
    refuse("top_agreement", "k", std::to_string(k), "take from 1 to as many as there are: " + std::to_string(a.size()));
  }
  const Top one = top(a, static_cast<std::size_t>(k));
  const Top two = top(b, static_cast<std::size_t>(k));
  Sum expected;
  double sure = 0;
  double in_a_tied_b = 0;
  double in_b_tied_a = 0;
  double tied_both = 0;
  double tied_a_only = 0;
  double tied_b_only = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = one.chance[i];
    const double y = two.chance[i];
    expected.add(x * y);
    const bool tied_x = x > 0 && x < 1;
    const bool tied_y = y > 0 && y < 1;
    sure += x == 1 && y == 1 ? 1 : 0;
    in_a_tied_b += x == 1 && tied_y ? 1 : 0;
    in_b_tied_a += y == 1 && tied_x ? 1 : 0;
    tied_both += tied_x && tied_y ? 1 : 0;
    tied_a_only += tied_x && y == 0 ? 1 : 0;
    tied_b_only += tied_y && x == 0 ? 1 : 0;
  }
  // Most: the places left go to those the other list holds already, what remains to those tied in both. Least: they go
  // to those the other list does not hold, then to different ones of those tied in both.
  const double to_b = std::min(two.places, in_a_tied_b);
  const double to_a = std::min(one.places, in_b_tied_a);
  const double both = std::min({two.places - to_b, one.places - to_a, tied_both});
  const double need_a = std::max(0.0, one.places - tied_a_only);
  const double need_b = std::max(0.0, two.places - tied_b_only);
  const double from_a = std::min(need_a, tied_both);
  const double from_b = std::min(need_b, tied_both);
  const double least = need_a - from_a + need_b - from_b + std::max(0.0, from_a + from_b - tied_both);
  TopAgreement out;
  out.value = expected.value() / k;
  out.bounds = {(sure + least) / k, (sure + to_a + to_b + both) / k};
  out.by_chance = static_cast<double>(k) / static_cast<double>(a.size());
  return out;
}

}  // namespace linkpin
