// linkpin/measures/structure.hpp for Python.
#include <linkpin/measures/structure.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_structure(py::module_& m) {
  m.def(
      "density",
      [](const Network& net) {
        const auto result = [&net] {
          const py::gil_scoped_release free;
          return density(net);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"));
}

}  // namespace linkpin::python
