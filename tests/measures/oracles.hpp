// The reference results under ../shared/data/oracles, each beside the network it was computed from.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <linkpin/model/network.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/data.hpp"

namespace oracles {

struct Oracle {
  std::string name;
  linkpin::Network net;
  std::map<std::string, std::string> values;     // network.csv
  std::map<std::string, support::Row> nodes;     // nodes.csv, by column
  std::vector<linkpin::index_t> vertex_of_node;  // by row of nodes.csv

  // A figure of network.csv; an empty cell stands for undefined or for what was not measured.
  void check(const std::string& row, double value, double tolerance = 1e-9) const {
    CAPTURE(name, row, value);
    const auto found = values.find(row);
    if (found == values.end()) return;
    if (found->second.empty() && net.directed()) CHECK(std::isnan(value));
    if (found->second.empty()) return;
    CHECK(std::abs(value - std::stod(found->second)) <= tolerance);
  }

  // A column of nodes.csv; an empty cell stands for undefined.
  void check_nodes(const std::string& column, const std::vector<double>& values_by_vertex,
                   double tolerance = 1e-9) const {
    const support::Row& cells = nodes.at(column);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double value = values_by_vertex.at(static_cast<std::size_t>(vertex_of_node[i]));
      CAPTURE(name, column, nodes.at("id")[i], value, cells[i]);
      if (cells[i].empty()) {
        CHECK(std::isnan(value));
      } else {
        CHECK(std::abs(value - std::stod(cells[i])) <= tolerance);
      }
    }
  }

  // Two-mode networks: 0 for the first mode, 1 for the second.
  [[nodiscard]] std::vector<std::uint8_t> modes() const {
    std::vector<std::uint8_t> mode(vertex_of_node.size());
    for (std::size_t i = 0; i < vertex_of_node.size(); ++i) {
      mode[static_cast<std::size_t>(vertex_of_node[i])] = nodes.at("mode")[i] == "2" ? 1 : 0;
    }
    return mode;
  }
};

inline Oracle with_results(const std::string& name, linkpin::Network net) {
  Oracle oracle;
  oracle.name = name;
  oracle.net = std::move(net);
  const auto folder = support::data_folder() / "oracles" / name;
  const auto rows = support::read_csv(folder / "network.csv");
  for (std::size_t r = 1; r < rows.size(); ++r) oracle.values[rows[r].at(0)] = rows[r].at(1);
  oracle.nodes = support::read_columns(folder / "nodes.csv");
  for (const std::string& id : oracle.nodes.at("id")) oracle.vertex_of_node.push_back(oracle.net.find(id));
  return oracle;
}

// Every one-mode network. Those without a dyad census were measured as undirected ones.
inline std::vector<Oracle> all() {
  std::vector<Oracle> found;
  for (const char* name : {"adolescents", "chemnet_infrep", "chemnet_pol", "chemnet_scito", "emon_mtsi", "emon_texas",
                           "florentine_marriage", "knoke_information", "knoke_money", "krackhardt_advice",
                           "mpn_bristol", "netscience", "networkers", "swiss_climate_phase1"}) {
    const auto rows = support::read_csv(support::data_folder() / "oracles" / name / "network.csv");
    bool directed = false;
    for (const auto& row : rows) directed = directed || (row.at(0) == "dyads_mutual" && !row.at(1).empty());
    found.push_back(with_results(name, support::oracle_network(name, directed)));
  }
  return found;
}

// The two-mode networks, whose ties stand with the data they come from.
inline std::vector<Oracle> two_mode() {
  const std::map<std::string, std::string> files = {
      {"chemnet_committee", "chemnet/committee_2mode"},
      {"elite_usa_advice", "mpn_elite_usa_advice/elite_usa_advice"},
      {"scotland_interlocks", "scotland_interlocks/scotland"},
      {"southern_women", "southern_women/southern_women"},
  };
  std::vector<Oracle> found;
  for (const auto& [name, stem] : files) {
    auto names = std::make_shared<linkpin::StringTable>();
    const auto nodes = support::read_columns(support::data_folder() / "oracles" / name / "nodes.csv");
    for (const std::string& id : nodes.at("id")) names->intern(id);
    const auto ties = support::read_columns(support::data_folder() / (stem + "_edges.csv"));
    linkpin::NetworkParts p;
    p.n = names->size();
    p.directed = false;
    p.parallel = linkpin::Parallel::merge;
    for (std::size_t e = 0; e < ties.at("from").size(); ++e) {
      p.source.push_back(names->find(ties.at("from")[e]));
      p.target.push_back(names->find(ties.at("to")[e]));
    }
    p.names = names;
    found.push_back(with_results(name, linkpin::Network(std::move(p))));
  }
  return found;
}

}  // namespace oracles
