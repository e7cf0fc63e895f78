// What every test against chance answers with.
#pragma once

#include <cstdint>
#include <linkpin/core/provenance.hpp>
#include <vector>

namespace linkpin {

// Scores beside what they are where the null hypothesis holds; one entry a number of the statistic. Shares count the
// observed score among the replicates, so that none is 0. NaN where the observed score is.
struct NullTest {
  std::vector<double> observed;
  std::vector<double> mean, sd;    // over the replicates in which the score is defined
  std::vector<double> p;           // two-sided: twice the smaller of the next two, at most 1
  std::vector<double> p_greater;   // share with as much or more
  std::vector<double> p_less;      // share with as little or less
  std::vector<double> p_error;     // Monte Carlo standard error of p
  std::vector<double> attainable;  // the largest level up to 5 % that the two-sided test can have: below 5 %
                                   // where the score takes few values
  std::vector<std::int64_t> undefined_replicates;  // in which the score was NaN; they count against the finding
  Provenance provenance;
};

}  // namespace linkpin
