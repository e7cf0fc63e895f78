// Options by name: what a caller writes as a word is one of the values of an enumeration.
#pragma once

#include <initializer_list>
#include <linkpin/core/error.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin::python {

// The value that `word` names; refuses any other word and lists those there are.
template <class T>
T choice(std::string_view function, std::string_view argument, std::string_view word,
         std::initializer_list<std::pair<const char*, T>> words) {
  std::string known;
  for (const auto& one : words) {
    if (word == one.first) return one.second;
    known += (known.empty() ? "" : ", ") + std::string(one.first);
  }
  refuse(function, argument, word, "choose one of: " + known);
}

}  // namespace linkpin::python
