// Damaged input: packages, documents and lists cut off or changed anywhere are read or refused, never anything else.
// Run under the sanitizers too.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <filesystem>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/io/edges.hpp>
#include <linkpin/io/json.hpp>
#include <linkpin/io/package.hpp>
#include <string>
#include <support/ecosystems.hpp>
#include <support/folders.hpp>

namespace {

// Cuts, changes, repeats or adds some bytes.
std::string damaged(std::string bytes, linkpin::Stream& random) {
  static constexpr char bytes_that_matter[] = "\"\",;|\n\r\t\0\xFF\xFE\xEF\xBB\xBF\xEB{}[]:\\-0.1e9";
  static const std::string nasty(bytes_that_matter, sizeof bytes_that_matter - 1);
  for (std::uint32_t changes = 1 + random.below(4); changes > 0; --changes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const std::uint32_t at = size == 0 ? 0 : random.below(size);
    const char byte = nasty[random.below(static_cast<std::uint32_t>(nasty.size()))];
    switch (random.below(5)) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        bytes.insert(at, 1, byte);
        break;
      case 2:
        if (size > 0) bytes[at] = byte;
        break;
      case 3:
        bytes.erase(at, random.below(9));
        break;
      default:
        bytes.insert(at, bytes.substr(at, random.below(40)));
        break;
    }
  }
  return bytes;
}

template <class Read>
bool reads_or_refuses(Read&& read) {
  try {
    read();
    return true;
  } catch (const linkpin::InputError&) {
    return false;
  }
}

}  // namespace

TEST_CASE("damaged packages are read or refused", "[io][hostile]") {
  const support::Folder folder;
  int read = 0;
  for (std::uint64_t number = 0; number < 1'500; ++number) {
    linkpin::Stream random(2026, "damage", number);
    const auto place = folder.path() / "eco";
    if (number % 10 == 0) write_package(support::random_ecosystem(number), place);
    std::string changed[3];
    const char* names[] = {"entities.csv", "ties.csv", "datapackage.json"};
    for (int i = 0; i < 3; ++i) changed[i] = support::bytes_of(place / names[i]);
    const std::uint32_t which = random.below(3);
    folder.write(std::string("eco/") + names[which], damaged(changed[which], random));
    INFO("case " << number);
    read += reads_or_refuses([&] {
      const linkpin::Ecosystem eco = linkpin::read_package(place);
      REQUIRE(eco == linkpin::from_json(to_json(eco)));  // whatever was read is whole
    })
                ? 1
                : 0;
    folder.write(std::string("eco/") + names[which], changed[which]);
  }
  CHECK(read > 500);
}

TEST_CASE("damaged documents are read or refused", "[io][hostile]") {
  int read = 0;
  for (std::uint64_t number = 0; number < 3'000; ++number) {
    linkpin::Stream random(2026, "document", number);
    const std::string text = damaged(to_json(support::random_ecosystem(number / 8)), random);
    INFO("case " << number);
    read += reads_or_refuses([&] { static_cast<void>(linkpin::from_json(text)); }) ? 1 : 0;
  }
  CHECK(read > 200);
}

TEST_CASE("damaged lists are read or refused", "[io][hostile]") {
  const support::Folder folder;
  std::string text = "from,to,weight,note\n";
  for (int row = 0; row < 30; ++row) text += std::to_string(row) + ",\"b\"," + std::to_string(row) + ".5,\"x\"\"y\"\n";
  int read = 0;
  for (std::uint64_t number = 0; number < 3'000; ++number) {
    linkpin::Stream random(2026, "list", number);
    const auto path = folder.write("list.csv", damaged(text, random));
    linkpin::EdgeListOptions options;
    options.numbered = random.below(2) == 0;
    if (random.below(2) == 0) options.scan.comment = '1';
    read += reads_or_refuses([&] { static_cast<void>(read_network_csv(path, options)); }) ? 1 : 0;
  }
  CHECK(read > 1'000);
}
