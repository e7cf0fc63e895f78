// Products of permuted matrices with matrices that stay: four by four in one pass over the dyads.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/lanes.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/uncertainty/detail/dyads.ipp>
#include <span>
#include <vector>

namespace linkpin::detail::dyads {

inline constexpr int abreast = 4;
using Four = Lanes<abreast>;

// Matrices by fours, a dyad's values side by side; zeros fill up the last four.
inline std::vector<std::vector<Four>> by_fours(std::span<const std::vector<double>* const> matrices) {
  std::vector<std::vector<Four>> fours;
  for (std::size_t m = 0; m < matrices.size(); ++m) {
    if (m % abreast == 0) fours.emplace_back(matrices[m]->size());
    for (std::size_t c = 0; c < matrices[m]->size(); ++c) fours.back()[c].lane[m % abreast] = (*matrices[m])[c];
  }
  return fours;
}

// sums[f].lane[m] is the product of permuted matrix m with fixed matrix f.
struct PermutedProducts {
  template <int width>
  [[gnu::always_inline]] static inline void run(const Square& s, const index_t* order, const Four* moved,
                                                const Four* fixed, std::array<Four, abreast>& sums) {
    LINKPIN_UNFUSED_BODY
    constexpr int wide = width < abreast ? width : abreast;
    constexpr int size = abreast / wide;
    using Double = typename LaneVector<wide>::Double;
    for (index_t i = 0; i < s.n; ++i) {
      const index_t first = s.first(i);
      const Four* from = moved + s.cell(order[i], 0);
      const Four* with = fixed + s.cell(i, 0);
      Double even[abreast][size] = {};  // two sums a product: one alone would wait for itself
      Double odd[abreast][size] = {};
      auto add = [&](index_t j, Double(&sum)[abreast][size]) __attribute__((always_inline)) {
        const auto* row = vectors<wide>(from[order[j]]);
        for (int f = 0; f < abreast; ++f) {
          for (int l = 0; l < size; ++l) sum[f][l] += row[l] * with[j].lane[f];
        }
      };
      index_t j = first;
      for (; j + 2 <= s.n; j += 2) {
        add(j, even);
        add(j + 1, odd);
      }
      if (j < s.n) add(j, even);
      for (int f = 0; f < abreast; ++f) {
        auto* sum = vectors<wide>(sums[static_cast<std::size_t>(f)]);
        for (int l = 0; l < size; ++l) sum[l] += even[f][l] + odd[f][l];
      }
    }
  }
};

}  // namespace linkpin::detail::dyads
