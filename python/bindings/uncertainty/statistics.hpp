// What Python calls a statistic: a measure of the library by name, evaluated here without the interpreter's lock, or
// any callable of Python's.
#pragma once

#include <linkpin/uncertainty/statistic.hpp>
#include <string>
#include <vector>

#include "../common.hpp"

namespace linkpin::python {

// `groups` names the vertex column of measures that need one. A list of names gives all their numbers in turn; a
// callable takes a core network and returns numbers.
Statistic to_statistic(const py::object& statistic, const std::string& groups, const std::string& measure);

// A callable takes a core network and a list of labels, None where there is none.
GroupStatistic to_group_statistic(const py::object& statistic);

// The names there are: of measures with one number, of measures by vertex, of measures of groups.
std::vector<std::vector<std::string>> statistic_names();

// Callables of Python run on the calling thread alone.
inline int threads_for(const py::object& statistic, int threads) {
  return py::isinstance<py::str>(statistic) || py::isinstance<py::list>(statistic) ? threads : 1;
}

}  // namespace linkpin::python
