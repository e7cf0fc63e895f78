// Strategic and grassroots: whether what is said near the ground has a way to where strategy is made, and through whom.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct LinkageOptions {
  // Kinds of tie that a way may take, in either direction.
  std::vector<std::string> kinds = {"takes_part_in", "member_of", "leads",     "affiliated_with",
                                    "advises",       "governs",   "feeds_back"};
  Run run = {};
};

struct Linkage {
  Frame pairs;     // grassroots, strategic (ids), steps (missing: there is no way), ways (shortest ones)
  Frame carriers;  // id, share (of the linked pairs, on whose shortest ways it lies), cut_off (pairs that lose every
                   // way without it): the people and bodies in between, the largest share first
  std::vector<index_t> both;        // bodies that are strategic and grassroots at once
  double linked = undefined;        // share of the pairs with a way
  double median_steps = undefined;  // of the linked pairs: places in an order of whole steps
  std::int64_t independent = 0;     // most ways between the two sides that share nobody in between
  Provenance provenance;
};

// Ways between grassroots and strategic bodies and the people and bodies on them. A body is what its column `setting`
// says, or what the ties of kind takes_part_in that lead to it say; one that is both stands for itself and is no pair.
// Shortest ways as in betweenness (Freeman 1977), restricted to the pairs of the two sides; independent ways by Menger
// 1927. O(pairs' sources (n + m)), and (n + m) for each independent way and for each carrier that others hang on.
// Throws InputError for a setting that is neither, naming the entity.
[[nodiscard]] Linkage linkage(const Ecosystem& eco, const LinkageOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/linkage.ipp>
#endif
