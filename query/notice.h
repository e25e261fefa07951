// What a search has to say beside its hits, and why a query is refused: as values.
//
// `speaker:olson`, whom nobody knows, is {unknown_value, field "speaker", value "olson",
// suggestions {speaker:"Margaret T. Olsen"}, position 8}. Nothing here is a sentence: query/render
// words it for a shell (notice_text.h), JSON gives it as it is, another caller words it as it
// likes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

enum class NoticeKind : std::uint8_t {
  // The query was read so, and searched.
  word_left_out,       // value holds no word
  long_word_left_out,  // value: its beginning; number: the most bytes of a word
  no_word,             // the whole query holds none
  exclamation_mark,    // !word; suggestion: -word
  plus_mark,           // +word
  slashes,             // /word/
  question_mark,       // wor?; suggestion: wor*
  small_operator,      // or, not; suggestion: the operator
  operator_alone,      // NEAR, ADJ; suggestion: with a distance
  operator_misspelt,   // near/5; suggestion: the operator
  unknown_word,        // field: title or none; suggestion: the nearest word
  unknown_value,       // suggestions: what may have been meant
  unknown_country,     // the same of a country that has no such name or code
  unknown_path,        // of an article
  unknown_date,        // no article is of then, or speaks of it
  unknown_place,       // the place of near:
  after_archive,       // names: the day of the newest article
  before_archive,      // names: the day of the oldest article
  guessed_filter,      // value: a place that no gazetteer has, and guesses are not counted
  several_places,      // names: those that the value means; suggestion: one of them
  several_persons,     // likewise
  fuller_names,        // suggestions: persons whom the value leaves out
  namesakes,           // of near:; names: the place that was taken, then the others of the name
  unknown_filter,      // suggestions: values
  renamed_filter,      // names: the person who is counted under that name
  nameless_filter,     // the user says that it names nobody
  beyond_last_hit,     // value: the offset; number: of hits
  words_without_rest,  // number: of articles with the words; names: fields, exclusions, filters
  some_of_the_words,   // number: of articles with some of the words

  // The query was refused.
  query_too_long,  // value: its bytes; number: the most
  query_not_utf8,  // number: the byte
  query_without_word,
  only_long_word,  // as long_word_left_out
  open_quotation_mark,
  open_bracket,
  closing_bracket_alone,
  empty_brackets,
  brackets_too_deep,   // number: the deepest
  negations_too_deep,  // number: the deepest
  nothing_before,      // value: the operator; suggestion: the word
  nothing_follows,     // likewise
  out_of_place,        // likewise
  no_distance,         // value: NEAR/x; number: the widest
  unequal_distances,
  mixed_chain,              // NEAR and ADJ
  chain_too_long,           // value: NEAR or ADJ; number: the most words
  no_single_word,           // beside value, NEAR or ADJ
  phrase_weight,            // ^2
  phrase_distance,          // ~5; suggestion: with NEAR
  bracket_distance,         // likewise
  word_weight,              // word^2; suggestion: word
  word_approximate,         // word~; suggestion: word*
  comparison,               // speaker=lind, date>2023; suggestion: with a colon
  loose_range,              // ..2023
  short_wildcard,           // number: the least letters
  inner_wildcard,           // in a word or phrase
  wildcard_of_words,        // semi-final*
  too_many_wildcards,       // number: the most
  too_wide_wildcard,        // number: the most terms
  unknown_field,            // value: its name; suggestion: the whole as a phrase
  misspelt_field,           // suggestion: the field meant, with its colon
  field_of_dates,           // after:2023; suggestion: date:2023..
  field_in_field,           // names: the field outside
  field_without_value,      // suggestion: an example
  value_without_word,       // likewise
  value_takes_no_wildcard,  // likewise
  inner_wildcard_of_value,
  exact_field,            // exact: of a field that is no text
  inner_minus,            // field:-value; suggestion: without, or with the minus before
  minus_before_date,      // date:-30d..; suggestion: without
  no_date,                // names: what is wrong; how dates are written
  near_without_distance,  // suggestions: examples
  near_without_place,     // likewise
  no_kilometres,          // likewise; number: the farthest
  no_point,               // likewise
  too_many_near,          // number: the most
  too_many_near_places,   // value: kilometres; number: the most places
  too_many_terms,         // number: the most
  too_much_work,
  filter_of_dates,    // names: the unit; suggestion: an example
  unknown_article,    // value: its path, whose like was asked for
  timeline_too_long,  // number: the most rows
};

constexpr std::size_t kNoPosition = std::string_view::npos;

struct Notice {
  NoticeKind kind = NoticeKind::no_word;
  std::string field = {};  // of the query language, or the facet of a filter; "" without one
  std::string value = {};  // the text that is meant, as typed
  // What to write instead, as a query has it: speaker:"Anna Lind"; of a filter its value.
  std::vector<std::string> suggestions = {};
  std::size_t position = kNoPosition;   // bytes of the query; kNoPosition: all of it, or a filter
  std::vector<std::string> names = {};  // as the kind says
  std::uint64_t number = 0;             // as the kind says
  bool operator==(const Notice&) const = default;
};

// Unless it says what another one says, of another place of the query.
void add_notice(std::vector<Notice>& notices, Notice notice);

}  // namespace dateline
