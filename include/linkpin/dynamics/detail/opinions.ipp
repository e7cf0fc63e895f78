#pragma once

#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/dynamics/opinions.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/model/network.hpp>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::opinions {

inline constexpr index_t solved_directly = 2000;
inline constexpr int most_sweeps = 100'000;

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline void check_row_sums(const HeedMatrix& w, std::string_view function) {
  for (index_t i = 0; i < w.rows(); ++i) {
    double sum = 0.0;
    for (HeedMatrix::InnerIterator it(w, i); it; ++it) {
      if (!std::isfinite(it.value()) || it.value() < 0) {
        refuse(function, "w", shown(it.value()), "entries are finite and not negative",
               "row " + std::to_string(i) + ", column " + std::to_string(it.col()));
      }
      sum += it.value();
    }
    if (std::abs(sum - 1.0) > 1e-6) {
      refuse(function, "w, sum of a row", shown(sum),
             "how much a member heeds each sums to 1: divide each row by its sum, and let who heeds nobody heed itself",
             "row " + std::to_string(i));
    }
  }
}

inline void check(const HeedMatrix& w, std::span<const double> u, std::span<const double> open,
                  std::string_view function) {
  const auto n = static_cast<std::size_t>(w.rows());
  if (w.rows() != w.cols()) {
    refuse(function, "w, shape", std::to_string(w.rows()) + " x " + std::to_string(w.cols()),
           "give a row and a column for every member");
  }
  if (u.size() != n || open.size() != n) {
    refuse(function, u.size() != n ? "opinions, length" : "susceptibility, length",
           std::to_string(u.size() != n ? u.size() : open.size()), "give one a row of w: " + std::to_string(n));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(u[i])) {
      refuse(function, "opinions", shown(u[i]), "opinions are finite", "member " + std::to_string(i));
    }
    if (!(open[i] >= 0 && open[i] <= 1)) {
      refuse(function, "susceptibility", shown(open[i]), "from 0 (stubborn) to 1 (open)",
             "member " + std::to_string(i));
    }
  }
  check_row_sums(w, function);
}

// Who heeds whom at all, as a network: a tie from each member to those who move it.
inline Network heeding(const HeedMatrix& w, std::span<const double> open) {
  NetworkParts p;
  p.n = static_cast<index_t>(w.rows());
  for (index_t i = 0; i < w.rows(); ++i) {
    for (HeedMatrix::InnerIterator it(w, i); it; ++it) {
      if (it.value() <= 0 || open[at(i)] <= 0) continue;
      p.source.push_back(i);
      p.target.push_back(static_cast<index_t>(it.col()));
    }
  }
  return Network(std::move(p));
}

// The opinions under way: what is settled, and how far off it may be.
struct Settling {
  const HeedMatrix& w;
  std::span<const double> u;
  std::span<const double> open;
  const OpinionOptions& options;
  double range = 0.0;
  std::vector<double> values;
  std::vector<index_t> place;  // of a member in the system being solved, else `none`
  double error = 0.0;
  Watch watch;

  Settling(const HeedMatrix& matrix, std::span<const double> start, std::span<const double> susceptibility,
           const OpinionOptions& given)
      : w(matrix),
        u(start),
        open(susceptibility),
        options(given),
        values(start.begin(), start.end()),
        place(start.size(), none),
        watch(given.run) {
    const auto [low, high] = std::minmax_element(u.begin(), u.end());
    if (!u.empty()) range = *high - *low;
  }

  // Steps of the members of a class that returns to a member modulo its period: the phase of each, and the period.
  [[nodiscard]] index_t phases(const std::vector<index_t>& members, std::vector<index_t>& phase) const {
    std::vector<index_t> queue{members.front()};
    phase[at(members.front())] = 0;
    index_t period = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const index_t i = queue[head];
      for (HeedMatrix::InnerIterator it(w, i); it; ++it) {
        if (it.value() <= 0) continue;
        const auto j = static_cast<index_t>(it.col());
        if (phase[at(j)] < 0) {
          phase[at(j)] = phase[at(i)] + 1;
          queue.push_back(j);
        }
        period = std::gcd(period, phase[at(i)] + 1 - phase[at(j)]);
      }
    }
    return std::max<index_t>(1, std::abs(period));
  }

  // How much each member of a closed class counts in the end: the weights that heeding leaves as they are.
  [[nodiscard]] Eigen::VectorXd weights_in_the_end(const std::vector<index_t>& members) const {
    const auto n = static_cast<index_t>(members.size());
    std::vector<Eigen::Triplet<double, index_t>> entries;
    for (index_t i = 0; i < n; ++i) {
      for (HeedMatrix::InnerIterator it(w, members[at(i)]); it; ++it) {
        const index_t j = place[at(static_cast<index_t>(it.col()))];
        if (j != n - 1) entries.emplace_back(j, i, -it.value());
      }
      if (i != n - 1) entries.emplace_back(i, i, 1.0);
      entries.emplace_back(n - 1, i, 1.0);
    }
    Eigen::SparseMatrix<double> a(n, n);
    a.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SparseLU<Eigen::SparseMatrix<double>> lu(a);
    Eigen::VectorXd b = Eigen::VectorXd::Zero(n);
    b[n - 1] = 1.0;
    return lu.solve(b);
  }

  // A group that is open and heeds nobody outside agrees; false where it swings for ever.
  bool agree(const std::vector<index_t>& members) {
    if (members.size() == 1) return true;
    std::vector<index_t> phase(values.size(), -1);
    const index_t period = phases(members, phase);
    const auto [low, high] =
        std::minmax_element(members.begin(), members.end(), [&](index_t a, index_t b) { return u[at(a)] < u[at(b)]; });
    if (u[at(*low)] == u[at(*high)]) return true;
    if (static_cast<index_t>(members.size()) > solved_directly) {
      if (period > 1) return false;
      return agree_by_sweeps(members);
    }
    for (std::size_t i = 0; i < members.size(); ++i) place[at(members[i])] = static_cast<index_t>(i);
    const Eigen::VectorXd weight = weights_in_the_end(members);
    for (const index_t v : members) place[at(v)] = none;
    std::vector<Sum> of_phase(at(period));
    for (std::size_t i = 0; i < members.size(); ++i) {
      of_phase[at(phase[at(members[i])] % period)].add(weight[static_cast<Eigen::Index>(i)] * u[at(members[i])]);
    }
    // Each phase has the same share of the weights, so that the sums are alike where all swing round the same mean.
    double least = of_phase[0].value();
    double most = least;
    Sum total;
    for (const Sum& s : of_phase) {
      least = std::min(least, s.value());
      most = std::max(most, s.value());
      total.add(s.value());
    }
    if ((most - least) * period > 1e-12 * range) return false;
    for (const index_t v : members) values[at(v)] = total.value();
    return true;
  }

  // Half a step at a time settles to the same mean without swinging; the extremes close in on it from both sides.
  bool agree_by_sweeps(const std::vector<index_t>& members) {
    std::vector<double> next(members.size());
    double gap = range;
    for (int sweep = 0; sweep < most_sweeps && gap > options.tolerance * range; ++sweep) {
      watch.look();
      double low = unreachable;
      double high = -unreachable;
      for (std::size_t i = 0; i < members.size(); ++i) {
        double mean = 0.0;
        for (HeedMatrix::InnerIterator it(w, members[i]); it; ++it) {
          mean += it.value() * values[at(static_cast<index_t>(it.col()))];
        }
        next[i] = 0.5 * (values[at(members[i])] + mean);
        low = std::min(low, next[i]);
        high = std::max(high, next[i]);
      }
      for (std::size_t i = 0; i < members.size(); ++i) values[at(members[i])] = next[i];
      gap = high - low;
    }
    const double agreed = values[at(members.front())];
    for (const index_t v : members) values[at(v)] = agreed;
    error = std::max(error, gap);
    return true;
  }

  // Everyone else: x = LWx + (I - L) u, with what is settled already on the right.
  void solve(const std::vector<index_t>& members) {
    if (members.empty()) return;
    if (static_cast<index_t>(members.size()) > solved_directly) return solve_by_sweeps(members);
    const auto n = static_cast<index_t>(members.size());
    for (index_t i = 0; i < n; ++i) place[at(members[at(i)])] = i;
    std::vector<Eigen::Triplet<double, index_t>> entries;
    Eigen::VectorXd b(n);
    for (index_t i = 0; i < n; ++i) {
      const index_t v = members[at(i)];
      const double own = open[at(v)];
      Sum right;
      right.add((1.0 - own) * u[at(v)]);
      entries.emplace_back(i, i, 1.0);
      for (HeedMatrix::InnerIterator it(w, v); it && own > 0; ++it) {
        const auto other = static_cast<index_t>(it.col());
        const index_t j = place[at(other)];
        if (j == none) {
          right.add(own * it.value() * values[at(other)]);
        } else {
          entries.emplace_back(i, j, -own * it.value());
        }
      }
      b[i] = right.value();
    }
    Eigen::SparseMatrix<double> a(n, n);
    a.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SparseLU<Eigen::SparseMatrix<double>> lu(a);
    const Eigen::VectorXd x = lu.solve(b);
    for (index_t i = 0; i < n; ++i) values[at(members[at(i)])] = x[i];
    for (const index_t v : members) place[at(v)] = none;
  }

  // Sweeps from the lowest and the highest opinion close in on the answer from both sides.
  void solve_by_sweeps(const std::vector<index_t>& members) {
    const auto [low, high] = std::minmax_element(u.begin(), u.end());
    std::vector<double> above = values;
    for (const index_t v : members) {
      values[at(v)] = *low;
      above[at(v)] = *high;
    }
    double gap = range;
    for (int sweep = 0; sweep < most_sweeps && gap > options.tolerance * range; ++sweep) {
      watch.look();
      gap = 0.0;
      for (const index_t v : members) {
        double lower = (1.0 - open[at(v)]) * u[at(v)];
        double upper = lower;
        for (HeedMatrix::InnerIterator it(w, v); it; ++it) {
          const double heed = open[at(v)] * it.value();
          lower += heed * values[at(static_cast<index_t>(it.col()))];
          upper += heed * above[at(static_cast<index_t>(it.col()))];
        }
        values[at(v)] = lower;
        above[at(v)] = upper;
        gap = std::max(gap, upper - lower);
      }
    }
    for (const index_t v : members) values[at(v)] = 0.5 * (values[at(v)] + above[at(v)]);
    error = std::max(error, 0.5 * gap);
  }
};

inline Opinions settle(const HeedMatrix& w, std::span<const double> u, std::span<const double> open,
                       const OpinionOptions& options, std::string_view measure) {
  check(w, u, open, measure);
  if (!(options.tolerance > 0)) refuse(measure, "tolerance", shown(options.tolerance), "above 0");
  const Network net = heeding(w, open);
  const Components parts = components(net, {.mode = Connection::strong});
  std::vector<std::uint8_t> closed(at(parts.count()), 1);
  for (index_t v = 0; v < net.n(); ++v) {
    const index_t own = parts.membership[at(v)];
    if (open[at(v)] < 1) closed[at(own)] = 0;
    for (const index_t j : net.out().of(v)) {
      if (parts.membership[at(j)] != own) closed[at(own)] = 0;
    }
  }
  std::vector<std::vector<index_t>> classes(at(parts.count()));
  for (index_t v = 0; v < net.n(); ++v) {
    if (closed[at(parts.membership[at(v)])] != 0) classes[at(parts.membership[at(v)])].push_back(v);
  }

  Settling settling(w, u, open, options);
  std::vector<index_t> swinging;
  std::vector<std::uint8_t> undecided(at(net.n()), 0);
  for (const auto& members : classes) {
    if (members.empty() || settling.agree(members)) continue;
    for (const index_t v : members) {
      undecided[at(v)] = 1;
      swinging.push_back(v);
    }
  }
  for (std::size_t head = 0; head < swinging.size(); ++head) {  // and whoever heeds them, at however many removes
    for (const index_t j : net.in().of(swinging[head])) {
      if (std::exchange(undecided[at(j)], 1) == 0) swinging.push_back(j);
    }
  }
  std::vector<index_t> rest;
  for (index_t v = 0; v < net.n(); ++v) {
    if (closed[at(parts.membership[at(v)])] == 0 && undecided[at(v)] == 0) rest.push_back(v);
  }
  settling.solve(rest);

  Opinions out;
  out.values = std::move(settling.values);
  for (const index_t v : swinging) out.values[at(v)] = undefined;
  out.error = settling.error;
  out.provenance.measure = std::string(measure);
  out.provenance.network = net.fingerprint();
  if (!swinging.empty()) {
    out.provenance.warnings.push_back(std::to_string(swinging.size()) + " of " + std::to_string(net.n()) +
                                      " opinions never settle: they swing with a group whose members move in step");
  }
  if (out.error > options.tolerance * std::max(settling.range, 1e-300)) {
    out.provenance.warnings.push_back("iteration was stopped; values may be off by " + std::to_string(out.error));
  }
  return out;
}

}  // namespace detail::opinions

LINKPIN_INLINE Opinions degroot(const HeedMatrix& w, std::span<const double> x, const OpinionOptions& options) {
  const std::vector<double> open(static_cast<std::size_t>(w.rows()), 1.0);
  return detail::opinions::settle(w, x, open, options, "degroot");
}

LINKPIN_INLINE Opinions friedkin_johnsen(const HeedMatrix& w, std::span<const double> u,
                                         std::span<const double> susceptibility, const OpinionOptions& options) {
  return detail::opinions::settle(w, u, susceptibility, options, "friedkin_johnsen");
}

}  // namespace linkpin
