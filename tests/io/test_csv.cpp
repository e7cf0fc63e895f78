// The scanner of delimited text: cells, dialects, encodings, limits. Expected cells follow from RFC 4180 by hand unless
// a comment says otherwise.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdint>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/io/csv.hpp>
#include <string>
#include <support/folders.hpp>
#include <utility>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::Encoding;
using linkpin::scan_text;

namespace {

using Table = std::vector<std::vector<std::string>>;

Table table_of(linkpin::Rows rows) {
  Table table;
  std::vector<linkpin::Cell> cells;
  std::string scratch;
  while (rows.next(cells)) {
    auto& row = table.emplace_back();
    for (const linkpin::Cell& cell : cells) row.emplace_back(cell.text(scratch));
  }
  return table;
}

Table table_of(const std::string& text, char delimiter = ',') {
  linkpin::ScanOptions options;
  options.delimiter = delimiter;
  return table_of(scan_text(text, "text", options).all());
}

linkpin::ScanReport report_of(const std::string& text) { return scan_text(text, "text").report(); }

// One character at a time: the twin of the scanner, for line feeds and no comments.
Table slow_table(const std::string& text, char delimiter) {
  Table table;
  std::size_t i = 0;
  while (i < text.size()) {
    auto& row = table.emplace_back();
    if (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
      i += text[i] == '\n' ? 1 : 2;
      continue;
    }
    for (bool more = true; more;) {
      std::string cell;
      std::size_t quote = i;
      while (quote < text.size() && text[quote] == ' ') ++quote;
      std::string rest;
      const bool quoted = quote < text.size() && text[quote] == '"';
      if (quoted) {
        for (i = quote + 1; i < text.size(); ++i) {
          if (text[i] != '"') {
            cell += text[i];
          } else if (i + 1 < text.size() && text[i + 1] == '"') {
            cell += text[i++];
          } else {
            break;
          }
        }
        ++i;
      }
      while (i < text.size() && text[i] != delimiter && text[i] != '\n') rest += text[i++];
      const bool row_ends = i >= text.size() || text[i] == '\n';
      if ((row_ends || quoted) && !rest.empty() && rest.back() == '\r') rest.pop_back();
      while (quoted && !rest.empty() && rest.back() == ' ') rest.pop_back();
      row.push_back(cell + rest);
      more = !row_ends;
      ++i;
    }
  }
  return table;
}

std::string utf16(const std::u16string& text, bool big_endian) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

}  // namespace

TEST_CASE("cells, quotes and line ends follow RFC 4180", "[io][csv]") {
  CHECK(table_of("a,b\nc,d\n") == Table{{"a", "b"}, {"c", "d"}});
  CHECK(table_of("a,b\r\nc,d") == Table{{"a", "b"}, {"c", "d"}});
  CHECK(table_of("a,b\rc,d\r") == Table{{"a", "b"}, {"c", "d"}});
  CHECK(table_of("\"a,\"\"b\"\"\",\"two\nlines\"\r\n,") == Table{{"a,\"b\"", "two\nlines"}, {"", ""}});
  CHECK(table_of("a\n\n\r\nb\n") == Table{{"a"}, {}, {}, {"b"}});
  CHECK(table_of("").empty());
  CHECK(table_of("\"\"") == Table{{""}});
}

TEST_CASE("what people's files do beyond the standard has one meaning", "[io][csv]") {
  CHECK(table_of("a,  \"b, c\"  ,d\n") == Table{{"a", "b, c", "d"}});
  CHECK(table_of("5\" pipe,x\"y\"\n") == Table{{"5\" pipe", "x\"y\""}});
  CHECK(table_of("\"a\"b,c\n") == Table{{"ab", "c"}});
  CHECK(table_of("5\" pipe,\"two\nlines\"\nx,y\n") == Table{{"5\" pipe", "two\nlines"}, {"x", "y"}});
  CHECK(table_of("a\rb,c\n") == Table{{"a\rb", "c"}});
}

TEST_CASE("a bare empty cell and a quoted one are told apart", "[io][csv]") {
  const auto text = scan_text("a,\"\",\n", "text");
  std::vector<linkpin::Cell> cells;
  auto rows = text.all();
  REQUIRE(rows.next(cells));
  CHECK(!cells[1].bare());
  CHECK(cells[2].bare());
}

TEST_CASE("comments are passed over and counted as rows", "[io][csv]") {
  linkpin::ScanOptions options;
  options.comment = '#';
  const auto text = scan_text("# it's, \"a\n# note\"\na,b\n\"x\n#y\",\"z\"\n", "text", options);
  CHECK(table_of(text.all()) == Table{{}, {}, {"a", "b"}, {"x\n#y", "z"}});
  CHECK(text.rows() == 4);
}

TEST_CASE("the delimiter is found", "[io][csv]") {
  CHECK(report_of("a,b,c\n1,2,3\n").delimiter == ',');
  CHECK(report_of("a;b;c\n1;2;3\n").delimiter == ';');
  CHECK(report_of("a\tb\n1,5\t2,5\n").delimiter == '\t');
  CHECK(report_of("a|b\n1|2\n").delimiter == '|');
  CHECK(report_of("id,roles\na,researcher|carer\nb,carer|chair\n").delimiter == ',');
  CHECK(report_of("x;y\n1,5;2,5\n3,5;4,5\n").delimiter == ';');
  CHECK(report_of("\"a;b;c\",d\n\"e;f;g\",h\n").delimiter == ',');
  CHECK(report_of("one column\nand no more\n").delimiter == ',');
  CHECK(report_of("").delimiter == ',');
  CHECK(table_of(scan_text("sep=;\r\na;b\r\n", "text").all()) == Table{{"a", "b"}});
}

TEST_CASE("a decimal comma is found where a column has it and nothing has a point", "[io][csv]") {
  CHECK(report_of("id;x\na;1,5\nb;2\n").decimal_comma);
  CHECK(report_of("id\tx\na\t0,125\n").decimal_comma);
  CHECK(report_of("id,x\na,\"1,5\"\n").decimal_comma);
  CHECK(!report_of("id;x\na;1.5\nb;2\n").decimal_comma);
  CHECK(!report_of("id;x;y\na;1,5;2.5\n").decimal_comma);
  CHECK(!report_of("id;x\na;1,500\nb;2,250\n").decimal_comma);  // thousands as likely
  CHECK(!report_of("id;x\na;1,5\nb;see 2,5\n").decimal_comma);
}

TEST_CASE("line ends are reported", "[io][csv]") {
  CHECK(report_of("a\nb\n").line_end == "\n");
  CHECK(report_of("a\r\nb\r\n").line_end == "\r\n");
  CHECK(report_of("a\rb\r").line_end == "\r");
}

TEST_CASE("the same table comes out of every encoding", "[io][csv]") {
  const Table expected{{"name", "place"}, {"Zoë", "Łódź €"}};
  const std::string utf8 = "name,place\nZoë,Łódź €\n";
  const std::u16string wide = u"name,place\nZoë,Łódź €\n";
  const auto little = scan_text(utf16(wide, false), "text");
  const auto little_marked = scan_text(utf16(u"\uFEFF" + wide, false), "text");
  const auto big = scan_text(utf16(u"\uFEFF" + wide, true), "text");
  const auto marked = scan_text("\xEF\xBB\xBF" + utf8, "text");
  CHECK(table_of(scan_text(utf8, "text").all()) == expected);
  CHECK(table_of(little.all()) == expected);
  CHECK(table_of(little_marked.all()) == expected);
  CHECK(table_of(big.all()) == expected);
  CHECK(table_of(marked.all()) == expected);
  CHECK(report_of(utf8).encoding == Encoding::utf8);
  CHECK(little.report().encoding == Encoding::utf16_le);
  CHECK(big.report().encoding == Encoding::utf16_be);
  CHECK(marked.report().encoding == Encoding::utf8_bom);
  CHECK(marked.report().repaired == 0);
}

TEST_CASE("cp1252 is told from UTF-8", "[io][csv]") {
  // The bytes of "Zoë – €" in cp1252, from the code page's table: EB, 96, 80.
  const auto text = scan_text("name\nZo\xEB \x96 \x80\n", "text");
  CHECK(text.report().encoding == Encoding::cp1252);
  CHECK(table_of(text.all()) == Table{{"name"}, {"Zoë – €"}});

  const auto mixed = scan_text("name\nZoë Łódź Müller\nZo\xEB\n", "text");
  CHECK(mixed.report().encoding == Encoding::utf8);
  CHECK(mixed.report().repaired == 1);
  CHECK(table_of(mixed.all()) == Table{{"name"}, {"Zoë Łódź Müller"}, {"Zoë"}});
}

TEST_CASE("what is no character in UTF-16 is marked and counted", "[io][csv]") {
  std::u16string text = u"\uFEFFa,b\nc,";
  text += static_cast<char16_t>(0xD800);  // half a pair
  text += u"d\n";
  const auto scanned = scan_text(utf16(text, false), "text");
  CHECK(scanned.report().repaired == 1);
  CHECK(table_of(scanned.all()) == Table{{"a", "b"},
                                         {"c",
                                          "\xEF\xBF\xBD"
                                          "d"}});
}

TEST_CASE("the scanner agrees with its twin on random texts", "[io][csv]") {
  const std::string letters = "ab,,;\"\"\" \n\n\r\t|0.5";
  int compared = 0;
  for (std::uint64_t number = 0; number < 20'000; ++number) {
    linkpin::Stream random(2026, "csv", number);
    std::string text;
    for (std::uint32_t length = random.below(60); length > 0; --length) {
      text += letters[random.below(static_cast<std::uint32_t>(letters.size()))];
    }
    text += '\n';  // so that carriage returns alone end no row
    linkpin::ScanOptions options;
    options.delimiter = random.below(2) == 0 ? ',' : ';';
    try {
      const auto scanned = scan_text(text, "text", options);
      INFO(number << ": " << text);
      REQUIRE(table_of(scanned.all()) == slow_table(text, options.delimiter));
      REQUIRE(static_cast<std::size_t>(scanned.rows()) == slow_table(text, options.delimiter).size());
      ++compared;
    } catch (const linkpin::InputError&) {  // a quote that is not closed
      REQUIRE(text.find('"') != std::string::npos);
    }
  }
  CHECK(compared > 5'000);
}

TEST_CASE("chunks hold whole rows, whatever the quotes hold", "[io][csv]") {
  std::string text = "id,note\n";
  linkpin::Stream random(2026, "chunks");
  for (int row = 0; text.size() < 5'000'000; ++row) {
    text += std::to_string(row) + ",";
    text +=
        random.below(3) == 0 ? "\"a \"\"quoted\"\"\nnote,\n" + std::string(random.below(200), '\n') + "\"" : "plain";
    text += random.below(50) == 0 ? "\n\n" : "\n";
  }
  for (const int threads : {1, 2, 5}) {
    linkpin::ScanOptions options;
    options.run.threads = threads;
    const auto scanned = scan_text(text, "text", options);
    REQUIRE(scanned.chunks().size() > 3);
    Table all;
    for (std::size_t i = 0; i < scanned.chunks().size(); ++i) {
      REQUIRE(scanned.chunks()[i].first_row == static_cast<std::int64_t>(all.size()));
      for (auto& row : table_of(scanned.chunk(i))) all.push_back(std::move(row));
    }
    REQUIRE(all == table_of(scanned.all()));
    REQUIRE(static_cast<std::int64_t>(all.size()) == scanned.rows());
  }
}

TEST_CASE("a file and its bytes scan alike", "[io][csv]") {
  const support::Folder folder;
  std::string text = "id,note\r\n";
  while (text.size() < 20'000'000) text += "12345,\"a note, \"\"quoted\"\"\r\nand long\"\r\n";
  const auto path = folder.write("long.csv", text);
  const auto file = linkpin::scan_file(path);
  const auto bytes = scan_text(text, "long.csv");
  CHECK(file.rows() == bytes.rows());
  CHECK(file.name() == "long.csv");
  CHECK(file.chunks().size() == bytes.chunks().size());
  CHECK(table_of(file.all()) == table_of(bytes.all()));
}

TEST_CASE("what is no table is refused with its place", "[io][csv]") {
  using linkpin::InputError;
  using linkpin::LimitError;
  CHECK_THROWS_WITH(scan_text(std::string("a,b\n\0,d\n", 8), "text"),
                    ContainsSubstring("NUL") && ContainsSubstring("byte 4"));
  CHECK_THROWS_WITH(scan_text("a,b\nc,\"d\ne,f\n", "text"),
                    ContainsSubstring("never closed") && ContainsSubstring("row 2"));
  CHECK_THROWS_WITH(scan_text("a,b\n\"x\ny\",b\n\"d\ne,f\n", "text"), ContainsSubstring("row 3"));
  const std::string endless(17U << 20, 'x');
  CHECK_THROWS_AS(scan_text("a,b\n1,\"" + endless + "\"\n", "text").all(), LimitError);
  CHECK_THROWS_WITH(scan_text("a,b\n1," + endless, "text"), ContainsSubstring("16 MiB") && ContainsSubstring("row 2"));
  CHECK_THROWS_AS(table_of("a,b\n1," + endless + "\nc,d\n"), LimitError);
}

TEST_CASE("files that cannot be read are refused by name", "[io][csv]") {
  const support::Folder folder;
  CHECK_THROWS_AS(linkpin::scan_file(folder.path() / "none.csv"), linkpin::FileError);
  CHECK_THROWS_AS(linkpin::scan_file(folder.path()), linkpin::FileError);
  const auto large = folder.write("large.csv", "a,b\n");
  std::filesystem::resize_file(large, 10'000'000'000);  // no room on the disk: the rest is a hole
  CHECK_THROWS_WITH(linkpin::scan_file(large), ContainsSubstring("8 GiB"));
  std::filesystem::resize_file(large, 1'000'000'000);
  CHECK_THROWS_WITH(linkpin::scan_file(large), ContainsSubstring("NUL"));
}

TEST_CASE("a stop is heard", "[io][csv]") {
  std::string text = "id,note\n";  // so long that it cannot be read in the tenth of a second between two questions
  while (text.size() < 400'000'000) text += "12345,\"a \"\"note\"\"\"\n";
  linkpin::ScanOptions options;
  options.run.threads = 1;
  options.run.interrupted = [] { return true; };
  CHECK_THROWS_AS(scan_text(text, "text", options), linkpin::Cancelled);
}
