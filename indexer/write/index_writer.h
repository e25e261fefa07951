// The one who writes the index: documents in, a committed generation out.
//
// Written under the run's lock. Nothing is visible to readers before commit(); documents, the
// ordinals they use and their dictionary are committed together. Work in destructors: none, what is
// not committed is dropped: a transaction is open all the time, for Xapian's destructor would
// commit the documents of a run that ends in an exception, without their dictionary.
#pragma once

#include <xapian.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/store/country_name.h"
#include "common/store/schema.h"
#include "indexer/database/content_sum.h"
#include "indexer/database/facet_dictionary.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/folder_rights.h"
#include "indexer/database/index_settings.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_entry.h"
#include "indexer/database/run_lock.h"
#include "indexer/write/alias_table.h"

namespace dateline {

// A document without its facet slots, and the values that will fill them.
struct PreparedDocument {
  Xapian::Document document;
  // By Facet; empty for those without ordinals.
  std::array<std::vector<FacetValue>, kSchema.size()> facets;
};

class IndexWriter {
 public:
  enum class Target : std::uint8_t {
    current,  // the generation that readers see, or a first one, empty, which they see at once
    beside,  // a new one of `version`, which they see with finish(); one that was not finished goes
             // on
  };

  // REQUIRES: prepare_database_folder(); the lock is held while the writer lives; for `beside`
  // there is a generation that readers see. Throws Error.
  IndexWriter(std::filesystem::path database, const RunLock& lock, const IndexVersion& version,
              Target target);

  // What is indexed, by path, and which files failed before.
  std::vector<IndexedEntry> indexed() const;
  std::vector<FailedFile> failed_files() const;
  void set_failed_files(const std::vector<FailedFile>& files);
  IndexSettings settings() const;
  void set_settings(const IndexSettings& settings);
  UserAliases user_aliases() const;
  void set_user_aliases(const UserAliases& aliases);  // take effect with finish()
  void set_country_names(const std::vector<CountryName>& countries);

  void add(PreparedDocument prepared);
  void replace(Xapian::docid document, PreparedDocument prepared);
  void remove(Xapian::docid document);
  void refresh_state(Xapian::docid document,
                     const FileState& state);  // same content, other time stamp

  // Articles added, replaced or removed since the last commit.
  std::uint64_t pending() const { return pending_; }
  void commit();

  // Recomputes the alias table when documents changed, commits, and lets readers see a generation
  // written beside theirs.
  void finish();

  // Gives up: what is not committed is dropped, and everything of a generation that readers do not
  // see. Nothing may be called afterwards.
  void abandon();

  // finish() keeps the generation that readers saw before, under another name: not all of it could
  // be carried over.
  void set_aside_old() { set_aside_old_ = true; }

  // That name, "" when finish() kept nothing.
  const std::string& set_aside() const { return set_aside_; }

  // Articles of this program's rules or tables joined an index of others.
  void mark_mixed();

  // Names that a facet's dictionary did not have when the index was opened; of places the labels.
  std::vector<std::string> new_names(Facet facet) const;

  // What could not be tidied up, a line each: the index is as good as without it.
  const std::vector<std::string>& warnings() const { return warnings_; }

  std::uint64_t document_count() const;
  std::string newest_article(Day latest) const;  // day of publication, not after `latest`; "" when
                                                 // there is none. REQUIRES: all is committed.
  std::uint64_t bytes() const;                   // of the generation's files

 private:
  void open_current(const IndexVersion& version);
  void open_beside(const IndexVersion& version);
  void create(const IndexVersion& version);
  void start();
  void remove_others(const std::vector<std::string>& kept);
  void keep_aside(const std::string& old);
  void load_dictionaries();
  void fill_slots(PreparedDocument& prepared);
  void count_content(const Xapian::Document& document);
  void forget_content(Xapian::docid id);
  void update_names();
  void keep_user_settings();

  std::filesystem::path path_;
  FolderRights rights_;
  FolderModes modes_;
  std::string generation_;
  bool beside_ = false;  // readers do not see this generation yet
  bool set_aside_old_ = false;
  std::string set_aside_;
  bool changed_ = false;  // documents or aliases, since the alias table was computed
  std::uint64_t pending_ = 0;
  Xapian::WritableDatabase database_;
  std::vector<FacetDictionary> dictionaries_;  // of the facets with ordinals
  ContentSum content_;
  std::vector<std::string> warnings_;
  std::vector<std::size_t> known_names_;  // of each dictionary, when the index was opened
};

}  // namespace dateline
