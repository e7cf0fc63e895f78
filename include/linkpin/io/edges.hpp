// A list of ties, one row each, straight into a network: for graphs too large to carry an ecosystem.
#pragma once

#include <filesystem>
#include <linkpin/core/config.hpp>
#include <linkpin/io/csv.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/network.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

struct EdgeListOptions {
  std::string from = "from";      // the columns of the ends, also known as source and target; without a heading the
  std::string to = "to";          // first two
  std::string weight = "weight";  // read where there is such a column (without a heading the third); empty: not read
  bool directed = true;
  bool numbered = false;        // ids are vertex numbers 0, 1, ...: n is the largest of them and one more
  bool columns = true;          // other columns become columns of the ties
  std::optional<bool> heading;  // absent: found out
  Parallel parallel = Parallel::keep;
  ScanOptions scan = {};
};

struct EdgeList {
  Network network;
  std::vector<Issue> issues;  // rows and cells that were refused
  ScanReport report;
};

// Reads a delimited file. Vertices are named in order of first appearance, or numbered as the file has it. A row
// without an end, or whose weight is missing or refused, is left out and named in the issues. Throws as scan_file and
// Network do, and InputError where the columns are not there. About 25 bytes a tie beside the file's own size at the
// peak, and the network after it.
[[nodiscard]] EdgeList read_network_csv(const std::filesystem::path& path, const EdgeListOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/io/detail/edges.ipp>
#endif
