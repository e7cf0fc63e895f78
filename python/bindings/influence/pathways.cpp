// linkpin/influence/pathways.hpp for Python.
#include <linkpin/influence/pathways.hpp>

#include "influence.hpp"

namespace linkpin::python {

namespace {

ReliabilityOptions what_if_options(std::string_view function, const py::object& p, const std::string& flow,
                                   const std::string& method, double budget, std::int64_t samples, std::uint64_t seed,
                                   const py::object& progress) {
  ReliabilityOptions options;
  options.p = to_tie_values(p);
  options.flow = to_flow(function, flow);
  options.method = choice<ReliabilityMethod>(function, "method", method,
                                             {{"auto", ReliabilityMethod::automatic},
                                              {"exact", ReliabilityMethod::exact},
                                              {"sampled", ReliabilityMethod::sampled}});
  options.budget = budget;
  options.samples = samples;
  options.seed = seed;
  options.run = make_run(1, progress);
  return options;
}

}  // namespace

void register_pathways(py::module_& m) {
  m.def(
      "pathways",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const py::object& p,
         const py::object& fidelity, const std::string& flow, index_t k, double at_least, const py::object& progress) {
        PathwaysOptions options{to_tie_values(p), to_tie_values(fidelity), to_flow("pathways", flow), k,
                                at_least,         make_run(1, progress)};
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        const Pathways r = [&] {
          const py::gil_scoped_release free;
          return pathways(net, from, to, options);
        }();
        py::list paths;
        for (const Pathway& path : r.paths) {
          paths.append(py::make_tuple(path.vertices, path.ties, path.chance, path.fidelity, path.weakest));
        }
        return py::make_tuple(paths, r.more, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("p"), py::arg("fidelity"), py::arg("flow"),
      py::arg("k"), py::arg("at_least"), py::arg("progress"));
  m.def(
      "chain_chance",
      [](const Array<double>& a, const Array<double>& b, double level) {
        const ChainChance r = chain_chance(to_vector(a), to_vector(b), level);
        return py::make_tuple(r.value, r.variance, py::make_tuple(r.interval.low, r.interval.high),
                              to_dict(r.provenance));
      },
      py::arg("a"), py::arg("b"), py::arg("level"));
  m.def(
      "bottlenecks",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const py::object& p,
         const std::string& flow, const std::string& method, double budget, std::int64_t samples, std::uint64_t seed,
         const py::object& progress) {
        const auto options = what_if_options("bottlenecks", p, flow, method, budget, samples, seed, progress);
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        Bottlenecks r = [&] {
          const py::gil_scoped_release free;
          return bottlenecks(net, from, to, options);
        }();
        return py::make_tuple(r.reliability, r.exact, moved(std::move(r.in_cut)), r.cut_fails, moved(std::move(r.gain)),
                              moved(std::move(r.importance)), moved(std::move(r.loss)), r.error, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("p"), py::arg("flow"), py::arg("method"),
      py::arg("budget"), py::arg("samples"), py::arg("seed"), py::arg("progress"));
  m.def(
      "gap_worth",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const Array<index_t>& start,
         const Array<index_t>& end, double chance, const py::object& p, const std::string& flow,
         const std::string& method, double budget, std::int64_t samples, std::uint64_t seed,
         const py::object& progress) {
        const auto options = what_if_options("gap_worth", p, flow, method, budget, samples, seed, progress);
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        const std::vector<index_t> tails = to_vector(start);
        const std::vector<index_t> heads = to_vector(end);
        GapWorth r = [&] {
          const py::gil_scoped_release free;
          return gap_worth(net, from, to, tails, heads, chance, options);
        }();
        return py::make_tuple(moved(std::move(r.gain)), r.reliability, r.exact, r.error, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("start"), py::arg("end"), py::arg("chance"),
      py::arg("p"), py::arg("flow"), py::arg("method"), py::arg("budget"), py::arg("samples"), py::arg("seed"),
      py::arg("progress"));
}

}  // namespace linkpin::python
