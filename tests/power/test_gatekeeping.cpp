// Gatekeepers against a twin that takes out one vertex at a time.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/power/gatekeeping.hpp>
#include <vector>

#include "support/graphs.hpp"

namespace {

using namespace linkpin;

std::size_t at(index_t i) { return static_cast<std::size_t>(i); }

// Whether some path leads from a source to the target without the vertex `without`.
bool leads(const Network& net, const std::vector<index_t>& sources, index_t target, Mode mode, index_t without) {
  std::vector<std::uint8_t> seen(at(net.n()), 0);
  std::vector<index_t> stack;
  for (const index_t s : sources) {
    if (s != without) stack.push_back(s);
  }
  while (!stack.empty()) {
    const index_t v = stack.back();
    stack.pop_back();
    if (seen[at(v)] != 0) continue;
    seen[at(v)] = 1;
    for (index_t e = 0; e < net.m(); ++e) {
      const index_t a = net.sources()[at(e)];
      const index_t b = net.targets()[at(e)];
      if (a == v && b != without && (mode != Mode::in || !net.directed())) stack.push_back(b);
      if (b == v && a != without && (mode != Mode::out || !net.directed())) stack.push_back(a);
    }
  }
  return target != without && seen[at(target)] != 0;
}

}  // namespace

TEST_CASE("gatekeepers are those without whom nothing leads there", "[gatekeeping]") {
  for (std::uint64_t number = 0; number < 600; ++number) {
    INFO("graph " << number);
    const Network net = support::random_network(number);
    if (net.n() == 0) continue;
    Stream random(2026, "gates", number);
    auto any = [&] { return static_cast<index_t>(random.below(static_cast<std::uint32_t>(net.n()))); };
    std::vector<index_t> sources{any()};
    if (random.below(2) == 0) sources.push_back(any());
    const index_t target = any();
    const Mode mode = number % 3 == 0 ? Mode::out : number % 3 == 1 ? Mode::in : Mode::all;
    const Gate gate = gatekeepers(net, sources, std::vector<index_t>{target}, {.mode = mode}).gates.at(0);
    CHECK(gate.reached == leads(net, sources, target, mode, none));
    std::vector<index_t> want;
    const bool only = std::count(sources.begin(), sources.end(), sources[0]) == static_cast<long>(sources.size());
    for (index_t v = 0; v < net.n() && gate.reached; ++v) {
      if (v != target && !(only && v == sources[0]) && !leads(net, sources, target, mode, v)) want.push_back(v);
    }
    std::vector<index_t> got = gate.gatekeepers;
    for (std::size_t i = 1; i < got.size(); ++i) {
      // Each is passed before the next: without it the next is not reached either.
      CHECK_FALSE(leads(net, sources, got[i], mode, got[i - 1]));
    }
    std::sort(got.begin(), got.end());
    if (std::find(sources.begin(), sources.end(), target) != sources.end()) want.clear();
    CHECK(got == want);
  }
}

TEST_CASE("gatekeepers: by hand and refused", "[gatekeeping]") {
  // Two carers reach the council only by the forum, and the forum has two ways on.
  const Network net = support::network(6, {0, 1, 2, 2, 3, 4}, {2, 2, 3, 4, 5, 5});
  const Gatekeeping got = gatekeepers(net, std::vector<index_t>{0, 1}, std::vector<index_t>{5, 0});
  CHECK(got.gates[0].gatekeepers == std::vector<index_t>{2});
  CHECK(got.gates[1].reached);
  CHECK(got.gates[1].gatekeepers.empty());
  const Gatekeeping back = gatekeepers(net, std::vector<index_t>{5}, std::vector<index_t>{0});
  CHECK_FALSE(back.gates[0].reached);
  CHECK(back.provenance.warnings.size() == 1);
  CHECK_THROWS_AS(gatekeepers(net, std::vector<index_t>{}, std::vector<index_t>{5}), InputError);
  CHECK_THROWS_AS(gatekeepers(net, std::vector<index_t>{0}, std::vector<index_t>{6}), InputError);
}
