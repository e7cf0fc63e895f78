// linkpin/measures/spectral.hpp for Python.
#include <linkpin/measures/spectral.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

py::dict to_dict(const Convergence& c) {
  py::dict d;
  d["converged"] = c.converged;
  d["iterations"] = c.iterations;
  d["error"] = c.error;
  return d;
}

KatzScale to_katz_scale(const py::object& given) {
  if (given.is_none()) return KatzScale::raw;
  const auto name = given.cast<std::string>();
  if (name == "raw") return KatzScale::raw;
  if (name == "l2") return KatzScale::l2;
  if (name == "maximum") return KatzScale::maximum;
  refuse("katz", "normalized", name, "choose one of: None, raw, l2, maximum");
}

std::vector<double> to_columns(const py::object& given) {
  return given.is_none() ? std::vector<double>{} : to_vector(given.cast<Array<double>>());
}

}  // namespace

void register_spectral(py::module_& m) {
  m.def(
      "eigenvector",
      [](const Network& net, bool directed, const py::object& weights, bool loops, int threads,
         const py::object& progress) {
        EigenvectorOptions options;
        options.directed = directed;
        options.weights = to_tie_values(weights);
        options.loops = loops;
        options.run = make_run(threads, progress);
        Eigenvector result = [&] {
          const py::gil_scoped_release free;
          return eigenvector(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), result.eigenvalue, to_dict(result.convergence),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("directed"), py::arg("weights"), py::arg("loops"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "katz",
      [](const Network& net, double alpha, double beta, const py::object& personalisation, bool directed,
         const py::object& weights, bool loops, const py::object& normalized, int threads, const py::object& progress) {
        KatzOptions options;
        options.alpha = alpha;
        options.beta = beta;
        options.personalisation = to_columns(personalisation);
        options.directed = directed;
        options.weights = to_tie_values(weights);
        options.loops = loops;
        options.normalized = to_katz_scale(normalized);
        options.run = make_run(threads, progress);
        Katz result = [&] {
          const py::gil_scoped_release free;
          return katz(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), result.columns, to_dict(result.convergence),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("alpha"), py::arg("beta"), py::arg("personalisation"), py::arg("directed"),
      py::arg("weights"), py::arg("loops"), py::arg("normalized"), py::arg("threads"), py::arg("progress"));
  m.def(
      "pagerank",
      [](const Network& net, double damping, bool directed, const py::object& weights, bool loops,
         const py::object& personalisation, double tolerance, int threads, const py::object& progress) {
        PageRankOptions options;
        options.damping = damping;
        options.directed = directed;
        options.weights = to_tie_values(weights);
        options.loops = loops;
        options.personalisation = to_columns(personalisation);
        options.tolerance = tolerance;
        options.run = make_run(threads, progress);
        PageRank result = [&] {
          const py::gil_scoped_release free;
          return pagerank(net, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), result.columns, to_dict(result.convergence),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("damping"), py::arg("directed"), py::arg("weights"), py::arg("loops"),
      py::arg("personalisation"), py::arg("tolerance"), py::arg("threads"), py::arg("progress"));
  m.def(
      "hits",
      [](const Network& net, const py::object& weights, bool loops, int threads, const py::object& progress) {
        HitsOptions options;
        options.weights = to_tie_values(weights);
        options.loops = loops;
        options.run = make_run(threads, progress);
        Hits result = [&] {
          const py::gil_scoped_release free;
          return hits(net, options);
        }();
        return py::make_tuple(moved(std::move(result.hub)), moved(std::move(result.authority)), result.eigenvalue,
                              to_dict(result.convergence), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("weights"), py::arg("loops"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
