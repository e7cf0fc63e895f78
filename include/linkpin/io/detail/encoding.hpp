// Bytes to UTF-8: what is valid, what the bytes may have been, and the conversions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace linkpin::detail {

// Bytes of the UTF-8 sequence at the start of `text` (1 to 4), 0 where there is none.
inline std::size_t utf8_sequence(std::string_view text) {
  auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {  // neither overlong nor a surrogate
    const bool second = follows(1, lead == 0xE0 ? 0xA0U : 0x80U, lead == 0xED ? 0x9FU : 0xBFU);
    return second && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {  // up to U+10FFFF
    const bool second = follows(1, lead == 0xF0 ? 0x90U : 0x80U, lead == 0xF4 ? 0x8FU : 0xBFU);
    return second && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

// Length of the run of ASCII at the start of `text`, eight bytes at a time.
inline std::size_t ascii_run(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

struct Utf8Tally {
  std::int64_t sequences = 0;  // of two bytes and more
  std::int64_t stray = 0;      // bytes that are part of none
};

inline Utf8Tally utf8_tally(std::string_view text) {
  Utf8Tally tally;
  for (std::size_t i = ascii_run(text); i < text.size(); i += ascii_run(text.substr(i))) {
    const std::size_t length = utf8_sequence(text.substr(i));
    ++(length == 0 ? tally.stray : tally.sequences);
    i += length == 0 ? 1 : length;
  }
  return tally;
}

inline bool valid_utf8(std::string_view text) { return utf8_tally(text).stray == 0; }

inline void append_utf8(std::string& out, std::uint32_t code) {
  auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// The character of a byte in Windows code page 1252; its five unassigned bytes are the control characters of ISO
// 8859-1.
inline std::uint32_t cp1252_character(unsigned char byte) {
  constexpr std::uint16_t upper[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                       0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
}

// Every byte above ASCII as a character of cp1252; with `keep_utf8`, valid UTF-8 sequences stay as they are.
inline std::string from_cp1252(std::string_view bytes, bool keep_utf8) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t plain = ascii_run(bytes.substr(i));
    out.append(bytes.substr(i, plain));
    i += plain;
    if (i == bytes.size()) break;
    const std::size_t length = keep_utf8 ? utf8_sequence(bytes.substr(i)) : 0;
    if (length > 0) {
      out.append(bytes.substr(i, length));
    } else {
      append_utf8(out, cp1252_character(static_cast<unsigned char>(bytes[i])));
    }
    i += length == 0 ? 1 : length;
  }
  return out;
}

// UTF-16 as UTF-8. What is no character becomes U+FFFD and is counted in `repaired`.
inline std::string from_utf16(std::string_view bytes, bool big_endian, std::int64_t& repaired) {
  auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? a << 8 | b : b << 8 | a);
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t code = i + 1 < bytes.size() ? unit(i) : 0xD800;
    if (code >= 0xD800 && code <= 0xDFFF) {
      const std::uint32_t low = code < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      } else {
        code = 0xFFFD;
        ++repaired;
      }
    }
    append_utf8(out, code);
  }
  return out;
}

// 'l' or 'b' where the bytes are UTF-16 of that endianness, by their mark or by where their zeros stand; else 0.
inline char utf16_order(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE") return 'l';
  if (bytes.substr(0, 2) == "\xFE\xFF") return 'b';
  const std::size_t pairs = bytes.size() < 4096 ? bytes.size() / 2 : 2048;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    if (bytes[2 * i] == '\0') ++even;
    if (bytes[2 * i + 1] == '\0') ++odd;
  }
  if (pairs < 2) return 0;
  if (odd * 2 > pairs && even * 8 < pairs) return 'l';
  if (even * 2 > pairs && odd * 8 < pairs) return 'b';
  return 0;
}

// `text` on one line and not too long: what messages and issues show of a value.
inline std::string shown_value(std::string_view text) {
  constexpr std::size_t longest = 160;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = utf8_sequence(text.substr(i));
    if (length == 0) length = 1;
    if (out.size() + length > longest) return out + "…";
    const auto c = static_cast<unsigned char>(text[i]);
    if (length == 1 && (c < 0x20 || c >= 0x7F)) {
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : "?";
    } else {
      out.append(text.substr(i, length));
    }
    i += length;
  }
  return out;
}

}  // namespace linkpin::detail
