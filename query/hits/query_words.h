// Where in a text do the parts of a query stand?
//
// `"seabed treaty" talks -oil` has two parts, a phrase and a word in any form. In "Talks on the
// seabed treaty; the treaty talked of" they stand at "Talks", "seabed treaty" and "talked"; the
// second "treaty" is no part of the phrase. What is behind a NOT is no part; stop words are parts
// only when there is nothing else.
#pragma once

#include <xapian.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "query/hits/snippet.h"
#include "query/index/index_reader.h"
#include "query/language/query_resolver.h"

namespace dateline {

// A value that a field asks for, by the terms of the documents that have it.
struct WantedValue {
  std::unordered_set<std::string_view> terms;
  std::size_t part;
  double weight;
};

class QueryWords {
 public:
  // Both outlive it.
  QueryWords(const ResolvedNode& root, const IndexReader& index);

  // In order of their beginning. What stands outside of the paragraphs is not looked at; no phrase
  // reaches from one into the next. REQUIRES: spans of `text`, in order.
  std::vector<Occurrence> find(std::string_view text, const std::vector<Span>& paragraphs);

  // Is there a value of a speaker or an organisation?
  bool ask_for_speakers() const;

  // Is there a part that is no value?
  bool ask_for_words() const { return parts_.size() > values_.size(); }

  // speaker:, place:, mentions: and their like; parts as well.
  const std::vector<WantedValue>& values() const { return values_; }

 private:
  struct Role {
    std::size_t part;
    std::size_t word;  // of a chain, which of its different words
  };
  using Roles = std::vector<Role>;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using RoleTable = std::unordered_map<std::string, Roles, Hash, std::equal_to<>>;

  // A word, or words that must stand together: then the places of the different ones in the order
  // asked for.
  struct Part {
    const ResolvedNode* node;
    double weight;
    std::vector<std::size_t> order;
    bool is_chain() const { return !order.empty(); }
  };
  struct Place {
    std::size_t position;  // in words; paragraphs are far apart
    Span span;
    std::size_t word;
  };
  using Places = std::vector<Place>;

  void collect(const ResolvedNode& node, std::vector<const ResolvedNode*>& leaves) const;
  void add_part(const ResolvedNode& node);
  void add_chain(const ResolvedNode& node, Part& part);
  void add_role(const std::string& term, Role role);
  double rarity(const ResolvedNode& node) const;
  const Roles& roles_of(std::string_view form);
  void find_phrases(std::size_t part, const Places& places, std::vector<Occurrence>& found) const;
  void find_in_order(std::size_t part, const Places& places, std::vector<Occurrence>& found) const;
  void find_near(std::size_t part, const Places& places, std::vector<Occurrence>& found) const;
  Occurrence occurrence(std::size_t part, std::vector<Span> words) const;

  const IndexReader& index_;
  std::vector<Part> parts_;
  std::vector<WantedValue> values_;
  RoleTable forms_;
  RoleTable stems_;
  std::array<bool, 256>
      first_bytes_{};  // of forms and stems: no stem begins otherwise than its word
  RoleTable known_;    // of words seen
  Xapian::Stem stemmer_{"english"};
};

}  // namespace dateline
