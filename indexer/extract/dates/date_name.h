// The name of a day as a row writes it, and whether a text has it: "St. Patrick's Day", "9/11".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/dates/temporal_cursor.h"

namespace dateline {

struct DateName {
  struct Word {
    std::string key;       // folded; "'s", "'", "-", "/" and "," are words of their own
    bool capital = false;  // the text has to capitalise it, too
    bool stopped = false;  // "St.": a full stop may follow
  };
  std::vector<Word> words;  // never empty
  bool with_the = false;    // "the Fourth of July": the article is part of the mention
};

// Throws BadRow when the name is empty or has a blank too many.
DateName parse_date_name(std::string_view name, const Lexicon& lexicon);

// The token after the name, 0 when the tokens from i on are other words.
std::uint32_t match(const TemporalCursor& at, std::uint32_t i, const DateName& name);

}  // namespace dateline
