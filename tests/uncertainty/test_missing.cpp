// Missing answers: treatments by hand, Rubin's rules with their source, and the literature's ordering on real networks.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdio>
#include <linkpin/core/random.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/uncertainty/missing.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/data.hpp"

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Answer;
using linkpin::index_t;
using linkpin::Network;
using linkpin::NetworkParts;
using linkpin::NetworkScores;
using linkpin::Observed;
using linkpin::treated;
using linkpin::Treatment;

// A random directed network in which the last `silent` did not respond: their rows are not known.
Network holed(index_t n, double density, index_t silent, std::uint64_t seed, bool directed = true) {
  linkpin::Stream random(seed, "holed");
  NetworkParts p;
  p.n = n;
  p.directed = directed;
  std::vector<Answer> rows(static_cast<std::size_t>(n), Answer::answered);
  for (index_t v = n - silent; v < n; ++v) rows[static_cast<std::size_t>(v)] = Answer::no_response;
  for (index_t u = 0; u < n; ++u) {
    for (index_t v = directed ? 0 : u + 1; v < n; ++v) {
      const bool tie = u != v && random.uniform() < density;
      const bool told = u < n - silent || (!directed && v < n - silent);
      if (!tie || !told) continue;
      p.source.push_back(u);
      p.target.push_back(v);
      p.weight.push_back(1 + random.below(3));
    }
  }
  p.observed = Observed(std::move(rows), {}, !directed);
  return Network(std::move(p));
}

bool tied(const Network& net, index_t u, index_t v) {
  for (const index_t w : net.out().of(u)) {
    if (w == v) return true;
  }
  return false;
}

NetworkScores density_of(const Network& net) { return {{"density"}, {linkpin::density(net).value}}; }
NetworkScores indegree_of(const Network& net) {
  return {{}, linkpin::degree(net, {.mode = linkpin::Mode::in, .loops = false}).values};
}
NetworkScores betweenness_of(const Network& net) { return {{}, linkpin::betweenness(net).values}; }

constexpr Treatment all_filling[] = {Treatment::partner, Treatment::preferential, Treatment::hot_deck, Treatment::block,
                                     Treatment::regression};

}  // namespace

TEST_CASE("the partner's word, by hand") {
  // 2 did not respond; 0 names 2, 1 does not.
  NetworkParts p;
  p.n = 3;
  p.source = {0, 1};
  p.target = {2, 0};
  p.observed = Observed({Answer::answered, Answer::answered, Answer::no_response});
  const Network net(p);
  const Network filled = treated(net, Treatment::partner);
  REQUIRE(filled.m() == 3);
  REQUIRE(tied(filled, 2, 0));
  REQUIRE_FALSE(tied(filled, 2, 1));
  REQUIRE(filled.observed().complete() == false);  // the row itself still says that 2 did not answer
  REQUIRE(filled.observed().count(3) == 6);        // but every dyad is known
  const Network complete = treated(net, Treatment::complete);
  REQUIRE(complete.n() == 2);
  REQUIRE(complete.m() == 1);
}

TEST_CASE("what was told is never changed, and every hole is filled") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    for (const bool directed : {true, false}) {
      const Network net = holed(14, 0.3, 4, seed, directed);
      for (const Treatment treatment : all_filling) {
        const Network now = treated(net, treatment, {.seed = seed});
        INFO(to_string(treatment) << ", seed " << seed << ", directed " << directed);
        REQUIRE(now == treated(net, treatment, {.seed = seed}));
        std::int64_t open = 0;
        for (index_t u = 0; u < 14; ++u) {
          for (index_t v = 0; v < 14; ++v) {
            if (u == v) continue;
            if (net.observed()(u, v)) REQUIRE(tied(now, u, v) == tied(net, u, v));
            open += now.observed()(u, v) ? 0 : 1;
          }
        }
        // Two silent partners have nobody's word; the other treatments leave nothing open.
        REQUIRE(open == (treatment == Treatment::partner ? 12 : 0));
      }
    }
  }
}

TEST_CASE("who was not asked or declined is not filled in") {
  NetworkParts p = holed(8, 0.4, 2, 3).parts();
  std::vector<Answer> rows(8, Answer::answered);
  rows[6] = Answer::declined;
  rows[7] = Answer::not_asked;
  p.observed = Observed(rows);
  const Network net(p);
  for (const Treatment treatment : all_filling) REQUIRE(treated(net, treatment).m() == net.m());
  const auto s = missing_sensitivity(net, density_of);
  REQUIRE(s.unanswered == 0);
  REQUIRE(s.unasked == 14);
  REQUIRE_THAT(s.provenance.warnings[0], ContainsSubstring("did not respond"));
}

TEST_CASE("preferential attachment draws its numbers of ties from those who answered") {
  const Network net = holed(20, 0.25, 5, 8);
  index_t least = 20, most = 0;
  for (index_t v = 0; v < 15; ++v) {
    least = std::min(least, net.out().degree(v));
    most = std::max(most, net.out().degree(v));
  }
  for (std::uint64_t r = 0; r < 20; ++r) {
    const Network now = treated(net, Treatment::preferential, {.replicate = r});
    for (index_t v = 15; v < 20; ++v) {
      REQUIRE(now.out().degree(v) >= least);
      REQUIRE(now.out().degree(v) <= most);
    }
  }
}

TEST_CASE("blocks: given groups are kept, found blocks tell a core from a periphery") {
  // Two groups tied within only; the silent member of the second gets ties to its own.
  NetworkParts p;
  p.n = 24;
  linkpin::Stream random(4, "two groups");
  linkpin::Groups groups;
  groups.labels = {"a", "b"};
  for (index_t u = 0; u < 24; ++u) {
    groups.codes.push_back(u < 12 ? 0 : 1);
    for (index_t v = 0; v < 24; ++v) {
      if (u == v || (u < 12) != (v < 12) || u == 23 || random.uniform() > 0.8) continue;
      p.source.push_back(u);
      p.target.push_back(v);
    }
  }
  std::vector<Answer> rows(24, Answer::answered);
  rows[23] = Answer::no_response;
  p.observed = Observed(rows);
  const Network net(p);
  for (const bool given : {true, false}) {
    index_t own = 0, other = 0;
    for (std::uint64_t r = 0; r < 30; ++r) {
      const Network now =
          treated(net, Treatment::block, {.groups = given ? groups : linkpin::Groups{}, .replicate = r});
      for (const index_t v : now.out().of(23)) (v < 12 ? other : own) += 1;
    }
    INFO("given " << given << ": " << own << " within, " << other << " across");
    REQUIRE(own > 8 * other);
    REQUIRE(std::abs(own / 330.0 - 0.8) < 0.15);
  }
}

TEST_CASE("Rubin's rules") {
  // By hand: mean 4, between 2.5, within 1.2, total 1.2 + 1.2 * 2.5 = 4.2, df = 4 (1 + 1.2 / 3)^2 = 7.84.
  const std::vector<double> q = {2, 3, 4, 5, 6};
  const std::vector<double> u = {1, 1.1, 1.2, 1.3, 1.4};
  const auto pooled = linkpin::pool(q, u);
  REQUIRE_THAT(pooled.value, WithinAbs(4, 1e-12));
  REQUIRE_THAT(pooled.between, WithinAbs(2.5, 1e-12));
  REQUIRE_THAT(pooled.within, WithinAbs(1.2, 1e-12));
  REQUIRE_THAT(pooled.total, WithinAbs(4.2, 1e-12));
  REQUIRE_THAT(pooled.df, WithinAbs(7.84, 1e-12));
  // R: qt(.975, 7.84) = 2.314...; the interval is 4 +- that times sqrt(4.2).
  REQUIRE_THAT((pooled.interval.high - 4) / std::sqrt(4.2), WithinAbs(2.3141, 2e-3));
  // Without variances there is no within, and no interval is claimed.
  const auto bare = linkpin::pool(q);
  REQUIRE(std::isnan(bare.total));
  REQUIRE(std::isnan(bare.interval.low));
  REQUIRE_THAT(bare.between, WithinAbs(2.5, 1e-12));
  REQUIRE_THROWS_WITH(linkpin::pool(std::vector<double>{1}), ContainsSubstring("two or more"));
  REQUIRE_THROWS_WITH(linkpin::pool(std::vector<double>{1, linkpin::undefined}), ContainsSubstring("estimates"));
  REQUIRE_THROWS_WITH(linkpin::pool(q, std::vector<double>{1, 2}), ContainsSubstring("one an estimate"));
  REQUIRE_THROWS_WITH(linkpin::pool(q, std::vector<double>{1, 1, 1, 1, -1}), ContainsSubstring("not negative"));
}

TEST_CASE("the range of a score holds its value under every treatment") {
  const Network net = holed(18, 0.3, 5, 2);
  const auto s = missing_sensitivity(net, density_of, {.imputations = 5, .seed = 4});
  REQUIRE(s.unanswered == 5 * 17);
  REQUIRE(s.rows.size() == 1);
  REQUIRE(s.rows[0].values.size() == 7);
  for (std::size_t t = 0; t < 7; ++t) {
    REQUIRE(s.rows[0].low <= s.rows[0].values[t]);
    REQUIRE(s.rows[0].values[t] <= s.rows[0].high);
    REQUIRE((s.rows[0].spread[t] > 0) == (t >= 3));
  }
  REQUIRE(s.rows[0].values[0] == linkpin::density(net).value);
  const auto by_vertex = missing_sensitivity(net, indegree_of, {.imputations = 3});
  REQUIRE(by_vertex.rows.size() == 18);
  REQUIRE(std::isnan(by_vertex.rows[17].values[1]));  // gone in the complete case
  REQUIRE(by_vertex.rank_correlation[0] == 1.0);
}

TEST_CASE("with everything answered the treatments agree, and say so") {
  const Network net = holed(9, 0.3, 0, 2);
  const auto s = missing_sensitivity(net, density_of);
  REQUIRE(s.rows[0].low == s.rows[0].high);
  REQUIRE_THAT(s.provenance.warnings[0], ContainsSubstring("agree"));
  const auto empty = missing_sensitivity(Network{}, [](const Network&) { return NetworkScores{{"x"}, {1.0}}; });
  REQUIRE(empty.rows[0].low == 1.0);
}

TEST_CASE("what cannot be compared is refused") {
  const Network net = holed(9, 0.3, 2, 2);
  const auto changing = [](const Network& n) {
    return NetworkScores{n.n() == 9 ? std::vector<std::string>{"a"} : std::vector<std::string>{"a", "b"},
                         std::vector<double>(n.n() == 9 ? 1 : 2, 0.0)};
  };
  REQUIRE_THROWS_WITH(missing_sensitivity(net, changing), ContainsSubstring("length"));
  REQUIRE_THROWS_WITH(missing_sensitivity(net, density_of, {.imputations = 1}), ContainsSubstring("imputations"));
  REQUIRE_THROWS_WITH(missing_trust(net, density_of, {.response_rates = {0.0}}), ContainsSubstring("response_rates"));
  linkpin::Groups groups;
  groups.codes = {0, 0};
  groups.labels = {"a"};
  REQUIRE_THROWS_WITH(treated(net, Treatment::block, {.groups = groups}), ContainsSubstring("one group a vertex"));
}

TEST_CASE("silence costs nothing where nobody is silent, and more the more there is") {
  const Network net = holed(25, 0.2, 0, 6);
  const auto trust = missing_trust(net, indegree_of, {.response_rates = {1.0, 0.9, 0.5}, .replicates = 20});
  REQUIRE(trust.rows.size() == 6);
  REQUIRE(trust.rows[0].rank_correlation == 1.0);
  REQUIRE(trust.rows[0].bias == 0.0);
  REQUIRE(trust.rows[2].rank_correlation > trust.rows[4].rank_correlation);
  REQUIRE(trust.rows[4].bias < trust.rows[2].bias);  // unanswered ties are read as none: in-degree falls
  // Density of the observed dyads is nearly unbiased under silence at random.
  const auto density = missing_trust(net, density_of, {.response_rates = {0.7}, .replicates = 60});
  REQUIRE(std::abs(density.rows[0].relative_bias) < 0.05);
}

TEST_CASE("in-degree is robust and betweenness fragile, on real networks") {
  LINKPIN_NEED_DATA("oracles");
  const std::pair<const char*, bool> networks[] = {
      {"chemnet_pol", true}, {"chemnet_scito", true},        {"chemnet_infrep", true}, {"emon_texas", true},
      {"emon_mtsi", true},   {"knoke_information", true},    {"knoke_money", true},    {"krackhardt_advice", true},
      {"networkers", true},  {"swiss_climate_phase1", true}, {"adolescents", false},   {"florentine_marriage", false}};
  int ordered = 0, tried = 0;
  for (const auto& [name, directed] : networks) {
    if (!std::filesystem::exists(support::data_folder() / "oracles" / name)) continue;
    const Network net = support::oracle_network(name, directed);
    const linkpin::TrustOptions options{
        .response_rates = {0.7}, .treatments = {Treatment::available}, .replicates = 40, .seed = 1};
    const double degree = missing_trust(net, indegree_of, options).rows[0].rank_correlation;
    const double between = missing_trust(net, betweenness_of, options).rows[0].rank_correlation;
    ++tried;
    ordered += degree > between ? 1 : 0;
    std::printf("%-22s n %3d, 70 %% respond: rank correlation in-degree %.3f, betweenness %.3f\n", name,
                static_cast<int>(net.n()), degree, between);
  }
  std::printf("in-degree above betweenness on %d of %d\n", ordered, tried);
  REQUIRE(tried >= 10);
  REQUIRE(ordered >= 10);
}
