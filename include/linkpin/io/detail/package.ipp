#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <linkpin/core/error.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/detail/assembly.hpp>
#include <linkpin/io/detail/bytes.hpp>
#include <linkpin/io/detail/encoding.hpp>
#include <linkpin/io/detail/json_tree.hpp>
#include <linkpin/io/detail/tables.hpp>
#include <linkpin/io/detail/writing.hpp>
#include <linkpin/io/json.hpp>
#include <linkpin/io/package.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail {

inline constexpr std::string_view descriptor_name = "datapackage.json";
inline constexpr std::size_t largest_descriptor = std::size_t{256} << 20;

inline const std::array<const TableShape*, 3>& table_shapes() {
  static const std::array<const TableShape*, 3> shapes = {&entity_shape(), &tie_shape(), &report_shape()};
  return shapes;
}

inline std::string conventional_file(const TableShape& shape) { return std::string(shape.name) + ".csv"; }

// The descriptor of a package, where there is one.
inline std::optional<JsonTree> read_descriptor(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / descriptor_name;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  std::string text = read_small(path, "read_package", largest_descriptor);
  if (const char order = utf16_order(text); order != 0) {
    std::int64_t repaired = 0;
    text = from_utf16(text, order == 'b', repaired);
  }
  JsonTree tree = parse_json_tree(text, std::string(descriptor_name));
  if (tree.kind != JsonTree::Kind::object) {
    refuse("read_package", std::string(descriptor_name), "", "the descriptor is a JSON object with \"resources\"");
  }
  return tree;
}

// A resource of the descriptor that is one of our tables.
struct Resource {
  const TableShape* shape = nullptr;
  std::string path;
  const JsonTree* tree = nullptr;  // null where the file was found without being listed
};

inline const TableShape* shape_called(std::string_view name) {
  for (const TableShape* shape : table_shapes()) {
    if (same_word(name, shape->name)) return shape;
  }
  return nullptr;
}

inline std::string resource_path(const JsonTree& resource) {
  const JsonTree* path = resource.find("path");
  if (path != nullptr && path->kind == JsonTree::Kind::array && path->items.size() == 1) path = &path->items[0];
  return path != nullptr && path->kind == JsonTree::Kind::text ? path->text : std::string();
}

// Refuses what leads out of the folder, by its spelling or by a link.
inline std::filesystem::path path_inside(const std::filesystem::path& folder, const std::string& path) {
  const std::filesystem::path relative(path);
  const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
  const bool foreign = relative.is_absolute() || relative.has_root_name() || path.find("://") != std::string::npos ||
                       path.find('\\') != std::string::npos || path.find('\0') != std::string::npos;
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(folder, error);
  const auto full = std::filesystem::weakly_canonical(folder / relative, error);
  const auto parted = std::mismatch(root.begin(), root.end(), full.begin(), full.end());
  if (climbs || foreign || error || parted.first != root.end()) {
    refuse("read_package", "path of a resource", shown_value(path),
           "a resource lies inside its package; put the file there and name it relative to the folder",
           std::string(descriptor_name));
  }
  return folder / relative;
}

inline void note_resource(std::vector<Issue>& issues, const std::string& file, const std::string& name,
                          std::string reason) {
  issues.push_back({file, 0, "", shown_value(name), std::move(reason),
                    "linkpin reads one table each of entities, ties and reports; keep other data beside the package"});
}

// What the descriptor lists of our tables; everything else it lists becomes an issue.
inline std::vector<Resource> listed_resources(const JsonTree& descriptor, std::vector<Issue>& issues) {
  std::vector<Resource> found;
  const JsonTree* resources = descriptor.find("resources");
  if (resources == nullptr) return found;
  for (const JsonTree& tree : resources->items) {
    const std::string path = resource_path(tree);
    const std::string name(tree.word("name"));
    const std::filesystem::path as_path(path);
    const TableShape* shape = shape_called(name);
    if (shape == nullptr) shape = shape_called(as_path.stem().string());
    const std::string shown = name.empty() ? path : name;
    const bool twice = std::any_of(found.begin(), found.end(), [&](const Resource& r) { return r.shape == shape; });
    if (shape == nullptr || twice) {
      note_resource(issues, std::string(descriptor_name), shown,
                    shape == nullptr ? "this resource is not read" : "this resource repeats a table; it is not read");
    } else if (path.empty()) {
      refuse("read_package", "path of resource " + std::string(shape->name), shown_value(path),
             "give the path of one CSV file; data inside the descriptor or in several files is not read",
             std::string(descriptor_name));
    } else {
      found.push_back({shape, path, &tree});
    }
  }
  return found;
}

// Tables that lie in the folder under their usual names without being listed are read all the same; other CSV files
// become issues.
inline void add_unlisted(const std::filesystem::path& folder, bool described, std::vector<Resource>& resources,
                         std::vector<Issue>& issues) {
  std::set<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const auto& path = entry->path();
    if (path.extension() == ".csv") files.insert(path.filename().string());
  }
  for (const Resource& resource : resources)
    files.erase(std::filesystem::path(resource.path).lexically_normal().string());
  for (const TableShape* shape : table_shapes()) {
    const bool listed =
        std::any_of(resources.begin(), resources.end(), [&](const Resource& r) { return r.shape == shape; });
    const std::string file = conventional_file(*shape);
    if (listed || files.erase(file) == 0) continue;
    resources.push_back({shape, file, nullptr});
    if (described) {
      issues.push_back({file, 0, "", "", "the descriptor does not list this table; it is read all the same",
                        "add it to the resources in datapackage.json"});
    }
  }
  for (const std::string& file : files) note_resource(issues, file, file, "this file is not read");
}

inline std::optional<ColumnType> schema_type(const JsonTree& field) {
  const std::string_view type = field.word("type");
  if (type == "number") return ColumnType::number;
  if (type == "integer") return ColumnType::integer;
  if (type == "boolean") return ColumnType::boolean;
  if (type == "date" || type == "year" || type == "yearmonth") return ColumnType::date;
  if (type.empty() || type == "any") return std::nullopt;
  return field.word("format") == "list" ? ColumnType::list : ColumnType::text;
}

// What a resource's schema and dialect say.
struct Declared {
  std::vector<DeclaredColumn> columns;
  std::vector<std::string> missing;
  bool heading = true;
  bool types_inside = false;  // a schema in the descriptor itself
  ScanOptions scan;
};

inline Declared declared_by(const JsonTree* resource, bool own_format, const std::string& file,
                            std::vector<Issue>& issues) {
  Declared out;
  if (own_format) {
    out.scan.delimiter = ',';
    out.scan.decimal_comma = false;
  }
  if (resource == nullptr) return out;
  if (const JsonTree* dialect = resource->find("dialect"); dialect != nullptr) {
    const std::string_view delimiter = dialect->word("delimiter");
    const std::string_view quote = dialect->word("quoteChar");
    if (delimiter.size() > 1 || (!quote.empty() && quote != "\"") || !dialect->word("escapeChar").empty()) {
      refuse("read_package", "dialect", "", "cells are parted by one character and quoted with \"; write the file so",
             file);
    }
    if (!delimiter.empty()) out.scan.delimiter = delimiter[0];
    const JsonTree* header = dialect->find("header");
    out.heading = header == nullptr || header->text != "false";
  }
  const JsonTree* schema = resource->find("schema");
  if (schema == nullptr) return out;
  if (schema->kind == JsonTree::Kind::text) {
    issues.push_back({file, 0, "", shown_value(schema->text),
                      "the schema in another file is not read; types are found from the cells",
                      "put the schema into datapackage.json"});
    return out;
  }
  if (const JsonTree* missing = schema->find("missingValues"); missing != nullptr) {
    for (const JsonTree& text : missing->items) {
      if (!text.text.empty()) out.missing.push_back(text.text);
    }
  }
  if (const JsonTree* fields = schema->find("fields"); fields != nullptr) {
    for (const JsonTree& field : fields->items) {
      out.columns.push_back({std::string(field.word("name")), schema_type(field)});
      if (field.word("decimalChar") == ",") out.scan.decimal_comma = true;
    }
  }
  return out;
}

// Says how a file was read that is not as the format has it, so that wrong guesses are seen.
inline void note_guesses(const Delimited& text, const ScanOptions& declared, const std::string& file,
                         std::vector<Issue>& issues) {
  const ScanReport& report = text.report();
  if (report.encoding != Encoding::utf8 && report.encoding != Encoding::utf8_bom) {
    issues.push_back({file, 0, "", std::string(to_string(report.encoding)),
                      "the file is not UTF-8 and was read in this encoding",
                      "check letters with accents; save the file as UTF-8"});
  }
  if (report.repaired > 0) {
    issues.push_back(
        {file, 0, "", std::to_string(report.repaired),
         "as many bytes do not fit the encoding; they were read as Windows letters, or as U+FFFD in UTF-16",
         "check letters with accents; save the file as UTF-8"});
  }
  if (report.delimiter != ',' && declared.delimiter == 0) {
    issues.push_back({file, 0, "", report.delimiter == '\t' ? "tab" : std::string(1, report.delimiter),
                      "the cells are not parted by commas; this delimiter was found", "check the columns"});
  }
  if (report.decimal_comma && !declared.decimal_comma) {
    issues.push_back({file, 0, "", "1,5", "numbers are read with a decimal comma", "check the numbers"});
  }
}

// The names of a table's columns and the row on which its data begin.
inline std::vector<std::string> read_heading(const Delimited& text, const Declared& declared, const std::string& file,
                                             std::int64_t& first_row) {
  std::vector<std::string> names;
  first_row = 0;
  if (!declared.heading) {
    for (const DeclaredColumn& column : declared.columns) names.push_back(column.name);
    return names;
  }
  std::vector<Cell> cells;
  std::string scratch;
  for (linkpin::Rows rows = text.all(); rows.next(cells);) {
    first_row = rows.number() + 1;
    if (cells.empty()) continue;
    for (const Cell& cell : cells) names.emplace_back(cell.quoted ? cell.text(scratch) : trimmed(cell.raw));
    return names;
  }
  refuse("read_package", file, "an empty file", "the first row names the columns");
}

// A column without a name and without a value is what spreadsheets leave behind.
inline void drop_hollow_columns(const Delimited& text, const Declared& declared, std::vector<std::string>& names) {
  while (!names.empty() && names.back().empty() && declared.columns.size() < names.size()) {
    std::vector<Cell> cells;
    for (linkpin::Rows rows = text.all(); rows.next(cells);) {
      if (cells.size() >= names.size() && !trimmed(cells[names.size() - 1].raw).empty()) return;
    }
    names.pop_back();
  }
}

inline TableSource read_resource(const std::filesystem::path& folder, const Resource& resource, bool own_format,
                                 const Run& run, std::vector<Issue>& issues) {
  Declared declared = declared_by(resource.tree, own_format, resource.path, issues);
  declared.scan.run = run;
  TableSource source{scan_file(path_inside(folder, resource.path), declared.scan), {}};
  note_guesses(source.text, declared.scan, resource.path, issues);
  TableRules& rules = source.rules;
  rules.file = resource.path;
  rules.missing = declared.missing;
  rules.decimal_comma = source.text.report().decimal_comma;
  rules.empty_texts = own_format;
  std::vector<std::string> names = read_heading(source.text, declared, resource.path, rules.first_row);
  drop_hollow_columns(source.text, declared, names);
  set_columns(rules, *resource.shape, names, declared.columns, issues);
  for (const DeclaredColumn& column : declared.columns) {
    if (std::find(names.begin(), names.end(), column.name) == names.end()) {
      issues.push_back({resource.path, 1, column.name, "", "the schema has this column, the file has not",
                        "take it out of datapackage.json, or add it to the file"});
    }
  }
  return source;
}

// Members of a descriptor that are ours or Frictionless's own, and never become part of about().
inline bool is_structure(std::string_view key) { return key == "resources" || key == "linkpin" || key == "profile"; }

inline void read_about(const JsonTree& descriptor, std::map<std::string, std::string>& about) {
  for (std::size_t i = 0; i < descriptor.keys.size(); ++i) {
    if (!is_structure(descriptor.keys[i])) about[descriptor.keys[i]] = plain_text(descriptor.items[i]);
  }
  const JsonTree* linkpin = descriptor.find("linkpin");
  const JsonTree* own = linkpin == nullptr ? nullptr : linkpin->find("about");
  if (own == nullptr) return;
  for (std::size_t i = 0; i < own->keys.size(); ++i) about[own->keys[i]] = plain_text(own->items[i]);
}

inline std::string_view schema_word(ColumnType type) {
  switch (type) {
    case ColumnType::number:
      return "\"type\": \"number\"";
    case ColumnType::integer:
      return "\"type\": \"integer\"";
    case ColumnType::boolean:
      return "\"type\": \"boolean\"";
    case ColumnType::date:
      return "\"type\": \"date\", \"format\": \"any\"";
    case ColumnType::list:
      return "\"type\": \"string\", \"format\": \"list\"";
    case ColumnType::text:
      break;
  }
  return "\"type\": \"string\"";
}

inline void append_resource(std::string& out, const TableShape& shape, const Frame& frame) {
  const bool optional_end = &shape == &report_shape();
  out +=
      "    {\n      \"name\": " + json_text(shape.name) + ",\n      \"path\": " + json_text(conventional_file(shape));
  out += ",\n      \"profile\": \"tabular-data-resource\",\n      \"format\": \"csv\",\n";
  out += "      \"mediatype\": \"text/csv\",\n      \"encoding\": \"utf-8\",\n";
  out += "      \"schema\": {\n        \"fields\": [";
  for (std::size_t k = 0; k < shape.ends.size(); ++k) {
    out += (k == 0 ? "\n          {\"name\": " : ",\n          {\"name\": ") + json_text(shape.ends[k]);
    out += ", \"type\": \"string\"";
    const bool required = !optional_end || k + 1 < shape.ends.size();
    if (shape.ends.size() == 1) {
      out += ", \"constraints\": {\"required\": true, \"unique\": true}";
    } else if (required) {
      out += ", \"constraints\": {\"required\": true}";
    }
    out += '}';
  }
  for (std::size_t c = 0; c < frame.width(); ++c) {
    out += ",\n          {\"name\": " + json_text(frame.name(c)) + ", ";
    out += schema_word(frame.at(c).type());
    out += '}';
  }
  out += "\n        ],\n        \"missingValues\": [\"\"],\n        ";
  if (shape.ends.size() == 1) {
    out += "\"primaryKey\": \"id\"";
  } else {
    out += "\"foreignKeys\": [";
    for (std::size_t k = 0; k < shape.ends.size(); ++k) {
      out += (k == 0 ? "\n          {\"fields\": " : ",\n          {\"fields\": ") + json_text(shape.ends[k]);
      out += ", \"reference\": {\"resource\": \"entities\", \"fields\": \"id\"}}";
    }
    out += "\n        ]";
  }
  out += "\n      }\n    }";
}

// Arrays and objects that a descriptor had are written as such again; whatever else it had is a text.
inline void append_about(std::string& out, const std::string& key, const std::string& value) {
  out += json_text(key) + ": ";
  if (!value.empty() && (value[0] == '[' || value[0] == '{')) {
    try {
      std::string again;
      append_json(again, parse_json_tree(value, "about"));
      if (again == value) {
        out += value;
        return;
      }
    } catch (const InputError&) {  // a text that begins with a bracket
    }
  }
  out += json_text(value);
}

inline std::string descriptor_text(const EcosystemParts& p) {
  std::string out = "{\n  \"profile\": \"data-package\",\n";
  std::string kept_apart;
  for (const auto& [key, value] : p.about) {
    if (is_structure(key)) {
      kept_apart += (kept_apart.empty() ? "" : ", ") + json_text(key) + ": " + json_text(value);
    } else {
      out += "  ";
      append_about(out, key, value);
      out += ",\n";
    }
  }
  out += "  \"resources\": [\n";
  append_resource(out, entity_shape(), p.entities);
  out += ",\n";
  append_resource(out, tie_shape(), p.ties);
  if (p.reports.rows() > 0 || p.reports.width() > 0) {
    out += ",\n";
    append_resource(out, report_shape(), p.reports);
  }
  out += "\n  ],\n  \"linkpin\": {\n    \"version\": 1,\n    \"empty\": \"quoted\",\n    \"kinds\": ";
  append_kinds(out, p.kinds);
  if (!kept_apart.empty()) out += ",\n    \"about\": {" + kept_apart + "}";
  out += ",\n    \"issues\": ";
  append_issues(out, p.issues);
  out += "\n  }\n}\n";
  return out;
}

// Quotes whatever would not come back as it is: blanks at the ends, an empty text, a delimiter, a quote, a line end.
inline void append_cell(std::string& out, std::string_view text) {
  const bool plain = !text.empty() && trimmed(text).size() == text.size() && text.find_first_of(",\"\r\n") == text.npos;
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

inline void write_table(const std::filesystem::path& folder, const Ecosystem& eco, const TableShape& shape,
                        const EndColumns& ends, const Frame& frame, const Run& run) {
  OutFile file(folder / conventional_file(shape), "write_package");
  Watch watch(run);
  std::string& out = file.text();
  for (std::size_t k = 0; k < shape.ends.size(); ++k) {
    if (k > 0) out += ',';
    out += shape.ends[k];
  }
  for (std::size_t c = 0; c < frame.width(); ++c) {
    out += ',';
    append_cell(out, frame.name(c));
  }
  out += '\n';
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    for (std::size_t k = 0; k < shape.ends.size(); ++k) {
      if (k > 0) out += ',';
      const index_t end = ends.empty() ? static_cast<index_t>(row) : ends[k][row];
      if (end != none) append_cell(out, eco.id(end));
    }
    for (std::size_t c = 0; c < frame.width(); ++c) {
      out += ',';
      const Column& column = frame.at(c);
      if (column.missing(row)) continue;
      if (column.is_text()) {
        append_cell(out, column.view(row));
      } else {
        append_plain(out, column, row);
      }
    }
    out += '\n';
    file.flush_if_long();
    watch.tick(static_cast<double>(row) / static_cast<double>(frame.rows()));
  }
  file.close();
}

// May this path be written over? Only nothing, an empty folder or a data package may.
inline bool is_replaceable(const std::filesystem::path& target) {
  std::error_code error;
  if (!std::filesystem::exists(target, error)) return false;
  if (!std::filesystem::is_directory(target, error)) {
    refuse("write_package", "folder", target.string(), "there is a file of this name; choose another folder");
  }
  if (std::filesystem::is_empty(target, error)) return true;
  bool package = false;
  try {
    const auto descriptor = read_descriptor(target);
    package = descriptor && descriptor->find("resources") != nullptr;
  } catch (const InputError&) {  // then it is no package
  }
  if (!package) {
    refuse("write_package", "folder", target.string(),
           "the folder holds something else than a data package; choose another one, or empty it");
  }
  return true;
}

// Everything in the old package that is not one of its tables goes on into the new one.
inline void keep_other_files(const std::filesystem::path& old, const std::filesystem::path& fresh) {
  std::vector<Issue> ignored;
  std::set<std::string> replaced = {std::string(descriptor_name)};
  for (const TableShape* shape : table_shapes()) replaced.insert(conventional_file(*shape));
  if (const auto descriptor = read_descriptor(old)) {
    for (const JsonTree& resource : descriptor->find("resources")->items) {
      const std::string path = resource_path(resource);
      const bool ours = shape_called(resource.word("name")) != nullptr;
      if (ours) replaced.insert(std::filesystem::path(path).lexically_normal().string());
    }
  }
  for (const auto& entry : std::filesystem::directory_iterator(old)) {
    const auto name = entry.path().filename();
    if (replaced.contains(name.string())) continue;
    std::filesystem::copy(entry.path(), fresh / name,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::copy_symlinks);
  }
}

// Puts the finished folder in its place. The old one steps aside first and comes back where that fails.
inline void put_in_place(const std::filesystem::path& fresh, const std::filesystem::path& target, bool replace) {
  const std::filesystem::path aside = sibling(target);
  if (replace) std::filesystem::rename(target, aside);
  try {
    std::filesystem::rename(fresh, target);
  } catch (const std::filesystem::filesystem_error&) {
    if (replace) std::filesystem::rename(aside, target);
    throw;
  }
  if (replace) std::filesystem::remove_all(aside);
}

}  // namespace detail

LINKPIN_INLINE Ecosystem read_package(const std::filesystem::path& folder, const Run& run) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    detail::refuse_file("read_package", folder, "there is no such folder; check the spelling");
  }
  if (!std::filesystem::is_directory(folder, error)) {
    detail::refuse_file("read_package", folder,
                        "this is no folder; a data package is one, with datapackage.json in it");
  }
  detail::EcosystemSource source;
  std::vector<Issue> issues;
  std::vector<detail::Resource> resources;
  const std::optional<detail::JsonTree> descriptor = detail::read_descriptor(folder);
  bool own_format = false;
  if (descriptor) {
    const detail::JsonTree* linkpin = descriptor->find("linkpin");
    own_format = detail::format_version(linkpin, std::string(detail::descriptor_name)) == 1 &&
                 linkpin->word("empty") == "quoted";
    detail::read_about(*descriptor, source.about);
    const std::string file(detail::descriptor_name);
    if (const auto* kinds = linkpin == nullptr ? nullptr : linkpin->find("kinds"); kinds != nullptr) {
      source.kinds = detail::read_kinds(*kinds, file, issues);
    }
    if (const auto* saved = linkpin == nullptr ? nullptr : linkpin->find("issues"); saved != nullptr) {
      source.issues = detail::read_issues(*saved);
    }
    resources = detail::listed_resources(*descriptor, issues);
  }
  detail::add_unlisted(folder, descriptor.has_value(), resources, issues);
  for (const detail::Resource& resource : resources) {
    auto& place = resource.shape == &detail::entity_shape() ? source.entities
                  : resource.shape == &detail::tie_shape()  ? source.ties
                                                            : source.reports;
    place.emplace(detail::read_resource(folder, resource, own_format, run, issues));
  }
  if (!source.entities && !source.ties && !source.reports) {
    refuse("read_package", "folder", folder.string(),
           "this is no data package: there is neither entities.csv nor ties.csv nor reports.csv in it");
  }
  source.issues.insert(source.issues.end(), issues.begin(), issues.end());
  return detail::assemble(std::move(source), run);
}

LINKPIN_INLINE void write_package(const Ecosystem& eco, const std::filesystem::path& folder, const Run& run) {
  detail::check_writable(eco, "write_package");
  std::filesystem::path target = std::filesystem::absolute(folder).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  try {
    if (std::filesystem::is_symlink(target)) target = std::filesystem::canonical(target);
    const bool replace = detail::is_replaceable(target);
    const std::filesystem::path fresh = detail::sibling(target);
    const detail::Cleanup cleanup(fresh);
    std::filesystem::create_directory(fresh);
    const EcosystemParts& p = eco.parts();
    detail::write_table(fresh, eco, detail::entity_shape(), {}, p.entities, run);
    detail::write_table(fresh, eco, detail::tie_shape(), detail::tie_ends(eco), p.ties, run);
    if (p.reports.rows() > 0 || p.reports.width() > 0) {
      detail::write_table(fresh, eco, detail::report_shape(), detail::report_ends(eco), p.reports, run);
    }
    detail::OutFile descriptor(fresh / detail::descriptor_name, "write_package");
    descriptor.text() = detail::descriptor_text(p);
    descriptor.close();
    if (replace) detail::keep_other_files(target, fresh);
    detail::put_in_place(fresh, target, replace);
  } catch (const std::filesystem::filesystem_error& failure) {
    detail::refuse_file("write_package", folder,
                        failure.code().message() + "; check that the folder above it exists, and your rights");
  }
}

}  // namespace linkpin
