#include "indexer/extract/places/toponym_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t kMostCandidates = 8;  // shown; Springfield has forty

using MeaningsByName = std::unordered_map<std::uint64_t, const NameMeanings*>;

std::string evidence_line(const ToponymEvidence& e) {
  if (e.in_name) return "inside a person's name";
  std::string parts;
  for (const auto& [what, value] : {std::pair{"known", e.known},
                                    {"word", e.word},
                                    {"before", e.before},
                                    {"after", e.after},
                                    {"dateline", e.dateline},
                                    {"other mentions", e.others}}) {
    if (value != 0) parts += fmt::format("{}{} {:+}", parts.empty() ? "" : ", ", what, value);
  }
  return fmt::format("evidence {} (over 0 is a place): {}", e.sum(), parts);
}

std::string candidate_line(const Meaning& m, PlaceIndex chosen, const Gazetteer& gazetteer) {
  const auto& p = gazetteer[m.place];
  return fmt::format(
      "{} {} [{} {}]: renown {:.4f}, others near {:.2f}, in its region {:.2f}, in its country "
      "{:.2f}; share {:.4f}",
      m.place == chosen ? "*" : "-", gazetteer.describe(m.place).label, to_string(p.kind), p.id,
      m.prior, m.near, m.region, m.country, m.share);
}

class Tracer {
 public:
  Tracer(const TokenizedText& text, const Gazetteer& gazetteer,
         const std::vector<ToponymMention>& mentions, const std::vector<NameMeanings>& names)
      : text_(text), gazetteer_(gazetteer), mentions_(mentions) {
    for (const auto& name : names) by_name_.emplace(name.name, &name);
  }

  Explanation explain(const ToponymMention& m) const {
    Explanation e{
        .span = text_.span_of(m.tokens), .subject = "place", .outcome = outcome(m), .reasons = {}};
    if (m.form == ToponymForm::adjective) return e;
    e.reasons.push_back(evidence_line(m.evidence));
    if (!m.accepted) return e;
    if (m.place != kNoPlace)
      e.reasons.push_back(fmt::format("confidence {:.2f}", confidence_of(m)));
    if (m.container != kNoMention)
      e.reasons.push_back(
          fmt::format("lies in \"{}\", named beside it", words(mentions_[m.container])));
    if (m.form == ToponymForm::gazetteer) add_candidates(m, e.reasons);
    return e;
  }

 private:
  std::string words(const ToponymMention& m) const {
    return single_spaced(slice(text_.text(), text_.span_of(m.tokens)));
  }

  std::string outcome(const ToponymMention& m) const {
    if (m.form == ToponymForm::adjective) {
      return m.senses.empty() ? "no place"
                              : fmt::format("no place, counts for the focus on {}",
                                            gazetteer_[m.senses[0].place].country);
    }
    if (!m.accepted || m.place == kNoPlace) return "no place";
    const std::string label = gazetteer_.describe(m.place).label;
    return m.form == ToponymForm::local
               ? fmt::format("a guess: a {} in or by {}, in no gazetteer", to_string(m.kind), label)
               : label;
  }

  void add_candidates(const ToponymMention& m, std::vector<std::string>& reasons) const {
    const auto found = by_name_.find(m.name);
    if (found == by_name_.end()) return;
    auto meanings = found->second->meanings;
    std::ranges::stable_sort(meanings, std::greater{}, &Meaning::share);
    for (std::size_t i = 0; i < std::min(meanings.size(), kMostCandidates); ++i)
      reasons.push_back(candidate_line(meanings[i], m.place, gazetteer_));
    if (meanings.size() > kMostCandidates)
      reasons.push_back(fmt::format("and {} more", meanings.size() - kMostCandidates));
  }

  const TokenizedText& text_;
  const Gazetteer& gazetteer_;
  const std::vector<ToponymMention>& mentions_;
  MeaningsByName by_name_;
};

}  // namespace

void trace_toponyms(const TokenizedText& text, const Gazetteer& gazetteer,
                    const std::vector<ToponymMention>& mentions,
                    const std::vector<NameMeanings>& names, Trace& trace) {
  const Tracer tracer(text, gazetteer, mentions, names);
  for (const auto& m : mentions) trace.explanations.push_back(tracer.explain(m));
}

}  // namespace dateline
