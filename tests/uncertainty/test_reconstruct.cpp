// Reconstruction of ties from noisy words: planted rates come back, what is not identified is a range, a slow twin.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdio>
#include <linkpin/core/random.hpp>
#include <linkpin/uncertainty/reconstruct.hpp>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using linkpin::ErrorRates;
using linkpin::ErrorsOf;
using linkpin::index_t;
using linkpin::reconstruct;
using linkpin::Reconstructed;
using linkpin::Reconstruction;
using linkpin::ReconstructOptions;
using linkpin::Word;

struct Rates {
  double miss, alarm;
};

// A planted network on n vertices and what `reporters` said of every ordered dyad; `items` words of each.
std::vector<Word> planted(index_t n, double density, const std::vector<Rates>& rates, bool by_item,
                          std::uint64_t seed) {
  linkpin::Stream random(seed, "planted");
  std::vector<Word> words;
  for (index_t i = 0; i < n; ++i) {
    for (index_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const bool tie = random.uniform() < density;
      for (std::size_t k = 0; k < rates.size(); ++k) {
        const double p = tie ? 1 - rates[k].miss : rates[k].alarm;
        const auto who = static_cast<index_t>(k);
        words.push_back({by_item ? i : who, i, j, by_item ? who : 0, random.uniform() < p});
      }
    }
  }
  return words;
}

bool holds(const linkpin::Interval& i, double x) { return i.low <= x && x <= i.high; }

}  // namespace

TEST_CASE("the two sets of rates that give the same data") {
  // Both have mean word .2 and covariance .09.
  const auto moments = [](double rho, double hit, double alarm) {
    const double mean = rho * hit + (1 - rho) * alarm;
    return std::pair(mean, rho * hit * hit + (1 - rho) * alarm * alarm);
  };
  const auto [m1, p1] = moments(.20, .80, .05);
  const auto [m2, p2] = moments(.30, .658, .0036);
  REQUIRE(std::abs(m1 - m2) < 1e-3);
  REQUIRE(std::abs(p1 - p2) < 1e-3);
  // A large survey with the first holds both in its range.
  const Reconstructed r = reconstruct(planted(200, .2, {{.2, .05}, {.2, .05}}, false, 1));
  REQUIRE_FALSE(r.identified);
  REQUIRE(std::isnan(r.density));
  REQUIRE(holds(r.density_interval, .2));
  REQUIRE(holds(r.density_interval, .3));
  REQUIRE(holds(r.rates[0].false_negative_interval, .2));
  REQUIRE(holds(r.rates[0].false_negative_interval, 1 - .658));
  REQUIRE(holds(r.rates[0].false_positive_interval, .05));
  REQUIRE(holds(r.rates[0].false_positive_interval, .0036));
  REQUIRE_FALSE(holds(r.rates[0].false_negative_interval, .6));  // and is no empty statement
  REQUIRE(std::isnan(r.dyads[0].probability));
  REQUIRE_THAT(r.provenance.warnings[0], ContainsSubstring("not identified"));
}

TEST_CASE("three words a dyad: planted rates come back at n = 30") {
  constexpr int runs = 200;
  double common = 0.0, by_item = 0.0, by_respondent = 0.0, density = 0.0;
  const std::vector<Rates> three = {{.1, .03}, {.2, .05}, {.3, .08}};
  for (int run = 0; run < runs; ++run) {
    const auto seed = static_cast<std::uint64_t>(run);
    const Reconstructed a = reconstruct(planted(30, .2, {{.2, .05}, {.2, .05}, {.2, .05}}, false, seed));
    REQUIRE(a.identified);
    common += (std::abs(a.rates[0].false_negative - .2) + std::abs(a.rates[0].false_positive - .05)) / 2;
    density += std::abs(a.density - .2);
    const Reconstructed b = reconstruct(planted(30, .2, three, true, seed), {.errors = ErrorsOf::item});
    for (std::size_t k = 0; k < 3; ++k) {
      by_item +=
          (std::abs(b.rates[k].false_negative - three[k].miss) + std::abs(b.rates[k].false_positive - three[k].alarm)) /
          6;
    }
    const Reconstructed c = reconstruct(planted(30, .2, three, false, seed), {.errors = ErrorsOf::respondent});
    for (std::size_t k = 0; k < 3; ++k) {
      by_respondent +=
          (std::abs(c.rates[k].false_negative - three[k].miss) + std::abs(c.rates[k].false_positive - three[k].alarm)) /
          6;
    }
  }
  std::printf(
      "mean absolute error of the rates, 200 runs at n = 30: all alike %.4f, by item %.4f, by respondent %.4f; "
      "of the density %.4f\n",
      common / runs, by_item / runs, by_respondent / runs, density / runs);
  REQUIRE(common / runs <= .05);
  REQUIRE(by_item / runs <= .05);
  REQUIRE(by_respondent / runs <= .05);
  REQUIRE(density / runs <= .05);
}

TEST_CASE("two words a dyad: the range holds the planted values at n = 30") {
  constexpr int runs = 200;
  int density = 0, misses = 0, alarms = 0, all = 0, two = 0;
  for (int run = 0; run < runs; ++run) {
    const auto seed = static_cast<std::uint64_t>(run);
    const Reconstructed r = reconstruct(planted(30, .2, {{.2, .05}, {.2, .05}}, false, seed), {.seed = seed});
    REQUIRE_FALSE(r.identified);
    const bool d = holds(r.density_interval, .2);
    const bool m = holds(r.rates[0].false_negative_interval, .2);
    const bool a = holds(r.rates[0].false_positive_interval, .05);
    density += d ? 1 : 0;
    misses += m ? 1 : 0;
    alarms += a ? 1 : 0;
    all += d && m && a ? 1 : 0;
    if (run % 10 != 0) continue;
    const std::vector<Rates> rates = {{.1, .02}, {.3, .08}};
    const Reconstructed q = reconstruct(planted(30, .2, rates, true, seed), {.errors = ErrorsOf::item, .seed = seed});
    bool in = holds(q.density_interval, .2);
    for (std::size_t k = 0; k < 2; ++k) {
      in = in && holds(q.rates[k].false_negative_interval, rates[k].miss) &&
           holds(q.rates[k].false_positive_interval, rates[k].alarm);
    }
    two += in ? 1 : 0;
  }
  std::printf(
      "two words: range holds the planted density %d, misses %d, alarms %d, all three %d of 200; two questions "
      "all five %d of 20\n",
      density, misses, alarms, all, two);
  REQUIRE(all >= 196);
  REQUIRE(two >= 19);
}

TEST_CASE("two words and a known false-positive rate are enough") {
  const auto words = planted(60, .2, {{.25, .05}, {.25, .05}}, false, 5);
  const Reconstructed r = reconstruct(words, {.false_positive = .05});
  REQUIRE(r.identified);
  REQUIRE(std::abs(r.density - .2) < .02);
  REQUIRE(std::abs(r.rates[0].false_negative - .25) < .05);
  REQUIRE(r.rates[0].false_positive == .05);
}

TEST_CASE("EM against a slow twin: the likelihood is at its top") {
  const std::vector<Rates> rates = {{.2, .1}, {.3, .05}, {.1, .2}, {.25, .1}};
  const auto words = planted(12, .3, rates, false, 9);
  const Reconstructed r = reconstruct(words, {.errors = ErrorsOf::respondent});
  const auto likelihood = [&](double rho, const std::vector<double>& miss, const std::vector<double>& alarm) {
    std::map<std::pair<index_t, index_t>, std::pair<double, double>> dyads;
    for (const Word& w : words) {
      auto& [on, off] = dyads.try_emplace({w.from, w.to}, rho, 1 - rho).first->second;
      const auto k = static_cast<std::size_t>(w.respondent);
      on *= w.yes ? 1 - miss[k] : miss[k];
      off *= w.yes ? alarm[k] : 1 - alarm[k];
    }
    double sum = 0.0;
    for (const auto& [dyad, p] : dyads) sum += std::log(p.first + p.second);
    return sum;
  };
  std::vector<double> miss, alarm;
  for (const ErrorRates& e : r.rates) {
    miss.push_back(e.false_negative);
    alarm.push_back(e.false_positive);
  }
  const double top = likelihood(r.density, miss, alarm);
  for (const double step : {-1e-3, 1e-3}) {
    REQUIRE(likelihood(r.density + step, miss, alarm) < top);
    for (std::size_t k = 0; k < 4; ++k) {
      auto m = miss;
      auto a = alarm;
      m[k] += step;
      a[k] += step;
      if (m[k] > 0) REQUIRE(likelihood(r.density, m, alarm) < top);
      if (a[k] > 0) REQUIRE(likelihood(r.density, miss, a) < top);
    }
  }
  // Each tie's probability straight from Bayes' rule.
  for (const auto& d : r.dyads) {
    double on = r.density, off = 1 - r.density;
    for (const Word& w : words) {
      if (w.from != d.from || w.to != d.to) continue;
      const auto k = static_cast<std::size_t>(w.respondent);
      on *= w.yes ? 1 - miss[k] : miss[k];
      off *= w.yes ? alarm[k] : 1 - alarm[k];
    }
    REQUIRE(std::abs(d.probability - on / (on + off)) < 1e-6);
  }
}

TEST_CASE("Gibbs: intervals hold what was planted, the same on any number of threads") {
  const std::vector<Rates> rates = {{.2, .05}, {.3, .02}, {.1, .1}, {.2, .05}, {.4, .01}};
  const ReconstructOptions short_run{
      .method = Reconstruction::gibbs, .errors = ErrorsOf::respondent, .draws = 200, .burn = 100, .chains = 2};
  int density = 0;
  int in = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Reconstructed r = reconstruct(planted(20, .25, rates, false, seed), short_run);
    density += holds(r.density_interval, .25) ? 1 : 0;
    for (std::size_t k = 0; k < rates.size(); ++k) {
      in += holds(r.rates[k].false_negative_interval, rates[k].miss) ? 1 : 0;
      in += holds(r.rates[k].false_positive_interval, rates[k].alarm) ? 1 : 0;
    }
  }
  std::printf("Gibbs, 95 %% intervals: density %d of 20, rates %d of 200\n", density, in);
  REQUIRE(density >= 16);
  REQUIRE(in >= 180);

  const auto words = planted(20, .25, rates, false, 3);
  ReconstructOptions o = short_run;
  o.run.threads = 1;
  const Reconstructed r = reconstruct(words, o);
  REQUIRE(r.scale_reduction < 1.1);
  // Chains too short for the rates are told of, most often even where the density alone would pass.
  int told = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    ReconstructOptions hasty = short_run;
    hasty.draws = 10;
    hasty.seed = seed;
    told += reconstruct(words, hasty).scale_reduction > 1.1 ? 1 : 0;
  }
  INFO("told of in " << told << " of 20");
  REQUIRE(told >= 10);
  o.run.threads = 3;
  const Reconstructed again = reconstruct(words, o);
  REQUIRE(again.density == r.density);
  REQUIRE(again.dyads[7].probability == r.dyads[7].probability);
  // EM and the posterior mean tell the same story.
  const Reconstructed em = reconstruct(words, {.errors = ErrorsOf::respondent});
  REQUIRE(std::abs(em.density - r.density) < .03);
}

TEST_CASE("a prior stands in for missing words, and is said to") {
  const auto words = planted(30, .2, {{.2, .05}, {.2, .05}}, false, 2);
  const Reconstructed r = reconstruct(words, {.method = Reconstruction::gibbs,
                                              .false_positive_prior = linkpin::BetaPrior{50, 950},
                                              .draws = 200,
                                              .burn = 100});
  REQUIRE_FALSE(r.identified);
  REQUIRE(holds(r.density_interval, .2));
  REQUIRE_THAT(r.provenance.warnings[0], ContainsSubstring("the prior does"));
}

TEST_CASE("one word a dyad tells next to nothing, and says so") {
  const Reconstructed r = reconstruct(planted(30, .2, {{.2, .05}}, false, 4));
  REQUIRE(r.density_interval == linkpin::Interval{0, 1});
  REQUIRE(holds(r.rates[0].false_negative_interval, .2));
}

TEST_CASE("what cannot be reconstructed is refused") {
  const auto words = planted(5, .2, {{.2, .05}}, false, 4);
  REQUIRE_THROWS_WITH(reconstruct(std::vector<Word>{}), ContainsSubstring("nobody answered"));
  REQUIRE_THROWS_WITH(reconstruct(words, {.false_positive = 1.0}), ContainsSubstring("false_positive"));
  REQUIRE_THROWS_WITH(reconstruct(words, {.density_prior = linkpin::BetaPrior{0.5, 2}}),
                      ContainsSubstring("1 or more"));
  REQUIRE_THROWS_WITH(reconstruct(words, {.level = 1.0}), ContainsSubstring("level"));
  REQUIRE_THROWS_WITH(reconstruct(words, {.draws = 1}), ContainsSubstring("draws"));
}

TEST_CASE("a long chain hears an interruption") {
  linkpin::ReconstructOptions o{.method = Reconstruction::gibbs, .draws = 200'000, .chains = 2};
  o.run.interrupted = [] { return true; };
  REQUIRE_THROWS_AS(reconstruct(planted(30, .2, {{.2, .05}, {.2, .05}, {.2, .05}}, false, 4), o), linkpin::Cancelled);
}

TEST_CASE("words out of reports: silence of who answered is a word, no answer is none") {
  linkpin::EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (const char* id : {"a", "b", "c"}) ids->intern(id);
  p.ids = ids;
  p.respondent = {0, 1, 2};
  p.report_from = {0, 0, 2};
  p.report_to = {1, 1, linkpin::none};
  const std::vector<std::optional<std::string>> states = {"answered", "answered", "did not respond"};
  p.reports.set("state", linkpin::text_column(states));
  p.reports.set("value", linkpin::Column(std::vector<double>{1, 0, linkpin::undefined}));
  const auto words = spoken_words(linkpin::Ecosystem(p));
  // a speaks of a->b, b->a, a->c, c->a; b of a->b, b->a, b->c, c->b: eight words, one of them a yes.
  REQUIRE(words.size() == 8);
  int yes = 0;
  for (const Word& w : words) {
    REQUIRE(w.respondent != 2);
    yes += w.yes ? 1 : 0;
  }
  REQUIRE(yes == 1);
}
