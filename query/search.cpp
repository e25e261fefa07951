#include "query/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "common/real_path.h"
#include "query/count/facet_counter.h"
#include "query/count/significance.h"
#include "query/count/timeline.h"
#include "query/hits/hit_reader.h"
#include "query/language/facet_filter.h"
#include "query/language/query_error.h"
#include "query/language/query_token.h"
#include "query/match/rank/collapse.h"
#include "query/match/rank/expansion.h"
#include "query/match/rank/more_like.h"
#include "query/match/rank/neighbours.h"
#include "query/match/rank/recency.h"

namespace dateline {
namespace {

// `first + most`, that of an endless page as well.
std::size_t end_of_page(std::size_t first, std::size_t most) {
  return most > std::numeric_limits<std::size_t>::max() - first ? most : first + most;
}

Documents documents_of(const std::vector<RankedDocument>& ranked) {
  Documents documents;
  for (const auto& document : ranked) documents.push_back(document.id);
  std::ranges::sort(documents);
  return documents;
}

constexpr std::size_t kTermsExplained = 20;

// Ztreati 15; XSotieno 6: the lists that are read, and how many articles each has.
void explain_postings(const ResolvedNode& node, const IndexReader& index,
                      std::vector<std::string>& lines) {
  for (const auto& term : node.terms) {
    if (lines.size() <= kTermsExplained)
      lines.push_back(fmt::format("{} {}", term, index.postings().frequency(term)));
  }
  for (const auto& child : node.children) explain_postings(child, index, lines);
}

// A query without what only filters.
struct WordsAlone {
  ResolvedNode words;
  std::vector<std::string> left_out;  // what was beside them: "fields", "exclusions"
};

bool has_words(const ResolvedNode& node) {
  if (node.kind == NodeKind::none || node.kind == NodeKind::value || node.kind == NodeKind::dates)
    return false;
  return node.children.empty() || std::ranges::any_of(node.children, has_words);
}

WordsAlone words_alone(const ResolvedNode& root) {
  WordsAlone alone{.words = root, .left_out = {}};
  if (root.kind != NodeKind::all) return alone;
  const auto excludes = [](const ResolvedNode& node) { return node.kind == NodeKind::none; };
  const auto filters = [&](const ResolvedNode& node) {
    return !excludes(node) && !has_words(node);
  };
  if (std::erase_if(alone.words.children, filters) > 0) alone.left_out.emplace_back("fields");
  if (std::erase_if(alone.words.children, excludes) > 0) alone.left_out.emplace_back("exclusions");
  return alone;
}

std::vector<std::string> with(std::vector<std::string> names, const char* another) {
  names.emplace_back(another);
  return names;
}

}  // namespace

std::optional<Xapian::docid> find_article(const IndexReader& index, const std::string& path,
                                          const std::string& folder) {
  const auto whole = std::filesystem::path(folder) / path;
  for (const auto& spelling :
       {path, whole.lexically_normal().string(), whole.is_absolute() ? real_path(whole) : path}) {
    const std::string term = make_term(kUniquePrefix, spelling);
    const auto found = index.postings().read(term).documents;
    if (!found.empty()) return found.front();
  }
  return std::nullopt;
}

Search::Search(const SearchRequest& request, const IndexReader& index, Matcher& matcher)
    : request_(request),
      index_(index),
      matcher_(matcher),
      parsed_(request.plain ? parse_plain_query(request.query) : parse_query(request.query)) {
  matcher_.weigh_by(request.statistics.value_or(statistics_of(index)));
}

ResultSet Search::run_at_once() {
  ResultSet results = run();
  HitReader reader(request_, shown(), index_);
  for (const auto& ranked : ranked_) results.hits.push_back(reader.read(ranked));
  return results;
}

void Search::run_in_pages(std::size_t most, const std::function<void(ResultSet&)>& sink) {
  const ResultSet whole = run();
  HitReader reader(request_, shown(), index_);
  for (std::size_t given = 0; given == 0 || given < ranked_.size(); given += most) {
    ResultSet page = whole;
    page.earlier = given;
    for (std::size_t i = given; i < std::min(given + most, ranked_.size()); ++i)
      page.hits.push_back(reader.read(ranked_[i]));
    sink(page);
  }
}

// All but the hits' documents.
ResultSet Search::run() {
  resolved_ = resolve_query(parsed_.root, request_, index_);
  if (!request_.more_like.empty()) add_more_like();
  resolve_filters();
  ResultSet results;
  results.query = request_.query;
  results.offset = request_.offset;
  results.archive = index_.database().get_doccount();
  rank(find_matches(), results);
  results.notices = parsed_.notices;
  results.notices.insert(results.notices.end(), resolved_.notices.begin(), resolved_.notices.end());
  if (results.total == 0)
    notice_partial_matches(results);
  else if (request_.offset >= results.total && request_.limit > 0)
    results.notices.push_back({.kind = NoticeKind::beyond_last_hit,
                               .value = std::to_string(request_.offset),
                               .number = results.total});
  if (request_.explain) results.explanation = explanation();
  return results;
}

// The article's words rank, the query's words and fields filter.
void Search::add_more_like() {
  const auto id = find_article(index_, request_.more_like, request_.paths.folder);
  if (!id) throw QueryError({.kind = NoticeKind::unknown_article, .value = request_.more_like});
  ResolvedNode words = more_like(index_, matcher_, *id);
  resolved_.root.filters = true;
  resolved_.root = {.kind = NodeKind::all,
                    .children = {std::move(words), std::move(resolved_.root)}};
  resolved_.ranked = true;
}

void Search::resolve_filters() {
  for (const auto& filter : request_.filters) {
    FilterMeaning meaning = resolve_filter(filter, index_, request_.guessed_places);
    if (meaning.notice) resolved_.notices.push_back(std::move(*meaning.notice));
    filters_.emplace_back(filter.facet, std::move(meaning.node));
  }
}

bool Search::has_filter(Facet facet) const {
  return std::ranges::find(filters_, facet, &std::pair<Facet, ResolvedNode>::first) !=
         filters_.end();
}

// The query with its filters: values of one field mean either, different fields all; `without`
// leaves a field's own filters out.
ResolvedNode Search::filtered(std::optional<Facet> without) const {
  ResolvedNode root{
      .kind = NodeKind::all, .documents = resolved_.root.documents, .children = {resolved_.root}};
  for (const auto& facet : kFacets) {
    ResolvedNode values{.kind = NodeKind::any};
    for (const auto& [of, node] : filters_) {
      if (of != facet.field || of == without) continue;
      values.documents += node.documents;
      values.children.push_back(node);
    }
    if (!values.children.empty()) root.children.push_back(std::move(values));
  }
  return root.children.size() == 1 ? std::move(root.children.front()) : root;
}

// Of what hits show why they were found; hits without records show nothing.
ResolvedNode Search::shown() const {
  return request_.records ? filtered(std::nullopt) : ResolvedNode{};
}

SortOrder Search::order() const {
  return request_.sort.value_or(resolved_.ranked ? SortOrder::relevance : SortOrder::newest);
}

// Words of --match any are a topic, to which those of the first hits are added.
bool Search::is_topic() const {
  return request_.match == MatchMode::any && resolved_.ranked && order() == SortOrder::relevance;
}

bool Search::may_stop_early() const {
  return !request_.exact_total && order() == SortOrder::relevance && request_.facets.empty() &&
         !request_.timeline && request_.significant.empty() && !request_.collapse &&
         !request_.recent && !is_topic() && request_.limit > 0;
}

Matches Search::find_matches() {
  const ResolvedNode root = filtered(std::nullopt);
  if (may_stop_early())
    return matcher_.match_best(root, request_.match, end_of_page(request_.offset, request_.limit));
  const bool ranked =
      order() == SortOrder::relevance &&
      (request_.limit > 0 || request_.collapse);  // which copy is folded depends on the order
  return ranked ? ranked_matches(root) : matcher_.match(root, request_.match, false);
}

Matches Search::ranked_matches(const ResolvedNode& root) {
  Matches matches = matcher_.match(root, request_.match, true);
  if (is_topic() && !matches.weights.empty()) {
    add_words_of_first_hits(matches, matcher_, index_);
    smooth_by_neighbours(matches, matcher_, index_);
  }
  if (request_.recent) add_recency(matches, request_.today, *request_.recent, matcher_.columns());
  return matches;
}

std::vector<RankedDocument> Search::page(const Matches& matches, std::size_t first,
                                         std::size_t most) const {
  return find_ranked_page(matches, order(), first, most, matcher_.columns(), index_);
}

void Search::rank(Matches matches, ResultSet& results) {
  results.total = matches.documents.size();
  results.total_is_exact = matches.complete;
  Documents kept;
  if (request_.collapse)
    kept = fold(matches, results);
  else
    ranked_ = page(matches, request_.offset, request_.limit);
  count(request_.facets_collapsed ? kept : matches.documents, results);
  for (const auto& wanted : request_.significant)
    results.significant.push_back(find_significant(wanted, matches.documents));
}

// Which of several copies stays depends on the ranking of all, so pages are cut afterwards.
Documents Search::fold(const Matches& matches, ResultSet& results) {
  const auto kept = without_near_copies(index_, page(matches, 0, matches.documents.size()));
  results.total = kept.size();
  results.folded = matches.documents.size() - kept.size();
  const auto first = std::min(request_.offset, kept.size());
  const auto most = std::min(request_.limit, kept.size() - first);
  ranked_.assign(kept.begin() + static_cast<std::ptrdiff_t>(first),
                 kept.begin() + static_cast<std::ptrdiff_t>(first + most));
  return documents_of(kept);
}

// A facet with a filter of its own is counted without it, so that other values can be chosen as
// well.
void Search::count(const Documents& documents, ResultSet& results) {
  for (const auto& facet : request_.facets) {
    const bool filtered = has_filter(facet.facet);
    results.facets.push_back(
        count_facet(facet, request_, filtered ? documents_without_filter(facet.facet) : documents,
                    matcher_.columns(), index_));
  }
  if (request_.timeline)
    results.timeline = make_timeline(*request_.timeline, count_days(documents, matcher_.columns()));
}

Documents Search::documents_without_filter(Facet facet) {
  const ResolvedNode root = filtered(facet);
  if (!request_.collapse || !request_.facets_collapsed)
    return matcher_.match(root, request_.match, false).documents;
  const Matches matches = order() == SortOrder::relevance
                              ? ranked_matches(root)
                              : matcher_.match(root, request_.match, false);
  return documents_of(without_near_copies(index_, page(matches, 0, matches.documents.size())));
}

SignificantResult Search::find_significant(const FacetRequest& wanted, const Documents& documents) {
  return significant_values(wanted, request_.guessed_places, documents,
                            index_.postings().all_documents(), matcher_.columns(), index_);
}

// Nothing is found: do the words alone have hits, or some of them?
void Search::notice_partial_matches(ResultSet& results) const {
  if (!resolved_.ranked || !request_.more_like.empty()) return;
  const WordsAlone alone = words_alone(resolved_.root);
  const auto beside = filters_.empty() ? alone.left_out : with(alone.left_out, "filters");
  const auto have =
      beside.empty() ? 0 : matcher_.match(alone.words, request_.match, false).documents.size();
  if (have > 0)
    results.notices.push_back(
        {.kind = NoticeKind::words_without_rest, .names = beside, .number = have});
  if (have > 0 || request_.match == MatchMode::any) return;
  const auto some =
      resolved_.root.implicit
          ? matcher_.match(filtered(std::nullopt), MatchMode::any, false).documents.size()
          : 0;
  if (some > 0) results.notices.push_back({.kind = NoticeKind::some_of_the_words, .number = some});
}

std::string Search::explanation() const {
  std::string text = request_.plain ? "" : "tokens:\n" + to_string(tokenize_query(request_.query));
  text += "tree: " + to_string(parsed_.root) + "\n";
  text += resolved_.explanation + "resolved: " + to_string(resolved_.root) + "\n";
  const ResolvedNode root = filtered(std::nullopt);
  std::vector<std::string> lists;
  explain_postings(root, index_, lists);
  if (lists.size() > kTermsExplained) lists.back() = "and more";
  return text + fmt::format("matched: {}\npostings: {}\n", to_string(root), fmt::join(lists, "; "));
}

}  // namespace dateline
