// linkpin/measures/brokerage.hpp for Python.
#include <array>
#include <linkpin/measures/brokerage.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

// {"raw": {"w_I": values, ...}, ...}: a table a part, a column a role.
py::dict to_tables(std::array<RoleScores, 6>& roles, bool expected, bool tested) {
  py::dict tables;
  auto put = [&](const char* part, std::vector<double> RoleScores::*values) {
    py::dict table;
    for (std::size_t r = 0; r < roles.size(); ++r) {
      table[py::str(std::string(brokerage_roles[r]))] = moved(std::move(roles[r].*values));
    }
    tables[part] = table;
  };
  put("raw", &RoleScores::raw);
  if (expected) {
    put("expected", &RoleScores::expected);
    put("sd", &RoleScores::sd);
    put("z", &RoleScores::z);
  }
  if (tested) {
    put("p", &RoleScores::p);
    put("p_greater", &RoleScores::p_greater);
    put("p_less", &RoleScores::p_less);
    put("p_error", &RoleScores::p_error);
  }
  return tables;
}

}  // namespace

void register_brokerage(py::module_& m) {
  m.def(
      "brokerage",
      [](const Network& net, const py::object& groups, int permutations, std::uint64_t seed, int threads,
         const py::object& progress) {
        const Groups chosen = to_groups(net, groups);
        const BrokerageOptions options{permutations, seed, make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return brokerage(net, chosen, options);
        }();
        return py::make_tuple(to_tables(result.by_vertex, true, permutations > 0),
                              to_tables(result.whole, true, permutations > 0), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("permutations"), py::arg("seed"), py::arg("threads"),
      py::arg("progress"));
  m.def(
      "brokerage_two_mode",
      [](const Network& net, const py::object& groups, const Array<std::uint8_t>& brokers, int permutations,
         std::uint64_t seed, int threads, const py::object& progress) {
        const Groups chosen = to_groups(net, groups);
        const std::vector<std::uint8_t> kept = to_vector(brokers);
        const BrokerageOptions options{permutations, seed, make_run(threads, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return brokerage_two_mode(net, chosen, kept, options);
        }();
        return py::make_tuple(moved(std::move(result.actors)), to_tables(result.by_actor, false, permutations > 0),
                              to_tables(result.whole, false, permutations > 0), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("brokers"), py::arg("permutations"), py::arg("seed"),
      py::arg("threads"), py::arg("progress"));
}

}  // namespace linkpin::python
