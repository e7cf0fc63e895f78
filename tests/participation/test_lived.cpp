#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/participation/lived.hpp>
#include <linkpin/statistics/inequality.hpp>

#include "support/claims.hpp"
#include "support/graphs.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Ecosystem;
using linkpin::Frame;
using linkpin::fuzzy_brokerage;
using linkpin::index_t;
using linkpin::Memberships;
using linkpin::Network;
using support::Claims;

namespace {

double number(const Frame& frame, std::string_view column, std::size_t row) { return frame.find(column)->number(row); }
std::string word(const Frame& frame, std::string_view column, std::size_t row) {
  return std::string(frame.find(column)->view(row));
}

// Every vertex wholly in one of k groups, some in none.
Memberships crisp(const Network& net, std::size_t k, std::vector<std::string>& labels, linkpin::Stream& random) {
  Memberships m;
  for (std::size_t g = 0; g < k; ++g) m.groups.push_back("g" + std::to_string(g));
  m.shares.assign(static_cast<std::size_t>(net.n()) * k, 0.0);
  for (index_t v = 0; v < net.n(); ++v) {
    const auto g = random.below(static_cast<std::uint32_t>(k) + 1);
    labels.push_back(g == k ? "" : m.groups[g]);
    if (g < k) m.shares[static_cast<std::size_t>(v) * k + g] = 1;
  }
  return m;
}

}  // namespace

TEST_CASE("with one group a vertex fuzzy brokerage is Gould and Fernandez's") {
  linkpin::Stream random(2026, "crisp");
  for (std::uint64_t round = 0; round < 200; ++round) {
    const Network net = support::random_network(round);
    std::vector<std::string> labels;
    const Memberships m = crisp(net, 1 + random.below(3), labels, random);
    const auto fuzzy = fuzzy_brokerage(net, m);
    const auto plain = linkpin::brokerage(net, linkpin::groups(net, std::span<const std::string>(labels)));
    for (std::size_t role = 0; role < 6; ++role) {
      REQUIRE_THAT(fuzzy.whole[role], WithinAbs(plain.whole[role].raw[0], 1e-9));
      for (std::size_t v = 0; v < labels.size(); ++v) {
        const double expected = plain.by_vertex[role].raw[v];
        if (std::isnan(expected)) {
          REQUIRE(std::isnan(fuzzy.by_vertex[role][v]));
        } else {
          REQUIRE_THAT(fuzzy.by_vertex[role][v], WithinAbs(expected, 1e-9));
        }
      }
    }
  }
}

TEST_CASE("roles are the mean over every way to draw one group a person") {
  // a (carer), b (half carer, half researcher), c (researcher or council): a -> b -> c, all eight... four draws by
  // hand.
  const Network net = support::network(3, {0, 1}, {1, 2});
  const Memberships m{{"carer", "council", "researcher"}, {1, 0, 0, 0.5, 0, 0.5, 0, 0.25, 0.75}};
  const auto f = fuzzy_brokerage(net, m);
  // b carer (a half): a and b in one group, c never: representative 0.5. b researcher: c researcher: gatekeeper 0.375;
  // c council: liaison 0.125.
  REQUIRE_THAT(f.by_vertex[0][1], WithinAbs(0, 1e-15));
  REQUIRE_THAT(f.by_vertex[1][1], WithinAbs(0, 1e-15));
  REQUIRE_THAT(f.by_vertex[2][1], WithinAbs(0.5, 1e-15));
  REQUIRE_THAT(f.by_vertex[3][1], WithinAbs(0.375, 1e-15));
  REQUIRE_THAT(f.by_vertex[4][1], WithinAbs(0.125, 1e-15));
  REQUIRE(f.by_vertex[5][1] == 1);
}

TEST_CASE("the five roles add to the total on random memberships, and shuffles repeat on any threads") {
  linkpin::Stream random(2026, "fuzzy");
  for (std::uint64_t round = 0; round < 60; ++round) {
    const Network net = support::random_network(round);
    Memberships m{{"a", "b", "c"}, {}};
    for (index_t v = 0; v < net.n(); ++v) {
      const double x = random.uniform();
      const double y = (1 - x) * random.uniform();
      m.shares.insert(m.shares.end(), {x, y, 1 - x - y});
    }
    const auto f = fuzzy_brokerage(net, m, {.permutations = 19, .seed = round, .run = {.threads = 1}});
    for (std::size_t v = 0; v < static_cast<std::size_t>(net.n()); ++v) {
      double sum = 0;
      for (std::size_t role = 0; role < 5; ++role) {
        sum += f.by_vertex[role][v];
        REQUIRE(f.by_vertex[role][v] >= -1e-12);
        REQUIRE(f.p_less[role][v] + f.p_greater[role][v] >= 1);
      }
      REQUIRE_THAT(sum, WithinAbs(f.by_vertex[5][v], 1e-9));
      REQUIRE(std::isnan(f.p_less[5][v]));
    }
    const auto again = fuzzy_brokerage(net, m, {.permutations = 19, .seed = round, .run = {.threads = 4}});
    for (std::size_t role = 0; role < 5; ++role) REQUIRE(again.p_less[role] == f.p_less[role]);
  }
}

TEST_CASE("memberships that are none are refused") {
  const Network net = support::network(2, {0}, {1});
  REQUIRE_THROWS_WITH(fuzzy_brokerage(net, {{"a"}, {1}}), ContainsSubstring("2 vertices"));
  REQUIRE_THROWS_WITH(fuzzy_brokerage(net, {{"a"}, {1, 0.5}}), ContainsSubstring("add to 1"));
  REQUIRE_THROWS_WITH(fuzzy_brokerage(net, {{"a", "b"}, {1, 0, 2, -1}}), ContainsSubstring("not negative"));
  REQUIRE_THROWS_WITH(linkpin::memberships(net, "roles"), ContainsSubstring("no columns"));
  REQUIRE(fuzzy_brokerage(net, {{}, {}}).whole[5] == 0);
  REQUIRE(fuzzy_brokerage(Network(), {{"a"}, {}}).whole[5] == 0);
}

TEST_CASE("people with several capacities are bridges between their groups, never put into one") {
  Claims c;
  for (const char* id : {"ann", "bea", "cem", "dan"}) c.entity(id, "person");
  c.entity("body", "organisation");
  c.say("roles", "ann", "carer|researcher");
  c.say("roles", "bea", "carer");
  c.say("roles", "body", "funder|council");
  c.tie("bea", "event", "takes_part_in");
  c.text("capacity", "researcher|speaker");
  c.tie("cem", "event", "takes_part_in");
  c.text("capacity", "council");
  const auto k = linkpin::capacities(c.ecosystem());
  REQUIRE(k.several == 2);
  REQUIRE_THAT(k.share, WithinAbs(2.0 / 3, 1e-15));
  REQUIRE(word(k.people, "id", 0) == "bea");
  REQUIRE(word(k.people, "capacities", 0) == "carer|researcher|speaker");
  REQUIRE(k.people.rows() == 3);
  REQUIRE(word(k.bridges, "a", 0) == "carer");
  REQUIRE(word(k.bridges, "b", 0) == "researcher");
  REQUIRE(number(k.bridges, "people", 0) == 2);
  REQUIRE(number(k.bridges, "either", 0) == 2);
  REQUIRE(k.bridges.rows() == 3);
  REQUIRE(std::isnan(linkpin::capacities(Ecosystem()).share));
}

TEST_CASE("who stays, who leaves, who joins and who comes back") {
  Claims c;
  auto part = [&c](const char* who, const char* when) {
    c.entity(who, "person");
    c.tie(who, "forum", "takes_part_in");
    c.text("start", when);
  };
  part("ann", "2021-03");
  part("bea", "2021");
  part("ann", "2022-05-01");
  part("cem", "2022");
  part("bea", "2023");
  part("cem", "2023-01");
  part("cem", "2023-02");
  c.entity("dan", "person");
  c.tie("dan", "forum", "takes_part_in");
  c.entity("choir", "group");  // nobody knows who of a group stays
  c.tie("choir", "forum", "takes_part_in");
  c.text("start", "2021");
  const auto t = linkpin::continuity(c.ecosystem());
  REQUIRE(t.table.rows() == 3);
  REQUIRE(number(t.table, "contributors", 0) == 2);
  REQUIRE(std::isnan(number(t.table, "share", 0)));
  REQUIRE(number(t.table, "joined", 1) == 1);  // cem
  REQUIRE(number(t.table, "stayed", 1) == 1);  // ann
  REQUIRE(number(t.table, "left", 1) == 1);    // bea
  REQUIRE(number(t.table, "back", 2) == 1);    // bea
  REQUIRE(number(t.table, "share", 2) == 0.5);
  REQUIRE_THAT(t.provenance.warnings.at(0), ContainsSubstring("1 participations have no start"));
  REQUIRE_THAT(t.provenance.warnings.at(1), ContainsSubstring("1 ties stand for groups"));
  REQUIRE_THROWS_WITH(linkpin::continuity(c.ecosystem(), {.by = "week"}), ContainsSubstring("year or wave"));
  REQUIRE(linkpin::continuity(Ecosystem()).table.rows() == 0);
}

TEST_CASE("the burden on few shoulders") {
  Claims c;
  for (int i = 0; i < 10; ++i) {
    const std::string who = "p" + std::to_string(i);
    c.entity(who, "person");
    for (int k = 0; k <= (i == 7 ? 9 : 0); ++k) c.tie(who, "event", "takes_part_in");
  }
  c.tie("crowd", "event", "takes_part_in");
  c.number("count", 40);
  const auto b = linkpin::burden(c.ecosystem());
  REQUIRE(b.shoulders == 1);
  REQUIRE_THAT(b.value, WithinAbs(10.0 / 19, 1e-15));
  REQUIRE_THAT(b.equal, WithinAbs(0.1, 1e-15));
  REQUIRE(word(b.table, "id", 0) == "p7");
  REQUIRE(number(b.table, "cumulative", 9) == 1);
  REQUIRE_THAT(b.gini, WithinAbs(linkpin::gini(std::vector<double>{1, 1, 1, 1, 1, 1, 1, 1, 1, 10}), 1e-15));
  REQUIRE_THAT(b.provenance.warnings.at(0), ContainsSubstring("several people"));
  REQUIRE_THROWS_WITH(linkpin::burden(c.ecosystem(), {.most = 0}), ContainsSubstring("most"));
  REQUIRE(std::isnan(linkpin::burden(Ecosystem()).value));
}
