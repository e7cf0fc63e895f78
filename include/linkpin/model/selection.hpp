// How a caller names what a measure reads beside the ties: groups of vertices, values of ties, a direction.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/model/network.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// Ties leaving, entering, or both. An undirected network has only `all`, whatever is asked.
enum class Mode : std::uint8_t { out, in, all };

// A partition of the vertices: one code a vertex into `labels`; `none` where the group is missing.
struct Groups {
  std::vector<index_t> codes;
  std::vector<std::string> labels;

  [[nodiscard]] index_t count() const { return static_cast<index_t>(labels.size()); }
};

// The groups that a vertex column names; labels in sorted order, so that tables come out alike from any file order.
// Throws InputError where there is no such column, naming those there are. Numbers and booleans are taken as labels.
[[nodiscard]] Groups groups(const Network& net, std::string_view column);

// The groups given by one label a vertex; an empty label is missing.
[[nodiscard]] Groups groups(const Network& net, std::span<const std::string> labels);

// Values by tie: one each, those of a column ("weight" names the network's weights), or the caller's own.
class TieValues {
 public:
  TieValues() = default;
  TieValues(std::string_view column) : column_(column) {}  // NOLINT: a name stands for its column
  TieValues(const char* column) : column_(column) {}       // NOLINT
  TieValues(std::vector<double> values) : own_(std::move(values)), given_(true) {}  // NOLINT

  // True where each tie counts 1.
  [[nodiscard]] bool ones(const Network& net) const {
    return !given_ && (column_.empty() || (column_ == "weight" && !net.weighted()));
  }
  [[nodiscard]] const std::string& column() const { return column_; }
  [[nodiscard]] bool given() const { return given_; }

  // One value a tie, finite and not negative; throws InputError naming `function` and `argument` otherwise.
  [[nodiscard]] std::vector<double> resolve(const Network& net, std::string_view function,
                                            std::string_view argument) const;

 private:
  std::string column_;
  std::vector<double> own_;
  bool given_ = false;
};

// Lengths by tie: each 1, the inverse of the weight ("inverse"), a column, or the caller's own; all above zero.
class Lengths {
 public:
  Lengths() = default;
  Lengths(std::string_view name) : values_(name) {}                    // NOLINT
  Lengths(const char* name) : values_(name) {}                         // NOLINT
  Lengths(std::vector<double> values) : values_(std::move(values)) {}  // NOLINT

  [[nodiscard]] bool ones(const Network& net) const {
    return values_.column() == "inverse" ? !net.weighted() : values_.ones(net);
  }

  // One length a tie, finite and above zero; throws InputError naming `function` otherwise.
  [[nodiscard]] std::vector<double> resolve(const Network& net, std::string_view function) const;

 private:
  TieValues values_;
};

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/selection.ipp>
#endif
