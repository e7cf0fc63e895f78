// One network a replicate whose unanswered dyads are filled in by chance, as the treatment `block` does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/uncertainty/detail/imputation.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <numeric>
#include <utility>
#include <vector>

namespace linkpin::detail::resampling {

// What the replicates have in common is found once: the blocks, what was told of them, and the dyads to fill.
class ImputationResampler {
 public:
  ImputationResampler(const Network& net, std::uint64_t seed)
      : parts_(net.parts()), seed_(seed), rates_(gathered(net)) {
    const missing::Dyads seen(net);
    std::vector<Observed::Exception> filled;
    seen.each_hole([&](index_t u, index_t v) {
      holes_.push_back({u, v, rates_.cell(u, v)});
      filled.push_back({u, v, Answer::answered});
    });
    if (!seen.any_unknown()) {
      parts_.observed = {};  // everything counts as answered, so that scores need not ask dyad by dyad
      return;
    }
    for (const Observed::Exception& e : net.observed().exceptions()) {
      if (seen(e.from, e.to) != missing::Cell::hole) filled.push_back(e);
    }
    parts_.observed = Observed(net.observed().rows(), std::move(filled), net.observed().either());
  }

  [[nodiscard]] Network operator()(std::int64_t replicate) const {
    Stream random(seed_, to_string(Treatment::block), static_cast<std::uint64_t>(replicate));
    const std::vector<double> rate = rates_.drawn(random);
    NetworkParts p = parts_;
    const std::size_t told = p.source.size();
    for (const Hole& hole : holes_) {
      if (random.uniform() >= rate[hole.cell]) continue;
      p.source.push_back(hole.u);
      p.target.push_back(hole.v);
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
  struct Hole {
    index_t u, v;
    std::size_t cell;
  };

  static missing::BlockRates gathered(const Network& net) { return {missing::Dyads(net), {}}; }

  NetworkParts parts_;
  std::uint64_t seed_;
  missing::BlockRates rates_;
  std::vector<Hole> holes_;
};

}  // namespace linkpin::detail::resampling
