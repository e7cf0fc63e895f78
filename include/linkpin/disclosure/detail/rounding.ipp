#pragma once

#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/disclosure/detail/suppression.ipp>
#include <linkpin/disclosure/detail/tableau.ipp>
#include <linkpin/disclosure/rounding.hpp>

namespace linkpin {

namespace detail {

// A figure that is at neither of its ends; the number of figures where there is none.
inline std::size_t between(const Tableau& tableau, std::size_t figures) {
  for (std::size_t f = 0; f < figures; ++f) {
    const double y = tableau.value(2 * f);
    if (y > tableau.low[2 * f] + 1e-7 && y < tableau.high[2 * f] - 1e-7) return f;
  }
  return figures;
}

// Moves every figure to one of its ends; false where one can reach neither while those before it stay.
inline bool to_ends(Tableau& tableau, std::size_t figures, std::vector<double> gain, Watch& watch) {
  tableau.maximise(gain, watch);
  for (;;) {
    tableau.settle();
    const std::size_t f = between(tableau, figures);
    if (f == figures) return true;
    const double y = tableau.value(2 * f);
    bool reached = false;
    const double nearer = y - tableau.low[2 * f] < tableau.high[2 * f] - y ? -1.0 : 1.0;
    for (const double way : {nearer, -nearer}) {
      std::fill(gain.begin(), gain.end(), 0.0);
      gain[2 * f] = way;
      tableau.maximise(gain, watch);
      const double end = way > 0 ? tableau.high[2 * f] : tableau.low[2 * f];
      if (std::abs(tableau.value(2 * f) - end) > 1e-7) continue;
      tableau.low[2 * f] = tableau.high[2 * f] = tableau.value(2 * f);
      reached = true;
      break;
    }
    if (!reached) return false;
  }
}

}  // namespace detail

LINKPIN_INLINE Rounding round_counts(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                     const RoundingOptions& options) {
  detail::check_figures("round_counts", figures, sums);
  detail::check_size("round_counts", figures.size(), sums.size());
  if (options.base < 2 || options.base > 1'000'000) {
    refuse("round_counts", "base", std::to_string(options.base), "choose 2 to 1,000,000; 3, 5 or 10 as is usual");
  }
  Rounding out;
  out.provenance.measure = "round_counts";
  detail::Tableau tableau(figures.size(), sums);
  Watch watch(options.run);
  std::vector<double> gain(2 * figures.size(), 0.0);
  for (std::size_t f = 0; f < figures.size(); ++f) {
    const std::int64_t above = figures[f] % options.base;
    tableau.low[2 * f] = -static_cast<double>(above);
    tableau.high[2 * f] = above == 0 ? 0.0 : static_cast<double>(options.base - above);
    gain[2 * f] = -static_cast<double>(options.base - 2 * above) / static_cast<double>(options.base);
  }
  tableau.reset();
  out.additive = detail::to_ends(tableau, figures.size(), std::move(gain), watch);
  for (std::size_t f = 0; f < figures.size(); ++f) {
    const std::int64_t above = figures[f] % options.base;
    const bool up = out.additive ? tableau.value(2 * f) > 0 : 2 * above >= options.base;
    out.figures.push_back(figures[f] - above + (above > 0 && up ? options.base : 0));
  }
  if (!out.additive) {
    out.provenance.warnings.push_back(
        "these linked tables have no rounding that was found to keep every sum: each figure is rounded on its own");
  }
  return out;
}

}  // namespace linkpin
