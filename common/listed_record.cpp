#include "common/listed_record.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cstdint>
#include <limits>

#include "common/base64.h"
#include "common/error.h"

namespace dateline {
namespace {

using Object = simdjson::ondemand::object;
using Value = simdjson::ondemand::value;

[[noreturn]] void throw_damaged(std::string_view why) {
  throw Error(fmt::format("stored record: {}", why), Remedy{RemedyKind::rebuild});
}

std::string text_of(Value value) { return std::string(std::string_view(value.get_string())); }

Day day_of(Value value) {
  const auto date = parse_partial_date(std::string_view(value.get_string()));
  if (!date) throw_damaged("it has no day of publication");
  return days_of(*date).first;
}

Speaker speaker_of(Value value) {
  Speaker speaker;
  for (auto member : value.get_object()) {
    const std::string_view key = member.unescaped_key();
    if (key == "name")
      speaker.name = text_of(member.value());
    else if (key == "type" && std::string_view(member.value()) != "person")
      speaker.type = SpeakerType::organisation;
  }
  return speaker;
}

PlaceKind place_kind_of(Value value) {
  const auto kind = parse_place_kind(std::string_view(value.get_string()));
  if (!kind) throw_damaged("a place has no kind");
  return *kind;
}

Place place_of(Value value) {
  Place place;
  for (auto member : value.get_object()) {
    const std::string_view key = member.unescaped_key();
    if (key == "label")
      place.label = text_of(member.value());
    else if (key == "id")
      place.id = member.value().get_int64();
    else if (key == "kind")
      place.kind = place_kind_of(member.value());
    else if (key == "lat")
      place.lat = member.value().get_double();
    else if (key == "lon")
      place.lon = member.value().get_double();
  }
  return place;
}

// A pair of offsets.
Span span_of(Value value) {
  std::uint64_t offsets[2] = {};
  std::size_t count = 0;
  for (auto item : value.get_array()) {
    if (count == 2) throw_damaged("a span is no pair of offsets");
    offsets[count++] = std::uint64_t(item.get_uint64());
  }
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (count != 2 || offsets[0] > kMost || offsets[1] > kMost)
    throw_damaged("a span is no pair of offsets");
  return {static_cast<std::uint32_t>(offsets[0]), static_cast<std::uint32_t>(offsets[1])};
}

void read_member(std::string_view key, Value value, StoredRecord& stored) {
  if (key == "path")
    stored.path = text_of(value);
  else if (key == "path_base64")
    stored.path = decode_base64(text_of(value));
  else if (key == "title")
    stored.title = text_of(value);
  else if (key == "date")
    stored.date = day_of(value);
  else if (key == "encoding")
    stored.encoding = encoding_named(value.get_string());
  else if (key == "title_span")
    stored.title_span = span_of(value);
  else if (key == "paragraphs")
    for (auto item : value.get_array()) stored.paragraphs.push_back(span_of(Value(item.value())));
  else if (key == "speakers")
    for (auto item : value.get_array())
      stored.record.speakers.push_back(speaker_of(Value(item.value())));
  else if (key == "places")
    for (auto item : value.get_array())
      stored.record.places.push_back(place_of(Value(item.value())));
}

}  // namespace

StoredRecord parse_listed(std::string_view line) try {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string json(line);
  auto document = parser.iterate(json);
  StoredRecord stored;
  bool whole = false;
  for (auto member : document.get_object()) {
    const std::string_view key = member.unescaped_key();
    whole = key == "dates";  // the last member
    read_member(key, Value(member.value()), stored);
  }
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (!whole || stored.title.empty() || !at_end) throw_damaged("it breaks off");
  return stored;
} catch (const simdjson::simdjson_error&) {
  throw_damaged("it is no JSON");
}

}  // namespace dateline
