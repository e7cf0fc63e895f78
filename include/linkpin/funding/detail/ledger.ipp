#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/funding/ledger.hpp>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

// The first of some columns that has a value in a row; null where none has.
inline const Column* told(const Frame& frame, std::initializer_list<std::string_view> names, std::size_t row) {
  for (const std::string_view name : names) {
    const Column* column = frame.find(name);
    if (column != nullptr && !column->missing(row)) return column;
  }
  return nullptr;
}

inline std::string told_text(const Frame& frame, std::initializer_list<std::string_view> names, std::size_t row) {
  const Column* column = told(frame, names, row);
  if (column == nullptr) return {};
  if (column->is_text()) return std::string(column->view(row));
  if (column->type() == ColumnType::date) return to_string(column->dates()[row]);
  const double x = column->number(row);
  return x == std::floor(x) && std::abs(x) < 1e15 ? std::to_string(static_cast<std::int64_t>(x)) : std::to_string(x);
}

inline std::optional<Date> told_date(const Frame& frame, std::initializer_list<std::string_view> names,
                                     std::size_t row) {
  for (const std::string_view name : names) {
    const Column* column = frame.find(name);
    if (column == nullptr || column->missing(row)) continue;
    if (column->type() == ColumnType::date) return column->dates()[row];
    if (const auto read = parse_date(told_text(frame, {name}, row))) return read;
  }
  return std::nullopt;
}

inline std::optional<bool> told_truth(const Frame& frame, std::string_view name, std::size_t row) {
  const Column* column = told(frame, {name}, row);
  if (column == nullptr) return std::nullopt;
  if (column->is_numeric()) return column->number(row) != 0;
  const std::string word = told_text(frame, {name}, row);
  if (word == "true" || word == "yes" || word == "recurrent") return true;
  if (word == "false" || word == "no" || word == "non-recurrent") return false;
  return std::nullopt;
}

inline double told_amount(const Frame& frame, std::initializer_list<std::string_view> names, std::size_t row,
                          const std::string& where) {
  const Column* column = told(frame, names, row);
  if (column == nullptr) return undefined;
  const double amount = column->is_numeric() ? column->number(row) : undefined;
  if (!(amount >= 0) || std::isinf(amount)) {
    refuse("funding", "amount", told_text(frame, names, row),
           "an amount is a finite number, 0 or more; a repayment is a tie the other way", where);
  }
  return amount;
}

class LedgerReader {
 public:
  LedgerReader(const Ecosystem& eco, const LedgerOptions& options) : eco_(eco), options_(options) {
    for (const MoneyRate& r : options.rates) {
      if (!(r.rate > 0) || std::isinf(r.rate)) {
        refuse("funding", "rate of " + r.from.currency, shown(r.rate), "a rate is a finite number above 0");
      }
    }
    out.provenance.measure = "ledger";
  }

  void read() {
    const Column* kind = eco_.ties().find("kind");
    if (kind == nullptr) return;
    std::vector<std::size_t> rows;
    std::set<index_t> holders;
    std::vector<std::int64_t> into(static_cast<std::size_t>(eco_.entity_count()), 0);
    std::vector<std::int64_t> out_of = into;
    for (std::size_t row = 0; row < eco_.from().size(); ++row) {
      if (kind->missing(row)) continue;
      const std::string_view what = kind->view(row);
      if (what != "funds" && what != "awarded_to" && what != "pays") continue;
      rows.push_back(row);
      if (what == "awarded_to") {
        holders.insert(eco_.to()[row]);
        ++out_of[static_cast<std::size_t>(eco_.from()[row])];
      } else if (what == "funds") {
        ++into[static_cast<std::size_t>(eco_.to()[row])];
      }
    }
    for (const std::size_t row : rows) entry(row, kind->view(row), holders, into, out_of);
  }

  Ledger out;

 private:
  void entry(std::size_t row, std::string_view kind, const std::set<index_t>& holders,
             const std::vector<std::int64_t>& into, const std::vector<std::int64_t>& out_of) {
    const Frame& ties = eco_.ties();
    const std::string where = "tie row " + std::to_string(row);
    LedgerEntry e;
    e.tie = static_cast<index_t>(row);
    e.from = eco_.from()[row];
    e.to = eco_.to()[row];
    if (kind == "pays") e.transfer = Transfer::payment;
    if (kind == "funds" && holders.count(e.from) != 0) e.transfer = Transfer::sub_award;
    e.amount = told_amount(ties, {"amount", "amountAwarded"}, row, where);
    // The award that this is about stands at one of the ends, and lends what the tie does not say.
    const index_t award = kind == "awarded_to" ? e.from : kind == "funds" && is_award(e.to) ? e.to : none;
    Money money{told_text(ties, {"currency"}, row), told_text(ties, {"price_base"}, row)};
    e.start = told_date(ties, {"start", "date", "awardDate"}, row);
    e.end = told_date(ties, {"end"}, row);
    e.recurrent = told_truth(ties, "recurrent", row);
    e.for_what = told_text(ties, {"for_what", "title", "description"}, row);
    if (award != none) {
      const auto a = static_cast<std::size_t>(award);
      const Frame& of = eco_.entities();
      const bool alone = (kind == "awarded_to" ? out_of[a] : into[a]) == 1;
      if (std::isnan(e.amount) && alone) {
        e.amount = told_amount(of, {"amount", "amountAwarded"}, a, "entity " + std::string(eco_.id(award)));
        e.of_award = !std::isnan(e.amount);
      }
      if (money.currency.empty()) money.currency = told_text(of, {"currency"}, a);
      if (money.price_base.empty()) money.price_base = told_text(of, {"price_base"}, a);
      if (!e.start) e.start = told_date(of, {"start", "date", "awardDate"}, a);
      if (!e.end) e.end = told_date(of, {"end"}, a);
      if (!e.recurrent) e.recurrent = told_truth(of, "recurrent", a);
      if (e.for_what.empty()) e.for_what = told_text(of, {"for_what", "title", "description"}, a);
    }
    if (e.start && e.end && e.end->last < e.start->first) {
      refuse("funding", "end", to_string(*e.end), "money ends no earlier than it starts: " + to_string(*e.start),
             where);
    }
    if (!std::isnan(e.amount)) convert(e, money, where);
    out.entries.push_back(std::move(e));
  }

  [[nodiscard]] bool is_award(index_t entity) const {
    const Column* kind = eco_.entities().find("kind");
    const auto row = static_cast<std::size_t>(entity);
    return kind != nullptr && !kind->missing(row) && kind->view(row) == "award";
  }

  void convert(LedgerEntry& e, Money money, const std::string& where) {
    if (options_.into && money != *options_.into) {
      const auto found = std::find_if(options_.rates.begin(), options_.rates.end(),
                                      [&](const MoneyRate& r) { return r.from == money; });
      if (found == options_.rates.end()) {
        refuse("funding", "rates",
               money.currency + (money.price_base.empty() ? "" : " at prices of " + money.price_base),
               "give what one unit of it is worth in " + options_.into->currency + ", or leave moneys apart", where);
      }
      e.amount *= found->rate;
      money = *options_.into;
    }
    const auto known = std::find(out.moneys.begin(), out.moneys.end(), money);
    e.money = static_cast<index_t>(known - out.moneys.begin());
    if (known == out.moneys.end()) out.moneys.push_back(std::move(money));
  }

  const Ecosystem& eco_;
  const LedgerOptions& options_;
};

}  // namespace detail

LINKPIN_INLINE Ledger ledger(const Ecosystem& eco, const LedgerOptions& options) {
  detail::LedgerReader reader(eco, options);
  reader.read();
  return std::move(reader.out);
}

}  // namespace linkpin
