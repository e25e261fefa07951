// Where in a document does a term stand? Positions of words, counted from 1, paragraphs a gap
// apart.
//
// Reads the table of positions itself (glass_table.h) where it knows the format, and asks Xapian
// where it does not; both give the same.
//
// THREADS: a reader belongs to one thread, as does its database; the table may be shared.
#pragma once

#include <xapian.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/index/glass/glass_table.h"

namespace dateline {

using Positions = std::vector<Xapian::termpos>;  // ascending

class PositionReader {
 public:
  // `database` outlives it; `table` is of the same revision, or null.
  PositionReader(const Xapian::Database& database, std::shared_ptr<const GlassTable> table);

  // None when the document does not have the term. Throws Xapian::Error.
  Positions read(const std::string& term, Xapian::docid document);

 private:
  const Xapian::Database& database_;
  std::shared_ptr<const GlassTable> table_;
  std::optional<GlassTable::Cursor> cursor_;
};

}  // namespace dateline
