// Controlled rounding: every figure to a multiple of a base next to it, so that totals are still the sums of their
// parts.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/disclosure/suppression.hpp>
#include <span>
#include <vector>

namespace linkpin {

struct RoundingOptions {
  std::int64_t base = 5;
  Run run{};
};

struct Rounding {
  std::vector<std::int64_t> figures;  // multiples of the base, less than one base away from the true ones
  bool additive = true;               // whether every sum still holds; always in one table of two dimensions
  Provenance provenance;
};

// Multiples of the base stay as they are; of the two next to any other figure the nearer is taken where the sums allow.
// One linear programme, whose corners are whole numbers for tables of two dimensions (Bacharach 1966); in others what
// is left between is fixed one figure at a time, and where that fails each figure goes to its nearest multiple and a
// warning says so. Throws InputError for a base below 2, and as suppress.
[[nodiscard]] Rounding round_counts(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                    const RoundingOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/disclosure/detail/rounding.ipp>
#endif
