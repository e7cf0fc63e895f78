// linkpin/uncertainty/reconstruct.hpp for Python.
#include <linkpin/uncertainty/reconstruct.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

using Prior = std::optional<std::pair<double, double>>;

std::optional<BetaPrior> to_prior(const Prior& given) {
  if (!given) return std::nullopt;
  return BetaPrior{given->first, given->second};
}

py::tuple pair_of(const Interval& i) { return py::make_tuple(i.low, i.high); }

}  // namespace

void register_reconstruct(py::module_& m) {
  m.def(
      "reconstruct",
      [](const Ecosystem& eco, std::vector<std::string> items, std::string wave, const std::string& method,
         const std::string& errors, std::optional<double> false_positive, const Prior& density_prior,
         const Prior& false_positive_prior, const Prior& false_negative_prior, int draws, int burn, int chains,
         double level, std::uint64_t seed, int threads, const py::object& progress) {
        ReconstructOptions o;
        o.items = std::move(items);
        o.wave = std::move(wave);
        o.method = choice<Reconstruction>("reconstruct", "method", method,
                                          {{"em", Reconstruction::em}, {"gibbs", Reconstruction::gibbs}});
        o.errors =
            choice<ErrorsOf>("reconstruct", "errors", errors,
                             {{"all", ErrorsOf::all}, {"respondent", ErrorsOf::respondent}, {"item", ErrorsOf::item}});
        o.false_positive = false_positive;
        o.density_prior = to_prior(density_prior);
        o.false_positive_prior = to_prior(false_positive_prior);
        o.false_negative_prior = to_prior(false_negative_prior);
        o.draws = draws;
        o.burn = burn;
        o.chains = chains;
        o.level = level;
        o.seed = seed;
        o.run = make_run(threads, progress);
        const Reconstructed r = [&] {
          const py::gil_scoped_release free;
          return reconstruct(eco, o);
        }();
        std::vector<index_t> from, to, words, yes;
        std::vector<double> probability;
        for (const TieProbability& d : r.dyads) {
          from.push_back(d.from);
          to.push_back(d.to);
          words.push_back(d.words);
          yes.push_back(d.yes);
          probability.push_back(d.probability);
        }
        py::list rates;
        for (const ErrorRates& e : r.rates) {
          rates.append(py::make_tuple(e.who, e.words, e.false_negative, e.false_negative_interval.low,
                                      e.false_negative_interval.high, e.false_positive, e.false_positive_interval.low,
                                      e.false_positive_interval.high));
        }
        return py::make_tuple(r.identified, r.density, pair_of(r.density_interval), rates,
                              py::make_tuple(moved(std::move(from)), moved(std::move(to)), moved(std::move(words)),
                                             moved(std::move(yes)), moved(std::move(probability))),
                              r.scale_reduction, to_dict(r.provenance));
      },
      py::arg("eco"), py::arg("items"), py::arg("wave"), py::arg("method"), py::arg("errors"),
      py::arg("false_positive"), py::arg("density_prior"), py::arg("false_positive_prior"),
      py::arg("false_negative_prior"), py::arg("draws"), py::arg("burn"), py::arg("chains"), py::arg("level"),
      py::arg("seed"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
