// Results for a person at a terminal: title, date, who and where, a passage; facets as bars.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "common/text/take_until.h"
#include "common/text/terminal_text.h"
#include "query/render/format.h"
#include "query/render/wrapped_text.h"

namespace dateline {
namespace {

constexpr std::size_t kIndent = 4;
constexpr std::size_t kNamesShown = 6;   // speakers or places of a hit
constexpr std::size_t kLongestBar = 20;  // columns
constexpr std::size_t kLeastBar = 5;
constexpr std::size_t kLeastName = 5;  // columns, beside numbers
constexpr std::size_t kLeastWidth = 20;
constexpr std::string_view kNobody = "(nobody named)";

// As a query takes it: a decade is 1990s, a century has no other form than its years.
std::string as_asked(const PartialDate& date) {
  if (date.unit == DateUnit::decade) return fmt::format("{:04}s", date.year);
  if (date.unit == DateUnit::century) return fmt::format("{:04}..{:04}", date.year, date.year + 99);
  return to_string(date);
}

class TextRenderer {
 public:
  explicit TextRenderer(TextStyle style) : style_(style) {
    style_.width = std::max(style_.width, kLeastWidth);
  }

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
    wrap(article.title, {whole(article.title)}, "", "", kBold);
    wrap(fmt::format("{}  {}", to_string(article.date), harmless(article.path)), {}, "", "");
    list("said by", names_of(article.record.speakers));
    list("places", labels_of(article.record.places));
    std::vector<std::string> dates;
    for (const auto& date : article.record.dates) dates.push_back(as_asked(date.value));
    list("dates", dates);
    for (const auto& quote : article.record.quotes) said(article.text, quote);
    if (article.encoding != Encoding::utf8)
      line(fmt::format("decoded from {}", to_string(article.encoding)));
    line("");
    article_text(article.text);
    return std::move(out_);
  }

 private:
  static constexpr Marking kFound{"\x1b[1;33m", "\x1b[0m"};
  static constexpr Marking kFoundInBold{"\x1b[33m", "\x1b[39m"};
  static constexpr Marking kBold{"\x1b[1m", "\x1b[0m"};

  static Span whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }
  static std::vector<std::string> names_of(const std::vector<Speaker>& speakers) {
    std::vector<std::string> names;
    for (const auto& speaker : speakers) names.push_back(speaker.name);
    return names;
  }
  template <class Place>
  static std::vector<std::string> labels_of(const std::vector<Place>& places) {
    std::vector<std::string> labels;
    for (const auto& place : places) labels.push_back(place.label);
    return labels;
  }

  Marking in_colour(Marking marking) const { return style_.colour ? marking : Marking{}; }
  std::string bold(const std::string& text) const {
    return style_.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
  }
  std::string dim(const std::string& text) const {
    return style_.colour ? "\x1b[2m" + text + "\x1b[0m" : text;
  }
  void line(const std::string& text) { out_ += text + '\n'; }
  void wrap(std::string_view text, const std::vector<Span>& marks, std::string first,
            std::string hanging, Marking marking = kFound) {
    const LineStyle style{
        .first = std::move(first), .hanging = std::move(hanging), .width = style_.width};
    for (const auto& row : wrapped(text, marks, style, in_colour(marking))) line(row);
  }

  void hit(const Hit& hit, std::size_t rank) {
    line(fmt::format("{:>2}. {}", rank,
                     bold(cut_to(hit.title, hit.title_highlights, style_.width - kIndent,
                                 in_colour(kFoundInBold)))));
    line(fmt::format("    {}  {}", to_string(hit.date), dim(harmless(hit.path))));
    names("    said by: ", names_of(hit.speakers), hit.wanted_speakers);
    names("    places: ", labels_of(hit.places), hit.wanted_places);
    if (hit.copies > 0)
      line(dim(fmt::format("    and {} near {}", with_commas(hit.copies),
                           hit.copies == 1 ? "copy" : "copies")));
    if (hit.quotes && !hit.quotes->empty())
      quotes(*hit.quotes);
    else if (!hit.snippet.text.empty())
      wrap(hit.snippet.text, hit.snippet.highlights, "    ", "    ");
    line("");
  }

  // What several said together is there once for each: it is shown once.
  void quotes(const std::vector<Quotation>& all) {
    std::string who;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& [speaker, unused, span, said] = all[i];
      who += (who.empty() ? "" : "; ") + (speaker.empty() ? std::string(kNobody) : speaker);
      if (i + 1 < all.size() && all[i + 1].span == span) continue;
      who += ": ";
      std::vector<Span> marks;
      for (const Span mark : said.highlights)
        marks.push_back({static_cast<std::uint32_t>(mark.begin + who.size()),
                         static_cast<std::uint32_t>(mark.end + who.size())});
      wrap(who + said.text, marks, std::string(kIndent, ' '), std::string(2 * kIndent, ' '));
      who.clear();
    }
  }

  // As many names as a line has room for, at least those asked for; what is left is counted. The
  // first `wanted` are marked.
  void names(const std::string& what, const std::vector<std::string>& all, std::size_t wanted) {
    if (all.empty()) return;
    std::string text;
    std::vector<Span> marks;
    std::size_t shown = 0;
    std::size_t columns = what.size();
    for (; shown < std::min(all.size(), std::max(kNamesShown, wanted)); ++shown) {
      const std::string next = (shown == 0 ? "" : "; ") + all[shown];
      columns += columns_of(harmless(next));
      const bool fits = columns + more(all.size() - shown - 1).size() <= style_.width;
      if (!fits && shown > 0 && shown >= wanted) break;
      if (shown < wanted)
        marks.push_back({static_cast<std::uint32_t>(text.size() + next.size() - all[shown].size()),
                         static_cast<std::uint32_t>(text.size() + next.size())});
      text += next;
    }
    wrap(text + more(all.size() - shown), marks, what, std::string(2 * kIndent, ' '));
  }
  static std::string more(std::size_t left) {
    return left == 0 ? "" : fmt::format(" and {} more", with_commas(left));
  }

  // All of them.
  void list(const std::string& what, const std::vector<std::string>& all) {
    if (!all.empty())
      wrap(fmt::format("{}", fmt::join(all, "; ")), {}, what + ": ", std::string(kIndent, ' '));
  }

  void said(const std::string& text, const Quote& quote) {
    const auto end = std::min<std::size_t>(quote.span.end, text.size());
    const auto begin = std::min<std::size_t>(quote.span.begin, end);
    const std::string who = quote.speaker.value_or(std::string(kNobody));
    const auto marks = quote.speaker ? std::vector<Span>{whole(who)} : std::vector<Span>{};
    wrap(who + ": " + text.substr(begin, end - begin), marks, "  ", std::string(kIndent, ' '),
         kBold);
  }

  // Its own lines, those too long broken under their own indentation.
  void article_text(std::string_view text) {
    while (!text.empty()) {
      const std::string_view row = take_until(text, '\n');
      const std::string shown = harmless_lines(row);
      const std::string indent(std::min({row.find_first_not_of(' '), row.size(), style_.width / 2}),
                               ' ');
      if (columns_of(shown) <= style_.width)
        line(shown);
      else
        wrap(row, {}, indent, indent);
    }
  }

  void facet(const FacetResult& facet) {
    const auto more = facet.distinct > facet.values.size()
                          ? fmt::format(" ({} of {})", with_commas(facet.values.size()),
                                        with_commas(facet.distinct))
                          : "";
    line(bold(fmt::format("{}{}", info(facet.facet).name, more)));
    bars(facet.values);
  }

  template <class Values>
  static std::size_t widest_value(const Values& values) {
    std::size_t widest = 0;
    for (const auto& value : values) widest = std::max(widest, columns_of(harmless(value.value)));
    return widest;
  }

  using Numbers = std::array<std::string, 3>;

  static std::vector<Numbers> numbers_of(const SignificantResult& found) {
    std::vector<Numbers> rows{{"score", "hits", "archive"}};
    for (const auto& value : found.values)
      rows.push_back({fmt::format("{:.1f}", value.score), with_commas(value.count),
                      with_commas(value.archive)});
    return rows;
  }

  // Widths of the columns. No number is cut: when names have given way, first the score is left
  // out, then the archive's count.
  std::array<std::size_t, 3> columns_that_fit(const std::vector<Numbers>& rows) const {
    std::array<std::size_t, 3> widths{};
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i)
        widths[i] = std::max(widths[i], row[i].size() + 2);
    }
    for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) {
      if (kIndent + kLeastName + widths[0] + widths[1] + widths[2] > style_.width) widths[i] = 0;
    }
    return widths;
  }

  void significant(const SignificantResult& found) {
    const auto rows = numbers_of(found);
    const auto widths = columns_that_fit(rows);
    const std::size_t taken = kIndent + widths[0] + widths[1] + widths[2];
    const std::size_t names =
        std::min(widest_value(found.values), style_.width - std::min(style_.width, taken));
    line(bold(fitted(
        fmt::format("{} over-represented ({})", info(found.facet).name, kSignificanceMeasure),
        style_.width, false)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string text =
          "    " + fitted(i == 0 ? "" : harmless(found.values[i - 1].value), names, true);
      for (std::size_t column = 0; column < widths.size(); ++column) {
        if (widths[column] > 0) text += fmt::format("{:>{}}", rows[i][column], widths[column]);
      }
      line(text);
    }
    line("");
  }

  // Values with their counts, the longest bar for the highest. In a narrow terminal bars give way
  // before values do.
  void bars(const std::vector<FacetCount>& values) {
    std::uint64_t highest = 1;
    for (const auto& value : values) highest = std::max(highest, value.count);
    const std::size_t digits = with_commas(highest).size();
    const std::size_t room = style_.width - std::min(style_.width, kIndent + digits + 2);
    const std::size_t widest = std::min(widest_value(values), room - std::min(room, kLeastBar));
    const std::size_t longest = std::min(kLongestBar, room - widest);
    for (const auto& value : values) {
      const auto bar =
          value.count == 0 ? 0 : std::max<std::uint64_t>(1, value.count * longest / highest);
      std::string blocks;
      for (std::uint64_t i = 0; i < bar; ++i) blocks += "█";
      line(fmt::format("    {} {:>{}}{}{}", fitted(harmless(value.value), widest, true),
                       with_commas(value.count), digits, bar == 0 ? "" : " ", blocks));
    }
    line("");
  }

  static std::string total(const ResultSet& page) {
    const std::string about = page.total_is_exact ? "" : "about ";
    std::string text = fmt::format("{}{} of {} articles", about, with_commas(page.total),
                                   with_commas(page.archive));
    if (page.folded > 0)
      text += fmt::format(", {} near {} folded", with_commas(page.folded),
                          page.folded == 1 ? "copy" : "copies");
    const std::size_t shown = page.earlier + page.hits.size();
    if (shown > 0 && shown < page.total)
      text += fmt::format(", {} to {} shown", with_commas(page.offset + 1),
                          with_commas(page.offset + shown));
    return text;
  }

  TextStyle style_;
  std::string out_;
};

}  // namespace

std::string text_begin(const ResultSet& page) {
  return page.explanation.empty() ? "" : harmless_lines(page.explanation) + '\n';
}
std::string text_hits(const ResultSet& page, TextStyle style) {
  return TextRenderer(style).hits(page);
}
std::string text_end(const ResultSet& page, TextStyle style) {
  return TextRenderer(style).counts(page);
}
std::string text_article(const ShownArticle& article, TextStyle style) {
  return TextRenderer(style).article(article);
}

}  // namespace dateline
