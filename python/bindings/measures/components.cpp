// linkpin/measures/components.hpp for Python.
#include <linkpin/measures/components.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

void register_components(py::module_& m) {
  m.def(
      "components",
      [](const Network& net, const std::string& mode) {
        const ComponentsOptions options{choice<Connection>(
            "components", "mode", mode, {{"weak", Connection::weak}, {"strong", Connection::strong}})};
        auto result = [&] {
          const py::gil_scoped_release free;
          return components(net, options);
        }();
        return py::make_tuple(moved(std::move(result.membership)), moved(std::move(result.sizes)),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("mode"));
  m.def(
      "articulation_points",
      [](const Network& net) {
        auto result = [&] {
          const py::gil_scoped_release free;
          return articulation_points(net);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"));
  m.def(
      "bridges",
      [](const Network& net) {
        auto result = [&] {
          const py::gil_scoped_release free;
          return bridges(net);
        }();
        return py::make_tuple(moved(std::move(result.source)), moved(std::move(result.target)),
                              to_dict(result.provenance));
      },
      py::arg("net"));
  m.def(
      "biconnected_components",
      [](const Network& net) {
        const auto result = [&] {
          const py::gil_scoped_release free;
          return biconnected_components(net);
        }();
        return py::make_tuple(result.sets, to_dict(result.provenance));
      },
      py::arg("net"));
  m.def(
      "coreness",
      [](const Network& net, const std::string& mode) {
        const CorenessOptions options{
            choice<Mode>("coreness", "mode", mode, {{"out", Mode::out}, {"in", Mode::in}, {"all", Mode::all}})};
        auto result = [&] {
          const py::gil_scoped_release free;
          return coreness(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("mode"));
}

}  // namespace linkpin::python
