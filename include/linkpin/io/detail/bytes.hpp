// Bytes of files and of memory: sizes that are refused, quick searches, whole files.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <linkpin/core/error.hpp>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace linkpin::detail {

inline constexpr std::size_t longest_cell = std::size_t{16} << 20;
inline constexpr std::size_t largest_file = std::size_t{8} << 30;
inline constexpr std::size_t largest_wide_file = std::size_t{1} << 30;
inline constexpr std::size_t scan_padding = 64;
inline constexpr std::size_t scan_block = std::size_t{8} << 20;  // read at a time
inline constexpr std::size_t scan_chunk = std::size_t{1} << 20;  // parsed at a time
inline constexpr std::size_t scan_head = std::size_t{64} << 10;  // looked at to find out the dialect

// The first of two characters in [p, end), or end. Sixteen bytes past `end` can be read.
inline const char* find_either(const char* p, const char* end, char a, char b) {
#if defined(__SSE2__)
  const __m128i as = _mm_set1_epi8(a);
  const __m128i bs = _mm_set1_epi8(b);
  for (; p < end; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const int hits = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, as), _mm_cmpeq_epi8(block, bs)));
    if (hits != 0) return std::min(p + std::countr_zero(static_cast<unsigned>(hits)), end);
  }
  return end;
#else
  return std::find_if(p, end, [a, b](char c) { return c == a || c == b; });
#endif
}

inline std::int64_t count_character(const char* p, const char* end, char wanted) {
  std::int64_t count = 0;
#if defined(__SSE2__)
  const __m128i all = _mm_set1_epi8(wanted);
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    count += std::popcount(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, all))));
  }
#endif
  return count + std::count(p, end, wanted);
}

inline const char* find_character(const char* p, const char* end, char wanted) {
  return static_cast<const char*>(std::memchr(p, wanted, static_cast<std::size_t>(end - p)));
}

// Opens a regular file, saying its size. Throws FileError.
inline std::ifstream open_file(const std::filesystem::path& path, std::string_view function, std::uintmax_t& size) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) {
    throw FileError({std::string(function), "path", path.string(), "", "there is no such file; check the spelling"});
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw FileError({std::string(function), "path", path.string(), "", "this is no file; give the path of a file"});
  }
  size = std::filesystem::file_size(path, error);
  std::ifstream stream(path, std::ios::binary);
  if (error || !stream) {
    throw FileError({std::string(function), "path", path.string(), "", "the file cannot be opened; check its rights"});
  }
  return stream;
}

// Adds the next block of a stream of about `size` bytes to `text`; false at the end.
inline bool append_block(std::ifstream& stream, std::uintmax_t size, std::string& text, const std::string& name) {
  const std::size_t before = text.size();
  const std::uintmax_t left = size > before ? size - before : 0;
  const std::size_t block = static_cast<std::size_t>(std::min<std::uintmax_t>(left + 1, scan_block));
  text.resize(before + block);
  stream.read(text.data() + before, static_cast<std::streamsize>(block));
  text.resize(before + static_cast<std::size_t>(stream.gcount()));
  if (stream.bad()) throw FileError({"scan", "file", name, "", "reading stopped with an error of the disk"});
  return text.size() > before;
}

// A whole file of at most `limit` bytes.
inline std::string read_small(const std::filesystem::path& path, std::string_view function, std::size_t limit) {
  std::uintmax_t size = 0;
  std::ifstream stream = open_file(path, function, size);
  const std::string name = path.filename().string();
  std::string text;
  while (size <= limit && append_block(stream, size, text, name)) {
    if (text.size() > limit) size = text.size();
  }
  if (size > limit) {
    throw LimitError({std::string(function), name + ", size", std::to_string(size) + " bytes", "",
                      "a file of this kind holds at most " + std::to_string(limit >> 20) + " MiB"});
  }
  return text;
}

inline void reserve_text(std::string& text, std::uintmax_t size, const std::string& name) {
  if (size > largest_file) {
    throw LimitError({"scan", name + ", size", std::to_string(size) + " bytes", "",
                      "a delimited file holds at most 8 GiB; split it"});
  }
  try {
    text.reserve(static_cast<std::size_t>(size) + scan_block + scan_padding);
  } catch (const std::bad_alloc&) {
    throw LimitError({"scan", name + ", size", std::to_string(size) + " bytes", "",
                      "there is not enough memory for this file; split it"});
  }
}

}  // namespace linkpin::detail
