// Logistic regression of answers in which senders differ: some coefficients have a part of each sender's own.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/draws.hpp>
#include <linkpin/uncertainty/detail/triangular.hpp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail::missing {

// Answers, sender by sender.
struct SenderRows {
  double usual = 0.0;              // log odds, about which the intercept is sought
  std::size_t width = 0;           // columns, the first of them 1
  std::size_t own = 0;             // so many of the first have a part of each sender's own
  std::vector<double> x;           // row by row
  std::vector<double> y;           // 0 or 1
  std::vector<std::size_t> first;  // the first row of each sender, and the end
  // Rows that hold each other's answer among their columns: of each pair that tells both ways, once.
  std::vector<std::pair<std::size_t, std::size_t>> both_ways;
};

inline double logistic_of(double x) { return 1.0 / (1.0 + std::exp(-x)); }

// The posterior of the coefficients, nearly: common ones ~ Normal(0, 2.5^2) (the intercept about the usual log odds)
// beforehand, a sender's own parts ~ Normal(0, their variance), which is estimated. Newton's method in which the
// expected answers are means over the own parts and not their values at its peak, so that the means of what is drawn
// later are those of what was answered (a Gaussian variational approximation to second order: Ormerod & Wand 2012). A
// pair that answers both ways stands in two rows, each given the other; what the two say together is reckoned with in
// the spread of the coefficients, as composite likelihoods ask for (Varin, Reid & Firth 2011).
class SenderLogistic {
 public:
  SenderLogistic() = default;

  // Starts from the coefficients of `before`, where it has some.
  SenderLogistic(const SenderRows& rows, const SenderLogistic& before)
      : width_(rows.width),
        own_(rows.own),
        beta_(before.beta_),
        variance_(before.variance_),
        parts_(rows.first.size() - 1) {
    beta_.resize(width_, 0.0);
    variance_.resize(own_, usual_variance);
    for (Part& part : parts_) part.value.assign(own_, 0.0);
    for (int step = 0; step < 30; ++step) {
      if (newton(rows, step)) break;
    }
    spread_ = spread_of_score(rows);
  }

  // Of all, for one draw.
  struct Coefficients {
    std::vector<double> common;
    std::vector<double> spread;  // what the own parts are scaled by: how unsure their variances are
  };

  [[nodiscard]] Coefficients drawn(Stream& random) const {
    Coefficients c;
    c.common = beta_;
    std::vector<double> z(width_), off(width_, 0.0);
    for (double& v : z) v = random.normal();
    for (std::size_t j = 0; j < width_; ++j) {
      for (std::size_t k = 0; k <= j; ++k) off[j] += spread_[j * width_ + k] * z[k];
    }
    dyads::forward(root_, width_, off);
    dyads::backward(root_, width_, off);
    for (std::size_t j = 0; j < width_; ++j) c.common[j] += off[j];
    const auto count = static_cast<double>(std::max<std::size_t>(1, parts_.size()));
    for (std::size_t k = 0; k < own_; ++k) c.spread.push_back(std::sqrt(count / (2 * draw_gamma(random, count / 2))));
    return c;
  }

  // The common coefficients with the own parts of a sender of these rows, or (`nobody`) of one who told nothing.
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
  [[nodiscard]] std::vector<double> of_sender(std::size_t sender, const Coefficients& c, Stream& random) const {
    std::vector<double> b = c.common;
    if (sender == nobody) {
      for (std::size_t k = 0; k < own_; ++k) b[k] += c.spread[k] * std::sqrt(variance_[k]) * random.normal();
      return b;
    }
    const std::vector<double> off = deviates(random, parts_[sender].root, own_);
    for (std::size_t k = 0; k < own_; ++k) b[k] += parts_[sender].value[k] + c.spread[k] * off[k];
    return b;
  }

 private:
  static constexpr double usual_variance = 0.3;  // of own parts: odds within a factor of three, mostly

  struct Part {
    std::vector<double> value;
    std::vector<double> root;   // of the precision
    std::vector<double> cross;  // root^-1 times the information shared with the common coefficients, own x width
    std::vector<double> step;   // root^-1 times the score
  };

  // Normal with the precision of which this is the lower triangle.
  static std::vector<double> deviates(Stream& random, const std::vector<double>& root, std::size_t size) {
    std::vector<double> z(size);
    for (double& v : z) v = random.normal();
    dyads::backward(root, size, z);
    return z;
  }

  // One step; true where nothing moves any more.
  bool newton(const SenderRows& rows, int step) {
    constexpr double precision = 1.0 / (2.5 * 2.5);
    std::vector<double> information(width_ * width_, 0.0), score(width_);
    for (std::size_t j = 0; j < width_; ++j) {
      information[j * width_ + j] = precision;
      score[j] = ((j == 0 ? rows.usual : 0.0) - beta_[j]) * precision;
    }
    for (std::size_t s = 0; s < parts_.size(); ++s) gather(rows, s, step > 0, information, score);
    dyads::cholesky(information, width_);
    dyads::forward(information, width_, score);
    dyads::backward(information, width_, score);
    root_ = std::move(information);
    double moved = 0.0;
    for (std::size_t j = 0; j < width_; ++j) {
      moved = std::max(moved, std::abs(score[j]));
      beta_[j] += std::clamp(score[j], -3.0, 3.0);
    }
    return move_parts(score, step) && step > 3 && moved < 1e-3;
  }

  // The root of the score's variance: the information, and the products of the two rows of a pair.
  [[nodiscard]] std::vector<double> spread_of_score(const SenderRows& rows) const {
    std::vector<double> left(rows.y.size());
    for (std::size_t s = 0; s < parts_.size(); ++s) {
      for (std::size_t row = rows.first[s]; row < rows.first[s + 1]; ++row) {
        const double* x = rows.x.data() + row * width_;
        double eta = 0.0;
        for (std::size_t j = 0; j < width_; ++j) eta += x[j] * (beta_[j] + (j < own_ ? parts_[s].value[j] : 0.0));
        left[row] = rows.y[row] - logistic_of(eta);
      }
    }
    std::vector<double> variance(width_ * width_, 0.0);
    for (std::size_t j = 0; j < width_; ++j) {
      for (std::size_t l = 0; l <= j; ++l) {
        for (std::size_t k = 0; k <= l; ++k) variance[j * width_ + l] += root_[j * width_ + k] * root_[l * width_ + k];
      }
    }
    for (const auto& [one, other] : rows.both_ways) {
      const double* x = rows.x.data() + one * width_;
      const double* z = rows.x.data() + other * width_;
      const double product = left[one] * left[other];
      for (std::size_t j = 0; j < width_; ++j) {
        for (std::size_t l = 0; l <= j; ++l) variance[j * width_ + l] += product * (x[j] * z[l] + z[j] * x[l]);
      }
    }
    return dyads::cholesky(variance, width_) ? variance : root_;
  }

  // Adds what a sender's answers say, with its own parts left free.
  void gather(const SenderRows& rows, std::size_t s, bool spread, std::vector<double>& information,
              std::vector<double>& score) {
    Part& part = parts_[s];
    std::vector<double> precision(own_ * own_, 0.0), own_score(own_), cross(own_ * width_, 0.0), z(own_);
    for (std::size_t k = 0; k < own_; ++k) {
      precision[k * own_ + k] = 1 / variance_[k];
      own_score[k] = -part.value[k] / variance_[k];
    }
    for (std::size_t row = rows.first[s]; row < rows.first[s + 1]; ++row) {
      const double* x = rows.x.data() + row * width_;
      double eta = 0.0;
      for (std::size_t j = 0; j < width_; ++j) eta += x[j] * beta_[j];
      for (std::size_t k = 0; k < own_; ++k) eta += x[k] * part.value[k];
      const double p = logistic_of(eta);
      const double weight = p * (1 - p);
      double expected = p;
      if (spread && own_ > 0) {  // the mean over the own parts as unsure as they were found to be
        std::copy(x, x + own_, z.begin());
        dyads::forward(part.root, own_, z);
        double variance = 0.0;
        for (const double v : z) variance += v * v;
        expected += 0.5 * variance * weight * (1 - 2 * p);
      }
      const double left = rows.y[row] - expected;
      for (std::size_t j = 0; j < width_; ++j) {
        score[j] += x[j] * left;
        const double wx = weight * x[j];
        for (std::size_t l = 0; l <= j; ++l) information[j * width_ + l] += wx * x[l];
        for (std::size_t k = 0; k < own_; ++k) cross[k * width_ + j] += wx * x[k];
      }
      for (std::size_t k = 0; k < own_; ++k) own_score[k] += x[k] * left;
    }
    for (std::size_t k = 0; k < own_; ++k) {
      for (std::size_t l = 0; l <= k; ++l) precision[k * own_ + l] += cross[k * width_ + l];
    }
    dyads::cholesky(precision, own_);
    dyads::forward(precision, own_, own_score);
    for (std::size_t j = 0; j < width_; ++j) {
      for (std::size_t k = 0; k < own_; ++k) z[k] = cross[k * width_ + j];
      dyads::forward(precision, own_, z);
      for (std::size_t k = 0; k < own_; ++k) cross[k * width_ + j] = z[k];
    }
    for (std::size_t k = 0; k < own_; ++k) {
      const double* c = cross.data() + k * width_;
      for (std::size_t j = 0; j < width_; ++j) {
        score[j] -= c[j] * own_score[k];
        for (std::size_t l = 0; l <= j; ++l) information[j * width_ + l] -= c[j] * c[l];
      }
    }
    part.root = std::move(precision);
    part.cross = std::move(cross);
    part.step = std::move(own_score);
  }

  // The own parts follow the common coefficients, and their variances follow them: squares over the number of parts
  // that the answers have determined (MacKay 1992), with a sender of usual variance beforehand.
  bool move_parts(std::span<const double> common_step, int step) {
    std::vector<double> squares(own_, usual_variance), determined(own_, 1.0);
    for (Part& part : parts_) {
      std::vector<double> d = part.step;
      for (std::size_t k = 0; k < own_; ++k) {
        for (std::size_t j = 0; j < width_; ++j) d[k] -= part.cross[k * width_ + j] * common_step[j];
      }
      dyads::backward(part.root, own_, d);
      for (std::size_t k = 0; k < own_; ++k) {
        part.value[k] += std::clamp(d[k], -2.0, 2.0);
        squares[k] += part.value[k] * part.value[k];
        std::vector<double> unit(own_, 0.0);
        unit[k] = 1.0;
        dyads::forward(part.root, own_, unit);
        determined[k] += 1.0;
        for (const double v : unit) determined[k] -= v * v / variance_[k];
      }
    }
    if (step < 2) return false;
    bool settled = true;
    for (std::size_t k = 0; k < own_; ++k) {
      const double now = squares[k] / determined[k];
      settled = settled && std::abs(now - variance_[k]) < 0.02 * variance_[k];
      variance_[k] = now;
    }
    return settled;
  }

  std::size_t width_ = 0, own_ = 0;
  std::vector<double> beta_, root_, spread_;  // roots of the information and of the score's variance
  std::vector<double> variance_;              // of the own parts
  std::vector<Part> parts_;
};

}  // namespace linkpin::detail::missing
