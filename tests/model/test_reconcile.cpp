// Reconciled reports: the rules by hand, a slow twin on random surveys, Krackhardt's and Batchelder & Romney's
// structures, and the real survey whose ties were told from both ends.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <linkpin/core/random.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/model/reconcile.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/data.hpp"

namespace {

using Catch::Matchers::ContainsSubstring;
using linkpin::Answer;
using linkpin::Column;
using linkpin::DyadWords;
using linkpin::Ecosystem;
using linkpin::EcosystemParts;
using linkpin::index_t;
using linkpin::none;
using linkpin::reconcile;
using linkpin::Reconciled;
using linkpin::Rule;
using linkpin::Verdict;

struct Report {
  index_t who, from, to;
  double value;
  const char* state = "answered";
};

Ecosystem survey(index_t n, const std::vector<Report>& reports, bool symmetric = false) {
  EcosystemParts p;
  auto ids = std::make_shared<linkpin::StringTable>();
  for (index_t v = 0; v < n; ++v) ids->intern("v" + std::to_string(v));
  p.ids = ids;
  std::vector<std::optional<std::string>> items(reports.size(), "contact");
  std::vector<std::optional<std::string>> states;
  std::vector<double> values;
  for (const Report& r : reports) {
    p.respondent.push_back(r.who);
    p.report_from.push_back(r.from);
    p.report_to.push_back(r.to);
    states.emplace_back(r.state);
    values.push_back(r.value);
  }
  p.reports.set("item", linkpin::text_column(items));
  p.reports.set("state", linkpin::text_column(states));
  p.reports.set("value", Column(values));
  if (symmetric) p.kinds = {{"contact", linkpin::Flow::forward, true, ""}};
  return Ecosystem(std::move(p));
}

const DyadWords& at(const Reconciled& r, index_t from, index_t to) {
  for (const DyadWords& d : r.dyads) {
    if (d.from == from && d.to == to) return d;
  }
  FAIL("no such dyad");
  return r.dyads.front();
}

// Everybody reports on everybody (a cognitive social structure): truth seen with a chance of error by respondent.
Ecosystem perceived(index_t n, const std::vector<std::vector<bool>>& truth, const std::vector<double>& error,
                    std::uint64_t seed) {
  linkpin::Stream random(seed, "perceived");
  std::vector<Report> reports;
  for (index_t who = 0; who < n; ++who) {
    for (index_t i = 0; i < n; ++i) {
      for (index_t j = 0; j < n; ++j) {
        if (i == j) continue;
        const bool tie = truth[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
        const bool wrong = random.uniform() < error[static_cast<std::size_t>(who)];
        reports.push_back({who, i, j, tie != wrong ? 1.0 : 0.0});
      }
    }
  }
  return survey(n, reports);
}

}  // namespace

TEST_CASE("who claims what the partner denies") {
  // 0 and 1 name each other; 0 claims 2, who answered and does not; 3 gave no answer.
  const Ecosystem eco = survey(4,
                               {{0, 0, 1, 2},
                                {1, 1, 0, 1},
                                {0, 0, 2, 1},
                                {2, 2, 1, 0},
                                {2, 2, 3, 1},
                                {3, 3, none, linkpin::undefined, "did not respond"}},
                               true);
  const Reconciled r = reconcile(eco);
  REQUIRE_FALSE(r.directed);
  REQUIRE(at(r, 0, 1).verdict == Verdict::differ);
  REQUIRE(at(r, 0, 2).verdict == Verdict::conflict);
  REQUIRE(at(r, 1, 2).verdict == Verdict::agree);  // a zero and a silence
  REQUIRE(at(r, 2, 3).verdict == Verdict::one_word);
  REQUIRE(at(r, 2, 3).receiver_state == Answer::no_response);
  REQUIRE(r.respondents.size() == 3);
  const auto& zero = r.respondents[0];
  REQUIRE(zero.named == 2);
  REQUIRE(zero.compared == 2);
  REQUIRE(zero.confirmed == 1);
  REQUIRE(zero.claimed_alone == 1);
  REQUIRE(zero.denied_alone == 0);
  REQUIRE(r.respondents[2].denied_alone == 1);
  REQUIRE(r.both_ties == 1);
  REQUIRE(r.agreement == 0.5);  // one of the two ties that either end of a twice-told dyad claims
}

TEST_CASE("what was not asked is no zero, and is not filled in") {
  // 0 answered of 1, and was not asked of 2, which was asked nothing at all; 3 was asked and gave no answer.
  const Ecosystem eco = survey(4, {{0, 0, 1, 1},
                                   {0, 0, 2, linkpin::undefined, "not asked"},
                                   {1, 1, 2, 1},
                                   {1, 1, 3, 1},
                                   {3, 3, none, linkpin::undefined, "did not respond"}});
  const Reconciled r = reconcile(eco);
  REQUIRE(at(r, 0, 2).sender_state == Answer::not_asked);
  REQUIRE(std::isnan(at(r, 0, 2).value));
  REQUIRE(r.observed.at(0, 2) == Answer::not_asked);
  REQUIRE(r.observed.at(0, 3) == Answer::answered);
  const Reconciled filled = reconcile(eco, {.nonresponse = linkpin::NonResponse::reconstruct});
  REQUIRE(at(filled, 3, 1).value == 1);
  for (const DyadWords& d : filled.dyads) REQUIRE(d.from != 2);  // 2 was not asked: 1's word stands for 1 -> 2 alone
  REQUIRE(filled.observed.at(2, 0) == Answer::not_asked);
  REQUIRE(filled.observed.at(3, 0) == Answer::answered);  // 0 did not name 3, which gave no answer
}

TEST_CASE("a slow twin: rules on random surveys told from both ends") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    linkpin::Stream random(seed, "reconcile twin");
    const index_t n = 6;
    std::vector<Report> reports;
    std::map<std::pair<index_t, index_t>, double> sent, got;
    std::vector<bool> answered(static_cast<std::size_t>(n));
    for (index_t v = 0; v < n; ++v) {
      answered[static_cast<std::size_t>(v)] = random.uniform() < 0.7;
      const bool here = answered[static_cast<std::size_t>(v)];
      reports.push_back({v, v, none, linkpin::undefined, here ? "answered" : "did not respond"});
      if (!here) continue;
      for (index_t u = 0; u < n; ++u) {
        if (u == v) continue;
        if (random.uniform() < 0.4) reports.push_back({v, v, u, sent[{v, u}] = random.below(3)});
        if (random.uniform() < 0.4) reports.push_back({v, u, v, got[{u, v}] = random.below(3)});
      }
    }
    if (sent.empty() || got.empty()) continue;
    const Ecosystem eco = survey(n, reports);
    for (const Rule rule : {Rule::sender, Rule::receiver, Rule::either, Rule::both, Rule::min, Rule::mean, Rule::max,
                            Rule::las_union, Rule::las_intersection}) {
      const linkpin::Network net = derive(eco, {.rule = rule});
      for (index_t i = 0; i < n; ++i) {
        for (index_t j = 0; j < n; ++j) {
          if (i == j) continue;
          const bool s = answered[static_cast<std::size_t>(i)];
          const bool r = answered[static_cast<std::size_t>(j)];
          const double a = sent.contains({i, j}) ? sent[{i, j}] : 0.0;
          const double b = got.contains({i, j}) ? got[{i, j}] : 0.0;
          const bool known = rule == Rule::sender ? s : rule == Rule::receiver ? r : s || r;
          double want = 0;
          if (rule == Rule::sender || (known && s && !r)) {
            want = s ? a : 0;
          } else if (rule == Rule::receiver || (known && r && !s)) {
            want = r ? b : 0;
          } else if (known) {
            const bool least = rule == Rule::both || rule == Rule::min || rule == Rule::las_intersection;
            want = least ? std::min(a, b) : rule == Rule::mean ? (a + b) / 2 : std::max(a, b);
          }
          double found = 0;
          for (index_t e = 0; e < net.m(); ++e) {
            const auto t = static_cast<std::size_t>(e);
            if (net.sources()[t] == i && net.targets()[t] == j) found = net.weight(e);
          }
          INFO("seed " << seed << ", rule " << static_cast<int>(rule) << ", " << i << " -> " << j);
          REQUIRE(found == want);
          // Both ends silent: not in the network. One end heard by the rule: known, even where nobody spoke of it.
          if (s || r) REQUIRE(net.observed()(i, j) == known);
        }
      }
    }
  }
}

TEST_CASE("structures of those who told of other people's ties") {
  const index_t n = 8;
  std::vector<std::vector<bool>> truth(8, std::vector<bool>(8, false));
  linkpin::Stream random(3, "truth");
  for (auto& row : truth) {
    for (std::size_t j = 0; j < 8; ++j) row[j] = random.uniform() < 0.4;
  }
  const std::vector<double> error = {0.02, 0.1, 0.1, 0.3, 0.3, 0.45, 0.1, 0.02};
  const Ecosystem eco = perceived(n, truth, error, 7);
  REQUIRE_THROWS_WITH(reconcile(eco), ContainsSubstring("las-union"));

  const auto wrong = [&](const linkpin::ReconcileOptions& options) {
    int count = 0;
    for (const DyadWords& d : reconcile(eco, options).dyads) {
      count += (d.value > 0) != truth[static_cast<std::size_t>(d.from)][static_cast<std::size_t>(d.to)] ? 1 : 0;
    }
    return count;
  };
  const int by_consensus = wrong({.rule = Rule::consensus});
  const int by_competence = wrong({.rule = Rule::romney_batchelder});
  REQUIRE(by_consensus < wrong({.rule = Rule::las_union}));
  REQUIRE(by_competence <= by_consensus);

  // The consensus by hand, from the reports themselves.
  const Reconciled most = reconcile(eco, {.rule = Rule::consensus});
  REQUIRE(most.dyads.size() == 56);
  std::map<std::pair<index_t, index_t>, int> yes;
  const EcosystemParts& p = eco.parts();
  for (std::size_t r = 0; r < p.respondent.size(); ++r) {
    yes[{p.report_from[r], p.report_to[r]}] += p.reports.find("value")->number(r) > 0 ? 1 : 0;
  }
  for (const DyadWords& d : most.dyads) REQUIRE((d.value > 0) == (yes[{d.from, d.to}] > 4));
  // All words, and each threshold below 1 / n lets one word do.
  const Reconciled any = reconcile(eco, {.rule = Rule::consensus, .threshold = 0.0});
  for (const DyadWords& d : any.dyads) REQUIRE((d.value > 0) == (yes[{d.from, d.to}] > 0));

  // Competence is 1 - 2 * error: the best respondents come out best, the guesser last.
  const Reconciled rb = reconcile(eco, {.rule = Rule::romney_batchelder});
  REQUIRE(rb.respondents.size() == 8);
  for (const auto& r : rb.respondents) {
    REQUIRE(std::abs(r.competence - (1 - 2 * error[static_cast<std::size_t>(r.respondent)])) < 0.3);
  }
  REQUIRE(rb.respondents[0].competence > rb.respondents[3].competence);
  REQUIRE(rb.respondents[3].competence > rb.respondents[5].competence);
  REQUIRE(derive(eco, {.rule = Rule::consensus}).observed().complete());
}

TEST_CASE("what cannot be reconciled is refused") {
  const Ecosystem eco = survey(3, {{0, 0, 1, 1}, {1, 1, 0, 1}});
  REQUIRE_THROWS_WITH(reconcile(eco, {.item = "trust"}), ContainsSubstring("contact"));
  REQUIRE_THROWS_WITH(reconcile(eco, {.rule = Rule::romney_batchelder}), ContainsSubstring("three"));
  REQUIRE_THROWS_WITH(reconcile(eco, {.rule = Rule::consensus, .threshold = 1.0}), ContainsSubstring("threshold"));
  REQUIRE_THROWS_WITH(reconcile(eco, {.rule = Rule::consensus, .threshold = std::nan("")}),
                      ContainsSubstring("threshold"));
  const Reconciled nothing = reconcile(Ecosystem{});
  REQUIRE(nothing.dyads.empty());
  REQUIRE(std::isnan(nothing.agreement));
}

TEST_CASE("a capped list of names is said to be one") {
  EcosystemParts p = survey(4, {{0, 0, 1, 1}, {0, 0, 2, 1}, {1, 1, 0, 1}}).parts();
  p.reports.set("cap", Column(std::vector<double>{2, 2, 2}));
  const Reconciled r = reconcile(Ecosystem(p));
  REQUIRE(r.provenance.warnings.size() == 2);
  REQUIRE_THAT(r.provenance.warnings[0], ContainsSubstring("capped at 2: 1 of 2 respondents"));
  REQUIRE_THAT(r.provenance.warnings[1], ContainsSubstring("no agreement"));  // the two spoke of different ties
  REQUIRE_THAT(derive(Ecosystem(p)).lens(), ContainsSubstring("capped at 2"));
  p.reports.set("cap", Column(std::vector<double>{5, 5, 5}));
  REQUIRE_THAT(reconcile(Ecosystem(p)).provenance.warnings[0], ContainsSubstring("it cut nobody short"));
}

TEST_CASE("scientific information in the toxic chemicals network, told from both ends") {
  LINKPIN_NEED_DATA("chemnet");
  // scito: whom we send to (the sender's word); scifrom: from whom we receive, already turned round (the receiver's).
  const auto nodes = support::read_columns(support::data_folder() / "chemnet" / "scito_nodes.csv");
  std::map<std::string, index_t> number;
  for (const std::string& id : nodes.begin()->second) number.emplace(id, static_cast<index_t>(number.size()));
  const auto code = [&](const std::string& id) {
    return number.emplace(id, static_cast<index_t>(number.size())).first->second;
  };
  std::vector<Report> reports;
  const auto add = [&](const char* file, bool sender) {
    const auto ties = support::read_columns(support::data_folder() / "chemnet" / file);
    for (std::size_t e = 0; e < ties.at("from").size(); ++e) {
      const index_t from = code(ties.at("from")[e]);
      const index_t to = code(ties.at("to")[e]);
      reports.push_back({sender ? from : to, from, to, 1});
    }
  };
  add("scito_edges.csv", true);
  add("scifrom_edges.csv", false);
  // Everybody was asked both questions.
  const auto n = static_cast<index_t>(number.size());
  for (index_t v = 0; v < n; ++v) reports.push_back({v, v, none, linkpin::undefined});
  const Reconciled r = reconcile(survey(n, reports));
  REQUIRE(r.sender_ties == 189);                         // counted from the two files themselves
  REQUIRE(r.receiver_ties + r.about_themselves == 186);  // one organisation named itself, which no partner can confirm
  REQUIRE(r.both_ties == 101);
  REQUIRE(r.agreement == 101.0 / 273.0);
}
