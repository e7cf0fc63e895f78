#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/participation/detail/taking_part.hpp>
#include <linkpin/participation/lived.hpp>
#include <linkpin/statistics/inequality.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

// Every capacity of each person: roles and those of their participations.
inline std::map<index_t, std::set<std::string>> capacities_of(const Ecosystem& eco) {
  const Column* kinds = eco.entities().find("kind");
  auto is_person = [kinds](index_t v) {
    const auto row = static_cast<std::size_t>(v);
    return kinds == nullptr || kinds->missing(row) || kinds->view(row) == "person";
  };
  std::map<index_t, std::set<std::string>> out;
  const Column* roles = eco.entities().find("roles");
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    if (!is_person(v)) continue;
    for (std::string& role : cell_texts(roles, static_cast<std::size_t>(v))) out[v].insert(std::move(role));
  }
  const Column* kind = eco.ties().find("kind");
  const Column* capacity = eco.ties().find("capacity");
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!is_kind(kind, row, "takes_part_in") || !is_person(eco.from()[row])) continue;
    for (std::string& one : cell_texts(capacity, row)) out[eco.from()[row]].insert(std::move(one));
  }
  return out;
}

inline std::map<index_t, std::int64_t> participations_of(const Ecosystem& eco) {
  std::map<index_t, std::int64_t> out;
  const Column* kind = eco.ties().find("kind");
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (is_kind(kind, row, "takes_part_in")) ++out[eco.from()[row]];
  }
  return out;
}

}  // namespace detail

LINKPIN_INLINE Capacities capacities(const Ecosystem& eco, double level) {
  need_level("capacities", level);
  Capacities out;
  out.provenance.measure = "capacities";
  const std::map<index_t, std::set<std::string>> held = detail::capacities_of(eco);
  const std::map<index_t, std::int64_t> times = detail::participations_of(eco);
  std::vector<index_t> order;
  std::map<std::string, std::int64_t> holders;
  std::map<std::pair<std::string, std::string>, std::int64_t> pairs;
  for (const auto& [person, capacities] : held) {
    order.push_back(person);
    out.several += capacities.size() > 1 ? 1 : 0;
    for (auto a = capacities.begin(); a != capacities.end(); ++a) {
      ++holders[*a];
      for (auto b = std::next(a); b != capacities.end(); ++b) ++pairs[{*a, *b}];
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&held](index_t a, index_t b) { return held.at(a).size() > held.at(b).size(); });
  detail::Rows people({"id", "capacities", "number", "participations"});
  for (const index_t person : order) {
    std::string list;
    for (const std::string& one : held.at(person)) list += (list.empty() ? "" : "|") + one;
    const auto at = times.find(person);
    people.add({detail::text(std::string(eco.id(person))), detail::text(std::move(list)),
                detail::whole(static_cast<std::int64_t>(held.at(person).size())),
                detail::whole(at == times.end() ? 0 : at->second)});
  }
  out.people = people.frame("tlii");
  detail::Rows bridges({"a", "b", "people", "either", "share"});
  for (const auto& [pair, both] : pairs) {
    const std::int64_t either = holders[pair.first] + holders[pair.second] - both;
    bridges.add({detail::text(pair.first), detail::text(pair.second), detail::whole(both), detail::whole(either),
                 detail::share_of(both, either)});
  }
  out.bridges = bridges.frame("ttiin");
  const auto all = static_cast<std::int64_t>(held.size());
  out.share = detail::share_of(out.several, all);
  if (all > 0) {
    out.interval = clopper_pearson(out.several, all, level);
  } else {
    out.provenance.warnings.emplace_back("nobody says a role or a capacity");
  }
  return out;
}

LINKPIN_INLINE Memberships memberships(const Network& net, std::string_view column) {
  const Column* found = net.vertices().find(column);
  if (found == nullptr) {
    std::string known;
    for (std::size_t i = 0; i < net.vertices().width(); ++i) known += (i == 0 ? "" : ", ") + net.vertices().name(i);
    refuse("fuzzy_brokerage", "groups", column, "the vertices have " + (known.empty() ? "no columns" : known));
  }
  Memberships out;
  std::map<std::string, std::size_t> codes;
  std::vector<std::vector<std::string>> of;
  for (index_t v = 0; v < net.n(); ++v) {
    of.push_back(cell_texts(found, static_cast<std::size_t>(v)));
    for (const std::string& name : of.back()) codes.emplace(name, 0);
  }
  for (auto& [name, code] : codes) {
    code = out.groups.size();
    out.groups.push_back(name);
  }
  out.shares.assign(of.size() * out.groups.size(), 0.0);
  for (std::size_t v = 0; v < of.size(); ++v) {
    for (const std::string& name : of[v]) {
      out.shares[v * out.groups.size() + codes.at(name)] = 1.0 / static_cast<double>(of[v].size());
    }
  }
  return out;
}

namespace detail {

// Distinct neighbours in rising order, without the vertex itself.
inline std::vector<std::vector<index_t>> neighbours(const Adjacency& rows, index_t n) {
  std::vector<std::vector<index_t>> out(static_cast<std::size_t>(n));
  for (index_t v = 0; v < n; ++v) {
    auto& mine = out[static_cast<std::size_t>(v)];
    for (const index_t u : rows.of(v)) {
      if (u != v) mine.push_back(u);
    }
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
  }
  return out;
}

// The open paths of a network, and how each divides among the roles.
class FuzzyRoles {
 public:
  FuzzyRoles(const Network& net, const Memberships& given)
      : net_(net),
        given_(given),
        k_(given.groups.size()),
        out_(neighbours(net.out(), net.n())),
        in_(neighbours(net.in(), net.n())) {
    for (index_t v = 0; v < net.n(); ++v) grouped_.push_back(row(v) != nullptr && sum_of(v) > 0.5 ? 1 : 0);
  }

  [[nodiscard]] bool grouped(index_t v) const { return grouped_[static_cast<std::size_t>(v)] != 0; }

  // What vertex b does, where vertex v holds the memberships of who[v].
  [[nodiscard]] std::array<double, 6> of(index_t b, const std::vector<index_t>& who) const {
    std::array<double, 6> roles{};
    if (!grouped(b)) return roles;
    for (const index_t a : in_[static_cast<std::size_t>(b)]) {
      if (!grouped(a)) continue;
      const auto& beyond = out_[static_cast<std::size_t>(a)];
      for (const index_t c : out_[static_cast<std::size_t>(b)]) {
        if (c == a || !grouped(c) || std::binary_search(beyond.begin(), beyond.end(), c)) continue;
        if (!net_.observed()(a, c)) continue;
        add(roles, row(who[static_cast<std::size_t>(a)]), row(who[static_cast<std::size_t>(b)]),
            row(who[static_cast<std::size_t>(c)]));
      }
    }
    return roles;
  }

  [[nodiscard]] std::int64_t cost() const {
    std::int64_t total = 1;
    for (std::size_t v = 0; v < in_.size(); ++v) {
      total += static_cast<std::int64_t>(in_[v].size() * out_[v].size() * std::max<std::size_t>(k_, 1));
    }
    return total;
  }

 private:
  [[nodiscard]] const double* row(index_t v) const {
    return k_ == 0 ? nullptr : given_.shares.data() + static_cast<std::size_t>(v) * k_;
  }
  [[nodiscard]] double sum_of(index_t v) const { return std::accumulate(row(v), row(v) + k_, 0.0); }

  void add(std::array<double, 6>& roles, const double* a, const double* b, const double* c) const {
    double ab = 0, bc = 0, ac = 0, abc = 0;
    for (std::size_t g = 0; g < k_; ++g) {
      ab += a[g] * b[g];
      bc += b[g] * c[g];
      ac += a[g] * c[g];
      abc += a[g] * b[g] * c[g];
    }
    roles[0] += abc;
    roles[1] += ac - abc;
    roles[2] += ab - abc;
    roles[3] += bc - abc;
    roles[4] += 1 - ab - bc - ac + 2 * abc;
    roles[5] += 1;
  }

  const Network& net_;
  const Memberships& given_;
  std::size_t k_;
  std::vector<std::vector<index_t>> out_, in_;
  std::vector<std::uint8_t> grouped_;
};

inline void need_memberships(const Network& net, const Memberships& m) {
  const std::size_t k = m.groups.size();
  if (m.shares.size() != static_cast<std::size_t>(net.n()) * k) {
    refuse("fuzzy_brokerage", "memberships, shares", std::to_string(m.shares.size()), "give one a vertex and group",
           std::to_string(net.n()) + " vertices, " + std::to_string(k) + " groups");
  }
  for (index_t v = 0; v < net.n() && k > 0; ++v) {
    double total = 0;
    for (std::size_t g = 0; g < k; ++g) {
      const double share = m.share(v, g);
      if (!(std::isfinite(share) && share >= 0)) {
        refuse("fuzzy_brokerage", "memberships", shown(share), "a share is finite and not negative", net.name(v));
      }
      total += share;
    }
    if (std::abs(total) > 1e-9 && std::abs(total - 1) > 1e-9) {
      refuse("fuzzy_brokerage", "memberships", shown(total), "the shares of a vertex add to 1, or are all 0",
             net.name(v));
    }
  }
}

}  // namespace detail

LINKPIN_INLINE FuzzyBrokerage fuzzy_brokerage(const Network& net, const Memberships& memberships,
                                              const FuzzyBrokerageOptions& options) {
  if (options.permutations < 0) {
    refuse("fuzzy_brokerage", "permutations", std::to_string(options.permutations), "0 or more");
  }
  detail::need_memberships(net, memberships);
  FuzzyBrokerage out;
  out.provenance = provenance(net, "fuzzy_brokerage");
  const detail::FuzzyRoles roles(net, memberships);
  const auto n = static_cast<std::size_t>(net.n());
  std::vector<index_t> as_given(n);
  std::iota(as_given.begin(), as_given.end(), 0);
  for (auto& values : out.by_vertex) values.assign(n, undefined);
  std::vector<index_t> grouped;
  for (index_t v = 0; v < net.n(); ++v) {
    if (!roles.grouped(v)) continue;
    grouped.push_back(v);
    const std::array<double, 6> mine = roles.of(v, as_given);
    for (std::size_t r = 0; r < 6; ++r) {
      out.by_vertex[r][static_cast<std::size_t>(v)] = mine[r];
      out.whole[r] += mine[r];
    }
  }
  if (grouped.size() < n) {
    out.provenance.warnings.push_back(std::to_string(n - grouped.size()) +
                                      " vertices belong to no group and are left out with their ties");
  }
  if (options.permutations == 0) return out;

  out.provenance.seed = options.seed;
  // One shuffle a row: of each vertex and role, whether as little (1) and as much (2) came about.
  std::vector<std::array<std::int64_t, 5>> less(n), greater(n);
  constexpr std::int64_t batch = 64;
  std::vector<std::uint8_t> marks(static_cast<std::size_t>(batch) * n * 5);
  for (std::int64_t first = 0; first < options.permutations; first += batch) {
    const std::int64_t count = std::min<std::int64_t>(batch, options.permutations - first);
    parallel_for(count, roles.cost(), options.run, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        std::vector<index_t> shuffled = grouped;
        Stream random(options.seed, "fuzzy_brokerage", static_cast<std::uint64_t>(first + i));
        random.shuffle(std::span(shuffled));
        std::vector<index_t> who = as_given;
        for (std::size_t g = 0; g < grouped.size(); ++g) who[static_cast<std::size_t>(grouped[g])] = shuffled[g];
        for (const index_t v : grouped) {
          const std::array<double, 6> found = roles.of(v, who);
          const auto at = static_cast<std::size_t>(v);
          for (std::size_t r = 0; r < 5; ++r) {
            const double observed = out.by_vertex[r][at];
            const int mark = (found[r] <= observed + 1e-9 ? 1 : 0) + (found[r] >= observed - 1e-9 ? 2 : 0);
            marks[(static_cast<std::size_t>(i) * n + at) * 5 + r] = static_cast<std::uint8_t>(mark);
          }
        }
      }
    });
    for (std::int64_t i = 0; i < count; ++i) {
      for (const index_t v : grouped) {
        const auto at = static_cast<std::size_t>(v);
        for (std::size_t r = 0; r < 5; ++r) {
          const std::uint8_t mark = marks[(static_cast<std::size_t>(i) * n + at) * 5 + r];
          less[at][r] += mark & 1;
          greater[at][r] += mark >> 1;
        }
      }
    }
  }
  const double runs = options.permutations + 1.0;
  for (std::size_t r = 0; r < 6; ++r) {
    out.p_less[r].assign(n, undefined);
    out.p_greater[r].assign(n, undefined);
    for (const index_t v : grouped) {
      if (r == 5) continue;
      const auto at = static_cast<std::size_t>(v);
      out.p_less[r][at] = (static_cast<double>(less[at][r]) + 1) / runs;
      out.p_greater[r][at] = (static_cast<double>(greater[at][r]) + 1) / runs;
    }
  }
  return out;
}

LINKPIN_INLINE Continuity continuity(const Ecosystem& eco, const ContinuityOptions& options) {
  need_level("continuity", options.level);
  if (options.by != "year" && options.by != "wave") refuse("continuity", "by", options.by, "year or wave");
  Continuity out;
  out.provenance.measure = "continuity";
  const Column* kind = eco.ties().find("kind");
  const Column* start = eco.ties().find("start");
  const Column* wave = eco.ties().find("wave");
  std::vector<std::string> order;  // waves in the order of their first appearance; years as they rise
  std::map<std::string, std::set<index_t>> present;
  std::int64_t undated = 0;
  std::int64_t groups = 0;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!detail::is_kind(kind, row, "takes_part_in")) continue;
    if (detail::people_of("continuity", eco, row) != 1) {
      ++groups;
      continue;
    }
    std::string period = cell_text(options.by == "wave" ? wave : start, row);
    if (options.by == "year") period = period.substr(0, 4);
    if (period.empty()) {
      ++undated;
      continue;
    }
    if (!present.contains(period)) order.push_back(period);
    present[period].insert(eco.from()[row]);
  }
  if (options.by == "year") std::sort(order.begin(), order.end());
  detail::Rows rows({"period", "contributors", "joined", "back", "stayed", "left", "share", "low", "high"});
  std::set<index_t> before;
  const std::set<index_t>* last = nullptr;
  for (const std::string& period : order) {
    const std::set<index_t>& now = present[period];
    std::int64_t joined = 0, stayed = 0;
    for (const index_t who : now) {
      joined += before.contains(who) ? 0 : 1;
      stayed += last != nullptr && last->contains(who) ? 1 : 0;
    }
    const auto here = static_cast<std::int64_t>(now.size());
    const std::int64_t were = last == nullptr ? 0 : static_cast<std::int64_t>(last->size());
    const Interval own = were == 0 ? Interval{} : clopper_pearson(stayed, were, options.level);
    rows.add({detail::text(period), detail::whole(here), detail::whole(joined), detail::whole(here - joined - stayed),
              detail::whole(stayed), detail::whole(were - stayed), detail::share_of(stayed, were), own.low, own.high});
    before.insert(now.begin(), now.end());
    last = &now;
  }
  out.table = rows.frame("tiiiiinnn");
  if (undated > 0) {
    out.provenance.warnings.push_back(std::to_string(undated) + " participations have no " +
                                      (options.by == "wave" ? "wave" : "start") + " and are left out");
  }
  if (groups > 0) {
    out.provenance.warnings.push_back(std::to_string(groups) +
                                      " ties stand for groups: who of them stays is not known");
  }
  if (order.size() == 1) out.provenance.warnings.emplace_back("there is one period only: nothing to compare");
  return out;
}

LINKPIN_INLINE Burden burden(const Ecosystem& eco, const BurdenOptions& options) {
  if (!(options.most > 0 && options.most <= 1)) {
    refuse("burden", "most", shown(options.most), "a share above 0, at most 1");
  }
  Burden out;
  out.provenance.measure = "burden";
  const Column* kind = eco.ties().find("kind");
  std::map<index_t, std::int64_t> times;
  std::int64_t groups = 0;
  for (std::size_t row = 0; row < eco.from().size(); ++row) {
    if (!detail::is_kind(kind, row, "takes_part_in")) continue;
    const auto people = detail::people_of("burden", eco, row);
    groups += !people || *people > 1 ? 1 : 0;
    if (people == 1) ++times[eco.from()[row]];
  }
  std::vector<std::pair<std::int64_t, index_t>> order;
  std::vector<double> values;
  std::int64_t all = 0;
  for (const auto& [who, number] : times) {
    order.push_back({-number, who});
    values.push_back(static_cast<double>(number));
    all += number;
  }
  std::sort(order.begin(), order.end());
  detail::Rows rows({"id", "participations", "share", "cumulative"});
  std::int64_t held = 0;
  const auto n = static_cast<double>(order.size());
  out.shoulders = order.empty() ? 0 : std::max<std::int64_t>(1, std::llround(std::floor(options.most * n + 1e-9)));
  for (std::size_t i = 0; i < order.size(); ++i) {
    held += -order[i].first;
    rows.add({detail::text(std::string(eco.id(order[i].second))), detail::whole(-order[i].first),
              detail::share_of(-order[i].first, all), detail::share_of(held, all)});
    if (static_cast<std::int64_t>(i) + 1 == out.shoulders) out.value = detail::share_of(held, all);
  }
  out.table = rows.frame("tinn");
  if (!order.empty()) {
    out.equal = static_cast<double>(out.shoulders) / n;
    out.gini = gini(values);
  } else {
    out.provenance.warnings.emplace_back("nobody is said to take part");
  }
  if (groups > 0) {
    out.provenance.warnings.push_back(std::to_string(groups) +
                                      " ties stand for groups or several people and are left out");
  }
  return out;
}

}  // namespace linkpin
