// Results for scripts: one JSON object, or an object a line; format version 1 (query/README.md).
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common/path_json.h"
#include "common/record_json.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "query/render/format.h"
#include "query/render/notice_text.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr int kOneLine = -1;

// What a terminal or a web page would act on is written as JSON's own escape: DEL, C1, directional
// marks, "<". All stand in strings.
std::string escaped(const std::string& json) {
  std::string out;
  for (std::size_t pos = 0; pos < json.size();) {
    const auto c = code_point_at(json, pos);
    if (c.value == '<' || drives_terminal(c.value))
      out += c.value == '\n' ? "\n" : fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c.value));
    else
      out.append(json, pos, c.bytes);
    pos += c.bytes;
  }
  return out;
}

// Bytes that are not UTF-8 are shown as U+FFFD.
std::string printed(const Json& j, int indent) {
  return escaped(j.dump(indent, ' ', false, Json::error_handler_t::replace));
}

Json json_of(const std::vector<Span>& highlights) {
  Json list = Json::array();
  for (const Span span : highlights) list.push_back({span.begin, span.end});
  return list;
}

Json json_of(const std::vector<Quotation>& quotes) {
  Json list = Json::array();
  for (const auto& quote : quotes) {
    Json j = Json::object();
    if (!quote.speaker.empty()) j["speaker"] = quote.speaker;
    j["kind"] = to_string(quote.kind);
    j["begin"] = quote.span.begin;
    j["end"] = quote.span.end;
    j["text"] = quote.said.text;
    j["highlights"] = json_of(quote.said.highlights);
    list.push_back(std::move(j));
  }
  return list;
}

Json json_of(const HitPlace& place) {
  return {
      {"id", place.id}, {"kind", to_string(place.kind)}, {"lat", place.lat}, {"lon", place.lon}};
}

void add_hit(Json& j, const Hit& hit, std::size_t rank) {
  j["rank"] = rank;
  j["id"] = hit.id;
  add_path(j, hit.path);
  j["title"] = hit.title;
  j["date"] = to_string(hit.date);
  j["score"] = hit.score;
  j["copies"] = hit.copies;
  j["speakers"] = Json::array();
  for (const auto& speaker : hit.speakers)
    j["speakers"].push_back({{"name", speaker.name}, {"type", to_string(speaker.type)}});
  j["places"] = Json::array();
  j["place_points"] = Json::array();
  for (const auto& place : hit.places) {
    j["places"].push_back(place.label);
    j["place_points"].push_back(json_of(place));
  }
  if (hit.quotes) j["quotes"] = json_of(*hit.quotes);
  if (hit.snippet.text.empty()) return;
  j["title_highlights"] = json_of(hit.title_highlights);
  j["snippet"] = {{"text", hit.snippet.text}, {"highlights", json_of(hit.snippet.highlights)}};
}

Json json_of(const std::vector<FacetCount>& counts) {
  Json values = Json::array();
  for (const auto& value : counts)
    values.push_back({{"value", value.value}, {"count", value.count}});
  return values;
}

Json json_of(const FacetResult& facet) {
  return {{"facet", info(facet.facet).name},
          {"distinct", facet.distinct},
          {"values", json_of(facet.values)}};
}

Json json_of(const SignificantValue& value) {
  return {{"value", value.value},
          {"count", value.count},
          {"archive", value.archive},
          {"score", value.score}};
}

Json json_of(const SignificantResult& significant) {
  Json values = Json::array();
  for (const auto& value : significant.values) values.push_back(json_of(value));
  return {{"facet", info(significant.facet).name},
          {"measure", kSignificanceMeasure},
          {"values", values}};
}

Json json_of(const Timeline& timeline) {
  return {{"unit", to_string(timeline.unit)}, {"rows", json_of(timeline.rows)}};
}

// What the kind of a notice has.
Json json_of(const Notice& notice) {
  Json j = Json::object();
  j["kind"] = notice_name(notice.kind);
  if (!notice.field.empty()) j["field"] = notice.field;
  if (!notice.value.empty()) j["value"] = notice.value;
  if (!notice.suggestions.empty()) j["suggestions"] = notice.suggestions;
  if (notice.position != kNoPosition) j["position"] = notice.position;
  if (!notice.names.empty()) j["names"] = notice.names;
  if (notice.number > 0) j["number"] = notice.number;
  return j;
}

void add_search(Json& j, const ResultSet& page, const std::string& query_id) {
  j["version"] = kVersion;
  if (!query_id.empty()) j["id"] = query_id;
  j["query"] = page.query;
  j["total"] = page.total;
  j["total_is_exact"] = page.total_is_exact;
  j["folded"] = page.folded;
  j["archive"] = page.archive;
  j["offset"] = page.offset;
  j["notices"] = Json::array();
  for (const auto& notice : page.notices) j["notices"].push_back(notice_text(notice));
  j["notice_values"] = Json::array();
  for (const auto& notice : page.notices) j["notice_values"].push_back(json_of(notice));
  if (!page.explanation.empty()) j["explanation"] = page.explanation;
}

std::string typed_line(std::string_view type, const auto& fill) {
  Json j = Json::object();
  j["type"] = type;
  fill(j);
  return printed(j, kOneLine) + '\n';
}

void add_count(Json& j, const FacetCount& counted) {
  j["value"] = counted.value;
  j["count"] = counted.count;
}

}  // namespace

// Hits come last and are written one by one: a result of any length needs the memory of a page.
std::string json_begin(const ResultSet& page, const std::string& query_id) {
  Json j = Json::object();
  add_search(j, page, query_id);
  j["facets"] = Json::array();
  for (const auto& facet : page.facets) j["facets"].push_back(json_of(facet));
  for (const auto& significant : page.significant) j["significant"].push_back(json_of(significant));
  if (page.timeline) j["timeline"] = json_of(*page.timeline);
  std::string text = printed(j, 2);
  text.resize(text.size() - 2);  // the line end and the bracket that closes the object
  return text + ",\n  \"hits\": [";
}

std::string json_hits(const ResultSet& page) {
  std::string text;
  std::size_t number = page.earlier;
  for (const auto& hit : page.hits) {
    Json j = Json::object();
    text += number == 0 ? "\n    " : ",\n    ";
    add_hit(j, hit, page.offset + ++number);
    text += printed(j, kOneLine);
  }
  return text;
}

std::string json_end() { return "\n  ]\n}\n"; }

std::string jsonl_begin(const ResultSet& page, const std::string& query_id) {
  return typed_line("search", [&](Json& j) { add_search(j, page, query_id); });
}

std::string jsonl_hits(const ResultSet& page) {
  std::string text;
  std::size_t rank = page.offset + page.earlier;
  for (const auto& hit : page.hits)
    text += typed_line("hit", [&](Json& j) { add_hit(j, hit, ++rank); });
  return text;
}

std::string jsonl_end(const ResultSet& page) {
  std::string text;
  for (const auto& facet : page.facets) {
    for (const auto& value : facet.values) {
      text += typed_line("facet", [&](Json& j) {
        j["facet"] = info(facet.facet).name;
        add_count(j, value);
      });
    }
  }
  for (const auto& significant : page.significant) {
    for (const auto& value : significant.values) {
      text += typed_line("significant", [&](Json& j) {
        j["facet"] = info(significant.facet).name;
        j["measure"] = kSignificanceMeasure;
        j.update(json_of(value));
      });
    }
  }
  if (!page.timeline) return text;
  for (const auto& row : page.timeline->rows) {
    text += typed_line("timeline", [&](Json& j) {
      j["unit"] = to_string(page.timeline->unit);
      add_count(j, row);
    });
  }
  return text;
}

std::string json_article(const ShownArticle& article, bool one_line) {
  Json j = Json::parse(article.json);
  for (std::size_t i = 0; i < article.record.quotes.size(); ++i) {
    const Span span = article.record.quotes[i].span;
    if (span.end <= article.text.size()) j["quotes"][i]["text"] = slice(article.text, span);
  }
  j["text"] = article.text;
  return printed(j, one_line ? kOneLine : 2) + '\n';
}

}  // namespace dateline
