// Results for scripts: one JSON object, format version 1 (query/README.md).
#include <nlohmann/json.hpp>

#include "common/base64.h"
#include "common/record_json.h"
#include "common/unicode.h"
#include "query/render/renderer.h"

namespace dateline {
namespace {

using Json = nlohmann::ordered_json;

// Bytes that are not UTF-8 are shown as U+FFFD.
std::string printed(const Json& j) { return j.dump(2, ' ', false, Json::error_handler_t::replace) + '\n'; }

void add_path(Json& j, const std::string& path) {
  j["path"] = path;
  if (!is_valid_utf8(path)) j["path_base64"] = encode_base64(path);
}

Json json_of(const Snippet& snippet) {
  Json highlights = Json::array();
  for (const Span span : snippet.highlights) highlights.push_back({span.begin, span.end});
  return {{"text", snippet.text}, {"highlights", highlights}};
}

Json json_of(const Hit& hit, std::size_t rank) {
  Json j;
  j["rank"] = rank;
  add_path(j, hit.path);
  j["title"] = hit.title;
  j["date"] = to_string(hit.date);
  j["score"] = hit.score;
  j["speakers"] = Json::array();
  for (const auto& speaker : hit.speakers) j["speakers"].push_back({{"name", speaker.name}, {"type", to_string(speaker.type)}});
  j["places"] = hit.places;
  if (!hit.snippet.text.empty()) j["snippet"] = json_of(hit.snippet);
  return j;
}

Json json_of(const std::vector<FacetCount>& counts) {
  Json values = Json::array();
  for (const auto& value : counts) values.push_back({{"value", value.value}, {"count", value.count}});
  return values;
}

Json json_of(const FacetResult& facet) {
  return {{"facet", info(facet.facet).name}, {"distinct", facet.distinct}, {"values", json_of(facet.values)}};
}

Json json_of(const Timeline& timeline) { return {{"unit", to_string(timeline.unit)}, {"rows", json_of(timeline.rows)}}; }

}  // namespace

std::string render_json(const ResultSet& results) {
  Json j;
  j["version"] = 1;
  j["query"] = results.query;
  j["total"] = results.total;
  j["total_is_exact"] = results.total_is_exact;
  j["archive"] = results.archive;
  j["offset"] = results.offset;
  j["hits"] = Json::array();
  std::size_t rank = results.offset;
  for (const auto& hit : results.hits) j["hits"].push_back(json_of(hit, ++rank));
  j["facets"] = Json::array();
  for (const auto& facet : results.facets) j["facets"].push_back(json_of(facet));
  if (results.timeline) j["timeline"] = json_of(*results.timeline);
  j["notices"] = Json::array();
  for (const auto& notice : results.notices) j["notices"].push_back(notice);
  if (!results.explanation.empty()) j["explanation"] = results.explanation;
  return printed(j);
}

std::string render_article_json(const ShownArticle& article) {
  Json j = Json::parse(article.json);
  for (std::size_t i = 0; i < article.record.quotes.size(); ++i) {
    const Span span = article.record.quotes[i].span;
    if (span.end <= article.text.size()) j["quotes"][i]["text"] = slice(article.text, span);
  }
  j["text"] = article.text;
  return printed(j);
}

}  // namespace dateline
