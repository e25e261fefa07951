// Positions read from the table itself against what Xapian says of them.
#include "query/index/glass/position_reader.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

namespace fs = std::filesystem;

constexpr Xapian::docid kDocuments = 400;

// Lists of one position to some thousands, side by side and far apart.
void write_database(const fs::path& path) {
  std::mt19937 random{5};
  Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE);
  for (Xapian::docid id = 1; id <= kDocuments; ++id) {
    Xapian::Document document;
    for (const auto& [term, most, width] : {std::tuple{"one", 1u, 1000u},
                                            {"few", 9u, 300u},
                                            {"many", 400u, 2000u},
                                            {"far", 30u, 90'000'000u}}) {
      for (auto left = 1 + random() % most; left > 0; --left)
        document.add_posting(term, static_cast<Xapian::termpos>(random() % width));
    }
    if (id % 50 == 0) {
      for (Xapian::termpos position = 1; position < 9000; ++position)
        document.add_posting("row", position * (id % 100 == 0 ? 1 : 7));
    }
    database.add_document(document);
    if (id % 150 == 0) database.commit();
  }
  database.commit();
}

struct Opened {
  explicit Opened(const fs::path& path)
      : database(path.string()),
        read(database,
             GlassTable::open(path, database.get_revision(), GlassTable::Kind::positions)),
        asked(database, nullptr) {}
  Xapian::Database database;
  PositionReader read;   // the table
  PositionReader asked;  // Xapian
};

}  // namespace

TEST_CASE("the positions of every term in every document are read as Xapian reads them") {
  const TemporaryFolder folder;
  write_database(folder / "db");
  Opened index(folder / "db");
  REQUIRE(GlassTable::open(folder / "db", index.database.get_revision(),
                           GlassTable::Kind::positions) != nullptr);
  std::size_t positions = 0;
  for (Xapian::docid id = 1; id <= kDocuments + 1; ++id) {
    for (const char* term : {"one", "few", "many", "far", "row", "none"}) {
      const Positions read = index.read.read(term, id);
      if (read != index.asked.read(term, id))
        FAIL_CHECK("other positions of " << term << " in " << id);
      positions += read.size();
    }
  }
  CHECK(positions > 100'000);
}

TEST_CASE("a damaged table of positions is an error or other positions, never a crash") {
  const TemporaryFolder folder;
  write_database(folder / "db");
  const fs::path table = folder / "db" / "position.glass";
  std::ifstream in(table, std::ios::binary);
  const std::string sound{std::istreambuf_iterator<char>(in), {}};
  const Xapian::Database database((folder / "db").string());
  std::mt19937 random{13};
  std::size_t errors = 0;
  for (int round = 0; round < 60; ++round) {
    std::string bytes = sound;
    for (int i = 0; i < 300; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    std::ofstream(table, std::ios::binary) << bytes;
    PositionReader reader(database, GlassTable::open(folder / "db", database.get_revision(),
                                                     GlassTable::Kind::positions));
    for (Xapian::docid id = 1; id <= kDocuments; id += 3) {
      for (const char* term : {"few", "many", "far", "row"}) {
        try {
          reader.read(term, id);
        } catch (const Xapian::Error&) {
          ++errors;
        }
      }
    }
  }
  CHECK(errors > 0);
}
