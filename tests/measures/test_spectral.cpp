// Spectral measures against reference values and dense twins: eigenvectors by squaring the matrix until one direction
// is left, PageRank and Katz by Gaussian elimination.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <linkpin/measures/detail/pagerank.ipp>
#include <linkpin/measures/spectral.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

using namespace linkpin;

namespace {

using Matrix = std::vector<std::vector<double>>;
using Vector = std::vector<double>;

bool close(double a, double b, double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

bool close(const Vector& a, const Vector& b, double tolerance) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!close(a[i], b[i], tolerance)) return false;
  }
  return true;
}

bool warned(const Provenance& p, const std::string& part) {
  return std::any_of(p.warnings.begin(), p.warnings.end(),
                     [&part](const std::string& w) { return w.find(part) != std::string::npos; });
}

template <class Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const InputError& e) {
    return e.what();
  }
  return {};
}

// Entry (v, u): what v receives from u. Loops of undirected ties count twice.
Matrix dense(const Network& net, bool directed, bool weighted, bool loops = true) {
  const auto n = static_cast<std::size_t>(net.n());
  Matrix a(n, Vector(n, 0.0));
  for (index_t e = 0; e < net.m(); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)]);
    const auto v = static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)]);
    if (u == v && !loops) continue;
    const double w = weighted ? net.weight(e) : 1.0;
    a[v][u] += w;
    if (!net.directed() || !directed) a[u][v] += w;
  }
  return a;
}

Matrix product(const Matrix& a, const Matrix& b) {
  const std::size_t n = a.size();
  Matrix c(n, Vector(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < n; ++j) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

Matrix transposed(const Matrix& a) {
  Matrix t = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) t[j][i] = a[i][j];
  }
  return t;
}

Vector times(const Matrix& a, const Vector& x) {
  Vector y(a.size(), 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) y[i] += a[i][j] * x[j];
  }
  return y;
}

Vector row_sums(const Matrix& a) { return times(a, Vector(a.size(), 1.0)); }

Vector to_maximum(Vector x) {
  const double top = *std::max_element(x.begin(), x.end());
  for (double& value : x) value /= top;
  return x;
}

// Where (A + I)^k start points as k grows, from row sums: 2^25 steps by squaring, enough for 1e-6 where some vertices
// grow as k lambda^k, and not so many that rounding comes between parts of equal eigenvalue.
Vector dominant(Matrix a) {
  const Vector start = row_sums(a);
  for (std::size_t v = 0; v < a.size(); ++v) a[v][v] += 1.0;
  for (int round = 0; round < 25; ++round) {
    a = product(a, a);
    double top = 0.0;
    for (const Vector& row : a) top = std::max(top, *std::max_element(row.begin(), row.end()));
    for (Vector& row : a) {
      for (double& x : row) x /= top;
    }
  }
  return to_maximum(times(a, start));
}

// Gaussian elimination with pivoting.
Vector solve(Matrix a, Vector b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; ++i) pivot = std::abs(a[i][k]) > std::abs(a[pivot][k]) ? i : pivot;
    std::swap(a[k], a[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

Vector twin_pagerank(const Matrix& inflow, double damping, Vector fresh) {
  const std::size_t n = inflow.size();
  const double total = sum(fresh);
  for (double& x : fresh) x /= total;
  const Vector strength = row_sums(transposed(inflow));
  Matrix a(n, Vector(n, 0.0));
  for (std::size_t v = 0; v < n; ++v) {
    a[v][v] = 1.0;
    for (std::size_t u = 0; u < n; ++u) {
      a[v][u] -= damping * (strength[u] > 0 ? inflow[v][u] / strength[u] : fresh[v]);
    }
  }
  Vector b = fresh;
  for (double& x : b) x *= 1 - damping;
  return solve(a, b);
}

Vector twin_katz(const Matrix& inflow, double alpha, double beta) {
  const std::size_t n = inflow.size();
  Matrix a(n, Vector(n, 0.0));
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t u = 0; u < n; ++u) a[v][u] = (u == v ? 1.0 : 0.0) - alpha * inflow[v][u];
  }
  return solve(a, Vector(n, beta));
}

Vector numbers(const support::Row& cells) {
  Vector out;
  for (const std::string& cell : cells) out.push_back(cell.empty() || cell == "NA" ? undefined : std::stod(cell));
  return out;
}

const std::vector<std::string> oracle_names = {
    "adolescents", "chemnet_infrep",      "chemnet_pol",       "chemnet_scito",       "emon_mtsi",
    "emon_texas",  "florentine_marriage", "knoke_information", "knoke_money",         "krackhardt_advice",
    "mpn_bristol", "netscience",          "networkers",        "swiss_climate_phase1"};

}  // namespace

TEST_CASE("spectral measures match R igraph and networkx on every reference network", "[spectral][oracle]") {
  // Source of all numbers: ../shared/data/oracles, R igraph 1.3.5 cross-checked with networkx 2.8.8.
  LINKPIN_NEED_DATA("oracles");
  for (const std::string& name : oracle_names) {
    CAPTURE(name);
    const Network net = support::oracle_network(name, true);
    const Network both = undirected(net);
    const auto columns = support::read_columns(support::data_folder() / "oracles" / name / "nodes.csv");
    const auto summary = support::read_columns(support::data_folder() / "oracles" / name / "network.csv");
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < summary.at("measure").size(); ++i) {
      row[summary.at("measure")[i]] = summary.at("value")[i];
    }
    const bool was_undirected = columns.at("degree_total") == columns.at("degree_undirected");
    const Network& measured = was_undirected ? both : net;
    auto check = [&columns](const std::string& column, const Vector& values, double tolerance) {
      if (!columns.contains(column)) return;
      CAPTURE(column);
      CHECK(close(values, numbers(columns.at(column)), tolerance));
    };
    const Eigenvector eigen = eigenvector(both);
    check("eigenvector_undirected", eigen.values, 1e-9);
    CHECK(eigen.convergence.converged);
    if (row.contains("eigenvalue_max_undirected")) {
      CHECK(close(eigen.eigenvalue, std::stod(row["eigenvalue_max_undirected"]), 1e-9));
    }
    check("pagerank_085", pagerank(measured).values, 1e-9);
    check("pagerank_weighted_085", pagerank(measured, {.weights = "weight"}).values, 1e-9);
    if (row.contains("katz_alpha")) {
      check("katz", katz(measured, {.alpha = std::stod(row["katz_alpha"])}).values, 1e-9);
    }
    if (columns.contains("hub")) {
      const Hits both_scores = hits(net);
      check("hub", both_scores.hub, 1e-9);
      check("authority", both_scores.authority, 1e-9);
    }
  }
}

TEST_CASE("published values of spectral measures", "[spectral]") {
  // ../shared/reference/influence-methods.md: Katz 1953 on the path of three, alpha = 0.1, L2-normalised.
  const Network path = support::network(3, {0, 1}, {1, 2}, false);
  CHECK(close(katz(path, {.alpha = 0.1, .normalized = KatzScale::l2}).values, {.5598852584, .6107839182, .5598852584},
              1e-10));
  // The same page: PageRank of the ties 12, 13, 31, 32, 35, 45, 46, 54, 56, 64.
  const Network six = support::network(6, {0, 0, 2, 2, 2, 3, 3, 4, 4, 5}, {1, 2, 0, 1, 4, 4, 5, 3, 5, 3}, true);
  CHECK(close(pagerank(six, {.damping = 0.9}).values,
              {.03721197, .05395735, .04150565, .37508082, .20599833, .28624589}, 1e-8));
  const Vector first = {1, 0, 0, 0, 0, 0};
  const Vector personal = {.36059498, .19667451, .15325287, .1120846, .0910576, .08633544};
  CHECK(close(pagerank(six, {.personalisation = first}).values, personal, 1e-8));
  // ../shared/data/published_values: netrics' test of adolescents, scaled to a maximum of 1.
  LINKPIN_NEED_DATA("oracles");
  const Network adolescents = support::oracle_network("adolescents", false);
  const Vector eigen = eigenvector(adolescents).values;
  auto of = [&](const char* name) { return eigen[static_cast<std::size_t>(adolescents.find(name))]; };
  CHECK(std::abs(of("Betty") - 0.303) <= 0.001);
  CHECK(std::abs(of("Sue") - 0.928) <= 0.001);
  CHECK(std::abs(of("Alice") - 1) <= 0.001);
}

TEST_CASE("spectral measures agree with dense twins on 1,000 random networks", "[spectral][twin]") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number);
    const bool weighted = number / 16 % 2 != 0;
    const bool directed = number / 32 % 4 != 0;
    const bool loops = number / 64 % 4 != 0;
    const TieValues weights = weighted ? TieValues("weight") : TieValues();
    const Matrix a = dense(net, directed, weighted, loops);
    const std::size_t n = a.size();
    const bool empty = sum(row_sums(a)) == 0;

    const Eigenvector eigen = eigenvector(net, {.directed = directed, .weights = weights, .loops = loops});
    if (empty) {
      CHECK(eigen.values == Vector(n, 1.0));
    } else if (eigen.eigenvalue == 0) {
      // No cycle: some power of the matrix is zero, and sinks have 1.
      Matrix power = a;
      for (std::size_t k = 1; k < n; ++k) power = product(power, a);
      CHECK(sum(row_sums(power)) == 0);
      const Vector leaving = row_sums(transposed(a));
      for (std::size_t v = 0; v < n; ++v) CHECK(eigen.values[v] == (leaving[v] == 0 ? 1.0 : 0.0));
    } else {
      CHECK(close(eigen.values, dominant(a), 1e-6));
      // An eigenvector by definition: A x = lambda x.
      Vector scaled = eigen.values;
      for (double& x : scaled) x *= eigen.eigenvalue;
      CHECK(close(times(a, eigen.values), scaled, 1e-9));
    }

    const PageRank rank = pagerank(net, {.directed = directed, .weights = weights, .loops = loops});
    if (n > 0) CHECK(close(rank.values, twin_pagerank(a, 0.85, Vector(n, 1.0)), 1e-9));
    Vector columns;
    for (std::size_t c = 0; c < 20; ++c) {
      for (std::size_t v = 0; v < n; ++v) columns.push_back(v == c % n ? 2.0 : static_cast<double>(c % 3));
    }
    const PageRank many =
        pagerank(net, {.directed = directed, .weights = weights, .loops = loops, .personalisation = columns});
    if (n > 0) {
      CHECK(many.columns == 20);
      for (std::size_t c = 0; c < 20; ++c) {
        const Vector fresh(columns.begin() + static_cast<std::ptrdiff_t>(c * n),
                           columns.begin() + static_cast<std::ptrdiff_t>((c + 1) * n));
        const Vector found(many.values.begin() + static_cast<std::ptrdiff_t>(c * n),
                           many.values.begin() + static_cast<std::ptrdiff_t>((c + 1) * n));
        CHECK(close(found, twin_pagerank(a, 0.85, fresh), 1e-9));
      }
    }

    const double most = eigen.eigenvalue > 0 ? 1 / eigen.eigenvalue : 1.0;
    for (const double share : {0.3, 0.97}) {
      const double alpha = share * most;
      const Katz walks =
          katz(net, {.alpha = alpha, .beta = 2.0, .directed = directed, .weights = weights, .loops = loops});
      CHECK(close(walks.values, twin_katz(a, alpha, 2.0), 1e-9));
    }
    if (eigen.eigenvalue > 0) {
      CHECK(refusal([&] {
              (void)katz(net, {.alpha = 1.001 * most, .directed = directed, .weights = weights, .loops = loops});
            }).find("1 / the largest eigenvalue") != std::string::npos);
    }

    if (net.directed() && directed && !empty) {
      const Hits scores = hits(net, {.weights = weights, .loops = loops});
      // Hubs and authorities as the two modes of one undirected network.
      Matrix cover(2 * n, Vector(2 * n, 0.0));
      for (std::size_t v = 0; v < n; ++v) {
        for (std::size_t u = 0; u < n; ++u) cover[u][n + v] = cover[n + v][u] = a[v][u];
      }
      const Vector twin = dominant(cover);
      const auto middle = twin.begin() + static_cast<std::ptrdiff_t>(n);
      CHECK(close(scores.hub, to_maximum({twin.begin(), middle}), 1e-6));
      CHECK(close(scores.authority, to_maximum({middle, twin.end()}), 1e-6));
    }
  }
}

TEST_CASE("PageRank from many starts is as exact as is asked for, whatever the weights and the other starts",
          "[spectral]") {
  const index_t n = 60;
  NetworkParts parts;
  parts.n = n;
  Stream random(5, "weights", 0);
  for (int e = 0; e < 300; ++e) {
    parts.source.push_back(static_cast<index_t>(random.below(50)));  // from the last ten nothing leads on
    parts.target.push_back(static_cast<index_t>(random.below(60)));
    parts.weight.push_back(std::pow(10.0, 200.0 * random.uniform() - 100.0));
  }
  const Network net(std::move(parts));
  Vector starts;
  for (index_t c = 0; c < 40; ++c) {
    for (index_t v = 0; v < n; ++v) starts.push_back(v == c ? 1.0 : 0.0);
  }
  const PageRank all = pagerank(net, {.weights = "weight", .personalisation = starts, .tolerance = 1e-14});
  CHECK(all.convergence.converged);
  for (std::size_t c = 0; c < 40; ++c) {
    const std::span<const double> own = std::span(starts).subspan(c * 60, 60);
    const std::span<const double> found = std::span(all.values).subspan(c * 60, 60);
    const PageRank alone =
        pagerank(net, {.weights = "weight", .personalisation = {own.begin(), own.end()}, .tolerance = 1e-14});
    double apart = 0.0;
    for (std::size_t v = 0; v < 60; ++v) {
      CHECK(found[v] >= 0);
      apart += std::abs(found[v] - alone.values[v]);
    }
    CHECK(apart < 1e-13);
  }
  Vector two(starts.begin() + 7 * 60, starts.begin() + 9 * 60);
  const PageRank pair = pagerank(net, {.weights = "weight", .personalisation = two, .tolerance = 1e-14});
  CHECK(std::equal(pair.values.begin(), pair.values.end(), all.values.begin() + 7 * 60));
}

TEST_CASE("spectral measures of larger networks solve their equations", "[spectral][twin]") {
  for (std::uint64_t number = 0; number < 6; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(700 + number, {number % 2 == 0, true, true, true}, 200);
    if (net.m() == 0) continue;
    const Matrix a = dense(net, true, true);
    const Eigenvector eigen = eigenvector(net, {.weights = "weight"});
    CHECK(eigen.convergence.converged);
    CHECK(close(eigen.values, dominant(a), 1e-8));
    const PageRank rank = pagerank(net, {.weights = "weight"});
    CHECK(close(rank.values, twin_pagerank(a, 0.85, Vector(a.size(), 1.0)), 1e-10));
  }
}

TEST_CASE("spectral measures do not depend on the order of the vertices", "[spectral][relabel]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    CAPTURE(number);
    const Network net = support::random_network(number, 40);
    const auto order = support::random_order(net.n(), number);
    const Network other = subnetwork(net, order);
    auto check = [&order](const Vector& a, const Vector& b, double tolerance) {
      for (std::size_t i = 0; i < order.size(); ++i)
        CHECK(close(a[static_cast<std::size_t>(order[i])], b[i], tolerance));
    };
    check(eigenvector(net).values, eigenvector(other).values, 1e-9);
    check(pagerank(net).values, pagerank(other).values, 1e-10);
    check(katz(net, {.alpha = 0.01}).values, katz(other, {.alpha = 0.01}).values, 1e-10);
    check(hits(net).hub, hits(other).hub, 1e-9);
  }
}

TEST_CASE("the same bits on 1, 2 and 8 threads", "[spectral][threads]") {
  Stream random(5, "tests");
  NetworkParts p;
  p.n = 20'000;
  for (int e = 0; e < 200'000; ++e) {
    p.source.push_back(static_cast<index_t>(random.below(20'000)));
    p.target.push_back(static_cast<index_t>(random.below(static_cast<std::uint32_t>(p.source.back()) + 1)));
    p.weight.push_back(1.0 + random.below(4));
  }
  p.source.push_back(0);
  p.target.push_back(19'999);
  p.weight.push_back(1.0);
  const Network net(std::move(p));
  Vector columns(3 * 20'000, 0.0);
  for (std::size_t c = 0; c < 3; ++c) columns[c * 20'000 + 7 * c] = 1.0;
  Vector eigen, rank, many, walks, authority;
  for (const int threads : {1, 2, 8}) {
    const Run run{.threads = threads, .interrupted = {}, .progress = {}};
    const Vector e = eigenvector(net, {.weights = "weight", .run = run}).values;
    const Vector r = pagerank(net, {.weights = "weight", .run = run}).values;
    const Vector m = pagerank(net, {.weights = "weight", .personalisation = columns, .run = run}).values;
    const Vector w = katz(net, {.alpha = 0.001, .run = run}).values;
    const Vector h = hits(net, {.run = run}).authority;
    if (threads == 1) {
      eigen = e;
      rank = r;
      many = m;
      walks = w;
      authority = h;
    }
    CHECK(e == eigen);
    CHECK(r == rank);
    CHECK(m == many);
    CHECK(w == walks);
    CHECK(h == authority);
  }
}

TEST_CASE("loops count as in igraph unless they are left out", "[spectral]") {
  // python-igraph 1.0 on 0-1, 1-2 and a loop at 0, undirected: a loop counts twice.
  const Network net = support::network(3, {0, 1, 0}, {1, 2, 0}, false);
  CHECK(close(eigenvector(net).values, {1, 0.481194, 0.193937}, 1e-6));
  CHECK(close(pagerank(net).values, {0.455635, 0.346922, 0.197442}, 1e-6));
  CHECK(close(hits(net).hub, {1, 0.481194, 0.193937}, 1e-6));
  // And on 0->1, 1->2, 1->0, 0->0, directed: once.
  const Network arcs = support::network(3, {0, 1, 1, 0}, {1, 2, 0, 0}, true);
  CHECK(close(eigenvector(arcs).values, {1, 0.618034, 0.381966}, 1e-6));
  CHECK(close(pagerank(arcs).values, {0.439222, 0.308226, 0.252552}, 1e-6));
  CHECK(warned(eigenvector(net).provenance, "1 loop counts"));
  const Network bare = support::network(3, {0, 1}, {1, 2}, false);
  CHECK(close(eigenvector(net, {.loops = false}).values, eigenvector(bare).values, 1e-12));
  CHECK(close(katz(net, {.loops = false}).values, katz(bare).values, 1e-12));
  CHECK(warned(pagerank(net, {.loops = false}).provenance, "1 loop is left out"));
}

TEST_CASE("degenerate networks have stated spectral outcomes", "[spectral]") {
  const Network none_at_all;
  CHECK(eigenvector(none_at_all).values.empty());
  CHECK(pagerank(none_at_all).values.empty());
  CHECK(katz(none_at_all).values.empty());
  CHECK(hits(none_at_all).hub.empty());
  // python-igraph 1.0 without ties: eigenvector and hub 1 each, PageRank alike.
  const Network apart = support::network(3, {}, {}, true);
  CHECK(eigenvector(apart).values == Vector(3, 1.0));
  CHECK(warned(eigenvector(apart).provenance, "no ties"));
  CHECK(hits(apart).hub == Vector(3, 1.0));
  CHECK(close(pagerank(apart).values, Vector(3, 1.0 / 3), 1e-15));
  // python-igraph 1.0 on 0->1->2: the sink 1, others 0; PageRank with a restart at 0 only.
  const Network chain = support::network(3, {0, 1}, {1, 2}, true);
  CHECK(eigenvector(chain).values == Vector{0, 0, 1});
  CHECK(warned(eigenvector(chain).provenance, "no cycle"));
  CHECK(close(hits(chain).authority, {0, 1, 1}, 1e-12));
  CHECK(close(pagerank(chain, {.personalisation = {1, 0, 0}}).values, {0.388727, 0.330418, 0.280855}, 1e-6));
  CHECK(close(katz(chain, {.alpha = 3.0}).values, {1, 4, 13}, 1e-12));  // by hand: 1, 1 + 3, 1 + 3 x 4
  // python-igraph 1.0 on a triangle, a tie and an isolate: only the part with the largest eigenvalue has values.
  const Network parts = support::network(6, {0, 1, 0, 3}, {1, 2, 2, 4}, false);
  CHECK(close(eigenvector(parts).values, {1, 1, 1, 0, 0, 0}, 1e-12));
  CHECK(warned(eigenvector(parts).provenance, "3 of 6 vertices"));
  // A tie of weight 0 leads nowhere: python-igraph 1.0, pagerank(weights=[0, 1]).
  const Network idle = support::network(3, {0, 1}, {1, 2}, true, {0.0, 1.0});
  CHECK(close(pagerank(idle, {.weights = "weight"}).values, {0.25974, 0.25974, 0.480519}, 1e-6));
}

TEST_CASE("what did not converge says so", "[spectral]") {
  const Network ring = support::random_network(3, {true, false, false, false}, 60);
  REQUIRE(ring.m() > 0);
  const PageRank rank = pagerank(ring, {.max_iterations = 2});
  CHECK_FALSE(rank.convergence.converged);
  CHECK(rank.convergence.iterations == 2);
  CHECK(warned(rank.provenance, "not converged after 2 iterations"));
  CHECK(warned(katz(ring, {.alpha = 1e-3, .max_iterations = 1}).provenance, "not converged"));
}

TEST_CASE("spectral refusals name function, argument, value, place and remedy", "[spectral]") {
  const Network net = support::network(3, {0, 1, 2}, {1, 2, 0}, false);
  auto says = [](const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
  };
  CHECK(says(refusal([&] { (void)pagerank(net, {.damping = 1.0}); }), "pagerank: damping = 1"));
  CHECK(says(refusal([&] { (void)pagerank(net, {.personalisation = {1, 0}}); }), "multiple of 3"));
  CHECK(says(refusal([&] { (void)pagerank(net, {.personalisation = {1, 0, -1}}); }), "(vertex 2, column 0)"));
  CHECK(says(refusal([&] { (void)pagerank(net, {.personalisation = {1, 0, 1, 0, 0, 0}}); }), "(column 1)"));
  CHECK(says(refusal([&] { (void)pagerank(net, {.weights = "strength"}); }), "weights = strength"));
  CHECK(says(refusal([&] { (void)katz(net, {.alpha = -1}); }), "katz: alpha = -1"));
  // The triangle's largest eigenvalue is 2.
  CHECK(says(refusal([&] { (void)katz(net, {.alpha = 0.5}); }), "stay below 0.5"));
  CHECK(says(refusal([&] { (void)katz(net, {.personalisation = {1, 1}}); }), "personalisation, length = 2"));
  CHECK(says(refusal([&] { (void)eigenvector(net, {.weights = std::vector<double>{1.0}}); }), "eigenvector: weights"));
  CHECK(says(refusal([&] { (void)hits(net, {.weights = std::vector<double>{1, -1, 1}}); }), "tie 1"));
}
