#pragma once

#include <algorithm>
#include <array>
#include <fstream>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/detail/bytes.hpp>
#include <linkpin/io/detail/encoding.hpp>
#include <map>
#include <utility>

namespace linkpin {

namespace detail {

[[noreturn]] inline void refuse_long_cell(const std::string& name, std::size_t size, const std::string& where) {
  throw LimitError(
      {"scan", name + ", size of a cell", std::to_string(size) + " bytes or more", where,
       "a cell holds at most 16 MiB; look for a quote that is not closed, or for a file that is no table"});
}

// What a cell looks like where numbers are concerned: 12,5 or 12.5; a whole number, 1,500 (which may be either) or
// nothing; anything else.
enum Look : std::size_t { look_other, look_comma, look_point, look_whole, look_empty };

inline Look number_look(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return look_empty;
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  const std::size_t mark = text.find_first_of(".,");
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != mark && (text[i] < '0' || text[i] > '9')) return look_other;
  }
  if (mark == text.npos) return text.empty() ? look_other : look_whole;
  if (mark == 0 || mark + 1 == text.size()) return look_other;
  if (text[mark] == '.') return look_point;
  return text.size() - mark - 1 == 3 && text[0] != '0' ? look_whole : look_comma;
}

}  // namespace detail

LINKPIN_INLINE std::string_view Cell::text(std::string& scratch) const {
  if (!doubled) return raw;
  scratch.clear();
  bool inside = true;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (!inside || raw[i] != '"') {
      scratch += raw[i];
    } else if (i + 1 < raw.size() && raw[i + 1] == '"') {
      scratch += raw[i++];
    } else {
      inside = false;
    }
  }
  return scratch;
}

LINKPIN_INLINE Rows::Rows(const char* begin, const char* end, std::int64_t first, const Delimited& of)
    : at_(begin),
      end_(end),
      number_(first - 1),
      of_(&of),
      delimiter_(of.report_.delimiter),
      line_end_(of.line_end_),
      comment_(of.comment_) {}

LINKPIN_INLINE bool Rows::next(std::vector<Cell>& cells) {
  cells.clear();
  if (at_ >= end_) return false;
  ++number_;
  const bool crlf = line_end_ == '\n' && *at_ == '\r' && at_ + 1 < end_ && at_[1] == '\n';
  if (*at_ == line_end_ || crlf) {
    at_ += crlf ? 2 : 1;
    return true;
  }
  if (comment_ != 0 && *at_ == comment_) {
    const char* stop = detail::find_character(at_, end_, line_end_);
    at_ = stop == nullptr ? end_ : stop + 1;
    return true;
  }
  for (;;) {
    const char* opening = at_;
    while (delimiter_ != ' ' && opening < end_ && *opening == ' ') ++opening;
    const char* stop = nullptr;
    cells.push_back(opening < end_ && *opening == '"' ? quoted_cell(opening, stop) : plain_cell(stop));
    if (cells.back().raw.size() > detail::longest_cell) {
      detail::refuse_long_cell(of_->name(), cells.back().raw.size(), "row " + std::to_string(number_ + 1));
    }
    at_ = stop == end_ ? end_ : stop + 1;
    if (stop == end_ || *stop == line_end_) return true;
  }
}

LINKPIN_INLINE Cell Rows::plain_cell(const char*& stop) const {
  stop = detail::find_either(at_, end_, delimiter_, line_end_);
  const char* last = stop;
  if (line_end_ == '\n' && last > at_ && last[-1] == '\r' && (stop == end_ || *stop == '\n')) --last;
  Cell cell;
  cell.raw = std::string_view(at_, static_cast<std::size_t>(last - at_));
  return cell;
}

LINKPIN_INLINE Cell Rows::quoted_cell(const char* opening, const char*& stop) const {
  Cell cell;
  cell.quoted = true;
  const char* closing = opening + 1;
  for (;;) {
    closing = detail::find_character(closing, end_, '"');
    if (closing == nullptr) closing = end_;  // the head of a text, cut off inside a cell
    if (closing + 1 >= end_ || closing[1] != '"') break;
    cell.doubled = true;
    closing += 2;
  }
  const char* rest = std::min(closing + 1, end_);
  stop = detail::find_either(rest, end_, delimiter_, line_end_);
  const char* last = stop;
  if (line_end_ == '\n' && last > rest && last[-1] == '\r') --last;
  while (delimiter_ != ' ' && last > rest && last[-1] == ' ') --last;
  cell.broken = last > rest;
  if (cell.broken) cell.doubled = true;
  cell.raw = std::string_view(opening + 1, static_cast<std::size_t>((cell.broken ? last : closing) - opening - 1));
  return cell;
}

// Finds where chunks of whole rows begin while the text is still being read. Only quotes matter to that, and they are
// rare; cells are not split here. Stops at what no table has: NUL bytes, endless cells.
class Delimited::Framer {
 public:
  explicit Framer(const Delimited& of) : of_(of), at_(of.begin_), zeros_(of.begin_), cell_(of.begin_), row_(of.begin_) {
    starts_.push_back(at_);
  }

  // Looks at the text up to `end`; `last` says that no more comes.
  void look(std::size_t end, bool last) {
    refuse_zeros(end);
    while (at_ < end && step(end, last)) {
    }
    const std::size_t begun = opening_ == outside ? cell_ : opening_;
    if (end - begun > detail::longest_cell) detail::refuse_long_cell(of_.name_, end - begun, of_.place(begun));
    if (last && opening_ != outside) {
      refuse("scan", of_.name_, "", "a quote is never closed; close it, or double it where it is part of the text",
             of_.place(opening_));
    }
  }

  [[nodiscard]] const std::vector<std::size_t>& starts() const { return starts_; }

 private:
  static constexpr std::size_t outside = std::string::npos;

  [[nodiscard]] std::size_t find(std::size_t from, std::size_t to, char wanted) const {
    const char* text = of_.text_.data();
    const char* found = from < to ? detail::find_character(text + from, text + to, wanted) : nullptr;
    return found == nullptr ? to : static_cast<std::size_t>(found - text);
  }

  // One quote further; false where the next byte must be known first.
  bool step(std::size_t end, bool last) {
    const std::size_t quote = find(at_, end, '"');
    if (opening_ == outside) {
      pass_over(at_, quote);
      if (quote < end && opens_cell(quote)) opening_ = quote;
      at_ = std::min(quote + 1, end);
      return true;
    }
    if (quote + 1 == end && !last) {
      at_ = quote;
      return false;
    }
    const bool doubled = quote + 1 < end && of_.text_[quote + 1] == '"';
    if (quote < end && !doubled) {
      opening_ = outside;
      cell_ = quote;
    }
    at_ = std::min(quote + (doubled ? 2 : 1), end);
    return true;
  }

  // A stretch without quotes that count: rows end here, and chunks are cut.
  void pass_over(std::size_t from, std::size_t to) {
    while (next_cut_ < to) {
      const std::size_t row_end = find(std::max(from, next_cut_), to, of_.line_end_);
      if (row_end == to) break;
      starts_.push_back(row_end + 1);
      next_cut_ = row_end + 1 + detail::scan_chunk;
    }
    const std::string_view stretch(of_.text_.data() + from, to - from);
    const char ends[] = {of_.report_.delimiter, of_.line_end_};
    if (const auto end = stretch.find_last_of(std::string_view(ends, 2)); end != stretch.npos) cell_ = from + end + 1;
    if (of_.comment_ == 0) return;
    if (const auto end = stretch.rfind(of_.line_end_); end != stretch.npos) row_ = from + end + 1;
  }

  // Does this quote stand at the beginning of a cell, blanks before it left out?
  [[nodiscard]] bool opens_cell(std::size_t quote) const {
    if (of_.comment_ != 0 && of_.text_[row_] == of_.comment_) return false;
    std::size_t before = quote;
    while (of_.report_.delimiter != ' ' && before > cell_ && of_.text_[before - 1] == ' ') --before;
    return before == cell_;
  }

  void refuse_zeros(std::size_t end) {
    const std::size_t zero = find(zeros_, end, '\0');
    zeros_ = end;
    if (zero == end) return;
    refuse("scan", of_.name_, "", "NUL bytes make this no text file; save the table as CSV in UTF-8",
           "byte " + std::to_string(zero));
  }

  const Delimited& of_;
  std::size_t at_;
  std::size_t zeros_;  // looked for up to here
  std::size_t cell_;   // the last cell known to begin began here
  std::size_t row_;    // so did the last row; kept only where there are comments
  std::size_t opening_ = outside;
  std::size_t next_cut_ = detail::scan_chunk;
  std::vector<std::size_t> starts_;
};

LINKPIN_INLINE Rows Delimited::between(std::size_t begin, std::size_t end, std::int64_t first) const {
  return Rows(text_.data() + begin, text_.data() + end, first, *this);
}

LINKPIN_INLINE Rows Delimited::chunk(std::size_t i) const {
  return between(chunks_[i].begin, chunks_[i].end, chunks_[i].first_row);
}

LINKPIN_INLINE Rows Delimited::all() const { return between(begin_, end_, 0); }

// "row 7" for a place in a text that need not be framed yet.
LINKPIN_INLINE std::string Delimited::place(std::size_t at) const {
  Delimited before;  // a copy, because blocks are compared past the end
  before.name_ = name_;
  before.text_ = text_.substr(begin_, at - begin_);
  before.end_ = before.text_.size();
  before.text_.append(detail::scan_padding, '\0');
  before.line_end_ = line_end_;
  before.comment_ = comment_;
  before.report_ = report_;
  std::vector<Cell> cells;
  std::int64_t rows = 0;
  for (Rows all = before.all(); all.next(cells);) ++rows;
  const bool begun = before.end_ > 0 && before.text_[before.end_ - 1] != line_end_;
  return "row " + std::to_string(rows + (begun ? 0 : 1));
}

// Only a text that has no line feed at all ends its rows with carriage returns.
LINKPIN_INLINE void Delimited::find_line_end() {
  const std::string_view text = std::string_view(text_).substr(begin_, end_ - begin_);
  const auto feed = text.find('\n');
  if (feed != text.npos) {
    if (feed > 0 && text[feed - 1] == '\r') report_.line_end = "\r\n";
    return;
  }
  bool inside = false;
  for (const char c : text) {
    if (c == '"') inside = !inside;
    if (c != '\r' || inside) continue;
    line_end_ = '\r';
    report_.line_end = "\r";
    return;
  }
}

// The delimiter that cuts the rows into equally many cells. Where several do so throughout, the one that stands least
// in prose and numbers wins: 1,5;2,5 is cut at the semicolon.
LINKPIN_INLINE void Delimited::find_delimiter() {
  double best = 0.0;
  char chosen = ',';
  std::vector<Cell> cells;
  for (const char candidate : {'\t', ';', ',', '|'}) {
    report_.delimiter = candidate;
    std::map<std::size_t, int> widths;
    std::size_t first = 0;
    int rows = 0;
    for (Rows head = all(); rows < 200 && head.next(cells);) {
      if (cells.empty()) continue;
      if (rows++ == 0) first = cells.size();
      ++widths[cells.size()];
    }
    if (rows == 0) break;
    const auto usual = std::max_element(widths.begin(), widths.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    if (usual->first == 1) continue;
    const double share = static_cast<double>(usual->second) / rows;
    double score = share * (1.0 - 1.0 / static_cast<double>(usual->first));
    if (first != usual->first) score /= 2;
    if (first == usual->first && share > 0.9) score += 1;
    if (best < 1 && score > best) {
      best = score;
      chosen = candidate;
    }
  }
  report_.delimiter = chosen;
}

// A decimal comma is believed where a whole column below the heading has the look of it and no number has a point.
LINKPIN_INLINE void Delimited::find_decimal_comma() {
  std::vector<Cell> cells;
  std::string scratch;
  std::vector<std::array<int, 5>> seen;  // by column, how many cells of each shape
  int rows = 0;
  for (Rows head = all(); rows < 200 && head.next(cells);) {
    if (cells.empty() || rows++ == 0) continue;
    if (seen.size() < cells.size()) seen.resize(cells.size());
    for (std::size_t c = 0; c < cells.size(); ++c) ++seen[c][detail::number_look(cells[c].text(scratch))];
  }
  const auto has = [](detail::Look look) {
    return [look](const std::array<int, 5>& column) { return column[look] > 0; };
  };
  const bool points = std::any_of(seen.begin(), seen.end(), has(detail::look_point));
  report_.decimal_comma = !points && std::any_of(seen.begin(), seen.end(), [&](const std::array<int, 5>& column) {
    return has(detail::look_comma)(column) && !has(detail::look_other)(column);
  });
}

// Finds out the dialect from the beginning of the text.
LINKPIN_INLINE void Delimited::look_at_head(const ScanOptions& options) {
  begin_ = text_.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
  Delimited head;
  head.name_ = name_;
  head.comment_ = comment_ = options.comment;
  head.text_ = text_.substr(begin_, detail::scan_head);
  head.end_ = head.text_.size();
  head.find_line_end();
  if (begin_ + head.end_ < text_.size()) {  // leave out the row that is cut off
    if (const auto cut = head.text_.rfind(head.line_end_); cut != std::string::npos) head.end_ = cut + 1;
  }
  head.text_.append(detail::scan_padding, '\0');
  char declared = options.delimiter;
  if (head.text_.compare(0, 4, "sep=") == 0 && head.end_ > 5) {  // what spreadsheets write and hide
    const std::size_t after = head.text_[5] == '\r' && head.line_end_ == '\n' ? 6 : 5;
    if (head.text_[after] == head.line_end_) {
      if (declared == 0) declared = head.text_[4];
      head.begin_ = after + 1;
    }
  }
  if (declared != 0) {
    head.report_.delimiter = declared;
  } else {
    head.find_delimiter();
  }
  if (options.decimal_comma) {
    head.report_.decimal_comma = *options.decimal_comma;
  } else {
    head.find_decimal_comma();
  }
  begin_ += head.begin_;
  line_end_ = head.line_end_;
  report_.delimiter = head.report_.delimiter;
  report_.decimal_comma = head.report_.decimal_comma;
  report_.line_end = head.report_.line_end;
}

// True where the bytes were something else and had to be converted.
LINKPIN_INLINE bool Delimited::to_utf8() {
  if (const char order = detail::utf16_order(std::string_view(text_).substr(0, detail::scan_head)); order != 0) {
    report_.encoding = order == 'l' ? Encoding::utf16_le : Encoding::utf16_be;
    text_ = detail::from_utf16(text_, order == 'b', report_.repaired);
    return true;
  }
  const bool marked = text_.compare(0, 3, "\xEF\xBB\xBF") == 0;
  report_.encoding = marked ? Encoding::utf8_bom : Encoding::utf8;
  const detail::Utf8Tally tally = detail::utf8_tally(text_);
  if (tally.stray == 0) return false;
  const bool mostly_utf8 = marked || tally.sequences > tally.stray;
  if (mostly_utf8) {
    report_.repaired = tally.stray;
  } else {
    report_.encoding = Encoding::cp1252;
  }
  text_ = detail::from_cp1252(text_, mostly_utf8);
  return true;
}

// Everything is in memory: converts it, frames what is not framed yet, cuts it into chunks and counts the rows.
LINKPIN_INLINE void Delimited::finish(std::optional<Framer>& framer, const ScanOptions& options) {
  if (to_utf8() || !framer) {
    look_at_head(options);
    framer.emplace(*this);
  }
  framer->look(text_.size(), true);
  end_ = text_.size();
  text_.append(detail::scan_padding, '\0');
  cut(framer->starts(), options.run);
}

LINKPIN_INLINE void Delimited::cut(const std::vector<std::size_t>& starts, const Run& run) {
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : end_;
    if (starts[i] < end) chunks_.push_back({starts[i], end, 0});
  }
  std::vector<std::int64_t> rows(chunks_.size(), 0);
  parallel_for(static_cast<std::int64_t>(chunks_.size()), 100'000, run, [&](std::int64_t first, std::int64_t last) {
    for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
      const char* begin = text_.data() + chunks_[i].begin;
      const char* end = text_.data() + chunks_[i].end;
      if (detail::find_character(begin, end, '"') == nullptr) {
        rows[i] = detail::count_character(begin, end, line_end_) + (end[-1] == line_end_ ? 0 : 1);
        continue;
      }
      std::vector<Cell> cells;
      for (Rows all = between(chunks_[i].begin, chunks_[i].end, 0); all.next(cells);) ++rows[i];
    }
  });
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    chunks_[i].first_row = rows_;
    rows_ += rows[i];
  }
  if (rows_ > largest_index) {
    throw LimitError(
        {"scan", name_ + ", rows", std::to_string(rows_), "", "a table holds at most 2^31-1 rows; split it"});
  }
}

LINKPIN_INLINE Delimited scan_file(const std::filesystem::path& path, const ScanOptions& options) {
  std::uintmax_t size = 0;
  std::ifstream stream = detail::open_file(path, "scan", size);
  Delimited file;
  file.name_ = path.filename().string();
  detail::reserve_text(file.text_, size, file.name_);
  std::optional<Delimited::Framer> framer;
  Watch watch(options.run);
  while (detail::append_block(stream, size, file.text_, file.name_)) {
    const bool wide = detail::utf16_order(std::string_view(file.text_).substr(0, detail::scan_head)) != 0;
    if (file.text_.size() > (wide ? detail::largest_wide_file : detail::largest_file)) {
      throw LimitError({"scan", file.name_ + ", size", std::to_string(size) + " bytes", "",
                        "save it as UTF-8, or split it: UTF-16 is read up to 1 GiB, other text up to 8 GiB"});
    }
    if (!wide && !framer) {
      file.look_at_head(options);
      framer.emplace(file);
    }
    if (framer) framer->look(file.text_.size(), false);
    watch.look();
  }
  file.finish(framer, options);
  return file;
}

LINKPIN_INLINE Delimited scan_text(std::string bytes, std::string_view name, const ScanOptions& options) {
  Delimited text;
  text.name_ = name;
  text.text_ = std::move(bytes);
  std::optional<Delimited::Framer> framer;
  text.finish(framer, options);
  return text;
}

}  // namespace linkpin
