// Interned strings: every text of a network or ecosystem is stored once and named by a code.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// Append-only set of strings with codes 0, 1, ... in order of first appearance. Open addressing over one arena.
class StringTable {
 public:
  StringTable() = default;

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(ends_.size()); }
  [[nodiscard]] bool empty() const noexcept { return ends_.empty(); }

  // The text of a code; valid until the table is changed.
  [[nodiscard]] std::string_view operator[](index_t code) const {
    const auto i = static_cast<std::size_t>(code);
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(arena_).substr(begin, ends_[i] - begin);
  }

  // The code of a text, or `none`.
  [[nodiscard]] index_t find(std::string_view text) const {
    if (slots_.empty()) return none;
    const std::uint64_t hash = digest(text);
    for (std::size_t s = hash & mask();; s = (s + 1) & mask()) {
      const Slot slot = slots_[s];
      if (slot.code == none) return none;
      if (slot.tag == tag(hash) && (*this)[slot.code] == text) return slot.code;
    }
  }

  // The code of a text, which is added where it is new.
  index_t intern(std::string_view text) {
    if (ends_.size() * 2 >= slots_.size()) grow();
    const std::uint64_t hash = digest(text);
    std::size_t s = hash & mask();
    for (; slots_[s].code != none; s = (s + 1) & mask()) {
      if (slots_[s].tag == tag(hash) && (*this)[slots_[s].code] == text) return slots_[s].code;
    }
    if (size() == largest_index) {
      throw LimitError({"StringTable", "number of distinct texts", std::to_string(ends_.size()), "",
                        "more than 2^31-1 ids cannot be held; split the input"});
    }
    arena_.append(text);
    ends_.push_back(arena_.size());
    slots_[s] = {size() - 1, tag(hash)};
    return size() - 1;
  }

  void reserve(std::size_t count) {
    ends_.reserve(count);
    if (count * 2 > slots_.size()) rehash(std::bit_ceil(count * 2));
  }

  [[nodiscard]] std::vector<std::string> to_vector() const {
    std::vector<std::string> all;
    all.reserve(ends_.size());
    for (index_t i = 0; i < size(); ++i) all.emplace_back((*this)[i]);
    return all;
  }

  friend bool operator==(const StringTable& a, const StringTable& b) {
    return a.ends_ == b.ends_ && a.arena_ == b.arena_;
  }

 private:
  struct Slot {
    index_t code = none;
    std::uint32_t tag = 0;
  };

  static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  // Eight bytes a step; multiply and fold. Not for hostile keys alone: equal tags are compared as text.
  static std::uint64_t digest(std::string_view text) {
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = text.size() * factor;
    const char* p = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, p += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, p, 8);
      hash = std::rotl((hash ^ word) * factor, 29);
    }
    std::uint64_t tail = 0;
    std::memcpy(&tail, p, left);
    hash = (hash ^ tail) * factor;
    hash =
        (hash ^ (hash >> 32)) * factor;  // once more, or the last letters would not reach the slots: p000001, p000002
    return hash ^ (hash >> 32);
  }

  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }

  void grow() { rehash(std::max<std::size_t>(16, slots_.size() * 2)); }

  void rehash(std::size_t slots) {
    slots_.assign(slots, Slot{});
    for (index_t code = 0; code < size(); ++code) {
      const std::uint64_t hash = digest((*this)[code]);
      std::size_t s = hash & mask();
      while (slots_[s].code != none) s = (s + 1) & mask();
      slots_[s] = {code, tag(hash)};
    }
  }

  std::string arena_;
  std::vector<std::size_t> ends_;
  std::vector<Slot> slots_;
};

}  // namespace linkpin
