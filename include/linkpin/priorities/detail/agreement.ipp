#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/priorities/agreement.hpp>
#include <string>

namespace linkpin {

namespace detail::agreement {

inline bool complete(std::span<const double> judge) {
  return std::none_of(judge.begin(), judge.end(), [](double r) { return std::isnan(r); });
}

inline bool without_ties(std::span<const double> judge) {
  std::vector<double> sorted;
  std::copy_if(judge.begin(), judge.end(), std::back_inserter(sorted), [](double r) { return !std::isnan(r); });
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

}  // namespace detail::agreement

LINKPIN_INLINE Agreement agreement(std::span<const double> ranks, index_t items, const AgreementOptions& options) {
  using namespace detail::agreement;
  const auto n = static_cast<std::size_t>(std::max<index_t>(items, 1));
  if (items < 1 ? !ranks.empty() : ranks.size() % n != 0) {
    refuse("agreement", "ranks, length", std::to_string(ranks.size()),
           "give each judge one rank an item: " + std::to_string(items));
  }
  if (options.k < 1 || options.k > std::max<index_t>(items, 1)) {
    refuse("agreement", "k", std::to_string(options.k),
           "take from 1 to as many as there are: " + std::to_string(items));
  }
  if (!(options.persistence > 0 && options.persistence < 1)) {
    refuse("agreement", "persistence", shown(options.persistence), "it is a chance strictly between 0 and 1");
  }
  Agreement out;
  out.provenance.measure = "agreement";
  const std::size_t judges = ranks.size() / n;
  std::size_t gaps = 0;
  std::size_t ties = 0;
  for (std::size_t i = 0; i < judges; ++i) {
    const auto a = ranks.subspan(i * n, n);
    gaps += complete(a) ? 0 : 1;
    ties += without_ties(a) ? 0 : 1;
    for (std::size_t j = i + 1; j < judges; ++j) {
      const auto b = ranks.subspan(j * n, n);
      PairAgreement pair{static_cast<index_t>(i), static_cast<index_t>(j), undefined, {}, {}};
      if (complete(a) && complete(b)) {
        pair.tau = kendall_tau(a, b);
        pair.top = top_agreement(a, b, options.k);
      }
      if (without_ties(a) && without_ties(b)) pair.overlap = rank_biased_overlap(a, b, options.persistence);
      out.pairs.push_back(pair);
    }
  }
  auto& warnings = out.provenance.warnings;
  const std::string of = " of " + std::to_string(judges) + " judges ";
  if (gaps > 0) warnings.push_back(std::to_string(gaps) + of + "left items out: no tau and no top with them");
  if (ties > 0) warnings.push_back(std::to_string(ties) + of + "have ties: no rank-biased overlap with them");
  return out;
}

}  // namespace linkpin
