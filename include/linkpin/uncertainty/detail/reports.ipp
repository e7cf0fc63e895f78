// Networks drawn from what reports say of the true one, given how often reports err.
//
// Pairs of vertices are exchangeable: each holds no tie, one, or two with unknown frequencies, which have a flat prior
// and are sampled from their posterior (slice sampling, Neal 2003). Given the frequencies pairs are independent.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <linkpin/uncertainty/detail/resampling.ipp>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin::detail::resampling {

// The words on one pair: how many there are on u -> v and how many of them say yes, and on v -> u.
using Words = std::array<std::uint8_t, 4>;

// All pairs with the same words, in one stratum.
struct Pattern {
  std::array<double, 4> likelihood{};  // of the words if the pair holds: nothing, u -> v, v -> u, both
  std::vector<std::pair<index_t, index_t>> pairs;
};

// Frequencies of pairs with no tie, with one (either way), and with two.
using Frequencies = std::array<double, 3>;

class ReportResampler {
 public:
  ReportResampler(const Network& net, const BootstrapOptions& o) : net_(net), parts_(net.parts()), o_(o) {
    check();
    parts_.weight.clear();
    parts_.ties = {};
    parts_.observed = {};
    gather();
    sample_frequencies();
  }

  [[nodiscard]] Network operator()(std::int64_t replicate) const {
    Stream stream(o_.seed, "bootstrap of reports", static_cast<std::uint64_t>(replicate));
    NetworkParts p = parts_;
    p.source.clear();
    p.target.clear();
    for (std::size_t stratum = 0; stratum < patterns_.size(); ++stratum) {
      const Frequencies& f = frequencies_[at(replicate) * patterns_.size() + stratum];
      for (const Pattern& pattern : patterns_[stratum]) draw(pattern, f, stream, p);
    }
    return Network(std::move(p));
  }

 private:
  void check() const {
    const double fp = o_.reports.false_positive;
    const double fn = o_.reports.false_negative;
    if (!(fp >= 0 && fn >= 0 && fp + fn < 1)) {
      refuse("bootstrap", "false_positive, false_negative", std::to_string(fp) + ", " + std::to_string(fn),
             "say how often reports err: one report a tie cannot tell it; both chances from 0, together below 1");
    }
    constexpr index_t most = 10'000;
    if (net_.n() > most) {
      throw LimitError({"bootstrap", "vertices", std::to_string(net_.n()), "",
                        "reports are drawn pair by pair: at most " + std::to_string(most)});
    }
    if (o_.reports.others.size() > 200) {
      refuse("bootstrap", "others", std::to_string(o_.reports.others.size()), "at most 200 further tellings");
    }
    for (std::size_t k = 0; k < o_.reports.others.size(); ++k) {
      const Network& other = o_.reports.others[k];
      const bool same = other.n() == net_.n() && other.directed() == net_.directed() && other.names() == net_.names();
      if (!same) {
        refuse("bootstrap", "others", std::to_string(other.n()) + " vertices",
               "further tellings are of the same vertices in the same order and have the same direction",
               "telling " + std::to_string(k + 2));
      }
    }
  }

  void gather() {
    const index_t n = net_.n();
    std::vector<const Network*> tellings = {&net_};
    for (const Network& other : o_.reports.others) tellings.push_back(&other);
    std::vector<index_t> group;
    if (!o_.reports.groups.empty()) group = groups(net_, o_.reports.groups).codes;
    patterns_.resize(group.empty() ? 1 : 2);
    std::vector<std::map<Words, std::size_t>> known(patterns_.size());
    std::vector<std::uint8_t> yes(at(n));   // by v: how many tell of u -> v
    std::vector<std::uint8_t> back(at(n));  // v -> u
    for (index_t u = 0; u < n; ++u) {
      std::fill(yes.begin(), yes.end(), std::uint8_t{0});
      std::fill(back.begin(), back.end(), std::uint8_t{0});
      for (const Network* t : tellings) {
        tell(t->out(), u, yes);
        if (net_.directed()) tell(t->in(), u, back);
      }
      for (index_t v = u + 1; v < n; ++v) {
        Words w{};
        for (const Network* t : tellings) {
          w[0] = static_cast<std::uint8_t>(w[0] + (t->observed()(u, v) ? 1 : 0));
          if (net_.directed()) w[2] = static_cast<std::uint8_t>(w[2] + (t->observed()(v, u) ? 1 : 0));
        }
        w[1] = std::min(yes[at(v)], w[0]);
        w[3] = std::min(back[at(v)], w[2]);
        const std::size_t stratum = group.empty() || group[at(u)] == group[at(v)] ? 0 : 1;
        const auto [place, fresh] = known[stratum].try_emplace(w, patterns_[stratum].size());
        if (fresh) patterns_[stratum].push_back({likelihood(w), {}});
        patterns_[stratum][place->second].pairs.emplace_back(u, v);
      }
    }
  }

  // Counts a telling's ties of u once each.
  static void tell(const Adjacency& rows, index_t u, std::vector<std::uint8_t>& count) {
    index_t last = none;
    for (const index_t v : rows.of(u)) {
      if (v != last) ++count[at(v)];
      last = v;
    }
  }

  [[nodiscard]] std::array<double, 4> likelihood(const Words& w) const {
    const double fp = o_.reports.false_positive;
    const double fn = o_.reports.false_negative;
    auto words = [](double yes, int count, int said) { return std::pow(yes, said) * std::pow(1 - yes, count - said); };
    const std::array<double, 2> there = {words(fp, w[0], w[1]), words(1 - fn, w[0], w[1])};
    const std::array<double, 2> back = {words(fp, w[2], w[3]), words(1 - fn, w[2], w[3])};
    return {there[0] * back[0], there[1] * back[0], there[0] * back[1], there[1] * back[1]};
  }

  // Pairs of an undirected network hold no tie or one.
  [[nodiscard]] std::array<double, 4> shares(const Frequencies& f) const {
    if (!net_.directed()) return {f[0], f[1], 0.0, 0.0};
    return {f[0], f[1] / 2, f[1] / 2, f[2]};
  }

  // From logits against "no tie".
  [[nodiscard]] Frequencies frequencies(const std::array<double, 2>& logit) const {
    const double one = std::exp(logit[0]);
    const double two = net_.directed() ? std::exp(logit[1]) : 0.0;
    const double all = 1.0 + one + two;
    return {1.0 / all, one / all, two / all};
  }

  // Log posterior of the logits: a flat prior on the frequencies is their product here.
  [[nodiscard]] double log_posterior(const std::vector<Pattern>& patterns, const std::array<double, 2>& logit) const {
    const Frequencies f = frequencies(logit);
    double total = std::log(f[0]) + std::log(f[1]) + (net_.directed() ? std::log(f[2]) : 0.0);
    const std::array<double, 4> share = shares(f);
    for (const Pattern& p : patterns) {
      double chance = 0.0;
      for (std::size_t s = 0; s < 4; ++s) chance += share[s] * p.likelihood[s];
      total += static_cast<double>(p.pairs.size()) * std::log(chance);
    }
    return std::isnan(total) ? -unreachable : total;
  }

  // One chain a stratum, thinned so that successive replicates hardly depend on each other.
  void sample_frequencies() {
    constexpr int thin = 6;
    constexpr int warm_up = 60;
    frequencies_.resize(at(o_.replicates) * patterns_.size());
    for (std::size_t stratum = 0; stratum < patterns_.size(); ++stratum) {
      Stream stream(o_.seed, "frequencies of ties", stratum);
      std::array<double, 2> logit = {-2.0, -3.0};
      double height = log_posterior(patterns_[stratum], logit);
      for (std::int64_t step = -warm_up; step < static_cast<std::int64_t>(thin) * o_.replicates; ++step) {
        for (std::size_t k = 0; k < (net_.directed() ? 2U : 1U); ++k)
          slice(patterns_[stratum], logit, k, height, stream);
        if (step >= 0 && step % thin == thin - 1) {
          frequencies_[at(step / thin) * patterns_.size() + stratum] = frequencies(logit);
        }
      }
    }
  }

  // A uniform point under the curve along one coordinate: step out, then shrink.
  void slice(const std::vector<Pattern>& patterns, std::array<double, 2>& logit, std::size_t k, double& height,
             Stream& stream) const {
    constexpr double width = 0.5;
    constexpr double furthest = 30.0;
    const double level = height + std::log(1.0 - stream.uniform());
    const double here = logit[k];
    auto value = [&](double x) {
      logit[k] = x;
      return log_posterior(patterns, logit);
    };
    double low = here - width * stream.uniform();
    double high = low + width;
    while (low > -furthest && value(low) > level) low -= width;
    while (high < furthest && value(high) > level) high += width;
    for (int tries = 0; tries < 200; ++tries) {
      const double x = low + (high - low) * stream.uniform();
      const double found = value(x);
      if (found > level) {
        height = found;
        return;
      }
      (x < here ? low : high) = x;
    }
    height = value(here);
  }

  void draw(const Pattern& pattern, const Frequencies& f, Stream& stream, NetworkParts& p) const {
    const std::array<double, 4> share = shares(f);
    std::array<double, 4> chance{};
    double all = 0.0;
    for (std::size_t s = 0; s < 4; ++s) all += chance[s] = share[s] * pattern.likelihood[s];
    const double tied = 1.0 - chance[0] / all;
    const auto count = static_cast<std::int64_t>(pattern.pairs.size());
    for (std::int64_t k = misses(tied, stream, count); k < count; k += 1 + misses(tied, stream, count)) {
      const auto& [u, v] = pattern.pairs[at(k)];
      const double x = stream.uniform() * (all - chance[0]);
      const bool both = x >= chance[1] + chance[2];
      if (x < chance[1] || both) {
        p.source.push_back(u);
        p.target.push_back(v);
      }
      if ((x >= chance[1] && net_.directed())) {
        p.source.push_back(v);
        p.target.push_back(u);
      }
    }
  }

  const Network& net_;
  NetworkParts parts_;
  const BootstrapOptions& o_;
  std::vector<std::vector<Pattern>> patterns_;  // by stratum
  std::vector<Frequencies> frequencies_;        // by replicate and stratum
};

}  // namespace linkpin::detail::resampling
