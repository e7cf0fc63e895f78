// The gap table: what people put first, beside what is funded and what is researched.
//
// Priorities are entities of kind "priority". What people say of them are reports to a priority (`item`: the question);
// what is about them are ties of kind "addresses" from awards, projects, evidence. Money is the `amount` of "funds"
// ties to what addresses a priority, or its own column `amount` where there are none, and of "funds" ties to the
// priority.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/priorities/consensus.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct PriorityGapOptions {
  std::string item = {};          // the question; empty: the first that reports ask of priorities
  bool high_is_best = false;      // votes and ratings, where more is better; else ranks
  std::string groups = "sector";  // entity column of the respondents
};

struct PriorityGap {
  Frame table;   // priority, label, rank, money, money_share, money_rank, research, research_share, research_rank,
                 // money_gap and research_gap (places further down than people put it)
  Frame groups;  // group, priority, rank: Borda's order within each group
  Frame cost;    // group, judges, preferences, overruled, share: what the shared order costs each
  double money_tau = undefined;     // Kendall's tau-b of the order of priorities and of money
  double research_tau = undefined;  // and of research
  Provenance provenance;
};

// The shared order is Borda's, of all respondents. Money for something that addresses several priorities is split
// evenly between them; research counts projects and evidence, whole for each. Amounts in several currencies are not
// added: NaN. O(reports + ties + respondents priorities^2). Throws InputError for a question nobody was asked.
[[nodiscard]] PriorityGap priority_gap(const Ecosystem& eco, const PriorityGapOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/priorities/detail/gap.ipp>
#endif
