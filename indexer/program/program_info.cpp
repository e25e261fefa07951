#include "indexer/program/program_info.h"

#include <array>

namespace dateline {
namespace {

using enum OptionKind;
using enum OptionPlace;

constexpr std::array kOptions = {
    OptionInfo{"db", '\0', "DB", text, everywhere, "Indexing",
               "the database, a folder (default: $DATELINE_DB)", "FOLDER"},
    OptionInfo{"dry-run", 'n', "", flag, help, "Indexing",
               "print what a run would do, change nothing", ""},
    OptionInfo{"rebuild", '\0', "", flag, help, "Indexing",
               "write the index anew beside the old one, then swap", ""},
    OptionInfo{"no-upgrade", '\0', "", flag, nowhere, "Indexing",
               "refuse an index of older rules, tables or schema instead of rebuilding it", "",
               "Without it a run that finds such an index brings it up to date, writes it anew "
               "beside itself and swaps. A time limit or a signal stops that, "
               "and the next run goes on with it; where there is no room for a second index the "
               "older one goes on."},
    OptionInfo{"max-delete", '\0', "N", whole, help, "Indexing",
               "stop when more articles than this are gone", ""},
    OptionInfo{"forget", '\0', "FOLDER", texts, nowhere, "Indexing",
               "take the articles below this folder out of the index (repeatable)", "FOLDER"},
    OptionInfo{"exclude-list", '\0', "FILE", text, nowhere, "Indexing",
               "paths that stay out of the index though they are there, a path a line; replaces "
               "the list in the index",
               "FILE"},
    OptionInfo{
        "any-date", '\0', "", flag, nowhere, "Indexing",
        "take every date of publication, not only 1500 to a year ahead; the index remembers it",
        ""},
    OptionInfo{"retry-failed", '\0', "", flag, nowhere, "Indexing",
               "look again at files that failed before and have not changed since", ""},
    OptionInfo{"verify-files", '\0', "", flag, nowhere, "Indexing",
               "read every file, whatever its size and times say, for changes they do not tell",
               ""},
    OptionInfo{"verify-rate", '\0', "MB", decimal, nowhere, "Indexing",
               "read at most so many MB a second with --verify-files (default: 50)", ""},
    OptionInfo{"aliases", '\0', "FILE", text, nowhere, "Indexing",
               "names that are one person's, lines \"name TAB canonical name\"; replaces those in "
               "the index, folders may be left out",
               "FILE"},
    OptionInfo{"max-alias-changes", '\0', "N", whole, nowhere, "Indexing",
               "refuse the file of --aliases when more aliases than this change", ""},
    OptionInfo{"wait", '\0', "SECONDS", decimal, file, "Indexing",
               "wait up to so long for another run to end", ""},
    OptionInfo{"time-limit", '\0', "SECONDS", decimal, file, "Indexing",
               "stop after so long, commit what was done, end with status 4", ""},
    OptionInfo{"jobs", 'j', "N", whole, everywhere, "Indexing", "threads that read and extract",
               ""},
    OptionInfo{"summary", '\0', "FILE", text, nowhere, "Reports",
               "write what the run does and did to this file, as JSON", "FILE"},
    OptionInfo{"errors", '\0', "FILE", text, nowhere, "Reports",
               "write all files that fail now to this file, a JSON object a line", "FILE"},
    OptionInfo{"verbose", 'v', "", flag, help, "Reports", "print each path that changed or failed",
               ""},
    OptionInfo{"quiet", 'q', "", flag, help, "Reports", "print problems only", ""},
    OptionInfo{"extract", '\0', "", flag, help, "Instead of indexing",
               "print the records as JSON lines, no database", ""},
    OptionInfo{"explain", '\0', "FILE[:OFFSET]", text, help, "Instead of indexing",
               "say why a place or speaker was chosen [at this byte]", "FILE"},
    OptionInfo{"preview-aliases", '\0', "FILE", text, nowhere, "Instead of indexing",
               "print what a file for --aliases would join, change nothing", "FILE"},
    OptionInfo{"stats", '\0', "", flag, help, "Instead of indexing",
               "print what the database holds", ""},
    OptionInfo{
        "failed", '\0', "", flag, nowhere, "Instead of indexing",
        "with --stats: name the files that failed when they were last looked at, with reasons", ""},
    OptionInfo{"health", '\0', "", flag, help, "Instead of indexing",
               "say in one line whether all is well, for monitors", ""},
    OptionInfo{"max-age", '\0', "TIME", text, nowhere, "Instead of indexing",
               "with --health: how old the last good run may be (default: 26h)", ""},
    OptionInfo{"max-gap", '\0', "TIME", text, nowhere, "Instead of indexing",
               "with --health: how long there may be no new article (default: 3d)", ""},
    OptionInfo{"prometheus", '\0', "", flag, nowhere, "Instead of indexing",
               "with --health: print metrics for Prometheus", ""},
    OptionInfo{"audit", '\0', "", flag, help, "Instead of indexing",
               "name days without article, failed files, doubtful dates [of RANGE]", ""},
    OptionInfo{"json", '\0', "", flag, nowhere, "Instead of indexing",
               "print --stats and --audit as JSON", ""},
    OptionInfo{"check", '\0', "", flag, help, "Instead of indexing",
               "look for damage in the database", ""},
    OptionInfo{"compact", '\0', "", flag, help, "Instead of indexing",
               "write the index anew without its gaps, then swap", ""},
    OptionInfo{"adopt", '\0', "", flag, nowhere, "Instead of indexing",
               "when the file XAPIANDB was lost: go on with the newest whole generation in the "
               "database's folder",
               ""},
    OptionInfo{"backup", '\0', "FOLDER", text, help, "Instead of indexing",
               "copy the index into this new folder", "FOLDER"},
    OptionInfo{"dump", '\0', "", flag, nowhere, "Instead of indexing",
               "print all the database holds in canonical order, for comparing two databases", ""},
    OptionInfo{"help", 'h', "", flag, help, "Instead of indexing", "print the options of every day",
               ""},
    OptionInfo{"help-all", '\0', "", flag, help, "Instead of indexing", "print all options", ""},
    OptionInfo{"version", '\0', "", flag, nowhere, "Instead of indexing",
               "print version and licences", ""},
    OptionInfo{"generate", '\0', "WHAT", text, nowhere, "Instead of indexing",
               "print the manual (man) or a completion (bash, zsh)", "man bash zsh"},
};

constexpr std::array kExamples = {
    Example{"dateline-index --db ~/news.db ~/archive",
            "bring the index up to date; run it every night"},
    Example{"dateline-index --db ~/news.db --dry-run --verbose ~/archive",
            "see what a run would do"},
    Example{"dateline-index --db ~/news.db --rebuild ~/archive",
            "after an upgrade that changed the index or the data tables"},
    Example{"dateline-index --db ~/news.db --check",
            "look for damage: Xapian's own check, then every document against its record"},
    Example{"dateline-index --db ~/news.db --audit 2023-01..2023-06",
            "days without an article, files that failed, doubtful dates"},
    Example{"dateline-index --extract ~/archive/2024/03/seabed*.txt",
            "what was extracted from an article"},
};

constexpr std::array kStatuses = {
    ExitStatus{"0", "all done"},
    ExitStatus{"1",
               "done; a file newly failed, a folder was offline, aliases were refused; --check "
               "could not look"},
    ExitStatus{"2", "usage"},
    ExitStatus{
        "3", "failed: the index is as it was, or as the last batch left it; --check found damage"},
    ExitStatus{"4", "the time limit came; what was done is committed"},
    ExitStatus{"74",
               "output, summary, errors file or history could not be written (a full disk); the "
               "index is up to date, a backup whole"},
    ExitStatus{"75", "locked by another run"},
    ExitStatus{"128+n", "stopped by signal n; what was done is committed"},
};

}  // namespace

const ProgramInfo kIndexProgram = {
    .name = "dateline-index",
    .arguments = "FILE",
    .section = "index",
    .summary = "index a news archive by who said what, where and when",
    .synopsis =
        "dateline-index [--db DB] [OPTION...] FOLDER...\n"
        "dateline-index --extract FILE|FOLDER...\n"
        "dateline-index --db DB --audit [RANGE]",
    .usage_note = "",
    .description =
        "dateline-index reads the articles (*.txt, in any letter case) below the folders, extracts "
        "the speakers of quotations, the places and the dates their text "
        "names, and brings the index up to date: what is new or changed is read, what is gone is "
        "removed.\n\n"
        "An article's first line is its date of publication, \" date 2023-03-03 \"; blank lines "
        "and the text follow. A file that is no article "
        "is named with a reason and skipped.\n\n"
        "A folder that is missing, cannot be listed, or is empty though the index has articles of "
        "it is offline: its articles stay, it is "
        "named, and the exit status is 1. Only --forget takes them out of the index; named "
        "together with the new place of a moved "
        "archive (--forget OLD NEW) they are reported as moved.\n\n"
        "More than a tenth (and more than 100) of the articles vanishing, or an index that would "
        "be so much smaller than it was in the "
        "last 30 days, stops the run with nothing changed; --max-delete overrules.",
    .options = kOptions,
    .examples = kExamples,
    .statuses = kStatuses,
    .see_also = "dateline-query(1)",
    .dash_hint = "what begins with - goes after --",
    .sections = {},
};

}  // namespace dateline
