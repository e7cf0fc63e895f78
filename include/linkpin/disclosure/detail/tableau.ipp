// Linear programmes over changes of figures that keep all sums: a simplex tableau that starts from "no change".
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/disclosure/suppression.hpp>
#include <span>
#include <vector>

namespace linkpin::detail {

// The change of figure f is side 2f (up) less side 2f + 1 (down), each with bounds of its own. No change is always
// feasible and belongs to every basis, so there is no first phase, and one tableau serves all programmes over the
// same sums: only bounds and gains differ.
class Tableau {
 public:
  Tableau(std::size_t figures, std::span<const PublishedSum> sums)
      : low(2 * figures, 0.0),
        high(2 * figures, 0.0),
        width_(figures),
        value_(2 * figures, 0.0),
        row_of_(2 * figures, nowhere) {
    for (const PublishedSum& s : sums) add(s);
  }

  std::vector<double> low, high;  // by side; kept by the caller, 0 within them when it resets

  [[nodiscard]] double change(std::size_t figure) const { return value_[2 * figure] - value_[2 * figure + 1]; }
  [[nodiscard]] double value(std::size_t side) const { return value_[side]; }
  [[nodiscard]] double work() const { return work_; }

  void reset() { std::fill(value_.begin(), value_.end(), 0.0); }

  // Goes from the present point to a maximum of the sum of gain x side; false where it has none.
  bool maximise(std::span<const double> gain, Watch& watch) {
    price_.assign(width_, 0.0);
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      const double g = gain[basis_[i]];
      if (g != 0) add_row(price_, i, g);
    }
    std::size_t still = 0;  // steps without progress; after many the smallest index decides, which cannot cycle
    for (;;) {
      watch.tick();
      const bool careful = still > 20 + basis_.size();
      const std::size_t k = entering(gain, careful);
      if (k == nowhere) return true;
      const double reduced = gain[k] - sign(k) * price_[k / 2];
      const double step = advance(k, reduced > 0 ? 1.0 : -1.0, careful);
      if (step == unreachable) return false;
      still = step > tolerance ? 0 : still + 1;
      if (left_ != nowhere) {
        pivot(left_, k);
        add_row(price_, left_, reduced);
      }
    }
  }

  // Moves every side that lies between its bounds and is not in the basis to one of them, or into the basis.
  void settle() {
    for (std::size_t k = 0; k < value_.size(); ++k) {
      if (row_of_[k] != nowhere || value_[k] <= low[k] + tolerance || value_[k] >= high[k] - tolerance) continue;
      advance(k, value_[k] - low[k] < high[k] - value_[k] ? -1.0 : 1.0, false);
      if (left_ != nowhere) pivot(left_, k);
    }
  }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  static constexpr double tolerance = 1e-9;

  static double sign(std::size_t side) { return side % 2 == 0 ? 1.0 : -1.0; }
  double* row(std::size_t i) { return &cells_[i * width_]; }

  void add_row(std::vector<double>& to, std::size_t i, double factor) {
    const double* r = row(i);
    for (std::size_t c = 0; c < width_; ++c) to[c] += factor * r[c];
  }

  // Takes a sum in: its row is freed of what is in the basis, and one of what remains enters it.
  void add(const PublishedSum& s) {
    const std::size_t i = basis_.size();
    cells_.resize((i + 1) * width_, 0.0);
    double* fresh = row(i);
    fresh[static_cast<std::size_t>(s.total)] -= 1.0;
    for (const index_t p : s.parts) fresh[static_cast<std::size_t>(p)] += 1.0;
    for (std::size_t r = 0; r < i; ++r) {
      const double factor = sign(basis_[r]) * fresh[basis_[r] / 2];
      if (factor == 0) continue;
      const double* other = row(r);
      for (std::size_t c = 0; c < width_; ++c) fresh[c] -= factor * other[c];
    }
    std::size_t enters = static_cast<std::size_t>(s.total);
    if (fresh[enters] == 0) {
      for (std::size_t c = 0; c < width_; ++c) {
        if (std::abs(fresh[c]) > std::abs(fresh[enters])) enters = c;
      }
    }
    if (std::abs(fresh[enters]) < tolerance) {  // the other sums say the same already
      cells_.resize(i * width_);
      return;
    }
    basis_.push_back(nowhere);
    pivot(i, 2 * enters);
  }

  // The side whose move gains most, or `nowhere` at a maximum.
  [[nodiscard]] std::size_t entering(std::span<const double> gain, bool careful) const {
    std::size_t best = nowhere;
    double most = tolerance;
    for (std::size_t k = 0; k < value_.size(); ++k) {
      if (row_of_[k] != nowhere || low[k] == high[k]) continue;
      const double reduced = gain[k] - sign(k) * price_[k / 2];
      if (std::abs(reduced) <= most) continue;
      if (reduced > 0 ? value_[k] >= high[k] - tolerance : value_[k] <= low[k] + tolerance) continue;
      best = k;
      if (careful) return best;
      most = std::abs(reduced);
    }
    return best;
  }

  // Moves a side as far as bounds allow; `left_` is the row that stopped it, or `nowhere` where its own bound did.
  double advance(std::size_t k, double direction, bool careful) {
    const std::size_t c = k / 2;
    double step = direction > 0 ? high[k] - value_[k] : value_[k] - low[k];
    double grip = 0;
    left_ = nowhere;
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      const double a = sign(k) * cells_[i * width_ + c];
      if (std::abs(a) < tolerance) continue;
      const std::size_t b = basis_[i];
      const double room = std::max(0.0, -a * direction > 0 ? high[b] - value_[b] : value_[b] - low[b]);
      const double limit = room / std::abs(a);
      const bool ties = left_ != nowhere && std::abs(limit - step) <= 1e-12;
      if (ties ? (careful ? b < basis_[left_] : std::abs(a) > grip) : limit < step) {
        step = std::min(step, limit);
        grip = std::abs(a);
        left_ = i;
      }
    }
    if (step == unreachable) return step;
    value_[k] += direction * step;
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      const double a = cells_[i * width_ + c];
      if (a != 0) value_[basis_[i]] -= sign(k) * a * direction * step;
    }
    if (left_ != nowhere) {
      double& stopped = value_[basis_[left_]];
      const double below = low[basis_[left_]], above = high[basis_[left_]];
      stopped = std::abs(stopped - below) <= std::abs(above - stopped) ? below : above;
    }
    return step;
  }

  void pivot(std::size_t at, std::size_t k) {
    if (basis_[at] != nowhere) row_of_[basis_[at]] = nowhere;
    basis_[at] = k;
    row_of_[k] = at;
    const std::size_t c = k / 2;
    double* r = row(at);
    const double scale = 1.0 / (sign(k) * r[c]);
    touched_.clear();
    for (std::size_t x = 0; x < width_; ++x) {
      if (r[x] == 0) continue;
      r[x] *= scale;
      touched_.push_back(x);
    }
    r[c] = sign(k);
    for (std::size_t i = 0; i < basis_.size(); ++i) {
      double* other = row(i);
      const double factor = sign(k) * other[c];
      if (i == at || factor == 0) continue;
      for (const std::size_t x : touched_) {
        other[x] -= factor * r[x];
        if (std::abs(other[x]) < 1e-12) other[x] = 0;
      }
      other[c] = 0;
      work_ += static_cast<double>(touched_.size());
    }
    work_ += static_cast<double>(width_);
  }

  std::size_t width_;
  std::vector<double> cells_;  // by row, by figure: the coefficient of its upward side
  std::vector<std::size_t> basis_;
  std::vector<double> value_;
  std::vector<std::size_t> row_of_;
  std::vector<double> price_;
  std::vector<std::size_t> touched_;
  std::size_t left_ = nowhere;
  double work_ = 0;
};

}  // namespace linkpin::detail
