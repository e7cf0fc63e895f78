#pragma once

#include <algorithm>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/influence/knowledge.hpp>
#include <memory>
#include <utility>

namespace linkpin {

LINKPIN_INLINE std::vector<std::string> knowledge_kinds(const Ecosystem& eco) {
  const std::vector<std::string> carriers = {"produces", "disseminates", "informs",  "cites",
                                             "adopts",   "answers",      "leads_to", "feeds_back"};
  std::vector<std::string> kinds;
  for (const std::string& kind : Ecosystem::distinct(eco.ties(), "kind")) {
    if (std::find(carriers.begin(), carriers.end(), kind) != carriers.end()) kinds.push_back(kind);
  }
  return kinds;
}

LINKPIN_INLINE Network knowledge_network(const Ecosystem& eco, const KnowledgeOptions& options) {
  const std::vector<std::string> present = Ecosystem::distinct(eco.ties(), "kind");
  std::string known;
  for (const std::string& kind : present) known += (known.empty() ? "" : ", ") + kind;
  for (const std::string& kind : options.kinds) {
    if (std::find(present.begin(), present.end(), kind) == present.end()) {
      refuse("knowledge_network", "kinds", kind, "the ecosystem has: " + (known.empty() ? "none" : known));
    }
  }
  const std::vector<std::string> wanted = options.kinds.empty() ? knowledge_kinds(eco) : options.kinds;
  const Column* kinds = eco.ties().find("kind");
  const Column* starts = eco.ties().find("start");
  const Column* ends = eco.ties().find("end");
  const Column* weights = eco.ties().find("weight");
  NetworkParts p;
  p.n = eco.entity_count();
  std::vector<index_t> rows;
  for (std::size_t row = 0; row < eco.from().size() && kinds != nullptr; ++row) {
    if (kinds->missing(row)) continue;
    const std::string kind(kinds->view(row));
    if (std::find(wanted.begin(), wanted.end(), kind) == wanted.end()) continue;
    Period period;
    if (starts != nullptr && !starts->missing(row)) period.start = starts->dates()[row];
    if (ends != nullptr && !ends->missing(row)) period.end = ends->dates()[row];
    if (options.at && overlap(period, *options.at) == Overlap::no) continue;
    const TieKind meaning = eco.kind(kind);
    index_t from = eco.from()[row];
    index_t to = eco.to()[row];
    if (meaning.flow == Flow::backward) std::swap(from, to);
    for (int way = 0; way < (meaning.symmetric && from != to ? 2 : 1); ++way, std::swap(from, to)) {
      p.source.push_back(from);
      p.target.push_back(to);
      if (weights != nullptr) p.weight.push_back(weights->missing(row) ? 1.0 : weights->number(row));
      rows.push_back(static_cast<index_t>(row));
    }
  }
  p.ties = eco.ties().take(rows);
  p.ties.resize(rows.size());
  p.names = eco.parts().ids;
  p.vertices = eco.entities();
  p.vertices.resize(static_cast<std::size_t>(p.n));
  p.lens = wanted.empty() ? "along the flow of knowledge: no kind of tie carries it"
                          : "along the flow of knowledge: ties of kind ";
  for (std::size_t i = 0; i < wanted.size(); ++i) p.lens += (i == 0 ? "" : ", ") + wanted[i];
  if (options.at) p.lens += "; what may hold in " + to_string(*options.at);
  return Network(std::move(p));
}

}  // namespace linkpin
