#include "query/language/query_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/cli/shell_word.h"
#include "common/text/name_key.h"
#include "common/text/unicode.h"
#include "common/text/word.h"
#include "query/language/foreign_syntax.h"
#include "query/language/near_query.h"
#include "query/language/query_error.h"
#include "query/language/query_limits.h"
#include "query/language/query_token.h"
#include "query/language/value_lookup.h"

namespace dateline {
namespace {

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Between letters an accent or an opening mark is a mistyped apostrophe: O`Brien, O´Brien, O‘Brien.
std::string with_apostrophes(std::string_view text) {
  std::string out;
  char32_t before = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    const std::size_t next = pos + c.bytes;
    const bool mark =
        c.value == '`' || c.value == U'\u00B4' || c.value == U'\u2018' || c.value == U'\u2032';
    if (mark && is_letter(before) && next < text.size() &&
        is_letter(code_point_at(text, next).value))
      out += '\'';
    else
      out.append(text, pos, c.bytes);
    before = c.value;
    pos = next;
  }
  return out;
}

std::string too_long(const std::string& word) {
  return fmt::format("\"{}...\" has more than {} bytes, as no word of the index, and was left out",
                     word.substr(0, word.size() > 20 ? 20 : word.size()), kLongestWord);
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

constexpr const char* kPairsHint = "for example (oil NEAR/5 price) AND (price NEAR/9 fall)";

// The field in which an atom stands.
struct Scope {
  std::optional<Field> field;
  bool exact = false;
};

class Parser {
 public:
  explicit Parser(std::vector<QueryToken> tokens) : tokens_(std::move(tokens)) {}

  ParsedQuery run() {
    if (tokens_.empty()) return {};
    auto root = alternatives({}, 0);
    if (at_ < tokens_.size())
      throw QueryError("a closing bracket without an opening one", tokens_[at_].position,
                       "leave it out, or open one before it");
    if (!root)
      throw QueryError(nothing_but_.empty() ? "the query holds no word" : nothing_but_,
                       tokens_.front().position, "the empty query finds everything");
    return {std::move(*root), std::move(notices_)};
  }

 private:
  using Parsed = std::optional<QueryNode>;  // absent: only punctuation, left out with a notice

  const QueryToken* peek() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }
  bool next_is(QueryTokenKind kind) const {
    return at_ < tokens_.size() && tokens_[at_].kind == kind;
  }
  bool take(QueryTokenKind kind) {
    if (!next_is(kind)) return false;
    ++at_;
    return true;
  }

  static QueryNode joined(NodeKind kind, std::vector<QueryNode> children, std::size_t position) {
    if (children.size() == 1) return std::move(children.front());
    return {.kind = kind, .position = position, .children = std::move(children)};
  }

  // What an operator stands between must be there.
  void require_operand(const QueryToken& op) const {
    const QueryToken* next = peek();
    const bool operand = next != nullptr && next->kind != QueryTokenKind::close &&
                         next->kind != QueryTokenKind::and_ && next->kind != QueryTokenKind::or_ &&
                         next->kind != QueryTokenKind::near &&
                         next->kind != QueryTokenKind::adjacent;
    if (!operand)
      throw QueryError(fmt::format("nothing follows {}", op.text), op.position, quoted_hint(op));
  }
  static std::string quoted_hint(const QueryToken& op) {
    return op.text == "-" ? ""
                          : fmt::format("to search for the word, write it in small letters: {}",
                                        fold(op.text));
  }

  Parsed alternatives(Scope scope, int depth) {
    if (depth > kDeepestNesting) {
      throw QueryError(fmt::format("brackets are nested more than {} deep", kDeepestNesting),
                       peek() != nullptr ? peek()->position : std::string::npos,
                       "ask for less at once");
    }
    const std::size_t position = peek() != nullptr ? peek()->position : 0;
    std::vector<QueryNode> children;
    for (;;) {
      if (auto child = sequence(scope, depth)) children.push_back(std::move(*child));
      if (!next_is(QueryTokenKind::or_)) break;
      const QueryToken& op = tokens_[at_++];
      require_operand(op);
    }
    if (children.empty()) return std::nullopt;
    return joined(NodeKind::any, std::move(children), position);
  }

  // Words side by side; a run of them that AND joins is one of these, so that --match any does not
  // part it.
  Parsed sequence(Scope scope, int depth) {
    std::vector<QueryNode> children;
    std::vector<QueryNode> run;
    const std::size_t position = peek() != nullptr ? peek()->position : 0;
    if (const QueryToken* first = peek(); first != nullptr && is_binary(first->kind)) {
      throw QueryError(fmt::format("nothing stands before {}", first->text), first->position,
                       quoted_hint(*first));
    }
    while (peek() != nullptr && !next_is(QueryTokenKind::or_) && !next_is(QueryTokenKind::close)) {
      if (next_is(QueryTokenKind::and_)) {
        const QueryToken& op = tokens_[at_++];
        require_operand(op);
      } else {
        add_run(children, run);
      }
      if (auto child = item(scope, depth)) run.push_back(std::move(*child));
    }
    add_run(children, run);
    if (children.empty()) return std::nullopt;
    const bool side_by_side = children.size() > 1;
    QueryNode node = joined(NodeKind::all, std::move(children), position);
    node.implicit = node.implicit || side_by_side;
    return node;
  }

  static void add_run(std::vector<QueryNode>& children, std::vector<QueryNode>& run) {
    if (run.empty()) return;
    const std::size_t position = run.front().position;
    children.push_back(joined(NodeKind::all, std::exchange(run, {}), position));
  }

  static bool is_binary(QueryTokenKind kind) {
    return kind == QueryTokenKind::and_ || kind == QueryTokenKind::or_ ||
           kind == QueryTokenKind::near || kind == QueryTokenKind::adjacent;
  }

  Parsed item(Scope scope, int depth) {
    if (!next_is(QueryTokenKind::not_)) return chain(scope, depth);
    const QueryToken op = tokens_[at_++];
    require_operand(op);
    if (depth >= kDeepestNesting)
      throw QueryError(fmt::format("negations are nested more than {} deep", kDeepestNesting),
                       op.position, "ask for less at once");
    auto child = item(scope, depth + 1);
    if (!child) return std::nullopt;
    return QueryNode{
        .kind = NodeKind::none, .position = op.position, .children = {std::move(*child)}};
  }

  Parsed chain(Scope scope, int depth) {
    Parsed first = atom(scope, depth);
    if (!next_is(QueryTokenKind::near) && !next_is(QueryTokenKind::adjacent)) return first;
    const QueryToken op = tokens_[at_];
    std::vector<QueryNode> words;
    words.push_back(near_operand(std::move(first), op));
    while (next_is(op.kind)) {
      const QueryToken again = tokens_[at_++];
      if (again.distance != op.distance)
        throw QueryError("one chain has one distance", again.position, kPairsHint);
      require_operand(again);
      words.push_back(near_operand(atom(scope, depth), again));
      if (words.size() > kLongestChain)
        throw QueryError(fmt::format("{} joins more than {} words", op.text, kLongestChain),
                         again.position, "ask for less at once");
    }
    if (peek() != nullptr && (next_is(QueryTokenKind::near) || next_is(QueryTokenKind::adjacent))) {
      throw QueryError("NEAR and ADJ cannot be mixed in one chain", peek()->position, kPairsHint);
    }
    return QueryNode{.kind = op.kind == QueryTokenKind::near ? NodeKind::near : NodeKind::adjacent,
                     .distance = op.distance,
                     .position = op.position,
                     .children = std::move(words)};
  }

  static QueryNode near_operand(Parsed operand, const QueryToken& op) {
    if (!operand || operand->kind != NodeKind::word)
      throw QueryError(fmt::format("{} stands between single words", op.text), op.position,
                       "for example: oil NEAR/5 price");
    return std::move(*operand);
  }

  Parsed atom(Scope scope, int depth) {
    const QueryToken token = tokens_[at_++];
    switch (token.kind) {
      case QueryTokenKind::open:
        return bracket(scope, token, depth);
      case QueryTokenKind::field:
        return in_field(token, scope, depth);
      case QueryTokenKind::word:
        return scoped(scope, token, false);
      case QueryTokenKind::phrase:
        return scoped(scope, token, true);
      default:
        throw QueryError(fmt::format("{} is out of place", token.text), token.position,
                         quoted_hint(token));
    }
  }

  Parsed bracket(Scope scope, const QueryToken& open, int depth) {
    if (next_is(QueryTokenKind::close))
      throw QueryError("nothing stands in the brackets", open.position, "leave them out");
    auto inner = alternatives(scope, depth + 1);
    if (!take(QueryTokenKind::close))
      throw QueryError("a bracket is not closed", open.position, "close it with )");
    return inner;
  }

  Parsed in_field(const QueryToken& name, Scope outer, int depth) {
    const Scope scope = scope_of(name, outer);
    if (value_follows(name) && next_is(QueryTokenKind::not_) && peek()->text == "-")
      refuse_inner_minus(name, scope);
    const QueryToken* next = peek();
    const bool value =
        value_follows(name) &&
        (next->kind == QueryTokenKind::word || next->kind == QueryTokenKind::phrase ||
         next->kind == QueryTokenKind::open || next->kind == QueryTokenKind::field);
    if (!value)
      throw QueryError(fmt::format("{}: has no value", name.text), name.position,
                       example_hint(scope));
    return atom(scope, depth);
  }

  bool value_follows(const QueryToken& name) const {
    return peek() != nullptr && peek()->position == name.position + name.text.size() + 1;
  }

  // speaker:-otieno
  [[noreturn]] void refuse_inner_minus(const QueryToken& name, Scope scope) const {
    const QueryToken* value = at_ + 1 < tokens_.size() ? &tokens_[at_ + 1] : nullptr;
    const bool plain = value != nullptr && (value->kind == QueryTokenKind::word ||
                                            value->kind == QueryTokenKind::phrase);
    std::string hint = fmt::format("put the minus before {}:", name.text);
    if (plain && scope.field == Field::near)
      hint = "write " + shell_word(fmt::format("near:\"-{}\"", value->text));
    else if (plain && scope.field && info(*scope.field).kind == FieldKind::date)
      hint = fmt::format("write {}:{}", name.text, value->text);
    else if (plain && scope.field)
      hint = "write " + shell_word("-" + as_written(*scope.field, value->text));
    throw QueryError("a minus stands before the field", tokens_[at_].position, hint);
  }

  static std::string example_hint(Scope scope) {
    return fmt::format("for example {}",
                       shell_word(scope.field ? info(*scope.field).example : "exact:treaties"));
  }

  Scope scope_of(const QueryToken& name, Scope outer) const {
    const std::string key = fold(name.text);
    if (key == kExact) return {outer.field, true};
    if (const auto field = parse_field(key)) {
      if (outer.field && outer.field != field) {
        throw QueryError(fmt::format("{}: stands inside of {}:", key, info(*outer.field).name),
                         name.position, "name each field beside the other");
      }
      return {field, outer.exact};
    }
    const auto nearest = nearest_field(key);
    const bool text =
        value_follows(name) && (next_is(QueryTokenKind::word) || next_is(QueryTokenKind::phrase));
    const std::string value = text ? peek()->text : "";
    std::string hint = fmt::format("did you mean {}: ?", nearest);
    if (nearest.empty())
      hint = "dateline-query --fields lists the fields; quote the text to search for it: " +
             shell_word("\"" + name.text + ":" + value + "\"");
    else if (const auto range = open_range(key, value); !range.empty())
      hint = "write " + range;
    throw QueryError(fmt::format("there is no field {}", name.text), name.position, hint);
  }

  Parsed scoped(Scope scope, const QueryToken& token, bool quoted) {
    if (!scope.field || *scope.field == Field::title) return text_atom(scope, token, quoted);
    if (scope.exact)
      throw QueryError(fmt::format("exact: goes with words, not with {}:", info(*scope.field).name),
                       token.position, "leave exact: out; names are not stemmed");
    const bool dates = info(*scope.field).kind == FieldKind::date;
    const bool path = scope.field == Field::path;
    std::string value = path ? trimmed(token.text) : with_apostrophes(trimmed(token.text));
    const bool wildcard = !dates && scope.field != Field::near && value.ends_with('*');
    if (wildcard) value.pop_back();
    if (value.ends_with('*')) {
      throw QueryError(fmt::format("{}: takes no *", info(*scope.field).name), token.position,
                       example_hint(scope));
    }
    if (value.find('*') != std::string::npos)
      throw QueryError(fmt::format("\"{}\": * stands at the end of a value", token.text),
                       token.position, "for example speaker:lin*");
    if (value.empty())
      throw QueryError(fmt::format("{}: has no value", info(*scope.field).name), token.position,
                       example_hint(scope));
    if (*scope.field == Field::near) check_near(value, token);
    const bool name = !dates && !path && *scope.field != Field::near;
    if (name && !wildcard && name_key(value).empty())
      throw QueryError(fmt::format("{}:\"{}\" holds no word", info(*scope.field).name, value),
                       token.position, example_hint(scope));
    if (wildcard) count_wildcard(name ? name_key(value) : value, token);
    return QueryNode{.kind = dates ? NodeKind::dates : NodeKind::value,
                     .field = scope.field,
                     .text = value,
                     .wildcard = wildcard,
                     .position = token.position};
  }

  static void check_near(const std::string& value, const QueryToken& token) {
    try {
      parse_near_query(value);
    } catch (const Error& error) {
      throw QueryError(error.what(), token.position, error.hint());
    }
  }

  static QueryError too_short(const QueryToken& token) {
    return {
        fmt::format("\"{}\": at least {} letters stand before *", token.text, kShortestWildcard),
        token.position, "for example treat*"};
  }

  void count_wildcard(std::string_view stem, const QueryToken& token) {
    if (code_points(stem) < kShortestWildcard) throw too_short(token);
    if (++wildcards_ > kMostWildcards)
      throw QueryError(fmt::format("more than {} wildcards", kMostWildcards), token.position,
                       "ask for less at once");
  }

  Parsed text_atom(Scope scope, const QueryToken& token, bool quoted) {
    std::string text = with_apostrophes(token.text);
    if (!quoted) refuse_foreign_syntax(token, peek());
    if (!quoted) add_notices(notices_of_marks(token.text, position()));
    const bool star = text.find('*') != std::string::npos;
    if (star && (quoted || text.find('*') + 1 != text.size())) {
      throw QueryError(
          fmt::format("\"{}\": * stands at the end of a word, outside of phrases", token.text),
          token.position, "for example treat*");
    }
    if (star) text.pop_back();
    const auto words = split_words(text);
    const auto long_words = words_too_long(text);
    for (const auto& word : long_words) add_notice(too_long(word));
    if (words.empty() && !long_words.empty()) {
      nothing_but_ = too_long(long_words.front());
      return std::nullopt;
    }
    if (words.empty()) {
      if (star) throw too_short(token);
      notices_.push_back(fmt::format("\"{}\" holds no word and was left out", token.text));
      return std::nullopt;
    }
    if (star) return prefix(scope, token, words);
    if (!quoted) add_notices(notices_of_operators(text, position()));
    std::string forms;
    for (const auto& word : words) forms += (forms.empty() ? "" : " ") + word.form;
    const NodeKind kind = words.size() == 1 ? NodeKind::word : NodeKind::phrase;
    return QueryNode{.kind = kind,
                     .field = scope.field,
                     .text = forms,
                     .exact = kind == NodeKind::word && (scope.exact || quoted),
                     .position = token.position};
  }

  // Of the token just taken.
  TokenPosition position() const {
    using enum QueryTokenKind;
    const auto before = at_ > 1 ? tokens_[at_ - 2].kind : open;
    const auto behind = at_ < tokens_.size() ? tokens_[at_].kind : close;
    return {.behind_operand = before == word || before == phrase || before == close,
            .before_operand = behind == word || behind == phrase || behind == open ||
                              behind == field || behind == not_};
  }

  void add_notices(std::vector<std::string> notices) {
    for (auto& notice : notices) add_notice(std::move(notice));
  }

  void add_notice(std::string notice) {
    if (std::ranges::find(notices_, notice) == notices_.end())
      notices_.push_back(std::move(notice));
  }

  Parsed prefix(Scope scope, const QueryToken& token, const std::vector<Word>& words) {
    if (words.size() != 1)
      throw QueryError(fmt::format("\"{}\": * goes with a single word", token.text), token.position,
                       "for example treat*");
    count_wildcard(words.front().form, token);
    return QueryNode{.kind = NodeKind::prefix,
                     .field = scope.field,
                     .text = words.front().form,
                     .position = token.position};
  }

  std::vector<QueryToken> tokens_;
  std::size_t at_ = 0;
  std::size_t wildcards_ = 0;
  std::vector<std::string> notices_;
  std::string nothing_but_;  // of a query without a word: that there was one too long for the index
};

}  // namespace

ParsedQuery parse_query(std::string_view query) { return Parser(tokenize_query(query)).run(); }

ParsedQuery parse_plain_query(std::string_view query) {
  check_length(query);
  ParsedQuery parsed;
  for (const auto& word : words_too_long(query)) parsed.notices.push_back(too_long(word));
  std::vector<QueryNode> words;
  for_each_word(query, [&](Span span, std::string_view form) {
    words.push_back({.kind = NodeKind::word, .text = std::string(form), .position = span.begin});
  });
  if (words.empty() && !query.empty() && parsed.notices.empty())
    parsed.notices.emplace_back("the query holds no word");
  if (words.size() == 1)
    parsed.root = std::move(words.front());
  else if (!words.empty())
    parsed.root = {.kind = NodeKind::all, .implicit = true, .children = std::move(words)};
  else if (!query.empty())
    parsed.root = {.kind = NodeKind::any};  // text without a word finds nothing
  return parsed;
}

}  // namespace dateline
