// linkpin/influence/use.hpp for Python.
#include <linkpin/influence/use.hpp>

#include "influence.hpp"

namespace linkpin::python {

void register_use(py::module_& m) {
  m.def(
      "utilisation",
      [](const Ecosystem& eco, const std::string& by, double level) {
        return without_lock([&] { return utilisation(eco, {by, level}); });
      },
      py::arg("eco"), py::arg("by"), py::arg("level"));
  m.def(
      "payback", [](const Ecosystem& eco) { return without_lock([&] { return payback(eco); }); }, py::arg("eco"));
}

}  // namespace linkpin::python
