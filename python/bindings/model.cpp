// Columns, networks, ecosystems and lenses for Python.
#include <cmath>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/projection.hpp>

#include "choice.hpp"
#include "common.hpp"
#include "rules.hpp"

namespace linkpin::python {

namespace {

std::vector<std::uint8_t> to_mask(const py::handle& mask) {
  return mask.is_none() ? std::vector<std::uint8_t>{} : to_vector(mask.cast<Array<std::uint8_t>>());
}

ColumnType to_type(const std::string& name) {
  for (const ColumnType type : {ColumnType::number, ColumnType::integer, ColumnType::boolean, ColumnType::text,
                                ColumnType::list, ColumnType::date}) {
    if (to_string(type) == name) return type;
  }
  refuse("column", "type", name, "a type is one of number, integer, boolean, text, list, date");
}

Precision to_precision(std::uint8_t code) {
  if (code > 2) refuse("column", "precision", std::to_string(code), "0 is a year, 1 a month, 2 a day");
  return static_cast<Precision>(code);
}

py::object mask_of(const Column& column, py::handle owner) {
  return column.mask().empty() ? py::object(py::none()) : py::object(view(column.mask(), owner));
}

py::dict from_frame(const Frame& frame, py::handle owner) {
  py::dict columns;
  for (std::size_t i = 0; i < frame.width(); ++i) columns[py::str(frame.name(i))] = from_column(frame.at(i), owner);
  return columns;
}

std::vector<std::string> names_of(const Frame& frame) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < frame.width(); ++i) names.push_back(frame.name(i));
  return names;
}

py::object column_of(const Frame& frame, const std::string& name, py::handle owner) {
  const Column* column = frame.find(name);
  if (column == nullptr) throw py::key_error(name);
  return from_column(*column, owner);
}

const Frame& frame_of(const Network& net, const std::string& frame) {
  return frame == "vertices" ? net.vertices() : net.ties();
}

const Frame& frame_of(const Ecosystem& eco, const std::string& frame) {
  return frame == "entities" ? eco.entities() : frame == "ties" ? eco.ties() : eco.reports();
}

Projection to_projection(const std::string& word) {
  return choice<Projection>("project", "weights", word,
                            {{"count", Projection::count},
                             {"sum", Projection::sum},
                             {"newman", Projection::newman},
                             {"cosine", Projection::cosine}});
}

Observed to_observed(const py::object& rows, const py::object& exceptions, bool either) {
  std::vector<Answer> states;
  if (!rows.is_none()) {
    for (const std::uint8_t code : to_vector(rows.cast<Array<std::uint8_t>>())) {
      if (code > 3) refuse("Network", "observed", std::to_string(code), "states are numbered 0 to 3");
      states.push_back(static_cast<Answer>(code));
    }
  }
  std::vector<Observed::Exception> odd;
  if (!exceptions.is_none()) {
    const auto triples = to_vector(exceptions.cast<Array<index_t>>());
    for (std::size_t i = 0; i + 2 < triples.size(); i += 3) {
      odd.push_back({triples[i], triples[i + 1], static_cast<Answer>(triples[i + 2])});
    }
  }
  return Observed(std::move(states), std::move(odd), either);
}

py::tuple from_observed(const Observed& observed) {
  std::vector<std::uint8_t> rows;
  for (const Answer a : observed.rows()) rows.push_back(static_cast<std::uint8_t>(a));
  std::vector<index_t> odd;
  for (const Observed::Exception& e : observed.exceptions()) {
    odd.insert(odd.end(), {e.from, e.to, static_cast<index_t>(e.answer)});
  }
  return py::make_tuple(moved(std::move(rows)), moved(std::move(odd)), observed.either());
}

Network make_network(index_t n, const Array<index_t>& source, const Array<index_t>& target, const py::object& weight,
                     bool directed, const std::string& parallel, const py::object& names, const py::dict& vertices,
                     const py::dict& ties, const py::tuple& observed, const std::string& lens) {
  NetworkParts p;
  p.n = n;
  p.source = to_vector(source);
  p.target = to_vector(target);
  if (!weight.is_none()) p.weight = to_vector(weight.cast<Array<double>>());
  p.directed = directed;
  p.parallel =
      choice<Parallel>("Network", "parallel", parallel, {{"keep", Parallel::keep}, {"merge", Parallel::merge}});
  p.names = names.is_none() ? nullptr : to_table(names);
  p.vertices = to_frame(vertices, static_cast<std::size_t>(n));
  p.ties = to_frame(ties, p.source.size());
  p.observed = to_observed(observed[0], observed[1], observed[2].cast<bool>());
  p.lens = lens;
  const py::gil_scoped_release free;
  return Network(std::move(p));
}

py::tuple network_state(const Network& net) {
  const py::object self = py::cast(net);
  py::object names = py::none();
  if (net.name_table()) names = py::cast(net.names());
  py::object weight = py::none();
  if (net.weighted()) weight = view(net.weights(), self);
  return py::make_tuple(net.n(), view(net.sources(), self), view(net.targets(), self), weight, net.directed(), "keep",
                        names, from_frame(net.vertices(), self), from_frame(net.ties(), self),
                        from_observed(net.observed()), net.lens());
}

py::tuple rows_of(const py::object& self, bool incoming) {
  const Network& net = self.cast<const Network&>();
  const Adjacency a = incoming ? net.in() : net.out();
  py::object ties = py::none();
  if (!a.ties.empty() || net.m() == 0) ties = view(a.ties, self);
  return py::make_tuple(view(a.offsets, self), view(a.vertices, self), ties);
}

void register_network(py::module_& m) {
  py::class_<Network>(m, "Network")
      .def(py::init(&make_network), py::arg("n"), py::arg("source"), py::arg("target"), py::arg("weight"),
           py::arg("directed"), py::arg("parallel"), py::arg("names"), py::arg("vertices"), py::arg("ties"),
           py::arg("observed"), py::arg("lens"))
      .def_property_readonly("n", &Network::n)
      .def_property_readonly("m", &Network::m)
      .def_property_readonly("directed", &Network::directed)
      .def_property_readonly("weighted", &Network::weighted)
      .def_property_readonly("loops", &Network::loops)
      .def_property_readonly("parallel_ties", &Network::parallel_ties)
      .def_property_readonly("lens", &Network::lens)
      .def_property_readonly("fingerprint",
                             [](const Network& net) {
                               const Fingerprint f = net.fingerprint();
                               return py::make_tuple(f.n, f.m, f.hash);
                             })
      .def("names", &Network::names)
      .def("find", &Network::find, py::arg("name"))
      .def_property_readonly("sources",
                             [](const py::object& self) { return view(self.cast<const Network&>().sources(), self); })
      .def_property_readonly("targets",
                             [](const py::object& self) { return view(self.cast<const Network&>().targets(), self); })
      .def_property_readonly("weights",
                             [](const py::object& self) -> py::object {
                               const Network& net = self.cast<const Network&>();
                               if (!net.weighted()) return py::none();
                               return view(net.weights(), self);
                             })
      .def("rows", &rows_of, py::arg("incoming"))
      .def("column_names", [](const Network& net, const std::string& frame) { return names_of(frame_of(net, frame)); })
      .def("column",
           [](const py::object& self, const std::string& frame, const std::string& name) {
             return column_of(frame_of(self.cast<const Network&>(), frame), name, self);
           })
      .def("observed", [](const Network& net) { return from_observed(net.observed()); })
      .def("observed_dyads", [](const Network& net) { return net.observed().count(net.n()); })
      .def("is_observed",
           [](const Network& net, index_t u, index_t v) { return std::string(to_string(net.observed().at(u, v))); })
      .def("undirected",
           [](const Network& net, const std::string& weights) {
             return undirected(net, choice<Symmetrise>("undirected", "weights", weights,
                                                       {{"max", Symmetrise::max},
                                                        {"sum", Symmetrise::sum},
                                                        {"mean", Symmetrise::mean},
                                                        {"min", Symmetrise::min}}));
           })
      .def("reversed", &reversed)
      .def("simplified", &simplified)
      .def("subnetwork",
           [](const Network& net, const Array<index_t>& vertices) { return subnetwork(net, to_vector(vertices)); })
      .def("with_ties",
           [](const Network& net, const Array<std::uint8_t>& keep) { return with_ties(net, to_vector(keep)); })
      .def("project", [](const Network& net, const Array<std::uint8_t>& keep,
                         const std::string& weights) { return project(net, to_vector(keep), to_projection(weights)); })
      .def("__eq__", [](const Network& a, const Network& b) { return a == b; })
      .def("state", &network_state);
}

EcosystemParts make_parts(const py::object& ids, const py::dict& entities, const Array<index_t>& from,
                          const Array<index_t>& to, const py::dict& ties, const py::tuple& report_ends,
                          const py::dict& reports, const py::list& kinds, const py::list& issues,
                          const std::map<std::string, std::string>& about) {
  EcosystemParts p;
  p.ids = to_table(ids);
  p.entities = to_frame(entities, static_cast<std::size_t>(p.ids->size()));
  p.from = to_vector(from);
  p.to = to_vector(to);
  p.ties = to_frame(ties, p.from.size());
  p.respondent = to_vector(report_ends[0].cast<Array<index_t>>());
  p.report_from = to_vector(report_ends[1].cast<Array<index_t>>());
  p.report_to = to_vector(report_ends[2].cast<Array<index_t>>());
  p.reports = to_frame(reports, p.respondent.size());
  for (const py::handle kind : kinds) {
    const auto t = kind.cast<py::tuple>();
    const Flow flow = choice<Flow>("Ecosystem", "flow", t[1].cast<std::string>(),
                                   {{"forward", Flow::forward}, {"backward", Flow::backward}});
    p.kinds.push_back({t[0].cast<std::string>(), flow, t[2].cast<bool>(), t[3].cast<std::string>()});
  }
  for (const py::handle issue : issues) {
    const auto t = issue.cast<py::tuple>();
    p.issues.push_back({t[0].cast<std::string>(), t[1].cast<std::int64_t>(), t[2].cast<std::string>(),
                        t[3].cast<std::string>(), t[4].cast<std::string>(), t[5].cast<std::string>()});
  }
  p.about = about;
  return p;
}

py::list issues_of(const Ecosystem& eco) {
  py::list issues;
  for (const Issue& i : eco.issues()) {
    issues.append(py::make_tuple(i.file, i.row, i.column, i.value, i.reason, i.remedy));
  }
  return issues;
}

py::list kinds_of(const std::vector<TieKind>& kinds) {
  py::list list;
  for (const TieKind& k : kinds) {
    list.append(py::make_tuple(k.name, k.flow == Flow::forward ? "forward" : "backward", k.symmetric, k.meaning));
  }
  return list;
}

py::tuple ecosystem_state(const py::object& self) {
  const EcosystemParts& p = self.cast<const Ecosystem&>().parts();
  return py::make_tuple(p.ids->to_vector(), from_frame(p.entities, self), view(std::span(p.from), self),
                        view(std::span(p.to), self), from_frame(p.ties, self),
                        py::make_tuple(view(std::span(p.respondent), self), view(std::span(p.report_from), self),
                                       view(std::span(p.report_to), self)),
                        from_frame(p.reports, self), kinds_of(p.kinds), issues_of(self.cast<const Ecosystem&>()),
                        p.about);
}

Lens make_lens(std::vector<std::string> kinds, std::vector<std::string> entity_kinds,
               const std::optional<std::string>& at, bool certain, std::string item, std::string wave,
               const std::string& rule, double threshold, const std::string& nonresponse, std::string weight,
               std::string project, const std::string& projection, bool isolates) {
  Lens lens;
  lens.kinds = std::move(kinds);
  lens.entity_kinds = std::move(entity_kinds);
  if (at) {
    lens.at = parse_date(*at);
    if (!lens.at) refuse("network", "at", *at, "give a date as 2023, 2023-05 or 2023-05-31");
  }
  lens.certain = certain;
  lens.item = std::move(item);
  lens.wave = std::move(wave);
  lens.rule = to_rule("network", rule);
  lens.threshold = threshold;
  lens.nonresponse = to_nonresponse("network", nonresponse);
  lens.weight = std::move(weight);
  lens.project = std::move(project);
  lens.projection = to_projection(projection);
  lens.isolates = isolates;
  return lens;
}

void register_ecosystem(py::module_& m) {
  py::class_<Ecosystem>(m, "Ecosystem")
      .def(py::init([](const py::object& ids, const py::dict& entities, const Array<index_t>& from,
                       const Array<index_t>& to, const py::dict& ties, const py::tuple& report_ends,
                       const py::dict& reports, const py::list& kinds, const py::list& issues,
                       const std::map<std::string, std::string>& about) {
             return Ecosystem(make_parts(ids, entities, from, to, ties, report_ends, reports, kinds, issues, about));
           }),
           py::arg("ids"), py::arg("entities"), py::arg("from_"), py::arg("to"), py::arg("ties"),
           py::arg("report_ends"), py::arg("reports"), py::arg("kinds"), py::arg("issues"), py::arg("about"))
      .def_property_readonly("entity_count", &Ecosystem::entity_count)
      .def_property_readonly("tie_count", &Ecosystem::tie_count)
      .def_property_readonly("report_count", &Ecosystem::report_count)
      .def("ids", [](const Ecosystem& eco) { return eco.parts().ids->to_vector(); })
      .def("find", &Ecosystem::find, py::arg("id"))
      .def("label", &Ecosystem::label, py::arg("entity"))
      .def("column_names",
           [](const Ecosystem& eco, const std::string& frame) { return names_of(frame_of(eco, frame)); })
      .def("column",
           [](const py::object& self, const std::string& frame, const std::string& name) {
             return column_of(frame_of(self.cast<const Ecosystem&>(), frame), name, self);
           })
      .def_property_readonly("from_",
                             [](const py::object& self) { return view(self.cast<const Ecosystem&>().from(), self); })
      .def_property_readonly("to",
                             [](const py::object& self) { return view(self.cast<const Ecosystem&>().to(), self); })
      .def("report_ends",
           [](const py::object& self) {
             const EcosystemParts& p = self.cast<const Ecosystem&>().parts();
             return py::make_tuple(view(std::span(p.respondent), self), view(std::span(p.report_from), self),
                                   view(std::span(p.report_to), self));
           })
      .def("issues", &issues_of)
      .def("kinds", [](const Ecosystem& eco) { return kinds_of(eco.parts().kinds); })
      .def("about", [](const Ecosystem& eco) { return eco.parts().about; })
      .def("distinct", [](const Ecosystem& eco, const std::string& what,
                          const std::string& column) { return Ecosystem::distinct(frame_of(eco, what), column); })
      .def("__eq__", [](const Ecosystem& a, const Ecosystem& b) { return a == b; })
      .def("state", &ecosystem_state)
      .def(
          "network",
          [](const Ecosystem& eco, std::vector<std::string> kinds, std::vector<std::string> entity_kinds,
             const std::optional<std::string>& at, bool certain, std::string item, std::string wave,
             const std::string& rule, double threshold, const std::string& nonresponse, std::string weight,
             std::string project, const std::string& projection, bool isolates) {
            const Lens lens =
                make_lens(std::move(kinds), std::move(entity_kinds), at, certain, std::move(item), std::move(wave),
                          rule, threshold, nonresponse, std::move(weight), std::move(project), projection, isolates);
            const py::gil_scoped_release free;
            return derive(eco, lens);
          },
          py::arg("kinds"), py::arg("entity_kinds"), py::arg("at"), py::arg("certain"), py::arg("item"),
          py::arg("wave"), py::arg("rule"), py::arg("threshold"), py::arg("nonresponse"), py::arg("weight"),
          py::arg("project"), py::arg("projection"), py::arg("isolates"));
}

}  // namespace

std::shared_ptr<const StringTable> to_table(const py::object& texts) {
  auto table = std::make_shared<StringTable>();
  const auto list = texts.cast<py::sequence>();
  table->reserve(py::len(list));
  std::size_t row = 0;
  for (const py::handle text : list) {
    const auto word = text.cast<std::string_view>();
    if (table->intern(word) != static_cast<index_t>(row)) {
      refuse("names", "id", word, "ids are unique; this one stands twice", "row " + std::to_string(row));
    }
    ++row;
  }
  return table;
}

Column to_column(const py::tuple& parts) {
  const ColumnType type = to_type(parts[0].cast<std::string>());
  switch (type) {
    case ColumnType::number:
      return Column(to_vector(parts[1].cast<Array<double>>()));
    case ColumnType::integer:
      return Column(to_vector(parts[1].cast<Array<std::int64_t>>()), to_mask(parts[2]));
    case ColumnType::boolean:
      return Column(to_vector(parts[1].cast<Array<std::uint8_t>>()), to_mask(parts[2]));
    case ColumnType::text:
    case ColumnType::list:
      return Column(Text{to_vector(parts[1].cast<Array<index_t>>()), to_table(parts[2])}, type);
    case ColumnType::date:
      break;
  }
  const auto first = to_vector(parts[1].cast<Array<std::int32_t>>());
  const auto last = to_vector(parts[2].cast<Array<std::int32_t>>());
  const auto precision = to_vector(parts[3].cast<Array<std::uint8_t>>());
  std::vector<Date> dates;
  for (std::size_t i = 0; i < first.size(); ++i) dates.push_back({first[i], last.at(i), to_precision(precision.at(i))});
  return Column(std::move(dates), to_mask(parts[4]));
}

py::tuple from_column(const Column& column, py::handle owner) {
  const std::string type(to_string(column.type()));
  switch (column.type()) {
    case ColumnType::number:
      return py::make_tuple(type, view(column.numbers(), owner));
    case ColumnType::integer:
      return py::make_tuple(type, view(column.integers(), owner), mask_of(column, owner));
    case ColumnType::boolean:
      return py::make_tuple(type, view(column.booleans(), owner), mask_of(column, owner));
    case ColumnType::text:
    case ColumnType::list:
      return py::make_tuple(type, view(std::span<const index_t>(column.text().codes), owner),
                            column.text().levels->to_vector());
    case ColumnType::date:
      break;
  }
  std::vector<std::int32_t> first;
  std::vector<std::int32_t> last;
  std::vector<std::uint8_t> precision;
  for (const Date& d : column.dates()) {
    first.push_back(d.first);
    last.push_back(d.last);
    precision.push_back(static_cast<std::uint8_t>(d.precision));
  }
  return py::make_tuple(type, moved(std::move(first)), moved(std::move(last)), moved(std::move(precision)),
                        mask_of(column, owner));
}

Frame to_frame(const py::dict& columns, std::size_t rows) {
  Frame frame;
  frame.resize(rows);
  for (const auto& [name, parts] : columns) frame.set(name.cast<std::string>(), to_column(parts.cast<py::tuple>()));
  return frame;
}

void register_model(py::module_& m) {
  register_network(m);
  register_ecosystem(m);
  m.def("usual_tie_kinds", [] { return kinds_of(usual_tie_kinds()); });
  m.def("usual_entity_kinds", &usual_entity_kinds);
  m.def(
      "codes",
      [](const py::sequence& texts, const py::object& known) {
        // Codes of texts (None is missing) into the table of distinct ones, in order of first appearance; texts that
        // `known` does not hold come back as -2 where it is given.
        auto table = std::make_shared<StringTable>();
        if (!known.is_none()) table = std::make_shared<StringTable>(*to_table(known));
        std::vector<index_t> codes;
        codes.reserve(py::len(texts));
        for (const py::handle text : texts) {
          if (text.is_none()) {
            codes.push_back(none);
          } else if (known.is_none()) {
            codes.push_back(table->intern(text.cast<std::string_view>()));
          } else {
            const index_t code = table->find(text.cast<std::string_view>());
            codes.push_back(code == none ? -2 : code);
          }
        }
        return py::make_tuple(moved(std::move(codes)), table->to_vector());
      },
      py::arg("texts"), py::arg("known") = py::none());
  m.def(
      "dates",
      [](const py::sequence& texts) {
        // Days and precisions of ISO dates; None is missing, what is no date has precision 255.
        std::vector<std::int32_t> first, last;
        std::vector<std::uint8_t> precision, missing;
        for (const py::handle text : texts) {
          std::optional<Date> date;
          if (!text.is_none()) date = parse_date(text.cast<std::string_view>());
          first.push_back(date ? date->first : 0);
          last.push_back(date ? date->last : 0);
          precision.push_back(date ? static_cast<std::uint8_t>(date->precision) : text.is_none() ? 2 : 255);
          missing.push_back(text.is_none() ? 1 : 0);
        }
        return py::make_tuple(moved(std::move(first)), moved(std::move(last)), moved(std::move(precision)),
                              moved(std::move(missing)));
      },
      py::arg("texts"));
  m.def(
      "date_texts",
      [](const Array<std::int32_t>& first, const Array<std::uint8_t>& precision) {
        std::vector<std::string> texts;
        const auto days = to_vector(first);
        const auto precisions = to_vector(precision);
        for (std::size_t i = 0; i < days.size(); ++i) {
          texts.push_back(to_string(Date{days[i], days[i], to_precision(precisions[i])}));
        }
        return texts;
      },
      py::arg("first"), py::arg("precision"));
}

}  // namespace linkpin::python
