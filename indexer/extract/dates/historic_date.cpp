#include "indexer/extract/dates/historic_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/text/take_until.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

constexpr std::string_view kNoDate = "-";
constexpr std::uint32_t kFarthest = 60;  // tokens

std::uint32_t parse_within(std::string_view text) {
  std::uint32_t within = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), within);
  if (error != std::errc{} || end != text.data() + text.size() || within > kFarthest)
    throw BadRow{fmt::format("\"{}\" is no number of tokens up to {}", text, kFarthest)};
  return within;
}

HistoricDate parse_row(std::span<const std::string_view> row, const Lexicon& lexicon) {
  HistoricDate date;
  date.name = parse_date_name(row[0], lexicon);
  if (row[1] != kNoDate) {
    date.value = parse_partial_date(row[1]);
    if (!date.value) throw BadRow{fmt::format("\"{}\" is no date", row[1])};
  }
  date.within = parse_within(row[2]);
  if (row[3].empty() != (date.within == 0))
    throw BadRow{"cues need a number of tokens, and the number needs cues"};
  if (!row[3].empty()) date.cues = parts_of<std::string>(row[3], ' ');
  return date;
}

// Does one of the cues stand near the tokens, in the same paragraph?
bool has_cue(const TemporalCursor& at, TokenRange tokens, const HistoricDate& date) {
  if (date.cues.empty()) return true;
  const auto& all = at.text.tokens;
  const TokenRange paragraph = at.text.paragraphs[all[tokens.begin].paragraph];
  const std::uint32_t begin =
      std::max(paragraph.begin, tokens.begin - std::min(tokens.begin, date.within));
  const std::uint32_t end = std::min(paragraph.end, tokens.end + date.within);
  for (std::uint32_t i = begin; i < end; ++i) {
    if (!tokens.contains(i) && std::ranges::find(date.cues, all[i].key) != date.cues.end())
      return true;
  }
  return false;
}

// "9/11/2003", "Sept. 11, 2003": the date goes on, and is an ordinary one.
bool goes_on(const TemporalCursor& at, std::uint32_t end) {
  if ((at.is(end, "/") || at.is(end, "-")) && at.token(end).glued &&
      digits_of(at.token(end + 1)).has_value())
    return true;
  const std::uint32_t year = at.is(end, ",") ? end + 1 : end;
  const auto digits = digits_of(at.token(year));
  return digits && digits->count == 4;
}

}  // namespace

HistoricDates HistoricDates::load(const std::filesystem::path& data, const Lexicon& lexicon) {
  HistoricDates dates;
  read_tsv(data / "en/dates/historic.tsv", 4, [&](std::span<const std::string_view> row) {
    HistoricDate date = parse_row(row, lexicon);
    auto& same_first = dates.by_first_word_[date.name.words[0].key];
    same_first.push_back(std::move(date));
  });
  return dates;
}

std::optional<HistoricDates::Found> HistoricDates::read(const TemporalCursor& at,
                                                        std::uint32_t i) const {
  const Token& first = at.token(i);
  if (first.key.empty()) return std::nullopt;
  const auto same_first = by_first_word_.find(first.key);
  if (same_first == by_first_word_.end()) return std::nullopt;
  std::optional<Found> longest;
  for (const auto& date : same_first->second) {
    const std::uint32_t end = match(at, i, date.name);
    if (end == 0 || (longest && end <= longest->end) || goes_on(at, end)) continue;
    if (has_cue(at, {i, end}, date)) longest = Found{&date, end};
  }
  return longest;
}

}  // namespace dateline
