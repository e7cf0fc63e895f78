// Paths against reference values, published values, and slow twins: Floyd-Warshall distances and counted paths.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <linkpin/measures/detail/betweenness.ipp>
#include <linkpin/measures/detail/reach.ipp>
#include <linkpin/measures/paths.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

using namespace linkpin;

namespace {

using Matrix = std::vector<std::vector<double>>;

bool close(double a, double b, double tolerance = 1e-9) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

bool close(const std::vector<double>& a, const std::vector<double>& b, double tolerance = 1e-9) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!close(a[i], b[i], tolerance)) return false;
  }
  return true;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) {
           return x == y || (std::isnan(x) && std::isnan(y));
         });
}

bool warned(const Provenance& p, const std::string& part) {
  return std::any_of(p.warnings.begin(), p.warnings.end(),
                     [&part](const std::string& w) { return w.find(part) != std::string::npos; });
}

// The refusal's message, or an empty text.
template <class Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

struct Step {
  std::size_t from, to;
  double length;
};

std::vector<Step> twin_steps(const Network& net, Mode mode, const std::vector<double>& lengths) {
  std::vector<Step> steps;
  for (std::size_t e = 0; e < static_cast<std::size_t>(net.m()); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[e]);
    const auto v = static_cast<std::size_t>(net.targets()[e]);
    if (u == v) continue;
    const bool both = !net.directed() || mode == Mode::all;
    if (both || mode == Mode::out) steps.push_back({u, v, lengths[e]});
    if (both || mode == Mode::in) steps.push_back({v, u, lengths[e]});
  }
  return steps;
}

Matrix twin_distances(std::size_t n, const std::vector<Step>& steps) {
  Matrix d(n, std::vector<double>(n, unreachable));
  for (std::size_t v = 0; v < n; ++v) d[v][v] = 0.0;
  for (const Step& s : steps) d[s.from][s.to] = std::min(d[s.from][s.to], s.length);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

// Shortest paths counted target by target, nearest first, parallel ties each by itself.
Matrix twin_counts(const Matrix& d, const std::vector<Step>& steps) {
  const std::size_t n = d.size();
  Matrix count(n, std::vector<double>(n, 0.0));
  for (std::size_t s = 0; s < n; ++s) {
    std::vector<std::size_t> order(n);
    for (std::size_t v = 0; v < n; ++v) order[v] = v;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return d[s][a] < d[s][b]; });
    count[s][s] = 1.0;
    for (const std::size_t t : order) {
      for (const Step& step : steps) {
        if (step.to != t || t == s || std::isinf(d[s][step.from])) continue;
        if (same_length(d[s][step.from] + step.length, d[s][t])) count[s][t] += count[s][step.from];
      }
    }
  }
  return count;
}

// Sum over ordered pairs of the share of their shortest paths that passes v.
std::vector<double> twin_betweenness(const Network& net, bool directed, const std::vector<double>& lengths,
                                     const std::set<index_t>* sources = nullptr) {
  const auto n = static_cast<std::size_t>(net.n());
  const bool both_ways = !net.directed() || !directed;
  const auto steps = twin_steps(net, both_ways ? Mode::all : Mode::out, lengths);
  const Matrix d = twin_distances(n, steps);
  const Matrix count = twin_counts(d, steps);
  std::vector<double> values(n, 0.0);
  for (std::size_t s = 0; s < n; ++s) {
    if (sources != nullptr && !sources->contains(static_cast<index_t>(s))) continue;
    for (std::size_t t = 0; t < n; ++t) {
      if (s == t || std::isinf(d[s][t])) continue;
      for (std::size_t v = 0; v < n; ++v) {
        if (v == s || v == t || std::isinf(d[s][v]) || std::isinf(d[v][t])) continue;
        if (same_length(d[s][v] + d[v][t], d[s][t])) values[v] += count[s][v] * count[v][t] / count[s][t];
      }
    }
  }
  if (both_ways) {
    for (double& x : values) x /= 2;
  }
  return values;
}

std::vector<double> ones(const Network& net) { return std::vector<double>(static_cast<std::size_t>(net.m()), 1.0); }

std::vector<double> numbers(const support::Row& cells) {
  std::vector<double> out;
  for (const std::string& cell : cells) out.push_back(cell.empty() || cell == "NA" ? undefined : std::stod(cell));
  return out;
}

// Krackhardt's kite, Krackhardt 1990 (doi:10.2307/2393394), as networkx numbers it.
Network kite() {
  return support::network(10, {0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 7, 8},
                          {1, 2, 3, 5, 3, 4, 6, 3, 5, 4, 5, 6, 6, 6, 7, 7, 8, 9}, false);
}

Network path_network(index_t n, bool directed = false) {
  std::vector<index_t> from;
  std::vector<index_t> to;
  for (index_t v = 0; v + 1 < n; ++v) {
    from.push_back(v);
    to.push_back(v + 1);
  }
  return support::network(n, from, to, directed);
}

// A two-mode network from a folder of the reference data; ids in the order of the oracle's nodes.csv.
struct TwoMode {
  Network net;
  std::vector<std::uint8_t> modes;
  std::map<std::string, support::Row> oracle;
};

TwoMode two_mode(const std::string& oracle, const std::string& edges) {
  TwoMode found;
  found.oracle = support::read_columns(support::data_folder() / "oracles" / oracle / "nodes.csv");
  auto names = std::make_shared<StringTable>();
  for (const std::string& id : found.oracle.at("id")) names->intern(id);
  for (const std::string& mode : found.oracle.at("mode")) found.modes.push_back(mode == "1" ? 0 : 1);
  const auto ties = support::read_columns(support::data_folder() / edges);
  NetworkParts p;
  p.n = names->size();
  p.directed = false;
  for (std::size_t e = 0; e < ties.at("from").size(); ++e) {
    p.source.push_back(names->find(ties.at("from")[e]));
    p.target.push_back(names->find(ties.at("to")[e]));
  }
  p.names = names;
  found.net = Network(std::move(p));
  return found;
}

const std::vector<std::string> oracle_names = {
    "adolescents", "chemnet_infrep",      "chemnet_pol",       "chemnet_scito",       "emon_mtsi",
    "emon_texas",  "florentine_marriage", "knoke_information", "knoke_money",         "krackhardt_advice",
    "mpn_bristol", "netscience",          "networkers",        "swiss_climate_phase1"};

}  // namespace

TEST_CASE("paths match R igraph and networkx on every reference network", "[paths][oracle]") {
  // Source of all numbers: ../shared/data/oracles, R igraph 1.3.5 cross-checked with networkx 2.8.8.
  LINKPIN_NEED_DATA("oracles");
  for (const std::string& name : oracle_names) {
    CAPTURE(name);
    const Network net = support::oracle_network(name, true);
    const Network both = undirected(net);
    const auto columns = support::read_columns(support::data_folder() / "oracles" / name / "nodes.csv");
    auto check = [&columns](const std::string& column, const std::vector<double>& values) {
      if (!columns.contains(column)) return;
      CAPTURE(column);
      CHECK(close(values, numbers(columns.at(column))));
    };
    // Undirected data were measured as mutual ties, where betweenness of both directions is twice that of one.
    const auto summary = support::read_columns(support::data_folder() / "oracles" / name / "network.csv");
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < summary.at("measure").size(); ++i) {
      row[summary.at("measure")[i]] = summary.at("value")[i];
    }
    const bool was_undirected = columns.at("degree_total") == columns.at("degree_undirected");
    const Network& measured = was_undirected ? both : net;
    check("betweenness", betweenness(measured).values);
    check("betweenness_undirected", betweenness(both).values);
    check("betweenness_inverse_weight", betweenness(measured, {.lengths = "inverse"}).values);
    check("closeness_undirected", closeness(both).values);
    check("harmonic_undirected", harmonic(both).values);
    check("harmonic_out", harmonic(measured, {.mode = Mode::out}).values);
    check("harmonic_in", harmonic(measured, {.mode = Mode::in}).values);
    check("eccentricity_undirected", eccentricity(both).values);
    if (row.contains("mean_distance_undirected")) {
      CHECK(close(mean_distance(both).value, std::stod(row["mean_distance_undirected"])));
    }
    if (row.contains("mean_distance_directed")) {
      CHECK(close(mean_distance(measured).value, std::stod(row["mean_distance_directed"])));
    }
    CHECK(close(diameter(both).value, std::stod(row.at("diameter_undirected"))));
  }
}

TEST_CASE("two-mode scales match networkx on every two-mode reference network", "[paths][oracle]") {
  // Source: ../shared/data/oracles, networkx 2.8.8 bipartite.betweenness_centrality and closeness_centrality.
  LINKPIN_NEED_DATA("oracles");
  const std::map<std::string, std::string> folders = {
      {"chemnet_committee", "chemnet/committee_2mode_edges.csv"},
      {"elite_usa_advice", "mpn_elite_usa_advice/elite_usa_advice_edges.csv"},
      {"scotland_interlocks", "scotland_interlocks/scotland_edges.csv"},
      {"southern_women", "southern_women/southern_women_edges.csv"}};
  for (const auto& [name, edges] : folders) {
    CAPTURE(name);
    const TwoMode data = two_mode(name, edges);
    const auto between =
        betweenness(data.net, {.normalized = BetweennessScale::two_mode, .two_mode = data.modes}).values;
    const auto near = closeness(data.net, {.normalized = ClosenessScale::two_mode, .two_mode = data.modes}).values;
    CHECK(close(between, numbers(data.oracle.at("bip_betweenness_centrality"))));
    std::vector<double> expected = numbers(data.oracle.at("bip_closeness_centrality"));
    for (std::size_t v = 0; v < expected.size(); ++v) {
      // networkx calls the closeness of an isolated vertex 0; here it is undefined.
      if (data.net.out().degree(static_cast<index_t>(v)) == 0) expected[v] = undefined;
    }
    CHECK(close(near, expected));
  }
  const TwoMode women = two_mode("southern_women", "southern_women/southern_women_edges.csv");
  const auto raw = betweenness(women.net).values;
  const auto older = betweenness(women.net, {.normalized = BetweennessScale::two_mode_1997, .two_mode = women.modes});
  // ../shared/data/README.md: two normalisations of two-mode betweenness give Evelyn 0.0972 and 0.0966.
  const auto evelyn = static_cast<std::size_t>(women.net.find("Evelyn"));
  CHECK(std::abs(older.values[evelyn] - 0.0972) < 5e-5);
  CHECK(older.provenance.normalisation == "two_mode_1997");
  // ../shared/data/published_values: netrics' tests, unnormalised betweenness.
  CHECK(std::abs(raw[evelyn] - 42.9802) < 1e-4);
}

TEST_CASE("published values of betweenness and closeness", "[paths][oracle]") {
  // ../shared/data/published_values/published_values.csv, source by row there.
  LINKPIN_NEED_DATA("published_values");
  const auto rows = support::read_csv(support::data_folder() / "published_values" / "published_values.csv");
  const Network florentine = support::oracle_network("florentine_marriage", false);
  std::vector<index_t> families;
  for (index_t v = 0; v < florentine.n(); ++v) {
    if (florentine.out().degree(v) > 0) families.push_back(v);
  }
  const Network fifteen = subnetwork(florentine, families);
  const TwoMode women = two_mode("southern_women", "southern_women/southern_women_edges.csv");
  const Network adolescents = support::oracle_network("adolescents", false);
  int checked = 0;
  for (const support::Row& row : rows) {
    const std::string& graph = row[0];
    const std::string& measure = row[1];
    auto check = [&](const Network& net, const std::vector<double>& values) {
      CAPTURE(graph, measure, row[2]);
      const index_t v = net.find(row[2]);
      REQUIRE(v != none);
      CHECK(std::abs(values[static_cast<std::size_t>(v)] - std::stod(row[3])) <= std::stod(row[4]));
      ++checked;
    };
    if (graph.starts_with("florentine") && measure == "betweenness_normalised") {
      REQUIRE(fifteen.n() == 15);
      check(fifteen, betweenness(fifteen, {.normalized = BetweennessScale::freeman}).values);
    } else if (graph == "krackhardt_kite" && measure == "betweenness") {
      check(kite(), betweenness(kite()).values);
    } else if (graph == "southern_women" && measure == "betweenness") {
      check(women.net, betweenness(women.net).values);
    } else if (graph == "southern_women" && measure == "closeness_normalised_two_mode") {
      check(women.net, closeness(women.net, {.normalized = ClosenessScale::two_mode, .two_mode = women.modes}).values);
    } else if (graph == "adolescents" && measure == "betweenness") {
      check(adolescents, betweenness(adolescents).values);
    }
  }
  CHECK(checked == 15 + 10 + 5 + 5 + 3);
}

TEST_CASE("paths agree with slow twins on 1,000 random networks", "[paths][twin]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    const auto n = static_cast<std::size_t>(net.n());
    const Mode mode = static_cast<Mode>(number / 16 % 3);
    const bool directed = mode != Mode::all;
    const bool by_length = number / 48 % 2 != 0;
    const Lengths lengths = by_length ? Lengths("inverse") : Lengths();
    const std::vector<double> length = by_length ? lengths.resolve(net, "test") : ones(net);
    const auto steps = twin_steps(net, mode, length);
    const Matrix d = twin_distances(n, steps);

    CHECK(close(betweenness(net, {.directed = directed, .lengths = lengths}).values,
                twin_betweenness(net, directed, length)));

    const Distances table = distances(net, {.mode = mode, .lengths = lengths});
    const auto near = closeness(net, {.mode = mode, .lengths = lengths}).values;
    const auto component =
        closeness(net, {.mode = mode, .lengths = lengths, .normalized = ClosenessScale::component}).values;
    const auto faust =
        closeness(net, {.mode = mode, .lengths = lengths, .normalized = ClosenessScale::wasserman_faust}).values;
    const auto freeman =
        closeness(net, {.mode = mode, .lengths = lengths, .normalized = ClosenessScale::freeman}).values;
    const auto harmony = harmonic(net, {.mode = mode, .lengths = lengths}).values;
    const auto far = eccentricity(net, {.mode = mode, .lengths = lengths}).values;
    for (std::size_t v = 0; v < n; ++v) {
      double total = 0.0;
      double inverse = 0.0;
      double most = 0.0;
      double count = 0.0;
      for (std::size_t t = 0; t < n; ++t) {
        CHECK(close(table.values[v * n + t], d[v][t]));
        if (t == v || std::isinf(d[v][t])) continue;
        total += d[v][t];
        inverse += 1 / d[v][t];
        most = std::max(most, d[v][t]);
        count += 1;
      }
      const double others = static_cast<double>(n) - 1;
      CHECK(close(near[v], count > 0 ? 1 / total : undefined));
      CHECK(close(freeman[v], count > 0 ? others / total : undefined));
      CHECK(close(component[v], count > 0 ? count / total : undefined));
      CHECK(close(faust[v], count > 0 ? count / total * count / others : undefined));
      CHECK(close(harmony[v], inverse));
      CHECK(close(far[v], most));
    }

    const auto both_steps = twin_steps(net, directed ? Mode::out : Mode::all, length);
    const Matrix e = twin_distances(n, both_steps);
    double total = 0.0;
    double most = 0.0;
    std::int64_t pairs = 0;
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) {
        if (s == t || std::isinf(e[s][t])) continue;
        total += e[s][t];
        most = std::max(most, e[s][t]);
        ++pairs;
      }
    }
    const MeanDistance mean = mean_distance(net, {.directed = directed, .lengths = lengths});
    CHECK(mean.pairs == pairs);
    CHECK(close(mean.value, pairs > 0 ? total / static_cast<double>(pairs) : undefined));
    const Diameter width = diameter(net, {.directed = directed, .lengths = lengths});
    CHECK(close(width.value, n > 0 ? most : undefined));
    if (n > 0) CHECK(close(e[static_cast<std::size_t>(width.from)][static_cast<std::size_t>(width.to)], most));
  }
}

TEST_CASE("larger networks agree with the twins too: many batches, pulled and pushed", "[paths][twin]") {
  for (std::uint64_t number = 0; number < 8; ++number) {
    CAPTURE(number);
    const support::Shape shape{(number & 1U) != 0, false, true, (number & 2U) != 0};
    const Network net = support::random_network(5000 + number, shape, 150);
    const auto steps = twin_steps(net, Mode::out, ones(net));
    const Matrix d = twin_distances(static_cast<std::size_t>(net.n()), steps);
    CHECK(close(betweenness(net).values, twin_betweenness(net, true, ones(net))));
    const auto harmony = harmonic(net, {.mode = Mode::out}).values;
    for (std::size_t v = 0; v < d.size(); ++v) {
      double inverse = 0.0;
      for (std::size_t t = 0; t < d.size(); ++t) inverse += t != v ? 1 / d[v][t] : 0.0;
      CHECK(close(harmony[v], inverse));
    }
  }
}

TEST_CASE("the kernels agree with each other where the networks are large", "[paths][twin]") {
  // Lanes against one source at a time; bits against one walk at a time.
  Stream random(7, "tests");
  NetworkParts p;
  p.n = 1500;
  for (int e = 0; e < 6000; ++e) {
    p.source.push_back(static_cast<index_t>(random.below(1500)));
    p.target.push_back(static_cast<index_t>(random.below(static_cast<std::uint32_t>(p.source.back()) + 1)));
  }
  const Network net(std::move(p));
  for (const Mode mode : {Mode::out, Mode::all}) {
    const detail::Steps steps(net, mode);
    std::vector<index_t> sources(1500);
    for (index_t v = 0; v < 1500; ++v) sources[static_cast<std::size_t>(v)] = v;
    const detail::BetweennessSums lanes = detail::sum_dependencies(steps, sources, true, {});
    detail::StepScratch scratch(1500);
    detail::BetweennessSums single(1500, true);
    for (const index_t v : sources) detail::step_source(steps, v, scratch, single);
    const auto bits = detail::reach(steps, {});
    const auto walks = detail::reach_by_steps(steps, {});
    for (std::size_t v = 0; v < 1500; ++v) {
      CHECK(close(lanes.sum[v].value(), single.sum[v].value()));
      CHECK(close(lanes.squares[v].value(), single.squares[v].value()));
      CHECK(bits[v].count == walks[v].count);
      CHECK(bits[v].distance == walks[v].distance);
      CHECK(bits[v].farthest == walks[v].farthest);
      CHECK(close(bits[v].closeness, walks[v].closeness, 1e-14));
    }
  }
}

TEST_CASE("drawn-out networks take the kernels for single sources", "[paths]") {
  // A path of n vertices in closed form: vertex i lies between i (n - 1 - i) pairs.
  const index_t n = 1200;
  const Network net = path_network(n);
  const auto between = betweenness(net).values;
  const auto near = closeness(net).values;
  const auto harmony = harmonic(net).values;
  std::vector<double> harmonic_number(static_cast<std::size_t>(n), 0.0);
  for (std::size_t k = 1; k < harmonic_number.size(); ++k) {
    harmonic_number[k] = harmonic_number[k - 1] + 1.0 / static_cast<double>(k);
  }
  for (index_t i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double left = i;
    const double right = n - 1 - i;
    CHECK(close(between[at], left * right));
    CHECK(close(near[at], 2 / (left * (left + 1) + right * (right + 1))));
    CHECK(close(harmony[at], harmonic_number[at] + harmonic_number[static_cast<std::size_t>(n - 1 - i)]));
  }
  CHECK(diameter(net).value == n - 1);
  CHECK(close(mean_distance(net).value, (n + 1) / 3.0));  // of a path, in closed form
}

TEST_CASE("path measures do not depend on the order of the vertices", "[paths][relabel]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 40);
    const auto order = support::random_order(net.n(), number);
    const Network other = subnetwork(net, order);
    auto check = [&order](const std::vector<double>& a, const std::vector<double>& b) {
      for (std::size_t i = 0; i < order.size(); ++i) CHECK(close(a[static_cast<std::size_t>(order[i])], b[i]));
    };
    check(betweenness(net).values, betweenness(other).values);
    check(betweenness(net, {.lengths = "inverse"}).values, betweenness(other, {.lengths = "inverse"}).values);
    check(closeness(net).values, closeness(other).values);
    check(harmonic(net, {.mode = Mode::in}).values, harmonic(other, {.mode = Mode::in}).values);
    check(eccentricity(net).values, eccentricity(other).values);
    CHECK(close(mean_distance(net).value, mean_distance(other).value));
    CHECK(close(diameter(net).value, diameter(other).value));
  }
}

TEST_CASE("the same bits on 1, 2 and 8 threads", "[paths][threads]") {
  const Network net = support::random_network(11, {true, true, true, true}, 900);
  REQUIRE(net.n() > 512);
  for (const bool by_length : {false, true}) {
    const Lengths lengths = by_length ? Lengths("inverse") : Lengths();
    std::vector<double> between;
    std::vector<double> harmony;
    std::vector<double> near;
    for (const int threads : {1, 2, 8}) {
      const Run run{.threads = threads, .interrupted = {}, .progress = {}};
      const auto b = betweenness(net, {.lengths = lengths, .run = run}).values;
      const auto h = harmonic(net, {.lengths = lengths, .run = run}).values;
      const auto c = closeness(net, {.mode = Mode::out, .lengths = lengths, .run = run}).values;
      if (threads == 1) {
        between = b;
        harmony = h;
        near = c;
      }
      CHECK(same_bits(b, between));
      CHECK(same_bits(h, harmony));
      CHECK(same_bits(c, near));
    }
  }
}

TEST_CASE("betweenness from some sources only", "[paths]") {
  for (std::uint64_t number = 0; number < 100; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    std::vector<index_t> some;
    for (index_t v = 0; v < net.n(); v += 2) some.push_back(v);
    const std::set<index_t> chosen(some.begin(), some.end());
    CHECK(close(betweenness(net, {.sources = some}).values, twin_betweenness(net, true, ones(net), &chosen)));
  }
  // python-igraph 1.0: betweenness(sources=[0]) of the 4-cycle 0-1-3-2 gives 0, 0.25, 0.25, 0.
  const Network cycle = support::network(4, {0, 1, 0, 2}, {1, 3, 2, 3}, false);
  CHECK(close(betweenness(cycle, {.sources = std::vector<index_t>{0}}).values, {0, 0.25, 0.25, 0}));
  CHECK(close(betweenness(cycle, {.sources = std::vector<index_t>{}}).values, {0, 0, 0, 0}));
}

TEST_CASE("betweenness estimated from pivots is unbiased and knows its error", "[paths]") {
  Stream random(1, "tests");
  NetworkParts p;
  p.n = 120;
  p.directed = false;
  for (index_t v = 0; v < p.n; ++v) {  // a ring with as many chords
    p.source.insert(p.source.end(), {v, v});
    p.target.insert(p.target.end(), {(v + 1) % p.n, static_cast<index_t>(random.below(120))});
  }
  const Network net(std::move(p));
  const auto exact = betweenness(net).values;
  CHECK(same_bits(betweenness(net, {.pivots = net.n()}).values, exact));
  CHECK(betweenness(net, {.pivots = net.n()}).standard_error.empty());
  const double draws = 1000;
  const std::size_t n = exact.size();
  std::vector<double> mean(n, 0.0);
  std::vector<double> variance(n, 0.0);
  std::vector<double> claimed(n, 0.0);
  for (int seed = 0; seed < draws; ++seed) {
    const Betweenness estimate = betweenness(net, {.pivots = 30, .seed = static_cast<std::uint64_t>(seed)});
    CHECK(estimate.provenance.seed == static_cast<std::uint64_t>(seed));
    for (std::size_t v = 0; v < n; ++v) {
      mean[v] += estimate.values[v] / draws;
      variance[v] += (estimate.values[v] - exact[v]) * (estimate.values[v] - exact[v]) / draws;
      claimed[v] += estimate.standard_error[v] * estimate.standard_error[v] / draws;
    }
  }
  // The mean of 1,000 draws lies within 4 of its own standard errors, and the claimed variance within a fifth.
  for (std::size_t v = 0; v < n; ++v) {
    CHECK(std::abs(mean[v] - exact[v]) <= 4 * std::sqrt(variance[v] / draws) + 1e-9);
    CHECK(std::abs(claimed[v] - variance[v]) <= 0.2 * variance[v] + 1e-9);
  }
  const BetweennessOptions five{.pivots = 5, .seed = 9};
  CHECK(same_bits(betweenness(net, five).values, betweenness(net, five).values));
}

TEST_CASE("parallel ties are further paths, two arcs read both ways are parallel", "[paths]") {
  // python-igraph 1.0: betweenness of 0=1, 1-3, 0-2, 2-3, and of the digraph with 0->1 and 1->0 read undirected.
  const std::vector<double> expected = {2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3};
  const Betweenness doubled = betweenness(support::network(4, {0, 0, 1, 0, 2}, {1, 1, 3, 2, 3}, false));
  CHECK(close(doubled.values, expected));
  CHECK(warned(doubled.provenance, "1 parallel ties"));
  const Network mutual = support::network(4, {0, 1, 1, 0, 2}, {1, 0, 3, 2, 3}, true);
  CHECK(close(betweenness(mutual, {.directed = false}).values, expected));
}

TEST_CASE("more paths than a double holds is said, never a silent number", "[paths]") {
  // Two ways at each of 1,100 steps: 2^1100 paths.
  NetworkParts p;
  p.n = 1101;
  for (index_t v = 0; v < 1100; ++v) {
    for (int copy = 0; copy < 2; ++copy) {
      p.source.push_back(v);
      p.target.push_back(v + 1);
    }
  }
  const Network chain(std::move(p));
  for (const Lengths& lengths : {Lengths(), Lengths(std::vector<double>(2200, 2.0))}) {
    const Betweenness result = betweenness(chain, {.lengths = lengths});
    CHECK(std::all_of(result.values.begin(), result.values.end(), [](double x) { return std::isnan(x); }));
    CHECK(warned(result.provenance, "1.8e308"));
  }
  const std::vector<index_t> start = {0};
  const detail::Steps steps(chain, Mode::out);
  detail::LaneScratch lanes(chain.n(), false);
  detail::add_batch(steps, std::vector<index_t>{steps.number(0), steps.number(1)}, lanes);
  CHECK(lanes.sums.overflow);
}

TEST_CASE("scales of closeness, harmonic and betweenness", "[paths]") {
  // The star of five by hand: the centre lies on all 6 pairs and is 1 from all 4.
  const Network star = support::network(5, {0, 0, 0, 0}, {1, 2, 3, 4}, false);
  CHECK(close(betweenness(star, {.normalized = BetweennessScale::freeman}).values, {1, 0, 0, 0, 0}));
  CHECK(close(closeness(star, {.normalized = ClosenessScale::freeman}).values, {1, 4. / 7, 4. / 7, 4. / 7, 4. / 7}));
  CHECK(close(harmonic(star, {.normalized = HarmonicScale::freeman}).values, {1, .625, .625, .625, .625}));
  const Network out = support::network(3, {0, 1}, {1, 2}, true);
  CHECK(close(betweenness(out, {.normalized = BetweennessScale::freeman}).values, {0, .5, 0}));
  CHECK(betweenness(out, {.normalized = BetweennessScale::freeman}).provenance.normalisation == "freeman");
  // A star as two-mode network reaches both the largest betweenness and the smallest distance of its mode.
  const std::vector<std::uint8_t> modes = {0, 1, 1, 1, 1};
  CHECK(close(betweenness(star, {.normalized = BetweennessScale::two_mode, .two_mode = modes}).values[0], 1));
  CHECK(close(closeness(star, {.normalized = ClosenessScale::two_mode, .two_mode = modes}).values[0], 1));
}

TEST_CASE("degenerate networks have stated outcomes", "[paths]") {
  const Network empty;
  CHECK(betweenness(empty).values.empty());
  CHECK(closeness(empty).values.empty());
  CHECK(harmonic(empty).values.empty());
  CHECK(eccentricity(empty).values.empty());
  CHECK(distances(empty).values.empty());
  CHECK(std::isnan(diameter(empty).value));
  CHECK(warned(diameter(empty).provenance, "undefined"));
  CHECK(std::isnan(mean_distance(empty).value));

  // python-igraph 1.0 on a 2-path and an isolated vertex: closeness nan, harmonic and eccentricity 0.
  const Network apart = support::network(4, {0, 1}, {1, 2}, false);
  CHECK(std::isnan(closeness(apart).values[3]));
  CHECK(warned(closeness(apart).provenance, "undefined for 1 of 4 vertices"));
  CHECK(warned(closeness(apart).provenance, "out of each other's reach"));
  CHECK(harmonic(apart).values[3] == 0);
  CHECK(eccentricity(apart).values[3] == 0);
  CHECK(close(mean_distance(apart).value, 4.0 / 3));
  CHECK(warned(mean_distance(apart).provenance, "6 of 12"));

  const Network single = support::network(1, {0}, {0}, true);
  CHECK(betweenness(single).values == std::vector<double>{0.0});
  CHECK(std::isnan(harmonic(single, {.normalized = HarmonicScale::freeman}).values[0]));
  CHECK(diameter(single).value == 0);
  const Network pair = support::network(2, {0}, {1}, false);
  const Betweenness none_between = betweenness(pair, {.normalized = BetweennessScale::freeman});
  CHECK(std::isnan(none_between.values[0]));
  CHECK(warned(none_between.provenance, "undefined for 2 of 2"));
}

TEST_CASE("refusals name function, argument, value, place and remedy", "[paths]") {
  const Network net = support::network(3, {0, 1}, {1, 2}, false, {1.0, 0.0});
  CHECK(refusal([&] {
          (void)distances(net, {.sources = {0, 7}});
        }).find("sources = 7 (position 1)") != std::string::npos);
  CHECK(refusal([&] { (void)betweenness(net, {.lengths = "inverse"}); }).find("(tie 1)") != std::string::npos);
  CHECK(refusal([&] { (void)closeness(net, {.lengths = std::vector<double>{1.0}}); }).find("closeness: lengths") !=
        std::string::npos);
  CHECK(refusal([&] { (void)harmonic(net, {.lengths = "speed"}); }).find("speed") != std::string::npos);
  CHECK(refusal([&] { (void)betweenness(net, {.sources = std::vector<index_t>{0}, .pivots = 2}); }).find("not both") !=
        std::string::npos);
  CHECK(refusal([&] { (void)betweenness(net, {.sources = std::vector<index_t>{-1}}); }).find("sources = -1") !=
        std::string::npos);
  CHECK(refusal([&] {
          (void)closeness(net, {.normalized = ClosenessScale::two_mode, .two_mode = {0, 1}});
        }).find("two_mode, length = 2") != std::string::npos);
  CHECK(refusal([&] {
          (void)closeness(net, {.normalized = ClosenessScale::two_mode, .two_mode = {0, 1, 1}});
        }).find("1 - 2 (tie 1)") != std::string::npos);
  CHECK(refusal([&] {
          (void)betweenness(net, {.normalized = BetweennessScale::two_mode, .two_mode = {0, 1, 4}});
        }).find("two_mode = 4 (vertex 2)") != std::string::npos);
  const Network arcs = support::network(2, {0}, {1}, true);
  CHECK(refusal([&] {
          (void)betweenness(arcs, {.normalized = BetweennessScale::two_mode, .two_mode = {0, 1}});
        }).find("directed = false") != std::string::npos);
}

TEST_CASE("long path measures stop on request", "[paths]") {
  const Network net = support::random_network(11, {true, false, false, false}, 900);
  Run run;
  run.interrupted = [] { return true; };
  const Network path = path_network(4000);
  CHECK_THROWS_AS(betweenness(path, {.run = run}), Cancelled);
}
