#include "query/searcher.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "query/collapse.h"
#include "query/expansion.h"
#include "query/facet_filter.h"
#include "query/facet_spy.h"
#include "query/index_reader.h"
#include "query/more_like.h"
#include "query/query_builder.h"
#include "query/query_error.h"
#include "query/query_parser.h"
#include "query/query_resolver.h"
#include "query/query_token.h"
#include "query/ranked_page.h"
#include "query/recency.h"
#include "query/significance.h"
#include "query/snippet.h"
#include "query/timeline.h"

namespace dateline {
namespace {

Xapian::valueno number(Slot slot) { return static_cast<Xapian::valueno>(slot); }

// Lucene's k1 and b. Of 12 pairs on Cranfield, CISI and NPL none is better on all three; no other part of BM25+ is used.
Xapian::BM25Weight weighting() { return Xapian::BM25Weight(1.2, 0, 1, 0.75, 0.5); }

[[noreturn]] void throw_database_error(const std::filesystem::path& path, const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  std::string message = fmt::format("{}: {}", path.string(), error.get_msg());
  if (error.get_error_string() != nullptr) message += fmt::format(" ({})", error.get_error_string());
  const bool damaged = type == "DatabaseCorruptError" || type == "DatabaseVersionError" || type == "RangeError";
  throw DatabaseError(message, damaged ? "look for damage with dateline-index --check, rebuild with --rebuild" : "name the database with --db");
}

// By the path as given, or that path from the working directory.
std::optional<Xapian::docid> find_article(const Xapian::Database& database, const std::string& path) {
  for (const auto& spelling : {path, std::filesystem::absolute(path).lexically_normal().string()}) {
    const std::string term = make_term(kUniquePrefix, spelling);
    const auto posting = database.postlist_begin(term);
    if (posting != database.postlist_end(term)) return *posting;
  }
  return std::nullopt;
}

// One search on one revision.
class Search {
 public:
  Search(const SearchRequest& request, const IndexReader& index)
      : request_(request), index_(index), parsed_(request.plain ? parse_plain_query(request.query) : parse_query(request.query)) {}

  ResultSet run_at_once() {
    ResultSet results = run();
    for (const auto& ranked : ranked_) results.hits.push_back(hit(ranked));
    return results;
  }

  // Each page is a copy of the result with hits of its own, whose documents are read as the page comes.
  void run_in_pages(const std::function<void(ResultSet&)>& sink) {
    const ResultSet whole = run();
    for (std::size_t given = 0; given == 0 || given < ranked_.size(); given += Searcher::kPage) {
      ResultSet page = whole;
      page.earlier = given;
      for (std::size_t i = given; i < std::min(given + Searcher::kPage, ranked_.size()); ++i) page.hits.push_back(hit(ranked_[i]));
      sink(page);
    }
  }

 private:
  using Spies = std::vector<Xapian::MatchSpy*>;

  // All but the hits' documents.
  ResultSet run() {
    resolved_ = resolve_query(parsed_.root, request_, index_);
    query_ = build_query(resolved_.root, request_.match);
    if (!request_.more_like.empty()) add_more_like();
    check_filters();
    ResultSet results;
    results.query = request_.query;
    results.offset = request_.offset;
    results.archive = index_.database().get_doccount();
    match(results);
    count_filtered_facets(results);
    order_facets(results);
    for (const auto& wanted : request_.significant) results.significant.push_back(find_significant(wanted));
    results.notices = parsed_.notices;
    results.notices.insert(results.notices.end(), resolved_.notices.begin(), resolved_.notices.end());
    if (results.total == 0) notice_partial_matches(results);
    if (request_.explain) results.explanation = explanation();
    return results;
  }

  bool has_filter(Facet facet) const { return std::ranges::find(request_.filters, facet, &Filter::facet) != request_.filters.end(); }

  // Values of one field mean either, different fields all; `without` leaves a field's own filters out.
  Xapian::Query filtered(std::optional<Facet> without) const {
    Xapian::Query query = query_;
    for (const auto& facet : kFacets) {
      std::vector<Xapian::Query> values;
      for (const auto& filter : request_.filters) {
        if (filter.facet == facet.facet && facet.facet != without) values.push_back(build_filter(filter, index_));
      }
      if (!values.empty()) query = Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(Xapian::Query::OP_OR, values.begin(), values.end()));
    }
    return query;
  }

  void check_filters() const {
    for (const auto& filter : request_.filters) build_filter(filter, index_);
  }

  // The article's words rank, the query's words and fields filter.
  void add_more_like() {
    const auto id = find_article(index_.database(), request_.more_like);
    if (!id) throw QueryError(fmt::format("--more-like {}: no such article in the index", request_.more_like), std::string::npos);
    MoreLike like = more_like(index_.database(), *id);
    query_ = Xapian::Query(Xapian::Query::OP_FILTER, like.query, query_);
    resolved_.ranked = true;
    resolved_.stems.merge(like.stems);
  }

  SortOrder order() const { return request_.sort.value_or(resolved_.ranked ? SortOrder::relevance : SortOrder::newest); }

  Xapian::Enquire enquire(const Xapian::Query& query) const {
    Xapian::Enquire enquire(index_.database());
    enquire.set_query(query);
    enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
    return enquire;
  }

  void set_order(Xapian::Enquire& enquire, Xapian::MultiValueKeyMaker& keys) const {
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    enquire.set_weighting_scheme(weighting());
    // Ties by date, newest first, then by path.
    keys.add_value(number(Slot::date), order() != SortOrder::oldest);
    keys.add_value(number(Slot::path), false);
    if (order() == SortOrder::relevance) enquire.set_sort_by_relevance_then_key(&keys, false);
    else enquire.set_sort_by_key(&keys, false);
  }

  std::vector<FacetRequest> facets(bool filtered_ones) const {
    std::vector<FacetRequest> facets;
    for (const auto& facet : request_.facets) {
      if (has_filter(facet.facet) == filtered_ones) facets.push_back(facet);
    }
    return facets;
  }

  Xapian::Query with_topic(const Xapian::Query& query) const {
    if (request_.match != MatchMode::any || !resolved_.ranked || order() != SortOrder::relevance) return query;
    Xapian::Enquire plain = enquire(query);
    plain.set_weighting_scheme(weighting());
    return with_words_of_first_hits(plain, index_.database().get_doccount());
  }

  // The gain is measured in scores of this query: BM25 has no upper limit of its own.
  Xapian::Query with_recency(const Xapian::Query& query) const {
    if (!request_.recent || order() != SortOrder::relevance) return query;
    Xapian::Enquire plain = enquire(query);
    plain.set_weighting_scheme(weighting());
    const double best = plain.get_mset(0, 1).get_max_attained();
    auto* source = new RecencySource(request_.today, *request_.recent, kMostGain * best);
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(source->release()));
  }

  void match(ResultSet& results) {
    const auto asked = facets(false);
    FacetSpy facet_spy(asked, index_);
    TimelineSpy days;
    Spies spies;
    if (!asked.empty()) spies.push_back(&facet_spy);
    if (request_.timeline) spies.push_back(&days);
    const Xapian::doccount all = index_.database().get_doccount();
    const auto first = static_cast<Xapian::doccount>(std::min<std::size_t>(request_.offset, all));
    const auto most = static_cast<Xapian::doccount>(std::min<std::size_t>(request_.limit, all));
    if (request_.collapse) {
      collapse(results, every_hit(spies), first, most, asked);
      if (request_.facets_collapsed) return;
    } else {
      const bool visit_all = request_.exact_total || !spies.empty();
      const Xapian::MSet matches = find_hits(spies, first, most, visit_all ? all : first + most);
      results.total = matches.get_matches_estimated();
      results.total_is_exact = visit_all || matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
    }
    results.facets = facet_spy.results(request_);
    if (request_.timeline) results.timeline = days.timeline(*request_.timeline);
  }

  Xapian::Query weighed() const { return with_recency(with_topic(filtered(std::nullopt))); }

  std::vector<RankedDocument> every_hit(const Spies& spies) const {
    Xapian::MultiValueKeyMaker keys;
    Xapian::Enquire enquire = this->enquire(weighed());
    set_order(enquire, keys);
    for (auto* spy : spies) enquire.add_matchspy(spy);
    return ranked(enquire.get_mset(0, index_.database().get_doccount()));
  }

  Xapian::MSet find_hits(const Spies& spies, Xapian::doccount first, Xapian::doccount most, Xapian::doccount visited) {
    if (most > 0 && order() == SortOrder::relevance) {
      RankedPage page = find_ranked_page(index_.database(), weighed(), weighting(), spies, first, most, visited);
      ranked_ = std::move(page.documents);
      return page.matches;
    }
    Xapian::MultiValueKeyMaker keys;
    Xapian::Enquire enquire = this->enquire(filtered(std::nullopt));
    if (most > 0) set_order(enquire, keys);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    for (auto* spy : spies) enquire.add_matchspy(spy);
    const Xapian::MSet matches = enquire.get_mset(first, most, visited);
    ranked_ = ranked(matches);
    return matches;
  }

  static std::vector<RankedDocument> ranked(const Xapian::MSet& matches) {
    std::vector<RankedDocument> documents;
    for (auto match = matches.begin(); match != matches.end(); ++match) documents.push_back({*match, match.get_weight(), 0});
    return documents;
  }

  // Which of several copies stays depends on the ranking of all, so pages are cut afterwards.
  void collapse(ResultSet& results, const std::vector<RankedDocument>& all, std::size_t first, std::size_t most, const std::vector<FacetRequest>& asked) {
    const auto kept = without_near_copies(index_.database(), all);
    results.total = kept.size();
    results.folded = all.size() - kept.size();
    if (request_.facets_collapsed) count_kept(results, kept, asked);
    const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(std::min(first, kept.size()));
    ranked_.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(most, static_cast<std::size_t>(kept.end() - begin))));
  }

  void count_kept(ResultSet& results, const std::vector<RankedDocument>& kept, const std::vector<FacetRequest>& asked) const {
    FacetSpy spy(asked, index_);
    TimelineSpy days;
    for (const auto& document : kept) {
      const Xapian::Document stored = index_.database().get_document(document.id);
      spy(stored, 0);
      if (request_.timeline) days(stored, 0);
    }
    for (auto& result : spy.results(request_)) results.facets.push_back(std::move(result));
    if (request_.timeline) results.timeline = days.timeline(*request_.timeline);
  }

  // A facet with a filter of its own is counted without it, so that other values can be chosen as well.
  void count_filtered_facets(ResultSet& results) const {
    for (const auto& facet : facets(true)) {
      FacetSpy spy({facet}, index_);
      Xapian::Enquire enquire = this->enquire(filtered(facet.facet));
      if (request_.collapse && request_.facets_collapsed) {
        Xapian::MultiValueKeyMaker keys;
        set_order(enquire, keys);
        count_kept(results, without_near_copies(index_.database(), ranked(enquire.get_mset(0, index_.database().get_doccount()))), {facet});
        continue;
      }
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.add_matchspy(&spy);
      enquire.get_mset(0, 0, index_.database().get_doccount());
      for (auto& result : spy.results(request_)) results.facets.push_back(std::move(result));
    }
  }

  OrdinalCounts count_values(const Xapian::Query& query, Facet facet) const {
    FacetSpy spy({{facet}}, index_);
    Xapian::Enquire enquire = this->enquire(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.add_matchspy(&spy);
    enquire.get_mset(0, 0, index_.database().get_doccount());
    return spy.ordinal_counts(facet);
  }

  SignificantResult find_significant(const FacetRequest& wanted) const {
    const OrdinalCounts hits = count_values(filtered(std::nullopt), wanted.facet);
    return significant_values(wanted, hits, count_values(Xapian::Query::MatchAll, wanted.facet), index_);
  }

  void order_facets(ResultSet& results) const {
    std::ranges::stable_sort(results.facets, {}, [&](const FacetResult& result) {
      return std::ranges::find(request_.facets, result.facet, &FacetRequest::facet) - request_.facets.begin();
    });
  }

  Hit hit(const RankedDocument& ranked) {
    if (!request_.records) return bare_hit(ranked);
    auto stored = index_.document(ranked.id);
    Hit hit{.path = std::move(stored.record.path), .title = std::move(stored.record.title), .date = stored.record.date, .score = ranked.weight,
            .speakers = std::move(stored.record.record.speakers), .places = {}, .snippet = {}, .copies = ranked.copies};
    for (const auto& place : stored.record.record.places) hit.places.push_back(place.label);
    if (request_.snippets) hit.snippet = make_snippet(body(stored.text), [&](std::string_view form) { return word_weight(form); });
    return hit;
  }

  Hit bare_hit(const RankedDocument& ranked) const {
    const Xapian::Document document = index_.database().get_document(ranked.id);
    return {.path = index_.path_of(document), .title = {}, .date = index_.date_of(document), .score = ranked.weight, .speakers = {}, .places = {},
            .snippet = {}, .copies = ranked.copies};
  }

  // The text after the date line.
  static std::string_view body(std::string_view text) {
    const auto end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
  }

  double word_weight(std::string_view form) {
    const auto [known, is_new] = weights_.try_emplace(std::string(form), 0.0);
    if (is_new && is_wanted(known->first)) known->second = rarity(known->first);
    return known->second;
  }

  bool is_wanted(const std::string& form) const {
    if (resolved_.forms.contains(form) || resolved_.stems.contains(stemmer_(form))) return true;
    return std::ranges::any_of(resolved_.prefixes, [&](const std::string& prefix) { return form.starts_with(prefix); });
  }

  double rarity(const std::string& form) const {
    const double all = index_.database().get_doccount();
    return std::log(1.0 + all / (1.0 + index_.database().get_termfreq(form)));
  }

  // Nothing has all the words: how many articles have some?
  void notice_partial_matches(ResultSet& results) const {
    if (!resolved_.ranked || request_.match == MatchMode::any || resolved_.root.kind != NodeKind::all) return;
    ResolvedNode root = resolved_.root;
    root.implicit = true;
    Xapian::Enquire enquire = this->enquire(build_query(root, MatchMode::any));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    const auto some = enquire.get_mset(0, 0, index_.database().get_doccount()).get_matches_estimated();
    if (some > 0) results.notices.push_back(fmt::format("no article has all the words; {} {} some of them (--match any)", some, some == 1 ? "has" : "have"));
  }

  std::string explanation() const {
    std::string text = request_.plain ? "" : "tokens:\n" + to_string(tokenize_query(request_.query));
    text += "tree: " + to_string(parsed_.root) + "\n";
    text += resolved_.explanation + "resolved: " + to_string(resolved_.root) + "\n";
    return text + "query: " + filtered(std::nullopt).get_description() + "\n";
  }

  const SearchRequest& request_;
  const IndexReader& index_;
  ParsedQuery parsed_;
  ResolvedQuery resolved_;
  Xapian::Query query_;
  std::vector<RankedDocument> ranked_;   // the hits asked for
  Xapian::Stem stemmer_{"english"};
  std::unordered_map<std::string, double> weights_;
};

}  // namespace

// Runs `work` on a freshly opened revision, again when it was overwritten or replaced meanwhile.
template <class Work>
auto Searcher::with_one_revision(Work&& work) {
  for (int attempt = 1;; ++attempt) {
    try {
      if (index_ && index_->outdated()) index_.reset();
      if (!index_) index_ = std::make_unique<IndexReader>(path_);
      return work(*index_);
    } catch (const Xapian::DatabaseModifiedError& error) {
      index_.reset();
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::DatabaseOpeningError& error) {  // DatabaseNotFoundError is one: the generation was swapped
      index_.reset();
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::Error& error) {
      index_.reset();
      throw_database_error(path_, error);
    } catch (const QueryError&) {
      throw;
    } catch (const Error& error) {
      index_.reset();
      throw DatabaseError(error.what(), error.hint());
    }
  }
}

Searcher::Searcher(std::filesystem::path database) : path_(std::move(database)) {
  with_one_revision([](const IndexReader&) { return 0; });
}

Searcher::~Searcher() = default;

ResultSet Searcher::search(const SearchRequest& request) {
  return with_one_revision([&](const IndexReader& index) { return Search(request, index).run_at_once(); });
}

void Searcher::search_all(const SearchRequest& request, const std::function<void(ResultSet&)>& sink) {
  SearchRequest all = request;
  all.limit = std::numeric_limits<std::size_t>::max();
  bool given = false;
  with_one_revision([&](const IndexReader& index) {
    if (given) throw DatabaseError(fmt::format("{}: the index was written twice while hits were listed; the list is not complete", path_.string()), "run it again");
    Search(all, index).run_in_pages([&](ResultSet& page) {
      given = true;
      sink(page);
    });
    return 0;
  });
}

std::optional<ShownArticle> Searcher::show(const std::string& path) {
  return with_one_revision([&](const IndexReader& index) -> std::optional<ShownArticle> {
    const auto id = find_article(index.database(), path);
    if (!id) return std::nullopt;
    auto stored = index.document(*id);
    return ShownArticle{.path = std::move(stored.record.path), .title = std::move(stored.record.title), .date = stored.record.date,
                        .encoding = stored.record.encoding, .record = std::move(stored.record.record), .text = std::move(stored.text), .json = std::move(stored.json)};
  });
}

}  // namespace dateline
