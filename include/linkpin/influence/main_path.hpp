// Main path analysis: along which citations most of the ways from early to late work run.
//
// Everything runs along the flow of knowledge: `flow` says whether ties point with it or, as citations do, against it.
// Loops are left out and parallel ties count once, as further copies carry no further way. What runs in circles is
// left out as `cycles` says, and how many ties each reason removes is part of the answer.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/influence/counts.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/network.hpp>
#include <string>
#include <vector>

namespace linkpin {

// What the weight of a tie counts: whole ways from a source to a sink through it (spc), ways from anybody before it to
// a sink (splc), ways from anybody before it to anybody after it (spnp).
enum class Traversal : std::uint8_t { spc, splc, spnp };

// Ties inside a strong component are left out (drop_strong), or ties that do not lead from an earlier to a later
// vertex (by_date).
enum class Cycles : std::uint8_t { drop_strong, by_date };

struct TraversalOptions {
  Traversal kind = Traversal::spc;
  Flow flow = Flow::forward;
  Cycles cycles = Cycles::drop_strong;
  std::string dates = "date";         // by_date: the vertex column of dates or numbers
  std::vector<double> earliest = {};  // instead of the column: by vertex, NaN where unknown
  std::vector<double> latest = {};    // where a date is an interval; empty: the earliest
  Run run = {};
};

// How many ties stay and why the others went.
struct TiesKept {
  std::int64_t kept = 0;
  std::int64_t loops = 0;
  std::int64_t parallel = 0;
  std::int64_t cycles = 0;        // inside a strong component
  std::int64_t against_date = 0;  // lead from a later to an earlier vertex
  std::int64_t on_date = 0;       // neither end is known to be earlier
  std::int64_t undated = 0;       // an end has no date
};

struct TraversalWeights {
  std::vector<index_t> ties;  // those kept, in the network's order
  Counts weights;             // one a kept tie
  Counts total;               // one row: the ways from a source to a sink
  TiesKept removed;
  Provenance provenance;
};

// By tie, how many ways run through it, exactly. Hummon & Doreian 1989, Batagelj 2003. O((n + m) size of the numbers).
// Throws InputError for an undirected network, for by_date without dates, and LimitError where the numbers themselves
// would take more than 4 GB.
[[nodiscard]] TraversalWeights traversal_weights(const Network& net, const TraversalOptions& options = {});

// global: the way from a source to a sink whose weights add up to most. local: from the heaviest ties that leave a
// source, always on along the heaviest ties. key_route: the heaviest ties of all, each carried on both ways globally.
enum class PathSearch : std::uint8_t { global, local, key_route };

struct MainPathOptions {
  PathSearch search = PathSearch::global;
  index_t key_routes = 1;  // how many of the heaviest ties start a route; those as heavy as the last come too
  TraversalOptions traversal = {};
};

struct MainPath {
  std::vector<index_t> vertices;  // along the flow of knowledge
  std::vector<index_t> ties;      // in order of where they start on it
  Counts weights;                 // one a tie of the path
  Counts sum;                     // one row: of those weights
  Counts total;                   // one row: all ways from a source to a sink
  bool unique = true;             // global: no other way is as heavy
  TiesKept removed;
  Provenance provenance;
};

// The main path. Equally heavy ways: global takes the one found first in the network's order and says so; local and
// key_route take all. Cost and errors as traversal_weights; throws InputError for key_routes below 1.
[[nodiscard]] MainPath main_path(const Network& net, const MainPathOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/main_path.ipp>
#endif
