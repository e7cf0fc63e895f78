// Percolation: how the largest part of a network shrinks as its members fail, one after the other.
//
// Ties are read without direction, loops and parallel ties make no difference.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/network.hpp>
#include <vector>

namespace linkpin {

struct PercolationOptions {
  std::vector<double> scores = {};  // a vertex each: who has most fails first; empty: all in random order
  index_t orders = 100;             // random orders tried; scores leave only equal ones to chance
  std::uint64_t seed = 0;
  Run run = {};
};

// Sizes of the largest component after 0, 1, ..., n failures, over the orders tried; and the robustness of each order:
// the mean over all failures of the share that still hangs together.
struct Percolation {
  double value = 0.0;  // mean robustness
  std::vector<double> mean;
  std::vector<index_t> least, most;
  std::vector<double> robustness;
  Provenance provenance;
};

// High robustness: the network holds together whoever leaves; 1/n where nobody is tied, near 1/2 where all are tied to
// all. NaN for no vertices. Schneider, Moreira, Andrade, Havlin & Herrmann 2011, doi:10.1073/pnas.1009440108.
// Vertices are put back in reverse with union-find (Newman & Ziff 2001): O(n + m) an order, in parallel over orders,
// the same numbers on any number of threads. Throws InputError for scores that are NaN or of another length, and for
// fewer than one order.
[[nodiscard]] Percolation percolation(const Network& net, const PercolationOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/measures/detail/percolation.ipp>
#endif
