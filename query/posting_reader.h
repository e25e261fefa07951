// Which documents have a term, and how often? One list of an index at a time, whole.
//
// Reads the table of posting lists itself (glass_table.h) where it knows the format, and asks Xapian where it does not; both give the same.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/glass_table.h"

namespace dateline {

using Documents = std::vector<Xapian::docid>;  // ascending

struct PostingList {
  Documents documents;
  std::vector<std::uint32_t> counts;  // of the term in each document (wdf)
};

// Throws Xapian::Error, DatabaseModifiedError when commits overtook the revision.
class PostingReader {
 public:
  // `database` outlives it; `table` is of the same revision, or null.
  PostingReader(const Xapian::Database& database, std::unique_ptr<GlassTable> table) : database_(database), table_(std::move(table)) {}

  // Documents that have the term; 0 for a term that none has.
  Xapian::doccount frequency(const std::string& term);

  PostingList read(const std::string& term);

  // Those of the documents `among` that have the term, and perhaps others: whole pieces of a long list are left out.
  PostingList read_among(const std::string& term, const Documents& among);

  // Length of each document in words and terms, by document id; 0 for an id without a document.
  std::vector<std::uint32_t> lengths();

  // Ids of all documents.
  Documents all_documents();

  // Calls `sink(id, value)` for each document that has a value in the slot, ids ascending.
  void for_each_value(Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink);

 private:
  PostingList read_pieces(const std::string& term, const Documents* among);
  void values_from_table(Xapian::valueno slot, const std::function<void(Xapian::docid, std::string_view)>& sink);

  const Xapian::Database& database_;
  std::unique_ptr<GlassTable> table_;
};

}  // namespace dateline
