// How a report's state is read, for those who check reports and those who derive networks from them.
#pragma once

#include <cstddef>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/observed.hpp>
#include <optional>
#include <string_view>

namespace linkpin::detail {

// The state a report names; nothing where the text is none of the four.
inline std::optional<Answer> answer_of(std::string_view text) {
  for (const Answer answer : {Answer::answered, Answer::not_asked, Answer::no_response, Answer::declined}) {
    if (to_string(answer) == text) return answer;
  }
  return std::nullopt;
}

inline Answer report_state(const Frame& reports, std::size_t row) {
  const Column* state = reports.find("state");
  if (state == nullptr || state->missing(row)) return Answer::answered;
  return answer_of(state->view(row)).value_or(Answer::answered);
}

}  // namespace linkpin::detail
