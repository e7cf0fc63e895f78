#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/priorities/delphi.hpp>
#include <linkpin/statistics/order.hpp>
#include <string>
#include <string_view>

namespace linkpin {

namespace detail::delphi {

inline void check(std::string_view argument, std::span<const double> ratings, std::size_t n) {
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    const double r = ratings[i];
    if (std::isnan(r) || (r >= 1 && r <= 9 && r == std::floor(r))) continue;
    refuse("delphi", argument, shown(r), "ratings are whole numbers from 1 to 9, or missing",
           "panellist " + std::to_string(i / n) + ", item " + std::to_string(i % n));
  }
}

inline std::vector<double> column(std::span<const double> ratings, std::size_t n, std::size_t item) {
  std::vector<double> out;
  for (std::size_t i = item; i < ratings.size(); i += n) {
    if (!std::isnan(ratings[i])) out.push_back(ratings[i]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline PanelVerdict verdict(const PanelItem& item) {
  if (item.ratings == 0) return PanelVerdict::unrated;
  if (item.disagreement) return PanelVerdict::uncertain;
  return item.median >= 6.5   ? PanelVerdict::appropriate
         : item.median >= 3.5 ? PanelVerdict::uncertain
                              : PanelVerdict::inappropriate;
}

}  // namespace detail::delphi

LINKPIN_INLINE Panel delphi(std::span<const double> ratings, index_t items, std::span<const double> previous) {
  using namespace detail::delphi;
  const auto n = static_cast<std::size_t>(std::max<index_t>(items, 1));
  if (items < 1 ? !ratings.empty() : ratings.size() % n != 0) {
    refuse("delphi", "ratings, length", std::to_string(ratings.size()),
           "give each panellist one cell an item: " + std::to_string(items));
  }
  if (!previous.empty() && previous.size() != ratings.size()) {
    refuse("delphi", "previous, length", std::to_string(previous.size()),
           "give the same panellists and items as in this round: " + std::to_string(ratings.size()));
  }
  check("ratings", ratings, n);
  check("previous", previous, n);
  Panel out;
  out.provenance.measure = "delphi";
  index_t unrated = 0;
  for (std::size_t item = 0; item < n && items > 0; ++item) {
    PanelItem row;
    const std::vector<double> sorted = column(ratings, n, item);
    row.ratings = static_cast<index_t>(sorted.size());
    unrated += sorted.empty() ? 1 : 0;
    row.median = quantile(sorted, 0.5);
    row.low = quantile(sorted, 0.3);
    row.high = quantile(sorted, 0.7);
    row.allowed = 2.35 + 1.5 * std::abs(5 - (row.low + row.high) / 2);
    row.disagreement = row.high - row.low > row.allowed;
    row.verdict = verdict(row);
    if (!previous.empty()) {
      row.previous_median = quantile(column(previous, n, item), 0.5);
      for (std::size_t i = item; i < ratings.size(); i += n) {
        if (std::isnan(ratings[i]) || std::isnan(previous[i])) continue;
        ++(ratings[i] == previous[i] ? row.stayed : row.changed);
      }
    }
    out.items.push_back(row);
  }
  if (unrated > 0) {
    out.provenance.warnings.push_back(std::to_string(unrated) + " of " + std::to_string(items) +
                                      " items have no verdict: nobody rated them");
  }
  return out;
}

}  // namespace linkpin
