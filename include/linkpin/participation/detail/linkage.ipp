#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/participation/detail/records.hpp>
#include <linkpin/participation/linkage.hpp>
#include <linkpin/statistics/order.hpp>
#include <utility>

namespace linkpin {

namespace detail {

// Who is tied to whom by the kinds that count, each neighbour once.
using ContactLists = std::vector<std::vector<index_t>>;

inline ContactLists contacts_by(const Ecosystem& eco, const std::vector<std::string>& kinds) {
  ContactLists out(static_cast<std::size_t>(eco.entity_count()));
  const Column* kind = eco.ties().find("kind");
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    const index_t a = eco.from()[row];
    const index_t b = eco.to()[row];
    if (a == b || kind == nullptr || kind->missing(row)) continue;
    if (std::find(kinds.begin(), kinds.end(), kind->view(row)) == kinds.end()) continue;
    out[static_cast<std::size_t>(a)].push_back(b);
    out[static_cast<std::size_t>(b)].push_back(a);
  }
  for (auto& of : out) {
    std::sort(of.begin(), of.end());
    of.erase(std::unique(of.begin(), of.end()), of.end());
  }
  return out;
}

struct Sides {
  std::vector<index_t> grassroots, strategic, both;
};

inline Sides sides_of(const Ecosystem& eco) {
  const auto n = static_cast<std::size_t>(eco.entity_count());
  std::vector<std::uint8_t> side(n, 0);  // 1 grassroots, 2 strategic, 3 both
  auto put = [&eco](std::uint8_t& at, const Column* column, std::size_t row, index_t entity) {
    for (const std::string& word : cell_words(column, row)) {
      if (word != "strategic" && word != "grassroots") {
        refuse("linkage", "setting", word, "strategic or grassroots", std::string(eco.id(entity)));
      }
      at = static_cast<std::uint8_t>(at | (word == "grassroots" ? 1 : 2));
    }
  };
  const Column* own = eco.entities().find("setting");
  for (std::size_t v = 0; v < n; ++v) put(side[v], own, v, static_cast<index_t>(v));
  const std::vector<std::uint8_t> said = side;
  const Column* kind = eco.ties().find("kind");
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    const auto to = static_cast<std::size_t>(eco.to()[row]);
    if (is_kind(kind, row, "takes_part_in") && said[to] == 0) {
      put(side[to], eco.ties().find("setting"), row, eco.to()[row]);
    }
  }
  Sides out;
  for (std::size_t v = 0; v < n; ++v) {
    if (side[v] == 1) out.grassroots.push_back(static_cast<index_t>(v));
    if (side[v] == 2) out.strategic.push_back(static_cast<index_t>(v));
    if (side[v] == 3) out.both.push_back(static_cast<index_t>(v));
  }
  return out;
}

// Steps and numbers of shortest ways from one body; `closed` may not be passed.
struct Ways {
  std::vector<index_t> steps;
  std::vector<double> number;
  std::vector<index_t> order;  // as they were reached
};

inline Ways ways_from(const ContactLists& contacts, index_t source, index_t closed = none) {
  Ways out{std::vector<index_t>(contacts.size(), none), std::vector<double>(contacts.size(), 0.0), {source}};
  out.steps[static_cast<std::size_t>(source)] = 0;
  out.number[static_cast<std::size_t>(source)] = 1;
  for (std::size_t next = 0; next < out.order.size(); ++next) {
    const auto v = static_cast<std::size_t>(out.order[next]);
    for (const index_t u : contacts[v]) {
      if (u == closed) continue;
      index_t& there = out.steps[static_cast<std::size_t>(u)];
      if (there == none) {
        there = out.steps[v] + 1;
        out.order.push_back(u);
      }
      if (there == out.steps[v] + 1) out.number[static_cast<std::size_t>(u)] += out.number[v];
    }
  }
  return out;
}

// Brandes' sum from one source over the targets given: each vertex's share of the shortest ways, added up.
inline void add_shares(const ContactLists& contacts, const Ways& ways, const std::vector<std::uint8_t>& target,
                       std::vector<double>& shares) {
  std::vector<double> owed(contacts.size(), 0.0);
  for (std::size_t i = ways.order.size(); i-- > 1;) {
    const auto v = static_cast<std::size_t>(ways.order[i]);
    shares[v] += owed[v];
    const double passed = (owed[v] + (target[v] != 0 ? 1.0 : 0.0)) / ways.number[v];
    for (const index_t u : contacts[v]) {
      const auto at = static_cast<std::size_t>(u);
      if (ways.steps[at] == ways.steps[v] - 1) owed[at] += ways.number[at] * passed;
    }
  }
}

// The most ways from one side to the other that share nobody in between: unit flows through vertices split in two.
class Menger {
 public:
  Menger(const ContactLists& contacts, const Sides& sides) : contacts_(contacts), n_(contacts.size()) {
    end_.assign(n_, 0);
    for (const index_t v : sides.grassroots) end_[static_cast<std::size_t>(v)] = 1;
    for (const index_t v : sides.strategic) end_[static_cast<std::size_t>(v)] = 2;
    used_.resize(n_);
    for (std::size_t v = 0; v < n_; ++v) used_[v].assign(contacts[v].size(), 0);
    through_.assign(n_, 0);
  }

  std::int64_t most(Watch& watch) {
    std::int64_t found = 0;
    while (augment()) {
      ++found;
      watch.look();
    }
    return found;
  }

 private:
  // States: vertex v entered (2v) and left (2v + 1). An end may be passed by any number of ways.
  bool augment() {
    std::vector<std::size_t> from(2 * n_, absent);
    std::vector<std::size_t> queue;
    for (std::size_t v = 0; v < n_; ++v) {
      if (end_[v] != 1) continue;
      from[2 * v + 1] = 2 * v + 1;
      queue.push_back(2 * v + 1);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const std::size_t state = queue[next];
      const std::size_t v = state / 2;
      auto reach = [&](std::size_t to) {
        if (from[to] != absent) return;
        from[to] = state;
        queue.push_back(to);
      };
      if (state % 2 == 0) {
        if (end_[v] == 2) {
          push(from, state);
          return true;
        }
        if (end_[v] != 0 || through_[v] == 0) reach(state + 1);
        for (std::size_t e = 0; e < contacts_[v].size(); ++e) {  // back along a way that came in here
          const auto u = static_cast<std::size_t>(contacts_[v][e]);
          if (flow(u, v) > 0) reach(2 * u + 1);
        }
      } else {
        for (std::size_t e = 0; e < contacts_[v].size(); ++e) {
          const auto u = static_cast<std::size_t>(contacts_[v][e]);
          if (used_[v][e] == 0 && end_[u] != 1) reach(2 * u);
        }
        if (end_[v] == 0 && through_[v] != 0) reach(state - 1);  // back through the vertex
      }
    }
    return false;
  }

  void push(const std::vector<std::size_t>& from, std::size_t state) {
    while (from[state] != state) {
      const std::size_t before = from[state];
      const std::size_t a = before / 2;
      const std::size_t b = state / 2;
      if (a == b) {
        through_[a] = state > before ? 1 : 0;
      } else if (before % 2 == 1) {
        flow(a, b) = 1;
      } else {
        flow(b, a) = 0;
      }
      state = before;
    }
  }

  std::uint8_t& flow(std::size_t a, std::size_t b) {
    const auto at = std::lower_bound(contacts_[a].begin(), contacts_[a].end(), static_cast<index_t>(b));
    return used_[a][static_cast<std::size_t>(at - contacts_[a].begin())];
  }

  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  const ContactLists& contacts_;
  std::size_t n_;
  std::vector<std::uint8_t> end_, through_;
  std::vector<std::vector<std::uint8_t>> used_;
};

// Vertices whose loss may cut pairs off: where, of the map without its dead ends, a part hangs on one vertex.
inline std::vector<std::uint8_t> joints(const ContactLists& contacts, const std::vector<std::uint8_t>& end) {
  std::vector<std::size_t> degree;
  std::vector<std::size_t> dead;
  for (std::size_t v = 0; v < contacts.size(); ++v) {
    degree.push_back(contacts[v].size());
    if (degree[v] <= 1 && end[v] == 0) dead.push_back(v);
  }
  std::vector<std::uint8_t> gone(contacts.size(), 0);
  while (!dead.empty()) {
    const std::size_t v = dead.back();
    dead.pop_back();
    if (gone[v] != 0) continue;
    gone[v] = 1;
    for (const index_t u : contacts[v]) {
      const auto at = static_cast<std::size_t>(u);
      if (gone[at] == 0 && --degree[at] <= 1 && end[at] == 0) dead.push_back(at);
    }
  }
  NetworkParts p;
  p.n = static_cast<index_t>(contacts.size());
  p.directed = false;
  for (index_t v = 0; v < p.n; ++v) {
    for (const index_t u : contacts[static_cast<std::size_t>(v)]) {
      if (v >= u || gone[static_cast<std::size_t>(v)] != 0 || gone[static_cast<std::size_t>(u)] != 0) continue;
      p.source.push_back(v);
      p.target.push_back(u);
    }
  }
  return articulation_points(Network(std::move(p))).values;
}

inline std::int64_t linked_pairs(const ContactLists& contacts, const Sides& sides, index_t closed) {
  std::int64_t linked = 0;
  for (const index_t s : sides.grassroots) {
    const Ways ways = ways_from(contacts, s, closed);
    for (const index_t t : sides.strategic) linked += ways.steps[static_cast<std::size_t>(t)] != none ? 1 : 0;
  }
  return linked;
}

}  // namespace detail

LINKPIN_INLINE Linkage linkage(const Ecosystem& eco, const LinkageOptions& options) {
  Linkage out;
  out.provenance.measure = "linkage";
  const detail::Sides sides = detail::sides_of(eco);
  out.both = sides.both;
  const detail::ContactLists contacts = detail::contacts_by(eco, options.kinds);
  std::vector<std::uint8_t> target(contacts.size(), 0), end(contacts.size(), 0);
  for (const index_t t : sides.strategic) target[static_cast<std::size_t>(t)] = 1;
  for (const auto* side : {&sides.grassroots, &sides.strategic}) {
    for (const index_t v : *side) end[static_cast<std::size_t>(v)] = 1;
  }
  Watch watch(options.run);
  detail::Rows pairs({"grassroots", "strategic", "steps", "ways"});
  std::vector<double> shares(contacts.size(), 0.0), steps;
  for (const index_t s : sides.grassroots) {
    watch.look();
    const detail::Ways ways = detail::ways_from(contacts, s);
    detail::add_shares(contacts, ways, target, shares);
    for (const index_t t : sides.strategic) {
      const auto at = static_cast<std::size_t>(t);
      const bool linked = ways.steps[at] != none;
      if (linked) steps.push_back(ways.steps[at]);
      pairs.add({detail::text(std::string(eco.id(s))), detail::text(std::string(eco.id(t))),
                 linked ? detail::whole(ways.steps[at]) : detail::maybe(std::nullopt), ways.number[at]});
    }
  }
  out.pairs = pairs.frame("ttin");
  const auto all = static_cast<std::int64_t>(sides.grassroots.size() * sides.strategic.size());
  const auto linked = static_cast<std::int64_t>(steps.size());
  out.linked = detail::share_of(linked, all);
  std::sort(steps.begin(), steps.end());
  out.median_steps = quantile(steps, 0.5);

  std::vector<index_t> carriers;
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    if (end[static_cast<std::size_t>(v)] == 0 && shares[static_cast<std::size_t>(v)] > 0) carriers.push_back(v);
  }
  std::stable_sort(carriers.begin(), carriers.end(), [&shares](index_t a, index_t b) {
    return shares[static_cast<std::size_t>(a)] > shares[static_cast<std::size_t>(b)];
  });
  const std::vector<std::uint8_t> joint = detail::joints(contacts, end);
  std::vector<std::int64_t> cut_off(carriers.size(), 0);
  const auto cost = static_cast<std::int64_t>(sides.grassroots.size() * (contacts.size() + 1));
  parallel_for(static_cast<std::int64_t>(carriers.size()), cost, options.run,
               [&](std::int64_t first, std::int64_t beyond) {
                 for (std::int64_t i = first; i < beyond; ++i) {
                   const auto at = static_cast<std::size_t>(i);
                   if (joint[static_cast<std::size_t>(carriers[at])] == 0) continue;
                   cut_off[at] = linked - detail::linked_pairs(contacts, sides, carriers[at]);
                 }
               });
  detail::Rows rows({"id", "share", "cut_off"});
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    rows.add({detail::text(std::string(eco.id(carriers[i]))),
              shares[static_cast<std::size_t>(carriers[i])] / static_cast<double>(linked), detail::whole(cut_off[i])});
  }
  out.carriers = rows.frame("tni");
  out.independent = detail::Menger(contacts, sides).most(watch);
  if (all == 0 && sides.both.empty()) {
    out.provenance.warnings.emplace_back("no strategic and grassroots bodies are told apart by a setting");
  }
  if (linked < all) {
    out.provenance.warnings.push_back(std::to_string(all - linked) + " of " + std::to_string(all) +
                                      " pairs have no way on record");
  }
  return out;
}

}  // namespace linkpin
