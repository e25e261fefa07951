// Which tokens form one run of capitalised words?
//
// "US Secretary of State Antony Blinken told" gives one run up to "Blinken"; "Crown Prince Mohammed
// bin Salman", "Geun-hye" and "Department of Health and Human Services" are kept whole. What the
// run names is decided in name.cpp.
#pragma once

#include <cstdint>

#include "indexer/extract/token.h"

namespace dateline {

// May a run start here? Words of grammar do not; nor does an ordinary word that is capitalised as
// the first of its sentence.
bool starts_run(const TokenizedText& text, std::uint32_t token);

// The first token after the run that starts at `token`. REQUIRES: starts_run(text, token).
std::uint32_t end_of_run(const TokenizedText& text, std::uint32_t token);

bool opens_sentence(const TokenizedText& text,
                    std::uint32_t token);   // nothing but marks before it in its sentence
bool is_name_particle(const Token& token);  // de, van, bin, al
bool is_initial(const Token& token);        // "J."
bool is_suffix(const Token& token);         // Jr, III

// Paragraphs in Title Case or CAPITALS, where capitals tell nothing.
bool is_heading(const TokenizedText& text, TokenRange paragraph);

// Where a heading in capitals that is run into the text ends: "DEMINT ISSUES STATEMENT ON JOBS |
// Washington"; `begin` when none begins there.
std::uint32_t end_of_capitals(const TokenizedText& text, std::uint32_t begin);

// "Bdr." before "Tom Hale": a shortened word that no list of titles has.
bool is_unknown_title(const Token& word);

bool is_given_name(const Token& token);
bool is_party_word(const Token& token);  // Republican, Democrats

// The name behind its leading particles in lower case: "van der | Meulen"; of "al-Assad" all.
TokenRange without_particles(const TokenizedText& text, TokenRange name);

// Words of a run, and the last of them that is no suffix. REQUIRES: the run has a word.
std::uint32_t words_in(const TokenizedText& text, TokenRange run);
std::uint32_t last_word_in(const TokenizedText& text, TokenRange run);

// Lower-case titles directly before: "spokeswoman Maria Zakharova", "former president Bill
// Clinton".
TokenRange lower_title_before(const TokenizedText& text, std::uint32_t begin);

// Does what stands at `i`, behind a name, stand behind persons? "Lind | said", "Lind |, 31,"
bool person_goes_on(const TokenizedText& text, std::uint32_t i);

// "L2 president Bruce Willsie", "former Vermont governor Howard Dean": the name says of what the
// one named next is the head.
bool precedes_title(const TokenizedText& text, TokenRange run);

}  // namespace dateline
