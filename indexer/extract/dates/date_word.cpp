#include "indexer/extract/dates/date_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "common/partial_date.h"
#include "common/text/take_until.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

using Kind = DateWordKind;

constexpr auto kRoleNames = std::to_array<std::string_view>({
    "shortened",
    "doubtful",
    "before_year",
    "surely_before_year",
    "before_short_year",
    "before_month",
    "surely_before_month",
    "before_weekday",
    "before_day_number",
    "before_holiday",
    "before_year_end",
    "before_number",
    "before_shift",
    "after_shift",
    "choice",
    "determiner",
    "deadline",
    "how_long",
    "outer_edge",
    "middle_edge",
    "span_edge",
    "noon",
    "half_day",
    "time_zone",
    "reported_period",
    "compared_period",
    "fiscal",
    "counted",
    "percent",
    "street",
    "business",
    "compares",
    "place_preposition",
    "recurring",
    "owner",
    "dated",
    "fortnight",
    "closing",
    "opening",
    "modern",
    "nowadays",
    "about",
    "more_or_less",
    "future",
    "past",
    "saying",
    "not_past",
    "present_be",
    "was",
    "be",
    "been",
    "set",
    "orders",
    "subject",
    "timetable",
    "unplanned",
    "anniversary",
    "born",
    "a",
    "after",
    "ago",
    "ahead",
    "an",
    "and",
    "before",
    "couple",
    "dozen",
    "earlier",
    "end",
    "from",
    "in",
    "later",
    "now",
    "of",
    "or",
    "possessive",
    "since",
    "than",
    "the",
    "this",
    "thousand",
    "time",
    "through",
    "to",
    "until",
});
static_assert(kRoleNames.size() == kDateRoles);

// What the value of a kind is: a number within bounds, a name, or nothing.
struct KindRow {
  std::string_view name;
  Kind kind;
  int least = 0;
  int most = 0;  // both 0: no number
};
constexpr auto kKinds = std::to_array<KindRow>({
    {"month", Kind::month, 1, 12},
    {"weekday", Kind::weekday, 1, 7},
    {"season", Kind::season, 1, 4},
    {"unit", Kind::unit},
    {"units", Kind::units},
    {"day_part", Kind::day_part},
    {"day_name", Kind::day_name, -7, 7},
    {"cardinal", Kind::cardinal, 0, 90},
    {"ordinal", Kind::ordinal, 1, 31},
    {"decade", Kind::decade, 20, 90},
    {"shift", Kind::shift},
    {"edge", Kind::edge},
});

constexpr auto kShifts = std::to_array<std::string_view>(
    {"last", "next", "present", "latest", "following", "previous", "same"});

template <std::size_t N>
std::optional<std::size_t> place_in(const std::array<std::string_view, N>& names,
                                    std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::optional<int> unit_of(std::string_view name) {
  for (int unit = 0; unit <= static_cast<int>(DateUnit::day); ++unit) {
    if (to_string(static_cast<DateUnit>(unit)) == name) return unit;
  }
  return std::nullopt;
}

std::optional<int> number_within(const KindRow& row, std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < row.least || number > row.most) return std::nullopt;
  return number;
}

std::optional<int> value_of(const KindRow& row, std::string_view text) {
  switch (row.kind) {
    case Kind::unit:
    case Kind::units:
      return unit_of(text);
    case Kind::shift:
      return place_in(kShifts, text);
    case Kind::none:
    case Kind::day_part:
    case Kind::edge:
      return text.empty() ? std::optional(0) : std::nullopt;
    default:
      return number_within(row, text);
  }
}

}  // namespace

DateWord parse_date_word(std::string_view roles, std::string_view value) {
  DateWord word;
  KindRow kind{"", Kind::none};
  for (std::string_view rest = roles; !rest.empty();) {
    const std::string_view name = take_until(rest, ',');
    if (const auto role = place_in(kRoleNames, name)) {
      word.roles.set(*role);
      continue;
    }
    const auto row = std::ranges::find(kKinds, name, &KindRow::name);
    if (row == kKinds.end()) throw BadRow{fmt::format("\"{}\" is no role of a date word", name)};
    if (kind.kind != Kind::none)
      throw BadRow{fmt::format("a word cannot be \"{}\" and \"{}\"", kind.name, name)};
    kind = *row;
  }
  if (kind.kind == Kind::none && word.roles.none()) throw BadRow{"a word without a role"};
  const auto number = value_of(kind, value);
  if (!number) throw BadRow{fmt::format("\"{}\" is no value of \"{}\"", value, roles)};
  word.kind = kind.kind;
  word.value = static_cast<std::int16_t>(*number);
  return word;
}

}  // namespace dateline
