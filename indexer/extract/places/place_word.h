// What does a word beside a name tell of the name, or what is a place's name besides?
//
// "in Mobile, Ala.", "Mobile residents", "Mobile County", but "Mobile phones":
// data/en/place_words.tsv lists words by the roles below, keyed like names of the gazetteer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <unordered_map>

#include "common/record.h"
#include "indexer/extract/token.h"

namespace dateline {

enum class PlaceRole : std::uint8_t {
  locative,    // in, near: what follows is likely a place
  direction,   // northern, downtown: likewise
  place_noun,  // "the city of"
  people,      // "Mobile residents": lower-case words after a place
  body,  // "Mobile Police Department": words after a place, capitalised, that name its institutions
  feature,      // "Mobile County", "Tensaw River": ends a name of its own
  street,       // "Royal Street"
  prefix,       // "Lake Forest": begins a name of its own
  month,        // January, Monday: after "in", and no place
  word,         // the name is an ordinary word too: Reading, Nice
  capitalised,  // one that news writes with a capital though it names no place: Congress, Federal
  surname,      // or a surname: Jackson
  institution,  // "Bank of England": words whose "of" makes a name of its own
  where,        // in, near: those of the locatives that hardly anything but a place follows
  at,           // at: the weakest of them
  in_dateline,  // de, via: words in lower case that a dateline may hold
  reports,      // said: before a person more often than before a place
  currency,     // "Jamaica dollars"
  compound,     // "London-based"
  list,         // and, or: join places of one list
  outside,  // "Chicago Tribune", "Reston virus": words after a place that make something else of it
  concern,  // "London Business School": what makes a firm, paper or college of all the capitalised
            // words before it
  renowned,         // Boston: a given name, surname or word too, but in news it is the place
  motion,           // "flew to": what follows its "to" or "from" is a place
  within,           // in: "Paris in Texas"
  way_from,         // from: "from Reading to Bath"
  person_compound,  // "Obama-era": behind a hyphen, of persons rather than of towns
  of_person,        // "the Morrison government": of persons rather than of towns
  of_office,        // "Third District": before a district of an office, which is no place
  being,            // is, was: "Turkey is cheap" may be the bird
  asks,             // "LET US GO": in a headline in capitals, what follows is the pronoun
};

class PlaceWords {
 public:
  // Throws Error naming file and line.
  static PlaceWords load(const std::filesystem::path& file);

  struct Entry {
    std::uint32_t roles = 0;
    PlaceKind kind = PlaceKind::area;    // of what a feature, street or prefix names
    bool outside_in_lower_case = false;  // "Reston virus": its row is in lower case
    bool has(PlaceRole role) const { return (roles >> static_cast<unsigned>(role) & 1u) != 0; }
  };
  // Nothing known: no roles.
  Entry find(std::uint64_t name_hash) const;
  Entry find(const Token& token) const;

 private:
  std::unordered_map<std::uint64_t, Entry> entries_;
};

}  // namespace dateline
