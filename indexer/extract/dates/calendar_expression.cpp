#include "indexer/extract/dates/calendar_expression.h"

#include <algorithm>

#include "indexer/extract/dates/figure_date.h"
#include "indexer/extract/dates/holiday.h"

namespace dateline {
namespace {

using Expressions = std::vector<TemporalExpression>;
using Kind = DateWordKind;
using Role = DateRole;

constexpr int kFirstPlainYear = 1900;  // what may be a year without a word that says so

// ---- Years ----

bool is_season(const Token& token) {
  return token.entry != nullptr && token.entry->date.kind == Kind::season;
}

// Words after which a number of four digits is a year, unless it counts something.
bool introduces_year(const TemporalCursor& at, std::uint32_t i) {
  if (at.before(i).is("-")) --i;
  return at.before_in(i, {Role::before_year, Role::outer_edge, Role::middle_edge}) ||
         is_season(at.before(i));
}

bool strictly_introduces_year(const TemporalCursor& at, std::uint32_t i) {
  if (at.before(i).is("-")) --i;
  return at.before_in(i, {Role::surely_before_year, Role::outer_edge, Role::middle_edge});
}

// Plural nouns that no year counts: the 2016 elections. Everything else that looks like a plural is
// counted: of 1950 coins.
bool looks_counted(const TemporalCursor& at, std::uint32_t i) {
  const Token& next = at.token(i);
  if (next.kind != TokenKind::word || next.capitalised) return false;
  return at.in(i, Role::counted) ||
         (next.key.size() > 3 && next.key.ends_with("s") && !next.key.ends_with("ss") &&
          !next.in(WordClass::function_word));
}

bool is_street(const TemporalCursor& at, std::uint32_t i) {
  if (!at.token(i).capitalised) return false;
  for (std::uint32_t k = i; k < i + 4; ++k) {
    if (at.in(k, Role::street)) return true;
  }
  return false;
}

bool is_determiner(const Token& token) {
  return token.in(Role::determiner) || token.in(Role::possessive);
}

// Symbols and nouns that make any number a name or an amount: $ 1998, page 1999, Section 1983.
bool numbers_something(const TemporalCursor& at, std::uint32_t i) {
  const Token& before = at.before(i);
  const bool after_edge = before.is("-") && is_calendar_word(at.before(i, 2));  // mid-1998
  if (before.glued && !after_edge &&
      (before.is("-") || before.is(".") || before.is("/") || before.is(":")))
    return true;
  if (before.is("$") || before.is("#") || before.is("\u00a3") || before.is("\u20ac") ||
      before.is("+"))
    return true;
  return at.before_in(i, Role::before_number);
}

// Is the number at i, ending before `end`, a year rather than a count, a price or a name?
bool is_year(const TemporalCursor& at, std::uint32_t i, std::uint32_t end, int year) {
  const Token& next = at.token(end);
  if (numbers_something(at, i) || at.is(end, "%") || is_street(at, end)) return false;
  if (next.glued &&
      (next.is("/") || next.is(":") || next.is("\u00b0") || next.kind == TokenKind::word)) {
    if (!next.in(Role::possessive)) return false;
  }
  if (at.in(end, Role::dated) && !at.token(end).glued && year >= kFirstPlainYear) return true;
  if (strictly_introduces_year(at, i))
    return !at.in(end, Role::counted) || TemporalCursor::is_unit(at.before(i), DateUnit::year);
  const bool plain = year >= kFirstPlainYear;
  if (introduces_year(at, i))
    return plain ? !looks_counted(at, end)
                 : !looks_counted(at, end) && next.kind != TokenKind::word;
  if (!plain)
    return is_determiner(at.before(i)) && !at.before_in(i, Role::a) &&
           next.kind == TokenKind::word && !looks_counted(at, end) && year >= 1500;
  if (is_determiner(at.before(i)))
    return next.kind == TokenKind::word && !at.in(end, Role::counted) && !next.in(Role::possessive);
  if (at.before(i).is("(")) return at.is(end, ")") || at.is(end, ",") || at.dash(end);
  return false;
}

// 1996, 1997 and 1998: the list goes on.
bool follows_year(const TemporalCursor& at, std::uint32_t i) {
  if (at.floor == 0 || i <= at.floor || i > at.floor + 2) return false;
  for (std::uint32_t k = at.floor; k < i; ++k) {
    if (!at.is(k, ",") && !at.dash(k) &&
        !at.in(k, {Role::and_, Role::or_, Role::to, Role::through, Role::until}))
      return false;
  }
  const auto digits = digits_of(at.text.tokens[at.floor - 1]);
  return digits && digits->count == 4 && digits_of(at.token(i)) && !looks_counted(at, i + 1);
}

TemporalExpression year_expression(std::uint32_t begin, std::uint32_t end, int year) {
  return {.tokens = {begin, end}, .unit = DateUnit::year, .year = year};
}

// The second year of 2010-15 or 1998–2003.
std::optional<TemporalExpression> year_after_dash(const TemporalCursor& at, std::uint32_t dash,
                                                  int first) {
  if (!at.dash(dash) || !at.token(dash).glued || !at.token(dash + 1).glued) return std::nullopt;
  const auto digits = digits_of(at.token(dash + 1));
  if (!digits || digits->ordinal) return std::nullopt;
  int year = digits->value;
  if (digits->count == 2) year += first / 100 * 100;
  if (digits->count == 2 && year <= first) year += 100;
  const int most = digits->count == 2 ? 30 : 400;  // years between the two
  if ((digits->count != 2 && digits->count != 4) || year <= first || year > first + most ||
      at.dash(dash + 2))
    return std::nullopt;
  auto second = year_expression(dash + 1, dash + 2, year);
  second.ends_range = true;
  return second;
}

Expressions read_plain_year(const TemporalCursor& at, std::uint32_t i) {
  const auto number = read_year(at, i);
  if (!number) return {};
  if (const auto second = year_after_dash(at, number->end, number->value)) {
    if (!numbers_something(at, i) && (number->value >= kFirstPlainYear || introduces_year(at, i) ||
                                      digits_of(at.token(number->end + 1))->count == 4)) {
      return {year_expression(i, number->end, number->value), *second};
    }
  }
  if (!follows_year(at, i) && !is_year(at, i, number->end, number->value)) return {};
  const std::uint32_t begin = i > 0 && at.in(i - 1, Role::fiscal) ? i - 1 : i;
  auto found = year_expression(begin, number->end, number->value);
  if (const auto part = read_ordinal_part(at, number->end)) {  // the 2019 second quarter
    found.unit = part->unit;
    found.part = part->part;
    found.tokens.end = part->end;
  } else if (at.in(number->end, Role::reported_period) &&
             at.before_in(i, Role::the)) {  // the 1988 quarter
    found.meaning = Meaning::quarter_again;
    found.tokens = {i - 1, number->end + 1};
  }
  return {found};
}

// '98, the '60s, the 1990s, the 1990's.
Expressions read_short_year(const TemporalCursor& at, std::uint32_t i) {
  const auto digits = digits_of(at.token(i + 1));
  if (!digits || digits->count != 2 || digits->ordinal || !at.token(i + 1).glued) return {};
  if (!at.before_in(i, Role::before_short_year)) return {};
  return {{.tokens = {i, i + 2},
           .unit = DateUnit::year,
           .year = digits->value,
           .two_digit_year = true}};
}

std::uint32_t with_determiner(const TemporalCursor& at, std::uint32_t begin) {
  return begin > 0 && at.in(begin - 1, Role::the) ? begin - 1 : begin;
}

// "in his late 20s", "her early sixties": an age.
bool is_age(const TemporalCursor& at, std::uint32_t i) {
  std::uint32_t first = i;
  if (at.before(first).kind == TokenKind::quote) --first;
  if (at.before(first).is("-")) --first;
  if (at.before(first).in(Role::outer_edge) || at.before(first).in(Role::middle_edge)) --first;
  return at.before_in(first, Role::owner);
}

Expressions read_decade(const TemporalCursor& at, std::uint32_t i) {
  if (is_age(at, i)) return {};
  const std::string_view key = at.key(i);
  TemporalExpression decade{.tokens = {i, i + 1}, .unit = DateUnit::decade};
  if (const auto tens = at.value(i, Kind::decade)) {
    if (!at.before_in(i, {Role::the, Role::outer_edge, Role::middle_edge})) return {};
    decade.year = 1900 + *tens;
    return {decade};
  }
  if (at.token(i).kind != TokenKind::number || key.size() < 2) return {};
  std::string_view digits = key;
  if (key.ends_with("s")) {
    digits.remove_suffix(1);
  } else if (at.key(i + 2) == "s" && at.token(i + 1).kind == TokenKind::quote &&
             at.token(i + 1).glued && at.token(i + 2).glued) {
    decade.tokens.end = i + 3;
  } else {
    return {};
  }
  if ((digits.size() != 4 && digits.size() != 2) || digits.back() != '0') return {};
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  const bool apostrophe =
      i > 0 && at.has(i - 1) && at.token(i - 1).kind == TokenKind::quote && at.token(i).glued;
  const std::uint32_t begin = apostrophe && digits.size() == 2 ? i - 1 : i;
  if (digits.size() == 2) {
    if (!at.before_in(begin, {Role::the, Role::outer_edge, Role::middle_edge}) &&
        !at.before(begin).is("-"))
      return {};
    if (value < 20) return {};
    decade.two_digit_year = false;
    value += 1900;
  }
  if (value < 1000 || value > 2100) return {};
  decade.tokens.begin = begin;
  decade.year = value;
  return {decade};
}

// ---- Days and months ----

// "each Thursday", "Monday and Tuesday nights": days that come again and again are no dates.
// `end` is the token after the day's name.
bool is_recurring(const TemporalCursor& at, std::uint32_t i, std::uint32_t end) {
  if (at.before_in(i, Role::recurring) || at.in(end, Role::recurring)) return true;
  const bool listed =
      at.in(end, {Role::and_, Role::or_, Role::to}) || at.is(end, ",") || at.dash(end);
  return listed && at.word(end + 1, Kind::weekday) && is_recurring(at, end + 1, end + 2) &&
         !at.before_in(end + 1, Role::recurring);
}

void set_year(TemporalExpression& expression, const ReadYearOf& year) {
  expression.year = year.year;
  expression.years_away = year.years_away;
  expression.years_from_last = year.years_from_last;
}

bool is_month(const TemporalCursor& at, std::uint32_t i) {
  return at.token(i).capitalised && at.word(i, Kind::month);
}

bool is_shortened(const TemporalCursor& at, std::uint32_t i) { return at.in(i, Role::shortened); }

bool is_doubtful(const TemporalCursor& at, std::uint32_t i) { return at.in(i, Role::doubtful); }

// A capitalised word that is not of the calendar: Dunmore, Kowalczyk.
bool is_name_part(const Token& token) {
  return token.kind == TokenKind::word && token.capitalised &&
         !token.in(WordClass::function_word) && !is_calendar_word(token);
}

// A month alone, where its name may be a person's or a verb: only after a word that time needs.
bool is_bare_month(const TemporalCursor& at, std::uint32_t i, std::uint32_t end) {
  if (at.before_in(i, Role::recurring)) return false;
  if (is_shortened(at, i) && !at.is(i + 1, ".")) return false;
  if (is_name_part(at.before(i)) && !at.before(i).in(WordClass::function_word) &&
      is_doubtful(at, i) && !at.before(i).all_caps)
    return false;
  if (!is_doubtful(at, i))
    return !(is_name_part(at.token(end)) && at.before(i).in(WordClass::title));
  if (at.token(i).all_caps || is_name_part(at.token(end))) {
    return at.before_in(
               i, {Role::surely_before_month, Role::choice, Role::outer_edge, Role::middle_edge}) &&
           !at.token(i).all_caps;
  }
  const auto shift = i > 0 ? at.value(i - 1, Kind::shift) : std::nullopt;
  if (shift == static_cast<int>(Shift::following) || shift == static_cast<int>(Shift::previous))
    return true;
  if (at.before_in(i, {Role::before_month, Role::choice, Role::outer_edge, Role::middle_edge}))
    return true;
  const bool listed = at.before_in(i, {Role::and_, Role::to, Role::or_}) || at.before(i).is(",") ||
                      at.before(i).is("-") || at.before(i).is("\u2013");
  if (listed && is_calendar_word(at.before(i, 2))) return true;
  if (is_determiner(at.before(i)) && at.token(end).kind == TokenKind::word &&
      !at.token(end).capitalised)
    return true;
  return false;
}

// "that year", "the same year", "the following year": counted from the year last spoken of.
std::optional<ReadYearOf> read_year_of_mention(const TemporalCursor& at, std::uint32_t i) {
  const bool the = at.in(i, Role::before_shift) && at.word(i + 1, Kind::shift);
  const std::uint32_t word = the ? i + 1 : i;
  const auto shift = at.value(word, Kind::shift);
  if (!shift || !at.is_unit(word + 1, DateUnit::year)) return std::nullopt;
  const auto kind = static_cast<Shift>(*shift);
  const bool counts_on = kind == Shift::following || kind == Shift::previous ||
                         kind == Shift::same || (kind == Shift::next && the);
  if (!counts_on) return std::nullopt;
  const int away = kind == Shift::same ? 0 : kind == Shift::previous ? -1 : 1;
  return ReadYearOf{.years_from_last = away, .end = word + 2};
}

// ", 1998", "1998", "of 1998", "of last year", "last year".
std::optional<ReadYearOf> read_year_after(const TemporalCursor& at, std::uint32_t i,
                                          bool with_day) {
  if (at.is(i, ",")) {
    const auto year = read_year(at, i + 1);
    if (!year || digits_of(at.token(i + 1)) == std::nullopt || at.in(year->end, Role::counted))
      return std::nullopt;
    return ReadYearOf{.year = year->value, .end = year->end};
  }
  if (const auto mention = read_year_of_mention(at, i)) return mention;
  if (const auto year = read_year(at, i)) {
    if (at.in(year->end, Role::counted)) return std::nullopt;
    return ReadYearOf{.year = year->value, .end = year->end};
  }
  const std::uint32_t first = at.in(i, Role::of) ? i + 1 : i;
  if (with_day && first == i) return std::nullopt;
  return read_year_of(at, first);
}

// Days before the month: "24 February", "the 3rd of May", "the twenty-first of March", "10-12
// October", "1, 2 and 3 May". Where they begin.
struct DaysBefore {
  int day = 0;
  std::vector<ReadNumber> earlier = {};  // days before it in the text; their `end` is the token
  std::uint32_t begin = 0;
};

// The day in figures at i, when it is less than `day`.
std::optional<ReadNumber> lesser_day(const TemporalCursor& at, std::uint32_t i, int day) {
  if (!at.has(i) || at.token(i).kind != TokenKind::number) return std::nullopt;
  const auto number = read_day_of_month(at, i);
  if (!number || number->value >= day || at.before(i).is("$")) return std::nullopt;
  return ReadNumber{number->value, i, number->ordinal};
}

std::vector<ReadNumber> read_days_listed_before(const TemporalCursor& at, std::uint32_t last,
                                                int day) {
  if (last < 2 || !(at.dash(last - 1) || at.in(last - 1, {Role::to, Role::and_, Role::or_})))
    return {};
  std::uint32_t i = last - 2;
  if (i > 0 && at.is(i, ",") && at.in(last - 1, Role::and_)) --i;  // 1, 2, and 3 May
  std::vector<ReadNumber> days;
  for (auto number = lesser_day(at, i, day); number; number = lesser_day(at, i, number->value)) {
    days.insert(days.begin(), *number);
    if (i < 2 || !at.is(i - 1, ",") || at.dash(last - 1)) break;
    i -= 2;
  }
  return days;
}

std::optional<DaysBefore> read_days_before(const TemporalCursor& at, std::uint32_t month) {
  if (month == 0) return std::nullopt;
  std::uint32_t last = month - 1;
  const bool of = at.in(last, Role::of) && last > 0;
  if (of) --last;
  const std::uint32_t end = of ? month - 1 : month;
  std::optional<ReadNumber> number;
  if (of && last >= 2) {  // the twenty-first of March
    number = read_day_of_month(at, last - 2);
    if (number && number->end == end) last -= 2;
  }
  if (!number || number->end != end) number = read_day_of_month(at, last);
  if (!number || (of && !number->ordinal) || number->end != end) return std::nullopt;
  if (at.token(last).kind == TokenKind::word && !of) return std::nullopt;  // "the third March"
  if (at.before(last).is("$") || (at.token(last).glued && at.before(last).is(".")))
    return std::nullopt;
  DaysBefore days{.day = number->value, .begin = last};
  days.earlier = read_days_listed_before(at, last, number->value);
  if (of && days.earlier.empty()) days.begin = with_determiner(at, days.begin);
  return days;
}

// May the list of days end with the number that ends before `next`? "April 7 people" counts.
bool ends_days(const TemporalCursor& at, std::uint32_t next, bool dash) {
  const Token& token = at.token(next);
  if (token.kind == TokenKind::number || is_month(at, next)) return false;
  if (token.is("%") || token.is("-") || at.in(next, {Role::counted, Role::percent})) return false;
  return dash || !looks_counted(at, next);
}

// The further days of "March 3-5", "March 3 and 4", "April 4, 7 and 9"; their `end` is the token
// after them.
struct ListedDay {
  int day = 0;
  TokenRange tokens;
  bool ends_range = false;
};
std::vector<ListedDay> read_days_listed(const TemporalCursor& at, std::uint32_t i, int first) {
  std::vector<ListedDay> days;
  for (std::uint32_t next = i;;) {
    const bool comma = at.is(next, ",");
    const bool dash = at.dash(next) && days.empty();
    std::uint32_t head = next + (comma ? 1 : 0);
    const bool last = !dash && at.in(head, {Role::and_, Role::or_, Role::to, Role::through});
    if (last) ++head;
    if (!comma && !last && !dash) return {};
    if (dash) ++head;
    const auto number = read_day_of_month(at, head);
    if (!number || number->value <= first || at.token(head).kind != TokenKind::number) return {};
    const bool range = dash || at.in(head - 1, {Role::to, Role::through});
    days.push_back({number->value, {head, number->end}, range});
    if (last || dash) break;
    first = number->value;
    next = number->end;
  }
  if (!ends_days(at, days.back().tokens.end, days.back().ends_range)) return {};
  return days;
}

// A month with the days beside it, without a year: all days but the last in `others`.
struct MonthAndDays {
  Expressions others;
  TemporalExpression last;
  std::uint32_t next = 0;  // the token after them
};

MonthAndDays days_before_month(const DaysBefore& before, std::uint32_t month,
                               TemporalExpression found) {
  MonthAndDays read{.others = {}, .last = found, .next = month + 1};
  read.last.unit = DateUnit::day;
  read.last.day = before.day;
  read.last.tokens.begin = before.begin;
  for (const auto& day : before.earlier) {
    read.others.push_back({.tokens = {day.end, day.end + 1}, .part = found.part, .day = day.value});
  }
  if (!before.earlier.empty()) {
    read.last.tokens.begin = month - 1;
    read.last.ends_range = true;
  }
  return read;
}

MonthAndDays read_month_and_days(const TemporalCursor& at, std::uint32_t i) {
  TemporalExpression found{
      .tokens = {i, i + 1}, .unit = DateUnit::month, .part = *at.value(i, Kind::month)};
  std::uint32_t next = i + 1;
  if (is_shortened(at, i) && at.is(next, ".") && at.token(next).glued) ++next;
  if (const auto before = read_days_before(at, i)) {
    auto read = days_before_month(*before, i, found);
    read.next = next;
    return read;
  }
  const auto day = read_day_of_month(at, next);
  if (!day || at.is(day->end, "%") || at.in(day->end, Role::percent))
    return {.others = {}, .last = found, .next = next};
  found.unit = DateUnit::day;
  found.day = day->value;
  MonthAndDays read{.others = {}, .last = found, .next = day->end};
  for (const auto& listed : read_days_listed(at, day->end, day->value)) {
    read.last.tokens.end = read.next;
    read.others.push_back(read.last);
    read.last.tokens = listed.tokens;
    read.last.day = listed.day;
    read.last.ends_range = true;
    read.next = listed.tokens.end;
  }
  return read;
}

Expressions read_month(const TemporalCursor& at, std::uint32_t i) {
  if (!is_month(at, i)) return {};
  auto [all, found, next] = read_month_and_days(at, i);
  const auto year = read_year_after(at, next, found.unit == DateUnit::day);
  if (year) {
    next = year->end;
    for (auto& other : all) set_year(other, *year);
    set_year(found, *year);
  }
  if (found.unit == DateUnit::month && !year && !is_bare_month(at, i, next)) return {};
  if (found.unit == DateUnit::day && found.day > 0 &&
      !make_day(found.year.value_or(2000), found.part, found.day))
    return {};
  // The full stop of "Feb." belongs to the date only when the date goes on.
  found.tokens.end = next == i + 2 && at.is(i + 1, ".") ? i + 2 : next;
  all.push_back(found);
  return all;
}

// "Tuesday of last week", "Friday next week"; "Thursday last", "Monday next".
void add_week(const TemporalCursor& at, TemporalExpression& weekday) {
  std::uint32_t next = weekday.tokens.end;
  if (at.in(next, Role::of)) ++next;
  const auto shift = at.value(next, Kind::shift);
  if (!shift || !at.in(next, Role::choice)) return;
  const auto choice = static_cast<Shift>(*shift);
  if (at.is_unit(next + 1, DateUnit::week)) {
    weekday.weeks_away = choice == Shift::last ? -1 : choice == Shift::next ? 1 : 0;
    weekday.tokens.end = next + 2;
    return;
  }
  const Token& after = at.token(next + 1);
  const bool closes = next == weekday.tokens.end &&
                      !at.before_in(weekday.tokens.begin, Role::choice) &&
                      (after.kind == TokenKind::punctuation || after.in(WordClass::function_word));
  if (!closes || choice == Shift::present) return;
  weekday.choice = choice == Shift::last ? Choice::last : Choice::next;
  weekday.tokens.end = next + 1;
}

// Is the weekday a name or part of one? "Gary Friday", "actress Tuesday Weld", "Friday Night
// Lights"; not "in Boston Friday".
bool is_weekday_in_name(const TemporalCursor& at, std::uint32_t i) {
  const Token& before = at.before(i);
  const Token& after = at.token(i + 1);
  const bool in_title = after.capitalised && at.word(i + 1, Kind::day_part);
  if (in_title && !at.before_in(i, Role::before_weekday)) {
    if (before.kind == TokenKind::quote && !before.glued) return true;
    if (before.kind == TokenKind::quote && at.token(i).glued) return true;
    if (at.token(i + 2).capitalised && !before.capitalised) return true;
  }
  const bool given = before.in(WordClass::given_female) || before.in(WordClass::given_male);
  if (!before.capitalised || !given || before.all_caps || before.in(WordClass::title)) return false;
  const Token& first = at.before(i, 2);
  const bool begins = i >= 2 && i - 2 == at.text.sentences[at.token(i).sentence].begin;
  if (first.capitalised && !begins) return false;
  return !at.before_in(i - 1, {Role::place_preposition, Role::saying, Role::from, Role::of,
                               Role::to, Role::possessive});
}

Expressions read_weekday(const TemporalCursor& at, std::uint32_t i) {
  const auto weekday = at.value(i, Kind::weekday);
  if (!weekday || !at.token(i).capitalised) return {};
  std::uint32_t next = i + 1;
  const bool stop = at.is(next, ".") && at.token(next).glued;
  if (is_shortened(at, i) && stop) ++next;
  std::uint32_t date = next;
  if (at.is(date, ",")) ++date;
  if (at.in(date, Role::the)) ++date;
  for (std::uint32_t month = date; month < date + 3; ++month) {
    if (!is_month(at, month)) continue;
    auto dates = read_month(at, month);
    if (dates.size() != 1 || dates[0].unit != DateUnit::day) break;
    if (dates[0].tokens.begin > date) break;
    dates[0].tokens.begin = i;
    return dates;
  }
  if (is_shortened(at, i)) return {};
  if (is_recurring(at, i, next) || is_weekday_in_name(at, i)) return {};
  const Token& after = at.token(next);
  if (is_name_part(after) && !after.all_caps && !after.in(WordClass::nationality)) {
    const bool placed = at.before_in(i, {Role::before_weekday, Role::choice, Role::outer_edge});
    const bool begins = i == at.text.sentences[at.token(i).sentence].begin;
    if (!placed && (begins || at.before(i).in(WordClass::title) || at.before_in(i, Role::the)))
      return {};
  }
  TemporalExpression found{.tokens = {i, next}, .meaning = Meaning::weekday, .part = *weekday};
  if (at.word(next, Kind::day_part)) ++found.tokens.end;
  add_week(at, found);
  return {found};
}

// ---- Numbers and named days ----

// 2018 March 18.
std::optional<TemporalExpression> read_year_month_day(const TemporalCursor& at, std::uint32_t i) {
  const auto year = read_year(at, i);
  if (!year || !is_month(at, i + 1)) return std::nullopt;
  std::uint32_t next = i + 2;
  if (is_shortened(at, i + 1) && at.is(next, ".") && at.token(next).glued) ++next;
  const auto day = read_day_of_month(at, next);
  const int month = *at.value(i + 1, Kind::month);
  if (!day || !make_day(year->value, month, day->value)) return std::nullopt;
  const std::uint32_t comma = at.is(day->end, ",") ? day->end + 1 : day->end;
  if (read_year(at, comma)) return std::nullopt;  // in 2018 March 18, 1990 was spoken of
  return TemporalExpression{
      .tokens = {i, day->end}, .part = month, .day = day->value, .year = year->value};
}

Expressions read_number(const TemporalCursor& at, std::uint32_t i) {
  if (const auto figures = read_figure_date(at, i)) return {*figures};
  if (const auto dated = read_year_month_day(at, i)) return {*dated};
  if (auto decade = read_decade(at, i); !decade.empty()) return decade;
  return read_plain_year(at, i);
}

// "on the 17th": the month is the one last spoken of.
Expressions read_day_alone(const TemporalCursor& at, std::uint32_t i) {
  const auto number = read_day_of_month(at, i + 1);
  if (!at.in(i, Role::the) || !number || !number->ordinal ||
      at.token(i + 1).kind != TokenKind::number)
    return {};
  const Token& next = at.token(number->end);
  if (!at.before_in(i, Role::before_day_number)) return {};
  if (next.kind == TokenKind::word && !next.in(WordClass::function_word)) return {};
  if (next.in(Role::of) || next.glued != next.is(".")) {
    if (!next.is(",") && !next.is(";")) return {};
  }
  return {{.tokens = {i, number->end}, .meaning = Meaning::day_of_month, .day = number->value}};
}

Expressions read_historic_date(const TemporalCursor& at, std::uint32_t i) {
  const auto named = at.holidays.historic().read(at, i);
  if (!named || !named->date->value) return {};
  const PartialDate& value = *named->date->value;
  std::uint32_t begin = i;
  if (named->date->name.with_the) {
    if (!at.before_in(i, Role::the)) return {};
    begin = with_determiner(at, i);
  }
  return {{.tokens = {begin, named->end},
           .unit = value.unit,
           .part = value.part,
           .day = value.day,
           .year = value.year}};
}

Expressions read_named_day(const TemporalCursor& at, std::uint32_t i) {
  const auto named = at.holidays.read(at, i);
  if (!named) return {};
  const bool with_day = named->end > i + 1;
  const bool placed = at.before_in(i, {Role::before_holiday, Role::choice});
  if (!with_day && !placed) return {};
  std::uint32_t begin = i;
  if (named->holiday->name.with_the) begin = with_determiner(at, i);
  TemporalExpression found{
      .tokens = {begin, named->end}, .meaning = Meaning::holiday, .holiday = &named->holiday->rule};
  const std::uint32_t comma = at.is(named->end, ",") ? named->end + 1 : named->end;
  if (const auto year = read_year(at, comma); year && digits_of(at.token(comma))) {
    found.year = year->value;
    found.tokens.end = year->end;
  }
  return {found};
}

}  // namespace

std::optional<ReadYearOf> read_year_of(const TemporalCursor& at, std::uint32_t i) {
  ReadYearOf found{.end = i};
  if (const auto other = read_year_of_mention(at, i)) return other;
  const auto shift = at.value(i, Kind::shift);
  if (shift && at.in(i, Role::choice) && at.is_unit(i + 1, DateUnit::year)) {
    found.years_away = *shift == static_cast<int>(Shift::last)   ? -1
                       : *shift == static_cast<int>(Shift::next) ? 1
                                                                 : 0;
    found.end = i + 2;
    return found;
  }
  if (at.in(i, Role::fiscal)) ++i;
  if (at.is_unit(i, DateUnit::year)) ++i;
  if (at.token(i).kind == TokenKind::quote) {
    const auto digits = digits_of(at.token(i + 1));
    if (!digits || digits->count != 2 || !at.token(i + 1).glued) return std::nullopt;
    return ReadYearOf{.year = digits->value, .two_digit_year = true, .end = i + 2};
  }
  const auto year = read_year(at, i);
  if (!year || at.in(year->end, Role::counted)) return std::nullopt;
  found.year = year->value;
  found.end = year->end;
  return found;
}

Expressions read_calendar_expression(const TemporalCursor& at, std::uint32_t i) {
  const Token& token = at.token(i);
  if (token.kind == TokenKind::number || token.capitalised) {
    if (auto historic = read_historic_date(at, i); !historic.empty()) return historic;
  }
  if (token.kind == TokenKind::number) return read_number(at, i);
  if (token.kind == TokenKind::quote) return read_short_year(at, i);
  if (token.kind != TokenKind::word) return {};
  if (token.capitalised) {
    if (auto named = read_named_day(at, i); !named.empty()) return named;
    if (auto month = read_month(at, i); !month.empty()) return month;
    if (auto weekday = read_weekday(at, i); !weekday.empty()) return weekday;
  }
  if (token.in(Role::the)) return read_day_alone(at, i);
  if (at.word(i, Kind::decade)) return read_decade(at, i);
  if (at.word(i, Kind::cardinal)) return read_plain_year(at, i);
  return {};
}

}  // namespace dateline
