// Whether those who answer for one organisation agree, and their answers made into one.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

struct GroupAgreement {
  index_t group = none;
  index_t count = 0;
  double mean = undefined;
  double variance = undefined;  // NaN with one answer
  double r_wg = undefined;      // 1 - variance / variance of answers at random, not below 0
};

struct RaterAgreement {
  double icc1 = undefined;       // how far one answer speaks for the group: (MSB - MSW) / (MSB + (k - 1) MSW)
  double icc2 = undefined;       // how far the group's mean can be relied on: (MSB - MSW) / MSB
  double mean_r_wg = undefined;  // over groups of two or more
  double f = undefined;          // MSB / MSW, on df_between and df_within
  index_t df_between = 0;
  index_t df_within = 0;
  double p = undefined;
  double size = undefined;  // k, the group size that unequal groups amount to
  std::vector<GroupAgreement> groups;
  Provenance provenance;
};

// Intraclass correlations from one-way analysis of variance (Shrout & Fleiss 1979; Bliese 2000) and the within-group
// agreement of James, Demaree & Wolf 1984 against answers spread evenly over `options` levels. Groups of one count
// between groups only. NaN and a warning where there are fewer than two groups or none with two answers. O(n log n).
// Throws InputError for values that are not finite, codes of another length, and fewer than two levels.
[[nodiscard]] RaterAgreement rater_agreement(std::span<const double> values, std::span<const index_t> groups,
                                             int options);

// What several answers of one organisation become.
enum class Combine : std::uint8_t {
  mean,      // of the answers given
  any,       // the highest
  majority,  // a tie where more than half of those who answered the question tell of it
  share      // the mean, silence of who answered the question a zero
};

struct AggregateOptions {
  std::string tie = "affiliated_with";  // from a person to the organisation they answer for
  Combine combine = Combine::mean;
  int options = 4;  // levels of an answer, for r_wg
};

struct ItemAgreement {
  std::string item;
  RaterAgreement agreement;  // groups are organisations' answers about one partner
};

struct Aggregated {
  Ecosystem ecosystem;  // the same with the organisations' reports in place of the people's
  std::vector<ItemAgreement> items;
  Provenance provenance;
};

// Reports of people become reports of the organisation each belongs to, about the organisations that those named belong
// to. Reports between people of one organisation are left out and counted, and so are second affiliations; people
// without one stay themselves. O(reports log reports).
// Throws InputError where no tie of that kind is there, or no report.
[[nodiscard]] Aggregated aggregate_reports(const Ecosystem& eco, const AggregateOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/instruments/detail/agreement.ipp>
#endif
