// Any bytes written anywhere into the tables of posting lists and positions: what is read is a list of documents that are there, positions in
// order, or an error of Xapian's.
//
// The input is read as places (four bytes) and what is written there (one byte).
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "query/index/position_reader.h"
#include "query/index/posting_reader.h"

namespace {

namespace fs = std::filesystem;
using namespace dateline;

// A sound database, opened before its tables are written over.
struct Sound {
  fs::path folder = fs::temp_directory_path() / ("dateline-tables-fuzz-" + std::to_string(getpid()));
  Xapian::Database database;
  std::string postings;
  std::string positions;

  Sound() {
    Xapian::WritableDatabase writer(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    for (std::uint32_t id = 1; id <= 3000; ++id) {
      Xapian::Document document;
      document.add_term("every", 1 + id % 200);
      if (id % 2 == 0) document.add_term("other");
      document.add_term("w" + std::to_string(id % 700));
      for (Xapian::termpos i = 0; i < id % 40; ++i) document.add_posting("placed", 1 + i * i * (1 + id % 3));
      document.add_value(0, std::string(4, static_cast<char>(id)));
      writer.add_document(document);
    }
    writer.commit();
    database = Xapian::Database(folder.string());
    postings = bytes_of("postlist.glass");
    positions = bytes_of("position.glass");
  }
  ~Sound() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  std::string bytes_of(const char* table) const {
    std::ifstream in(folder / table, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::unique_ptr<GlassTable> damaged(GlassTable::Kind kind, std::string bytes, const std::uint8_t* data, std::size_t size) const {
    for (std::size_t i = 0; i + 5 <= size; i += 5) {
      const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(data[i + at]); };
      const std::size_t place = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
      bytes[place % bytes.size()] = static_cast<char>(data[i + 4]);
    }
    std::ofstream(folder / (kind == GlassTable::Kind::postings ? "postlist.glass" : "position.glass"), std::ios::binary) << bytes;
    return GlassTable::open(folder, database.get_revision(), kind);
  }
};

void read_everything(const Xapian::Database& database, PostingReader& reader, const std::string& term) {
  try {
    const PostingList list = reader.read(term);
    for (const auto id : list.documents) {
      if (id > database.get_lastdocid()) std::abort();
    }
    if (list.documents.size() != list.counts.size()) std::abort();
    for (const auto id : reader.read_among(term, {1, 2, 900, 2500}).documents) {
      if (id != 1 && id != 2 && id != 900 && id != 2500) std::abort();
    }
    reader.frequency(term);
    reader.terms_beginning("w", 1000);
    reader.value(0, 1500);
    reader.for_each_value(0, [](Xapian::docid, std::string_view) {});
    reader.lengths();
  } catch (const Xapian::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Sound sound;
  PostingReader postings(sound.database, sound.damaged(GlassTable::Kind::postings, sound.postings, data, size));
  for (const char* term : {"every", "other", "w17", "w699"}) read_everything(sound.database, postings, term);
  PositionReader positions(sound.database, sound.damaged(GlassTable::Kind::positions, sound.positions, data, size));
  for (Xapian::docid id = 1; id <= 3000; id += 17) {
    try {
      if (!std::ranges::is_sorted(positions.read("placed", id))) std::abort();
    } catch (const Xapian::Error&) {
    }
  }
  return 0;
}
