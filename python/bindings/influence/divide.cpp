// linkpin/influence/divide.hpp, evidence.hpp and overlap.hpp for Python.
#include <linkpin/influence/divide.hpp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/influence/overlap.hpp>

#include "influence.hpp"

namespace linkpin::python {

void register_divide(py::module_& m) {
  m.def(
      "divide",
      [](const Network& net, const py::object& sides, const std::string& a, const std::string& b, index_t new_ties,
         index_t candidates, int threads, const py::object& progress) {
        const Groups groups = to_groups(net, sides);
        const DivideOptions options{new_ties, candidates, make_run(threads, progress)};
        Divide out = [&] {
          const py::gil_scoped_release free;
          return divide(net, groups, a, b, options);
        }();
        py::list proposed;
        for (const NewTie& tie : out.new_ties) {
          proposed.append(py::make_tuple(net.name(tie.a), net.name(tie.b), tie.closeness));
        }
        py::dict whole;
        whole["members_a"] = out.a;
        whole["members_b"] = out.b;
        whole["ties_a"] = out.ties_a;
        whole["ties_b"] = out.ties_b;
        whole["ties_between"] = out.ties_between;
        whole["share_between"] = out.share_between;
        whole["expected_between"] = out.expected_between;
        whole["connected"] = out.connected;
        whole["distance"] = out.distance;
        whole["closeness"] = out.closeness;
        return py::make_tuple(whole, moved(std::move(out.brokerage)), moved(std::move(out.bridge)), proposed,
                              to_dict(out.provenance));
      },
      py::arg("net"), py::arg("sides"), py::arg("a"), py::arg("b"), py::arg("new_ties"), py::arg("candidates"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "stranded",
      [](const Ecosystem& eco, const std::optional<std::vector<std::string>>& ties, double level) {
        StrandedOptions options;
        if (ties) options.ties = *ties;
        options.level = level;
        return without_lock([&] { return stranded(eco, options); });
      },
      py::arg("eco"), py::arg("ties"), py::arg("level"));
  m.def(
      "crossover",
      [](const Ecosystem& eco, const std::string& by) { return without_lock([&] { return crossover(eco, {by}); }); },
      py::arg("eco"), py::arg("by"));
  m.def(
      "gap_map",
      [](const Ecosystem& eco, const std::string& kind, const std::string& rows, const std::string& columns,
         const std::string& layers) {
        return without_lock([&] { return gap_map(eco, {kind, rows, columns, layers}); });
      },
      py::arg("eco"), py::arg("kind"), py::arg("rows"), py::arg("columns"), py::arg("layers"));
  m.def(
      "overlap",
      [](const Ecosystem& eco, const std::vector<std::string>& kinds, double least, index_t most,
         const py::object& progress) {
        const OverlapOptions options{kinds, least, most, make_run(1, progress)};
        return without_lock([&] { return overlap(eco, options); });
      },
      py::arg("eco"), py::arg("kinds"), py::arg("least"), py::arg("most"), py::arg("progress"));
  m.def(
      "prior_work",
      [](const Ecosystem& eco, const std::vector<std::string>& topics, const std::vector<std::string>& kinds,
         index_t most) { return without_lock([&] {
                           return prior_work(eco, topics, {kinds, most});
                         }); },
      py::arg("eco"), py::arg("topics"), py::arg("kinds"), py::arg("most"));
}

}  // namespace linkpin::python
