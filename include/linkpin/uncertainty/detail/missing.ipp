#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/detail/imputation.hpp>
#include <linkpin/uncertainty/detail/tie_regression.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <memory>
#include <optional>

namespace linkpin {

namespace detail::missing {

inline bool by_chance(Treatment t) { return t >= Treatment::preferential; }

inline const std::vector<Treatment>& all_treatments() {
  static const std::vector<Treatment> all = {Treatment::available,    Treatment::complete, Treatment::partner,
                                             Treatment::preferential, Treatment::hot_deck, Treatment::block,
                                             Treatment::regression};
  return all;
}

inline Network complete_case(const Network& net) {
  std::vector<index_t> kept;
  for (index_t v = 0; v < net.n(); ++v) {
    if (net.observed().row(v) == Answer::answered) kept.push_back(v);
  }
  return static_cast<index_t>(kept.size()) == net.n() ? net : subnetwork(net, kept);
}

// The network with the ties that were filled in, and its mask without the holes.
inline Network with_filled(const Network& net, const Dyads& seen, const Dyads& filled, Stream& random) {
  NetworkParts p = net.parts();
  std::vector<index_t> rows(at(net.m()));
  std::iota(rows.begin(), rows.end(), 0);
  std::vector<Observed::Exception> exceptions = net.observed().exceptions();
  std::vector<Observed::Exception> answered;
  seen.each_hole([&](index_t u, index_t v) {
    if (filled(u, v) == Cell::hole) return;  // stays open
    answered.push_back({u, v, Answer::answered});
    if (filled(u, v) != Cell::tie) return;
    p.source.push_back(u);
    p.target.push_back(v);
    if (net.weighted()) {
      const auto like = random.below(static_cast<std::uint32_t>(std::max<index_t>(1, net.m())));
      p.weight.push_back(net.m() > 0 ? net.weight(static_cast<index_t>(like)) : 1.0);
    }
    rows.push_back(none);
  });
  std::erase_if(exceptions, [&](const Observed::Exception& e) {
    return seen(e.from, e.to) == Cell::hole && filled(e.from, e.to) != Cell::hole;
  });
  exceptions.insert(exceptions.end(), answered.begin(), answered.end());
  p.ties = net.ties().take(rows);
  p.ties.resize(rows.size());
  p.observed = Observed(net.observed().rows(), std::move(exceptions), net.observed().either());
  return Network(std::move(p));
}

// Spearman's correlation over the places where both have a value; NaN with fewer than three, or where one is constant.
inline double spearman(std::span<const double> x, std::span<const double> y) {
  std::vector<double> a, b;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    a.push_back(x[i]);
    b.push_back(y[i]);
  }
  if (a.size() < 3) return undefined;
  const std::vector<double> r = mid_ranks(a), s = mid_ranks(b);
  const double middle = static_cast<double>(a.size() + 1) / 2;
  double rs = 0.0, rr = 0.0, ss = 0.0;
  for (std::size_t i = 0; i < r.size(); ++i) {
    rs += (r[i] - middle) * (s[i] - middle);
    rr += (r[i] - middle) * (r[i] - middle);
    ss += (s[i] - middle) * (s[i] - middle);
  }
  return rr > 0 && ss > 0 ? rs / std::sqrt(rr * ss) : undefined;
}

// Scores on the vertices of a network, set out on those of another by name; missing vertices have NaN.
class ScoreFrame {
 public:
  ScoreFrame(std::string_view function, const Network& net, const NetworkScores& first)
      : function_(function), net_(net), names_(first.names) {
    check(net, first);
  }

  [[nodiscard]] bool by_vertex() const { return names_.empty(); }
  [[nodiscard]] std::size_t size() const { return by_vertex() ? at(net_.n()) : names_.size(); }
  [[nodiscard]] const std::string& name(std::size_t i) const {
    static const std::string nothing;
    return by_vertex() ? nothing : names_[i];
  }

  [[nodiscard]] std::vector<double> values(const Network& other, const NetworkScores& scores) const {
    check(other, scores);
    if (!by_vertex() || other.n() == net_.n()) return scores.values;
    std::vector<double> out(size(), undefined);
    for (index_t v = 0; v < other.n(); ++v) {
      const index_t here = net_.find(other.name(v));
      if (here != none) out[at(here)] = scores.values[at(v)];
    }
    return out;
  }

 private:
  void check(const Network& net, const NetworkScores& s) const {
    const std::size_t want = by_vertex() ? at(net.n()) : names_.size();
    if (s.values.size() == want && s.names.size() == names_.size()) return;
    refuse(function_, "statistic, length", std::to_string(s.values.size()),
           "the same named numbers on every network, or one number a vertex: " + std::to_string(want));
  }

  std::string_view function_;
  const Network& net_;
  std::vector<std::string> names_;
};

struct Holes {
  std::int64_t unanswered = 0, unasked = 0;
};

inline Holes holes_of(const Network& net) {
  Holes h;
  if (net.observed().complete()) return h;
  const Dyads seen(net);
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = seen.directed() ? 0 : u + 1; v < net.n(); ++v) {
      if (u == v) continue;
      h.unanswered += seen(u, v) == Cell::hole ? 1 : 0;
      h.unasked += seen(u, v) == Cell::unknown ? 1 : 0;
    }
  }
  return h;
}

inline Sensitivity sensitivity(const Network& net, const std::optional<Network>& by_partners,
                               const ScoreFunction& statistic, const SensitivityOptions& o) {
  constexpr std::string_view function = "missing_sensitivity";
  if (o.imputations < 2) {
    refuse(function, "imputations", std::to_string(o.imputations), "two or more, to see how far they differ");
  }
  Sensitivity out;
  out.provenance = provenance(net, function);
  out.provenance.seed = o.seed;
  out.treatments = o.treatments.empty() ? all_treatments() : o.treatments;
  const Holes holes = holes_of(net);
  out.unanswered = holes.unanswered;
  out.unasked = holes.unasked;
  if (holes.unanswered == 0) {
    out.provenance.warnings.emplace_back(
        holes.unasked == 0 ? "every dyad was answered: the treatments agree"
                           : "no dyad is known to be unanswered: give those who did not respond that state");
  } else if (holes.unasked > 0) {
    out.provenance.warnings.push_back(std::to_string(holes.unasked) +
                                      " dyads were not asked about or were declined: no treatment fills them in");
  }

  const NetworkScores first = statistic(net);
  const ScoreFrame frame(function, net, first);
  const std::size_t k = out.treatments.size();
  for (std::size_t s = 0; s < frame.size(); ++s) {
    SensitivityRow row;
    row.score = frame.name(s);
    row.vertex = frame.by_vertex() ? static_cast<index_t>(s) : none;
    row.values.assign(k, undefined);
    row.spread.assign(k, 0.0);
    out.rows.push_back(std::move(row));
  }
  Watch watch(o.run);
  const std::vector<double> available = frame.values(net, first);
  for (std::size_t t = 0; t < k; ++t) {
    const Treatment treatment = out.treatments[t];
    const int times = by_chance(treatment) && holes.unanswered > 0 ? o.imputations : 1;
    std::vector<Sum> total(frame.size()), square(frame.size());
    for (int r = 0; r < times; ++r) {
      watch.look(static_cast<double>(t) / static_cast<double>(k));
      const Network now = treatment == Treatment::partner && by_partners
                              ? *by_partners
                              : treated(net, treatment, {o.groups, o.seed, static_cast<std::uint64_t>(r)});
      const std::vector<double> values =
          treatment == Treatment::available ? available : frame.values(now, statistic(now));
      for (std::size_t s = 0; s < values.size(); ++s) {
        total[s].add(values[s]);
        square[s].add(values[s] * values[s]);
      }
    }
    std::vector<double> means;
    for (std::size_t s = 0; s < frame.size(); ++s) {
      const double mean = total[s].value() / times;
      means.push_back(mean);
      out.rows[s].values[t] = mean;
      if (times > 1) {
        out.rows[s].spread[t] = std::sqrt(std::max(0.0, (square[s].value() - times * mean * mean) / (times - 1)));
      }
    }
    out.rank_correlation.push_back(frame.by_vertex() ? spearman(available, means) : undefined);
  }
  for (SensitivityRow& row : out.rows) {
    for (const double x : row.values) {
      if (std::isnan(x)) continue;
      row.low = std::isnan(row.low) ? x : std::min(row.low, x);
      row.high = std::isnan(row.high) ? x : std::max(row.high, x);
    }
  }
  return out;
}

// The network as it would look had these vertices not answered.
inline Network silenced(const Network& net, std::span<const index_t> who) {
  NetworkParts p = net.parts();
  std::vector<Answer> rows(at(net.n()), Answer::answered);
  for (index_t v = 0; v < net.n(); ++v) rows[at(v)] = net.observed().row(v);
  for (const index_t v : who) rows[at(v)] = Answer::no_response;
  std::vector<Observed::Exception> exceptions = net.observed().exceptions();
  std::erase_if(exceptions, [&](const auto& e) { return rows[at(e.from)] == Answer::no_response; });
  p.observed = Observed(std::move(rows), std::move(exceptions), !net.directed());
  std::vector<std::uint8_t> keep(at(net.m()));
  for (std::size_t e = 0; e < keep.size(); ++e) keep[e] = p.observed(p.source[e], p.target[e]) ? 1 : 0;
  return with_ties(Network(std::move(p)), keep);
}

// Draws without replacement, with a chance in proportion to the ties there are (or to their being few).
inline std::vector<index_t> who_is_silent(const Network& net, std::size_t count, Silence silence, Stream& random) {
  std::vector<double> ties(at(net.n()), 1.0);
  for (index_t e = 0; e < net.m(); ++e) {
    if (net.sources()[at(e)] == net.targets()[at(e)]) continue;
    ties[at(net.sources()[at(e)])] += 1;
    ties[at(net.targets()[at(e)])] += 1;
  }
  // The smallest of exponential times with these rates (Efraimidis & Spirakis 2006).
  std::vector<std::pair<double, index_t>> order;
  for (index_t v = 0; v < net.n(); ++v) {
    const double rate = silence == Silence::random ? 1.0 : silence == Silence::central ? ties[at(v)] : 1 / ties[at(v)];
    order.emplace_back(-std::log(1.0 - random.uniform()) / rate, v);
  }
  std::sort(order.begin(), order.end());
  std::vector<index_t> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(order[i].second);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

inline void check_trust(const TrustOptions& o) {
  for (const double rate : o.response_rates) {
    if (!(rate > 0 && rate <= 1)) refuse("missing_trust", "response_rates", shown(rate), "above 0, at most 1");
  }
  if (o.replicates < 2) refuse("missing_trust", "replicates", std::to_string(o.replicates), "two or more");
}

// The comparisons of one rate and treatment, gathered over replicates.
class Comparison {
 public:
  explicit Comparison(std::size_t scores) : error_(scores), square_(scores), count_(scores, 0) {}

  void add(std::span<const double> truth, std::span<const double> values) {
    for (std::size_t s = 0; s < truth.size(); ++s) {
      const double d = values[s] - truth[s];
      if (std::isnan(d)) continue;
      error_[s].add(d);
      square_[s].add(d * d);
      ++count_[s];
    }
    const double r = spearman(truth, values);
    if (!std::isnan(r)) ranks_.push_back(r);
  }

  // Over the scores from first to last.
  void report(std::span<const double> truth, std::size_t first, std::size_t last, TrustRow& row) const {
    Sum error, square, size;
    index_t count = 0;
    for (std::size_t s = first; s < last; ++s) {
      if (count_[s] == 0) continue;
      error.add(error_[s].value());
      square.add(square_[s].value());
      size.add(std::abs(truth[s]) * count_[s]);
      count += count_[s];
    }
    if (count == 0) return;
    row.bias = error.value() / count;
    row.rmse = std::sqrt(square.value() / count);
    if (size.value() > 0) row.relative_bias = error.value() / size.value();
  }

  [[nodiscard]] index_t count(std::size_t s) const { return count_[s]; }
  [[nodiscard]] std::vector<double> ranks() const {
    std::vector<double> sorted = ranks_;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }

 private:
  std::vector<Sum> error_, square_;
  std::vector<index_t> count_;
  std::vector<double> ranks_;
};

}  // namespace detail::missing

LINKPIN_INLINE std::string_view to_string(Treatment treatment) {
  constexpr std::string_view names[] = {"available", "complete", "partner",   "preferential",
                                        "hot deck",  "block",    "regression"};
  return names[static_cast<std::size_t>(treatment)];
}

LINKPIN_INLINE Network treated(const Network& net, Treatment treatment, const TreatmentOptions& options) {
  if (!options.groups.codes.empty() && options.groups.codes.size() != detail::missing::at(net.n())) {
    refuse("treated", "groups, length", std::to_string(options.groups.codes.size()),
           "give one group a vertex: " + std::to_string(net.n()));
  }
  if (treatment == Treatment::available || net.observed().complete()) return net;
  if (treatment == Treatment::complete) return detail::missing::complete_case(net);
  const detail::missing::Dyads seen(net);
  detail::missing::Dyads filled = seen;
  Stream random(options.seed, to_string(treatment), options.replicate);
  if (treatment == Treatment::partner) detail::missing::by_partner(seen, filled);
  if (treatment == Treatment::preferential) detail::missing::by_preference(seen, filled, random);
  if (treatment == Treatment::hot_deck) detail::missing::by_donor(seen, filled, random);
  if (treatment == Treatment::block) detail::missing::by_block(seen, filled, options.groups, random);
  if (treatment == Treatment::regression) {
    detail::missing::by_regression(seen, filled, options.groups, options.seed, random);
  }
  return detail::missing::with_filled(net, seen, filled, random);
}

LINKPIN_INLINE Pooled pool(std::span<const double> estimates, std::span<const double> variances, double level) {
  const std::size_t m = estimates.size();
  if (m < 2) refuse("pool", "estimates", std::to_string(m), "two or more imputations");
  if (!variances.empty() && variances.size() != m) {
    refuse("pool", "variances, length", std::to_string(variances.size()),
           "none, or one an estimate: " + std::to_string(m));
  }
  if (!(level > 0 && level < 1)) refuse("pool", "level", shown(level), "between 0 and 1");
  for (const double x : estimates) {
    if (!std::isfinite(x)) refuse("pool", "estimates", shown(x), "finite: leave out what is undefined, and say so");
  }
  for (const double v : variances) {
    if (!std::isfinite(v) || v < 0) refuse("pool", "variances", shown(v), "finite and not negative");
  }
  const auto count = static_cast<double>(m);
  Pooled out;
  out.value = sum(estimates) / count;
  Sum squares;
  for (const double x : estimates) squares.add((x - out.value) * (x - out.value));
  out.between = squares.value() / (count - 1);
  if (variances.empty()) return out;
  out.within = sum(variances) / count;
  const double extra = (1 + 1 / count) * out.between;
  out.total = out.within + extra;
  const double ratio = extra > 0 ? out.within / extra : unreachable;
  out.df = (count - 1) * (1 + ratio) * (1 + ratio);
  const double t = std::isfinite(out.df) ? student_quantile((1 + level) / 2, out.df) : normal_quantile((1 + level) / 2);
  const double half = t * std::sqrt(out.total);
  out.interval = {out.value - half, out.value + half};
  return out;
}

LINKPIN_INLINE Sensitivity missing_sensitivity(const Network& net, const ScoreFunction& statistic,
                                               const SensitivityOptions& options) {
  return detail::missing::sensitivity(net, std::nullopt, statistic, options);
}

LINKPIN_INLINE Sensitivity missing_sensitivity(const Ecosystem& eco, const Lens& lens, const ScoreFunction& statistic,
                                               const SensitivityOptions& options) {
  Lens with = lens;
  with.nonresponse = NonResponse::available;
  const Network net = derive(eco, with);
  with.nonresponse = NonResponse::reconstruct;
  return detail::missing::sensitivity(net, derive(eco, with), statistic, options);
}

LINKPIN_INLINE Trust missing_trust(const Network& net, const ScoreFunction& statistic, const TrustOptions& options) {
  detail::missing::check_trust(options);
  Trust out;
  out.provenance = provenance(net, "missing_trust");
  out.provenance.seed = options.seed;
  if (!net.observed().complete()) {
    out.provenance.warnings.emplace_back("the network has gaps of its own; as it stands it is taken for the truth");
  }
  const NetworkScores first = statistic(net);
  const detail::missing::ScoreFrame frame("missing_trust", net, first);
  const std::vector<double> truth = frame.values(net, first);
  Watch watch(options.run);
  const auto n = static_cast<double>(net.n());
  for (std::size_t rate = 0; rate < options.response_rates.size(); ++rate) {
    const auto gone = static_cast<std::size_t>(std::lround((1 - options.response_rates[rate]) * n));
    for (const Treatment treatment : options.treatments) {
      detail::missing::Comparison seen(frame.size());
      for (int r = 0; r < options.replicates; ++r) {
        watch.look(static_cast<double>(rate) / static_cast<double>(options.response_rates.size()));
        const auto replicate = static_cast<std::uint64_t>(rate) << 32 | static_cast<std::uint64_t>(r);
        // The same respondents are silent under every treatment, so that treatments compare in pairs.
        Stream random(options.seed, "silence", replicate);
        const Network holed =
            detail::missing::silenced(net, detail::missing::who_is_silent(net, gone, options.silence, random));
        const Network now = treated(holed, treatment, {options.groups, options.seed, replicate});
        seen.add(truth, frame.values(now, statistic(now)));
      }
      const std::size_t rows = frame.by_vertex() ? 1 : frame.size();
      for (std::size_t s = 0; s < rows; ++s) {
        TrustRow row;
        row.score = frame.name(s);
        row.response_rate = options.response_rates[rate];
        row.treatment = treatment;
        seen.report(truth, frame.by_vertex() ? 0 : s, frame.by_vertex() ? frame.size() : s + 1, row);
        if (frame.by_vertex()) {
          const std::vector<double> ranks = seen.ranks();
          row.undefined_replicates = options.replicates - static_cast<index_t>(ranks.size());
          if (!ranks.empty()) {
            row.rank_correlation = sum(ranks) / static_cast<double>(ranks.size());
            row.rank_low = quantile(ranks, 0.05);
          }
        } else {
          row.undefined_replicates = options.replicates - seen.count(s);
        }
        out.rows.push_back(std::move(row));
      }
    }
  }
  return out;
}

}  // namespace linkpin
