// Discrete-time hazard: the chance that it happens in a year to those to whom it has not happened yet, and what goes
// with a higher one.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <span>
#include <string>
#include <vector>

namespace linkpin {

// One value for each of those followed, the same in all its years; NaN where missing.
struct HazardCovariate {
  std::string name;
  std::vector<double> values;
};

struct HazardTerm {
  // "in the first year" (of one whose covariates are all 0), "each further year" (where anybody was followed for
  // more than one), and the covariates.
  std::string name;
  double estimate = undefined;  // log odds; of a covariate their change with each unit of it
  double error = undefined;     // standard error, from the information
  double low = undefined;       // profile penalised likelihood interval; infinite where it has no end
  double high = undefined;
  double p = undefined;  // penalised likelihood ratio against no such change; NaN for the first term
};

struct DiscreteHazard {
  std::vector<HazardTerm> terms;
  index_t followed = 0;  // for at least one year, with every covariate known
  index_t left_out = 0;  // a covariate missing, or not followed for a year
  index_t events = 0;
  index_t periods = 0;        // years at risk of all together
  double loglik = undefined;  // penalised
  Provenance provenance;
};

// Logistic regression over years at risk, log odds linear in the year (Singer & Willett 1993), by Firth's (1993)
// penalised likelihood: estimates stay finite where a covariate separates those to whom it happened, and are less
// biased in few; intervals and tests from its profile (Heinze & Schemper 2002). `years`: whole years followed, the last
// one being that of the event where `happened` is not 0. Warns below ten events a term (Peduzzi et al. 1996) and of
// covariates that separate.
// Undefined, with a warning: nobody or everybody at once, too few years, or terms that cannot be told apart.
// Throws InputError for columns of different length, negative years, infinite values, and a level outside (0, 1).
[[nodiscard]] DiscreteHazard discrete_hazard(std::span<const index_t> years, std::span<const std::uint8_t> happened,
                                             const std::vector<HazardCovariate>& covariates, double level = 0.95);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/assess/detail/hazard.ipp>
#endif
