#include "query/hits/hit_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "common/store/packed_day.h"
#include "common/store/record_terms.h"
#include "common/text/name_key.h"
#include "common/text/stable_hash.h"
#include "common/text/word.h"
#include "query/hits/snippet.h"

namespace dateline {
namespace {

constexpr std::uint32_t kNameBefore =
    160;  // bytes before a quotation in which its speaker's name is looked for

std::string id_of(const std::string& path) { return fmt::format("{:016x}", stable_hash(path)); }

// Is the article found by what is asked for because of this part of its record?
bool is_found_by(const WantedValue& value, const Record& part, std::string_view text) {
  return std::ranges::any_of(record_terms(part, text),
                             [&](const std::string& term) { return value.terms.contains(term); });
}

bool has_speaker(const WantedValue& value, const Speaker& speaker) {
  Record part;
  part.speakers.push_back(speaker);
  return is_found_by(value, part, "");
}

bool has_place(const WantedValue& value, const Place& place, std::string_view text) {
  Record part;
  part.places.push_back(place);
  part.focus.push_back(place.country);  // an article about the country: the place shows where
  return is_found_by(value, part, text);
}

bool has_date(const WantedValue& value, const DateMentions& date) {
  Record part;
  part.dates.push_back(date);
  return is_found_by(value, part, "");
}

void add_occurrences(const std::vector<Span>& mentions, const WantedValue& value,
                     std::vector<Occurrence>& found) {
  for (const Span mention : mentions)
    found.push_back(
        {.span = mention, .part = value.part, .weight = value.weight, .words = {mention}});
}

// Which parts of the query stand in a span? Many quotations may hold the same words: none is walked
// through.
class PartsWithin {
 public:
  // REQUIRES: `found` in the order of their beginnings.
  explicit PartsWithin(const std::vector<Occurrence>& found) {
    for (auto one = found.rbegin(); one != found.rend(); ++one) {
      auto& part = parts_[one->part];
      part.weight = one->weight;
      const auto least = part.from_last.empty()
                             ? one->span.end
                             : std::min(one->span.end, part.from_last.back().end);
      part.from_last.push_back({one->span.begin, least});
    }
  }

  // Of the different parts inside.
  double weight(Span span) const {
    double sum = 0;
    for (const auto& [unused, part] : parts_) {
      // The last in this order that does not begin before the span; of it and those before, the
      // least end.
      const auto behind = std::ranges::partition_point(
          part.from_last, [&](Span one) { return one.begin >= span.begin; });
      if (behind != part.from_last.begin() && std::prev(behind)->end <= span.end)
        sum += part.weight;
    }
    return sum;
  }

 private:
  struct Part {
    double weight = 0;
    std::vector<Span> from_last;  // beginning of each occurrence, the last one first, and the least
                                  // end from there on
  };
  std::map<std::size_t, Part> parts_;
};

// "said that she would go" holds "she would go" for the same speaker once more: the widest is
// listed.
std::vector<const Quote*> without_inner(std::vector<const Quote*> quotes) {
  std::vector<const Quote*> by_span = quotes;  // what holds a quotation stands before it
  std::ranges::stable_sort(by_span, [](const Quote* a, const Quote* b) {
    return a->span.begin != b->span.begin ? a->span.begin < b->span.begin
                                          : a->span.end > b->span.end;
  });
  std::map<std::optional<std::string>, std::uint32_t>
      reached;  // where the furthest quotation of a speaker ends
  std::set<const Quote*> inner;
  for (const auto* quote : by_span) {
    auto& end = reached[quote->speaker];
    if (quote->span.end <= end)
      inner.insert(quote);
    else
      end = quote->span.end;
  }
  std::erase_if(quotes, [&](const Quote* quote) { return inner.contains(quote); });
  return quotes;
}

// Does a part of the query stand only in what repeats the title?
bool hides_a_part(const Body& body, const std::vector<Occurrence>& found) {
  if (body.rest == body.whole) return false;
  std::set<std::size_t> shown;
  for (const auto& one : found) {
    if (body.title.contains(one.span) || body.rest.contains(one.span)) shown.insert(one.part);
  }
  return std::ranges::any_of(found, [&](const Occurrence& one) {
    return body.whole.contains(one.span) && !shown.contains(one.part);
  });
}

// The last place of the name, or of its last part alone.
std::optional<Span> last_named(std::string_view text, Span within, const std::string& name) {
  const auto words = split_words(slice(text, within));
  const auto parts = split_words(name);
  for (std::size_t first = 0; first < parts.size(); first = std::max(first + 1, parts.size() - 1)) {
    const auto named =
        std::ranges::find_end(words, std::span(parts).subspan(first), {}, &Word::form, &Word::form);
    if (!named.empty())
      return Span{within.begin + named.front().span.begin, within.begin + named.back().span.end};
  }
  return std::nullopt;
}

// Who speaks, where that stands before what is said: "Statement by Anna Lind, the minister: “We
// met.”"
std::optional<Span> name_before(std::string_view text, Span body, const Quote& quote) {
  if (quote.source)
    return quote.source->end <= quote.span.begin && body.contains(*quote.source) ? quote.source
                                                                                 : std::nullopt;
  const auto begin =
      std::max(body.begin, quote.span.begin - std::min(quote.span.begin, kNameBefore));
  return last_named(text, {begin, quote.span.begin}, *quote.speaker);
}

}  // namespace

Hit HitReader::read(const RankedDocument& ranked) {
  if (!request_.records) return bare_hit(ranked);
  const Stored stored =
      index_.document(ranked.id, words_.values().empty() && !request_.quotes ? RecordParts::listed
                                                                             : RecordParts::all);
  Hit hit{.id = id_of(stored.record.path),
          .path = stored.record.path,
          .title = stored.record.title,
          .date = stored.record.date,
          .score = ranked.weight,
          .copies = ranked.copies};
  add_speakers(stored, hit);
  add_places(stored, hit);
  if (request_.snippets) add_passages(stored, hit);
  return hit;
}

Hit HitReader::bare_hit(const RankedDocument& ranked) const {
  const std::string path = index_.path_of(ranked.id);
  return {.id = id_of(path),
          .path = path,
          .title = {},
          .date = numbered_day(ranked.day),
          .score = ranked.weight,
          .copies = ranked.copies};
}

bool HitReader::is_wanted(const Speaker& speaker) const {
  return std::ranges::any_of(words_.values(),
                             [&](const WantedValue& value) { return has_speaker(value, speaker); });
}

// As facets show it; "" when the user has said that it is nobody's.
std::string HitReader::shown_name(const std::string& speaker) const {
  const auto& aliases = index_.aliases();
  const auto alias = aliases.empty() ? aliases.end() : aliases.find(name_key(speaker));
  return alias == aliases.end() ? speaker : alias->second;
}

// Each person once; those asked for first.
void HitReader::add_speakers(const Stored& stored, Hit& hit) const {
  std::vector<Speaker> wanted;
  std::vector<Speaker> others;
  std::set<std::string> known;
  for (const auto& speaker : stored.record.record.speakers) {
    const std::string name = shown_name(speaker.name);
    if (name.empty()) continue;
    if (is_wanted(speaker)) {
      if (known.insert(name).second) wanted.push_back({.name = name, .type = speaker.type});
    } else {
      others.push_back({.name = name, .type = speaker.type});
    }
  }
  hit.wanted_speakers = wanted.size();
  hit.speakers = std::move(wanted);
  for (auto& speaker : others) {
    if (known.insert(speaker.name).second) hit.speakers.push_back(std::move(speaker));
  }
}

void HitReader::add_places(const Stored& stored, Hit& hit) const {
  std::vector<HitPlace> others;
  for (const auto& place : stored.record.record.places) {
    const bool wanted = std::ranges::any_of(words_.values(), [&](const WantedValue& value) {
      return has_place(value, place, stored.text);
    });
    (wanted ? hit.places : others)
        .push_back({place.label, place.id, place.kind, place.lat, place.lon});
  }
  hit.wanted_places = hit.places.size();
  hit.places.insert(hit.places.end(), std::make_move_iterator(others.begin()),
                    std::make_move_iterator(others.end()));
}

void HitReader::add_mentions(const Stored& stored, std::vector<Occurrence>& found) const {
  for (const auto& value : words_.values()) {
    for (const auto& place : stored.record.record.places) {
      if (has_place(value, place, stored.text)) add_occurrences(place.mentions, value, found);
    }
    for (const auto& date : stored.record.record.dates) {
      if (has_date(value, date)) add_occurrences(date.mentions, value, found);
    }
  }
  std::ranges::stable_sort(found, {}, [](const Occurrence& one) { return one.span.begin; });
}

std::vector<const Quote*> HitReader::wanted_quotes(const Record& record) const {
  std::set<std::string_view> names;
  for (const auto& speaker : record.speakers) {
    if (is_wanted(speaker)) names.insert(speaker.name);
  }
  std::vector<const Quote*> quotes;
  for (const auto& quote : record.quotes) {
    if (quote.speaker && names.contains(*quote.speaker)) quotes.push_back(&quote);
  }
  return quotes;
}

// What those asked for said; when nobody is asked for, what holds words of the query, if it has
// any.
std::vector<const Quote*> HitReader::quotes_that_answer(
    const Record& record, const std::vector<Occurrence>& words) const {
  std::vector<const Quote*> quotes = wanted_quotes(record);
  if (!asks_for_speakers_) {
    const PartsWithin parts(words);
    for (const auto& quote : record.quotes) {
      if (!words_.ask_for_words() || parts.weight(quote.span) > 0) quotes.push_back(&quote);
    }
  }
  return without_inner(std::move(quotes));
}

void HitReader::add_quotes(const Stored& stored, const std::vector<const Quote*>& quotes,
                           const std::vector<Occurrence>& found, Hit& hit) const {
  const std::vector<Span> words = words_of(found);
  hit.quotes.emplace();
  for (const auto* quote : quotes) {
    hit.quotes->push_back({.speaker = quote->speaker ? shown_name(*quote->speaker) : "",
                           .kind = quote->kind,
                           .span = quote->span,
                           .said = make_whole_snippet(stored.text, quote->span, words)});
  }
}

void HitReader::add_passages(const Stored& stored, Hit& hit) {
  std::vector<Occurrence> found = words_.find(stored.text, stored.record.paragraphs);
  std::vector<const Quote*> quotes;
  if (request_.quotes) quotes = quotes_that_answer(stored.record.record, found);
  if (!words_.values().empty()) add_mentions(stored, found);
  if (request_.quotes) add_quotes(stored, quotes, found, hit);
  add_snippet(stored, std::move(found), hit);
}

void HitReader::add_snippet(const Stored& stored, std::vector<Occurrence> found, Hit& hit) const {
  const std::string_view text = stored.text;
  Body body = find_body(text, stored.record.title_span, stored.record.paragraphs);
  if (hides_a_part(body, found)) body.rest = body.whole;
  hit.title_highlights = highlights_within(words_of(found), body.title);
  std::optional<ChosenPassage> chosen;
  double best = -1;
  const auto quotes = wanted_quotes(stored.record.record);
  const PartsWithin parts(quotes.empty() ? std::vector<Occurrence>{} : found);
  for (const auto* quote : quotes) {
    const double weight = parts.weight(quote->span);
    if (weight <= best || !body.rest.contains(quote->span)) continue;
    best = weight;
    chosen = {.span = quote->span, .lead = name_before(text, body.rest, *quote)};
  }
  if (chosen && chosen->lead) found.push_back({.span = *chosen->lead, .words = {*chosen->lead}});
  // The words that name the speaker are lit, but do not draw the passage away from what was said.
  for (const auto* quote : quotes) {
    if (quote->source) found.push_back({.span = *quote->source, .words = {*quote->source}});
  }
  hit.snippet = make_snippet(text, body.rest, found, chosen);
}

}  // namespace dateline
