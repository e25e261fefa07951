#include "query/language/spelling.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

// Words and the number of documents that have them.
struct Words {
  explicit Words(const std::vector<std::pair<std::string, int>>& words)
      : database(write((folder / "db").string(), words)) {}
  static Xapian::Database write(const std::string& path,
                                const std::vector<std::pair<std::string, int>>& words) {
    Xapian::WritableDatabase writer(path, Xapian::DB_CREATE);
    for (const auto& [word, documents] : words) {
      for (int i = 0; i < documents; ++i) {
        Xapian::Document document;
        document.add_term(word);
        writer.add_document(document);
      }
    }
    writer.commit();
    return Xapian::Database(path);
  }
  std::string nearest(const std::string& word) const {
    PostingReader postings(database, GlassTable::open(folder / "db", database.get_revision(),
                                                      GlassTable::Kind::postings));
    return SpellingDictionary(postings).nearest(word);
  }

  TemporaryFolder folder;
  Xapian::Database database;
};

}  // namespace

TEST_CASE("a word of eight letters and more may have two errors, a shorter one has one") {
  const Words words(
      {{"minister", 1}, {"parliament", 1}, {"senators", 1}, {"harbour", 1}, {"ferry", 1}});
  CHECK(words.nearest("minixtxr") == "minister");      // 8
  CHECK(words.nearest("senxtoxrs") == "senators");     // 9
  CHECK(words.nearest("parliaxext") == "parliament");  // 10
  CHECK(words.nearest("minixtxx").empty());
  CHECK(words.nearest("haxxour").empty());  // 7
  CHECK(words.nearest("haxbour") == "harbour");
  CHECK(words.nearest("fery") == "ferry");
}

TEST_CASE(
    "of words that are equally near the commonest is meant, and the nearer one before a commoner "
    "one") {
  const Words words({{"treaties", 1}, {"treatise", 3}, {"boats", 1}, {"boots", 4}, {"fer", 2}});
  CHECK(words.nearest("boets") == "boots");
  CHECK(words.nearest("treatiesx") == "treaties");
  CHECK(words.nearest("fxr").empty());  // three letters
}
