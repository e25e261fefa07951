#include "query/language/query_resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <numeric>

#include "common/date_query.h"
#include "common/error.h"
#include "common/real_path.h"
#include "common/text/name_key.h"
#include "common/text/take_until.h"
#include "query/language/date_terms.h"
#include "query/language/near_lookup.h"
#include "query/language/query_error.h"
#include "query/language/query_limits.h"
#include "query/language/spelling.h"
#include "query/language/stop_word.h"
#include "query/language/value_lookup.h"
#include "query/language/value_notices.h"

namespace dateline {
namespace {

constexpr std::size_t kNamesExplained = 20;
constexpr std::size_t kValuesExplained = 20;  // a query
constexpr std::size_t kMostSuggestions = 10;  // a query; what else is unknown is named without one

std::vector<std::size_t> order_by_rarity(const std::vector<std::uint64_t>& frequencies) {
  std::vector<std::size_t> order(frequencies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return frequencies[i]; });
  return order;
}

bool is_stop(const QueryNode& node) {
  return node.kind == NodeKind::word && !node.exact && is_stop_word(node.text);
}

// Words, phrases and wildcards that are wanted, beside which a stop word says nothing.
bool has_other_words(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::word:
      return !is_stop(node);
    case NodeKind::phrase:
    case NodeKind::prefix:
    case NodeKind::near:
    case NodeKind::adjacent:
      return true;
    case NodeKind::all:
    case NodeKind::any:
      return std::ranges::any_of(node.children, has_other_words);
    default:
      return false;
  }
}

bool same_word(const QueryNode& a, const QueryNode& b) {
  return a.kind == NodeKind::word && b.kind == NodeKind::word && a.text == b.text &&
         a.exact == b.exact && a.field == b.field;
}

std::string text_prefix(const QueryNode& node) {
  return node.field ? std::string(info(*node.field).prefix) : "";
}

class QueryResolver {
 public:
  QueryResolver(const SearchRequest& request, const IndexReader& index)
      : request_(request),
        index_(index),
        database_(index.database()),
        spelling_(index.postings()),
        values_(index),
        places_(index) {}

  ResolvedQuery run(const QueryNode& root) {
    drop_stop_words_ = request_.match == MatchMode::any && has_other_words(root);
    resolved_.root = resolve(root, true, false);
    return std::move(resolved_);
  }

 private:
  // `wanted`: not behind a NOT, so that it weighs. `beside`: stands beside others, of which any
  // will do.
  ResolvedNode resolve(const QueryNode& node, bool wanted, bool beside) {
    ResolvedNode made{.kind = node.kind, .implicit = node.implicit, .distance = node.distance};
    made.stop_word = is_stop(node);
    made.left_out = beside && drop_stop_words_ && made.stop_word;
    resolve_leaf(node, wanted, made);
    if (node.field != Field::near) count_terms(made.terms.size(), node);
    count_work(made, node);
    if (is_chain(node)) return made;
    count_negations(node);
    resolve_children(node, wanted && node.kind != NodeKind::none, made);
    if (!made.children.empty()) made.documents = documents_of(made);
    return made;
  }

  // A word that stands here again is read once.
  void resolve_children(const QueryNode& node, bool wanted, ResolvedNode& made) {
    std::vector<const QueryNode*> words;  // of made.children; null for those that are no words
    for (const auto& child : node.children) {
      const auto known = std::ranges::find_if(
          words, [&](const QueryNode* word) { return word != nullptr && same_word(*word, child); });
      if (known != words.end()) {
        ++made.children[static_cast<std::size_t>(known - words.begin())].times;
        continue;
      }
      made.children.push_back(resolve(child, wanted, node.implicit));
      words.push_back(child.kind == NodeKind::word ? &child : nullptr);
    }
  }

  static bool is_chain(const QueryNode& node) {
    return node.kind == NodeKind::near || node.kind == NodeKind::adjacent;
  }

  void resolve_leaf(const QueryNode& node, bool wanted, ResolvedNode& made) {
    switch (node.kind) {
      case NodeKind::word:
        return word(node, wanted, made);
      case NodeKind::phrase:
        made.terms = phrase_terms(node, wanted);
        return;
      case NodeKind::near:
      case NodeKind::adjacent:
        made.terms = chain_terms(node, wanted);
        return;
      case NodeKind::prefix:
        made.beginning = text_prefix(node) + node.text;
        made.terms = prefix_terms(node, wanted);
        return;
      case NodeKind::value:
        return value(node, made);
      case NodeKind::dates:
        made.terms = date_terms(node);
        return;
      default:
        return;
    }
  }

  void count_terms(std::size_t more, const QueryNode& node) {
    terms_ += more;
    if (terms_ > kMostTerms) {
      throw QueryError({.kind = NoticeKind::too_many_terms,
                        .value = node.text,
                        .position = node.position,
                        .number = kMostTerms});
    }
  }

  std::uint64_t documents_of(const ResolvedNode& inner) const {
    const std::uint64_t all = database_.get_doccount();
    std::uint64_t least = all;
    std::uint64_t sum = 0;
    for (const auto& child : inner.children) {
      least = std::min(least, child.documents);
      sum += child.documents;
    }
    if (inner.kind == NodeKind::none) return all - std::min(all, sum);
    return std::min(all, inner.kind == NodeKind::any ? sum : least);
  }

  // The documents a leaf has read; of words that must stand together those that can have all.
  void count_work(ResolvedNode& made, const QueryNode& node) {
    const bool together = made.kind == NodeKind::phrase || is_chain(node);
    const std::uint64_t all = database_.get_doccount();
    std::vector<std::uint64_t> frequencies;
    for (const auto& term : made.terms) frequencies.push_back(index_.postings().frequency(term));
    const std::uint64_t least = frequencies.empty() ? all : *std::ranges::min_element(frequencies);
    const std::uint64_t sum = std::accumulate(frequencies.begin(), frequencies.end(),
                                              made.path_prefix.empty() ? std::uint64_t{0} : all);
    made.documents = together || made.kind == NodeKind::everything ? least : std::min(all, sum);
    if (together) made.by_rarity = order_by_rarity(frequencies);
    if (made.left_out) return;
    charge(together ? least * made.terms.size() * kPositionWork : sum, node);
  }

  // All but some articles: beside others that are required that is a walk over them, by itself one
  // over the archive.
  void count_negations(const QueryNode& node) {
    if (node.kind != NodeKind::any) return;
    for (const auto& child : node.children) {
      if (child.kind == NodeKind::none) charge(database_.get_doccount(), child);
    }
  }

  void charge(std::uint64_t work, const QueryNode& node) {
    work_ += work;
    if (work_ <= std::max(request_.least_work, kWorkPerArticle * database_.get_doccount())) return;
    throw QueryError({.kind = NoticeKind::too_much_work, .position = node.position});
  }

  // Suggesting reads a whole dictionary.
  bool may_suggest() { return suggestions_++ < kMostSuggestions; }

  void word(const QueryNode& node, bool wanted, ResolvedNode& made) {
    resolved_.ranked = resolved_.ranked || wanted;
    const std::string form = node.exact ? node.text : stemmer_(node.text);
    made.terms = {(node.exact ? "" : std::string(kStemPrefix)) + text_prefix(node) + form};
    if (!node.exact && !node.field)
      made.title_term = std::string(kStemPrefix) + std::string(info(Field::title).prefix) + form;
    if (index_.postings().frequency(made.terms.front()) == 0) notice_unknown_word(node);
  }

  void notice_unknown_word(const QueryNode& node) {
    const std::string suggestion =
        may_suggest() ? spelling_.nearest(node.text, text_prefix(node)) : "";
    Notice notice = notice_of(NoticeKind::unknown_word, node);
    if (node.kind == NodeKind::prefix) notice.value += '*';
    if (!suggestion.empty()) notice.suggestions = {suggestion};
    add(std::move(notice));
  }

  // A phrase's words as written; one that is nowhere is the reason why nothing is found.
  std::vector<std::string> phrase_terms(const QueryNode& node, bool wanted) {
    resolved_.ranked = resolved_.ranked || wanted;
    std::vector<std::string> terms;
    for (const auto& form : parts_of<std::string>(node.text, ' ')) {
      terms.push_back(text_prefix(node) + form);
      if (index_.postings().frequency(terms.back()) > 0) continue;
      notice_unknown_word(
          {.kind = NodeKind::word, .field = node.field, .text = form, .position = node.position});
    }
    return terms;
  }

  // Stems have no positions: nearness is that of the words as written.
  std::vector<std::string> chain_terms(const QueryNode& node, bool wanted) {
    std::vector<std::string> terms;
    for (const auto& child : node.children) {
      for (auto& term : phrase_terms(child, wanted)) terms.push_back(std::move(term));
    }
    return terms;
  }

  [[noreturn]] static void refuse_wildcard(const QueryNode& node) {
    throw QueryError({.kind = NoticeKind::too_wide_wildcard,
                      .value = node.text,
                      .position = node.position,
                      .number = kMostTerms});
  }

  std::vector<std::string> prefix_terms(const QueryNode& node, bool wanted) {
    resolved_.ranked = resolved_.ranked || wanted;
    auto terms = terms_beginning(text_prefix(node) + node.text, kMostTerms, index_);
    if (terms.size() > kMostTerms) refuse_wildcard(node);
    if (terms.empty()) notice_unknown_word(node);
    return terms;
  }

  void value(const QueryNode& node, ResolvedNode& made) {
    if (*node.field == Field::path) return path(node, made);
    if (*node.field == Field::near) return near(node, made);
    const std::string key = key_of_value(node);
    ValueMeaning meaning = values_.meaning(*node.field, key, node.wildcard);
    if (meaning.cut) refuse_wildcard(node);
    if (meaning.terms.empty())
      notice_unknown(node);
    else if (request_.explain && explained_++ < kValuesExplained)
      explain_names(node, key);
    if (!meaning.terms.empty() && !node.wildcard) {
      for (auto& notice : ambiguity_notices(node, key, values_)) add(std::move(notice));
    }
    made.terms = std::move(meaning.terms);
  }

  void notice_unknown(const QueryNode& node) {
    add(unknown_value_notice(
        node, may_suggest() ? suggested_values(node, values_) : std::vector<std::string>{},
        values_));
  }

  void notice_unknown_place(const QueryNode& node, const std::string& place) {
    Notice notice = notice_of(NoticeKind::unknown_place, node);
    notice.value = place;
    if (may_suggest()) notice.suggestions = suggested_centres(node, place, values_);
    add(std::move(notice));
  }

  void add(Notice notice) { add_notice(resolved_.notices, std::move(notice)); }

  void near(const QueryNode& node, ResolvedNode& made) {
    const NearQuery asked = parse_near_query(node.text, node.position);
    if (++nears_ > kMostNear)
      throw QueryError(
          {.kind = NoticeKind::too_many_near, .position = node.position, .number = kMostNear});
    NearMeaning meaning = places_.look_up(asked);
    near_places_ += meaning.terms.size();
    if (near_places_ > kMostNearPlaces) {
      throw QueryError({.kind = NoticeKind::too_many_near_places,
                        .field = "near",
                        .value = fmt::format("{:.0f}", asked.kilometres),
                        .position = node.position,
                        .number = kMostNearPlaces});
    }
    if (meaning.terms.empty() && !asked.point)
      notice_unknown_place(node, asked.place);
    else
      resolved_.explanation +=
          fmt::format("{} is {} places within {:.1f} km of {}\n", to_string(node),
                      meaning.terms.size(), asked.kilometres, meaning.centre);
    if (!meaning.namesakes.empty()) {
      Notice notice = notice_of(NoticeKind::namesakes, node);
      notice.names = {meaning.centre};
      std::ranges::move(meaning.namesakes, std::back_inserter(notice.names));
      add(std::move(notice));
    }
    made.terms = std::move(meaning.terms);
  }

  // The articles of a folder are a range of the paths, however many they are.
  void path(const QueryNode& node, ResolvedNode& made) {
    const std::string asked = known_spelling(from_home(node.text), node.wildcard);
    if (node.wildcard) {
      made.path_prefix = asked;
      const std::string term{std::string(info(Field::path).prefix) + asked};
      const bool hashed =
          term.size() >= kLongestTerm / 2;  // a long path's term has no tail to compare
      if (!hashed && terms_beginning(term, 0, index_).empty())
        add(unknown_value_notice(node, {}, values_));
      return;
    }
    made.terms = {make_term(info(Field::path).prefix, asked)};
    if (!index_.postings().exists(made.terms.front())) add(unknown_value_notice(node, {}, values_));
  }

  // An article is known by its real path, and may be asked for through a link. What stands before a
  // * is no whole name yet.
  std::string known_spelling(const std::filesystem::path& path, bool wildcard) const {
    const auto absolute = std::filesystem::path(request_.paths.folder) / path;
    const std::string spelt = absolute.lexically_normal().string();
    if (is_path_known(spelt, wildcard) || !absolute.is_absolute()) return spelt;
    const std::string real =
        wildcard ? (std::filesystem::path(real_path(absolute.parent_path())) / absolute.filename())
                       .string()
                 : real_path(absolute);
    return is_path_known(real, wildcard) ? real : spelt;
  }

  bool is_path_known(const std::string& path, bool wildcard) const {
    const std::string_view prefix = info(Field::path).prefix;
    if (!wildcard) return database_.term_exists(make_term(prefix, path));
    const std::string begin = std::string(prefix).append(path).substr(
        0, kLongestTerm - 16);  // a long path's term has a hash for its tail
    return !terms_beginning(begin, 0, index_).empty();
  }

  std::string from_home(const std::string& path) const {
    const std::string& home = request_.paths.home;
    return path.starts_with("~/") && !home.empty() ? home + path.substr(1) : path;
  }

  void explain_names(const QueryNode& node, const std::string& key) {
    const auto names = values_.names_meant(*node.field, key, node.wildcard);
    if (names.empty()) return;
    const auto shown = static_cast<std::ptrdiff_t>(std::min(names.size(), kNamesExplained));
    resolved_.explanation += fmt::format(
        "{} means {}{}\n", to_string(node), fmt::join(names.begin(), names.begin() + shown, "; "),
        names.size() > kNamesExplained
            ? fmt::format("; and {} more", names.size() - kNamesExplained)
            : "");
  }

  DateInterval interval(const QueryNode& node) {
    try {
      const auto parsed = parse_date_query(node.text, request_.today);
      resolved_.explanation += fmt::format("{} is {}..{}\n", to_string(node),
                                           parsed.first ? to_string(*parsed.first) : "",
                                           parsed.last ? to_string(*parsed.last) : "");
      return parsed;
    } catch (const Error& error) {
      Notice why = notice_of(NoticeKind::no_date, node);
      why.names = {error.what(), error.hint()};
      throw QueryError(std::move(why));
    }
  }

  std::vector<std::string> date_terms(const QueryNode& node) {
    const DateInterval asked = interval(node);
    auto terms = *node.field == Field::date ? publication_terms(asked, index_)
                                            : mention_terms(asked, index_);
    const bool none = std::ranges::none_of(
        terms, [&](const std::string& term) { return index_.postings().frequency(term) > 0; });
    auto outside =
        none && *node.field == Field::date ? outside_archive(asked, index_) : std::nullopt;
    if (outside) {
      Notice notice = notice_of(outside->kind, node);
      notice.names = std::move(outside->names);
      add(std::move(notice));
    } else if (none) {
      add(unknown_value_notice(node, {}, values_));
    }
    return terms;
  }

  const SearchRequest& request_;
  const IndexReader& index_;
  const Xapian::Database& database_;
  SpellingDictionary spelling_;
  ValueLookup values_;
  NearLookup places_;
  Xapian::Stem stemmer_{"english"};
  ResolvedQuery resolved_;
  std::size_t terms_ = 0;
  std::size_t nears_ = 0;
  std::size_t near_places_ = 0;
  bool drop_stop_words_ = false;
  std::uint64_t work_ = 0;  // documents, see kLeastWork
  std::size_t suggestions_ = 0;
  std::size_t explained_ = 0;
};

std::string leaf(const ResolvedNode& node) {
  if (!node.path_prefix.empty()) return fmt::format("[{}...]", node.path_prefix);
  switch (node.kind) {
    case NodeKind::everything:
      return "everything";
    case NodeKind::word:
      return node.times == 1 ? node.terms.front()
                             : fmt::format("{}*{}", node.times, node.terms.front());
    case NodeKind::phrase:
      return fmt::format("\"{}\"", fmt::join(node.terms, " "));
    case NodeKind::near:
      return fmt::format("(near/{} {})", node.distance, fmt::join(node.terms, " "));
    case NodeKind::adjacent:
      return fmt::format("(adj/{} {})", node.distance, fmt::join(node.terms, " "));
    default:
      return fmt::format("[{}]", fmt::join(node.terms, "|"));
  }
}

}  // namespace

ResolvedQuery resolve_query(const QueryNode& root, const SearchRequest& request,
                            const IndexReader& index) {
  return QueryResolver(request, index).run(root);
}

std::string to_string(const ResolvedNode& node) {
  if (node.children.empty()) return leaf(node);
  std::string text = fmt::format("({}", operator_name(node.kind));
  for (const auto& child : node.children) text += ' ' + to_string(child);
  return text + ')';
}

}  // namespace dateline
