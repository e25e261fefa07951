#include "indexer/write/document.h"

#include <fmt/format.h>

#include "common/record_json.h"
#include "common/store/packed_day.h"
#include "common/store/schema.h"
#include "common/text/name_key.h"
#include "common/text/near_duplicate.h"
#include "common/text/unicode.h"
#include "common/text/word.h"

namespace dateline {
namespace {

constexpr Xapian::termpos kParagraphGap =
    100;  // no phrase and no NEAR of the query language reaches across
constexpr std::size_t kCachedStems = 200'000;  // words; some 20 MB a thread

void add_flag(Xapian::Document& document, std::string_view prefix, std::string_view value) {
  if (!value.empty()) document.add_boolean_term(make_term(prefix, value));
}

void add_name(Xapian::Document& document, Field field, std::string_view exact_prefix,
              const std::string& name) {
  const std::string key = name_key(name);
  add_flag(document, exact_prefix, key);
  for (const auto& run : name_runs(key)) add_flag(document, info(field).prefix, run);
}

void add_speakers(Xapian::Document& document, const Record& record) {
  for (const auto& speaker : record.speakers) {
    add_name(document, Field::speaker, kExactSpeakerPrefix, speaker.name);
    if (speaker.type == SpeakerType::organisation)
      add_name(document, Field::organisation, kExactOrganisationPrefix, speaker.name);
  }
}

void add_places(Xapian::Document& document, const Article& article, const Record& record) {
  const auto prefix = info(Field::place).prefix;
  for (const auto& place : record.places) {
    add_flag(document, kExactPlacePrefix, fmt::format("{}", place.id));
    add_flag(document, prefix, name_key(place.name));
    add_flag(document, prefix, name_key(place.label));
    for (const Span mention : place.mentions)
      add_flag(document, prefix, name_key(slice(article.text, mention)));
    for (const auto& parent : place.parents) add_flag(document, prefix, name_key(parent));
    add_flag(document, info(Field::country).prefix, fold(place.country));
  }
  for (const auto& code : record.focus) add_flag(document, info(Field::focus).prefix, fold(code));
}

void add_publication(Xapian::Document& document, Day date) {
  const PartialDate day = day_value(date);
  document.add_boolean_term(fmt::format("{}{:04}", kYearPrefix, day.year));
  document.add_boolean_term(fmt::format("{}{:04}{:02}", kMonthPrefix, day.year, day.part));
  document.add_boolean_term(
      fmt::format("{}{:04}{:02}{:02}", kDayPrefix, day.year, day.part, day.day));
}

// Each value itself, and the month and year that hold it wholly.
void add_mentioned_dates(Xapian::Document& document, const Record& record) {
  const auto prefix = info(Field::mentions).prefix;
  for (const auto& date : record.dates) {
    const DayRange days = days_of(date.value);
    add_flag(document, prefix, to_string(date.value));
    for (const auto& holder : {month_value(days.first), year_value(days.first)}) {
      if (days_of(holder).last >= days.last) add_flag(document, prefix, to_string(holder));
    }
  }
}

}  // namespace

std::string unique_term(std::string_view path) { return make_term(kUniquePrefix, path); }

const std::string& DocumentMaker::stem_of(std::string_view word) {
  const auto known = stems_.find(word);
  if (known != stems_.end()) return known->second;
  if (stems_.size() >= kCachedStems) stems_.clear();
  std::string key{word};
  std::string stem = stemmer_(key);
  return stems_.emplace(std::move(key), std::move(stem)).first->second;
}

void DocumentMaker::add_text(Xapian::Document& document, std::string_view text,
                             std::string_view prefix, Xapian::termpos& position) {
  for_each_word(text, [&](Span, std::string_view word) {
    term_.assign(prefix).append(word);
    document.add_posting(term_, ++position);
    term_.assign(kStemPrefix).append(prefix).append(stem_of(word));
    document.add_term(term_);
  });
}

Xapian::Document DocumentMaker::make(const Article& article, const Record& record,
                                     const FileState& state) {
  Xapian::Document document;
  Xapian::termpos position = 0;
  for (const Span paragraph : article.paragraphs) {
    add_text(document, slice(article.text, paragraph), "", position);
    position += kParagraphGap;
  }
  position = 0;
  add_text(document, article.title_text(), info(Field::title).prefix, position);
  document.add_boolean_term(unique_term(article.path));
  add_publication(document, article.date);
  add_speakers(document, record);
  add_places(document, article, record);
  add_mentioned_dates(document, record);
  document.add_value(number(Slot::date), pack_day(article.date));
  document.add_value(number(Slot::path), article.path);
  document.add_value(number(Slot::file_state), pack_file_state(state));
  document.add_value(number(Slot::signature), text_signature(article.text, article.paragraphs));
  document.set_data(to_json_line(article, record, QuoteText::leave_out) + '\n' + article.text);
  return document;
}

}  // namespace dateline
