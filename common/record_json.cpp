#include "common/record_json.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "common/base64.h"
#include "common/error.h"
#include "common/unicode.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(Span span) { return Json::array({span.begin, span.end}); }

Json json_of(const std::vector<Span>& spans) {
  Json list = Json::array();
  for (const auto& span : spans) list.push_back(json_of(span));
  return list;
}

Json json_of(const Quote& quote) {
  Json j = Json::object();  // not null: one that becomes an object when memory is out cannot be destroyed
  j["speaker"] = quote.speaker ? Json(*quote.speaker) : Json(nullptr);
  j["kind"] = to_string(quote.kind);
  j["begin"] = quote.span.begin;
  j["end"] = quote.span.end;
  j["segments"] = json_of(quote.segments);
  j["source"] = quote.source ? json_of(*quote.source) : Json(nullptr);
  j["cue"] = quote.cue;
  return j;
}

Json json_of(const Place& place) {
  return {{"name", place.name},     {"label", place.label},   {"id", place.id},   {"kind", to_string(place.kind)},
          {"country", place.country}, {"region", place.region}, {"lat", place.lat}, {"lon", place.lon},
          {"parents", place.parents}, {"mentions", json_of(place.mentions)}};
}

Span span_of(const Json& j) { return {j.at(0).get<std::uint32_t>(), j.at(1).get<std::uint32_t>()}; }

std::vector<Span> spans_of(const Json& j) {
  std::vector<Span> spans;
  for (const auto& item : j) spans.push_back(span_of(item));
  return spans;
}

QuoteKind parse_kind(const std::string& text) {
  for (const auto kind : {QuoteKind::direct, QuoteKind::mixed, QuoteKind::indirect}) {
    if (to_string(kind) == text) return kind;
  }
  throw Error(fmt::format("stored record: unknown kind of quotation \"{}\"", text));
}

Quote quote_of(const Json& j) {
  Quote quote;
  if (!j.at("speaker").is_null()) quote.speaker = j.at("speaker").get<std::string>();
  quote.kind = parse_kind(j.at("kind").get<std::string>());
  quote.span = {j.at("begin").get<std::uint32_t>(), j.at("end").get<std::uint32_t>()};
  quote.segments = spans_of(j.at("segments"));
  if (!j.at("source").is_null()) quote.source = span_of(j.at("source"));
  quote.cue = j.at("cue").get<std::string>();
  return quote;
}

Place place_of(const Json& j) {
  const auto kind = parse_place_kind(j.at("kind").get<std::string>());
  if (!kind) throw Error(fmt::format("stored record: unknown kind of place \"{}\"", j.at("kind").get<std::string>()));
  return {.name = j.at("name"), .label = j.at("label"), .id = j.at("id"), .kind = *kind, .country = j.at("country"),
          .region = j.at("region"), .lat = j.at("lat"), .lon = j.at("lon"), .parents = j.at("parents"),
          .mentions = spans_of(j.at("mentions"))};
}

PartialDate date_of(const std::string& text) {
  const auto value = parse_partial_date(text);
  if (!value) throw Error(fmt::format("stored record: \"{}\" is no date", text));
  return *value;
}

Record record_of(const Json& j) {
  Record record;
  for (const auto& item : j.at("quotes")) record.quotes.push_back(quote_of(item));
  for (const auto& item : j.at("speakers")) {
    record.speakers.push_back({item.at("name"), item.at("type") == "person" ? SpeakerType::person : SpeakerType::organisation});
  }
  for (const auto& item : j.at("places")) record.places.push_back(place_of(item));
  record.focus = j.at("focus").get<std::vector<std::string>>();
  for (const auto& item : j.at("dates")) record.dates.push_back({date_of(item.at("value")), spans_of(item.at("mentions"))});
  return record;
}

[[noreturn]] void throw_damaged(std::string_view why) { throw Error(fmt::format("stored record: {}", why), "rebuild the index with --rebuild"); }

// Behind the string that begins at `pos`.
std::size_t end_of_string(std::string_view json, std::size_t pos) {
  for (++pos; pos < json.size() && json[pos] != '"'; ++pos) {
    if (json[pos] == '\\') ++pos;
  }
  return std::min(pos + 1, json.size());
}

// Behind the value that begins at `pos`: what is in it is not read.
std::size_t end_of_value(std::string_view json, std::size_t pos) {
  for (int depth = 0; pos < json.size();) {
    const char c = json[pos];
    if (depth == 0 && (c == ',' || c == ']' || c == '}')) return pos;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    pos = c == '"' ? end_of_string(json, pos) : pos + 1;
  }
  return pos;
}

std::string string_of(std::string_view json) {
  const bool plain = json.size() >= 2 && json.front() == '"' && json.find('\\') == std::string_view::npos;
  return plain ? std::string(json.substr(1, json.size() - 2)) : Json::parse(json).get<std::string>();
}

// The items of an array as they are written. REQUIRES: no white space, as in what to_json_line() writes; so for_each_member().
template <class Sink>
void for_each_item(std::string_view array, Sink&& sink) {
  for (std::size_t pos = 1; pos + 1 < array.size();) {
    const std::size_t end = end_of_value(array, pos);
    sink(array.substr(pos, end - pos));
    pos = end + 1;
  }
}

template <class Sink>
void for_each_member(std::string_view object, Sink&& sink) {
  if (!object.starts_with('{') || !object.ends_with('}')) throw_damaged("no object");
  for_each_item(object, [&](std::string_view member) {
    const std::size_t end = end_of_string(member, 0);
    if (end >= member.size() || member[end] != ':') throw_damaged(fmt::format("no member \"{}\"", member.substr(0, 40)));
    sink(member.substr(0, end), member.substr(end + 1));
  });
}

Speaker listed_speaker(std::string_view json) {
  Speaker speaker;
  for_each_member(json, [&](std::string_view key, std::string_view value) {
    if (key == "\"name\"") speaker.name = string_of(value);
    else if (key == "\"type\"" && value != "\"person\"") speaker.type = SpeakerType::organisation;
  });
  return speaker;
}

Place listed_place(std::string_view json) {
  Place place;
  for_each_member(json, [&](std::string_view key, std::string_view value) {
    if (key == "\"label\"") place.label = string_of(value);
  });
  return place;
}

}  // namespace

std::string_view to_string(QuoteKind kind) {
  switch (kind) {
    case QuoteKind::direct: return "direct";
    case QuoteKind::mixed: return "mixed";
    case QuoteKind::indirect: return "indirect";
  }
  return "";
}

std::string_view to_string(SpeakerType type) { return type == SpeakerType::person ? "person" : "organisation"; }

namespace {
constexpr std::string_view kPlaceKinds[] = {"continent", "country", "territory", "region", "district", "city", "town",
                                            "quarter",   "island",  "sea",       "river",  "lake",     "mountain", "area"};
}

std::string_view to_string(PlaceKind kind) { return kPlaceKinds[static_cast<std::size_t>(kind)]; }

std::optional<PlaceKind> parse_place_kind(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kPlaceKinds); ++i) {
    if (kPlaceKinds[i] == text) return static_cast<PlaceKind>(i);
  }
  return std::nullopt;
}

std::string to_json_line(const Article& article, const Record& record, QuoteText quote_text) {
  Json j = Json::object();
  j["path"] = replace_invalid_utf8(article.path);
  if (!is_valid_utf8(article.path)) j["path_base64"] = encode_base64(article.path);
  j["date"] = to_string(article.date);
  j["title"] = article.title_text();
  if (article.encoding != Encoding::utf8) j["encoding"] = to_string(article.encoding);
  j["quotes"] = Json::array();
  for (const auto& quote : record.quotes) {
    j["quotes"].push_back(json_of(quote));
    if (quote_text == QuoteText::include) j["quotes"].back()["text"] = slice(article.text, quote.span);
  }
  j["speakers"] = Json::array();
  for (const auto& speaker : record.speakers) j["speakers"].push_back({{"name", speaker.name}, {"type", to_string(speaker.type)}});
  j["places"] = Json::array();
  for (const auto& place : record.places) j["places"].push_back(json_of(place));
  j["focus"] = record.focus;
  j["dates"] = Json::array();
  for (const auto& date : record.dates) j["dates"].push_back({{"value", to_string(date.value)}, {"mentions", json_of(date.mentions)}});
  return j.dump();
}

StoredRecord parse_json_line(std::string_view line) try {
  const Json j = Json::parse(line);
  StoredRecord stored;
  stored.path = j.contains("path_base64") ? decode_base64(j.at("path_base64").get<std::string>()) : j.at("path").get<std::string>();
  stored.title = j.at("title").get<std::string>();
  stored.date = days_of(date_of(j.at("date").get<std::string>())).first;
  if (j.value("encoding", "utf-8") == to_string(Encoding::windows1252)) stored.encoding = Encoding::windows1252;
  stored.record = record_of(j);
  return stored;
} catch (const nlohmann::json::exception& error) {
  throw_damaged(error.what());
}

StoredRecord parse_listed(std::string_view line) try {
  StoredRecord stored;
  bool whole = false;
  for_each_member(line, [&](std::string_view key, std::string_view value) {
    if (key == "\"path\"") stored.path = string_of(value);
    else if (key == "\"path_base64\"") stored.path = decode_base64(string_of(value));
    else if (key == "\"title\"") stored.title = string_of(value);
    else if (key == "\"date\"") stored.date = days_of(date_of(string_of(value))).first;
    else if (key == "\"encoding\"" && string_of(value) == to_string(Encoding::windows1252)) stored.encoding = Encoding::windows1252;
    else if (key == "\"speakers\"") for_each_item(value, [&](std::string_view item) { stored.record.speakers.push_back(listed_speaker(item)); });
    else if (key == "\"places\"") for_each_item(value, [&](std::string_view item) { stored.record.places.push_back(listed_place(item)); });
    else if (key == "\"dates\"") whole = value.ends_with(']');  // the last member
  });
  if (!whole || stored.title.empty()) throw_damaged("it breaks off");
  return stored;
} catch (const nlohmann::json::exception& error) {
  throw_damaged(error.what());
}

}  // namespace dateline
