// Before a new project: what overlaps without a tie, what there is on its topics already, and who is behind it.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct OverlapOptions {
  std::vector<std::string> kinds = {"project", "award", "partnership"};
  double least = 0.5;  // similarity
  index_t most = 100;  // pairs given, the most alike first
  Run run = {};
};

// Projects alike in topic that no tie joins. Topics are the list column `topics` and ties to entities of kind topic;
// similarity is the cosine of topics weighted by log(projects / projects with it). `table`: a, b, similarity, shared
// (topics), common (entities both are tied to, other than topics). `summary`: topic, projects. O(pairs that share a
// topic). Throws InputError where no project has a topic, and for a least outside (0, 1].
[[nodiscard]] EvidenceTables overlap(const Ecosystem& eco, const OverlapOptions& options = {});

struct PriorWorkOptions {
  std::vector<std::string> kinds = {"project", "award", "partnership", "evidence", "policy", "outcome"};
  index_t most = 100;
};

// The review that should come before a new project: what there is on its topics, and who is behind it. `table`: id,
// kind, similarity (as in overlap), shared, date. `summary`: id, kind, works (how many of these the person or
// organisation is tied to), best (their highest similarity). Throws InputError without topics.
[[nodiscard]] EvidenceTables prior_work(const Ecosystem& eco, const std::vector<std::string>& wanted,
                                        const PriorWorkOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/overlap.ipp>
#endif
