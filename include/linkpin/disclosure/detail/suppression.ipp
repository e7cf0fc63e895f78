#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/disclosure/detail/tableau.ipp>
#include <linkpin/disclosure/suppression.hpp>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

inline constexpr std::int64_t largest_count = std::int64_t{1} << 53;

inline void check_figures(std::string_view function, std::span<const std::int64_t> figures,
                          std::span<const PublishedSum> sums) {
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figures[f] < 0 || figures[f] > largest_count) {
      refuse(function, "figures", std::to_string(figures[f]), "counts lie between 0 and 2^53",
             "figure " + std::to_string(f));
    }
  }
  const auto n = static_cast<index_t>(figures.size());
  for (std::size_t s = 0; s < sums.size(); ++s) {
    const std::string where = "sum " + std::to_string(s);
    std::set<index_t> once;
    std::int64_t sum = 0;
    for (const index_t p : sums[s].parts) {
      if (p < 0 || p >= n) refuse(function, "parts", std::to_string(p), "name figures by number", where);
      if (p == sums[s].total || !once.insert(p).second) {
        refuse(function, "parts", std::to_string(p), "a figure stands once in a sum, and not in its own", where);
      }
      sum += figures[static_cast<std::size_t>(p)];
    }
    const index_t total = sums[s].total;
    if (total < 0 || total >= n) refuse(function, "total", std::to_string(total), "name figures by number", where);
    if (figures[static_cast<std::size_t>(total)] != sum) {
      refuse(function, "total", std::to_string(figures[static_cast<std::size_t>(total)]),
             "the parts add to " + std::to_string(sum) + "; correct the total", where);
    }
  }
}

// What an attacker knows: figures that are shown do not change, hidden ones do not fall below 0.
inline void open_figures(Tableau& tableau, std::span<const std::int64_t> figures, const auto& may_change) {
  for (std::size_t f = 0; f < figures.size(); ++f) {
    const bool open = may_change(f);
    tableau.high[2 * f] = open ? unreachable : 0.0;
    tableau.high[2 * f + 1] = open ? static_cast<double>(figures[f]) : 0.0;
    tableau.low[2 * f] = tableau.low[2 * f + 1] = 0.0;
  }
  tableau.reset();
}

inline Ranges ranges_of(Tableau& tableau, std::span<const std::int64_t> figures, const auto& hidden, Watch& watch) {
  Ranges out;
  out.low.assign(figures.begin(), figures.end());
  out.high = out.low;
  open_figures(tableau, figures, hidden);
  std::vector<double> gain(2 * figures.size(), 0.0);
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (!hidden(f)) continue;
    for (const double way : {1.0, -1.0}) {
      gain[2 * f] = way;
      gain[2 * f + 1] = -way;
      const bool bounded = tableau.maximise(gain, watch);
      const double end = static_cast<double>(figures[f]) + tableau.change(f);
      // Ends of programmes over whole numbers that lie this close to one are it.
      const double tidy = std::abs(end - std::round(end)) < 1e-7 ? std::round(end) : end;
      if (way > 0) {
        out.high[f] = bounded ? tidy : unreachable;
      } else {
        out.low[f] = std::max(0.0, tidy);
      }
    }
    gain[2 * f] = gain[2 * f + 1] = 0.0;
  }
  return out;
}

// Hides figures until each hidden one is protected, then shows again what protects nothing.
class Suppressor {
 public:
  Suppressor(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
             const SuppressionOptions& options)
      : figures_(figures),
        options_(options),
        watch_(options.run),
        tableau_(figures.size(), sums),
        showing(figures.size(), Showing::shown),
        is_total_(figures.size(), 0),
        cost_(figures.size(), 1.0) {
    const auto most = static_cast<double>(figures.empty() ? 1 : *std::max_element(figures.begin(), figures.end()) + 1);
    for (const PublishedSum& s : sums) is_total_[static_cast<std::size_t>(s.total)] = 1;
    for (std::size_t f = 0; f < figures.size(); ++f) {
      // One cell costs about one; large counts tell more, and a zero protects only who does not know that it must be 0.
      cost_[f] = figures[f] == 0 ? 1.5 : 1.0 + 0.05 * static_cast<double>(figures[f]) / most;
      if (is_total_[f] != 0) cost_[f] += static_cast<double>(figures.size());
    }
    gain_.assign(2 * figures.size(), 0.0);
    published_ = options.published;
    for (const PublishedSum& s : sums) {  // who knows all parts knows their sum
      auto known = [this](index_t p) { return is_published(static_cast<std::size_t>(p)); };
      if (std::all_of(s.parts.begin(), s.parts.end(), known) && !published_.empty()) {
        published_[static_cast<std::size_t>(s.total)] = 1;
      }
    }
  }

  void run() {
    std::vector<std::size_t> queue;
    for (std::size_t f = 0; f < figures_.size(); ++f) {
      const std::int64_t count = figures_[f];
      if (count >= options_.threshold || (count == 0 && !options_.zeros) || is_published(f)) continue;
      showing[f] = Showing::sensitive;
      queue.push_back(f);
    }
    std::stable_sort(queue.begin(), queue.end(), [&](auto a, auto b) { return figures_[a] < figures_[b]; });
    for (std::size_t i = 0; i < queue.size(); ++i) {
      protect(queue[i], queue);
      if (options_.run.progress) watch_.look(static_cast<double>(i) / static_cast<double>(queue.size()));
    }
    show_again(queue);
  }

  [[nodiscard]] bool hidden(std::size_t f) const { return showing[f] != Showing::shown; }

  [[nodiscard]] bool safe(std::size_t f, double low, double high) const {
    const double slack = 1e-6;
    const auto top = static_cast<double>(options_.threshold - 1);
    if (showing[f] == Showing::complementary) return high - low >= top - slack;
    return low <= (options_.zeros ? 0.0 : 1.0) + slack && high >= top - slack;
  }

  Ranges ranges() {
    return ranges_of(
        tableau_, figures_, [this](std::size_t f) { return hidden(f); }, watch_);
  }

 private:
  // A way to change figures without breaking a sum. Any such way shows what an attacker cannot exclude.
  struct Move {
    double cost = unreachable;
    std::vector<double> change;
  };

  [[nodiscard]] bool is_published(std::size_t f) const { return !published_.empty() && published_[f] != 0; }

  // The smallest and largest value of a figure over the moves that change hidden figures alone.
  [[nodiscard]] std::pair<double, double> seen(std::size_t f) const {
    const auto count = static_cast<double>(figures_[f]);
    double low = count, high = count;
    for (const Move& m : moves_) {
      if (m.cost > 0) continue;  // it leans on a figure that is shown again
      low = std::min(low, count + m.change[f]);
      high = std::max(high, count + m.change[f]);
    }
    return {low, high};
  }

  void protect(std::size_t f, std::vector<std::size_t>& queue) {
    const auto [low, high] = seen(f);
    if (safe(f, low, high)) return;
    const auto count = static_cast<double>(figures_[f]);
    const auto top = static_cast<double>(options_.threshold - 1);
    if (showing[f] == Showing::sensitive) {
      if (high < top) take(cheapest(f, top - count), queue);
      const double bottom = options_.zeros ? 0.0 : 1.0;
      if (seen(f).first > bottom) take(cheapest(f, bottom - count), queue);
      return;
    }
    Move up = cheapest(f, low + top - count);
    if (up.cost > 0 && high - top >= 0) {
      Move down = cheapest(f, high - top - count);
      if (down.cost < up.cost) std::swap(up, down);
    }
    take(std::move(up), queue);
  }

  // The move that changes a figure by `amount` and hides least; totals are touched only where cells alone cannot do it.
  Move cheapest(std::size_t target, double amount) {
    Move found;
    const std::size_t side = 2 * target + (amount > 0 ? 0 : 1);
    for (const bool totals : {false, true}) {
      open_figures(tableau_, figures_,
                   [&](std::size_t f) { return hidden(f) || (!is_published(f) && (totals || is_total_[f] == 0)); });
      if (tableau_.high[side] < std::abs(amount)) return found;
      tableau_.high[side] = std::abs(amount);
      tableau_.high[side ^ 1U] = 0.0;
      std::fill(gain_.begin(), gain_.end(), 0.0);
      gain_[side] = 1.0;
      tableau_.maximise(gain_, watch_);
      if (tableau_.value(side) < std::abs(amount) - 1e-7) continue;
      tableau_.low[side] = tableau_.high[side];
      for (std::size_t f = 0; f < figures_.size(); ++f) {
        gain_[2 * f] = gain_[2 * f + 1] = hidden(f) ? 0.0 : -cost_[f];
      }
      tableau_.maximise(gain_, watch_);
      found.cost = 0;
      found.change.resize(figures_.size());
      for (std::size_t f = 0; f < figures_.size(); ++f) {
        const double change = tableau_.change(f);
        found.change[f] = std::abs(change) < 1e-7 ? 0.0 : change;
        if (found.change[f] != 0 && !hidden(f)) found.cost += cost_[f];
      }
      return found;
    }
    return found;
  }

  void take(Move move, std::vector<std::size_t>& queue) {
    if (move.change.empty()) return;  // published figures give it away; counted at the end
    for (std::size_t f = 0; f < figures_.size(); ++f) {
      if (move.change[f] == 0 || hidden(f)) continue;
      showing[f] = Showing::complementary;
      queue.push_back(f);
    }
    move.cost = 0;
    moves_.push_back(std::move(move));
  }

  // Shows complementary figures again, dearest first, where all others stay safe without them. The effort is bounded
  // by a count of steps, so that the same table always gives the same answer.
  void show_again(const std::vector<std::size_t>& queue) {
    std::vector<std::size_t> extra;
    for (const std::size_t f : queue) {
      if (showing[f] == Showing::complementary) extra.push_back(f);
    }
    std::stable_sort(extra.begin(), extra.end(), [&](auto a, auto b) { return cost_[a] > cost_[b]; });
    const double enough = tableau_.work() + 2e8;
    for (const std::size_t f : extra) {
      if (tableau_.work() > enough) return;
      showing[f] = Showing::shown;
      const std::size_t before = moves_.size();
      for (Move& m : moves_) m.cost = m.change[f] != 0 ? m.cost + 1 : m.cost;
      if (all_safe(queue)) continue;
      showing[f] = Showing::complementary;
      moves_.resize(before);
      for (Move& m : moves_) m.cost = m.change[f] != 0 ? m.cost - 1 : m.cost;
    }
  }

  bool all_safe(const std::vector<std::size_t>& queue) {
    for (const std::size_t f : queue) {
      if (!hidden(f)) continue;
      auto [low, high] = seen(f);
      if (safe(f, low, high)) continue;
      open_figures(tableau_, figures_, [this](std::size_t x) { return hidden(x); });
      const auto reach = static_cast<double>(2 * options_.threshold);
      tableau_.high[2 * f] = reach;  // far enough to prove it safe, and never unbounded
      for (const double way : {1.0, -1.0}) {
        std::fill(gain_.begin(), gain_.end(), 0.0);
        gain_[2 * f] = way;
        gain_[2 * f + 1] = -way;
        tableau_.maximise(gain_, watch_);
        Move m;
        m.cost = 0;
        m.change.resize(figures_.size());
        for (std::size_t x = 0; x < figures_.size(); ++x) {
          m.change[x] = std::abs(tableau_.change(x)) < 1e-7 ? 0.0 : tableau_.change(x);
        }
        low = std::min(low, static_cast<double>(figures_[f]) + m.change[f]);
        high = std::max(high, static_cast<double>(figures_[f]) + m.change[f]);
        moves_.push_back(std::move(m));
      }
      if (!safe(f, low, high)) return false;
    }
    return true;
  }

  std::span<const std::int64_t> figures_;
  const SuppressionOptions& options_;
  Watch watch_;
  Tableau tableau_;

 public:
  std::vector<Showing> showing;

 private:
  std::vector<std::uint8_t> is_total_;
  std::vector<std::uint8_t> published_;
  std::vector<double> cost_;
  std::vector<double> gain_;
  std::vector<Move> moves_;
};

inline void check_size(std::string_view function, std::size_t figures, std::size_t sums) {
  constexpr std::size_t most = std::size_t{1} << 26;  // half a gigabyte of tableau
  if (figures != 0 && sums > most / figures) {
    throw LimitError({std::string(function), "figures x sums", std::to_string(figures) + " x " + std::to_string(sums),
                      "", "split the table: the tableau would not fit into memory"});
  }
}

}  // namespace detail

LINKPIN_INLINE Ranges feasible_ranges(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                      std::span<const std::uint8_t> hidden, const Run& run) {
  detail::check_figures("feasible_ranges", figures, sums);
  detail::check_size("feasible_ranges", figures.size(), sums.size());
  if (hidden.size() != figures.size()) {
    refuse("feasible_ranges", "hidden, length", std::to_string(hidden.size()),
           "give one for each figure: " + std::to_string(figures.size()));
  }
  detail::Tableau tableau(figures.size(), sums);
  Watch watch(run);
  return detail::ranges_of(
      tableau, figures, [&](std::size_t f) { return hidden[f] != 0; }, watch);
}

LINKPIN_INLINE Suppression suppress(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                    const SuppressionOptions& options) {
  detail::check_figures("suppress", figures, sums);
  detail::check_size("suppress", figures.size(), sums.size());
  if (options.threshold < 2 || options.threshold > 1'000'000) {
    refuse("suppress", "threshold", std::to_string(options.threshold),
           "counts below it are hidden: choose 2 to 1,000,000, 5 or 10 as is usual");
  }
  if (!options.published.empty() && options.published.size() != figures.size()) {
    refuse("suppress", "published, length", std::to_string(options.published.size()),
           "give one for each figure: " + std::to_string(figures.size()));
  }
  detail::Suppressor work(figures, sums, options);
  work.run();
  const Ranges found = work.ranges();
  Suppression out;
  out.showing = work.showing;
  out.low = found.low;
  out.high = found.high;
  for (std::size_t f = 0; f < figures.size(); ++f) {
    out.sensitive += out.showing[f] == Showing::sensitive ? 1 : 0;
    out.complementary += out.showing[f] == Showing::complementary ? 1 : 0;
    out.exposed += work.hidden(f) && !work.safe(f, found.low[f], found.high[f]) ? 1 : 0;
  }
  out.provenance.measure = "suppress";
  if (out.exposed > 0) {
    out.provenance.warnings.push_back(std::to_string(out.exposed) +
                                      " hidden figures can be worked out more closely than the threshold allows, "
                                      "because their source has published what gives them away");
  }
  return out;
}

namespace detail {

// Puts the figures of tables together: cells, then the totals of each margin.
class Linker {
 public:
  explicit Linker(std::string_view function) : function_(function) {}

  void add(const CountTable& table, std::size_t number) {
    check(table, number);
    const std::size_t cells = table.counts.size();
    const std::size_t dimensions = table.dimensions.size();
    std::set<std::string> cell_names;
    std::map<std::vector<index_t>, index_t> same;  // by set of cells: totals of one cell are that cell
    out.figure_of.emplace_back();
    for (std::size_t c = 0; c < cells; ++c) {
      FigureName name{table.dimensions, {}};
      for (std::size_t d = 0; d < dimensions; ++d) name.labels.push_back(table.labels[d][c]);
      if (!cell_names.insert(key(name)).second) {
        refuse(function_, "table", described(name), "each cell stands once; add up or drop the second", table.name);
      }
      const index_t f = figure(name, table.counts[c], table.name);
      same.emplace(std::vector<index_t>{f}, f);
      out.figure_of.back().push_back(f);
    }
    if (cells == 0) return;
    for (std::uint32_t kept = (1U << dimensions) - 1; kept-- > 0;) margin(table, kept, same);
  }

  LinkedFigures out;

 private:
  std::string_view function_;  // in whose name refusals speak

  void check(const CountTable& table, std::size_t number) const {
    const std::string where = table.name.empty() ? "table " + std::to_string(number) : table.name;
    if (table.dimensions.size() > 8) {
      throw LimitError({std::string(function_), "dimensions", std::to_string(table.dimensions.size()), where,
                        "8 at most: each doubles the number of totals"});
    }
    if (table.labels.size() != table.dimensions.size()) {
      refuse(function_, "labels", std::to_string(table.labels.size()), "give labels for each dimension", where);
    }
    for (const auto& labels : table.labels) {
      if (labels.size() != table.counts.size()) {
        refuse(function_, "labels, length", std::to_string(labels.size()), "give one label a cell", where);
      }
      if (std::find(labels.begin(), labels.end(), "") != labels.end()) {
        refuse(function_, "label", "", "an empty label means a total; name the cells", where);
      }
    }
    std::int64_t total = 0;
    for (std::size_t c = 0; c < table.counts.size(); ++c) {
      const std::int64_t count = table.counts[c];
      if (count < 0 || count > largest_count - total) {
        refuse(function_, "count", std::to_string(count), "counts are not negative and add to 2^53 at most",
               where + ", cell " + std::to_string(c));
      }
      total += count;
    }
  }

  static std::string described(const FigureName& name) {
    std::string text;
    for (std::size_t d = 0; d < name.labels.size(); ++d) {
      text += (d == 0 ? "" : ", ") + name.dimensions[d] + " " + (name.labels[d].empty() ? "all" : name.labels[d]);
    }
    return text;
  }

  // What identifies a figure in any table: the dimensions that it does not add over, with their labels.
  static std::string key(const FigureName& name) {
    std::vector<std::string> parts;
    for (std::size_t d = 0; d < name.labels.size(); ++d) {
      if (!name.labels[d].empty()) parts.push_back(name.dimensions[d] + '\x1f' + name.labels[d]);
    }
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& p : parts) text += p + '\x1e';
    return text;
  }

  index_t figure(const FigureName& name, std::int64_t count, const std::string& table) {
    std::vector<index_t>& alike = known_[key(name)];
    for (const index_t f : alike) {
      if (out.counts[static_cast<std::size_t>(f)] == count) return f;
    }
    if (!alike.empty()) {
      const std::string text = described(name);
      out.warnings.push_back("the tables disagree on " + (text.empty() ? "the grand total" : text) + ": " +
                             std::to_string(out.counts[static_cast<std::size_t>(alike.front())]) + " and " +
                             std::to_string(count) + " in table " + table + "; they count as two figures");
    }
    const auto f = static_cast<index_t>(out.counts.size());
    alike.push_back(f);
    out.counts.push_back(count);
    out.names.push_back(name);
    return f;
  }

  // The totals over the dimensions that are not `kept`.
  void margin(const CountTable& table, std::uint32_t kept, std::map<std::vector<index_t>, index_t>& same) {
    std::map<std::vector<std::string>, std::vector<std::size_t>> cells_of;
    for (std::size_t c = 0; c < table.counts.size(); ++c) {
      std::vector<std::string> labels(table.dimensions.size());
      for (std::size_t d = 0; d < labels.size(); ++d) {
        if ((kept >> d & 1U) != 0) labels[d] = table.labels[d][c];
      }
      cells_of[labels].push_back(c);
    }
    for (const auto& [labels, cells] : cells_of) {
      PublishedSum sum;
      std::int64_t count = 0;
      for (const std::size_t c : cells) {
        sum.parts.push_back(out.figure_of.back()[c]);
        count += table.counts[c];
      }
      std::sort(sum.parts.begin(), sum.parts.end());
      if (same.count(sum.parts) != 0) continue;
      sum.total = figure({table.dimensions, labels}, count, table.name);
      same.emplace(sum.parts, sum.total);
      if (std::find(out.sums.begin(), out.sums.end(), sum) == out.sums.end()) out.sums.push_back(std::move(sum));
    }
  }

  std::map<std::string, std::vector<index_t>> known_;
};

}  // namespace detail

LINKPIN_INLINE LinkedFigures linked_figures(std::span<const CountTable> tables, std::string_view function) {
  detail::Linker linker(function);
  for (std::size_t t = 0; t < tables.size(); ++t) linker.add(tables[t], t);
  return std::move(linker.out);
}

}  // namespace linkpin
