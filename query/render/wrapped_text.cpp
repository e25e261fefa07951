#include "query/render/wrapped_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>

#include "common/text/terminal_text.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

struct Character {
  std::string_view bytes;  // made harmless when it is printed
  std::uint8_t columns;
  bool blank;
  bool marked;
};
using Characters = std::span<const Character>;

constexpr std::string_view kCut = "…";

std::size_t columns_of(Characters characters) {
  std::size_t sum = 0;
  for (const auto& one : characters) sum += one.columns;
  return sum;
}

Character character(std::string_view bytes, bool marked) {
  if (bytes.size() == 1 && bytes.front() > ' ' && bytes.front() < 0x7F)
    return {bytes, 1, false, marked};
  const std::string shown = harmless(bytes);
  return {bytes, static_cast<std::uint8_t>(dateline::columns_of(shown)), shown == " ", marked};
}

// As far as `most` columns are filled, and one character more.
std::vector<Character> characters_of(std::string_view text, const std::vector<Span>& marks,
                                     std::size_t most) {
  std::vector<Character> characters;
  auto mark = marks.begin();
  std::size_t used = 0;
  for (std::size_t pos = 0; pos < text.size() && used <= most;) {
    const std::size_t bytes = code_point_at(text, pos).bytes;
    while (mark != marks.end() && mark->end <= pos) ++mark;
    characters.push_back(
        character(text.substr(pos, bytes), mark != marks.end() && mark->begin <= pos));
    used += characters.back().columns;
    pos += bytes;
  }
  return characters;
}

// Escapes open and close on the same line.
std::string painted(Characters characters, Marking marking) {
  std::string out;
  bool on = false;
  for (const auto& one : characters) {
    if (one.marked != on) out += one.marked ? marking.on : marking.off;
    on = one.marked;
    out += harmless(one.bytes);
  }
  if (on) out += marking.off;
  return out;
}

// The word that begins at or after the beginning, and the blank behind it; a "…" that ends the text
// belongs to the word before.
Characters next_word(Characters rest) {
  const auto end = std::ranges::find_if(rest, &Character::blank);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  if (size + 2 == rest.size() && rest.back().bytes == kCut) return rest;
  return rest.first(size);
}

// How many of the characters fit: at least one.
std::size_t fitting(Characters characters, std::size_t columns) {
  std::size_t used = 0;
  std::size_t count = 0;
  while (count < characters.size() && used + characters[count].columns <= columns)
    used += characters[count++].columns;
  return std::max<std::size_t>(count, 1);
}

// Looks no further than the columns: a word may be as long as an article.
bool are_wider(Characters characters, std::size_t columns) {
  std::size_t used = 0;
  return std::ranges::any_of(characters,
                             [&](const Character& one) { return (used += one.columns) > columns; });
}

class Wrapping {
 public:
  Wrapping(const LineStyle& style, Marking marking)
      : style_(style), marking_(marking), before_(style.first) {}

  void add(Characters word) {
    if (!line_.empty() && are_wider(word, room() - std::min(room(), columns_of(line_) + 1)))
      end_line();
    if (!line_.empty()) line_.push_back({" ", 1, true, line_.back().marked && word.front().marked});
    while (are_wider(word, room())) {
      const auto part = word.first(fitting(word, room()));
      std::ranges::copy(part, std::back_inserter(line_));
      word = word.subspan(part.size());
      if (word.empty()) return;
      end_line();
    }
    std::ranges::copy(word, std::back_inserter(line_));
  }

  std::vector<std::string> lines() {
    if (!line_.empty() || lines_.empty()) end_line();
    return std::move(lines_);
  }

 private:
  std::size_t room() const {
    const std::size_t taken = dateline::columns_of(before_);
    return style_.width > taken ? style_.width - taken : 1;
  }
  void end_line() {
    lines_.push_back(before_ + painted(line_, marking_));
    line_.clear();
    before_ = style_.hanging;
  }

  const LineStyle& style_;
  Marking marking_;
  std::string before_;
  std::vector<Character> line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> wrapped(std::string_view text, const std::vector<Span>& marks,
                                 const LineStyle& style, Marking marking) {
  const auto characters = characters_of(text, marks, std::numeric_limits<std::size_t>::max());
  Wrapping wrapping(style, marking);
  for (Characters rest(characters); !rest.empty();) {
    const Characters word = next_word(rest);
    if (!word.empty()) wrapping.add(word);
    rest = rest.subspan(std::min(word.size() + 1, rest.size()));
  }
  return wrapping.lines();
}

std::string cut_to(std::string_view text, const std::vector<Span>& marks, std::size_t columns,
                   Marking marking) {
  auto characters = characters_of(text, marks, columns);
  if (columns_of(characters) <= columns) return painted(characters, marking);
  characters.resize(fitting(characters, columns - 1));
  characters.push_back({kCut, 1, false, false});
  return painted(characters, marking);
}

}  // namespace dateline
