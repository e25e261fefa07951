#include "query/snippet.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/unicode.h"
#include "common/word.h"

namespace dateline {
namespace {

struct WantedWord {
  Span span;
  std::string form;
  double weight;
};

std::vector<WantedWord> find_wanted(std::string_view text, const WordWeight& weight) {
  std::vector<WantedWord> wanted;
  for_each_word(text, [&](Span span, std::string_view form) {
    const double value = weight(form);
    if (value > 0) wanted.push_back({span, std::string(form), value});
  });
  return wanted;
}

// Different words count whole, repeated ones a tenth.
double score(const std::vector<WantedWord>& wanted, std::size_t first, std::size_t last) {
  std::set<std::string_view> seen;
  double sum = 0;
  for (std::size_t i = first; i < last; ++i) sum += wanted[i].weight * (seen.insert(wanted[i].form).second ? 1.0 : 0.1);
  return sum;
}

// The stretch of wanted words within kSnippetBytes of the best score; the first of equals.
std::pair<std::size_t, std::size_t> best_window(const std::vector<WantedWord>& wanted) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  double best_score = -1;
  std::size_t last = 0;
  for (std::size_t first = 0; first < wanted.size(); ++first) {
    last = std::max(last, first);
    while (last < wanted.size() && wanted[last].span.end - wanted[first].span.begin <= kSnippetBytes) ++last;
    const double value = score(wanted, first, std::min(last, first + 40));
    if (value > best_score) {
      best_score = value;
      best = {first, last};
    }
  }
  return best;
}

bool is_break(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Begins at the sentence when that is near, else at a word.
std::size_t begin_near(std::string_view text, std::size_t wanted, std::size_t room) {
  const std::size_t least = wanted > room ? wanted - room : 0;
  if (least == 0) return 0;
  for (std::size_t at = wanted; at > least; --at) {
    const bool after_stop = at >= 2 && is_break(text[at - 1]) && (text[at - 2] == '.' || text[at - 2] == '!' || text[at - 2] == '?' || text[at - 2] == '\n');
    if (after_stop) return at;
  }
  for (std::size_t at = least; at < wanted; ++at) {
    if (is_break(text[at])) return at + 1;
  }
  return wanted;
}

std::size_t end_near(std::string_view text, std::size_t begin, std::size_t least) {
  std::size_t end = std::max(begin + kSnippetBytes, least);
  if (end >= text.size()) return text.size();
  while (end > least && !is_break(text[end])) --end;
  if (end == least && end < text.size()) {  // no blank: never inside a character
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) ++end;
  }
  return end;
}

// Copies the passage with white space made single blanks, and carries the highlights over.
Snippet tidy(std::string_view text, Span passage, const std::vector<WantedWord>& wanted) {
  Snippet snippet;
  if (passage.begin > 0) snippet.text = "… ";
  auto word = std::ranges::find_if(wanted, [&](const WantedWord& w) { return w.span.begin >= passage.begin; });
  bool gap = false;
  for (std::size_t pos = passage.begin; pos < passage.end;) {
    const auto c = code_point_at(text, pos);
    if (word != wanted.end() && word->span.begin == pos && gap) {
      snippet.text += ' ';
      gap = false;
    }
    if (word != wanted.end() && word->span.begin == pos && word->span.end <= passage.end) {
      const auto begin = static_cast<std::uint32_t>(snippet.text.size());
      snippet.text += slice(text, word->span);
      snippet.highlights.push_back({begin, static_cast<std::uint32_t>(snippet.text.size())});
      pos = word->span.end;
      ++word;
      continue;
    }
    if (is_space(c.value)) {
      gap = !snippet.text.empty() && !snippet.text.ends_with(' ');
    } else {
      if (gap) snippet.text += ' ';
      gap = false;
      snippet.text.append(text, pos, c.bytes);
    }
    pos += c.bytes;
  }
  if (passage.end < text.size()) snippet.text += " …";
  return snippet;
}

}  // namespace

Snippet make_snippet(std::string_view text, const WordWeight& weight) {
  const auto wanted = find_wanted(text, weight);
  std::size_t begin = 0;
  std::size_t least = 0;
  if (!wanted.empty()) {
    const auto [first, last] = best_window(wanted);
    const std::size_t width = wanted[last - 1].span.end - wanted[first].span.begin;
    begin = begin_near(text, wanted[first].span.begin, kSnippetBytes > width ? kSnippetBytes - width : 0);
    least = wanted[last - 1].span.end;
  }
  const std::size_t end = end_near(text, begin, least);
  return tidy(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, wanted);
}

}  // namespace dateline
