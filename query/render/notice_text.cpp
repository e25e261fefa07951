#include "query/render/notice_text.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/cli/shell_word.h"

namespace dateline {
namespace {

// The words of a kind. In braces: `field`, `value`, `number`; `asked` the field with its value;
// `meant` the suggestions as a question; `instead` the first of them as a shell takes it, `raw` as
// it is, `any` all as a shell takes them; `name` and `second` of the names, `names` all of them,
// the last after "and", `listed` as alternatives, `others` likewise but the first.
struct Wording {
  NoticeKind kind;
  std::string_view name;  // in JSON
  std::string_view text;
  std::string_view hint = "";     // of what was refused
  std::string_view without = "";  // the hint when nothing is suggested
};

using enum NoticeKind;
constexpr std::string_view kLess = "ask for less at once";
constexpr std::string_view kInSmallLetters =
    "to search for the word, write it in small letters: {raw}";
constexpr std::string_view kPairs = "for example (oil NEAR/5 price) AND (price NEAR/9 fall)";
constexpr std::string_view kNear = "for example: oil NEAR/5 price";
constexpr std::string_view kStar = "for example treat*";
constexpr std::string_view kLongWord =
    "\"{value}...\" has more than {number} bytes, as no word of the index, and was left out";
constexpr std::string_view kUnknown = "no article has {asked}{meant}";

constexpr auto kWordings = std::to_array<Wording>({
    {word_left_out, "word-left-out", "\"{value}\" holds no word and was left out"},
    {long_word_left_out, "long-word-left-out", kLongWord},
    {no_word, "no-word", "the query holds no word"},
    {exclamation_mark, "exclamation-mark",
     "\"{value}\": ! is no operator and was left out; to exclude the word write {raw}"},
    {plus_mark, "plus-mark",
     "\"{value}\": + is no operator and was left out; all words are required anyway"},
    {slashes, "slashes", "\"{value}\" is read as words: there are no regular expressions"},
    {question_mark, "question-mark",
     "\"{value}\": ? stands for no letter and was left out; words that begin so are found by "
     "{raw}"},
    {small_operator, "small-operator", "\"{value}\" is a word here; the operator is {raw}"},
    {operator_alone, "operator-alone", "{value} is a word here; the operator is {raw}"},
    {operator_misspelt, "operator-misspelt", "\"{value}\" is no operator here; that is {raw}"},
    {unknown_word, "unknown-word", "no article has the word \"{value}\"{in_title}{meant_word}"},
    {unknown_value, "unknown-value", kUnknown},
    {unknown_country, "unknown-country",
     "no article has {asked}{meant}; {field}: takes an ISO 3166-1 code or an English name"},
    {unknown_path, "unknown-path",
     "no article has {asked}; {field}: takes the whole path, or its beginning and *"},
    {unknown_date, "unknown-date", "no article has {field}:{value}"},
    {unknown_place, "unknown-place", "near: no article names a place \"{value}\"{meant}"},
    {after_archive, "after-archive", "{field}:{value}: the newest article is of {name}"},
    {before_archive, "before-archive", "{field}:{value}: the oldest article is of {name}"},
    {guessed_filter, "guessed-filter",
     "{value} is a guess that no gazetteer has, left out without --guessed-places"},
    {several_places, "several-places", "{asked} means {listed}; for one of them write {instead}"},
    {several_persons, "several-persons", "{asked} means {names}; for one of them write {instead}"},
    {fuller_names, "fuller-names", "{asked} leaves out {all}, quoted as well"},
    {namesakes, "namesakes", "{asked} means {name}, the most named; not {others}"},
    {unknown_filter, "unknown-filter",
     "--filter {field}={value}: no article has this value{meant_filter}"},
    {renamed_filter, "renamed-filter",
     "--filter {field}={value} means {name}, under which this person is counted"},
    {nameless_filter, "nameless-filter",
     "--filter {field}={value}: the alias file says that this names nobody"},
    {beyond_last_hit, "beyond-last-hit", "--offset {value}: there are {number} hits"},
    {words_without_rest, "words-without-rest",
     "{number} {articles_have} the words, but not with the {both}"},
    {some_of_the_words, "some-of-the-words",
     "no article has all the words; {number} {have} some of them (--match any)"},

    {query_too_long, "query-too-long", "the query has {value} bytes, more than {number}", kLess},
    {query_not_utf8, "query-not-utf8", "the query is not UTF-8 at byte {number}",
     "write it in UTF-8"},
    {query_without_word, "query-without-word", "the query holds no word",
     "the empty query finds everything"},
    {only_long_word, "only-long-word", kLongWord, "the empty query finds everything"},
    {open_quotation_mark, "open-quotation-mark", "a quotation mark is not closed",
     "close the phrase with \""},
    {open_bracket, "open-bracket", "a bracket is not closed", "close it with )"},
    {closing_bracket_alone, "closing-bracket-alone", "a closing bracket without an opening one",
     "leave it out, or open one before it"},
    {empty_brackets, "empty-brackets", "nothing stands in the brackets", "leave them out"},
    {brackets_too_deep, "brackets-too-deep", "brackets are nested more than {number} deep", kLess},
    {negations_too_deep, "negations-too-deep", "negations are nested more than {number} deep",
     kLess},
    {nothing_before, "nothing-before", "nothing stands before {value}", kInSmallLetters},
    {nothing_follows, "nothing-follows", "nothing follows {value}", kInSmallLetters},
    {out_of_place, "out-of-place", "{value} is out of place", kInSmallLetters},
    {no_distance, "no-distance",
     "\"{value}\": the distance is a number of words from 1 to {number}", "for example NEAR/5"},
    {unequal_distances, "unequal-distances", "one chain has one distance", kPairs},
    {mixed_chain, "mixed-chain", "NEAR and ADJ cannot be mixed in one chain", kPairs},
    {chain_too_long, "chain-too-long", "{value} joins more than {number} words", kLess},
    {no_single_word, "no-single-word", "{value} stands between single words", kNear},
    {phrase_weight, "phrase-weight", "\"{value}\": there are no weights of one's own here",
     "leave it out"},
    {phrase_distance, "phrase-distance", "\"{value}\": no distance stands behind a phrase",
     "write {raw}", kNear},
    {bracket_distance, "bracket-distance", "\"{value}\": no distance stands behind a bracket",
     kNear, kNear},
    {word_weight, "word-weight", "\"{value}\": words have no weights of their own here",
     "write {raw}"},
    {word_approximate, "word-approximate", "\"{value}\": words have no approximate forms here",
     "write {raw}"},
    {comparison, "comparison", "\"{value}\": a field is written with a colon", "write {instead}"},
    {loose_range, "loose-range", "\"{value}\": a range stands behind its field, without blanks",
     "for example date:2023..2024"},
    {short_wildcard, "short-wildcard", "\"{value}\": at least {number} letters stand before *",
     kStar},
    {inner_wildcard, "inner-wildcard",
     "\"{value}\": * stands at the end of a word, outside of phrases", kStar},
    {wildcard_of_words, "wildcard-of-words", "\"{value}\": * goes with a single word", kStar},
    {too_many_wildcards, "too-many-wildcards", "more than {number} wildcards", kLess},
    {too_wide_wildcard, "too-wide-wildcard",
     "\"{value}*\" begins more than {number} words or names", "write more letters before the *"},
    {unknown_field, "unknown-field", "there is no field {value}",
     "dateline-query --fields lists the fields; quote the text to search for it: {instead}"},
    {misspelt_field, "misspelt-field", "there is no field {value}", "did you mean {raw} ?"},
    {field_of_dates, "field-of-dates", "there is no field {value}", "write {raw}"},
    {field_in_field, "field-in-field",
     "{field}: stands inside of {name}:", "name each field beside the other"},
    {field_without_value, "field-without-value", "{field}: has no value", "for example {instead}"},
    {value_without_word, "value-without-word", "{asked} holds no word", "for example {instead}"},
    {value_takes_no_wildcard, "value-takes-no-wildcard", "{field}: takes no *",
     "for example {instead}"},
    {inner_wildcard_of_value, "inner-wildcard-of-value",
     "\"{value}\": * stands at the end of a value", "for example speaker:lin*"},
    {exact_field, "exact-field",
     "exact: goes with words, not with {field}:", "leave exact: out; names are not stemmed"},
    {inner_minus, "inner-minus", "a minus stands before the field", "write {instead}",
     "put the minus before {field}:"},
    {minus_before_date, "minus-before-date", "a minus stands before the field", "write {raw}"},
    {no_date, "no-date", "{name}", "{second}"},
    {near_without_distance, "near-without-distance", "near: \"{value}\" says no distance",
     "for example {any}"},
    {near_without_place, "near-without-place", "near: \"{value}\" names no place",
     "for example {any}"},
    {no_kilometres, "no-kilometres",
     "near: \"{value}\" is no distance in km or mi up to {number} km", "for example {any}"},
    {no_point, "no-point",
     "near: \"{value}\" is no latitude from -90 to 90 and longitude from -180 to 180",
     "for example {any}"},
    {too_many_near, "too-many-near", "more than {number} near: in a query", kLess},
    {too_many_near_places, "too-many-near-places",
     "near: more than {number} places lie within {value} km", "ask for a shorter distance"},
    {too_many_terms, "too-many-terms",
     "\"{value}\": with it the query has more than {number} terms", kLess},
    {too_much_work, "too-much-work",
     "the query has too many words, or phrases of words, that most articles have",
     "leave out the commonest words, or ask for less at once"},
    {filter_of_dates, "filter-of-dates", "--filter {field}={value}: no {name}",
     "for example {field}={raw}"},
    {unknown_article, "unknown-article", "--more-like {value}: no such article in the index",
     kPathsHint},
    {timeline_too_long, "timeline-too-long", "the timeline has more than {number} rows",
     "choose a longer unit, or fewer days with date:"},
});

// A kind's row stands at its number.
constexpr bool in_order() {
  for (std::size_t i = 0; i < kWordings.size(); ++i) {
    if (static_cast<std::size_t>(kWordings[i].kind) != i) return false;
  }
  return kWordings.back().kind == timeline_too_long;
}
static_assert(in_order());

const Wording& wording_of(NoticeKind kind) { return kWordings[static_cast<std::size_t>(kind)]; }

constexpr std::size_t kNamesListed = 20;

// "A or B or 3 more"
std::string alternatives(std::vector<std::string> names) {
  const auto more = names.size() - std::min(names.size(), kNamesListed);
  if (more > 0) {
    names.resize(kNamesListed);
    names.push_back(fmt::format("{} more", more));
  }
  return fmt::format("{}", fmt::join(names, " or "));
}

// "A, B and C"
std::string enumeration(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  const auto last = names.end() - 1;
  return fmt::format("{}{}{}", fmt::join(names.begin(), last, ", "),
                     names.size() > 1 ? " and " : "", *last);
}

std::vector<std::string> for_shell(std::vector<std::string> texts, const std::string& before = "") {
  for (auto& text : texts) text = shell_word(before + text);
  return texts;
}

std::string question(const std::vector<std::string>& suggestions) {
  return suggestions.empty() ? ""
                             : fmt::format("; did you mean {}?", fmt::join(suggestions, " or "));
}

// speaker:"lind", speaker:"lin"*
std::string asked(const Notice& notice) {
  std::string_view value = notice.value;
  const bool wildcard = value.ends_with('*');
  if (wildcard) value.remove_suffix(1);
  return fmt::format("{}:\"{}\"{}", notice.field, value, wildcard ? "*" : "");
}

std::string at(const std::vector<std::string>& texts, std::size_t i) {
  return i < texts.size() ? texts[i] : "";
}

std::string worded(std::string_view text, const Notice& notice) {
  const auto suggested = for_shell(notice.suggestions);
  const bool one = notice.number == 1;
  const auto& names = notice.names;
  fmt::dynamic_format_arg_store<fmt::format_context> words;
  const auto add = [&](const char* name, std::string value) {
    words.push_back(fmt::arg(name, std::move(value)));
  };
  add("field", notice.field);
  add("value", notice.value);
  add("number", fmt::format("{}", notice.number));
  add("asked", asked(notice));
  add("in_title", notice.field.empty() ? "" : " in its title");
  add("meant", question(suggested));
  add("meant_word", question(notice.suggestions));
  add("meant_filter", question(for_shell(notice.suggestions, notice.field + "=")));
  add("instead", at(suggested, 0));
  add("raw", at(notice.suggestions, 0));
  add("any", fmt::format("{}", fmt::join(suggested, ", ")));
  add("all", fmt::format("{}", fmt::join(suggested, " and ")));
  add("name", at(names, 0));
  add("second", at(names, 1));
  add("names", enumeration(names));
  add("both", fmt::format("{}", fmt::join(names, " and ")));
  add("listed", alternatives(names));
  add("others", alternatives({names.begin() + (names.empty() ? 0 : 1), names.end()}));
  add("articles_have", one ? "article has" : "articles have");
  add("have", one ? "has" : "have");
  return fmt::vformat(text, words);
}

}  // namespace

std::string notice_text(const Notice& notice) {
  return worded(wording_of(notice.kind).text, notice);
}

std::string hint_text(const Notice& notice) {
  const Wording& wording = wording_of(notice.kind);
  const bool suggests = wording.hint.find("{instead}") != std::string_view::npos ||
                        wording.hint.find("{raw}") != std::string_view::npos;
  const bool without = suggests && notice.suggestions.empty();
  return worded(without ? wording.without : wording.hint, notice);
}

std::string_view notice_name(NoticeKind kind) { return wording_of(kind).name; }

}  // namespace dateline
