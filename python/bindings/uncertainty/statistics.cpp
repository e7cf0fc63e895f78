#include "statistics.hpp"

#include <functional>
#include <linkpin/core/error.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/holes.hpp>
#include <linkpin/measures/key_players.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/spectral.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace linkpin::python {

namespace {

using Number = double (*)(const Network&);
using Values = std::vector<double> (*)(const Network&);
using OfGroups = std::vector<double> (*)(const Network&, const Groups&);

template <CentralizationOf of>
double centralized(const Network& net) {
  return centralization(net, {.of = of}).value;
}

template <Mode mode>
std::vector<double> degrees(const Network& net) {
  return degree(net, {.mode = mode}).values;
}

// Every role of every vertex, roles within vertices.
std::vector<double> roles(const Network& net, const Groups& groups) {
  const Brokerage found = brokerage(net, groups);
  std::vector<double> values;
  for (std::size_t v = 0; v < static_cast<std::size_t>(net.n()); ++v) {
    for (const RoleScores& role : found.by_vertex) values.push_back(role.raw[v]);
  }
  return values;
}

const std::map<std::string, Number, std::less<>> numbers = {
    {"centralization", centralized<CentralizationOf::degree>},
    {"centralization_betweenness", centralized<CentralizationOf::betweenness>},
    {"centralization_closeness", centralized<CentralizationOf::closeness>},
    {"centralization_eigenvector", centralized<CentralizationOf::eigenvector>},
    {"centralization_indegree", centralized<CentralizationOf::indegree>},
    {"centralization_outdegree", centralized<CentralizationOf::outdegree>},
    {"degree_assortativity", [](const Network& net) { return degree_assortativity(net).value; }},
    {"density", [](const Network& net) { return density(net).value; }},
    {"fragmentation", [](const Network& net) { return fragmentation(net).value; }},
    {"gini", [](const Network& net) { return gini(degree(net).values); }},
    {"mean_distance", [](const Network& net) { return mean_distance(net).value; }},
    {"reciprocity", [](const Network& net) { return reciprocity(net).value; }},
    {"transitivity", [](const Network& net) { return transitivity(net).value; }},
};

const std::map<std::string, Values, std::less<>> by_vertex = {
    {"betweenness", [](const Network& net) { return betweenness(net).values; }},
    {"closeness", [](const Network& net) { return closeness(net).values; }},
    {"clustering", [](const Network& net) { return clustering(net).values; }},
    {"constraint", [](const Network& net) { return constraint(net).values; }},
    {"degree", degrees<Mode::all>},
    {"effective_size", [](const Network& net) { return effective_size(net).values; }},
    {"eigenvector", [](const Network& net) { return eigenvector(net).values; }},
    {"harmonic", [](const Network& net) { return harmonic(net).values; }},
    {"indegree", degrees<Mode::in>},
    {"outdegree", degrees<Mode::out>},
    {"pagerank", [](const Network& net) { return pagerank(net).values; }},
    {"strength", [](const Network& net) { return strength(net).values; }},
};

const std::map<std::string, OfGroups, std::less<>> of_groups = {
    {"assortativity",
     [](const Network& net, const Groups& g) { return std::vector<double>{assortativity(net, g).value}; }},
    {"brokerage", roles},
    {"ei_index", [](const Network& net, const Groups& g) { return std::vector<double>{ei_index(net, g).value}; }},
    {"modularity", [](const Network& net, const Groups& g) { return std::vector<double>{modularity(net, g).value}; }},
};

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& entry : map) names.push_back(entry.first);
  return names;
}

// Python objects may be dropped by threads that do not hold the lock.
std::shared_ptr<const py::object> held(const py::object& object) {
  return {new py::object(object), [](const py::object* p) {
            const py::gil_scoped_acquire hold;
            delete p;
          }};
}

}  // namespace

std::vector<std::vector<std::string>> statistic_names() { return {keys(numbers), keys(by_vertex), keys(of_groups)}; }

Statistic to_statistic(const py::object& statistic, const std::string& groups, const std::string& measure) {
  if (py::isinstance<py::list>(statistic)) {
    std::vector<Statistic> each;
    for (const py::handle one : statistic) {
      each.push_back(to_statistic(py::reinterpret_borrow<py::object>(one), groups, measure));
    }
    return {[each](const Network& net) {
              std::vector<double> values;
              for (const Statistic& one : each) {
                for (const double v : one(net)) values.push_back(v);
              }
              return values;
            },
            measure};
  }
  if (!py::isinstance<py::str>(statistic)) {
    auto call = [f = held(statistic)](const Network& net) {
      const py::gil_scoped_acquire hold;
      return to_vector((*f)(net).template cast<Array<double>>());
    };
    return {std::move(call), measure};
  }
  const auto name = statistic.cast<std::string>();
  if (const auto found = numbers.find(name); found != numbers.end()) return {found->second, measure};
  if (const auto found = by_vertex.find(name); found != by_vertex.end()) return {found->second, measure};
  if (const auto found = of_groups.find(name); found != of_groups.end()) {
    if (groups.empty())
      refuse("statistic", "groups", "none", name + " needs groups: name a vertex column or give labels");
    return {[f = found->second, groups](const Network& net) { return f(net, linkpin::groups(net, groups)); }, measure};
  }
  refuse("statistic", "statistic", name, "there is no such measure here; give a callable from a network to a number");
}

GroupStatistic to_group_statistic(const py::object& statistic) {
  if (!py::isinstance<py::str>(statistic)) {
    return {[f = held(statistic)](const Network& net, const Groups& groups) {
      const py::gil_scoped_acquire hold;
      py::list labels;
      for (const index_t code : groups.codes) {
        if (code == none) {
          labels.append(py::none());
        } else {
          labels.append(groups.labels[static_cast<std::size_t>(code)]);
        }
      }
      return to_vector((*f)(net, labels).template cast<Array<double>>());
    }};
  }
  const auto name = statistic.cast<std::string>();
  const auto found = of_groups.find(name);
  if (found == of_groups.end()) {
    refuse("statistic", "statistic", name, "there is no such measure of groups; give a callable (network, groups)");
  }
  return {found->second, name};
}

}  // namespace linkpin::python
