#include "common/text/near_duplicate.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "common/store/schema.h"
#include "common/text/stable_hash.h"
#include "indexer/formats/article_format.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;

namespace {

std::string signature_of(const Article& article) {
  return text_signature(article.text, article.paragraphs);
}

std::string signature_of(const std::string& text) {
  return text_signature(text, {{0, static_cast<std::uint32_t>(text.size())}});
}

std::vector<Article> sample() {
  std::vector<Article> articles;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::data_folder() / "sample")) {
    if (entry.path().extension() == ".txt")
      articles.push_back(parse_article(entry.path().string(), test::read_file(entry.path())));
  }
  return articles;
}

// Every twentieth word replaced: the blank before it and the word's first letter.
std::string edited(std::string text) {
  int words = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == ' ' && ++words % 20 == 0) text.insert(i + 1, "another");
  }
  return text;
}

}  // namespace

TEST_CASE(
    "no two articles of the sample archive are copies, each is one of itself with every twentieth "
    "word changed") {
  const auto articles = sample();
  REQUIRE(articles.size() > 80);
  NearDuplicates near(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    INFO(articles[i].path);
    CHECK_FALSE(near.find_or_add(signature_of(articles[i])));
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    INFO(articles[i].path);
    const Article copy = parse_article("copy.txt", edited(articles[i].text));
    CHECK(near.find_or_add(signature_of(copy)) == i);
  }
}

TEST_CASE("case, punctuation, line breaks and the order of paragraphs make no other article") {
  const std::string one =
      "The treaty on the seabed was signed in Valletta on Friday by forty states.";
  CHECK(signature_of(one) ==
        signature_of(
            "THE TREATY, on the\nseabed was - signed in Valletta; on Friday: by forty states"));
  CHECK(equal_bytes(
            signature_of(one),
            signature_of(
                "A minister of Norway spoke against any licence for mining at sea this year.")) <
        8);
}

TEST_CASE("a text without two words has no signature, and none is like it") {
  CHECK(signature_of("").empty());
  CHECK(signature_of("word").empty());
  NearDuplicates near(2);
  CHECK_FALSE(near.find_or_add(""));
  CHECK_FALSE(near.find_or_add(""));
}

TEST_CASE("a signature is the same on every machine") {
  const std::string signature = signature_of("ministers meet on seabed");
  CHECK(signature.size() == kSignatureBytes);
  CHECK(stable_hash(signature) == 0xe3b85b2e575038bcu);
}

TEST_CASE("of 64 bytes 24 equal ones make a copy, 23 do not") {
  const std::string text(kSignatureBytes, 'a');
  const auto agreeing = [&](std::size_t bytes) {
    return text.substr(0, bytes) + std::string(kSignatureBytes - bytes, 'b');
  };
  for (const std::size_t bytes : {std::size_t{24}, std::size_t{64}}) {
    NearDuplicates near(2);
    CHECK_FALSE(near.find_or_add(text));
    CHECK(near.find_or_add(agreeing(bytes)) == 0u);
  }
  NearDuplicates near(2);
  CHECK_FALSE(near.find_or_add(text));
  CHECK_FALSE(near.find_or_add(agreeing(23)));
}
