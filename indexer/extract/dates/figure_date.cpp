#include "indexer/extract/dates/figure_date.h"

#include <array>
#include <string_view>
#include <utility>

namespace dateline {
namespace {

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

// The token "05T08" of a time after ISO 8601: the day before its T, the hour behind it.
bool has_hour(const Token& token) {
  return token.kind == TokenKind::number && token.key.size() == 5 && token.key[2] == 't' &&
         token.key.find_first_not_of("0123456789t") == std::string_view::npos;
}

std::optional<Digits> day_digits(const Token& token) {
  if (!has_hour(token)) return digits_of(token);
  return Digits{.value = (token.key[0] - '0') * 10 + (token.key[1] - '0'), .count = 2};
}

// The token after the time that begins in token i: ":30:00Z", ":30:00+01:00".
std::uint32_t end_of_time(const TemporalCursor& at, std::uint32_t i) {
  if (!has_hour(at.token(i))) return i + 1;
  std::uint32_t end = i + 1;
  while ((at.is(end, ":") || at.is(end, "+") || at.is(end, "-")) && at.token(end).glued &&
         at.token(end + 1).glued && at.token(end + 1).kind == TokenKind::number)
    end += 2;
  return end;
}

// 2022-02-24, 24/2/2022, 2/24/98, 2022-02-24T08:30:00Z.
std::optional<TemporalExpression> read_separated_figures(const TemporalCursor& at,
                                                         std::uint32_t i) {
  const Token& part = at.token(i + 1);
  if (!(part.is("-") || part.is("/")) || !part.glued || !at.is(i + 3, part.text))
    return std::nullopt;
  for (std::uint32_t k = i + 2; k < i + 5; ++k) {
    if (!at.token(k).glued) return std::nullopt;
  }
  const auto a = digits_of(at.token(i)), b = digits_of(at.token(i + 2)),
             c = day_digits(at.token(i + 4));
  if (!a || !b || !c || at.token(i).glued) return std::nullopt;
  if (at.token(i + 5).glued && (at.is(i + 5, "-") || at.is(i + 5, "/"))) return std::nullopt;
  std::optional<TemporalExpression> found;
  if (a->count == 4 && b->count <= 2 && c->count <= 2) {
    if (!make_day(a->value, b->value, c->value)) return std::nullopt;
    found = TemporalExpression{.part = b->value, .day = c->value, .year = a->value};
  } else if (const auto year = two_or_four_digit_year(*c); year && a->count <= 2 && b->count <= 2) {
    if (c->count == 2 && part.is("-")) return std::nullopt;
    found = day_from(a->value, b->value, *year, false);
  }
  if (!found) return std::nullopt;
  found->tokens = {i, end_of_time(at, i + 4)};
  return found;
}

// 19-Nov-2012, 19/Nov/12, 2012-Nov-19.
std::optional<TemporalExpression> read_month_between(const TemporalCursor& at, std::uint32_t i) {
  const Token& part = at.token(i + 1);
  const bool parted = (part.is("-") || part.is("/")) && part.glued && at.is(i + 3, part.text);
  const auto month = at.value(i + 2, DateWordKind::month);
  if (!parted || !month || !at.token(i + 2).glued || !at.token(i + 4).glued) return std::nullopt;
  auto day = digits_of(at.token(i)), written_year = digits_of(at.token(i + 4));
  if (!day || !written_year) return std::nullopt;
  if (day->count == 4) std::swap(day, written_year);
  const auto year = two_or_four_digit_year(*written_year);
  if (!year || !make_day(*year, *month, day->value)) return std::nullopt;
  return TemporalExpression{.tokens = {i, i + 5}, .part = *month, .day = day->value, .year = *year};
}

// 30.11.1994 is one token.
std::optional<TemporalExpression> read_dotted_figures(const TemporalCursor& at, std::uint32_t i) {
  const std::string_view key = at.key(i);
  std::array<int, 3> parts{};
  std::size_t part = 0, digits = 0;
  for (const char c : key) {
    if (c == '.') {
      if (++part > 2 || digits == 0 || digits > 2) return std::nullopt;
      digits = 0;
    } else if (c < '0' || c > '9' || ++digits > 4) {
      return std::nullopt;
    } else {
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  if (part != 2 || digits != 4 || !make_day(parts[2], parts[1], parts[0])) return std::nullopt;
  return TemporalExpression{
      .tokens = {i, i + 1}, .part = parts[1], .day = parts[0], .year = parts[2]};
}

}  // namespace

std::optional<TemporalExpression> read_figure_date(const TemporalCursor& at, std::uint32_t i) {
  const std::string_view key = at.key(i);
  if (key.size() >= 8 && key.find('.') != std::string_view::npos) return read_dotted_figures(at, i);
  if (const auto date = read_separated_figures(at, i)) return date;
  return read_month_between(at, i);
}

}  // namespace dateline
