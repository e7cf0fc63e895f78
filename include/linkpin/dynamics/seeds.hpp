// Whom to tell first: the seeds from which something spreads furthest, within a number, a budget and floors for groups.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/dynamics/diffusion.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <optional>
#include <vector>

namespace linkpin {

// exact: lazy greedy (CELF) on the exact spread. sampled: reverse-reachable sets (OPIM-C). automatic: exact where
// small.
enum class SeedMethod : std::uint8_t { automatic, exact, sampled };

// What is proven of the choice before it is made. k_seeds: 1 - 1/e (less epsilon where sampled). budgeted: half of
// that, the better of the greedy by ratio and the best single vertex. nothing: floors, or both a number and a budget
// that bind.
enum class SeedFactor : std::uint8_t { k_seeds, budgeted, nothing };

// met: every group is reached to its floor. infeasible: no choice can meet one of them. short: this choice does not.
enum class FloorVerdict : std::uint8_t { not_asked, met, infeasible, short_of };

// At least this share of a group must be reached.
struct Floor {
  index_t group = 0;
  double share = 0.0;
};

struct SeedOptions {
  DiffusionModel model = DiffusionModel::independent_cascade;
  TieValues p = "probability";  // as in spread
  Flow flow = Flow::forward;
  SeedMethod method = SeedMethod::automatic;
  double epsilon = 0.1;            // of the guarantee
  double delta = 0.0;              // the guarantee fails with at most this probability; 0 for 1 / n
  std::vector<double> costs{};     // by vertex; each 1 unless given
  std::optional<double> budget{};  // the costs of the seeds sum to no more
  Groups groups{};
  std::vector<Floor> floors{};
  double level = 0.95;  // of the intervals
  std::uint64_t seed = 0;
  Run run{};
};

// A group, how much of it is reached, and what was asked.
struct GroupReach {
  index_t group = 0;
  index_t size = 0;
  double reached = 0.0;  // expected number of its members
  Interval interval;     // NaN where exact
  double without_floors = 0.0;
  double floor = 0.0;       // expected number asked for
  double shortfall = 0.0;   // expected number that is lacking
  double most = undefined;  // no choice of seeds reaches more of this group (where sampled, but for delta)
  FloorVerdict verdict = FloorVerdict::not_asked;
};

struct SeedChoice {
  std::vector<index_t> seeds;  // in the order chosen
  std::vector<double> gains;   // what each added to the spread, in the same order
  double cost = 0.0;
  double value = 0.0;  // expected number reached: exact, or from sets that the choice did not see
  Interval interval;   // of that number; NaN where exact
  bool exact = false;
  SeedFactor proven = SeedFactor::k_seeds;
  double factor = 0.0;    // the share of the best possible spread that is proven beforehand; 0 for nothing
  double attained = 0.0;  // the share that the bounds of this run prove, with probability 1 - delta
  double delta = 0.0;
  std::int64_t sets = 0;  // reverse-reachable sets drawn
  FloorVerdict floors = FloorVerdict::not_asked;
  double without_floors = undefined;  // spread of the choice made without floors
  std::vector<GroupReach> groups;     // by group, where groups are given
  Provenance provenance;
};

// At most k seeds (0: any number, with a budget). Monotone submodular maximisation: greedy and lazy (Leskovec et al.
// 2007), on exact spreads, or on reverse-reachable sets (Borgs et al. 2014) in the order of Tang et al. 2018 (OPIM-C)
// with the sampling of Guo et al. 2020 (SUBSIM), which stops once its bounds prove 1 - 1/e - epsilon.
// Floors: first the vertices that bring all groups towards their floors, then the others.
// Throws InputError for what spread refuses, k above n, costs not above 0, floors outside [0, 1] or of no group.
[[nodiscard]] SeedChoice choose_seeds(const Network& net, index_t k, const SeedOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/dynamics/detail/seeds.ipp>
#endif
