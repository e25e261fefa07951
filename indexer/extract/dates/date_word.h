// The words dates are made of: what a single word may mean in a calendar, and what it does beside
// a date.
//
// "Feb" is month 2, "Thursday" weekday 4, "twenty" the number 20, "third" the place 3; "since"
// stands before years, "troops" are counted and make "2000 troops" no year. All words are rows of
// data/LANG/dates/words.tsv, so that the rules of this folder know roles and no words.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

namespace dateline {

// What the word means in a calendar; each word has one kind at most.
enum class DateWordKind : std::uint8_t {
  none,      // only roles
  month,     // value 1-12
  weekday,   // value 1-7, Monday first (ISO 8601)
  season,    // value 1-4, spring first, as PartialDate
  unit,      // value: a DateUnit; day, week, weekend, month, quarter, half, year, decade, century
  units,     // their plurals
  day_part,  // morning, night: value 0
  day_name,  // today 0, tonight 0, yesterday -1, tomorrow 1: days from publication
  cardinal,  // value 0-90: one ... twenty ... ninety
  ordinal,   // value 1-31: first ... thirty-first is two tokens
  decade,    // value 20-90: the nineties
  shift,     // value: Shift
  edge,      // early, late, mid: part of the span, no change of the value
};

// What "last", "this", "the following" do to the unit after them.
enum class Shift : std::uint8_t {
  last,       // the one before the day of publication
  next,       // the one after it
  present,    // this, current: the one that holds it
  latest,     // the last whole one
  following,  // the one after the date last mentioned
  previous,   // the one before it
  same,       // that, the same: the date last mentioned itself
};

// What a word does beside a date; a word may have many roles. data/en/dates/README.md has the same
// list for whoever adds a row.
enum class DateRole : std::uint8_t {
  // Months and weekdays.
  shortened,  // Feb, Tue: a date only with a full stop or a number beside it
  doubtful,   // May, March, April: also words or names

  // Words before a date.
  before_year,          // than 1998: a year, unless what follows is counted
  surely_before_year,   // since 2000: a year, unless what follows is a measure
  before_short_year,    // summer '98
  before_month,         // ended June: a month, although June may be a name
  surely_before_month,  // during May: the same, although a name may follow
  before_weekday,       // until Sunday: a day, although a name may follow
  before_day_number,    // on the 17th
  before_holiday,       // at Easter: a day, not the name of something else
  before_year_end,      // by year-end
  before_number,        // page 1999, about 2000: any number, so no year
  before_shift,         // the next, that same: part of the mention
  after_shift,          // last fiscal year: may stand between the shift and the unit
  choice,               // last, next, this: which Thursday, May or summer
  determiner,           // the 1998 election
  deadline,             // by November: may lie ahead in a report of the past
  how_long,             // over the past year: a duration, no date

  // Words beside a date that are part of it, or tell that it is one.
  outer_edge,         // early, late
  middle_edge,        // mid
  span_edge,          // the end of, the middle of
  noon,               // noon Friday, midnight
  half_day,           // 9 a.m.
  time_zone,          // 9 a.m. GMT
  reported_period,    // the 1988 quarter: the quarter last spoken of, in that year
  compared_period,    // the year-ago quarter
  fiscal,             // fiscal 1998
  counted,            // 2000 troops: no year
  percent,            // May 2 percent: no day
  street,             // 1900 Mill Lane: no year
  business,           // profit: "the third quarter" is of the year, not of a match
  compares,           // from, against, rose: two figures are set against each other
  place_preposition,  // the day before in Oslo: "before" ends its clause
  recurring,          // each Thursday, Monday nights: no date
  owner,              // in his late 20s: an age
  dated,              // 2005 levels, a 2035 target: the number before it is a year
  fortnight,          // a unit of two
  closing,            // the final quarter of 2022
  opening,            // the opening quarter of 2022
  modern,             // today's youth: no day is meant
  nowadays,           // even today, than today: no day is meant
  about,              // about two years ago
  more_or_less,       // more than two years ago

  // Words that tell a tense.
  future,       // will, plans, due
  past,         // took, won
  saying,       // said: tells little of the tense
  not_past,     // need, united: ends like a past tense and is none
  present_be,   // is to, are meeting
  was,          // was set
  be,           // will be lifted: another word tells the tense
  been,         // has been expected
  set,          // is set to
  orders,       // told, agreed: what they are to do lies ahead
  subject,      // we, they: a base form after it is a verb
  timetable,    // we play, they open: the present of what is planned
  unplanned,    // explosion, attack: has happened when it is written of
  anniversary,  // comes every year: takes no year from the dates before it
  born,         // a birth: later dates do not go on from it

  // Words of grammar, each a role of its own.
  a,
  after,
  ago,
  ahead,
  an,
  and_,
  before,
  couple,
  dozen,
  earlier,
  end,
  from,
  in_,
  later,
  now,  // now, today: what "from" counts from
  of,
  or_,
  possessive,
  since,
  than,
  the,
  this_,
  thousand,
  time,
  through,
  to,
  until,
};
constexpr std::size_t kDateRoles = static_cast<std::size_t>(DateRole::until) + 1;

struct DateWord {
  DateWordKind kind = DateWordKind::none;
  std::int16_t value = 0;
  std::bitset<kDateRoles> roles;

  bool has(DateRole role) const { return roles[static_cast<std::size_t>(role)]; }
};

// The columns "roles" (a kind and roles, separated by commas) and "value" of a row. Throws BadRow
// naming what is no role, no value of the kind, or missing.
DateWord parse_date_word(std::string_view roles, std::string_view value);

}  // namespace dateline
