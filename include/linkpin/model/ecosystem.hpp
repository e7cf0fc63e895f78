// The ecosystem: who there is, what is claimed to tie them, and what each respondent said. Networks are derived from
// it.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/observed.hpp>
#include <linkpin/model/strings.hpp>
#include <linkpin/model/time.hpp>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// A row or cell that a reader could not take as it stood. Nothing is refused without one.
struct Issue {
  std::string file;
  std::int64_t row = 0;  // counted from 1, the heading is row 1; 0 where the whole file is meant
  std::string column;
  std::string value;
  std::string reason;
  std::string remedy;

  friend bool operator==(const Issue&, const Issue&) = default;
};

// Everything an ecosystem is made from. Columns with these names have the meaning given here; all others are the
// user's own attributes. Every named column may be absent.
//
//   entities   label (text), kind (text), sector (text), roles (list), start and end (date), source, evidence (text)
//   ties       kind (text), weight (number, >= 0), confidence (number, 0 to 1), start and end (date),
//              source (which document says so), evidence (the passage), wave (text)
//   reports    item (text), wave (text), state (text: answered, not asked, did not respond, declined),
//              value (number; an answered 0 is a real zero), source (text), cap (number: how many names the
//              respondent could give at most)
struct EcosystemParts {
  std::shared_ptr<const StringTable> ids = std::make_shared<const StringTable>();  // entity ids, in entity order
  Frame entities;

  std::vector<index_t> from;  // by tie, an entity's number
  std::vector<index_t> to;
  Frame ties;

  std::vector<index_t> respondent;   // by report: who answered
  std::vector<index_t> report_from;  // the tie the answer is about
  std::vector<index_t> report_to;    // `none`: the state holds for every tie from `report_from`
  Frame reports;

  std::vector<TieKind> kinds;  // added to, or restating, usual_tie_kinds()
  std::vector<Issue> issues;
  std::map<std::string, std::string> about;  // title, description, licence, ...
};

// Frozen: an edited ecosystem is a new one, made from changed parts. Copies share everything.
class Ecosystem {
 public:
  Ecosystem();

  // Throws InputError for ends out of range, named columns of the wrong type, weights or confidences out of range,
  // a state that is none of the four, or an answer without a value.
  explicit Ecosystem(EcosystemParts parts);

  [[nodiscard]] index_t entity_count() const { return parts_->ids->size(); }
  [[nodiscard]] index_t tie_count() const { return static_cast<index_t>(parts_->from.size()); }
  [[nodiscard]] index_t report_count() const { return static_cast<index_t>(parts_->respondent.size()); }

  [[nodiscard]] const EcosystemParts& parts() const { return *parts_; }
  [[nodiscard]] std::string_view id(index_t entity) const { return (*parts_->ids)[entity]; }
  [[nodiscard]] index_t find(std::string_view id) const { return parts_->ids->find(id); }
  [[nodiscard]] const Frame& entities() const { return parts_->entities; }
  [[nodiscard]] const Frame& ties() const { return parts_->ties; }
  [[nodiscard]] const Frame& reports() const { return parts_->reports; }
  [[nodiscard]] std::span<const index_t> from() const { return parts_->from; }
  [[nodiscard]] std::span<const index_t> to() const { return parts_->to; }
  [[nodiscard]] const std::vector<Issue>& issues() const { return parts_->issues; }

  // The label of an entity, or its id where it has none.
  [[nodiscard]] std::string label(index_t entity) const;

  // What is known of a kind of tie; an unknown one is directed and runs forward.
  [[nodiscard]] TieKind kind(std::string_view name) const;

  // Distinct values of a text column in order of first appearance ("kind" of ties, "item" of reports, ...).
  [[nodiscard]] static std::vector<std::string> distinct(const Frame& frame, std::string_view column);

  // Issues and where they came from do not count: two ecosystems are equal that claim the same.
  friend bool operator==(const Ecosystem& a, const Ecosystem& b);

 private:
  std::shared_ptr<const EcosystemParts> parts_;
};

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/ecosystem.ipp>
#endif
