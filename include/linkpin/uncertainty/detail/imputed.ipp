// One network a replicate whose unanswered dyads are filled in by chance, as the treatment `regression` does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/uncertainty/detail/imputation.hpp>
#include <linkpin/uncertainty/detail/tie_regression.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <numeric>
#include <utility>
#include <vector>

namespace linkpin::detail::resampling {

// What the replicates have in common is found once: the regression, and the mask of a network that is filled.
class ImputationResampler {
 public:
  ImputationResampler(const Network& net, const Groups& groups, std::uint64_t seed)
      : parts_(net.parts()), seed_(seed), regression_(missing::Dyads(net), groups, seed) {
    const missing::Dyads& seen = regression_.seen();
    if (!seen.any_unknown()) {
      parts_.observed = {};  // everything counts as answered, so that scores need not ask dyad by dyad
      return;
    }
    std::vector<Observed::Exception> filled;
    for (const auto& hole : regression_.holes()) filled.push_back({hole.u, hole.v, Answer::answered});
    for (const Observed::Exception& e : net.observed().exceptions()) {
      if (seen(e.from, e.to) != missing::Cell::hole) filled.push_back(e);
    }
    parts_.observed = Observed(net.observed().rows(), std::move(filled), net.observed().either());
  }

  [[nodiscard]] Network operator()(std::int64_t replicate) const {
    Stream random(seed_, to_string(Treatment::regression), static_cast<std::uint64_t>(replicate));
    const std::vector<std::uint8_t> tie = regression_.drawn(random);
    NetworkParts p = parts_;
    const std::size_t told = p.source.size();
    for (std::size_t i = 0; i < tie.size(); ++i) {
      if (tie[i] == 0) continue;
      p.source.push_back(regression_.holes()[i].u);
      p.target.push_back(regression_.holes()[i].v);
    }
    if (!parts_.weight.empty()) {  // as strong as a tie that was told of, drawn at random
      while (p.weight.size() < p.source.size()) {
        p.weight.push_back(parts_.weight[random.below(static_cast<std::uint32_t>(told))]);
      }
    }
    if (parts_.ties.width() > 0) {  // nothing else is known of them
      std::vector<index_t> rows(p.source.size(), none);
      std::iota(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(told), 0);
      p.ties = parts_.ties.take(rows);
    }
    return Network(std::move(p));
  }

 private:
  NetworkParts parts_;
  std::uint64_t seed_;
  missing::TieRegression regression_;
};

}  // namespace linkpin::detail::resampling
