#include "query/index/index_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "common/error.h"
#include "common/listed_record.h"
#include "common/store/keys.h"
#include "common/store/packed_day.h"
#include "common/store/place_entry.h"
#include "common/text/number.h"
#include "common/text/take_until.h"
#include "query/index/schema_4.h"

namespace dateline {

IndexReader::IndexReader(std::filesystem::path path)
    : IndexReader(Snapshot::open(std::move(path))) {}

IndexReader::IndexReader(const std::shared_ptr<const Snapshot>& snapshot)
    : IndexReader(Snapshot::Opened{snapshot, snapshot->another_handle()}) {}

IndexReader::IndexReader(Snapshot::Opened opened)
    : snapshot_(std::move(opened.snapshot)),
      database_(std::move(opened.database)),
      postings_(
          std::make_unique<PostingReader>(database_, snapshot_->table(GlassTable::Kind::postings))),
      positions_(std::make_unique<PositionReader>(database_,
                                                  snapshot_->table(GlassTable::Kind::positions))),
      documents_(std::make_unique<DocumentReader>(database_,
                                                  snapshot_->table(GlassTable::Kind::documents),
                                                  snapshot_->table(GlassTable::Kind::terms))) {}

const std::vector<std::string>& IndexReader::chunk(Facet facet, std::size_t number) const {
  return snapshot_->chunks.get({facet, number}, [&] {
    auto lines = parts_of<std::string>(postings_->metadata(ordinals_key(facet, number)), '\n');
    if (lines.size() > kNamesPerChunk)
      throw_damaged(fmt::format("the names of {} are not in order", info(facet).name));
    return lines;
  });
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

bool IndexReader::is_guess(Facet facet, Ordinal ordinal) const {
  if (info(facet).kind != FieldKind::place) return false;
  const auto& guessed = snapshot_->guessed_places.get([&] {
    std::vector<bool> guesses;
    for (std::size_t number = 0;; ++number) {
      const auto& lines = chunk(facet, number);
      for (const auto& line : lines) {
        const auto id =
            parse_number<std::int64_t>(std::string_view(line).substr(0, line.find('\t')));
        guesses.push_back(id && is_local_id(*id));
      }
      if (lines.size() < kNamesPerChunk) return guesses;
    }
  });
  return ordinal < guessed.size() && guessed[ordinal];
}

const std::vector<std::string>& IndexReader::entries(Facet facet) const {
  return snapshot_->entries.get(facet, [&] {
    std::vector<std::string> entries;
    for (std::size_t number = 0;; ++number) {
      const auto& lines = chunk(facet, number);
      std::ranges::copy_if(lines, std::back_inserter(entries),
                           [](const std::string& line) { return !line.empty(); });
      if (lines.size() < kNamesPerChunk) return entries;
    }
  });
}

const std::vector<CountryName>& IndexReader::country_names() const {
  return snapshot_->country_names.get(
      [&] { return parse_country_names(postings_->metadata(kCountriesKey)); });
}

const std::map<std::string, std::string>& IndexReader::aliases() const {
  return snapshot_->aliases.get([&] {
    std::map<std::string, std::string> aliases;
    for (const auto& line : parts_of<std::string>(postings_->metadata(kAliasKey), '\n')) {
      const auto tab = line.find('\t');
      if (tab != std::string::npos) aliases.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
    return aliases;
  });
}

const std::unordered_map<Ordinal, Ordinal>& IndexReader::merged_ordinals(Facet facet) const {
  return snapshot_->merged_ordinals.get(facet, [&] {
    std::unordered_map<Ordinal, Ordinal> merged;
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
  });
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
    if (snapshot_->schema() < kSpansSchema) add_spans_of_schema_4(stored.record, stored.text);
    require_spans(stored.record, stored.text);
  } catch (const Error& error) {
    throw_damaged(fmt::format("document {} ({}): {}", id, path_of(id), error.what()));
  }
  return stored;
}

std::optional<DayRange> IndexReader::published() const {
  if (database_.get_doccount() == 0) return std::nullopt;
  const auto [first, last] = postings_->value_bounds(number(Slot::date));
  const DayRange days{unpack_day(first), unpack_day(last)};
  if (days.last < days.first) throw_damaged("the days of publication have no order");
  return days;
}

}  // namespace dateline
