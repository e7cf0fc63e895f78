// Consulted but not deciding, and all the way through: where those who take part are let in, and how far they come.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct DecidingOptions {
  std::string by = "capacity";              // as participation
  std::string at_or_above = "collaborate";  // a level of IAP2's spectrum: from here on taking part is deciding
  int permutations = 9999;                  // of the groups among those who take part; 0: none
  std::uint64_t seed = 0;
  Run run = {};
};

struct Deciding {
  // group, people (entities), attendance and attendance_share, decisions and decision_share, ratio and difference of
  // the shares (decisions to attendance), p (two-sided), p_less (so few decisions or fewer by chance), p_greater,
  // p_error (Monte Carlo standard error of p). Whoever belongs to two groups is shared equally between them.
  Frame table;
  std::string decisions_from;  // "decides": ties of that kind; "level": participations surely at or above the level
  Provenance provenance;
};

// A group's share of the decisions against its share of attendance. Decisions are the ties of kind decides where there
// are any, else the participations whose level is surely at or above the one asked for. The test keeps what each took
// part in and decided, and shuffles who belongs to which group. O(people * (1 + permutations)). Throws as
// participation, and InputError for a negative number of permutations.
[[nodiscard]] Deciding consulted_not_deciding(const Ecosystem& eco, const DecidingOptions& options = {});

struct ThroughOptions {
  std::string by = "capacity";
  std::vector<std::string> shaping = {"priority setting", "design"};
  std::vector<std::string> later = {"analysis", "dissemination", "implementation"};
  double level = 0.95;
};

struct Through {
  // group (missing: everybody), stage (missing: all the later ones), shaped, still_there, share with its exact interval
  // low and high. Counted in people per project.
  Frame table;
  Provenance provenance;
};

// How many of those who shaped the question are still there at each later stage of the same project. An event, board or
// decision belongs to the project it is a member_of; otherwise it stands for itself. O(participations).
// Throws as participation.
[[nodiscard]] Through all_the_way_through(const Ecosystem& eco, const ThroughOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/participation/detail/deciding.ipp>
#endif
