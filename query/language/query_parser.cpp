#include "query/language/query_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

constexpr std::size_t kLongWordShown = 20;  // bytes

Notice too_long(const std::string& word) {
  return {.kind = NoticeKind::long_word_left_out,
          .value = word.substr(0, kLongWordShown),
          .number = kLongestWord};
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

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
      throw QueryError(
          {.kind = NoticeKind::closing_bracket_alone, .position = tokens_[at_].position});
    if (!root) throw without_word();
    return {std::move(*root), std::move(notices_)};
  }

 private:
  using Parsed = std::optional<QueryNode>;  // absent: only punctuation, left out with a notice

  QueryError without_word() const {
    Notice why = only_long_word_.value_or(Notice{});
    why.kind = only_long_word_ ? NoticeKind::only_long_word : NoticeKind::query_without_word;
    why.position = tokens_.front().position;
    return QueryError(std::move(why));
  }

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
    if (!operand) throw misplaced(NoticeKind::nothing_follows, op);
  }
  static QueryError misplaced(NoticeKind kind, const QueryToken& op) {
    Notice why{.kind = kind, .value = op.text, .position = op.position};
    if (op.text != "-") why.suggestions = {fold(op.text)};
    return QueryError(std::move(why));
  }

  Parsed alternatives(Scope scope, int depth) {
    if (depth > kDeepestNesting) {
      throw QueryError({.kind = NoticeKind::brackets_too_deep,
                        .position = peek() != nullptr ? peek()->position : kNoPosition,
                        .number = kDeepestNesting});
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
      throw misplaced(NoticeKind::nothing_before, *first);
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
      throw QueryError({.kind = NoticeKind::negations_too_deep,
                        .position = op.position,
                        .number = kDeepestNesting});
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
        throw QueryError({.kind = NoticeKind::unequal_distances, .position = again.position});
      require_operand(again);
      words.push_back(near_operand(atom(scope, depth), again));
      if (words.size() > kLongestChain)
        throw QueryError({.kind = NoticeKind::chain_too_long,
                          .value = op.text,
                          .position = again.position,
                          .number = kLongestChain});
    }
    if (peek() != nullptr && (next_is(QueryTokenKind::near) || next_is(QueryTokenKind::adjacent))) {
      throw QueryError({.kind = NoticeKind::mixed_chain, .position = peek()->position});
    }
    return QueryNode{.kind = op.kind == QueryTokenKind::near ? NodeKind::near : NodeKind::adjacent,
                     .distance = op.distance,
                     .position = op.position,
                     .children = std::move(words)};
  }

  static QueryNode near_operand(Parsed operand, const QueryToken& op) {
    if (!operand || operand->kind != NodeKind::word)
      throw QueryError(
          {.kind = NoticeKind::no_single_word, .value = op.text, .position = op.position});
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
        throw misplaced(NoticeKind::out_of_place, token);
    }
  }

  Parsed bracket(Scope scope, const QueryToken& open, int depth) {
    if (next_is(QueryTokenKind::close))
      throw QueryError({.kind = NoticeKind::empty_brackets, .position = open.position});
    auto inner = alternatives(scope, depth + 1);
    if (!take(QueryTokenKind::close))
      throw QueryError({.kind = NoticeKind::open_bracket, .position = open.position});
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
      throw QueryError({.kind = NoticeKind::field_without_value,
                        .field = name.text,
                        .suggestions = {example(scope)},
                        .position = name.position});
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
    Notice why{
        .kind = NoticeKind::inner_minus, .field = name.text, .position = tokens_[at_].position};
    if (plain) why.value = value->text;
    if (plain && scope.field == Field::near)
      why.suggestions = {fmt::format("near:\"-{}\"", value->text)};
    else if (plain && scope.field)
      why.suggestions = {"-" + as_written(*scope.field, value->text)};
    if (plain && scope.field && info(*scope.field).kind == FieldKind::date) {
      why.kind = NoticeKind::minus_before_date;
      why.suggestions = {fmt::format("{}:{}", name.text, value->text)};
    }
    throw QueryError(std::move(why));
  }

  static std::string example(Scope scope) {
    return std::string(scope.field ? info(*scope.field).example : "exact:treaties");
  }

  Scope scope_of(const QueryToken& name, Scope outer) const {
    const std::string key = fold(name.text);
    if (key == kExact) return {outer.field, true};
    if (const auto field = parse_field(key)) {
      if (outer.field && outer.field != field) {
        throw QueryError({.kind = NoticeKind::field_in_field,
                          .field = key,
                          .position = name.position,
                          .names = {std::string(info(*outer.field).name)}});
      }
      return {field, outer.exact};
    }
    const auto nearest = nearest_field(key);
    const bool text =
        value_follows(name) && (next_is(QueryTokenKind::word) || next_is(QueryTokenKind::phrase));
    const std::string value = text ? peek()->text : "";
    Notice why{.kind = NoticeKind::misspelt_field,
               .value = name.text,
               .suggestions = {nearest + ":"},
               .position = name.position};
    if (nearest.empty()) {
      why.kind = NoticeKind::unknown_field;
      why.suggestions = {fmt::format("\"{}:{}\"", name.text, value)};
    } else if (const auto range = open_range(key, value); !range.empty()) {
      why.kind = NoticeKind::field_of_dates;
      why.suggestions = {range};
    }
    throw QueryError(std::move(why));
  }

  Parsed scoped(Scope scope, const QueryToken& token, bool quoted) {
    if (!scope.field || *scope.field == Field::title) return text_atom(scope, token, quoted);
    const auto refusal = [&](NoticeKind kind, std::string text) {
      return QueryError({.kind = kind,
                         .field = std::string(info(*scope.field).name),
                         .value = std::move(text),
                         .suggestions = {example(scope)},
                         .position = token.position});
    };
    if (scope.exact) throw refusal(NoticeKind::exact_field, token.text);
    const bool dates = info(*scope.field).kind == FieldKind::date;
    const bool path = scope.field == Field::path;
    std::string value = path ? trimmed(token.text) : with_apostrophes(trimmed(token.text));
    const bool wildcard = !dates && scope.field != Field::near && value.ends_with('*');
    if (wildcard) value.pop_back();
    if (value.ends_with('*')) throw refusal(NoticeKind::value_takes_no_wildcard, value);
    if (value.find('*') != std::string::npos)
      throw refusal(NoticeKind::inner_wildcard_of_value, token.text);
    if (value.empty()) throw refusal(NoticeKind::field_without_value, "");
    if (*scope.field == Field::near) parse_near_query(value, token.position);
    const bool name = !dates && !path && *scope.field != Field::near;
    if (name && !wildcard && name_key(value).empty())
      throw refusal(NoticeKind::value_without_word, value);
    if (wildcard) count_wildcard(name ? name_key(value) : value, token);
    return QueryNode{.kind = dates ? NodeKind::dates : NodeKind::value,
                     .field = scope.field,
                     .text = value,
                     .wildcard = wildcard,
                     .position = token.position};
  }

  static QueryError too_short(const QueryToken& token) {
    return QueryError({.kind = NoticeKind::short_wildcard,
                       .value = token.text,
                       .position = token.position,
                       .number = kShortestWildcard});
  }

  void count_wildcard(std::string_view stem, const QueryToken& token) {
    if (code_points(stem) < kShortestWildcard) throw too_short(token);
    if (++wildcards_ > kMostWildcards)
      throw QueryError({.kind = NoticeKind::too_many_wildcards,
                        .position = token.position,
                        .number = kMostWildcards});
  }

  Parsed text_atom(Scope scope, const QueryToken& token, bool quoted) {
    std::string text = with_apostrophes(token.text);
    if (!quoted) refuse_foreign_syntax(token, peek());
    if (!quoted) add_notices(notices_of_marks(token.text, position()), token);
    const bool star = text.find('*') != std::string::npos;
    if (star && (quoted || text.find('*') + 1 != text.size())) {
      throw QueryError(
          {.kind = NoticeKind::inner_wildcard, .value = token.text, .position = token.position});
    }
    if (star) text.pop_back();
    const auto words = split_words(text);
    const auto long_words = words_too_long(text);
    for (const auto& word : long_words) add_notices({too_long(word)}, token);
    if (words.empty() && !long_words.empty()) {
      only_long_word_ = too_long(long_words.front());
      return std::nullopt;
    }
    if (words.empty()) {
      if (star) throw too_short(token);
      notices_.push_back(
          {.kind = NoticeKind::word_left_out, .value = token.text, .position = token.position});
      return std::nullopt;
    }
    if (star) return prefix(scope, token, words);
    if (!quoted) add_notices(notices_of_operators(text, position()), token);
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

  void add_notices(std::vector<Notice> notices, const QueryToken& token) {
    for (auto& notice : notices) {
      notice.position = token.position;
      add_notice(notices_, std::move(notice));
    }
  }

  Parsed prefix(Scope scope, const QueryToken& token, const std::vector<Word>& words) {
    if (words.size() != 1)
      throw QueryError(
          {.kind = NoticeKind::wildcard_of_words, .value = token.text, .position = token.position});
    count_wildcard(words.front().form, token);
    return QueryNode{.kind = NodeKind::prefix,
                     .field = scope.field,
                     .text = words.front().form,
                     .position = token.position};
  }

  std::vector<QueryToken> tokens_;
  std::size_t at_ = 0;
  std::size_t wildcards_ = 0;
  std::vector<Notice> notices_;
  std::optional<Notice> only_long_word_;  // a word too long for the index, by itself
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
    parsed.notices.push_back({.kind = NoticeKind::no_word});
  if (words.size() == 1)
    parsed.root = std::move(words.front());
  else if (!words.empty())
    parsed.root = {.kind = NodeKind::all, .implicit = true, .children = std::move(words)};
  else if (!query.empty())
    parsed.root = {.kind = NodeKind::any};  // text without a word finds nothing
  return parsed;
}

}  // namespace dateline
