// What does a word do in a name or beside one?
//
// "Mr." before "Young" makes it a person, "van" inside "Hans van Dyke" belongs to the name,
// "County" behind "Kent" says that nobody is meant. data/en/name_words.tsv lists words by the roles
// below, a row for each role of a word; the rules of this folder ask `token.in(NameRole::party)`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

namespace dateline {

enum class NameRole : std::uint8_t {
  // beside a name
  strong_title,  // President, Mr: an ordinary word after it is a surname, "Mr. Young"
  body_noun,     // group, airline: "the insurance group Nordhaven" is an organisation
  reports,       // said, told: who stands before it speaks
  said,          // said: also before who speaks, and never a name that opens a sentence
  according,     // "according to Sorokina"
  to,            // to
  the,           // the
  article,       // a, the: "X Y, a lawyer" begins a description
  who,           // who
  relative,      // who, whose: "X Y, whose" is a person
  which,         // which: "Norvane, which" is none
  // inside a name
  particle,              // van, de, bin: goes on in lower case
  opening_particle,      // those that open a family name anywhere: "the minister van der Meulen"
  particle_behind_mark,  // those that do behind a mark only: "the port de Marseille" is no person
  leading_particle,      // "De Blasio": a family name alone, its particle capitalised
  portfolio,             // "Secretary of State", "Minister for Trade"
  of,                    // of
  and_,                  // "Health and Human Services"
  place_prefix,          // "St. Louis": its full stop is part of the name
  title_or_street,       // "Dr. Nyman", "Church St.": before a name or behind one
  family_month,          // "Theresa May": a month that is a family name
  suffix,                // Jr, III
  younger,               // those that part a son from a father without one
  // the whole name, or its last word
  no_person,        // "Kent County", "Nobel Prize": nobody, whatever the first word
  party,            // Republican, Democrats: nobody, though a given name stands before it
  plain_acronym,    // TV, GDP: no organisation
  country_acronym,  // "the US State Department": is part of the body's name
  first_person,     // I
  // words that are something else too
  given_month,         // June, April: "said June Marsh"
  surname_too,         // Banks, Hill: after a given name a person, "said Ana Banks"
  joining_particle,    // "Puig i Ferrer", "Matos e Silva": between two family names
  patronymic,          // the first letter of "a/l", "s/o": son of
  family_middle,       // "Ngo Van Thanh": an ordinary word between family and given name
  title_half,          // "President-elect": the second half of a title
  honorific_first,     // "Tan Sri": a title with an honorific_second behind it only
  honorific_second,    // "Datuk Seri": a title behind another one only
  honour,              // QC, OBE: behind a name, and none of its words
  civil,               // Mr, Dr: any word after it is a surname, "Mr. Court"
  portfolio_head,      // "minister for trade Ana Quist": before the office and the person
  spokesperson,        // "a spokesman for the mayor, Ana Quist": who speaks, and for whom
  institution,         // ministry, army: "Russia's foreign ministry" is a body
  institution_first,   // air, central: before one of the next
  institution_second,  // force, bank: likewise, behind one of those
  announces,           // announced, reported: who stands before it speaks, bodies more often
  of_body,             // shares, chief: "Norvane's shares" are those of a firm
  given_word,          // Will: a word of grammar that is a given name inside a sentence
  royal,               // "King Hussein": not a Hussein who is no king
};

inline constexpr unsigned kNameRoles = static_cast<unsigned>(NameRole::royal) + 1;

class NameRoles {
 public:
  constexpr bool has(NameRole role) const {
    return (bits_ >> static_cast<unsigned>(role) & 1u) != 0;
  }
  constexpr void add(NameRole role) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(role); }

 private:
  static_assert(kNameRoles <= 64);
  std::uint64_t bits_ = 0;
};

// Calls `take` for each row. Throws Error naming the file and the offending word.
void read_name_words(const std::filesystem::path& file,
                     const std::function<void(std::string_view word, NameRole role)>& take);

}  // namespace dateline
