// The keys of the index's metadata, all of them. FORMAT.md tells what each value holds, byte by
// byte.
//
// Metadata are committed together with the documents: a reader never sees the names of one commit
// beside the documents of another.
#pragma once

#include <cstddef>
#include <string>

#include "common/store/schema.h"

namespace dateline {

// With what the index was made.
constexpr const char* kSchemaKey = "dateline.schema";         // schema version
constexpr const char* kRulesKey = "dateline.rules";           // version of the rules; may be absent
constexpr const char* kDataFingerprintKey = "dateline.data";  // of the tables under data/
constexpr const char* kMixedKey =
    "dateline.mixed";  // "1": articles of other rules or tables joined

// How far a run came.
constexpr const char* kRebuildKey = "dateline.rebuild";  // "1" while a rebuild is not finished
constexpr const char* kAliasesDueKey = "dateline.aliases_due";  // "1": committed documents that the
                                                                // alias table does not know yet
constexpr const char* kContentSumKey = "dateline.content_sum";  // of all documents (content_sum.h)
constexpr const char* kFailedFilesKey = "dateline.failed";      // JSON lines (failed_files.h)

// What the user told an index, which a rebuild does not ask again.
constexpr const char* kAnyDateKey = "dateline.any-date";        // "1" once --any-date was given
constexpr const char* kExcludeKey = "dateline.excluded";        // paths (exclude_list.h)
constexpr const char* kUserAliasKey = "dateline.user-aliases";  // user_aliases.h

// What searching needs besides the documents.
constexpr const char* kAliasKey = "dateline.aliases";        // lines "name key TAB name shown"
constexpr const char* kCountriesKey = "dateline.countries";  // country_name.h

// Lines "ordinal TAB ordinal it is counted under, nothing when it is no name".
std::string alias_ordinals_key(Facet facet);

// The dictionary of a facet: chunk 12 has the names of ordinals 12 * 256 to 12 * 256 + 255, one a
// line; an empty line is a name that no article has any more.
constexpr std::size_t kNamesPerChunk = 256;
std::string ordinals_key(Facet facet, std::size_t chunk);

}  // namespace dateline
