#pragma once

#include <algorithm>
#include <cmath>
#include <iterator>
#include <linkpin/core/shown.hpp>
#include <linkpin/influence/detail/columns_of.ipp>
#include <linkpin/influence/overlap.hpp>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace linkpin {

namespace detail::evidence {

// Topics of entities as numbers, their weights, and who has each.
struct Topics {
  std::vector<std::string> names;
  std::unordered_map<std::string, index_t> known;
  std::vector<std::vector<index_t>> of;   // by entity, sorted
  std::vector<std::vector<index_t>> who;  // by topic: entities among those looked at
  std::vector<double> weight;

  index_t number(const std::string& name) {
    const auto [found, added] = known.try_emplace(name, static_cast<index_t>(names.size()));
    if (added) names.push_back(name);
    return found->second;
  }

  [[nodiscard]] double length(const std::vector<index_t>& topics) const {
    double total = 0;
    for (const index_t t : topics) total += weight[at(t)] * weight[at(t)];
    return std::sqrt(total);
  }

  [[nodiscard]] std::string shared(const std::vector<index_t>& a, const std::vector<index_t>& b) const {
    std::string text;
    for (const index_t t : a) {
      if (std::binary_search(b.begin(), b.end(), t)) text += (text.empty() ? "" : "|") + names[at(t)];
    }
    return text;
  }
};

inline Topics topics_of(const Ecosystem& eco, const std::vector<index_t>& entities) {
  Topics topics;
  topics.of.resize(at(eco.entity_count()));
  for (const index_t v : entities) {
    for (const std::string& name : values_in(eco.entities(), "topics", at(v))) {
      topics.of[at(v)].push_back(topics.number(name));
    }
  }
  std::vector<std::uint8_t> wanted(at(eco.entity_count()), 0);
  for (const index_t v : entities) wanted[at(v)] = 1;
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const index_t from = eco.from()[at(t)], to = eco.to()[at(t)];
    if (wanted[at(from)] != 0 && text_at(eco.entities(), "kind", at(to)) == "topic") {
      topics.of[at(from)].push_back(topics.number(eco.label(to)));
    }
  }
  topics.who.resize(topics.names.size());
  double with = 0;
  for (const index_t v : entities) {
    auto& own = topics.of[at(v)];
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    with += own.empty() ? 0 : 1;
    for (const index_t t : own) topics.who[at(t)].push_back(v);
  }
  // A topic that all have tells nothing apart and weighs nothing.
  for (const auto& who : topics.who) topics.weight.push_back(std::log(with / static_cast<double>(who.size())));
  return topics;
}

inline std::vector<std::set<index_t>> neighbours(const Ecosystem& eco, const std::vector<index_t>& entities) {
  std::vector<std::set<index_t>> around(at(eco.entity_count()));
  std::vector<std::uint8_t> wanted(around.size(), 0);
  for (const index_t v : entities) wanted[at(v)] = 1;
  for (index_t t = 0; t < eco.tie_count(); ++t) {
    const index_t from = eco.from()[at(t)], to = eco.to()[at(t)];
    if (from == to) continue;
    if (wanted[at(from)] != 0 && text_at(eco.entities(), "kind", at(to)) != "topic") around[at(from)].insert(to);
    if (wanted[at(to)] != 0) around[at(to)].insert(from);
  }
  return around;
}

}  // namespace detail::evidence

LINKPIN_INLINE EvidenceTables overlap(const Ecosystem& eco, const OverlapOptions& options) {
  using namespace detail::evidence;
  if (!(options.least > 0 && options.least <= 1)) {
    refuse("overlap", "least", shown(options.least), "give a similarity above 0, at most 1");
  }
  const std::vector<index_t> projects = of_kinds(eco, options.kinds);
  const Topics topics = topics_of(eco, projects);
  if (topics.names.empty()) {
    refuse("overlap", "topics", "", "no project has topics: give them a list column topics, or ties to topics");
  }
  const auto around = neighbours(eco, projects);
  struct Found {
    double similarity;
    index_t a, b;
  };
  auto better = [](const Found& x, const Found& y) {
    return x.similarity != y.similarity ? x.similarity > y.similarity : std::pair(x.a, x.b) < std::pair(y.a, y.b);
  };
  std::vector<Found> heap;  // the worst of those kept on top
  std::vector<double> dot(at(eco.entity_count()), 0.0), length(dot.size(), 0.0);
  for (const index_t v : projects) length[at(v)] = topics.length(topics.of[at(v)]);
  std::int64_t alike = 0;
  Watch watch(options.run);
  for (const index_t a : projects) {
    std::vector<index_t> met;
    for (const index_t t : topics.of[at(a)]) {
      const double weight = topics.weight[at(t)] * topics.weight[at(t)];
      if (weight == 0) continue;
      for (auto b = std::upper_bound(topics.who[at(t)].begin(), topics.who[at(t)].end(), a);
           b != topics.who[at(t)].end(); ++b) {
        if (dot[at(*b)] == 0) met.push_back(*b);
        dot[at(*b)] += weight;
      }
    }
    for (const index_t b : met) {
      const double similarity = std::min(1.0, dot[at(b)] / (length[at(a)] * length[at(b)]));
      dot[at(b)] = 0;
      if (similarity < options.least || around[at(a)].contains(b)) continue;
      ++alike;
      heap.push_back({similarity, a, b});
      std::push_heap(heap.begin(), heap.end(), better);
      if (static_cast<index_t>(heap.size()) > options.most) {
        std::pop_heap(heap.begin(), heap.end(), better);
        heap.pop_back();
      }
    }
    watch.tick();
  }
  std::sort(heap.begin(), heap.end(), better);
  EvidenceTables out;
  out.provenance.measure = "overlap";
  Words first, second, shared, name;
  std::vector<double> similarity;
  std::vector<std::int64_t> common, counts;
  for (const Found& f : heap) {
    first.emplace_back(eco.id(f.a));
    second.emplace_back(eco.id(f.b));
    similarity.push_back(f.similarity);
    shared.emplace_back(topics.shared(topics.of[at(f.a)], topics.of[at(f.b)]));
    std::vector<index_t> both;
    std::set_intersection(around[at(f.a)].begin(), around[at(f.a)].end(), around[at(f.b)].begin(),
                          around[at(f.b)].end(), std::back_inserter(both));
    common.push_back(static_cast<std::int64_t>(both.size()));
  }
  out.table.set("a", text_column(first));
  out.table.set("b", text_column(second));
  out.table.set("similarity", Column(std::move(similarity)));
  out.table.set("shared", text_column(shared, ColumnType::list));
  out.table.set("common", counts_column(common));
  for (std::size_t t = 0; t < topics.names.size(); ++t) {
    name.emplace_back(topics.names[t]);
    counts.push_back(static_cast<std::int64_t>(topics.who[t].size()));
  }
  out.summary.set("topic", text_column(name));
  out.summary.set("projects", counts_column(counts));
  if (alike > static_cast<std::int64_t>(heap.size())) {
    out.provenance.warnings.push_back(std::to_string(alike) + " pairs are so alike; the " +
                                      std::to_string(heap.size()) + " most alike are given");
  }
  return out;
}

LINKPIN_INLINE EvidenceTables prior_work(const Ecosystem& eco, const std::vector<std::string>& wanted,
                                         const PriorWorkOptions& options) {
  using namespace detail::evidence;
  if (wanted.empty()) refuse("prior_work", "topics", "", "name the topics of the new project");
  const std::vector<index_t> works = of_kinds(eco, options.kinds);
  Topics topics = topics_of(eco, works);
  EvidenceTables out;
  out.provenance.measure = "prior_work";
  std::vector<index_t> asked;
  for (const std::string& topic : wanted) {
    const auto found = topics.known.find(topic);
    if (found != topics.known.end()) {
      asked.push_back(found->second);
    } else {
      out.provenance.warnings.push_back("nothing has the topic " + topic + ": look for other words before it is new");
    }
  }
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  // A topic that nothing has is no part of the comparison; one that all have still counts a little here.
  for (double& weight : topics.weight) weight = std::max(weight, 1e-6);
  std::map<index_t, double> dots;
  for (const index_t t : asked) {
    for (const index_t v : topics.who[at(t)]) dots[v] += topics.weight[at(t)] * topics.weight[at(t)];
  }
  std::vector<std::pair<double, index_t>> ranked;
  ranked.reserve(dots.size());
  for (const auto& [v, dot] : dots) {
    ranked.emplace_back(std::min(1.0, dot / (topics.length(asked) * topics.length(topics.of[at(v)]))), v);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
  if (static_cast<index_t>(ranked.size()) > options.most) {
    out.provenance.warnings.push_back(std::to_string(ranked.size()) + " works share a topic; the nearest " +
                                      std::to_string(options.most) + " are given");
    ranked.resize(at(options.most));
  }
  std::vector<index_t> found;
  Words id, kind, shared, date, who, who_kind;
  std::vector<double> similarity, best;
  std::vector<std::int64_t> count;
  for (const auto& [value, v] : ranked) {
    found.push_back(v);
    id.emplace_back(eco.id(v));
    kind.push_back(said(text_at(eco.entities(), "kind", at(v))));
    similarity.push_back(value);
    shared.emplace_back(topics.shared(asked, topics.of[at(v)]));
    date.push_back(when(eco.entities(), at(v)));
  }
  const auto around = neighbours(eco, found);
  std::map<index_t, std::pair<std::int64_t, double>> people;
  for (const auto& [value, v] : ranked) {
    for (const index_t person : around[at(v)]) {
      const std::string_view what = text_at(eco.entities(), "kind", at(person));
      if (what != "person" && what != "organisation" && what != "group") continue;
      auto& [works_of, nearest] = people[person];
      ++works_of;
      nearest = std::max(nearest, value);
    }
  }
  std::vector<std::pair<index_t, std::pair<std::int64_t, double>>> behind(people.begin(), people.end());
  std::stable_sort(behind.begin(), behind.end(),
                   [](const auto& x, const auto& y) { return x.second.first > y.second.first; });
  for (const auto& [person, pair] : behind) {
    who.emplace_back(eco.id(person));
    who_kind.push_back(said(text_at(eco.entities(), "kind", at(person))));
    count.push_back(pair.first);
    best.push_back(pair.second);
  }
  out.table.set("id", text_column(id));
  out.table.set("kind", text_column(kind));
  out.table.set("similarity", Column(std::move(similarity)));
  out.table.set("shared", text_column(shared, ColumnType::list));
  out.table.set("date", text_column(date));
  out.summary.set("id", text_column(who));
  out.summary.set("kind", text_column(who_kind));
  out.summary.set("works", counts_column(count));
  out.summary.set("best", Column(std::move(best)));
  return out;
}

}  // namespace linkpin
