#include "indexer/database/indexed_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/schema.h"
#include "indexer/database/adoption.h"
#include "indexer/database/generation.h"
#include "indexer/database/xapian_error.h"

namespace dateline {
namespace {

// "D20230303"; absent for what is none.
std::optional<Day> day_of(const std::string& term) {
  int value = 0;
  constexpr std::size_t kLength = kDayPrefix.size() + 8;
  if (term.size() != kLength) return std::nullopt;
  if (std::from_chars(term.data() + kDayPrefix.size(), term.data() + kLength, value).ptr !=
      term.data() + kLength)
    return std::nullopt;
  return make_day(value / 10000, value / 100 % 100, value % 100);
}

}  // namespace

Xapian::Database open_index(const std::filesystem::path& path) {
  const auto folder = current_folder(path, RemedyKind::name_database);
  return Xapian::Database(folder.string(), Xapian::DB_BACKEND_GLASS);
}

void require_schema(const Xapian::Database& database, const std::filesystem::path& path) {
  const std::string version = database.get_metadata(kSchemaKey);
  if (is_readable_schema(version)) return;
  throw Error(fmt::format("{}: schema version \"{}\", this program reads {} to {}", path.string(),
                          version, kOldestReadSchema, kSchemaVersion),
              Remedy{RemedyKind::rebuild});
}

namespace {

// What is no generation of ours, or holds a FIFO in the place of a table, is not gone on with.
bool goes_on(const std::filesystem::path& path, const std::string& generation,
             const IndexVersion& version) try {
  const Xapian::Database database(generation_folder(path, generation).string(),
                                  Xapian::DB_BACKEND_GLASS);
  return !database.get_metadata(kRebuildKey).empty() && read_version(database) == version;
} catch (const Xapian::Error&) {
  return false;
} catch (const Error&) {
  return false;
}

}  // namespace

std::optional<std::string> unfinished_rebuild(const std::filesystem::path& path,
                                              const IndexVersion& version) {
  const auto current = current_generation(path);
  auto names = generations(path);
  std::ranges::reverse(names);
  for (const auto& name : names) {
    if (name != current && goes_on(path, name, version)) return name;
  }
  return std::nullopt;
}

PublicationDays publication_days(const Xapian::Database& database, Day latest) {
  PublicationDays days;
  const std::string prefix(kDayPrefix);
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    const auto day = day_of(*term);
    if (!day) continue;
    days.articles += term.get_termfreq();
    if (*day <= latest) days.newest = *day;  // terms come in order
  }
  return days;
}

FacetDictionary read_dictionary(const Xapian::Database& database, Facet facet) {
  FacetDictionary dictionary(facet);
  for (std::size_t chunk = 0;; ++chunk) {
    const std::string lines = database.get_metadata(ordinals_key(facet, chunk));
    if (lines.empty()) return dictionary;
    dictionary.load_chunk(lines);
  }
}

IndexSettings read_settings(const Xapian::Database& database) {
  return {.any_date = database.get_metadata(kAnyDateKey) == "1",
          .exclude = stored_exclude_list(database.get_metadata(kExcludeKey))};
}

std::vector<FailedFile> read_failed_files(const std::filesystem::path& path) try {
  return parse_failed_files(open_index(path).get_metadata(kFailedFilesKey));
} catch (const Xapian::Error&) {
  return {};
} catch (const Error&) {
  return {};
}

IndexedState read_indexed_state(const Xapian::Database& database,
                                const std::filesystem::path& path) {
  IndexedState indexed;
  indexed.entries.reserve(database.get_doccount());
  auto state = database.valuestream_begin(number(Slot::file_state));
  const auto end = database.valuestream_end(number(Slot::path));
  for (auto name = database.valuestream_begin(number(Slot::path)); name != end; ++name, ++state) {
    const bool beside = state != database.valuestream_end(number(Slot::file_state)) &&
                        state.get_docid() == name.get_docid();
    const auto unpacked = beside ? unpack_file_state(*state) : std::nullopt;
    if (!unpacked) {
      throw Error(fmt::format("{}: document {} has no file state: the index is damaged",
                              path.string(), name.get_docid()),
                  Remedy{RemedyKind::rebuild});
    }
    indexed.entries.push_back({*name, name.get_docid(), *unpacked});
  }
  std::ranges::sort(indexed.entries, {}, &IndexedEntry::path);
  indexed.settings = read_settings(database);
  indexed.failed = parse_failed_files(database.get_metadata(kFailedFilesKey));
  return indexed;
}

IndexedState read_indexed_state(const std::filesystem::path& path) {
  if (!current_generation(path)) {
    if (std::filesystem::is_directory(path)) refuse_unpublished_generations(path);
    return {};
  }
  return translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    require_schema(database, path);
    return read_indexed_state(database, path);
  });
}

}  // namespace dateline
