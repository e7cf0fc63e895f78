// The continuous core: a coreness a vertex whose products come closest to the ties.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/measures/core_periphery.hpp>
#include <linkpin/model/network.hpp>
#include <vector>

namespace linkpin::detail {

inline double pairs_among(double k) { return k * (k - 1) / 2; }

// The continuous model is fitted one coreness at a time, each set to its best with the others fixed. The sum of squares
// is a parabola in it; the correlation is a line over the root of a parabola, whose only turning point is known.
class CorenessFit {
 public:
  CorenessFit(const Network& simple, CoreFit criterion)
      : net_(simple),
        rows_(simple.out()),
        criterion_(criterion),
        pairs_(pairs_among(simple.n())),
        strength_(static_cast<std::size_t>(simple.n())) {
    for (index_t e = 0; e < simple.m(); ++e) {
      const double w = simple.weight(e);
      values_ += w;
      squares_ += w * w;
      strength_[static_cast<std::size_t>(simple.sources()[static_cast<std::size_t>(e)])] += w;
      strength_[static_cast<std::size_t>(simple.targets()[static_cast<std::size_t>(e)])] += w;
    }
    spread_ = pairs_ * squares_ - values_ * values_;
  }

  [[nodiscard]] bool defined() const { return spread_ > 0; }

  // From `c` to the nearest optimum; false where it was still moving when the sweeps ran out.
  bool settle(std::vector<double>& c, Watch& watch) const {
    constexpr double still = 1e-10;
    const double steps = static_cast<double>(net_.n()) + 2.0 * net_.m();
    const double sweeps = std::clamp(2e8 / std::max(1.0, steps), 200.0, 5000.0);
    for (int s = 0; s < sweeps; ++s) {
      watch.look();
      const double change = sweep(c);
      const double largest = *std::max_element(c.begin(), c.end());
      if (change <= still * largest) return true;
      // Only squares depend on the scale.
      if (criterion_ == CoreFit::correlation) std::for_each(c.begin(), c.end(), [largest](double& x) { x /= largest; });
    }
    return false;
  }

  // What is to be made large: the correlation, or what the squares leave unexplained with its sign turned.
  [[nodiscard]] double score(const std::vector<double>& c) const {
    if (criterion_ == CoreFit::correlation) return correlation(c);
    const Sums s = sums(c);
    return 2 * s.on_ties - s.squares;
  }

  // Pearson's correlation of the ties' values with the products c_i c_j.
  [[nodiscard]] double correlation(const std::vector<double>& c) const {
    const Sums s = sums(c);
    const double spread = pairs_ * s.squares - s.products * s.products;
    if (spread < nearly_alike * pairs_ * s.squares) return correlation_of_deviations(c);
    return (pairs_ * s.on_ties - values_ * s.products) / std::sqrt(spread_ * spread);
  }

 private:
  // Over pairs of vertices: of c_i c_j, of its square, and of its product with the tie's value.
  struct Sums {
    double products = 0.0;
    double squares = 0.0;
    double on_ties = 0.0;
    double first = 0.0;   // of c
    double second = 0.0;  // of its squares
  };

  [[nodiscard]] Sums sums(const std::vector<double>& c) const {
    Sum first;
    Sum second;
    Sum products;
    Sum squares;
    Sum ties;
    for (const double x : c) {  // with all before it, where (sum^2 - squares) / 2 would cancel
      products.add(x * first.value());
      squares.add(x * x * second.value());
      first.add(x);
      second.add(x * x);
    }
    for (index_t e = 0; e < net_.m(); ++e) {
      const auto i = static_cast<std::size_t>(e);
      ties.add(net_.weight(e) * c[static_cast<std::size_t>(net_.sources()[i])] *
               c[static_cast<std::size_t>(net_.targets()[i])]);
    }
    Sums s;
    s.first = first.value();
    s.second = second.value();
    s.products = products.value();
    s.squares = squares.value();
    s.on_ties = ties.value();
    return s;
  }

  // The same where the products differ so little that their variance would cancel: each is taken as its difference
  // from the square of the mean coreness, m (d_i + d_j) + d_i d_j.
  [[nodiscard]] double correlation_of_deviations(const std::vector<double>& c) const {
    const auto n = static_cast<double>(c.size());
    const double m = sum(c) / n;
    std::vector<double> d = c;
    double third = 0.0;
    for (double& x : d) {
      x -= m;
      third += x * x * x;
    }
    const Sums s = sums(d);
    const double total = m * (n - 1) * s.first + s.products;
    const double squares =
        m * m * ((n - 1) * s.second + 2 * s.products) + 2 * m * (s.first * s.second - third) + s.squares;
    const double spread = squares - total * total / pairs_;
    if (!(spread > alike * pairs_ * m * m * m * m)) return -unreachable;
    double near = 0.0;
    for (index_t v = 0; v < net_.n(); ++v)
      near += strength_[static_cast<std::size_t>(v)] * d[static_cast<std::size_t>(v)];
    return (m * near + s.on_ties - values_ * total / pairs_) / std::sqrt(spread * spread_ / pairs_);
  }

  // Sets every coreness to its best with the others as they are; returns the largest change.
  double sweep(std::vector<double>& c) const {
    Sums s = sums(c);
    double change = 0.0;
    for (index_t v = 0; v < net_.n(); ++v) {
      double& own = c[static_cast<std::size_t>(v)];
      double near = 0.0;
      for (index_t k = rows_.begin(v); k < rows_.end(v); ++k) {
        near += net_.weight(rows_.tie(k)) * c[static_cast<std::size_t>(rows_.vertex(k))];
      }
      const double first = s.first - own;
      const double second = s.second - own * own;
      if (!(second > 0)) continue;
      const double products = s.products - own * first;
      const double squares = s.squares - own * own * second;
      const double on_ties = s.on_ties - own * near;
      const double fresh = criterion_ == CoreFit::least_squares
                               ? near / second
                               : turning_point(pairs_ * on_ties - values_ * products, pairs_ * near - values_ * first,
                                               pairs_ * squares - products * products, -2 * products * first,
                                               pairs_ * second - first * first, own, dominance * std::sqrt(second));
      change = std::max(change, std::abs(fresh - own));
      own = fresh;
      s.first = first + own;
      s.second = second + own * own;
      s.products = products + own * first;
      s.squares = squares + own * own * second;
      s.on_ties = on_ties + own * near;
    }
    return change;
  }

  // Where (a + b t) / sqrt(p + q t + r t^2) is largest in [0, most]; `own` where nothing is better.
  static double turning_point(double a, double b, double p, double q, double r, double own, double most) {
    auto height = [&](double t) {
      const double under = p + q * t + r * t * t;
      return under > 0 ? (a + b * t) / std::sqrt(under) : -unreachable;
    };
    double best = own;
    for (const double t : {(b * p - a * q / 2) / (a * r - b * q / 2), 0.0, most}) {
      if (t >= 0 && t <= most && height(t) > height(best)) best = t;
    }
    return best;
  }

  // How small a share of the squares of all products their variance is, where they are nearly and wholly alike.
  static constexpr double nearly_alike = 1e-3;
  static constexpr double alike = 1e-15;

  // A vertex that outgrows all others without bound is stopped here.
  static constexpr double dominance = 1e4;

  const Network& net_;
  Adjacency rows_;
  CoreFit criterion_;
  double pairs_;
  double values_ = 0.0;
  double squares_ = 0.0;
  double spread_ = 0.0;
  std::vector<double> strength_;
};

}  // namespace linkpin::detail
