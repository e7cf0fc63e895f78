// linkpin/influence/reliability.hpp for Python.
#include <linkpin/influence/reliability.hpp>

#include "influence.hpp"

namespace linkpin::python {

void register_reliability(py::module_& m) {
  m.def(
      "reliability",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const py::object& p,
         const std::string& flow, const std::string& method, double budget, std::int64_t samples, double level,
         std::uint64_t seed, int threads, const py::object& progress) {
        ReliabilityOptions options;
        options.p = to_tie_values(p);
        options.flow = to_flow("reliability", flow);
        options.method = choice<ReliabilityMethod>("reliability", "method", method,
                                                   {{"auto", ReliabilityMethod::automatic},
                                                    {"exact", ReliabilityMethod::exact},
                                                    {"sampled", ReliabilityMethod::sampled},
                                                    {"bounds", ReliabilityMethod::bounds}});
        options.budget = budget;
        options.samples = samples;
        options.level = level;
        options.seed = seed;
        options.run = make_run(threads, progress);
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        const Reliability r = [&] {
          const py::gil_scoped_release free;
          return reliability(net, from, to, options);
        }();
        return py::make_tuple(r.value, py::make_tuple(r.bounds.low, r.bounds.high),
                              py::make_tuple(r.interval.low, r.interval.high), r.how, r.exact, r.outcomes, r.vertices,
                              r.ties, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("p"), py::arg("flow"), py::arg("method"),
      py::arg("budget"), py::arg("samples"), py::arg("level"), py::arg("seed"), py::arg("threads"),
      py::arg("progress"));
}

}  // namespace linkpin::python
