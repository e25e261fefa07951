#include "query/language_manual.h"

#include <fmt/format.h>

#include <array>

#include "common/manual.h"
#include "common/schema.h"
#include "query/query_limits.h"

namespace dateline {
namespace {

constexpr std::array kExamples = {
    LanguageExample{"treaty talks", "both words in any form (talk, talks, talking); --match any: either, best first"},
    LanguageExample{"\"seabed treaty\"", "the words side by side, as written; all kinds of quotation marks do"},
    LanguageExample{"treaty AND (talks OR strike)", "as it says; AND binds closer than OR, small letters are words"},
    LanguageExample{"treaty AND talks strike", "with --match any: both of the first, or the third"},
    LanguageExample{"treaty -talks", "the first without the second; alone, everything without it"},
    LanguageExample{"treaty NOT talks", "the same"},
    LanguageExample{"agri*", "words that begin so (at least two letters)"},
    LanguageExample{"exact:talks", "the word in this form only, like \"talks\""},
    LanguageExample{"oil NEAR/5 price", "both within 5 words of each other, in any order; never across paragraphs"},
    LanguageExample{"oil ADJ/2 price", "likewise, in this order"},
    LanguageExample{"title:(treaty OR talks)", "in the title"},
    LanguageExample{"speaker:lin*", "a quotation of someone with a part of the name that begins so"},
    LanguageExample{"date:2023-01..2023-03", "published then"},
    LanguageExample{"date:30d..", "published in the last 30 days; also w, m and y"},
    LanguageExample{"date:last-month", "likewise this- and last- week, month and year; today and yesterday"},
    LanguageExample{"mentions:2022-02-24", "a date of which the text speaks that lies in what is asked"},
};

std::string row(std::string_view term, std::string_view meaning) { return fmt::format(".TP\n{}\n{}\n", escape_roff(term), escape_roff(meaning)); }

}  // namespace

std::span<const LanguageExample> language_examples() { return kExamples; }

std::string language_manual(std::string_view version) {
  std::string page = fmt::format(".TH DATELINE\\-QUERY\\-LANGUAGE 7 \"\" \"dateline {}\" \"Dateline\"\n.SH NAME\ndateline\\-query\\-language \\- "
                                 "what dateline\\-query understands\n.SH WORDS, OPERATORS AND DATES\n", version);
  for (const auto& example : kExamples) page += row(example.query, example.meaning);
  page += ".SH FIELDS\n";
  for (const auto& field : kFields) page += row(field.example, field.help);
  page += ".PP\nLetter case, accents and the kind of apostrophe do not matter. A field's words after a blank belong to the text again. "
          "Days are written 2023, 2023\\-03, 2023\\-03\\-02, 2023\\-W09, 2023\\-Q1 or 1990s, ranges A..B, A.. and ..B; weeks run from Monday to Sunday.\n"
          ".SH FACETS\nFor \\fB\\-\\-facet\\fR and \\fB\\-\\-filter\\fR:\n";
  for (const auto& facet : kFacets) page += row(facet.name, facet.help);
  page += fmt::format(".SH LIMITS\nRefused: more than {} bytes, brackets deeper than {}, more than {} terms after names, wildcards and dates are expanded, "
                      "more than {} wildcards or near:, distances over {}.\n", kLongestQuery, kDeepestNesting, kMostTerms, kMostWildcards, kWidestNear);
  return page + ".SH SEE ALSO\ndateline\\-query(1)\n";
}

}  // namespace dateline
