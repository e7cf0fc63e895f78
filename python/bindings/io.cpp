// linkpin/io for Python, as static functions of a class `io`: one stub file still describes the whole extension.
#include <pybind11/stl/filesystem.h>

#include <filesystem>
#include <linkpin/io/csv.hpp>
#include <linkpin/io/edges.hpp>
#include <linkpin/io/json.hpp>
#include <linkpin/io/package.hpp>
#include <string_view>

#include "common.hpp"

namespace linkpin::python {

namespace {

namespace fs = std::filesystem;

struct Io {};

char to_character(const std::optional<std::string>& given, std::string_view argument) {
  if (!given) return 0;
  if (given->size() != 1 || static_cast<unsigned char>((*given)[0]) >= 0x80) {
    refuse("scan_csv", argument, *given, "give one character of ASCII");
  }
  return (*given)[0];
}

ScanOptions scan_options(const std::optional<std::string>& delimiter, std::optional<bool> decimal_comma,
                         const std::optional<std::string>& comment, int threads, const py::object& progress) {
  ScanOptions options;
  options.delimiter = to_character(delimiter, "delimiter");
  options.decimal_comma = decimal_comma;
  options.comment = to_character(comment, "comment");
  options.run = make_run(threads, progress);
  return options;
}

py::dict to_dict(const ScanReport& report) {
  py::dict d;
  d["encoding"] = std::string(to_string(report.encoding));
  d["repaired"] = report.repaired;
  d["delimiter"] = std::string(1, report.delimiter);
  d["decimal_comma"] = report.decimal_comma;
  d["line_end"] = report.line_end;
  return d;
}

// Rows of texts, blank lines as empty ones; and the places of cells with text after their closing quote.
py::tuple to_rows(const Delimited& text) {
  py::list all;
  py::list broken;
  std::vector<Cell> cells;
  std::string scratch;
  for (Rows rows = text.all(); rows.next(cells);) {
    py::list row(cells.size());
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string_view word = cells[c].text(scratch);
      row[c] = py::str(word.data(), word.size());
      if (cells[c].broken) broken.append(py::make_tuple(rows.number() + 1, c));
    }
    all.append(std::move(row));
    if ((rows.number() & 4095) == 0 && PyErr_CheckSignals() != 0) throw py::error_already_set();
  }
  return py::make_tuple(all, broken);
}

py::tuple scan_csv(const py::object& source, const std::string& name, const std::optional<std::string>& delimiter,
                   std::optional<bool> decimal_comma, const std::optional<std::string>& comment) {
  const ScanOptions options = scan_options(delimiter, decimal_comma, comment, 0, py::none());
  const bool in_memory = py::isinstance<py::bytes>(source);
  std::string bytes = in_memory ? source.cast<std::string>() : std::string();
  const fs::path path = in_memory ? fs::path() : source.cast<fs::path>();
  const Delimited text = [&] {
    const py::gil_scoped_release free;
    return in_memory ? scan_text(std::move(bytes), name, options) : scan_file(path, options);
  }();
  const py::tuple rows = to_rows(text);
  py::dict report = to_dict(text.report());
  report["broken"] = rows[1];
  return py::make_tuple(rows[0], report);
}

py::list to_tuples(const std::vector<Issue>& issues) {
  py::list list;
  for (const Issue& i : issues) list.append(py::make_tuple(i.file, i.row, i.column, i.value, i.reason, i.remedy));
  return list;
}

py::tuple read_edges(const fs::path& path, const std::string& from, const std::string& to, const std::string& weight,
                     bool directed, bool numbered, bool columns, std::optional<bool> heading, bool merge,
                     const std::optional<std::string>& delimiter, const std::optional<std::string>& comment,
                     int threads, const py::object& progress) {
  EdgeListOptions options;
  options.from = from;
  options.to = to;
  options.weight = weight;
  options.directed = directed;
  options.numbered = numbered;
  options.columns = columns;
  options.heading = heading;
  options.parallel = merge ? Parallel::merge : Parallel::keep;
  options.scan = scan_options(delimiter, std::nullopt, comment, threads, progress);
  const EdgeList list = [&] {
    const py::gil_scoped_release free;
    return read_network_csv(path, options);
  }();
  return py::make_tuple(list.network, to_tuples(list.issues), to_dict(list.report));
}

}  // namespace

void register_io(py::module_& m) {
  py::class_<Io>(m, "io")
      .def_static(
          "read_package",
          [](const fs::path& folder, int threads, const py::object& progress) {
            const Run run = make_run(threads, progress);
            const py::gil_scoped_release free;
            return read_package(folder, run);
          },
          py::arg("folder"), py::arg("threads") = 0, py::arg("progress") = py::none())
      .def_static(
          "write_package",
          [](const Ecosystem& eco, const fs::path& folder, const py::object& progress) {
            const Run run = make_run(1, progress);
            const py::gil_scoped_release free;
            write_package(eco, folder, run);
          },
          py::arg("eco"), py::arg("folder"), py::arg("progress") = py::none())
      .def_static(
          "read_json",
          [](const fs::path& path, int threads) {
            const Run run = make_run(threads, py::none());
            const py::gil_scoped_release free;
            return read_json(path, run);
          },
          py::arg("path"), py::arg("threads") = 0)
      .def_static(
          "from_json",
          [](const py::bytes& text, const std::string& name, int threads) {
            const Run run = make_run(threads, py::none());
            const auto bytes = static_cast<std::string_view>(text);
            const py::gil_scoped_release free;
            return from_json(bytes, name, run);
          },
          py::arg("text"), py::arg("name") = "document", py::arg("threads") = 0)
      .def_static("to_json", &to_json, py::arg("eco"), py::call_guard<py::gil_scoped_release>())
      .def_static("write_json", &write_json, py::arg("eco"), py::arg("path"), py::call_guard<py::gil_scoped_release>())
      .def_static("scan_csv", &scan_csv, py::arg("source"), py::arg("name") = "text", py::arg("delimiter") = py::none(),
                  py::arg("decimal_comma") = py::none(), py::arg("comment") = py::none())
      .def_static("read_network_csv", &read_edges, py::arg("path"), py::arg("from_") = "from", py::arg("to") = "to",
                  py::arg("weight") = "weight", py::arg("directed") = true, py::arg("numbered") = false,
                  py::arg("columns") = true, py::arg("heading") = py::none(), py::arg("merge") = false,
                  py::arg("delimiter") = py::none(), py::arg("comment") = py::none(), py::arg("threads") = 0,
                  py::arg("progress") = py::none());
}

}  // namespace linkpin::python
