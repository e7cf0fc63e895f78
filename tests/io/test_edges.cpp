// Lists of ties straight into a network. Expected values follow from the lists in each test.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/io/edges.hpp>
#include <string>
#include <support/data.hpp>
#include <support/folders.hpp>
#include <support/graphs.hpp>
#include <vector>

using Catch::Matchers::ContainsSubstring;
using linkpin::EdgeListOptions;
using linkpin::read_network_csv;

TEST_CASE("a list with a heading gives names, weights and columns", "[io][edges]") {
  const support::Folder folder;
  const auto path = folder.write("ties.csv", "kind,Source,Target,weight\nx,b,a,2\ny,a,c,0.5\n");
  const auto list = read_network_csv(path);
  CHECK(list.issues.empty());
  CHECK(list.network.names() == std::vector<std::string>{"b", "a", "c"});
  CHECK(list.network.weight(0) == 2.0);
  CHECK(list.network.ties().find("kind")->view(0) == "x");
  CHECK(list.network.ties().width() == 1);
  EdgeListOptions options;
  options.directed = false;
  options.columns = false;
  options.weight = "";
  const auto plain = read_network_csv(path, options);
  CHECK(!plain.network.directed());
  CHECK(!plain.network.weighted());
  CHECK(plain.network.ties().width() == 0);
}

TEST_CASE("a list without a heading has its ends first", "[io][edges]") {
  const support::Folder folder;
  const auto path = folder.write("ties.txt", "# note\n3\t0\t1.5\n0\t1\t2\n");
  EdgeListOptions options;
  options.scan.comment = '#';
  options.numbered = true;
  const auto list = read_network_csv(path, options);
  CHECK(list.network.n() == 4);
  CHECK(list.network.m() == 2);
  CHECK(list.network.name(3) == "3");
  CHECK(list.network.weight(1) == 1.5);
  options.numbered = false;
  CHECK(read_network_csv(path, options).network.names() == std::vector<std::string>{"3", "0", "1"});
}

TEST_CASE("rows that give no tie are left out and named", "[io][edges]") {
  const support::Folder folder;
  const auto path = folder.write("ties.csv", "from,to,weight\na,b,1\na,,1\na,b,-1\na,b,\na,b,1,x\n");
  const auto list = read_network_csv(path);
  CHECK(list.network.m() == 1);
  std::vector<std::int64_t> rows;
  for (const auto& issue : list.issues) rows.push_back(issue.row);
  CHECK(rows == std::vector<std::int64_t>{3, 4, 4, 5, 6});
  EdgeListOptions options;
  options.numbered = true;
  const auto numbers =
      read_network_csv(folder.write("n.csv", "from,to\n0,1\n-1,2\n1,x\n1,2147483647\n1.0,2\n"), options);
  CHECK(numbers.network.m() == 1);
  CHECK(numbers.issues.size() == 4);
}

TEST_CASE("lists without ends are refused", "[io][edges]") {
  const support::Folder folder;
  CHECK_THROWS_WITH(read_network_csv(folder.write("a.csv", "")), ContainsSubstring("empty file"));
  CHECK_THROWS_WITH(read_network_csv(folder.write("b.csv", "one\n")), ContainsSubstring("two ends"));
  EdgeListOptions options;
  options.heading = true;
  options.from = "left";
  CHECK_THROWS_WITH(read_network_csv(folder.write("c.csv", "x,to\na,b\n"), options), ContainsSubstring("left"));
}

TEST_CASE("any network written as a list comes back", "[io][edges]") {
  const support::Folder folder;
  for (std::uint64_t number = 0; number < 1'000; ++number) {
    const linkpin::Network net = support::random_network(number);
    std::string text = "from,to,weight\n";
    for (linkpin::index_t tie = 0; tie < net.m(); ++tie) {
      const auto t = static_cast<std::size_t>(tie);
      text += std::to_string(net.sources()[t]) + "," + std::to_string(net.targets()[t]) + "," +
              std::to_string(net.weight(tie)) + "\n";
    }
    EdgeListOptions options;
    options.numbered = true;
    options.directed = net.directed();
    const auto list = read_network_csv(folder.write("net.csv", text), options);
    REQUIRE(list.issues.empty());
    REQUIRE(list.network.m() == net.m());
    for (std::size_t t = 0; t < static_cast<std::size_t>(net.m()); ++t) {
      REQUIRE(list.network.sources()[t] == net.sources()[t]);
      REQUIRE(list.network.targets()[t] == net.targets()[t]);
      REQUIRE(list.network.weight(static_cast<linkpin::index_t>(t)) == net.weight(static_cast<linkpin::index_t>(t)));
    }
  }
}

TEST_CASE("names are in order of first appearance however long the list is", "[io][edges]") {
  const support::Folder folder;
  std::string text = "from,to\n";
  linkpin::index_t rows = 0;
  for (; text.size() < 20'000'000; ++rows) {  // more chunks than are joined at a time
    text += "vertex " + std::to_string(rows) + ",vertex " + std::to_string(rows + 1) + "\n";
  }
  const auto list = read_network_csv(folder.write("path.csv", text));
  REQUIRE(list.network.n() == rows + 1);
  REQUIRE(list.network.m() == rows);
  for (linkpin::index_t v = 0; v < rows; ++v) {
    REQUIRE(list.network.name(v) == "vertex " + std::to_string(v));
    REQUIRE(list.network.targets()[static_cast<std::size_t>(v)] == v + 1);
  }
}

TEST_CASE("a published list has its published size", "[io][edges]") {
  LINKPIN_NEED_DATA("wiki_vote");
  EdgeListOptions options;
  options.scan.comment = '#';
  const auto list = read_network_csv(support::data_folder() / "wiki_vote" / "wiki-Vote.txt", options);
  CHECK(list.issues.empty());
  CHECK(list.network.n() == 7115);    // stated in the file's own heading
  CHECK(list.network.m() == 103689);  // likewise
}
