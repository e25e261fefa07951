#include "common/store/record_terms.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "common/store/facet_values.h"
#include "common/store/keys.h"

using namespace dateline;

namespace {

using Terms = std::set<std::string>;

Terms terms_of(const Record& record, std::string_view text = "") {
  const auto terms = record_terms(record, text);
  return {terms.begin(), terms.end()};
}

std::vector<std::string> counted(const Record& record, Facet facet) {
  std::vector<std::string> keys;
  for (const auto& value : facet_values(record, facet)) keys.push_back(value.key);
  return keys;
}

std::string format_page() {
  std::ifstream page(DATELINE_SOURCE "/common/store/FORMAT.md");
  return {std::istreambuf_iterator<char>(page), {}};
}

}  // namespace

TEST_CASE("a speaker is found by the whole name and by every run of its words") {
  Record record;
  record.speakers = {{.name = "Anna Lind", .type = SpeakerType::person}};
  CHECK(terms_of(record) == Terms{"XXSanna lind", "XSanna", "XSanna lind", "XSlind"});
  record.speakers = {{.name = "Oxfam", .type = SpeakerType::organisation}};
  CHECK(terms_of(record) == Terms{"XXSoxfam", "XSoxfam", "XXOoxfam", "XOoxfam"});
  CHECK(counted(record, Facet::organisation) == std::vector<std::string>{"Oxfam"});
}

TEST_CASE("a place is found by its id, names, the words of the text, and what it lies in") {
  Record record;
  Place geneva;
  geneva.name = "Geneva";
  geneva.label = "Geneva, CH";
  geneva.id = 17;
  geneva.country = "CH";
  geneva.parents = {"Switzerland"};
  geneva.mentions = {{3, 9}};
  record.places = {geneva};
  record.focus = {"CH"};
  CHECK(terms_of(record, "In Genève") ==
        Terms{"XXP17", "XPgeneva", "XPgeneva ch", "XPgenev", "XPswitzerland", "XCch", "XFch"});
  CHECK(counted(record, Facet::place) == std::vector<std::string>{"17"});
  CHECK(counted(record, Facet::country) == std::vector<std::string>{"CH"});
}

TEST_CASE("a mentioned date is found by the month and the year that hold it wholly") {
  Record record;
  record.dates = {{.value = *parse_partial_date("2023-03-02"), .mentions = {}}};
  CHECK(terms_of(record) == Terms{"XD2023-03-02", "XD2023-03", "XD2023"});
  record.dates = {{.value = *parse_partial_date("2023-W09"), .mentions = {}}};
  CHECK(terms_of(record) == Terms{"XD2023-W09", "XD2023"});
  CHECK(counted(record, Facet::mentions_year) == std::vector<std::string>{"2023"});
  CHECK(counted(record, Facet::mentions_month).empty());
}

TEST_CASE("the description of the format names every prefix, key and facet of the index") {
  const std::string page = format_page();
  for (const auto& field : kSchema) {
    INFO(field.name);
    CHECK_THAT(page, Catch::Contains("`" + std::string(field.prefix)));
    CHECK_THAT(page, Catch::Contains("`" + std::string(field.exact_prefix)));
    if (field.has_ordinals()) CHECK_THAT(page, Catch::Contains(" " + std::string(field.name)));
  }
  for (const char* key : {kSchemaKey, kRulesKey, kDataFingerprintKey, kMixedKey, kRebuildKey,
                          kAliasesDueKey, kContentSumKey, kFailedFilesKey, kAnyDateKey, kExcludeKey,
                          kUserAliasKey, kAliasKey, kCountriesKey}) {
    CHECK_THAT(page, Catch::Contains("| `" + std::string(key) + "` |"));
  }
  CHECK_THAT(page, Catch::Contains("schema version " + std::to_string(kSchemaVersion)));
}
