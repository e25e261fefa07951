// Any bytes in every place of a result or an article come out harmless in every format: valid
// UTF-8, no control character, JSON that parses, tables with as many columns in each row. Of any
// text the passage is valid, with highlights in order.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common/text/unicode.h"
#include "common/text/word.h"
#include "query/hits/snippet.h"
#include "query/render/renderer.h"

namespace {

using namespace dateline;

void require(bool condition) {
  if (!condition) std::abort();
}

ResultSet results_with(const std::string& text) {
  ResultSet results;
  results.query = text;
  results.total = 2;
  results.folded = 4;
  Hit hit{.path = "/" + text,
          .title = text,
          .date = *make_day(2023, 3, 3),
          .score = 1,
          .speakers = {{.name = text}, {.name = "Anna Lind"}},
          .wanted_speakers = 1,
          .places = {{.label = text}, {.label = text}},
          .wanted_places = 2,
          .copies = 2};
  const auto size = static_cast<std::uint32_t>(text.size());
  hit.snippet = {.text = text, .highlights = {{size / 4, size / 2}}};
  if (size < 4) hit.snippet.highlights.clear();
  hit.title_highlights = hit.snippet.highlights;
  hit.quotes = {
      {{.speaker = text, .kind = QuoteKind::mixed, .span = {0, size}, .said = hit.snippet},
       {.speaker = "", .span = {0, size}, .said = hit.snippet}}};
  results.hits = {hit, hit};
  results.facets = {{.facet = Facet::place, .values = {{text, 3}, {"Geneva", 0}}, .distinct = 2}};
  results.timeline = Timeline{.unit = DateUnit::year, .rows = {{"2023", 2}}};
  results.notices = {{.kind = NoticeKind::unknown_value, .field = text, .value = text}};
  results.explanation = text;
  return results;
}

ShownArticle article_with(const std::string& text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  ShownArticle article{.path = text,
                       .title = text,
                       .date = *make_day(2023, 3, 3),
                       .record = {},
                       .text = text,
                       .json = {}};
  article.record.speakers = {{.name = text}};
  article.record.quotes = {
      {.speaker = text, .span = {size / 3, size}, .segments = {}, .source = {}, .cue = {}}};
  return article;
}

// Words of some lengths are words of the query: a passage whose highlights are in order, none
// empty, on whole characters.
void check_snippet(const std::string& text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = size / 8;
  const Body body = find_body(text, {begin, begin + size / 8},
                              {{begin, begin + size / 4}, {begin + size / 2, size}});
  std::vector<Occurrence> found;
  for_each_word(text, [&](Span span, std::string_view form) {
    if (form.size() % 3 == 0)
      found.push_back({.span = span, .part = form.size() % 7, .weight = 1, .words = {span}});
  });
  std::vector<std::optional<ChosenPassage>> choices(1);
  if (!found.empty() && found.back().span.begin >= body.rest.begin) {
    const ChosenPassage last{.span = {found.back().span.begin, body.rest.end},
                             .lead = found[found.size() / 2].span};
    choices.emplace_back(last);
  }
  for (const auto& chosen : choices) {
    const Snippet snippet = make_snippet(text, body.rest, found, chosen);
    require(is_valid_utf8(snippet.text));
    std::uint32_t end = 0;
    for (const Span span : snippet.highlights) {
      require(span.begin >= end && span.begin < span.end && span.end <= snippet.text.size() &&
              is_valid_utf8(slice(snippet.text, span)));
      end = span.end;
    }
  }
}

void require_harmless(const std::string& text, std::string_view allowed) {
  require(is_valid_utf8(text));
  for (const char c : text)
    require(static_cast<unsigned char>(c) >= 0x20 ? c != 0x7F
                                                  : allowed.find(c) != std::string_view::npos);
}

void check_lines(const std::string& text, char separator, std::ptrdiff_t separators) {
  for (std::size_t pos = 0; pos < text.size();) {
    const auto end = text.find('\n', pos);
    require(end != std::string::npos);
    require(std::count(text.begin() + static_cast<std::ptrdiff_t>(pos),
                       text.begin() + static_cast<std::ptrdiff_t>(end), separator) == separators);
    pos = end + 1;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ResultSet results = results_with(std::string(reinterpret_cast<const char*>(data), size));
  const auto as = [&](OutputFormat format) {
    return render(results,
                  {.format = format, .text = {.width = size % 200}, .query_id = results.query});
  };
  require_harmless(as(OutputFormat::text), "\n");
  require_harmless(render_article(article_with(results.query), {.text = {.width = size % 200}}),
                   "\n");
  if (is_valid_utf8(results.query)) check_snippet(results.query);
  require_harmless(as(OutputFormat::paths), "\n");
  require_harmless(as(OutputFormat::trec), "\n");
  require_harmless(as(OutputFormat::csv), "\r\n");
  const std::string tsv = as(OutputFormat::tsv);
  require_harmless(tsv, "\t\n");
  check_lines(tsv, '\t', 13);
  const std::string json = as(OutputFormat::json);
  require_harmless(json, "\n");
  require(nlohmann::json::parse(json).at("hits").size() == 2);
  const std::string jsonl = as(OutputFormat::jsonl);
  require_harmless(jsonl, "\n");
  for (std::size_t pos = 0; pos < jsonl.size(); pos = jsonl.find('\n', pos) + 1) {
    require(nlohmann::json::parse(jsonl.substr(pos, jsonl.find('\n', pos) - pos)).contains("type"));
  }
  return 0;
}
