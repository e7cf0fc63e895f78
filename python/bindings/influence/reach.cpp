// linkpin/influence/knowledge.hpp and reach.hpp for Python.
#include <linkpin/influence/knowledge.hpp>
#include <linkpin/influence/reach.hpp>

#include "influence.hpp"

namespace linkpin::python {

void register_reach(py::module_& m) {
  m.def("knowledge_kinds", &knowledge_kinds, py::arg("eco"));
  m.def(
      "knowledge_network",
      [](const Ecosystem& eco, std::vector<std::string> kinds, const std::optional<std::string>& at) {
        KnowledgeOptions options{std::move(kinds), std::nullopt};
        if (at) {
          options.at = parse_date(*at);
          if (!options.at) refuse("knowledge_network", "at", *at, "give a date as 2023, 2023-05 or 2023-05-31");
        }
        return knowledge_network(eco, options);
      },
      py::arg("eco"), py::arg("kinds"), py::arg("at"));
  m.def(
      "reach",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets,
         std::vector<std::string> source_types, index_t steps, bool deduplicate, bool working_papers,
         double attenuation, const std::string& flow, const std::string& dates, const py::object& progress) {
        ReachOptions options;
        options.definition = {std::move(source_types), steps, deduplicate, working_papers};
        options.attenuation = attenuation;
        options.flow = to_flow("reach", flow);
        options.dates = dates;
        options.run = make_run(1, progress);
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        Reach r = [&] {
          const py::gil_scoped_release free;
          return reach(net, from, to, options);
        }();
        return py::make_tuple(moved(std::move(r.reached)), moved(std::move(r.attenuated)), moved(std::move(r.nearest)),
                              r.together, r.targets, r.years, r.by_year, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("source_types"), py::arg("steps"),
      py::arg("deduplicate"), py::arg("working_papers"), py::arg("attenuation"), py::arg("flow"), py::arg("dates"),
      py::arg("progress"));
  m.def(
      "reach_sensitivity",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const std::string& flow,
         const py::object& progress) {
        ReachOptions options;
        options.flow = to_flow("reach_sensitivity", flow);
        options.run = make_run(1, progress);
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        ReachSensitivity r = [&] {
          const py::gil_scoped_release free;
          return reach_sensitivity(net, from, to, options);
        }();
        py::list definitions;
        for (const ReachDefinition& d : r.definitions) {
          definitions.append(py::make_tuple(d.source_types, d.steps, d.deduplicate, d.working_papers));
        }
        return py::make_tuple(definitions, moved(std::move(r.together)), moved(std::move(r.sources)),
                              moved(std::move(r.targets)), to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("flow"), py::arg("progress"));
}

}  // namespace linkpin::python
