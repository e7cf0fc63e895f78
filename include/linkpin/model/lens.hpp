// The lens: how a network is derived from an ecosystem. The one door from claims to graphs.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/projection.hpp>
#include <linkpin/model/reconcile.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

struct Lens {
  std::vector<std::string> kinds = {};         // kinds of tie; empty: all
  std::vector<std::string> entity_kinds = {};  // kinds of entity kept as vertices; empty: all
  std::optional<Date> at = {};                 // what holds at some time in this date
  bool certain = false;                        // only what certainly holds then
  std::string item = {};  // the question whose reports are read; empty: the claimed ties, or, where
                          // there are only reports, the first question
  std::string wave = {};  // empty: all waves, a later answer of the same respondent counts
  Rule rule = Rule::either;
  double threshold = 0.5;  // of the rule consensus: the share of the words that a tie must pass
  NonResponse nonresponse = NonResponse::available;
  std::string weight = {};   // tie column that gives the weight; empty: "weight" where there is one
  std::string project = {};  // kind of entity that a two-mode network is projected onto
  Projection projection = Projection::sum;
  bool isolates = true;  // keep entities without a tie

  friend bool operator==(const Lens&, const Lens&) = default;
};

// In words, for methods and results: "ties of kind funds at 2023; parallel ties merged".
[[nodiscard]] std::string describe(const Lens& lens);

// Vertices are entities (names are ids; label, kind, sector, roles and the user's attributes are columns). Ties of one
// dyad are merged and their weights added. Undirected where all the kinds in it are symmetric.
// Throws InputError for a kind, item, wave or column that the ecosystem does not have, naming those it has.
[[nodiscard]] Network derive(const Ecosystem& eco, const Lens& lens = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/lens.ipp>
#endif
