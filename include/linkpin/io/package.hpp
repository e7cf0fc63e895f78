// The data package: a folder of CSV tables with datapackage.json beside them; the native format, read and written
// without loss.
//
//   entities.csv  id, and any of label, kind, sector, roles (bar list), start, end, source, evidence, own columns
//   ties.csv      from, to, and any of kind, weight, confidence, start, end, wave, source, evidence, own columns
//   reports.csv   respondent, from, to, and any of item, wave, state, value, source, own columns
//   datapackage.json  Frictionless: the tables' schemas; title, description, licence and so on become about();
//                     "linkpin": {"version": 1, "empty": "quoted", "kinds": [...], "issues": [...]}
//
// An empty cell is a missing value. With "empty": "quoted", as we write, a quoted empty cell ("") is a text without
// characters; in other packages it is missing too. Blanks around an unquoted cell do not count. Schema types are string
// (with "format": "list" for bar-separated lists), number, integer, boolean and date (any precision); a column without
// a type gets that of all its cells, and so does every column where there is no datapackage.json.
//
// What cannot be taken is named in issues(), with file, row (the heading is row 1), column, value, reason and remedy:
// a cell that does not fit its column becomes missing; a row with too few cells is filled up with missing ones; a row
// with more cells than the heading, with no id or end, or with an end that entities.csv does not know is left out, as
// are a second row with the same id and an answer without a value. Without entities.csv, whoever a tie or report names
// is an entity. Beyond a million issues a file, the rest is only counted.
#pragma once

#include <filesystem>
#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>

namespace linkpin {

// Reads a folder. Throws InputError where it is no data package, where a table lacks its id columns, or where a path
// leads out of the folder; FileError and LimitError as scan_file does.
[[nodiscard]] Ecosystem read_package(const std::filesystem::path& folder, const Run& run = {});

// Writes a folder from which read_package makes an equal ecosystem. It appears whole or not at all, and replaces only
// an empty folder or another data package, of which other files than its tables are kept. Throws InputError for texts
// that are not UTF-8 or hold NUL, for dates outside the years 1 to 9999 and for columns named like an id column;
// FileError where writing fails.
void write_package(const Ecosystem& eco, const std::filesystem::path& folder, const Run& run = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/io/detail/package.ipp>
#endif
