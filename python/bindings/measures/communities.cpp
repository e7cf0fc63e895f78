// linkpin/measures/communities.hpp for Python.
#include <linkpin/core/error.hpp>
#include <linkpin/measures/communities.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

Objective to_objective(const std::string& name) {
  if (name == "modularity") return Objective::modularity;
  if (name == "cpm") return Objective::cpm;
  refuse("communities", "objective", name, "choose modularity or cpm");
}

}  // namespace

void register_communities(py::module_& m) {
  m.def(
      "communities",
      [](const Network& net, const std::string& objective, double resolution, const py::object& weights, bool directed,
         std::uint64_t seed, int trials, int iterations, double randomness, int threads, const py::object& progress) {
        const CommunitiesOptions options{to_objective(objective),
                                         resolution,
                                         to_tie_values(weights),
                                         directed,
                                         seed,
                                         trials,
                                         iterations,
                                         randomness,
                                         make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return communities(net, options);
        }();
        return py::make_tuple(moved(std::move(result.membership)), result.quality, result.modularity, result.iterations,
                              moved(std::move(result.sizes)), moved(std::move(result.internal)),
                              moved(std::move(result.external)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("objective"), py::arg("resolution"), py::arg("weights"), py::arg("directed"),
      py::arg("seed"), py::arg("trials"), py::arg("iterations"), py::arg("randomness"), py::arg("threads"),
      py::arg("progress"));
}

}  // namespace linkpin::python
