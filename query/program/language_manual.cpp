#include "query/program/language_manual.h"

#include <fmt/format.h>

#include <array>

#include "common/cli/manual.h"
#include "common/store/schema.h"
#include "query/language/query_limits.h"

namespace dateline {
namespace {

constexpr std::array kExamples = {
    LanguageExample{
        "treaty talks",
        "both words in any form (talk, talks, talking); --match any: either, best first"},
    LanguageExample{"\"seabed treaty\"",
                    "the words side by side, as written; all kinds of quotation marks do"},
    LanguageExample{"treaty AND (talks OR strike)",
                    "as it says; AND binds closer than OR, small letters are words"},
    LanguageExample{"treaty AND talks strike", "with --match any: both of the first, or the third"},
    LanguageExample{"treaty -talks", "the first without the second; alone, everything without it"},
    LanguageExample{"treaty NOT talks", "the same"},
    LanguageExample{"agri*", "words that begin so (at least two letters)"},
    LanguageExample{"exact:talks", "the word in this form only, like \"talks\""},
    LanguageExample{"oil NEAR/5 price",
                    "both within 5 words of each other, in any order; never across paragraphs. Of "
                    "k words joined so all stand within a stretch of 5 + k - 1 words"},
    LanguageExample{"oil ADJ/2 price", "likewise, in this order"},
    LanguageExample{"title:(treaty OR talks)", "in the title"},
    LanguageExample{"speaker:lin*",
                    "a quotation of someone with a part of the name that begins so"},
    LanguageExample{"date:2023-01..2023-03", "published then"},
    LanguageExample{"date:30d..", "published in the last 30 days; also w, m and y"},
    LanguageExample{"date:last-month",
                    "likewise this- and last- week, month and year; today and yesterday"},
    LanguageExample{"mentions:2022-02-24",
                    "a date of which the text speaks that lies in what is asked"},
};

constexpr std::string_view kNotes =
    "Letter case, accents and the kind of apostrophe do not matter. A field's words after a blank "
    "belong to the text again: speaker:Anna Lind is the "
    "speaker Anna and the word Lind.\n\n"
    "Days are written 2023, 2023-03, 2023-03-02, 2023-W09, 2023-Q1, 2023-SU or 1990s, ranges A..B, "
    "A.. and ..B; today, yesterday, tomorrow, this-week, "
    "last-month (week, month, year), 30d.. (days, weeks w, months m, years y, back from today). "
    "Weeks run from Monday to Sunday.\n\n"
    "near: takes a place that some article names, or a point in degrees (near:\"46.2,6.15,50km\"), "
    "and a distance in km or mi. Of several places of the "
    "name the one named in most articles is meant, which is said with the others; a label means "
    "one (near:\"Paris, Texas, US,20mi\"). Countries, regions, "
    "seas, rivers and areas have no point of their own and count only when they are the place "
    "asked for.";

}  // namespace

std::span<const LanguageExample> language_examples() { return kExamples; }

std::string language_manual(std::string_view version) {
  std::string page = roff_head("DATELINE-QUERY-LANGUAGE", 7, version, "dateline-query-language",
                               "what dateline-query understands") +
                     ".SH WORDS, OPERATORS AND DATES\n";
  for (const auto& example : kExamples) page += roff_term(example.query, example.meaning);
  page += ".SH FIELDS\n";
  for (const auto& field : kFields) page += roff_term(field.example, field.help);
  page +=
      roff_paragraphs(kNotes) + ".SH FACETS\nFor \\fB\\-\\-facet\\fR and \\fB\\-\\-filter\\fR:\n";
  for (const auto& facet : kFacets) page += roff_term(facet.name, facet.facet_help);
  page += fmt::format(
      ".SH LIMITS\nRefused: more than {} bytes, brackets deeper than {}, more than {} terms after "
      "names, wildcards and dates are expanded, "
      "more than {} wildcards or near:, distances over {}.\n",
      kLongestQuery, kDeepestNesting, kMostTerms, kMostWildcards, kWidestNear);
  return page + ".SH SEE ALSO\ndateline\\-query(1)\n";
}

}  // namespace dateline
