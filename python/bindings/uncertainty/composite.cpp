// linkpin/uncertainty/composite.hpp for Python.
#include <linkpin/uncertainty/composite.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

Normalisation to_normalisation(const std::string& word) {
  return choice<Normalisation>("composite", "normalisations", word,
                               {{"min-max", Normalisation::min_max},
                                {"z-score", Normalisation::z_score},
                                {"rank", Normalisation::rank},
                                {"reference", Normalisation::reference}});
}

Aggregation to_aggregation(const std::string& word) {
  return choice<Aggregation>("composite", "aggregations", word,
                             {{"arithmetic", Aggregation::arithmetic}, {"geometric", Aggregation::geometric}});
}

py::list from_indices(const std::vector<SobolIndex>& indices) {
  py::list rows;
  for (const SobolIndex& s : indices) rows.append(py::make_tuple(s.factor, s.first, s.total));
  return rows;
}

}  // namespace

void register_composite(py::module_& m) {
  m.def(
      "composite",
      [](const std::vector<std::string>& names, const std::vector<Array<double>>& values,
         const std::vector<double>& weights, const std::vector<bool>& higher_is_better,
         const std::vector<std::string>& normalisations, const std::vector<std::string>& aggregations,
         double concentration, double floor, int draws, double level, std::uint64_t seed, int threads,
         const py::object& progress) {
        std::vector<Component> components;
        for (std::size_t c = 0; c < names.size(); ++c) {
          components.push_back({names[c], to_vector(values[c]), weights[c], higher_is_better[c]});
        }
        CompositeOptions o;
        o.normalisations.clear();
        o.aggregations.clear();
        for (const std::string& word : normalisations) o.normalisations.push_back(to_normalisation(word));
        for (const std::string& word : aggregations) o.aggregations.push_back(to_aggregation(word));
        o.concentration = concentration;
        o.floor = floor;
        o.draws = draws;
        o.level = level;
        o.seed = seed;
        o.run = make_run(threads, progress);
        Composite r = [&] {
          const py::gil_scoped_release free;
          return composite(components, o);
        }();
        py::list units;
        for (const CompositeUnit& u : r.units) {
          units.append(py::make_tuple(u.value, u.rank, u.expected_rank, u.rank_low, u.rank_high, u.first));
        }
        py::list parts;
        for (CompositeComponent& c : r.components) {
          parts.append(py::make_tuple(c.name, c.weight, c.correlation_ratio, c.r_squared, c.importance,
                                      moved(std::move(c.normalised))));
        }
        py::list by_unit;
        for (const auto& indices : r.by_unit) by_unit.append(from_indices(indices));
        return py::make_tuple(units, parts, moved(std::move(r.acceptability)), moved(std::move(r.central_weights)),
                              from_indices(r.shift), by_unit, r.mean_shift, to_dict(r.provenance));
      },
      py::arg("names"), py::arg("values"), py::arg("weights"), py::arg("higher_is_better"), py::arg("normalisations"),
      py::arg("aggregations"), py::arg("concentration"), py::arg("floor"), py::arg("draws"), py::arg("level"),
      py::arg("seed"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
