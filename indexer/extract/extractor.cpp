#include "indexer/extract/extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "common/error.h"
#include "common/store/schema.h"
#include "common/text/stable_hash.h"
#include "indexer/extract/dates/date_expression.h"
#include "indexer/extract/places/toponym.h"
#include "indexer/extract/speakers/attribution.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

// Not what the sample archive holds, nor the tables that data/build_gazetteer or dateline-query is
// built from.
bool is_table(const fs::path& file) {
  const std::string folder = file.parent_path().filename().string();
  return file.extension() == ".tsv" && folder != "sample" && folder != "place_tables" &&
         folder != "search";
}

// A hash over names and contents of all tables, whatever the order in which the folders list them.
std::string fingerprint_of(const fs::path& data) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    if (is_table(entry.path())) files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, &fs::path::filename);
  std::uint64_t hash = stable_hash("");
  for (const auto& file : files)
    hash = stable_hash(read_data_file(file), stable_hash(file.filename().string(), hash));
  return fmt::format("{:016x}", hash);
}

}  // namespace

Extractor::Extractor(Lexicon lexicon, Gazetteer gazetteer, Holidays holidays,
                     std::string fingerprint)
    : lexicon_(std::move(lexicon)),
      gazetteer_(std::move(gazetteer)),
      holidays_(std::move(holidays)),
      fingerprint_(std::move(fingerprint)) {}

Extractor Extractor::load(const fs::path& data) {
  if (!fs::is_directory(data)) {
    throw Error(fmt::format("{}: no such data folder", data.string()),
                "set DATELINE_DATA to the folder of Dateline's data files");
  }
  Lexicon lexicon = Lexicon::load(data);
  Holidays holidays = Holidays::load(data, lexicon);
  return {std::move(lexicon), Gazetteer::load(data), std::move(holidays), fingerprint_of(data)};
}

namespace {

// "Washington said" mentions a place and names no speaker.
void drop_places(const TokenizedText& text, const std::vector<Place>& places,
                 std::vector<NameMention>& names) {
  std::vector<Span> spans;
  for (const auto& place : places)
    spans.insert(spans.end(), place.mentions.begin(), place.mentions.end());
  std::ranges::sort(spans);
  std::erase_if(names, [&](const NameMention& name) {
    return std::ranges::binary_search(spans, text.span_of(name.tokens));
  });
}

}  // namespace

Record Extractor::extract(const Article& article, Trace* trace) const {
  const TokenizedText text = tokenize(article, lexicon_);
  auto names = find_names(text, gazetteer_);
  auto toponyms = find_toponyms(text, names, gazetteer_, trace);
  drop_places(text, toponyms.places, names);
  auto attribution = attribute(text, find_quotations(text), names,
                               resolve_names(text, names, lexicon_), lexicon_, trace);
  return {.quotes = std::move(attribution.quotes),
          .speakers = std::move(attribution.speakers),
          .places = std::move(toponyms.places),
          .focus = std::move(toponyms.focus),
          .dates = find_dates(text, article.date, holidays_)};
}

}  // namespace dateline
