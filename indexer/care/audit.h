// What does the index not hold? So that "no hits" is not mistaken for "never said".
//
// Days of the archive without an article; files that failed, and why; articles whose date one
// should doubt: dated in the future, or far from what lies beside them in the archive ("2032-03-03"
// among files of March 2023). Pure: no database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/date_query.h"
#include "common/partial_date.h"
#include "indexer/database/failed_files.h"

namespace dateline {

struct DatedArticle {
  std::string path;
  Day date;
  auto operator<=>(const DatedArticle&) const = default;
};

struct DoubtfulArticle {
  DatedArticle article;
  Day neighbours;  // the middle one of their dates
  bool operator==(const DoubtfulArticle&) const = default;
};

struct Audit {
  std::optional<DayRange> range;   // what was looked at; absent when no article closes an open end
  std::uint64_t articles = 0;      // dated in the range
  std::uint64_t days = 0;          // of the range that have an article
  std::vector<DayRange> empty;     // stretches of days that have none
  std::vector<FailedFile> failed;  // all: they have no date
  std::vector<DoubtfulArticle>
      future;  // dated after tomorrow (it is tomorrow already east of here)
  std::vector<DoubtfulArticle> far;
};

// Neighbours are the kNeighbours articles before and after by path, whatever their folder. An
// article is far from them when it is more than kFarDays and more than kFarSpreads times their own
// spread (median absolute deviation) away: in an archive that is not in the order of its dates none
// is. With an interval only articles are named whose date, or whose neighbours', lies in it.
constexpr std::size_t kNeighbours = 5;
constexpr int kFarDays = 180;  // a date of January with last year's number is 365 days off
constexpr int kFarSpreads = 10;

// `articles` by path. An end that `asked` leaves open is that of the articles not doubted.
Audit audit(const std::vector<DatedArticle>& articles, std::vector<FailedFile> failed,
            const DateInterval& asked, Day today);

// A finding a line: "no article 2023-03-04 to 2023-03-05 (2 days)".
std::string to_text(const Audit& audit);

// {"version":1,...}; indexer/README.md lists the keys.
std::string to_json(const Audit& audit);

}  // namespace dateline
