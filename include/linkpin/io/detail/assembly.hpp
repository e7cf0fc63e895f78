// From tables of entities, ties and reports to an ecosystem: what the package and the JSON document have in common.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <linkpin/core/run.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/detail/json_tree.hpp>
#include <linkpin/io/detail/tables.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin::detail {

// A column whose meaning is fixed. Numbers have a range, and are finite.
struct FixedColumn {
  std::string_view name;
  ColumnType type = ColumnType::text;
  double low = std::numeric_limits<double>::lowest();
  double high = std::numeric_limits<double>::max();
};

// One of the three tables.
struct TableShape {
  std::string_view name;
  std::vector<std::string_view> ends;
  std::vector<FixedColumn> fixed;
};

inline const TableShape& entity_shape() {
  static const TableShape shape{"entities",
                                {"id"},
                                {{"label"},
                                 {"kind"},
                                 {"sector"},
                                 {"roles", ColumnType::list},
                                 {"start", ColumnType::date},
                                 {"end", ColumnType::date},
                                 {"source"},
                                 {"evidence"}}};
  return shape;
}

inline const TableShape& tie_shape() {
  static const TableShape shape{"ties",
                                {"from", "to"},
                                {{"kind"},
                                 {"weight", ColumnType::number, 0.0},
                                 {"confidence", ColumnType::number, 0.0, 1.0},
                                 {"start", ColumnType::date},
                                 {"end", ColumnType::date},
                                 {"wave"},
                                 {"source"},
                                 {"evidence"}}};
  return shape;
}

inline const TableShape& report_shape() {
  static const TableShape shape{"reports",
                                {"respondent", "from", "to"},
                                {{"item"}, {"wave"}, {"state"}, {"value", ColumnType::number}, {"source"}}};
  return shape;
}

// A column as a schema declares it.
struct DeclaredColumn {
  std::string name;
  std::optional<ColumnType> type;
};

struct TableSource {
  Delimited text;
  TableRules rules;
};

// The parts of an ecosystem before ids are settled.
struct EcosystemSource {
  std::optional<TableSource> entities;
  std::optional<TableSource> ties;
  std::optional<TableSource> reports;
  std::map<std::string, std::string> about;
  std::vector<TieKind> kinds;
  std::vector<Issue> issues;
};

// Fills in rules.columns and rules.ends for the columns that a heading names. Throws InputError where one that the
// table needs is not there.
inline void set_columns(TableRules& rules, const TableShape& shape, const std::vector<std::string>& heading,
                        const std::vector<DeclaredColumn>& declared, std::vector<Issue>& issues) {
  for (std::size_t c = 0; c < heading.size(); ++c) {
    ColumnRule rule;
    rule.name = heading[c];
    const auto same_name = [&](const auto& other) { return other.name == rule.name; };
    const auto known = std::find_if(declared.begin(), declared.end(), same_name);
    if (known != declared.end()) rule.type = known->type;
    if (rule.name.empty() && known == declared.end()) {
      rule.name = "column " + std::to_string(c + 1);
      issues.push_back({rules.file, 1, rule.name, "", "the heading has no name for this column", "name it"});
    }
    if (std::any_of(rules.columns.begin(), rules.columns.end(), same_name)) {
      const std::string first = rule.name;
      for (int copy = 2; std::any_of(rules.columns.begin(), rules.columns.end(), same_name); ++copy) {
        rule.name = first + " (" + std::to_string(copy) + ")";
      }
      issues.push_back({rules.file, 1, rule.name, shown_value(first),
                        "the heading has this name twice; the later column is called " + shown_value(rule.name),
                        "give every column its own name"});
    }
    const auto fixed = std::find_if(shape.fixed.begin(), shape.fixed.end(), same_name);
    if (fixed != shape.fixed.end()) {
      rule.type = fixed->type;
      rule.finite = fixed->type == ColumnType::number;
      rule.low = fixed->low;
      rule.high = fixed->high;
    }
    rules.columns.push_back(std::move(rule));
  }
  for (const std::string_view end : shape.ends) {
    const auto found = std::find_if(rules.columns.begin(), rules.columns.end(),
                                    [end](const ColumnRule& rule) { return rule.name == end; });
    if (found == rules.columns.end()) {
      std::string names;
      for (const std::string& name : heading) names += (names.empty() ? "" : ", ") + shown_value(name);
      refuse("read", rules.file + ", heading", shown_value(names),
             "the table of " + std::string(shape.name) + " needs a column called " + std::string(end));
    }
    rules.ends.push_back(static_cast<std::size_t>(found - rules.columns.begin()));
  }
  rules.last_end_optional = shape.name == "reports";
}

inline void leave_out_rows(TableData& data, const std::vector<std::uint8_t>& marked) {
  if (std::find(marked.begin(), marked.end(), 1) != marked.end()) data.keep(rows_not(marked));
}

inline void add_issue(TableData& data, const TableRules& rules, std::size_t at, std::string_view column, Why why,
                      std::string_view value) {
  if (data.issues.size() > issues_a_file) return;
  Issue issue = make_issue({data.row(at) - 1, none, why, value}, rules);
  issue.column = column;
  data.issues.push_back(std::move(issue));
}

// Keeps the first of several rows with one id. Ids are numbered in order of first appearance.
inline void settle_entities(TableData& data, const TableRules& rules, const StringTable& ids) {
  std::vector<std::uint8_t> out(data.frame.rows(), 0);
  index_t next = 0;
  for (std::size_t at = 0; at < out.size(); ++at) {
    const index_t id = data.ends[0][at];
    if (id == next) {
      ++next;
    } else {
      out[at] = 1;
      add_issue(data, rules, at, "id", Why::same_id, ids[id]);
    }
  }
  leave_out_rows(data, out);
}

inline bool is_state(std::string_view text) {
  return text == to_string(Answer::answered) || text == to_string(Answer::not_asked) ||
         text == to_string(Answer::no_response) || text == to_string(Answer::declined);
}

// An answer about a tie has a value, nothing else has one.
inline void settle_reports(TableData& data, const TableRules& rules) {
  const Column* state = data.frame.find("state");
  const Column* value = data.frame.find("value");
  std::vector<std::uint8_t> out(data.frame.rows(), 0);
  std::vector<double> values;
  for (std::size_t at = 0; at < out.size(); ++at) {
    const std::string_view said = state == nullptr ? std::string_view{} : state->view(at);
    const bool stated = state != nullptr && !state->missing(at);
    const bool has_value = value != nullptr && !value->missing(at);
    if (stated && !is_state(said)) {
      out[at] = 1;
      add_issue(data, rules, at, "state", Why::state, said);
    } else if (!stated || said == to_string(Answer::answered)) {
      if (has_value || data.ends[2][at] == none) continue;
      out[at] = 1;
      add_issue(data, rules, at, "value", Why::no_value, "");
    } else if (has_value) {
      if (values.empty()) values.assign(value->numbers().begin(), value->numbers().end());
      add_issue(data, rules, at, "value", Why::value_without_answer, std::to_string(values[at]));
      values[at] = undefined;
    }
  }
  if (!values.empty()) data.frame.set("value", Column(std::move(values)));
  leave_out_rows(data, out);
}

inline TableData read_table(std::optional<TableSource>& source, const StringTable* known, StringTable* found,
                            const Run& run) {
  source->rules.lookup = known != nullptr ? EndLookup::known : EndLookup::found;
  return TableReader(source->text, source->rules, known, found, run).read();
}

// Issues of a table in the order of its rows.
inline void add_issues(std::vector<Issue>& all, std::vector<Issue>&& own) {
  auto in_order = [](const Issue& a, const Issue& b) { return a.row < b.row; };
  std::stable_sort(own.begin(), own.end(), in_order);
  all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

// Kinds as a document lists them; what is no kind becomes an issue.
inline std::vector<TieKind> read_kinds(const JsonTree& tree, const std::string& file, std::vector<Issue>& issues) {
  std::vector<TieKind> kinds;
  for (const JsonTree& item : tree.items) {
    const std::string_view flow = item.word("flow");
    if (item.word("name").empty() || (!flow.empty() && flow != "forward" && flow != "backward")) {
      issues.push_back({file, 0, "kinds", shown_value(plain_text(item)), "is no kind of tie; it is left out",
                        "give a name, and a flow that is forward or backward"});
      continue;
    }
    const JsonTree* symmetric = item.find("symmetric");
    kinds.push_back({std::string(item.word("name")), flow == "backward" ? Flow::backward : Flow::forward,
                     symmetric != nullptr && symmetric->text == "true", std::string(item.word("meaning"))});
  }
  return kinds;
}

// Issues that were saved with the data they are about.
inline std::vector<Issue> read_issues(const JsonTree& tree) {
  std::vector<Issue> issues;
  for (const JsonTree& item : tree.items) {
    Issue issue;
    issue.file = item.word("file");
    issue.column = item.word("column");
    issue.value = item.word("value");
    issue.reason = item.word("reason");
    issue.remedy = item.word("remedy");
    if (const JsonTree* row = item.find("row"); row != nullptr) parse_integer(row->text, issue.row);
    issues.push_back(std::move(issue));
  }
  return issues;
}

// The version of our own format that a document claims, 0 where it claims none. Throws InputError for later ones.
inline std::int64_t format_version(const JsonTree* linkpin, const std::string& name) {
  const JsonTree* stated = linkpin == nullptr ? nullptr : linkpin->find("version");
  std::int64_t version = 0;
  if (stated != nullptr && !parse_integer(stated->text, version)) version = 0;
  if (version > 1) {
    refuse("read", name + ", version", std::to_string(version),
           "this linkpin reads version 1; update linkpin to read what a later one wrote");
  }
  return version;
}

// Where there is a table of entities, it alone says who there is; else everybody whom a tie or report names.
inline Ecosystem assemble(EcosystemSource&& source, const Run& run) {
  EcosystemParts parts;
  auto ids = std::make_shared<StringTable>();
  parts.about = std::move(source.about);
  parts.kinds = std::move(source.kinds);
  parts.issues = std::move(source.issues);
  const StringTable* known = nullptr;
  if (source.entities) {
    TableData data = read_table(source.entities, nullptr, ids.get(), run);
    settle_entities(data, source.entities->rules, *ids);
    parts.entities = std::move(data.frame);
    add_issues(parts.issues, std::move(data.issues));
    source.entities.reset();
    known = ids.get();
  }
  if (source.ties) {
    TableData data = read_table(source.ties, known, ids.get(), run);
    parts.from = std::move(data.ends[0]);
    parts.to = std::move(data.ends[1]);
    parts.ties = std::move(data.frame);
    add_issues(parts.issues, std::move(data.issues));
    source.ties.reset();
  }
  if (source.reports) {
    TableData data = read_table(source.reports, known, ids.get(), run);
    settle_reports(data, source.reports->rules);
    parts.respondent = std::move(data.ends[0]);
    parts.report_from = std::move(data.ends[1]);
    parts.report_to = std::move(data.ends[2]);
    parts.reports = std::move(data.frame);
    add_issues(parts.issues, std::move(data.issues));
    source.reports.reset();
  }
  if (known == nullptr) parts.entities.resize(static_cast<std::size_t>(ids->size()));
  parts.ids = std::move(ids);
  return Ecosystem(std::move(parts));
}

}  // namespace linkpin::detail
