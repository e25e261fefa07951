#include "indexer/extract/speakers/cue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "common/error.h"
#include "common/text/take_until.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

constexpr std::string_view kBaseNoun = "base_noun";  // of the forms, only the base is a noun
constexpr std::string_view kNoForm = "-";
constexpr std::array<std::string_view, 11> kFrames = {
    "clause", "that", "tell", "ask", "to", "object", "quote", "as", "point", "according", "noun"};
constexpr unsigned kNoun = 1u << static_cast<unsigned>(Frame::noun);

bool is_vowel(char letter) {
  return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

bool ends_in_consonant_y(std::string_view word) {
  return word.size() > 1 && word.ends_with('y') && !is_vowel(word[word.size() - 2]);
}

// "stop", "nod": one syllable that ends in one vowel and one consonant. Of longer verbs the stress
// decides, which spelling does not show: admit, edit.
bool doubles_its_end(std::string_view word) {
  if (word.size() < 3 || std::ranges::count_if(word, is_vowel) != 1) return false;
  const char last = word.back();
  return !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' &&
         is_vowel(word[word.size() - 2]) && !is_vowel(word[word.size() - 3]);
}

std::string stem(std::string_view lemma) {
  std::string out(lemma);
  if (doubles_its_end(lemma)) out += lemma.back();
  return out;
}

// "clause,to" -> bits by Frame, of the base form.
std::uint16_t parse_frames(std::string_view cell, const std::filesystem::path& file) {
  unsigned frames = 0;
  for (const auto name : parts_of<std::string_view>(cell, ',')) {
    const auto found = std::ranges::find(kFrames, name == kBaseNoun ? "noun" : name);
    if (found == kFrames.end())
      throw Error(fmt::format("{}: \"{}\" is no frame of a cue", file.string(), name));
    frames |= 1u << static_cast<unsigned>(found - kFrames.begin());
  }
  return static_cast<std::uint16_t>(frames);
}

// Reads the rows one by one; no form may come twice.
class CueReader {
 public:
  explicit CueReader(const std::filesystem::path& file) : file_(file) {}

  void read_row(std::span<const std::string_view> row) {
    const auto frames = parse_frames(row[1], file_);
    const bool base_only = row[1].find(kBaseNoun) != std::string_view::npos;
    const auto verb = static_cast<std::uint16_t>(frames & ~kNoun);
    const auto base = cues_.size();
    add(row[0], row[0], frames);
    const auto cell = [&](std::size_t column) {
      return column < row.size() ? row[column] : std::string_view{};
    };
    for (const auto& form : forms(cell(2), regular_past(row[0]))) {
      if (form == row[0])
        cues_[base].past_is_base = true;
      else
        add(form, row[0], verb);
    }
    for (const auto& form : forms(cell(3), regular_participle(row[0]))) add(form, row[0], verb);
    for (const auto& form : forms(cell(4), regular_third_person(row[0])))
      add(form, row[0], base_only ? verb : frames);
  }

  std::vector<Cue> take() { return std::move(cues_); }

 private:
  static std::vector<std::string> forms(std::string_view cell, std::string regular) {
    if (cell == kNoForm) return {};
    if (cell.empty()) return {std::move(regular)};
    return parts_of<std::string>(cell, ',');
  }

  void add(std::string_view form, std::string_view lemma, std::uint16_t frames) {
    if (!seen_.emplace(form).second)
      throw Error(fmt::format("{}: \"{}\", a form of \"{}\", is there already", file_.string(),
                              form, lemma));
    cues_.push_back({std::string(form), std::string(lemma), frames, false});
  }

  const std::filesystem::path& file_;
  std::vector<Cue> cues_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

std::string regular_past(std::string_view lemma) {
  if (lemma.ends_with('e')) return std::string(lemma) + "d";
  if (ends_in_consonant_y(lemma)) return std::string(lemma.substr(0, lemma.size() - 1)) + "ied";
  return stem(lemma) + "ed";
}

std::string regular_participle(std::string_view lemma) {
  const bool silent_e = lemma.ends_with('e') && !lemma.ends_with("ee") && !lemma.ends_with("oe") &&
                        !lemma.ends_with("ye");
  if (lemma.ends_with("ie")) return std::string(lemma.substr(0, lemma.size() - 2)) + "ying";
  if (silent_e) return std::string(lemma.substr(0, lemma.size() - 1)) + "ing";
  return stem(lemma) + "ing";
}

std::string regular_third_person(std::string_view lemma) {
  for (const std::string_view hiss : {"s", "x", "z", "ch", "sh", "o"}) {
    if (lemma.ends_with(hiss)) return std::string(lemma) + "es";
  }
  if (ends_in_consonant_y(lemma)) return std::string(lemma.substr(0, lemma.size() - 1)) + "ies";
  return std::string(lemma) + "s";
}

std::vector<Cue> read_cues(const std::filesystem::path& file) {
  CueReader reader(file);
  read_tsv(file, 2, [&](std::span<const std::string_view> row) { reader.read_row(row); });
  return reader.take();
}

}  // namespace dateline
