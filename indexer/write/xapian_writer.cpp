#include "indexer/write/xapian_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <unordered_set>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/place_entry.h"
#include "common/text/name_key.h"
#include "indexer/database/adoption.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/verification.h"
#include "indexer/database/xapian_error.h"
#include "indexer/write/xapian_document.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// What the user told an index, which a rebuild does not ask again.
constexpr std::array kUserSettings = {kUserAliasKey, kAnyDateKey, kExcludeKey};

// How many documents have each ordinal of a facet.
std::vector<std::uint64_t> count_ordinals(const fs::path& path, const Xapian::Database& database,
                                          const FacetDictionary& names) {
  std::vector<std::uint64_t> counts(names.entries().size(), 0);
  const Slot slot = info(names.facet()).slot;
  for (auto value = database.valuestream_begin(number(slot));
       value != database.valuestream_end(number(slot)); ++value) {
    for (const Ordinal ordinal : names.unpack(path, value.get_docid(), *value)) ++counts[ordinal];
  }
  return counts;
}

// The names of a facet that documents have, by ordinal; those in `organisations` are marked so.
std::vector<NameCount> names_in_use(const FacetDictionary& dictionary,
                                    const std::vector<std::uint64_t>& counts,
                                    const std::unordered_set<std::string>& organisations) {
  const auto& names = dictionary.entries();
  std::vector<NameCount> used;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (counts[i] > 0) used.push_back({names[i], counts[i], organisations.contains(names[i])});
  }
  return used;
}

// A name that only an article had which is gone must not go on into the next backup.
void forget_unused_names(FacetDictionary& dictionary, const std::vector<std::uint64_t>& counts,
                         const std::set<Ordinal>& canonical) {
  std::vector<bool> used;
  for (const std::uint64_t count : counts) used.push_back(count > 0);
  used.resize(dictionary.entries().size());  // an alias may have added names
  for (const Ordinal ordinal : canonical) used[ordinal] = true;
  dictionary.forget_unused(used);
}

// Xapian makes a table's file with the first entry and syncs no name. All are made, empty, before
// the generation's folder is synced: so no later commit can be on the disk without its tables.
void make_tables(const fs::path& generation) {
  for (const char* name : {"docdata.glass", "position.glass", "postlist.glass", "termlist.glass"}) {
    const fs::path file = generation / name;
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      throw Error(fmt::format("{}: cannot be made: {}", file.string(), std::strerror(errno)));
    }
    close(descriptor);
  }
  sync_folder(generation);
}

}  // namespace

XapianWriter::XapianWriter(fs::path database, const RunLock&, const IndexVersion& version,
                           Target target)
    : path_(std::move(database)), rights_(path_), modes_(rights_) {
  rights_.give(path_ / kLockName);
  try {
    translating_xapian_errors(path_, [&] {
      if (target == Target::current) {
        open_current(version);
      } else {
        open_beside(version);
      }
      start();
    });
  } catch (...) {
    if (!generation_.empty()) abandon();
    throw;
  }
}

void XapianWriter::open_current(const IndexVersion& version) {
  const auto current = current_generation(path_);
  if (!current) {
    refuse_unpublished_generations(path_);
    create(version);
    sync_generation(path_, generation_);
    publish_generation(path_, generation_);
    remove_others({generation_});  // of a first run that was killed before readers saw it
    return;
  }
  std::vector<std::string> kept = {*current};
  if (const auto unfinished = unfinished_rebuild(path_, version)) kept.push_back(*unfinished);
  remove_others(kept);
  part_from_links(path_, *current);
  generation_ = *current;
  database_ = Xapian::WritableDatabase(generation_folder(path_, generation_).string(),
                                       Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
}

void XapianWriter::open_beside(const IndexVersion& version) {
  beside_ = true;
  const auto unfinished = unfinished_rebuild(path_, version);
  if (unfinished && has_sound_tables(path_, *unfinished)) {
    part_from_links(path_, *unfinished);
    generation_ = *unfinished;
    database_ = Xapian::WritableDatabase(generation_folder(path_, generation_).string(),
                                         Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
  } else {
    // What readers see may be damaged, and another the only good copy.
    std::vector<std::string> kept = finished_generations(path_);
    kept.push_back(current_generation(path_).value_or(""));
    remove_others(kept);
    create(version);
  }
  keep_user_settings();
}

// What goes wrong once readers see the generation is no reason to stop.
void XapianWriter::remove_others(const std::vector<std::string>& kept) {
  for (auto& why : remove_other_generations(path_, kept)) warnings_.push_back(std::move(why));
}

void XapianWriter::create(const IndexVersion& version) try {
  generation_ = make_generation(path_);
  database_ = Xapian::WritableDatabase((path_ / generation_).string(),
                                       Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  write_version(database_, version);
  database_.set_metadata(
      kContentSumKey,
      ContentSum(kSchemaVersion).to_text());  // a run killed now leaves a sound, empty index
  if (beside_) database_.set_metadata(kRebuildKey, "1");
  database_.commit();
  make_tables(path_ / generation_);
  rights_.give(path_ / generation_);
} catch (...) {
  if (!generation_.empty()) remove_generation(path_, generation_);  // this run made it
  throw;
}

void XapianWriter::start() {
  load_dictionaries();
  database_.begin_transaction();
}

void XapianWriter::load_dictionaries() {
  for (const auto& facet : kFacets) {
    if (!facet.has_ordinals()) continue;
    dictionaries_.push_back(read_dictionary(database_, facet.field));
    known_names_.push_back(dictionaries_.back().entries().size());
  }
  changed_ = !database_.get_metadata(kAliasesDueKey).empty();
  content_ = ContentSum(kSchemaVersion, database_.get_metadata(kContentSumKey));
}

std::vector<IndexedEntry> XapianWriter::indexed() const {
  return translating_xapian_errors(path_,
                                   [&] { return read_indexed_state(database_, path_).entries; });
}

std::vector<FailedFile> XapianWriter::failed_files() const {
  return translating_xapian_errors(
      path_, [&] { return parse_failed_files(database_.get_metadata(kFailedFilesKey)); });
}

void XapianWriter::set_failed_files(const std::vector<FailedFile>& files) {
  translating_xapian_errors(path_, [&] {
    const std::string text = to_text(files);
    if (database_.get_metadata(kFailedFilesKey) != text) {
      database_.set_metadata(kFailedFilesKey, text);
    }
  });
}

IndexSettings XapianWriter::settings() const {
  return translating_xapian_errors(path_, [&] { return read_settings(database_); });
}

void XapianWriter::set_settings(const IndexSettings& settings) {
  translating_xapian_errors(path_, [&] {
    const auto set = [&](const char* key, const std::string& text) {
      if (database_.get_metadata(key) != text) database_.set_metadata(key, text);
    };
    set(kAnyDateKey, settings.any_date ? "1" : "");
    set(kExcludeKey, to_text(settings.exclude));
  });
}

UserAliases XapianWriter::user_aliases() const {
  return translating_xapian_errors(
      path_, [&] { return stored_user_aliases(database_.get_metadata(kUserAliasKey)); });
}

void XapianWriter::set_user_aliases(const UserAliases& aliases) {
  translating_xapian_errors(path_, [&] {
    const std::string text = to_text(aliases);
    if (database_.get_metadata(kUserAliasKey) == text) return;
    database_.set_metadata(kUserAliasKey, text);
    changed_ = true;
  });
}

void XapianWriter::set_country_names(const std::vector<CountryName>& countries) {
  translating_xapian_errors(path_, [&] {
    const std::string text = to_text(countries);
    if (database_.get_metadata(kCountriesKey) != text) {
      database_.set_metadata(kCountriesKey, text);
    }
  });
}

// A rebuilt index keeps what the user told the old one; what a damaged one was told has to be said
// again.
void XapianWriter::keep_user_settings() try {
  const Xapian::Database old = open_index(path_);
  for (const auto* key : kUserSettings) database_.set_metadata(key, old.get_metadata(key));
} catch (const Xapian::Error&) {
} catch (const UnreadableError&) {
  throw;
} catch (const Error&) {
}

void XapianWriter::mark_mixed() {
  translating_xapian_errors(path_, [&] { database_.set_metadata(kMixedKey, "1"); });
}

std::vector<std::string> XapianWriter::new_names(Facet facet) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < dictionaries_.size(); ++i) {
    if (dictionaries_[i].facet() != facet) continue;
    const auto& entries = dictionaries_[i].entries();
    for (std::size_t n = known_names_[i]; n < entries.size(); ++n) {
      const auto place =
          info(facet).kind == FieldKind::place ? parse_place_entry(entries[n]) : std::nullopt;
      if (!entries[n].empty()) names.push_back(place ? place->label : entries[n]);
    }
  }
  return names;
}

Xapian::Document XapianWriter::with_slots(const IndexedDocument& document) {
  Xapian::Document made = to_xapian(document);
  for (auto& dictionary : dictionaries_) {
    const auto& values = document.facets[static_cast<std::size_t>(dictionary.facet())];
    if (!values.empty()) {
      made.add_value(number(info(dictionary.facet()).slot), dictionary.pack(values));
    }
  }
  changed_ = true;
  ++pending_;
  return made;
}

void XapianWriter::forget_content(Xapian::docid id) {
  const Xapian::Document document = database_.get_document(id);
  content_.remove(document.get_value(number(Slot::path)), document.get_data());
}

void XapianWriter::add(IndexedDocument added) {
  translating_xapian_errors(path_, [&] {
    database_.add_document(with_slots(added));
    content_.add(added.path, added.data);
  });
}

void XapianWriter::replace(Xapian::docid document, IndexedDocument by) {
  translating_xapian_errors(path_, [&] {
    const Xapian::Document made = with_slots(by);
    forget_content(document);
    database_.replace_document(document, made);
    content_.add(by.path, by.data);
  });
}

void XapianWriter::remove(Xapian::docid document) {
  translating_xapian_errors(path_, [&] {
    forget_content(document);
    database_.delete_document(document);
  });
  changed_ = true;
  ++pending_;
}

void XapianWriter::refresh_state(Xapian::docid id, const FileState& state) {
  translating_xapian_errors(path_, [&] {
    Xapian::Document document = database_.get_document(id);
    document.add_value(number(Slot::file_state), pack_file_state(state));
    database_.replace_document(id, document);
  });
  ++pending_;
}

void XapianWriter::commit() {
  translating_xapian_errors(path_, [&] {
    for (auto& dictionary : dictionaries_) {
      for (const auto& [chunk, lines] : dictionary.take_changed_chunks()) {
        database_.set_metadata(ordinals_key(dictionary.facet(), chunk), lines);
      }
    }
    const std::string due = changed_ ? "1" : "";
    if (database_.get_metadata(kAliasesDueKey) != due) database_.set_metadata(kAliasesDueKey, due);
    const std::string sum = content_.to_text();
    if (database_.get_metadata(kContentSumKey) != sum) database_.set_metadata(kContentSumKey, sum);
    database_.commit_transaction();
    database_.begin_transaction();
  });
  rights_.give(path_ / generation_);  // Xapian replaces a file with each commit
  sync_folder(path_ / generation_);   // and renames the new one without syncing the folder
  pending_ = 0;
}

void XapianWriter::update_names() {
  const auto dictionary = [&](Facet facet) -> FacetDictionary& {
    return *std::ranges::find(dictionaries_, facet, &FacetDictionary::facet);
  };
  std::map<Facet, std::vector<std::uint64_t>> counts;  // of documents, by ordinal
  for (const auto& names : dictionaries_) {
    counts[names.facet()] = count_ordinals(path_, database_, names);
  }
  const UserAliases user = stored_user_aliases(database_.get_metadata(kUserAliasKey));
  std::unordered_set<std::string> organisations;
  for (auto& used :
       names_in_use(dictionary(Facet::organisation), counts[Facet::organisation], {})) {
    organisations.insert(std::move(used.name));
  }
  std::map<Facet, std::set<Ordinal>> canonical;  // ordinals that others are counted under
  AliasTable all;  // the speakers' table has all of the organisations', who are speakers too
  for (const auto& row : kFacets) {
    if (!row.aliases) continue;
    const Facet facet = row.field;
    const auto used = names_in_use(dictionary(facet), counts[facet], organisations);
    const AliasTable table = make_alias_table(used, user);
    all.insert(table.begin(), table.end());
    std::string merged;
    for (const auto& name : used) {
      const auto alias = table.find(name_key(name.name));
      if (alias == table.end() || alias->second == name.name) continue;
      const auto ordinal = [&](const std::string& text) {
        return dictionary(facet).ordinal_of({text, text});
      };
      std::string counted_under;
      if (!alias->second.empty()) {
        const Ordinal shown = ordinal(alias->second);
        canonical[facet].insert(shown);
        counted_under = std::to_string(shown);
      }
      merged += fmt::format("{}\t{}\n", ordinal(name.name), counted_under);
    }
    database_.set_metadata(alias_ordinals_key(facet), merged);
  }
  database_.set_metadata(kAliasKey, to_text(all));
  for (auto& names : dictionaries_) {
    forget_unused_names(names, counts[names.facet()], canonical[names.facet()]);
  }
}

// The documents are committed before their names are counted: Xapian's iterators write what is
// pending, and end the program when that fails. A run that ends between the two leaves word
// (kAliasesDueKey).
void XapianWriter::finish() {
  if (changed_) {
    commit();
    translating_xapian_errors(path_, [&] { update_names(); });
    changed_ = false;
  }
  if (beside_) {
    translating_xapian_errors(path_, [&] { database_.set_metadata(kRebuildKey, ""); });
  }
  commit();
  if (!beside_) return;
  const auto old = current_generation(path_);
  translating_xapian_errors(path_, [&] { verify_generation(path_ / generation_); });
  sync_generation(path_, generation_);
  publish_generation(path_, generation_);
  beside_ = false;
  std::vector<std::string> kept = {generation_};
  if (set_aside_old_ && old) {
    keep_aside(*old);
    kept.push_back(*old);
    keep_spares(kept);
  }
  remove_others(kept);
}

// The new index is published: what goes wrong now must not lose the run's report.
void XapianWriter::keep_aside(const std::string& old) try {
  set_aside_generation(path_, old, damaged_name(old));
  set_aside_ = damaged_name(old);
} catch (const Error& error) {
  warnings_.push_back(
      fmt::format("{}; the next run removes {}", error.what(), (path_ / old).string()));
}

// What the old index did not give may be in one that readers did not see.
void XapianWriter::keep_spares(std::vector<std::string>& kept) try {
  for (const auto& name : finished_generations(path_)) {
    if (std::ranges::find(kept, name) != kept.end()) continue;
    kept.push_back(name);
    set_aside_generation(path_, name, spare_name(name));
    warnings_.push_back(
        fmt::format("{}, an index beside the old one, is kept as {}; remove it when nothing of it "
                    "is needed",
                    name, (path_ / spare_name(name)).string()));
  }
} catch (const Error& error) {
  warnings_.push_back(
      fmt::format("{}; the next run removes what else is in {}", error.what(), path_.string()));
}

void XapianWriter::abandon() {
  if (beside_) remove_generation(path_, generation_);  // the next run clears what is left
}

std::uint64_t XapianWriter::document_count() const {
  return translating_xapian_errors(path_, [&] { return std::uint64_t{database_.get_doccount()}; });
}

std::string XapianWriter::newest_article(Day latest) const {
  return translating_xapian_errors(path_, [&] {
    const auto newest = publication_days(database_, latest).newest;
    return newest ? to_string(*newest) : std::string();
  });
}

std::uint64_t XapianWriter::bytes() const { return generation_bytes(path_, generation_); }

std::unique_ptr<Writer> open_xapian_writer(const fs::path& database, const RunLock& lock,
                                           const IndexVersion& version, Writer::Target target) {
  return std::make_unique<XapianWriter>(database, lock, version, target);
}

}  // namespace dateline
