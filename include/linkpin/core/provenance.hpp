// What every result remembers of how it came about.
#pragma once

#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

// Identifies a network without holding it: sizes and a hash over ties, weights and direction.
struct Fingerprint {
  index_t n = 0;
  index_t m = 0;
  std::uint64_t hash = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

struct Provenance {
  std::string measure;        // the catalogue's key
  std::string normalisation;  // by name; empty where the measure has none
  std::string lens;           // how the network was derived
  Fingerprint network;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> warnings;  // what the reader of the number must know
};

}  // namespace linkpin
