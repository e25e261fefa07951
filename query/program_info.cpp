#include "query/program_info.h"

#include <array>

namespace dateline {
namespace {

using enum OptionKind;
using enum OptionPlace;

constexpr std::array kOptions = {
    OptionInfo{"db", '\0', "DB", text, everywhere, "Search", "the database (default: $DATELINE_DB)", "FOLDER"},
    OptionInfo{"filter", '\0', "FIELD=VALUE", texts, help, "Search", "a facet's value exactly; of a field either", "FILTER"},
    OptionInfo{"sort", '\0', "ORDER", text, everywhere, "Search", "relevance, newest or oldest", "relevance newest oldest"},
    OptionInfo{"match", '\0', "HOW", text, file, "Search", "of words side by side: all (default) or any", "all any"},
    OptionInfo{"recent", '\0', "DAYS", decimal, file, "Search", "let new articles rank higher: a gain that halves every so many days", ""},
    OptionInfo{"more-like", '\0', "PATH", text, help, "Search", "articles like this one; a query filters", "FILE"},
    OptionInfo{"collapse", '\0', "near", text, everywhere, "Search", "fold near copies of an article", "near"},
    OptionInfo{"plain", '\0', "", flag, nowhere, "Search", "the query is words and nothing else: no operators, fields or phrases", ""},
    OptionInfo{"today", '\0', "DAY", text, nowhere, "Search", "the day that yesterday, last-week and 30d.. count from (default: the clock's)", ""},
    OptionInfo{"queries", '\0', "FILE", text, nowhere, "Search", "run each line \"id TAB query\" of a file", "FILE"},
    OptionInfo{"facet", 'f', "FIELD[:N|:all]", texts, help, "Facets", "count the values of a field (N: 10)", "FACET"},
    OptionInfo{"facet-min", '\0', "N", whole, file, "Facets", "leave out facet values with fewer articles", ""},
    OptionInfo{"facet-collapsed", '\0', "", flag, nowhere, "Facets", "count facets and timeline after near copies are folded, not before", ""},
    OptionInfo{"facet-prefix", '\0', "TEXT", text, nowhere, "Facets", "facet values only that have a word beginning so", ""},
    OptionInfo{"facet-sort", '\0', "ORDER", text, file, "Facets", "count (default) or name", "count name"},
    OptionInfo{"significant", '\0', "FIELD[:N|:all]", texts, help, "Facets", "values commoner in the hits than in the archive", "FACET"},
    OptionInfo{"timeline", '\0', "UNIT", text, help, "Facets", "hits by day, week, month or year", "day week month year"},
    OptionInfo{"limit", 'n', "N", whole, everywhere, "Output", "hits shown (default: 10)", ""},
    OptionInfo{"offset", '\0', "N", whole, nowhere, "Output", "hits left out before the first one shown", ""},
    OptionInfo{"all", '\0', "", flag, help, "Output", "show every hit, whatever the limit", ""},
    OptionInfo{"count", '\0', "", flag, help, "Output", "print the number of hits only", ""},
    OptionInfo{"format", '\0', "FORMAT", text, everywhere, "Output", "text, json, jsonl, csv, tsv, paths or trec", "text json jsonl csv tsv paths trec"},
    OptionInfo{"null", '0', "", flag, nowhere, "Output", "with --format paths: the paths' bytes as they are, each ended by NUL", ""},
    OptionInfo{"color", '\0', "WHEN", text, file, "Output", "auto (default), always or never; NO_COLOR in the environment means never", "auto always never"},
    OptionInfo{"explain", '\0', "", flag, help, "Output", "show how the query was understood", ""},
    OptionInfo{"show", '\0', "PATH", text, help, "Instead of a search", "print an article and what was extracted", "FILE"},
    OptionInfo{"fields", '\0', "", flag, help, "Instead of a search", "list fields and facets with examples", ""},
    OptionInfo{"help", 'h', "", flag, help, "Instead of a search", "print the options of every day", ""},
    OptionInfo{"help-all", '\0', "", flag, help, "Instead of a search", "print all options", ""},
    OptionInfo{"version", '\0', "", flag, nowhere, "Instead of a search", "print version and licences", ""},
    OptionInfo{"generate", '\0', "WHAT", text, nowhere, "Instead of a search", "print the manual (man, language) or a completion (bash, zsh)", "man language bash zsh"},
};

constexpr std::array kExamples = {
    Example{"dateline-query treaty talks", "articles that have both words in any form, the best first"},
    Example{"dateline-query --facet speaker --facet place:5 --timeline month treaty", "who spoke of it, where and when"},
    Example{"dateline-query --filter 'speaker=Anna Lind' treaty", "what Anna Lind is quoted in, exactly as the facet shows her"},
    Example{"dateline-query 'speaker:lind date:2023..2024 -strike'", "fields narrow the search"},
    Example{"dateline-query --more-like ~/archive/2023/01/seabed-talks-open-in-geneva.txt date:2024", "what was written of the same later"},
    Example{"dateline-query --collapse near --facet country strike", "wire copies once, facets over all"},
    Example{"dateline-query --all --format csv country:NO", "every article that names a place in Norway, for a spreadsheet"},
    Example{"dateline-query --all --format paths -0 strike | xargs -0 wc -w", "the files themselves, for another program"},
    Example{"dateline-query --limit 0 --facet speaker:all --format jsonl date:2023", "everyone quoted in 2023, for a script"},
};

constexpr std::array kStatuses = {
    ExitStatus{"0", "hits"},
    ExitStatus{"1", "no hits"},
    ExitStatus{"2", "usage, or a query that cannot be understood"},
    ExitStatus{"3", "the database cannot be read"},
};

}  // namespace

const ProgramInfo kQueryProgram = {
    .name = "dateline-query",
    .section = "query",
    .summary = "ranked and faceted search of a news archive",
    .usage = "usage: dateline-query [--db DB] [OPTION...] [--] [QUERY...]\n"
             "  words are all required; \"a phrase\"; AND OR NOT ( ) -word; word*; NEAR/5\n"
             "  speaker:\"Anna Lind\" place:Geneva country:CH date:2023-01..2023-03 title:treaty\n",
    .description = "dateline-query finds the articles of an index made by dateline-index(1) that match a query, shows the best of them, and counts, "
                   "exactly and over all that match, who is quoted, which places are named and when they were published.\n\n"
                   "The query language is described in dateline-query-language(7). The empty query is everything, newest first. A query that begins "
                   "with - goes after --.\n\n"
                   "Messages go to standard error. Output is harmless whatever the articles hold: no control character of theirs reaches the terminal.",
    .options = kOptions,
    .examples = kExamples,
    .statuses = kStatuses,
    .see_also = "dateline-query-language(7), dateline-index(1)",
};

}  // namespace dateline
