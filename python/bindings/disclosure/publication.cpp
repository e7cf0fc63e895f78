// linkpin/disclosure/publication.hpp for Python.
#include <linkpin/disclosure/publication.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_publication(py::module_& m) {
  m.def(
      "respect_consent",
      [](const Ecosystem& eco) {
        Consent c = respect_consent(eco);
        py::dict d;
        d["declined"] = c.declined;
        d["removed"] = c.removed;
        d["ties_removed"] = c.ties_removed;
        d["reports_removed"] = c.reports_removed;
        d["reports_declined"] = c.reports_declined;
        return py::make_tuple(std::move(c.eco), d, to_dict(c.provenance));
      },
      py::arg("eco"));
  m.def(
      "publication",
      [](const Ecosystem& eco, bool people, std::vector<std::string> named, std::string by, std::int64_t threshold,
         std::uint64_t seed) {
        Publication p = publication(eco, {people, std::move(named), std::move(by), threshold, seed});
        return py::make_tuple(std::move(p.eco), p.ids, p.hidden, p.merged, p.smallest, to_dict(p.provenance));
      },
      py::arg("eco"), py::arg("people"), py::arg("named"), py::arg("by"), py::arg("threshold"), py::arg("seed"));
}

}  // namespace linkpin::python
