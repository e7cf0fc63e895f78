// How long until something happens, where for some it has not happened yet, or only the year is known.
//
// Times are measured from each one's own start. `observed[i]` not 0 means that it happened at time[i]; 0 that until
// then it had not (right-censored). All throw InputError for times that are negative or not finite, columns of
// different length, and levels outside (0, 1).
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/statistics/intervals.hpp>
#include <span>
#include <vector>

namespace linkpin {

// `clusters`: one number a row, from 0; rows of one cluster (lags of one award) are not independent, and the error is
// then the infinitesimal jackknife's over clusters instead of Greenwood's. Empty: every row stands for itself.
struct SurvivalOptions {
  double level = 0.95;
  std::vector<index_t> clusters = {};
};

// One row for each time at which it happened to somebody. Lower and upper are log-log intervals (Kalbfleisch & Prentice
// 1980), one time at a time; NaN where nobody is left (survival 0).
struct SurvivalCurve {
  std::vector<double> time;
  std::vector<index_t> at_risk;  // had not happened and were still followed just before
  std::vector<index_t> events;
  std::vector<double> survival;  // share to whom it has happened at none of the times so far
  std::vector<double> error;     // standard error of survival
  std::vector<double> lower;
  std::vector<double> upper;
  index_t observations = 0;
  index_t happened = 0;
  index_t clusters = 0;       // 0: rows are taken as independent
  double last = undefined;    // the longest time anybody was followed
  double median = undefined;  // the first time at which survival is at most one half; NaN where it never is
  Interval median_interval;   // an end is NaN where the follow-up is too short for it
  Provenance provenance;
};

// Kaplan & Meier (1958). O(n log n), with clusters besides O(event times x clusters).
[[nodiscard]] SurvivalCurve kaplan_meier(std::span<const double> time, std::span<const std::uint8_t> observed,
                                         const SurvivalOptions& options = {});

// Only what has happened by the time of looking is seen: a row is a lag and the longest lag that could have been seen
// for it. `survival` is then 1 - F(t) / F(longest): conditional on happening within the longest lag that could be seen,
// so it says nothing about whether it will happen at all. Kaplan-Meier in reversed time (Lagakos, Barraj & De Gruttola
// 1988); at_risk are those with a lag of at most t that could have been seen at t. O(n log n).
// Throws InputError for a lag longer than its own longest.
[[nodiscard]] SurvivalCurve right_truncated(std::span<const double> time, std::span<const double> longest,
                                            const SurvivalOptions& options = {});

struct LogrankOptions {
  std::vector<index_t> clusters = {};  // rows of one cluster count as one: the variance is the sandwich's
};

struct LogrankGroup {
  index_t observations = 0;
  double observed = 0.0;
  double expected = 0.0;  // if all groups had one curve
};

struct LogrankTest {
  double statistic = undefined;  // chi-square; NaN where fewer than two groups can be compared
  index_t df = 0;
  double p = undefined;
  std::vector<LogrankGroup> groups;
  Provenance provenance;
};

// Do the groups (one number a row, from 0) differ in how long it takes? Mantel (1966); with clusters the robust score
// test of Lin & Wei (1989). O(n log n + event times x groups^2).
[[nodiscard]] LogrankTest logrank(std::span<const double> time, std::span<const std::uint8_t> observed,
                                  std::span<const index_t> groups, const LogrankOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/statistics/detail/survival.ipp>
#endif
