// The writer of an index that is a Xapian database, through Xapian's own interface.
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
#include "indexer/write/writer.h"

namespace dateline {

class XapianWriter final : public Writer {
 public:
  // As OpenWriter says.
  XapianWriter(std::filesystem::path database, const RunLock& lock, const IndexVersion& version,
               Target target);

  std::vector<IndexedEntry> indexed() const override;
  std::vector<FailedFile> failed_files() const override;
  void set_failed_files(const std::vector<FailedFile>& files) override;
  IndexSettings settings() const override;
  void set_settings(const IndexSettings& settings) override;
  UserAliases user_aliases() const override;
  void set_user_aliases(const UserAliases& aliases) override;
  void set_country_names(const std::vector<CountryName>& countries) override;

  void add(IndexedDocument added) override;
  void replace(Xapian::docid document, IndexedDocument by) override;
  void remove(Xapian::docid document) override;
  void refresh_state(Xapian::docid document, const FileState& state) override;

  std::uint64_t pending() const override { return pending_; }
  void commit() override;
  void finish() override;
  void abandon() override;
  void set_aside_old() override { set_aside_old_ = true; }
  std::string set_aside() const override { return set_aside_; }
  void mark_mixed() override;
  std::vector<std::string> new_names(Facet facet) const override;
  std::vector<std::string> warnings() const override { return warnings_; }

  std::uint64_t document_count() const override;
  std::string newest_article(Day latest) const override;
  std::uint64_t bytes() const override;

 private:
  void open_current(const IndexVersion& version);
  void open_beside(const IndexVersion& version);
  void create(const IndexVersion& version);
  void start();
  void remove_others(const std::vector<std::string>& kept);
  void keep_aside(const std::string& old);
  void keep_spares(std::vector<std::string>& kept);
  void load_dictionaries();
  Xapian::Document with_slots(const IndexedDocument& document);
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
  ContentSum content_{kSchemaVersion};
  std::vector<std::string> warnings_;
  std::vector<std::size_t> known_names_;  // of each dictionary, when the index was opened
};

std::unique_ptr<Writer> open_xapian_writer(const std::filesystem::path& database,
                                           const RunLock& lock, const IndexVersion& version,
                                           Writer::Target target);

}  // namespace dateline
