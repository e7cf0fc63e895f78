// linkpin/priorities/{agreement,consensus,delphi,gap}.hpp and Kendall's W for Python.
#include <linkpin/priorities/agreement.hpp>
#include <linkpin/priorities/consensus.hpp>
#include <linkpin/priorities/delphi.hpp>
#include <linkpin/priorities/gap.hpp>
#include <linkpin/statistics/concordance.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

py::tuple from_item(const PanelItem& i) {
  constexpr const char* verdicts[] = {"inappropriate", "uncertain", "appropriate", "not rated"};
  return py::make_tuple(i.ratings, i.median, i.low, i.high, i.allowed, i.disagreement,
                        verdicts[static_cast<std::size_t>(i.verdict)], i.changed, i.stayed, i.previous_median);
}

}  // namespace

void register_ranking(py::module_& m) {
  m.def(
      "concordance",
      [](const Array<double>& ranks, index_t items, const std::string& test, std::int64_t permutations,
         std::uint64_t seed, int threads, const py::object& progress) {
        const ConcordanceOptions options{choice<ConcordanceTest>("concordance", "test", test,
                                                                 {{"automatic", ConcordanceTest::automatic},
                                                                  {"exact", ConcordanceTest::exact},
                                                                  {"permutation", ConcordanceTest::permutation}}),
                                         permutations, seed, make_run(threads, progress)};
        const std::vector<double> values = to_vector(ranks);
        auto c = [&] {
          const py::gil_scoped_release free;
          return concordance(values, items, options);
        }();
        py::dict parts;
        parts["p"] = c.p;
        parts["p_chi_square"] = c.p_chi_square;
        parts["chi_square"] = c.chi_square;
        parts["mean_correlation"] = c.mean_correlation;
        parts["monte_carlo_error"] = c.monte_carlo_error;
        parts["exact"] = c.exact;
        return py::make_tuple(c.w, moved(std::move(c.rank_sums)), parts, to_dict(c.provenance));
      },
      py::arg("ranks"), py::arg("items"), py::arg("test"), py::arg("permutations"), py::arg("seed"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "agreement",
      [](const Array<double>& ranks, index_t items, index_t k, double persistence) {
        const Agreement a = agreement(to_vector(ranks), items, {k, persistence});
        py::list rows;
        for (const PairAgreement& p : a.pairs) {
          rows.append(py::make_tuple(p.a, p.b, p.tau, p.overlap.extrapolated, p.overlap.bounds.low,
                                     p.overlap.bounds.high, p.top.value, p.top.bounds.low, p.top.bounds.high,
                                     p.top.by_chance));
        }
        return py::make_tuple(rows, to_dict(a.provenance));
      },
      py::arg("ranks"), py::arg("items"), py::arg("k"), py::arg("persistence"));
  m.def(
      "consensus",
      [](const Array<double>& ranks, index_t items, const std::string& method, const Array<index_t>& groups,
         const py::object& progress) {
        const ConsensusOptions options{choice<ConsensusMethod>("consensus", "method", method,
                                                               {{"borda", ConsensusMethod::borda},
                                                                {"condorcet", ConsensusMethod::condorcet},
                                                                {"kemeny", ConsensusMethod::kemeny}}),
                                       to_vector(groups), make_run(1, progress)};
        const std::vector<double> values = to_vector(ranks);
        auto c = [&] {
          const py::gil_scoped_release free;
          return consensus(values, items, options);
        }();
        py::list costs;
        for (const ConsensusCost& g : c.groups) {
          costs.append(py::make_tuple(g.judges, g.preferences, g.overruled, g.share));
        }
        return py::make_tuple(moved(std::move(c.ranks)), moved(std::move(c.scores)), c.cycles, c.winner, c.overruled,
                              c.best_orders, costs, to_dict(c.provenance));
      },
      py::arg("ranks"), py::arg("items"), py::arg("method"), py::arg("groups"), py::arg("progress"));
  m.def(
      "delphi",
      [](const Array<double>& ratings, index_t items, const Array<double>& previous) {
        const Panel panel = delphi(to_vector(ratings), items, to_vector(previous));
        py::list rows;
        for (const PanelItem& i : panel.items) rows.append(from_item(i));
        return py::make_tuple(rows, to_dict(panel.provenance));
      },
      py::arg("ratings"), py::arg("items"), py::arg("previous"));
  m.def(
      "priority_gap",
      [](const Ecosystem& eco, const std::string& item, bool high_is_best, const std::string& groups) {
        auto gap = priority_gap(eco, {item, high_is_best, groups});
        return py::make_tuple(moved_frame(std::move(gap.table)), moved_frame(std::move(gap.groups)),
                              moved_frame(std::move(gap.cost)), gap.money_tau, gap.research_tau,
                              to_dict(gap.provenance));
      },
      py::arg("eco"), py::arg("item"), py::arg("high_is_best"), py::arg("groups"));
}

}  // namespace linkpin::python
