#include "indexer/extract/dates/date_word.h"

#include <array>
#include <unordered_map>

#include "common/partial_date.h"

namespace dateline {
namespace {

using Kind = DateWordKind;

struct Row {
  std::string_view key;
  DateWord word;
};

constexpr std::int16_t of(DateUnit unit) { return static_cast<std::int16_t>(unit); }
constexpr std::int16_t of(Shift shift) { return static_cast<std::int16_t>(shift); }

constexpr Row kRows[] = {
    {"january", {Kind::month, 1}},
    {"february", {Kind::month, 2}},
    {"march", {Kind::month, 3, false, true}},
    {"april", {Kind::month, 4, false, true}},
    {"may", {Kind::month, 5, false, true}},
    {"june", {Kind::month, 6, false, true}},
    {"july", {Kind::month, 7}},
    {"august", {Kind::month, 8, false, true}},
    {"september", {Kind::month, 9}},
    {"october", {Kind::month, 10}},
    {"november", {Kind::month, 11}},
    {"december", {Kind::month, 12}},
    {"jan", {Kind::month, 1, true, true}},
    {"feb", {Kind::month, 2, true}},
    {"mar", {Kind::month, 3, true, true}},
    {"apr", {Kind::month, 4, true}},
    {"jun", {Kind::month, 6, true, true}},
    {"jul", {Kind::month, 7, true}},
    {"aug", {Kind::month, 8, true}},
    {"sep", {Kind::month, 9, true}},
    {"sept", {Kind::month, 9, true}},
    {"oct", {Kind::month, 10, true}},
    {"nov", {Kind::month, 11, true}},
    {"dec", {Kind::month, 12, true}},
    {"monday", {Kind::weekday, 1}},
    {"tuesday", {Kind::weekday, 2}},
    {"wednesday", {Kind::weekday, 3}},
    {"thursday", {Kind::weekday, 4}},
    {"friday", {Kind::weekday, 5}},
    {"saturday", {Kind::weekday, 6}},
    {"sunday", {Kind::weekday, 7}},
    {"mon", {Kind::weekday, 1, true}},
    {"tue", {Kind::weekday, 2, true}},
    {"tues", {Kind::weekday, 2, true}},
    {"wed", {Kind::weekday, 3, true}},
    {"thu", {Kind::weekday, 4, true}},
    {"thur", {Kind::weekday, 4, true}},
    {"thurs", {Kind::weekday, 4, true}},
    {"fri", {Kind::weekday, 5, true}},
    {"sat", {Kind::weekday, 6, true}},
    {"sun", {Kind::weekday, 7, true}},
    {"spring", {Kind::season, 1}},
    {"summer", {Kind::season, 2}},
    {"fall", {Kind::season, 3}},
    {"autumn", {Kind::season, 3}},
    {"winter", {Kind::season, 4}},
    {"day", {Kind::unit, of(DateUnit::day)}},
    {"week", {Kind::unit, of(DateUnit::week)}},
    {"weekend", {Kind::unit, of(DateUnit::weekend)}},
    {"month", {Kind::unit, of(DateUnit::month)}},
    {"quarter", {Kind::unit, of(DateUnit::quarter)}},
    {"half", {Kind::unit, of(DateUnit::half)}},
    {"year", {Kind::unit, of(DateUnit::year)}},
    {"decade", {Kind::unit, of(DateUnit::decade)}},
    {"century", {Kind::unit, of(DateUnit::century)}},
    {"days", {Kind::units, of(DateUnit::day)}},
    {"weeks", {Kind::units, of(DateUnit::week)}},
    {"months", {Kind::units, of(DateUnit::month)}},
    {"quarters", {Kind::units, of(DateUnit::quarter)}},
    {"years", {Kind::units, of(DateUnit::year)}},
    {"decades", {Kind::units, of(DateUnit::decade)}},
    {"centuries", {Kind::units, of(DateUnit::century)}},
    {"morning", {Kind::day_part}},
    {"afternoon", {Kind::day_part}},
    {"evening", {Kind::day_part}},
    {"night", {Kind::day_part}},
    {"today", {Kind::day_name, 0}},
    {"tonight", {Kind::day_name, 0}},
    {"yesterday", {Kind::day_name, -1}},
    {"tomorrow", {Kind::day_name, 1}},
    {"one", {Kind::cardinal, 1}},
    {"two", {Kind::cardinal, 2}},
    {"three", {Kind::cardinal, 3}},
    {"four", {Kind::cardinal, 4}},
    {"five", {Kind::cardinal, 5}},
    {"six", {Kind::cardinal, 6}},
    {"seven", {Kind::cardinal, 7}},
    {"eight", {Kind::cardinal, 8}},
    {"nine", {Kind::cardinal, 9}},
    {"ten", {Kind::cardinal, 10}},
    {"eleven", {Kind::cardinal, 11}},
    {"twelve", {Kind::cardinal, 12}},
    {"dozen", {Kind::cardinal, 12}},
    {"thirteen", {Kind::cardinal, 13}},
    {"fourteen", {Kind::cardinal, 14}},
    {"fifteen", {Kind::cardinal, 15}},
    {"sixteen", {Kind::cardinal, 16}},
    {"seventeen", {Kind::cardinal, 17}},
    {"eighteen", {Kind::cardinal, 18}},
    {"nineteen", {Kind::cardinal, 19}},
    {"twenty", {Kind::cardinal, 20}},
    {"thirty", {Kind::cardinal, 30}},
    {"forty", {Kind::cardinal, 40}},
    {"fifty", {Kind::cardinal, 50}},
    {"sixty", {Kind::cardinal, 60}},
    {"seventy", {Kind::cardinal, 70}},
    {"eighty", {Kind::cardinal, 80}},
    {"ninety", {Kind::cardinal, 90}},
    {"first", {Kind::ordinal, 1}},
    {"second", {Kind::ordinal, 2}},
    {"third", {Kind::ordinal, 3}},
    {"fourth", {Kind::ordinal, 4}},
    {"fifth", {Kind::ordinal, 5}},
    {"sixth", {Kind::ordinal, 6}},
    {"seventh", {Kind::ordinal, 7}},
    {"eighth", {Kind::ordinal, 8}},
    {"ninth", {Kind::ordinal, 9}},
    {"tenth", {Kind::ordinal, 10}},
    {"eleventh", {Kind::ordinal, 11}},
    {"twelfth", {Kind::ordinal, 12}},
    {"thirteenth", {Kind::ordinal, 13}},
    {"fourteenth", {Kind::ordinal, 14}},
    {"fifteenth", {Kind::ordinal, 15}},
    {"sixteenth", {Kind::ordinal, 16}},
    {"seventeenth", {Kind::ordinal, 17}},
    {"eighteenth", {Kind::ordinal, 18}},
    {"nineteenth", {Kind::ordinal, 19}},
    {"twentieth", {Kind::ordinal, 20}},
    {"thirtieth", {Kind::ordinal, 30}},
    {"twenties", {Kind::decade, 20}},
    {"thirties", {Kind::decade, 30}},
    {"forties", {Kind::decade, 40}},
    {"fifties", {Kind::decade, 50}},
    {"sixties", {Kind::decade, 60}},
    {"seventies", {Kind::decade, 70}},
    {"eighties", {Kind::decade, 80}},
    {"nineties", {Kind::decade, 90}},
    {"last", {Kind::shift, of(Shift::last)}},
    {"past", {Kind::shift, of(Shift::last)}},
    {"next", {Kind::shift, of(Shift::next)}},
    {"coming", {Kind::shift, of(Shift::next)}},
    {"upcoming", {Kind::shift, of(Shift::next)}},
    {"this", {Kind::shift, of(Shift::present)}},
    {"current", {Kind::shift, of(Shift::present)}},
    {"latest", {Kind::shift, of(Shift::latest)}},
    {"following", {Kind::shift, of(Shift::following)}},
    {"previous", {Kind::shift, of(Shift::previous)}},
    {"preceding", {Kind::shift, of(Shift::previous)}},
    {"prior", {Kind::shift, of(Shift::previous)}},
    {"same", {Kind::shift, of(Shift::same)}},
    {"that", {Kind::shift, of(Shift::same)}},
    {"early", {Kind::edge}},
    {"late", {Kind::edge}},
    {"mid", {Kind::edge}},
    {"earlier", {Kind::edge}},
    {"later", {Kind::edge}},
};

using Table = std::unordered_map<std::string_view, const DateWord*>;

const Table& table() {
  static const Table words = [] {
    Table made;
    for (const auto& row : kRows) made.emplace(row.key, &row.word);
    return made;
  }();
  return words;
}

// Nine of ten words of a text are out by their length or their first two letters, before any
// hashing.
constexpr auto kBeginnings = [] {
  std::array<std::uint32_t, 26> seconds{};
  for (const auto& row : kRows)
    seconds[static_cast<std::size_t>(row.key[0] - 'a')] |= 1u << (row.key[1] - 'a');
  return seconds;
}();

}  // namespace

const DateWord* find_date_word(std::string_view key) {
  if (key.size() < 3 || key.size() > 11 || key[0] < 'a' || key[0] > 'z' || key[1] < 'a' ||
      key[1] > 'z')
    return nullptr;
  if ((kBeginnings[static_cast<std::size_t>(key[0] - 'a')] >> (key[1] - 'a') & 1u) == 0)
    return nullptr;
  const auto found = table().find(key);
  return found == table().end() ? nullptr : found->second;
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

}  // namespace dateline
