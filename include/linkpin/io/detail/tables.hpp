// From delimited text to typed columns, in one place for every format: what fits is taken, what does not is
// quarantined.
//
// A cell that does not fit its column is refused and becomes missing; a row whose ends are not known is refused. Each
// refusal becomes an Issue. Chunks are read side by side and joined in order, so the outcome never depends on threads.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <linkpin/core/parallel.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/detail/encoding.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/strings.hpp>
#include <linkpin/model/time.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail {

// Why something was refused; the sentences are in `refusal_sentences`.
enum class Why : std::uint8_t {
  number,
  infinite,
  range,
  integer,
  boolean,
  date,
  time_of_day,
  short_row,
  long_row,
  broken,
  no_end,
  unknown_end,
  not_a_number_end,
  same_id,
  state,
  no_value,
  value_without_answer,
  no_weight,
};

struct Sentences {
  std::string_view reason;
  std::string_view remedy;
};

inline constexpr std::array refusal_sentences = {
    Sentences{"is no number; the cell is taken as missing", "write digits with a point, without units or separators"},
    Sentences{"is not finite; the cell is taken as missing", "give a finite number, or leave the cell empty"},
    Sentences{"is outside the range of this column; the cell is taken as missing",
              "weights are 0 or more, confidences lie between 0 and 1; keep a sign in a column of your own"},
    Sentences{"is no whole number; the cell is taken as missing", "write digits only, or call the column a number"},
    Sentences{"is neither true nor false; the cell is taken as missing", "write true or false"},
    Sentences{"is no date; the cell is taken as missing", "write 2018, 2018-05 or 2018-05-03"},
    Sentences{"has a time of day, which is left out", "keep times in a text column of your own"},
    Sentences{"the row has fewer cells than the heading; those not there are taken as missing",
              "give the row as many cells as the heading"},
    Sentences{"the row has more cells than the heading and is left out, because its cells may have shifted",
              "quote cells that hold the delimiter"},
    Sentences{"text follows the closing quote; it is kept as part of the cell",
              "double the quotes inside a quoted cell"},
    Sentences{"the row does not say which entity it is about and is left out", "fill the cell"},
    Sentences{"there is no entity with this id; the row is left out", "add it to the entities, or mend the spelling"},
    Sentences{"is no vertex number; the row is left out",
              "write whole numbers from 0 to 2147483646, or read the ids as text"},
    Sentences{"an entity with this id came before; the row is left out", "give each entity one row with its own id"},
    Sentences{"is no state of a report; the row is left out",
              "a state is one of: answered, not asked, did not respond, declined"},
    Sentences{"an answer has no value; the row is left out",
              "give the value (0 for \"no\"), or say: not asked, did not respond, declined"},
    Sentences{"only an answer has a value; the value is taken as missing", "leave the value empty, or state answered"},
    Sentences{"the tie has no weight and is left out", "give a weight, or read the file without weights"}};

// A refusal on its way to an Issue: small, because hostile files hold many.
struct Refused {
  std::int64_t row = 0;  // counted from 0 over the text
  index_t column = none;
  Why why = Why::number;
  std::string_view value;  // lies in the text
};

inline constexpr std::size_t refusals_a_chunk = 65'536;
inline constexpr std::size_t issues_a_file = 1'000'000;

// What a column is taken as.
struct ColumnRule {
  std::string name;
  std::optional<ColumnType> type;  // absent: found out from all its cells
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool finite = false;  // infinite numbers are refused
  bool skip = false;    // not read
};

// How the cells that name entities become numbers: looked up, added where new, or numbers as they stand.
enum class EndLookup : std::uint8_t { known, found, numbers };

struct TableRules {
  std::string file;                 // what issues call it
  std::vector<ColumnRule> columns;  // by cell of a row
  std::vector<std::size_t> ends;    // the columns that name entities
  bool last_end_optional = false;
  EndLookup lookup = EndLookup::found;
  std::int64_t first_row = 1;        // rows before it are no data
  std::vector<std::string> missing;  // texts that mean a missing value
  bool decimal_comma = false;
  bool empty_texts = false;     // a quoted empty cell is an empty text, a bare one is missing; else both are missing
  bool quoted_is_text = false;  // types are not read into quoted cells
  bool sparse = false;          // short rows are whole, and an empty row is a row
};

struct TableData {
  Frame frame;
  std::vector<std::vector<index_t>> ends;  // as in the rules
  std::vector<Issue> issues;
  std::int64_t first_row = 0;
  std::vector<index_t> kept;  // which data rows these are; empty where they are all of them

  // Where a row came from, counted from 1.
  [[nodiscard]] std::int64_t row(std::size_t at) const {
    return first_row + 1 + (kept.empty() ? static_cast<std::int64_t>(at) : kept[at]);
  }

  // Leaves only some rows, given in ascending order.
  void keep(const std::vector<index_t>& rows) {
    frame = frame.take(rows);
    std::vector<index_t> from(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto at = static_cast<std::size_t>(rows[i]);
      from[i] = kept.empty() ? rows[i] : kept[at];
      for (auto& column : ends) column[i] = column[at];
    }
    for (auto& column : ends) column.resize(rows.size());
    kept = std::move(from);
  }
};

inline std::string_view trimmed(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

inline bool same_word(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
}

// A number in plain or scientific notation; also INF and -INF. False for anything else, NaN among it.
inline bool parse_number(std::string_view text, bool decimal_comma, double& value) {
  std::string with_point;
  if (decimal_comma) {
    if (text.find('.') != text.npos) return false;
    if (const auto comma = text.find(','); comma != text.npos) {
      with_point = text;
      with_point[comma] = '.';
      text = with_point;
    }
  }
  const bool minus = !text.empty() && text[0] == '-';
  if (!text.empty() && (minus || text[0] == '+')) text.remove_prefix(1);
  if (text.empty()) return false;
  if (same_word(text, "inf")) {
    value = minus ? -unreachable : unreachable;
    return true;
  }
  if (text[0] != '.' && (text[0] < '0' || text[0] > '9')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return false;
  if (minus) value = -value;
  return true;
}

// A whole number; 3.0 is one too.
inline bool parse_integer(std::string_view text, std::int64_t& value) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return false;
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  return rest.empty() || (rest[0] == '.' && rest.size() > 1 && rest.find_first_not_of('0', 1) == rest.npos);
}

inline bool parse_boolean(std::string_view text, std::uint8_t& value) {
  const bool yes = same_word(text, "true") || text == "1";
  if (!yes && !same_word(text, "false") && text != "0") return false;
  value = yes ? 1 : 0;
  return true;
}

// What texts a column may be of, as bits; a column is of the types that all its cells allow.
inline constexpr unsigned shape_integer = 1;
inline constexpr unsigned shape_number = 2;
inline constexpr unsigned shape_boolean = 4;
inline constexpr unsigned shape_date = 8;
inline constexpr unsigned shape_any = 15;

// Written so that nothing is lost by taking it as a number: 007, +44 and whole numbers beyond 2^63 stay texts.
inline unsigned number_shape(std::string_view text, char decimal_mark) {
  std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
  auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - from;
  };
  const std::size_t start = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[start] == '0')) return 0;
  if (i == text.size()) {
    std::int64_t value = 0;
    if (!parse_integer(text, value)) return 0;
    return text == "-0" ? shape_number : shape_integer | shape_number;
  }
  if (text[i] == decimal_mark) {
    ++i;
    if (digits() == 0) return 0;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (digits() == 0) return 0;
  }
  double value = 0;
  return i == text.size() && parse_number(text, decimal_mark == ',', value) ? shape_number : 0;
}

inline unsigned text_shape(std::string_view text) {
  unsigned shape = 0;
  if (same_word(text, "true") || same_word(text, "false")) shape |= shape_boolean;
  if (text.size() <= 10 && parse_date(text)) shape |= shape_date;
  return shape;
}

inline ColumnType type_of_shape(unsigned shape, bool bars, bool any) {
  if (!any) return ColumnType::text;
  if ((shape & shape_integer) != 0) return ColumnType::integer;
  if ((shape & shape_number) != 0) return ColumnType::number;
  if ((shape & shape_boolean) != 0) return ColumnType::boolean;
  if ((shape & shape_date) != 0) return ColumnType::date;
  return bars ? ColumnType::list : ColumnType::text;
}

inline Issue make_issue(const Refused& refused, const TableRules& rules) {
  const Sentences& say = refusal_sentences[static_cast<std::size_t>(refused.why)];
  const std::string column = refused.column == none ? "" : rules.columns[static_cast<std::size_t>(refused.column)].name;
  return {rules.file,
          refused.row + 1,
          column,
          shown_value(refused.value),
          std::string(say.reason),
          std::string(say.remedy)};
}

// The rows that are not marked.
inline std::vector<index_t> rows_not(const std::vector<std::uint8_t>& marked) {
  std::vector<index_t> rows;
  for (std::size_t at = 0; at < marked.size(); ++at) {
    if (marked[at] == 0) rows.push_back(static_cast<index_t>(at));
  }
  return rows;
}

// Reads one table. Made for one use.
class TableReader {
 public:
  // `known` is looked up (EndLookup::known); `found` takes new ids (EndLookup::found).
  TableReader(const Delimited& text, const TableRules& rules, const StringTable* known, StringTable* found,
              const Run& run)
      : text_(text), rules_(rules), known_(known), found_(found), run_(run) {}

  TableData read() {
    rows_ = static_cast<std::size_t>(std::max<std::int64_t>(0, text_.rows() - rules_.first_row));
    parts_.resize(text_.chunks().size());
    find_types();
    prepare();
    for (std::size_t first = 0; first < parts_.size(); first += chunks_a_wave) {
      const std::size_t last = std::min(first + chunks_a_wave, parts_.size());
      over_chunks(first, last, [this](std::size_t i) { read_chunk(i); });
      join_texts(first, last);
    }
    return finish();
  }

 private:
  // One column while it is filled; only the vector of its type is used.
  struct Filling {
    bool used = false;
    ColumnType type = ColumnType::text;
    std::vector<double> numbers;
    std::vector<std::int64_t> integers;
    std::vector<std::uint8_t> booleans;
    std::vector<Date> dates;
    std::vector<index_t> codes;
    std::vector<std::uint8_t> missing;
    StringTable levels;
  };

  struct LastText {
    std::string_view text;
    index_t code = none;
  };

  // What a chunk finds out by itself.
  struct Part {
    std::vector<Refused> refused;
    std::int64_t refused_beyond = 0;  // not kept, only counted
    std::vector<StringTable> levels;  // by column
    std::vector<LastText> last;
    StringTable ids;
    bool rows_left_out = false;
  };

  // The texts of so many chunks are held twice before they are joined.
  static constexpr std::size_t chunks_a_wave = 16;

  template <class Body>
  void over_chunks(std::size_t begin, std::size_t end, Body&& body) {
    const auto count = static_cast<std::int64_t>(end - begin);
    parallel_for(count, 1'000'000, run_, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t i = first; i < last; ++i) body(begin + static_cast<std::size_t>(i));
    });
  }

  static void refuse_at(Part& part, const Refused& refused) {
    if (part.refused.size() == refusals_a_chunk) {
      ++part.refused_beyond;
    } else {
      part.refused.push_back(refused);
    }
  }

  static void refuse_cell(Part& part, std::int64_t row, std::size_t column, Why why, std::string_view value) {
    refuse_at(part, {row, static_cast<index_t>(column), why, value});
  }

  static void refuse_row(Part& part, std::int64_t row, Why why, std::string_view value) {
    refuse_at(part, {row, none, why, value});
  }

  void leave_out(Part& part, std::size_t at) {
    left_out_[at] = 1;
    part.rows_left_out = true;
  }

  [[nodiscard]] static std::string_view text_of(const Cell& cell, std::string& scratch) {
    return cell.quoted ? cell.text(scratch) : trimmed(cell.raw);
  }

  [[nodiscard]] bool missing(const Cell& cell, std::string_view text) const {
    if (text.empty()) return !cell.quoted || !rules_.empty_texts;
    return !rules_.missing.empty() &&
           std::find(rules_.missing.begin(), rules_.missing.end(), text) != rules_.missing.end();
  }

  [[nodiscard]] bool is_end(std::size_t column) const {
    return std::find(rules_.ends.begin(), rules_.ends.end(), column) != rules_.ends.end();
  }

  // Finds the types of columns for which none is given, from all their cells.
  void find_types() {
    const std::size_t width = rules_.columns.size();
    types_.assign(width, ColumnType::text);
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < width; ++c) {
      const ColumnRule& rule = rules_.columns[c];
      if (rule.type) {
        types_[c] = *rule.type;
      } else if (!rule.skip && !is_end(c)) {
        open.push_back(c);
      }
    }
    if (open.empty()) return;
    struct Shape {
      unsigned bits = shape_any;
      bool bars = false;
      bool any = false;
    };
    std::vector<std::vector<Shape>> shapes(parts_.size(), std::vector<Shape>(open.size()));
    over_chunks(0, parts_.size(), [&](std::size_t i) {
      std::vector<Cell> cells;
      std::string scratch;
      for (linkpin::Rows rows = text_.chunk(i); rows.next(cells);) {
        if (rows.number() < rules_.first_row || shifted(cells)) continue;
        for (std::size_t k = 0; k < open.size() && open[k] < cells.size(); ++k) {
          const Cell& cell = cells[open[k]];
          const std::string_view text = text_of(cell, scratch);
          if (missing(cell, text)) continue;
          Shape& shape = shapes[i][k];
          shape.any = true;
          shape.bars = shape.bars || text.find('|') != text.npos;
          if (shape.bits != 0) shape.bits &= shape_of(cell, text);
        }
      }
    });
    for (std::size_t k = 0; k < open.size(); ++k) {
      Shape all;
      for (const auto& of_chunk : shapes) {
        all.bits &= of_chunk[k].bits;
        all.bars = all.bars || of_chunk[k].bars;
        all.any = all.any || of_chunk[k].any;
      }
      types_[open[k]] = type_of_shape(all.bits, all.bars, all.any);
    }
  }

  [[nodiscard]] unsigned shape_of(const Cell& cell, std::string_view text) const {
    if (rules_.quoted_is_text) {
      if (cell.quoted) return text_shape(text) & shape_date;
      if (text == "true" || text == "false") return shape_boolean;
      return number_shape(text, '.');
    }
    return number_shape(text, rules_.decimal_comma ? ',' : '.') | text_shape(text);
  }

  // Rows far shorter than the heading would make a table far larger than its text.
  void refuse_hollow() const {
    constexpr std::size_t always_fine = 100'000'000;
    const auto chunks = text_.chunks();
    const std::size_t bytes = chunks.empty() ? 0 : chunks.back().end;
    const std::size_t width = rules_.columns.size();
    if (width == 0 || rows_ <= always_fine / width || rows_ / 8 <= bytes / width) return;
    throw LimitError({"read", rules_.file + ", cells", std::to_string(rows_) + " rows of " + std::to_string(width), "",
                      "nearly all cells are empty; leave out columns that few rows fill"});
  }

  void prepare() {
    refuse_hollow();
    columns_.resize(rules_.columns.size());
    left_out_.assign(rows_, 0);
    ends_.assign(rules_.ends.size(), std::vector<index_t>(rows_, none));
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      Filling& column = columns_[c];
      column.used = !rules_.columns[c].skip && !is_end(c);
      column.type = types_[c];
      if (!column.used) continue;
      switch (column.type) {
        case ColumnType::number:
          column.numbers.assign(rows_, undefined);
          break;
        case ColumnType::integer:
          column.integers.assign(rows_, 0);
          break;
        case ColumnType::boolean:
          column.booleans.assign(rows_, 0);
          break;
        case ColumnType::date:
          column.dates.assign(rows_, Date{});
          break;
        case ColumnType::text:
        case ColumnType::list:
          column.codes.assign(rows_, none);
          break;
      }
      const bool masked =
          column.type == ColumnType::integer || column.type == ColumnType::boolean || column.type == ColumnType::date;
      if (masked) column.missing.assign(rows_, 1);
    }
  }

  void read_chunk(std::size_t i) {
    Part& part = parts_[i];
    part.levels.resize(columns_.size());
    part.last.resize(columns_.size());
    std::vector<Cell> cells;
    std::vector<std::string> scratches(rules_.ends.size());
    std::string scratch;
    for (linkpin::Rows rows = text_.chunk(i); rows.next(cells);) {
      const std::int64_t row = rows.number();
      if (row < rules_.first_row) continue;
      const auto at = static_cast<std::size_t>(row - rules_.first_row);
      if (!fits(part, cells, row) || !read_ends(part, cells, row, at, scratches)) {
        leave_out(part, at);
        continue;
      }
      const std::size_t width = std::min(cells.size(), columns_.size());
      for (std::size_t c = 0; c < width; ++c) {
        if (cells[c].broken) refuse_cell(part, row, c, Why::broken, cells[c].raw);
        if (!columns_[c].used) continue;
        const std::string_view text = text_of(cells[c], scratch);
        if (missing(cells[c], text)) continue;
        take(part, c, at, text, row, cells[c].raw);
      }
    }
  }

  static bool all_bare(std::span<const Cell> cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const Cell& cell) { return !cell.quoted && trimmed(cell.raw).empty(); });
  }

  // Are there cells beyond the heading's, which is how an unquoted delimiter shows?
  [[nodiscard]] bool shifted(std::span<const Cell> cells) const {
    const std::size_t width = rules_.columns.size();
    return cells.size() > width && !all_bare(cells.subspan(width));
  }

  // Can the row be read? Says so where it is ragged; a row without any cell filled is no row.
  bool fits(Part& part, const std::vector<Cell>& cells, std::int64_t row) {
    if (rules_.sparse) return true;
    if (all_bare(cells)) return false;
    if (shifted(cells)) {
      refuse_row(part, row, Why::long_row, whole(cells));
      return false;
    }
    if (cells.size() < rules_.columns.size()) refuse_row(part, row, Why::short_row, whole(cells));
    return true;
  }

  [[nodiscard]] static std::string_view whole(const std::vector<Cell>& cells) {
    const char* begin = cells.front().raw.data() - (cells.front().quoted ? 1 : 0);
    const char* end = cells.back().raw.data() + cells.back().raw.size() + (cells.back().quoted ? 1 : 0);
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  // The cells that name entities, all of them before any becomes a new id. False where the row cannot be placed.
  bool read_ends(Part& part, const std::vector<Cell>& cells, std::int64_t row, std::size_t at,
                 std::vector<std::string>& scratches) {
    bool whole_row = true;
    std::array<std::string_view, 3> texts;
    std::array<bool, 3> given{};
    for (std::size_t k = 0; k < rules_.ends.size(); ++k) {
      const std::size_t c = rules_.ends[k];
      if (c < cells.size()) {
        texts[k] = text_of(cells[c], scratches[k]);
        given[k] = !missing(cells[c], texts[k]);
      }
      if (given[k]) {
        if (rules_.lookup == EndLookup::found) continue;
        ends_[k][at] = rules_.lookup == EndLookup::known ? known_->find(texts[k]) : vertex_number(texts[k]);
        if (ends_[k][at] != none) continue;
        refuse_cell(part, row, c, rules_.lookup == EndLookup::known ? Why::unknown_end : Why::not_a_number_end,
                    cells[c].raw);
      } else {
        if (rules_.last_end_optional && k + 1 == rules_.ends.size()) continue;
        refuse_cell(part, row, c, Why::no_end, cells.empty() ? std::string_view{} : whole(cells));
      }
      whole_row = false;
    }
    if (!whole_row || rules_.lookup != EndLookup::found) return whole_row;
    for (std::size_t k = 0; k < rules_.ends.size(); ++k) {
      if (given[k]) ends_[k][at] = part.ids.intern(texts[k]);
    }
    return true;
  }

  [[nodiscard]] static index_t vertex_number(std::string_view text) {
    index_t value = none;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value >= 0 && value < largest_index ? value : none;
  }

  void take(Part& part, std::size_t c, std::size_t at, std::string_view text, std::int64_t row, std::string_view raw) {
    Filling& column = columns_[c];
    switch (column.type) {
      case ColumnType::number:
        return take_number(part, c, at, trimmed(text), row, raw);
      case ColumnType::integer:
        if (!parse_integer(trimmed(text), column.integers[at])) {
          column.integers[at] = 0;
          return refuse_cell(part, row, c, Why::integer, raw);
        }
        break;
      case ColumnType::boolean:
        if (!parse_boolean(trimmed(text), column.booleans[at])) return refuse_cell(part, row, c, Why::boolean, raw);
        break;
      case ColumnType::date: {
        const auto date = parse_date(trimmed(text));
        if (!date) return refuse_cell(part, row, c, Why::date, raw);
        if (trimmed(text).size() > 10) refuse_cell(part, row, c, Why::time_of_day, raw);
        column.dates[at] = *date;
        break;
      }
      case ColumnType::text:
      case ColumnType::list: {
        LastText& last = part.last[c];  // neighbours are often the same
        if (last.code == none || last.text != text) {
          last.code = part.levels[c].intern(text);
          last.text = part.levels[c][last.code];
        }
        column.codes[at] = last.code;
        return;
      }
    }
    column.missing[at] = 0;
  }

  void take_number(Part& part, std::size_t c, std::size_t at, std::string_view text, std::int64_t row,
                   std::string_view raw) {
    const ColumnRule& rule = rules_.columns[c];
    double value = undefined;
    if (!parse_number(text, rules_.decimal_comma, value)) return refuse_cell(part, row, c, Why::number, raw);
    if (rule.finite && !std::isfinite(value)) return refuse_cell(part, row, c, Why::infinite, raw);
    if (value < rule.low || value > rule.high) return refuse_cell(part, row, c, Why::range, raw);
    columns_[c].numbers[at] = value;
  }

  // The codes that these chunks gave their texts become codes of the whole table, in order of first appearance.
  void join_texts(std::size_t first_chunk, std::size_t last_chunk) {
    std::vector<std::size_t> texts;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].used && !columns_[c].codes.empty()) texts.push_back(c);
    }
    const bool ids = rules_.lookup == EndLookup::found && !rules_.ends.empty();
    const std::size_t jobs = texts.size() + (ids ? 1 : 0);
    const std::size_t chunks = last_chunk - first_chunk;
    std::vector<std::vector<std::vector<index_t>>> codes(jobs, std::vector<std::vector<index_t>>(chunks));
    parallel_for(static_cast<std::int64_t>(jobs), static_cast<std::int64_t>(rows_), run_,
                 [&](std::int64_t first, std::int64_t last) {
                   for (auto job = static_cast<std::size_t>(first); job < static_cast<std::size_t>(last); ++job) {
                     StringTable& all = job < texts.size() ? columns_[texts[job]].levels : *found_;
                     for (std::size_t i = 0; i < chunks; ++i) {
                       Part& part = parts_[first_chunk + i];
                       StringTable& own = job < texts.size() ? part.levels[texts[job]] : part.ids;
                       codes[job][i] = merged(all, std::exchange(own, StringTable()));
                     }
                   }
                 });
    over_chunks(first_chunk, last_chunk, [&](std::size_t chunk) {
      const auto [begin, end] = data_rows(chunk);
      for (std::size_t job = 0; job < jobs; ++job) {
        const std::vector<index_t>& fresh = codes[job][chunk - first_chunk];
        if (job < texts.size()) {
          recode(columns_[texts[job]].codes, begin, end, fresh);
        } else {
          for (auto& column : ends_) recode(column, begin, end, fresh);
        }
      }
    });
  }

  static std::vector<index_t> merged(StringTable& all, const StringTable& own) {
    std::vector<index_t> codes(static_cast<std::size_t>(own.size()));
    for (index_t code = 0; code < own.size(); ++code) codes[static_cast<std::size_t>(code)] = all.intern(own[code]);
    return codes;
  }

  static void recode(std::vector<index_t>& column, std::size_t begin, std::size_t end,
                     const std::vector<index_t>& codes) {
    for (std::size_t at = begin; at < end; ++at) {
      if (column[at] != none) column[at] = codes[static_cast<std::size_t>(column[at])];
    }
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> data_rows(std::size_t chunk) const {
    const auto chunks = text_.chunks();
    const std::int64_t end = chunk + 1 < chunks.size() ? chunks[chunk + 1].first_row : text_.rows();
    auto at = [this](std::int64_t row) {
      return static_cast<std::size_t>(std::max<std::int64_t>(0, row - rules_.first_row));
    };
    return {at(chunks[chunk].first_row), at(end)};
  }

  static Column finished(Filling& column) {
    const auto gap = std::find(column.missing.begin(), column.missing.end(), 1);
    if (gap == column.missing.end()) column.missing.clear();
    switch (column.type) {
      case ColumnType::number:
        return Column(std::move(column.numbers));
      case ColumnType::integer:
        return Column(std::move(column.integers), std::move(column.missing));
      case ColumnType::boolean:
        return Column(std::move(column.booleans), std::move(column.missing));
      case ColumnType::date:
        return Column(std::move(column.dates), std::move(column.missing));
      default:
        return Column(Text{std::move(column.codes), std::make_shared<const StringTable>(std::move(column.levels))},
                      column.type);
    }
  }

  TableData finish() {
    TableData data;
    data.frame.resize(rows_);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].used) data.frame.set(rules_.columns[c].name, finished(columns_[c]));
    }
    data.ends = std::move(ends_);
    data.issues = issues();
    data.first_row = rules_.first_row;
    if (std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.rows_left_out; })) {
      data.keep(rows_not(left_out_));
    }
    return data;
  }

  [[nodiscard]] std::vector<Issue> issues() const {
    std::vector<Issue> all;
    std::int64_t beyond = 0;
    for (const Part& part : parts_) {
      for (const Refused& refused : part.refused) {
        if (all.size() < issues_a_file) {
          all.push_back(make_issue(refused, rules_));
        } else {
          ++beyond;
        }
      }
      beyond += part.refused_beyond;
    }
    if (beyond > 0) {
      all.push_back({rules_.file, 0, "", std::to_string(beyond), "as many more rows or cells were refused",
                     "mend those named first, and read again"});
    }
    return all;
  }

  const Delimited& text_;
  const TableRules& rules_;
  const StringTable* known_;
  StringTable* found_;
  const Run& run_;
  std::size_t rows_ = 0;
  std::vector<ColumnType> types_;
  std::vector<Filling> columns_;
  std::vector<std::uint8_t> left_out_;
  std::vector<std::vector<index_t>> ends_;
  std::vector<Part> parts_;
};

}  // namespace linkpin::detail
