#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/statistics/draws.hpp>
#include <linkpin/statistics/order.hpp>
#include <linkpin/uncertainty/composite.hpp>
#include <numeric>
#include <span>

namespace linkpin {

namespace detail::composites {

// One normalised component: higher is better, above zero.
inline std::vector<double> normalised(const Component& c, Normalisation how, double floor) {
  const std::size_t n = c.values.size();
  const auto count = static_cast<double>(n);
  std::vector<double> x = c.values;
  if (how == Normalisation::reference) {
    // Of a burden the smallest is the reference: best / value.
    const double best =
        c.higher_is_better ? *std::max_element(x.begin(), x.end()) : *std::min_element(x.begin(), x.end());
    for (double& v : x) {
      if (!(v > 0)) {
        refuse("composite", "component " + c.name, shown(v), "a share of the best needs values above zero");
      }
      v = c.higher_is_better ? v / best : best / v;
    }
    return x;
  }
  if (!c.higher_is_better) {
    for (double& v : x) v = -v;
  }
  if (how == Normalisation::rank) {
    x = mid_ranks(x);
    for (double& v : x) v /= count;
    return x;
  }
  if (how == Normalisation::min_max) {
    const auto [low, high] = std::minmax_element(x.begin(), x.end());
    const double from = *low;
    const double width = *high - from;
    for (double& v : x) v = floor + (1 - floor) * ((v - from) / width);
    return x;
  }
  const double mean = sum(x) / count;
  Sum squares;
  for (const double v : x) squares.add((v - mean) * (v - mean));
  const double sd = std::sqrt(squares.value() / (count - 1));
  for (double& v : x) {
    v = 100 + 10 * (v - mean) / sd;
    if (!(v > 0)) {
      refuse("composite", "component " + c.name, shown(v),
             "a unit lies ten standard deviations below the mean: look at it, or leave z-scores out");
    }
  }
  return x;
}

// Units by component under one normalisation.
struct Table {
  std::vector<std::vector<double>> columns, logs;
};

inline Table table_of(const std::vector<Component>& components, Normalisation how, double floor) {
  Table t;
  for (const Component& c : components) {
    t.columns.push_back(normalised(c, how, floor));
    t.logs.push_back(t.columns.back());
    for (double& v : t.logs.back()) v = std::log(v);
  }
  return t;
}

inline std::vector<double> index_of(const Table& t, Aggregation how, std::span<const double> weights) {
  const auto& columns = how == Aggregation::geometric ? t.logs : t.columns;
  std::vector<double> value(columns.front().size(), 0.0);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t i = 0; i < value.size(); ++i) value[i] += weights[c] * columns[c][i];
  }
  if (how == Aggregation::geometric) {
    for (double& v : value) v = std::exp(v);
  }
  return value;
}

// Ranks from 1 for the highest; values that differ by rounding alone tie.
inline std::vector<double> ranks_of(std::span<const double> value) {
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
  std::vector<double> rank(value.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i + 1;
    while (j < order.size() && same_length(value[order[i]], value[order[j]])) ++j;
    for (std::size_t k = i; k < j; ++k) rank[order[k]] = (static_cast<double>(i) + static_cast<double>(j) + 1) / 2;
    i = j;
  }
  return rank;
}

// An answer on a full grid weights x normalisation x aggregation: the shares of its variance.
class Factorial {
 public:
  Factorial(std::size_t draws, std::size_t norms, std::size_t aggs) : draws_(draws), norms_(norms), aggs_(aggs) {}

  // value(d, m, a)
  template <class Value>
  [[nodiscard]] std::vector<SobolIndex> indices(Value&& value) const {
    std::vector<double> cells(draws_ * norms_ * aggs_);
    for (std::size_t d = 0; d < draws_; ++d) {
      for (std::size_t m = 0; m < norms_; ++m) {
        for (std::size_t a = 0; a < aggs_; ++a) cells[(d * norms_ + m) * aggs_ + a] = value(d, m, a);
      }
    }
    const double whole = variance_by(cells, {true, true, true});
    std::vector<SobolIndex> out = {{"weights"}, {"normalisation"}, {"aggregation"}};
    for (std::size_t f = 0; f < 3 && whole > 0; ++f) {
      bool own[3] = {f == 0, f == 1, f == 2};
      bool others[3] = {f != 0, f != 1, f != 2};
      out[f].first = variance_by(cells, {own[0], own[1], own[2]}) / whole;
      out[f].total = 1 - variance_by(cells, {others[0], others[1], others[2]}) / whole;
      if (std::abs(out[f].total) < 1e-12) out[f].total = 0.0;
    }
    return out;
  }

 private:
  // Variance of the means given the factors that are kept.
  [[nodiscard]] double variance_by(const std::vector<double>& cells, std::array<bool, 3> keep) const {
    const std::size_t d1 = keep[0] ? draws_ : 1;
    const std::size_t m1 = keep[1] ? norms_ : 1;
    const std::size_t a1 = keep[2] ? aggs_ : 1;
    std::vector<double> mean(d1 * m1 * a1, 0.0);
    for (std::size_t d = 0; d < draws_; ++d) {
      for (std::size_t m = 0; m < norms_; ++m) {
        for (std::size_t a = 0; a < aggs_; ++a) {
          const std::size_t cell = ((keep[0] ? d : 0) * m1 + (keep[1] ? m : 0)) * a1 + (keep[2] ? a : 0);
          mean[cell] += cells[(d * norms_ + m) * aggs_ + a];
        }
      }
    }
    const auto per = static_cast<double>(cells.size()) / static_cast<double>(mean.size());
    for (double& x : mean) x /= per;
    const double middle = sum(mean) / static_cast<double>(mean.size());
    Sum squares;
    for (const double x : mean) squares.add((x - middle) * (x - middle));
    return squares.value() / static_cast<double>(mean.size());
  }

  std::size_t draws_, norms_, aggs_;
};

// The regression of y on x by local lines with a Gaussian kernel, the bandwidth by leave-one-out cross-validation.
class LocalLinear {
 public:
  LocalLinear(std::span<const double> x, std::span<const double> y) : x_(x), y_(y) {}

  // Share of the variance of y that the fitted curve has.
  [[nodiscard]] double correlation_ratio() const {
    const auto [low, high] = std::minmax_element(x_.begin(), x_.end());
    const double width = *high - *low;
    double best = unreachable, bandwidth = width;
    for (const double share : {0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 0.8, 1.5, 5.0}) {
      Sum error;
      for (std::size_t i = 0; i < x_.size(); ++i) {
        const double e = y_[i] - at(x_[i], share * width, i);
        error.add(std::isnan(e) ? unreachable : e * e);
      }
      if (error.value() < best) {
        best = error.value();
        bandwidth = share * width;
      }
    }
    const double mean = sum(y_) / static_cast<double>(y_.size());
    Sum fitted, all;
    for (std::size_t i = 0; i < x_.size(); ++i) {
      const double f = at(x_[i], bandwidth, x_.size()) - mean;
      fitted.add(f * f);
      all.add((y_[i] - mean) * (y_[i] - mean));
    }
    return all.value() > 0 ? std::clamp(fitted.value() / all.value(), 0.0, 1.0) : undefined;
  }

 private:
  [[nodiscard]] double at(double where, double bandwidth, std::size_t left_out) const {
    double w0 = 0, w1 = 0, w2 = 0, y0 = 0, y1 = 0;
    for (std::size_t j = 0; j < x_.size(); ++j) {
      if (j == left_out) continue;
      const double u = x_[j] - where;
      const double w = std::exp(-0.5 * (u / bandwidth) * (u / bandwidth));
      w0 += w;
      w1 += w * u;
      w2 += w * u * u;
      y0 += w * y_[j];
      y1 += w * u * y_[j];
    }
    const double det = w0 * w2 - w1 * w1;
    if (det > 1e-12 * w0 * w2) return (w2 * y0 - w1 * y1) / det;
    return w0 > 0 ? y0 / w0 : undefined;
  }

  std::span<const double> x_, y_;
};

inline double r_squared(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const double mx = sum(x) / n, my = sum(y) / n;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : undefined;
}

inline void check(const std::vector<Component>& components, const CompositeOptions& o) {
  auto wrong = [](std::string_view argument, const std::string& value, std::string_view remedy) {
    refuse("composite", argument, value, remedy);
  };
  if (components.size() < 2) wrong("components", std::to_string(components.size()), "an index has two or more");
  const std::size_t n = components.front().values.size();
  if (n < 2) wrong("units", std::to_string(n), "there must be two or more to compare");
  if (n > 2000)
    throw LimitError({"composite", "units", std::to_string(n), "", "ranks are shown for up to 2,000 units"});
  double total = 0.0;
  for (const Component& c : components) {
    const std::string name = "component " + c.name;
    if (c.values.size() != n) wrong(name + ", length", std::to_string(c.values.size()), "one value a unit");
    for (std::size_t i = 0; i < n; ++i) {
      if (std::isfinite(c.values[i])) continue;
      refuse("composite", name, shown(c.values[i]), "fill it in by a rule you can state, or leave the unit out",
             "unit " + std::to_string(i));
    }
    const auto [low, high] = std::minmax_element(c.values.begin(), c.values.end());
    if (*low == *high) wrong(name, shown(*low), "all units are alike on it, so it tells nothing: leave it out");
    if (!std::isfinite(c.weight) || c.weight < 0) wrong(name + ", weight", shown(c.weight), "0 or more");
    total += c.weight;
  }
  if (!(total > 0)) wrong("weights", "0", "at least one component has a weight above zero");
  if (o.normalisations.empty() || o.aggregations.empty()) wrong("normalisations, aggregations", "none", "one or more");
  if (!(o.concentration >= 0) || !std::isfinite(o.concentration)) {
    wrong("concentration", shown(o.concentration), "0 (nothing is known of the weights) or more");
  }
  if (!(o.floor > 0 && o.floor < 1)) wrong("floor", shown(o.floor), "between 0 and 1");
  if (o.draws < 2) wrong("draws", std::to_string(o.draws), "two or more");
  if (!(o.level > 0 && o.level < 1)) wrong("level", shown(o.level), "between 0 and 1");
}

inline std::vector<double> nominal_weights(const std::vector<Component>& components) {
  std::vector<double> w;
  w.reserve(components.size());
  for (const Component& c : components) w.push_back(c.weight);
  const double total = sum(w);
  for (double& x : w) x /= total;
  return w;
}

// A component of weight zero has no place on the simplex and stays out.
inline std::vector<double> drawn_weights(std::span<const double> nominal, double concentration, Stream& random) {
  std::vector<double> alpha;
  for (const double w : nominal) {
    if (w > 0) alpha.push_back(concentration > 0 ? concentration * w : 1.0);
  }
  const std::vector<double> shares = draw_dirichlet(random, alpha);
  std::vector<double> weights(nominal.size(), 0.0);
  std::size_t next = 0;
  for (std::size_t c = 0; c < nominal.size(); ++c) {
    if (nominal[c] > 0) weights[c] = shares[next++];
  }
  return weights;
}

}  // namespace detail::composites

LINKPIN_INLINE std::string_view to_string(Normalisation normalisation) {
  constexpr std::string_view names[] = {"min-max", "z-score", "rank", "reference"};
  return names[static_cast<std::size_t>(normalisation)];
}

LINKPIN_INLINE std::string_view to_string(Aggregation aggregation) {
  return aggregation == Aggregation::arithmetic ? "arithmetic" : "geometric";
}

LINKPIN_INLINE Composite composite(const std::vector<Component>& components, const CompositeOptions& options) {
  namespace own = detail::composites;
  own::check(components, options);
  const std::size_t n = components.front().values.size();
  const std::size_t k = components.size();
  const std::size_t norms = options.normalisations.size();
  const std::size_t aggs = options.aggregations.size();
  const auto draws = static_cast<std::size_t>(options.draws);
  std::vector<own::Table> tables;
  for (const Normalisation how : options.normalisations)
    tables.push_back(own::table_of(components, how, options.floor));
  const std::vector<double> nominal = own::nominal_weights(components);
  const std::vector<double> value = own::index_of(tables[0], options.aggregations[0], nominal);
  const std::vector<double> rank = own::ranks_of(value);

  // Ranks of every unit for every draw, normalisation and aggregation, and how many share each.
  const std::size_t runs = draws * norms * aggs;
  if (runs > 200'000'000 / n) {
    throw LimitError({"composite", "draws", std::to_string(options.draws), "", "fewer draws for so many units"});
  }
  std::vector<float> ranks(runs * n);
  std::vector<std::uint16_t> ties(runs * n);
  std::vector<double> weights(draws * k);
  parallel_for(options.draws, static_cast<std::int64_t>(norms * aggs * n * (k + 10)), options.run,
               [&](std::int64_t begin, std::int64_t end) {
                 for (auto d = static_cast<std::size_t>(begin); d < static_cast<std::size_t>(end); ++d) {
                   Stream random(options.seed, "composite", d);
                   const std::vector<double> w = own::drawn_weights(nominal, options.concentration, random);
                   std::copy(w.begin(), w.end(), weights.begin() + static_cast<std::ptrdiff_t>(d * k));
                   for (std::size_t m = 0; m < norms; ++m) {
                     for (std::size_t a = 0; a < aggs; ++a) {
                       const auto r = own::ranks_of(own::index_of(tables[m], options.aggregations[a], w));
                       const std::size_t row = ((d * norms + m) * aggs + a) * n;
                       std::vector<std::uint16_t> sharing(2 * n + 1, 0);
                       for (const double x : r) ++sharing[static_cast<std::size_t>(2 * x)];
                       for (std::size_t i = 0; i < n; ++i) {
                         ranks[row + i] = static_cast<float>(r[i]);
                         ties[row + i] = sharing[static_cast<std::size_t>(2 * r[i])];
                       }
                     }
                   }
                 }
               });

  Composite out;
  out.provenance.measure = "composite";
  out.provenance.normalisation = to_string(options.normalisations[0]);
  out.provenance.seed = options.seed;
  out.provenance.warnings.emplace_back(
      "a composite hides its components: read them beside it, and the ranks only as far as their intervals go");
  out.acceptability.assign(n * n, 0.0);
  out.central_weights.assign(n * k, 0.0);
  std::vector<double> shift(runs, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    CompositeUnit unit;
    unit.value = value[i];
    unit.rank = rank[i];
    std::vector<double> own_ranks(runs);
    double firsts = 0.0;
    for (std::size_t r = 0; r < runs; ++r) {
      const double place = static_cast<double>(ranks[r * n + i]);
      own_ranks[r] = place;
      shift[r] += std::abs(place - rank[i]) / static_cast<double>(n);
    }
    for (std::size_t r = 0; r < runs; ++r) {
      const std::size_t tied = ties[r * n + i];
      const double part = 1.0 / static_cast<double>(tied);
      const auto top = static_cast<std::size_t>(own_ranks[r] - static_cast<double>(tied - 1) / 2 - 0.5);
      for (std::size_t place = top; place < top + tied; ++place) {
        out.acceptability[i * n + place] += part / static_cast<double>(runs);
      }
      if (top > 0) continue;
      firsts += part;
      for (std::size_t c = 0; c < k; ++c) {
        out.central_weights[i * k + c] += part * weights[r / (norms * aggs) * k + c];
      }
    }
    for (std::size_t c = 0; c < k; ++c) {
      double& w = out.central_weights[i * k + c];
      w = firsts > 0 ? w / firsts : undefined;
    }
    unit.first = firsts / static_cast<double>(runs);
    unit.expected_rank = sum(own_ranks) / static_cast<double>(runs);
    std::sort(own_ranks.begin(), own_ranks.end());
    unit.rank_low = quantile(own_ranks, (1 - options.level) / 2);
    unit.rank_high = quantile(own_ranks, (1 + options.level) / 2);
    out.units.push_back(unit);
  }

  const own::Factorial grid(draws, norms, aggs);
  out.mean_shift = sum(shift) / static_cast<double>(runs);
  out.shift =
      grid.indices([&](std::size_t d, std::size_t m, std::size_t a) { return shift[(d * norms + m) * aggs + a]; });
  for (std::size_t i = 0; i < n; ++i) {
    out.by_unit.push_back(grid.indices([&](std::size_t d, std::size_t m, std::size_t a) {
      return static_cast<double>(ranks[((d * norms + m) * aggs + a) * n + i]);
    }));
  }

  double ratios = 0.0;
  for (std::size_t c = 0; c < k; ++c) {
    const std::vector<double>& column = tables[0].columns[c];
    CompositeComponent component;
    component.name = components[c].name;
    component.weight = nominal[c];
    component.correlation_ratio = own::LocalLinear(column, value).correlation_ratio();
    component.r_squared = own::r_squared(column, value);
    component.normalised = column;
    ratios += component.correlation_ratio;
    out.components.push_back(std::move(component));
  }
  for (CompositeComponent& c : out.components) {
    if (ratios > 0) c.importance = c.correlation_ratio / ratios;
  }
  return out;
}

}  // namespace linkpin
