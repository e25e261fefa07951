#include "indexer/options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <cstdlib>
#include <sstream>

#include "indexer/pipeline.h"

namespace dateline {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

constexpr unsigned kMostThreads = 256;

po::options_description visible_options() {
  po::options_description options("Options", 110);
  options.add_options()
      ("db", po::value<std::string>(), "the database, a folder of its own (default: $DATELINE_DB)")
      ("rebuild", "write the index anew beside the old one, then swap; needed after a change of version or data")
      ("max-delete", po::value<std::uint64_t>(), "stop when more articles than this are gone (default: all of a folder, or over 100 and 10 %)")
      ("extract", "print the record of each FILE or article below FOLDER as a JSON line, touch no database")
      ("stats", "print what the database holds")
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
  for (const auto& [name, value] : {std::pair{"extract", IndexAction::extract}, {"stats", IndexAction::stats}, {"dump", IndexAction::dump}}) {
    if (values.count(name) == 0) continue;
    if (!named.empty()) throw UsageError(fmt::format("--{} and --{} exclude each other", named, name));
    named = name;
    action = value;
  }
  return action;
}

void check(const IndexOptions& options) {
  const bool index = options.action == IndexAction::index;
  const bool extract = options.action == IndexAction::extract;
  if (options.action == IndexAction::help || options.action == IndexAction::version) return;
  if (!extract && options.database.empty()) throw UsageError("no database named", "name it with --db DB or in the environment, DATELINE_DB=DB");
  if (index && options.arguments.empty()) throw UsageError("no folder of articles named", "dateline-index --db DB FOLDER...");
  if (extract && options.arguments.empty()) throw UsageError("--extract: no file or folder named", "dateline-index --extract FILE...");
  if (!index && !extract && !options.arguments.empty()) {
    throw UsageError(fmt::format("\"{}\": nothing is indexed with --stats or --dump", options.arguments.front().string()));
  }
  if (!index && (options.rebuild || options.removal_limit.most)) throw UsageError("--rebuild and --max-delete go with indexing only");
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
  if (values.count("max-delete") != 0) options.removal_limit.most = values["max-delete"].as<std::uint64_t>();
  options.quiet = values.count("quiet") != 0;
  options.threads = values.count("jobs") != 0 ? values["jobs"].as<unsigned>() : default_threads();
  if (options.threads < 1 || options.threads > kMostThreads) {
    throw UsageError(fmt::format("--jobs {}: not between 1 and {}", options.threads, kMostThreads));
  }
  check(options);
  return options;
}

std::string index_help() {
  std::ostringstream out;
  out << "usage: dateline-index --db DB FOLDER...      bring the index up to date with the articles (*.txt) below the folders\n"
         "       dateline-index --extract FILE|FOLDER...\n"
         "       dateline-index --db DB --stats | --dump\n\n"
      << visible_options()
      << "\nExit status: 0 all done; 1 done, some files failed; 2 usage; 3 nothing committed; 75 locked by another run;\n"
         "128+n stopped by signal n, what was done is committed.\n";
  return out.str();
}

}  // namespace dateline
