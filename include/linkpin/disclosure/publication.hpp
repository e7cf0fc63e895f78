// Whom a published network may name: those who declined to be studied, pseudonyms for people, and groups merged until
// none is small.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <string>
#include <vector>

namespace linkpin {

// Entities whose `study` is "declined" do not take part in the study. Where their `may_be_named` is true others may
// still name them: they stay with id, label and kind alone, what others say of them stays, and their own answers become
// answers declined. Else they are gone, with every tie and report that touches them.
struct Consent {
  Ecosystem eco;
  index_t declined = 0;
  index_t removed = 0;  // of the declined
  index_t ties_removed = 0;
  index_t reports_removed = 0;
  index_t reports_declined = 0;
  Provenance provenance;
};

// O(entities + ties + reports). Throws InputError for a `study` other than agreed, declined and not asked.
[[nodiscard]] Consent respect_consent(const Ecosystem& eco);

struct PublicationOptions {
  bool people = false;                  // names of people may leave
  std::vector<std::string> names = {};  // ids of people who may be named, beside those whose `may_be_named` is true
  std::string by = "sector";            // the group of people that is shown
  std::int64_t threshold = 5;           // groups of fewer people are merged; 0 leaves groups and attributes as they are
  std::uint64_t seed = 0;               // of the order in which pseudonyms are given
};

struct Publication {
  Ecosystem eco;
  index_t hidden = 0;               // people under a pseudonym
  std::vector<std::string> merged;  // groups that became "other"
  index_t smallest = 0;          // fewest hidden people who share all attributes that are shown; 0 where none is hidden
  std::vector<std::string> ids;  // by entity: the id it had. For your eyes only
  Provenance provenance;
};

// Entities of kind person lose id and label to a pseudonym ("person 7", in random order) unless they may be named, or
// the ecosystem says of itself (`about`) that names_published is true: that its sources have printed every name. With
// a threshold, hidden people keep kind, group and roles alone, groups and roles of fewer than threshold hidden people
// become "other", roles go where the two together would still single out fewer, and texts of ties and reports that
// touch them go. Who is tied to whom stays: a pattern of ties can give somebody away who is known to have it.
// O(entities + ties + reports). Throws InputError for ids that do not exist and a negative threshold.
[[nodiscard]] Publication publication(const Ecosystem& eco, const PublicationOptions& options = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/disclosure/detail/publication.ipp>
#endif
