#include "indexer/extract/dates/relative_expression.h"

#include <algorithm>

#include "indexer/extract/dates/calendar_expression.h"

namespace dateline {
namespace {

using Kind = DateWordKind;
using Role = DateRole;
using Found = std::optional<TemporalExpression>;

TemporalExpression shifted(TokenRange tokens, DateUnit unit, Reference from, int away) {
  return {.tokens = tokens, .meaning = Meaning::shifted, .unit = unit, .from = from, .away = away};
}

std::uint32_t with_the(const TemporalCursor& at, std::uint32_t begin) {
  return begin > 0 && at.in(begin - 1, Role::the) ? begin - 1 : begin;
}

// "the" quarter, "the year": what the edge of a unit belongs to, "the end of the year".
bool has_edge_before(const TemporalCursor& at, std::uint32_t the) {
  return the >= 2 && at.in(the - 1, Role::of) && at.in(the - 2, Role::span_edge);
}

// ---- Quarters, halves and centuries with their number ----

constexpr std::uint32_t kNear = 100;  // tokens to either side

// Where sales, profit or growth are spoken of, "the third quarter" is of the year and not of a
// match.
bool speaks_of_business(const TemporalCursor& at, std::uint32_t i) {
  const std::uint32_t paragraph = at.text.paragraphs[at.text.tokens[i].paragraph].begin;
  for (std::uint32_t k = std::max(paragraph, i - std::min(i, kNear));
       k < std::min(at.end, i + kNear); ++k) {
    const Token& token = at.text.tokens[k];
    if (token.is("$") || token.is("%") || token.is("\u00a3") || token.is("\u20ac")) return true;
    if (token.in(Role::business)) return true;
  }
  return false;
}

// "of 1998", "of last year" after the unit; "'s" and a year before it ("this year's third quarter")
// is read with that year.
void add_year(const TemporalCursor& at, TemporalExpression& found) {
  std::uint32_t next = found.tokens.end;
  if (at.in(next, Role::of) || at.is(next, ",")) ++next;
  if (at.in(next, Role::the) && at.is_unit(next + 1, DateUnit::year)) return;
  if (const auto year = read_year_of(at, next)) {
    found.year = year->year;
    found.years_away = year->years_away;
    found.years_from_last = year->years_from_last;
    found.two_digit_year = year->two_digit_year;
    found.tokens.end = year->end;
  }
}

// The ordinal that ends before token i, hyphen and "fiscal" between: third-quarter, the fiscal
// first quarter.
std::optional<ReadNumber> ordinal_before(const TemporalCursor& at, std::uint32_t i) {
  std::uint32_t last = i;
  if (last > 0 && at.in(last - 1, Role::fiscal)) --last;
  if (last > 0 && at.dash(last - 1) && at.token(last).glued) --last;
  if (last == 0) return std::nullopt;
  --last;
  std::uint32_t begin =
      last >= 2 && at.is(last - 1, "-") && at.value(last - 2, Kind::cardinal).value_or(0) >= 20
          ? last - 2
          : last;
  const auto number = read_day_of_month(at, begin);
  if (!number || !number->ordinal) return std::nullopt;
  if (begin > 0 && at.in(begin - 1, Role::fiscal)) --begin;
  return ReadNumber{number->value, begin, true};
}

// "the last quarter of 2022", "the opening half of last year".
std::optional<ReadNumber> edge_before(const TemporalCursor& at, std::uint32_t i, int parts) {
  if (i == 0 || !at.in(i + 1, Role::of)) return std::nullopt;
  const bool last = at.value(i - 1, Kind::shift) == static_cast<int>(Shift::last);
  if (last || at.in(i - 1, Role::closing)) return ReadNumber{parts, i - 1, true};
  if (at.in(i - 1, Role::opening)) return ReadNumber{1, i - 1, true};
  return std::nullopt;
}

Found read_part_of_year(const TemporalCursor& at, std::uint32_t i, DateUnit unit) {
  auto number = ordinal_before(at, i);
  if (!number) number = edge_before(at, i, unit == DateUnit::half ? 2 : 4);
  if (!number || number->value > (unit == DateUnit::half ? 2 : 4)) return std::nullopt;
  TemporalExpression found{.tokens = {number->end, i + 1}, .unit = unit, .part = number->value};
  add_year(at, found);
  const bool with_year = found.year || found.years_away || found.years_from_last;
  if (!with_year && (unit == DateUnit::half || !speaks_of_business(at, i))) return std::nullopt;
  found.tokens.begin = with_the(at, found.tokens.begin);
  return found;
}

Found read_century(const TemporalCursor& at, std::uint32_t i) {
  const auto number = ordinal_before(at, i);
  if (!number || number->value > 31) return std::nullopt;
  std::uint32_t begin = number->end;
  if (at.word(begin - 1, Kind::edge)) --begin;
  return TemporalExpression{.tokens = {with_the(at, begin), i + 1},
                            .unit = DateUnit::century,
                            .year = (number->value - 1) * 100};
}

// Q3, Q4 2018, 2018's Q4 is not written.
Found read_short_quarter(const TemporalCursor& at, std::uint32_t i) {
  const std::string_view text = at.token(i).text;
  if (text.size() != 2 || text[0] != 'Q' || text[1] < '1' || text[1] > '4') return std::nullopt;
  TemporalExpression found{.tokens = {i, i + 1}, .unit = DateUnit::quarter, .part = text[1] - '0'};
  add_year(at, found);
  return found;
}

// ---- Units with a shift before or a direction behind ----

// "in a fortnight", "in two weeks' time": counted from publication, and no duration.
bool tells_when(const TemporalCursor& at, std::uint32_t i, std::uint32_t next) {
  const auto count = read_count_before(at, i);
  if (!count || count->end == 0 || !at.in(count->end - 1, {Role::in_})) return false;
  if (at.in(i, Role::fortnight)) return true;
  const bool owner = at.token(next).kind == TokenKind::quote || at.in(next, Role::possessive);
  return owner && at.in(next + 1, Role::time);
}

// The last token of "fortnight", "fortnight's time".
std::uint32_t end_of_when(const TemporalCursor& at, std::uint32_t next) {
  return at.in(next + 1, Role::time) ? next + 1 : next - 1;
}

// "a week ago", "three years later", "a year-ago quarter": tokens from the number to the word of
// direction.
Found read_counted(const TemporalCursor& at, std::uint32_t i, DateUnit unit) {
  std::uint32_t next = i + 1;
  const bool hyphen = at.dash(next) && at.token(next).glued;
  if (hyphen) ++next;
  int sign = 0;
  Reference from = Reference::last_mention;
  if (at.in(next, Role::ago))
    sign = -1, from = Reference::publication;
  else if (at.in(next, {Role::earlier, Role::before}))
    sign = -1;
  else if (at.in(next, Role::later))
    sign = 1;
  else if (at.in(next, Role::from) && at.in(next + 1, Role::now))
    sign = 1, from = Reference::publication, ++next;
  else if (tells_when(at, i, next))
    sign = 1, from = Reference::publication, next = end_of_when(at, next);
  else
    return std::nullopt;
  if (hyphen) {  // the year-ago quarter, year-earlier
    if (unit != DateUnit::year || sign > 0) return std::nullopt;
    TemporalExpression found = shifted({i, next + 1}, unit, Reference::last_mention, -1);
    found.meaning = Meaning::compared;
    const bool the = i > 0 && at.in(i - 1, {Role::the, Role::a});
    if (const auto quarter = read_ordinal_part(at, next + 1)) {  // the year-ago third quarter
      return TemporalExpression{.tokens = {the ? i - 1 : i, quarter->end},
                                .unit = quarter->unit,
                                .part = quarter->part,
                                .years_away = -1};
    }
    if (at.in(next + 1, Role::compared_period)) {
      found.unit = at.is_unit(next + 1, DateUnit::quarter) ? DateUnit::quarter : unit;
      found.tokens = {the ? i - 1 : i, next + 2};
    }
    return found;
  }
  const auto count = read_count_before(at, i);
  if (!count || count->value > 3000) return std::nullopt;
  if (at.in(next, Role::before) && at.token(next + 1).kind == TokenKind::word &&
      !at.in(next + 1, Role::place_preposition))
    return std::nullopt;
  std::uint32_t begin = count->end;
  if (begin > 1 && at.in(begin - 1, Role::than) && at.in(begin - 2, Role::more_or_less))
    begin -= 2;
  else if (begin > 0 && at.in(begin - 1, Role::about))
    --begin;
  const int units = count->value * (at.in(i, Role::fortnight) ? 2 : 1);
  TemporalExpression found = shifted({begin, next + 1}, unit, from, sign * units);
  if (unit == DateUnit::year && count->value == 1 && sign < 0) found.meaning = Meaning::compared;
  return found;
}

// "the day before yesterday", "the day after tomorrow"; "the day before" at the end of its clause.
Found read_day_beside(const TemporalCursor& at, std::uint32_t i) {
  const bool before = at.in(i + 1, Role::before);
  if ((!before && !at.in(i + 1, Role::after)) || i == 0 || !at.in(i - 1, Role::the))
    return std::nullopt;
  const int step = before ? -1 : 1;
  if (const auto name = at.value(i + 2, Kind::day_name))
    return shifted({i - 1, i + 3}, DateUnit::day, Reference::publication, *name + step);
  const Token& next = at.token(i + 2);
  const bool ends = next.kind == TokenKind::punctuation || at.in(i + 2, Role::place_preposition);
  if (!ends) return std::nullopt;
  return shifted({i - 1, i + 2}, DateUnit::day, Reference::last_mention, step);
}

struct Shifted {
  Shift shift;
  std::uint32_t begin;
};

// The word of shift before token i, with "the" or "that same" before it; "fiscal" may stand
// between.
std::optional<Shifted> shift_before(const TemporalCursor& at, std::uint32_t i) {
  if (i > 0 && at.in(i - 1, Role::after_shift) && i > 1 && at.word(i - 2, Kind::shift)) --i;
  if (i == 0) return std::nullopt;
  const auto value = at.value(i - 1, Kind::shift);
  if (!value) return std::nullopt;
  std::uint32_t begin = i - 1;
  if (begin > 0 && at.in(begin - 1, Role::before_shift)) --begin;
  return Shifted{static_cast<Shift>(*value), begin};
}

// "in the past year", "over the next week" tell how long, not when.
bool is_duration(const TemporalCursor& at, const Shifted& shift) {
  const bool bounded =
      at.in(shift.begin, Role::the) && (shift.shift == Shift::last || shift.shift == Shift::next);
  return bounded && at.before_in(shift.begin, Role::how_long);
}

// "the last week of June", "the last year of the war": the last one of a span.
bool is_last_of(const TemporalCursor& at, std::uint32_t i) {
  return at.in(i + 1, Role::of) && (at.word(i + 2, Kind::month) ||
                                    read_year(at, i + 2).has_value() || at.in(i + 2, Role::the));
}

Found read_shifted(const TemporalCursor& at, std::uint32_t i, DateUnit unit) {
  const auto shift = shift_before(at, i);
  if (!shift || is_duration(at, *shift)) return std::nullopt;
  const bool with_the = at.in(shift->begin, Role::the);
  const TokenRange tokens{shift->begin, i + 1};
  switch (shift->shift) {
    case Shift::last:
      if (unit == DateUnit::day || (with_the && is_last_of(at, i))) return std::nullopt;
      return shifted(tokens, unit, Reference::publication, at.in(i, Role::fortnight) ? -2 : -1);
    case Shift::next:
      if (unit == DateUnit::day && !with_the) return std::nullopt;
      return shifted(tokens, unit, with_the ? Reference::last_mention : Reference::publication, 1);
    case Shift::present:
      if (unit == DateUnit::day) return std::nullopt;
      return shifted(tokens, unit, Reference::publication, 0);
    case Shift::latest: {
      TemporalExpression found = shifted(tokens, unit, Reference::publication, -1);
      if (unit == DateUnit::quarter) found.meaning = Meaning::latest_quarter;
      return found;
    }
    case Shift::following:
      return shifted(tokens, unit, Reference::last_mention, 1);
    case Shift::previous:
      return shifted(tokens, unit, Reference::last_mention, -1);
    case Shift::same:
      return shifted(tokens, unit, Reference::last_mention, 0);
  }
  return std::nullopt;
}

// "the weekend"; "the quarter" where one was spoken of; "the end of the year"; "the year 2001";
// "fiscal 1988".
Found read_definite(const TemporalCursor& at, std::uint32_t i, DateUnit unit) {
  const bool the = i > 0 && at.in(i - 1, Role::the);
  if (unit == DateUnit::year) {
    const std::uint32_t first = i > 0 && at.in(i - 1, Role::fiscal) ? i - 1 : i;
    if (const auto year = read_year(at, i + 1)) {
      return TemporalExpression{
          .tokens = {with_the(at, first), year->end}, .unit = DateUnit::year, .year = year->value};
    }
    if (at.in(i + 1, Role::end) ||
        (at.is(i + 1, "-") && at.token(i + 1).glued && at.in(i + 2, Role::end))) {
      const std::uint32_t end = at.in(i + 1, Role::end) ? i + 2 : i + 3;
      if (at.before_in(i, Role::before_year_end))
        return shifted({i, end}, unit, Reference::publication, 0);
    }
  }
  if (!the) return std::nullopt;
  if (unit == DateUnit::weekend) {
    return TemporalExpression{.tokens = {i - 1, i + 1},
                              .meaning = Meaning::weekday,
                              .unit = DateUnit::weekend,
                              .part = 6};
  }
  if (unit == DateUnit::quarter && !at.in(i + 1, Role::of)) {
    return TemporalExpression{
        .tokens = {i - 1, i + 1}, .meaning = Meaning::quarter_again, .unit = unit};
  }
  if (has_edge_before(at, i - 1) && unit != DateUnit::day)
    return shifted({i - 1, i + 1}, unit, Reference::publication, 0);
  return std::nullopt;
}

// "this year's third quarter": the year is read, its quarter follows.
Found with_part_of_year(const TemporalCursor& at, TemporalExpression year) {
  if (year.meaning != Meaning::shifted || year.unit != DateUnit::year ||
      year.from != Reference::publication)
    return year;
  std::uint32_t next = year.tokens.end;
  if (at.in(next, Role::possessive)) ++next;
  const auto part = read_ordinal_part(at, next);
  if (!part) return year;
  return TemporalExpression{.tokens = {year.tokens.begin, part->end},
                            .unit = part->unit,
                            .part = part->part,
                            .years_away = year.away};
}

Found read_unit(const TemporalCursor& at, std::uint32_t i, DateUnit unit) {
  if (const auto counted = read_counted(at, i, unit)) return counted;
  if (unit == DateUnit::quarter || unit == DateUnit::half) {
    if (const auto part = read_part_of_year(at, i, unit)) return part;
  }
  if (unit == DateUnit::century) {
    if (const auto century = read_century(at, i)) return century;
  }
  if (unit == DateUnit::day) {
    if (const auto beside = read_day_beside(at, i)) return beside;
  }
  if (const auto shift = read_shifted(at, i, unit)) return with_part_of_year(at, *shift);
  return read_definite(at, i, unit);
}

// ---- Days by name and parts of the day ----

// "than today", "even today", "today's youth": the present age.
bool is_nowadays(const TemporalCursor& at, std::uint32_t i) {
  std::uint32_t next = i + 1;
  if (!at.in(next, Role::possessive)) return at.before_in(i, Role::nowadays);
  ++next;
  return at.in(next, Role::modern) || at.in(next + 1, Role::modern);
}

Found read_day_name(const TemporalCursor& at, std::uint32_t i) {
  const int away = *at.value(i, Kind::day_name);
  TemporalExpression found = shifted({i, i + 1}, DateUnit::day, Reference::publication, away);
  if (away == 0 && is_nowadays(at, i)) return std::nullopt;
  if (away != 0 && at.word(i + 1, Kind::day_part)) ++found.tokens.end;
  if (i >= 2 && at.dash(i - 1) && at.in(i - 2, Role::middle_edge)) found.tokens.begin = i - 2;
  return found;
}

// "this morning", "last night", "the next morning", "that evening".
Found read_day_part(const TemporalCursor& at, std::uint32_t i) {
  const auto shift = shift_before(at, i);
  if (!shift) return std::nullopt;
  const TokenRange tokens{shift->begin, i + 1};
  const bool with_the = at.in(shift->begin, Role::the);
  switch (shift->shift) {
    case Shift::last:
      return with_the ? std::nullopt
                      : Found(shifted(tokens, DateUnit::day, Reference::publication, -1));
    case Shift::present:
      return shifted(tokens, DateUnit::day, Reference::publication, 0);
    case Shift::next:
    case Shift::following:
      return shifted(tokens, DateUnit::day, Reference::last_mention, 1);
    case Shift::previous:
      return shifted(tokens, DateUnit::day, Reference::last_mention, -1);
    case Shift::same:
      return shifted(tokens, DateUnit::day, Reference::last_mention, 0);
    case Shift::latest:
      return std::nullopt;
  }
  return std::nullopt;
}

// "in the summer", "by the spring": nothing else names the season's year.
bool is_definite_season(const TemporalCursor& at, std::uint32_t i) {
  if (i < 2 || !at.in(i - 1, Role::the) || !at.before_in(i - 1, Role::before_short_year))
    return false;
  if (at.before_in(i - 1, Role::of)) return false;
  const Token& next = at.token(i + 1);
  return next.kind == TokenKind::punctuation || next.kind == TokenKind::quote ||
         next.text.empty() || (next.in(WordClass::function_word) && !next.in(Role::of));
}

// A season that is also a verb, "prices fall this year", is none without a word before it that
// time needs.
bool may_be_verb(const TemporalCursor& at, std::uint32_t i) {
  if (at.token(i).capitalised || read_year(at, i + 1)) return false;
  return !at.before_in(i,
                       {Role::the, Role::before_short_year, Role::outer_edge, Role::middle_edge}) &&
         !at.before(i).is("-");
}

// "last summer", "summer 2014", "the spring of 1989", "in the summer"; a season alone may be a fall
// or a spring of water.
Found read_season(const TemporalCursor& at, std::uint32_t i) {
  TemporalExpression found{
      .tokens = {i, i + 1}, .unit = DateUnit::season, .part = *at.value(i, Kind::season)};
  if (const auto shift = shift_before(at, i)) {
    const auto choice = choice_of(shift->shift);
    const bool the = at.in(shift->begin, Role::the);
    const bool counts_on = choice && *choice > Choice::latest;
    if (shift->begin + 1 == i || (the && counts_on)) {
      if (!choice) return std::nullopt;
      found.tokens.begin = shift->begin;
      found.choice = *choice;
      return found;
    }
  }
  if (at.before_in(i, Role::recurring) || may_be_verb(at, i)) return std::nullopt;
  add_year(at, found);
  if (!found.year && !found.years_away && !found.years_from_last && !is_definite_season(at, i))
    return std::nullopt;
  found.tokens.begin = with_the(at, i);
  return found;
}

}  // namespace

std::optional<Choice> choice_of(Shift shift) {
  switch (shift) {
    case Shift::last:
      return Choice::last;
    case Shift::next:
      return Choice::next;
    case Shift::present:
      return Choice::present;
    case Shift::following:
      return Choice::following;
    case Shift::previous:
      return Choice::previous;
    case Shift::same:
      return Choice::same;
    case Shift::latest:
      return std::nullopt;
  }
  return std::nullopt;
}

Found read_relative_expression(const TemporalCursor& at, std::uint32_t i) {
  const Token& token = at.token(i);
  if (token.kind != TokenKind::word) return std::nullopt;
  if (token.text.size() == 2 && token.text[0] == 'Q') return read_short_quarter(at, i);
  if (!is_calendar_word(token)) return std::nullopt;
  const DateWord& word = token.entry->date;
  switch (word.kind) {
    case Kind::unit:
      return read_unit(at, i, static_cast<DateUnit>(word.value));
    case Kind::units:
      return read_counted(at, i, static_cast<DateUnit>(word.value));
    case Kind::day_name:
      return read_day_name(at, i);
    case Kind::day_part:
      return read_day_part(at, i);
    case Kind::season:
      return read_season(at, i);
    default:
      return std::nullopt;
  }
}

}  // namespace dateline
