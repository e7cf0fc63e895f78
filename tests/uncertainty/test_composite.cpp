// Composite indices: by hand, against slow twins, and where the answer is known.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/uncertainty/composite.hpp>
#include <string>
#include <vector>

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::Aggregation;
using linkpin::Component;
using linkpin::composite;
using linkpin::Composite;
using linkpin::CompositeOptions;
using linkpin::Normalisation;

std::vector<Component> random_components(std::size_t n, std::size_t k, std::uint64_t seed) {
  linkpin::Stream random(seed, "components");
  std::vector<Component> components;
  for (std::size_t c = 0; c < k; ++c) {
    Component component{"c" + std::to_string(c), {}, 1.0 + static_cast<double>(c)};
    for (std::size_t i = 0; i < n; ++i) component.values.push_back(1 + 9 * random.uniform());
    components.push_back(std::move(component));
  }
  return components;
}

}  // namespace

TEST_CASE("a composite by hand") {
  // Two components; min-max with floor .01: (0, .5, 1) -> (.01, .505, 1), the burden turned round.
  const std::vector<Component> parts = {{"reach", {0, 5, 10}, 3}, {"cost", {4, 2, 0}, 1, false}};
  const Composite r = composite(
      parts, {.normalisations = {Normalisation::min_max}, .aggregations = {Aggregation::arithmetic}, .draws = 50});
  REQUIRE_THAT(r.units[0].value, WithinAbs(.01, 1e-12));
  REQUIRE_THAT(r.units[1].value, WithinAbs(.505, 1e-12));
  REQUIRE_THAT(r.units[2].value, WithinAbs(1, 1e-12));
  REQUIRE(r.components[0].weight == .75);
  REQUIRE(r.components[1].normalised[2] == 1.0);
  // The third unit is best on both: first under all weights, and nothing moves.
  REQUIRE_THAT(r.units[2].first, WithinAbs(1, 1e-12));
  REQUIRE_THAT(r.acceptability[2 * 3 + 0], WithinAbs(1, 1e-12));
  REQUIRE(r.mean_shift == 0.0);
  REQUIRE(std::isnan(r.shift[0].first));  // no variance to share out
  REQUIRE(std::isnan(r.central_weights[0]));
  const Composite g = composite(
      parts, {.normalisations = {Normalisation::min_max}, .aggregations = {Aggregation::geometric}, .draws = 2});
  REQUIRE_THAT(g.units[1].value, WithinAbs(.505, 1e-12));
}

TEST_CASE("two units, two components: acceptability is the share of the simplex") {
  // Unit 0 has (1, floor), unit 1 (floor, 1): whichever component weighs more decides, so each is first half the time.
  // With a third unit at (.6, .6): it is first where .6 > max(w, 1 - w) + ..., from w = .4 to .6 nearly (floor .001).
  const std::vector<Component> parts = {{"a", {1, 0, .6}}, {"b", {0, 1, .6}}};
  const Composite r = composite(parts, {.normalisations = {Normalisation::min_max},
                                        .aggregations = {Aggregation::arithmetic},
                                        .floor = 1e-6,
                                        .draws = 20000,
                                        .seed = 5});
  // Monte Carlo error of a share of .4 in 20,000 draws: .0035.
  REQUIRE_THAT(r.units[0].first, WithinAbs(.4, .011));
  REQUIRE_THAT(r.units[1].first, WithinAbs(.4, .011));
  REQUIRE_THAT(r.units[2].first, WithinAbs(.2, .011));
  REQUIRE_THAT(r.central_weights[0 * 2 + 0], WithinAbs(.8, .01));  // uniform on (.6, 1)
  REQUIRE_THAT(r.central_weights[2 * 2 + 0], WithinAbs(.5, .01));
  // Weights are all there is to choose.
  REQUIRE_THAT(r.shift[0].first, WithinAbs(1, 1e-9));
  REQUIRE_THAT(r.shift[1].total, WithinAbs(0, 1e-9));
}

TEST_CASE("acceptabilities are shares: rows and columns sum to 1") {
  const Composite r = composite(random_components(7, 4, 2), {.draws = 200});
  for (std::size_t i = 0; i < 7; ++i) {
    double row = 0, column = 0, expected = 0;
    for (std::size_t j = 0; j < 7; ++j) {
      row += r.acceptability[i * 7 + j];
      column += r.acceptability[j * 7 + i];
      expected += static_cast<double>(j + 1) * r.acceptability[i * 7 + j];
    }
    REQUIRE_THAT(row, WithinAbs(1, 1e-9));
    REQUIRE_THAT(column, WithinAbs(1, 1e-9));
    REQUIRE_THAT(r.units[i].expected_rank, WithinAbs(expected, 1e-6));
    REQUIRE(r.units[i].rank_low <= r.units[i].expected_rank);
    REQUIRE(r.units[i].expected_rank <= r.units[i].rank_high);
    REQUIRE_THAT(r.units[i].first, WithinAbs(r.acceptability[i * 7], 1e-12));
  }
}

TEST_CASE("Sobol indices: first orders sum to at most 1, totals are no smaller, and one choice alone has all") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Composite r = composite(random_components(9, 3, seed), {.draws = 150, .seed = seed});
    double first = 0;
    for (const auto& s : r.shift) {
      REQUIRE(s.first >= -1e-9);
      REQUIRE(s.total >= s.first - 1e-9);
      first += s.first;
    }
    REQUIRE(first <= 1 + 1e-9);
    // With weights held nearly fast, normalisation and aggregation have it all (sums of ranks would tie, and be untied
    // by a hair).
    const Composite fast =
        composite(random_components(9, 3, seed), {.normalisations = {Normalisation::min_max, Normalisation::z_score},
                                                  .concentration = 1e9,
                                                  .draws = 20,
                                                  .seed = seed});
    if (!std::isnan(fast.shift[0].first)) REQUIRE(fast.shift[0].total < 1e-9);
  }
}

TEST_CASE("weights drawn around the nominal ones have them as their mean") {
  // The best unit on everything is always first, so its central weights are the mean of all drawn.
  std::vector<Component> parts = random_components(5, 3, 1);
  for (Component& c : parts) c.values[0] = 20;
  const Composite r = composite(parts, {.concentration = 30, .draws = 5000});
  for (std::size_t c = 0; c < 3; ++c) {
    REQUIRE_THAT(r.central_weights[c], WithinAbs(r.components[c].weight, .01));
  }
  const Composite flat = composite(parts, {.draws = 5000});
  for (std::size_t c = 0; c < 3; ++c) REQUIRE_THAT(flat.central_weights[c], WithinAbs(1.0 / 3, .02));
}

TEST_CASE("correlation ratios: a line, a parabola and noise") {
  // The index is y = w1 x1 + w2 x2; a component on which it depends through a parabola has no linear part.
  linkpin::Stream random(11, "ratios");
  Component x{"x", {}, 0.0}, noise{"noise", {}, 0.0}, bent{"bent", {}, 1.0};
  for (int i = 0; i < 80; ++i) {
    const double u = 2 * random.uniform() - 1;
    x.values.push_back(u);
    noise.values.push_back(random.uniform());
    bent.values.push_back(u * u + 0.01 * random.uniform());
  }
  const Composite r = composite({x, noise, bent}, {.draws = 10});
  REQUIRE_THAT(r.components[2].correlation_ratio, WithinAbs(1, 1e-6));  // the index is this component
  REQUIRE(r.components[0].r_squared < 0.1);
  REQUIRE(r.components[0].correlation_ratio > 0.9);
  REQUIRE(r.components[1].correlation_ratio < 0.3);
  double importance = 0;
  for (const auto& c : r.components) importance += c.importance;
  REQUIRE_THAT(importance, WithinAbs(1, 1e-12));
}

TEST_CASE("units in another order, components in other units: the same index") {
  std::vector<Component> parts = random_components(8, 3, 4);
  const Composite r = composite(parts, {.draws = 50});
  for (Component& c : parts) {
    std::reverse(c.values.begin(), c.values.end());
    for (double& v : c.values) v = 1000 * v + 7;
  }
  const Composite turned = composite(parts, {.draws = 50});
  for (std::size_t i = 0; i < 8; ++i) {
    REQUIRE_THAT(turned.units[7 - i].value, WithinAbs(r.units[i].value, 1e-9));
    REQUIRE_THAT(turned.units[7 - i].expected_rank, WithinAbs(r.units[i].expected_rank, 1e-9));
  }
}

TEST_CASE("the same on any number of threads") {
  const auto parts = random_components(30, 4, 6);
  CompositeOptions one{.draws = 300, .seed = 9};
  one.run.threads = 1;
  CompositeOptions three = one;
  three.run.threads = 3;
  const Composite a = composite(parts, one), b = composite(parts, three);
  REQUIRE(a.acceptability == b.acceptability);
  REQUIRE(a.mean_shift == b.mean_shift);
}

TEST_CASE("ties share their places") {
  const std::vector<Component> parts = {{"a", {1, 1, 0}}, {"b", {2, 2, 0}}};
  const Composite r = composite(parts, {.draws = 10});
  REQUIRE(r.units[0].rank == 1.5);
  REQUIRE_THAT(r.units[0].first, WithinAbs(.5, 1e-12));
  REQUIRE_THAT(r.acceptability[1], WithinAbs(.5, 1e-12));
}

TEST_CASE("what makes no index is refused") {
  const auto refused = [](std::vector<Component> parts, const CompositeOptions& o, const char* why) {
    REQUIRE_THROWS_WITH(composite(parts, o), ContainsSubstring(why));
  };
  refused({{"a", {1, 2}}}, {}, "two or more");
  refused({{"a", {1, 2}}, {"b", {1, 2, 3}}}, {}, "length");
  refused({{"a", {1, 2}}, {"b", {1, std::nan("")}}}, {}, "unit 1");
  refused({{"a", {1, 2}}, {"b", {3, 3}}}, {}, "alike");
  refused({{"a", {1, 2}, 0}, {"b", {1, 3}, 0}}, {}, "weights");
  refused({{"a", {1, 2}, -1}, {"b", {1, 3}}}, {}, "weight");
  refused({{"a", {0, 2}}, {"b", {1, 3}}}, {.normalisations = {Normalisation::reference}}, "above zero");
  refused({{"a", {1, 2}}, {"b", {1, 3}}}, {.normalisations = {}}, "normalisations");
  refused({{"a", {1, 2}}, {"b", {1, 3}}}, {.concentration = -1}, "concentration");
  refused({{"a", {1, 2}}, {"b", {1, 3}}}, {.floor = 0}, "floor");
  refused({{"a", {1, 2}}, {"b", {1, 3}}}, {.draws = 1}, "draws");
}
