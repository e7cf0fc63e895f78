// linkpin/dynamics/opinions.hpp for Python.
#include <linkpin/dynamics/opinions.hpp>

#include "sparse.hpp"

namespace linkpin::python {

namespace {

py::tuple answer(Opinions result) {
  return py::make_tuple(moved(std::move(result.values)), result.error, to_dict(result.provenance));
}

}  // namespace

void register_opinions(py::module_& m) {
  m.def(
      "degroot",
      [](const Entries& w, const Array<double>& x, double tolerance, const py::object& progress) {
        const auto matrix = to_sparse<HeedMatrix>("degroot", w);
        const auto first = to_vector(x);
        const OpinionOptions options{tolerance, make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return degroot(matrix, first, options);
        }();
        return answer(std::move(result));
      },
      py::arg("w"), py::arg("x"), py::arg("tolerance"), py::arg("progress"));
  m.def(
      "friedkin_johnsen",
      [](const Entries& w, const Array<double>& u, const Array<double>& susceptibility, double tolerance,
         const py::object& progress) {
        const auto matrix = to_sparse<HeedMatrix>("friedkin_johnsen", w);
        const auto first = to_vector(u);
        const auto open = to_vector(susceptibility);
        const OpinionOptions options{tolerance, make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return friedkin_johnsen(matrix, first, open, options);
        }();
        return answer(std::move(result));
      },
      py::arg("w"), py::arg("u"), py::arg("susceptibility"), py::arg("tolerance"), py::arg("progress"));
}

}  // namespace linkpin::python
