// The rules of extraction, row by row: tests/extract/rules/FILE.tsv is about the rules of
// indexer/extract/*/FILE.cpp.
//
// The first line names what is asked: "sentence TAB dates", "sentence TAB speakers", "sentence TAB
// named", "sentence TAB places" or "sentence TAB focus", and a third column "published" where rows
// need a day of their own. README.md of the folder says how a row is written.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/text/take_until.h"
#include "indexer/formats/article_format.h"
#include "tests/extract/annotated_articles.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

const std::string kPublished = "2023-03-03";  // a Friday
const std::string kHeadline = "A picture from the hall";
const std::string kNone = "-";
constexpr std::size_t kFewestRows = 10;  // of a file

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text.empty() ? kNone : text;
}

// In the order of the text; a value that is named twice stands twice.
std::string dates_of(const Record& record) {
  std::vector<std::pair<Span, std::string>> mentions;
  for (const auto& date : record.dates) {
    for (const Span span : date.mentions) mentions.emplace_back(span, to_string(date.value));
  }
  std::ranges::sort(mentions);
  std::vector<std::string> values;
  for (const auto& mention : mentions) values.push_back(mention.second);
  return joined(values);
}

std::string speakers_of(const Record& record) {
  std::vector<std::string> quotes;
  for (const auto& quote : record.quotes) {
    quotes.push_back(quote.speaker.value_or(kNone) + '|' + std::string(to_string(quote.kind)) +
                     '|' + (quote.cue.empty() ? kNone : quote.cue));
  }
  return joined(quotes);
}

std::string named_of(const Record& record) {
  std::vector<std::string> speakers;
  for (const auto& speaker : record.speakers)
    speakers.push_back(speaker.name + '|' + std::string(to_string(speaker.type)));
  return joined(speakers);
}

std::string focus_of(const Record& record) { return joined(record.focus); }

std::string places_of(const Record& record) {
  std::vector<std::string> labels;
  for (const auto& place : record.places) labels.push_back(place.label);
  return joined(labels);
}

const std::map<std::string, std::function<std::string(const Record&)>> kAsked = {
    {"dates", dates_of},
    {"focus", focus_of},
    {"named", named_of},
    {"speakers", speakers_of},
    {"places", places_of}};

// "# Headline ¶ a paragraph ¶ another"; without "# " the headline is one that says nothing.
Article article_of(const std::string& sentence, const std::string& published) {
  std::string body = sentence;
  const std::string mark = " ¶ ";
  for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark))
    body.replace(at, mark.size(), "\n\n");
  body = body.starts_with("# ") ? body.substr(2) : kHeadline + "\n\n" + body;
  return parse_article("a.txt", " date " + published + " \n\n" + body + "\n");
}

bool is_rule_file(const std::string& name) {
  const fs::path rules = source_folder() / "indexer/extract";
  return std::ranges::any_of(fs::directory_iterator(rules), [&](const auto& item) {
    return item.is_directory() && fs::exists(item.path() / (name + ".cpp"));
  });
}

std::vector<fs::path> tables() {
  std::vector<fs::path> files;
  for (const auto& item : fs::directory_iterator(source_folder() / "tests/extract/rules")) {
    if (item.path().extension() == ".tsv") files.push_back(item.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("each row of the rules' tables gives what it expects") {
  for (const auto& file : tables()) {
    const std::string name = file.filename().string();
    const auto lines = parts_of<std::string>(read_file(file), '\n');
    INFO(name);
    REQUIRE(is_rule_file(file.stem().string()));
    REQUIRE(lines.size() > kFewestRows);
    const auto header = parts_of<std::string>(lines[0], '\t');
    REQUIRE(header.size() >= 2);
    REQUIRE(kAsked.contains(header[1]));
    std::set<std::string> sentences;
    std::size_t against = 0;  // rows of which nothing is expected
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto cells = parts_of<std::string>(lines[i], '\t');
      INFO(name << ":" << i + 1 << ": " << lines[i]);
      REQUIRE(cells.size() >= 2);
      const std::string published = cells.size() > 2 ? cells[2] : kPublished;
      CHECK(sentences.insert(published + cells[0]).second);
      against += cells[1] == kNone ? 1 : 0;
      const Record record = extractor().extract(article_of(cells[0], published));
      CHECK(kAsked.at(header[1])(record) == cells[1]);
    }
    CHECK(against > 0);
    CHECK(against + 1 < lines.size());
  }
}

TEST_CASE("each file of date rules has its rows") {
  for (const auto& item : fs::directory_iterator(source_folder() / "indexer/extract/dates")) {
    if (item.path().extension() != ".cpp") continue;
    INFO(item.path().filename());
    const std::string table = item.path().stem().string() + ".tsv";
    CHECK(fs::exists(source_folder() / "tests/extract/rules" / table));
  }
}
