// linkpin/measures/holes.hpp for Python.
#include <linkpin/measures/holes.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

using Measure = HoleScores (*)(const Network&, const HolesOptions&);

void define(py::module_& m, const char* name, Measure measure) {
  m.def(
      name,
      [measure](const Network& net, const py::object& weights, int threads, const py::object& progress) {
        const HolesOptions options{to_tie_values(weights), make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return measure(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("weights"), py::arg("threads"), py::arg("progress"));
}

}  // namespace

void register_holes(py::module_& m) {
  define(m, "constraint", constraint);
  define(m, "effective_size", effective_size);
  define(m, "efficiency", efficiency);
  define(m, "hierarchy", hierarchy);
  define(m, "constraint_two_mode", constraint_two_mode);
  m.def(
      "effective_size_two_mode",
      [](const Network& net, int threads, const py::object& progress) {
        const Run run = make_run(threads, progress);
        auto result = [&] {
          const py::gil_scoped_release free;
          return effective_size_two_mode(net, run);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
