#pragma once

#include <algorithm>
#include <cmath>
#include <linkpin/core/shown.hpp>
#include <linkpin/model/detail/answers.hpp>
#include <linkpin/model/detail/known.hpp>
#include <linkpin/model/reconcile.hpp>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace linkpin {

namespace detail::reports {

struct Spoken {
  Answer state = Answer::not_asked;
  double value = 0.0;
  bool told = false;  // a report speaks of this very dyad

  [[nodiscard]] bool heard() const { return state == Answer::answered; }
};

// The words on one dyad; `third` has only the others who were explicit about it.
struct Words {
  Spoken sender;
  Spoken receiver;
  std::map<index_t, Spoken> third;
};

using Dyad = std::pair<index_t, index_t>;

// Every word said on an item, by dyad, and what became of each respondent's row.
struct Said {
  std::map<Dyad, Words> dyads;
  std::vector<Answer> rows;
  std::set<index_t> observers;     // who told of other people's ties, and so was asked about all
  bool receivers = false;          // somebody was asked about ties that enter
  std::map<index_t, double> caps;  // how many names a respondent could give at most
};

inline bool hears_others(Rule rule) { return rule >= Rule::las_union; }

// `fold`: the question has no direction, so j's word on j-i is the other word on i-j.
inline Said gather(const Ecosystem& eco, const ReconcileOptions& options, const std::string& item, bool fold) {
  const EcosystemParts& p = eco.parts();
  const Column* items = p.reports.find("item");
  const Column* waves = p.reports.find("wave");
  const Column* values = p.reports.find("value");
  const Column* caps = p.reports.find("cap");
  Said said;
  said.receivers = fold;
  said.rows.assign(static_cast<std::size_t>(eco.entity_count()), Answer::not_asked);
  for (std::size_t row = 0; row < p.respondent.size(); ++row) {
    if (items != nullptr && items->view(row) != item) continue;
    if (!options.wave.empty() && (waves == nullptr || waves->view(row) != options.wave)) continue;
    const Answer state = report_state(p.reports, row);
    const index_t who = p.respondent[row];
    index_t from = p.report_from[row];
    index_t to = p.report_to[row];
    if (caps != nullptr && caps->is_numeric() && !caps->missing(row)) said.caps[who] = caps->number(row);
    Answer& own_row = said.rows[static_cast<std::size_t>(who)];
    if (to == none) {  // a state for the whole row; an answer elsewhere in it goes before
      if (own_row != Answer::answered) own_row = state;
      continue;
    }
    const bool other = who != from && who != to;
    if (other && !hears_others(options.rule)) {
      refuse("reconcile", "respondent", eco.id(who),
             "reports on other people's ties need a rule that hears them (las-union, las-intersection, consensus, "
             "romney-batchelder); or leave them out",
             "report row " + std::to_string(row) + ": " + std::string(eco.id(from)) + " - " + std::string(eco.id(to)));
    }
    if (fold && from > to) std::swap(from, to);
    Words& words = said.dyads[{from, to}];
    Spoken& word = other ? words.third[who] : who == from ? words.sender : words.receiver;  // of oneself: one word
    if (other) said.observers.insert(who);
    said.receivers = said.receivers || who == to;
    word.state = state;
    word.told = true;
    if (state == Answer::answered) {
      word.value = std::max(0.0, values->number(row));
      own_row = Answer::answered;
    }
  }
  said.receivers = said.receivers || !said.observers.empty();
  // Silence of somebody who answered the question is a real zero; what was said not to have been asked is none.
  for (auto& [dyad, words] : said.dyads) {
    auto fill = [&said](Spoken& word, index_t who) {
      if (!word.told) word.state = said.rows[static_cast<std::size_t>(who)];
    };
    fill(words.sender, dyad.first);
    if (said.receivers && dyad.first != dyad.second) fill(words.receiver, dyad.second);
  }
  return said;
}

// What the two ends' words come to, or nothing where the rule finds no word to go by. A word on oneself is both ends'.
inline double of_the_ends(Rule rule, const Words& w, bool own = false) {
  const bool s = w.sender.heard();
  const bool r = w.receiver.heard();
  const double a = w.sender.value;
  const double b = w.receiver.value;
  if (own) return s ? a : undefined;
  if (rule == Rule::sender) return s ? a : undefined;
  if (rule == Rule::receiver) return r ? b : undefined;
  if (!s && !r) return undefined;
  if (!s || !r) return s ? a : b;  // the only word there is
  if (rule == Rule::both || rule == Rule::min || rule == Rule::las_intersection) return std::min(a, b);
  if (rule == Rule::mean) return (a + b) / 2;
  return std::max(a, b);
}

// Those who spoke of a dyad, and those of them who said that there is a tie: the ends, and every observer who was not
// explicitly left unasked.
struct Voices {
  index_t all = 0;
  index_t yes = 0;
  index_t others = 0;
  index_t others_yes = 0;
};

inline Voices voices(const Said& said, const Dyad& dyad, const Words& words) {
  Voices v;
  v.others = static_cast<index_t>(said.observers.size()) - (said.observers.contains(dyad.first) ? 1 : 0) -
             (dyad.first != dyad.second && said.observers.contains(dyad.second) ? 1 : 0);
  for (const auto& [who, word] : words.third) {
    if (!word.heard()) --v.others;
    if (word.heard() && word.value > 0) ++v.others_yes;
  }
  v.all = v.others;
  v.yes = v.others_yes;
  for (const Spoken* end : {&words.sender, &words.receiver}) {
    if (!end->heard()) continue;
    ++v.all;
    v.yes += end->value > 0 ? 1 : 0;
  }
  return v;
}

inline Verdict verdict(const Words& words, const Voices& v) {
  if (v.all == 0) return Verdict::no_word;
  if (v.all == 1) return Verdict::one_word;
  if (v.yes > 0 && v.yes < v.all) return Verdict::conflict;
  std::vector<double> values;
  if (words.sender.heard()) values.push_back(words.sender.value);
  if (words.receiver.heard()) values.push_back(words.receiver.value);
  for (const auto& [who, word] : words.third) {
    if (word.heard()) values.push_back(word.value);
  }
  const bool same = std::all_of(values.begin(), values.end(), [&](double x) { return x == values.front(); });
  return same ? Verdict::agree : Verdict::differ;
}

// Competences from how often two respondents say the same beyond guessing (Batchelder & Romney 1988, the match method
// for two alternatives): one factor fitted to the off-diagonal cells by alternating least squares.
class Competence {
 public:
  Competence(const Said& said, std::span<const index_t> informants, double dyads) : who_(informants) {
    const std::size_t k = who_.size();
    std::vector<std::set<Dyad>> told(k);
    for (const auto& [dyad, words] : said.dyads) {
      for (std::size_t i = 0; i < k; ++i) {
        if (word_of(dyad, words, who_[i])) told[i].insert(dyad);
      }
    }
    std::vector<double> match(k * k, 0.0);
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        std::size_t common = 0;
        for (const Dyad& dyad : told[i]) common += told[j].contains(dyad) ? 1 : 0;
        const auto unlike = static_cast<double>(told[i].size() + told[j].size() - 2 * common);
        match[i * k + j] = match[j * k + i] = 1.0 - 2.0 * unlike / dyads;
      }
    }
    fit(match);
  }

  [[nodiscard]] double at(std::size_t i) const { return values_[i]; }

  // Whether the weighed words make the tie more likely than not.
  [[nodiscard]] bool tie(const Dyad& dyad, const Words& words) const {
    double odds = 0.0;
    for (std::size_t i = 0; i < who_.size(); ++i) {
      const double weight = std::log((1 + values_[i]) / (1 - values_[i]));
      odds += word_of(dyad, words, who_[i]) ? weight : -weight;
    }
    return odds > 0;
  }

 private:
  static bool word_of(const Dyad& dyad, const Words& words, index_t who) {
    if (who == dyad.first) return words.sender.heard() && words.sender.value > 0;
    if (who == dyad.second) return words.receiver.heard() && words.receiver.value > 0;
    const auto found = words.third.find(who);
    return found != words.third.end() && found->second.heard() && found->second.value > 0;
  }

  void fit(const std::vector<double>& match) {
    const std::size_t k = who_.size();
    values_.assign(k, 0.5);
    for (int round = 0; round < 1000; ++round) {
      double moved = 0.0;
      for (std::size_t i = 0; i < k; ++i) {
        double top = 0.0;
        double below = 0.0;
        for (std::size_t j = 0; j < k; ++j) {
          if (j == i) continue;
          top += match[i * k + j] * values_[j];
          below += values_[j] * values_[j];
        }
        const double fresh = below > 0 ? std::clamp(top / below, 0.0, 0.999) : 0.0;
        moved = std::max(moved, std::abs(fresh - values_[i]));
        values_[i] = fresh;
      }
      if (moved < 1e-12) return;
    }
  }

  std::span<const index_t> who_;
  std::vector<double> values_;
};

// A dyad without a word by the rule takes any word there is, then what the other end said of the way back.
inline double reconstructed(const Said& said, const Dyad& dyad, const Words& words) {
  const double any = of_the_ends(Rule::either, words);
  if (!std::isnan(any)) return any;
  const auto back = said.dyads.find({dyad.second, dyad.first});
  if (back != said.dyads.end() && back->second.sender.heard()) return back->second.sender.value;
  return undefined;
}

// Everybody whom the question is about: asked, or named by somebody.
inline std::set<index_t> participants(const Said& said) {
  std::set<index_t> in;
  for (const auto& entry : said.dyads) in.insert({entry.first.first, entry.first.second});
  for (std::size_t v = 0; v < said.rows.size(); ++v) {
    if (said.rows[v] != Answer::not_asked) in.insert(static_cast<index_t>(v));
  }
  return in;
}

// In reconstruction, ties of the silent that only the way back tells of. Who was not asked, or declined, is not silent.
inline void add_ways_back(Said& said) {
  std::vector<Dyad> missing;
  for (const auto& [dyad, words] : said.dyads) {
    const Dyad back(dyad.second, dyad.first);
    if (said.rows[static_cast<std::size_t>(back.first)] == Answer::no_response && !said.dyads.contains(back)) {
      missing.push_back(back);
    }
  }
  for (const auto& dyad : missing) {
    Words& words = said.dyads[dyad];
    words.sender.state = said.rows[static_cast<std::size_t>(dyad.first)];
    if (said.receivers) words.receiver.state = said.rows[static_cast<std::size_t>(dyad.second)];
  }
}

inline constexpr std::size_t most_silent_pairs = 20'000'000;

// Dyads that nobody spoke of between one who answered and one who did not. The mask takes the sender's row; silence is
// a zero too where the rule hears the receiver, or where the way back is taken for the answer of one who did not
// respond.
inline void silent_dyads(const Said& said, const ReconcileOptions& options, std::vector<Observed::Exception>& out,
                         Provenance& p) {
  const bool hears_receiver = said.receivers && options.rule != Rule::sender;
  const bool way_back = options.nonresponse == NonResponse::reconstruct;
  const bool receiver_only = options.rule == Rule::receiver;
  if (!hears_receiver && !way_back && !receiver_only) return;
  std::vector<index_t> heard;
  std::vector<index_t> silent;
  for (const index_t v : participants(said)) {
    (said.rows[static_cast<std::size_t>(v)] == Answer::answered ? heard : silent).push_back(v);
  }
  if (!heard.empty() && silent.size() > most_silent_pairs / heard.size()) {
    p.warnings.emplace_back("too many unanswered rows to keep each dyad's state; zeros told by partners are not known");
    return;
  }
  for (const index_t u : silent) {
    const Answer state = said.rows[static_cast<std::size_t>(u)];
    const bool told = hears_receiver || receiver_only || state == Answer::no_response;
    for (const index_t v : heard) {
      if (told && !said.dyads.contains({u, v})) out.push_back({u, v, Answer::answered});
      if (receiver_only && !way_back && !said.dyads.contains({v, u})) out.push_back({v, u, state});
    }
  }
}

inline std::string report_words(const ReconcileOptions& options, const std::string& item) {
  constexpr std::string_view rules[] = {
      "sender",    "receiver",         "union",     "intersection",     "min", "mean", "max",
      "las-union", "las-intersection", "consensus", "romney-batchelder"};
  constexpr std::string_view treatments[] = {"available", "complete", "reconstruct"};
  return "reports of " + (item.empty() ? std::string("the only question") : item) + ", rule " +
         std::string(rules[static_cast<std::size_t>(options.rule)]) + ", non-response " +
         std::string(treatments[static_cast<std::size_t>(options.nonresponse)]);
}

// The respondents' records, from dyads on which both ends spoke.
inline std::vector<RespondentWords> records(const Said& said, Reconciled& out) {
  std::vector<RespondentWords> by_entity(said.rows.size());
  auto hear = [&by_entity](index_t who, bool own, bool both, bool partner) {
    RespondentWords& r = by_entity[static_cast<std::size_t>(who)];
    r.named += own ? 1 : 0;
    if (!both) return;
    ++r.compared;
    r.confirmed += own && partner ? 1 : 0;
    r.claimed_alone += own && !partner ? 1 : 0;
    r.denied_alone += !own && partner ? 1 : 0;
  };
  for (const auto& [dyad, words] : said.dyads) {
    const bool s = words.sender.heard();
    const bool r = words.receiver.heard();
    const bool yes_s = s && words.sender.value > 0;
    const bool yes_r = r && words.receiver.value > 0;
    const bool both = s && r && dyad.first != dyad.second;
    out.about_themselves += yes_s && dyad.first == dyad.second ? 1 : 0;
    if (s) hear(dyad.first, yes_s, both, yes_r);
    if (r && dyad.first != dyad.second) hear(dyad.second, yes_r, both, yes_s);
    if (!both) continue;
    out.sender_ties += yes_s ? 1 : 0;
    out.receiver_ties += yes_r ? 1 : 0;
    out.both_ties += yes_s && yes_r ? 1 : 0;
  }
  const index_t any = out.sender_ties + out.receiver_ties - out.both_ties;
  if (any > 0) out.agreement = static_cast<double>(out.both_ties) / any;
  std::vector<RespondentWords> told;
  for (std::size_t v = 0; v < said.rows.size(); ++v) {
    if (said.rows[v] != Answer::answered) continue;
    by_entity[v].respondent = static_cast<index_t>(v);
    told.push_back(by_entity[v]);
  }
  return told;
}

// A list of at most so many names cuts the number of ties that a respondent can tell of.
inline void warn_of_caps(const Said& said, Reconciled& out) {
  if (said.caps.empty()) return;
  index_t full = 0;
  double highest = 0.0;
  for (const RespondentWords& r : out.respondents) {
    const auto cap = said.caps.find(r.respondent);
    if (cap == said.caps.end()) continue;
    highest = std::max(highest, cap->second);
    full += r.named >= cap->second ? 1 : 0;
  }
  const std::string text =
      std::string(capped_names) + std::to_string(static_cast<std::int64_t>(highest)) + ": " + std::to_string(full) +
      " of " + std::to_string(said.caps.size()) + " respondents named as many, " +
      (full > 0 ? "so their numbers of ties are at least what is shown" : "so it cut nobody short");
  out.provenance.warnings.push_back(text);
  out.provenance.lens += "; " + text;
}

inline std::vector<index_t> informants_of(const Said& said) {
  std::vector<index_t> who(said.observers.begin(), said.observers.end());
  if (who.size() < 3) {
    refuse("reconcile", "rule", "romney-batchelder",
           "at least three respondents must have told of other people's ties (competences cannot be told from fewer); "
           "there are " +
               std::to_string(who.size()));
  }
  return who;
}

// Dyads that all who spoke could have told of.
inline double possible_dyads(const Said& said, bool fold) {
  const auto n = static_cast<double>(participants(said).size());
  return n * (n - 1) / (fold ? 2 : 1);
}

}  // namespace detail::reports

LINKPIN_INLINE std::string_view to_string(Verdict verdict) {
  constexpr std::string_view names[] = {"agree", "differ in strength", "conflict", "one word", "no word"};
  return names[static_cast<std::size_t>(verdict)];
}

LINKPIN_INLINE Reconciled reconcile(const Ecosystem& eco, const ReconcileOptions& options) {
  if (!(options.threshold >= 0 && options.threshold < 1)) {
    refuse("reconcile", "threshold", shown(options.threshold), "a share of the words, from 0 to below 1");
  }
  const std::vector<std::string> items = Ecosystem::distinct(eco.reports(), "item");
  if (!options.item.empty()) detail::check_known("reconcile", "item", options.item, items);
  if (!options.wave.empty()) {
    detail::check_known("reconcile", "wave", options.wave, Ecosystem::distinct(eco.reports(), "wave"));
  }
  const std::string item = !options.item.empty() || items.empty() ? options.item : items.front();
  const bool fold = eco.kind(item).symmetric && options.rule != Rule::sender && options.rule != Rule::receiver;
  const bool reconstruct = options.nonresponse == NonResponse::reconstruct;
  const bool everybody = options.rule == Rule::consensus || options.rule == Rule::romney_batchelder;
  detail::reports::Said said = detail::reports::gather(eco, options, item, fold);
  if (reconstruct && !fold) detail::reports::add_ways_back(said);

  std::vector<index_t> informants;
  std::optional<detail::reports::Competence> competence;
  if (options.rule == Rule::romney_batchelder) {
    informants = detail::reports::informants_of(said);
    competence.emplace(said, informants, detail::reports::possible_dyads(said, fold));
  }

  Reconciled out;
  out.item = item;
  out.directed = !fold;
  out.observers = static_cast<index_t>(said.observers.size());
  out.provenance.measure = "reconcile";
  out.provenance.lens = detail::reports::report_words(options, item);
  // With observers, everybody's ties were told of by somebody.
  std::vector<Answer> rows = said.rows;
  if (everybody && !said.observers.empty()) std::fill(rows.begin(), rows.end(), Answer::answered);
  std::vector<Observed::Exception> exceptions;
  auto differs = [&](index_t from, index_t to, Answer word) {
    if (word != rows[static_cast<std::size_t>(from)]) exceptions.push_back({from, to, word});
  };
  index_t ignored = 0;
  for (const auto& [dyad, words] : said.dyads) {
    const detail::reports::Voices v = detail::reports::voices(said, dyad, words);
    DyadWords d{dyad.first, dyad.second, words.sender.state, words.receiver.state};
    if (words.sender.heard()) d.sender = words.sender.value;
    if (words.receiver.heard()) d.receiver = words.receiver.value;
    d.others = v.others;
    d.others_yes = v.others_yes;
    d.verdict = detail::reports::verdict(words, v);
    if (competence) {
      d.value = competence->tie(dyad, words) ? 1.0 : 0.0;
    } else if (options.rule == Rule::consensus) {
      if (v.all > 0) d.value = static_cast<double>(v.yes) / v.all > options.threshold ? 1.0 : 0.0;
    } else {
      d.value = detail::reports::of_the_ends(options.rule, words, dyad.first == dyad.second);
      ignored += static_cast<index_t>(words.third.size());
    }
    if (std::isnan(d.value) && reconstruct) d.value = detail::reports::reconstructed(said, dyad, words);
    const bool known = !std::isnan(d.value);
    if (fold && !everybody) {
      differs(dyad.first, dyad.second, words.sender.state);
      differs(dyad.second, dyad.first, words.receiver.state);
    } else {
      const Answer silence = options.rule == Rule::receiver ? words.receiver.state : words.sender.state;
      differs(dyad.first, dyad.second, known ? Answer::answered : silence);
    }
    out.dyads.push_back(d);
  }
  out.respondents = detail::reports::records(said, out);
  if (ignored > 0) {
    out.provenance.warnings.push_back(std::to_string(ignored) +
                                      " words on other people's ties are not heard by this rule");
  }
  if (competence) {
    for (RespondentWords& r : out.respondents) {
      const auto at = std::lower_bound(informants.begin(), informants.end(), r.respondent);
      if (at != informants.end() && *at == r.respondent) {
        r.competence = competence->at(static_cast<std::size_t>(at - informants.begin()));
      }
    }
  }
  if (!fold && !everybody) detail::reports::silent_dyads(said, options, exceptions, out.provenance);
  detail::reports::warn_of_caps(said, out);
  if (std::isnan(out.agreement)) {
    out.provenance.warnings.emplace_back("no agreement: no tie that anybody claims was told of from both ends");
  }
  out.observed = Observed(std::move(rows), std::move(exceptions), fold);
  return out;
}

LINKPIN_INLINE std::vector<Word> spoken_words(const Ecosystem& eco, const std::vector<std::string>& items,
                                              const std::string& wave) {
  const std::vector<std::string> known = Ecosystem::distinct(eco.reports(), "item");
  for (const std::string& item : items) detail::check_known("spoken_words", "items", item, known);
  if (!wave.empty()) detail::check_known("spoken_words", "wave", wave, Ecosystem::distinct(eco.reports(), "wave"));
  std::vector<std::string> asked = items.empty() ? known : items;
  if (asked.empty() && eco.report_count() > 0) asked.emplace_back();  // the only question has no name
  std::vector<Word> words;
  std::size_t room = 50'000'000;
  auto add = [&](const Word& word) {
    if (room-- == 0) {
      throw LimitError({"spoken_words", "words", "more than 50 million", "", "take fewer entities or items"});
    }
    words.push_back(word);
  };
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool fold = eco.kind(asked[i]).symmetric;
    const detail::reports::Said said =
        detail::reports::gather(eco, {.wave = wave, .rule = Rule::consensus}, asked[i], fold);
    const std::set<index_t> all = detail::reports::participants(said);
    std::set<index_t> targets;
    bool among_themselves = said.receivers;
    for (const auto& entry : said.dyads) {
      targets.insert(entry.first.second);
      among_themselves |= said.rows[static_cast<std::size_t>(entry.first.second)] != Answer::not_asked;
    }
    if (among_themselves) targets = all;
    const auto item = static_cast<index_t>(i);
    for (const index_t from : all) {
      for (const index_t to : targets) {
        if (from == to || (fold && from > to)) continue;
        const auto found = said.dyads.find({from, to});
        const detail::reports::Words* told = found == said.dyads.end() ? nullptr : &found->second;
        auto speak = [&](index_t who, const detail::reports::Spoken* word) {
          const Answer silence = said.rows[static_cast<std::size_t>(who)];
          if ((word != nullptr ? word->state : silence) != Answer::answered) return;
          add({who, from, to, item, word != nullptr && word->value > 0});
        };
        speak(from, told == nullptr ? nullptr : &told->sender);
        if (said.receivers) speak(to, told == nullptr ? nullptr : &told->receiver);
        for (const index_t who : said.observers) {
          if (who == from || who == to) continue;
          const detail::reports::Spoken* word = nullptr;
          if (told != nullptr) {
            if (const auto third = told->third.find(who); third != told->third.end()) word = &third->second;
          }
          speak(who, word);
        }
      }
    }
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return std::tie(a.from, a.to, a.item, a.respondent) < std::tie(b.from, b.to, b.item, b.respondent);
  });
  return words;
}

}  // namespace linkpin
