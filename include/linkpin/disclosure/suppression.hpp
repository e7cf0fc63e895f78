// What may be published of a table of counts about people: small counts are hidden, and as many others as it takes that
// nobody can work them out from the totals.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/run.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// One published relation: the figure `total` is the sum of the figures `parts`.
struct PublishedSum {
  index_t total = none;
  std::vector<index_t> parts = {};

  friend bool operator==(const PublishedSum&, const PublishedSum&) = default;
};

// A table of counts without totals, one entry a cell: what each cell is of, by dimension.
struct CountTable {
  std::string name = {};
  std::vector<std::string> dimensions = {};
  std::vector<std::vector<std::string>> labels = {};  // by dimension, by cell
  std::vector<std::int64_t> counts = {};              // by cell
};

// What a figure is: the labels of its dimensions; an empty label means "all of them".
struct FigureName {
  std::vector<std::string> dimensions;
  std::vector<std::string> labels;
};

// Every figure that the publication of some tables with all their totals would show.
struct LinkedFigures {
  std::vector<std::int64_t> counts;             // by figure
  std::vector<PublishedSum> sums;               // the totals of every margin
  std::vector<std::vector<index_t>> figure_of;  // by table, by cell
  std::vector<FigureName> names;                // by figure
  std::vector<std::string> warnings;
};

// The figures of tables that are published together with the totals of all their margins. Figures of the same
// dimensions and labels in two tables are one figure, which links them; where the two counts differ (not everybody
// answered both questions) they are two, and a warning says so. O(cells 2^dimensions). Throws InputError for labels
// or counts of another length, negative counts, cells that stand twice and totals beyond 2^53; LimitError for more
// than 8 dimensions.
[[nodiscard]] LinkedFigures linked_figures(std::span<const CountTable> tables,
                                           std::string_view function = "linked_figures");

struct SuppressionOptions {
  std::int64_t threshold = 5;                // counts from 1 to threshold - 1 are sensitive
  bool zeros = false;                        // zeros are sensitive too
  std::vector<std::uint8_t> published = {};  // by figure: its source has shown it already, so it stays shown
  Run run{};
};

enum class Showing : std::uint8_t { shown, sensitive, complementary };

struct Suppression {
  std::vector<Showing> showing;  // by figure; sensitive and complementary ones are hidden, and look alike outside
  std::vector<double> low;       // by figure: what an attacker who knows all that is shown can still not exclude
  std::vector<double> high;      // infinite where nothing bounds it
  index_t sensitive = 0;
  index_t complementary = 0;
  index_t exposed = 0;  // hidden figures that could not be protected, because published ones give them away
  Provenance provenance;
};

// Hides sensitive figures and complementary ones until, for an attacker who knows every shown figure and that counts
// are not negative, each hidden sensitive figure could be any of 1 to threshold - 1 (0 too with `zeros`) and each other
// hidden figure lies in a range at least threshold - 1 wide. Totals are hidden only where nothing else protects. Linear
// programmes on a dense tableau: memory of sums x figures, time of about hidden x pivots x that. Throws InputError for
// sums that do not hold, figures out of range, negative counts and a threshold below 2.
[[nodiscard]] Suppression suppress(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                   const SuppressionOptions& options = {});

struct Ranges {
  std::vector<double> low;
  std::vector<double> high;
};

// The attacker: the smallest and largest value that each figure can have, given the shown ones and that none is
// negative. Two linear programmes a hidden figure. Throws as suppress.
[[nodiscard]] Ranges feasible_ranges(std::span<const std::int64_t> figures, std::span<const PublishedSum> sums,
                                     std::span<const std::uint8_t> hidden, const Run& run = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/disclosure/detail/suppression.ipp>
#endif
