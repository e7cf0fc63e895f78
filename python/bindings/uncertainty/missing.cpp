// linkpin/uncertainty/missing.hpp for Python.
#include <linkpin/uncertainty/missing.hpp>

#include "../choice.hpp"
#include "../common.hpp"
#include "../rules.hpp"

namespace linkpin::python {

namespace {

Treatment to_treatment(const char* function, const std::string& word) {
  return choice<Treatment>(function, "treatment", word,
                           {{"available", Treatment::available},
                            {"complete", Treatment::complete},
                            {"partner", Treatment::partner},
                            {"preferential", Treatment::preferential},
                            {"hot deck", Treatment::hot_deck},
                            {"block", Treatment::block},
                            {"regression", Treatment::regression}});
}

std::vector<Treatment> to_treatments(const char* function, const std::vector<std::string>& words) {
  std::vector<Treatment> treatments;
  for (const std::string& word : words) treatments.push_back(to_treatment(function, word));
  return treatments;
}

Groups groups_or_none(const Network& net, const py::object& given) {
  return given.is_none() ? Groups{} : to_groups(net, given);
}

// The callable answers with (names, values). It needs the interpreter, so its lock is kept throughout.
ScoreFunction to_score_function(const py::function& statistic) {
  return [statistic](const Network& net) {
    const auto answer = statistic(net).cast<py::tuple>();
    return NetworkScores{answer[0].cast<std::vector<std::string>>(), to_vector(answer[1].cast<Array<double>>())};
  };
}

py::tuple from_sensitivity(const Sensitivity& s) {
  std::vector<std::string> treatments;
  for (const Treatment t : s.treatments) treatments.emplace_back(to_string(t));
  py::list rows;
  for (const SensitivityRow& r : s.rows) {
    rows.append(py::make_tuple(r.score, r.vertex, moved(r.values), moved(r.spread), r.low, r.high));
  }
  return py::make_tuple(treatments, rows, moved(s.rank_correlation), s.unanswered, s.unasked, to_dict(s.provenance));
}

}  // namespace

void register_missing(py::module_& m) {
  m.def(
      "treated",
      [](const Network& net, const std::string& treatment, const py::object& groups, std::uint64_t seed,
         std::uint64_t replicate) {
        return treated(net, to_treatment("treated", treatment), {groups_or_none(net, groups), seed, replicate});
      },
      py::arg("net"), py::arg("treatment"), py::arg("groups"), py::arg("seed"), py::arg("replicate"));
  m.def(
      "missing_sensitivity",
      [](const Network& net, const py::function& statistic, const std::vector<std::string>& treatments, int imputations,
         const py::object& groups, std::uint64_t seed, const py::object& progress) {
        return from_sensitivity(missing_sensitivity(net, to_score_function(statistic),
                                                    {to_treatments("missing_sensitivity", treatments), imputations,
                                                     groups_or_none(net, groups), seed, make_run(1, progress)}));
      },
      py::arg("net"), py::arg("statistic"), py::arg("treatments"), py::arg("imputations"), py::arg("groups"),
      py::arg("seed"), py::arg("progress"));
  m.def(
      "missing_sensitivity_of_reports",
      [](const Ecosystem& eco, std::string item, std::string wave, const std::string& rule,
         const py::function& statistic, const std::vector<std::string>& treatments, int imputations,
         const py::object& groups, std::uint64_t seed, const py::object& progress) {
        Lens lens;
        lens.item = std::move(item);
        lens.wave = std::move(wave);
        lens.rule = to_rule("missing_sensitivity", rule);
        return from_sensitivity(
            missing_sensitivity(eco, lens, to_score_function(statistic),
                                {to_treatments("missing_sensitivity", treatments), imputations,
                                 groups_or_none(derive(eco, lens), groups), seed, make_run(1, progress)}));
      },
      py::arg("eco"), py::arg("item"), py::arg("wave"), py::arg("rule"), py::arg("statistic"), py::arg("treatments"),
      py::arg("imputations"), py::arg("groups"), py::arg("seed"), py::arg("progress"));
  m.def(
      "missing_trust",
      [](const Network& net, const py::function& statistic, std::vector<double> rates,
         const std::vector<std::string>& treatments, const std::string& silence, int replicates,
         const py::object& groups, std::uint64_t seed, const py::object& progress) {
        const auto who = choice<Silence>(
            "missing_trust", "silence", silence,
            {{"random", Silence::random}, {"central", Silence::central}, {"peripheral", Silence::peripheral}});
        const Trust trust = missing_trust(net, to_score_function(statistic),
                                          {std::move(rates), to_treatments("missing_trust", treatments), who,
                                           replicates, groups_or_none(net, groups), seed, make_run(1, progress)});
        py::list rows;
        for (const TrustRow& r : trust.rows) {
          rows.append(py::make_tuple(r.score, r.response_rate, std::string(to_string(r.treatment)), r.bias,
                                     r.relative_bias, r.rmse, r.rank_correlation, r.rank_low, r.undefined_replicates));
        }
        return py::make_tuple(rows, to_dict(trust.provenance));
      },
      py::arg("net"), py::arg("statistic"), py::arg("response_rates"), py::arg("treatments"), py::arg("silence"),
      py::arg("replicates"), py::arg("groups"), py::arg("seed"), py::arg("progress"));
  m.def(
      "pool",
      [](const Array<double>& estimates, const Array<double>& variances, double level) {
        const Pooled p = pool(to_vector(estimates), to_vector(variances), level);
        return py::make_tuple(p.value, p.between, p.within, p.total, p.df, p.interval.low, p.interval.high);
      },
      py::arg("estimates"), py::arg("variances"), py::arg("level"));
}

}  // namespace linkpin::python
