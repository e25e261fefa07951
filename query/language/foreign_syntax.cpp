#include "query/language/foreign_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/partial_date.h"
#include "common/store/schema.h"
#include "common/text/edit_distance.h"
#include "common/text/unicode.h"
#include "query/language/query_error.h"
#include "query/language/value_lookup.h"

namespace dateline {
namespace {

std::vector<std::string_view> field_names() {
  std::vector<std::string_view> names{kExact};
  for (const auto& field : kFields) names.push_back(field.name);
  return names;
}

// What other programs call our fields, and facets that are no fields.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kOtherNames = {{
    {"year", "date"},
    {"month", "date"},
    {"day", "date"},
    {"week", "date"},
    {"published", "date"},
    {"after", "date"},
    {"before", "date"},
    {"since", "date"},
    {"mentions-year", "mentions"},
    {"mentions-month", "mentions"},
    {"mentions-day", "mentions"},
    {"author", "speaker"},
    {"person", "speaker"},
    {"who", "speaker"},
    {"said", "speaker"},
    {"name", "speaker"},
    {"org", "organisation"},
    {"location", "place"},
    {"loc", "place"},
    {"city", "place"},
    {"where", "place"},
    {"subject", "title"},
    {"headline", "title"},
    {"file", "path"},
}};

// The field, or that which has this name elsewhere; what was given when there is none.
std::string meant_field(std::string key) {
  std::ranges::replace(key, '_', '-');
  const auto other = std::ranges::find(kOtherNames, std::string_view(key),
                                       &std::pair<std::string_view, std::string_view>::first);
  return other == kOtherNames.end() ? key : std::string(other->second);
}

bool is_date(std::string_view text) { return text.size() >= 4 && parse_partial_date(text); }

// speaker=olsen, speaker="Anna Lind", year=2023, date>2023; but name<b and treaty=talks are words.
void refuse_comparison(const QueryToken& token, const QueryToken* next) {
  const std::string_view text = token.text;
  const auto mark = text.find_first_of("=<>");
  if (mark == std::string_view::npos) return;
  const std::string name = fold(text.substr(0, mark));
  const auto field = parse_field(meant_field(name));
  if (!field) return;
  const auto begin = std::min(text.find_first_not_of("=<>", mark), text.size());
  const bool phrase = begin == text.size() && next != nullptr &&
                      next->kind == QueryTokenKind::phrase &&
                      next->position == token.position + text.size();
  const std::string value{phrase ? next->text : text.substr(begin)};
  const bool compares = text[mark] != '=';
  if (value.empty() || (compares && !(info(*field).kind == FieldKind::date && is_date(value))))
    return;
  const std::string range = compares ? open_range(text[mark] == '>' ? "after" : "before", value)
                                     : open_range(name, value);
  throw QueryError({.kind = NoticeKind::comparison,
                    .field = std::string(info(*field).name),
                    .value = token.text,
                    .suggestions = {range.empty() ? as_written(*field, value) : range},
                    .position = token.position});
}

// date:2023 ..2024
void refuse_loose_range(const QueryToken& token) {
  const std::string_view text = token.text;
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return;
  const auto first = text.substr(0, dots);
  const auto last = text.substr(dots + 2);
  const bool range = (first.empty() || is_date(first)) && (last.empty() || is_date(last));
  if (range)
    throw QueryError(
        {.kind = NoticeKind::loose_range, .value = token.text, .position = token.position});
}

// treaty^2, treaty~, but not 2^10.
void refuse_suffix(const QueryToken& token, char mark, NoticeKind kind, std::string_view instead) {
  const std::string_view text = token.text;
  const auto at = text.find_last_not_of("0123456789.");
  if (at == std::string_view::npos || at == 0 || text[at] != mark) return;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  if (before < 0x80 && !is_letter(before)) return;
  throw QueryError({.kind = kind,
                    .value = token.text,
                    .suggestions = {fmt::format("{}{}", text.substr(0, at), instead)},
                    .position = token.position});
}

}  // namespace

std::string open_range(std::string_view name, std::string_view value) {
  if (!is_date(value)) return "";
  if (name == "after" || name == "since") return fmt::format("date:{}..", value);
  return name == "before" ? fmt::format("date:..{}", value) : "";
}

std::string nearest_field(const std::string& key) {
  const std::string meant = meant_field(key);
  return parse_field(meant) ? meant : nearest_name(meant, field_names());
}

void refuse_foreign_syntax(const QueryToken& word, const QueryToken* next) {
  refuse_comparison(word, next);
  refuse_loose_range(word);
  refuse_suffix(word, '^', NoticeKind::word_weight, "");
  refuse_suffix(word, '~', NoticeKind::word_approximate, "*");
}

std::vector<Notice> notices_of_marks(std::string_view word, TokenPosition position) {
  std::vector<Notice> notices;
  if (word.size() < 2) return notices;
  const auto add = [&](NoticeKind kind, std::vector<std::string> suggestions) {
    notices.push_back(
        {.kind = kind, .value = std::string(word), .suggestions = std::move(suggestions)});
  };
  const bool letter = is_letter(code_point_at(word, 1).value);
  if (word.front() == '!' && letter)
    add(NoticeKind::exclamation_mark, {fmt::format("-{}", word.substr(1))});
  if (word.front() == '+' && letter) add(NoticeKind::plus_mark, {});
  if (word.front() == '/' && word.back() == '/' && letter) add(NoticeKind::slashes, {});
  const auto question = word.find('?');
  const bool ends_sentence =
      question + 1 == word.size() && position.behind_operand && !position.before_operand;
  if (question != std::string_view::npos && question > 0 && !ends_sentence &&
      word.find("://") == std::string_view::npos)
    add(NoticeKind::question_mark, {fmt::format("{}*", word.substr(0, question))});
  return notices;
}

// OR and NOT stand between words; either may well be a word.
std::vector<Notice> notices_of_operators(std::string_view word, TokenPosition position) {
  if (word.empty() || std::string_view("oOnNaA").find(word.front()) == std::string_view::npos)
    return {};  // folding takes longer than the search
  const auto read_as_word = [&](NoticeKind kind, std::string meant) {
    return std::vector<Notice>{
        {.kind = kind, .value = std::string(word), .suggestions = {std::move(meant)}}};
  };
  using Names = std::pair<std::string_view, std::string_view>;
  const std::string folded = fold(word);
  for (const auto& [name, own] : {Names{"OR", "or"}, {"NOT", "not"}}) {
    if (position.behind_operand && position.before_operand && folded == own)
      return read_as_word(NoticeKind::small_operator, std::string(name));
  }
  for (const auto& [name, own] : {Names{"NEAR", "near"}, {"ADJ", "adj"}}) {
    if (word == name) return read_as_word(NoticeKind::operator_alone, fmt::format("{}/5", name));
    if (!folded.starts_with(own) || folded.size() == own.size()) continue;
    const bool slash = folded[own.size()] == '/';
    const std::string digits = folded.substr(own.size() + (slash ? 1 : 0));
    const bool number =
        !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
    if (number && (slash || word.starts_with(name)))
      return read_as_word(NoticeKind::operator_misspelt, fmt::format("{}/{}", name, digits));
  }
  return {};
}

}  // namespace dateline
