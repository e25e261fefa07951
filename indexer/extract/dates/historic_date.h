// Days that the world knows by a name, and names that only look like days: rows of historic.tsv.
//
// "the Sept. 11 attacks" is 2001-09-11 in an article of any year, "D-Day" beside Normandy
// 1944-06-06; "Saturday Night Live" is no day at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/partial_date.h"
#include "indexer/extract/dates/date_name.h"

namespace dateline {

struct HistoricDate {
  DateName name;
  std::optional<PartialDate> value;  // absent: the name is no date
  std::uint32_t within = 0;          // tokens to either side in which a cue has to stand
  std::vector<std::string> cues;     // folded; none: the name alone is enough
};

class HistoricDates {
 public:
  // Reads data/en/dates/historic.tsv. Throws Error naming file and line.
  static HistoricDates load(const std::filesystem::path& data, const Lexicon& lexicon);

  struct Found {
    const HistoricDate* date;  // lives as long as the HistoricDates
    std::uint32_t end;
  };
  // The one named by the tokens from i on, the longest name that fits.
  std::optional<Found> read(const TemporalCursor& at, std::uint32_t i) const;

 private:
  std::unordered_map<std::string, std::vector<HistoricDate>, KeyHash, std::equal_to<>>
      by_first_word_;
};

}  // namespace dateline
