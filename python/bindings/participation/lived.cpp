// linkpin/participation/lived.hpp and linkage.hpp for Python.
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/participation/linkage.hpp>
#include <linkpin/participation/lived.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

// A list column by name, or group names with one row of shares a vertex.
Memberships to_memberships(const Network& net, const py::object& given) {
  if (py::isinstance<py::str>(given)) return memberships(net, given.cast<std::string>());
  const auto parts = given.cast<py::tuple>();
  return {parts[0].cast<std::vector<std::string>>(), to_vector(parts[1].cast<Array<double>>())};
}

py::dict by_role(std::array<std::vector<double>, 6>& roles) {
  py::dict table;
  for (std::size_t r = 0; r < roles.size(); ++r) {
    table[py::str(std::string(brokerage_roles[r]))] = moved(std::move(roles[r]));
  }
  return table;
}

}  // namespace

void register_lived(py::module_& m) {
  m.def(
      "capacities",
      [](const Ecosystem& eco, double level) {
        Capacities c = capacities(eco, level);
        return py::make_tuple(moved_frame(std::move(c.people)), moved_frame(std::move(c.bridges)), c.several, c.share,
                              py::make_tuple(c.interval.low, c.interval.high), to_dict(c.provenance));
      },
      py::arg("eco"), py::arg("level"));
  m.def(
      "fuzzy_brokerage",
      [](const Network& net, const py::object& groups, int permutations, std::uint64_t seed, int threads,
         const py::object& progress) {
        const Memberships chosen = to_memberships(net, groups);
        const FuzzyBrokerageOptions options{permutations, seed, make_run(threads, progress)};
        FuzzyBrokerage f = [&] {
          const py::gil_scoped_release free;
          return fuzzy_brokerage(net, chosen, options);
        }();
        const py::object greater = permutations > 0 ? py::object(by_role(f.p_greater)) : py::none();
        const py::object less = permutations > 0 ? py::object(by_role(f.p_less)) : py::none();
        return py::make_tuple(by_role(f.by_vertex), std::vector<double>(f.whole.begin(), f.whole.end()), greater, less,
                              to_dict(f.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("permutations"), py::arg("seed"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "continuity",
      [](const Ecosystem& eco, std::string by, double level) {
        Continuity c = continuity(eco, {std::move(by), level});
        return py::make_tuple(moved_frame(std::move(c.table)), to_dict(c.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("level"));
  m.def(
      "burden",
      [](const Ecosystem& eco, double most) {
        Burden b = burden(eco, {most});
        return py::make_tuple(moved_frame(std::move(b.table)), b.value, b.shoulders, b.equal, b.gini,
                              to_dict(b.provenance));
      },
      py::arg("eco"), py::arg("most"));
  m.def(
      "linkage",
      [](const Ecosystem& eco, const std::optional<std::vector<std::string>>& kinds, int threads,
         const py::object& progress) {
        LinkageOptions options;
        if (kinds) options.kinds = *kinds;
        options.run = make_run(threads, progress);
        Linkage l = [&] {
          const py::gil_scoped_release free;
          return linkage(eco, options);
        }();
        return py::make_tuple(moved_frame(std::move(l.pairs)), moved_frame(std::move(l.carriers)),
                              moved(std::move(l.both)), l.linked, l.median_steps, l.independent, to_dict(l.provenance));
      },
      py::arg("eco"), py::arg("kinds"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
