// linkpin/influence/main_path.hpp for Python.
#include <linkpin/influence/main_path.hpp>

#include "influence.hpp"

namespace linkpin::python {

namespace {

TraversalOptions options_of(std::string_view function, const std::string& kind, const std::string& flow,
                            const std::string& cycles, const py::object& dates, const py::object& progress) {
  TraversalOptions options;
  options.kind = choice<Traversal>(function, "kind", kind,
                                   {{"spc", Traversal::spc}, {"splc", Traversal::splc}, {"spnp", Traversal::spnp}});
  options.flow = to_flow(function, flow);
  options.cycles =
      choice<Cycles>(function, "cycles", cycles, {{"drop-strong", Cycles::drop_strong}, {"by-date", Cycles::by_date}});
  if (py::isinstance<py::str>(dates)) {
    options.dates = dates.cast<std::string>();
  } else if (!dates.is_none()) {
    const auto pair = dates.cast<std::pair<Array<double>, Array<double>>>();
    options.earliest = to_vector(pair.first);
    options.latest = to_vector(pair.second);
  }
  options.run = make_run(1, progress);
  return options;
}

py::dict to_dict(const TiesKept& ties) {
  py::dict d;
  d["kept"] = ties.kept;
  d["loops"] = ties.loops;
  d["parallel"] = ties.parallel;
  d["cycles"] = ties.cycles;
  d["against_date"] = ties.against_date;
  d["on_date"] = ties.on_date;
  d["undated"] = ties.undated;
  return d;
}

}  // namespace

void register_main_path(py::module_& m) {
  m.def(
      "traversal_weights",
      [](const Network& net, const std::string& kind, const std::string& flow, const std::string& cycles,
         const py::object& dates, const py::object& progress) {
        const TraversalOptions options = options_of("traversal_weights", kind, flow, cycles, dates, progress);
        TraversalWeights result = [&] {
          const py::gil_scoped_release free;
          return traversal_weights(net, options);
        }();
        return py::make_tuple(moved(std::move(result.ties)), from_counts(result.weights), from_counts(result.total),
                              to_dict(result.removed), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("kind"), py::arg("flow"), py::arg("cycles"), py::arg("dates"), py::arg("progress"));
  m.def(
      "main_path",
      [](const Network& net, const std::string& kind, const std::string& search, index_t routes,
         const std::string& flow, const std::string& cycles, const py::object& dates, const py::object& progress) {
        MainPathOptions options;
        options.search = choice<PathSearch>(
            "main_path", "search", search,
            {{"global", PathSearch::global}, {"local", PathSearch::local}, {"key-route", PathSearch::key_route}});
        options.key_routes = routes;
        options.traversal = options_of("main_path", kind, flow, cycles, dates, progress);
        MainPath result = [&] {
          const py::gil_scoped_release free;
          return main_path(net, options);
        }();
        return py::make_tuple(moved(std::move(result.vertices)), moved(std::move(result.ties)),
                              from_counts(result.weights), from_counts(result.sum), from_counts(result.total),
                              result.unique, to_dict(result.removed), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("kind"), py::arg("search"), py::arg("key_routes"), py::arg("flow"), py::arg("cycles"),
      py::arg("dates"), py::arg("progress"));
}

}  // namespace linkpin::python
