// Meetings against a twin that goes through who comes and how everybody votes.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/statistics/coalitions.hpp>
#include <linkpin/statistics/meeting.hpp>
#include <vector>

namespace {

using Catch::Matchers::WithinAbs;
using namespace linkpin;

// 0 absent, 1 for, 2 against, for each member; whether the motion passes.
bool passes(const Meeting& m, const std::vector<int>& how) {
  std::int64_t margin = 0;
  for (std::size_t i = 0; i < how.size(); ++i) margin += how[i] == 1 ? m.votes[i] : how[i] == 2 ? -m.votes[i] : 0;
  return margin > 0 || (margin == 0 && m.casting != none && how[static_cast<std::size_t>(m.casting)] == 1);
}

MeetingPower twin(const Meeting& m) {
  const std::size_t n = m.votes.size();
  MeetingPower out{0, std::vector<double>(n, 0.0), {}};
  std::size_t all = 1;
  for (std::size_t i = 0; i < n; ++i) all *= 3;
  for (std::size_t code = 0; code < all; ++code) {
    std::vector<int> how;
    double chance = 1;
    index_t present = 0;
    for (std::size_t i = 0, rest = code; i < n; ++i, rest /= 3) {
      how.push_back(static_cast<int>(rest % 3));
      chance *= how[i] == 0 ? 1 - m.attendance[i] : m.attendance[i] / 2;
      present += how[i] == 0 ? 0 : 1;
    }
    if (present < m.quorum) continue;
    out.quorate += chance;
    for (std::size_t i = 0; i < n; ++i) {
      if (how[i] == 0) continue;
      std::vector<int> other = how;
      other[i] = 3 - how[i];
      out.decisive[i] += passes(m, how) != passes(m, other) ? chance : 0;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("meetings agree with a look at every meeting", "[meeting]") {
  for (std::uint64_t number = 0; number < 200; ++number) {
    INFO("meeting " << number);
    Stream random(2026, "meetings", number);
    const std::size_t n = 1 + random.below(6);
    Meeting m;
    for (std::size_t i = 0; i < n; ++i) {
      m.votes.push_back(random.below(4));
      m.attendance.push_back(random.below(5) == 0 ? 1.0 : random.uniform());
    }
    m.quorum = static_cast<index_t>(random.below(static_cast<std::uint32_t>(n) + 2));
    if (random.below(2) == 0) m.casting = static_cast<index_t>(random.below(static_cast<std::uint32_t>(n)));
    const MeetingPower got = meeting_power(m);
    const MeetingPower want = twin(m);
    CHECK_THAT(got.quorate, WithinAbs(want.quorate, 1e-12));
    for (std::size_t i = 0; i < n; ++i) CHECK_THAT(got.decisive[i], WithinAbs(want.decisive[i], 1e-12));
  }
}

TEST_CASE("a meeting that all come to is Banzhaf's", "[meeting]") {
  const Meeting m{{4, 2, 2, 1, 1}, std::vector<double>(5, 1.0), 3, none};
  const PowerIndex index = power_index({{4, 2, 2, 1, 1}, 6}, {.kind = PowerKind::banzhaf});
  const MeetingPower got = meeting_power(m);
  CHECK(got.quorate == 1.0);
  for (std::size_t i = 0; i < 5; ++i) CHECK_THAT(got.decisive[i], WithinAbs(index.absolute[i], 1e-12));
}

TEST_CASE("a quorum is a binomial where all come alike", "[meeting]") {
  // R 4.2: 1 - pbinom(5, 12, 0.6) = 0.8417877074.
  const Meeting m{std::vector<std::int64_t>(12, 1), std::vector<double>(12, 0.6), 6, none};
  CHECK_THAT(meeting_power(m).quorate, WithinAbs(0.8417877074, 1e-10));
  Meeting large{std::vector<std::int64_t>(60, 1), std::vector<double>(60, 0.7), 30, 0};
  const MeetingPower got = meeting_power(large);
  CHECK(got.decisive_if_present[0] > got.decisive_if_present[1]);
  CHECK_THAT(got.decisive[1], WithinAbs(got.decisive[59], 1e-15));
}

TEST_CASE("meetings: degenerate and refused", "[meeting]") {
  CHECK(meeting_power({}).quorate == 1.0);
  CHECK(meeting_power({{1, 1}, {1, 1}, 3, none}).quorate == 0.0);
  CHECK(meeting_power({{0}, {1}, 0, none}).decisive[0] == 0.0);
  CHECK_THROWS_AS(meeting_power({{1}, {1.5}, 0, none}), InputError);
  CHECK_THROWS_AS(meeting_power({{1}, {std::nan("")}, 0, none}), InputError);
  CHECK_THROWS_AS(meeting_power({{-1}, {1}, 0, none}), InputError);
  CHECK_THROWS_AS(meeting_power({{1}, {}, 0, none}), InputError);
  CHECK_THROWS_AS(meeting_power({{1}, {1}, -1, none}), InputError);
  CHECK_THROWS_AS(meeting_power({{1}, {1}, 0, 1}), InputError);
  CHECK_THROWS_AS(meeting_power({{5'000'000'000}, {1}, 0, none}), LimitError);
}
