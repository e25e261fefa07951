#include "query/hits/query_words.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "common/store/schema.h"
#include "common/text/word.h"

namespace dateline {
namespace {

constexpr double kChainWeight =
    2;  // of a phrase beside its rarest word: a passage that has it wins

bool is_chain(const ResolvedNode& node) {
  return node.kind == NodeKind::phrase || node.kind == NodeKind::near ||
         node.kind == NodeKind::adjacent;
}
bool is_word(const ResolvedNode& node) {
  return node.kind == NodeKind::word || node.kind == NodeKind::prefix;
}

// XSlind, XXP2660646, XD2022: what a record names. Terms of the date of publication (D) and of
// paths (Q) stand nowhere in the text.
bool is_named_value(const ResolvedNode& node) {
  return (node.kind == NodeKind::value || node.kind == NodeKind::dates) && !node.terms.empty() &&
         node.terms.front().starts_with('X');
}

// ZStreati -> treati: words are folded, prefixes upper case.
std::string_view without_prefix(std::string_view term) {
  const auto begin = std::ranges::find_if(term, [](char c) { return c < 'A' || c > 'Z'; });
  return term.substr(static_cast<std::size_t>(begin - term.begin()));
}

}  // namespace

QueryWords::QueryWords(const ResolvedNode& root, const IndexReader& index) : index_(index) {
  std::vector<const ResolvedNode*> leaves;
  collect(root, leaves);
  const bool only_stop_words = std::ranges::all_of(leaves, &ResolvedNode::stop_word);
  std::set<std::string> seen;
  for (const auto* leaf : leaves) {
    if ((only_stop_words || !leaf->stop_word) && seen.insert(to_string(*leaf)).second)
      add_part(*leaf);
  }
}

void QueryWords::collect(const ResolvedNode& node, std::vector<const ResolvedNode*>& leaves) const {
  if (node.kind == NodeKind::none) return;
  if (is_word(node) || is_chain(node) || is_named_value(node)) leaves.push_back(&node);
  for (const auto& child : node.children) collect(child, leaves);
}

void QueryWords::add_part(const ResolvedNode& node) {
  const std::size_t number = parts_.size();
  Part part{.node = &node, .weight = rarity(node), .order = {}};
  if (is_chain(node))
    add_chain(node, part);
  else if (is_word(node))
    std::ranges::for_each(node.terms, [&](const std::string& term) {
      add_role(term, {number, 0});
    });
  else
    values_.push_back(
        {.terms = {node.terms.begin(), node.terms.end()}, .part = number, .weight = part.weight});
  parts_.push_back(std::move(part));
}

void QueryWords::add_chain(const ResolvedNode& node, Part& part) {
  part.weight *= kChainWeight;
  std::map<std::string, std::size_t> words;
  for (const auto& term : node.terms) {
    const auto [word, is_new] = words.try_emplace(term, words.size());
    if (is_new) add_role(term, {parts_.size(), word->second});
    part.order.push_back(word->second);
  }
}

void QueryWords::add_role(const std::string& term, Role role) {
  const auto word = without_prefix(term);
  if (word.empty()) return;
  (term.starts_with(kStemPrefix) ? stems_ : forms_)[std::string(word)].push_back(role);
  first_bytes_[static_cast<unsigned char>(word.front())] = true;
}

double QueryWords::rarity(const ResolvedNode& node) const {
  const double all = index_.database().get_doccount();
  const bool unknown = node.documents == 0 && !node.terms.empty();
  const auto documents =
      unknown ? std::uint64_t{index_.postings().frequency(node.terms.front())} : node.documents;
  return std::log(1.0 + all / (1.0 + static_cast<double>(documents)));
}

const QueryWords::Roles& QueryWords::roles_of(std::string_view form) {
  static const Roles kNone;
  if (!first_bytes_[static_cast<unsigned char>(form.front())]) return kNone;
  if (const auto known = known_.find(form); known != known_.end()) return known->second;
  const std::string word(form);
  Roles roles;
  if (const auto of_form = forms_.find(word); of_form != forms_.end()) roles = of_form->second;
  const auto of_stem = stems_.empty() ? stems_.end() : stems_.find(stemmer_(word));
  if (of_stem != stems_.end())
    roles.insert(roles.end(), of_stem->second.begin(), of_stem->second.end());
  return known_.emplace(word, std::move(roles)).first->second;
}

bool QueryWords::ask_for_speakers() const {
  const auto of_speaker = [](std::string_view term) {
    return std::ranges::any_of(kFields, [&](const FieldInfo& field) {
      return field.quoted &&
             (term.starts_with(field.prefix) || term.starts_with(field.exact_prefix));
    });
  };
  return std::ranges::any_of(values_, [&](const WantedValue& value) {
    return std::ranges::any_of(value.terms, of_speaker);
  });
}

std::vector<Occurrence> QueryWords::find(std::string_view text,
                                         const std::vector<Span>& paragraphs) {
  std::vector<Occurrence> found;
  if (forms_.empty() && stems_.empty()) return found;
  std::map<std::size_t, Places> chains;  // by part
  std::size_t position = 0;
  for (const Span paragraph : paragraphs) {
    for_each_word(slice(text, paragraph), [&](Span word, std::string_view form) {
      ++position;
      const Span span{paragraph.begin + word.begin, paragraph.begin + word.end};
      for (const Role role : roles_of(form)) {
        if (parts_[role.part].is_chain())
          chains[role.part].push_back({position, span, role.word});
        else
          found.push_back(occurrence(role.part, {span}));
      }
    });
    position += kParagraphGap;
  }
  for (const auto& [part, places] : chains) {
    const auto kind = parts_[part].node->kind;
    if (kind == NodeKind::phrase)
      find_phrases(part, places, found);
    else if (kind == NodeKind::adjacent)
      find_in_order(part, places, found);
    else
      find_near(part, places, found);
  }
  std::ranges::stable_sort(found, {}, [](const Occurrence& one) { return one.span.begin; });
  return found;
}

Occurrence QueryWords::occurrence(std::size_t part, std::vector<Span> words) const {
  const Span all = hull(words.front(), words.back());
  return {.span = all, .part = part, .weight = parts_[part].weight, .words = std::move(words)};
}

// A phrase's words stand side by side among its places: a position has one word, and one place.
void QueryWords::find_phrases(std::size_t part, const Places& places,
                              std::vector<Occurrence>& found) const {
  const auto& order = parts_[part].order;
  for (std::size_t first = 0; first + order.size() <= places.size();) {
    std::vector<Span> words;
    for (std::size_t i = 0; i < order.size() && places[first + i].word == order[i] &&
                            places[first + i].position == places[first].position + i;
         ++i) {
      words.push_back(places[first + i].span);
    }
    const bool whole = words.size() == order.size();
    if (whole) found.push_back(occurrence(part, std::move(words)));
    first += whole ? order.size() : 1;
  }
}

// Each word the first after the one before; no farther from each other than asked.
void QueryWords::find_in_order(std::size_t part, const Places& places,
                               std::vector<Occurrence>& found) const {
  const auto& order = parts_[part].order;
  const std::size_t window =
      order.size() + static_cast<std::size_t>(parts_[part].node->distance) - 1;
  for (std::size_t first = 0; first < places.size(); ++first) {
    std::vector<Span> words;
    for (std::size_t i = first; i < places.size() && words.size() < order.size() &&
                                places[i].position - places[first].position < window;
         ++i) {
      if (places[i].word == order[words.size()])
        words.push_back(places[i].span);
      else if (i == first)
        break;
    }
    if (words.size() == order.size()) found.push_back(occurrence(part, std::move(words)));
  }
}

// The narrowest stretches that have each word as often as it was asked for.
void QueryWords::find_near(std::size_t part, const Places& places,
                           std::vector<Occurrence>& found) const {
  const auto& order = parts_[part].order;
  const std::size_t window =
      order.size() + static_cast<std::size_t>(parts_[part].node->distance) - 1;
  std::vector<std::size_t> asked(order.size(), 0);
  for (const auto word : order) ++asked[word];
  std::vector<std::size_t> seen(order.size(), 0);
  std::size_t lacking = order.size();
  for (std::size_t first = 0, end = 0; end < places.size(); ++end) {
    const auto drop = [&] {
      lacking += seen[places[first].word]-- <= asked[places[first].word] ? 1 : 0, ++first;
    };
    lacking -= ++seen[places[end].word] <= asked[places[end].word] ? 1 : 0;
    while (places[end].position - places[first].position >= window) drop();
    if (lacking > 0) continue;
    while (seen[places[first].word] > asked[places[first].word]) drop();
    std::vector<Span> words;
    for (std::size_t i = first; i <= end; ++i) words.push_back(places[i].span);
    found.push_back(occurrence(part, std::move(words)));
    drop();
  }
}

}  // namespace dateline
