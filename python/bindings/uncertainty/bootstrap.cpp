// linkpin/uncertainty/bootstrap.hpp for Python.
#include <linkpin/uncertainty/bootstrap.hpp>
#include <optional>
#include <string>

#include "../choice.hpp"
#include "../common.hpp"
#include "statistics.hpp"

namespace linkpin::python {

namespace {

py::object to_ranks(RankIntervals& ranks) {
  if (ranks.rank.empty()) return py::none();
  std::vector<double> low;
  std::vector<double> high;
  for (const Interval& i : ranks.interval) {
    low.push_back(i.low);
    high.push_back(i.high);
  }
  return py::make_tuple(moved(std::move(ranks.rank)), moved(std::move(low)), moved(std::move(high)),
                        moved(std::move(ranks.tier)));
}

py::object to_tuple(const std::optional<Coverage>& coverage) {
  if (!coverage) return py::none();
  return py::make_tuple(coverage->independent, coverage->clustered, coverage->n, coverage->surveys);
}

Resample to_resample(const std::string& resample) {
  return choice<Resample>("bootstrap", "resample", resample,
                          {{"vertices", Resample::vertices},
                           {"jackknife", Resample::jackknife},
                           {"ties", Resample::ties},
                           {"reports", Resample::reports},
                           {"imputations", Resample::imputations}});
}

IntervalKind to_kind(const std::string& interval) {
  return choice<IntervalKind>(
      "bootstrap", "interval", interval,
      {{"percentile", IntervalKind::percentile}, {"basic", IntervalKind::basic}, {"bca", IntervalKind::bca}});
}

}  // namespace

void register_bootstrap(py::module_& m) {
  m.def(
      "measured_coverage",
      [](const std::string& measure, const std::string& resample, const std::string& interval, index_t n) {
        return to_tuple(measured_coverage(measure, to_resample(resample), to_kind(interval), n));
      },
      py::arg("measure"), py::arg("resample"), py::arg("interval"), py::arg("n"));
  m.def(
      "bootstrap",
      [](const Network& net, const py::object& statistic, const std::string& measure, const std::string& groups,
         const std::string& resample, const std::string& interval, int replicates, double level, std::uint64_t seed,
         const py::object& confidence, const std::pair<std::string, std::string>& beta, double unreported,
         double false_positive, double false_negative, const Array<double>& false_positive_of,
         const Array<double>& false_negative_of, const std::vector<Network>& others, int threads,
         const py::object& progress) {
        BootstrapOptions options;
        options.resample = to_resample(resample);
        options.interval = to_kind(interval);
        options.replicates = replicates;
        options.level = level;
        options.seed = seed;
        options.ties = {to_tie_values(confidence), beta.first, beta.second, unreported};
        options.reports = {
            false_positive, false_negative, others, groups, to_vector(false_positive_of), to_vector(false_negative_of)};
        options.groups = groups;
        options.run = make_run(threads_for(statistic, threads), progress);
        const Statistic score = to_statistic(statistic, groups, measure);
        Bootstrap b = [&] {
          const py::gil_scoped_release free;
          return bootstrap(net, score, options);
        }();
        std::vector<double> low;
        std::vector<double> high;
        for (const Interval& i : b.interval) {
          low.push_back(i.low);
          high.push_back(i.high);
        }
        const auto scores = static_cast<py::ssize_t>(b.estimate.size());
        py::dict columns;
        columns["estimate"] = moved(std::move(b.estimate));
        columns["low"] = moved(std::move(low));
        columns["high"] = moved(std::move(high));
        columns["mean"] = moved(std::move(b.mean));
        columns["standard_error"] = moved(std::move(b.standard_error));
        columns["monte_carlo_error"] = moved(std::move(b.monte_carlo_error));
        py::object draws = moved(std::move(b.draws)).reshape({py::ssize_t{b.replicates}, scores});
        return py::make_tuple(columns, draws, to_ranks(b.ranks), to_tuple(b.coverage), b.replicates,
                              to_dict(b.provenance));
      },
      py::arg("net"), py::arg("statistic"), py::arg("measure"), py::arg("groups"), py::arg("resample"),
      py::arg("interval"), py::arg("replicates"), py::arg("level"), py::arg("seed"), py::arg("confidence"),
      py::arg("beta"), py::arg("unreported"), py::arg("false_positive"), py::arg("false_negative"),
      py::arg("false_positive_of"), py::arg("false_negative_of"), py::arg("others"), py::arg("threads"),
      py::arg("progress"));
}

}  // namespace linkpin::python
