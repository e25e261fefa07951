#include "query/hits/snippet.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "common/text/sentence.h"
#include "common/text/unicode.h"
#include "common/text/word.h"

namespace dateline {
namespace {

constexpr std::size_t kWindowBytes =
    160;  // what scores: leaves room to begin and end at a sentence
constexpr std::size_t kSentenceNear = 60;  // bytes
constexpr std::size_t kWordsOfATitle = 5;  // that a paragraph may begin with by chance
constexpr std::size_t kLongestCredit =
    100;  // bytes of a photo credit or a line of the kind about the title
constexpr double kNearness =
    0.5;  // at most, of the commonest part: nearness and repetition decide between equal parts only
constexpr std::size_t kLongestTitle =
    160;                             // bytes; a longer one is a first sentence (dated_text.cpp)
                                     // of which a terminal shows the beginning only
constexpr int kBlocksWithTitle = 5;  // looked at

bool is_break(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::size_t skip_breaks(std::string_view text, std::size_t pos) {
  while (pos < text.size() && is_break(text[pos])) ++pos;
  return pos;
}

// What is behind `pos` of the first paragraph that ends behind it; empty, at the end of all, when
// there is none.
Span paragraph_from(const std::vector<Span>& paragraphs, std::size_t pos) {
  const auto found = std::ranges::upper_bound(paragraphs, pos, {}, &Span::end);
  if (found == paragraphs.end()) return {paragraphs.back().end, paragraphs.back().end};
  return {std::max(found->begin, static_cast<std::uint32_t>(pos)), found->end};
}

constexpr std::size_t kCutMark = 3;  // bytes of "..." and of "…"

// "Prosecutors charge two in Beatin...": a title as some systems cut it.
bool is_cut(std::string_view block, Span last, std::string_view form, std::string_view whole) {
  const auto behind = block.substr(last.end);
  return whole.starts_with(form) && (behind.starts_with("...") || behind.starts_with("…"));
}

// Behind the title's words when the stretch begins with them, its beginning otherwise: with all of
// them, or with so many that it is no chance.
std::size_t skip_title(std::string_view text, Span within, const std::vector<Word>& title) {
  const std::string_view block = slice(text, within);
  Span span;
  std::string form;
  std::size_t at = 0;
  std::size_t end = 0;
  std::size_t same = 0;
  bool more = next_word(block, at, span, form);
  for (; more && same < title.size() && form == title[same].form;
       more = next_word(block, at, span, form)) {
    end = span.end;
    ++same;
  }
  if (!more && same == title.size()) return within.end;
  if (more && same < title.size() && is_cut(block, span, form, title[same].form))
    end = span.end + kCutMark;
  else if (block.substr(end).starts_with("…"))
    end += kCutMark;
  return same < kWordsOfATitle
             ? within.begin
             : std::min(text.find_first_not_of(".,;:!?) \t\r\n", within.begin + end), text.size());
}

// Behind the last of the first paragraphs from `pos` on that begins with the title; short ones may
// stand before it: "News from the harbour".
std::size_t skip_titles(std::string_view text, const std::vector<Span>& paragraphs, std::size_t pos,
                        const std::vector<Word>& title) {
  Span block = paragraph_from(paragraphs, pos);
  std::size_t rest = block.begin;
  for (int i = 0; i < kBlocksWithTitle && !block.empty() && !title.empty(); ++i) {
    const std::size_t behind = skip_title(text, block, title);
    const Span left = paragraph_from(paragraphs, behind);
    if (behind != block.begin)
      rest = left.begin;
    else if (block.size() > kLongestCredit)
      break;
    block = paragraph_from(paragraphs, left.end);
  }
  return rest;
}

// Where the title's paragraph goes on with text of its own; else the next paragraph.
std::size_t behind_title(std::string_view text, const std::vector<Span>& paragraphs,
                         std::size_t title_end) {
  const Span first = paragraphs.front();
  const std::size_t rest = skip_breaks(text, title_end);
  return rest < first.end && first.end - rest > kLongestCredit
             ? rest
             : paragraph_from(paragraphs, first.end).begin;
}

bool has_blank_line(std::string_view blanks) { return std::ranges::count(blanks, '\n') > 1; }

// Does the word at `at` begin a sentence or a paragraph?
bool begins_sentence(std::string_view text, std::size_t at) {
  if (at == 0 || at == text.size() || is_break(text[at]) || !is_break(text[at - 1])) return false;
  std::size_t blank = at;
  while (blank > 0 && is_break(text[blank - 1])) --blank;
  return has_blank_line(text.substr(blank, at - blank)) || ends_sentence_at(text, blank);
}

// Does a sentence or a paragraph end before `at`?
bool ends_sentence(std::string_view text, std::size_t at) {
  if (at == 0 || at == text.size() || !is_break(text[at]) || is_break(text[at - 1]))
    return at == text.size();
  return ends_sentence_at(text, at) || has_blank_line(text.substr(at, skip_breaks(text, at) - at));
}

// The occurrences that are scored together, and what they are worth: parts that enter and leave are
// counted, so that a window costs no more than its two ends.
class Window {
 public:
  explicit Window(std::span<const Occurrence> all) : all_(all) {
    for (const auto& one : all) commonest_ = std::min(commonest_, one.weight);
  }

  void add(std::size_t i) {
    if (count_[all_[i].part]++ == 0)
      parts_ += all_[i].weight;
    else
      repeated_ += 0.1;
    if (i > first_) near_ += nearness(i);
  }
  void drop_first() {
    if (--count_[all_[first_].part] == 0)
      parts_ -= all_[first_].weight;
    else
      repeated_ -= 0.1;
    ++first_;
    near_ -= size() > 0 ? nearness(first_) : 0;
  }
  void grow() { add(end_++); }
  bool takes_next() const {
    return end_ < all_.size() &&
           (size() == 0 || all_[end_].span.end <= all_[first_].span.begin + kWindowBytes);
  }
  std::size_t first() const { return first_; }
  std::size_t end() const { return end_; }
  std::size_t size() const { return end_ - first_; }
  double score() const {
    const double more = std::max(0.0, near_ + repeated_);
    return parts_ + kNearness * commonest_ * more / (1 + more);
  }

 private:
  // Of two neighbours: 1 side by side, 0 far apart or of one part.
  double nearness(std::size_t i) const {
    const auto& before = all_[i - 1];
    if (before.part == all_[i].part) return 0;
    const double gap =
        all_[i].span.begin > before.span.end ? all_[i].span.begin - before.span.end : 0;
    return std::max(0.0, 1 - gap / kSentenceNear);
  }

  std::span<const Occurrence> all_;
  std::unordered_map<std::size_t, std::size_t> count_;  // by part
  double commonest_ = std::numeric_limits<double>::max();
  double parts_ = 0;
  double repeated_ = 0;
  double near_ = 0;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
};

// The window of the best score, the first of equals.
std::span<const Occurrence> best_window(std::span<const Occurrence> all) {
  constexpr double kEqual = 1e-9;  // sums of floating point
  std::span<const Occurrence> best;
  double best_score = 0;
  for (Window window(all); window.first() < all.size(); window.drop_first()) {
    while (window.takes_next()) window.grow();
    if (window.score() <= best_score + kEqual) continue;
    best_score = window.score();
    best = all.subspan(window.first(), window.size());
  }
  return best;
}

std::size_t character_at_or_after(std::string_view text, std::size_t pos) {
  while (pos < text.size() && (static_cast<unsigned char>(text[pos]) & 0xC0u) == 0x80u) ++pos;
  return pos;
}

// Begins at the sentence when that is near, else at a word some way before.
std::size_t begin_near(std::string_view text, Span body, std::size_t wanted) {
  if (body.size() <= kSnippetBytes) return body.begin;
  const std::size_t least =
      std::max<std::size_t>(body.begin, wanted > kSentenceNear ? wanted - kSentenceNear : 0);
  for (std::size_t at = wanted; at > least; --at) {
    if (begins_sentence(text, at)) return at;
  }
  if (least == body.begin) return least;
  for (std::size_t at = wanted - kSentenceNear / 2; at < wanted; ++at) {
    if (is_break(text[at - 1]) && !is_break(text[at])) return at;
  }
  return wanted;
}

// Ends at a sentence when that is near, else at a word; not before `least`.
std::size_t end_near(std::string_view text, Span body, std::size_t begin, std::size_t least) {
  const std::size_t full = std::max(begin + kSnippetBytes, least);
  if (body.end <= full + kSentenceNear / 4) return body.end;
  const std::size_t shortest = std::max(least, full - kSentenceNear);
  for (std::size_t at = full + kSentenceNear / 4; at >= shortest; --at) {
    if (ends_sentence(text, at)) return at;
  }
  for (std::size_t at = full; at > shortest; --at) {
    if (is_break(text[at]) && !is_break(text[at - 1])) return at;
  }
  return std::min<std::size_t>(body.end, character_at_or_after(text, full));
}

// Copies the passage with white space made single blanks, and carries the highlights over.
Snippet tidy(std::string_view text, Span passage, const std::vector<Span>& marked) {
  Snippet snippet;
  auto mark = marked.begin();
  bool gap = false;
  bool open = false;  // a mark of a stranger's may begin or end inside a character: it has that
                      // character or not, and always both ends
  for (std::size_t pos = 0; pos < passage.size();) {
    const auto c = code_point_at(text, passage.begin + pos);
    const bool blank = is_space(c.value);
    if (blank)
      gap = !snippet.text.empty();
    else if (std::exchange(gap, false))
      snippet.text += ' ';
    if (!open && mark != marked.end() && mark->begin <= pos) {
      snippet.highlights.push_back({static_cast<std::uint32_t>(snippet.text.size()), 0});
      open = true;
    }
    if (!blank) snippet.text.append(text, passage.begin + pos, c.bytes);
    pos += c.bytes;
    if (!open || mark->end > pos) continue;
    snippet.highlights.back().end = static_cast<std::uint32_t>(snippet.text.size());
    open = false;
    ++mark;
  }
  if (open) snippet.highlights.back().end = static_cast<std::uint32_t>(snippet.text.size());
  return snippet;
}

// "…" stands where a sentence is cut.
void mark_cuts(Snippet& snippet, bool before, bool after) {
  constexpr std::string_view kCut = "… ";
  if (after) snippet.text += " …";
  if (!before) return;
  snippet.text.insert(0, kCut);
  for (auto& span : snippet.highlights)
    span = {span.begin + static_cast<std::uint32_t>(kCut.size()),
            span.end + static_cast<std::uint32_t>(kCut.size())};
}

Snippet cut_out(std::string_view text, Span body, Span passage,
                const std::vector<Occurrence>& found) {
  Snippet snippet = make_whole_snippet(text, passage, words_of(found));
  if (snippet.text.empty()) return snippet;
  const bool at_line =
      passage.begin == body.begin && (passage.begin == 0 || text[passage.begin - 1] == '\n');
  mark_cuts(snippet, !at_line && !begins_sentence(text, passage.begin),
            passage.end < body.end && !ends_sentence(text, passage.end));
  return snippet;
}

// The occurrences wholly inside.
std::vector<Occurrence> inside(const std::vector<Occurrence>& found, Span within) {
  std::vector<Occurrence> kept;
  for (const auto& one : found) {
    if (within.contains(one.span)) kept.push_back(one);
  }
  return kept;
}

// With the whole of an occurrence that begins in the repeated title and ends behind it: "to end the
// war" | "in the islands".
Span with_whole_matches(Span body, const std::vector<Occurrence>& found) {
  Span whole = body;
  for (const auto& one : found) {
    if (one.span.begin < body.begin && body.begin < one.span.end &&
        one.span.begin + kWindowBytes >= body.begin)
      whole.begin = std::min(whole.begin, one.span.begin);
  }
  return whole;
}

}  // namespace

Body find_body(std::string_view text, Span title, const std::vector<Span>& paragraphs) {
  const Span body = hull(paragraphs.front(), paragraphs.back());
  if (title.empty() || title.begin != body.begin || title.size() > kLongestTitle)
    return {.title = title, .rest = body, .whole = body};
  const auto behind = [&](std::size_t pos) {
    return pos < body.end ? Span{static_cast<std::uint32_t>(pos), body.end} : body;
  };
  const std::size_t whole = behind_title(text, paragraphs, title.end);
  const std::size_t rest = skip_titles(text, paragraphs, whole, split_words(slice(text, title)));
  return {.title = title, .rest = behind(rest), .whole = behind(whole)};
}

std::vector<Span> words_of(const std::vector<Occurrence>& found) {
  std::vector<Span> words;
  for (const auto& one : found) words.insert(words.end(), one.words.begin(), one.words.end());
  std::ranges::sort(words);
  return words;
}

std::vector<Span> highlights_within(const std::vector<Span>& words, Span within) {
  std::vector<Span> joined;
  for (auto at = std::ranges::lower_bound(words, within.begin, {}, &Span::begin);
       at != words.end() && at->begin < within.end; ++at) {
    if (!within.contains(*at) || at->empty()) continue;
    const Span word{at->begin - within.begin, at->end - within.begin};
    if (!joined.empty() && joined.back().overlaps(word))
      joined.back() = hull(joined.back(), word);
    else
      joined.push_back(word);
  }
  return joined;
}

Snippet make_whole_snippet(std::string_view text, Span passage, const std::vector<Span>& words) {
  return tidy(text, passage, highlights_within(words, passage));
}

Snippet make_snippet(std::string_view text, Span body, const std::vector<Occurrence>& found,
                     std::optional<ChosenPassage> chosen) {
  body = with_whole_matches(body, found);
  const Span within = chosen ? chosen->span : body;
  const auto candidates = inside(found, within);
  const auto window = best_window(candidates);
  std::size_t wanted = within.begin;
  std::size_t least = wanted;
  if (!window.empty()) {
    wanted = window.front().span.begin;
    for (const auto& one : window) least = std::max<std::size_t>(least, one.span.end);
  }
  if (chosen && chosen->lead && chosen->lead->begin < wanted &&
      least <= chosen->lead->begin + kWindowBytes)
    wanted = chosen->lead->begin;
  const std::size_t begin = begin_near(text, body, wanted);
  const std::size_t end = end_near(text, body, begin, std::min(least, begin + kSnippetBytes));
  return cut_out(text, body, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                 found);
}

}  // namespace dateline
