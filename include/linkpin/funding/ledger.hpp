// The ledger: who promised or paid how much to whom, for what and when.
//
// Ties of kind `funds` (a promise of money), `awarded_to` (from an award to who holds it) and `pays` (money that
// moved). Columns of ties, all optional: amount, currency, price_base, recurrent, start, end, for_what, public. An
// award's own amount, currency, dates and for_what stand in where its ties have none; 360Giving's amountAwarded,
// awardDate, title and description are read too. Two currencies or price bases are two kinds of money and are never
// added.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <optional>
#include <string>
#include <vector>

namespace linkpin {

// What amounts are in: a currency, and the prices of which year; empty where the data does not say.
struct Money {
  std::string currency = {};
  std::string price_base = {};

  friend bool operator==(const Money&, const Money&) = default;
};

// One unit of `from` is worth `rate` units of the money that all is turned into.
struct MoneyRate {
  Money from = {};
  double rate = undefined;
};

struct LedgerOptions {
  std::optional<Money> into = {};  // turns all amounts into one money; needs a rate for each other one
  std::vector<MoneyRate> rates = {};
};

enum class Transfer : std::uint8_t { award, sub_award, payment };

struct LedgerEntry {
  index_t tie = none;
  index_t from = none;
  index_t to = none;
  Transfer transfer = Transfer::award;  // a sub-award comes from who holds an award
  double amount = undefined;            // NaN where it is not known
  index_t money = none;                 // of Ledger::moneys; none where the amount is not known
  bool of_award = false;                // the tie has no amount; this is the award's own
  std::optional<Date> start = {};
  std::optional<Date> end = {};
  std::optional<bool> recurrent = {};
  std::string for_what = {};
};

struct Ledger {
  std::vector<Money> moneys;
  std::vector<LedgerEntry> entries;  // in the order of the ties
  Provenance provenance;
};

// Reads the ledger. O(ties). Throws InputError for amounts that are negative or infinite, a period that ends before it
// starts, and, with `into`, for money without a rate and rates that are not positive.
[[nodiscard]] Ledger ledger(const Ecosystem& eco, const LedgerOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/funding/detail/ledger.ipp>
#endif
