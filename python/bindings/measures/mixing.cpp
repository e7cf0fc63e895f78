// linkpin/measures/mixing.hpp for Python.
#include <linkpin/measures/mixing.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

py::tuple to_tuple(EiScores& scores) {
  return py::make_tuple(moved(std::move(scores.internal)), moved(std::move(scores.external)),
                        moved(std::move(scores.ei)));
}

}  // namespace

void register_mixing(py::module_& m) {
  m.def(
      "group_labels",
      [](const Network& net, const py::object& groups) {
        const Groups chosen = to_groups(net, groups);
        std::vector<std::optional<std::string>> labels;
        labels.reserve(chosen.codes.size());
        for (const index_t code : chosen.codes) {
          if (code == none) {
            labels.emplace_back();
          } else {
            labels.emplace_back(chosen.labels[static_cast<std::size_t>(code)]);
          }
        }
        return labels;
      },
      py::arg("net"), py::arg("groups"));
  m.def(
      "ei_index",
      [](const Network& net, const py::object& groups, const py::object& weights) {
        const Groups chosen = to_groups(net, groups);
        const EiOptions options{to_tie_values(weights)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return ei_index(net, chosen, options);
        }();
        return py::make_tuple(result.value, result.internal, result.external, result.groups,
                              moved(std::move(result.sizes)), to_tuple(result.by_group), to_tuple(result.by_vertex),
                              moved(std::move(result.blau)), to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("weights"));
  m.def(
      "mixing_matrix",
      [](const Network& net, const py::object& groups, const py::object& weights) {
        const Groups chosen = to_groups(net, groups);
        const MixingOptions options{to_tie_values(weights)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return mixing_matrix(net, chosen, options);
        }();
        return py::make_tuple(result.groups, moved(std::move(result.ties)), moved(std::move(result.dyads)),
                              moved(std::move(result.rate)), moved(std::move(result.weight)),
                              to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("weights"));
  m.def(
      "assortativity",
      [](const Network& net, const py::object& groups, const py::object& weights) {
        const Groups chosen = to_groups(net, groups);
        const AssortativityOptions options{to_tie_values(weights)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return assortativity(net, chosen, options);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("weights"));
  m.def(
      "degree_assortativity",
      [](const Network& net) {
        const auto result = [&] {
          const py::gil_scoped_release free;
          return degree_assortativity(net);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"));
  m.def(
      "modularity",
      [](const Network& net, const py::object& groups, const py::object& weights, double resolution, bool directed) {
        const Groups chosen = to_groups(net, groups);
        const ModularityOptions options{to_tie_values(weights), resolution, directed};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return modularity(net, chosen, options);
        }();
        return py::make_tuple(result.value, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("weights"), py::arg("resolution"), py::arg("directed"));
  m.def(
      "blau",
      [](const Network& net, const py::object& groups, const py::object& weights) {
        const Groups chosen = to_groups(net, groups);
        const BlauOptions options{to_tie_values(weights)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return blau(net, chosen, options);
        }();
        return py::make_tuple(moved(std::move(result.values)), result.whole, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("groups"), py::arg("weights"));
}

}  // namespace linkpin::python
