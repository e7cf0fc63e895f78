#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/instruments/partner.hpp>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

// The items asked for, or those whose names begin with `prefix`.
inline std::vector<std::string> rated_items(const Ecosystem& eco, const std::vector<std::string>& asked,
                                            std::string_view prefix) {
  const std::vector<std::string> known = Ecosystem::distinct(eco.reports(), "item");
  std::string list;
  for (const std::string& item : known) list += (list.empty() ? "" : ", ") + item;
  for (const std::string& item : asked) {
    if (std::find(known.begin(), known.end(), item) == known.end()) {
      refuse("partner_scores", std::string(prefix) + "_items", item, "the survey asked: " + list);
    }
  }
  if (!asked.empty()) return asked;
  std::vector<std::string> found;
  for (const std::string& item : known) {
    if (item.starts_with(prefix)) found.push_back(item);
  }
  if (found.empty()) {
    refuse("partner_scores", std::string(prefix) + "_items", "none given",
           "name the items that ask about " + std::string(prefix) + "; the survey asked: " + list);
  }
  return found;
}

// Sums of the ratings of each entity, and of each dyad by its rater and the rated.
struct Ratings {
  std::vector<Sum> total;
  std::vector<index_t> count;
  std::vector<std::pair<std::pair<index_t, index_t>, double>> by_dyad;  // (rater, rated), one rating each
  index_t of_oneself = 0;

  [[nodiscard]] std::vector<double> means() const {
    std::vector<double> out(total.size(), undefined);
    for (std::size_t v = 0; v < out.size(); ++v) {
      if (count[v] > 0) out[v] = total[v].value() / static_cast<double>(count[v]);
    }
    return out;
  }
};

inline Ratings ratings(const Ecosystem& eco, const std::vector<std::string>& items, const PartnerOptions& options) {
  const EcosystemParts& p = eco.parts();
  const Column* item = p.reports.find("item");
  const Column* wave = p.reports.find("wave");
  const Column* value = p.reports.find("value");
  Ratings out;
  out.total.resize(static_cast<std::size_t>(eco.entity_count()));
  out.count.assign(static_cast<std::size_t>(eco.entity_count()), 0);
  for (std::size_t row = 0; row < p.respondent.size(); ++row) {
    if (p.report_to[row] == none || value == nullptr || value->missing(row)) continue;
    if (std::find(items.begin(), items.end(), item->view(row)) == items.end()) continue;
    if (!options.wave.empty() && (wave == nullptr || wave->view(row) != options.wave)) continue;
    const double rating = value->number(row);
    if (rating < options.low || rating > options.high) {
      refuse("partner_scores", std::string(item->view(row)), shown(rating),
             "ratings run from " + shown(options.low) + " to " + shown(options.high) +
                 "; give no answer as missing, or set low and high",
             "report row " + std::to_string(row));
    }
    if (p.respondent[row] == p.report_to[row]) {
      ++out.of_oneself;
      continue;
    }
    const auto rated = static_cast<std::size_t>(p.report_to[row]);
    out.total[rated].add(rating);
    ++out.count[rated];
    out.by_dyad.push_back({{p.respondent[row], p.report_to[row]}, rating});
  }
  return out;
}

inline double mean_of_defined(const std::vector<double>& values) {
  Sum total;
  index_t count = 0;
  for (const double v : values) {
    if (std::isnan(v)) continue;
    total.add(v);
    ++count;
  }
  return count == 0 ? undefined : total.value() / static_cast<double>(count);
}

// Sum over raters of (mean trust + mean value) / 2, by rated entity: ties and how they are rated, in one number.
inline std::vector<double> connectivity(const Ratings& trust, const Ratings& value, std::size_t n) {
  std::vector<double> sums(n, 0.0);
  for (const Ratings* kind : {&trust, &value}) {
    std::vector<std::pair<std::pair<index_t, index_t>, double>> dyads = kind->by_dyad;
    std::sort(dyads.begin(), dyads.end());
    for (std::size_t i = 0; i < dyads.size();) {
      Sum total;
      std::size_t j = i;
      for (; j < dyads.size() && dyads[j].first == dyads[i].first; ++j) total.add(dyads[j].second);
      sums[static_cast<std::size_t>(dyads[i].first.second)] += total.value() / static_cast<double>(j - i) / 2;
      i = j;
    }
  }
  return sums;
}

}  // namespace detail

LINKPIN_INLINE PartnerScores partner_scores(const Ecosystem& eco, const PartnerOptions& options) {
  const detail::Ratings trust = detail::ratings(eco, detail::rated_items(eco, options.trust_items, "trust"), options);
  const detail::Ratings value = detail::ratings(eco, detail::rated_items(eco, options.value_items, "value"), options);
  const auto n = static_cast<std::size_t>(eco.entity_count());
  PartnerScores out;
  out.provenance.measure = "partner";
  out.provenance.normalisation = options.percent == TrustPercent::mean_over_maximum ? "mean over maximum" : "rescaled";
  out.trust = trust.means();
  out.value = value.means();
  std::set<std::pair<index_t, index_t>> who;
  for (const detail::Ratings* kind : {&trust, &value}) {
    for (const auto& rating : kind->by_dyad) who.insert(rating.first);
  }
  out.raters.assign(n, 0);
  for (const auto& dyad : who) ++out.raters[static_cast<std::size_t>(dyad.second)];
  out.network_trust = detail::mean_of_defined(out.trust);
  out.network_value = detail::mean_of_defined(out.value);
  out.network_trust_percent = options.percent == TrustPercent::mean_over_maximum
                                  ? 100 * out.network_trust / options.high
                                  : 100 * (out.network_trust - options.low) / (options.high - options.low);
  out.relative_connectivity = detail::connectivity(trust, value, n);
  const double most = *std::max_element(out.relative_connectivity.begin(), out.relative_connectivity.end());
  for (double& share : out.relative_connectivity) share = most > 0 ? 100 * share / most : undefined;
  if (trust.of_oneself + value.of_oneself > 0) {
    out.provenance.warnings.push_back(std::to_string(trust.of_oneself + value.of_oneself) +
                                      " ratings of a respondent's own organisation are left out");
  }
  return out;
}

}  // namespace linkpin
