// linkpin/influence/credit.hpp for Python.
#include <linkpin/influence/credit.hpp>

#include "influence.hpp"

namespace linkpin::python {

namespace {

CreditOptions credit_options(const py::object& players, const py::object& progress) {
  CreditOptions options;
  if (!players.is_none()) options.players = to_vector(players.cast<Array<index_t>>());
  options.run = make_run(1, progress);
  return options;
}

py::tuple from_credit(Credit c) {
  return py::make_tuple(moved(std::move(c.shapley)), moved(std::move(c.fractional)), moved(std::move(c.alone)),
                        moved(std::move(c.only)), c.total, to_dict(c.provenance));
}

}  // namespace

void register_credit(py::module_& m) {
  m.def(
      "shapley_reach",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, const py::object& players,
         const std::string& flow, index_t steps, const py::object& progress) {
        CreditOptions options = credit_options(players, progress);
        options.flow = to_flow("shapley_reach", flow);
        options.steps = steps;
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        return from_credit([&] {
          const py::gil_scoped_release free;
          return shapley_reach(net, from, to, options);
        }());
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("players"), py::arg("flow"), py::arg("steps"),
      py::arg("progress"));
  m.def(
      "shapley_success",
      [](const Array<double>& p, const py::object& players, const py::object& progress) {
        const CreditOptions options = credit_options(players, progress);
        const std::vector<double> chances = to_vector(p);
        return from_credit([&] {
          const py::gil_scoped_release free;
          return shapley_success(chances, options);
        }());
      },
      py::arg("p"), py::arg("players"), py::arg("progress"));
  m.def(
      "shapley",
      [](index_t players, const py::function& worth, index_t most_exact, std::int64_t permutations, double level,
         std::uint64_t seed, const py::object& progress) {
        // The game is the caller's Python: the interpreter's lock stays here.
        ShapleyOptions options{most_exact, permutations, level, seed, make_run(1, progress)};
        Shapley s = shapley(
            players, [&worth](const std::vector<index_t>& who) { return worth(who).cast<double>(); }, options);
        std::vector<double> low, high;
        for (const Interval& interval : s.intervals) {
          low.push_back(interval.low);
          high.push_back(interval.high);
        }
        return py::make_tuple(moved(std::move(s.values)), moved(std::move(low)), moved(std::move(high)), s.total,
                              s.exact, to_dict(s.provenance));
      },
      py::arg("players"), py::arg("worth"), py::arg("most_exact"), py::arg("permutations"), py::arg("level"),
      py::arg("seed"), py::arg("progress"));
}

}  // namespace linkpin::python
