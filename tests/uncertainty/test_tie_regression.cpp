// Ties nobody told of, from a regression: what it must know of a network, and that its intervals hold the truth.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <cstdio>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/uncertainty/bootstrap.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <memory>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::WithinAbs;
using linkpin::Answer;
using linkpin::BootstrapOptions;
using linkpin::Groups;
using linkpin::index_t;
using linkpin::Network;
using linkpin::NetworkParts;
using linkpin::Observed;
using linkpin::Resample;
using linkpin::Stream;
using linkpin::treated;
using linkpin::Treatment;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

using Ties = std::vector<std::vector<bool>>;

// Ties that are returned and keep to two groups; senders differ in how many they name. Both halves have both groups.
Ties world(index_t n, std::uint64_t seed) {
  Stream random(seed, "world");
  Ties ties(at(n), std::vector<bool>(at(n), false));
  std::vector<double> activity(at(n));
  for (double& a : activity) a = 0.6 * random.normal();
  auto chance = [&](index_t u, index_t v, bool returned) {
    const double eta = -2.6 + activity[at(u)] + (u % 2 == v % 2 ? 1.2 : 0.0) + (returned ? 1.8 : 0.0);
    return random.uniform() < 1 / (1 + std::exp(-eta));
  };
  for (int sweep = 0; sweep < 6; ++sweep) {
    for (index_t u = 0; u < n; ++u) {
      for (index_t v = 0; v < n; ++v) {
        if (u != v) ties[at(u)][at(v)] = chance(u, v, ties[at(v)][at(u)]);
      }
    }
  }
  return ties;
}

// What was told of these ties where the last `silent` did not answer.
Network told(const Ties& ties, index_t silent, bool directed = true) {
  const auto n = static_cast<index_t>(ties.size());
  NetworkParts p;
  p.n = n;
  p.directed = directed;
  std::vector<Answer> rows(at(n), Answer::answered);
  for (index_t v = n - silent; v < n; ++v) rows[at(v)] = Answer::no_response;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = directed ? 0 : u + 1; v < n; ++v) {
      if (!ties[at(u)][at(v)] || u >= n - silent) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  if (silent > 0) p.observed = Observed(std::move(rows), {}, !directed);
  auto levels = std::make_shared<linkpin::StringTable>();
  linkpin::Text text;
  for (index_t v = 0; v < n; ++v) text.codes.push_back(levels->intern(v % 2 == 0 ? "even" : "odd"));
  text.levels = levels;
  p.vertices.set("group", linkpin::Column(std::move(text)));
  return Network(std::move(p));
}

bool tied(const Network& net, index_t u, index_t v) {
  const auto row = net.out().of(u);
  return std::binary_search(row.begin(), row.end(), v);
}

}  // namespace

TEST_CASE("a silent respondent's ties follow the way back that was told") {
  constexpr index_t n = 24, silent = 5;
  Ties ties(at(n), std::vector<bool>(at(n), false));
  Stream random(3, "all returned");
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = 0; v < u; ++v) ties[at(u)][at(v)] = ties[at(v)][at(u)] = random.uniform() < 0.3;
  }
  const Network net = told(ties, silent);
  double right = 0, dyads = 0, mutual = 0, among = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const Network now = treated(net, Treatment::regression, {.seed = 1, .replicate = r});
    for (index_t u = n - silent; u < n; ++u) {
      for (index_t v = 0; v < n - silent; ++v) {
        right += tied(now, u, v) == tied(net, v, u) ? 1 : 0;
        dyads += 1;
      }
      for (index_t v = u + 1; v < n; ++v) {
        mutual += tied(now, u, v) && tied(now, v, u) ? 2 : 0;
        among += (tied(now, u, v) ? 1 : 0) + (tied(now, v, u) ? 1 : 0);
      }
    }
  }
  INFO(right / dyads << " as the partner says; " << mutual / among << " returned among the silent");
  REQUIRE(right / dyads > 0.9);   // 0.58 were they drawn at the usual rate
  REQUIRE(mutual / among > 0.7);  // 0.3 were they
}

TEST_CASE("ties of the silent keep to the groups that are given, and close triangles") {
  // Four cliques of six, named in full but for one tie in ten.
  constexpr index_t n = 24;
  Ties ties(at(n), std::vector<bool>(at(n), false));
  Stream random(5, "cliques");
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = 0; v < n; ++v) ties[at(u)][at(v)] = u != v && u % 4 == v % 4 && random.uniform() < 0.9;
  }
  const Network net = told(ties, 4);
  Groups groups;
  groups.labels = {"a", "b", "c", "d"};
  for (index_t v = 0; v < n; ++v) groups.codes.push_back(v % 4);
  for (const bool given : {true, false}) {
    index_t own = 0, other = 0;
    for (std::uint64_t r = 0; r < 20; ++r) {
      const Network now = treated(net, Treatment::regression, {.groups = given ? groups : Groups{}, .replicate = r});
      for (index_t u = n - 4; u < n; ++u) {
        for (const index_t v : now.out().of(u)) (u % 4 == v % 4 ? own : other) += 1;
      }
    }
    INFO("given " << given << ": " << own << " within, " << other << " across");
    REQUIRE(own > 4 * other);  // of pairs, 400 and 1,440
    REQUIRE(own > 0.6 * 400);
  }
}

TEST_CASE("who was not asked, or declined, is left alone while others are filled in") {
  NetworkParts p = told(world(20, 2), 4).parts();
  std::vector<Answer> rows(20, Answer::answered);
  rows[17] = Answer::declined;
  rows[18] = Answer::not_asked;
  rows[19] = Answer::no_response;
  p.observed = Observed(rows, {{0, 1, Answer::no_response}, {2, 3, Answer::declined}});
  std::vector<index_t> source, target;
  for (std::size_t e = 0; e < p.source.size(); ++e) {
    if (!p.observed(p.source[e], p.target[e])) continue;
    source.push_back(p.source[e]);
    target.push_back(p.target[e]);
  }
  p.source = source;
  p.target = target;
  const Network net(p);
  for (std::uint64_t r = 0; r < 5; ++r) {
    const Network now = treated(net, Treatment::regression, {.replicate = r});
    for (index_t u = 0; u < 20; ++u) {
      for (index_t v = 0; v < 20; ++v) {
        if (u == v) continue;
        const Answer state = net.observed().at(u, v);
        if (state != Answer::no_response) REQUIRE(tied(now, u, v) == tied(net, u, v));
        REQUIRE(now.observed().at(u, v) == (state == Answer::no_response ? Answer::answered : state));
      }
    }
  }
}

TEST_CASE("replicates of an interval are the networks of the treatment") {
  const Network net = told(world(18, 4), 4);
  const auto count = [](const Network& now) { return static_cast<double>(now.m()); };
  BootstrapOptions o{.resample = Resample::imputations, .replicates = 12, .seed = 8, .groups = "group"};
  const auto one = linkpin::bootstrap(net, count, o);
  for (std::uint64_t r = 0; r < 12; ++r) {
    const Network now =
        treated(net, Treatment::regression, {.groups = linkpin::groups(net, "group"), .seed = 8, .replicate = r});
    REQUIRE(one.draws[r] == now.m());
  }
  o.run.threads = 3;
  REQUIRE(linkpin::bootstrap(net, count, o).draws == one.draws);
}

TEST_CASE("little or nothing to learn from") {
  const Ties empty(9, std::vector<bool>(9, false)), full(9, std::vector<bool>(9, true));
  for (const bool directed : {true, false}) {
    for (const index_t silent : {1, 8, 9}) {
      REQUIRE(treated(told(empty, silent, directed), Treatment::regression).observed().count(9) == 72);
      REQUIRE(treated(told(full, silent, directed), Treatment::regression).observed().count(9) == 72);
    }
    // Nobody told of a tie: hardly any is drawn; everybody of all: hardly any is missing.
    REQUIRE(treated(told(empty, 2, directed), Treatment::regression).m() <= 4);
    REQUIRE(treated(told(full, 2, directed), Treatment::regression).m() >= (directed ? 68 : 35));
  }
}

TEST_CASE("undirected: silent pairs are tied as often as their partners and groups say") {
  constexpr index_t n = 30, silent = 12;
  double own = 0, own_pairs = 0, other = 0, other_pairs = 0;
  for (std::uint64_t s = 0; s < 6; ++s) {
    Ties ties(at(n), std::vector<bool>(at(n), false));
    Stream random(s, "undirected");
    for (index_t u = 0; u < n; ++u) {
      for (index_t v = u + 1; v < n; ++v) ties[at(u)][at(v)] = random.uniform() < (u % 2 == v % 2 ? 0.5 : 0.1);
    }
    const Network net = told(ties, silent, false);
    for (std::uint64_t r = 0; r < 5; ++r) {
      const Network now =
          treated(net, Treatment::regression, {.groups = linkpin::groups(net, "group"), .seed = s, .replicate = r});
      for (index_t u = n - silent; u < n; ++u) {
        for (index_t v = u + 1; v < n; ++v) {
          (u % 2 == v % 2 ? own : other) += tied(now, u, v) ? 1 : 0;
          (u % 2 == v % 2 ? own_pairs : other_pairs) += 1;
        }
      }
    }
  }
  REQUIRE_THAT(own / own_pairs, WithinAbs(0.5, 0.1));
  REQUIRE_THAT(other / other_pairs, WithinAbs(0.1, 0.05));
}

TEST_CASE("intervals from non-response hold density, reciprocity and the E-I index") {
  // Ties that are returned and keep to groups: with each drawn on its own at a block's rate, of 40 intervals none held
  // the reciprocity and 9 the E-I index.
  constexpr index_t n = 30, silent = 6;
  constexpr int surveys = 40;
  const auto scores = [](const Network& net) {
    return std::vector<double>{linkpin::density(net).value, linkpin::reciprocity(net).value,
                               linkpin::ei_index(net, linkpin::groups(net, "group")).value};
  };
  int held[3] = {0, 0, 0};
  for (std::uint64_t s = 0; s < surveys; ++s) {
    const Ties ties = world(n, s);
    const std::vector<double> truth = scores(told(ties, 0));
    const auto b =
        linkpin::bootstrap(told(ties, silent), scores,
                           {.resample = Resample::imputations, .replicates = 80, .seed = s, .groups = "group"});
    for (std::size_t i = 0; i < 3; ++i) {
      held[i] += b.interval[i].low <= truth[i] && truth[i] <= b.interval[i].high ? 1 : 0;
    }
  }
  std::printf("intervals from imputations, %d surveys of %d: density %d, reciprocity %d, E-I %d hold the truth\n",
              surveys, static_cast<int>(n), held[0], held[1], held[2]);
  for (const int h : held) REQUIRE(h >= 33);
}
