#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/statistics/distributions.hpp>
#include <linkpin/uncertainty/detail/wave_reading.hpp>
#include <linkpin/uncertainty/waves.hpp>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace linkpin {

namespace detail::waves {

inline TieChange tie_change(const Wave& a, const Wave& b, const std::vector<WaveMember>& members, std::size_t step) {
  TieChange change;
  std::vector<index_t> stayers;
  for (const WaveMember& m : members) {
    const bool before = m.present[step] != 0;
    const bool after = m.present[step + 1] != 0;
    if (before && after) stayers.push_back(m.entity);
    change.joiners += !before && after ? 1 : 0;
    change.leavers += before && !after ? 1 : 0;
  }
  change.stayers = static_cast<index_t>(stayers.size());
  const bool directed = a.net.directed() || b.net.directed();
  for (std::size_t i = 0; i < stayers.size(); ++i) {
    for (std::size_t j = directed ? 0 : i + 1; j < stayers.size(); ++j) {
      if (i == j) continue;
      const index_t ua = a.vertex[at(stayers[i])], va = a.vertex[at(stayers[j])];
      const index_t ub = b.vertex[at(stayers[i])], vb = b.vertex[at(stayers[j])];
      if (!a.net.observed()(ua, va) || !b.net.observed()(ub, vb)) {
        ++change.unobserved;
        continue;
      }
      const bool x = tied(a.net, ua, va), y = tied(b.net, ub, vb);
      change.kept += x && y ? 1 : 0;
      change.gained += !x && y ? 1 : 0;
      change.lost += x && !y ? 1 : 0;
    }
  }
  const auto all = static_cast<double>(change.kept + change.gained + change.lost);
  if (all > 0) change.stability = static_cast<double>(change.kept) / all;
  return change;
}

// Mean, and its t interval over the values that are there.
struct MeanInterval {
  double mean = undefined;
  double sd = undefined;
  Interval interval{};
};

inline MeanInterval mean_interval(const std::vector<double>& given, double level) {
  std::vector<double> values;
  for (const double x : given) {
    if (!std::isnan(x)) values.push_back(x);
  }
  MeanInterval out;
  if (values.empty()) return out;
  const auto n = static_cast<double>(values.size());
  out.mean = sum(values) / n;
  if (values.size() < 2) return out;
  Sum squares;
  for (const double x : values) squares.add((x - out.mean) * (x - out.mean));
  out.sd = std::sqrt(squares.value() / (n - 1));
  const double half = student_quantile((1 + level) / 2, n - 1) * out.sd / std::sqrt(n);
  out.interval = {out.mean - half, out.mean + half};
  return out;
}

// An interval from the estimates without each entity in turn. `factor` n scales the sum of squares to a variance:
// (n - 2) / (2 n) for scores of dyads (Snijders & Borgatti), (n - 1) / n for means over entities.
inline Interval jackknife(double estimate, const std::vector<double>& without, double factor, double level) {
  std::vector<double> values;
  for (const double x : without) {
    if (!std::isnan(x)) values.push_back(x);
  }
  if (values.size() < 3 || std::isnan(estimate)) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = sum(values) / n;
  Sum squares;
  for (const double x : values) squares.add((x - mean) * (x - mean));
  const double half = student_quantile((1 + level) / 2, n - 1) * std::sqrt(factor * squares.value());
  return {estimate - half, estimate + half};
}

inline double mean_among(const std::vector<double>& by_entity, const std::vector<index_t>& entities) {
  Sum total;
  index_t count = 0;
  for (const index_t e : entities) {
    if (std::isnan(by_entity[at(e)])) continue;
    total.add(by_entity[at(e)]);
    ++count;
  }
  return count > 0 ? total.value() / count : undefined;
}

// Before, after and difference, of all and of the stayers.
struct Change {
  double before, after, stayers_before, stayers_after;

  [[nodiscard]] double all() const { return after - before; }
  [[nodiscard]] double among_stayers() const { return stayers_after - stayers_before; }
  [[nodiscard]] double composition() const { return all() - among_stayers(); }
};

inline ScoreChange put(const std::string& score, const Change& c, const std::vector<Change>& without, double factor,
                       double level) {
  ScoreChange out;
  out.score = score;
  out.before = c.before;
  out.after = c.after;
  out.difference = c.all();
  out.stayers_before = c.stayers_before;
  out.stayers_after = c.stayers_after;
  out.stayers_difference = c.among_stayers();
  out.composition = c.composition();
  auto interval = [&](double (Change::*part)() const) {
    std::vector<double> values;
    values.reserve(without.size());
    for (const Change& w : without) values.push_back((w.*part)());
    return jackknife((c.*part)(), values, factor, level);
  };
  out.interval = interval(&Change::all);
  out.stayers_interval = interval(&Change::among_stayers);
  out.composition_interval = interval(&Change::composition);
  return out;
}

// Everybody in one of two waves, and those in both.
struct Pair {
  std::vector<index_t> all, stayers;
};

inline Pair pair_of(const std::vector<WaveMember>& members, std::size_t step) {
  Pair pair;
  for (const WaveMember& m : members) {
    const bool before = m.present[step] != 0, after = m.present[step + 1] != 0;
    if (before || after) pair.all.push_back(m.entity);
    if (before && after) pair.stayers.push_back(m.entity);
  }
  return pair;
}

inline std::vector<index_t> but(const std::vector<index_t>& entities, index_t left_out) {
  std::vector<index_t> rest;
  for (const index_t e : entities) {
    if (e != left_out) rest.push_back(e);
  }
  return rest;
}

// Scores of the whole network: the statistic called on each wave's members.
class WholeScores {
 public:
  WholeScores(const std::vector<Wave>& waves, const ScoreFunction& statistic, Watch& watch)
      : waves_(waves), statistic_(statistic), watch_(watch) {}

  [[nodiscard]] std::vector<double> on(std::size_t wave, const std::vector<index_t>& entities) const {
    watch_.look();
    return statistic_(waves_[wave].among(entities)).values;
  }

  [[nodiscard]] std::vector<Change> change(std::size_t step, const Pair& pair) const {
    const auto a = on(step, pair.all), b = on(step + 1, pair.all);
    const auto c = on(step, pair.stayers), d = on(step + 1, pair.stayers);
    std::vector<Change> out;
    for (std::size_t s = 0; s < a.size(); ++s) out.push_back({a[s], b[s], c[s], d[s]});
    return out;
  }

 private:
  const std::vector<Wave>& waves_;
  const ScoreFunction& statistic_;
  Watch& watch_;
};

inline void compare_whole(const std::vector<std::string>& names, const WholeScores& scores,
                          const std::vector<WaveMember>& members, std::size_t steps, double level,
                          std::vector<std::vector<ScoreChange>>& out) {
  for (std::size_t step = 0; step < steps; ++step) {
    const Pair pair = pair_of(members, step);
    const std::vector<Change> whole = scores.change(step, pair);
    std::vector<std::vector<Change>> without(whole.size());
    for (const index_t e : pair.all) {
      const std::vector<Change> less = scores.change(step, {but(pair.all, e), but(pair.stayers, e)});
      for (std::size_t s = 0; s < whole.size(); ++s) without[s].push_back(less[s]);
    }
    const auto n = static_cast<double>(pair.all.size());
    for (std::size_t s = 0; s < whole.size(); ++s) {
      out[step].push_back(put(names[s], whole[s], without[s], (n - 2) / (2 * n), level));
    }
  }
}

// A line through the values that are there, against the waves' places 0, 1, 2, ...
inline std::optional<std::pair<double, double>> line(const std::vector<double>& y) {
  double n = 0, mx = 0, my = 0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    n += 1;
    mx += static_cast<double>(t);
    my += y[t];
  }
  if (n < 2) return std::nullopt;
  mx /= n;
  my /= n;
  double xy = 0, xx = 0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    xy += (static_cast<double>(t) - mx) * (y[t] - my);
    xx += (static_cast<double>(t) - mx) * (static_cast<double>(t) - mx);
  }
  return std::pair(my - xy / xx * mx, xy / xx);
}

inline index_t count_of(const std::vector<double>& y) {
  return static_cast<index_t>(std::count_if(y.begin(), y.end(), [](double x) { return !std::isnan(x); }));
}

// One line for the whole network; its interval by leaving each member out of all waves.
inline void grow_whole(const std::vector<std::string>& names, const WholeScores& scores,
                       const std::vector<WaveMember>& members, std::size_t waves, double level,
                       std::vector<GrowthCurve>& out) {
  std::vector<index_t> all;
  all.reserve(members.size());
  for (const WaveMember& m : members) all.push_back(m.entity);
  auto series = [&](const std::vector<index_t>& entities) {
    std::vector<std::vector<double>> y(names.size());
    for (std::size_t w = 0; w < waves; ++w) {
      const std::vector<double> values = scores.on(w, entities);
      for (std::size_t s = 0; s < names.size(); ++s) y[s].push_back(values[s]);
    }
    return y;
  };
  const auto whole = series(all);
  std::vector<std::vector<double>> slopes(names.size());
  for (const index_t e : all) {
    const auto less = series(but(all, e));
    for (std::size_t s = 0; s < names.size(); ++s) {
      const auto fit = line(less[s]);
      slopes[s].push_back(fit ? fit->second : undefined);
    }
  }
  const auto n = static_cast<double>(all.size());
  for (std::size_t s = 0; s < names.size(); ++s) {
    GrowthCurve curve;
    curve.score = names[s];
    curve.waves = count_of(whole[s]);
    if (const auto fit = line(whole[s])) {
      curve.start = fit->first;
      curve.slope = fit->second;
      curve.interval = jackknife(curve.slope, slopes[s], (n - 2) / (2 * n), level);
    }
    out.push_back(std::move(curve));
  }
}

// Scores by entity: values[wave][entity], NaN where there is none.
using ByEntity = std::vector<std::vector<double>>;

inline void compare_means(const std::string& name, const ByEntity& values, const std::vector<WaveMember>& members,
                          std::size_t steps, double level, std::vector<std::vector<ScoreChange>>& out) {
  for (std::size_t step = 0; step < steps; ++step) {
    Pair pair;  // here a stayer has a value in both
    for (const WaveMember& m : members) {
      const bool a = !std::isnan(values[step][at(m.entity)]), b = !std::isnan(values[step + 1][at(m.entity)]);
      if (a || b) pair.all.push_back(m.entity);
      if (a && b) pair.stayers.push_back(m.entity);
    }
    auto change = [&](const Pair& p) {
      return Change{mean_among(values[step], p.all), mean_among(values[step + 1], p.all),
                    mean_among(values[step], p.stayers), mean_among(values[step + 1], p.stayers)};
    };
    std::vector<Change> without;
    for (const index_t e : pair.all) without.push_back(change({but(pair.all, e), but(pair.stayers, e)}));
    const auto n = static_cast<double>(pair.all.size());
    ScoreChange row = put(name, change(pair), without, n > 0 ? (n - 1) / n : 0.0, level);
    std::vector<double> differences;
    for (const index_t e : pair.stayers) differences.push_back(values[step + 1][at(e)] - values[step][at(e)]);
    row.stayers_interval = mean_interval(differences, level).interval;  // the paired t interval
    out[step].push_back(std::move(row));
  }
}

inline void grow_entities(const std::string& name, const ByEntity& values, const std::vector<WaveMember>& members,
                          double level, std::vector<GrowthCurve>& out) {
  std::vector<GrowthCurve> own;
  std::vector<double> slopes, starts;
  for (const WaveMember& m : members) {
    std::vector<double> y;
    for (const auto& wave : values) y.push_back(wave[at(m.entity)]);
    const auto fit = line(y);
    if (!fit) continue;
    GrowthCurve curve;
    curve.score = name;
    curve.entity = m.entity;
    curve.start = fit->first;
    curve.slope = fit->second;
    curve.waves = count_of(y);
    starts.push_back(fit->first);
    slopes.push_back(fit->second);
    own.push_back(std::move(curve));
  }
  const MeanInterval slope = mean_interval(slopes, level);
  GrowthCurve mean;
  mean.score = name;
  mean.start = mean_interval(starts, level).mean;
  mean.slope = slope.mean;
  mean.interval = slope.interval;
  mean.spread = slope.sd;
  mean.waves = static_cast<index_t>(values.size());
  out.push_back(std::move(mean));
  out.insert(out.end(), own.begin(), own.end());
}

// The mean rating each entity got in each wave, over raters and items; ratings of oneself are left out.
inline std::optional<ByEntity> ratings(const Ecosystem& eco, const std::vector<std::string>& waves,
                                       std::vector<std::string> items, std::string_view prefix) {
  const EcosystemParts& p = eco.parts();
  const Column* item = p.reports.find("item");
  const Column* wave = p.reports.find("wave");
  const Column* value = p.reports.find("value");
  if (item == nullptr || wave == nullptr || value == nullptr) return std::nullopt;
  const std::vector<std::string> known = Ecosystem::distinct(p.reports, "item");
  for (const std::string& name : items) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse("compare_waves", std::string(prefix) + "_items", name, "no report has this item");
    }
  }
  if (items.empty()) {
    for (const std::string& name : known) {
      if (name.starts_with(prefix)) items.push_back(name);
    }
  }
  if (items.empty()) return std::nullopt;
  ByEntity total(waves.size(), std::vector<double>(at(eco.entity_count()), 0.0));
  ByEntity count = total;
  for (std::size_t r = 0; r < p.respondent.size(); ++r) {
    const index_t rated = p.report_to[r];
    if (rated == none || rated == p.respondent[r] || value->missing(r)) continue;
    if (std::find(items.begin(), items.end(), item->view(r)) == items.end()) continue;
    const auto w = std::find(waves.begin(), waves.end(), wave->view(r));
    if (w == waves.end()) continue;
    const auto place = static_cast<std::size_t>(w - waves.begin());
    total[place][at(rated)] += value->number(r);
    count[place][at(rated)] += 1;
  }
  for (std::size_t w = 0; w < waves.size(); ++w) {
    for (std::size_t e = 0; e < total[w].size(); ++e) {
      total[w][e] = count[w][e] > 0 ? total[w][e] / count[w][e] : undefined;
    }
  }
  return total;
}

}  // namespace detail::waves

LINKPIN_INLINE WaveComparison compare_waves(const Ecosystem& eco, const std::vector<std::string>& waves,
                                            const ScoreFunction& statistic, const WavesOptions& options) {
  namespace own = detail::waves;
  own::check("compare_waves", eco, waves, options.level);
  const std::vector<own::Wave> read = own::read(eco, waves, options.lens);
  WaveComparison out;
  out.waves = waves;
  out.members = own::members_of(read, eco.entity_count());
  out.provenance.measure = "compare_waves";
  out.provenance.lens = read.front().net.lens();
  const std::size_t steps = waves.size() - 1;
  for (std::size_t step = 0; step < steps; ++step) {
    out.ties.push_back(own::tie_change(read[step], read[step + 1], out.members, step));
    out.ties.back().from = waves[step];
    out.ties.back().to = waves[step + 1];
  }
  Watch watch(options.run);
  std::vector<std::vector<ScoreChange>> changes(steps);
  std::vector<std::pair<std::string, own::ByEntity>> by_entity;
  if (statistic) {
    // The first answer tells whether the scores are of the whole or one a vertex.
    std::vector<NetworkScores> first;
    std::vector<std::vector<index_t>> there(waves.size());
    for (std::size_t w = 0; w < waves.size(); ++w) {
      for (const WaveMember& m : out.members) {
        if (read[w].has(m.entity)) there[w].push_back(m.entity);
      }
      first.push_back(statistic(read[w].among(there[w])));
    }
    if (first.front().names.empty()) {
      own::ByEntity values(waves.size(), std::vector<double>(own::at(eco.entity_count()), undefined));
      for (std::size_t w = 0; w < waves.size(); ++w) {
        if (first[w].values.size() != there[w].size()) {
          refuse("compare_waves", "statistic, length", std::to_string(first[w].values.size()),
                 "one number a vertex on every wave: " + std::to_string(there[w].size()), "wave " + waves[w]);
        }
        for (std::size_t i = 0; i < there[w].size(); ++i) values[w][own::at(there[w][i])] = first[w].values[i];
      }
      by_entity.emplace_back("", std::move(values));
    } else {
      const std::vector<std::string>& names = first.front().names;
      for (const NetworkScores& s : first) {
        if (s.names != names || s.values.size() != names.size()) {
          refuse("compare_waves", "statistic", "other scores on another wave", "the same named numbers on every wave");
        }
      }
      const own::WholeScores scores(read, statistic, watch);
      own::compare_whole(names, scores, out.members, steps, options.level, changes);
      if (steps > 1) own::grow_whole(names, scores, out.members, waves.size(), options.level, out.growth);
    }
  }
  if (auto trust = own::ratings(eco, waves, options.trust_items, "trust")) by_entity.emplace_back("trust", *trust);
  if (auto value = own::ratings(eco, waves, options.value_items, "value")) by_entity.emplace_back("value", *value);
  for (const auto& [name, values] : by_entity) {
    own::compare_means(name, values, out.members, steps, options.level, changes);
    if (steps > 1) own::grow_entities(name, values, out.members, options.level, out.growth);
  }
  for (std::size_t step = 0; step < steps; ++step) {
    for (ScoreChange& change : changes[step]) {
      change.from = waves[step];
      change.to = waves[step + 1];
      out.scores.push_back(std::move(change));
    }
    if (out.ties[step].stayers < 10) {
      out.provenance.warnings.push_back("from wave " + waves[step] + " to " + waves[step + 1] + " only " +
                                        std::to_string(out.ties[step].stayers) +
                                        " stayed: intervals of so few are rough");
    }
  }
  return out;
}

LINKPIN_INLINE WaveMatrices wave_matrices(const Ecosystem& eco, const std::vector<std::string>& waves, const Lens& lens,
                                          const std::vector<std::string>& fixed_kinds) {
  namespace own = detail::waves;
  own::check("wave_matrices", eco, waves, 0.95);
  const std::vector<own::Wave> read = own::read(eco, waves, lens);
  WaveMatrices out;
  out.waves = waves;
  for (const WaveMember& m : own::members_of(read, eco.entity_count())) out.members.push_back(m.entity);
  const std::size_t n = out.members.size();
  if (n > 5000)
    throw LimitError({"wave_matrices", "members", std::to_string(n), "", "matrices of up to 5,000 members"});
  std::set<std::pair<index_t, index_t>> fixed;
  if (!fixed_kinds.empty()) {
    const Network net = derive(eco, {.kinds = fixed_kinds});
    for (index_t e = 0; e < net.m(); ++e) {
      const index_t u = eco.find(net.name(net.sources()[own::at(e)]));
      const index_t v = eco.find(net.name(net.targets()[own::at(e)]));
      fixed.insert({u, v});
      if (!net.directed()) fixed.insert({v, u});
    }
  }
  for (const own::Wave& wave : read) {
    std::vector<double> values(n * n, 0.0);
    std::vector<std::uint8_t> present(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const index_t a = out.members[i];
      present[i] = wave.has(a) ? 1 : 0;
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        const index_t b = out.members[j];
        double& cell = values[i * n + j];
        if (!wave.has(a) || !wave.has(b)) {
          cell = structural_zero;
          continue;
        }
        const index_t u = wave.vertex[own::at(a)], v = wave.vertex[own::at(b)];
        if (fixed.contains({a, b})) {
          cell = structural_one;
        } else if (own::tied(wave.net, u, v)) {
          cell = 1;
        } else if (!wave.net.observed()(u, v)) {
          cell = undefined;
        }
      }
    }
    out.values.push_back(std::move(values));
    out.present.push_back(std::move(present));
  }
  return out;
}

}  // namespace linkpin
