// The words for what is made of reports, as the lens and everything beside it read them.
#pragma once

#include <linkpin/model/reconcile.hpp>
#include <string_view>

#include "choice.hpp"

namespace linkpin::python {

inline Rule to_rule(std::string_view function, std::string_view word) {
  return choice<Rule>(function, "rule", word,
                      {{"sender", Rule::sender},
                       {"receiver", Rule::receiver},
                       {"union", Rule::either},
                       {"intersection", Rule::both},
                       {"min", Rule::min},
                       {"mean", Rule::mean},
                       {"max", Rule::max},
                       {"las-union", Rule::las_union},
                       {"las-intersection", Rule::las_intersection},
                       {"consensus", Rule::consensus},
                       {"romney-batchelder", Rule::romney_batchelder}});
}

inline NonResponse to_nonresponse(std::string_view function, std::string_view word) {
  return choice<NonResponse>(function, "nonresponse", word,
                             {{"available", NonResponse::available},
                              {"complete", NonResponse::complete},
                              {"reconstruct", NonResponse::reconstruct}});
}

}  // namespace linkpin::python
