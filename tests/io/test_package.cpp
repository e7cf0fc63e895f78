// The data package: what is written comes back, what does not fit is named. Expected values follow from the files
// written in each test and from the convention in package.hpp.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <linkpin/core/error.hpp>
#include <linkpin/io/package.hpp>
#include <memory>
#include <optional>
#include <string>
#include <support/ecosystems.hpp>
#include <support/folders.hpp>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::ColumnType;
using linkpin::Ecosystem;
using linkpin::Issue;
using linkpin::read_package;
using linkpin::write_package;
using support::Folder;

namespace {

// The issues about one file and row.
std::vector<Issue> issues_at(const Ecosystem& eco, const std::string& file, std::int64_t row) {
  std::vector<Issue> found;
  std::copy_if(eco.issues().begin(), eco.issues().end(), std::back_inserter(found),
               [&](const Issue& issue) { return issue.file == file && issue.row == row; });
  return found;
}

std::string text_at(const linkpin::Frame& frame, const std::string& column, std::size_t row) {
  REQUIRE(frame.find(column) != nullptr);
  return std::string(frame.find(column)->view(row));
}

void write_bare(const Folder& folder) {
  folder.write("entities.csv", "id,label,kind\na,Ann,person\nb,Bob,person\nc,,organisation\n");
  folder.write("ties.csv", "from,to,kind,weight\na,b,trusts,2\nb,c,member_of,\n");
}

}  // namespace

TEST_CASE("a folder of CSV files reads without a descriptor", "[io][package]") {
  const Folder folder;
  write_bare(folder);
  folder.write("reports.csv",
               "respondent,from,to,item,state,value\na,a,b,trust,answered,0\nb,b,,trust,did not "
               "respond,\na,a,c,trust,not asked,\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.issues().empty());
  CHECK(eco.entity_count() == 3);
  CHECK(eco.id(2) == "c");
  CHECK(eco.label(0) == "Ann");
  CHECK(eco.entities().find("label")->missing(2));
  CHECK(eco.from()[1] == 1);
  CHECK(eco.to()[1] == 2);
  CHECK(eco.ties().find("weight")->numbers()[0] == 2.0);
  CHECK(std::isnan(eco.ties().find("weight")->numbers()[1]));
  CHECK(eco.report_count() == 3);
  CHECK(eco.reports().find("value")->numbers()[0] == 0.0);
  CHECK(eco.parts().report_to[1] == linkpin::none);
}

TEST_CASE("without entities.csv, whoever a tie names is an entity", "[io][package]") {
  const Folder folder;
  folder.write("ties.csv", "from,to\nb,a\na,c\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.parts().ids->to_vector() == std::vector<std::string>{"b", "a", "c"});
  CHECK(eco.entities().rows() == 3);
}

TEST_CASE("types are found from all cells of a column", "[io][package]") {
  const Folder folder;
  folder.write("entities.csv",
               "id,n,x,yes,when,tags,postcode,phone,big,mixed,year,empty\n"
               "a,1,1.5,true,2018,u|v,007,+44,12345678901234567890,1,2018,\n"
               "b,-2,2,FALSE,2018-05,w,12,12,1,x,2019,\n"
               "c,,1e3,,2018-05-03,,1,1,2,,2020,\n");
  const Ecosystem eco = read_package(folder.path());
  const auto type = [&](const char* name) { return eco.entities().find(name)->type(); };
  CHECK(type("n") == ColumnType::integer);
  CHECK(type("x") == ColumnType::number);
  CHECK(type("yes") == ColumnType::boolean);
  CHECK(type("when") == ColumnType::date);
  CHECK(type("tags") == ColumnType::list);
  CHECK(type("postcode") == ColumnType::text);
  CHECK(type("phone") == ColumnType::text);
  CHECK(type("big") == ColumnType::text);
  CHECK(type("mixed") == ColumnType::text);
  CHECK(type("year") == ColumnType::integer);
  CHECK(type("empty") == ColumnType::text);
  CHECK(eco.entities().find("n")->missing(2));
  CHECK(eco.entities().find("x")->numbers()[2] == 1000.0);
  CHECK(eco.entities().find("when")->dates()[1] == linkpin::date_of_month(2018, 5));
  CHECK(text_at(eco.entities(), "postcode", 0) == "007");
  CHECK(eco.issues().empty());
}

TEST_CASE("the schema's types hold, and its missing values", "[io][package]") {
  const Folder folder;
  folder.write("datapackage.json", R"({
    "name": "small", "title": "A small one", "licenses": [{"name": "CC0-1.0"}],
    "resources": [{"name": "entities", "path": "data/people.csv", "schema": {
      "fields": [{"name": "id", "type": "string"}, {"name": "code", "type": "string"},
                 {"name": "age", "type": "integer"}, {"name": "tags", "type": "string", "format": "list"},
                 {"name": "since", "type": "year"}, {"name": "any", "type": "any"},
                 {"name": "gone", "type": "string"}],
      "missingValues": ["", "NA", "-"]}}],
    "linkpin": {"version": 1, "kinds": [{"name": "mentors", "flow": "backward", "symmetric": false,
                                           "meaning": "m"}]}})");
  folder.write("data/people.csv",
               "id,code,age,tags,since,any\na,1,3.0,x,2001,1\nb,NA,-,NA,NA,2\nc,2,old,y|z,2003,NA\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.entities().find("code")->type() == ColumnType::text);
  CHECK(eco.entities().find("code")->missing(1));
  CHECK(eco.entities().find("age")->type() == ColumnType::integer);
  CHECK(eco.entities().find("age")->integers()[0] == 3);
  CHECK(eco.entities().find("tags")->type() == ColumnType::list);
  CHECK(eco.entities().find("since")->dates()[0] == linkpin::date_of_year(2001));
  CHECK(eco.entities().find("any")->type() == ColumnType::integer);
  CHECK(eco.parts().about.at("title") == "A small one");
  CHECK(eco.parts().about.at("licenses") == R"([{"name":"CC0-1.0"}])");
  CHECK(eco.kind("mentors").flow == linkpin::Flow::backward);
  REQUIRE(eco.issues().size() == 2);
  CHECK(eco.issues()[0].column == "gone");  // declared, not there
  CHECK(eco.issues()[1] == Issue{"data/people.csv", 4, "age", "old", "is no whole number; the cell is taken as missing",
                                 "write digits only, or call the column a number"});
}

TEST_CASE("a cell that does not fit is refused and becomes missing", "[io][package]") {
  const Folder folder;
  folder.write("ties.csv",
               "from,to,weight,confidence,start,end\n"
               "a,b,NaN,0.5,2018,2019\n"
               "a,b,inf,1.5,soon,2019-13\n"
               "a,b,-1,-0.1,2018-02-30,2019-05-03T10:00\n"
               "a,b,1e400,x,,\n"
               "a,b, 2 ,1,,\n");
  const Ecosystem eco = read_package(folder.path());
  REQUIRE(eco.tie_count() == 5);
  const auto* weight = eco.ties().find("weight");
  for (std::size_t row = 0; row < 4; ++row) CHECK(weight->missing(row));
  CHECK(weight->numbers()[4] == 2.0);
  CHECK(eco.ties().find("end")->dates()[2] == linkpin::date_of_day(2019, 5, 3));
  CHECK(issues_at(eco, "ties.csv", 2).size() == 1);
  CHECK(issues_at(eco, "ties.csv", 3).size() == 4);
  CHECK(issues_at(eco, "ties.csv", 4).size() == 4);
  CHECK(issues_at(eco, "ties.csv", 5).size() == 2);
  CHECK(eco.issues().size() == 11);
  CHECK(issues_at(eco, "ties.csv", 2)[0].value == "NaN");
  CHECK(issues_at(eco, "ties.csv", 4)[0].column == "weight");
  CHECK_THAT(issues_at(eco, "ties.csv", 4)[3].reason, ContainsSubstring("time of day"));
}

TEST_CASE("a row that cannot be placed is left out and named", "[io][package]") {
  const Folder folder;
  folder.write("entities.csv", "id,label\na,A\n,nobody\na,again\nb,B\n\n,\n");
  folder.write("ties.csv", "from,to,note\na,b,fine\na,x,unknown\n,b,no end\na,b,x,shifted\na\nb,a,fine,,\n");
  folder.write(
      "reports.csv",
      "respondent,from,to,state,value\na,a,b,answered,\na,a,b,maybe,1\na,a,b,declined,2\na,a,,,\nz,a,b,,1\na,a,b,,3\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.entity_count() == 2);
  CHECK(text_at(eco.entities(), "label", 0) == "A");
  CHECK(eco.tie_count() == 2);
  CHECK(text_at(eco.ties(), "note", 1) == "fine");
  REQUIRE(eco.report_count() == 3);
  CHECK(text_at(eco.reports(), "state", 0) == "declined");
  CHECK(eco.reports().find("value")->missing(0));
  CHECK(eco.parts().report_to[1] == linkpin::none);
  CHECK(eco.reports().find("value")->numbers()[2] == 3.0);

  REQUIRE(issues_at(eco, "entities.csv", 3).size() == 1);
  CHECK(issues_at(eco, "entities.csv", 3)[0].column == "id");
  CHECK(issues_at(eco, "entities.csv", 3)[0].value == ",nobody");
  CHECK(issues_at(eco, "entities.csv", 4)[0].value == "a");
  CHECK(issues_at(eco, "ties.csv", 3)[0].value == "x");
  CHECK(issues_at(eco, "ties.csv", 3)[0].column == "to");
  CHECK(issues_at(eco, "ties.csv", 4)[0].column == "from");
  CHECK(issues_at(eco, "ties.csv", 5)[0].value == "a,b,x,shifted");
  CHECK(issues_at(eco, "ties.csv", 6).size() == 2);  // too short, and without an end
  CHECK(issues_at(eco, "ties.csv", 7).empty());
  CHECK(issues_at(eco, "reports.csv", 2)[0].column == "value");
  CHECK(issues_at(eco, "reports.csv", 3)[0].value == "maybe");
  CHECK(issues_at(eco, "reports.csv", 4)[0].column == "value");
  CHECK(issues_at(eco, "reports.csv", 5).empty());
  CHECK(issues_at(eco, "reports.csv", 6)[0].value == "z");
  CHECK(eco.issues().size() == 11);  // two, five and four
}

TEST_CASE("a short row is filled up with missing cells and named", "[io][package]") {
  const Folder folder;
  folder.write("ties.csv", "from,to,note,more\na,b,\"kept\"x\n");
  const Ecosystem eco = read_package(folder.path());
  REQUIRE(eco.tie_count() == 1);
  CHECK(text_at(eco.ties(), "note", 0) == "keptx");
  CHECK(eco.ties().find("more")->missing(0));
  REQUIRE(eco.issues().size() == 2);
  CHECK_THAT(eco.issues()[0].reason, ContainsSubstring("fewer cells"));
  CHECK_THAT(eco.issues()[1].reason, ContainsSubstring("closing quote"));
}

TEST_CASE("headings are mended where that loses nothing", "[io][package]") {
  const Folder folder;
  folder.write("ties.csv", " from , to,note,note,,\na,b,x,y,z,\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(text_at(eco.ties(), "note", 0) == "x");
  CHECK(text_at(eco.ties(), "note (2)", 0) == "y");
  CHECK(text_at(eco.ties(), "column 5", 0) == "z");
  CHECK(eco.ties().width() == 3);
  CHECK(eco.issues().size() == 2);
}

TEST_CASE("how a file was read is reported where it is not as the format has it", "[io][package]") {
  const Folder folder;
  folder.write("ties.csv", "from;to;weight;label\r\nZo\xEB;b;1,5;\" x \"\r\nb;c;2; y \r\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.id(0) == "Zoë");
  CHECK(eco.ties().find("weight")->numbers()[0] == 1.5);
  CHECK(text_at(eco.ties(), "label", 0) == " x ");
  CHECK(text_at(eco.ties(), "label", 1) == "y");
  REQUIRE(eco.issues().size() == 3);
  CHECK(eco.issues()[0].value == "cp1252");
  CHECK(eco.issues()[1].value == ";");
  CHECK(eco.issues()[2].value == "1,5");
}

TEST_CASE("a dialect that is declared is no surprise", "[io][package]") {
  const Folder folder;
  folder.write("datapackage.json", R"({"resources": [{"name": "ties", "path": "ties.csv",
    "dialect": {"delimiter": ";", "header": false},
    "schema": {"fields": [{"name": "from"}, {"name": "to"},
                          {"name": "weight", "type": "number", "decimalChar": ","}]}}]})");
  folder.write("ties.csv", "a;b;1,5\n");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.issues().empty());
  CHECK(eco.ties().find("weight")->numbers()[0] == 1.5);
}

TEST_CASE("what a package holds besides is named, never read in silence", "[io][package]") {
  const Folder folder;
  write_bare(folder);
  folder.write("notes.csv", "x\n1\n");
  folder.write("datapackage.json", R"({"resources": [
    {"name": "entities", "path": "entities.csv"}, {"name": "measurements", "path": "m.csv"},
    {"name": "Entities", "path": "again.csv"}]})");
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.tie_count() == 2);
  REQUIRE(eco.issues().size() == 4);
  CHECK(eco.issues()[0].value == "measurements");
  CHECK(eco.issues()[1].value == "Entities");
  CHECK(eco.issues()[2].file == "ties.csv");
  CHECK(eco.issues()[3].value == "notes.csv");
}

TEST_CASE("what is no data package is refused", "[io][package]") {
  const Folder folder;
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("no data package"));
  CHECK_THROWS_AS(read_package(folder.path() / "none"), linkpin::FileError);
  CHECK_THROWS_AS(read_package(folder.write("a.csv", "x\n")), linkpin::FileError);
  folder.write("ties.csv", "from,target\na,b\n");
  CHECK_THROWS_WITH(read_package(folder.path()),
                    ContainsSubstring("a column called to") && ContainsSubstring("from, target"));
  folder.write("ties.csv", "");
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("empty file"));
  folder.write("datapackage.json", "{\"resources\": [\n{]}");
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("line 2"));
  folder.write("datapackage.json", "[]");
  CHECK_THROWS_AS(read_package(folder.path()), linkpin::InputError);
  folder.write("datapackage.json", R"({"linkpin": {"version": 2}})");
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("update linkpin"));
  folder.write("datapackage.json", R"({"resources": [{"name": "ties", "data": [[1]]}]})");
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("path of one CSV file"));
  folder.write("datapackage.json", std::string(200'000, '['));
  CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("nested deeper"));
}

TEST_CASE("no path leads out of the package", "[io][package]") {
  const Folder outside;
  outside.write("ties.csv", "from,to\nsecret,plan\n");
  const Folder folder;
  const std::vector<std::string> paths = {"../ties.csv",
                                          "data/../../ties.csv",
                                          outside.path() / "ties.csv",
                                          "https://host/ties.csv",
                                          "..\\\\ties.csv",
                                          "link/ties.csv",
                                          "a\\u0000b"};
  std::filesystem::create_directory_symlink(outside.path(), folder.path() / "link");
  for (const std::string& path : paths) {
    folder.write("datapackage.json", R"({"resources": [{"name": "ties", "path": ")" + path + "\"}]}");
    INFO(path);
    CHECK_THROWS_WITH(read_package(folder.path()), ContainsSubstring("inside its package"));
  }
}

TEST_CASE("rows far shorter than the heading do not fill the memory", "[io][package]") {
  const Folder folder;
  std::string text = "from,to";
  for (int column = 0; column < 20'000; ++column) text += ",c" + std::to_string(column);
  text += "\n";
  for (int row = 0; row < 100'000; ++row) text += "a,b\n";
  folder.write("ties.csv", text);
  CHECK_THROWS_AS(read_package(folder.path()), linkpin::LimitError);
}

TEST_CASE("what is written comes back equal", "[io][package]") {
  const Folder folder;
  for (std::uint64_t number = 0; number < 400; ++number) {
    const Ecosystem eco = support::random_ecosystem(number);
    write_package(eco, folder.path() / "eco");
    const Ecosystem again = read_package(folder.path() / "eco");
    INFO("ecosystem " << number);
    REQUIRE(again.issues().empty());
    REQUIRE(again.parts().about == eco.parts().about);
    REQUIRE(again.entities() == eco.entities());
    REQUIRE(again.ties() == eco.ties());
    REQUIRE(again.reports() == eco.reports());
    REQUIRE(again == eco);
    for (std::size_t c = 0; c < eco.ties().width(); ++c) REQUIRE(again.ties().name(c) == eco.ties().name(c));
  }
}

TEST_CASE("writing twice gives the same bytes", "[io][package]") {
  const Folder folder;
  write_package(support::random_ecosystem(7), folder.path() / "one");
  write_package(read_package(folder.path() / "one"), folder.path() / "two");
  for (const char* name : {"entities.csv", "ties.csv", "datapackage.json"}) {
    CHECK(support::bytes_of(folder.path() / "one" / name) == support::bytes_of(folder.path() / "two" / name));
  }
}

TEST_CASE("issues are saved with the data and come back", "[io][package]") {
  const Folder folder;
  folder.write("in/ties.csv", "from,to,weight\na,b,\"x\ny\"\n");
  const Ecosystem eco = read_package(folder.path() / "in");
  REQUIRE(eco.issues().size() == 1);
  write_package(eco, folder.path() / "out");
  CHECK(read_package(folder.path() / "out").issues() == eco.issues());
}

TEST_CASE("an empty text and a missing one stay apart in our own packages only", "[io][package]") {
  const Folder folder;
  linkpin::EcosystemParts parts;
  auto ids = std::make_shared<linkpin::StringTable>();
  ids->intern("a");
  ids->intern("b");
  parts.ids = ids;
  parts.entities.set("label", linkpin::text_column(std::vector<std::optional<std::string>>{"", std::nullopt}));
  write_package(Ecosystem(parts), folder.path() / "eco");
  CHECK(support::bytes_of(folder.path() / "eco" / "entities.csv") == "id,label\na,\"\"\nb,\n");
  const Ecosystem own = read_package(folder.path() / "eco");
  CHECK(!own.entities().find("label")->missing(0));
  CHECK(own.entities().find("label")->missing(1));
  std::filesystem::remove(folder.path() / "eco" / "datapackage.json");
  CHECK(read_package(folder.path() / "eco").entities().find("label")->missing(0));
}

TEST_CASE("only nothing, an empty folder or a package is written over", "[io][package]") {
  const Folder folder;
  const Ecosystem eco = support::random_ecosystem(3);
  folder.write("file", "x");
  CHECK_THROWS_WITH(write_package(eco, folder.path() / "file"), ContainsSubstring("there is a file"));
  folder.write("full/precious.txt", "x");
  CHECK_THROWS_WITH(write_package(eco, folder.path() / "full"), ContainsSubstring("something else"));
  CHECK(support::bytes_of(folder.path() / "full" / "precious.txt") == "x");
  folder.write("app/datapackage.json", "{\"scripts\": {}}");
  CHECK_THROWS_AS(write_package(eco, folder.path() / "app"), linkpin::InputError);
  CHECK_THROWS_AS(write_package(eco, folder.path() / "no" / "parent"), linkpin::FileError);

  std::filesystem::create_directory(folder.path() / "empty");
  write_package(eco, folder.path() / "empty" / "");
  CHECK(read_package(folder.path() / "empty") == eco);
  folder.write("empty/README.md", "read me");
  folder.write("empty/more/notes.txt", "notes");
  write_package(Ecosystem(), folder.path() / "empty");
  CHECK(read_package(folder.path() / "empty") == Ecosystem());
  CHECK(support::bytes_of(folder.path() / "empty" / "README.md") == "read me");
  CHECK(support::bytes_of(folder.path() / "empty" / "more" / "notes.txt") == "notes");
  CHECK(!std::filesystem::exists(folder.path() / "empty" / "reports.csv"));

  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++entries;
  CHECK(entries == 4);  // nothing half-written is left
}

TEST_CASE("what could not be read back is not written", "[io][package]") {
  const Folder folder;
  const auto written = [&](const std::string& column, linkpin::Column values) {
    linkpin::EcosystemParts parts;
    auto ids = std::make_shared<linkpin::StringTable>();
    ids->intern("a");
    parts.ids = ids;
    parts.entities.set(column, std::move(values));
    write_package(Ecosystem(parts), folder.path() / "eco");
  };
  const auto text = [](std::string value) {
    return linkpin::text_column(std::vector<std::optional<std::string>>{std::move(value)});
  };
  CHECK_THROWS_WITH(written("x", text(std::string("a\0b", 3))), ContainsSubstring("NUL") && ContainsSubstring("row 0"));
  CHECK_THROWS_WITH(written("x", text("Zo\xEB")), ContainsSubstring("UTF-8"));
  CHECK_THROWS_WITH(written("x", text(std::string(17U << 20, 'x'))), ContainsSubstring("16 MiB"));
  CHECK_THROWS_WITH(written("id", text("x")), ContainsSubstring("kept for ids"));
  CHECK_THROWS_WITH(written("x", linkpin::Column(std::vector<linkpin::Date>{linkpin::date_of_year(12'000)})),
                    ContainsSubstring("years 1 to 9999"));
  CHECK(!std::filesystem::exists(folder.path() / "eco"));
}

TEST_CASE("threads change nothing", "[io][package]") {
  const Folder folder;
  linkpin::Stream random(2026, "threads");
  std::string text = "from,to,kind,weight,note\n";
  for (int row = 0; row < 120'000; ++row) {
    text += "p" + std::to_string(random.below(20'000)) + ",p" + std::to_string(random.below(20'000)) + ",";
    text += random.below(2) == 0 ? "funds," : "\"trusts\",";
    text += random.below(500) == 0 ? "much" : std::to_string(random.below(100));
    text += random.below(700) == 0 ? "\n" : random.below(700) == 0 ? ",a,b\n" : ",\"a\nnote\"\n";
  }
  folder.write("ties.csv", text);
  linkpin::Run run;
  run.threads = 1;
  const Ecosystem one = read_package(folder.path(), run);
  CHECK(one.issues().size() > 300);
  for (const int threads : {2, 3, 8}) {
    run.threads = threads;
    const Ecosystem other = read_package(folder.path(), run);
    CHECK(other == one);
    CHECK(other.issues() == one.issues());
    CHECK(other.ties().find("kind")->text().codes == one.ties().find("kind")->text().codes);
  }
}

TEST_CASE("beyond a million issues the rest is counted", "[io][package][slow]") {
  const Folder folder;
  std::string text = "from,to,weight\n";
  for (int row = 0; row < 1'000'500; ++row) text += "a,b,-1\n";
  folder.write("ties.csv", text);
  const Ecosystem eco = read_package(folder.path());
  CHECK(eco.tie_count() == 1'000'500);
  std::int64_t counted = 0;
  std::int64_t named = 0;
  for (const Issue& issue : eco.issues()) {
    if (issue.row == 0) {
      counted += std::stoll(issue.value);
    } else {
      ++named;
    }
  }
  CHECK(named + counted == 1'000'500);
  CHECK(named <= 1'000'000);
}
