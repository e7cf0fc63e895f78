// linkpin/measures/key_players.hpp for Python.
#include <linkpin/measures/key_players.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

void register_key_players(py::module_& m) {
  m.def(
      "fragmentation",
      [](const Network& net, bool distance_weighted, int threads, const py::object& progress) {
        const FragmentationOptions options{distance_weighted, make_run(threads, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return fragmentation(net, options);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("distance_weighted"), py::arg("threads"), py::arg("progress"));
  m.def(
      "key_players",
      [](const Network& net, index_t k, const std::string& criterion, std::optional<bool> distance_weighted,
         index_t steps, const std::string& normalized, std::optional<bool> exact, std::size_t most_sets, index_t starts,
         std::uint64_t seed, int threads, const py::object& progress) {
        const KeyPlayersOptions options{
            choice<KeyCriterion>("key_players", "criterion", criterion,
                                 {{"fragmentation", KeyCriterion::fragmentation}, {"reach", KeyCriterion::reach}}),
            distance_weighted,
            steps,
            choice<ReachNormalisation>("key_players", "normalized", normalized,
                                       {{"others", ReachNormalisation::others}, {"all", ReachNormalisation::all}}),
            exact,
            most_sets,
            starts,
            seed,
            make_run(threads, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return key_players(net, k, options);
        }();
        return py::make_tuple(result.value, result.count, result.sets, result.exact, result.steps_estimated,
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("k"), py::arg("criterion"), py::arg("distance_weighted"), py::arg("steps"),
      py::arg("normalized"), py::arg("exact"), py::arg("most_sets"), py::arg("starts"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
