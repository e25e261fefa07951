// The one who writes the index: documents in, a committed generation out.
//
// Holds the run's lock from open to end. Nothing is visible to readers before commit(); documents, the ordinals they use and
// their dictionary are committed together. Work in destructors: none, what is not committed is dropped: a transaction is open all the
// time, for Xapian's destructor would commit the documents of a run that ends in an exception, without their dictionary.
#pragma once

#include <xapian.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "common/country_name.h"
#include "common/schema.h"
#include "indexer/alias_table.h"
#include "indexer/content_sum.h"
#include "indexer/facet_dictionary.h"
#include "indexer/index_settings.h"
#include "indexer/run_lock.h"
#include "indexer/update_plan.h"

namespace dateline {

// A document without its facet slots, and the values that will fill them.
struct PreparedDocument {
  Xapian::Document document;
  std::array<std::vector<FacetValue>, kFacets.size()> facets;  // by Facet; empty for those without ordinals
};

class IndexWriter {
 public:
  // Opens or makes the database. With `rebuild` a new empty generation is written beside the one readers see.
  // Throws LockedError; Error when the folder is no index, or of another schema version or other data tables (hint: --rebuild).
  // Waits for another run to end as `wait` says.
  IndexWriter(std::filesystem::path database, const std::string& data_fingerprint, bool rebuild, const LockWait& wait = {});

  // What is indexed, by path, and which files failed before.
  std::vector<IndexedEntry> indexed() const;
  std::vector<FailedFile> failed_files() const;
  void set_failed_files(const std::vector<FailedFile>& files);
  IndexSettings settings() const;
  void set_settings(const IndexSettings& settings);
  void set_user_aliases(const UserAliases& aliases);  // take effect with finish()
  void set_country_names(const std::vector<CountryName>& countries);

  void add(PreparedDocument prepared);
  void replace(Xapian::docid document, PreparedDocument prepared);
  void remove(Xapian::docid document);
  void refresh_state(Xapian::docid document, const FileState& state);  // same content, other time stamp

  // Articles added, replaced or removed since the last commit.
  std::uint64_t pending() const { return pending_; }
  void commit();

  // Recomputes the alias table when documents changed, commits, and after a rebuild lets readers see the new generation.
  void finish();

  // Gives up: what is not committed is dropped, and of a rebuild everything. Nothing may be called afterwards.
  void abandon();

  // Is this generation not yet the one that readers see?
  bool rebuilding() const { return rebuilding_; }

  // Names that a facet's dictionary did not have when the index was opened; of places the labels.
  std::vector<std::string> new_names(Facet facet) const;

  std::uint64_t document_count() const;
  std::uint64_t bytes() const;  // of the generation's files

 private:
  void open_or_create(const std::string& data_fingerprint, bool rebuild);
  void create(const std::string& data_fingerprint);
  void load_dictionaries();
  void fill_slots(PreparedDocument& prepared);
  void count_content(const Xapian::Document& document);
  void forget_content(Xapian::docid id);
  std::vector<NameCount> names_in_use(const FacetDictionary& dictionary, const std::unordered_set<std::string>& organisations) const;
  void update_aliases();
  void keep_user_aliases();

  std::filesystem::path path_;
  RunLock lock_;
  std::string generation_;
  bool made_ = false;     // the generation's folder, by this run
  bool rebuilding_ = false;
  bool changed_ = false;  // documents or aliases, since the alias table was computed
  std::uint64_t pending_ = 0;
  Xapian::WritableDatabase database_;
  std::vector<FacetDictionary> dictionaries_;  // of the facets with ordinals
  ContentSum content_;
  std::vector<std::size_t> known_names_;       // of each dictionary, when the index was opened
};

}  // namespace dateline
