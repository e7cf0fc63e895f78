// The network that knowledge runs along: every tie points the way its kind says knowledge goes.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/time.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

struct KnowledgeOptions {
  std::vector<std::string> kinds = {};  // kinds of tie; empty: those that carry knowledge_kinds()
  std::optional<Date> at = {};          // what may hold at some time in this date
};

// The kinds of tie of an ecosystem that carry what is learnt towards policy, of: produces, disseminates, informs,
// cites, adopts, answers, leads_to, feeds_back. Others carry it too where they are named.
[[nodiscard]] std::vector<std::string> knowledge_kinds(const Ecosystem& eco);

// Vertices are all entities, with their columns; a tie whose kind runs backward (a citation) is turned round, one of a
// symmetric kind goes both ways. Nothing is merged, so that every tie keeps its own source, date and probability.
// Throws InputError for a kind the ecosystem does not have.
[[nodiscard]] Network knowledge_network(const Ecosystem& eco, const KnowledgeOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/knowledge.ipp>
#endif
