#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/io/detail/assembly.hpp>
#include <linkpin/io/detail/tables.hpp>
#include <linkpin/io/edges.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail {

// The first row that has cells, as texts; `row` is its number.
inline std::vector<std::string> first_cells(const Delimited& text, std::int64_t& row) {
  std::vector<Cell> cells;
  std::string scratch;
  std::vector<std::string> words;
  for (linkpin::Rows rows = text.all(); rows.next(cells);) {
    if (cells.empty()) continue;
    row = rows.number();
    for (const Cell& cell : cells) words.emplace_back(cell.quoted ? cell.text(scratch) : trimmed(cell.raw));
    return words;
  }
  refuse("read_network_csv", text.name(), "an empty file", "give a row a tie");
}

// A column by its name, then by the names that other tools give it.
inline std::size_t find_column(const std::vector<std::string>& heading, std::string_view name,
                               std::string_view other_name) {
  for (const std::string_view wanted : {name, other_name}) {
    for (std::size_t c = 0; c < heading.size(); ++c) {
      if (heading[c] == name || (!wanted.empty() && same_word(heading[c], wanted))) return c;
    }
  }
  return heading.size();
}

inline bool has_heading(const std::vector<std::string>& first, const EdgeListOptions& options) {
  if (options.heading) return *options.heading;
  if (options.numbered)
    return !std::all_of(first.begin(), first.begin() + 2, [](const std::string& cell) {
      std::int64_t number = 0;
      return parse_integer(cell, number);
    });
  return find_column(first, options.from, "source") < first.size() &&
         find_column(first, options.to, "target") < first.size();
}

inline TableRules edge_rules(const Delimited& text, const EdgeListOptions& options) {
  TableRules rules;
  rules.file = text.name();
  rules.decimal_comma = text.report().decimal_comma;
  rules.lookup = options.numbered ? EndLookup::numbers : EndLookup::found;
  std::vector<std::string> first = first_cells(text, rules.first_row);
  if (first.size() < 2) {
    refuse("read_network_csv", text.name() + ", cells in the first row", std::to_string(first.size()),
           "a tie has two ends; check the delimiter");
  }
  const bool heading = has_heading(first, options);
  std::size_t from = 0;
  std::size_t to = 1;
  std::size_t weight = options.weight.empty() ? first.size() : 2;
  if (heading) {
    ++rules.first_row;
    from = find_column(first, options.from, "source");
    to = find_column(first, options.to, "target");
    weight = options.weight.empty() ? first.size() : find_column(first, options.weight, "");
    if (from == first.size() || to == first.size()) {
      refuse("read_network_csv", text.name() + ", column", from == first.size() ? options.from : options.to,
             "the heading has no such column; name those of the ends");
    }
  }
  for (std::size_t c = 0; c < first.size(); ++c) {
    ColumnRule rule;
    rule.name = heading && !first[c].empty() ? first[c] : "column " + std::to_string(c + 1);
    const auto same_name = [&](const ColumnRule& other) { return other.name == rule.name; };
    if (std::any_of(rules.columns.begin(), rules.columns.end(), same_name)) rule.name += " " + std::to_string(c + 1);
    if (c == weight) {
      rule.name = "weight";
      rule.type = ColumnType::number;
      rule.low = 0;
      rule.finite = true;
    } else {
      rule.skip = !options.columns;
    }
    rules.columns.push_back(std::move(rule));
  }
  rules.ends = {from, to};
  return rules;
}

// Takes the weights out of the columns. Ties without one are left out, each with an issue.
inline std::vector<double> take_weights(TableData& data, const TableRules& rules) {
  const Column* column = data.frame.find("weight");
  if (column == nullptr || column->type() != ColumnType::number) return {};
  std::vector<std::uint8_t> out(data.frame.rows(), 0);
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (!column->missing(at)) continue;
    out[at] = 1;
    add_issue(data, rules, at, "weight", Why::no_weight, "");
  }
  leave_out_rows(data, out);
  const auto numbers = data.frame.find("weight")->numbers();
  return {numbers.begin(), numbers.end()};
}

inline Frame without_weight(Frame&& frame) {
  Frame rest;
  rest.resize(frame.rows());
  for (std::size_t c = 0; c < frame.width(); ++c) {
    if (frame.name(c) != "weight") rest.set(frame.name(c), frame.at(c));
  }
  return rest;
}

}  // namespace detail

LINKPIN_INLINE EdgeList read_network_csv(const std::filesystem::path& path, const EdgeListOptions& options) {
  EdgeList list;
  auto names = std::make_shared<StringTable>();
  detail::TableRules rules;
  detail::TableData data;
  {
    const Delimited text = scan_file(path, options.scan);
    list.report = text.report();
    rules = detail::edge_rules(text, options);
    data = detail::TableReader(text, rules, nullptr, names.get(), options.scan.run).read();
  }
  NetworkParts parts;
  parts.weight = detail::take_weights(data, rules);
  parts.source = std::move(data.ends[0]);
  parts.target = std::move(data.ends[1]);
  parts.ties = detail::without_weight(std::move(data.frame));
  detail::add_issues(list.issues, std::move(data.issues));
  if (options.numbered) {
    for (const auto* ends : {&parts.source, &parts.target}) {
      for (const index_t v : *ends) parts.n = std::max(parts.n, v + 1);
    }
  } else {
    parts.n = names->size();
    parts.names = std::move(names);
  }
  parts.directed = options.directed;
  parts.parallel = options.parallel;
  list.network = Network(std::move(parts));
  return list;
}

}  // namespace linkpin
