#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/draws.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/reconstruct.hpp>
#include <map>
#include <span>
#include <tuple>

namespace linkpin {

namespace detail::reconstruction {

// The words by dyad; `who` is the class whose error rates apply.
struct Indicators {
  std::vector<index_t> from, to;
  std::vector<std::size_t> start;
  std::vector<std::uint32_t> who;
  std::vector<std::uint8_t> yes;
  std::vector<index_t> classes;  // respondent or item of each class
  bool repeated = false;         // somebody spoke more than once of one dyad

  [[nodiscard]] std::size_t dyads() const { return from.size(); }
  [[nodiscard]] std::size_t words(std::size_t d) const { return start[d + 1] - start[d]; }
  [[nodiscard]] std::size_t told(std::size_t d) const {
    std::size_t count = 0;
    for (std::size_t w = start[d]; w < start[d + 1]; ++w) count += yes[w];
    return count;
  }
};

inline Indicators indicators(std::vector<Word> words, ErrorsOf errors) {
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return std::tie(a.from, a.to, a.respondent, a.item) < std::tie(b.from, b.to, b.respondent, b.item);
  });
  Indicators in;
  std::map<index_t, std::uint32_t> codes;
  for (const Word& w : words) {
    codes.emplace(errors == ErrorsOf::respondent ? w.respondent : errors == ErrorsOf::item ? w.item : none, 0U);
  }
  for (auto& [id, code] : codes) {
    code = static_cast<std::uint32_t>(in.classes.size());
    in.classes.push_back(id);
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& w = words[i];
    const bool fresh = i == 0 || words[i - 1].from != w.from || words[i - 1].to != w.to;
    if (fresh) {
      in.from.push_back(w.from);
      in.to.push_back(w.to);
      in.start.push_back(i);
    } else {
      in.repeated = in.repeated || words[i - 1].respondent == w.respondent;
    }
    in.who.push_back(codes[errors == ErrorsOf::respondent ? w.respondent : errors == ErrorsOf::item ? w.item : none]);
    in.yes.push_back(w.yes ? 1 : 0);
  }
  in.start.push_back(words.size());
  return in;
}

struct ErrorModel {
  double density = 0.5;
  std::vector<double> hit, alarm;  // by class: told of a tie that is there, that is not there
};

struct Priors {
  BetaPrior density, alarm, miss;
};

inline Priors priors_of(const ReconstructOptions& o) {
  return {o.density_prior.value_or(BetaPrior{}), o.false_positive_prior.value_or(BetaPrior{}),
          o.false_negative_prior.value_or(BetaPrior{})};
}

// The probability of each tie given the words.
inline void tie_probabilities(const Indicators& in, const ErrorModel& model, std::vector<double>& tie) {
  auto odds = [](double p, double q) {
    constexpr double edge = 1e-12;
    return std::log(std::clamp(p, edge, 1 - edge)) - std::log(std::clamp(q, edge, 1 - edge));
  };
  const std::size_t k = in.classes.size();
  std::vector<double> gain(2 * k);
  for (std::size_t c = 0; c < k; ++c) {
    gain[2 * c] = odds(1 - model.hit[c], 1 - model.alarm[c]);
    gain[2 * c + 1] = odds(model.hit[c], model.alarm[c]);
  }
  const double prior = odds(model.density, 1 - model.density);
  for (std::size_t d = 0; d < in.dyads(); ++d) {
    double x = prior;
    for (std::size_t w = in.start[d]; w < in.start[d + 1]; ++w) x += gain[2 * in.who[w] + in.yes[w]];
    tie[d] = 1.0 / (1.0 + std::exp(-x));
  }
}

// What the words come to, given how far each dyad counts as a tie.
struct Tally {
  double ties = 0.0;
  std::vector<double> on_tie, hits, off_tie, alarms;  // by class

  Tally(const Indicators& in, std::span<const double> tie) {
    const std::size_t k = in.classes.size();
    for (auto* column : {&on_tie, &hits, &off_tie, &alarms}) column->assign(k, 0.0);
    for (std::size_t d = 0; d < in.dyads(); ++d) {
      ties += tie[d];
      for (std::size_t w = in.start[d]; w < in.start[d + 1]; ++w) {
        const std::size_t c = in.who[w];
        on_tie[c] += tie[d];
        off_tie[c] += 1 - tie[d];
        hits[c] += in.yes[w] != 0 ? tie[d] : 0.0;
        alarms[c] += in.yes[w] != 0 ? 1 - tie[d] : 0.0;
      }
    }
  }
};

// The mode of Beta(a + yes, b + no), or `otherwise` where nothing speaks.
inline double mode_of(double yes, double no, double a, double b, double otherwise) {
  const double top = yes + a - 1;
  const double all = yes + no + a + b - 2;
  return all > 1e-9 ? std::clamp(top / all, 0.0, 1.0) : otherwise;
}

struct Fit {
  ErrorModel model;
  std::vector<double> tie;
  int rounds = 0;
  bool settled = false;
};

inline Fit expectation_maximisation(const Indicators& in, const ReconstructOptions& o) {
  constexpr int most = 5000;
  const std::size_t k = in.classes.size();
  const Priors prior = priors_of(o);
  const double known = o.false_positive.value_or(0.05);
  Fit fit{{0.5, std::vector<double>(k, 0.8), std::vector<double>(k, known)}, {}, 0, false};
  for (std::size_t d = 0; d < in.dyads(); ++d) {
    fit.tie.push_back((static_cast<double>(in.told(d)) + 0.1) / (static_cast<double>(in.words(d)) + 0.5));
  }
  Watch watch(o.run);
  while (fit.rounds < most && !fit.settled) {
    watch.look(static_cast<double>(fit.rounds) / most);
    const Tally t(in, fit.tie);
    ErrorModel fresh = fit.model;
    const auto n = static_cast<double>(in.dyads());
    fresh.density = mode_of(t.ties, n - t.ties, prior.density.a, prior.density.b, 0.5);
    for (std::size_t c = 0; c < k; ++c) {
      fresh.hit[c] = mode_of(t.hits[c], t.on_tie[c] - t.hits[c], prior.miss.b, prior.miss.a, fit.model.hit[c]);
      if (o.false_positive) continue;
      fresh.alarm[c] = mode_of(t.alarms[c], t.off_tie[c] - t.alarms[c], prior.alarm.a, prior.alarm.b, known);
    }
    double moved = std::abs(fresh.density - fit.model.density);
    for (std::size_t c = 0; c < k; ++c) {
      moved =
          std::max({moved, std::abs(fresh.hit[c] - fit.model.hit[c]), std::abs(fresh.alarm[c] - fit.model.alarm[c])});
    }
    fit.model = std::move(fresh);
    tie_probabilities(in, fit.model, fit.tie);
    ++fit.rounds;
    fit.settled = moved < 1e-9;
  }
  return fit;
}

// Draws of (density, hits, alarms), chain after chain, and the mean probability of each tie.
struct Chains {
  std::size_t width = 0;
  std::vector<double> draws;
  std::vector<double> tie;
};

// Where one chain stands between two stretches of its steps.
struct Chain {
  Stream random;
  ErrorModel model;
  std::vector<double> tie, sum;
};

inline Chains gibbs(const Indicators& in, const ReconstructOptions& o, const Fit& start) {
  const std::size_t k = in.classes.size();
  const auto chains = static_cast<std::size_t>(o.chains);
  const auto length = static_cast<std::size_t>(o.draws);
  Chains out{1 + 2 * k, {}, std::vector<double>(in.dyads(), 0.0)};
  if (chains * length > 200'000'000 / out.width) {
    throw LimitError({"reconstruct", "draws", std::to_string(o.draws), "", "fewer draws, or error rates of all alike"});
  }
  out.draws.resize(chains * length * out.width);
  std::vector<Chain> running;
  for (std::size_t c = 0; c < chains; ++c) {
    running.push_back({Stream(o.seed, "reconstruct", c), start.model, start.tie, std::vector<double>(in.dyads(), 0.0)});
  }
  const Priors prior = priors_of(o);
  const std::size_t steps = length + static_cast<std::size_t>(o.burn);
  const std::size_t words = std::max<std::size_t>(1, in.yes.size());
  const std::size_t piece = std::max<std::size_t>(1, 2'000'000 / words);  // some 20 ms, to hear an interruption
  auto walk = [&](std::size_t first, std::size_t last, std::int64_t begin, std::int64_t end) {
    for (auto c = static_cast<std::size_t>(begin); c < static_cast<std::size_t>(end); ++c) {
      auto& [random, model, tie, sum] = running[c];
      std::vector<double> state(in.dyads());
      for (std::size_t step = first; step < last; ++step) {
        for (std::size_t d = 0; d < state.size(); ++d) state[d] = random.uniform() < tie[d] ? 1.0 : 0.0;
        const Tally t(in, state);
        const auto n = static_cast<double>(in.dyads());
        model.density = draw_beta(random, prior.density.a + t.ties, prior.density.b + n - t.ties);
        for (std::size_t j = 0; j < k; ++j) {
          model.hit[j] = draw_beta(random, prior.miss.b + t.hits[j], prior.miss.a + t.on_tie[j] - t.hits[j]);
          if (o.false_positive) continue;
          model.alarm[j] = draw_beta(random, prior.alarm.a + t.alarms[j], prior.alarm.b + t.off_tie[j] - t.alarms[j]);
        }
        tie_probabilities(in, model, tie);
        if (step < static_cast<std::size_t>(o.burn)) continue;
        double* row = out.draws.data() + (c * length + step - static_cast<std::size_t>(o.burn)) * out.width;
        row[0] = model.density;
        std::copy(model.hit.begin(), model.hit.end(), row + 1);
        std::copy(model.alarm.begin(), model.alarm.end(), row + 1 + k);
        for (std::size_t d = 0; d < tie.size(); ++d) sum[d] += tie[d];
      }
    }
  };
  Watch watch(o.run);
  Run quiet;
  quiet.threads = o.run.threads;
  for (std::size_t first = 0; first < steps; first += piece) {
    watch.look(static_cast<double>(first) / static_cast<double>(steps));
    const std::size_t last = std::min(first + piece, steps);
    parallel_for(o.chains, static_cast<std::int64_t>(words * (last - first)), quiet,
                 [&](std::int64_t begin, std::int64_t end) { walk(first, last, begin, end); });
  }
  for (const Chain& chain : running) {
    for (std::size_t d = 0; d < out.tie.size(); ++d) out.tie[d] += chain.sum[d] / static_cast<double>(chains * length);
  }
  return out;
}

inline std::vector<double> trace(const Chains& chains, std::size_t column) {
  std::vector<double> values;
  for (std::size_t i = column; i < chains.draws.size(); i += chains.width) values.push_back(chains.draws[i]);
  return values;
}

inline double mean_of(std::span<const double> values) { return sum(values) / static_cast<double>(values.size()); }

inline Interval middle(std::vector<double> values, double level) {
  std::sort(values.begin(), values.end());
  return {quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)};
}

// Gelman & Rubin's potential scale reduction over halves of the chains.
inline double scale_reduction(std::span<const double> values, int chains) {
  const std::size_t parts = static_cast<std::size_t>(chains) * 2;
  const std::size_t n = values.size() / parts;
  if (n < 2) return undefined;
  std::vector<double> means;
  double within = 0.0;
  for (std::size_t p = 0; p < parts; ++p) {
    const auto half = values.subspan(p * n, n);
    means.push_back(mean_of(half));
    for (const double x : half) within += (x - means.back()) * (x - means.back());
  }
  within /= static_cast<double>(parts * (n - 1));
  const double middle_mean = mean_of(means);
  double between = 0.0;
  for (const double x : means) between += (x - middle_mean) * (x - middle_mean);
  between /= static_cast<double>(parts - 1);
  if (within <= 0) return between > 0 ? unreachable : 1.0;
  return std::sqrt((static_cast<double>(n - 1) / static_cast<double>(n) * within + between) / within);
}

// The values of density and rates that leave the data as they are.
struct Range {
  Interval density{0, 1};
  std::vector<Interval> hit, alarm;
};

// Two words a dyad from reporters alike: the mean word m and the chance p that both say yes. Any density whose odds
// lie between c / (1 - m)^2 and m^2 / c, c = p - m^2, gives the same m and p with rates inside [0, 1].
inline Range range_of_alike(double m, double p) {
  const double c = p - m * m;
  if (!(c > 0) || m <= 0 || m >= 1) return {{0, 1}, {{m, 1}}, {{0, m}}};
  const double low = c / ((1 - m) * (1 - m));
  const double high = m * m / c;
  return {{low / (1 + low), high / (1 + high)}, {{std::min(1.0, p / m), 1}}, {{0, std::max(0.0, m - c / (1 - m))}}};
}

// Two questions with rates of their own: means m[0], m[1] and covariance c, over a grid of densities.
inline Range range_of_two(const double (&m)[2], double c) {
  Range all{{0, 1}, {{m[0], 1}, {m[1], 1}}, {{0, m[0]}, {0, m[1]}}};
  if (!(c > 0)) return all;
  Range range{{1, 0}, {{1, 0}, {1, 0}}, {{1, 0}, {1, 0}}};
  auto widen = [](Interval& i, double x) {
    i.low = std::min(i.low, std::clamp(x, 0.0, 1.0));
    i.high = std::max(i.high, std::clamp(x, 0.0, 1.0));
  };
  constexpr int steps = 2000;
  for (int s = 1; s < steps; ++s) {
    const double rho = static_cast<double>(s) / steps;
    double most[2];
    for (int q = 0; q < 2; ++q) most[q] = std::min(m[q] / rho, (1 - m[q]) / (1 - rho));
    const double need = c / (rho * (1 - rho));
    if (need > most[0] * most[1]) continue;
    widen(range.density, rho);
    for (std::size_t q = 0; q < 2; ++q) {
      for (const double gap : {most[q], need / most[1 - q]}) {
        widen(range.hit[q], m[q] + (1 - rho) * gap);
        widen(range.alarm[q], m[q] - rho * gap);
      }
    }
  }
  return range.density.low <= range.density.high ? range : all;
}

// The range from the dyads chosen (each as often as it stands there).
class RangeFinder {
 public:
  RangeFinder(const Indicators& in, const ReconstructOptions& o)
      : in_(in), two_(o.errors == ErrorsOf::item && in.classes.size() == 2), known_(o.false_positive) {}

  [[nodiscard]] std::size_t classes() const { return two_ ? 2 : 1; }

  [[nodiscard]] Range of(std::span<const std::size_t> chosen) const {
    double told = 0.0, words = 0.0, pairs = 0.0, pair_mean = 0.0, both = 0.0;
    double by[2] = {0, 0}, of_class[2] = {0, 0};
    for (const std::size_t d : chosen) {
      const auto k = static_cast<double>(in_.words(d));
      const auto y = static_cast<double>(in_.told(d));
      told += y;
      words += k;
      if (k < 2) continue;
      if (!two_) {
        pairs += 1;
        pair_mean += y / k;
        both += y * (y - 1) / (k * (k - 1));
        continue;
      }
      double yes[2] = {0, 0}, all[2] = {0, 0};
      for (std::size_t w = in_.start[d]; w < in_.start[d + 1]; ++w) {
        yes[in_.who[w]] += in_.yes[w];
        all[in_.who[w]] += 1;
      }
      if (all[0] == 0 || all[1] == 0) continue;
      pairs += 1;
      for (int q = 0; q < 2; ++q) of_class[q] += yes[q] / all[q];
      both += yes[0] / all[0] * yes[1] / all[1];
    }
    const double m = told / words;
    if (pairs < 2) return one_word(m);
    if (!two_) return range_of_alike(pair_mean / pairs, both / pairs);
    for (int q = 0; q < 2; ++q) by[q] = of_class[q] / pairs;
    return range_of_two(by, both / pairs - by[0] * by[1]);
  }

 private:
  [[nodiscard]] Range one_word(double m) const {
    Range r{{0, 1}, std::vector<Interval>(classes(), {m, 1}), std::vector<Interval>(classes(), {0, m})};
    if (known_ && *known_ < 1) r.density.low = std::clamp((m - *known_) / (1 - *known_), 0.0, 1.0);
    if (known_) r.alarm.assign(classes(), {*known_, *known_});
    return r;
  }

  const Indicators& in_;
  bool two_;
  std::optional<double> known_;
};

// The range, widened by the sampling error of its ends (dyads drawn again).
inline Range identified_range(const Indicators& in, const ReconstructOptions& o) {
  const RangeFinder finder(in, o);
  std::vector<std::size_t> chosen(in.dyads());
  for (std::size_t d = 0; d < chosen.size(); ++d) chosen[d] = d;
  Range range = finder.of(chosen);
  constexpr int replicates = 400;
  std::vector<Range> again;
  Watch watch(o.run);
  for (int r = 0; r < replicates; ++r) {
    watch.look(static_cast<double>(r) / replicates);
    Stream random(o.seed, "identified range", static_cast<std::uint64_t>(r));
    for (std::size_t& d : chosen) d = random.below(static_cast<std::uint32_t>(in.dyads()));
    again.push_back(finder.of(chosen));
  }
  auto widen = [&](Interval& i, auto&& end) {
    std::vector<double> low, high;
    for (const Range& r : again) {
      low.push_back(end(r).low);
      high.push_back(end(r).high);
    }
    std::sort(low.begin(), low.end());
    std::sort(high.begin(), high.end());
    i.low = std::min(i.low, quantile(low, (1 - o.level) / 2));
    i.high = std::max(i.high, quantile(high, (1 + o.level) / 2));
  };
  widen(range.density, [](const Range& r) { return r.density; });
  for (std::size_t c = 0; c < finder.classes(); ++c) {
    widen(range.hit[c], [c](const Range& r) { return r.hit[c]; });
    widen(range.alarm[c], [c](const Range& r) { return r.alarm[c]; });
  }
  return range;
}

inline void check_prior(const std::optional<BetaPrior>& prior, std::string_view name, const ReconstructOptions& o) {
  if (!prior) return;
  const double least = o.method == Reconstruction::em ? 1.0 : 0.0;  // a mode needs both at least 1
  for (const double x : {prior->a, prior->b}) {
    if (std::isfinite(x) && x > 0 && x >= least) continue;
    refuse("reconstruct", name, shown(x),
           least > 0 ? "for EM both numbers of a Beta prior are 1 or more" : "numbers of a Beta prior are above 0");
  }
}

inline void check_reconstruct(const ReconstructOptions& o) {
  if (o.false_positive && !(*o.false_positive >= 0 && *o.false_positive < 1)) {
    refuse("reconstruct", "false_positive", shown(*o.false_positive), "a rate from 0 to below 1");
  }
  check_prior(o.density_prior, "density_prior", o);
  check_prior(o.false_positive_prior, "false_positive_prior", o);
  check_prior(o.false_negative_prior, "false_negative_prior", o);
  if (!(o.level > 0 && o.level < 1)) refuse("reconstruct", "level", shown(o.level), "between 0 and 1");
  if (o.draws < 10 || o.burn < 0 || o.chains < 1 || o.chains > 1000) {
    refuse("reconstruct", "draws, burn, chains",
           std::to_string(o.draws) + ", " + std::to_string(o.burn) + ", " + std::to_string(o.chains),
           "at least 10 draws, no fewer than 0 to burn in, 1 to 1,000 chains");
  }
}

inline void put_range(const Indicators& in, const ReconstructOptions& o, Reconstructed& out) {
  const Range range = identified_range(in, o);
  out.density_interval = range.density;
  for (std::size_t c = 0; c < range.hit.size(); ++c) {
    ErrorRates rates;
    rates.who = range.hit.size() == 2 ? in.classes[c] : none;
    rates.words = static_cast<index_t>(in.yes.size() / range.hit.size());
    rates.false_negative_interval = {1 - range.hit[c].high, 1 - range.hit[c].low};
    rates.false_positive_interval = range.alarm[c];
    out.rates.push_back(rates);
  }
  out.provenance.warnings.emplace_back(
      "fewer than three independent words on most dyads: density and error rates are not identified; the intervals "
      "hold all values that the words allow. Give a known false-positive rate (with two words) or a prior");
  if (o.errors == ErrorsOf::respondent) {
    out.provenance.warnings.emplace_back("the range is that of the rates over all respondents, not of each");
  }
}

}  // namespace detail::reconstruction

LINKPIN_INLINE Reconstructed reconstruct(const std::vector<Word>& words, const ReconstructOptions& options) {
  detail::reconstruction::check_reconstruct(options);
  if (words.empty()) refuse("reconstruct", "words", "none", "nobody answered: there is nothing to reconstruct from");
  const detail::reconstruction::Indicators in = detail::reconstruction::indicators(words, options.errors);
  Reconstructed out;
  out.provenance.measure = "reconstruct";
  std::size_t rich = 0;
  const std::size_t need = options.false_positive ? 2 : 3;
  for (std::size_t d = 0; d < in.dyads(); ++d) {
    rich += in.words(d) >= need ? 1 : 0;
    out.dyads.push_back({in.from[d], in.to[d], static_cast<index_t>(in.words(d)), static_cast<index_t>(in.told(d))});
  }
  if (in.repeated) {
    out.provenance.warnings.emplace_back(
        "several words of one respondent on one tie count as independent; where they share an error, the rates come "
        "out too low");
  }
  out.identified = 2 * rich >= in.dyads();
  const bool prior = options.density_prior || options.false_positive_prior || options.false_negative_prior;
  if (!out.identified && !prior) {
    out.provenance.seed = options.seed;
    detail::reconstruction::put_range(in, options, out);
    return out;
  }
  if (!out.identified) {
    out.provenance.warnings.emplace_back(
        "fewer than three independent words on most dyads: the data alone do not tell density and error rates apart, "
        "the prior does");
  }

  const detail::reconstruction::Fit fit = detail::reconstruction::expectation_maximisation(in, options);
  out.rounds = fit.rounds;
  if (!fit.settled) out.provenance.warnings.emplace_back("EM had not settled after 5,000 rounds");
  const std::size_t k = in.classes.size();
  std::vector<index_t> spoken(k, 0);
  for (const std::uint32_t c : in.who) ++spoken[c];
  out.density = fit.model.density;
  std::vector<double> tie = fit.tie;
  for (std::size_t c = 0; c < k; ++c) {
    out.rates.push_back({in.classes[c], spoken[c], 1 - fit.model.hit[c], fit.model.alarm[c]});
  }
  if (options.method == Reconstruction::gibbs) {
    out.provenance.seed = options.seed;
    const detail::reconstruction::Chains chains = detail::reconstruction::gibbs(in, options, fit);
    tie = chains.tie;
    const std::vector<double> density = detail::reconstruction::trace(chains, 0);
    out.density = detail::reconstruction::mean_of(density);
    out.density_interval = detail::reconstruction::middle(density, options.level);
    out.scale_reduction = detail::reconstruction::scale_reduction(density, options.chains);
    for (std::size_t column = 1; column < (options.false_positive ? 1 + k : 1 + 2 * k); ++column) {
      const double own =
          detail::reconstruction::scale_reduction(detail::reconstruction::trace(chains, column), options.chains);
      if (own > out.scale_reduction) out.scale_reduction = own;
    }
    if (!(out.scale_reduction < 1.1)) {
      out.provenance.warnings.emplace_back("the chains do not agree: take more draws, or a prior that tells more");
    }
    for (std::size_t c = 0; c < k; ++c) {
      std::vector<double> miss = detail::reconstruction::trace(chains, 1 + c);
      for (double& x : miss) x = 1 - x;
      const std::vector<double> alarm = detail::reconstruction::trace(chains, 1 + k + c);
      out.rates[c].false_negative = detail::reconstruction::mean_of(miss);
      out.rates[c].false_positive = detail::reconstruction::mean_of(alarm);
      out.rates[c].false_negative_interval = detail::reconstruction::middle(std::move(miss), options.level);
      out.rates[c].false_positive_interval = detail::reconstruction::middle(alarm, options.level);
    }
  }
  for (std::size_t d = 0; d < in.dyads(); ++d) out.dyads[d].probability = tie[d];
  return out;
}

LINKPIN_INLINE Reconstructed reconstruct(const Ecosystem& eco, const ReconstructOptions& options) {
  return reconstruct(spoken_words(eco, options.items, options.wave), options);
}

}  // namespace linkpin
