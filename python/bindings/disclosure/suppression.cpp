// linkpin/disclosure/suppression.hpp and rounding.hpp for Python.
#include <linkpin/disclosure/rounding.hpp>
#include <linkpin/disclosure/suppression.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

CountTable to_count_table(const py::tuple& parts) {
  return {parts[0].cast<std::string>(), parts[1].cast<std::vector<std::string>>(),
          parts[2].cast<std::vector<std::vector<std::string>>>(), to_vector(parts[3].cast<Array<std::int64_t>>())};
}

// Marks given by cell of each table, as marks by figure.
std::vector<std::uint8_t> to_marks(const LinkedFigures& linked, const py::list& by_table) {
  std::vector<std::uint8_t> marks(linked.counts.size(), 0);
  for (std::size_t t = 0; t < linked.figure_of.size(); ++t) {
    const auto given = to_vector(by_table[t].cast<Array<std::uint8_t>>());
    for (std::size_t c = 0; c < std::min(given.size(), linked.figure_of[t].size()); ++c) {
      if (given[c] != 0) marks[static_cast<std::size_t>(linked.figure_of[t][c])] = 1;
    }
  }
  return marks;
}

py::dict to_dict(LinkedFigures linked) {
  std::vector<std::uint8_t> is_total(linked.counts.size(), 0);
  for (const PublishedSum& s : linked.sums) is_total[static_cast<std::size_t>(s.total)] = 1;
  py::list names;
  for (const FigureName& n : linked.names) names.append(py::make_tuple(n.dimensions, n.labels));
  py::list figure_of;
  for (auto& f : linked.figure_of) figure_of.append(moved(std::move(f)));
  py::dict d;
  d["count"] = moved(std::move(linked.counts));
  d["is_total"] = moved(std::move(is_total));
  d["names"] = names;
  d["figure_of"] = figure_of;
  return d;
}

}  // namespace

void register_suppression(py::module_& m) {
  m.def(
      "suppress",
      [](const py::list& given, std::int64_t threshold, bool zeros, const py::list& published,
         const py::object& progress) {
        std::vector<CountTable> tables;
        for (const py::handle t : given) tables.push_back(to_count_table(t.cast<py::tuple>()));
        LinkedFigures linked = linked_figures(tables, "suppress");
        SuppressionOptions options{threshold, zeros, to_marks(linked, published), make_run(0, progress)};
        Suppression result = [&] {
          const py::gil_scoped_release free;
          return suppress(linked.counts, linked.sums, options);
        }();
        std::vector<std::uint8_t> showing;
        for (const Showing s : result.showing) showing.push_back(static_cast<std::uint8_t>(s));
        auto& warnings = result.provenance.warnings;
        warnings.insert(warnings.begin(), linked.warnings.begin(), linked.warnings.end());
        py::dict d = to_dict(std::move(linked));
        d["showing"] = moved(std::move(showing));
        d["low"] = moved(std::move(result.low));
        d["high"] = moved(std::move(result.high));
        d["exposed"] = result.exposed;
        return py::make_tuple(d, to_dict(result.provenance));
      },
      py::arg("tables"), py::arg("threshold"), py::arg("zeros"), py::arg("published"), py::arg("progress"));
  m.def(
      "round_counts",
      [](const py::list& given, std::int64_t base, const py::object& progress) {
        std::vector<CountTable> tables;
        for (const py::handle t : given) tables.push_back(to_count_table(t.cast<py::tuple>()));
        LinkedFigures linked = linked_figures(tables, "round_counts");
        const RoundingOptions options{base, make_run(0, progress)};
        Rounding result = [&] {
          const py::gil_scoped_release free;
          return round_counts(linked.counts, linked.sums, options);
        }();
        auto& warnings = result.provenance.warnings;
        warnings.insert(warnings.begin(), linked.warnings.begin(), linked.warnings.end());
        py::dict d = to_dict(std::move(linked));
        d["rounded"] = moved(std::move(result.figures));
        d["additive"] = result.additive;
        return py::make_tuple(d, to_dict(result.provenance));
      },
      py::arg("tables"), py::arg("base"), py::arg("progress"));
}

}  // namespace linkpin::python
