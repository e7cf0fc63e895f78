#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/funding/detail/ledger.ipp>
#include <linkpin/funding/funding.hpp>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace linkpin {

namespace detail {

inline bool has_word(const Column* column, std::size_t row, const std::vector<std::string>& words) {
  if (column == nullptr || column->missing(row) || !column->is_text()) return false;
  const std::string_view all = column->view(row);
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = std::min(all.find('|', begin), all.size());
    if (std::find(words.begin(), words.end(), all.substr(begin, end - begin)) != words.end()) return true;
    begin = end + 1;
  }
  return false;
}

class FundingReader {
 public:
  FundingReader(const Ecosystem& eco, const FundingOptions& options) : eco_(eco), options_(options) {
    out.ledger = ledger(eco, options.ledger);
    out.provenance.measure = "funding";
    const Column* kind = eco.entities().find("kind");
    for (std::size_t v = 0; v < static_cast<std::size_t>(eco.entity_count()); ++v) {
      const bool known = kind != nullptr && !kind->missing(v);
      through_.push_back(known && (kind->view(v) == "award" || kind->view(v) == "fund") ? 1 : 0);
    }
    for (const LedgerEntry& e : out.ledger.entries) {
      if (e.transfer != Transfer::payment) into_[e.to].push_back(&e);
    }
  }

  void read() {
    flows();
    payments();
    transparency();
    pooling();
    reach();
    cliffs();
    recurrence();
    warn();
  }

  Funding out;

 private:
  struct Totals {
    Sum in, out;
  };

  [[nodiscard]] bool passes(index_t v) const { return through_[static_cast<std::size_t>(v)] != 0; }

  void flows() {
    std::map<std::pair<index_t, index_t>, Totals> totals;  // by entity and money
    std::map<index_t, std::pair<index_t, index_t>> unknown;
    for (const LedgerEntry& e : out.ledger.entries) {
      if (e.transfer == Transfer::payment) continue;
      if (e.money == none) {
        ++unknown[e.from].second;
        ++unknown[e.to].first;
        continue;
      }
      totals[{e.from, e.money}].out.add(e.amount);
      totals[{e.to, e.money}].in.add(e.amount);
    }
    for (const auto& [key, t] : totals) {
      MoneyFlow f;
      f.entity = key.first;
      f.money = key.second;
      f.received = t.in.value();
      f.passed_on = t.out.value();
      const auto gaps = unknown.find(f.entity);
      if (gaps != unknown.end()) std::tie(f.unknown_in, f.unknown_out) = gaps->second;
      f.passes_through = passes(f.entity);
      f.difference = f.received - f.passed_on;
      const auto row = static_cast<std::size_t>(f.entity);
      f.declared =
          told_amount(eco_.entities(), {"amount", "amountAwarded"}, row, "entity " + std::string(eco_.id(f.entity)));
      out.flows.push_back(f);
    }
  }

  void payments() {
    std::map<std::tuple<index_t, index_t, index_t>, Totals> totals;
    for (const LedgerEntry& e : out.ledger.entries) {
      if (e.money == none) continue;
      Totals& t = totals[{e.from, e.to, e.money}];
      (e.transfer == Transfer::payment ? t.out : t.in).add(e.amount);
    }
    for (const auto& [key, t] : totals) {
      if (t.out.value() == 0) continue;
      out.paid.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), t.in.value(), t.out.value()});
    }
  }

  void transparency() {
    const Column* open = eco_.ties().find("public");
    static const std::array<std::string, 5> names = {"who", "to whom", "how much", "for what", "when"};
    std::map<index_t, FunderTransparency> funders;
    for (const LedgerEntry& e : out.ledger.entries) {
      Transparency t;
      t.known = {true, true, e.money != none, !e.for_what.empty(), e.start.has_value()};
      const auto row = static_cast<std::size_t>(e.tie);
      if (open != nullptr && !open->missing(row)) {
        for (std::size_t i = 0; i < names.size(); ++i) {
          const bool shown = open->is_numeric() ? open->number(row) != 0 : has_word(open, row, {names[i]});
          t.known[i] = t.known[i] && shown;
        }
      }
      FunderTransparency& f = funders[e.from];
      f.funder = e.from;
      ++f.entries;
      for (std::size_t i = 0; i < names.size(); ++i) f.known[i] += t.known[i] ? 1 : 0;
      out.transparency.push_back(t);
    }
    for (const auto& [funder, f] : funders) out.by_funder.push_back(f);
  }

  // Whose money one payer passes on: shares of 1, and who else there is whose share is not known.
  struct Origin {
    std::map<index_t, double> shares;
    std::set<index_t> funders;
    double unknown = 0;
  };

  // Awards and funds are looked through, each once for each money; a circle of them, or a chain of more than 64, ends
  // with the last one looked at.
  const Origin& origin(index_t payer, index_t money, int depth = 0) {
    const auto key = std::make_pair(payer, money);
    const auto known = origins_.find(key);
    if (known != origins_.end()) return known->second;
    Origin& self = origins_[key];
    self.shares[payer] = 1.0;
    self.funders.insert(payer);
    const auto found = into_.find(payer);
    if (!passes(payer) || found == into_.end() || depth == 64) return self;
    Sum sum;
    bool weighted = money != none;
    std::set<index_t> givers;
    for (const LedgerEntry* e : found->second) {
      weighted = weighted && e->money == money;
      givers.insert(e->from);
      if (weighted) sum.add(e->amount);
    }
    weighted = weighted && sum.value() > 0;
    const bool alone = givers.size() == 1;  // one giver gave all, whatever the amounts
    Origin o;
    std::map<index_t, Sum> shares;
    Sum unknown;
    for (const LedgerEntry* e : found->second) {
      if (alone && e != found->second.front()) continue;
      const Origin& behind = origin(e->from, money, depth + 1);
      o.funders.insert(behind.funders.begin(), behind.funders.end());
      if (!weighted && !alone) continue;
      const double part = alone ? 1.0 : e->amount / sum.value();
      for (const auto& [funder, share] : behind.shares) shares[funder].add(part * share);
      unknown.add(part * behind.unknown);
    }
    o.unknown = weighted || alone ? unknown.value() : 1.0;
    for (const auto& [funder, share] : shares) o.shares[funder] = share.value();
    return origins_[key] = std::move(o);
  }

  // Who stands behind what a recipient got of one money.
  struct Behind {
    std::map<index_t, Sum> amounts;
    std::set<index_t> funders;
    Sum unknown;
    Sum total;
  };

  void trace(const LedgerEntry& e, Behind& behind) {
    const Origin& from = origin(e.from, e.money);
    behind.funders.insert(from.funders.begin(), from.funders.end());
    if (e.money == none) return;
    behind.total.add(e.amount);
    behind.unknown.add(e.amount * from.unknown);
    for (const auto& [funder, share] : from.shares) behind.amounts[funder].add(e.amount * share);
  }

  void pooling() {
    std::map<std::pair<index_t, index_t>, Leverage> leverage;
    for (const auto& [recipient, entries] : into_) {
      if (passes(recipient)) continue;
      std::map<index_t, Behind> by_money;
      std::set<index_t> everybody;
      bool gaps = false;
      for (const LedgerEntry* e : entries) {
        Behind& behind = by_money[e->money];
        gaps = gaps || e->money == none;
        trace(*e, behind);
        everybody.insert(behind.funders.begin(), behind.funders.end());
      }
      for (const auto& [money, behind] : by_money) {
        if (money == none && by_money.size() > 1) continue;
        out.pooling.push_back(pooled(recipient, money, behind, everybody, gaps || by_money.size() > 1));
        if (money != none) add_leverage(money, behind, gaps || by_money.size() > 1, leverage);
      }
    }
    for (auto& [key, l] : leverage) {
      l.ratio = l.own > 0 && l.incomplete == 0 ? l.others / l.own : undefined;
      out.leverage.push_back(l);
    }
  }

  static Pooling pooled(index_t recipient, index_t money, const Behind& behind, const std::set<index_t>& everybody,
                        bool gaps) {
    Pooling p;
    p.recipient = recipient;
    p.money = money;
    p.funders = static_cast<index_t>(everybody.size());
    p.total = behind.total.value();
    p.unknown_share = p.total > 0 ? behind.unknown.value() / p.total : 0.0;
    if (money == none || gaps || p.unknown_share > 0 || p.total <= 0) return p;
    double squares = 0;
    for (const auto& [funder, amount] : behind.amounts) {
      const double share = amount.value() / p.total;
      squares += share * share;
      if (p.largest == none || share > p.largest_share) {
        p.largest = funder;
        p.largest_share = share;
      }
    }
    p.concentration = squares;
    return p;
  }

  static void add_leverage(index_t money, const Behind& behind, bool gaps,
                           std::map<std::pair<index_t, index_t>, Leverage>& leverage) {
    for (const auto& [funder, amount] : behind.amounts) {
      Leverage& l = leverage[{funder, money}];
      l.funder = funder;
      l.money = money;
      ++l.recipients;
      l.own += amount.value();
      l.others += behind.total.value() - amount.value();
      l.incomplete += gaps ? 1 : 0;
    }
  }

  void reach() {
    const Column* sector = eco_.entities().find("sector");
    const Column* roles = eco_.entities().find("roles");
    std::map<std::pair<index_t, std::string>, Sum> kept;
    std::map<index_t, std::array<Sum, 3>> totals;  // all, community-led, participants
    for (const MoneyFlow& f : out.flows) {
      if (f.difference <= 0) continue;
      const auto row = static_cast<std::size_t>(f.entity);
      const bool told = sector != nullptr && !sector->missing(row);
      const std::string where = f.passes_through ? "(not passed on)" : told ? std::string(sector->view(row)) : "";
      kept[{f.money, where}].add(f.difference);
      auto& t = totals[f.money];
      t[0].add(f.difference);
      if (f.passes_through) continue;
      const auto led = told_truth(eco_.entities(), "community_led", row);
      const bool community = led ? *led : has_word(sector, row, options_.community);
      if (community) t[1].add(f.difference);
      if (has_word(roles, row, options_.participants)) t[2].add(f.difference);
    }
    for (const auto& [key, amount] : kept) {
      const double all = totals[key.first][0].value();
      out.reach.push_back({key.first, key.second, amount.value(), amount.value() / all});
    }
    for (const auto& [money, t] : totals) {
      const double all = t[0].value();
      out.shares.push_back({money, all, t[1].value() / all, t[2].value() / all});
    }
  }

  // What an entry gives a year; NaN where its amount or period is not known.
  static double yearly(const LedgerEntry& e) {
    if (std::isnan(e.amount) || !e.start || !e.end) return undefined;
    const double days = (e.end->first + e.end->last - e.start->first - e.start->last) / 2.0;
    return days > 0 ? e.amount * 365.25 / days : undefined;
  }

  void cliffs() {
    for (const auto& [recipient, entries] : into_) {
      if (passes(recipient)) continue;
      std::map<std::pair<std::int32_t, std::int32_t>, Date> dates;
      for (const LedgerEntry* e : entries) {
        if (e->end) dates[{e->end->first, e->end->last}] = *e->end;
      }
      for (const auto& [key, date] : dates) {
        std::set<index_t> moneys;
        for (const LedgerEntry* e : entries) {
          if (e->end && *e->end == date) moneys.insert(e->money);
        }
        for (const index_t money : moneys) out.cliffs.push_back(cliff(recipient, date, money, entries));
      }
    }
    std::stable_sort(out.cliffs.begin(), out.cliffs.end(),
                     [](const Cliff& a, const Cliff& b) { return a.date.first < b.date.first; });
  }

  static Cliff cliff(index_t recipient, const Date& date, index_t money,
                     const std::vector<const LedgerEntry*>& entries) {
    Cliff c;
    c.recipient = recipient;
    c.date = date;
    c.money = money;
    Sum amount, lost, running;
    bool of_one_money = true;
    for (const LedgerEntry* e : entries) {
      if ((e->start && e->start->first > date.last) || (e->end && e->end->last < date.first)) continue;
      ++c.running;
      running.add(yearly(*e));  // NaN spreads: what is not known leaves the share undefined
      of_one_money = of_one_money && e->money == money;
      if (!e->end || !(*e->end == date) || e->money != money) continue;
      ++c.ending;
      if (money != none) amount.add(e->amount);
      lost.add(yearly(*e));
    }
    c.amount = amount.value();
    c.yearly = lost.value();
    c.share = of_one_money && running.value() > 0 ? lost.value() / running.value() : undefined;
    return c;
  }

  void recurrence() {
    std::map<index_t, std::pair<Recurrence, std::array<Sum, 3>>> by_money;
    for (const LedgerEntry& e : out.ledger.entries) {
      if (e.transfer == Transfer::payment || passes(e.to)) continue;
      auto& [r, sums] = by_money[e.money == none ? largest_index : e.money];
      r.money = e.money;
      const std::size_t which = !e.recurrent ? 2 : *e.recurrent ? 0 : 1;
      ++(which == 0 ? r.entries_recurrent : which == 1 ? r.entries_once : r.entries_unsaid);
      if (e.money != none) sums[which].add(e.amount);
    }
    for (auto& [key, found] : by_money) {
      Recurrence& r = found.first;
      r.recurrent = found.second[0].value();
      r.once = found.second[1].value();
      r.unsaid = found.second[2].value();
      out.recurrence.push_back(r);
    }
  }

  void warn() {
    auto& warnings = out.provenance.warnings;
    const auto& entries = out.ledger.entries;
    const auto unknown = std::count_if(entries.begin(), entries.end(), [](const auto& e) { return e.money == none; });
    if (unknown > 0) {
      warnings.push_back(std::to_string(unknown) + " of " + std::to_string(entries.size()) +
                         " entries of the ledger have no amount: sums and shares are of the others");
    }
    for (const char* column : {"amount", "recurrent", "for_what", "end"}) {
      if (!entries.empty() && eco_.ties().find(column) == nullptr && eco_.entities().find(column) == nullptr) {
        warnings.push_back(std::string("no column ") + column + ": what needs it is not scored");
      }
    }
    if (out.ledger.moneys.size() > 1) {
      warnings.push_back("amounts are in " + std::to_string(out.ledger.moneys.size()) +
                         " currencies or price bases, which are kept apart: give rates to add them");
    }
  }

  const Ecosystem& eco_;
  const FundingOptions& options_;
  std::vector<std::uint8_t> through_;                        // by entity: awards and funds
  std::map<index_t, std::vector<const LedgerEntry*>> into_;  // promises by recipient
  std::map<std::pair<index_t, index_t>, Origin> origins_;    // by payer and money
};

}  // namespace detail

LINKPIN_INLINE Funding funding(const Ecosystem& eco, const FundingOptions& options) {
  detail::FundingReader reader(eco, options);
  reader.read();
  return std::move(reader.out);
}

}  // namespace linkpin
