// linkpin/participation/participation.hpp and deciding.hpp for Python.
#include <linkpin/participation/deciding.hpp>
#include <linkpin/participation/participation.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_participation(py::module_& m) {
  m.def(
      "participation",
      [](const Ecosystem& eco, std::string by, std::string at_or_above, double level) {
        Participation p = participation(eco, {std::move(by), std::move(at_or_above), level});
        py::dict tables;
        tables["groups"] = moved_frame(std::move(p.groups));
        tables["stages"] = moved_frame(std::move(p.stages));
        tables["circumstances"] = moved_frame(std::move(p.circumstances));
        tables["levels"] = moved_frame(std::move(p.levels));
        tables["medians"] = moved_frame(std::move(p.medians));
        tables["reached"] = moved_frame(std::move(p.reached));
        return py::make_tuple(tables, to_dict(p.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("at_or_above"), py::arg("level"));
  m.def(
      "support",
      [](const Ecosystem& eco, std::string by, double level) {
        Support s = support(eco, {std::move(by), level});
        return py::make_tuple(moved_frame(std::move(s.table)), moved_frame(std::move(s.reasons)),
                              to_dict(s.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("level"));
  m.def(
      "consulted_not_deciding",
      [](const Ecosystem& eco, std::string by, std::string at_or_above, int permutations, std::uint64_t seed,
         int threads, const py::object& progress) {
        const DecidingOptions options{std::move(by), std::move(at_or_above), permutations, seed,
                                      make_run(threads, progress)};
        Deciding d = [&] {
          const py::gil_scoped_release free;
          return consulted_not_deciding(eco, options);
        }();
        return py::make_tuple(moved_frame(std::move(d.table)), d.decisions_from, to_dict(d.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("at_or_above"), py::arg("permutations"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "all_the_way_through",
      [](const Ecosystem& eco, std::string by, std::vector<std::string> shaping, std::vector<std::string> later,
         double level) {
        Through t = all_the_way_through(eco, {std::move(by), std::move(shaping), std::move(later), level});
        return py::make_tuple(moved_frame(std::move(t.table)), to_dict(t.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("shaping"), py::arg("later"), py::arg("level"));
}

}  // namespace linkpin::python
