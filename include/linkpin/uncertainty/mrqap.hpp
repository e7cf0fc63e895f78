// Regression of whole networks on others (MRQAP): several relations explain one, continuous or binary.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/uncertainty/qap.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// What explains: a name and its matrix.
struct Predictor {
  std::string name;
  DyadMatrix values;
};

// continuous: least squares; binary: logistic regression of an outcome of zeros and ones.
enum class Outcome : std::uint8_t { continuous, binary };

struct MrqapOptions {
  int permutations = 1999;
  std::uint64_t seed = 0;
  bool directed = true;
  Outcome outcome = Outcome::continuous;
  Run run = {};
};

struct MrqapTerm {
  std::string term;  // "(intercept)", then the predictors in order
  double estimate = 0.0;
  double standardised = 0.0;  // times sd(x) / sd(y); for a binary outcome times sd(x); NaN for the intercept
  double t = 0.0;             // the pivot that is permuted
  double p_greater = 0.0;     // share of permutations with t* >= t, counting the observed one
  double p_less = 0.0;        // with t* <= t
  double p_two_sided = 0.0;   // with abs(t*) >= abs(t)
  double p_error = 0.0;       // Monte Carlo standard error of p_two_sided
};

struct Mrqap {
  std::vector<MrqapTerm> terms;
  double r_squared = 0.0;  // for a binary outcome McFadden's 1 - deviance / null deviance
  double adjusted_r_squared = 0.0;
  double deviance = 0.0;  // binary outcomes; the residual sum of squares otherwise
  double null_deviance = 0.0;
  double aic = 0.0;  // binary outcomes
  std::int64_t dyads = 0;
  std::int64_t residual_df = 0;
  Provenance provenance;
};

// Several networks explain one: multiple regression with the double semi-partialling permutation test of Dekker,
// Krackhardt & Snijders 2007, which holds when the predictors are correlated with each other. Each predictor is freed
// of the others, permuted, and put back; the pivot is t. Missing dyads of the predictors move with their row and
// column. For p predictors O(permutations * p^2 * n^2); a logistic fit for every permutation of every term if binary.
// Throws InputError as qap, and for predictors that are linear combinations of others, fewer dyads than terms, and a
// binary outcome with other values than 0 and 1.
[[nodiscard]] Mrqap mrqap(const DyadMatrix& y, std::span<const Predictor> x, const MrqapOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/uncertainty/detail/mrqap.ipp>
#endif
