#include "query/match/matcher.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "query/index/document_lists.h"
#include "query/match/word_positions.h"

namespace dateline {
namespace {

constexpr Saturation kPlain{
    1.2,
    0.75};  // Lucene's k1 and b; of 12 pairs on Cranfield, CISI and NPL none is better on all three
constexpr Saturation kTopic{1.0,
                            0.65};  // of --match any, where the first hits add words: of 0.8 to 1.2
                                    // and 0.5 to 0.75 the best on Cranfield, CISI and NPL together
constexpr double kTitleWeight =
    0.25;  // of a title word beside the same word anywhere; best of 0 to 1 on Cranfield and CISI

// A run joined by AND, and words in brackets, are one of the words side by side.
bool is_text(const ResolvedNode& node) {
  if (node.kind == NodeKind::all || node.kind == NodeKind::any)
    return std::ranges::all_of(node.children, is_text);
  const bool text =
      node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix;
  return text || node.kind == NodeKind::near || node.kind == NodeKind::adjacent;
}

ResolvedNode any_of_words(const ResolvedNode& node) {
  ResolvedNode words{.kind = NodeKind::any};
  for (const auto& child : node.children) {
    if (!is_text(child) || child.left_out) continue;
    words.documents += child.documents;
    words.children.push_back(child);
  }
  return words;
}

// The children that every match has; with `relaxed`, but for words.
std::vector<const ResolvedNode*> required_of(const ResolvedNode& node, bool relaxed) {
  std::vector<const ResolvedNode*> required;
  for (const auto& child : node.children) {
    if (child.kind != NodeKind::none && !(relaxed && is_text(child))) required.push_back(&child);
  }
  return required;
}

// BM25's part of a term's weight that its occurrences give, 0 to 1: each one more adds less, in a
// long article less still.
double saturation_of(double count, float damping) { return count / (damping + count); }

double weight_of(const Matches& matches, std::size_t i) {
  return matches.weights.empty() ? 0 : matches.weights[i];
}

// Those of a that are in b, the weights of both added up.
Matches common(Matches a, const Matches& b) {
  const bool weigh = !a.weights.empty() || !b.weights.empty();
  Matches both;
  both.documents.reserve(std::min(a.documents.size(), b.documents.size()));
  if (weigh) both.weights.reserve(both.documents.capacity());
  for_each_common(a.documents, b.documents, [&](std::size_t i, std::size_t j) {
    both.documents.push_back(a.documents[i]);
    if (weigh) both.weights.push_back(weight_of(a, i) + weight_of(b, j));
  });
  return both;
}

// Those for which `keep(index, document)` holds.
template <class Keep>
Matches only(Matches matches, Keep&& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < matches.documents.size(); ++i) {
    if (!keep(i, matches.documents[i])) continue;
    matches.documents[kept] = matches.documents[i];
    if (!matches.weights.empty()) matches.weights[kept] = matches.weights[i];
    ++kept;
  }
  matches.documents.resize(kept);
  if (!matches.weights.empty()) matches.weights.resize(kept);
  return matches;
}

bool all_stand_together(const std::vector<const ResolvedNode*>& chains, Xapian::docid document,
                        PositionReader& reader) {
  return std::ranges::all_of(
      chains, [&](const ResolvedNode* chain) { return stand_together(*chain, document, reader); });
}

}  // namespace

Statistics statistics_of(const IndexReader& index) {
  return {.documents = index.database().get_doccount(),
          .average_length = std::max(index.database().get_avlength(), 1.0)};
}

Matcher::Matcher(const IndexReader& index)
    : index_(index), columns_(index), statistics_(statistics_of(index)) {}

Matches Matcher::match(const ResolvedNode& root, MatchMode mode, bool weigh) {
  set_mode(mode, weigh);
  return evaluate(root, {.weigh = weigh});
}

Matches Matcher::match_best(const ResolvedNode& root, MatchMode mode, std::size_t most) {
  set_mode(mode, true);
  Chains unchecked;
  Matches candidates = evaluate(root, {}, &unchecked);
  if (unchecked.empty()) return candidates;
  std::vector<std::pair<double, Xapian::docid>> heap;
  heap.reserve(candidates.documents.size());
  for (std::size_t i = 0; i < candidates.documents.size(); ++i)
    heap.emplace_back(weight_of(candidates, i), candidates.documents[i]);
  std::ranges::make_heap(heap);
  std::vector<std::pair<Xapian::docid, double>> found;
  while (!heap.empty() && (found.size() < most || heap.front().first == found.back().second)) {
    std::ranges::pop_heap(heap);
    const auto [weight, document] = heap.back();
    heap.pop_back();
    if (all_stand_together(unchecked, document, index_.positions()))
      found.emplace_back(document, weight);
  }
  std::ranges::sort(found);
  Matches best{.documents = {}, .weights = {}, .complete = heap.empty()};
  for (const auto& [document, weight] : found) {
    best.documents.push_back(document);
    best.weights.push_back(weight);
  }
  return best;
}

void Matcher::set_mode(MatchMode mode, bool weigh) {
  mode_ = mode;
  saturation_ = mode == MatchMode::any ? kTopic : kPlain;
  if (weigh) dampings_ = columns_.dampings({saturation_, statistics_.average_length});
}

double Matcher::frequency(const std::string& term) const {
  const auto known = statistics_.frequencies.find(term);
  if (known == statistics_.frequencies.end()) return index_.postings().frequency(term);
  return static_cast<double>(known->second);
}

// As above, for who knows already how many of the index there are.
double Matcher::frequency(const std::string& term, std::size_t here) const {
  if (statistics_.frequencies.empty()) return static_cast<double>(here);
  const auto known = statistics_.frequencies.find(term);
  return static_cast<double>(known == statistics_.frequencies.end() ? here : known->second);
}

void Matcher::add_word(Matches& matches, const std::string& stem, double factor) {
  add_weight(matches, stem, factor);
  add_weight(matches,
             std::string(kStemPrefix) + std::string(info(Field::title).prefix) +
                 stem.substr(kStemPrefix.size()),
             factor * kTitleWeight);
}

void Matcher::add_weight(Matches& matches, const std::string& term, double factor) {
  const PostingList list = read(term, &matches.documents);
  if (list.documents.empty()) return;
  const auto weights = weights_of(list, factor * term_weight(frequency(term)));
  for_each_common(matches.documents, list.documents,
                  [&](std::size_t i, std::size_t j) { matches.weights[i] += weights[j]; });
}

Matches Matcher::evaluate(const ResolvedNode& node, Context context, Chains* unchecked) {
  if (node.filters) context.weigh = false;
  switch (node.kind) {
    case NodeKind::everything:
      return everything(context);
    case NodeKind::word:
      return word(node, context);
    case NodeKind::phrase:
    case NodeKind::near:
    case NodeKind::adjacent:
      break;
    case NodeKind::prefix:
      return prefix(node, context);
    case NodeKind::value:
      return node.path_prefix.empty() ? any_term(node, context) : paths(node);
    case NodeKind::dates:
      return any_term(node, context);
    case NodeKind::all:
      return all(node, context, unchecked);
    case NodeKind::any:
      return any(node, context);
    case NodeKind::none:
      return without(node.children.front(), everything(context));
  }
  Matches having_all = chain(node, context);
  if (unchecked != nullptr) {
    unchecked->push_back(&node);
    return having_all;
  }
  return only(std::move(having_all), [&](std::size_t, Xapian::docid document) {
    return stand_together(node, document, index_.positions());
  });
}

Matches Matcher::everything(Context context) {
  return {
      .documents = context.among != nullptr ? *context.among : index_.postings().all_documents(),
      .weights = {}};
}

PostingList Matcher::read(const std::string& term, const Documents* among) {
  return among == nullptr ? index_.postings().read(term)
                          : index_.postings().read_among(term, *among);
}

double Matcher::rarity(double frequency) const {
  const auto all = static_cast<double>(statistics_.documents);
  double odds = (std::max(all - frequency, 0.0) + 0.5) / (frequency + 0.5);
  if (odds < 2)
    odds = odds * 0.5 +
           1;  // as Xapian has it: a word that most articles have weighs little, but something
  return std::log(odds);
}

double Matcher::term_weight(double frequency) const {
  return rarity(frequency) * (saturation_.k1 + 1);
}

double Matcher::saturated(double count, Xapian::docid document) const {
  return (saturation_.k1 + 1) * saturation_of(count, dampings_[document]);
}

std::vector<double> Matcher::weights_of(const PostingList& list, double term_weight) const {
  std::vector<double> weights(list.documents.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] = term_weight * saturation_of(list.counts[i], dampings_[list.documents[i]]);
  return weights;
}

Matches Matcher::term(const std::string& term, Context context) {
  PostingList list = read(term, context.among);
  Matches matches;
  if (context.weigh && !list.documents.empty()) {
    const double having =
        context.among == nullptr ? frequency(term, list.documents.size()) : frequency(term);
    matches.weights = weights_of(list, term_weight(having));
  }
  matches.documents = std::move(list.documents);
  return matches;
}

Matches Matcher::word(const ResolvedNode& node, Context context) {
  Matches matches = term(node.terms.front(), context);
  if (node.times > 1) {
    for (double& weight : matches.weights) weight *= node.times;
  }
  if (context.weigh && !node.title_term.empty() && !matches.documents.empty())
    add_weight(matches, node.title_term, kTitleWeight * node.times);
  return matches;
}

// The articles that have all words of a phrase, NEAR or ADJ, wherever.
Matches Matcher::chain(const ResolvedNode& node, Context context) {
  Matches matches;
  for (std::size_t i = 0; i < node.by_rarity.size(); ++i) {
    Matches of_word = term(node.terms[node.by_rarity[i]], context);
    matches = i == 0 ? std::move(of_word) : common(std::move(matches), of_word);
    context.among = &matches.documents;
    if (matches.documents.empty()) break;
  }
  return matches;
}

std::size_t Matcher::documents() const {
  return std::size_t{index_.postings().last_document()} + 1;
}

Matches Matcher::any_term(const ResolvedNode& node, Context context) {
  context.weigh = false;
  if (node.terms.size() == 1) return term(node.terms.front(), context);
  const auto mark = [&](DocumentSpan ids, const std::uint32_t*) {
    for (const auto id : ids) sums_.mark(id);
  };
  sums_.prepare(documents(), false);
  for (const auto& one : node.terms) {
    if (context.among == nullptr)
      index_.postings().for_each_piece(one, mark);
    else
      mark(term(one, context).documents, nullptr);
  }
  return take_sums(false, std::min<std::size_t>(node.documents, documents()));
}

// The words that begin so as if they were one, of as many occurrences as all have together.
Matches Matcher::prefix(const ResolvedNode& node, Context context) {
  if (!context.weigh) return any_term(node, context);
  counts_.prepare(documents(), true);
  for (const auto& one : node.terms) {
    index_.postings().for_each_piece(one, [&](DocumentSpan ids, const std::uint32_t* counts) {
      for (std::size_t i = 0; i < ids.size(); ++i) counts_.add(ids[i], counts[i]);
    });
  }
  Matches matches{
      .documents = counts_.take_documents(std::min<std::size_t>(node.documents, documents())),
      .weights = {}};
  matches.weights.resize(matches.documents.size());
  const double weight = term_weight(frequency(node.beginning + '*', matches.documents.size()));
  for (std::size_t i = 0; i < matches.documents.size(); ++i) {
    matches.weights[i] =
        weight * saturation_of(counts_.take(matches.documents[i]), dampings_[matches.documents[i]]);
  }
  return matches;
}

Matches Matcher::paths(const ResolvedNode& node) {
  Matches matches;
  index_.postings().for_each_value(number(Slot::path),
                                   [&](Xapian::docid id, std::string_view path) {
                                     if (path.starts_with(node.path_prefix))
                                       matches.documents.push_back(id);
                                   });
  return matches;
}

void Matcher::add(const Matches& matches, bool weigh) {
  for (std::size_t i = 0; i < matches.documents.size(); ++i) {
    if (weigh)
      sums_.add(matches.documents[i], weight_of(matches, i));
    else
      sums_.mark(matches.documents[i]);
  }
}

void Matcher::add_term(const std::string& term, double weight) {
  index_.postings().for_each_piece(term, [&](DocumentSpan ids, const std::uint32_t* counts) {
    for (std::size_t i = 0; i < ids.size(); ++i)
      sums_.add(ids[i], weight * saturation_of(counts[i], dampings_[ids[i]]));
  });
}

// A word of the title is one of the text as well.
void Matcher::add_asked_word(const ResolvedNode& word) {
  add_term(word.terms.front(), word.times * term_weight(frequency(word.terms.front())));
  if (!word.title_term.empty())
    add_term(word.title_term, word.times * kTitleWeight * term_weight(frequency(word.title_term)));
}

Matches Matcher::take_sums(bool weigh, std::size_t about) {
  Matches matches{.documents = sums_.take_documents(about), .weights = {}};
  if (!weigh) return matches;
  matches.weights.resize(matches.documents.size());
  for (std::size_t i = 0; i < matches.documents.size(); ++i)
    matches.weights[i] = sums_.take(matches.documents[i]);
  return matches;
}

// Words alone are added up as their lists are read; other nodes, which need the sums themselves,
// before that.
Matches Matcher::any(const ResolvedNode& node, Context context) {
  std::vector<Matches> parts;
  std::vector<const ResolvedNode*> words;
  for (const auto& child : node.children) {
    const bool is_word =
        child.kind == NodeKind::word && context.weigh && context.among == nullptr && !child.filters;
    if (is_word)
      words.push_back(&child);
    else
      parts.push_back(evaluate(child, context));
  }
  if (words.empty() && parts.size() == 1) return std::move(parts.front());
  sums_.prepare(documents(), context.weigh);
  std::size_t most = 0;
  for (const auto& part : parts) {
    most += part.documents.size();
    add(part, context.weigh);
  }
  for (const auto* word : words) {
    most += word->documents;
    add_asked_word(*word);
  }
  return take_sums(context.weigh, std::min(most, documents()));
}

Matches Matcher::without(const ResolvedNode& excluded, Matches matches) {
  const Matches out = evaluate(excluded, {.weigh = false, .among = &matches.documents});
  std::vector<bool> is_out(matches.documents.size(), false);
  for_each_common(matches.documents, out.documents,
                  [&](std::size_t i, std::size_t) { is_out[i] = true; });
  return only(std::move(matches), [&](std::size_t i, Xapian::docid) { return !is_out[i]; });
}

// Words side by side: --match any asks for at least one of them, the other children filter all the
// same.
Matches Matcher::all(const ResolvedNode& node, Context context, Chains* unchecked) {
  const bool relaxed = node.implicit && mode_ == MatchMode::any;
  const ResolvedNode words = relaxed ? any_of_words(node) : ResolvedNode{.kind = NodeKind::any};
  std::vector<const ResolvedNode*> required = required_of(node, relaxed);
  if (!words.children.empty()) required.push_back(&words);
  std::ranges::stable_sort(required, {}, &ResolvedNode::documents);
  Chains chains;
  Matches matches = join(required, context, chains);
  for (const auto& child : node.children) {
    if (child.kind == NodeKind::none && !matches.documents.empty())
      matches = without(child.children.front(), std::move(matches));
  }
  if (unchecked != nullptr) {
    unchecked->insert(unchecked->end(), chains.begin(), chains.end());
    return matches;
  }
  if (chains.empty()) return matches;
  return only(std::move(matches), [&](std::size_t, Xapian::docid document) {
    return all_stand_together(chains, document, index_.positions());
  });
}

// Those that all have, the rarest first; of chains, whose words they have wherever.
Matches Matcher::join(const std::vector<const ResolvedNode*>& required, Context context,
                      Chains& chains) {
  if (required.empty()) return everything(context);
  Matches matches = evaluate(*required.front(), context, &chains);
  for (std::size_t i = 1; i < required.size() && !matches.documents.empty(); ++i) {
    context.among = &matches.documents;
    const Matches more = evaluate(*required[i], context, &chains);
    matches = common(std::move(matches), more);
  }
  return matches;
}

}  // namespace dateline
