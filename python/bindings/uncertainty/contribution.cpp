// linkpin/uncertainty/contribution.hpp for Python.
#include <linkpin/uncertainty/contribution.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_contribution(py::module_& m) {
  using Pair = std::pair<double, double>;
  using Test = std::tuple<std::string, Pair, Pair, bool, std::string>;
  m.def(
      "contribution",
      [](Pair prior, const std::vector<Test>& given, double threshold) {
        std::vector<EvidenceTest> tests;
        for (const Test& t : given) {
          tests.push_back({std::get<0>(t),
                           {std::get<1>(t).first, std::get<1>(t).second},
                           {std::get<2>(t).first, std::get<2>(t).second},
                           std::get<3>(t),
                           std::get<4>(t)});
        }
        const Contribution c = contribution({prior.first, prior.second}, tests, {threshold});
        constexpr const char* kinds[] = {"straw in the wind", "hoop", "smoking gun", "doubly decisive"};
        std::vector<std::string> kind;
        std::vector<std::vector<double>> columns(6);
        for (const EvidenceReading& r : c.tests) {
          kind.emplace_back(kinds[static_cast<std::size_t>(r.kind)]);
          const double values[] = {r.ratio,    r.ratio_bounds.low, r.ratio_bounds.high,
                                   r.decibans, r.flip_sensitivity, r.flip_type_one};
          for (std::size_t i = 0; i < columns.size(); ++i) columns[i].push_back(values[i]);
        }
        py::list arrays;
        for (auto& column : columns) arrays.append(moved(std::move(column)));
        py::dict parts;
        parts["if_independent"] = c.if_independent;
        parts["ratio"] = c.ratio;
        parts["decibans"] = c.decibans;
        parts["flip_prior"] = c.flip_prior;
        return py::make_tuple(c.value, py::make_tuple(c.bounds.low, c.bounds.high), parts, kind, arrays,
                              to_dict(c.provenance));
      },
      py::arg("prior"), py::arg("tests"), py::arg("threshold"));
}

}  // namespace linkpin::python
