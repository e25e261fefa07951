#include "indexer/extract/dates/holiday.h"

#include <string>

namespace dateline {
namespace {

namespace chr = std::chrono;

// Gregorian Easter: J. Meeus, Astronomical Algorithms, 1991, chapter 8 (Butcher's rule of 1876).
Day easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return *make_day(year, f / 31, f % 31 + 1);
}

Day nth(int year, chr::month month, chr::weekday weekday, unsigned n) {
  return chr::sys_days{chr::year{year} / month / weekday[n]};
}

struct Name {
  std::string_view words;  // keys parted by blanks
  Holiday holiday;
};

// Longer names before the names they begin with.
constexpr Name kNames[] = {
    {"new year 's day", Holiday::new_years_day},
    {"new year 's eve", Holiday::new_years_eve},
    {"new years day", Holiday::new_years_day},
    {"new years eve", Holiday::new_years_eve},
    {"martin luther king jr day", Holiday::martin_luther_king_day},
    {"martin luther king day", Holiday::martin_luther_king_day},
    {"groundhog day", Holiday::groundhog_day},
    {"valentine 's day", Holiday::valentines_day},
    {"presidents ' day", Holiday::presidents_day},
    {"presidents \u2019 day", Holiday::presidents_day},
    {"presidents day", Holiday::presidents_day},
    {"st patrick 's day", Holiday::st_patricks_day},
    {"ash wednesday", Holiday::ash_wednesday},
    {"palm sunday", Holiday::palm_sunday},
    {"good friday", Holiday::good_friday},
    {"easter monday", Holiday::easter_monday},
    {"easter sunday", Holiday::easter},
    {"easter day", Holiday::easter},
    {"easter", Holiday::easter},
    {"earth day", Holiday::earth_day},
    {"may day", Holiday::may_day},
    {"memorial day", Holiday::memorial_day},
    {"fourth of july", Holiday::independence_day},
    {"bastille day", Holiday::bastille_day},
    {"labor day", Holiday::labor_day},
    {"columbus day", Holiday::columbus_day},
    {"halloween", Holiday::halloween},
    {"election day", Holiday::election_day},
    {"veterans day", Holiday::veterans_day},
    {"armistice day", Holiday::armistice_day},
    {"thanksgiving day", Holiday::thanksgiving},
    {"thanksgiving", Holiday::thanksgiving},
    {"christmas day", Holiday::christmas},
    {"christmas eve", Holiday::christmas_eve},
    {"christmas", Holiday::christmas},
    {"boxing day", Holiday::boxing_day},
};

// The token after the name, 0 when the tokens from i on are other words.
std::uint32_t match(const TemporalCursor& at, std::uint32_t i, std::string_view words) {
  while (!words.empty()) {
    const auto blank = words.find(' ');
    const std::string_view word = words.substr(0, blank);
    words.remove_prefix(blank == std::string_view::npos ? words.size() : blank + 1);
    const Token& token = at.token(i);
    if (token.key != word && token.text != word) return 0;
    if (token.kind == TokenKind::word && !token.capitalised && word != "'s" && word != "of")
      return 0;
    ++i;
    if (word == "st" && at.is(i, ".")) ++i;
  }
  return i;
}

}  // namespace

Day day_of(Holiday holiday, int year) {
  const auto fixed = [year](int month, int day) { return *make_day(year, month, day); };
  switch (holiday) {
    case Holiday::new_years_day:
      return fixed(1, 1);
    case Holiday::martin_luther_king_day:
      return nth(year, chr::January, chr::Monday, 3);
    case Holiday::groundhog_day:
      return fixed(2, 2);
    case Holiday::valentines_day:
      return fixed(2, 14);
    case Holiday::presidents_day:
      return nth(year, chr::February, chr::Monday, 3);
    case Holiday::st_patricks_day:
      return fixed(3, 17);
    case Holiday::ash_wednesday:
      return easter_sunday(year) - chr::days{46};
    case Holiday::palm_sunday:
      return easter_sunday(year) - chr::days{7};
    case Holiday::good_friday:
      return easter_sunday(year) - chr::days{2};
    case Holiday::easter:
      return easter_sunday(year);
    case Holiday::easter_monday:
      return easter_sunday(year) + chr::days{1};
    case Holiday::earth_day:
      return fixed(4, 22);
    case Holiday::may_day:
      return fixed(5, 1);
    case Holiday::memorial_day:
      return chr::sys_days{chr::year{year} / chr::May / chr::Monday[chr::last]};
    case Holiday::independence_day:
      return fixed(7, 4);
    case Holiday::bastille_day:
      return fixed(7, 14);
    case Holiday::labor_day:
      return nth(year, chr::September, chr::Monday, 1);
    case Holiday::columbus_day:
      return nth(year, chr::October, chr::Monday, 2);
    case Holiday::halloween:
      return fixed(10, 31);
    case Holiday::election_day:
      return nth(year, chr::November, chr::Monday, 1) + chr::days{1};
    case Holiday::veterans_day:
      return fixed(11, 11);
    case Holiday::armistice_day:
      return fixed(11, 11);
    case Holiday::thanksgiving:
      return nth(year, chr::November, chr::Thursday, 4);
    case Holiday::christmas_eve:
      return fixed(12, 24);
    case Holiday::christmas:
      return fixed(12, 25);
    case Holiday::boxing_day:
      return fixed(12, 26);
    case Holiday::new_years_eve:
      return fixed(12, 31);
  }
  return {};
}

std::optional<NamedHoliday> read_holiday(const TemporalCursor& at, std::uint32_t i) {
  const Token& first = at.token(i);
  if (!first.capitalised || first.key.empty()) return std::nullopt;
  for (const auto& name : kNames) {
    if (name.words[0] != first.key[0]) continue;
    if (const auto end = match(at, i, name.words); end != 0) return NamedHoliday{name.holiday, end};
  }
  return std::nullopt;
}

}  // namespace dateline
