#include "query/index/snapshot.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/stub.h"
#include "query/index/glass/posting_reader.h"

namespace dateline {
namespace {

constexpr std::size_t kLongestVersionShown = 40;

Xapian::Database open_folder(const std::filesystem::path& folder) {
  GlassTable::check_version(folder);
  return Xapian::Database(folder.string(), Xapian::DB_BACKEND_GLASS);
}

}  // namespace

Snapshot::StubFile Snapshot::stub_file(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat((path / kStubName).c_str(), &status) != 0) return {};
  return {.number = status.st_ino,
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

// The stub is looked at before it is read and the database opened: a generation published in
// between is noticed at the next search.
Snapshot::Snapshot(std::filesystem::path path)
    : path_(std::move(path)),
      stub_file_(stub_file(path_)),
      folder_(current_folder(path_, RemedyKind::name_or_make_database)) {}

Snapshot::Opened Snapshot::open(std::filesystem::path path) {
  std::shared_ptr<Snapshot> snapshot(new Snapshot(std::move(path)));
  Xapian::Database database = open_folder(snapshot->folder_);
  snapshot->open_tables(database);
  return {std::move(snapshot), std::move(database)};
}

void Snapshot::open_tables(const Xapian::Database& database) {
  revision_ = database.get_revision();
  const auto open = [&](GlassTable::Kind kind) {
    tables_[static_cast<std::size_t>(kind)] = GlassTable::open(folder_, revision_, kind);
  };
  open(GlassTable::Kind::postings);
  read_schema(database);
  open(GlassTable::Kind::positions);
  require_positions(database);
  open(GlassTable::Kind::documents);
  open(GlassTable::Kind::terms);
}

void Snapshot::read_schema(const Xapian::Database& database) {
  const std::string version =
      PostingReader(database, table(GlassTable::Kind::postings)).metadata(kSchemaKey);
  schema_ = std::atoi(version.c_str());
  if (is_readable_schema(version)) return;
  const bool newer = schema_ > kSchemaVersion;
  const std::string why =
      fmt::format("{}: schema version \"{}\", this program reads {} to {}", path_.string(),
                  version.substr(0, kLongestVersionShown), kOldestReadSchema, kSchemaVersion);
  if (!newer) throw Error(why, Remedy{RemedyKind::make_anew});
  throw Error(why,
              "it was made by a newer dateline-index: search it with the dateline-query of that "
              "version");
}

// Without its table of positions Xapian takes a phrase for its words.
void Snapshot::require_positions(const Xapian::Database& database) const {
  if (table(GlassTable::Kind::positions) != nullptr || database.get_doccount() == 0 ||
      database.has_positions())
    return;
  throw Error(
      fmt::format("{}: the positions of words are missing: the index is damaged", path_.string()),
      Remedy{kDamageRemedy});
}

Xapian::Database Snapshot::another_handle() const {
  Xapian::Database database = open_folder(folder_);
  if (database.get_revision() != revision_)
    throw Xapian::DatabaseModifiedError("a commit came between");
  return database;
}

bool Snapshot::outdated() const {
  if (!(stub_file(path_) == stub_file_)) return true;
  try {
    const auto now = GlassTable::revision_of(folder_);
    return (now ? *now : open_folder(folder_).get_revision()) != revision_;
  } catch (const Xapian::Error&) {
    return true;  // whoever opens it anew is told why
  }
}

void Snapshot::throw_damaged(const std::string& what) const {
  throw Error(fmt::format("{}: {}: the index is damaged", path_.string(), what),
              Remedy{kDamageRemedy});
}

}  // namespace dateline
