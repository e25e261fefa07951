#include "indexer/extract/dates/holiday.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/text/take_until.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

namespace chr = std::chrono;

constexpr int kFarthest = 100;     // days from Easter or a weekday
constexpr int kCommonYear = 2001;  // a day of it exists in every year
constexpr std::string_view kTable = "table ";
constexpr std::string_view kAlone = "alone";

// ---- Which day ----

// Gregorian Easter: J. Meeus, Astronomical Algorithms, 1991, chapter 8 (Butcher's rule of 1876).
Day easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return *make_day(year, f / 31, f % 31 + 1);
}

Day weekday_of_month(const HolidayRule& rule, int year) {
  const auto month = chr::year{year} / chr::month{static_cast<unsigned>(rule.month)};
  const chr::weekday weekday{static_cast<unsigned>(rule.weekday)};  // 7 is Sunday as well
  if (rule.count == 0) return chr::sys_days{month / weekday[chr::last]};
  return chr::sys_days{month / weekday[static_cast<unsigned>(rule.count)]};
}

// ---- Rules as they are written ----

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<int> days_away(std::string_view text) {
  if (text.empty()) return 0;
  const auto days = number(text);
  if ((text[0] != '+' && text[0] != '-') || !days || *days < -kFarthest || *days > kFarthest)
    return std::nullopt;
  return days;
}

// The value of "nov" or "thu".
std::optional<int> word_value(const Lexicon& lexicon, std::string_view word, DateWordKind kind) {
  const WordEntry* entry = lexicon.find(word);
  if (entry == nullptr || entry->date.kind != kind) return std::nullopt;
  return entry->date.value;
}

// "11-27"
std::optional<HolidayRule> parse_month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = number(text.substr(0, 2)), day = number(text.substr(3));
  if (!month || !day || !make_day(kCommonYear, *month, *day)) return std::nullopt;
  return HolidayRule{.month = *month, .day = *day};
}

// "easter", "easter-2", "easter+1"
std::optional<HolidayRule> parse_easter(std::string_view text) {
  constexpr std::string_view kEaster = "easter";
  if (!text.starts_with(kEaster)) return std::nullopt;
  const auto away = days_away(text.substr(kEaster.size()));
  if (!away) return std::nullopt;
  return HolidayRule{.kind = HolidayRule::Kind::easter, .away = *away};
}

// "nov thu 4", "may mon last", "nov mon 1 +1"
std::optional<HolidayRule> parse_weekday_of_month(std::string_view text, const Lexicon& lexicon) {
  const auto parts = parts_of<std::string_view>(text, ' ');
  if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
  const auto month = word_value(lexicon, parts[0], DateWordKind::month);
  const auto weekday = word_value(lexicon, parts[1], DateWordKind::weekday);
  const auto count = parts[2] == "last" ? std::optional(0) : number(parts[2]);
  const auto away = days_away(parts.size() == 4 ? parts[3] : "");
  if (!month || !weekday || !count || !away || *count > 4) return std::nullopt;
  if (*count < 1 && parts[2] != "last") return std::nullopt;
  return HolidayRule{.kind = HolidayRule::Kind::weekday_of_month,
                     .month = *month,
                     .weekday = *weekday,
                     .count = *count,
                     .away = *away};
}

HolidayRule parse_rule(std::string_view text, const Lexicon& lexicon) {
  if (const auto rule = parse_month_day(text)) return *rule;
  if (const auto rule = parse_easter(text)) return *rule;
  if (const auto rule = parse_weekday_of_month(text, lexicon)) return *rule;
  throw BadRow{
      fmt::format("\"{}\" is no rule of a holiday, as 07-04, easter-2, nov thu 4, "
                  "may mon last, nov mon 1 +1 or table eid are",
                  text)};
}

Holiday parse_holiday(std::span<const std::string_view> row, HolidayRule rule,
                      const Lexicon& lexicon) {
  Holiday holiday{.name = parse_date_name(row[0], lexicon), .rule = rule};
  if (!holiday.name.words[0].capital)
    throw BadRow{fmt::format("\"{}\" does not begin with a capital letter", row[0])};
  if (row.size() > 2) {
    if (row[2] != kAlone) throw BadRow{fmt::format("\"{}\" is not \"{}\"", row[2], kAlone)};
    holiday.alone = true;
  }
  return holiday;
}

// "Latvia's", "Latvian": the country whose day it is.
bool names_owner(const Token& token) {
  return token.in(DateRole::possessive) || token.in(WordClass::nationality);
}

}  // namespace

std::vector<Day> days_in(const HolidayRule& rule, int year) {
  switch (rule.kind) {
    case HolidayRule::Kind::month_day:
      return {*make_day(year, rule.month, rule.day)};
    case HolidayRule::Kind::easter:
      return {easter_sunday(year) + chr::days{rule.away}};
    case HolidayRule::Kind::weekday_of_month:
      return {weekday_of_month(rule, year) + chr::days{rule.away}};
    case HolidayRule::Kind::table: {
      const auto first = std::ranges::lower_bound(*rule.days, *make_day(year, 1, 1));
      return {first, std::ranges::lower_bound(*rule.days, *make_day(year + 1, 1, 1))};
    }
  }
  return {};
}

Holidays Holidays::load(const std::filesystem::path& data, const Lexicon& lexicon) {
  Holidays holidays;
  holidays.historic_ = HistoricDates::load(data, lexicon);
  const auto add_day = [&](std::span<const std::string_view> row) {
    const auto day = parse_partial_date(row[1]);
    if (!day || day->unit != DateUnit::day)
      throw BadRow{fmt::format("\"{}\" is no day of the form YYYY-MM-DD", row[1])};
    holidays.feasts_[std::string(row[0])].push_back(days_of(*day).first);
  };
  read_tsv(data / "en/dates/movable_days.tsv", 2, add_day, {.key_columns = 2});
  const auto rule_of = [&](std::string_view text) {
    if (!text.starts_with(kTable)) return parse_rule(text, lexicon);
    const auto feast = holidays.feasts_.find(text.substr(kTable.size()));
    if (feast == holidays.feasts_.end())
      throw BadRow{fmt::format("movable_days.tsv has no \"{}\"", text.substr(kTable.size()))};
    return HolidayRule{.kind = HolidayRule::Kind::table, .days = &feast->second};
  };
  read_tsv(data / "en/dates/holidays.tsv", 2, [&](std::span<const std::string_view> row) {
    Holiday holiday = parse_holiday(row, rule_of(row[1]), lexicon);
    auto& same_first = holidays.by_first_word_[holiday.name.words[0].key];
    same_first.push_back(std::move(holiday));
  });
  return holidays;
}

std::optional<Holidays::Found> Holidays::read(const TemporalCursor& at, std::uint32_t i) const {
  const Token& first = at.token(i);
  if (!first.capitalised || first.key.empty()) return std::nullopt;
  const auto same_first = by_first_word_.find(first.key);
  if (same_first == by_first_word_.end()) return std::nullopt;
  std::optional<Found> longest;
  for (const auto& holiday : same_first->second) {
    const std::uint32_t end = match(at, i, holiday.name);
    if (holiday.alone && names_owner(at.before(i))) continue;
    if (end != 0 && (!longest || end > longest->end)) longest = Found{&holiday, end};
  }
  return longest;
}

}  // namespace dateline
