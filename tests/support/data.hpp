// Reference data that is never committed: tests skip with a clear message where it is absent.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <linkpin/model/network.hpp>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace support {

// LINKPIN_DATA, or ../shared/data beside the checkout (the build passes the source folder in LINKPIN_SOURCE_DIR).
inline std::filesystem::path data_folder() {
  if (const char* given = std::getenv("LINKPIN_DATA"); given != nullptr) return given;
#if defined(LINKPIN_SOURCE_DIR)
  return std::filesystem::path(LINKPIN_SOURCE_DIR) / ".." / "shared" / "data";
#else
  return std::filesystem::path("..") / "shared" / "data";
#endif
}

#define LINKPIN_NEED_DATA(name)                                                                  \
  if (!std::filesystem::exists(support::data_folder() / (name))) {                               \
    SKIP("reference data " << (name) << " is not here; set LINKPIN_DATA to the folder with it"); \
  }

using Row = std::vector<std::string>;

// A small CSV file: quoted cells, no line breaks inside them. The first row is the heading.
inline std::vector<Row> read_csv(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    Row row(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        row.emplace_back();
      } else {
        row.back() += c;
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// A CSV file as column -> cells by row.
inline std::map<std::string, Row> read_columns(const std::filesystem::path& path) {
  const std::vector<Row> rows = read_csv(path);
  std::map<std::string, Row> columns;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[0].size(); ++c)
      columns[rows[0][c]].push_back(c < rows[r].size() ? rows[r][c] : "");
  }
  return columns;
}

// An oracle's network as it was measured: input_nodes.csv (id, group) and input_edges.csv (from, to[, weight]).
inline linkpin::Network oracle_network(const std::string& name, bool directed) {
  const auto folder = data_folder() / "oracles" / name;
  const auto nodes = read_columns(folder / "input_nodes.csv");
  const auto edges = read_columns(folder / "input_edges.csv");
  auto names = std::make_shared<linkpin::StringTable>();
  for (const std::string& id : nodes.at("id")) names->intern(id);
  linkpin::NetworkParts p;
  p.n = names->size();
  p.directed = directed;
  for (std::size_t e = 0; e < edges.at("from").size(); ++e) {
    p.source.push_back(names->find(edges.at("from")[e]));
    p.target.push_back(names->find(edges.at("to")[e]));
    if (edges.contains("weight")) p.weight.push_back(std::stod(edges.at("weight")[e]));
  }
  p.names = names;
  if (nodes.contains("group")) {
    auto levels = std::make_shared<linkpin::StringTable>();
    linkpin::Text text;
    for (const std::string& group : nodes.at("group")) text.codes.push_back(levels->intern(group));
    text.levels = levels;
    p.vertices.set("group", linkpin::Column(std::move(text)));
  }
  return linkpin::Network(std::move(p));
}

}  // namespace support
