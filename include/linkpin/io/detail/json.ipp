#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <linkpin/core/error.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/detail/assembly.hpp>
#include <linkpin/io/detail/bytes.hpp>
#include <linkpin/io/detail/encoding.hpp>
#include <linkpin/io/detail/json_tree.hpp>
#include <linkpin/io/detail/tables.hpp>
#include <linkpin/io/detail/writing.hpp>
#include <linkpin/io/json.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail {

inline constexpr std::size_t largest_json = std::size_t{1} << 30;
inline constexpr std::size_t deepest_json = 100;

// Builds trees out of the parser's events, one after the other.
class TreeBuilder {
 public:
  [[nodiscard]] bool busy() const { return !open_.empty(); }

  // Each takes one event and says whether a whole tree is done, which take() gives.
  bool scalar(JsonTree::Kind kind, std::string text) {
    JsonTree tree;
    tree.kind = kind;
    tree.text = std::move(text);
    return add(std::move(tree));
  }
  bool open(JsonTree::Kind kind) {
    open_.emplace_back();
    open_.back().kind = kind;
    return false;
  }
  bool key(std::string name) {
    open_.back().keys.push_back(std::move(name));
    return false;
  }
  bool close() {
    JsonTree tree = std::move(open_.back());
    open_.pop_back();
    return add(std::move(tree));
  }
  JsonTree take() { return std::move(done_); }

 private:
  bool add(JsonTree&& tree) {
    if (open_.empty()) {
      done_ = std::move(tree);
      return true;
    }
    open_.back().items.push_back(std::move(tree));
    return false;
  }

  std::vector<JsonTree> open_;
  JsonTree done_;
};

// The parser's events in the few shapes we tell apart; counts the depth and says where a document is broken.
template <class Handler>
class JsonEvents {
 public:
  JsonEvents(Handler& handler, std::string_view text, const std::string& name)
      : handler_(handler), text_(text), name_(name) {}

  bool null() { return scalar(JsonTree::Kind::null, "null"); }
  bool boolean(bool value) { return scalar(JsonTree::Kind::boolean, value ? "true" : "false"); }
  bool number_integer(std::int64_t value) { return scalar(JsonTree::Kind::number, std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) { return scalar(JsonTree::Kind::number, std::to_string(value)); }
  bool number_float(double, const std::string& written) { return scalar(JsonTree::Kind::number, written); }
  bool string(std::string& value) { return scalar(JsonTree::Kind::text, std::move(value)); }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // JSON text has none
  bool start_object(std::size_t) { return open(JsonTree::Kind::object); }
  bool start_array(std::size_t) { return open(JsonTree::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    handler_.key(std::move(name));
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception&) {
    const std::string_view before = text_.substr(0, position);
    const auto line = count_character(before.data(), before.data() + before.size(), '\n') + 1;
    refuse("read_json", name_, shown_value(token), "this is no JSON; mend the document here",
           "line " + std::to_string(line) + ", byte " + std::to_string(position));
  }

 private:
  bool scalar(JsonTree::Kind kind, std::string text) {
    handler_.scalar(kind, std::move(text));
    return true;
  }
  bool open(JsonTree::Kind kind) {
    if (++depth_ > deepest_json) {
      refuse("read_json", name_, "", "is nested deeper than 100; no document of this kind is");
    }
    handler_.open(kind);
    return true;
  }
  bool close() {
    --depth_;
    handler_.close();
    return true;
  }

  Handler& handler_;
  std::string_view text_;
  const std::string& name_;
  std::size_t depth_ = 0;
};

template <class Handler>
void parse_json_events(std::string_view text, const std::string& name, Handler& handler) {
  if (text.size() > largest_json) {
    throw LimitError({"read_json", name + ", size", std::to_string(text.size()) + " bytes", "",
                      "JSON is read up to 1 GiB; a data package holds more"});
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  JsonEvents<Handler> events(handler, text, name);
  nlohmann::json::sax_parse(text.begin(), text.end(), &events);
}

// One table of a document on its way to the reader of tables: rows as cells of delimited text, texts in quotes.
class JsonTable {
 public:
  explicit JsonTable(const TableShape& shape) : shape_(shape) {
    for (const std::string_view end : shape.ends) column(end);
  }

  void declare(const JsonTree& types) {
    for (std::size_t i = 0; i < types.keys.size(); ++i) {
      declared_.push_back({types.keys[i], column_type(types.items[i].text)});
      column(types.keys[i]);
    }
  }

  void begin_row() { cells_.assign(names_.size(), {}); }

  // False where the row has this member already.
  bool add(std::string_view name, std::string cell) {
    const std::size_t c = column(name);
    if (cells_.size() <= c) cells_.resize(c + 1);
    if (!cells_[c].empty()) return false;
    cells_[c] = std::move(cell);
    return true;
  }

  void end_row(const std::string& file) {
    while (!cells_.empty() && cells_.back().empty()) cells_.pop_back();
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (c > 0) text_ += ',';
      text_ += cells_[c];
      filled_ += cells_[c].size();
    }
    text_ += '\n';
    ++rows_;
    constexpr std::size_t always_fine = std::size_t{32} << 20;
    if (text_.size() > always_fine && text_.size() / 32 > filled_) {
      throw LimitError({"read_json", file + ", members", std::to_string(names_.size()), "row " + std::to_string(rows_),
                        "nearly all members are missing; leave out those that few rows have"});
    }
  }

  [[nodiscard]] std::int64_t rows() const { return rows_; }

  TableSource source(const std::string& file, const Run& run, std::vector<Issue>& issues) {
    TableRules rules;
    rules.file = file;
    rules.first_row = 0;
    rules.empty_texts = rules.quoted_is_text = rules.sparse = true;
    set_columns(rules, shape_, names_, declared_, issues);
    ScanOptions options;
    options.delimiter = ',';
    options.decimal_comma = false;
    options.run = run;
    return {scan_text(std::move(text_), file, options), std::move(rules)};
  }

 private:
  static std::optional<ColumnType> column_type(std::string_view word) {
    for (int i = 0; i <= static_cast<int>(ColumnType::date); ++i) {
      if (to_string(static_cast<ColumnType>(i)) == word) return static_cast<ColumnType>(i);
    }
    return std::nullopt;
  }

  std::size_t column(std::string_view name) {
    const auto [found, fresh] = numbers_.try_emplace(std::string(name), names_.size());
    if (fresh) names_.emplace_back(name);
    return found->second;
  }

  const TableShape& shape_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<DeclaredColumn> declared_;
  std::vector<std::string> cells_;
  std::string text_;
  std::size_t filled_ = 0;  // bytes of `text_` that are cells
  std::int64_t rows_ = 0;
};

// Takes the events of an ecosystem's document: rows go to their table as they come, all else becomes trees.
class EcosystemHandler {
 public:
  explicit EcosystemHandler(std::string name) : name_(std::move(name)) {}

  void scalar(JsonTree::Kind kind, std::string text) {
    if (level_ == Level::outside) refuse_document();
    if (tree_.scalar(kind, std::move(text))) deliver(tree_.take());
  }

  void open(JsonTree::Kind kind) {
    if (tree_.busy()) {
      tree_.open(kind);
    } else if (level_ == Level::outside) {
      if (kind != JsonTree::Kind::object) refuse_document();
      level_ = Level::document;
    } else if (level_ == Level::document && kind == JsonTree::Kind::array && begin_table()) {
      level_ = Level::table;
    } else if (level_ == Level::table && kind == JsonTree::Kind::object) {
      level_ = Level::row;
      table_->begin_row();
    } else {
      tree_.open(kind);
    }
  }

  void key(std::string name) {
    if (tree_.busy()) {
      tree_.key(std::move(name));
    } else {
      (level_ == Level::row ? column_ : member_) = std::move(name);
    }
  }

  void close() {
    if (tree_.busy()) {
      if (tree_.close()) deliver(tree_.take());
    } else if (level_ == Level::row) {
      table_->end_row(file());
      level_ = Level::table;
    } else if (level_ == Level::table) {
      table_ = nullptr;
      level_ = Level::document;
    } else {
      level_ = Level::outside;
    }
  }

  EcosystemSource source(const Run& run) {
    if (!entities_ && !ties_) refuse_document();
    format_version(linkpin_ ? &*linkpin_ : nullptr, name_);
    EcosystemSource all;
    all.about = std::move(about_);
    all.kinds = std::move(kinds_);
    all.issues = std::move(saved_);
    if (entities_) all.entities = entities_->source(name_ + ", entities", run, issues_);
    if (ties_) all.ties = ties_->source(name_ + ", ties", run, issues_);
    if (reports_) all.reports = reports_->source(name_ + ", reports", run, issues_);
    all.issues.insert(all.issues.end(), issues_.begin(), issues_.end());
    return all;
  }

 private:
  enum class Level : std::uint8_t { outside, document, table, row };

  [[noreturn]] void refuse_document() const {
    refuse("read_json", name_, "", "the document is an object with \"entities\" or \"ties\", each an array of objects");
  }

  [[nodiscard]] std::string file() const { return name_ + ", " + member_; }

  bool begin_table() {
    std::optional<JsonTable>* place = member_ == "entities"  ? &entities_
                                      : member_ == "ties"    ? &ties_
                                      : member_ == "reports" ? &reports_
                                                             : nullptr;
    if (place == nullptr || *place) return false;
    place->emplace(member_ == "entities" ? entity_shape() : member_ == "ties" ? tie_shape() : report_shape());
    table_ = &**place;
    if (const JsonTree* types = types_.find(member_); types != nullptr) table_->declare(*types);
    return true;
  }

  void add_issue(std::int64_t row, const std::string& column, const JsonTree& value, std::string reason,
                 std::string remedy) {
    if (issues_.size() > issues_a_file) return;
    issues_.push_back(
        {row > 0 ? file() : name_, row, column, shown_value(plain_text(value)), std::move(reason), std::move(remedy)});
  }

  void deliver(JsonTree tree) {
    if (level_ == Level::row) {
      deliver_cell(tree);
    } else if (level_ == Level::table) {
      add_issue(table_->rows() + 1, "", tree, "is no row; it is left out", "write rows as objects");
      table_->begin_row();
      table_->end_row(file());
    } else {
      deliver_member(std::move(tree));
    }
  }

  void deliver_cell(const JsonTree& tree) {
    const std::int64_t row = table_->rows() + 1;
    std::string cell;
    if (tree.kind == JsonTree::Kind::null) return;
    if (has_zero(column_) || has_zero(tree.text)) {
      return add_issue(row, column_, tree, "holds a NUL character; it is taken as missing", "take it out");
    }
    if (tree.kind == JsonTree::Kind::number || tree.kind == JsonTree::Kind::boolean) {
      cell = tree.text;
    } else if (tree.kind == JsonTree::Kind::text) {
      append_quoted(cell, tree.text);
    } else if (!append_list(cell, tree)) {
      return add_issue(row, column_, tree, "is no value; it is taken as missing",
                       "write a number, a text, true, false, or an array of texts without bars");
    }
    if (!table_->add(column_, std::move(cell))) {
      add_issue(row, column_, tree, "the row has this member already; the first one is kept", "write it once");
    }
  }

  static bool has_zero(const std::string& text) { return text.find('\0') != std::string::npos; }

  static void append_quoted(std::string& cell, std::string_view text) {
    cell += '"';
    for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
    cell += '"';
  }

  static bool append_list(std::string& cell, const JsonTree& tree) {
    if (tree.kind != JsonTree::Kind::array) return false;
    std::string joined;
    for (const JsonTree& item : tree.items) {
      const bool plain = item.kind == JsonTree::Kind::text || item.kind == JsonTree::Kind::number;
      if (!plain || has_zero(item.text) || item.text.find('|') != std::string::npos) return false;
      if (&item != tree.items.data()) joined += '|';
      joined += item.text;
    }
    append_quoted(cell, joined);
    return true;
  }

  void deliver_member(JsonTree tree) {
    if (member_ == "linkpin") {
      linkpin_ = std::move(tree);
    } else if (member_ == "types") {
      types_ = std::move(tree);
      declare_late();
    } else if (member_ == "about") {
      for (std::size_t i = 0; i < tree.keys.size(); ++i) about_[tree.keys[i]] = plain_text(tree.items[i]);
    } else if (member_ == "kinds") {
      kinds_ = read_kinds(tree, name_, issues_);
    } else if (member_ == "issues") {
      saved_ = read_issues(tree);
    } else if (member_ == "entities" || member_ == "ties" || member_ == "reports") {
      add_issue(0, member_, tree, "is no array, or stands a second time; it is not read", "write one array of objects");
    } else {
      add_issue(0, member_, tree, "linkpin does not know this member; it is not read",
                "put rows under entities, ties or reports, and facts under about");
    }
  }

  // Types that come after their rows.
  void declare_late() {
    const auto declare = [this](std::optional<JsonTable>& table, std::string_view name) {
      if (const JsonTree* types = types_.find(name); table && types != nullptr) table->declare(*types);
    };
    declare(entities_, "entities");
    declare(ties_, "ties");
    declare(reports_, "reports");
  }

  std::string name_;
  Level level_ = Level::outside;
  TreeBuilder tree_;
  std::string member_;
  std::string column_;
  JsonTable* table_ = nullptr;
  std::optional<JsonTable> entities_;
  std::optional<JsonTable> ties_;
  std::optional<JsonTable> reports_;
  std::optional<JsonTree> linkpin_;
  JsonTree types_;
  std::map<std::string, std::string> about_;
  std::vector<TieKind> kinds_;
  std::vector<Issue> saved_;
  std::vector<Issue> issues_;
};

// Takes one tree.
class TreeHandler {
 public:
  void scalar(JsonTree::Kind kind, std::string text) { builder_.scalar(kind, std::move(text)); }
  void open(JsonTree::Kind kind) { builder_.open(kind); }
  void key(std::string name) { builder_.key(std::move(name)); }
  void close() { builder_.close(); }
  JsonTree take() { return builder_.take(); }

 private:
  TreeBuilder builder_;
};

LINKPIN_INLINE JsonTree parse_json_tree(std::string_view text, const std::string& name) {
  TreeHandler handler;
  parse_json_events(text, name, handler);
  return handler.take();
}

inline void append_json_list(std::string& out, std::string_view bars) {
  out += '[';
  for (std::size_t begin = 0;;) {
    const std::size_t end = bars.find('|', begin);
    append_json(out, bars.substr(begin, end - begin));
    if (end == bars.npos) break;
    out += ", ";
    begin = end + 1;
  }
  out += ']';
}

inline void append_json_value(std::string& out, const Column& column, std::size_t row) {
  if (column.type() == ColumnType::list) return append_json_list(out, column.view(row));
  const bool infinite = column.type() == ColumnType::number && std::isinf(column.numbers()[row]);
  if (column.type() != ColumnType::text && column.type() != ColumnType::date && !infinite) {
    return append_plain(out, column, row);
  }
  std::string text;
  append_plain(text, column, row);
  append_json(out, text);
}

inline void append_json_types(std::string& out, const Frame& frame, std::string_view name) {
  out += "    " + json_text(name) + ": {";
  for (std::size_t c = 0; c < frame.width(); ++c) {
    if (c > 0) out += ", ";
    out += json_text(frame.name(c)) + ": " + json_text(to_string(frame.at(c).type()));
  }
  out += '}';
}

inline void append_json_rows(std::string& out, const Ecosystem& eco, const TableShape& shape, const EndColumns& ends,
                             const Frame& frame) {
  out += ",\n  " + json_text(shape.name) + ": [";
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    out += row == 0 ? "\n    {" : ",\n    {";
    for (std::size_t k = 0; k < shape.ends.size(); ++k) {
      const index_t end = ends.empty() ? static_cast<index_t>(row) : ends[k][row];
      if (end == none) continue;
      if (k > 0) out += ", ";
      out += json_text(shape.ends[k]) + ": " + json_text(eco.id(end));
    }
    for (std::size_t c = 0; c < frame.width(); ++c) {
      if (frame.at(c).missing(row)) continue;
      out += ", " + json_text(frame.name(c)) + ": ";
      append_json_value(out, frame.at(c), row);
    }
    out += '}';
  }
  out += ']';
}

}  // namespace detail

LINKPIN_INLINE Ecosystem from_json(std::string_view text, std::string_view name, const Run& run) {
  std::string decoded;
  if (const char order = detail::utf16_order(text.substr(0, detail::scan_head)); order != 0) {
    std::int64_t repaired = 0;
    decoded = detail::from_utf16(text.substr(0, detail::largest_json), order == 'b', repaired);
    text = decoded;
  }
  detail::EcosystemHandler handler{std::string(name)};
  detail::parse_json_events(text, std::string(name), handler);
  return detail::assemble(handler.source(run), run);
}

LINKPIN_INLINE Ecosystem read_json(const std::filesystem::path& path, const Run& run) {
  const std::string text = detail::read_small(path, "read_json", detail::largest_json);
  return from_json(text, path.filename().string(), run);
}

LINKPIN_INLINE std::string to_json(const Ecosystem& eco) {
  detail::check_writable(eco, "to_json");
  const EcosystemParts& p = eco.parts();
  std::string out = "{\n  \"linkpin\": {\"version\": 1},\n  \"about\": {";
  for (const auto& [key, value] : p.about) {
    out += (&value == &p.about.begin()->second ? "\n    " : ",\n    ") + detail::json_text(key) + ": " +
           detail::json_text(value);
  }
  out += "},\n  \"kinds\": ";
  detail::append_kinds(out, p.kinds);
  out += ",\n  \"types\": {\n";
  detail::append_json_types(out, p.entities, "entities");
  out += ",\n";
  detail::append_json_types(out, p.ties, "ties");
  out += ",\n";
  detail::append_json_types(out, p.reports, "reports");
  out += "}";
  detail::append_json_rows(out, eco, detail::entity_shape(), {}, p.entities);
  detail::append_json_rows(out, eco, detail::tie_shape(), detail::tie_ends(eco), p.ties);
  detail::append_json_rows(out, eco, detail::report_shape(), detail::report_ends(eco), p.reports);
  out += ",\n  \"issues\": ";
  detail::append_issues(out, p.issues);
  out += "}\n";
  return out;
}

LINKPIN_INLINE void write_json(const Ecosystem& eco, const std::filesystem::path& path) {
  const std::string text = to_json(eco);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    detail::refuse_file("write_json", path, "this is a folder; give the path of a file");
  }
  const std::filesystem::path target = std::filesystem::absolute(path);
  const std::filesystem::path fresh = detail::sibling(target);
  const detail::Cleanup cleanup(fresh);
  detail::OutFile file(fresh, "write_json");
  file.text() = text;
  file.close();
  std::filesystem::rename(fresh, target, error);
  if (error) detail::refuse_file("write_json", path, "cannot be put in its place; check your rights");
}

}  // namespace linkpin
