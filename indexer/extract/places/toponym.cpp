#include "indexer/extract/places/toponym.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "common/store/schema.h"
#include "common/text/stable_hash.h"
#include "common/text/unicode.h"
#include "indexer/extract/places/dateline.h"
#include "indexer/extract/places/focus.h"
#include "indexer/extract/places/toponym_evidence.h"
#include "indexer/extract/places/toponym_mention.h"
#include "indexer/extract/places/toponym_resolution.h"
#include "indexer/extract/places/toponym_trace.h"

namespace dateline {
namespace {

// A guess is one thing in all articles: label and id come from its name. Where it lies is what this
// article names it beside.
Place describe_local(std::string_view name, PlaceKind kind, PlaceIndex anchor,
                     const Gazetteer& gazetteer) {
  const auto& by = gazetteer[anchor];
  Place place = gazetteer.describe(anchor);
  const bool is_division = by.kind == PlaceKind::region || by.kind == PlaceKind::country ||
                           by.kind == PlaceKind::territory;
  if (is_division || by.kind == PlaceKind::district) {
    place.parents.insert(place.parents.begin(), place.name);
    if (by.kind == PlaceKind::region) place.region = place.name;
  }
  place.name = place.label = name;
  place.kind = kind;
  place.id = kFirstLocalId - static_cast<std::int64_t>(stable_hash(fold(name)) % 9'000'000'000'000);
  return place;
}

}  // namespace

Toponyms find_toponyms(const TokenizedText& text, const std::vector<NameMention>& names,
                       const Gazetteer& gazetteer, Trace* trace) {
  auto mentions = find_toponym_mentions(text, gazetteer);
  const TokenRange dateline = find_dateline(text, gazetteer.words());
  judge_mentions(text, names, dateline, gazetteer, mentions);
  const auto meanings = resolve_mentions(text, dateline, gazetteer, mentions);
  if (trace != nullptr) trace_toponyms(text, gazetteer, mentions, meanings, *trace);

  Toponyms found;
  std::map<std::pair<PlaceIndex, std::string>, std::size_t> rows;  // local names by text
  for (const auto& m : mentions) {
    if (!m.accepted || m.place == kNoPlace) continue;
    const Span span = text.span_of(m.tokens);
    const bool local = m.form == ToponymForm::local;
    const auto words = local ? single_spaced(slice(text.text(), span)) : std::string{};
    const auto [row, fresh] =
        rows.emplace(std::pair(local ? kNoPlace : m.place, fold(words)), found.places.size());
    if (fresh)
      found.places.push_back(local ? describe_local(words, m.kind, m.place, gazetteer)
                                   : gazetteer.describe(m.place));
    auto& place = found.places[row->second];
    place.confidence = fresh ? confidence_of(m) : std::max(place.confidence, confidence_of(m));
    place.mentions.push_back(span);
  }
  found.focus = find_focus(text, dateline, gazetteer, mentions);
  return found;
}

}  // namespace dateline
