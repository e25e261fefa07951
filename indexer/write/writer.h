// The one who writes the index: documents in, a committed generation out. What a run needs of it,
// whatever kind it is.
//
// Nothing is visible to readers before commit(). THREADS: one at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/partial_date.h"
#include "common/store/country_name.h"
#include "common/store/schema.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/file_state.h"
#include "indexer/database/index_settings.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_entry.h"
#include "indexer/database/run_lock.h"
#include "indexer/write/indexed_document.h"
#include "indexer/write/user_aliases.h"

namespace dateline {

class Writer {
 public:
  enum class Target : std::uint8_t {
    current,  // the generation that readers see, or a first one, empty, which they see at once
    beside,   // a new one of `version`, which they see with finish(); one that was not finished
              // goes on
  };

  virtual ~Writer() = default;  // what is not committed is dropped

  // What is indexed, by path, and which files failed before.
  virtual std::vector<IndexedEntry> indexed() const = 0;
  virtual std::vector<FailedFile> failed_files() const = 0;
  virtual void set_failed_files(const std::vector<FailedFile>& files) = 0;
  virtual IndexSettings settings() const = 0;
  virtual void set_settings(const IndexSettings& settings) = 0;
  virtual UserAliases user_aliases() const = 0;
  virtual void set_user_aliases(const UserAliases& aliases) = 0;  // take effect with finish()
  virtual void set_country_names(const std::vector<CountryName>& countries) = 0;

  // `document`: IndexedEntry::document of what was there.
  virtual void add(IndexedDocument added) = 0;
  virtual void replace(std::uint32_t document, IndexedDocument by) = 0;
  virtual void remove(std::uint32_t document) = 0;
  // Same content, other time stamp.
  virtual void refresh_state(std::uint32_t document, const FileState& state) = 0;

  // Articles added, replaced or removed since the last commit.
  virtual std::uint64_t pending() const = 0;
  virtual void commit() = 0;

  // Recomputes the alias table when documents changed, commits, and lets readers see a generation
  // written beside theirs.
  virtual void finish() = 0;

  // Gives up: what is not committed is dropped, and everything of a generation that readers do not
  // see. Nothing may be called afterwards.
  virtual void abandon() = 0;

  // finish() keeps the generation that readers saw before, under another name: not all of it could
  // be carried over.
  virtual void set_aside_old() = 0;
  // That name, "" when finish() kept nothing.
  virtual std::string set_aside() const = 0;

  // Articles of this program's rules or tables joined an index of others.
  virtual void mark_mixed() = 0;

  // Names that a facet's dictionary did not have when the index was opened; of places the labels.
  virtual std::vector<std::string> new_names(Facet facet) const = 0;

  // What could not be tidied up, a line each: the index is as good as without it.
  virtual std::vector<std::string> warnings() const = 0;

  virtual std::uint64_t document_count() const = 0;
  // Day of publication, not after `latest`; "" when there is none. REQUIRES: all is committed.
  virtual std::string newest_article(Day latest) const = 0;
  virtual std::uint64_t bytes() const = 0;  // of the generation's files
};

// REQUIRES: prepare_database_folder(); the lock is held while the writer lives; for `beside` there
// is a generation that readers see. Throws Error.
using OpenWriter = std::function<std::unique_ptr<Writer>(
    const std::filesystem::path& database, const RunLock& lock, const IndexVersion& version,
    Writer::Target target)>;

}  // namespace dateline
