#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <linkpin/core/error.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/shown.hpp>
#include <linkpin/uncertainty/contribution.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkpin {

namespace detail::claims {

// How likely an outcome is if the claim is true, and if it is false.
struct Likelihood {
  double if_true = 1.0;
  double if_false = 1.0;

  [[nodiscard]] double ratio() const {
    if (if_true == 0 && if_false == 0) return undefined;
    return if_false == 0 ? unreachable : if_true / if_false;
  }
  [[nodiscard]] double weight() const { return std::abs(std::log(ratio())); }
};

// Written without odds, so that ratios of 0 and infinity need no care.
inline double posterior(double prior, const Likelihood& l) {
  const double joint = prior * l.if_true;
  const double other = (1 - prior) * l.if_false;
  return joint + other > 0 ? joint / (joint + other) : undefined;
}

inline double middle(const Interval& i) { return i.low == i.high ? i.low : (i.low + i.high) / 2; }

inline void check_share(std::string_view argument, const Interval& i, std::string_view where) {
  if (!(i.low >= 0 && i.low <= i.high && i.high <= 1)) {
    refuse("contribution", argument, shown(i.low) + " to " + shown(i.high),
           "give a probability from 0 to 1, or a range from the lower to the higher one", where);
  }
}

inline Likelihood outcome(double sensitivity, double type_one, bool passed) {
  return passed ? Likelihood{sensitivity, type_one} : Likelihood{1 - sensitivity, 1 - type_one};
}

// The outcome at the middle, where it speaks least for the claim, and where it speaks most for it.
struct Reading {
  Likelihood mid, low, high;
};

inline Reading read(const EvidenceTest& t) {
  const Likelihood mid = outcome(middle(t.sensitivity), middle(t.type_one), t.passed);
  // Found evidence speaks least for the claim where it was unlikely if true and likely if false; absent evidence where
  // it was likely if true and unlikely if false.
  const Likelihood a = outcome(t.sensitivity.low, t.type_one.high, t.passed);
  const Likelihood b = outcome(t.sensitivity.high, t.type_one.low, t.passed);
  return t.passed ? Reading{mid, a, b} : Reading{mid, b, a};
}

inline Likelihood operator*(const Likelihood& a, const Likelihood& b) {
  return {a.if_true * b.if_true, a.if_false * b.if_false};
}

// What the joint outcome of tests that may depend on each other can be: from the sum less one to the smallest.
inline Interval frechet(std::span<const double> least, std::span<const double> most) {
  double sum = 1.0 - static_cast<double>(least.size());
  for (const double p : least) sum += p;
  return {std::max(0.0, sum), *std::min_element(most.begin(), most.end())};
}

inline Reading together(std::span<const Reading> group) {
  if (group.size() == 1) return group[0];
  std::vector<double> true_least, true_most, false_least, false_most;
  const Reading* telling = group.data();
  for (const Reading& r : group) {
    true_least.push_back(r.low.if_true);
    true_most.push_back(r.high.if_true);
    false_least.push_back(r.high.if_false);
    false_most.push_back(r.low.if_false);
    if (r.mid.weight() > telling->mid.weight()) telling = &r;
  }
  const Interval if_true = frechet(true_least, true_most);
  const Interval if_false = frechet(false_least, false_most);
  return {telling->mid, {if_true.low, if_false.high}, {if_true.high, if_false.low}};
}

inline Probative kind(const EvidenceTest& t) {
  const bool sensitive = middle(t.sensitivity) >= 0.5;
  const bool specific = middle(t.type_one) < 0.5;
  if (sensitive) return specific ? Probative::doubly_decisive : Probative::hoop;
  return specific ? Probative::smoking_gun : Probative::straw_in_the_wind;
}

inline double decibans(double ratio) { return 10.0 * std::log10(ratio); }

inline double within(double p) { return p >= 0 && p <= 1 ? p : undefined; }

}  // namespace detail::claims

LINKPIN_INLINE Contribution contribution(Interval prior, std::span<const EvidenceTest> tests,
                                         const ContributionOptions& options) {
  using namespace detail::claims;
  check_share("prior", prior, {});
  if (!(options.threshold > 0 && options.threshold < 1)) {
    refuse("contribution", "threshold", shown(options.threshold), "give a probability between 0 and 1");
  }
  Contribution result;
  result.provenance.measure = "contribution";
  std::vector<std::vector<Reading>> groups;
  std::vector<std::size_t> home;  // by test: its group
  std::map<std::string, std::size_t, std::less<>> known;
  Likelihood independent;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const EvidenceTest& t = tests[i];
    const std::string where = "test " + std::to_string(i + 1) + (t.name.empty() ? "" : ", " + t.name);
    check_share("sensitivity", t.sensitivity, where);
    check_share("type_one", t.type_one, where);
    const Reading reading = read(t);
    independent = independent * reading.mid;
    const auto [place, fresh] = known.try_emplace(t.group, groups.size());
    home.push_back(fresh || t.group.empty() ? groups.size() : place->second);
    if (home.back() == groups.size()) groups.emplace_back();
    groups[home.back()].push_back(reading);
  }
  Reading all;
  std::vector<Likelihood> mids;
  bool dependent = false;
  for (const auto& group : groups) {
    const Reading joint = together(group);
    mids.push_back(joint.mid);
    all = {all.mid * joint.mid, all.low * joint.low, all.high * joint.high};
    dependent = dependent || group.size() > 1;
  }
  result.value = posterior(middle(prior), all.mid);
  result.bounds = {posterior(prior.low, all.low), posterior(prior.high, all.high)};
  // Where an end of the bounds is evidence that could not occur, nothing is excluded on that side.
  if (std::isnan(result.bounds.low)) result.bounds.low = 0.0;
  if (std::isnan(result.bounds.high)) result.bounds.high = 1.0;
  result.if_independent = posterior(middle(prior), independent);
  result.ratio = all.mid.ratio();
  result.decibans = decibans(result.ratio);
  if (std::isnan(result.value)) {
    result.provenance.warnings.emplace_back(
        "no posterior: the tests say this evidence could occur neither if the claim is true nor if it is false");
    result.bounds = {undefined, undefined};
  }
  if (dependent) {
    result.provenance.warnings.emplace_back(
        "of tests that depend on each other only the most telling one counts; the bounds allow any dependence");
  }

  const double odds = options.threshold / (1 - options.threshold);
  result.flip_prior = result.ratio > 0 ? odds / (odds + result.ratio) : undefined;
  if (std::isinf(result.ratio)) result.flip_prior = undefined;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const Reading own = read(tests[i]);
    EvidenceReading reading{kind(tests[i]), own.mid.ratio(), {own.low.ratio(), own.high.ratio()}, 0.0,
                            undefined,      undefined};
    reading.decibans = decibans(reading.ratio);
    Likelihood others{middle(prior), 1 - middle(prior)};
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (g != home[i]) others = others * mids[g];
    }
    // The ratio this test would need for the verdict to stand on the threshold, the others as they are.
    const double need = odds / others.ratio();
    if (groups[home[i]].size() == 1 && std::isfinite(need) && need > 0) {
      const double if_true = need * own.mid.if_false;
      const double if_false = own.mid.if_true / need;
      reading.flip_sensitivity = within(tests[i].passed ? if_true : 1 - if_true);
      reading.flip_type_one = within(tests[i].passed ? if_false : 1 - if_false);
    }
    result.tests.push_back(reading);
  }
  return result;
}

}  // namespace linkpin
