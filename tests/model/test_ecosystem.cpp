#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <linkpin/model/lens.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Answer;
using linkpin::Column;
using linkpin::derive;
using linkpin::Ecosystem;
using linkpin::EcosystemParts;
using linkpin::index_t;
using linkpin::Lens;
using linkpin::Network;
using linkpin::none;
using linkpin::NonResponse;
using linkpin::Rule;

namespace {

using Texts = std::vector<std::optional<std::string>>;

Column texts(const Texts& values) { return linkpin::text_column(values); }

Column dates(const Texts& values) {
  std::vector<linkpin::Date> days;
  std::vector<std::uint8_t> missing;
  for (const auto& v : values) {
    days.push_back(v ? linkpin::parse_date(*v).value() : linkpin::Date{});
    missing.push_back(v ? 0 : 1);
  }
  return Column(std::move(days), std::move(missing));
}

std::shared_ptr<const linkpin::StringTable> ids(std::initializer_list<const char*> names) {
  auto table = std::make_shared<linkpin::StringTable>();
  for (const char* name : names) table->intern(name);
  return table;
}

// Two carers at a forum that a council pays for.
EcosystemParts forum() {
  EcosystemParts p;
  p.ids = ids({"ann", "bea", "forum", "council"});
  p.entities.set("kind", texts({"person", "person", "event", "organisation"}));
  p.entities.set("label", texts({"Ann", std::nullopt, "Carers' forum", "The council"}));
  p.from = {0, 1, 3, 3};
  p.to = {2, 2, 2, 2};
  p.ties.set("kind", texts({"takes_part_in", "takes_part_in", "funds", "funds"}));
  p.ties.set("weight", Column(std::vector<double>{1, 1, 100, 50}));
  p.ties.set("start", dates({"2018", "2019", "2018-04-01", "2020-04-01"}));
  p.ties.set("end", dates({"2020", std::nullopt, "2020-04-01", "2021-04-01"}));
  return p;
}

// Reports on one question among three: 0 and 1 answered, 2 did not.
EcosystemParts survey(bool symmetric) {
  EcosystemParts p;
  p.ids = ids({"a", "b", "c"});
  p.respondent = {0, 0, 1, 2};
  p.report_from = {0, 0, 1, 2};
  p.report_to = {1, 2, 0, none};
  p.reports.set("item", texts({"contact", "contact", "contact", "contact"}));
  p.reports.set("state", texts({"answered", "answered", "answered", "did not respond"}));
  p.reports.set("value", Column(std::vector<double>{3, 2, 1, linkpin::undefined}));
  if (symmetric) p.kinds = {{"contact", linkpin::Flow::forward, true, "is in touch with"}};
  return p;
}

std::vector<double> weights(const Network& net) { return {net.weights().begin(), net.weights().end()}; }

}  // namespace

TEST_CASE("a lens takes kinds, moments and modes") {
  const Ecosystem eco(forum());
  const Network all = derive(eco);
  REQUIRE(all.n() == 4);
  REQUIRE(all.m() == 3);  // the council's two grants are one tie
  REQUIRE(all.directed());
  REQUIRE(weights(all) == std::vector<double>{1, 1, 150});
  REQUIRE(all.name(2) == "forum");
  REQUIRE_THAT(all.lens(), ContainsSubstring("all claimed ties"));

  const Network money = derive(eco, {.kinds = {"funds"}, .at = linkpin::parse_date("2019"), .isolates = false});
  REQUIRE(money.n() == 2);
  REQUIRE(weights(money) == std::vector<double>{100});
  REQUIRE_THAT(money.lens(), ContainsSubstring("funds") && ContainsSubstring("2019"));

  const Lens in_2020{.kinds = {"takes_part_in"}, .at = linkpin::parse_date("2020-06-01")};
  REQUIRE(derive(eco, in_2020).m() == 2);  // Ann's part ended at some time in 2020
  Lens surely = in_2020;
  surely.certain = true;
  REQUIRE(derive(eco, surely).m() == 1);

  const Network people = derive(eco, {.project = "person"});
  REQUIRE_FALSE(people.directed());
  REQUIRE(people.n() == 2);
  REQUIRE(people.m() == 1);
}

TEST_CASE("a lens that asks for what is not there says what is") {
  const Ecosystem eco(forum());
  REQUIRE_THROWS_WITH(derive(eco, {.kinds = {"trusts"}}), ContainsSubstring("takes_part_in, funds"));
  REQUIRE_THROWS_WITH(derive(eco, {.item = "trust"}), ContainsSubstring("item = trust"));
  REQUIRE_THROWS_WITH(derive(eco, {.project = "policy"}), ContainsSubstring("person, event, organisation"));
  REQUIRE_THROWS_WITH(derive(eco, {.weight = "kind"}), ContainsSubstring("numbers"));
}

TEST_CASE("symmetric kinds alone make an undirected network, mixed ones run both ways") {
  EcosystemParts p = forum();
  p.ties.set("kind", texts({"collaborates", "collaborates", "funds", "funds"}));
  const Ecosystem eco(p);
  REQUIRE_FALSE(derive(eco, {.kinds = {"collaborates"}}).directed());
  const Network mixed = derive(eco);
  REQUIRE(mixed.directed());
  REQUIRE(mixed.m() == 5);
}

TEST_CASE("zero, silence, no answer and not being asked stay apart") {
  const Network net = derive(Ecosystem(survey(false)));
  REQUIRE(net.directed());
  REQUIRE(net.m() == 3);
  REQUIRE(net.observed()(1, 2));  // b answered and did not name c: a real zero
  REQUIRE(net.observed().at(2, 0) == Answer::no_response);
  REQUIRE(net.observed().count(3) == 4);
}

TEST_CASE("rules reconcile two words on one tie") {
  const Ecosystem eco(survey(true));
  auto by = [&](Rule rule) { return weights(derive(eco, {.rule = rule})); };
  // a-b: a says 3, b says 1; a-c: a says 2, c gave no answer.
  REQUIRE(by(Rule::either) == std::vector<double>{3, 2});
  REQUIRE(by(Rule::max) == std::vector<double>{3, 2});
  REQUIRE(by(Rule::both) == std::vector<double>{1, 2});
  REQUIRE(by(Rule::min) == std::vector<double>{1, 2});
  REQUIRE(by(Rule::mean) == std::vector<double>{2, 2});
  const Network sender = derive(eco, {.rule = Rule::sender});
  REQUIRE(sender.directed());
  REQUIRE(weights(sender) == std::vector<double>{3, 2, 1});
  const Network folded = derive(eco, {.rule = Rule::either});
  REQUIRE_FALSE(folded.directed());
  REQUIRE(folded.observed()(2, 0));
  REQUIRE(folded.observed()(2, 1));  // b answered and named nobody but a
}

TEST_CASE("an intersection needs both words where both were given") {
  EcosystemParts p = survey(true);
  p.respondent = {0, 1, 2};
  p.report_from = {0, 1, 2};
  p.report_to = {1, 0, 1};
  p.reports = {};
  p.reports.set("item", texts({"contact", "contact", "contact"}));
  p.reports.set("value", Column(std::vector<double>{1, 1, 1}));
  const Network both = derive(Ecosystem(p), {.rule = Rule::both});
  REQUIRE(both.m() == 1);  // a-b; b answered and did not confirm c's word on b-c
}

TEST_CASE("treatments of non-response") {
  const Ecosystem eco(survey(false));
  const Network complete = derive(eco, {.nonresponse = NonResponse::complete});
  REQUIRE(complete.names() == std::vector<std::string>{"a", "b"});
  REQUIRE(complete.observed().complete());
  const Network rebuilt = derive(eco, {.nonresponse = NonResponse::reconstruct});
  REQUIRE(rebuilt.m() == 4);  // c -> a takes a's word on a -> c
  REQUIRE(rebuilt.observed()(2, 0));
  REQUIRE(rebuilt.observed()(2, 1));  // b answered and did not name c: that is b's word on c -> b too
}

TEST_CASE("the receiver's word is a word of its own") {
  EcosystemParts p;
  p.ids = ids({"a", "b"});
  p.respondent = {0, 1};
  p.report_from = {0, 0};
  p.report_to = {1, 1};
  p.reports.set("item", texts({"advice", "advice"}));
  p.reports.set("value", Column(std::vector<double>{1, 0}));
  const Ecosystem eco(p);
  REQUIRE(derive(eco, {.rule = Rule::sender}).m() == 1);
  REQUIRE(derive(eco, {.rule = Rule::receiver}).m() == 0);
  REQUIRE(derive(eco, {.rule = Rule::both}).m() == 0);
  REQUIRE(derive(eco, {.rule = Rule::either}).m() == 1);
}

TEST_CASE("wrong ecosystems are refused") {
  EcosystemParts p = forum();
  p.to[1] = 9;
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("to = 9 (row 1)"));
  p = forum();
  p.ties.set("confidence", Column(std::vector<double>{0.5, 2, 1, 1}));
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("confidence = 2"));
  p = forum();
  p.ties.set("weight", Column(std::vector<double>{-1, 1, 1, 1}));
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("weight = -1"));
  p = forum();
  p.entities.set("roles", texts({"a", "b", "c", "d"}));
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("roles") && ContainsSubstring("list"));
  p = survey(false);
  p.reports.set("state", texts({"answered", "maybe", "answered", "declined"}));
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("state = maybe"));
  p = survey(false);
  p.reports.set("value", Column(std::vector<double>{3, linkpin::undefined, 1, linkpin::undefined}));
  REQUIRE_THROWS_WITH(Ecosystem(p), ContainsSubstring("report row 1"));
}

TEST_CASE("a report on other people's tie needs a consensus rule") {
  EcosystemParts p = survey(false);
  p.respondent = {2, 0, 1, 2};
  REQUIRE_THROWS_WITH(derive(Ecosystem(p)), ContainsSubstring("consensus"));
}

TEST_CASE("equality is about what is claimed") {
  EcosystemParts p = forum();
  const Ecosystem eco(p);
  p.issues = {{"ties.csv", 3, "weight", "x", "not a number", "write a number"}};
  REQUIRE(Ecosystem(p) == eco);
  p.from[0] = 1;
  REQUIRE_FALSE(Ecosystem(p) == eco);
  REQUIRE(eco.label(0) == "Ann");
  REQUIRE(eco.label(1) == "bea");
  REQUIRE(eco.kind("cites").flow == linkpin::Flow::backward);
  REQUIRE(eco.kind("something new").flow == linkpin::Flow::forward);
}
