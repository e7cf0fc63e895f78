// linkpin/measures/structure.hpp and linkpin/statistics/inequality.hpp for Python.
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/inequality.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

Mode mode_of(std::string_view function, const std::string& word) {
  return choice<Mode>(function, "mode", word, {{"out", Mode::out}, {"in", Mode::in}, {"all", Mode::all}});
}

CentralizationOf centrality_of(const std::string& word) {
  using Of = CentralizationOf;
  return choice<Of>("centralization", "of", word,
                    {{"degree", Of::degree},
                     {"indegree", Of::indegree},
                     {"outdegree", Of::outdegree},
                     {"betweenness", Of::betweenness},
                     {"closeness", Of::closeness},
                     {"eigenvector", Of::eigenvector}});
}

}  // namespace

void register_structure(py::module_& m) {
  m.def(
      "density",
      [](const Network& net, const py::object& two_mode) {
        DensityOptions options;
        if (!two_mode.is_none()) options.two_mode = to_vector(two_mode.cast<Array<std::uint8_t>>());
        const auto result = [&] {
          const py::gil_scoped_release free;
          return density(net, options);
        }();
        return py::make_tuple(result.value, result.ties, result.dyads, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("two_mode") = py::none());
  m.def(
      "reciprocity",
      [](const Network& net, const std::string& kind) {
        const ReciprocityOptions options{choice<ReciprocityKind>(
            "reciprocity", "kind", kind, {{"edgewise", ReciprocityKind::edgewise}, {"ratio", ReciprocityKind::ratio}})};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return reciprocity(net, options);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("kind"));
  m.def(
      "transitivity",
      [](const Network& net, int threads, const py::object& progress) {
        const TransitivityOptions options{make_run(threads, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return transitivity(net, options);
        }();
        return py::make_tuple(result.value, result.triangles, result.triples, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("threads"), py::arg("progress"));
  m.def(
      "clustering",
      [](const Network& net, const py::object& weights, const std::string& low_degree, int threads,
         const py::object& progress) {
        const ClusteringOptions options{to_tie_values(weights),
                                        choice<LowDegree>("clustering", "low_degree", low_degree,
                                                          {{"undefined", LowDegree::nan}, {"zero", LowDegree::zero}}),
                                        make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return clustering(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("weights"), py::arg("low_degree"), py::arg("threads"), py::arg("progress"));
  m.def(
      "degree",
      [](const Network& net, const std::string& mode, bool loops) {
        auto result = degree(net, {.mode = mode_of("degree", mode), .loops = loops});
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("mode"), py::arg("loops"));
  m.def(
      "strength",
      [](const Network& net, const std::string& mode, const py::object& weights, bool loops) {
        const StrengthOptions options{mode_of("strength", mode), to_tie_values(weights), loops};
        auto result = [&] {
          const py::gil_scoped_release free;
          return strength(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("mode"), py::arg("weights"), py::arg("loops"));
  m.def(
      "centralization",
      [](const Network& net, const std::string& of, bool loops, int threads, const py::object& progress) {
        const CentralizationOptions options{centrality_of(of), loops, make_run(threads, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return centralization(net, options);
        }();
        return py::make_tuple(result.value, result.maximum, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("of"), py::arg("loops"), py::arg("threads"), py::arg("progress"));
  m.def(
      "dyad_census",
      [](const Network& net) {
        const auto result = [&] {
          const py::gil_scoped_release free;
          return dyad_census(net);
        }();
        return py::make_tuple(result.mutual, result.asymmetric, result.null, result.unobserved,
                              to_dict(result.provenance));
      },
      py::arg("net"));
  m.def(
      "triad_census",
      [](const Network& net, int threads, const py::object& progress) {
        const TriadCensusOptions options{make_run(threads, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return triad_census(net, options);
        }();
        const std::vector<std::string> types(triad_types.begin(), triad_types.end());
        return py::make_tuple(types, moved(std::vector<std::int64_t>(result.counts.begin(), result.counts.end())),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("threads"), py::arg("progress"));
  m.def(
      "gini",
      [](const Array<double>& values, bool corrected) {
        const std::vector<double> shares = to_vector(values);
        return gini(shares, {corrected ? GiniNormalisation::corrected : GiniNormalisation::raw});
      },
      py::arg("values"), py::arg("corrected"));
}

}  // namespace linkpin::python
