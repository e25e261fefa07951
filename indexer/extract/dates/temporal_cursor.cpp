#include "indexer/extract/dates/temporal_cursor.h"

#include <algorithm>

namespace dateline {
namespace {

const Token kNothing{};

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 2100;

// "twenty-five" ends before i; the tokens are twenty - five.
std::optional<ReadNumber> compound_before(const TemporalCursor& at, std::uint32_t i) {
  const auto small = at.value(i - 1, DateWordKind::cardinal);
  if (!small) return std::nullopt;
  if (*small < 10 && i >= 3 && at.is(i - 2, "-")) {
    const auto tens = at.value(i - 3, DateWordKind::cardinal);
    if (tens && *tens >= 20) return ReadNumber{*tens + *small, i - 3, false};
  }
  return ReadNumber{*small, i - 1, false};
}

bool has_any(const Token& token, std::initializer_list<DateRole> roles) {
  return std::ranges::any_of(roles, [&](DateRole role) { return token.in(role); });
}

}  // namespace

const Token& TemporalCursor::token(std::uint32_t i) const {
  return has(i) ? text.tokens[i] : kNothing;
}

bool TemporalCursor::in(std::uint32_t i, std::initializer_list<DateRole> any) const {
  return has_any(token(i), any);
}

std::optional<int> TemporalCursor::value(std::uint32_t i, DateWordKind kind) const {
  if (!has(i) || text.tokens[i].kind != TokenKind::word) return std::nullopt;
  const WordEntry* entry = text.tokens[i].entry;
  if (entry == nullptr || entry->date.kind != kind) return std::nullopt;
  return entry->date.value;
}

bool TemporalCursor::is_unit(const Token& token, DateUnit unit) {
  return token.entry != nullptr && token.entry->date.kind == DateWordKind::unit &&
         token.entry->date.value == static_cast<int>(unit);
}

bool TemporalCursor::dash(std::uint32_t i) const {
  return is(i, "-") || is(i, "\u2013") || is(i, "\u2014");
}

const Token& TemporalCursor::before(std::uint32_t i, std::uint32_t steps) const {
  if (i < steps || i - steps >= text.tokens.size()) return kNothing;
  const Token& token = text.tokens[i - steps];
  return i < text.tokens.size() && token.paragraph != text.tokens[i].paragraph ? kNothing : token;
}

bool TemporalCursor::before_in(std::uint32_t i, std::initializer_list<DateRole> any) const {
  return has_any(before(i), any);
}

std::optional<Digits> digits_of(const Token& token) {
  if (token.kind != TokenKind::number) return std::nullopt;
  Digits digits;
  const std::string_view key = token.key;
  std::size_t i = 0;
  for (; i < key.size() && key[i] >= '0' && key[i] <= '9'; ++i) {
    if (i == 4) return std::nullopt;
    digits.value = digits.value * 10 + (key[i] - '0');
  }
  digits.count = static_cast<int>(i);
  const std::string_view rest = key.substr(i);
  digits.ordinal = rest == "st" || rest == "nd" || rest == "rd" || rest == "th";
  if (i == 0 || (!rest.empty() && !digits.ordinal)) return std::nullopt;
  return digits;
}

std::optional<ReadNumber> read_day_of_month(const TemporalCursor& at, std::uint32_t i) {
  if (const auto digits = digits_of(at.token(i))) {
    if (digits->value < 1 || digits->value > 31 || digits->count > 2) return std::nullopt;
    return ReadNumber{digits->value, i + 1, digits->ordinal};
  }
  if (const auto ordinal = at.value(i, DateWordKind::ordinal))
    return ReadNumber{*ordinal, i + 1, true};
  const auto tens = at.value(i, DateWordKind::cardinal);
  if (!tens || (*tens != 20 && *tens != 30) || !at.is(i + 1, "-")) return std::nullopt;
  const auto ones = at.value(i + 2, DateWordKind::ordinal);
  if (!ones || *ones > 9 || *tens + *ones > 31) return std::nullopt;
  return ReadNumber{*tens + *ones, i + 3, true};
}

std::optional<ReadNumber> read_year(const TemporalCursor& at, std::uint32_t i) {
  if (const auto digits = digits_of(at.token(i))) {
    if (digits->ordinal || digits->count != 4 || digits->value < kFirstYear ||
        digits->value > kLastYear)
      return std::nullopt;
    return ReadNumber{digits->value, i + 1, false};
  }
  const auto first = at.value(i, DateWordKind::cardinal);
  if (!first) return std::nullopt;
  if (*first == 2 && at.in(i + 1, DateRole::thousand)) return ReadNumber{2000, i + 2, false};
  if (*first < 16 || *first > 20) return std::nullopt;
  const auto tens = at.value(i + 1, DateWordKind::cardinal);
  if (!tens || *tens < 10) return std::nullopt;
  const int year = *first * 100 + *tens;
  const auto ones =
      *tens >= 20 && at.is(i + 2, "-") ? at.value(i + 3, DateWordKind::cardinal) : std::nullopt;
  if (ones && *ones < 10) return ReadNumber{year + *ones, i + 4, false};
  return ReadNumber{year, i + 2, false};
}

std::optional<ReadPart> read_ordinal_part(const TemporalCursor& at, std::uint32_t i) {
  if (at.in(i, DateRole::fiscal)) ++i;
  const auto number = read_day_of_month(at, i);
  if (!number || !number->ordinal || number->value > 4) return std::nullopt;
  std::uint32_t noun = number->end;
  if (at.dash(noun)) ++noun;
  if (at.in(noun, DateRole::fiscal)) ++noun;
  if (at.is_unit(noun, DateUnit::quarter))
    return ReadPart{DateUnit::quarter, number->value, noun + 1};
  if (at.is_unit(noun, DateUnit::half) && number->value < 3)
    return ReadPart{DateUnit::half, number->value, noun + 1};
  return std::nullopt;
}

std::optional<ReadNumber> read_count_before(const TemporalCursor& at, std::uint32_t i) {
  if (i == 0 || !at.has(i - 1)) return std::nullopt;
  if (const auto digits = digits_of(at.token(i - 1));
      digits && !digits->ordinal && digits->value > 0) {
    return ReadNumber{digits->value, i - 1, false};
  }
  if (at.in(i - 1, {DateRole::a, DateRole::an})) return ReadNumber{1, i - 1, false};
  if (i >= 3 && at.in(i - 1, DateRole::of) && at.in(i - 2, DateRole::couple) &&
      at.in(i - 3, DateRole::a))
    return ReadNumber{2, i - 3, false};
  auto number = compound_before(at, i);
  if (number && at.in(i - 1, DateRole::dozen) && i >= 2 && at.in(i - 2, DateRole::a))
    number->end = i - 2;
  return number;
}

}  // namespace dateline
