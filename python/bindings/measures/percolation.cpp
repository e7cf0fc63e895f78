// linkpin/measures/percolation.hpp for Python.
#include <linkpin/measures/percolation.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_percolation(py::module_& m) {
  m.def(
      "percolation",
      [](const Network& net, const std::optional<Array<double>>& scores, index_t orders, std::uint64_t seed,
         int threads, const py::object& progress) {
        PercolationOptions options{{}, orders, seed, make_run(threads, progress)};
        if (scores) options.scores = to_vector(*scores);
        auto result = [&] {
          const py::gil_scoped_release free;
          return percolation(net, options);
        }();
        return py::make_tuple(result.value, moved(std::move(result.mean)), moved(std::move(result.least)),
                              moved(std::move(result.most)), moved(std::move(result.robustness)),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("scores"), py::arg("orders"), py::arg("seed"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
