// linkpin/power and linkpin/statistics/meeting.hpp for Python.
#include <linkpin/power/agenda.hpp>
#include <linkpin/power/boards.hpp>
#include <linkpin/power/dominance.hpp>
#include <linkpin/power/gatekeeping.hpp>
#include <linkpin/power/relations.hpp>
#include <linkpin/statistics/meeting.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

std::optional<Date> date_asked(const char* function, const std::optional<std::string>& at) {
  if (!at) return std::nullopt;
  const std::optional<Date> read = parse_date(*at);
  if (!read) refuse(function, "at", *at, "give a date such as 2023, 2023-05 or 2023-05-31");
  return read;
}

Mode to_mode(bool along, bool against) { return along && against ? Mode::all : along ? Mode::out : Mode::in; }

}  // namespace

void register_boards(py::module_& m) {
  m.def(
      "meeting_power",
      [](const Array<std::int64_t>& votes, const Array<double>& attendance, index_t quorum, index_t casting,
         const py::object& progress) {
        const Meeting meeting{to_vector(votes), to_vector(attendance), quorum, casting};
        const Run run = make_run(1, progress);
        auto result = [&] {
          const py::gil_scoped_release free;
          return meeting_power(meeting, run);
        }();
        return py::make_tuple(result.quorate, moved(std::move(result.decisive)),
                              moved(std::move(result.decisive_if_present)));
      },
      py::arg("votes"), py::arg("attendance"), py::arg("quorum"), py::arg("casting"), py::arg("progress"));
  m.def(
      "boards",
      [](const Ecosystem& eco, const std::string& blocs, const std::optional<std::string>& at,
         const py::object& progress) {
        const BoardsOptions options{blocs, date_asked("boards", at), make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return boards(eco, options);
        }();
        return py::make_tuple(moved_frame(std::move(result.seats)), moved_frame(std::move(result.boards)),
                              moved_frame(std::move(result.blocs)), to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("blocs"), py::arg("at"), py::arg("progress"));
  m.def(
      "interlocks",
      [](const Ecosystem& eco, const std::optional<std::string>& at) {
        const std::optional<Date> when = date_asked("interlocks", at);
        auto result = [&] {
          const py::gil_scoped_release free;
          return interlocks(eco, when);
        }();
        return py::make_tuple(moved_frame(std::move(result.pairs)), moved_frame(std::move(result.members)),
                              to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("at"));
  m.def(
      "gatekeepers",
      [](const Network& net, const Array<index_t>& sources, const Array<index_t>& targets, bool along, bool against,
         const py::object& progress) {
        const std::vector<index_t> from = to_vector(sources);
        const std::vector<index_t> to = to_vector(targets);
        const GatekeepingOptions options{to_mode(along, against), make_run(1, progress)};
        const auto result = [&] {
          const py::gil_scoped_release free;
          return gatekeepers(net, from, to, options);
        }();
        py::list gates;
        for (const Gate& g : result.gates) gates.append(py::make_tuple(g.target, g.reached, g.gatekeepers));
        return py::make_tuple(gates, to_dict(result.provenance));
      },
      py::arg("net"), py::arg("sources"), py::arg("targets"), py::arg("along"), py::arg("against"),
      py::arg("progress"));
  m.def(
      "agenda",
      [](const Ecosystem& eco, const std::string& groups, double level) {
        auto result = agenda(eco, {groups, level});
        return py::make_tuple(moved_frame(std::move(result.groups)), moved_frame(std::move(result.items)),
                              to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("groups"), py::arg("level"));
  m.def(
      "dominance",
      [](const Ecosystem& eco, const std::string& groups, const std::vector<std::string>& kinds, double epsilon) {
        auto result = dominance(eco, {groups, kinds, epsilon});
        return py::make_tuple(moved_frame(std::move(result.shares)), moved_frame(std::move(result.parts)),
                              to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("groups"), py::arg("kinds"), py::arg("epsilon"));
  m.def(
      "power_relations",
      [](const Ecosystem& eco, const std::string& groups, const std::vector<std::string>& over,
         const std::vector<std::string>& with, const py::object& progress) {
        const RelationsOptions options{groups, over, with, make_run(1, progress)};
        auto result = [&] {
          const py::gil_scoped_release free;
          return power_relations(eco, options);
        }();
        return py::make_tuple(moved_frame(std::move(result.members)), moved_frame(std::move(result.groups)),
                              to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("groups"), py::arg("over"), py::arg("with_"), py::arg("progress"));
}

}  // namespace linkpin::python
