#include "common/record_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "common/error.h"
#include "common/listed_record.h"
#include "indexer/formats/article_format.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;

namespace {

Article sample_article(std::string path) {
  return parse_article(std::move(path),
                       dateline::test::article_bytes(
                           "2023-03-03", "“We regret it,” said Anna Lind in Paris on Thursday."));
}

Record sample_record() {
  Record record;
  record.quotes.push_back({.speaker = "Anna Lind",
                           .kind = QuoteKind::direct,
                           .span = {21, 40},
                           .segments = {{21, 40}},
                           .source = Span{47, 56},
                           .cue = "said"});
  record.quotes.push_back({.speaker = std::nullopt,
                           .kind = QuoteKind::indirect,
                           .span = {60, 70},
                           .segments = {{60, 70}},
                           .source = std::nullopt,
                           .cue = ""});
  record.speakers = {{"Anna Lind", SpeakerType::person},
                     {"Energy Ministry", SpeakerType::organisation}};
  record.places.push_back({.name = "Paris",
                           .label = "Paris, FR",
                           .id = 2988507,
                           .kind = PlaceKind::city,
                           .country = "FR",
                           .region = "Île-de-France",
                           .lat = 48.85341,
                           .lon = 2.3488,
                           .parents = {"France", "Europe"},
                           .mentions = {{60, 65}}});
  record.focus = {"FR"};
  record.dates.push_back({*parse_partial_date("2023-03-02"), {{69, 77}}});
  return record;
}

}  // namespace

TEST_CASE("a stored record comes back as it was") {
  const Article article = sample_article("/archive/a.txt");
  for (const auto form : {RecordForm::printed, RecordForm::stored, RecordForm::schema_4}) {
    const StoredRecord stored = parse_json_line(to_json_line(article, sample_record(), form));
    CHECK(stored.record == sample_record());
    CHECK(stored.path == "/archive/a.txt");
    CHECK(stored.date == article.date);
    CHECK(stored.title == article.title_text());
    const bool spans = form == RecordForm::stored;
    CHECK(stored.title_span == (spans ? article.title : Span{}));
    CHECK(stored.paragraphs == (spans ? article.paragraphs : std::vector<Span>{}));
  }
}

TEST_CASE("the JSON line has the keys the format promises") {
  const auto json = nlohmann::json::parse(to_json_line(sample_article("a.txt"), sample_record()));
  CHECK(json.at("quotes").at(0).at("text") == "“We regret it,”");
  CHECK(json.at("quotes").at(0).at("segments") == nlohmann::json::parse("[[21,40]]"));
  CHECK(json.at("quotes").at(1).at("speaker").is_null());
  CHECK(json.at("places").at(0).at("region") == "Île-de-France");
  CHECK(json.at("dates") ==
        nlohmann::json::parse(R"([{"value":"2023-03-02","mentions":[[69,77]]}])"));
  CHECK_FALSE(json.contains("encoding"));
}

TEST_CASE("a path that is not UTF-8 is shown with U+FFFD and kept in base64") {
  const std::string path = "/archive/caf\xe9.txt";
  const auto line = to_json_line(sample_article(path), {});
  const auto json = nlohmann::json::parse(line);
  CHECK(json.at("path") == "/archive/caf\xEF\xBF\xBD.txt");
  CHECK(json.at("path_base64") == "L2FyY2hpdmUvY2Fm6S50eHQ=");
  CHECK(parse_json_line(line).path == path);
}

TEST_CASE("a line that is no record is an error, whatever it is") {
  for (
      const char* line :
      {"", "{", "[]", "{}",
       R"({"path":"a","date":"2023-02-30","title":"","quotes":[],"speakers":[],"places":[],"focus":[],"dates":[]})",
       R"({"path":"a","date":"2023-02-03","title":"","quotes":[{"speaker":1}],"speakers":[],"places":[],"focus":[],"dates":[]})"}) {
    INFO(line);
    CHECK_THROWS_AS(parse_json_line(line), Error);
  }
}

TEST_CASE("what a list of hits shows is read from the line alone as from the whole record") {
  Record record = sample_record();
  record.speakers.push_back({"Ann \"The Net\" O’Lind, {]", SpeakerType::person});
  record.places.push_back(record.places.front());
  record.places.back().label = "Back\\slash, FR";
  for (const auto* path : {"/archive/a.txt", "/archive/caf\xe9.txt"}) {
    const auto line = to_json_line(sample_article(path), record, RecordForm::stored);
    const StoredRecord listed = parse_listed(line);
    const StoredRecord whole = parse_json_line(line);
    CHECK(listed.path == whole.path);
    CHECK(listed.title == whole.title);
    CHECK(listed.date == whole.date);
    CHECK(listed.title_span == whole.title_span);
    CHECK(listed.paragraphs == whole.paragraphs);
    CHECK(listed.record.speakers == whole.record.speakers);
    REQUIRE(listed.record.places.size() == 2);
    CHECK(listed.record.places[0].label == "Paris, FR");
    CHECK(listed.record.places[1].label == "Back\\slash, FR");
  }
}

TEST_CASE("a line that breaks off is refused when listed") {
  const auto line = to_json_line(sample_article("a.txt"), sample_record(), RecordForm::stored);
  for (std::size_t size = 0; size < line.size(); ++size)
    CHECK_THROWS_AS(parse_listed(std::string_view(line).substr(0, size)), Error);
}

TEST_CASE("a listed line that is no record is refused in words of ours, whatever it is") {
  const auto line = to_json_line(sample_article("a.txt"), sample_record(), RecordForm::stored);
  const auto changed = [&](const std::string& from, const std::string& to) {
    const auto at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.substr(0, at) + to + line.substr(at + from.size());
  };
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  for (const std::string& json :
       {std::string("[1,2]"), std::string("\"a\""), std::string("{}"), deep, line + line,
        line + ",", changed("\"path\":\"a.txt\"", "\"path\":7"),
        changed("Anna Lind", "Anna \xff Lind"),
        changed("\"label\":\"Paris, FR\"", "\"label\":[\"Paris, FR\"]"),
        changed("\"title\":\"", "\"title\":\"\\ud800"), changed("\"focus\":[\"FR\"]", deep),
        changed("\"date\":\"2023-03-03\"", "\"date\":\"2023-13-03\""),
        changed("\"title_span\":[", "\"title_span\":[4294967296,"),
        changed("\"paragraphs\":[[", "\"paragraphs\":[[-")}) {
    INFO(json.substr(0, 200));
    CHECK_THROWS_WITH(parse_listed(json), Catch::StartsWith("stored record: "));
  }
}

TEST_CASE("a record that is not what this version writes is named in words of ours") {
  const std::string line =
      to_json_line(sample_article("/archive/a.txt"), sample_record(), RecordForm::stored);
  const auto changed = [&](const std::string& from, const std::string& to) {
    const auto at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.substr(0, at) + to + line.substr(at + from.size());
  };
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const std::vector<std::pair<std::string, std::string>> cases = {
      {deep, "nested more than 64 deep"},
      {"[1,2]", "no object where \"path\" belongs"},
      {"{", "it is no JSON"},
      {changed("\"focus\":[\"FR\"]", "\"focus\":" + deep), "nested more than 64 deep"},
      {changed("\"begin\":21", "\"begin\":-1"), "an offset is no number of bytes"},
      {changed("\"begin\":21", "\"begin\":4294967296"), "an offset is no number of bytes"},
      {changed("\"begin\":21", "\"begin\":1.5"), "an offset is no number of bytes"},
      {changed("[[21,40]]", "[[21]]"), "a span is no pair of offsets"},
      {changed("[[21,40]]", "7"), "\"segments\" is no list"},
      {changed("\"title_span\":[", "\"title_span\":[7,"), "a span is no pair of offsets"},
      {changed("\"paragraphs\":[", "\"paragraphs\":[7,"), "a span is no pair of offsets"},
      {changed("\"lat\":48.85341", "\"lat\":1e30"), "\"lat\" is no number of degrees"},
      {changed("\"lat\":48.85341", "\"lat\":1e999"), "it is no JSON"},
      {changed("\"id\":2988507", "\"id\":18446744073709551615"), "\"id\" is no whole number"},
      {changed("\"kind\":\"direct\"", "\"kind\":3"), "\"kind\" is no text"},
      {changed("\"value\":\"2023-03-02\"", "\"value\":\"2023-13-02\""),
       "\"2023-13-02\" is no date"},
  };
  for (const auto& [json, why] : cases) {
    INFO(json.substr(0, 200));
    CHECK_THROWS_WITH(parse_json_line(json), "stored record: " + why);
  }
}

TEST_CASE("spans outside of the text, turned round, or of far more text than there is are damage") {
  const auto with = [](Span span) {
    Record record = sample_record();
    record.quotes.front().span = span;
    return record;
  };
  CHECK_NOTHROW(require_spans(sample_record(), 100));
  CHECK_THROWS_WITH(require_spans(with({21, 101}), 100),
                    "stored record: a span of a quotation from 21 to 101 in a text of 100 bytes");
  CHECK_THROWS_AS(require_spans(with({40, 21}), 100), Error);
  Record mentions = sample_record();
  mentions.dates.front().mentions.front().end = 4'000'000'000;
  CHECK_THROWS_AS(require_spans(mentions, 100), Error);
  Record many = sample_record();
  many.quotes.assign(1000, many.quotes.front());
  for (auto& quote : many.quotes) quote.span = {0, 1 << 20};
  CHECK_THROWS_AS(require_spans(many, 1 << 20), Error);
}

TEST_CASE("title and paragraphs that do not stand in the text are damage") {
  const std::string text = "Talks resume\n\nThe ministers met.";
  const auto with = [](Span title, std::vector<Span> paragraphs) {
    StoredRecord stored;
    stored.title = "Talks resume";
    stored.title_span = title;
    stored.paragraphs = std::move(paragraphs);
    return stored;
  };
  CHECK_NOTHROW(require_spans(with({0, 12}, {{0, 12}, {14, 32}}), text));
  CHECK_NOTHROW(require_spans(with({0, 0}, {{14, 32}}), text));
  const std::vector<std::pair<StoredRecord, std::string>> cases = {
      {with({0, 0}, {}), "it has no paragraphs"},
      {with({0, 12}, {{0, 12}, {14, 33}}),
       "a span of a paragraph from 14 to 33 in a text of 32 bytes"},
      {with({0, 12}, {{0, 12}, {14, 14}}), "a paragraph from 14 to 14 behind one that ends at 12"},
      {with({0, 12}, {{0, 15}, {14, 32}}), "a paragraph from 14 to 32 behind one that ends at 15"},
      {with({0, 12}, {{14, 32}, {0, 12}}), "a paragraph from 0 to 12 behind one that ends at 32"},
      {with({12, 0}, {{0, 12}}), "a span of a title from 12 to 0 in a text of 32 bytes"},
      {with({0, 11}, {{0, 12}}), "its title is not in the text"},
      {with({0, 12}, {{14, 32}}), "its title is not in the text"},
      {with({20, 32}, {{14, 32}}), "its title is not in the text"},
      {with({0, 4'000'000'000}, {{0, 12}}),
       "a span of a title from 0 to 4000000000 in a text of 32 bytes"},
  };
  for (const auto& [stored, why] : cases)
    CHECK_THROWS_WITH(require_spans(stored, text), "stored record: " + why);
}
