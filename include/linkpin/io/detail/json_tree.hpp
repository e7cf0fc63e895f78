// A small JSON document in memory, for descriptors; and JSON text. Numbers are kept as they are written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin::detail {

struct JsonTree {
  enum class Kind : std::uint8_t { null, boolean, number, text, array, object };

  Kind kind = Kind::null;
  std::string text;               // a text's characters; a number or boolean as written
  std::vector<std::string> keys;  // of an object, in order
  std::vector<JsonTree> items;    // of an array, or an object's values

  [[nodiscard]] const JsonTree* find(std::string_view key) const {
    const auto found = std::find(keys.begin(), keys.end(), key);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
  }

  // The text of a member; empty where there is none or it is no text.
  [[nodiscard]] std::string_view word(std::string_view key) const {
    const JsonTree* found = find(key);
    return found != nullptr && found->kind == Kind::text ? std::string_view(found->text) : std::string_view{};
  }
};

// Reads a document that fits in memory as a tree. Throws InputError for what is no JSON, and for deep nesting.
[[nodiscard]] JsonTree parse_json_tree(std::string_view text, const std::string& name);

inline void append_json(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

inline std::string json_text(std::string_view text) {
  std::string out;
  append_json(out, text);
  return out;
}

// The tree as compact text.
inline void append_json(std::string& out, const JsonTree& tree) {
  switch (tree.kind) {
    case JsonTree::Kind::null:
      out += "null";
      return;
    case JsonTree::Kind::text:
      return append_json(out, tree.text);
    case JsonTree::Kind::boolean:
    case JsonTree::Kind::number:
      out += tree.text;
      return;
    default:
      break;
  }
  const bool object = tree.kind == JsonTree::Kind::object;
  out += object ? '{' : '[';
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    if (i > 0) out += ',';
    if (object) {
      append_json(out, tree.keys[i]);
      out += ':';
    }
    append_json(out, tree.items[i]);
  }
  out += object ? '}' : ']';
}

// A text as it is, anything else as JSON.
inline std::string plain_text(const JsonTree& tree) {
  if (tree.kind == JsonTree::Kind::text) return tree.text;
  std::string out;
  append_json(out, tree);
  return out;
}

}  // namespace linkpin::detail
