// Numbers as a refusal shows them, and the refusal that many functions share: a level of confidence that is none.
#pragma once

#include <charconv>
#include <linkpin/core/error.hpp>
#include <string>
#include <string_view>

namespace linkpin {

// The shortest decimals that are this number: 1e-09 stays 1e-09, and 0.5 is not 0.500000.
inline std::string shown(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc{} ? std::string(text, end) : std::string();
}

// Throws InputError, in the name of the function that was called, for a level outside (0, 1).
inline void need_level(std::string_view function, double level) {
  if (!(level > 0 && level < 1)) refuse(function, "level", shown(level), "give a level such as 0.95");
}

}  // namespace linkpin
