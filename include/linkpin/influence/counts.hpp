// Exact whole numbers of any size, one a row: path counts outgrow every machine integer.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace linkpin {

// Every row has the same number of 32-bit limbs, the least first, so that rows lie together and need no memory of
// their own. Whoever makes one says how many bits the largest result may take.
class Counts {
 public:
  Counts() = default;
  Counts(std::size_t rows, std::size_t limbs) : limbs_(limbs), data_(rows * limbs, 0) {}

  [[nodiscard]] std::size_t size() const { return limbs_ == 0 ? 0 : data_.size() / limbs_; }
  [[nodiscard]] std::size_t limbs() const { return limbs_; }
  [[nodiscard]] const std::vector<std::uint32_t>& data() const { return data_; }
  [[nodiscard]] const std::uint32_t* row(std::size_t i) const { return data_.data() + i * limbs_; }

  void set(std::size_t i, std::uint32_t value) {
    std::fill_n(data_.begin() + static_cast<std::ptrdiff_t>(i * limbs_), limbs_, 0U);
    if (limbs_ > 0) data_[i * limbs_] = value;
  }

  void copy(std::size_t i, const Counts& from, std::size_t j) {
    std::copy_n(from.row(j), limbs_, data_.data() + i * limbs_);
  }

  // Row i += row j of `other`, which has as many limbs.
  void add(std::size_t i, const Counts& other, std::size_t j) {
    std::uint32_t* to = data_.data() + i * limbs_;
    const std::uint32_t* from = other.row(j);
    std::uint64_t carry = 0;
    for (std::size_t k = 0; k < limbs_; ++k) {
      carry += std::uint64_t{to[k]} + from[k];
      to[k] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }

  // Row i = row a of `left` times row b of `right`.
  void multiply(std::size_t i, const Counts& left, std::size_t a, const Counts& right, std::size_t b) {
    std::uint32_t* to = data_.data() + i * limbs_;
    std::fill_n(to, limbs_, 0U);
    for (std::size_t x = 0; x < limbs_; ++x) {
      const std::uint64_t factor = left.row(a)[x];
      if (factor == 0) continue;
      std::uint64_t carry = 0;
      for (std::size_t y = 0; x + y < limbs_; ++y) {
        carry += factor * right.row(b)[y] + to[x + y];
        to[x + y] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
      }
    }
  }

  [[nodiscard]] std::strong_ordering compare(std::size_t i, const Counts& other, std::size_t j) const {
    for (std::size_t k = limbs_; k-- > 0;) {
      if (row(i)[k] != other.row(j)[k]) return row(i)[k] <=> other.row(j)[k];
    }
    return std::strong_ordering::equal;
  }

  [[nodiscard]] bool zero(std::size_t i) const {
    return std::all_of(row(i), row(i) + limbs_, [](std::uint32_t limb) { return limb == 0; });
  }

  // The nearest double, or nearly; infinite beyond 1.8e308.
  [[nodiscard]] double number(std::size_t i) const {
    double value = 0.0;
    for (std::size_t k = limbs_; k-- > 0;) value = value * 0x1p32 + row(i)[k];
    return value;
  }

  // In decimal digits.
  [[nodiscard]] std::string decimal(std::size_t i) const {
    std::vector<std::uint32_t> rest(row(i), row(i) + limbs_);
    std::string digits;
    while (!rest.empty()) {
      std::uint64_t remainder = 0;
      for (std::size_t k = rest.size(); k-- > 0;) {
        remainder = remainder << 32 | rest[k];
        rest[k] = static_cast<std::uint32_t>(remainder / 1'000'000'000U);
        remainder %= 1'000'000'000U;
      }
      while (!rest.empty() && rest.back() == 0) rest.pop_back();
      for (int d = 0; d < 9 && (!rest.empty() || remainder > 0); ++d) {
        digits.push_back(static_cast<char>('0' + remainder % 10));
        remainder /= 10;
      }
    }
    if (digits.empty()) digits = "0";
    std::reverse(digits.begin(), digits.end());
    return digits;
  }

 private:
  std::size_t limbs_ = 0;
  std::vector<std::uint32_t> data_;
};

}  // namespace linkpin
