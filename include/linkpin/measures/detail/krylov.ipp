// The largest eigenvalue of a matrix without negative entries, and its eigenvector: Krylov-Schur iteration
// (Stewart 2002, doi:10.1137/S0895479800371529), which needs nothing of the matrix but products with vectors.
#pragma once

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/run.hpp>
#include <numeric>
#include <utility>
#include <vector>

namespace linkpin::detail {

struct Perron {
  double value = 0.0;
  std::vector<double> vector;  // not negative, the largest entry 1
  double residual = 0.0;       // relative to the value
  std::int64_t products = 0;
  bool converged = false;
};

// Long vectors in blocks: each block's part is summed by itself, so that threads do not change the bits.
class VectorBlocks {
 public:
  VectorBlocks(std::size_t n, const Run& run) : n_(n), run_(run) {}

  // The products of w with each of the vectors.
  [[nodiscard]] std::vector<double> dots(const std::vector<std::vector<double>>& vectors,
                                         const std::vector<double>& w) const {
    const std::size_t count = vectors.size();
    std::vector<double> parts(blocks() * count, 0.0);
    each(count, [&](std::size_t b, std::size_t begin, std::size_t end) {
      for (std::size_t i = 0; i < count; ++i) parts[b * count + i] = dot(vectors[i].data(), w.data(), begin, end);
    });
    std::vector<double> sums(count, 0.0);
    for (std::size_t at = 0; at < parts.size(); ++at) sums[at % count] += parts[at];
    return sums;
  }

  // w += sign * sum of c_i times vector i.
  void add(std::vector<double>& w, double sign, const std::vector<double>& c,
           const std::vector<std::vector<double>>& vectors) const {
    each(c.size(), [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = 0; i < c.size(); ++i) {
        const double factor = sign * c[i];
        for (std::size_t v = begin; v < end; ++v) w[v] += factor * vectors[i][v];
      }
    });
  }

  [[nodiscard]] double norm(const std::vector<double>& w) const {
    std::vector<double> parts(blocks(), 0.0);
    each(1, [&](std::size_t b, std::size_t begin, std::size_t end) { parts[b] = dot(w.data(), w.data(), begin, end); });
    return std::sqrt(std::accumulate(parts.begin(), parts.end(), 0.0));
  }

 private:
  static constexpr std::size_t block = 4096;

  [[nodiscard]] std::size_t blocks() const { return (n_ + block - 1) / block; }

  template <class Body>
  void each(std::size_t vectors, const Body& body) const {
    parallel_for(static_cast<std::int64_t>(blocks()), static_cast<std::int64_t>(block * vectors), run_,
                 [&](std::int64_t first, std::int64_t last) {
                   for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
                     body(b, b * block, std::min(n_, (b + 1) * block));
                   }
                 });
  }

  static double dot(const double* x, const double* y, std::size_t begin, std::size_t end) {
    double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
    std::size_t v = begin;
    for (; v + 4 <= end; v += 4) {
      a += x[v] * y[v];
      b += x[v + 1] * y[v + 1];
      c += x[v + 2] * y[v + 2];
      d += x[v + 3] * y[v + 3];
    }
    for (; v < end; ++v) a += x[v] * y[v];
    return (a + b) + (c + d);
  }

  std::size_t n_;
  const Run& run_;
};

// The wanted part of a small projected matrix: the eigenvector of the eigenvalue furthest right, and an orthonormal
// basis of those furthest right.
struct Ritz {
  double value = 0.0;
  Eigen::VectorXd vector;
  Eigen::MatrixXd basis;
};

inline Ritz symmetric_ritz(const Eigen::MatrixXd& h, Eigen::Index keep) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver((h + h.transpose()) / 2);
  const Eigen::Index size = h.rows();
  Ritz ritz;
  ritz.value = solver.eigenvalues()[size - 1];
  ritz.vector = solver.eigenvectors().col(size - 1);
  ritz.basis = solver.eigenvectors().rightCols(std::min(keep, size));
  return ritz;
}

inline Ritz general_ritz(const Eigen::MatrixXd& h, Eigen::Index keep) {
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(h);
  const Eigen::Index size = h.rows();
  std::vector<Eigen::Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&solver](Eigen::Index a, Eigen::Index b) {
    return solver.eigenvalues()[a].real() > solver.eigenvalues()[b].real();
  });
  Ritz ritz;
  ritz.value = solver.eigenvalues()[order[0]].real();
  ritz.vector = solver.eigenvectors().col(order[0]).real().normalized();
  // Of a conjugate pair the first gives the real part and the second the imaginary one; a pair is kept whole.
  Eigen::MatrixXd spanning(size, size);
  Eigen::Index used = 0;
  for (const Eigen::Index i : order) {
    const bool second = solver.eigenvalues()[i].imag() < 0;
    if (used >= keep && !second) break;
    spanning.col(used++) = second ? Eigen::VectorXd(solver.eigenvectors().col(i).imag())
                                  : Eigen::VectorXd(solver.eigenvectors().col(i).real());
  }
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(spanning.leftCols(used));
  ritz.basis = qr.householderQ() * Eigen::MatrixXd::Identity(size, used);
  return ritz;
}

// vectors times a matrix, in place.
inline void rotate(std::vector<std::vector<double>>& vectors, const Eigen::MatrixXd& by, const VectorBlocks& blocks) {
  std::vector<std::vector<double>> turned;
  for (Eigen::Index j = 0; j < by.cols(); ++j) {
    std::vector<double> sum(vectors[0].size(), 0.0);
    blocks.add(sum, 1.0, std::vector<double>(by.col(j).begin(), by.col(j).end()), vectors);
    turned.push_back(std::move(sum));
  }
  vectors = std::move(turned);
}

// `apply(x, y)` sets y = A x; A is irreducible. `start` is above zero.
template <class Apply>
Perron perron(std::vector<double> start, bool symmetric, const Apply& apply, double tolerance, std::int64_t most,
              const Run& run) {
  const std::size_t n = start.size();
  const std::size_t room = std::min<std::size_t>(n, n > 200'000 ? 12 : 24);
  const Eigen::Index keep = static_cast<Eigen::Index>(std::max<std::size_t>(1, room / 3));
  Run inner;
  inner.threads = run.threads;
  const VectorBlocks blocks(n, inner);
  Watch watch(run);
  Perron answer;
  std::vector<std::vector<double>> basis;
  Eigen::MatrixXd h = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(room), static_cast<Eigen::Index>(room));
  std::vector<double> next = std::move(start);
  double norm = blocks.norm(next);
  for (;;) {
    for (double& x : next) x /= norm;
    const auto j = static_cast<Eigen::Index>(basis.size());
    std::vector<double> image(n);
    apply(next.data(), image.data());
    ++answer.products;
    watch.look();
    basis.push_back(std::move(next));
    std::vector<double> along = blocks.dots(basis, image);
    blocks.add(image, -1.0, along, basis);
    const std::vector<double> rest = blocks.dots(basis, image);  // once more, for what rounding left
    blocks.add(image, -1.0, rest, basis);
    double largest = 0.0;
    for (Eigen::Index i = 0; i <= j; ++i) {
      h(i, j) = along[static_cast<std::size_t>(i)] + rest[static_cast<std::size_t>(i)];
      largest = std::max(largest, std::abs(h(i, j)));
    }
    norm = blocks.norm(image);
    next = std::move(image);
    const bool exhausted = basis.size() == n || norm <= 1e-14 * largest;
    if (basis.size() < room && !exhausted) {
      h(j + 1, j) = norm;
      continue;
    }

    const auto size = static_cast<Eigen::Index>(basis.size());
    const Ritz ritz =
        symmetric ? symmetric_ritz(h.topLeftCorner(size, size), keep) : general_ritz(h.topLeftCorner(size, size), keep);
    answer.value = ritz.value;
    answer.residual = exhausted ? 0.0 : norm * std::abs(ritz.vector[size - 1]) / std::abs(ritz.value);
    answer.converged = exhausted || answer.residual <= tolerance;
    if (answer.converged || answer.products >= most) {
      rotate(basis, ritz.vector, blocks);
      answer.vector = std::move(basis[0]);
      break;
    }
    rotate(basis, ritz.basis, blocks);
    const Eigen::MatrixXd kept = ritz.basis.transpose() * h.topLeftCorner(size, size) * ritz.basis;
    const Eigen::RowVectorXd link = norm * ritz.basis.row(size - 1);
    h.setZero();
    h.topLeftCorner(kept.rows(), kept.cols()) = kept;
    h.block(kept.rows(), 0, 1, link.size()) = link;
  }

  // The vector of a matrix without negative entries has one sign; what differs is rounding.
  double extreme = 0.0;
  for (const double x : answer.vector) extreme = std::abs(x) > std::abs(extreme) ? x : extreme;
  for (double& x : answer.vector) x = std::max(0.0, x / extreme);
  return answer;
}

}  // namespace linkpin::detail
