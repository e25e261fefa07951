#include "query/program/program_info.h"

#include <array>

namespace dateline {
namespace {

using enum OptionKind;
using enum OptionPlace;

constexpr std::array kOptions = {
    OptionInfo{"db", '\0', "DB", text, everywhere, "Search", "the database (default: $DATELINE_DB)",
               "FOLDER"},
    OptionInfo{
        "filter", '\0', "FIELD=VALUE", texts, help, "Search",
        "a facet's value exactly; of a field either", "FILTER",
        "FIELD is a facet, VALUE a value as the facet shows it. Two values of one field mean "
        "either, different fields all. The facet of FIELD itself is "
        "counted as if the filter were not there, so that one sees what else could be chosen."},
    OptionInfo{"sort", '\0', "ORDER", text, everywhere, "Search", "relevance, newest or oldest",
               "relevance newest oldest"},
    OptionInfo{"match", '\0', "HOW", text, file, "Search",
               "of words side by side: all (default) or any", "all any",
               "Fields and dates filter in either case."},
    OptionInfo{"recent", '\0', "DAYS", decimal, file, "Search",
               "let new articles rank higher: a gain that halves every so many days", "",
               "An article of today gains half of the best score, one that is DAYS old half of "
               "that, and so on; what matches stays the same. 0 (default): no "
               "gain. It changes the ranking and does not go with --sort newest or oldest."},
    OptionInfo{"more-like", '\0', "PATH", text, help, "Search",
               "articles like this one; a query filters", "FILE",
               "The article has to be in the index. Its 25 most telling words rank."},
    OptionInfo{"collapse", '\0', "HOW", text, file, "Search",
               "near: fold near copies of an article; none", "near none",
               "A wire story as several papers cut and reword it is shown once, under the article "
               "that ranks first, which says how many copies there are. Two "
               "texts are copies when about a third of the pairs of neighbouring words of either "
               "is in both. Facets and timeline count all articles, or with "
               "--facet-collapsed only those left."},
    OptionInfo{"plain", '\0', "", flag, nowhere, "Search",
               "the query is words and nothing else: no operators, fields or phrases", ""},
    OptionInfo{"today", '\0', "DAY", text, nowhere, "Search",
               "the day that yesterday, last-week and 30d.. count from (default: the clock's)", ""},
    OptionInfo{"queries", '\0', "FILE", text, nowhere, "Search",
               "run each line \"id TAB query\" of a file; -: of standard input", "FILE",
               "In text, json, jsonl and trec, each result with its id; with --count lines \"id "
               "TAB number\". A line that is none, or a query that cannot be "
               "understood, is named with file and line, the others run, and the status is 2."},
    OptionInfo{"facet", 'f', "FIELD[:N|:all]", texts, help, "Facets",
               "count the values of a field (N: 10)", "FACET"},
    OptionInfo{"facet-min", '\0', "N", whole, file, "Facets",
               "leave out facet values with fewer articles", ""},
    OptionInfo{"facet-collapsed", '\0', "", flag, nowhere, "Facets",
               "count facets and timeline after near copies are folded, not before", ""},
    OptionInfo{"guessed-places", '\0', "", flag, nowhere, "Facets",
               "count and filter places too that no gazetteer has", "",
               "Names taken for places by their form alone, such as Marlow Creek: facets and "
               "--filter leave them out; place:NAME finds them either way. They add no country, "
               "and near: does not know them."},
    OptionInfo{"facet-prefix", '\0', "TEXT", text, nowhere, "Facets",
               "facet values only that have a word beginning so", ""},
    OptionInfo{"facet-sort", '\0', "ORDER", text, file, "Facets", "count (default) or name",
               "count name"},
    OptionInfo{"significant", '\0', "FIELD[:N|:all]", texts, nowhere, "Facets",
               "values commoner in the hits than in the archive", "FACET",
               "The values over-represented among the hits against the whole archive, each with "
               "both counts: the hits and the articles of the archive that have it. "
               "The measure is the log-likelihood ratio of hits against the other articles "
               "(Dunning 1993); 10.8 would arise by chance once in 1,000 values. "
               "Values of fewer than two hits are left out. Dates of publication are no values to "
               "compare."},
    OptionInfo{"timeline", '\0', "UNIT", text, help, "Facets", "hits by day, week, month or year",
               "day week month year"},
    OptionInfo{"limit", 'n', "N", whole, everywhere, "Output", "hits shown (default: 10)", ""},
    OptionInfo{"offset", '\0', "N", whole, nowhere, "Output",
               "hits left out before the first one shown", ""},
    OptionInfo{"all", '\0', "", flag, help, "Output", "show every hit, whatever the limit", ""},
    OptionInfo{"count", '\0', "", flag, help, "Output", "print the number of hits only", ""},
    OptionInfo{"quotes", '\0', "", flag, help, "Output",
               "quotations: of the speakers asked for, or with the words", "",
               "The quotations of each hit, whole, each under its speaker's name: those of the "
               "speakers that fields or filters ask for; when the query asks for no "
               "speaker, those that hold words of it; all when it has no words either. A hit "
               "without any shows its passage. In json and jsonl a hit's quotes, in csv "
               "and tsv rows of type quote after the hit."},
    OptionInfo{"format", '\0', "FORMAT", text, everywhere, "Output",
               "text, json, jsonl, csv, tsv, paths or trec", "text json jsonl csv tsv paths trec",
               "Hits, facets, significant values and the timeline come in every format; see OUTPUT "
               "FORMATS."},
    OptionInfo{"null", '0', "", flag, nowhere, "Output",
               "with --format paths: the paths' bytes as they are, each ended by NUL", "",
               "For xargs -0; without facets, which xargs would take for paths."},
    OptionInfo{"color", '\0', "WHEN", text, file, "Output",
               "auto (default), always or never; NO_COLOR in the environment means never",
               "auto always never"},
    OptionInfo{
        "explain", '\0', "", flag, help, "Output", "show how the query was understood", "",
        "In text, json and jsonl it is part of the output; otherwise it goes to standard error."},
    OptionInfo{"show", '\0', "PATH", text, help, "Instead of a search",
               "print an article and what was extracted", "FILE"},
    OptionInfo{"fields", '\0', "", flag, help, "Instead of a search",
               "list fields and facets with examples", ""},
    OptionInfo{"help", 'h', "", flag, help, "Instead of a search", "print the options of every day",
               ""},
    OptionInfo{"help-all", '\0', "", flag, help, "Instead of a search", "print all options", ""},
    OptionInfo{"version", '\0', "", flag, nowhere, "Instead of a search",
               "print version and licences", ""},
    OptionInfo{"generate", '\0', "WHAT", text, nowhere, "Instead of a search",
               "print the manual (man, language) or a completion (bash, zsh)",
               "man language bash zsh"},
};

constexpr std::array kExamples = {
    Example{"dateline-query treaty talks",
            "articles that have both words in any form, the best first"},
    Example{"dateline-query --facet speaker --facet place:5 --timeline month treaty",
            "who spoke of it, where and when"},
    Example{"dateline-query --filter 'speaker=Anna Lind' treaty",
            "what Anna Lind is quoted in, exactly as the facet shows her"},
    Example{"dateline-query --quotes speaker:olsen treaty",
            "all that Olsen says in articles on the treaty"},
    Example{"dateline-query 'speaker:lind date:2023..2024 -strike'", "fields narrow the search"},
    Example{"dateline-query --more-like ~/archive/2024/03/seabed-treaty-agreed.txt",
            "what else was written of the matter"},
    Example{"dateline-query --collapse near --facet country strike",
            "wire copies once, facets over all"},
    Example{"dateline-query --all --format csv country:NO",
            "every article that names a place in Norway, for a spreadsheet"},
    Example{"dateline-query --all --format paths -0 strike | xargs -0 wc -w",
            "the files themselves, for another program"},
    Example{"dateline-query --limit 0 --facet speaker:all --format jsonl date:2023",
            "everyone quoted in 2023, for a script"},
};

constexpr std::array kStatuses = {
    ExitStatus{"0", "hits (--queries: every query ran)"},
    ExitStatus{"1", "no hits, or something asked for was not found"},
    ExitStatus{"2", "usage, or a query that cannot be understood or is too large"},
    ExitStatus{"3", "the database cannot be read; never \"0 results\""},
    ExitStatus{"74", "the output could not be written (a full disk)"},
};

constexpr std::array kFormats = {
    Term{"text",
         "for people: title, date, path, who is quoted, places, a passage with the words found; "
         "facets as bars"},
    Term{"json", "for scripts: one object with a format version"},
    Term{"jsonl",
         "for scripts that stream: an object a line, told apart by its first key, type: search, "
         "hit, facet, significant, timeline"},
    Term{"csv",
         "for spreadsheets: RFC 4180, always the columns type, rank, date, score, path, title, "
         "speakers, places, snippet, copies, facet, value, count, archive"},
    Term{"tsv", "for awk and cut: the same with tabs, nothing quoted"},
    Term{"paths",
         "for xargs: a path a line, or with -0 its exact bytes; facets as # facet speaker 3 Anna "
         "Lind"},
    Term{"trec", "for evaluation tools: id Q0 name rank score dateline"},
};

constexpr std::array kSections = {
    ManualSection{"RANKING",
                  "BM25 over stems (Snowball English); words of the title count a quarter more. "
                  "Fields and dates filter and do not weigh; a phrase weighs as its "
                  "words do. Ties go to the newer article, then to the path. A query without words "
                  "is sorted newest first.\n\n"
                  "With --match any words of the best hits are added to the ranking; what matches "
                  "stays the same.",
                  {}},
    ManualSection{"OUTPUT FORMATS", "--format takes one of:", kFormats},
};

}  // namespace

const ProgramInfo kQueryProgram = {
    .name = "dateline-query",
    .arguments = "QUERY",
    .section = "query",
    .summary = "ranked and faceted search of a news archive",
    .synopsis = "dateline-query [--db DB] [OPTION...] [--] [QUERY...]",
    .usage_note =
        "  words are all required; \"a phrase\"; AND OR NOT ( ) -word; word*; NEAR/5\n"
        "  speaker:\"Anna Lind\" place:Geneva country:CH date:2023-01..2023-03 title:treaty\n",
    .description =
        "dateline-query finds the articles of an index made by dateline-index(1) that match a "
        "query, shows the best of them, and counts, "
        "exactly and over all that match, who is quoted, which places are named and when they were "
        "published.\n\n"
        "The query language is described in dateline-query-language(7). The empty query is "
        "everything, newest first. A query that begins "
        "with - goes after --.\n\n"
        "Messages go to standard error. Output is harmless whatever the articles hold: no control "
        "character of theirs reaches the terminal.",
    .options = kOptions,
    .examples = kExamples,
    .statuses = kStatuses,
    .see_also = "dateline-query-language(7), dateline-index(1)",
    .dash_hint = "quote a query, 'treaty -talks'; one that begins with - goes after --",
    .sections = kSections,
};

}  // namespace dateline
