// What the package and the JSON document share when they are written: values as text, and the checks that make reading
// give back what was written.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <linkpin/core/error.hpp>
#include <linkpin/io/detail/assembly.hpp>
#include <linkpin/io/detail/bytes.hpp>
#include <linkpin/io/detail/encoding.hpp>
#include <linkpin/io/detail/json_tree.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace linkpin::detail {

inline void append_number(std::string& out, double value) {
  if (std::isinf(value)) {
    out += value > 0 ? "INF" : "-INF";
    return;
  }
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), written.ptr);
}

// The value of a row that is not missing, as plain text.
inline void append_plain(std::string& out, const Column& column, std::size_t row) {
  switch (column.type()) {
    case ColumnType::number:
      return append_number(out, column.numbers()[row]);
    case ColumnType::integer:
      out += std::to_string(column.integers()[row]);
      return;
    case ColumnType::boolean:
      out += column.booleans()[row] != 0 ? "true" : "false";
      return;
    case ColumnType::date:
      out += to_string(column.dates()[row]);
      return;
    case ColumnType::text:
    case ColumnType::list:
      out += column.view(row);
      return;
  }
}

inline void check_text(std::string_view text, std::string_view function, const std::string& what) {
  if (text.find('\0') != text.npos) refuse(function, what, shown_value(text), "a text cannot hold NUL; take it out");
  if (!valid_utf8(text)) refuse(function, what, shown_value(text), "texts are UTF-8; decode it first");
  if (text.size() > longest_cell) {
    throw LimitError({std::string(function), what, std::to_string(text.size()) + " bytes", "",
                      "a cell holds at most 16 MiB; keep long texts in files of their own"});
  }
}

inline void check_frame(const Frame& frame, const TableShape& shape, std::string_view function) {
  for (std::size_t c = 0; c < frame.width(); ++c) {
    const std::string what = std::string(shape.name) + ", column " + shown_value(frame.name(c));
    check_text(frame.name(c), function, std::string(shape.name) + ", name of a column");
    for (const std::string_view end : shape.ends) {
      if (frame.name(c) == end) refuse(function, what, "", "this name is kept for ids; rename the column");
    }
    const Column& column = frame.at(c);
    for (std::size_t row = 0; row < column.size(); ++row) {
      if (column.missing(row)) continue;
      if (column.is_text()) {
        check_text(column.view(row), function, what + ", row " + std::to_string(row));
      } else if (column.type() == ColumnType::date &&
                 parse_date(to_string(column.dates()[row])) != column.dates()[row]) {
        refuse(function, what, to_string(column.dates()[row]), "dates lie in the years 1 to 9999",
               "row " + std::to_string(row));
      }
    }
  }
}

// Throws where something could not be read back as it is.
inline void check_writable(const Ecosystem& eco, std::string_view function) {
  for (index_t v = 0; v < eco.entity_count(); ++v) check_text(eco.id(v), function, "id");
  check_frame(eco.entities(), entity_shape(), function);
  check_frame(eco.ties(), tie_shape(), function);
  check_frame(eco.reports(), report_shape(), function);
  for (const auto& [key, value] : eco.parts().about) {
    check_text(key, function, "about");
    check_text(value, function, "about, " + key);
  }
  for (const TieKind& kind : eco.parts().kinds) {
    check_text(kind.name, function, "kinds");
    check_text(kind.meaning, function, "kinds, meaning");
    if (kind.name.empty()) refuse(function, "kinds", "a kind without a name", "name it");
  }
}

// The ends of one table: columns of entity numbers, in the order of the table's shape.
using EndColumns = std::vector<std::span<const index_t>>;

inline EndColumns tie_ends(const Ecosystem& eco) { return {eco.from(), eco.to()}; }

inline EndColumns report_ends(const Ecosystem& eco) {
  const EcosystemParts& p = eco.parts();
  return {p.respondent, p.report_from, p.report_to};
}

inline void append_kinds(std::string& out, const std::vector<TieKind>& kinds) {
  out += '[';
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    out += i == 0 ? "\n      " : ",\n      ";
    out += "{\"name\": " + json_text(kinds[i].name);
    out += std::string(", \"flow\": ") + (kinds[i].flow == Flow::forward ? "\"forward\"" : "\"backward\"");
    out += std::string(", \"symmetric\": ") + (kinds[i].symmetric ? "true" : "false");
    out += ", \"meaning\": " + json_text(kinds[i].meaning) + "}";
  }
  out += ']';
}

// Issues quote what others wrote, so whatever is no UTF-8 is shown as such here.
inline void append_issues(std::string& out, const std::vector<Issue>& issues) {
  const auto text = [](const std::string& words) { return json_text(valid_utf8(words) ? words : shown_value(words)); };
  out += '[';
  for (std::size_t i = 0; i < issues.size(); ++i) {
    out += i == 0 ? "\n      " : ",\n      ";
    out += "{\"file\": " + text(issues[i].file) + ", \"row\": " + std::to_string(issues[i].row);
    out += ", \"column\": " + text(issues[i].column) + ", \"value\": " + text(issues[i].value);
    out += ", \"reason\": " + text(issues[i].reason) + ", \"remedy\": " + text(issues[i].remedy) + "}";
  }
  out += ']';
}

// A name beside `path` that nothing has yet.
inline std::filesystem::path sibling(const std::filesystem::path& path) {
  std::random_device random;
  std::string name = ".linkpin-";
  for (int i = 0; i < 4; ++i) name += std::to_string(random() % 100'000);
  return path.parent_path() / name;
}

[[noreturn]] inline void refuse_file(std::string_view function, const std::filesystem::path& path,
                                     const std::string& remedy) {
  throw FileError({std::string(function), "path", path.string(), "", remedy});
}

// A file that is being written; it must be closed for what failed to be known.
class OutFile {
 public:
  OutFile(std::filesystem::path path, std::string_view function)
      : path_(std::move(path)), function_(function), stream_(path_, std::ios::binary | std::ios::trunc) {
    if (!stream_) {  // the file itself has a name for the time being that nobody knows
      refuse_file(function_, path_.parent_path(),
                  "cannot be written here; check that the folder exists and your rights");
    }
  }

  // Where text is added; it goes to the file when it is long enough.
  std::string& text() { return text_; }

  void flush_if_long() {
    if (text_.size() >= std::size_t{1} << 20) flush();
  }

  void close() {
    flush();
    stream_.close();
    if (!stream_) refuse_file(function_, path_, "writing failed; is the disk full?");
  }

 private:
  void flush() {
    stream_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
    if (!stream_) refuse_file(function_, path_, "writing failed; is the disk full?");
  }

  std::filesystem::path path_;
  std::string function_;
  std::ofstream stream_;
  std::string text_;
};

// Removes what is left at a path at the end of a scope.
class Cleanup {
 public:
  explicit Cleanup(std::filesystem::path path) : path_(std::move(path)) {}
  Cleanup(const Cleanup&) = delete;
  Cleanup& operator=(const Cleanup&) = delete;
  ~Cleanup() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace linkpin::detail
