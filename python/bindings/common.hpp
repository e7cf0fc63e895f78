// What every binding file shares: views of arrays, columns to and fro, how long work is run, provenance as a dict.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/selection.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace linkpin::python {

namespace py = pybind11;

template <class T>
using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;

// A read-only view that keeps `owner` alive; nothing is copied.
template <class T>
py::array view(std::span<const T> values, py::handle owner) {
  py::array_t<T> array(static_cast<py::ssize_t>(values.size()), values.data(), owner);
  py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

// A numpy array that takes over the vector; nothing is copied.
template <class T>
py::array_t<T> moved(std::vector<T> values) {
  auto* held = new std::vector<T>(std::move(values));
  const py::capsule owner(held, [](void* p) { delete static_cast<std::vector<T>*>(p); });
  return py::array_t<T>(static_cast<py::ssize_t>(held->size()), held->data(), owner);
}

template <class T>
std::vector<T> to_vector(const Array<T>& array) {
  const T* data = array.data();
  return {data, data + array.size()};
}

// `progress` is None or a callable that takes the share done. Ctrl-C is polled on the calling thread.
inline Run make_run(int threads, const py::object& progress) {
  Run run;
  run.threads = threads;
  run.interrupted = [] {
    const py::gil_scoped_acquire hold;
    if (PyErr_CheckSignals() == 0) return false;
    PyErr_Clear();
    return true;
  };
  if (!progress.is_none()) {
    // Held at one remove: the core copies a Run on threads that do not hold the interpreter's lock.
    const std::shared_ptr<py::object> held(new py::object(progress), [](const py::object* object) {
      const py::gil_scoped_acquire hold;
      delete object;
    });
    run.progress = [held](double share) {
      const py::gil_scoped_acquire hold;
      (*held)(share);
    };
  }
  return run;
}

inline py::dict to_dict(const Provenance& p) {
  py::dict d;
  d["measure"] = p.measure;
  d["normalisation"] = p.normalisation;
  d["lens"] = p.lens;
  d["network"] = py::make_tuple(p.network.n, p.network.m, p.network.hash);
  d["seed"] = p.seed;
  d["warnings"] = p.warnings;
  return d;
}

// None: each tie counts 1; a text names a tie column; an array gives one value a tie.
inline TieValues to_tie_values(const py::object& values) {
  if (values.is_none()) return {};
  if (py::isinstance<py::str>(values)) return TieValues(std::string_view(values.cast<std::string>()));
  return TieValues(to_vector(values.cast<Array<double>>()));
}

// None: each tie is 1 long; "inverse" or a tie column by name; an array gives one length a tie.
inline Lengths to_lengths(const py::object& lengths) {
  if (lengths.is_none()) return {};
  if (py::isinstance<py::str>(lengths)) return Lengths(std::string_view(lengths.cast<std::string>()));
  return Lengths(to_vector(lengths.cast<Array<double>>()));
}

// A vertex column by name, or one label a vertex.
inline Groups to_groups(const Network& net, const py::object& given) {
  if (py::isinstance<py::str>(given)) return groups(net, std::string_view(given.cast<std::string>()));
  const auto labels = given.cast<std::vector<std::string>>();
  return groups(net, std::span<const std::string>(labels));
}

// Columns cross the border as tuples; see python/linkpin/columns.py for the other side.
Column to_column(const py::tuple& parts);
py::tuple from_column(const Column& column, py::handle owner);
Frame to_frame(const py::dict& columns, std::size_t rows);

// A frame as a dict of its columns, which keep it alive; python/linkpin/columns.py makes a Table of it.
inline py::dict moved_frame(Frame frame) {
  auto* held = new Frame(std::move(frame));
  const py::capsule owner(held, [](void* p) { delete static_cast<Frame*>(p); });
  py::dict columns;
  for (std::size_t i = 0; i < held->width(); ++i) columns[py::str(held->name(i))] = from_column(held->at(i), owner);
  return columns;
}

std::shared_ptr<const StringTable> to_table(const py::object& texts);

}  // namespace linkpin::python
