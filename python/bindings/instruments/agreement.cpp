// linkpin/instruments/agreement.hpp for Python.
#include <linkpin/instruments/agreement.hpp>

#include "../choice.hpp"
#include "../common.hpp"

namespace linkpin::python {

namespace {

py::dict from_agreement(const RaterAgreement& a) {
  std::vector<index_t> group, count;
  std::vector<double> mean, variance, r_wg;
  for (const GroupAgreement& g : a.groups) {
    group.push_back(g.group);
    count.push_back(g.count);
    mean.push_back(g.mean);
    variance.push_back(g.variance);
    r_wg.push_back(g.r_wg);
  }
  py::dict d;
  d["icc1"] = a.icc1;
  d["icc2"] = a.icc2;
  d["r_wg"] = a.mean_r_wg;
  d["f"] = a.f;
  d["df_between"] = a.df_between;
  d["df_within"] = a.df_within;
  d["p"] = a.p;
  d["size"] = a.size;
  d["groups"] = py::make_tuple(moved(std::move(group)), moved(std::move(count)), moved(std::move(mean)),
                               moved(std::move(variance)), moved(std::move(r_wg)));
  return d;
}

}  // namespace

void register_agreement(py::module_& m) {
  m.def(
      "rater_agreement",
      [](const Array<double>& values, const Array<index_t>& groups, int options) {
        const RaterAgreement a = rater_agreement(to_vector(values), to_vector(groups), options);
        return py::make_tuple(from_agreement(a), to_dict(a.provenance));
      },
      py::arg("values"), py::arg("groups"), py::arg("options"));
  m.def(
      "aggregate_reports",
      [](const Ecosystem& eco, std::string tie, const std::string& combine, int options) {
        const Aggregated a = aggregate_reports(eco, {std::move(tie),
                                                     choice<Combine>("aggregate_reports", "combine", combine,
                                                                     {{"mean", Combine::mean},
                                                                      {"any", Combine::any},
                                                                      {"majority", Combine::majority},
                                                                      {"share", Combine::share}}),
                                                     options});
        py::list items;
        for (const ItemAgreement& i : a.items) items.append(py::make_tuple(i.item, from_agreement(i.agreement)));
        return py::make_tuple(a.ecosystem, items, to_dict(a.provenance));
      },
      py::arg("eco"), py::arg("tie"), py::arg("combine"), py::arg("options"));
}

}  // namespace linkpin::python
