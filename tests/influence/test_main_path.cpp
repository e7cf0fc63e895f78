// Main paths: published examples, every oracle, and ways counted one by one on random networks.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <functional>
#include <linkpin/influence/main_path.hpp>
#include <linkpin/model/network.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

using linkpin::Counts;
using linkpin::Cycles;
using linkpin::Flow;
using linkpin::index_t;
using linkpin::Network;
using linkpin::PathSearch;
using linkpin::Traversal;

namespace {

std::size_t at(index_t v) { return static_cast<std::size_t>(v); }

Network named(const std::vector<std::pair<std::string, std::string>>& ties) {
  auto names = std::make_shared<linkpin::StringTable>();
  linkpin::NetworkParts p;
  for (const auto& tie : ties) {
    p.source.push_back(names->intern(tie.first));
    p.target.push_back(names->intern(tie.second));
  }
  p.n = names->size();
  p.names = names;
  return Network(std::move(p));
}

using ByEnds = std::map<std::pair<std::string, std::string>, std::string>;

ByEnds weights(const Network& net, Traversal kind, Flow flow = Flow::forward) {
  const linkpin::TraversalWeights w = linkpin::traversal_weights(net, {.kind = kind, .flow = flow});
  ByEnds found;
  for (std::size_t i = 0; i < w.ties.size(); ++i) {
    const auto tie = at(w.ties[i]);
    found[{net.name(net.sources()[tie]), net.name(net.targets()[tie])}] = w.weights.decimal(i);
  }
  return found;
}

// The 17 ties of Liu & Lu's example, in the order of the published values.
const std::vector<std::pair<std::string, std::string>> example = {
    {"A", "C"}, {"C", "E"}, {"C", "H"}, {"E", "G"}, {"G", "H"}, {"H", "K"}, {"B", "C"}, {"B", "D"}, {"B", "J"},
    {"D", "F"}, {"D", "I"}, {"F", "H"}, {"F", "I"}, {"I", "L"}, {"I", "M"}, {"J", "M"}, {"M", "N"}};

Network reverse_of(const Network& net) { return linkpin::reversed(net); }

}  // namespace

TEST_CASE("traversal weights of the published example", "[main_path]") {
  // SPC and SPLC: Liu & Lu 2012; SPNP recomputed independently.
  const std::map<Traversal, std::vector<int>> published = {
      {Traversal::spc, {2, 2, 2, 2, 2, 5, 2, 5, 1, 3, 2, 1, 2, 2, 2, 1, 3}},
      {Traversal::splc, {2, 3, 3, 4, 5, 12, 2, 5, 1, 6, 4, 3, 6, 6, 6, 2, 9}},
      {Traversal::spnp, {7, 12, 6, 12, 10, 12, 7, 12, 3, 14, 8, 6, 12, 6, 12, 4, 9}}};
  const std::map<Traversal, std::string> sums = {
      {Traversal::spc, "15"}, {Traversal::splc, "32"}, {Traversal::spnp, "59"}};
  const Network net = named(example);
  for (const auto& row : published) {
    const ByEnds found = weights(net, row.first);
    for (std::size_t i = 0; i < example.size(); ++i) {
      INFO(example[i].first << example[i].second);
      CHECK(found.at(example[i]) == std::to_string(row.second[i]));
    }
    const linkpin::MainPath path = linkpin::main_path(net, {.traversal = {.kind = row.first}});
    std::string letters;
    for (const index_t v : path.vertices) letters += net.name(v);
    CHECK(letters == "BDFIMN");
    CHECK(path.sum.decimal(0) == sums.at(row.first));
    CHECK(path.ties.size() == 5);
  }
}

TEST_CASE("traversal weights agree with every oracle", "[main_path]") {
  LINKPIN_NEED_DATA("oracles");
  const std::map<std::string, std::pair<std::string, std::string>> totals = {
      {"spc_example", {"73", "151"}},
      {"spc_pajek_test7", {"4", "11"}},
      {"spc_smagri", {"57019601", "149477278"}},
      {"spc_smallworld", {"", ""}}};  // summary.json of each
  for (const auto& entry : totals) {
    INFO(entry.first);
    const auto cells = support::read_columns(support::data_folder() / "oracles" / entry.first / "arcs.csv");
    linkpin::NetworkParts p;
    for (std::size_t i = 0; i < cells.at("from").size(); ++i) {
      p.source.push_back(std::stoi(cells.at("from")[i]));
      p.target.push_back(std::stoi(cells.at("to")[i]));
      p.n = std::max({p.n, p.source.back() + 1, p.target.back() + 1});
    }
    const Network net(std::move(p));
    const std::map<std::string, Traversal> kinds = {
        {"SPC", Traversal::spc}, {"SPLC", Traversal::splc}, {"SPNP", Traversal::spnp}};
    for (const auto& kind : kinds) {
      const ByEnds found = weights(net, kind.second);
      REQUIRE(found.size() == cells.at("from").size());
      std::size_t same = 0;
      for (std::size_t i = 0; i < found.size(); ++i) {
        same += found.at({cells.at("from")[i], cells.at("to")[i]}) == cells.at(kind.first)[i] ? 1 : 0;
      }
      CHECK(same == found.size());
      // What is counted backwards from sinks is counted forwards on the reversed network.
      if (kind.second != Traversal::splc) {
        ByEnds turned;
        for (const auto& tie : weights(reverse_of(net), kind.second)) {
          turned[{tie.first.second, tie.first.first}] = tie.second;
        }
        CHECK(turned == found);
      }
    }
    const linkpin::MainPath path = linkpin::main_path(net);
    if (!entry.second.first.empty()) {
      CHECK(path.total.decimal(0) == entry.second.first);
      CHECK(path.sum.decimal(0) == entry.second.second);
    }
  }
}

TEST_CASE("counts are exact at any size", "[main_path]") {
  // A chain of k diamonds has 2^k ways; 2^200 = 16069...1376 (61 digits).
  linkpin::NetworkParts p;
  const index_t diamonds = 200;
  p.n = 3 * diamonds + 1;
  for (index_t i = 0; i < diamonds; ++i) {
    for (const index_t side : {3 * i + 1, 3 * i + 2}) {
      p.source.insert(p.source.end(), {3 * i, side});
      p.target.insert(p.target.end(), {side, 3 * i + 3});
    }
  }
  const Network net(std::move(p));
  const linkpin::TraversalWeights w = linkpin::traversal_weights(net);
  CHECK(w.total.decimal(0) == "1606938044258990275541962092341162602522202993782792835301376");
  CHECK(w.total.number(0) == std::exp2(200));
  CHECK(w.weights.number(0) == std::exp2(199));
  const linkpin::MainPath path = linkpin::main_path(net);
  CHECK_FALSE(path.unique);
  CHECK(path.sum.number(0) == 400 * std::exp2(199));
  CHECK(Counts(1, 3).decimal(0) == "0");
}

TEST_CASE("main paths agree with every way counted one by one", "[main_path]") {
  int checked = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number, {.directed = true, .loops = true, .parallel = true}, 8);
    const Flow flow = number % 2 == 0 ? Flow::forward : Flow::backward;
    const linkpin::TraversalWeights w = linkpin::traversal_weights(net, {.flow = flow});
    CHECK(w.removed.kept + w.removed.loops + w.removed.parallel + w.removed.cycles == net.m());
    // The kept ties as rows, then every way from a source to a sink.
    std::map<index_t, std::map<index_t, index_t>> rows;
    std::set<index_t> heads;
    for (const index_t tie : w.ties) {
      index_t u = net.sources()[at(tie)];
      index_t v = net.targets()[at(tie)];
      if (flow == Flow::backward) std::swap(u, v);
      rows[u][v] = tie;
      heads.insert(v);
    }
    std::map<index_t, int> count;
    std::vector<std::vector<index_t>> all;
    std::vector<index_t> way;
    std::function<void(index_t)> walk = [&](index_t u) {
      if (!rows.contains(u)) {
        all.push_back(way);
        for (const index_t tie : way) ++count[tie];
        return;
      }
      for (const auto& step : rows[u]) {
        way.push_back(step.second);
        walk(step.first);
        way.pop_back();
      }
    };
    std::vector<index_t> starts;
    for (const auto& row : rows) {
      if (!heads.contains(row.first)) starts.push_back(row.first);
    }
    for (const index_t u : starts) walk(u);
    CHECK(w.total.number(0) == static_cast<double>(all.size()));
    for (std::size_t i = 0; i < w.ties.size(); ++i) CHECK(w.weights.number(i) == count[w.ties[i]]);
    int best = 0;
    int ways = 0;
    for (const auto& one : all) {
      int sum = 0;
      for (const index_t tie : one) sum += count[tie];
      if (sum > best) ways = 0;
      best = std::max(best, sum);
      ways += sum == best ? 1 : 0;
    }
    const linkpin::MainPath path = linkpin::main_path(net, {.traversal = {.flow = flow}});
    CHECK(path.sum.number(0) == best);
    if (!all.empty()) CHECK(path.unique == (ways == 1));
    const linkpin::MainPath route =
        linkpin::main_path(net, {.search = PathSearch::key_route, .traversal = {.flow = flow}});
    int top = 0;
    for (const auto& one : count) top = std::max(top, one.second);
    for (const auto& one : count) {
      if (one.second == top) CHECK(std::find(route.ties.begin(), route.ties.end(), one.first) != route.ties.end());
    }
    const linkpin::MainPath local = linkpin::main_path(net, {.search = PathSearch::local, .traversal = {.flow = flow}});
    CHECK(local.ties.empty() == all.empty());
    checked += all.size() > 1 ? 1 : 0;
  }
  CHECK(checked > 80);
}

TEST_CASE("ties in date and circles are stated", "[main_path]") {
  // 0 -> 1 -> 2 -> 0 is a circle; by date 2 -> 0 leads back; 0 -> 3 lies on one date; 4 has none.
  linkpin::NetworkParts p;
  p.n = 5;
  p.source = {0, 1, 2, 0, 3};
  p.target = {1, 2, 0, 3, 4};
  const Network net(std::move(p));
  const linkpin::TraversalWeights strong = linkpin::traversal_weights(net);
  CHECK(strong.removed.cycles == 3);
  CHECK(strong.removed.kept == 2);
  linkpin::TraversalOptions options{.cycles = Cycles::by_date, .earliest = {1, 2, 3, 1, std::nan("")}};
  const linkpin::TraversalWeights dated = linkpin::traversal_weights(net, options);
  CHECK(dated.removed.kept == 2);
  CHECK(dated.removed.against_date == 1);
  CHECK(dated.removed.on_date == 1);
  CHECK(dated.removed.undated == 1);
  CHECK(dated.provenance.warnings.size() == 3);
  // A year and a day in it: neither is known to be earlier.
  options.earliest = {0, 5, 10, 20, 30};
  options.latest = {5, 9, 15, 25, 35};
  CHECK(linkpin::traversal_weights(net, options).removed.on_date == 1);
}

TEST_CASE("main paths refuse what they cannot serve", "[main_path]") {
  const Network both = support::network(2, {0}, {1}, false);
  CHECK_THROWS_AS(linkpin::traversal_weights(both), linkpin::InputError);
  const Network net = support::network(2, {0}, {1});
  CHECK_THROWS_WITH(linkpin::traversal_weights(net, {.cycles = Cycles::by_date}),
                    Catch::Matchers::ContainsSubstring("dates"));
  CHECK_THROWS_AS(linkpin::main_path(net, {.search = PathSearch::key_route, .key_routes = 0}), linkpin::InputError);
  CHECK(linkpin::main_path(Network()).vertices.empty());
  CHECK(linkpin::traversal_weights(Network()).total.decimal(0) == "0");
}
