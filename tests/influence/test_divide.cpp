// The divide, held against plain definitions on random graphs, and tables of evidence counted by hand.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/influence/divide.hpp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/influence/overlap.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using namespace linkpin;

namespace {

struct Drawn {
  Network net;
  Groups groups;
};

Drawn draw(std::uint64_t number, index_t n, std::uint32_t one_in) {
  Stream random(5, "divide", number);
  NetworkParts p;
  p.n = n;
  p.directed = false;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = u + 1; v < n; ++v) {
      if (random.below(one_in) != 0) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  std::vector<std::string> labels;
  for (index_t v = 0; v < n; ++v) labels.push_back(v % 3 == 0 ? "research" : v % 3 == 1 ? "commissioning" : "other");
  Network net(std::move(p));
  Groups sides = groups(net, labels);
  return {std::move(net), std::move(sides)};
}

// All distances by Floyd and Warshall; 1e9 where there is no path.
std::vector<std::vector<double>> all_distances(const Network& net) {
  const auto n = static_cast<std::size_t>(net.n());
  std::vector<std::vector<double>> d(n, std::vector<double>(n, 1e9));
  for (std::size_t v = 0; v < n; ++v) d[v][v] = 0;
  for (index_t e = 0; e < net.m(); ++e) {
    const auto u = static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)]);
    const auto v = static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)]);
    d[u][v] = d[v][u] = 1;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

double slow_closeness(const Network& net) {
  const auto d = all_distances(net);
  double total = 0, pairs = 0;
  for (std::size_t i = 0; i < d.size(); i += 3) {
    for (std::size_t j = 1; j < d.size(); j += 3) {
      total += d[i][j] < 1e9 ? 1 / d[i][j] : 0;
      pairs += 1;
    }
  }
  return total / pairs;
}

Network with_tie(const Network& net, index_t u, index_t v) {
  NetworkParts p = net.parts();
  p.source.push_back(u);
  p.target.push_back(v);
  return Network(std::move(p));
}

using Words = std::vector<std::optional<std::string>>;

struct Maker {
  EcosystemParts parts;
  std::shared_ptr<StringTable> ids = std::make_shared<StringTable>();
  Words kind, topics, sector, type, populations, design, tie_kind;

  Maker& add(const std::string& id, const std::string& k, std::optional<std::string> t = {},
             std::optional<std::string> s = {}, std::optional<std::string> who = {},
             std::optional<std::string> how = {}) {
    ids->intern(id);
    kind.emplace_back(k);
    topics.push_back(std::move(t));
    sector.push_back(std::move(s));
    populations.push_back(std::move(who));
    design.push_back(std::move(how));
    return *this;
  }
  Maker& tie(const std::string& from, const std::string& to, const std::string& k) {
    parts.from.push_back(ids->find(from));
    parts.to.push_back(ids->find(to));
    tie_kind.emplace_back(k);
    return *this;
  }
  Ecosystem make() {
    parts.ids = ids;
    parts.entities.set("kind", text_column(kind));
    parts.entities.set("topics", text_column(topics, ColumnType::list));
    parts.entities.set("sector", text_column(sector));
    parts.entities.set("populations", text_column(populations, ColumnType::list));
    parts.entities.set("design", text_column(design));
    if (!tie_kind.empty()) parts.ties.set("kind", text_column(tie_kind));
    return Ecosystem(parts);
  }
};

std::string word(const Frame& frame, const std::string& column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}

}  // namespace

TEST_CASE("divide: distances, closeness and the best new ties against plain definitions", "[divide]") {
  for (std::uint64_t number = 0; number < 25; ++number) {
    const Drawn drawn = draw(number, 14, 5 + static_cast<std::uint32_t>(number % 4));
    DivideOptions options;
    options.new_ties = 2;
    const Divide found = divide(drawn.net, drawn.groups, "research", "commissioning", options);
    CAPTURE(number);
    CHECK_THAT(found.closeness, WithinAbs(slow_closeness(drawn.net), 1e-12));
    // Each proposal is the best of all pairs across, given those before.
    Network net = drawn.net;
    for (const NewTie& tie : found.new_ties) {
      double best = 0;
      const auto d = all_distances(net);
      for (index_t u = 0; u < 14; u += 3) {
        for (index_t v = 1; v < 14; v += 3) {
          if (d[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)] == 1) continue;
          best = std::max(best, slow_closeness(with_tie(net, u, v)));
        }
      }
      CHECK_THAT(tie.closeness, WithinAbs(best, 1e-12));
      net = with_tie(net, tie.a, tie.b);
      CHECK_THAT(slow_closeness(net), WithinAbs(best, 1e-12));
    }
  }
}

TEST_CASE("divide: brokerage is the share of shortest paths across, counted pair by pair", "[divide]") {
  for (std::uint64_t number = 0; number < 25; ++number) {
    const Drawn drawn = draw(100 + number, 12, 4);
    const auto n = static_cast<std::size_t>(drawn.net.n());
    const auto d = all_distances(drawn.net);
    // Numbers of shortest paths by going through the pairs in order of distance.
    std::vector<std::vector<double>> paths(n, std::vector<double>(n, 0.0));
    for (std::size_t s = 0; s < n; ++s) {
      paths[s][s] = 1;
      for (double step = 1; step < static_cast<double>(n); ++step) {
        for (std::size_t v = 0; v < n; ++v) {
          if (d[s][v] != step) continue;
          for (std::size_t u = 0; u < n; ++u) paths[s][v] += d[s][u] == step - 1 && d[u][v] == 1 ? paths[s][u] : 0;
        }
      }
    }
    const Divide found = divide(drawn.net, drawn.groups, "research", "commissioning", {0});
    for (std::size_t v = 0; v < n; ++v) {
      double expected = 0;
      for (std::size_t s = 0; s < n; s += 3) {
        for (std::size_t t = 1; t < n; t += 3) {
          if (v == s || v == t || d[s][t] >= 1e9 || d[s][v] + d[v][t] != d[s][t]) continue;
          expected += paths[s][v] * paths[v][t] / paths[s][t];
        }
      }
      CHECK_THAT(found.brokerage[v], WithinAbs(expected, 1e-9));
    }
  }
}

TEST_CASE("divide: by hand, and what has no answer", "[divide]") {
  // r0 - r3, r3 - x - c4, c1 alone: 3 is next to neither side's other; vertices 0, 3 research; 1, 4 commissioning.
  NetworkParts p;
  p.n = 5;
  p.directed = false;
  p.source = {0, 3, 2};
  p.target = {3, 2, 4};
  const Network net(std::move(p));
  const std::vector<std::string> labels = {"r", "c", "", "r", "c"};
  const Groups sides = groups(net, labels);
  const Divide found = divide(net, sides, "r", "c");
  CHECK(found.ties_a == 1);
  CHECK(found.ties_between == 0);
  CHECK_THAT(found.connected, WithinAbs(0.5, 1e-15));
  CHECK_THAT(found.distance, WithinAbs(2.5, 1e-15));
  CHECK_THAT(found.closeness, WithinAbs((1.0 / 2 + 1.0 / 3) / 4, 1e-15));
  CHECK(found.bridge[2] == 1);
  CHECK(found.brokerage[2] == 2);
  CHECK_THROWS_WITH(divide(net, sides, "r", "nobody"), ContainsSubstring("c, r"));
  CHECK_THROWS_WITH(divide(net, sides, "r", "r"), ContainsSubstring("same"));
  NetworkParts none_tied;
  none_tied.n = 2;
  const Network apart(std::move(none_tied));
  const std::vector<std::string> two = {"r", "c"};
  const Divide empty = divide(apart, groups(apart, two), "r", "c");
  CHECK(std::isnan(empty.share_between));
  CHECK(std::isnan(empty.distance));
  CHECK(empty.closeness == 0);
  REQUIRE(empty.new_ties.size() == 1);
  CHECK(empty.new_ties[0].closeness == 1);
}

TEST_CASE("stranded: what no policy and no synthesis draws on", "[evidence]") {
  Maker m;
  m.add("e", "evidence")
      .add("f", "evidence")
      .add("g", "evidence")
      .add("r", "evidence", {}, {}, {}, "systematic review");
  m.add("p", "policy");
  m.tie("r", "e", "cites").tie("p", "r", "cites").tie("f", "r", "precedes");
  const EvidenceTables found = stranded(m.make());
  CHECK(word(found.table, "reaches", 0) == "policy");
  CHECK(found.table.find("steps")->numbers()[0] == 2);
  CHECK(word(found.table, "reaches", 2) == "nothing");
  CHECK(found.summary.find("reached")->integers()[0] == 3);
  CHECK_THROWS_WITH(stranded(Ecosystem()), ContainsSubstring("no entity"));
}

TEST_CASE("crossover: citations between sectors, by hand", "[evidence]") {
  Maker m;
  m.add("v", "organisation", {}, "voluntary").add("u", "organisation", {}, "academic");
  m.add("a", "evidence").add("b", "evidence").add("c", "evidence").add("d", "evidence");
  m.tie("v", "a", "produces").tie("u", "b", "produces").tie("u", "c", "produces");
  m.tie("a", "b", "cites").tie("b", "c", "cites").tie("c", "a", "cites").tie("d", "a", "cites");
  const EvidenceTables found = crossover(m.make());
  // academic -> academic 1, academic -> voluntary 1, voluntary -> academic 1; of 3.
  CHECK(word(found.table, "citing", 0) == "academic");
  CHECK(found.table.find("citations")->numbers()[0] == 1);
  CHECK_THAT(found.table.find("expected")->numbers()[0], WithinAbs(2.0 * 2 / 3, 1e-15));
  CHECK_THAT(found.summary.find("crossing")->numbers()[0], WithinAbs(0.5, 1e-15));
  CHECK_THAT(found.provenance.warnings[0], ContainsSubstring("1 citations"));
}

TEST_CASE("gap_map: lists count in each value, what is not said is said", "[evidence]") {
  Maker m;
  m.add("e", "evidence", "respite|debt", {}, "young carers", "trial").add("f", "evidence", "respite");
  const EvidenceTables found = gap_map(m.make());
  CHECK(found.table.rows() == 2 * 2 * 2);
  CHECK(found.summary.rows() == 4);
  double total = 0;
  for (const std::int64_t c : found.summary.find("count")->integers()) total += static_cast<double>(c);
  CHECK(total == 3);
  GapMapOptions options;
  options.rows = options.columns = options.layers = "nowhere";
  CHECK_THROWS_WITH(gap_map(m.make(), options), ContainsSubstring("three columns"));
}

TEST_CASE("overlap: alike in topic without a tie; prior_work: what is there already and who is behind it",
          "[evidence]") {
  Maker m;
  m.add("a", "project", "respite|debt").add("b", "project", "debt|respite").add("c", "project", "respite");
  m.add("d", "project", "housing").add("x", "person");
  m.tie("x", "a", "leads").tie("x", "b", "leads").tie("a", "c", "collaborates");
  const EvidenceTables found = overlap(m.make());
  REQUIRE(found.table.rows() == 1);  // a and c are tied; b and c are too little alike
  CHECK(word(found.table, "a", 0) == "a");
  CHECK_THAT(found.table.find("similarity")->numbers()[0], WithinAbs(1, 1e-12));
  CHECK(found.table.find("common")->integers()[0] == 1);
  OverlapOptions options;
  options.least = 0.1;
  CHECK(overlap(m.make(), options).table.rows() == 2);
  options.most = 1;
  CHECK_THAT(overlap(m.make(), options).provenance.warnings[0], ContainsSubstring("2 pairs"));
  options.least = 0;
  CHECK_THROWS_WITH(overlap(m.make(), options), ContainsSubstring("least"));

  const EvidenceTables prior = prior_work(m.make(), {"debt", "unheard of"});
  REQUIRE(prior.table.rows() == 2);
  CHECK(word(prior.summary, "id", 0) == "x");
  CHECK(prior.summary.find("works")->integers()[0] == 2);
  CHECK_THAT(prior.provenance.warnings[0], ContainsSubstring("unheard of"));
  CHECK_THROWS_WITH(prior_work(m.make(), {}), ContainsSubstring("topics"));
}
