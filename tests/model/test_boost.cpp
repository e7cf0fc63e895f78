#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/strong_components.hpp>
#include <catch2/catch_test_macros.hpp>
#include <linkpin/model/boost.hpp>
#include <support/graphs.hpp>
#include <vector>

namespace {

using linkpin::DirectedView;
using linkpin::index_t;
using linkpin::Network;
using linkpin::UndirectedView;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<DirectedView>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<UndirectedView>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<UndirectedView>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedView>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<
                      boost::property_map<DirectedView, boost::edge_weight_t>::const_type, linkpin::TieEnd>));

// Shortest distances by Bellman-Ford over the ties as they are listed: the obvious twin.
std::vector<double> distances(const Network& net, index_t from) {
  std::vector<double> d(static_cast<std::size_t>(net.n()), std::numeric_limits<double>::max());
  d[static_cast<std::size_t>(from)] = 0;
  for (index_t round = 0; round < net.n(); ++round) {
    for (index_t e = 0; e < net.m(); ++e) {
      const auto u = static_cast<std::size_t>(net.sources()[static_cast<std::size_t>(e)]);
      const auto v = static_cast<std::size_t>(net.targets()[static_cast<std::size_t>(e)]);
      const double w = net.weight(e);
      if (d[u] < std::numeric_limits<double>::max()) d[v] = std::min(d[v], d[u] + w);
      if (!net.directed() && d[v] < std::numeric_limits<double>::max()) d[u] = std::min(d[u], d[v] + w);
    }
  }
  return d;
}

template <class View>
void check_view(const Network& net) {
  const View g(net);
  std::size_t out = 0;
  std::size_t in = 0;
  for (auto [v, last] = vertices(g); v != last; ++v) {
    for (auto [e, end] = out_edges(*v, g); e != end; ++e) {
      REQUIRE(source(*e, g) == *v);
      ++out;
    }
    for (auto [e, end] = in_edges(*v, g); e != end; ++e) {
      REQUIRE(target(*e, g) == *v);
      ++in;
    }
  }
  const auto ends = static_cast<std::size_t>(net.directed() ? net.m() : 2 * net.m() - net.loops());
  REQUIRE(out == ends);
  REQUIRE(in == ends);
  if (net.n() == 0) return;

  std::vector<double> d(static_cast<std::size_t>(net.n()));
  boost::dijkstra_shortest_paths(
      g, 0, boost::distance_map(boost::make_iterator_property_map(d.begin(), get(boost::vertex_index, g))));
  REQUIRE(d == distances(net, 0));
  REQUIRE(linkpin::freeze(g, get(boost::vertex_index, g), get(boost::edge_weight, g)).fingerprint().m == net.m());
}

}  // namespace

TEST_CASE("Boost's const algorithms run on both views of random networks") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Network net = support::random_network(number);
    if (net.directed()) {
      check_view<DirectedView>(net);
    } else {
      check_view<UndirectedView>(net);
    }
  }
}

TEST_CASE("a view of the wrong direction is refused") {
  REQUIRE_THROWS_AS(UndirectedView(support::network(2, {0}, {1})), linkpin::InputError);
  REQUIRE_THROWS_AS(DirectedView(support::network(2, {0}, {1}, false)), linkpin::InputError);
}

TEST_CASE("a view outlives the network it was made from") {
  const auto view = [] { return DirectedView(support::network(3, {0, 1}, {1, 2})); }();
  std::vector<int> component(3);
  REQUIRE(boost::strong_components(
              view, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, view))) == 3);
}

TEST_CASE("any Boost graph is frozen into a network") {
  using Weight = boost::property<boost::edge_weight_t, double>;
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, Weight> graph(4);
  add_edge(2, 0, 1.5, graph);
  add_edge(1, 2, 2.5, graph);
  const Network net = linkpin::freeze(graph, get(boost::vertex_index, graph), get(boost::edge_weight, graph));
  REQUIRE_FALSE(net.directed());
  REQUIRE(net.n() == 4);
  REQUIRE(net == support::network(4, {0, 1}, {2, 2}, false, {1.5, 2.5}));
  REQUIRE(linkpin::freeze(graph).weighted() == false);
}
