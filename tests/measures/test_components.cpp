// Components, cut vertices, bridges, biconnected components and cores.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/structure.hpp>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "measures/oracles.hpp"
#include "support/data.hpp"
#include "support/graphs.hpp"

using namespace linkpin;

namespace {

using Dyads = std::vector<std::pair<index_t, index_t>>;
using Sets = std::set<std::set<index_t>>;

// The ties that the undirected reading has: each of an undirected network, each dyad of a directed one; no loops.
Dyads dyads_of(const Network& net) {
  Dyads all;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[static_cast<std::size_t>(e)];
    const index_t v = net.targets()[static_cast<std::size_t>(e)];
    if (u != v) all.emplace_back(std::min(u, v), std::max(u, v));
  }
  std::sort(all.begin(), all.end());
  if (net.directed()) all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Labels spread along the ties until nothing changes; `without` and its ties are not there.
std::vector<index_t> spread(index_t n, const Dyads& ties, index_t without = none) {
  std::vector<index_t> label(static_cast<std::size_t>(n));
  for (index_t v = 0; v < n; ++v) label[static_cast<std::size_t>(v)] = v;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [u, v] : ties) {
      if (u == without || v == without) continue;
      index_t& a = label[static_cast<std::size_t>(u)];
      index_t& b = label[static_cast<std::size_t>(v)];
      if (a == b) continue;
      a = b = std::min(a, b);
      changed = true;
    }
  }
  return label;
}

std::size_t parts(index_t n, const Dyads& ties, index_t without = none) {
  std::vector<index_t> label = spread(n, ties, without);
  if (without != none) label.erase(label.begin() + without);
  return std::set<index_t>(label.begin(), label.end()).size();
}

// Two ties are of one biconnected component where no single vertex parts what is left of them.
Sets slow_blocks(index_t n, const Dyads& ties) {
  const std::size_t m = ties.size();
  std::vector<std::vector<index_t>> label;
  for (index_t x = 0; x < n; ++x) label.push_back(spread(n, ties, x));
  auto together = [&](const std::pair<index_t, index_t>& e, const std::pair<index_t, index_t>& f) {
    for (index_t x = 0; x < n; ++x) {
      const index_t a = e.first == x ? e.second : e.first;
      const index_t b = f.first == x ? f.second : f.first;
      const auto& l = label[static_cast<std::size_t>(x)];
      if (l[static_cast<std::size_t>(a)] != l[static_cast<std::size_t>(b)]) return false;
    }
    return true;
  };
  Sets blocks;
  for (std::size_t i = 0; i < m; ++i) {
    std::set<index_t> block;
    for (std::size_t j = 0; j < m; ++j) {
      if (together(ties[i], ties[j])) block.insert({ties[j].first, ties[j].second});
    }
    blocks.insert(block);
  }
  return blocks;
}

// Others of v's component outside the largest piece once v and its ties are gone.
index_t slow_cut_off(index_t n, const Dyads& ties, const std::vector<index_t>& label, index_t v) {
  Dyads rest;
  for (const auto& tie : ties) {
    if (tie.first != v && tie.second != v) rest.push_back(tie);
  }
  const std::vector<index_t> after = spread(n, rest);
  std::map<index_t, index_t> pieces;
  index_t others = 0;
  index_t largest = 0;
  for (index_t u = 0; u < n; ++u) {
    if (u == v || label[static_cast<std::size_t>(u)] != label[static_cast<std::size_t>(v)]) continue;
    ++others;
    largest = std::max(largest, ++pieces[after[static_cast<std::size_t>(u)]]);
  }
  return others - largest;
}

std::vector<double> slow_coreness(const Network& net, Mode mode) {
  const auto n = static_cast<std::size_t>(net.n());
  std::vector<double> core(n, 0.0);
  for (index_t k = 1;; ++k) {
    std::vector<std::uint8_t> in(n, 1);
    for (bool changed = true; changed;) {
      changed = false;
      std::vector<index_t> degree(n, 0);
      for (std::size_t e = 0; e < net.sources().size(); ++e) {
        const auto u = static_cast<std::size_t>(net.sources()[e]);
        const auto v = static_cast<std::size_t>(net.targets()[e]);
        if (u == v || in[u] == 0 || in[v] == 0) continue;
        if (!net.directed() || mode != Mode::in) ++degree[u];
        if (!net.directed() || mode != Mode::out) ++degree[v];
      }
      for (std::size_t v = 0; v < n; ++v) {
        if (in[v] == 0 || degree[v] >= k) continue;
        in[v] = 0;
        changed = true;
      }
    }
    if (std::count(in.begin(), in.end(), 1) == 0) return core;
    for (std::size_t v = 0; v < n; ++v) core[v] = in[v] != 0 ? k : core[v];
  }
}

std::vector<std::vector<bool>> reachable(const Network& net) {
  const auto n = static_cast<std::size_t>(net.n());
  std::vector<std::vector<bool>> r(n, std::vector<bool>(n, false));
  for (std::size_t v = 0; v < n; ++v) r[v][v] = true;
  for (std::size_t e = 0; e < net.sources().size(); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[e]);
    const auto v = static_cast<std::size_t>(net.targets()[e]);
    r[u][v] = true;
    if (!net.directed()) r[v][u] = true;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t u = 0; u < n; ++u) {
      for (std::size_t v = 0; v < n; ++v) r[u][v] = r[u][v] || (r[u][k] && r[k][v]);
    }
  }
  return r;
}

Dyads pairs(const Bridges& b) {
  Dyads out;
  for (std::size_t i = 0; i < b.source.size(); ++i) out.emplace_back(b.source[i], b.target[i]);
  return out;
}

// A Pajek file: "*vertices n", then "*arcslist" with a tail and its heads a line.
Network pajek_arcs(const std::filesystem::path& path) {
  NetworkParts p;
  bool arcs = false;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    if (!(words >> first)) continue;
    if (first[0] == '*') {
      arcs = std::tolower(first[1]) == 'a';
      if (!arcs) words >> p.n;
    } else if (arcs) {
      for (index_t head = 0; words >> head;) {
        p.source.push_back(static_cast<index_t>(std::stoi(first)) - 1);
        p.target.push_back(head - 1);
      }
    }
  }
  return Network(std::move(p));
}

Sets sets(const BiconnectedComponents& b) {
  Sets out;
  for (const auto& set : b.sets) out.insert({set.begin(), set.end()});
  return out;
}

}  // namespace

TEST_CASE("components: two triangles joined by a tie, by hand", "[components]") {
  // 0-1-2 and 3-4-5 are triangles, 2-3 joins them, 6 stands alone.
  const Network net = support::network(7, {0, 0, 1, 2, 3, 3, 4}, {1, 2, 2, 3, 4, 5, 5}, false);
  const Components c = components(net);
  CHECK(c.membership == std::vector<index_t>{0, 0, 0, 0, 0, 0, 1});
  CHECK(c.sizes == std::vector<index_t>{6, 1});
  CHECK(articulation_points(net).values == std::vector<std::uint8_t>{0, 0, 1, 1, 0, 0, 0});
  CHECK(pairs(bridges(net)) == Dyads{{2, 3}});
  CHECK(biconnected_components(net).sets == std::vector<std::vector<index_t>>{{0, 1, 2}, {2, 3}, {3, 4, 5}});
  CHECK(coreness(net).values == std::vector<double>{2, 2, 2, 2, 2, 2, 0});
}

TEST_CASE("components: a doubled tie is no bridge, two directions are one dyad", "[components]") {
  CHECK(pairs(bridges(support::network(2, {0, 0}, {1, 1}, false))).empty());
  CHECK(pairs(bridges(support::network(2, {0, 1}, {1, 0}, true))) == Dyads{{0, 1}});
  CHECK(pairs(bridges(support::network(2, {0, 0}, {0, 1}, false))) == Dyads{{0, 1}});
}

TEST_CASE("components: the empty network", "[components]") {
  const Network net;
  CHECK(components(net).count() == 0);
  CHECK(components(net, {.mode = Connection::strong}).count() == 0);
  CHECK(articulation_points(net).values.empty());
  CHECK(bridges(net).source.empty());
  CHECK(biconnected_components(net).sets.empty());
  CHECK(coreness(net).values.empty());
}

TEST_CASE("components: a path of a million vertices does not exhaust the stack", "[components]") {
  const index_t n = 1'000'000;
  NetworkParts p;
  p.n = n;
  for (index_t v = 0; v + 1 < n; ++v) {
    p.source.push_back(v);
    p.target.push_back(v + 1);
  }
  const Network net(std::move(p));
  CHECK(bridges(net).source.size() == static_cast<std::size_t>(n - 1));
  CHECK(components(net, {.mode = Connection::strong}).count() == n);
  CHECK(components(net).count() == 1);
  const std::vector<double> core = coreness(net, {.mode = Mode::all}).values;
  CHECK(*std::max_element(core.begin(), core.end()) == 1);
}

TEST_CASE("components: kernels agree with their slow twins on 1,000 random networks", "[components]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    const index_t n = net.n();
    const Dyads ties = dyads_of(net);

    const Components weak = components(net);
    const std::vector<index_t> label = spread(n, ties);
    const Components strong = components(net, {.mode = Connection::strong});
    const auto reach = reachable(net);
    for (std::size_t u = 0; u < label.size(); ++u) {
      for (std::size_t v = 0; v < label.size(); ++v) {
        REQUIRE((weak.membership[u] == weak.membership[v]) == (label[u] == label[v]));
        REQUIRE((strong.membership[u] == strong.membership[v]) == (reach[u][v] && reach[v][u]));
      }
      REQUIRE(weak.sizes[static_cast<std::size_t>(weak.membership[u])] ==
              std::count(weak.membership.begin(), weak.membership.end(), weak.membership[u]));
    }
    REQUIRE(static_cast<std::size_t>(weak.count()) == parts(n, ties));

    const std::vector<std::uint8_t> cut = articulation_points(net).values;
    const std::vector<index_t> cut_off = articulation_points(net).cut_off;
    for (index_t v = 0; v < n; ++v) {
      const bool alone =
          std::none_of(ties.begin(), ties.end(), [v](const auto& t) { return t.first == v || t.second == v; });
      const bool splits = !alone && parts(n, ties, v) > parts(n, ties);
      REQUIRE((cut[static_cast<std::size_t>(v)] != 0) == splits);
      REQUIRE(cut_off[static_cast<std::size_t>(v)] == slow_cut_off(n, ties, label, v));
    }

    Dyads slow_bridges;
    for (std::size_t e = 0; e < ties.size(); ++e) {
      Dyads rest = ties;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(e));
      if (parts(n, rest) > parts(n, ties)) slow_bridges.push_back(ties[e]);
    }
    REQUIRE(pairs(bridges(net)) == slow_bridges);
    REQUIRE(sets(biconnected_components(net)) == slow_blocks(n, ties));
    for (const Mode mode : {Mode::out, Mode::in, Mode::all}) {
      REQUIRE(coreness(net, {.mode = mode}).values == slow_coreness(net, mode));
    }
  }
}

TEST_CASE("components: relabelling the vertices changes nothing", "[components]") {
  for (std::uint64_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 40);
    const std::vector<index_t> order = support::random_order(net.n(), number);
    const Network other = subnetwork(net, order);
    const auto cut = articulation_points(net).values;
    const auto cut_other = articulation_points(other).values;
    const auto core = coreness(net, {.mode = Mode::out}).values;
    const auto core_other = coreness(other, {.mode = Mode::out}).values;
    for (std::size_t i = 0; i < order.size(); ++i) {
      REQUIRE(cut_other[i] == cut[static_cast<std::size_t>(order[i])]);
      REQUIRE(core_other[i] == core[static_cast<std::size_t>(order[i])]);
    }
    Sets there;
    for (const auto& set : biconnected_components(other).sets) {
      std::set<index_t> old;
      for (const index_t v : set) old.insert(order[static_cast<std::size_t>(v)]);
      there.insert(old);
    }
    REQUIRE(there == sets(biconnected_components(net)));
    REQUIRE(bridges(net).source.size() == bridges(other).source.size());
    for (const Connection mode : {Connection::weak, Connection::strong}) {
      std::vector<index_t> a = components(net, {.mode = mode}).sizes;
      std::vector<index_t> b = components(other, {.mode = mode}).sizes;
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      REQUIRE(a == b);
    }
  }
}

TEST_CASE("components: oracles", "[components][data]") {
  LINKPIN_NEED_DATA("oracles");
  // R igraph 1.3.5 and networkx 2.8.8; see SOURCE.md beside the files.
  for (const auto& oracle : oracles::all()) {
    CAPTURE(oracle.name);
    const Network& net = oracle.net;
    const Components weak = components(net);
    const Components strong = components(net, {.mode = Connection::strong});
    oracle.check("components_weak", weak.count());
    oracle.check("components_strong", strong.count());
    oracle.check("largest_weak", *std::max_element(weak.sizes.begin(), weak.sizes.end()));
    oracle.check("largest_strong", *std::max_element(strong.sizes.begin(), strong.sizes.end()));
    // Two vertices share a component here exactly where they do there.
    std::set<std::pair<std::string, index_t>> matched;
    for (std::size_t i = 0; i < oracle.vertex_of_node.size(); ++i) {
      matched.emplace(oracle.nodes.at("component_weak")[i],
                      weak.membership[static_cast<std::size_t>(oracle.vertex_of_node[i])]);
    }
    CHECK(matched.size() == static_cast<std::size_t>(weak.count()));
    std::vector<double> size_of_own;
    for (const index_t c : strong.membership) size_of_own.push_back(strong.sizes[static_cast<std::size_t>(c)]);
    oracle.check_nodes("component_strong_size", size_of_own);

    const auto cut = articulation_points(net).values;
    oracle.check_nodes("articulation", {cut.begin(), cut.end()});
    oracle.check("articulation_points", static_cast<double>(std::count(cut.begin(), cut.end(), 1)));
    const std::vector<double> core = coreness(undirected(net)).values;
    oracle.check_nodes("coreness_undirected", core);
    oracle.check("max_coreness", *std::max_element(core.begin(), core.end()));

    const auto folder = support::data_folder() / "oracles" / oracle.name;
    const auto listed = support::read_csv(folder / "bridges.csv");
    Dyads wanted;
    for (std::size_t r = 1; r < listed.size(); ++r) {
      const index_t u = net.find(listed[r].at(0));
      const index_t v = net.find(listed[r].at(1));
      wanted.emplace_back(std::min(u, v), std::max(u, v));
    }
    std::sort(wanted.begin(), wanted.end());
    CHECK(pairs(bridges(net)) == wanted);
    oracle.check("bridges", static_cast<double>(wanted.size()));

    const auto members = support::read_csv(folder / "biconnected_components.csv");
    std::map<std::string, std::set<index_t>> blocks;
    for (std::size_t r = 1; r < members.size(); ++r) blocks[members[r].at(0)].insert(net.find(members[r].at(1)));
    Sets wanted_blocks;
    for (const auto& block : blocks) wanted_blocks.insert(block.second);
    CHECK(sets(biconnected_components(net)) == wanted_blocks);
    oracle.check("biconnected_components", static_cast<double>(biconnected_components(net).sets.size()));
  }
}

TEST_CASE("components: oracles of two-mode networks", "[components][data]") {
  LINKPIN_NEED_DATA("oracles");
  for (const auto& oracle : oracles::two_mode()) {
    CAPTURE(oracle.name);
    const Components c = components(oracle.net);
    oracle.check("components", c.count());
    oracle.check("largest_component", *std::max_element(c.sizes.begin(), c.sizes.end()));
    const auto cut = articulation_points(oracle.net).values;
    oracle.check("articulation_points", static_cast<double>(std::count(cut.begin(), cut.end(), 1)));
    oracle.check_nodes("articulation", {cut.begin(), cut.end()});
    oracle.check("biconnected_components", static_cast<double>(biconnected_components(oracle.net).sets.size()));
    oracle.check("bridges", static_cast<double>(bridges(oracle.net).source.size()));
    oracle.check_nodes("coreness", coreness(oracle.net).values);
  }
}

TEST_CASE("components: published values", "[components][data]") {
  LINKPIN_NEED_DATA("oracles/adolescents");
  // netrics test suite (10d90ba), rows coreness of published_values.csv.
  const Network net = support::oracle_network("adolescents", false);
  const std::vector<double> core = coreness(net).values;
  CHECK(core.at(static_cast<std::size_t>(net.find("Betty"))) == 1);
  CHECK(core.at(static_cast<std::size_t>(net.find("Sue"))) == 2);
  CHECK(core.at(static_cast<std::size_t>(net.find("Alice"))) == 2);
}

TEST_CASE("components: published counts of citation networks", "[components][data]") {
  LINKPIN_NEED_DATA("cite_smallworld");
  LINKPIN_NEED_DATA("cite_smagri");
  // Batagelj 2003, the table in bavla/Nets 7ec138b cite.md, as published_values.csv has it.
  struct Published {
    const char* file;
    index_t vertices, arcs, loops, isolated, largest, pairs;
  };
  for (const Published& p : {Published{"cite_smallworld/SmallW.net", 396, 1988, 0, 163, 233, 0},
                             Published{"cite_smagri/SmaGri.net", 1059, 4922, 1, 35, 1024, 2}}) {
    CAPTURE(p.file);
    const Network net = pajek_arcs(support::data_folder() / p.file);
    CHECK(net.n() == p.vertices);
    CHECK(net.m() == p.arcs);
    CHECK(net.loops() == p.loops);
    std::map<index_t, index_t> weak;
    std::map<index_t, index_t> strong;
    for (const index_t size : components(net).sizes) ++weak[size];
    for (const index_t size : components(net, {.mode = Connection::strong}).sizes) ++strong[size];
    CHECK(weak[1] == p.isolated);
    CHECK(weak.rbegin()->first == p.largest);
    CHECK(weak.size() == 2);  // one component of more than one vertex
    CHECK(weak.rbegin()->second == 1);
    CHECK(strong[2] == p.pairs);
    CHECK(strong[3] == 0);
    CHECK(strong[4] == 0);
  }
}
