// Which documents have a term, and how often? One list of an index at a time, whole.
//
// Reads the table of posting lists itself (glass_table.h) where it knows the format, and asks
// Xapian where it does not; both give the same.
//
// THREADS: a reader belongs to one thread, as does its database; the table may be shared.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/index/document_lists.h"
#include "query/index/glass/glass_table.h"

namespace dateline {

struct PostingList {
  Documents documents;
  std::vector<std::uint32_t> counts;  // of the term in each document (wdf)
};

// Throws Xapian::Error, DatabaseModifiedError when commits overtook the revision.
class PostingReader {
 public:
  // `database` outlives it; `table` is of the same revision, or null.
  PostingReader(const Xapian::Database& database, std::shared_ptr<const GlassTable> table);

  // Documents that have the term; 0 for a term that none has.
  Xapian::doccount frequency(const std::string& term);
  bool exists(const std::string& term) { return frequency(term) > 0; }

  // What is stored with the index under a key; "" when nothing is.
  std::string metadata(std::string_view key);

  // Least and greatest value of a slot that a document has or had; both "" when none had any.
  std::pair<std::string, std::string> value_bounds(Xapian::valueno slot);

  // The first `most` terms that begin so, in order of their bytes. REQUIRES: the prefix is not
  // empty.
  std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most);

  PostingList read(const std::string& term);

  // The list as its pieces come, none empty: documents and beside them the counts, which hold until
  // the sink returns.
  using PieceSink = std::function<void(DocumentSpan documents, const std::uint32_t* counts)>;
  void for_each_piece(const std::string& term, const PieceSink& sink);

  // Those of the documents `among` that have the term; pieces of a long list that hold none of them
  // are not read.
  PostingList read_among(const std::string& term, const Documents& among);

  // Length of each document in words and terms, by document id; 0 for an id without a document.
  std::vector<std::uint32_t> lengths();

  // Highest document id that is or was in use.
  Xapian::docid last_document() const { return last_document_; }

  // Are so many things of a byte or more in the table? It cannot hold more than it has bytes: a
  // damaged number is no reason to make room.
  bool can_hold(std::uint64_t things) const {
    return table_ == nullptr || things <= table_->bytes();
  }

  // Ids of all documents.
  Documents all_documents();

  // Calls `sink(id, value)` for each document that has a value in the slot, ids ascending.
  void for_each_value(Xapian::valueno slot,
                      const std::function<void(Xapian::docid, std::string_view)>& sink);

  // The value of a document in a slot; "" when it has none.
  std::string value(Xapian::valueno slot, Xapian::docid document);

 private:
  std::vector<std::string> terms_from_table(const std::string& prefix, std::size_t most);
  std::string value_from_table(Xapian::valueno slot, Xapian::docid document);
  void read_pieces(const std::string& term, const Documents* among, const PieceSink& sink);
  void values_from_table(Xapian::valueno slot,
                         const std::function<void(Xapian::docid, std::string_view)>& sink);

  const Xapian::Database& database_;
  std::shared_ptr<const GlassTable> table_;
  std::optional<GlassTable::Cursor>
      cursor_;  // kept: the next term asked for is often in the same block
  Xapian::docid last_document_;
};

}  // namespace dateline
