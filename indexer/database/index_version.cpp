#include "indexer/database/index_version.h"

#include <fmt/format.h>

#include "common/store/keys.h"
#include "common/store/schema.h"
#include "common/text/number.h"
#include "indexer/extract/rules_version.h"

namespace dateline {
namespace {

std::optional<int> number_of(const std::string& text) {
  const auto number = parse_number<int>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

}  // namespace

IndexVersion own_version(const Extractor& extractor) {
  return {.schema = kSchemaVersion, .rules = kRulesVersion, .tables = extractor.fingerprint()};
}

int schema_of(const Xapian::Database& database) {
  return number_of(database.get_metadata(kSchemaKey)).value_or(0);
}

std::optional<IndexVersion> read_version(const Xapian::Database& database) {
  const auto schema = number_of(database.get_metadata(kSchemaKey));
  if (!schema) return std::nullopt;
  const auto rules = number_of(database.get_metadata(kRulesKey));
  return IndexVersion{.schema = *schema,
                      .rules = rules.value_or(0),
                      .tables = database.get_metadata(kDataFingerprintKey)};
}

void write_version(Xapian::WritableDatabase& database, const IndexVersion& version) {
  database.set_metadata(kSchemaKey, std::to_string(version.schema));
  database.set_metadata(kRulesKey, std::to_string(version.rules));
  database.set_metadata(kDataFingerprintKey, version.tables);
}

std::string difference(const IndexVersion& found, const IndexVersion& own) {
  if (found.schema != own.schema) {
    return fmt::format("schema version {}, this program writes {}", found.schema, own.schema);
  }
  if (found.rules == own.rules) return "other data tables (names, places, cues)";
  return found.tables == own.tables ? "other rules"
                                    : "other rules and data tables (names, places, cues)";
}

}  // namespace dateline
