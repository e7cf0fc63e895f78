// linkpin/statistics/inequality.hpp for Python; gini stands beside the centralizations, in measures/structure.cpp.
#include <linkpin/statistics/inequality.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

void register_inequality(py::module_& m) {
  m.def(
      "theil",
      [](const Array<double>& values, bool l) { return theil(to_vector(values), l ? TheilKind::l : TheilKind::t); },
      py::arg("values"), py::arg("l"));
  m.def(
      "atkinson", [](const Array<double>& values, double epsilon) { return atkinson(to_vector(values), epsilon); },
      py::arg("values"), py::arg("epsilon"));
  m.def(
      "decompose_inequality",
      [](const Array<double>& values, const Array<index_t>& groups, const std::string& index, double epsilon) {
        const DecompositionOptions options{choice<InequalityIndex>("decompose_inequality", "index", index,
                                                                   {{"theil-t", InequalityIndex::theil_t},
                                                                    {"theil-l", InequalityIndex::theil_l},
                                                                    {"atkinson", InequalityIndex::atkinson},
                                                                    {"gini", InequalityIndex::gini}}),
                                           epsilon};
        const InequalityDecomposition d = decompose_inequality(to_vector(values), to_vector(groups), options);
        py::list rows;
        for (const GroupInequality& g : d.groups) {
          rows.append(py::make_tuple(g.members, g.zeros, g.population_share, g.share, g.mean, g.inequality, g.weight));
        }
        return py::make_tuple(d.total, d.between, d.within, d.overlap, rows, to_dict(d.provenance));
      },
      py::arg("values"), py::arg("groups"), py::arg("index"), py::arg("epsilon"));
}

}  // namespace linkpin::python
