// linkpin/dynamics/cognitive.hpp for Python.
#include <linkpin/dynamics/cognitive.hpp>

#include "../choice.hpp"
#include "sparse.hpp"

namespace linkpin::python {

namespace {

MapRule to_rule(const char* function, const std::string& word) {
  return choice<MapRule>(function, "rule", word,
                         {{"kosko", MapRule::kosko}, {"modified", MapRule::modified}, {"rescaled", MapRule::rescaled}});
}

MapTransfer to_transfer(const char* function, const std::string& word) {
  return choice<MapTransfer>(function, "transfer", word,
                             {{"sigmoid", MapTransfer::sigmoid},
                              {"tanh", MapTransfer::tanh},
                              {"bivalent", MapTransfer::bivalent},
                              {"trivalent", MapTransfer::trivalent}});
}

const char* word_of(MapVerdict verdict) {
  switch (verdict) {
    case MapVerdict::fixed_point:
      return "fixed point";
    case MapVerdict::cycle:
      return "cycle";
    case MapVerdict::chaos:
      return "chaos";
    case MapVerdict::unsettled:
      break;
  }
  return "unsettled";
}

}  // namespace

void register_cognitive(py::module_& m) {
  py::class_<CognitiveMap>(m, "CognitiveMap")
      .def(py::init([](std::vector<std::string> names, const Entries& weights) {
             return CognitiveMap(std::move(names), to_sparse<CognitiveMap::Weights>("CognitiveMap", weights));
           }),
           py::arg("names"), py::arg("weights"))
      .def("names", &CognitiveMap::names)
      .def("entries",
           [](const CognitiveMap& map) {
             std::vector<index_t> rows;
             std::vector<index_t> columns;
             std::vector<double> values;
             for (index_t j = 0; j < map.n(); ++j) {
               for (CognitiveMap::Weights::InnerIterator it(map.weights(), j); it; ++it) {
                 rows.push_back(static_cast<index_t>(it.row()));
                 columns.push_back(j);
                 values.push_back(it.value());
               }
             }
             return py::make_tuple(moved(std::move(rows)), moved(std::move(columns)), moved(std::move(values)));
           })
      .def("concepts", [](const CognitiveMap& map) { return moved_frame(map.concepts()); })
      .def(
          "run",
          [](const CognitiveMap& map, const Array<double>& state, const std::string& rule, const std::string& transfer,
             double slope, const std::vector<std::pair<index_t, double>>& clamps, double tolerance, index_t most_steps,
             const py::object& progress) {
            MapOptions options{to_rule("CognitiveMap.run", rule),
                               to_transfer("CognitiveMap.run", transfer),
                               slope,
                               {},
                               tolerance,
                               most_steps,
                               make_run(1, progress)};
            for (const auto& [concept_index, value] : clamps) options.clamps.push_back(Clamp{concept_index, value});
            const auto start = to_vector(state);
            auto result = [&] {
              const py::gil_scoped_release free;
              return map.run(start, options);
            }();
            return py::make_tuple(moved(std::move(result.trajectory)), result.steps, moved(std::move(result.state)),
                                  word_of(result.verdict), result.period, result.change, result.lyapunov,
                                  to_dict(result.provenance));
          },
          py::arg("state"), py::arg("rule"), py::arg("transfer"), py::arg("slope"), py::arg("clamps"),
          py::arg("tolerance"), py::arg("most_steps"), py::arg("progress"))
      .def(
          "learn",
          [](const CognitiveMap& map, const Array<double>& state,
             const std::vector<std::tuple<index_t, double, double>>& outputs, const std::string& rule,
             const std::string& transfer, double slope, double rate, double decay, double tolerance, index_t most_steps,
             const py::object& progress) {
            const LearnOptions options{to_rule("CognitiveMap.learn", rule),
                                       to_transfer("CognitiveMap.learn", transfer),
                                       slope,
                                       rate,
                                       decay,
                                       tolerance,
                                       most_steps,
                                       make_run(1, progress)};
            std::vector<Desired> desired;
            for (const auto& [concept_index, low, high] : outputs) desired.push_back(Desired{concept_index, low, high});
            const auto start = to_vector(state);
            auto result = [&] {
              const py::gil_scoped_release free;
              return map.learn(start, desired, options);
            }();
            return py::make_tuple(moved(std::move(result.weights)), moved(std::move(result.state)), result.steps,
                                  result.reached, to_dict(result.provenance));
          },
          py::arg("state"), py::arg("outputs"), py::arg("rule"), py::arg("transfer"), py::arg("slope"), py::arg("rate"),
          py::arg("decay"), py::arg("tolerance"), py::arg("most_steps"), py::arg("progress"));
}

}  // namespace linkpin::python
