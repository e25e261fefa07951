#include "indexer/care/index_stats.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/packed_day.h"
#include "common/text/terminal_text.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/xapian_error.h"
#include "indexer/write/document.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

using Json = nlohmann::ordered_json;

std::optional<DayRange> published(const Xapian::Database& database) {
  if (database.get_doccount() == 0) return std::nullopt;
  return DayRange{unpack_day(database.get_value_lower_bound(number(Slot::date))),
                  unpack_day(database.get_value_upper_bound(number(Slot::date)))};
}

std::uint64_t count_names(const FacetDictionary& dictionary) {
  const auto is_name = [](const std::string& entry) { return !entry.empty(); };
  return static_cast<std::uint64_t>(std::ranges::count_if(dictionary.entries(), is_name));
}

std::map<std::string, std::uint64_t> by_reason(const std::vector<FailedFile>& files) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& file : files) ++counts[file.reason];
  return counts;
}

}  // namespace

namespace {

std::optional<RunEntry> last_run(const fs::path& path) try {
  const auto runs = read_runs(path);
  return runs.empty() ? std::nullopt : std::optional(runs.back());
} catch (const Error&) {
  return std::nullopt;
}

}  // namespace

IndexStats read_index_stats(const fs::path& path) {
  return translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    IndexStats stats;
    stats.articles = database.get_doccount();
    stats.published = published(database);
    stats.words = database.get_average_length() / 2;  // each word counts as itself and as its stem
    for (const auto& facet : kFacets) {
      if (facet.has_ordinals())
        stats.names.emplace_back(facet.field, count_names(read_dictionary(database, facet.field)));
    }
    stats.failed = parse_failed_files(database.get_metadata(kFailedFilesKey));
    const IndexSettings settings = read_settings(database);
    stats.any_date = settings.any_date;
    stats.excluded = settings.exclude.size();
    stats.schema_version = database.get_metadata(kSchemaKey);
    stats.rules_version = database.get_metadata(kRulesKey);
    stats.mixed = !database.get_metadata(kMixedKey).empty();
    stats.rebuilding = generations(path).size() > 1;
    stats.generation = current_generation(path).value_or("");
    stats.bytes = generation_bytes(path, stats.generation);
    stats.last_run = last_run(path);
    return stats;
  });
}

std::vector<DatedArticle> read_dated_articles(const fs::path& path) {
  return translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    require_schema(database, path);
    std::vector<DatedArticle> articles;
    auto date = database.valuestream_begin(number(Slot::date));
    for (auto name = database.valuestream_begin(number(Slot::path));
         name != database.valuestream_end(number(Slot::path)); ++name, ++date) {
      if (date == database.valuestream_end(number(Slot::date)) ||
          date.get_docid() != name.get_docid()) {
        throw Error(fmt::format("{}: document {} has no date: the index is damaged", path.string(),
                                name.get_docid()),
                    Remedy{RemedyKind::rebuild});
      }
      articles.push_back({*name, unpack_day(*date)});
    }
    std::ranges::sort(articles);
    return articles;
  });
}

std::string to_text(const IndexStats& stats) {
  std::string text = fmt::format("articles {}\n", stats.articles);
  if (stats.published)
    text += fmt::format("published {} to {}\n", to_string(stats.published->first),
                        to_string(stats.published->last));
  if (stats.articles > 0) text += fmt::format("words an article {:.0f}\n", stats.words);
  for (const auto& [facet, count] : stats.names)
    text += fmt::format("{} names {}\n", info(facet).name, count);
  for (const auto& [reason, count] : by_reason(stats.failed))
    text += fmt::format("failed {} {}\n", harmless(reason), count);
  if (stats.excluded > 0) text += fmt::format("excluded paths {}\n", stats.excluded);
  if (stats.any_date) text += "dates any\n";
  text += fmt::format("schema version {}\n", harmless(stats.schema_version));
  text += fmt::format("rules version {}{}\n",
                      stats.rules_version.empty() ? "unknown" : harmless(stats.rules_version),
                      stats.mixed ? ", with articles of other rules or tables" : "");
  if (stats.rebuilding) text += "a rebuild is not finished: the next run goes on with it\n";
  text += fmt::format("generation {}\nbytes {}\n", harmless(stats.generation), stats.bytes);
  if (stats.last_run) {
    text += fmt::format("last run {} {} status {}\n", harmless(stats.last_run->action),
                        to_text(stats.last_run->ended), stats.last_run->status);
  }
  return text;
}

std::string to_json(const IndexStats& stats) {
  Json j = Json::object();
  j["version"] = 1;
  j["articles"] = stats.articles;
  if (stats.published)
    j["published"] = {{"first", to_string(stats.published->first)},
                      {"last", to_string(stats.published->last)}};
  j["words_an_article"] = stats.words;
  j["names"] = Json::object();
  for (const auto& [facet, count] : stats.names) j["names"][std::string(info(facet).name)] = count;
  j["failed"] = by_reason(stats.failed);
  j["excluded_paths"] = stats.excluded;
  j["any_date"] = stats.any_date;
  j["schema_version"] = stats.schema_version;
  j["rules_version"] = stats.rules_version;
  j["mixed"] = stats.mixed;
  j["rebuilding"] = stats.rebuilding;
  j["generation"] = stats.generation;
  j["bytes"] = stats.bytes;
  if (stats.last_run) j["last_run"] = Json::parse(to_json(*stats.last_run));
  return j.dump(2);
}

std::string failed_as_text(const IndexStats& stats) {
  std::string text;
  for (const auto& file : stats.failed)
    text += fmt::format("{} {}\n", file.reason, harmless(file.path));
  return text;
}

std::string failed_as_json_lines(const IndexStats& stats) {
  std::string text;
  for (const auto& file : stats.failed) text += to_json(file) + '\n';
  return text;
}

}  // namespace dateline
