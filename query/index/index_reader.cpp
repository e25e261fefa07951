#include "query/index/index_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <charconv>

#include "common/error.h"
#include "common/packed_day.h"
#include "common/place_entry.h"
#include "common/stub.h"
#include "common/take_until.h"

namespace dateline {
namespace {

constexpr const char* kDamageHint = "look for damage with dateline-index --check, rebuild with --rebuild";

// The folder of the generation that the stub names. Xapian itself never reads the stub.
std::filesystem::path current_folder(const std::filesystem::path& path) {
  const auto generation = read_stub(path);
  if (!generation) {
    throw Error(fmt::format("{}: no index there", path.string()), "name the database with --db, or make it: dateline-index --db DB FOLDER");
  }
  return generation_folder(path, *generation);
}

Xapian::Database open(const std::filesystem::path& path, const std::filesystem::path& folder) {
  Xapian::Database database(folder.string(), Xapian::DB_BACKEND_GLASS);
  const std::string version = database.get_metadata(std::string(kSchemaKey));
  if (!is_readable_schema(version)) {
    throw Error(fmt::format("{}: schema version \"{}\", this program reads {} to {}", path.string(), version, kOldestReadSchema, kSchemaVersion),
                "bring it up to date with a run of dateline-index");
  }
  // Without its table of positions Xapian takes a phrase for its words.
  if (database.get_doccount() > 0 && !database.has_positions()) throw Error(fmt::format("{}: the positions of words are missing: the index is damaged", path.string()), kDamageHint);
  return database;
}

}  // namespace

IndexReader::StubFile IndexReader::stub_file(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat((path / kStubName).c_str(), &status) != 0) return {};
  return {.number = status.st_ino, .seconds = status.st_mtim.tv_sec, .nanoseconds = status.st_mtim.tv_nsec};
}

// The stub is looked at before it is read and the database opened: a generation published in between is noticed at the next search.
IndexReader::IndexReader(std::filesystem::path path)
    : path_(std::move(path)), stub_file_(stub_file(path_)), folder_(current_folder(path_)), database_(open(path_, folder_)),
      postings_(std::make_unique<PostingReader>(database_, GlassTable::open(folder_, database_.get_revision(), GlassTable::Kind::postings))),
      positions_(std::make_unique<PositionReader>(database_, GlassTable::open(folder_, database_.get_revision(), GlassTable::Kind::positions))) {}

bool IndexReader::outdated() { return database_.reopen() || !(stub_file(path_) == stub_file_); }

std::vector<std::string>& IndexReader::chunk(Facet facet, std::size_t number) const {
  const auto [at, is_new] = chunks_.try_emplace({facet, number});
  if (is_new) at->second = parts_of<std::string>(database_.get_metadata(ordinals_key(facet, number)), '\n');
  return at->second;
}

const std::string& IndexReader::entry(Facet facet, Ordinal ordinal) const {
  const auto& lines = chunk(facet, ordinal / kNamesPerChunk);
  const std::size_t at = ordinal % kNamesPerChunk;
  if (at >= lines.size()) {
    throw Error(fmt::format("{}: {} {} has no name: the index is damaged", path_.string(), info(facet).name, ordinal), kDamageHint);
  }
  return lines[at];
}

std::string IndexReader::value_name(Facet facet, Ordinal ordinal) const {
  const auto& line = entry(facet, ordinal);
  if (facet != Facet::place) return line;
  const auto begin = line.find('\t');
  if (begin == std::string::npos) throw Error(fmt::format("{}: place {} has no label: the index is damaged", path_.string(), ordinal), kDamageHint);
  return line.substr(begin + 1, line.find('\t', begin + 1) - begin - 1);
}

const std::vector<std::string>& IndexReader::entries(Facet facet) const {
  const auto [at, is_new] = entries_.try_emplace(facet);
  for (std::size_t number = 0; is_new; ++number) {
    const auto& lines = chunk(facet, number);
    at->second.insert(at->second.end(), lines.begin(), lines.end());
    if (lines.size() < kNamesPerChunk) break;
  }
  return at->second;
}

const std::vector<CountryName>& IndexReader::country_names() const {
  if (!country_names_) country_names_ = parse_country_names(database_.get_metadata(std::string(kCountriesKey)));
  return *country_names_;
}

const std::map<std::string, std::string>& IndexReader::aliases() const {
  if (!aliases_) {
    aliases_.emplace();
    for (const auto& line : parts_of<std::string>(database_.get_metadata(std::string(kAliasKey)), '\n')) {
      const auto tab = line.find('\t');
      if (tab != std::string::npos) aliases_->emplace(line.substr(0, tab), line.substr(tab + 1));
    }
  }
  return *aliases_;
}

const std::unordered_map<Ordinal, Ordinal>& IndexReader::merged_ordinals(Facet facet) const {
  const auto [known, is_new] = merged_.try_emplace(facet);
  auto& merged = known->second;
  if (!is_new) return merged;
  for (const auto& line : parts_of<std::string>(database_.get_metadata(alias_ordinals_key(facet)), '\n')) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) continue;
    Ordinal from = 0;
    Ordinal to = 0;
    std::from_chars(line.data(), line.data() + tab, from);
    const bool named = std::from_chars(line.data() + tab + 1, line.data() + line.size(), to).ec == std::errc{};
    merged.emplace(from, named ? to : kNoName);
  }
  return merged;
}

IndexReader::StoredDocument IndexReader::document(Xapian::docid id, RecordParts parts) const {
  std::string data = database_.get_document(id, Xapian::DOC_ASSUME_VALID).get_data();
  const auto end = data.find('\n');
  if (end == std::string::npos) throw Error(fmt::format("{}: document {} has no record: the index is damaged", path_.string(), id), kDamageHint);
  StoredDocument stored;
  stored.json = data.substr(0, end);
  stored.record = parts == RecordParts::all ? parse_json_line(stored.json) : parse_listed(stored.json);
  stored.text = std::move(data.erase(0, end + 1));
  return stored;
}

std::optional<DayRange> IndexReader::published() const {
  if (database_.get_doccount() == 0) return std::nullopt;
  const auto slot = static_cast<Xapian::valueno>(Slot::date);
  return DayRange{unpack_day(database_.get_value_lower_bound(slot)), unpack_day(database_.get_value_upper_bound(slot))};
}

}  // namespace dateline
