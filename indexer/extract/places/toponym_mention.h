// Which runs of words could name a place?
//
// "Springfield Township officials in Mobile, Ala., said Russian ..." holds the mentions
// "Springfield Township" (a local name: no gazetteer has it, its last word tells what it is),
// "Mobile" and "Ala." (names of the gazetteer) and "Russian" (an adjective, which counts for the
// focus only). Whether a mention is a place is judged in toponym_evidence.h, which place in
// toponym_resolution.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "indexer/extract/names/name.h"
#include "indexer/extract/places/gazetteer.h"
#include "indexer/extract/token.h"

namespace dateline {

enum class ToponymForm : std::uint8_t {
  gazetteer,
  local,      // a name no gazetteer has, of a known pattern; `kind` says of what
  adjective,  // Russian, Britons
};

constexpr std::uint32_t kNoMention = 0xFFFFFFFF;

// What speaks for a mention being a place, and against it when negative.
struct ToponymEvidence {
  int known = 0;     // how well known a place of that name is; of local names their pattern
  int word = 0;      // the name is an ordinary word, a given name or a surname too
  int before = 0;    // the words before it
  int after = 0;     // the words after it
  int dateline = 0;  // it opens the article's dateline
  int others = 0;    // other mentions: in one list, of the same name, held by it
  bool in_name =
      false;  // it lies inside a person's name, and is no place whatever else speaks for it
  int sum() const { return in_name ? -100 : known + word + before + after + dateline + others; }
};

struct ToponymMention {
  TokenRange tokens;
  std::uint64_t name = 0;             // hash of the name: equal for equal names
  std::span<const NameSense> senses;  // of adjectives: their countries; of local names none
  ToponymForm form = ToponymForm::gazetteer;
  PlaceKind kind = PlaceKind::area;         // of local names
  bool street = false;                      // of local names
  std::optional<PlaceKind> said_kind = {};  // "the state of Georgia", "New York state": what the
                                            // words beside it call it
  bool short_form = false;                  // every sense stands only after a comma: Ind.
  std::uint32_t container = kNoMention;  // the mention after it that says where it lies: of "Gary"
                                         // in "Gary, Ind." that of "Ind."
  ToponymEvidence evidence = {};
  bool accepted = false;
  PlaceIndex place = kNoPlace;  // of local names: the place it lies in or by
  double share = 1;             // belief in that place among its namesakes
};

// That the mention means its place, 0 to 1 in hundredths: that it is a place at all, and that of
// its namesakes it is this one. Of a local name never more than a half.
double confidence_of(const ToponymMention& mention);

// In text order, none overlapping.
std::vector<ToponymMention> find_toponym_mentions(const TokenizedText& text,
                                                  const Gazetteer& gazetteer);

}  // namespace dateline
