// What is stored of one document: its data, and its terms with their counts.
//
// Both lie in tables of their own, a document's under its number; a document's terms are written
// front-coded, each as the bytes in which it differs from the one before
// (backends/glass/glass_termlist.cc of xapian-core). Read by glass_table.h; from a database of
// another format Xapian reads them.
//
// THREADS: a reader belongs to one thread, as does its database; the table may be shared.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "query/index/glass/glass_table.h"

namespace dateline {

class DocumentReader {
 public:
  // Without tables Xapian is asked.
  DocumentReader(const Xapian::Database& database, std::shared_ptr<const GlassTable> documents,
                 std::shared_ptr<const GlassTable> terms);

  // "" when there is none. Throws Xapian::DatabaseCorruptError.
  std::string data(Xapian::docid id);

  // Calls `sink(term, count)` for each term from `first` on, ascending, until it says false. Throws
  // Xapian::DatabaseCorruptError.
  using TermSink = std::function<bool(const std::string& term, std::uint32_t count)>;
  void for_each_term(Xapian::docid id, const std::string& first, const TermSink& sink);

 private:
  const Xapian::Database& database_;
  std::shared_ptr<const GlassTable> documents_;
  std::shared_ptr<const GlassTable> terms_;
  std::optional<GlassTable::Cursor> document_;
  std::optional<GlassTable::Cursor> term_list_;
};

}  // namespace dateline
