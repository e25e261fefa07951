#include "common/record_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "common/base64.h"
#include "common/error.h"
#include "common/path_json.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 64;             // nested lists and objects; a record has four
constexpr std::size_t kMostQuoted = 16;  // times: what several said together, or one inside the
                                         // other; a quotation is copied when it is shown
constexpr std::size_t kShown = 40;       // bytes of what is wrong

Json json_of(Span span) { return Json::array({span.begin, span.end}); }

Json json_of(const std::vector<Span>& spans) {
  Json list = Json::array();
  for (const auto& span : spans) list.push_back(json_of(span));
  return list;
}

Json json_of(const Quote& quote) {
  Json j = Json::object();  // not null: one that becomes an object when memory is out cannot be
                            // destroyed
  j["speaker"] = quote.speaker ? Json(*quote.speaker) : Json(nullptr);
  j["kind"] = to_string(quote.kind);
  j["begin"] = quote.span.begin;
  j["end"] = quote.span.end;
  j["segments"] = json_of(quote.segments);
  j["source"] = quote.source ? json_of(*quote.source) : Json(nullptr);
  j["cue"] = quote.cue;
  return j;
}

Json json_of(const Place& place, RecordForm form) {
  Json j = {{"name", place.name},       {"label", place.label},
            {"id", place.id},           {"kind", to_string(place.kind)},
            {"country", place.country}, {"region", place.region},
            {"lat", place.lat},         {"lon", place.lon},
            {"parents", place.parents}, {"mentions", json_of(place.mentions)}};
  if (form == RecordForm::schema_4) return j;
  j["confidence"] = place.confidence;
  if (is_local(place)) j["local"] = true;
  return j;
}

[[noreturn]] void throw_damaged(std::string_view why) {
  throw Error(fmt::format("stored record: {}", why), Remedy{RemedyKind::rebuild});
}

const Json& member(const Json& j, const char* key) {
  if (!j.is_object()) throw_damaged(fmt::format("no object where \"{}\" belongs", key));
  const auto found = j.find(key);
  if (found == j.end()) throw_damaged(fmt::format("\"{}\" is missing", key));
  return *found;
}

const Json& list(const Json& j, const char* key) {
  const Json& value = member(j, key);
  if (!value.is_array()) throw_damaged(fmt::format("\"{}\" is no list", key));
  return value;
}

std::string text_of(const Json& j, std::string_view what) {
  if (!j.is_string()) throw_damaged(fmt::format("\"{}\" is no text", what));
  return j.get<std::string>();
}

std::string text(const Json& j, const char* key) { return text_of(member(j, key), key); }

std::vector<std::string> texts(const Json& j, const char* key) {
  std::vector<std::string> all;
  for (const auto& item : list(j, key)) all.push_back(text_of(item, key));
  return all;
}

std::uint32_t offset_of(const Json& j) {
  if (!j.is_number_unsigned() || j.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max())
    throw_damaged("an offset is no number of bytes");
  return static_cast<std::uint32_t>(j.get<std::uint64_t>());
}

double degrees(const Json& j, const char* key, double most) {
  const Json& value = member(j, key);
  if (!value.is_number() || !(std::abs(value.get<double>()) <= most))
    throw_damaged(fmt::format("\"{}\" is no number of degrees", key));
  return value.get<double>();
}

std::int64_t number(const Json& j, const char* key) {
  const Json& value = member(j, key);
  const bool fits = value.is_number_integer() &&
                    !(value.is_number_unsigned() &&
                      value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max());
  if (!fits) throw_damaged(fmt::format("\"{}\" is no whole number", key));
  return value.get<std::int64_t>();
}

Span span_of(const Json& j) {
  if (!j.is_array() || j.size() != 2) throw_damaged("a span is no pair of offsets");
  return {offset_of(j[0]), offset_of(j[1])};
}

std::vector<Span> spans_of(const Json& j, const char* key) {
  std::vector<Span> spans;
  for (const auto& item : list(j, key)) spans.push_back(span_of(item));
  return spans;
}

QuoteKind parse_kind(const std::string& text) {
  for (const auto kind : {QuoteKind::direct, QuoteKind::mixed, QuoteKind::indirect}) {
    if (to_string(kind) == text) return kind;
  }
  throw_damaged(fmt::format("unknown kind of quotation \"{}\"", text.substr(0, kShown)));
}

Quote quote_of(const Json& j) {
  Quote quote;
  if (!member(j, "speaker").is_null()) quote.speaker = text(j, "speaker");
  quote.kind = parse_kind(text(j, "kind"));
  quote.span = {offset_of(member(j, "begin")), offset_of(member(j, "end"))};
  quote.segments = spans_of(j, "segments");
  if (!member(j, "source").is_null()) quote.source = span_of(member(j, "source"));
  quote.cue = text(j, "cue");
  return quote;
}

// Records of before have none.
double confidence_of(const Json& j) {
  const auto found = j.find("confidence");
  if (found == j.end()) return 1;
  const double value = found->is_number() ? found->get<double>() : -1;
  if (!(value >= 0 && value <= 1)) throw_damaged("\"confidence\" is no number from 0 to 1");
  return value;
}

Place place_of(const Json& j) {
  const auto kind = parse_place_kind(text(j, "kind"));
  if (!kind)
    throw_damaged(fmt::format("unknown kind of place \"{}\"", text(j, "kind").substr(0, kShown)));
  return {.name = text(j, "name"),
          .label = text(j, "label"),
          .id = number(j, "id"),
          .kind = *kind,
          .country = text(j, "country"),
          .region = text(j, "region"),
          .lat = degrees(j, "lat", 90),
          .lon = degrees(j, "lon", 180),
          .parents = texts(j, "parents"),
          .mentions = spans_of(j, "mentions"),
          .confidence = confidence_of(j)};
}

PartialDate date_of(const std::string& text) {
  const auto value = parse_partial_date(text);
  if (!value) throw_damaged(fmt::format("\"{}\" is no date", text.substr(0, kShown)));
  return *value;
}

Record record_of(const Json& j) {
  Record record;
  for (const auto& item : list(j, "quotes")) record.quotes.push_back(quote_of(item));
  for (const auto& item : list(j, "speakers")) {
    record.speakers.push_back({text(item, "name"), text(item, "type") == "person"
                                                       ? SpeakerType::person
                                                       : SpeakerType::organisation});
  }
  for (const auto& item : list(j, "places")) record.places.push_back(place_of(item));
  record.focus = texts(j, "focus");
  for (const auto& item : list(j, "dates"))
    record.dates.push_back({date_of(text(item, "value")), spans_of(item, "mentions")});
  return record;
}

// Behind the string that begins at `pos`.
std::size_t end_of_string(std::string_view json, std::size_t pos) {
  for (++pos; pos < json.size() && json[pos] != '"'; ++pos) {
    if (json[pos] == '\\') ++pos;
  }
  return std::min(pos + 1, json.size());
}

}  // namespace

std::string_view to_string(QuoteKind kind) {
  switch (kind) {
    case QuoteKind::direct:
      return "direct";
    case QuoteKind::mixed:
      return "mixed";
    case QuoteKind::indirect:
      return "indirect";
  }
  return "";
}

std::string_view to_string(SpeakerType type) {
  return type == SpeakerType::person ? "person" : "organisation";
}

namespace {
constexpr std::string_view kPlaceKinds[] = {
    "continent", "country", "territory", "region", "district", "city",     "town",
    "quarter",   "island",  "sea",       "river",  "lake",     "mountain", "area"};
}

std::string_view to_string(PlaceKind kind) { return kPlaceKinds[static_cast<std::size_t>(kind)]; }

std::optional<PlaceKind> parse_place_kind(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kPlaceKinds); ++i) {
    if (kPlaceKinds[i] == text) return static_cast<PlaceKind>(i);
  }
  return std::nullopt;
}

std::string to_json_line(const Article& article, const Record& record, RecordForm form) {
  Json j = Json::object();
  add_path(j, article.path);
  j["date"] = to_string(article.date);
  j["title"] = article.title_text();
  if (article.encoding != Encoding::utf8) j["encoding"] = to_string(article.encoding);
  if (form == RecordForm::stored) {
    j["title_span"] = json_of(article.title);
    j["paragraphs"] = json_of(article.paragraphs);
  }
  j["quotes"] = Json::array();
  for (const auto& quote : record.quotes) {
    j["quotes"].push_back(json_of(quote));
    if (form == RecordForm::printed) j["quotes"].back()["text"] = slice(article.text, quote.span);
  }
  j["speakers"] = Json::array();
  for (const auto& speaker : record.speakers)
    j["speakers"].push_back({{"name", speaker.name}, {"type", to_string(speaker.type)}});
  j["places"] = Json::array();
  for (const auto& place : record.places) j["places"].push_back(json_of(place, form));
  j["focus"] = record.focus;
  j["dates"] = Json::array();
  for (const auto& date : record.dates)
    j["dates"].push_back({{"value", to_string(date.value)}, {"mentions", json_of(date.mentions)}});
  return j.dump();
}

namespace {

// The library builds and destroys what is nested by calling itself: a line of brackets alone would
// take the whole stack.
void require_shallow(std::string_view json) {
  int depth = 0;
  for (std::size_t pos = 0; pos < json.size();) {
    const char c = json[pos];
    if ((c == '{' || c == '[') && ++depth > kDeepest)
      throw_damaged(fmt::format("nested more than {} deep", kDeepest));
    if (c == '}' || c == ']') --depth;
    pos = c == '"' ? end_of_string(json, pos) : pos + 1;
  }
}

void require_span(Span span, std::size_t text_bytes, const char* of) {
  if (span.begin > span.end || span.end > text_bytes) {
    throw_damaged(fmt::format("a span of {} from {} to {} in a text of {} bytes", of, span.begin,
                              span.end, text_bytes));
  }
}

void require_each(const std::vector<Span>& spans, std::size_t text_bytes, const char* of) {
  for (const Span span : spans) require_span(span, text_bytes, of);
}

}  // namespace

void require_spans(const Record& record, std::size_t text_bytes) {
  std::uint64_t quoted = 0;
  for (const auto& quote : record.quotes) {
    require_span(quote.span, text_bytes, "a quotation");
    quoted += quote.span.size();
    require_each(quote.segments, text_bytes, "a quotation");
    if (quote.source) require_span(*quote.source, text_bytes, "a speaker");
  }
  if (quoted > kMostQuoted * text_bytes + (1 << 20))
    throw_damaged(fmt::format("quotations of {} bytes in a text of {}", quoted, text_bytes));
  for (const auto& place : record.places) require_each(place.mentions, text_bytes, "a place");
  for (const auto& date : record.dates) require_each(date.mentions, text_bytes, "a date");
}

void require_spans(const StoredRecord& stored, std::string_view text) {
  if (stored.paragraphs.empty()) throw_damaged("it has no paragraphs");
  std::uint32_t behind = 0;
  for (const Span paragraph : stored.paragraphs) {
    require_span(paragraph, text.size(), "a paragraph");
    if (paragraph.empty() || paragraph.begin < behind)
      throw_damaged(fmt::format("a paragraph from {} to {} behind one that ends at {}",
                                paragraph.begin, paragraph.end, behind));
    behind = paragraph.end;
  }
  require_span(stored.title_span, text.size(), "a title");
  const bool stands_there = stored.paragraphs.front().contains(stored.title_span) &&
                            slice(text, stored.title_span) == stored.title;
  if (!stored.title_span.empty() && !stands_there) throw_damaged("its title is not in the text");
  require_spans(stored.record, text.size());
}

StoredRecord parse_json_line(std::string_view line) try {
  require_shallow(line);
  const Json j = Json::parse(line);
  StoredRecord stored;
  stored.path = j.is_object() && j.contains("path_base64") ? decode_base64(text(j, "path_base64"))
                                                           : text(j, "path");
  stored.title = text(j, "title");
  stored.date = days_of(date_of(text(j, "date"))).first;
  if (j.contains("encoding")) stored.encoding = encoding_named(text(j, "encoding"));
  if (j.contains("paragraphs")) {
    stored.title_span = span_of(member(j, "title_span"));
    stored.paragraphs = spans_of(j, "paragraphs");
  }
  stored.record = record_of(j);
  return stored;
} catch (const nlohmann::json::exception&) {
  throw_damaged("it is no JSON");
}

}  // namespace dateline
