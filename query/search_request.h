// What a person or script asks for, once the command line is understood.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/partial_date.h"
#include "common/store/schema.h"
#include "query/language/query_limits.h"
#include "query/statistics.h"

namespace dateline {

enum class SortOrder : std::uint8_t { relevance, newest, oldest };
enum class MatchMode : std::uint8_t { all, any };  // of words side by side
enum class FacetSort : std::uint8_t { count, name };

struct FacetRequest {
  Facet facet = Facet::speaker;
  std::optional<std::size_t> most = 10;  // values shown; absent: all
  bool operator==(const FacetRequest&) const = default;
};

// Exactly the value a facet shows. Values of one field mean either, different fields all.
struct Filter {
  Facet facet = Facet::speaker;
  std::string value;
  bool operator==(const Filter&) const = default;
};

// Where paths that are not absolute begin; "": they are taken as they are spelt.
struct PathBase {
  std::string folder = {};  // absolute
  std::string home = {};    // what ~/ of path: stands for
};

struct SearchRequest {
  std::string query;
  bool plain = false;  // the query is words, no operators
  MatchMode match = MatchMode::all;
  std::vector<Filter> filters = {};
  std::vector<FacetRequest> facets = {};
  std::vector<FacetRequest> significant =
      {};  // facets with ordinals; their values over-represented among the hits
  FacetSort facet_sort = FacetSort::count;
  std::uint64_t facet_min = 1;    // least count shown
  std::string facet_prefix = {};  // values that have a word starting with it, folded
  std::optional<DateUnit> timeline = std::nullopt;  // day, week, month or year
  std::optional<SortOrder> sort =
      std::nullopt;  // default: relevance, for a query without words newest
  std::optional<double> recent = std::nullopt;  // days in which the gain of new articles halves
  PathBase paths = {};                          // of path: and more_like
  std::string more_like =
      {};  // path of an article, as given: words of the query become those it is about
  bool collapse = false;          // fold near copies
  bool facets_collapsed = false;  // count facets and timeline after folding, not before
  std::size_t limit = 10;
  std::size_t offset = 0;
  bool guessed_places = false;  // count, and filter by, places that no gazetteer has
  bool exact_total = true;      // false: the total may be an estimate
  bool snippets = true;
  bool quotes = false;  // with each hit what was said in it
  bool records = true;  // false: hits have path, date and score only, and no article is read
  bool explain = false;
  std::uint64_t least_work = kLeastWork;  // that a query may ask for in a small archive
  Day today;                              // what "yesterday" counts from
  // Of the archive that the index is a part of; absent: the index is all of it.
  std::optional<Statistics> statistics = std::nullopt;
};

}  // namespace dateline
