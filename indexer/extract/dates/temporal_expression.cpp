#include "indexer/extract/dates/temporal_expression.h"

#include "indexer/extract/dates/calendar_expression.h"
#include "indexer/extract/dates/relative_expression.h"
#include "indexer/extract/dates/temporal_cursor.h"

namespace dateline {
namespace {

using Kind = DateWordKind;
using Role = DateRole;

// Nine of ten tokens begin no rule: they are no number, no date word and no capitalised word.
bool may_be_head(const TokenizedText& text, std::uint32_t i) {
  const Token& token = text.tokens[i];
  switch (token.kind) {
    case TokenKind::number:
      return true;
    case TokenKind::word:
      return token.capitalised || token.in(Role::the) || is_calendar_word(token);
    case TokenKind::quote:
      return i + 1 < text.tokens.size() && text.tokens[i + 1].kind == TokenKind::number &&
             text.tokens[i + 1].glued;
    case TokenKind::punctuation:
      return false;
  }
  return false;
}

// The expressions of one article, left to right; each takes its tokens from those after it.
class TemporalReader {
 public:
  TemporalReader(const TokenizedText& text, const Holidays& holidays)
      : text_(text), at_{text, holidays} {}

  std::vector<TemporalExpression> run() {
    for (const TokenRange paragraph : text_.paragraphs) {
      at_.floor = paragraph.begin;
      at_.end = paragraph.end;
      for (std::uint32_t i = paragraph.begin; i < paragraph.end;) i = read(i);
    }
    share_years();
    return std::move(found_);
  }

 private:
  std::uint32_t read(std::uint32_t i);
  std::uint32_t end_of_other_name(std::uint32_t i) const;
  void take(TemporalExpression expression);
  bool joins_clauses(std::uint32_t that) const;
  void choose(TemporalExpression& expression) const;
  void add_clock(TemporalExpression& expression) const;
  void add_edges(TemporalExpression& expression) const;
  bool follows(const TemporalExpression& expression) const;
  void share_years();

  const TokenizedText& text_;
  TemporalCursor at_;
  std::vector<TemporalExpression> found_;
};

// The token to go on with.
std::uint32_t TemporalReader::read(std::uint32_t i) {
  if (!may_be_head(text_, i)) return i + 1;
  if (const std::uint32_t end = end_of_other_name(i)) {
    at_.floor = end;
    return end;
  }
  auto read = read_calendar_expression(at_, i);
  if (read.empty()) {
    if (auto relative = read_relative_expression(at_, i)) read.push_back(*relative);
  }
  if (read.empty()) return i + 1;
  for (auto& expression : read) take(expression);
  return std::max(i + 1, found_.back().tokens.end);
}

// "Saturday Night Live": the token after a name that only looks like a date, 0 when none begins
// at i.
std::uint32_t TemporalReader::end_of_other_name(std::uint32_t i) const {
  if (!text_.tokens[i].capitalised) return 0;
  const auto named = at_.holidays.historic().read(at_, i);
  return named && !named->date->value ? named->end : 0;
}

void TemporalReader::take(TemporalExpression expression) {
  if (expression.tokens.begin < at_.floor) expression.tokens.begin = at_.floor;
  choose(expression);
  add_clock(expression);
  add_edges(expression);
  expression.is_listed = expression.ends_range || follows(expression);
  expression.ends_range =
      expression.ends_range || (expression.is_listed && !at_.in(at_.floor, Role::and_));
  at_.floor = expression.tokens.end;
  found_.push_back(expression);
}

// "said that Friday was": no Friday is pointed at, as "on that Friday" does.
bool TemporalReader::joins_clauses(std::uint32_t that) const {
  if (!at_.in(that, Role::before_shift)) return false;  // the same Friday
  const bool begins = that == text_.sentences[text_.tokens[that].sentence].begin;
  return !begins && !at_.before_in(that, {Role::before_weekday, Role::before_month});
}

// "last April", "this coming Sunday", "next Thanksgiving".
void TemporalReader::choose(TemporalExpression& expression) const {
  std::uint32_t& begin = expression.tokens.begin;
  const bool recurring =
      expression.meaning == Meaning::weekday || expression.meaning == Meaning::holiday ||
      (expression.meaning == Meaning::calendar && expression.unit == DateUnit::month);
  const bool dated = expression.year || expression.years_away || expression.years_from_last ||
                     expression.weeks_away;
  if (!recurring || dated || begin == 0 || expression.choice != Choice::by_tense) return;
  const auto shift = at_.value(begin - 1, Kind::shift);
  if (!shift) return;
  const auto choice = choice_of(static_cast<Shift>(*shift));
  if (!choice || (*choice == Choice::same && joins_clauses(begin - 1))) return;
  expression.choice = *choice;
  --begin;
  const bool the = begin > 0 && at_.in(begin - 1, Role::the);
  if (the && *choice == Choice::next && expression.meaning == Meaning::weekday)
    expression.choice = Choice::following;  // the next Tuesday
  if (begin > 0 && (at_.in(begin - 1, Role::this_) || (the && *choice > Choice::latest))) --begin;
}

// "9 a.m. EDT Thursday", "noon Friday": the hour before a day is part of the mention.
void TemporalReader::add_clock(TemporalExpression& expression) const {
  if (expression.unit != DateUnit::day) return;
  std::uint32_t begin = expression.tokens.begin;
  if (begin > 0 && at_.is(begin - 1, ",")) --begin;
  if (begin > 0 && at_.in(begin - 1, Role::noon)) {
    expression.tokens.begin = begin - 1;
    return;
  }
  if (begin > 0 && at_.in(begin - 1, Role::time_zone)) --begin;
  if (begin < 2 || !at_.in(begin - 1, Role::half_day)) return;
  begin -= 2;
  if (!digits_of(at_.token(begin))) return;
  if (begin >= 2 && at_.is(begin - 1, ":") && digits_of(at_.token(begin - 2))) begin -= 2;
  expression.tokens.begin = begin;
}

// "late last year", "mid-1998", "the early 1980s", "the end of October".
void TemporalReader::add_edges(TemporalExpression& expression) const {
  std::uint32_t& begin = expression.tokens.begin;
  std::uint32_t edge = begin;
  if (edge > 0 && at_.dash(edge - 1)) --edge;
  if (edge > 0 && at_.word(edge - 1, Kind::edge) &&
      !(edge != begin && !at_.in(edge - 1, {Role::middle_edge, Role::outer_edge}))) {
    const bool comparison =
        at_.in(edge - 1, {Role::earlier, Role::later}) && expression.meaning == Meaning::calendar;
    if (!comparison) {
      begin = edge - 1;
      if (begin > 0 && at_.in(begin - 1, Role::the) && expression.meaning == Meaning::calendar)
        --begin;
    }
  } else if (expression.unit == DateUnit::decade && begin > 0 && at_.in(begin - 1, Role::the)) {
    --begin;
  }
  const bool of = begin >= 2 && at_.in(begin - 1, Role::of) && at_.in(begin - 2, Role::span_edge);
  if (of) begin -= begin >= 3 && at_.in(begin - 3, Role::the) ? 3 : 2;
}

// Does it stand right behind the expression before, separated by "to", "and" or a dash?
bool TemporalReader::follows(const TemporalExpression& expression) const {
  if (found_.empty() || found_.back().tokens.end != at_.floor ||
      expression.tokens.begin != at_.floor + 1)
    return false;
  return at_.dash(at_.floor) ||
         at_.in(at_.floor, {Role::to, Role::through, Role::until, Role::and_});
}

// "between March and May 2012": the year of the second is that of the first.
void TemporalReader::share_years() {
  for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
    TemporalExpression& first = found_[i];
    const TemporalExpression& second = found_[i + 1];
    const bool in_year = first.meaning == Meaning::calendar &&
                         (first.unit == DateUnit::month || first.unit == DateUnit::day) &&
                         first.part > 0;
    if (!in_year || !second.is_listed || first.year || first.years_away || !second.year ||
        second.part == 0)
      continue;
    first.year = *second.year - (first.part > second.part ? 1 : 0);
  }
}

}  // namespace

std::vector<TemporalExpression> find_temporal_expressions(const TokenizedText& text,
                                                          const Holidays& holidays) {
  return TemporalReader(text, holidays).run();
}

}  // namespace dateline
