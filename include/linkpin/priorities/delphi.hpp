// Agreement of panels that rate on a scale of one to nine: the RAND/UCLA appropriateness method, and what moved between
// two rounds. Levels are ordinal: medians and percentiles, never means.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <span>
#include <vector>

namespace linkpin {

enum class PanelVerdict : std::uint8_t { inappropriate, uncertain, appropriate, unrated };

struct PanelItem {
  index_t ratings = 0;
  double median = undefined;
  double low = undefined;  // 30th and 70th percentile
  double high = undefined;
  double allowed = undefined;  // how far apart these may lie: 2.35 + 1.5 |5 - their middle|
  bool disagreement = false;   // they lie farther apart
  PanelVerdict verdict = PanelVerdict::unrated;
  index_t changed = 0;  // panellists who rated both rounds and changed their rating
  index_t stayed = 0;   // who did not
  double previous_median = undefined;
};

struct Panel {
  std::vector<PanelItem> items;
  Provenance provenance;
};

// `ratings` has a row a panellist, `items` cells each, whole numbers from 1 to 9 or NaN where not rated; `previous` is
// an earlier round of the same panellists, or empty. A median of 7 to 9 is appropriate (a priority), 1 to 3 not, if
// there is no disagreement; a median between two regions counts to the higher. Fitch et al. 2001. O(n log n). Throws
// InputError for ratings that are not on the scale and rounds of another shape.
[[nodiscard]] Panel delphi(std::span<const double> ratings, index_t items, std::span<const double> previous = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/priorities/detail/delphi.ipp>
#endif
