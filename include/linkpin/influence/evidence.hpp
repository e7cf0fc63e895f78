// What there is: evidence that reaches nobody, who cites whom, and where there is none.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

// Two tables and what the reader of them must know.
struct EvidenceTables {
  Frame table;
  Frame summary;
  Provenance provenance;
};

struct StrandedOptions {
  std::vector<std::string> ties = {"produces",     "informs", "cites",    "adopts",
                                   "disseminates", "answers", "leads_to", "precedes"};
  double level = 0.95;
};

// Which evidence no policy and no synthesis draws on, by any number of ties along the flow of knowledge. A synthesis is
// evidence whose column `design` (or `publication_type`) names a review, a meta-analysis or a synthesis. `table`: id,
// evidence_type, access, date (column date, else start), reaches (policy, synthesis, nothing), steps. `summary`: by
// evidence_type the number, how many reach one, their share with its Wilson interval. O(entities + ties).
// Throws InputError where there is no evidence.
[[nodiscard]] EvidenceTables stranded(const Ecosystem& eco, const StrandedOptions& options = {});

struct CrossoverOptions {
  std::string by = "sector";  // of those who produce evidence; or a column of the evidence itself
};

// Citations between groups of evidence, such as that of voluntary organisations and of universities. Evidence with
// several producers' sectors counts in parts. `table`: citing, cited, citations, expected (if both cited as all do),
// ratio. `summary`: group, evidence, citations given and received, share of those given that cross.
// Throws InputError where neither producers nor evidence have the column.
[[nodiscard]] EvidenceTables crossover(const Ecosystem& eco, const CrossoverOptions& options = {});

struct GapMapOptions {
  std::string kind = "evidence";
  std::string rows = "topics";
  std::string columns = "populations";
  std::string layers = "design";
};

// How much evidence there is for each topic, group of people and design, zeros included; lists count in each of their
// values, a missing value as "not said". `table`: row, column, layer, count. `summary`: row, column, count (each
// piece of evidence once). Throws InputError where no entity is of the kind or none of the columns is there.
[[nodiscard]] EvidenceTables gap_map(const Ecosystem& eco, const GapMapOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/influence/detail/evidence.ipp>
#endif
