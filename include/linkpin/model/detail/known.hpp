// Refusals that list what there is instead.
#pragma once

#include <algorithm>
#include <linkpin/core/error.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail {

inline std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : ", ") + words[i];
  return text.empty() ? "none" : text;
}

inline void check_known(std::string_view function, std::string_view argument, const std::string& asked,
                        const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), asked) == known.end()) {
    refuse(function, argument, asked, "the ecosystem has: " + joined(known));
  }
}

}  // namespace linkpin::detail
