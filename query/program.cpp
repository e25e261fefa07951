#include "query/program.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <system_error>

#include "common/completion.h"
#include "common/manual.h"
#include "common/terminal_text.h"
#include "common/unicode.h"
#include "query/language_manual.h"
#include "query/program_info.h"
#include "query/query_error.h"
#include "query/render/renderer.h"
#include "query/searcher.h"

namespace dateline {
namespace {

// Throws std::system_error, so that main can tell a closed pipe from a full disk.
void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw std::system_error(errno, std::generic_category(), "standard output");
  }
}

void note(const std::string& text) { fmt::print(stderr, "dateline-query: {}\n", harmless(text)); }

TextStyle style_of(const QueryOptions& options) {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  TextStyle style;
  style.colour = options.colour == ColourMode::always || (options.colour == ColourMode::automatic && terminal && !options.no_colour_in_environment);
  winsize size{};
  if (options.columns) style.width = *options.columns;
  else if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
  return style;
}

OutputStyle output_style(const QueryOptions& options) {
  return {.format = options.format, .text = style_of(options), .query_id = "", .exact_paths = options.exact_paths};
}

// Every hit from the offset on. What was printed cannot be taken back: a search that breaks off midway is an error of the database.
int search_all(const QueryOptions& options) {
  Searcher searcher(options.database);
  const OutputStyle style = output_style(options);
  ResultSet last;
  searcher.search_all(options.request, [&](ResultSet& page) {
    if (page.earlier == 0) {
      for (const auto& notice : page.notices) note(notice);
      print(render_begin(page, style));
    }
    print(render_hits(page, style));
    last = std::move(page);
  });
  print(render_end(last, style));
  return last.total > 0 ? 0 : 1;
}

int search(const QueryOptions& options) {
  if (options.all) return search_all(options);
  Searcher searcher(options.database);
  const ResultSet results = searcher.search(options.request);
  for (const auto& notice : results.notices) note(notice);
  print(render(results, output_style(options)));
  return results.total > 0 ? 0 : 1;
}

int count(const QueryOptions& options) {
  Searcher searcher(options.database);
  SearchRequest request = options.request;
  request.limit = 0;
  request.facets.clear();
  request.significant.clear();
  request.timeline.reset();
  const ResultSet results = searcher.search(request);
  for (const auto& notice : results.notices) note(notice);
  print(fmt::format("{}\n", results.total));
  return results.total > 0 ? 0 : 1;
}

// Runs every line; a query that cannot be understood is named and makes the status 2, the others run.
int batch(const QueryOptions& options) {
  std::ifstream file(options.queries);
  if (!file) throw UsageError(fmt::format("--queries {}: cannot be read", options.queries.string()));
  Searcher searcher(options.database);
  SearchRequest request = options.request;
  request.exact_total = options.format != OutputFormat::trec;
  request.snippets = options.format != OutputFormat::trec;
  OutputStyle style = output_style(options);
  request.records = options.format != OutputFormat::trec;
  int status = 0;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto tab = line.find('\t');
    if (line.empty()) continue;
    if (tab == std::string::npos) throw UsageError(fmt::format("{}:{}: no \"id TAB query\": {}", options.queries.string(), number, harmless(line)));
    request.query = line.substr(tab + 1);
    style.query_id = line.substr(0, tab);
    try {
      print(render(searcher.search(request), style));
    } catch (const QueryError& error) {
      note(fmt::format("{}:{}: {}", options.queries.string(), number, error.what()));
      status = 2;
    }
  }
  return status;
}

int show(const QueryOptions& options) {
  Searcher searcher(options.database);
  const auto article = searcher.show(options.show);
  if (!article) {
    note(fmt::format("{}: no such article in the index", options.show));
    return 1;
  }
  print(render_article(*article, output_style(options)));
  return 0;
}

std::string fields() {
  std::string text = "Fields of the query language:\n";
  for (const auto& field : kFields) text += fmt::format("  {:<13} {:<44} {}\n", field.name, field.help, field.example);
  text += "\nFacets, for --facet FIELD[:N|:all] and --filter FIELD=VALUE:\n";
  for (const auto& facet : kFacets) text += fmt::format("  {:<15} {}\n", facet.name, facet.help);
  return text;
}

std::string generated(Generated what) {
  switch (what) {
    case Generated::manual: return manual_page(kQueryProgram, DATELINE_VERSION);
    case Generated::language: return language_manual(DATELINE_VERSION);
    case Generated::bash: return bash_completion(kQueryProgram);
    case Generated::zsh: return zsh_completion(kQueryProgram);
  }
  return "";
}

}  // namespace

std::string with_caret(const std::string& query, std::size_t position) {
  const std::string shown = harmless(query);
  const std::string before = harmless(std::string_view(query).substr(0, std::min(position, query.size())));
  return fmt::format("  {}\n  {}^", shown, std::string(columns_of(before), ' '));
}

int run_query_program(const QueryOptions& options) {
  switch (options.action) {
    case QueryAction::search: return search(options);
    case QueryAction::count: return count(options);
    case QueryAction::batch: return batch(options);
    case QueryAction::show: return show(options);
    case QueryAction::fields: print(fields()); return 0;
    case QueryAction::help: print(short_help(kQueryProgram)); return 0;
    case QueryAction::help_all: print(long_help(kQueryProgram)); return 0;
    case QueryAction::generate: print(generated(options.generated)); return 0;
    case QueryAction::version: print(fmt::format("dateline-query {} (index schema {}), GPL-2.0-or-later\nPlace names: GeoNames, www.geonames.org, CC BY 4.0\n", DATELINE_VERSION, kSchemaVersion)); return 0;
  }
  return 2;
}

}  // namespace dateline
