// Any bytes written anywhere into the tables of a database and its version file: what is read is a
// list of documents that are there, positions and terms in order, data of a length that an article
// may have, or an error of Xapian's.
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

#include "query/index/glass/document_reader.h"
#include "query/index/glass/position_reader.h"
#include "query/index/glass/posting_reader.h"

namespace {

namespace fs = std::filesystem;
using namespace dateline;

// A sound database, opened before its tables are written over.
struct Sound {
  fs::path folder =
      fs::temp_directory_path() / ("dateline-tables-fuzz-" + std::to_string(getpid()));
  Xapian::Database database;
  std::string postings;
  std::string positions;
  std::string documents;
  std::string terms;
  std::string version;

  Sound() {
    Xapian::WritableDatabase writer(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    for (std::uint32_t id = 1; id <= 3000; ++id) {
      Xapian::Document document;
      document.add_term("every", 1 + id % 200);
      if (id % 2 == 0) document.add_term("other");
      document.add_term("w" + std::to_string(id % 700));
      for (Xapian::termpos i = 0; i < id % 40; ++i)
        document.add_posting("placed", 1 + i * i * (1 + id % 3));
      document.add_value(0, std::string(4, static_cast<char>(id)));
      std::string data;
      for (std::uint32_t i = 0; i < (id % 500 == 0 ? 20'000 : id % 300); ++i)
        data += std::to_string(i * id) + ' ';
      document.set_data(data);
      writer.add_document(document);
    }
    writer.commit();
    database = Xapian::Database(folder.string());
    postings = bytes_of("postlist.glass");
    positions = bytes_of("position.glass");
    documents = bytes_of("docdata.glass");
    terms = bytes_of("termlist.glass");
    version = bytes_of("iamglass");
  }
  ~Sound() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  std::string bytes_of(const char* table) const {
    std::ifstream in(folder / table, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  static std::string written_over(std::string bytes, const std::uint8_t* data, std::size_t size) {
    for (std::size_t i = 0; i + 5 <= size; i += 5) {
      const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(data[i + at]); };
      const std::size_t place = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
      bytes[place % bytes.size()] = static_cast<char>(data[i + 4]);
    }
    return bytes;
  }

  std::unique_ptr<GlassTable> damaged(GlassTable::Kind kind, const std::string& bytes,
                                      const std::uint8_t* data, std::size_t size) const {
    constexpr const char* kNames[] = {"postlist.glass", "docdata.glass", "termlist.glass",
                                      "position.glass"};
    std::ofstream(folder / kNames[static_cast<std::size_t>(kind)], std::ios::binary)
        << written_over(bytes, data, size);
    return GlassTable::open(folder, database.get_revision(), kind);
  }
};

void read_everything(const Xapian::Database& database, PostingReader& reader,
                     const std::string& term) {
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

void read_version(const Sound& sound, const std::uint8_t* data, std::size_t size) {
  const auto file = sound.folder / "iamglass";
  std::ofstream(file, std::ios::binary) << Sound::written_over(sound.version, data, size);
  try {
    GlassTable::check_version(sound.folder);
    GlassTable::open(sound.folder, sound.database.get_revision(), GlassTable::Kind::positions);
  } catch (const Xapian::Error&) {
  }
  std::ofstream(file, std::ios::binary) << sound.version;
}

void read_documents(DocumentReader& reader) {
  constexpr std::size_t kLongest = 128 << 20;
  for (Xapian::docid id = 1; id <= 3000; id += 83) {
    try {
      if (reader.data(id).size() > kLongest) std::abort();
      std::string before;
      reader.for_each_term(id, "o", [&](const std::string& term, std::uint32_t) {
        if (term <= before) std::abort();
        before = term;
        return true;
      });
    } catch (const Xapian::Error&) {
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Sound sound;
  PostingReader postings(sound.database,
                         sound.damaged(GlassTable::Kind::postings, sound.postings, data, size));
  for (const char* term : {"every", "other", "w17", "w699"})
    read_everything(sound.database, postings, term);
  read_version(sound, data, size);
  DocumentReader documents(sound.database,
                           sound.damaged(GlassTable::Kind::documents, sound.documents, data, size),
                           sound.damaged(GlassTable::Kind::terms, sound.terms, data, size));
  read_documents(documents);
  PositionReader positions(sound.database,
                           sound.damaged(GlassTable::Kind::positions, sound.positions, data, size));
  for (Xapian::docid id = 1; id <= 3000; id += 17) {
    try {
      if (!std::ranges::is_sorted(positions.read("placed", id))) std::abort();
    } catch (const Xapian::Error&) {
    }
  }
  return 0;
}
