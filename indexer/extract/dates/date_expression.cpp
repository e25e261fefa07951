#include "indexer/extract/dates/date_expression.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "indexer/extract/dates/temporal_expression.h"
#include "indexer/extract/dates/tense.h"

namespace dateline {
namespace {

namespace chr = std::chrono;

using Value = std::optional<PartialDate>;

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

// How far back a reference reaches and how far a comparison: far beyond real news, but no text
// takes quadratic time.
constexpr std::ptrdiff_t kMostMentions = 200;
constexpr std::uint32_t kNear = 100;  // tokens

constexpr chr::days kNextMonth{31};      // "last" is written of the same month a year ago
constexpr chr::days kSoon{90};           // what a report of the past announces lies so far ahead
constexpr chr::days kLately{62};         // a day so near to publication is written without its year
constexpr chr::days kLongestStory{365};  // from a full date to a day that takes its year
constexpr std::uint32_t kFarParagraphs = 6;

Value checked(PartialDate value) {
  if (value.year < kFirstYear || value.year > kLastYear) return std::nullopt;
  if (value.unit == DateUnit::century && value.year < 100) return std::nullopt;
  if (value.unit == DateUnit::decade && value.year < 10) return std::nullopt;
  if (value.unit == DateUnit::day && !make_day(value.year, value.part, value.day))
    return std::nullopt;
  return value;
}

int year_of(Day day) { return static_cast<int>(civil(day).year()); }

// The value of that unit that holds the day.
PartialDate unit_at(DateUnit unit, Day day) {
  const int year = year_of(day);
  switch (unit) {
    case DateUnit::century:
      return {unit, year / 100 * 100, 0, 0};
    case DateUnit::decade:
      return {unit, year / 10 * 10, 0, 0};
    case DateUnit::year:
      return year_value(day);
    case DateUnit::half:
      return {unit, year, month_value(day).part > 6 ? 2 : 1, 0};
    case DateUnit::quarter:
      return quarter_value(day);
    case DateUnit::season:
    case DateUnit::month:
      return month_value(day);
    case DateUnit::week:
      return iso_week_value(day);
    case DateUnit::weekend: {
      PartialDate weekend = iso_week_value(day);
      weekend.unit = DateUnit::weekend;
      return weekend;
    }
    case DateUnit::day:
      return day_value(day);
  }
  return day_value(day);
}

// So many parts later, when a year has `in_year` of them.
PartialDate add_parts(PartialDate value, int count, int in_year) {
  const int parts = value.year * in_year + value.part - 1 + count;
  return {value.unit, parts / in_year, parts % in_year + 1, 0};
}

Value add(PartialDate value, int count) {
  switch (value.unit) {
    case DateUnit::century:
      value.year += 100 * count;
      break;
    case DateUnit::decade:
      value.year += 10 * count;
      break;
    case DateUnit::year:
      value.year += count;
      break;
    case DateUnit::half:
      value = add_parts(value, count, 2);
      break;
    case DateUnit::quarter:
      value = add_parts(value, count, 4);
      break;
    case DateUnit::month:
      value = add_parts(value, count, 12);
      break;
    case DateUnit::season:
      value.year += count;
      break;
    case DateUnit::week:
    case DateUnit::weekend:
      return checked(unit_at(value.unit, days_of(value).first + chr::weeks{count}));
    case DateUnit::day:
      return checked(day_value(days_of(value).first + chr::days{count}));
  }
  return checked(value);
}

struct Mention {
  PartialDate value;
  TokenRange tokens;
  bool compared = false;  // a year earlier: not what later sentences go on from
  bool dated = false;     // its year is written, or carried on from one that is
};

// Gives the expressions of one article their days, in text order, each knowing those before it.
class DateResolver {
 public:
  DateResolver(const TokenizedText& text, Day published) : text_(text), published_(published) {}

  std::vector<Mention> run(const std::vector<TemporalExpression>& expressions);

 private:
  Value resolve(const TemporalExpression& e) const;
  Value calendar(const TemporalExpression& e) const;
  Value recurring(const TemporalExpression& e) const;
  Value weekday(const TemporalExpression& e) const;
  Value shifted(const TemporalExpression& e) const;
  Value compared(const TemporalExpression& e) const;
  Value quarter_again(const TemporalExpression& e) const;
  Value day_of_month(const TemporalExpression& e) const;
  Value year_written(const TemporalExpression& e) const;
  std::vector<PartialDate> in_year(const TemporalExpression& e, int year) const;
  Value first_of(const TemporalExpression& e, int year) const;
  Value carried(const TemporalExpression& e, Tense when, const Value& usual) const;
  Value beside_last(const TemporalExpression& e) const;
  Value beside_day(const TemporalExpression& e, Day base) const;
  Value counted_on(const TemporalExpression& e) const;
  bool carries(const TemporalExpression& e) const;
  const Mention* last_dated(const TemporalExpression& e) const;
  const PartialDate* coarser_mention(const TemporalExpression& e) const;
  bool comes_every_year(const TemporalExpression& e) const;
  bool is_counted(const TemporalExpression& e) const;
  bool is_birth(const TemporalExpression& e) const;
  bool sentence_has(const TemporalExpression& e, DateRole role) const;
  Value not_before_last(const TemporalExpression& e, PartialDate value) const;
  const PartialDate* last_mention(DateUnit at_least) const;
  std::vector<Mention>::const_reverse_iterator oldest() const {
    return mentions_.rbegin() + std::min(std::ssize(mentions_), kMostMentions);
  }
  bool compares(TokenRange tokens) const;
  bool is_begun(const TemporalExpression& e) const;
  bool is_deadline(const TemporalExpression& e) const;
  Value main_quarter() const;
  Tense tense(const TemporalExpression& e) const { return tense_at(text_, e.tokens); }

  const TokenizedText& text_;
  Day published_;
  std::vector<Mention> mentions_;
};

std::vector<Mention> DateResolver::run(const std::vector<TemporalExpression>& expressions) {
  for (const auto& expression : expressions) {
    Value value = resolve(expression);
    if (value && expression.ends_range && !expression.year && !expression.years_away)
      value = not_before_last(expression, *value);
    if (!value) continue;
    const bool dated = (expression.year && !is_birth(expression)) || carries(expression);
    mentions_.push_back(
        {*value, expression.tokens, expression.meaning == Meaning::compared, dated});
  }
  return std::move(mentions_);
}

Value DateResolver::resolve(const TemporalExpression& e) const {
  switch (e.meaning) {
    case Meaning::calendar:
      return calendar(e);
    case Meaning::holiday:
      return calendar(e);
    case Meaning::weekday:
      return weekday(e);
    case Meaning::day_of_month:
      return day_of_month(e);
    case Meaning::shifted:
      return shifted(e);
    case Meaning::compared:
      return compared(e);
    case Meaning::quarter_again:
      return quarter_again(e);
    case Meaning::latest_quarter:
      return add(quarter_value(published_), -1);
  }
  return std::nullopt;
}

// The latest mention exact enough to count units of that size from: a day for days, anything for
// years.
const PartialDate* DateResolver::last_mention(DateUnit at_least) const {
  for (auto mention = mentions_.rbegin(); mention != oldest(); ++mention) {
    if (mention->value.unit >= at_least) return &mention->value;
  }
  return nullptr;
}

// Those that exist: February 29 does not every year, a feast of the moon may come twice.
std::vector<PartialDate> DateResolver::in_year(const TemporalExpression& e, int year) const {
  std::vector<PartialDate> values;
  if (e.meaning != Meaning::holiday) {
    if (const auto value = checked({e.unit, year, e.part, e.day})) values.push_back(*value);
    return values;
  }
  for (const Day day : days_in(*e.holiday, year)) values.push_back(day_value(day));
  return values;
}

Value DateResolver::calendar(const TemporalExpression& e) const {
  if (e.years_from_last) return counted_on(e);
  if (!e.year && !e.years_away) return recurring(e);
  int year = e.year ? *e.year : year_of(published_) + *e.years_away;
  if (e.two_digit_year) {
    year += year_of(published_) / 100 * 100;
    if (year > year_of(published_) + 10) year -= 100;
  }
  return first_of(e, year);
}

Value DateResolver::first_of(const TemporalExpression& e, int year) const {
  if (e.meaning != Meaning::holiday && e.part == 0) return checked({e.unit, year, e.part, e.day});
  const auto values = in_year(e, year);
  return values.empty() ? std::nullopt : Value(values.front());
}

// "April of that year": the year last spoken of.
Value DateResolver::counted_on(const TemporalExpression& e) const {
  const PartialDate* last = last_mention(DateUnit::year);
  const int year = last != nullptr ? last->year : year_of(published_);
  return first_of(e, year + *e.years_from_last);
}

// The year a day, month, quarter, season or named day belongs to when none is written.
Value DateResolver::recurring(const TemporalExpression& e) const {
  const int now = year_of(published_);
  std::vector<PartialDate> years;  // those that exist: February 29 does not every year
  for (int year = now - 8; year <= now + 8; ++year) {
    for (const auto& value : in_year(e, year)) years.push_back(value);
  }
  Value last, next, begun, coming, nearest;
  long distance = 0;
  for (const auto& value : years) {
    const DayRange days = days_of(value);
    if (days.last < published_) last = value;
    if (days.first <= published_) begun = value;
    if (days.first > published_ && !next) next = value;
    if (days.last >= published_ && !coming) coming = value;
    const Day middle = days.first + (days.last - days.first) / 2;
    const long away = std::labs((middle - published_).count());
    if (!nearest || away < distance) nearest = value, distance = away;
  }
  switch (e.choice) {
    case Choice::last:
    case Choice::latest:
      return last;
    case Choice::next:
      return next;
    case Choice::present:
      return e.unit == DateUnit::season && e.part == 4 ? nearest : first_of(e, now);
    case Choice::following:
    case Choice::previous:
    case Choice::same:
      return beside_last(e);
    case Choice::by_tense:
      break;
  }
  const Tense when = tense(e);
  if (const auto value = carried(e, when, nearest)) return value;
  if (is_begun(e)) return begun;
  if (when == Tense::future) return e.unit == DateUnit::quarter ? nearest : coming;
  if (e.unit == DateUnit::quarter || e.unit == DateUnit::half) return begun;
  if (when == Tense::leaning_past && !is_deadline(e)) {
    const bool next_month = next && days_of(*next).first - published_ <= kNextMonth;
    if (e.unit == DateUnit::month) return next_month ? next : begun;
    if (e.unit != DateUnit::day) return begun;
    // "a hearing on Feb. 10" of next month is announced; what is months ahead was not.
    const bool soon = coming && days_of(*coming).first - published_ <= kSoon;
    return soon ? nearest : begun;
  }
  return when == Tense::past ? begun : nearest;
}

// The value in that year, or the next one when it would end before `from` begins.
Value first_from(const PartialDate& from, PartialDate value) {
  const auto this_year = checked(value);
  if (this_year && days_of(*this_year).last >= days_of(from).first) return this_year;
  ++value.year;
  return checked(value);
}

// The year of a full date goes on to the days without one that follow it in a report of the past:
// "on December 16, 2010. She came back on December 27". `usual` is what is meant otherwise.
Value DateResolver::carried(const TemporalExpression& e, Tense when, const Value& usual) const {
  const bool fits = e.meaning == Meaning::calendar &&
                    (e.unit == DateUnit::day || e.unit == DateUnit::month) && e.part > 0;
  if (!fits || when == Tense::future || mentions_.empty() || comes_every_year(e))
    return std::nullopt;
  const Mention* full = last_dated(e);
  if (full == nullptr) return std::nullopt;
  const auto known = first_from(full->value, {e.unit, full->value.year, e.part, e.day});
  if (!known || days_of(*known).first > published_) return std::nullopt;
  if (*known == full->value) return known;
  const auto usual_away = usual ? days_of(*usual).last - published_ : kLongestStory;
  const bool lately = std::abs(usual_away.count()) <= kLately.count();
  if (lately && (when != Tense::past || e.unit == DateUnit::month)) return std::nullopt;
  if (days_of(*known).first - days_of(full->value).first > kLongestStory) return std::nullopt;
  // Months without a year are written of figures, too: only a story in one go carries theirs.
  const std::uint32_t most = lately ? 0 : e.unit == DateUnit::month ? 1 : kFarParagraphs;
  const std::uint32_t paragraph = text_.tokens[e.tokens.begin].paragraph;
  const std::uint32_t apart = paragraph - text_.tokens[full->tokens.begin].paragraph;
  return apart <= most ? known : std::nullopt;
}

// The dated day or month last spoken of, or one that is the same day of its year.
const Mention* DateResolver::last_dated(const TemporalExpression& e) const {
  const Mention* last = nullptr;
  for (auto mention = mentions_.rbegin(); mention != oldest(); ++mention) {
    const PartialDate& value = mention->value;
    if (!mention->dated || value.part == 0 || value.unit < DateUnit::month ||
        (value.unit != DateUnit::month && value.unit != DateUnit::day))
      continue;
    if (last == nullptr) last = &*mention;
    if (value.unit == e.unit && value.part == e.part && value.day == e.day) return &*mention;
  }
  return last;
}

// Near "anniversary" and "annual", a day is of this year.
bool DateResolver::comes_every_year(const TemporalExpression& e) const {
  return sentence_has(e, DateRole::anniversary);
}

bool DateResolver::is_birth(const TemporalExpression& e) const {
  return sentence_has(e, DateRole::born);
}

bool DateResolver::sentence_has(const TemporalExpression& e, DateRole role) const {
  const TokenRange sentence = text_.sentences[text_.tokens[e.tokens.begin].sentence];
  const std::uint32_t begin =
      std::max(sentence.begin, e.tokens.begin - std::min(e.tokens.begin, kNear));
  const std::uint32_t end = std::min(sentence.end, e.tokens.end + kNear);
  return std::any_of(text_.tokens.begin() + begin, text_.tokens.begin() + end,
                     [&](const Token& token) { return token.in(role); });
}

// Is the year of the expression one that was carried on?
bool DateResolver::carries(const TemporalExpression& e) const {
  if (e.meaning != Meaning::calendar || e.choice != Choice::by_tense || e.years_away) return false;
  if (e.years_from_last) return true;
  if (e.year || e.part == 0 || (e.unit != DateUnit::day && e.unit != DateUnit::month)) return false;
  return carried(e, tense(e), std::nullopt).has_value();
}

// "the following spring", "the previous March", "the same April": counted from the day last spoken
// of.
Value DateResolver::beside_last(const TemporalExpression& e) const {
  const PartialDate* last = last_mention(DateUnit::month);
  if (last == nullptr) last = last_mention(DateUnit::year);
  const Day base = last != nullptr ? days_of(*last).first : published_;
  Value previous, same, following;
  for (int year = year_of(base) - 2; year <= year_of(base) + 2; ++year) {
    for (const auto& value : in_year(e, year)) {
      const DayRange days = days_of(value);
      if (days.last < base) previous = value;
      if (days.last >= base && !same) same = value;
      if (days.first > base && !following) following = value;
    }
  }
  return e.choice == Choice::previous ? previous : e.choice == Choice::same ? same : following;
}

// The weekday before, at or after a day.
Value DateResolver::beside_day(const TemporalExpression& e, Day base) const {
  const int ahead = (e.part - static_cast<int>(chr::weekday{base}.iso_encoding()) + 7) % 7;
  const int away = e.choice == Choice::previous ? ahead - 7
                   : e.choice == Choice::same   ? ahead
                                                : (ahead == 0 ? 7 : ahead);
  return checked(unit_at(e.unit, base + chr::days{away}));
}

// "since March": it has begun, whatever the clause tells.
bool DateResolver::is_begun(const TemporalExpression& e) const {
  return e.tokens.begin > 0 && text_.tokens[e.tokens.begin - 1].in(DateRole::since);
}

// "by May", "until Oct. 31": told in the past, it may lie ahead.
bool DateResolver::is_deadline(const TemporalExpression& e) const {
  if (e.tokens.begin == 0) return false;
  return text_.tokens[e.tokens.begin - 1].in(DateRole::deadline);
}

Value DateResolver::weekday(const TemporalExpression& e) const {
  const int ahead = (e.part - static_cast<int>(chr::weekday{published_}.iso_encoding()) + 7) %
                    7;  // days to the next one, today included
  const auto value = [&](int days) {
    return checked(unit_at(e.unit, published_ + chr::days{days}));
  };
  const int behind = ahead == 0 ? 0 : ahead - 7;
  if (e.unit == DateUnit::weekend) {
    const bool begun = chr::weekday{published_}.iso_encoding() >= 6;
    return begun || tense(e) == Tense::future ? value(0) : value(-7);
  }
  if (e.weeks_away) {
    const int monday = 1 - static_cast<int>(chr::weekday{published_}.iso_encoding());
    return value(monday + 7 * *e.weeks_away + e.part - 1);
  }
  switch (e.choice) {
    case Choice::following:
    case Choice::previous:
    case Choice::same: {
      const PartialDate* last = last_mention(DateUnit::day);
      return beside_day(e, last != nullptr ? days_of(*last).first : published_);
    }
    case Choice::last:
    case Choice::latest:
      return value(ahead - 7);
    case Choice::next:
      return value(ahead == 0 ? 7 : ahead);
    case Choice::present:
      return tense(e) == Tense::past ? value(behind) : value(ahead);
    case Choice::by_tense:
      return tense(e) == Tense::future ? value(ahead) : value(behind);
  }
  return std::nullopt;
}

// "three weeks later", "two days before"; not "the next day".
bool DateResolver::is_counted(const TemporalExpression& e) const {
  const Token& last = text_.tokens[e.tokens.end - 1];
  return e.from == Reference::last_mention &&
         (last.in(DateRole::later) || last.in(DateRole::earlier) || last.in(DateRole::before));
}

// A month or year spoken of in the paragraph after the last day: what counts from it is no more
// exact than it is.
const PartialDate* DateResolver::coarser_mention(const TemporalExpression& e) const {
  if (mentions_.empty()) return nullptr;
  const Mention& last = mentions_.back();
  const std::uint32_t paragraph = text_.tokens[e.tokens.begin].paragraph;
  if (!is_counted(e)) return nullptr;
  if (!last.dated || last.value.unit >= e.unit || last.value.unit < DateUnit::year ||
      paragraph - text_.tokens[last.tokens.begin].paragraph > 1)
    return nullptr;
  return &last.value;
}

Value DateResolver::shifted(const TemporalExpression& e) const {
  Day base = published_;
  if (e.from == Reference::last_mention) {
    if (const PartialDate* coarse = coarser_mention(e)) {
      const auto moved = add(unit_at(e.unit, days_of(*coarse).first), e.away);
      if (!moved) return std::nullopt;
      return unit_at(coarse->unit, days_of(*moved).first);
    }
    if (const PartialDate* mention = last_mention(e.unit)) base = days_of(*mention).first;
  }
  const auto value = add(unit_at(e.unit, base), e.away);
  // "seven decades later" in a report of the past counts from a day that is not written.
  const bool far = is_counted(e) && e.away > 0 && e.unit <= DateUnit::year;
  if (value && far && days_of(*value).first > published_ && tense(e) != Tense::future)
    return std::nullopt;
  return value;
}

// Does the sentence set two figures against each other?
bool DateResolver::compares(TokenRange tokens) const {
  const TokenRange sentence = text_.sentences[text_.tokens[tokens.begin].sentence];
  const std::uint32_t begin =
      std::max(sentence.begin, tokens.begin - std::min(tokens.begin, kNear));
  for (std::uint32_t i = begin; i < std::min(sentence.end, tokens.end + kNear); ++i) {
    if (text_.tokens[i].in(DateRole::compares)) return true;
  }
  return false;
}

// "profit rose to $4 million from $3 million a year earlier": the quarter spoken of, a year before.
Value DateResolver::compared(const TemporalExpression& e) const {
  const Token& last = text_.tokens[e.tokens.end - 1];
  const bool by_hyphen = !last.in(DateRole::earlier) && !last.in(DateRole::ago);
  if (e.unit == DateUnit::quarter)
    return add(main_quarter().value_or(*add(quarter_value(published_), -1)), -4);
  if (!by_hyphen && !compares(e.tokens)) return shifted(e);
  const std::uint32_t paragraph = text_.tokens[e.tokens.begin].paragraph;
  for (auto mention = mentions_.rbegin(); mention != oldest(); ++mention) {
    const DateUnit unit = mention->value.unit;
    const bool near = text_.tokens[mention->tokens.begin].paragraph == paragraph;
    if (mention->compared || (unit != DateUnit::quarter &&
                              (!near || (unit != DateUnit::month && unit != DateUnit::year))))
      continue;
    return add(mention->value, unit == DateUnit::quarter ? -4 : unit == DateUnit::month ? -12 : -1);
  }
  return shifted(e);
}

// The quarter an article reports on: the last one spoken of that has begun and is not the one
// compared with.
Value DateResolver::main_quarter() const {
  for (auto mention = mentions_.rbegin(); mention != oldest(); ++mention) {
    if (mention->value.unit == DateUnit::quarter && !mention->compared &&
        days_of(mention->value).first <= published_)
      return mention->value;
  }
  return std::nullopt;
}

Value DateResolver::quarter_again(const TemporalExpression& e) const {
  Value quarter = main_quarter();
  if (!e.year) return quarter;
  if (!quarter) return PartialDate{DateUnit::year, *e.year, 0, 0};
  quarter->year = *e.year;
  return quarter;
}

Value DateResolver::day_of_month(const TemporalExpression& e) const {
  const PartialDate* mention = last_mention(DateUnit::month);
  PartialDate month = month_value(mention != nullptr ? days_of(*mention).first : published_);
  if (mention == nullptr && e.day > day_value(published_).day && tense(e) != Tense::future)
    month = *add(month, -1);
  return checked({DateUnit::day, month.year, month.part, e.day});
}

// "from Dec. 24 to Jan. 2": the end of a range does not come before its beginning.
Value DateResolver::not_before_last(const TemporalExpression& e, PartialDate value) const {
  if (mentions_.empty() || value >= mentions_.back().value) return value;
  const PartialDate& first = mentions_.back().value;
  if (first.unit != value.unit) return value;
  if (e.meaning == Meaning::weekday) return add(value, value.unit == DateUnit::day ? 7 : 1);
  if (e.meaning != Meaning::calendar || e.part == 0) return value;
  // Both without a year: the later month decides, "between November and March" ended this March.
  value.year = first.year + (value.part < first.part ? 1 : 0);
  return checked(value);
}

Span span_of(const TokenizedText& text, TokenRange tokens) { return text.span_of(tokens); }

}  // namespace

std::vector<DateMentions> find_dates(const TokenizedText& text, Day published,
                                     const Holidays& holidays) {
  const auto mentions =
      DateResolver(text, published).run(find_temporal_expressions(text, holidays));
  const auto in_calendar = [](const PartialDate& a, const PartialDate& b) {
    return std::tuple(days_of(a).first, days_of(a).last, a.unit) <
           std::tuple(days_of(b).first, days_of(b).last, b.unit);
  };
  std::map<PartialDate, std::vector<Span>, decltype(in_calendar)> by_value(in_calendar);
  for (const auto& mention : mentions)
    by_value[mention.value].push_back(span_of(text, mention.tokens));
  std::vector<DateMentions> dates;
  dates.reserve(by_value.size());
  for (auto& [value, spans] : by_value) dates.push_back({value, std::move(spans)});
  return dates;
}

}  // namespace dateline
