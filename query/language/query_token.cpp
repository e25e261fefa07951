#include "query/language/query_token.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "common/text/number.h"
#include "common/text/unicode.h"
#include "common/text/word.h"
#include "query/language/query_error.h"
#include "query/language/query_limits.h"

namespace dateline {
namespace {

// The marks that close what this one opens; empty when it opens nothing. People mix them, so any
// double mark closes a double one.
std::u32string_view closers_of(char32_t open) {
  switch (open) {
    case U'"':
    case U'\u201C':
    case U'\u201D':
    case U'\u201E':
    case U'\u201F':
    case U'\u2033':
    case U'\uFF02':
    case U'\u275D':
    case U'\u275E':
    case U'\u301D':
    case U'\u301E':
      return U"\"\u201C\u201D\u201F\u2033\uFF02\u275D\u275E\u301D\u301E\u301F";
    case U'\u300C':
      return U"\u300D";
    case U'\u300E':
      return U"\u300F";
    case U'\u00AB':
    case U'\u00BB':
      return U"\u00BB\u00AB";
    case U'\u2039':
    case U'\u203A':
      return U"\u203A\u2039";
    case U'\u2018':
    case U'\u201A':
    case U'\u201B':
      return U"\u2019\u2018";
    default:
      return {};
  }
}

bool ends_word(char32_t c) { return is_space(c) || c == U'(' || c == U')'; }
bool is_double_mark(char32_t c) {
  return c != U'\u2018' && c != U'\u201A' && c != U'\u201B' && !closers_of(c).empty();
}

// Word processors write a hyphen before a word as a minus sign, a dash or another hyphen.
bool is_minus(char32_t c) {
  return c == U'-' || c == U'\u2212' || c == U'\uFF0D' || c == U'\uFE63' ||
         (c >= U'\u2010' && c <= U'\u2015');
}

// What stands before a colon as a field's name would, known or not: 10:30 and http://x are words.
bool is_field_name(std::string_view text) {
  if (text.empty() || !is_letter(code_point_at(text, 0).value)) return false;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    if (!is_letter(c.value) && !is_digit(c.value) && c.value != '-' && c.value != '_') return false;
    pos += c.bytes;
  }
  return true;
}

class QueryTokenizer {
 public:
  explicit QueryTokenizer(std::string_view query) : query_(query) {}

  std::vector<QueryToken> run() {
    while (pos_ < query_.size()) {
      const auto c = code_point_at(query_, pos_);
      if (is_space(c.value))
        pos_ += c.bytes;
      else if (c.value == '(')
        single(QueryTokenKind::open);
      else if (c.value == ')')
        single(QueryTokenKind::close);
      else if (!closers_of(c.value).empty())
        phrase(c, closers_of(c.value));
      else if (c.value == '\'' && after_field() && closing_mark(pos_ + 1, U"'"))
        phrase(c, U"'");
      else if (c.value == U'\u2019' && opens_phrase(pos_ + c.bytes))
        phrase(c, U"\u2019");
      else if (const auto end = end_of_minus(); end > pos_)
        minus(end);
      else
        word();
    }
    return std::move(tokens_);
  }

 private:
  // Is a mark that is an apostrophe elsewhere the first of a pair? ’seabed treaty’, but not ’tis
  // and the ’90s.
  bool opens_phrase(std::size_t pos) const {
    return pos < query_.size() && is_letter(code_point_at(query_, pos).value) &&
           closing_mark(pos, U"\u2019");
  }

  // Where the minus signs end that stand before what is to be excluded, "--" among them; pos_ when
  // there are none.
  std::size_t end_of_minus() const {
    std::size_t pos = pos_;
    while (pos < query_.size() && is_minus(code_point_at(query_, pos).value))
      pos += code_point_at(query_, pos).bytes;
    const bool operand = pos_ != end_of_phrase_ && pos < query_.size() &&
                         !is_space(code_point_at(query_, pos).value) && query_[pos] != ')';
    return operand ? pos : pos_;
  }

  void add(QueryTokenKind kind, std::string_view text, std::size_t position, int distance = 0) {
    tokens_.push_back({kind, std::string(text), position, distance});
  }

  void single(QueryTokenKind kind) {
    add(kind, query_.substr(pos_, 1), pos_);
    ++pos_;
  }

  void minus(std::size_t end) {
    add(QueryTokenKind::not_, "-", pos_);
    pos_ = end;
  }

  bool after_field() const {
    return !tokens_.empty() && tokens_.back().kind == QueryTokenKind::field &&
           tokens_.back().position + tokens_.back().text.size() + 1 == pos_;
  }

  // A single mark closes only at the end of a word: ‘the year’s end’.
  bool closes(std::size_t pos, CodePoint c, std::u32string_view closers) const {
    if (closers.find(c.value) == std::u32string_view::npos) return false;
    const std::size_t next = pos + c.bytes;
    const bool single_mark = c.value == U'\u2019' || c.value == U'\u2018' || c.value == U'\'';
    return !single_mark || next >= query_.size() || !is_letter(code_point_at(query_, next).value);
  }

  std::optional<std::size_t> closing_mark(std::size_t pos, std::u32string_view closers) const {
    while (pos < query_.size()) {
      const auto c = code_point_at(query_, pos);
      if (closes(pos, c, closers)) return pos;
      pos += c.bytes;
    }
    return std::nullopt;
  }

  void phrase(CodePoint open, std::u32string_view closers) {
    const std::size_t begin = pos_ + open.bytes;
    const auto end = closing_mark(begin, closers);
    if (!end) throw QueryError({.kind = NoticeKind::open_quotation_mark, .position = pos_});
    add(QueryTokenKind::phrase, query_.substr(begin, *end - begin), pos_);
    pos_ = end_of_phrase_ = *end + code_point_at(query_, *end).bytes;
  }

  void word() {
    const std::size_t begin = pos_;
    while (pos_ < query_.size()) {
      const auto c = code_point_at(query_, pos_);
      if (ends_word(c.value) || is_double_mark(c.value)) break;
      pos_ += c.bytes;
      if (c.value == ':' && is_field_name(query_.substr(begin, pos_ - begin - 1)) &&
          !is_url(pos_)) {
        return add(QueryTokenKind::field, query_.substr(begin, pos_ - begin - 1), begin);
      }
    }
    const auto text = query_.substr(begin, pos_ - begin);
    refuse_suffix(text, begin);
    if (!operator_word(text, begin)) add(QueryTokenKind::word, text, begin);
  }

  // "seabed treaty"~5 and (a OR b)^2 of other programs, which would be read as words.
  void refuse_suffix(std::string_view text, std::size_t begin) const {
    const bool of_phrase = begin == end_of_phrase_;
    const bool suffix = of_phrase || (begin > 0 && query_[begin - 1] == ')');
    if (!suffix || (text.front() != '~' && text.front() != '^') ||
        text.find_first_not_of("0123456789.", 1) != std::string_view::npos)
      return;
    if (text.front() == '^')
      throw QueryError(
          {.kind = NoticeKind::phrase_weight, .value = std::string(text), .position = begin});
    throw QueryError(
        {.kind = of_phrase ? NoticeKind::phrase_distance : NoticeKind::bracket_distance,
         .value = std::string(text),
         .suggestions = with_distance(of_phrase, text.substr(1)),
         .position = begin});
  }

  // The words of the phrase joined by NEAR, if NEAR can join them.
  std::vector<std::string> with_distance(bool of_phrase, std::string_view digits) const {
    const bool in_field =
        tokens_.size() > 1 && tokens_[tokens_.size() - 2].kind == QueryTokenKind::field;
    std::vector<std::string> words;
    if (of_phrase && !in_field) {
      for (auto& word : split_words(tokens_.back().text)) words.push_back(std::move(word.form));
    }
    const int asked = parse_number<int>(digits).value_or(0);
    const int distance = asked >= 1 && asked <= kWidestNear ? asked : 5;
    if (words.size() < 2 || words.size() > kLongestChain) return {};
    return {fmt::format("{}", fmt::join(words, fmt::format(" NEAR/{} ", distance)))};
  }

  bool is_url(std::size_t pos) const { return query_.substr(pos).starts_with("//"); }

  bool operator_word(std::string_view text, std::size_t begin) {
    if (text == "AND")
      add(QueryTokenKind::and_, text, begin);
    else if (text == "OR")
      add(QueryTokenKind::or_, text, begin);
    else if (text == "NOT")
      add(QueryTokenKind::not_, text, begin);
    else if (text.starts_with("NEAR/"))
      add(QueryTokenKind::near, "NEAR", begin, distance(text, 5, begin));
    else if (text.starts_with("ADJ/"))
      add(QueryTokenKind::adjacent, "ADJ", begin, distance(text, 4, begin));
    else
      return false;
    return true;
  }

  static int distance(std::string_view text, std::size_t skip, std::size_t begin) {
    const int value = parse_number<int>(text.substr(skip)).value_or(0);
    if (value >= 1 && value <= kWidestNear) return value;
    throw QueryError({.kind = NoticeKind::no_distance,
                      .value = std::string(text),
                      .position = begin,
                      .number = kWidestNear});
  }

  std::string_view query_;
  std::size_t pos_ = 0;
  std::size_t end_of_phrase_ =
      std::string_view::npos;  // of the last one; a dash right after it excludes nothing
  std::vector<QueryToken> tokens_;
};

std::string_view kind_name(QueryTokenKind kind) {
  constexpr std::string_view kNames[] = {"word", "phrase", "field", "(",    ")",
                                         "AND",  "OR",     "NOT",   "NEAR", "ADJ"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace

void check_length(std::string_view query) {
  if (query.size() <= kLongestQuery) return;
  throw QueryError({.kind = NoticeKind::query_too_long,
                    .value = std::to_string(query.size()),
                    .number = kLongestQuery});
}

std::vector<QueryToken> tokenize_query(std::string_view query) {
  check_length(query);
  if (const auto bad = find_invalid_utf8(query))
    throw QueryError({.kind = NoticeKind::query_not_utf8, .position = *bad, .number = *bad});
  return QueryTokenizer(query).run();
}

std::string to_string(const std::vector<QueryToken>& tokens) {
  std::string text;
  for (const auto& token : tokens) {
    const bool named = token.kind == QueryTokenKind::word || token.kind == QueryTokenKind::phrase ||
                       token.kind == QueryTokenKind::field;
    text += kind_name(token.kind);
    if (named) text += fmt::format(" \"{}\"", token.text);
    if (token.distance > 0) text += fmt::format("/{}", token.distance);
    text += '\n';
  }
  return text;
}

}  // namespace dateline
