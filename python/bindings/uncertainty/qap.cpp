// linkpin/uncertainty/qap.hpp and mrqap.hpp for Python.
#include <linkpin/uncertainty/mrqap.hpp>
#include <linkpin/uncertainty/qap.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

DyadMatrix to_matrix(const Array<double>& values) {
  if (values.ndim() != 2 || values.shape(0) != values.shape(1)) {
    refuse("qap", "matrix of", std::to_string(values.ndim()) + " dimensions", "give a square matrix");
  }
  return {static_cast<index_t>(values.shape(0)), to_vector(values)};
}

}  // namespace

void register_qap(py::module_& m) {
  m.def(
      "dyad_matrix",
      [](const Network& net, const py::object& weights) {
        DyadMatrix matrix = dyad_matrix(net, to_tie_values(weights));
        const py::ssize_t n = matrix.n;
        return moved(std::move(matrix.values)).reshape({n, n});
      },
      py::arg("net"), py::arg("weights"));
  m.def(
      "qap",
      [](const Array<double>& y, const Array<double>& x, int permutations, std::uint64_t seed, bool directed,
         int threads, const py::object& progress) {
        const QapOptions options{permutations, seed, directed, make_run(threads, progress)};
        const DyadMatrix ys = to_matrix(y);
        const DyadMatrix xs = to_matrix(x);
        const QapCorrelation r = [&] {
          const py::gil_scoped_release free;
          return qap(ys, xs, options);
        }();
        return py::make_tuple(r.value, r.t, r.p, r.p_greater, r.p_less, r.p_error, r.dyads, to_dict(r.provenance));
      },
      py::arg("y"), py::arg("x"), py::arg("permutations"), py::arg("seed"), py::arg("directed"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "mrqap",
      [](const Array<double>& y, const std::vector<std::string>& names, const std::vector<Array<double>>& x,
         int permutations, std::uint64_t seed, bool directed, const std::string& outcome, int threads,
         const py::object& progress) {
        const MrqapOptions options{permutations, seed, directed,
                                   choice<Outcome>("mrqap", "outcome", outcome,
                                                   {{"continuous", Outcome::continuous}, {"binary", Outcome::binary}}),
                                   make_run(threads, progress)};
        const DyadMatrix ys = to_matrix(y);
        std::vector<Predictor> predictors;
        for (std::size_t k = 0; k < x.size(); ++k) predictors.push_back({names[k], to_matrix(x[k])});
        const Mrqap r = [&] {
          const py::gil_scoped_release free;
          return mrqap(ys, predictors, options);
        }();
        std::vector<std::string> terms;
        std::vector<std::vector<double>> columns(7);
        for (const MrqapTerm& t : r.terms) {
          terms.push_back(t.term);
          const double values[] = {t.estimate, t.standardised, t.t, t.p_greater, t.p_less, t.p_two_sided, t.p_error};
          for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(values[c]);
        }
        py::list arrays;
        for (auto& column : columns) arrays.append(moved(std::move(column)));
        py::dict fit;
        fit["r_squared"] = r.r_squared;
        fit["adjusted_r_squared"] = r.adjusted_r_squared;
        fit["deviance"] = r.deviance;
        fit["null_deviance"] = r.null_deviance;
        fit["aic"] = r.aic;
        fit["dyads"] = r.dyads;
        fit["residual_df"] = r.residual_df;
        return py::make_tuple(terms, arrays, fit, to_dict(r.provenance));
      },
      py::arg("y"), py::arg("names"), py::arg("x"), py::arg("permutations"), py::arg("seed"), py::arg("directed"),
      py::arg("outcome"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
