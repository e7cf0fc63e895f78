#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <linkpin/core/error.hpp>
#include <linkpin/core/memory.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/measures/detail/inflow.ipp>
#include <linkpin/measures/detail/katz_lanes.ipp>
#include <linkpin/measures/detail/pagerank.ipp>
#include <linkpin/measures/detail/pagerank_lanes.ipp>
#include <linkpin/measures/detail/perron_parts.ipp>
#include <linkpin/measures/detail/simple_rows.ipp>
#include <linkpin/measures/spectral.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

namespace detail {

inline std::string digits(double x, const char* format = "%.10g") {
  char text[40];
  std::snprintf(text, sizeof text, format, x);
  return text;
}

// The network and values that a spectral measure reads.
struct SpectralInput {
  Network net;
  std::vector<double> values;  // by tie; empty: each 1

  SpectralInput(const Network& given, const TieValues& weights, bool loops, std::string_view function) : net(given) {
    if (!weights.ones(given)) values = weights.resolve(given, function, "weights");
    if (loops || !given.has_loops()) return;
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(given.m()));
    std::vector<double> kept;
    for (std::size_t e = 0; e < keep.size(); ++e) {
      keep[e] = given.sources()[e] != given.targets()[e] ? 1 : 0;
      if (keep[e] != 0 && !values.empty()) kept.push_back(values[e]);
    }
    net = with_ties(given, keep);
    values = std::move(kept);
  }
};

inline void note_loops(const Network& net, bool counted, Provenance& provenance) {
  if (!net.has_loops()) return;
  const bool one = net.loops() == 1;
  const char* count = one ? " loop counts" : " loops count";
  const char* out = one ? " loop is left out" : " loops are left out";
  provenance.warnings.push_back(std::to_string(net.loops()) + (counted ? count : out));
}

inline void note_convergence(const Convergence& convergence, Provenance& provenance) {
  if (convergence.converged) return;
  provenance.warnings.push_back("not converged after " + std::to_string(convergence.iterations) +
                                " iterations: an error of about " + digits(convergence.error, "%.2g") + " is left");
}

inline bool all_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return x == 0.0; });
}

// Ties of value 0 lead nowhere. By vertex, how many of the others lead on from it.
inline std::vector<index_t> ways_on(const Inflow& inflow) {
  std::vector<index_t> count(static_cast<std::size_t>(inflow.n()), 0);
  for (index_t k = 0; k < inflow.offset(inflow.n()); ++k) {
    if (inflow.values() == nullptr || inflow.values()[k] > 0) ++count[static_cast<std::size_t>(inflow.from()[k])];
  }
  return count;
}

inline double largest(const std::vector<double>& values) {
  return values.empty() ? 0.0 : *std::max_element(values.begin(), values.end());
}

inline void scale_to_maximum(std::vector<double>& values) {
  const double top = largest(values);
  if (top > 0) {
    for (double& x : values) x /= top;
  }
}

inline void note_parts(const PartsPerron& found, Provenance& provenance) {
  if (found.shared > 1) {
    provenance.warnings.push_back(std::to_string(found.shared) +
                                  " parts of the network share the largest eigenvalue: how their values compare is "
                                  "what power iteration from the degrees comes to");
  }
  const auto without = std::count(found.vector.begin(), found.vector.end(), 0.0);
  if (without == 0) return;
  provenance.warnings.push_back(std::to_string(without) + " of " + std::to_string(found.vector.size()) +
                                " vertices get 0: the part of the network with the largest eigenvalue does not lead "
                                "to them");
}

inline void take_slower(Convergence& slowest, const Convergence& other) {
  slowest.converged = slowest.converged && other.converged;
  slowest.iterations = std::max(slowest.iterations, other.iterations);
  slowest.error = std::max(slowest.error, other.error);
}

// What each column of starts sums to; refuses what is no column.
inline std::vector<double> restart_sums(const Network& net, std::span<const double> columns, const Run& run) {
  const auto n = static_cast<std::size_t>(net.n());
  if (n == 0 ? !columns.empty() : columns.size() % n != 0) {
    refuse("pagerank", "personalisation, length", std::to_string(columns.size()),
           "give one number a vertex for each column: a multiple of " + std::to_string(n));
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::isfinite(columns[i]) && columns[i] >= 0) continue;
    refuse("pagerank", "personalisation", shown(columns[i]), "shares are finite and not negative",
           "vertex " + net.name(static_cast<index_t>(i % n)) + ", column " + std::to_string(i / n));
  }
  std::vector<double> sums(n == 0 ? 0 : columns.size() / n);
  Run inner;
  inner.threads = run.threads;
  parallel_for(static_cast<std::int64_t>(sums.size()), net.n(), inner, [&](std::int64_t first, std::int64_t last) {
    for (auto c = static_cast<std::size_t>(first); c < static_cast<std::size_t>(last); ++c) {
      sums[c] = sum(columns.subspan(c * n, n));
    }
  });
  for (std::size_t c = 0; c < sums.size(); ++c) {
    if (sums[c] > 0 && std::isfinite(sums[c])) continue;
    refuse("pagerank", "personalisation", digits(sums[c]), "a column needs some vertex to start from",
           "column " + std::to_string(c));
  }
  return sums;
}

// What leaves each vertex; `inflow` is what reaches them.
inline std::vector<double> outflow(const SpectralInput& input, const Inflow& inflow, bool symmetric) {
  return symmetric ? inflow.sums() : Inflow(input.net, Mode::out, input.values).sums();
}

// Hubs and authorities as one undirected network: vertex v as a hub is v, as an authority n + v.
inline Inflow double_cover(const Inflow& in, const Inflow& out) {
  const index_t n = in.n();
  const auto entries = static_cast<std::size_t>(in.offset(n));
  if (entries > static_cast<std::size_t>(largest_index) / 2) {
    throw LimitError({"hits", "number of ties", std::to_string(entries), "", "more than 2^30 ties cannot be held"});
  }
  std::vector<index_t> offsets{0};
  std::vector<index_t> from;
  std::vector<double> values;
  offsets.reserve(2 * static_cast<std::size_t>(n) + 1);
  from.reserve(2 * entries);
  for (const Inflow* side : {&out, &in}) {
    for (index_t v = 0; v < n; ++v) {
      for (index_t k = side->offset(v); k < side->offset(v + 1); ++k) {
        from.push_back(side->from()[k] + (side == &out ? n : 0));
        if (side->values() != nullptr) values.push_back(side->values()[k]);
      }
      offsets.push_back(static_cast<index_t>(from.size()));
    }
  }
  return {std::move(offsets), std::move(from), std::move(values)};
}

}  // namespace detail

LINKPIN_INLINE Eigenvector eigenvector(const Network& net, const EigenvectorOptions& options) {
  const detail::SpectralInput input(net, options.weights, options.loops, "eigenvector");
  const bool symmetric = !net.directed() || !options.directed;
  const detail::Inflow inflow(input.net, symmetric ? Mode::all : Mode::in, input.values);
  Eigenvector result;
  result.provenance = provenance(net, "eigenvector");
  detail::warn_unobserved(net, result.provenance);
  detail::note_loops(net, options.loops, result.provenance);
  if (detail::all_zero(inflow.sums())) {
    result.values.assign(static_cast<std::size_t>(net.n()), 1.0);
    result.provenance.warnings.emplace_back("the network has no ties: all values are 1 by convention");
    return result;
  }
  detail::PartsPerron found =
      detail::PartsSolver(inflow, symmetric, options.tolerance, options.max_iterations, options.run).solve(true);
  if (found.value == 0) {
    for (const index_t count : detail::ways_on(inflow)) result.values.push_back(count == 0 ? 1.0 : 0.0);
    result.provenance.warnings.emplace_back(
        "the ties form no cycle, so the only eigenvalue is 0: vertices without outgoing ties get 1, the others 0");
    return result;
  }
  result.eigenvalue = found.value;
  result.convergence = {found.converged, found.products, found.residual};
  detail::note_convergence(result.convergence, result.provenance);
  detail::note_parts(found, result.provenance);
  result.values = std::move(found.vector);
  return result;
}

LINKPIN_INLINE Katz katz(const Network& net, const KatzOptions& options) {
  const auto n = static_cast<std::size_t>(net.n());
  if (!std::isfinite(options.alpha) || options.alpha < 0) {
    refuse("katz", "alpha", detail::digits(options.alpha), "give a number from 0 to 1 / the largest eigenvalue");
  }
  if (!std::isfinite(options.beta)) refuse("katz", "beta", detail::digits(options.beta), "give a finite number");
  if (!options.personalisation.empty() && (n == 0 || options.personalisation.size() % n != 0)) {
    refuse("katz", "personalisation, length", std::to_string(options.personalisation.size()),
           "give one number a vertex: " + std::to_string(n));
  }
  std::vector<double> own(std::max(n, options.personalisation.size()), options.beta);
  for (std::size_t i = 0; i < options.personalisation.size(); ++i) {
    const double x = options.personalisation[i];
    if (!std::isfinite(x) || x < 0) {
      refuse("katz", "personalisation", shown(x), "give finite numbers, none negative",
             "vertex " + net.name(static_cast<index_t>(i % n)));
    }
    own[i] *= x;
  }
  const detail::SpectralInput input(net, options.weights, options.loops, "katz");
  const bool symmetric = !net.directed() || !options.directed;
  const detail::Inflow inflow(input.net, symmetric ? Mode::all : Mode::in, input.values);
  // No eigenvalue is above the largest sum of a row or of a column.
  double shrink = options.alpha *
                  std::min(detail::largest(inflow.sums()), detail::largest(detail::outflow(input, inflow, symmetric)));
  if (shrink >= 1) {
    const double top = detail::PartsSolver(inflow, symmetric, 1e-12, 100'000, options.run).solve(false).value;
    shrink = options.alpha * top;
    if (shrink >= 1 - 1e-12) {
      refuse("katz", "alpha", detail::digits(options.alpha),
             "longer walks would count more and more; stay below " + detail::digits(1 / top) +
                 ", which is 1 / the largest eigenvalue");
    }
  }

  Katz result;
  result.provenance = provenance(net, "katz");
  detail::warn_unobserved(net, result.provenance);
  detail::note_loops(net, options.loops, result.provenance);
  result.values = gathered_array<double>(own.size());
  std::copy(own.begin(), own.end(), result.values.begin());
  // Where no walk is longer than n steps the sum ends by itself; elsewhere each sweep shrinks what is left.
  const double patience = std::max(1.0, shrink / (1 - shrink));
  Run inner;
  inner.threads = options.run.threads;
  Watch watch(options.run);
  auto next = gathered_array<double>(n);
  std::vector<double> changes(inflow.chunks()), tops(inflow.chunks());
  result.convergence.converged = n == 0;
  if (own.size() > n) {
    result.columns = static_cast<index_t>(own.size() / n);
    result.convergence.converged = true;
    for (std::size_t first = 0; first < own.size(); first += n * detail::lanes) {
      const std::size_t size = std::min(n * detail::lanes, own.size() - first);
      detail::take_slower(
          result.convergence,
          detail::katz_lanes(inflow, std::span(own).subspan(first, size), options.alpha, patience, options.tolerance,
                             options.max_iterations, options.run, std::span(result.values).subspan(first, size)));
    }
  }
  while (result.columns == 1 && !result.convergence.converged &&
         result.convergence.iterations < options.max_iterations) {
    inflow.each_chunk(inner, [&](std::size_t chunk, index_t first, index_t last) {
      double change = 0.0;
      double top = 0.0;
      for (index_t v = first; v < last; ++v) {
        const auto at = static_cast<std::size_t>(v);
        next[at] = own[at] + options.alpha * inflow.gather(v, result.values.data());
        change = std::max(change, std::abs(next[at] - result.values[at]));
        top = std::max(top, std::abs(next[at]));
      }
      changes[chunk] = change;
      tops[chunk] = top;
    });
    std::swap(result.values, next);
    ++result.convergence.iterations;
    watch.look();
    const double top = detail::largest(tops);
    result.convergence.error = top > 0 ? patience * detail::largest(changes) / top : 0.0;
    result.convergence.converged = result.convergence.error <= options.tolerance;
  }
  detail::note_convergence(result.convergence, result.provenance);
  if (options.normalized == KatzScale::raw) return result;
  const bool by_maximum = options.normalized == KatzScale::maximum;
  result.provenance.normalisation = by_maximum ? "maximum" : "l2";
  bool zero = false;
  for (std::size_t first = 0; first < result.values.size(); first += n) {
    const auto column = std::span(result.values).subspan(first, n);
    Sum squares;
    for (const double x : column) squares.add(x * x);
    const double length = by_maximum ? *std::max_element(column.begin(), column.end()) : std::sqrt(squares.value());
    if (by_maximum && length <= 0) continue;
    for (double& x : column) x = length > 0 ? x / length : undefined;
    zero = zero || length == 0;
  }
  if (zero) result.provenance.warnings.emplace_back("undefined: all values are 0");
  return result;
}

LINKPIN_INLINE PageRank pagerank(const Network& net, const PageRankOptions& options) {
  if (!(options.damping >= 0 && options.damping < 1)) {
    refuse("pagerank", "damping", detail::digits(options.damping), "give a number from 0 to below 1");
  }
  const auto n = static_cast<std::size_t>(net.n());
  const std::span<const double> columns = options.personalisation;
  const std::vector<double> restarts = detail::restart_sums(net, columns, options.run);
  const detail::SpectralInput input(net, options.weights, options.loops, "pagerank");
  const bool symmetric = !net.directed() || !options.directed;
  const detail::Inflow inflow(input.net, symmetric ? Mode::all : Mode::in, input.values);
  const std::vector<double> strength = detail::outflow(input, inflow, symmetric);
  PageRank result;
  result.provenance = provenance(net, "pagerank");
  detail::warn_unobserved(net, result.provenance);
  detail::note_loops(net, options.loops, result.provenance);
  if (n == 0) return result;
  result.columns = columns.empty() ? 1 : static_cast<index_t>(columns.size() / n);
  result.values = gathered_array<double>(n * static_cast<std::size_t>(result.columns));
  const detail::Sweeps sweeps{options.damping, options.tolerance, options.max_iterations};
  if (result.columns == 1) {
    result.convergence = detail::pagerank_column(inflow, strength, columns, columns.empty() ? 1.0 : restarts[0], sweeps,
                                                 options.run, result.values);
  } else {
    detail::PageRankColumns together(inflow, strength, sweeps, options.run);
    for (std::size_t first = 0; first < columns.size(); first += n * detail::abreast) {
      const std::size_t size = std::min(n * detail::abreast, columns.size() - first);
      detail::take_slower(result.convergence,
                          together.solve(columns.subspan(first, size), std::span(restarts).subspan(first / n, size / n),
                                         std::span(result.values).subspan(first, size)));
    }
  }
  detail::note_convergence(result.convergence, result.provenance);
  return result;
}

LINKPIN_INLINE Hits hits(const Network& net, const HitsOptions& options) {
  Hits result;
  result.provenance = provenance(net, "hits");
  detail::warn_unobserved(net, result.provenance);
  if (!net.directed()) {
    Eigenvector both = eigenvector(net, {.weights = options.weights,
                                         .loops = options.loops,
                                         .tolerance = options.tolerance,
                                         .max_iterations = options.max_iterations,
                                         .run = options.run});
    result.hub = both.values;
    result.authority = std::move(both.values);
    result.eigenvalue = both.eigenvalue * both.eigenvalue;
    result.convergence = both.convergence;
    result.provenance.warnings = std::move(both.provenance.warnings);
    return result;
  }
  const detail::SpectralInput input(net, options.weights, options.loops, "hits");
  const detail::Inflow in(input.net, Mode::in, input.values);
  const detail::Inflow out(input.net, Mode::out, input.values);
  detail::note_loops(net, options.loops, result.provenance);
  if (detail::all_zero(in.sums())) {
    result.hub.assign(static_cast<std::size_t>(net.n()), 1.0);
    result.authority = result.hub;
    result.provenance.warnings.emplace_back("the network has no ties: all values are 1 by convention");
    return result;
  }
  const detail::Inflow cover = detail::double_cover(in, out);
  const detail::PartsPerron found =
      detail::PartsSolver(cover, true, options.tolerance, options.max_iterations, options.run).solve(true);
  result.eigenvalue = found.value * found.value;
  result.convergence = {found.converged, found.products, found.residual};
  const auto middle = found.vector.begin() + net.n();
  result.hub.assign(found.vector.begin(), middle);
  result.authority.assign(middle, found.vector.end());
  detail::scale_to_maximum(result.hub);
  detail::scale_to_maximum(result.authority);
  detail::note_convergence(result.convergence, result.provenance);
  if (found.shared > 1) {
    result.provenance.warnings.push_back(std::to_string(found.shared) +
                                         " sets of hubs and authorities share the largest eigenvalue: how their "
                                         "values compare is what power iteration from the degrees comes to");
  }
  return result;
}

}  // namespace linkpin
