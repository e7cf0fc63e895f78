// From reports to ties: what the two ends, and others, said of each tie, and the one word that is made of it.
//
// Silence of somebody who answered the question is a real zero; a question nobody put to them is no word at all.
#pragma once

#include <cstdint>
#include <linkpin/core/config.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/observed.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkpin {

// How several words about one tie become one: i's word is what i said of i->j, j's word what j said of i->j. The first
// seven hear the two ends and refuse the words of others; the last four are for respondents who also told of other
// people's ties (cognitive social structures, Krackhardt 1987).
enum class Rule : std::uint8_t {
  sender,
  receiver,
  either,  // the union
  both,    // the intersection
  min,
  mean,
  max,
  las_union,         // locally aggregated structure: the two ends alone, either of them
  las_intersection,  // the two ends alone, both of them
  consensus,         // more than a share of all who spoke
  romney_batchelder  // each respondent's word weighs as their competence, which agreement with the others tells
};

// What is made of ties whose respondent gave no answer.
enum class NonResponse : std::uint8_t {
  available,    // what was said is used, unanswered dyads stay unobserved in the mask
  complete,     // only those who answered stay in the network
  reconstruct,  // an unanswered i->j takes what j said of it, or of j->i in a symmetric question
};

struct ReconcileOptions {
  std::string item = {};  // the question; empty: the first
  std::string wave = {};  // empty: all, a later answer of the same respondent counts
  Rule rule = Rule::either;
  NonResponse nonresponse = NonResponse::available;
  double threshold = 0.5;  // consensus: the share of the words that a tie must pass
};

// How the words on one dyad stand to each other.
enum class Verdict : std::uint8_t {
  agree,     // all say the same
  differ,    // all say there is a tie, but not how strong
  conflict,  // some say there is a tie, others that there is none
  one_word,  // only one spoke
  no_word,
};

[[nodiscard]] std::string_view to_string(Verdict verdict);

// The words on one dyad that anybody spoke of. In a question without direction `from` is the entity that comes first,
// and the two words are those of the two ends.
struct DyadWords {
  index_t from = none;
  index_t to = none;
  Answer sender_state = Answer::not_asked;
  Answer receiver_state = Answer::not_asked;
  double sender = undefined;  // NaN where there is no word
  double receiver = undefined;
  index_t others = 0;        // how many others spoke of it
  index_t others_yes = 0;    // and said that there is a tie
  double value = undefined;  // by the rule
  Verdict verdict = Verdict::no_word;
};

// One respondent's word beside the partners', over the dyads on which both spoke.
struct RespondentWords {
  index_t respondent = none;
  index_t named = 0;              // ties this respondent told of, whoever else spoke
  index_t compared = 0;           // dyads on which the partner spoke too
  index_t confirmed = 0;          // ties both told of
  index_t claimed_alone = 0;      // told of by this respondent and denied by the partner (over-reporting)
  index_t denied_alone = 0;       // told of by the partner and denied by this respondent (under-reporting)
  double competence = undefined;  // Romney-Batchelder only: the chance of knowing the answer rather than guessing
};

struct Reconciled {
  std::string item;
  bool directed = true;
  std::vector<DyadWords> dyads;              // in order of (from, to)
  std::vector<RespondentWords> respondents;  // those who answered, in the ecosystem's order
  index_t sender_ties = 0;                   // dyads with two words: ties by the first word
  index_t receiver_ties = 0;                 // by the second
  index_t both_ties = 0;                     // by both
  index_t about_themselves = 0;              // ties of respondents to themselves, left out of these counts
  double agreement = undefined;  // both_ties as a share of the ties that either of two words tells of (Jaccard)
  index_t observers = 0;         // respondents who told of other people's ties
  Observed observed;             // by entity
  Provenance provenance;
};

// Every word said on one question, dyad by dyad, with one value by the rule: what `derive` makes its network from.
// O(reports log reports); Romney-Batchelder O(observers^2 * ties) more.
// Throws InputError for an item or wave that is not there, for words on other people's ties under a rule that hears the
// ends alone, for a threshold outside [0, 1), and for Romney-Batchelder with fewer than three who told of other
// people's ties (competences cannot be told from two).
[[nodiscard]] Reconciled reconcile(const Ecosystem& eco, const ReconcileOptions& options = {});

// One word: whether a respondent told of a tie on one question.
struct Word {
  index_t respondent = none;
  index_t from = none;
  index_t to = none;
  index_t item = 0;  // place in the items asked for
  bool yes = false;
};

// Every word on the items (all there are, where none is named), the zeros that silence means included: about all who
// were asked or named; where nobody who was asked was ever named, about those named. Words on oneself are left out.
// Sorted by (from, to, item, respondent). O(words). Throws InputError for an item or wave that is not there, LimitError
// for more than 50 million words.
[[nodiscard]] std::vector<Word> spoken_words(const Ecosystem& eco, const std::vector<std::string>& items = {},
                                             const std::string& wave = {});

}  // namespace linkpin

#if !defined(LINKPIN_COMPILED)
#include <linkpin/model/detail/reconcile.ipp>
#endif
