// Structural holes: how far the contacts of an actor are tied to each other, and so add nothing new.
//
// Loops are left out and the two directions of a dyad are added; parallel ties add. Ties of weight 0 are no contacts.
// An actor without contacts has no score: NaN, named in the warnings.
#pragma once

#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <vector>

namespace linkpin {

struct HolesOptions {
  TieValues weights{};  // strength of each tie; each 1 unless given
  Run run{};
};

// One value a vertex.
struct HoleScores {
  std::vector<double> values;
  Provenance provenance;
};

// How much an actor's time goes, directly or by way of others, to contacts who are tied to each other: high is hemmed
// in. Burt 1992. Triangle enumeration, O(m^1.5) at worst; the same bits on any number of threads. Throws InputError for
// weights that are negative, not finite or of another length.
[[nodiscard]] HoleScores constraint(const Network& net, const HolesOptions& options = {});

// How many contacts an actor has after those who lead to the same people are discounted. Burt 1992; without weights on
// an undirected network this is Borgatti's n - 2t/n. Cost and errors as constraint.
[[nodiscard]] HoleScores effective_size(const Network& net, const HolesOptions& options = {});

// The effective size as a share of the contacts an actor has. Cost and errors as constraint.
[[nodiscard]] HoleScores efficiency(const Network& net, const HolesOptions& options = {});

// Whether an actor's constraint comes from one contact (near 1) or evenly from all (0). Undefined with fewer than two
// contacts. Burt 1992. Cost and errors as constraint.
[[nodiscard]] HoleScores hierarchy(const Network& net, const HolesOptions& options = {});

// Constraint where actors meet only in events (or events only through actors), for the vertices of both modes:
// Hollway, Morin & Pauwelyn 2020. O(sum over vertices of the degrees of their neighbours, squared at worst).
// Throws InputError where the network is not two-mode, naming a tie that joins one mode to itself; else as constraint.
[[nodiscard]] HoleScores constraint_two_mode(const Network& net, const HolesOptions& options = {});

// The contacts an actor has by way of shared events, less those who are each other's contacts too, weighted by how many
// events are shared; for the vertices of both modes. Burchard & Cornwell 2018; presence of a tie only, no weights.
// Cost of a projection and its triangles. Throws InputError where the network is not two-mode.
[[nodiscard]] HoleScores effective_size_two_mode(const Network& net, const Run& run = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/holes.ipp>
#endif
