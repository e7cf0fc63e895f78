// The JSON document: what is written comes back, what does not fit is named. Expected values follow from the documents
// in each test and from the shape described in json.hpp.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/io/json.hpp>
#include <linkpin/io/package.hpp>
#include <string>
#include <support/ecosystems.hpp>
#include <support/folders.hpp>

using Catch::Matchers::ContainsSubstring;
using linkpin::ColumnType;
using linkpin::Ecosystem;
using linkpin::from_json;
using linkpin::to_json;

TEST_CASE("a document as a person writes it reads", "[io][json]") {
  const Ecosystem eco = from_json(R"({
    "about": {"title": "Small", "year": 2020, "tags": ["a", "b"]},
    "kinds": [{"name": "mentors", "flow": "backward", "symmetric": true, "meaning": "m"}],
    "entities": [{"id": "a", "label": "Ann", "roles": ["carer", "researcher"], "born": "1970-05",
                  "big": 9007199254740993},
                 {"id": "b", "label": null, "half": 0.5, "yes": true, "code": "007", "big": 1},
                 {"id": 7, "half": 2}],
    "ties": [{"from": "a", "to": "b", "kind": "mentors", "weight": 2, "start": "2018"}],
    "reports": [{"respondent": "a", "from": "a", "to": "b", "value": 0},
                {"respondent": "b", "from": "b", "state": "declined"}]
  })");
  CHECK(eco.issues().empty());
  CHECK(eco.parts().about.at("title") == "Small");
  CHECK(eco.parts().about.at("year") == "2020");
  CHECK(eco.parts().about.at("tags") == R"(["a","b"])");
  CHECK(eco.kind("mentors").symmetric);
  CHECK(eco.entity_count() == 3);
  CHECK(eco.id(2) == "7");
  const auto& entities = eco.entities();
  CHECK(entities.find("label")->missing(1));
  CHECK(entities.find("roles")->type() == ColumnType::list);
  CHECK(entities.find("roles")->view(0) == "carer|researcher");
  CHECK(entities.find("born")->dates()[0] == linkpin::date_of_month(1970, 5));
  CHECK(entities.find("big")->integers()[0] == 9'007'199'254'740'993);  // 2^53 + 1, no double
  CHECK(entities.find("half")->type() == ColumnType::number);
  CHECK(entities.find("yes")->type() == ColumnType::boolean);
  CHECK(entities.find("code")->type() == ColumnType::text);
  CHECK(eco.ties().find("weight")->numbers()[0] == 2.0);
  CHECK(eco.parts().report_to[1] == linkpin::none);
}

TEST_CASE("texts that look like numbers stay texts", "[io][json]") {
  const Ecosystem eco = from_json(R"({"entities": [{"id": "a", "x": "12", "y": "true", "z": 12345678901234567890}]})");
  CHECK(eco.entities().find("x")->type() == ColumnType::text);
  CHECK(eco.entities().find("y")->type() == ColumnType::text);
  CHECK(eco.entities().find("z")->view(0) == "12345678901234567890");
}

TEST_CASE("without entities, whoever a tie names is one", "[io][json]") {
  const Ecosystem eco = from_json(R"({"ties": [{"from": "b", "to": "a"}]})");
  CHECK(eco.parts().ids->to_vector() == std::vector<std::string>{"b", "a"});
}

TEST_CASE("what does not fit is named by table, row and member", "[io][json]") {
  const Ecosystem eco = from_json(R"({
    "entities": [{"id": "a", "age": 5}, {"age": 6}, 12, {"id": "a"}, {"id": "b", "deep": {"x": 1}, "age": 1, "age": 2},
                 {}, {"id": "c", "tags": ["x|y"], "nul": "a\u0000b"}],
    "types": {"entities": {"age": "integer"}},
    "ties": [{"from": "a", "to": "x"}, {"from": "a", "to": "b", "weight": -1},
             {"from": "a", "to": "b", "weight": "much"}],
    "other": [1, 2]})",
                                  "doc.json");
  CHECK(eco.entity_count() == 3);
  CHECK(eco.tie_count() == 2);
  CHECK(eco.entities().find("age")->integers()[1] == 1);
  std::vector<std::pair<std::string, std::int64_t>> places;
  for (const auto& issue : eco.issues()) places.emplace_back(issue.file + ":" + issue.column, issue.row);
  using Places = std::vector<std::pair<std::string, std::int64_t>>;
  CHECK(places == Places{{"doc.json, entities:", 3},
                         {"doc.json, entities:deep", 5},
                         {"doc.json, entities:age", 5},
                         {"doc.json, entities:tags", 7},
                         {"doc.json, entities:nul", 7},
                         {"doc.json:other", 0},
                         {"doc.json, entities:id", 2},
                         {"doc.json, entities:id", 3},
                         {"doc.json, entities:id", 4},
                         {"doc.json, entities:id", 6},
                         {"doc.json, ties:to", 1},
                         {"doc.json, ties:weight", 2},
                         {"doc.json, ties:weight", 3}});
}

TEST_CASE("what is no such document is refused with its place", "[io][json]") {
  CHECK_THROWS_WITH(from_json("{\"ties\": [\n{\"from\": \"a\",}]}"), ContainsSubstring("line 2"));
  CHECK_THROWS_AS(from_json(""), linkpin::InputError);
  CHECK_THROWS_AS(from_json("[]"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("3"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{}"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{\"ties\": []} x"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{\"ties\": {}}"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{\"ties\": [{\"from\": \"Zo\xEB\"}]}"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{\"ties\": [{\"weight\": 1e999}]}"), linkpin::InputError);
  CHECK_THROWS_AS(from_json("{\"linkpin\": {\"version\": 9}, \"ties\": []}"), linkpin::InputError);
  CHECK_THROWS_AS(linkpin::read_json("/no/such/file.json"), linkpin::FileError);
}

TEST_CASE("nesting bombs are refused", "[io][json]") {
  const std::string brackets(1'000'000, '[');
  std::string objects;
  for (int i = 0; i < 300'000; ++i) objects += "{\"a\":";
  CHECK_THROWS_WITH(from_json(brackets), ContainsSubstring("array of objects"));
  CHECK_THROWS_WITH(from_json("{\"ties\": " + brackets), ContainsSubstring("nested deeper"));
  CHECK_THROWS_WITH(from_json(objects), ContainsSubstring("nested deeper"));
  CHECK_THROWS_WITH(from_json("{\"ties\": [{\"x\": " + brackets), ContainsSubstring("nested deeper"));
}

TEST_CASE("a new member in every row does not fill the memory", "[io][json]") {
  std::string text = "{\"entities\": [";
  for (int i = 0; i < 90'000; ++i) text += (i > 0 ? ",{\"" : "{\"") + std::to_string(i) + "\":1}";
  CHECK_THROWS_AS(from_json(text + "]}"), linkpin::LimitError);
}

TEST_CASE("a document comes back equal", "[io][json]") {
  for (std::uint64_t number = 0; number < 400; ++number) {
    const Ecosystem eco = support::random_ecosystem(number);
    const std::string text = to_json(eco);
    const Ecosystem again = from_json(text);
    INFO("ecosystem " << number << "\n" << text);
    REQUIRE(again.issues().empty());
    REQUIRE(again.entities() == eco.entities());
    REQUIRE(again == eco);
    REQUIRE(to_json(again) == text);
  }
}

TEST_CASE("a document and a package say the same", "[io][json]") {
  const support::Folder folder;
  const Ecosystem eco = support::random_ecosystem(11);
  linkpin::write_json(eco, folder.path() / "eco.json");
  linkpin::write_package(linkpin::read_json(folder.path() / "eco.json"), folder.path() / "eco");
  CHECK(linkpin::read_package(folder.path() / "eco") == eco);
  CHECK_THROWS_AS(linkpin::write_json(eco, folder.path()), linkpin::FileError);
  CHECK_THROWS_AS(linkpin::write_json(eco, folder.path() / "none" / "eco.json"), linkpin::FileError);
}

TEST_CASE("issues come back", "[io][json]") {
  const Ecosystem eco = from_json(R"({"ties": [{"from": "a", "to": "b", "weight": "x\ny"}]})", "doc.json");
  REQUIRE(eco.issues().size() == 1);
  CHECK(from_json(to_json(eco)).issues() == eco.issues());
}
