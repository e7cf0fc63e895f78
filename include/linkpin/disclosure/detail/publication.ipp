#pragma once

#include <algorithm>
#include <linkpin/core/error.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/disclosure/publication.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace linkpin {

namespace detail {

inline bool true_in(const Column* column, std::size_t row) {
  if (column == nullptr || column->missing(row)) return false;
  if (column->is_numeric()) return column->number(row) != 0;
  return column->is_text() && (column->view(row) == "true" || column->view(row) == "yes");
}

inline std::optional<std::string> text_in(const Column* column, std::size_t row) {
  if (column == nullptr || column->missing(row) || !column->is_text()) return std::nullopt;
  return std::string(column->view(row));
}

// A frame in which some rows keep only some columns; in the others they are missing.
inline Frame blanked(const Frame& frame, const std::vector<std::uint8_t>& rows, const std::set<std::string>& kept) {
  std::vector<index_t> picked;
  for (std::size_t r = 0; r < rows.size(); ++r) picked.push_back(rows[r] != 0 ? none : static_cast<index_t>(r));
  Frame out;
  out.resize(frame.rows());
  for (std::size_t c = 0; c < frame.width(); ++c) {
    out.set(frame.name(c), kept.count(frame.name(c)) != 0 ? frame.at(c) : frame.at(c).take(picked));
  }
  return out;
}

// The parts of an ecosystem without some of its entities, and what went with them.
inline EcosystemParts without(const Ecosystem& eco, const std::vector<std::uint8_t>& gone, Consent& counts) {
  const EcosystemParts& p = eco.parts();
  EcosystemParts out;
  auto ids = std::make_shared<StringTable>();
  std::vector<index_t> kept, number(gone.size(), none);
  for (std::size_t v = 0; v < gone.size(); ++v) {
    if (gone[v] != 0) continue;
    kept.push_back(static_cast<index_t>(v));
    number[v] = ids->intern((*p.ids)[static_cast<index_t>(v)]);
  }
  auto now = [&number](index_t v) { return v == none ? none : number[static_cast<std::size_t>(v)]; };
  out.ids = ids;
  out.entities = p.entities.take(kept);
  std::vector<index_t> rows;
  for (std::size_t t = 0; t < p.from.size(); ++t) {
    if (now(p.from[t]) == none || now(p.to[t]) == none) continue;
    rows.push_back(static_cast<index_t>(t));
    out.from.push_back(now(p.from[t]));
    out.to.push_back(now(p.to[t]));
  }
  counts.ties_removed = static_cast<index_t>(p.from.size() - rows.size());
  out.ties = p.ties.take(rows);
  rows.clear();
  for (std::size_t r = 0; r < p.respondent.size(); ++r) {
    const bool to_gone = p.report_to[r] != none && now(p.report_to[r]) == none;
    if (now(p.respondent[r]) == none || now(p.report_from[r]) == none || to_gone) continue;
    rows.push_back(static_cast<index_t>(r));
    out.respondent.push_back(now(p.respondent[r]));
    out.report_from.push_back(now(p.report_from[r]));
    out.report_to.push_back(now(p.report_to[r]));
  }
  counts.reports_removed = static_cast<index_t>(p.respondent.size() - rows.size());
  out.reports = p.reports.take(rows);
  out.kinds = p.kinds;
  out.about = p.about;
  return out;
}

// What a row says of itself in a text or list column, values below the threshold being "other".
class Merger {
 public:
  Merger(const Column* column, const std::vector<std::size_t>& rows, std::int64_t threshold) : column_(column) {
    if (column == nullptr || !column->is_text()) return;
    for (const std::size_t r : rows) {
      for (const std::string& word : words(r)) ++people_[word];
    }
    std::vector<std::pair<std::int64_t, std::string>> by_size;
    for (const auto& [word, count] : people_) by_size.emplace_back(count, word);
    std::sort(by_size.begin(), by_size.end());
    std::int64_t together = 0;
    for (const auto& [count, word] : by_size) {
      // The smallest join "other" until it is large enough itself.
      if (count >= threshold && (together == 0 || together >= threshold)) break;
      merged.insert(word);
      together += count;
    }
    left_out_ = together < threshold;  // even together they are too few to be named as "other"
  }

  [[nodiscard]] std::optional<std::string> shown(std::size_t row) const {
    std::string out;
    std::set<std::string> once;
    for (std::string word : words(row)) {
      if (merged.count(word) != 0) {
        if (left_out_) continue;
        word = "other";
      }
      if (word.empty() || !once.insert(word).second) continue;
      out += (out.empty() ? "" : "|") + word;
    }
    return out.empty() ? std::nullopt : std::optional<std::string>(out);
  }

  std::set<std::string> merged;

 private:
  [[nodiscard]] std::vector<std::string> words(std::size_t row) const {
    std::vector<std::string> out;
    if (column_ == nullptr || !column_->is_text()) return out;
    const std::string_view all = column_->view(row);
    if (column_->type() == ColumnType::text) return {std::string(all)};  // "": no group, a group of its own
    for (std::size_t begin = 0; begin <= all.size();) {
      const std::size_t end = std::min(all.find('|', begin), all.size());
      if (end > begin) out.emplace_back(all.substr(begin, end - begin));
      begin = end + 1;
    }
    return out;
  }

  const Column* column_;
  std::map<std::string, std::int64_t> people_;
  bool left_out_ = false;
};

// A text or list column whose given rows are replaced.
inline Column replaced(const Column& column, const std::map<std::size_t, std::optional<std::string>>& texts) {
  std::vector<std::optional<std::string>> all;
  for (std::size_t r = 0; r < column.size(); ++r) {
    const auto found = texts.find(r);
    all.push_back(found != texts.end() ? found->second : text_in(&column, r));
  }
  return text_column(all, column.type());
}

class Publisher {
 public:
  Publisher(const Ecosystem& eco, const PublicationOptions& options)
      : eco_(eco), options_(options), parts_(eco.parts()), hidden_(parts_.entities.rows(), 0) {
    if (options.threshold < 0) {
      refuse("publication", "threshold", std::to_string(options.threshold), "choose 0 for no merging, or 2 and more");
    }
    std::set<index_t> named;
    for (const std::string& id : options.names) {
      const index_t v = eco.find(id);
      if (v == none) refuse("publication", "names", id, "no entity has this id");
      named.insert(v);
    }
    const auto mark = parts_.about.find("names_published");
    const bool printed = mark != parts_.about.end() && mark->second == "true";
    const Column* kind = eco.entities().find("kind");
    const Column* may = eco.entities().find("may_be_named");
    for (std::size_t v = 0; v < hidden_.size(); ++v) {
      const bool person = text_in(kind, v) == "person";
      if (!person || options.people || printed || true_in(may, v) || named.count(static_cast<index_t>(v)) != 0)
        continue;
      hidden_[v] = 1;
      rows_.push_back(v);
    }
    out.hidden = static_cast<index_t>(rows_.size());
    out.ids = parts_.ids->to_vector();
    out.provenance.measure = "publication";
    out.provenance.seed = options.seed;
  }

  void run() {
    pseudonyms();
    if (options_.threshold > 0 && !rows_.empty()) {
      merge();
      strip();
    }
    for (Issue& issue : parts_.issues) {
      if (!rows_.empty()) issue.value.clear();  // it quotes a cell
    }
    out.eco = Ecosystem(std::move(parts_));
  }

  Publication out;

 private:
  void pseudonyms() {
    std::vector<std::size_t> order = rows_;
    Stream random(options_.seed, "pseudonyms");
    random.shuffle(std::span(order));
    std::vector<std::string> names = out.ids;
    std::set<std::string> taken;
    for (std::size_t v = 0; v < names.size(); ++v) {
      if (hidden_[v] == 0) taken.insert(names[v]);
    }
    std::size_t number = 0;
    std::map<std::size_t, std::optional<std::string>> labels;
    for (const std::size_t v : order) {
      do {
        names[v] = "person " + std::to_string(++number);
      } while (taken.count(names[v]) != 0);
      labels[v] = std::nullopt;
    }
    auto ids = std::make_shared<StringTable>();
    for (const std::string& name : names) ids->intern(name);
    parts_.ids = ids;
    for (const char* name : {"label", "full_name"}) {
      const Column* column = parts_.entities.find(name);
      if (column != nullptr && column->is_text()) parts_.entities.set(name, replaced(*column, labels));
    }
  }

  // Groups and roles of hidden people, merged until what is shown of each is shared by enough others.
  void merge() {
    const Column* group = parts_.entities.find(options_.by);
    const Column* roles = options_.by == "roles" ? nullptr : parts_.entities.find("roles");
    const Merger groups(group, rows_, options_.threshold);
    const Merger capacities(roles, rows_, options_.threshold);
    for (const std::string& name : groups.merged) {
      if (!name.empty()) out.merged.push_back(name);
    }
    std::map<std::size_t, std::optional<std::string>> shown_group, shown_roles;
    using Both = std::pair<std::optional<std::string>, std::optional<std::string>>;
    std::map<std::optional<std::string>, std::int64_t> alike;
    std::map<Both, std::int64_t> alike_both;
    for (const std::size_t r : rows_) {
      shown_group[r] = groups.shown(r);
      ++alike[shown_group[r]];
    }
    for (const std::size_t r : rows_) {
      shown_roles[r] = capacities.shown(r);
      ++alike_both[{shown_group[r], shown_roles[r]}];
    }
    // A group in which some combination is rare shows no roles at all: the rest would tell who they are.
    std::set<std::optional<std::string>> rare;
    for (const auto& [both, count] : alike_both) {
      if (count < options_.threshold) rare.insert(both.first);
    }
    bool few = false;
    for (const auto& [name, count] : alike) few = few || count < options_.threshold;
    std::map<Both, std::int64_t> classes;
    for (const std::size_t r : rows_) {
      if (few) shown_group[r] = std::nullopt;
      if (few || rare.count(shown_group[r]) != 0) shown_roles[r] = std::nullopt;
      ++classes[{shown_group[r], shown_roles[r]}];
    }
    out.smallest = static_cast<index_t>(rows_.size());
    for (const auto& [both, count] : classes) out.smallest = std::min(out.smallest, static_cast<index_t>(count));
    if (group != nullptr && group->is_text()) parts_.entities.set(options_.by, replaced(*group, shown_group));
    if (roles != nullptr && roles->is_text()) parts_.entities.set("roles", replaced(*roles, shown_roles));
    if (few) {
      out.provenance.warnings.push_back("too few people have a " + options_.by + " of their own: none is shown");
    }
    if (out.smallest < options_.threshold) {
      out.provenance.warnings.push_back("only " + std::to_string(out.smallest) +
                                        " people are hidden: any of them may be told");
    }
  }

  void strip() {
    parts_.entities = blanked(parts_.entities, hidden_, {"kind", "roles", options_.by});
    auto touching = [this](const std::vector<std::vector<index_t>>& ends) {
      std::vector<std::uint8_t> rows(ends[0].size(), 0);
      for (const auto& end : ends) {
        for (std::size_t r = 0; r < rows.size(); ++r) {
          if (end[r] != none && hidden_[static_cast<std::size_t>(end[r])] != 0) rows[r] = 1;
        }
      }
      return rows;
    };
    parts_.ties = blanked(parts_.ties, touching({parts_.from, parts_.to}),
                          {"kind", "weight", "confidence", "start", "end", "wave", "level", "scale", "stage"});
    parts_.reports = blanked(parts_.reports, touching({parts_.respondent, parts_.report_from, parts_.report_to}),
                             {"item", "wave", "state", "value"});
  }

  const Ecosystem& eco_;
  const PublicationOptions& options_;
  EcosystemParts parts_;
  std::vector<std::uint8_t> hidden_;  // by entity
  std::vector<std::size_t> rows_;     // of hidden entities
};

}  // namespace detail

LINKPIN_INLINE Consent respect_consent(const Ecosystem& eco) {
  Consent out;
  out.provenance.measure = "respect_consent";
  const Column* study = eco.entities().find("study");
  const Column* may = eco.entities().find("may_be_named");
  const auto n = static_cast<std::size_t>(eco.entity_count());
  std::vector<std::uint8_t> gone(n, 0), quiet(n, 0);
  for (std::size_t v = 0; v < n; ++v) {
    const auto state = detail::text_in(study, v);
    if (!state) continue;
    if (*state != "agreed" && *state != "declined" && *state != "not asked") {
      refuse("respect_consent", "study", *state, "write agreed, declined or not asked",
             "entity " + std::string(eco.id(static_cast<index_t>(v))));
    }
    if (*state != "declined") continue;
    ++out.declined;
    (detail::true_in(may, v) ? quiet : gone)[v] = 1;
  }
  out.removed = static_cast<index_t>(std::count(gone.begin(), gone.end(), 1));
  if (out.declined == 0) {
    out.eco = eco;
    return out;
  }
  EcosystemParts parts = eco.parts();
  parts.entities = detail::blanked(parts.entities, quiet, {"label", "kind", "study", "may_be_named"});
  std::vector<std::optional<std::string>> state;
  std::vector<double> value;
  for (std::size_t r = 0; r < parts.respondent.size(); ++r) {
    const bool own = quiet[static_cast<std::size_t>(parts.respondent[r])] != 0;
    out.reports_declined += own ? 1 : 0;
    state.push_back(own ? std::optional<std::string>("declined") : detail::text_in(parts.reports.find("state"), r));
    const Column* said = parts.reports.find("value");
    value.push_back(own || said == nullptr ? undefined : said->number(r));
  }
  if (out.reports_declined > 0) {
    parts.reports.set("state", text_column(state));
    parts.reports.set("value", Column(std::move(value)));
  }
  out.eco = Ecosystem(detail::without(Ecosystem(std::move(parts)), gone, out));
  if (out.removed > 0) {
    out.provenance.warnings.push_back(
        "some who declined to be studied may not be named either: they and their ties are left out, and shares, "
        "distances and centralities are of the others");
  }
  return out;
}

LINKPIN_INLINE Publication publication(const Ecosystem& eco, const PublicationOptions& options) {
  detail::Publisher publisher(eco, options);
  publisher.run();
  return std::move(publisher.out);
}

}  // namespace linkpin
