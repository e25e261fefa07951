// Which articles match a resolved query, and how well?
//
// A node at a time: the posting lists of (all Ztreati (any Ztalk Zstrike) [Y2023]) are read whole,
// the rarest first, joined and weighed as arrays. The weight of a word is BM25 as Xapian computes
// it (Robertson and Zaragoza 2009; bm25weight.cc of xapian-core); the tests compare every weight
// with Xapian's own matcher. What it depends on beside the article - how many articles there are,
// how long, how many have a word - is a plain struct that can be handed in.
//
// THREADS: a matcher belongs to one thread, as its reader does.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "query/index/columns.h"
#include "query/index/index_reader.h"
#include "query/language/query_resolver.h"
#include "query/match/document_sums.h"
#include "query/search_request.h"
#include "query/statistics.h"

namespace dateline {

// Those of an index by itself; frequencies are read when they are needed.
Statistics statistics_of(const IndexReader& index);

struct Matches {
  Documents documents;          // ascending
  std::vector<double> weights;  // beside them; empty when nothing weighs
  bool complete = true;         // false: the best only, there may be more
};

class Matcher {
 public:
  // `index` outlives it. Weighs by the index's own statistics.
  explicit Matcher(const IndexReader& index);

  // What weights are reckoned from, from the next match on.
  void weigh_by(Statistics statistics) { statistics_ = std::move(statistics); }
  const Statistics& statistics() const { return statistics_; }
  // Documents that have the term, by the statistics.
  double frequency(const std::string& term) const;

  // All articles that match; without `weigh` their weights are 0. Throws Error for damage,
  // Xapian::Error.
  Matches match(const ResolvedNode& root, MatchMode mode, bool weigh);

  // At least the `most` best and all that weigh as much as the last of them. Where words must stand
  // together, positions are compared from the best down and no further.
  Matches match_best(const ResolvedNode& root, MatchMode mode, std::size_t most);

  // Adds to each match the weight of a stem (Ztreati), `factor` times, where the document has it,
  // as of a word that was asked for.
  void add_word(Matches& matches, const std::string& stem, double factor);

  // The two parts of a word's weight, by the mode of the last match: how often it stands in the
  // document, and in how many of the archive.
  // REQUIRES of saturated(): that match weighed.
  double saturated(double count, Xapian::docid document) const;
  double rarity(double frequency) const;

  Columns& columns() { return columns_; }
  const Columns& columns() const { return columns_; }

 private:
  // What an evaluation is asked for.
  struct Context {
    bool weigh = true;
    const Documents* among =
        nullptr;  // only these matter, though others may be found where lists are joined; null: all
  };
  using Chains = std::vector<const ResolvedNode*>;  // nodes whose words must stand together

  void set_mode(MatchMode mode, bool weigh);
  Matches evaluate(const ResolvedNode& node, Context context, Chains* unchecked = nullptr);
  Matches word(const ResolvedNode& node, Context context);
  Matches term(const std::string& term, Context context);
  Matches chain(const ResolvedNode& node, Context context);
  Matches any_term(const ResolvedNode& node, Context context);
  Matches prefix(const ResolvedNode& node, Context context);
  Matches paths(const ResolvedNode& node);
  Matches any(const ResolvedNode& node, Context context);
  Matches all(const ResolvedNode& node, Context context, Chains* unchecked);
  Matches join(const std::vector<const ResolvedNode*>& required, Context context, Chains& chains);
  Matches everything(Context context);
  Matches without(const ResolvedNode& excluded, Matches matches);
  void add_weight(Matches& matches, const std::string& term, double factor);
  std::vector<double> weights_of(const PostingList& list, double term_weight) const;
  double frequency(const std::string& term, std::size_t here) const;
  double term_weight(double frequency) const;
  PostingList read(const std::string& term, const Documents* among);
  void add_asked_word(const ResolvedNode& word);
  void add_term(const std::string& term, double weight);
  void add(const Matches& matches, bool weigh);
  Matches take_sums(bool weigh, std::size_t about);  // `about`: how many documents they may be
  std::size_t documents() const;                     // ids are below

  const IndexReader& index_;
  Columns columns_;
  Statistics statistics_;
  DocumentSums<double> sums_;
  DocumentSums<std::uint16_t> counts_;  // of a word*; more than 65,535 makes no difference to BM25
  MatchMode mode_ = MatchMode::all;
  Saturation saturation_{};
  std::span<const float> dampings_;  // by document, of a match that weighs
};

}  // namespace dateline
