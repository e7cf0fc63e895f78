// The scorecard read off many networks drawn again, and what its scores' intervals are from that.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <linkpin/assess/detail/scorecard_reading.ipp>
#include <linkpin/assess/scorecard.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail::card {

inline constexpr std::string_view group_column = "group of the scorecard";
inline constexpr int usual_replicates = 200;
inline constexpr double most_work = 2e6;       // n (n + m) up to which replicates are drawn unasked
inline constexpr index_t most_imputed = 5000;  // vertices
inline constexpr double least_coverage = 0.8;  // below it an interval misleads

// The network with nothing but what replicates read: the ties, the mask and the groups.
inline Network bare(const Network& net, const std::optional<Groups>& groups) {
  NetworkParts p = net.parts();
  p.ties = {};
  p.vertices = {};
  if (groups) {
    p.vertices.set(group_column, Column(std::vector<std::int64_t>(groups->codes.begin(), groups->codes.end())));
  }
  return Network(std::move(p));
}

inline std::optional<Groups> groups_of(const Network& drawn, const std::optional<Groups>& groups) {
  if (!groups) return std::nullopt;
  const auto codes = drawn.vertices().find(group_column)->integers();
  return Groups{{codes.begin(), codes.end()}, groups->labels};
}

// The chance of each tie; empty where nothing is said or all are sure. A tie without one counts as sure.
inline std::vector<double> confidences(const Network& net) {
  const Column* column = net.ties().find("confidence");
  if (column == nullptr || !column->is_numeric()) return {};
  std::vector<double> chances;
  bool doubt = false;
  for (std::size_t e = 0; e < column->size(); ++e) {
    const double chance = column->missing(e) ? 1.0 : column->number(e);
    if (!(chance >= 0 && chance <= 1)) return {};
    doubt = doubt || chance < 1;
    chances.push_back(chance);
  }
  return doubt ? chances : std::vector<double>{};
}

inline bool somebody_is_silent(const Observed& seen) {
  auto silent = [](Answer a) { return a == Answer::no_response; };
  return std::any_of(seen.rows().begin(), seen.rows().end(), silent) ||
         std::any_of(seen.exceptions().begin(), seen.exceptions().end(),
                     [&](const Observed::Exception& e) { return silent(e.answer); });
}

inline int wanted_replicates(const Network& net, const ScorecardOptions& o) {
  if (o.replicates) return *o.replicates;
  const double n = net.n();
  return n * (n + net.m()) > most_work ? 0 : usual_replicates;
}

// The share of such intervals that hold the true value, the lowest that was measured; NaN where none was.
inline double covers(std::string_view measure, std::string_view variant, Resample of, index_t n, double level) {
  std::string key(measure);
  if (measure == "centralization" && variant != "degree") key.append("_").append(variant);
  const auto found = level == 0.95 ? measured_coverage(key, of, IntervalKind::percentile, n) : std::nullopt;
  return found ? std::min(found->independent, found->clustered) : undefined;
}

// All scores of a drawn network in one row: whole, then each statistic by vertex. Where the vertices vary, what says
// nothing of redrawn vertices is not computed, nor what has no interval because it would miss the truth too often.
inline std::vector<double> row_of(const Network& drawn, const ScorecardOptions& o, bool vertices_vary) {
  const Run alone{.threads = 1};
  const Reading reading(drawn, o.seed, alone);
  auto wanted = [&](const NetworkStatistic& s) {
    if (!vertices_vary) return true;
    return s.redrawn == Redrawn::yes &&
           !(covers(s.measure, s.variant, Resample::vertices, drawn.n(), o.level) < least_coverage);
  };
  std::vector<double> row;
  for (const Score& s : whole(reading, groups_of(drawn, o.groups), wanted)) row.push_back(s.value);
  if (vertices_vary) {
    // One number a vertex would be taken for scores by vertex.
    if (row.size() == static_cast<std::size_t>(drawn.n())) row.push_back(undefined);
    return row;
  }
  for (const VertexStatistic& s : vertex_statistics()) {
    const std::vector<double> values = s.values(reading);
    row.insert(row.end(), values.begin(), values.end());
  }
  return row;
}

class Intervals {
 public:
  Intervals(const Network& net, const ScorecardOptions& o) : o_(o), n_(net.n()), count_(wanted_replicates(net, o)) {
    if (count_ == 0) {
      without_ = o.replicates ? NoInterval::not_asked : NoInterval::large;
      return;
    }
    if (n_ < 3) {
      count_ = 0;
      without_ = NoInterval::few;
      return;
    }
    const bool errors = !std::isnan(o.reports.false_positive) || !std::isnan(o.reports.false_negative) ||
                        !o.reports.false_positive_of.empty();
    const std::vector<double> chances = confidences(net);
    const bool doubt = !errors && !chances.empty();
    const bool silent = !errors && !doubt && n_ <= most_imputed && somebody_is_silent(net.observed());
    const double half = doubt || silent ? 0.5 : 0.0;  // of the work is done before the vertices vary
    if (errors) {
      draw(in_place_, net, Resample::reports, o.run);
      return;
    }
    if (doubt) {
      draw(in_place_, net, Resample::ties, stretch(o.run, 0, half), chances);
    } else if (silent) {
      draw(in_place_, net, Resample::imputations, stretch(o.run, 0, half));
    }
    draw(vertices_, simplified(net), Resample::vertices, stretch(o.run, half, 1));
  }

  [[nodiscard]] int replicates() const { return count_; }

  // What else than the vertices was found to vary.
  [[nodiscard]] std::optional<Resample> in_place() const {
    return in_place_ ? std::optional(in_place_->interval_of) : std::nullopt;
  }

  // Sets the interval of a score of the network or of a group, the i-th of them.
  void of_whole(Score& score, std::size_t i) const {
    if (count_ == 0) {
      score.why_not = without_;
    } else if (score.measure == "group_share") {
      score.why_not = NoInterval::counted;
    } else if (vertices_ && redrawn(score)) {
      set(score, *vertices_, i);
    } else if (in_place_) {
      set(score, *in_place_, i);
    } else {
      score.why_not = NoInterval::hangs_on_ties;
    }
  }

  // Sets those of the s-th statistic by vertex and of its ranks; scores[k] is of vertex which[k].
  void by_vertex(std::span<Score> scores, std::span<const index_t> which, std::size_t s, std::size_t before) const {
    if (!in_place_) {
      for (Score& score : scores) score.why_not = count_ == 0 ? without_ : NoInterval::of_itself;
      return;
    }
    const auto n = static_cast<std::size_t>(n_);
    const std::size_t first = before + s * n;
    const std::vector<double>& draws = in_place_->draws;
    const std::size_t width = in_place_->estimate.size();
    std::vector<std::vector<double>> places(scores.size());
    std::vector<index_t> order;
    for (std::size_t r = 0; r < draws.size(); r += width) {
      const std::vector<index_t> ranks = descending_ranks(std::span(draws).subspan(r + first, n), order);
      for (std::size_t k = 0; k < scores.size(); ++k) {
        const index_t rank = ranks[static_cast<std::size_t>(which[k])];
        if (rank != none) places[k].push_back(rank);
      }
    }
    for (std::size_t k = 0; k < scores.size(); ++k) {
      set(scores[k], *in_place_, first + static_cast<std::size_t>(which[k]));
      if (scores[k].why_not != NoInterval::has_one) continue;
      std::sort(places[k].begin(), places[k].end());
      scores[k].rank_interval = {std::floor(quantile(places[k], (1 - o_.level) / 2)),
                                 std::ceil(quantile(places[k], (1 + o_.level) / 2))};
    }
  }

 private:
  void draw(std::optional<Bootstrap>& into, const Network& net, Resample what, const Run& run,
            std::vector<double> chances = {}) {
    BootstrapOptions b;
    b.resample = what;
    b.replicates = count_;
    b.level = o_.level;
    b.seed = o_.seed;
    b.run = run;
    if (what == Resample::ties) b.ties.confidence = std::move(chances);
    if (what == Resample::imputations && o_.groups) b.groups = group_column;
    if (what == Resample::reports) {
      b.reports = o_.reports;
      b.reports.groups = o_.groups ? std::string(group_column) : "";
    }
    const bool vary = what == Resample::vertices;
    into = bootstrap(
        bare(net, o_.groups), [this, vary](const Network& drawn) { return row_of(drawn, o_, vary); }, b);
  }

  static NoInterval verdict(const Score& score, const Interval& found, Resample of) {
    if (std::isnan(score.value)) return NoInterval::unknown;
    if (score.covers < least_coverage) return NoInterval::uncovered;
    if (std::isnan(found.low)) return NoInterval::unknown;
    if (of != Resample::vertices) return NoInterval::has_one;
    if (score.value < found.low || score.value > found.high) return NoInterval::one_sided;
    return found.low == found.high ? NoInterval::still : NoInterval::has_one;
  }

  void set(Score& score, const Bootstrap& b, std::size_t i) const {
    if (score.of != ScoreOf::group) score.covers = covers(score.measure, score.variant, b.interval_of, n_, o_.level);
    const Interval found = b.interval[i];
    score.why_not = verdict(score, found, b.interval_of);
    if (score.why_not != NoInterval::has_one) return;
    score.varies = b.interval_of;
    score.interval = found;
  }

  const ScorecardOptions& o_;
  index_t n_;
  int count_;
  NoInterval without_ = NoInterval::has_one;
  std::optional<Bootstrap> vertices_ = {};
  std::optional<Bootstrap> in_place_ = {};
};

}  // namespace linkpin::detail::card
