// Where the money went: whether flows conserve, what of them is public, who pools, what reaches communities, and which
// partnerships lose how much when.
#pragma once

#include <array>
#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/funding/ledger.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

struct FundingOptions {
  LedgerOptions ledger = {};
  std::vector<std::string> community = {
      "community"};  // sectors that count as community-led, beside a true `community_led`
  std::vector<std::string> participants = {
      "participant",         "carer", "patient", "service user", "public contributor", "peer researcher",
      "community researcher"};  // roles of people paid for taking part
};

// What an entity received and passed on of one money. Awards and funds pass money through, so that the two should be
// equal; others may keep some.
struct MoneyFlow {
  index_t entity = none;
  index_t money = none;
  double received = 0;
  double passed_on = 0;
  index_t unknown_in = 0;  // entries without an amount, of any money
  index_t unknown_out = 0;
  bool passes_through = false;
  double difference = 0;        // received less passed on
  double declared = undefined;  // the amount an award states of itself
};

// What was promised between two and what was paid.
struct MoneyPaid {
  index_t from = none;
  index_t to = none;
  index_t money = none;
  double promised = 0;
  double paid = 0;
};

// Which of who, to whom, how much, for what and when is public, by entry.
struct Transparency {
  std::array<bool, 5> known = {};
};

struct FunderTransparency {
  index_t funder = none;
  index_t entries = 0;
  std::array<index_t, 5> known = {};
};

// The funders of one recipient, seen through awards and funds.
struct Pooling {
  index_t recipient = none;
  index_t money = none;  // none where no amount is known
  index_t funders = 0;   // distinct, whether or not their amounts are known
  double total = 0;
  double unknown_share = 0;          // of the total: whose funders' parts are not known
  double concentration = undefined;  // sum of squared shares: 1 one funder, 1/k k equal ones; NaN unless all are known
  index_t largest = none;
  double largest_share = undefined;
};

// Of the money of one kind that left its sources, the share kept in each sector.
struct MoneyReach {
  index_t money = none;
  std::string sector = {};  // empty where the entity has none
  double amount = 0;
  double share = undefined;
};

struct ReachShares {
  index_t money = none;
  double total = 0;
  double community_led = undefined;  // shares of the total
  double participants = undefined;
};

// For each unit from one funder, how much others gave to the same recipients. It does not say that they gave because of
// it.
struct Leverage {
  index_t funder = none;
  index_t money = none;
  index_t recipients = 0;
  double own = 0;
  double others = 0;         // of the same money, where known
  index_t incomplete = 0;    // recipients who got more, of unknown amount or in other money
  double ratio = undefined;  // NaN where any is incomplete
};

// What a recipient loses when entries end on a date.
struct Cliff {
  index_t recipient = none;
  Date date = {};
  index_t money = none;
  index_t ending = 0;         // entries that end
  index_t running = 0;        // entries that run until then, the ending ones among them
  double amount = 0;          // of those that end, where known
  double yearly = undefined;  // what they gave a year; NaN unless every start and amount is known
  double share = undefined;   // of the yearly money then running; NaN unless all of it is known
};

struct Recurrence {
  index_t money = none;
  double recurrent = 0;
  double once = 0;
  double unsaid = 0;
  index_t entries_recurrent = 0;
  index_t entries_once = 0;
  index_t entries_unsaid = 0;
};

struct Funding {
  Ledger ledger;
  std::vector<MoneyFlow> flows;
  std::vector<MoneyPaid> paid;
  std::vector<Transparency> transparency;  // by entry
  std::vector<FunderTransparency> by_funder;
  std::vector<Pooling> pooling;
  std::vector<MoneyReach> reach;
  std::vector<ReachShares> shares;
  std::vector<Leverage> leverage;
  std::vector<Cliff> cliffs;
  std::vector<Recurrence> recurrence;  // by money; the last row has money none: entries without an amount
  Provenance provenance;
};

// Reads the ledger of an ecosystem. Promises (funds, awarded_to) make the flows; payments are set against them. Sums
// are compensated, so that flows conserve to the last digits. O(ties + recipients x funders). Throws as ledger.
[[nodiscard]] Funding funding(const Ecosystem& eco, const FundingOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/funding/detail/funding.ipp>
#endif
