#include "common/text/word.h"

#include "common/text/unicode.h"

namespace dateline {
namespace {

// Does this character, between two word characters, belong to the word? A comma joins digits only,
// a full stop digits or initials.
bool joins(char32_t before, char32_t c, char32_t after, bool initials) {
  if (is_invisible(c)) return is_word_character(after);
  if (is_apostrophe(c)) return is_letter(before) && is_letter(after);
  if (c == '&') return is_letter(before) && is_letter(after);
  if (c == ',') return is_digit(before) && is_digit(after);
  if (c == '.') return (is_digit(before) && is_digit(after)) || (initials && is_letter(after));
  return false;
}

// "U.S" so far: single letters parted by full stops.
bool are_initials(std::string_view run) {
  for (std::size_t i = 0; i < run.size(); ++i) {
    const char c = run[i];
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (i % 2 == 0 ? !letter : c != '.') return false;
  }
  return run.size() % 2 == 1;
}

// Is the letter at `pos` alone, so that U.S. goes on but "end.Next" does not?
bool stands_alone(std::string_view text, std::size_t pos) {
  const auto letter = code_point_at(text, pos);
  const std::size_t next = pos + letter.bytes;
  return next >= text.size() || !is_word_character(code_point_at(text, next).value);
}

std::size_t after_invisible(std::string_view text, std::size_t pos) {
  while (pos < text.size()) {
    const auto c = code_point_at(text, pos);
    if (!is_invisible(c.value)) break;
    pos += c.bytes;
  }
  return pos;
}

std::size_t end_of_word(std::string_view text, std::size_t begin) {
  std::size_t pos = begin;
  char32_t before = 0;
  while (pos < text.size()) {
    const auto c = code_point_at(text, pos);
    if (!is_word_character(c.value)) {
      std::size_t next = pos + c.bytes;
      if (is_invisible(c.value)) next = after_invisible(text, next);
      if (next >= text.size()) break;
      const auto after = code_point_at(text, next).value;
      const bool initials = c.value == '.' && pos - begin < 16 &&
                            are_initials(text.substr(begin, pos - begin)) &&
                            stands_alone(text, next);
      if (!joins(before, c.value, after, initials)) break;
    }
    before = c.value;
    pos += c.bytes;
  }
  return pos;
}

bool ends_with_possessive(std::string_view form) { return form.size() > 2 && form.ends_with("'s"); }

void normalise(std::string_view raw, std::string& form) {
  form = fold(raw);
  if (ends_with_possessive(form)) form.resize(form.size() - 2);
  const bool initials = are_initials(form);
  const bool number = form.find_first_not_of("0123456789,.") == std::string::npos;
  std::size_t kept = 0;
  for (const char c : form) {
    if ((initials && c == '.') || (number && c == ',')) continue;
    form[kept++] = c;
  }
  form.resize(kept);
}

// A word of any length.
bool next_run(std::string_view text, std::size_t& pos, Span& span, std::string& form) {
  while (pos < text.size()) {
    const auto c = code_point_at(text, pos);
    if (!is_word_character(c.value)) {
      pos += c.bytes;
      continue;
    }
    const std::size_t end = end_of_word(text, pos);
    span = {static_cast<std::uint32_t>(pos), static_cast<std::uint32_t>(end)};
    pos = end;
    normalise(slice(text, span), form);
    if (!form.empty()) return true;
  }
  return false;
}

}  // namespace

bool next_word(std::string_view text, std::size_t& pos, Span& span, std::string& form) {
  while (next_run(text, pos, span, form)) {
    if (form.size() <= kLongestWord) return true;
  }
  return false;
}

std::vector<std::string> words_too_long(std::string_view text) {
  std::vector<std::string> words;
  std::string form;
  Span span;
  for (std::size_t pos = 0; next_run(text, pos, span, form);) {
    if (form.size() > kLongestWord) words.push_back(form);
  }
  return words;
}

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  for_each_word(text, [&](Span span, std::string_view form) {
    words.push_back({span, std::string(form)});
  });
  return words;
}

}  // namespace dateline
