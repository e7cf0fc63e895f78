// linkpin/funding for Python: rows of structs as columns of lists and arrays.
#include <linkpin/funding/funding.hpp>

#include "../common.hpp"

namespace linkpin::python {

namespace {

template <class Row, class Read>
py::list listed(const std::vector<Row>& rows, Read read) {
  py::list out;
  for (const Row& r : rows) out.append(read(r));
  return out;
}

template <class Row, class Member>
py::array_t<double> numbers(const std::vector<Row>& rows, Member member) {
  std::vector<double> out;
  for (const Row& r : rows) out.push_back(static_cast<double>(r.*member));
  return moved(std::move(out));
}

template <class Row, class Member>
py::array_t<std::int64_t> counts(const std::vector<Row>& rows, Member member) {
  std::vector<std::int64_t> out;
  for (const Row& r : rows) out.push_back(static_cast<std::int64_t>(r.*member));
  return moved(std::move(out));
}

py::object text_of(const std::optional<Date>& date) {
  return date ? py::object(py::str(to_string(*date))) : py::object(py::none());
}

// What every table of the room needs: names of entities and of moneys.
class Names {
 public:
  Names(const Ecosystem& eco, const std::vector<Money>& moneys) : eco_(eco), moneys_(moneys) {}

  [[nodiscard]] py::object entity(index_t e) const {
    return e == none ? py::object(py::none()) : py::object(py::str(std::string(eco_.id(e))));
  }

  template <class Row, class Member>
  void entities(py::dict& d, const char* name, const std::vector<Row>& rows, Member member) const {
    d[name] = listed(rows, [&](const Row& r) { return entity(r.*member); });
  }

  template <class Row>
  void moneys(py::dict& d, const std::vector<Row>& rows) const {
    auto part = [&](const Row& r, std::string Money::*which) -> py::object {
      if (r.money == none) return py::none();
      const std::string& text = moneys_[static_cast<std::size_t>(r.money)].*which;
      return text.empty() ? py::object(py::none()) : py::object(py::str(text));
    };
    d["currency"] = listed(rows, [&](const Row& r) { return part(r, &Money::currency); });
    d["price_base"] = listed(rows, [&](const Row& r) { return part(r, &Money::price_base); });
  }

 private:
  const Ecosystem& eco_;
  const std::vector<Money>& moneys_;
};

constexpr const char* questions[] = {"who", "to_whom", "how_much", "for_what", "when"};

py::dict ledger_table(const Names& names, const Funding& f) {
  static constexpr const char* transfers[] = {"award", "sub-award", "payment"};
  const auto& rows = f.ledger.entries;
  py::dict d;
  d["tie"] = counts(rows, &LedgerEntry::tie);
  names.entities(d, "from", rows, &LedgerEntry::from);
  names.entities(d, "to", rows, &LedgerEntry::to);
  d["transfer"] = listed(rows, [](const auto& e) { return transfers[static_cast<std::size_t>(e.transfer)]; });
  d["amount"] = numbers(rows, &LedgerEntry::amount);
  names.moneys(d, rows);
  d["start"] = listed(rows, [](const auto& e) { return text_of(e.start); });
  d["end"] = listed(rows, [](const auto& e) { return text_of(e.end); });
  d["recurrent"] =
      listed(rows, [](const auto& e) { return e.recurrent ? py::object(py::bool_(*e.recurrent)) : py::none(); });
  d["for_what"] = listed(rows, [](const auto& e) {
    return e.for_what.empty() ? py::object(py::none()) : py::object(py::str(e.for_what));
  });
  for (std::size_t i = 0; i < 5; ++i) {
    d[py::str(std::string("public_") + questions[i])] =
        listed(f.transparency, [i](const Transparency& t) { return py::bool_(t.known[i]); });
  }
  return d;
}

py::dict tables(const Ecosystem& eco, const Funding& f) {
  const Names names(eco, f.ledger.moneys);
  py::dict all;
  all["ledger"] = ledger_table(names, f);
  {
    py::dict d;
    names.entities(d, "id", f.flows, &MoneyFlow::entity);
    names.moneys(d, f.flows);
    d["received"] = numbers(f.flows, &MoneyFlow::received);
    d["passed_on"] = numbers(f.flows, &MoneyFlow::passed_on);
    d["difference"] = numbers(f.flows, &MoneyFlow::difference);
    d["unknown_in"] = counts(f.flows, &MoneyFlow::unknown_in);
    d["unknown_out"] = counts(f.flows, &MoneyFlow::unknown_out);
    d["passes_through"] = listed(f.flows, [](const auto& r) { return py::bool_(r.passes_through); });
    d["declared"] = numbers(f.flows, &MoneyFlow::declared);
    all["flows"] = d;
  }
  {
    py::dict d;
    names.entities(d, "from", f.paid, &MoneyPaid::from);
    names.entities(d, "to", f.paid, &MoneyPaid::to);
    names.moneys(d, f.paid);
    d["promised"] = numbers(f.paid, &MoneyPaid::promised);
    d["paid"] = numbers(f.paid, &MoneyPaid::paid);
    all["paid"] = d;
  }
  {
    py::dict d;
    names.entities(d, "funder", f.by_funder, &FunderTransparency::funder);
    d["entries"] = counts(f.by_funder, &FunderTransparency::entries);
    for (std::size_t i = 0; i < 5; ++i) {
      d[questions[i]] = listed(f.by_funder, [i](const auto& r) { return static_cast<double>(r.known[i]) / r.entries; });
    }
    all["transparency"] = d;
  }
  {
    py::dict d;
    names.entities(d, "recipient", f.pooling, &Pooling::recipient);
    names.moneys(d, f.pooling);
    d["funders"] = counts(f.pooling, &Pooling::funders);
    d["total"] = numbers(f.pooling, &Pooling::total);
    d["unknown_share"] = numbers(f.pooling, &Pooling::unknown_share);
    d["concentration"] = numbers(f.pooling, &Pooling::concentration);
    names.entities(d, "largest", f.pooling, &Pooling::largest);
    d["largest_share"] = numbers(f.pooling, &Pooling::largest_share);
    all["pooling"] = d;
  }
  {
    py::dict d;
    names.moneys(d, f.reach);
    d["sector"] = listed(f.reach, [](const auto& r) {
      return r.sector.empty() ? py::object(py::none()) : py::object(py::str(r.sector));
    });
    d["amount"] = numbers(f.reach, &MoneyReach::amount);
    d["share"] = numbers(f.reach, &MoneyReach::share);
    all["reach"] = d;
  }
  {
    py::dict d;
    names.moneys(d, f.shares);
    d["total"] = numbers(f.shares, &ReachShares::total);
    d["community_led"] = numbers(f.shares, &ReachShares::community_led);
    d["participants"] = numbers(f.shares, &ReachShares::participants);
    all["shares"] = d;
  }
  {
    py::dict d;
    names.entities(d, "funder", f.leverage, &Leverage::funder);
    names.moneys(d, f.leverage);
    d["recipients"] = counts(f.leverage, &Leverage::recipients);
    d["own"] = numbers(f.leverage, &Leverage::own);
    d["others"] = numbers(f.leverage, &Leverage::others);
    d["incomplete"] = counts(f.leverage, &Leverage::incomplete);
    d["ratio"] = numbers(f.leverage, &Leverage::ratio);
    all["leverage"] = d;
  }
  {
    py::dict d;
    names.entities(d, "recipient", f.cliffs, &Cliff::recipient);
    d["date"] = listed(f.cliffs, [](const auto& r) { return to_string(r.date); });
    names.moneys(d, f.cliffs);
    d["ending"] = counts(f.cliffs, &Cliff::ending);
    d["running"] = counts(f.cliffs, &Cliff::running);
    d["amount"] = numbers(f.cliffs, &Cliff::amount);
    d["yearly"] = numbers(f.cliffs, &Cliff::yearly);
    d["share"] = numbers(f.cliffs, &Cliff::share);
    all["cliffs"] = d;
  }
  {
    py::dict d;
    names.moneys(d, f.recurrence);
    d["recurrent"] = numbers(f.recurrence, &Recurrence::recurrent);
    d["once"] = numbers(f.recurrence, &Recurrence::once);
    d["unsaid"] = numbers(f.recurrence, &Recurrence::unsaid);
    d["entries_recurrent"] = counts(f.recurrence, &Recurrence::entries_recurrent);
    d["entries_once"] = counts(f.recurrence, &Recurrence::entries_once);
    d["entries_unsaid"] = counts(f.recurrence, &Recurrence::entries_unsaid);
    all["recurrence"] = d;
  }
  return all;
}

}  // namespace

void register_funding(py::module_& m) {
  m.def(
      "funding",
      [](const Ecosystem& eco, const py::object& into, const py::list& rates, const std::vector<std::string>& community,
         const std::vector<std::string>& participants) {
        FundingOptions options;
        auto to_money = [](const py::handle& pair) {
          const auto parts = pair.cast<std::pair<std::string, std::string>>();
          return Money{parts.first, parts.second};
        };
        if (!into.is_none()) options.ledger.into = to_money(into);
        for (const py::handle r : rates) {
          const auto one = r.cast<py::tuple>();
          options.ledger.rates.push_back({to_money(one[0]), one[1].cast<double>()});
        }
        options.community = community;
        options.participants = participants;
        const Funding result = [&] {
          const py::gil_scoped_release free;
          return funding(eco, options);
        }();
        return py::make_tuple(tables(eco, result), to_dict(result.provenance));
      },
      py::arg("eco"), py::arg("into"), py::arg("rates"), py::arg("community"), py::arg("participants"));
}

}  // namespace linkpin::python
