// Ties nobody told of, drawn from a regression of those that were told: each dyad given all that is known around it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/uncertainty/detail/imputation.hpp>
#include <linkpin/uncertainty/detail/sender_logistic.hpp>
#include <span>
#include <utility>
#include <vector>

namespace linkpin::detail::missing {

// Ties as they stand while holes are filled: in rows, in columns, and whichever way they go.
class Standing {
 public:
  using Counts = std::vector<std::uint16_t>;  // by vertex; there are at most 5,000

  explicit Standing(const Dyads& seen) : n_(at(seen.n())), row_(n_ * n_, 0), column_(n_ * n_, 0), either_(n_ * n_, 0) {
    for (index_t u = 0; u < seen.n(); ++u) {
      for (index_t v = 0; v < seen.n(); ++v) {
        if (u != v && seen(u, v) == Cell::tie) set(u, v, true);
      }
    }
  }

  [[nodiscard]] bool tied(index_t u, index_t v) const { return row_[at(u) * n_ + at(v)] != 0; }

  void set(index_t u, index_t v, bool tie) {
    row_[at(u) * n_ + at(v)] = column_[at(v) * n_ + at(u)] = tie ? 1 : 0;
    either_[at(u) * n_ + at(v)] = either_[at(v) * n_ + at(u)] = tie || tied(v, u) ? 1 : 0;
  }

  // One more for everybody w names, who names w, who has a tie with w either way.
  void count_named(index_t w, Counts& counts) const { add(row_, w, counts); }
  void count_naming(index_t w, Counts& counts) const { add(column_, w, counts); }
  void count_linked(index_t w, Counts& counts) const { add(either_, w, counts); }
  void discount_linked(index_t w, Counts& counts) const {
    const std::uint8_t* row = either_.data() + at(w) * n_;
    for (std::size_t v = 0; v < n_; ++v) counts[v] = static_cast<std::uint16_t>(counts[v] - row[v]);
  }

 private:
  void add(const std::vector<std::uint8_t>& ties, index_t w, Counts& counts) const {
    const std::uint8_t* row = ties.data() + at(w) * n_;
    for (std::size_t v = 0; v < n_; ++v) counts[v] = static_cast<std::uint16_t>(counts[v] + row[v]);
  }

  std::size_t n_;
  std::vector<std::uint8_t> row_, column_, either_;
};

// The chance of a tie u -> v is logistic in: whether v -> u; whether both are of one group; how often v is named, and
// u, by those who answered; how many of these name both; how many paths v -> w -> u there are; and which share of the
// others u names has a tie with v. Senders differ in how many they name, how readily they return a tie and how much
// they keep to their group. The coefficients are fitted to what was answered, and drawn from their posterior; then the
// holes are drawn again and again, each given all others as they stand (chained equations), so that ties are returned
// and triangles close among them as they do among the answers. They start from a regression without that share, which
// says nothing before u names anybody.
//
// An undirected tie, of which only two silent ends leave a hole, has the group, both ends' popularity and the partners
// named in common.
class TieRegression {
 public:
  // What does not hang on the holes.
  struct Known {
    double same = 0.0, receiver = 0.0, sender = 0.0, common = 0.0;
  };
  struct Hole {
    index_t u, v;
    Known known;
  };

  TieRegression(Dyads seen, const Groups& groups, std::uint64_t seed)
      : seen_(std::move(seen)), groups_(groups.codes), told_(seen_), log1p_(at(seen_.n()) + 1) {
    for (std::size_t i = 0; i < log1p_.size(); ++i) log1p_[i] = std::log1p(static_cast<double>(i));
    count_named();
    list_holes();
    Stream random(seed, "regression of ties", 0);
    fit(random);
  }

  [[nodiscard]] const Dyads& seen() const { return seen_; }

  // In the order of Dyads::each_hole.
  [[nodiscard]] const std::vector<Hole>& holes() const { return holes_; }

  // Whether each hole is a tie, once.
  [[nodiscard]] std::vector<std::uint8_t> drawn(Stream& random) const {
    Standing now = told_;
    sweep(now, first_, 2, random);
    if (seen_.directed()) sweep(now, second_, 4, random);
    std::vector<std::uint8_t> ties;
    ties.reserve(holes_.size());
    for (const Hole& h : holes_) ties.push_back(now.tied(h.u, h.v) ? 1 : 0);
    return ties;
  }

 private:
  using Counts = Standing::Counts;

  static constexpr std::size_t own = 3, width = 8;  // the first three differ by sender
  static constexpr double few = 2.0;                // so many words at the usual rate stand beside those there are
  using Row = std::array<double, width>;

  // What a regression looks at: what was told alone; the way back and paths back too, which may be drawn; and whether
  // those a sender names have ties with each other.
  enum class Looks : std::uint8_t { told, way_back, all };
  struct Model {
    Looks looks = Looks::told;
    SenderLogistic logistic;
  };

  // Whose words count towards popularity: a silent end of an undirected tie has its partners' words alone.
  [[nodiscard]] bool heard(index_t w, index_t v) const { return teller_[at(w)] != 0 && w != v && seen_.known(w, v); }

  void count_named() {
    const index_t n = seen_.n();
    teller_.assign(at(n), 1);
    if (!seen_.directed()) {
      teller_ = seen_.rows_with_holes();
      for (std::uint8_t& t : teller_) t = t == 0 ? 1 : 0;
    }
    named_.assign(at(n), 0.0);
    asked_.assign(at(n), 0.0);
    namers_.resize(at(n));
    double ties = 0.0, dyads = 0.0;
    for (index_t w = 0; w < n; ++w) {
      for (index_t v = 0; v < n; ++v) {
        if (w == v || !seen_.known(w, v)) continue;
        const bool tie = seen_(w, v) == Cell::tie;
        dyads += 1;
        ties += tie ? 1 : 0;
        if (!heard(w, v)) continue;
        asked_[at(v)] += 1;
        named_[at(v)] += tie ? 1 : 0;
        if (tie) namers_[at(v)].push_back(w);
      }
    }
    usual_ = (ties + 0.5) / (dyads + 1.0);
  }

  // Log odds that v is named, against the usual, without the word of one of them.
  [[nodiscard]] double popularity(index_t v, index_t without) const {
    double named = named_[at(v)] + few * usual_;
    double asked = asked_[at(v)] + few;
    if (heard(without, v)) {
      asked -= 1;
      named -= seen_(without, v) == Cell::tie ? 1 : 0;
    }
    return std::log(named / (asked - named)) - std::log(usual_ / (1 - usual_));
  }

  // By vertex, how many of those who name u name it too.
  [[nodiscard]] Counts named_with(index_t u) const {
    Counts counts(at(seen_.n()), 0);
    for (const index_t w : namers_[at(u)]) told_.count_named(w, counts);
    return counts;
  }

  [[nodiscard]] Known known(index_t u, index_t v, const Counts& with) const {
    Known k;
    k.same = !groups_.empty() && groups_[at(u)] != none && groups_[at(u)] == groups_[at(v)] ? 1.0 : 0.0;
    k.receiver = popularity(v, u);
    k.sender = popularity(u, v);
    if (!seen_.directed()) k = {k.same, k.receiver + k.sender, 0.0, 0.0};
    k.common = log1p_[with[at(v)]];
    return k;
  }

  void list_holes() {
    Counts with;
    seen_.each_hole([&](index_t u, index_t v) {
      if (holes_.empty() || holes_.back().u != u) with = named_with(u);
      holes_.push_back({u, v, known(u, v, with)});
    });
  }

  // What hangs on the holes, for the ties of one sender.
  struct Around {
    Counts back;    // by v: paths v -> w -> u whose second step was told of
    Counts shared;  // by v: how many that u names have a tie with v
    std::size_t names = 0;
  };

  [[nodiscard]] Around around(index_t u, const Standing& now, Looks looks) const {
    Around a;
    if (looks == Looks::told) return a;
    a.back.assign(at(seen_.n()), 0);
    for (const index_t w : namers_[at(u)]) now.count_naming(w, a.back);
    if (looks == Looks::way_back) return a;
    a.shared.assign(at(seen_.n()), 0);
    for (index_t w = 0; w < seen_.n(); ++w) {
      if (!now.tied(u, w)) continue;
      now.count_linked(w, a.shared);
      ++a.names;
    }
    return a;
  }

  [[nodiscard]] Row row(index_t u, index_t v, const Known& k, const Around& a, const Standing& now,
                        Looks at_what) const {
    Row x{1.0, 0.0, k.same, k.receiver, k.sender, k.common, 0.0, 0.0};
    if (at_what == Looks::told) return x;
    x[1] = now.tied(v, u) ? 1.0 : 0.0;
    x[6] = log1p_[a.back[at(v)]];
    if (at_what == Looks::way_back) return x;
    x[7] = log1p_[a.shared[at(v)]] - log1p_[a.names - (now.tied(u, v) ? 1 : 0)];
    return x;
  }

  // Draws every hole given all others, so many times over, with coefficients of one draw.
  void sweep(Standing& now, const Model& model, int times, Stream& random) const {
    const SenderLogistic::Coefficients c = model.logistic.drawn(random);
    std::vector<std::vector<double>> by_sender;
    for (std::size_t i = 0; i < holes_.size(); ++i) {
      if (i == 0 || holes_[i].u != holes_[i - 1].u) {
        by_sender.push_back(model.logistic.of_sender(sender_[at(holes_[i].u)], c, random));
      }
    }
    for (int time = 0; time < times; ++time) {
      std::size_t i = 0;
      for (const std::vector<double>& b : by_sender) i = draw_row(i, b, model.looks, now, random);
    }
  }

  // The holes of one sender from the i-th on; gives where the next begin.
  std::size_t draw_row(std::size_t i, const std::vector<double>& b, Looks looks, Standing& now, Stream& random) const {
    const index_t u = holes_[i].u;
    Around a = around(u, now, looks);
    for (; i < holes_.size() && holes_[i].u == u; ++i) {
      const index_t v = holes_[i].v;
      const Row x = row(u, v, holes_[i].known, a, now, looks);
      double eta = 0.0;
      for (std::size_t j = 0; j < width; ++j) eta += b[j] * x[j];
      const bool tie = random.uniform() < logistic_of(eta);
      if (tie == now.tied(u, v)) continue;
      now.set(u, v, tie);
      if (looks != Looks::all) continue;
      if (tie) {
        now.count_linked(v, a.shared);
        ++a.names;
      } else {
        now.discount_linked(v, a.shared);
        --a.names;
      }
    }
    return i;
  }

  // Coefficients and holes by turns, as either needs the other. Where there are very many answers, those of some
  // senders will do.
  void fit(Stream& random) {
    const index_t n = seen_.n();
    std::vector<index_t> senders;
    for (index_t u = 0; u < n; ++u) {
      bool told = false;
      for (index_t v = seen_.directed() ? 0 : u + 1; v < n && !told; ++v) told = u != v && seen_.known(u, v);
      if (told) senders.push_back(u);
    }
    constexpr std::size_t most_rows = 200'000;
    const std::size_t most = std::max<std::size_t>(1, most_rows / std::max<std::size_t>(1, at(n)));
    if (senders.size() > most) {
      random.shuffle(std::span(senders));
      senders.resize(most);
      std::sort(senders.begin(), senders.end());
    }
    sender_.assign(at(n), SenderLogistic::nobody);
    for (std::size_t s = 0; s < senders.size(); ++s) sender_[at(senders[s])] = s;
    first_.looks = seen_.directed() ? Looks::way_back : Looks::told;
    Standing now = told_;
    for (const Hole& h : holes_) now.set(h.u, h.v, random.uniform() < usual_);
    by_turns(first_, 2, senders, now, random);
    if (seen_.directed()) by_turns(second_, 3, senders, now, random);
  }

  void by_turns(Model& model, int rounds, const std::vector<index_t>& senders, Standing& now, Stream& random) const {
    for (int round = 0; round < rounds; ++round) {
      model.logistic = SenderLogistic(rows(senders, now, model.looks), model.logistic);
      sweep(now, model, 2, random);
    }
  }

  [[nodiscard]] SenderRows rows(const std::vector<index_t>& senders, const Standing& now, Looks looks) const {
    SenderRows out;
    out.width = width;
    out.own = seen_.directed() ? own : 0;
    out.usual = std::log(usual_ / (1 - usual_));
    const std::size_t n = at(seen_.n());
    std::vector<std::size_t> place(senders.size() * n, 0);  // the row of a dyad
    for (const index_t u : senders) {
      out.first.push_back(out.y.size());
      const Counts with = named_with(u);
      const Around a = around(u, now, looks);
      for (index_t v = seen_.directed() ? 0 : u + 1; v < seen_.n(); ++v) {
        if (u == v || !seen_.known(u, v)) continue;
        const Row x = row(u, v, known(u, v, with), a, now, looks);
        out.x.insert(out.x.end(), x.begin(), x.end());
        place[sender_[at(u)] * n + at(v)] = out.y.size();
        if (v < u && sender_[at(v)] != SenderLogistic::nobody && seen_.known(v, u)) {
          out.both_ways.emplace_back(place[sender_[at(v)] * n + at(u)], out.y.size());
        }
        out.y.push_back(seen_(u, v) == Cell::tie ? 1.0 : 0.0);
      }
    }
    out.first.push_back(out.y.size());
    return out;
  }

  Dyads seen_;
  std::vector<index_t> groups_;
  Standing told_;
  std::vector<double> log1p_;
  std::vector<std::uint8_t> teller_;
  std::vector<double> named_, asked_;
  std::vector<std::vector<index_t>> namers_;  // who was heard to name a vertex
  double usual_ = 0.5;                        // share of dyads that are tied
  std::vector<Hole> holes_;
  std::vector<std::size_t> sender_;  // of the rows that were fitted to, or `nobody`
  Model first_{Looks::told, {}}, second_{Looks::all, {}};
};

// By chance, given everything that was told around a tie.
inline void by_regression(const Dyads& seen, Dyads& out, const Groups& groups, std::uint64_t seed, Stream& random) {
  const TieRegression regression(seen, groups, seed);
  const std::vector<std::uint8_t> tie = regression.drawn(random);
  for (std::size_t i = 0; i < tie.size(); ++i) {
    out.fill(regression.holes()[i].u, regression.holes()[i].v, tie[i] != 0);
  }
}

}  // namespace linkpin::detail::missing
