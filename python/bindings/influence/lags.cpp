// linkpin/influence/lags.hpp for Python.
#include <linkpin/influence/lags.hpp>

#include "influence.hpp"

namespace linkpin::python {

namespace {

Date date_of(const std::string& argument, const std::string& text) {
  const auto date = parse_date(text);
  if (!date) refuse("lags", argument, text, "write dates as 2023, 2023-05 or 2023-05-31");
  return *date;
}

const char* name_of(LagCurve curve) {
  return curve == LagCurve::kaplan_meier ? "kaplan-meier"
         : curve == LagCurve::turnbull   ? "turnbull"
                                         : "right-truncated";
}

py::dict to_dict(LagGroup& group, LagCurve curve) {
  py::dict d;
  d["group"] = group.name;
  d["rows"] = group.rows;
  d["happened"] = group.happened;
  py::dict table;
  if (curve == LagCurve::turnbull) {
    TurnbullCurve& c = group.bounded;
    table["from"] = moved(std::move(c.left));
    table["until"] = moved(std::move(c.right));
    table["survival"] = moved(std::move(c.survival));
    if (!c.lower.empty()) {
      table["lower"] = moved(std::move(c.lower));
      table["upper"] = moved(std::move(c.upper));
    }
    d["median"] = py::make_tuple(c.median.low, c.median.high);
  } else {
    SurvivalCurve& c = group.stepwise;
    const py::object time = moved(std::move(c.time));
    table["from"] = time;
    table["until"] = time;
    table["survival"] = moved(std::move(c.survival));
    table["lower"] = moved(std::move(c.lower));
    table["upper"] = moved(std::move(c.upper));
    table["at_risk"] = moved(std::move(c.at_risk));
    table["events"] = moved(std::move(c.events));
    d["median"] = py::make_tuple(c.median, c.median);
  }
  d["table"] = table;
  return d;
}

}  // namespace

void register_lags(py::module_& m) {
  m.def(
      "lags",
      [](const Ecosystem& eco, std::string from, std::string to, std::string from_date, std::string to_date,
         const std::optional<std::vector<std::string>>& ties, int steps, const std::string& of,
         const std::string& curve, std::string groups, std::string clusters, const std::string& seen_until,
         const std::vector<std::pair<std::string, std::string>>& by_source, double level, index_t replicates,
         std::uint64_t seed, int threads, const py::object& progress) {
        LagOptions options;
        options.from = std::move(from);
        options.to = std::move(to);
        options.from_date = std::move(from_date);
        options.to_date = std::move(to_date);
        if (ties) options.ties = *ties;
        options.steps = steps;
        options.of = choice<LagOf>("lags", "of", of, {{"first", LagOf::first}, {"each", LagOf::each}});
        options.curve = choice<LagCurve>("lags", "curve", curve,
                                         {{"auto", LagCurve::automatic},
                                          {"kaplan-meier", LagCurve::kaplan_meier},
                                          {"turnbull", LagCurve::turnbull},
                                          {"right-truncated", LagCurve::right_truncated}});
        options.groups = std::move(groups);
        options.clusters = std::move(clusters);
        if (!seen_until.empty()) options.seen_until = date_of("seen_until", seen_until);
        for (const auto& [source, date] : by_source) {
          options.seen_until_by_source.emplace_back(source, date_of("seen_until, " + source, date));
        }
        options.level = level;
        options.replicates = replicates;
        options.seed = seed;
        options.run = make_run(threads, progress);
        Lags out = [&] {
          const py::gil_scoped_release free;
          try {
            return lags(eco, options);
          } catch (const InputError& error) {
            Refusal refusal = error.parts();
            if (refusal.argument == "from") refusal.argument = "from_";  // what Python calls it
            throw InputError(std::move(refusal));
          }
        }();
        py::list curves;
        for (LagGroup& group : out.groups) curves.append(to_dict(group, out.curve));
        py::dict counts;
        counts["before"] = out.before;
        counts["unclear"] = out.unclear;
        counts["starts"] = out.starts;
        counts["undated_starts"] = out.undated_starts;
        counts["undated_events"] = out.undated_events;
        counts["not_followed"] = out.not_followed;
        counts["later"] = out.later;
        return py::make_tuple(moved_frame(std::move(out.pairs)), moved_frame(std::move(out.timed)), curves,
                              py::make_tuple(out.test.statistic, out.test.df, out.test.p), counts, name_of(out.curve),
                              out.seen_until ? std::optional(to_string(*out.seen_until)) : std::nullopt,
                              python::to_dict(out.provenance));
      },
      py::arg("eco"), py::arg("from_"), py::arg("to"), py::arg("from_date"), py::arg("to_date"), py::arg("ties"),
      py::arg("steps"), py::arg("of"), py::arg("curve"), py::arg("groups"), py::arg("clusters"), py::arg("seen_until"),
      py::arg("by_source"), py::arg("level"), py::arg("replicates"), py::arg("seed"), py::arg("threads"),
      py::arg("progress"));
}

}  // namespace linkpin::python
