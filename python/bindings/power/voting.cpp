// linkpin/statistics/coalitions.hpp for Python.
#include <linkpin/statistics/coalitions.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

void register_voting(py::module_& m) {
  m.def(
      "power_index",
      [](const Array<double>& weights, double quota, const std::string& kind, index_t casting,
         const Array<index_t>& blocs, const py::object& progress) {
        const VotingGame game{to_vector(weights), quota, casting, to_vector(blocs)};
        const PowerIndexOptions options{
            choice<PowerKind>("power_index", "kind", kind,
                              {{"shapley-shubik", PowerKind::shapley_shubik}, {"banzhaf", PowerKind::banzhaf}}),
            make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return power_index(game, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), moved(std::move(result.absolute)), result.pivots,
                              result.possible, to_dict(result.provenance));
      },
      py::arg("weights"), py::arg("quota"), py::arg("kind"), py::arg("casting"), py::arg("blocs"), py::arg("progress"));
}

}  // namespace linkpin::python
