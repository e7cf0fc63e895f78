// linkpin/uncertainty/power.hpp for Python.
#include <linkpin/uncertainty/power.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_power(py::module_& m) {
  m.def(
      "detectable_differences",
      [](const Network& net, const Array<double>& values, const py::object& groups, double level, double power) {
        const DetectableDifferences r =
            detectable_differences(to_vector(values), to_groups(net, groups), {level, power});
        std::vector<std::string> a;
        std::vector<std::string> b;
        std::vector<std::vector<double>> columns(5);
        for (const Detectable& d : r.pairs) {
          a.push_back(d.a);
          b.push_back(d.b);
          const double row[] = {static_cast<double>(d.size_a), static_cast<double>(d.size_b), d.observed, d.spread,
                                d.smallest};
          for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(row[c]);
        }
        py::list arrays;
        for (auto& column : columns) arrays.append(moved(std::move(column)));
        return py::make_tuple(a, b, arrays, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("values"), py::arg("groups"), py::arg("level"), py::arg("power"));
  m.def(
      "answers_needed",
      [](const Array<double>& first, const Array<double>& second, double answers, double level) {
        const AnswersNeeded r = answers_needed(to_vector(first), to_vector(second), answers, level);
        return py::make_tuple(r.difference, r.standard_error, r.factor, r.more, to_dict(r.provenance));
      },
      py::arg("first"), py::arg("second"), py::arg("answers"), py::arg("level"));
}

}  // namespace linkpin::python
