// Boost.Graph's view of a network, and a network from any Boost.Graph graph. The only header that includes Boost.Graph.
//
// Two views, because a graph's direction is a type there: both model VertexListGraph, BidirectionalGraph and
// EdgeListGraph, the directed one AdjacencyGraph too. The index concepts that ask for renumbering are left out: a
// network is frozen. Views hold the network, so they may outlive the variable they were made from.
#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/model/network.hpp>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace linkpin {

// A tie seen from one of its ends.
struct TieEnd {
  index_t source = none;
  index_t target = none;
  index_t tie = none;

  friend bool operator==(const TieEnd& a, const TieEnd& b) { return a.tie == b.tie; }
  friend auto operator<=>(const TieEnd& a, const TieEnd& b) { return a.tie <=> b.tie; }
};

namespace detail {

// Entry `k` of a row as a tie end that leaves, or enters, the row's vertex.
struct EntryToTie {
  Adjacency rows;
  index_t vertex = none;
  bool incoming = false;

  TieEnd operator()(index_t k) const {
    const index_t other = rows.vertex(k);
    return incoming ? TieEnd{other, vertex, rows.tie(k)} : TieEnd{vertex, other, rows.tie(k)};
  }
};

struct EntryToVertex {
  Adjacency rows;
  index_t operator()(index_t k) const { return rows.vertex(k); }
};

struct TieToEnds {
  std::span<const index_t> sources, targets;
  TieEnd operator()(index_t tie) const {
    const auto e = static_cast<std::size_t>(tie);
    return {sources[e], targets[e], tie};
  }
};

using Counter = boost::counting_iterator<index_t, std::random_access_iterator_tag, std::ptrdiff_t>;

// One base for both views; `Directed` is Boost's directed category.
template <class Category>
class BoostView {
 public:
  using vertex_descriptor = index_t;
  using edge_descriptor = TieEnd;
  using directed_category = Category;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = Counter;
  using edge_iterator = boost::transform_iterator<TieToEnds, Counter>;
  using out_edge_iterator = boost::transform_iterator<EntryToTie, Counter>;
  using in_edge_iterator = out_edge_iterator;
  using adjacency_iterator = boost::transform_iterator<EntryToVertex, Counter>;
  struct traversal_category : boost::vertex_list_graph_tag,
                              boost::edge_list_graph_tag,
                              boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag {};

  static constexpr bool is_directed = std::is_convertible_v<Category, boost::directed_tag>;

  explicit BoostView(Network net) : net_(std::move(net)), out_(net_.out()), in_(net_.in()) {
    if (net_.directed() != is_directed) {
      refuse("BoostView", "network", net_.directed() ? "directed" : "undirected",
             "directed networks have a DirectedView, undirected ones an UndirectedView");
    }
  }

  static vertex_descriptor null_vertex() { return none; }
  [[nodiscard]] const Network& network() const { return net_; }

  friend std::pair<vertex_iterator, vertex_iterator> vertices(const BoostView& g) {
    return {Counter(0), Counter(g.net_.n())};
  }
  friend vertices_size_type num_vertices(const BoostView& g) { return static_cast<std::size_t>(g.net_.n()); }
  friend edges_size_type num_edges(const BoostView& g) { return static_cast<std::size_t>(g.net_.m()); }

  friend std::pair<edge_iterator, edge_iterator> edges(const BoostView& g) {
    const TieToEnds ends{g.net_.sources(), g.net_.targets()};
    return {edge_iterator(Counter(0), ends), edge_iterator(Counter(g.net_.m()), ends)};
  }
  friend std::pair<out_edge_iterator, out_edge_iterator> out_edges(index_t v, const BoostView& g) {
    return g.row(g.out_, v, false);
  }
  friend std::pair<in_edge_iterator, in_edge_iterator> in_edges(index_t v, const BoostView& g) {
    return g.row(g.in_, v, true);
  }
  friend std::pair<adjacency_iterator, adjacency_iterator> adjacent_vertices(index_t v, const BoostView& g) {
    const EntryToVertex other{g.out_};
    return {adjacency_iterator(Counter(g.out_.begin(v)), other), adjacency_iterator(Counter(g.out_.end(v)), other)};
  }
  friend degree_size_type out_degree(index_t v, const BoostView& g) {
    return static_cast<std::size_t>(g.out_.degree(v));
  }
  friend degree_size_type in_degree(index_t v, const BoostView& g) { return static_cast<std::size_t>(g.in_.degree(v)); }
  friend degree_size_type degree(index_t v, const BoostView& g) {
    return out_degree(v, g) + (is_directed ? in_degree(v, g) : 0);
  }
  friend vertex_descriptor source(const TieEnd& e, const BoostView&) { return e.source; }
  friend vertex_descriptor target(const TieEnd& e, const BoostView&) { return e.target; }

 private:
  [[nodiscard]] std::pair<out_edge_iterator, out_edge_iterator> row(const Adjacency& rows, index_t v,
                                                                    bool incoming) const {
    const EntryToTie tie{rows, v, incoming};
    return {out_edge_iterator(Counter(rows.begin(v)), tie), out_edge_iterator(Counter(rows.end(v)), tie)};
  }

  Network net_;
  Adjacency out_, in_;
};

struct TieIndex {
  index_t operator()(const TieEnd& e) const { return e.tie; }
};

struct TieWeight {
  const Network* net = nullptr;
  double operator()(const TieEnd& e) const { return net->weight(e.tie); }
};

}  // namespace detail

struct DirectedView : detail::BoostView<boost::bidirectional_tag> {
  using BoostView::BoostView;
};

struct UndirectedView : detail::BoostView<boost::undirected_tag> {
  using BoostView::BoostView;
};

// Readable maps that Boost's algorithms ask for by get(boost::vertex_index, g), get(boost::edge_weight, g), ...
template <class Category>
boost::typed_identity_property_map<index_t> get(boost::vertex_index_t, const detail::BoostView<Category>&) {
  return {};
}

template <class Category>
auto get(boost::edge_index_t, const detail::BoostView<Category>&) {
  return boost::make_function_property_map<TieEnd, index_t>(detail::TieIndex{});
}

template <class Category>
auto get(boost::edge_weight_t, const detail::BoostView<Category>& g) {
  return boost::make_function_property_map<TieEnd, double>(detail::TieWeight{&g.network()});
}

// A network with the vertices (in index order), ties and, where given, weights of any Boost.Graph VertexListGraph and
// EdgeListGraph. Throws LimitError for more vertices than ids, InputError for weights that are negative or not finite.
template <class Graph, class IndexMap, class WeightMap>
[[nodiscard]] Network freeze(const Graph& graph, IndexMap index, WeightMap weight) {
  constexpr bool weighted = !std::is_same_v<WeightMap, std::nullptr_t>;
  if (num_vertices(graph) > static_cast<std::size_t>(largest_index)) {
    throw LimitError({"freeze", "number of vertices", std::to_string(num_vertices(graph)), "", "ids have 32 bits"});
  }
  NetworkParts parts;
  parts.n = static_cast<index_t>(num_vertices(graph));
  parts.directed = std::is_convertible_v<typename boost::graph_traits<Graph>::directed_category, boost::directed_tag>;
  for (auto [at, last] = edges(graph); at != last; ++at) {
    parts.source.push_back(static_cast<index_t>(get(index, source(*at, graph))));
    parts.target.push_back(static_cast<index_t>(get(index, target(*at, graph))));
    if constexpr (weighted) parts.weight.push_back(static_cast<double>(get(weight, *at)));
  }
  return Network(std::move(parts));
}

template <class Graph>
[[nodiscard]] Network freeze(const Graph& graph) {
  return freeze(graph, get(boost::vertex_index, graph), nullptr);
}

}  // namespace linkpin

// The maps' types, by which Boost's algorithms find them.
namespace boost {

template <class View>
requires std::is_base_of_v<linkpin::DirectedView, View> || std::is_base_of_v<linkpin::UndirectedView, View>
struct property_map<View, vertex_index_t> {
  using type = typed_identity_property_map<linkpin::index_t>;
  using const_type = type;
};

template <class View>
requires std::is_base_of_v<linkpin::DirectedView, View> || std::is_base_of_v<linkpin::UndirectedView, View>
struct property_map<View, edge_index_t> {
  using type = function_property_map<linkpin::detail::TieIndex, linkpin::TieEnd, linkpin::index_t>;
  using const_type = type;
};

template <class View>
requires std::is_base_of_v<linkpin::DirectedView, View> || std::is_base_of_v<linkpin::UndirectedView, View>
struct property_map<View, edge_weight_t> {
  using type = function_property_map<linkpin::detail::TieWeight, linkpin::TieEnd, double>;
  using const_type = type;
};

}  // namespace boost
