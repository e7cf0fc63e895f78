#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/dynamics/cognitive.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::cognitive {

inline constexpr std::int64_t most_numbers = std::int64_t{1} << 26;  // of a trajectory: half a gigabyte
inline constexpr index_t confirmed_after = 100;  // steps that a cycle must go on repeating itself, at least
inline constexpr double chaos_above = 0.005;     // Lyapunov exponent: differences then double in 140 steps

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline double transferred(MapTransfer transfer, double slope, double z) {
  switch (transfer) {
    case MapTransfer::sigmoid:
      return 1.0 / (1.0 + std::exp(-slope * z));
    case MapTransfer::tanh:
      return std::tanh(slope * z);
    case MapTransfer::bivalent:
      return z > 0 ? 1.0 : 0.0;
    case MapTransfer::trivalent:
      break;
  }
  return z > 0 ? 1.0 : (z < 0 ? -1.0 : 0.0);
}

// The least that a transfer gives; the most is 1 for all.
inline double least_of(MapTransfer transfer) {
  return transfer == MapTransfer::tanh || transfer == MapTransfer::trivalent ? -1.0 : 0.0;
}

// The derivative of a transfer where it gave y; steps have none to speak of.
inline double steepness(MapTransfer transfer, double slope, double y) {
  if (transfer == MapTransfer::sigmoid) return slope * y * (1.0 - y);
  if (transfer == MapTransfer::tanh) return slope * (1.0 - y * y);
  return 0.0;
}

// One step of a map, with some concepts held where they are.
struct Step {
  const CognitiveMap::Weights& weights;
  MapRule rule;
  MapTransfer transfer;
  double slope;
  std::vector<std::uint8_t> held;

  [[nodiscard]] double input(const double* x, index_t j) const {
    const bool rescaled = rule == MapRule::rescaled;
    double z = rule == MapRule::kosko ? 0.0 : (rescaled ? 2 * x[j] - 1 : x[j]);
    for (CognitiveMap::Weights::InnerIterator it(weights, j); it; ++it) {
      const double from = x[it.row()];
      z += it.value() * (rescaled ? 2 * from - 1 : from);
    }
    return z;
  }

  void advance(const double* x, double* next) const {
    for (index_t j = 0; j < weights.cols(); ++j) {
      next[j] = held[at(j)] != 0 ? x[j] : transferred(transfer, slope, input(x, j));
    }
  }

  // How a small difference dx before the step becomes one after it, which led to y.
  void tangent(const double* y, const std::vector<double>& dx, std::vector<double>& next) const {
    const double scale = rule == MapRule::rescaled ? 2.0 : 1.0;
    for (index_t j = 0; j < weights.cols(); ++j) {
      double sum = rule == MapRule::kosko ? 0.0 : dx[at(j)];
      for (CognitiveMap::Weights::InnerIterator it(weights, j); it; ++it) {
        sum += it.value() * dx[at(static_cast<index_t>(it.row()))];
      }
      next[at(j)] = held[at(j)] != 0 ? 0.0 : steepness(transfer, slope, y[j]) * scale * sum;
    }
  }
};

inline double largest_difference(const double* a, const double* b, index_t n) {
  double largest = 0.0;
  for (index_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

inline double norm(const std::vector<double>& v) {
  double squares = 0.0;
  for (const double x : v) squares += x * x;
  return std::sqrt(squares);
}

// The largest Lyapunov exponent over the second half of a run (Benettin, Galgani, Giorgilli & Strelcyn 1980).
inline double lyapunov(const Step& step, const std::vector<double>& trajectory, index_t n, index_t steps) {
  Stream random(0, "lyapunov");
  std::vector<double> dx(at(n));
  for (double& d : dx) d = random.normal();
  std::vector<double> next(at(n));
  double growth = 0.0;
  const index_t first = steps / 2;
  for (index_t t = first; t < steps; ++t) {
    const double length = norm(dx);
    if (length == 0) return -unreachable;
    for (double& d : dx) d /= length;
    step.tangent(trajectory.data() + at(t + 1) * at(n), dx, next);
    std::swap(dx, next);
    growth += std::log(norm(dx));
  }
  return growth / static_cast<double>(std::max<index_t>(1, steps - first));
}

inline void check_state(std::span<const double> state, index_t n, double slope, double tolerance, index_t most_steps,
                        std::string_view function) {
  if (state.size() != at(n)) {
    refuse(function, "state, length", std::to_string(state.size()), "give one value a concept: " + std::to_string(n));
  }
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (!std::isfinite(state[i])) {
      refuse(function, "state", shown(state[i]), "states are finite", "concept " + std::to_string(i));
    }
  }
  if (!(slope > 0) || !std::isfinite(slope)) refuse(function, "slope", shown(slope), "above 0 and finite");
  if (!(tolerance > 0) || !std::isfinite(tolerance)) {
    refuse(function, "tolerance", shown(tolerance), "above 0 and finite");
  }
  if (most_steps < 1) refuse(function, "most_steps", std::to_string(most_steps), "at least 1");
}

inline void check_concept(index_t concept_index, index_t n, std::string_view function, std::string_view argument) {
  if (concept_index < 0 || concept_index >= n) {
    refuse(function, argument, std::to_string(concept_index), "concepts are numbered 0 to " + std::to_string(n - 1));
  }
}

}  // namespace detail::cognitive

LINKPIN_INLINE CognitiveMap::CognitiveMap(std::vector<std::string> names, const Weights& weights)
    : names_(std::move(names)), weights_(weights) {
  constexpr std::string_view function = "CognitiveMap";
  if (weights_.rows() != n() || weights_.cols() != n()) {
    refuse(function, "weights, shape", std::to_string(weights_.rows()) + " x " + std::to_string(weights_.cols()),
           "give a row and a column for every name: " + std::to_string(n()));
  }
  StringTable seen;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const bool known = seen.find(names_[i]) != none;
    if (names_[i].empty() || known) {
      refuse(function, "names", names_[i], known ? "this name stands twice; tell the two apart" : "a name is empty",
             "concept " + std::to_string(i));
    }
    seen.intern(names_[i]);
  }
  for (index_t j = 0; j < n(); ++j) {
    for (Weights::InnerIterator it(weights_, j); it; ++it) {
      if (!(std::abs(it.value()) <= 1)) {
        refuse(function, "weights", shown(it.value()),
               "the effect of one concept on another lies in [-1, 1]; divide all by the largest",
               names_[static_cast<std::size_t>(it.row())] + " on " + names_[static_cast<std::size_t>(j)]);
      }
    }
  }
  weights_.prune(0.0);
  weights_.makeCompressed();
}

LINKPIN_INLINE MapRun CognitiveMap::run(std::span<const double> state, const MapOptions& options) const {
  namespace c = detail::cognitive;
  constexpr std::string_view function = "CognitiveMap.run";
  c::check_state(state, n(), options.slope, options.tolerance, options.most_steps, function);
  c::Step step{weights_, options.rule, options.transfer, options.slope, std::vector<std::uint8_t>(c::at(n()), 0)};
  MapRun out;
  out.provenance.measure = "cognitive_map";
  out.trajectory.assign(state.begin(), state.end());
  for (const Clamp& clamp : options.clamps) {
    c::check_concept(clamp.concept_index, n(), function, "clamp");
    if (!(clamp.value >= c::least_of(options.transfer) && clamp.value <= 1.0)) {
      refuse(function, "clamp", shown(clamp.value),
             "hold it at what this transfer can give: " +
                 std::string(c::least_of(options.transfer) < 0 ? "-1 to 1" : "0 to 1"),
             names_[c::at(clamp.concept_index)]);
    }
    step.held[c::at(clamp.concept_index)] = 1;
    out.trajectory[c::at(clamp.concept_index)] = clamp.value;
  }
  const std::size_t width = c::at(n());
  const auto fit = static_cast<index_t>(
      std::min<std::int64_t>(options.most_steps, std::max<std::int64_t>(1, c::most_numbers / std::max(1, n()))));
  Watch watch(options.run);
  index_t anchor = 0;  // Brent 1980: the state that later ones are compared with, moved at powers of two
  index_t period = 0;
  index_t repeated = 0;
  for (index_t t = 1; t <= fit && out.verdict == MapVerdict::unsettled; ++t) {
    watch.tick(static_cast<double>(t) / fit);
    out.trajectory.resize(c::at(t + 1) * width);
    const double* x = out.trajectory.data() + c::at(t - 1) * width;
    double* y = out.trajectory.data() + c::at(t) * width;
    step.advance(x, y);
    out.steps = t;
    out.change = c::largest_difference(x, y, n());
    auto returned = [&](index_t to) {
      return c::largest_difference(out.trajectory.data() + c::at(to) * width, y, n()) <= options.tolerance;
    };
    if (out.change <= options.tolerance) {
      out.verdict = MapVerdict::fixed_point;
      out.period = 1;
    } else if (period == 0 && returned(anchor)) {
      period = t - anchor;
      repeated = 0;
    } else if (period > 0) {
      repeated = returned(t - period) ? repeated + 1 : 0;
      if (repeated == 0) period = 0;
    }
    if (period > 0 && repeated >= std::max(period, c::confirmed_after)) {
      out.verdict = MapVerdict::cycle;
      out.period = period;
    }
    if (period == 0 && (t & (t - 1)) == 0) anchor = t;
  }
  out.state.assign(out.trajectory.end() - static_cast<std::ptrdiff_t>(width), out.trajectory.end());
  if (out.verdict == MapVerdict::unsettled) {
    const bool smooth = options.transfer == MapTransfer::sigmoid || options.transfer == MapTransfer::tanh;
    if (smooth && n() > 0) out.lyapunov = c::lyapunov(step, out.trajectory, n(), out.steps);
    if (out.lyapunov > c::chaos_above) out.verdict = MapVerdict::chaos;
    out.provenance.warnings.push_back("no steady state after " + std::to_string(out.steps) +
                                      " steps: the last state is one of many, not an outcome");
  }
  return out;
}

LINKPIN_INLINE MapLearning CognitiveMap::learn(std::span<const double> state, std::span<const Desired> outputs,
                                               const LearnOptions& options) const {
  namespace c = detail::cognitive;
  constexpr std::string_view function = "CognitiveMap.learn";
  c::check_state(state, n(), options.slope, options.tolerance, options.most_steps, function);
  if (!(options.rate > 0 && options.rate < 1)) refuse(function, "rate", shown(options.rate), "between 0 and 1");
  if (!(options.decay > 0 && options.decay <= 1)) {
    refuse(function, "decay", shown(options.decay), "above 0, at most 1");
  }
  if (outputs.empty()) refuse(function, "outputs", "none", "name at least one concept and the range it should lie in");
  for (const Desired& d : outputs) {
    c::check_concept(d.concept_index, n(), function, "outputs");
    if (!(d.low <= d.high)) {
      refuse(function, "outputs", shown(d.low) + " to " + shown(d.high), "give (low, high)",
             names_[c::at(d.concept_index)]);
    }
  }
  MapLearning out;
  out.provenance.measure = "hebbian_learning";
  out.state.assign(state.begin(), state.end());
  Weights learned = weights_;
  std::vector<double> next(c::at(n()));
  Watch watch(options.run);
  while (!out.reached && out.steps < options.most_steps) {
    watch.tick(static_cast<double>(out.steps) / options.most_steps);
    for (index_t j = 0; j < n(); ++j) {
      const double own = out.state[c::at(j)];
      for (Weights::InnerIterator it(learned, j); it; ++it) {
        const double acting = out.state[static_cast<std::size_t>(it.row())];
        const double w = it.value();
        it.valueRef() = options.decay * w + options.rate * own * (acting - std::abs(w) * own);
      }
    }
    const c::Step step{learned, options.rule, options.transfer, options.slope,
                       std::vector<std::uint8_t>(c::at(n()), 0)};
    step.advance(out.state.data(), next.data());
    out.reached = std::all_of(outputs.begin(), outputs.end(), [&](const Desired& d) {
      const double y = next[c::at(d.concept_index)];
      return y >= d.low && y <= d.high && std::abs(y - out.state[c::at(d.concept_index)]) <= options.tolerance;
    });
    std::swap(out.state, next);
    ++out.steps;
  }
  out.weights.assign(learned.valuePtr(), learned.valuePtr() + learned.nonZeros());
  if (!out.reached) {
    out.provenance.warnings.push_back("the outputs are not at rest in their ranges after " + std::to_string(out.steps) +
                                      " steps");
  }
  return out;
}

LINKPIN_INLINE Frame CognitiveMap::concepts() const {
  std::vector<double> out(names_.size(), 0.0);
  std::vector<double> in(names_.size(), 0.0);
  for (index_t j = 0; j < n(); ++j) {
    for (Weights::InnerIterator it(weights_, j); it; ++it) {
      out[static_cast<std::size_t>(it.row())] += std::abs(it.value());
      in[static_cast<std::size_t>(j)] += std::abs(it.value());
    }
  }
  std::vector<double> centrality(names_.size());
  std::vector<std::optional<std::string>> names;
  std::vector<std::optional<std::string>> types;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    centrality[i] = out[i] + in[i];
    names.emplace_back(names_[i]);
    types.emplace_back(out[i] > 0 ? (in[i] > 0 ? "ordinary" : "driver") : (in[i] > 0 ? "receiver" : "isolated"));
  }
  Frame frame;
  frame.set("concept", text_column(names));
  frame.set("outdegree", Column(std::move(out)));
  frame.set("indegree", Column(std::move(in)));
  frame.set("centrality", Column(std::move(centrality)));
  frame.set("type", text_column(types));
  return frame;
}

}  // namespace linkpin
