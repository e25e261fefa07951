#include "query/index/index_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/packed_day.h"
#include "common/store/place_entry.h"
#include "common/store/stub.h"
#include "common/text/take_until.h"

namespace dateline {
namespace {

constexpr std::size_t kLongestVersionShown = 40;

// The folder of the generation that the stub names. Xapian itself never reads the stub.
std::filesystem::path current_folder(const std::filesystem::path& path) {
  const auto generation = read_stub(path);
  if (!generation) {
    throw Error(
        fmt::format("{}: no index there", path.string()),
        hint_without_stub(
            path, "name the database with --db, or make it: dateline-index --db DB FOLDER"));
  }
  return generation_folder(path, *generation);
}

Xapian::Database open(const std::filesystem::path& folder) {
  GlassTable::check_version(folder);
  return Xapian::Database(folder.string(), Xapian::DB_BACKEND_GLASS);
}

}  // namespace

IndexReader::StubFile IndexReader::stub_file(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat((path / kStubName).c_str(), &status) != 0) return {};
  return {.number = status.st_ino,
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

// The stub is looked at before it is read and the database opened: a generation published in
// between is noticed at the next search.
IndexReader::IndexReader(std::filesystem::path path)
    : path_(std::move(path)),
      stub_file_(stub_file(path_)),
      folder_(current_folder(path_)),
      database_(open(folder_)),
      postings_(std::make_unique<PostingReader>(database_, table(GlassTable::Kind::postings))) {
  require_schema();
  auto positions = table(GlassTable::Kind::positions);
  require_positions(positions != nullptr);
  positions_ = std::make_unique<PositionReader>(database_, std::move(positions));
  documents_ = std::make_unique<DocumentReader>(database_, table(GlassTable::Kind::documents),
                                                table(GlassTable::Kind::terms));
}

std::unique_ptr<GlassTable> IndexReader::table(GlassTable::Kind kind) const {
  return GlassTable::open(folder_, database_.get_revision(), kind);
}

void IndexReader::require_schema() const {
  const std::string version = postings_->metadata(kSchemaKey);
  if (is_readable_schema(version)) return;
  const bool newer = std::atoi(version.c_str()) > kSchemaVersion;
  throw Error(
      fmt::format("{}: schema version \"{}\", this program reads {} to {}", path_.string(),
                  version.substr(0, kLongestVersionShown), kOldestReadSchema, kSchemaVersion),
      newer ? "it was made by a newer dateline-index: search it with the dateline-query of that "
              "version"
            : "make it anew with dateline-index --rebuild");
}

// Without its table of positions Xapian takes a phrase for its words.
void IndexReader::require_positions(bool has_table) const {
  if (has_table || database_.get_doccount() == 0 || database_.has_positions()) return;
  throw Error(
      fmt::format("{}: the positions of words are missing: the index is damaged", path_.string()),
      kDamageHint);
}

bool IndexReader::outdated() { return database_.reopen() || !(stub_file(path_) == stub_file_); }

std::vector<std::string>& IndexReader::chunk(Facet facet, std::size_t number) const {
  const auto [at, is_new] = chunks_.try_emplace({facet, number});
  if (is_new)
    at->second = parts_of<std::string>(postings_->metadata(ordinals_key(facet, number)), '\n');
  if (at->second.size() > kNamesPerChunk)
    throw_damaged(fmt::format("the names of {} are not in order", info(facet).name));
  return at->second;
}

const std::string& IndexReader::entry(Facet facet, Ordinal ordinal) const {
  const auto& lines = chunk(facet, ordinal / kNamesPerChunk);
  const std::size_t at = ordinal % kNamesPerChunk;
  if (at >= lines.size() || lines[at].empty()) {
    throw_damaged(fmt::format("{} {} has no name", info(facet).name, ordinal));
  }
  return lines[at];
}

std::string IndexReader::value_name(Facet facet, Ordinal ordinal) const {
  const auto& line = entry(facet, ordinal);
  if (info(facet).kind != FieldKind::place) return line;
  const auto begin = line.find('\t');
  if (begin == std::string::npos) throw_damaged(fmt::format("place {} has no label", ordinal));
  return line.substr(begin + 1, line.find('\t', begin + 1) - begin - 1);
}

const std::vector<std::string>& IndexReader::entries(Facet facet) const {
  const auto [at, is_new] = entries_.try_emplace(facet);
  for (std::size_t number = 0; is_new; ++number) {
    const auto& lines = chunk(facet, number);
    std::ranges::copy_if(lines, std::back_inserter(at->second),
                         [](const std::string& line) { return !line.empty(); });
    if (lines.size() < kNamesPerChunk) break;
  }
  return at->second;
}

const std::vector<CountryName>& IndexReader::country_names() const {
  if (!country_names_) country_names_ = parse_country_names(postings_->metadata(kCountriesKey));
  return *country_names_;
}

const std::map<std::string, std::string>& IndexReader::aliases() const {
  if (!aliases_) {
    aliases_.emplace();
    for (const auto& line : parts_of<std::string>(postings_->metadata(kAliasKey), '\n')) {
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
  for (const auto& line :
       parts_of<std::string>(postings_->metadata(alias_ordinals_key(facet)), '\n')) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) continue;
    Ordinal from = 0;
    Ordinal to = 0;
    if (std::from_chars(line.data(), line.data() + tab, from).ptr != line.data() + tab)
      throw_damaged("the table of aliases has no ordinals");
    const bool named =
        std::from_chars(line.data() + tab + 1, line.data() + line.size(), to).ec == std::errc{};
    merged.emplace(from, named ? to : kNoName);
  }
  return merged;
}

IndexReader::StoredDocument IndexReader::document(Xapian::docid id, RecordParts parts) const {
  std::string data = documents_->data(id);
  const auto end = data.find('\n');
  if (end == std::string::npos) throw_damaged(fmt::format("document {} has no record", id));
  StoredDocument stored;
  stored.json = data.substr(0, end);
  stored.text = std::move(data.erase(0, end + 1));
  try {
    stored.record =
        parts == RecordParts::all ? parse_json_line(stored.json) : parse_listed(stored.json);
    require_spans(stored.record.record, stored.text.size());
  } catch (const Error& error) {
    throw_damaged(fmt::format("document {} ({}): {}", id, path_of(id), error.what()));
  }
  return stored;
}

void IndexReader::throw_damaged(const std::string& what) const {
  throw Error(fmt::format("{}: {}: the index is damaged", path_.string(), what), kDamageHint);
}

std::optional<DayRange> IndexReader::published() const {
  if (database_.get_doccount() == 0) return std::nullopt;
  const auto [first, last] = postings_->value_bounds(number(Slot::date));
  const DayRange days{unpack_day(first), unpack_day(last)};
  if (days.last < days.first) throw_damaged("the days of publication have no order");
  return days;
}

}  // namespace dateline
