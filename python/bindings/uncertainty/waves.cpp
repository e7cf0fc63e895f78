// linkpin/uncertainty/waves.hpp for Python.
#include <linkpin/uncertainty/waves.hpp>

#include "../common.hpp"
#include "../rules.hpp"

namespace linkpin::python {

namespace {

Lens lens_of(std::string item, const std::vector<std::string>& kinds, const std::string& rule,
             const std::string& nonresponse) {
  Lens lens;
  lens.item = std::move(item);
  lens.kinds = kinds;
  lens.rule = to_rule("compare_waves", rule);
  lens.nonresponse = to_nonresponse("compare_waves", nonresponse);
  return lens;
}

}  // namespace

void register_waves(py::module_& m) {
  m.def(
      "compare_waves",
      [](const Ecosystem& eco, const std::vector<std::string>& waves, const py::object& statistic, std::string item,
         const std::vector<std::string>& kinds, const std::string& rule, const std::string& nonresponse,
         std::vector<std::string> trust_items, std::vector<std::string> value_items, double level,
         const py::object& progress) {
        ScoreFunction call;
        if (!statistic.is_none()) {
          call = [statistic](const Network& net) {
            const auto answer = statistic(net).cast<py::tuple>();
            return NetworkScores{answer[0].cast<std::vector<std::string>>(),
                                 to_vector(answer[1].cast<Array<double>>())};
          };
        }
        const WaveComparison r =
            compare_waves(eco, waves, call,
                          {lens_of(std::move(item), kinds, rule, nonresponse), std::move(trust_items),
                           std::move(value_items), level, make_run(1, progress)});
        py::list members, ties, scores, growth;
        for (const WaveMember& w : r.members) members.append(py::make_tuple(w.entity, w.present));
        for (const TieChange& t : r.ties) {
          ties.append(py::make_tuple(t.from, t.to, t.stayers, t.joiners, t.leavers, t.kept, t.gained, t.lost,
                                     t.unobserved, t.stability));
        }
        for (const ScoreChange& s : r.scores) {
          scores.append(py::make_tuple(s.from, s.to, s.score, s.before, s.after, s.difference, s.interval.low,
                                       s.interval.high, s.stayers_before, s.stayers_after, s.stayers_difference,
                                       s.stayers_interval.low, s.stayers_interval.high, s.composition,
                                       s.composition_interval.low, s.composition_interval.high));
        }
        for (const GrowthCurve& g : r.growth) {
          growth.append(
              py::make_tuple(g.score, g.entity, g.start, g.slope, g.interval.low, g.interval.high, g.spread, g.waves));
        }
        return py::make_tuple(members, ties, scores, growth, to_dict(r.provenance));
      },
      py::arg("eco"), py::arg("waves"), py::arg("statistic"), py::arg("item"), py::arg("kinds"), py::arg("rule"),
      py::arg("nonresponse"), py::arg("trust_items"), py::arg("value_items"), py::arg("level"), py::arg("progress"));
  m.def(
      "wave_matrices",
      [](const Ecosystem& eco, const std::vector<std::string>& waves, std::string item,
         const std::vector<std::string>& kinds, const std::string& rule, const std::string& nonresponse,
         const std::vector<std::string>& fixed_kinds) {
        WaveMatrices w = wave_matrices(eco, waves, lens_of(std::move(item), kinds, rule, nonresponse), fixed_kinds);
        py::list values, present;
        for (auto& matrix : w.values) values.append(moved(std::move(matrix)));
        for (auto& there : w.present) present.append(moved(std::move(there)));
        return py::make_tuple(moved(std::move(w.members)), values, present);
      },
      py::arg("eco"), py::arg("waves"), py::arg("item"), py::arg("kinds"), py::arg("rule"), py::arg("nonresponse"),
      py::arg("fixed_kinds"));
}

}  // namespace linkpin::python
