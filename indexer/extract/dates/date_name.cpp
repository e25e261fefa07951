#include "indexer/extract/dates/date_name.h"

#include <fmt/format.h>

#include "common/text/take_until.h"
#include "common/text/unicode.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

// "King," "Peoples'", "Patrick's", "St.": what stands behind the word is cut off.
struct Endings {
  bool comma = false, stop = false, with_s = false, with_mark = false;
};

Endings cut_endings(std::string_view& word) {
  const auto cut = [&](std::string_view ending) {
    const bool found = word.ends_with(ending) && word.size() > ending.size();
    if (found) word.remove_suffix(ending.size());
    return found;
  };
  Endings endings;
  endings.comma = cut(",");
  endings.stop = cut(".");
  endings.with_s = cut("'s");
  endings.with_mark = !endings.with_s && cut("'");
  return endings;
}

void add_word(std::string_view word, std::vector<DateName::Word>& words) {
  if (const auto mark = word.find_first_of("-/"); mark != std::string_view::npos && mark > 0) {
    add_word(word.substr(0, mark), words);
    words.push_back({.key = std::string(word.substr(mark, 1))});
    return add_word(word.substr(mark + 1), words);
  }
  const Endings endings = cut_endings(word);
  const bool capital = !word.empty() && is_upper(code_point_at(word, 0).value);
  words.push_back({.key = fold(word), .capital = capital, .stopped = endings.stop});
  if (endings.with_s) words.push_back({.key = "'s"});
  if (endings.with_mark) words.push_back({.key = "'"});
  if (endings.comma) words.push_back({.key = ","});
}

// "11" in the row is "11" or "11th" in the text.
bool is_number(const Token& token, std::string_view key) {
  return token.kind == TokenKind::number && digits_of(token) &&
         token.key.substr(0, token.key.find_first_not_of("0123456789")) == key;
}

bool is(const Token& token, std::string_view key) {
  if (is_number(token, key)) return true;
  return token.key == key || token.is(key) || (key == "'" && token.is("\u2019")) ||
         (key == "-" && (token.is("\u2010") || token.is("\u2011")));
}

}  // namespace

DateName parse_date_name(std::string_view text, const Lexicon& lexicon) {
  DateName name;
  for (const auto word : parts_of<std::string_view>(text, ' ')) {
    if (word.empty()) throw BadRow{fmt::format("\"{}\" has a blank too many", text)};
    const WordEntry* entry = name.words.empty() ? lexicon.find(word) : nullptr;
    if (entry != nullptr && entry->date.has(DateRole::the) && !name.with_the) {
      name.with_the = true;
    } else {
      add_word(word, name.words);
    }
  }
  if (name.words.empty()) throw BadRow{fmt::format("\"{}\" is no name", text)};
  return name;
}

std::uint32_t match(const TemporalCursor& at, std::uint32_t i, const DateName& name) {
  for (const auto& word : name.words) {
    const Token& token = at.token(i);
    if (!is(token, word.key) || (word.capital && !token.capitalised)) return 0;
    ++i;
    if (word.stopped && at.is(i, ".") && at.token(i).glued) ++i;
  }
  return i;
}

}  // namespace dateline
