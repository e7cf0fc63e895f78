#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <limits>
#include <linkpin/model/network.hpp>
#include <linkpin/model/projection.hpp>
#include <linkpin/model/selection.hpp>
#include <map>
#include <set>
#include <support/graphs.hpp>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Answer;
using linkpin::index_t;
using linkpin::InputError;
using linkpin::Network;
using linkpin::NetworkParts;
using linkpin::Observed;
using linkpin::Symmetrise;

namespace {

using Dyad = std::pair<index_t, index_t>;

// Every tie as it stands in the rows of one direction, read the slow way.
std::multiset<std::pair<Dyad, double>> listed(const Network& net, bool incoming) {
  std::multiset<std::pair<Dyad, double>> all;
  const linkpin::Adjacency rows = incoming ? net.in() : net.out();
  for (index_t v = 0; v < net.n(); ++v) {
    for (index_t k = rows.begin(v); k < rows.end(v); ++k) {
      const Dyad dyad = incoming ? Dyad(rows.vertex(k), v) : Dyad(v, rows.vertex(k));
      all.insert({dyad, net.weight(rows.tie(k))});
    }
  }
  return all;
}

}  // namespace

TEST_CASE("both directions hold the ties that were given, sorted, on random networks") {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    const Network net = support::random_network(number);
    std::multiset<std::pair<Dyad, double>> expected;
    for (index_t e = 0; e < net.m(); ++e) {
      const Dyad dyad(net.sources()[static_cast<std::size_t>(e)], net.targets()[static_cast<std::size_t>(e)]);
      expected.insert({dyad, net.weight(e)});
      if (!net.directed() && dyad.first != dyad.second) expected.insert({{dyad.second, dyad.first}, net.weight(e)});
    }
    REQUIRE(listed(net, false) == expected);
    REQUIRE(listed(net, true) == expected);
    for (index_t v = 0; v < net.n(); ++v) {
      REQUIRE(std::is_sorted(net.out().of(v).begin(), net.out().of(v).end()));
      REQUIRE(std::is_sorted(net.in().of(v).begin(), net.in().of(v).end()));
    }
  }
}

TEST_CASE("the order of the input does not matter, and a network can be frozen from its parts") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Network net = support::random_network(number);
    NetworkParts p = net.parts();
    REQUIRE(Network(p) == net);
    std::reverse(p.source.begin(), p.source.end());
    std::reverse(p.target.begin(), p.target.end());
    std::reverse(p.weight.begin(), p.weight.end());
    const Network turned(p);
    REQUIRE(turned.n() == net.n());
    REQUIRE(listed(turned, false) == listed(net, false));
    REQUIRE(turned.loops() == net.loops());
    REQUIRE(turned.parallel_ties() == net.parallel_ties());
  }
}

TEST_CASE("merging adds the weights of parallel ties") {
  NetworkParts p;
  p.n = 3;
  p.source = {1, 0, 1, 1};
  p.target = {2, 1, 2, 1};
  p.weight = {2, 5, 0.5, 1};
  p.parallel = linkpin::Parallel::merge;
  const Network net(p);
  REQUIRE(net.m() == 3);
  REQUIRE(std::vector(net.weights().begin(), net.weights().end()) == std::vector<double>{5, 1, 2.5});
  REQUIRE_FALSE(net.has_parallel());
  p.weight.clear();
  p.source = {0};
  p.target = {1};
  REQUIRE_FALSE(Network(p).weighted());  // nothing to merge: no weights appear
}

TEST_CASE("undirected networks take the union of both directions") {
  const Network net = support::network(3, {0, 1, 1, 2}, {1, 0, 2, 2}, true, {1, 3, 2, 4});
  const std::map<Symmetrise, double> expected = {
      {Symmetrise::max, 3}, {Symmetrise::sum, 4}, {Symmetrise::mean, 2}, {Symmetrise::min, 1}};
  for (const auto& [how, weight] : expected) {
    const Network both = linkpin::undirected(net, how);
    REQUIRE_FALSE(both.directed());
    REQUIRE(both.m() == 3);
    REQUIRE(both.weight(0) == weight);
    REQUIRE(both.weight(1) == 2);
    REQUIRE(both.loops() == 1);
  }
  REQUIRE(linkpin::undirected(linkpin::undirected(net)) == linkpin::undirected(net));
}

TEST_CASE("reversing twice, and a subnetwork of everything, change nothing") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Network net = support::random_network(number);
    REQUIRE(linkpin::reversed(linkpin::reversed(net)) == net);
    std::vector<index_t> all(static_cast<std::size_t>(net.n()));
    for (index_t v = 0; v < net.n(); ++v) all[static_cast<std::size_t>(v)] = v;
    REQUIRE(linkpin::subnetwork(net, all) == net);
    const Network simple = linkpin::simplified(net);
    REQUIRE(simple.loops() == 0);
    REQUIRE(simple.parallel_ties() == 0);
  }
}

TEST_CASE("a subnetwork keeps names, columns and mask") {
  NetworkParts p = support::network(3, {0, 1, 2}, {1, 2, 0}, true, {1, 2, 3}).parts();
  p.vertices.set("size", linkpin::Column(std::vector<double>{10, 20, 30}));
  p.ties.set("year", linkpin::Column(std::vector<std::int64_t>{2018, 2019, 2020}));
  p.observed = Observed({Answer::answered, Answer::no_response, Answer::declined});
  const Network net(p);
  const Network part = linkpin::subnetwork(net, std::vector<index_t>{2, 1});
  REQUIRE(part.names() == std::vector<std::string>{"2", "1"});
  REQUIRE(part.vertices().find("size")->numbers()[0] == 30);
  REQUIRE(part.m() == 1);  // 1 -> 2, now 1 -> 0
  REQUIRE(part.ties().find("year")->integers()[0] == 2019);
  REQUIRE(part.observed().row(0) == Answer::declined);
  REQUIRE(part.observed().row(1) == Answer::no_response);
  REQUIRE_THROWS_AS(linkpin::subnetwork(net, std::vector<index_t>{1, 1}), InputError);
}

TEST_CASE("a row of which nothing is known is a row, not its dyads") {
  const std::vector<Observed::Exception> silent = {{1, 2, Answer::no_response}, {1, 0, Answer::no_response}};
  const Observed mask({Answer::answered, Answer::not_asked, Answer::answered}, silent);
  REQUIRE(mask == Observed({Answer::answered, Answer::no_response, Answer::answered}));
  // What was filled in leaves the row that of one who did not answer; two states stay as they are.
  const std::vector<Observed::Exception> filled = {{1, 2, Answer::answered}, {1, 0, Answer::answered}};
  REQUIRE(Observed({Answer::answered, Answer::no_response, Answer::answered}, filled).row(1) == Answer::no_response);
  const std::vector<Observed::Exception> mixed = {{1, 2, Answer::declined}, {1, 0, Answer::no_response}};
  REQUIRE(Observed({Answer::answered, Answer::not_asked, Answer::answered}, mixed).exceptions().size() == 2);
}

TEST_CASE("which dyads were observed") {
  const Observed mask({Answer::answered, Answer::no_response, Answer::answered}, {{0, 2, Answer::not_asked}});
  REQUIRE(mask(0, 1));
  REQUIRE(mask.at(0, 2) == Answer::not_asked);
  REQUIRE(mask.at(1, 0) == Answer::no_response);
  REQUIRE(mask.count(3) == 3);  // 0->1, 2->0, 2->1
  REQUIRE_FALSE(mask.complete());
  const Observed both = mask.symmetrised();
  REQUIRE(both(1, 0));  // 0 spoke of it
  REQUIRE(both(0, 2));  // 2 spoke of it
  REQUIRE(both.count(3) == 6);
  NetworkParts p = support::network(3, {0}, {1}).parts();
  p.observed = mask;
  REQUIRE(linkpin::reversed(Network(p)).observed().at(0, 1) == Answer::no_response);
}

TEST_CASE("wrong parts are refused by name, value and place") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  REQUIRE_THROWS_WITH(support::network(2, {0, 5}, {1, 1}), ContainsSubstring("source = 5 (tie 1)"));
  REQUIRE_THROWS_WITH(support::network(2, {0}, {-1}), ContainsSubstring("target = -1 (tie 0)"));
  REQUIRE_THROWS_WITH(support::network(2, {0}, {1}, true, {nan}), ContainsSubstring("weight = nan (tie 0)"));
  REQUIRE_THROWS_WITH(support::network(2, {0}, {1}, true, {-2.0}), ContainsSubstring("weight = -2"));
  REQUIRE_THROWS_WITH(support::network(2, {0}, {1}, true, {1, 2}), ContainsSubstring("weight, length = 2"));
  REQUIRE_THROWS_WITH(support::network(2, {0}, {}), ContainsSubstring("target, length = 0"));
  NetworkParts p;
  p.n = 2;
  p.names = std::make_shared<linkpin::StringTable>();
  REQUIRE_THROWS_WITH(Network(p), ContainsSubstring("names, distinct = 0"));
  REQUIRE(Network().n() == 0);
}

TEST_CASE("groups, tie values and lengths are resolved or refused") {
  NetworkParts p = support::network(3, {0, 1}, {1, 2}, true, {2, 4}).parts();
  const std::vector<std::optional<std::string>> sectors = {"nhs", std::nullopt, "council"};
  p.vertices.set("sector", linkpin::text_column(sectors));
  p.ties.set("hours", linkpin::Column(std::vector<double>{8, 16}));
  const Network net(p);
  const linkpin::Groups groups = linkpin::groups(net, "sector");
  REQUIRE(groups.labels == std::vector<std::string>{"council", "nhs"});
  REQUIRE(groups.codes == std::vector<index_t>{1, linkpin::none, 0});
  REQUIRE_THROWS_WITH(linkpin::groups(net, "kind"), ContainsSubstring("sector"));
  REQUIRE(linkpin::TieValues("hours").resolve(net, "f", "weights") == std::vector<double>{8, 16});
  REQUIRE(linkpin::TieValues().resolve(net, "f", "weights") == std::vector<double>{1, 1});
  REQUIRE(linkpin::Lengths("inverse").resolve(net, "f") == std::vector<double>{0.5, 0.25});
  REQUIRE_THROWS_WITH(linkpin::TieValues("days").resolve(net, "f", "weights"), ContainsSubstring("hours"));
  REQUIRE_THROWS_WITH(linkpin::Lengths(std::vector<double>{0, 1}).resolve(net, "f"), ContainsSubstring("tie 0"));
}

TEST_CASE("projections of a small two-mode network, worked out by hand") {
  // People 0, 1, 2 at events 3 (all three) and 4 (0 and 1, who counts double).
  const Network net = support::network(5, {0, 1, 2, 0, 1}, {3, 3, 3, 4, 4}, false, {1, 1, 1, 1, 2});
  const std::vector<std::uint8_t> people = {1, 1, 1, 0, 0};
  using linkpin::Projection;
  auto weights = [&](Projection how) {
    const Network net_of = linkpin::project(net, people, how);
    REQUIRE(net_of.n() == 3);
    REQUIRE(net_of.m() == 3);  // 0-1, 0-2, 1-2
    return std::vector<double>(net_of.weights().begin(), net_of.weights().end());
  };
  REQUIRE(weights(Projection::count) == std::vector<double>{2, 1, 1});
  REQUIRE(weights(Projection::sum) == std::vector<double>{1 + 2, 1, 1});
  REQUIRE(weights(Projection::newman) == std::vector<double>{0.5 + 2, 0.5, 0.5});
  const double norm0 = std::sqrt(2.0);
  const double norm1 = std::sqrt(5.0);
  REQUIRE(std::abs(weights(Projection::cosine)[0] - 3 / (norm0 * norm1)) < 1e-15);
  REQUIRE_THROWS_WITH(linkpin::project(support::network(2, {0}, {1}), std::vector<std::uint8_t>{1, 1}),
                      ContainsSubstring("0 - 1"));
}
