// What is found comes out harmless, whatever the articles hold.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "query/render/renderer.h"

using namespace dateline;

namespace {

const std::string kHostile =
    "<script>\"x\"</script>\x1b[31m\a\r\n\xff\xfe\tend" + std::string(1, '\0') + "\xe2\x80\xae";

ResultSet results_with(const std::string& text) {
  ResultSet results;
  results.query = text;
  results.total = 1;
  results.archive = 83;
  Hit hit;
  hit.path = "/archive/" + text + ".txt";
  hit.title = text;
  hit.title_highlights = {{0, 3}};
  hit.date = *make_day(2023, 3, 3);
  hit.score = 4.5;
  hit.speakers = {{.name = text, .type = SpeakerType::person}};
  hit.id = "0123456789abcdef";
  hit.places = {{.label = text, .id = -7, .lat = 46.2, .lon = 6.15},
                {.label = "Geneva, CH", .id = 2660646, .lat = 46.2, .lon = 6.15}};
  hit.snippet = {.text = "a treaty was signed", .highlights = {{2, 8}}};
  if (text != "plain")
    hit.quotes = {{{.speaker = text,
                    .kind = QuoteKind::direct,
                    .span = {0, 3},
                    .said = {.text = text, .highlights = {{0, 3}}}}}};
  results.hits = {hit};
  results.facets = {
      {.facet = Facet::speaker, .values = {{text, 3}, {"Anna Lind", 1}}, .distinct = 2}};
  results.notices = {{.kind = NoticeKind::unknown_value,
                      .field = "speaker",
                      .value = text,
                      .suggestions = {text},
                      .position = 8}};
  return results;
}

std::string as(OutputFormat format, const ResultSet& results) {
  return render(results, {.format = format});
}
std::string as_text(const ResultSet& results, TextStyle style = {}) {
  return render(results, {.format = OutputFormat::text, .text = style});
}
nlohmann::json as_json(const ResultSet& results) {
  return nlohmann::json::parse(as(OutputFormat::json, results));
}
std::string as_trec(const ResultSet& results, std::string id) {
  return render(results, {.format = OutputFormat::trec, .query_id = std::move(id)});
}

std::vector<std::string> lines_of(const std::string& text, std::string_view end = "\n") {
  std::vector<std::string> lines;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto at = text.find(end, pos);
    REQUIRE(at != std::string::npos);
    lines.push_back(text.substr(pos, at - pos));
    pos = at + end.size();
  }
  return lines;
}

// RFC 4180, read back: rows of cells.
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
      rows.back().back() += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      rows.back().emplace_back();
    else if (c == '\r' && !quoted)
      rows.push_back({""}), ++i;
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

ResultSet counted(const std::string& value) {
  ResultSet results = results_with("plain");
  results.facets = {{.facet = Facet::speaker, .values = {{value, 3}}, .distinct = 2}};
  results.timeline = Timeline{.unit = DateUnit::year, .rows = {{"2023", 4}}};
  return results;
}

// A result of one hit with nothing to be counted.
ResultSet of_one(Hit hit) {
  ResultSet results;
  results.total = 1;
  results.archive = 20000;
  hit.path = "/a.txt";
  hit.date = *make_day(2023, 3, 3);
  results.hits = {std::move(hit)};
  return results;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const auto& line : lines_of(text)) widest = std::max(widest, columns_of(line));
  return widest;
}

bool has_control(const std::string& text) {
  return std::ranges::any_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
  });
}

}  // namespace

TEST_CASE("text shows control characters and escapes of the terminal, and sends none") {
  const std::string text = as_text(results_with(kHostile));
  CHECK_FALSE(has_control(text));
  CHECK(is_valid_utf8(text));
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK_THAT(text, Catch::Contains("<script>"));
}

TEST_CASE("in colour only the renderer's own escapes are sent") {
  const std::string text = as_text(results_with("plain\x1b[31m"), {.colour = true, .width = 80});
  CHECK(text.find("\x1b[31m") == std::string::npos);
  CHECK(text.find("\x1b[") != std::string::npos);
}

TEST_CASE("JSON of anything parses, and says again what was there") {
  const auto json = as_json(results_with(kHostile));
  CHECK(json.at("version") == 1);
  CHECK(json.at("total") == 1);
  const auto& hit = json.at("hits").at(0);
  CHECK(hit.at("title").get<std::string>().starts_with("<script>\"x\"</script>\x1b[31m\a\r\n"));
  CHECK(hit.at("path_base64").is_string());
  CHECK(hit.at("snippet").at("highlights") == nlohmann::json::parse("[[2,8]]"));
  CHECK(hit.at("title_highlights") == nlohmann::json::parse("[[0,3]]"));
  CHECK(json.at("facets").at(0).at("values").at(1) ==
        nlohmann::json{{"value", "Anna Lind"}, {"count", 1}});
}

TEST_CASE("a path that is UTF-8 has no second form") {
  const auto json = as_json(results_with("plain"));
  CHECK_FALSE(json.at("hits").at(0).contains("path_base64"));
}

TEST_CASE("a TREC run is six columns, whatever the path") {
  ResultSet results = results_with("plain");
  results.facets.clear();
  CHECK(as_trec(results, "q1") == "q1 Q0 plain 1 4.500000 dateline\n");
  results.hits[0].path = "/archive/two words\n.txt";
  const std::string line = as_trec(results, "q1");
  CHECK(std::ranges::count(line, '\n') == 1);
  CHECK(std::ranges::count(line, ' ') == 5);
}

TEST_CASE("a timeline is drawn with its empty rows, in every format") {
  ResultSet results = results_with("plain");
  results.facets.clear();
  results.hits.clear();
  results.timeline =
      Timeline{.unit = DateUnit::month, .rows = {{"2023-01", 12}, {"2023-02", 0}, {"2023-03", 3}}};
  const std::string text = as_text(results);
  CHECK(text.find("by month\n    2023-01 12 ████████████████████\n    2023-02  0\n    2023-03  3 "
                  "█████\n") == 0);
  const auto json = as_json(results);
  CHECK(json.at("timeline").at("unit") == "month");
  CHECK(json.at("timeline").at("rows").at(1) == nlohmann::json{{"value", "2023-02"}, {"count", 0}});
  CHECK(as_trec(results, "q7") ==
        "# q7 timeline 2023-01 12\n# q7 timeline 2023-02 0\n# q7 timeline 2023-03 3\n");
}

TEST_CASE("no hits are said, not shown as emptiness") {
  ResultSet nothing;
  nothing.query = "xyzzy";
  CHECK_THAT(as_text(nothing), Catch::Contains("0") || Catch::Contains("no articles"));
  CHECK(as_json(nothing).at("hits").empty());
  CHECK(as_trec(nothing, "1").empty());
}

TEST_CASE(
    "no format sends a control character, whatever the archive holds and whatever was asked") {
  for (const auto format :
       {OutputFormat::text, OutputFormat::json, OutputFormat::jsonl, OutputFormat::csv,
        OutputFormat::tsv, OutputFormat::paths, OutputFormat::trec}) {
    INFO(static_cast<int>(format));
    ResultSet results = results_with(kHostile);
    results.explanation = kHostile;
    std::string text = render(results, {.format = format, .query_id = kHostile});
    CHECK(is_valid_utf8(text));
    if (format == OutputFormat::csv) std::erase(text, '\r');
    if (format == OutputFormat::tsv) std::ranges::replace(text, '\t', ' ');
    CHECK_FALSE(has_control(text));
    CHECK(text.find("\xc2\x9b") == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  }
}

TEST_CASE("JSON may stand in a web page: no < opens an element") {
  CHECK(as(OutputFormat::json, results_with(kHostile)).find('<') == std::string::npos);
  CHECK(as(OutputFormat::jsonl, results_with(kHostile)).find('<') == std::string::npos);
}

TEST_CASE("JSON lines say what they are, the search first") {
  const auto lines =
      lines_of(render(counted("Anna Lind"), {.format = OutputFormat::jsonl, .query_id = "q3"}));
  REQUIRE(lines.size() == 4);
  const auto search = nlohmann::json::parse(lines[0]);
  CHECK(search.at("type") == "search");
  CHECK(search.at("id") == "q3");
  CHECK(search.at("total") == 1);
  CHECK(nlohmann::json::parse(lines[1]).at("rank") == 1);
  CHECK(nlohmann::json::parse(lines[2]) ==
        nlohmann::json{
            {"type", "facet"}, {"facet", "speaker"}, {"value", "Anna Lind"}, {"count", 3}});
  CHECK(nlohmann::json::parse(lines[3]) ==
        nlohmann::json{{"type", "timeline"}, {"unit", "year"}, {"value", "2023"}, {"count", 4}});
}

TEST_CASE("CSV is RFC 4180: every row has the header's columns and reads back") {
  const auto rows = parse_csv(as(OutputFormat::csv, counted("Lind, \"Anna\"")));
  REQUIRE(rows.size() == 4);
  for (const auto& row : rows) CHECK(row.size() == rows[0].size());
  CHECK(rows[1] == std::vector<std::string>{
                       "hit", "1", "2023-03-03", "4.500000", "/archive/plain.txt", "plain", "plain",
                       "plain; Geneva, CH", "a treaty was signed", "0", "", "", "", ""});
  CHECK(rows[2] == std::vector<std::string>{"facet", "", "", "", "", "", "", "", "", "", "speaker",
                                            "Lind, \"Anna\"", "3", ""});
  CHECK(rows[3][10] == "year");
  CHECK(parse_csv(as(OutputFormat::csv, results_with(kHostile))).size() == 5);
}

TEST_CASE("quotations stand under their hit in text, in JSON as its quotes, in tables as rows") {
  ResultSet results = results_with("plain");
  results.facets.clear();
  results.notices.clear();
  const Span span{100, 109};
  const Snippet said{.text = "\"We met,\"", .highlights = {{4, 7}}};
  results.hits[0].quotes = {
      {{.speaker = "Anna Lind", .kind = QuoteKind::direct, .span = span, .said = said},
       {.speaker = "Bo Ek", .kind = QuoteKind::direct, .span = span, .said = said},
       {.speaker = "",
        .kind = QuoteKind::indirect,
        .span = {120, 129},
        .said = {.text = "it rained", .highlights = {}}}}};
  const std::string text = as_text(results, {.colour = true, .width = 80});
  CHECK_THAT(text, Catch::Contains("\n    Anna Lind; Bo Ek: \"We \x1b[1;33mmet\x1b[0m,\"\n    "
                                   "(nobody named): it rained\n\n"));
  CHECK(text.find("a treaty was signed") == std::string::npos);
  const auto quotes = as_json(results).at("hits").at(0).at("quotes");
  CHECK(
      quotes.at(0) ==
      nlohmann::json::parse(
          R"({"speaker":"Anna Lind","kind":"direct","begin":100,"end":109,"text":"\"We met,\"","highlights":[[4,7]]})"));
  CHECK(quotes.at(2) ==
        nlohmann::json::parse(
            R"({"kind":"indirect","begin":120,"end":129,"text":"it rained","highlights":[]})"));
  const auto rows = parse_csv(as(OutputFormat::csv, results));
  REQUIRE(rows.size() == 5);
  CHECK(rows[2] == std::vector<std::string>{"quote", "1", "2023-03-03", "", "/archive/plain.txt",
                                            "plain", "Anna Lind", "", "\"We met,\"", "", "", "", "",
                                            ""});
  CHECK(rows[4][6].empty());
  results.hits[0].quotes = std::vector<Quotation>{};
  CHECK_THAT(as_text(results), Catch::Contains("a treaty was signed"));
  CHECK(as_json(results).at("hits").at(0).at("quotes").empty());
}

TEST_CASE("significant values stand in tables and lines with both counts and their measure") {
  ResultSet results;
  results.significant = {
      {.facet = Facet::speaker,
       .values = {{.value = "Anna Lind", .count = 3, .archive = 7, .score = 12.5}}}};
  CHECK(parse_csv(as(OutputFormat::csv, results))[1] ==
        std::vector<std::string>{"significant", "", "", "12.500000", "", "", "", "", "", "",
                                 "speaker", "Anna Lind", "3", "7"});
  CHECK_THAT(
      as(OutputFormat::tsv, results),
      Catch::EndsWith("\nsignificant\t\t\t12.500000\t\t\t\t\t\t\tspeaker\tAnna Lind\t3\t7\n"));
  CHECK(as(OutputFormat::paths, results) == "# significant speaker 3 7 12.500000 Anna Lind\n");
  CHECK(as_trec(results, "q7") == "# q7 significant speaker 3 7 12.500000 Anna Lind\n");
}

TEST_CASE("TSV has the same columns, and no tab or line end in a cell") {
  const auto lines = lines_of(as(OutputFormat::tsv, results_with(kHostile)));
  REQUIRE(lines.size() == 5);
  for (const auto& line : lines) CHECK(std::ranges::count(line, '\t') == 13);
}

TEST_CASE("no cell of a table is a formula for a spreadsheet") {
  const auto rows = parse_csv(as(OutputFormat::csv, results_with("=HYPERLINK(\"http://x\")")));
  CHECK(rows[1][5] == "'=HYPERLINK(\"http://x\")");
  CHECK(rows[2][6].starts_with("'="));
  CHECK(rows[3][11].starts_with("'="));
}

TEST_CASE("paths are a line each, with -0 their exact bytes") {
  ResultSet results = counted("Anna Lind");
  results.hits[0].path = "/archive/two\nlines\xff.txt";
  CHECK(as(OutputFormat::paths, results) ==
        "/archive/two lines\xef\xbf\xbd.txt\n# facet speaker 3 Anna Lind\n# timeline 2023 4\n");
  const std::string exact = render(results, {.format = OutputFormat::paths, .exact_paths = true});
  CHECK(lines_of(exact, std::string_view("\0", 1)).front() == results.hits[0].path);
}

TEST_CASE("facets stand in a TREC run as comments") {
  CHECK_THAT(as_trec(counted("Anna Lind"), "7"),
             Catch::EndsWith("# 7 facet speaker 3 Anna Lind\n# 7 timeline 2023 4\n"));
}

TEST_CASE("pages put together are the whole, in every format") {
  ResultSet whole = counted("Anna Lind");
  whole.total = 3;
  whole.hits.assign(3, whole.hits.front());
  ResultSet first = whole;
  first.hits.resize(2);
  ResultSet second = whole;
  second.hits.resize(1);
  second.earlier = 2;
  for (const auto format :
       {OutputFormat::text, OutputFormat::json, OutputFormat::jsonl, OutputFormat::csv,
        OutputFormat::tsv, OutputFormat::paths, OutputFormat::trec}) {
    INFO(static_cast<int>(format));
    const OutputStyle style{.format = format};
    CHECK(render_begin(first, style) + render_hits(first, style) + render_hits(second, style) +
              render_end(second, style) ==
          render(whole, style));
  }
}

TEST_CASE("random bytes in every place give valid text and JSON") {
  std::mt19937 random(5);
  for (int trial = 0; trial < 500; ++trial) {
    std::string bytes;
    for (auto n = random() % 60; n > 0; --n) bytes += static_cast<char>(random() % 256);
    const ResultSet results = results_with(bytes);
    const std::string text =
        as_text(results, {.colour = trial % 2 == 0, .width = 20 + random() % 100});
    CHECK(is_valid_utf8(text));
    if (trial % 2 != 0) CHECK_FALSE(has_control(text));
    CHECK_NOTHROW(as_json(results));
  }
}

TEST_CASE(
    "found words are marked in the title, the passage and the names asked for, colours closed on "
    "each line") {
  Hit hit{.title = "Treaty signed",
          .title_highlights = {{0, 6}},
          .speakers = {{"Anna Lind"}, {"Bo Ek"}},
          .wanted_speakers = 1,
          .snippet = {.text = "They went to New York", .highlights = {{13, 21}}}};
  CHECK(render_hits(of_one(hit), {.text = {.colour = true, .width = 20}}) ==
        " 1. \x1b[1m\x1b[33mTreaty\x1b[39m signed\x1b[0m\n"
        "    2023-03-03  \x1b[2m/a.txt\x1b[0m\n"
        "    said by: \x1b[1;33mAnna\x1b[0m\n"
        "        \x1b[1;33mLind\x1b[0m and 1\n"
        "        more\n"
        "    They went to \x1b[1;33mNew\x1b[0m\n"
        "    \x1b[1;33mYork\x1b[0m\n\n");
}

TEST_CASE("a line of names has those that fit, whole, and counts the others") {
  Hit hit{.title = "Talks",
          .places = {{.label = "Washington, District of Columbia, US"},
                     {.label = "Geneva, CH"},
                     {.label = "Paris, Texas, US"}}};
  CHECK_THAT(as_text(of_one(hit), {.width = 66}),
             Catch::Contains("    places: Washington, District of Columbia, US and 2 more\n"));
  CHECK_THAT(
      as_text(of_one(hit), {.width = 72}),
      Catch::Contains("    places: Washington, District of Columbia, US; Geneva, CH and 1 more\n"));
}

TEST_CASE("names asked for are shown however many and long they are") {
  Hit hit{.title = "Talks",
          .places = {{.label = "Washington, District of Columbia, US"},
                     {.label = "Paris, Texas, US"},
                     {.label = "Oslo"}},
          .wanted_places = 2};
  CHECK_THAT(as_text(of_one(hit), {.width = 40}),
             Catch::Contains("    places: Washington, District of\n        Columbia, US; Paris, "
                             "Texas, US\n        and 1 more\n"));
}

TEST_CASE("the mark of a cut never stands alone on a line") {
  const Hit hit{.title = "Talks", .snippet = {.text = "one two three four …", .highlights = {}}};
  CHECK_THAT(as_text(of_one(hit), {.width = 23}),
             Catch::Contains("\n    one two three\n    four …\n"));
}

TEST_CASE("text keeps to the width of the terminal, in scripts without blanks too") {
  std::string run;
  for (int i = 0; i < 60; ++i) run += "平和";
  Hit hit{.title = run,
          .speakers = {{run}},
          .places = {{.label = run}},
          .snippet = {.text = run + " word " + run, .highlights = {{30, 60}}}};
  ResultSet results = of_one(hit);
  results.hits.front().path = "/";
  results.facets = {{.facet = Facet::place, .values = {{run, 12345}}, .distinct = 1}};
  results.significant = {
      {.facet = Facet::place, .values = {{.value = run, .count = 3, .archive = 4, .score = 5}}}};
  for (const std::size_t width : {29u, 40u, 80u}) {
    INFO(width);
    CHECK(widest_line(render_hits(results, {.text = {.width = width}})) <= width);
    for (const auto& line : lines_of(as_text(results, {.width = width}))) {
      if (line.find("平") != std::string::npos) CHECK(columns_of(line) <= width);
    }
  }
}

TEST_CASE("in a narrow terminal bars give way before values") {
  ResultSet results;
  results.facets = {{.facet = Facet::speaker,
                     .values = {{"Maria Alvarez-Olsen", 12}, {"Anna Lind", 3}},
                     .distinct = 2}};
  CHECK_THAT(as_text(results, {.width = 40}),
             Catch::Contains(
                 "    Maria Alvarez-Olsen 12 █████████████\n    Anna Lind            3 ███\n"));
  CHECK_THAT(as_text(results, {.width = 30}),
             Catch::Contains("    Maria Alvarez-O… 12 ██████\n") ||
                 Catch::Contains("    Maria Alvarez-Ol… 12 █████\n"));
}

TEST_CASE("over-represented values stand in columns with heads, large numbers with commas") {
  ResultSet results;
  results.total = 1234;
  results.archive = 20000;
  results.significant = {{.facet = Facet::speaker,
                          .values = {{"Anna Lind", 1007, 12345, 27.31}, {"Bo Ek", 2, 3, 4.0}}}};
  CHECK(as_text(results) ==
        "speaker over-represented (log-likelihood)\n"
        "               score   hits  archive\n"
        "    Anna Lind   27.3  1,007   12,345\n"
        "    Bo Ek        4.0      2        3\n\n"
        "1,234 of 20,000 articles\n");
}

TEST_CASE(
    "in a narrow terminal names of over-represented values give way, then columns, and no number "
    "is cut") {
  ResultSet results;
  results.total = 1234;
  results.archive = 20000;
  results.significant = {
      {.facet = Facet::speaker,
       .values = {{"Maria Alvarez-Olsen", 1007, 12345, 1127.31}, {"Bo Ek", 2, 3, 4.0}}}};
  const auto table = [&](std::size_t width) {
    return render_end(results, {.text = {.width = width}});
  };
  CHECK_THAT(table(40), Catch::Contains("\n                   score   hits  archive\n    Maria "
                                        "Alvar…  1127.3  1,007   12,345\n"));
  CHECK_THAT(table(30), Catch::Contains("\n                 hits  archive\n    Maria Alv…  1,007   "
                                        "12,345\n    Bo Ek           2        3\n"));
  CHECK_THAT(
      table(20),
      Catch::Contains("\n                hits\n    Maria Al…  1,007\n    Bo Ek          2\n"));
  CHECK_THAT(table(20), Catch::StartsWith("speaker over-repres…\n"));
}

TEST_CASE("--show gives dates as a query takes them, decades and centuries too") {
  ShownArticle article{.path = "/a.txt",
                       .title = "Talks",
                       .date = *make_day(2023, 3, 3),
                       .record = {},
                       .text = "Late.\n",
                       .json = {}};
  for (const char* value : {"180", "19", "2025", "2023-03-02"})
    article.record.dates.push_back({.value = *parse_partial_date(value), .mentions = {}});
  CHECK_THAT(render_article(article, {}),
             Catch::Contains("\ndates: 1800s; 1900..1999; 2025; 2023-03-02\n"));
}

TEST_CASE("--show wraps what was extracted and the article at words, and cuts nothing") {
  ShownArticle article{.path = "/a.txt",
                       .title = "Talks",
                       .date = *make_day(2023, 3, 3),
                       .record = {},
                       .text = "  They met in the harbour.\n\nLate.\n",
                       .json = {}};
  article.record.speakers = {{"Anna Lind"}, {"Bo Ek"}};
  article.record.quotes = {
      {.speaker = "Anna Lind", .span = {2, 26}, .segments = {{2, 26}}, .source = {}, .cue = {}}};
  CHECK(render_article(article, {.text = {.width = 20}}) ==
        "Talks\n"
        "2023-03-03 /a.txt\n"
        "said by: Anna Lind;\n"
        "    Bo Ek\n"
        "  Anna Lind: They\n"
        "    met in the\n"
        "    harbour.\n"
        "\n"
        "  They met in the\n"
        "  harbour.\n"
        "\n"
        "Late.\n");
}

TEST_CASE("line ends of Unicode end no line") {
  const std::string separators = "one\u2028two\u2029three";
  for (const auto format :
       {OutputFormat::text, OutputFormat::json, OutputFormat::jsonl, OutputFormat::csv,
        OutputFormat::tsv, OutputFormat::paths, OutputFormat::trec}) {
    const std::string text = as(format, results_with(separators));
    CHECK(text.find("\u2028") == std::string::npos);
    CHECK(text.find("\u2029") == std::string::npos);
  }
  CHECK(as_json(results_with(separators)).at("hits").at(0).at("title") == separators);
}

TEST_CASE("an article that is one word of a megabyte is wrapped in time") {
  ShownArticle article{.path = "/a.txt",
                       .title = "Talks",
                       .date = *make_day(2023, 3, 3),
                       .record = {},
                       .text = std::string(1'000'000, 'x'),
                       .json = {}};
  CHECK(widest_line(render_article(article, {.text = {.width = 40}})) == 40);
}

TEST_CASE("JSON gives a notice as a text for a shell and as data") {
  ResultSet results;
  results.notices = {{.kind = NoticeKind::unknown_value,
                      .field = "place",
                      .value = "Genva",
                      .suggestions = {"place:\"Geneva, CH\""},
                      .position = 6},
                     {.kind = NoticeKind::some_of_the_words, .number = 1}};
  const auto json = nlohmann::json::parse(as(OutputFormat::json, results));
  CHECK(json["notices"] ==
        nlohmann::json{"no article has place:\"Genva\"; did you mean 'place:\"Geneva, CH\"'?",
                       "no article has all the words; 1 has some of them (--match any)"});
  CHECK(json["notice_values"] ==
        nlohmann::json::parse(R"([{"kind":"unknown-value","field":"place","value":"Genva",
                                   "suggestions":["place:\"Geneva, CH\""],"position":6},
                                  {"kind":"some-of-the-words","number":1}])"));
}
