// With what was an index made: which layout, which rules, which tables?
//
// A run that finds another version than its own rebuilds the index beside the old one and swaps.
#pragma once

#include <xapian.h>

#include <optional>
#include <string>

#include "indexer/extract/extractor.h"

namespace dateline {

struct IndexVersion {
  int schema = 0;      // kSchemaVersion
  int rules = 0;       // kRulesVersion; 0 before there was one
  std::string tables;  // the data folder's fingerprint
  bool operator==(const IndexVersion&) const = default;
};

// Of what this program writes.
IndexVersion own_version(const Extractor& extractor);

// Absent when the metadata holds none: the database is not ours, or damaged. Throws Xapian::Error.
// 0 when the metadata hold none.
int schema_of(const Xapian::Database& database);

std::optional<IndexVersion> read_version(const Xapian::Database& database);

void write_version(Xapian::WritableDatabase& database, const IndexVersion& version);

// What differs, for messages: "schema version 4, this program writes 5", "other rules and data
// tables".
std::string difference(const IndexVersion& found, const IndexVersion& own);

}  // namespace dateline
