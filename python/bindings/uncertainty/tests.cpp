// linkpin/uncertainty/permutation.hpp and cug.hpp for Python.
#include <linkpin/uncertainty/cug.hpp>
#include <linkpin/uncertainty/permutation.hpp>

#include "../choice.hpp"
#include "../common.hpp"
#include "statistics.hpp"

namespace linkpin::python {

namespace {

py::tuple to_tuple(NullTest& t) {
  py::dict columns;
  columns["observed"] = moved(std::move(t.observed));
  columns["mean"] = moved(std::move(t.mean));
  columns["sd"] = moved(std::move(t.sd));
  columns["p"] = moved(std::move(t.p));
  columns["p_greater"] = moved(std::move(t.p_greater));
  columns["p_less"] = moved(std::move(t.p_less));
  columns["p_error"] = moved(std::move(t.p_error));
  columns["attainable"] = moved(std::move(t.attainable));
  return py::make_tuple(columns, to_dict(t.provenance));
}

Condition to_condition(const std::string& word) {
  return choice<Condition>("cug_test", "condition", word,
                           {{"size", Condition::size},
                            {"ties", Condition::ties},
                            {"dyads", Condition::dyads},
                            {"degrees", Condition::degrees}});
}

Adjustment to_adjustment(const char* function, const std::string& word) {
  return choice<Adjustment>(function, "adjust", word,
                            {{"none", Adjustment::unadjusted},
                             {"holm", Adjustment::holm},
                             {"benjamini-hochberg", Adjustment::benjamini_hochberg}});
}

void register_comparison(py::module_& m) {
  m.def(
      "compare_groups",
      [](const Network& net, const Array<double>& values, const py::object& groups, int permutations,
         std::uint64_t seed, const std::string& adjust, int threads, const py::object& progress) {
        const Groups chosen = to_groups(net, groups);
        const std::vector<double> scores = to_vector(values);
        const CompareOptions options{permutations, seed, to_adjustment("compare_groups", adjust),
                                     make_run(threads, progress)};
        const GroupDifferences r = [&] {
          const py::gil_scoped_release free;
          return compare_groups(scores, chosen, options);
        }();
        std::vector<std::string> a;
        std::vector<std::string> b;
        std::vector<std::vector<double>> columns(9);
        for (const GroupDifference& d : r.pairs) {
          a.push_back(d.a);
          b.push_back(d.b);
          const double row[] = {static_cast<double>(d.size_a),
                                static_cast<double>(d.size_b),
                                d.mean_a,
                                d.mean_b,
                                d.difference,
                                d.delta,
                                d.p,
                                d.p_adjusted,
                                d.p_error};
          for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(row[c]);
        }
        py::list arrays;
        for (auto& column : columns) arrays.append(moved(std::move(column)));
        return py::make_tuple(r.eta_squared, r.p, r.p_error, a, b, arrays, to_dict(r.provenance));
      },
      py::arg("net"), py::arg("values"), py::arg("groups"), py::arg("permutations"), py::arg("seed"), py::arg("adjust"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "adjusted_p",
      [](const Array<double>& p, const std::string& adjust) {
        return moved(adjusted_p(to_vector(p), to_adjustment("brokerage_test", adjust)));
      },
      py::arg("p"), py::arg("adjust"));
}

}  // namespace

void register_tests(py::module_& m) {
  m.def("statistic_names", &statistic_names);
  m.def(
      "permutation_test",
      [](const Network& net, const py::object& statistic, const py::object& groups, int permutations,
         std::uint64_t seed, int threads, const py::object& progress) {
        const Groups chosen = to_groups(net, groups);
        const GroupStatistic score = to_group_statistic(statistic);
        const PermutationOptions options{permutations, seed, make_run(threads_for(statistic, threads), progress)};
        NullTest test = [&] {
          const py::gil_scoped_release free;
          return permutation_test(net, score, chosen, options);
        }();
        return to_tuple(test);
      },
      py::arg("net"), py::arg("statistic"), py::arg("groups"), py::arg("permutations"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
  m.def(
      "cug_test",
      [](const Network& net, const py::object& statistic, const std::string& groups, const std::string& condition,
         int replicates, std::uint64_t seed, int swaps, int threads, const py::object& progress) {
        const Statistic score = to_statistic(statistic, groups, "");
        const CugOptions options{to_condition(condition), replicates, seed, swaps,
                                 make_run(threads_for(statistic, threads), progress)};
        NullTest test = [&] {
          const py::gil_scoped_release free;
          return cug_test(net, score, options);
        }();
        return to_tuple(test);
      },
      py::arg("net"), py::arg("statistic"), py::arg("groups"), py::arg("condition"), py::arg("replicates"),
      py::arg("seed"), py::arg("swaps"), py::arg("threads"), py::arg("progress"));
  m.def(
      "random_network",
      [](const Network& net, const std::string& condition, std::uint64_t seed, int swaps, std::uint64_t replicate) {
        const CugOptions options{to_condition(condition), 1, seed, swaps, {}};
        const py::gil_scoped_release free;
        return random_network(net, options, replicate);
      },
      py::arg("net"), py::arg("condition"), py::arg("seed"), py::arg("swaps"), py::arg("replicate"));
  // The network with one more vertex column, by which its copies know the groups.
  m.def(
      "with_groups",
      [](const Network& net, const py::object& groups, const std::string& column) {
        const Groups chosen = to_groups(net, groups);
        std::vector<std::optional<std::string>> labels;
        for (const index_t code : chosen.codes) {
          labels.push_back(code == none ? std::nullopt : std::optional(chosen.labels[static_cast<std::size_t>(code)]));
        }
        NetworkParts p = net.parts();
        p.vertices.set(column, text_column(labels));
        return Network(std::move(p));
      },
      py::arg("net"), py::arg("groups"), py::arg("column"));
  register_comparison(m);
}

}  // namespace linkpin::python
