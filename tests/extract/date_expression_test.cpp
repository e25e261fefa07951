#include "indexer/extract/dates/date_expression.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "indexer/formats/article_format.h"

using namespace dateline;

namespace {

const Lexicon& lexicon() {
  static const Lexicon loaded = Lexicon::load(DATELINE_SOURCE "/data");
  return loaded;
}

const Holidays& holidays() {
  static const Holidays loaded = Holidays::load(DATELINE_SOURCE "/data", lexicon());
  return loaded;
}

// "text=VALUE" in order of appearance.
std::vector<std::string> dates_in(const std::string& published, const std::string& sentence) {
  const Article article = parse_article("a.txt", " date " + published + " \n\n" + sentence + "\n");
  std::vector<std::pair<Span, std::string>> found;
  for (const auto& date : find_dates(tokenize(article, lexicon()), article.date, holidays())) {
    for (const Span span : date.mentions) {
      found.emplace_back(span,
                         std::string(slice(article.text, span)) + "=" + to_string(date.value));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; });
  std::vector<std::string> texts;
  for (const auto& item : found) texts.push_back(item.second);
  return texts;
}

std::vector<std::string> split(const std::string& line, const std::string& mark) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at; (at = line.find(mark, begin)) != std::string::npos; begin = at + mark.size())
    parts.push_back(line.substr(begin, at - begin));
  parts.push_back(line.substr(begin));
  return parts;
}

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  std::ifstream file(std::string(DATELINE_SOURCE "/tests/data/dates/") + name);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) rows.push_back(split(line, "\t"));
  return rows;
}

using Dates = std::vector<std::string>;

}  // namespace

TEST_CASE("of the 150 annotated sentences all are read exactly: spans, values and nothing else") {
  const auto rows = rows_of("expressions.tsv");
  REQUIRE(rows.size() == 150);
  int right = 0;
  std::string misses;
  for (const auto& row : rows) {
    const auto found = dates_in(row.at(0), row.at(1));
    right += found == split(row.at(2), " | ") ? 1 : 0;
    if (found == split(row.at(2), " | ")) continue;
    misses += row[0] + " " + row[1] + "\n  expected " + row[2] + "\n  found   ";
    for (const auto& date : found) misses += " " + date + ",";
    misses += "\n";
  }
  INFO(misses);
  CHECK(right >= 150);
}

TEST_CASE("of the 100 annotated traps at least 99 give no date") {
  const auto rows = rows_of("traps.tsv");
  REQUIRE(rows.size() == 100);
  int clean = 0;
  std::string misses;
  for (const auto& row : rows) {
    const auto found = dates_in(row.at(0), row.at(1));
    clean += found.empty() ? 1 : 0;
    if (!found.empty()) misses += row[1] + "\n  found " + found.front() + "\n";
  }
  INFO(misses);
  CHECK(clean >= 99);
}

TEST_CASE("a weekday in a report is the latest one, after will the next one") {
  CHECK(dates_in("2023-03-03", "The ministers met on Thursday.") == Dates{"Thursday=2023-03-02"});
  CHECK(dates_in("2023-03-03", "The ministers will meet on Thursday.") ==
        Dates{"Thursday=2023-03-09"});
  CHECK(dates_in("2023-03-03", "The ministers met on Friday.") == Dates{"Friday=2023-03-03"});
}

TEST_CASE("the spring, the quarter and the second are dates only beside what makes them one") {
  CHECK(dates_in("2023-03-03", "The second quarter of the match was dull.").empty());
  CHECK(dates_in("2023-03-03", "Profit fell in the fourth quarter.") ==
        Dates{"the fourth quarter=2022-Q4"});
  CHECK(dates_in("2023-03-03", "They married in spring 1989.") == Dates{"spring 1989=1989-SP"});
}

TEST_CASE("a year earlier, beside a quarter that is compared, is that quarter") {
  CHECK(dates_in(
            "1999-10-20",
            "Net profit in the third quarter rose to $4 million from $3 million a year earlier.") ==
        Dates{"the third quarter=1999-Q3", "a year earlier=1998-Q3"});
}

TEST_CASE("a day that does not exist is no date") {
  CHECK(dates_in("2023-03-03", "The file is dated 31/02/2022 and 2021-02-29.").empty());
  CHECK(dates_in("2023-03-03", "It was filed on February 30, 2021.").empty());
}

TEST_CASE("the named days follow their rules") {
  CHECK(dates_in("2000-04-01", "The ban will be lifted on Easter Monday.") ==
        Dates{"Easter Monday=2000-04-24"});
  CHECK(dates_in("2008-02-01", "Ash Wednesday 2008 falls early.") ==
        Dates{"Ash Wednesday 2008=2008-02-06"});
  CHECK(dates_in("2024-11-12", "Voters went to the polls on Election Day.") ==
        Dates{"Election Day=2024-11-05"});
}

TEST_CASE("the hour before a day belongs to its mention") {
  CHECK(dates_in("2023-03-03", "The siren sounded at 9:30 a.m. Thursday.") ==
        Dates{"9:30 a.m. Thursday=2023-03-02"});
}

TEST_CASE("a deadline told in the past may lie ahead, another month does not") {
  CHECK(dates_in("2023-09-14", "The firm promised to repay the loan by November.") ==
        Dates{"November=2023-11"});
  CHECK(dates_in("2023-09-14", "The firm extended the offer until December.") ==
        Dates{"December=2023-12"});
  CHECK(dates_in("2023-09-14", "The firm extended the offer through December.") ==
        Dates{"December=2023-12"});
  CHECK(dates_in("2023-09-14", "The firm extended the offer in December.") ==
        Dates{"December=2022-12"});
}

TEST_CASE("a word that ends like a past tense and is none tells no time") {
  CHECK(dates_in("2023-09-14", "United play in the cup in November.") == Dates{"November=2023-11"});
  CHECK(dates_in("2023-09-14", "The two clubs proceed in November.") == Dates{"November=2023-11"});
  CHECK(dates_in("2023-09-14", "The two clubs parted in November.") == Dates{"November=2022-11"});
}

TEST_CASE("told in the past, a month lies behind and a day is the nearest one") {
  CHECK(dates_in("2023-09-14", "The firm raised the offer in November.") ==
        Dates{"November=2022-11"});
  CHECK(dates_in("2023-09-14", "The firm said the hearing on Nov. 10 was open.") ==
        Dates{"Nov. 10=2023-11-10"});
  CHECK(dates_in("2023-09-14", "The firm lost the case on Nov. 10.") ==
        Dates{"Nov. 10=2022-11-10"});
}

TEST_CASE("a month or quarter that has begun is the one of this year") {
  for (const auto* day : {"2023-01-01", "2023-01-10", "2023-03-31"}) {
    CHECK(dates_in(day, "Profit fell in the first quarter.") == Dates{"the first quarter=2023-Q1"});
    CHECK(dates_in(day, "The ministers met in January.") == Dates{"January=2023-01"});
  }
  CHECK(dates_in("2022-12-31", "Profit fell in the first quarter.") ==
        Dates{"the first quarter=2022-Q1"});
  CHECK(dates_in("2022-12-31", "The ministers met in January.") == Dates{"January=2022-01"});
}

TEST_CASE("a weekday and a weekend of a future tense are the coming ones, today included") {
  CHECK(dates_in("2023-03-03", "The ministers will meet on Friday.") == Dates{"Friday=2023-03-03"});
  CHECK(dates_in("2023-03-03", "The ministers will meet on Saturday.") ==
        Dates{"Saturday=2023-03-04"});
  CHECK(dates_in("2023-03-03", "The ministers will meet next Friday.") ==
        Dates{"next Friday=2023-03-10"});
  CHECK(dates_in("2023-03-03", "The ministers met last Friday.") ==
        Dates{"last Friday=2023-02-24"});
  CHECK(dates_in("2023-03-03", "The ministers met this Thursday.") ==
        Dates{"this Thursday=2023-03-02"});
  CHECK(dates_in("2023-03-03", "The ministers will meet this Thursday.") ==
        Dates{"this Thursday=2023-03-09"});
  CHECK(dates_in("2023-03-03", "The ministers met over the weekend.") ==
        Dates{"the weekend=2023-W08-WE"});
  for (const auto* day : {"2023-03-04", "2023-03-05"}) {  // Saturday, Sunday
    CHECK(dates_in(day, "The ministers met over the weekend.") == Dates{"the weekend=2023-W09-WE"});
  }
  CHECK(dates_in("2023-03-03", "The ministers will meet over the weekend.") ==
        Dates{"the weekend=2023-W09-WE"});
}

TEST_CASE("a year of two digits is of this century up to ten years ahead") {
  CHECK(dates_in("2023-03-03", "They have played here since '33.") == Dates{"'33=2033"});
  CHECK(dates_in("2023-03-03", "They have played here since '34.") == Dates{"'34=1934"});
  CHECK(dates_in("1999-03-03", "They have played here since '99.") == Dates{"'99=1999"});
}
