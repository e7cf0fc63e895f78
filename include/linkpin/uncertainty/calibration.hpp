// What intervals were measured to cover: the table of the calibration study, asked by measure and method.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <optional>
#include <string_view>

namespace linkpin {

// What varies between replicates.
enum class Resample : std::uint8_t { vertices, jackknife, ties, reports, imputations };

// How replicates become an interval: their quantiles; those turned round the estimate; those corrected for bias and
// acceleration (Efron 1987). The jackknife has one interval only.
enum class IntervalKind : std::uint8_t { percentile, basic, bca };

// Share of simulated surveys whose 95 % interval held the true value.
struct Coverage {
  double independent = 0.0;  // where ties are independent of each other
  double clustered = 0.0;    // where friends of friends are tied more often
  index_t n = 0;             // vertices of the simulated surveys nearest in size
  int surveys = 0;           // how many of each
};

// For a measure of the catalogue ("density", "reciprocity", "ei_index", "centralization" of degree, and
// "centralization_betweenness"); nothing where it was not measured.
[[nodiscard]] std::optional<Coverage> measured_coverage(std::string_view measure, Resample resample,
                                                        IntervalKind interval, index_t n);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/calibration.ipp>
#endif
