// linkpin/participation/levels.hpp for Python.
#include <linkpin/participation/levels.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

const ParticipationScale& scale_of(const std::string& function, const std::string& key) {
  const ParticipationScale* scale = find_scale(key);
  if (scale == nullptr) {
    std::string known;
    for (const ParticipationScale& s : participation_scales()) known += (known.empty() ? "" : ", ") + s.key;
    refuse(function, "scale", key, "choose one of: " + known);
  }
  return *scale;
}

}  // namespace

void register_levels(py::module_& m) {
  m.def("crosswalk", [] { return moved_frame(crosswalk()); });
  m.def("participation_scales", [] {
    py::list rows;
    for (const ParticipationScale& s : participation_scales()) {
      rows.append(py::make_tuple(s.key, s.title, s.levels, s.reference));
    }
    return rows;
  });
  m.def(
      "crosswalk_level",
      [](const std::string& level, const std::string& from, const std::string& to) {
        const ParticipationScale& scale = scale_of("crosswalk", from);
        const ParticipationScale& other = scale_of("crosswalk", to);
        const index_t place = find_level(scale, level);
        if (place == none) {
          std::string known;
          for (const std::string& l : scale.levels) known += (known.empty() ? "" : ", ") + l;
          refuse("crosswalk", "level", level, "the scale has " + known, scale.key);
        }
        const LevelRange range = crosswalk(scale, place, other);
        std::vector<std::string> names;
        for (index_t i = range.low; i != none && i <= range.high; ++i) {
          names.push_back(other.levels[static_cast<std::size_t>(i)]);
        }
        return names;
      },
      py::arg("level"), py::arg("from_"), py::arg("to"));
}

}  // namespace linkpin::python
