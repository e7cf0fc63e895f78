// linkpin/statistics/survival.hpp and turnbull.hpp for Python.
#include <linkpin/statistics/survival.hpp>
#include <linkpin/statistics/turnbull.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

using Doubles = Array<double>;
using Flags = Array<std::uint8_t>;
using Codes = Array<index_t>;

std::vector<index_t> codes_of(const py::object& codes) {
  return codes.is_none() ? std::vector<index_t>{} : to_vector(codes.cast<Codes>());
}

py::dict to_dict(SurvivalCurve& curve) {
  py::dict d;
  d["time"] = moved(std::move(curve.time));
  d["at_risk"] = moved(std::move(curve.at_risk));
  d["events"] = moved(std::move(curve.events));
  d["survival"] = moved(std::move(curve.survival));
  d["error"] = moved(std::move(curve.error));
  d["lower"] = moved(std::move(curve.lower));
  d["upper"] = moved(std::move(curve.upper));
  py::dict whole;
  whole["observations"] = curve.observations;
  whole["happened"] = curve.happened;
  whole["clusters"] = curve.clusters;
  whole["last"] = curve.last;
  whole["median"] = curve.median;
  whole["median_low"] = curve.median_interval.low;
  whole["median_high"] = curve.median_interval.high;
  return py::dict(py::arg("rows") = d, py::arg("whole") = whole,
                  py::arg("provenance") = python::to_dict(curve.provenance));
}

// One curve a group: `second` is observed (Kaplan-Meier) or longest (right truncation). Clusters are numbered anew
// within each group.
template <class Second, class Curve>
py::list by_group(const Doubles& time, const Second& second, const py::object& groups, index_t count,
                  const py::object& clusters, double level, Curve curve) {
  const auto times = to_vector(time);
  const auto seconds = to_vector(second);
  const auto group = codes_of(groups);
  const auto cluster = codes_of(clusters);
  if (groups.is_none()) count = 1;
  std::vector<SurvivalCurve> curves;
  {
    const py::gil_scoped_release free;
    for (index_t g = 0; g < count; ++g) {
      std::vector<double> t;
      std::decay_t<decltype(seconds)> s;
      SurvivalOptions options{level, {}};
      std::vector<index_t> numbers(times.size(), none);
      index_t next = 0;
      for (std::size_t i = 0; i < times.size(); ++i) {
        if (!group.empty() && group.at(i) != g) continue;
        t.push_back(times[i]);
        if (i < seconds.size()) s.push_back(seconds[i]);
        if (cluster.empty()) continue;
        index_t& number = numbers.at(static_cast<std::size_t>(cluster.at(i)));
        if (number == none) number = next++;
        options.clusters.push_back(number);
      }
      curves.push_back(curve(t, s, options));
    }
  }
  py::list out;
  for (SurvivalCurve& c : curves) out.append(to_dict(c));
  return out;
}

}  // namespace

void register_survival(py::module_& m) {
  m.def(
      "kaplan_meier",
      [](const Doubles& time, const Flags& observed, const py::object& groups, index_t count,
         const py::object& clusters, double level) {
        return by_group(time, observed, groups, count, clusters, level,
                        [](const auto& t, const auto& s, const auto& options) { return kaplan_meier(t, s, options); });
      },
      py::arg("time"), py::arg("observed"), py::arg("groups"), py::arg("count"), py::arg("clusters"), py::arg("level"));
  m.def(
      "right_truncated",
      [](const Doubles& time, const Doubles& longest, const py::object& groups, index_t count,
         const py::object& clusters, double level) {
        return by_group(
            time, longest, groups, count, clusters, level,
            [](const auto& t, const auto& s, const auto& options) { return right_truncated(t, s, options); });
      },
      py::arg("time"), py::arg("longest"), py::arg("groups"), py::arg("count"), py::arg("clusters"), py::arg("level"));
  m.def(
      "logrank",
      [](const Doubles& time, const Flags& observed, const Codes& groups, const py::object& clusters) {
        const auto t = to_vector(time);
        const auto o = to_vector(observed);
        const auto g = to_vector(groups);
        const LogrankOptions options{codes_of(clusters)};
        const LogrankTest test = [&] {
          const py::gil_scoped_release free;
          return logrank(t, o, g, options);
        }();
        py::list rows;
        for (const LogrankGroup& group : test.groups) {
          rows.append(py::make_tuple(group.observations, group.observed, group.expected));
        }
        return py::make_tuple(test.statistic, test.df, test.p, rows, python::to_dict(test.provenance));
      },
      py::arg("time"), py::arg("observed"), py::arg("groups"), py::arg("clusters"));
  m.def(
      "turnbull",
      [](const Doubles& from, const Doubles& until, const py::object& clusters, double level, index_t replicates,
         std::uint64_t seed, int threads, const py::object& progress) {
        const auto f = to_vector(from);
        const auto u = to_vector(until);
        TurnbullOptions options;
        options.level = level;
        options.clusters = codes_of(clusters);
        options.replicates = replicates;
        options.seed = seed;
        options.run = make_run(threads, progress);
        auto curve = [&] {
          const py::gil_scoped_release free;
          return turnbull(f, u, options);
        }();
        py::dict d;
        d["left"] = moved(std::move(curve.left));
        d["right"] = moved(std::move(curve.right));
        d["mass"] = moved(std::move(curve.mass));
        d["survival"] = moved(std::move(curve.survival));
        if (replicates > 0) {
          d["lower"] = moved(std::move(curve.lower));
          d["upper"] = moved(std::move(curve.upper));
        }
        return py::make_tuple(d, curve.observations, curve.log_likelihood, curve.gap, curve.converged,
                              py::make_tuple(curve.median.low, curve.median.high), python::to_dict(curve.provenance));
      },
      py::arg("from_"), py::arg("until"), py::arg("clusters"), py::arg("level"), py::arg("replicates"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
