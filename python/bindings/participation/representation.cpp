// linkpin/participation/representation.hpp for Python.
#include <linkpin/participation/representation.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_representation(py::module_& m) {
  m.def(
      "representation",
      [](std::vector<std::string> categories, std::vector<std::int64_t> counts, std::int64_t prefer_not_to_say,
         std::int64_t left_blank, std::int64_t not_returned, std::vector<std::string> reference_categories,
         std::vector<double> reference_values, bool sample, double level) {
        Representation r =
            representation({std::move(categories), std::move(counts), {prefer_not_to_say, left_blank, not_returned}},
                           {std::move(reference_categories), std::move(reference_values), sample}, {level});
        return py::make_tuple(moved_frame(std::move(r.table)), r.answered, r.absent, to_dict(r.provenance));
      },
      py::arg("categories"), py::arg("counts"), py::arg("prefer_not_to_say"), py::arg("left_blank"),
      py::arg("not_returned"), py::arg("reference_categories"), py::arg("reference_values"), py::arg("sample"),
      py::arg("level"));
  m.def(
      "monitoring",
      [](const Ecosystem& eco, std::vector<std::string> events, std::optional<std::int64_t> attended, double level) {
        Monitoring out = monitoring(eco, {std::move(events), attended, level});
        return py::make_tuple(moved_frame(std::move(out.table)), moved_frame(std::move(out.questions)),
                              to_dict(out.provenance));
      },
      py::arg("eco"), py::arg("events"), py::arg("attended"), py::arg("level"));
  m.def(
      "absent_groups",
      [](const Ecosystem& eco) {
        AbsentGroups out = absent_groups(eco);
        return py::make_tuple(moved(std::move(out.groups)), moved(std::move(out.elsewhere)), to_dict(out.provenance));
      },
      py::arg("eco"));
  m.def(
      "hidden_group_policy",
      [](const Ecosystem& eco, double level) {
        HiddenGroupPolicy out = hidden_group_policy(eco, level);
        return py::make_tuple(
            out.has_one, out.has_none, out.unknown, out.share, py::make_tuple(out.interval.low, out.interval.high),
            py::make_tuple(out.bounds.low, out.bounds.high), moved(std::move(out.without)), to_dict(out.provenance));
      },
      py::arg("eco"), py::arg("level"));
  m.def(
      "fractions",
      [](const std::vector<double>& percentages, std::int64_t most, int decimals, bool whole) {
        Fractions out = fractions(percentages, most, {decimals, whole});
        return py::make_tuple(std::move(out.denominators), std::move(out.numerators), to_dict(out.provenance));
      },
      py::arg("percentages"), py::arg("most"), py::arg("decimals"), py::arg("whole"));
}

}  // namespace linkpin::python
