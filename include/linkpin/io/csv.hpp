// The one scanner of delimited text: finds out encoding, delimiter and line ends, and hands out cells without copying.
//
// RFC 4180 with what people's files need besides: line ends of any kind, blanks before an opening quote, a quote inside
// an unquoted cell (it stands for itself), spreadsheets' "sep=;" line. Memory stays bounded on any input: a cell above
// 16 MiB stops the reading where it is met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// What the bytes of a text file were. Everything is UTF-8 once it is scanned.
enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16_le, utf16_be, cp1252 };

// The names Python knows them by: utf-8, utf-8-sig, utf-16-le, utf-16-be, cp1252.
[[nodiscard]] inline std::string_view to_string(Encoding encoding) {
  constexpr std::string_view names[] = {"utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"};
  return names[static_cast<std::size_t>(encoding)];
}

struct ScanOptions {
  char delimiter = 0;                 // 0: found out among comma, semicolon, tab and bar
  std::optional<bool> decimal_comma;  // absent: found out
  char comment = 0;                   // a row that begins with it is passed over; 0: no row is
  Run run;
};

struct ScanReport {
  Encoding encoding = Encoding::utf8;
  std::int64_t repaired = 0;  // bytes that did not fit the encoding: cp1252 characters amid UTF-8, or U+FFFD in UTF-16
  char delimiter = ',';
  bool decimal_comma = false;   // numbers look like 1,5
  std::string line_end = "\n";  // "\n", "\r\n" or "\r"
};

// A cell as it stands in the file.
struct Cell {
  std::string_view raw;  // inside the quotes
  bool quoted = false;
  bool doubled = false;  // has doubled quotes, or text after the closing one: `raw` is not yet the text
  bool broken = false;   // has text after the closing quote, which is kept as part of the cell

  // The text; written to `scratch` where it differs from `raw`.
  [[nodiscard]] std::string_view text(std::string& scratch) const;

  // Nothing between two delimiters. A quoted empty cell, "", is not bare.
  [[nodiscard]] bool bare() const { return !quoted && raw.empty(); }
};

class Delimited;

// The rows of a stretch of text, one after the other. Valid while the text it comes from stays where it is.
class Rows {
 public:
  // Gives the cells of the next row, none for a blank line or a comment; false at the end. Throws LimitError for a cell
  // above 16 MiB.
  bool next(std::vector<Cell>& cells);

  // The number of the row that next() gave last, counted from 0 over the whole text, blank lines included.
  [[nodiscard]] std::int64_t number() const { return number_; }

 private:
  friend class Delimited;
  Rows(const char* begin, const char* end, std::int64_t first, const Delimited& of);

  Cell plain_cell(const char*& stop) const;
  Cell quoted_cell(const char* opening, const char*& stop) const;

  const char* at_;
  const char* end_;
  std::int64_t number_;
  const Delimited* of_;
  char delimiter_;
  char line_end_;
  char comment_;
};

// A delimited text in memory, as UTF-8, cut into chunks of whole rows that can be read side by side. The cut depends on
// the text alone, never on the number of threads.
class Delimited {
 public:
  struct Chunk {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::int64_t first_row = 0;
  };

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const ScanReport& report() const { return report_; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }  // blank lines included
  [[nodiscard]] std::span<const Chunk> chunks() const { return chunks_; }

  [[nodiscard]] Rows chunk(std::size_t i) const;  // the rows of one chunk
  [[nodiscard]] Rows all() const;

 private:
  friend class Rows;
  friend Delimited scan_file(const std::filesystem::path& path, const ScanOptions& options);
  friend Delimited scan_text(std::string bytes, std::string_view name, const ScanOptions& options);

  class Framer;
  void look_at_head(const ScanOptions& options);
  void find_line_end();
  void find_delimiter();
  void find_decimal_comma();
  [[nodiscard]] bool to_utf8();
  void finish(std::optional<Framer>& framer, const ScanOptions& options);
  void cut(const std::vector<std::size_t>& starts, const Run& run);
  [[nodiscard]] Rows between(std::size_t begin, std::size_t end, std::int64_t first) const;
  [[nodiscard]] std::string place(std::size_t at) const;

  std::string name_;
  std::string text_;       // followed by padding, so that blocks can be compared past its end
  std::size_t begin_ = 0;  // after a byte order mark and a "sep=" line
  std::size_t end_ = 0;
  char line_end_ = '\n';
  char comment_ = 0;
  ScanReport report_;
  std::vector<Chunk> chunks_;
  std::int64_t rows_ = 0;
};

// Reads a delimited file. Throws FileError where it cannot be opened, InputError for NUL bytes (no text file) and for a
// quote that is never closed, LimitError for a cell above 16 MiB and a file above 8 GiB (UTF-16: 1 GiB).
[[nodiscard]] Delimited scan_file(const std::filesystem::path& path, const ScanOptions& options = {});

// The same for bytes in memory; `name` is what errors call them.
[[nodiscard]] Delimited scan_text(std::string bytes, std::string_view name, const ScanOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/io/detail/csv.ipp>
#endif
