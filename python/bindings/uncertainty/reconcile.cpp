// linkpin/model/reconcile.hpp for Python.
#include <linkpin/model/reconcile.hpp>

#include "../common.hpp"
#include "../rules.hpp"

namespace linkpin::python {

namespace {

// One column of a vector of structs.
template <class Row, class T>
auto column(const std::vector<Row>& rows, T Row::*member) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(row.*member);
  return moved(std::move(values));
}

template <class Row, class T>
std::vector<std::string> words(const std::vector<Row>& rows, T Row::*member) {
  std::vector<std::string> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.emplace_back(to_string(row.*member));
  return values;
}

}  // namespace

void register_reconcile(py::module_& m) {
  m.def(
      "reconcile",
      [](const Ecosystem& eco, std::string item, std::string wave, const std::string& rule,
         const std::string& nonresponse, double threshold) {
        const ReconcileOptions options{std::move(item), std::move(wave), to_rule("reconcile", rule),
                                       to_nonresponse("reconcile", nonresponse), threshold};
        const Reconciled r = [&] {
          const py::gil_scoped_release free;
          return reconcile(eco, options);
        }();
        py::dict dyads;
        dyads["from"] = column(r.dyads, &DyadWords::from);
        dyads["to"] = column(r.dyads, &DyadWords::to);
        dyads["sender_state"] = words(r.dyads, &DyadWords::sender_state);
        dyads["sender"] = column(r.dyads, &DyadWords::sender);
        dyads["receiver_state"] = words(r.dyads, &DyadWords::receiver_state);
        dyads["receiver"] = column(r.dyads, &DyadWords::receiver);
        dyads["others"] = column(r.dyads, &DyadWords::others);
        dyads["others_yes"] = column(r.dyads, &DyadWords::others_yes);
        dyads["value"] = column(r.dyads, &DyadWords::value);
        dyads["verdict"] = words(r.dyads, &DyadWords::verdict);
        py::dict people;
        people["respondent"] = column(r.respondents, &RespondentWords::respondent);
        people["named"] = column(r.respondents, &RespondentWords::named);
        people["compared"] = column(r.respondents, &RespondentWords::compared);
        people["confirmed"] = column(r.respondents, &RespondentWords::confirmed);
        people["claimed_alone"] = column(r.respondents, &RespondentWords::claimed_alone);
        people["denied_alone"] = column(r.respondents, &RespondentWords::denied_alone);
        people["competence"] = column(r.respondents, &RespondentWords::competence);
        py::dict whole;
        whole["item"] = r.item;
        whole["directed"] = r.directed;
        whole["sender_ties"] = r.sender_ties;
        whole["receiver_ties"] = r.receiver_ties;
        whole["both_ties"] = r.both_ties;
        whole["about_themselves"] = r.about_themselves;
        whole["agreement"] = r.agreement;
        whole["observers"] = r.observers;
        return py::make_tuple(dyads, people, whole, to_dict(r.provenance));
      },
      py::arg("eco"), py::arg("item"), py::arg("wave"), py::arg("rule"), py::arg("nonresponse"), py::arg("threshold"));
}

}  // namespace linkpin::python
