// linkpin/participation/feedback.hpp for Python.
#include <linkpin/participation/feedback.hpp>

#include "../common.hpp"

namespace linkpin::python {

void register_feedback(py::module_& m) {
  m.def(
      "feedback",
      [](const Ecosystem& eco, std::string by, const py::object& as_of, double level) {
        FeedbackOptions options;
        options.by = std::move(by);
        options.level = level;
        if (!as_of.is_none()) {
          const auto text = as_of.cast<std::string>();
          options.as_of = parse_date(text);
          if (!options.as_of) refuse("feedback", "as_of", text, "write dates as 2023, 2023-05 or 2023-05-31");
        }
        Feedback f = [&] {
          const py::gil_scoped_release free;
          return feedback(eco, options);
        }();
        py::dict tables;
        tables["loops"] = moved_frame(std::move(f.loops));
        tables["links"] = moved_frame(std::move(f.links));
        tables["groups"] = moved_frame(std::move(f.groups));
        tables["breaks"] = moved_frame(std::move(f.breaks));
        tables["waiting"] = moved_frame(std::move(f.waiting));
        tables["outcomes"] = moved_frame(std::move(f.outcomes));
        tables["effects"] = moved_frame(std::move(f.effects));
        tables["promises"] = moved_frame(std::move(f.promises));
        return py::make_tuple(tables, to_dict(f.provenance));
      },
      py::arg("eco"), py::arg("by"), py::arg("as_of"), py::arg("level"));
}

}  // namespace linkpin::python
