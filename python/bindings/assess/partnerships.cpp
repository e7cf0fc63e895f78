// linkpin/assess/partnerships.hpp for Python.
#include <linkpin/assess/partnerships.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_partnerships(py::module_& m) {
  m.def(
      "partnerships",
      [](const Ecosystem& eco) {
        auto result = [&] {
          const py::gil_scoped_release free;
          return partnerships(eco);
        }();
        return py::make_tuple(moved_frame(std::move(result.table)), moved_frame(std::move(result.association)),
                              result.with_impact, result.without_impact, to_dict(result.provenance));
      },
      py::arg("eco"));
}

}  // namespace linkpin::python
