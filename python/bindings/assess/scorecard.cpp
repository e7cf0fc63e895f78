// linkpin/assess/scorecard.hpp for Python.
#include <linkpin/assess/scorecard.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

py::object whole_or_none(double rank) {
  return std::isnan(rank) ? py::object(py::none()) : py::cast(std::int64_t(rank));
}

}  // namespace

void register_scorecard(py::module_& m) {
  m.def(
      "scorecard",
      [](const Network& net, const py::object& groups, index_t top, std::uint64_t seed, std::optional<int> replicates,
         double level, double false_positive, double false_negative, const std::vector<Network>& others, int threads,
         const py::object& progress) {
        ScorecardOptions options;
        if (!groups.is_none()) options.groups = to_groups(net, groups);
        options.top = top;
        options.seed = seed;
        options.replicates = replicates;
        options.level = level;
        options.reports = {false_positive, false_negative, others, ""};
        options.run = make_run(threads, progress);
        const Scorecard card = [&] {
          const py::gil_scoped_release free;
          return scorecard(net, options);
        }();
        constexpr const char* of[] = {"network", "group", "vertex"};
        constexpr const char* varies[] = {"vertices", "vertices", "ties", "reports", "non-response"};
        constexpr const char* why_not[] = {"",          "not asked", "large",     "few",   "counted",  "hangs on ties",
                                           "of itself", "undefined", "one-sided", "still", "uncovered"};
        py::list rows;
        for (const Score& s : card.scores) {
          const bool has = s.why_not == NoInterval::has_one;
          rows.append(py::make_tuple(
              s.measure, s.variant, of[static_cast<std::size_t>(s.of)], s.subject, s.value, s.rank, s.interval.low,
              s.interval.high, whole_or_none(s.rank_interval.low), whole_or_none(s.rank_interval.high),
              has ? py::object(py::str(varies[static_cast<std::size_t>(s.varies)])) : py::object(py::none()), s.covers,
              why_not[static_cast<std::size_t>(s.why_not)]));
        }
        return py::make_tuple(rows, card.replicates, to_dict(card.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("top"), py::arg("seed"), py::arg("replicates"), py::arg("level"),
      py::arg("false_positive"), py::arg("false_negative"), py::arg("others"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
