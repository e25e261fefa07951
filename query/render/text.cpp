// Results for a person at a terminal: title, date, who and where, a passage; facets as bars.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "common/terminal_text.h"
#include "common/unicode.h"
#include "query/render/format.h"

namespace dateline {
namespace {

constexpr std::size_t kIndent = 4;
constexpr std::size_t kNamesShown = 6;     // speakers or places of a hit
constexpr std::size_t kLongestBar = 20;    // columns
constexpr std::size_t kLeastWidth = 40;

class TextRenderer {
 public:
  explicit TextRenderer(TextStyle style) : style_(style) { style_.width = std::max(style_.width, kLeastWidth); }

  std::string hits(const ResultSet& page) {
    std::size_t rank = page.offset + page.earlier;
    for (const auto& found : page.hits) hit(found, ++rank);
    return std::move(out_);
  }

  std::string counts(const ResultSet& page) {
    for (const auto& counted : page.facets) facet(counted);
    for (const auto& found : page.significant) significant(found);
    if (page.timeline) {
      line(bold(fmt::format("by {}", to_string(page.timeline->unit))));
      bars(page.timeline->rows);
    }
    line(total(page));
    return std::move(out_);
  }

  std::string article(const ShownArticle& article) {
    line(bold(harmless(article.title)));
    line(fmt::format("{}  {}", to_string(article.date), harmless(article.path)));
    names("said by", speakers(article.record));
    names("places", places(article.record));
    std::vector<std::string> dates;
    for (const auto& date : article.record.dates) dates.push_back(to_string(date.value));
    names("dates", dates);
    for (const auto& quote : article.record.quotes) said(article.text, quote);
    out_ += '\n' + harmless_lines(article.text);
    if (!out_.ends_with('\n')) out_ += '\n';
    return std::move(out_);
  }

 private:
  static std::vector<std::string> speakers(const Record& record) {
    std::vector<std::string> names;
    for (const auto& speaker : record.speakers) names.push_back(speaker.name);
    return names;
  }
  static std::vector<std::string> places(const Record& record) {
    std::vector<std::string> names;
    for (const auto& place : record.places) names.push_back(place.label);
    return names;
  }

  std::string bold(const std::string& text) const { return style_.colour ? "\x1b[1m" + text + "\x1b[0m" : text; }
  std::string marked(const std::string& text) const { return style_.colour ? "\x1b[1;33m" + text + "\x1b[0m" : text; }
  std::string dim(const std::string& text) const { return style_.colour ? "\x1b[2m" + text + "\x1b[0m" : text; }
  void line(const std::string& text) { out_ += text + '\n'; }

  void hit(const Hit& hit, std::size_t rank) {
    line(fmt::format("{:>2}. {}", rank, bold(fitted(harmless(hit.title), style_.width - kIndent, false))));
    line(fmt::format("    {}  {}", to_string(hit.date), dim(harmless(hit.path))));
    std::vector<std::string> said_by;
    for (const auto& speaker : hit.speakers) said_by.push_back(speaker.name);
    names("    said by", said_by);
    names("    places", hit.places);
    if (hit.copies > 0) line(dim(fmt::format("    and {} near {}", hit.copies, hit.copies == 1 ? "copy" : "copies")));
    if (!hit.snippet.text.empty()) passage(hit.snippet);
    out_ += '\n';
  }

  void names(std::string_view what, const std::vector<std::string>& all) {
    if (all.empty()) return;
    const auto shown = std::min(all.size(), kNamesShown);
    std::string text = fmt::format("{}: {}", what, fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown), "; "));
    if (all.size() > shown) text += fmt::format(" and {} more", all.size() - shown);
    line(fitted(harmless(text), style_.width, false));
  }

  void said(const std::string& text, const Quote& quote) {
    const auto end = std::min<std::size_t>(quote.span.end, text.size());
    const auto begin = std::min<std::size_t>(quote.span.begin, end);
    line(fmt::format("  {}: {}", quote.speaker ? bold(harmless(*quote.speaker)) : "(nobody named)",
                     fitted(harmless(std::string_view(text).substr(begin, end - begin)), style_.width, false)));
  }

  // Breaks the passage into lines at blanks; a highlight never crosses a line end, for words have no blanks.
  void passage(const Snippet& snippet) {
    auto next = snippet.highlights.begin();
    std::string row = "   ";
    std::size_t used = 3;
    for (std::size_t pos = 0; pos < snippet.text.size();) {
      const auto end = std::min(snippet.text.find(' ', pos), snippet.text.size());
      std::string word;
      for (std::size_t at = pos; at < end;) {
        const bool wanted = next != snippet.highlights.end() && next->begin == at && next->end <= end;
        const auto until = wanted ? next->end : next != snippet.highlights.end() && next->begin > at && next->begin < end ? next->begin : end;
        const std::string piece = harmless(std::string_view(snippet.text).substr(at, until - at));
        word += wanted ? marked(piece) : piece;
        if (wanted) ++next;
        at = until;
      }
      const std::size_t width = columns_of(harmless(std::string_view(snippet.text).substr(pos, end - pos)));
      if (used + 1 + width > style_.width && used > 3) {
        line(row);
        row = "   ";
        used = 3;
      }
      row += ' ' + word;
      used += 1 + width;
      pos = end + 1;
    }
    line(row);
  }

  void facet(const FacetResult& facet) {
    const auto more = facet.distinct > facet.values.size() ? fmt::format(" ({} of {})", facet.values.size(), facet.distinct) : "";
    line(bold(fmt::format("{}{}", info(facet.facet).name, more)));
    bars(facet.values);
  }

  void significant(const SignificantResult& found) {
    line(bold(fmt::format("{} over-represented ({}; hits of archive)", info(found.facet).name, kSignificanceMeasure)));
    std::size_t widest = 0;
    for (const auto& value : found.values) widest = std::max(widest, columns_of(harmless(value.value)));
    widest = std::min(widest, style_.width - kLongestBar);
    for (const auto& value : found.values) {
      line(fmt::format("    {} {:.1f}; {} of {}", fitted(harmless(value.value), widest, true), value.score, value.count, value.archive));
    }
    out_ += '\n';
  }

  // Values with their counts, the longest bar for the highest.
  void bars(const std::vector<FacetCount>& values) {
    std::uint64_t highest = 1;
    std::size_t digits = 1;
    std::size_t widest = 0;
    for (const auto& value : values) {
      highest = std::max(highest, value.count);
      digits = std::max(digits, fmt::format("{}", value.count).size());
      widest = std::max(widest, columns_of(harmless(value.value)));
    }
    widest = std::min(widest, style_.width - kIndent - digits - kLongestBar - 2);
    for (const auto& value : values) {
      const auto bar = value.count == 0 ? 0 : std::max<std::uint64_t>(1, value.count * kLongestBar / highest);
      std::string blocks;
      for (std::uint64_t i = 0; i < bar; ++i) blocks += "█";
      line(fmt::format("    {} {:>{}}{}{}", fitted(harmless(value.value), widest, true), value.count, digits, bar == 0 ? "" : " ", blocks));
    }
    out_ += '\n';
  }

  static std::string total(const ResultSet& page) {
    const std::string about = page.total_is_exact ? "" : "about ";
    std::string text = fmt::format("{}{} of {} articles", about, page.total, page.archive);
    if (page.folded > 0) text += fmt::format(", {} near {} folded", page.folded, page.folded == 1 ? "copy" : "copies");
    const std::size_t shown = page.earlier + page.hits.size();
    if (shown > 0 && shown < page.total) text += fmt::format(", {} to {} shown", page.offset + 1, page.offset + shown);
    return text;
  }

  TextStyle style_;
  std::string out_;
};

}  // namespace

std::string text_begin(const ResultSet& page) { return page.explanation.empty() ? "" : harmless_lines(page.explanation) + '\n'; }
std::string text_hits(const ResultSet& page, TextStyle style) { return TextRenderer(style).hits(page); }
std::string text_end(const ResultSet& page, TextStyle style) { return TextRenderer(style).counts(page); }
std::string text_article(const ShownArticle& article, TextStyle style) { return TextRenderer(style).article(article); }

}  // namespace dateline
