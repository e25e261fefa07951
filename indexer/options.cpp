#include "indexer/options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "indexer/pipeline.h"

namespace dateline {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

constexpr unsigned kMostThreads = 256;
constexpr double kMostSeconds = 1e6;

po::options_description visible_options() {
  po::options_description options("Options", 110);
  options.add_options()
      ("db", po::value<std::string>(), "the database, a folder of its own (default: $DATELINE_DB)")
      ("rebuild", "write the index anew beside the old one, then swap; needed after a change of version or data")
      ("max-delete", po::value<std::int64_t>(), "stop when more articles than this are gone (default: all of a folder, or over 100 and 10 %)")
      ("dry-run,n", "print what a run would do, change nothing")
      ("retry-failed", "look again at files that failed before and have not changed since")
      ("aliases", po::value<std::string>(), "names that are one person's, lines \"name TAB canonical name\"; replaces those in the index, folders may be left out")
      ("preview-aliases", po::value<std::string>(), "print what such a file would join, change nothing")
      ("wait", po::value<double>(), "wait up to so many seconds for another run to end")
      ("time-limit", po::value<double>(), "stop after so many seconds, commit what was done, end with status 4")
      ("summary", po::value<std::string>(), "write what the run did to this file, as JSON")
      ("errors", po::value<std::string>(), "write the files that failed to this file, a JSON object a line")
      ("verbose,v", "print each path that is added, updated, moved, removed or failed")
      ("extract", "print the record of each FILE or article below FOLDER as a JSON line, touch no database")
      ("explain", po::value<std::string>(), "say why each place of the article FILE was found, and why that one; FILE:OFFSET: at this byte only")
      ("stats", "print what the database holds")
      ("failed", "with --stats: name the files that failed when they were last looked at, with reasons")
      ("audit", "name days without an article, files that failed, and articles whose date is doubtful; RANGE as in a query: 2023-01..2023-03")
      ("json", "print --stats and --audit as JSON")
      ("check", "look for damage in the database: Xapian's own check, then every document against its record")
      ("compact", "write the index anew without its gaps, then swap; searches go on")
      ("backup", po::value<std::string>(), "copy the index as it is now into this new folder, also while a run writes")
      ("dump", "print all the database holds in canonical order, for comparing two databases")
      ("jobs,j", po::value<unsigned>(), "threads that read and extract (default: one a core)")
      ("quiet,q", "print problems only")
      ("help,h", "print this")
      ("version", "print version and licences");
  return options;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Installed place first, then the build tree; DATELINE_DATA overrules both.
fs::path data_folder() {
  if (const auto named = environment("DATELINE_DATA"); !named.empty()) return named;
  const fs::path installed = DATELINE_INSTALLED_DATA;
  std::error_code failure;
  return fs::is_directory(installed, failure) ? installed : fs::path(DATELINE_SOURCE_DATA);
}

po::variables_map parse(int argc, const char* const* argv) {
  po::options_description all = visible_options();
  all.add_options()("argument", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("argument", -1);
  po::variables_map values;
  try {
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::store(po::command_line_parser(argc, argv).options(all).positional(positional).style(style).run(), values);
  } catch (const po::error& error) {
    throw UsageError(error.what(), "dateline-index --help lists the options");
  }
  return values;
}

IndexAction action_of(const po::variables_map& values) {
  if (values.count("help") != 0) return IndexAction::help;
  if (values.count("version") != 0) return IndexAction::version;
  IndexAction action = IndexAction::index;
  std::string named;
  for (const auto& [name, value] : {std::pair{"extract", IndexAction::extract}, {"explain", IndexAction::explain}, {"stats", IndexAction::stats},
                                     {"audit", IndexAction::audit}, {"dump", IndexAction::dump}, {"check", IndexAction::check}, {"compact", IndexAction::compact},
                                     {"backup", IndexAction::backup}, {"preview-aliases", IndexAction::preview_aliases}}) {
    if (values.count(name) == 0) continue;
    if (!named.empty()) throw UsageError(fmt::format("--{} and --{} exclude each other", named, name));
    named = name;
    action = value;
  }
  return action;
}

std::optional<Seconds> seconds(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return std::nullopt;
  const double value = values[name].as<double>();
  if (!(value >= 0 && value <= kMostSeconds)) throw UsageError(fmt::format("--{} {}: not between 0 and {}", name, value, kMostSeconds));
  return Seconds{value};
}

// FILE, or FILE:OFFSET unless a file is so named as a whole.
void read_explained(const std::string& text, IndexOptions& options) {
  options.explained_file = text;
  const auto colon = text.rfind(':');
  std::error_code failure;
  if (colon == std::string::npos || fs::exists(options.explained_file, failure)) return;
  const char* end = text.data() + text.size();
  std::uint32_t offset = 0;
  const auto read = std::from_chars(text.data() + colon + 1, end, offset);
  if (read.ec != std::errc{} || read.ptr != end) {
    throw UsageError(fmt::format("--explain {}: no such file, and \"{}\" is no offset", text, text.substr(colon + 1)), "an offset is a number of bytes: FILE:120");
  }
  options.explained_file = text.substr(0, colon);
  options.explained_offset = offset;
}

// RANGE of --audit; absent when there is none.
DateInterval audited(const std::vector<fs::path>& arguments) {
  if (arguments.empty()) return {};
  if (arguments.size() > 1) throw UsageError(fmt::format("--audit: \"{}\" after the range", arguments[1].string()));
  try {
    return parse_date_query(arguments.front().string(), std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  } catch (const Error& error) {
    throw UsageError(fmt::format("--audit {}: {}", arguments.front().string(), error.what()), error.hint());
  }
}

std::optional<std::uint64_t> most_removals(const po::variables_map& values) {
  if (values.count("max-delete") == 0) return std::nullopt;
  const auto most = values["max-delete"].as<std::int64_t>();
  if (most < 0) throw UsageError(fmt::format("--max-delete {}: less than 0", most));
  return static_cast<std::uint64_t>(most);
}

void check_arguments(const IndexOptions& options) {
  const bool extract = options.action == IndexAction::extract;
  const bool index = options.action == IndexAction::index;
  if (index && options.arguments.empty() && options.aliases_file.empty()) throw UsageError("no folder of articles named", "dateline-index --db DB FOLDER...");
  if (extract && options.arguments.empty()) throw UsageError("--extract: no file or folder named", "dateline-index --extract FILE...");
  if (!index && !extract && options.action != IndexAction::audit && !options.arguments.empty()) {
    throw UsageError(fmt::format("\"{}\": folders go with indexing and --extract only", options.arguments.front().string()));
  }
}

// An option that would be passed over in silence is a mistake of the one who typed it.
void check_companions(const IndexOptions& options) {
  const bool index = options.action == IndexAction::index;
  const bool stats = options.action == IndexAction::stats;
  if (!index && options.action != IndexAction::preview_aliases && !options.aliases_file.empty()) throw UsageError("--aliases goes with indexing only");
  if (!index && (options.rebuild || options.removal_limit.most)) throw UsageError("--rebuild and --max-delete go with indexing only");
  if (!index && options.dry_run) throw UsageError("--dry-run goes with indexing only");
  if (options.action == IndexAction::backup && options.backup_folder.empty()) throw UsageError("--backup: no folder named");
  if (options.failed && !stats) throw UsageError("--failed goes with --stats only");
  if (options.json && !stats && options.action != IndexAction::audit) throw UsageError("--json goes with --stats and --audit only");
}

void check(const IndexOptions& options) {
  if (options.action == IndexAction::help || options.action == IndexAction::version) return;
  const bool reads_files_only = options.action == IndexAction::extract || options.action == IndexAction::explain;
  if (!reads_files_only && options.database.empty()) {
    throw UsageError("no database named", "name it with --db DB or in the environment, DATELINE_DB=DB");
  }
  check_arguments(options);
  check_companions(options);
}

}  // namespace

IndexOptions parse_index_options(int argc, const char* const* argv) {
  const auto values = parse(argc, argv);
  IndexOptions options;
  options.action = action_of(values);
  options.database = values.count("db") != 0 ? values["db"].as<std::string>() : environment("DATELINE_DB");
  options.data = data_folder();
  if (values.count("argument") != 0) {
    for (const auto& argument : values["argument"].as<std::vector<std::string>>()) options.arguments.emplace_back(argument);
  }
  options.rebuild = values.count("rebuild") != 0;
  options.retry_failed = values.count("retry-failed") != 0;
  options.dry_run = values.count("dry-run") != 0;
  options.verbose = values.count("verbose") != 0;
  options.wait = seconds(values, "wait").value_or(Seconds{});
  options.time_limit = seconds(values, "time-limit");
  if (values.count("summary") != 0) options.summary_file = values["summary"].as<std::string>();
  if (values.count("explain") != 0) read_explained(values["explain"].as<std::string>(), options);
  if (values.count("backup") != 0) options.backup_folder = values["backup"].as<std::string>();
  for (const auto* name : {"aliases", "preview-aliases"}) {
    if (values.count(name) != 0) options.aliases_file = values[name].as<std::string>();
  }
  if (values.count("errors") != 0) options.errors_file = values["errors"].as<std::string>();
  options.removal_limit.most = most_removals(values);
  options.json = values.count("json") != 0;
  options.failed = values.count("failed") != 0;
  options.quiet = values.count("quiet") != 0;
  options.threads = values.count("jobs") != 0 ? values["jobs"].as<unsigned>() : default_threads();
  if (options.threads < 1 || options.threads > kMostThreads) {
    throw UsageError(fmt::format("--jobs {}: not between 1 and {}", options.threads, kMostThreads));
  }
  check(options);
  if (options.action == IndexAction::audit) options.audited = audited(options.arguments);
  return options;
}

std::string index_help() {
  std::ostringstream out;
  out << "usage: dateline-index --db DB FOLDER...      bring the index up to date with the articles (*.txt) below the folders\n"
         "       dateline-index --extract FILE|FOLDER...\n"
         "       dateline-index --explain FILE[:OFFSET]\n"
         "       dateline-index --db DB --audit [RANGE]\n"
         "       dateline-index --db DB --stats [--failed] | --check | --compact | --backup FOLDER | --dump | --preview-aliases FILE\n\n"
      << visible_options()
      << "\nExit status: 0 all done; 1 done, some files failed; 2 usage; 3 nothing committed; 4 time limit; 75 locked by another run;\n"
         "128+n stopped by signal n, what was done is committed.\n";
  return out.str();
}

}  // namespace dateline
