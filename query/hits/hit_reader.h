// A document of the index -> the hit that is shown: title, date, who and where, and a passage with
// what was searched for.
//
// Of `speaker:olsen ferry` the passage is the quotation of Olsen's that speaks most of ferries, and
// her name comes first. Persons stand under the name that joins their spellings, as in facets. When
// quotations are asked for, they are Olsen's, of ferries or not; those that speak of ferries when
// the query names nobody.
#pragma once

#include <string>
#include <vector>

#include "query/hits/query_words.h"
#include "query/hits/result_set.h"
#include "query/index/index_reader.h"
#include "query/match/rank/ranked_page.h"
#include "query/search_request.h"

namespace dateline {

class HitReader {
 public:
  // `root`: the query with its filters. The others outlive it.
  HitReader(const SearchRequest& request, ResolvedNode root, const IndexReader& index)
      : request_(request),
        index_(index),
        root_(std::move(root)),
        words_(root_, index),
        asks_for_speakers_(words_.ask_for_speakers()) {}
  HitReader(const HitReader&) = delete;
  HitReader& operator=(const HitReader&) = delete;

  Hit read(const RankedDocument& ranked);

 private:
  using Stored = IndexReader::StoredDocument;
  Hit bare_hit(const RankedDocument& ranked) const;
  std::string shown_name(const std::string& speaker) const;
  bool is_wanted(const Speaker& speaker) const;
  void add_speakers(const Stored& stored, Hit& hit) const;
  void add_places(const Stored& stored, Hit& hit) const;
  void add_mentions(const Stored& stored, std::vector<Occurrence>& found) const;
  std::vector<const Quote*> wanted_quotes(const Record& record) const;
  std::vector<const Quote*> quotes_that_answer(const Record& record,
                                               const std::vector<Occurrence>& words) const;
  void add_quotes(const Stored& stored, const std::vector<const Quote*>& quotes,
                  const std::vector<Occurrence>& found, Hit& hit) const;
  void add_passages(const Stored& stored, Hit& hit);
  void add_snippet(const Stored& stored, std::vector<Occurrence> found, Hit& hit) const;

  const SearchRequest& request_;
  const IndexReader& index_;
  const ResolvedNode root_;
  QueryWords words_;
  const bool asks_for_speakers_;
};

}  // namespace dateline
