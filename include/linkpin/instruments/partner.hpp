// The scores of PARTNER-like partnership surveys, with each published ambiguity a named option.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

// The formula of the "trust %" of a network was never published; both readings of a mean on a scale from 1 to 4.
enum class TrustPercent : std::uint8_t {
  mean_over_maximum,  // mean / 4
  rescaled,           // (mean - 1) / 3
};

struct PartnerOptions {
  std::vector<std::string> trust_items = {};  // empty: items whose name begins with "trust"
  std::vector<std::string> value_items = {};  // empty: items whose name begins with "value"
  std::string wave = {};                      // empty: all
  double low = 1.0;                           // of the rating scale
  double high = 4.0;
  TrustPercent percent = TrustPercent::mean_over_maximum;
};

// Vectors are by entity, in the ecosystem's order; NaN for entities nobody rated.
struct PartnerScores {
  std::vector<double> trust;  // mean over raters and items
  std::vector<double> value;
  std::vector<index_t> raters;                // who gave at least one rating of the entity
  std::vector<double> relative_connectivity;  // experimental, per cent of the highest
  double network_trust = undefined;           // mean over rated entities
  double network_value = undefined;
  double network_trust_percent = undefined;
  Provenance provenance;
};

// Trust and value as partners rate each other. A rating is a report from the respondent about the report's `to`; a
// respondent's rating of themselves is left out and counted in the warnings. Throws InputError where no item is found
// or a rating lies outside the scale. O(reports).
[[nodiscard]] PartnerScores partner_scores(const Ecosystem& eco, const PartnerOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/instruments/detail/partner.ipp>
#endif
