// Any bytes written anywhere into a table of posting lists: what is read is a list of documents that are there, or an error of Xapian's.
//
// The input is read as places (four bytes) and what is written there (one byte).
#include <unistd.h>
#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "query/index/posting_reader.h"

namespace {

namespace fs = std::filesystem;
using namespace dateline;

struct Sound {
  fs::path folder = fs::temp_directory_path() / ("dateline-postings-fuzz-" + std::to_string(getpid()));
  std::string table;
  std::uint64_t revision = 0;

  Sound() {
    Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    for (std::uint32_t id = 1; id <= 3000; ++id) {
      Xapian::Document document;
      document.add_term("every", 1 + id % 200);
      if (id % 2 == 0) document.add_term("other");
      document.add_term("w" + std::to_string(id % 700));
      document.add_value(0, std::string(4, static_cast<char>(id)));
      database.add_document(document);
    }
    database.commit();
    revision = database.get_revision();
    std::ifstream in(folder / "postlist.glass", std::ios::binary);
    table.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~Sound() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
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
  std::string table = sound.table;
  for (std::size_t i = 0; i + 5 <= size; i += 5) {
    const std::size_t place = data[i] | data[i + 1] << 8 | data[i + 2] << 16 | static_cast<std::size_t>(data[i + 3]) << 24;
    table[place % table.size()] = static_cast<char>(data[i + 4]);
  }
  std::ofstream(sound.folder / "postlist.glass", std::ios::binary) << table;
  const Xapian::Database database(sound.folder.string());
  PostingReader reader(database, GlassTable::open(sound.folder, sound.revision, GlassTable::Kind::postings));
  for (const char* term : {"every", "other", "w17", "w699"}) read_everything(database, reader, term);
  return 0;
}
