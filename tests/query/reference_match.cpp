#include "tests/query/reference_match.h"

#include <algorithm>

namespace dateline::test {
namespace {

constexpr double kTitleWeight =
    0.25;  // of a title word beside the same word anywhere; best of 0 to 1 on Cranfield and CISI

using Queries = std::vector<Xapian::Query>;

Xapian::Query any_of(const Queries& queries) {
  return Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end());
}
Xapian::Query filter(const Xapian::Query& query) {
  return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, 0.0);
}

bool is_text(const ResolvedNode& node) {
  if (node.kind == NodeKind::all || node.kind == NodeKind::any)
    return std::ranges::all_of(node.children, is_text);
  const bool text =
      node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix;
  return text || node.kind == NodeKind::near || node.kind == NodeKind::adjacent;
}

class Builder {
 public:
  explicit Builder(MatchMode match) : match_(match) {}

  Xapian::Query build(const ResolvedNode& node) const {
    return node.filters ? filter(build_weighing(node)) : build_weighing(node);
  }

 private:
  Xapian::Query build_weighing(const ResolvedNode& node) const {
    using Xapian::Query;
    switch (node.kind) {
      case NodeKind::everything:
        return Query::MatchAll;
      case NodeKind::word:
        return Query(Query::OP_SCALE_WEIGHT, word(node), node.times);
      case NodeKind::phrase:
        return window(Query::OP_PHRASE, node, 0);
      case NodeKind::near:
        return window(Query::OP_NEAR, node, node.distance - 1);
      case NodeKind::adjacent:
        return window(Query::OP_PHRASE, node, node.distance - 1);
      case NodeKind::prefix:
        return Query(Query::OP_SYNONYM, node.terms.begin(), node.terms.end());
      case NodeKind::value:
        return filter(node.path_prefix.empty() ? any_term(node) : paths(node.path_prefix));
      case NodeKind::dates:
        return filter(any_term(node));
      case NodeKind::all:
        return all(node);
      case NodeKind::any:
        return any_of(children(node));
      case NodeKind::none:
        return Query(Query::OP_AND_NOT, Query::MatchAll, filter(build(node.children.front())));
    }
    return {};
  }

  static Xapian::Query any_term(const ResolvedNode& node) {
    return Xapian::Query(Xapian::Query::OP_OR, node.terms.begin(), node.terms.end());
  }

  static Xapian::Query word(const ResolvedNode& node) {
    const Xapian::Query anywhere(node.terms.front());
    if (node.title_term.empty()) return anywhere;
    const Xapian::Query title(node.title_term);
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, anywhere,
                         Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, title, kTitleWeight));
  }

  static Xapian::Query window(Xapian::Query::op op, const ResolvedNode& node, int more) {
    const auto width = node.terms.size() + static_cast<std::size_t>(more);
    return Xapian::Query(op, node.terms.begin(), node.terms.end(),
                         static_cast<Xapian::termcount>(width));
  }

  // No byte of UTF-8 and of most other encodings is 0xFF.
  static Xapian::Query paths(const std::string& prefix) {
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, number(Slot::path), prefix,
                         prefix + '\xFF');
  }

  Queries children(const ResolvedNode& node) const {
    Queries queries;
    for (const auto& child : node.children) queries.push_back(build(child));
    return queries;
  }

  Xapian::Query all(const ResolvedNode& node) const {
    Queries text;
    Queries filters;
    Queries excluded;
    const bool relaxed = node.implicit && match_ == MatchMode::any;
    for (const auto& child : node.children) {
      if (child.kind == NodeKind::none)
        excluded.push_back(filter(build(child.children.front())));
      else if (!relaxed || !is_text(child))
        filters.push_back(build(child));
      else if (!child.left_out)
        text.push_back(build(child));
    }
    if (!text.empty()) filters.push_back(any_of(text));
    Xapian::Query query =
        filters.empty() ? Xapian::Query::MatchAll
                        : Xapian::Query(Xapian::Query::OP_AND, filters.begin(), filters.end());
    if (!excluded.empty())
      query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, any_of(excluded));
    return query;
  }

  MatchMode match_;
};

}  // namespace

bool has_prefix_words(const ResolvedNode& node) {
  return node.kind == NodeKind::prefix || std::ranges::any_of(node.children, has_prefix_words);
}

std::map<Xapian::docid, double> reference_match(const ResolvedNode& root, MatchMode mode,
                                                const IndexReader& index) {
  Xapian::Enquire enquire(index.database());
  enquire.set_query(Builder(mode).build(root));
  const bool topic = mode == MatchMode::any;
  enquire.set_weighting_scheme(
      Xapian::BM25Weight(topic ? 1.0 : 1.2, 0, 1, topic ? 0.65 : 0.75, 0.5));
  const Xapian::MSet found = enquire.get_mset(0, index.database().get_doccount());
  std::map<Xapian::docid, double> weights;
  for (auto hit = found.begin(); hit != found.end(); ++hit) weights.emplace(*hit, hit.get_weight());
  return weights;
}

}  // namespace dateline::test
