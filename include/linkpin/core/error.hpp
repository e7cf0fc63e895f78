// Errors that say who refused what, where, and how to mend it.
//
// A wrong call throws; an outcome that depends on the data (undefined score, no convergence) is a field of the result.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace linkpin {

// The parts of a refusal. `where` names the place in the input ("tie 7", "row 12, column weight") and may stay empty.
struct Refusal {
  std::string function;
  std::string argument;
  std::string value;
  std::string where;
  std::string remedy;
};

// Base of everything linkpin throws.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A call or an input that cannot be served as it stands (ValueError in Python).
class InputError : public Error {
 public:
  explicit InputError(Refusal refusal) : Error(message(refusal)), parts_(std::move(refusal)) {}

  [[nodiscard]] const Refusal& parts() const noexcept { return parts_; }

 private:
  static std::string message(const Refusal& r) {
    std::string text = r.function + ": " + r.argument;
    if (!r.value.empty()) text += " = " + r.value;
    if (!r.where.empty()) text += " (" + r.where + ")";
    if (!r.remedy.empty()) text += ": " + r.remedy;
    return text;
  }

  Refusal parts_;
};

// A size that the library or the machine cannot hold (OverflowError in Python).
class LimitError : public InputError {
 public:
  using InputError::InputError;
};

// A file that cannot be opened or written (OSError in Python).
class FileError : public InputError {
 public:
  using InputError::InputError;
};

// The caller asked for a stop (KeyboardInterrupt in Python).
class Cancelled : public Error {
 public:
  Cancelled() : Error("stopped on request") {}
};

// Throws InputError naming function, argument, value, place and remedy.
[[noreturn]] inline void refuse(std::string_view function, std::string_view argument, std::string_view value,
                                std::string_view remedy, std::string_view where = {}) {
  throw InputError(
      {std::string(function), std::string(argument), std::string(value), std::string(where), std::string(remedy)});
}

}  // namespace linkpin
