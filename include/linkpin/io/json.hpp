// An ecosystem as one JSON document.
//
//   {"linkpin": {"version": 1},
//    "about": {"title": "..."},
//    "kinds": [{"name": "funds", "flow": "forward", "symmetric": false, "meaning": "gives money to"}],
//    "types": {"entities": {"label": "text", "founded": "date"}, "ties": {...}, "reports": {...}},
//    "entities": [{"id": "a", "label": "A", "roles": ["carer", "researcher"]}],
//    "ties": [{"from": "a", "to": "b", "kind": "funds", "weight": 2}],
//    "reports": [{"respondent": "a", "from": "a", "to": "b", "item": "trust", "state": "answered", "value": 0}],
//    "issues": [{"file": ..., "row": ..., "column": ..., "value": ..., "reason": ..., "remedy": ...}]}
//
// Everything but ties or entities may be left out. A member that is absent or null is a missing value. Lists are arrays
// of texts, dates are texts, an infinite number is the text "INF" or "-INF". Without "types" each column's type is
// found from all its values. Without "entities" everybody whom a tie or report names is one. Rows in issues count
// from 1.
#pragma once

#include <filesystem>
#include <linkpin/core/config.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <string_view>

namespace linkpin {

// Reads a document; `name` is what errors and issues call it. What was refused is in issues(). Throws InputError for
// what is no JSON or no such document, for nesting deeper than 100, LimitError for more than 1 GiB.
[[nodiscard]] Ecosystem from_json(std::string_view text, std::string_view name = "document", const Run& run = {});

// The same for a file; FileError where it cannot be opened.
[[nodiscard]] Ecosystem read_json(const std::filesystem::path& path, const Run& run = {});

// The document from which from_json makes an equal ecosystem. Throws InputError for texts that are not UTF-8 or hold
// NUL.
[[nodiscard]] std::string to_json(const Ecosystem& eco);

// Writes it to a file, whole or not at all. Throws FileError where that fails.
void write_json(const Ecosystem& eco, const std::filesystem::path& path);

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/io/detail/json.ipp>
#endif
