// One revision of an index, shared by every thread that searches it.
//
// Nothing of it changes once it is opened; what is large (columns, dictionaries) is read when it is
// first asked for, once for all threads, and stays. A snapshot has no place to stand in a table: a
// thread reads it through an IndexReader of its own (index_reader.h).
//
// THREADS: any number of them may use one snapshot at once; whoever holds the pointer keeps it.
// A later commit leaves the blocks of this revision alone, the commit after that may overwrite
// them: reading then throws Xapian::DatabaseModifiedError, and the search is made again on a new
// snapshot (query/searcher.h).
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/remedy.h"
#include "common/store/country_name.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "query/index/columns.h"
#include "query/index/glass/glass_table.h"
#include "query/index/made_once.h"

namespace dateline {

// For an index that is damaged.
constexpr RemedyKind kDamageRemedy = RemedyKind::check_or_rebuild;

class Snapshot {
 public:
  // A snapshot and a handle of the library on the same revision.
  struct Opened {
    std::shared_ptr<const Snapshot> snapshot;
    Xapian::Database database;
  };
  // The revision that is current now. Throws Error when there is no index, or one of another schema
  // version (remedy: make_anew); Xapian::Error.
  static Opened open(std::filesystem::path path);

  // Another handle on this revision: a handle of the library belongs to one thread at a time.
  // Throws Xapian::DatabaseModifiedError when a commit came in between, Xapian::Error.
  Xapian::Database another_handle() const;

  // Has the index been committed to, or another generation published, since it was opened?
  bool outdated() const;

  int schema() const { return schema_; }  // of the index, one that this program reads

  // Null when the table is empty or of another format; Xapian is asked then.
  std::shared_ptr<const GlassTable> table(GlassTable::Kind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }

  [[noreturn]] void throw_damaged(const std::string& what) const;

  // Made by the readers, each once.
  MadeOncePerKey<std::pair<Facet, std::size_t>, std::vector<std::string>> chunks;
  MadeOncePerKey<Facet, std::vector<std::string>> entries;
  MadeOnce<std::vector<bool>> guessed_places;  // by ordinal
  MadeOnce<std::map<std::string, std::string>> aliases;
  MadeOnce<std::vector<CountryName>> country_names;
  MadeOncePerKey<Facet, std::unordered_map<Ordinal, Ordinal>> merged_ordinals;
  SharedColumns columns;

 private:
  explicit Snapshot(std::filesystem::path path);
  void open_tables(const Xapian::Database& database);
  void read_schema(const Xapian::Database& database);
  void require_positions(const Xapian::Database& database) const;

  // Another generation is published by renaming a stub over the old one. Asked at every search: a
  // look at the file costs a tenth of reading it.
  struct StubFile {
    std::uint64_t number = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    bool operator==(const StubFile&) const = default;
  };
  static StubFile stub_file(const std::filesystem::path& path);

  std::filesystem::path path_;
  StubFile stub_file_;
  std::filesystem::path folder_;  // of the generation
  std::uint64_t revision_ = 0;
  int schema_ = 0;
  std::shared_ptr<const GlassTable> tables_[GlassTable::kKinds];
};

}  // namespace dateline
