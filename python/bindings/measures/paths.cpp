// linkpin/measures/paths.hpp for Python.
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/sampled_betweenness.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

// Enumerations by the names that the catalogue gives them; the first is what None asks for.
template <class T>
T scale(std::string_view function, const py::object& given, std::initializer_list<std::pair<const char*, T>> words) {
  if (given.is_none()) return words.begin()->second;
  const auto name = given.cast<std::string>();
  std::string known = "None";
  for (const auto& word : words) {
    if (name == word.first) return word.second;
    known += ", " + std::string(word.first);
  }
  refuse(function, "normalized", name, "choose one of: " + known);
}

Mode to_mode(std::string_view function, const std::string& word) {
  return choice<Mode>(function, "mode", word, {{"out", Mode::out}, {"in", Mode::in}, {"all", Mode::all}});
}

std::vector<std::uint8_t> to_two_mode(const py::object& modes) {
  return modes.is_none() ? std::vector<std::uint8_t>{} : to_vector(modes.cast<Array<std::uint8_t>>());
}

// Calls a measure without the interpreter's lock.
template <class Options, class Result>
Result run(Result (*measure)(const Network&, const Options&), const Network& net, const Options& options) {
  const py::gil_scoped_release free;
  return measure(net, options);
}

template <class Result>
py::tuple by_vertex(Result result) {
  return py::make_tuple(moved(std::move(result.values)), to_dict(result.provenance));
}

}  // namespace

void register_paths(py::module_& m) {
  m.def(
      "distances",
      [](const Network& net, const py::object& sources, const std::string& mode, const py::object& lengths, int threads,
         const py::object& progress) {
        DistancesOptions options;
        if (!sources.is_none()) options.sources = to_vector(sources.cast<Array<index_t>>());
        options.mode = to_mode("distances", mode);
        options.lengths = to_lengths(lengths);
        options.run = make_run(threads, progress);
        if (!sources.is_none() && options.sources.empty()) {
          refuse("distances", "sources", "none", "name at least one vertex, or give None for all");
        }
        Distances result = run(&distances, net, options);
        return py::make_tuple(moved(std::move(result.sources)), moved(std::move(result.values)),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("mode"), py::arg("lengths"), py::arg("threads"), py::arg("progress"));
  m.def(
      "closeness",
      [](const Network& net, const std::string& mode, const py::object& lengths, const py::object& normalized,
         const py::object& two_mode, int threads, const py::object& progress) {
        ClosenessOptions options;
        options.mode = to_mode("closeness", mode);
        options.lengths = to_lengths(lengths);
        options.normalized = scale<ClosenessScale>("closeness", normalized,
                                                   {{"raw", ClosenessScale::raw},
                                                    {"freeman", ClosenessScale::freeman},
                                                    {"component", ClosenessScale::component},
                                                    {"wasserman_faust", ClosenessScale::wasserman_faust},
                                                    {"two_mode", ClosenessScale::two_mode}});
        options.two_mode = to_two_mode(two_mode);
        options.run = make_run(threads, progress);
        return by_vertex(run(&closeness, net, options));
      },
      py::arg("net"), py::arg("mode"), py::arg("lengths"), py::arg("normalized"), py::arg("two_mode"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "harmonic",
      [](const Network& net, const std::string& mode, const py::object& lengths, const py::object& normalized,
         int threads, const py::object& progress) {
        HarmonicOptions options;
        options.mode = to_mode("harmonic", mode);
        options.lengths = to_lengths(lengths);
        options.normalized = scale<HarmonicScale>("harmonic", normalized,
                                                  {{"raw", HarmonicScale::raw}, {"freeman", HarmonicScale::freeman}});
        options.run = make_run(threads, progress);
        return by_vertex(run(&harmonic, net, options));
      },
      py::arg("net"), py::arg("mode"), py::arg("lengths"), py::arg("normalized"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "betweenness",
      [](const Network& net, bool directed, const py::object& lengths, const py::object& normalized,
         const py::object& two_mode, const py::object& sources, index_t pivots, std::uint64_t seed, int threads,
         const py::object& progress) {
        BetweennessOptions options;
        options.directed = directed;
        options.lengths = to_lengths(lengths);
        options.normalized = scale<BetweennessScale>("betweenness", normalized,
                                                     {{"raw", BetweennessScale::raw},
                                                      {"freeman", BetweennessScale::freeman},
                                                      {"two_mode", BetweennessScale::two_mode},
                                                      {"two_mode_1997", BetweennessScale::two_mode_1997}});
        options.two_mode = to_two_mode(two_mode);
        if (!sources.is_none()) options.sources = to_vector(sources.cast<Array<index_t>>());
        options.pivots = pivots;
        options.seed = seed;
        options.run = make_run(threads, progress);
        Betweenness result = run(&betweenness, net, options);
        py::object error = py::none();
        if (!result.standard_error.empty()) error = moved(std::move(result.standard_error));
        return py::make_tuple(moved(std::move(result.values)), error, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("directed"), py::arg("lengths"), py::arg("normalized"), py::arg("two_mode"),
      py::arg("sources"), py::arg("pivots"), py::arg("seed"), py::arg("threads"), py::arg("progress"));
  m.def(
      "sampled_betweenness",
      [](const Network& net, double error, double level, bool directed, const py::object& lengths, std::uint64_t seed,
         int threads, const py::object& progress) {
        const SampledBetweennessOptions options{
            error, level, directed, to_lengths(lengths), seed, make_run(threads, progress)};
        SampledBetweenness result = run(&sampled_betweenness, net, options);
        return py::make_tuple(moved(std::move(result.values)), result.pairs, result.most_pairs,
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("error"), py::arg("level"), py::arg("directed"), py::arg("lengths"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "eccentricity",
      [](const Network& net, const std::string& mode, const py::object& lengths, int threads,
         const py::object& progress) {
        return by_vertex(
            run(&eccentricity, net,
                EccentricityOptions{to_mode("eccentricity", mode), to_lengths(lengths), make_run(threads, progress)}));
      },
      py::arg("net"), py::arg("mode"), py::arg("lengths"), py::arg("threads"), py::arg("progress"));
  m.def(
      "diameter",
      [](const Network& net, bool directed, const py::object& lengths, int threads, const py::object& progress) {
        const Diameter result =
            run(&diameter, net, DiameterOptions{directed, to_lengths(lengths), make_run(threads, progress)});
        return py::make_tuple(result.value, result.from, result.to, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("directed"), py::arg("lengths"), py::arg("threads"), py::arg("progress"));
  m.def(
      "mean_distance",
      [](const Network& net, bool directed, const py::object& lengths, int threads, const py::object& progress) {
        const MeanDistance result =
            run(&mean_distance, net, MeanDistanceOptions{directed, to_lengths(lengths), make_run(threads, progress)});
        return py::make_tuple(result.value, result.pairs, result.all_pairs, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("directed"), py::arg("lengths"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
