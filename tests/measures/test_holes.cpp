// Structural holes against oracles, published values, and twins written straight from the definitions.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/measures/holes.hpp>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using linkpin::HoleScores;
using linkpin::HolesOptions;
using linkpin::index_t;
using linkpin::Network;
using Matrix = std::vector<std::vector<double>>;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

bool same(double a, double b, double tolerance = 1e-9) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

void check_values(const HoleScores& got, const std::vector<double>& want, double tolerance = 1e-9) {
  REQUIRE(got.values.size() == want.size());
  for (std::size_t v = 0; v < want.size(); ++v) {
    INFO("vertex " << v << ": " << got.values[v] << " for " << want[v]);
    REQUIRE(same(got.values[v], want[v], tolerance));
  }
}

// a_ij + a_ji with parallel ties added; an undirected tie stands in both cells. No loops.
Matrix dyads(const Network& net, bool weighted) {
  Matrix a(at(net.n()), std::vector<double>(at(net.n()), 0.0));
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if (u == v) continue;
    a[at(u)][at(v)] += weighted ? net.weight(e) : 1.0;
    a[at(v)][at(u)] += weighted ? net.weight(e) : 1.0;
  }
  return a;
}

struct Twin {
  std::vector<double> constraint, effective_size, efficiency, hierarchy;
};

// Burt 1992: p_ij shares of i's strength, m_jq shares of j's strongest tie; loops over all i, j, q.
Twin twin(const Network& net, bool weighted) {
  const Matrix a = dyads(net, weighted);
  const std::size_t n = a.size();
  const double none = std::nan("");
  Twin t{std::vector<double>(n, none), std::vector<double>(n, none), std::vector<double>(n, none),
         std::vector<double>(n, none)};
  std::vector<double> strength(n, 0.0);
  std::vector<double> strongest(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      strength[i] += a[i][j];
      strongest[i] = std::max(strongest[i], a[i][j]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (strength[i] == 0) continue;
    double constraint = 0;
    double size = 0;
    int contacts = 0;
    std::vector<double> shares;
    for (std::size_t j = 0; j < n; ++j) {
      if (a[i][j] == 0) continue;
      ++contacts;
      double indirect = 0;
      double redundant = 0;
      for (std::size_t q = 0; q < n; ++q) {
        if (q == i || q == j || a[i][q] == 0) continue;
        indirect += a[i][q] / strength[i] * a[q][j] / strength[q];
        redundant += a[i][q] / strength[i] * a[j][q] / strongest[j];
      }
      const double share = std::pow(a[i][j] / strength[i] + indirect, 2);
      shares.push_back(share);
      constraint += share;
      size += 1 - redundant;
    }
    t.constraint[i] = constraint;
    t.effective_size[i] = size;
    t.efficiency[i] = size / contacts;
    if (contacts < 2) continue;
    double disorder = 0;
    for (const double c : shares) {
      const double r = c / (constraint / contacts);
      disorder += r * std::log(r);
    }
    t.hierarchy[i] = disorder / (contacts * std::log(contacts));
  }
  return t;
}

// Southern women and others: published edges from, to with both ids taken as they come.
Network from_files(const std::string& nodes, const std::string& edges, bool directed) {
  auto names = std::make_shared<linkpin::StringTable>();
  const auto folder = support::data_folder();
  const auto e = support::read_columns(folder / edges);
  if (!nodes.empty()) {
    const auto columns = support::read_columns(folder / nodes);
    for (const std::string& id : columns.at("id")) names->intern(id);
  }
  for (std::size_t i = 0; i < e.at("from").size(); ++i) {
    names->intern(e.at("from")[i]);
    names->intern(e.at("to")[i]);
  }
  linkpin::NetworkParts p;
  p.n = names->size();
  p.directed = directed;
  for (std::size_t i = 0; i < e.at("from").size(); ++i) {
    p.source.push_back(names->find(e.at("from")[i]));
    p.target.push_back(names->find(e.at("to")[i]));
    if (e.contains("weight")) p.weight.push_back(std::stod(e.at("weight")[i]));
  }
  p.names = names;
  return Network(std::move(p));
}

void check_published(const std::string& graph, const std::string& measure, const Network& net, const HoleScores& got) {
  int rows = 0;
  const auto published = support::read_csv(support::data_folder() / "published_values" / "published_values.csv");
  for (const support::Row& row : published) {
    if (row[0] != graph || row[1] != measure) continue;
    INFO(graph << " " << measure << " " << row[2]);
    const double value = got.values[at(net.find(row[2]))];
    CHECK_THAT(value, Catch::Matchers::WithinAbs(std::stod(row[3]), std::stod(row[4])));
    ++rows;
  }
  CHECK(rows == 3);
}

// An undirected two-mode network of `actors` and `events` with about `share` of all ties.
Network affiliations(std::uint64_t number) {
  linkpin::Stream random(2026, "affiliations", number);
  linkpin::NetworkParts p;
  const auto actors = static_cast<index_t>(random.below(9));
  const auto events = static_cast<index_t>(random.below(7));
  const double share = random.uniform();
  p.n = actors + events;
  p.directed = false;
  for (index_t u = 0; u < actors; ++u) {
    for (index_t e = actors; e < p.n; ++e) {
      if (random.uniform() >= share) continue;
      p.source.push_back(u);
      p.target.push_back(e);
      p.weight.push_back(0.5 * (1 + random.below(4)));
    }
  }
  return Network(std::move(p));
}

// Hollway, Morin & Pauwelyn 2020, term by term.
std::vector<double> two_mode_constraint_twin(const Network& net) {
  const Matrix a = dyads(net, true);
  const std::size_t n = a.size();
  std::vector<double> strength(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) strength[i] += a[i][j];
  }
  auto p = [&](std::size_t i, std::size_t j) { return a[i][j] / strength[i]; };
  std::vector<double> out(n, std::nan(""));
  for (std::size_t i = 0; i < n; ++i) {
    if (strength[i] == 0) continue;
    out[i] = 0;
    for (std::size_t e = 0; e < n; ++e) {
      if (a[i][e] == 0) continue;
      double sum = p(i, e);
      for (std::size_t f = 0; f < n; ++f) {
        if (f == e || a[i][f] == 0) continue;
        for (std::size_t j = 0; j < n; ++j) {
          if (j != i && a[f][j] > 0 && a[j][e] > 0) sum += p(i, f) * p(f, j) * p(j, e);
        }
      }
      out[i] += sum * sum;
    }
  }
  return out;
}

// Burchard & Cornwell 2018: contacts less the redundancy of each, weighted by shared events.
std::vector<double> two_mode_size_twin(const Network& net) {
  const Matrix a = dyads(net, false);
  const std::size_t n = a.size();
  Matrix shared(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t e = 0; e < n; ++e) shared[i][j] += i != j && a[i][e] > 0 && a[j][e] > 0 ? 1 : 0;
    }
  }
  std::vector<double> out(n, std::nan(""));
  for (std::size_t i = 0; i < n; ++i) {
    double total = 0;
    for (const double s : shared[i]) total += s;
    if (total == 0) continue;
    out[i] = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (shared[i][j] == 0) continue;
      int both = 0;
      for (std::size_t q = 0; q < n; ++q) both += shared[i][q] > 0 && shared[j][q] > 0 ? 1 : 0;
      out[i] += 1 - shared[i][j] / total * both;
    }
  }
  return out;
}

Network large_network() {
  linkpin::Stream random(7, "large");
  linkpin::NetworkParts p;
  p.n = 2000;
  p.parallel = linkpin::Parallel::merge;
  for (int e = 0; e < 60000; ++e) {
    // Squares crowd the ends into the low ids: some hubs, many with few ties.
    p.source.push_back(static_cast<index_t>(random.uniform() * random.uniform() * 2000));
    p.target.push_back(static_cast<index_t>(random.uniform() * 2000));
    p.weight.push_back(random.uniform());
  }
  return Network(std::move(p));
}

}  // namespace

TEST_CASE("holes agree with every oracle", "[holes]") {
  LINKPIN_NEED_DATA("oracles");
  int columns = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::data_folder() / "oracles")) {
    if (!std::filesystem::exists(entry.path() / "input_edges.csv")) continue;
    const std::string name = entry.path().filename();
    const auto summary = support::read_csv(entry.path() / "network.csv");
    bool directed = false;  // the oracle has reciprocity for directed networks only
    for (const auto& row : summary) directed = directed || (row[0] == "reciprocity_edgewise" && !row[1].empty());
    const Network net = support::oracle_network(name, directed);
    const Network both = linkpin::undirected(net);
    const auto nodes = support::read_columns(entry.path() / "nodes.csv");
    auto compare = [&](const std::string& column, const HoleScores& got) {
      if (!nodes.contains(column)) return;
      INFO(name << " " << column);
      std::vector<double> want;
      for (const std::string& cell : nodes.at(column)) want.push_back(cell.empty() ? std::nan("") : std::stod(cell));
      check_values(got, want);
      ++columns;
    };
    compare("constraint", linkpin::constraint(net));
    compare("constraint_undirected", linkpin::constraint(both));
    if (net.weighted()) compare("constraint_weighted", linkpin::constraint(net, {.weights = "weight"}));
    compare("effective_size_undirected", linkpin::effective_size(both));
    compare("efficiency_undirected", linkpin::efficiency(both));
  }
  CHECK(columns == 60);  // 14 networks with 4 columns each, weighted constraint for 4 of them
}

TEST_CASE("holes agree with published values", "[holes]") {
  LINKPIN_NEED_DATA("published_values");
  const Network g = from_files("", "published_values/burt_holes_G_edges.csv", false);
  const Network d = from_files("", "published_values/burt_holes_D_edges.csv", true);
  check_published("burt_holes_G", "constraint", g, linkpin::constraint(g));
  check_published("burt_holes_G", "effective_size", g, linkpin::effective_size(g));
  check_published("burt_holes_G", "constraint_weighted", g, linkpin::constraint(g, {.weights = "weight"}));
  check_published("burt_holes_G", "effective_size_weighted", g, linkpin::effective_size(g, {.weights = "weight"}));
  check_published("burt_holes_D", "constraint", d, linkpin::constraint(d));
  check_published("burt_holes_D", "effective_size", d, linkpin::effective_size(d));
  check_published("burt_holes_D", "constraint_weighted", d, linkpin::constraint(d, {.weights = "weight"}));
  check_published("burt_holes_D", "effective_size_weighted", d, linkpin::effective_size(d, {.weights = "weight"}));
  const Network adolescents = support::oracle_network("adolescents", false);
  check_published("adolescents", "constraint", adolescents, linkpin::constraint(adolescents));
  const Network women =
      from_files("southern_women/southern_women_nodes.csv", "southern_women/southern_women_edges.csv", false);
  check_published("southern_women", "constraint_two_mode", women, linkpin::constraint_two_mode(women));
  check_published("southern_women", "effective_size_two_mode", women, linkpin::effective_size_two_mode(women));
}

TEST_CASE("holes agree with their twins and are the same under any numbering", "[holes]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number);
    const HolesOptions weighted{.weights = "weight"};
    const Twin plain = twin(net, false);
    const Twin heavy = twin(net, true);
    check_values(linkpin::constraint(net), plain.constraint);
    check_values(linkpin::effective_size(net), plain.effective_size);
    check_values(linkpin::efficiency(net), plain.efficiency);
    check_values(linkpin::hierarchy(net), plain.hierarchy);
    check_values(linkpin::constraint(net, weighted), heavy.constraint);
    check_values(linkpin::effective_size(net, weighted), heavy.effective_size);
    check_values(linkpin::efficiency(net, weighted), heavy.efficiency);
    check_values(linkpin::hierarchy(net, weighted), heavy.hierarchy);

    const std::vector<index_t> order = support::random_order(net.n(), number);
    const Network turned = linkpin::subnetwork(net, order);
    auto moved = [&order](const HoleScores& s) {
      std::vector<double> values;
      for (const index_t v : order) values.push_back(s.values[at(v)]);
      return values;
    };
    check_values(linkpin::constraint(turned, weighted), moved(linkpin::constraint(net, weighted)), 1e-12);
    check_values(linkpin::hierarchy(turned), moved(linkpin::hierarchy(net)), 1e-12);
    check_values(linkpin::effective_size(turned), moved(linkpin::effective_size(net)), 1e-12);
  }
}

TEST_CASE("two-mode holes agree with their twins", "[holes]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    INFO("graph " << number);
    const Network net = affiliations(number);
    check_values(linkpin::constraint_two_mode(net, {.weights = "weight"}), two_mode_constraint_twin(net));
    check_values(linkpin::effective_size_two_mode(net), two_mode_size_twin(net));
    const std::vector<index_t> order = support::random_order(net.n(), number);
    const Network turned = linkpin::subnetwork(net, order);
    auto moved = [&order](const HoleScores& s) {
      std::vector<double> values;
      for (const index_t v : order) values.push_back(s.values[at(v)]);
      return values;
    };
    check_values(linkpin::constraint_two_mode(turned), moved(linkpin::constraint_two_mode(net)), 1e-12);
    check_values(linkpin::effective_size_two_mode(turned), moved(linkpin::effective_size_two_mode(net)), 1e-12);
  }
}

TEST_CASE("holes have the same bits on any number of threads", "[holes]") {
  const Network net = large_network();
  const HoleScores one = linkpin::constraint(net, {.weights = "weight", .run = {.threads = 1}});
  const HoleScores size = linkpin::effective_size(net, {.weights = "weight", .run = {.threads = 1}});
  check_values(one, twin(net, true).constraint);
  for (const int threads : {2, 8}) {
    const HolesOptions options{.weights = "weight", .run = {.threads = threads}};
    CHECK(linkpin::constraint(net, options).values == one.values);
    CHECK(linkpin::effective_size(net, options).values == size.values);
  }
}

TEST_CASE("holes state what is undefined", "[holes]") {
  // A pair and an isolate: constraint 1 for a single contact, hierarchy undefined for all.
  const Network net = support::network(3, {0}, {1}, false);
  const HoleScores c = linkpin::constraint(net);
  CHECK(c.values[0] == 1.0);
  CHECK(std::isnan(c.values[2]));
  REQUIRE(c.provenance.warnings.size() == 1);
  CHECK(c.provenance.warnings[0] == "1 of 3 vertices have no score: they have no contacts");
  CHECK(std::isnan(linkpin::hierarchy(net).values[0]));
  CHECK(linkpin::constraint(Network()).values.empty());
  // A loop is no contact, nor is a tie of weight 0.
  CHECK(std::isnan(linkpin::constraint(support::network(1, {0}, {0})).values[0]));
  CHECK(std::isnan(linkpin::constraint(support::network(2, {0}, {1}, true, {0.0}), {.weights = "weight"}).values[0]));
  // A star's centre depends on nobody in particular: c_ij equal, hierarchy 0.
  CHECK(linkpin::hierarchy(support::network(4, {0, 0, 0}, {1, 2, 3}, false)).values[0] == 0.0);
}

TEST_CASE("holes refuse what they cannot serve", "[holes]") {
  const Network triangle = support::network(3, {0, 1, 2}, {1, 2, 0}, false);
  CHECK_THROWS_AS(linkpin::constraint(triangle, {.weights = std::vector<double>{1.0}}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::hierarchy(triangle, {.weights = std::vector<double>{1.0, -1.0, 1.0}}), linkpin::InputError);
  CHECK_THROWS_WITH(linkpin::constraint_two_mode(triangle), Catch::Matchers::ContainsSubstring("two modes only"));
  CHECK_THROWS_AS(linkpin::effective_size_two_mode(triangle), linkpin::InputError);
}
