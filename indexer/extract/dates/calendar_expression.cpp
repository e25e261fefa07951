#include "indexer/extract/dates/calendar_expression.h"

#include <algorithm>
#include <array>

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

Expressions read_decade(const TemporalCursor& at, std::uint32_t i) {
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

// ", 1998", "1998", "of 1998", "of last year", "last year".
std::optional<ReadYearOf> read_year_after(const TemporalCursor& at, std::uint32_t i,
                                          bool with_day) {
  if (at.is(i, ",")) {
    const auto year = read_year(at, i + 1);
    if (!year || digits_of(at.token(i + 1)) == std::nullopt || at.in(year->end, Role::counted))
      return std::nullopt;
    return ReadYearOf{.year = year->value, .end = year->end};
  }
  if (const auto year = read_year(at, i)) {
    if (at.in(year->end, Role::counted)) return std::nullopt;
    return ReadYearOf{.year = year->value, .end = year->end};
  }
  const std::uint32_t first = at.in(i, Role::of) ? i + 1 : i;
  if (with_day && first == i) return std::nullopt;
  return read_year_of(at, first);
}

// Days before the month: "24 February", "the 3rd of May", "10-12 October". Where they begin.
struct DaysBefore {
  int day = 0;
  std::optional<ReadNumber> range_begin = std::nullopt;  // its `end` is the token
  std::uint32_t begin = 0;
};
std::optional<DaysBefore> read_days_before(const TemporalCursor& at, std::uint32_t month) {
  if (month == 0) return std::nullopt;
  std::uint32_t last = month - 1;
  const bool of = at.in(last, Role::of) && last > 0;
  if (of) --last;
  const auto number = read_day_of_month(at, last);
  if (!number || (of && !number->ordinal) || number->end != (of ? month - 1 : month))
    return std::nullopt;
  if (at.token(last).kind == TokenKind::word && !of) return std::nullopt;  // "the third March"
  if (at.before(last).is("$") || (at.token(last).glued && at.before(last).is(".")))
    return std::nullopt;
  DaysBefore days{.day = number->value, .begin = last};
  if (last >= 2 && (at.dash(last - 1) || at.in(last - 1, {Role::to, Role::and_}))) {
    const auto first = read_day_of_month(at, last - 2);
    if (first && first->value < number->value && first->end == last - 1 &&
        at.token(last - 2).kind == TokenKind::number) {
      days.range_begin = ReadNumber{first->value, last - 2, first->ordinal};
    }
  }
  if (of && !days.range_begin) days.begin = with_determiner(at, days.begin);
  return days;
}

// Is the number at i the second day of "March 3-5" or "March 3 and 4"?
std::optional<ReadNumber> read_second_day(const TemporalCursor& at, std::uint32_t i, int first) {
  const bool dash = at.dash(i);
  if (!dash && !at.in(i, {Role::and_, Role::to, Role::through})) return std::nullopt;
  const auto number = read_day_of_month(at, i + 1);
  if (!number || number->value <= first || at.token(i + 1).kind != TokenKind::number)
    return std::nullopt;
  const Token& next = at.token(number->end);
  if (next.kind == TokenKind::number || is_month(at, number->end)) return std::nullopt;
  if (!dash && next.kind == TokenKind::word && !next.in(WordClass::function_word))
    return std::nullopt;
  if (next.is("%") || next.is("-")) return std::nullopt;
  return number;
}

Expressions read_month(const TemporalCursor& at, std::uint32_t i) {
  if (!is_month(at, i)) return {};
  TemporalExpression found{
      .tokens = {i, i + 1}, .unit = DateUnit::month, .part = *at.value(i, Kind::month)};
  std::uint32_t next = i + 1;
  if (is_shortened(at, i) && at.is(next, ".") && at.token(next).glued) ++next;
  Expressions all;
  std::optional<TemporalExpression> second;
  if (const auto before = read_days_before(at, i)) {
    found.unit = DateUnit::day;
    found.day = before->day;
    found.tokens.begin = before->begin;
    if (before->range_begin) {
      all.push_back({.tokens = {before->range_begin->end, before->range_begin->end + 1},
                     .part = found.part,
                     .day = before->range_begin->value});
      found.tokens.begin = i - 1;
      found.ends_range = true;
    }
  } else if (const auto day = read_day_of_month(at, next);
             day && !at.is(day->end, "%") && !at.in(day->end, Role::percent)) {
    found.unit = DateUnit::day;
    found.day = day->value;
    next = day->end;
    if (const auto last = read_second_day(at, next, day->value)) {
      second = found;
      second->tokens = {next + 1, last->end};
      second->day = last->value;
      second->ends_range = true;
      found.tokens.end = next;
      next = last->end;
    }
  }
  const auto year = read_year_after(at, next, found.unit == DateUnit::day);
  if (year) {
    found.year = year->year;
    found.years_away = year->years_away;
    next = year->end;
    for (auto& earlier : all) earlier.year = year->year, earlier.years_away = year->years_away;
  }
  if (second) {
    second->year = found.year;
    second->years_away = found.years_away;
    second->tokens.end = next;
    return {found, *second};
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
  const Token& after = at.token(next);
  if (is_name_part(after) && !after.all_caps && !after.in(WordClass::nationality)) {
    const bool placed = at.before_in(i, {Role::before_weekday, Role::choice, Role::outer_edge});
    const bool begins = i == at.text.sentences[at.token(i).sentence].begin;
    if (!placed && (begins || at.before(i).in(WordClass::title) || at.before_in(i, Role::the)))
      return {};
  }
  TemporalExpression found{.tokens = {i, next}, .meaning = Meaning::weekday, .part = *weekday};
  if (at.word(next, Kind::day_part)) ++found.tokens.end;
  return {found};
}

// ---- Dates in figures ----

std::optional<int> two_or_four_digit_year(const Digits& digits) {
  if (digits.count == 4) return digits.value;
  if (digits.count != 2) return std::nullopt;
  return digits.value + (digits.value < 50 ? 2000 : 1900);
}

// Day and month in either order; where both fit, the American order unless full stops separate
// them.
std::optional<TemporalExpression> day_from(int first, int second, int year, bool day_first) {
  if (second > 12 && first <= 12) day_first = false;
  if (first > 12) day_first = true;
  const int day = day_first ? first : second;
  const int month = day_first ? second : first;
  if (!make_day(year, month, day)) return std::nullopt;
  return TemporalExpression{.part = month, .day = day, .year = year};
}

// 2022-02-24, 24/2/2022, 2/24/98.
Expressions read_separated_figures(const TemporalCursor& at, std::uint32_t i) {
  const Token& part = at.token(i + 1);
  if (!(part.is("-") || part.is("/")) || !part.glued || !at.is(i + 3, part.text)) return {};
  for (std::uint32_t k = i + 2; k < i + 5; ++k) {
    if (!at.token(k).glued) return {};
  }
  const auto a = digits_of(at.token(i)), b = digits_of(at.token(i + 2)),
             c = digits_of(at.token(i + 4));
  if (!a || !b || !c || at.token(i).glued) return {};
  if (at.token(i + 5).glued && (at.is(i + 5, "-") || at.is(i + 5, "/"))) return {};
  std::optional<TemporalExpression> found;
  if (a->count == 4 && b->count <= 2 && c->count <= 2) {
    if (!make_day(a->value, b->value, c->value)) return {};
    found = TemporalExpression{.part = b->value, .day = c->value, .year = a->value};
  } else if (const auto year = two_or_four_digit_year(*c); year && a->count <= 2 && b->count <= 2) {
    if (c->count == 2 && part.is("-")) return {};
    found = day_from(a->value, b->value, *year, false);
  }
  if (!found) return {};
  found->tokens = {i, i + 5};
  return {*found};
}

// 30.11.1994 is one token.
Expressions read_dotted_figures(const TemporalCursor& at, std::uint32_t i) {
  const std::string_view key = at.key(i);
  std::array<int, 3> parts{};
  std::size_t part = 0, digits = 0;
  for (const char c : key) {
    if (c == '.') {
      if (++part > 2 || digits == 0 || digits > 2) return {};
      digits = 0;
    } else if (c < '0' || c > '9' || ++digits > 4) {
      return {};
    } else {
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  if (part != 2 || digits != 4 || !make_day(parts[2], parts[1], parts[0])) return {};
  return {{.tokens = {i, i + 1}, .part = parts[1], .day = parts[0], .year = parts[2]}};
}

Expressions read_number(const TemporalCursor& at, std::uint32_t i) {
  const std::string_view key = at.key(i);
  if (key.size() >= 8 && key.find('.') != std::string_view::npos) return read_dotted_figures(at, i);
  if (auto figures = read_separated_figures(at, i); !figures.empty()) return figures;
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

Expressions read_named_day(const TemporalCursor& at, std::uint32_t i) {
  const auto named = at.holidays.read(at, i);
  if (!named) return {};
  const bool with_day = named->end > i + 1;
  const bool placed = at.before_in(i, {Role::before_holiday, Role::choice});
  if (!with_day && !placed) return {};
  std::uint32_t begin = i;
  if (named->holiday->with_the) begin = with_determiner(at, i);
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
