// QAP and MRQAP against R's sna, and against a twin that fits every permutation from scratch.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstring>
#include <linkpin/core/random.hpp>
#include <linkpin/core/simd.hpp>
#include <linkpin/uncertainty/detail/permuted_products.ipp>
#include <linkpin/uncertainty/mrqap.hpp>
#include <linkpin/uncertainty/qap.hpp>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/graphs.hpp"

namespace {

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using linkpin::DyadMatrix;
using linkpin::index_t;
using linkpin::Predictor;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

DyadMatrix read_matrix(const std::string& oracle, const std::string& name) {
  const auto rows = support::read_csv(support::data_folder() / "oracles" / oracle / (name + "_matrix.csv"));
  DyadMatrix m{static_cast<index_t>(rows.size() - 1), {}};
  for (std::size_t r = 1; r < rows.size(); ++r) {
    for (std::size_t c = 1; c < rows[r].size(); ++c) m.values.push_back(std::stod(rows[r][c]));
  }
  return m;
}

DyadMatrix random_matrix(index_t n, std::uint64_t number, bool symmetric = false, double missing = 0.0) {
  linkpin::Stream random(2026, "matrices", number);
  DyadMatrix m{n, std::vector<double>(at(n) * at(n), 0.0)};
  for (index_t i = 0; i < n; ++i) {
    for (index_t j = symmetric ? i + 1 : 0; j < n; ++j) {
      const double v = random.uniform() < missing ? linkpin::undefined : random.normal();
      m.values[at(i) * at(n) + at(j)] = v;
      if (symmetric) m.values[at(j) * at(n) + at(i)] = v;
    }
  }
  return m;
}

// The oracle's columns: test, predictor, observed, p_ge, p_le, t (or the permuted mean), p_ge_abs (or sd), reps.
struct Oracle {
  std::string predictor;
  double estimate, greater, less, t, two_sided, reps;
};

std::vector<Oracle> oracles(const std::string& set, const std::string& test) {
  std::vector<Oracle> found;
  for (const auto& row : support::read_csv(support::data_folder() / "oracles" / set / "qap.csv")) {
    if (row[0] != test) continue;
    found.push_back({row[1], std::stod(row[2]), std::stod(row[3]), std::stod(row[4]), std::stod(row[5]),
                     std::stod(row[6]), std::stod(row[7])});
  }
  return found;
}

// Two counted shares of the same probability differ by at most 4 standard errors of each, and what +1 adds.
bool same_p(double a, double a_count, double b, double b_count) {
  const double p = std::max({(a + b) / 2, 1 / a_count, 1 / b_count});
  return std::abs(a - b) <= 4 * std::sqrt(p * (1 - p) * (1 / a_count + 1 / b_count)) + 1 / a_count + 1 / b_count;
}

struct Set {
  std::string name;
  std::vector<std::string> x;
};

const std::vector<Set> sets = {{"qap_chemnet", {"scito", "infrep", "committee", "sametype"}},
                               {"qap_knoke", {"money", "samesector"}},
                               {"qap_florentine", {"business"}}};

// t of each term by least squares from the normal equations over the dyads listed, columns as given.
std::vector<double> plain_t(const std::vector<std::vector<double>>& columns, const std::vector<double>& y) {
  const std::size_t k = columns.size();
  std::vector<std::vector<double>> a(k, std::vector<double>(2 * k, 0.0));
  std::vector<double> b(k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t r = 0; r < y.size(); ++r) b[i] += columns[i][r] * y[r];
    for (std::size_t j = 0; j < k; ++j) {
      for (std::size_t r = 0; r < y.size(); ++r) a[i][j] += columns[i][r] * columns[j][r];
    }
    a[i][k + i] = 1.0;
  }
  for (std::size_t i = 0; i < k; ++i) {  // Gauss-Jordan
    const double pivot = a[i][i];
    for (double& v : a[i]) v /= pivot;
    for (std::size_t r = 0; r < k; ++r) {
      if (r == i) continue;
      const double f = a[r][i];
      for (std::size_t c = 0; c < 2 * k; ++c) a[r][c] -= f * a[i][c];
    }
  }
  std::vector<double> beta(k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) beta[i] += a[i][k + j] * b[j];
  }
  double rss = 0.0;
  for (std::size_t r = 0; r < y.size(); ++r) {
    double e = y[r];
    for (std::size_t i = 0; i < k; ++i) e -= beta[i] * columns[i][r];
    rss += e * e;
  }
  std::vector<double> t(k);
  for (std::size_t i = 0; i < k; ++i) {
    t[i] = beta[i] / std::sqrt(rss / static_cast<double>(y.size() - k) * a[i][k + i]);
  }
  return t;
}

}  // namespace

TEST_CASE("correlations and coefficients are those of sna, p within Monte Carlo error", "[qap]") {
  LINKPIN_NEED_DATA("oracles");
  for (const Set& set : sets) {
    const DyadMatrix y = read_matrix(set.name, "y");
    std::vector<Predictor> x;
    for (const std::string& name : set.x) x.push_back({name, read_matrix(set.name, "x_" + name)});

    for (const Oracle& want : oracles(set.name, "qap_gcor")) {
      const auto got = linkpin::qap(y, read_matrix(set.name, "x_" + want.predictor), {.permutations = 1999, .seed = 1});
      INFO(set.name << ' ' << want.predictor);
      CHECK_THAT(got.value, WithinAbs(want.estimate, 1e-10));
      CHECK(same_p(got.p_greater, 2000, want.greater, want.reps));
      CHECK(same_p(got.p_less, 2000, want.less, want.reps));
    }
    const auto got = linkpin::mrqap(y, x, {.permutations = 1999, .seed = 2});
    const auto want = oracles(set.name, "netlm_qapspp");
    REQUIRE(want.size() == got.terms.size());
    for (std::size_t k = 0; k < want.size(); ++k) {
      INFO(set.name << ' ' << want[k].predictor);
      CHECK(got.terms[k].term == want[k].predictor);
      CHECK_THAT(got.terms[k].estimate, WithinAbs(want[k].estimate, 1e-8));
      CHECK_THAT(got.terms[k].t, WithinAbs(want[k].t, 1e-8));
      CHECK(same_p(got.terms[k].p_greater, 2000, want[k].greater, want[k].reps));
      CHECK(same_p(got.terms[k].p_less, 2000, want[k].less, want[k].reps));
      CHECK(same_p(got.terms[k].p_two_sided, 2000, want[k].two_sided, want[k].reps));
    }
    const auto fit = support::read_columns(support::data_folder() / "oracles" / set.name / "qap_fit.csv");
    CHECK_THAT(got.r_squared, WithinAbs(std::stod(fit.at("r.squared")[0]), 1e-10));
    CHECK_THAT(got.adjusted_r_squared, WithinAbs(std::stod(fit.at("adj.r.squared")[0]), 1e-10));
    CHECK(got.dyads == std::stoll(fit.at("n_obs")[0]));
    CHECK(got.residual_df == std::stoll(fit.at("residual_df")[0]));
  }
}

TEST_CASE("a binary outcome has sna's logistic coefficients", "[qap]") {
  LINKPIN_NEED_DATA("oracles");
  const Set& set = sets[0];
  std::vector<Predictor> x;
  for (const std::string& name : set.x) x.push_back({name, read_matrix(set.name, "x_" + name)});
  const auto got = linkpin::mrqap(read_matrix(set.name, "y"), x,
                                  {.permutations = 199, .seed = 3, .outcome = linkpin::Outcome::binary});
  const auto want = oracles(set.name, "netlogit_qapspp");
  for (std::size_t k = 0; k < want.size(); ++k) {
    INFO(want[k].predictor);
    CHECK_THAT(got.terms[k].estimate, WithinAbs(want[k].estimate, 1e-8));
    CHECK_THAT(got.terms[k].t, WithinAbs(want[k].t, 1e-4));  // R's weights are those of the step before the last
    CHECK(same_p(got.terms[k].p_greater, 200, want[k].greater, want[k].reps));
    CHECK(same_p(got.terms[k].p_two_sided, 200, want[k].two_sided, want[k].reps));
  }
  const auto fit = support::read_columns(support::data_folder() / "oracles" / set.name / "qap_fit.csv");
  CHECK_THAT(got.aic, WithinAbs(std::stod(fit.at("logit_aic")[0]), 1e-6));
  CHECK_THAT(got.deviance, WithinAbs(std::stod(fit.at("logit_deviance")[0]), 1e-6));
  // sna's null model gives every dyad one half (870 dyads); ours is the intercept alone, as glm has it.
  CHECK_THAT(std::stod(fit.at("logit_null_deviance")[0]), WithinAbs(2 * 870 * std::log(2.0), 1e-6));
  CHECK(got.null_deviance < 2 * 870 * std::log(2.0));
}

TEST_CASE("every permuted t is the one a fit from scratch gives", "[qap]") {
  // The twin: the part a predictor adds to the others is permuted and regressed again over the dyads observed then.
  for (const bool symmetric : {false, true}) {
    for (const double missing : {0.0, 0.15}) {
      const index_t n = 9;
      const std::uint64_t salt = (symmetric ? 10 : 0) + (missing > 0 ? 100 : 0);
      const DyadMatrix y = random_matrix(n, salt + 1, symmetric, missing);
      std::vector<Predictor> x = {{"a", random_matrix(n, salt + 2, symmetric, missing)},
                                  {"b", random_matrix(n, salt + 3, symmetric)}};
      for (std::size_t c = 0; c < x[1].values.values.size(); ++c) {  // correlated, and far from 0
        const double a = x[0].values.values[c];
        x[1].values.values[c] += 5 + (std::isnan(a) ? 0 : a);
      }
      constexpr int permutations = 60;
      const auto got = linkpin::mrqap(y, x, {.permutations = permutations, .seed = 7, .directed = !symmetric});

      struct Dyad {
        index_t i, j;
      };
      std::vector<Dyad> free;  // observed in the predictors
      auto cell = [](index_t i, index_t j) { return at(i) * at(n) + at(j); };
      for (index_t i = 0; i < n; ++i) {
        for (index_t j = symmetric ? i + 1 : 0; j < n; ++j) {
          if (i != j && !std::isnan(x[0].values.values[cell(i, j)])) free.push_back({i, j});
        }
      }
      auto column = [&](std::size_t k, index_t i, index_t j) {
        return k == 0 ? 1.0 : x[k - 1].values.values[cell(i, j)];
      };
      std::vector<int> greater(3, 1);
      std::vector<int> far(3, 1);
      for (std::size_t k = 0; k < 3; ++k) {
        // The part of term k: residuals of a regression without it, by projecting twice on the two others.
        std::vector<double> part(at(n) * at(n), linkpin::undefined);
        std::vector<double> e;
        for (const Dyad& d : free) e.push_back(column(k, d.i, d.j));
        for (int pass = 0; pass < 4000; ++pass) {  // alternating projections converge to the residual
          for (std::size_t l = 0; l < 3; ++l) {
            if (l == k) continue;
            double ee = 0;
            double ll = 0;
            for (std::size_t r = 0; r < e.size(); ++r) {
              const double v = column(l, free[r].i, free[r].j);
              ee += v * e[r];
              ll += v * v;
            }
            for (std::size_t r = 0; r < e.size(); ++r) e[r] -= ee / ll * column(l, free[r].i, free[r].j);
          }
        }
        for (std::size_t r = 0; r < e.size(); ++r) {
          part[cell(free[r].i, free[r].j)] = e[r];
          if (symmetric) part[cell(free[r].j, free[r].i)] = e[r];
        }
        for (int r = 0; r < permutations; ++r) {
          std::vector<index_t> order(at(n));
          for (index_t i = 0; i < n; ++i) order[at(i)] = i;
          linkpin::Stream stream(7, "mrqap", static_cast<std::uint64_t>(r));
          stream.shuffle(std::span(order));
          std::vector<std::vector<double>> columns(3);
          std::vector<double> ys;
          for (const Dyad& d : free) {
            const double star = part[cell(order[at(d.i)], order[at(d.j)])];
            if (std::isnan(y.values[cell(d.i, d.j)]) || std::isnan(star)) continue;
            ys.push_back(y.values[cell(d.i, d.j)]);
            for (std::size_t l = 0; l < 3; ++l) columns[l].push_back(l == k ? star : column(l, d.i, d.j));
          }
          const double t = plain_t(columns, ys)[k];
          greater[k] += t >= got.terms[k].t - 1e-6 ? 1 : 0;
          far[k] += std::abs(t) >= std::abs(got.terms[k].t) - 1e-6 ? 1 : 0;
        }
      }
      for (std::size_t k = 0; k < 3; ++k) {
        INFO("symmetric " << symmetric << ", missing " << missing << ", term " << k);
        CHECK(std::lround(got.terms[k].p_greater * (permutations + 1)) == greater[k]);
        CHECK(std::lround(got.terms[k].p_two_sided * (permutations + 1)) == far[k]);
      }
    }
  }
}

TEST_CASE("products of permuted matrices are those of a plain loop, the same bits from every instruction set",
          "[qap]") {
  namespace dyads = linkpin::detail::dyads;
  constexpr index_t n = 13;
  std::vector<std::vector<double>> matrices;
  for (std::uint64_t m = 0; m < 4; ++m) matrices.push_back(random_matrix(n, 40 + m, false).values);
  for (auto& values : matrices) {
    for (double& v : values) v = std::isnan(v) ? 0.0 : v;
  }
  std::vector<const std::vector<double>*> three{&matrices[0], &matrices[1], &matrices[2]};
  const auto moved = dyads::by_fours(three);
  three.push_back(&matrices[3]);
  three.push_back(&matrices[0]);
  const auto fixed = dyads::by_fours(three);
  REQUIRE(moved.size() == 1);
  REQUIRE(fixed.size() == 2);  // five matrices do not fit into four
  CHECK(fixed[1][5].lane[0] == matrices[0][5]);
  CHECK(fixed[1][5].lane[1] == 0.0);
  const std::vector<index_t> order = dyads::permutation(n, 3, "test", 0);
  for (const bool directed : {true, false}) {
    const dyads::Square s{n, directed};
    std::array<dyads::Four, 4> plain{};
    dyads::PermutedProducts::run<2>(s, order.data(), moved[0].data(), fixed[0].data(), plain);
    for (std::size_t f = 0; f < 4; ++f) {
      for (std::size_t m = 0; m < 3; ++m) {
        double want = 0.0;
        for (index_t i = 0; i < n; ++i) {
          for (index_t j = s.first(i); j < n; ++j) {
            want += matrices[m][s.cell(order[at(i)], order[at(j)])] * (*three[f])[s.cell(i, j)];
          }
        }
        CHECK_THAT(plain[f].lane[m], WithinAbs(want, 1e-12));
      }
      CHECK(plain[f].lane[3] == 0.0);
    }
    std::array<dyads::Four, 4> widest{};
    linkpin::detail::run_widest<dyads::PermutedProducts>(s, order.data(), moved[0].data(), fixed[0].data(), widest);
    CHECK(std::memcmp(plain.data(), widest.data(), sizeof plain) == 0);
  }
}

TEST_CASE("sparse, dense and masked correlations agree with a plain one", "[qap]") {
  for (const double keep : {0.1, 0.9}) {
    for (const bool symmetric : {false, true}) {
      const index_t n = 12;
      DyadMatrix x = random_matrix(n, 40, symmetric);
      for (index_t i = 0; i < n; ++i) {
        for (index_t j = 0; j < n; ++j) {
          double& v = x.values[at(i) * at(n) + at(j)];
          v = std::fmod(std::abs(v) * 7, 1.0) < keep ? 1.0 + std::floor(std::abs(v)) : 0.0;
        }
      }
      const DyadMatrix y = random_matrix(n, 41, symmetric);
      const auto got = linkpin::qap(y, x, {.permutations = 200, .seed = 5, .directed = !symmetric});
      std::vector<double> r;
      for (int k = -1; k < 200; ++k) {
        std::vector<index_t> order(at(n));
        for (index_t i = 0; i < n; ++i) order[at(i)] = i;
        linkpin::Stream stream(5, "qap", static_cast<std::uint64_t>(k));
        if (k >= 0) stream.shuffle(std::span(order));
        double sums[6] = {};
        for (index_t i = 0; i < n; ++i) {
          for (index_t j = symmetric ? i + 1 : 0; j < n; ++j) {
            if (i == j) continue;
            // Whichever of the two is permuted, the distribution is the same; the sparser one's values stay.
            const bool x_moves = keep > 0.5;
            const double a =
                x_moves ? x.values[at(order[at(i)]) * at(n) + at(order[at(j)])] : x.values[at(i) * at(n) + at(j)];
            const double b =
                x_moves ? y.values[at(i) * at(n) + at(j)] : y.values[at(order[at(i)]) * at(n) + at(order[at(j)])];
            const double parts[6] = {1, a, b, a * a, b * b, a * b};
            for (int s = 0; s < 6; ++s) sums[s] += parts[s];
          }
        }
        r.push_back((sums[5] - sums[1] * sums[2] / sums[0]) /
                    std::sqrt((sums[3] - sums[1] * sums[1] / sums[0]) * (sums[4] - sums[2] * sums[2] / sums[0])));
      }
      CHECK_THAT(got.value, WithinAbs(r[0], 1e-12));
      int far = 0;
      for (const double v : r) far += std::abs(v) >= std::abs(r[0]) - 1e-9 ? 1 : 0;
      CHECK(std::lround(got.p * 201) == far);
    }
  }
}

TEST_CASE("missing dyads move with their vertex and are left out", "[qap]") {
  // A respondent who did not answer: her row is missing in y.
  const index_t n = 15;
  DyadMatrix y = random_matrix(n, 50);
  const DyadMatrix x = random_matrix(n, 51);
  for (index_t j = 0; j < n; ++j) y.values[at(3) * at(n) + at(j)] = linkpin::undefined;
  const auto r = linkpin::qap(y, x, {.permutations = 99});
  CHECK(r.dyads == n * (n - 1) - (n - 1));
  REQUIRE(r.provenance.warnings.size() == 1);
  CHECK_THAT(r.provenance.warnings[0], ContainsSubstring("14 of 210 dyads"));
  const auto m = linkpin::mrqap(y, std::vector<Predictor>{{"x", x}}, {.permutations = 99});
  CHECK(m.dyads == r.dyads);
  CHECK_THAT(m.r_squared, WithinAbs(r.value * r.value, 1e-12));  // one predictor: the same question
  CHECK_THAT(m.terms[1].t, WithinAbs(r.t, 1e-9));
  CHECK_THAT(m.terms[1].standardised, WithinAbs(r.value, 1e-12));
}

TEST_CASE("the same seed gives the same numbers on any number of threads", "[qap]") {
  const DyadMatrix y = random_matrix(30, 60, false, 0.1);
  const std::vector<Predictor> x = {{"a", random_matrix(30, 61)}, {"b", random_matrix(30, 62)}};
  auto run = [&](int threads) {
    const auto r = linkpin::mrqap(y, x, {.permutations = 300, .seed = 4, .run = {.threads = threads}});
    std::vector<double> all;
    for (const auto& t : r.terms) all.insert(all.end(), {t.estimate, t.t, t.p_greater, t.p_two_sided});
    return all;
  };
  const auto one = run(1);
  CHECK(run(2) == one);
  CHECK(run(8) == one);
}

TEST_CASE("a network as a matrix keeps what was not observed", "[qap]") {
  linkpin::NetworkParts p;
  p.n = 3;
  p.source = {0, 0, 1};
  p.target = {1, 1, 2};
  p.weight = {2, 3, 4};
  p.observed = linkpin::Observed({linkpin::Answer::answered, linkpin::Answer::answered, linkpin::Answer::no_response});
  const linkpin::Network net(std::move(p));
  const auto ones = linkpin::dyad_matrix(net);
  CHECK(ones.values[1] == 1);
  CHECK(linkpin::dyad_matrix(net, "weight").values[1] == 5);
  CHECK(ones.values[2] == 0);
  CHECK(std::isnan(ones.values[6]));
}

TEST_CASE("what cannot be tested is refused or said", "[qap]") {
  const DyadMatrix y = random_matrix(8, 70);
  const DyadMatrix flat{8, std::vector<double>(64, 2.0)};
  CHECK(std::isnan(linkpin::qap(y, flat).value));
  CHECK_FALSE(linkpin::qap(y, flat).provenance.warnings.empty());
  CHECK_THROWS_WITH(linkpin::qap(y, random_matrix(7, 1)), ContainsSubstring("same 8 vertices"));
  CHECK_THROWS_WITH(linkpin::qap(y, y, {.directed = false}), ContainsSubstring("symmetric"));
  CHECK_THROWS_WITH(linkpin::qap(y, y, {.permutations = 0}), ContainsSubstring("permutations"));
  DyadMatrix infinite = y;
  infinite.values[1] = linkpin::unreachable;
  CHECK_THROWS_WITH(linkpin::qap(y, infinite), ContainsSubstring("row 0, column 1"));
  const Predictor a{"a", random_matrix(8, 71)};
  CHECK_THROWS_WITH(linkpin::mrqap(y, std::vector<Predictor>{a, {"again", a.values}}), ContainsSubstring("again"));
  CHECK_THROWS_WITH(linkpin::mrqap(y, std::vector<Predictor>{{"flat", flat}}), ContainsSubstring("flat"));
  CHECK_THROWS_WITH(linkpin::mrqap(y, std::vector<Predictor>{a}, {.outcome = linkpin::Outcome::binary}),
                    ContainsSubstring("0 or 1"));
  CHECK_THROWS_WITH(linkpin::mrqap(y, {}), ContainsSubstring("at least one predictor"));
  const DyadMatrix empty{0, {}};
  CHECK(std::isnan(linkpin::qap(empty, empty).value));
  const auto constant = linkpin::mrqap(flat, std::vector<Predictor>{a}, {.permutations = 9});
  CHECK(std::isnan(constant.terms[1].p_two_sided));
  CHECK_FALSE(constant.provenance.warnings.empty());
}
