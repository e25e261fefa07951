// What is found comes out harmless, whatever the articles hold.
#include "query/render/renderer.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>

#include "common/unicode.h"

using namespace dateline;

namespace {

const std::string kHostile = "<script>\"x\"</script>\x1b[31m\a\r\n\xff\xfe\tend" + std::string(1, '\0') + "\xe2\x80\xae";

ResultSet results_with(const std::string& text) {
  ResultSet results;
  results.query = text;
  results.total = 1;
  results.archive = 83;
  Hit hit;
  hit.path = "/archive/" + text + ".txt";
  hit.title = text;
  hit.date = *make_day(2023, 3, 3);
  hit.score = 4.5;
  hit.speakers = {{.name = text, .type = SpeakerType::person}};
  hit.places = {text, "Geneva, CH"};
  hit.snippet = {.text = "a treaty was signed", .highlights = {{2, 8}}};
  results.hits = {hit};
  results.facets = {{.facet = Facet::speaker, .values = {{text, 3}, {"Anna Lind", 1}}, .distinct = 2}};
  results.notices = {text};
  return results;
}

bool has_control(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; });
}

}  // namespace

TEST_CASE("text shows control characters and escapes of the terminal, and sends none") {
  const std::string text = render_text(results_with(kHostile), {.colour = false, .width = 80});
  CHECK_FALSE(has_control(text));
  CHECK(is_valid_utf8(text));
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK_THAT(text, Catch::Contains("<script>"));
}

TEST_CASE("in colour only the renderer's own escapes are sent") {
  const std::string text = render_text(results_with("plain\x1b[31m"), {.colour = true, .width = 80});
  CHECK(text.find("\x1b[31m") == std::string::npos);
  CHECK(text.find("\x1b[") != std::string::npos);
}

TEST_CASE("JSON of anything parses, and says again what was there") {
  const auto json = nlohmann::json::parse(render_json(results_with(kHostile)));
  CHECK(json.at("version") == 1);
  CHECK(json.at("total") == 1);
  const auto& hit = json.at("hits").at(0);
  CHECK(hit.at("title").get<std::string>().starts_with("<script>\"x\"</script>\x1b[31m\a\r\n"));
  CHECK(hit.at("path_base64").is_string());
  CHECK(hit.at("snippet").at("highlights") == nlohmann::json::parse("[[2,8]]"));
  CHECK(json.at("facets").at(0).at("values").at(1) == nlohmann::json{{"value", "Anna Lind"}, {"count", 1}});
}

TEST_CASE("a path that is UTF-8 has no second form") {
  const auto json = nlohmann::json::parse(render_json(results_with("plain")));
  CHECK_FALSE(json.at("hits").at(0).contains("path_base64"));
}

TEST_CASE("a TREC run is six columns, whatever the path") {
  ResultSet results = results_with("plain");
  CHECK(render_trec(results, "q1") == "q1 Q0 plain 1 4.500000 dateline\n");
  results.hits[0].path = "/archive/two words\n.txt";
  const std::string line = render_trec(results, "q1");
  CHECK(std::ranges::count(line, '\n') == 1);
  CHECK(std::ranges::count(line, ' ') == 5);
}

TEST_CASE("a timeline is drawn with its empty rows, in every format") {
  ResultSet results = results_with("plain");
  results.facets.clear();
  results.hits.clear();
  results.timeline = Timeline{.unit = DateUnit::month, .rows = {{"2023-01", 12}, {"2023-02", 0}, {"2023-03", 3}}};
  const std::string text = render_text(results, {});
  CHECK(text.find("by month\n    2023-01 12 ████████████████████\n    2023-02  0\n    2023-03  3 █████\n") == 0);
  const auto json = nlohmann::json::parse(render_json(results));
  CHECK(json.at("timeline").at("unit") == "month");
  CHECK(json.at("timeline").at("rows").at(1) == nlohmann::json{{"value", "2023-02"}, {"count", 0}});
  CHECK(render_trec(results, "q7") == "# q7 timeline 2023-01 12\n# q7 timeline 2023-02 0\n# q7 timeline 2023-03 3\n");
}

TEST_CASE("no hits are said, not shown as emptiness") {
  ResultSet nothing;
  nothing.query = "xyzzy";
  CHECK_THAT(render_text(nothing, {}), Catch::Contains("0") || Catch::Contains("no articles"));
  CHECK(nlohmann::json::parse(render_json(nothing)).at("hits").empty());
  CHECK(render_trec(nothing, "1").empty());
}

TEST_CASE("random bytes in every place give valid text and JSON") {
  std::mt19937 random(5);
  for (int trial = 0; trial < 500; ++trial) {
    std::string bytes;
    for (auto n = random() % 60; n > 0; --n) bytes += static_cast<char>(random() % 256);
    const ResultSet results = results_with(bytes);
    const std::string text = render_text(results, {.colour = trial % 2 == 0, .width = 20 + random() % 100});
    CHECK(is_valid_utf8(text));
    if (trial % 2 != 0) CHECK_FALSE(has_control(text));
    CHECK_NOTHROW(nlohmann::json::parse(render_json(results)));
  }
}
