// linkpin/assess/partnerships.hpp for Python.
#include <linkpin/assess/partnerships.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

Frame terms_of(const DiscreteHazard& hazard) {
  std::vector<std::optional<std::string>> name;
  std::vector<double> estimate, error, low, high, p;
  for (const HazardTerm& term : hazard.terms) {
    name.emplace_back(term.name);
    estimate.push_back(term.estimate);
    error.push_back(term.error);
    low.push_back(term.low);
    high.push_back(term.high);
    p.push_back(term.p);
  }
  Frame out;
  out.set("term", text_column(name));
  out.set("estimate", Column(std::move(estimate)));
  out.set("error", Column(std::move(error)));
  out.set("low", Column(std::move(low)));
  out.set("high", Column(std::move(high)));
  out.set("p", Column(std::move(p)));
  return out;
}

}  // namespace

void register_partnerships(py::module_& m) {
  m.def(
      "partnerships",
      [](const Ecosystem& eco, std::vector<std::string> source_types, index_t steps, bool deduplicate,
         bool working_papers, const std::string& seen_until, std::vector<std::string> covariates, double level,
         int threads, const py::object& progress) {
        PartnershipsOptions options;
        options.reach = {std::move(source_types), steps, deduplicate, working_papers};
        if (!seen_until.empty()) {
          options.seen_until = parse_date(seen_until);
          if (!options.seen_until) {
            refuse("partnerships", "seen_until", seen_until, "write dates as 2023, 2023-05 or 2023-05-31");
          }
        }
        options.covariates = std::move(covariates);
        options.level = level;
        options.run = make_run(threads, progress);
        auto result = [&] {
          const py::gil_scoped_release free;
          return partnerships(eco, options);
        }();
        py::dict counts;
        counts["followed"] = result.hazard.followed;
        counts["left_out"] = result.hazard.left_out;
        counts["events"] = result.hazard.events;
        counts["periods"] = result.hazard.periods;
        return py::make_tuple(moved_frame(std::move(result.table)), moved_frame(std::move(result.stages)),
                              moved_frame(std::move(result.association)), moved_frame(std::move(result.waiting)),
                              moved_frame(terms_of(result.hazard)), counts, result.with_impact, result.without_impact,
                              to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("source_types"), py::arg("steps"), py::arg("deduplicate"), py::arg("working_papers"),
      py::arg("seen_until"), py::arg("covariates"), py::arg("level"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
