// linkpin/dynamics/diffusion.hpp and linkpin/dynamics/seeds.hpp for Python.
#include <linkpin/dynamics/diffusion.hpp>
#include <linkpin/dynamics/seeds.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

DiffusionModel to_model(const char* function, const std::string& word) {
  return choice<DiffusionModel>(
      function, "model", word, {{"ic", DiffusionModel::independent_cascade}, {"lt", DiffusionModel::linear_threshold}});
}

Flow to_flow(const char* function, const std::string& word) {
  return choice<Flow>(function, "flow", word, {{"forward", Flow::forward}, {"backward", Flow::backward}});
}

// A number stands for every tie.
TieValues to_chances(const Network& net, const py::object& p) {
  if (py::isinstance<py::float_>(p) || py::isinstance<py::int_>(p)) {
    return TieValues(std::vector<double>(static_cast<std::size_t>(net.m()), p.cast<double>()));
  }
  return to_tie_values(p);
}

const char* word_of(FloorVerdict verdict) {
  switch (verdict) {
    case FloorVerdict::met:
      return "met";
    case FloorVerdict::infeasible:
      return "infeasible";
    case FloorVerdict::short_of:
      return "short";
    case FloorVerdict::not_asked:
      break;
  }
  return "not asked";
}

const char* word_of(SeedFactor factor) {
  switch (factor) {
    case SeedFactor::k_seeds:
      return "k seeds";
    case SeedFactor::budgeted:
      return "budgeted";
    case SeedFactor::nothing:
      break;
  }
  return "nothing";
}

py::tuple to_tuple(const Interval& i) { return py::make_tuple(i.low, i.high); }

py::dict choice_dict(const SeedChoice& c) {
  py::dict d;
  d["seeds"] = c.seeds;
  d["gains"] = c.gains;
  d["cost"] = c.cost;
  d["value"] = c.value;
  d["interval"] = to_tuple(c.interval);
  d["exact"] = c.exact;
  d["proven"] = word_of(c.proven);
  d["factor"] = c.factor;
  d["attained"] = c.attained;
  d["delta"] = c.delta;
  d["sets"] = c.sets;
  d["floors"] = word_of(c.floors);
  d["without_floors"] = c.without_floors;
  py::list rows;
  for (const GroupReach& g : c.groups) {
    rows.append(py::make_tuple(g.group, g.size, g.reached, g.interval.low, g.interval.high, g.without_floors, g.floor,
                               g.shortfall, g.most, word_of(g.verdict)));
  }
  d["groups"] = rows;
  d["provenance"] = to_dict(c.provenance);
  return d;
}

}  // namespace

void register_diffusion(py::module_& m) {
  m.def(
      "spread",
      [](const Network& net, const std::vector<index_t>& seeds, const std::string& model, const py::object& p,
         const std::string& flow, const std::string& method, std::int64_t replicates, double level, std::uint64_t seed,
         int threads, const py::object& progress) {
        const SpreadOptions options{to_model("spread", model),
                                    to_chances(net, p),
                                    to_flow("spread", flow),
                                    choice<SpreadMethod>("spread", "method", method,
                                                         {{"auto", SpreadMethod::automatic},
                                                          {"exact", SpreadMethod::exact},
                                                          {"sampled", SpreadMethod::sampled}}),
                                    replicates,
                                    level,
                                    seed,
                                    make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return spread(net, seeds, options);
        }();
        return py::make_tuple(result.value, to_tuple(result.interval), result.standard_error,
                              moved(std::move(result.reached)), result.exact, result.replicates,
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("seeds"), py::arg("model"), py::arg("p"), py::arg("flow"), py::arg("method"),
      py::arg("replicates"), py::arg("level"), py::arg("seed"), py::arg("threads"), py::arg("progress"));
  m.def(
      "choose_seeds",
      [](const Network& net, index_t k, const std::string& model, const py::object& p, const std::string& flow,
         const std::string& method, double epsilon, double delta, const std::vector<double>& costs,
         std::optional<double> budget, const py::object& groups, const std::vector<std::pair<index_t, double>>& floors,
         double level, std::uint64_t seed, int threads, const py::object& progress) {
        SeedOptions options{
            to_model("choose_seeds", model),
            to_chances(net, p),
            to_flow("choose_seeds", flow),
            choice<SeedMethod>(
                "choose_seeds", "method", method,
                {{"auto", SeedMethod::automatic}, {"exact", SeedMethod::exact}, {"sampled", SeedMethod::sampled}}),
            epsilon,
            delta,
            costs,
            budget,
            groups.is_none() ? Groups{} : to_groups(net, groups),
            {},
            level,
            seed,
            make_run(threads, progress)};
        for (const auto& [group, share] : floors) options.floors.push_back(Floor{group, share});
        const auto result = [&] {
          const py::gil_scoped_release free;
          return choose_seeds(net, k, options);
        }();
        return choice_dict(result);
      },
      py::arg("net"), py::arg("k"), py::arg("model"), py::arg("p"), py::arg("flow"), py::arg("method"),
      py::arg("epsilon"), py::arg("delta"), py::arg("costs"), py::arg("budget"), py::arg("groups"), py::arg("floors"),
      py::arg("level"), py::arg("seed"), py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
