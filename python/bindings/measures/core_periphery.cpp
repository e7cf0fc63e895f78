// linkpin/measures/core_periphery.hpp for Python.
#include <linkpin/measures/core_periphery.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

void register_core_periphery(py::module_& m) {
  m.def(
      "core_periphery",
      [](const Network& net, const std::string& model, const std::string& pattern, const std::string& fit,
         const py::object& weights, std::optional<bool> exact, index_t starts, std::uint64_t seed,
         const py::object& progress) {
        const CorePeripheryOptions options{
            choice<CoreModel>("core_periphery", "model", model,
                              {{"discrete", CoreModel::discrete}, {"continuous", CoreModel::continuous}}),
            choice<CorePattern>("core_periphery", "pattern", pattern,
                                {{"core-any", CorePattern::core_any},
                                 {"core-core", CorePattern::core_core},
                                 {"between-ignored", CorePattern::between_ignored}}),
            choice<CoreFit>("core_periphery", "fit", fit,
                            {{"least squares", CoreFit::least_squares}, {"correlation", CoreFit::correlation}}),
            to_tie_values(weights),
            exact,
            starts,
            seed,
            make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return core_periphery(net, options);
        }();
        return py::make_tuple(result.value, moved(std::move(result.values)), result.core, result.exact,
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("model"), py::arg("pattern"), py::arg("fit"), py::arg("weights"), py::arg("exact"),
      py::arg("starts"), py::arg("seed"), py::arg("progress"));
}

}  // namespace linkpin::python
