// Each wave of a survey by itself: who was there, and the network.
#pragma once

#include <algorithm>
#include <linkpin/core/error.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/uncertainty/waves.hpp>
#include <set>
#include <string>
#include <vector>

namespace linkpin::detail::waves {

inline std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

inline std::vector<std::string> known_waves(const Ecosystem& eco) {
  std::vector<std::string> known = Ecosystem::distinct(eco.reports(), "wave");
  for (const std::string& wave : Ecosystem::distinct(eco.ties(), "wave")) {
    if (std::find(known.begin(), known.end(), wave) == known.end()) known.push_back(wave);
  }
  return known;
}

inline void check(std::string_view function, const Ecosystem& eco, const std::vector<std::string>& waves,
                  double level) {
  if (waves.size() < 2) refuse(function, "waves", std::to_string(waves.size()), "name two or more");
  const std::vector<std::string> known = known_waves(eco);
  std::string listed;
  for (const std::string& wave : known) listed += (listed.empty() ? "" : ", ") + wave;
  std::set<std::string> seen;
  for (const std::string& wave : waves) {
    if (std::find(known.begin(), known.end(), wave) == known.end()) {
      refuse(function, "waves", wave, "the ecosystem has: " + (listed.empty() ? "none" : listed));
    }
    if (!seen.insert(wave).second) refuse(function, "waves", wave, "name each wave once");
  }
  if (!(level > 0 && level < 1)) refuse(function, "level", shown(level), "between 0 and 1");
}

// Everybody who appears in a wave's reports or ties.
inline std::vector<std::uint8_t> present_in(const Ecosystem& eco, const std::string& wave) {
  std::vector<std::uint8_t> present(at(eco.entity_count()), 0);
  const EcosystemParts& p = eco.parts();
  auto stamp = [&](index_t v) {
    if (v != none) present[at(v)] = 1;
  };
  if (const Column* waves = p.reports.find("wave"); waves != nullptr) {
    for (std::size_t r = 0; r < p.respondent.size(); ++r) {
      if (waves->view(r) != wave) continue;
      stamp(p.respondent[r]);
      stamp(p.report_from[r]);
      stamp(p.report_to[r]);
    }
  }
  if (const Column* waves = p.ties.find("wave"); waves != nullptr) {
    for (std::size_t e = 0; e < p.from.size(); ++e) {
      if (waves->view(e) != wave) continue;
      stamp(p.from[e]);
      stamp(p.to[e]);
    }
  }
  return present;
}

// One wave: who was there, its network among all entities of the lens, and where each entity stands in it.
struct Wave {
  std::vector<std::uint8_t> present;
  Network net;
  std::vector<index_t> vertex;  // by entity

  [[nodiscard]] bool has(index_t entity) const { return present[at(entity)] != 0 && vertex[at(entity)] != none; }

  [[nodiscard]] Network among(const std::vector<index_t>& entities) const {
    std::vector<index_t> vertices;
    for (const index_t e : entities) {
      if (has(e)) vertices.push_back(vertex[at(e)]);
    }
    return subnetwork(net, vertices);
  }
};

inline std::vector<Wave> read(const Ecosystem& eco, const std::vector<std::string>& waves, Lens lens) {
  std::vector<Wave> out;
  for (const std::string& name : waves) {
    lens.wave = name;
    Wave wave{present_in(eco, name), derive(eco, lens), {}};
    wave.vertex.assign(at(eco.entity_count()), none);
    for (index_t v = 0; v < wave.net.n(); ++v) wave.vertex[at(eco.find(wave.net.name(v)))] = v;
    out.push_back(std::move(wave));
  }
  return out;
}

inline std::vector<WaveMember> members_of(const std::vector<Wave>& waves, index_t entities) {
  std::vector<WaveMember> members;
  for (index_t e = 0; e < entities; ++e) {
    WaveMember m{e, {}};
    bool any = false;
    for (const Wave& wave : waves) {
      m.present.push_back(wave.has(e) ? 1 : 0);
      any = any || wave.has(e);
    }
    if (any) members.push_back(std::move(m));
  }
  return members;
}

inline bool tied(const Network& net, index_t u, index_t v) {
  const auto row = net.out().of(u);
  return std::binary_search(row.begin(), row.end(), v);
}

}  // namespace linkpin::detail::waves
