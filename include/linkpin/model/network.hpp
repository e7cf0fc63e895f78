// The network: frozen compressed-sparse-row arrays in both directions, with vertex and tie columns beside them.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/observed.hpp>
#include <linkpin/model/strings.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// Ties between the same two vertices: kept as they are, or merged into one whose weight is the sum.
enum class Parallel : std::uint8_t { keep, merge };

// What becomes of weights when two arcs u->v and v->u are symmetrised into one tie.
enum class Symmetrise : std::uint8_t { max, sum, mean, min };

// One direction of a network. The neighbours of v are vertices[offsets[v]] .. vertices[offsets[v + 1] - 1], sorted.
struct Adjacency {
  std::span<const index_t> offsets;
  std::span<const index_t> vertices;
  std::span<const index_t> ties;  // the tie of each entry; empty where entry k is tie k

  [[nodiscard]] index_t begin(index_t v) const { return offsets[static_cast<std::size_t>(v)]; }
  [[nodiscard]] index_t end(index_t v) const { return offsets[static_cast<std::size_t>(v) + 1]; }
  [[nodiscard]] index_t degree(index_t v) const { return end(v) - begin(v); }
  [[nodiscard]] index_t vertex(index_t entry) const { return vertices[static_cast<std::size_t>(entry)]; }
  [[nodiscard]] index_t tie(index_t entry) const {
    return ties.empty() ? entry : ties[static_cast<std::size_t>(entry)];
  }
  [[nodiscard]] std::span<const index_t> of(index_t v) const {
    return vertices.subspan(static_cast<std::size_t>(begin(v)), static_cast<std::size_t>(degree(v)));
  }
};

// Everything a network is frozen from; every member but the ends of the ties may stay as it is.
struct NetworkParts {
  index_t n = 0;
  std::vector<index_t> source;  // tails, by tie
  std::vector<index_t> target;  // heads, by tie
  std::vector<double> weight;   // empty: every tie counts 1
  bool directed = true;
  Parallel parallel = Parallel::keep;
  std::shared_ptr<const StringTable> names;  // null: "0", "1", ...
  Frame vertices;                            // a row a vertex
  Frame ties;                                // a row a tie
  Observed observed;
  std::string lens;
};

// A frozen graph. Copies share the arrays; nothing can change them.
//
// Ties are numbered in order of (tail, head), undirected ones with the smaller end as tail, so equal input in any order
// gives the same network. A loop stands once in its vertex's row of an undirected network.
class Network {
 public:
  // The network without vertices.
  Network();

  // Throws InputError for an end outside [0, n), a weight that is negative or not finite, or columns of another length;
  // LimitError for more than 2^31-1 entries. O(n + m).
  explicit Network(NetworkParts parts);

  [[nodiscard]] index_t n() const { return data_->n; }
  [[nodiscard]] index_t m() const { return static_cast<index_t>(data_->source.size()); }
  [[nodiscard]] bool directed() const { return data_->directed; }
  [[nodiscard]] bool weighted() const { return !data_->weight.empty(); }
  [[nodiscard]] bool has_loops() const { return data_->loops > 0; }
  [[nodiscard]] bool has_parallel() const { return data_->parallel_ties > 0; }
  [[nodiscard]] index_t loops() const { return data_->loops; }
  // Ties beyond the first of their dyad.
  [[nodiscard]] index_t parallel_ties() const { return data_->parallel_ties; }

  // Rows of ties leaving, entering. The two are the same where the network is undirected.
  [[nodiscard]] Adjacency out() const;
  [[nodiscard]] Adjacency in() const;

  // By tie. weights() is empty where every tie counts 1.
  [[nodiscard]] std::span<const index_t> sources() const { return data_->source; }
  [[nodiscard]] std::span<const index_t> targets() const { return data_->target; }
  [[nodiscard]] std::span<const double> weights() const { return data_->weight; }
  [[nodiscard]] double weight(index_t tie) const {
    return data_->weight.empty() ? 1.0 : data_->weight[static_cast<std::size_t>(tie)];
  }

  [[nodiscard]] std::string name(index_t vertex) const;
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::shared_ptr<const StringTable> name_table() const { return data_->names; }  // null: "0", "1", ...
  // The vertex of a name, or `none`.
  [[nodiscard]] index_t find(std::string_view name) const;

  [[nodiscard]] const Frame& vertices() const { return data_->vertices; }
  [[nodiscard]] const Frame& ties() const { return data_->ties; }
  [[nodiscard]] const Observed& observed() const { return data_->observed; }
  [[nodiscard]] const std::string& lens() const { return data_->lens; }
  [[nodiscard]] Fingerprint fingerprint() const { return data_->fingerprint; }

  // The parts this network can be frozen from again; ties come in network order.
  [[nodiscard]] NetworkParts parts() const;

  friend bool operator==(const Network& a, const Network& b);

 private:
  struct Data {
    index_t n = 0;
    bool directed = true;
    index_t loops = 0;
    index_t parallel_ties = 0;
    std::vector<index_t> source, target;  // by tie
    std::vector<double> weight;
    std::vector<index_t> out_offsets, out_vertices, out_ties;
    std::vector<index_t> in_offsets, in_vertices, in_ties;  // empty where undirected
    std::shared_ptr<const StringTable> names;
    Frame vertices, ties;
    Observed observed;
    std::string lens;
    Fingerprint fingerprint;
  };

  std::shared_ptr<const Data> data_;
};

// One tie a pair, whatever its direction; loops once; weights combined as asked (1 each where there are none).
[[nodiscard]] Network undirected(const Network& net, Symmetrise weights = Symmetrise::max);

// Every tie turned round. An undirected network comes back as it is.
[[nodiscard]] Network reversed(const Network& net);

// The network among `vertices` (each at most once), in that order.
[[nodiscard]] Network subnetwork(const Network& net, std::span<const index_t> vertices);

// The same vertices with the ties for which keep[tie] is not 0.
[[nodiscard]] Network with_ties(const Network& net, std::span<const std::uint8_t> keep);

// Without loops and with one tie a dyad (weights summed).
[[nodiscard]] Network simplified(const Network& net);

// A start for a result: measure, lens and fingerprint filled in, and a warning where lists of names were capped.
[[nodiscard]] Provenance provenance(const Network& net, std::string_view measure);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/network.ipp>
#endif
