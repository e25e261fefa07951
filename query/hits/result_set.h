// What a search found, complete: renderers ask nothing more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/partial_date.h"
#include "common/record.h"
#include "common/span.h"
#include "common/store/schema.h"
#include "query/notice.h"

namespace dateline {

// A passage of an article, white space made single blanks, with the words that were searched for.
struct Snippet {
  std::string text;              // UTF-8
  std::vector<Span> highlights;  // bytes of text, in order, none overlapping
  bool operator==(const Snippet&) const = default;
};

// What one said, as the article has it.
struct Quotation {
  std::string speaker;  // by the name that facets show; "" when nobody is named
  QuoteKind kind = QuoteKind::direct;
  Span span;     // bytes of the article's text as stored
  Snippet said;  // whole
};

// A place that an article names, as far as a list or a map shows it.
struct HitPlace {
  std::string label;    // "Paris, FR"
  std::int64_t id = 0;  // as in the record: GeoNames, negative for one of our own
  PlaceKind kind = PlaceKind::city;
  double lat = 0;  // degrees, WGS 84
  double lon = 0;
  bool operator==(const HitPlace&) const = default;
};

struct Hit {
  std::string id = {};    // 16 hex digits, a hash of the path: the same in every index of it
  std::string path = {};  // bytes
  std::string title = {};
  Day date = {};
  double score = 0;                         // higher is better; 0 when sorted by date
  std::vector<Span> title_highlights = {};  // bytes of title, as those of a snippet
  std::vector<Speaker> speakers =
      {};  // each person once, by the name that facets show; those asked for first
  std::size_t wanted_speakers = 0;    // so many of them a field of the query asked for
  std::vector<HitPlace> places = {};  // those asked for first
  std::size_t wanted_places = 0;
  Snippet snippet = {};  // empty when none was asked for
  std::optional<std::vector<Quotation>> quotes =
      {};                    // absent when none were asked for; in order of the text
  std::uint64_t copies = 0;  // near copies folded under this hit
};

struct FacetCount {
  std::string value;        // as --filter takes it
  std::uint64_t count = 0;  // articles, exact
  bool operator==(const FacetCount&) const = default;
};

struct FacetResult {
  Facet facet = Facet::speaker;
  std::vector<FacetCount> values;  // by count, then value; or by value
  std::uint64_t distinct = 0;      // values with at least one article, shown or not
};

// A value commoner among the hits than in the whole archive.
struct SignificantValue {
  std::string value;          // as --filter takes it
  std::uint64_t count = 0;    // hits that have it
  std::uint64_t archive = 0;  // articles of the archive that have it
  double score = 0;           // the measure: log-likelihood (significance.h), more than 0
  bool operator==(const SignificantValue&) const = default;
};

struct SignificantResult {
  Facet facet = Facet::speaker;
  std::vector<SignificantValue> values;  // most significant first
};

constexpr std::string_view kSignificanceMeasure = "log-likelihood";

// Hits by date of publication, in calendar order, from the first to the last that has any; empty
// rows are there.
struct Timeline {
  DateUnit unit = DateUnit::month;  // day, week, month or year
  std::vector<FacetCount> rows;     // value: 2023-03-02, 2023-W09, 2023-03, 2023
};

// One page of a result, or all of it. Every page of a result that is streamed says the same but for
// `earlier` and `hits`.
struct ResultSet {
  std::string query;        // as asked
  std::uint64_t total = 0;  // articles that match
  bool total_is_exact = true;
  std::uint64_t folded = 0;   // near copies left out of the total
  std::uint64_t archive = 0;  // articles in the index
  std::size_t offset = 0;     // hits left out before the first
  std::size_t earlier = 0;    // hits of this result on the pages before this one
  std::vector<Hit> hits;
  std::vector<FacetResult> facets;             // in the order asked for
  std::vector<SignificantResult> significant;  // in the order asked for
  std::optional<Timeline> timeline;            // when asked for
  std::vector<Notice> notices;                 // unknown values with suggestions, words left out
  std::string explanation;                     // of --explain, "" otherwise
};

// --show: one article whole.
struct ShownArticle {
  std::string path;
  std::string title;
  Day date;
  Encoding encoding = Encoding::utf8;
  Record record;
  std::string text;  // as stored
  std::string json;  // the record's line
};

}  // namespace dateline
