// How well are near duplicates found? 500 articles of a folder, five edited copies of each, every
// pair of the 3,000 compared.
//     near_duplicate_bench FOLDER [ARTICLES]
// A copy of P % is one in which P % of the words were cut in one stretch, moved elsewhere, replaced
// by words of other articles, or a third of each; the fifth is replaced and cut. Seeded: the same
// folder gives the same figures.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "common/text/near_duplicate.h"
#include "common/text/word.h"

using namespace dateline;

namespace {

using Words = std::vector<std::string>;

Words words_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Words words;
  const auto date_line = std::min(bytes.find('\n'), bytes.size());
  for (auto& word : split_words(std::string_view(bytes).substr(date_line)))
    words.push_back(std::move(word.form));
  return words;
}

class Editor {
 public:
  explicit Editor(const std::vector<Words>& articles) : articles_(articles) {}

  Words copy(Words words, int kind, double share) {
    switch (kind) {
      case 0:
        cut(words, share);
        break;
      case 1:
        move(words, share);
        break;
      case 2:
        replace(words, share);
        break;
      case 3:
        cut(words, share / 3), move(words, share / 3), replace(words, share / 3);
        break;
      default:
        replace(words, share / 2), cut(words, share / 2);
        break;
    }
    return words;
  }

 private:
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }
  static std::ptrdiff_t share_of(const Words& words, double share) {
    return static_cast<std::ptrdiff_t>(static_cast<double>(words.size()) * share);
  }

  Words taken(Words& words, double share) {
    const auto length = share_of(words, share);
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(
                                           below(words.size() - static_cast<std::size_t>(length)));
    Words stretch(begin, begin + length);
    words.erase(begin, begin + length);
    return stretch;
  }
  void cut(Words& words, double share) { taken(words, share); }
  void move(Words& words, double share) {
    const Words stretch = taken(words, share);
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(below(words.size())), stretch.begin(),
                 stretch.end());
  }
  void replace(Words& words, double share) {
    for (auto left = share_of(words, share); left > 0; --left) {
      const Words& other = articles_[below(articles_.size())];
      words[below(words.size())] = other[below(other.size())];
    }
  }

  const std::vector<Words>& articles_;
  std::mt19937 random_{7};
};

std::string signature_of(const Words& words) {
  const std::string text = fmt::format("{}", fmt::join(words, " "));
  return text_signature(text, {{0, static_cast<std::uint32_t>(text.size())}});
}

// Pairs at one threshold of equal bytes, and what folding in order does.
void report(const std::vector<std::string>& signatures, std::size_t family, double share) {
  for (const std::size_t threshold : {std::size_t{16}, std::size_t{20}, kCopyBytes, std::size_t{28},
                                      std::size_t{32}, std::size_t{40}}) {
    std::uint64_t right = 0, wrong = 0, all = 0;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      for (std::size_t j = i + 1; j < signatures.size(); ++j) {
        const bool same = i / family == j / family;
        const bool found = equal_bytes(signatures[i], signatures[j]) >= threshold;
        all += same;
        right += same && found;
        wrong += !same && found;
      }
    }
    fmt::print(
        "{:>3.0f} % edits, {} equal bytes: precision {:.4f} recall {:.4f}{}\n", 100 * share,
        threshold,
        static_cast<double>(right) / static_cast<double>(std::max<std::uint64_t>(1, right + wrong)),
        static_cast<double>(right) / static_cast<double>(all),
        threshold == kCopyBytes ? "  <- in use" : "");
  }
  NearDuplicates near(signatures.size());
  std::size_t kept = 0;
  for (const auto& signature : signatures) kept += near.find_or_add(signature) ? 0u : 1u;
  fmt::print("{:>3.0f} % edits, folded in order: {} of {} texts left, {} would be right\n",
             100 * share, kept, signatures.size(), signatures.size() / family);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::size_t most = argc > 2 ? std::stoul(argv[2]) : 500;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::shuffle(files.begin(), files.end(), std::mt19937{11});
  std::vector<Words> articles;
  for (const auto& file : files) {
    if (auto words = words_of(file); articles.size() < most && words.size() >= 100)
      articles.push_back(std::move(words));
  }
  for (const double share : {0.05, 0.1, 0.2}) {
    Editor editor(articles);
    std::vector<std::string> signatures;
    for (const auto& article : articles) {
      signatures.push_back(signature_of(article));
      for (int kind = 0; kind < 5; ++kind)
        signatures.push_back(signature_of(editor.copy(article, kind, share)));
    }
    report(signatures, 6, share);
  }
}
