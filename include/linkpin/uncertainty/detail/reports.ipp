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
#include <linkpin/core/shown.hpp>
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

// Chances of the words on one pair if it holds: nothing, u -> v, v -> u, both.
using Likelihood = std::array<double, 4>;

// All pairs of a stratum whose words are as likely.
struct Pattern {
  Likelihood likelihood{};
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
    const std::vector<double>& fp_of = o_.reports.false_positive_of;
    const std::vector<double>& fn_of = o_.reports.false_negative_of;
    auto sound = [](double a, double b) { return a >= 0 && b >= 0 && a + b < 1; };
    if (fp_of.empty() && fn_of.empty()) {
      if (!sound(fp, fn)) {
        refuse("bootstrap", "false_positive, false_negative", shown(fp) + ", " + shown(fn),
               "say how often reports err: one report a tie cannot tell it; both chances from 0, together below 1");
      }
    } else if (fp_of.size() != at(net_.n()) || fn_of.size() != at(net_.n())) {
      refuse("bootstrap", "false_positive, false_negative, length",
             std::to_string(fp_of.size()) + ", " + std::to_string(fn_of.size()),
             "give both rates for every vertex: " + std::to_string(net_.n()));
    }
    for (std::size_t v = 0; v < fp_of.size(); ++v) {
      if (sound(fp_of[v], fn_of[v])) continue;
      refuse("bootstrap", "false_positive, false_negative", shown(fp_of[v]) + ", " + shown(fn_of[v]),
             "both chances from 0, together below 1", net_.name(static_cast<index_t>(v)));
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
    std::vector<std::map<Likelihood, std::size_t>> known(patterns_.size());
    std::vector<std::vector<std::uint8_t>> yes(tellings.size());   // by telling and v: whether it tells of u -> v
    std::vector<std::vector<std::uint8_t>> back(tellings.size());  // of v -> u
    for (index_t u = 0; u < n; ++u) {
      for (std::size_t k = 0; k < tellings.size(); ++k) {
        yes[k].assign(at(n), 0);
        back[k].assign(at(n), 0);
        for (const index_t v : tellings[k]->out().of(u)) yes[k][at(v)] = 1;
        if (net_.directed()) {
          for (const index_t v : tellings[k]->in().of(u)) back[k][at(v)] = 1;
        }
      }
      for (index_t v = u + 1; v < n; ++v) {
        std::array<double, 2> there = {1.0, 1.0};  // chance of the words on u -> v without the tie, and with it
        std::array<double, 2> reverse = {1.0, 1.0};
        for (std::size_t k = 0; k < tellings.size(); ++k) {
          const Observed& seen = tellings[k]->observed();
          if (seen(u, v)) hear(k == 0 ? u : v, yes[k][at(v)] != 0, there);
          if (net_.directed() && seen(v, u)) hear(k == 0 ? v : u, back[k][at(v)] != 0, reverse);
        }
        const Likelihood chances = {there[0] * reverse[0], there[1] * reverse[0], there[0] * reverse[1],
                                    there[1] * reverse[1]};
        const std::size_t stratum = group.empty() || group[at(u)] == group[at(v)] ? 0 : 1;
        const auto [place, fresh] = known[stratum].try_emplace(chances, patterns_[stratum].size());
        if (fresh) patterns_[stratum].push_back({chances, {}});
        patterns_[stratum][place->second].pairs.emplace_back(u, v);
      }
    }
  }

  // One word of a respondent on one direction of a pair.
  void hear(index_t respondent, bool yes, std::array<double, 2>& chance) const {
    const ReportErrors& e = o_.reports;
    const double fp = e.false_positive_of.empty() ? e.false_positive : e.false_positive_of[at(respondent)];
    const double fn = e.false_negative_of.empty() ? e.false_negative : e.false_negative_of[at(respondent)];
    chance[0] *= yes ? fp : 1 - fp;
    chance[1] *= yes ? 1 - fn : fn;
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
    double product = 1.0;  // of pairs that are alone in their pattern, as a logarithm each would cost more
    for (const Pattern& p : patterns) {
      double chance = 0.0;
      for (std::size_t s = 0; s < 4; ++s) chance += share[s] * p.likelihood[s];
      if (p.pairs.size() > 1 || chance < 1e-100) {
        total += static_cast<double>(p.pairs.size()) * std::log(chance);
        continue;
      }
      product *= chance;
      if (product < 1e-150) total += std::log(std::exchange(product, 1.0));
    }
    total += std::log(product);
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
