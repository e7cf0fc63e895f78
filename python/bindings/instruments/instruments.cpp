// linkpin/instruments for Python.
#include <linkpin/instruments/partner.hpp>
#include <linkpin/instruments/questionnaire.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

Scoring to_scoring(const std::string& word) {
  return choice<Scoring>("questionnaire", "scoring", word,
                         {{"mean", Scoring::mean},
                          {"sum", Scoring::sum},
                          {"percent_yes", Scoring::percent_yes},
                          {"ordinal", Scoring::ordinal}});
}

Scale to_scale(const py::tuple& parts) {
  Scale scale;
  scale.id = parts[0].cast<std::string>();
  scale.title = parts[1].cast<std::string>();
  for (const auto& [id, reverse] : parts[2].cast<std::vector<std::pair<std::string, bool>>>()) {
    scale.items.push_back({id, reverse});
  }
  scale.scoring = to_scoring(parts[3].cast<std::string>());
  scale.low = parts[4].cast<double>();
  scale.high = parts[5].cast<double>();
  scale.minimum_valid = parts[6].cast<double>();
  for (const auto& [from, name] : parts[7].cast<std::vector<std::pair<double, std::string>>>()) {
    scale.bands.push_back({from, name});
  }
  scale.levels = parts[8].cast<std::vector<std::string>>();
  return scale;
}

py::tuple from_score(const ScaleScore& s) {
  py::list levels;
  for (const LevelShare& l : s.levels) levels.append(py::make_tuple(l.level, l.count, l.share, l.at_or_above));
  return py::make_tuple(s.scale, s.title, s.value, s.band, s.respondents, s.without_score, moved(s.by_respondent),
                        levels);
}

TrustPercent to_percent(const std::string& word) {
  return choice<TrustPercent>(
      "partner", "percent", word,
      {{"mean over maximum", TrustPercent::mean_over_maximum}, {"rescaled", TrustPercent::rescaled}});
}

}  // namespace

void register_instruments(py::module_& m) {
  m.def(
      "questionnaire",
      [](const std::string& id, const std::string& title, const std::string& version, const py::list& scales,
         const std::vector<std::string>& items, const Array<double>& answers) {
        Instrument instrument{id, title, version, {}};
        for (const py::handle s : scales) instrument.scales.push_back(to_scale(s.cast<py::tuple>()));
        const QuestionnaireScore scored = score(instrument, items, to_vector(answers));
        py::list rows;
        for (const ScaleScore& s : scored.scales) rows.append(from_score(s));
        return py::make_tuple(rows, to_dict(scored.provenance));
      },
      py::arg("id"), py::arg("title"), py::arg("version"), py::arg("scales"), py::arg("items"), py::arg("answers"));
  m.def(
      "partner_scores",
      [](const Ecosystem& eco, std::vector<std::string> trust_items, std::vector<std::string> value_items,
         std::string wave, double low, double high, const std::string& percent) {
        const PartnerScores scores = partner_scores(
            eco, {std::move(trust_items), std::move(value_items), std::move(wave), low, high, to_percent(percent)});
        py::dict d;
        d["trust"] = moved(scores.trust);
        d["value"] = moved(scores.value);
        d["raters"] = moved(scores.raters);
        d["relative_connectivity"] = moved(scores.relative_connectivity);
        d["network_trust"] = scores.network_trust;
        d["network_value"] = scores.network_value;
        d["network_trust_percent"] = scores.network_trust_percent;
        return py::make_tuple(d, to_dict(scores.provenance));
      },
      py::arg("eco"), py::arg("trust_items"), py::arg("value_items"), py::arg("wave"), py::arg("low"), py::arg("high"),
      py::arg("percent"));
}

}  // namespace linkpin::python
