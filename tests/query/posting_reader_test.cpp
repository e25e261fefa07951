// Posting lists and values read from the table itself against what Xapian says of them.
#include "query/index/glass/posting_reader.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

namespace fs = std::filesystem;

constexpr Xapian::docid kDocuments = 6000;

std::uint32_t below(std::uint32_t most, std::mt19937& random) {
  return static_cast<std::uint32_t>(random() % most);
}

Xapian::Document some_document(std::uint32_t number, std::mt19937& random) {
  Xapian::Document document;
  document.add_term("every", 1 + number % 5);
  if (number % 3 == 0) document.add_term("third", 1 + number % 300);
  if (number % 7 == 0) document.add_term(std::string("nul\0in\0it", 9));
  if (number % 1000 == 999) document.add_term("rare");
  document.add_boolean_term("Q" + std::to_string(number));
  document.add_term("w" + std::to_string(below(5000, random)), 1 + below(40000, random));
  document.add_value(0, std::string(4, static_cast<char>(number)));
  if (number % 3 == 1)
    document.add_term(
        "a place whose name is so long that its first piece takes two parts of a block");
  for (Xapian::valueno slot = 7; slot < 12; ++slot)
    document.add_value(slot, std::string(40 + slot, static_cast<char>('a' + slot)));
  if (number % 4 == 0) document.add_value(6, std::string(below(300, random), 'v'));
  document.set_data("text");
  return document;
}

// Committed in pieces, with documents replaced and removed, so that ids have gaps and lists are in
// many pieces.
void write_database(const std::string& path, int block_size = 8192) {
  std::mt19937 random{7};
  Xapian::WritableDatabase database(path, Xapian::DB_CREATE, block_size);
  for (Xapian::docid id = 1; id <= kDocuments; ++id) {
    database.add_document(some_document(id, random));
    if (id % 1500 == 0) database.commit();
  }
  for (int i = 0; i < 500; ++i)
    database.replace_document(1 + below(kDocuments, random),
                              some_document(below(1000000, random), random));
  std::set<Xapian::docid> removed;
  for (int i = 0; i < 300; ++i) {
    const auto id = 1 + below(kDocuments, random);
    if (removed.insert(id).second) database.delete_document(id);
  }
  database.commit();
}

struct Opened {
  explicit Opened(const fs::path& path)
      : database(path.string()),
        read(database, GlassTable::open(path, database.get_revision(), GlassTable::Kind::postings)),
        asked(database, nullptr) {}
  Xapian::Database database;
  PostingReader read;   // the table
  PostingReader asked;  // Xapian
};

std::map<Xapian::docid, std::string> values(PostingReader& reader, Xapian::valueno slot) {
  std::map<Xapian::docid, std::string> found;
  reader.for_each_value(
      slot, [&](Xapian::docid id, std::string_view value) { found.emplace(id, value); });
  return found;
}

// Every beginning of a term, of up to six letters.
void check_prefixes(Opened& index) {
  std::set<std::string> prefixes;
  for (auto term = index.database.allterms_begin(); term != index.database.allterms_end(); ++term) {
    for (std::size_t size = 1; size <= std::min<std::size_t>(6, (*term).size()); ++size)
      prefixes.insert((*term).substr(0, size));
  }
  CHECK(prefixes.size() > 1000);
  for (const auto& prefix : prefixes) {
    if (index.read.terms_beginning(prefix, 300) != index.asked.terms_beginning(prefix, 300))
      FAIL_CHECK("other terms that begin with " << prefix);
  }
}

void check_same(Opened& index) {
  check_prefixes(index);
  std::size_t terms = 0;
  for (auto term = index.database.allterms_begin(); term != index.database.allterms_end();
       ++term, ++terms) {
    const PostingList read = index.read.read(*term);
    const PostingList asked = index.asked.read(*term);
    const bool same = read.documents == asked.documents && read.counts == asked.counts &&
                      index.read.frequency(*term) == term.get_termfreq();
    if (!same) FAIL_CHECK("another list of " << *term);
  }
  CHECK(terms > 1000);
  CHECK(index.read.lengths() == index.asked.lengths());
  CHECK(index.read.all_documents() == index.asked.all_documents());
  for (Xapian::valueno slot = 0; slot < 13; ++slot)
    CHECK(values(index.read, slot) == values(index.asked, slot));
  for (const char* prefix : {"every", "e", "w", "w12", "nu", "Q59", "z"}) {
    for (const std::size_t most : {1u, 3u, 10000u})
      CHECK(index.read.terms_beginning(prefix, most) == index.asked.terms_beginning(prefix, most));
  }
  CHECK(index.read.terms_beginning("w1", 10000).size() > 100);
  CHECK(index.read.frequency("nobody has it") == 0);
  for (Xapian::docid id = 1; id < kDocuments + 10; id += 7) {
    if (index.read.value(0, id) != index.asked.value(0, id) ||
        index.read.value(6, id) != index.asked.value(6, id))
      FAIL_CHECK("another value of " << id);
  }
  CHECK(index.read.read("nobody has it").documents.empty());
  CHECK(index.read.read("").documents.size() == index.database.get_doccount());
}

void check_among(Opened& index, const std::string& term, const Documents& wanted) {
  const PostingList read = index.read.read_among(term, wanted);
  const PostingList asked = index.asked.read_among(term, wanted);
  CHECK(read.documents == asked.documents);
  CHECK(read.counts == asked.counts);
}

}  // namespace

TEST_CASE(
    "every posting list, length and value of a database is read as Xapian reads it, after "
    "replacements, removals and compaction") {
  for (const int block_size :
       {8192, 2048}) {  // in small blocks nearly every value is in several parts
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "db";
    write_database(path.string(), block_size);
    Opened index(path);
    REQUIRE(GlassTable::open(path, index.database.get_revision(), GlassTable::Kind::postings) !=
            nullptr);
    INFO("blocks of " << block_size);
    check_same(index);
    const fs::path compacted = folder.path() / "compacted";
    index.database.compact(compacted.string());
    Opened smaller(compacted);
    REQUIRE(GlassTable::open(compacted, smaller.database.get_revision(),
                             GlassTable::Kind::postings) != nullptr);
    check_same(smaller);
  }
}

TEST_CASE("of a long list the pieces that hold wanted documents are read, wherever they are") {
  const TemporaryFolder folder;
  write_database((folder.path() / "db").string());
  Opened index(folder.path() / "db");
  std::mt19937 random{3};
  for (const std::size_t size : {1u, 3u, 20u, 500u, 5000u}) {
    for (int i = 0; i < 20; ++i) {
      std::set<Xapian::docid> chosen;
      while (chosen.size() < size) chosen.insert(1 + below(kDocuments + 100, random));
      const Documents wanted(chosen.begin(), chosen.end());
      for (const char* term : {"every", "third", "rare", "none"}) check_among(index, term, wanted);
    }
  }
  CHECK(index.read.read_among("every", {}).documents.empty());
}

TEST_CASE(
    "an empty table and another format are left to Xapian, another revision and a damaged version "
    "are errors") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "db";
  { Xapian::WritableDatabase(path.string(), Xapian::DB_CREATE).commit(); }
  CHECK(GlassTable::open(path, Xapian::Database(path.string()).get_revision(),
                         GlassTable::Kind::postings) == nullptr);
  write_database((folder.path() / "full").string());
  const fs::path full = folder.path() / "full";
  const auto revision = Xapian::Database(full.string()).get_revision();
  CHECK_THROWS_AS(GlassTable::open(full, revision + 1, GlassTable::Kind::postings),
                  Xapian::DatabaseModifiedError);
  CHECK(GlassTable::open(folder.path() / "nowhere", 1, GlassTable::Kind::postings) == nullptr);
  std::ifstream in(full / "iamglass", std::ios::binary);
  const std::string version{std::istreambuf_iterator<char>(in), {}};
  std::string levels = version;
  levels[16 + 16 + 1 + 1] =
      '\x7c';  // behind magic, uuid, revision and root: 31 levels, of which Xapian has room for ten
  for (const auto& damaged : {version.substr(0, 40), levels}) {
    std::ofstream(full / "iamglass", std::ios::binary) << damaged;
    CHECK_THROWS_AS(GlassTable::check_version(full), Xapian::DatabaseCorruptError);
  }
  std::ofstream(full / "iamglass", std::ios::binary) << "\x0f\x0dXapian Glass and no more";
  CHECK(GlassTable::open(full, revision, GlassTable::Kind::postings) == nullptr);
}

TEST_CASE("after two commits a list is the old one or the revision is said to be overtaken") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "db";
  write_database(path.string());
  constexpr int kCommits = 6;
  std::vector<std::unique_ptr<Opened>> readers;  // each reads once: what it has read it keeps
  for (int i = 0; i < kCommits; ++i) readers.push_back(std::make_unique<Opened>(path));
  const PostingList before = Opened(path).read.read("every");
  std::mt19937 random{5};
  Xapian::WritableDatabase writer(path.string(), Xapian::DB_OPEN);
  std::size_t overtaken = 0;
  for (int commit = 0; commit < kCommits; ++commit) {
    for (Xapian::docid id = 1; id < kDocuments; id += 11)
      writer.replace_document(id, some_document(id * 3, random));
    writer.commit();
    try {
      const PostingList list = readers[static_cast<std::size_t>(commit)]->read.read("every");
      CHECK(list.documents == before.documents);
    } catch (const Xapian::DatabaseModifiedError&) {
      ++overtaken;
    }
  }
  CHECK(overtaken > 0);
}

TEST_CASE(
    "a damaged table is an error or another list, never a crash or a document that is not there") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "db";
  write_database(path.string());
  const auto revision = Xapian::Database(path.string()).get_revision();
  std::ifstream in(path / "postlist.glass", std::ios::binary);
  const std::string sound{std::istreambuf_iterator<char>(in), {}};
  std::mt19937 random{11};
  std::size_t errors = 0;
  for (int round = 0; round < 150; ++round) {
    std::string bytes = sound;
    for (int i = 0; i < 200; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    std::ofstream(path / "postlist.glass", std::ios::binary) << bytes;
    Xapian::Database database(path.string());
    PostingReader reader(database, GlassTable::open(path, revision, GlassTable::Kind::postings));
    for (const char* term : {"every", "third", "rare", "", "w17", "Q500"}) {
      try {
        const PostingList list = reader.read(term);
        CHECK((list.documents.empty() || list.documents.back() <= database.get_lastdocid()));
        reader.read_among(term, {5, 700, 3000});
        reader.frequency(term);
        reader.terms_beginning("w1", 500);
        reader.value(6, 4000);
        values(reader, 6);
      } catch (const Xapian::Error&) {
        ++errors;
      }
    }
  }
  CHECK(errors > 0);
}

TEST_CASE("pieces of a list that are out of order are damage, were it by one document") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "db";
  write_database(path.string());
  const Xapian::Database database(path.string());
  const auto table = GlassTable::open(path, database.get_revision(), GlassTable::Kind::postings);
  GlassTable::Cursor cursor(*table);
  REQUIRE(cursor.find(pack_term("every")));
  REQUIRE(cursor.next());
  const std::string key(cursor.key());
  const std::string prefix = pack_term("every") + '\0';
  REQUIRE(key.starts_with(prefix));
  std::string earlier = prefix;  // the piece begins with the last document of the one before
  append_sortable(earlier, unpack_sortable(std::string_view(key).substr(prefix.size())) - 1);
  REQUIRE(earlier.size() == key.size());
  std::string bytes = read_file(path / "postlist.glass");
  std::size_t changed = 0;
  for (auto at = bytes.find(key); at != std::string::npos; at = bytes.find(key, at + 1), ++changed)
    bytes.replace(at, key.size(), earlier);
  REQUIRE(changed > 0);
  write_file(path / "postlist.glass", bytes);
  PostingReader reader(database,
                       GlassTable::open(path, database.get_revision(), GlassTable::Kind::postings));
  std::string said;
  try {
    reader.read("every");
  } catch (const Xapian::DatabaseCorruptError& error) {
    said = error.get_msg();
  }
  CHECK(said == "posting lists: a list whose pieces are out of order");
  CHECK_NOTHROW(reader.read("rare"));
}
