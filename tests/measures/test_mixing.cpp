// Mixing against the oracles, one published value, and twins over matrices.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdint>
#include <linkpin/measures/mixing.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using linkpin::Groups;
using linkpin::index_t;
using linkpin::Network;
using linkpin::none;
using Matrix = std::vector<std::vector<double>>;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

bool same(double a, double b, double tolerance = 1e-9) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

void check_all(const std::vector<double>& got, const std::vector<double>& want, double tolerance = 1e-9) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    INFO("entry " << i << ": " << got[i] << " for " << want[i]);
    REQUIRE(same(got[i], want[i], tolerance));
  }
}

double number(const std::string& cell) { return cell.empty() ? std::nan("") : std::stod(cell); }

Groups random_groups(index_t n, std::uint64_t which, bool gaps) {
  linkpin::Stream random(2026, "groups", which);
  Groups g;
  const std::uint32_t count = 1 + random.below(4);
  for (std::uint32_t i = 0; i < count; ++i) g.labels.push_back("g" + std::to_string(i));
  for (index_t v = 0; v < n; ++v) {
    g.codes.push_back(gaps && random.below(6) == 0 ? none : static_cast<index_t>(random.below(count)));
  }
  return g;
}

// The same network with answers missing here and there.
Network masked(const Network& net, std::uint64_t which) {
  linkpin::NetworkParts p = net.parts();
  linkpin::Stream random(2026, "mask", which);
  std::vector<linkpin::Answer> rows;
  std::vector<linkpin::Observed::Exception> exceptions;
  for (index_t v = 0; v < p.n; ++v) {
    rows.push_back(random.below(4) == 0 ? linkpin::Answer::no_response : linkpin::Answer::answered);
    for (index_t w = 0; w < p.n; ++w) {
      if (w != v && random.below(8) == 0) {
        exceptions.push_back({v, w, random.below(2) == 0 ? linkpin::Answer::not_asked : linkpin::Answer::answered});
      }
    }
  }
  p.observed = linkpin::Observed(rows, exceptions);
  return Network(std::move(p));
}

bool seen(const Network& net, index_t u, index_t v) {
  return u == v || net.observed()(u, v) || (!net.directed() && net.observed()(v, u));
}

struct Tie {
  index_t u, v;
  double w;
};

// The ties that count: between known groups, observed, loops only if asked for.
std::vector<Tie> ties(const Network& net, const Groups& g, bool weighted, bool loops) {
  std::vector<Tie> all;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if ((u == v && !loops) || g.codes[at(u)] == none || g.codes[at(v)] == none || !seen(net, u, v)) continue;
    all.push_back({u, v, weighted ? net.weight(e) : 1.0});
  }
  return all;
}

// Weight of each contact: words of one direction add, the stronger direction counts.
Matrix contacts(const Network& net, const Groups& g, bool weighted) {
  Matrix a(at(net.n()), std::vector<double>(at(net.n()), 0.0));
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if (u == v || !seen(net, u, v)) continue;
    a[at(u)][at(v)] += weighted ? net.weight(e) : 1.0;
    if (!net.directed()) a[at(v)][at(u)] = a[at(u)][at(v)];
  }
  Matrix c = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) c[i][j] = g.codes[j] == none ? 0.0 : std::max(a[i][j], a[j][i]);
  }
  return c;
}

double ei(double internal, double external) {
  return internal + external == 0 ? std::nan("") : (external - internal) / (external + internal);
}

void check_ei(const Network& net, const Groups& g, bool weighted) {
  const linkpin::EiIndex got =
      linkpin::ei_index(net, g, weighted ? linkpin::EiOptions{.weights = "weight"} : linkpin::EiOptions{});
  double within = 0;
  double between = 0;
  std::vector<double> internal(g.labels.size(), 0.0);
  std::vector<double> external(g.labels.size(), 0.0);
  for (const Tie& t : ties(net, g, weighted, false)) {
    const index_t a = g.codes[at(t.u)];
    const index_t b = g.codes[at(t.v)];
    (a == b ? within : between) += t.w;
  }
  REQUIRE(same(got.value, ei(within, between)));
  const Matrix c = contacts(net, g, weighted);
  for (index_t v = 0; v < net.n(); ++v) {
    double own = 0;
    double other = 0;
    std::vector<double> share(g.labels.size(), 0.0);
    for (index_t w = 0; w < net.n(); ++w) {
      if (g.codes[at(w)] == none) continue;
      (g.codes[at(w)] == g.codes[at(v)] ? own : other) += c[at(v)][at(w)];
      share[at(g.codes[at(w)])] += c[at(v)][at(w)];
      if (g.codes[at(v)] == none) continue;
      if (g.codes[at(w)] != g.codes[at(v)]) external[at(g.codes[at(v)])] += c[at(v)][at(w)];
      if (g.codes[at(w)] == g.codes[at(v)] && w > v) internal[at(g.codes[at(v)])] += c[at(v)][at(w)];
    }
    double squares = 0;
    for (const double s : share) squares += s / (own + other) * (s / (own + other));
    const bool known = g.codes[at(v)] != none;
    REQUIRE(same(got.by_vertex.internal[at(v)], known ? own : std::nan("")));
    REQUIRE(same(got.by_vertex.ei[at(v)], known ? ei(own, other) : std::nan("")));
    REQUIRE(same(got.blau[at(v)], own + other > 0 ? 1 - squares : std::nan("")));
  }
  check_all(got.by_group.internal, internal);
  check_all(got.by_group.external, external);
  for (std::size_t k = 0; k < g.labels.size(); ++k) REQUIRE(same(got.by_group.ei[k], ei(internal[k], external[k])));
  check_all(linkpin::blau(net, g, weighted ? linkpin::BlauOptions{.weights = "weight"} : linkpin::BlauOptions{}).values,
            got.blau);
}

void check_mixing_matrix(const Network& net, const Groups& g) {
  const linkpin::MixingMatrix got = linkpin::mixing_matrix(net, g, {.weights = "weight"});
  const std::size_t k = g.labels.size();
  Matrix weight(at(net.n()), std::vector<double>(at(net.n()), 0.0));
  std::vector<std::vector<bool>> tied(at(net.n()), std::vector<bool>(at(net.n()), false));
  for (const Tie& t : ties(net, g, true, false)) {
    weight[at(t.u)][at(t.v)] += t.w;
    tied[at(t.u)][at(t.v)] = true;
    if (!net.directed()) {
      weight[at(t.v)][at(t.u)] = weight[at(t.u)][at(t.v)];
      tied[at(t.v)][at(t.u)] = true;
    }
  }
  std::vector<double> count(k * k, 0.0);
  std::vector<double> dyads(k * k, 0.0);
  std::vector<double> sum(k * k, 0.0);
  for (index_t u = 0; u < net.n(); ++u) {
    for (index_t v = 0; v < net.n(); ++v) {
      if (u == v || g.codes[at(u)] == none || g.codes[at(v)] == none || !seen(net, u, v)) continue;
      // An undirected dyad within a group is met from both ends.
      const double share = !net.directed() && g.codes[at(u)] == g.codes[at(v)] ? 0.5 : 1.0;
      const std::size_t cell = at(g.codes[at(u)]) * k + at(g.codes[at(v)]);
      dyads[cell] += share;
      if (tied[at(u)][at(v)]) count[cell] += share;
      sum[cell] += share * weight[at(u)][at(v)];
    }
  }
  check_all(got.ties, count);
  check_all(got.dyads, dyads);
  check_all(got.weight, sum);
  for (std::size_t cell = 0; cell < k * k; ++cell) REQUIRE(same(got.rate[cell], count[cell] / dyads[cell]));
}

// Newman 2003 over the matrix e of shares by pair of groups.
double assortativity_twin(const Network& net, const Groups& g) {
  const std::size_t k = g.labels.size();
  Matrix e(k, std::vector<double>(k, 0.0));
  double total = 0;
  for (const Tie& t : ties(net, g, true, false)) {
    e[at(g.codes[at(t.u)])][at(g.codes[at(t.v)])] += t.w;
    if (!net.directed()) e[at(g.codes[at(t.v)])][at(g.codes[at(t.u)])] += t.w;
    total += net.directed() ? t.w : 2 * t.w;
  }
  double trace = 0;
  double chance = 0;
  for (std::size_t i = 0; i < k; ++i) {
    double row = 0;
    double column = 0;
    for (std::size_t j = 0; j < k; ++j) {
      row += e[i][j] / total;
      column += e[j][i] / total;
    }
    trace += e[i][i] / total;
    chance += row * column;
  }
  return total > 0 && chance < 1 - 1e-12 ? (trace - chance) / (1 - chance) : std::nan("");
}

// Every pair of vertices of one group: its weight less what their strengths lead to expect.
double modularity_twin(const Network& net, const Groups& g, double resolution, bool directed) {
  Matrix a(at(net.n()), std::vector<double>(at(net.n()), 0.0));
  double total = 0;
  for (const Tie& t : ties(net, g, true, true)) {
    a[at(t.u)][at(t.v)] += t.w;
    if (!directed) a[at(t.v)][at(t.u)] += t.w;  // a loop stands twice on the diagonal
    total += directed ? t.w : 2 * t.w;
  }
  if (total == 0) return std::nan("");
  double q = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (g.codes[i] == none || g.codes[i] != g.codes[j]) continue;
      double out = 0;
      double in = 0;
      for (std::size_t l = 0; l < a.size(); ++l) {
        out += a[i][l];
        in += a[l][j];
      }
      q += a[i][j] / total - resolution * out * in / (total * total);
    }
  }
  return q;
}

double degree_twin(const Network& net) {
  std::vector<double> out(at(net.n()), 0.0);
  std::vector<double> in(at(net.n()), 0.0);
  std::vector<Tie> arcs;
  for (index_t e = 0; e < net.m(); ++e) {
    const index_t u = net.sources()[at(e)];
    const index_t v = net.targets()[at(e)];
    if (u == v || !seen(net, u, v)) continue;
    arcs.push_back({u, v, 1});
    if (!net.directed()) arcs.push_back({v, u, 1});
  }
  for (const Tie& t : arcs) {
    ++out[at(t.u)];
    ++in[at(t.v)];
  }
  const auto count = static_cast<double>(arcs.size());
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (const Tie& t : arcs) {
    const double a = out[at(t.u)];
    const double b = in[at(t.v)];
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const double vx = count * xx - x * x;  // whole numbers, so this is exact
  const double vy = count * yy - y * y;
  return vx > 0 && vy > 0 ? (count * xy - x * y) / std::sqrt(vx * vy) : std::nan("");
}

}  // namespace

TEST_CASE("mixing agrees with every oracle", "[mixing]") {
  LINKPIN_NEED_DATA("oracles");
  int rows = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::data_folder() / "oracles")) {
    if (!std::filesystem::exists(entry.path() / "input_edges.csv")) continue;
    const std::string name = entry.path().filename();
    std::map<std::string, std::string> want;
    for (const auto& row : support::read_csv(entry.path() / "network.csv")) want[row[0]] = row[1];
    const Network net = support::oracle_network(name, !want["reciprocity_edgewise"].empty());
    const Network both = linkpin::undirected(net);
    auto check = [&](const std::string& measure, double got) {
      if (!want.contains(measure)) return;
      INFO(name << " " << measure << ": " << got << " for " << want[measure]);
      CHECK(same(got, number(want[measure])));
      ++rows;
    };
    check("degree_assortativity_undirected", linkpin::degree_assortativity(both).value);
    if (net.vertices().find("group") == nullptr) continue;
    const Groups g = linkpin::groups(net, "group");
    const linkpin::EiIndex arcs = linkpin::ei_index(net, g);
    const linkpin::EiIndex pairs = linkpin::ei_index(both, g);
    check("EI_arcs", arcs.value);
    check("EI_external_arcs", arcs.external);
    check("EI_internal_arcs", arcs.internal);
    check("EI_undirected", pairs.value);
    check("EI_external_undirected", pairs.external);
    check("EI_internal_undirected", pairs.internal);
    check("assortativity_nominal_undirected", linkpin::assortativity(both, g).value);
    check("modularity_of_groups_undirected", linkpin::modularity(both, g).value);

    const auto by_group = support::read_columns(entry.path() / "ei_by_group.csv");
    for (std::size_t i = 0; i < by_group.at("group").size(); ++i) {
      const auto found = std::find(arcs.groups.begin(), arcs.groups.end(), by_group.at("group")[i]);
      REQUIRE(found != arcs.groups.end());
      const auto k = static_cast<std::size_t>(found - arcs.groups.begin());
      CHECK(arcs.sizes[k] == std::stoi(by_group.at("size")[i]));
      CHECK(arcs.by_group.internal[k] == number(by_group.at("internal")[i]));
      CHECK(arcs.by_group.external[k] == number(by_group.at("external")[i]));
      CHECK(same(arcs.by_group.ei[k], number(by_group.at("EI")[i])));
    }
    const auto by_node = support::read_columns(entry.path() / "ei_by_node.csv");
    for (std::size_t i = 0; i < by_node.at("id").size(); ++i) {
      INFO(name << " " << by_node.at("id")[i]);
      const std::size_t v = at(net.find(by_node.at("id")[i]));
      CHECK(arcs.by_vertex.internal[v] == number(by_node.at("internal")[i]));
      CHECK(arcs.by_vertex.external[v] == number(by_node.at("external")[i]));
      CHECK(same(arcs.by_vertex.ei[v], number(by_node.at("EI")[i])));
      CHECK(same(arcs.blau[v], number(by_node.at("blau")[i])));
    }
  }
  CHECK(rows == 14 + 11 * 8);
}

TEST_CASE("the weighted E-I index is the published one", "[mixing]") {
  LINKPIN_NEED_DATA("published_values");
  // published_values: networkers, heterophily_EI_by_Discipline 0.1704 +- 0.001 (stocnet/netrics@10d90ba, its tests).
  const Network net = support::oracle_network("networkers", true);
  const linkpin::EiIndex got = linkpin::ei_index(net, linkpin::groups(net, "group"), {.weights = "weight"});
  CHECK_THAT(got.value, Catch::Matchers::WithinAbs(0.1704, 0.001));
}

TEST_CASE("mixing agrees with its twins, with gaps in groups and answers", "[mixing]") {
  for (std::uint64_t which = 0; which < 1000; ++which) {
    INFO("graph " << which);
    const Network whole = support::random_network(which);
    const Network net = which % 5 == 0 ? masked(whole, which) : whole;
    const Groups g = random_groups(net.n(), which, which % 3 == 0);
    check_ei(net, g, false);
    check_ei(net, g, true);
    check_mixing_matrix(net, g);
    REQUIRE(same(linkpin::assortativity(net, g, {.weights = "weight"}).value, assortativity_twin(net, g)));
    REQUIRE(same(linkpin::degree_assortativity(net).value, degree_twin(net)));
    for (const double resolution : {1.0, 0.4}) {
      for (const bool directed : {true, false}) {
        const linkpin::ModularityOptions options{.weights = "weight", .resolution = resolution, .directed = directed};
        REQUIRE(same(linkpin::modularity(net, g, options).value,
                     modularity_twin(net, g, resolution, directed && net.directed())));
      }
    }
  }
}

TEST_CASE("mixing is the same under any numbering", "[mixing]") {
  for (std::uint64_t which = 0; which < 1000; ++which) {
    INFO("graph " << which);
    const Network net = support::random_network(which);
    const Groups g = random_groups(net.n(), which, which % 3 == 0);
    const std::vector<index_t> order = support::random_order(net.n(), which);
    const Network turned = linkpin::subnetwork(net, order);
    Groups turned_groups{{}, g.labels};
    for (const index_t v : order) turned_groups.codes.push_back(g.codes[at(v)]);
    const linkpin::EiIndex a = linkpin::ei_index(net, g, {.weights = "weight"});
    const linkpin::EiIndex b = linkpin::ei_index(turned, turned_groups, {.weights = "weight"});
    REQUIRE(same(a.value, b.value, 1e-12));
    check_all(b.by_group.ei, a.by_group.ei, 1e-12);
    for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(same(b.blau[i], a.blau[at(order[i])], 1e-12));
    check_all(linkpin::mixing_matrix(turned, turned_groups).ties, linkpin::mixing_matrix(net, g).ties, 0);
    REQUIRE(same(linkpin::assortativity(net, g).value, linkpin::assortativity(turned, turned_groups).value, 1e-12));
    REQUIRE(same(linkpin::modularity(net, g).value, linkpin::modularity(turned, turned_groups).value, 1e-12));
    REQUIRE(same(linkpin::degree_assortativity(net).value, linkpin::degree_assortativity(turned).value, 1e-12));
  }
}

TEST_CASE("mixing says what it left out and refuses what it cannot serve", "[mixing]") {
  // 0 -> 1 within a, 1 -> 2 across, 2 -> 3 to nobody's group; 3 did not answer but is said to have a tie.
  linkpin::NetworkParts p = support::network(4, {0, 1, 2, 0}, {1, 2, 3, 2}).parts();
  p.observed = linkpin::Observed(std::vector<linkpin::Answer>(4, linkpin::Answer::answered),
                                 {{0, 2, linkpin::Answer::not_asked}});
  const Network net(std::move(p));
  const Groups g{{0, 0, 1, none}, {"a", "b"}};
  const linkpin::EiIndex got = linkpin::ei_index(net, g);
  CHECK(got.value == 0.0);
  REQUIRE(got.provenance.warnings.size() == 2);
  CHECK(got.provenance.warnings[0] == "1 of 4 vertices have no group; their 1 tie is left out");
  CHECK(got.provenance.warnings[1] == "1 tie stands where no answer was observed; left out");
  // Dyads a -> b: 0 -> 2 was not asked, so 1 -> 2 is all that could be there.
  const linkpin::MixingMatrix m = linkpin::mixing_matrix(net, g);
  CHECK(m.dyads == std::vector<double>{2, 1, 2, 0});
  CHECK(m.ties == std::vector<double>{1, 1, 0, 0});
  CHECK(std::isnan(m.rate[3]));

  // One group only: assortativity undefined, modularity 0; no ties: all undefined.
  const Groups one{{0, 0, 0, 0}, {"a"}};
  CHECK(std::isnan(linkpin::assortativity(net, one).value));
  CHECK(std::abs(linkpin::modularity(net, one).value) < 1e-15);
  const Network empty = support::network(4, {}, {});
  CHECK(std::isnan(linkpin::ei_index(empty, g).value));
  CHECK(std::isnan(linkpin::modularity(empty, g).value));
  CHECK(linkpin::degree_assortativity(empty).provenance.warnings.size() == 1);
  CHECK(linkpin::ei_index(Network(), {}).by_vertex.ei.empty());
  // Whole: two of a, one of b: 1 - (4 + 1) / 9.
  CHECK_THAT(linkpin::blau(net, g).whole, Catch::Matchers::WithinAbs(4.0 / 9.0, 1e-15));

  const Groups few{{0}, {"a"}};
  CHECK_THROWS_WITH(linkpin::ei_index(net, few), Catch::Matchers::ContainsSubstring("one group a vertex: 4"));
  CHECK_THROWS_AS(linkpin::blau(net, few), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::assortativity(net, few), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::mixing_matrix(net, few), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::modularity(net, g, {.resolution = -1}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::ei_index(net, g, {.weights = std::vector<double>{1.0}}), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::mixing_matrix(net, Groups{{0, 0, 0, 0}, std::vector<std::string>(10'001, "x")}),
                  linkpin::LimitError);
}
