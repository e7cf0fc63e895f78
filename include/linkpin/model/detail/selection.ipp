#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/selection.hpp>
#include <map>

namespace linkpin {

namespace detail {

inline std::string listed(const Frame& frame) {
  std::string names;
  for (std::size_t i = 0; i < frame.width(); ++i) names += (i == 0 ? "" : ", ") + frame.name(i);
  return names.empty() ? "none" : names;
}

// A value as a label: text as it is, numbers in their shortest form.
inline std::string label_of(const Column& column, std::size_t row) {
  if (column.missing(row)) return {};
  switch (column.type()) {
    case ColumnType::text:
    case ColumnType::list:
      return std::string(column.view(row));
    case ColumnType::date:
      return to_string(column.dates()[row]);
    case ColumnType::integer:
      return std::to_string(column.integers()[row]);
    case ColumnType::boolean:
      return column.booleans()[row] != 0 ? "true" : "false";
    case ColumnType::number:
      break;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", column.numbers()[row]);
  return text;
}

inline Groups coded(const std::vector<std::string>& labels) {
  std::map<std::string, index_t> codes;
  for (const std::string& label : labels) {
    if (!label.empty()) codes.emplace(label, 0);
  }
  Groups out;
  for (auto& [label, code] : codes) {
    code = out.count();
    out.labels.push_back(label);
  }
  out.codes.reserve(labels.size());
  for (const std::string& label : labels) out.codes.push_back(label.empty() ? none : codes[label]);
  return out;
}

}  // namespace detail

LINKPIN_INLINE Groups groups(const Network& net, std::string_view column) {
  const Column* found = net.vertices().find(column);
  if (found == nullptr) {
    refuse("groups", "column", column, "the network's vertex columns are: " + detail::listed(net.vertices()));
  }
  std::vector<std::string> labels;
  labels.reserve(static_cast<std::size_t>(net.n()));
  for (std::size_t v = 0; v < found->size(); ++v) labels.push_back(detail::label_of(*found, v));
  return detail::coded(labels);
}

LINKPIN_INLINE Groups groups(const Network& net, std::span<const std::string> labels) {
  if (labels.size() != static_cast<std::size_t>(net.n())) {
    refuse("groups", "labels, length", std::to_string(labels.size()),
           "give one label a vertex: " + std::to_string(net.n()));
  }
  return detail::coded({labels.begin(), labels.end()});
}

LINKPIN_INLINE std::vector<double> TieValues::resolve(const Network& net, std::string_view function,
                                                      std::string_view argument) const {
  const auto m = static_cast<std::size_t>(net.m());
  if (ones(net)) return std::vector<double>(m, 1.0);
  std::vector<double> values;
  if (given_) {
    values = own_;
    if (values.size() != m) {
      refuse(function, std::string(argument) + ", length", std::to_string(values.size()),
             "give one value a tie, in the network's order: " + std::to_string(m));
    }
  } else if (column_ == "weight") {
    values.assign(net.weights().begin(), net.weights().end());
  } else {
    const Column* found = net.ties().find(column_);
    if (found == nullptr || !found->is_numeric()) {
      refuse(function, argument, column_,
             found == nullptr ? "the network's tie columns are: " + detail::listed(net.ties())
                              : "this tie column holds no numbers");
    }
    values.reserve(m);
    for (std::size_t e = 0; e < m; ++e) values.push_back(found->number(e));
  }
  for (std::size_t e = 0; e < m; ++e) {
    if (!std::isfinite(values[e]) || values[e] < 0) {
      refuse(function, argument, shown(values[e]), "values are finite and not negative; drop or fill this tie",
             "tie " + std::to_string(e));
    }
  }
  return values;
}

LINKPIN_INLINE std::vector<double> Lengths::resolve(const Network& net, std::string_view function) const {
  const bool inverse = values_.column() == "inverse";
  std::vector<double> lengths = (inverse ? TieValues("weight") : values_).resolve(net, function, "lengths");
  for (std::size_t e = 0; e < lengths.size(); ++e) {
    if (inverse) lengths[e] = 1.0 / lengths[e];
    if (!std::isfinite(lengths[e]) || lengths[e] <= 0) {
      refuse(
          function, "lengths", shown(lengths[e]),
          inverse ? "a tie of weight 0 has no inverse; drop it or give lengths of your own" : "lengths are above zero",
          "tie " + std::to_string(e));
    }
  }
  return lengths;
}

}  // namespace linkpin
