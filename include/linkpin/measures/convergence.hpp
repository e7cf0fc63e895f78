// What a measure that iterates says of its end.
#pragma once

#include <cstdint>

namespace linkpin {

// How an iteration ended.
struct Convergence {
  bool converged = true;
  std::int64_t iterations = 0;  // sweeps over the ties
  double error = 0.0;           // what was left, on the scale of the tolerance
};

}  // namespace linkpin
