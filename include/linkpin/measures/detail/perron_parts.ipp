// The largest eigenvalue of any matrix without negative entries, and the vector that power iteration from the row sums
// settles on: part by part, because within a strong component the answer is unique and easy, and across components it
// is neither.
//
// The growth of the iteration is k^r lambda^k at vertices that r + 1 components with the largest eigenvalue lead to one
// after the other; those of the highest order r have a value, all others none. See Rothblum 1975
// (doi:10.1016/0024-3795(75)90050-6) for the structure.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <linkpin/measures/detail/krylov.ipp>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail {

// Strong components in an order in which each comes after all that lead to it.
struct StrongParts {
  std::vector<index_t> part;     // by vertex
  std::vector<index_t> begin;    // by part, where its vertices begin
  std::vector<index_t> members;  // vertices, part by part

  [[nodiscard]] std::size_t count() const { return begin.size() - 1; }
  [[nodiscard]] std::span<const index_t> of(std::size_t p) const {
    return std::span(members).subspan(static_cast<std::size_t>(begin[p]),
                                      static_cast<std::size_t>(begin[p + 1] - begin[p]));
  }
};

// Tarjan 1972 (doi:10.1137/0201010) without recursion, against the flow. Entries of 0 lead nowhere.
inline StrongParts strong_parts(const Inflow& inflow) {
  const auto n = static_cast<std::size_t>(inflow.n());
  StrongParts parts;
  parts.part.assign(n, none);
  parts.begin.assign(1, 0);
  parts.members.reserve(n);
  std::vector<index_t> place(n, none), low(n, none), next(n), walk, open;
  index_t met = 0;
  auto meet = [&](index_t v) {
    const auto at = static_cast<std::size_t>(v);
    place[at] = low[at] = met++;
    next[at] = inflow.offset(v);
    walk.push_back(v);
    open.push_back(v);
  };
  for (index_t root = 0; root < inflow.n(); ++root) {
    if (place[static_cast<std::size_t>(root)] != none) continue;
    meet(root);
    while (!walk.empty()) {
      const index_t v = walk.back();
      const auto at = static_cast<std::size_t>(v);
      if (next[at] < inflow.offset(v + 1)) {
        const index_t k = next[at]++;
        const index_t u = inflow.from()[k];
        if (inflow.values() != nullptr && inflow.values()[k] == 0) continue;
        if (place[static_cast<std::size_t>(u)] == none) {
          meet(u);
        } else if (parts.part[static_cast<std::size_t>(u)] == none) {
          low[at] = std::min(low[at], place[static_cast<std::size_t>(u)]);
        }
        continue;
      }
      walk.pop_back();
      if (!walk.empty()) {
        index_t& above = low[static_cast<std::size_t>(walk.back())];
        above = std::min(above, low[at]);
      }
      if (low[at] != place[at]) continue;
      const auto number = static_cast<index_t>(parts.count());
      for (index_t u = none; u != v;) {
        u = open.back();
        open.pop_back();
        parts.part[static_cast<std::size_t>(u)] = number;
        parts.members.push_back(u);
      }
      parts.begin.push_back(static_cast<index_t>(parts.members.size()));
    }
  }
  return parts;
}

struct PartsPerron {
  double value = 0.0;
  std::vector<double> vector;  // the largest entry 1; empty where only the value was asked for or the value is 0
  std::int64_t shared = 0;     // components with the largest eigenvalue
  double residual = 0.0;
  std::int64_t products = 0;
  bool converged = true;
};

class PartsSolver {
 public:
  PartsSolver(const Inflow& inflow, bool symmetric, double tolerance, std::int64_t most, const Run& run)
      : inflow_(inflow),
        symmetric_(symmetric),
        tolerance_(tolerance),
        most_(most),
        run_(run),
        parts_(strong_parts(inflow)),
        value_(parts_.count(), 0.0),
        vector_(parts_.count()) {
    inner_.threads = run.threads;
  }

  PartsPerron solve(bool with_vector) {
    find_values();
    if (!with_vector || answer_.value == 0) return answer_;
    for (std::size_t p = 0; p < parts_.count(); ++p) answer_.shared += is_basic(p) ? 1 : 0;
    join();
    return answer_;
  }

 private:
  static constexpr double same = 1e-10;  // relative; eigenvalues closer than this count as equal

  [[nodiscard]] bool is_basic(std::size_t p) const { return value_[p] >= answer_.value * (1 - same); }
  [[nodiscard]] double entry(index_t k) const { return inflow_.values() == nullptr ? 1.0 : inflow_.values()[k]; }
  [[nodiscard]] bool whole(std::size_t p) const { return parts_.of(p).size() == static_cast<std::size_t>(inflow_.n()); }

  // What the largest eigenvalue of a part cannot pass: its largest row sum.
  [[nodiscard]] double bound(std::size_t p) const {
    double top = 0.0;
    for (const index_t v : parts_.of(p)) {
      double total = 0.0;
      for (index_t k = inflow_.offset(v); k < inflow_.offset(v + 1); ++k) total += inside(p, k) ? entry(k) : 0.0;
      top = std::max(top, total);
    }
    return top;
  }

  [[nodiscard]] bool inside(std::size_t p, index_t k) const {
    return parts_.part[static_cast<std::size_t>(inflow_.from()[k])] == static_cast<index_t>(p);
  }

  // The rows among the vertices of a part, numbered as they stand there.
  [[nodiscard]] Inflow rows_of(std::size_t p, bool turned) {
    const std::span<const index_t> members = parts_.of(p);
    if (number_.empty()) number_.resize(static_cast<std::size_t>(inflow_.n()));
    for (std::size_t i = 0; i < members.size(); ++i) {
      number_[static_cast<std::size_t>(members[i])] = static_cast<index_t>(i);
    }
    std::vector<index_t> offsets(members.size() + 1, 0);
    std::vector<index_t> from;
    std::vector<double> values;
    auto each = [&](auto&& take) {
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (index_t k = inflow_.offset(members[i]); k < inflow_.offset(members[i] + 1); ++k) {
          if (!inside(p, k)) continue;
          const index_t j = number_[static_cast<std::size_t>(inflow_.from()[k])];
          take(turned ? j : static_cast<index_t>(i), turned ? static_cast<index_t>(i) : j, k);
        }
      }
    };
    each([&](index_t row, index_t, index_t) { ++offsets[static_cast<std::size_t>(row) + 1]; });
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    from.resize(static_cast<std::size_t>(offsets.back()));
    if (inflow_.values() != nullptr) values.resize(from.size());
    std::vector<index_t> next(offsets.begin(), offsets.end() - 1);
    each([&](index_t row, index_t column, index_t k) {
      const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(row)]++);
      from[at] = column;
      if (!values.empty()) values[at] = entry(k);
    });
    return {std::move(offsets), std::move(from), std::move(values)};
  }

  Perron perron_of(const Inflow& rows) {
    Perron found = perron(
        rows.sums(), symmetric_, [&](const double* x, double* y) { rows.apply(x, y, inner_); }, tolerance_, most_,
        run_);
    answer_.products += found.products;
    answer_.residual = std::max(answer_.residual, found.residual);
    answer_.converged = answer_.converged && found.converged;
    return found;
  }

  // Part by part from the largest bound down, leaving out those that cannot reach the largest value found.
  void find_values() {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t p = 0; p < parts_.count(); ++p) order.emplace_back(bound(p), p);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [limit, p] : order) {
      if (limit == 0 || limit < answer_.value * (1 - same)) break;
      if (parts_.of(p).size() == 1) {
        value_[p] = limit;
        vector_[p] = {1.0};
      } else {
        Perron found = whole(p) ? perron_of(inflow_) : perron_of(rows_of(p, false));
        value_[p] = found.value;
        if (whole(p)) {  // its numbers are the network's own
          for (const index_t v : parts_.of(p)) vector_[p].push_back(found.vector[static_cast<std::size_t>(v)]);
        } else {
          vector_[p] = std::move(found.vector);
        }
      }
      answer_.value = std::max(answer_.value, value_[p]);
    }
  }

  // (value - A) t = b within a part whose own eigenvalue is smaller.
  [[nodiscard]] std::vector<double> damped(std::size_t p, std::vector<double> b) {
    if (b.size() == 1) return {b[0] / (answer_.value - bound(p))};
    const Inflow rows = rows_of(p, false);
    std::vector<double> t(b.size(), 0.0), got(b.size());
    Watch watch(run_);
    for (std::int64_t sweep = 0; sweep < most_; ++sweep) {
      rows.apply(t.data(), got.data(), inner_);
      ++answer_.products;
      watch.look();
      double change = 0.0;
      double top = 0.0;
      for (std::size_t i = 0; i < t.size(); ++i) {
        const double fresh = (b[i] + got[i]) / answer_.value;
        change = std::max(change, std::abs(fresh - t[i]));
        top = std::max(top, fresh);
        t[i] = fresh;
      }
      if (change <= 1e-15 * top) return t;
    }
    answer_.converged = false;
    return t;
  }

  // How much of what comes in goes into the part's own direction.
  [[nodiscard]] double projection(std::size_t p, const std::vector<double>& in) {
    const std::vector<double>& right = vector_[p];
    if (right.size() == 1) return in[0];
    const std::vector<double> left = symmetric_ ? right : perron_of(rows_of(p, true)).vector;
    Sum along;
    Sum scale;
    for (std::size_t i = 0; i < in.size(); ++i) {
      along.add(left[i] * in[i]);
      scale.add(left[i] * right[i]);
    }
    return along.value() / scale.value();
  }

  void join() {
    const std::vector<double> start = inflow_.sums();
    const bool weighed = answer_.shared > 1;  // else only one direction matters, and not how long it is
    std::vector<double> t(start.size(), 0.0);
    std::vector<int> order(parts_.count(), -1);  // -1: no part with the largest eigenvalue leads here
    for (std::size_t p = 0; p < parts_.count(); ++p) {
      const std::span<const index_t> members = parts_.of(p);
      int before = -1;
      for (const index_t v : members) {
        for (index_t k = inflow_.offset(v); k < inflow_.offset(v + 1); ++k) {
          if (entry(k) > 0 && !inside(p, k)) {
            before = std::max(
                before, order[static_cast<std::size_t>(parts_.part[static_cast<std::size_t>(inflow_.from()[k])])]);
          }
        }
      }
      order[p] = before + (is_basic(p) ? 1 : 0);
      if (order[p] == -1 && (symmetric_ || !weighed)) continue;
      std::vector<double> in;
      for (const index_t v : members) {
        Sum total;
        if (before == -1) total.add(start[static_cast<std::size_t>(v)]);
        for (index_t k = inflow_.offset(v); k < inflow_.offset(v + 1); ++k) {
          const auto u = static_cast<std::size_t>(inflow_.from()[k]);
          if (!inside(p, k) && order[static_cast<std::size_t>(parts_.part[u])] == before) total.add(entry(k) * t[u]);
        }
        in.push_back(total.value());
      }
      std::vector<double> out;
      if (is_basic(p)) {
        const double size = weighed ? projection(p, in) : 1.0;
        for (const double x : vector_[p]) out.push_back(size * x);
      } else {
        out = damped(p, std::move(in));
      }
      for (std::size_t i = 0; i < members.size(); ++i) t[static_cast<std::size_t>(members[i])] = out[i];
    }
    const int highest = *std::max_element(order.begin(), order.end());
    double top = 0.0;
    for (std::size_t v = 0; v < t.size(); ++v) {
      if (order[static_cast<std::size_t>(parts_.part[v])] != highest) t[v] = 0.0;
      top = std::max(top, t[v]);
    }
    for (double& x : t) x /= top;
    answer_.vector = std::move(t);
  }

  const Inflow& inflow_;
  bool symmetric_;
  double tolerance_;
  std::int64_t most_;
  const Run& run_;
  Run inner_;
  StrongParts parts_;
  std::vector<double> value_;                // by part; 0 where it cannot be the largest
  std::vector<std::vector<double>> vector_;  // by part, for those that may
  std::vector<index_t> number_;              // by vertex, within its part
  PartsPerron answer_;
};

}  // namespace linkpin::detail
