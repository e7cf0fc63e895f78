// linkpin/influence/watering.hpp for Python.
#include <linkpin/influence/watering.hpp>

#include "influence.hpp"

namespace linkpin::python {

void register_watering(py::module_& m) {
  m.def(
      "watering_down",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const py::object& fidelity,
         const std::string& flow, const py::object& progress) {
        const WateringDownOptions options{to_tie_values(fidelity), to_flow("watering_down", flow),
                                          make_run(1, progress)};
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        WateringDown r = [&] {
          const py::gil_scoped_release free;
          return watering_down(net, from, to, options);
        }();
        py::list ways;
        for (const Watered& way : r.targets) {
          ways.append(py::make_tuple(way.target, way.kept, way.vertices, way.ties, way.unknown, way.weakest));
        }
        return py::make_tuple(ways, r.not_reached, moved(std::move(r.on_ways)), to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("fidelity"), py::arg("flow"),
      py::arg("progress"));
}

}  // namespace linkpin::python
