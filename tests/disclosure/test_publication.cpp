// Whom a published network may name.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/disclosure/publication.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/ecosystems.hpp"

using Catch::Matchers::ContainsSubstring;
using namespace linkpin;

namespace {

using Words = std::optional<std::string>;

Ecosystem made(const std::vector<Words>& kind, const std::vector<Words>& sector, const std::vector<Words>& study,
               const std::vector<Words>& may) {
  EcosystemParts p;
  auto ids = std::make_shared<StringTable>();
  std::vector<Words> label;
  for (std::size_t v = 0; v < kind.size(); ++v) {
    ids->intern("id" + std::to_string(v));
    label.push_back("Name of " + std::to_string(v));
  }
  p.ids = ids;
  p.entities.set("kind", text_column(kind));
  p.entities.set("label", text_column(label));
  p.entities.set("sector", text_column(sector));
  p.entities.set("note", text_column(label));
  p.entities.set("study", text_column(study));
  p.entities.set("may_be_named", text_column(may));
  const auto n = static_cast<index_t>(kind.size());
  std::vector<Words> said;
  std::vector<double> value;
  for (index_t v = 0; v + 1 < n; ++v) {
    p.from.push_back(v);
    p.to.push_back(v + 1);
    said.push_back("Name of " + std::to_string(v) + " told us");
    p.respondent.push_back(v);
    p.report_from.push_back(v);
    p.report_to.push_back(v + 1);
    value.push_back(1);
  }
  p.ties.set("evidence", text_column(said));
  p.reports.set("value", Column(std::move(value)));
  return Ecosystem(std::move(p));
}

std::vector<Words> all(std::size_t n, const Words& word) { return std::vector<Words>(n, word); }

bool mentions(const Ecosystem& eco, const std::string& name) {
  for (index_t v = 0; v < eco.entity_count(); ++v) {
    if (eco.id(v) == name) return true;
  }
  for (const Frame* frame : {&eco.entities(), &eco.ties(), &eco.reports()}) {
    for (std::size_t c = 0; c < frame->width(); ++c) {
      if (!frame->at(c).is_text()) continue;
      for (std::size_t r = 0; r < frame->rows(); ++r) {
        if (std::string(frame->at(c).view(r)).find(name) != std::string::npos) return true;
      }
    }
  }
  return false;
}

}  // namespace

TEST_CASE("consent: declining is a state, and others may or may not still name somebody", "[disclosure]") {
  const Ecosystem eco =
      made(all(4, "person"), all(4, "nhs"), {"agreed", "declined", "declined", {}}, {{}, "true", {}, {}});
  const Consent c = respect_consent(eco);
  CHECK(c.declined == 2);
  CHECK(c.removed == 1);
  REQUIRE(c.eco.entity_count() == 3);
  CHECK(c.eco.find("id2") == none);
  CHECK(c.ties_removed == 2);
  CHECK(c.eco.tie_count() == 1);
  // Who may be named stays with a name and nothing else; the only answer left is the one about them, not by them.
  const auto row = static_cast<std::size_t>(c.eco.find("id1"));
  CHECK(c.eco.label(c.eco.find("id1")) == "Name of 1");
  CHECK(c.eco.entities().find("sector")->missing(row));
  CHECK(c.reports_declined == 1);
  CHECK(c.eco.report_count() == 1);
  CHECK(respect_consent(Ecosystem()).declined == 0);
  CHECK_THROWS_WITH(respect_consent(made(all(1, "person"), all(1, "nhs"), {"perhaps"}, all(1, {}))),
                    ContainsSubstring("study = perhaps"));
}

TEST_CASE("publication: names of people leave only where the user says so", "[disclosure]") {
  std::vector<Words> kinds = all(12, "person");
  kinds[11] = "organisation";
  std::vector<Words> may = all(12, {});
  may[1] = "true";
  const Ecosystem eco = made(kinds, all(12, "nhs"), all(12, {}), may);
  const Publication p = publication(eco, {.names = {"id2"}, .seed = 7});
  CHECK(p.hidden == 9);
  for (const int v : {0, 3, 4, 5, 6, 7, 8, 9, 10}) CHECK_FALSE(mentions(p.eco, "Name of " + std::to_string(v)));
  CHECK(mentions(p.eco, "Name of 1"));
  CHECK(mentions(p.eco, "id2"));
  CHECK(mentions(p.eco, "Name of 11"));
  CHECK(p.eco.tie_count() == eco.tie_count());
  CHECK(p.ids[3] == "id3");
  CHECK(p.eco == publication(eco, {.names = {"id2"}, .seed = 7}).eco);
  CHECK_FALSE(p.eco == publication(eco, {.names = {"id2"}, .seed = 8}).eco);
  CHECK(publication(eco, {.people = true}).hidden == 0);
  EcosystemParts printed = eco.parts();
  printed.about["names_published"] = "true";  // its sources have printed every name
  CHECK(publication(Ecosystem(std::move(printed))).hidden == 0);
  CHECK_THROWS_WITH(publication(eco, {.names = {"nobody"}}), ContainsSubstring("names = nobody"));
  CHECK_THROWS_WITH(publication(eco, {.threshold = -1}), ContainsSubstring("threshold"));
}

TEST_CASE("publication: nobody hidden stands in a group of fewer than the threshold", "[disclosure]") {
  static const std::vector<Words> sectors = {"nhs", "council", "charity", "community", std::nullopt};
  static const std::vector<Words> roles = {"carer", "researcher", "carer|researcher", "chair", std::nullopt};
  int merged = 0, shown = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    CAPTURE(number);
    Stream random(2026, "publication", number);
    const std::size_t n = 1 + random.below(60);
    std::vector<Words> sector, role;
    for (std::size_t v = 0; v < n; ++v) {
      sector.push_back(sectors[std::min(random.below(5), random.below(5))]);
      role.push_back(roles[std::min(random.below(5), random.below(5))]);
    }
    EcosystemParts parts = made(all(n, "person"), sector, all(n, {}), all(n, {})).parts();
    parts.entities.set("roles", text_column(role, ColumnType::list));
    const Publication p = publication(Ecosystem(std::move(parts)), {.seed = number});
    std::map<std::pair<std::string, std::string>, index_t> classes;
    for (std::size_t v = 0; v < n; ++v) {
      const Frame& e = p.eco.entities();
      ++classes[{std::string(e.find("sector")->view(v)), std::string(e.find("roles")->view(v))}];
      shown += e.find("sector")->missing(v) ? 0 : 1;
    }
    index_t smallest = static_cast<index_t>(n);
    for (const auto& [key, count] : classes) smallest = std::min(smallest, count);
    REQUIRE(p.smallest == smallest);
    REQUIRE((smallest >= 5 || n < 5));
    merged += p.merged.empty() ? 0 : 1;
  }
  CHECK(merged > 100);
  CHECK(shown > 4000);
}

TEST_CASE("publication: any ecosystem can be published", "[disclosure]") {
  for (std::uint64_t number = 0; number < 100; ++number) {
    const Ecosystem eco = support::random_ecosystem(number);
    const Publication p = publication(eco, {.by = "kind"});
    CHECK(p.eco.entity_count() == eco.entity_count());
    CHECK(p.eco.report_count() == eco.report_count());
  }
}
