// One thread's way into a snapshot: its places in the tables, and what stands there - dictionaries,
// aliases, documents.
//
// THREADS: a reader belongs to one thread at a time. Any number of readers share a snapshot
// (snapshot.h): references that a reader gives to dictionaries are to values of the snapshot, which
// never change.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/record.h"
#include "common/record_json.h"
#include "common/store/country_name.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "query/index/glass/document_reader.h"
#include "query/index/glass/position_reader.h"
#include "query/index/glass/posting_reader.h"
#include "query/index/snapshot.h"

namespace dateline {

enum class RecordParts : std::uint8_t { all, listed };  // listed: what parse_listed() reads

class IndexReader {
 public:
  // A reader of a snapshot that it opens. Throws Error when there is no index, or one of another
  // schema version (hint: --rebuild); Xapian::Error.
  explicit IndexReader(std::filesystem::path path);
  // A further reader of a snapshot. Throws Xapian::DatabaseModifiedError when the index has been
  // committed to since, Xapian::Error.
  explicit IndexReader(const std::shared_ptr<const Snapshot>& snapshot);

  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

  const Xapian::Database& database() const { return database_; }
  PostingReader& postings() const { return *postings_; }
  PositionReader& positions() const { return *positions_; }
  DocumentReader& documents() const { return *documents_; }

  // The dictionary line of an ordinal; throws Error when it has none (damage). Reads the chunk it
  // needs.
  const std::string& entry(Facet facet, Ordinal ordinal) const;
  // What a facet shows for an ordinal: the name, or a place's label.
  std::string value_name(Facet facet, Ordinal ordinal) const;
  // Is it a place that no gazetteer has? (is_local in record.h)
  bool is_guess(Facet facet, Ordinal ordinal) const;
  // All lines that are not empty, in the order of their ordinals.
  const std::vector<std::string>& entries(Facet facet) const;

  // Both codes and all names of every country, whether an article names it or not.
  const std::vector<CountryName>& country_names() const;

  // name_key -> the name of the person, for names shown under another spelling; "" for no name.
  const std::map<std::string, std::string>& aliases() const;
  // The same as ordinals: which value an ordinal is counted under. Empty when there is nothing to
  // merge.
  static constexpr Ordinal kNoName = ~Ordinal{0};  // the user says that it names nobody
  const std::unordered_map<Ordinal, Ordinal>& merged_ordinals(Facet facet) const;

  struct StoredDocument {
    StoredRecord record;
    std::string text;
    std::string json;
  };
  // Throws Error when the document's data is no record.
  StoredDocument document(Xapian::docid id, RecordParts parts = RecordParts::all) const;

  // What a document's values tell without its data, which holds the whole article.
  std::string path_of(Xapian::docid id) const { return postings_->value(number(Slot::path), id); }

  // First and last day of publication; absent when the index is empty.
  std::optional<DayRange> published() const;
  [[noreturn]] void throw_damaged(const std::string& what) const { snapshot_->throw_damaged(what); }

 private:
  explicit IndexReader(Snapshot::Opened opened);
  const std::vector<std::string>& chunk(Facet facet, std::size_t number) const;

  std::shared_ptr<const Snapshot> snapshot_;
  Xapian::Database database_;
  std::unique_ptr<PostingReader> postings_;
  std::unique_ptr<PositionReader> positions_;
  std::unique_ptr<DocumentReader> documents_;
};

}  // namespace dateline
