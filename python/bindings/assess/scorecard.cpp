// linkpin/assess/scorecard.hpp for Python.
#include <linkpin/assess/scorecard.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_scorecard(py::module_& m) {
  m.def(
      "scorecard",
      [](const Network& net, const py::object& groups, index_t top, std::uint64_t seed, int threads,
         const py::object& progress) {
        ScorecardOptions options;
        if (!groups.is_none()) options.groups = to_groups(net, groups);
        options.top = top;
        options.seed = seed;
        options.run = make_run(threads, progress);
        const Scorecard card = [&] {
          const py::gil_scoped_release free;
          return scorecard(net, options);
        }();
        constexpr const char* of[] = {"network", "group", "vertex"};
        py::list rows;
        for (const Score& s : card.scores) {
          rows.append(
              py::make_tuple(s.measure, s.variant, of[static_cast<std::size_t>(s.of)], s.subject, s.value, s.rank));
        }
        return py::make_tuple(rows, to_dict(card.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("top"), py::arg("seed"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
