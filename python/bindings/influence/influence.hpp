// What the bindings of influence share.
#pragma once

#include <linkpin/influence/counts.hpp>
#include <linkpin/influence/evidence.hpp>
#include <linkpin/model/kinds.hpp>
#include <string>
#include <utility>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

inline Flow to_flow(std::string_view function, const std::string& word) {
  return choice<Flow>(function, "flow", word, {{"forward", Flow::forward}, {"backward", Flow::backward}});
}

// The limbs of whole numbers as bytes, and how many bytes each takes; Python makes int objects of them.
inline py::tuple from_counts(const Counts& counts) {
  const auto& data = counts.data();
  return py::make_tuple(py::bytes(reinterpret_cast<const char*>(data.data()), data.size() * sizeof(std::uint32_t)),
                        counts.limbs() * sizeof(std::uint32_t));
}

// Two tables and their provenance, from work done without the interpreter's lock.
template <class Work>
py::tuple without_lock(Work work) {
  EvidenceTables tables = [&] {
    const py::gil_scoped_release free;
    return work();
  }();
  return py::make_tuple(moved_frame(std::move(tables.table)), moved_frame(std::move(tables.summary)),
                        to_dict(tables.provenance));
}

}  // namespace linkpin::python
